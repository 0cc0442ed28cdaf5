//! What can be said of a refund on the day of the row that asks for one.
//!
//! Whether money comes back is known weeks later, and by then the flag would stand on a row that has nothing to
//! do with it. So the row itself is judged: by a refund that says it came where the balance did not move, by a
//! refund that was refused, and else by what became of this user's earlier rows of the same form.

use super::{LEAST, went_out};
use crate::detect::foresight::{Forms, Prior};
use crate::detect::history::{day, name};
use crate::detect::phrase::holds;
use crate::detect::texts::Map;
use crate::detect::topics::Topic;
use crate::detect::{Flag, FlagKind, History};
use crate::ledger::{Direction, Kind};
use crate::text::Text;
use std::collections::HashSet;

/// After this a refund that did not come is counted as lost.
const LOST: i64 = 45 * 86_400;
/// A refund that says it came, and did not; one that was refused.
const NOT_MOVED: f64 = 0.88;
const REFUSED: f64 = 0.80;
/// Promised, or under way: a payment stands as it ended when the file was written. Announced on a row of its own: that is what
/// every refund looks like on its first day. Closed and paid by the balance; closed, and paid somehow.
const SAID: Prior = Prior { trouble: 1.1, good: 0.7 };
const ANNOUNCED: Prior = Prior { trouble: 0.4, good: 1.0 };
const CLOSED_BY_BALANCE: Prior = Prior { trouble: 0.5, good: 0.8 };
const CLOSED: Prior = Prior { trouble: 0.35, good: 0.9 };
/// A closed order that itself says it had been paid.
const PAID_FIRST: Prior = Prior { trouble: 2.4, good: 0.6 };
const PAID: &[&str] = &["已付款", "已支付", "付款后", "支付后", "已扣款", "扣款成功", "钱已扣"];

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    UnderWay,
    Promised,
    ClosedByBalance,
    Closed,
    PaidFirst,
    RefundRow,
}

/// What was seen so far.
#[derive(Clone, Default)]
pub struct Past {
    forms: Forms<Form>,
    /// Whole refunds of payments whose status says something else than closed.
    contrast: u32,
    /// Whole refunds that came without a row that announced them, and the rows that announced one.
    silent: u32,
    announced: HashSet<(u32, i64)>,
    /// Closed orders that stand as no spending: what was never paid looks like that here.
    unpaid: u32,
    came: Came,
}

/// Finds them.
pub fn find(history: &History<'_>, past: &mut Past) -> Vec<Flag> {
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        past.came.note(history, i);
        past.unpaid += u32::from(history.sign(i).state.has(Topic::Closed) && !went_out(history.row(i)));
        past.contrast += u32::from(otherwise(history, i));
        past.silent +=
            u32::from(whole(history, i).is_some() && !past.announced.contains(&(line.payee, line.amount)));
        let Some((form, prior)) = form(history, i).filter(|_| line.kept >= LEAST) else { continue };
        let contrast = match form {
            Form::ClosedByBalance => past.contrast,
            Form::Closed => past.contrast.min(past.unpaid),
            // Half as loud: one file writes both.
            Form::RefundRow => past.silent / 2,
            _ => 0,
        };
        if form == Form::RefundRow {
            past.announced.insert((line.payee, line.amount));
        }
        let came = &past.came;
        let ended = |row: usize| {
            if !history.returns(row, i).is_empty() || came.since(history, row) {
                Some(true)
            } else if form == Form::Closed {
                // Most closed orders were never paid: where no balance shows it, silence is no bad end.
                None
            } else if line.at - history.lines[row].at > LOST {
                Some(false)
            } else {
                None
            }
        };
        let chance = past.forms.chance(form, i, prior, contrast, ended);
        flags.push(explain(history, i, chance.min(0.9), &story(form)));
    }
    flags
}

/// The latest money that came back, by payee and sum.
#[derive(Clone, Default)]
struct Came {
    latest: Map<(u32, i64), i64>,
}

impl Came {
    fn note(&mut self, history: &History<'_>, i: usize) {
        let (line, sign) = (&history.lines[i], history.sign(i));
        let back = line.kind == Kind::Refund || history.row(i).direction == Direction::In;
        if back && !sign.state.any(&[Topic::RefundUnderWay, Topic::Failed, Topic::Closed]) {
            self.latest.insert((line.payee, line.amount), line.at);
        }
    }

