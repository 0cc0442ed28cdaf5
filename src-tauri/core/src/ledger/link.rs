//! Which refund gives money back for which payment.
//!
//! Wallets write a refund as a row of its own; some name the payment, some do not. The rules below are
//! tried in order of certainty, each over the whole ledger before the next, so that a guess never takes
//! a payment that an order number claims. The work grows with the rows, not with their square.
//!
//! One payment seen in a wallet and in a bank statement is another question ([`Transaction::linked`]);
//! it has no rule yet because no bank statement is read, and this module is where it belongs.

use super::{Direction, Kind, Transaction};
use crate::money::Money;
use chrono::TimeDelta;
use std::collections::HashMap;

/// How a refund was recognised, the most certain first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// The refund's order number is the payment's with `_` and digits behind it.
    OrderSuffix,
    /// The refund's order number is the payment's merchant order number (between persons).
    PersonToPerson,
    /// The refund carries the payment's own order number.
    SameOrder,
    /// Both carry the same merchant order number.
    SameMerchantOrder,
    /// Same party, and the payment's status names exactly this amount as returned.
    StatedAmount,
    /// Same party, same method, the whole amount, later.
    PartyMethodAmount,
    /// Same party, the whole amount, later; the money went back another way.
    PartyAmount,
}

/// One refund and the payment it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Index of the refund row in the slice.
    pub refund: usize,
    /// Index of the payment in the slice.
    pub payment: usize,
    /// Why they belong together.
    pub rule: Rule,
}

/// A refund without an order number is looked for at most this long after its payment: shops take
/// returns for weeks, warranties for months; beyond a year an equal amount is chance.
const LONGEST_WAIT: TimeDelta = TimeDelta::days(366);

/// Fills `refund_of` of the refunds and `refunded` of the payments, and says which rule held.
///
/// Rows come in with the `refunded` they state themselves (status text, refund column), as they are stored;
/// what was linked before is forgotten and found anew. A stated amount is kept where the refund rows add up
/// to less, and is never added to them; never more is refunded than was paid.
pub fn link(transactions: &mut [Transaction]) -> Vec<Link> {
    let links = Linking::new(transactions).links();
    for row in transactions.iter_mut() {
        row.refund_of = None;
    }
    let mut returned: HashMap<usize, i64> = HashMap::new();
    for link in &links {
        let refund = &transactions[link.refund];
        if refund.amount.currency == transactions[link.payment].amount.currency {
            let sum = returned.entry(link.payment).or_default();
            *sum = sum.saturating_add(refund.amount.minor);
        }
        transactions[link.refund].refund_of = Some(transactions[link.payment].id);
    }
    for (payment, sum) in returned {
        let row = &mut transactions[payment];
        let most = row.refunded.minor.max(sum).min(row.amount.minor);
        row.refunded = Money::new(most, row.amount.currency);
    }
    links
}

/// The state of one linking: what is still unlinked, and how much of each payment may still come back.
struct Linking<'a> {
    rows: &'a [Transaction],
    /// Indices in time order.
    in_time: Vec<usize>,
    /// Refunds not linked yet, in time order.
    open: Vec<usize>,
    /// What rows already linked gave back, by payment.
    returned: HashMap<usize, i64>,
    links: Vec<Link>,
}

impl<'a> Linking<'a> {
    fn new(rows: &'a [Transaction]) -> Self {
        let mut in_time: Vec<usize> = (0..rows.len()).collect();
        if !rows.is_sorted_by_key(|row| row.at) {
            in_time.sort_by_key(|&i| rows[i].at);
        }
        let open = in_time.iter().copied().filter(|&i| rows[i].kind == Kind::Refund).collect();
        Self { rows, in_time, open, returned: HashMap::new(), links: Vec::new() }
    }

    fn links(mut self) -> Vec<Link> {
        let by_order = |row: &'a Transaction| row.order_no.as_str();
        let by_merchant = |row: &'a Transaction| row.merchant_order_no.as_str();
        self.by_number(Rule::OrderSuffix, |refund| suffixed(&refund.order_no).unwrap_or(""), by_order);
        self.by_number(Rule::PersonToPerson, by_order, by_merchant);
        self.by_number(Rule::SameOrder, by_order, by_order);
        self.by_number(Rule::SameMerchantOrder, by_merchant, by_merchant);
        self.by_party(Rule::StatedAmount);
        self.by_party(Rule::PartyMethodAmount);
        self.by_party(Rule::PartyAmount);
        self.links.sort_by_key(|link| link.refund);
        self.links
    }

