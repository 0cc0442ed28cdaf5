//! Whose ledger it is, as far as the imported files say: the holder's names and accounts.

use super::person::is_person;
use crate::ledger::{Direction, Kind, Transaction};

/// A shorter tail of a number says nothing, nor do fewer letters that show.
const TAIL: usize = 4;
const SHOWN: usize = 5;

/// The names and accounts that a user's own files state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holder {
    names: Vec<String>,
    accounts: Vec<String>,
}

impl Holder {
    /// Of what each file states: the holder's name, and the account. An account that is called like a person is a
    /// name too.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut holder = Self::default();
        for (name, account) in files {
            let (name, account) = (name.trim(), account.trim());
            let called = Some(account).filter(|account| is_person(account));
            for name in Some(name).filter(|name| name.chars().count() > 1).into_iter().chain(called) {
                put(&mut holder.names, name);
            }
            if called.is_none() && !account.is_empty() {
                put(&mut holder.accounts, account);
            }
        }
        // An account says nothing without a name.
        if holder.names.is_empty() {
            holder.accounts.clear();
        }
        holder
    }

    /// Whether a row that pays somebody pays the holder: by the whole name, or by a masked one together with an
    /// account of theirs.
    pub fn is_paid_by(&self, row: &Transaction) -> bool {
        let paid = row.direction == Direction::Out
            && matches!(row.kind, Kind::TransferOut | Kind::Purchase | Kind::Other);
        if !paid || self.names.is_empty() {
            return false;
        }
        let party = row.counterparty.split(['(', '（']).next().unwrap_or_default().trim();
        let own_account = || self.accounts.iter().any(|own| is_same(own, row.counterparty_account.trim()));
        self.names.iter().any(|name| {
            let masked = name.contains('*') || party.contains('*');
            if masked { may_be(name, party) && own_account() } else { name == party }
        })
    }
}

fn put(list: &mut Vec<String>, text: &str) {
    if !list.iter().any(|known| known == text) {
        list.push(text.to_owned());
    }
}

/// Whether two names, of which parts may be masked, may be one: no letter that both show differs.
fn may_be(a: &str, b: &str) -> bool {
    let shown = |name: &str| name.chars().any(|letter| letter != '*');
    let (left, right): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    left.len() == right.len()
        && shown(a)
        && shown(b)
        && left.iter().zip(&right).all(|(a, b)| a == b || *a == '*' || *b == '*')
}

/// Whether two accounts, of which parts may be masked, end alike, or are written alike.
fn is_same(own: &str, other: &str) -> bool {
    let tail = |account: &str| -> Option<String> {
        let digits: Vec<char> = account.chars().rev().take_while(char::is_ascii_digit).take(TAIL).collect();
        (digits.len() == TAIL).then(|| digits.into_iter().collect())
    };
    match (tail(own), tail(other)) {
        (Some(own), Some(other)) => own == other,
        _ => own.eq_ignore_ascii_case(other) && own.chars().filter(|c| c.is_alphanumeric()).count() >= SHOWN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Money;

    fn pays(holder: &Holder, name: &str, account: &str) -> bool {
        let at = chrono::DateTime::parse_from_rfc3339("2026-03-01T14:00:00+08:00").unwrap();
        let row = Transaction {
            counterparty: name.to_owned(),
            counterparty_account: account.to_owned(),
            ..Transaction::of(at, Direction::Out, Kind::TransferOut, Money::fen(800_000))
        };
        holder.is_paid_by(&row)
    }

    #[test]
    fn the_whole_name_is_enough_and_a_masked_one_wants_an_own_account() {
        let holder =
            Holder::of([("张三", "z***@163.com"), ("", "6217****0814"), ("", "李小雨"), ("", "阿福的店")]);
        assert!(pays(&holder, "张三", "") && pays(&holder, "张三(8705)", "/") && pays(&holder, "李小雨", ""));
        assert!(!pays(&holder, "*三", "") && !pays(&holder, "*三", "138****2211"));
        assert!(pays(&holder, "*三", "z***@163.com") && pays(&holder, "张*", "6222021234560814"));
        assert!(!pays(&holder, "*三", "13800"), "another account");
        assert!(!pays(&holder, "*四", "z***@163.com") && !pays(&holder, "张三丰", ""));
        assert!(!pays(&holder, "阿福的店", ""), "what people call themselves is no name");
        assert!(!pays(&Holder::default(), "张三", "") && !pays(&holder, "**", "z***@163.com"));
    }

    #[test]
    fn a_holder_whose_own_name_is_masked_is_known_by_an_account_only() {
        let holder = Holder::of([("*三", "6217****0814")]);
        assert!(!pays(&holder, "*三", "") && !pays(&holder, "张三", ""));
        assert!(pays(&holder, "张三", "6217****0814"));
    }
}
