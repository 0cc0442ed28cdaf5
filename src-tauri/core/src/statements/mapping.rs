//! Where the columns of a format stand in one table.

use super::{Column, Field, MAPPED, Statement};
use crate::money::Currency;
use crate::table::{Row, cell};

/// Where a format's columns stand in this table.
pub(super) struct Mapped {
    pub statement: &'static Statement,
    places: [Option<usize>; Field::COUNT],
    /// Further columns of a field, used where the first is empty.
    further: Vec<(Field, usize)>,
    /// The currency that the amount's column names.
    pub currency: Option<Currency>,
    /// A row up to here has all that is needed.
    pub last_needed: usize,
    /// A whole row reaches to here.
    pub last: usize,
    /// How many columns were found.
    pub found: usize,
    /// How many cells the header has up to the last that is named.
    pub width: usize,
    /// A column that a user's mapping names and the header has twice: which one is meant is not known.
    pub twice: Option<&'static str>,
    /// What the time's column is called in this table.
    time_name: String,
}

/// The columns that a ragged row must reach.
const BONES: [Field; 5] = [Field::Time, Field::Amount, Field::AmountOut, Field::AmountIn, Field::Direction];

impl Mapped {
    /// Maps the columns of a header, given as [`plain_name`]s; `None` where a needed one is missing.
    pub fn new(statement: &'static Statement, header: &[String]) -> Option<Self> {
        if header.len() < statement.narrowest() {
            return None;
        }
        let mut mapped = Self {
            statement,
            places: [None; Field::COUNT],
            further: Vec::new(),
            currency: None,
            last_needed: 0,
            last: 0,
            found: 0,
            width: header.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1),
            twice: None,
            time_name: String::new(),
        };
        for column in statement.columns {
            let found = column.names.iter().find_map(|name| {
                header.iter().enumerate().find_map(|(place, cell)| Some((place, fits(name, cell)?)))
            });
            if statement.id == MAPPED {
                let alike = |cell: &&String| same(plain(column.names[0]), cell);
                let twice = header.iter().filter(alike).count() > 1;
                mapped.twice = mapped.twice.or(twice.then_some(column.names[0]));
            }
            match found {
                Some((place, currency)) => mapped.put(column, place, currency, &header[place]),
                None if column.needed => return None,
                None => {}
            }
        }
        Some(mapped)
    }

    fn put(&mut self, column: &Column, place: usize, currency: Option<Currency>, name: &str) {
        self.found += 1;
        let amount = matches!(column.field, Field::Amount | Field::AmountOut | Field::AmountIn);
        self.currency = self.currency.or(currency).or_else(|| amount.then(|| named_currency(name)).flatten());
        self.last = self.last.max(place);
        let counts = !self.statement.ragged || BONES.contains(&column.field);
        if column.needed && counts && column.field != Field::Unused {
            self.last_needed = self.last_needed.max(place);
        }
        match &mut self.places[column.field as usize] {
            _ if column.field == Field::Unused => {}
            slot @ None => {
                *slot = Some(place);
                if column.field == Field::Time {
                    name.clone_into(&mut self.time_name);
                }
            }
            Some(_) => self.further.push((column.field, place)),
        }
    }

    /// What the time's column is called in this table.
    pub fn time_name(&self) -> &str {
        &self.time_name
    }

    /// Whether the table has a column of this field.
    pub fn has(&self, field: Field) -> bool {
        self.places[field as usize].is_some()
    }

    /// Where the first column of a field stands.
    pub fn place(&self, field: Field) -> Option<usize> {
        self.places[field as usize]
    }

    /// Whether what stands at a place is read.
    pub fn reads(&self, place: usize) -> bool {
        self.places.contains(&Some(place)) || self.further.iter().any(|(_, at)| *at == place)
    }

    /// What stands at a place.
    pub fn field_at(&self, place: usize) -> Option<Field> {
        let at = |column: &&Column| self.places[column.field as usize] == Some(place);
        self.statement.columns.iter().find(at).map(|column| column.field)
    }

    /// The text of a field; empty where the cell holds a sign for nothing.
    pub fn cell<'r>(&self, row: &'r Row, field: Field) -> &'r str {
        let at = |place: usize| {
            let cell = cell::unquoted(row.cell(place));
            if cell::stands_for_nothing(cell) { "" } else { cell }
        };
        let first = self.places[field as usize].map_or("", at);
        if !first.is_empty() || self.further.is_empty() {
            return first;
        }
        let mut further = self.further.iter().filter(|(of, _)| *of == field).map(|(_, place)| at(*place));
        further.find(|cell| !cell.is_empty()).unwrap_or("")
    }

    /// Whether the row repeats the header, as tables do that were printed page by page.
    pub fn is_repeated(&self, row: &Row) -> bool {
        self.places[Field::Time as usize].is_some_and(|place| {
            !row.cell(place).is_empty() && plain(row.cell(place)).eq(self.time_name.chars())
        })
    }

    /// Whether another table of the same format has its columns at the same places.
    pub fn is_like(&self, other: &Self) -> bool {
        self.statement.id == other.statement.id && self.places == other.places
    }

    /// The usual name of the first column that stands at one of the places.
    pub fn name_at(&self, wanted: impl Fn(usize) -> bool) -> String {
        self.name(|column| self.places[column.field as usize].is_some_and(&wanted))
    }

    /// The usual name of a field's column.
    pub fn name_of(&self, field: Field) -> String {
        self.name(|column| column.field == field)
    }

    fn name(&self, wanted: impl Fn(&Column) -> bool) -> String {
        self.statement.columns.iter().find(|column| wanted(column)).map_or("", |c| c.names[0]).to_owned()
    }
}

