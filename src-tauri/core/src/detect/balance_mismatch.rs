//! A balance that does not add up.
//!
//! Where rows carry what the account held before and after, each row must move it by its own amount and start
//! where the one before ended. Many rows do not touch that balance (paid by card), and some files cut rows
//! out: how often the sum comes out right is learnt from the rows before, and a slip says something only where
//! it nearly always does. Rows between two that state a balance and state none themselves are counted in.

use super::history::{name, when};
use super::promise::names_sum;
use super::signs;
use super::texts::Map;
use super::topics::Topic;
use super::{Flag, FlagKind, History};
use crate::ledger::link::{card_tail, is_bank};
use crate::ledger::{Direction, Kind};
use crate::text::Text;
use std::collections::VecDeque;

/// Rows that must have added up before a slip says anything.
const ENOUGH: u32 = 15;
/// At most one slip in so many rows before: else this file's balances are no evidence.
const RARE: u32 = 25;
/// ¥0.05: rounding.
const LEAST: i64 = 5;
/// A withdrawal's own fee, in thousandths, that the amount may leave out; and what wallets take for repaying a card.
const FEE_PER_MILLE: i64 = 12;
const REPAYING_PER_MILLE: i64 = 2;
/// Balances remembered: rows of one second may stand in another order.
const REMEMBERED: usize = 4;
/// Rows without a balance that are remembered: in a file of few balances they say nothing.
const UNSTATED: usize = 8;
/// Cards of one bank in one file.
const CARDS: usize = 8;
/// A row that moved the balance by something else than itself, and one that starts elsewhere.
const WRONG_MOVE: f64 = 0.90;
const WRONG_START: f64 = 0.82;

/// How often the sums of one account came out.
#[derive(Clone, Default)]
struct Account {
    moves: Tally,
    starts: Tally,
    last: VecDeque<i64>,
    /// The last of each card, where a bank's file names more than one; the latest first.
    cards: Vec<([u8; 4], i64)>,
    /// What rows since then that state no balance may have moved it by.
    unstated: Vec<i64>,
}

impl Account {
    /// What a card held after its last row.
    fn of_card(&self, card: [u8; 4]) -> Option<i64> {
        self.cards.iter().find(|known| known.0 == card).map(|known| known.1)
    }

    fn note_card(&mut self, card: [u8; 4], after: i64) {
        self.cards.retain(|known| known.0 != card);
        self.cards.truncate(CARDS - 1);
        self.cards.insert(0, (card, after));
    }
}

/// The card of row `i` of a bank, by its last four digits.
fn card(history: &History<'_>, i: usize) -> Option<[u8; 4]> {
    let row = history.row(i);
    if is_bank(&row.provider) { card_tail(&row.method) } else { None }
}

#[derive(Default, Clone, Copy)]
struct Tally {
    right: u32,
    wrong: u32,
}

impl Tally {
    /// Counts, and says whether a slip is telling by what was counted before.
    fn count(&mut self, right: bool) -> bool {
        let telling = self.right >= ENOUGH && self.wrong * RARE <= self.right;
        if right {
            self.right += 1;
        } else {
            self.wrong += 1;
        }
        telling && !right
    }
}

/// Accounts so far.
#[derive(Clone, Default)]
pub struct Accounts {
    accounts: Map<signs::Account, Account>,
}

