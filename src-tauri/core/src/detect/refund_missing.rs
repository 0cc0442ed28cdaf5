//! A refund promised, or a paid order closed, and no money back; or less than was due.
//!
//! It looks ahead: after a fair time the money should stand in the ledger. A ledger that ends before that
//! time says nothing, so the wait is counted up to the last row of the same wallet. Orders closed before
//! anything was paid, and refunds that were slow but came, stay quiet. Where a row may be judged only by what
//! came before it, what can be said on the day is said ([`on_the_day`]).

mod elsewhere;
mod on_the_day;
mod orders;
mod payments;
mod said;
mod short;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod words_tests;

use super::forgotten_hold;
use super::history::{day, days_between, name};
use super::phrase::{Words, holds};
use super::reach::Reach;
use super::topics::Topic;
use super::{Flag, FlagKind, History};
use crate::ledger::{Direction, Kind, Moment, Transaction};
use crate::text::Text;
use std::collections::HashSet;

/// Refunds to bank cards take up to 15 working days at the slow end: three weeks.
const FAIR_WAIT: i64 = 21;
/// After two months no bank is still working on it.
const LONG_WAIT: i64 = 60;
/// ¥1: less is not worth a call.
const LEAST: i64 = 100;
/// So many closed orders that nothing shows to have been paid are what closed orders look like in a ledger.
const UNPAID: usize = 3;
/// The wallet says the order ended.
pub const CLOSED: &[&str] = &["关闭", "已取消", "Canceled", "Cancelled"];
/// The wallet says a refund is on its way.
pub const UNDER_WAY: &[&str] = &["退款中", "退款处理", "待退款", "等待退款", "退款申请"];
/// The user wrote down that a refund was promised.
const PROMISED: &[&str] = &[
    "答应退",
    "承诺退",
    "同意退",
    "说会退",
    "说退",
    "等退款",
    "等待退款",
    "待退款",
    "申请退款",
    "申请了退款",
    "已退货",
    "退货了",
    "内退",
    "内全额退",
    "内会退",
    "内给退",
    "内原路退",
    "内返还",
    "会退款",
    "会退给",
    "会给我退",
    "答应全额退",
    "承诺全额退",
    "没退",
    "未退",
    "还没收到退款",
    "未收到退款",
    "退款没到",
    "退款未到",
    "refund promised",
    "refund within",
    "will refund",
    "promised to refund",
    "agreed to refund",
    "promised refund",
    "promised a refund",
    "waiting for refund",
    "waiting for the refund",
    "returned the",
    "no refund",
];
/// The user wrote down that it is settled; the later word wins, and this is what people write last.
const SETTLED: &[&str] = &[
    "已到账",
    "退款到了",
    "已收到退款",
    "收到了退款",
    "退款已到",
    "不退了",
    "不用退",
    "已解决",
    "refund received",
    "refund arrived",
    "got the refund",
    "got refund",
    "solved",
];

#[derive(Clone, Copy)]
enum Why {
    Closed,
    /// The payment stands as made, and says that its order was closed.
    SaidClosed,
    UnderWay,
    /// The row itself says that a refund would come.
    Said,
    /// The user noted it.
    Promised,
}

/// What was seen so far.
#[derive(Clone, Default)]
pub struct Past {
    /// Payments whose money should come back.
    awaited: Vec<(usize, Why)>,
    reach: Reach,
    elsewhere: elsewhere::Elsewhere,
    payments: payments::Payments,
    orders: orders::Orders,
    short: short::Past,
    on_the_day: on_the_day::Past,
}

/// What can be said of a refund on its day. With all rows at hand [`waited`] says more.
pub fn find(history: &History<'_>, past: &mut Past) -> Vec<Flag> {
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        // What a bill says of its deposit is told of the hold.
        let asks = !forgotten_hold::says_hold_stays(history, i);
        let certain =
            asks.then(|| on_the_day::denied(history, i, &past.payments, &mut past.orders)).flatten();
        if history.hindsight {
            let row = history.row(i);
            past.reach.note(history, i);
            past.elsewhere.note(history, i);
            if asks && line.amount >= LEAST && went_out(row) {
                past.awaited.extend(reason(history, i).map(|why| (i, why)));
            }
        } else if asks {
            flags.extend(on_the_day::find(history, i, &mut past.on_the_day, &past.orders));
        }
        flags.extend(certain);
        flags.extend(short::find(history, i, &mut past.short, &past.payments, &past.orders));
        if line.kind == Kind::Refund && orders::came(history, i) {
            past.orders.end(history, i, true);
        }
        past.payments.note(history, i);
    }
    flags
}

