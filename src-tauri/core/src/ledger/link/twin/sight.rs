//! What one row says of others: the card it was paid with, and the providers it names.

use super::super::cards::{Card, Sort};
use super::super::is_own;
use super::super::likeness::{card_tail, is_vague};
use super::super::marks::{Marks, Named, Providers};
use crate::ledger::Transaction;

/// What a payment method names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Method {
    /// Banks and wallets.
    pub named: Providers,
    /// The card's last four digits.
    pub tail: Option<[u8; 4]>,
    /// It may be a card without saying whose.
    pub vague: bool,
    /// A credit or a debit card.
    pub sort: Option<Sort>,
}

impl Method {
    pub fn of(method: &str, marks: &Marks) -> Self {
        let named = marks.named(method).all;
        // A bank that the file of words does not know is still somebody's: only "bank card" alone is vague.
        let strange = named == 0 && method.contains("银行") && !method.contains("银行卡");
        let sort = Sort::of_method(method);
        Self { named, tail: card_tail(method), vague: is_vague(method) && !strange, sort }
    }
}

/// What one row says of others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sight {
    /// Its own provider.
    pub own: Providers,
    /// Who holds the money behind it, by its own words.
    pub behind: Method,
    /// All that its texts name, its method left out.
    pub named: Named,
    /// The card whose tail an own transfer names in its texts.
    pub told: Option<[u8; 4]>,
    /// The card it is booked on itself.
    pub card: Card,
}

impl Sight {
    pub fn of(row: &Transaction, method: Method, card: Card, marks: &Marks) -> Self {
        let texts = [&row.counterparty, &row.item, &row.category, &row.memo];
        let mut named = texts.into_iter().map(|text| marks.named(text)).fold(Named::default(), Named::and);
        let own = marks.bit(&row.provider);
        if marks.wallets(named.all & !own) == 0 {
            named.all |= marks.of_account(&row.counterparty_account) & !own;
        }
        let mut behind = method;
        let mut told = None;
        // An own transfer names the other account wherever there is room, and its method may be the balance.
        if is_own(row.kind) {
            behind.named |= named.all & !own;
            behind.vague = true;
            told = texts.into_iter().find_map(|text| card_tail(text));
            // A bank's row names its own card.
            if marks.banks(own) != 0 {
                (behind.tail, behind.sort) = (None, None);
            }
        }
        Self { own, behind, named, told, card }
    }
}
