//! Card payments as chapter 3 of the Fraud Detection Handbook describes its simulator.
//!
//! Customers live and terminals stand in a square of 100 by 100 and meet within a radius of 5. A customer has a
//! mean amount between 5 and 100, half of it as deviation, and up to four payments a day, at about noon. Wrong
//! are: any amount above 220; what is paid at two terminals a day for 28 days; a third of the payments of
//! three customers a day for 14 days, five times as large. The published data has 5,000 customers and 10,000
//! terminals; fewer customers are drawn here at the same rates.

use super::{Dice, LedgerRow};
use std::collections::HashMap;

const DAYS: usize = 183;
/// Days before it are there to learn from.
const LEARNING: usize = 60;
const TERMINALS: usize = 10_000;
const PUBLISHED_CUSTOMERS: f64 = 5_000.0;
const RADIUS: f64 = 5.0;

/// Simulates so many customers.
pub fn handbook(customers: usize, seed: u64) -> Vec<LedgerRow> {
    let mut dice = Dice::new(seed);
    let place = |dice: &mut Dice| (dice.between(0.0, 100.0), dice.between(0.0, 100.0));
    let terminals: Vec<(f64, f64)> = (0..TERMINALS).map(|_| place(&mut dice)).collect();
    let mut rows: Vec<(usize, usize, usize, LedgerRow)> = Vec::new();
    for customer in 0..customers {
        let (x, y) = place(&mut dice);
        let near = |&&terminal: &&usize| {
            let (tx, ty) = terminals[terminal];
            (tx - x).powi(2) + (ty - y).powi(2) < RADIUS * RADIUS
        };
        let all: Vec<usize> = (0..TERMINALS).collect();
        let near: Vec<usize> = all.iter().filter(near).copied().collect();
        let (mean, often) = (dice.between(5.0, 100.0), dice.between(0.0, 4.0));
        for day in 0..DAYS {
            for _ in 0..dice.poisson(often) {
                let second = dice.normal(43_200.0, 20_000.0).trunc();
                if !(0.0 < second && second < 86_400.0) || near.is_empty() {
                    continue;
                }
                let amount = match dice.normal(mean, mean / 2.0) {
                    amount if amount >= 0.0 => amount,
                    _ => dice.between(0.0, 2.0 * mean),
                };
                let terminal = near[dice.below(near.len() as u64) as usize];
                let row = LedgerRow {
                    user: format!("customer{customer}"),
                    at: day as i64 * 86_400 + second as i64,
                    payee: format!("terminal{terminal}"),
                    amount: (amount * 100.0).round() as i64,
                    scored: day >= LEARNING,
                    wrong: if amount > 220.0 { "amount" } else { "" },
                    ..LedgerRow::default()
                };
                rows.push((customer, day, terminal, row));
            }
        }
    }
    let mut incident = 0;
    compromise_terminals(&mut dice, &mut rows, &mut incident);
    compromise_customers(&mut dice, &mut rows, customers, &mut incident);
    for (.., row) in &mut rows {
        if !row.wrong.is_empty() && row.incident == 0 {
            incident += 1;
            row.incident = incident;
        }
    }
    rows.into_iter().map(|(.., row)| row).collect()
}

type Simulated = (usize, usize, usize, LedgerRow);

fn compromise_terminals(dice: &mut Dice, rows: &mut [Simulated], incident: &mut u32) {
    let mut at: HashMap<usize, Vec<usize>> = HashMap::new();
    for (place, (_, _, terminal, _)) in rows.iter().enumerate() {
        at.entry(*terminal).or_default().push(place);
    }
    for day in 0..DAYS {
        for _ in 0..2 {
            let terminal = dice.below(TERMINALS as u64) as usize;
            *incident += 1;
            for &place in at.get(&terminal).map_or(&[][..], Vec::as_slice) {
                let (_, then, _, row) = &mut rows[place];
                if (day..day + 28).contains(then) && row.wrong.is_empty() {
                    (row.wrong, row.incident) = ("terminal", *incident);
                }
            }
        }
    }
}

fn compromise_customers(dice: &mut Dice, rows: &mut [Simulated], customers: usize, incident: &mut u32) {
    let mut of: HashMap<usize, Vec<usize>> = HashMap::new();
    for (place, (customer, ..)) in rows.iter().enumerate() {
        of.entry(*customer).or_default().push(place);
    }
    for day in 0..DAYS {
        for _ in 0..dice.poisson(3.0 * customers as f64 / PUBLISHED_CUSTOMERS) {
            let customer = dice.below(customers as u64) as usize;
            let paid = of.get(&customer).map_or(&[][..], Vec::as_slice);
            let mut within: Vec<usize> =
                paid.iter().copied().filter(|&place| (day..day + 14).contains(&rows[place].1)).collect();
            *incident += 1;
            for _ in 0..within.len() / 3 {
                let place = within.swap_remove(dice.below(within.len() as u64) as usize);
                let row = &mut rows[place].3;
                row.amount *= 5;
                (row.wrong, row.incident) = ("customer", *incident);
            }
        }
    }
}
