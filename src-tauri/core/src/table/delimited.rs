//! Text → rows. The header is looked for line by line; from it on, the `csv` crate splits the rows.
//!
//! An unclosed quote would make one row of the rest of the file. So the text is first cut into records
//! ([`Records`]), each bounded in length; a record that is too long costs one line, not the file.

mod quote;

use super::encoding::Decoded;
use super::{Fault, Row, RowEnd, Seen, Visitor, limits};
use crate::text::Text;
use crate::{Code, Error, Result};
use memchr::{memchr, memchr_iter, memchr2, memchr3_iter};

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Reads the one table of a text.
pub(super) fn read(decoded: &Decoded<'_>, visitor: &mut dyn Visitor) -> Result<Seen> {
    // Old Macs ended lines with a carriage return alone; the rest of this file counts line feeds.
    let lone_returns = !decoded.text.contains('\n') && decoded.text.contains('\r');
    let turned = lone_returns.then(|| decoded.text.replace('\r', "\n"));
    let text = turned.as_deref().unwrap_or(&decoded.text);
    let found = match find_header(text, decoded.lossy, visitor) {
        Some((delimiter, start, line)) => {
            read_rows(text, delimiter, start, line, decoded.cut_short, visitor)?;
            true
        }
        None => false,
    };
    if !found && super::encoding::is_worn(text) {
        return Err(worn());
    }
    let what = Text::new(format!("文本，{}", decoded.encoding), format!("text, {}", decoded.encoding));
    Ok(Seen { what, found, cut_short: decoded.cut_short })
}

/// The error for text whose characters another program destroyed.
pub fn worn() -> Error {
    Error::said(
        Code::Unreadable,
        "这个文件的文字被用错误编码打开又保存的程序毁坏了；请用钱包发来的原文件，或重新导出",
        "the characters of this file were destroyed by a program that opened it in the wrong encoding and saved \
         it; use the file as the wallet sent it, or export it again",
    )
}

/// The delimiter, the first byte after the header line, and the number of the line there.
fn find_header(text: &str, lossy: bool, visitor: &mut dyn Visitor) -> Option<(u8, usize, u32)> {
    let mut row = Row::default();
    for delimiter in DELIMITERS {
        visitor.begin(lossy);
        let (mut start, mut number) = (0, 1);
        while start < text.len() && number <= limits::PREAMBLE_ROWS {
            let end = memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at + 1);
            if end - start <= limits::ROW_BYTES {
                row.number = number;
                split_line(&text[start..end], delimiter, &mut row);
                if visitor.is_header(&row) {
                    return Some((delimiter, end, number + 1));
                }
            }
            start = end;
            number += 1;
        }
    }
    None
}

fn split_line(line: &str, delimiter: u8, row: &mut Row) {
    row.clear();
    let line = line.trim_end_matches(['\r', '\n']);
    if memchr(b'"', line.as_bytes()).is_none() {
        line.split(char::from(delimiter)).for_each(|cell| row.push(cell));
        return;
    }
    let mut reader = reader(line.as_bytes(), delimiter);
    let mut record = csv::StringRecord::new();
    if reader.read_record(&mut record).unwrap_or(false) {
        record.iter().for_each(|cell| row.push(cell));
    }
}

fn reader(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes)
}

fn read_rows(
    text: &str,
    delimiter: u8,
    start: usize,
    first_line: u32,
    cut_short: bool,
    visitor: &mut dyn Visitor,
) -> Result<()> {
    let mut told = Told { text, cut_short, rows: 0, visitor };
    let mut records = Records::of(text.as_bytes(), delimiter, start);
    let mut number = first_line;
    let mut row = Row::default();
    let mut ends = Vec::new();
    while records.at < text.len() {
        let start = records.at;
        let record = records.next(&mut ends);
        if let Record::Quoted { end, .. } | Record::Odd { end } = record
            && let Some(line) = quote::left_open(&text[start..end], delimiter, &mut row, told.visitor)
        {
            // What it would take in are rows of their own.
            told.visitor.fault(
                number,
                Fault::OpenQuote,
                text[start..start + line].trim_end_matches(['\r', '\n']),
            );
            records.at = start + line;
            number = number.saturating_add(1);
            continue;
        }
        let (end, goes_on) = match record {
            Record::Bad { end } => {
                let unfinished = end == text.len();
                let short = unfinished && end - start <= limits::ROW_BYTES;
                let fault = if short { Fault::CutShort } else { Fault::TooLong };
                told.visitor.fault(number, fault, text[start..end].trim_end_matches(['\r', '\n']));
                (end, true)
            }
            // Nothing but a line end: no record.
            Record::Plain { end, content } | Record::Quoted { end, content } if content == start => {
                (end, true)
            }
            Record::Plain { end, content } => {
                row.take_line(&text[start..content], ends.iter().map(|end| end - start));
                row.number = number;
                let goes_on = told.row(&row, start, end)?;
                number = number.saturating_add(1);
                if !goes_on {
                    return Ok(());
                }
                continue;
            }
            Record::Quoted { end, content } => {
                split(&text[start..content], delimiter, &mut row);
                row.number = number;
                (end, told.row(&row, start, end)?)
            }
            Record::Odd { end } => (end, read_odd(start..end, delimiter, number, &mut row, &mut told)?),
        };
        if !goes_on {
            return Ok(());
        }
        let passed = memchr_iter(b'\n', &text.as_bytes()[start..end]).count();
        number = number.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
    }
    Ok(())
}

