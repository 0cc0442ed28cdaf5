//! Reading numbers out of whatever was pasted.

use super::index::{canonical, is_mobile, is_service_number};
use unicode_normalization::UnicodeNormalization;

/// Longer texts are cut: a message of any real kind is shorter.
const LONGEST_TEXT: usize = 4_000;

/// Why a text holds no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoNumber {
    /// No digits that could be one.
    Nothing,
    /// A code the phone itself obeys (`*…#`).
    Command,
    /// Some digits are hidden, or it is the tail of a card.
    Masked,
    /// As long as a bank card's number.
    Card,
    /// Too few or too many digits.
    Length,
}

/// What stood in for plain digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disguise {
    /// Invisible characters between digits, or a mark that turns the reading direction.
    Hidden,
    /// Letters that look like digits, or digits of another script.
    LookAlike,
}

/// A number as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// Digits, with `+` where it was written with an international prefix.
    pub(super) digits: String,
    /// The same, one spelling for one line: what the directory is asked with.
    pub(super) canonical: String,
    /// What stood in for plain digits.
    pub(super) disguise: Option<Disguise>,
}

/// All numbers of a text, in order, each once; the reason where there is none.
pub(super) fn read(text: &str) -> Result<Vec<Written>, NoNumber> {
    let text: String = text.chars().take(LONGEST_TEXT).collect();
    let reversed = text.contains(['\u{202E}', '\u{2067}']);
    let text: String = numerals_as_digits(&percent_decoded(&text)).nfkc().collect();
    let chars: Vec<char> = look_alikes_as_digits(&text);
    let mut reason = NoNumber::Nothing;
    let mut numbers: Vec<Written> = Vec::new();
    for run in runs(&chars) {
        match written(&run) {
            Ok(mut number) => {
                if reversed {
                    number.disguise = Some(Disguise::Hidden);
                }
                if !numbers.contains(&number) {
                    numbers.push(number);
                }
            }
            Err(why) if reason == NoNumber::Nothing => reason = why,
            Err(_) => {}
        }
    }
    if numbers.is_empty() { Err(reason) } else { Ok(numbers) }
}

/// What a `tel:` link may hide behind per cent signs.
fn percent_decoded(text: &str) -> String {
    const ESCAPES: [(&str, &str); 6] =
        [("%2B", "+"), ("%2b", "+"), ("%20", " "), ("%2A", "*"), ("%2a", "*"), ("%23", "#")];
    ESCAPES.iter().fold(text.to_owned(), |text, (escape, plain)| text.replace(escape, plain))
}

/// 九五一八八 is a number where the text is nothing else; 一张卡 in a sentence is not.
fn numerals_as_digits(text: &str) -> String {
    const NUMERALS: [&str; 10] = ["零〇", "一幺", "二", "三", "四", "五", "六", "七", "八", "九"];
    let value = |c: char| NUMERALS.iter().position(|numerals| numerals.contains(c));
    if !text.chars().all(|c| value(c).is_some() || matches!(c, ' ' | '-' | '转')) {
        return text.to_owned();
    }
    let digit = |c| value(c).and_then(|value| char::from_digit(u32::try_from(value).ok()?, 10));
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

/// Put in front of a digit that was written as something else.
const LOOK_ALIKE: char = '\u{E000}';

/// Writes look-alikes as digits, each behind a [`LOOK_ALIKE`] mark. Letters only inside a word that is
/// nearly all digits (`95l88`, `9S188`): other words are left as they are.
fn look_alikes_as_digits(text: &str) -> Vec<char> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::with_capacity(chars.len());
    for word in chars.chunk_by(|a, b| in_word(*a) == in_word(*b)) {
        let digits = word.iter().filter(|c| c.is_ascii_digit()).count();
        let strange: Vec<char> = word.iter().copied().filter(|c| !c.is_ascii_digit()).collect();
        let all_imitate = strange.iter().all(|c| imitated_digit(*c).is_some());
        let foreign_only = strange.iter().all(|c| foreign_digit(*c).is_some());
        let imitation = all_imitate && ((strange.len() <= 2 && digits >= 3) || foreign_only);
        for c in word {
            match imitated_digit(*c).filter(|_| imitation && !c.is_ascii_digit()) {
                Some(digit) => out.extend([LOOK_ALIKE, digit]),
                None => out.push(*c),
            }
        }
    }
    out
}

