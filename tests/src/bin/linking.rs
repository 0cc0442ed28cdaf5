//! CPU seconds to link a ledger: `linking [ROWS …]`. Half the rows stand in a wallet, half in a bank's file or
//! two; one in twenty-five is a refund, half of them without a number.

use chrono::{DateTime, FixedOffset, TimeDelta};
use recourse::ledger::link::{Cards, Rule, link};
use recourse::ledger::{Direction, ImportId, Kind, Source, Transaction, TransactionId};
use recourse::money::Money;
use std::time::Instant;

const SHOPS: [&str; 8] =
    ["青禾数码", "街角咖啡", "渔阳小馆", "禾木超市", "布谷鞋服", "江城地铁", "星尘游戏", "小满家居"];

/// Who wrote the files, and the account that each names.
const FILES: [(&str, &str); 3] =
    [("wechat-pay", "小明"), ("cmb", "6214****1234"), ("icbc", "6222020200009876")];

/// Each provider's rows came in a file of their own.
fn file_of(provider: &str) -> ImportId {
    ImportId(FILES.iter().position(|(named, _)| *named == provider).unwrap_or(FILES.len()) as i64)
}

fn row(id: usize, provider: &str, at: DateTime<FixedOffset>, fen: i64, party: String) -> Transaction {
    Transaction {
        id: TransactionId(id as i64),
        key: format!("{id:032x}"),
        provider: provider.into(),
        statement: Some(format!("{provider}-bill")),
        counterparty: party,
        item: "日用品".into(),
        category: "消费".into(),
        status: "支付成功".into(),
        order_no: format!("4200{id:024}"),
        merchant_order_no: format!("M{id:010}"),
        source: Some(Source { import: file_of(provider), row: id as u32 }),
        ..Transaction::of(at, Direction::Out, Kind::Purchase, Money::fen(fen))
    }
}

/// `count` rows over so many days that some forty fall on one, wallet and bank side by side.
fn ledger(count: usize) -> Vec<Transaction> {
    let start: DateTime<FixedOffset> = "2016-01-01T06:00:00+08:00".parse().expect("a moment");
    let mut state = 7_u64;
    let mut draw = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut rows = Vec::with_capacity(count);
    while rows.len() + 3 < count {
        let id = rows.len();
        let at = start + TimeDelta::seconds((id as i64) * 2100);
        let shop = SHOPS[draw(8) as usize];
        let fen = 100 + draw(20_000) as i64;
        let mut paid = row(id, "wechat-pay", at, fen, shop.into());
        paid.method = if draw(2) == 0 { "招商银行(1234)" } else { "工商银行储蓄卡(9876)" }.into();
        let bank = if paid.method.starts_with("招商") { "cmb" } else { "icbc" };
        let midnight = at - TimeDelta::seconds((at.timestamp() + 8 * 3600).rem_euclid(86_400));
        let mut card = row(id + 1, bank, midnight, fen, format!("财付通-{shop}"));
        (card.order_no, card.merchant_order_no) = (String::new(), String::new());
        if draw(25) == 0 {
            let mut back = row(id + 2, "wechat-pay", at + TimeDelta::days(2), fen, shop.into());
            (back.kind, back.direction) = (Kind::Refund, Direction::In);
            back.method.clone_from(&paid.method);
            back.merchant_order_no =
                if draw(2) == 0 { paid.merchant_order_no.clone() } else { String::new() };
            rows.extend([paid, card, back]);
        } else {
            rows.extend([paid, card]);
        }
    }
    rows.sort_by_key(|row| row.at);
    rows
}

/// Seconds this thread has run, where the system tells.
fn on_cpu() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
}

fn main() {
    let mut sizes: Vec<usize> =
        std::env::args().skip(1).map(|rows| rows.parse().expect("a number of rows")).collect();
    if sizes.is_empty() {
        sizes = vec![100_000, 1_000_000];
    }
    println!("| rows | pairs | refunds | CPU s |");
    println!("|---|---|---|---|");
    for size in sizes {
        let mut rows = ledger(size);
        let (begun, spent) = (Instant::now(), on_cpu());
        let cards = Cards::of(FILES.map(|(provider, account)| (file_of(provider), account)));
        let links = link(&mut rows, &cards);
        let seconds = match (spent, on_cpu()) {
            (Some(before), Some(after)) => after - before,
            // One thread that never waits: elapsed time is CPU time on a quiet machine.
            _ => begun.elapsed().as_secs_f64(),
        };
        let pairs = links.all.iter().filter(|link| link.rule == Rule::SamePayment).count();
        let refunds = links.all.iter().filter(|link| link.rule.is_refund()).count();
        println!("| {} | {pairs} | {refunds} | {seconds:.2} |", rows.len());
    }
}
