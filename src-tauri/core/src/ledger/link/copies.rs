//! One account in two formats: the same bookings twice.
//!
//! Some banks hand out the same month as OFX, CAMT, MT940 and QIF. Two files of one account number whose bookings
//! agree day by day, sum by sum and name by name are one account twice; where a single one differs, nothing is said.

use super::cards::Cards;
use super::likeness::Pieces;
use super::marks::Marks;
use super::{Clue, Found, Rule, Sureness, day, is_own};
use crate::ledger::plan::account::Account;
use crate::ledger::{Direction, Kind, Transaction};
use crate::money::Currency;
use std::collections::{BTreeMap, HashMap, HashSet};

/// So many bookings of one day and sum are told apart by their names.
const ALIKE: usize = 16;

/// Day, currency, sum and side: what two files of one account must agree on.
type Booking = (i64, Currency, i64, bool);
/// The bookings of one file format, in the order of its rows.
type Bookings = BTreeMap<Booking, Vec<usize>>;

/// Finds the bookings that stand in two formats. `from` is in the format that comes later by name.
pub(super) fn find(rows: &[Transaction], cards: &Cards) -> Vec<Found> {
    let marks = Marks::shipped();
    if !cards.are_several() {
        return Vec::new();
    }
    let twice = in_two_formats(rows, cards);
    if twice.is_empty() {
        return Vec::new();
    }
    let mut accounts: HashMap<Account, BTreeMap<&str, Bookings>> = HashMap::new();
    for (place, row) in rows.iter().enumerate() {
        let Some(statement) = &row.statement else { continue };
        let account = cards.account(row);
        if !twice.contains(&account) || !marks.is_booked(&row.provider) || gone(row) {
            continue;
        }
        let formats = accounts.entry(account).or_default();
        formats.entry(statement).or_default().entry(booking(row)).or_default().push(place);
    }
    let mut found: Vec<Found> = Vec::new();
    for formats in accounts.into_values().filter(|formats| formats.len() > 1) {
        let formats: Vec<Bookings> = formats.into_values().collect();
        for (at, later) in formats.iter().enumerate() {
            // One earlier format that holds the same is enough: it is joined with those before it.
            let same = formats[..at].iter().find_map(|earlier| same(rows, marks, earlier, later));
            found.extend(same.into_iter().flatten().map(|(from, to)| link(rows, from, to)));
        }
    }
    found
}

/// The accounts whose rows came in more than one format: none in most ledgers.
fn in_two_formats(rows: &[Transaction], cards: &Cards) -> HashSet<Account> {
    let mut imports = HashSet::new();
    let mut formats: HashMap<Account, &str> = HashMap::new();
    let mut twice = HashSet::new();
    let mut last = None;
    for row in rows {
        let (Some(statement), Some(source)) = (&row.statement, row.source) else { continue };
        if last == Some(source.import) || !imports.insert(source.import) {
            continue;
        }
        last = Some(source.import);
        let account = cards.account(row);
        if account != Account::ANY && *formats.entry(account).or_insert(statement) != statement {
            twice.insert(account);
        }
    }
    twice
}

fn gone(row: &Transaction) -> bool {
    matches!(row.kind, Kind::Closed | Kind::Failed | Kind::Pending) || row.amount.minor == 0
}

fn booking(row: &Transaction) -> Booking {
    (day(row), row.amount.currency, row.amount.minor, row.direction == Direction::In)
}

fn link(rows: &[Transaction], from: usize, to: usize) -> Found {
    let rule = if rows[from].kind == Kind::Refund { Rule::SameRefund } else { Rule::SamePayment };
    let clues = Clue::AMOUNT.and(Clue::DAY).and(Clue::ISSUER).and(Clue::PARTY);
    Found { from, to, rule, clues, sure: Sureness::Certain }
}

/// The pairs of two formats whose bookings agree over all the days that both cover; a file may begin or end in the
/// middle of a day.
fn same(
    rows: &[Transaction],
    marks: &Marks,
    earlier: &Bookings,
    later: &Bookings,
) -> Option<Vec<(usize, usize)>> {
    let ends = |of: &Bookings| Some((of.first_key_value()?.0.0, of.last_key_value()?.0.0));
    let (a, b) = (ends(earlier)?, ends(later)?);
    let (first, last) = (a.0.max(b.0), a.1.min(b.1));
    let both = |of: &Bookings| -> Vec<(Booking, Vec<usize>)> {
        let within = of.iter().filter(|(at, _)| (first..=last).contains(&at.0));
        within.map(|(at, rows)| (*at, rows.clone())).collect()
    };
    let (of_a, of_b): (HashMap<_, _>, Vec<_>) = (both(earlier).into_iter().collect(), both(later));
    let edge = |at: &Booking| at.0 == first || at.0 == last;
    let count = |rows: Option<&Vec<usize>>| rows.map_or(0, Vec::len);
    let in_b: HashMap<&Booking, usize> = of_b.iter().map(|(at, rows)| (at, rows.len())).collect();
    let lone = |at: &Booking, here: usize| !edge(at) && in_b.get(at).copied().unwrap_or(0) != here;
    if of_a.iter().any(|(at, rows)| lone(at, rows.len())) {
        return None;
    }
    let mut pairs = Vec::new();
    for (at, fresh) in &of_b {
        let known = of_a.get(at);
        if count(known) != fresh.len() {
            if edge(at) {
                continue;
            }
            return None;
        }
        pairs.extend(matched(rows, marks, fresh, known?)?);
    }
    (!pairs.is_empty()).then_some(pairs)
}

