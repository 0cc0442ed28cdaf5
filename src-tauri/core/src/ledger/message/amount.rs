//! How much a message speaks of, and which way the money went.

use super::scan::{Scan, is_stop, places, words};
use crate::ledger::Direction;
use crate::money::{Currency, Money};
use std::ops::Range;

/// An amount in a message.
pub(super) struct Sum {
    pub money: Money,
    /// With its currency, as pasted.
    pub words: String,
    /// Where it stands, currency included.
    pub place: Range<usize>,
    /// A minus (`true`) or a plus sign before it.
    sign: Option<bool>,
    /// How much it looks like the amount of the payment.
    rank: u8,
}

const BEFORE: [(&str, &str); 20] = [
    ("¥", "CNY"),
    ("美元", "USD"),
    ("港币", "HKD"),
    ("港元", "HKD"),
    ("欧元", "EUR"),
    ("英镑", "GBP"),
    ("日元", "JPY"),
    ("人民币", "CNY"),
    ("rmb", "CNY"),
    ("cny", "CNY"),
    ("us$", "USD"),
    ("usd", "USD"),
    ("hk$", "HKD"),
    ("hkd", "HKD"),
    ("$", "USD"),
    ("eur", "EUR"),
    ("€", "EUR"),
    ("gbp", "GBP"),
    ("£", "GBP"),
    ("jpy", "JPY"),
];
const AFTER: [(&str, &str); 12] = [
    ("元", "CNY"),
    ("人民币", "CNY"),
    ("rmb", "CNY"),
    ("cny", "CNY"),
    ("美元", "USD"),
    ("usd", "USD"),
    ("港币", "HKD"),
    ("港元", "HKD"),
    ("hkd", "HKD"),
    ("欧元", "EUR"),
    ("英镑", "GBP"),
    ("日元", "JPY"),
];

/// The amount of the payment: never a balance, a limit or a discount. Of several, one whose currency is
/// named comes before a bare decimal, and an earlier one before a later one.
pub(super) fn find(scan: &Scan) -> Option<Sum> {
    let sums = all(scan);
    let best = sums.iter().map(|sum| sum.rank).max()?;
    sums.into_iter().find(|sum| sum.rank == best)
}

fn all(scan: &Scan) -> Vec<Sum> {
    let mut sums = Vec::new();
    let (mut at, mut lead_from) = (0, 0);
    while at < scan.folded.len() {
        if !scan.folded[at].is_ascii_digit() {
            if is_stop(scan.folded[at]) {
                lead_from = at + 1;
            }
            at += 1;
            continue;
        }
        let digits = number(scan, at);
        if let Some(sum) = sum_at(scan, digits.clone()) {
            if !is_other_amount(scan, lead_from..sum.place.start) {
                sums.push(sum);
            }
            lead_from = digits.end;
        }
        at = digits.end;
    }
    sums
}

/// Whether the words that lead in an amount say that it is a balance, a limit, a discount.
fn is_other_amount(scan: &Scan, lead: Range<usize>) -> bool {
    // The names of accounts that hold such a word (余额宝) are blanked out in this copy.
    let lead = scan.verbs.get(lead).unwrap_or_default();
    words().not_amount.iter().any(|word| !places(lead, word).is_empty())
}

/// The extent of a number: digits, groups of three after commas, decimals.
fn number(scan: &Scan, start: usize) -> Range<usize> {
    let run = |from: usize| {
        let digits = scan.folded[from.min(scan.folded.len())..].iter();
        digits.take_while(|c| c.is_ascii_digit()).count()
    };
    let mut end = start + run(start);
    if end - start <= 3 {
        while scan.at(end) == Some(',') && run(end + 1) == 3 {
            end += 4;
        }
    }
    if scan.at(end) == Some('.') && run(end + 1) > 0 {
        end += 1 + run(end + 1);
    }
    start..end
}

fn sum_at(scan: &Scan, digits: Range<usize>) -> Option<Sum> {
    let (currency_before, mut start, mut sign) = currency_before(scan, digits.start);
    let (currency_after, end) = currency_after(scan, digits.end);
    let plain: String = scan.folded[digits.clone()].iter().filter(|c| **c != ',').collect();
    let cents = plain.split_once('.').is_some_and(|(_, cents)| cents.len() == 2);
    let rank = match (currency_before.is_some(), currency_after.is_some(), cents) {
        (true, _, _) | (_, true, _) => 2,
        (false, false, true) => 1,
        (false, false, false) => return None,
    };
    if rank == 1 {
        sign = None;
        start = digits.start;
        match digits.start.checked_sub(1).and_then(|before| scan.at(before)) {
            Some('-') => sign = Some(true),
            Some('+') => sign = Some(false),
            Some(c) if c.is_ascii_alphanumeric() || matches!(c, '.' | '*' | '/') => return None,
            _ => {}
        }
    }
    if rank == 1 && scan.at(digits.end).is_some_and(|c| c.is_ascii_alphanumeric() || "%./:".contains(c)) {
        return None;
    }
    let currency = Currency::parse(currency_after.or(currency_before).unwrap_or("CNY"))?;
    let money = Money::from_decimal(&plain, currency).filter(|money| money.minor > 0)?;
    Some(Sum { money, words: scan.words(start..end), place: start..end, sign, rank })
}