fn in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '|' || imitated_digit(c).is_some()
}

fn imitated_digit(c: char) -> Option<char> {
    match c {
        'O' | 'o' | 'Q' | 'D' | 'О' | 'о' | 'Ο' | 'ο' => Some('0'),
        'l' | 'I' | 'i' | '|' => Some('1'),
        'Z' | 'z' => Some('2'),
        'S' | 's' => Some('5'),
        'b' | 'G' => Some('6'),
        'B' => Some('8'),
        'g' | 'q' => Some('9'),
        _ => foreign_digit(c),
    }
}

/// Digits of other scripts (Arabic, Persian, N'Ko, Devanagari, Bengali, Thai, Burmese, Khmer).
fn foreign_digit(c: char) -> Option<char> {
    const ZEROS: [u32; 8] = [0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0E50, 0x1040, 0x17E0];
    let value = ZEROS.iter().map(|zero| u32::from(c).wrapping_sub(*zero)).find(|value| *value < 10)?;
    char::from_digit(value, 10)
}

pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}')
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '‐' | '‑' | '‒' | '–' | '—' | '−' | '.' | '·' | '•' | '(' | ')' | '[' | ']' | '/'
        )
}

/// A stretch of a text that reads as one number.
struct Run<'a> {
    text: &'a [char],
    before: &'a [char],
    after: &'a [char],
}

fn runs(chars: &[char]) -> Vec<Run<'_>> {
    let joins = |at: usize| {
        let c = chars[at];
        c.is_ascii_digit() || is_separator(c) || is_invisible(c) || matches!(c, '+' | '*' | '#' | LOOK_ALIKE)
    };
    let mut runs = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        while at < chars.len() && joins(at) && !begins_another(&chars[start..at], &chars[at..]) {
            at += 1;
        }
        if chars[start..at].iter().any(char::is_ascii_digit) {
            let run = Run { text: &chars[start..at], before: &chars[..start], after: &chars[at..] };
            at += extension(run.after);
            runs.push(run);
        }
        at = at.max(start + 1);
    }
    runs
}

/// Two numbers of five and more digits with a space between are two numbers, and so is a second `+`.
fn begins_another(so_far: &[char], rest: &[char]) -> bool {
    let Some(last) = so_far.last().filter(|_| so_far.iter().any(char::is_ascii_digit)) else { return false };
    if rest[0] == '+' {
        return true;
    }
    let group = |chars: &mut dyn Iterator<Item = &char>| chars.take_while(|c| c.is_ascii_digit()).count();
    last.is_whitespace()
        && group(&mut rest.iter()) >= 5
        && group(&mut so_far.iter().rev().skip_while(|c| c.is_whitespace())) >= 5
}

/// How many characters an extension behind a number takes: `转2`, `ext. 12`, `;ext=3`, `x5`, `,2`.
fn extension(after: &[char]) -> usize {
    const WORDS: [&str; 8] = ["转", "分机", ";ext=", "extension", "ext.", "ext", "x", ","];
    let head: String = after.iter().take(10).flat_map(|c| c.to_lowercase()).collect();
    let Some(word) = WORDS.iter().find(|word| head.starts_with(**word)) else { return 0 };
    let behind = &after[word.chars().count()..];
    let spaces = behind.iter().take_while(|c| matches!(c, ' ' | ':' | '-')).count();
    let digits = behind[spaces..].iter().take_while(|c| c.is_ascii_digit()).count();
    // More digits than an extension has are the next number.
    if (1..=5).contains(&digits) && (*word != "," || digits <= 4) {
        word.chars().count() + spaces + digits
    } else {
        0
    }
}

fn written(run: &Run<'_>) -> Result<Written, NoNumber> {
    let text: String = run.text.iter().collect();
    let text = text.trim_matches(|c: char| is_invisible(c) || is_separator(c));
    let before: String = run.before.iter().collect();
    let before = before.trim_end();
    if text.contains('#') || text.starts_with('*') && !text.starts_with("***") {
        return Err(NoNumber::Command);
    }
    if text.contains('*') || ["尾号", "尾号为", "末四位"].iter().any(|word| before.ends_with(word)) {
        return Err(NoNumber::Masked);
    }
    let money =
        before.ends_with(['¥', '￥', '$']) || matches!(run.after.first(), Some('元' | '块' | '万' | '%'));
    if money {
        return Err(NoNumber::Nothing);
    }
    let disguise = if text.contains(LOOK_ALIKE) {
        Some(Disguise::LookAlike)
    } else {
        text.chars().any(is_invisible).then_some(Disguise::Hidden)
    };
    let digits: String = without_key(text).chars().filter(char::is_ascii_digit).collect();
    let digits = if text.contains('+') {
        format!("+{}", digits.strip_prefix("00").unwrap_or(&digits))
    } else {
        with_country(digits)
    };
    check_length(&digits)?;
    Ok(Written { canonical: canonical(&digits), digits, disguise })
}

