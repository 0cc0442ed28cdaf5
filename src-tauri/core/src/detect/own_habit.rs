//! How well each payment fits this user's own habits, row by row, forward in time.
//!
//! Each row is weighed under two stories, "this user, as ever" and "something is wrong", by terms that can be
//! printed: the amount given payee, category and ledger; the hour; the category and channel; a new payee; what
//! is at stake; an emptied balance. A filter over time ([`chain`]) lets rows close together speak together.
//! Rows that look wrong teach little. Figures and what did not work: docs/detection.md.

mod amount;
mod chain;
mod curves;
mod home;
mod rhythm;
pub mod run;

use crate::money::Currency;
use amount::Amounts;
use chain::{Chain, Likelihoods};
use curves::{exp, ln};
use rhythm::{Choices, Hours, Newness, Pace};

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

/// More ways of paying than this are one.
const MOST_CHANNELS: usize = 64;

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
    /// Rows by which the payee is known, faded.
    pub here: f64,
    /// The largest payment to this payee before, in minor units; 0 where there was none.
    pub most_here: i64,
    /// The largest payment in this currency before, in minor units; 0 where there was none.
    pub largest: i64,
    /// Rows by which the user is known in this currency, faded.
    pub known: f64,
}

/// One payment, as far as habits see it.
#[derive(Debug, Clone, Copy)]
pub struct Paid<'a> {
    /// Seconds since 1970, UTC.
    pub at: i64,
    /// Hour on the row's own wall clock.
    pub hour: usize,
    /// Minor units, above nought.
    pub amount: i64,
    /// Of the amount.
    pub currency: Currency,
    /// Whom, in this currency: a number.
    pub payee: u32,
    /// What for: a number.
    pub category: u32,
    /// Whether it went to a person.
    pub transfer: bool,
    /// How it was paid in the source's terms; empty where it does not say.
    pub channel: &'a str,
    /// What the account held before, in minor units, where that is known.
    pub before: Option<i64>,
}

/// What is known of one user after some rows. A clone is a snapshot: rows added later are weighed from there.
#[derive(Debug, Clone, Default)]
pub struct OwnHabit {
    /// What is known of each currency.
    currencies: Vec<Known>,
    payees: Vec<Payee>,
    /// The levels of each category, by the currency's place.
    categories: Vec<Vec<Option<u32>>>,
    channels: Vec<String>,
    amounts: Amounts,
    hours: Hours,
    category: Choices,
    channel: Choices,
    newness: Newness,
    pace: Pace,
    chain: Chain,
    last: Option<i64>,
}

/// One payee.
#[derive(Debug, Clone, Default)]
struct Payee {
    level: Option<u32>,
    /// The largest payment so far, in minor units.
    largest: i64,
}

/// One currency the user pays in.
#[derive(Debug, Clone)]
struct Known {
    currency: Currency,
    /// Minor units of one major unit.
    unit: f64,
    level: usize,
    /// The largest payment so far, in minor units.
    largest: i64,
}

impl OwnHabit {
    /// Weighs the next payment in time and learns it.
    pub fn step(&mut self, paid: &Paid<'_>) -> Fit {
        let Paid { at: now, hour, amount, currency, channel: channel_name, .. } = *paid;
        let here = self.currency(currency);
        let ledger = self.currencies[here].level;
        let levels = entry(&mut self.categories, paid.category as usize);
        let category_level = level(entry(levels, here), &mut self.amounts);
        let known = entry(&mut self.payees, paid.payee as usize);
        let payee = level(&mut known.level, &mut self.amounts);
        let most_here = known.largest;
        known.largest = amount.max(most_here);
        let at = [ledger, category_level, payee];
        let category = paid.category as usize;
        let channel = self.channel_number(channel_name);
        let new = self.amounts.rows(payee) <= 0.0;

        let major = (amount as f64 / self.currencies[here].unit).max(0.01);
        let said = self.amounts.say(major, at);
        let largest = self.currencies[here].largest;
        self.currencies[here].largest = amount.max(largest);
        let mut fit = Fit {
            odds: 0.0,
            taken: 0.0,
            foreign: said.foreign,
            larger: said.larger,
            hour: self.hours.say(hour),
            choice: self.category.say(category)
                + if channel_name.is_empty() { 0.0 } else { self.channel.say(channel) },
            newness: self.newness.say(new),
            empties: new && empties(paid),
            times: exp(said.amount - said.usual),
            here: self.amounts.rows(payee),
            most_here,
            largest,
            known: self.amounts.rows(ledger),
        };
        let stake = ln((amount as f64 / 100.0).max(0.01) / STAKE).clamp(-STAKE_CLIP, STAKE_CLIP);
        let drained = match (fit.empties, paid.before) {
            (true, _) => EXACTLY_EMPTY,
            (false, Some(before)) if before > 0 && amount as f64 >= 0.98 * before as f64 => NEARLY_EMPTY,
            _ => 0.0,
        };
        let around = exp(fit.hour + fit.choice + fit.newness + drained + stake);
        let likelihoods = Likelihoods {
            other: (OWN_AMOUNTS * exp(fit.foreign) + (1.0 - OWN_AMOUNTS) * exp(fit.larger)) * around,
            larger: exp(fit.larger + drained + stake),
        };
        let days = self.last.map_or(0.0, |last| now.saturating_sub(last).max(0) as f64 / 86_400.0);
        let judged = self.chain.step(days, self.pace.a_day(), &likelihoods);
        (fit.odds, fit.taken) = (judged.odds, judged.taken);

        let weight = (1.0 - judged.wrong).max(LEAST_TAUGHT);
        self.amounts.learn(&said, at, weight);
        self.hours.learn(hour, weight);
        self.category.learn(category, weight);
        self.channel.learn(channel, weight);
        self.newness.learn(new, weight);
        self.pace.learn(days, weight);
        self.last = Some(now);
        fit
    }

    /// The place of a currency.
    fn currency(&mut self, currency: Currency) -> usize {
        match self.currencies.iter().position(|known| known.currency == currency) {
            Some(place) => place,
            None => {
                let level = self.amounts.add_level();
                let unit = 10_f64.powi(currency.decimals().cast_signed());
                self.currencies.push(Known { currency, unit, level, largest: 0 });
                self.currencies.len() - 1
            }
        }
    }

    /// Sources know few channels.
    fn channel_number(&mut self, name: &str) -> usize {
        match self.channels.iter().position(|channel| channel == name) {
            Some(number) => number,
            None if self.channels.len() < MOST_CHANNELS => {
                self.channels.push(name.to_owned());
                self.channels.len() - 1
            }
            None => MOST_CHANNELS,
        }
    }
}

/// The entry of a number, an empty one where there was none.
fn entry<T: Clone + Default>(list: &mut Vec<T>, number: usize) -> &mut T {
    if list.len() <= number {
        list.resize(number + 1, T::default());
    }
    &mut list[number]
}

/// The level that stands in an entry, a new one where none did.
fn level(entry: &mut Option<u32>, amounts: &mut Amounts) -> usize {
    *entry.get_or_insert_with(|| u32::try_from(amounts.add_level()).unwrap_or(u32::MAX)) as usize
}

/// Exactly the whole balance, sent away.
fn empties(paid: &Paid<'_>) -> bool {
    paid.transfer
        && paid.amount >= 100
        && paid.before.is_some_and(|before| before.saturating_sub(paid.amount).abs() <= 1)
}

#[cfg(test)]
mod tests;
