//! When a line is calmer: the user's own waits where they say something, general advice otherwise.

use super::log::Wait;
use crate::directory::{Calendar, Hotline, Provider, ProviderKind};
use crate::ledger::Moment;
use crate::text::Text;
use chrono::{Datelike, Days, NaiveTime, TimeZone as _, Timelike, Weekday};
use chrono_tz::Tz;

/// The hours that general advice calls calm.
const CALM: std::ops::Range<u32> = 16..18;

/// A wait this much shorter than another is worth a word, in seconds.
const WORTH: u32 = 120;

/// How far ahead a good time is looked for.
const DAYS_AHEAD: u64 = 7;

/// When a line is calmer.
#[derive(Debug, Clone, PartialEq)]
pub struct Better {
    /// In words.
    pub words: Text,
    /// The next such time at which the line is not known to be closed; `None` where now is one.
    pub at: Option<Moment>,
}

/// When this line is calmer. `None` for emergency and public lines, and where it closes before the calm
/// hours and the user has no waits of their own.
pub fn better_time(
    provider: &Provider,
    hotline: &Hotline,
    calendar: &Calendar,
    waits: &[Wait],
    now: Moment,
) -> Option<Better> {
    if provider.kind == ProviderKind::PublicLine {
        return None;
    }
    let tz = hotline.tz.parse::<Tz>().ok()?;
    let next = |time: NaiveTime| next_at(hotline, calendar, tz, time, now);
    let own: Vec<&Wait> =
        waits.iter().filter(|wait| wait.provider == provider.id && wait.line == hotline.id).collect();
    if let Some((short, long)) = telling(&own) {
        let time = time_of(short, tz);
        let local = now.with_timezone(&tz).time();
        let close = (local - time).num_minutes().abs() <= 30;
        return Some(Better { words: own_words(short, long, tz), at: if close { None } else { next(time) } });
    }
    let covers = |span: &crate::directory::Span| span.from.as_str() <= "16:00" && span.to.as_str() >= "18:00";
    if !hotline.hours.is_empty() && !hotline.hours.iter().any(covers) {
        return None;
    }
    let local = now.with_timezone(&tz);
    let calm_now = CALM.contains(&local.hour());
    let mut words = general_words(local.hour(), matches!(local.weekday(), Weekday::Sat | Weekday::Sun));
    if let [.., last] = own[..] {
        let waited = waited(last, tz);
        words.zh = format!("您上次 {}。{}", waited.zh, words.zh);
        words.en = format!("Last time you {}. {}", waited.en, words.en);
    }
    let calm = NaiveTime::from_hms_opt(CALM.start, 0, 0)?;
    Some(Better { words, at: if calm_now { None } else { next(calm) } })
}

/// The shortest and the longest wait, where they differ enough to mean something.
fn telling<'a>(own: &[&'a Wait]) -> Option<(&'a Wait, &'a Wait)> {
    let short = own.iter().min_by_key(|wait| wait.seconds)?;
    let long = own.iter().max_by_key(|wait| wait.seconds)?;
    let worth = long.seconds >= short.seconds + WORTH && long.seconds >= 2 * short.seconds;
    worth.then_some((*short, *long))
}

fn time_of(wait: &Wait, tz: Tz) -> NaiveTime {
    let local = wait.at.with_timezone(&tz);
    NaiveTime::from_hms_opt(local.hour(), local.minute(), 0).unwrap_or_default()
}

/// "10:00 等了 14 分钟"
fn waited(wait: &Wait, tz: Tz) -> Text {
    let minutes = wait.seconds.div_ceil(60);
    let time = time_of(wait, tz).format("%H:%M");
    let (zh, en) = match minutes {
        0 | 1 => {
            (format!("{time} 打，不到 1 分钟就接通"), format!("called at {time} and waited under a minute"))
        }
        _ => (
            format!("{time} 打，等了 {minutes} 分钟"),
            format!("called at {time} and waited {minutes} minutes"),
        ),
    };
    Text::new(zh, en)
}

fn own_words(short: &Wait, long: &Wait, tz: Tz) -> Text {
    let (long, short, time) = (waited(long, tz), waited(short, tz), time_of(short, tz).format("%H:%M"));
    Text::new(
        format!("您自己的记录：{}；{}。{time} 前后更好打（只有这几次，不是统计）。", long.zh, short.zh),
        format!(
            "Your own calls: you {}; you {}. Around {time} is calmer (a few calls only, no statistics).",
            long.en, short.en
        ),
    )
}

