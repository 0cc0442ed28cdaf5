//! Who sent a message, whom it paid, with which card, under which number.

use super::amount::Sum;
use super::scan::{Scan, is_stop, places, words};
use std::ops::Range;

const BANK: &str = "银行";
/// The longest name of a bank or payee that is believed, in characters.
const LONGEST_NAME: usize = 40;

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Who sent the message, as it names itself: 【招商银行】 at either end; else, in a message about a card, the
/// bank it names; else the wallet or bank named first.
pub(super) fn provider(scan: &Scan) -> Option<String> {
    if let Some(signature) = signature(scan) {
        return Some(signature);
    }
    let bank = bank_name(scan);
    let about_card = tail(scan).is_some() && labelled_method(scan).is_none();
    let wallet = scan.first(&words().wallets).filter(|_| !about_card);
    let first = bank.into_iter().chain(wallet).min_by_key(|place| place.start)?;
    Some(scan.words(first))
}

/// A name in brackets at the beginning or the end.
fn signature(scan: &Scan) -> Option<String> {
    let text = &scan.folded;
    let first = text.iter().position(|c| !c.is_whitespace())?;
    let last = text.iter().rposition(|c| !c.is_whitespace())?;
    let pairs = [('【', '】'), ('[', ']')];
    let leading = pairs.iter().find(|(open, _)| text[first] == *open).and_then(|(_, close)| {
        let end = text[first..].iter().position(|c| c == close)? + first;
        Some(first + 1..end)
    });
    let trailing = pairs.iter().find(|(_, close)| text[last] == *close).and_then(|(open, _)| {
        let start = text[..last].iter().rposition(|c| c == open)?;
        Some(start + 1..last)
    });
    let is_name = |place: &Range<usize>| {
        (2..=16).contains(&place.len()) && !text[place.clone()].iter().any(char::is_ascii_digit)
    };
    [leading, trailing].into_iter().flatten().find(is_name).map(|place| scan.words(place))
}

/// The first name of a bank: Chinese characters that end in 银行, without the words before it.
fn bank_name(scan: &Scan) -> Option<Range<usize>> {
    const NO_PART: &str = "您你的在于用从由到向至与及和为是经通过式户账付款入";
    places(&scan.folded, BANK).into_iter().find_map(|bank| {
        let start = scan.folded[..bank.start]
            .iter()
            .rposition(|c| !is_han(*c) || NO_PART.contains(*c))
            .map_or(0, |before| before + 1);
        let start = start.max(bank.start.saturating_sub(8));
        (start < bank.start).then_some(start..bank.end)
    })
}

/// The four last digits of the card or account.
pub(super) fn tail(scan: &Scan) -> Option<String> {
    tail_place(scan).map(|place| scan.folded[place].iter().collect())
}

fn tail_place(scan: &Scan) -> Option<Range<usize>> {
    for mark in &words().tail_marks {
        for place in places(&scan.folded, mark) {
            if let Some(tail) = four_digits(scan, place.end) {
                return Some(tail);
            }
        }
    }
    // A mask of stars or a bracket: ****1234, (1234).
    (0..scan.folded.len()).find_map(|at| match scan.folded[at] {
        '*' => four_digits(scan, at + 1),
        '(' | '[' => four_digits(scan, at + 1).filter(|tail| matches!(scan.at(tail.end), Some(')' | ']'))),
        _ => None,
    })
}

/// Exactly four digits after marks and blanks.
fn four_digits(scan: &Scan, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    while matches!(scan.at(at), Some(' ' | '*' | 'x' | '(' | '[' | ':' | '.' | '#' | '"' | '“'))
        && at < from + 20
    {
        at += 1;
    }
    let count = scan.folded.get(at..)?.iter().take_while(|c| c.is_ascii_digit()).count();
    // 1234. ends a sentence; 1234.50, 1234元 and 2026年 are no tails.
    let is_sum = match scan.at(at + 4) {
        Some('年' | '元' | '-' | '/') => true,
        Some('.') => scan.at(at + 5).is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    };
    (count == 4 && !is_sum).then_some(at..at + 4)
}

/// 收/付款方式: what a label says, else the bank, the kind of card and its tail.
pub(super) fn method(scan: &Scan, provider: Option<&str>) -> Option<String> {
    if let Some(labelled) = labelled_method(scan) {
        return Some(labelled);
    }
    let tail = tail(scan)?;
    let has = |list: &[String]| scan.first(list).map(|place| place.start);
    let kind = match (has(&words().credit_cards), has(&words().debit_cards)) {
        (Some(credit), Some(debit)) if debit < credit => "储蓄卡",
        (Some(_), _) => "信用卡",
        (None, Some(_)) => "储蓄卡",
        (None, None) => "",
    };
    let bank = match provider {
        Some(provider) if provider.contains(BANK) || is_latin(provider) => provider.to_string(),
        _ => bank_name(scan).map(|place| scan.words(place)).unwrap_or_default(),
    };
    match is_latin(&bank) && !bank.is_empty() {
        true => Some(format!("{bank} ({tail})")),
        false => Some(format!("{bank}{kind}({tail})")),
    }
}

