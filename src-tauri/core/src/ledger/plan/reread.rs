//! Rows read again otherwise: with another time, as an order paid since, or from other columns of one account.
//!
//! They are looked for when a file is placed whole: what says the very same comes first, and whether a number stands
//! on one row alone is known only then.

use super::account::Accounts;
use super::twins::opposed;
use super::{Progress, State};
use crate::ledger::identity::Facts;
use crate::ledger::{Kind, Mark};
use crate::money::Money;
use foldhash::quality::RandomState;
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::BuildHasher as _;

/// Shorter numbers are counted anew by a shop, a day or a bank's branch.
const LONG: usize = 10;
const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;
/// An order is paid within so long, or never.
const LONGEST: i64 = 90 * DAY;
/// A number or a balance on more rows than that tells none of them.
const FEW: usize = 64;

/// What a row is known by when it is read otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trace {
    /// A hash of its order number, or of its day, amount and the balance after it; 0 where it has neither.
    known_by: u64,
    at: i64,
    minor: i64,
    /// A hash of provider, currency and party.
    party: u32,
    /// The number of the format it was read in.
    format: u8,
    has: Has,
}

/// What a trace is of. It is kept in few bytes: there may be a million.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Has(u8);

impl Has {
    /// An order number of any length.
    const NUMBER: Self = Self(1);
    /// One that is nobody else's.
    const LONG_NUMBER: Self = Self(2);
    const PARTY: Self = Self(4);
    /// More than the day.
    const TIME: Self = Self(8);
    /// No number that a spreadsheet destroyed.
    const WHOLE: Self = Self(16);

    fn when(self, holds: bool) -> Self {
        if holds { self } else { Self(0) }
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn all(self, of: Self) -> bool {
        self.0 & of.0 == of.0
    }
}

impl Trace {
    /// Of a row.
    pub fn of(
        format: u8,
        facts: Facts<'_>,
        kind: Kind,
        balance: Option<Money>,
        marks: &[Mark],
        hashing: &RandomState,
    ) -> Self {
        let mangled = marks.contains(&Mark::MangledId);
        let offset = i64::from(facts.at.offset().local_minus_utc());
        let (at, currency) = (facts.at.timestamp(), facts.amount.currency.code());
        let long_number = facts.order_no.len() >= LONG;
        let time = (at + offset).rem_euclid(DAY) != 0 && !marks.contains(&Mark::DateOnly);
        let has = [
            Has::NUMBER.when(!facts.order_no.is_empty()),
            Has::LONG_NUMBER.when(long_number),
            Has::PARTY.when(!facts.counterparty.is_empty()),
            Has::TIME.when(time),
            Has::WHOLE.when(!mangled),
        ];
        let has = has.into_iter().fold(Has(0), Has::and);
        // Money back and fees may stand under the number of their payment.
        let part = match kind {
            Kind::Refund => 1,
            Kind::Fee => 2,
            _ => 0,
        };
        let known_by = match balance {
            _ if mangled => 0,
            _ if long_number => hashing.hash_one((facts.provider, facts.order_no, currency, part)).max(1),
            Some(balance) => {
                let day = (at + offset).div_euclid(DAY);
                hashing.hash_one((facts.provider, day, currency, facts.amount.minor, balance.minor)).max(1)
            }
            None => 0,
        };
        let party = hashing.hash_one((facts.provider, currency, facts.counterparty)) as u32;
        Self { known_by, at, minor: facts.amount.minor, party, format, has }
    }

    /// Its second, amount and party in one number; what is left of a row where its file leaves out the numbers.
    fn bare(&self) -> u64 {
        let mix = |bits: u64, more: u64| (bits ^ more).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        [self.at.cast_unsigned(), self.minor.cast_unsigned()].into_iter().fold(u64::from(self.party), mix)
    }

    fn same_minute(&self, other: &Self) -> bool {
        self.at.div_euclid(MINUTE) == other.at.div_euclid(MINUTE)
            && (self.at == other.at || self.in_minutes() || other.in_minutes())
    }

    /// Spreadsheets leave out seconds.
    fn in_minutes(&self) -> bool {
        self.at.rem_euclid(MINUTE) == 0
    }

    /// Whether it tells the time more exactly.
    fn tells_more(&self, other: &Self) -> bool {
        match [self, other].map(|trace| trace.has(Has::TIME)) {
            [true, true] => self.same_minute(other) && other.in_minutes() && !self.in_minutes(),
            [time, other] => time && !other,
        }
    }

