use super::super::{Cards, link};
use super::*;
use crate::ledger::link::{Clue, Links, Sureness};
use crate::ledger::{ImportId, Source, TransactionId};
use crate::money::Money;
use proptest::prelude::*;

/// One row in short: `id provider kind direction fen time | party | item | method`.
pub(in super::super) fn row(told: &str) -> Transaction {
    let parts: Vec<&str> = told.split('|').map(str::trim).collect();
    let head: Vec<&str> = parts[0].split_whitespace().collect();
    let id: i64 = head[0].parse().unwrap();
    let word = |text: &str| serde_json::Value::String(text.into());
    let at = if head[5].contains('T') { head[5].to_owned() } else { format!("{}T00:00:00", head[5]) };
    let text = |place: usize| parts.get(place).copied().unwrap_or_default().to_owned();
    Transaction {
        id: TransactionId(id),
        key: format!("k{id:04}"),
        provider: head[1].into(),
        statement: Some(format!("{}-file", head[1])),
        counterparty: text(1),
        item: text(2),
        method: text(3),
        source: Some(Source { import: ImportId(i64::from(head[1].len() as u32)), row: id as u32 }),
        ..Transaction::of(
            format!("2026-{at}+08:00").parse().unwrap(),
            serde_json::from_value(word(head[3])).unwrap(),
            serde_json::from_value(word(head[2])).unwrap(),
            Money::fen(head[4].parse().unwrap()),
        )
    }
}

fn rows(told: &[&str]) -> Vec<Transaction> {
    told.iter().map(|told| row(told)).collect()
}

/// The pairs as `upper-lower`, and all links.
fn pairs(rows: &mut [Transaction]) -> (Vec<(i64, i64)>, Links) {
    let links = link(rows, &Cards::default());
    let twins = links.all.iter().filter(|link| !link.rule.is_refund() && link.rule != Rule::TypedNote);
    (twins.map(|link| (link.from.0, link.to.0)).collect(), links)
}

