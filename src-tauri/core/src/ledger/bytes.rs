//! Facts of rows as bytes: numbers in as few as they need, texts behind their length, words of the trade by number.
//!
//! The numbers stand in vaults: what one means never changes, and new ones are added at the end.

use super::{Direction, Kind, Mark};

const DIRECTIONS: [Direction; 3] = [Direction::Out, Direction::In, Direction::Neutral];
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
const MARKS: [Mark; 4] = [Mark::UnknownStatus, Mark::UnknownType, Mark::MangledId, Mark::DateOnly];

/// The number of a direction.
pub fn direction_number(direction: Direction) -> u8 {
    match direction {
        Direction::Out => 0,
        Direction::In => 1,
        Direction::Neutral => 2,
    }
}

/// The number of a kind.
pub fn kind_number(kind: Kind) -> u8 {
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

/// Writes a number, seven bits a byte, the lowest first.
pub fn put_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Writes a number with its sign, which takes one bit.
pub fn put_signed(bytes: &mut Vec<u8>, number: i64) {
    put_number(bytes, (number << 1 ^ number >> 63).cast_unsigned());
}

/// Writes a text behind its length.
pub fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put_number(bytes, text.len() as u64);
    bytes.extend_from_slice(text.as_bytes());
}

/// Writes a text that may be one of a list: an odd number is twice its place there and one, an even one twice the
/// length of the text that follows.
pub fn put_word(bytes: &mut Vec<u8>, text: &str, place: Option<u32>) {
    match place {
        Some(place) => put_number(bytes, u64::from(place) << 1 | 1),
        None => {
            put_number(bytes, (text.len() as u64) << 1);
            bytes.extend_from_slice(text.as_bytes());
        }
    }
}

/// Writes marks.
pub fn put_marks(bytes: &mut Vec<u8>, marks: &[Mark]) {
    put_number(bytes, marks.len() as u64);
    bytes.extend(marks.iter().map(|mark| mark_number(*mark)));
}

/// Bytes being read; every step answers `None` where they are none that this module writes.
#[derive(Debug, Clone, Copy)]
pub struct Bytes<'b> {
    /// What was not read yet.
    pub rest: &'b [u8],
}

impl<'b> Bytes<'b> {
    /// So many bytes.
    pub fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    /// So many bytes, known beforehand.
    pub fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*taken)
    }

    /// See [`put_number`].
    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let [byte] = self.array()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// See [`put_signed`].
    pub fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    /// See [`put_text`].
    pub fn text(&mut self) -> Option<&'b str> {
        let length = usize::try_from(self.number()?).ok()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// See [`put_word`]; `words` is the list.
    pub fn word(&mut self, words: &'b [Box<str>]) -> Option<&'b str> {
        let number = self.number()?;
        let half = usize::try_from(number >> 1).ok()?;
        if number & 1 == 1 {
            return words.get(half).map(|word| &**word);
        }
        std::str::from_utf8(self.take(half)?).ok()
    }

    /// See [`direction_number`].
    pub fn direction(&mut self) -> Option<Direction> {
        let [number] = self.array()?;
        DIRECTIONS.get(usize::from(number)).copied()
    }

    /// See [`kind_number`].
    pub fn kind(&mut self) -> Option<Kind> {
        let [number] = self.array()?;
        KINDS.get(usize::from(number)).copied()
    }

    /// See [`put_marks`].
    pub fn marks(&mut self) -> Option<Vec<Mark>> {
        let count = usize::try_from(self.number()?).ok()?;
        if count == 0 {
            return Some(Vec::new());
        }
        self.take(count)?.iter().map(|mark| MARKS.get(usize::from(*mark)).copied()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_of_the_trade_have_the_numbers_that_stand_in_vaults() {
        for (number, direction) in DIRECTIONS.iter().enumerate() {
            assert_eq!(usize::from(direction_number(*direction)), number);
        }
        for (number, kind) in KINDS.iter().enumerate() {
            assert_eq!(usize::from(kind_number(*kind)), number);
        }
        for (number, mark) in MARKS.iter().enumerate() {
            assert_eq!(usize::from(mark_number(*mark)), number);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_was_written_is_read(number: u64, signed: i64, text in "\\PC{0,200}", place in prop::option::of(0..2_u32)) {
            let words: Vec<Box<str>> = vec!["甲".into(), "乙".into()];
            let word = place.map_or(&*text, |place| &words[place as usize]);
            let mut bytes = Vec::new();
            put_number(&mut bytes, number);
            put_signed(&mut bytes, signed);
            put_text(&mut bytes, &text);
            put_word(&mut bytes, word, place);
            put_marks(&mut bytes, &MARKS);
            let mut read = Bytes { rest: &bytes };
            prop_assert_eq!(read.number(), Some(number));
            prop_assert_eq!(read.signed(), Some(signed));
            prop_assert_eq!(read.text(), Some(&*text));
            prop_assert_eq!(read.word(&words), Some(word));
            prop_assert_eq!(read.marks(), Some(MARKS.to_vec()));
            prop_assert!(read.rest.is_empty());
        }
    }
}
