//! Bytes → statements, one way for all formats: find the header, map the columns, read row by row, check
//! what was read against what the file states.

use super::document;
use super::mapping::{Mapped, plain_name};
use super::preamble::{Preamble, is_footer, joined, read_fact};
use super::{ALL, DOCUMENTS, Draft, Field, Options, Parsed, Problem, Reason, Stated, Statement};
use crate::ledger::{Direction, Kind, Mark};
use crate::money::Money;
use crate::table::{self, Fault, Row, RowEnd, Visitor, cell, container};
use crate::{Code, Error, Result};
use serde::{Deserialize, Serialize};

/// What is handed over while a file is read.
#[derive(Debug, Serialize, Deserialize)]
pub enum Part {
    /// A row, in file order.
    Row(Draft),
    /// The end of a statement: everything about it but its rows, which came before.
    Statement(Parsed),
}

/// Reads every statement in a file: a table, or an archive of tables.
///
/// # Errors
/// `Unreadable` where the format is unknown (the sentence says what was seen), `NeedsCode` and `WrongCode`
/// where the archive is locked, `TooLarge`, and `Invalid` where `options.statement` names no format.
pub fn read(bytes: &[u8], options: &Options) -> Result<Vec<Parsed>> {
    let mut all = Vec::new();
    let mut rows = Vec::new();
    read_parts(bytes, options, &mut |part| {
        match part {
            Part::Row(draft) => rows.push(draft),
            Part::Statement(parsed) => all.push(Parsed { rows: std::mem::take(&mut rows), ..parsed }),
        }
        true
    })?;
    Ok(all)
}

/// Like [`read`], but hands over each part as soon as it is read, and stops with `Cancelled` when `take`
/// answers `false`. After an error, what was handed over is not to be used.
///
/// # Errors
/// See [`read`].
pub fn read_parts(bytes: &[u8], options: &Options, take: &mut dyn FnMut(Part) -> bool) -> Result<()> {
    let formats: Vec<&'static Statement> = match &options.statement {
        None => ALL.iter().collect(),
        Some(id) if document::names(id) => vec![],
        Some(id) => vec![ALL.iter().find(|statement| statement.id == id).ok_or_else(|| {
            let known = ALL.iter().map(|statement| statement.id);
            let known: Vec<&str> = known.chain(DOCUMENTS.iter().map(|document| document.id)).collect();
            Error::new(Code::Invalid, format!("no such statement format; there are: {}", known.join(", ")))
        })?],
    };
    if !table::nested::holds_files(bytes) {
        return match document::read(bytes, options, take) {
            Some(read) => read,
            None => read_table(bytes, &formats, take)?.map_err(|unknown| unknown.error),
        };
    }
    let mut read = 0;
    let mut refusal = None;
    for file in table::nested::unpack(bytes, options.code.as_deref())? {
        if let Some(outcome) = document::read(&file, options, take) {
            outcome?;
            read += 1;
            continue;
        }
        match container::sniff(&file) {
            container::Container::Text | container::Container::Workbook => {
                match read_table(&file, &formats, take)? {
                    Ok(()) => read += 1,
                    // A table that nobody can read is not passed over; a note beside the statement is.
                    Err(unknown) if unknown.tabular || read == 0 => refusal = Some(unknown),
                    Err(_) => {}
                }
            }
            _ => {}
        }
    }
    match refusal {
        Some(unknown) if read == 0 || unknown.tabular => Err(unknown.error),
        None if read == 0 => Err(Error::new(
            Code::Unreadable,
            "there is no statement in this archive or mail; open the file that the wallet sent",
        )),
        _ => Ok(()),
    }
}

/// A table whose format is not known.
pub(super) struct Unknown {
    pub error: Error,
    /// It has rows of cells, so it is more than a note.
    pub tabular: bool,
}

fn read_table(
    bytes: &[u8],
    formats: &[&'static Statement],
    take: &mut dyn FnMut(Part) -> bool,
) -> Result<Result<(), Unknown>> {
    let mut reading = Reading {
        formats,
        take,
        lossy: false,
        stopped: false,
        preamble: Preamble::default(),
        found: None,
        parsed: empty(),
        read: 0,
        unreadable: 0,
        mangled: None,
    };
    let seen = table::read(bytes, &mut reading)?;
    if reading.stopped {
        return Err(Error::new(Code::Cancelled, "the reading was stopped; nothing was stored"));
    }
    if !seen.found {
        return Ok(Err(reading.preamble.unknown(&seen.what)));
    }
    let parsed = reading.finish(seen.cut_short);
    if !take(Part::Statement(parsed)) {
        return Err(Error::new(Code::Cancelled, "the reading was stopped; nothing was stored"));
    }
    Ok(Ok(()))
}

pub(super) fn empty() -> Parsed {
    Parsed {
        statement: String::new(),
        provider: String::new(),
        account: String::new(),
        stated: Stated::default(),
        rows: Vec::new(),
        problems: Vec::new(),
    }
}

/// One table being read.
struct Reading<'a> {
    formats: &'a [&'static Statement],
    take: &'a mut dyn FnMut(Part) -> bool,
    lossy: bool,
    stopped: bool,
    preamble: Preamble,
    found: Option<Mapped>,
    parsed: Parsed,
    read: u32,
    unreadable: u32,
    mangled: Option<Field>,
}

