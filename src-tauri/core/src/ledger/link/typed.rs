//! A typed note and the statement row, imported later, about the same payment.
//!
//! A note is typed during the payment or in the hours after it, with the moment of typing as its time; the
//! statement has the moment of paying. Provider and counterparty may be left out or typed loosely.

use super::likeness::{card_tail, may_mean};
use super::marks::Marks;
use super::{Clue, Found, Rule, Sureness};
use crate::ledger::{Direction, Kind, Transaction};
use crate::money::Money;
use std::collections::{HashMap, HashSet};

/// A note is typed at most so long after the payment (seconds).
const TYPED_WITHIN: i64 = 24 * 3600;
/// A clock may be so much ahead, and a time told in a message so much off.
const SAME_TIME: i64 = 10 * 60;
/// A row with a day and no clock may be posted so many days after the note.
const POSTED_WITHIN: i64 = 3;
/// Rows of one amount that are compared with one note.
const LOOKED_AT: usize = 64;

/// A row that may be the one a note was about.
struct Candidate {
    row: usize,
    /// Seconds from the row to the note; from the middle of the day where the row has no clock.
    apart: i64,
    clues: Clue,
    score: i32,
}

/// Finds them; `from` is the note. A note has one row, a row one note.
pub(super) fn find(rows: &[Transaction], order: &[usize]) -> Vec<Found> {
    let notes: Vec<usize> = order.iter().copied().filter(|&place| rows[place].statement.is_none()).collect();
    if notes.is_empty() {
        return Vec::new();
    }
    let mut of_amount: HashMap<Money, Vec<usize>> =
        notes.iter().map(|&note| (rows[note].amount, vec![])).collect();
    for &place in order {
        let row = &rows[place];
        if row.statement.is_some()
            && let Some(same) = of_amount.get_mut(&row.amount)
        {
            same.push(place);
        }
    }
    let marks = Marks::shipped();
    let mut pairs: Vec<(usize, Candidate, bool)> = Vec::new();
    for &note in &notes {
        let same = &of_amount[&rows[note].amount];
        let begin = same.partition_point(|&place| rows[place].at.timestamp() < earliest(&rows[note]));
        let near =
            same[begin..].iter().take_while(|&&place| rows[place].at.timestamp() <= latest(&rows[note]));
        let fitting: Vec<Candidate> =
            near.take(LOOKED_AT).filter_map(|&place| fit(rows, note, place, marks)).collect();
        let best = fitting.iter().map(|one| one.score).max();
        let rivals = fitting.iter().filter(|one| Some(one.score) == best).count();
        pairs.extend(fitting.into_iter().map(|one| {
            let tie = rivals > 1 && Some(one.score) == best;
            (note, one, tie)
        }));
    }
    take_best(rows, pairs)
}

fn earliest(note: &Transaction) -> i64 {
    note.at.timestamp() - TYPED_WITHIN - 24 * 3600
}

fn latest(note: &Transaction) -> i64 {
    note.at.timestamp() + POSTED_WITHIN * 24 * 3600
}

fn take_best(rows: &[Transaction], mut pairs: Vec<(usize, Candidate, bool)>) -> Vec<Found> {
    pairs.sort_by(|(a_note, a, _), (b_note, b, _)| {
        let order = |one: &Candidate| (-one.score, one.apart.abs());
        let keys = |note: usize, one: &Candidate| (rows[note].key.as_str(), rows[one.row].key.as_str());
        order(a).cmp(&order(b)).then_with(|| keys(*a_note, a).cmp(&keys(*b_note, b)))
    });
    let mut taken: HashSet<usize> = HashSet::new();
    let mut found = Vec::new();
    for (note, one, tie) in pairs {
        if taken.contains(&note) || taken.contains(&one.row) {
            continue;
        }
        // Two rows that fit alike, and nothing that names one of them: the words would stand on a stranger.
        if tie && !one.clues.has(Clue::TIME) {
            continue;
        }
        taken.extend([note, one.row]);
        let has = |clue| one.clues.has(clue);
        let sure = match () {
            () if has(Clue::ORDER) => Sureness::Certain,
            () if tie => Sureness::Possible,
            () if has(Clue::PARTY) && (has(Clue::TIME) || has(Clue::ISSUER)) => Sureness::Certain,
            () if has(Clue::PARTY) || has(Clue::TIME) || has(Clue::TAIL) => Sureness::Likely,
            () => Sureness::Possible,
        };
        found.push(Found { from: note, to: one.row, rule: Rule::TypedNote, clues: one.clues, sure });
    }
    found.sort_unstable_by_key(|link| link.from);
    found
}

