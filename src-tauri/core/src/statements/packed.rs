//! Rows packed one behind another: as they leave the worker, and as they wait in a plan. A row takes a third
//! of the memory of a [`Draft`], nothing is allocated to look at one, and the row of any place is at hand.

use super::{Draft, Parsed, cells};
use crate::ledger::Moment;
use crate::ledger::bytes::{
    Bytes, direction_number, kind_number, put_marks, put_number, put_signed, put_text, put_word,
};
use crate::money::{Currency, Money};
use crate::table::Row;
use chrono::{DateTime, FixedOffset};
use rustc_hash::FxHashMap;
use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// Longer texts are not looked up: they hardly ever repeat.
const WORD_BYTES: usize = 64;
// What a row's flags say is there.
const FEE: u8 = 1;
const REFUNDED: u8 = 2;
const BALANCE: u8 = 4;
const METHODS: u8 = 8;
/// How many texts of one statement are kept as words.
const WORDS: usize = 1 << 16;

/// Bytes as one piece: as a list, each would be looked at alone.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece<'a>(Cow<'a, [u8]>);

impl Serialize for Piece<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Piece<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Whole;
        impl<'de> Visitor<'de> for Whole {
            type Value = Piece<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }
            fn visit_borrowed_bytes<E>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
                Ok(Piece(Cow::Borrowed(bytes)))
            }
        }
        deserializer.deserialize_bytes(Whole)
    }
}

/// Some rows of one statement, and the words they are the first to use.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Pack {
    words: Vec<Box<str>>,
    /// Each with its length before it, in two bytes or four.
    bytes: Vec<u8>,
}

impl Serialize for Pack {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.words, Piece(Cow::Borrowed(&self.bytes))).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Pack {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (words, Piece(bytes)): (Vec<Box<str>>, _) = Deserialize::deserialize(deserializer)?;
        if words_are_too_many(&words) {
            return Err(D::Error::custom("more words than are ever used"));
        }
        Ok(Self { words, bytes: bytes.into_owned() })
    }
}

fn words_are_too_many(words: &[Box<str>]) -> bool {
    words.len() > WORDS || words.iter().any(|word| word.len() > WORD_BYTES)
}

/// Packs the rows of one statement.
#[derive(Debug, Default)]
pub struct Packer {
    known: FxHashMap<Box<str>, u32>,
    pack: Pack,
    rows: usize,
}

impl Packer {
    /// Packs one more row.
    pub fn push(&mut self, draft: &Draft) {
        self.push_with(draft, |bytes, texts| cells::pack_into(bytes, &draft.raw, texts));
    }

    /// Packs one more row, whose cells stand in a table and not in its `raw`.
    pub fn push_row(&mut self, draft: &Draft, row: &Row) {
        self.push_with(draft, |bytes, texts| cells::pack_row(bytes, row, texts));
    }

    fn push_with(&mut self, draft: &Draft, put_cells: impl FnOnce(&mut Vec<u8>, &[&str])) {
        let mut bytes = std::mem::take(&mut self.pack.bytes);
        let start = bytes.len();
        bytes.extend_from_slice(&[0; 4]);
        put_number(&mut bytes, u64::from(draft.row));
        let refunded = (draft.refunded != Money::new(0, draft.amount.currency)).then_some(draft.refunded);
        let flag = |bit: u8, holds: bool| if holds { bit } else { 0 };
        bytes.push(
            flag(FEE, draft.fee.is_some())
                | flag(REFUNDED, refunded.is_some())
                | flag(BALANCE, draft.balance.is_some())
                | flag(METHODS, !draft.methods.is_empty()),
        );
        bytes.extend_from_slice(&[direction_number(draft.direction), kind_number(draft.kind)]);
        put_signed(&mut bytes, draft.at.timestamp());
        put_signed(&mut bytes, i64::from(draft.at.offset().local_minus_utc()));
        for sum in [Some(draft.amount), draft.fee, refunded, draft.balance].into_iter().flatten() {
            put_signed(&mut bytes, sum.minor);
            bytes.extend_from_slice(sum.currency.code().as_bytes());
        }
        put_marks(&mut bytes, &draft.marks);
        let texts: [&str; 9] = draft.borrowed_texts();
        let [party, account, item, method, category, status, order_no, merchant, memo] = texts;
        for text in [party, account, item, method, category, status] {
            put_word(&mut bytes, text, self.word(text));
        }
        for text in [order_no, merchant, memo] {
            put_text(&mut bytes, text);
        }
        if !draft.methods.is_empty() {
            put_number(&mut bytes, draft.methods.len() as u64);
            draft.methods.iter().for_each(|method| put_text(&mut bytes, method));
        }
        put_cells(&mut bytes, &texts);
        let length = u32::try_from(bytes.len() - start - 4).unwrap_or(u32::MAX);
        bytes[start..start + 4].copy_from_slice(&length.to_le_bytes());
        self.pack.bytes = bytes;
        self.rows += 1;
    }

