//! What belongs together is found across files, months and notes, whatever comes first.

#![allow(clippy::unwrap_used)] // shared parts of a test are no #[test] themselves

#[path = "shared/desk.rs"]
mod desk;

use desk::Desk;
use serde_json::Value;

const HEADER: &str = "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,";

/// A bill of the app with these rows.
fn bill(rows: &[&str]) -> String {
    let count = rows.len();
    format!("支付宝账户：138******00\n共{count}笔记录\n{HEADER}\n{}\n", rows.join("\n"))
}

fn march() -> String {
    bill(&[
        "2026-03-02 10:01:05,服饰装扮,素锦服饰,/,外套,支出,399.00,花呗,交易成功,2026030122001400000000000001\t,T1\t,,",
        "2026-03-28 19:12:40,日用百货,邻里便利店,/,水果,支出,59.90,余额,交易成功,2026032822001400000000000002\t,T2\t,,",
        "2026-03-29 08:00:00,餐饮美食,街角咖啡,/,拿铁,支出,18.00,余额,交易成功,2026032922001400000000000003\t,T3\t,,",
    ])
}

fn april() -> String {
    bill(&[
        "2026-04-03 10:02:05,退款,素锦服饰,/,退款-外套,不计收支,100.00,花呗,退款成功,2026030122001400000000000001_1\t,T1\t,,",
        "2026-04-09 10:02:05,退款,素锦服饰,/,退款-外套,不计收支,40.00,花呗,退款成功,2026030122001400000000000001_2\t,T1\t,,",
        "2026-04-10 10:02:05,退款,邻里便利店,/,退款-水果,不计收支,59.90,余额,退款成功,,,,",
    ])
}

/// The two months' bills.
fn two_months() -> Desk {
    Desk::new(&[("march.csv", march()), ("april.csv", april())])
}

impl Desk {
    /// `item kind amount refunded → item of the payment`, sorted; ids differ by the order of imports.
    fn facts(&self) -> Vec<String> {
        let rows = self.run(&["list"]);
        let item = |id: &Value| {
            rows.iter().find(|row| row["id"] == *id).map_or("-", |row| row["item"].as_str().unwrap())
        };
        let told = |row: &Value| {
            let text = |field: &str| row[field].as_str().unwrap().to_owned();
            let of = item(&row["refund_of"]);
            format!("{} {} {} {} → {of}", text("item"), text("kind"), text("amount"), text("refunded"))
        };
        let mut facts: Vec<String> = rows.iter().map(told).collect();
        facts.sort();
        facts
    }
}

#[test]
fn a_refund_in_the_next_months_file_finds_its_payment_whichever_file_comes_first() {
    let wanted = [
        "外套 purchase 399.00 140.00 → -",
        "拿铁 purchase 18.00 0.00 → -",
        "水果 purchase 59.90 59.90 → -",
        "退款-外套 refund 100.00 0.00 → 外套",
        "退款-外套 refund 40.00 0.00 → 外套",
        "退款-水果 refund 59.90 0.00 → 水果",
    ];
    for order in [["march.csv", "april.csv"], ["april.csv", "march.csv"]] {
        let desk = two_months();
        for file in order {
            desk.run(&["import", &desk.path(file)]);
        }
        assert_eq!(desk.facts(), wanted, "{order:?}");
    }
    let together = two_months();
    together.run(&["import", &together.path("april.csv"), &together.path("march.csv")]);
    assert_eq!(together.facts(), wanted);
}

#[test]
fn a_note_and_the_row_imported_later_are_one_payment() {
    let desk = two_months();
    let note = ["note", "--provider", "alipay", "--at", "2026-03-28 21:00", "--amount", "59.90"];
    desk.run(&[&note[..], &["--counterparty", "邻里", "--text", "水果是坏的"]].concat());
    desk.run(&["import", &desk.path("march.csv")]);
    let rows = desk.run(&["list"]);
    let typed = rows.iter().find(|row| row["source"].is_null()).unwrap();
    let read = rows.iter().find(|row| row["item"] == "水果").unwrap();
    assert_eq!(typed["linked"], serde_json::json!([read["id"]]));
    assert_eq!(read["linked"], serde_json::json!([typed["id"]]));
    assert_eq!(read["note"], "水果是坏的");
    let others = rows.iter().filter(|row| row["linked"].as_array().unwrap().is_empty()).count();
    assert_eq!(others, 2);
}
