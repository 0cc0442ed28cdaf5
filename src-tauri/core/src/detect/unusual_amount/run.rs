//! Several payments within a day and a half, each far above the habit of its own category.
//!
//! Who spends with someone else's card buys other things, and dearer ones, than its owner: one such
//! payment is life, three in a row are not. Each is measured against the user's own payments of the same
//! category, so that a dear hotel is no surprise beside other hotels.

use super::super::habit::Recent;
use super::super::history::{is_named, name, stretch, when};
use super::super::{Flag, FlagKind, History};
use super::mentions_any_large;
use crate::ledger::Kind;
use crate::money::Currency;
use crate::text::Text;
use chrono::Datelike;
use std::collections::{HashMap, VecDeque};

/// Payments remembered of a category, and how many make a habit.
const WINDOW: usize = 64;
const HABIT: usize = 15;
/// Nine of ten payments of the category are smaller than half of a surprising one.
const PERCENTILE: usize = 90;
const TIMES: i64 = 2;
/// ¥100 each, ¥1000 together: less is not worth a person's time.
const LEAST: i64 = 10_000;
const TOTAL: i64 = 100_000;
/// Three within 36 hours. Measured on simulated card ledgers: two in a day find a tenth more incidents at six
/// times the false alarms.
const MANY: usize = 3;
const STRETCH: i64 = 36 * 3600;
/// A category that holds more than every second purchase tells nothing of what was bought.
const MOST_OF_ALL: usize = 2;
/// Days of the shopping festivals: dear baskets are what they are for.
const FESTIVALS: [(u32, u32); 6] = [(6, 17), (6, 18), (11, 10), (11, 11), (12, 11), (12, 12)];

/// A payment far above its category's habit, and the habit.
#[derive(Clone, Copy)]
struct Surprise {
    row: usize,
    most: i64,
}

/// Finds runs of surprising payments.
pub fn find(history: &History<'_>) -> Vec<Flag> {
    let mut categories: HashMap<(&str, Currency), (usize, Recent<WINDOW>)> = HashMap::new();
    let mut recent: VecDeque<Surprise> = VecDeque::new();
    let mut runs: Vec<Vec<Surprise>> = Vec::new();
    let mut open = false;
    let bought = history.spending().filter(|(_, line)| line.kind == Kind::Purchase);
    for (purchases, (i, line)) in bought.enumerate() {
        let row = history.rows[i];
        let category = row.category.trim();
        let (count, habit) = categories.entry((category, row.amount.currency)).or_default();
        let telling = !category.is_empty() && count.saturating_mul(MOST_OF_ALL) <= purchases;
        *count += 1;
        if telling && line.kept >= LEAST && habit.len() >= HABIT {
            let most = habit.percentile(PERCENTILE);
            if line.kept >= most.saturating_mul(TIMES) && is_surprise(history, i) {
                let began = |s: &Surprise| line.at - history.lines[s.row].at > STRETCH;
                open &= !recent.back().is_none_or(began);
                while recent.front().is_some_and(began) {
                    recent.pop_front();
                }
                recent.push_back(Surprise { row: i, most });
                match runs.last_mut().filter(|_| open) {
                    Some(run) => run.push(Surprise { row: i, most }),
                    None if recent.len() >= MANY => {
                        runs.push(recent.iter().copied().collect());
                        open = true;
                    }
                    None => {}
                }
            }
        }
        habit.push(line.kept);
    }
    runs.iter().filter_map(|run| explain(history, run)).collect()
}

fn is_surprise(history: &History<'_>, i: usize) -> bool {
    let at = history.rows[i].at;
    is_named(history.rows[i])
        && !FESTIVALS.contains(&(at.month(), at.day()))
        && !mentions_any_large(history, i)
}

fn explain(history: &History<'_>, run: &[Surprise]) -> Option<Flag> {
    let (first, last) = (run.first()?, run.last()?);
    let top = run.iter().max_by_key(|s| (history.lines[s.row].kept, std::cmp::Reverse(s.row)))?;
    let same = |s: &&Surprise| history.rows[s.row].amount.currency == history.rows[top.row].amount.currency;
    let run: Vec<&Surprise> = run.iter().filter(same).collect();
    let total = run.iter().fold(0, |sum: i64, s| sum.saturating_add(history.lines[s.row].kept));
    if total < TOTAL || run.len() < MANY {
        return None;
    }
    let row = history.rows[top.row];
    let count = run.len();
    let span = stretch(history.lines[last.row].at - history.lines[first.row].at);
    let (start, who) = (when(history.rows[first.row].at), name(row));
    let (sum, paid) = (history.money(top.row, total), history.money(top.row, history.lines[top.row].kept));
    let most = history.money(top.row, top.most);
    let category = row.category.trim();
    let explanation = Text::new(
        format!(
            "{} 起 {}内有 {count} 笔都远高于您在同类支出里的习惯，共 {sum}。最大一笔是付给{}的 {paid}，而您此前的「{category}」\
             支出十笔里九笔不超过 {most}。",
            start.zh, span.zh, who.zh
        ),
        format!(
            "{count} payments within {} from {}, {sum} in all, were each far above your habit for their kind. \
             The largest was {paid} to {}; nine in ten of your payments in “{category}” before it were at most {most}.",
            span.en, start.en, who.en
        ),
    );
    let innocent = Text::new(
        "您当时在旅行、搬家或集中采购。",
        "You were travelling, moving house or buying several large things.",
    );
    let night = run.iter().filter(|s| history.lines[s.row].at_night()).count() * 2 > count;
    let more = (count - MANY).min(5) as f64;
    let score = 0.62 + 0.03 * more + if night { 0.10 } else { 0.0 };
    let mut rows: Vec<usize> = run.iter().map(|s| s.row).collect();
    rows.sort_by_key(|&i| (std::cmp::Reverse(history.lines[i].kept), i));
    Some(history.flag(FlagKind::UnusualAmount, score, &rows, sum, explanation, innocent))
}