/// Bookings of one day and sum, each with its own by name; `None` where one finds none.
fn matched(
    rows: &[Transaction],
    marks: &Marks,
    fresh: &[usize],
    known: &[usize],
) -> Option<Vec<(usize, usize)>> {
    if fresh.len() > ALIKE {
        return None;
    }
    let pieces = |place: &usize| {
        let row = &rows[*place];
        Pieces::of(&[&row.counterparty, &row.item, &row.memo], marks)
    };
    let mut left: Vec<(usize, Pieces)> = known.iter().map(|place| (*place, pieces(place))).collect();
    let mut pairs = Vec::new();
    for place in fresh {
        let own = pieces(place);
        let shares =
            left.iter().enumerate().map(|(i, (_, other))| (other.shared(&own), std::cmp::Reverse(i)));
        let (shared, std::cmp::Reverse(i)) = shares.max()?;
        if shared == 0 {
            return None;
        }
        pairs.push((*place, left.remove(i).0));
    }
    Some(pairs)
}

/// What one copy was found to be holds for the other: money that came back, and that it stayed the user's own.
pub(super) fn settle(rows: &mut [Transaction], copies: &[Found]) {
    for link in copies.iter().chain(copies.iter().rev()) {
        let (a, b) = (&rows[link.from], &rows[link.to]);
        let most = if a.refunded.minor >= b.refunded.minor { a.refunded } else { b.refunded };
        let kind = [a.kind, b.kind].into_iter().find(|kind| is_own(*kind));
        for place in [link.from, link.to] {
            rows[place].refunded = most;
            rows[place].kind = kind.unwrap_or(rows[place].kind);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::link as all_links;
    use super::super::twin::tests::row;
    use super::*;
    use crate::ledger::search::Sums;

    /// Rows `1 ofx purchase …` of a file in the format that stands where the provider stands.
    fn rows(told: &[&str]) -> Vec<Transaction> {
        let of = |told: &&str| {
            let row = row(told);
            Transaction { statement: Some(row.provider.clone()), provider: String::new(), ..row }
        };
        told.iter().map(of).collect()
    }

    fn cards(rows: &[Transaction], names: [&'static str; 2]) -> Cards {
        let import = |format: &str| {
            let of = rows.iter().find(|row| row.statement.as_deref() == Some(format));
            of.and_then(|row| row.source).map_or(crate::ledger::ImportId(0), |source| source.import)
        };
        Cards::of([(import("ofx"), names[0]), (import("mt940"), names[1])])
    }

    const IBAN: &str = "DE89370400440532013000";
    const TOLD: [&str; 6] = [
        "1 ofx purchase out 1234 03-02 | REWE | |",
        "2 ofx purchase out 999 03-03 | NETFLIX | |",
        "3 ofx refund in 999 03-09 | NETFLIX | |",
        "4 mt940 purchase out 1234 03-02 | REWE Markt | Einkauf |",
        "5 mt940 purchase out 999 03-03 | Netflix | Abo |",
        "6 mt940 refund in 999 03-09 | Netflix | Abo |",
    ];

    #[test]
    fn one_account_in_two_formats_counts_once() {
        let mut both = rows(&TOLD);
        let cards = cards(&both, [IBAN, "DE89 3704 0044 0532 0130 00"]);
        all_links(&mut both, &cards);
        assert!(both.iter().all(|row| row.linked.len() == 1));
        for turned in [false, true] {
            let mut sums = Sums::default();
            match turned {
                true => both.iter().rev().for_each(|row| sums.add(row)),
                false => both.iter().for_each(|row| sums.add(row)),
            }
            let spent = sums.totals().0;
            assert_eq!(spent.iter().map(|sum| sum.minor).sum::<i64>(), 1234, "{spent:?}");
        }
        assert_eq!(both[1].refunded.minor, both[4].refunded.minor);
    }

    #[test]
    fn another_account_or_one_booking_that_differs_is_no_copy() {
        let joined = |told: &[&str], names: [&'static str; 2]| {
            let mut both = rows(told);
            let cards = cards(&both, names);
            all_links(&mut both, &cards);
            both.iter().any(|row| !row.linked.is_empty())
        };
        assert!(joined(&TOLD, [IBAN, IBAN]));
        assert!(!joined(&TOLD, [IBAN, "DE02120300000000202051"]));
        assert!(!joined(&TOLD, [IBAN, ""]));
        let mut other = TOLD;
        other[4] = "5 mt940 purchase out 1000 03-03 | Netflix | Abo |";
        assert!(!joined(&other, [IBAN, IBAN]), "another sum");
        other[4] = "5 mt940 purchase out 999 03-03 | Spotify | Abo |";
        assert!(!joined(&other, [IBAN, IBAN]), "another name");
    }
}
