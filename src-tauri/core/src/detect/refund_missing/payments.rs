//! The latest payments at each payee: what a refund or a closed order is about, where no link names it.

use crate::detect::History;
use crate::detect::texts::Map;
use crate::detect::topics::Topic;
use crate::ledger::Direction;
use std::collections::VecDeque;

/// Payments remembered at a payee.
const REMEMBERED: usize = 8;
/// A refund that names no payment is of one within these.
const LATELY: i64 = 60 * 86_400;
/// Who tries a closed order again does so within ten minutes.
const TRIED_AGAIN: i64 = 600;
/// Wallets' own numbers are long.
pub const OWN_LETTERS: usize = 10;

/// The latest payments at each payee, the latest first.
#[derive(Clone, Default)]
pub struct Payments {
    latest: Map<u32, VecDeque<usize>>,
    /// Orders closed before they were paid, by the wallet's own number.
    closed: Map<String, usize>,
}

impl Payments {
    /// Remembers row `i`, if it can be asked for later.
    pub fn note(&mut self, history: &History<'_>, i: usize) {
        let line = &history.lines[i];
        if history.sign(i).state.has(Topic::Closed) && !line.spent {
            for number in own_number(history, i).into_iter().chain(history.merchant_order(i)) {
                self.closed.insert(number.to_owned(), i);
            }
        }
        // What was given back before the file was written may stand as no spending.
        let given_back =
            history.sign(i).state.has(Topic::Closed) && history.row(i).direction == Direction::Out;
        if (line.spent || given_back)
            && (!history.row(i).item.trim().is_empty() || history.merchant_order(i).is_some())
        {
            let here = self.latest.entry(line.payee).or_default();
            here.truncate(REMEMBERED - 1);
            here.push_front(i);
        }
    }

    /// The latest payment whose item the item of row `i` names, of at least its sum.
    pub fn of_item(&self, history: &History<'_>, i: usize) -> Option<usize> {
        let item = &history.row(i).item;
        let names = |&payment: &usize| {
            let paid = history.row(payment).item.trim();
            !paid.is_empty()
                && item.contains(paid)
                && history.lines[payment].amount >= history.lines[i].amount
        };
        self.latest.get(&history.lines[i].payee)?.iter().copied().find(names)
    }

    /// The latest payment at the payee of row `i`, paid the same way, of more than its sum.
    pub fn of_party(&self, history: &History<'_>, i: usize) -> Option<usize> {
        let here = self.latest.get(&history.lines[i].payee)?;
        if here.iter().any(|&payment| history.lines[payment].amount == history.lines[i].amount) {
            return None;
        }
        let method = history.row(i).method.trim();
        let more = |&payment: &usize| {
            (matches!(method, "" | "/") || history.row(payment).method == method)
                && history.lines[payment].amount > history.lines[i].amount
                && history.lines[i].at - history.lines[payment].at <= LATELY
        };
        here.iter().copied().find(more)
    }

    /// The row that closed the order, of the same sum, that row `i` pays. A shop's own number may be tried again at once.
    pub fn closed_before(&self, history: &History<'_>, i: usize) -> Option<usize> {
        if self.closed.is_empty() {
            return None;
        }
        let line = &history.lines[i];
        let tried = |closed: &usize| line.at - history.lines[*closed].at < TRIED_AGAIN;
        let own = own_number(history, i).and_then(|number| self.closed.get(number));
        let shop = || {
            history
                .merchant_order(i)
                .and_then(|number| self.closed.get(number))
                .filter(|&closed| !tried(closed))
        };
        let &closed = own.or_else(shop)?;
        let closing = &history.lines[closed];
        (closing.payee == line.payee && closing.amount == line.amount).then_some(closed)
    }

    /// The latest payment of the sum and the order of row `i` that went through.
    pub fn of_order(&self, history: &History<'_>, i: usize) -> Option<usize> {
        let number = history.merchant_order(i)?;
        let same = |&payment: &usize| {
            history.lines[payment].amount == history.lines[i].amount
                && history.merchant_order(payment) == Some(number)
                && history.went_out(payment)
        };
        self.latest.get(&history.lines[i].payee)?.iter().copied().find(same)
    }

    /// The latest payment of the sum and the item of row `i`, where no number tells the orders apart.
    pub fn of_sum(&self, history: &History<'_>, i: usize) -> Option<usize> {
        let line = &history.lines[i];
        let same = |&payment: &usize| {
            let paid = &history.lines[payment];
            paid.amount == line.amount
                && line.at - paid.at <= MONTH
                && history.sign(payment).item == history.sign(i).item
                && history.merchant_order(payment).is_none()
                && history.went_out(payment)
        };
        let alone = history.merchant_order(i).is_none() && !history.row(i).item.trim().is_empty();
        self.latest.get(&line.payee).filter(|_| alone)?.iter().copied().find(same)
    }
}

/// What was bought goes back within a month.
const MONTH: i64 = 30 * 86_400;

/// The wallet's own number of row `i`: a second try at paying gets another one.
fn own_number<'a>(history: &History<'a>, i: usize) -> Option<&'a str> {
    Some(history.row(i).order_no.trim()).filter(|number| number.len() >= OWN_LETTERS)
}
