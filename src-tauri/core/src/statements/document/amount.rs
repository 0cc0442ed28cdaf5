//! Amounts with either decimal mark, exact. Which mark a file uses is inferred over the whole of it.

use crate::money::{Currency, Money};
use crate::table::cell::tidy;

/// The decimal mark that most amounts of a file show beyond doubt; a point where none does.
pub(super) fn decimal_mark<'t>(texts: impl IntoIterator<Item = &'t str>) -> char {
    let (mut point, mut comma) = (0_u32, 0_u32);
    for text in texts {
        match own_mark(text) {
            Some('.') => point += 1,
            Some(_) => comma += 1,
            None => {}
        }
    }
    if comma > point { ',' } else { '.' }
}

/// The decimal mark that an amount shows by itself: the last of two kinds, or one with other than three
/// digits behind it. One kind twice is grouping.
fn own_mark(text: &str) -> Option<char> {
    let last = text.rfind(['.', ','])?;
    let mark = text[last..].chars().next()?;
    let other = if mark == '.' { ',' } else { '.' };
    let behind = text[last + 1..].chars().filter(char::is_ascii_digit).count();
    let before = text[..last].chars().filter(char::is_ascii_digit).count();
    if text[..last].contains(other) {
        Some(mark)
    } else if text[..last].contains(mark) {
        Some(other)
    } else if behind != 3 || before > 3 {
        Some(mark)
    } else {
        None
    }
}

/// Reads a signed amount in a file whose decimal mark is `mark`: `-30.000`, `+1.00`, `1,23`, `1.234,56`,
/// `1'234.50`, `(12.00)`, `12.00-`. More decimals than the currency has are taken only where they are zeros.
pub(super) fn signed(text: &str, mark: char, currency: Currency) -> Option<Money> {
    let text = tidy(text);
    let (text, enclosed) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (inner, true),
        None => (text, false),
    };
    let mut negative = enclosed;
    let mut signs = u32::from(enclosed);
    let mut digits = String::with_capacity(text.len());
    let bare = text.strip_prefix(currency.code()).unwrap_or(text);
    for (place, c) in bare.char_indices() {
        match c {
            '-' | '−' | '－' | '+' | '＋' => {
                // At the front, behind a currency sign, or at the very end.
                if !digits.is_empty() && place + c.len_utf8() != bare.len() {
                    return None;
                }
                signs += 1;
                negative |= !matches!(c, '+' | '＋');
            }
            '0'..='9' | '.' | ',' => digits.push(c),
            '\'' | '’' if !digits.is_empty() => {}
            '$' | '€' | '£' | '¥' | '￥' | '₹' if digits.is_empty() => {}
            c if c.is_whitespace() => {}
            _ => return None,
        }
    }
    if signs > 1 {
        return None;
    }
    let mark = own_mark(&digits).unwrap_or(mark);
    let (whole, fraction) = digits.split_once(mark).unwrap_or((&digits, ""));
    let plain = ungrouped(whole)?;
    let sign = if negative { "-" } else { "" };
    Money::from_decimal(&format!("{sign}{plain}.{fraction}"), currency)
}

/// The digits before the decimal mark, without the marks between groups of three.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split(['.', ',']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = !rest.is_empty();
    if grouped
        && (first.is_empty()
            || first.starts_with('0')
            || first.len() > 3
            || rest.iter().any(|group| group.len() != 3))
    {
        return None;
    }
    Some(std::iter::once(first).chain(rest).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_of_either_mark_are_exact() {
        for (text, mark, minor) in [
            ("-30.000", '.', Some(-3000)),
            ("+1.00", '.', Some(100)),
            ("1,23", '.', Some(123)),
            ("-1.234,56", '.', Some(-123_456)),
            ("1,234,567.89", '.', Some(123_456_789)),
            ("1.234.567", ',', Some(123_456_700)),
            ("1,234", '.', Some(123_400)),
            ("1.234", ',', Some(123_400)),
            ("1.234", '.', None),
            ("1'234.50", '.', Some(123_450)),
            ("-3.77000", '.', Some(-377)),
            ("80", '.', Some(8000)),
            ("(12.00)", '.', Some(-1200)),
            ("12.00-", '.', Some(-1200)),
            ("$ -5.10", '.', Some(-510)),
            ("12,", ',', Some(1200)),
            (",5", ',', Some(50)),
            ("99999999.99", '.', Some(9_999_999_999)),
            ("--5", '.', None),
            ("1-2", '.', None),
            ("1.005", ',', Some(100_500)),
            ("0.005", '.', None),
            ("0.005", ',', None),
            ("12.34.56", '.', None),
            ("", '.', None),
            ("-", '.', None),
            ("abc", '.', None),
            ("1e5", '.', None),
        ] {
            assert_eq!(signed(text, mark, Currency::CNY).map(|money| money.minor), minor, "{text} {mark}");
        }
    }

    #[test]
    fn the_mark_of_a_file_is_what_its_clear_amounts_show() {
        assert_eq!(decimal_mark(["1,234", "12,50", "3"]), ',');
        assert_eq!(decimal_mark(["1,234", "12.50"]), '.');
        assert_eq!(decimal_mark(["-30.000"]), '.');
        assert_eq!(decimal_mark(["1.234", "5.678,90"]), ',');
    }
}
