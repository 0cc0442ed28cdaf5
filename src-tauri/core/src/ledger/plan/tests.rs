use super::*;
use crate::ledger::{Direction, Kind, Moment};
use crate::money::Money;
use std::slice::from_ref;

pub(super) fn draft(order_no: &str, at: &str, fen: i64, status: &str) -> Draft {
    Draft {
        row: 1,
        at: Moment::parse_from_rfc3339(at).unwrap(),
        direction: Direction::Out,
        kind: if status == "等待确认收货" { Kind::Pending } else { Kind::Purchase },
        amount: Money::fen(fen),
        fee: None,
        refunded: Money::fen(0),
        balance: None,
        counterparty: "早点铺".into(),
        counterparty_account: String::new(),
        item: "豆浆".into(),
        method: "余额".into(),
        methods: vec![],
        category: String::new(),
        status: status.into(),
        order_no: order_no.into(),
        merchant_order_no: String::new(),
        memo: String::new(),
        marks: vec![],
        raw: "[]".into(),
    }
}

pub(super) fn places(files: &[&[Draft]]) -> Vec<Vec<Place>> {
    let mut planner = Planner::new([]);
    files.iter().map(|rows| placed(&mut planner, rows).iter().map(|row| row.place).collect()).collect()
}

const MORNING: &str = "2026-03-01T08:00:00+08:00";

#[test]
fn the_same_row_in_two_files_of_one_plan_is_added_once() {
    let row = draft("1", MORNING, 300, "交易成功");
    let placed = places(&[std::slice::from_ref(&row), std::slice::from_ref(&row)]);
    assert_eq!(placed, [vec![Place::New], vec![Place::Again { changed: false }]]);
}

#[test]
fn a_newer_status_is_a_change_and_an_older_one_is_not() {
    let open = [draft("1", MORNING, 300, "等待确认收货")];
    let done = [draft("1", MORNING, 300, "交易成功")];
    assert_eq!(places(&[&open, &done])[1], [Place::Again { changed: true }]);
    assert_eq!(places(&[&done, &open])[1], [Place::Again { changed: false }]);
}

#[test]
fn two_equal_rows_without_a_number_stay_two_and_are_known_again() {
    let file = [draft("", MORNING, 300, "交易成功"), draft("", MORNING, 300, "交易成功")];
    let placed = places(&[&file, &file]);
    assert_ne!(placed[0][0], Place::Again { changed: false });
    assert!(placed[1].iter().all(|place| *place == Place::Again { changed: false }), "{placed:?}");
}

#[test]
fn one_order_number_paid_twice_is_two_transactions() {
    let file =
        [draft("1", MORNING, 300, "交易成功"), draft("1", "2026-03-01T08:05:00+08:00", 300, "交易成功")];
    assert_eq!(places(&[&file]), [vec![Place::New, Place::New]]);
}

#[test]
fn of_three_equal_rows_each_answers_for_one() {
    let row = draft("1", MORNING, 300, "交易成功");
    let two = [row.clone(), row.clone()];
    let three = [row.clone(), row.clone(), row];
    let again = Place::Again { changed: false };
    assert_eq!(places(&[&two, &three]), [vec![Place::New; 2], vec![again, again, Place::New]]);
}

#[test]
fn a_file_of_one_row_a_hundred_thousand_times_is_placed_at_once() {
    let row = draft("1", MORNING, 300, "交易成功");
    let mut planner = Planner::new([]);
    for round in 0..2 {
        let mut placing = planner.file("a", "alipay-app", "", 0);
        let mut new = 0;
        for _ in 0..100_000 {
            new += usize::from(placing.place(&row.view()).place == Place::New);
        }
        assert_eq!(new, if round == 0 { 100_000 } else { 0 });
    }
}

/// Places files of one bank, each with the account it names.
fn of_accounts(files: &[(&str, &[Draft])]) -> Vec<Vec<Placed>> {
    let mut planner = Planner::new([]);
    let mut place =
        |(account, rows): &(&str, &[Draft])| placed_as(&mut planner, ("icbc", "ofx", account), rows);
    files.iter().map(&mut place).collect()
}

pub(super) fn is_new(placed: &[Placed]) -> Vec<bool> {
    placed.iter().map(|row| row.place == Place::New).collect()
}