/// A name, rows, the pairs wanted.
type Case = (&'static str, &'static [&'static str], &'static [(i64, i64)]);

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("a card line that names the wallet, with a day and no clock", &[
        "1 wechat-pay purchase out 2816 03-01T10:02:11 | 青禾便利 | 日用品 | 招商银行(1234)",
        "2 cmb purchase out 2816 03-01 | 财付通-青禾便利店 | | 1234",
    ], &[(1, 2)]),
    ("posted two days later", &[
        "1 alipay purchase out 9900 03-06T22:10:00 | 布谷鞋服旗舰店 | 运动鞋 | 招商银行信用卡(1234)",
        "2 cmb purchase out 9900 03-08 | 支付宝-布谷鞋服 | |",
    ], &[(1, 2)]),
    ("a time on both sides", &[
        "1 alipay purchase out 1500 03-01T10:00:00 | 渔阳小馆 | 午餐 | 中国银行储蓄卡(0814)",
        "2 boc purchase out 1500 03-01T10:00:03 | 支付宝 | 快捷支付 |",
    ], &[(1, 2)]),
    ("another bank's card", &[
        "1 alipay purchase out 1500 03-01T10:00:00 | 渔阳小馆 | 午餐 | 中国银行储蓄卡(0814)",
        "2 cmb purchase out 1500 03-01T10:00:03 | 支付宝-渔阳小馆 | |",
    ], &[]),
    ("another card of the same bank", &[
        "1 alipay purchase out 1500 03-01T10:00:00 | 渔阳小馆 | 午餐 | 招商银行信用卡(1234)",
        "2 cmb purchase out 1500 03-01 | 支付宝-渔阳小馆 | | 信用卡(5678)",
    ], &[]),
    ("paid from a balance or a credit line", &[
        "1 alipay purchase out 1500 03-01T10:00:00 | 渔阳小馆 | 午餐 | 花呗",
        "2 wechat-pay purchase out 1500 03-01T11:00:00 | 渔阳小馆 | 午餐 | 零钱",
        "3 cmb purchase out 1500 03-01 | 支付宝-渔阳小馆 | |",
        "4 cmb purchase out 1500 03-01 | 财付通-渔阳小馆 | |",
    ], &[]),
    ("another amount, another direction, too early, too late", &[
        "1 wechat-pay purchase out 1500 03-05T10:00:00 | 渔阳小馆 | | 招商银行(1234)",
        "2 cmb purchase out 1501 03-05 | 财付通-渔阳小馆 | |",
        "3 cmb income in 1500 03-05 | 财付通-渔阳小馆 | |",
        "4 cmb purchase out 1500 03-04 | 财付通-渔阳小馆 | |",
        "5 cmb purchase out 1500 03-09 | 财付通-渔阳小馆 | |",
    ], &[]),
    ("the wallet in front decides", &[
        "1 wechat-pay purchase out 1500 03-05T10:00:00 | 渔阳小馆 | | 招商银行(1234)",
        "2 alipay purchase out 1500 03-05T10:01:00 | 渔阳小馆 | | 招商银行信用卡(1234)",
        "3 cmb purchase out 1500 03-05 | 支付宝-渔阳小馆 | |",
        "4 cmb purchase out 1500 03-05 | 财付通-渔阳小馆 | |",
    ], &[(1, 4), (2, 3)]),
    ("the shop decides", &[
        "1 wechat-pay purchase out 1500 03-05T10:00:00 | 渔阳小馆 | | 招商银行(1234)",
        "2 wechat-pay purchase out 1500 03-05T10:01:00 | 街角咖啡 | | 招商银行(1234)",
        "3 cmb purchase out 1500 03-05 | 财付通-街角咖啡 | |",
        "4 cmb purchase out 1500 03-05 | 财付通-渔阳小馆 | |",
    ], &[(1, 4), (2, 3)]),
    ("equal coffees of one day, in the file's own order", &[
        "1 wechat-pay purchase out 1800 03-05T08:00:00 | 街角咖啡 | | 招商银行(1234)",
        "2 wechat-pay purchase out 1800 03-05T15:00:00 | 街角咖啡 | | 招商银行(1234)",
        "3 cmb purchase out 1800 03-05 | 财付通-街角咖啡 | |",
        "4 cmb purchase out 1800 03-05 | 财付通-街角咖啡 | |",
    ], &[(1, 3), (2, 4)]),
    ("a card's own purchase of the same amount", &[
        "1 alipay purchase out 5000 03-05T10:00:00 | 禾木超市 | | 招商银行信用卡(1234)",
        "2 cmb purchase out 5000 03-05 | 江城加油站 | |",
    ], &[]),
    ("the same, where every line has the card's tail", &[
        "1 alipay purchase out 5000 03-05T10:00:00 | 禾木超市 | | 招商银行信用卡(1234)",
        "2 cmb purchase out 5000 03-05 | 江城加油站 | | 招商银行信用卡(1234)",
    ], &[]),
    ("clocks hours apart and another shop", &[
        "1 alipay purchase out 30000 03-01T10:00:00 | 街角咖啡 | 咖啡 | 中国银行储蓄卡(1234)",
        "2 boc purchase out 30000 03-01T18:00:00 | 支付宝 | 支付宝-某游戏充值 |",
    ], &[]),
    ("clocks hours apart, and the same shop or none", &[
        "1 alipay purchase out 30000 03-01T10:00:00 | 街角咖啡 | 咖啡 | 中国银行储蓄卡(1234)",
        "2 boc purchase out 30000 03-01T18:00:00 | 支付宝 | 支付宝-街角咖啡 |",
        "3 alipay purchase out 40000 03-01T10:00:00 | 街角咖啡 | 咖啡 | 中国银行储蓄卡(1234)",
        "4 boc purchase out 40000 03-01T18:00:00 | 支付宝（中国）网络技术有限公司 | 网上快捷支付 |",
    ], &[(1, 2), (3, 4)]),
    ("a repayment from one card of another", &[
        "1 alipay repayment neutral 300000 03-05T12:00:00 | 信用卡还款 | | 招商银行储蓄卡(1111)",
        "2 cmb repayment in 300000 03-05 | 支付宝还款 | | 招商银行信用卡(5678)",
    ], &[(1, 2)]),
    ("through a third wallet: shop, wallet, card", &[
        "1 jd-pay purchase out 12900 03-05T20:00:00 | 京东平台商户 | 键盘 | 微信支付",
        "2 wechat-pay purchase out 12900 03-05T20:00:02 | 京东 | 订单 | 招商银行(1234)",
        "3 cmb purchase out 12900 03-05 | 财付通-京东商城 | |",
    ], &[(1, 2), (2, 3)]),
    ("food paid through a wallet's balance", &[
        "1 meituan-pay purchase out 3350 03-05T12:00:00 | | 轻食沙拉 | 微信支付",
        "2 wechat-pay purchase out 3350 03-05T12:00:04 | 美团 | 美团订单-7781 | 零钱",
    ], &[(1, 2)]),
    ("a card behind a card wallet", &[
        "1 unionpay purchase out 700 03-05T12:00:00 | 江城地铁 | | 中信银行信用卡(6428)",
        "2 citic purchase out 700 03-06 | 云闪付APP-江城地铁 | | 6428",
        "3 meituan-pay purchase out 2230 03-05T12:00:00 | | 外卖 | Apple Pay",
        "4 citic purchase out 2230 03-05 | APPLEPAY MEITUAN | |",
    ], &[(1, 2), (3, 4)]),
    ("a top-up", &[
        "1 wechat-pay top-up neutral 20000 03-05T12:00:00 | / | 零钱充值 | 工商银行(9876)",
        "2 icbc purchase out 20000 03-05 | 财付通-微信零钱充值 | |",
    ], &[(1, 2)]),
    ("a repayment of a card from a card", &[
        "1 wechat-pay repayment neutral 300000 03-05T12:00:00 | 招商银行信用卡还款 | | 工商银行(9876)",
        "2 icbc transfer-out out 300000 03-05 | 财付通-信用卡还款 | |",
        "3 cmb repayment in 300000 03-06 | 财付通还款 | |",
    ], &[(1, 2), (1, 3)]),
    ("money back to the card a week later", &[
        "1 alipay refund neutral 45900 03-05T12:00:00 | 布谷鞋服旗舰店 | 退款-运动鞋 | 招商银行信用卡(1234)",
        "2 cmb refund in 45900 03-12 | 支付宝-布谷鞋服 | |",
        "3 cmb purchase out 45900 03-05 | 支付宝-布谷鞋服 | |",
    ], &[(1, 2)]),
    ("into and out of a money fund", &[
        "1 wechat-pay own-transfer neutral 10000 03-05T12:00:00 | | 转入零钱通-来自工商银行(9876) | 工商银行(9876)",
        "2 icbc transfer-out out 10000 03-05 | 财付通-零钱通 | |",
        "3 wechat-pay own-transfer neutral 10000 03-07T12:00:00 | | 零钱通转出-到工商银行(9876) | 零钱通",
        "4 icbc transfer-in in 10000 03-07 | 财付通-零钱通转出 | |",
    ], &[(1, 2), (3, 4)]),
    ("a file without payment methods", &[
        "1 alipay purchase out 8800 03-05T12:00:00 | 禾木超市 | 日用品 |",
        "2 ccb purchase out 8800 03-05 | 支付宝（禾木超市） | |",
    ], &[(1, 2)]),
    ("a bank that nobody knows by name", &[
        "1 wechat-pay purchase out 8800 03-05T12:00:00 | 禾木超市 | 日用品 | 江城农商银行(7788)",
        "2 my-bank purchase out 8800 03-05T12:00:03 | 财付通-禾木超市 | |",
    ], &[]),
    ("a red packet paid the rest", &[
        "1 alipay purchase out 10000 03-05T12:00:00 | 禾木超市 | 日用品 | 招商银行信用卡(1234)&红包",
        "2 cmb purchase out 9500 03-05 | 支付宝-禾木超市 | |",
    ], &[(1, 2)]),
    ("a red packet, and two rows that may be the rest", &[
        "1 alipay purchase out 10000 03-05T12:00:00 | 禾木超市 | 日用品 | 招商银行信用卡(1234)&红包",
        "2 cmb purchase out 9500 03-05 | 支付宝-禾木超市 | |",
        "3 cmb purchase out 9700 03-05 | 支付宝-禾木超市 | |",
    ], &[]),
    ("a red packet, and a row of another shop, bank, wallet or of less than half", &[
        "1 alipay purchase out 10000 03-05T12:00:00 | 禾木超市 | 日用品 | 招商银行信用卡(1234)&红包",
        "2 cmb purchase out 9500 03-05 | 支付宝-街角咖啡 | |",
        "3 icbc purchase out 9500 03-05 | 支付宝-禾木超市 | |",
        "4 cmb purchase out 9500 03-05 | 财付通-禾木超市 | |",
        "5 cmb purchase out 4500 03-05 | 支付宝-禾木超市 | |",
    ], &[]),
    ("the whole amount comes before a part of it", &[
        "1 alipay purchase out 10000 03-05T12:00:00 | 禾木超市 | 日用品 | 招商银行信用卡(1234)&红包",
        "2 cmb purchase out 9500 03-05 | 支付宝-禾木超市 | |",
        "3 cmb purchase out 10000 03-05 | 支付宝-禾木超市 | |",
    ], &[(1, 3)]),
    ("a part whose sum is known", &[
        "1 wechat-pay purchase out 10000 03-05T12:00:00 | 禾木超市 | 日用品 | 零钱¥20.00&招商银行(1234)",
        "2 cmb purchase out 8000 03-06 | 财付通-禾木超市 | |",
        "3 wechat-pay purchase out 5000 03-05T12:00:00 | 街角咖啡 | 豆子 | 零钱&招商银行(1234)",
        "4 cmb purchase out 4000 03-05 | 财付通-街角咖啡 | |",
    ], &[(1, 2)]),
    ("one source alone", &[
        "1 wechat-pay purchase out 8800 03-05T12:00:00 | 微信支付 | 支付宝 | 招商银行(1234)",
        "2 wechat-pay purchase out 8800 03-05T12:00:03 | 微信支付 | 支付宝 | 招商银行(1234)",
    ], &[]),
    ("a wallet whose card is hidden but for its end, named by the bank", &[
        "1 phonepe purchase out 25000 01-15T15:32:00 | Big Bazaar | Paid to Big Bazaar | XXXXXX1234",
        "2 - purchase out 25000 01-15 | PHONEPE BIG BAZAAR | |",
    ], &[(1, 2)]),
    ("the same, and the bank names another wallet", &[
        "1 phonepe purchase out 25000 01-15T15:32:00 | Big Bazaar | Paid to Big Bazaar | XXXXXX1234",
        "2 - purchase out 25000 01-15 | PAYTM BIG BAZAAR | |",
    ], &[]),
    ("a wallet that the bank shortens", &[
        "1 google-wallet purchase out 25000 01-15T15:32:00 | SWIGGY | | Bank Account XXXXXX1111",
        "2 - purchase out 25000 01-15 | GPAY*SWIGGY | |",
    ], &[(1, 2)]),
];

