//! What belongs together: a refund and its payment, one payment seen in two sources, a typed note and the
//! statement row it was about.
//!
//! Links are opinions: they are found anew whenever the ledger is read, each with the rule that held and
//! how sure it is. A wrong link is worse than none, so what names the other row comes before what looks like
//! it, and of two equally good candidates none is taken where the choice would matter. Only time, keys and
//! rows in a file break ties, so that the order of imports changes nothing. The work grows with the rows,
//! not with their square.

mod cards;
mod clue;
mod copies;
mod likeness;
mod marks;
mod own;
mod party;
mod refund;
mod twin;
mod typed;

pub use cards::Cards;
pub use clue::{Clue, Rule, Sureness, link_text};
pub use likeness::card_tail;

use super::{Kind, Transaction, TransactionId};
use crate::money::Money;
use std::collections::{HashMap, HashSet};

/// Two rows that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The refund; the row that was paid from or into the other; the typed note.
    pub from: TransactionId,
    /// The payment; the row of the account behind it; the statement row.
    pub to: TransactionId,
    /// Why they belong together.
    pub rule: Rule,
    /// What agrees.
    pub clues: Clue,
    /// How sure that is.
    pub sure: Sureness,
}

/// A link between two places in the slice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    from: usize,
    to: usize,
    rule: Rule,
    clues: Clue,
    sure: Sureness,
}

/// Everything that belongs together in a ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// By `from`, then `to`.
    pub all: Vec<Link>,
}

impl Links {
    /// The links of one transaction, whichever end it is.
    pub fn of(&self, id: TransactionId) -> impl Iterator<Item = &Link> {
        self.all.iter().filter(move |link| link.from == id || link.to == id)
    }

    /// The typed note whose words stand on this statement row as long as the row has none of its own.
    pub fn note_of(&self, row: TransactionId) -> Option<TransactionId> {
        self.all.iter().find(|link| link.rule == Rule::TypedNote && link.to == row).map(|link| link.from)
    }
}

/// Fills `refund_of` and `linked`, adds up `refunded`, lets a typed note speak on its statement row, and makes
/// the other side of an own transfer one as well. `linked` holds every row that shows the same money.
///
/// Rows come in as they are stored, with the `refunded` they state themselves (status text, refund column).
/// A stated amount is kept where the refund rows add up to less, and is never added to them; never more is
/// refunded than was paid. What came back in one of two sources came back of the payment that both show. What a refund only announces, or was refused, has not come back. `cards` says which
/// card a file is of, where that is known.
pub fn link(transactions: &mut [Transaction], cards: &Cards) -> Links {
    for row in transactions.iter_mut() {
        row.refund_of = None;
        row.linked.clear();
    }
    let order = in_time(transactions);
    let notes = typed::find(transactions, &order);
    let mut refunds = refund::Linking::new(transactions, &order, &notes, cards);
    refunds.by_number();
    let mut twins = twin::find(transactions, cards);
    let paired: HashSet<usize> = twins.iter().flat_map(|twin| [twin.from, twin.to]).collect();
    twins.extend(own::find(transactions, cards, &paired));
    let copies = copies::find(transactions, cards);
    twins.extend(&copies);
    twins.sort_unstable_by_key(|twin| (twin.from, twin.to));
    refunds.through(&twins);
    refunds.by_guess(&twins);
    refunds.through(&twins);
    let refunds = refunds.found();

    settle_refunds(transactions, &refunds);
    share_refunds(transactions, &twins);
    settle_twins(transactions, &twins, &notes);
    copies::settle(transactions, &copies);
    let id = |place: usize| transactions[place].id;
    let named = |found: Found| {
        let Found { from, to, rule, clues, sure } = found;
        Link { from: id(from), to: id(to), rule, clues, sure }
    };
    let mut all: Vec<Link> = refunds.into_iter().chain(twins).chain(notes).map(named).collect();
    all.sort_unstable_by_key(|link| (link.from, link.to));
    Links { all }
}

/// Whether a provider keeps the money of which wallets pay: a bank.
pub fn is_bank(provider: &str) -> bool {
    marks::Marks::shipped().role(provider) == Some(marks::Role::Bank)
}

