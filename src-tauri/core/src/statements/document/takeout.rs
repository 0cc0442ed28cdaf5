//! Google Takeout of Google Pay: the activity page (HTML or JSON), Google's own transactions and money sent
//! (CSV). Wording and times are those of the account's language; English is read.

mod activity;
mod page;
mod when;

use super::{Accounts, Document, Input, Trust, entry};
use crate::ledger::{Direction, Kind, Mark};
use crate::statements::{Draft, Parsed, Reason};
use crate::table::cell::tidy;
use crate::{Code, Error, Result};
use activity::Entry;

/// Whose it is.
const PROVIDER: &str = "google-wallet";

const QUIRKS: &[&str] = &[
    "times of the account's language and zone, U+202F before AM and PM",
    "Completed, Failed, Pending, Cancelled: only what was completed moved money",
    "₹1,000.00, USD 15.87, $15.87",
];

/// Those of the activity pages.
const ACTIVITY_QUIRKS: &[&str] = &[
    QUIRKS[0],
    QUIRKS[1],
    QUIRKS[2],
    "the payment's number before its status, among the details (told by another reader)",
    "an amount in words that are not known: told as not read, never passed over",
    "a page that was cut short",
];

/// `My Activity/My Activity.html`
pub(super) const ACTIVITY_PAGE: Document = Document {
    id: "google-activity-html",
    zh: "Google Pay 活动记录（Takeout 网页）",
    en: "Google Pay activity (Takeout, web page)",
    versions: &["My Activity.html"],
    trust: Trust::Told,
    quirks: ACTIVITY_QUIRKS,
    recognise: |head| head.contains("outer-cell") && head.contains("Google Pay"),
    read: |input| {
        let decoded = input.text(None)?;
        let page = page::read(&decoded.text);
        let whole = page.whole && !decoded.cut_short;
        let mut all = statement(page.entries);
        let said = all[0].problems.iter().any(|problem| problem.reason == Reason::CutShort);
        if !whole && !said {
            entry::problem(&mut all[0], 0, "", Reason::CutShort);
        }
        Ok(all)
    },
};

/// `My Activity/My Activity.json`
pub(super) const ACTIVITY_LIST: Document = Document {
    id: "google-activity-json",
    zh: "Google Pay 活动记录（Takeout JSON）",
    en: "Google Pay activity (Takeout, JSON)",
    versions: &["My Activity.json"],
    trust: Trust::Told,
    quirks: ACTIVITY_QUIRKS,
    recognise: |head| {
        head.trim_start_matches(")]}'").trim_start().starts_with('[')
            && head.contains("\"header\"")
            && head.contains("\"title\"")
            && head.contains("Google Pay")
    },
    read: |input| {
        let text = input.text(None)?.text;
        let text = text.trim_start().trim_start_matches(")]}'");
        let entries: Vec<activity::Listed> = serde_json::from_str(text).map_err(|_| {
            Error::new(
                Code::Unreadable,
                "the list of activities is damaged or cut short; ask for the export again",
            )
        })?;
        Ok(statement(entries.into_iter().map(Entry::from).collect()))
    },
};

/// `Google transactions/transactions_….csv`
pub(super) const TRANSACTIONS: Document = Document {
    id: "google-transactions",
    zh: "Google 交易记录（Takeout CSV）",
    en: "Google transactions (Takeout, CSV)",
    versions: &["transactions_….csv"],
    trust: Trust::Told,
    quirks: QUIRKS,
    recognise: |head| {
        columns(head, &["Time", "Transaction ID", "Description", "Product", "Status", "Amount"])
    },
    read: |input| table(input, Kind::Purchase),
};

/// `Money sends and requests/Money sends and requests.csv`
pub(super) const MONEY_SENDS: Document = Document {
    id: "google-money-sends",
    zh: "Google Pay 转账与请款（Takeout CSV）",
    en: "Google Pay money sends and requests (Takeout, CSV)",
    versions: &["Money sends and requests.csv", "Google Pay Send", "Money remittances and requests"],
    trust: Trust::Told,
    quirks: QUIRKS,
    recognise: |head| {
        columns(head, &["Time", "Transaction ID", "Description", "Memo", "Type", "Status", "Amount"])
    },
    read: |input| table(input, Kind::TransferOut),
};

/// Whether the first line has all these columns.
fn columns(head: &str, wanted: &[&str]) -> bool {
    let line = head.lines().next().unwrap_or("");
    let cells: Vec<&str> = line.split(',').map(|cell| tidy(cell).trim_matches('"')).collect();
    wanted.iter().all(|name| cells.contains(name))
}

