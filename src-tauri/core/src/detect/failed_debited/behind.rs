//! The row of the account behind a wallet that shows the money of a failed try leaving.
//!
//! It may stand before or after the try: two clocks differ, and many banks write the day alone. What paid for another
//! payment of the wallet, as the links tell, paid for that one; and what came back is settled.

use crate::detect::History;
use crate::detect::habit::Recent;
use crate::detect::history::day_alone;
use crate::detect::texts::Map;
use crate::ledger::{Direction, Kind, Transaction};
use std::collections::{HashSet, VecDeque};

/// The account behind a wallet shows what it paid within so many seconds, before or after.
const WINDOW: i64 = 10 * 60;
/// Where it writes the day alone, on that day or so many days after.
const POSTED_WITHIN: i32 = 2;
/// Money comes back by itself within so many seconds, or not at all.
const RETURNED_WITHIN: i64 = 60 * 86_400;
/// Rows of one day and sum that are remembered.
const REMEMBERED: usize = 4;

/// A failed try and the row that shows its money leaving.
#[derive(Clone, Copy)]
struct Pair {
    attempt: usize,
    debit: usize,
}

/// What moved money lately, and which tries wait for a row behind them.
#[derive(Clone, Default)]
pub struct Behind {
    /// Rows that moved money within the window, the latest last.
    moved: VecDeque<usize>,
    /// Rows without a time of day that may still be what shows a try, and the latest by their sum.
    dated: VecDeque<usize>,
    of_day: Map<i64, Recent<REMEMBERED>>,
    /// The latest tries of each sum behind which nothing was found.
    waiting: Map<i64, Recent<REMEMBERED>>,
    /// What was told last of each sum.
    told: Map<i64, Pair>,
    /// Tries that were told about.
    shown: HashSet<usize>,
    settled: HashSet<usize>,
}

impl Behind {
    /// Forgets what is too long ago for row `i`.
    pub fn step(&mut self, history: &History<'_>, i: usize) {
        let now = history.lines[i].at;
        while self.moved.front().is_some_and(|&old| now - history.lines[old].at > WINDOW) {
            self.moved.pop_front();
        }
        let today = history.sign(i).day;
        while let Some(&old) = self.dated.front()
            && today - history.sign(old).day > POSTED_WITHIN
        {
            self.dated.pop_front();
            let sum = history.lines[old].amount;
            if self.of_day.get(&sum).is_some_and(|rows| rows.last() == Some(place(old))) {
                self.of_day.remove(&sum);
            }
        }
    }

    /// Row `i` moved money: the try that it shows to have been paid, if one waits for it.
    pub fn moved(&mut self, history: &History<'_>, i: usize) -> Option<usize> {
        let line = &history.lines[i];
        if day_alone(history.row(i).at) {
            self.of_day.entry(line.amount).or_default().push(place(i));
            self.dated.push_back(i);
        }
        self.moved.push_back(i);
        self.settle(history, i);
        let attempts =
            self.waiting.get(&line.amount).filter(|_| history.row(i).direction == Direction::Out)?;
        let mut latest = attempts.values().iter().filter_map(|&attempt| usize::try_from(attempt).ok());
        let attempt =
            latest.find(|&attempt| !self.shown.contains(&attempt) && self.shows(history, attempt, i))?;
        self.tell(history, attempt, i);
        history.returns(attempt, i).is_empty().then_some(attempt)
    }

    /// The row before failed try `i` that shows its money leaving.
    pub fn of(&mut self, history: &History<'_>, i: usize) -> Option<usize> {
        let amount = history.lines[i].amount;
        let equal = self.moved.iter().rev().copied().filter(|&other| history.lines[other].amount == amount);
        let of_day = self.of_day.get(&amount).map_or(&[][..], Recent::values);
        let of_day = of_day.iter().filter_map(|&row| usize::try_from(row).ok());
        let debit = equal.chain(of_day).find(|&other| self.shows(history, i, other))?;
        self.tell(history, i, debit);
        Some(debit)
    }

    /// Failed try `i` waits for a row that shows its money leaving.
    pub fn wait(&mut self, history: &History<'_>, i: usize) {
        self.waiting.entry(history.lines[i].amount).or_default().push(place(i));
    }

    /// Whether the money of failed try `i` came back since, or paid for another one.
    pub fn is_settled(&self, i: usize) -> bool {
        self.settled.contains(&i)
    }

    fn tell(&mut self, history: &History<'_>, attempt: usize, debit: usize) {
        self.shown.insert(attempt);
        self.told.insert(history.lines[attempt].amount, Pair { attempt, debit });
    }

