//! Which refund gives money back for which payment.
//!
//! Wallets write a refund as a row of its own; some name the payment, some do not. The rules are tried in
//! order of certainty, each over the whole ledger before the next, so that a guess never takes a payment
//! that an order number claims. Refunds are looked for among the rows of the same provider, whatever file or
//! format they came in.

use super::cards::Cards;
use super::marks::Marks;
use super::party::Party;
use super::{Clue, Found, Rule, Sureness};
use crate::ledger::{Direction, Kind, Transaction};
use crate::money::Currency;
use chrono::TimeDelta;
use foldhash::fast::RandomState;
use rustc_hash::FxBuildHasher;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher as _;

mod guess;

/// A refund that names no payment is looked for at most this long after it: shops take returns for weeks,
/// warranties for months; beyond a year an equal amount is chance.
const LONGEST_WAIT: TimeDelta = TimeDelta::days(366);

/// Of rows that would do, so many are compared: a forged file may give all rows one amount.
const LOOKED_AT: usize = 16;

/// The state of one linking: what is still unlinked, and how much of each payment may still come back.
pub(super) struct Linking<'a> {
    rows: &'a [Transaction],
    cards: &'a Cards,
    marks: &'static Marks,
    /// Places in time order.
    order: &'a [usize],
    /// Refunds not linked yet, in time order.
    open: Vec<usize>,
    /// What rows already linked gave back, by payment.
    returned: HashMap<usize, i64>,
    found: Vec<Found>,
}

impl<'a> Linking<'a> {
    /// A note of a refund whose row is there as well gives nothing back a second time.
    pub fn new(rows: &'a [Transaction], order: &'a [usize], notes: &[Found], cards: &'a Cards) -> Self {
        let told: HashSet<usize> = notes.iter().map(|note| note.from).collect();
        let is_open = |place: &usize| rows[*place].kind == Kind::Refund && !told.contains(place);
        let open = order.iter().copied().filter(is_open).collect();
        let marks = Marks::shipped();
        Self { rows, cards, marks, order, open, returned: HashMap::new(), found: Vec::new() }
    }

    pub fn found(mut self) -> Vec<Found> {
        self.found.sort_unstable_by_key(|found| found.from);
        self.found
    }

    /// Links refunds that name their payment.
    pub fn by_number(&mut self) {
        if self.open.is_empty() {
            return;
        }
        let order = |row: &'a Transaction| row.order_no.as_str();
        let merchant = |row: &'a Transaction| row.merchant_order_no.as_str();
        let may_be = |place: &usize| may_be_named(&self.rows[*place]);
        let payments: Vec<Named> =
            self.order.iter().copied().filter(may_be).map(|place| Named::of(self.rows, place)).collect();
        let orders = payments.iter().map(|named| (named.order, named.place));
        let merchants = payments.iter().map(|named| (named.merchant, named.place));
        self.named(
            Rule::OrderSuffix,
            |refund| suffixed(&refund.order_no).unwrap_or(""),
            order,
            orders.clone(),
        );
        self.named(Rule::NamesOrder, merchant, order, orders.clone());
        self.named(
            Rule::OrderInMerchantNo,
            |refund| counted(&refund.merchant_order_no).unwrap_or(""),
            order,
            orders.clone(),
        );
        self.named(Rule::PersonToPerson, order, merchant, merchants.clone());
        self.named(Rule::SameOrder, order, order, orders);
        self.named(Rule::SameMerchantOrder, merchant, merchant, merchants);
    }

