//! MT940: banks' daily statements over SWIFT, with and without its envelope, one message after another.

mod details;
mod line;

use super::{Accounts, Document, Input, Trust, amount, entry, institution, when};
use crate::Result;
use crate::ledger::{Direction, Kind};
use crate::money::{Currency, Money};
use crate::statements::{Draft, Parsed, Reason};
use details::Details;
use line::Line;

pub(super) const MT940: Document = Document {
    id: "mt940",
    zh: "MT940 银行对账单",
    en: "MT940 bank statement",
    versions: &["MT940", "MT942 entries"],
    trust: Trust::Told,
    quirks: &[
        "with and without the envelope {1:…}{4:",
        "decimal commas, none behind the comma",
        ":61: with and without the entry date, over the turn of the year",
        "30 February",
        "reversals RC and RD, expected entries EC and ED",
        "the funds code behind D or C",
        ":86: in fields ?00…?60, in /NAME/…/REMI/…, and free",
        "continuation lines and the details below :61:",
        "many messages of one account",
        "a missing last line end, bytes that are no text",
        "opening and closing balance held against the entries",
        "cash, charges and repaid cards by code (083, 808) and by words in several languages",
    ],
    recognise,
    read,
};

/// The tag at the start of a line and what follows it.
fn tag(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.strip_prefix(':')?.split_once(':')?;
    let mut bytes = tag.bytes();
    let is_tag = match tag.len() {
        2 => bytes.all(|b| b.is_ascii_digit()),
        3 => bytes.next_back().is_some_and(|b| b.is_ascii_uppercase()) && bytes.all(|b| b.is_ascii_digit()),
        _ => false,
    };
    is_tag.then_some((tag, rest))
}

/// Lines of a text, whatever ends them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// A line without the envelope before it: `{1:F01…}{2:O940…}{4::20:x` and `{4:` alone.
fn without_envelope(line: &str) -> &str {
    let line = line.trim_start_matches(['\u{1}', '\u{feff}']);
    let block = line.strip_prefix('{').and_then(|rest| rest.get(1..2));
    if block != Some(":") {
        return line;
    }
    line.rfind("{4:").map_or("", |at| &line[at + 3..])
}

fn recognise(head: &str) -> bool {
    let tags: Vec<&str> =
        lines(head).take(60).filter_map(|line| tag(without_envelope(line))).map(|(name, _)| name).collect();
    let has = |wanted: &[&str]| tags.iter().any(|name| wanted.contains(name));
    has(&["20", "25"]) && has(&["60F", "60M", "61", "28C", "28", "34F"])
}

/// The message being read.
#[derive(Default)]
struct Message {
    account: String,
    provider: &'static str,
    currency: Option<Currency>,
    opening: Option<Money>,
    sum: i64,
    /// An entry could not be read: the balances will not agree, and that is said already.
    broken: bool,
    begun: bool,
    closed: bool,
}

/// An entry being read: the line it starts on, `:61:` with what continues it, and `:86:`.
struct Entry {
    row: u32,
    lines: Vec<String>,
    details: Vec<String>,
}

impl Entry {
    /// Its lines as they stand, with their tags.
    fn raw(&self) -> Vec<String> {
        let mut raw: Vec<String> = self.lines.iter().map(|text| text.trim().to_owned()).collect();
        raw[0].insert_str(0, ":61:");
        let first_detail = raw.len();
        raw.extend(self.details.iter().cloned());
        if let Some(first) = raw.get_mut(first_detail) {
            first.insert_str(0, ":86:");
        }
        raw
    }
}

/// Lines of one entry at most; the standard allows eight.
const ENTRY_LINES: usize = 200;

#[derive(Default)]
struct State {
    accounts: Accounts,
    message: Message,
    entry: Option<Entry>,
    /// Which tag the lines that follow continue.
    continues: Continues,
    sender: String,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Continues {
    #[default]
    Nothing,
    Entry,
    Details,
}

fn read(input: &Input<'_>) -> Result<Vec<Parsed>> {
    let decoded = input.text(None)?;
    let mut state = State::default();
    let mut number = 0_u32;
    for line in lines(&decoded.text) {
        number = number.saturating_add(1);
        state.line(number, line);
    }
    // Without a line end behind it, and without a balance below it, an entry may have lost its end.
    let ended = decoded.text.ends_with(['\n', '\r', '-', '}']) && !decoded.cut_short;
    Ok(state.finish(ended))
}

impl State {
    fn line(&mut self, number: u32, line: &str) {
        if line.starts_with('{') || line.starts_with('\u{1}') {
            self.envelope(line);
        }
        let line = without_envelope(line);
        let Some((name, text)) = tag(line) else { return self.more(line) };
        self.continues = Continues::Nothing;
        match name {
            "86" => {
                if let Some(entry) = &mut self.entry {
                    entry.details.push(text.to_owned());
                    self.continues = Continues::Details;
                }
                return;
            }
            _ => self.end_entry(true),
        }
        match name {
            "20" => self.message = Message { begun: true, ..Message::default() },
            "25" => {
                let account = text.trim();
                let code = account.split('/').next().unwrap_or("");
                let own = institution::by_code(code);
                self.message.provider = if own.is_empty() { institution::by_code(&self.sender) } else { own };
                account.clone_into(&mut self.message.account);
                self.accounts.of(self.message.provider, account);
            }
            "60F" | "60M" => {
                let balance = balance(text);
                self.message.currency = balance.map(|money| money.currency).or(self.message.currency);
                self.message.opening = balance;
                self.message.sum = 0;
            }
            "34F" => {
                let currency = text.get(..3).and_then(Currency::parse);
                self.message.currency = self.message.currency.or(currency);
            }
            "61" => {
                let lines = vec![text.to_owned()];
                self.entry = Some(Entry { row: number, lines, details: vec![] });
                self.continues = Continues::Entry;
            }
            "62F" | "62M" => self.close(number, text),
            _ => {}
        }
    }

