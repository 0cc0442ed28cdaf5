//! A refund smaller than what was due.
//!
//! The order was closed or the refund calls itself whole, and less came back than was paid; or a promise, the
//! refund's own words or what the payment states as refunded name a figure that the refund does not reach. Refunds of a difference in price, of one item out of several, of a
//! ticket less its fee are parts by nature. Where nothing is said, it counts how often this user's refunds
//! are parts.

use super::orders::{Orders, agreed, came, came_back, is_hold};
use super::payments::Payments;
use crate::detect::history::{day, name};
use crate::detect::phrase::holds;
use crate::detect::promise::{names_sum, sum_after};
use crate::detect::topics::Topic;
use crate::detect::{Flag, FlagKind, History};
use crate::ledger::Kind;
use crate::text::Text;

/// ¥1: less is not worth a call.
const LEAST: i64 = 100;
/// Less than this share of the payment, in percent, is no whole refund.
const WHOLE_PERCENT: i64 = 99;
/// The order was closed, or called wholly refunded.
const CLOSED: f64 = 0.82;
/// A promise names a larger figure.
const PROMISED_MORE: f64 = 0.90;
/// The same refund was announced with more, and nothing says why it is less.
const ANNOUNCED_MORE: f64 = 0.84;
/// The payment stands as refunded with more: a second part may follow.
const STATED_MORE: f64 = 0.64;
/// Of several equal pieces some went back, and less than their share came.
const SHARE_SHORT: f64 = 0.80;
/// What the memo of a payment says of a refund that is to be whole.
const ALL_OF_IT: &[&str] = &[
    "全额退",
    "全额可退",
    "可全额退",
    "退全额",
    "整单退",
    "全部退",
    "全款退",
    "退全款",
    "full refund",
    "refund in full",
    "fully refundable",
];
/// Somebody's word for a sum.
const GIVEN: &[&str] = &["承诺", "答应", "说好", "讲好", "约定", "promised", "agreed"];
/// What stands before a sum that was kept, and why.
const KEPT: &[&str] = &[
    "扣除",
    "扣减",
    "抵扣",
    "扣款",
    "扣",
    "退票费",
    "手续费",
    "运费",
    "改签费",
    "折旧费",
    "违约金",
    "服务费",
    "less",
    "minus",
    "fee of",
    "deducted",
    "fee",
];
/// Nothing is said: weights of trouble and of an innocent part, and what each earlier part adds to the latter.
const UNSAID: (f64, f64) = (0.35, 0.9);
/// Of several things bought at once one goes back, unless the refund itself says that it is all.
const SEVERAL: f64 = 0.3;
const EACH_PART: f64 = 2.0;
/// So many whole refunds speak as loud as one bad end.
const WHOLES: f64 = 10.0;

/// What was seen so far.
#[derive(Clone, Default)]
pub struct Past {
    wholes: f64,
    parts: f64,
}

/// Judges refund `i`: whether it fell short, as its own row and those before it tell.
pub fn find(
    history: &History<'_>,
    i: usize,
    past: &mut Past,
    payments: &Payments,
    orders: &Orders,
) -> Option<Flag> {
    let Past { wholes, parts } = past;
    let row = history.row(i);
    if history.lines[i].kind != Kind::Refund || !came(history, i) || is_hold(history, i) {
        return None;
    }
    let linked = row.refund_of.and_then(|id| history.place(id)).filter(|&payment| payment < i);
    let announced = orders.announced(history, i);
    // A part of a payment names no order where the file has no numbers: its item names the payment's.
    let whole = history.sign(i).says.has(Topic::WholeRefund);
    let payment = linked
        .or_else(|| payments.of_item(history, i))
        .or_else(|| payments.of_party(history, i).filter(|_| whole));
    let Some(payment) = payment else {
        // The refund itself names what it should be.
        let short = agreed(history, i)?.saturating_sub(history.lines[i].amount);
        // Of a part only a word that was given counts.
        let given = [&row.memo, &row.note].iter().any(|text| holds(text, GIVEN));
        let part = history.sign(i).says.has(Topic::PartRefund) && !given;
        let said = short >= LEAST && !part && !told_why(history, &[i], short, history.lines[i].amount);
        return said.then(|| explain_said(history, i, short));
    };
    let back = if linked.is_some() { came_back(history, payment, i) } else { history.lines[i].amount };
    let due = history.lines[payment].amount;
    let missing = due.saturating_sub(back);
    // Without a number the sum that was announced is the whole of it.
    let as_said = linked.is_none_or(|_| row.merchant_order_no.trim().len() < 2)
        && announced.is_some_and(|row| history.lines[row].amount == history.lines[i].amount);
    if as_said || i128::from(back) * 100 >= i128::from(due) * i128::from(WHOLE_PERCENT) || missing < LEAST {
        *wholes += 1.0;
        return None;
    }
    let (wholes, earlier) = (*wholes, *parts);
    *parts += 1.0;
    let (score, missing) = judge(history, payment, i, announced, (back, missing), (wholes, earlier))?;
    // With all rows at hand a part that only might be too small is none to ask about.
    let told = !history.hindsight || score >= CLOSED || score == STATED_MORE;
    told.then(|| explain(history, payment, i, missing, score))
}

