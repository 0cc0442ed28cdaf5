//! The latest payments at each payee: what a refund or a closed order is about, where no link names it.

use crate::detect::History;
use crate::detect::texts::Map;
use std::collections::VecDeque;

/// Payments remembered at a payee.
const REMEMBERED: usize = 8;
/// Shorter numbers count, they do not name an order.
const ORDER_LETTERS: usize = 6;

/// The latest payments at each payee, the latest first.
#[derive(Clone, Default)]
pub struct Payments {
    latest: Map<u32, VecDeque<usize>>,
}

impl Payments {
    /// Remembers row `i`, if it can be asked for later.
    pub fn note(&mut self, history: &History<'_>, i: usize) {
        let line = &history.lines[i];
        if line.spent && (!history.row(i).item.trim().is_empty() || order(history, i).is_some()) {
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

    /// The latest payment of the sum and the order of row `i` that went through.
    pub fn of_order(&self, history: &History<'_>, i: usize) -> Option<usize> {
        let number = order(history, i)?;
        let same = |&payment: &usize| {
            history.lines[payment].amount == history.lines[i].amount
                && order(history, payment) == Some(number)
                && history.went_out(payment)
        };
        self.latest.get(&history.lines[i].payee)?.iter().copied().find(same)
    }
}

/// The merchant's number of the order of row `i`.
pub fn order<'a>(history: &History<'a>, i: usize) -> Option<&'a str> {
    let order = history.row(i).merchant_order_no.trim();
    (order.len() >= ORDER_LETTERS).then_some(order)
}
