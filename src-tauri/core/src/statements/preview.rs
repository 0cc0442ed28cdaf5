//! A look at a table that no format knows: its first rows, and what its columns seem to hold, each with the reason.
//! Guesses are shown and asked, never acted upon.

mod columns;
mod names;
mod signs;

use super::{DirectionWord, Field, MappedColumn, Mapping, Options, SignMeaning};
use crate::money::Currency;
use crate::table::cell::{self, DateOrder, Decimal};
use crate::table::{self, Fault, Row, RowEnd, Visitor};
use crate::text::Text;
use crate::{Code, Error, Result};
use columns::Columns;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whether a column of this name says which way the money went.
pub(super) fn says_direction(name: &str) -> bool {
    names::field(name).is_some_and(|(field, _)| field == Field::Direction)
}

/// What was seen in a file, and how it may be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Preview {
    /// Container and encoding, e.g. `文本，GB18030` and `text, GB18030`.
    pub what: Text,
    /// The header row, where there is one, and the first rows below it.
    pub rows: Vec<PreviewRow>,
    /// The row that names the columns, counted from 1 in the file.
    pub header: Option<u32>,
    /// What the columns seem to hold, from the left.
    pub columns: Vec<ColumnGuess>,
    /// All guesses together; its name and provider are empty, for the user to fill.
    pub mapping: Mapping,
    /// Dates of the sample read either way, day first or month first.
    pub either_way: bool,
    /// Whether the sign of the amounts is told by words, columns or balances; otherwise the user is asked.
    pub sign_told: bool,
}

/// A row as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PreviewRow {
    /// Counted from 1.
    pub row: u32,
    /// Its cells, long ones cut.
    pub cells: Vec<String>,
}

/// What one column seems to hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ColumnGuess {
    /// What a mapping calls it: its name in the header, or its number. Empty where it cannot be named, because the
    /// header has no name for it or the same one twice.
    pub column: String,
    /// What it seems to hold; `None` where nothing speaks for anything.
    pub field: Option<Field>,
    /// What speaks for it.
    pub why: Why,
}

/// What speaks for a guess. The window has the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Why {
    /// The column's name says so.
    Name,
    /// Its cells are dates or times.
    Dates,
    /// Its cells are amounts.
    Amounts,
    /// Of this one and another, one is filled in each row.
    Halves,
    /// It changes by the amounts from row to row.
    Runs,
    /// Its few words say a direction.
    Words,
    /// Its cells are the longest texts.
    Text,
    /// Nothing.
    Nothing,
}

/// Rows looked at, of each way to split the file.
const ROWS: usize = 1_000;
/// Rows shown.
const SHOWN: usize = 31;
/// Columns looked at.
const COLUMNS: usize = 64;
/// Characters of a cell that are shown.
const CELL_CHARS: usize = 120;
/// The name of a column is a word or three.
const NAME_CHARS: usize = 24;

/// Looks at a file.
///
/// # Errors
/// `Unreadable` where there is no table in it, `NeedsCode` and `WrongCode` where the archive is locked, `TooLarge`.
pub fn preview(bytes: &[u8], options: &Options) -> Result<Preview> {
    let mut best: Option<(Sample, Text)> = None;
    let mut look = |bytes: &[u8]| -> Result<()> {
        let mut sampling = Sampling::default();
        let seen = table::read(bytes, &mut sampling)?;
        for sample in sampling.samples {
            let score = sample.score();
            if score > (0, 0) && best.as_ref().is_none_or(|(known, _)| score > known.score()) {
                best = Some((sample, seen.what.clone()));
            }
        }
        Ok(())
    };
    if table::nested::holds_files(bytes) {
        for file in table::nested::unpack(bytes, options.code.as_deref())? {
            // What is no table stands beside one.
            let _ = look(&file.bytes);
        }
    } else {
        look(bytes)?;
    }
    let none = || {
        Error::said(
            Code::Unreadable,
            "文件里没有表格：没有用逗号、分号、制表符或竖线分开的行，也没有工作表",
            "there is no table in this file: rows of cells parted by commas, semicolons, tabs or bars, or a sheet",
        )
    };
    let (sample, what) = best.ok_or_else(none)?;
    Ok(sample.guess(what))
}

