//! Workbook → rows, after a look at what the workbook would make its reader allocate.
//!
//! The usual reader trusts a workbook's own counts: 1.4 KB of legal-looking XML make it ask for 480 GB
//! and abort. So [`check`] reads the beginning of every part first, and cells are streamed, never laid
//! out in a grid. Sheets that are written as most are are read from their bytes ([`plain`]), others by the usual reader.

mod plain;

use super::{Fault, Row, RowEnd, Seen, Visitor, archive, limits};
use crate::text::Text;
use crate::{Code, Error, Result};
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::io::{BufReader, Cursor, Read};

/// Shared strings at most: eleven cells of a million rows, all different.
const SHARED_STRINGS: u64 = 12_000_000;
/// Bytes of one part that are read in search of its first element that matters.
const PROLOGUE_BYTES: u64 = 1 << 20;

/// Whether a ZIP is an Excel workbook.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    zip::ZipArchive::new(Cursor::new(bytes)).is_ok_and(|archive| {
        archive.file_names().flatten().any(|name| name.eq_ignore_ascii_case("xl/workbook.xml"))
    })
}

/// Reads every sheet that holds a header the visitor knows; hidden ones where no other does.
pub(super) fn read(bytes: &[u8], visitor: &mut dyn Visitor) -> Result<Seen> {
    check(bytes)?;
    read_by(bytes, plain::Book::open(bytes).ok(), visitor)
}

/// Reads a workbook from its bytes as far as it is plain.
fn read_by(bytes: &[u8], mut plain: Option<plain::Book<'_>>, visitor: &mut dyn Visitor) -> Result<Seen> {
    let mut usual = Usual { bytes, book: None };
    let sheets = match &plain {
        Some(book) => book.sheets.clone(),
        None => usual.book()?.sheets_metadata().to_vec(),
    };
    let found = each_sheet(sheets, visitor, |name, visitor| {
        let mut reading = SheetReading::of(visitor);
        let mut passed = 0_usize;
        if let Some(book) = &mut plain {
            let outcome = book.each_cell(name, &mut |row, column, text| {
                passed += 1;
                reading.goes_on_with(row, column, text)
            });
            if outcome.is_ok() {
                return reading.end();
            }
        }
        usual.read_from(name, passed, &mut reading)?;
        reading.end()
    })?;
    Ok(Seen { what: Text::new("工作簿（XLSX）", "workbook (XLSX)"), found, cut_short: false })
}

/// The usual reader, opened when it is needed.
struct Usual<'b> {
    bytes: &'b [u8],
    book: Option<Xlsx<Cursor<&'b [u8]>>>,
}

