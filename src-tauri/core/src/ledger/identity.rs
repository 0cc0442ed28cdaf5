//! What makes two rows the same transaction: provider and order number, else a hash of the facts.

use super::{Mark, Moment, Transaction};
use crate::money::Money;
use crate::statements::Draft;
use std::collections::HashMap;

/// The facts that tell rows apart, however they were read. A CSV and an XLSX of the same bill, or two
/// overlapping exports, give the same ones.
#[derive(Debug, Clone, Copy)]
struct Facts<'a> {
    provider: &'a str,
    order_no: &'a str,
    at: Moment,
    amount: Money,
    counterparty: &'a str,
    item: &'a str,
}

/// The usable order number of a row: one destroyed by a spreadsheet tells nothing apart.
pub fn order_no(draft: &Draft) -> &str {
    if draft.marks.contains(&Mark::MangledId) { "" } else { &draft.order_no }
}

/// Hands out keys to the rows of one file. Rows without an order number whose facts are all equal are
/// told apart by how many came before, so that two identical rows stay two.
#[derive(Debug, Default)]
pub struct Keys {
    seen: HashMap<String, u32>,
}

impl Keys {
    /// The key of the next row.
    pub fn next(&mut self, provider: &str, draft: &Draft) -> String {
        let facts = Facts {
            provider,
            order_no: order_no(draft),
            at: draft.at,
            amount: draft.amount,
            counterparty: &draft.counterparty,
            item: &draft.item,
        };
        let first = facts.key(0);
        let occurrence = self.seen.entry(first.clone()).or_insert(0);
        let key = if *occurrence == 0 { first } else { facts.key(*occurrence) };
        *occurrence += 1;
        key
    }
}

/// The key of a typed note: its facts and the moment it was typed.
pub fn typed_key(note: &Transaction, typed_at: Moment) -> String {
    let facts = Facts {
        provider: &note.provider,
        order_no: &note.order_no,
        at: note.at,
        amount: note.amount,
        counterparty: &note.counterparty,
        item: &note.item,
    };
    let typed = typed_at.timestamp_micros().to_le_bytes();
    hex(blake3::Hasher::new().update(b"typed").update(&typed).update(facts.key(0).as_bytes()))
}

impl Facts<'_> {
    fn key(&self, occurrence: u32) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut field = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
        };
        field(self.provider.as_bytes());
        field(self.order_no.as_bytes());
        field(&self.at.timestamp().to_le_bytes());
        field(&self.amount.minor.to_le_bytes());
        field(self.amount.currency.code().as_bytes());
        if self.order_no.is_empty() {
            field(self.counterparty.as_bytes());
            field(self.item.as_bytes());
        }
        field(&occurrence.to_le_bytes());
        hex(&hasher)
    }
}

fn hex(hasher: &blake3::Hasher) -> String {
    hasher.finalize().to_hex()[..32].to_owned()
}
