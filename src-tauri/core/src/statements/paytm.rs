//! Paytm: the passbook as XLSX, a sheet `Summary` and a sheet `Passbook Payment History`. Facts: told by readers.

use super::{Case, Column, DateOrder, Dates, Draft, Field, Signs, Statement, Test, Trust};
use crate::ledger::{Direction, Kind};
use crate::table::cell::Zone;

/// Signed amounts as text; date and time apart.
pub(super) const PASSBOOK: Statement = Statement {
    id: "paytm-passbook",
    provider: "paytm",
    zh: "Paytm 账单（Passbook）",
    en: "Paytm passbook",
    trust: Trust::Told,
    versions: &["XLSX with Summary and Passbook Payment History"],
    quirks: &[
        "the table stands on the second sheet",
        "amounts as text with + and -, groups of two (1,00,000.00)",
        "date and time in two columns",
        "the party inside Paid to …, Received from …",
    ],
    columns: &[
        Column::needed(Field::Time, &["Date"]),
        Column::needed(Field::TimeOfDay, &["Time"]),
        Column::needed(Field::Item, &["Transaction Details"]),
        Column::also(Field::CounterpartyAccount, &["Other Transaction Details (UPI ID or A/c No)"]),
        Column::needed(Field::Method, &["Your Account"]),
        Column::needed(Field::Amount, &["Amount"]),
        Column::needed(Field::OrderNo, &["UPI Ref No."]),
        Column::also(Field::OrderNo, &["Order ID"]),
        Column::also(Field::MerchantOrderNo, &["Order ID"]),
        Column::also(Field::Memo, &["Remarks"]),
        Column::also(Field::Memo, &["Comment"]),
        Column::also(Field::Category, &["Tags"]),
    ],
    dates: Dates::As(DateOrder::Dmy),
    zone: Zone::Named(chrono_tz::Asia::Kolkata),
    signs: Signs::MinusIsOut,
    currency: crate::money::Currency::INR,
    kinds: &[
        Case(Kind::Refund, &[IN, Test::Has(Field::Item, &["Refund", "refund", "Reversal", "reversal"])]),
        Case(Kind::Failed, &[Test::Has(Field::Item, &["Failed", "failed"])]),
        Case(Kind::OwnTransfer, &[Test::Has(Field::Item, &["Self", "self", "own account", "Own Account"])]),
        Case(
            Kind::TopUp,
            &[IN, Test::Has(Field::Item, &["Money added", "Added to", "added to", "Add Money"])],
        ),
        Case(Kind::OwnTransfer, &[OUT, Test::Has(Field::Item, &["UPI Lite", "UPI LITE"])]),
        Case(Kind::Income, &[IN, Test::Has(Field::Item, &["Cashback", "cashback"])]),
        Case(Kind::Repayment, &[OUT, Test::Has(Field::Item, &["Credit Card Bill", "credit card bill"])]),
        Case(Kind::TransferOut, &[OUT, Test::Starts(Field::Item, SENT)]),
        Case(Kind::TransferIn, &[IN, Test::Starts(Field::Item, RECEIVED)]),
        Case(Kind::Purchase, &[OUT]),
        Case(Kind::Income, &[IN]),
    ],
    meaning: Some(meaning),
    ..Statement::PLAIN
};

const IN: Test = Test::Going(&[Direction::In]);
const OUT: Test = Test::Going(&[Direction::Out]);
const SENT: &[&str] = &["Money sent to", "Sent to", "Transferred to", "Money transferred to"];
const RECEIVED: &[&str] = &["Received from", "Money received from", "Money Received from"];
/// Words before the party's name.
const BEFORE: &[&str] = &[
    "Paid to ",
    "Money sent to ",
    "Sent to ",
    "Money transferred to ",
    "Transferred to ",
    "Money received from ",
    "Money Received from ",
    "Received from ",
    "Refund from ",
    "Refund received from ",
];

/// The party stands in the words of the row alone.
fn meaning(draft: &mut Draft) {
    if let Some(party) = BEFORE.iter().find_map(|before| draft.item.strip_prefix(before)) {
        draft.counterparty = party.trim().to_owned();
    }
}
