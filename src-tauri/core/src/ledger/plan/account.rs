//! Whether two rows that say the same are of one account: accounts as files name them, whole or masked.

use std::collections::HashMap;

/// An account by its number here; [`Account::ANY`] where a file names none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::ledger) struct Account(u32);

impl Account {
    /// The file does not say which.
    pub const ANY: Self = Self(0);
}

/// The accounts that were named so far: few, each in many rows.
#[derive(Debug, Default)]
pub(in crate::ledger) struct Accounts {
    names: Vec<String>,
    known: HashMap<String, Account>,
}

impl Accounts {
    /// The account of this name.
    pub fn of(&mut self, name: &str) -> Account {
        if name.is_empty() {
            return Account::ANY;
        }
        if let Some(account) = self.known.get(name) {
            return *account;
        }
        let plain = plain(name);
        // A name without a letter or digit names nothing.
        let account = if plain.is_empty() { Account::ANY } else { self.add(plain) };
        self.known.insert(name.to_owned(), account);
        account
    }

    fn add(&mut self, plain: String) -> Account {
        let place = self.names.iter().position(|known| *known == plain).unwrap_or_else(|| {
            self.names.push(plain);
            self.names.len() - 1
        });
        Account(u32::try_from(place + 1).unwrap_or(u32::MAX))
    }

    /// The one account with this number, whole or masked, of those named so far. Numbers that show little more than
    /// their ends say too little.
    pub(in crate::ledger) fn numbered(&self, number: &str) -> Option<Account> {
        const SHOWN: usize = 8;
        let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
        let number = plain(number);
        if digits(&number) < SHOWN {
            return None;
        }
        let end = number.as_bytes().last();
        let is_it = |name: &str| {
            let masked = name.contains(MASK) || number.contains(MASK);
            name.as_bytes().last() == end
                && digits(name) >= SHOWN
                && (name == number || (masked && alike(name, &number)))
        };
        let mut found = self.names.iter().enumerate().filter(|(_, name)| is_it(name));
        match (found.next(), found.next()) {
            (Some((place, _)), None) => Some(Account(u32::try_from(place + 1).unwrap_or(u32::MAX))),
            _ => None,
        }
    }

    /// Whether two names may be one account's: the same, one of them masked or short, or one not named at all.
    pub fn may_be_one(&self, a: Account, b: Account) -> bool {
        if a == b || a == Account::ANY || b == Account::ANY {
            return true;
        }
        let name = |account: Account| self.names.get(account.0 as usize - 1).map_or("", String::as_str);
        alike(name(a), name(b))
    }
}

const MASK: char = '*';

/// Letters, digits and masks, without what parts them.
fn plain(name: &str) -> String {
    let kept = name.chars().filter_map(|c| match c {
        '*' | '＊' | '•' | '×' | '…' => Some(MASK),
        c => c.is_alphanumeric().then(|| c.to_ascii_uppercase()),
    });
    kept.collect()
}

/// Whether two plain names agree as far as both are shown.
fn alike(a: &str, b: &str) -> bool {
    let shown = |name: &str| {
        let (first, last) = (name.find(MASK)?, name.rfind(MASK)?);
        Some((name[..first].to_owned(), name[last + 1..].to_owned()))
    };
    let begin = |a: &str, b: &str| a.starts_with(b) || b.starts_with(a);
    let end = |a: &str, b: &str| a.ends_with(b) || b.ends_with(a);
    match (shown(a), shown(b)) {
        (Some(a), Some(b)) => begin(&a.0, &b.0) && end(&a.1, &b.1),
        (Some((head, tail)), None) => b.starts_with(&head) && b.ends_with(&tail),
        (None, Some((head, tail))) => a.starts_with(&head) && a.ends_with(&tail),
        // The last digits alone, or the number inside an IBAN.
        (None, None) => a.len().min(b.len()) >= 4 && end(a, b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_known_again_masked_spaced_or_by_its_last_digits() {
        let mut accounts = Accounts::default();
        for (a, b, one) in [
            ("6222 0212 3456 7890", "6222021234567890", true),
            ("6222****7890", "6222021234567890", true),
            ("6222****7890", "6222 **** **** 7890", true),
            ("尾号7890", "尾号7891", false),
            ("7890", "6222021234567890", true),
            ("DE89 3704 0044 0532 0130 00", "0532013000", true),
            ("", "6222021234567890", true),
            ("6222****7890", "6222021234567891", false),
            ("6222021234567890", "6222021234567891", false),
            ("CHECKING", "SAVINGS", false),
            ("---", "SAVINGS", true),
        ] {
            let (one_name, other) = (accounts.of(a), accounts.of(b));
            assert_eq!(accounts.may_be_one(one_name, other), one, "{a} {b}");
            assert_eq!(accounts.may_be_one(other, one_name), one, "{b} {a}");
        }
    }
}
