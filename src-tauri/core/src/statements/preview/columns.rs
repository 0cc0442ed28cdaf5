//! What each column holds: by its name where its cells agree, else by its cells.

use super::{ColumnGuess, PreviewRow, Why, is_amount, is_date, minor, names};
use crate::statements::Field;
use crate::table::cell::{self, Decimal};
use std::collections::HashSet;

/// The columns of a sample with what they seem to hold.
pub(super) struct Columns {
    guesses: Vec<ColumnGuess>,
    shapes: Vec<Shape>,
}

/// What the cells of one column look like. Counts of the filled ones.
#[derive(Debug, Default, Clone)]
struct Shape {
    filled: usize,
    dates: usize,
    times: usize,
    amounts: usize,
    /// With a decimal sign or a minus: no number of something.
    money: usize,
    chars: usize,
    words: HashSet<String>,
}

impl Shape {
    fn mostly(&self, count: usize) -> bool {
        self.filled > 0 && count * 10 >= self.filled * 7
    }

    fn half(&self, count: usize) -> bool {
        count * 2 >= self.filled
    }

    /// Whether the cells allow what the column's name says: half of them must fit, the rest may be broken or stand
    /// below the table.
    fn suits(&self, field: Field) -> bool {
        match field {
            // An empty column says nothing against its name.
            _ if self.filled == 0 => true,
            Field::Time => self.half(self.dates),
            Field::TimeOfDay => self.half(self.times),
            Field::Amount
            | Field::AmountOut
            | Field::AmountIn
            | Field::Balance
            | Field::Fee
            | Field::Refunded => self.half(self.amounts),
            Field::Direction => self.words.len() <= 8 && self.amounts == 0,
            _ => self.dates == 0 || !self.mostly(self.dates),
        }
    }
}

impl Columns {
    /// Guesses what the columns of a table hold; `header`: their names.
    pub fn guess(header: Option<&[String]>, body: &[&PreviewRow], width: usize) -> Self {
        let width = header.map_or(width, |names| names.len().max(width));
        let shapes: Vec<Shape> = (0..width).map(|place| shape(body, place)).collect();
        let name = |place: usize| match header {
            None => (place + 1).to_string(),
            Some(names) => {
                let name = names.get(place).map_or("", String::as_str);
                let twice = names.iter().filter(|other| other.as_str() == name).count() > 1;
                if twice { String::new() } else { name.to_owned() }
            }
        };
        let unknown = |place| ColumnGuess { column: name(place), field: None, why: Why::Nothing };
        let mut columns = Self { guesses: (0..width).map(unknown).collect(), shapes };
        if header.is_some() {
            columns.by_name();
        }
        columns.by_dates();
        columns.by_amounts(body);
        columns.by_texts();
        columns
    }

    /// Where the column of a field stands.
    pub fn place(&self, field: Field) -> Option<usize> {
        self.guesses.iter().position(|guess| guess.field == Some(field))
    }

    /// The different words of a column, where they are few.
    pub fn words(&self, place: usize) -> Vec<String> {
        let mut words: Vec<String> = self.shapes[place].words.iter().cloned().collect();
        words.sort();
        words
    }

    /// The guesses, from the left.
    pub fn into_columns(self) -> Vec<ColumnGuess> {
        self.guesses
    }

    fn put(&mut self, place: usize, field: Field, why: Why) {
        self.guesses[place].field = Some(field);
        self.guesses[place].why = why;
    }

    /// Each field goes to the column whose name says it most exactly, of two the left one.
    fn by_name(&mut self) {
        let said: Vec<Option<(Field, usize)>> =
            self.guesses.iter().map(|guess| names::field(&guess.column)).collect();
        let mut order: Vec<usize> = (0..said.len()).filter(|place| said[*place].is_some()).collect();
        order.sort_by_key(|place| std::cmp::Reverse(said[*place].map(|(_, exact)| exact)));
        for place in order {
            let Some((field, _)) = said[place] else { continue };
            let field = match field {
                // 交易日期 and 交易时间 side by side: the second holds the time of day.
                Field::Time if self.shapes[place].mostly(self.shapes[place].times) => Field::TimeOfDay,
                other => other,
            };
            if self.place(field).is_none() && self.shapes[place].suits(field) {
                self.put(place, field, Why::Name);
            }
        }
        // One of two columns alone is the amount.
        for (one, other) in [(Field::AmountOut, Field::AmountIn), (Field::AmountIn, Field::AmountOut)] {
            if let (Some(place), None) = (self.place(one), self.place(other)) {
                let field =
                    (self.place(Field::Amount).is_none() && one == Field::AmountOut).then_some(Field::Amount);
                self.guesses[place].field = field;
            }
        }
        if self.place(Field::AmountOut).is_some()
            && let Some(place) = self.place(Field::Amount)
        {
            self.guesses[place].field = None;
        }
    }

