//! Hours against an oracle that counts minutes and shares nothing with them but the data.

use super::*;
use crate::directory::{Purpose, Trust};
use chrono::{DateTime, Duration};
use proptest::prelude::*;

fn line(spans: &[(&str, &str, &str)], tz: &str) -> Hotline {
    let hours = spans
        .iter()
        .map(|(days, from, to)| Span { days: (*days).into(), from: (*from).into(), to: (*to).into() })
        .collect();
    Hotline {
        id: "main".into(),
        number: "95188".into(),
        label: Text::default(),
        purpose: Purpose::General,
        trust: Trust::Community,
        region: "CN".into(),
        hours,
        hours_source: Some(SourceKind::Official),
        tz: tz.into(),
        languages: vec!["zh".into()],
        cost_note: None,
        menu: Vec::new(),
        sources: Default::default(),
    }
}

const MAKE_UP: [&str; 2] = ["2026-02-14", "2026-02-28"];
const HOLIDAYS: [&str; 3] = ["2026-02-16", "2026-02-17", "2026-02-18"];

fn calendar() -> Calendar {
    let text = format!("year = 2026\nsource = \"sample\"\nmake_up = {MAKE_UP:?}\nholidays = {HOLIDAYS:?}");
    Calendar::from_toml([("2026.toml", text.as_str())]).unwrap()
}

/// Is a day of this date worked, by hand; `None` in a year nobody knows.
fn worked(date: NaiveDate, days: &str, tz: &str) -> Option<bool> {
    let weekday = date.weekday().number_from_monday() as usize - 1;
    if days != "xxxxx--" || tz != "Asia/Shanghai" {
        return Some(days.as_bytes()[weekday] == b'x');
    }
    if date.year() != 2026 {
        return None;
    }
    let text = date.to_string();
    Some(MAKE_UP.contains(&text.as_str()) || weekday < 5 && !HOLIDAYS.contains(&text.as_str()))
}

/// Looks at every minute of yesterday's and today's spans, written out as a list of wall-clock times.
fn open_by_hand(spans: &[(&str, &str, &str)], tz: &str, at: Moment) -> Option<bool> {
    let zone: Tz = tz.parse().unwrap();
    let local = at.with_timezone(&zone).naive_local();
    let wall = local.format("%H:%M").to_string();
    let mut open = Some(false);
    for (days, from, to) in spans {
        let to_midnight = if *to == "24:00" { "99:99" } else { to };
        let wraps = to <= from;
        let mut dates = Vec::new();
        if wraps {
            if wall.as_str() >= *from {
                dates.push(local.date());
            }
            if wall.as_str() < *to {
                dates.push(local.date() - Duration::days(1));
            }
        } else if wall.as_str() >= *from && wall.as_str() < to_midnight {
            dates.push(local.date());
        }
        for date in dates {
            match worked(date, days, tz) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => open = None,
            }
        }
    }
    open
}

type Spans = &'static [(&'static str, &'static str, &'static str)];

/// Breaks at noon, nights, single days, whole days, and spans that overlap.
const WEEKS: [Spans; 7] = [
    &[("xxxxx--", "08:30", "11:30"), ("xxxxx--", "14:00", "17:30")],
    &[("xxxxxxx", "22:00", "06:00")],
    &[("xxxxx--", "20:00", "02:30"), ("-----xx", "10:00", "18:00")],
    &[("x-x-x--", "09:00", "12:00"), ("-x-x---", "00:00", "24:00")],
    &[("xxxxxxx", "00:00", "24:00")],
    &[("------x", "23:00", "01:00"), ("xxxxxxx", "09:00", "17:00"), ("xxxxxxx", "12:00", "13:00")],
    &[("xxxxxxx", "00:30", "01:30"), ("xxxxxxx", "02:15", "03:45")],
];

/// Zones without and with summer time, on both sides of the equator, and one half an hour off.
const ZONES: [&str; 6] =
    ["Asia/Shanghai", "Asia/Tokyo", "Europe/London", "America/New_York", "Australia/Sydney", "Asia/Kolkata"];

