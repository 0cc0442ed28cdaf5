//! What will become of each row of a file: decided once, shown, and executed as it stands.

mod account;
mod mangled;
mod twins;

use super::identity::{Facts, Key, Keys, order_no, shared_key};
use super::{Direction, Kind, Mark, Transaction, TransactionId};
use crate::money::Money;
use crate::statements::{Draft, OwnAccount};
use account::{Account, Accounts};
use foldhash::quality::RandomState;
use mangled::Mangled;
use std::collections::HashMap;
use std::hash::BuildHasher as _;
use twins::Twins;

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
#[derive(Debug, Clone, Copy)]
struct State {
    key: Key,
    account: Account,
    way: Direction,
    refunded: i64,
    /// A hash of its text.
    status: u64,
    progress: Progress,
    /// What is left to tell it by if its number is destroyed, or where that is so; 0 where no spreadsheet would.
    rest: u64,
    /// A spreadsheet destroyed its number.
    mangled: bool,
    /// The last file of which it was a row or answered for one.
    answered: u32,
    /// In the ledger, or in an earlier row of this plan.
    id: Option<TransactionId>,
    /// The next that says the same: a place in [`Planner::states`], or none.
    next: u32,
}

/// Places the rows of one file after another against a ledger. Linear in rows.
#[derive(Debug, Default)]
pub struct Planner {
    states: Vec<State>,
    twins: Twins,
    accounts: Accounts,
    mangled: Mangled,
    /// Those of the ledger without an order number, by provider and account, amount and minute.
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
    /// A planner that knows this ledger, each transaction with what its own reading states as refunded (refunds
    /// found by linking rows are no part of a reading and would look like a change) and the account that its file
    /// names.
    pub fn new<'a>(ledger: impl IntoIterator<Item = (&'a Transaction, Money, &'a str)>) -> Self {
        let mut planner = Self::default();
        let mut format = ("", OwnAccount::Nowhere);
        for (known, refunded, account) in ledger {
            // Every key was made by this module's sibling; what is none can be no row's.
            let Some(key) = Key::parse(&known.key) else { continue };
            let statement = known.statement.as_deref().unwrap_or_default();
            if format.0 != statement {
                format = (statement, OwnAccount::of(statement));
            }
            let account = planner.accounts.of(format.1.name(account, &known.method));
            let mangled = known.marks.contains(&Mark::MangledId);
            if known.order_no.is_empty() || mangled {
                let minute = known.at.timestamp().div_euclid(LOOSE_SECONDS);
                for of in [Some(account), None] {
                    let holder = planner.hashing.hash_one((&*known.provider, of));
                    planner.loose.insert((holder, known.amount.minor, minute), known.id);
                }
            }
            // A typed note may be about a row, and is never one.
            if known.statement.is_some() {
                let state = State {
                    key,
                    account,
                    way: known.direction,
                    refunded: refunded.minor,
                    status: planner.hashing.hash_one(&*known.status),
                    progress: Progress::of(known.kind, &known.status),
                    rest: mangled::rest(Facts::of(known), &known.order_no, mangled, &planner.hashing),
                    mangled,
                    answered: 0,
                    id: Some(known.id),
                    next: u32::MAX,
                };
                planner.add(shared_key(known), state);
            }
        }
        planner
    }

    /// Begins a file of so many rows, which are placed in its order. `account` as the file names it, or empty.
    pub fn file<'p>(
        &'p mut self,
        provider: &'p str,
        statement: &str,
        account: &'p str,
        rows: usize,
    ) -> Placing<'p> {
        self.files += 1;
        self.states.reserve(rows);
        self.twins.reserve(rows);
        let (format, keys) = (OwnAccount::of(statement), Keys::of(rows));
        Placing { file: self.files, planner: self, provider, format, account, keys }
    }

    fn add(&mut self, shared: Key, state: State) {
        self.states.push(state);
        // Files are bounded far below this.
        let place = u32::try_from(self.states.len() - 1).unwrap_or(u32::MAX);
        self.twins.add(shared, place, self.files, &mut self.states);
        self.mangled.add(place, &self.states);
    }
}

/// One file being placed.
pub struct Placing<'p> {
    planner: &'p mut Planner,
    provider: &'p str,
    format: OwnAccount,
    account: &'p str,
    file: u32,
    keys: Keys,
}

impl Placing<'_> {
    /// Places the next row.
    pub fn place(&mut self, draft: &Draft<&str>) -> Placed {
        let own = self.format.name(self.account, draft.method);
        let (shared, mut key) = self.keys.next(self.provider, own, draft);
        let planner = &mut *self.planner;
        let mangled = draft.marks.contains(&Mark::MangledId);
        let fresh = State {
            key,
            account: planner.accounts.of(own),
            way: draft.direction,
            refunded: draft.refunded.minor,
            status: planner.hashing.hash_one(draft.status),
            progress: Progress::of(draft.kind, draft.status),
            rest: mangled::rest(Facts::read(self.provider, draft), draft.order_no, mangled, &planner.hashing),
            mangled,
            answered: self.file,
            id: None,
            next: u32::MAX,
        };
        let answers = planner.twins.answer(shared, &fresh, self.file, &planner.accounts, &planner.states);
        let answers = answers.or_else(|| planner.mangled.answer(&fresh, &planner.accounts, &planner.states));
        if let Some(known) = answers.and_then(|place| planner.states.get_mut(place as usize)) {
            return settle(known, &fresh);
        }
        while planner.twins.have(shared, key, &planner.states) {
            key = self.keys.another(self.provider, own, draft);
        }
        planner.add(shared, State { key, ..fresh });
        let near = if order_no(draft).is_empty() { self.near(draft, fresh.account) } else { None };
        Placed { place: near.map_or(Place::New, Place::Unsure), key }
    }

    /// What the ledger has of about the same time and the same amount, of an account that may be this one.
    fn near(&self, draft: &Draft<&str>, account: Account) -> Option<TransactionId> {
        let minute = draft.at.timestamp().div_euclid(LOOSE_SECONDS);
        let of = match account {
            Account::ANY => [None; 2],
            account => [Some(account), Some(Account::ANY)],
        };
        let minutes = [minute, minute - 1, minute + 1];
        of.iter().find_map(|of| {
            let holder = self.planner.hashing.hash_one((self.provider, of));
            let at = |minute: &i64| self.planner.loose.get(&(holder, draft.amount.minor, *minute));
            minutes.iter().find_map(at).copied()
        })
    }
}

/// The same transaction read again: known, or changed where the newer reading says more. An older export
/// imported late never takes a refund or a settlement back.
fn settle(known: &mut State, fresh: &State) -> Placed {
    let regresses = fresh.refunded < known.refunded || fresh.progress < known.progress;
    let differs = fresh.status != known.status || fresh.refunded != known.refunded;
    // Without its number a row says less than with it.
    let (gains, loses) = (known.mangled && !fresh.mangled, fresh.mangled && !known.mangled);
    let changed = (differs || gains) && !regresses && !loses;
    known.answered = fresh.answered;
    if known.account == Account::ANY {
        known.account = fresh.account;
    }
    if changed {
        known.status = fresh.status;
        known.refunded = fresh.refunded;
        known.progress = fresh.progress;
        known.mangled = fresh.mangled;
    }
    let place = match (known.id, changed) {
        (Some(id), true) => Place::Changed(id),
        (Some(id), false) => Place::Known(id),
        (None, changed) => Place::Again { changed },
    };
    Placed { place, key: known.key }
}

#[cfg(test)]
mod tests;
