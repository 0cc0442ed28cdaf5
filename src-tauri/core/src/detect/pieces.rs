//! One story in pieces is told once, with all of it.
//!
//! A victim pays the deposit, the "unfreezing" and the tax on it, and writes down why on some of them only; a stolen card is
//! tried once and charged three times. On its day each piece is told by itself. With all rows at hand one flag tells them
//! all, so that one case holds them.

use super::{Flag, History};
use crate::money::Money;
use crate::text::Text;

/// Flags of one story, in time order, the surest of them first.
pub struct Story {
    /// The flag that tells it.
    pub surest: Flag,
    /// The row that each flag became known with, in time order.
    pub rows: Vec<usize>,
}

/// Gathers flags into stories: a flag belongs to the latest story for which `goes_on` holds.
pub fn stories(flags: &mut Vec<Flag>, goes_on: impl Fn(&Story, &Flag) -> bool) -> Vec<Story> {
    let mut stories: Vec<Story> = Vec::new();
    flags.sort_by_key(Flag::latest);
    for flag in flags.drain(..) {
        match stories.iter_mut().rev().find(|story| goes_on(story, &flag)) {
            Some(story) => {
                story.rows.push(flag.latest());
                if flag.score > story.surest.score {
                    story.surest = flag;
                }
            }
            None => stories.push(Story { rows: vec![flag.latest()], surest: flag }),
        }
    }
    stories
}

/// The flag of a story whose payments are `taken`, in time order, and which `beside` shows. `more` says how many there are and
/// what they come to.
pub fn joined(
    history: &History<'_>,
    surest: Flag,
    taken: &[usize],
    beside: &[usize],
    more: impl Fn(usize, Money) -> Text,
) -> Flag {
    if taken.len() < 2 {
        return surest;
    }
    let first = surest.places.first().map_or(0, |&place| place as usize);
    let sum = taken.iter().fold(0, |sum: i64, &i| sum.saturating_add(left(history, i)));
    let sum = history.money(first, sum);
    let more = more(taken.len(), sum);
    let explanation = Text::new(surest.explanation.zh + &more.zh, surest.explanation.en + " " + &more.en);
    let others = taken.iter().chain(beside).copied().filter(|&i| i != first);
    let rows: Vec<usize> = std::iter::once(first).chain(others).collect();
    history.flag(surest.kind, surest.score, &rows, sum, explanation, surest.innocent)
}

/// What of row `i` has not come back.
pub fn left(history: &History<'_>, i: usize) -> i64 {
    let (row, line) = (history.row(i), &history.lines[i]);
    line.kept.min(row.amount.minor.saturating_sub(row.refunded.minor)).max(0)
}
