//! How well each payment fits this user's own habits, row by row, forward in time.
//!
//! Each row is weighed under two stories, "this user, as ever" and "something is wrong", by terms that can be
//! printed: the amount given payee, category and ledger; the hour; the category and channel; a new payee; what
//! is at stake; an emptied balance. A filter over time ([`chain`]) lets rows close together speak together.
//! Rows that look wrong teach little. Figures and what did not work: docs/detection.md.

mod amount;
mod chain;
mod rhythm;
pub mod run;

use super::Detail;
use crate::ledger::{Kind, Transaction};
use crate::money::Currency;
use amount::Amounts;
use chain::{Chain, Likelihoods};
use rhythm::{Choices, Hours, Newness, Pace};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A hundred major units are what is worth a look as it is; ten times more or less counts like one hour's or
/// one category's surprise. In minor units, so that a hundred yen weigh like one yuan.
const STAKE: f64 = 100.0;
const STAKE_CLIP: f64 = 1.5;
/// Hypotheses of what someone else's payments look like: amounts of their own, or larger than the user's.
const OWN_AMOUNTS: f64 = 0.6;
/// A row that takes nearly all of the balance.
const NEARLY_EMPTY: f64 = 2.0;
/// A transfer of exactly the whole balance to someone never paid: hardly anyone does that by chance.
const EXACTLY_EMPTY: f64 = 12.0;

/// The strangest row teaches this much: a habit that has moved for good is followed within a season, not never.
const LEAST_TAUGHT: f64 = 0.2;

/// How one payment fits, in terms one can print; in nats where nothing else is said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Log-odds that the row is wrong.
    pub odds: f64,
    /// Probability that someone else is paying, after the row.
    pub taken: f64,
    /// The amount, as someone else's.
    pub foreign: f64,
    /// The amount, as the user's own only larger.
    pub larger: f64,
    /// The hour of the day.
    pub hour: f64,
    /// The category and the channel.
    pub choice: f64,
    /// A payee never paid, or one known.
    pub newness: f64,
    /// Whether a transfer took exactly the whole balance to someone never paid.
    pub empties: bool,
    /// Times the usual amount for this payee, category and ledger.
    pub times: f64,
}

/// Numbers for names, given in order of appearance.
type Names = HashMap<u64, usize, BuildHasherDefault<Hashed>>;

/// What is known of one user after some rows. A clone is a snapshot: rows added later are weighed from there.
#[derive(Debug, Clone, Default)]
pub struct OwnHabit {
    names: Names,
    categories: usize,
    channels: usize,
    amounts: Amounts,
    hours: Hours,
    category: Choices,
    channel: Choices,
    newness: Newness,
    pace: Pace,
    chain: Chain,
    last: Option<i64>,
}

impl OwnHabit {
    /// Weighs the next row in time and learns it. `amount` is in minor units, above nought.
    pub fn step(&mut self, row: &Transaction, amount: i64, hour: usize, detail: Option<&Detail>) -> Fit {
        let currency = row.amount.currency;
        let channel_name = detail.map_or("", |detail| detail.channel.as_str());
        let ledger = self.level(b'l', "", "", currency);
        let category_level = self.level(b'c', row.category.trim(), "", currency);
        let account = match row.kind {
            Kind::TransferOut => row.counterparty_account.trim(),
            _ => "",
        };
        let payee = self.level(b'p', row.counterparty.trim(), account, currency);
        let at = [ledger, category_level, payee];
        let category = number(&mut self.names, &mut self.categories, b'C', row.category.trim());
        let channel = number(&mut self.names, &mut self.channels, b'H', channel_name);
        let new = self.amounts.rows(payee) <= 0.0;

        let major = (amount as f64 / 10_f64.powi(currency.decimals().cast_signed())).max(0.01);
        let said = self.amounts.say(major, at);
        let mut fit = Fit {
            odds: 0.0,
            taken: 0.0,
            foreign: said.foreign,
            larger: said.larger,
            hour: self.hours.say(hour),
            choice: self.category.say(category)
                + if channel_name.is_empty() { 0.0 } else { self.channel.say(channel) },
            newness: self.newness.say(new),
            empties: new && empties(row, amount, detail),
            times: (major.ln() - said.usual).exp(),
        };
        let stake = ((amount as f64 / 100.0).max(0.01) / STAKE).ln().clamp(-STAKE_CLIP, STAKE_CLIP);
        let drained = match (fit.empties, detail.and_then(|detail| detail.balance_before)) {
            (true, _) => EXACTLY_EMPTY,
            (false, Some(before)) if before > 0 && amount as f64 >= 0.98 * before as f64 => NEARLY_EMPTY,
            _ => 0.0,
        };
        let around = (fit.hour + fit.choice + fit.newness + drained + stake).exp();
        let likelihoods = Likelihoods {
            other: (OWN_AMOUNTS * fit.foreign.exp() + (1.0 - OWN_AMOUNTS) * fit.larger.exp()) * around,
            larger: (fit.larger + drained + stake).exp(),
        };
        let days = self.last.map_or(0.0, |last| (row.at.timestamp() - last).max(0) as f64 / 86_400.0);
        let judged = self.chain.step(days, self.pace.a_day(), &likelihoods);
        (fit.odds, fit.taken) = (judged.odds, judged.taken);

        let weight = (1.0 - judged.wrong).max(LEAST_TAUGHT);
        self.amounts.learn(&said, at, weight);
        self.hours.learn(hour, weight);
        self.category.learn(category, weight);
        self.channel.learn(channel, weight);
        self.newness.learn(new, weight);
        self.pace.learn(days, weight);
        self.last = Some(row.at.timestamp());
        fit
    }

    fn level(&mut self, what: u8, name: &str, more: &str, currency: Currency) -> usize {
        let key = hash(&[&[what], name.as_bytes(), more.as_bytes(), currency.code().as_bytes()]);
        let amounts = &mut self.amounts;
        *self.names.entry(key).or_insert_with(|| amounts.add_level())
    }
}

fn number(names: &mut Names, count: &mut usize, what: u8, name: &str) -> usize {
    *names.entry(hash(&[&[what], name.as_bytes()])).or_insert_with(|| {
        *count += 1;
        *count - 1
    })
}

/// Exactly the whole balance, sent away.
fn empties(row: &Transaction, amount: i64, detail: Option<&Detail>) -> bool {
    let before = detail.and_then(|detail| detail.balance_before);
    row.kind == Kind::TransferOut
        && amount >= 100
        && before.is_some_and(|before| (before - amount).abs() <= 1)
}

/// FNV-1a over parts with a mark between them: names differ far more than 64 bits tell apart, and a collision
/// would only let two payees share a habit.
fn hash(parts: &[&[u8]]) -> u64 {
    let step = |state: u64, byte: &u8| (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    parts.iter().fold(0xcbf2_9ce4_8422_2325, |state, part| step(part.iter().fold(state, step), &0xff))
}

/// Takes a number that is a hash already.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(&[bytes]);
    }
    fn write_u64(&mut self, number: u64) {
        // The table looks at the upper bits first; FNV mixes the lower ones best.
        self.0 = number.rotate_left(32);
    }
}

#[cfg(test)]
mod tests;
