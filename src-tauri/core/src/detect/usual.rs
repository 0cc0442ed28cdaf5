//! What is usual at a payee, in figures that its rows show: the middle of what was paid there before.
//!
//! Habits weigh rows by curves that nobody can find in a statement; a sentence names what stands in it.

use super::History;
use super::habit::Recent;

/// Rows looked back over, and payments taken: as many as the flag's picture shows.
const LOOK_BACK: usize = 65_536;
const MOST: usize = 59;
/// Fewer have no middle.
const FEWEST: usize = 3;

/// What was paid to the payee of row `i` in rows before `until`, in minor units, the latest first.
pub fn paid_before<'a>(
    history: &'a History<'_>,
    i: usize,
    until: usize,
) -> impl Iterator<Item = (usize, i64)> + 'a {
    let payee = history.lines[i].payee;
    let from = until.saturating_sub(LOOK_BACK);
    let rows = (from..until).rev().map(|row| (row, &history.lines[row]));
    rows.filter(move |(_, line)| line.payee == payee && line.spent)
        .map(|(row, line)| (row, line.amount))
        .take(MOST)
}

/// The middle of what was paid to the payee of row `i` in rows before `until`; `None` where that was too seldom.
pub fn usual(history: &History<'_>, i: usize, until: usize) -> Option<i64> {
    let mut recent = Recent::<MOST>::default();
    paid_before(history, i, until).for_each(|(_, amount)| recent.push(amount));
    (recent.len() >= FEWEST).then(|| recent.median())
}
