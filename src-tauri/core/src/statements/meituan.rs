//! 美团: the bill that the app exports. Facts: real exports of 2025.

use super::{Case, Column, Field, Statement, Test, Trust};
use crate::ledger::{Direction, Kind};

/// 11 columns below a preamble whose blank lines are written `""`. What was paid is 实付金额; 订单金额 is the list price.
pub(super) const BILL: Statement = Statement {
    id: "meituan-bill",
    provider: "meituan-pay",
    zh: "美团交易账单",
    en: "Meituan bill",
    trust: Trust::Real,
    versions: &["2025"],
    quirks: &[
        "two amounts: 实付金额 is what was paid",
        "blank lines written as \"\"",
        "order numbers quoted with a tab inside",
        "refunds are income of the same title under another number",
        "美团月付 主动还款 is 支出: a repayment, no purchase",
        "共：29笔记录",
        "types that nobody has seen, without the day of success",
    ],
    titles: &["美团交易账单明细", "美团用户名"],
    columns: &[
        Column::needed(Field::Time, &["交易创建时间"]),
        Column::also(Field::Time, &["交易成功时间"]),
        Column::needed(Field::Category, &["交易类型"]),
        Column::needed(Field::Item, &["订单标题"]),
        Column::needed(Field::Direction, &["收/支"]),
        Column::needed(Field::Method, &["支付方式"]),
        Column::also(Field::Unused, &["订单金额"]),
        Column::needed(Field::Amount, &["实付金额"]),
        Column::needed(Field::OrderNo, &["交易单号"]),
        Column::also(Field::MerchantOrderNo, &["商家单号"]),
        Column::also(Field::Memo, &["备注"]),
    ],
    directions: &[
        ("支出", Direction::Out),
        ("收入", Direction::In),
        ("不计收支", Direction::Neutral),
        ("其他", Direction::Neutral),
    ],
    account: &["美团用户名"],
    kinds: &[
        Case(Kind::Refund, &[Test::Is(Field::Category, &["退款"])]),
        Case(Kind::Repayment, &[Test::Is(Field::Category, &["还款"])]),
        Case(Kind::Repayment, &[Test::Has(Field::Item, &["主动还款"])]),
        Case(Kind::Withdrawal, &[Test::Is(Field::Category, &["提现"])]),
        Case(Kind::TopUp, &[Test::Is(Field::Category, &["充值"])]),
        Case(Kind::Purchase, &[Test::Is(Field::Category, &["支付"])]),
    ],
    joint: Some("&"),
    meaning: Some(meaning),
    ..Statement::PLAIN
};

/// A type that this version does not know stays as it stands and is marked.
fn meaning(draft: &mut super::Draft) {
    if draft.kind == Kind::Other && !draft.category.is_empty() {
        draft.marks.push(crate::ledger::Mark::UnknownType);
        draft.kind = match draft.direction {
            Direction::Out => Kind::Purchase,
            Direction::In => Kind::Income,
            Direction::Neutral => Kind::Other,
        };
    }
}
