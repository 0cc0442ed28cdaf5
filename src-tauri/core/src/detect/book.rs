//! One user's ledger laid out for detectors, row after row: payees numbered, money that really left told apart
//! from money that only seemed to, what each row says. Rows can be taken off its end again.

use super::history::{Detail, Line, day_alone};
use super::holder::Holder;
use super::signs::{Accounts, Reader, Sign, local_seconds};
use super::texts::Numbers;
use crate::ledger::link::is_bank;
use crate::ledger::{Direction, Kind, Transaction, TransactionId};
use crate::money::Money;
use chrono::TimeDelta;
use std::collections::HashMap;
use std::ops::Range;

const NOON: u8 = 12;

/// What of the rows so far is needed again.
#[derive(Default)]
pub struct Book {
    /// Where each row stood when handed in.
    order: Vec<u32>,
    lines: Vec<Line>,
    signs: Vec<Sign>,
    payees: Numbers,
    categories: Numbers,
    wallets: Numbers,
    places: Places,
    /// Places are known of rows before this one, laid out or not.
    foreseen: usize,
    /// Rows that gave money back, by the payment they gave it back for; in time order.
    returns: HashMap<TransactionId, Vec<usize>>,
    reader: Reader,
}

/// Two sources show one payment within this of each other.
const LINKED_WITHIN: TimeDelta = TimeDelta::days(11);

/// What is laid out.
pub struct Sheet<'a> {
    /// All, in the order handed in.
    pub transactions: &'a [Transaction],
    /// In the order handed in, or none.
    pub details: &'a [Detail],
    /// What a row itself says came back of it.
    pub stated: &'a dyn Fn(&Transaction) -> Money,
    /// Whether a row may be judged with what came after it.
    pub hindsight: bool,
}

/// Transactions in the book's order.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    order: &'a [u32],
    /// In the order handed in.
    pub transactions: &'a [Transaction],
}

impl<'a> Rows<'a> {
    /// Row `i`.
    pub fn at(self, i: usize) -> &'a Transaction {
        &self.transactions[self.order[i] as usize]
    }
}

impl Book {
    /// An empty one, of a ledger whose files state this of its holder.
    pub fn of(holder: Holder) -> Self {
        Self { reader: Reader::of(holder), ..Self::default() }
    }

    /// Whose ledger it is.
    pub const fn holder(&self) -> &Holder {
        self.reader.holder()
    }

    /// The transactions that were put in order last.
    pub fn rows<'a>(&'a self, transactions: &'a [Transaction]) -> Rows<'a> {
        Rows { order: &self.order, transactions }
    }

    /// How many rows are laid out.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// How many payees were numbered.
    pub fn payees(&self) -> usize {
        self.payees.len()
    }

    /// One for each row.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// One for each row.
    pub fn signs(&self) -> &[Sign] {
        &self.signs
    }

    /// Where row `i` stood when handed in.
    pub fn handed_in(&self, i: usize) -> usize {
        self.order[i] as usize
    }

    /// Rows that gave money back for a payment.
    pub fn returns(&self, payment: TransactionId) -> &[usize] {
        self.returns.get(&payment).map_or(&[], Vec::as_slice)
    }

    /// Where a transaction stands.
    pub fn place(&self, id: TransactionId, transactions: &[Transaction]) -> Option<usize> {
        let place = self.places.of(id).filter(|&place| place < self.lines.len())?;
        (self.rows(transactions).at(place).id == id).then_some(place)
    }

    /// Puts transactions in the book's order from `from` on: those before stand as they stood. Time first; those of
    /// one second by their keys, which every import of them shares. Answers from where on the order is new.
    pub fn order(&mut self, transactions: &[Transaction], from: usize) -> usize {
        let mut from = from.min(self.order.len()).min(transactions.len());
        // Rows of one second are judged together.
        // Keys order the rows of one second: those are judged together, whichever of them came or went.
        let new = |from: usize| transactions.get(from).is_some_and(|row| row.at <= transactions[from - 1].at);
        let old = |from: usize| self.lines.get(from).is_some_and(|line| line.at <= self.lines[from - 1].at);
        while from > 0 && (new(from) || old(from)) {
            from -= 1;
        }
        self.order.truncate(from);
        self.foreseen = self.foreseen.min(from);
        let count = u32::try_from(transactions.len()).unwrap_or(u32::MAX);
        self.order.extend(u32::try_from(from).unwrap_or(u32::MAX)..count);
        let key = |&place: &u32| {
            let row = &transactions[place as usize];
            (row.at, row.key.as_str())
        };
        if !self.order[from..].is_sorted_by_key(key) {
            self.order[from..].sort_by(|a, b| key(a).cmp(&key(b)));
        }
        from
    }

    /// Whether of a payment seen in two sources row `id` is the one that counts, and not row `i`: a bank's line says less
    /// than the wallet's, a day less than a moment, and what was seen first is as good as what came after. Without
    /// hindsight what was seen first counts.
    fn is_better(&mut self, id: TransactionId, i: usize, sheet: &Sheet<'_>) -> bool {
        let transactions = sheet.transactions;
        if !sheet.hindsight {
            return self.place(id, transactions).is_some_and(|place| place < i);
        }
        let Some(other) = self.foresee(id, i, transactions) else { return false };
        let rank = |place: usize| {
            let row = self.rows(transactions).at(place);
            let source = match row.statement.is_none() && row.source.is_none() {
                true => 2,
                false => u8::from(is_bank(&row.provider)),
            };
            (source, day_alone(row.at), place)
        };
        // A wallet may book as neutral what the card shows as spent.
        let spends = |place: usize| is_spending(self.rows(transactions).at(place));
        rank(other) < rank(i) && (spends(other) || !spends(i))
    }