/// The civil day on the row's own clock, in days since 1970.
fn day(row: &Transaction) -> i64 {
    (row.at.timestamp() + i64::from(row.at.offset().local_minus_utc())).div_euclid(86_400)
}

/// Whether the money stays with the user.
fn is_own(kind: Kind) -> bool {
    matches!(kind, Kind::OwnTransfer | Kind::TopUp | Kind::Withdrawal | Kind::Repayment)
}

/// Places in time order; rows of one second in the order of their keys.
fn in_time(rows: &[Transaction]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let by = |&place: &usize| (rows[place].at, rows[place].key.as_str());
    if !order.is_sorted_by_key(by) {
        order.sort_by(|a, b| by(a).cmp(&by(b)));
    }
    order
}

fn settle_refunds(rows: &mut [Transaction], refunds: &[Found]) {
    let mut returned: HashMap<usize, i64> = HashMap::new();
    for link in refunds {
        let refund = &rows[link.from];
        if refund::came(refund) && refund.amount.currency == rows[link.to].amount.currency {
            let sum = returned.entry(link.to).or_default();
            *sum = sum.saturating_add(refund.amount.minor);
        }
        rows[link.from].refund_of = Some(rows[link.to].id);
    }
    for (payment, sum) in returned {
        let row = &mut rows[payment];
        let most = row.refunded.minor.max(sum).min(row.amount.minor);
        row.refunded = Money::new(most, row.amount.currency);
    }
}

/// The same payment in two sources: the refund of a closed order may stand in the card's file alone.
fn share_refunds(rows: &mut [Transaction], twins: &[Found]) {
    let whole = |twin: &&Found| {
        twin.rule == Rule::SamePayment
            && twin.sure > Sureness::Possible
            && rows[twin.from].amount == rows[twin.to].amount
    };
    let pairs: Vec<(usize, usize)> = twins.iter().filter(whole).map(|twin| (twin.from, twin.to)).collect();
    // A wallet behind a wallet, and the card behind both: up the chain, and down again.
    for &(upper, lower) in pairs.iter().chain(pairs.iter().rev()) {
        let most = rows[upper].refunded.minor.max(rows[lower].refunded.minor);
        for place in [upper, lower] {
            rows[place].refunded.minor = most;
        }
    }
}

fn settle_twins(rows: &mut [Transaction], twins: &[Found], notes: &[Found]) {
    for link in twins.iter().filter(|link| link.rule.is_own()) {
        // A card's line says "paid"; the wallet knows that it was the user's own account. Two banks may both not.
        let others = |kind| {
            matches!(kind, Kind::Purchase | Kind::TransferOut | Kind::TransferIn | Kind::Income | Kind::Other)
        };
        let kind = Some(rows[link.from].kind).filter(|kind| !others(*kind)).unwrap_or(Kind::OwnTransfer);
        for place in [link.from, link.to] {
            if others(rows[place].kind) {
                rows[place].kind = kind;
            }
        }
    }
    for link in notes {
        if rows[link.to].note.is_empty() {
            rows[link.to].note = rows[link.from].note.clone();
        }
    }
    if twins.is_empty() && notes.is_empty() {
        return;
    }
    let mut groups = Groups::of(rows.len());
    for link in twins.iter().chain(notes) {
        groups.join(link.from, link.to);
    }
    let ends = twins.iter().chain(notes).flat_map(|link| [link.from, link.to]);
    let mut members: Vec<(usize, usize)> = ends.map(|place| (groups.root(place), place)).collect();
    members.sort_unstable();
    members.dedup();
    for group in members.chunk_by(|a, b| a.0 == b.0) {
        let ids: Vec<TransactionId> = group.iter().map(|&(_, place)| rows[place].id).collect();
        for &(_, place) in group {
            let own = rows[place].id;
            rows[place].linked = ids.iter().copied().filter(|id| *id != own).collect();
            rows[place].linked.sort_unstable();
        }
    }
}

/// Rows that show the same money, joined pair by pair.
struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    fn of(rows: usize) -> Self {
        Self { parent: (0..rows).collect() }
    }

    fn root(&mut self, place: usize) -> usize {
        let mut root = place;
        while self.parent[root] != root {
            root = self.parent[root];
        }
        self.parent[place] = root;
        root
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests;
