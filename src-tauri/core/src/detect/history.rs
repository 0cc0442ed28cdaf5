//! One user's ledger laid out for detectors: rows in one fixed order, payees numbered, money that really
//! left told apart from money that only seemed to.

use super::own_habit::{self, Fit};
use super::signs::{self, Sign};
use super::{Evidence, Flag, FlagKind, Sure};
use crate::ledger::{Direction, Kind, Moment, Transaction, TransactionId};
use crate::money::{Currency, Money};
use crate::text::Text;
use chrono::Timelike;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

/// What detectors look at again and again, small enough to stay near the processor.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Seconds since 1970, UTC.
    pub at: i64,
    /// Minor units of the row's currency, before refunds.
    pub amount: i64,
    /// What of it has not come back.
    pub kept: i64,
    /// The party and currency, numbered in order of appearance.
    pub payee: u32,
    /// Whether money went to someone else and has not come back entirely.
    pub spent: bool,
    /// Hour on the row's own wall clock.
    pub hour: u8,
    /// What it is.
    pub kind: Kind,
}

/// What a row says beyond a [`Transaction`]'s own fields, where its source says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Detail {
    /// How it was paid in the source's terms: online, chip, QR code.
    pub channel: String,
    /// What the account held before and after, in minor units of the row's currency.
    pub balance_before: Option<i64>,
    /// After the row.
    pub balance_after: Option<i64>,
}

/// One user's ledger laid out for detectors.
pub struct History<'a> {
    /// As handed in.
    pub evidence: Evidence<'a>,
    /// In time order; rows of one second in the order of their keys.
    pub rows: Vec<&'a Transaction>,
    /// One for each of `rows`.
    pub lines: Vec<Line>,
    /// How many payees were numbered.
    pub payees: usize,
    /// One for each of `rows`, or none at all.
    details: Vec<&'a Detail>,
    /// Rows that gave money back, by the payment they gave it back for; in time order.
    returns: HashMap<TransactionId, Vec<usize>>,
    /// Whether a row is judged with all that came after it.
    pub hindsight: bool,
    /// What each row says, read when first asked for.
    signs: OnceCell<Vec<Sign>>,
    /// How each row fits the user's own habits, computed when first asked for.
    fits: OnceCell<Vec<Option<Fit>>>,
}

impl<'a> History<'a> {
    /// Lays the ledger out as it stands today: what came back is no longer spent.
    pub fn new(evidence: Evidence<'a>) -> Self {
        Self::lay_out(evidence, &[], true)
    }

    /// The same with what rows say beyond their fields; `details` belong to `evidence.transactions` one by
    /// one, or are empty.
    pub fn detailed(evidence: Evidence<'a>, details: &'a [Detail]) -> Self {
        Self::lay_out(evidence, details, true)
    }

    /// Lays the ledger out as it happened: rows come in with the `refunded` they state themselves, and what
    /// other rows give back counts from that row on. `details` belong to `evidence.transactions` one by one, or are empty.
    pub fn as_it_happened(evidence: Evidence<'a>, details: &'a [Detail]) -> Self {
        Self::lay_out(evidence, details, false)
    }

    fn lay_out(evidence: Evidence<'a>, details: &'a [Detail], hindsight: bool) -> Self {
        let mut places: Vec<usize> = (0..evidence.transactions.len()).collect();
        let order =
            |&place: &usize| (evidence.transactions[place].at, evidence.transactions[place].key.as_str());
        if !places.is_sorted_by_key(order) {
            places.sort_by(|a, b| order(a).cmp(&order(b)));
        }
        let rows: Vec<&Transaction> = places.iter().map(|&place| &evidence.transactions[place]).collect();
        let details: Vec<&Detail> = match details.len() == rows.len() {
            true => places.iter().map(|&place| &details[place]).collect(),
            false => Vec::new(),
        };
        let mut returns: HashMap<TransactionId, Vec<usize>> = HashMap::new();
        let mut numbers: HashMap<(&str, &str, Currency), u32> = HashMap::new();
        let mut mirrored: HashSet<TransactionId> = HashSet::new();
        let mut lines = Vec::with_capacity(rows.len());
        for (i, row) in rows.iter().enumerate() {
            if let Some(payment) = row.refund_of {
                returns.entry(payment).or_default().push(i);
            }
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            let payee = *numbers.entry(party(row)).or_insert(next);
            // A payment seen in two sources counts where it was seen first.
            let seen = mirrored.contains(&row.id);
            mirrored.extend(&row.linked);
            let kept = row.amount.minor.saturating_sub(row.refunded.minor).max(0);
            let hour = u8::try_from(row.at.hour()).unwrap_or(0);
            let spent = !seen && kept > 0 && is_spending(row);
            let (at, amount) = (row.at.timestamp(), row.amount.minor);
            lines.push(Line { at, amount, kept, payee, spent, hour, kind: row.kind });
        }
        Self {
            evidence,
            rows,
            lines,
            payees: numbers.len(),
            details,
            returns,
            hindsight,
            signs: OnceCell::new(),
            fits: OnceCell::new(),
        }
    }

