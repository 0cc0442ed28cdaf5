use super::*;
use crate::ledger::{Direction, TransactionId};
use crate::money::Money;
use chrono::{DateTime, TimeDelta};

fn paid(at: &str, fen: i64, payee: &str, category: &str) -> Transaction {
    Transaction {
        id: TransactionId(1),
        key: String::new(),
        provider: "wallet".to_owned(),
        statement: None,
        at: DateTime::parse_from_rfc3339(at).unwrap(),
        direction: Direction::Out,
        kind: Kind::Purchase,
        amount: Money::fen(fen),
        fee: None,
        refunded: Money::fen(0),
        counterparty: payee.to_owned(),
        counterparty_account: String::new(),
        item: String::new(),
        method: String::new(),
        category: category.to_owned(),
        status: String::new(),
        order_no: String::new(),
        merchant_order_no: String::new(),
        memo: String::new(),
        marks: Vec::new(),
        refund_of: None,
        linked: Vec::new(),
        note: String::new(),
        source: None,
    }
}

/// Lunch for about ¥20 at one of three places, every day at noon, for so many days.
fn lunches(days: i64) -> (OwnHabit, Transaction) {
    let mut habit = OwnHabit::default();
    let mut row = paid("2026-01-01T12:00:00+08:00", 2000, "面馆", "餐饮");
    for day in 0..days {
        row.at += TimeDelta::days(1);
        row.amount = Money::fen(1800 + 150 * (day % 5));
        row.counterparty = ["面馆", "食堂", "饭店"][usize::try_from(day % 3).unwrap()].to_owned();
        habit.step(&row, row.amount.minor, 12, None);
    }
    (habit, row)
}

fn next(habit: &OwnHabit, row: &Transaction, fen: i64, hour: usize) -> Fit {
    habit.clone().step(row, fen, hour, None)
}

#[test]
fn the_more_above_the_usual_the_stranger() {
    let (habit, row) = lunches(90);
    let odds = [2000, 4000, 8000, 30_000].map(|fen| next(&habit, &row, fen, 12).odds);
    assert!(odds.is_sorted(), "{odds:?}");
    assert!(odds[0] < -5.0 && odds[3] > 0.0, "{odds:?}");
    let times = next(&habit, &row, 21_000, 12).times;
    assert!((9.0..11.5).contains(&times), "{times}");
}

#[test]
fn a_night_hour_and_a_new_payee_speak_against_who_pays_at_noon() {
    let (habit, row) = lunches(90);
    let noon = next(&habit, &row, 2000, 12);
    let night = next(&habit, &row, 2000, 3);
    assert!(noon.hour < 0.0 && night.hour > 1.0, "{} {}", noon.hour, night.hour);
    let mut stranger = row.clone();
    stranger.counterparty = "陌生店".to_owned();
    assert!(next(&habit, &stranger, 2000, 12).newness > noon.newness);
}

#[test]
fn payments_close_in_time_speak_together_and_a_quiet_week_forgets_them() {
    let (mut habit, mut row) = lunches(90);
    row.category = "数码".to_owned();
    let alone = next(&habit, &row, 3000, 2).odds;
    for minutes in [20, 50] {
        row.at += TimeDelta::minutes(minutes);
        habit.step(&row, 3000, 2, None);
    }
    row.at += TimeDelta::minutes(30);
    let third = next(&habit, &row, 3000, 2);
    assert!(third.odds > alone + 2.0 && third.taken > 0.9, "{alone} {third:?}");
    row.at += TimeDelta::days(7);
    assert!(next(&habit, &row, 2000, 12).taken < 0.05);
}

#[test]
fn a_new_user_is_given_the_benefit_of_the_doubt() {
    let (few, row) = lunches(4);
    let (many, _) = lunches(90);
    assert!(next(&few, &row, 30_000, 12).odds < next(&many, &row, 30_000, 12).odds);
    assert!(next(&OwnHabit::default(), &row, 30_000, 12).odds < 0.0);
}

#[test]
fn a_habit_that_moved_is_followed() {
    let (mut habit, mut row) = lunches(90);
    let at_first = next(&habit, &row, 6000, 12).odds;
    for _ in 0..330 {
        row.at += TimeDelta::days(1);
        habit.step(&row, 6000, 12, None);
    }
    assert!(next(&habit, &row, 6000, 12).odds < at_first.min(-4.0));
}

#[test]
fn sending_exactly_the_whole_balance_to_someone_new_says_so() {
    let (habit, mut row) = lunches(30);
    (row.kind, row.counterparty) = (Kind::TransferOut, "某人".to_owned());
    let detail = |before| Detail { balance_before: Some(before), ..Detail::default() };
    assert!(habit.clone().step(&row, 50_000, 12, Some(&detail(50_000))).empties);
    assert!(!habit.clone().step(&row, 50_000, 12, Some(&detail(90_000))).empties);
    row.kind = Kind::Purchase;
    assert!(!habit.clone().step(&row, 50_000, 12, Some(&detail(50_000))).empties);
}

#[test]
fn amounts_at_the_end_of_the_range_and_equal_times_stay_finite() {
    let mut habit = OwnHabit::default();
    let row = paid("2026-01-01T12:00:00+08:00", 1, "店", "");
    for fen in [1, i64::MAX, 1, 1, i64::MAX, 500] {
        let fit = habit.step(&row, fen, 23, None);
        assert!(fit.odds.is_finite() && fit.taken.is_finite() && fit.times.is_finite(), "{fit:?}");
    }
}