    /// Links refunds whose number `wanted` is the `named` number of a payment of the same provider.
    fn by_number(
        &mut self,
        rule: Rule,
        wanted: impl Fn(&'a Transaction) -> &'a str,
        named: impl Fn(&'a Transaction) -> &'a str,
    ) {
        let rows = self.rows;
        let mut candidates: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
        for &refund in &self.open {
            let number = wanted(&rows[refund]);
            if !number.is_empty() {
                candidates.entry((&rows[refund].provider, number)).or_default();
            }
        }
        if candidates.is_empty() {
            return;
        }
        for &i in &self.in_time {
            let number = named(&rows[i]);
            if !number.is_empty()
                && gives_money(&rows[i])
                && let Some(payments) = candidates.get_mut(&(rows[i].provider.as_str(), number))
            {
                payments.push(i);
            }
        }
        let open = std::mem::take(&mut self.open);
        for refund in open {
            let key = (rows[refund].provider.as_str(), wanted(&rows[refund]));
            let payments = candidates.get_mut(&key).map_or(&mut [][..], |found| found.as_mut_slice());
            match self.best(refund, payments) {
                Some(payment) => self.take(refund, payment, rule),
                None => self.open.push(refund),
            }
        }
    }

    /// Of payments that share a number: the first with this much left, else the first at all. A
    /// number is shared by a handful of rows; a forged file that gives all rows one number is read
    /// no further than a few.
    fn best(&self, refund: usize, payments: &[usize]) -> Option<usize> {
        const LOOKED_AT: usize = 16;
        let amount = self.rows[refund].amount.minor;
        let few = &payments[..payments.len().min(LOOKED_AT)];
        let fits = |&&payment: &&usize| {
            payment != refund && self.left(payment) >= amount && self.rows[payment].at <= self.rows[refund].at
        };
        few.iter().find(fits).or_else(|| few.iter().find(|&&payment| payment != refund)).copied()
    }

    /// Links refunds that name no payment, one walk through time: payments wait in a stack under what a
    /// refund would have to say, and a refund takes the latest.
    fn by_party(&mut self, rule: Rule) {
        if self.open.is_empty() {
            return;
        }
        let rows = self.rows;
        let open: std::collections::HashSet<usize> = self.open.drain(..).collect();
        let mut waiting: HashMap<(&str, &str, &str, i64), Vec<usize>> = HashMap::new();
        for place in 0..self.in_time.len() {
            let i = self.in_time[place];
            let row = &rows[i];
            let method = if rule == Rule::PartyMethodAmount { row.method.as_str() } else { "" };
            let party = row.counterparty.as_str();
            let key = |amount| (row.provider.as_str(), party, method, amount);
            if party.is_empty() {
                if open.contains(&i) {
                    self.open.push(i);
                }
            } else if open.contains(&i) {
                let stack = waiting.entry(key(row.amount.minor)).or_default();
                while stack.last().is_some_and(|&payment| !self.may_return(payment, i)) {
                    stack.pop();
                }
                match stack.pop().filter(|&payment| row.at - rows[payment].at <= LONGEST_WAIT) {
                    Some(payment) => self.take(i, payment, rule),
                    None => self.open.push(i),
                }
            } else if gives_money(row) && row.kind != Kind::Closed {
                // A stated amount that a numbered refund already explains waits for no other.
                let stated = row.refunded.minor - self.returned.get(&i).copied().unwrap_or(0);
                let sought = if rule == Rule::StatedAmount { stated } else { row.amount.minor };
                if sought > 0 {
                    waiting.entry(key(sought)).or_default().push(i);
                }
            }
        }
    }

    fn may_return(&self, payment: usize, refund: usize) -> bool {
        let same_currency = self.rows[payment].amount.currency == self.rows[refund].amount.currency;
        same_currency && self.left(payment) >= self.rows[refund].amount.minor
    }

    fn left(&self, payment: usize) -> i64 {
        self.rows[payment].amount.minor - self.returned.get(&payment).copied().unwrap_or(0)
    }

    fn take(&mut self, refund: usize, payment: usize, rule: Rule) {
        let sum = self.returned.entry(payment).or_default();
        *sum = sum.saturating_add(self.rows[refund].amount.minor);
        self.links.push(Link { refund, payment, rule });
    }
}

/// The order number before `_` and digits.
fn suffixed(order_no: &str) -> Option<&str> {
    let (original, number) = order_no.rsplit_once('_')?;
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    (digits && !original.is_empty()).then_some(original)
}

/// Whether money may have gone out with this row. A payment returned in full may stand as neutral or
/// closed in its own statement.
fn gives_money(row: &Transaction) -> bool {
    row.direction != Direction::In
        && matches!(
            row.kind,
            Kind::Purchase | Kind::TransferOut | Kind::CashGift | Kind::Fee | Kind::Other | Kind::Closed
        )
}

#[cfg(test)]
mod tests;