/// Hands rows over, with what holds for each.
struct Told<'t> {
    text: &'t str,
    cut_short: bool,
    rows: u32,
    visitor: &'t mut dyn Visitor,
}

impl Told<'_> {
    /// A row whose record stands from `start` to `end`. Answers whether to go on.
    fn row(&mut self, row: &Row, start: usize, end: usize) -> Result<bool> {
        self.rows += 1;
        if self.rows > limits::ROWS {
            return Err(too_many_rows());
        }
        // A row that has its line end is whole, also where the file ends inside the next one.
        let row_end = match end == self.text.len() && !self.text.ends_with('\n') {
            true if self.cut_short => RowEnd::InsideCharacter,
            true => RowEnd::NoLineEnd,
            false => RowEnd::Whole,
        };
        let long =
            row.bytes() > limits::CELL_BYTES && row.cells().any(|cell| cell.len() > limits::CELL_BYTES);
        if long || row.len() > limits::COLUMNS {
            let begins = self.text[start..end].lines().next().unwrap_or_default();
            self.visitor.fault(row.number, Fault::TooLong, begins);
            return Ok(true);
        }
        Ok(self.visitor.row(row, row_end))
    }
}

/// Splits a record with quotes in it and no carriage return, as the `csv` crate does: a quote counts at the start of a
/// cell, two of them inside quotes are one, and what follows a closing quote belongs to the cell.
fn split(record: &str, delimiter: u8, row: &mut Row) {
    row.clear();
    let bytes = record.as_bytes();
    let mut at = 0;
    while row.len() <= limits::COLUMNS {
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            while let Some(quote) = memchr(b'"', &bytes[at..]) {
                row.extend(&record[at..at + quote]);
                at += quote + 1;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                row.extend("\"");
                at += 1;
            }
        }
        let end = memchr(delimiter, &bytes[at..]).map_or(bytes.len(), |found| at + found);
        row.push(&record[at..end]);
        if end == bytes.len() {
            return;
        }
        at = end + 1;
    }
}

/// A record with a carriage return inside it: to the `csv` crate it may be several rows.
fn read_odd(
    record: std::ops::Range<usize>,
    delimiter: u8,
    number: u32,
    row: &mut Row,
    told: &mut Told<'_>,
) -> Result<bool> {
    let text = told.text;
    let mut lines = Lines { text: text.as_bytes(), at: record.start, number };
    let mut reader = reader(&text.as_bytes()[record.clone()], delimiter);
    let mut read = csv::ByteRecord::new();
    while reader.read_byte_record(&mut read).unwrap_or(false) {
        let within = read.position().map_or(0, csv::Position::byte);
        let start = skip_line_ends(text.as_bytes(), record.start + within as usize);
        row.number = lines.number_at(start);
        fill(row, &read);
        if !told.row(row, start, record.start + reader.position().byte() as usize)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The error for a table that no wallet wrote.
pub(super) fn too_many_rows() -> Error {
    Error::said(
        Code::TooLarge,
        format!("表格超过 {} 行；请按较短的时间段分几次导出", limits::ROWS),
        format!("the table has more than {} rows; export it in several shorter pieces", limits::ROWS),
    )
}

fn fill(row: &mut Row, record: &csv::ByteRecord) {
    row.clear();
    // The text was decoded before it was split, and a delimiter is ASCII: cells are whole text.
    for cell in record.iter().take(limits::COLUMNS + 1) {
        row.push(std::str::from_utf8(cell).unwrap_or(""));
    }
}

fn skip_line_ends(text: &[u8], mut at: usize) -> usize {
    while matches!(text.get(at), Some(b'\r' | b'\n')) {
        at += 1;
    }
    at
}

/// Turns rising byte positions into line numbers, each byte looked at once.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    number: u32,
}

impl Lines<'_> {
    fn number_at(&mut self, at: usize) -> u32 {
        if at > self.at {
            let passed = memchr_iter(b'\n', &self.text[self.at..at]).count();
            self.number = self.number.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
            self.at = at;
        }
        self.number
    }
}

