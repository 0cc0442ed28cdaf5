//! Flags sorted out: which still want the user's eye, and which are told together because they are about one event.

use super::opened::Opened;
use crate::case::Case;
use crate::detect::{self, Flag, Sure, Verdict};
use crate::ledger::TransactionId;
use std::collections::{HashMap, HashSet};

/// The flags of the ledger.
pub(super) struct Flags {
    /// Answered ones included, most serious first.
    pub all: Vec<Flag>,
    /// Fingerprints of those that still want the user's eye, one an event.
    pub open: HashSet<String>,
    /// Those told beneath another of the same event, by the fingerprint of that one.
    pub also: HashMap<String, Vec<String>>,
    /// The same, from each to the one it is told beneath.
    leader: HashMap<String, String>,
    /// How sure the strongest open flag on a transaction is.
    pub on: HashMap<TransactionId, Sure>,
}

impl Opened {
    pub fn sorted_out(&self, all: Vec<Flag>) -> Flags {
        let is_open = |flag: &&Flag| {
            self.disputed(flag).is_some_and(|disputed| detect::is_open(flag, disputed, &self.rulings))
        };
        let payee = |row: TransactionId| self.transaction(row).map_or("", |row| row.counterparty.as_str());
        // Who said "mine" of an event said it of all that is told of it, now or later.
        let mine: Vec<&Flag> = all.iter().filter(|flag| flag.verdict == Some(Verdict::Mine)).collect();
        let mut mine_on: HashMap<TransactionId, Vec<&Flag>> = HashMap::new();
        for flag in mine {
            flag.transactions.iter().for_each(|&row| mine_on.entry(row).or_default().push(flag));
        }
        let is_covered = |flag: &&Flag| {
            flag.verdict.is_none()
                && flag.transactions.first().and_then(|row| mine_on.get(row)).is_some_and(|mine| {
                    mine.iter().any(|mine| {
                        mine.transactions.len() >= flag.transactions.len()
                            && detect::event::are_one(mine, flag, payee)
                    })
                })
        };
        let (shown, mut quiet): (Vec<&Flag>, Vec<&Flag>) =
            all.iter().partition(|flag| is_open(flag) && !is_covered(flag));
        // What was answered stands above what is quiet with it.
        quiet.sort_by_key(|flag| flag.verdict.is_none());
        let mut also: HashMap<String, Vec<String>> = HashMap::new();
        let mut leader: HashMap<String, String> = HashMap::new();
        for together in [&shown, &quiet] {
            let led = detect::event::led(together, payee);
            for (place, flag) in together.iter().enumerate() {
                if let Some(&first) = led.get(&place) {
                    also.entry(together[first].id.clone()).or_default().push(flag.id.clone());
                    leader.insert(flag.id.clone(), together[first].id.clone());
                }
            }
        }
        let mut on: HashMap<TransactionId, Sure> = HashMap::new();
        for flag in &shown {
            for transaction in &flag.transactions {
                let sure = on.entry(*transaction).or_insert(flag.sure);
                *sure = (*sure).max(flag.sure);
            }
        }
        let open =
            shown.iter().filter(|flag| !leader.contains_key(&flag.id)).map(|flag| flag.id.clone()).collect();
        Flags { all, open, also, leader, on }
    }

    /// The fingerprints of all flags of the event that a flag is about, the surest first.
    pub fn event<'f>(&'f self, id: &'f str) -> Vec<&'f str> {
        let flags = self.looked_for();
        let first = flags.leader.get(id).map_or(id, String::as_str);
        let also = flags.also.get(first).into_iter().flatten().map(String::as_str);
        std::iter::once(first).chain(also).collect()
    }

    /// Whether a flag is told beneath another of the same event.
    pub fn is_led(&self, id: &str) -> bool {
        self.looked_for().leader.contains_key(id)
    }

    /// The case opened from any flag of the event that a flag is about.
    pub fn case_of(&self, id: &str) -> Option<&Case> {
        let event = self.event(id);
        self.cases.iter().find(|case| case.flags.iter().any(|flag| event.contains(&flag.as_str())))
    }
}
