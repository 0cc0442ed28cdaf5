//! Pasted messages of banks and wallets: what they say of a payment, and what they leave out.

mod amount;
mod cards;
mod fields;
mod scan;
mod when;

pub use cards::mask_cards;

use crate::ledger::{Direction, Moment};
use crate::money::Money;
use scan::{Scan, words};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A note typed by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct NewNote {
    /// A provider id or alias; empty where unknown.
    pub provider: String,
    /// Local wall-clock time.
    #[ts(type = "string")]
    pub at: Moment,
    /// How much.
    pub amount: Money,
    /// Money out (the usual case) or in.
    pub direction: Direction,
    /// To or from whom.
    pub counterparty: String,
    /// 收/付款方式, e.g. 招商银行信用卡(1234)
    #[serde(default)]
    pub method: String,
    /// 交易单号
    #[serde(default)]
    pub order_no: String,
    /// What looks wrong.
    #[serde(default)]
    pub text: String,
}

/// What a pasted message says.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct MessageReading {
    /// The note it would make; its text is the message itself, card numbers masked.
    pub note: NewNote,
    /// What was understood, field by field, with the words of the message: `amount: 人民币500.00元`. The
    /// fields are `provider`, `amount`, `direction`, `time`, `counterparty`, `method`, `order_no`.
    pub understood: Vec<String>,
    /// What could not be read and must be filled in, by the same names. An order number is never
    /// missing: few messages carry one.
    pub missing: Vec<String>,
}

/// The longest text that is looked at, in characters: far above any message, and cheap.
const LONGEST: usize = 20_000;

/// Reads the payments that a pasted text tells of: one message, or several set apart by blank lines or,
/// where each line is a message of its own, by line ends. A message without a year is taken to be the
/// latest such day that is not after `now`. Codes and advertisements are no payments.
pub fn read(text: &str, now: Moment) -> Vec<MessageReading> {
    let text: String = text.chars().take(LONGEST).collect();
    messages(&text, now).iter().filter_map(|message| read_one(message, now)).collect()
}

/// The messages in a text.
fn messages(text: &str, now: Moment) -> Vec<String> {
    let mut blocks: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines().map(str::trim) {
        match (line.is_empty(), blocks.last_mut()) {
            (false, Some(block)) => block.push(line),
            _ => blocks.push(Vec::new()),
        }
    }
    let mut messages = Vec::new();
    for block in blocks.into_iter().filter(|block| !block.is_empty()) {
        let whole = |line: &&&str| is_whole(line, now);
        if block.len() > 1 && block.iter().filter(whole).count() > 1 {
            messages.extend(block.into_iter().map(str::to_string));
        } else {
            messages.push(block.join("\n"));
        }
    }
    messages
}

/// Whether a line tells of a payment by itself: an amount, and a card's tail or a time.
fn is_whole(line: &str, now: Moment) -> bool {
    let scan = Scan::new(line);
    amount::find(&scan).is_some() && (fields::tail(&scan).is_some() || when::find(&scan, now).is_some())
}

fn read_one(message: &str, now: Moment) -> Option<MessageReading> {
    let scan = Scan::new(message);
    if words().not_payments.iter().any(|word| scan.find(word, 0).is_some()) {
        return None;
    }
    let sum = amount::find(&scan);
    let direction = amount::direction(&scan, sum.as_ref());
    let when = when::find(&scan, now);
    if sum.is_none() && (direction.is_none() || when.is_none()) {
        return None;
    }
    let mut reading = Reading::default();
    let provider = fields::provider(&scan);
    reading.take("provider", provider.as_deref());
    reading.take("amount", sum.as_ref().map(|sum| sum.words.as_str()));
    reading.take("direction", direction.as_ref().map(|(_, words)| words.as_str()));
    reading.take("time", when.as_ref().filter(|when| when.has_time).map(|when| when.words.as_str()));
    let counterparty = fields::counterparty(&scan, sum.as_ref());
    reading.take("counterparty", counterparty.as_deref());
    let method = fields::method(&scan, provider.as_deref());
    reading.take("method", method.as_deref());
    let order_no = fields::order_no(&scan);
    if order_no.is_some() {
        reading.take("order_no", order_no.as_deref());
    }
    let note = NewNote {
        provider: provider.unwrap_or_default(),
        at: when.map_or(now, |when| when.at),
        amount: sum.map_or(Money::fen(0), |sum| sum.money),
        direction: direction.map_or(Direction::Out, |(direction, _)| direction),
        counterparty: mask_cards(&counterparty.unwrap_or_default()).0,
        method: mask_cards(&method.unwrap_or_default()).0,
        order_no: order_no.unwrap_or_default(),
        text: mask_cards(message).0,
    };
    let understood = reading.understood.into_iter().map(|words| mask_cards(&words).0).collect();
    Some(MessageReading { note, understood, missing: reading.missing })
}

#[derive(Default)]
struct Reading {
    understood: Vec<String>,
    missing: Vec<String>,
}

impl Reading {
    fn take(&mut self, field: &str, words: Option<&str>) {
        match words {
            Some(words) => self.understood.push(format!("{field}: {words}")),
            None => self.missing.push(field.to_string()),
        }
    }
}
