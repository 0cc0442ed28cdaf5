//! Old workbook (`.xls`, BIFF) → rows. Banks still write it. What is only named `.xls` (a table of tabs, a web page)
//! is told by its bytes and never comes here.
//!
//! The reader lays a sheet out in a grid and believes the file's own places and sizes. So these are looked at first
//! (`compound.rs`, `records.rs`), a damaged record is no more than a refusal, and the worker is the wall behind.

mod compound;
mod records;

use super::xlsx::{Sheet, each_sheet, moment_text, number_text, unharmed};
use super::{Fault, Row, RowEnd, Seen, Visitor, limits};
use crate::text::Text;
use crate::{Code, Error, Result};
use calamine::{Data, Reader, Xls, XlsError};
use std::io::Cursor;

/// Reads every sheet that holds a header the visitor knows; hidden ones where no other does.
pub(super) fn read(bytes: &[u8], visitor: &mut dyn Visitor) -> Result<Seen> {
    if bytes.len() > limits::OLD_WORKBOOK_BYTES {
        return Err(Error::said(
            Code::TooLarge,
            "旧式工作簿太大，请另存为 XLSX 或 CSV",
            "the old workbook is too large; save it as XLSX or CSV",
        ));
    }
    if !compound::workbook(bytes).is_some_and(|stream| records::are_bounded(&stream)) {
        return Err(damaged());
    }
    let opened = unharmed(|| Xls::new(Cursor::new(bytes)).map_err(|error| refused(&error)));
    let mut workbook: Xls<_> = opened?;
    let sheets = workbook.sheets_metadata().to_vec();
    let found = each_sheet(sheets, visitor, |name, visitor| {
        let range = unharmed(|| workbook.worksheet_range(name).map_err(|error| refused(&error)))?;
        Ok(read_sheet(&range, visitor))
    })?;
    Ok(Seen { what: Text::new("旧式工作簿（XLS）", "old workbook (XLS)"), found, cut_short: false })
}

fn read_sheet(range: &calamine::Range<Data>, visitor: &mut dyn Visitor) -> Sheet {
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    let mut row = Row::default();
    let mut found = false;
    for (number, cells) in (first_row + 1..).zip(range.rows()) {
        // One cell far off makes a grid of millions that are empty.
        if cells.iter().all(|cell| matches!(cell, Data::Empty)) {
            continue;
        }
        row.clear();
        row.number = number;
        (0..first_column).for_each(|_| row.push(""));
        let mut too_long = false;
        for cell in cells {
            let text = shown(cell);
            too_long |= text.len() > limits::CELL_BYTES || row.bytes() + text.len() > limits::ROW_BYTES;
            row.push(if too_long { "" } else { &text });
        }
        if row.is_blank() {
        } else if too_long && found {
            visitor.fault(number, Fault::TooLong, row.raw(0));
        } else if !found {
            found = visitor.is_header(&row);
            if !found && number > limits::PREAMBLE_ROWS {
                return Sheet::Strange;
            }
        } else if !visitor.row(&row, RowEnd::Placed) {
            return Sheet::Stopped;
        }
    }
    if found { Sheet::Read } else { Sheet::Strange }
}

/// The cell as a CSV would have it.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(*number),
        Data::String(text) => text.clone(),
        Data::Bool(flag) => (if *flag { "TRUE" } else { "FALSE" }).into(),
        Data::DateTime(moment) => moment_text(moment),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        // Nothing, an error, and whatever the reader learns to tell apart later.
        _ => String::new(),
    }
}

fn refused(error: &XlsError) -> Error {
    match error {
        XlsError::Password => Error::said(
            Code::Unreadable,
            "工作簿设了密码，请另存为不带密码的文件再打开",
            "the workbook is locked with a password; save it without one and open that",
        ),
        _ => damaged(),
    }
}

/// A new workbook with a password lies in the old container too.
fn damaged() -> Error {
    Error::said(
        Code::Unreadable,
        "这是损坏的旧式 Excel 文件（.xls），或设了密码的工作簿；请另存为不带密码的 .xlsx 或 CSV 再打开",
        "this is a damaged old Excel file (.xls) or a workbook locked with a password; save it as .xlsx or CSV \
         without a password and open that",
    )
}
