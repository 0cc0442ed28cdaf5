//! 中国银行: the history of a debit card, as a CSV copy of its PDF and as the web bank writes it, and the bill of a credit
//! card.

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
    never: bank::NO_CARD,
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

/// What the web bank writes: two columns of amounts, day and time in one cell.
pub(super) const DEBIT_WEB: Statement = Statement {
    id: "boc-debit-web",
    provider: "boc",
    zh: "中国银行账户明细（网银下载）",
    en: "BOC debit card history, downloaded from the web bank",
    trust: Trust::Told,
    versions: &["CSV with 交易时间", "CSV with 交易日期"],
    quirks: &[
        "人民币元 for the yuan",
        "an amount in one of two columns",
        "- for nothing",
        "days as 2026/03/01 and 20260301",
    ],
    never: bank::NO_CARD,
    columns: &[
        Column::needed(Field::Time, &["交易时间", "交易日期"]),
        Column::needed(Field::Category, &["业务摘要"]),
        Column::needed(Field::Counterparty, &["对方账户名称"]),
        Column::also(Field::CounterpartyAccount, &["对方账户账号"]),
        Column::also(Field::Currency, &["币种"]),
        Column::also(Field::Unused, &["钞/汇"]),
        Column::needed(Field::AmountIn, &["收入金额"]),
        Column::needed(Field::AmountOut, &["支出金额"]),
        Column::also(Field::Balance, &["余额"]),
        Column::needed(Field::Unused, &["交易渠道/场所"]),
        Column::also(Field::Item, &["附言"]),
    ],
    account: &["借记卡号", "账号", "卡号"],
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
    never: bank::NO_ACCOUNT,
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
