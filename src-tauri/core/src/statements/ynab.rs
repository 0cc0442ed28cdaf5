//! YNAB: the register that the web and YNAB 4 export, and the template that it imports. Facts: its documented columns.

use super::{Case, Column, Dates, Decimals, Field, Signs, Statement, Test, Trust};
use crate::ledger::{Direction, Kind};

/// All accounts of a budget, two columns of amounts. YNAB 4 adds the check's number and a running balance.
pub(super) const REGISTER: Statement = Statement {
    id: "ynab-register",
    zh: "YNAB 流水",
    en: "YNAB register",
    versions: &["web register", "YNAB 4 register"],
    quirks: &[
        "date order of the budget, told by the whole file",
        "Outflow and Inflow, 0.00 in the other one",
        "currency signs on either side, with marks of the direction of writing",
        "Transfer : … as the payee",
    ],
    columns: &[
        Column::needed(Field::Method, &["Account"]),
        Column::needed(Field::Time, &["Date"]),
        Column::needed(Field::Counterparty, &["Payee"]),
        Column::needed(Field::Category, &["Category Group/Category", "Category"]),
        Column::needed(Field::Memo, &["Memo"]),
        Column::needed(Field::AmountOut, &["Outflow"]),
        Column::needed(Field::AmountIn, &["Inflow"]),
        Column::needed(Field::Status, &["Cleared"]),
        Column::also(Field::Unused, &["Flag"]),
        Column::also(Field::Unused, &["Category Group", "Master Category"]),
        Column::also(Field::Unused, &["Sub Category"]),
        Column::also(Field::OrderNo, &["Check Number"]),
        Column::also(Field::Balance, &["Running Balance"]),
    ],
    ..BUDGET
};

/// `Date,Payee,Memo,Outflow,Inflow`
pub(super) const TEMPLATE: Statement = Statement {
    id: "ynab-import",
    zh: "YNAB 导入模板（支出、收入两列）",
    en: "YNAB import template (outflow and inflow)",
    versions: &["Date, Payee, Memo, Outflow, Inflow"],
    quirks: &["date order told by the whole file"],
    columns: &[
        Column::needed(Field::Time, &["Date"]),
        Column::needed(Field::Counterparty, &["Payee"]),
        Column::also(Field::Category, &["Category"]),
        Column::needed(Field::Memo, &["Memo"]),
        Column::needed(Field::AmountOut, &["Outflow"]),
        Column::needed(Field::AmountIn, &["Inflow"]),
    ],
    ..BUDGET
};

/// `Date,Payee,Memo,Amount`
pub(super) const SIGNED: Statement = Statement {
    id: "ynab-import-amount",
    zh: "YNAB 导入模板（金额一列）",
    en: "YNAB import template (one amount)",
    versions: &["Date, Payee, Memo, Amount"],
    quirks: &["minus is out", "date order told by the whole file"],
    columns: &[
        Column::needed(Field::Time, &["Date"]),
        Column::needed(Field::Counterparty, &["Payee"]),
        Column::also(Field::Category, &["Category"]),
        Column::needed(Field::Memo, &["Memo"]),
        Column::needed(Field::Amount, &["Amount"]),
    ],
    signs: Signs::MinusIsOut,
    ..BUDGET
};

/// What the three share.
const BUDGET: Statement = Statement {
    // Books of many accounts: whose a payment is stands in its method.
    provider: "",
    trust: Trust::Told,
    dates: Dates::Inferred,
    decimals: Decimals::Inferred,
    of_account: true,
    kinds: &[
        Case(Kind::OwnTransfer, &[Test::Starts(Field::Counterparty, &["Transfer :", "Transfer:"])]),
        Case(Kind::Other, &[Test::Is(Field::Counterparty, OPENING)]),
        Case(Kind::Purchase, &[Test::Going(&[Direction::Out])]),
        Case(Kind::Income, &[Test::Going(&[Direction::In])]),
    ],
    ..Statement::PLAIN
};

const OPENING: &[&str] =
    &["Starting Balance", "Manual Balance Adjustment", "Reconciliation Balance Adjustment"];
