//! How far the files of each wallet reach: what should have come after their end says nothing yet.

use super::History;
use super::texts::Map;
use crate::ledger::{Moment, Transaction};

/// The latest row of each wallet's files.
#[derive(Clone, Default)]
pub struct Reach {
    latest: Map<u16, Moment>,
}

impl Reach {
    /// Takes note of row `i`. One typed by hand says nothing of how far a file reaches.
    pub fn note(&mut self, history: &History<'_>, i: usize) {
        let row = history.row(i);
        if !is_typed(row) {
            self.latest.insert(history.lines[i].wallet, row.at);
        }
    }

    /// Up to when it is known what came after row `i`: to the end of its wallet's files; to this day where the user typed
    /// it in.
    pub fn after(&self, history: &History<'_>, i: usize) -> Moment {
        let row = history.row(i);
        if is_typed(row) {
            return history.now.max(row.at);
        }
        self.latest.get(&history.lines[i].wallet).copied().unwrap_or(row.at).min(history.now)
    }
}

/// Whether the user noted it by hand.
fn is_typed(row: &Transaction) -> bool {
    row.source.is_none() && row.statement.is_none()
}
