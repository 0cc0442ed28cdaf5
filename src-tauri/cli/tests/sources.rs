//! One payment in several files: the wallet's, the card's, a second account's. Whatever comes first, it is counted
//! once and flagged once.

#![allow(clippy::unwrap_used)] // shared parts of a test are no #[test] themselves

#[path = "shared/desk.rs"]
mod desk;

use desk::Desk;
use serde_json::Value;

impl Desk {
    fn import(&self, name: &str) -> Value {
        self.run(&["import", &self.path(name)]).remove(0)["files"][0].take()
    }

    /// `provider item|counterparty amount kind = the same of the rows it is linked to`, sorted.
    fn rows(&self) -> Vec<String> {
        let rows = self.run(&["list"]);
        let text = |row: &Value, field: &str| row[field].as_str().unwrap().to_owned();
        let linked = |row: &Value| {
            let ids = row["linked"].as_array().unwrap();
            let mut all: Vec<String> = rows
                .iter()
                .filter(|other| ids.contains(&other["id"]))
                .map(|other| format!("{} {}", text(other, "provider"), text(other, "amount")))
                .collect();
            all.sort();
            all.join(", ")
        };
        let told = |row: &Value| {
            let party = text(row, "counterparty");
            format!(
                "{} {} {party} {} = {}",
                &text(row, "at")[..10],
                text(row, "provider"),
                text(row, "amount"),
                linked(row)
            )
        };
        let mut told: Vec<String> = rows.iter().map(told).collect();
        told.sort();
        told
    }

    /// The flags' kinds with the providers of their rows.
    fn flags(&self) -> Vec<String> {
        self.run(&["flags", "--all"]).iter().map(|flag| flag["kind"].as_str().unwrap().to_owned()).collect()
    }
}

fn wallet() -> String {
    "微信支付账单明细,,,,,,,,\n共5笔记录,,,,,,,,\n\
     交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n\
     2026-03-02 10:00:05,商户消费,青禾便利,日用品,支出,¥28.16,招商银行(1234),支付成功,\"4200000000000001\t\",\"M1\t\",\"/\"\n\
     2026-03-03 12:30:11,商户消费,渔阳小馆,午餐,支出,¥66.00,招商银行(1234),支付成功,\"4200000000000002\t\",\"M2\t\",\"/\"\n\
     2026-03-05 20:00:02,商户消费,京东,京东订单,支出,¥129.00,招商银行(1234),支付成功,\"4200000000000003\t\",\"M3\t\",\"/\"\n\
     2026-03-06 08:00:00,零钱充值,/,/,/,¥200.00,招商银行(1234),充值完成,\"4200000000000004\t\",\"/\",\"/\"\n\
     2026-03-07 09:00:00,商户消费,街角咖啡,拿铁,支出,¥18.00,零钱,支付成功,\"4200000000000005\t\",\"M5\t\",\"/\"\n"
        .to_owned()
}

fn bank() -> String {
    "招商银行交易流水\n户口号：6214********1234\n记账日期,货币,交易金额,联机余额,交易摘要,对手信息,客户摘要\n\
     2026-03-02,CNY,-28.16,\"9,971.84\",快捷支付,财付通-青禾便利店,\n\
     2026-03-03,CNY,-66.00,\"9,905.84\",快捷支付,财付通-渔阳小馆,\n\
     2026-03-05,CNY,-129.00,\"9,776.84\",快捷支付,财付通-京东商城,\n\
     2026-03-06,CNY,-200.00,\"9,576.84\",快捷支付,财付通-微信零钱充值,\n\
     2026-03-08,CNY,-45.00,\"9,531.84\",POS消费,江城书店,\n"
        .to_owned()
}

fn shop() -> String {
    "\u{feff}导出信息：\n京东账号名：jd_user\n共：1笔记录\n\
     交易时间,商户名称,交易说明,金额,收/付款方式,交易状态,收/支,交易分类,交易订单号,商家订单号,备注\n\
     2026-03-05 20:00:00\t,京东平台商户,键盘,129.00,微信支付,交易成功,支出,数码电器,331234567890\t,331234567890\t, ,\n"
        .to_owned()
}

