//! Rows that are read again otherwise, placed file after file.

use super::super::tests::{NUMBER, draft, is_new, placed, placed_as, places, transaction};
use super::super::{Mark, Place, Placed, Planner, Transaction};
use crate::ledger::{Direction, Kind, Moment};
use crate::money::Money;
use crate::statements::Draft;
use std::slice::from_ref;

const EXACT: &str = "2026-03-01T09:05:17+08:00";
const MINUTE: &str = "2026-03-01T09:05:00+08:00";
const AGAIN: Place = Place::Again { changed: false };
const NEWER: Place = Place::Again { changed: true };

fn paid(at: &str, fen: i64) -> Draft {
    draft(NUMBER, at, fen, "交易成功")
}

fn unpaid(at: &str, fen: i64) -> Draft {
    Draft {
        direction: Direction::Neutral,
        kind: Kind::Pending,
        method: String::new(),
        ..draft(NUMBER, at, fen, "等待付款")
    }
}

fn refund(at: &str, fen: i64, status: &str) -> Draft {
    Draft { direction: Direction::Neutral, kind: Kind::Refund, ..draft(NUMBER, at, fen, status) }
}

#[test]
fn a_bill_that_a_spreadsheet_saved_without_seconds_is_the_same_in_either_order() {
    let bill = |at: &str, back: &str| [paid(at, 300), refund(back, 300, "退款成功")];
    let real = bill(EXACT, "2026-03-02T19:25:43+08:00");
    let saved = bill(MINUTE, "2026-03-02T19:25:00+08:00");
    assert_eq!(places(&[&real, &saved, &real])[1..], [[AGAIN; 2], [AGAIN; 2]]);
    // The seconds are gained.
    assert_eq!(places(&[&saved, &real, &saved])[1..], [[NEWER; 2], [AGAIN; 2]]);
}

#[test]
fn a_number_paid_twice_within_a_minute_stays_two_and_another_amount_or_way_is_another_row() {
    let two = [paid(EXACT, 300), paid("2026-03-01T09:05:44+08:00", 300)];
    let saved = [paid(MINUTE, 300), paid(MINUTE, 300)];
    assert_eq!(places(&[&two, &saved])[1], [AGAIN; 2]);
    assert_eq!(places(&[&saved, &two])[1], [NEWER; 2]);
    assert_eq!(places(&[&two[..1], &saved])[1], [AGAIN, Place::New]);
    let income = Draft { direction: Direction::In, kind: Kind::TransferIn, ..paid(MINUTE, 300) };
    for other in [paid(MINUTE, 301), income, refund(MINUTE, 300, "退款成功")] {
        assert_eq!(places(&[&two[..1], from_ref(&other)])[1], [Place::New], "{other:?}");
    }
    // Seconds that both tell are two moments.
    let short = |at: &str| draft("12345678", at, 300, "");
    assert_eq!(places(&[&[short(EXACT)], &[short(MINUTE)]])[1], [Place::New]);
}

#[test]
fn an_order_paid_later_or_for_less_is_the_one_that_was_not_paid() {
    for later in [paid("2026-03-03T20:00:09+08:00", 300), paid(EXACT, 270)] {
        let (open, settled) = ([unpaid(EXACT, 300)], [later]);
        assert_eq!(places(&[&open, &settled, &open, &settled])[1..], [[NEWER], [AGAIN], [AGAIN]]);
        assert_eq!(places(&[&settled, &open])[1], [AGAIN]);
    }
    // What was paid is not paid for less, and nothing waits for half a year.
    assert_eq!(places(&[&[paid(EXACT, 300)], &[paid(EXACT, 270)]])[1], [Place::New]);
    assert_eq!(places(&[&[unpaid(EXACT, 300)], &[paid("2026-09-01T09:00:00+08:00", 300)]])[1], [Place::New]);
}

