//! Bytes → statements, one way for all formats: find the header, map the columns, read row by row, check
//! what was read against what the file states.

mod between;
mod early;
mod files;

use super::custom;
use super::document;
use super::formats::Formats;
use super::mapping::{Mapped, plain_name};
use super::passes::{Known, Pass, Step};
use super::preamble::{Preamble, is_footer, is_prose, joined, read_fact, stated_currency};
use super::row::{Dialect, Habit, has_time, is_damaged, raw, read_row, title_month};
use super::scout::Evidence;
use super::zone::Cst;
use super::{Dates, Decimals, Draft, Field, Options, Parsed, Problem, RawLine, Reason, Signs};
use crate::ledger::Mark;
use crate::table::cell::{DateOrder, Decimal};
use crate::table::{self, Fault, Row, RowEnd, Visitor};
use crate::{Code, Error, Result};

/// What is handed over while a file is read.
#[derive(Debug)]
pub enum Part<'a> {
    /// A row, in file order. One of a table comes with its cells, and its `raw` is empty then.
    Row(&'a Draft, Option<&'a Row>),
    /// The end of a statement: everything about it but its rows, which came before.
    Statement(Box<Parsed>),
    /// A file of an archive or a mail that is no statement known here, and why; others in it were read.
    PassedOver(&'a str, &'a Error),
}

/// Reads every statement in a file: a table, or an archive of tables.
///
/// # Errors
/// `Unreadable` where the format is unknown (the sentence says what was seen), `NeedsCode` and `WrongCode`
/// where the archive is locked, `AmbiguousDates` where the file's dates read either way and
/// `options.dates` does not say, `TooLarge`, and `Invalid` where `options.statement` names no format.
pub fn read(bytes: &[u8], options: &Options) -> Result<Vec<Parsed>> {
    let mut all = Vec::new();
    let mut rows = Vec::new();
    read_parts(bytes, options, &mut |part| {
        match part {
            Part::Row(draft, row) => rows.push(whole(draft, row)),
            Part::Statement(parsed) => all.push(Parsed { rows: std::mem::take(&mut rows), ..*parsed }),
            Part::PassedOver(..) => {}
        }
        true
    })?;
    Ok(all)
}

/// A row with its cells written out.
pub(super) fn whole(draft: &Draft, row: Option<&Row>) -> Draft {
    let mut draft = draft.clone();
    if let Some(row) = row {
        draft.raw = raw(row);
    }
    draft
}

/// Like [`read`], but hands over each part as soon as it is read, and stops with `Cancelled` when `take`
/// answers `false`. After an error, what was handed over is not to be used.
///
/// # Errors
/// See [`read`].
pub fn read_parts(bytes: &[u8], options: &Options, take: &mut dyn FnMut(Part<'_>) -> bool) -> Result<()> {
    let formats = Formats::of(options)?;
    if !table::nested::holds_files(bytes) {
        return match document::read(bytes, options, take) {
            Some(read) => read,
            None => read_table(bytes, &formats, take)?.map_err(|unknown| unknown.error),
        };
    }
    files::read(bytes, options, &formats, take)
}

/// A table whose format is not known.
pub(super) struct Unknown {
    pub error: Error,
    /// It has rows of cells, so it is more than a note.
    pub tabular: bool,
}

fn read_table(
    bytes: &[u8],
    formats: &Formats,
    take: &mut dyn FnMut(Part<'_>) -> bool,
) -> Result<Result<(), Unknown>> {
    let mut reading = Reading::new(formats, take);
    let seen = table::read(bytes, &mut reading)?;
    reading.end_statement(seen.cut_short);
    if !seen.found && !reading.stopped {
        let unknown = match reading.refused {
            Some(error) => Unknown { error, tabular: true },
            None => reading.preamble.unknown(&seen.what),
        };
        return match formats.tried() {
            None => Ok(Err(unknown)),
            Some(saved) => Ok(read_table(bytes, &saved, take)?.map_err(|_| unknown)),
        };
    }
    let mut stopped = reading.stopped;
    if !stopped && reading.passed.iter().any(|pass| matches!(pass, Pass::Scouted(..))) {
        let steps: Result<Vec<Step>> =
            reading.passed.into_iter().map(|pass| pass.next(formats.dates)).collect();
        let mut reading = Reading { steps: steps?, ..Reading::new(formats, take) };
        let seen = table::read(bytes, &mut reading)?;
        reading.end_statement(seen.cut_short);
        stopped = reading.stopped;
    }
    if stopped {
        return Err(Error::new(Code::Cancelled, "the reading was stopped; nothing was stored"));
    }
    Ok(Ok(()))
}

/// A file being read: one table after another, which only workbooks have.
struct Reading<'a> {
    formats: &'a Formats,
    take: &'a mut dyn FnMut(Part<'_>) -> bool,
    lossy: bool,
    stopped: bool,
    /// Why a table that was recognised is not read.
    refused: Option<Error>,
    preamble: Preamble,
    /// Rows of a table without a header that may belong to it, before the first that surely does.
    early: Vec<Row>,
    found: Option<(Mapped, Dialect)>,
    /// What to do with the tables, in their order; with further ones, what their format says.
    steps: Vec<Step>,
    /// What became of the tables that ended.
    passed: Vec<Pass>,
    known: Known,
    /// The table was read before.
    skipped: bool,
    /// The rows are only looked at, for what the whole table tells.
    scouted: Option<Evidence>,
    /// The row read last: its texts are written over by the next.
    draft: Draft,
    /// How its amounts were written so far.
    habit: Habit,
    /// The lines below the table began.
    below: bool,
    /// Lines of the table that are no rows, since the last row: another table may begin behind them.
    between: Preamble,
    /// The table's first row was seen.
    begun: bool,
    /// The account or the count stood above the table.
    stated_above: bool,
    /// The count did.
    count_above: bool,
    parsed: Parsed,
    read: u32,
    unreadable: u32,
    mangled: bool,
}

