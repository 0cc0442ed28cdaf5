//! What can be said of a refund on the day of the row that asks for one.
//!
//! Whether money comes back is known weeks later, and by then the flag would stand on a row that has nothing to
//! do with it. So the row itself is judged: by a refund that says it came where the balance did not move, by a
//! refund that was refused, and else by what became of this user's earlier rows of the same form.

use super::orders::{Orders, came, came_back, is_hold, is_under_way, payment_of};
use super::payments::{OWN_LETTERS, Payments};
use super::said::{
    APPROVED, COME_ALREADY, NEVER_PAID, WITHDRAWN, closed_by_shop, closing, is_refundable, says_back,
    says_paid, sent_back,
};
use super::{FAIR_WAIT, LEAST, LONG_WAIT, went_out};
use crate::detect::foresight::{Forms, Prior};
use crate::detect::history::{day, name};
use crate::detect::phrase::holds;
use crate::detect::texts::Map;
use crate::detect::topics::{Topic, topics};
use crate::detect::{Flag, FlagKind, History};
use crate::ledger::{Direction, Kind};
use crate::text::Text;
use std::collections::HashSet;

/// After this a refund that did not come is counted as lost.
const LOST: i64 = 45 * 86_400;
/// A refund that says it came, and did not; one that was refused.
const NOT_MOVED: f64 = 0.88;
const REFUSED: f64 = 0.80;
/// An announced one that nothing came of, in a fair time, in a long one.
const NOT_YET: f64 = 0.72;
const NEVER_CAME: f64 = 0.82;
/// Promised, or under way: a payment stands as it ended when the file was written. Announced on a row of its own: that is what
/// every refund looks like on its first day. Closed and paid by the balance; closed, and paid somehow.
const SAID: Prior = Prior { trouble: 1.1, good: 0.7 };
const ANNOUNCED: Prior = Prior { trouble: 0.4, good: 1.0 };
const CLOSED_BY_BALANCE: Prior = Prior { trouble: 0.5, good: 0.8 };
const CLOSED: Prior = Prior { trouble: 0.35, good: 0.9 };
/// A closed order that itself says it had been paid.
const PAID_FIRST: Prior = Prior { trouble: 2.4, good: 0.6 };
/// The notice that an order was closed stands on a row of its own, after its payment; sooner than this it may be a
/// second try at paying.
const CLOSING_NOTICE: f64 = 0.74;
const SECOND_TRY: i64 = 2 * 3600;
/// What the first announcement of a refund may reach.
const JUST_ANNOUNCED: f64 = 0.45;
/// What a closed order may reach that says nothing: of 140 shown on ledgers by 23 authors 95 were trouble.
const JUST_CLOSED: f64 = 0.60;
/// So many refunds of payments that are not called closed are how they look here.
const PLENTY: u32 = 6;

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    UnderWay,
    Promised,
    /// Closed, and the refund was promised: so a wallet may file what was given back.
    ClosedPromised,
    /// The payment stands as made, and says that its order was cancelled.
    Cancelled,
    ClosedByBalance,
    Closed,
    PaidFirst,
    RefundRow,
}

/// What orders that ended look like.
#[derive(Clone, Default)]
struct Endings {
    /// Whole refunds of payments whose status says closed.
    closed: u32,
    /// Whole refunds of payments whose status says something else than closed.
    contrast: u32,
    /// Closed payments that say they were given back: here, such rows say it.
    said_back: u32,
    /// What closed payments said that came back whole, mostly nothing: the same words, or none, are no sign here.
    mute: HashSet<u32>,
    /// Closed orders that stand as no spending: what was never paid looks like that here.
    unpaid: u32,
}

impl Endings {
    fn note(&mut self, history: &History<'_>, i: usize) {
        let sign = history.sign(i);
        self.unpaid += u32::from(sign.state.has(Topic::Closed) && !went_out(history.row(i)));
        self.said_back += u32::from(is_said_back(history, i));
        if let Some(payment) = whole(history, i) {
            let closed = history.sign(payment).state.has(Topic::Closed);
            self.contrast += u32::from(!closed);
            self.closed += u32::from(closed);
            self.mute
                .extend(Some(history.sign(payment).memo).filter(|_| closed && is_mute(history, payment)));
        }
    }
}