/// The currency that leads in a number, where it begins, and the sign on either side of it.
fn currency_before(scan: &Scan, number: usize) -> (Option<&'static str>, usize, Option<bool>) {
    let back = |mut from: usize| {
        while from > 0 && scan.at(from - 1) == Some(' ') {
            from -= 1;
        }
        from
    };
    let sign = |from: usize| match from.checked_sub(1).and_then(|before| scan.at(before)) {
        Some('-') => (from - 1, Some(true)),
        Some('+') => (from - 1, Some(false)),
        _ => (from, None),
    };
    let (after_sign, near) = sign(number);
    let end = back(after_sign);
    for (mark, currency) in BEFORE {
        let length = mark.chars().count();
        let Some(start) = end.checked_sub(length) else { continue };
        let stands = scan.folded[start..end].iter().copied().eq(mark.chars());
        let latin = mark.chars().all(|c| c.is_ascii_alphabetic());
        let joined = latin && start > 0 && scan.folded[start - 1].is_ascii_alphabetic();
        if stands && !joined {
            let (start, far) = sign(start);
            return (Some(currency), start, near.or(far));
        }
    }
    (None, after_sign, near)
}

fn currency_after(scan: &Scan, number: usize) -> (Option<&'static str>, usize) {
    let start = scan.skip_blanks(number);
    for (mark, currency) in AFTER {
        let end = start + mark.chars().count();
        let stands = scan.folded.get(start..end).is_some_and(|here| here.iter().copied().eq(mark.chars()));
        let latin = mark.chars().all(|c| c.is_ascii_alphabetic());
        let joined = latin && scan.at(end).is_some_and(|c| c.is_ascii_alphabetic());
        if stands && !joined {
            return (Some(currency), end);
        }
    }
    (None, number)
}

/// Which way the money went, and the words that say so: a sign; else money back in the same sentence;
/// else the verb nearest before the amount; else the first one after it.
pub(super) fn direction(scan: &Scan, sum: Option<&Sum>) -> Option<(Direction, String)> {
    let place = sum.map_or(0..scan.folded.len(), |sum| sum.place.clone());
    match sum.and_then(|sum| sum.sign) {
        Some(true) => return Some((Direction::Out, scan.words(place))),
        Some(false) => return Some((Direction::In, scan.words(place))),
        None => {}
    }
    let sentence = sentence(scan, &place);
    let first_in = |list: &[String], within: Range<usize>| {
        let text = scan.verbs.get(within.clone())?;
        let found = list.iter().flat_map(|word| places(text, word)).min_by_key(|found| found.start)?;
        Some(found.start + within.start..found.end + within.start)
    };
    for list in [&words().refund, &words().in_phrases] {
        if let Some(found) = first_in(list, sentence.clone()) {
            return Some((Direction::In, scan.words(found)));
        }
    }
    let verbs = verbs(scan, &words().incoming, Direction::In)
        .into_iter()
        .chain(verbs(scan, &words().outgoing, Direction::Out))
        .collect::<Vec<_>>();
    let before = verbs.iter().filter(|(found, _)| found.end <= place.start && sum.is_some());
    let nearest = before.max_by_key(|(found, _)| (found.end, found.len()));
    let after = || verbs.iter().min_by_key(|(found, _)| (found.start, usize::MAX - found.len()));
    if let Some((found, direction)) = nearest.or_else(after) {
        return Some((*direction, scan.words(found.clone())));
    }
    let refund = first_in(&words().refund, 0..scan.folded.len()).map(|found| (Direction::In, found));
    let weak = || first_in(&words().weak_out, 0..scan.folded.len()).map(|found| (Direction::Out, found));
    refund.or_else(weak).map(|(direction, found)| (direction, scan.words(found)))
}

/// Where the verbs of one direction stand.
fn verbs(scan: &Scan, list: &[String], direction: Direction) -> Vec<(Range<usize>, Direction)> {
    list.iter().flat_map(|word| places(&scan.verbs, word)).map(|place| (place, direction)).collect()
}

/// The sentence around a place.
fn sentence(scan: &Scan, place: &Range<usize>) -> Range<usize> {
    let is_end = |c: &char| matches!(c, '。' | ';' | '!' | '\n');
    let start = scan.folded[..place.start].iter().rposition(is_end).map_or(0, |end| end + 1);
    let end =
        scan.folded[place.end..].iter().position(is_end).map_or(scan.folded.len(), |end| place.end + end);
    start..end
}
