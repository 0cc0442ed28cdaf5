//! The same money in two sources: a wallet's row and the row of the account behind it.
//!
//! A card's line for a wallet payment has its amount and its day, and nearly always a word for the wallet in
//! front; the wallet's row names the card. A pair needs one of the two, and nothing that speaks against it.
//! The row in front is called the upper one: it is paid from a lower one, or into one (withdrawals, refunds,
//! the card that was repaid). A lower row answers for one upper row, an upper row has one lower row each way.

use super::cards::Cards;
use super::likeness::Pieces;
use super::marks::{Marks, Role};
use super::{Found, Rule, day};
use crate::ledger::{Direction, Kind, Transaction};
use crate::money::Currency;
use std::collections::{HashMap, HashSet};

mod pair;
mod part;
mod sight;

use pair::{Pair, shared, weigh};
use sight::{Method, Sight};

/// The money came out of the lower row's account.
const FROM: u8 = 1;
/// The money went into the lower row's account.
const INTO: u8 = 2;

/// A bank may post so many days after the wallet.
const POSTED_WITHIN: i64 = 3;
/// Money back to a card takes longer.
const RETURNED_WITHIN: i64 = 10;
/// Of lower rows near an upper one, so many are compared.
const LOOKED_AT: usize = 48;

/// A row as pairing first sees it.
#[derive(Debug, Clone, Copy)]
struct Coin {
    /// Currency and minor units: what must be equal.
    amount: (Currency, i64),
    /// Civil day on the row's own clock.
    day: i64,
    place: usize,
    /// The statement it comes from.
    source: u32,
    /// Ways in which it may be the upper row.
    upper: u8,
    /// Ways in which it may be the lower row.
    lower: u8,
}

/// Finds the pairs, each once. `from` is the upper row.
pub(super) fn find(rows: &[Transaction], cards: &Cards) -> Vec<Found> {
    let marks = Marks::shipped();
    if one_import(rows) {
        return Vec::new();
    }
    let Some(mut coins) = coins(rows, marks) else { return Vec::new() };
    coins.sort_unstable_by(|a, b| {
        (a.amount, a.day).cmp(&(b.amount, b.day)).then_with(|| rows[a.place].key.cmp(&rows[b.place].key))
    });
    let mut pairing = Pairing {
        rows,
        marks,
        cards,
        newest_first: newest_first(rows),
        sights: Vec::new(),
        methods: HashMap::new(),
        pieces: Vec::new(),
        partner: HashMap::new(),
        taken: vec![0; rows.len()],
        answered: vec![false; rows.len()],
        found: Vec::new(),
    };
    for bucket in coins.chunk_by(|a, b| a.amount == b.amount) {
        let first = bucket[0].source;
        if bucket.iter().any(|coin| coin.source != first) {
            pairing.pair(bucket);
        }
    }
    pairing.pair_parts(&coins);
    pairing.found.sort_unstable_by_key(|found| (found.from, found.to));
    pairing.found
}

/// Whether all rows of statements came with one import: the first one is the largest of many ledgers.
fn one_import(rows: &[Transaction]) -> bool {
    let mut imports =
        rows.iter().filter(|row| row.statement.is_some()).map(|row| row.source.map(|source| source.import));
    let first = imports.next().flatten();
    first.is_some() && imports.all(|import| import == first)
}

/// Every row that can stand in a pair; `None` where all rows come from one source.
fn coins(rows: &[Transaction], marks: &Marks) -> Option<Vec<Coin>> {
    let mut sources: HashMap<(&str, &str), (u32, Option<Role>)> = HashMap::new();
    let mut last = None;
    let mut coins = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let Some(statement) = &row.statement else { continue };
        let import = row.source.map(|source| source.import);
        let (source, role) = match last {
            // All rows of an import come from one source.
            Some((same, found)) if import.is_some_and(|import| import == same) => found,
            _ => {
                let next = sources.len() as u32;
                let named = (row.provider.as_str(), statement.as_str());
                *sources.entry(named).or_insert_with(|| (next, marks.role(&row.provider)))
            }
        };
        last = import.map(|import| (import, (source, role)));
        let (upper, lower) = (as_upper(row, role), as_lower(row));
        if upper | lower != 0 && row.amount.minor > 0 {
            let (currency, minor) = (row.amount.currency, row.amount.minor);
            let coin = Coin { amount: (currency, minor), day: day(row), place, source, upper, lower };
            coins.push(coin);
            // What reaches the bank is the withdrawal less its fee.
            if let (Kind::Withdrawal, Some(fee)) = (row.kind, row.fee)
                && fee.minor > 0
                && fee.minor < row.amount.minor
            {
                coins.push(Coin { amount: (currency, minor - fee.minor), lower: 0, ..coin });
            }
        }
    }
    (sources.len() > 1).then_some(coins)
}

