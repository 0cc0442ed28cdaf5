//! 中国农业银行: the history of a debit card, as CSV with rows that end where their last filled cell is, and as the web
//! bank's Excel file.

use super::{Column, Field, Signs, Statement, Trust, bank};

/// Dates as `20240101`, times as `123456` or nothing.
pub(super) const DEBIT: Statement = Statement {
    id: "abc-debit",
    provider: "abc",
    zh: "中国农业银行账户活期交易明细（借记卡）",
    en: "ABC debit card history",
    trust: Trust::Told,
    versions: &["CSV", "XLS of the web bank (账户明细查询), with 对方户名 and 交易用途"],
    quirks: &[
        "rows that end where their last filled cell is",
        "+10000.00 and -20.00",
        "days as 20240101, times as 123456 or empty",
        "a column's name with blanks between: 日 志 号",
        "the other side's name and account in two columns, or in one (对手信息)",
        "the account and more facts on one line",
    ],
    own: &["对手信息", "日志号", "交易附言", "交易用途", "交易行"],
    never: bank::NO_CARD,
    columns: &[
        Column::needed(Field::Time, &["交易日期"]),
        Column::needed(Field::TimeOfDay, &["交易时间"]),
        Column::needed(Field::Category, &["交易摘要"]),
        Column::needed(Field::Amount, &["交易金额"]),
        Column::needed(Field::Balance, &["本次余额"]),
        Column::also(Field::Counterparty, &["对手信息", "对方户名"]),
        Column::also(Field::CounterpartyAccount, &["对方账号"]),
        Column::also(Field::OrderNo, &["日志号"]),
        Column::also(Field::Unused, &["交易渠道"]),
        Column::also(Field::Item, &["交易附言", "交易用途"]),
        Column::also(Field::Memo, &["交易类型"]),
    ],
    ragged: true,
    signs: Signs::MinusIsOut,
    account: &["账户", "账号", "卡号"],
    of_account: true,
    kinds: bank::KINDS,
    ..Statement::PLAIN
};
