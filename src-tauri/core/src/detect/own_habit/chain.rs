//! Whether something is going on: a filter over three states, forward in time only.
//!
//! `Fine`: the user pays at their own pace, and now and then a single row is wrong. `Taken`: someone else pays
//! too, several times a day, for a day or two. `Leaking`: for a week or two some of the user's own payments are
//! far larger than usual. Rows close in time share their evidence through the state; a quiet day speaks
//! against `Taken`, because whoever took an account uses it.

use super::curves::{exp, ln};

/// Chance a day that an account is taken, and payments a day from then on until it is given up.
const TAKEN_A_DAY: f64 = 0.0008;
const TAKEN_PACE: f64 = 6.0;
const GIVEN_UP_A_DAY: f64 = 0.6;
/// Chance a day that a leak begins, its end a day, and the share of rows that are then wrong.
const LEAK_A_DAY: f64 = 0.003;
const LEAK_ENDS_A_DAY: f64 = 0.1;
const LEAK_SHARE: f64 = 0.12;
/// Single wrong rows a day, someone else's, and the user's own only larger.
const SINGLE_A_DAY: f64 = 0.002;
const SINGLE_LARGER_A_DAY: f64 = 0.006;

/// Probabilities of the states.
#[derive(Debug, Clone, Copy)]
pub struct Chain {
    fine: f64,
    taken: f64,
    leaking: f64,
}

/// How much likelier a row is under each story than under the user's own habits.
#[derive(Debug, Clone, Copy)]
pub struct Likelihoods {
    /// Paid by someone else.
    pub other: f64,
    /// Paid as ever, only larger.
    pub larger: f64,
}

/// What the filter makes of one row.
#[derive(Debug, Clone, Copy)]
pub struct Judged {
    /// Log-odds that the row is wrong.
    pub odds: f64,
    /// Probability that an account is taken, after the row.
    pub taken: f64,
    /// Probability that the row is wrong.
    pub wrong: f64,
}

impl Default for Chain {
    fn default() -> Self {
        Self { fine: 1.0, taken: 0.0, leaking: 0.0 }
    }
}

impl Chain {
    /// Takes in a row that came `days` after the last, of a user who makes `pace` payments a day.
    pub fn step(&mut self, days: f64, pace: f64, row: &Likelihoods) -> Judged {
        let ends = TAKEN_PACE + GIVEN_UP_A_DAY;
        let still = exp(-ends * days);
        let taken = self.taken * still + self.fine * TAKEN_A_DAY * (1.0 - still) / ends;
        let dry = exp(-LEAK_ENDS_A_DAY * days);
        // Beyond its usual length no leak is still to be begun.
        let begun = LEAK_A_DAY * days.min(1.0 / LEAK_ENDS_A_DAY);
        let leaking = self.leaking * dry + self.fine * begun;
        let fine =
            self.fine + self.taken * (1.0 - still) * GIVEN_UP_A_DAY / ends + self.leaking * (1.0 - dry);
        let wrong_fine = (SINGLE_A_DAY * row.other + SINGLE_LARGER_A_DAY * row.larger) / pace;
        let wrong_taken = TAKEN_PACE / pace * row.other;
        let wrong_leaking = LEAK_SHARE * row.larger;
        let right = fine + taken + leaking * (1.0 - LEAK_SHARE);
        let wrong = fine * wrong_fine + taken * wrong_taken + leaking * wrong_leaking;
        let all = right + wrong;
        self.fine = fine * (1.0 + wrong_fine) / all;
        self.taken = taken * (1.0 + wrong_taken) / all;
        self.leaking = leaking * (1.0 - LEAK_SHARE + wrong_leaking) / all;
        let odds = ln(wrong + f64::MIN_POSITIVE) - ln(right.max(f64::MIN_POSITIVE));
        Judged { odds, taken: self.taken, wrong: wrong / all }
    }
}