/// What was seen so far.
#[derive(Clone, Default)]
pub struct Past {
    forms: Forms<Form>,
    /// In the files of each wallet, and in all of them.
    endings: Map<u16, Endings>,
    all: Endings,
    /// Whole refunds that came without a row that announced them, and the rows that announced one.
    silent: u32,
    announced: HashSet<(u32, i64)>,
    came: Came,
}

/// Judges row `i`.
pub fn find(history: &History<'_>, i: usize, past: &mut Past, orders: &Orders) -> Option<Flag> {
    let line = &history.lines[i];
    past.came.note(history, i);
    let own = past.endings.entry(line.wallet).or_default();
    own.note(history, i);
    past.all.note(history, i);
    past.silent +=
        u32::from(whole(history, i).is_some() && !past.announced.contains(&(line.payee, line.amount)));
    let (form, prior) = form(history, i).filter(|_| line.kept >= LEAST)?;
    // A wallet that files what was given back as closed is judged by its own files alone.
    let endings = if own.closed > 0 { &*own } else { &past.all };
    let contrast = match form {
        Form::ClosedByBalance | Form::Closed if own.mute.contains(&history.sign(i).memo) => 0,
        Form::ClosedByBalance => endings.contrast + endings.said_back,
        // Where no balance shows it, one must have said so, or many have stood otherwise.
        Form::Closed if endings.said_back > 0 || endings.contrast >= PLENTY => {
            endings.contrast.min(endings.unpaid) + endings.said_back
        }
        // Half as loud: one file writes both.
        Form::RefundRow => past.silent / 2,
        _ => 0,
    };
    if form == Form::RefundRow {
        past.announced.insert((line.payee, line.amount));
    }
    let came = &past.came;
    let ended = |row: usize| {
        if came_back(history, row, i) > 0 || came.since(history, row) {
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
    // The first announcement is what every refund looks like; one that is approved waits for nobody's word, so that where
    // refunds come without a row before them it is strange.
    let row = history.row(i);
    let ordinary = orders.came() > 0 || !row.memo.trim().is_empty() || !holds(&row.status, APPROVED);
    let most = match form {
        Form::RefundRow if ordinary => JUST_ANNOUNCED,
        Form::Closed | Form::ClosedByBalance if is_refundable(row) => JUST_ANNOUNCED,
        Form::Closed | Form::ClosedByBalance => JUST_CLOSED,
        _ => 0.9,
    };
    Some(explain(history, i, chance.min(most), &story(form)))
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
        if back && came(history, i) && !sign.state.has(Topic::Unpaid) {
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
    (came(history, i) && history.lines[payment].amount == history.lines[i].amount).then_some(payment)
}

/// Whether closed order `i` stands as spent and says nothing of having been given back.
fn is_mute(history: &History<'_>, i: usize) -> bool {
    !history.sign(i).state.has(Topic::Refunded) && went_out(history.row(i)) && !says_back(history, i)
}

/// Whether row `i` is a closed order that was paid and says that it was given back.
fn is_said_back(history: &History<'_>, i: usize) -> bool {
    let closed = history.sign(i).state.has(Topic::Closed) && history.lines[i].kind != Kind::Refund;
    closed && !history.row(i).method.trim().is_empty() && says_back(history, i)
}

fn form(history: &History<'_>, i: usize) -> Option<(Form, Prior)> {
    let (row, line, sign) = (history.row(i), &history.lines[i], history.sign(i));
    if sign.state.has(Topic::Refunded) || sign.state.has(Topic::Unpaid) {
        return None;
    }
    if says_back(history, i) {
        return None;
    }
    let told = sign.state.with(sign.says);
    if line.kind == Kind::Refund {
        return is_under_way(history, i).then_some((Form::RefundRow, ANNOUNCED));
    }
    let paid =
        went_out(row) || row.direction == Direction::Out && sign.balance.change() == Some(-line.amount);
    let closed = sign.state.has(Topic::Closed);
    let said_paid = says_paid(row);
    if !(paid || said_paid && closed) || never_paid(history, i) {
        return None;
    }
    if sign.state.has(Topic::RefundUnderWay) {
        return Some((Form::UnderWay, SAID));
    }
    if said_paid && (closed || closing(row).is_some()) {
        return Some((Form::PaidFirst, PAID_FIRST));
    }
    if closed && closed_by_shop(row) {
        return Some((Form::PaidFirst, PAID_FIRST));
    }
    if closed && sent_back(row) {
        return None;
    }
    let waits = sign.says.has(Topic::RefundUnderWay) && topics(&row.memo).has(Topic::RefundUnderWay);
    if told.has(Topic::RefundPromised) || waits || closed && sign.says.has(Topic::RefundUnderWay) {
        return Some(if closed { (Form::ClosedPromised, CLOSED_BY_BALANCE) } else { (Form::Promised, SAID) });
    }
    if !closed && closing(row).is_some() {
        return Some((Form::Cancelled, SAID));
    }
    match (closed, sign.balance.change()) {
        (true, Some(_)) => Some((Form::ClosedByBalance, CLOSED_BY_BALANCE)),
        (true, None) => Some((Form::Closed, CLOSED)),
        _ => None,
    }
}

/// Whether closed order `i` left the balance as it was. The balance of the wallet says nothing of what a card paid.
pub fn never_paid(history: &History<'_>, i: usize) -> bool {
    let sign = history.sign(i);
    let said = says_paid(history.row(i)) && !sign.moves;
    sign.state.has(Topic::Closed) && sign.balance.change() == Some(0) && !said
}

/// What is certain of row `i` on its day: a refund that was refused, that says it came where the balance did not
/// move though it always does, or that is under way longer than promised; an order closed after it was paid.
pub fn denied(history: &History<'_>, i: usize, payments: &Payments, orders: &mut Orders) -> Option<Flag> {
    let (line, sign) = (&history.lines[i], history.sign(i));
    if line.amount < LEAST || is_hold(history, i) {
        return None;
    }
    if line.kind != Kind::Refund {
        return closed_later(history, i, payments, orders).or_else(|| paid_late(history, i, payments));
    }
    if is_under_way(history, i) {
        let late = orders.wait(history, i)?;
        let story = Text::new(
            "过了答应的或通常的日子，退款还没有到账",
            "the promised or usual time is over, and the refund has not arrived",
        );
        return Some(explain_rows(history, &about(i, payment_of(history, i)), late, &story));
    }
    if sign.state.has(Topic::Unpaid) {
        return None;
    }
    if sign.state.any(&[Topic::Failed, Topic::Closed]) {
        let row = history.row(i);
        orders.end(history, i, false);
        let says = |words| [&row.memo, &row.note, &row.status].iter().any(|text| holds(text, words));
        if says(WITHDRAWN) || says(COME_ALREADY) || is_settled(history, i, payments) {
            return None;
        }
        let story = Text::new("这笔退款没有成功", "the refund did not go through");
        return Some(explain(history, i, REFUSED, &story));
    }
    (sign.moves && sign.balance.change() == Some(0)).then(|| {
        let story =
            Text::new("状态说已退款，余额却没有增加", "it says refunded, yet the balance did not rise");
        explain(history, i, NOT_MOVED, &story)
    })
}

/// Whether the payment of refused refund `i` came back whole before.
fn is_settled(history: &History<'_>, i: usize, payments: &Payments) -> bool {
    let payment = payment_of(history, i).or_else(|| payments.of_order(history, i));
    payment.is_some_and(|payment| came_back(history, payment, i) >= history.lines[payment].amount)
}

/// An order that stands as closed and as no payment, whose payment went through earlier and was not given back.
fn closed_later(history: &History<'_>, i: usize, payments: &Payments, orders: &Orders) -> Option<Flag> {
    let (row, sign) = (history.row(i), history.sign(i));
    if !sign.state.has(Topic::Closed) || row.direction == Direction::In || sign.says.has(Topic::Refunded) {
        return None;
    }
    let told = !row.memo.trim().is_empty() && !holds(&row.memo, NEVER_PAID);
    let payment = payments.of_order(history, i).or_else(|| payments.of_sum(history, i).filter(|_| told))?;
    let returned = history.sign(payment).state.any(&[Topic::Refunded, Topic::PartRefund])
        || history.row(payment).refunded.minor > 0
        || came_back(history, payment, i) > 0
        || orders.under_way(payment);
    // A second try has a number of its own; what the wallet's own number names was paid.
    let number = |row: usize| history.row(row).order_no.trim();
    let same = number(i).len() >= OWN_LETTERS && number(i) == number(payment);
    let soon = history.lines[i].at - history.lines[payment].at < SECOND_TRY;
    if returned || !same && (soon || holds(&row.memo, NEVER_PAID)) {
        return None;
    }
    Some(explain_rows(history, &about(i, Some(payment)), CLOSING_NOTICE, &story(Form::Closed)))
}

/// A payment that went through on an order that stood as closed.
fn paid_late(history: &History<'_>, i: usize, payments: &Payments) -> Option<Flag> {
    let went = history.lines[i].spent && history.went_out(i) && !history.sign(i).state.has(Topic::Closed);
    let closed = went.then(|| payments.closed_before(history, i))??;
    let story = Text::new(
        "这笔订单此前已经关闭，钱却付出去了",
        "its order had been closed before, yet the money went out",
    );
    Some(explain_rows(history, &about(i, Some(closed)), CLOSING_NOTICE, &story))
}

fn story(form: Form) -> Text {
    match form {
        Form::UnderWay | Form::RefundRow => Text::new("退款还没有到账", "the refund has not arrived"),
        Form::Promised | Form::ClosedPromised => {
            Text::new("写明会退款，还没有到账", "a refund was promised and has not arrived")
        }
        Form::Cancelled => Text::new(
            "写明订单已取消，没有写已退款",
            "it says that its order was cancelled, and nothing of a refund",
        ),
        Form::ClosedByBalance | Form::Closed | Form::PaidFirst => {
            Text::new("订单关闭了，钱却付出去了", "the order is closed, yet the money went out")
        }
    }
}

/// Announced refund `i`, where nothing came in the `waited` days since.
pub fn never_came(history: &History<'_>, i: usize, waited: i64) -> Option<Flag> {
    let payment = payment_of(history, i);
    let came = payment.is_some_and(|payment| came_back(history, payment, usize::MAX) > 0);
    let score = if waited >= LONG_WAIT { NEVER_CAME } else { NOT_YET };
    let story = Text::new(
        format!("之后 {waited} 天里没有到账"),
        format!("in the {waited} days since it has not arrived"),
    );
    (!came && waited >= FAIR_WAIT).then(|| explain_rows(history, &about(i, payment), score, &story))
}

/// The row, and the payment it is about: what comes back of that later ends the matter.
fn about(i: usize, payment: Option<usize>) -> Vec<usize> {
    std::iter::once(i).chain(payment).collect()
}

fn explain(history: &History<'_>, i: usize, score: f64, story: &Text) -> Flag {
    explain_rows(history, &[i], score, story)
}

fn explain_rows(history: &History<'_>, rows: &[usize], score: f64, story: &Text) -> Flag {
    let row = history.row(rows[0]);
    let (at, who, amount, status) = (day(row.at), name(row), row.amount, row.status.trim());
    let explanation = Text::new(
        format!("{} {}的 {amount} 状态是「{status}」：{}。", at.zh, who.zh, story.zh),
        format!("The {amount} of {} on {} stands as “{status}”: {}.", who.en, at.en, story.en),
    );
    let innocent = Text::new(
        "退款还在路上，或退到了别的账户、卡上。",
        "The refund is still on its way, or went to another account or card.",
    );
    history.flag(FlagKind::RefundMissing, score, rows, amount, explanation, innocent)
}
