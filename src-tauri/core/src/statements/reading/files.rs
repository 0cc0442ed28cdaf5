//! The files of an archive or a mail: each is read as if it came alone, and what is no statement is passed over by
//! name where another one is, as in a folder.

use super::{Part, read_table};
use crate::statements::formats::Formats;
use crate::statements::{Options, document};
use crate::table::container::{Container, sniff};
use crate::table::nested;
use crate::{Code, Error, Result};

/// So many are named; a whole account's export holds thousands.
const NAMED: usize = 200;

/// Reads every statement in a file that holds others.
///
/// # Errors
/// See [`super::read_parts`].
pub(super) fn read(
    bytes: &[u8],
    options: &Options,
    formats: &Formats,
    take: &mut dyn FnMut(Part<'_>) -> bool,
) -> Result<()> {
    let mut read = 0;
    let mut passed: Vec<Passed> = Vec::new();
    for (place, file) in nested::unpack(bytes, options.code.as_deref())?.into_iter().enumerate() {
        let mut begun = false;
        let mut told = |part: Part<'_>| {
            begun = true;
            take(part)
        };
        let outcome = match document::read(&file.bytes, options, &mut told) {
            Some(outcome) => {
                outcome.map_err(|error| Passed { error, weight: Weight::Statement, ..Passed::of(None) })
            }
            None => table(&file.bytes, formats, &mut told),
        };
        match outcome {
            Ok(()) => read += 1,
            // Rows of it were handed over already, or it is a statement that needs an answer.
            Err(one) if begun || one.error.code != Code::Unreadable => return Err(one.error),
            Err(one) if passed.len() < NAMED || one.weight > Weight::Note => {
                let name = if file.name.is_empty() { format!("#{}", place + 1) } else { file.name };
                passed.push(Passed { name, ..one });
            }
            Err(_) => {}
        }
    }
    if read == 0 {
        // The heaviest says most of what the user chose; of equals the first.
        let heaviest = passed.into_iter().rev().max_by_key(|one| one.weight);
        return Err(match heaviest {
            Some(Passed { kind: Some(kind), .. }) if kind != Container::Binary => {
                let refusal = kind.refusal();
                Error::said(
                    Code::Unreadable,
                    format!("压缩包或邮件里没有能读的账单：{}", refusal.zh),
                    format!(
                        "there is no statement in this archive or mail that can be read: {}",
                        refusal.detail
                    ),
                )
            }
            Some(one) if one.weight > Weight::Other => one.error,
            _ => Error::said(
                Code::Unreadable,
                "压缩包或邮件里没有账单；请打开钱包发来的那个文件",
                "there is no statement in this archive or mail; open the file that the wallet sent",
            ),
        });
    }
    for one in passed.iter().take(NAMED) {
        if !take(Part::PassedOver(&one.name, &one.error)) {
            return Err(Error::new(Code::Cancelled, "the reading was stopped; nothing was stored"));
        }
    }
    Ok(())
}

/// A file that is passed over.
struct Passed {
    name: String,
    error: Error,
    weight: Weight,
    /// What it is instead of a table.
    kind: Option<Container>,
}

impl Passed {
    /// A file that is no table.
    fn of(kind: Option<Container>) -> Self {
        let weight = match kind {
            Some(Container::Pdf | Container::OtherWorkbook | Container::Document) => Weight::Paper,
            Some(Container::Picture | Container::OtherMail | Container::OtherArchive) => Weight::Picture,
            _ => Weight::Other,
        };
        let error = Error::said(Code::Unreadable, "不是账单", "no statement");
        Self { name: String::new(), error, weight, kind }
    }
}

/// How much a file looks like what the user meant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// A program.
    Other,
    /// A picture, a file that holds others.
    Picture,
    /// Text without rows of cells.
    Note,
    /// A statement as a PDF, or in another program's form.
    Paper,
    /// A table of no known format.
    Table,
    /// A statement of a known format, damaged.
    Statement,
}

fn table(bytes: &[u8], formats: &Formats, take: &mut dyn FnMut(Part<'_>) -> bool) -> Result<(), Passed> {
    let passed = |error, weight| Passed { error, weight, ..Passed::of(None) };
    let kind = sniff(bytes);
    match kind {
        Container::Text | Container::Workbook | Container::OldWorkbook | Container::WebPage => {
            match read_table(bytes, formats, take) {
                Ok(Ok(())) => Ok(()),
                Ok(Err(unknown)) => {
                    let weight = if unknown.tabular { Weight::Table } else { Weight::Note };
                    Err(passed(unknown.error, weight))
                }
                Err(error) => Err(passed(error, Weight::Statement)),
            }
        }
        _ => Err(Passed::of(Some(kind))),
    }
}
