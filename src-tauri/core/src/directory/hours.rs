//! Is a line open now, when does it open next, and its hours in words.

use super::calendar::{Calendar, Day};
use super::{Hotline, SourceKind, Span};
use crate::ledger::Moment;
use crate::text::Text;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Timelike};
use chrono_tz::Tz;

/// How far ahead an opening is looked for: longer than any public holiday.
const HORIZON_DAYS: u64 = 14;

/// Whether a line is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Openness {
    /// `None` where the hours, or the calendar of that day, are unknown.
    pub open: Option<bool>,
    /// The next opening, where it is closed now.
    pub opens_at: Option<Moment>,
}

impl Hotline {
    /// Whether the line is open at `now`, and when it opens next.
    pub fn openness(&self, calendar: &Calendar, now: Moment) -> Openness {
        const UNKNOWN: Openness = Openness { open: None, opens_at: None };
        let Ok(tz) = self.tz.parse::<Tz>() else { return UNKNOWN };
        if self.hours.is_empty() {
            return UNKNOWN;
        }
        let local = now.with_timezone(&tz).naive_local();
        let minute = minute_of(local.time());
        let today = local.date();
        let mut open = Some(false);
        for span in &self.hours {
            let Some((from, to)) = span.minutes() else { return UNKNOWN };
            if (from..to).contains(&minute) {
                match self.on(span, calendar, today) {
                    Some(true) => return Openness { open: Some(true), opens_at: None },
                    Some(false) => {}
                    None => open = None,
                }
            }
        }
        Openness { open, opens_at: open.and_then(|_| self.next_opening(calendar, tz, local)) }
    }

    /// Is the span worked on this day? `None` where the calendar does not say.
    fn on(&self, span: &Span, calendar: &Calendar, date: NaiveDate) -> Option<bool> {
        // Lines of mainland China that keep Monday to Friday keep working days, make-up days included.
        if span.days != WORKING_DAYS || self.tz != "Asia/Shanghai" {
            let weekday = date.weekday().num_days_from_monday() as usize;
            return Some(span.days.as_bytes().get(weekday) == Some(&b'x'));
        }
        match calendar.day(date) {
            Day::Working | Day::PerhapsWorking => Some(true),
            Day::Rest => Some(false),
            Day::PerhapsRest => None,
        }
    }

    fn next_opening(&self, calendar: &Calendar, tz: Tz, local: NaiveDateTime) -> Option<Moment> {
        let openings = (0..=HORIZON_DAYS).filter_map(|ahead| {
            let date = local.date().checked_add_days(Days::new(ahead))?;
            let starts = self.hours.iter().filter(|span| self.on(span, calendar, date) == Some(true));
            starts
                .filter_map(|span| {
                    let from = span.minutes()?.0;
                    Some(date.and_hms_opt(from / 60, from % 60, 0)?).filter(|start| *start > local)
                })
                .min()
        });
        let start = openings.min()?;
        tz.from_local_datetime(&start).earliest().map(|at: DateTime<Tz>| {
            let offset = at.offset().fix();
            at.with_timezone(&offset)
        })
    }

    /// The hours in words, with what they rest on.
    pub fn hours_in_words(&self) -> Text {
        if self.hours.is_empty() {
            return Text::new("服务时间：未找到可靠出处", "Hours: no reliable source found");
        }
        let zh: Vec<String> = self.hours.iter().map(|span| span.in_words().zh).collect();
        let en: Vec<String> = self.hours.iter().map(|span| span.in_words().en).collect();
        let mut words = Text::new(zh.join("，"), en.join(", "));
        if self.hours.iter().any(|span| span.days == WORKING_DAYS) {
            words.zh.push_str("，法定节假日可能不开");
            words.en.push_str(", perhaps not on public holidays");
        }
        let basis = match self.hours_source {
            Some(SourceKind::GeneralKnowledge) => {
                ("（一般说法，未找到出处）", " (general knowledge, not sourced)")
            }
            Some(SourceKind::OfficialCopy) => {
                ("（据官方文字的旧副本）", " (from an older copy of an official text)")
            }
            Some(SourceKind::Community) => ("（据社区名录）", " (from a community list)"),
            _ => ("", ""),
        };
        words.zh.push_str(basis.0);
        words.en.push_str(basis.1);
        words
    }
}

