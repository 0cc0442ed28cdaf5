//! What stands in one cell: white space, money, time, numbers that a spreadsheet destroyed.

mod amount;
mod clock;
mod wide;

pub use amount::{Amount, Decimal, amount, decimal_shown, money, money_after};
pub use clock::{
    DateOrder, When, Zone, day_or_month_first, has_year_last, month_day, short_date, short_year_first,
    time_of_day, when, year_first,
};

/// The cell without what exports pad it with: blanks, tabs, NBSP, U+3000, zero-width marks.
pub fn tidy(cell: &str) -> &str {
    if is_tidy(cell.as_bytes()) {
        return cell;
    }
    // Order numbers end in a tab.
    let cell = cell.trim_ascii();
    if is_tidy(cell.as_bytes()) {
        return cell;
    }
    cell.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
    })
}

/// Whether there surely is no padding: most cells begin and end with a letter, a digit or a Chinese character, whose
/// bytes tell. Padding beyond ASCII begins with one of a few bytes, and ends within three of the end.
fn is_tidy(cell: &[u8]) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() || matches!(byte, 0xe4..=0xed);
    match cell {
        [] => true,
        [first, .., last] if last.is_ascii() => plain(*first) && plain(*last),
        [first, .., lead, _, _] => plain(*first) && matches!(lead, 0xe4..=0xed),
        [only] => plain(*only),
        _ => false,
    }
}

/// Whether the cell is one of the signs a file writes where there is nothing, or where it shows nothing.
pub fn stands_for_nothing(cell: &str) -> bool {
    matches!(cell, "" | "/" | "null" | "NULL")
        || cell.bytes().all(|b| b == b'-')
        || cell.bytes().all(|b| b == b'*')
}

/// The text of a cell that was written so that a spreadsheet leaves it alone: `="0012"`, `'0012`, `'0012'`.
pub fn unquoted(cell: &str) -> &str {
    match cell.as_bytes() {
        [b'=', b'"', .., b'"'] => {
            let inner = cell.get(2..cell.len() - 1).unwrap_or("");
            if inner.contains('"') { cell } else { tidy(inner) }
        }
        [b'\'', .., last] => {
            let inner = cell.get(1..cell.len() - usize::from(*last == b'\'')).unwrap_or("");
            let is_number = inner.bytes().filter(u8::is_ascii_digit).count() >= 4
                && inner.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
            if is_number { inner } else { cell }
        }
        _ => cell,
    }
}

/// Whether an order number went through a spreadsheet as a number: `2.02603E+27`, or the last digits
/// of a long one all turned to zeros (fifteen are kept).
pub fn is_mangled(id: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    // Such a number is a digit, a point and some more: nothing like most order numbers.
    let begins = matches!(id.as_bytes(), [_, b'.' | b'E' | b'e', ..]);
    if begins && let Some((mantissa, exponent)) = id.split_once(['E', 'e']) {
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
        let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
        return whole.len() == 1
            && digits(whole)
            && digits(fraction)
            && digits(exponent)
            && exponent.len() <= 3;
    }
    let zeros = |tail: &[u8]| tail.iter().all(|b| *b == b'0');
    id.len() >= 20 && zeros(&id.as_bytes()[15..]) && digits(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destroyed_order_number_is_noticed_and_a_good_one_is_not() {
        for id in ["2.02603E+27", "2.02603E27", "1E+27", "2026030112345670000000000000"] {
            assert!(is_mangled(id), "{id}");
        }
        for id in
            ["2026030122001412341234567890", "1000039801202603010000000000001", "4200E1", "MDE12345", ""]
        {
            assert!(!is_mangled(id), "{id}");
        }
    }

    #[test]
    fn padding_of_every_kind_falls_off() {
        assert_eq!(tidy("\u{feff}\u{3000}\t 交易\u{a0}时间\u{202f} \t"), "交易\u{a0}时间");
        for nothing in ["", "/", "-", "--", "-------------------", "null", "********"] {
            assert!(stands_for_nothing(nothing));
        }
        assert!(!stands_for_nothing("-1"));
        assert_eq!(unquoted("=\"6222000011112222\""), "6222000011112222");
        assert_eq!(unquoted("=1+1"), "=1+1");
        assert_eq!(unquoted("'6222000011112222"), "6222000011112222");
        assert_eq!(unquoted("'2024-01-05'"), "2024-01-05");
        for cell in ["'Tis", "'s", "'", "''", "=\"", "=\"a\"b\"", "'n 1234"] {
            assert_eq!(unquoted(cell), cell);
        }
    }
}