impl<'b> Usual<'b> {
    fn book(&mut self) -> Result<&mut Xlsx<Cursor<&'b [u8]>>> {
        if self.book.is_none() {
            self.book = Some(Xlsx::new(Cursor::new(self.bytes)).map_err(|_| damaged())?);
        }
        self.book.as_mut().ok_or_else(damaged)
    }

    /// Reads the cells of a sheet, of which so many were read before.
    fn read_from(&mut self, name: &str, passed: usize, reading: &mut SheetReading<'_>) -> Result<()> {
        let mut cells = self.book()?.worksheet_cells_reader(name).map_err(|_| damaged())?;
        let mut count = 0;
        while let Some(cell) = unharmed(|| cells.next_cell().map_err(|_| damaged()))? {
            count += 1;
            let (row, column) = cell.get_position();
            if count > passed && !reading.goes_on_with(row, column, &shown(cell.get_value())) {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// Hands every sheet to `read` until it stops: the visible ones, then the hidden ones where none was known.
/// Answers whether one was.
pub(super) fn each_sheet(
    mut sheets: Vec<calamine::Sheet>,
    visitor: &mut dyn Visitor,
    mut read: impl FnMut(&str, &mut dyn Visitor) -> Result<Sheet>,
) -> Result<bool> {
    sheets.retain(|sheet| sheet.typ == SheetType::WorkSheet);
    sheets.sort_by_key(|sheet| sheet.visible != SheetVisible::Visible);
    let mut found = false;
    for sheet in &sheets {
        if found && sheet.visible != SheetVisible::Visible {
            break;
        }
        visitor.begin(false);
        match read(&sheet.name, visitor)? {
            Sheet::Strange => {}
            Sheet::Read => found = true,
            Sheet::Stopped => {
                found = true;
                break;
            }
        }
    }
    Ok(found)
}

/// What became of a sheet.
pub(super) enum Sheet {
    /// It has no header that the visitor knows.
    Strange,
    /// It was read to its end.
    Read,
    /// The visitor wants no more of the file.
    Stopped,
}

/// A sheet being read, cell by cell.
struct SheetReading<'v> {
    visitor: &'v mut dyn Visitor,
    gathered: Gathered,
    /// The header was found.
    found: bool,
    /// How many cells it has.
    width: usize,
    rows: u32,
    /// Why no more of it is read.
    ended: Option<Result<Sheet>>,
}

impl<'v> SheetReading<'v> {
    fn of(visitor: &'v mut dyn Visitor) -> Self {
        Self { visitor, gathered: Gathered::default(), found: false, width: 0, rows: 0, ended: None }
    }

    /// Takes a cell by its place, counted from 0. Answers whether to go on.
    fn goes_on_with(&mut self, row: u32, column: u32, text: &str) -> bool {
        let number = row.saturating_add(1);
        if self.gathered.row.number != 0 && self.gathered.row.number != number {
            self.ended = self.end_row().transpose();
        }
        self.gathered.row.number = number;
        self.gathered.put(column as usize, text);
        self.ended.is_none()
    }

    /// What became of the sheet, whose cells were all read unless it said otherwise.
    fn end(mut self) -> Result<Sheet> {
        if self.ended.is_none() && self.gathered.row.number != 0 {
            self.ended = self.end_row().transpose();
        }
        self.ended.unwrap_or(Ok(if self.found { Sheet::Read } else { Sheet::Strange }))
    }

    /// Hands a row over that has all its cells.
    fn end_row(&mut self) -> Result<Option<Sheet>> {
        self.rows += 1;
        if self.rows > limits::ROWS {
            return Err(super::delimited::too_many_rows());
        }
        let Gathered { row, too_long } = &mut self.gathered;
        if *too_long {
            if self.found {
                self.visitor.fault(row.number, Fault::TooLong, row.raw(0));
            }
        } else if !self.found {
            self.found = self.visitor.is_header(row);
            self.width = row.len();
            if !self.found && self.rows > limits::PREAMBLE_ROWS {
                return Ok(Some(Sheet::Strange));
            }
        } else if !row.is_blank() {
            // A workbook leaves out the empty cells at the right; they are not missing.
            while row.len() < self.width {
                row.push("");
            }
            if !self.visitor.row(row, RowEnd::Placed) {
                return Ok(Some(Sheet::Stopped));
            }
        }
        self.gathered.clear();
        Ok(None)
    }
}

/// The row being gathered from cells.
#[derive(Default)]
struct Gathered {
    row: Row,
    too_long: bool,
}

impl Gathered {
    fn put(&mut self, column: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        let fits = column < limits::COLUMNS
            && text.len() <= limits::CELL_BYTES
            && self.row.text().len() + text.len() <= limits::ROW_BYTES;
        if !fits {
            self.too_long = true;
            return;
        }
        // A cell that goes back to the left repeats one that was given already: the first counts.
        if column >= self.row.len() {
            while self.row.len() < column {
                self.row.push("");
            }
            self.row.push(text);
        }
    }

    fn clear(&mut self) {
        self.row.clear();
        self.row.number = 0;
        self.too_long = false;
    }
}

/// The cell as the wallet's CSV would have it.
fn shown<'v>(value: &'v DataRef<'_>) -> Cow<'v, str> {
    match value {
        DataRef::Empty | DataRef::Error(_) => "".into(),
        DataRef::Int(number) => number.to_string().into(),
        DataRef::Float(number) => number_text(*number).into(),
        DataRef::String(text) => text.into(),
        DataRef::SharedString(text) => (*text).into(),
        DataRef::Bool(flag) => (if *flag { "TRUE" } else { "FALSE" }).into(),
        DataRef::DateTime(moment) => moment_text(moment).into(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.into(),
        // Whatever the reader learns to tell apart later is no cell of a statement.
        #[allow(unreachable_patterns)]
        _ => "".into(),
    }
}

/// A number to the fifteen digits that a spreadsheet keeps, so that 0.30000000000000004 is 0.3.
pub(super) fn number_text(number: f64) -> String {
    if let Some(text) = cents_text(number) {
        return text;
    }
    if number.abs() >= 1e15 {
        return format!("{number:E}");
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{rounded}")
}

/// The text of a number that has at most two decimals, as amounts have: found without trying all digits.
fn cents_text(number: f64) -> Option<String> {
    // Thirteen digits of cents are fewer than the fifteen that are kept: dividing gives the number again, or it has more.
    let cents = (number * 100.0).round();
    if !(number.is_sign_positive() && cents < 1e13 && (cents / 100.0).to_bits() == number.to_bits()) {
        return None;
    }
    let cents = cents as u64;
    Some(match (cents / 100, cents % 100) {
        (whole, 0) => whole.to_string(),
        (whole, tens) if tens % 10 == 0 => format!("{whole}.{}", tens / 10),
        (whole, cents) => format!("{whole}.{cents:02}"),
    })
}

pub(super) fn moment_text(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    // Without a second to carry, and on a day that every month but one has, nothing needs the calendar.
    let plain_day = (1..=28).contains(&day) || (day <= 30 && month != 2);
    if milli < 500 && (1900..=9999).contains(&year) && plain_day && hour < 24 && minute < 60 && second < 60 {
        return format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}");
    }
    let wall = chrono::NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
        .and_then(|date| date.and_hms_opt(u32::from(hour), u32::from(minute), u32::from(second)));
    let Some(wall) = wall else { return number_text(moment.as_f64()) };
    let wall = if milli >= 500 { wall + chrono::TimeDelta::seconds(1) } else { wall };
    wall.format("%Y-%m-%d %H:%M:%S").to_string()
}

/// The answer of the reader of workbooks. It falls over some records that are cut or turned, which is a refusal and
/// no more.
pub(super) fn unharmed<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).unwrap_or_else(|_| Err(damaged()))
}

fn damaged() -> Error {
    Error::said(
        Code::Unreadable,
        "工作簿已损坏，或不是真正的 XLSX；请重新导出，或另存为 CSV 再打开",
        "the workbook is damaged or not a real XLSX; export it again, or save it as CSV and open that",
    )
}

fn refused(what: &str) -> Error {
    Error::said(
        Code::Unreadable,
        "这个工作簿的内部结构与钱包、银行导出的不同，可能有害，没有打开；请重新导出，或另存为 CSV 再打开",
        format!("the workbook {what}, which no wallet writes; it was not opened"),
    )
}

/// Refuses a workbook that would take its reader down: sizes, counts, corners, document types.
fn check(bytes: &[u8]) -> Result<()> {
    let mut archive = archive::open(bytes, limits::WORKBOOK_BYTES)?;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| damaged())?;
        if part.encrypted() {
            return Err(refused("is encrypted part by part"));
        }
        let name = part.name().map_err(|_| damaged())?.to_ascii_lowercase();
        if name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".vml") {
            check_part(BufReader::new(part.take(PROLOGUE_BYTES)))?;
        }
    }
    Ok(())
}

