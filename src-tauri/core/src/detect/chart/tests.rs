use super::*;
use crate::detect::Sure;
use crate::money::Money;
use crate::text::Text;

fn row(id: i64, at: &str, fen: i64, counterparty: &str) -> Transaction {
    Transaction {
        id: TransactionId(id),
        key: format!("k{id}"),
        provider: "wallet".into(),
        counterparty: counterparty.into(),
        ..Transaction::of(
            Moment::parse_from_rfc3339(at).unwrap(),
            Direction::Out,
            Kind::Purchase,
            Money::fen(fen),
        )
    }
}

fn flag(kind: FlagKind, rows: &[i64]) -> Flag {
    Flag {
        id: "f".into(),
        kind,
        score: 0.8,
        sure: Sure::Likely,
        transactions: rows.iter().map(|id| TransactionId(*id)).collect(),
        amount: Money::fen(1),
        explanation: Text::default(),
        innocent: Text::default(),
        verdict: None,
        known: TransactionId(rows[0]),
        places: vec![],
        compared: vec![],
    }
}

/// A noodle shop, weekly, and once forty times as much; other shops between.
fn noodles() -> Vec<Transaction> {
    let mut rows: Vec<Transaction> =
        (1..=8).map(|n| row(n, &format!("2026-01-0{n}T12:00:00+08:00"), 2_000 + n, "面馆")).collect();
    rows.push(row(9, "2026-01-09T12:00:00+08:00", 5_000, "书店"));
    rows.push(row(10, "2026-01-10T12:00:00+08:00", 80_000, " 面馆 "));
    rows
}

#[test]
fn a_payee_s_history_stands_in_time_with_the_disputed_row_marked() {
    let chart = chart(&flag(FlagKind::UnusualAmount, &[10]), &noodles()).unwrap();
    assert_eq!((chart.scope, chart.points.len()), (ChartScope::Payee, 9));
    let marked: Vec<_> = chart.points.iter().filter(|point| point.marked).collect();
    assert_eq!((marked.len(), marked[0].x, marked[0].y), (1, 1000, 1000));
    assert!(chart.points.is_sorted_by_key(|point| point.x));
    // Eight ordinary payments: their middle, not the disputed one's.
    assert_eq!(chart.usual.unwrap().amount, Money::fen(2_004));
    assert_eq!(chart.levels.last().unwrap().amount, Money::fen(80_000));
}

#[test]
fn a_burst_is_told_in_minutes_with_what_stood_around_it() {
    let mut rows: Vec<Transaction> =
        (0..7).map(|n| row(n, &format!("2026-03-01T02:1{n}:00+08:00"), 20_000 + n, "甲店")).collect();
    rows.push(row(7, "2026-03-01T02:20:00+08:00", 900, "地铁"));
    rows.push(row(8, "2026-03-04T02:20:00+08:00", 900, "地铁"));
    let chart = chart(&flag(FlagKind::Burst, &[6, 0, 1, 2, 3, 4, 5]), &rows).unwrap();
    assert_eq!((chart.scope, chart.grain), (ChartScope::Hours, ChartGrain::Minutes));
    assert_eq!((chart.points.len(), chart.points.iter().filter(|point| point.marked).count()), (8, 7));
    assert!(chart.usual.is_none() && !chart.ticks.is_empty());
}

#[test]
fn a_new_payee_is_held_beside_payments_of_its_kind_and_little_is_not_drawn() {
    let mut rows = noodles();
    rows.push(row(11, "2026-01-11T12:00:00+08:00", 90_000, "新店"));
    let of_kind = chart(&flag(FlagKind::NewPayee, &[11]), &rows).unwrap();
    assert_eq!((of_kind.scope, of_kind.points.len()), (ChartScope::Kind, 11));
    assert_eq!(chart(&flag(FlagKind::ScamWords, &[11]), &rows), None);
    assert_eq!(chart(&flag(FlagKind::DuplicateCharge, &[99]), &rows), None);
}

#[test]
fn closed_orders_refunds_and_twins_are_no_points() {
    let mut rows = noodles();
    rows[1].kind = Kind::Closed;
    rows[2].direction = Direction::In;
    rows[3].linked = vec![TransactionId(5)];
    let chart = chart(&flag(FlagKind::UnusualAmount, &[10]), &rows).unwrap();
    let ids: Vec<i64> = chart.points.iter().map(|point| point.transaction.0).collect();
    assert_eq!(ids, [1, 4, 6, 7, 8, 10]);
}

#[test]
fn of_a_long_history_the_latest_are_drawn_and_the_flags_own_rows_always() {
    let begin = Moment::parse_from_rfc3339("2024-01-01T12:00:00+08:00").unwrap();
    let rows: Vec<Transaction> = (0..200)
        .map(|n| {
            let mut row = row(n, "2024-01-01T12:00:00+08:00", 1_000, "面馆");
            row.at = begin + TimeDelta::days(n);
            row
        })
        .collect();
    let chart = chart(&flag(FlagKind::UnusualAmount, &[3]), &rows).unwrap();
    assert_eq!(chart.points.len(), MOST);
    assert!(chart.points[0].marked && chart.points[1].transaction == TransactionId(141));
}
