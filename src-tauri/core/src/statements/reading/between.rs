//! What stands between the rows of a table: its header again, where it was printed page by page, or another table.

use super::Reading;
use crate::statements::mapping::plain_name;
use crate::statements::preamble::read_fact;
use crate::statements::row::{has_time, looks_like_row};
use crate::statements::scout::Evidence;
use crate::statements::{Dates, Field, Parsed};
use crate::table::Row;
use crate::table::cell::{self, DateOrder};

impl Reading<'_> {
    /// Whether the row is none of the table's: the table's own header again, or that of another table in the same
    /// sheet, which begins with it. Also told here, by its first row, is a table that has the year last.
    pub(super) fn is_between(&mut self, row: &Row) -> bool {
        let Some((mapped, _)) = &self.found else { return false };
        let time = mapped.cell(row, Field::Time);
        if time.bytes().take(6).filter(u8::is_ascii_digit).count() >= 2 {
            self.between.begin();
            if !std::mem::replace(&mut self.begun, true) {
                let turned = mapped.statement.dates == Dates::As(DateOrder::Ymd) && cell::has_year_last(time);
                if turned && self.known.order.is_none() && !self.skipped {
                    self.known.order_asked = true;
                    self.scouted = Some(Evidence::default());
                }
            }
            return false;
        }
        if self.formats.numbered || row.len() < 3 {
            self.between.remember(row);
            return false;
        }
        let header: Vec<String> = (0..row.len()).map(|index| plain_name(row.cell(index))).collect();
        let Some(next) = self.formats.best(&header, &self.between.lines) else {
            self.between.remember(row);
            return false;
        };
        if mapped.is_like(&next) && !self.is_whole() {
            return true;
        }
        let above = std::mem::take(&mut self.between.lines);
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
