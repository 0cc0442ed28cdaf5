//! One card over fourteen years. Habits move: towns, prices, what is bought, how it is paid; every fifth payee is
//! new anyway, and on journeys all are. A few times somebody else pays, some five times within two days: new
//! payees, other categories, any hour, ordinary amounts.

use super::{Dice, LedgerRow};

const DAY: i64 = 86_400;
const YEARS: i64 = 14;
/// Nothing is measured in the first of them.
const LEARNING_YEARS: i64 = 2;
/// Payments a day.
const PACE: f64 = 2.6;
/// A town's shops of each kind.
const SHOPS: u64 = 6;
/// Payments at a shop never seen before.
const NEW: f64 = 0.16;
/// How often somebody else pays, and how many times then.
const TAKEN: u64 = 5;
const TIMES: f64 = 5.0;

/// What is bought: the category, how often at first, the logarithm of the amount and its spread, the hour.
const LIFE: [(&str, f64, f64, f64, f64); 14] = [
    ("grocery", 3.0, 3.4, 0.7, 16.0),
    ("restaurant", 2.4, 2.9, 0.5, 15.0),
    ("fast-food", 2.0, 2.2, 0.4, 13.0),
    ("fuel", 1.6, 3.3, 0.4, 12.0),
    ("drug-store", 0.8, 2.9, 0.8, 15.0),
    ("utility", 0.4, 4.4, 0.4, 10.0),
    ("phone", 0.2, 4.2, 0.2, 10.0),
    ("transit", 0.8, 1.4, 0.3, 9.0),
    ("clothing", 0.3, 3.9, 0.7, 16.0),
    ("doctor", 0.2, 4.2, 0.7, 11.0),
    ("books", 0.3, 2.7, 0.6, 19.0),
    ("hardware", 0.3, 3.8, 0.9, 14.0),
    ("media", 0.6, 2.3, 0.5, 20.0),
    ("transfer-fee", 0.2, 4.6, 0.7, 12.0),
];
const JOURNEY: [(&str, f64); 4] = [("hotel", 5.0), ("restaurant", 3.3), ("airline", 5.4), ("souvenir", 3.2)];
const ELSEWHERE: [&str; 9] = [
    "department-store",
    "electronics",
    "discount-store",
    "clothing",
    "jewellery",
    "music-store",
    "drug-store",
    "shoe-store",
    "cosmetics",
];

/// Simulates so many users.
pub fn years(users: usize, seed: u64) -> Vec<LedgerRow> {
    let mut dice = Dice::new(seed ^ 0x5eed_0f14);
    (0..users).flat_map(|user| one(&format!("user{user}"), &mut dice)).collect()
}

fn one(user: &str, dice: &mut Dice) -> Vec<LedgerRow> {
    let days = YEARS * 365;
    let mut often: Vec<f64> = LIFE.iter().map(|(_, often, ..)| often * dice.normal(0.0, 0.5).exp()).collect();
    let (level, late) = (dice.normal(0.0, 0.3), dice.normal(0.0, 1.5));
    let (mut town, mut moves_in, mut away, mut next_journey) = (0, 500, 0, 60);
    let taken: Vec<(i64, u32)> = (1_u32..)
        .zip(0..TAKEN)
        .map(|(number, _)| {
            (LEARNING_YEARS * 365 + dice.below((days - LEARNING_YEARS * 365) as u64) as i64, number)
        })
        .collect();
    let mut rows = Vec::new();
    for day in 0..days {
        let year = day as f64 / 365.0;
        moves_in -= 1;
        if moves_in == 0 {
            (town, moves_in) = (town + 1, 400 + dice.below(1_000) as i64);
        }
        if day % 30 == 0 {
            often.iter_mut().for_each(|often| *often *= dice.normal(0.0, 0.08).exp());
        }
        next_journey -= 1;
        if next_journey == 0 {
            (away, next_journey) = (3 + dice.below(8) as i64, 60 + dice.below(200) as i64);
        }
        away -= 1;
        for _ in 0..dice.poisson(PACE) {
            let mut row = if away > 0 { journey(dice) } else { at_home(dice, &often, town, late) };
            row.amount = (row.amount as f64 * (level + 0.03 * year).exp()) as i64;
            row.at += day * DAY;
            row.scored = day >= LEARNING_YEARS * 365;
            row.channel = match row.channel {
                "" if year > 9.0 && dice.unit() < 0.85 => "chip",
                "" => "swipe",
                channel => channel,
            };
            rows.push(row);
        }
        for &(_, incident) in taken.iter().filter(|(at, _)| *at == day) {
            for _ in 0..2 + dice.poisson(TIMES - 2.0) {
                let channel = if dice.unit() < 0.6 { "online" } else { "swipe" };
                rows.push(LedgerRow {
                    at: day * DAY + dice.below(2 * DAY as u64) as i64,
                    payee: format!("far{}", dice.below(100_000_000)),
                    category: dice.pick(&ELSEWHERE),
                    amount: (dice.normal(4.0, 0.9).exp() * 100.0) as i64,
                    channel,
                    scored: true,
                    wrong: "taken",
                    incident,
                    ..LedgerRow::default()
                });
            }
        }
    }
    rows.retain(|row| row.amount > 0);
    rows.iter_mut().for_each(|row| user.clone_into(&mut row.user));
    rows
}

fn at_home(dice: &mut Dice, often: &[f64], town: u32, late: f64) -> LedgerRow {
    let mut left = dice.between(0.0, often.iter().sum());
    let kind = often.iter().position(|often| {
        left -= often;
        left < 0.0
    });
    let (category, _, amount, spread, hour) = LIFE[kind.unwrap_or(0)];
    // Most go to the same few; some are met once and never again.
    let shop = dice.below(SHOPS).min(dice.below(SHOPS));
    let payee = match dice.unit() < NEW {
        true => format!("{category}{}", dice.below(100_000_000)),
        false => format!("{category}-{town}-{shop}"),
    };
    let usual = amount + 0.25 * (shop as f64 - 2.0);
    let at = dice.normal((hour + late) * 3600.0, 3.0 * 3600.0) as i64;
    LedgerRow {
        at: at.rem_euclid(DAY),
        payee,
        category,
        amount: (dice.normal(usual, spread).exp() * 100.0) as i64,
        channel: if matches!(category, "media" | "books" | "phone") { "online" } else { "" },
        ..LedgerRow::default()
    }
}

fn journey(dice: &mut Dice) -> LedgerRow {
    let (category, amount) = JOURNEY[dice.below(4) as usize];
    LedgerRow {
        at: dice.normal(14.0 * 3600.0, 4.0 * 3600.0).rem_euclid(DAY as f64) as i64,
        payee: format!("{category}{}", dice.below(100_000_000)),
        category,
        amount: (dice.normal(amount, 0.6).exp() * 100.0) as i64,
        ..LedgerRow::default()
    }
}