/// Gathers the beginning of a file in every way it can be split.
#[derive(Default)]
struct Sampling {
    samples: Vec<Sample>,
}

/// The first rows of a table.
#[derive(Default)]
struct Sample {
    rows: Vec<PreviewRow>,
}

impl Visitor for Sampling {
    fn begin(&mut self, _: bool) {
        if self.samples.len() < table::limits::ENTRIES {
            self.samples.push(Sample::default());
        }
    }

    fn is_header(&mut self, row: &Row) -> bool {
        if let Some(sample) = self.samples.last_mut()
            && sample.rows.len() < ROWS
            && !row.is_blank()
        {
            let shown = |index| row.cell(index).chars().take(CELL_CHARS).collect();
            let cells = (0..row.len().min(COLUMNS)).map(shown).collect();
            sample.rows.push(PreviewRow { row: row.number, cells });
        }
        false
    }

    fn row(&mut self, _: &Row, _: RowEnd) -> bool {
        false
    }

    fn fault(&mut self, _: u32, _: Fault, _: &str) {}
}

impl Sample {
    /// How much it looks like a table of payments: rows with a date and an amount, then rows of equal width.
    fn score(&self) -> (usize, usize) {
        let full = self.rows.iter().filter(|row| is_payment(row)).count();
        let width = self.width();
        let even = self.rows.iter().filter(|row| row.cells.len() == width && width > 1).count();
        (full + even, full * width)
    }

    /// The width that most rows have, the wider of two.
    fn width(&self) -> usize {
        let mut counts = [0_usize; COLUMNS + 1];
        self.rows.iter().for_each(|row| counts[row.cells.len().min(COLUMNS)] += 1);
        (0..=COLUMNS).max_by_key(|width| (counts[*width], *width)).unwrap_or(0)
    }

    fn guess(self, what: Text) -> Preview {
        let header = self.header();
        let body: Vec<&PreviewRow> = match header {
            Some(at) => self.rows[at + 1..].iter().collect(),
            None => self.rows.iter().filter(|row| is_payment(row)).collect(),
        };
        let first = header.or_else(|| self.rows.iter().position(is_payment)).unwrap_or(0);
        let named = header.map(|at| self.rows[at].cells.as_slice());
        let guessed = Columns::guess(named, &body, self.width());
        let sign = signs::guess(&guessed, &body);
        let (order, either_way) = date_order(&guessed, &body);
        let decimal = decimal(&guessed, &body);
        let mut mapping = Mapping {
            name: String::new(),
            provider: String::new(),
            card: false,
            header: header.is_some(),
            columns: vec![],
            dates: order,
            sign: sign.meaning,
            directions: sign.words,
            decimal,
            currency: Currency::CNY,
            offset_minutes: 480,
        };
        let columns = guessed.into_columns();
        let usable = |guess: &&ColumnGuess| !guess.column.is_empty();
        mapping.columns = columns
            .iter()
            .filter(usable)
            .filter_map(|guess| Some(MappedColumn { field: guess.field?, column: guess.column.clone() }))
            .collect();
        Preview {
            what,
            header: header.map(|at| self.rows[at].row),
            rows: self.rows.into_iter().skip(first).take(SHOWN).collect(),
            columns,
            mapping,
            either_way,
            sign_told: sign.told,
        }
    }

    /// The last row above the first payment that is names and nothing else.
    fn header(&self) -> Option<usize> {
        let first = self.rows.iter().position(is_payment).unwrap_or(self.rows.len().min(50));
        let width = self.width();
        let is_names = |at: &usize| {
            let row = &self.rows[*at];
            let filled = row.cells.iter().filter(|cell| !cell.is_empty()).count();
            filled >= 2
                && filled * 10 >= width * 6
                && row.cells.iter().all(|cell| !is_date(cell) && !is_amount(cell))
                && (row.cells.iter().any(|cell| names::field(cell).is_some())
                    || at + 1 == first && is_full_of_names(row, width))
        };
        // A stray row without a date may stand between the names and the first payment.
        (0..first).rev().take(5).find(is_names)
    }
}

