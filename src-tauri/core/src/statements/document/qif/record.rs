//! One record: its lines by their letters, and what they mean.

use super::super::{amount, entry, when};
use super::{Section, dates};
use crate::ledger::{Direction, Kind};
use crate::money::{Currency, Money};
use crate::statements::{DateOrder, Draft, Reason};

/// Lines of one record at most.
const LINES: usize = 2_000;

/// The lines of a record, in order.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// The line it starts on.
    pub row: u32,
    lines: Vec<(char, String)>,
}

impl Record {
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(super) fn add(&mut self, number: u32, line: &str) {
        if self.lines.is_empty() {
            self.row = number;
        }
        let mut rest = line.chars();
        if let Some(letter) = rest.next()
            && self.lines.len() < LINES
        {
            self.lines.push((letter, rest.as_str().trim().to_owned()));
        }
    }

    /// Its lines as they stand.
    pub(super) fn raw(&self) -> Vec<String> {
        self.lines.iter().map(|(letter, text)| format!("{letter}{text}")).collect()
    }

    /// The first line with this letter that holds anything.
    pub(super) fn get(&self, letter: char) -> Option<&str> {
        self.all(letter).find(|text| !text.is_empty())
    }

    fn all(&self, letter: char) -> impl Iterator<Item = &str> {
        self.lines.iter().filter(move |(found, _)| *found == letter).map(|(_, text)| text.as_str())
    }

    /// `T`, or the `U` that repeats it with more digits; `$` where it stands for itself (securities).
    pub(super) fn amount(&self) -> Option<&str> {
        self.get('T').or_else(|| self.get('U')).or_else(|| self.get('$').filter(|_| self.get('S').is_none()))
    }

    /// The currency whose sign stands before the amount. The format itself names none.
    pub(super) fn sign(&self) -> Option<Currency> {
        match self.amount()?.trim_start_matches(['-', '+', '(', ' ']).chars().next()? {
            '$' => Some(Currency::USD),
            '€' => Currency::parse("EUR"),
            '£' => Currency::parse("GBP"),
            '₹' => Some(Currency::INR),
            _ => None,
        }
    }

    /// The account that this opening balance names.
    pub(super) fn opens(&self) -> Option<&str> {
        self.get('P').filter(|payee| payee.eq_ignore_ascii_case("opening balance"))?;
        own_account(self.get('L')?)
    }

    /// The splits do not add up to the amount.
    pub(super) fn splits_differ(&self, mark: char) -> bool {
        let money = |text: &str| amount::signed(text, mark, Currency::CNY).map(|money| money.minor);
        let parts: Vec<&str> = self.all('$').collect();
        if self.get('S').is_none() || parts.is_empty() {
            return false;
        }
        let sum = parts.iter().try_fold(0_i64, |sum, part| sum.checked_add(money(part)?));
        sum != self.amount().and_then(money)
    }

    /// The row it is, or the letter that cannot be read.
    pub(super) fn read(
        &self,
        section: Section,
        account: &str,
        order: DateOrder,
        mark: char,
        usual: Currency,
    ) -> Result<Draft, (&'static str, Reason)> {
        let currency = self.sign().unwrap_or(usual);
        let day = self.get('D').and_then(|text| dates::day(text, order)).ok_or(("D", Reason::BadTime))?;
        let at = when::midnight(day, when::zone_of(currency)).ok_or(("D", Reason::BadTime))?;
        let action = self.get('N').unwrap_or_default();
        let signed = match self.amount() {
            Some(text) => amount::signed(text, mark, currency).ok_or(("T", Reason::BadAmount))?,
            // Shares that move without money.
            None if section == Section::Securities => Money::new(0, currency),
            None => return Err(("T", Reason::BadAmount)),
        };
        let signed = if section == Section::Securities { by_action(action, signed) } else { signed };
        let mut draft = entry::on_day(self.row, at, signed, &self.raw());
        let splits: Vec<&str> = self.all('S').collect();
        draft.counterparty = entry::joined(self.get('P'));
        draft.memo = entry::joined(self.get('M'));
        draft.status = self.get('C').unwrap_or_default().to_owned();
        draft.method = action.to_owned();
        draft.item = match section {
            Section::Securities => self.get('Y').unwrap_or_default().to_owned(),
            _ => entry::joined(self.all('E')),
        };
        draft.category = match self.get('L') {
            Some(category) => category.to_owned(),
            None => splits.join("; "),
        };
        let others: Vec<&str> = if splits.is_empty() { self.get('L').into_iter().collect() } else { splits };
        let own: Vec<&str> = others.iter().filter_map(|category| own_account(category)).collect();
        if let [first, ..] = own.as_slice() {
            (*first).clone_into(&mut draft.counterparty_account);
        }
        let all_own = !own.is_empty() && own.len() == others.len();
        // `[this account]` is how an account opens: the balance that was there before.
        let opening = all_own && own.contains(&account) && section != Section::Securities;
        draft.kind = match (section, draft.direction) {
            (Section::Securities, _) => securities(action),
            _ if opening => Kind::Other,
            _ if all_own => Kind::OwnTransfer,
            (_, Direction::Neutral) => Kind::Other,
            (Section::Card, Direction::In) => Kind::Refund,
            (_, Direction::In) => Kind::Income,
            (_, Direction::Out) => Kind::Purchase,
        };
        if section != Section::Securities {
            entry::heed_words(&mut draft, section == Section::Card);
        }
        if opening {
            draft.direction = Direction::Neutral;
        }
        Ok(draft)
    }
}

/// `[Savings]`, `[Savings]/class`
fn own_account(category: &str) -> Option<&str> {
    category.strip_prefix('[')?.split_once(']').map(|(name, _)| name)
}

/// Amounts of securities have no sign; the action says which way the cash goes.
fn by_action(action: &str, amount: Money) -> Money {
    let action = action.to_ascii_lowercase();
    let out = ["buy", "xout", "miscexp", "margint", "cvrshrt", "withdrw"]
        .iter()
        .any(|word| action.starts_with(word));
    if out && amount.minor > 0 { Money::new(-amount.minor, amount.currency) } else { amount }
}

fn securities(action: &str) -> Kind {
    let action = action.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| action.starts_with(word));
    if has(&["div", "int", "cg", "miscinc", "rtrncap"]) {
        Kind::Income
    } else if has(&["miscexp", "margint"]) {
        Kind::Fee
    } else if has(&["xin", "xout", "cash", "contrib", "withdrw", "buy", "sell", "rein", "shrt", "cvrshrt"]) {
        Kind::OwnTransfer
    } else {
        Kind::Other
    }
}
