//! Where moments and amounts stand in a picture, and which of them are written beside it.

use super::ChartGrain;
use crate::ledger::{Moment, Transaction};
use chrono::{Datelike, Months, NaiveDateTime, NaiveTime, TimeDelta};

/// The whole of an axis.
const WHOLE: i128 = 1000;
/// At most so many moments are written beside the axis.
const TICKS: usize = 6;
/// Below this a picture is about hours, below the next about days.
const MINUTES: TimeDelta = TimeDelta::hours(60);
const DAYS: TimeDelta = TimeDelta::days(75);
/// Steps of the clock, in minutes.
const MINUTE_STEPS: [i64; 9] = [1, 2, 5, 10, 30, 60, 180, 360, 720];
/// Steps of the calendar.
const DAY_STEPS: [i64; 5] = [1, 2, 5, 10, 20];
const MONTH_STEPS: [u32; 7] = [1, 2, 3, 6, 12, 24, 60];

/// The span of a picture.
pub struct Axis {
    from: Moment,
    to: Moment,
    /// The round amount at the upper end.
    top: i64,
}

impl Axis {
    /// Over rows in time order; `None` where there are none.
    pub fn over(rows: &[&Transaction]) -> Option<Self> {
        let largest = rows.iter().map(|row| row.amount.minor).max()?;
        let (from, to) = (rows.first()?.at, rows.last()?.at);
        // One moment alone stands in the middle.
        let margin = if from == to { TimeDelta::minutes(1) } else { TimeDelta::zero() };
        Some(Self { from: from - margin, to: to + margin, top: round_up(largest) })
    }

    /// From left to right, 0 to 1000.
    pub fn place(&self, at: Moment) -> u16 {
        let (part, whole) = ((at - self.from).num_seconds(), (self.to - self.from).num_seconds());
        share(part, whole)
    }

    /// From the bottom up, 0 to 1000.
    pub fn height(&self, minor: i64) -> u16 {
        share(minor, self.top)
    }

    /// The upper end and its half.
    pub fn levels(&self) -> Vec<i64> {
        vec![self.top / 2, self.top]
    }

    /// How finely time is cut.
    pub fn grain(&self) -> ChartGrain {
        match self.to - self.from {
            span if span < MINUTES => ChartGrain::Minutes,
            span if span < DAYS => ChartGrain::Days,
            _ => ChartGrain::Months,
        }
    }

    /// Round moments on the first row's own clock, at most [`TICKS`].
    pub fn ticks(&self) -> Vec<Moment> {
        let clock = self.from.naive_local();
        let midnight = clock.date().and_time(NaiveTime::MIN);
        let month = clock.date().with_day(1).map_or(midnight, |day| day.and_time(NaiveTime::MIN));
        let by = |start: NaiveDateTime, step: &dyn Fn(i32) -> Option<NaiveDateTime>| {
            let moments = (0..).map_while(|count| if count == 0 { Some(start) } else { step(count) });
            let local = moments.map_while(|at| at.and_local_timezone(*self.from.offset()).single());
            let within = local.take_while(|at| *at <= self.to).filter(|at| *at >= self.from);
            within.take(TICKS + 1).collect::<Vec<_>>()
        };
        let few = |found: &Vec<Moment>| found.len() <= TICKS;
        let steps = |minutes: &i64| {
            let step = TimeDelta::minutes(*minutes);
            by(midnight, &|count| midnight.checked_add_signed(step * count))
        };
        let months = |step: &u32| {
            by(month, &|count| month.checked_add_months(Months::new(step * count.unsigned_abs())))
        };
        let found = match self.grain() {
            ChartGrain::Minutes => MINUTE_STEPS.iter().map(steps).find(few),
            ChartGrain::Days => DAY_STEPS.iter().map(|days| steps(&(days * 24 * 60))).find(few),
            ChartGrain::Months => MONTH_STEPS.iter().map(months).find(few),
        };
        found.unwrap_or_default()
    }
}

fn share(part: i64, whole: i64) -> u16 {
    let share = i128::from(part) * WHOLE / i128::from(whole.max(1));
    u16::try_from(share.clamp(0, WHOLE)).unwrap_or(0)
}

/// The next amount that reads easily: 1, 2, 3, 4, 5, 6 or 8 and noughts.
fn round_up(amount: i64) -> i64 {
    let mut unit: i64 = 1;
    loop {
        let of_unit = |times: i64| unit.checked_mul(times);
        match [1, 2, 3, 4, 5, 6, 8].into_iter().map(of_unit).find(|&round| round.is_none_or(|r| r >= amount))
        {
            Some(Some(round)) => return round,
            // Beyond the range of money nothing is rounder than the amount itself.
            Some(None) => return amount,
            None => match unit.checked_mul(10) {
                Some(larger) => unit = larger,
                None => return amount,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(from: &str, to: &str, top: i64) -> Axis {
        let at = |text| Moment::parse_from_rfc3339(text).unwrap();
        Axis { from: at(from), to: at(to), top }
    }

    fn shown(axis: &Axis, format: &str) -> Vec<String> {
        axis.ticks().iter().map(|at| at.format(format).to_string()).collect()
    }

    #[test]
    fn amounts_are_rounded_up_to_what_reads_easily() {
        let rounded = [1, 7, 99, 101, 12_800, 51_234, 80_001].map(round_up);
        assert_eq!(rounded, [1, 8, 100, 200, 20_000, 60_000, 100_000]);
        assert_eq!(round_up(i64::MAX), i64::MAX);
    }

    #[test]
    fn minutes_days_and_months_are_cut_at_round_moments() {
        let nine = axis("2026-03-01T02:10:00+08:00", "2026-03-01T02:19:00+08:00", 1);
        assert_eq!(shown(&nine, "%H:%M"), ["02:10", "02:12", "02:14", "02:16", "02:18"]);
        let month = axis("2026-02-03T12:00:00+08:00", "2026-03-01T02:00:00+08:00", 1);
        assert_eq!(shown(&month, "%m-%d"), ["02-08", "02-13", "02-18", "02-23", "02-28"]);
        let years = axis("2024-01-15T00:00:00+08:00", "2026-03-01T02:00:00+08:00", 1);
        assert_eq!(shown(&years, "%Y-%m"), ["2024-07", "2025-01", "2025-07", "2026-01"]);
        assert!([&nine, &month, &years].iter().all(|axis| axis.ticks().len() <= TICKS));
    }

    #[test]
    fn what_lies_outside_stands_at_the_edge() {
        let day = axis("2026-03-01T00:00:00+08:00", "2026-03-02T00:00:00+08:00", 200);
        assert_eq!(day.place(day.from - TimeDelta::hours(1)), 0);
        assert_eq!((day.place(day.from + TimeDelta::hours(12)), day.height(50)), (500, 250));
        assert_eq!(day.height(i64::MAX), 1000);
    }
}
