//! The same payment taken twice.
//!
//! A terminal is tapped again, an app retries a payment that had gone through, a shop books one order
//! twice: same payee, same amount, shortly one after the other, and nothing came back. The same merchant
//! order number on both leaves hardly a doubt; without it the amount must be more than a coffee and the
//! payee must not be one where this user pays twice in a row anyway.

use super::history::{Line, is_named, name, stretch, when};
use super::phrase::{FAMILY_CARD, holds, mentions};
use super::{Flag, FlagKind, History};
use crate::ledger::Kind;
use crate::text::Text;
use std::collections::HashMap;

/// Retries and double taps come within minutes; later, the user more likely came back for more.
const WINDOW: i64 = 10 * 60;
/// One merchant order is one debt: charged again within days it is the same debt.
const ORDER_WINDOW: i64 = 3 * 86_400;
/// Within this a person hardly pays a second basket: a double tap.
const DOUBLE_TAP: i64 = 60;
/// Up to this a retry is likelier than a second purchase.
const RETRY: i64 = 2 * 60;
/// ¥30: coffees, rides and vending machines are bought in twos.
const SMALL: i64 = 3_000;
/// ¥50: from here a second purchase of exactly the same amount is rare.
const NOTABLE: i64 = 5_000;
/// ¥200: smaller sums go to friends in pieces.
const TRANSFER: i64 = 20_000;
/// Games, gifts to streamers, lucky draws, rides: the same amount again and again is how they are sold.
const REPEATED: &[&str] = &[
    "游戏", "点券", "钻石", "元宝", "金币", "打赏", "抽奖", "盲盒", "彩票", "地铁", "公交", "乘车", "轨道",
    "售货", "售卖", "自助", "游乐",
];

/// Charges of one amount at one payee, each within the window after the one before.
struct Run {
    rows: Vec<usize>,
    same_order: bool,
}

/// Finds runs of equal charges.
pub fn find(history: &History<'_>) -> Vec<Flag> {
    let mut runs: Vec<Run> = Vec::new();
    let mut last: HashMap<(u32, i64), (usize, Option<usize>)> = HashMap::new();
    let mut twice_here: HashMap<u32, u32> = HashMap::new();
    for (i, line) in history.spending().filter(|(i, line)| may_repeat(history, *i, line)) {
        let entry = last.entry((line.payee, line.amount)).or_insert((i, None));
        let (before, run) = *entry;
        let Some(same_order) = (before != i).then(|| again(history, before, i)).flatten() else {
            *entry = (i, None);
            continue;
        };
        if let Some(run) = run {
            runs[run].rows.push(i);
            runs[run].same_order &= same_order;
            entry.0 = i;
        } else if same_order || worth_asking(history, before, i, &twice_here) {
            *entry = (i, Some(runs.len()));
            runs.push(Run { rows: vec![before, i], same_order });
        } else {
            *twice_here.entry(line.payee).or_default() += 1;
            entry.0 = i;
        }
    }
    runs.iter().filter_map(|run| judge(history, run)).collect()
}

/// Whether the row is of a kind that can be charged twice by mistake.
fn may_repeat(history: &History<'_>, i: usize, line: &Line) -> bool {
    matches!(line.kind, Kind::Purchase | Kind::TransferOut | Kind::Other)
        && line.kept == line.amount
        && is_named(history.rows[i])
}

/// Whether `i` repeats `before`; if so, whether both carry the same merchant order number.
fn again(history: &History<'_>, before: usize, i: usize) -> Option<bool> {
    let (a, b) = (history.rows[before], history.rows[i]);
    let gap = history.lines[i].at - history.lines[before].at;
    if gap > ORDER_WINDOW
        || a.kind != b.kind
        // A payment noted by hand and read from a statement later is one payment.
        || a.source.is_some() != b.source.is_some()
        || [a, b].iter().any(|row| mentions(row, FAMILY_CARD) || holds(&row.method, FAMILY_CARD))
    {
        return None;
    }
    let order = a.merchant_order_no.trim();
    if order.len() > 4 && order == b.merchant_order_no.trim() {
        return Some(true);
    }
    (gap <= WINDOW && a.item.trim() == b.item.trim()).then_some(false)
}

/// Whether two equal charges without a common order number are more than a habit.
fn worth_asking(history: &History<'_>, before: usize, i: usize, twice_here: &HashMap<u32, u32>) -> bool {
    let line = &history.lines[i];
    let gap = line.at - history.lines[before].at;
    let habit = twice_here.contains_key(&line.payee) || mentions(history.rows[i], REPEATED);
    let floor = match (line.kind, gap) {
        (Kind::TransferOut, _) => TRANSFER,
        (_, ..=DOUBLE_TAP) => SMALL,
        _ => NOTABLE,
    };
    !habit && line.amount >= floor
}

fn judge(history: &History<'_>, run: &Run) -> Option<Flag> {
    let (&first, &last) = (run.rows.first()?, run.rows.last()?);
    let (line, row) = (&history.lines[last], history.rows[last]);
    let times = i64::try_from(run.rows.len()).ok()?;
    let gap = line.at - history.lines[first].at;
    if line.kind == Kind::TransferOut && times > 2 && !run.same_order {
        // A sum sent in equal pieces is cut up on purpose, mostly because of limits.
        return None;
    }
    let score = match (run.same_order, line.kind) {
        (true, _) => 0.95,
        (false, Kind::TransferOut) => 0.55,
        (false, _) if gap <= DOUBLE_TAP => 0.80,
        (false, _) if gap <= RETRY => 0.72,
        (false, _) => 0.60,
    };
    let extra = history.money(last, line.amount.saturating_mul(times - 1));
    let (who, start, between) = (name(row), when(history.rows[first].at), stretch(gap));
    let proof = match (run.same_order, row.item.trim()) {
        (true, _) => Text::new("，商家订单号相同", ", under the same merchant order number"),
        (false, "") => Text::default(),
        (false, item) => Text::new(format!("，商品都是「{item}」"), format!(", each for “{item}”")),
    };
    let often = if times == 2 { "twice".to_owned() } else { format!("{times} times") };
    let explanation = Text::new(
        format!(
            "{} 起 {}内，{}收了 {times} 次 {}{}。如果只该付一次，多付的是 {extra}。",
            start.zh, between.zh, who.zh, row.amount, proof.zh
        ),
        format!(
            "{} took {} {often} within {} from {}{}. If one was due, {extra} was paid too much.",
            who.en, row.amount, between.en, start.en, proof.en
        ),
    );
    let innocent = Text::new(
        "您确实买了两份，或替别人也付了一份。",
        "You bought two, or paid for someone else as well.",
    );
    let mut rows: Vec<usize> = run.rows.clone();
    rows.reverse();
    Some(history.flag(FlagKind::DuplicateCharge, score, &rows, extra, explanation, innocent))
}