/// Finds rows where the balance slips.
pub fn find(history: &History<'_>, Accounts { accounts }: &mut Accounts) -> Vec<Flag> {
    let mut flags = Vec::new();
    for i in history.fresh.clone() {
        let Some(after) = history.sign(i).balance.after else {
            // Many ledgers state none at all.
            let known = if accounts.is_empty() { None } else { accounts.get_mut(&history.account(i)) };
            if let Some(account) = known.filter(|account| account.unstated.len() < UNSTATED) {
                account.unstated.extend(moved(history, i));
            }
            continue;
        };
        let account = accounts.entry(history.account(i)).or_default();
        let unstated = std::mem::take(&mut account.unstated);
        let all: i64 = unstated.iter().fold(0, |sum, &moved| sum.saturating_add(moved));
        let between = |off: i64| {
            unstated
                .iter()
                .chain([&all])
                .any(|&moved| moved != 0 && moved.abs_diff(off) < LEAST.unsigned_abs())
        };
        let mut found = None;
        if let Some(change) = history.sign(i).balance.change() {
            let off = Some(slip(history, i, change)).filter(|&off| !between(off)).unwrap_or(0);
            if account.moves.count(off == 0) {
                found = Some((WRONG_MOVE, off, after.saturating_sub(change)));
            }
        }
        let stated = history.detail(i).and_then(|detail| detail.balance_before);
        let named = card(history, i);
        let before_here = named.and_then(|card| account.of_card(card));
        // A card that never stood here continues no other.
        let last = match named {
            Some(_) if !account.cards.is_empty() => before_here,
            _ => account.last.back().copied(),
        };
        if let (Some(before), Some(last)) = (stated, last) {
            // Rows of one second may stand in any order.
            let shared = history.lines.get(i + 1).is_some_and(|next| next.at == history.lines[i].at);
            let right = shared
                || between(before.saturating_sub(last))
                || account
                    .last
                    .iter()
                    .chain(&before_here)
                    .any(|&known| known.abs_diff(before) < LEAST.unsigned_abs());
            if account.starts.count(right) && found.is_none() {
                found = Some((WRONG_START, before.saturating_sub(last), last));
            }
        }
        if account.last.len() == REMEMBERED {
            account.last.pop_front();
        }
        account.last.push_back(after);
        if let Some(card) = named {
            account.note_card(card, after);
        }
        if let Some((score, off, before)) = found {
            flags.push(explain(history, i, score, off, [before, after]));
        }
    }
    flags
}

/// By how much row `i`, which states no balance, moved it if it did.
fn moved(history: &History<'_>, i: usize) -> Option<i64> {
    let stopped = history.sign(i).state.any(&[Topic::Failed, Topic::Closed, Topic::Unpaid]);
    let amount = history.lines[i].amount;
    match history.row(i).direction {
        _ if stopped => None,
        Direction::Out => Some(-amount),
        Direction::In => Some(amount),
        Direction::Neutral => None,
    }
}

/// By how much the balance moved otherwise than the row says; 0 where it adds up.
fn slip(history: &History<'_>, i: usize, change: i64) -> i64 {
    let (row, line) = (history.row(i), &history.lines[i]);
    // Not touched: paid by card, closed, failed. A failed row that took money has its own detector.
    let stopped = history.sign(i).state.any(&[Topic::Failed, Topic::Closed, Topic::Unpaid]);
    if stopped || matches!(line.kind, Kind::Failed | Kind::Closed | Kind::Pending) {
        return 0;
    }
    if change == 0 && !must_move(history, i) {
        return 0;
    }
    let off = match row.direction {
        Direction::Out => change.saturating_add(line.amount),
        Direction::In => change.saturating_sub(line.amount),
        Direction::Neutral => change.saturating_abs().saturating_sub(line.amount),
    };
    let per_mille = match line.kind {
        Kind::Repayment => REPAYING_PER_MILLE,
        _ if history.is_own(i) => FEE_PER_MILLE,
        _ => 0,
    };
    let share = line.amount / 1000 * per_mille + line.amount % 1000 * per_mille / 1000;
    let fee = row.fee.map_or(0, |fee| fee.minor).max(share);
    // 手续费2.00元 in the memo.
    let named = || [&row.memo, &row.item].into_iter().any(|text| names_sum(text, off.saturating_abs()));
    if off.saturating_abs() < LEAST.max(fee + 1) || change != 0 && named() { 0 } else { off }
}

/// Whether row `i` cannot leave the balance as it was: what is paid this way always moves it. What is held moves nothing, and a
/// refund that did not come has its own detector.
fn must_move(history: &History<'_>, i: usize) -> bool {
    let (row, sign) = (history.row(i), history.sign(i));
    let held = [Topic::Hold, Topic::Release, Topic::Deposit];
    let named = !row.method.trim().is_empty() || is_bank(&row.provider);
    sign.moves
        && named
        && row.direction != Direction::Neutral
        && history.lines[i].kind != Kind::Refund
        && !sign.is_any(&held)
        && !sign.state.any(&held)
}

