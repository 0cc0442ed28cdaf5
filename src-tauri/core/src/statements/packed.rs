//! Rows packed one behind another: as they leave the worker, and as they wait in a plan. A row takes a third
//! of the memory of a [`Draft`], nothing is allocated to look at one, and the row of any place is at hand.

use super::{Draft, Parsed, cells};
use crate::ledger::{Direction, Kind, Mark, Moment};
use crate::money::{Currency, Money};
use chrono::{DateTime, FixedOffset};
use rustc_hash::FxHashMap;
use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// Longer texts are not looked up: they hardly ever repeat.
const WORD_BYTES: usize = 64;
/// How many texts of one statement are kept as words.
const WORDS: usize = 1 << 16;

/// A row without its allocations.
#[derive(Serialize, Deserialize)]
struct Line<'a> {
    row: u32,
    seconds: i64,
    offset: i32,
    direction: Direction,
    kind: Kind,
    amount: Sum,
    fee: Option<Sum>,
    refunded: Option<Sum>,
    balance: Option<Sum>,
    #[serde(borrow)]
    texts: [Text<'a>; 9],
    methods: Vec<String>,
    marks: Vec<Mark>,
    #[serde(borrow)]
    cells: Bytes<'a>,
}

/// Minor units and the letters of a currency.
type Sum = (i64, [u8; 3]);

/// A text: that of a number, or its own.
#[derive(Serialize, Deserialize)]
enum Text<'a> {
    Word(u32),
    Own(&'a str),
}

/// Bytes as one piece: as a list, each would be looked at alone.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bytes<'a>(Cow<'a, [u8]>);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Bytes<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Whole;
        impl<'de> Visitor<'de> for Whole {
            type Value = Bytes<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }
            fn visit_borrowed_bytes<E>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
                Ok(Bytes(Cow::Borrowed(bytes)))
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
        (&self.words, Bytes(Cow::Borrowed(&self.bytes))).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Pack {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (words, Bytes(bytes)): (Vec<Box<str>>, _) = Deserialize::deserialize(deserializer)?;
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
        let view = draft.view();
        let texts = view.texts();
        let [party, account, item, method, category, status, order_no, merchant, memo] = texts;
        let line = Line {
            row: draft.row,
            seconds: draft.at.timestamp(),
            offset: draft.at.offset().local_minus_utc(),
            direction: draft.direction,
            kind: draft.kind,
            amount: sum(draft.amount),
            fee: draft.fee.map(sum),
            refunded: (draft.refunded != Money::new(0, draft.amount.currency)).then(|| sum(draft.refunded)),
            balance: draft.balance.map(sum),
            texts: [
                self.text(party),
                self.text(account),
                self.text(item),
                self.text(method),
                self.text(category),
                self.text(status),
                Text::Own(order_no),
                Text::Own(merchant),
                Text::Own(memo),
            ],
            methods: view.methods,
            marks: view.marks,
            cells: Bytes(Cow::Owned(cells::pack(&draft.raw, &texts))),
        };
        let start = self.pack.bytes.len();
        let mut bytes = std::mem::take(&mut self.pack.bytes);
        bytes.extend_from_slice(&[0; 4]);
        let mut bytes = postcard::to_extend(&line, bytes).expect("a list of bytes takes all that is written");
        let length = u32::try_from(bytes.len() - start - 4).unwrap_or(u32::MAX);
        bytes[start..start + 4].copy_from_slice(&length.to_le_bytes());
        self.pack.bytes = bytes;
        self.rows += 1;
    }

    fn text<'a>(&mut self, text: &'a str) -> Text<'a> {
        if text.is_empty() || text.len() > WORD_BYTES {
            return Text::Own(text);
        }
        if let Some(number) = self.known.get(text) {
            return Text::Word(*number);
        }
        let number = self.known.len();
        if number >= WORDS {
            return Text::Own(text);
        }
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        self.known.insert(text.into(), number);
        self.pack.words.push(text.into());
        Text::Word(number)
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
        self.read(self.packs.get(pack as usize)?.get(start as usize..)?)
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
        let (line, _) = postcard::take_from_bytes::<Line<'a>>(bytes).ok()?;
        let text = |text: &Text<'a>| match text {
            Text::Word(number) => self.words.get(*number as usize).map(|word| &**word),
            Text::Own(text) => Some(*text),
        };
        let [party, account, item, method, category, status, order_no, merchant, memo] = &line.texts;
        let amount = money(line.amount)?;
        let draft = Draft {
            row: line.row,
            at: moment(line.seconds, line.offset)?,
            direction: line.direction,
            kind: line.kind,
            amount,
            fee: match line.fee {
                Some(fee) => Some(money(fee)?),
                None => None,
            },
            refunded: match line.refunded {
                Some(refunded) => money(refunded)?,
                None => Money::new(0, amount.currency),
            },
            balance: match line.balance {
                Some(balance) => Some(money(balance)?),
                None => None,
            },
            counterparty: text(party)?,
            counterparty_account: text(account)?,
            item: text(item)?,
            method: text(method)?,
            methods: line.methods,
            category: text(category)?,
            status: text(status)?,
            order_no: text(order_no)?,
            merchant_order_no: text(merchant)?,
            memo: text(memo)?,
            marks: line.marks,
            raw: "",
        };
        Some(Packed { draft, cells: line.cells.0 })
    }
}

fn sum(money: Money) -> Sum {
    let mut letters = [0; 3];
    letters.copy_from_slice(money.currency.code().as_bytes());
    (money.minor, letters)
}

fn money((minor, letters): Sum) -> Option<Money> {
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
