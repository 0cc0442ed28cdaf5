//! An imported reading in one piece of bytes, with texts that repeat as numbers of the table `word`.
//!
//! The bytes stand in vaults: what they mean never changes. Another layout takes another [`LAYOUT`].

use super::connection::failure;
use super::{Result, words::moment_at};
use crate::ledger::identity::Key;
use crate::ledger::{Direction, Kind, Mark};
use crate::money::{Currency, Money};
use crate::statements::Draft;
use crate::{Code, Error};
use rusqlite::{Connection, Statement, params};
use std::borrow::Cow;
use std::collections::HashMap;

/// The first byte of what is packed here.
const LAYOUT: u8 = 1;
/// How many texts of a vault are words, and how many are remembered in case they come again.
const WORDS: usize = 1 << 16;
const REMEMBERED: usize = 1 << 17;
/// Longer texts are never words: they hardly ever repeat.
const WORD_BYTES: usize = 64;

/// A packed reading, looked at.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading<'a> {
    pub key: Cow<'a, str>,
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

    fn get(&self, number: u64) -> Option<&str> {
        self.0.get(usize::try_from(number).ok()?).map(|word| &**word)
    }
}

/// Packs readings, and adds the words they are the first to repeat.
pub(super) struct Packing<'c> {
    words: Words,
    /// The number of a text that is a word; `None` for one that was met once.
    numbers: HashMap<Box<str>, Option<u32>>,
    adding: Statement<'c>,
    bytes: Vec<u8>,
}

impl<'c> Packing<'c> {
    pub fn into(connection: &'c Connection) -> Result<Self> {
        let words = Words::read(connection)?;
        let numbered = words.0.iter().zip(0_u32..).map(|(word, number)| (word.clone(), Some(number)));
        let numbers = numbered.collect();
        let adding = connection.prepare("INSERT INTO word (id, text) VALUES (?1, ?2)").map_err(failure)?;
        Ok(Self { words, numbers, adding, bytes: Vec::with_capacity(512) })
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
        self.write(reading, &mut bytes)?;
        self.bytes = bytes;
        Ok(&self.bytes)
    }

    fn write(&mut self, reading: &Reading<'_>, bytes: &mut Vec<u8>) -> Result<()> {
        let draft = &reading.draft;
        let refunded = (draft.refunded.minor != 0).then_some(draft.refunded);
        bytes.push(LAYOUT);
        let key = Key::parse(&reading.key);
        bytes.push(
            u8::from(key.is_some())
                | u8::from(draft.fee.is_some()) << 1
                | u8::from(refunded.is_some()) << 2
                | u8::from(reading.statement.is_some()) << 3,
        );
        match key {
            Some(key) => bytes.extend_from_slice(key.bytes()),
            None => put_text(bytes, &reading.key),
        }
        bytes.push(direction_number(draft.direction));
        bytes.push(kind_number(draft.kind));
        put_signed(bytes, draft.at.timestamp());
        put_signed(bytes, i64::from(draft.at.offset().local_minus_utc() / 60));
        bytes.extend_from_slice(draft.amount.currency.code().as_bytes());
        for sum in [Some(draft.amount), draft.fee, refunded].into_iter().flatten() {
            put_signed(bytes, sum.minor);
        }
        put_number(bytes, draft.marks.len() as u64);
        bytes.extend(draft.marks.iter().map(|mark| mark_number(*mark)));
        let [party, account, item, method, category, status, order_no, merchant, memo] = draft.texts();
        for text in reading.statement.into_iter().chain([reading.provider]) {
            self.put_word(bytes, text)?;
        }
        for text in [party, account, item, method, category, status] {
            self.put_word(bytes, text)?;
        }
        for text in [order_no, merchant, memo] {
            put_text(bytes, text);
        }
        bytes.extend_from_slice(reading.cells);
        Ok(())
    }

    /// An even number is twice the length of a text that follows, an odd one twice the number of a word and one.
    fn put_word(&mut self, bytes: &mut Vec<u8>, text: &str) -> Result<()> {
        match self.number(text)? {
            Some(number) => put_number(bytes, u64::from(number) << 1 | 1),
            None => {
                put_number(bytes, (text.len() as u64) << 1);
                bytes.extend_from_slice(text.as_bytes());
            }
        }
        Ok(())
    }