#[test]
fn the_moment_of_another_step_of_an_order_makes_no_second_one() {
    let created = [paid(EXACT, 300)];
    let of_payment = [paid("2026-03-01T09:05:31+08:00", 300)];
    assert_eq!(places(&[&created, &of_payment])[1], [AGAIN]);
    let late = paid("2026-03-20T08:00:01+08:00", 300);
    let other = |at: &str| draft("9988776655443322", at, 500, "交易成功");
    let whole = [other("2026-02-27T08:00:00+08:00"), late.clone(), other("2026-03-31T08:00:00+08:00")];
    assert_eq!(places(&[&created, &whole])[1], [Place::New, AGAIN, Place::New]);
    let mut planner = Planner::new([]);
    placed(&mut planner, &created);
    let of_another_format = placed_as(&mut planner, ("a", "alipay-web", ""), from_ref(&late));
    assert_eq!(of_another_format[0].place, AGAIN);
    // The next rate of one contract stands in a file that begins later; several rows of one number stay.
    assert_eq!(places(&[&created, &[late.clone(), other("2026-03-31T08:00:00+08:00")]])[1], [Place::New; 2]);
    let twice = [paid("2026-03-01T10:00:01+08:00", 300), paid("2026-03-01T11:00:01+08:00", 300)];
    assert_eq!(places(&[&created, &twice])[1], [Place::New; 2]);
    assert_eq!(places(&[&twice, &created])[1], [Place::New]);
    // A file that has the very row has another payment beside it.
    assert_eq!(places(&[&created, &[late, paid(EXACT, 300)]])[1], [Place::New, AGAIN]);
}

/// A row of a bank's history, which has no number: its party, and what the account held afterwards.
fn booked(at: &str, party: &str, balance: i64) -> Draft {
    let day_only = if at.contains("T00:00:00") { vec![Mark::DateOnly] } else { vec![] };
    Draft {
        counterparty: party.into(),
        balance: Some(Money::fen(balance)),
        marks: day_only,
        ..draft("", at, 300, "")
    }
}

fn of_bank(files: &[&[Draft]]) -> Vec<Vec<Place>> {
    let mut planner = Planner::new([]);
    let mut place = |rows: &&[Draft]| placed_as(&mut planner, ("ccb", "ccb-debit", "6217****1234"), rows);
    files.iter().map(|rows| place(rows).iter().map(|row| row.place).collect()).collect()
}

#[test]
fn a_bank_row_is_known_by_its_day_amount_and_balance_where_columns_are_left_out() {
    const DAY: &str = "2026-03-01T00:00:00+08:00";
    let full = [booked(EXACT, "早点铺", 700), booked("2026-03-01T12:00:09+08:00", "面馆", 400)];
    for less in [
        [booked(DAY, "早点铺", 700), booked(DAY, "面馆", 400)],
        [booked(EXACT, "", 700), booked("2026-03-01T12:00:09+08:00", "", 400)],
        [booked(DAY, "", 700), booked(DAY, "", 400)],
    ] {
        assert_eq!(of_bank(&[&full, &less])[1], [AGAIN; 2]);
        assert_eq!(of_bank(&[&less, &full, &less, &full])[1..], [[NEWER; 2], [AGAIN; 2], [AGAIN; 2]]);
    }
    let income = Draft { direction: Direction::In, ..booked(DAY, "", 700) };
    for other in [booked(DAY, "", 701), booked("2026-03-02T00:00:00+08:00", "", 700), income] {
        assert_eq!(of_bank(&[&full[..1], from_ref(&other)])[1], [Place::New], "{other:?}");
    }
    // Bought, given back and bought again: two of three rows are alike.
    let bought = [booked(EXACT, "早点铺", 700), booked("2026-03-01T12:00:09+08:00", "早点铺", 700)];
    let days = [booked(DAY, "早点铺", 700), booked(DAY, "早点铺", 700)];
    assert_eq!(of_bank(&[&bought, &days])[1], [AGAIN; 2]);
    assert_eq!(of_bank(&[&bought[..1], &days])[1].iter().filter(|place| **place == AGAIN).count(), 1);
    assert_eq!(of_bank(&[&bought[..1], &bought[1..]])[1], [Place::New], "two moments are two rows");
}

