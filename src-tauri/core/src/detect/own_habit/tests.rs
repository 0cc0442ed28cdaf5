use super::*;

const MIDDAY: i64 = 1_767_240_000;
const DAY: i64 = 86_400;

/// A purchase at noon of a payee of category 0.
fn paid(at: i64, fen: i64, payee: u32) -> Paid<'static> {
    let currency = Currency::CNY;
    Paid {
        at,
        hour: 12,
        amount: fen,
        currency,
        payee,
        category: 0,
        transfer: false,
        channel: "",
        before: None,
    }
}

/// Lunch for about ¥20 at one of three places, every day at noon, for so many days.
fn lunches(days: i64) -> (OwnHabit, Paid<'static>) {
    let mut habit = OwnHabit::default();
    let mut row = paid(MIDDAY, 2000, 0);
    for day in 0..days {
        row = paid(MIDDAY + DAY * day, 1800 + 150 * (day % 5), u32::try_from(day % 3).unwrap());
        habit.step(&row);
    }
    (habit, row)
}

fn next(habit: &OwnHabit, row: &Paid<'_>, fen: i64, hour: usize) -> Fit {
    habit.clone().step(&Paid { amount: fen, hour, ..*row })
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
    let stranger = Paid { payee: 9, ..row };
    assert!(next(&habit, &stranger, 2000, 12).newness > noon.newness);
}

#[test]
fn payments_close_in_time_speak_together_and_a_quiet_week_forgets_them() {
    let (mut habit, mut row) = lunches(90);
    row.category = 7;
    let alone = next(&habit, &row, 3000, 2).odds;
    for minutes in [20, 50] {
        row.at += 60 * minutes;
        habit.step(&Paid { amount: 3000, hour: 2, ..row });
    }
    row.at += 30 * 60;
    let third = next(&habit, &row, 3000, 2);
    assert!(third.odds > alone + 2.0 && third.taken > 0.9, "{alone} {third:?}");
    row.at += 7 * DAY;
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
        row.at += DAY;
        habit.step(&Paid { amount: 6000, ..row });
    }
    assert!(next(&habit, &row, 6000, 12).odds < at_first.min(-4.0));
}

#[test]
fn sending_exactly_the_whole_balance_to_someone_new_says_so() {
    let (habit, row) = lunches(30);
    let (all, some) = (Some(50_000), Some(90_000));
    let sent = Paid { amount: 50_000, payee: 9, transfer: true, ..row };
    assert!(habit.clone().step(&Paid { before: all, ..sent }).empties);
    assert!(!habit.clone().step(&Paid { before: some, ..sent }).empties);
    assert!(!habit.clone().step(&Paid { before: all, transfer: false, ..sent }).empties);
    assert!(!habit.clone().step(&Paid { before: all, payee: 0, ..sent }).empties);
}

#[test]
fn amounts_at_the_end_of_the_range_and_equal_times_stay_finite() {
    let mut habit = OwnHabit::default();
    for fen in [1, i64::MAX, 1, 1, i64::MAX, 500] {
        let fit = habit.step(&Paid { hour: 23, ..paid(MIDDAY, fen, 0) });
        assert!(fit.odds.is_finite() && fit.taken.is_finite() && fit.times.is_finite(), "{fit:?}");
    }
}
