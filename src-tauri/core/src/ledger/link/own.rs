//! Between the user's own accounts: a bank's row that names the account of another file, and that file's row.
//!
//! Money sent to oneself leaves one bank and reaches another on one of the next days. Neither is spending nor income.

use super::cards::Cards;
use super::marks::Marks;
use super::{Clue, Found, Rule, Sureness, day};
use crate::ledger::plan::account::Account;
use crate::ledger::{Direction, Kind, Transaction};
use crate::money::Currency;
use std::collections::{HashMap, HashSet};

/// A transfer between banks may take so many days.
const WITHIN: i64 = 3;
/// Of rows that would do, so many are compared.
const LOOKED_AT: usize = 16;
/// Numbers of accounts are so long; shorter ones are found by chance.
const SHORTEST: usize = 10;

/// An account, currency and minor units, and which way they went.
type Booking = (Account, Currency, i64, Direction);

/// Finds the pairs, each row once; `from` is where the money left. Rows in `taken` are paired already.
pub(super) fn find(rows: &[Transaction], cards: &Cards, taken: &HashSet<usize>) -> Vec<Found> {
    let marks = Marks::shipped();
    if !cards.are_several() {
        return Vec::new();
    }
    let may_be = |place: &usize| {
        is_transfer(&rows[*place], marks) && !taken.contains(place) && rows[*place].amount.minor > 0
    };
    let mut numbers: HashMap<&str, Option<Account>> = HashMap::new();
    let mut naming: Vec<(usize, Account)> = Vec::new();
    for place in (0..rows.len()).filter(may_be) {
        let row = &rows[place];
        let own = cards.account(row);
        let texts = [&row.counterparty_account, &row.counterparty, &row.item, &row.memo];
        let named = texts
            .into_iter()
            .filter(|text| text.len() >= SHORTEST)
            .find_map(|text| *numbers.entry(text).or_insert_with(|| cards.named_in(text)));
        let other = |named: &Account| own == Account::ANY || !cards.alike(*named, own);
        naming.extend(named.filter(other).map(|named| (place, named)));
    }
    if naming.is_empty() {
        return Vec::new();
    }
    let sought = |&(place, account): &(usize, Account)| {
        let row = &rows[place];
        let other = if row.direction == Direction::Out { Direction::In } else { Direction::Out };
        booking(row, account, other)
    };
    let mut waiting: HashMap<Booking, Vec<usize>> =
        naming.iter().map(|seen| (sought(seen), Vec::new())).collect();
    for place in (0..rows.len()).filter(may_be) {
        let row = &rows[place];
        if let Some(places) = waiting.get_mut(&booking(row, cards.account(row), row.direction)) {
            places.push(place);
        }
    }
    for places in waiting.values_mut() {
        places.sort_by(|&a, &b| (day(&rows[a]), &rows[a].key).cmp(&(day(&rows[b]), &rows[b].key)));
    }
    let mut pairs = Vec::new();
    for seen in &naming {
        let places = &waiting[&sought(seen)];
        let begin = places.partition_point(|&place| day(&rows[place]) < day(&rows[seen.0]) - WITHIN);
        for &other in places[begin..].iter().take(LOOKED_AT) {
            let (from, to) =
                if rows[seen.0].direction == Direction::Out { (seen.0, other) } else { (other, seen.0) };
            let days = day(&rows[to]) - day(&rows[from]);
            if (0..=WITHIN).contains(&days) {
                pairs.push((days, from, to));
            }
        }
    }
    take(rows, pairs)
}