/// Whether each cell of the row may be the name of a column that nobody knows: all filled, short, and none twice.
fn is_full_of_names(row: &PreviewRow, width: usize) -> bool {
    let named = |cell: &&String| (1..=NAME_CHARS).contains(&cell.trim().chars().count());
    let mut names: Vec<&String> = row.cells.iter().filter(named).collect();
    names.sort();
    names.dedup();
    row.cells.len() == width && names.len() == width
}

fn is_payment(row: &PreviewRow) -> bool {
    is_paid(row.cells.iter().map(String::as_str))
}

/// Whether the cells of a row may be those of a payment: a date is among them, and an amount.
pub(super) fn is_paid<'c>(cells: impl Iterator<Item = &'c str> + Clone) -> bool {
    cells.clone().any(is_date) && cells.clone().any(|cell| is_amount(cell) && !is_date(cell))
}

/// Whether a cell holds a date in any order. Five digits may be a day of a spreadsheet, and rarely are.
pub(super) fn is_date(cell: &str) -> bool {
    let shaped = cell.len() >= 6 && cell.contains(|c: char| !c.is_ascii_digit() && c != '.');
    let digits = matches!(cell.len(), 8 | 14) && cell.bytes().all(|b| b.is_ascii_digit());
    let serial =
        cell.contains('.') && cell.len() > 9 && cell.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let dotted = cell.matches('.').count() == 2;
    (shaped || digits || serial || dotted)
        && [DateOrder::Dmy, DateOrder::Mdy].iter().any(|order| cell::when(cell, *order).is_some())
}

fn is_amount(cell: &str) -> bool {
    minor(cell, Decimal::Point).or_else(|| minor(cell, Decimal::Comma)).is_some()
}

/// The amount of a cell in hundredths; a number of more than eleven digits is an id.
fn minor(text: &str, decimal: Decimal) -> Option<i64> {
    let long = text.bytes().filter(u8::is_ascii_digit).count() > 11 && !text.contains(['.', ',']);
    let amount = (!long).then(|| cell::amount(text, Currency::CNY, decimal)).flatten()?;
    amount.note.is_empty().then_some(amount.money.minor)
}

/// The order of day and month that the sample proves, and whether its dates read either way.
fn date_order(guessed: &Columns, body: &[&PreviewRow]) -> (Option<DateOrder>, bool) {
    let Some(place) = guessed.place(Field::Time) else { return (None, false) };
    let (mut day, mut month, mut either) = (0, 0, 0);
    for row in body {
        match row.cells.get(place).and_then(|cell| cell::day_or_month_first(cell)) {
            Some((13..=31, 1..=12)) => day += 1,
            Some((1..=12, 13..=31)) => month += 1,
            Some((first, second)) if first != second => either += 1,
            _ => {}
        }
    }
    // What the sample proves is not written down: the whole file is asked when it is read.
    (None, either > 0 && day == month)
}

fn decimal(guessed: &Columns, body: &[&PreviewRow]) -> Option<Decimal> {
    let fields = [Field::Amount, Field::AmountOut, Field::AmountIn, Field::Balance];
    let places: Vec<usize> = fields.iter().filter_map(|field| guessed.place(*field)).collect();
    let cells = body.iter().flat_map(|row| places.iter().filter_map(|place| row.cells.get(*place)));
    let (mut point, mut comma) = (0, 0);
    for shown in cells.filter_map(|cell| cell::decimal_shown(cell)) {
        *if shown == Decimal::Comma { &mut comma } else { &mut point } += 1;
    }
    // As above: inferred from the whole file, unless the sample has both.
    (point > 0 && comma > 0).then_some(if comma > point { Decimal::Comma } else { Decimal::Point })
}

#[cfg(test)]
mod tests;
