//! 广发银行: the bill of a credit card, as CSV; what kind a row is stands in front of its summary.

use super::{Column, Field, Signs, Statement, Trust, bank};

/// `（消费）`, `（还款）` and the like begin the summary.
pub(super) const CREDIT: Statement = Statement {
    id: "cgb-credit",
    provider: "cgb",
    zh: "广发银行信用卡账单",
    en: "CGB credit card bill",
    trust: Trust::Told,
    versions: &["CSV"],
    quirks: &[
        "（消费）, （还款）, （退货） before the summary; the payee behind it",
        "days as 2025/01/05",
        "入账金额 counts; 交易金额 in another 交易货币 is kept in the memo",
        "还款 without a sign is money in",
    ],
    never: bank::NO_ACCOUNT,
    columns: &[
        Column::needed(Field::Time, &["交易日期"]),
        Column::needed(Field::Unused, &["入账日期"]),
        Column::needed(Field::Counterparty, &["交易摘要"]),
        Column::needed(Field::Item, &["交易摘要"]),
        Column::needed(Field::ForeignAmount, &["交易金额"]),
        Column::needed(Field::ForeignCurrency, &["交易货币"]),
        Column::needed(Field::Amount, &["入账金额"]),
        Column::needed(Field::Currency, &["入账货币"]),
    ],
    signs: Signs::MinusIsIn,
    of_account: true,
    kinds: bank::CARD_KINDS,
    meaning: Some(meaning),
    ..Statement::PLAIN
};

/// The payee is what stands behind the word in parentheses.
fn meaning(draft: &mut super::Draft) {
    if let Some((_, payee)) =
        draft.counterparty.split_once(['）', ')']).filter(|_| draft.counterparty.starts_with(['（', '(']))
    {
        draft.counterparty = payee.trim().to_owned();
    }
    bank::turn_what_was_given_back(draft);
}