/// `before` is what the account held by the row before, or by this one.
fn explain(history: &History<'_>, i: usize, score: f64, off: i64, [before, after]: [i64; 2]) -> Flag {
    let row = history.row(i);
    let (at, who, paid) = (when(row.at), name(row), row.amount);
    let should = history.money(i, after.saturating_sub(off));
    let [before, after] = [before, after].map(|minor| history.money(i, minor));
    let off = history.money(i, off.saturating_abs().max(1));
    let explanation = Text::new(
        format!(
            "{} {}这笔 {paid}：之前余额是 {before}，之后是 {after}；按金额算，之后应是 {should}，差 {off}。",
            at.zh, who.zh
        ),
        format!(
            "The {paid} of {} on {}: the balance was {before} before it and {after} after it; by the amounts it should \
             be {should} after it, {off} off.",
            who.en, at.en
        ),
    );
    let innocent = Text::new(
        "账单漏了一笔，或手续费、利息没有单独列出。",
        "The statement leaves a row out, or a fee or interest is not listed by itself.",
    );
    history.flag(FlagKind::BalanceMismatch, score, &[i], off, explanation, innocent)
}

#[cfg(test)]
mod tests {
    use crate::detect::jotted::shown;

    #[test]
    fn rows_that_state_no_balance_are_counted_in() {
        let day = |n: i64| format!("2025-01-{n:02} 12:00 buy 20.00 面馆; after {}.00\n", 2000 - 20 * n);
        let known: String = (1..=20).map(day).collect();
        let next = |amount: &str| {
            let rows = format!(
                "{known}2025-01-21 12:00 buy {amount} 超市\n2025-01-22 12:00 buy 20.00 面馆; after 1500.00\n2025-01-23 12:00 buy 20.00 面馆; after 1480.00"
            );
            shown(&rows)
        };
        assert!(next("80.00").is_empty());
        assert_eq!(next("70.00"), ["22 balance-mismatch"]);
        // A fee that the row names; a payment that leaves a balance as it was, which each one before moved.
        let told = |memo: &str, after: &str| {
            shown(&format!("{known}2025-01-21 12:00 buy 100.00 某人; memo {memo}; after {after}"))
        };
        assert!(told("手续费2.00元", "1498.00").is_empty());
        assert_eq!(told("手续费3.00元", "1498.00"), ["21 balance-mismatch"]);
        assert_eq!(told("饭钱", "1600.00"), ["21 balance-mismatch"]);
        assert!(told("预授权", "1600.00").is_empty());
        // The fee of a withdrawal may be left out, and of a repayment a thousandth.
        let last = |verb: &str, after: &str| {
            shown(&format!("{known}2025-01-21 12:00 {verb} 1000.00 某银行; item 款; after {after}"))
        };
        assert!(last("withdraw", "590.00").is_empty());
        assert!(last("repay", "599.00").is_empty());
        assert_eq!(last("repay", "590.00"), ["21 balance-mismatch"]);
    }

    #[test]
    fn two_cards_of_one_bank_have_a_balance_each() {
        let row = |day: i64, hour: i64, card: &str, before: i64| {
            format!(
                "2025-01-{day:02} {hour}:00 buy 20.00 面馆; wallet icbc; method 工商银行储蓄卡({card}); balance {before}.00 {}.00\n",
                before - 20
            )
        };
        let both = |day: i64| row(day, 12, "4379", 2000 - 20 * day) + &row(day, 13, "0345", 9000 - 20 * day);
        let known: String = (1..=10).map(both).collect();
        assert!(shown(&format!("{known}{}", row(21, 12, "4379", 1780))).is_empty());
        assert!(shown(&format!("{known}{}", row(21, 12, "7777", 50))).is_empty(), "a card never seen");
        assert_eq!(shown(&format!("{known}{}", row(21, 12, "4379", 1700))), ["21 balance-mismatch"]);
    }
}
