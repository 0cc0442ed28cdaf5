//! A mapping: what a user says of a table that no format knows. It is data, kept in the vault and passed on as a
//! file, and becomes a [`Statement`] like any other, so that there is one way from bytes to rows.

mod words;

use super::{Column, Dates, Decimals, Field, Signs, Statement, Trust};
use crate::ledger::Direction;
use crate::money::Currency;
use crate::table::cell::{DateOrder, Decimal, Zone};
use crate::{Code, Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use ts_rs::TS;

/// The format id of every table that is read by a mapping.
pub const MAPPED: &str = "mapped-table";

/// What a user says of a table: whose it is, what its columns hold, how it writes time, money and direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Mapping {
    /// What the user calls it.
    pub name: String,
    /// Whose the table is: a provider id of the directory, or free words.
    pub provider: String,
    /// It is the bill of a credit card: what comes in is money back, not income.
    pub card: bool,
    /// The columns are named by a header row; otherwise by their numbers, counted from 1.
    pub header: bool,
    /// What the columns hold. Those that are not named here are kept in the raw row only.
    pub columns: Vec<MappedColumn>,
    /// How dates are written; told by all dates of the file together where `None`.
    pub dates: Option<DateOrder>,
    /// Which way the money went.
    pub sign: SignMeaning,
    /// What the words of the direction column mean; other words are neutral.
    pub directions: Vec<DirectionWord>,
    /// The sign between whole and part; told by all amounts of the file together where `None`.
    pub decimal: Option<Decimal>,
    /// The currency of an amount that names none, in a file that names none.
    #[ts(type = "string")]
    pub currency: Currency,
    /// Minutes east of Greenwich of the file's wall clock.
    pub offset_minutes: i32,
}

/// A column and what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct MappedColumn {
    /// What it holds.
    pub field: Field,
    /// Its name in the header, or its number.
    pub column: String,
}

/// A word of the direction column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct DirectionWord {
    /// As it stands in the file, in any case.
    pub word: String,
    /// Which way the money went.
    pub direction: Direction,
}

/// What says which way the money went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum SignMeaning {
    /// A minus is out: accounts.
    MinusOut,
    /// A minus is in, everything else out: cards, where what is owed counts up, and lists of payments.
    MinusIn,
    /// One column for what went out and one for what came in.
    TwoColumns,
    /// The words of a column.
    Words,
}

/// Longer texts are no names.
const NAME_CHARS: usize = 60;
/// Longer texts are no column's name.
const COLUMN_CHARS: usize = 200;
/// More columns or words than a table has.
const MOST: usize = 64;
/// A mapping file is far smaller.
const FILE_BYTES: usize = 64 << 10;

/// A mapping as a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingFile {
    /// The version of the shape below.
    recourse_mapping: u32,
    mapping: Mapping,
}

impl Mapping {
    /// Whether it can be used as it stands.
    ///
    /// # Errors
    /// `Invalid`, with a sentence that says what is missing.
    pub fn check(&self) -> Result<()> {
        let is_name = |text: &str, most: usize| {
            !text.trim().is_empty() && text.chars().count() <= most && !text.contains(char::is_control)
        };
        let has = |field: Field| self.columns.iter().filter(|column| column.field == field).count();
        let numbered = |column: &MappedColumn| {
            column
                .column
                .parse()
                .is_ok_and(|number: usize| (1..=crate::table::limits::COLUMNS).contains(&number))
        };
        let amount = match self.sign {
            SignMeaning::TwoColumns => has(Field::AmountOut) == 1 && has(Field::AmountIn) == 1,
            _ => has(Field::Amount) == 1 && has(Field::AmountOut) + has(Field::AmountIn) == 0,
        };
        let words =
            self.sign != SignMeaning::Words || (has(Field::Direction) == 1 && !self.directions.is_empty());
        let wrong = if !is_name(&self.name, NAME_CHARS) {
            "the mapping needs a name of at most 60 characters"
        } else if !is_name(&self.provider, NAME_CHARS) {
            "say whose table it is, in at most 60 characters"
        } else if has(Field::Time) != 1 {
            "exactly one column must hold the date"
        } else if !amount {
            "one column must hold the amount, or one what went out and one what came in"
        } else if !words {
            "direction by words needs the column they stand in and what they mean"
        } else if self.columns.len() > MOST || self.directions.len() > MOST {
            "this has more columns or words than a table"
        } else if self.columns.iter().any(|column| !is_name(&column.column, COLUMN_CHARS)) {
            "a column has no name"
        } else if !self.header && !self.columns.iter().all(numbered) {
            "without a header row, columns are named by their numbers"
        } else if self.directions.iter().any(|word| !is_name(&word.word, COLUMN_CHARS)) {
            "a direction has no word"
        } else if !(-12 * 60..=14 * 60).contains(&self.offset_minutes) {
            "no clock is that far from Greenwich"
        } else {
            return Ok(());
        };
        Err(Error::new(Code::Invalid, wrong))
    }

