//! Flags of one ledger, kept while it grows.
//!
//! Rows are laid out and judged once, in time order, each from the rows at or before it. What detectors remember
//! is kept, so that further rows are judged from there. Rows that come in between, or that changed, are judged
//! anew from the latest mark before them. The outcome is that of judging all rows from the first one on.

use super::book::{Book, Sheet};
use super::holder::Holder;
use super::own_habit::{Fit, OwnHabit, Paid};
use super::signs::Accounts;
use super::texts::Mixed;
use super::topics::Topic;
use super::{DETECTORS, Detail, Evidence, Flag, FlagKind, History};
use crate::ledger::{Kind, Transaction, TransactionId};
use crate::money::Money;
use std::any::Any;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hasher as _;
use std::ops::Range;

/// Rows judged in one go: few enough that their texts stay near the processor.
const CHUNK: usize = 1024;
/// Rows between two marks, and how many marks are kept: what comes in between is mostly days old.
const STRIDE: usize = 4096;
const MARKS: usize = 2;

/// What one detector does with further rows, from what it remembers of those before.
pub type Find<S> = fn(&History<'_>, &mut S) -> Vec<Flag>;
/// What it says of all rows with what came after them; it is handed what it said row by row.
pub type Wait<S> = fn(&History<'_>, &S, &mut Vec<Flag>);

/// A detector at work on one ledger.
pub trait Watcher: Send {
    /// Judges the fresh rows.
    fn find(&mut self, history: &History<'_>) -> Vec<Flag>;
    /// Judges absences: what should have come by now.
    fn wait(&self, history: &History<'_>, said: &mut Vec<Flag>);
    /// As it is now.
    fn copy(&self) -> Box<dyn Watcher>;
}

struct Stepping<S> {
    seen: S,
    find: Find<S>,
    wait: Option<Wait<S>>,
}

impl<S: Clone + Send + Any> Watcher for Stepping<S> {
    fn find(&mut self, history: &History<'_>) -> Vec<Flag> {
        (self.find)(history, &mut self.seen)
    }

    fn wait(&self, history: &History<'_>, said: &mut Vec<Flag>) {
        if let Some(wait) = self.wait {
            wait(history, &self.seen, said);
        }
    }

    fn copy(&self) -> Box<dyn Watcher> {
        Box::new(Self { seen: self.seen.clone(), find: self.find, wait: self.wait })
    }
}

/// A detector that judges each row by those before it.
pub fn stepping<S: Clone + Default + Send + Any>(find: Find<S>) -> Box<dyn Watcher> {
    Box::new(Stepping { seen: S::default(), find, wait: None })
}

/// A detector that also waits for what should come.
pub fn waiting<S: Clone + Default + Send + Any>(find: Find<S>, wait: Wait<S>) -> Box<dyn Watcher> {
    Box::new(Stepping { seen: S::default(), find, wait: Some(wait) })
}

/// What is remembered after some rows.
struct States {
    habit: OwnHabit,
    accounts: Accounts,
    watchers: Vec<Box<dyn Watcher>>,
}

impl Default for States {
    fn default() -> Self {
        let watchers = DETECTORS.iter().map(|detector| (detector.start)()).collect();
        Self { habit: OwnHabit::default(), accounts: Accounts::default(), watchers }
    }
}

impl Clone for States {
    fn clone(&self) -> Self {
        Self {
            habit: self.habit.clone(),
            accounts: self.accounts.clone(),
            watchers: self.watchers.iter().map(|watcher| watcher.copy()).collect(),
        }
    }
}

/// What was remembered after so many rows.
struct Mark {
    rows: usize,
    states: States,
}

/// What a detector said when a row came.
struct Said {
    /// The row.
    at: usize,
    /// Which detector.
    detector: usize,
    flag: Flag,
}

/// One ledger under watch.
#[derive(Default)]
pub struct Watch {
    book: Book,
    states: States,
    marks: Vec<Mark>,
    /// A fingerprint of what linking and notes may change in each transaction, in the order handed in.
    seals: Vec<u64>,
    said: Vec<Said>,
    /// Whether rows are judged with what came after them, as an app does, or as they stood when they came.
    hindsight: bool,
}

/// What is handed in.
pub struct Ledger<'a> {
    /// In any order that keeps the time; what is watched already stands first.
    pub evidence: Evidence<'a>,
    /// One for each transaction, or none.
    pub details: &'a [Detail],
    /// How much of a payment came back as far as the row itself says.
    pub stated: &'a dyn Fn(&Transaction) -> Money,
}

impl Watch {
    /// Nothing yet; each row will be judged as the app shows it, with what came after it.
    pub fn with_hindsight() -> Self {
        Self { hindsight: true, ..Self::default() }
    }

    /// From now on the ledger is this holder's: what was judged as another's is judged anew.
    pub fn belongs_to(&mut self, holder: &Holder) {
        if self.book.holder() != holder {
            *self = Self { hindsight: self.hindsight, book: Book::of(holder.clone()), ..Self::default() };
        }
    }

    /// How many transactions, from the first on, stand as they stood before: the same ones, linked the same way,
    /// under the same notes. What else was read of a transaction does not change under its id.
    pub fn unchanged(&self, ledger: &Ledger<'_>) -> usize {
        let transactions = ledger.evidence.transactions.iter();
        transactions
            .zip(&self.seals)
            .take_while(|(row, was)| seal(row, (ledger.stated)(row)) == **was)
            .count()
    }

    /// How many transactions were judged.
    pub fn judged(&self) -> usize {
        self.seals.len()
    }

    /// Judges what is new: `ledger` holds `unchanged` transactions as they stood before, and others after them.
    /// `heed` is told what each new row's own fit to the habit is, by its place among those handed in.
    pub fn follow(&mut self, ledger: &Ledger<'_>, unchanged: usize, heed: &mut dyn FnMut(usize, &Fit)) {
        let transactions = ledger.evidence.transactions;
        self.seals.truncate(unchanged);
        let new = transactions.iter().skip(self.seals.len());
        self.seals.extend(new.map(|row| seal(row, (ledger.stated)(row))));
        let from = self.book.order(transactions, unchanged);
        let hindsight = self.hindsight;
        let sheet = Sheet { transactions, details: ledger.details, stated: ledger.stated, hindsight };
        let mut start = self.rewind(from);
        self.book.reserve(transactions.len() - start);
        while start < transactions.len() {
            let end = self.chunk_end(transactions, start);
            self.judge(&sheet, ledger, start..end, heed);
            start = end;
            let since = start - self.marks.last().map_or(0, |mark| mark.rows);
            if since >= STRIDE && transactions.len() - start < MARKS * STRIDE {
                self.marks.push(Mark { rows: start, states: self.states.clone() });
                if self.marks.len() > MARKS {
                    self.marks.remove(0);
                }
            }
        }
    }

    /// The end of the rows to judge next: those of one second are judged together.
    fn chunk_end(&self, transactions: &[Transaction], start: usize) -> usize {
        let rows = self.book.rows(transactions);
        let mut end = (start + CHUNK).min(transactions.len());
        while end < transactions.len() && rows.at(end).at == rows.at(end - 1).at {
            end += 1;
        }
        end
    }

    /// Goes back to the latest mark at or before row `from`, and says which row that is.
    fn rewind(&mut self, from: usize) -> usize {
        if from >= self.book.len() {
            return from;
        }
        while self.marks.last().is_some_and(|mark| mark.rows > from) {
            self.marks.pop();
        }
        let rows = self.marks.last().map_or(0, |mark| mark.rows);
        self.states = self.marks.last().map_or_else(States::default, |mark| mark.states.clone());
        self.said.retain(|said| said.at < rows);
        self.book.truncate(rows);
        rows
    }

    fn judge(
        &mut self,
        sheet: &Sheet<'_>,
        ledger: &Ledger<'_>,
        fresh: Range<usize>,
        heed: &mut dyn FnMut(usize, &Fit),
    ) {
        self.book.lay(sheet, fresh.clone(), &mut self.states.accounts);
        let mut fits = Vec::with_capacity(fresh.len());
        for i in fresh.clone() {
            let (line, place) = (&self.book.lines()[i], self.book.handed_in(i));
            let own = self.book.signs()[i].is_any(&[Topic::OwnAccount, Topic::Withdrawal]);
            let paid = Paid {
                at: line.at,
                hour: usize::from(line.hour),
                amount: line.kept,
                currency: sheet.transactions[place].amount.currency,
                payee: line.payee,
                category: line.category,
                transfer: line.kind == Kind::TransferOut && !own,
                channel: sheet.details.get(place).map_or("", |detail| &detail.channel),
                before: self.book.signs()[i].balance.before,
            };
            let fit = line.spent.then(|| self.states.habit.step(&paid));
            if let Some(fit) = &fit {
                heed(place, fit);
            }
            fits.push(fit);
        }
        let history = view(&self.book, ledger, fresh, self.hindsight, &fits);
        for (detector, watcher) in self.states.watchers.iter_mut().enumerate() {
            let said = watcher.find(&history).into_iter();
            self.said.extend(said.map(|flag| Said { at: flag.latest(), detector, flag }));
        }
    }

    /// Each thing said when a row came, with the place of that row among those handed in.
    pub fn as_said(&self) -> impl Iterator<Item = (usize, &Flag)> {
        self.said.iter().map(|said| (self.book.handed_in(said.at), &said.flag))
    }

    /// All that is to be said of the ledger now, in no order. It must be the one last followed.
    pub fn flags(&mut self, ledger: &Ledger<'_>) -> Vec<Flag> {
        let end = ledger.evidence.transactions.len();
        debug_assert_eq!(end, self.book.len());
        let history = view(&self.book, ledger, end..end, self.hindsight, &[]);
        let mut latest: Vec<Vec<Flag>> = DETECTORS.iter().map(|_| Vec::new()).collect();
        // A story is known by its first row and the row it became known with; what was said last of it counts.
        let mut stories: HashMap<(usize, TransactionId, Option<u32>), usize> = HashMap::new();
        for said in &self.said {
            let story = (said.detector, said.flag.known, said.flag.places.iter().min().copied());
            let flags = &mut latest[said.detector];
            match stories.entry(story) {
                Entry::Occupied(place) => flags[*place.get()] = said.flag.clone(),
                Entry::Vacant(place) => {
                    place.insert(flags.len());
                    flags.push(said.flag.clone());
                }
            }
        }
        for (flags, watcher) in latest.iter_mut().zip(&self.states.watchers) {
            flags.retain_mut(|flag| flag.score > 0.0 && settle(&history, flag));
            watcher.wait(&history, flags);
        }
        latest.into_iter().flatten().collect()
    }
}

/// A fingerprint of what linking and notes may change.
fn seal(row: &Transaction, stated: Money) -> u64 {
    let mut hasher = Mixed::default();
    let mut say = |number: i64| {
        // An odd constant near the golden ratio spreads each number over all bits.
        let before = hasher.finish().rotate_left(5);
        hasher.write_u64((before ^ number.cast_unsigned()).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    };
    say(row.id.0);
    say(row.at.timestamp());
    say(row.kind as i64);
    say(stated.minor);
    say(row.refund_of.map_or(-1, |payment| payment.0));
    row.linked.iter().for_each(|id| say(id.0));
    row.note.bytes().for_each(|byte| say(i64::from(byte)));
    hasher.finish()
}

fn view<'a>(
    book: &'a Book,
    ledger: &Ledger<'a>,
    fresh: Range<usize>,
    hindsight: bool,
    fits: &'a [Option<Fit>],
) -> History<'a> {
    let (lines, payees, details) = (book.lines(), book.payees(), ledger.details);
    let rows = book.rows(ledger.evidence.transactions);
    History { now: ledger.evidence.now, rows, lines, payees, fresh, hindsight, book, details, fits }
}

/// Takes off what has come back since the rows came; whether anything is left. Absences and refunds that fell
/// short weigh that themselves.
fn settle(history: &History<'_>, flag: &mut Flag) -> bool {
    if matches!(flag.kind, FlagKind::RefundMissing | FlagKind::ForgottenHold) {
        return true;
    }
    let returned = flag.places.iter().fold(0, |sum: i64, &place| {
        let (row, line) = (history.row(place as usize), &history.lines[place as usize]);
        let kept = row.amount.minor.saturating_sub(row.refunded.minor).max(0);
        sum.saturating_add(line.kept.saturating_sub(kept).max(0))
    });
    flag.amount.minor = flag.amount.minor.saturating_sub(returned);
    flag.amount.minor > 0
}
