//! 中国银行: the history of a debit card and the bill of a credit card, as CSV copies of its PDF and mail.

use super::{Column, Draft, Field, Signs, Statement, Trust, bank};

/// A row of dashes stands for an empty cell.
pub(super) const DEBIT: Statement = Statement {
    id: "boc-debit",
    provider: "boc",
    zh: "中国银行交易流水明细（借记卡）",
    en: "BOC debit card history",
    trust: Trust::Told,
    versions: &["CSV copy of the PDF"],
    quirks: &[
        "------------------- for nothing",
        "day and time in two columns",
        "currencies by their Chinese names, several in one file",
        "an account that begins with Z200: the wallet behind it",
    ],
    columns: &[
        Column::needed(Field::Time, &["记账日期"]),
        Column::needed(Field::TimeOfDay, &["记账时间"]),
        Column::needed(Field::Currency, &["币别"]),
        Column::needed(Field::Amount, &["金额"]),
        Column::also(Field::Balance, &["余额"]),
        Column::needed(Field::Category, &["交易名称"]),
        Column::also(Field::Unused, &["渠道"]),
        Column::also(Field::Unused, &["网点名称"]),
        Column::also(Field::Item, &["附言"]),
        Column::also(Field::Counterparty, &["对方账户名"]),
        Column::also(Field::CounterpartyAccount, &["对方卡号/账号"]),
        Column::also(Field::Unused, &["对方开户行"]),
        Column::also(Field::Method, &["借记卡号"]),
    ],
    signs: Signs::MinusIsOut,
    account: &["借记卡号", "账号"],
    of_account: true,
    kinds: bank::KINDS,
    ..Statement::PLAIN
};

/// Two columns of amounts.
pub(super) const CREDIT: Statement = Statement {
    id: "boc-credit",
    provider: "boc",
    zh: "中国银行信用卡账单",
    en: "BOC credit card bill",
    trust: Trust::Told,
    versions: &["CSV copy of the bill"],
    quirks: &[
        "an amount in one of two columns: 存入, 支出",
        "rows in several currencies",
        "several cards, by their last four digits",
    ],
    columns: &[
        Column::needed(Field::Time, &["交易日"]),
        Column::needed(Field::Unused, &["银行记账日"]),
        Column::also(Field::Method, &["卡号后四位"]),
        Column::needed(Field::Counterparty, &["交易描述"]),
        Column::needed(Field::Item, &["交易描述"]),
        Column::needed(Field::AmountIn, &["存入"]),
        Column::needed(Field::AmountOut, &["支出"]),
        Column::also(Field::Currency, &["币种"]),
    ],
    of_account: true,
    kinds: bank::CARD_KINDS,
    meaning: Some(|draft: &mut Draft| bank::name_card(draft, "中国银行信用卡")),
    ..Statement::PLAIN
};