    /// Row `i` may settle what was told of its sum.
    fn settle(&mut self, history: &History<'_>, i: usize) {
        let line = &history.lines[i];
        let Some(&Pair { attempt, debit }) = self.told.get(&line.amount) else { return };
        let since = line.at - history.lines[attempt].at.min(history.lines[debit].at);
        let back = since <= RETURNED_WITHIN && comes_back(history, attempt, debit, i);
        let retried = since <= WINDOW && retries(history, attempt, debit, i);
        if back || retried {
            self.settled.insert(attempt);
        }
    }

    /// Whether row `debit` shows the money of try `attempt` leaving, and nothing so far that it came back or paid for
    /// another try.
    fn shows(&self, history: &History<'_>, attempt: usize, debit: usize) -> bool {
        if history.lines[debit].wallet == history.lines[attempt].wallet
            || history.row(debit).direction != Direction::Out
            || !is_near(history, attempt, debit)
            || !is_of(history, attempt, debit)
            || pays_another(history, attempt, debit)
        {
            return false;
        }
        let (amount, wallet) = (history.lines[debit].amount, history.lines[debit].wallet);
        let of_day = self.of_day.get(&amount).map_or(&[][..], Recent::values);
        let of_day = of_day.iter().filter_map(|&row| usize::try_from(row).ok());
        let near = self.moved.iter().copied().chain(of_day);
        let mut equal = near.filter(|&row| history.lines[row].amount == amount);
        let came_back = |row: usize| {
            history.lines[row].wallet == wallet
                && history.row(row).direction == Direction::In
                && is_near(history, debit, row)
                && (row > debit || day_alone(history.row(row).at))
        };
        !equal.any(|row| came_back(row) || retries(history, attempt, debit, row))
    }
}

/// Rows are counted far below what a number holds.
fn place(i: usize) -> i64 {
    i64::try_from(i).unwrap_or(i64::MAX)
}

/// Whether the clocks of both, or the days where one has no clock, allow that `later` belongs to `row`.
fn is_near(history: &History<'_>, row: usize, later: usize) -> bool {
    if day_alone(history.row(row).at) || day_alone(history.row(later).at) {
        let days = history.sign(later).day - history.sign(row).day;
        return (0..=POSTED_WITHIN).contains(&days);
    }
    (history.lines[later].at - history.lines[row].at).abs() <= WINDOW
}

/// Whether the row of an account names the card or the party of a try.
fn is_of(history: &History<'_>, attempt: usize, debit: usize) -> bool {
    let (row, account) = (history.row(attempt), history.row(debit));
    let (card, other) = (tail(&row.method), tail(&account.method));
    let party = row.counterparty.trim();
    let named = party.chars().count() > 1 && names(account, party);
    match (card, other) {
        (Some(card), Some(other)) => card == other,
        _ => named,
    }
}

/// Whether the row of an account names a party: banks may give the wallet's company as theirs, and the shop beside it.
fn names(account: &Transaction, party: &str) -> bool {
    [&account.counterparty, &account.item, &account.memo].iter().any(|text| text.contains(party))
}

/// Whether the links say that `debit` is the other side of another row.
fn pays_another(history: &History<'_>, attempt: usize, debit: usize) -> bool {
    let (own, tried) = (history.lines[debit].wallet, history.row(attempt).id);
    // A row that is to come is known with hindsight alone.
    let another = |id| match history.place(id) {
        Some(row) => history.lines[row].wallet != own,
        None => history.hindsight,
    };
    history.row(debit).linked.iter().any(|&id| id != tried && another(id))
}

/// Whether row `i` gives back what `debit` took for try `attempt`.
fn comes_back(history: &History<'_>, attempt: usize, debit: usize, i: usize) -> bool {
    let (row, line) = (history.row(i), &history.lines[i]);
    let of = |other: usize| history.lines[other].wallet == line.wallet;
    let same = |other: usize| history.lines[other].payee == line.payee;
    let party = history.row(attempt).counterparty.trim();
    let named = party.chars().count() > 1 && names(row, party);
    row.direction == Direction::In
        && (of(attempt) || of(debit))
        && (line.kind == Kind::Refund || named || same(attempt) || same(debit))
}

/// Whether row `i` is a try that succeeded and for which, as far as links tell, `debit` may have paid.
fn retries(history: &History<'_>, attempt: usize, debit: usize, i: usize) -> bool {
    let (row, line) = (history.row(i), &history.lines[i]);
    line.wallet == history.lines[attempt].wallet
        && line.payee == history.lines[attempt].payee
        && row.direction == Direction::Out
        && (!history.hindsight || row.linked.is_empty() || row.linked.contains(&history.row(debit).id))
}

/// The last four digits of the card that a way of paying names.
fn tail(method: &str) -> Option<&str> {
    let start = method
        .rfind(|c: char| !c.is_ascii_digit() && !matches!(c, ')' | '）'))
        .map_or(0, |at| at + method[at..].chars().next().map_or(0, char::len_utf8));
    let digits = method[start..].trim_end_matches([')', '）']);
    (digits.len() == 4).then_some(digits)
}