#[test]
fn a_wallet_the_card_behind_it_and_the_shop_in_front_show_each_payment_once() {
    let wanted = [
        "2026-03-02 cmb 财付通-青禾便利店 28.16 = wechat-pay 28.16",
        "2026-03-02 wechat-pay 青禾便利 28.16 = cmb 28.16",
        "2026-03-03 cmb 财付通-渔阳小馆 66.00 = wechat-pay 66.00",
        "2026-03-03 wechat-pay 渔阳小馆 66.00 = cmb 66.00",
        "2026-03-05 cmb 财付通-京东商城 129.00 = jd-pay 129.00, wechat-pay 129.00",
        "2026-03-05 jd-pay 京东平台商户 129.00 = cmb 129.00, wechat-pay 129.00",
        "2026-03-05 wechat-pay 京东 129.00 = cmb 129.00, jd-pay 129.00",
        "2026-03-06 cmb 财付通-微信零钱充值 200.00 = wechat-pay 200.00",
        "2026-03-06 wechat-pay  200.00 = cmb 200.00",
        "2026-03-07 wechat-pay 街角咖啡 18.00 = ",
        "2026-03-08 cmb 江城书店 45.00 = ",
    ];
    for order in [["wallet.csv", "bank.csv", "shop.csv"], ["shop.csv", "bank.csv", "wallet.csv"]] {
        let files = [("wallet.csv", wallet()), ("bank.csv", bank()), ("shop.csv", shop())];
        let desk = Desk::new(&files);
        for file in order {
            let done = desk.import(file);
            assert_eq!(done["problems"], serde_json::json!([]), "{done}");
        }
        assert_eq!(desk.rows(), wanted, "{order:?}");
        assert_eq!(desk.flags(), Vec::<String>::new(), "{order:?}: a payment seen twice is no double");
        for file in order {
            assert_eq!(desk.import(file)["added"], 0, "{file} again");
        }
        assert_eq!(desk.rows(), wanted, "{order:?} again");
    }
}

#[test]
fn a_payment_with_a_red_packet_is_linked_to_the_smaller_sum_of_the_card() {
    let header = "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,";
    let row = "2026-03-05 12:00:00,日用百货,禾木超市,/,日用品,支出,100.00,招商银行信用卡(1234)&红包,交易成功,2026030522001\t,T1\t,,";
    let card = "招商银行信用卡对账单（个人消费卡账户 2026年03月）\n交易日,记账日,交易摘要,人民币金额,卡号末四位,交易地金额\n\
                03/05,03/06,支付宝-禾木超市,95.00,1234,95.00(CN)\n03/07,03/08,江城书店,45.00,1234,45.00(CN)\n";
    let files = [("wallet.csv", format!("{header}\n{row}\n")), ("card.csv", card.to_owned())];
    let desk = Desk::new(&files);
    desk.import("wallet.csv");
    desk.import("card.csv");
    assert_eq!(
        desk.rows(),
        [
            "2026-03-05 alipay 禾木超市 100.00 = cmb 95.00",
            "2026-03-05 cmb 支付宝-禾木超市 95.00 = alipay 100.00",
            "2026-03-07 cmb 江城书店 45.00 = ",
        ]
    );
}

fn ofx(account: &str, rows: &[(&str, &str, &str)]) -> String {
    let row = |(day, amount, number): &(&str, &str, &str)| {
        format!(
            "<STMTTRN><TRNTYPE>XFER<DTPOSTED>{day}<TRNAMT>{amount}<FITID>{number}<NAME>TRANSFER</STMTTRN>"
        )
    };
    let rows: String = rows.iter().map(row).collect();
    format!(
        "OFXHEADER:100\nDATA:OFXSGML\n<OFX><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>1<ACCTID>{account}</BANKACCTFROM>\
         <BANKTRANLIST>{rows}</BANKTRANLIST></STMTRS></OFX>"
    )
}

#[test]
fn two_accounts_with_the_same_bookings_stay_two_and_overlapping_files_of_one_add_nothing() {
    let march = [("20260301", "-5.00", "1"), ("20260302", "-7.00", "2")];
    let april = [("20260302", "-7.00", "2"), ("20260402", "-9.00", "3")];
    let files = [
        ("a-march.ofx", ofx("1111", &march)),
        ("a-april.ofx", ofx("1111", &april)),
        ("b-march.ofx", ofx("2222", &march)),
        ("b-april.ofx", ofx("2222", &april)),
    ];
    for order in [[0, 1, 2, 3], [3, 0, 2, 1]] {
        let desk = Desk::new(&files);
        let mut added = 0;
        for place in order {
            added += desk.import(files[place].0)["added"].as_u64().unwrap();
        }
        assert_eq!(added, 6, "{order:?}: three bookings of each account");
        assert_eq!(desk.run(&["list"]).len(), 6);
        for (name, _) in &files {
            assert_eq!(desk.import(name)["added"], 0, "{name} again");
        }
    }
}

#[test]
fn a_booking_whose_file_names_no_account_belongs_to_the_first_account_that_has_it() {
    let march = [("20260301", "-5.00", "1"), ("20260302", "-7.00", "2")];
    let files =
        [("bare.ofx", ofx("", &march)), ("a.ofx", ofx("1111", &march)), ("b.ofx", ofx("2222", &march))];
    let desk = Desk::new(&files);
    let added = |name| desk.import(name)["added"].as_u64().unwrap();
    assert_eq!((added("bare.ofx"), added("a.ofx"), added("b.ofx")), (2, 0, 2));
    assert_eq!((added("a.ofx"), added("b.ofx"), added("bare.ofx")), (0, 0, 0));
}