    fn has(&self, of: Has) -> bool {
        self.has.all(of)
    }
}

/// The file whose rows were placed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    /// Its number.
    pub file: u32,
    /// Its first row that nothing answered for: a place in [`Planner::states`](super::Planner).
    pub first: u32,
    /// Its first and its last moment.
    pub span: (i64, i64),
}

/// The traces of all transactions of a ledger and of the files being placed, in their order.
#[derive(Debug, Default)]
pub(super) struct Reread(Vec<Trace>);

/// Rows that are known by the same.
#[derive(Debug, Default)]
struct Group {
    fresh: Vec<u32>,
    /// Of the ledger and of the files before.
    known: Vec<u32>,
}

impl Reread {
    /// Room for so many more.
    pub fn reserve(&mut self, more: usize) {
        self.0.reserve(more);
    }

    /// Adds that of the last state.
    pub fn add(&mut self, trace: Trace) {
        self.0.push(trace);
    }

    /// Whether the second of two that are one transaction tells its time more exactly.
    pub fn tells_more(&self, known: u32, fresh: u32) -> bool {
        self.0[fresh as usize].tells_more(&self.0[known as usize])
    }

    /// The trace of a row that was added.
    pub fn of(&self, place: u32) -> Trace {
        self.0[place as usize]
    }

    /// A newer reading of a transaction is kept beside the one before: what it leaves out is not forgotten.
    pub fn changed(&mut self, known: u32, newer: Trace) {
        let known = &mut self.0[known as usize];
        let numbered = newer.has(Has::LONG_NUMBER) || !known.has(Has::LONG_NUMBER);
        *known = Trace {
            known_by: if numbered { newer.known_by } else { known.known_by },
            at: if known.tells_more(&newer) { known.at } else { newer.at },
            minor: newer.minor,
            party: if newer.has(Has::PARTY) { newer.party } else { known.party },
            format: newer.format,
            has: known.has.and(newer.has),
        };
    }

    /// Those rows of a file that nothing answered for and what they are, by their places and in their order.
    pub fn pairs(&self, placed: Placed, accounts: &Accounts, states: &[State]) -> Vec<(u32, u32)> {
        let mut look = Look {
            traces: &self.0,
            placed,
            accounts,
            states,
            taken: FxHashSet::default(),
            pairs: Vec::new(),
        };
        if placed.first > 0 && (placed.first as usize) < states.len() {
            let groups = look.groups(|trace, _| trace.known_by);
            groups.iter().for_each(|group| look.by_number_or_balance(group));
            look.bare();
        }
        look.pairs.sort_unstable();
        look.pairs
    }
}

/// Looking for pairs of one file.
struct Look<'a> {
    traces: &'a [Trace],
    placed: Placed,
    accounts: &'a Accounts,
    states: &'a [State],
    /// The places that stand in a pair.
    taken: FxHashSet<u32>,
    pairs: Vec<(u32, u32)>,
}

