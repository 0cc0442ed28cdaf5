//! What only the whole file tells: whether the day or the month comes first, which sign parts the cents, and what a
//! minus says in a column of what went out.

use super::Field;
use super::mapping::Mapped;
use super::zone::Zones;
use crate::money::Currency;
use crate::table::Row;
use crate::table::cell::{self, DateOrder, Decimal};
use chrono::NaiveDate;

/// What the dates and amounts of a file prove together.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    day_first: u32,
    month_first: u32,
    /// Dates that read either way, and differently.
    either: u32,
    /// The dates in file order, read either way.
    by_day: Course,
    by_month: Course,
    comma: u32,
    point: u32,
    short: Short,
    /// Dates that begin with a year of four digits, with a day up to twelve, and with another.
    year_first: (u32, u32),
    /// Amounts in the column of what went out, with a minus and without.
    out: (u32, u32),
    /// Whose clock a zone is.
    pub zones: Zones,
}

/// Dates whose year may stand first or last, having two digits like their other parts.
#[derive(Debug, Default)]
struct Short {
    count: u32,
    /// Those that are dates with the year first.
    fit: u32,
    /// Which numbers stand first and last, a bit each.
    firsts: u128,
    lasts: u128,
}

impl Short {
    fn weigh(&mut self, date: &str) {
        let Some([first, second, last]) = cell::short_date(date) else { return };
        self.count += 1;
        self.fit += u32::from((1..=12).contains(&second) && (1..=31).contains(&last));
        self.firsts |= 1 << first;
        self.lasts |= 1 << last;
    }

    /// Whether the year stands first, or may as well: a file has few years and many days.
    fn year_first(&self) -> Option<bool> {
        const YEARS: u32 = 2;
        if self.count == 0 || self.fit < self.count {
            return Some(false);
        }
        match (self.firsts.count_ones() > YEARS, self.lasts.count_ones() > YEARS) {
            (true, false) => Some(false),
            (false, true) => Some(true),
            _ => None,
        }
    }
}

/// Whether dates go one way through a file: statements are written in the order of time.
#[derive(Debug, Default)]
struct Course {
    last: Option<NaiveDate>,
    forward: u32,
    back: u32,
}

impl Course {
    fn follow(&mut self, text: &str, order: DateOrder) {
        let Some(when) = cell::when(text, order) else { return };
        match self.last.map(|last| when.date.cmp(&last)) {
            Some(std::cmp::Ordering::Greater) => self.forward += 1,
            Some(std::cmp::Ordering::Less) => self.back += 1,
            _ => {}
        }
        self.last = Some(when.date);
    }

    fn is_straight(&self) -> bool {
        self.forward == 0 || self.back == 0
    }

    /// Two steps may be chance.
    fn is_long(&self) -> bool {
        self.forward.max(self.back) >= 3
    }
}

impl Evidence {
    /// Looks at one row.
    pub fn weigh(&mut self, mapped: &Mapped, row: &Row) {
        self.zones.weigh(mapped, row);
        let date = mapped.cell(row, Field::Time);
        match cell::day_or_month_first(date) {
            Some((13..=31, 1..=12)) => self.day_first += 1,
            Some((1..=12, 13..=31)) => self.month_first += 1,
            // Nobody parts month, day and year by points.
            Some((1..=31, 1..=12))
                if date.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('.') =>
            {
                self.day_first += 1;
            }
            Some((first, second)) if first != second => self.either += 1,
            _ => {}
        }
        self.by_day.follow(date, DateOrder::Dmy);
        self.by_month.follow(date, DateOrder::Mdy);
        self.short.weigh(date);
        match cell::year_first(date) {
            Some((_, 1..=12)) => self.year_first.0 += 1,
            Some(_) => self.year_first.1 += 1,
            None => {}
        }
        let out = mapped.cell(row, Field::AmountOut);
        let read = |decimal| cell::amount(out, Currency::CNY, decimal);
        let minor =
            read(Decimal::Point).or_else(|| read(Decimal::Comma)).map_or(0, |amount| amount.money.minor);
        self.out.0 += u32::from(minor < 0);
        self.out.1 += u32::from(minor > 0);
        for field in [Field::Amount, Field::AmountOut, Field::AmountIn, Field::Fee, Field::Balance] {
            match cell::decimal_shown(mapped.cell(row, field)) {
                Some(Decimal::Comma) => self.comma += 1,
                Some(Decimal::Point) => self.point += 1,
                None => {}
            }
        }
    }