    /// The text of a file that holds this mapping.
    pub fn to_file(&self) -> String {
        let file = MappingFile { recourse_mapping: 1, mapping: self.clone() };
        serde_json::to_string_pretty(&file).expect("plain values are always JSON")
    }

    /// Reads what [`Mapping::to_file`] wrote.
    ///
    /// # Errors
    /// `Invalid` where it is no mapping, or one of a newer version.
    pub fn from_file(bytes: &[u8]) -> Result<Self> {
        let file: Option<MappingFile> =
            (bytes.len() <= FILE_BYTES).then(|| serde_json::from_slice(bytes).ok()).flatten();
        let refuse = |say| Err(Error::new(Code::Invalid, say));
        match file {
            None => refuse("this file holds no mapping; choose one that was exported from the import page"),
            Some(file) if file.recourse_mapping != 1 => {
                refuse("a newer version wrote this mapping; update the app")
            }
            Some(file) => file.mapping.check().map(|()| file.mapping),
        }
    }

    /// The format that this mapping describes. It lives as long as the process: formats are constants, and a
    /// reading happens in a process of its own that ends with it. `strict`: a table without any of the columns is
    /// of another format, for mappings that the user did not name for this file.
    pub(super) fn statement(&self, strict: bool) -> &'static Statement {
        let order = |field| self.columns.iter().any(|column| column.field == field);
        let mut columns: Vec<Column> = self.columns.iter().map(|column| column.as_format(strict)).collect();
        // A table with one text has one that serves for both, as lists show the party first.
        for (missing, instead) in [(Field::Counterparty, Field::Item), (Field::Item, Field::Counterparty)] {
            let found = self.columns.iter().find(|column| column.field == instead);
            if let Some(found) = found.filter(|_| !order(missing)) {
                let twin = MappedColumn { field: missing, column: found.column.clone() };
                columns.push(twin.as_format(false));
            }
        }
        let directions: Vec<(&'static str, Direction)> =
            self.directions.iter().map(|word| (kept(&word.word), word.direction)).collect();
        Box::leak(Box::new(Statement {
            id: MAPPED,
            provider: kept(&self.provider),
            zh: kept(&self.name),
            en: kept(&self.name),
            trust: Trust::Guess,
            columns: columns.leak(),
            ragged: true,
            dates: match self.dates {
                Some(DateOrder::Ymd) => Dates::YearFirst,
                Some(order) => Dates::As(order),
                None => Dates::Inferred,
            },
            zone: Zone::East(self.offset_minutes * 60),
            signs: match self.sign {
                SignMeaning::MinusOut => Signs::MinusIsOut,
                SignMeaning::MinusIn => Signs::MinusIsIn,
                SignMeaning::TwoColumns => Signs::ByColumn,
                SignMeaning::Words => Signs::None,
            },
            decimals: self.decimal.map_or(Decimals::Inferred, Decimals::As),
            currency: self.currency,
            directions: directions.leak(),
            account: words::ACCOUNT,
            footers: words::FOOTERS,
            kinds: words::kinds(self.card),
            joint: Some("&"),
            meaning: Some(if self.card { words::meaning_on_card } else { words::meaning }),
            ..Statement::PLAIN
        }))
    }
}

impl MappedColumn {
    fn as_format(&self, strict: bool) -> Column {
        let bone = matches!(
            self.field,
            Field::Time
                | Field::TimeOfDay
                | Field::Direction
                | Field::Amount
                | Field::AmountOut
                | Field::AmountIn
                | Field::Currency
        );
        Column { field: self.field, names: vec![kept(&self.column)].leak(), needed: strict || bone }
    }
}

/// The statements of saved mappings that may be tried on a file nobody named a format for: those whose columns
/// have names, each needed. Numbers alone fit any table.
pub(super) fn tried(saved: &[Mapping]) -> Vec<&'static Statement> {
    let named = saved.iter().filter(|mapping| mapping.header && mapping.check().is_ok());
    let mut seen = HashSet::new();
    named
        .filter(|mapping| seen.insert(mapping.name.as_str()))
        .map(|mapping| mapping.statement(true))
        .collect()
}

/// The names of a table's columns where it has no header: their numbers.
pub(super) fn numbers(columns: usize) -> Vec<String> {
    (1..=columns).map(|number| number.to_string()).collect()
}

/// A text of a format: see [`Mapping::statement`].
fn kept(text: &str) -> &'static str {
    Box::leak(text.trim().to_owned().into_boxed_str())
}

#[cfg(test)]
mod tests;
