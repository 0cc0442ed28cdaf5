//! Statements that are no tables: interchange formats of banks and the activity pages of wallets.
//!
//! A [`Document`] tells by content whether a file is its own and reads the whole of it, account by account.
//! What it hands over goes the way of the tables: rows, then the statement they belong to. An entry that
//! cannot be read is a problem with its place, never a row left out.

mod amount;
mod camt;
mod entry;
mod mt940;
mod ofx;
mod qif;
mod takeout;
mod when;
mod words;
mod xml;

use super::reading::Part;
use super::{Options, Parsed, Trust, institution};
use crate::table::encoding;
use crate::{Code, Error, Result};
use std::collections::HashMap;

/// A statement format that is no table.
#[derive(Debug)]
pub struct Document {
    /// Stable, kebab-case.
    pub id: &'static str,
    /// 简体中文
    pub zh: &'static str,
    /// English
    pub en: &'static str,
    /// The versions that are read.
    pub versions: &'static [&'static str],
    /// How well it is known.
    pub trust: Trust,
    /// What real files do that is read right, each with a sample.
    pub quirks: &'static [&'static str],
    /// Whether a file that begins like this is of this format.
    recognise: fn(&str) -> bool,
    /// Reads the whole of it; the bytes are decoded by what they and the file say.
    read: fn(&Input<'_>) -> Result<Vec<Parsed>>,
}

/// Every document format. A file is of the first that recognises it.
pub const DOCUMENTS: &[Document] = &[
    ofx::OFX,
    camt::CAMT,
    mt940::MT940,
    qif::QIF,
    takeout::ACTIVITY_PAGE,
    takeout::ACTIVITY_LIST,
    takeout::TRANSACTIONS,
    takeout::MONEY_SENDS,
];

/// Bytes at the start that tell the format.
const HEAD: usize = 32 << 10;
/// The same of a web page, which begins with its styles.
const PAGE_HEAD: usize = 512 << 10;

/// A file to be read, and what the user says of it.
struct Input<'a> {
    bytes: &'a [u8],
    options: &'a Options,
}

impl<'a> Input<'a> {
    /// The text, in the encoding that the bytes show or, where they leave it open, the file names.
    fn text(&self, named: Option<&str>) -> Result<encoding::Decoded<'a>> {
        encoding::decode_document(self.bytes, named)
    }

    /// The first part of the text, for what it says of the encoding.
    fn head(&self) -> String {
        String::from_utf8_lossy(&self.bytes[..self.bytes.len().min(4 << 10)]).into_owned()
    }
}

/// Whether an id names a document format.
pub(super) fn names(id: &str) -> bool {
    DOCUMENTS.iter().any(|document| document.id == id)
}

/// Reads a file that is a document; `None` where no document format knows it.
///
/// # Errors
/// What the format says, and `Cancelled` where `take` answers `false`.
pub(super) fn read(
    bytes: &[u8],
    options: &Options,
    take: &mut dyn FnMut(Part<'_>) -> bool,
) -> Option<Result<()>> {
    if options.mapping.is_some() {
        return None;
    }
    let wanted = options.statement.as_deref();
    let head = head_text(bytes)?;
    let document = DOCUMENTS
        .iter()
        .filter(|document| wanted.is_none_or(|id| id == document.id))
        .find(|document| (document.recognise)(&head))?;
    Some((document.read)(&Input { bytes, options }).and_then(|all| hand_over(document, all, take)))
}

/// The beginning as text. A cut inside its last character is none of the file's.
fn head_text(bytes: &[u8]) -> Option<String> {
    let most = if bytes.trim_ascii_start().starts_with(b"<html") { PAGE_HEAD } else { HEAD };
    let head = &bytes[..bytes.len().min(most)];
    let text = encoding::decode(head).ok()?.text;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Rows first, then the statement they belong to.
fn hand_over(document: &Document, all: Vec<Parsed>, take: &mut dyn FnMut(Part<'_>) -> bool) -> Result<()> {
    for mut parsed in all {
        let rows = std::mem::take(&mut parsed.rows);
        parsed.statement = document.id.to_owned();
        for part in rows
            .iter()
            .map(|draft| Part::Row(draft, None))
            .chain(std::iter::once(Part::Statement(Box::new(parsed))))
        {
            if !take(part) {
                return Err(Error::new(Code::Cancelled, "the reading was stopped; nothing was stored"));
            }
        }
    }
    Ok(())
}

/// The statements of a file, one an account: a year of daily messages is one statement.
#[derive(Debug, Default)]
struct Accounts {
    all: Vec<Parsed>,
    places: HashMap<(String, String), usize>,
}

impl Accounts {
    /// The statement of an account; begins it where it is new.
    fn of(&mut self, provider: &str, account: &str) -> &mut Parsed {
        let place = *self.places.entry((provider.to_owned(), account.to_owned())).or_insert_with(|| {
            self.all.push(Parsed {
                provider: provider.to_owned(),
                account: account.to_owned(),
                ..Parsed::default()
            });
            self.all.len() - 1
        });
        &mut self.all[place]
    }

    /// All of them; one without a name where the file is of the format and holds nothing.
    fn finish(mut self) -> Vec<Parsed> {
        if self.all.is_empty() {
            self.of("", "");
        }
        self.all
    }
}

#[cfg(test)]
mod tests;