#[test]
fn equal_bookings_of_two_accounts_are_two_and_each_is_known_again() {
    for number in ["", "F1"] {
        let row = [draft(number, MORNING, 300, "")];
        let files = [("6222****1111", row.as_slice()), ("6222****2222", &row)];
        let again = [files[1], files[0], ("62220000 0000 1111", &row), files[1]];
        let placed = of_accounts(&[files.as_slice(), &again].concat());
        let new: Vec<bool> = placed.iter().flat_map(|rows| is_new(rows)).collect();
        assert_eq!(new, [true, true, false, false, false, false], "number {number:?}");
        assert_ne!(placed[0][0].key, placed[1][0].key);
        assert_eq!((placed[2][0].key, placed[3][0].key), (placed[1][0].key, placed[0][0].key));
    }
}

#[test]
fn a_file_that_names_no_account_doubles_nothing_and_two_accounts_beside_it_stay_two() {
    let row = [draft("", MORNING, 300, "")];
    let placed = of_accounts(&[("", &row), ("1111", &row), ("2222", &row), ("1111", &row), ("", &row)]);
    let new: Vec<bool> = placed.iter().flat_map(|rows| is_new(rows)).collect();
    assert_eq!(new, [true, false, true, false, false]);
}

#[test]
fn keys_of_an_account_are_the_same_whichever_file_comes_first() {
    let two = [draft("", MORNING, 300, ""), draft("", MORNING, 300, "")];
    let [a, b] = [("1111", two.as_slice()), ("2222", two.as_slice())];
    let keys = |placed: &[Placed]| placed.iter().map(|row| row.key.to_string()).collect::<Vec<_>>();
    let (forth, back) = (of_accounts(&[a, b]), of_accounts(&[b, a]));
    assert_eq!((keys(&forth[0]), keys(&forth[1])), (keys(&back[1]), keys(&back[0])));
    let mut all: Vec<String> = forth.iter().flat_map(|rows| keys(rows)).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 4);
}

#[test]
fn both_ends_of_one_transfer_are_two_rows() {
    let out = draft("T1", MORNING, 300, "已转账");
    let into = Draft { direction: Direction::In, kind: Kind::TransferIn, ..out.clone() };
    let placed = places(&[from_ref(&out), from_ref(&into), &[into.clone(), out.clone()]]);
    let again = Place::Again { changed: false };
    assert_eq!(placed, [vec![Place::New], vec![Place::New], vec![again, again]]);
}

#[test]
fn a_payment_that_a_later_file_calls_neutral_is_the_same() {
    let out = draft("T1", MORNING, 300, "交易成功");
    let neutral = Draft { direction: Direction::Neutral, status: "已全额退款".into(), ..out.clone() };
    assert_eq!(places(&[&[out], &[neutral]])[1], [Place::Again { changed: true }]);
}

#[test]
fn cards_that_the_rows_of_a_bill_name_are_told_apart() {
    let bill = |card: &str| Draft {
        method: format!("招商银行信用卡({card})"),
        ..draft("", MORNING, 300, "")
    };
    let mut planner = Planner::new([]);
    let mut place =
        |rows: &[Draft]| -> Vec<bool> { is_new(&placed_as(&mut planner, ("cmb", "cmb-credit", ""), rows)) };
    assert_eq!(place(&[bill("1234"), bill("5678")]), [true, true]);
    assert_eq!(place(&[bill("5678")]), [false]);
    assert_eq!(place(&[bill("9999"), bill("1234")]), [true, false]);
}

/// The row as the ledger holds it.
pub(super) fn transaction(draft: &Draft, key: Key) -> Transaction {
    Transaction {
        id: TransactionId(7),
        key: key.to_string(),
        provider: "a".into(),
        statement: Some("alipay-app".into()),
        refunded: draft.refunded,
        balance: draft.balance,
        counterparty: draft.counterparty.clone(),
        item: draft.item.clone(),
        method: draft.method.clone(),
        status: draft.status.clone(),
        order_no: draft.order_no.clone(),
        ..Transaction::of(draft.at, draft.direction, draft.kind, draft.amount)
    }
}

pub(super) fn placed(planner: &mut Planner, rows: &[Draft]) -> Vec<Placed> {
    placed_as(planner, ("a", "alipay-app", ""), rows)
}

/// Places a file of this provider, format and account.
pub(super) fn placed_as(planner: &mut Planner, of: (&str, &str, &str), rows: &[Draft]) -> Vec<Placed> {
    let mut placing = planner.file(of.0, of.1, of.2, rows.len());
    let mut placed: Vec<Placed> = rows.iter().map(|draft| placing.place(&draft.view())).collect();
    placing.finish(&mut placed);
    placed
}

