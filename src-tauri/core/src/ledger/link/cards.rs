//! Which account and which card the rows of an import are booked on, as far as its file says.

use super::likeness::card_tail;
use crate::ledger::plan::account::{Account, Accounts};
use crate::ledger::{ImportId, Transaction};
use std::collections::HashMap;

/// What a card is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Debit,
    Credit,
}

impl Sort {
    /// Of the card that a payment method names; `None` where it does not say, or names two.
    pub fn of_method(method: &str) -> Option<Self> {
        let has = |words: &[&str]| words.iter().any(|word| method.contains(word));
        let credit = has(&["信用卡", "贷记卡", "Credit Card", "credit card"]);
        let debit = has(&["储蓄卡", "借记卡", "Debit Card", "debit card"]);
        match (credit, debit) {
            (true, false) => Some(Self::Credit),
            (false, true) => Some(Self::Debit),
            _ => None,
        }
    }

    /// Of a bank's statement: its id ends in what it is of.
    pub fn of_statement(id: &str) -> Option<Self> {
        if id.ends_with("-credit") {
            Some(Self::Credit)
        } else if id.ends_with("-debit") || id.ends_with("-account") {
            Some(Self::Debit)
        } else {
            None
        }
    }
}

/// What is known of the card behind a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Card {
    /// The last four digits of its number, or of its account's.
    pub tail: Option<[u8; 4]>,
    /// Whether the tail is a card's: the number of an account may end otherwise than the card on it.
    pub is_card: bool,
    /// Whether the row names it itself.
    pub of_row: bool,
    pub sort: Option<Sort>,
}

impl Card {
    /// Whether both are known and not the same.
    pub fn differs(self, other: Self) -> bool {
        let tails = self.is_card && other.is_card && self.tail != other.tail;
        tails || matches!((self.sort, other.sort), (Some(a), Some(b)) if a != b)
    }
}

/// The accounts of imports, as their files name them.
#[derive(Debug, Default)]
pub struct Cards {
    accounts: Accounts,
    imports: HashMap<ImportId, (Account, Card)>,
}

impl Cards {
    /// Of imports and the accounts they name: whole, masked, or empty.
    pub fn of<'a>(imports: impl IntoIterator<Item = (ImportId, &'a str)>) -> Self {
        let mut cards = Self::default();
        for (import, name) in imports {
            let card = Card { tail: tail(name), is_card: is_card_number(name), ..Card::default() };
            let account = cards.accounts.of(name);
            cards.imports.insert(import, (account, card));
        }
        cards
    }

    /// The card that a bank's row is booked on: the one it names itself, else its file's.
    pub(super) fn behind(&self, row: &Transaction) -> Card {
        let sort = row.statement.as_deref().and_then(Sort::of_statement);
        let whole = || tail(&row.method).filter(|_| is_card_number(&row.method));
        if let Some(tail) = card_tail(&row.method).or_else(whole) {
            return Card { tail: Some(tail), is_card: true, of_row: true, sort };
        }
        let of_import = row.source.and_then(|source| self.imports.get(&source.import));
        Card { sort, ..of_import.map_or_else(Card::default, |(_, card)| *card) }
    }

    /// Whether there are several files and one of them names its account.
    pub(super) fn are_several(&self) -> bool {
        self.imports.len() > 1 && self.imports.values().any(|(account, _)| *account != Account::ANY)
    }

    /// The account of a row's file.
    pub(super) fn account(&self, row: &Transaction) -> Account {
        let of_import = row.source.and_then(|source| self.imports.get(&source.import));
        of_import.map_or(Account::ANY, |(account, _)| *account)
    }

    /// Whether two names may be one account's; one that is not named may be any.
    pub(super) fn alike(&self, a: Account, b: Account) -> bool {
        self.accounts.may_be_one(a, b)
    }

    /// The account whose number stands in a text: one of those that files name.
    pub(super) fn named_in(&self, text: &str) -> Option<Account> {
        numbers(text).find_map(|number| self.accounts.numbered(number))
    }

    /// Whether two rows may be of one account, by the names that their files give it.
    pub(super) fn may_be_one(&self, a: &Transaction, b: &Transaction) -> bool {
        self.alike(self.account(a), self.account(b))
    }
}

/// The words of a text that may be an account's number, and the whole of it where it is parted by blanks.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '*';
    let whole = Some(text.trim()).filter(|text| text.contains(' '));
    text.split(move |c| !is_part(c))
        .chain(whole)
        .filter(|word| word.bytes().filter(u8::is_ascii_digit).count() >= 8)
}

/// The last four digits of an account's number.
fn tail(name: &str) -> Option<[u8; 4]> {
    let digits: Vec<u8> = name.bytes().rev().take_while(u8::is_ascii_digit).take(4).collect();
    let mut tail = <[u8; 4]>::try_from(digits).ok()?;
    tail.reverse();
    Some(tail)
}

/// Whether an account's name is a card's number, whole or masked. A card's is so long and begins so; the number of
/// an account begins with a branch, and a short masked one is taken for a card only where it begins as Chinese cards.
fn is_card_number(name: &str) -> bool {
    let places: Vec<char> = name.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}')).collect();
    let masked = places.iter().any(|c| matches!(c, '*' | 'x' | 'X' | '•'));
    if !places.iter().all(|c| c.is_ascii_digit() || matches!(c, '*' | 'x' | 'X' | '•')) {
        return false;
    }
    let begins = |head: &str| head.chars().eq(places.iter().copied().take(head.len()));
    match places.len() {
        16..=19 if begins("62") || begins("95") => true,
        16 | 19 if begins("4") || begins("5") => true,
        15 | 16 if begins("3") => true,
        12..=19 => masked && begins("62"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statements::ALL;

    #[test]
    fn a_card_is_told_from_an_account_by_its_number() {
        for (name, card) in [
            ("6217000000001234", true),
            ("6222****1234", true),
            ("6222 02** **** 1234", true),
            ("6225********1234", true),
            ("4000 0000 0000 1234", true),
            ("4400*********1234", false),
            ("44001234567890121234", false),
            ("915010012345678", false),
            ("50100123451234", false),
            ("621234561234", false),
            ("DE89370400440532013000", false),
            ("0200001234567891234", false),
            ("小明", false),
            ("", false),
        ] {
            assert_eq!(is_card_number(name), card, "{name}");
        }
        assert_eq!(tail("6222****1234"), Some(*b"1234"));
        assert_eq!(tail("尾号123"), None);
    }

    #[test]
    fn the_statement_of_a_bank_says_in_its_id_what_card_it_is_of() {
        for statement in ALL.iter().filter(|statement| statement.of_account) {
            let told = Sort::of_statement(statement.id);
            let lends = statement.zh.contains("信用卡") || statement.en.contains("credit card");
            assert_eq!(told == Some(Sort::Credit), lends, "{}", statement.id);
        }
    }

    #[test]
    fn a_method_says_what_card_it_is_or_nothing() {
        assert_eq!(Sort::of_method("某银行信用卡(1234)&红包"), Some(Sort::Credit));
        assert_eq!(Sort::of_method("某银行储蓄卡(1234)"), Some(Sort::Debit));
        assert_eq!(Sort::of_method("某银行(1234)"), None);
        assert_eq!(Sort::of_method("甲银行信用卡(1234)&乙银行储蓄卡(5678)"), None);
    }
}
