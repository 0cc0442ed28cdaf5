//! A moment as cells have it: the date in any order, the time of day beside it or apart, the zone.

use super::{tidy, wide};
use crate::ledger::Moment;
use chrono::{FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What stands first in a date whose year does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum DateOrder {
    /// `2026-03-01` and nothing else.
    Ymd,
    /// `01/03/2026` is the first of March.
    Dmy,
    /// `03/01/2026` is the first of March.
    Mdy,
}

/// A wall clock's place on the earth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// Seconds east of Greenwich.
    East(i32),
    /// With its summer times.
    Named(Tz),
}

impl Zone {
    /// Reads `GMT+08:00`, `+0530`, `Europe/Berlin`, `PST`, `CET`, `MEZ`; `None` for a zone that is not known.
    pub fn read(text: &str) -> Option<Self> {
        let text = tidy(text);
        let hours = match text {
            "Z" | "UTC" | "GMT" | "WET" => 0.0,
            "BST" | "CET" | "MEZ" | "WEST" => 1.0,
            "CEST" | "MESZ" | "EET" | "SAST" => 2.0,
            "EEST" | "MSK" => 3.0,
            "PKT" => 5.0,
            "IST" => 5.5,
            "ICT" | "WIB" => 7.0,
            "HKT" | "SGT" | "AWST" | "PHT" | "MYT" => 8.0,
            "JST" | "KST" => 9.0,
            "ACST" => 9.5,
            "ACDT" => 10.5,
            "AEST" => 10.0,
            "AEDT" => 11.0,
            "NZST" => 12.0,
            "NZDT" => 13.0,
            "BRT" | "ART" | "ADT" => -3.0,
            "EDT" | "AST" => -4.0,
            "EST" | "CDT" => -5.0,
            "CST" | "MDT" => -6.0,
            "MST" | "PDT" => -7.0,
            "PST" | "AKDT" => -8.0,
            "AKST" => -9.0,
            "HST" => -10.0,
            _ => return Self::offset(text).or_else(|| text.parse().ok().map(Self::Named)),
        };
        Some(Self::East((hours * 3600.0) as i32))
    }

    fn offset(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("GMT").or_else(|| text.strip_prefix("UTC")).unwrap_or(text);
        let (east, rest) = match rest.chars().next()? {
            '+' => (1, &rest[1..]),
            '-' => (-1, &rest[1..]),
            '−' => (-1, &rest['−'.len_utf8()..]),
            _ => return None,
        };
        let (hours, rest) = number(rest, 2)?;
        let rest = rest.strip_prefix(':').unwrap_or(rest);
        let (minutes, rest) = if rest.is_empty() { (0, "") } else { number(rest, 2)? };
        let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
        (rest.is_empty() && hours <= 14 && minutes < 60).then_some(Self::East(east * seconds))
    }

    /// The moment when this wall clock shows that. An hour that summer time shows twice is its first; one that
    /// it leaves out is read on the clock before the change.
    pub fn moment(self, wall: NaiveDateTime) -> Option<Moment> {
        match self {
            Self::East(seconds) => FixedOffset::east_opt(seconds)?.from_local_datetime(&wall).single(),
            Self::Named(zone) => zone
                .from_local_datetime(&wall)
                .earliest()
                .or_else(|| {
                    let before = wall.checked_sub_signed(TimeDelta::try_hours(3)?)?;
                    Some(zone.from_local_datetime(&before).earliest()? + TimeDelta::try_hours(3)?)
                })
                .map(|at| at.fixed_offset()),
        }
    }
}

/// What a cell with a date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The day.
    pub date: NaiveDate,
    /// The time of day, where the cell has one.
    pub time: Option<NaiveTime>,
    /// The zone, where the cell names one.
    pub zone: Option<Zone>,
}

/// Reads a date with or without a time: `2026-03-01 10:00:00`, `2026/3/1 8:05`, `2026年3月1日 8:05`,
/// `2026-03-01T10:00:00+08:00`, `20260301`, `20260301 100000`, `1/3/2026` by `order`, `1 Mar 2026`,
/// `Mar 1, 2026, 8:05 PM`, `1. 3. 26`, `2026/3/1 周日 上午 8时05分`, or the serial day number of a spreadsheet (`46289.48678240741`, 1900
/// system), rounded to the nearest second.
pub fn when(cell: &str, order: DateOrder) -> Option<When> {
    let text = tidy(cell);
    if let Some(when) = usual(text) {
        return when;
    }
    plain_when(text, order).or_else(|| plain_when(&wide::plain_moment(text)?, order))
}

