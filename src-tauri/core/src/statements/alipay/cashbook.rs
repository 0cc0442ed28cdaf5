//! 支付宝记账本: what its users export of their own bookkeeping (`cashbook_record_….csv`).
//!
//! No file was seen. Other readers name the columns 记录时间, 交易类型, 收支 and 金额; the others here are a guess.

use crate::ledger::{Direction, Kind};
use crate::statements::{Case, Column, Field, Statement, Test, Trust};

/// Without order numbers, so beside a statement of the same time its rows are doubles by nature.
pub(in crate::statements) const CASHBOOK: Statement = Statement {
    id: "alipay-cashbook",
    provider: "alipay",
    zh: "支付宝记账本导出",
    en: "Alipay cash book",
    trust: Trust::Guess,
    versions: &["cashbook_record_….csv"],
    columns: &[
        Column::needed(Field::Time, &["记录时间"]),
        Column::needed(Field::Category, &["交易类型", "分类", "交易分类"]),
        Column::needed(Field::Direction, &["收支", "收/支", "收支类型"]),
        Column::needed(Field::Amount, &["金额", "金额(元)"]),
        Column::also(Field::Method, &["账户", "资金账户"]),
        Column::also(Field::Counterparty, &["交易对方"]),
        Column::also(Field::Item, &["商品说明", "来源"]),
        Column::also(Field::Memo, &["备注"]),
    ],
    directions: &[
        ("支出", Direction::Out),
        ("收入", Direction::In),
        ("不计收支", Direction::Neutral),
        ("其他", Direction::Neutral),
    ],
    kinds: &[
        Case(Kind::OwnTransfer, &[Test::Has(Field::Category, &["转账", "投资理财"]), NEUTRAL]),
        Case(Kind::Refund, &[Test::Is(Field::Category, &["退款"])]),
        Case(Kind::Income, &[Test::Going(&[Direction::In])]),
        Case(Kind::Purchase, &[Test::Going(&[Direction::Out])]),
    ],
    ..Statement::PLAIN
};

const NEUTRAL: Test = Test::Going(&[Direction::Neutral]);
