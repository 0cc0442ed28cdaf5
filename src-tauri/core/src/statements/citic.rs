//! 中信银行: the bill of a credit card, an old Excel file.

use super::{Column, Draft, Field, Signs, Statement, Trust, bank};

/// What was settled counts, in the currency it was settled in; minus is money that came back or was repaid.
pub(super) const CREDIT: Statement = Statement {
    id: "citic-credit",
    provider: "citic",
    zh: "中信银行信用卡账单明细",
    en: "CITIC credit card bill",
    trust: Trust::Told,
    versions: &["XLS"],
    quirks: &[
        "a title above the table",
        "the card's last digits as a number",
        "minus is money back or repaid",
        "结算金额 in 结算币种 counts; 交易金额 in another 交易币种 is kept in the memo",
    ],
    titles: &["本期账单明细"],
    never: bank::NO_ACCOUNT,
    columns: &[
        Column::needed(Field::Time, &["交易日期"]),
        Column::needed(Field::Unused, &["入账日期"]),
        Column::needed(Field::Counterparty, &["交易描述"]),
        Column::needed(Field::Item, &["交易描述"]),
        Column::also(Field::Method, &["卡末四位"]),
        Column::also(Field::ForeignCurrency, &["交易币种"]),
        Column::needed(Field::Currency, &["结算币种"]),
        Column::also(Field::ForeignAmount, &["交易金额"]),
        Column::needed(Field::Amount, &["结算金额"]),
    ],
    signs: Signs::MinusIsIn,
    of_account: true,
    kinds: bank::CARD_KINDS,
    meaning: Some(|draft: &mut Draft| bank::name_card(draft, "中信银行信用卡")),
    ..Statement::PLAIN
};
