//! Apple Card: the month's transactions as CSV. Facts: six readers that agree; the signs differ in one of them, so the
//! type says which way the money went. Apple Pay itself exports nothing: it shows in the card's statement.

use super::{Case, Column, DateOrder, Dates, Draft, Field, Signs, Statement, Test, Trust};
use crate::ledger::{Direction, Kind, Mark};
use crate::table::cell::Zone;

/// Date only, no order number, purchases positive.
pub(super) const CARD: Statement = Statement {
    id: "apple-card",
    // The card has no entry of its own: its wallet's says whom to call.
    provider: "apple-pay",
    zh: "Apple Card 账单",
    en: "Apple Card transactions",
    trust: Trust::Told,
    versions: &["CSV of a month", "CSV with Last Four Digits and inverted signs"],
    quirks: &[
        "purchases positive, payments and credits negative; the type decides, whatever the sign",
        "no time of day and no order number: equal rows of one day stay two",
        "the currency in the column's name",
    ],
    columns: &[
        Column::needed(Field::Time, &["Transaction Date"]),
        Column::needed(Field::Unused, &["Clearing Date"]),
        Column::needed(Field::Item, &["Description"]),
        Column::needed(Field::Counterparty, &["Merchant"]),
        Column::also(Field::Counterparty, &["Description"]),
        Column::also(Field::Unused, &["Category"]),
        Column::needed(Field::Category, &["Type"]),
        Column::also(Field::Direction, &["Type"]),
        Column::needed(Field::Amount, &["Amount (*)", "Amount"]),
        Column::also(Field::Memo, &["Purchased By"]),
        Column::also(Field::Method, &["Last Four Digits"]),
    ],
    dates: Dates::As(DateOrder::Mdy),
    zone: Zone::Named(chrono_tz::America::New_York),
    signs: Signs::MinusIsIn,
    currency: crate::money::Currency::USD,
    directions: &[
        ("Purchase", Direction::Out),
        ("Installment", Direction::Out),
        ("Debit", Direction::Out),
        ("Interest", Direction::Out),
        ("Fee", Direction::Out),
        ("Cash Advance", Direction::Out),
        ("Payment", Direction::In),
        ("Credit", Direction::In),
        ("Refund", Direction::In),
        ("Return", Direction::In),
        ("Daily Cash", Direction::In),
        ("Daily Cash Adjustment", Direction::In),
    ],
    kinds: &[
        Case(Kind::Repayment, &[Test::Is(Field::Category, &["Payment"])]),
        Case(Kind::Refund, &[Test::Is(Field::Category, &["Credit", "Refund", "Return"])]),
        Case(Kind::Income, &[Test::Starts(Field::Category, &["Daily Cash"])]),
        Case(Kind::Fee, &[Test::Is(Field::Category, &["Interest", "Fee"])]),
        Case(Kind::OwnTransfer, &[Test::Is(Field::Category, &["Cash Advance"])]),
        Case(Kind::Purchase, &[Test::Is(Field::Category, &["Purchase", "Installment", "Debit"])]),
    ],
    meaning: Some(meaning),
    ..Statement::PLAIN
};

/// A type that is not known leaves the sign to say the direction.
fn meaning(draft: &mut Draft) {
    if draft.kind == Kind::Other {
        draft.marks.push(Mark::UnknownType);
    }
}