    /// Where a row stands that is linked with row `i`, laid out or not.
    fn foresee(&mut self, id: TransactionId, i: usize, transactions: &[Transaction]) -> Option<usize> {
        let rows = Rows { order: &self.order, transactions };
        let is_it = |place: &usize| *place < rows.order.len() && rows.at(*place).id == id;
        if let Some(place) = self.places.of(id).filter(is_it) {
            return Some(place);
        }
        let last = rows.at(i).at + LINKED_WITHIN;
        for place in self.foreseen.max(i)..rows.order.len() {
            let row = rows.at(place);
            if row.at > last {
                break;
            }
            self.places.put(row.id, place);
            self.foreseen = place + 1;
            if row.id == id {
                return Some(place);
            }
        }
        None
    }

    /// Takes off all rows from `from` on.
    pub fn truncate(&mut self, from: usize) {
        if from >= self.lines.len() {
            return;
        }
        self.lines.truncate(from);
        self.signs.truncate(from);
        self.returns.retain(|_, rows| {
            rows.truncate(rows.partition_point(|&row| row < from));
            !rows.is_empty()
        });
    }

    /// Makes room for so many rows more: where many come at once, none too much.
    pub fn reserve(&mut self, rows: usize) {
        self.lines.reserve(rows);
        self.signs.reserve(rows);
    }

    fn wallet(&mut self, row: &Transaction) -> u16 {
        u16::try_from(self.wallets.of(row.provider.as_str())).unwrap_or(u16::MAX)
    }

    /// Touches the texts of rows that are to be read, which lie far apart in memory: reads that do not wait for one another
    /// are many times as fast as the first touch of each text where it is read.
    fn fetch(&self, sheet: &Sheet<'_>, rows: Range<usize>) {
        let first = |text: &String| text.as_bytes().first().copied().map_or(0, u32::from);
        let touched = self.order[rows].iter().fold(0_u32, |sum, &place| {
            let row = &sheet.transactions[place as usize];
            let texts = [
                &row.provider,
                &row.counterparty,
                &row.counterparty_account,
                &row.item,
                &row.memo,
                &row.category,
                &row.method,
                &row.status,
                &row.order_no,
                &row.merchant_order_no,
            ];
            texts.into_iter().fold(sum, |sum, text| sum.wrapping_add(first(text)))
        });
        std::hint::black_box(touched);
    }

    /// Lays out more rows: all of those of one moment.
    pub fn lay(&mut self, sheet: &Sheet<'_>, fresh: Range<usize>, accounts: &mut Accounts) {
        self.fetch(sheet, fresh.clone());
        let mut met = fresh.start;
        for i in fresh {
            let transactions = sheet.transactions;
            let row = &transactions[self.order[i] as usize];
            while met < transactions.len() {
                let other = &transactions[self.order[met] as usize];
                if other.at != row.at {
                    break;
                }
                if other.balance.is_some() {
                    accounts.meet(other, self.wallet(other));
                }
                met += 1;
            }
            self.places.put(row.id, i);
            if let Some(payment) = row.refund_of {
                self.returns.entry(payment).or_default().push(i);
            }
            let payee = self.payees.of(&party(row));
            let category = self.categories.of(row.category.trim());
            let wallet = self.wallet(row);
            let seen = row.linked.iter().any(|&id| self.is_better(id, i, sheet));
            let kept = row.amount.minor.saturating_sub((sheet.stated)(row).minor).max(0);
            let hour = match day_alone(row.at) {
                // A row that tells no time was no more paid at night than by day.
                true => NOON,
                false => u8::try_from(local_seconds(row.at).rem_euclid(86_400) / 3600).unwrap_or(NOON),
            };
            let spent = !seen && kept > 0 && is_spending(row);
            let (at, amount) = (row.at.timestamp(), row.amount.minor);
            self.lines.push(Line { at, amount, kept, payee, category, wallet, spent, hour, kind: row.kind });
            let detail = sheet.details.get(self.order[i] as usize);
            self.signs.push(self.reader.read(row, wallet, detail, accounts));
        }
    }
}

/// Who is paid: between persons the masked account tells namesakes apart, shops have one name.
fn party(row: &Transaction) -> (&str, &str, &str) {
    (row.counterparty.trim(), row.person_account(), row.amount.currency.code())
}

fn is_spending(row: &Transaction) -> bool {
    row.direction == Direction::Out
        && matches!(row.kind, Kind::Purchase | Kind::TransferOut | Kind::Fee | Kind::CashGift | Kind::Other)
}

/// Where transactions stand, by their ids: those are mostly given one after another, so that a list is shorter
/// than any map. What no longer holds is overwritten or found out.
#[derive(Default)]
struct Places {
    near: Vec<u32>,
    far: HashMap<TransactionId, u32>,
}

impl Places {
    fn put(&mut self, id: TransactionId, place: usize) {
        let value = u32::try_from(place).unwrap_or(u32::MAX);
        match usize::try_from(id.0) {
            Ok(id) if id < 8 * (place + 1024) || id < self.near.len() => {
                if id >= self.near.len() {
                    self.near.resize(id + 1, u32::MAX);
                }
                self.near[id] = value;
            }
            _ => {
                self.far.insert(id, value);
            }
        }
    }

    fn of(&self, id: TransactionId) -> Option<usize> {
        let near = usize::try_from(id.0).ok().and_then(|id| self.near.get(id)).copied();
        let place = near.filter(|&place| place != u32::MAX).or_else(|| self.far.get(&id).copied())?;
        Some(place as usize)
    }
}
