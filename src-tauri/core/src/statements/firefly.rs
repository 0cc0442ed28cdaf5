//! Firefly III: the CSV that it exports of all its accounts. Facts: its documented columns.

use super::{Case, Column, Field, Signs, Statement, Test, Trust};
use crate::ledger::{Direction, Kind};

/// A row is one journal: the parts of a split are rows of their own.
pub(super) const EXPORT: Statement = Statement {
    id: "firefly-iii",
    // Books of many accounts: whose a payment is stands in its method.
    provider: "",
    zh: "Firefly III 导出",
    en: "Firefly III export",
    trust: Trust::Told,
    versions: &["transaction export, CSV"],
    quirks: &[
        "moments with their own offset",
        "withdrawals negative, twelve decimals",
        "both ends named: the other one is the counterparty, the own one the method",
        "transfers and opening balances are neutral",
        "foreign_amount is kept in the memo",
    ],
    columns: &[
        Column::needed(Field::OrderNo, &["journal_id"]),
        Column::needed(Field::Direction, &["type"]),
        Column::needed(Field::Amount, &["amount"]),
        Column::needed(Field::Currency, &["currency_code"]),
        Column::needed(Field::Item, &["description"]),
        Column::needed(Field::Time, &["date"]),
        Column::needed(Field::Payer, &["source_name"]),
        Column::needed(Field::Payee, &["destination_name"]),
        Column::also(Field::PayerAccount, &["source_iban"]),
        Column::also(Field::PayeeAccount, &["destination_iban"]),
        Column::also(Field::Category, &["category"]),
        Column::also(Field::MerchantOrderNo, &["external_id"]),
        Column::also(Field::MerchantOrderNo, &["internal_reference"]),
        Column::also(Field::Memo, &["notes"]),
        Column::also(Field::Unused, &["user_id"]),
        Column::also(Field::ForeignAmount, &["foreign_amount"]),
        Column::also(Field::ForeignCurrency, &["foreign_currency_code"]),
    ],
    signs: Signs::MinusIsOut,
    directions: &[
        ("Withdrawal", Direction::Out),
        ("Deposit", Direction::In),
        ("Transfer", Direction::Neutral),
        ("Opening balance", Direction::Neutral),
        ("Reconciliation", Direction::Neutral),
        ("Liability credit", Direction::Neutral),
    ],
    kinds: &[
        Case(Kind::OwnTransfer, &[Test::Word(&["Transfer"])]),
        Case(Kind::Purchase, &[Test::Going(&[Direction::Out])]),
        Case(Kind::Income, &[Test::Going(&[Direction::In])]),
    ],
    ..Statement::PLAIN
};
