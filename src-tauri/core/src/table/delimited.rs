//! Text → rows. The header is looked for line by line; from it on, the `csv` crate splits the rows.
//!
//! An unclosed quote would make one row of the rest of the file. So the text is first cut into records
//! ([`Records`]), each bounded in length; a record that is too long costs one line, not the file.

use super::encoding::Decoded;
use super::{Fault, Row, RowEnd, Seen, Visitor, limits};
use crate::{Code, Error, Result};
use memchr::{memchr, memchr_iter, memchr2};

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
    Ok(Seen { what: format!("text, {}", decoded.encoding), found, cut_short: decoded.cut_short })
}

/// The error for text whose characters another program destroyed.
pub fn worn() -> Error {
    Error::new(
        Code::Unreadable,
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
    let mut lines = Lines { text: text.as_bytes(), at: start, number: first_line };
    let mut stretches = Stretches { text: text.as_bytes(), delimiter, at: start };
    let mut rows = 0_u32;
    let mut row = Row::default();
    while let Some(stretch) = stretches.next() {
        match stretch {
            Stretch::Bad { start, end } => {
                let unfinished = end == text.len();
                let fault = if unfinished && end - start <= limits::ROW_BYTES {
                    Fault::CutShort
                } else {
                    Fault::TooLong
                };
                let begins = text[start..end].trim_end_matches(['\r', '\n']);
                visitor.fault(lines.number_at(start), fault, begins);
            }
            Stretch::Good { start, end } => {
                let mut reader = reader(&text.as_bytes()[start..end], delimiter);
                let mut record = csv::ByteRecord::new();
                while reader.read_byte_record(&mut record).unwrap_or(false) {
                    rows += 1;
                    if rows > limits::ROWS {
                        return Err(too_many_rows());
                    }
                    let within = record.position().map_or(0, csv::Position::byte);
                    let record_start = skip_line_ends(text.as_bytes(), start + within as usize);
                    row.number = lines.number_at(record_start);
                    fill(&mut row, &record);
                    let last = reader.position().byte() as usize + start == text.len();
                    let row_end = match last {
                        true if cut_short => RowEnd::InsideCharacter,
                        true if !text.ends_with('\n') => RowEnd::NoLineEnd,
                        _ => RowEnd::Whole,
                    };
                    if row.len() > limits::COLUMNS || row.cells().any(|cell| cell.len() > limits::CELL_BYTES)
                    {
                        let begins = text[record_start..].lines().next().unwrap_or("");
                        visitor.fault(row.number, Fault::TooLong, begins);
                    } else if !visitor.row(&row, row_end) {
                        return Ok(());
                    }
                }
            }
        }
    }
    Ok(())
}

/// The error for a table that no wallet wrote.
pub(super) fn too_many_rows() -> Error {
    Error::new(Code::TooLarge, format!("the table has more than {} rows", limits::ROWS))
}

fn fill(row: &mut Row, record: &csv::ByteRecord) {
    row.clear();
    let ends = (0..record.len().min(limits::COLUMNS + 1)).map_while(|place| record.range(place));
    // The text was decoded before it was split, and a delimiter is ASCII: cells are whole text.
    row.push_all(std::str::from_utf8(record.as_slice()).unwrap_or(""), ends.map(|range| range.end));
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

/// A run of records that can be split, or one line that cannot.
enum Stretch {
    Good { start: usize, end: usize },
    Bad { start: usize, end: usize },
}

/// Cuts the text into runs of bounded records.
struct Stretches<'t> {
    text: &'t [u8],
    delimiter: u8,
    at: usize,
}

impl Stretches<'_> {
    fn next(&mut self) -> Option<Stretch> {
        let start = self.at;
        while self.at < self.text.len() {
            match self.record_end(self.at) {
                Some(end) => self.at = end,
                None if self.at > start => return Some(Stretch::Good { start, end: self.at }),
                None => {
                    let end = memchr(b'\n', &self.text[start..]).map_or(self.text.len(), |at| start + at + 1);
                    self.at = end;
                    return Some(Stretch::Bad { start, end });
                }
            }
        }
        (self.at > start).then_some(Stretch::Good { start, end: self.at })
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
mod tests {
    use super::*;
    use crate::table::encoding::decode;

    #[derive(Default)]
    struct Told {
        rows: Vec<(u32, Vec<String>)>,
        faults: Vec<(u32, Fault)>,
        unfinished: Option<u32>,
    }

    impl Visitor for Told {
        fn begin(&mut self, _: bool) {}
        fn is_header(&mut self, row: &Row) -> bool {
            row.cell(0) == "a" && row.cell(1) == "b"
        }
        fn row(&mut self, row: &Row, end: RowEnd) -> bool {
            self.rows.push((row.number, row.cells().map(String::from).collect()));
            if end != RowEnd::Whole {
                self.unfinished = Some(row.number);
            }
            true
        }
        fn fault(&mut self, number: u32, fault: Fault, begins: &str) {
            assert!(!begins.is_empty());
            self.faults.push((number, fault));
        }
    }

    fn told(text: &str) -> Told {
        let mut told = Told::default();
        let seen = read(&decode(text.as_bytes()).unwrap(), &mut told).unwrap();
        assert!(seen.found, "header not found");
        told
    }

    #[test]
    fn rows_keep_the_line_they_start_on_with_mixed_line_ends_blank_lines_and_newlines_in_quotes() {
        let told = told("x\r\n\r\na,b\r\n1,2\r\n\r\n3,\"4\r\n5\"\r\n6,7\n8,9");
        let lines: Vec<_> = told.rows.iter().map(|(line, cells)| (*line, cells[0].as_str())).collect();
        assert_eq!(lines, [(4, "1"), (6, "3"), (8, "6"), (9, "8")]);
        assert_eq!(told.rows[1].1[1], "4\r\n5");
        assert_eq!(told.unfinished, Some(9));
    }

    #[test]
    fn carriage_returns_alone_end_lines_too() {
        assert_eq!(told("x\ra,b\r1,2\r").rows, [(3, vec!["1".into(), "2".into()])]);
    }

    #[test]
    fn any_of_four_delimiters_is_found_by_the_header() {
        for text in ["x,y\na,b\n1,2\n", "x,y\na\tb\n1\t2\n", "a;b\n1;2\n", "a|b\n1|2\n"] {
            assert_eq!(told(text).rows[0].1, ["1", "2"]);
        }
    }

    #[test]
    fn tabs_outside_quotes_and_ragged_rows_are_kept_as_cells() {
        let told = told("a,b\n\"1\"\t,\"2\t\",\n3\n4,5,6,7\n");
        assert_eq!(told.rows[0].1, ["1\t", "2\t", ""]);
        assert_eq!(told.rows[1].1, ["3"]);
        assert_eq!(told.rows[2].1.len(), 4);
    }

    #[test]
    fn an_unclosed_quote_costs_one_line_and_not_the_file() {
        let told = told("a,b\n1,2\n3,\"4\n5,6\n7,8\n");
        let firsts: Vec<_> = told.rows.iter().map(|(_, cells)| cells[0].as_str()).collect();
        assert_eq!(firsts, ["1", "5", "7"]);
        assert_eq!(told.faults, [(3, Fault::TooLong)]);
    }

    #[test]
    fn a_quote_open_at_the_very_end_means_that_the_file_was_cut() {
        let told = told("a,b\n1,2\n3,\"4");
        assert_eq!(told.faults, [(3, Fault::CutShort)]);
    }

    #[test]
    fn a_line_of_many_megabytes_costs_one_line() {
        let long = "x".repeat(3 << 20);
        let told = told(&format!("a,b\n1,2\n{long}\n3,4\n"));
        assert_eq!(told.rows.len(), 2);
        assert_eq!(told.faults, [(3, Fault::TooLong)]);
    }

    #[test]
    fn too_many_cells_are_a_fault_of_their_row() {
        let told = told(&format!("a,b\n{}\n1,2\n", ",".repeat(1000)));
        assert_eq!((told.rows.len(), told.faults.as_slice()), (1, [(2, Fault::TooLong)].as_slice()));
    }
}
