//! Simulated ledgers of many users with what is wrong in them, for measuring detectors. Fixed seeds give the
//! same bytes. Columns are those of `recourse score`, and `scored`, `label`, `kind`, `incident`.

mod handbook;
mod mobile_money;
mod years;

pub use handbook::handbook;
pub use mobile_money::mobile_money;
pub use years::years;

use super::Dice;
use chrono::{DateTime, Duration};
use std::io::Write;

/// One row of a simulated ledger.
#[derive(Debug, Clone, Default)]
pub struct LedgerRow {
    /// Whose ledger.
    pub user: String,
    /// Seconds since the simulation began.
    pub at: i64,
    /// Whom it was paid to.
    pub payee: String,
    /// What it was for.
    pub category: &'static str,
    /// How it was paid, where the simulation says so.
    pub channel: &'static str,
    /// Cents.
    pub amount: i64,
    /// Whether the money came in.
    pub income: bool,
    /// Cents before and after, where the simulation keeps a balance.
    pub balance: Option<(i64, i64)>,
    /// Whether detectors are measured on it; rows before are there to learn from.
    pub scored: bool,
    /// What is wrong with it; empty where nothing is.
    pub wrong: &'static str,
    /// Rows of one user with the same number are one incident.
    pub incident: u32,
}

/// Writes rows in time order.
pub fn write(rows: &mut [LedgerRow], out: &mut dyn Write) -> std::io::Result<()> {
    let begins = DateTime::from_timestamp(1_522_540_800, 0).expect("a day in 2018");
    rows.sort_by(|a, b| (a.at, &a.user).cmp(&(b.at, &b.user)));
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "tx_id",
        "user",
        "time",
        "payee",
        "category",
        "channel",
        "amount",
        "direction",
        "balance_before",
        "balance_after",
        "scored",
        "label",
        "kind",
        "incident",
    ])?;
    for (place, row) in rows.iter().enumerate() {
        let cents = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
        let balance = |of: fn((i64, i64)) -> i64| row.balance.map(of).map(cents).unwrap_or_default();
        csv.write_record([
            place.to_string().as_str(),
            &row.user,
            &(begins + Duration::seconds(row.at)).format("%Y-%m-%dT%H:%M:%S").to_string(),
            &row.payee,
            row.category,
            row.channel,
            &cents(row.amount),
            if row.income { "in" } else { "out" },
            &balance(|(before, _)| before),
            &balance(|(_, after)| after),
            if row.scored { "1" } else { "0" },
            if row.wrong.is_empty() { "0" } else { "1" },
            row.wrong,
            &row.incident.to_string(),
        ])?;
    }
    csv.flush()
}

/// Chances beyond whole numbers.
impl Dice {
    /// From 0 to 1, 1 excluded.
    pub fn unit(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Evenly between two numbers.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Normal, by Box and Muller.
    pub fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        mean + deviation * radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// Poisson, by Knuth: for small means.
    pub fn poisson(&mut self, mean: f64) -> usize {
        let limit = (-mean).exp();
        let mut product = self.unit();
        let mut count = 0;
        while product > limit {
            product *= self.unit();
            count += 1;
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_ledgers_and_another_gives_others() {
        let bytes = |seed| {
            let mut out = Vec::new();
            write(&mut handbook(40, seed), &mut out).unwrap();
            write(&mut mobile_money(40, seed), &mut out).unwrap();
            write(&mut years(1, seed), &mut out).unwrap();
            out
        };
        assert_eq!(bytes(1), bytes(1));
        assert_ne!(bytes(1), bytes(2));
    }

    #[test]
    fn a_fraudster_takes_exactly_the_whole_balance() {
        let rows = mobile_money(300, 3);
        let wrong: Vec<_> = rows.iter().filter(|row| !row.wrong.is_empty()).collect();
        assert!(wrong.len() > 20, "{}", wrong.len());
        assert!(wrong.iter().all(|row| row.balance == Some((row.amount, 0))));
    }

    #[test]
    fn chances_have_the_moments_they_should() {
        let mut dice = Dice::new(5);
        let normal: Vec<f64> = (0..20_000).map(|_| dice.normal(3.0, 2.0)).collect();
        let mean = normal.iter().sum::<f64>() / 20_000.0;
        let variance = normal.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 20_000.0;
        assert!((mean - 3.0).abs() < 0.1 && (variance - 4.0).abs() < 0.2, "{mean} {variance}");
        let poisson = (0..20_000).map(|_| dice.poisson(2.5)).sum::<usize>() as f64 / 20_000.0;
        assert!((poisson - 2.5).abs() < 0.1, "{poisson}");
    }
}
