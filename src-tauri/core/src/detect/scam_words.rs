//! Words of known scams where money goes out.
//!
//! Victims are often told what to write, or write down what they believe they pay for: 安全账户, 解冻费,
//! 刷单垫付. The words are data (`assets/detect/scam-words.toml`), each with its story, and with the words
//! beside which it is innocent: a book about fraud, a shop's guarantee deposit, the deposit for a flat.

use super::history::{name, when};
use super::phrase::{Words, holds};
use super::{Flag, FlagKind, History};
use crate::ledger::{Kind, Transaction};
use crate::text::Text;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// ¥1: scams do not ask for less; jokes in a memo do.
const LEAST: i64 = 100;
/// Two different stories in one row leave little doubt.
const SECOND_PHRASE: f64 = 0.06;

/// Where a phrase was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// Named in warnings of the police or of a wallet's security centre.
    PublicWarning,
    /// Commonly known; no source was checked.
    GeneralKnowledge,
}

/// Which payments a phrase is looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// Any money that goes out.
    Any,
    /// Only money sent to a person: shops use the word in earnest.
    Transfer,
}

/// How much a phrase says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// Hardly an honest use.
    Clear,
    /// Mostly a scam.
    Likely,
    /// Often honest.
    Watch,
    /// Rather honest; it says something beside other words.
    Hint,
}

impl Weight {
    fn score(self) -> f64 {
        match self {
            Self::Clear => 0.92,
            Self::Likely => 0.78,
            Self::Watch => 0.56,
            Self::Hint => 0.42,
        }
    }
}

/// A phrase and its story.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// What a row holds, in lower case.
    pub words: Vec<String>,
    /// How much it says.
    pub weight: Weight,
    /// Where it is looked for.
    pub reach: Reach,
    /// The scam it belongs to.
    pub reason: Text,
    /// Where it was taken from.
    pub source: SourceKind,
    /// Beside these it is innocent.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// The whole list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScamWords {
    /// Beside these every phrase is innocent.
    pub unless: Vec<String>,
    /// The phrases.
    pub phrase: Vec<Phrase>,
}

static WORDS: LazyLock<ScamWords> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../assets/detect/scam-words.toml"))
        .expect("the list ships with the app and a test reads it")
});

/// The phrases by their first letter, so that a row is read once however long the list is.
struct Index {
    first: HashMap<char, Vec<(&'static str, usize)>>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut first: HashMap<char, Vec<(&'static str, usize)>> = HashMap::new();
    for (number, phrase) in WORDS.phrase.iter().enumerate() {
        for word in &phrase.words {
            if let Some(letter) = word.chars().next() {
                first.entry(letter).or_default().push((word, number));
            }
        }
    }
    Index { first }
});

/// The list as it ships.
pub fn words() -> &'static ScamWords {
    &WORDS
}

/// Finds payments that carry such words.
pub fn find(history: &History<'_>, (): &mut ()) -> Vec<Flag> {
    let mut flags = Vec::new();
    for (i, line) in history.spending().filter(|(_, line)| line.kept >= LEAST) {
        if !history.sign(i).says.holds(Words::Scam) {
            continue;
        }
        let person = line.kind == Kind::CashGift || history.is_transfer(i);
        let hits = hits(history.row(i), person);
        if !hits.is_empty() {
            flags.push(explain(history, i, &hits));
        }
    }
    flags
}

/// The phrases a row holds, the weightiest first, one for each story.
fn hits(row: &Transaction, person: bool) -> Vec<(&'static str, &'static Phrase)> {
    let mut found: Vec<(&'static str, usize)> = Vec::new();
    for text in [&row.item, &row.memo, &row.note] {
        for (place, letter) in text.char_indices() {
            let letter = letter.to_ascii_lowercase();
            let Some(starting) = INDEX.first.get(&letter) else { continue };
            let here = &text.as_bytes()[place..];
            for &(word, number) in starting {
                let begins = here.get(..word.len()).is_some_and(|s| s.eq_ignore_ascii_case(word.as_bytes()));
                if begins && found.iter().all(|&(_, other)| other != number) {
                    found.push((word, number));
                }
            }
        }
    }
    if found.is_empty() || says(row, &WORDS.unless) {
        return Vec::new();
    }
    let mut hits: Vec<_> = found.into_iter().map(|(word, number)| (word, &WORDS.phrase[number])).collect();
    hits.retain(|(_, phrase)| {
        let reached = phrase.reach == Reach::Any || person;
        reached && !says(row, &phrase.unless)
    });
    hits.sort_by(|a, b| b.1.weight.score().total_cmp(&a.1.weight.score()));
    hits
}

fn says(row: &Transaction, words: &[String]) -> bool {
    [&row.counterparty, &row.item, &row.memo, &row.category, &row.note]
        .into_iter()
        .any(|text| words.iter().any(|word| holds(text, &[word])))
}

fn explain(history: &History<'_>, i: usize, hits: &[(&'static str, &'static Phrase)]) -> Flag {
    let row = history.row(i);
    let (at, who, paid) = (when(row.at), name(row), history.money(i, history.lines[i].kept));
    let (word, phrase) = hits[0];
    let quoted: Vec<String> = hits.iter().map(|(word, _)| format!("「{word}」")).collect();
    let quoted_en: Vec<String> = hits.iter().map(|(word, _)| format!("“{word}”")).collect();
    let explanation = Text::new(
        format!("{} 付给{}{paid}，写着{}。{}", at.zh, who.zh, quoted.join(""), phrase.reason.zh),
        format!(
            "{paid} went to {} on {}, marked {}. {}",
            who.en,
            at.en,
            quoted_en.join(", "),
            phrase.reason.en
        ),
    );
    let innocent = Text::new(
        format!("您清楚「{word}」指什么，并且不是应陌生人的要求付的。"),
        format!("You know what “{word}” stands for here, and no stranger asked you to pay."),
    );
    let more = SECOND_PHRASE * (hits.len() - 1).min(2) as f64;
    let score = (phrase.weight.score() + more).min(0.98);
    history.flag(FlagKind::ScamWords, score, &[i], paid, explanation, innocent)
}
