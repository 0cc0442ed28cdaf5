//! Money sent to a near-miss of a usual payee.
//!
//! One letter of a name or one digit of an account is wrong, and what goes to the same person every month
//! went to a stranger. The name must be one letter away from a payee this user sends to again and again, never
//! paid before, and the amount must be what the usual one gets when it is due again: friends and relatives with near
//! names get what the occasion asks. Numbered names (店 1, 店 2), families with one surname and chains with many
//! branches are near each other by nature; whoever sent the user money before is no slip.

use super::habit::Recent;
use super::history::{name, when};
use super::person::{is_person, look_alike};
use super::topics::Topic;
use super::{Flag, FlagKind, History};
use crate::ledger::{Direction, Kind};
use crate::text::Text;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Payments that make a payee a usual one, and rows either way that make a person a known one.
const USUAL: u32 = 3;
const KNOWN: u32 = 4;
/// Longer names are compared by their first letters only in part: such names are companies'.
const LONGEST: usize = 40;
/// Two letters have too many neighbours: only a name that sounds the same is a slip.
const SHORT: usize = 2;
/// ¥20.
const LEAST: i64 = 2_000;
/// Exactly the usual amount; within the usual range; otherwise. What is neither always the same nor due now keeps less.
const SAME_AMOUNT: f64 = 0.92;
const LIKE_AMOUNT: f64 = 0.74;
const OTHER_AMOUNT: f64 = 0.36;
const NOT_DUE_KEEPS: f64 = 0.50;
/// A person whose name sounds or looks like that of one the user knows, or has its letters swapped: whatever the sum.
const SAME_TO_THE_EAR: f64 = 0.72;
/// ... as long as it is no more than twice what ever went there.
const TIMES_MOST: i64 = 2;
/// The usual payee was paid within these days where the sum is theirs, or as long ago as the time before, within a
/// tenth and two days.
const LATELY: i64 = 50 * 86_400;
const SLACK: i64 = 2 * 86_400;
/// A sum is theirs where it came twice, and a third of the times.
const OFTEN: usize = 2;
const SHARE: usize = 3;
/// A shop's name is imitated, and branches have near names: less is said by nearness.
const SHOP: f64 = 0.50;
/// What a namesake of another family keeps.
const OTHER_FAMILY_KEEPS: f64 = 0.60;
/// What a name of two letters keeps.
const SHORT_KEEPS: f64 = 0.50;

#[derive(Clone)]
struct Payee {
    first: usize,
    /// Payments to them, and rows either way.
    count: u32,
    rows: u32,
    amounts: Recent<12>,
    /// When they were paid last, and the time before.
    paid: [i64; 2],
}

/// Payees so far.
#[derive(Clone, Default)]
pub struct Payees {
    payees: Vec<Option<Payee>>,
    /// Names of usual payees with one letter left out, to the payee; none where several share it.
    near: HashMap<u64, Option<u32>>,
}

/// Finds payments to a near-miss.
pub fn find(history: &History<'_>, past: &mut Payees) -> Vec<Flag> {
    let Payees { payees, near } = past;
    payees.resize(history.payees, None);
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        let row = history.row(i);
        if row.direction == Direction::In && line.kind != Kind::Refund {
            // Known from now on.
            let fresh = Payee { first: i, count: 0, rows: 0, amounts: Recent::default(), paid: [0; 2] };
            let known = payees[line.payee as usize].get_or_insert(fresh);
            known.rows += 1;
            if known.rows == KNOWN && history.sign(i).named && is_person(&row.counterparty) {
                usual(near, &full_name(row), line.payee);
            }
            continue;
        }
        if row.direction != Direction::Out
            || !history.went_out(i)
            || !history.sign(i).named
            || history.is_own(i)
            || history.lines[i].kind == Kind::CashGift
        {
            continue;
        }
        if let Some(known) = &mut payees[line.payee as usize] {
            known.count += 1;
            known.rows += 1;
            known.amounts.push(line.amount);
            known.paid = [line.at, known.paid[0]];
            if known.count == USUAL || known.rows == KNOWN && is_person(&row.counterparty) {
                usual(near, &full_name(row), line.payee);
            }
            continue;
        }
        let letters = full_name(row);
        if letters.len() <= LONGEST && letters.len() >= SHORT && line.amount >= LEAST {
            let known = keys(&letters).find_map(|key| near.get(&key).copied().flatten());
            if let Some(usual) = known.and_then(|number| payees[number as usize].as_ref()) {
                flags.extend(judge(history, i, usual, &letters));
            }
        }
        let mut amounts = Recent::default();
        amounts.push(line.amount);
        payees[line.payee as usize] =
            Some(Payee { first: i, count: 1, rows: 1, amounts, paid: [line.at, 0] });
    }
    flags
}

/// From now on, names near this one are asked about.
fn usual(near: &mut HashMap<u64, Option<u32>>, letters: &[char], payee: u32) {
    if letters.len() > LONGEST {
        return;
    }
    for key in keys(letters) {
        near.entry(key).and_modify(|of| *of = of.filter(|&of| of == payee)).or_insert(Some(payee));
    }
}

/// The name and, where there is one, the account, without spaces and masks, in lower case.
fn full_name(row: &crate::ledger::Transaction) -> Vec<char> {
    let account = row.counterparty_account.trim();
    let account = if account == "/" { "" } else { account };
    row.counterparty
        .trim()
        .chars()
        .chain(account.chars())
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .take(LONGEST + 1)
        .collect()
}

