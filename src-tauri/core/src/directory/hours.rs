//! Is a line open now, when does it open next, and its hours in words.

use super::calendar::{Calendar, Day};
use super::{Hotline, SourceKind, Span};
use crate::ledger::Moment;
use crate::text::Text;
use chrono::{
    Datelike, Days, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike,
};
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
    /// Whether the line is open at `now`, and when it opens next. Hours, days and holidays are those of the
    /// line's own zone.
    pub fn openness(&self, calendar: &Calendar, now: Moment) -> Openness {
        const UNKNOWN: Openness = Openness { open: None, opens_at: None };
        let Ok(tz) = self.tz.parse::<Tz>() else { return UNKNOWN };
        let minutes: Option<Vec<_>> = self.hours.iter().map(Span::minutes).collect();
        let Some(minutes) = minutes.filter(|minutes| !minutes.is_empty()) else { return UNKNOWN };
        let clock = Clock { hotline: self, minutes, calendar, tz };
        let open = clock.open_at(now);
        let opens_at = if open == Some(false) { clock.next_opening(now) } else { None };
        Openness { open, opens_at }
    }

    /// Is the span worked on this day? `None` where the calendar does not say.
    fn on(&self, span: &Span, calendar: &Calendar, date: NaiveDate) -> Option<bool> {
        // Lines of mainland China that keep Monday to Friday keep working days, make-up days included.
        if span.days != WORKING_DAYS || self.tz != "Asia/Shanghai" {
            let weekday = date.weekday().num_days_from_monday() as usize;
            return Some(span.days.as_bytes().get(weekday) == Some(&b'x'));
        }
        match calendar.day(date) {
            Day::Working => Some(true),
            Day::Rest => Some(false),
            Day::PerhapsWorking | Day::PerhapsRest => None,
        }
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

/// A line's hours on the clock of its own zone.
struct Clock<'a> {
    hotline: &'a Hotline,
    /// From and to of each span, in its order.
    minutes: Vec<(u32, u32)>,
    calendar: &'a Calendar,
    tz: Tz,
}

impl Clock<'_> {
    /// `None` where it depends on a day the calendar does not know.
    fn open_at(&self, moment: Moment) -> Option<bool> {
        let local = moment.with_timezone(&self.tz).naive_local();
        let (minute, today) = (minute_of(local.time()), local.date());
        let mut open = Some(false);
        for (span, (from, to)) in self.hotline.hours.iter().zip(&self.minutes) {
            let past_midnight = to <= from;
            let begun_today = *from <= minute && (past_midnight || minute < *to);
            let begun_yesterday = past_midnight && minute < *to;
            let days = [(begun_today, Some(today)), (begun_yesterday, today.pred_opt())]
                .into_iter()
                .filter(|day| day.0);
            for date in days.filter_map(|(_, date)| date) {
                match self.hotline.on(span, self.calendar, date) {
                    Some(true) => return Some(true),
                    Some(false) => {}
                    None => open = None,
                }
            }
        }
        open
    }

    /// The first moment after `now` at which the line opens for sure. Opening times are the beginnings of
    /// spans and the moments when the clock itself is changed.
    fn next_opening(&self, now: Moment) -> Option<Moment> {
        let today = now.with_timezone(&self.tz).date_naive();
        (0..=HORIZON_DAYS).find_map(|ahead| {
            let date = today.checked_add_days(Days::new(ahead))?;
            let mut moments: Vec<Moment> = Vec::new();
            for (from, _) in &self.minutes {
                moments.extend(self.moments_of(date.and_hms_opt(from / 60, from % 60, 0)?));
            }
            moments.extend(self.clock_change(date));
            moments.into_iter().filter(|at| *at > now && self.open_at(*at) == Some(true)).min()
        })
    }

    /// The moments at which the clock shows this time: none, one, or two where it is set back.
    fn moments_of(&self, local: NaiveDateTime) -> Vec<Moment> {
        match self.tz.from_local_datetime(&local) {
            LocalResult::None => Vec::new(),
            LocalResult::Single(one) => vec![one.fixed_offset()],
            LocalResult::Ambiguous(first, second) => vec![first.fixed_offset(), second.fixed_offset()],
        }
    }

    /// The first minute after the clock is changed on this day, where it is.
    fn clock_change(&self, date: NaiveDate) -> Option<Moment> {
        let noon = |date: NaiveDate| self.moments_of(date.and_hms_opt(12, 0, 0)?).into_iter().next();
        let (before, after) = (noon(date.pred_opt()?)?, noon(date)?);
        if before.offset() == after.offset() {
            return None;
        }
        let offset = |at: Moment| *at.with_timezone(&self.tz).fixed_offset().offset();
        let changed = |minutes: &i64| offset(before + Duration::minutes(*minutes)) != *before.offset();
        let length = (after - before).num_minutes();
        // The offset changes once between the two noons.
        let (mut low, mut high) = (0, length);
        while low < high {
            let middle = (low + high) / 2;
            if changed(&middle) { high = middle } else { low = middle + 1 }
        }
        Some((before + Duration::minutes(low)).with_timezone(&self.tz).fixed_offset())
    }
}

/// Monday to Friday.
const WORKING_DAYS: &str = "xxxxx--";

impl Span {
    /// From and to as minutes of the day, `to` not after `from` where the span ends on the next day; `None`
    /// where the text is no time.
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
mod tests;