fn fit(rows: &[Transaction], note: usize, row: usize, marks: &Marks) -> Option<Candidate> {
    let (note, there) = (&rows[note], &rows[row]);
    if !same_way(note, there) || happened(note.kind) != happened(there.kind) {
        return None;
    }
    let provider = agree(note, there, marks)?;
    let clock = there.at.time() != chrono::NaiveTime::MIN;
    let (apart, on_time, near) = if clock {
        let apart = (note.at - there.at).num_seconds();
        (apart, apart.abs() <= SAME_TIME, (-SAME_TIME..=TYPED_WITHIN).contains(&apart))
    } else {
        let days = (there.at.date_naive() - note.at.date_naive()).num_days();
        (days * 24 * 3600, false, (-1..=POSTED_WITHIN).contains(&days))
    };
    let numbers = [&there.order_no, &there.merchant_order_no];
    let order = !note.order_no.is_empty() && numbers.iter().any(|number| **number == note.order_no);
    let another = !note.order_no.is_empty() && !there.order_no.is_empty() && !order;
    if another || !(near || order) {
        return None;
    }
    let names =
        [there.counterparty.as_str(), there.item.as_str(), there.memo.as_str(), there.category.as_str()];
    let told = !note.counterparty.trim().is_empty();
    let party = told && may_mean(&note.counterparty, &names, marks);
    // Another party at the very minute may be a shop's other name; hours apart it is another payment.
    if told && !party && !on_time && !order {
        return None;
    }
    let tails = (card_tail(&note.method), card_tail(&there.method));
    let tail = matches!(tails, (Some(a), Some(b)) if a == b);
    if matches!(tails, (Some(a), Some(b)) if a != b) {
        return None;
    }
    let same_day = note.at.date_naive() == there.at.date_naive();
    let clues = Clue::AMOUNT
        .also(Clue::ORDER, order)
        .also(Clue::TIME, on_time)
        .also(Clue::DAY, same_day && !on_time)
        .also(Clue::PARTY, party)
        .also(Clue::ISSUER, provider)
        .also(Clue::TAIL, tail);
    let points = [
        (Clue::ORDER, 16),
        (Clue::TIME, 5),
        (Clue::DAY, 1),
        (Clue::PARTY, 6),
        (Clue::TAIL, 4),
        (Clue::ISSUER, 3),
    ];
    let score = points.iter().filter(|(clue, _)| clues.has(*clue)).map(|(_, points)| points).sum();
    Some(Candidate { row, apart, clues, score })
}

/// Money out is not money in; a payment returned in full may stand as neutral.
fn same_way(note: &Transaction, row: &Transaction) -> bool {
    match (note.direction, row.direction) {
        (Direction::Neutral, _) | (_, Direction::Neutral) => true,
        (a, b) => a == b,
    }
}

/// What a note and its row must agree on: a payment that failed is not the one tried again, and money back is
/// not the money paid.
#[derive(PartialEq, Eq)]
enum Happened {
    Paid,
    Returned,
    Nothing,
}

fn happened(kind: Kind) -> Happened {
    match kind {
        Kind::Refund => Happened::Returned,
        Kind::Closed | Kind::Failed => Happened::Nothing,
        _ => Happened::Paid,
    }
}

/// Whether the note's provider is the row's (`true`), or left open (`false`); `None` where it is another.
/// A message from the bank is about the wallet's row where that names the bank, and the other way round.
fn agree(note: &Transaction, row: &Transaction, marks: &Marks) -> Option<bool> {
    if note.provider.is_empty() || row.provider.is_empty() {
        return Some(false);
    }
    if note.provider == row.provider {
        return Some(true);
    }
    let of_note = marks.bit(&note.provider);
    let row_names = marks.named(&row.method).all
        | marks.named(&row.counterparty).all
        | marks.named(&row.item).all
        | marks.named(&row.memo).all;
    let note_names = marks.named(&note.method).all;
    (row_names & of_note != 0 || note_names & marks.bit(&row.provider) != 0).then_some(false)
}

#[cfg(test)]
mod tests;