/// The name with each letter left out in turn, and whole: two names one letter apart share one of these.
fn keys(letters: &[char]) -> impl Iterator<Item = u64> {
    let hash = move |skip: usize| {
        let mut hasher = DefaultHasher::new();
        for (place, letter) in letters.iter().enumerate() {
            if place != skip {
                letter.hash(&mut hasher);
            }
        }
        hasher.finish()
    };
    (0..=letters.len()).map(hash)
}

fn judge(history: &History<'_>, i: usize, usual: &Payee, letters: &[char]) -> Option<Flag> {
    let line = &history.lines[i];
    let other = full_name(history.row(usual.first));
    if !one_apart(letters, &other) || differ_in_number(letters, &other) {
        return None;
    }
    let (low, high) = (usual.amounts.percentile(0), usual.amounts.max());
    let exact = usual.amounts.median() == line.amount || usual.amounts.last() == Some(line.amount);
    let mut score = match line.amount {
        _ if exact => SAME_AMOUNT,
        amount if amount.saturating_mul(2) >= low && amount <= high.saturating_mul(2) => LIKE_AMOUNT,
        _ => OTHER_AMOUNT,
    };
    if !is_due(usual, line) {
        score *= NOT_DUE_KEEPS;
    }
    let transfer = history.is_transfer(i) || history.is_transfer(usual.first);
    // What sounds or looks the same is a slip or an imitation, whoever it is.
    let alike = sound_alike(letters, &other) || looks_alike(letters, &other);
    let person = is_person(&history.row(i).counterparty);
    let swapped = letters.len() > SHORT && is_swapped(letters, &other);
    if person && (alike || swapped) && transfer && line.amount <= high.saturating_mul(TIMES_MOST) {
        score = score.max(SAME_TO_THE_EAR);
    } else if usual.count < USUAL {
        return None;
    }
    if !transfer && !alike {
        score -= SHOP;
    }
    // Another family name is another family, unless the eye or the ear takes it for the same.
    let family = letters.first() != other.first() && letters.len() == other.len();
    if family && !alike && person {
        score *= OTHER_FAMILY_KEEPS;
    }
    if letters.len().min(other.len()) <= SHORT && !alike {
        score *= SHORT_KEEPS;
    }
    if history.sign(i).is_any(&[Topic::Gift, Topic::SplitBill]) {
        score *= 0.6;
    }
    (score > 0.05).then(|| explain(history, i, usual, score))
}

/// Whether what the usual payee gets again and again, or every so often, is due now.
fn is_due(usual: &Payee, line: &super::history::Line) -> bool {
    let values = usual.amounts.values();
    let equal = values.iter().filter(|&&amount| amount == line.amount).count();
    let [last, before] = usual.paid;
    let (since, gap) = (line.at - last, last - before);
    let theirs = equal >= OFTEN && equal * SHARE >= values.len();
    theirs && since <= LATELY || before > 0 && since.abs_diff(gap) <= (gap / 10 + SLACK).unsigned_abs()
}

/// Whether one letter was changed, left out, added, or two neighbours swapped.
fn one_apart(a: &[char], b: &[char]) -> bool {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    match (a, b) {
        ([], []) => false,
        ([_], [_] | []) | ([], [_]) => true,
        ([x, y], [z, w]) => x == w && y == z,
        _ => false,
    }
}

/// Whether the letters that differ are digits of a short number: 店 1 and 店 2. A long number is an account,
/// and its digits are what a slip gets wrong.
fn differ_in_number(a: &[char], b: &[char]) -> bool {
    let digits = |name: &[char]| name.iter().filter(|c| c.is_ascii_digit()).count();
    let bare = |name: &[char]| name.iter().filter(|c| !c.is_ascii_digit()).copied().collect::<Vec<_>>();
    bare(a) == bare(b) && digits(a).max(digits(b)) < 4
}

/// Whether the letters that differ are easily taken for one another.
fn looks_alike(a: &[char], b: &[char]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x == y || look_alike(*x, *y))
}

/// Whether the same letters stand in another order.
fn is_swapped(a: &[char], b: &[char]) -> bool {
    let sorted = |name: &[char]| {
        let mut letters = name.to_vec();
        letters.sort_unstable();
        letters
    };
    a.len() == b.len() && a.first() == b.first() && sorted(a) == sorted(b)
}

fn sound_alike(a: &[char], b: &[char]) -> bool {
    use pinyin::ToPinyin;
    let sound = |name: &[char]| {
        name.iter().map(|c| c.to_pinyin().map(pinyin::Pinyin::plain)).collect::<Option<Vec<_>>>()
    };
    a.len() == b.len() && sound(a).is_some_and(|first| sound(b) == Some(first))
}

fn explain(history: &History<'_>, i: usize, usual: &Payee, score: f64) -> Flag {
    let (row, other) = (history.row(i), history.row(usual.first));
    let (at, who, meant, paid, times) = (when(row.at), name(row), name(other), row.amount, usual.count);
    let typical = history.money(i, usual.amounts.median());
    let explanation = Text::new(
        format!(
            "{} 付给{}{paid}，此前没有付过；这个名字与您付过 {times} 次的{}（通常 {typical}）只差一点，可能填错了收款方。",
            at.zh, who.zh, meant.zh
        ),
        format!(
            "{paid} went to {} on {}, never paid before; the name is one letter from {}, whom you paid {times} times \
             (usually {typical}).",
            who.en, at.en, meant.en
        ),
    );
    let innocent = Text::new("确实是另一个人或另一家店。", "It is indeed another person or shop.");
    history.flag(FlagKind::WrongPayee, score, &[i], paid, explanation, innocent)
}