/// The activities that are payments, in one statement.
fn statement(entries: Vec<Entry>) -> Vec<Parsed> {
    let mut accounts = Accounts::default();
    let parsed = accounts.of(PROVIDER, "");
    for (place, activity) in entries.into_iter().enumerate() {
        let row = u32::try_from(place + 1).unwrap_or(u32::MAX);
        match activity.read(row) {
            None => {}
            Some(Ok(draft)) => parsed.rows.push(draft),
            Some(Err(unread)) => entry::unread(parsed, row, unread, &activity.raw),
        }
    }
    accounts.finish()
}

/// Reads a CSV by the names of its columns.
fn table(input: &Input<'_>, kind: Kind) -> Result<Vec<Parsed>> {
    let decoded = input.text(None)?;
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(decoded.text.as_bytes());
    let mut accounts = Accounts::default();
    let parsed = accounts.of(PROVIDER, "");
    let mut names: Vec<String> = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let line = u32::try_from(reader.position().line()).unwrap_or(u32::MAX);
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) if names.is_empty() => names = record.iter().map(|name| tidy(name).to_owned()).collect(),
            Ok(true) if record.iter().all(|cell| tidy(cell).is_empty()) => {}
            Ok(true) => match row(&names, &record, line, kind) {
                Ok(draft) => parsed.rows.push(draft),
                Err(unread) => {
                    let raw: Vec<String> = record.iter().map(str::to_owned).collect();
                    entry::unread(parsed, line, unread, &raw);
                }
            },
            Err(_) => entry::problem(parsed, line, "", Reason::BadEncoding),
        }
    }
    if decoded.cut_short {
        entry::problem(parsed, 0, "", Reason::CutShort);
    }
    Ok(accounts.finish())
}

fn row(
    names: &[String],
    record: &csv::StringRecord,
    line: u32,
    kind: Kind,
) -> Result<Draft, (&'static str, Reason)> {
    let cell = |name: &str| {
        let place = names.iter().position(|found| found == name);
        place.and_then(|place| record.get(place)).map_or("", tidy)
    };
    if record.len() < names.len() {
        return Err(("Amount", Reason::TooFewCells));
    }
    let money = activity::money(cell("Amount")).ok_or(("Amount", Reason::BadAmount))?;
    let at =
        when::moment(cell("Time"), super::when::zone_of(money.currency)).ok_or(("Time", Reason::BadTime))?;
    let raw: Vec<String> = record.iter().map(str::to_owned).collect();
    let mut draft = entry::draft(line, at, money, &raw);
    let kind_word = cell("Type");
    draft.direction =
        if kind_word.to_ascii_lowercase().contains("receive") { Direction::In } else { Direction::Out };
    draft.kind = match (kind, draft.direction) {
        (Kind::TransferOut, Direction::In) => Kind::TransferIn,
        _ => kind,
    };
    draft.counterparty = entry::joined([cell("Description")]);
    draft.item = entry::joined([cell("Product")]);
    draft.method = cell("Payment method").to_owned();
    draft.category = kind_word.to_owned();
    draft.memo = entry::joined([cell("Memo")]);
    draft.order_no = cell("Transaction ID").to_owned();
    settle(&mut draft, cell("Status"));
    Ok(draft)
}

/// How a payment ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// The money moved.
    Moved,
    /// It moved, and all of it came back.
    Returned,
    /// It did not.
    Not(Kind),
}

/// What a word says of how a payment ended; `None` for a word that is no known status.
fn ending(status: &str) -> Option<Ending> {
    Some(match status.to_ascii_lowercase().as_str() {
        "completed" | "complete" | "paid" => Ending::Moved,
        "refunded" => Ending::Returned,
        "failed" | "declined" => Ending::Not(Kind::Failed),
        "pending" | "processing" | "in progress" | "unpaid" | "requested" => Ending::Not(Kind::Pending),
        "cancelled" | "canceled" | "expired" => Ending::Not(Kind::Closed),
        _ => return None,
    })
}

/// What the status makes of a payment: only what was completed moved money.
fn settle(draft: &mut Draft, status: &str) {
    status.clone_into(&mut draft.status);
    match ending(status) {
        Some(Ending::Moved) => {}
        Some(Ending::Returned) => draft.refunded = draft.amount,
        Some(Ending::Not(kind)) => {
            draft.kind = kind;
            draft.direction = Direction::Neutral;
        }
        None => draft.marks.push(Mark::UnknownStatus),
    }
}
