//! 中国建设银行: the history of a debit card, an old Excel file with text dates and two columns of amounts.

use super::{Column, Field, Statement, Trust, bank};

/// Six lines above the table; the time of day and the balance are there or not, as the user chose.
pub(super) const DEBIT: Statement = Statement {
    id: "ccb-debit",
    provider: "ccb",
    zh: "中国建设银行活期明细（储蓄卡）",
    en: "CCB debit card history",
    trust: Trust::Told,
    versions: &["XLS; 交易时间 and 账户余额 there or not"],
    quirks: &[
        "XLS with six lines above the table",
        "days as text (20250101), amounts as numbers",
        "names of columns padded with blanks and U+3000",
        "the time in a column of its own, or missing",
        "以上数据仅供参考 below the table",
    ],
    own: &["交易地点"],
    never: bank::NO_CARD,
    columns: &[
        Column::needed(Field::Unused, &["记账日"]),
        Column::needed(Field::Time, &["交易日期"]),
        Column::also(Field::TimeOfDay, &["交易时间"]),
        Column::needed(Field::AmountOut, &["支出"]),
        Column::needed(Field::AmountIn, &["收入"]),
        Column::also(Field::Balance, &["账户余额"]),
        Column::also(Field::Currency, &["币种"]),
        Column::needed(Field::Category, &["摘要"]),
        Column::also(Field::CounterpartyAccount, &["对方账号"]),
        Column::also(Field::Counterparty, &["对方户名"]),
        Column::also(Field::Item, &["交易地点"]),
    ],
    account: &["账号", "卡号"],
    footers: &["以上数据仅供参考"],
    of_account: true,
    kinds: bank::KINDS,
    ..Statement::PLAIN
};
