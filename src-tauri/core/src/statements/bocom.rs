//! 交通银行: the history of a debit card and the bill of a credit card, as CSV.

use super::{Column, Draft, Field, Signs, Statement, Trust, bank};
use crate::ledger::Direction;

/// `借 Dr` is out of the account, `贷 Cr` into it.
pub(super) const DEBIT: Statement = Statement {
    id: "bocom-debit",
    provider: "bocom",
    zh: "交通银行交易明细（借记卡）",
    en: "BOCOM debit card history",
    trust: Trust::Told,
    versions: &["CSV"],
    quirks: &[
        "借 Dr and 贷 Cr, also 借 or Cr alone",
        "amounts without a sign, or with the side behind them: 12.00 DR",
        "day and time in two columns",
    ],
    columns: &[
        Column::also(Field::Unused, &["序号"]),
        Column::needed(Field::Time, &["交易日期"]),
        Column::needed(Field::TimeOfDay, &["交易时间"]),
        Column::needed(Field::Category, &["交易类型"]),
        Column::needed(Field::Direction, &["借贷"]),
        Column::needed(Field::Amount, &["交易金额"]),
        Column::also(Field::Balance, &["余额"]),
        Column::also(Field::CounterpartyAccount, &["对方账号"]),
        Column::also(Field::Counterparty, &["对方户名"]),
        Column::also(Field::Item, &["摘要"]),
        Column::also(Field::Item, &["交易地点"]),
    ],
    directions: &[
        ("借 Dr", Direction::Out),
        ("借Dr", Direction::Out),
        ("借", Direction::Out),
        ("借方", Direction::Out),
        ("Dr", Direction::Out),
        ("贷 Cr", Direction::In),
        ("贷Cr", Direction::In),
        ("贷", Direction::In),
        ("贷方", Direction::In),
        ("Cr", Direction::In),
    ],
    account: &["账号", "卡号", "账号/卡号"],
    of_account: true,
    kinds: bank::KINDS,
    ..Statement::PLAIN
};

/// The currency stands in the amount's cell: `CNY 12.34`, `CNY13.50`, `JPY 1000.00`. What was booked counts.
pub(super) const CREDIT: Statement = Statement {
    id: "bocom-credit",
    provider: "bocom",
    zh: "交通银行信用卡账单",
    en: "BOCOM credit card bill",
    trust: Trust::Told,
    versions: &["CSV"],
    quirks: &[
        "the currency in the amount's cell, with and without a blank: CNY 12.34, CNY13.50, JPY 1000.00",
        "入账币种/金额 counts, not 交易币种/金额",
        "还款 and 退货 without a sign are money in",
    ],
    columns: &[
        Column::needed(Field::Time, &["交易日期"]),
        Column::needed(Field::Unused, &["记账日期"]),
        Column::also(Field::Method, &["卡末四位", "卡号末四位"]),
        Column::needed(Field::Counterparty, &["交易说明"]),
        Column::needed(Field::Item, &["交易说明"]),
        Column::needed(Field::Unused, &["交易币种/金额"]),
        Column::needed(Field::Amount, &["入账币种/金额"]),
    ],
    signs: Signs::MinusIsIn,
    of_account: true,
    kinds: bank::CARD_KINDS,
    meaning: Some(|draft: &mut Draft| {
        bank::turn_what_was_given_back(draft);
        bank::name_card(draft, "交通银行信用卡");
    }),
    ..Statement::PLAIN
};
