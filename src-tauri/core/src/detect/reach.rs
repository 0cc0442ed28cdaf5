//! How far the files of each wallet reach: what should have come after their end says nothing yet.

use super::History;
use crate::ledger::{Moment, Transaction};

/// The latest row of each wallet's files, by the wallet's number.
#[derive(Clone, Default)]
pub struct Reach {
    latest: Vec<Option<Moment>>,
}

impl Reach {
    /// Takes note of row `i`. One typed by hand says nothing of how far a file reaches.
    pub fn note(&mut self, history: &History<'_>, i: usize) {
        let row = history.row(i);
        if !is_typed(row) {
            let wallet = usize::from(history.lines[i].wallet);
            if wallet >= self.latest.len() {
                self.latest.resize(wallet + 1, None);
            }
            self.latest[wallet] = Some(row.at);
        }
    }

    /// Up to when it is known what came after row `i`: to the end of its wallet's files; to this day where the user typed
    /// it in.
    pub fn after(&self, history: &History<'_>, i: usize) -> Moment {
        let row = history.row(i);
        if is_typed(row) {
            return history.now.max(row.at);
        }
        let latest = self.latest.get(usize::from(history.lines[i].wallet)).copied().flatten();
        latest.unwrap_or(row.at).min(history.now)
    }
}

/// Whether the user noted it by hand.
fn is_typed(row: &Transaction) -> bool {
    row.source.is_none() && row.statement.is_none()
}