    /// The number of a text among the words; it becomes one, unless there are too many.
    fn word(&mut self, text: &str) -> Option<u32> {
        if text.is_empty() || text.len() > WORD_BYTES {
            return None;
        }
        if let Some(number) = self.known.get(text) {
            return Some(*number);
        }
        let number = u32::try_from(self.known.len()).ok().filter(|number| (*number as usize) < WORDS)?;
        self.known.insert(text.into(), number);
        self.pack.words.push(text.into());
        Some(number)
    }

    /// How many rows wait to be taken.
    pub fn waiting(&self) -> usize {
        self.rows
    }

    /// The rows packed since the last time, to be added in this order.
    pub fn take(&mut self) -> Pack {
        self.rows = 0;
        let capacity = self.pack.bytes.capacity();
        std::mem::replace(&mut self.pack, Pack { words: Vec::new(), bytes: Vec::with_capacity(capacity) })
    }
}

/// A row of a statement, its texts borrowed.
#[derive(Debug, Clone, PartialEq)]
pub struct Packed<'a> {
    /// All but `raw`, which is empty.
    pub draft: Draft<&'a str>,
    /// Its cells as [`cells::pack`] writes them.
    pub cells: Cow<'a, [u8]>,
}

impl<'a> Packed<'a> {
    /// A row that was never packed.
    pub fn of(draft: &'a Draft) -> Self {
        let view = draft.view();
        let cells = cells::pack(view.raw, &view.texts());
        Self { draft: Draft { raw: "", ..view }, cells: cells.into() }
    }

    /// The cells as they stood in the file, a JSON array of strings.
    pub fn raw(&self) -> String {
        cells::unpack(&self.cells, &self.draft.texts()).unwrap_or_default()
    }
}

/// The rows of one statement, packed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Rows {
    words: Vec<Box<str>>,
    packs: Vec<Vec<u8>>,
    /// The pack of each row, and the byte it begins at.
    places: Vec<(u32, u32)>,
}

impl Rows {
    /// Adds rows behind those that are there; `false` where the bytes cannot be rows.
    pub fn add(&mut self, pack: Pack) -> bool {
        if self.words.len() + pack.words.len() > WORDS {
            return false;
        }
        let Ok(number) = u32::try_from(self.packs.len()) else { return false };
        let mut at = 0;
        while at < pack.bytes.len() {
            let Some((length, rest)) = pack.bytes[at..].split_first_chunk::<4>() else { return false };
            let length = u32::from_le_bytes(*length) as usize;
            let Ok(place) = u32::try_from(at + 4) else { return false };
            if length > rest.len() {
                return false;
            }
            self.places.push((number, place));
            at += 4 + length;
        }
        let mut bytes = pack.bytes;
        bytes.shrink_to_fit();
        self.words.extend(pack.words);
        self.packs.push(bytes);
        true
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The row of a place, counted from 0; `None` beyond the last, and where the bytes are no row.
    pub fn get(&self, index: usize) -> Option<Packed<'_>> {
        let &(pack, start) = self.places.get(index)?;
        let bytes = self.packs.get(pack as usize)?;
        let start = start as usize;
        let length = bytes.get(start.checked_sub(4)?..start)?.first_chunk::<4>()?;
        let end = start.checked_add(u32::from_le_bytes(*length) as usize)?;
        self.read(bytes.get(start..end)?)
    }

