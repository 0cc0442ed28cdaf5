//! When: the date and time a message names, its year found from now where it names none.

use super::scan::{Scan, words};
use crate::ledger::Moment;
use chrono::{Datelike, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use std::ops::Range;

/// A clock a little fast is no reason to go back a year.
const FAST_CLOCK: Duration = Duration::minutes(10);
/// Far enough back to find the last 29 February.
const YEARS_BACK: i32 = 8;

/// When something happened.
pub(super) struct When {
    /// At `now`'s offset; at midnight where only a day is named.
    pub at: Moment,
    /// The time of day is named too.
    pub has_time: bool,
    /// As pasted.
    pub words: String,
}

struct Day {
    year: Option<i32>,
    month: u32,
    day: u32,
    place: Range<usize>,
}

/// The first date, with the time of day that follows it; one that a label names comes first.
pub(super) fn find(scan: &Scan, now: Moment) -> Option<When> {
    let label = scan.first(&words().time_labels).map(|label| label.end);
    label.and_then(|from| find_from(scan, now, from)).or_else(|| find_from(scan, now, 0))
}

fn find_from(scan: &Scan, now: Moment, from: usize) -> Option<When> {
    (from..scan.folded.len()).find_map(|at| {
        let day = day_at(scan, at, now)?;
        let time = time_after(scan, day.place.end);
        let end = time.as_ref().map_or(day.place.end, |(_, end)| *end);
        let time = time.map(|(time, _)| time);
        let at = settle(&day, time, now)?;
        Some(When { at, has_time: time.is_some(), words: scan.words(day.place.start..end) })
    })
}

fn settle(day: &Day, time: Option<NaiveTime>, now: Moment) -> Option<Moment> {
    let at = |year: i32| -> Option<Moment> {
        let date = NaiveDate::from_ymd_opt(year, day.month, day.day)?;
        let plain = NaiveDateTime::new(date, time.unwrap_or(NaiveTime::MIN));
        now.timezone().from_local_datetime(&plain).single()
    };
    match day.year {
        Some(year) => at(year),
        None => {
            let this_year = now.year();
            let latest = now.checked_add_signed(FAST_CLOCK).unwrap_or(now);
            (this_year - YEARS_BACK..=this_year).rev().find_map(|year| at(year).filter(|at| *at <= latest))
        }
    }
}

/// A number of at most `most` digits, and where it ends.
fn digits(scan: &Scan, from: usize, most: usize) -> Option<(u32, usize)> {
    let run: String =
        scan.folded.get(from..)?.iter().take_while(|c| c.is_ascii_digit()).take(most + 1).collect();
    (!run.is_empty() && run.len() <= most).then_some(())?;
    Some((run.parse().ok()?, from + run.len()))
}

fn day_at(scan: &Scan, at: usize, now: Moment) -> Option<Day> {
    let before = at.checked_sub(1).and_then(|before| scan.at(before));
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '*' | '/' | '-' | '\'')) {
        return None;
    }
    for (word, back) in [("今天", 0), ("今日", 0), ("昨天", 1), ("昨日", 1), ("today", 0), ("yesterday", 1)]
    {
        let end = at + word.chars().count();
        if scan.folded.get(at..end).is_some_and(|here| here.iter().copied().eq(word.chars())) {
            let day = now.date_naive().checked_sub_days(Days::new(back))?;
            return Some(Day { year: Some(day.year()), month: day.month(), day: day.day(), place: at..end });
        }
    }
    english(scan, at).or_else(|| chinese(scan, at)).or_else(|| separated(scan, at))
}

/// 2026年11月21日, 11月21日
fn chinese(scan: &Scan, at: usize) -> Option<Day> {
    let (first, end) = digits(scan, at, 4)?;
    let (year, month, end) = match scan.at(end)? {
        '年' if first >= 1990 => {
            let (month, end) = digits(scan, scan.skip_blanks(end + 1), 2)?;
            (Some(i32::try_from(first).ok()?), month, end)
        }
        _ => (None, first, end),
    };
    let (day, end) = (scan.at(end)? == '月').then(|| digits(scan, scan.skip_blanks(end + 1), 2))??;
    matches!(scan.at(end), Some('日' | '号')).then_some(Day { year, month, day, place: at..end + 1 })
}

