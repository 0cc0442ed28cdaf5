//! Every row of one ledger with how much it is worth a look, as it stood when it came.
//!
//! A row's score comes from the rows at or before it and from nothing else: a flag counts from the row with
//! which it became known, and for the rows of its evidence that came after.

use super::setting::{SHOWN, Sensitivity};
use super::{Detail, Evidence, FlagKind, Ledger, Watch};
use crate::ledger::{Transaction, TransactionId, link};
use crate::money::Money;
use std::collections::HashMap;

/// How much one row is worth a look.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RowScore {
    /// 0..1, higher is more worth a look.
    pub score: f64,
    /// The kinds of the flags that would be shown for it.
    pub kinds: Vec<FlagKind>,
}

/// See [`of_habit`].
const HABIT_MOST: f64 = 0.8;
const TEMPER: f64 = 3.0;
/// A transfer of exactly the whole balance to someone new: hardly anyone does that by chance, whatever else is
/// usual, and it stands above what is named on less.
const EMPTIED: f64 = 0.999;
/// What says of itself that money is held or on its way back, and is not sure enough to be shown, stands above all but the
/// strangest rows that nothing names: one in five to ten of them ends badly, far more than of those.
const ABSENT: f64 = 0.94;
/// Where a flag of habit stands at least; how far it reaches is known later only.
const HABIT_FLAG: f64 = 0.25;

/// Scores every row of one user's ledger, in the order handed in. Rows carry the `refunded` they state
/// themselves; `details` belong to them one by one, or are empty.
pub fn score(transactions: &[Transaction], details: &[Detail]) -> Vec<RowScore> {
    score_at(transactions, details, Sensitivity::Normal)
}

/// The same, with the kinds that would be shown where the user wants to be told so readily. The scores are
/// the same whatever is shown.
pub fn score_at(transactions: &[Transaction], details: &[Detail], shown: Sensitivity) -> Vec<RowScore> {
    let Some(now) = transactions.iter().map(|row| row.at).max() else { return Vec::new() };
    let linked = linked(transactions);
    let mut scores = vec![RowScore::default(); linked.len()];
    let ledger = Ledger {
        evidence: Evidence { transactions: &linked, rulings: &[], now },
        details: if details.len() == linked.len() { details } else { &[] },
        stated: &|row| row.refunded,
    };
    let mut watch = Watch::default();
    watch.follow(&ledger, 0, &mut |place, fit| {
        scores[place].score = if fit.empties { EMPTIED } else { of_habit(fit.odds) };
    });
    for (place, flag) in watch.as_said() {
        let row = &mut scores[place];
        row.score = row.score.max(of_flag(flag.kind, flag.score));
        if flag.score >= shown.least() && !row.kinds.contains(&flag.kind) {
            row.kinds.push(flag.kind);
        }
    }
    scores
}

/// The same, but what should have come counts as the window has it at the end of the ledger: a refund or a release that
/// came after all is no flag any more, and one that never came is, on the row that would be disputed.
pub fn score_in_the_end(
    transactions: &[Transaction],
    details: &[Detail],
    shown: Sensitivity,
) -> Vec<RowScore> {
    let mut scores = score_at(transactions, details, shown);
    let Some(now) = transactions.iter().map(|row| row.at).max() else { return scores };
    let mut linked = transactions.to_vec();
    link::link(&mut linked, &link::Cards::default());
    let came: HashMap<TransactionId, Money> = transactions.iter().map(|row| (row.id, row.refunded)).collect();
    let ledger = Ledger {
        evidence: Evidence { transactions: &linked, rulings: &[], now },
        details: if details.len() == linked.len() { details } else { &[] },
        stated: &|row| came.get(&row.id).copied().unwrap_or(row.refunded),
    };
    let mut watch = Watch::with_hindsight();
    watch.follow(&ledger, 0, &mut |_, _| ());
    scores.iter_mut().for_each(|row| row.kinds.retain(|kind| !is_absence(*kind)));
    let flags = watch.flags(&ledger);
    for flag in flags.iter().filter(|flag| is_absence(flag.kind) && flag.score >= shown.least()) {
        let first = flag.transactions.first();
        let row = linked.iter().position(|row| Some(&row.id) == first).map(|place| &mut scores[place]);
        if let Some(row) = row.filter(|row| !row.kinds.contains(&flag.kind)) {
            row.score = row.score.max(of_flag(flag.kind, flag.score));
            row.kinds.push(flag.kind);
        }
    }
    scores
}

/// Something should have come and did not.
fn is_absence(kind: FlagKind) -> bool {
    matches!(kind, FlagKind::RefundMissing | FlagKind::ForgottenHold)
}

/// A row that only fails to fit the habit stands below every named trouble: where nothing is named, most
/// strange rows are the user's own. The log-odds are tempered, since their terms are not independent.
fn of_habit(odds: f64) -> f64 {
    HABIT_MOST / (1.0 + (-odds / TEMPER).exp())
}

/// A named trouble by how sure its detector is. Flags that only say "not your habit" stand where the habit
/// puts them.
fn of_flag(kind: FlagKind, score: f64) -> f64 {
    match kind {
        FlagKind::UnusualAmount | FlagKind::Burst => HABIT_FLAG,
        _ if is_absence(kind) && score < SHOWN => HABIT_MOST * (ABSENT + (1.0 - ABSENT) * score / SHOWN),
        _ if score < SHOWN => HABIT_MOST * score,
        _ => HABIT_MOST + (1.0 - HABIT_MOST) * score,
    }
}

/// The rows with what each gives money back for, their amounts as they came.
fn linked(transactions: &[Transaction]) -> Vec<Transaction> {
    let mut linked = transactions.to_vec();
    link::link(&mut linked, &link::Cards::default());
    for (row, came) in linked.iter_mut().zip(transactions) {
        row.refunded = came.refunded;
    }
    linked
}
