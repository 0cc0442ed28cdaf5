//! The list of phrases, and where in a text one of them stands for itself.

use crate::text::Text;
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

/// Where a phrase was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// Named in warnings of the police or of a wallet's security centre.
    PublicWarning,
    /// Commonly known; no source was checked.
    GeneralKnowledge,
}

/// How much a phrase says by itself, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// Rather honest; it says something beside other words.
    Hint,
    /// Often honest.
    Watch,
    /// Mostly a scam.
    Likely,
    /// Hardly an honest use.
    Clear,
}

/// Phrases of one story.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// What nobody lawful asks for, whoever is paid; in lower case.
    #[serde(default)]
    pub anywhere: Vec<String>,
    /// What counts where money is sent to a person or an account: shops use the word in earnest.
    #[serde(default)]
    pub sent: Vec<String>,
    /// How much they say.
    pub weight: Weight,
    /// The least sum, in minor units, of which they are told.
    #[serde(default)]
    pub least: i64,
    /// The scam they belong to.
    pub reason: Text,
    /// Where they were taken from.
    pub source: SourceKind,
    /// Beside these they are innocent.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// The whole list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScamWords {
    /// Beside these every phrase is innocent.
    pub unless: Vec<String>,
    /// What is bought under these titles is a lesson, a program, a thing.
    pub goods: Vec<String>,
    /// Who is paid under these names charges for what the phrases name.
    pub lawful: Vec<String>,
    /// Longer words in which a phrase stands by chance.
    pub inside: Vec<String>,
    /// The phrases.
    pub phrase: Vec<Phrase>,
}

static WORDS: LazyLock<ScamWords> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../../assets/detect/scam-words.toml"))
        .expect("the list ships with the app and a test reads it")
});

/// The list as it ships.
pub fn words() -> &'static ScamWords {
    &WORDS
}

/// One word of the list.
struct Word {
    word: &'static str,
    phrase: usize,
    /// Whether it counts at a purchase, too.
    anywhere: bool,
}

/// The words by their first letter, so that a row is read once however long the list is.
static INDEX: LazyLock<HashMap<char, Vec<Word>>> = LazyLock::new(|| {
    let mut first: HashMap<char, Vec<Word>> = HashMap::new();
    for (number, phrase) in WORDS.phrase.iter().enumerate() {
        for (words, anywhere) in [(&phrase.anywhere, true), (&phrase.sent, false)] {
            for word in words {
                let letter = word.chars().next().unwrap_or_default();
                first.entry(letter).or_default().push(Word { word, phrase: number, anywhere });
            }
        }
    }
    first
});

/// Every word of every phrase.
pub fn every() -> BTreeSet<&'static str> {
    INDEX.values().flatten().map(|word| word.word).collect()
}

/// A word found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it stands, in bytes.
    pub at: Range<usize>,
    /// Which phrase it belongs to.
    pub phrase: usize,
    /// Whether it counts at a purchase, too.
    pub anywhere: bool,
}

/// The words that stand in a text for themselves, in any case.
pub fn found(text: &str) -> Vec<Found> {
    let text = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for (place, letter) in text.char_indices() {
        for &Word { word, phrase, anywhere } in INDEX.get(&letter).into_iter().flatten() {
            let Some(length) = begins(&text[place..], word) else { continue };
            let at = place..place + length;
            if stands(&text, &at) {
                // At a shop two words beside each other are two words.
                found.push(Found { at, phrase, anywhere: anywhere && length == word.len() });
            }
        }
    }
    found
}

/// Letters of a word within which a text may put blanks: 中奖 税费. Shorter words stand in 印刷 单面.
const SPACED: usize = 3;

/// How much of a text its beginning takes, where that is the word.
fn begins(text: &str, word: &str) -> Option<usize> {
    if text.starts_with(word) {
        return Some(word.len());
    }
    if word.is_ascii() || word.chars().count() < SPACED {
        return None;
    }
    let mut letters = text.char_indices().filter(|(_, letter)| !letter.is_whitespace());
    word.chars().try_fold(0, |_, of_word| {
        let (place, letter) = letters.next()?;
        (letter == of_word).then_some(place + letter.len_utf8())
    })
}

/// What stands before a word that is not meant: 别刷单了.
const UNDONE: &[&str] = &[
    "别",
    "别再",
    "不要",
    "不要再",
    "勿",
    "莫",
    "拒绝",
    "远离",
    "警惕",
    "小心",
    "谨防",
    "严防",
    "防",
    "反",
    "没有",
    "不是",
    "不能",
    "禁止",
    "no ",
    "not ",
    "don't ",
    "beware of ",
    "anti-",
];

/// Whether the word at `at` of a text in lower case is a word of its own: Latin letters stand alone, and no longer word
/// of the list covers it or runs over one of its ends.
pub fn stands(text: &str, at: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let latin =
        |place: Option<usize>| place.and_then(|place| bytes.get(place)).is_some_and(u8::is_ascii_alphabetic);
    if UNDONE.iter().any(|word| text[..at.start].ends_with(word)) {
        return false;
    }
    let before = at.start.checked_sub(1);
    if latin(before) && latin(Some(at.start)) || latin(Some(at.end - 1)) && latin(Some(at.end)) {
        return false;
    }
    WORDS.inside.iter().all(|longer| {
        text.match_indices(longer.as_str()).all(|(start, _)| {
            let end = start + longer.len();
            let over_the_end = start < at.end && at.end < end;
            let over_the_start = start < at.start && at.start < end;
            !over_the_end && !over_the_start
        })
    })
}