/// 2026-11-21, 2026/11/21, 2026.11.21; without a year only before a time of day.
fn separated(scan: &Scan, at: usize) -> Option<Day> {
    let (first, end) = digits(scan, at, 4)?;
    let mark = scan.at(end).filter(|mark| matches!(mark, '-' | '/' | '.'))?;
    let (second, next) = digits(scan, end + 1, 2)?;
    if first >= 1990 {
        let (day, end) = (scan.at(next)? == mark).then(|| digits(scan, next + 1, 2))??;
        return Some(Day { year: i32::try_from(first).ok(), month: second, day, place: at..end });
    }
    let in_range = (1..=12).contains(&first) && (1..=31).contains(&second) && mark != '.';
    let day = Day { year: None, month: first, day: second, place: at..next };
    (in_range && time_after(scan, next).is_some()).then_some(day)
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn month_name(scan: &Scan, at: usize) -> Option<(u32, usize)> {
    let word: String = scan.folded.get(at..)?.iter().take_while(|c| c.is_ascii_alphabetic()).collect();
    let known = word.get(..3).and_then(|short| MONTHS.iter().position(|month| *month == short))?;
    // `may 3` is a date, `mayor` is not: the full names have at most nine letters and a number beside them.
    (word.len() <= 9).then_some(())?;
    let end = at + word.len();
    let end = if scan.at(end) == Some('.') { end + 1 } else { end };
    Some((u32::try_from(known).ok()? + 1, end))
}

/// Nov 21, 2026; Nov 21; 21 Nov 2026
fn english(scan: &Scan, at: usize) -> Option<Day> {
    let ordinal = |end: usize| {
        let suffix: String = scan.folded.get(end..end + 2).unwrap_or_default().iter().collect();
        if matches!(suffix.as_str(), "st" | "nd" | "rd" | "th") { end + 2 } else { end }
    };
    let year_after = |end: usize| {
        let from = scan.skip_blanks(if scan.at(end) == Some(',') { end + 1 } else { end });
        let (year, end) = digits(scan, from, 4)
            .filter(|(year, end)| (1990..2100).contains(year) && scan.at(*end) != Some(':'))?;
        Some((i32::try_from(year).ok()?, end))
    };
    let (month, day, end) = if let Some((month, end)) = month_name(scan, at) {
        let (day, end) = digits(scan, scan.skip_blanks(end), 2)?;
        (month, day, ordinal(end))
    } else {
        let (day, end) = digits(scan, at, 2)?;
        let (month, end) = month_name(scan, scan.skip_blanks(ordinal(end)))?;
        (month, day, end)
    };
    let (year, end) = year_after(end).map_or((None, end), |(year, end)| (Some(year), end));
    Some(Day { year, month, day, place: at..end })
}

/// 10:23, 10:23:45, 10时23分, 10点23分, 10:23 PM, after blanks, a comma, `at`.
fn time_after(scan: &Scan, from: usize) -> Option<(NaiveTime, usize)> {
    let mut at = scan.skip_blanks(from);
    if matches!(scan.at(at), Some(',' | '，' | 't')) {
        at = scan.skip_blanks(at + 1);
    }
    if scan.folded.get(at..at + 3).is_some_and(|here| here == ['a', 't', ' ']) {
        at = scan.skip_blanks(at + 3);
    }
    let (hour, end) = digits(scan, at, 2)?;
    let mark = scan.at(end).filter(|mark| matches!(mark, ':' | '时' | '点'))?;
    let (minute, mut end) = digits(scan, end + 1, 2)?;
    let mut second = 0;
    if mark == ':' && scan.at(end) == Some(':') {
        (second, end) = digits(scan, end + 1, 2)?;
    } else if mark != ':' {
        end = (scan.at(end)? == '分').then_some(end + 1)?;
        if let Some((value, after)) = digits(scan, end, 2).filter(|(_, after)| scan.at(*after) == Some('秒'))
        {
            (second, end) = (value, after + 1);
        }
    }
    let half: String = scan.folded.iter().skip(scan.skip_blanks(end)).take(2).collect();
    let hour = match (half.as_str(), hour) {
        ("pm", 1..=11) => hour + 12,
        ("am", 12) => 0,
        _ => hour,
    };
    if matches!(half.as_str(), "am" | "pm") {
        end = scan.skip_blanks(end) + 2;
    }
    Some((NaiveTime::from_hms_opt(hour, minute, second)?, end))
}
