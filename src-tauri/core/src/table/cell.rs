//! What stands in one cell: white space, money, time, numbers that a spreadsheet destroyed.

use crate::ledger::Moment;
use crate::money::{Currency, Money};
use chrono::{FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};
use serde::{Deserialize, Serialize};

/// What stands first in a date whose year does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// `2026-03-01` and nothing else.
    Ymd,
    /// `01/03/2026` is the first of March.
    Dmy,
    /// `03/01/2026` is the first of March.
    Mdy,
}

/// The cell without what exports pad it with: blanks, tabs, NBSP, U+3000, zero-width marks.
pub fn tidy(cell: &str) -> &str {
    cell.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
    })
}

/// Whether the cell is one of the signs a file writes where there is nothing.
pub fn stands_for_nothing(cell: &str) -> bool {
    matches!(cell, "" | "/" | "null" | "NULL") || cell.bytes().all(|b| b == b'-')
}

/// Reads an amount: `¥28.16`, `￥1,234.56`, `12`, `-0.50`, `+3`, `12.00元`, `CNY 12`. A comma counts only
/// between groups of three digits.
pub fn money(cell: &str, currency: Currency) -> Option<Money> {
    let text = tidy(cell);
    let (sign, rest) = match text.chars().next()? {
        '-' | '−' | '－' => ("-", tidy(text.split_at(text.chars().next()?.len_utf8()).1)),
        '+' | '＋' => ("", tidy(text.split_at(text.chars().next()?.len_utf8()).1)),
        _ => ("", text),
    };
    let rest =
        rest.strip_prefix(['¥', '￥', '$']).or_else(|| rest.strip_prefix(currency.code())).unwrap_or(rest);
    let rest = tidy(rest.strip_suffix('元').unwrap_or(rest));
    let (sign, digits) = match rest.strip_prefix('-') {
        Some(digits) if sign.is_empty() => ("-", digits),
        Some(_) => return None,
        None => (sign, rest),
    };
    if !digits.bytes().next()?.is_ascii_digit() && !digits.starts_with('.') {
        return None;
    }
    let plain = ungroup(digits)?;
    let plain = if sign.is_empty() { plain } else { format!("-{plain}") };
    Money::from_decimal(&plain, currency)
}

/// Removes the commas between groups of three digits; refuses commas anywhere else.
fn ungroup(digits: &str) -> Option<String> {
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    if whole.contains([',', '，']) {
        let mut groups = whole.split([',', '，']);
        let first = groups.next()?;
        if first.is_empty() || first.len() > 3 || !groups.all(|group| group.len() == 3) {
            return None;
        }
    }
    let mut plain: String = whole.chars().filter(|c| !matches!(c, ',' | '，')).collect();
    if let Some(fraction) = fraction {
        plain.push('.');
        plain.push_str(fraction);
    }
    Some(plain)
}

/// The first amount after `word`, as in `服务费¥0.10` or `已退款(￥39.93)`.
pub fn money_after(text: &str, word: &str, currency: Currency) -> Option<Money> {
    let rest = &text[text.find(word)? + word.len()..];
    let rest = rest
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '（' | ':' | '：' | '¥' | '￥'));
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(rest.len());
    money(rest[..end].trim_end_matches(['.', ',']), currency)
}

/// Reads a moment on the wall clock `offset` seconds east of Greenwich: `2026-03-01 10:00:00`,
/// `2026/3/1 8:05`, `2026年3月1日 8:05`, `2026-03-01T10:00:00`, a bare date (midnight), or the serial
/// day number of a spreadsheet (`46289.48678240741`, 1900 system), rounded to the nearest second.
pub fn moment(cell: &str, offset: i32) -> Option<Moment> {
    let text = tidy(cell);
    let wall = calendar(text).or_else(|| serial(text))?;
    FixedOffset::east_opt(offset)?.from_local_datetime(&wall).single()
}

