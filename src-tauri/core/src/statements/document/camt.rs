//! CAMT.052 and CAMT.053 (ISO 20022): banks' statements and reports as XML.

mod booking;

use super::xml::{self, Met, Node};
use super::{Accounts, Document, Input, Trust, amount, entry, institution};
use crate::Result;
use crate::ledger::{Direction, Kind};
use crate::money::{Currency, Money};
use crate::statements::{Draft, Parsed, Reason};

pub(super) const CAMT: Document = Document {
    id: "camt",
    zh: "CAMT.052/053 银行对账单（ISO 20022）",
    en: "CAMT.052 or CAMT.053 bank statement (ISO 20022)",
    versions: &["052 and 053, 001.02", "001.03", "001.04", "001.06", "001.08"],
    trust: Trust::Told,
    quirks: &[
        "batches (TxDtls), summing to the entry and not",
        "reversals (RvslInd)",
        "pending entries, <Sts> as text and as <Sts><Cd>",
        "amounts of five decimals, of none, zero",
        "dates as Dt and DtTm, with and without a zone",
        "RmtInf/Ustrd several times",
        "parties as Nm and as Pty/Nm",
        "ISO-8859-1 and UTF-8, name space prefixes",
        "several statements and accounts",
        "opening and closing balance, stated number and sums held against the entries",
    ],
    recognise,
    read,
};

fn recognise(head: &str) -> bool {
    let start = head.trim_start();
    start.starts_with('<') && (start.contains(":camt.05") || start.contains("BkToCstmr"))
}

/// `encoding="ISO-8859-1"` of the XML declaration.
fn named_encoding(head: &str) -> Option<String> {
    let declaration = &head[..head.find("?>")?];
    let rest = declaration[declaration.find("encoding")? + 8..].trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    rest[1..].split(quote).next().map(str::to_owned)
}

/// Elements whose own children matter one by one.
fn is_statement(name: &str) -> bool {
    matches!(name, "Stmt" | "Rpt" | "Ntfctn")
}

/// The statement being read.
#[derive(Default)]
struct Statement {
    account: String,
    provider: &'static str,
    currency: Option<Currency>,
    opening: Option<Money>,
    closing: Option<Money>,
    sum: i64,
    entries: u32,
    stated_entries: Option<u32>,
    stated_in: Option<Money>,
    stated_out: Option<Money>,
    /// An entry could not be read, or stands in another currency: the balances cannot be held against it.
    broken: bool,
    /// An entry was told in its parts, so that rows and entries differ in number.
    in_parts: bool,
}

fn read(input: &Input<'_>) -> Result<Vec<Parsed>> {
    let decoded = input.text(named_encoding(&input.head()).as_deref())?;
    let mut accounts = Accounts::default();
    let mut statement = Statement::default();
    let mut row = 0_u32;
    let whole = |path: &[String], name: &str| {
        path.last().is_some_and(|parent| is_statement(parent)) && !matches!(name, "TxsDtls") || path.len() > 8
    };
    let done = xml::walk(&decoded.text, &whole, &mut |met| {
        match met {
            Met::Begins(path) if path.last().is_some_and(|name| is_statement(name)) => {
                statement = Statement::default();
            }
            Met::Whole(path, node) if path.last().is_some_and(|name| is_statement(name)) => {
                statement.take(&node, &mut accounts, &mut row);
            }
            Met::Ends(path) if path.last().is_some_and(|name| is_statement(name)) => {
                statement.finish(&mut accounts);
            }
            _ => {}
        }
        Ok(())
    })?;
    if !done || decoded.cut_short {
        let parsed = accounts.of(statement.provider, &statement.account);
        entry::problem(parsed, 0, "Document", Reason::CutShort);
    }
    Ok(accounts.finish())
}

/// Reads `Amt` with its currency; `signs` from `CdtDbtInd`.
fn money(node: &Node, fallback: Option<Currency>) -> Option<Money> {
    let currency = Currency::parse(&node.currency).or(fallback).unwrap_or(Currency::CNY);
    amount::signed(&node.text, '.', currency)
}

