//! Transactions that say the same, told apart by their account, the way the money went, and their order.

use super::State;
use super::account::{Account, Accounts};
use crate::ledger::Direction;
use crate::ledger::identity::{ByHash, Key};
use std::collections::HashMap;

/// No place in a list.
const NONE: u32 = u32::MAX;

/// Of transactions that say the same, so many are asked for a key that another row might be given.
const LOOKED_AT: usize = 64;

/// Those of one account and one way. Each answers for one row of a file, so that two equal rows stay two.
#[derive(Debug, Clone, Copy)]
struct Group {
    account: Account,
    way: Direction,
    first: u32,
    last: u32,
    /// The first that has answered for no row of `file` yet.
    next: u32,
    file: u32,
    /// The next group that says the same.
    other: u32,
}

/// Every transaction of a ledger and of the files being placed, by what it says.
#[derive(Debug, Default)]
pub(super) struct Twins {
    groups: Vec<Group>,
    by_facts: HashMap<Key, u32, ByHash>,
}

impl Twins {
    /// Room for so many more: a table that grows moves all that is in it.
    pub fn reserve(&mut self, more: usize) {
        self.groups.reserve(more);
        self.by_facts.reserve(more);
    }

    /// The transaction that answers for this row of a file: one that says the same, of the same account as far as
    /// both are named, whose money went no other way. The nearest of several.
    pub fn answer(
        &mut self,
        shared: Key,
        fresh: &State,
        file: u32,
        accounts: &Accounts,
        states: &[State],
    ) -> Option<u32> {
        let mut best: Option<(u32, u32)> = None;
        let mut at = self.by_facts.get(&shared).copied().unwrap_or(NONE);
        while let Some(group) = self.groups.get_mut(at as usize) {
            if group.file != file {
                (group.file, group.next) = (file, group.first);
            }
            while states.get(group.next as usize).is_some_and(|state| state.answered == file) {
                group.next = states[group.next as usize].next;
            }
            // A later file may have named the account of one that stood there without.
            let fits = states.get(group.next as usize).is_some_and(|state| {
                !opposed(group.way, fresh.way) && accounts.may_be_one(state.account, fresh.account)
            });
            let nearness =
                u32::from(group.account == fresh.account) * 2 + u32::from(group.way == fresh.way) + 1;
            if fits && best.is_none_or(|(other, _)| nearness > other) {
                best = Some((nearness, at));
            }
            at = group.other;
        }
        let group = &mut self.groups[best?.1 as usize];
        let answers = group.next;
        group.next = states.get(answers as usize).map_or(NONE, |state| state.next);
        Some(answers)
    }

    /// Whether one of those that say the same has this key.
    pub fn have(&self, shared: Key, key: Key, states: &[State]) -> bool {
        let mut at = self.by_facts.get(&shared).copied().unwrap_or(NONE);
        while let Some(group) = self.groups.get(at as usize) {
            let mut place = group.first;
            for _ in 0..LOOKED_AT {
                let Some(state) = states.get(place as usize) else { break };
                if state.key == key {
                    return true;
                }
                place = state.next;
            }
            at = group.other;
        }
        false
    }

    /// Adds the state at `place`, the last one, behind those that say the same. It answers for no row of `file`.
    pub fn add(&mut self, shared: Key, place: u32, file: u32, states: &mut [State]) {
        let Some(State { account, way, .. }) = states.get(place as usize).copied() else { return };
        let fresh = Group { account, way, first: place, last: place, next: NONE, file, other: NONE };
        let index = u32::try_from(self.groups.len()).unwrap_or(NONE);
        let mut at = match self.by_facts.entry(shared) {
            std::collections::hash_map::Entry::Vacant(vacant) => {
                vacant.insert(index);
                self.groups.push(fresh);
                return;
            }
            std::collections::hash_map::Entry::Occupied(known) => *known.get(),
        };
        loop {
            let group = &mut self.groups[at as usize];
            if (group.account, group.way) == (account, way) {
                states[group.last as usize].next = place;
                group.last = place;
                return;
            }
            if group.other == NONE {
                group.other = index;
                self.groups.push(fresh);
                return;
            }
            at = group.other;
        }
    }
}

/// No payment is money received: both ends of one transfer may say the same otherwise. A neutral row may be
/// either, for a payment that came back stands as neutral in a later file.
pub(super) fn opposed(a: Direction, b: Direction) -> bool {
    matches!((a, b), (Direction::Out, Direction::In) | (Direction::In, Direction::Out))
}
