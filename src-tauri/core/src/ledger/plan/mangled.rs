//! One bill twice, once with the order numbers that a spreadsheet destroyed: what is left tells which rows are the same.

use super::State;
use super::account::Accounts;
use super::twins::opposed;
use crate::ledger::identity::Facts;
use foldhash::quality::RandomState;
use std::collections::HashMap;
use std::hash::BuildHasher as _;

/// Spreadsheets show numbers of fewer digits as they are.
const DIGITS: usize = 12;
/// They save moments to the minute.
const MINUTE: i64 = 60;

/// Of a row whose number is destroyed, or one that a spreadsheet would destroy, a hash of what is left; else 0.
pub(super) fn rest(facts: Facts<'_>, order_no: &str, mangled: bool, hashing: &RandomState) -> u64 {
    let is_number = order_no.len() >= DIGITS && order_no.bytes().all(|byte| byte.is_ascii_digit());
    if !mangled && !is_number {
        return 0;
    }
    let minute = facts.at.timestamp().div_euclid(MINUTE);
    let amount = (facts.amount.minor, facts.amount.currency.code());
    hashing.hash_one((facts.provider, minute, amount, facts.counterparty, facts.item)).max(1)
}

/// The rows of a ledger and of the files being placed whose numbers are destroyed, and those that may be the same.
#[derive(Debug, Default)]
pub(super) struct Mangled {
    destroyed: HashMap<u64, Vec<u32>>,
    /// Those with a number, gathered when the first row without one is placed.
    numbered: Option<HashMap<u64, Vec<u32>>>,
}

impl Mangled {
    /// Adds the state at `place`, the last one.
    pub fn add(&mut self, place: u32, states: &[State]) {
        let Some(state) = states.get(place as usize).filter(|state| state.rest != 0) else { return };
        let those = match (state.mangled, &mut self.numbered) {
            (true, _) => &mut self.destroyed,
            (false, Some(numbered)) => numbered,
            (false, None) => return,
        };
        those.entry(state.rest).or_default().push(place);
    }

    /// The transaction that answers for this row of a file: one of the two has lost its number, all else is the same.
    /// Each answers for one row of a file, and for none of its own.
    pub fn answer(&mut self, fresh: &State, accounts: &Accounts, states: &[State]) -> Option<u32> {
        if fresh.rest == 0 || (!fresh.mangled && self.destroyed.is_empty()) {
            return None;
        }
        let those = match fresh.mangled {
            false => &self.destroyed,
            true => self.numbered.get_or_insert_with(|| numbered(states)),
        };
        let fits = |place: &&u32| {
            states.get(**place as usize).is_some_and(|state| {
                state.answered != fresh.answered
                    && !opposed(state.way, fresh.way)
                    && accounts.may_be_one(state.account, fresh.account)
            })
        };
        those.get(&fresh.rest)?.iter().find(fits).copied()
    }
}

fn numbered(states: &[State]) -> HashMap<u64, Vec<u32>> {
    let mut all: HashMap<u64, Vec<u32>> = HashMap::new();
    for (place, state) in (0..).zip(states) {
        if state.rest != 0 && !state.mangled {
            all.entry(state.rest).or_default().push(place);
        }
    }
    all
}
