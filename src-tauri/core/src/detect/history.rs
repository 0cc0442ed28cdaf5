//! One user's ledger laid out for detectors: rows in one fixed order, payees numbered, money that really
//! left told apart from money that only seemed to.

use super::book::{Book, Rows};
use super::own_habit::Fit;
use super::phrase::{AUTOMATIC, COUNTER, holds};
use super::signs::Sign;
use super::{Flag, FlagKind, Sure};
use crate::ledger::{Kind, Moment, Transaction, TransactionId};
use crate::money::Money;
use crate::text::Text;
use chrono::{Datelike, TimeDelta, Timelike};
use std::ops::{Range, RangeInclusive};

/// What detectors look at again and again, small enough to stay near the processor.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Seconds since 1970, UTC.
    pub at: i64,
    /// Minor units of the row's currency, before refunds.
    pub amount: i64,
    /// What of it has not come back, as far as the row itself says.
    pub kept: i64,
    /// The party and currency, numbered in order of appearance.
    pub payee: u32,
    /// What for, numbered in order of appearance.
    pub category: u32,
    /// Whose statement it stands in, numbered in order of appearance.
    pub wallet: u16,
    /// Whether money went to someone else and has not come back entirely.
    pub spent: bool,
    /// Hour on the row's own wall clock; noon where the row tells the day alone.
    pub hour: u8,
    /// What it is.
    pub kind: Kind,
}

/// What a row says beyond a [`Transaction`]'s own fields, where its source says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Detail {
    /// How it was paid in the source's terms: online, chip, QR code.
    pub channel: String,
    /// What the account held before, in minor units of the row's currency.
    pub balance_before: Option<i64>,
}

/// One user's ledger as detectors see it: all rows laid out so far, of which the last ones are new.
pub struct History<'a> {
    /// Now.
    pub now: Moment,
    pub(super) rows: Rows<'a>,
    /// One for each row that is laid out.
    pub lines: &'a [Line],
    /// How many payees were numbered.
    pub payees: usize,
    /// The rows to be judged now; those before were.
    pub fresh: Range<usize>,
    /// Whether a row is judged with all that came after it.
    pub hindsight: bool,
    pub(super) book: &'a Book,
    /// In the order the rows were handed in, or none at all.
    pub(super) details: &'a [Detail],
    /// One for each fresh row.
    pub(super) fits: &'a [Option<Fit>],
}

/// Month and day of the shopping festivals and their eves.
const FESTIVALS: [(u32, u32); 10] =
    [(5, 31), (6, 1), (6, 17), (6, 18), (10, 31), (11, 1), (11, 10), (11, 11), (12, 11), (12, 12)];
/// Sales before 618 and 双11 open at eight in the evening, of late on another day each year.
const SEASONS: [RangeInclusive<(u32, u32)>; 2] = [(5, 13)..=(6, 18), (10, 9)..=(11, 11)];
const OPENS: u32 = 20;

/// Shorter numbers count, they do not name an order.
const ORDER_LETTERS: usize = 6;

/// A number, if it can be an order's.
pub fn order_number(number: &str) -> Option<&str> {
    Some(number.trim()).filter(|number| number.len() >= ORDER_LETTERS)
}