fn is_latin(name: &str) -> bool {
    name.is_ascii()
}

fn labelled_method(scan: &Scan) -> Option<String> {
    labelled(scan, &words().method_labels, |c| is_stop(c) || c == '】')
}

/// 交易单号
pub(super) fn order_no(scan: &Scan) -> Option<String> {
    let value =
        labelled(scan, &words().order_labels, |c| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))?;
    (value.len() >= 6 && value.bytes().any(|byte| byte.is_ascii_digit())).then_some(value)
}

/// The value after the first label that is set apart from it by a colon, a blank, a line end or 为.
fn labelled(scan: &Scan, labels: &[String], is_end: fn(char) -> bool) -> Option<String> {
    labels.iter().flat_map(|label| places(&scan.folded, label)).find_map(|label| {
        let mut at = label.end;
        while matches!(scan.at(at), Some(' ' | ':' | '\t' | '\n' | '为')) {
            at += 1;
        }
        if at == label.end {
            return None;
        }
        let length = scan.folded[at..].iter().take(LONGEST_NAME).take_while(|c| !is_end(**c)).count();
        let length = next_label(&scan.folded[at..at + length]).unwrap_or(length);
        let value = scan.words(at..at + length);
        (!value.is_empty()).then_some(value)
    })
}

/// Where the next label begins on the same line: after a blank.
fn next_label(value: &[char]) -> Option<usize> {
    let words = words();
    let lists = [
        &words.counterparty_labels,
        &words.method_labels,
        &words.order_labels,
        &words.time_labels,
        &words.other_labels,
    ];
    let blanks = value.iter().enumerate().filter(|(at, c)| *at > 0 && **c == ' ').map(|(at, _)| at);
    let begins = |at: usize, label: &String| {
        value[at + 1..].iter().copied().take(label.chars().count()).eq(label.chars())
    };
    blanks
        .into_iter()
        .find(|at| lists.iter().copied().flatten().any(|label| !label.is_ascii() && begins(*at, label)))
}

/// To or from whom: a label's value; the words in brackets after a verb; 在…消费, 向…付款, 收到…转账; at, to, from.
pub(super) fn counterparty(scan: &Scan, sum: Option<&Sum>) -> Option<String> {
    let is_end = |c: char| is_stop(c) || matches!(c, '】' | '(' | ')' | '。');
    labelled(scan, &words().counterparty_labels, is_end)
        .or_else(|| in_brackets(scan))
        .or_else(|| in_sentence(scan, sum))
        .or_else(|| in_english(scan))
        .map(|name| tidy(&name))
        .filter(|name| !name.is_empty())
}

fn tidy(name: &str) -> String {
    let name = name.trim_matches(['【', '】', '“', '”', '"', '「', '」', ':', ' ', '-', '.', '。']);
    name.chars().take(LONGEST_NAME).collect()
}

/// 支出(消费支付宝-青禾便利店), without the verb.
fn in_brackets(scan: &Scan) -> Option<String> {
    let open = scan.folded.iter().enumerate().filter(|(_, c)| **c == '(').find_map(|(open, _)| {
        let length = scan.folded[open..].iter().take(LONGEST_NAME).position(|c| *c == ')')?;
        let inside = open + 1..open + length;
        let text = &scan.folded[inside.clone()];
        let digits = text.iter().filter(|c| c.is_ascii_digit()).count();
        (text.len() >= 2 && digits * 2 < text.len()).then_some(inside)
    })?;
    let mut start = open.start;
    while let Some(verb) = verb_at(scan, start).filter(|verb| verb.end < open.end) {
        start = verb.end;
    }
    if verb_at(scan, start).is_some_and(|verb| verb.end == open.end) {
        return None;
    }
    let rest = scan.words(start..open.end);
    // Brackets that hold only the manner (跨行转账) name no one.
    let is_manner = verb_at(scan, open.start).is_none() && !rest.contains('-');
    (!is_manner || rest.chars().count() >= 6).then_some(rest)
}

fn verb_at(scan: &Scan, at: usize) -> Option<Range<usize>> {
    let lists = [&words().outgoing, &words().incoming, &words().refund, &words().weak_out];
    lists.into_iter().flatten().find_map(|word| {
        let end = at + word.chars().count();
        scan.verbs.get(at..end).filter(|here| here.iter().copied().eq(word.chars())).map(|_| at..end)
    })
}