    /// All rows in file order.
    pub fn iter(&self) -> impl Iterator<Item = Option<Packed<'_>>> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// Hands every row to `take` in file order, and gives back the memory of those behind.
    pub fn consume(mut self, mut take: impl FnMut(Packed<'_>)) {
        for index in 0..self.len() {
            let (pack, start) = self.places[index];
            if start == 4 && pack > 0 {
                self.packs[pack as usize - 1] = Vec::new();
            }
            if let Some(row) = self.get(index) {
                take(row);
            }
        }
    }

    fn read<'a>(&'a self, bytes: &'a [u8]) -> Option<Packed<'a>> {
        let mut bytes = Bytes { rest: bytes };
        let row = u32::try_from(bytes.number()?).ok()?;
        let [flags] = bytes.array()?;
        let has = |bit: u8| flags & bit != 0;
        let (direction, kind) = (bytes.direction()?, bytes.kind()?);
        let at = moment(bytes.signed()?, i32::try_from(bytes.signed()?).ok()?)?;
        let amount = money(&mut bytes)?;
        let fee = if has(FEE) { Some(money(&mut bytes)?) } else { None };
        let refunded = if has(REFUNDED) { money(&mut bytes)? } else { Money::new(0, amount.currency) };
        let balance = if has(BALANCE) { Some(money(&mut bytes)?) } else { None };
        let marks = bytes.marks()?;
        let words = &self.words;
        let mut draft = Draft {
            row,
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
        if has(METHODS) {
            let count = bytes.number()?;
            // Not reserved: the number may be anything.
            draft.methods = (0..count).map(|_| bytes.text().map(str::to_owned)).collect::<Option<_>>()?;
        }
        Some(Packed { draft, cells: bytes.rest.into() })
    }
}

fn money(bytes: &mut Bytes<'_>) -> Option<Money> {
    let minor = bytes.signed()?;
    let letters = bytes.array::<3>()?;
    Some(Money::new(minor, Currency::parse(std::str::from_utf8(&letters).ok()?)?))
}

fn moment(seconds: i64, offset: i32) -> Option<Moment> {
    Some(DateTime::from_timestamp(seconds, 0)?.with_timezone(&FixedOffset::east_opt(offset)?))
}

/// A statement whose rows are packed.
#[derive(Debug, Clone, PartialEq)]
pub struct PackedStatement {
    /// Everything but its rows.
    pub about: Parsed,
    /// The rows that could be read, in file order.
    pub rows: Rows,
}

impl PackedStatement {
    /// Packs the rows of a statement that was read in this process.
    pub fn of(parsed: Parsed) -> Self {
        let mut packer = Packer::default();
        parsed.rows.iter().for_each(|draft| packer.push(draft));
        let mut rows = Rows::default();
        rows.add(packer.take());
        Self { about: Parsed { rows: Vec::new(), ..parsed }, rows }
    }

    /// The statement with its rows unpacked.
    pub fn unpacked(self) -> Parsed {
        let mut rows = Vec::with_capacity(self.rows.len());
        self.rows.consume(|packed| rows.push(packed.unpacked()));
        Parsed { rows, ..self.about }
    }
}

impl Packed<'_> {
    /// The row with texts of its own.
    pub fn unpacked(&self) -> Draft {
        let draft = self.draft.clone();
        Draft {
            row: draft.row,
            at: draft.at,
            direction: draft.direction,
            kind: draft.kind,
            amount: draft.amount,
            fee: draft.fee,
            refunded: draft.refunded,
            balance: draft.balance,
            counterparty: draft.counterparty.to_owned(),
            counterparty_account: draft.counterparty_account.to_owned(),
            item: draft.item.to_owned(),
            method: draft.method.to_owned(),
            methods: draft.methods,
            category: draft.category.to_owned(),
            status: draft.status.to_owned(),
            order_no: draft.order_no.to_owned(),
            merchant_order_no: draft.merchant_order_no.to_owned(),
            memo: draft.memo.to_owned(),
            marks: draft.marks,
            raw: self.raw(),
        }
    }
}

#[cfg(test)]
mod tests;
