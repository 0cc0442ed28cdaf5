//! Each distinct text of a ledger once, numbered: what it is about, and what is left of it without numbers.

use super::topics::{Topics, topics};
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

/// Each distinct text once.
#[derive(Default)]
pub struct Texts<'a> {
    numbers: HashMap<&'a str, u32, Keyed>,
    topics: Vec<Topics>,
    /// Texts that differ in digits, spaces and punctuation alone share a number.
    bare: HashMap<String, u32>,
    bare_of: Vec<u32>,
}

/// What one text says.
#[derive(Clone, Copy, Default)]
pub struct Said {
    /// What it is about.
    pub topics: Topics,
    /// Its number without digits, spaces and punctuation; 0 where nothing is left.
    pub bare: u32,
}

impl<'a> Texts<'a> {
    /// Reads a text, or remembers it.
    pub fn read(&mut self, text: &'a str) -> Said {
        if text.is_empty() {
            return Said::default();
        }
        let next = u32::try_from(self.topics.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(text).or_insert(next);
        if number == next {
            self.topics.push(topics(text));
            let bare: String =
                text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
            let count = u32::try_from(self.bare.len() + 1).unwrap_or(u32::MAX);
            let bare = if bare.is_empty() { 0 } else { *self.bare.entry(bare).or_insert(count) };
            self.bare_of.push(bare);
        }
        Said { topics: self.topics[number as usize], bare: self.bare_of[number as usize] }
    }
}

/// A fast hash under a key drawn anew each time, so that no file can be made to collide.
#[derive(Clone)]
struct Keyed(u64);

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

struct Folded {
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
