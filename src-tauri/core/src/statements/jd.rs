//! 京东支付, 京东金融: the bill that the app exports, 2023–24 and since 2025. The same columns in another order,
//! so one mapping reads both. Facts: real exports up to 2026-01.

use super::{Case, Column, Draft, Field, Statement, Test};
use crate::ledger::{Direction, Kind};

/// 11 columns, rows with one cell more; a preamble of 21 lines, or some and a line `电子回单客户`.
pub(super) const BILL: Statement = Statement {
    id: "jd-bill",
    provider: "jd-pay",
    zh: "京东交易流水",
    en: "JD Pay bill",
    versions: &["2023 to 2024", "since 2025"],
    quirks: &[
        "131.77(已退款89.84), 468.32(已全额退款)",
        "a payment that came back in full stands as neutral",
        "价保退款 without the words of a refund",
        "先享后付: a row before the real charge",
        "refunds as income from the shop (to 2024)",
        "a cell more than columns, a tab before the first comma",
        "a suffix that nobody knows is marked, one with a figure refused",
        "银行卡&京豆: the parts of a method",
    ],
    columns: &[
        Column::needed(Field::Time, &["交易时间"]),
        Column::needed(Field::Counterparty, &["商户名称"]),
        Column::needed(Field::Item, &["交易说明"]),
        Column::needed(Field::Amount, &["金额"]),
        Column::needed(Field::Method, &["收/付款方式"]),
        Column::needed(Field::Status, &["交易状态"]),
        Column::needed(Field::Direction, &["收/支"]),
        Column::also(Field::Category, &["交易分类"]),
        Column::needed(Field::OrderNo, &["交易订单号"]),
        Column::also(Field::MerchantOrderNo, &["商家订单号"]),
        Column::also(Field::Memo, &["备注"]),
    ],
    directions: &[("支出", Direction::Out), ("收入", Direction::In), ("不计收支", Direction::Neutral)],
    account: &["京东账号名"],
    kinds: &[
        Case(Kind::Refund, &[Test::Starts(Field::Item, &["退款-", "退款－"])]),
        Case(Kind::Refund, &[Test::Is(Field::Status, &["退款成功"])]),
        // Money back because the price fell, from 京东金融 and without the words of a refund.
        Case(Kind::Refund, &[Test::Has(Field::Item, &["价保退款"])]),
        // A payment that came back in full stands as neutral.
        Case(Kind::Purchase, &[Test::Returned]),
        Case(Kind::Other, &[Test::Starts(Field::Item, &["冻结-", "解冻-", "冻结", "解冻"])]),
        // Nothing is paid yet: the charge is a row of its own, with the method that pays it.
        Case(Kind::Pending, &[DEFERRED, Test::Going(&[Direction::Neutral])]),
        Case(Kind::Pending, &[DEFERRED, Test::Zero]),
        Case(Kind::Repayment, &[Test::Is(Field::Status, &["还款成功"])]),
        Case(Kind::Repayment, &[Test::Has(Field::Item, &["还款"]), NOT_IN]),
        Case(Kind::Income, &[POCKET, Test::Has(Field::Item, &["收益"])]),
        Case(Kind::TopUp, &[Test::Has(Field::Item, &["余额充值"])]),
        Case(Kind::Withdrawal, &[Test::Has(Field::Item, &["余额提现"])]),
        Case(Kind::OwnTransfer, &[POCKET, Test::Has(Field::Item, &["转入", "转出"])]),
        // Until 2024 a refund was income from the shop, and nothing else said so.
        Case(Kind::Refund, &[Test::Going(&[Direction::In]), Test::Is(Field::Counterparty, SHOPS)]),
        Case(Kind::Income, &[Test::Going(&[Direction::In])]),
        Case(Kind::Purchase, &[Test::Going(&[Direction::Out])]),
    ],
    settled: &["交易成功", "退款成功", "还款成功"],
    joint: Some("&"),
    meaning: Some(meaning),
    ..Statement::PLAIN
};

const NOT_IN: Test = Test::Going(&[Direction::Out, Direction::Neutral]);
const POCKET: Test = Test::Has(Field::Item, &["小金库"]);
const DEFERRED: Test = Test::Has(Field::Method, &["先享后付"]);
/// Where one buys: what they pay is money back.
const SHOPS: &[&str] = &["京东平台商户", "京东外卖", "京东外部商户", "京东物流", "一号店"];

/// 先享后付 may stand in the item where the method is the one that will pay.
fn meaning(draft: &mut Draft) {
    let deferred = draft.item.contains("先享后付") && draft.direction == Direction::Neutral;
    if deferred && draft.kind == Kind::Other {
        draft.kind = Kind::Pending;
    }
}