fn general_words(hour: u32, weekend: bool) -> Text {
    if CALM.contains(&hour) {
        Text::new(
            "现在是傍晚前的时段，一般比上午和中午好打（一般经验，不是该热线的统计）。",
            "The late afternoon is usually calmer than morning and noon (general advice, no figures of this line).",
        )
    } else if (9..14).contains(&hour) && !weekend {
        Text::new(
            "现在多半较忙；不急的话，下午 4 点到 6 点一般好打些（一般经验，不是该热线的统计）。",
            "It is probably busy now; if it can wait, 16:00 to 18:00 is usually calmer (general advice, no figures \
             of this line).",
        )
    } else {
        Text::new(
            "工作日上午和中午较忙，下午 4 点到 6 点一般好打些（一般经验，不是该热线的统计）。",
            "Weekday mornings and noon are busy, 16:00 to 18:00 is usually calmer (general advice, no figures of \
             this line).",
        )
    }
}

/// The next moment after `now` at which the line's clock shows this time and it is not known to be closed.
fn next_at(hotline: &Hotline, calendar: &Calendar, tz: Tz, time: NaiveTime, now: Moment) -> Option<Moment> {
    let today = now.with_timezone(&tz).date_naive();
    (0..=DAYS_AHEAD).find_map(|ahead| {
        let date = today.checked_add_days(Days::new(ahead))?;
        let at = tz.from_local_datetime(&date.and_time(time)).earliest()?.fixed_offset();
        let open = hotline.openness(calendar, at).open;
        (at > now && open != Some(false)).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Directory;

    fn moment(text: &str) -> Moment {
        Moment::parse_from_rfc3339(text).unwrap()
    }

    fn wait(at: &str, minutes: u32) -> Wait {
        Wait { provider: "cmb".into(), line: "main".into(), at: moment(at), seconds: minutes * 60 }
    }

    fn better(provider: &str, waits: &[Wait], now: &str) -> Option<Better> {
        let directory = Directory::load();
        let provider = directory.get(provider).unwrap();
        better_time(provider, &provider.hotlines[0], directory.calendar(), waits, moment(now))
    }

    #[test]
    fn the_users_own_waits_say_when_it_is_calmer() {
        let waits = [wait("2026-11-16T10:00:00+08:00", 14), wait("2026-11-17T16:30:00+08:00", 2)];
        let better = better("cmb", &waits, "2026-11-18T10:05:00+08:00").unwrap();
        assert!(better.words.zh.contains("10:00 打，等了 14 分钟"), "{}", better.words.zh);
        assert!(better.words.zh.contains("16:30 打，等了 2 分钟"), "{}", better.words.zh);
        assert_eq!(better.at, Some(moment("2026-11-18T16:30:00+08:00")));
    }

    #[test]
    fn where_now_is_as_good_nothing_is_put_off() {
        let waits = [wait("2026-11-16T10:00:00+08:00", 14), wait("2026-11-17T16:30:00+08:00", 2)];
        assert_eq!(better("cmb", &waits, "2026-11-18T16:20:00+08:00").unwrap().at, None);
        assert_eq!(better("cmb", &[], "2026-11-18T16:20:00+08:00").unwrap().at, None);
    }

    #[test]
    fn waits_that_hardly_differ_and_waits_on_another_line_say_nothing() {
        let alike = [wait("2026-11-16T10:00:00+08:00", 3), wait("2026-11-17T16:30:00+08:00", 2)];
        let words = better("cmb", &alike, "2026-11-18T10:05:00+08:00").unwrap().words.zh;
        assert!(words.contains("您上次") && words.contains("一般经验"), "{words}");
        let elsewhere = [wait("2026-11-16T10:00:00+08:00", 14), wait("2026-11-17T16:30:00+08:00", 2)];
        let words = better("icbc", &elsewhere, "2026-11-18T10:05:00+08:00").unwrap().words.zh;
        assert!(!words.contains("您"), "{words}");
    }

    #[test]
    fn general_advice_names_the_next_afternoon_and_an_emergency_has_none() {
        let evening = better("cmb", &[], "2026-11-18T20:00:00+08:00").unwrap();
        assert_eq!(evening.at, Some(moment("2026-11-19T16:00:00+08:00")));
        assert_eq!(better("police-110", &[], "2026-11-18T20:00:00+08:00"), None);
    }
}
