//! The keys of imported readings, held while an import is stored: most rows are new, and need not be looked for.

use super::Result;
use super::connection::failure;
use crate::ledger::identity::Key;
use crate::{Code, Error};
use rusqlite::Connection;
use rustc_hash::FxHashMap;

/// The imported readings of a vault by their keys: by the last digits, which tell a million of them apart.
#[derive(Default)]
pub(super) struct Keys {
    /// The newest reading of each.
    newest: FxHashMap<u64, i64>,
    /// The reading before, of those that share one.
    before: FxHashMap<i64, i64>,
    /// Those of this execution, till one of them is asked for: few imports have a row twice.
    fresh: Vec<(u64, i64)>,
}

/// Bytes of a key that are kept apart from it.
pub(super) const KEY_BYTES: usize = 5;

impl Keys {
    pub fn read(connection: &Connection) -> Result<Self> {
        let mut keys = Self::default();
        let mut statement = connection
            .prepare("SELECT ending, reading_id FROM key_ending ORDER BY reading_id")
            .map_err(failure)?;
        let mut rows = statement.query([]).map_err(failure)?;
        while let Some(row) = rows.next().map_err(failure)? {
            let ending = row.get_ref(0).map_err(failure)?;
            let ending = ending.as_str().map_err(|_| Error::new(Code::Damaged, "a stored key is none"))?;
            keys.add(last_digits(ending), row.get(1).map_err(failure)?);
        }
        let mut statement = connection
            .prepare("SELECT first_reading, keys FROM import_keys ORDER BY first_reading")
            .map_err(failure)?;
        let mut rows = statement.query([]).map_err(failure)?;
        while let Some(row) = rows.next().map_err(failure)? {
            let first: i64 = row.get(0).map_err(failure)?;
            let bytes = row.get_ref(1).map_err(failure)?;
            let bytes = bytes.as_blob().map_err(|_| Error::new(Code::Damaged, "a stored key is none"))?;
            let (all, _) = bytes.as_chunks::<KEY_BYTES>();
            keys.newest.reserve(all.len());
            for (key, id) in all.iter().zip(first..) {
                keys.add(digits(key), id);
            }
        }
        Ok(keys)
    }

    /// Room for so many more: a list that grows moves all that is in it.
    pub fn reserve(&mut self, more: usize) {
        self.fresh.reserve(more);
    }

    /// Adds a reading of this execution.
    pub fn add_fresh(&mut self, key: Key, id: i64) {
        self.fresh.push((key_digits(key), id));
    }

    fn add(&mut self, digits: u64, id: i64) {
        if let Some(before) = self.newest.insert(digits, id) {
            self.before.insert(id, before);
        }
    }

    /// The readings of earlier executions that may have this key, the newest first.
    pub fn earlier(&self, key: Key) -> impl Iterator<Item = i64> {
        let newest = self.newest.get(&key_digits(key)).copied();
        std::iter::successors(newest, |id| self.before.get(id).copied())
    }

    /// The readings of this execution as well.
    pub fn all(&mut self, key: Key) -> impl Iterator<Item = i64> {
        for (digits, id) in std::mem::take(&mut self.fresh) {
            self.add(digits, id);
        }
        self.earlier(key)
    }
}

/// The bytes of a key that are kept apart from it.
pub(super) fn kept(key: Key) -> [u8; KEY_BYTES] {
    *key.bytes().last_chunk().expect("a key is longer")
}

fn key_digits(key: Key) -> u64 {
    digits(&kept(key))
}

fn digits(kept: &[u8; KEY_BYTES]) -> u64 {
    kept.iter().fold(0, |bits, byte| bits << 8 | u64::from(*byte))
}

/// The last ten hexadecimal digits of a key; a hash of its end where it has none.
fn last_digits(key: &str) -> u64 {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let read = |ending: &[u8; 2 * KEY_BYTES]| {
        ending.iter().try_fold(0, |bits, byte| Some(bits << 4 | u64::from(digit(*byte)?)))
    };
    key.as_bytes().last_chunk().and_then(read).unwrap_or_else(|| {
        let ending = key.char_indices().rev().nth(9).map_or(key, |(at, _)| &key[at..]);
        let hash = blake3::hash(ending.as_bytes());
        hash.as_bytes().iter().take(KEY_BYTES).fold(0, |bits, byte| bits << 8 | u64::from(*byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_ten_digits_tell_keys_apart_and_other_texts_have_some_too() {
        assert_eq!(last_digits(&format!("{}00000000ff", "0".repeat(22))), 0xff);
        assert_eq!(last_digits("ffffffffff"), 0xff_ffff_ffff);
        assert_eq!(last_digits("alipay/2026"), last_digits("lipay/2026"), "ten characters are looked at");
        assert_ne!(last_digits("alipay/2026"), last_digits("alipay/2027"));
        assert_ne!(last_digits("FFFFFFFFFF"), 0xff_ffff_ffff);
    }

    #[test]
    fn readings_of_one_key_are_found_newest_first() {
        let [a, b, c] = ["a", "b", "c"]
            .map(|text| Key::of_bytes(*blake3::hash(text.as_bytes()).as_bytes().first_chunk().unwrap()));
        assert_eq!(last_digits(&a.to_string()), key_digits(a));
        let mut keys = Keys::default();
        keys.add(key_digits(a), 1);
        for (id, key) in [(2, b), (3, a), (4, a)] {
            keys.add_fresh(key, id);
        }
        assert_eq!(keys.earlier(a).collect::<Vec<_>>(), [1]);
        assert_eq!(keys.all(a).collect::<Vec<_>>(), [4, 3, 1]);
        assert_eq!(keys.all(c).count(), 0);
    }
}
