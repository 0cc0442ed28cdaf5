//! 中国工商银行: the history of a debit card (two versions: the later one adds two columns) and the bill of
//! a credit card, as CSV.

use super::{Column, Field, Statement, Trust, bank};

/// Every cell padded, a tab behind the closing quote; two columns of amounts, of which one is filled.
pub(super) const DEBIT: Statement = Statement {
    id: "icbc-debit",
    provider: "icbc",
    zh: "中国工商银行明细（借记卡）",
    en: "ICBC debit card history",
    trust: Trust::Real,
    versions: &["13 columns", "15 columns, with 交易详情 and 对方账户"],
    quirks: &[
        "cells padded with blanks, a tab behind the closing quote, a comma at the end of every line",
        "an amount in one of two columns, - in the other",
        "记账金额 in the account's currency counts; 交易金额 in another 交易币种 is kept in the memo",
        "currencies by their Chinese names",
        "******** where something is hidden",
        "a blank line and 人民币合计 below the table",
    ],
    never: bank::NO_CARD,
    columns: &[
        Column::needed(Field::Time, &["交易日期"]),
        Column::needed(Field::Category, &["摘要"]),
        Column::also(Field::Item, &["交易场所"]),
        Column::also(Field::Item, &["交易详情"]),
        Column::also(Field::Unused, &["交易国家或地区简称"]),
        Column::also(Field::Unused, &["钞/汇"]),
        Column::also(Field::ForeignAmount, &["交易金额(收入)"]),
        Column::also(Field::ForeignAmount, &["交易金额(支出)"]),
        Column::also(Field::ForeignCurrency, &["交易币种"]),
        Column::needed(Field::AmountIn, &["记账金额(收入)"]),
        Column::needed(Field::AmountOut, &["记账金额(支出)"]),
        Column::needed(Field::Currency, &["记账币种"]),
        Column::also(Field::Balance, &["余额"]),
        Column::also(Field::Counterparty, &["对方户名"]),
        Column::also(Field::CounterpartyAccount, &["对方账户"]),
        Column::also(Field::Memo, &["交易详情"]),
    ],
    account: &["卡号"],
    footers: &["人民币合计", "合计"],
    of_account: true,
    kinds: bank::KINDS,
    ..Statement::PLAIN
};

/// Like the debit card's, with the day of booking beside the day of payment.
pub(super) const CREDIT: Statement = Statement {
    id: "icbc-credit",
    provider: "icbc",
    zh: "中国工商银行明细（信用卡）",
    en: "ICBC credit card history",
    trust: Trust::Told,
    versions: &["with 记账日期 beside 交易日期"],
    quirks: &[
        "a balance below zero: what is owed",
        "padded like the debit card's, in GBK",
        "the shop stands in 交易场所",
        "合计金额 below the table",
    ],
    never: bank::NO_ACCOUNT,
    columns: &[
        Column::needed(Field::Time, &["交易日期"]),
        Column::needed(Field::Unused, &["记账日期"]),
        Column::needed(Field::Category, &["摘要"]),
        Column::also(Field::Item, &["交易场所"]),
        Column::also(Field::Unused, &["交易国家或地区简称"]),
        Column::also(Field::Unused, &["钞/汇"]),
        Column::also(Field::ForeignAmount, &["交易金额(收入)"]),
        Column::also(Field::ForeignAmount, &["交易金额(支出)"]),
        Column::also(Field::ForeignCurrency, &["交易币种"]),
        Column::needed(Field::AmountIn, &["记账金额(收入)"]),
        Column::needed(Field::AmountOut, &["记账金额(支出)"]),
        Column::also(Field::Currency, &["记账币种"]),
        Column::also(Field::Balance, &["余额"]),
        Column::also(Field::Counterparty, &["对方户名"]),
        Column::also(Field::Counterparty, &["交易场所"]),
    ],
    account: &["卡号"],
    footers: &["人民币合计", "合计"],
    of_account: true,
    kinds: bank::CARD_KINDS,
    ..Statement::PLAIN
};