/// Which ways a row may be paid from or into another account. A bank's row is the account itself, unless it
/// says that it went to another one of the user's own.
fn as_upper(row: &Transaction, role: Option<Role>) -> u8 {
    let bank = role == Some(Role::Bank);
    match (row.kind, row.direction) {
        (Kind::Repayment | Kind::OwnTransfer, Direction::Out) if bank => INTO,
        _ if bank => 0,
        (Kind::Purchase, Direction::Out | Direction::Neutral) => FROM,
        (Kind::TransferOut | Kind::CashGift | Kind::Fee | Kind::Other, Direction::Out) => FROM,
        (Kind::TopUp, _) => FROM,
        (Kind::Withdrawal | Kind::Refund, _) => INTO,
        (Kind::Repayment | Kind::OwnTransfer, _) => FROM | INTO,
        _ => 0,
    }
}

fn as_lower(row: &Transaction) -> u8 {
    match (row.kind, row.direction) {
        (Kind::Closed | Kind::Failed, _) => 0,
        (_, Direction::Out) => FROM,
        (_, Direction::In) | (Kind::Refund, _) => INTO,
        (Kind::Purchase | Kind::TransferOut, _) => FROM,
        _ => FROM | INTO,
    }
}

/// Files that list the newest row first, by import.
fn newest_first(rows: &[Transaction]) -> HashSet<i64> {
    let mut ends: HashMap<i64, [(u32, i64); 2]> = HashMap::new();
    for row in rows {
        if let Some(source) = row.source {
            let here = (source.row, row.at.timestamp());
            let ends = ends.entry(source.import.0).or_insert([here, here]);
            if here.0 < ends[0].0 {
                ends[0] = here;
            }
            if here.0 > ends[1].0 {
                ends[1] = here;
            }
        }
    }
    ends.into_iter().filter(|(_, [first, last])| first.1 > last.1).map(|(import, _)| import).collect()
}

struct Pairing<'a> {
    rows: &'a [Transaction],
    marks: &'a Marks,
    cards: &'a Cards,
    newest_first: HashSet<i64>,
    /// What a row of the amount at hand names, read when a pair asks for it.
    sights: Vec<Option<Sight>>,
    /// What a payment method names: few texts, many rows.
    methods: HashMap<&'a str, Method>,
    /// What its party is called, piece by piece; likewise.
    pieces: Vec<Option<Pieces>>,
    /// Payments and the rows that fund them, by place, of the amount at hand.
    partner: HashMap<usize, usize>,
    /// The ways in which a row, as the upper one, has its lower one.
    taken: Vec<u8>,
    /// Whether a row, as the lower one, answers for an upper one.
    answered: Vec<bool>,
    found: Vec<Found>,
}

impl<'a> Pairing<'a> {
    /// Pairs rows of one amount: the best pair first.
    fn pair(&mut self, bucket: &[Coin]) {
        self.sights.clear();
        self.sights.resize(bucket.len(), None);
        self.pieces.clear();
        self.pieces.resize(bucket.len(), None);
        let mut pairs: Vec<Pair> = Vec::new();
        for (place, upper) in bucket.iter().enumerate().filter(|(_, coin)| coin.upper != 0) {
            let within = match self.rows[upper.place].kind {
                Kind::Refund => RETURNED_WITHIN,
                _ => POSTED_WITHIN,
            };
            let begin = bucket.partition_point(|coin| coin.day < upper.day - 1);
            let near = (begin..bucket.len()).take_while(|&i| bucket[i].day <= upper.day + within);
            let fits = |coin: &Coin| coin.source != upper.source && coin.lower & upper.upper != 0;
            for other in near.filter(|&i| fits(&bucket[i])).take(LOOKED_AT) {
                pairs.extend(self.weighed(bucket, place, other));
            }
        }
        self.share(bucket);
        self.take_best(pairs);
    }

    /// A payment and the row that says where its money came from, in the wallet's own file, have one line of the
    /// card between them.
    fn share(&mut self, bucket: &[Coin]) {
        let rows = self.rows;
        self.partner.clear();
        let funds = |coin: &&Coin| {
            let row = &rows[coin.place];
            matches!(row.kind, Kind::OwnTransfer | Kind::TopUp) && row.merchant_order_no.len() > 1
        };
        let mut funding = bucket.iter().filter(funds).peekable();
        if funding.peek().is_none() {
            return;
        }
        let number = |coin: &&Coin| rows[coin.place].order_no.len() > 1 && coin.upper & FROM != 0;
        let payments: HashMap<(u32, &str), usize> = bucket
            .iter()
            .filter(number)
            .map(|coin| ((coin.source, rows[coin.place].order_no.as_str()), coin.place))
            .collect();
        for coin in funding {
            let reference = (coin.source, rows[coin.place].merchant_order_no.as_str());
            if let Some(&payment) = payments.get(&reference).filter(|payment| **payment != coin.place) {
                self.partner.insert(payment, coin.place);
                self.partner.insert(coin.place, payment);
            }
        }
    }

