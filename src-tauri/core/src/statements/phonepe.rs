//! PhonePe: the transaction statement as CSV. Facts: told by readers.

use super::{Case, Column, DateOrder, Dates, Draft, Field, Statement, Test, Trust};
use crate::ledger::{Direction, Kind};
use crate::table::cell::Zone;

/// Two lines and a blank one above the table, prose below it.
pub(super) const STATEMENT: Statement = Statement {
    id: "phonepe-statement",
    provider: "phonepe",
    zh: "PhonePe 交易账单",
    en: "PhonePe transaction statement",
    trust: Trust::Told,
    versions: &["CSV"],
    quirks: &[
        "a tab before the time",
        "Debit, Credit in a column, amounts without a sign",
        "prose below the table",
        "the party inside Paid to …, Received from …",
        "Paid by and Credited to before the account",
        "cards and loans repaid, and UPI Lite topped up, by their words",
    ],
    columns: &[
        Column::needed(Field::Time, &["Date"]),
        Column::needed(Field::TimeOfDay, &["Time"]),
        Column::needed(Field::Item, &["Transaction Details"]),
        Column::needed(Field::OrderNo, &["Transaction ID"]),
        Column::also(Field::MerchantOrderNo, &["UTR", "UTR No.", "UTR No"]),
        Column::needed(Field::Direction, &["Transaction Type", "Type"]),
        Column::also(Field::Category, &["Transaction Type", "Type"]),
        Column::also(Field::Method, &["Credit/debit instrument", "Instrument"]),
        Column::needed(Field::Amount, &["Amount", "Amount (*)"]),
    ],
    dates: Dates::As(DateOrder::Dmy),
    zone: Zone::Named(chrono_tz::Asia::Kolkata),
    currency: crate::money::Currency::INR,
    directions: &[("Debit", Direction::Out), ("Credit", Direction::In)],
    account: &["Transaction Statement for"],
    // The prose differs from version to version; no row of the table begins with a word like these.
    footers: &[
        "This",
        "Note",
        "Disclaimer",
        "For ",
        "Page",
        "Contact",
        "Customer",
        "Terms",
        "Please",
        "The ",
        "If ",
        "You ",
        "System",
        "*",
        "Generated",
        "PhonePe",
        "http",
        "www",
    ],
    kinds: &[
        Case(Kind::Failed, &[Test::Has(Field::Item, &["Failed", "failed"])]),
        Case(Kind::Refund, &[IN, Test::Has(Field::Item, &["Refund", "refund", "Reversal", "reversal"])]),
        Case(Kind::OwnTransfer, &[Test::Has(Field::Item, &["Self", "self", "own account"])]),
        Case(Kind::OwnTransfer, &[OUT, Test::Has(Field::Item, &["UPI Lite", "UPI LITE", "Wallet top"])]),
        Case(
            Kind::Repayment,
            &[OUT, Test::Has(Field::Item, &["Credit Card", "credit card", "Loan ", "loan ", "EMI "])],
        ),
        Case(
            Kind::TopUp,
            &[IN, Test::Has(Field::Item, &["Added to", "added to", "Wallet topup", "Wallet top-up"])],
        ),
        Case(Kind::Income, &[IN, Test::Has(Field::Item, &["Cashback", "cashback"])]),
        Case(
            Kind::TransferOut,
            &[OUT, Test::Starts(Field::Item, &["Transfer to", "Sent to", "Money sent to"])],
        ),
        Case(Kind::TransferIn, &[IN, Test::Starts(Field::Item, &["Received from", "Transfer from"])]),
        Case(Kind::Purchase, &[OUT]),
        Case(Kind::Income, &[IN]),
    ],
    meaning: Some(meaning),
    ..Statement::PLAIN
};

const IN: Test = Test::Going(&[Direction::In]);
const OUT: Test = Test::Going(&[Direction::Out]);
const BEFORE: &[&str] = &[
    "Paid to ",
    "Transfer to ",
    "Sent to ",
    "Money sent to ",
    "Received from ",
    "Transfer from ",
    "Refund from ",
    "Refund Received from ",
    "Refund received from ",
    "Payment to ",
];

/// The party stands in the words of the row alone.
fn meaning(draft: &mut Draft) {
    if let Some(party) = BEFORE.iter().find_map(|before| draft.item.strip_prefix(before)) {
        draft.counterparty = party.trim().to_owned();
    }
    // What it was paid by, not that it was.
    if let Some(own) =
        ["Paid by ", "Credited to "].iter().find_map(|before| draft.method.strip_prefix(before))
    {
        draft.method = own.trim().to_owned();
    }
}