    fn by_dates(&mut self) {
        let free = |columns: &Self, place: &usize| columns.guesses[*place].field.is_none();
        if self.place(Field::Time).is_none() {
            let dates =
                (0..self.shapes.len()).filter(|place| self.shapes[*place].mostly(self.shapes[*place].dates));
            if let Some(place) = dates.filter(|place| free(self, place)).reduce(|best, next| {
                if self.shapes[next].dates > self.shapes[best].dates { next } else { best }
            }) {
                self.put(place, Field::Time, Why::Dates);
            }
        }
        if self.place(Field::TimeOfDay).is_none() {
            let times = |place: &usize| self.shapes[*place].mostly(self.shapes[*place].times);
            if let Some(place) = (0..self.shapes.len()).filter(times).find(|place| free(self, place)) {
                self.put(place, Field::TimeOfDay, Why::Dates);
            }
        }
    }

    fn by_amounts(&mut self, body: &[&PreviewRow]) {
        if self.place(Field::Amount).is_some() || self.place(Field::AmountOut).is_some() {
            return;
        }
        let is_money = |place: &usize| {
            let shape = &self.shapes[*place];
            self.guesses[*place].field.is_none() && shape.mostly(shape.amounts) && !shape.mostly(shape.dates)
        };
        let mut places: Vec<usize> = (0..self.shapes.len()).filter(is_money).collect();
        if places.iter().any(|place| self.shapes[*place].money > 0) {
            places.retain(|place| self.shapes[*place].money > 0);
        }
        let halves = |one: usize, other: usize| {
            let filled = |row: &PreviewRow, place: usize| {
                row.cells
                    .get(place)
                    .and_then(|cell| minor(cell, Decimal::Point))
                    .is_some_and(|minor| minor != 0)
            };
            let fits = body.iter().filter(|row| filled(row, one) != filled(row, other)).count();
            fits * 10 >= body.len() * 9 && self.shapes[one].filled > 0 && self.shapes[other].filled > 0
        };
        let pair = places.windows(2).find(|pair| halves(pair[0], pair[1])).map(|pair| (pair[0], pair[1]));
        let amount = match pair {
            Some((out, into)) => {
                self.put(out, Field::AmountOut, Why::Halves);
                self.put(into, Field::AmountIn, Why::Halves);
                out
            }
            None => {
                let Some(&place) = places.first() else { return };
                self.put(place, Field::Amount, Why::Amounts);
                place
            }
        };
        // A column of money behind the amounts that is filled in every row is mostly what was left.
        let rest =
            places.iter().rev().find(|place| **place > amount && self.guesses[**place].field.is_none());
        if let Some(&place) = rest.filter(|_| self.place(Field::Balance).is_none()) {
            self.put(place, Field::Balance, Why::Amounts);
        }
    }

    fn by_texts(&mut self) {
        if self.place(Field::Item).is_some() || self.place(Field::Counterparty).is_some() {
            return;
        }
        let is_text = |place: &usize| {
            let shape = &self.shapes[*place];
            self.guesses[*place].field.is_none()
                && shape.filled > 0
                && !shape.mostly(shape.amounts)
                && !shape.mostly(shape.dates)
        };
        let mean = |place: usize| self.shapes[place].chars / self.shapes[place].filled.max(1);
        let longest = (0..self.shapes.len())
            .filter(is_text)
            .reduce(|best, next| if mean(next) > mean(best) { next } else { best });
        if let Some(place) = longest.filter(|place| mean(*place) >= 2) {
            self.put(place, Field::Item, Why::Text);
        }
    }
}

fn shape(body: &[&PreviewRow], place: usize) -> Shape {
    let mut shape = Shape::default();
    for cell in body.iter().filter_map(|row| row.cells.get(place)) {
        if cell::stands_for_nothing(cell) {
            continue;
        }
        shape.filled += 1;
        shape.dates += usize::from(is_date(cell));
        shape.times += usize::from(cell.contains(':') && cell::time_of_day(cell).is_some());
        let is_amount = is_amount(cell);
        shape.amounts += usize::from(is_amount);
        shape.money += usize::from(is_amount && cell.contains(['.', ',', '-']));
        shape.chars += cell.chars().count();
        if shape.words.len() <= 12 {
            shape.words.insert(cell.clone());
        }
    }
    shape
}