/// `95017-2` is 95017 and the key to press.
fn without_key(text: &str) -> &str {
    match text.rsplit_once('-') {
        Some((code, key)) if key.len() <= 2 && code.len() <= 6 && is_service_number(code) => code,
        _ => text,
    }
}

/// Makes `0086…`, `00852…` and a bare `86` in front of a full number a `+`. `00095588` stays: no country
/// begins with a zero.
fn with_country(digits: String) -> String {
    if let Some(rest) = digits.strip_prefix("00").filter(|rest| rest.len() >= 7 && !rest.starts_with('0')) {
        return format!("+{rest}");
    }
    match digits.strip_prefix("86") {
        Some(rest) if is_mobile(rest) || rest.starts_with("400") && rest.len() == 10 => format!("+{digits}"),
        _ => digits,
    }
}

fn check_length(digits: &str) -> Result<(), NoNumber> {
    let national = digits.trim_start_matches('+');
    // Senders of messages (106…) are the only numbers longer than the world's longest line.
    let sender = national.starts_with("106") && national.len() <= 20;
    match national.len() {
        3..=15 => Ok(()),
        _ if sender => Ok(()),
        16..=19 => Err(NoNumber::Card),
        _ => Err(NoNumber::Length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<String> {
        read(text).unwrap_or_default().into_iter().map(|number| number.canonical).collect()
    }

    #[test]
    fn one_number_is_read_however_it_is_written() {
        for text in [
            "95188",
            " 95188 ",
            "９５１８８",
            "9-5-1-8-8",
            "95 188",
            "tel:95188",
            "TEL:95188;ext=2",
            "95188转2",
            "95188 转 2",
            "95188 ext. 3",
            "请拨打95188。",
            "九五一八八",
            "(95188)",
            "95188,2",
            "\u{202D}95188\u{202C}",
        ] {
            assert_eq!(digits(text), ["95188"], "{text}");
        }
        for text in
            ["+86 10 66085566", "0086-10-66085566", "010-66085566", "(010) 6608 5566", "tel:%2B861066085566"]
        {
            assert_eq!(digits(text), ["01066085566"], "{text}");
        }
    }

    #[test]
    fn a_message_gives_its_numbers_and_not_its_amounts_or_card_tails() {
        let text = "【工商银行】您尾号1234的储蓄卡消费人民币500.00元，如有疑问请致电95588或4008205555。";
        assert_eq!(digits(text), ["95588", "4008205555"]);
        assert_eq!(digits("95588 95533"), ["95588", "95533"]);
    }

    #[test]
    fn command_codes_masks_and_cards_are_no_numbers() {
        for (text, why) in [
            ("*#06#", NoNumber::Command),
            ("tel:*2767*3855#", NoNumber::Command),
            ("**21*13800138000#", NoNumber::Command),
            ("138****8000", NoNumber::Masked),
            ("尾号1234", NoNumber::Masked),
            ("6222020000000000000", NoNumber::Card),
            ("12", NoNumber::Length),
            ("", NoNumber::Nothing),
            ("hello", NoNumber::Nothing),
            ("¥95188", NoNumber::Nothing),
        ] {
            assert_eq!(read(text), Err(why), "{text}");
        }
    }

    #[test]
    fn what_hides_between_digits_is_noticed() {
        for (text, disguise) in [
            ("95\u{200B}188", Disguise::Hidden),
            ("\u{202E}88159", Disguise::Hidden),
            ("95l88", Disguise::LookAlike),
            ("9S188", Disguise::LookAlike),
            ("٩٥١٨٨", Disguise::LookAlike),
        ] {
            assert_eq!(read(text).unwrap()[0].disguise, Some(disguise), "{text:?}");
        }
        assert_eq!(read("\u{FEFF}95188\u{200E}").unwrap()[0].disguise, None);
    }
}
