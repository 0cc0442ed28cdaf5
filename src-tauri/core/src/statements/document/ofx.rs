//! OFX and QFX: banks' downloads since 1997, as SGML whose end tags may be missing (1.x) and as XML (2.x).

mod tags;
mod transaction;

use super::{Accounts, Document, Input, Trust, entry, institution};
use crate::money::Currency;
use crate::statements::{Parsed, Reason};
use crate::{Code, Error, Result};
use tags::{Tag, Tags};
use transaction::{How, Transaction};

pub(super) const OFX: Document = Document {
    id: "ofx",
    zh: "OFX / QFX 银行对账单",
    en: "OFX or QFX bank statement",
    versions: &["1.0.2–1.6 (SGML)", "2.0–2.3 (XML)", "QFX"],
    trust: Trust::Told,
    quirks: &[
        "header on one line, or below blank lines",
        "everything on one line, tags unclosed, tags empty",
        "entities escaped twice",
        "CHARSET 1252, NONE, ISO-8859-1, GBK named something else, UTF-8, UTF-16",
        "dates of 8, 12 and 14 digits, fractions, [-5:EST], empty",
        "-30.000, +1.00, 1,23",
        "NAME or PAYEE, MEMO alone",
        "banking and credit card, several accounts; of investments the cash, each trade told as not read",
        "a transaction whose own tag is damaged: told, never lost among another's cells",
        "the bank's error in STATUS",
        "empty LEDGERBAL",
        "numbers used again by the bank (FITID)",
        "amounts in another currency (CURRENCY, ORIGCURRENCY)",
        "pending transactions",
        "cards repaid from the account, cash and charges by their words: CREDIT CRD AUTOPAY, ATM, SERVICE FEE",
    ],
    recognise,
    read,
};

fn recognise(head: &str) -> bool {
    let start: String = head.chars().take(4 << 10).collect::<String>().to_ascii_uppercase();
    start.starts_with("OFXHEADER") || start.starts_with("<OFX>") || start.contains("<?OFX") || {
        start.starts_with("<?XML") && start.contains("<OFX")
    }
}

/// The encoding that the header names: `CHARSET:1252`, `encoding="UTF-8"`.
fn named_encoding(head: &str) -> Option<String> {
    let head = head.to_ascii_uppercase();
    let value = |word: &str| {
        let rest = &head[head.find(word)? + word.len()..];
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
        Some(rest[..end.unwrap_or(rest.len())].to_owned())
    };
    let charset = value("CHARSET:").map(|mut name| {
        // A header on one line runs on into the next word.
        name.truncate(name.find("COMPRESSION").unwrap_or(name.len()));
        if name.bytes().all(|b| b.is_ascii_digit()) { format!("windows-{name}") } else { name }
    });
    charset.or_else(|| value("ENCODING="))
}

/// A statement that follows another one leaves it, closed or not.
const STATEMENTS: &[&str] = &["STMTRS", "CCSTMTRS", "INVSTMTRS"];

/// What holds the cells of one transaction.
const TRANSACTIONS: &[&str] = &["STMTTRN", "STMTTRNP", "INVTRAN"];

/// What is open where in the file.
#[derive(Default)]
struct State {
    accounts: Accounts,
    /// Names of the open elements that hold others.
    open: Vec<&'static str>,
    organisation: String,
    provider: &'static str,
    account: String,
    bank: String,
    currency: Option<Currency>,
    transaction: Option<Transaction>,
    entries: u32,
    all: Vec<(Place, Transaction)>,
    /// Codes of errors that the bank answered, and whether a statement came with them.
    errors: Vec<String>,
    status: String,
}

/// Where a transaction belongs.
#[derive(Clone)]
struct Place {
    provider: &'static str,
    account: String,
    currency: Currency,
    card: bool,
}

fn read(input: &Input<'_>) -> Result<Vec<Parsed>> {
    let decoded = input.text(named_encoding(&input.head()).as_deref())?;
    let start = decoded.text.find('<').unwrap_or(decoded.text.len());
    let mut state = State::default();
    let mut whole = false;
    for tag in Tags::over(&decoded.text[start..]) {
        match tag {
            Tag::Open { name, text } => state.open(&name, text),
            Tag::Close { name } => {
                whole |= name == "OFX";
                state.close(&name);
            }
        }
    }
    state.finish(whole && !decoded.cut_short)
}