    /// Whether the sum of `row` came from its payee after it.
    fn since(&self, history: &History<'_>, row: usize) -> bool {
        let line = &history.lines[row];
        self.latest.get(&(line.payee, line.amount)).is_some_and(|&at| at > line.at)
    }
}

/// The payment of which row `i` is the whole refund, come and not only announced.
fn whole(history: &History<'_>, i: usize) -> Option<usize> {
    let payment = history.row(i).refund_of.and_then(|id| history.place(id)).filter(|&payment| payment < i)?;
    let came = !history.sign(i).state.any(&[Topic::RefundUnderWay, Topic::Failed]);
    (came && history.lines[payment].amount == history.lines[i].amount).then_some(payment)
}

/// Whether row `i` is the whole refund of a payment that is not called closed.
fn otherwise(history: &History<'_>, i: usize) -> bool {
    whole(history, i).is_some_and(|payment| !history.sign(payment).state.has(Topic::Closed))
}

fn form(history: &History<'_>, i: usize) -> Option<(Form, Prior)> {
    let (row, line, sign) = (history.row(i), &history.lines[i], history.sign(i));
    if sign.state.has(Topic::Refunded) || sign.state.has(Topic::Unpaid) {
        return None;
    }
    let told = sign.state.with(sign.says);
    if line.kind == Kind::Refund {
        return sign.state.has(Topic::RefundUnderWay).then_some((Form::RefundRow, ANNOUNCED));
    }
    let paid =
        went_out(row) || row.direction == Direction::Out && sign.balance.change() == Some(-line.amount);
    if !paid || sign.balance.change() == Some(0) && sign.state.has(Topic::Closed) {
        return None;
    }
    if sign.state.has(Topic::RefundUnderWay) {
        return Some((Form::UnderWay, SAID));
    }
    if told.has(Topic::RefundPromised) {
        return Some((Form::Promised, SAID));
    }
    if sign.state.has(Topic::Closed) && [&row.memo, &row.note].iter().any(|text| holds(text, PAID)) {
        return Some((Form::PaidFirst, PAID_FIRST));
    }
    match (sign.state.has(Topic::Closed), sign.balance.change()) {
        (true, Some(_)) => Some((Form::ClosedByBalance, CLOSED_BY_BALANCE)),
        (true, None) => Some((Form::Closed, CLOSED)),
        _ => None,
    }
}

/// Refunds that were refused, or that say they came where the balance did not move though it always does.
pub fn denied(history: &History<'_>) -> Vec<Flag> {
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        let sign = history.sign(i);
        let announced = sign.state.any(&[Topic::RefundUnderWay, Topic::Unpaid]);
        if line.amount < LEAST || line.kind != Kind::Refund || announced {
            continue;
        }
        if sign.state.any(&[Topic::Failed, Topic::Closed]) {
            let story = Text::new("这笔退款没有成功", "the refund did not go through");
            flags.push(explain(history, i, REFUSED, &story));
        } else if sign.moves && sign.balance.change() == Some(0) {
            let story =
                Text::new("状态说已退款，余额却没有增加", "it says refunded, yet the balance did not rise");
            flags.push(explain(history, i, NOT_MOVED, &story));
        }
    }
    flags
}

fn story(form: Form) -> Text {
    match form {
        Form::UnderWay | Form::RefundRow => Text::new("退款还没有到账", "the refund has not arrived"),
        Form::Promised => Text::new("写明会退款，还没有到账", "a refund was promised and has not arrived"),
        Form::ClosedByBalance | Form::Closed | Form::PaidFirst => {
            Text::new("订单关闭了，钱却付出去了", "the order is closed, yet the money went out")
        }
    }
}

fn explain(history: &History<'_>, i: usize, score: f64, story: &Text) -> Flag {
    let row = history.row(i);
    let (at, who, amount, status) = (day(row.at), name(row), row.amount, row.status.trim());
    let explanation = Text::new(
        format!("{} {}的 {amount} 状态是「{status}」：{}。", at.zh, who.zh, story.zh),
        format!("The {amount} of {} on {} stands as “{status}”: {}.", who.en, at.en, story.en),
    );
    let innocent = Text::new(
        "退款还在路上，或退到了别的账户、卡上。",
        "The refund is still on its way, or went to another account or card.",
    );
    history.flag(FlagKind::RefundMissing, score, &[i], amount, explanation, innocent)
}