    /// What each row says, one for each of `rows`.
    pub fn signs(&self) -> &[Sign] {
        self.signs.get_or_init(|| signs::read(self))
    }

    /// How each row fits the user's own habits: one for each of `rows`, `None` where no money was spent.
    pub fn fits(&self) -> &[Option<Fit>] {
        self.fits.get_or_init(|| own_habit::fits(self))
    }

    /// What row `i` says beyond its fields.
    pub fn detail(&self, i: usize) -> Option<&'a Detail> {
        self.details.get(i).copied()
    }

    /// Rows that gave money back for row `i`, in time order: all of them, or those at or before row `until`.
    pub fn returns(&self, i: usize, until: usize) -> &[usize] {
        let all = self.returns.get(&self.rows[i].id).map_or(&[][..], Vec::as_slice);
        if self.hindsight { all } else { &all[..all.partition_point(|&row| row <= until)] }
    }

    /// The places of rows that spent money, in time order.
    pub fn spending(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.lines.iter().enumerate().filter(|(_, line)| line.spent)
    }

    /// `minor` units of the currency of row `at`.
    pub fn money(&self, at: usize, minor: i64) -> Money {
        Money::new(minor, self.rows[at].amount.currency)
    }

    /// A flag on `rows` (the row to dispute first). How sure it is follows from the score.
    pub fn flag(
        &self,
        kind: FlagKind,
        score: f64,
        rows: &[usize],
        amount: Money,
        explanation: Text,
        innocent: Text,
    ) -> Flag {
        let known = rows.iter().copied().max().map_or(TransactionId(0), |last| self.rows[last].id);
        Flag {
            id: fingerprint(kind, rows.iter().map(|&i| self.rows[i].key.as_str())),
            kind,
            score,
            sure: sure(score),
            transactions: rows.iter().map(|&i| self.rows[i].id).collect(),
            amount,
            explanation,
            innocent,
            verdict: None,
            known,
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

/// Who is paid: between persons the masked account tells namesakes apart, shops have one name.
fn party(row: &Transaction) -> (&str, &str, Currency) {
    let account = match row.kind {
        Kind::TransferOut | Kind::TransferIn => row.counterparty_account.trim(),
        _ => "",
    };
    (row.counterparty.trim(), account, row.amount.currency)
}

fn is_spending(row: &Transaction) -> bool {
    row.direction == Direction::Out
        && matches!(row.kind, Kind::Purchase | Kind::TransferOut | Kind::Fee | Kind::CashGift | Kind::Other)
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

/// The day and minute, as the statement's own clock has it.
pub fn when(at: Moment) -> Text {
    Text::new(at.format("%Y年%-m月%-d日 %H:%M").to_string(), at.format("%Y-%m-%d %H:%M").to_string())
}

/// The day.
pub fn day(at: Moment) -> Text {
    Text::new(at.format("%Y年%-m月%-d日").to_string(), at.format("%Y-%m-%d").to_string())
}

/// A stretch of seconds in the largest unit that stays exact enough to check by eye.
pub fn stretch(seconds: i64) -> Text {
    let (count, zh, en) = match seconds {
        s if s < 120 => (s, "秒", "second"),
        s if s < 120 * 60 => (s / 60, "分钟", "minute"),
        s if s < 48 * 3600 => (s / 3600, "小时", "hour"),
        s => (s / 86_400, "天", "day"),
    };
    Text::new(format!("{count} {zh}"), format!("{count} {en}{}", if count == 1 { "" } else { "s" }))
}

/// Whether the row names whom it paid; `/` is how statements write nobody.
pub fn is_named(row: &Transaction) -> bool {
    !matches!(row.counterparty.trim(), "" | "/")
}

/// Whom the row names, for a sentence.
pub fn name(row: &Transaction) -> Text {
    match row.counterparty.trim() {
        "" | "/" => Text::new("未写明的收款方", "an unnamed payee"),
        named => Text::new(format!("「{named}」"), format!("“{named}”")),
    }
}
