//! 兴业银行: the history of a debit card, as XLSX.

use super::{Column, Field, Statement, Trust, bank};

/// Ten lines above the table, 说明 below it; two columns of amounts.
pub(super) const DEBIT: Statement = Statement {
    id: "cib-debit",
    provider: "cib",
    zh: "兴业银行交易明细（借记卡）",
    en: "CIB debit card history",
    trust: Trust::Told,
    versions: &["XLSX"],
    quirks: &[
        "ten lines above the table, 说明 below",
        "an amount in one of two columns",
        "day and time in one cell",
    ],
    never: bank::NO_CARD,
    columns: &[
        Column::needed(Field::Time, &["交易时间"]),
        Column::needed(Field::Unused, &["记账日"]),
        Column::needed(Field::AmountOut, &["支出"]),
        Column::needed(Field::AmountIn, &["收入"]),
        Column::needed(Field::Balance, &["账户余额"]),
        Column::needed(Field::Category, &["摘要"]),
        Column::also(Field::Counterparty, &["对方户名"]),
        Column::also(Field::Unused, &["对方银行"]),
        Column::also(Field::CounterpartyAccount, &["对方账号"]),
        Column::also(Field::Item, &["用途"]),
        Column::needed(Field::Unused, &["交易渠道"]),
        Column::also(Field::Memo, &["备注"]),
    ],
    account: &["账号", "卡号", "账户"],
    footers: &["说明"],
    of_account: true,
    kinds: bank::KINDS,
    ..Statement::PLAIN
};