fn calendar(text: &str) -> Option<NaiveDateTime> {
    let (year, rest) = number(text, 4)?;
    let rest = rest.strip_prefix(['-', '/', '.', '年'])?;
    let (month, rest) = number(rest, 2)?;
    let rest = rest.strip_prefix(['-', '/', '.', '月'])?;
    let (day, rest) = number(rest, 2)?;
    let rest = rest.strip_prefix('日').unwrap_or(rest);
    if !(1990..=2100).contains(&year) {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    if rest.is_empty() {
        return Some(date.and_time(NaiveTime::MIN));
    }
    let rest = rest.strip_prefix(|c: char| c == 'T' || c.is_whitespace())?.trim_start();
    let (hour, rest) = number(rest, 2)?;
    let (minute, rest) = number(rest.strip_prefix(':')?, 2)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => number(rest, 2)?,
        None => (0, rest),
    };
    // Fractions of a second are dropped: no wallet has meaningful ones.
    let rest = rest.strip_prefix('.').map_or(rest, |f| f.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.is_empty().then(|| date.and_hms_opt(hour, minute, second)).flatten()
}

/// Up to `most` digits at the start, and the rest.
fn number(text: &str, most: usize) -> Option<(u32, &str)> {
    let end = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(end);
    Some((digits.parse().ok()?, rest))
}

fn serial(text: &str) -> Option<NaiveDateTime> {
    let (days, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(days) || !digits(fraction) {
        return None;
    }
    // 1990-01-01 … 2100-12-31
    let days: i64 = days.parse().ok().filter(|days| (32_874..=73_415).contains(days))?;
    let scale = 10_u64.checked_pow(u32::try_from(fraction.len().min(12)).ok()?)?;
    let fraction: u64 = fraction[..fraction.len().min(12)].parse().ok()?;
    let seconds = (u128::from(fraction) * 86_400 + u128::from(scale) / 2) / u128::from(scale);
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?.and_time(NaiveTime::MIN);
    epoch
        .checked_add_signed(TimeDelta::try_days(days)?)?
        .checked_add_signed(TimeDelta::try_seconds(i64::try_from(seconds).ok()?)?)
}

/// Whether an order number went through a spreadsheet as a number: `2.02603E+27`, or the last digits
/// of a long one all turned to zeros (fifteen are kept).
pub fn is_mangled(id: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if let Some((mantissa, exponent)) = id.split_once(['E', 'e']) {
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
        let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
        return whole.len() == 1
            && digits(whole)
            && digits(fraction)
            && digits(exponent)
            && exponent.len() <= 3;
    }
    id.len() >= 20 && digits(id) && id[15..].bytes().all(|b| b == b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fen(text: &str) -> Option<i64> {
        money(text, Currency::CNY).map(|money| money.minor)
    }

    #[test]
    fn amounts_are_exact_however_they_are_written() {
        for (text, minor) in [
            ("¥28.16", 2816),
            ("￥28.16", 2816),
            ("1234.56", 123_456),
            ("￥1,234,567.89", 123_456_789),
            ("12", 1200),
            ("12.5", 1250),
            ("¥50.0", 5000),
            (" 3.00元\t", 300),
            ("-0.50", -50),
            ("+0.50", 50),
            ("- ¥8", -800),
            ("¥-8", -800),
            ("CNY 12.34", 1234),
            ("CNY12.34", 1234),
            ("131072.07", 13_107_207),
            ("99999999.99", 9_999_999_999),
            (".5", 50),
        ] {
            assert_eq!(fen(text), Some(minor), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_and_never_zero() {
        for text in
            ["", "/", "-", "abc", "12,5", "1,2345", ",123", "1.005", "--5", "1e5", "5,00.00", "¥", "=1+1"]
        {
            assert_eq!(fen(text), None, "{text}");
        }
    }

    #[test]
    fn times_read_to_the_same_second_from_text_and_serial() {
        let at = |text: &str| moment(text, 8 * 3600).map(|at| at.to_rfc3339());
        assert_eq!(at("2026-03-01 10:00:00 ").as_deref(), Some("2026-03-01T10:00:00+08:00"));
        assert_eq!(at("2026/3/1 8:05").as_deref(), Some("2026-03-01T08:05:00+08:00"));
        assert_eq!(at("2026年3月1日 8:05").as_deref(), Some("2026-03-01T08:05:00+08:00"));
        assert_eq!(at("46289.48678240741").as_deref(), Some("2026-09-24T11:40:58+08:00"));
        assert_eq!(at("46283.79487268518").as_deref(), Some("2026-09-18T19:04:37+08:00"));
        assert_eq!(at("46283.999999").as_deref(), Some("2026-09-19T00:00:00+08:00"));
        assert_eq!(at("46283").as_deref(), Some("2026-09-18T00:00:00+08:00"));
        for text in [
            "",
            "/",
            "2026-13-01 10:00:00",
            "2026-02-30",
            "10:00",
            "12",
            "20260301",
            "2026-03-01 25:00",
            "1e5",
        ] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn every_second_of_a_day_survives_a_spreadsheet() {
        for second in 0..86_400_u32 {
            let serial = 46283.0 + f64::from(second) / 86_400.0;
            let at = moment(&format!("{serial}"), 8 * 3600).unwrap();
            assert_eq!(chrono::Timelike::num_seconds_from_midnight(&at), second);
        }
    }

    #[test]
    fn amounts_inside_a_note_are_found() {
        let after = |text, word| money_after(text, word, Currency::CNY).map(|money| money.minor);
        assert_eq!(after("服务费¥0.10", "服务费"), Some(10));
        assert_eq!(after("已退款(￥39.93)", "已退款"), Some(3993));
        assert_eq!(after("已退款（￥1,039.93）", "已退款"), Some(103_993));
        assert_eq!(after("已退款¥10.00", "已退款"), Some(1000));
        assert_eq!(after("已全额退款", "已退款"), None);
        assert_eq!(after("服务费", "服务费"), None);
    }

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
        for nothing in ["", "/", "-", "--", "-------------------", "null"] {
            assert!(stands_for_nothing(nothing));
        }
        assert!(!stands_for_nothing("-1"));
    }
}
