//! Refunds that came in another file than the payment's, and that no link claims: a card's file may name the shop in its
//! own way.

use crate::detect::History;
use crate::detect::texts::Map;
use crate::ledger::{Direction, Kind};

/// Cards book a refund within so many seconds of the payment.
const WITHIN: i64 = 90 * 86_400;
/// Of refunds of one sum so many are looked at.
const LOOKED_AT: usize = 64;

/// Refunds that came and that no link claims, by their sum; in time order.
#[derive(Clone, Default)]
pub struct Elsewhere {
    loose: Map<i64, Vec<usize>>,
}

impl Elsewhere {
    /// Takes note of row `i`.
    pub fn note(&mut self, history: &History<'_>, i: usize) {
        let row = history.row(i);
        if history.lines[i].kind == Kind::Refund && row.direction == Direction::In && row.refund_of.is_none()
        {
            self.loose.entry(history.lines[i].amount).or_default().push(i);
        }
    }

    /// Whether `missing` of payment `i` came to another account, by its sum and the name of its party.
    pub fn came(&self, history: &History<'_>, i: usize, missing: i64) -> bool {
        let Some(loose) = self.loose.get(&missing) else { return false };
        let line = &history.lines[i];
        let since = loose.partition_point(|&refund| refund < i);
        let near = loose[since..].iter().take(LOOKED_AT);
        let of_party = |&refund: &usize| {
            history.lines[refund].wallet != line.wallet
                && history.row(refund).refund_of.is_none()
                && [&history.row(refund).counterparty, &history.row(refund).item]
                    .iter()
                    .any(|told| names(told, &history.row(i).counterparty))
        };
        near.take_while(|&&refund| history.lines[refund].at - line.at <= WITHIN).any(of_party)
    }
}

/// Whether the name in a card's file is a shop's: in full behind the wallet's, or cut short.
fn names(told: &str, shop: &str) -> bool {
    let shop = shop.trim();
    let told = told.trim();
    let bare = told.rsplit(['-', '－', '*']).next().unwrap_or(told).trim();
    let long = |name: &str| name.chars().count() >= 2;
    long(shop) && told.contains(shop) || long(bare) && shop.starts_with(bare)
}
