//! 香港上海滙豐銀行: card and account histories of the Hong Kong bank, as CSV with the day first.

use super::{Case, Column, Dates, Draft, Field, Signs, Statement, Test, Trust, bank};
use crate::ledger::{Direction, Kind};
use crate::money::Currency;
use crate::table::cell::DateOrder;

/// The word of the last column says which way; the sign repeats it.
pub(super) const CREDIT: Statement = Statement {
    id: "hsbc-hk-credit",
    provider: "hsbc-hk",
    zh: "香港汇丰信用卡明细",
    en: "HSBC Hong Kong credit card history",
    trust: Trust::Told,
    versions: &["CSV"],
    quirks: &[
        "the day first",
        "two tabs behind quoted amounts",
        "DEBIT and CREDIT in a column, the sign repeats it",
        "PENDING: not posted yet, without a day of posting",
        "a name of the shop, or the description alone",
    ],
    never: bank::NO_ACCOUNT,
    columns: &[
        Column::needed(Field::Time, &["Transaction date"]),
        Column::needed(Field::Unused, &["Post date"]),
        Column::needed(Field::Item, &["Description"]),
        Column::needed(Field::Amount, &["Billing amount"]),
        Column::needed(Field::Currency, &["Billing currency"]),
        Column::also(Field::Status, &["Transaction status"]),
        Column::also(Field::Counterparty, &["Merchant name"]),
        Column::also(Field::Counterparty, &["Description"]),
        Column::also(Field::Unused, &["Country / region"]),
        Column::also(Field::Unused, &["Area / district"]),
        Column::needed(Field::Direction, &["Credit / Debit"]),
    ],
    directions: &[("DEBIT", Direction::Out), ("CREDIT", Direction::In)],
    dates: Dates::As(DateOrder::Dmy),
    signs: Signs::MinusIsOut,
    currency: Currency::HKD,
    of_account: true,
    kinds: bank::CARD_KINDS,
    meaning: Some(pending),
    ..Statement::PLAIN
};

/// Signed: minus is out.
pub(super) const DEBIT: Statement = Statement {
    id: "hsbc-hk-account",
    provider: "hsbc-hk",
    zh: "香港汇丰账户明细",
    en: "HSBC Hong Kong account history",
    trust: Trust::Told,
    versions: &["CSV"],
    quirks: &[
        "the day first",
        "signed amounts, the balance with a currency of its own",
        "kinds by English words",
    ],
    never: bank::NO_CARD,
    columns: &[
        Column::needed(Field::Time, &["Date"]),
        Column::needed(Field::Item, &["Description"]),
        Column::needed(Field::Counterparty, &["Description"]),
        Column::needed(Field::Amount, &["Billing amount"]),
        Column::needed(Field::Currency, &["Billing currency"]),
        Column::needed(Field::Balance, &["Balance"]),
        Column::needed(Field::Unused, &["Balance currency"]),
    ],
    dates: Dates::As(DateOrder::Dmy),
    signs: Signs::MinusIsOut,
    currency: Currency::HKD,
    of_account: true,
    kinds: ACCOUNT_KINDS,
    ..Statement::PLAIN
};

/// The words of an account kept in English.
const ACCOUNT_KINDS: &[Case] = &[
    Case(Kind::Refund, &[Test::Going(&[Direction::In]), Test::Has(Field::Item, bank::REFUND)]),
    Case(
        Kind::Income,
        &[Test::Going(&[Direction::In]), Test::Has(Field::Item, &["INTEREST", "SALARY", "PAYROLL"])],
    ),
    Case(
        Kind::Fee,
        &[Test::Going(&[Direction::Out]), Test::Has(Field::Item, &["FEE", "CHARGE", "INTEREST"])],
    ),
    Case(Kind::OwnTransfer, &[Test::Has(Field::Item, &["ATM", "CASH"])]),
    Case(
        Kind::Repayment,
        &[Test::Going(&[Direction::Out]), Test::Has(Field::Item, &["CREDIT CARD PAYMENT", "CARD PAYMENT"])],
    ),
    Case(Kind::TransferOut, &[Test::Going(&[Direction::Out]), Test::Has(Field::Item, &["FPS", "TRANSFER"])]),
    Case(Kind::TransferIn, &[Test::Going(&[Direction::In]), Test::Has(Field::Item, &["FPS", "TRANSFER"])]),
    Case(Kind::Income, &[Test::Going(&[Direction::In])]),
    Case(Kind::Purchase, &[Test::Going(&[Direction::Out])]),
];

/// What is authorised and not yet posted.
fn pending(draft: &mut Draft) {
    if draft.status.eq_ignore_ascii_case("pending") {
        draft.kind = Kind::Pending;
    }
}
