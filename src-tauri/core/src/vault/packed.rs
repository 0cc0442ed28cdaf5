//! An imported reading in one piece of bytes, with texts that repeat as numbers of the table `word`.
//!
//! The bytes stand in vaults: what they mean never changes. Another layout takes another [`LAYOUT`].

use super::connection::failure;
use super::{Result, words::moment_at};
use crate::ledger::bytes::{Bytes, direction_number, kind_number, put_marks, put_signed, put_text, put_word};
use crate::ledger::identity::Key;
use crate::money::{Currency, Money};
use crate::statements::Draft;
use crate::{Code, Error};
use rusqlite::{Connection, Statement, params};
use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt;

/// The first byte of what is packed here. Layout 1 is the same without a balance.
const LAYOUT: u8 = 2;
const WITHOUT_BALANCE: u8 = 1;
// What the second byte says is there.
const KEY: u8 = 1;
const FEE: u8 = 2;
const REFUNDED: u8 = 4;
const STATEMENT: u8 = 8;
const BALANCE: u8 = 16;
/// How many texts of a vault are words, and how many are remembered in case they come again.
const WORDS: usize = 1 << 16;
const REMEMBERED: usize = 1 << 17;
/// A power of two.
const RECENT: usize = 1 << 10;
/// Longer texts are never words: they hardly ever repeat.
const WORD_BYTES: usize = 64;

/// An identity as it stands in a vault: some of the oldest are no hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StoredKey<'a> {
    Hash(Key),
    Text(&'a str),
}

impl<'a> From<&'a str> for StoredKey<'a> {
    fn from(text: &'a str) -> Self {
        Key::parse(text).map_or(Self::Text(text), Self::Hash)
    }
}

impl fmt::Display for StoredKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hash(key) => key.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// A packed reading, looked at.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading<'a> {
    pub key: StoredKey<'a>,
    pub statement: Option<&'a str>,
    pub provider: &'a str,
    /// Row 0 and no `raw`: both stand beside the bytes.
    pub draft: Draft<&'a str>,
    /// As [`crate::statements::cells::pack`] wrote them.
    pub cells: &'a [u8],
}

/// The words of a vault, by number.
#[derive(Debug, Default)]
pub(super) struct Words(Vec<Box<str>>);

impl Words {
    /// All words of a vault.
    pub fn read(connection: &Connection) -> Result<Self> {
        let mut statement = connection.prepare("SELECT id, text FROM word ORDER BY id").map_err(failure)?;
        let mut rows = statement.query([]).map_err(failure)?;
        let mut words = Vec::new();
        while let Some(row) = rows.next().map_err(failure)? {
            let id: i64 = row.get(0).map_err(failure)?;
            if usize::try_from(id) != Ok(words.len()) {
                return Err(damaged());
            }
            let text = row.get_ref(1).map_err(failure)?.as_str().map_err(|_| damaged())?;
            words.push(text.into());
        }
        Ok(Self(words))
    }
}

/// Packs readings, and adds the words they are the first to repeat.
pub(super) struct Packing<'c> {
    words: Words,
    /// The number of a text that is a word; `None` for one that was met once.
    numbers: HashMap<Box<str>, Option<u32>>,
    /// Words met lately, by where their texts lie: those of one file lie in one place each, and need no hash.
    recent: Vec<u32>,
    adding: Statement<'c>,
    bytes: Vec<u8>,
}

impl<'c> Packing<'c> {
    pub fn into(connection: &'c Connection) -> Result<Self> {
        let words = Words::read(connection)?;
        let numbered = words.0.iter().zip(0_u32..).map(|(word, number)| (word.clone(), Some(number)));
        let numbers = numbered.collect();
        let adding = connection.prepare("INSERT INTO word (id, text) VALUES (?1, ?2)").map_err(failure)?;
        Ok(Self { words, numbers, recent: vec![0; RECENT], adding, bytes: Vec::with_capacity(512) })
    }

    /// The words as they are now.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The same, at the end.
    pub fn into_words(self) -> Words {
        self.words
    }

    /// The bytes of a reading, to be used before the next is packed.
    pub fn pack(&mut self, reading: &Reading<'_>) -> Result<&[u8]> {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.clear();
        write(reading, &mut bytes, |text| self.number(text))?;
        self.bytes = bytes;
        Ok(&self.bytes)
    }

    /// The number of a text that is a word. It becomes one when it is met again.
    fn number(&mut self, text: &str) -> Result<Option<u32>> {
        if text.is_empty() || text.len() > WORD_BYTES {
            return Ok(None);
        }
        // Texts are boxed in sixteen bytes or more.
        let place = (text.as_ptr().addr() >> 4) % RECENT;
        let recent = self.recent[place];
        if self.words.0.get(recent as usize).is_some_and(|word| **word == *text) {
            return Ok(Some(recent));
        }
        let number = self.looked_up(text)?;
        if let Some(number) = number {
            self.recent[place] = number;
        }
        Ok(number)
    }