/// Whether what `flag` misses of `payment` has come by now. Of a refund that fell short only rows tell: a payment that
/// states more than they add up to is what was asked about.
pub fn is_settled(history: &History<'_>, flag: &Flag, payment: usize) -> bool {
    let (first, row) = (flag.places[0] as usize, history.row(payment));
    if history.lines[first].kind != Kind::Refund || !came(history, first) {
        return row.amount.minor.saturating_sub(row.refunded.minor) < LEAST;
    }
    let since = came_back(history, payment, usize::MAX) - came_back(history, payment, first);
    flag.amount.minor.saturating_sub(since) < LEAST
}

/// Whether a memo names the very sum that is missing: freight the buyer bears, a coupon that went back to its purse.
fn told_why(history: &History<'_>, rows: &[usize], missing: i64, back: i64) -> bool {
    missing != back && rows.iter().any(|&row| names_sum(&history.row(row).memo, missing))
}

fn judge(
    history: &History<'_>,
    payment: usize,
    i: usize,
    announced: Option<usize>,
    (back, missing): (i64, i64),
    seen: (f64, f64),
) -> Option<(f64, i64)> {
    let (paid, refund) = (history.sign(payment), history.sign(i));
    let due = history.lines[payment].amount;
    let told = [Some(payment), announced, Some(i)].into_iter().flatten();
    if let Some(promised) = told.filter_map(|row| agreed(history, row)).max() {
        let short = promised.saturating_sub(back);
        let real = promised <= due && !told_why(history, &[payment, i], short, back);
        return (short >= LEAST && real).then_some((PROMISED_MORE, short));
    }
    // The payment's own status states more than came.
    let stated = (due - history.lines[payment].kept).saturating_sub(back);
    if stated >= LEAST && back > 0 && stated < due - back {
        return Some((STATED_MORE, stated));
    }
    let as_stated = stated == 0 && history.lines[payment].kept < due
        // 已退款4.99 on the payment itself.
        || names_sum(&history.row(payment).memo, back);
    if told_why(history, &[payment, i], missing, back) {
        return None;
    }
    // What was kept and named makes it whole again.
    let kept = [i, payment].into_iter().filter_map(|row| sum_after(&history.row(row).memo, KEPT)).max();
    if kept.is_some_and(|kept| missing.saturating_sub(kept) < LEAST) {
        return None;
    }
    // Two of three pieces went back: their share is due.
    let pieces = pieces(&history.row(payment).item, &history.row(i).memo);
    if let Some((all, back_of)) = pieces {
        let share = i64::try_from(i128::from(due) * i128::from(back_of) / i128::from(all)).unwrap_or(due);
        let short = share.saturating_sub(back);
        let share_is_due = short >= LEAST.max(share / 50) && !told_why(history, &[payment, i], short, back);
        return share_is_due.then_some((SHARE_SHORT, short));
    }
    let part = returned(&history.row(i).memo).is_some()
        || paid.says.has(Topic::PartRefund)
        || refund.says.has(Topic::PartRefund)
        || paid.state.has(Topic::PartRefund);
    if part {
        return None;
    }
    if let Some(announced) = announced {
        let whole = history.sign(announced).says.has(Topic::WholeRefund);
        let more = if whole { due } else { history.lines[announced].amount }.saturating_sub(back);
        if more >= LEAST {
            return Some((ANNOUNCED_MORE, more));
        }
        return None;
    }
    let called_whole = refund.says.has(Topic::WholeRefund);
    if several(&history.row(payment).item) && !called_whole {
        return Some((SEVERAL, missing));
    }
    let whole = paid.state.any(&[Topic::Closed, Topic::WholeRefund])
        || holds(&history.row(payment).memo, ALL_OF_IT)
        || refund.says.with(refund.state).has(Topic::WholeRefund);
    // Wallets close the order of a whole refund only.
    if whole {
        return Some((CLOSED, missing));
    }
    if as_stated {
        return None;
    }
    let trouble = UNSAID.0 + (seen.0 / WHOLES).min(2.0);
    Some((trouble / (trouble + UNSAID.1 + EACH_PART * seen.1), missing))
}

