//! What will become of each row of a file: decided once, shown, and executed as it stands.

pub(super) mod account;
mod mangled;
mod progress;
mod reread;
mod twins;

use super::identity::{Facts, Key, Keys, order_no, shared_key};
use super::{Direction, Mark, Transaction, TransactionId};
use crate::money::Money;
use crate::statements::{Draft, OwnAccount};
use account::{Account, Accounts};
use foldhash::quality::RandomState;
use mangled::Mangled;
use progress::{Progress, Told};
use reread::{Reread, Trace};
use std::collections::HashMap;
use std::hash::BuildHasher as _;
use std::num::NonZeroU32;
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

impl Place {
    /// Whether this reading is newer than one that is there.
    fn is_newer(self) -> bool {
        matches!(self, Self::Changed(_) | Self::Again { changed: true })
    }
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
    /// Which of its cells are filled, a bit each.
    filled: u16,
    /// What is left to tell it by if its number is destroyed, or where that is so; 0 where no spreadsheet would.
    rest: u64,
    /// A spreadsheet destroyed its number.
    mangled: bool,
    /// The last file of which it was a row or answered for one.
    answered: u32,
    /// In the ledger; none of a row of this plan.
    id: Option<TransactionId>,
    /// Another one that this row turned out to be, when its file was placed.
    same_as: Option<NonZeroU32>,
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
    reread: Reread,
    told: Told,
    /// Those of the ledger without an order number, by provider and account, amount and minute.
    loose: HashMap<(u64, i64, i64), TransactionId>,
    /// The names of formats, in order of appearance.
    formats: Vec<String>,
    /// Of texts that are only compared.
    hashing: RandomState,
    /// The files begun.
    files: u32,
}

/// Two readings without an order number this close, of the same amount, may be the same payment.
const LOOSE_SECONDS: i64 = 60;

impl Planner {
    /// A number for a format's name; none is 0. There are fewer formats than numbers.
    fn number_of(&mut self, statement: &str) -> u8 {
        if statement.is_empty() {
            return 0;
        }
        let known = self.formats.iter().position(|format| format == statement);
        let place = known.unwrap_or_else(|| {
            self.formats.push(statement.to_owned());
            self.formats.len() - 1
        });
        u8::try_from(place + 1).unwrap_or(u8::MAX)
    }