impl State {
    fn open(&mut self, name: &str, text: String) {
        // Some write a name or a currency where an element with parts belongs.
        let holds = text.is_empty() || !matches!(name, "PAYEE" | "CURRENCY");
        if let Some(known) = tags::HOLDERS.iter().find(|known| **known == name && holds) {
            match *known {
                "STMTTRN" => self.begin(How::Booked),
                "STMTTRNP" => self.begin(How::Pending),
                "INVTRAN" => self.begin(How::Trade),
                "STMTTRNRS" | "CCSTMTTRNRS" | "INVSTMTTRNRS" => self.leave(STATEMENTS),
                "STMTRS" | "CCSTMTRS" | "INVSTMTRS" => {
                    self.leave(STATEMENTS);
                    self.account.clear();
                    self.bank.clear();
                    self.currency = None;
                }
                _ => {}
            }
            if self.open.len() < tags::DEPTH {
                self.open.push(known);
            }
            return;
        }
        // Every transaction has each of these once: another one belongs to a transaction whose tag is damaged.
        let own = matches!(name, "TRNTYPE" | "DTPOSTED" | "TRNAMT");
        if own && self.transaction.as_ref().is_none_or(|open| open.holds(name)) {
            self.begin(How::Damaged);
            self.open.push("STMTTRN");
        }
        if let Some(transaction) = &mut self.transaction {
            let inside = self.open.last().copied().unwrap_or_default();
            transaction.set(inside, name, text);
            return;
        }
        match (name, self.open.last().copied().unwrap_or_default()) {
            ("ORG", "FI") => {
                self.provider = institution::by_name(&text);
                self.organisation = text;
            }
            ("CODE", "STATUS") => self.status = text,
            ("SEVERITY", "STATUS") if text.eq_ignore_ascii_case("ERROR") => {
                self.errors.push(std::mem::take(&mut self.status));
            }
            ("CURDEF", _) => self.currency = Currency::parse(&text),
            ("BANKID" | "BROKERID", "BANKACCTFROM" | "INVACCTFROM") => self.bank = text,
            ("ACCTID", "BANKACCTFROM" | "CCACCTFROM" | "INVACCTFROM") => {
                self.account = text;
                if self.provider.is_empty() {
                    // One file comes from one institution.
                    self.provider = institution::by_code(&self.bank);
                }
                let place = self.place();
                // An account without transactions is a statement too.
                self.accounts.of(place.provider, &place.account);
            }
            _ => {}
        }
    }

    fn begin(&mut self, how: How) {
        self.leave(TRANSACTIONS);
        self.entries = self.entries.saturating_add(1);
        self.transaction = Some(Transaction::new(self.entries, how));
    }

    fn close(&mut self, name: &str) {
        if let Some(name) = self.open.iter().rev().find(|open| **open == name).copied() {
            self.leave(&[name]);
        }
    }

    /// Leaves the innermost open element of these names, and what was opened inside and never closed.
    fn leave(&mut self, names: &[&str]) {
        let Some(place) = self.open.iter().rposition(|open| names.contains(open)) else { return };
        if self.open[place..].iter().any(|open| TRANSACTIONS.contains(open)) {
            self.end_transaction();
        }
        self.open.truncate(place);
    }

    fn place(&self) -> Place {
        let by_code = institution::by_code(&self.bank);
        Place {
            provider: if by_code.is_empty() { self.provider } else { by_code },
            account: self.account.clone(),
            currency: self.currency.unwrap_or(Currency::CNY),
            card: self.open.contains(&"CCSTMTRS"),
        }
    }

    fn end_transaction(&mut self) {
        if let Some(transaction) = self.transaction.take() {
            self.all.push((self.place(), transaction));
        }
    }

    fn finish(mut self, whole: bool) -> Result<Vec<Parsed>> {
        // A file that ends inside a transaction may have lost the end of its last cell.
        let cut = self.transaction.take().map(|transaction| (self.place(), transaction));
        let empty = self.all.is_empty() && cut.is_none() && self.accounts.all.is_empty();
        if let Some(code) = self.errors.first().filter(|_| empty) {
            let say = format!(
                "the bank answered error {} instead of a statement; download it again from the bank",
                code.chars().filter(char::is_ascii_digit).take(6).collect::<String>()
            );
            return Err(Error::new(Code::Unreadable, say));
        }
        let mark = super::amount::decimal_mark(self.all.iter().map(|(_, t)| t.amount()));
        for (place, transaction) in &self.all {
            let parsed = self.accounts.of(place.provider, &place.account);
            match transaction.read(place.currency, place.card, mark) {
                Ok(draft) => parsed.rows.push(draft),
                Err(unread) => entry::unread(parsed, transaction.row, unread, transaction.raw()),
            }
        }
        if let Some((place, transaction)) = cut {
            let parsed = self.accounts.of(place.provider, &place.account);
            let cut = ("STMTTRN", Reason::CutShort);
            entry::unread(parsed, transaction.row, cut, transaction.raw());
        } else if !whole {
            let place = self.place();
            entry::problem(self.accounts.of(place.provider, &place.account), 0, "OFX", Reason::CutShort);
        }
        let mut all = self.accounts.finish();
        for _ in &self.errors {
            entry::problem(&mut all[0], 0, "STATUS", Reason::BankError);
        }
        Ok(all)
    }
}
