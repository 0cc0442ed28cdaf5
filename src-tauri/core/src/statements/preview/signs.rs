//! Which way the money went: by words, by two columns, or by what the balance does when an amount comes.

use super::columns::Columns;
use super::{DirectionWord, Field, PreviewRow, SignMeaning, minor};
use crate::ledger::Direction;
use crate::table::cell::Decimal;

/// A guess of what the signs mean.
pub(super) struct SignGuess {
    pub meaning: SignMeaning,
    pub words: Vec<DirectionWord>,
    /// The file tells; otherwise it is the likelier of two.
    pub told: bool,
}

const OUT: &[&str] = &[
    "支出",
    "支",
    "借",
    "借方",
    "付",
    "付款",
    "出",
    "转出",
    "出账",
    "消费",
    "debit",
    "dr",
    "d",
    "out",
    "expense",
    "withdrawal",
    "paid",
    "sent",
    "dbit",
    "db",
    "-",
    "借 dr",
    "soll",
    "s",
];
const IN: &[&str] = &[
    "收入", "收", "贷", "贷方", "收款", "入", "转入", "入账", "退款", "credit", "cr", "c", "in", "income",
    "deposit", "received", "crdt", "+", "贷 cr", "haben", "h",
];

/// Guesses from the columns found.
pub(super) fn guess(columns: &Columns, body: &[&PreviewRow]) -> SignGuess {
    let of = |meaning, told| SignGuess { meaning, words: vec![], told };
    if columns.place(Field::AmountOut).is_some() {
        return of(SignMeaning::TwoColumns, true);
    }
    if let Some(place) = columns.place(Field::Direction) {
        let words: Vec<DirectionWord> = columns.words(place).into_iter().map(word).collect();
        let told = words.iter().any(|word| word.direction != Direction::Neutral);
        if told {
            return SignGuess { meaning: SignMeaning::Words, words, told };
        }
    }
    let Some(amount) = columns.place(Field::Amount) else { return of(SignMeaning::MinusOut, false) };
    if let Some(balance) = columns.place(Field::Balance)
        && let Some(meaning) = by_balance(body, amount, balance)
    {
        return of(meaning, true);
    }
    let signed = |wanted: fn(i64) -> bool| {
        let amounts = body.iter().filter_map(|row| row.cells.get(amount)).filter_map(|cell| read(cell));
        amounts.filter(|minor| wanted(*minor)).count()
    };
    let (minus, plus) = (signed(|minor| minor < 0), signed(|minor| minor > 0));
    // People pay more often than they are paid.
    of(if minus >= plus && minus > 0 { SignMeaning::MinusOut } else { SignMeaning::MinusIn }, false)
}

fn word(word: String) -> DirectionWord {
    let lower = word.to_lowercase();
    let direction = if OUT.contains(&lower.as_str()) {
        Direction::Out
    } else if IN.contains(&lower.as_str()) {
        Direction::In
    } else {
        Direction::Neutral
    };
    DirectionWord { word, direction }
}

fn read(cell: &str) -> Option<i64> {
    let of = |decimal| minor(cell, decimal);
    // A decimal comma where it is one: the point's reading refuses it.
    of(Decimal::Point).or_else(|| of(Decimal::Comma))
}

/// An amount and the balance beside it.
type Step = (i64, i64);

/// What the balance proves, whichever end of the file is the newer: with a plus it grows, or it shrinks.
fn by_balance(body: &[&PreviewRow], amount: usize, balance: usize) -> Option<SignMeaning> {
    let of = |row: &PreviewRow, place: usize| row.cells.get(place).and_then(|cell| read(cell));
    let rows: Vec<Step> = body.iter().filter_map(|row| Some((of(row, amount)?, of(row, balance)?))).collect();
    let count = |fits: &dyn Fn(&[Step]) -> bool| rows.windows(2).filter(|pair| fits(pair)).count();
    let steps = |pair: &[Step], sign: i64| {
        let ((first, before), (second, after)) = (pair[0], pair[1]);
        before.checked_add(sign * second) == Some(after) || after.checked_add(sign * first) == Some(before)
    };
    let grows = count(&|pair| steps(pair, 1));
    let shrinks = count(&|pair| steps(pair, -1));
    let most = grows.max(shrinks);
    let clear = most >= 2 && most * 10 >= rows.len().saturating_sub(1) * 7 && grows != shrinks;
    clear.then_some(if grows > shrinks { SignMeaning::MinusOut } else { SignMeaning::MinusIn })
}