/// Payments whose money did not come back in a fair time.
pub fn waited(history: &History<'_>, past: &Past, flags: &mut Vec<Flag>) {
    let mut late = Vec::new();
    let missing = |row: &Transaction| row.amount.minor.saturating_sub(row.refunded.minor);
    // Where closed orders mostly stay as they are and nothing shows that they were paid, they never were.
    let unproved = |&(i, why): &(usize, Why)| {
        matches!(why, Why::Closed)
            && history.sign(i).balance.change().is_none()
            && !said::says_paid(history.row(i))
    };
    let closed = past.awaited.iter().filter(|at| unproved(at)).map(|&(i, _)| history.row(i));
    let (stayed, back): (Vec<&Transaction>, Vec<_>) = closed.partition(|row| row.refunded.minor == 0);
    let habit = stayed.len() >= UNPAID && stayed.len() > back.len();
    for &(i, why) in &past.awaited {
        let row = history.row(i);
        let missing = missing(row);
        let untold = habit && unproved(&(i, why));
        if missing < LEAST || untold || past.elsewhere.came(history, i, missing) {
            continue;
        }
        let seen = past.reach.after(history, i);
        if (seen - row.at).num_days() < FAIR_WAIT {
            continue;
        }
        late.push(explain(history, i, why, seen, missing, history.returns(i, usize::MAX)));
    }
    let payments: HashSet<u32> = late.iter().map(|flag| flag.places[0]).collect();
    let announced = past.orders.open().filter_map(|i| {
        let seen = past.reach.after(history, i);
        on_the_day::never_came(history, i, days_between(history.row(i).at, seen))
    });
    let untold = |flag: &Flag| flag.places.get(1).is_none_or(|payment| !payments.contains(payment));
    late.extend(announced.filter(untold));
    // What fell short may have come since, or is told better by the wait or by a refusal.
    let alone =
        flags.iter().chain(&late).filter(|flag| flag.places.len() == 1 || flag.places[0] < flag.places[1]);
    let told: HashSet<u32> = alone.map(|flag| flag.places[0]).collect();
    flags.retain(|flag| {
        let payment = flag.places.get(1).map(|&place| place as usize);
        payment.is_none_or(|payment| !short::is_settled(history, flag, payment))
            && (payment.is_none() || flag.places.iter().all(|row| !told.contains(row)))
    });
    flags.extend(late);
}

/// Whether money left with this row, even where its order was closed afterwards. A closed order without a
/// way of paying was never paid.
fn went_out(row: &Transaction) -> bool {
    row.direction == Direction::Out
        && match row.kind {
            Kind::Purchase | Kind::TransferOut | Kind::Other => true,
            Kind::Closed => !row.method.trim().is_empty(),
            _ => false,
        }
}

fn reason(history: &History<'_>, i: usize) -> Option<Why> {
    let (row, state) = (history.row(i), history.sign(i).state);
    let note = row.note.to_lowercase();
    if holds(&note, SETTLED) || said::says_back(history, i) || on_the_day::never_paid(history, i) {
        return None;
    }
    if holds(&note, PROMISED) {
        return Some(Why::Promised);
    }
    if history.sign(i).says.has(Topic::RefundPromised) {
        return Some(Why::Said);
    }
    if state.holds(Words::RefundUnderWay) || state.has(Topic::RefundUnderWay) {
        return Some(Why::UnderWay);
    }
    let why = match state.holds(Words::OrderClosed) || state.has(Topic::Closed) {
        true => Some(Why::Closed),
        false => said::closing(row).map(|_| Why::SaidClosed),
    };
    why.filter(|_| !row.method.trim().is_empty())
}

fn explain(history: &History<'_>, i: usize, why: Why, seen: Moment, missing: i64, partial: &[usize]) -> Flag {
    let row = history.row(i);
    let waited = days_between(row.at, seen);
    let (who, paid, end) = (name(row), day(row.at), day(seen));
    let missing = history.money(i, missing);
    let came_back = row.amount.minor > missing.minor;
    let status = row.status.trim();
    let story = match why {
        Why::Closed => {
            Text::new(format!("这笔订单的状态是「{status}」"), format!("the order now stands as “{status}”"))
        }
        Why::SaidClosed => {
            let said = said::closing(row).unwrap_or_default();
            Text::new(format!("写明「{said}」"), format!("it says “{said}”"))
        }
        Why::UnderWay => {
            Text::new(format!("状态一直是「{status}」"), format!("it still stands as “{status}”"))
        }
        Why::Said => Text::new("账单里写明会退款", "the row itself says that a refund would come"),
        Why::Promised => Text::new("您记下了应当退款", "you noted that a refund was due"),
    };
    let back = if came_back {
        let back = history.money(i, row.amount.minor - missing.minor);
        Text::new(
            format!("只退回 {back}，还差 {missing}"),
            format!("only {back} came back: {missing} is missing"),
        )
    } else {
        Text::new("钱还没有退回来", "no refund came")
    };
    let explanation = Text::new(
        format!(
            "{} 付给{}{}，{}，但到 {} 为止的 {waited} 天里{}。",
            paid.zh, who.zh, row.amount, story.zh, end.zh, back.zh
        ),
        format!(
            "{} was paid to {} on {}; {}, but in the {waited} days to {} {}.",
            row.amount, who.en, paid.en, story.en, end.en, back.en
        ),
    );
    let innocent = Text::new(
        "退款退到了别的账户或卡上，不在这份账单里。",
        "The refund went to another account or card and does not stand in this statement.",
    );
    let score = match (why, waited >= LONG_WAIT) {
        (Why::Promised, true) => 0.92,
        (Why::Promised, false) | (_, true) => 0.82,
        (_, false) => 0.72,
    };
    let rows: Vec<usize> = std::iter::once(i).chain(partial.iter().copied()).collect();
    history.flag(FlagKind::RefundMissing, score, &rows, missing, explanation, innocent)
}
