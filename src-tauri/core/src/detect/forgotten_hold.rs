//! Money held and never let go.
//!
//! A hotel, a rental car or a platform freezes an amount and should release it. With all rows at hand, a hold
//! without its release after a month is asked about; on the day of the hold itself, what became of this user's
//! earlier holds is all that can be said: where what was let go reads otherwise (a deposit that itself says it was
//! returned), a hold that still reads as one is asked about. Holds that were released, or turned into the payment,
//! stay quiet.

use super::foresight::{Forms, Prior};
use super::history::{day, name, stretch};
use super::texts::Map;
use super::topics::Topic;
use super::{Flag, FlagKind, History};
use crate::ledger::{Direction, Kind, Transaction};
use crate::text::Text;

/// Card schemes let a pre-authorisation lapse within 30 days.
const FAIR_WAIT: i64 = 30 * 86_400;
/// After so long nobody is going to release it by himself.
const LONG_WAIT: i64 = 60 * 86_400;
/// ¥10.
const LEAST: i64 = 1_000;
/// Shorter numbers count, they do not name an order.
const ORDER_LETTERS: usize = 6;
/// On the day: a hold, and a deposit, which mostly comes back.
const HOLD: Prior = Prior { trouble: 0.35, good: 0.9 };
const DEPOSIT: Prior = Prior { trouble: 0.15, good: 1.2 };

/// Holds so far.
#[derive(Clone, Default)]
pub struct Holds {
    open: Map<(u32, i64), Vec<usize>>,
    /// Those with an order's number.
    numbered: Map<String, usize>,
    /// The row that released each.
    released: Map<usize, usize>,
    holds: Vec<usize>,
    /// Rows that say they were let go where nothing was held before them.
    otherwise: u32,
    forms: Forms<bool>,
}

/// What can be said of a hold on its day. With all rows at hand [`waited`] says more.
pub fn find(history: &History<'_>, past: &mut Holds) -> Vec<Flag> {
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        let Holds { open, numbered, released, holds, otherwise, .. } = past;
        let sign = history.sign(i);
        let about = |topic| sign.is(topic) || sign.state.has(topic);
        let back =
            about(Topic::Release) || history.row(i).direction == Direction::In || line.kind == Kind::Refund;
        if back {
            // The same order, or the same party and amount, the latest first.
            let of_order = order(history.row(i)).and_then(|order| numbered.remove(order));
            let alike = || open.get_mut(&(line.payee, line.amount)).and_then(Vec::pop);
            if let Some(hold) = of_order.or_else(alike) {
                released.insert(hold, i);
                if let Some(holds) = open.get_mut(&(history.lines[hold].payee, history.lines[hold].amount)) {
                    holds.retain(|&other| other != hold);
                }
            } else if about(Topic::Release) {
                *otherwise += 1;
            }
        } else if line.amount >= LEAST
            && about(Topic::Hold)
            && !sign.state.any(&[Topic::Failed, Topic::Unpaid])
        {
            open.entry((line.payee, line.amount)).or_default().push(i);
            if let Some(order) = order(history.row(i)) {
                numbered.insert(order.to_owned(), i);
            }
            holds.push(i);
            if !history.hindsight {
                flags.push(foreseen(history, i, past));
            }
        } else if let Some(hold) = open.get_mut(&(line.payee, line.amount)).and_then(Vec::pop) {
            // The hold became the payment.
            released.insert(hold, i);
        }
    }
    flags
}

/// The number of the order, without the count behind it.
fn order(row: &Transaction) -> Option<&str> {
    let order = row.order_no.trim();
    let order = order.split_once('_').map_or(order, |(order, _)| order);
    (order.len() >= ORDER_LETTERS).then_some(order)
}

/// Holds that nothing released in a fair time.
pub fn waited(history: &History<'_>, past: &Holds, flags: &mut Vec<Flag>) {
    let end = history.lines.last().map_or(0, |line| line.at).min(history.now.timestamp());
    let late = |&&i: &&usize| !past.released.contains_key(&i) && end - history.lines[i].at >= FAIR_WAIT;
    let flag = |&i: &usize| {
        let wait = end - history.lines[i].at;
        explain(history, i, if wait >= LONG_WAIT { 0.84 } else { 0.72 }, Some(wait))
    };
    let open = |&&i: &&usize| history.returns(i, usize::MAX).is_empty();
    flags.extend(past.holds.iter().filter(late).filter(open).map(flag));
}

fn foreseen(history: &History<'_>, i: usize, past: &mut Holds) -> Flag {
    let Holds { released, otherwise, forms, .. } = past;
    let deposit = history.sign(i).is(Topic::Deposit);
    let ended = |hold: usize| match released.get(&hold) {
        Some(&by) if by <= i => Some(true),
        _ if history.lines[i].at - history.lines[hold].at > FAIR_WAIT => Some(false),
        _ => None,
    };
    let chance = forms.chance(deposit, i, if deposit { DEPOSIT } else { HOLD }, *otherwise, ended);
    explain(history, i, chance.min(0.9), None)
}

fn explain(history: &History<'_>, i: usize, score: f64, wait: Option<i64>) -> Flag {
    let row = history.row(i);
    let (at, who, held) = (day(row.at), name(row), row.amount);
    let since = match wait.map(stretch) {
        Some(wait) => Text::new(
            format!("之后 {}里没有解冻，也没有转成付款", wait.zh),
            format!("in the {} since, it was neither released nor turned into a payment", wait.en),
        ),
        None => Text::new("此前您的账单里这样的冻结很少见", "such holds are rare in your ledger"),
    };
    let explanation = Text::new(
        format!("{} {}冻结了 {held}，{}。", at.zh, who.zh, since.zh),
        format!("{} put a hold of {held} on {}; {}.", who.en, at.en, since.en),
    );
    let innocent = Text::new(
        "还在使用中，或冻结到期会自动解除。",
        "What it secures is still in use, or the hold lapses by itself.",
    );
    history.flag(FlagKind::ForgottenHold, score, &[i], held, explanation, innocent)
}