#[test]
fn no_two_transactions_are_given_one_key() {
    // The first of two equal rows was taken out of the ledger; a file brings both again.
    for number in ["", "1"] {
        let two = [draft(number, MORNING, 300, "交易成功"), draft(number, MORNING, 300, "交易成功")];
        let kept = transaction(&two[1], placed(&mut Planner::new([]), &two)[1].key);
        let mut planner = Planner::new([(&kept, Money::fen(0), "")]);
        let again = placed(&mut planner, &two);
        assert_eq!(again[0].place, Place::Known(kept.id));
        assert!(matches!(again[1].place, Place::New | Place::Unsure(_)));
        assert_ne!(again[1].key.to_string(), kept.key);
    }
}

#[test]
fn a_typed_note_is_never_taken_for_a_row_that_says_the_same() {
    let row = draft("", MORNING, 300, "");
    let note = Transaction {
        statement: None,
        ..transaction(&row, placed(&mut Planner::new([]), from_ref(&row))[0].key)
    };
    let mut planner = Planner::new([(&note, Money::fen(0), "")]);
    assert_eq!(placed(&mut planner, &[row])[0].place, Place::Unsure(note.id));
}

pub(super) const NUMBER: &str = "2026030122001412341234567890";

/// The row as a spreadsheet saves it again: without its number and its second.
fn mangled(of: &Draft) -> Draft {
    let minute = of.at.timestamp() / 60 * 60;
    let at = chrono::DateTime::from_timestamp(minute, 0).unwrap().with_timezone(of.at.offset());
    Draft { at, order_no: String::new(), marks: vec![Mark::MangledId], ..of.clone() }
}

#[test]
fn a_bill_with_destroyed_numbers_and_the_same_untouched_are_one_in_either_order() {
    let whole = draft(NUMBER, "2026-03-01T08:00:37+08:00", 300, "交易成功");
    let other = Draft { item: "油条".into(), ..whole.clone() };
    let (real, saved) = ([whole.clone(), other.clone()], [mangled(&whole), mangled(&other)]);
    let again = |changed| vec![Place::Again { changed }; 2];
    // The number is gained, and never lost again.
    assert_eq!(places(&[&saved, &real, &real, &saved])[1..], [again(true), again(false), again(false)]);
    assert_eq!(places(&[&real, &saved, &real])[1..], [again(false), again(false)]);
}

#[test]
fn a_destroyed_number_answers_for_one_row_and_for_none_of_its_own_file() {
    let row = |last: u32| draft(&format!("20260301220014123412345678{last:02}"), MORNING, 300, "交易成功");
    let (three, saved) = ([row(1), row(2), row(3)], mangled(&row(1)));
    let two = [saved.clone(), saved.clone()];
    let new = |places: &[Place]| places.iter().filter(|place| **place == Place::New).count();
    assert_eq!(new(&places(&[&two, &three])[1]), 1);
    assert_eq!(new(&places(&[&three, &two])[1]), 0);
    assert_eq!(new(&places(&[&three[..1], &two])[1]), 1);
    // One file with a number and without: two payments, and again two.
    let mixed = [row(1), saved];
    let placed = places(&[&mixed, &mixed]);
    assert_eq!((new(&placed[0]), new(&placed[1])), (2, 0));
    // Another minute, amount, party or number that no spreadsheet destroys is another payment.
    for (at, fen, number) in [
        ("2026-03-01T08:01:00+08:00", 300, NUMBER),
        (MORNING, 301, NUMBER),
        (MORNING, 300, "20260301220014123412345678_1"),
    ] {
        assert_eq!(new(&places(&[&two, &[draft(number, at, fen, "交易成功")]])[1]), 1, "{at} {fen} {number}");
    }
}

#[test]
fn the_ledger_gains_the_number_that_a_spreadsheet_had_destroyed() {
    let whole = draft(NUMBER, "2026-03-01T08:00:37+08:00", 300, "交易成功");
    let saved = mangled(&whole);
    let key = |row: &Draft| placed(&mut Planner::new([]), from_ref(row))[0].key;
    let kept = Transaction { marks: vec![Mark::MangledId], ..transaction(&saved, key(&saved)) };
    let mut planner = Planner::new([(&kept, Money::fen(0), "")]);
    assert_eq!(
        placed(&mut planner, from_ref(&whole)),
        [Placed { place: Place::Changed(kept.id), key: key(&saved) }]
    );
    let kept = transaction(&whole, key(&saved));
    for row in [saved, whole] {
        let mut planner = Planner::new([(&kept, Money::fen(0), "")]);
        assert_eq!(placed(&mut planner, &[row])[0].place, Place::Known(kept.id));
    }
}
