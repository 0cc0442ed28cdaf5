//! Pasted messages of banks and wallets: what they say of a payment, and what they leave out.

mod amount;
mod cards;
mod event;
mod fields;
mod number;
mod parts;
mod scan;
mod talk;
mod when;

pub use cards::mask_cards;

use crate::ledger::{Direction, Kind, Moment};
use crate::money::{Currency, Money};
use scan::{Scan, words};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use when::When;

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
    /// Money out (the usual case) or in; neutral where none moved.
    pub direction: Direction,
    /// What it is, where it is known; else what the direction says. One that the direction rules out is not kept.
    #[serde(default)]
    #[ts(optional)]
    pub kind: Option<Kind>,
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
    /// Amounts the message names besides and no note was made of (a fee, a second charge that cannot be
    /// told apart, a number that cannot be read), in its words.
    pub left_out: Vec<String>,
}

/// The longest text that is looked at, in characters: far above any message, and cheap.
const LONGEST: usize = 8_000;

/// Reads the payments that a pasted text tells of: one message, or several set apart by blank lines or,
/// where each line is a message of its own, by line ends. A message without a year is taken to be the
/// latest such day that is not after `now`. Codes and advertisements are no payments.
pub fn read(text: &str, now: Moment) -> Vec<MessageReading> {
    let text: String = text.chars().take(LONGEST).collect();
    parts::messages(&text, now).iter().flat_map(|message| read_message(message, now)).collect()
}

/// Reads one message: each payment it tells of by itself is a note of its own.
fn read_message(message: &str, now: Moment) -> Vec<MessageReading> {
    let whole = Scan::new(message);
    if words().not_payments.iter().any(|word| whole.find(word, 0).is_some()) {
        return Vec::new();
    }
    let cuts = parts::cuts(&whole, now);
    let first = when::find(&whole, now);
    let ends = cuts.iter().copied().chain([whole.original.len()]);
    let mut start = 0;
    let mut readings = Vec::new();
    for end in ends {
        let part: String = whole.original[start..end].iter().collect();
        start = end;
        readings.extend(read_part(&whole, &Scan::new(&part), first.as_ref(), now));
    }
    for reading in &mut readings {
        reading.note.text = mask_cards(message).0;
    }
    readings
}

fn read_part(whole: &Scan, part: &Scan, first: Option<&When>, now: Moment) -> Option<MessageReading> {
    let (sum, left_out) = parts::chosen(part);
    let unread = Money::new(0, sum.as_ref().map_or(Currency::CNY, |sum| sum.currency));
    let event = event::find(part, sum.as_ref());
    let own = when::find(part, now);
    let time = own.as_ref().filter(|when| when.has_time).map(|when| when.words.as_str());
    if sum.is_none() && (event.is_none() || own.is_none()) {
        return None;
    }
    let mut reading = Reading::default();
    let provider = fields::provider(whole);
    reading.take("provider", provider.as_deref());
    reading.take("amount", sum.as_ref().filter(|sum| sum.money.is_some()).map(|sum| sum.words.as_str()));
    reading.take("direction", event.as_ref().map(|event| event.words.as_str()));
    reading.take("time", time);
    let counterparty = fields::counterparty(part, sum.as_ref());
    reading.take("counterparty", counterparty.as_deref());
    let method = fields::method(whole, provider.as_deref());
    reading.take("method", method.as_deref());
    let order_no = fields::order_no(part);
    if order_no.is_some() {
        reading.take("order_no", order_no.as_deref());
    }
    let note = NewNote {
        provider: provider.unwrap_or_default(),
        at: own.as_ref().or(first).map_or(now, |when| when.at),
        amount: sum.as_ref().and_then(|sum| sum.money).unwrap_or(unread),
        direction: event.as_ref().map_or(Direction::Out, |event| event.direction),
        kind: event.as_ref().map(|event| event.kind),
        counterparty: mask_cards(&counterparty.unwrap_or_default()).0,
        method: mask_cards(&method.unwrap_or_default()).0,
        order_no: order_no.unwrap_or_default(),
        text: String::new(),
    };
    let masked = |words: Vec<String>| words.into_iter().map(|words| mask_cards(&words).0).collect();
    let (understood, left_out) = (masked(reading.understood), masked(left_out));
    Some(MessageReading { note, understood, missing: reading.missing, left_out })
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn now() -> Moment {
        Moment::parse_from_rfc3339("2026-11-22T10:00:00+08:00").unwrap()
    }

    #[test]
    fn a_balance_alone_is_no_amount() {
        let readings = read("【招商银行】您尾号1234的储蓄卡11月21日10:23消费，余额3,210.55元。", now());
        assert_eq!(readings[0].note.amount, Money::fen(0));
        assert!(readings[0].missing.contains(&"amount".to_string()));
    }

    #[test]
    fn a_day_that_has_not_come_yet_was_last_year_and_a_leap_day_in_the_last_leap_year() {
        let at = |text: &str| read(text, now())[0].note.at.format("%Y-%m-%d %H:%M").to_string();
        assert_eq!(at("您尾号1234卡11月22日09:59消费1.00元"), "2026-11-22 09:59");
        assert_eq!(at("您尾号1234卡11月22日10:05消费1.00元"), "2026-11-22 10:05");
        assert_eq!(at("您尾号1234卡11月22日11:00消费1.00元"), "2025-11-22 11:00");
        assert_eq!(at("您尾号1234卡2月29日11:00消费1.00元"), "2024-02-29 11:00");
    }

    #[test]
    fn a_full_card_number_is_kept_nowhere() {
        let readings = read("卡号4111111111111111于11月21日10:23在书店4111111111111111消费5.00元", now());
        let text = serde_json::to_string(&readings).unwrap();
        assert!(text.contains("5.00") && !text.contains("4111"), "{text}");
    }

    #[test]
    fn a_long_text_of_nothing_but_openings_is_read_to_its_end() {
        for piece in ["在", "向您转账", " at X", "(", "1,", "商户 ", "尾号", "11月21日10:23 ", "¥1 "]
        {
            let text = piece.repeat(LONGEST / piece.chars().count());
            // A rule that looks ahead from every opening would not come back here.
            assert!(read(&text, now()).len() <= text.len(), "{piece}");
        }
    }

    fn piece() -> impl Strategy<Value = String> {
        let known = [
            "【招商银行】",
            "您尾号1234",
            "11月21日10:23",
            "2月30日",
            "消费",
            "退款",
            "人民币",
            "500.00",
            "元",
            "余额",
            "，",
            "。",
            "\n",
            "(",
            ")",
            "[",
            "在",
            "向您转账",
            "微信支付",
            "-",
            "¥",
            ",",
            "99999999999999999999.99",
            " at ",
            " to ",
            "Feb 29",
            "25:61",
            "订单号:",
            "商户",
            "：",
            "年",
            "２０２６",
            "25时",
            "nov.",
            "ſ",
            "İ",
        ];
        prop_oneof![3 => prop::sample::select(known.to_vec()).prop_map(str::to_string), 1 => "\\PC{0,6}"]
    }

    proptest! {
        #[test]
        fn no_text_brings_the_reader_down(pieces in prop::collection::vec(piece(), 0..24)) {
            for reading in read(&pieces.concat(), now()) {
                prop_assert!(reading.note.amount.minor >= 0);
                prop_assert_eq!(mask_cards(&reading.note.text).1, false);
            }
        }
    }
}
