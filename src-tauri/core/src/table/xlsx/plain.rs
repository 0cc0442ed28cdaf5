//! Workbooks as programs write them, read from their bytes: rows of cells, each with its place and one value. Four times
//! as fast as parsing every tag with care. What is written in any other way is [`Odd`] and left to the usual reader.

mod part;
mod stand_in;

use super::{moment_text, number_text};
use calamine::{ExcelDateTime, ExcelDateTimeType, Sheet};
use memchr::memmem::Finder;
use part::{Part, attributes, text_until};
use std::collections::HashMap;
use std::io::Cursor;
use zip::ZipArchive;

/// Something is written in a way that is left to the usual reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Odd;

/// What the numbers of a style are shown as.
#[derive(Debug, Clone, Copy)]
enum Shown {
    Number,
    Moment,
    Duration,
}

/// A workbook whose sheets may be read so.
pub(super) struct Book<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// As the usual reader lists them.
    pub sheets: Vec<Sheet>,
    /// The part of each sheet, by the sheet's name.
    parts: HashMap<String, String>,
    styles: Vec<Shown>,
    is_1904: bool,
    strings: Strings,
}

/// The texts that cells share, one behind another.
#[derive(Debug, Default)]
struct Strings {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Strings {
    fn get(&self, index: usize) -> Result<&str, Odd> {
        let end = *self.ends.get(index).ok_or(Odd)?;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        Ok(&self.text[start..end])
    }
}

impl<'b> Book<'b> {
    /// Opens a workbook that was found harmless.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Odd> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Odd)?;
        let stand_in::Told { sheets, parts, styles, is_1904 } = stand_in::ask(&mut archive)?;
        let strings = match archive.index_for_name(stand_in::STRINGS) {
            Some(index) => strings(&mut Part::open(archive.by_index(index).map_err(|_| Odd)?, "sst")?)?,
            None => Strings::default(),
        };
        Ok(Self { archive, sheets, parts, styles, is_1904, strings })
    }

    /// Hands every cell of a sheet to `take`: row and column, counted from 0, and what it shows. Ends where it
    /// answers `false`.
    pub fn each_cell(
        &mut self,
        sheet: &str,
        take: &mut dyn FnMut(u32, u32, &str) -> bool,
    ) -> Result<(), Odd> {
        let index = self.parts.get(sheet).and_then(|name| self.archive.index_for_name(name)).ok_or(Odd)?;
        let mut part = Part::open(self.archive.by_index(index).map_err(|_| Odd)?, "sheetData")?;
        let cells = Cells { styles: &self.styles, is_1904: self.is_1904, strings: &self.strings };
        let mut decoded = String::new();
        let close = Finder::new("</row>");
        while let Some(row) = part.next("row", &close, "</sheetData>")? {
            let ([number], rest) = attributes(row, ["r"])?;
            // The usual reader looks at it, if only to refuse it; cells have places of their own.
            number.map(row_number).transpose()?;
            let mut rest =
                if rest == "/>" { "" } else { rest.strip_prefix('>').ok_or(Odd)?.trim_ascii_start() };
            while !rest.is_empty() {
                let (row, column, text, after) = cells.read(rest, &mut decoded)?;
                if !take(row, column, text) {
                    return Ok(());
                }
                rest = after.trim_ascii_start();
            }
        }
        Ok(())
    }
}

/// What the values of cells mean.
struct Cells<'s> {
    styles: &'s [Shown],
    is_1904: bool,
    strings: &'s Strings,
}

