//! What the usual reader makes of everything in a workbook but its cells. It is asked with a copy of the workbook in
//! which every sheet has been replaced by one that shows where it stands and how numbers look in each style.

use super::{Odd, Shown};
use calamine::{DataRef, Reader, Sheet, SheetType, Xlsx};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read, Seek, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The part with the texts that cells share.
pub(super) const STRINGS: &str = "xl/sharedStrings.xml";
const SHEETS: &str = "xl/worksheets/";
/// A number in a style beyond these is odd.
const STYLES: usize = 1024;
/// The one text that cells share in the copy.
const SHARED: &str = "shared";

/// What it answers.
pub(super) struct Told {
    pub sheets: Vec<Sheet>,
    /// The part of each sheet, by the sheet's name.
    pub parts: HashMap<String, String>,
    /// How numbers look in the first styles.
    pub styles: Vec<Shown>,
    pub is_1904: bool,
}

/// Asks it.
pub(super) fn ask<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<Told, Odd> {
    let (copy, names) = copy(archive)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(copy)).map_err(|_| Odd)?;
    let sheets = book.sheets_metadata().to_vec();
    let mut told = Told { sheets, parts: HashMap::new(), styles: Vec::new(), is_1904: book.has_1904_epoch() };
    for sheet in told.sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let mut cells = book.worksheet_cells_reader(&sheet.name).map_err(|_| Odd)?;
        let mut next = || cells.next_cell().map_err(|_| Odd)?.ok_or(Odd);
        let DataRef::String(place) = next()?.get_value().clone() else { return Err(Odd) };
        let name = place.parse().ok().and_then(|place: usize| names.get(place)).ok_or(Odd)?;
        // The texts are those of the part that they are read from.
        if !matches!(next()?.get_value(), DataRef::SharedString(text) if *text == SHARED) {
            return Err(Odd);
        }
        if told.styles.is_empty() {
            for _ in 0..STYLES {
                told.styles.push(match next()?.get_value() {
                    DataRef::Float(_) => Shown::Number,
                    DataRef::DateTime(moment) if moment.is_duration() => Shown::Duration,
                    DataRef::DateTime(_) => Shown::Moment,
                    _ => return Err(Odd),
                });
            }
        }
        told.parts.insert(sheet.name.clone(), name.clone());
    }
    Ok(told)
}

/// The copy, and the names of the sheets' parts in the order of the numbers that stand in it.
fn copy<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<(Vec<u8>, Vec<String>), Odd> {
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| Odd)?;
        let name = part.name().map_err(|_| Odd)?.into_owned();
        let lower = name.to_ascii_lowercase();
        if lower.starts_with(SHEETS) && lower.ends_with(".xml") {
            copy.start_file(&name, stored).map_err(|_| Odd)?;
            copy.write_all(sheet(names.len()).as_bytes()).map_err(|_| Odd)?;
            names.push(name);
        } else if lower.ends_with("sharedstrings.xml") {
            // Another one would be looked for by rules that are the usual reader's.
            if name != STRINGS {
                return Err(Odd);
            }
        } else if lower.ends_with(".xml") || lower.ends_with(".rels") {
            copy.raw_copy_file(part).map_err(|_| Odd)?;
        }
    }
    copy.start_file(STRINGS, stored).map_err(|_| Odd)?;
    write!(copy, "<sst><si><t>{SHARED}</t></si></sst>").map_err(|_| Odd)?;
    Ok((copy.finish().map_err(|_| Odd)?.into_inner(), names))
}

/// A sheet that shows its number, the text that cells share, and a number in each style.
fn sheet(number: usize) -> String {
    let mut xml = format!(
        "<worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>{number}</t></is></c><c t=\"s\"><v>0</v></c>"
    );
    for style in 0..STYLES {
        // Text goes nowhere but into memory.
        let _ = write!(xml, "<c s=\"{style}\"><v>1</v></c>");
    }
    xml.push_str("</row></sheetData></worksheet>");
    xml
}
