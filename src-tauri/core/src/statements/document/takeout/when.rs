//! Times as the account's language writes them: `Sep 4, 2025, 2:30:45 PM IST`, `4 Sept 2025, 18:05:10 GMT+05:30`.

use super::super::when;
use crate::ledger::Moment;
use chrono::NaiveTime;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Zones by the letters that exports use, in minutes east of Greenwich.
const ZONES: &[(&str, i32)] = &[
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("IST", 330),
    ("SGT", 480),
    ("HKT", 480),
    ("JST", 540),
    ("BST", 60),
    ("CET", 60),
    ("CEST", 120),
    ("EST", -300),
    ("EDT", -240),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
];

/// Reads such a time; `offset` seconds east of Greenwich where it names no zone.
pub(super) fn moment(text: &str, offset: i32) -> Option<Moment> {
    if text.len() > 80 {
        return None;
    }
    if text.trim_start().starts_with(|c: char| c.is_ascii_digit())
        && let Some(moment) = when::iso(text, offset)
    {
        return Some(moment);
    }
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let [first, second, year, time, rest @ ..] = words.as_slice() else { return None };
    let (month, day) = match (month(first), month(second)) {
        (Some(month), None) => (month, second),
        (None, Some(month)) => (month, first),
        _ => return None,
    };
    let day = when::day(year.parse().ok()?, month, day.parse().ok()?)?;
    let mut rest = rest.iter();
    let mut next = rest.next().copied();
    let afternoon = match next.map(str::to_ascii_uppercase).as_deref() {
        Some("AM" | "A.M.") => Some(false),
        Some("PM" | "P.M.") => Some(true),
        _ => None,
    };
    if afternoon.is_some() {
        next = rest.next().copied();
    }
    let offset = match next {
        None => offset,
        Some(name) => zone(name)?,
    };
    if rest.next().is_some() {
        return None;
    }
    when::at(day.and_time(clock(time, afternoon)?), offset)
}

fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let start = word.get(..3)?;
    let place = MONTHS.iter().position(|month| *month == start)?;
    let letters = word.bytes().all(|b| b.is_ascii_alphabetic());
    letters.then(|| u32::try_from(place + 1).ok()).flatten()
}

fn clock(text: &str, afternoon: Option<bool>) -> Option<NaiveTime> {
    let mut parts = text.split(':').map(|part| part.parse::<u32>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = match parts.next() {
        Some(second) => second?,
        None => 0,
    };
    let hour = match (afternoon, hour) {
        (None, hour) => hour,
        (Some(_), 0 | 13..) => return None,
        (Some(false), hour) => hour % 12,
        (Some(true), hour) => hour % 12 + 12,
    };
    NaiveTime::from_hms_opt(hour, minute, second)
}

fn zone(name: &str) -> Option<i32> {
    if let Some((_, minutes)) = ZONES.iter().find(|(letters, _)| *letters == name) {
        return Some(minutes * 60);
    }
    let sign = name.strip_prefix("GMT").or_else(|| name.strip_prefix("UTC")).unwrap_or(name);
    when::hours_and_minutes(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_several_languages_of_english_are_read() {
        let said = |text| moment(text, 0).map(|at| at.to_rfc3339());
        for (text, at) in [
            ("Sep 4, 2025, 2:30:45 PM IST", "2025-09-04T14:30:45+05:30"),
            ("Sep 5, 2025, 9:15\u{202f}PM", "2025-09-05T21:15:00+00:00"),
            ("4 Sept 2025, 18:05:10 GMT+05:30", "2025-09-04T18:05:10+05:30"),
            ("Dec 31, 2024, 12:05:00 AM PST", "2024-12-31T00:05:00-08:00"),
            ("4 May 2025, 00:00:00 UTC", "2025-05-04T00:00:00+00:00"),
            ("2025-09-04T09:00:45.123Z", "2025-09-04T09:00:45+00:00"),
        ] {
            assert_eq!(said(text).as_deref(), Some(at), "{text}");
        }
        for text in [
            "",
            "Sep 4",
            "Sep 31, 2025, 9:15 PM",
            "Foo 4, 2025, 9:15 PM",
            "Sep 4, 2025, 13:15 PM",
            "Paid 3 to X",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
