//! How well two rows of one amount fit each other.

use super::super::likeness::{Pieces, bank_reference, tells};
use super::super::marks::Marks;
use super::super::party::Party;
use super::super::{Clue, Sureness, is_own};
use super::sight::Sight;
use super::{FROM, INTO};
use crate::ledger::{Kind, Transaction};
use chrono::Timelike as _;

/// Clocks of two sources differ by so much (seconds).
const SAME_TIME: i64 = 10 * 60;

/// Two payments, where both have a clock and name different shops (seconds).
const FAR: i64 = 60 * 60;

/// What speaks for a pair.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weight {
    pub score: i32,
    /// Minutes apart; whole days where one has no clock.
    pub apart: i64,
    pub clues: Clue,
    /// Ways in which the pair can stand.
    pub way: u8,
}

impl Weight {
    /// How sure the pair is; `tie` where another would do as well.
    pub fn sureness(&self, tie: bool) -> Sureness {
        let has = |clue| self.clues.has(clue);
        let both = has(Clue::ISSUER) && has(Clue::NAMED);
        let near = has(Clue::TIME) || has(Clue::DAY);
        let close = has(Clue::TIME) || has(Clue::PARTY);
        if has(Clue::ORDER) {
            Sureness::Certain
        } else if tie {
            Sureness::Possible
        } else if near && both && (close || has(Clue::TAIL)) {
            Sureness::Certain
        } else if (near && (both || close || has(Clue::TAIL))) || (both && has(Clue::PARTY)) {
            Sureness::Likely
        } else {
            Sureness::Possible
        }
    }
}

/// Two rows that may be one payment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub upper: usize,
    pub lower: usize,
    pub weight: Weight,
    /// Where both stand in time and file.
    pub rank: ((i64, i64), (i64, i64)),
}

impl Pair {
    /// Both rows, told apart by their role.
    pub fn ends(&self) -> [(usize, bool); 2] {
        [(self.upper, true), (self.lower, false)]
    }

    /// Whether nothing but place speaks for one of two pairs.
    pub fn weighs_like(&self, other: &Self) -> bool {
        (self.weight.score, self.weight.apart) == (other.weight.score, other.weight.apart)
    }
}

/// How far apart two rows are.
struct Apart {
    days: i64,
    /// Where both have a clock.
    seconds: Option<i64>,
}

impl Apart {
    /// `None` where the lower row is too early: an account is not charged before the wallet pays.
    fn of(upper: &Transaction, lower: &Transaction) -> Option<Self> {
        let days = (lower.at.date_naive() - upper.at.date_naive()).num_days();
        let clock = |row: &Transaction| row.at.time().num_seconds_from_midnight() != 0;
        let seconds = (clock(upper) && clock(lower)).then(|| (lower.at - upper.at).num_seconds());
        let in_order = match seconds {
            Some(seconds) => seconds >= -SAME_TIME,
            None => days >= 0 || !clock(upper),
        };
        in_order.then_some(Self { days: days.abs(), seconds: seconds.map(i64::abs) })
    }
}

/// Weighs a pair of one amount; `None` where nothing names the other or something speaks against it.
/// `pieces` counts what the parties' names share; `None` where one of them has no name.
pub(super) fn weigh(
    [upper, lower]: [&Transaction; 2],
    [above, below]: [&Sight; 2],
    way: u8,
    marks: &Marks,
    pieces: impl FnOnce() -> Option<usize>,
) -> Option<Weight> {
    let apart = Apart::of(upper, lower)?;
    let way = narrowed(upper, way)?;
    let own = is_own(upper.kind);
    let repaid = upper.kind == Kind::Repayment && lower.kind == Kind::Repayment;
    // A debit and a credit card of one bank are two statements that need not name each other.
    let issuer = above.behind.named & below.own != 0 || (repaid && above.own != 0 && above.own == below.own);
    // A row that names its own provider does not point at another row of it, unless money stays between accounts.
    let fronts = if own { above.own } else { above.own & !below.own };
    let named = below.named.all & fronts != 0;
    // The number between the banks is one payment's alone: nothing else need agree.
    let numbered = bank_reference([&upper.merchant_order_no, &upper.order_no]).is_some_and(|number| {
        let texts =
            [&lower.counterparty, &lower.item, &lower.memo, &lower.order_no, &lower.merchant_order_no];
        tells(&texts.map(String::as_str), number)
    });
    if !numbered && contradict(above, below, issuer, named, marks) {
        return None;
    }
    let (way, tail) = on_card(upper.kind, [above, below], way)?;
    let on_time = apart.seconds.is_some_and(|seconds| seconds <= SAME_TIME);
    let same_day = apart.days == 0;
    let pieces = pieces();
    let shared = pieces.unwrap_or(0);
    // The card's line does not name the wallet: it may be another payment of the same amount. Every line of a
    // card's own file has its tail, those of other shops too.
    let told = tail && below.card.of_row && pieces != Some(0);
    if !(numbered || named || on_time || shared > 0 || own || (told && same_day)) {
        return None;
    }
    // Two clocks far apart and two shops: one charge must not hide another. Money takes its time on the way back.
    let far = apart.seconds.is_some_and(|seconds| seconds > FAR);
    let returned = upper.kind == Kind::Refund;
    if far && pieces == Some(0) && !(numbered || own || returned) && names_shop(lower, marks) {
        return None;
    }
    let mut score = match (apart.seconds, apart.days) {
        (Some(0..=60), _) => 7,
        (Some(..=SAME_TIME), _) => 5,
        (_, 0) => 4,
        (_, 1) => 2,
        (_, 2..=3) => 1,
        _ => 0,
    };
    let first = below.named.first & fronts != 0;
    let points =
        [(numbered, 16), (tail, 8), (issuer, 4), (named, 4), (first, 2), (pieces == Some(0) && !own, -3)];
    score += points.iter().filter(|(holds, _)| *holds).map(|(_, points)| points).sum::<i32>();
    score += 2 * shared.min(3) as i32;
    if contrary(upper.kind, lower.kind) {
        score -= 6;
    }
    let clues = Clue::AMOUNT
        .also(Clue::ORDER, numbered)
        .also(Clue::TIME, on_time)
        .also(Clue::DAY, same_day && !on_time)
        .also(Clue::TAIL, tail)
        .also(Clue::ISSUER, issuer)
        .also(Clue::NAMED, named)
        .also(Clue::PARTY, shared > 0);
    let minutes = apart.seconds.map_or(apart.days * 1440, |seconds| seconds / 60);
    Some(Weight { score, apart: minutes, clues, way })
}