/// The nearest pairs first.
fn take(rows: &[Transaction], mut pairs: Vec<(i64, usize, usize)>) -> Vec<Found> {
    pairs.sort_by(|a, b| {
        let keys = |pair: &(i64, usize, usize)| (rows[pair.1].key.as_str(), rows[pair.2].key.as_str());
        a.0.cmp(&b.0).then_with(|| keys(a).cmp(&keys(b)))
    });
    // Both may name each other.
    pairs.dedup();
    let mut paired = HashSet::new();
    let mut found = Vec::new();
    for (days, from, to) in pairs {
        if paired.contains(&from) || paired.contains(&to) {
            continue;
        }
        paired.extend([from, to]);
        let clues = Clue::AMOUNT.and(Clue::ISSUER).also(Clue::DAY, days == 0);
        let sure = if days == 0 { Sureness::Certain } else { Sureness::Likely };
        found.push(Found { from, to, rule: Rule::OwnTransfer, clues, sure });
    }
    found
}

fn is_transfer(row: &Transaction, marks: &Marks) -> bool {
    let kind = matches!(
        (row.direction, row.kind),
        (Direction::Out, Kind::Purchase | Kind::TransferOut | Kind::OwnTransfer | Kind::Other)
            | (Direction::In, Kind::Income | Kind::TransferIn | Kind::OwnTransfer | Kind::Other)
    );
    kind && row.statement.is_some() && marks.is_booked(&row.provider)
}

fn booking(row: &Transaction, account: Account, direction: Direction) -> Booking {
    (account, row.amount.currency, row.amount.minor, direction)
}

#[cfg(test)]
mod tests {
    use super::super::twin::tests::row;
    use super::super::{Links, link};
    use super::*;

    /// `icbc` and `cmb` rows come with imports of their own.
    fn linked(rows: &mut [Transaction], accounts: [&str; 2]) -> Links {
        let imports = [("icbc", accounts[0]), ("cmb", accounts[1])];
        let of = |(bank, account): (&str, &'static str)| {
            let row = row(&format!("1 {bank} purchase out 1 03-01"));
            (row.source.unwrap().import, account)
        };
        let imports =
            imports.map(|(bank, account)| of((bank, Box::leak(account.to_owned().into_boxed_str()))));
        link(rows, &Cards::of(imports))
    }

    #[test]
    fn money_sent_to_ones_own_account_is_neither_spent_nor_earned() {
        let told = [
            "1 cmb transfer-out out 100000 03-01 | 张三 6222020200111234 | |",
            "2 icbc transfer-in in 100000 03-02 | 张三 | |",
            "3 icbc transfer-in in 100000 03-09 | 张三 | |",
        ];
        for account in ["6222020200111234", "6222****1234", "6222 0202 0011 1234"] {
            let mut rows: Vec<Transaction> = told.iter().map(|told| row(told)).collect();
            let links = linked(&mut rows, [account, "6214830012345678"]).all;
            let pairs: Vec<(i64, i64)> = links.iter().map(|link| (link.from.0, link.to.0)).collect();
            assert_eq!(pairs, [(1, 2)], "{account}");
            let kinds: Vec<Kind> = rows.iter().map(|row| row.kind).collect();
            assert_eq!(kinds, [Kind::OwnTransfer, Kind::OwnTransfer, Kind::TransferIn]);
        }
    }

    #[test]
    fn one_file_need_not_name_its_account() {
        let told = [
            "1 cmb transfer-out out 100000 03-01 | 张三 6222020200111234 | |",
            "2 icbc transfer-in in 100000 03-01 | 张三 | |",
        ];
        let mut rows = told.map(row);
        assert_eq!(linked(&mut rows, ["6222020200111234", ""]).all.len(), 1);
    }

    #[test]
    fn somebody_elses_account_is_not_ones_own() {
        for (out, accounts) in [
            (
                "1 cmb transfer-out out 100000 03-01 | 李四 6222020200119999 | |",
                ["6222020200111234", "6214830012345678"],
            ),
            (
                "1 cmb transfer-out out 100000 03-01 | 张三 6214830012345678 | |",
                ["6222020200111234", "6214830012345678"],
            ),
            ("1 cmb transfer-out out 100000 03-01 | 张三 6222020200111234 | |", ["", ""]),
        ] {
            let mut rows = [row(out), row("2 icbc transfer-in in 100000 03-01 | 张三 | |")];
            assert!(linked(&mut rows, accounts).all.is_empty(), "{out}");
        }
    }
}
