//! Numbers as people and banks write amounts. A number is read only where its marks can be read one way.

use super::scan::Scan;
use std::ops::Range;

/// A run of digits and the marks between them.
pub(super) struct Number {
    pub place: Range<usize>,
    /// As a plain decimal; `None` where the marks cannot be read, or in two ways.
    pub plain: Option<String>,
    /// Only its comma says where the decimals begin (`12,34`): believed of a currency written so.
    pub comma: bool,
}

impl Number {
    /// How many decimals are written.
    pub fn decimals(&self) -> usize {
        self.plain.as_ref().and_then(|plain| plain.split_once('.')).map_or(0, |(_, decimals)| decimals.len())
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, ',' | '.' | '\'' | '’')
}

/// The number that begins at `start`.
pub(super) fn at(scan: &Scan, start: usize) -> Number {
    let is_digit = |at: usize| scan.at(at).is_some_and(|c| c.is_ascii_digit());
    let mut end = start;
    while is_digit(end) || (scan.at(end).is_some_and(is_mark) && is_digit(end + 1)) {
        end += 1;
    }
    let text = &scan.folded[start..end];
    let whole = |length: usize| shape(&text[..length]);
    if let Some((plain, comma)) = whole(text.len()) {
        return Number { place: start..end, plain: Some(plain), comma };
    }
    // `35.00,2026` and `1234,35.00` are two numbers: a comma follows cents, or stands where no group could end.
    let after_clock = start > 0 && scan.at(start - 1) == Some(':');
    for comma in (0..text.len()).filter(|at| text[*at] == ',') {
        let after = text[comma + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
        let cents = comma >= 3 && text[comma - 3] == '.' && after != 2;
        let bare = text[..comma].iter().all(char::is_ascii_digit);
        if (cents || (bare && (comma > 3 || after_clock)))
            && let Some((plain, false)) = whole(comma)
        {
            return Number { place: start..start + comma, plain: Some(plain), comma: false };
        }
    }
    Number { place: start..end, plain: None, comma: false }
}

/// The plain decimal of one writing, and whether only a comma says where its decimals begin.
fn shape(text: &[char]) -> Option<(String, bool)> {
    let parts: Vec<&[char]> = text.split(|c| is_mark(*c)).collect();
    let marks: Vec<char> = text.iter().copied().filter(|c| is_mark(*c)).collect();
    let join = |whole: &[&[char]], decimals: &[char]| {
        let mut plain: String = whole.iter().copied().flatten().collect();
        if !decimals.is_empty() {
            plain.push('.');
            plain.extend(decimals);
        }
        plain
    };
    let (last, before) = parts.split_last()?;
    match marks.as_slice() {
        [] => Some((join(&[last], &[]), false)),
        ['.'] => Some((join(before, last), false)),
        [','] if last.len() == 2 => Some((join(before, last), true)),
        // 1.250,00
        [groups @ .., ','] if !groups.is_empty() && groups.iter().all(|c| *c == '.') => {
            (in_threes(before) && last.len() <= 2).then(|| (join(before, last), false))
        }
        // 1,250.00, 1,00,000.00 and 1'250.00
        [groups @ .., '.'] if same(groups) && groups[0] != '.' => {
            is_grouped(before, groups[0]).then(|| (join(before, last), false))
        }
        groups if same(groups) => is_grouped(&parts, groups[0]).then(|| (join(&parts, &[]), false)),
        _ => None,
    }
}

fn same(marks: &[char]) -> bool {
    marks.first().is_some_and(|first| marks.iter().all(|mark| mark == first))
}

fn in_threes(parts: &[&[char]]) -> bool {
    let Some((first, rest)) = parts.split_first() else { return false };
    (1..=3).contains(&first.len()) && !rest.is_empty() && rest.iter().all(|part| part.len() == 3)
}

/// Groups of three, or after commas groups of two above the last three (lakh, crore).
fn is_grouped(parts: &[&[char]], mark: char) -> bool {
    let lakh = || {
        let [first, middle @ .., last] = parts else { return false };
        mark == ','
            && (1..=2).contains(&first.len())
            && !middle.is_empty()
            && middle.iter().all(|part| part.len() == 2)
            && last.len() == 3
    };
    in_threes(parts) || lakh()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<String>, bool) {
        let number = at(&Scan::new(text), 0);
        (number.plain, number.comma)
    }

    #[test]
    fn marks_that_read_one_way_are_read_and_others_refused() {
        for (text, expected) in [
            ("500", "500"),
            ("1,234.56", "1234.56"),
            ("1,00,000.00", "100000.00"),
            ("1.250,00", "1250.00"),
            ("1.250.000", "1250000"),
            ("1.250.000,5", "1250000.5"),
            ("1'250.00", "1250.00"),
            ("35.00,2026", "35.00"),
            ("1234,35.00", "1234"),
        ] {
            assert_eq!(read(text), (Some(expected.to_string()), false), "{text}");
        }
        assert_eq!(read("12,34"), (Some("12.34".to_string()), true));
        for text in ["1,2,3", "1.25,00", "12,3456", "1.2.3", "1,23.45", "1'25"] {
            assert_eq!(read(text).0, None, "{text}");
        }
    }
}
