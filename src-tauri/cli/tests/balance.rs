//! What an account held after each row: kept, shown, and looked at by the detectors that ask for it.

#![allow(clippy::unwrap_used)] // shared parts of a test are no #[test] themselves

#[path = "shared/desk.rs"]
mod desk;

use desk::Desk;
use serde_json::Value;

const HEADER: &str = "记账日期,货币,交易金额,联机余额,交易摘要,对手信息,客户摘要";

fn bill(rows: &[String]) -> String {
    format!("招商银行交易流水\n户口号：6214********4321\n{HEADER}\n{}\n", rows.join("\n"))
}

/// Breakfasts of 10 yuan, one a day, from `balance` on.
fn breakfasts(month: u32, balance: i64, days: u32) -> Vec<String> {
    (1..=days)
        .map(|day| {
            let left = balance - i64::from(day) * 10;
            format!("2026-{month:02}-{day:02},CNY,-10.00,{left}.00,快捷支付,财付通-晨光早点,微信支付")
        })
        .collect()
}

fn kinds(desk: &Desk) -> Vec<String> {
    desk.run(&["flags"]).iter().map(|flag| flag["kind"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_account_emptied_to_a_stranger_is_told_from_a_banks_own_file() {
    let mut rows = breakfasts(3, 9_000, 20);
    // Two of one day, written the later one first: their order is not known, what they lead to is.
    rows.push("2026-03-25,CNY,\"-8,200.00\",20.00,转账汇款,林某某 6222****0001,".to_owned());
    rows.push("2026-03-25,CNY,-580.00,8220.00,快捷支付,财付通-远山书店,微信支付".to_owned());
    let desk = Desk::new(&[("march.csv", bill(&rows))]);
    desk.run(&["import", &desk.path("march.csv")]);

    let listed = desk.run(&["list", "--search", "林某某"]);
    assert_eq!(listed[0]["balance"], "20.00", "{listed:?}");
    let emptied: Vec<Value> =
        desk.run(&["flags"]).into_iter().filter(|flag| flag["kind"] == "emptied-account").collect();
    assert_eq!(emptied.len(), 1, "{emptied:?}");
    let why = emptied[0]["explanation"].as_str().unwrap();
    assert!(why.contains("¥8220.00") && why.contains("¥20.00"), "{why}");
}

#[test]
fn rows_missing_between_two_files_are_no_slip() {
    let march = bill(&breakfasts(3, 9_000, 28));
    let april = bill(&breakfasts(4, 5_000, 28));
    let desk = Desk::new(&[("march.csv", march), ("april.csv", april)]);
    desk.run(&["import", &desk.path("march.csv"), &desk.path("april.csv")]);
    assert_eq!(kinds(&desk), [] as [&str; 0]);
}

#[test]
fn a_file_read_once_more_changes_no_balance() {
    let desk = Desk::new(&[("march.csv", bill(&breakfasts(3, 9_000, 5)))]);
    desk.run(&["import", &desk.path("march.csv")]);
    let before = desk.run(&["list"]);
    desk.run(&["import", &desk.path("march.csv")]);
    assert_eq!(desk.run(&["list"]), before);
    assert_eq!(before[0]["balance"], "8950.00", "{before:?}");
}
