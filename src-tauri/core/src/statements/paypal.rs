//! PayPal: the activity download and the monthly statement (CSR), as CSV. Facts: the column names stand in real exports;
//! types and statuses are told by readers and are an open set: what is not known is kept and marked.
//!
//! Columns are chosen by the user and move, so they are found by name. Names in other languages are those that readers
//! of such files look for.

mod words;

use super::status::{CANCELLED, FAILED, RETURNED, SETTLED, WAITING};
use super::{Case, Column, Dates, Decimals, Draft, Field, Signs, Statement, Test, Trust};
use crate::ledger::{Direction, Kind, Mark};
use crate::table::cell::Zone;
use words::*;

/// 10 to 41 columns. A payment from a card or a bank account is several rows: the payment, the money that came for it,
/// and the conversion of currencies.
pub(super) const ACTIVITY: Statement = Statement {
    id: "paypal-activity",
    zh: "PayPal 活动记录",
    en: "PayPal activity",
    versions: &["default columns since 2018", "columns of the user's choice", "old columns (AU, US)"],
    quirks: &[
        "columns by name, in English, German, Dutch, French, Spanish, Italian, Chinese (both scripts) and Japanese",
        "date order and decimal sign told by the whole file",
        "a zone in every row; CST is the clock of China where the file is Chinese or has it in summer and no CDT, and is \
         remarked on where the file does not tell",
        "Balance Impact Memo: no money moved",
        "authorisations and holds are no payments",
        "Bank Deposit, General Card Deposit: the other half of a payment, also under their German names",
        "a row without a name, an item or a known type: the other half of a payment, or a withdrawal, marked as a guess",
        "currency conversions are own transfers",
        "Reference Txn ID leads a refund to its payment; B-…, I-… name a subscription",
        "the fee in a column of its own",
    ],
    columns: &[
        Column::needed(Field::Time, DATE),
        Column::needed(Field::TimeOfDay, TIME),
        Column::also(Field::Zone, ZONE),
        Column::needed(Field::Counterparty, NAME),
        Column::needed(Field::Category, TYPE),
        Column::needed(Field::Status, STATUS),
        Column::needed(Field::Currency, CURRENCY),
        Column::needed(Field::Amount, GROSS),
        Column::also(Field::Fee, FEE),
        Column::also(Field::Unused, NET),
        Column::also(Field::PayerAccount, FROM),
        Column::also(Field::PayeeAccount, TO),
        Column::also(Field::OrderNo, NUMBER),
        Column::also(Field::OrderNo, RECEIPT),
        Column::also(Field::Item, ITEM),
        Column::also(Field::Item, SUBJECT),
        Column::also(Field::MerchantOrderNo, REFERENCE),
        Column::also(Field::MerchantOrderNo, INVOICE),
        Column::also(Field::Balance, BALANCE),
        Column::also(Field::Memo, NOTE),
        Column::also(Field::Memo, SUBJECT),
        Column::also(Field::Direction, IMPACT),
    ],
    ..PAYPAL
};

/// `…-CSR-….CSV`: 18 columns, what the row is stands in `Description`, and there is no status.
pub(super) const REPORT: Statement = Statement {
    id: "paypal-statement",
    zh: "PayPal 月结单（CSR）",
    en: "PayPal statement (CSR)",
    versions: &["CSR of personal accounts"],
    quirks: &[
        "no status",
        "zones by place (Europe/Berlin)",
        "headers with a blank at their end",
        "English, German, French, Spanish, Italian, Chinese and Japanese names",
    ],
    columns: &[
        Column::needed(Field::Time, DATE),
        Column::needed(Field::TimeOfDay, TIME),
        Column::needed(Field::Zone, ZONE),
        Column::needed(Field::Category, DESCRIPTION),
        Column::needed(Field::Currency, CURRENCY),
        Column::needed(Field::Amount, GROSS),
        Column::needed(Field::Fee, FEE),
        Column::needed(Field::Unused, NET),
        Column::needed(Field::Balance, BALANCE),
        Column::needed(Field::OrderNo, NUMBER),
        Column::also(Field::CounterpartyAccount, FROM),
        Column::needed(Field::Counterparty, NAME),
        Column::also(Field::Method, BANK),
        Column::also(Field::Method, BANK_ACCOUNT),
        Column::also(Field::MerchantOrderNo, REFERENCE),
        Column::also(Field::MerchantOrderNo, INVOICE),
    ],
    ..PAYPAL
};