/// Looks at a part up to the element that makes the reader allocate. Only sheets and string tables do.
fn check_part(part: impl std::io::BufRead) -> Result<()> {
    let mut xml = quick_xml::Reader::from_reader(part);
    xml.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    let mut root_seen = false;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::DocType(_)) => return Err(refused("declares a document type")),
            Ok(Event::Start(element) | Event::Empty(element)) => {
                let name = element.local_name();
                match name.as_ref() {
                    "sst" => return check_strings(&element),
                    "dimension" => check_dimension(&element)?,
                    "sheetData" => return Ok(()),
                    "worksheet" => {}
                    _ if !root_seen => return Ok(()),
                    _ => {}
                }
                root_seen = true;
            }
            Ok(Event::Eof) | Err(_) if xml.buffer_position() >= PROLOGUE_BYTES - 1 => {
                return Err(refused("hides its beginning behind a megabyte of filling"));
            }
            // A damaged part is for the reader itself to complain of.
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        element.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

fn check_strings(element: &BytesStart<'_>) -> Result<()> {
    for name in ["uniqueCount", "count"] {
        if let Some(count) = attribute(element, name) {
            // Every cell of every row may be counted; only the unique ones are held.
            let most = if name == "count" { SHARED_STRINGS * 4 } else { SHARED_STRINGS };
            if count.trim().parse::<u64>().is_ok_and(|count| count > most) || count.len() > 12 {
                return Err(refused("claims billions of texts"));
            }
        }
    }
    Ok(())
}

