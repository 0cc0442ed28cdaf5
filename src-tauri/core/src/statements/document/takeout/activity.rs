//! One activity: a sentence (`Paid ₹250.00 to SWIGGY using Bank Account …`), a time, and how it ended.

use super::super::{amount, entry};
use super::{settle, when};
use crate::ledger::{Direction, Kind, Mark};
use crate::money::{Currency, Money};
use crate::statements::{Draft, Reason};
use serde::Deserialize;

/// What stands in the page or the list.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub title: String,
    pub time: String,
    pub status: String,
    pub raw: Vec<String>,
}

/// An entry of the JSON list.
#[derive(Debug, Deserialize)]
pub(super) struct Listed {
    #[serde(default)]
    title: String,
    #[serde(default)]
    time: String,
    #[serde(default)]
    details: Vec<Detail>,
}

#[derive(Debug, Deserialize)]
struct Detail {
    #[serde(default)]
    name: String,
}

impl From<Listed> for Entry {
    fn from(listed: Listed) -> Self {
        let status = listed.details.first().map_or_else(String::new, |detail| detail.name.clone());
        let raw = vec![listed.title.clone(), listed.time.clone(), status.clone()];
        Self { title: listed.title, time: listed.time, status, raw }
    }
}

/// The first word of a payment's sentence, which way the money went, and what it was.
const VERBS: &[(&str, Direction, Kind)] = &[
    ("Paid", Direction::Out, Kind::Purchase),
    ("Sent", Direction::Out, Kind::TransferOut),
    ("Received", Direction::In, Kind::TransferIn),
    ("Refunded", Direction::In, Kind::Refund),
    ("Added", Direction::In, Kind::TopUp),
    ("Withdrew", Direction::Out, Kind::Withdrawal),
    ("Requested", Direction::Neutral, Kind::Pending),
];

impl Entry {
    /// The row it is; `None` where it is no payment (a page was visited, a card was added).
    pub(super) fn read(&self, row: u32) -> Option<Result<Draft, (&'static str, Reason)>> {
        let title = entry::joined([self.title.as_str()]);
        let (verb, rest) = title.split_once(' ').unwrap_or((&title, ""));
        let known = VERBS.iter().find(|(word, ..)| *word == verb);
        let (sum, rest) = match leading_money(rest) {
            Some(found) => found,
            // A known verb and no amount: something a reader must see, unless there is no figure at all.
            None if known.is_some() && rest.bytes().any(|b| b.is_ascii_digit()) => {
                return Some(Err(("title", Reason::BadAmount)));
            }
            None => return None,
        };
        let Some(at) = when::moment(&self.time, super::super::when::zone_of(sum.currency)) else {
            return Some(Err(("time", Reason::BadTime)));
        };
        let mut draft = entry::draft(row, at, sum, &self.raw);
        let (_, direction, kind) = known.copied().unwrap_or((verb, Direction::Neutral, Kind::Other));
        (draft.direction, draft.kind) = (direction, kind);
        if known.is_none() {
            draft.marks.push(Mark::UnknownType);
        }
        let (party, method) = rest.split_once(" using ").unwrap_or((rest, ""));
        let party = party.trim();
        let party =
            ["to ", "from ", "for ", "by "].iter().find_map(|word| party.strip_prefix(word)).unwrap_or(party);
        party.trim().clone_into(&mut draft.counterparty);
        method.trim().clone_into(&mut draft.method);
        verb.clone_into(&mut draft.category);
        settle(&mut draft, self.status.trim());
        Some(Ok(draft))
    }
}

/// Signs before an amount. Longer ones before those they end with.
const SIGNS: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("HK$", "HKD"),
    ("S$", "SGD"),
    ("A$", "AUD"),
    ("₹", "INR"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
];

/// `₹1,000.00`, `USD 15.87`, `$15.87`
pub(super) fn money(text: &str) -> Option<Money> {
    let (money, rest) = leading_money(text.trim())?;
    rest.trim().is_empty().then_some(money)
}

/// The amount at the start, and what follows it.
fn leading_money(text: &str) -> Option<(Money, &str)> {
    let (currency, rest) = match SIGNS.iter().find_map(|(sign, code)| Some((*code, text.strip_prefix(sign)?)))
    {
        Some(found) => found,
        None => {
            let (code, rest) = text.split_at_checked(3)?;
            let capitals = code.bytes().all(|b| b.is_ascii_uppercase());
            capitals.then_some((code, rest))?
        }
    };
    let currency = Currency::parse(currency)?;
    let rest = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(rest.len());
    let digits = rest[..end].trim_end_matches(['.', ',']);
    Some((amount::signed(&grouped_by_three(digits), '.', currency)?, &rest[digits.len()..]))
}

/// Indian grouping (`1,00,000.00`) has groups of two: the commas before a point say nothing.
fn grouped_by_three(digits: &str) -> String {
    let indian = digits.rsplit_once('.').is_some_and(|(whole, fraction)| {
        fraction.len() == 2 && whole.rsplit(',').next().is_some_and(|group| group.len() == 3)
    });
    if indian { digits.replace(',', "") } else { digits.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(title: &str) -> Option<String> {
        let entry = Entry {
            title: title.into(),
            time: "Sep 5, 2025, 9:15\u{202f}PM".into(),
            status: "Completed".into(),
            raw: vec![],
        };
        Some(match entry.read(1)? {
            Ok(d) => format!("{:?} {:?} {} {}|{}", d.direction, d.kind, d.amount, d.counterparty, d.method),
            Err((column, reason)) => format!("{column} {reason:?}"),
        })
    }

    #[test]
    fn sentences_are_taken_apart() {
        for (title, expected) in [
            (
                "Paid ₹250.00 to SWIGGY using Bank Account XXXXXX1111",
                Some("Out Purchase INR 250.00 SWIGGY|Bank Account XXXXXX1111"),
            ),
            ("Sent ₹1,00,000.00 to Asha\u{a0}Rao", Some("Out TransferOut INR 100000.00 Asha Rao|")),
            ("Received USD 15.87 from Sam", Some("In TransferIn USD 15.87 Sam|")),
            ("Refunded $5 from Shop", Some("In Refund USD 5.00 Shop|")),
            ("Requested ₹10.00 from Asha", Some("Neutral Pending INR 10.00 Asha|")),
            ("Gifted ₹10.00 to Asha", Some("Neutral Other INR 10.00 Asha|")),
            ("Paid 12 to X", Some("title BadAmount")),
            ("Paid ₹1.005 to X", Some("title BadAmount")),
            ("Visited Google Pay", None),
            ("Added a card", None),
            ("", None),
        ] {
            assert_eq!(said(title).as_deref(), expected, "{title}");
        }
    }
}
