//! Mobile money in the manner of PaySim: a month of paying, sending, putting in and taking out; a fraudster
//! transfers a victim's whole balance to an account of theirs. Taking out one's own whole balance is innocent.

use super::{Dice, LedgerRow};

const MONTH: f64 = 30.0 * 86_400.0;
/// One user in five is robbed, once.
const ROBBED: f64 = 0.2;

/// What a user does, how often, and how much larger than their usual amount.
const ACTS: [(&str, f64, f64); 5] = [
    ("CASH_IN", 0.22, 2.7),
    ("CASH_OUT", 0.35, 2.7),
    ("PAYMENT", 0.34, 0.6),
    ("TRANSFER", 0.08, 4.5),
    ("DEBIT", 0.01, 1.0),
];

/// Simulates so many users.
pub fn mobile_money(users: usize, seed: u64) -> Vec<LedgerRow> {
    let mut dice = Dice::new(seed);
    let mut rows = Vec::new();
    for user in 0..users {
        let mut balance = (dice.normal(8.0, 1.2).exp() * 100.0) as i64;
        let usual = dice.normal(4.5, 1.0);
        let count = 10 + dice.below(70) as usize;
        let mut times: Vec<i64> = (0..count).map(|_| dice.between(0.0, MONTH) as i64).collect();
        times.sort_unstable();
        let robbed =
            (dice.unit() < ROBBED).then(|| count / 3 + dice.below((count - count / 3) as u64) as usize);
        for (place, at) in times.into_iter().enumerate() {
            let wrong = robbed == Some(place) && balance > 500;
            let (category, larger) = if wrong { ("TRANSFER", 1.0) } else { act(&mut dice) };
            let drawn = (dice.normal(usual, 0.8).exp() * larger * 100.0) as i64;
            let amount = match category {
                _ if wrong => balance,
                "CASH_IN" => drawn,
                // Who has less than they want takes out all there is, or gives up.
                "CASH_OUT" if drawn > balance && dice.unit() < 0.4 => balance,
                _ if drawn > balance => continue,
                _ => drawn,
            };
            if amount == 0 {
                continue;
            }
            let income = category == "CASH_IN";
            let after = if income { balance + amount } else { balance - amount };
            rows.push(LedgerRow {
                user: format!("user{user}"),
                at,
                payee: format!("{}{}", &category[..1], dice.below(2_000)),
                category,
                channel: "",
                amount,
                income,
                balance: Some((balance, after)),
                scored: true,
                wrong: if wrong { "emptied" } else { "" },
                incident: u32::from(wrong),
            });
            balance = after;
        }
    }
    rows
}

fn act(dice: &mut Dice) -> (&'static str, f64) {
    let mut left = dice.unit();
    for (category, share, larger) in ACTS {
        if left < share {
            return (category, larger);
        }
        left -= share;
    }
    ("PAYMENT", 0.6)
}
