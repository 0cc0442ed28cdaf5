//! A message as it is searched: the same characters, folded one by one, and the words looked for.

use super::{amount, talk};
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

/// The words by which messages are read, from `assets/messages/words.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub wallets: Vec<String>,
    pub not_payments: Vec<String>,
    pub neutral: Vec<String>,
    pub talk: Vec<String>,
    pub conditions: Vec<String>,
    pub not_conditions: Vec<String>,
    pub failed: Vec<String>,
    pub failed_why: Vec<String>,
    pub earlier: Vec<String>,
    pub succeeded: Vec<String>,
    pub closed: Vec<String>,
    pub announced: Vec<String>,
    pub arrived: Vec<String>,
    pub upcoming: Vec<String>,
    pub held_is_over: Vec<String>,
    pub refund: Vec<String>,
    pub happened: Vec<String>,
    pub in_phrases: Vec<String>,
    #[serde(rename = "in")]
    pub incoming: Vec<String>,
    #[serde(rename = "out")]
    pub outgoing: Vec<String>,
    pub weak_out: Vec<String>,
    pub cash_gift: Vec<String>,
    pub wages: Vec<String>,
    pub repayment: Vec<String>,
    pub repaid: Vec<String>,
    pub cash: Vec<String>,
    pub payout: Vec<String>,
    pub top_up: Vec<String>,
    pub purse: Vec<String>,
    pub fees: Vec<String>,
    pub bought: Vec<String>,
    pub transfer: Vec<String>,
    pub not_amount: Vec<String>,
    pub not_amount_alone: Vec<String>,
    pub beside: Vec<String>,
    pub counterparty_labels: Vec<String>,
    pub method_labels: Vec<String>,
    pub order_labels: Vec<String>,
    pub time_labels: Vec<String>,
    pub other_labels: Vec<String>,
    pub tail_marks: Vec<String>,
    pub credit_cards: Vec<String>,
    pub debit_cards: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../../assets/messages/words.toml"))
        .expect("a test reads the embedded words")
});

pub(super) fn words() -> &'static Words {
    &WORDS
}

/// A message, searchable: places are indices of characters and the same in every copy.
pub(super) struct Scan {
    /// As pasted.
    pub original: Vec<char>,
    /// Full-width forms and case folded.
    pub folded: Vec<char>,
    /// Folded, with names and labels that say nothing of the direction blanked out.
    pub plain: Vec<char>,
    /// The same, with advice and conditions blanked out as well.
    pub verbs: Vec<char>,
}

/// What stands in place of blanked words: no word and no stop.
const BLANK: char = '\u{1}';

impl Scan {
    pub fn new(message: &str) -> Self {
        let original: Vec<char> = message.chars().collect();
        let folded: Vec<char> = original.iter().map(|c| fold(*c)).collect();
        let mut scan = Self { original, plain: folded.clone(), verbs: Vec::new(), folded };
        for word in &words().neutral {
            let mut from = 0;
            while let Some(place) = find_in(&scan.folded, word, from) {
                from = place.end;
                scan.plain[place].fill(BLANK);
            }
        }
        scan.verbs = scan.plain.clone();
        let amounts: Vec<Range<usize>> = amount::all(&scan).into_iter().map(|sum| sum.place).collect();
        for talk in talk::find(&scan, &amounts) {
            scan.verbs[talk].fill(BLANK);
        }
        scan
    }

    /// Whether this place is within advice or a condition.
    pub fn is_talk(&self, place: usize) -> bool {
        self.verbs.get(place) == Some(&BLANK)
    }

    /// The first place of a word at or after `from`. A word of ASCII letters stands for itself only.
    pub fn find(&self, word: &str, from: usize) -> Option<Range<usize>> {
        find_in(&self.folded, word, from)
    }

    /// The place of whichever of the words comes first.
    pub fn first(&self, words: &[String]) -> Option<Range<usize>> {
        words.iter().filter_map(|word| self.find(word, 0)).min_by_key(|place| place.start)
    }

    /// The words at a place, as pasted.
    pub fn words(&self, place: Range<usize>) -> String {
        let words: String = self.original.get(place).unwrap_or_default().iter().collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub fn at(&self, place: usize) -> Option<char> {
        self.folded.get(place).copied()
    }

    /// The first place at or after `from` that holds no blank (line ends are no blanks here).
    pub fn skip_blanks(&self, mut from: usize) -> usize {
        while matches!(self.at(from), Some(' ' | '\t')) {
            from += 1;
        }
        from
    }
}

/// Every place of a word in the text, in order.
pub(super) fn places(text: &[char], word: &str) -> Vec<Range<usize>> {
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(place) = find_in(text, word, from) {
        from = place.end;
        found.push(place);
    }
    found
}

fn find_in(text: &[char], word: &str, from: usize) -> Option<Range<usize>> {
    let wanted: Vec<char> = word.chars().collect();
    let is_latin = wanted.iter().any(char::is_ascii_alphabetic);
    let joins = |at: Option<&char>| is_latin && at.is_some_and(char::is_ascii_alphabetic);
    if wanted.is_empty() || from >= text.len() {
        return None;
    }
    (from..text.len().saturating_sub(wanted.len() - 1)).map(|start| start..start + wanted.len()).find(
        |place| {
            text[place.clone()] == wanted[..]
                && !joins(place.start.checked_sub(1).and_then(|before| text.get(before)))
                && !joins(text.get(place.end))
        },
    )
}

fn fold(c: char) -> char {
    match c {
        '￥' => '¥',
        '\u{3000}' | '\u{a0}' => ' ',
        '−' | '–' => '-',
        // Full-width ASCII, but not the comma: it parts sentences and never thousands.
        '，' => '，',
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c).to_ascii_lowercase(),
        _ => c.to_ascii_lowercase(),
    }
}

/// Whether a clause ends here.
pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '，' | ',' | '。' | ';' | '；' | '\n' | '!' | '、')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_read_and_are_folded_as_messages_are() {
        let words = words();
        let lists = [
            &words.neutral,
            &words.talk,
            &words.conditions,
            &words.failed,
            &words.refund,
            &words.incoming,
            &words.outgoing,
            &words.not_amount,
            &words.fees,
        ];
        for word in lists.into_iter().flatten() {
            assert_eq!(word.chars().map(fold).collect::<String>(), *word);
        }
    }

    #[test]
    fn a_latin_word_stands_for_itself_only() {
        let scan = Scan::new("Prepaid plan PAID");
        assert_eq!(scan.find("paid", 0), Some(13..17));
        assert_eq!(scan.find("pre", 0), None);
    }
}