impl Visitor for Reading<'_> {
    fn begin(&mut self, lossy: bool) {
        self.lossy = lossy;
        self.preamble.lines.clear();
    }

    fn is_header(&mut self, row: &Row) -> bool {
        let header: Vec<String> = (0..row.len()).map(|index| plain_name(row.cell(index))).collect();
        let fitting = self.formats.iter().filter_map(|statement| Mapped::new(statement, &header));
        // The first of the best: `max_by_key` would take the last.
        let best = fitting.reduce(|best, next| if next.columns() > best.columns() { next } else { best });
        match best {
            None => {
                self.preamble.remember(row);
                false
            }
            Some(mapped) => {
                self.parsed.statement = mapped.statement.id.into();
                self.parsed.provider = mapped.statement.provider.into();
                for line in std::mem::take(&mut self.preamble.lines) {
                    read_fact(&line, mapped.statement, &mut self.parsed);
                }
                self.found = Some(mapped);
                true
            }
        }
    }

    fn row(&mut self, row: &Row, end: RowEnd) -> bool {
        let Some(mapped) = &self.found else { return false };
        if row.is_blank() {
            return true;
        }
        if row.len() <= mapped.last_needed && is_footer(row) {
            read_fact(&joined(row), mapped.statement, &mut self.parsed);
            return true;
        }
        match read_row(mapped, row, self.lossy, end) {
            Ok(draft) => {
                if draft.marks.contains(&Mark::MangledId) {
                    self.mangled = Some(Field::OrderNo);
                }
                self.read += 1;
                self.stopped = !(self.take)(Part::Row(draft));
            }
            Err((column, reason)) => self.problem(row.number, column, reason),
        }
        !self.stopped
    }

    fn fault(&mut self, number: u32, fault: Fault) {
        let reason = match fault {
            Fault::CutShort => Reason::CutShort,
            Fault::TooLong => Reason::TooLong,
        };
        self.problem(number, String::new(), reason);
    }
}

impl Reading<'_> {
    /// A row that could not be read. One problem a row: the first.
    fn problem(&mut self, row: u32, column: String, reason: Reason) {
        self.unreadable += 1;
        self.parsed.problems.push(Problem { row, column, reason });
    }

    fn finish(self, cut_short: bool) -> Parsed {
        let mut parsed = self.parsed;
        let mut say = |column: String, reason| parsed.problems.push(Problem { row: 0, column, reason });
        if let (Some(field), Some(mapped)) = (self.mangled, &self.found) {
            say(mapped.name_of(field), Reason::MangledIds);
        }
        if parsed.stated.count.is_some_and(|count| count != self.read + self.unreadable) {
            say(String::new(), Reason::CountDiffers);
        }
        if cut_short && parsed.problems.iter().all(|problem| problem.reason != Reason::CutShort) {
            parsed.problems.push(Problem { row: 0, column: String::new(), reason: Reason::CutShort });
        }
        parsed
    }
}

/// Reads one row, or says which column could not be read and why.
fn read_row(mapped: &Mapped, row: &Row, lossy: bool, end: RowEnd) -> Result<Draft, (String, Reason)> {
    let missing = |from: usize| {
        mapped.name(|column| mapped.places[column.field as usize].is_some_and(|place| place >= from))
    };
    let cut = match end {
        RowEnd::Whole => false,
        RowEnd::NoLineEnd => row.len() <= mapped.last,
        RowEnd::InsideCharacter => true,
    };
    if cut {
        return Err((missing(row.len()), Reason::CutShort));
    }
    if row.len() <= mapped.last_needed {
        return Err((missing(row.len()), Reason::TooFewCells));
    }
    if lossy && let Some(place) = (0..row.len()).find(|place| row.raw(*place).contains('\u{fffd}')) {
        let name = mapped.name(|column| mapped.places[column.field as usize] == Some(place));
        return Err((name, Reason::BadEncoding));
    }
    let bad = |field: Field, reason| (mapped.name_of(field), reason);
    let statement = mapped.statement;
    let at = cell::moment(mapped.cell(row, Field::Time), statement.offset)
        .ok_or_else(|| bad(Field::Time, Reason::BadTime))?;
    let amount = cell::money(mapped.cell(row, Field::Amount), statement.currency)
        .ok_or_else(|| bad(Field::Amount, Reason::BadAmount))?;
    let word = mapped.cell(row, Field::Direction);
    let known = statement.directions.iter().find(|(name, _)| *name == word).map(|(_, direction)| *direction);
    // Amounts have no sign of their own; a minus is believed only where it repeats "out".
    let amount = match (amount.minor, known) {
        (0.., _) => amount,
        (_, Some(Direction::Out)) => Money::new(-amount.minor, amount.currency),
        _ => return Err(bad(Field::Amount, Reason::BadAmount)),
    };
    let text = |field: Field| mapped.cell(row, field).to_owned();
    let mut marks = Vec::new();
    if known.is_none() && !word.is_empty() {
        marks.push(Mark::UnknownType);
    }
    let mut draft = Draft {
        row: row.number,
        at,
        direction: known.unwrap_or(Direction::Neutral),
        kind: Kind::Other,
        amount,
        fee: None,
        refunded: Money::new(0, amount.currency),
        counterparty: text(Field::Counterparty),
        counterparty_account: text(Field::CounterpartyAccount),
        item: text(Field::Item),
        method: text(Field::Method),
        category: text(Field::Category),
        status: text(Field::Status),
        order_no: text(Field::OrderNo),
        merchant_order_no: text(Field::MerchantOrderNo),
        memo: text(Field::Memo),
        marks,
        raw: raw(row),
    };
    if cell::is_mangled(&draft.order_no) {
        draft.order_no.clear();
        draft.marks.push(Mark::MangledId);
    }
    if cell::is_mangled(&draft.merchant_order_no) {
        draft.merchant_order_no.clear();
    }
    (statement.meaning)(&mut draft);
    draft.marks.dedup();
    Ok(draft)
}

fn raw(row: &Row) -> String {
    let cells: Vec<&str> = row.cells().collect();
    serde_json::to_string(&cells).expect("a list of strings is always JSON")
}