/// The next verb in the same clause.
fn next_verb(scan: &Scan, from: usize) -> Option<Range<usize>> {
    (from..scan.folded.len().min(from + LONGEST_NAME))
        .take_while(|at| !is_stop(scan.folded[*at]))
        .find_map(|at| verb_at(scan, at))
}

fn in_sentence(scan: &Scan, sum: Option<&Sum>) -> Option<String> {
    let before = sum.map_or(scan.folded.len(), |sum| sum.place.start);
    // 张三向您转账: the name stands before the phrase.
    for place in words().in_phrases.iter().flat_map(|phrase| places(&scan.folded, phrase)) {
        let before = &scan.folded[..place.start];
        let start = before.iter().rposition(|c| !is_han(*c) && *c != '*').map_or(0, |at| at + 1);
        if place.start - start >= 2 {
            return Some(scan.words(start..place.start));
        }
    }
    for opener in ["收到来自", "收到", "来自", "在", "向", "于", "给"] {
        for place in places(&scan.folded, opener).into_iter().filter(|place| place.start < before) {
            // 向您尾号1234: the user's own account.
            let own = matches!(scan.at(place.end), Some('您' | '你'));
            let Some(verb) = next_verb(scan, place.end).filter(|_| !own) else { continue };
            let name = place.end..verb.start;
            let text = scan.folded.get(name.clone()).unwrap_or_default();
            let manner =
                ["成功", "的", "通过", "使用", "快捷", "网上", "网络", "银联", "pos", "手机", "您", "你"];
            let named = strip_ends(scan, name, &manner);
            let starts_with_digit = text.first().is_some_and(char::is_ascii_digit);
            let has_sum = sum.is_some_and(|sum| named.start < sum.place.end && sum.place.start < named.end);
            if named.len() >= 2 && !starts_with_digit && !has_sum {
                return Some(scan.words(named));
            }
        }
    }
    wallet_path(scan)
}

/// Takes words of manner off both ends of a name.
fn strip_ends(scan: &Scan, mut name: Range<usize>, manner: &[&str]) -> Range<usize> {
    loop {
        let before = name.clone();
        while name.start < name.end && scan.folded[name.start] == ' ' {
            name.start += 1;
        }
        while name.start < name.end && scan.folded[name.end - 1] == ' ' {
            name.end -= 1;
        }
        for word in manner {
            let length = word.chars().count();
            if name.len() < length {
                continue;
            }
            if scan.folded[name.start..name.start + length].iter().copied().eq(word.chars()) {
                name.start += length;
            } else if scan.folded[name.end - length..name.end].iter().copied().eq(word.chars()) {
                name.end -= length;
            }
        }
        if name == before {
            return name;
        }
    }
}

/// 财付通-微信支付-青禾便利店 wherever it stands.
fn wallet_path(scan: &Scan) -> Option<String> {
    words().wallets.iter().flat_map(|wallet| places(&scan.folded, wallet)).find_map(|place| {
        (scan.at(place.end) == Some('-')).then_some(())?;
        let is_end =
            |at: usize| is_stop(scan.folded[at]) || matches!(scan.folded[at], ' ' | '(' | ')' | '【' | '】');
        let end = (place.end + 1..scan.folded.len().min(place.end + LONGEST_NAME))
            .find(|at| is_end(*at) || verb_at(scan, *at).is_some())
            .unwrap_or(scan.folded.len().min(place.end + LONGEST_NAME));
        (end > place.end + 1).then(|| scan.words(place.start..end))
    })
}

/// ` at NAME on`, ` to NAME.`, ` from NAME`
fn in_english(scan: &Scan) -> Option<String> {
    let ends = [
        " on ", " using ", " with ", " via ", " for ", " was ", " has ", " ending ", " at ", " from ", " is ",
    ];
    for opener in [" at ", " to ", " from "] {
        for place in places(&scan.folded, opener.trim()) {
            if scan.at(place.end) != Some(' ') {
                continue;
            }
            let start = place.end + 1;
            let first: String = scan.folded[start..].iter().take(5).collect();
            let own = ["your ", "you ", "the "].iter().any(|word| first.starts_with(word));
            if own || !first.starts_with(char::is_alphabetic) {
                continue;
            }
            let rest = &scan.folded[start..scan.folded.len().min(start + LONGEST_NAME)];
            let stop = rest.iter().enumerate().position(|(at, c)| {
                is_stop(*c)
                    || *c == '('
                    || (*c == '.' && rest.get(at + 1).is_none_or(|next| next.is_whitespace()))
            });
            let word = ends.iter().filter_map(|end| {
                let end: Vec<char> = end.chars().collect();
                rest.windows(end.len()).position(|window| window == end)
            });
            let length = word.chain(stop).min().unwrap_or(rest.len());
            if length > 1 {
                return Some(scan.words(start..start + length));
            }
        }
    }
    None
}