/// What things are counted by, and small numbers in words.
const COUNTED: [char; 6] = ['件', '个', '份', '盒', '双', '瓶'];
const IN_WORDS: &str = "一两二三四";

fn number(digits: &str) -> Option<i64> {
    match digits {
        "一" => Some(1),
        "两" | "二" => Some(2),
        "三" => Some(3),
        "四" => Some(4),
        digits => digits.parse().ok(),
    }
}

/// How many pieces the memo of a refund says went back (退2件, 两件退一件), and what stands before.
fn returned(memo: &str) -> Option<(&str, i64)> {
    let (said, back) = memo.split_once('退')?;
    let back = back.trim_start();
    let end = back.find(|c: char| !c.is_ascii_digit() && !IN_WORDS.contains(c)).unwrap_or(back.len());
    let count = number(&back[..end]).filter(|_| back[end..].trim_start().starts_with(COUNTED))?;
    Some((said, count))
}

/// How many pieces an item says were bought (抽纸 ×4, 帽子3件) and its refund says went back.
fn pieces(item: &str, memo: &str) -> Option<(i64, i64)> {
    let before = |text: &str| {
        let text = text.trim_end();
        let begin = text.trim_end_matches(|c: char| c.is_ascii_digit() || IN_WORDS.contains(c));
        number(&text[begin.len()..])
    };
    let (said, back) = returned(memo)?;
    let times = || {
        let tail = item.rsplit(['×', 'x', 'X', '*']).next().filter(|tail| tail.len() < item.len())?;
        number(tail.trim())
    };
    let all = said.trim_end().strip_suffix(COUNTED).and_then(before).or_else(times)?;
    (all >= back && back > 0 && all > 1).then_some((all, back))
}

/// Whether an item says that it was more than one thing: 日用品3件.
fn several(item: &str) -> bool {
    const COUNTED: [char; 9] = ['件', '个', '份', '张', '本', '盒', '双', '瓶', '样'];
    item.char_indices().any(|(place, letter)| {
        let before = item[..place].trim_end_matches(|c: char| c.is_ascii_digit());
        let many = &item[before.len()..place];
        COUNTED.contains(&letter) && many.parse::<u32>().is_ok_and(|many| many > 1)
    })
}

/// Refund `i`, whose own row names more than it gives; its payment is not known.
fn explain_said(history: &History<'_>, i: usize, short: i64) -> Flag {
    let refund = history.row(i);
    let (at, who, back, short) = (day(refund.at), name(refund), refund.amount, history.money(i, short));
    let explanation = Text::new(
        format!("{}在 {} 退回 {back}，而这笔退款自己写明的数额还多 {short}。", who.zh, at.zh),
        format!("{} gave back {back} on {}; by its own words it should be {short} more.", who.en, at.en),
    );
    history.flag(FlagKind::RefundMissing, PROMISED_MORE, &[i], short, explanation, innocent())
}

fn innocent() -> Text {
    Text::new(
        "约定只退一部分，其余已用掉，或退到了别处。",
        "Only a part was agreed, the rest was used, or it went elsewhere.",
    )
}

fn explain(history: &History<'_>, payment: usize, i: usize, missing: i64, score: f64) -> Flag {
    let (paid, refund) = (history.row(payment), history.row(i));
    let (at, who, due, back) = (day(refund.at), name(paid), paid.amount, refund.amount);
    let missing = history.money(payment, missing);
    let explanation = Text::new(
        format!("{} 付过 {due} 的{}在 {} 只退回 {back}，还差 {missing}。", day(paid.at).zh, who.zh, at.zh),
        format!(
            "Of the {due} paid on {}, {} gave back only {back} on {}: {missing} is missing.",
            day(paid.at).en,
            who.en,
            at.en
        ),
    );
    history.flag(FlagKind::RefundMissing, score, &[i, payment], missing, explanation, innocent())
}