#[test]
fn a_table_of_cases() {
    for (name, told, wanted) in CASES {
        let (found, _) = pairs(&mut rows(told));
        assert_eq!(found, *wanted, "{name}");
    }
}

#[test]
fn the_order_of_rows_changes_nothing() {
    for (name, told, wanted) in CASES {
        let mut turned: Vec<&str> = told.to_vec();
        turned.reverse();
        let (found, _) = pairs(&mut rows(&turned));
        assert_eq!(found, *wanted, "{name}");
    }
}

#[test]
fn every_row_of_a_chain_knows_the_others() {
    let (_, told, _) = CASES.iter().find(|(name, ..)| name.starts_with("through a third")).unwrap();
    let mut rows = rows(told);
    link(&mut rows, &Cards::default());
    let linked: Vec<Vec<i64>> = rows.iter().map(|row| row.linked.iter().map(|id| id.0).collect()).collect();
    assert_eq!(linked, [vec![2, 3], vec![1, 3], vec![1, 2]]);
}

/// Cards whose imports are those of `provider` rows; `row` numbers them by the length of the name.
fn cards(named: &[(&str, &'static str)]) -> Cards {
    Cards::of(named.iter().map(|(provider, account)| (ImportId(provider.len() as i64), *account)))
}

#[test]
fn a_payment_is_not_paired_with_the_line_of_another_card() {
    let found = |method: &str, statement: &str, account: &'static str| {
        let mut rows = rows(&[
            "1 alipay purchase out 3000 03-01T10:00:00 | 街角咖啡 | 咖啡 |",
            "2 icbc purchase out 3000 03-01 | 支付宝 | 支付宝-街角咖啡 |",
        ]);
        rows[0].method = method.into();
        rows[1].statement = Some(statement.into());
        let links = link(&mut rows, &cards(&[("icbc", account)])).all;
        links.first().map(|link| link.clues.has(Clue::TAIL))
    };
    let debit = "icbc-debit";
    assert_eq!(found("工商银行储蓄卡(1234)", debit, "6222****1234"), Some(true));
    assert_eq!(found("工商银行储蓄卡(9999)", debit, "6222****1234"), None);
    assert_eq!(found("工商银行(9999)", debit, "6222020200001234"), None);
    assert_eq!(
        found("工商银行储蓄卡(9999)", debit, "0200001209201234567"),
        Some(false),
        "an account's number"
    );
    assert_eq!(found("工商银行储蓄卡(4567)", debit, "0200001209201234567"), Some(true));
    assert_eq!(found("工商银行储蓄卡(9999)", debit, ""), Some(false));
    assert_eq!(found("工商银行信用卡(1234)", debit, ""), None);
    assert_eq!(found("工商银行储蓄卡(1234)", "icbc-credit", ""), None);
}

#[test]
fn a_payment_and_the_row_that_funds_it_have_one_line_of_the_card() {
    let mut rows = rows(&[
        "1 paypal purchase out 999 03-15T10:00:00 | Netflix | |",
        "2 paypal own-transfer in 999 03-15T10:00:00 | | |",
        "3 hsbc-hk purchase out 999 03-15 | PAYPAL *NETFLIX | |",
        "4 hsbc-hk purchase out 999 03-15 | PAYPAL *NETFLIX | |",
    ]);
    (rows[0].order_no, rows[1].order_no) = ("T1".into(), "T2".into());
    rows[1].merchant_order_no = "T1".into();
    assert_eq!(pairs(&mut rows).0.len(), 1);
    let kinds = rows.iter().filter(|row| row.kind == Kind::Purchase).count();
    assert_eq!(kinds, 3, "the second charge stays one");
}

#[test]
fn a_withdrawal_reaches_the_bank_less_its_fee() {
    let mut rows = rows(&[
        "1 wechat-pay withdrawal neutral 10010 03-05T12:00:00 | / | 零钱提现 | 招商银行(1234)",
        "2 cmb transfer-in in 10000 03-05T12:03:00 | 财付通-零钱提现 | |",
        "3 cmb transfer-in in 10010 03-05T12:03:00 | 财付通-零钱提现 | |",
    ]);
    rows[0].fee = Some(Money::fen(10));
    rows.pop();
    let (found, links) = pairs(&mut rows);
    assert_eq!(found, [(1, 2)]);
    assert_eq!(links.all[0].rule, Rule::Withdrawal);
    assert_eq!(rows[1].kind, Kind::Withdrawal, "what came into the bank is no income");
}

#[test]
fn the_cards_row_of_a_top_up_is_no_spending() {
    let (_, told, _) = CASES.iter().find(|(name, ..)| *name == "a top-up").unwrap();
    let mut rows = rows(told);
    link(&mut rows, &Cards::default());
    assert_eq!(rows[1].kind, Kind::TopUp);
}

#[test]
fn sureness_follows_what_agrees() {
    let sure = |told: &[&str]| {
        let (_, links) = pairs(&mut rows(told));
        links.all.iter().map(|link| link.sure).collect::<Vec<_>>()
    };
    let both = sure(CASES[0].1);
    assert_eq!(both, [Sureness::Certain]);
    let later = sure(CASES[1].1);
    assert_eq!(later, [Sureness::Likely]);
    let (_, equal, _) = CASES.iter().find(|(name, ..)| name.starts_with("equal coffees")).unwrap();
    assert_eq!(sure(equal), [Sureness::Possible, Sureness::Possible]);
    let (_, links) = pairs(&mut rows(CASES[0].1));
    assert!(links.all[0].clues.has(Clue::TAIL) && links.all[0].clues.has(Clue::PARTY));
}

#[test]
fn a_payment_and_its_part_are_counted_once_and_whole() {
    let (_, told, _) = CASES.iter().find(|(case, ..)| *case == "a red packet paid the rest").unwrap();
    let mut rows = rows(told);
    link(&mut rows, &Cards::default());
    for turned in [false, true] {
        let mut sums = crate::ledger::search::Sums::default();
        let mut add = |row: &Transaction| sums.add(row);
        if turned {
            rows.iter().rev().for_each(&mut add)
        } else {
            rows.iter().for_each(&mut add)
        }
        assert_eq!(sums.totals(), (vec![Money::fen(10_000)], vec![]), "{turned}");
    }
}

#[test]
fn an_account_number_of_the_wallet_names_it_where_no_word_does() {
    let mut rows = rows(&[
        "1 alipay purchase out 8800 03-05T12:00:00 | 禾木超市 | 日用品 | 中国银行储蓄卡(0814)",
        "2 boc purchase out 8800 03-05T12:00:03 | 禾木超市 | 网上快捷支付 |",
    ]);
    rows[1].counterparty_account = "Z2008800000011".into();
    let (_, links) = pairs(&mut rows);
    assert!(links.all[0].clues.has(Clue::NAMED));
    rows[1].item = "财付通-禾木超市".into();
    assert_eq!(pairs(&mut rows).0, [], "the line names another wallet");
}

#[test]
fn a_part_is_less_sure_than_the_whole() {
    let sure = |name: &str| {
        let (_, told, _) = CASES.iter().find(|(case, ..)| *case == name).unwrap();
        let (_, links) = pairs(&mut rows(told));
        assert!(links.all[0].clues.has(Clue::PART) && !links.all[0].clues.has(Clue::AMOUNT));
        links.all[0].sure
    };
    assert_eq!(sure("a red packet paid the rest"), Sureness::Possible);
    assert_eq!(sure("a part whose sum is known"), Sureness::Likely);
}

#[test]
fn a_cards_refund_finds_its_payment_through_the_wallet() {
    let mut rows = rows(&[
        "1 alipay purchase out 20000 03-01T12:00:00 | 布谷鞋服旗舰店 | 运动鞋 | 招商银行信用卡(1234)",
        "2 alipay refund neutral 5000 03-05T12:00:00 | 布谷鞋服旗舰店 | 退款-运动鞋 | 招商银行信用卡(1234)",
        "3 cmb purchase out 20000 03-01 | 支付宝-布谷鞋服 | |",
        "4 cmb refund in 5000 03-07 | 支付宝-布谷鞋服 | |",
    ]);
    rows[0].order_no = "2026030122001".into();
    rows[1].order_no = "2026030122001_1".into();
    let links = link(&mut rows, &Cards::default());
    assert_eq!(rows[3].refund_of, Some(TransactionId(3)));
    assert_eq!((rows[0].refunded, rows[2].refunded), (Money::fen(5000), Money::fen(5000)));
    assert!(links.all.iter().any(|link| link.rule == Rule::ThroughTwin));
}

#[test]
fn thousands_of_equal_rows_of_one_day_take_no_square() {
    let told = |i: i64| {
        if i % 2 == 0 {
            format!("{i} wechat-pay purchase out 100 03-05T12:00:00 | 街角咖啡 | | 招商银行(1234)")
        } else {
            format!("{i} cmb purchase out 100 03-05 | 财付通-街角咖啡 | |")
        }
    };
    let mut rows: Vec<Transaction> = (0..6_000).map(|i| row(&told(i))).collect();
    let (found, _) = pairs(&mut rows);
    assert!(!found.is_empty());
}

fn any_row() -> impl Strategy<Value = String> {
    let heads = proptest::sample::select(vec![
        "wechat-pay purchase out",
        "wechat-pay top-up neutral",
        "wechat-pay withdrawal neutral",
        "wechat-pay refund in",
        "jd-pay purchase out",
        "cmb purchase out",
        "cmb transfer-in in",
        "cmb refund in",
        "icbc purchase out",
    ]);
    let parties = proptest::sample::select(vec!["财付通-青禾", "京东", "青禾", "支付宝-街角咖啡", "/"]);
    let methods = proptest::sample::select(vec!["招商银行(1234)", "工商银行", "微信支付", "零钱", ""]);
    let clocks = proptest::sample::select(vec!["", "T10:00:00", "T10:00:30", "T23:59:00"]);
    (heads, 1..4_i64, 1..9_u8, clocks, parties, methods).prop_map(|(head, fen, day, clock, party, method)| {
        format!("{head} {fen} 03-0{day}{clock} | {party} | | {method}")
    })
}

proptest! {
    #[test]
    fn links_are_symmetric_one_to_one_and_blind_to_order(
        told in proptest::collection::vec(any_row(), 0..40),
        seed in any::<u64>()
    ) {
        let numbered = |i: usize, told: &String| row(&format!("{} {told}", i + 1));
        let mut rows: Vec<Transaction> = told.iter().enumerate().map(|(i, told)| numbered(i, told)).collect();
        let mut turned = rows.clone();
        // A shuffle that the seed decides.
        turned.sort_by_key(|row| blake3::hash(&(seed ^ row.id.0 as u64).to_le_bytes()).to_hex());
        let links = link(&mut rows, &Cards::default());
        prop_assert_eq!(&link(&mut turned, &Cards::default()), &links);
        turned.sort_by_key(|row| row.id);
        prop_assert_eq!(&turned, &rows);

        let twins: Vec<_> = links.all.iter().filter(|link| !link.rule.is_refund()).collect();
        let mut lower: Vec<_> = twins.iter().map(|link| link.to).collect();
        lower.sort();
        lower.dedup();
        prop_assert_eq!(lower.len(), twins.len(), "a row answers for one other");
        let mut upper: Vec<_> = twins.iter().filter(|link| link.rule != Rule::Repayment).map(|l| l.from).collect();
        let all = upper.len();
        upper.sort();
        upper.dedup();
        prop_assert_eq!(upper.len(), all, "a row is paid from one other");
        let of = |id: TransactionId| rows.iter().find(|row| row.id == id).unwrap();
        for row in &rows {
            prop_assert!(row.refunded.minor <= row.amount.minor);
            for other in &row.linked {
                prop_assert!(of(*other).linked.contains(&row.id) && *other != row.id);
            }
        }
    }
}

#[test]
fn the_number_between_the_banks_makes_a_pair_certain_whatever_else_is_said() {
    let wallet = |id: i64, number: &str| Transaction {
        merchant_order_no: number.into(),
        ..row(&format!("{id} phonepe purchase out 25000 01-15T15:3{id}:00 | Big Bazaar | | XXXXXX1234"))
    };
    let mut rows = vec![
        wallet(1, "610012345678"),
        wallet(2, "610012345679"),
        row("3 - purchase out 25000 01-15 | UPI-BIG BAZAAR-610012345679 | |"),
        row("4 - purchase out 25000 01-16 | UPI/610012345678/DR | |"),
    ];
    let (pairs, links) = pairs(&mut rows);
    assert_eq!(pairs, [(1, 4), (2, 3)]);
    assert!(links.all.iter().all(|link| link.sure == Sureness::Certain && link.clues.has(Clue::ORDER)));
}

#[test]
fn a_row_that_names_its_own_wallet_points_at_no_other_row_of_it() {
    let mut rows = vec![
        row("1 google-wallet transfer-out out 1587 01-15T15:32:00 | Sam | |"),
        Transaction {
            statement: Some("another-file".into()),
            ..row(
                "2 google-wallet purchase out 1587 01-15T15:32:00 | Super Game | Google Play Apps | Visa-1234",
            )
        },
    ];
    assert_eq!(pairs(&mut rows).0, []);
}

#[test]
fn what_came_back_in_one_of_two_sources_came_back_of_the_payment_that_both_show() {
    let paid = [
        "1 alipay purchase out 32900 07-01T13:05:00 | 青禾服饰旗舰店 | 连衣裙 | 中国银行储蓄卡(0814)",
        "2 boc purchase out 32900 07-01T13:05:02 | 支付宝-青禾服饰旗舰店 | |",
    ];
    let refunded = |back: &str| {
        let mut rows = rows(&[paid[0], paid[1], back]);
        link(&mut rows, &Cards::default());
        [rows[0].refunded.minor, rows[1].refunded.minor]
    };
    let on_the_card = "3 boc refund in 32900 07-04T10:00:00 | 支付宝-青禾服饰旗舰店 | 退款 |";
    assert_eq!(refunded(on_the_card), [32_900, 32_900]);
    let in_the_wallet = "3 alipay refund in 12900 07-04T10:00:00 | 青禾服饰旗舰店 | 退款-连衣裙 | 余额";
    assert_eq!(refunded(in_the_wallet), [12_900, 12_900]);
    let another = "3 boc refund in 32900 07-04T10:00:00 | 支付宝-江城小吃 | 退款 |";
    assert_eq!(refunded(another), [0, 0]);
}