impl Visitor for Reading<'_> {
    fn begin(&mut self, lossy: bool) {
        self.end_statement(false);
        self.lossy = lossy;
        self.preamble.begin();
        self.early.clear();
    }

    fn is_header(&mut self, row: &Row) -> bool {
        let header: Vec<String> = match self.formats.numbered {
            true => custom::numbers(row.len()),
            false => (0..row.len()).map(|index| plain_name(row.cell(index))).collect(),
        };
        match self.formats.best(&header, &self.preamble.lines) {
            Some(mapped) if self.formats.numbered => self.begin_with(mapped, &header, row),
            Some(Mapped { twice: Some(name), .. }) => {
                self.refused.get_or_insert(early::named_twice(name));
                false
            }
            None => {
                self.preamble.other =
                    self.preamble.other.or_else(|| self.formats.other(&header, &self.preamble.lines));
                self.preamble.remember(row);
                self.keep_early(row);
                false
            }
            Some(mapped) => {
                self.begin_statement(mapped, &header, row);
                true
            }
        }
    }

    fn row(&mut self, row: &Row, end: RowEnd) -> bool {
        if row.is_blank() || self.is_between(row) {
            return !self.stopped;
        }
        let Some((mapped, dialect)) = &self.found else { return false };
        if self.skipped {
            return true;
        }
        if let Some(evidence) = &mut self.scouted {
            evidence.weigh(mapped, row);
            return true;
        }
        if mapped.is_repeated(row) {
            return true;
        }
        if !self.formats.numbered && is_prose(row) {
            read_fact(&joined(row), mapped.statement, &mut self.parsed);
            return true;
        }
        let footer = is_footer(row, mapped.statement.footers) || (self.below && !is_damaged(mapped, row));
        self.below = footer && !has_time(mapped, *dialect, row);
        if self.below {
            read_fact(&joined(row), mapped.statement, &mut self.parsed);
            return true;
        }
        match read_row(mapped, *dialect, row, end, &mut self.habit, &mut self.draft) {
            Ok(()) => {
                self.mangled = self.mangled || self.draft.marks.contains(&Mark::MangledId);
                self.read += 1;
                self.stopped = !(self.take)(Part::Row(&self.draft, Some(row)));
            }
            Err((column, reason)) => {
                self.parsed.keep_unread(row.number, row.cells());
                self.problem(row.number, column, reason);
            }
        }
        !self.stopped
    }

    fn is_row(&self, row: &Row) -> bool {
        self.would_be_row(row)
    }

    fn fault(&mut self, number: u32, fault: Fault, begins: &str) {
        if !begins.is_empty() {
            self.parsed.keep_unread(number, std::iter::once(begins));
        }
        let reason = match fault {
            Fault::CutShort => Reason::CutShort,
            Fault::TooLong => Reason::TooLong,
            Fault::OpenQuote => Reason::OpenQuote,
        };
        self.problem(number, String::new(), reason);
    }
}

