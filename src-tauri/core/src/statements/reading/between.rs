//! What stands between the rows of a table: its header again, where it was printed page by page, or another table.

use super::Reading;
use crate::statements::mapping::plain_name;
use crate::statements::preamble::read_fact;
use crate::statements::row::{has_time, looks_like_row};
use crate::statements::scout::Evidence;
use crate::statements::{Dates, Field, Parsed, Stated};
use crate::table::Row;
use crate::table::cell::{self, DateOrder};

impl Reading<'_> {
    /// Whether the row is none of the table's: the table's own header again, or that of another table in the same
    /// sheet, which begins with it. Also told here, by its first row, is a table that has the year last.
    pub(super) fn is_between(&mut self, row: &Row) -> bool {
        let Some((mapped, _)) = &self.found else { return false };
        let time = mapped.cell(row, Field::Time);
        // `共31笔记录` has two digits as well.
        if !time.starts_with('共') && time.bytes().take(6).filter(u8::is_ascii_digit).count() >= 2 {
            self.between.begin();
            if !std::mem::replace(&mut self.begun, true) {
                let dates = mapped.statement.dates;
                let last = dates == Dates::As(DateOrder::Ymd) && cell::has_year_last(time);
                let day_last = matches!(dates, Dates::As(DateOrder::Dmy | DateOrder::Mdy));
                if last && self.known.order.is_none() && !self.skipped {
                    self.known.order_asked = true;
                    self.scouted = Some(Evidence::default());
                }
                let first_known = self.steps.get(self.passed.len()).is_some();
                if day_last && !first_known && self.scouted.is_none() {
                    if cell::year_first(time).is_some() {
                        self.scouted = Some(Evidence::default());
                    } else if let (Some((first, second)), Some((_, dialect))) =
                        (cell::day_or_month_first(time), &mut self.found)
                    {
                        // See [`Evidence::is_turned`]: here the first row tells.
                        dialect.turned = first > 12 || second > 12;
                    }
                }
            }
            return false;
        }
        if self.formats.numbered || row.len() < 3 {
            self.between.remember_last(row);
            return false;
        }
        let header: Vec<String> = (0..row.len()).map(|index| plain_name(row.cell(index))).collect();
        let between = &self.between.lines;
        let next = self.formats.best(&header, between);
        let Some(next) = next.or_else(|| self.formats.again(mapped, &header, between)) else {
            self.between.remember_last(row);
            return false;
        };
        if mapped.is_like(&next) && !self.is_whole() {
            return true;
        }
        let mut above = std::mem::take(&mut self.between.lines);
        if !self.count_above {
            // The sums below this table are its own, and not those of the next.
            let mut below = Parsed::default();
            let last = above.iter().rposition(|line| {
                read_fact(line, mapped.statement, &mut below);
                // Whose it is, the next one says of itself above its table.
                Stated { holder: String::new(), ..std::mem::take(&mut below.stated) } != Stated::default()
            });
            above.drain(..last.map_or(0, |last| last + 1));
        }
        let own = self.stated_above;
        self.end_statement(false);
        self.preamble.lines = if own { above } else { Vec::new() };
        self.begin_statement(next, &header, row);
        true
    }

    /// Whether the row, read by itself, would be one of the table.
    pub(super) fn would_be_row(&self, row: &Row) -> bool {
        self.found.as_ref().is_some_and(|(mapped, dialect)| {
            let (time, amount) = looks_like_row(mapped, row);
            amount && (time || has_time(mapped, *dialect, row))
        })
    }

    /// Whether the statement has ended where its header stands again: what stands between names another account,
    /// or all the rows that it states have been read.
    fn is_whole(&self) -> bool {
        let Some((mapped, _)) = &self.found else { return false };
        let mut between = Parsed::default();
        self.between.lines.iter().for_each(|line| read_fact(line, mapped.statement, &mut between));
        let (account, own) = (&between.account, &self.parsed.account);
        let another = !account.is_empty() && !own.is_empty() && account != own;
        let all =
            !self.between.lines.is_empty() && self.parsed.stated.count == Some(self.read + self.unreadable);
        another || all
    }
}