/// A record of the text, by where it ends, its line end included.
enum Record {
    /// There is no quote in it, and no line end before `content`, where its text ends.
    Plain { content: usize, end: usize },
    /// There is a quote in it, and no carriage return before `content`.
    Quoted { content: usize, end: usize },
    /// There are carriage returns inside it.
    Odd { end: usize },
    /// One line, since the record has no end within bounds.
    Bad { end: usize },
}

/// Cuts the text into bounded records.
struct Records<'t> {
    text: &'t [u8],
    delimiter: u8,
    at: usize,
    /// Carriage returns stand elsewhere than before line feeds.
    lone_returns: bool,
}

impl<'t> Records<'t> {
    fn of(text: &'t [u8], delimiter: u8, at: usize) -> Self {
        let is_lone = |place: usize| text.get(place + 1) != Some(&b'\n');
        let lone_returns = memchr_iter(b'\r', text).any(is_lone);
        Self { text, delimiter, at, lone_returns }
    }

    /// The record at the place reached, which is not the end of the text. `ends` is told where the delimiters of a
    /// plain one stand.
    fn next(&mut self, ends: &mut Vec<usize>) -> Record {
        ends.clear();
        let start = self.at;
        let bound = self.text.len().min(start + limits::ROW_BYTES);
        for found in memchr3_iter(self.delimiter, b'\n', b'"', &self.text[start..bound]) {
            match self.text[start + found] {
                b'"' => break,
                b'\n' => {
                    let end = start + found + 1;
                    let content = self.content(start, end);
                    if self.lone_returns && memchr(b'\r', &self.text[start..content]).is_some() {
                        break;
                    }
                    self.at = end;
                    return Record::Plain { content, end };
                }
                _ if ends.len() <= limits::COLUMNS => ends.push(start + found),
                // A row of so many cells is refused for their number.
                _ => {}
            }
        }
        self.odd()
    }

    /// A record with quotes or carriage returns in it, the last of a text without a line end, or an endless one.
    #[cold]
    fn odd(&mut self) -> Record {
        let start = self.at;
        let Some(end) = self.record_end(start) else {
            self.at = memchr(b'\n', &self.text[start..]).map_or(self.text.len(), |at| start + at + 1);
            return Record::Bad { end: self.at };
        };
        self.at = end;
        let content = self.content(start, end);
        match memchr(b'\r', &self.text[start..content]) {
            None => Record::Quoted { content, end },
            Some(_) => Record::Odd { end },
        }
    }

    /// Where the text of a record ends, without its line end.
    fn content(&self, start: usize, end: usize) -> usize {
        let line = &self.text[start..end];
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        start + line.strip_suffix(b"\r").unwrap_or(line).len()
    }

    /// Where the record that starts here ends, or `None` where it has no end within bounds. Mirrors
    /// the `csv` crate: a quote counts at the start of a cell only.
    fn record_end(&self, start: usize) -> Option<usize> {
        let bound = self.text.len().min(start + limits::ROW_BYTES + 1);
        let whole = bound == self.text.len();
        let mut at = start;
        loop {
            match memchr2(b'\n', b'"', &self.text[at..bound]).map(|found| at + found) {
                None => return whole.then_some(bound),
                Some(end) if self.text[end] == b'\n' => return Some(end + 1),
                Some(quote) => {
                    let opens = quote == start
                        || self.text[quote - 1] == self.delimiter
                        || self.text[quote - 1] == b'\r';
                    at = if opens { self.quote_end(quote + 1, bound)? } else { quote + 1 };
                }
            }
        }
    }

    /// The byte after the closing quote.
    fn quote_end(&self, mut at: usize, bound: usize) -> Option<usize> {
        loop {
            let quote = at + memchr(b'"', &self.text[at..bound])?;
            if self.text.get(quote + 1) != Some(&b'"') {
                return Some(quote + 1);
            }
            at = quote + 2;
            if at > bound {
                return None;
            }
        }
    }
}

#[cfg(test)]
mod tests;