/// Monday to Friday.
const WORKING_DAYS: &str = "xxxxx--";

impl Span {
    /// From and to as minutes of the day; `None` where the text is no time.
    pub(super) fn minutes(&self) -> Option<(u32, u32)> {
        let minute = |text: &str| match text {
            "24:00" => Some(24 * 60),
            _ => NaiveTime::parse_from_str(text, "%H:%M").ok().map(minute_of),
        };
        Some((minute(&self.from)?, minute(&self.to)?))
    }

    fn in_words(&self) -> Text {
        let days = match self.days.as_str() {
            "xxxxxxx" => Text::new("每天", "daily"),
            WORKING_DAYS => Text::new("工作日", "working days"),
            "-----xx" => Text::new("周末", "weekends"),
            other => {
                const ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
                const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
                let open = |names: [&'static str; 7]| -> Vec<&str> {
                    let marked = names.into_iter().zip(other.bytes());
                    marked.filter(|(_, mark)| *mark == b'x').map(|(name, _)| name).collect()
                };
                Text::new(format!("周{}", open(ZH).join("、")), open(EN).join(", "))
            }
        };
        match (self.from.as_str(), self.to.as_str()) {
            ("00:00", "24:00") => Text::new(format!("{} 24 小时", days.zh), format!("{}, 24 hours", days.en)),
            (from, to) => Text::new(format!("{} {from}–{to}", days.zh), format!("{} {from}–{to}", days.en)),
        }
    }
}

fn minute_of(time: NaiveTime) -> u32 {
    time.hour() * 60 + time.minute()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::{Purpose, Trust};
    use chrono::Duration;
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
            sources: Vec::new(),
        }
    }

    fn calendar() -> Calendar {
        let text = "year = 2026\nsource = \"sample\"\nmake_up = [\"2026-02-14\", \"2026-02-28\"]\n\
                    holidays = [\"2026-02-16\", \"2026-02-17\", \"2026-02-18\"]";
        Calendar::from_toml([("2026.toml", text)]).unwrap()
    }

    /// Minute by minute, with nothing in common with the code above but the data.
    fn open_by_hand(minute: NaiveDateTime) -> bool {
        let date = minute.date().to_string();
        let weekend = minute.weekday().number_from_monday() >= 6;
        let made_up = ["2026-02-14", "2026-02-28"].contains(&date.as_str());
        let holiday = ["2026-02-16", "2026-02-17", "2026-02-18"].contains(&date.as_str());
        let time = minute.format("%H:%M").to_string();
        let in_hours =
            ("08:30".."11:30").contains(&time.as_str()) || ("14:00".."17:30").contains(&time.as_str());
        (made_up || !weekend && !holiday) && in_hours
    }

    proptest! {
        #[test]
        fn openness_agrees_with_a_count_of_minutes(offset in 0..40_000_i64) {
            let line = line(&[("xxxxx--", "08:30", "11:30"), ("xxxxx--", "14:00", "17:30")], "Asia/Shanghai");
            let start: NaiveDateTime = "2026-02-05T00:00:00".parse().unwrap();
            let now = start + Duration::minutes(offset);
            let moment = now.and_local_timezone(chrono::FixedOffset::east_opt(8 * 3600).unwrap()).unwrap();
            let said = line.openness(&calendar(), moment);
            prop_assert_eq!(said.open, Some(open_by_hand(now)));
            if said.open == Some(false) {
                let next = (1..14 * 24 * 60).map(|ahead| now + Duration::minutes(ahead)).find(|at| open_by_hand(*at));
                prop_assert_eq!(said.opens_at.map(|at| at.naive_local()), next);
            }
        }
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
        assert_eq!(
            office.hours_in_words().zh,
            "工作日 08:30–11:30，周一、三 14:00–17:30，法定节假日可能不开"
        );
        assert_eq!(line(&[], "Asia/Shanghai").hours_in_words().en, "Hours: no reliable source found");
    }
}