impl Look<'_> {
    fn trace(&self, place: u32) -> &Trace {
        &self.traces[place as usize]
    }

    fn state(&self, place: u32) -> &State {
        &self.states[place as usize]
    }

    /// The rows of the file and those before it that share what `by` says, where it is not 0 and both are there.
    /// `by` is told whether the row is the file's.
    fn groups(&self, by: impl Fn(&Trace, bool) -> u64) -> Vec<Group> {
        let (known, fresh) = self.traces.split_at(self.placed.first as usize);
        let mut sieve = Sieve::of(fresh.len());
        fresh.iter().for_each(|trace| sieve.add(by(trace, true)));
        let mut groups: FxHashMap<u64, Group> = FxHashMap::default();
        for (place, trace) in (0..).zip(known) {
            let hash = by(trace, false);
            if hash != 0 && sieve.may_have(hash) && self.state(place).same_as.is_none() {
                groups.entry(hash).or_default().known.push(place);
            }
        }
        if groups.is_empty() {
            return Vec::new();
        }
        for (place, trace) in (self.placed.first..).zip(fresh) {
            if let Some(group) = groups.get_mut(&by(trace, true)) {
                group.fresh.push(place);
            }
        }
        let few = |group: &Group| (1..=FEW).contains(&group.fresh.len()) && group.known.len() <= FEW;
        groups.into_values().filter(few).collect()
    }

    fn by_number_or_balance(&mut self, group: &Group) {
        if self.trace(group.fresh[0]).has(Has::LONG_NUMBER) {
            self.take(group, |fresh, known, _| fresh.minor == known.minor && fresh.same_minute(known));
            // Of a number that stands on several rows of either nobody knows which is which.
            let answered = |known: &&u32| self.state(**known).answered == self.placed.file;
            let alone = group.fresh.len() + group.known.iter().filter(answered).count() == 1;
            if alone && group.known.len() == 1 {
                let span = self.placed.span;
                self.take(group, |fresh, known, states| same_order(fresh, known, states, span));
            }
            return;
        }
        let timed = |fresh: &Trace, known: &Trace| {
            !fresh.has(Has::TIME) || !known.has(Has::TIME) || fresh.same_minute(known)
        };
        let one_way = |[fresh, known]: [&State; 2]| fresh.way == known.way;
        let party = |fresh: &Trace, known: &Trace| {
            !fresh.has(Has::PARTY) || !known.has(Has::PARTY) || fresh.party == known.party
        };
        self.take(group, |fresh, known, states| {
            one_way(states) && timed(fresh, known) && party(fresh, known)
        });
        // Files with other columns may name another party for the same row.
        if (group.fresh.len(), group.known.len()) == (1, 1) {
            self.take(group, |fresh, known, states| one_way(states) && timed(fresh, known));
        }
    }

    /// Rows of a file that leaves out the numbers, and those of one that has them.
    fn bare(&mut self) {
        let (known, fresh) = self.traces.split_at(self.placed.first as usize);
        let comparable = |trace: &Trace| trace.has(Has::TIME.and(Has::WHOLE));
        let any = |of: &[Trace], number: bool| {
            of.iter().any(|trace| comparable(trace) && trace.has(Has::NUMBER) == number)
        };
        let (gained, lost) = (any(fresh, true) && any(known, false), any(fresh, false) && any(known, true));
        if !gained && !lost {
            return;
        }
        let by = |trace: &Trace, fresh: bool| {
            let asked = if trace.has(Has::NUMBER) == fresh { gained } else { lost };
            if asked && comparable(trace) { trace.bare().max(1) } else { 0 }
        };
        for group in self.groups(by) {
            self.take(&group, |fresh, known, [a, b]| {
                fresh.has(Has::NUMBER) != known.has(Has::NUMBER)
                    && (fresh.at, fresh.minor, fresh.party) == (known.at, known.minor, known.party)
                    && a.way == b.way
            });
        }
    }

    /// Pairs each fresh row of a group with one before it that `are_one` says it is: rather of the same way, rather
    /// near in time.
    fn take(&mut self, group: &Group, are_one: impl Fn(&Trace, &Trace, [&State; 2]) -> bool) {
        for &fresh in &group.fresh {
            if self.taken.contains(&fresh) {
                continue;
            }
            let fits = |known: &&u32| {
                let states = [self.state(fresh), self.state(**known)];
                let [a, b] = states;
                b.answered != self.placed.file
                    && !self.taken.contains(*known)
                    && !opposed(a.way, b.way)
                    && self.accounts.may_be_one(a.account, b.account)
                    && are_one(self.trace(fresh), self.trace(**known), states)
            };
            let distance = |known: &&u32| {
                let other_way = self.state(fresh).way != self.state(**known).way;
                (other_way, self.trace(fresh).at.abs_diff(self.trace(**known).at))
            };
            if let Some(known) = group.known.iter().filter(fits).min_by_key(distance) {
                self.pairs.push((fresh, *known));
                self.taken.extend([fresh, *known]);
            }
        }
    }
}

/// Whether two rows under one number that stands on no others are one order: `span` is that of the fresh one's file.
/// What was not settled may have been paid later, and less. What was may be told with the moment of another step of
/// it, above all in another format; but a file that begins only later may hold the next payment of a contract.
fn same_order(fresh: &Trace, known: &Trace, [a, b]: [&State; 2], span: (i64, i64)) -> bool {
    let apart = fresh.at.abs_diff(known.at);
    if apart > LONGEST.unsigned_abs() {
        return false;
    }
    if a.progress == Progress::Open || b.progress == Progress::Open {
        return true;
    }
    let covered = fresh.format != known.format || (span.0..=span.1).contains(&known.at);
    fresh.minor == known.minor
        && (a.way == b.way || a.progress != b.progress)
        && (apart <= DAY.unsigned_abs() || covered)
}

/// Which hashes there may be: one bit each, in few bytes, so that a million may be asked.
struct Sieve(Vec<u64>);

impl Sieve {
    /// For so many.
    fn of(hashes: usize) -> Self {
        Self(vec![0; (hashes / 4).next_power_of_two().max(1 << 6)])
    }

    fn add(&mut self, hash: u64) {
        let (word, bit) = self.place(hash);
        self.0[word] |= bit;
    }

    fn may_have(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.0[word] & bit != 0
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        ((hash >> 6) as usize & (self.0.len() - 1), 1 << (hash & 63))
    }
}

#[cfg(test)]
mod tests;