fn check_dimension(element: &BytesStart<'_>) -> Result<()> {
    let Some(reference) = attribute(element, "ref") else { return Ok(()) };
    let corner = |text: &str| -> Option<(u32, u32)> {
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let column = text[..letters].bytes().try_fold(0_u32, |sum, b| {
            sum.checked_mul(26)?.checked_add(u32::from(b.to_ascii_uppercase() - b'A') + 1)
        })?;
        Some((text[letters..].parse().ok()?, column))
    };
    let (first, last) = reference.split_once(':').unwrap_or((&reference, &reference));
    match (corner(first), corner(last)) {
        (Some(first), Some(last)) if first.0 <= last.0 && first.1 <= last.1 => Ok(()),
        _ => Err(refused("gives its size backwards")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_shown_as_every_number_is() {
        let slowly = |number: f64| format!("{}", format!("{number:.14e}").parse::<f64>().unwrap());
        let odd =
            [0.0, 0.005, 1e12, 99_999_999_999.99, 1e13, 0.1 + 0.2, 1.005, 46_283.794_872_685_18, 5e-324];
        for number in (0..200_000).map(|cents| f64::from(cents) * 0.01).chain(odd) {
            assert_eq!(number_text(number), slowly(number));
            assert_eq!(number_text(-number), slowly(-number));
        }
    }

    #[test]
    fn numbers_are_shown_to_fifteen_digits_and_long_ones_as_destroyed() {
        assert_eq!(number_text(28.16), "28.16");
        assert_eq!(number_text(500.0), "500");
        assert_eq!(number_text(0.1 + 0.2), "0.3");
        assert_eq!(number_text("39.930000000000007".parse().unwrap()), "39.93");
        assert_eq!(number_text(46_283.794_872_685_18), "46283.7948726852");
        assert!(super::super::cell::is_mangled(&number_text(2.026_03e27)));
    }

    #[test]
    fn a_backward_dimension_and_a_giant_count_are_refused_and_real_ones_pass() {
        let part = |xml: &str| check_part(xml.as_bytes());
        assert!(part(r#"<worksheet><dimension ref="A1:K120"/><sheetData/></worksheet>"#).is_ok());
        assert!(part(r#"<worksheet><dimension ref="A1"/><sheetData/></worksheet>"#).is_ok());
        assert!(part(r#"<worksheet><dimension ref="I1:C3"/><sheetData/></worksheet>"#).is_err());
        assert!(part(r#"<x:sst uniqueCount="20000000000"></x:sst>"#).is_err());
        assert!(part(r#"<sst count="900000" uniqueCount="120000"></sst>"#).is_ok());
        assert!(part(r#"<!DOCTYPE x [<!ENTITY a "b">]><sst/>"#).is_err());
    }
}