impl<'s> Cells<'s> {
    /// The cell at the beginning of `text`: its place, what it shows, and what stands behind it.
    fn read<'t: 'd, 'd>(
        &self,
        text: &'t str,
        decoded: &'d mut String,
    ) -> Result<(u32, u32, &'d str, &'t str), Odd>
    where
        's: 'd,
    {
        let tag = text.strip_prefix("<c").ok_or(Odd)?;
        let ([place, style, kind], rest) = attributes(tag, ["r", "s", "t"])?;
        let (row, column) = place_of(place.ok_or(Odd)?)?;
        let Some(inside) = rest.strip_prefix('>') else {
            return Ok((row, column, "", rest.strip_prefix("/>").ok_or(Odd)?));
        };
        if let Some(rest) = inside.strip_prefix("</c>") {
            return Ok((row, column, "", rest));
        }
        let (shown, rest) = match inside.strip_prefix("<v>") {
            Some(value) => {
                let (value, rest) = text_until(value, "</v>")?;
                (self.value(value, style, kind, decoded)?, rest)
            }
            None => {
                let (shown, rest) = part::string(inside.strip_prefix("<is>").ok_or(Odd)?, decoded)?;
                (shown, rest.strip_prefix("</is>").ok_or(Odd)?)
            }
        };
        Ok((row, column, shown, rest.strip_prefix("</c>").ok_or(Odd)?))
    }

    fn value<'d>(
        &self,
        value: &'d str,
        style: Option<&str>,
        kind: Option<&str>,
        decoded: &'d mut String,
    ) -> Result<&'d str, Odd>
    where
        's: 'd,
    {
        match kind {
            None | Some("n" | "s" | "str") if value.is_empty() => return Ok(""),
            Some("s") => return self.strings.get(digits(value, 8)?),
            Some("str") => return part::decode(value, decoded),
            None | Some("n") => {}
            Some(_) => return Err(Odd),
        }
        let number = number(value)?;
        let shown = match style {
            None => Shown::Number,
            Some(style) => *self.styles.get(digits(style, 5)?).ok_or(Odd)?,
        };
        let moment = |kind| moment_text(&ExcelDateTime::new(number, kind, self.is_1904));
        *decoded = match shown {
            Shown::Number => number_text(number),
            Shown::Moment => moment(ExcelDateTimeType::DateTime),
            Shown::Duration => moment(ExcelDateTimeType::TimeDelta),
        };
        Ok(decoded)
    }
}

/// Digits with at most a sign in front and a point and an exponent between them.
fn number(text: &str) -> Result<f64, Odd> {
    let begins = text.strip_prefix('-').unwrap_or(text).starts_with(|c: char| c.is_ascii_digit());
    let usual = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'E');
    if !begins || !text.ends_with(|c: char| c.is_ascii_digit()) || !text.bytes().all(usual) {
        return Err(Odd);
    }
    text.parse().map_err(|_| Odd)
}

fn digits(text: &str, most: usize) -> Result<usize, Odd> {
    if text.is_empty() || text.len() > most || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Odd);
    }
    text.parse().map_err(|_| Odd)
}

fn row_number(text: &str) -> Result<u32, Odd> {
    let number = digits(text, 7)?;
    u32::try_from(number).ok().and_then(|number| number.checked_sub(1)).ok_or(Odd)
}

/// Row and column of `B12`, counted from 0.
fn place_of(text: &str) -> Result<(u32, u32), Odd> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    if !(1..=3).contains(&letters) {
        return Err(Odd);
    }
    let column = text[..letters].bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
    Ok((row_number(&text[letters..])?, column - 1))
}

/// The table of texts that cells share.
fn strings(part: &mut Part<impl std::io::Read>) -> Result<Strings, Odd> {
    let mut strings = Strings::default();
    let mut decoded = String::new();
    let close = Finder::new("</si>");
    while let Some(item) = part.next("si", &close, "</sst>")? {
        let (shown, rest) = match item {
            "/>" => ("", ""),
            _ => part::string(item.strip_prefix('>').ok_or(Odd)?, &mut decoded)?,
        };
        // How a Chinese text is to be sorted; it shows nothing.
        let sorting = rest.strip_prefix("<phoneticPr").map(|rest| attributes(rest, [])).transpose()?;
        if !rest.is_empty() && sorting.is_none_or(|([], end)| end != "/>") {
            return Err(Odd);
        }
        strings.text.push_str(shown);
        strings.ends.push(strings.text.len());
    }
    Ok(strings)
}

#[cfg(test)]
mod tests;