    /// The bank that sent the message: block 2 of an output message names it behind date and time.
    fn envelope(&mut self, line: &str) {
        let block = line.find("{2:O").map(|at| &line[at + 4..]);
        let sender = block.and_then(|block| block.get(13..21));
        sender.unwrap_or_default().clone_into(&mut self.sender);
    }

    fn more(&mut self, line: &str) {
        if line.trim() == "-" || line.starts_with("-}") {
            self.end_entry(true);
            self.continues = Continues::Nothing;
            self.message.closed = true;
            return;
        }
        let Some(entry) = &mut self.entry else { return };
        let (into, line) = match self.continues {
            Continues::Nothing => return,
            Continues::Entry => (&mut entry.lines, line),
            Continues::Details => (&mut entry.details, line),
        };
        if !line.is_empty() && into.len() < ENTRY_LINES {
            into.push(line.to_owned());
        }
    }

    fn close(&mut self, number: u32, text: &str) {
        self.message.closed = true;
        let Some(closing) = balance(text) else { return };
        let Some(opening) = self.message.opening else { return };
        let agrees = opening.minor.checked_add(self.message.sum) == Some(closing.minor);
        if !self.message.broken && (!agrees || opening.currency != closing.currency) {
            let parsed = self.accounts.of(self.message.provider, &self.message.account);
            entry::unread(parsed, number, (":62F:", Reason::TotalsDiffer), &[format!(":62F:{text}")]);
        }
        // The next page opens with a balance of its own.
        self.message.opening = None;
        self.message.sum = 0;
        self.message.broken = false;
    }

    fn end_entry(&mut self, whole: bool) {
        let Some(ended) = self.entry.take() else { return };
        let currency = self.message.currency.unwrap_or(Currency::CNY);
        let parsed = self.accounts.of(self.message.provider, &self.message.account);
        let draft = if whole { draft(&ended, currency) } else { Err((":61:", Reason::CutShort)) };
        match draft {
            Ok(draft) => {
                let moved = match (draft.kind, draft.direction) {
                    (Kind::Pending, _) | (_, Direction::Neutral) => 0,
                    (_, Direction::In) => draft.amount.minor,
                    (_, Direction::Out) => -draft.amount.minor,
                };
                self.message.sum = self.message.sum.saturating_add(moved);
                parsed.rows.push(draft);
            }
            Err(unread) => {
                self.message.broken = true;
                entry::unread(parsed, ended.row, unread, &ended.raw());
            }
        }
    }

    fn finish(mut self, ended: bool) -> Vec<Parsed> {
        let open = self.message.begun && !self.message.closed;
        let had_entry = self.entry.is_some();
        self.end_entry(ended || !open);
        if open && (ended || !had_entry) {
            let parsed = self.accounts.of(self.message.provider, &self.message.account);
            entry::problem(parsed, 0, ":62F:", Reason::CutShort);
        }
        self.accounts.finish()
    }
}

/// `C240131EUR1234,56`
fn balance(text: &str) -> Option<Money> {
    let text = text.trim();
    let negative = match text.as_bytes().first()? {
        b'C' => false,
        b'D' => true,
        _ => return None,
    };
    let currency = Currency::parse(text.get(7..10)?)?;
    let money = amount::signed(text.get(10..)?, ',', currency)?;
    Some(if negative { Money::new(money.minor.checked_neg()?, currency) } else { money })
}

fn draft(found: &Entry, currency: Currency) -> Result<Draft, (&'static str, Reason)> {
    let line = Line::read(&found.lines[0], currency)?;
    let details = Details::read(&found.details);
    let at = when::midnight(line.entry_day.unwrap_or(line.value_day), when::zone_of(currency))
        .ok_or((":61:", Reason::BadTime))?;
    let mut draft = entry::on_day(found.row, at, line.signed, &found.raw());
    draft.counterparty = details.name;
    draft.counterparty_account = details.account;
    draft.item = details.purpose;
    draft.category = if details.booking.is_empty() { line.kind.to_owned() } else { details.booking };
    // The bank's own number tells entries apart; without one, the customer's.
    (draft.order_no, draft.merchant_order_no) = match line.bank_reference.is_empty() {
        true => (line.own_reference, details.reference),
        false if details.reference.is_empty() => (line.bank_reference, line.own_reference),
        false => (line.bank_reference, details.reference),
    };
    draft.memo = entry::joined(found.lines[1..].iter().map(String::as_str));
    draft.kind = match (line.mark, line.kind, draft.direction) {
        (line::Mark::Expected, ..) => Kind::Pending,
        (line::Mark::Reversal, _, Direction::In) => Kind::Refund,
        (line::Mark::Reversal, ..) => Kind::Other,
        (_, _, Direction::Neutral) => Kind::Other,
        (_, "CHG" | "COM", Direction::Out) => Kind::Fee,
        (_, "INT", Direction::Out) => Kind::Fee,
        // The codes of German banks: cash, and charges.
        (_, "083", Direction::Out) => Kind::OwnTransfer,
        (_, "808", Direction::Out) => Kind::Fee,
        (_, "RTI", Direction::In) => Kind::Refund,
        (_, "TRF" | "STO", Direction::Out) => Kind::TransferOut,
        (_, "TRF", Direction::In) => Kind::TransferIn,
        (_, _, Direction::Out) => Kind::Purchase,
        (_, _, Direction::In) => Kind::Income,
    };
    if line.mark == line::Mark::Reversal {
        "REVERSAL".clone_into(&mut draft.status);
    }
    entry::heed_words(&mut draft, false);
    Ok(draft)
}