/// What both share.
const PAYPAL: Statement = Statement {
    provider: "paypal",
    trust: Trust::Told,
    dates: Dates::Inferred,
    // French says Date as English does, but no other language says Heure.
    day_first: &["Datum", "Fecha", "Data", "Heure"],
    zone: Zone::Named(chrono_tz::America::Los_Angeles),
    decimals: Decimals::Inferred,
    signs: Signs::MinusIsOut,
    directions: IMPACTS,
    kinds: &[
        Case(Kind::Failed, &[Test::Is(Field::Status, FAILED)]),
        Case(Kind::Closed, &[Test::Is(Field::Status, CANCELLED)]),
        // Reserved and released again; the payment is a row of its own.
        Case(Kind::Pending, &[Test::Has(Field::Category, HOLD), Test::Is(Field::Status, WAITING)]),
        Case(Kind::Closed, &[Test::Has(Field::Category, HOLD)]),
        Case(Kind::OwnTransfer, &[Test::Has(Field::Category, CONVERSION)]),
        // The other half of a payment, also while it is on its way.
        Case(
            Kind::OwnTransfer,
            &[
                IN,
                Test::Has(Field::Category, FUNDING),
                Test::Filled(Field::MerchantOrderNo),
                Test::Is(Field::Status, WAITING),
            ],
        ),
        Case(
            Kind::OwnTransfer,
            &[IN, Test::Has(Field::Category, FUNDING), Test::Filled(Field::MerchantOrderNo)],
        ),
        Case(Kind::TopUp, &[IN, Test::Has(Field::Category, FUNDING)]),
        Case(Kind::Withdrawal, &[Test::Has(Field::Category, WITHDRAWAL)]),
        Case(Kind::Pending, &[Test::Is(Field::Status, WAITING)]),
        Case(Kind::Other, &[Test::Word(NOTES)]),
        // Also of a refund or a chargeback.
        Case(Kind::Fee, &[OUT, Test::Ends(Field::Category, FEES)]),
        Case(Kind::Refund, &[IN, Test::Has(Field::Category, REFUND)]),
        // Paid back to a customer.
        Case(Kind::Other, &[Test::Has(Field::Category, REFUND)]),
        Case(Kind::Fee, &[Test::Ends(Field::Category, FEES)]),
        Case(Kind::Purchase, &[OUT, Test::Filled(Field::Item)]),
        Case(Kind::TransferOut, &[OUT, Test::Is(Field::Category, BETWEEN_PERSONS)]),
        Case(Kind::TransferIn, &[IN, Test::Is(Field::Category, BETWEEN_PERSONS)]),
        Case(Kind::Purchase, &[OUT]),
        Case(Kind::Income, &[IN]),
    ],
    settled: SETTLED,
    meaning: Some(meaning),
    ..Statement::PLAIN
};

const IN: Test = Test::Going(&[Direction::In]);
const OUT: Test = Test::Going(&[Direction::Out]);

fn meaning(draft: &mut Draft) {
    // Who is paid has a name. Types are translated, and not all names of them are known.
    let nobody = draft.counterparty.is_empty() && draft.item.is_empty();
    let half = match draft.kind {
        Kind::Income if nobody && !draft.merchant_order_no.is_empty() => Some(Kind::OwnTransfer),
        Kind::Purchase
            if nobody && draft.merchant_order_no.is_empty() && draft.counterparty_account.is_empty() =>
        {
            Some(Kind::Withdrawal)
        }
        _ => None,
    };
    if let Some(half) = half {
        draft.kind = half;
        if !draft.marks.contains(&Mark::UnknownType) {
            draft.marks.push(Mark::UnknownType);
        }
    }
    // Whatever its sign, it moved nothing.
    if HOLD.iter().any(|word| draft.category.contains(word)) {
        draft.direction = Direction::Neutral;
    }
    if draft.direction == Direction::Out && RETURNED.contains(&draft.status.as_str()) {
        draft.refunded = draft.amount;
    }
}