    /// A planner that knows this ledger, each transaction with what its own reading states as refunded (refunds
    /// found by linking rows are no part of a reading and would look like a change) and the account that its file
    /// names.
    pub fn new<'a>(ledger: impl IntoIterator<Item = (&'a Transaction, Money, &'a str)>) -> Self {
        let mut planner = Self::default();
        let mut format = ("", OwnAccount::Nowhere, 0);
        for (known, refunded, account) in ledger {
            // Every key was made by this module's sibling; what is none can be no row's.
            let Some(key) = Key::parse(&known.key) else { continue };
            let statement = known.statement.as_deref().unwrap_or_default();
            if format.0 != statement {
                format = (statement, OwnAccount::of(statement), planner.number_of(statement));
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
                let (kind, balance) = (known.kind, known.balance);
                let status = planner.hashing.hash_one(&*known.status);
                let state = State {
                    key,
                    account,
                    way: known.direction,
                    refunded: refunded.minor,
                    status,
                    progress: planner.told.of(kind, &known.status, status),
                    filled: filled(known.texts(), known.balance, known.fee),
                    rest: mangled::rest(Facts::of(known), &known.order_no, mangled, &planner.hashing),
                    mangled,
                    answered: 0,
                    id: Some(known.id),
                    same_as: None,
                    next: u32::MAX,
                };
                let trace =
                    Trace::of(format.2, Facts::of(known), kind, balance, &known.marks, &planner.hashing);
                planner.add(shared_key(known), state, trace);
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
        self.reread.reserve(rows);
        let (own, keys) = (OwnAccount::of(statement), Keys::of(rows));
        let format = self.number_of(statement);
        let first = self.states.len();
        let span = (i64::MAX, i64::MIN);
        Placing { file: self.files, planner: self, provider, format, own, account, keys, first, span }
    }

    /// The state that stands for the one at `place`.
    fn itself(&self, place: u32) -> u32 {
        let same_as = self.states.get(place as usize).and_then(|state| state.same_as);
        same_as.map_or(place, |same| same.get() - 1)
    }

    fn add(&mut self, shared: Key, state: State, trace: Trace) {
        self.states.push(state);
        self.reread.add(trace);
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
    /// Some bits of a hash of its name.
    format: u8,
    own: OwnAccount,
    account: &'p str,
    file: u32,
    keys: Keys,
    /// Where its own states begin.
    first: usize,
    /// Its first and its last moment.
    span: (i64, i64),
}

impl Placing<'_> {
    /// Places the next row, as far as one is enough to know it by.
    pub fn place(&mut self, draft: &Draft<&str>) -> Placed {
        let own = self.own.name(self.account, draft.method);
        let (shared, mut key) = self.keys.next(self.provider, own, draft);
        let planner = &mut *self.planner;
        let mangled = draft.marks.contains(&Mark::MangledId);
        let second = draft.at.timestamp();
        self.span = (self.span.0.min(second), self.span.1.max(second));
        let facts = Facts::read(self.provider, draft);
        let status = planner.hashing.hash_one(draft.status);
        let fresh = State {
            key,
            account: planner.accounts.of(own),
            way: draft.direction,
            refunded: draft.refunded.minor,
            status,
            progress: planner.told.of(draft.kind, draft.status, status),
            filled: filled(draft.texts(), draft.balance, draft.fee),
            rest: mangled::rest(facts, draft.order_no, mangled, &planner.hashing),
            mangled,
            answered: self.file,
            id: None,
            same_as: None,
            next: u32::MAX,
        };
        let answers = planner.twins.answer(shared, &fresh, self.file, &planner.accounts, &planner.states);
        let answers = answers.or_else(|| planner.mangled.answer(&fresh, &planner.accounts, &planner.states));
        let trace = Trace::of(self.format, facts, draft.kind, draft.balance, &draft.marks, &planner.hashing);
        // What turned out to be another one answers for that one, once.
        let answers = answers.map(|place| planner.itself(place));
        if let Some(known) = answers
            && let Some(state) = planner.states.get_mut(known as usize)
            && state.answered != self.file
        {
            let placed = settle(state, &fresh, false);
            if placed.place.is_newer() {
                planner.reread.changed(known, trace);
            }
            return placed;
        }
        while planner.twins.have(shared, key, &planner.states) {
            key = self.keys.another(self.provider, own, draft);
        }
        planner.add(shared, State { key, ..fresh }, trace);
        let near = if order_no(draft).is_empty() { self.near(draft, fresh.account) } else { None };
        Placed { place: near.map_or(Place::New, Place::Unsure), key }
    }

    /// Places anew those rows that are known only when all are there: `placed` holds what became of each, in order.
    pub fn finish(self, placed: &mut [Placed]) {
        let planner = self.planner;
        let of = reread::Placed { file: self.file, first: self.first as u32, span: self.span };
        let pairs = planner.reread.pairs(of, &planner.accounts, &planner.states);
        if pairs.is_empty() {
            return;
        }
        // Every row that nothing answered for has a state, in their order.
        let added = placed.iter_mut().filter(|row| matches!(row.place, Place::New | Place::Unsure(_)));
        let mut added = (of.first..).zip(added);
        for (fresh, known) in pairs {
            let Some((_, row)) = added.find(|(place, _)| *place == fresh) else { break };
            let more = planner.reread.tells_more(known, fresh);
            let newer = planner.states[fresh as usize];
            *row = settle(&mut planner.states[known as usize], &newer, more);
            if row.place.is_newer() {
                planner.reread.changed(known, planner.reread.of(fresh));
            }
            planner.states[fresh as usize].same_as = NonZeroU32::new(known + 1);
        }
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

/// The same transaction read again: known, or changed where the newer reading says more, by a cell that was empty or,
/// as `exact` says, by its time. An older export imported late never takes a refund or a settlement back.
fn settle(known: &mut State, fresh: &State, exact: bool) -> Placed {
    // An empty status is none.
    let other_status = fresh.status != known.status && fresh.filled & STATUS != 0;
    // Without its number a row says less than with it.
    let loses = fresh.mangled && !known.mangled;
    let gains = exact || fresh.filled & !known.filled != 0 || (known.mangled && !fresh.mangled);
    // Some exports say nothing of refunds where others have a column for them.
    let takes_back = fresh.refunded < known.refunded && !(gains && fresh.refunded == 0);
    let regresses = takes_back || fresh.progress < known.progress;
    let changed = (other_status || fresh.refunded != known.refunded || gains) && !regresses && !loses;
    known.answered = fresh.answered;
    if known.account == Account::ANY {
        known.account = fresh.account;
    }
    if changed {
        if fresh.filled & STATUS != 0 {
            known.status = fresh.status;
        }
        known.filled |= fresh.filled;
        known.refunded = known.refunded.max(fresh.refunded);
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

/// The place of the status among [`Draft::texts`].
const STATUS: u16 = 1 << 5;

/// Which cells of a row are filled.
fn filled(texts: [&str; 9], balance: Option<Money>, fee: Option<Money>) -> u16 {
    let texts = texts.iter().map(|text| !text.is_empty());
    let all = texts.chain([balance.is_some(), fee.is_some()]);
    all.zip(0..).fold(0, |bits, (filled, place)| bits | u16::from(filled) << place)
}

#[cfg(test)]
mod tests;
