//! 招商银行: the history of a debit card, as a CSV copy of what the bank sends and as its web bank writes it, and the bill
//! of a credit card.

use super::{Column, Dates, Draft, Field, Signs, Statement, Trust, bank};

/// The user chooses the columns, so few are needed.
pub(super) const DEBIT: Statement = Statement {
    id: "cmb-debit",
    provider: "cmb",
    zh: "招商银行交易流水（储蓄卡）",
    en: "CMB debit card history",
    trust: Trust::Told,
    versions: &["CSV copy of the PDF, any columns"],
    quirks: &[
        "columns of the user's choice, in any order",
        "signed amounts with groups: \"-1,000.00\"",
        "days as 2026-01-02 and 20260102; a total below or between",
    ],
    own: &["联机余额", "对手信息", "客户摘要"],
    never: bank::NO_CARD,
    columns: &[
        Column::needed(Field::Time, &["记账日期"]),
        Column::also(Field::Currency, &["货币"]),
        Column::needed(Field::Amount, &["交易金额"]),
        Column::also(Field::Balance, &["联机余额"]),
        Column::needed(Field::Category, &["交易摘要"]),
        Column::also(Field::Counterparty, &["对手信息"]),
        Column::also(Field::Item, &["客户摘要"]),
    ],
    signs: Signs::MinusIsOut,
    account: &["账号", "卡号", "户口号"],
    of_account: true,
    kinds: bank::KINDS,
    ..Statement::PLAIN
};

/// What the web bank and its program write. Other banks have columns of these names: the title tells.
pub(super) const DEBIT_WEB: Statement = Statement {
    id: "cmb-debit-web",
    provider: "cmb",
    zh: "招商银行交易记录（网银下载）",
    en: "CMB debit card history, downloaded from the web bank",
    trust: Trust::Told,
    versions: &["CSV titled 招商银行交易记录"],
    quirks: &[
        "lines around the table begin with #, quoted or not",
        "a tab before days and times, inside the quotes",
        "the card's number between the name of the card and that of the bank",
        "an amount in one of two columns",
        "收入合计 and 支出合计 below the table, as comments",
        "the payee stands in 交易备注",
    ],
    titles: &["招商银行交易记录"],
    title_needed: true,
    never: bank::NO_CARD,
    columns: &[
        Column::needed(Field::Time, &["交易日期"]),
        Column::needed(Field::TimeOfDay, &["交易时间"]),
        Column::needed(Field::AmountIn, &["收入"]),
        Column::needed(Field::AmountOut, &["支出"]),
        Column::also(Field::Balance, &["余额"]),
        Column::needed(Field::Category, &["交易类型"]),
        Column::needed(Field::Counterparty, &["交易备注"]),
        Column::needed(Field::Item, &["交易备注"]),
    ],
    account: &["账号", "卡号", "户口号"],
    footers: &["#"],
    of_account: true,
    kinds: bank::KINDS,
    ..Statement::PLAIN
};

/// Dates without a year, which stands in the title; repayments may have no day of payment, only one of
/// booking. Minus is money that came back or was repaid.
pub(super) const CREDIT: Statement = Statement {
    id: "cmb-credit",
    provider: "cmb",
    zh: "招商银行信用卡对账单",
    en: "CMB credit card bill",
    trust: Trust::Told,
    versions: &["CSV copy of the bill"],
    quirks: &[
        "days without a year: that of the title, or the year before where the month is a later one",
        "a repayment without a day of payment, only one of booking",
        "minus is money back or repaid; -3.90(CN)",
        "several cards in one bill, by their last four digits",
        "foreign purchases: 人民币金额 counts; 交易地金额 of another country is kept in the memo",
    ],
    titles: &["招商银行信用卡对账单"],
    own: &["交易地金额"],
    never: bank::NO_ACCOUNT,
    columns: &[
        Column::needed(Field::Time, &["交易日"]),
        Column::needed(Field::Time, &["记账日"]),
        Column::needed(Field::Counterparty, &["交易摘要"]),
        Column::needed(Field::Item, &["交易摘要"]),
        Column::needed(Field::Amount, &["人民币金额"]),
        Column::also(Field::Method, &["卡号末四位"]),
        Column::also(Field::ForeignAmount, &["交易地金额"]),
    ],
    dates: Dates::MonthDay,
    signs: Signs::MinusIsIn,
    of_account: true,
    kinds: bank::CARD_KINDS,
    meaning: Some(|draft: &mut Draft| bank::name_card(draft, "招商银行信用卡")),
    ..Statement::PLAIN
};
