//! Moving house and furnishing a home: some weeks in which one pays strangers for large things one never buys.
//!
//! Movers, agents, a line laid, beds and a washing machine come from many new payees within days, as a thief's
//! purchases do; but they say what they are, come by day, and nobody sells them on.

use super::super::History;
use super::super::topics::Topic;

/// What is needed for a home is bought for so long before and after.
const DAYS: i64 = 14;
/// So many payments show it.
const ENOUGH: usize = 2;
/// Rows looked back over.
const LOOK_BACK: usize = 512;

/// Whether row `i` pays for a move, or for what stands in a home, while people are up.
pub fn is_for_home(history: &History<'_>, i: usize) -> bool {
    history.sign(i).is(Topic::Dwelling) && !history.lines[i].at_night()
}

/// Whether the user is moving or furnishing when row `i` comes.
pub fn settles_in(history: &History<'_>, i: usize) -> bool {
    let since = history.lines[i].at - DAYS * 86_400;
    let recent = (i.saturating_sub(LOOK_BACK)..=i).rev().take_while(|&row| history.lines[row].at >= since);
    let home = |&row: &usize| history.lines[row].spent && is_for_home(history, row);
    !history.lines[i].at_night() && recent.filter(home).take(ENOUGH).count() == ENOUGH
}
