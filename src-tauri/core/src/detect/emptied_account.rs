//! An account emptied to someone new.
//!
//! Who has taken an account over sends all of it away, at once or in a few pieces, to a payee never seen. Taking
//! out one's own whole balance, paying a card off or moving money between one's own accounts empties it too;
//! so does a user whose balance stands near nothing anyway.

use super::history::{name, when};
use super::signs::{self, Balance};
use super::texts::Map;
use super::topics::Topic;
use super::{Flag, FlagKind, History};
use crate::ledger::{Direction, Kind};
use crate::text::Text;
use std::collections::VecDeque;

/// ¥300: what is left of a small balance is spent every week.
const LEAST: i64 = 30_000;
/// Pieces within this time are one emptying.
const PIECES: i64 = 6 * 3600;
/// At most this share is left, in percent.
const LEFT_PERCENT: i64 = 4;
/// A payee first seen within this time is new.
const NEW: i64 = 2 * 86_400;
/// Someone who empties the balance this often does so as a habit.
const HABIT: u32 = 3;
/// Emptied by a transfer to someone new; at a shop; to someone known.
const TO_NEW: f64 = 0.88;
const AT_SHOP: f64 = 0.62;
const TO_KNOWN: f64 = 0.25;
/// In pieces, or at night, it is surer still.
const MORE: f64 = 0.05;

#[derive(Clone, Default)]
struct Account {
    /// Rows out within the window, with the balance before each.
    recent: VecDeque<(usize, i64)>,
    emptied: u32,
}

/// Accounts and payees so far.
#[derive(Clone, Default)]
pub struct Past {
    accounts: Map<signs::Account, Account>,
    /// When each payee was met.
    met: Vec<Option<i64>>,
}

/// Finds rows that empty an account.
pub fn find(history: &History<'_>, past: &mut Past) -> Vec<Flag> {
    let Past { accounts, met } = past;
    met.resize(history.payees, None);
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        let row = history.row(i);
        let first = *met[line.payee as usize].get_or_insert(line.at);
        let Balance { before: Some(before), after: Some(after) } = history.sign(i).balance else { continue };
        if row.direction != Direction::Out || after >= before {
            continue;
        }
        let account = accounts.entry(history.account(i)).or_default();
        while account.recent.front().is_some_and(|&(j, _)| line.at - history.lines[j].at > PIECES) {
            account.recent.pop_front();
        }
        account.recent.push_back((i, before));
        let most = account.recent.iter().map(|&(_, before)| before).max().unwrap_or(0);
        let whole = after.saturating_mul(100) <= most.saturating_mul(LEFT_PERCENT);
        if most < LEAST || !whole || line.amount.saturating_mul(5) < most {
            continue;
        }
        let expected =
            history.is_own(i) || history.sign(i).is_any(&[Topic::Home, Topic::Unchosen, Topic::Gift]);
        let same = account.recent.iter().rev().filter(|&&(j, _)| history.lines[j].payee == line.payee);
        let (pieces, befores): (Vec<usize>, Vec<i64>) = same.copied().unzip();
        let most = befores.into_iter().max().unwrap_or(most);
        account.recent.clear();
        // Who takes all of it to the own bank each month has no habit of sending it to others.
        if expected || !history.sign(i).named {
            continue;
        }
        let habit = f64::from(account.emptied.min(HABIT)) / f64::from(HABIT);
        account.emptied += 1;
        let base = match (line.at - first <= NEW, history.is_transfer(i) || line.kind == Kind::TransferOut) {
            (true, true) => TO_NEW,
            (true, false) => AT_SHOP,
            (false, _) => TO_KNOWN,
        };
        let more = [pieces.len() > 1, line.at_night()].iter().filter(|&&yes| yes).count();
        let score = (base + MORE * more as f64) * (1.0 - 0.7 * habit);
        flags.push(explain(history, &pieces, most, after, score));
    }
    flags
}

fn explain(history: &History<'_>, pieces: &[usize], most: i64, after: i64, score: f64) -> Flag {
    let i = pieces[0];
    let row = history.row(i);
    let sum: i64 = pieces.iter().fold(0, |sum: i64, &j| sum.saturating_add(history.lines[j].amount));
    let (at, who, sum) = (when(row.at), name(row), history.money(i, sum));
    let (most, after, count) = (history.money(i, most), history.money(i, after), pieces.len());
    let pieces_of = match count {
        1 => Text::new(format!("{sum} "), format!("the {sum}")),
        _ => Text::new(format!("的第 {count} 笔（共 {sum}）"), format!("{count} payments, {sum} in all,")),
    };
    let explanation = Text::new(
        format!("{} 付给{}{}后，余额从 {most} 只剩 {after}。", at.zh, who.zh, pieces_of.zh),
        format!(
            "With {} that went to {} by {}, the balance fell from {most} to {after}.",
            pieces_of.en, who.en, at.en
        ),
    );
    let innocent = Text::new(
        "您自己把余额转到了本人的账户，或确实要付这么多。",
        "You moved the balance to an account of your own, or did have so much to pay.",
    );
    history.flag(FlagKind::EmptiedAccount, score, pieces, sum, explanation, innocent)
}