impl<'a> Reading<'a> {
    fn new(formats: &'a Formats, take: &'a mut dyn FnMut(Part<'_>) -> bool) -> Self {
        Self {
            formats,
            take,
            lossy: false,
            stopped: false,
            preamble: Preamble::default(),
            early: Vec::new(),
            found: None,
            steps: Vec::new(),
            passed: Vec::new(),
            known: Known::default(),
            skipped: false,
            scouted: None,
            draft: Draft::default(),
            habit: Habit::default(),
            refused: None,
            below: false,
            between: Preamble::default(),
            begun: false,
            stated_above: false,
            count_above: false,
            parsed: Parsed::default(),
            read: 0,
            unreadable: 0,
            mangled: false,
        }
    }

    /// The header was found: what stood above it is read, and what is still to be told by the whole file.
    fn begin_statement(&mut self, mapped: Mapped, header: &[String], row: &Row) {
        let statement = mapped.statement;
        self.begun = false;
        self.habit = Habit::default();
        self.between.begin();
        if !self.formats.numbered {
            self.parsed.unread.push(RawLine { row: 0, cells: raw(row) });
        }
        let step = self.steps.get(self.passed.len()).copied();
        self.skipped = matches!(step, Some(Step::Skip));
        let day_first = statement.day_first.iter().any(|name| header.iter().any(|cell| cell == name));
        let order = self.formats.dates.or(day_first.then_some(DateOrder::Dmy));
        self.known = match step {
            Some(Step::Read(known)) => known,
            _ => Known { order, ..Known::default() },
        };
        self.parsed.statement = statement.id.into();
        self.parsed.provider = statement.provider.into();
        let lines = std::mem::take(&mut self.preamble.lines);
        for line in &lines {
            read_fact(line, statement, &mut self.parsed);
        }
        self.count_above = self.parsed.stated.count.is_some();
        self.stated_above = !self.parsed.account.is_empty() || self.parsed.stated.count.is_some();
        let (order, decimal) = (
            match statement.dates {
                // A spreadsheet of another country may have turned them round.
                Dates::As(DateOrder::Ymd) => self.known.order.or(Some(DateOrder::Ymd)),
                Dates::As(order) => Some(order),
                Dates::YearFirst => Some(DateOrder::Ymd),
                Dates::Inferred | Dates::MonthDay => self.known.order,
            },
            match statement.decimals {
                Decimals::As(decimal) => Some(decimal),
                Decimals::Inferred => self.known.decimal,
            },
        );
        self.known.order_asked = statement.dates == Dates::Inferred;
        self.known.may_turn = statement.dates != Dates::As(DateOrder::Ymd);
        let open = (self.known.order_asked && order.is_none())
            || decimal.is_none()
            || (step.is_none() && (statement.signs == Signs::ByColumn || mapped.has(Field::Zone)));
        if !self.skipped && open {
            self.scouted = Some(Evidence::default());
        }
        let dialect = Dialect {
            order: order.unwrap_or(DateOrder::Ymd),
            decimal: decimal.unwrap_or(Decimal::Point),
            currency: lines.iter().find_map(|line| stated_currency(line)).unwrap_or(statement.currency),
            month: lines.iter().find_map(|line| title_month(line)),
            turned: self.known.turned,
            minus_is_out: self.known.minus_is_out,
            cst: self.known.cst.unwrap_or(Cst::America),
            lossy: self.lossy,
        };
        if self.known.cst == Some(Cst::Open) {
            let column = mapped.name_of(Field::Zone);
            self.parsed.problems.push(Problem { row: 0, column, reason: Reason::OpenZone });
        }
        self.found = Some((mapped, dialect));
        if !self.formats.numbered {
            self.tell_early();
        }
    }

    /// A row that could not be read. One problem a row: the first.
    fn problem(&mut self, row: u32, column: String, reason: Reason) {
        self.unreadable += 1;
        self.parsed.problems.push(Problem { row, column, reason });
    }

    /// The table ended, if there was one: what was read is handed over.
    fn end_statement(&mut self, cut_short: bool) {
        let Some((mapped, _)) = self.found.take() else { return };
        let (parsed, evidence) = (std::mem::take(&mut self.parsed), self.scouted.take());
        let (read, unreadable) = (std::mem::take(&mut self.read), std::mem::take(&mut self.unreadable));
        let (mangled, skipped) = (std::mem::take(&mut self.mangled), std::mem::take(&mut self.skipped));
        self.below = false;
        self.between.begin();
        self.passed.push(match evidence {
            Some(evidence) => Pass::Scouted(self.known, evidence),
            None => Pass::Read,
        });
        let only_looked = matches!(self.passed.last(), Some(Pass::Scouted(..)));
        if skipped || only_looked || self.stopped {
            return;
        }
        let mangled = mangled.then_some(&mapped);
        self.stopped =
            !(self.take)(Part::Statement(Box::new(checked(parsed, read + unreadable, mangled, cut_short))));
    }
}

/// What was read of a table, held against what it states; `rows` are those read and unreadable.
fn checked(mut parsed: Parsed, rows: u32, mangled: Option<&Mapped>, cut_short: bool) -> Parsed {
    let mut say = |column: String, reason| parsed.problems.push(Problem { row: 0, column, reason });
    if let Some(mapped) = mangled {
        say(mapped.name_of(Field::OrderNo), Reason::MangledIds);
    }
    if parsed.stated.count.is_some_and(|count| count != rows) {
        say(String::new(), Reason::CountDiffers);
    }
    if cut_short && parsed.problems.iter().all(|problem| problem.reason != Reason::CutShort) {
        parsed.problems.push(Problem { row: 0, column: String::new(), reason: Reason::CutShort });
    }
    parsed
}

#[cfg(test)]
mod tests;
