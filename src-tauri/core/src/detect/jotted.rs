//! Ledgers jotted down for tests, a row a line: `2026-03-01 19:02 buy 128.00 老王火锅; item 双人套餐; memo 两位`.

use super::{Detail, Evidence, Flag, RowScore, Sensitivity, Setting, run_with, score, score_in_the_end};
use crate::ledger::{Direction, ImportId, Kind, Source, Transaction, TransactionId, link};
use crate::money::{Currency, Money};
use chrono::{FixedOffset, NaiveDateTime, TimeZone};

/// What would be shown of a ledger, each row judged by those before it: `2 refund-missing`, rows counted from 1.
pub fn shown(text: &str) -> Vec<String> {
    shown_by(text, score)
}

/// The same, with all rows at hand.
pub fn shown_in_the_end(text: &str) -> Vec<String> {
    shown_by(text, |rows, details| score_in_the_end(rows, details, Sensitivity::Normal))
}

/// What the window tells of a ledger, the most serious first.
pub fn told(text: &str) -> Vec<Flag> {
    let (rows, details) = rows(text);
    let mut linked = rows;
    link::link(&mut linked, &link::Cards::default());
    let now = linked.iter().map(|row| row.at).max().expect("rows");
    let evidence = Evidence { transactions: &linked, rulings: &[], now };
    run_with(&evidence, &details, &Setting::default())
}

fn shown_by(text: &str, score: impl Fn(&[Transaction], &[Detail]) -> Vec<RowScore>) -> Vec<String> {
    let (rows, details) = rows(text);
    let kinds = |(n, scored): (usize, RowScore)| {
        scored.kinds.into_iter().map(move |kind| format!("{} {}", n + 1, kind.name())).collect::<Vec<_>>()
    };
    score(&rows, &details).into_iter().enumerate().flat_map(kinds).collect()
}

fn rows(text: &str) -> (Vec<Transaction>, Vec<Detail>) {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate().map(row).unzip()
}

fn row((n, line): (usize, &str)) -> (Transaction, Detail) {
    let mut words = line.splitn(5, ' ');
    let mut word = || words.next().expect("DATE TIME VERB AMOUNT PARTY");
    let (day, time, verb, amount, rest) = (word(), word(), word(), word(), word());
    let at = NaiveDateTime::parse_from_str(&format!("{day} {time}"), "%Y-%m-%d %H:%M").expect("a time");
    let at = FixedOffset::east_opt(8 * 3600).and_then(|zone| zone.from_local_datetime(&at).single());
    let (direction, kind) = match verb {
        "buy" => (Direction::Out, Kind::Purchase),
        "send" => (Direction::Out, Kind::TransferOut),
        "refund" => (Direction::In, Kind::Refund),
        "fail" => (Direction::Out, Kind::Failed),
        "charge" => (Direction::Out, Kind::Fee),
        "close" => (Direction::Neutral, Kind::Closed),
        "own" => (Direction::Neutral, Kind::OwnTransfer),
        "repay" => (Direction::Neutral, Kind::Repayment),
        "withdraw" => (Direction::Neutral, Kind::Withdrawal),
        other => panic!("no verb: {other}"),
    };
    let amount = Money::from_decimal(amount, Currency::CNY).expect("an amount");
    let mut fields = rest.split("; ");
    let id = i64::try_from(n + 1).expect("few rows");
    let mut row = Transaction {
        id: TransactionId(id),
        key: format!("{n:04}"),
        provider: "wallet".to_owned(),
        counterparty: fields.next().unwrap_or_default().to_owned(),
        method: "余额".to_owned(),
        status: "交易成功".to_owned(),
        source: Some(Source { import: ImportId(1), row: 1 }),
        ..Transaction::of(at.expect("a moment"), direction, kind, amount)
    };
    let mut detail = Detail::default();
    for field in fields {
        let (name, value) = field.split_once(' ').unwrap_or((field, ""));
        let money = |text: &str| Money::from_decimal(text, Currency::CNY).expect("a sum");
        match name {
            "item" => row.item = value.to_owned(),
            "memo" => row.memo = value.to_owned(),
            "account" => row.counterparty_account = value.to_owned(),
            "note" => row.note = value.to_owned(),
            "status" => row.status = value.to_owned(),
            "method" => row.method = value.to_owned(),
            "mo" => row.merchant_order_no = value.to_owned(),
            "order" => row.order_no = value.to_owned(),
            "wallet" => {
                // A file of its own.
                row.source = Some(Source { import: ImportId(2), row: 1 });
                row.provider = value.to_owned();
            }
            // What the row's own status says came back.
            "refunded" => row.refunded = money(value),
            "after" => row.balance = Some(money(value)),
            "category" => row.category = value.to_owned(),
            "channel" => detail.channel = value.to_owned(),
            "balance" => {
                let (before, after) = value.split_once(' ').expect("before and after");
                detail.balance_before = Some(money(before).minor);
                row.balance = Some(money(after));
            }
            other => panic!("no field: {other}"),
        }
    }
    (row, detail)
}