/// Whether a header cell has this name, and the currency that it names at the `*`.
fn fits(name: &str, cell: &str) -> Option<Option<Currency>> {
    let Some((before, after)) = name.split_once('*') else { return same(plain(name), cell).then_some(None) };
    let (before, after) = (plain_name(before), plain_name(after));
    let lower = cell.to_lowercase();
    let inside = lower.strip_prefix(&before.to_lowercase())?.strip_suffix(&after.to_lowercase())?;
    let inside = &cell[before.len()..before.len() + inside.len()];
    Currency::named(inside, Currency::CNY).map(Some)
}

/// The currency that an amount's column names by its three letters, alone in parentheses or behind the word:
/// `Amount(USD)`, `BetragEUR`. The sign of the yuan there says nothing that the file does not.
fn named_currency(cell: &str) -> Option<Currency> {
    let cell = cell.strip_suffix([')', ']']).unwrap_or(cell);
    let at = cell.len().checked_sub(3)?;
    let (before, code) = (cell.get(..at)?, cell.get(at..)?);
    let apart = before.ends_with(|c: char| !c.is_ascii_uppercase()) && !before.ends_with('/');
    let letters = apart && code.bytes().all(|byte| byte.is_ascii_uppercase());
    letters.then(|| Currency::named(code, Currency::CNY)).flatten()
}

fn same(name: impl Iterator<Item = char>, cell: &str) -> bool {
    name.map(|c| c.to_ascii_lowercase()).eq(cell.chars().map(|c| c.to_ascii_lowercase()))
}

fn plain(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').map(|c| match c {
        '（' => '(',
        '）' => ')',
        '／' => '/',
        other => other,
    })
}

/// A column's name without blanks, with parentheses of one width.
pub(super) fn plain_name(name: &str) -> String {
    plain(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_found_whatever_its_blanks_case_and_parentheses_and_may_name_a_currency() {
        let usd = Currency::parse("USD");
        for (name, cell, found) in [
            ("金额(元)", "金额（元）", Some(None)),
            ("Transaction Date", "transaction date ", Some(None)),
            ("Amount (*)", "Amount (USD)", Some(usd)),
            ("Amount (*)", "amount（usd）", Some(usd)),
            ("Amount (*)", "Amount (net)", None),
            ("Amount", "Amount (USD)", None),
        ] {
            assert_eq!(fits(name, &plain_name(cell)), found, "{name} {cell}");
        }
    }

    #[test]
    fn the_currency_in_the_name_of_an_amounts_column_is_found_and_no_other_word_taken_for_one() {
        for (name, code) in [
            ("Amount (USD)", Some("USD")),
            ("Betrag EUR", Some("EUR")),
            ("金额（HKD）", Some("HKD")),
            ("金额(元)", None),
            ("AMOUNT", None),
            ("Amount", None),
            ("Amount (net)", None),
            ("Amount (VAT)", None),
            ("USD", None),
        ] {
            let found = named_currency(&plain_name(name)).map(|currency| currency.code().to_owned());
            assert_eq!(found.as_deref(), code, "{name}");
        }
    }
}
