//! What will become of each row of a file: decided once, shown, and executed as it stands.

use super::identity::{ByHash, Key, Keys, numbered_key, order_no};
use super::{Kind, Transaction, TransactionId};
use crate::money::Money;
use crate::statements::Draft;
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;

/// What will become of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// What will become of it.
    pub place: Place,
    /// Its identity: the older one's where it was seen before.
    pub key: Key,
}

/// The part of a transaction that decides whether a newer reading says more.
#[derive(Debug, Clone)]
struct State {
    key: Key,
    at: i64,
    amount: i64,
    refunded: i64,
    /// A hash of its text.
    status: u64,
    progress: Progress,
    /// In the ledger, or in an earlier row of this plan.
    id: Option<TransactionId>,
    /// The next with the same number, second and amount: a place in [`Planner::states`].
    next: Option<u32>,
}

/// Transactions that only their order tells apart. One answers for one row of a file, so that two equal rows
/// stay two.
#[derive(Debug, Clone, Copy)]
struct Twins {
    first: u32,
    last: u32,
    /// The first that has answered for no row of `file` yet.
    next: Option<u32>,
    file: u32,
}

/// Places the rows of one file after another against a ledger. Linear in rows.
#[derive(Debug, Default)]
pub struct Planner {
    states: Vec<State>,
    /// Those with an order number, by it, the provider, the second and the amount.
    by_order: HashMap<Key, Twins, ByHash>,
    /// Those without one.
    by_key: HashMap<Key, u32, ByHash>,
    /// Those of the ledger without one, by provider, amount and minute.
    loose: HashMap<(u64, i64, i64), TransactionId>,
    /// Of texts that are only compared.
    hashing: RandomState,
    /// The files begun.
    files: u32,
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
    /// A planner that knows this ledger, each transaction with what its own reading states as refunded: refunds
    /// found by linking rows are no part of a reading and would look like a change.
    pub fn new<'a>(ledger: impl IntoIterator<Item = (&'a Transaction, Money)>) -> Self {
        let mut planner = Self::default();
        for (known, refunded) in ledger {
            // Every key was made by this module's sibling; what is none can be no row's.
            let Some(key) = Key::parse(&known.key) else { continue };
            let state = State {
                key,
                at: known.at.timestamp(),
                amount: known.amount.minor,
                refunded: refunded.minor,
                status: planner.hashing.hash_one(&*known.status),
                progress: Progress::of(known.kind, &known.status),
                id: Some(known.id),
                next: None,
            };
            let mangled = known.marks.contains(&super::Mark::MangledId);
            if known.order_no.is_empty() || mangled {
                let minute = state.at.div_euclid(LOOSE_SECONDS);
                let provider = planner.hashing.hash_one(&*known.provider);
                planner.loose.insert((provider, state.amount, minute), known.id);
                let place = planner.remember(state);
                planner.by_key.insert(key, place);
            } else {
                planner.chain(numbered_key(known), state);
            }
        }
        planner
    }

    /// Begins a file: its rows are placed in its order.
    pub fn file<'p>(&'p mut self, provider: &'p str) -> Placing<'p> {
        self.files += 1;
        Placing { file: self.files, planner: self, provider, keys: Keys::default() }
    }

    fn remember(&mut self, state: State) -> u32 {
        self.states.push(state);
        // Files are bounded far below this.
        u32::try_from(self.states.len() - 1).unwrap_or(u32::MAX)
    }

    /// Adds a state behind its twins.
    fn chain(&mut self, twins: Key, state: State) {
        let place = self.remember(state);
        let fresh = Twins { first: place, last: place, next: None, file: self.files };
        let twins = self.by_order.entry(twins).or_insert(fresh);
        if twins.last != place {
            self.states[twins.last as usize].next = Some(place);
            twins.last = place;
        }
    }
}

/// One file being placed.
pub struct Placing<'p> {
    planner: &'p mut Planner,
    provider: &'p str,
    file: u32,
    keys: Keys,
}

impl Placing<'_> {
    /// Places the next row.
    pub fn place(&mut self, draft: &Draft<&str>) -> Placed {
        let (first, key) = self.keys.next(self.provider, draft);
        let fresh = State {
            key,
            at: draft.at.timestamp(),
            amount: draft.amount.minor,
            refunded: draft.refunded.minor,
            status: self.planner.hashing.hash_one(draft.status),
            progress: Progress::of(draft.kind, draft.status),
            id: None,
            next: None,
        };
        if order_no(draft).is_empty() { self.place_loose(fresh) } else { self.place_numbered(first, fresh) }
    }

    fn place_numbered(&mut self, twins: Key, fresh: State) -> Placed {
        if let Some(twins) = self.planner.by_order.get_mut(&twins) {
            if twins.file != self.file {
                (twins.file, twins.next) = (self.file, Some(twins.first));
            }
            if let Some(place) = twins.next {
                let twin = &mut self.planner.states[place as usize];
                twins.next = twin.next;
                return settle(twin, &fresh);
            }
        }
        let key = fresh.key;
        self.planner.chain(twins, fresh);
        Placed { place: Place::New, key }
    }

    fn place_loose(&mut self, fresh: State) -> Placed {
        // No two rows of a file have one key.
        if let Some(known) = self.planner.by_key.get(&fresh.key) {
            return settle(&mut self.planner.states[*known as usize], &fresh);
        }
        let minute = fresh.at.div_euclid(LOOSE_SECONDS);
        let provider = self.planner.hashing.hash_one(self.provider);
        let near = [minute, minute - 1, minute + 1]
            .iter()
            .find_map(|minute| self.planner.loose.get(&(provider, fresh.amount, *minute)).copied());
        let key = fresh.key;
        let place = self.planner.remember(fresh);
        self.planner.by_key.insert(key, place);
        Placed { place: near.map_or(Place::New, Place::Unsure), key }
    }
}

/// The same transaction read again: known, or changed where the newer reading says more. An older export
/// imported late never takes a refund or a settlement back.
fn settle(known: &mut State, fresh: &State) -> Placed {
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
    Placed { place, key: known.key }
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
        let mut place = |rows: &&[Draft]| {
            let mut placing = planner.file("a");
            rows.iter().map(|draft| placing.place(&draft.view()).place).collect()
        };
        files.iter().map(&mut place).collect()
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

    #[test]
    fn of_three_equal_rows_each_answers_for_one() {
        let row = draft("1", MORNING, 300, "交易成功");
        let two = [row.clone(), row.clone()];
        let three = [row.clone(), row.clone(), row];
        let again = Place::Again { changed: false };
        assert_eq!(places(&[&two, &three]), [vec![Place::New; 2], vec![again, again, Place::New]]);
    }

    #[test]
    fn a_file_of_one_row_a_hundred_thousand_times_is_placed_at_once() {
        let row = draft("1", MORNING, 300, "交易成功");
        let mut planner = Planner::new([]);
        for round in 0..2 {
            let mut placing = planner.file("a");
            let mut new = 0;
            for _ in 0..100_000 {
                new += usize::from(placing.place(&row.view()).place == Place::New);
            }
            assert_eq!(new, if round == 0 { 100_000 } else { 0 });
        }
    }
}