    fn weighed(&mut self, bucket: &[Coin], upper: usize, lower: usize) -> Option<Pair> {
        let coins = [bucket[upper], bucket[lower]];
        let both = coins.map(|coin| &self.rows[coin.place]);
        let above = self.look(upper, both[0]);
        let below = self.look(lower, both[1]);
        let (marks, pieces) = (self.marks, &mut self.pieces);
        let way = coins[0].upper & coins[1].lower;
        let weight = weigh(both, [&above, &below], way, marks, || {
            let [above, below] = both;
            if pieces[upper].is_none() {
                pieces[upper] = Some(Pieces::of(&[&above.counterparty, &above.item], marks));
            }
            if pieces[lower].is_none() {
                let texts = [&below.counterparty, &below.item, &below.memo, &below.category];
                pieces[lower] = Some(Pieces::of(&texts.map(String::as_str), marks));
            }
            shared(pieces[upper].as_ref()?, pieces[lower].as_ref()?)
        })?;
        let rank = (self.rank(&coins[0]), self.rank(&coins[1]));
        Some(Pair { upper: coins[0].place, lower: coins[1].place, weight, rank })
    }

    /// Reads what a row names, once.
    fn look(&mut self, place: usize, row: &'a Transaction) -> Sight {
        let (marks, cards, methods) = (self.marks, self.cards, &mut self.methods);
        *self.sights[place].get_or_insert_with(|| {
            let method = *methods.entry(&row.method).or_insert_with(|| Method::of(&row.method, marks));
            Sight::of(row, method, cards.behind(row), marks)
        })
    }

    /// Where a row stands among those of its day: by the clock, then in the order in which the file's time runs.
    fn rank(&self, coin: &Coin) -> (i64, i64) {
        let row = &self.rows[coin.place];
        let in_file = row.source.map_or(0, |source| {
            let line = i64::from(source.row);
            if self.newest_first.contains(&source.import.0) { -line } else { line }
        });
        (row.at.timestamp(), in_file)
    }

    fn take_best(&mut self, mut pairs: Vec<Pair>) {
        let rows = self.rows;
        pairs.sort_by(|a, b| {
            let order = |pair: &Pair| (-pair.weight.score, pair.weight.apart, pair.rank);
            let keys = |pair: &Pair| (rows[pair.upper].key.as_str(), rows[pair.lower].key.as_str());
            order(a).cmp(&order(b)).then_with(|| keys(a).cmp(&keys(b)))
        });
        for alike in pairs.chunk_by(|a, b| a.weighs_like(b)) {
            // How many of equal weight each row has: a choice among equals is never sure.
            let mut equals: HashMap<(usize, bool), u32> = HashMap::new();
            if alike.len() > 1 {
                alike.iter().flat_map(Pair::ends).for_each(|end| *equals.entry(end).or_default() += 1);
            }
            for pair in alike {
                let free = pair.weight.way & !self.taken[pair.upper];
                if free == 0 || self.answered[pair.lower] || self.is_turned(pair) {
                    continue;
                }
                let way = if free & FROM != 0 { FROM } else { INTO };
                self.taken[pair.upper] |= way;
                if let Some(&partner) = self.partner.get(&pair.upper).filter(|_| way == FROM) {
                    self.taken[partner] |= FROM;
                }
                self.answered[pair.lower] = true;
                let tie = pair.ends().iter().any(|end| equals.get(end).is_some_and(|count| *count > 1));
                self.found.push(Found {
                    from: pair.upper,
                    to: pair.lower,
                    rule: rule_of(&rows[pair.upper]),
                    clues: pair.weight.clues,
                    sure: pair.weight.sureness(tie),
                });
            }
        }
    }

    /// A pair turned round is the same pair.
    fn is_turned(&self, pair: &Pair) -> bool {
        let mut last = self.found.iter().rev().take(LOOKED_AT);
        last.any(|found| found.from == pair.lower && found.to == pair.upper)
    }
}

fn rule_of(upper: &Transaction) -> Rule {
    match upper.kind {
        Kind::Refund => Rule::SameRefund,
        Kind::TopUp => Rule::TopUp,
        Kind::Withdrawal => Rule::Withdrawal,
        Kind::Repayment => Rule::Repayment,
        Kind::OwnTransfer => Rule::OwnTransfer,
        _ => Rule::SamePayment,
    }
}

#[cfg(test)]
pub(super) mod tests;
