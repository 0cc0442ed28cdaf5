//! One activity: a sentence (`Paid ₹250.00 to SWIGGY using Bank Account …`), a time, and how it ended.

use super::super::{amount, entry};
use super::{ending, settle, when};
use crate::ledger::{Direction, Kind, Mark};
use crate::money::{Currency, Money};
use crate::statements::{Draft, Reason};
use serde::Deserialize;

/// What stands in the page or the list.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub title: String,
    pub time: String,
    pub order_no: String,
    pub status: String,
    pub raw: Vec<String>,
    /// The page ends inside it: what is missing may be how it ended.
    pub cut: bool,
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
        let details: Vec<&str> = listed.details.iter().map(|detail| detail.name.trim()).collect();
        let (order_no, status) = number_and_status(&details);
        let raw = [&listed.title, &listed.time].into_iter().cloned();
        let raw = raw.chain(details.iter().map(|detail| (*detail).to_owned())).collect();
        Self { title: listed.title, time: listed.time, order_no, status, raw, cut: false }
    }
}

/// The payment's number and its status, from the lines of its details: the status is the line that is a known
/// one; where none is, the line behind the number.
pub(super) fn number_and_status(details: &[&str]) -> (String, String) {
    let status = details.iter().position(|line| ending(line).is_some());
    let number = details.iter().position(|line| ending(line).is_none() && is_number(line));
    let (number, status) = match (number, status) {
        (number, Some(status)) => (number, Some(status)),
        (None, None) => (None, (!details.is_empty()).then_some(0)),
        // One word alone, all letters, may be a status that is not known.
        (Some(number), None)
            if details.len() == 1 && details[number].bytes().all(|b| b.is_ascii_alphabetic()) =>
        {
            (None, Some(number))
        }
        (Some(number), None) => (Some(number), (number + 1 < details.len()).then_some(number + 1)),
    };
    let text = |place: Option<usize>| place.map_or_else(String::new, |place| details[place].to_owned());
    (text(number), text(status))
}

/// One word of the letters and signs that numbers of payments are made of.
fn is_number(line: &str) -> bool {
    (4..=80).contains(&line.len())
        && line.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':' | b'/'))
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

/// The first word of an entry that is no payment, whatever amount its sentence tells of.
const NO_PAYMENT: &[&str] = &["Viewed", "Visited", "Searched", "Opened", "Clicked", "Used", "Scanned"];

impl Entry {
    /// The row it is; `None` where it is no payment (a page was visited, a card was added).
    pub(super) fn read(&self, row: u32) -> Option<Result<Draft, (&'static str, Reason)>> {
        if self.cut {
            return Some(Err(("", Reason::CutShort)));
        }
        let title = entry::joined([self.title.as_str()]);
        let (verb, rest) = title.split_once(' ').unwrap_or((&title, ""));
        if NO_PAYMENT.contains(&verb) {
            return None;
        }
        let known = VERBS.iter().find(|(word, ..)| *word == verb);
        let (sum, rest) = match leading_money(rest) {
            Some(found) => found,
            // A known verb and no amount: something a reader must see, unless there is no figure at all.
            None if known.is_some() && rest.bytes().any(|b| b.is_ascii_digit()) => {
                return Some(Err(("title", Reason::BadAmount)));
            }
            // Money in other words than the known ones: another language, or a new kind of entry. What has ended
            // as payments do was one, whatever is left of its sentence.
            None if tells_of_money(&title) || ending(self.status.trim()).is_some() => {
                return Some(Err(("title", Reason::NotRead)));
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
        self.order_no.trim().clone_into(&mut draft.order_no);
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

/// Whether an amount stands anywhere in a sentence: digits beside a currency's sign, code or name.
pub(super) fn tells_of_money(text: &str) -> bool {
    const SIGNS: &str = "₹$€£¥￥₩₽₫฿₺₴₪₦₱₡₲₸₼₾৳元円₿";
    const WORDS: [&str; 8] = ["Rs", "kr", "zł", "Ft", "Kč", "лв", "lei", "руб"];
    let is_figure = |c: char| c.is_numeric() || matches!(c, '.' | ',' | '\u{a0}' | '\u{202f}' | ' ' | '-');
    let is_name = |word: &str| {
        WORDS.contains(&word)
            || (word.len() == 3
                && word.bytes().all(|b| b.is_ascii_uppercase())
                && Currency::parse(word).is_some())
    };
    let mut from = 0;
    while let Some(begin) = text[from..].find(char::is_numeric).map(|at| at + from) {
        let end = text[begin..].find(|c| !is_figure(c)).map_or(text.len(), |length| begin + length);
        let before = text[..begin].trim_end();
        let after = text[end..].trim_start();
        let last = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or("").trim_end_matches('.');
        let first = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        if before.ends_with(|c| SIGNS.contains(c))
            || after.starts_with(|c| SIGNS.contains(c))
            || is_name(last)
            || is_name(first)
        {
            return true;
        }
        from = end;
    }
    false
}

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
    // A letter among the figures: the amount is damaged.
    if rest[end..].starts_with(char::is_alphanumeric) {
        return None;
    }
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

    fn said(title: &str, status: &str) -> Option<String> {
        let entry = Entry {
            title: title.into(),
            time: "Sep 5, 2025, 9:15\u{202f}PM".into(),
            status: status.into(),
            ..Entry::default()
        };
        Some(match entry.read(1)? {
            Ok(d) => format!("{:?} {:?} {} {}|{}", d.direction, d.kind, d.amount, d.counterparty, d.method),
            Err((column, reason)) => format!("{column} {reason:?}"),
        })
    }

    #[test]
    fn the_status_is_told_from_the_number_of_the_payment() {
        for (details, number, status) in [
            (&["CICAgIDXXXXX", "Failed"][..], "CICAgIDXXXXX", "Failed"),
            (&["abc123", "Completed"], "abc123", "Completed"),
            (&["Completed", "abc123"], "abc123", "Completed"),
            (&["Pending"], "", "Pending"),
            (&["Reviewing"], "", "Reviewing"),
            (&["abc123"], "abc123", ""),
            (&["abc123", "已完成"], "abc123", "已完成"),
            (&["In review"], "", "In review"),
            (&[], "", ""),
        ] {
            assert_eq!(number_and_status(details), (number.into(), status.into()), "{details:?}");
        }
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
            ("Paid ₹2x0.00 to SWIGGY", Some("title BadAmount")),
            ("15,87 € an Netflix bezahlt", Some("title NotRead")),
            ("已使用银行账户 XXXXXX1111 向 SWIGGY 支付 ₹250.00", Some("title NotRead")),
            ("向 A 支付了 100元", Some("title NotRead")),
            ("Pagaste 250,00 € a X", Some("title NotRead")),
            ("Zapłacono 12,50 zł", Some("title NotRead")),
            ("Viewed an offer of ₹50", None),
            ("Viewed ₹50 cashback", None),
            ("Visited Google Pay", None),
            // What ended as a payment does was one.
            ("P?id ?2", Some("title NotRead")),
            ("", Some("title NotRead")),
        ] {
            assert_eq!(said(title, "Completed").as_deref(), expected, "{title}");
        }
        for title in ["Karte •••• 1234 hinzugefügt", "Added a card", "Visited Google Pay", ""] {
            assert_eq!(said(title, ""), None, "{title}");
        }
    }
}
