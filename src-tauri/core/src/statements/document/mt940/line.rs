//! The line `:61:`: dates, mark, amount, type and references, with nothing between them.

use super::super::{amount, when};
use crate::money::{Currency, Money};
use crate::statements::Reason;
use chrono::{Datelike as _, NaiveDate};

/// What the letters before the amount say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// `C`, `D`
    Booked,
    /// `RC`, `RD`: an earlier entry is taken back.
    Reversal,
    /// `EC`, `ED`: not booked yet.
    Expected,
}

/// What the line says.
#[derive(Debug)]
pub(super) struct Line<'t> {
    pub value_day: NaiveDate,
    pub entry_day: Option<NaiveDate>,
    pub mark: Mark,
    /// Negative where money went out.
    pub signed: Money,
    /// Three letters or digits: `TRF`, `MSC`.
    pub kind: &'t str,
    /// Empty for `NONREF`.
    pub own_reference: String,
    pub bank_reference: String,
}

type Unread = (&'static str, Reason);

impl<'t> Line<'t> {
    pub(super) fn read(text: &'t str, currency: Currency) -> Result<Self, Unread> {
        let bad_time = (":61:", Reason::BadTime);
        let bad_amount = (":61:", Reason::BadAmount);
        let text = text.trim();
        let value_day = value_day(text.get(..6).ok_or(bad_time)?).ok_or(bad_time)?;
        let rest = &text[6..];
        let dated = rest.len() >= 4 && rest.bytes().take(4).all(|b| b.is_ascii_digit());
        let (entry_day, rest) = if dated {
            (Some(entry_day(&rest[..4], value_day).ok_or(bad_time)?), &rest[4..])
        } else {
            (None, rest)
        };
        let (mark, out, rest) = mark(rest).ok_or(bad_amount)?;
        // The funds code, the third letter of the currency.
        let rest = match rest.bytes().next() {
            Some(letter) if letter.is_ascii_uppercase() => &rest[1..],
            _ => rest,
        };
        let end =
            rest.bytes().position(|b| !b.is_ascii_digit() && !matches!(b, b',' | b'.')).unwrap_or(rest.len());
        let money = amount::signed(&rest[..end], ',', currency).ok_or(bad_amount)?;
        let signed = Money::new(if out { -money.minor } else { money.minor }, currency);
        let rest = &rest[end..];
        // The type begins with a letter; anything else is a digit gone wrong.
        if rest.bytes().next().is_some_and(|byte| !byte.is_ascii_uppercase()) {
            return Err(bad_amount);
        }
        let (kind, references) = match (rest.get(1..4), rest.get(4..)) {
            (Some(kind), Some(references)) => (kind, references),
            _ => ("", ""),
        };
        let (own, bank) = references.split_once("//").unwrap_or((references, ""));
        let usable = |reference: &str| match reference.trim() {
            // Either nothing, or "see the details".
            "NONREF" | "NOREF" | "EREF" | "KREF+" | "PREF" => String::new(),
            reference => reference.to_owned(),
        };
        Ok(Self {
            value_day,
            entry_day,
            mark,
            signed,
            kind,
            own_reference: usable(own),
            bank_reference: usable(bank),
        })
    }
}

/// The mark and whether money went out. A reversed credit goes out.
fn mark(text: &str) -> Option<(Mark, bool, &str)> {
    const MARKS: [(&str, Mark, bool); 6] = [
        ("RC", Mark::Reversal, true),
        ("RD", Mark::Reversal, false),
        ("EC", Mark::Expected, false),
        ("ED", Mark::Expected, true),
        ("C", Mark::Booked, false),
        ("D", Mark::Booked, true),
    ];
    MARKS.iter().find_map(|(word, mark, out)| Some((*mark, *out, text.strip_prefix(word)?)))
}

/// `YYMMDD`
fn value_day(text: &str) -> Option<NaiveDate> {
    let number = |from: usize, to: usize| plain_number(text.get(from..to)?);
    day_of_bank_month(when::full_year(number(0, 2)?), number(2, 4)?, number(4, 6)?)
}

/// `MMDD`, in the year that lies nearest to the value day: booked on 2 January with value of 29 December.
fn entry_day(text: &str, value_day: NaiveDate) -> Option<NaiveDate> {
    let (month, day) = (plain_number(&text[..2])?, plain_number(&text[2..])?);
    [0, 1, -1]
        .iter()
        .filter_map(|shift| day_of_bank_month(value_day.year() + shift, month, day))
        .min_by_key(|candidate| (*candidate - value_day).num_days().abs())
}

fn plain_number(text: &str) -> Option<u32> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// Where interest runs over months of thirty days, February has a 30th: it means the last day.
fn day_of_bank_month(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    match (month, day) {
        (2, 29 | 30) => when::day(year, 2, 29).or_else(|| when::day(year, 2, 28)),
        _ => when::day(year, month, day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<String> {
        let line = Line::read(text, Currency::parse("EUR").unwrap()).ok()?;
        let entry = line.entry_day.map_or_else(String::new, |day| day.to_string());
        let (own, bank) = (&line.own_reference, &line.bank_reference);
        Some(format!(
            "{} {entry} {:?} {} {} {own}|{bank}",
            line.value_day,
            line.mark,
            line.signed.decimal(),
            line.kind
        ))
    }

    #[test]
    fn a_line_is_taken_apart_whatever_it_leaves_out() {
        for (text, expected) in [
            ("2401150115D12,34NTRFNONREF", "2024-01-15 2024-01-15 Booked -12.34 TRF |"),
            ("240115C1000,NMSCREF1//BANK2", "2024-01-15  Booked 1000.00 MSC REF1|BANK2"),
            ("2312290102DR583,92NTRFA//B", "2023-12-29 2024-01-02 Booked -583.92 TRF A|B"),
            ("2401021229D1,NTRFNONREF", "2024-01-02 2023-12-29 Booked -1.00 TRF |"),
            ("2402300229C0,01NINTNONREF", "2024-02-29 2024-02-29 Booked 0.01 INT |"),
            ("230230D5,NMSC", "2023-02-28  Booked -5.00 MSC |"),
            ("240115RC7,5NMSCX", "2024-01-15  Reversal -7.50 MSC X|"),
            ("240115RDR7,5NMSCX", "2024-01-15  Reversal 7.50 MSC X|"),
            ("240115ED7,5NMSCX", "2024-01-15  Expected -7.50 MSC X|"),
            ("240115C1,00S103ABC", "2024-01-15  Booked 1.00 103 ABC|"),
        ] {
            assert_eq!(said(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "",
            "24011",
            "241315D1,NTRF",
            "240115X1,NTRF",
            "240115D,NTRF",
            "240115D1,234NTRF",
            "240115D1,xNTRF",
            "二四〇一D1,",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
