//! An amount far above what this user pays this payee, or ever paid anyone.
//!
//! A taken-over account or a mistyped amount shows against one's own habit: the usual noodle shop does
//! not cost forty times as much. Bills nobody chooses (hospital, school, taxes, rent) are large by nature
//! and stay quiet; so does one large purchase that is not beyond everything seen before, but not a run of them.

use super::habit::Recent;
use super::history::{is_named, name, when};
use super::own_habit::run;
use super::phrase::{HOME, OCCASION, UNCHOSEN, mentions};
use super::{Flag, FlagKind, History};
use crate::ledger::Kind;
use crate::money::Currency;
use crate::text::Text;
use std::collections::HashMap;

/// Rows remembered for a payee: enough for a median, short enough to follow a habit that moves.
const PAYEE_WINDOW: usize = 32;
/// Fewer rows at a payee are no habit yet.
const PAYEE_ROWS: usize = 6;
/// A user with fewer rows has shown too little of an ordinary month.
const OWN_ROWS: usize = 60;
/// ¥200: below it a surprise is not worth a person's time.
const FLOOR: i64 = 20_000;
/// ¥1000: sums between persons vary with the occasion.
const TRANSFER_FLOOR: i64 = 100_000;
/// ¥3000: against the whole ledger only what hurts.
const OWN_FLOOR: i64 = 300_000;
/// Times the median and the largest at this payee. Seasons double or triple a bill; five times is more.
const TIMES_MEDIAN: i64 = 5;
const TIMES_LARGEST: i64 = 2;
/// Times the largest payment remembered at all: one large purchase is life, five times the largest is not.
const TIMES_OWN_LARGEST: i64 = 5;
/// Spreads above the payee's median; below it the payee is one where amounts vary (a market place).
const SPREADS: f64 = 4.0;
/// The least spread of log amounts: a factor of 1.35 either way is always ordinary.
const LEAST_SPREAD: f64 = 0.3;

/// Amounts so far.
#[derive(Clone, Default)]
pub struct Past {
    payees: Vec<Recent<PAYEE_WINDOW>>,
    own: HashMap<Currency, Own>,
    run: run::Run,
}

/// Finds amounts far above the habit.
pub fn find(history: &History<'_>, past: &mut Past) -> Vec<Flag> {
    let Past { payees, own, run } = past;
    payees.resize(history.payees, Recent::default());
    let mut flags = Vec::new();
    for (i, line) in history.spending() {
        let in_run = run.step(history, i);
        let is_free = in_run.is_none();
        flags.extend(in_run);
        if line.kind == Kind::CashGift || line.kind == Kind::Fee {
            continue;
        }
        let here = &mut payees[line.payee as usize];
        let all = own.entry(history.rows[i].amount.currency).or_default();
        let floor = if line.kind == Kind::TransferOut { TRANSFER_FLOOR } else { FLOOR };
        if line.kept >= floor && is_free {
            let flag = if here.len() >= PAYEE_ROWS && is_named(history.rows[i]) {
                above_payee(history, i, here)
            } else {
                above_all(history, i, all)
            };
            flags.extend(flag.filter(|_| !mentions_any_large(history, i)));
        }
        here.push(line.kept);
        all.rows += 1;
        all.largest = all.largest.max(line.kept);
    }
    flags
}

/// The whole ledger in one currency.
#[derive(Clone, Default)]
struct Own {
    rows: usize,
    largest: i64,
}

fn mentions_any_large(history: &History<'_>, i: usize) -> bool {
    [HOME, OCCASION, UNCHOSEN].iter().any(|words| mentions(history.rows[i], words))
}

fn above_payee(history: &History<'_>, i: usize, here: &Recent<PAYEE_WINDOW>) -> Option<Flag> {
    let kept = history.lines[i].kept;
    let largest = here.max();
    if kept < largest.saturating_mul(TIMES_LARGEST) {
        return None;
    }
    let median = here.median();
    let spreads = here.spreads_above(kept, LEAST_SPREAD);
    if kept < median.saturating_mul(TIMES_MEDIAN) || spreads < SPREADS {
        return None;
    }
    let row = history.rows[i];
    let (who, at) = (name(row), when(row.at));
    let (paid, usual, most) = (history.money(i, kept), history.money(i, median), history.money(i, largest));
    let (times, count) = (ratio(kept, median), here.len());
    let explanation = Text::new(
        format!(
            "{} 付给{}{paid}，是您平时在这里所付的 {times} 倍：最近 {count} 次多为 {usual} 上下，最多 {most}。",
            at.zh, who.zh
        ),
        format!(
            "{paid} went to {} on {}: {times} times what you usually pay here. The last {count} payments were \
             mostly about {usual}, at most {most}.",
            who.en, at.en
        ),
    );
    let innocent = Text::new(
        "您这次确实多买了，或一次付清了几笔。",
        "You bought more this time, or settled several things at once.",
    );
    let night = if history.lines[i].at_night() { 0.05 } else { 0.0 };
    let score = (0.52 + 0.03 * (spreads - SPREADS)).clamp(0.52, 0.80) + night;
    Some(history.flag(FlagKind::UnusualAmount, score, &[i], paid, explanation, innocent))
}

fn above_all(history: &History<'_>, i: usize, all: &Own) -> Option<Flag> {
    let line = &history.lines[i];
    // A first transfer to a person has its own detector.
    let applies = line.kind != Kind::TransferOut && line.kept >= OWN_FLOOR && all.rows >= OWN_ROWS;
    if !applies || line.kept < all.largest.saturating_mul(TIMES_OWN_LARGEST) {
        return None;
    }
    let row = history.rows[i];
    let (who, at, paid) = (name(row), when(row.at), history.money(i, line.kept));
    let (most, times) = (history.money(i, all.largest), ratio(line.kept, all.largest));
    let explanation = Text::new(
        format!("{} 付给{}{paid}，是此前账单里最大一笔（{most}）的 {times} 倍。", at.zh, who.zh),
        format!(
            "{paid} went to {} on {}: {times} times the largest payment in this ledger before it ({most}).",
            who.en, at.en
        ),
    );
    let innocent = Text::new("这是您计划好的大额消费。", "It is a large purchase you had planned.");
    let score = if line.at_night() { 0.70 } else { 0.55 };
    Some(history.flag(FlagKind::UnusualAmount, score, &[i], paid, explanation, innocent))
}

/// `a / b` with one decimal, cut rather than rounded up.
fn ratio(a: i64, b: i64) -> String {
    let tenths = i128::from(a) * 10 / i128::from(b.max(1));
    format!("{}.{}", tenths / 10, tenths % 10)
}