fn plain_when(text: &str, order: DateOrder) -> Option<When> {
    if let Some(wall) = serial(text) {
        let time = text.contains('.').then(|| wall.time());
        return Some(When { date: wall.date(), time, zone: None });
    }
    let (date, rest) = date(text, order)?;
    if !(1990..=2100).contains(&chrono::Datelike::year(&date)) {
        return None;
    }
    let rest = rest.strip_prefix([',', 'T']).unwrap_or(rest);
    let rest = tidy(rest);
    if rest.is_empty() {
        return Some(When { date, time: None, zone: None });
    }
    let (time, rest) = clock(rest)?;
    let zone = if rest.is_empty() { None } else { Some(Zone::read(rest)?) };
    Some(When { date, time: Some(time), zone })
}

/// Reads `2026-03-01 10:00:00`, as most files write it; `None` where it is written in another way.
fn usual(text: &str) -> Option<Option<When>> {
    let bytes: &[u8; 19] = text.as_bytes().try_into().ok()?;
    let signs = [(4, b'-'), (7, b'-'), (10, b' '), (13, b':'), (16, b':')];
    if signs.iter().any(|(at, sign)| bytes[*at] != *sign) {
        return None;
    }
    let mut parts = [0_u32; 6];
    for (part, from) in parts.iter_mut().zip([0, 5, 8, 11, 14, 17]) {
        for digit in &bytes[from..from + if from == 0 { 4 } else { 2 }] {
            *part = *part * 10 + u32::from(digit.is_ascii_digit().then(|| digit - b'0')?);
        }
    }
    let [year, month, day, hour, minute, second] = parts;
    let date = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
    let date = date.filter(|_| (1990..=2100).contains(&year));
    let time = NaiveTime::from_hms_opt(hour, minute, second);
    Some(date.zip(time).map(|(date, time)| When { date, time: Some(time), zone: None }))
}

/// Reads a time of day: `8:05`, `08:05:09`, `8:05:09 PM`, `080509`; in a workbook a part of a day (`0.5`) or the
/// day zero (`1899-12-31 12:00:00`).
pub fn time_of_day(cell: &str) -> Option<NaiveTime> {
    let text = tidy(cell);
    if text.starts_with("0.") {
        return serial(&format!("36526{}", &text[1..])).map(|wall| wall.time());
    }
    let text = text.strip_prefix("1899-12-").and_then(|day| day.get(3..)).unwrap_or(text);
    let whole = |text: &str| clock(text).filter(|(_, rest)| rest.is_empty()).map(|(time, _)| time);
    // Saved as a number, 090000 is 90000.
    let padded =
        (text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| format!("0{text}"));
    whole(padded.as_deref().unwrap_or(text)).or_else(|| whole(&wide::plain_moment(text)?))
}

