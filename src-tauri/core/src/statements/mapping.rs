//! Where the columns of a format stand in one table.

use super::{Column, Field, Statement};
use crate::table::{Row, cell};

/// Where a format's columns stand in this table.
pub(super) struct Mapped {
    pub statement: &'static Statement,
    pub places: [Option<usize>; Field::COUNT],
    /// A row up to here has all that is needed.
    pub last_needed: usize,
    /// A whole row reaches to here.
    pub last: usize,
}

impl Mapped {
    /// Maps the columns of a header; `None` where a needed one is missing.
    pub fn new(statement: &'static Statement, header: &[String]) -> Option<Self> {
        let mut mapped = Self { statement, places: [None; Field::COUNT], last_needed: 0, last: 0 };
        for column in statement.columns {
            let names: Vec<String> = column.names.iter().map(|name| plain_name(name)).collect();
            let place = header.iter().position(|cell| names.contains(cell));
            if let Some(place) = place {
                mapped.places[column.field as usize] = Some(place);
                mapped.last = mapped.last.max(place);
                if column.needed {
                    mapped.last_needed = mapped.last_needed.max(place);
                }
            } else if column.needed {
                return None;
            }
        }
        Some(mapped)
    }

    pub fn columns(&self) -> usize {
        self.places.iter().flatten().count()
    }

    pub fn cell<'r>(&self, row: &'r Row, field: Field) -> &'r str {
        let cell = self.places[field as usize].map_or("", |place| row.cell(place));
        if cell::stands_for_nothing(cell) { "" } else { cell }
    }

    pub fn name(&self, wanted: impl Fn(&Column) -> bool) -> String {
        self.statement.columns.iter().find(|column| wanted(column)).map_or("", |c| c.names[0]).to_owned()
    }

    pub fn name_of(&self, field: Field) -> String {
        self.name(|column| column.field == field)
    }
}

/// A column's name without blanks, with parentheses of one width.
pub(super) fn plain_name(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{feff}')
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            '／' => '/',
            other => other,
        })
        .collect()
}
