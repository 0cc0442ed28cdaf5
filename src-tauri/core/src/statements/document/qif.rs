//! QIF: Quicken's lines of one letter each, a record until `^`. It names no currency and no date order.

mod dates;
mod record;

use super::{Accounts, Document, Input, Trust, amount, entry};
use crate::money::Currency;
use crate::statements::{Parsed, Reason};
use crate::{Code, Error, Result};
use record::Record;

pub(super) const QIF: Document = Document {
    id: "qif",
    zh: "QIF（Quicken 交换格式）",
    en: "QIF (Quicken Interchange Format)",
    versions: &["Bank", "CCard", "Cash", "Oth A", "Oth L", "Invst"],
    trust: Trust::Told,
    quirks: &[
        "!Account blocks and !Option:AutoSwitch",
        "lists without money: categories, classes, memorized payees, prices",
        "dates of either order, 1/2'26, D 9. 1.24, 2024-09-01: told apart over the whole file, asked where it is open",
        "U beside T, amounts with grouping and either decimal mark",
        "$, €, £, ₹ before an amount name the currency; without a sign amounts are taken for CNY",
        "splits, percentages in splits",
        "L[account]: between the user's own accounts",
        "Windows-1252, UTF-8, GBK",
        "blank lines, a missing last ^",
    ],
    recognise,
    read,
};

fn recognise(head: &str) -> bool {
    let first = head.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
    let word = first.to_ascii_lowercase();
    ["!type:", "!account", "!option:", "!clear:"].iter().any(|start| word.starts_with(start))
}

/// What the records below a header are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// Money moving in an account.
    Money,
    /// A credit card.
    Card,
    /// Securities, with their cash side.
    Securities,
    /// Records that describe accounts.
    Accounts,
    /// Lists without money.
    Lists,
}

impl Section {
    /// The section that a line with `!` begins; `None` for options.
    fn of(header: &str) -> Option<Self> {
        let header = header.trim().to_ascii_lowercase();
        let Some(kind) = header.strip_prefix("!type:") else {
            return header.starts_with("!account").then_some(Self::Accounts);
        };
        Some(match kind.trim() {
            "ccard" => Self::Card,
            "invst" | "port" | "401(k)/403(b)" => Self::Securities,
            "cat" | "class" | "memorized" | "prices" | "security" | "tag" | "template" | "bugs" | "payee" => {
                Self::Lists
            }
            _ => Self::Money,
        })
    }
}

fn read(input: &Input<'_>) -> Result<Vec<Parsed>> {
    let decoded = input.text(None)?;
    let mut records = Vec::new();
    let mut accounts: Vec<String> = Vec::new();
    let mut account = String::new();
    let mut section = Section::Money;
    let mut open = Record::default();
    let mut number = 0_u32;
    for line in decoded.text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
    {
        number = number.saturating_add(1);
        let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        match line.chars().next() {
            None => {}
            Some('!') => {
                if let Some(next) = Section::of(line) {
                    end(&mut open, section, &mut records, &mut account, false);
                    section = next;
                }
            }
            Some('^') if section == Section::Accounts => {
                open.get('N').unwrap_or_default().clone_into(&mut account);
                if !account.is_empty() && !accounts.contains(&account) {
                    accounts.push(account.clone());
                }
                open = Record::default();
            }
            Some('^') => end(&mut open, section, &mut records, &mut account, false),
            Some(_) => open.add(number, line),
        }
    }
    // A record that nothing ends is whole only where the file ends with a line.
    let cut = decoded.cut_short || !decoded.text.ends_with(['\n', '\r']);
    end(&mut open, section, &mut records, &mut account, cut);
    parsed(input, &records, &accounts)
}

/// A record with its place.
struct Placed {
    record: Record,
    section: Section,
    account: String,
    cut: bool,
}

fn end(open: &mut Record, section: Section, records: &mut Vec<Placed>, account: &mut String, cut: bool) {
    let record = std::mem::take(open);
    if record.is_empty() || matches!(section, Section::Lists | Section::Accounts) {
        return;
    }
    // Where no list of accounts comes before, the opening balance names the account.
    if account.is_empty()
        && let Some(name) = record.opens()
    {
        name.clone_into(account);
    }
    records.push(Placed { record, section, account: account.clone(), cut });
}

fn parsed(input: &Input<'_>, records: &[Placed], named: &[String]) -> Result<Vec<Parsed>> {
    let texts = records.iter().filter_map(|placed| placed.record.get('D'));
    let Some(order) = dates::order_of(texts, input.options.dates) else {
        return Err(Error::said(
            Code::AmbiguousDates,
            "这个文件的日期按先日后月、先月后日都读得通，文件里也没有别的线索；请说明哪个在前",
            "the dates in this file read either day first or month first, and nothing in it tells which; say which",
        ));
    };
    let mark = amount::decimal_mark(records.iter().filter_map(|placed| placed.record.amount()));
    // Where one sign stands anywhere, amounts without one are of the same currency.
    let mut signs = records.iter().filter_map(|placed| placed.record.sign());
    let usual = match signs.next() {
        Some(first) if signs.all(|sign| sign == first) => first,
        _ => Currency::CNY,
    };
    let mut accounts = Accounts::default();
    for placed in records {
        let parsed = accounts.of("", &placed.account);
        let row = placed.record.row;
        if placed.cut {
            entry::unread(parsed, row, ("^", Reason::CutShort), &placed.record.raw());
            continue;
        }
        match placed.record.read(placed.section, &placed.account, order, mark, usual) {
            Ok(draft) => {
                if placed.record.splits_differ(mark) {
                    entry::problem(parsed, row, "$", Reason::TotalsDiffer);
                }
                parsed.rows.push(draft);
            }
            Err(unread) => entry::unread(parsed, row, unread, &placed.record.raw()),
        }
    }
    if records.is_empty()
        && let Some(first) = named.first()
    {
        accounts.of("", first);
    }
    Ok(accounts.finish())
}