/// Reads `MM/DD` or `MM-DD`, a date without its year.
pub fn month_day(cell: &str) -> Option<(u32, u32)> {
    let (month, rest) = number(tidy(cell), 2)?;
    let (day, rest) = number(rest.strip_prefix(['/', '-', '.', '月'])?, 2)?;
    let rest = rest.strip_prefix('日').unwrap_or(rest);
    (rest.is_empty() && (1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}

/// The two numbers in front of a date whose year stands last, for who wants to know which is the month.
pub fn day_or_month_first(cell: &str) -> Option<(u32, u32)> {
    let (first, rest) = number(tidy(cell), 2)?;
    let (second, rest) = number(after_sign(rest)?, 2)?;
    number(after_sign(rest)?, 4).map(|_| (first, second))
}

/// Whether the cell begins with a date whose year, of four digits, stands last.
pub fn has_year_last(cell: &str) -> bool {
    let mut numbers = tidy(cell).split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    day_or_month_first(cell).is_some() && numbers.nth(2).is_some_and(|year| year.len() == 4)
}

/// Month and day of a date that begins with a year of four digits.
pub fn year_first(cell: &str) -> Option<(u32, u32)> {
    let text = tidy(cell);
    if text.bytes().take_while(u8::is_ascii_digit).count() != 4 {
        return None;
    }
    let (month, rest) = number(text[4..].strip_prefix(['-', '/', '.', '年'])?, 2)?;
    number(rest.strip_prefix(['-', '/', '.', '月'])?, 2).map(|(day, _)| (month, day))
}

/// The three numbers of a date whose every part has two digits at most, so that it may begin or end with its year:
/// `26/03/25`. Parted by points it ends with it.
pub fn short_date(cell: &str) -> Option<[u32; 3]> {
    let (first, rest) = number(tidy(cell), 2)?;
    let (second, rest) = number(rest.strip_prefix(['-', '/'])?, 2)?;
    let (third, rest) = number(rest.strip_prefix(['-', '/'])?, 2)?;
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some([first, second, third])
}

/// Reads a moment whose date is a [`short_date`] that begins with its year.
pub fn short_year_first(cell: &str) -> Option<When> {
    let [year, ..] = short_date(cell)?;
    let rest = tidy(cell).trim_start_matches(|c: char| c.is_ascii_digit());
    when(&format!("20{year:02}{rest}"), DateOrder::Ymd)
}

fn after_sign(text: &str) -> Option<&str> {
    Some(text.strip_prefix(['-', '/', '.', '\'', ' '])?.trim_start_matches([' ', '\'']))
}

fn date(text: &str, order: DateOrder) -> Option<(NaiveDate, &str)> {
    let build = |year: u32, month, day, rest| {
        let year = if year < 100 { year + 2000 } else { year };
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).map(|date| (date, rest))
    };
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        0 => {
            let (month, rest) = month_name(text)?;
            let (day, rest) = number(rest.trim_start_matches(['.', ' ']), 2)?;
            let (year, rest) = number(rest.trim_start_matches([',', ' ']), 4)?;
            build(year, month, day, rest)
        }
        8 | 14 => {
            let (year, rest) = number(text, 4)?;
            let (month, rest) = number(rest, 2)?;
            let (day, rest) = number(rest, 2)?;
            build(year, month, day, rest)
        }
        4 => {
            let (year, rest) = number(text, 4)?;
            let (month, rest) = number(rest.strip_prefix(['-', '/', '.', '年'])?, 2)?;
            let (day, rest) = number(rest.strip_prefix(['-', '/', '.', '月'])?, 2)?;
            build(year, month, day, rest.strip_prefix('日').unwrap_or(rest))
        }
        1 | 2 => {
            let (first, rest) = number(text, 2)?;
            let after = rest.trim_start_matches(['-', ' ', '/', '.']);
            if let Some((month, rest)) = month_name(after) {
                let (year, rest) = number(rest.trim_start_matches(['-', ' ', '/', '.', ',']), 4)?;
                return build(year, month, first, rest);
            }
            let (second, rest) = number(after_sign(rest)?, 2)?;
            let (year, rest) = number(after_sign(rest)?, 4)?;
            match order {
                DateOrder::Ymd => None,
                DateOrder::Dmy => build(year, second, first, rest),
                DateOrder::Mdy => build(year, first, second, rest),
            }
        }
        _ => None,
    }
}

fn month_name(text: &str) -> Option<(u32, &str)> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = text.split_at(letters);
    let name = name.to_ascii_lowercase();
    let month = MONTHS.iter().position(|month| name.starts_with(month))?;
    Some((u32::try_from(month + 1).ok()?, rest))
}

/// A time at the start of the text, and the tidied rest.
fn clock(text: &str) -> Option<(NaiveTime, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (hour, minute, second, rest) = if digits == 6 {
        let (hour, rest) = number(text, 2)?;
        let (minute, rest) = number(rest, 2)?;
        let (second, rest) = number(rest, 2)?;
        (hour, minute, second, rest)
    } else {
        let (hour, rest) = number(text, 2)?;
        let (minute, rest) = number(rest.strip_prefix(':')?, 2)?;
        match rest.strip_prefix(':') {
            Some(rest) => number(rest, 2).map(|(second, rest)| (hour, minute, second, rest))?,
            None => (hour, minute, 0, rest),
        }
    };
    // Fractions of a second are dropped: no wallet has meaningful ones.
    let rest = rest.strip_prefix('.').map_or(rest, |f| f.trim_start_matches(|c: char| c.is_ascii_digit()));
    let rest = tidy(rest);
    let half = rest.get(..2).map(str::to_ascii_uppercase);
    let (hour, rest) = match half.as_deref() {
        Some("AM") if (1..=12).contains(&hour) => (hour % 12, tidy(&rest[2..])),
        Some("PM") if (1..=12).contains(&hour) => (hour % 12 + 12, tidy(&rest[2..])),
        Some("AM" | "PM") => return None,
        _ => (hour, rest),
    };
    NaiveTime::from_hms_opt(hour, minute, second).map(|time| (time, rest))
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
    if days.len() != 5 || !digits(days) || !digits(fraction) {
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

#[cfg(test)]
#[path = "clock/tests.rs"]
mod tests;
