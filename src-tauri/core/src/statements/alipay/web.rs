//! 支付宝: the CSV of the web site (`alipay_record_….csv`, `.txt`), mainly to 2021. Facts: real exports.

use crate::ledger::{Direction, Kind};
use crate::statements::{Case, Column, Field, Statement, Test, Trust};

/// 16 columns padded with blanks, a trailing comma; header on line 5, seven lines below the table.
///
/// 资金状态 says what the money did and comes before 收/支, which says what the order was for. There is no method,
/// so nothing leads to a card.
pub(in crate::statements) const WEB: Statement = Statement {
    id: "alipay-web",
    provider: "alipay",
    zh: "支付宝交易记录明细（网页导出）",
    en: "Alipay records (exported on the web)",
    trust: Trust::Real,
    versions: &["web, to 2021 and later"],
    quirks: &[
        "columns padded with blanks and tabs, a comma at the end of every line",
        "资金状态 before 收/支; both blank for own transfers",
        "服务费 in a column of its own",
        "成功退款 adds up on the payment's row",
        "等待付款 and 交易关闭 without 资金状态: no money moved",
        "冻结, 解冻: reserved, not spent",
        "count and sums below the table",
    ],
    titles: &["支付宝交易记录明细查询", "交易记录明细列表"],
    columns: &[
        Column::needed(Field::OrderNo, &["交易号"]),
        Column::also(Field::MerchantOrderNo, &["商家订单号"]),
        Column::needed(Field::Time, &["交易创建时间"]),
        Column::also(Field::Time, &["付款时间"]),
        Column::also(Field::Unused, &["最近修改时间"]),
        Column::also(Field::Unused, &["交易来源地"]),
        Column::needed(Field::Category, &["类型"]),
        Column::needed(Field::Counterparty, &["交易对方"]),
        Column::needed(Field::Item, &["商品名称"]),
        Column::needed(Field::Amount, &["金额（元）"]),
        Column::needed(Field::Direction, &["资金状态"]),
        Column::needed(Field::Direction, &["收/支"]),
        Column::needed(Field::Status, &["交易状态"]),
        Column::also(Field::Fee, &["服务费（元）"]),
        Column::also(Field::Refunded, &["成功退款（元）"]),
        Column::also(Field::Memo, &["备注"]),
    ],
    directions: &[
        ("已支出", Direction::Out),
        ("已收入", Direction::In),
        ("资金转移", Direction::Neutral),
        ("冻结", Direction::Neutral),
        ("解冻", Direction::Neutral),
        ("待支出", Direction::Out),
        ("待收入", Direction::In),
        // 资金状态 is blank: nothing was paid, and only the order's purpose is known.
        ("支出", Direction::Out),
        ("收入", Direction::In),
        ("其他", Direction::Neutral),
        ("不计收支", Direction::Neutral),
    ],
    account: &["账号"],
    kinds: &[
        Case(Kind::Pending, &[Test::Is(Field::Status, &["等待付款", "等待买家付款", "待付款"])]),
        Case(Kind::Pending, &[Test::Word(&["待支出", "待收入"])]),
        Case(Kind::Failed, &[Test::Is(Field::Status, &["还款失败", "失败", "交易失败"])]),
        // Paid and given back in full: the refund on the row proves the payment.
        Case(Kind::Purchase, &[CLOSED, Test::Returned]),
        Case(Kind::Closed, &[CLOSED, UNPAID]),
        Case(Kind::Other, &[Test::Word(&["冻结", "解冻"])]),
        Case(Kind::Other, &[Test::Is(Field::Status, &["冻结成功", "解冻成功"])]),
        Case(Kind::Refund, &[NOT_OUT, Test::Is(Field::Status, &["退款成功"])]),
        Case(Kind::Refund, &[NOT_OUT, Test::Starts(Field::Item, &["退款"])]),
        Case(Kind::Income, &[NOT_OUT, Test::Has(Field::Item, &["收益"])]),
        Case(Kind::Repayment, &[Test::Has(Field::Item, &["还款"])]),
        Case(Kind::Withdrawal, &[NEUTRAL, Test::Has(Field::Item, &["提现", "转出到银行卡"])]),
        Case(Kind::TopUp, &[NEUTRAL, Test::Has(Field::Item, &["充值"])]),
        Case(Kind::OwnTransfer, &[NEUTRAL, Test::Has(Field::Item, OWN)]),
        Case(Kind::OwnTransfer, &[Test::Word(&["资金转移"])]),
        Case(Kind::CashGift, &[Test::Has(Field::Item, &["红包"])]),
        Case(Kind::TransferOut, &[OUT, Test::Has(Field::Item, &["转账"])]),
        Case(Kind::TransferIn, &[Test::Going(&[Direction::In]), Test::Has(Field::Item, &["转账", "收款"])]),
        Case(Kind::Purchase, &[OUT]),
        Case(Kind::Income, &[Test::Going(&[Direction::In])]),
    ],
    settled: &[
        "交易成功",
        "支付成功",
        "等待确认收货",
        "等待对方确认收货",
        "等待发货",
        "等待对方发货",
        "交易关闭",
        "还款成功",
        "充值成功",
        "转账成功",
        "收款成功",
        "转出成功",
        "提取成功",
        "代付成功",
        "缴费成功",
    ],
    ..Statement::PLAIN
};

const OUT: Test = Test::Going(&[Direction::Out]);
const NEUTRAL: Test = Test::Going(&[Direction::Neutral]);
const NOT_OUT: Test = Test::Going(&[Direction::In, Direction::Neutral]);
const CLOSED: Test = Test::Is(Field::Status, &["交易关闭", "已关闭"]);
/// 资金状态 is blank, and what stands is 收/支, or nothing.
const UNPAID: Test = Test::Word(&["", "支出", "收入", "其他", "不计收支"]);
const OWN: &[&str] = &["余额宝", "转入", "转出", "理财", "基金", "买入", "卖出"];
