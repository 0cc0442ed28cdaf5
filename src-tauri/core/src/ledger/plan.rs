//! What will become of each row of a file: decided once, shown, and executed as it stands.

use super::identity::{Keys, order_no};
use super::{Kind, Transaction, TransactionId};
use crate::statements::Draft;
use std::collections::{HashMap, HashSet};

/// What will become of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Not seen before.
    New,
    /// The ledger has it, the same.
    Known(TransactionId),
    /// The ledger has it with another status or refund; this reading is the newer one.
    Changed(TransactionId),
    /// An earlier row of the same plan is the same transaction; `changed` where this reading is newer.
    Again {
        /// This reading says more than the earlier one.
        changed: bool,
    },
    /// Perhaps the same as this one: neither has an order number to tell.
    Unsure(TransactionId),
}

/// A row's place and its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// What will become of it.
    pub place: Place,
    /// Its identity: the older one's where it was seen before.
    pub key: String,
}

/// The part of a transaction that decides whether a newer reading says more.
#[derive(Debug, Clone, PartialEq)]
struct State {
    key: String,
    at: i64,
    amount: i64,
    refunded: i64,
    status: String,
    progress: Progress,
    /// In the ledger, or in an earlier row of this plan.
    id: Option<TransactionId>,
}

/// Places the rows of one file after another against a ledger. Linear in rows.
#[derive(Debug, Default)]
pub struct Planner {
    by_order: HashMap<(String, String), Vec<State>>,
    by_key: HashMap<String, State>,
    /// Those without an order number, by provider, amount and minute.
    loose: HashMap<(String, i64, i64), TransactionId>,
}

/// How far a payment has come. Exports are dated by what they say, not by when they are imported: a
/// reading that has come less far is the older one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Progress {
    /// Not settled yet.
    Open,
    /// Paid.
    Done,
    /// Closed, or money went back.
    Undone,
}

impl Progress {
    fn of(kind: Kind, status: &str) -> Self {
        if kind == Kind::Pending {
            Self::Open
        } else if kind == Kind::Closed || status.contains("关闭") || status.contains("退") {
            Self::Undone
        } else {
            Self::Done
        }
    }
}

/// Two readings without an order number this close, of the same amount, may be the same payment.
const LOOSE_SECONDS: i64 = 60;

impl Planner {
    /// A planner that knows this ledger, as stored: refunds found by linking rows are no part of a
    /// reading and would look like a change.
    pub fn new<'a>(ledger: impl IntoIterator<Item = &'a Transaction>) -> Self {
        let mut planner = Self::default();
        for known in ledger {
            let state = State {
                key: known.key.clone(),
                at: known.at.timestamp(),
                amount: known.amount.minor,
                refunded: known.refunded.minor,
                status: known.status.clone(),
                progress: Progress::of(known.kind, &known.status),
                id: Some(known.id),
            };
            let mangled = known.marks.contains(&super::Mark::MangledId);
            if known.order_no.is_empty() || mangled {
                let minute = state.at.div_euclid(LOOSE_SECONDS);
                planner.loose.insert((known.provider.clone(), state.amount, minute), known.id);
                planner.by_key.insert(state.key.clone(), state);
            } else {
                let order = (known.provider.clone(), known.order_no.clone());
                planner.by_order.entry(order).or_default().push(state);
            }
        }
        planner
    }

    /// Places the rows of one file, in its order.
    pub fn place(&mut self, provider: &str, rows: &[Draft]) -> Vec<Placed> {
        let mut keys = Keys::default();
        // One known transaction answers for one row of a file: two equal rows stay two.
        let mut answered: HashSet<String> = HashSet::new();
        rows.iter().map(|draft| self.place_one(provider, draft, &mut keys, &mut answered)).collect()
    }

    fn place_one(
        &mut self,
        provider: &str,
        draft: &Draft,
        keys: &mut Keys,
        answered: &mut HashSet<String>,
    ) -> Placed {
        let fresh = State {
            key: keys.next(provider, draft),
            at: draft.at.timestamp(),
            amount: draft.amount.minor,
            refunded: draft.refunded.minor,
            status: draft.status.clone(),
            progress: Progress::of(draft.kind, &draft.status),
            id: None,
        };
        let order = order_no(draft);
        if order.is_empty() {
            return self.place_loose(provider, fresh, answered);
        }
        let twins = self.by_order.entry((provider.to_owned(), order.to_owned())).or_default();
        let exact = |twin: &&mut State| twin.at == fresh.at && twin.amount == fresh.amount;
        let known = twins.iter_mut().filter(|twin| !answered.contains(&twin.key)).find(exact);
        if let Some(known) = known {
            answered.insert(known.key.clone());
            return settle(known, fresh);
        }
        answered.insert(fresh.key.clone());
        let key = fresh.key.clone();
        twins.push(fresh);
        Placed { place: Place::New, key }
    }

    fn place_loose(&mut self, provider: &str, fresh: State, answered: &mut HashSet<String>) -> Placed {
        if let Some(known) = self.by_key.get_mut(&fresh.key)
            && answered.insert(known.key.clone())
        {
            return settle(known, fresh);
        }
        let minute = fresh.at.div_euclid(LOOSE_SECONDS);
        let near = [minute, minute - 1, minute + 1]
            .iter()
            .find_map(|minute| self.loose.get(&(provider.to_owned(), fresh.amount, *minute)).copied());
        let key = fresh.key.clone();
        self.by_key.insert(key.clone(), fresh);
        Placed { place: near.map_or(Place::New, Place::Unsure), key }
    }
}