    fn looked_up(&mut self, text: &str) -> Result<Option<u32>> {
        match self.numbers.get_mut(text) {
            Some(Some(number)) => Ok(Some(*number)),
            Some(place) if self.words.0.len() < WORDS => {
                let number = u32::try_from(self.words.0.len()).unwrap_or(u32::MAX);
                self.adding.execute(params![number, text]).map_err(failure)?;
                self.words.0.push(text.into());
                *place = Some(number);
                Ok(Some(number))
            }
            Some(None) => Ok(None),
            None => {
                if self.numbers.len() < REMEMBERED {
                    self.numbers.insert(text.into(), None);
                }
                Ok(None)
            }
        }
    }
}

/// The bytes of a reading that needs no words of the vault.
pub(super) fn pack_in_full(reading: &Reading<'_>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(256);
    let Ok(()) = write(reading, &mut bytes, |_| Ok::<_, Infallible>(None));
    bytes
}

/// Writes a reading; `number` says which texts are words.
fn write<E>(
    reading: &Reading<'_>,
    bytes: &mut Vec<u8>,
    mut number: impl FnMut(&str) -> std::result::Result<Option<u32>, E>,
) -> std::result::Result<(), E> {
    let draft = &reading.draft;
    let refunded = (draft.refunded.minor != 0).then_some(draft.refunded);
    let flag = |bit: u8, holds: bool| if holds { bit } else { 0 };
    let flags = flag(KEY, matches!(reading.key, StoredKey::Hash(_)))
        | flag(FEE, draft.fee.is_some())
        | flag(REFUNDED, refunded.is_some())
        | flag(STATEMENT, reading.statement.is_some())
        | flag(BALANCE, draft.balance.is_some());
    bytes.extend_from_slice(&[LAYOUT, flags]);
    match reading.key {
        StoredKey::Hash(key) => bytes.extend_from_slice(key.bytes()),
        StoredKey::Text(text) => put_text(bytes, text),
    }
    bytes.extend_from_slice(&[direction_number(draft.direction), kind_number(draft.kind)]);
    put_signed(bytes, draft.at.timestamp());
    put_signed(bytes, i64::from(draft.at.offset().local_minus_utc() / 60));
    bytes.extend_from_slice(draft.amount.currency.code().as_bytes());
    for sum in [Some(draft.amount), draft.fee, refunded, draft.balance].into_iter().flatten() {
        put_signed(bytes, sum.minor);
    }
    put_marks(bytes, &draft.marks);
    let [party, account, item, method, category, status, order_no, merchant, memo] = draft.texts();
    let words = [reading.provider, party, account, item, method, category, status];
    for text in reading.statement.into_iter().chain(words) {
        put_word(bytes, text, number(text)?);
    }
    for text in [order_no, merchant, memo] {
        put_text(bytes, text);
    }
    bytes.extend_from_slice(reading.cells);
    Ok(())
}

/// Reads what [`Packing`] packed.
pub(super) fn unpack<'a>(bytes: &'a [u8], words: &'a Words) -> Result<Reading<'a>> {
    read(bytes, &words.0).ok_or_else(damaged)
}

fn damaged() -> Error {
    Error::new(Code::Damaged, "a stored row is none this version can have written; restore a backup")
}

fn read<'a>(bytes: &'a [u8], words: &'a [Box<str>]) -> Option<Reading<'a>> {
    let mut bytes = Bytes { rest: bytes };
    let [layout, flags] = bytes.array()?;
    if layout != LAYOUT && (layout != WITHOUT_BALANCE || flags & BALANCE != 0) {
        return None;
    }
    let has = |bit: u8| flags & bit != 0;
    let key = match has(KEY) {
        true => StoredKey::Hash(Key::of_bytes(bytes.array()?)),
        false => StoredKey::Text(bytes.text()?),
    };
    let (direction, kind) = (bytes.direction()?, bytes.kind()?);
    let at = moment_at(bytes.signed()?, i32::try_from(bytes.signed()?).ok()?).ok()?;
    let currency = Currency::parse(std::str::from_utf8(&bytes.array::<3>()?).ok()?)?;
    let amount = Money::new(bytes.signed()?, currency);
    let fee = if has(FEE) { Some(Money::new(bytes.signed()?, currency)) } else { None };
    let refunded = Money::new(if has(REFUNDED) { bytes.signed()? } else { 0 }, currency);
    let balance = if has(BALANCE) { Some(Money::new(bytes.signed()?, currency)) } else { None };
    let marks = bytes.marks()?;
    let statement = if has(STATEMENT) { Some(bytes.word(words)?) } else { None };
    let provider = bytes.word(words)?;
    let draft = Draft {
        row: 0,
        at,
        direction,
        kind,
        amount,
        fee,
        refunded,
        balance,
        counterparty: bytes.word(words)?,
        counterparty_account: bytes.word(words)?,
        item: bytes.word(words)?,
        method: bytes.word(words)?,
        methods: Vec::new(),
        category: bytes.word(words)?,
        status: bytes.word(words)?,
        order_no: bytes.text()?,
        merchant_order_no: bytes.text()?,
        memo: bytes.text()?,
        marks,
        raw: "",
    };
    Some(Reading { key, statement, provider, draft, cells: bytes.rest })
}

#[cfg(test)]
#[path = "packed/tests.rs"]
mod tests;
