//! Rows before the one that names the columns: those of a table without a header, and those of one that somebody sorted
//! together with its header.

use super::Reading;
use crate::statements::Reason;
use crate::statements::mapping::Mapped;
use crate::statements::preview::is_date;
use crate::statements::row::{looks_like_row, stands_above};
use crate::table::{Row, RowEnd, Visitor as _, limits};
use crate::{Code, Error};

impl Reading<'_> {
    /// A row before the header that may be one of the table all the same.
    pub(super) fn keep_early(&mut self, row: &Row) {
        const MOST: usize = limits::PREAMBLE_ROWS as usize;
        if row.len() > 1 && row.bytes() < 16 << 10 && self.early.len() < MOST && row.cells().any(is_date) {
            self.early.push(row.clone());
        }
    }

    /// Tells of the rows of a table that stand above its header, where somebody sorted it together with the header. What
    /// else stands there is its preamble.
    pub(super) fn tell_early(&mut self) {
        for row in std::mem::take(&mut self.early) {
            if self.found.as_ref().is_some_and(|(mapped, _)| stands_above(mapped, &row)) {
                self.parsed.keep_unread(row.number, row.cells());
                self.problem(row.number, String::new(), Reason::AboveHeader);
            }
        }
    }

    /// A row of a table without a header: whether the table begins here. What looked half like a row before it
    /// was one, and is read or told of like any other.
    pub(super) fn begin_with(&mut self, mut mapped: Mapped, header: &[String], row: &Row) -> bool {
        const MOST: usize = 64;
        let (time, amount) = looks_like_row(&mapped, row);
        if !(time && amount) {
            if (time || amount) && row.bytes() < 16 << 10 && self.early.len() < MOST {
                self.early.push(row.clone());
            } else {
                self.preamble.remember(row);
            }
            return false;
        }
        mapped.width = usize::MAX;
        self.begin_statement(mapped, header, row);
        for early in std::mem::take(&mut self.early) {
            self.row(&early, RowEnd::Whole);
        }
        self.row(row, RowEnd::Whole);
        true
    }
}

/// The error for a column that a mapping names and the table has twice.
pub(super) fn named_twice(name: &str) -> Error {
    Error::said(
        Code::Invalid,
        format!("有两列都叫“{name}”，不知道指的是哪一列；请在表格里改掉其中一列的名称，或改用不带表头的映射"),
        format!(
            "two columns are called “{name}”, and which one is meant is not known; rename one of them in the file"
        ),
    )
}