    /// Links refunds whose number `wanted` is the `named` number of a payment of the same provider. `payments` in
    /// time order, each with the hash of its number.
    fn named(
        &mut self,
        rule: Rule,
        wanted: impl Fn(&'a Transaction) -> &'a str,
        named: impl Fn(&'a Transaction) -> &'a str,
        payments: impl Iterator<Item = (u32, u32)>,
    ) {
        let rows = self.rows;
        let mut candidates: HashMap<(&str, &str), Vec<usize>, RandomState> = HashMap::default();
        let mut sieve = Sieve::of(self.open.len());
        for &refund in &self.open {
            let number = wanted(&rows[refund]);
            if is_number(number) {
                candidates.entry((&rows[refund].provider, number)).or_default();
                sieve.add(number);
            }
        }
        if candidates.is_empty() {
            return;
        }
        for (_, place) in payments.filter(|(hash, _)| sieve.may_have(*hash)) {
            let place = place as usize;
            let number = named(&rows[place]);
            if is_number(number)
                && let Some(payments) = candidates.get_mut(&(rows[place].provider.as_str(), number))
            {
                payments.push(place);
            }
        }
        for refund in std::mem::take(&mut self.open) {
            let key = (rows[refund].provider.as_str(), wanted(&rows[refund]));
            let payments = candidates.get(&key).map_or(&[][..], Vec::as_slice);
            match self.best(refund, payments) {
                Some((payment, sure)) => self.take(refund, payment, rule, Clue::ORDER, sure),
                None => self.open.push(refund),
            }
        }
    }

    /// Of payments that share a number: one with this much left that was made before, rather paid out than
    /// neutral, rather to the same party, rather of exactly this amount, the nearest of equals. Where the number
    /// is one payment's alone, it is certain. A bank's number may be the customer's own, the same each month:
    /// there the party must not be another, nor, of several payments, the amount.
    fn best(&self, refund: usize, payments: &[usize]) -> Option<(usize, Sureness)> {
        let wanted = &self.rows[refund];
        let booked = self.marks.is_booked(&wanted.provider);
        let before = if booked { payments.partition_point(|&p| self.rows[p].at <= wanted.at) } else { 0 };
        let few = match payments.len() {
            0..=LOOKED_AT => payments,
            // A number that so many share is the shop's or a forgery: it names no payment.
            _ if !booked => return None,
            _ => &payments[before.saturating_sub(LOOKED_AT)..before],
        };
        let party = Party::of(wanted, self.marks);
        let rank = |payment: usize| {
            let row = &self.rows[payment];
            let same_currency = row.amount.currency == wanted.amount.currency;
            let left = self.left(payment);
            let fits = same_currency && left >= wanted.amount.minor && row.at <= wanted.at;
            let gave = row.direction == Direction::Out && left > 0;
            let item = !item_of(row).is_empty() && item_of(row) == item_of(wanted);
            let whole = left == wanted.amount.minor;
            let paid = Party::of(row, self.marks);
            let another = paid != party && paid.is_somebody() && party.is_somebody();
            let here = || self.cards.may_be_one(row, wanted);
            let stands = !booked || (fits && !another && here() && (whole || payments.len() == 1));
            stands.then_some((fits, gave, item, paid == party, whole))
        };
        let ranked: Vec<_> = few.iter().filter_map(|&payment| Some((rank(payment)?, payment))).collect();
        // `max_by_key` takes the last of equals, and they stand in time order.
        let (most, best) = *ranked.iter().max_by_key(|(rank, _)| *rank)?;
        let rivals = ranked.iter().filter(|(rank, _)| *rank == most).count();
        let sure = match (payments.len(), rivals) {
            (1, _) => Sureness::Certain,
            (_, 1) => Sureness::Likely,
            _ => Sureness::Possible,
        };
        Some((best, sure))
    }

    /// Links what the other source of both rows says: the card's refund is its payment's where the wallet's
    /// refund is.
    pub fn through(&mut self, twins: &[Found]) {
        if twins.is_empty() || self.found.is_empty() {
            return;
        }
        let mut below: HashMap<usize, usize> = HashMap::new();
        for twin in twins.iter().filter(|twin| matches!(twin.rule, Rule::SamePayment | Rule::SameRefund)) {
            below.insert(twin.from, twin.to);
        }
        let linked: HashSet<usize> = self.found.iter().map(|found| found.from).collect();
        let mut fresh = Vec::new();
        for found in &self.found {
            let mut upper = (found.from, found.to);
            // A wallet behind a wallet, and the card behind both.
            while let (Some(&refund), Some(&payment)) = (below.get(&upper.0), below.get(&upper.1)) {
                upper = (refund, payment);
                let same_account = self.rows[refund].provider == self.rows[payment].provider;
                if same_account && !linked.contains(&refund) {
                    fresh.push((refund, payment, found.sure.min(Sureness::Likely)));
                }
            }
        }
        fresh.sort_unstable();
        fresh.dedup_by_key(|(refund, ..)| *refund);
        let taken: HashSet<usize> = fresh.iter().map(|(refund, ..)| *refund).collect();
        self.open.retain(|refund| !taken.contains(refund));
        for (refund, payment, sure) in fresh {
            self.take(refund, payment, Rule::ThroughTwin, Clue::default(), sure);
        }
    }

    fn left(&self, payment: usize) -> i64 {
        self.rows[payment].amount.minor - self.returned.get(&payment).copied().unwrap_or(0)
    }

    fn take(&mut self, refund: usize, payment: usize, rule: Rule, clues: Clue, sure: Sureness) {
        if came(&self.rows[refund]) && self.rows[refund].amount.currency == self.rows[payment].amount.currency
        {
            let sum = self.returned.entry(payment).or_default();
            *sum = sum.saturating_add(self.rows[refund].amount.minor);
        }
        self.found.push(Found { from: refund, to: payment, rule, clues, sure });
    }
}

/// What the status of a refund says whose money has not come: announced, refused or withdrawn.
const NOT_COME: &[&str] = &[
    "退款中",
    "处理中",
    "退款处理",
    "待退款",
    "等待",
    "申请",
    "审核",
    "失败",
    "拒绝",
    "驳回",
    "退款关闭",
    "退款取消",
    "取消退款",
    "撤销",
    "pending",
    "refunding",
    "processing",
    "in progress",
    "failed",
    "rejected",
    "denied",
    "declined",
    "withdrawn",
];

/// Whether the money of a refund is back, as far as its own status says.
pub(super) fn came(refund: &Transaction) -> bool {
    let status = refund.status.to_ascii_lowercase();
    !NOT_COME.iter().any(|words| status.contains(words))
}

/// A payment that a number may name, with hashes of its own: rows lie far apart in memory, and each rule asks all.
#[derive(Clone, Copy)]
struct Named {
    place: u32,
    order: u32,
    merchant: u32,
}

impl Named {
    fn of(rows: &[Transaction], place: usize) -> Self {
        let row = &rows[place];
        let [order, merchant] = [&row.order_no, &row.merchant_order_no].map(|number| hash(number));
        // Ledgers are bounded far below this.
        Self { place: u32::try_from(place).unwrap_or(u32::MAX), order, merchant }
    }
}

/// Numbers made to fall together pass the sieve, and are told apart behind it.
fn hash(number: &str) -> u32 {
    (FxBuildHasher.hash_one(number) & u64::from(u32::MAX)) as u32
}

/// Most rows have none of the numbers looked for, and need not be asked with care.
struct Sieve(Vec<bool>);

impl Sieve {
    /// For so many numbers.
    fn of(numbers: usize) -> Self {
        Self(vec![false; (numbers * 16).next_power_of_two().max(1 << 12)])
    }

    fn add(&mut self, number: &str) {
        let place = self.place(hash(number));
        self.0[place] = true;
    }

    fn may_have(&self, hash: u32) -> bool {
        self.0[self.place(hash)]
    }

    fn place(&self, hash: u32) -> usize {
        hash as usize & (self.0.len() - 1)
    }
}

/// Blanks and dashes stand for no number in many files.
fn is_number(number: &str) -> bool {
    !matches!(number.trim(), "" | "/" | "-" | "0" | "null")
}

/// The order number before `_` and its count. Letters in the count are taken only behind a long number.
fn suffixed(order_no: &str) -> Option<&str> {
    let (original, count) = order_no.rsplit_once('_')?;
    let digits = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
    let letters =
        original.len() >= 16 && !count.is_empty() && count.bytes().all(|b| b.is_ascii_alphanumeric());
    ((digits || letters) && !original.is_empty()).then_some(original)
}

/// The order number behind a count and `-`.
fn counted(merchant_order_no: &str) -> Option<&str> {
    let (count, original) = merchant_order_no.split_once('-')?;
    let digits = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
    (digits && !original.is_empty()).then_some(original)
}

/// What was bought, without the words that make it a refund.
fn item_of(row: &Transaction) -> &str {
    let item = row.item.trim();
    let item = ["退款-", "退款－", "退款：", "退款:"]
        .iter()
        .find_map(|word| item.strip_prefix(word))
        .unwrap_or(item);
    let item =
        ["-退款", "（退款）", "(退款)"].iter().find_map(|word| item.strip_suffix(word)).unwrap_or(item);
    if item == "/" { "" } else { item.trim() }
}

/// Whether a number may name this row as a payment. One returned in full may stand as neutral, closed or
/// failed in its own statement.
fn may_be_named(row: &Transaction) -> bool {
    row.direction != Direction::In
        && !matches!(
            row.kind,
            Kind::Refund | Kind::Income | Kind::TransferIn | Kind::OwnTransfer | Kind::TopUp
        )
}

/// Whether money went out with this row, by all that it says itself.
fn gives_money(row: &Transaction) -> bool {
    row.direction != Direction::In
        && matches!(row.kind, Kind::Purchase | Kind::TransferOut | Kind::CashGift | Kind::Fee | Kind::Other)
}

/// What a guess compares: provider, party, a third thing of the rule's choice, currency and amount.
type Likeness<'a> = (&'a str, Party<'a>, &'a str, Currency, i64);