    /// The order that the dates prove; `None` where they read either way. A file of both is read as most of it
    /// stands, and the rest are rows that cannot be read. Where every date reads either way, the order in which
    /// they follow time from row to row is taken, if the other one goes to and fro.
    pub fn order(&self) -> Option<DateOrder> {
        match self.short.year_first() {
            Some(false) => {}
            Some(true) => return Some(DateOrder::Ymd),
            None => return None,
        }
        match self.day_first.cmp(&self.month_first) {
            std::cmp::Ordering::Greater => Some(DateOrder::Dmy),
            std::cmp::Ordering::Less => Some(DateOrder::Mdy),
            std::cmp::Ordering::Equal if self.day_first == 0 && self.either == 0 => Some(DateOrder::Dmy),
            std::cmp::Ordering::Equal => match (self.by_day.is_straight(), self.by_month.is_straight()) {
                (true, false) if self.by_day.is_long() => Some(DateOrder::Dmy),
                (false, true) if self.by_month.is_long() => Some(DateOrder::Mdy),
                _ => None,
            },
        }
    }

    /// Whether as many dates prove that the day comes first as that the month does: no answer is right for both.
    pub fn contradicts(&self) -> bool {
        self.day_first > 0 && self.day_first == self.month_first
    }

    /// Whether the dates have years of two digits that may stand first or last.
    pub fn may_begin_with_year(&self) -> bool {
        self.short.year_first().is_none()
    }

    /// Whether a spreadsheet of another country read the dates that it could read in its own order, day for month, and
    /// left the others: those end with their year and can be read in one way only, the changed ones begin with it.
    pub fn is_turned(&self) -> bool {
        let sure = self.day_first + self.month_first;
        let one_way = sure > 0 && self.either == 0 && (self.day_first == 0 || self.month_first == 0);
        one_way && self.year_first.0 > 0 && self.year_first.1 == 0
    }

    /// Whether all that went out has a minus, which then says nothing that the column does not.
    pub fn minus_is_out(&self) -> bool {
        self.out.0 > 0 && self.out.1 == 0
    }

    /// The decimal sign.
    pub fn decimal(&self) -> Decimal {
        if self.comma > self.point { Decimal::Comma } else { Decimal::Point }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_day_above_twelve_tells_for_the_whole_file_and_none_is_asked() {
        let order = |day_first, month_first, either| {
            Evidence { day_first, month_first, either, ..Evidence::default() }.order()
        };
        assert_eq!(order(1, 0, 40), Some(DateOrder::Dmy));
        assert_eq!(order(0, 1, 40), Some(DateOrder::Mdy));
        assert_eq!(order(5, 1, 0), Some(DateOrder::Dmy));
        assert_eq!(order(0, 0, 3), None);
        assert_eq!(order(2, 2, 0), None);
        // 05/05 reads the same either way.
        assert_eq!(order(0, 0, 0), Some(DateOrder::Dmy));
    }

    #[test]
    fn dates_that_follow_time_only_one_way_tell_and_those_that_do_both_ways_do_not() {
        let order = |dates: &[&str]| {
            let mut evidence = Evidence { either: 1, ..Evidence::default() };
            for date in dates {
                evidence.by_day.follow(date, DateOrder::Dmy);
                evidence.by_month.follow(date, DateOrder::Mdy);
            }
            evidence.order()
        };
        // 1 February, 5 March, 2 April, 7 May; or 2 January, 3 May, 4 February, 5 July.
        assert_eq!(order(&["01/02/2026", "05/03/2026", "02/04/2026", "07/05/2026"]), Some(DateOrder::Dmy));
        assert_eq!(order(&["04/09/2026", "04/02/2026", "03/11/2026", "02/12/2026"]), Some(DateOrder::Mdy));
        assert_eq!(order(&["01/02/2026", "02/02/2026", "03/02/2026", "04/02/2026"]), None);
        assert_eq!(order(&["05/02/2026", "01/04/2026"]), None);
    }
}
