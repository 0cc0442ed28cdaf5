//! 度小满, once 百度钱包: nobody has shown an export. A table under its name is tried by the names that wallets give
//! their columns, and shown as experimental. Money paid with it shows for sure in the card's own bank file.

use super::{Case, Column, Field, Signs, Statement, Test, Trust};
use crate::ledger::{Direction, Kind};

/// Time, amount and a number under any of their usual names; the rest where it is there.
pub(super) const BILL: Statement = Statement {
    id: "du-xiaoman-bill",
    provider: "du-xiaoman",
    zh: "度小满交易明细（试读）",
    en: "Du Xiaoman transactions (experimental)",
    trust: Trust::Guess,
    versions: &["any table under the name 度小满 or 百度钱包"],
    quirks: &["aliases of every column", "direction from 收/支, else from 交易类型, else from a minus"],
    titles: &["度小满", "百度钱包", "百付宝"],
    title_needed: true,
    columns: &[
        Column::needed(Field::Time, &["交易时间", "创建时间", "付款时间", "交易日期"]),
        Column::needed(Field::Amount, &["交易金额", "交易金额(元)", "金额", "金额(元)"]),
        Column::needed(Field::OrderNo, &["交易单号", "交易号", "订单号", "交易订单号", "流水号"]),
        Column::also(Field::Direction, &["收/支", "收支", "收支类型"]),
        Column::also(Field::Direction, &["交易类型", "类型"]),
        Column::also(Field::Category, &["交易类型", "类型", "交易分类"]),
        Column::also(Field::Counterparty, &["交易对方", "商户名称", "对方名称", "收款方"]),
        Column::also(Field::Item, &["商品名称", "商品说明", "交易说明", "交易名称", "订单名称"]),
        Column::also(Field::Method, &["支付方式", "付款方式", "收/付款方式", "交易方式"]),
        Column::also(Field::Status, &["交易状态", "状态", "当前状态"]),
        Column::also(Field::MerchantOrderNo, &["商户订单号", "商家订单号", "商户单号"]),
        Column::also(Field::Memo, &["备注"]),
    ],
    signs: Signs::MinusAlone,
    directions: &[
        ("支出", Direction::Out),
        ("收入", Direction::In),
        ("不计收支", Direction::Neutral),
        ("消费", Direction::Out),
        ("支付", Direction::Out),
        ("还款", Direction::Out),
        ("转出", Direction::Out),
        ("收款", Direction::In),
        ("转入", Direction::In),
        ("退款", Direction::In),
    ],
    account: &["账号", "账户", "用户名"],
    kinds: &[
        Case(Kind::Failed, &[Test::Has(Field::Status, &["失败"])]),
        Case(Kind::Closed, &[Test::Has(Field::Status, &["关闭", "取消"])]),
        Case(Kind::Pending, &[Test::Has(Field::Status, &["处理中", "待支付", "待付款"])]),
        Case(Kind::Refund, &[Test::Has(Field::Category, &["退款"])]),
        Case(Kind::Refund, &[NOT_OUT, Test::Has(Field::Item, &["退款"])]),
        Case(Kind::Repayment, &[Test::Has(Field::Category, &["还款"])]),
        Case(Kind::Repayment, &[Test::Has(Field::Item, &["还款"])]),
        Case(Kind::TopUp, &[Test::Has(Field::Category, &["充值"])]),
        Case(Kind::Withdrawal, &[Test::Has(Field::Category, &["提现"])]),
        Case(
            Kind::TransferOut,
            &[Test::Has(Field::Category, &["转账", "转出"]), Test::Going(&[Direction::Out])],
        ),
        Case(
            Kind::TransferIn,
            &[Test::Has(Field::Category, &["转账", "转入"]), Test::Going(&[Direction::In])],
        ),
        Case(Kind::Purchase, &[Test::Going(&[Direction::Out])]),
        Case(Kind::Income, &[Test::Going(&[Direction::In])]),
    ],
    joint: Some("&"),
    ..Statement::PLAIN
};

const NOT_OUT: Test = Test::Going(&[Direction::In, Direction::Neutral]);