#[test]
fn a_file_that_leaves_out_the_numbers_doubles_nothing() {
    let numbered = [draft("8AB12345CD678901E", EXACT, 300, "Completed")];
    let bare = [draft("", EXACT, 300, "Completed")];
    assert_eq!(places(&[&numbered, &bare, &numbered])[1..], [[AGAIN], [AGAIN]]);
    assert_eq!(places(&[&bare, &numbered, &bare])[1..], [[NEWER], [AGAIN]]);
    for other in [draft("", MINUTE, 300, ""), draft("", EXACT, 301, "")] {
        assert_eq!(places(&[&numbered, from_ref(&other)])[1], [Place::New], "{other:?}");
    }
    let nobody = Draft { counterparty: String::new(), ..bare[0].clone() };
    assert_eq!(places(&[&numbered, &[nobody]])[1], [Place::New]);
}

#[test]
fn a_reading_that_fills_an_empty_cell_is_newer_and_one_that_leaves_it_empty_is_not() {
    let told = [paid(EXACT, 300)];
    let less = [Draft { method: String::new(), memo: String::new(), ..told[0].clone() }];
    assert_eq!(places(&[&told, &less])[1], [AGAIN]);
    assert_eq!(places(&[&less, &told, &less])[1..], [[NEWER], [AGAIN]]);
    let nothing = [Draft { status: String::new(), ..less[0].clone() }];
    assert_eq!(places(&[&told, &nothing])[1], [AGAIN], "an empty status is no other one");
}

#[test]
fn an_export_that_says_nothing_of_refunds_takes_none_back_and_may_tell_the_rest() {
    let with_refund = Draft { refunded: Money::fen(100), method: String::new(), ..paid(EXACT, 300) };
    let with_method = paid(EXACT, 300);
    let (web, app) = ([with_refund], [with_method]);
    assert_eq!(places(&[&web, &app, &web, &app])[1..], [[NEWER], [AGAIN], [AGAIN]]);
    assert_eq!(places(&[&app, &web, &app, &web])[1..], [[NEWER], [AGAIN], [AGAIN]]);
}

#[test]
fn an_older_export_takes_no_settlement_back() {
    let back = |status: &str| [refund(EXACT, 300, status)];
    assert_eq!(places(&[&back("退款成功"), &back("退款中")])[1], [AGAIN]);
    assert_eq!(places(&[&back("退款中"), &back("退款成功")])[1], [NEWER]);
    let escrow = Draft { kind: Kind::Purchase, ..draft(NUMBER, EXACT, 300, "等待确认收货") };
    assert_eq!(places(&[&[paid(EXACT, 300)], from_ref(&escrow)])[1], [AGAIN]);
    assert_eq!(places(&[&[escrow], &[paid(EXACT, 300)]])[1], [NEWER]);
}

#[test]
fn what_is_read_otherwise_keeps_the_identity_it_has_in_the_ledger() {
    let (open, settled) = (unpaid(EXACT, 300), paid("2026-03-01T09:20:44+08:00", 270));
    let key = placed(&mut Planner::new([]), from_ref(&open))[0].key;
    let kept = Transaction { kind: Kind::Pending, direction: Direction::Neutral, ..transaction(&open, key) };
    let mut planner = Planner::new([(&kept, Money::fen(0), "")]);
    let changed = placed(&mut planner, from_ref(&settled));
    assert_eq!(changed, [Placed { place: Place::Changed(kept.id), key }]);
    // The same file once more in the same plan, and the older one.
    for row in [settled, open] {
        assert_eq!(placed(&mut planner, &[row]), [Placed { place: Place::Known(kept.id), key }]);
    }
}

#[test]
fn a_number_that_stands_on_every_row_is_placed_at_once() {
    let row = |second: i64| {
        let start: Moment = Moment::parse_from_rfc3339(EXACT).unwrap();
        Draft { at: start + chrono::TimeDelta::seconds(second), ..paid(EXACT, 300) }
    };
    let (one, other): (Vec<_>, Vec<_>) = (0..20_000).map(|nth| (row(2 * nth), row(2 * nth + 1))).unzip();
    let mut planner = Planner::new([]);
    for file in [one, other] {
        assert!(is_new(&placed(&mut planner, &file)).into_iter().all(|new| new));
    }
}
