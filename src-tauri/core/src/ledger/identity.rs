//! What makes two rows the same transaction: provider and order number, else a hash of the facts.

use super::{Mark, Moment, Transaction};
use crate::money::Money;
use crate::statements::Draft;
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// The identity of a transaction: 128 bits of a hash, in the ledger as 32 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key([u8; 16]);

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (first, _) = self.0.split_at(8);
        state.write_u64(first.iter().fold(0, |bits, byte| bits << 8 | u64::from(*byte)));
    }
}

/// For maps whose keys are hashes already.
pub type ByHash = BuildHasherDefault<Hashed>;

/// Takes a number for the hash that it is.
#[derive(Debug, Default)]
pub struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Key {
    /// Reads what a ledger holds; `None` where it is no key of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let mut key = [0; 16];
        if pairs.len() != key.len() || !rest.is_empty() {
            return None;
        }
        for (byte, pair) in key.iter_mut().zip(pairs) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Some(Self(key))
    }

    /// The bits, as they are stored.
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The key of bits that were stored.
    pub fn of_bytes(bits: [u8; 16]) -> Self {
        Self(bits)
    }

    fn of(hash: blake3::Hash) -> Self {
        let mut key = [0; 16];
        key.copy_from_slice(&hash.as_bytes()[..16]);
        Self(key)
    }
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; 32];
        for (pair, byte) in text.as_chunks_mut::<2>().0.iter_mut().zip(self.0) {
            let digit = |nibble: u8| if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 };
            *pair = [digit(byte >> 4), digit(byte & 15)];
        }
        f.write_str(std::str::from_utf8(&text).expect("hexadecimal digits are ASCII"))
    }
}

/// The facts that tell rows apart, however they were read. A CSV and an XLSX of the same bill, or two
/// overlapping exports, give the same ones.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'a> {
    pub provider: &'a str,
    pub order_no: &'a str,
    pub at: Moment,
    pub amount: Money,
    pub counterparty: &'a str,
    pub item: &'a str,
}

/// The usable order number of a row: one destroyed by a spreadsheet tells nothing apart.
pub fn order_no<'a>(draft: &Draft<&'a str>) -> &'a str {
    if draft.marks.contains(&Mark::MangledId) { "" } else { draft.order_no }
}

/// Hands out keys to the rows of one file. Rows of one account whose facts are all equal are told apart by how
/// many came before, so that two identical rows stay two.
#[derive(Debug)]
pub struct Keys {
    seen: HashMap<Key, u32, ByHash>,
}

impl Keys {
    /// For a file of so many rows.
    pub fn of(rows: usize) -> Self {
        Self { seen: HashMap::with_capacity_and_hasher(rows, ByHash::default()) }
    }

    /// The key of the next row, after the one that it shares with all rows that say the same, of whatever account.
    /// `account` is empty where it tells nothing apart.
    pub fn next(&mut self, provider: &str, account: &str, draft: &Draft<&str>) -> (Key, Key) {
        let facts = Facts::read(provider, draft);
        let shared = facts.key("", 0);
        let first = if account.is_empty() { shared } else { facts.key(account, 0) };
        let occurrence = self.seen.entry(first).or_insert(0);
        let key = if *occurrence == 0 { first } else { facts.key(account, *occurrence) };
        *occurrence += 1;
        (shared, key)
    }

    /// Another key for the row that was last given one: another transaction has that one already.
    pub fn another(&mut self, provider: &str, account: &str, draft: &Draft<&str>) -> Key {
        let facts = Facts::read(provider, draft);
        let occurrence = self.seen.entry(facts.key(account, 0)).or_insert(0);
        let key = facts.key(account, *occurrence);
        *occurrence += 1;
        key
    }
}

/// The key that a transaction shares with all that say the same: number, second and amount; without a number, party
/// and item.
pub fn shared_key(known: &Transaction) -> Key {
    Facts::of(known).key("", 0)
}

/// The key of a typed note: its facts and the moment it was typed.
pub fn typed_key(note: &Transaction, typed_at: Moment) -> String {
    let typed = typed_at.timestamp_micros().to_le_bytes();
    let facts = Facts::of(note).key("", 0).to_string();
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"typed").update(&typed).update(facts.as_bytes());
    Key::of(hasher.finalize()).to_string()
}

impl<'a> Facts<'a> {
    /// Those of a row.
    pub fn read(provider: &'a str, draft: &Draft<&'a str>) -> Self {
        Self {
            provider,
            order_no: order_no(draft),
            at: draft.at,
            amount: draft.amount,
            counterparty: draft.counterparty,
            item: draft.item,
        }
    }

    /// Those of a transaction.
    pub fn of(transaction: &'a Transaction) -> Self {
        Self {
            provider: &transaction.provider,
            order_no: &transaction.order_no,
            at: transaction.at,
            amount: transaction.amount,
            counterparty: &transaction.counterparty,
            item: &transaction.item,
        }
    }

    fn key(&self, account: &str, occurrence: u32) -> Key {
        // In one piece: a hasher takes its time over every piece it is given.
        let mut bytes = Vec::with_capacity(256);
        let mut field = |field: &[u8]| {
            bytes.extend_from_slice(&(field.len() as u64).to_le_bytes());
            bytes.extend_from_slice(field);
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
        if !account.is_empty() {
            field(account.as_bytes());
        }
        Key::of(blake3::hash(&bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_as_it_is_written_and_nothing_else_is_one() {
        let key = Key::of(blake3::hash(b"2026"));
        assert_eq!(Key::parse(&key.to_string()), Some(key));
        assert_eq!(key.to_string().len(), 32);
        assert_eq!(Key([0x0f; 16]).to_string(), "0f".repeat(16));
        for other in ["", "0f", "typed/1", &"0F".repeat(16), &"0f".repeat(17)] {
            assert_eq!(Key::parse(other), None, "{other}");
        }
    }
}
