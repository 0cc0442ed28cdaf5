//! What can be said of a row whose trouble is an absence, before the time has passed in which the absence shows.
//!
//! A paid order that is closed, a refund under way, a hold: whether money comes back is known weeks later. On the
//! day itself the user's own history speaks: rows of the same form that came to a good end make this one
//! innocent, rows that did not make it suspect, and in a long ledger without a single row of the form the form
//! itself is strange. The estimate is a share with a small prior: `(a + bad) / (a + bad + b + good)`.

use super::texts::Map;
use std::collections::VecDeque;
use std::hash::Hash;

/// Rows of a form remembered.
const REMEMBERED: usize = 32;
/// Each row that came to a good end weighs more than one that did not: trouble is rare, and what one shop kept
/// says little of the next.
const GOOD_WEIGHS: f64 = 1.5;
const BAD_WEIGHS: f64 = 0.5;
/// A ledger of thousands of rows without the form speaks a little: most forms are innocent when first seen.
const ROWS_A_BAD_END: f64 = 4_000.0;
const MOST_ROWS: f64 = 0.4;

/// So many good ends of another form speak as loud as one bad end of this one; three bad ends are the most.
const CONTRAST: f64 = 2.0;
const MOST_CONTRAST: f64 = 3.0;

/// What is believed of a form nobody has seen yet: weights of trouble and of a good end.
#[derive(Clone, Copy)]
pub struct Prior {
    /// For trouble.
    pub trouble: f64,
    /// For a good end.
    pub good: f64,
}

/// Rows by form.
#[derive(Clone)]
pub struct Forms<F> {
    rows: Map<F, VecDeque<usize>>,
}

impl<F> Default for Forms<F> {
    fn default() -> Self {
        Self { rows: Map::default() }
    }
}

impl<F: Eq + Hash> Forms<F> {
    /// The chance that row `i` of this form comes to no good end; `ended` says of an earlier one whether it did:
    /// well, badly, or not known yet.
    /// `contrast` counts rows that came to a good end and look otherwise: where those are many, this form is not
    /// what a good end looks like here.
    pub fn chance(
        &mut self,
        form: F,
        i: usize,
        prior: Prior,
        contrast: u32,
        ended: impl Fn(usize) -> Option<bool>,
    ) -> f64 {
        let rows = self.rows.entry(form).or_default();
        let (mut good, mut bad) = (0.0, 0.0);
        for &row in rows.iter() {
            match ended(row) {
                Some(true) => good += GOOD_WEIGHS,
                Some(false) => bad += BAD_WEIGHS,
                // Young rows are more likely to end well than not.
                None => good += 0.5 * GOOD_WEIGHS,
            }
        }
        if rows.len() == REMEMBERED {
            rows.pop_front();
        }
        rows.push_back(i);
        let unlike = (f64::from(contrast) / CONTRAST).min(MOST_CONTRAST);
        let trouble = prior.trouble + bad + unlike + (i as f64 / ROWS_A_BAD_END).min(MOST_ROWS);
        trouble / (trouble + prior.good + good)
    }
}