impl<'a> History<'a> {
    /// What each row says, one for each laid out.
    pub fn signs(&self) -> &'a [Sign] {
        self.book.signs()
    }

    /// Row `i`, in time order; rows of one second in the order of their keys.
    pub fn row(&self, i: usize) -> &'a Transaction {
        self.rows.at(i)
    }

    /// How a fresh row fits the user's own habits; `None` where no money was spent.
    pub fn fit(&self, i: usize) -> Option<&'a Fit> {
        self.fits.get(i.checked_sub(self.fresh.start)?)?.as_ref()
    }

    /// What row `i` says beyond its fields.
    pub fn detail(&self, i: usize) -> Option<&'a Detail> {
        self.details.get(self.book.handed_in(i))
    }

    /// Whether the channel of row `i` says that nobody pressed a button.
    pub fn is_automatic(&self, i: usize) -> bool {
        self.detail(i).is_some_and(|detail| holds(&detail.channel.to_lowercase(), AUTOMATIC))
    }

    /// Whether the source says that the user paid row `i` at a counter.
    pub fn is_at_counter(&self, i: usize) -> bool {
        let channel = self.detail(i).map_or("", |detail| detail.channel.trim());
        COUNTER.iter().any(|counter| channel.eq_ignore_ascii_case(counter))
    }

    /// Rows at or before row `until` that gave money back for row `i`, in time order.
    pub fn returns(&self, i: usize, until: usize) -> &'a [usize] {
        let all = self.book.returns(self.row(i).id);
        &all[..all.partition_point(|&row| row <= until)]
    }

    /// The merchant's number of the order of row `i`.
    pub fn merchant_order(&self, i: usize) -> Option<&'a str> {
        order_number(&self.row(i).merchant_order_no)
    }

    /// Where a transaction stands, if it is laid out.
    pub fn place(&self, id: TransactionId) -> Option<usize> {
        self.book.place(id, self.rows.transactions)
    }

    /// Rows that are to be judged now, in time order.
    pub fn fresh(&self) -> impl Iterator<Item = (usize, &'a Line)> + use<'a> {
        self.fresh.clone().zip(&self.lines[self.fresh.clone()])
    }

    /// Those of them that spent money.
    pub fn spending(&self) -> impl Iterator<Item = (usize, &'a Line)> + use<'a> {
        self.fresh().filter(|(_, line)| line.spent)
    }

    /// Whether it was paid on 618, 双11 or 双12, when their sales open or the evening before: carts are emptied within
    /// minutes, and dear baskets are what these days are for.
    pub fn is_festival(&self, i: usize) -> bool {
        let at = self.row(i).at;
        let day = (at.month(), at.day());
        let opens =
            at.hour() == OPENS && at.minute() < 30 && SEASONS.iter().any(|season| season.contains(&day));
        self.lines[i].kind != Kind::TransferOut && (FESTIVALS.contains(&day) || opens)
    }

    /// `minor` units of the currency of row `at`.
    pub fn money(&self, at: usize, minor: i64) -> Money {
        Money::new(minor, self.row(at).amount.currency)
    }

    /// A flag on `rows` (the row to dispute first). How sure it is follows from the score.
    pub fn flag(
        &self,
        kind: FlagKind,
        score: f64,
        rows: &[usize],
        amount: Money,
        mut explanation: Text,
        innocent: Text,
    ) -> Flag {
        // A sentence may begin with whom the row names, or fails to name.
        if let Some(first) = explanation.en.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let known = rows.iter().copied().max().map_or(TransactionId(0), |last| self.row(last).id);
        Flag {
            id: fingerprint(kind, rows.iter().map(|&i| self.row(i).key.as_str())),
            kind,
            score,
            sure: sure(score),
            transactions: rows.iter().map(|&i| self.row(i).id).collect(),
            compared: Vec::new(),
            amount,
            explanation,
            innocent,
            verdict: None,
            known,
            places: rows.iter().map(|&i| u32::try_from(i).unwrap_or(u32::MAX)).collect(),
        }
    }
}

/// From this score on a flag is 明显: hardly an innocent reading is left.
const CLEAR: f64 = 0.9;
/// From this score on a flag is 可疑: worth asking about today.
const LIKELY: f64 = 0.7;

/// How sure a score is, in words.
pub fn sure(score: f64) -> Sure {
    match score {
        s if s >= CLEAR => Sure::Clear,
        s if s >= LIKELY => Sure::Likely,
        _ => Sure::Watch,
    }
}

/// The kind and the evidence's keys in sorted order, hashed: 16 hexadecimal digits.
fn fingerprint<'k>(kind: FlagKind, keys: impl Iterator<Item = &'k str>) -> String {
    let mut keys: Vec<&str> = keys.collect();
    keys.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    hasher.update(kind.name().as_bytes());
    for key in keys {
        hasher.update(&[0]);
        hasher.update(key.as_bytes());
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

/// From 23:00 until this hour people sleep: what is sent then is seldom thought over.
const NIGHT_ENDS: u8 = 5;
const NIGHT_BEGINS: u8 = 23;

impl Line {
    /// Whether it was paid between 23:00 and 05:00.
    pub fn at_night(&self) -> bool {
        self.hour >= NIGHT_BEGINS || self.hour < NIGHT_ENDS
    }
}

/// Whether a row tells no time of day: banks often write the day alone.
pub fn day_alone(at: Moment) -> bool {
    at.time() == chrono::NaiveTime::MIN
}

/// The day and minute, as the statement's own clock has it; the day where it tells no time.
pub fn when(at: Moment) -> Text {
    if day_alone(at) {
        return day(at);
    }
    Text::new(at.format("%Y年%-m月%-d日 %H:%M").to_string(), at.format("%Y-%m-%d %H:%M").to_string())
}

/// The day.
pub fn day(at: Moment) -> Text {
    Text::new(at.format("%Y年%-m月%-d日").to_string(), at.format("%Y-%m-%d").to_string())
}

const DAY: i64 = 86_400;

/// A stretch that holds all of `seconds`, in the largest unit that stays exact enough to check by eye: what has begun
/// counts as whole.
pub fn stretch(seconds: i64) -> Text {
    in_units(seconds, |unit| seconds / unit + i64::from(seconds % unit > 0))
}

/// What passed in the `seconds` from `from` on: days as the calendar counts them, and else to the nearest unit.
pub fn passed(from: Moment, seconds: i64) -> Text {
    in_units(seconds, |unit| match unit {
        DAY => days_between(from, from + TimeDelta::seconds(seconds)),
        _ => (seconds + unit / 2) / unit,
    })
}

/// How much later `to` is than `from`, for a sentence.
pub fn later(from: Moment, to: Moment) -> Text {
    let days = days_between(from, to);
    let known = match day_alone(from) || day_alone(to) {
        true if days == 0 => return Text::new("当天", "the same day"),
        true => in_units(2 * DAY, |_| days),
        false => passed(from, (to - from).num_seconds()),
    };
    Text::new(format!("{}后", known.zh), format!("{} later", known.en))
}

/// Days from one date to another, on the clock of the first.
pub fn days_between(from: Moment, to: Moment) -> i64 {
    (to.with_timezone(from.offset()).date_naive() - from.date_naive()).num_days()
}

fn in_units(seconds: i64, count: impl Fn(i64) -> i64) -> Text {
    let (unit, zh, en) = match seconds {
        s if s < 120 => (1, "秒", "second"),
        s if s < 120 * 60 => (60, "分钟", "minute"),
        s if s < 48 * 3600 => (3600, "小时", "hour"),
        _ => (DAY, "天", "day"),
    };
    let count = count(unit);
    Text::new(format!("{count} {zh}"), format!("{count} {en}{}", if count == 1 { "" } else { "s" }))
}

/// How many times `b` is `a`, as people say it: with one decimal, cut, and from ten on in whole numbers.
pub fn times(a: i64, b: i64) -> String {
    let (a, b) = (i128::from(a), i128::from(b.max(1)));
    match a / b {
        10.. => ((a + b / 2) / b).to_string(),
        whole => format!("{whole}.{}", a % b * 10 / b),
    }
}

/// Whom the row names, for a sentence; a masked name with the account, which alone tells who it is.
pub fn name(row: &Transaction) -> Text {
    match row.counterparty.trim() {
        "" | "/" => Text::new("未写明的收款方", "an unnamed payee"),
        named if named.contains('*') && !row.person_account().is_empty() => {
            let account = row.person_account();
            Text::new(format!("「{named}」（{account}）"), format!("“{named}” ({account})"))
        }
        named => Text::new(format!("「{named}」"), format!("“{named}”")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse_from_rfc3339(&format!("{text}:00+08:00")).unwrap()
    }

    #[test]
    fn days_are_counted_by_the_calendar_and_within_holds_all_of_it() {
        assert_eq!(later(at("2026-07-03T21:10"), at("2026-07-10T04:02")).en, "7 days later");
        assert_eq!(later(at("2026-07-03T00:00"), at("2026-07-04T00:00")).zh, "1 天后");
        assert_eq!(later(at("2026-07-03T00:00"), at("2026-07-03T00:00")).en, "the same day");
        assert_eq!(later(at("2026-07-03T10:00"), at("2026-07-04T10:40")).en, "25 hours later");
        assert_eq!(stretch(24 * 3600 + 2400).en, "25 hours");
        assert_eq!(stretch(24 * 3600).en, "24 hours");
        assert_eq!(stretch(49 * 3600).zh, "3 天");
        assert_eq!((stretch(119).en, stretch(121).en), ("119 seconds".to_owned(), "3 minutes".to_owned()));
    }

    #[test]
    fn times_are_said_as_people_would() {
        let said = [(296_685, 1_338), (159_000, 1_590), (999, 100), (1_049, 100), (380, 200)];
        assert_eq!(said.map(|(a, b)| times(a, b)), ["222", "100", "9.9", "10", "1.9"]);
    }
}
