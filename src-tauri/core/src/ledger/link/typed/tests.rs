use super::super::{Cards, link};
use super::*;
use crate::ledger::{Moment, TransactionId};

fn at(time: &str) -> Moment {
    format!("2026-03-{time}+08:00").parse().unwrap()
}

fn row(id: i64, provider: &str, time: &str, fen: i64, party: &str) -> Transaction {
    Transaction {
        id: TransactionId(id),
        key: format!("k{id}"),
        provider: provider.into(),
        statement: Some("fixture".into()),
        counterparty: party.into(),
        ..Transaction::of(at(time), Direction::Out, Kind::Purchase, Money::fen(fen))
    }
}

fn note(id: i64, provider: &str, time: &str, fen: i64, party: &str) -> Transaction {
    Transaction { statement: None, note: "没有买过".into(), ..row(id, provider, time, fen, party) }
}

fn linked(rows: &mut [Transaction]) -> Vec<(i64, i64, Sureness)> {
    link(rows, &Cards::default()).all.iter().map(|link| (link.from.0, link.to.0, link.sure)).collect()
}

#[test]
fn a_note_typed_in_the_evening_is_the_mornings_row_and_speaks_on_it() {
    let mut rows = [
        row(1, "alipay", "01T09:00:00", 12_800, "青禾数码专营店"),
        note(2, "alipay", "01T21:30:00", 12_800, "青禾"),
    ];
    assert_eq!(linked(&mut rows), [(2, 1, Sureness::Certain)]);
    assert_eq!(rows[0].note, "没有买过");
    assert_eq!((rows[0].linked.len(), rows[1].linked.len()), (1, 1));
}

#[test]
fn the_rows_own_note_stays() {
    let mut rows = [row(1, "", "01T09:00:00", 12_800, ""), note(2, "", "01T09:05:00", 12_800, "")];
    rows[0].note = "已联系商户".into();
    assert_eq!(linked(&mut rows).len(), 1);
    assert_eq!(rows[0].note, "已联系商户");
}

#[test]
fn what_does_not_agree_is_another_payment() {
    let paid = row(1, "alipay", "05T09:00:00", 12_800, "青禾数码专营店");
    for (why, other) in [
        ("amount", note(2, "alipay", "05T10:00:00", 12_801, "青禾")),
        ("party", note(2, "alipay", "05T15:00:00", 12_800, "街角咖啡")),
        ("provider", note(2, "wechat-pay", "05T10:00:00", 12_800, "")),
        ("a day later", note(2, "alipay", "06T09:30:00", 12_800, "青禾")),
        ("typed before", note(2, "alipay", "05T08:00:00", 12_800, "青禾")),
        ("direction", Transaction { direction: Direction::In, ..note(2, "", "05T09:00:00", 12_800, "") }),
        ("number", {
            Transaction { order_no: "77".into(), ..note(2, "alipay", "05T09:00:00", 12_800, "青禾") }
        }),
    ] {
        let mut rows = [Transaction { order_no: "88".into(), ..paid.clone() }, other];
        assert_eq!(linked(&mut rows), [], "{why}");
    }
}

#[test]
fn of_two_rows_that_fit_alike_none_is_taken_but_the_minute_decides() {
    let two = |second: &str| {
        [row(1, "alipay", "01T09:00:00", 1_800, "街角咖啡"), row(2, "alipay", second, 1_800, "街角咖啡")]
    };
    let mut rows = [&two("01T10:00:00")[..], &[note(3, "alipay", "01T20:00:00", 1_800, "咖啡")]].concat();
    assert_eq!(linked(&mut rows), []);
    let mut rows = [&two("01T19:58:00")[..], &[note(3, "alipay", "01T20:00:00", 1_800, "咖啡")]].concat();
    assert_eq!(linked(&mut rows), [(3, 2, Sureness::Certain)]);
}

#[test]
fn a_banks_message_is_about_the_wallets_row_and_about_the_banks() {
    let mut wallet = row(1, "wechat-pay", "01T10:22:40", 50_000, "禾木超市");
    wallet.method = "招商银行(1234)".into();
    let mut message = note(2, "cmb", "01T10:23:00", 50_000, "");
    message.method = "尾号1234的储蓄卡".into();
    assert_eq!(linked(&mut [wallet.clone(), message.clone()]), [(2, 1, Sureness::Likely)]);

    let mut bank = row(3, "cmb", "01T00:00:00", 50_000, "财付通-禾木超市");
    bank.method = "1234".into();
    let mut rows = [wallet, message, bank];
    linked(&mut rows);
    let groups: Vec<usize> = rows.iter().map(|row| row.linked.len()).collect();
    assert_eq!(groups, [2, 2, 2], "one payment, three times told");
}

#[test]
fn one_note_speaks_for_one_row() {
    let mut rows = [
        note(1, "", "01T09:01:00", 1_800, ""),
        note(2, "", "01T09:02:00", 1_800, ""),
        row(3, "alipay", "01T09:00:00", 1_800, "街角咖啡"),
    ];
    assert_eq!(linked(&mut rows).len(), 1);
}

#[test]
fn a_note_of_a_refund_is_the_refunds_row_and_gives_nothing_back_twice() {
    let ordered = |of: Transaction| Transaction { order_no: "2026030100000001".into(), ..of };
    let refund = |of| ordered(Transaction { direction: Direction::In, kind: Kind::Refund, ..of });
    let mut rows = [
        ordered(row(1, "alipay", "01T09:00:00", 12_800, "青禾数码专营店")),
        refund(row(2, "alipay", "02T09:00:00", 5_000, "青禾数码专营店")),
        refund(note(3, "alipay", "02T09:01:00", 5_000, "青禾")),
    ];
    link(&mut rows, &Cards::default());
    assert_eq!(rows[2].linked, [TransactionId(2)]);
    assert_eq!((rows[1].refund_of, rows[2].refund_of), (Some(TransactionId(1)), None));
    assert_eq!(rows[0].refunded, Money::fen(5_000));
}

#[test]
fn a_note_of_a_failed_payment_is_not_the_payment_tried_again() {
    let failed = |of: Transaction| Transaction { direction: Direction::Neutral, kind: Kind::Failed, ..of };
    let paid = row(1, "alipay", "01T09:02:00", 12_800, "青禾数码专营店");
    let tried = failed(note(2, "alipay", "01T09:00:00", 12_800, "青禾"));
    assert_eq!(linked(&mut [paid.clone(), tried.clone()]), []);
    let failed_row = failed(row(3, "alipay", "01T09:00:00", 12_800, "青禾数码专营店"));
    assert_eq!(linked(&mut [paid, tried, failed_row]), [(2, 3, Sureness::Certain)]);
}