fn signed(node: &Node, fallback: Option<Currency>) -> Option<Money> {
    let money = money(node.at("Amt")?, fallback)?;
    match node.text("CdtDbtInd") {
        "DBIT" => Some(Money::new(money.minor.checked_neg()?, money.currency)),
        "CRDT" => Some(money),
        _ => None,
    }
}

impl Statement {
    fn take(&mut self, node: &Node, accounts: &mut Accounts, row: &mut u32) {
        match node.name.as_str() {
            "Acct" => self.account_from(node, accounts),
            "Bal" => {
                let kind = node.first(&["Tp/CdOrPrtry/Cd", "Tp/CdOrPrtry/Prtry"]);
                let balance = signed(node, self.currency);
                match kind {
                    "OPBD" | "PRCD" => self.opening = self.opening.or(balance),
                    "CLBD" => self.closing = balance,
                    _ => {}
                }
            }
            "TxsSummry" => {
                let currency = self.currency.unwrap_or(Currency::CNY);
                let sum = |path: &str| amount::signed(node.text(path), '.', currency);
                self.stated_entries = node.text("TtlNtries/NbOfNtries").parse().ok();
                self.stated_in = sum("TtlCdtNtries/Sum");
                self.stated_out = sum("TtlDbtNtries/Sum");
            }
            "Ntry" => {
                *row = row.saturating_add(1);
                self.entries += 1;
                let parsed = accounts.of(self.provider, &self.account);
                let at = parsed.rows.len();
                match booking::read(node, *row, self.currency, parsed) {
                    Ok(booked) => {
                        self.count(&booked, &parsed.rows[at..]);
                        self.in_parts |= parsed.rows.len() - at > 1;
                    }
                    Err(unread) => {
                        self.broken = true;
                        entry::unread(parsed, *row, unread, &booking::raw(node));
                    }
                }
            }
            _ => {}
        }
    }

    fn account_from(&mut self, node: &Node, accounts: &mut Accounts) {
        self.account = node.first(&["Id/IBAN", "Id/Othr/Id"]).to_owned();
        self.currency = Currency::parse(node.text("Ccy"));
        let servicer = ["Svcr/FinInstnId/BICFI", "Svcr/FinInstnId/BIC"];
        self.provider = institution::by_code(node.first(&servicer));
        if self.provider.is_empty() {
            self.provider = institution::by_name(node.text("Svcr/FinInstnId/Nm"));
        }
        // An account without entries is a statement too.
        accounts.of(self.provider, &self.account);
    }

    /// Adds what an entry moved. Pending entries are in no booked balance.
    fn count(&mut self, booked: &Money, rows: &[Draft]) {
        let first = rows.first();
        if first.is_some_and(|row| row.kind == Kind::Pending) || booked.minor == 0 {
            return;
        }
        let (Some(row), Some(balance)) = (first, self.opening.or(self.closing)) else { return };
        if booked.currency != balance.currency || row.direction == Direction::Neutral {
            self.broken = true;
            return;
        }
        self.sum = self.sum.saturating_add(booked.minor);
    }

    fn finish(&mut self, accounts: &mut Accounts) {
        let parsed = accounts.of(self.provider, &self.account);
        if self.stated_entries.is_some_and(|count| count != self.entries) {
            entry::problem(parsed, 0, "NbOfNtries", Reason::CountDiffers);
        }
        if let (Some(opening), Some(closing), false) = (self.opening, self.closing, self.broken)
            && opening.minor.checked_add(self.sum) != Some(closing.minor)
        {
            entry::problem(parsed, 0, "Bal", Reason::TotalsDiffer);
        }
        let add = |stated: &mut Option<Money>, more: Option<Money>| {
            if let Some(more) = more {
                let before = stated.map_or(0, |money| money.minor);
                *stated = Some(Money::new(before.saturating_add(more.minor), more.currency));
            }
        };
        add(&mut parsed.stated.income, self.stated_in);
        add(&mut parsed.stated.expense, self.stated_out);
        if let (Some(count), false) = (self.stated_entries, self.in_parts) {
            parsed.stated.count = Some(parsed.stated.count.unwrap_or(0).saturating_add(count));
        }
    }
}
