//! Reading numbers out of whatever was pasted: a number, a `tel:` link, a message, a screen's text.

use super::index::{canonical, is_mobile, is_service_number, is_shared_cost, north_american, split_area};
use unicode_normalization::UnicodeNormalization;

mod context;
mod disguise;

pub(super) use disguise::is_invisible;
use disguise::{LOOK_ALIKE, look_alikes_as_digits, numerals_as_digits};

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
    /// The text asks to call it, or names it as the caller.
    pub(super) meant: bool,
}

/// All numbers of a text, in order, each once; the reason where there is none.
pub(super) fn read(text: &str) -> Result<Vec<Written>, NoNumber> {
    let text = text.trim();
    if let Some(number) = plain(text) {
        return number.map(|number| vec![number]);
    }
    let text: String = text.chars().take(LONGEST_TEXT).collect();
    let reversed = text.contains(['\u{202E}', '\u{2067}']);
    let text: String = numerals_as_digits(&percent_decoded(&text)).nfkc().collect();
    let mut chars: Vec<char> = look_alikes_as_digits(&text);
    context::blank_dates_and_amounts(&mut chars);
    let alone = !chars.iter().any(|c| c.is_alphabetic()) || has_tel_scheme(&text);
    let mut reason = NoNumber::Nothing;
    let mut numbers: Vec<Written> = Vec::new();
    for run in runs(&chars) {
        match written(&run) {
            // A few digits inside words are a count, a key or a name; alone they may be a short line.
            Ok(number) if !alone && too_short_in_words(&number) => {}
            Ok(mut number) => {
                if reversed {
                    number.disguise = Some(Disguise::Hidden);
                }
                match numbers.iter_mut().find(|known| known.canonical == number.canonical) {
                    Some(known) => {
                        known.meant |= number.meant;
                        known.disguise = known.disguise.or(number.disguise);
                    }
                    None => numbers.push(number),
                }
            }
            Err(why) if reason == NoNumber::Nothing => reason = why,
            Err(_) => {}
        }
    }
    if numbers.is_empty() { Err(reason) } else { Ok(numbers) }
}

/// A text that is one number and nothing else, without the detour over characters: most checks are this.
fn plain(text: &str) -> Option<Result<Written, NoNumber>> {
    let simple = text.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        || text.strip_prefix('+').is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit() || b == b'-'));
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let date = text.len() == 10 && text.bytes().filter(|b| *b == b'-').count() == 2;
    if !simple || !(3..=15).contains(&digits) || date {
        return None;
    }
    Some(from_digits(text, None, false))
}

fn has_tel_scheme(text: &str) -> bool {
    text.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("tel:"))
}

/// Three and four digits in a sentence, unless they are a line everybody knows.
fn too_short_in_words(number: &Written) -> bool {
    let emergency = ["110", "119", "120", "122"].contains(&number.digits.as_str());
    number.digits.trim_start_matches('+').len() < 5 && !emergency && !number.meant
}

/// What a `tel:` link may hide behind per cent signs.
fn percent_decoded(text: &str) -> String {
    const ESCAPES: [(&str, &str); 6] =
        [("%2B", "+"), ("%2b", "+"), ("%20", " "), ("%2A", "*"), ("%2a", "*"), ("%23", "#")];
    if !text.contains('%') {
        return text.to_owned();
    }
    ESCAPES.iter().fold(text.to_owned(), |text, (escape, plain)| text.replace(escape, plain))
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
        let joint = is_separator(c) && c != '\n' && c != '\r';
        c.is_ascii_digit() || joint || is_invisible(c) || matches!(c, '+' | '*' | '#' | LOOK_ALIKE)
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

/// Two numbers of five and more digits with a space or stroke between are two numbers, and so is a second
/// `+`, and what stands in brackets behind a whole number; `40066 95566` is one.
fn begins_another(so_far: &[char], rest: &[char]) -> bool {
    let Some(last) = so_far.last().filter(|_| so_far.iter().any(char::is_ascii_digit)) else { return false };
    if rest[0] == '+' {
        return true;
    }
    if rest[0] == '(' {
        // 95588(24小时): what stands in brackets behind a whole number is a remark.
        let digits: String = so_far.iter().filter(|c| c.is_ascii_digit()).collect();
        return digits.len() >= 7 || is_service_number(&digits);
    }
    let divides = last.is_whitespace() || matches!(last, '/' | '·' | '•');
    if !divides {
        return false;
    }
    let next: String = rest.iter().take_while(|c| c.is_ascii_digit()).collect();
    let gap = so_far.iter().rev().take_while(|c| !c.is_ascii_digit()).count();
    let left: Vec<char> =
        so_far[..so_far.len() - gap].iter().rev().copied().take_while(char::is_ascii_digit).collect();
    if next.len() < 5 || left.len() < 5 {
        return false;
    }
    let joined: String = left.iter().rev().copied().chain(next.chars()).collect();
    !is_shared_cost(&joined)
}

/// How many characters an extension behind a number takes: `转2`, `ext. 12`, `;ext=3`, `x5`, `,2`.
fn extension(after: &[char]) -> usize {
    const WORDS: [&str; 10] = ["转接", "转", "分机", "按", ";ext=", "extension", "ext.", "ext", "x", ","];
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
    if text.contains('#') || text.starts_with('*') && !text.starts_with("***") {
        return Err(NoNumber::Command);
    }
    let place = context::of(run.before, run.after);
    if text.contains('*') || place == context::Place::Tail {
        return Err(NoNumber::Masked);
    }
    if place == context::Place::Otherwise {
        return Err(NoNumber::Nothing);
    }
    let disguise = if text.contains(LOOK_ALIKE) {
        Some(Disguise::LookAlike)
    } else {
        text.chars().any(is_invisible).then_some(Disguise::Hidden)
    };
    from_digits(text, disguise, place == context::Place::Meant)
}

/// The number behind digits and separators.
fn from_digits(text: &str, disguise: Option<Disguise>, meant: bool) -> Result<Written, NoNumber> {
    let digits: String = without_key(text).chars().filter(char::is_ascii_digit).collect();
    let digits = if text.contains('+') {
        format!("+{}", digits.strip_prefix("00").unwrap_or(&digits))
    } else if let Some(abroad) = north_american(text) {
        abroad
    } else {
        with_country(digits)
    };
    check_length(&digits)?;
    Ok(Written { canonical: canonical(&digits), digits, disguise, meant })
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
    let landline = |rest: &str| {
        let domestic = format!("0{rest}");
        split_area(&domestic).is_some_and(|(_, local)| matches!(local.len(), 7 | 8)) && digits.len() >= 12
    };
    match digits.strip_prefix("86") {
        Some(rest) if is_mobile(rest) || is_shared_cost(rest) || landline(rest) => format!("+{digits}"),
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
mod tests;
