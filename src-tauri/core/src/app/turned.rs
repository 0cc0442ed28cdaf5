//! Which flags came and went with a change of the ledger.

use super::opened::Opened;
use crate::detect::{Flag, FlagKind};
use crate::ledger::TransactionId;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use ts_rs::TS;

/// Flags that came and went with what was changed since this was last asked, by their fingerprints. What the user
/// answered, or quietened by an answer, has not gone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Turned {
    /// There were no flags before the change, or none had been looked for.
    pub first: bool,
    /// Open, and not there before; the most serious first.
    pub appeared: Vec<String>,
    /// There before, and holding no more.
    pub gone: Vec<String>,
    /// The same trouble with more or fewer rows.
    pub changed: Vec<Changed>,
}

/// One trouble whose evidence changed, and its fingerprint with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Changed {
    /// What it was.
    pub was: String,
    /// What it is.
    pub is: String,
}

/// Changes of which it was not yet told which flags came and went with them.
#[derive(Default)]
pub(super) enum Untold {
    /// None.
    #[default]
    Nothing,
    /// Before them these flags held.
    Since(Vec<Flag>),
    /// Before them no flags had been looked for.
    All,
}

impl Untold {
    /// One more change; `before` it these flags held, where they had been looked for.
    pub fn add(&mut self, before: Option<Vec<Flag>>) {
        if matches!(self, Self::Nothing) {
            *self = before.map_or(Self::All, Self::Since);
        }
    }

    /// What came and went; `flags` hold now, of which `open` want the user's eye.
    pub fn told(self, flags: &[Flag], open: &HashSet<String>) -> Turned {
        let before = match self {
            Self::Nothing => return Turned::default(),
            Self::Since(before) => before,
            Self::All => Vec::new(),
        };
        let known: HashSet<&str> = before.iter().map(|flag| flag.id.as_str()).collect();
        let holds: HashSet<&str> = flags.iter().map(|flag| flag.id.as_str()).collect();
        let mut fresh: Vec<&Flag> = flags.iter().filter(|flag| !known.contains(flag.id.as_str())).collect();
        let mut turned = Turned { first: before.is_empty(), ..Turned::default() };
        let mut now: HashMap<(FlagKind, TransactionId), &Flag> = HashMap::new();
        for flag in &fresh {
            now.extend(flag.transactions.iter().map(|&row| ((flag.kind, row), *flag)));
        }
        for was in before.iter().filter(|flag| !holds.contains(flag.id.as_str())) {
            match was.transactions.iter().find_map(|&row| now.get(&(was.kind, row))) {
                Some(is) => turned.changed.push(Changed { was: was.id.clone(), is: is.id.clone() }),
                None => turned.gone.push(was.id.clone()),
            }
        }
        let changed: HashSet<&str> = turned.changed.iter().map(|changed| changed.is.as_str()).collect();
        fresh.retain(|flag| open.contains(&flag.id) && !changed.contains(flag.id.as_str()));
        turned.appeared = fresh.into_iter().map(|flag| flag.id.clone()).collect();
        turned
    }
}

impl Opened {
    /// Which flags came and went with what was changed since this was last asked.
    pub fn turned(&mut self) -> Turned {
        let (untold, flags) = (std::mem::take(&mut self.untold), self.looked_for());
        untold.told(&flags.all, &flags.open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Sure;
    use crate::money::Money;
    use crate::text::Text;

    fn flag(id: &str, kind: FlagKind, rows: &[i64]) -> Flag {
        Flag {
            id: id.into(),
            kind,
            score: 0.9,
            sure: Sure::Clear,
            transactions: rows.iter().copied().map(TransactionId).collect(),
            compared: vec![],
            amount: Money::fen(1),
            explanation: Text::default(),
            innocent: Text::default(),
            verdict: None,
            known: TransactionId(0),
            places: vec![],
        }
    }

    fn ids(flags: &[Flag]) -> HashSet<String> {
        flags.iter().map(|flag| flag.id.clone()).collect()
    }

    #[test]
    fn a_run_that_grew_changed_and_what_was_answered_did_not_go() {
        let before = vec![
            flag("run", FlagKind::Burst, &[1, 2]),
            flag("late", FlagKind::RefundMissing, &[3]),
            flag("answered", FlagKind::UnusualAmount, &[4]),
        ];
        let now = vec![
            flag("longer run", FlagKind::Burst, &[1, 2, 5]),
            flag("twice", FlagKind::DuplicateCharge, &[3, 6]),
            flag("answered", FlagKind::UnusualAmount, &[4]),
            flag("quietened", FlagKind::UnusualAmount, &[7]),
        ];
        let mut open = ids(&now);
        open.remove("answered");
        open.remove("quietened");
        let mut untold = Untold::default();
        untold.add(Some(before));
        // What was changed since adds up: it is told against what stood before all of it.
        untold.add(Some(vec![]));
        let turned = untold.told(&now, &open);
        let changed = vec![Changed { was: "run".into(), is: "longer run".into() }];
        let (appeared, gone) = (vec!["twice".to_owned()], vec!["late".to_owned()]);
        assert_eq!(turned, Turned { first: false, appeared, gone, changed });
    }

    #[test]
    fn all_are_new_where_none_had_been_looked_for_and_none_where_nothing_changed() {
        let now = vec![flag("one", FlagKind::Burst, &[1])];
        assert_eq!(Untold::Nothing.told(&now, &ids(&now)), Turned::default());
        let turned = Untold::All.told(&now, &ids(&now));
        assert_eq!((turned.first, turned.appeared), (true, vec!["one".to_owned()]));
    }
}
