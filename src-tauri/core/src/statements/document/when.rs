//! Dates and moments as documents write them.

use crate::ledger::Moment;
use crate::money::Currency;
use chrono::{FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _};

/// Seconds east of Greenwich of a wall clock that names no zone: where the currency is at home, if that is one
/// zone, else Greenwich.
pub(super) fn zone_of(currency: Currency) -> i32 {
    match currency.code() {
        "CNY" | "HKD" | "MOP" | "TWD" | "SGD" => 8 * 3600,
        "INR" => 5 * 3600 + 1800,
        "JPY" | "KRW" => 9 * 3600,
        _ => 0,
    }
}

/// A wall-clock moment `offset` seconds east of Greenwich.
pub(super) fn at(wall: NaiveDateTime, offset: i32) -> Option<Moment> {
    FixedOffset::east_opt(offset)?.from_local_datetime(&wall).single()
}

/// The beginning of a day.
pub(super) fn midnight(day: NaiveDate, offset: i32) -> Option<Moment> {
    at(day.and_time(NaiveTime::MIN), offset)
}

/// A day within the years that statements come from.
pub(super) fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    (1970..=2100).contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, day)).flatten()
}

/// The year that two digits stand for.
pub(super) fn full_year(two: u32) -> i32 {
    let two = i32::try_from(two).unwrap_or(0);
    if two < 70 { 2000 + two } else { 1900 + two }
}

/// OFX: `YYYYMMDD`, `YYYYMMDDHHMM`, `YYYYMMDDHHMMSS`, each with `.mmm` and `[-5:EST]` or not.
pub(super) fn ofx(text: &str, offset: i32) -> Option<Moment> {
    let text = text.trim();
    let (digits, zone) = match text.split_once('[') {
        Some((digits, zone)) => (digits, ofx_zone(zone.trim_end_matches(']'))),
        None => (text, None),
    };
    let digits = digits.split_once('.').map_or(digits, |(whole, _)| whole).trim();
    if !digits.is_ascii() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return iso(text, offset);
    }
    let number = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let day = day(i32::try_from(number(0, 4)?).ok()?, number(4, 6)?, number(6, 8)?)?;
    let (hour, minute, second) = match digits.len() {
        8 => (0, 0, 0),
        12 => (number(8, 10)?, number(10, 12)?, 0),
        14 => (number(8, 10)?, number(10, 12)?, number(12, 14)?),
        _ => return None,
    };
    at(day.and_hms_opt(hour, minute, second)?, zone.unwrap_or(offset))
}

/// `-5:EST`, `+5.5:IST`, `0:GMT`, `5.30`: hours, and a fraction that some write in minutes.
fn ofx_zone(text: &str) -> Option<i32> {
    let hours = text.split(':').next()?.trim();
    let (sign, hours) = match hours.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, hours.strip_prefix('+').unwrap_or(hours)),
    };
    let (whole, fraction) = hours.split_once('.').unwrap_or((hours, ""));
    let whole: i32 = whole.parse().ok().filter(|hours| *hours <= 14)?;
    let minutes = match fraction {
        "" | "0" | "00" => 0,
        "5" | "50" | "30" => 30,
        "25" | "15" => 15,
        "75" | "45" => 45,
        _ => return None,
    };
    Some(sign * (whole * 3600 + minutes * 60))
}

/// ISO 8601: a date, or a date and a time, each with a zone or not; fractions of a second are dropped.
pub(super) fn iso(text: &str, offset: i32) -> Option<Moment> {
    let text = text.trim();
    if let Ok(moment) = Moment::parse_from_rfc3339(text) {
        return (1970..=2100)
            .contains(&chrono::Datelike::year(&moment))
            .then(|| chrono::Timelike::with_nanosecond(&moment, 0))
            .flatten();
    }
    let date = text.get(..10)?;
    let mut parts = date.split('-').map(|part| part.parse::<u32>().ok());
    let (year, month, last) = (parts.next()??, parts.next()??, parts.next()??);
    let date = day(i32::try_from(year).ok()?, month, last)?;
    let rest = text.get(10..)?;
    let (time, zone) = match rest.strip_prefix(['T', ' ']) {
        Some(rest) => {
            let end = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
            (&rest[..end], &rest[end..])
        }
        None => ("", rest),
    };
    let offset = if zone.is_empty() { offset } else { hours_and_minutes(zone)? };
    let time = time.split_once('.').map_or(time, |(whole, _)| whole).trim();
    let time = match time {
        "" => NaiveTime::MIN,
        time => ["%H:%M:%S", "%H:%M"].iter().find_map(|form| NaiveTime::parse_from_str(time, form).ok())?,
    };
    at(date.and_time(time), offset)
}

/// `Z`, `+01:00`, `-0530`, `+8`.
pub(super) fn hours_and_minutes(zone: &str) -> Option<i32> {
    let zone = zone.trim();
    if matches!(zone, "Z" | "UTC" | "GMT") {
        return Some(0);
    }
    let sign = match zone.chars().next()? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let digits: String = zone.chars().skip(1).filter(char::is_ascii_digit).collect();
    let colon = zone.contains(':');
    let (hours, minutes) = match digits.len() {
        1 | 2 if !colon => (digits.as_str(), "0"),
        3 | 4 => digits.split_at(digits.len() - 2),
        _ => return None,
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ofx_moments_keep_the_zone_they_name() {
        let said = |text: &str| ofx(text, 8 * 3600).map(|at| at.to_rfc3339());
        for (text, at) in [
            ("20240430", "2024-04-30T00:00:00+08:00"),
            ("202404301205", "2024-04-30T12:05:00+08:00"),
            ("20240430120000[0:GMT]", "2024-04-30T12:00:00+00:00"),
            ("20240430120000.123[-5:EST]", "2024-04-30T12:00:00-05:00"),
            ("20240430120000[+5.5:IST]", "2024-04-30T12:00:00+05:30"),
            ("20240430120000[5.30:IST]", "2024-04-30T12:00:00+05:30"),
            ("20240430[-3:BRT]", "2024-04-30T00:00:00-03:00"),
            ("20240430120000[EST]", "2024-04-30T12:00:00+08:00"),
            ("2024-04-30", "2024-04-30T00:00:00+08:00"),
        ] {
            assert_eq!(said(text).as_deref(), Some(at), "{text}");
        }
        for text in ["", "2024043", "20241330", "20240230", "20240430250000", "00000000", "[0:GMT]"] {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn iso_moments_are_read_with_and_without_a_zone() {
        let said = |text: &str| iso(text, 0).map(|at| at.to_rfc3339());
        for (text, at) in [
            ("2024-01-15", "2024-01-15T00:00:00+00:00"),
            ("2024-01-15+01:00", "2024-01-15T00:00:00+01:00"),
            ("2024-01-15Z", "2024-01-15T00:00:00+00:00"),
            ("2024-01-15T10:20:30", "2024-01-15T10:20:30+00:00"),
            ("2024-01-15T10:20:30.123+02:00", "2024-01-15T10:20:30+02:00"),
            ("2024-01-15T10:20", "2024-01-15T10:20:00+00:00"),
        ] {
            assert_eq!(said(text).as_deref(), Some(at), "{text}");
        }
        for text in ["", "2024-1-5", "2024-02-30", "2024-01-15X", "2024-01-15T25:00:00", "二〇二四-01-15"]
        {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
