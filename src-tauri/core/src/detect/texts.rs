//! Names and texts of a ledger, numbered: what each is about, and what is left of it without numbers.
//!
//! Kept are fingerprints of 64 bits under a key drawn anew each time, not the texts: no file can be made to
//! collide, and by chance two texts of a million share one in thirty million ledgers.

use super::topics::{Topics, topics};
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};

/// Numbers in order of appearance.
#[derive(Default)]
pub struct Numbers {
    key: Keyed,
    numbers: HashMap<u64, u32, BuildHasherDefault<Mixed>>,
}

impl Numbers {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The number of a name, a new one where it was never seen.
    pub fn of(&mut self, name: &(impl Hash + ?Sized)) -> u32 {
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(self.key.hash_one(name)).or_insert(next)
    }
}

/// Each distinct text once.
#[derive(Default)]
pub struct Texts {
    numbers: Numbers,
    topics: Vec<Topics>,
    /// Texts that differ in digits, spaces and punctuation alone share a number.
    bare: Numbers,
    bare_of: Vec<u32>,
    /// Texts that differ in digits and spaces alone share a number.
    series: Numbers,
    series_of: Vec<u32>,
}

/// What one text says.
#[derive(Clone, Copy, Default)]
pub struct Said {
    /// What it is about.
    pub topics: Topics,
    /// Its number without digits, spaces and punctuation; 0 where nothing is left.
    pub bare: u32,
    /// Its number without digits and spaces; 0 where nothing is left.
    pub series: u32,
}

impl Texts {
    /// The number of a text.
    pub fn number(&mut self, text: &str) -> u32 {
        let number = self.numbers.of(text);
        if number as usize == self.topics.len() {
            self.topics.push(topics(text));
            let bare: String =
                text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
            self.bare_of.push(if bare.is_empty() { 0 } else { self.bare.of(bare.as_str()) + 1 });
            let series: String = text.chars().filter(|c| !c.is_numeric() && !c.is_whitespace()).collect();
            self.series_of.push(if series.is_empty() { 0 } else { self.series.of(series.as_str()) + 1 });
        }
        number
    }

    /// Reads a text, or remembers it.
    pub fn read(&mut self, text: &str) -> Said {
        if text.is_empty() {
            return Said::default();
        }
        let number = self.number(text) as usize;
        Said { topics: self.topics[number], bare: self.bare_of[number], series: self.series_of[number] }
    }
}

/// Takes a number that is a hash already.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// A map by numbers that a file may choose.
pub type Map<K, V> = HashMap<K, V, Keyed>;

/// A fast hash under a key drawn anew each time, so that no file can be made to collide.
#[derive(Debug, Clone)]
pub struct Keyed(u64);

impl Default for Keyed {
    fn default() -> Self {
        Self(RandomState::new().hash_one(0_u64) | 1)
    }
}

impl BuildHasher for Keyed {
    type Hasher = Folded;

    fn build_hasher(&self) -> Folded {
        Folded { state: self.0, key: self.0 }
    }
}

/// The hash so far.
pub struct Folded {
    state: u64,
    key: u64,
}

impl Folded {
    /// The two halves of a 128-bit product mix every bit into every other.
    fn fold(&mut self, word: u64) {
        let product = u128::from(self.state ^ word) * u128::from(self.key.rotate_left(32) | 1);
        let halves = [(product >> 64) as u64, product as u64];
        self.state = halves[0] ^ halves[1] ^ self.key;
    }
}

impl Hasher for Folded {
    fn finish(&self) -> u64 {
        self.state ^ self.state.rotate_left(29)
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let mut word = [0; 8];
            word.copy_from_slice(chunk);
            self.fold(u64::from_le_bytes(word));
        }
        let mut word = [0; 8];
        let rest = chunks.remainder();
        word[..rest.len()].copy_from_slice(rest);
        self.fold(u64::from_le_bytes(word) ^ (bytes.len() as u64) << 56);
    }

    fn write_u8(&mut self, number: u8) {
        self.fold(number.into());
    }
    fn write_u16(&mut self, number: u16) {
        self.fold(number.into());
    }
    fn write_u32(&mut self, number: u32) {
        self.fold(number.into());
    }
    fn write_u64(&mut self, number: u64) {
        self.fold(number);
    }
    fn write_i64(&mut self, number: i64) {
        self.fold(number.cast_unsigned());
    }
    fn write_usize(&mut self, number: usize) {
        self.fold(number as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bill_of_march_is_the_bill_of_april() {
        let mut texts = Texts::default();
        let (march, april) = (texts.read("会员 2026-03 #118"), texts.read("会员 2026-04 #119"));
        assert_eq!(march.bare, april.bare);
        assert_ne!(march.bare, texts.read("会员年卡").bare);
        assert_eq!(texts.read("12345").bare, 0);
    }

    #[test]
    fn texts_of_every_length_are_told_apart() {
        let long: Vec<String> = (0..2_000).map(|n| "订".repeat(n % 19) + &n.to_string()).collect();
        let mut texts = Texts::default();
        for text in &long {
            texts.read(text);
            texts.read(text);
        }
        assert_eq!(texts.topics.len(), long.len());
    }
}