/// How many pieces of their names two parties share; `None` where one of them has no name.
pub(super) fn shared(upper: &Pieces, lower: &Pieces) -> Option<usize> {
    (!upper.is_empty() && !lower.is_empty()).then(|| upper.shared(lower))
}

/// The ways left once both sides say which card it was, and whether its tail is the same.
fn on_card(kind: Kind, [above, below]: [&Sight; 2], way: u8) -> Option<(u8, bool)> {
    let card = below.card;
    let differs = |tail: Option<[u8; 4]>| card.is_card && tail.is_some() && tail != card.tail;
    let behind = above.behind;
    let paid_by = behind.tail.or(above.told);
    let other_sort = matches!((behind.sort, card.sort), (Some(a), Some(b)) if a != b);
    // The method of a repayment is the account it was paid from; the card that was repaid stands in its words.
    let two = kind == Kind::Repayment || (kind == Kind::OwnTransfer && way == FROM | INTO);
    let not_from = differs(paid_by) || other_sort;
    let not_into = if two { differs(above.told) } else { not_from };
    let shut = if not_from { FROM } else { 0 } | if not_into { INTO } else { 0 };
    let way = way & !shut;
    let agrees = card.tail.is_some() && (paid_by == card.tail || above.told == card.tail);
    (way != 0).then_some((way, agrees))
}

/// Whether a bank's line says which shop it was.
fn names_shop(lower: &Transaction, marks: &Marks) -> bool {
    match Party::of(lower, marks) {
        Party::Named(party) => !party.is_empty(),
        Party::Shop(_) => true,
        Party::Aside(_) | Party::Front(_) => false,
    }
}

/// Whether the rows contradict each other, or do not point at each other at all.
fn contradict(above: &Sight, below: &Sight, issuer: bool, named: bool, marks: &Marks) -> bool {
    let behind = marks.holders(above.behind.named);
    // The upper row was paid from another bank or wallet, or from a balance.
    let elsewhere = below.own != 0 && behind != 0 && !issuer;
    let from_balance = above.behind.named == 0 && !above.behind.vague && !issuer;
    // The card's line names another wallet in front.
    let fronts = marks.wallets(below.named.all) & !below.own;
    let another = fronts != 0 && !named && above.own != 0;
    (!issuer && !named) || elsewhere || from_balance || another
}

/// The ways left once the words of an own transfer are read: 转入 is paid from the account, 转出 into it.
fn narrowed(upper: &Transaction, way: u8) -> Option<u8> {
    let way = if upper.kind == Kind::OwnTransfer {
        let says = |word: &str| upper.category.contains(word) || upper.item.contains(word);
        match (says("转出") || says("提现"), says("转入") || says("来自")) {
            (true, false) => way & INTO,
            (false, true) => way & FROM,
            _ => way,
        }
    } else {
        way
    };
    (way != 0).then_some(way)
}

/// Whether one row says that the money stayed with the user and the other that it was spent or returned.
fn contrary(upper: Kind, lower: Kind) -> bool {
    let spent = |kind| matches!(kind, Kind::Purchase | Kind::Fee | Kind::CashGift);
    (spent(upper) && is_own(lower))
        || (is_own(upper) && lower == Kind::Refund)
        || (upper == Kind::Refund && is_own(lower))
}
