//! The bill of a household: one month's by its name, or a meter's by its sum.

use crate::detect::phrase::holds;
use crate::ledger::Transaction;

/// The bill of one month, by its name and sum: an odd sum is one household's, a round one may be two's.
const BILL: f64 = 0.80;
const ROUND_BILL: f64 = 0.60;
/// What a household is metered for: to the fen it comes once.
const METERED: &[&str] = &[
    "电费",
    "水费",
    "燃气",
    "天然气",
    "煤气",
    "供暖",
    "取暖",
    "采暖",
    "electricity",
    "water bill",
    "gas bill",
];

/// Whether the row is the bill of one month: 2026年03月水费, or 电费 of an odd sum, as a meter reads.
pub fn is_bill(row: &Transaction) -> bool {
    if row.amount.minor % 100 != 0 && holds(&row.item.to_lowercase(), METERED) {
        return true;
    }
    let Some((year, rest)) = row.item.split_once('年') else { return false };
    let month = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    year.ends_with(|c: char| c.is_ascii_digit()) && month.len() < rest.len() && month.starts_with('月')
}

/// How likely two equal bills of `amount` minor units are one too many.
pub fn score(amount: i64) -> f64 {
    if amount % 100 == 0 { ROUND_BILL } else { BILL }
}
