//! 交通银行: the history of a debit card, as CSV and as the web bank's Excel file, and the bill of a credit card.

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
    never: bank::NO_CARD,
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

/// `交易明细列表.xls`: two columns of amounts, and a summary of several parts.
pub(super) const DEBIT_WEB: Statement = Statement {
    id: "bocom-debit-web",
    provider: "bocom",
    zh: "交通银行银行卡交易明细查询表（网银下载）",
    en: "BOCOM debit card history, downloaded from the web bank",
    trust: Trust::Told,
    versions: &["XLS (交易明细列表)"],
    quirks: &[
        "day and time in one cell, the day of booking beside it",
        "-- in the column of the other side",
        "parts between bars in the summary: |交易说明:…|订单编号:…|",
        "the card's number and more facts on one line",
    ],
    titles: &["交通银行银行卡交易明细查询表"],
    never: bank::NO_CARD,
    columns: &[
        Column::needed(Field::Time, &["交易时间"]),
        Column::needed(Field::Time, &["记账日期"]),
        Column::needed(Field::Unused, &["交易地点"]),
        Column::needed(Field::Category, &["交易方式"]),
        Column::needed(Field::AmountOut, &["支出金额"]),
        Column::needed(Field::AmountIn, &["收入金额"]),
        Column::needed(Field::Balance, &["余额"]),
        Column::also(Field::Counterparty, &["对方户名"]),
        Column::also(Field::CounterpartyAccount, &["对方账户", "对方账号"]),
        Column::also(Field::Unused, &["对方开户行"]),
        Column::needed(Field::Item, &["摘要"]),
    ],
    account: &["银行卡号", "卡号", "账号"],
    of_account: true,
    kinds: bank::KINDS,
    meaning: Some(take_summary_apart),
    ..Statement::PLAIN
};

/// `|交易说明:…|订单编号:…|`: what was bought and the order's number.
fn take_summary_apart(draft: &mut Draft) {
    if !draft.item.starts_with('|') {
        return;
    }
    let part = |name: &str| {
        let mut parts = draft.item.split('|').filter_map(|part| part.split_once([':', '：']));
        parts.find(|(label, _)| label.trim() == name).map(|(_, value)| value.trim().to_owned())
    };
    let (said, order) = (part("交易说明"), part("订单编号"));
    if let Some(order) = order {
        draft.merchant_order_no = order;
    }
    if let Some(said) = said {
        draft.memo = std::mem::replace(&mut draft.item, said);
    }
    if let Some(kind) = bank::kind(draft) {
        draft.kind = kind;
    }
}

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
        "入账币种/金额 counts; 交易币种/金额 in another currency is kept in the memo",
        "还款 and 退货 without a sign are money in",
    ],
    never: bank::NO_ACCOUNT,
    columns: &[
        Column::needed(Field::Time, &["交易日期"]),
        Column::needed(Field::Unused, &["记账日期"]),
        Column::also(Field::Method, &["卡末四位", "卡号末四位"]),
        Column::needed(Field::Counterparty, &["交易说明"]),
        Column::needed(Field::Item, &["交易说明"]),
        Column::needed(Field::ForeignAmount, &["交易币种/金额"]),
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