/// The same transaction read again: known, or changed where the newer reading says more. An older export
/// imported late never takes a refund or a settlement back.
fn settle(known: &mut State, fresh: State) -> Placed {
    let regresses = fresh.refunded < known.refunded || fresh.progress < known.progress;
    let differs = fresh.status != known.status || fresh.refunded != known.refunded;
    let changed = differs && !regresses;
    if changed {
        known.status = fresh.status;
        known.refunded = fresh.refunded;
        known.progress = fresh.progress;
    }
    let place = match (known.id, changed) {
        (Some(id), true) => Place::Changed(id),
        (Some(id), false) => Place::Known(id),
        (None, changed) => Place::Again { changed },
    };
    Placed { place, key: known.key.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Direction, Moment};
    use crate::money::Money;

    fn draft(order_no: &str, at: &str, fen: i64, status: &str) -> Draft {
        Draft {
            row: 1,
            at: Moment::parse_from_rfc3339(at).unwrap(),
            direction: Direction::Out,
            kind: if status == "等待确认收货" { Kind::Pending } else { Kind::Purchase },
            amount: Money::fen(fen),
            fee: None,
            refunded: Money::fen(0),
            balance: None,
            counterparty: "早点铺".into(),
            counterparty_account: String::new(),
            item: "豆浆".into(),
            method: "余额".into(),
            methods: vec![],
            category: String::new(),
            status: status.into(),
            order_no: order_no.into(),
            merchant_order_no: String::new(),
            memo: String::new(),
            marks: vec![],
            raw: "[]".into(),
        }
    }

    fn places(files: &[&[Draft]]) -> Vec<Vec<Place>> {
        let mut planner = Planner::new([]);
        files.iter().map(|rows| planner.place("a", rows).into_iter().map(|p| p.place).collect()).collect()
    }

    const MORNING: &str = "2026-03-01T08:00:00+08:00";

    #[test]
    fn the_same_row_in_two_files_of_one_plan_is_added_once() {
        let row = draft("1", MORNING, 300, "交易成功");
        let placed = places(&[std::slice::from_ref(&row), std::slice::from_ref(&row)]);
        assert_eq!(placed, [vec![Place::New], vec![Place::Again { changed: false }]]);
    }

    #[test]
    fn a_newer_status_is_a_change_and_an_older_one_is_not() {
        let open = [draft("1", MORNING, 300, "等待确认收货")];
        let done = [draft("1", MORNING, 300, "交易成功")];
        assert_eq!(places(&[&open, &done])[1], [Place::Again { changed: true }]);
        assert_eq!(places(&[&done, &open])[1], [Place::Again { changed: false }]);
    }

    #[test]
    fn two_equal_rows_without_a_number_stay_two_and_are_known_again() {
        let file = [draft("", MORNING, 300, "交易成功"), draft("", MORNING, 300, "交易成功")];
        let placed = places(&[&file, &file]);
        assert_ne!(placed[0][0], Place::Again { changed: false });
        assert!(placed[1].iter().all(|place| *place == Place::Again { changed: false }), "{placed:?}");
    }

    #[test]
    fn one_order_number_paid_twice_is_two_transactions() {
        let file =
            [draft("1", MORNING, 300, "交易成功"), draft("1", "2026-03-01T08:05:00+08:00", 300, "交易成功")];
        assert_eq!(places(&[&file]), [vec![Place::New, Place::New]]);
    }
}
