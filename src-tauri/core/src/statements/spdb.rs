//! 浦发银行: the history of a debit card, an old Excel file; date and time in one cell, two blanks between.

use super::{Column, Field, Statement, Trust, bank};

/// Money in is 存入, money out is 取出; one of them is filled.
pub(super) const DEBIT: Statement = Statement {
    id: "spdb-debit",
    provider: "spdb",
    zh: "浦发银行交易明细（借记卡）",
    en: "SPDB debit card history",
    trust: Trust::Told,
    versions: &["XLS"],
    quirks: &[
        "存入金额 in, 取出金额 out: one of them is filled, as text",
        "two blanks between day and time",
        "the account on the first line",
    ],
    never: bank::NO_CARD,
    columns: &[
        Column::also(Field::Unused, &["顺序号"]),
        Column::needed(Field::Time, &["交易日期"]),
        Column::needed(Field::Category, &["交易类型"]),
        Column::needed(Field::AmountIn, &["存入金额"]),
        Column::needed(Field::AmountOut, &["取出金额"]),
        Column::also(Field::Balance, &["余额"]),
        Column::also(Field::Counterparty, &["交易对手名称"]),
        Column::also(Field::CounterpartyAccount, &["交易对手账号"]),
        Column::also(Field::Item, &["附言"]),
    ],
    account: &["账号", "卡号"],
    of_account: true,
    kinds: bank::KINDS,
    ..Statement::PLAIN
};
