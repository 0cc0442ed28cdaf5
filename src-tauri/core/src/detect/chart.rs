//! A flag's evidence as a picture: this payee's history with the rows marked, or a burst on a time line.
//!
//! What is drawn and where is decided here, in thousandths of the width and the height, so that every front
//! end shows the same; a picture is never the only place where a figure stands.

mod axis;

use super::habit::Recent;
use super::{Flag, FlagKind};
use crate::ledger::{Direction, Kind, Moment, Transaction, TransactionId};
use crate::money::Money;
use axis::Axis;
use chrono::TimeDelta;
use serde::Serialize;
use std::collections::HashSet;
use ts_rs::TS;

/// At most so many points: more are a smear at the width of a page.
const MOST: usize = 60;
/// Fewer are told better by the sentence.
const FEWEST: usize = 4;
/// Rows of a flag within this are a story of hours.
const HOURS: TimeDelta = TimeDelta::hours(72);
/// Rows that make a time line.
const RUN: usize = 3;

/// Whose payments a chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum ChartScope {
    /// All to one payee, as far back as there is room.
    Payee,
    /// All of the disputed row's kind, where the payee has no history.
    Kind,
    /// All within the hours of the flag's rows.
    Hours,
}

/// How finely the time axis is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum ChartGrain {
    /// Hours and minutes.
    Minutes,
    /// Days.
    Days,
    /// Months.
    Months,
}

/// One payment in the picture.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct ChartPoint {
    /// Which.
    pub transaction: TransactionId,
    /// When.
    #[ts(type = "string")]
    pub at: Moment,
    /// How much.
    pub amount: Money,
    /// To whom.
    pub counterparty: String,
    /// It belongs to the flag.
    pub marked: bool,
    /// From left to right, 0 to 1000.
    pub x: u16,
    /// From the bottom up, 0 to 1000.
    pub y: u16,
}

/// An amount on the upright axis.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct ChartLevel {
    /// How much.
    pub amount: Money,
    /// From the bottom up, 0 to 1000.
    pub y: u16,
}

/// A moment on the time axis.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct ChartTick {
    /// When.
    #[ts(type = "string")]
    pub at: Moment,
    /// From left to right, 0 to 1000.
    pub x: u16,
}

/// A flag's evidence as a picture.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Chart {
    /// Whose payments.
    pub scope: ChartScope,
    /// In time order.
    pub points: Vec<ChartPoint>,
    /// The middle of the payments that are not the flag's; `None` where there are too few to be usual.
    pub usual: Option<ChartLevel>,
    /// Round amounts to read heights by.
    pub levels: Vec<ChartLevel>,
    /// Moments to read places by.
    pub ticks: Vec<ChartTick>,
    /// How finely they are cut.
    pub grain: ChartGrain,
}

/// The picture of a flag over its ledger in time order; `None` where a sentence says it better.
pub fn chart(flag: &Flag, ledger: &[Transaction]) -> Option<Chart> {
    let marked: HashSet<TransactionId> = flag.transactions.iter().copied().collect();
    let own: Vec<&Transaction> = ledger.iter().filter(|row| marked.contains(&row.id)).collect();
    let disputed = own.iter().find(|row| Some(&row.id) == flag.transactions.first())?;
    let (first, last) = (own.first()?, own.last()?);
    if own.len() >= RUN && last.at - first.at <= HOURS {
        // A little before and after shows whether this was a day like any other.
        let around = ((last.at - first.at) / 2).max(TimeDelta::minutes(30));
        let within = |row: &Transaction| row.at >= first.at - around && row.at <= last.at + around;
        return draw(ChartScope::Hours, ledger, disputed, &marked, within);
    }
    let payee = disputed.counterparty.trim();
    // A masked name is anybody's: where rows name the account, that is who it is.
    let account = disputed.person_account();
    let here = |row: &Transaction| row.counterparty.trim() == payee && row.person_account() == account;
    let named = !matches!(payee, "" | "/");
    let of_payee = || draw(ChartScope::Payee, ledger, disputed, &marked, here);
    let of_kind = || {
        let compared =
            matches!(flag.kind, FlagKind::NewPayee | FlagKind::EmptiedAccount | FlagKind::UnusualAmount);
        let same = |row: &Transaction| row.kind == disputed.kind;
        compared.then(|| draw(ChartScope::Kind, ledger, disputed, &marked, same)).flatten()
    };
    named.then(of_payee).flatten().or_else(of_kind)
}

fn draw(
    scope: ChartScope,
    ledger: &[Transaction],
    disputed: &Transaction,
    marked: &HashSet<TransactionId>,
    belongs: impl Fn(&Transaction) -> bool,
) -> Option<Chart> {
    let mut mirrored: HashSet<TransactionId> = HashSet::new();
    let mut rows: Vec<&Transaction> = Vec::new();
    for row in ledger {
        let alike = row.amount.currency == disputed.amount.currency && row.direction == disputed.direction;
        let happened = row.direction != Direction::Out
            || !matches!(row.kind, Kind::Closed | Kind::Failed | Kind::Pending | Kind::OwnTransfer);
        let drawn = marked.contains(&row.id) || happened && belongs(row) && !mirrored.contains(&row.id);
        if alike && drawn && row.amount.minor > 0 {
            // A payment seen in wallet and bank is one payment.
            mirrored.extend(&row.linked);
            rows.push(row);
        }
    }
    let rows = latest(rows, marked);
    let others: Vec<i64> =
        rows.iter().filter(|row| !marked.contains(&row.id)).map(|row| row.amount.minor).collect();
    if rows.len() < FEWEST || others.is_empty() && scope != ChartScope::Hours {
        return None;
    }
    let axis = Axis::over(&rows)?;
    let mut usual = Recent::<MOST>::default();
    others.iter().for_each(|amount| usual.push(*amount));
    let money = |minor: i64| Money::new(minor, disputed.amount.currency);
    let level = |minor: i64| ChartLevel { amount: money(minor), y: axis.height(minor) };
    let points = rows.iter().map(|row| ChartPoint {
        transaction: row.id,
        at: row.at,
        amount: row.amount,
        counterparty: row.counterparty.clone(),
        marked: marked.contains(&row.id),
        x: axis.place(row.at),
        y: axis.height(row.amount.minor),
    });
    Some(Chart {
        scope,
        points: points.collect(),
        usual: (others.len() >= RUN && scope != ChartScope::Hours).then(|| level(usual.median())),
        levels: axis.levels().into_iter().map(level).collect(),
        ticks: axis.ticks().into_iter().map(|at| ChartTick { at, x: axis.place(at) }).collect(),
        grain: axis.grain(),
    })
}

/// The latest [`MOST`] rows, those of the flag among them however old they are.
fn latest<'a>(rows: Vec<&'a Transaction>, marked: &HashSet<TransactionId>) -> Vec<&'a Transaction> {
    let own = rows.iter().filter(|row| marked.contains(&row.id)).count();
    let mut skip = rows.len().saturating_sub(own).saturating_sub(MOST.saturating_sub(own));
    let mut kept = rows;
    kept.retain(|row| {
        if marked.contains(&row.id) || skip == 0 {
            return true;
        }
        skip -= 1;
        false
    });
    kept
}

#[cfg(test)]
mod tests;
