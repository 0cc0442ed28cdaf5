//! A ledger watched while it grows raises the flags of the same ledger looked at once.

use super::{notation, samples};
use proptest::prelude::*;
use recourse::detect::{self, Evidence, Flag, Ledger, Sensitivity, Setting, Watch};
use recourse::ledger::{
    Moment, Transaction,
    link::{Cards, link},
    sort,
};
use recourse::money::Money;
use std::collections::HashMap;

/// A ledger as the app holds it: what some rows add to others, apart from what these state themselves.
struct Held {
    rows: Vec<Transaction>,
    stated: HashMap<i64, Money>,
}

impl Held {
    fn of(mut rows: Vec<Transaction>) -> Self {
        sort(&mut rows);
        let stated = rows.iter().map(|row| (row.id.0, row.refunded)).collect();
        link(&mut rows, &Cards::default());
        Self { rows, stated }
    }

    fn flags(&self, watch: &mut Watch, now: Moment) -> Vec<Flag> {
        let evidence = Evidence { transactions: &self.rows, rulings: &[], now };
        let stated = |row: &Transaction| self.stated[&row.id.0];
        let ledger = Ledger { evidence, details: &[], stated: &stated };
        let unchanged = watch.unchanged(&ledger);
        watch.follow(&ledger, unchanged, &mut |_, _| ());
        let setting = Setting { all: Sensitivity::Watchful, ..Setting::default() };
        detect::ranked(watch.flags(&ledger), &evidence, &setting)
    }
}

/// The rows of all samples whose title names a kind, a hundred days apart: trouble of every kind in one life.
fn troubled() -> Vec<Transaction> {
    let mut rows = Vec::new();
    for (case, number) in samples().into_iter().flat_map(|(_, cases)| cases.into_iter().take(5)).zip(0..) {
        for mut row in case.rows {
            row.at += chrono::TimeDelta::days(3 * number);
            row.id.0 = i64::try_from(rows.len()).unwrap();
            row.key = format!("{number}:{}", row.key);
            rows.push(row);
        }
    }
    rows
}

/// A long ordinary life: more rows than lie between two marks.
fn long() -> Vec<Transaction> {
    notation::read("=== quiet: years\nusual 2022-01-01 1000\n").remove(0).rows
}

fn same(watched: &[Flag], once: &[Flag]) -> Result<(), TestCaseError> {
    for (a, b) in watched.iter().zip(once) {
        prop_assert_eq!((&a.id, &a.transactions, a.amount), (&b.id, &b.transactions, b.amount));
        prop_assert!((a.score - b.score).abs() < 1e-12, "{} {}", a.score, b.score);
        prop_assert_eq!(&a.explanation, &b.explanation);
    }
    prop_assert_eq!(watched.len(), once.len());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    /// Batches come in any order, into the past too; a batch may also be taken back.
    #[test]
    fn batches_in_any_order_raise_the_flags_of_the_whole(
        batches in prop::collection::vec(0_usize..4, 16),
        block in 20_usize..400,
        short in any::<bool>(),
        taken_back in 0_usize..4,
    ) {
        let mut all = if short { Vec::new() } else { long() };
        let first = i64::try_from(all.len()).unwrap();
        all.extend(troubled().into_iter().map(|mut row| {
            row.id.0 += first;
            row
        }));
        sort(&mut all);
        let now = all.last().unwrap().at + chrono::TimeDelta::days(1);
        let of = |place: usize| batches[place / block % batches.len()];
        let mut watch = Watch::with_hindsight();
        for batch in 0..5 {
            let here = |place: usize| of(place) <= batch && (batch < 4 || of(place) != taken_back);
            let rows = all.iter().enumerate().filter(|(place, _)| here(*place));
            let held = Held::of(rows.map(|(_, row)| row.clone()).collect());
            let watched = held.flags(&mut watch, now);
            same(&watched, &held.flags(&mut Watch::with_hindsight(), now))?;
        }
    }
}

#[test]
fn trouble_of_every_kind_is_among_the_rows_that_are_tried() {
    let held = Held::of(troubled());
    let now = held.rows.last().unwrap().at + chrono::TimeDelta::days(60);
    let flags = held.flags(&mut Watch::with_hindsight(), now);
    let kinds: std::collections::HashSet<_> = flags.iter().map(|flag| flag.kind).collect();
    // Two kinds want balances.
    assert!(kinds.len() >= detect::DETECTORS.len() - 3, "{kinds:?}");
}

#[test]
fn a_note_at_the_end_changes_nothing_before_it() {
    let mut rows = troubled();
    sort(&mut rows);
    let now = rows.last().unwrap().at + chrono::TimeDelta::days(1);
    let last = rows.pop().unwrap();
    let mut watch = Watch::with_hindsight();
    let mut held = Held::of(rows.clone());
    held.flags(&mut watch, now);
    let before = held.rows.len();
    rows.push(last);
    held = Held::of(rows);
    let evidence = Evidence { transactions: &held.rows, rulings: &[], now };
    let stated = |row: &Transaction| held.stated[&row.id.0];
    let ledger = Ledger { evidence, details: &[], stated: &stated };
    assert_eq!(watch.unchanged(&ledger), before);
}