    /// The number of a text that is a word. It becomes one when it is met again.
    fn number(&mut self, text: &str) -> Result<Option<u32>> {
        if text.is_empty() || text.len() > WORD_BYTES {
            return Ok(None);
        }
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

/// Reads what [`Packing`] packed.
pub(super) fn unpack<'a>(bytes: &'a [u8], words: &'a Words) -> Result<Reading<'a>> {
    Bytes { rest: bytes, words }.reading().ok_or_else(damaged)
}

fn damaged() -> Error {
    Error::new(Code::Damaged, "a stored row is none this version can have written; restore a backup")
}

fn put_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn put_signed(bytes: &mut Vec<u8>, number: i64) {
    put_number(bytes, (number << 1 ^ number >> 63).cast_unsigned());
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put_number(bytes, text.len() as u64);
    bytes.extend_from_slice(text.as_bytes());
}

struct Bytes<'a> {
    rest: &'a [u8],
    words: &'a Words,
}

impl<'a> Bytes<'a> {
    fn reading(mut self) -> Option<Reading<'a>> {
        if self.byte()? != LAYOUT {
            return None;
        }
        let flags = self.byte()?;
        let has = |bit: u8| flags & bit != 0;
        let key = if has(1) {
            let (key, rest) = self.rest.split_first_chunk::<16>()?;
            self.rest = rest;
            Cow::Owned(Key::of_bytes(*key).to_string())
        } else {
            Cow::Borrowed(self.text()?)
        };
        let direction = [Direction::Out, Direction::In, Direction::Neutral].get(self.byte()? as usize).copied()?;
        let kind = *KINDS.get(self.byte()? as usize)?;
        let at = moment_at(self.signed()?, i32::try_from(self.signed()?).ok()?).ok()?;
        let currency = Currency::parse(std::str::from_utf8(self.take(3)?).ok()?)?;
        let amount = Money::new(self.signed()?, currency);
        let fee = if has(2) { Some(Money::new(self.signed()?, currency)) } else { None };
        let refunded = Money::new(if has(4) { self.signed()? } else { 0 }, currency);
        let count = usize::try_from(self.number()?).ok()?;
        let marks = self.take(count)?.iter().map(|mark| MARKS.get(*mark as usize).copied());
        let marks = marks.collect::<Option<Vec<Mark>>>()?;
        let statement = if has(8) { Some(self.word()?) } else { None };
        let provider = self.word()?;
        let draft = Draft {
            row: 0,
            at,
            direction,
            kind,
            amount,
            fee,
            refunded,
            balance: None,
            counterparty: self.word()?,
            counterparty_account: self.word()?,
            item: self.word()?,
            method: self.word()?,
            methods: Vec::new(),
            category: self.word()?,
            status: self.word()?,
            order_no: self.text()?,
            merchant_order_no: self.text()?,
            memo: self.text()?,
            marks,
            raw: "",
        };
        Some(Reading { key, statement, provider, draft, cells: self.rest })
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.number()?).ok()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    fn word(&mut self) -> Option<&'a str> {
        let number = self.number()?;
        if number & 1 == 1 {
            return self.words.get(number >> 1);
        }
        std::str::from_utf8(self.take(usize::try_from(number >> 1).ok()?)?).ok()
    }
}

/// By their numbers. New ones are added at the end.
const KINDS: [Kind; 15] = [
    Kind::Purchase,
    Kind::TransferOut,
    Kind::TransferIn,
    Kind::OwnTransfer,
    Kind::Income,
    Kind::Refund,
    Kind::Repayment,
    Kind::Withdrawal,
    Kind::TopUp,
    Kind::Fee,
    Kind::CashGift,
    Kind::Closed,
    Kind::Pending,
    Kind::Failed,
    Kind::Other,
];

/// By their numbers. New ones are added at the end.
const MARKS: [Mark; 4] = [Mark::UnknownStatus, Mark::UnknownType, Mark::MangledId, Mark::DateOnly];

fn direction_number(direction: Direction) -> u8 {
    match direction {
        Direction::Out => 0,
        Direction::In => 1,
        Direction::Neutral => 2,
    }
}

fn kind_number(kind: Kind) -> u8 {
    match kind {
        Kind::Purchase => 0,
        Kind::TransferOut => 1,
        Kind::TransferIn => 2,
        Kind::OwnTransfer => 3,
        Kind::Income => 4,
        Kind::Refund => 5,
        Kind::Repayment => 6,
        Kind::Withdrawal => 7,
        Kind::TopUp => 8,
        Kind::Fee => 9,
        Kind::CashGift => 10,
        Kind::Closed => 11,
        Kind::Pending => 12,
        Kind::Failed => 13,
        Kind::Other => 14,
    }
}

fn mark_number(mark: Mark) -> u8 {
    match mark {
        Mark::UnknownStatus => 0,
        Mark::UnknownType => 1,
        Mark::MangledId => 2,
        Mark::DateOnly => 3,
    }
}

#[cfg(test)]
#[path = "packed/tests.rs"]
mod tests;