/// Around the holidays, around both changes of the clock, and around an unknown year.
const STARTS: [&str; 7] = [
    "2026-02-10T00:00:00Z",
    "2026-03-06T00:00:00Z",
    "2026-03-27T00:00:00Z",
    "2026-04-03T00:00:00Z",
    "2026-10-02T00:00:00Z",
    "2026-10-23T00:00:00Z",
    "2026-12-28T00:00:00Z",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn openness_agrees_with_a_count_of_minutes(
        week in 0..WEEKS.len(), zone in 0..ZONES.len(), start in 0..STARTS.len(), minute in 0..10_000_i64,
    ) {
        let (spans, tz) = (WEEKS[week], ZONES[zone]);
        let line = line(spans, tz);
        let now = DateTime::parse_from_rfc3339(STARTS[start]).unwrap() + Duration::minutes(minute);
        let said = line.openness(&calendar(), now);
        prop_assert_eq!(said.open, open_by_hand(spans, tz, now), "{} in {}", now, tz);
        if said.open == Some(false) {
            let minutes = (1..=14 * 24 * 60).map(|ahead| now + Duration::minutes(ahead));
            let next = minutes.into_iter().find(|at| open_by_hand(spans, tz, *at) == Some(true));
            prop_assert_eq!(said.opens_at.map(|at| at.to_utc()), next.map(|at| at.to_utc()), "{} in {}", now, tz);
        } else {
            prop_assert_eq!(said.opens_at, None);
        }
    }
}

#[test]
fn every_minute_of_a_day_of_changed_clocks_agrees() {
    for (tz, day) in [
        ("Europe/London", "2026-03-29"),
        ("America/New_York", "2026-11-01"),
        ("Australia/Sydney", "2026-10-04"),
    ] {
        for spans in WEEKS {
            let line = line(spans, tz);
            let start =
                DateTime::parse_from_rfc3339(&format!("{day}T00:00:00Z")).unwrap() - Duration::hours(14);
            for minute in 0..40 * 60 {
                let now = start + Duration::minutes(minute);
                assert_eq!(
                    line.openness(&calendar(), now).open,
                    open_by_hand(spans, tz, now),
                    "{now} in {tz}"
                );
            }
        }
    }
}

#[test]
fn a_night_that_begins_on_a_working_day_ends_on_the_next_morning() {
    let night = line(&[("xxxxx--", "20:00", "02:30")], "Asia/Shanghai");
    let at = |text: &str| night.openness(&calendar(), DateTime::parse_from_rfc3339(text).unwrap()).open;
    assert_eq!(at("2026-02-15T01:00:00+08:00"), Some(true), "Saturday the 14th was worked");
    assert_eq!(at("2026-02-16T01:00:00+08:00"), Some(false), "Sunday was not");
    assert_eq!(at("2027-03-02T21:00:00+08:00"), None, "whether a day of 2027 is worked is not known");
    assert_eq!(at("2027-03-02T12:00:00+08:00"), Some(false), "at noon it is closed in any case");
}

#[test]
fn hours_of_another_zone_are_read_on_its_own_clock() {
    let tokyo = line(&[("xxxxxxx", "09:00", "18:00")], "Asia/Tokyo");
    let at = |text: &str| tokyo.openness(&calendar(), DateTime::parse_from_rfc3339(text).unwrap()).open;
    assert_eq!(at("2026-03-02T08:30:00+08:00"), Some(true));
    assert_eq!(at("2026-03-02T17:30:00+08:00"), Some(false));
}

#[test]
fn the_words_say_what_the_hours_rest_on() {
    let mut guessed = line(&[("xxxxxxx", "00:00", "24:00")], "Asia/Shanghai");
    guessed.hours_source = Some(SourceKind::GeneralKnowledge);
    assert_eq!(guessed.hours_in_words().zh, "每天 24 小时（一般说法，未找到出处）");
    let office = line(&[("xxxxx--", "08:30", "11:30"), ("x-x----", "14:00", "17:30")], "Asia/Shanghai");
    assert_eq!(office.hours_in_words().zh, "工作日 08:30–11:30，周一、三 14:00–17:30，法定节假日可能不开");
    assert_eq!(line(&[], "Asia/Shanghai").hours_in_words().en, "Hours: no reliable source found");
}
