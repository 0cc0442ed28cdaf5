//! Finding transactions as the user types: Chinese substring, pinyin, initials, amount, order number.

use super::{Direction, Kind, Transaction, TransactionId};
use crate::money::{Currency, Money};
use chrono::NaiveDate;
use pinyin::ToPinyin;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use ts_rs::TS;

/// What to list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Query {
    /// Chinese substring, pinyin, initials, amount or order number; words are joined by "and".
    pub search: String,
    /// A provider id.
    pub provider: Option<String>,
    /// First day, `YYYY-MM-DD`.
    #[ts(type = "string | null")]
    pub from: Option<NaiveDate>,
    /// Last day.
    #[ts(type = "string | null")]
    pub to: Option<NaiveDate>,
    /// Direction.
    pub direction: Option<Direction>,
    /// Kind.
    pub kind: Option<Kind>,
    /// Only flagged ones.
    pub flagged: bool,
    /// How many to pass over.
    pub offset: u32,
    /// How many at most; 0 for none but the totals.
    pub limit: u32,
}

/// One searchable text a transaction, lower-case, in the ledger's order. A plain scan: 100,000 rows take
/// some milliseconds, and nothing is written anywhere.
#[derive(Debug, Default)]
pub struct Index {
    texts: Vec<Box<str>>,
}

impl Index {
    /// Reads all transactions once.
    pub fn new(transactions: &[Transaction]) -> Self {
        let mut spoken = HashMap::new();
        Self { texts: transactions.iter().map(|t| text_of(t, &mut spoken).into_boxed_str()).collect() }
    }

    /// The texts of these transactions, each matched against the words of `search`.
    pub fn matcher<'a>(&'a self, search: &str) -> impl Fn(usize) -> bool + 'a {
        let words: Vec<_> = search
            .split_whitespace()
            .map(|word| memchr::memmem::Finder::new(plain(word).as_bytes()).into_owned())
            .collect();
        move |position| words.iter().all(|word| word.find(self.texts[position].as_bytes()).is_some())
    }
}

/// Lower case, and without the signs people type around an amount.
fn plain(word: &str) -> String {
    word.trim_start_matches(['¥', '￥']).replace(',', "").to_lowercase()
}

/// `spoken` holds the pinyin of the texts met so far: the same shops come again and again.
fn text_of<'t>(t: &'t Transaction, spoken: &mut HashMap<&'t str, String>) -> String {
    let mut text = String::with_capacity(160);
    let fields = [&t.counterparty, &t.item, &t.note, &t.memo, &t.method, &t.category, &t.status];
    for field in fields.into_iter().chain([&t.order_no, &t.merchant_order_no]) {
        if !field.is_empty() {
            text.push_str(&field.to_lowercase());
            text.push('\n');
        }
    }
    text.push_str(&t.amount.decimal());
    for field in [&t.counterparty, &t.item, &t.note] {
        text.push_str(spoken.entry(field).or_insert_with(|| spoken_lines(field)));
    }
    text
}

/// A line `zhifubao` and a line `zfb` for 支付宝; nothing for text without Chinese.
fn spoken_lines(field: &str) -> String {
    let (full, initials) = pinyin_of(field);
    if full.is_empty() { full } else { format!("\n{full}\n{initials}") }
}

/// The syllables of a text's Chinese characters, and their initials.
pub(super) fn pinyin_of(field: &str) -> (String, String) {
    let mut full = String::new();
    let mut initials = String::new();
    for syllable in field.to_pinyin().flatten() {
        full.push_str(syllable.plain());
        initials.push_str(syllable.first_letter());
    }
    (full, initials)
}

impl Query {
    /// Whether a transaction passes the filters (all but `search` and `flagged`).
    pub fn admits(&self, t: &Transaction) -> bool {
        let day = t.at.date_naive();
        self.provider.as_ref().is_none_or(|provider| *provider == t.provider)
            && self.from.is_none_or(|from| day >= from)
            && self.to.is_none_or(|to| day <= to)
            && self.direction.is_none_or(|direction| direction == t.direction)
            && self.kind.is_none_or(|kind| kind == t.kind)
    }
}

/// Sums by currency of what was spent and what was received. Counted once: a payment seen in two sources.
/// Not counted: own transfers, top-ups, withdrawals and repayments, and what was closed, failed or is not
/// settled. Money back is taken off the spending where its payment is known, and a withdrawal's fee is spent.
#[derive(Debug, Default)]
pub struct Sums {
    spent: BTreeMap<Currency, i64>,
    received: BTreeMap<Currency, i64>,
    /// Rows counted that are linked to others: the whole amount, and what was counted of it.
    counted: HashMap<TransactionId, (i64, i64)>,
}

impl Sums {
    /// Adds one transaction where it counts.
    pub fn add(&mut self, t: &Transaction) {
        if matches!(t.kind, Kind::Closed | Kind::Failed | Kind::Pending) {
            return;
        }
        let counted = t.linked.iter().find_map(|other| self.counted.get(other).copied());
        let (side, minor) = match (t.kind, t.direction) {
            // The fee stands in the wallet's row alone, whichever row of the pair comes first.
            (Kind::Withdrawal, _) => (&mut self.spent, t.fee.map_or(0, |fee| fee.minor)),
            (Kind::OwnTransfer | Kind::TopUp | Kind::Repayment, _) | (_, Direction::Neutral) => return,
            // One part of a payment was counted, and here stands the whole of it.
            (_, Direction::Out) if counted.is_some_and(|(amount, _)| amount < t.amount.minor) => {
                let whole = t.amount.minor.saturating_sub(t.refunded.minor).max(0);
                let part = counted.map_or(0, |(_, minor)| minor);
                (&mut self.spent, whole.saturating_sub(part).max(0))
            }
            _ if counted.is_some() => return,
            (Kind::Refund, _) if t.refund_of.is_some() => return,
            (_, Direction::Out) => (&mut self.spent, t.amount.minor.saturating_sub(t.refunded.minor).max(0)),
            (_, Direction::In) => (&mut self.received, t.amount.minor),
        };
        if t.kind == Kind::Withdrawal && minor == 0 {
            return;
        }
        if !t.linked.is_empty() {
            let before = counted.map_or(0, |(_, minor)| minor);
            self.counted.insert(t.id, (t.amount.minor, minor.saturating_add(before)));
        }
        let sum = side.entry(t.amount.currency).or_insert(0);
        *sum = sum.saturating_add(minor);
    }

    /// What went out and what came in.
    pub fn totals(self) -> (Vec<Money>, Vec<Money>) {
        let list = |side: BTreeMap<Currency, i64>| {
            side.into_iter().map(|(currency, minor)| Money::new(minor, currency)).collect()
        };
        (list(self.spent), list(self.received))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_by_characters_by_pinyin_and_by_initials() {
        assert_eq!(spoken_lines("肯德基"), "\nkendeji\nkdj");
        assert_eq!(spoken_lines("KFC"), "");
    }

    #[test]
    fn an_amount_is_found_however_it_is_typed() {
        assert_eq!(plain("¥1,234.56"), "1234.56");
        assert_eq!(plain("KFC"), "kfc");
    }
}
