//! A refund smaller than what was due.
//!
//! The order was closed or the refund calls itself whole, and less came back than was paid; or a promise names a
//! figure that the refund does not reach. Refunds of a difference in price, of one item out of several, of a
//! ticket less its fee are parts by nature. Where nothing is said, it counts how often this user's refunds
//! are parts.

use crate::detect::history::{day, name};
use crate::detect::texts::Map;
use crate::detect::topics::Topic;
use crate::detect::{Flag, FlagKind, History};
use crate::ledger::Kind;
use crate::text::Text;
use std::collections::VecDeque;

/// ¥1: less is not worth a call.
const LEAST: i64 = 100;
/// Less than this share of the payment, in percent, is no whole refund.
const WHOLE_PERCENT: i64 = 99;
/// Payments remembered at a payee.
const REMEMBERED: usize = 8;
/// The order was closed, or called wholly refunded.
const CLOSED: f64 = 0.82;
/// A promise names a larger figure.
const PROMISED_MORE: f64 = 0.90;
/// Nothing is said: weights of trouble and of an innocent part, and what each earlier part adds to the latter.
const UNSAID: (f64, f64) = (0.35, 0.9);
/// Of several things bought at once one goes back, whatever the status calls it.
const SEVERAL: f64 = 0.3;
const EACH_PART: f64 = 2.0;
/// So many whole refunds speak as loud as one bad end.
const WHOLES: f64 = 10.0;

/// What was seen so far.
#[derive(Clone, Default)]
pub struct Past {
    /// The latest payments at each payee, the latest first.
    latest: Map<u32, VecDeque<usize>>,
    wholes: f64,
    parts: f64,
}

/// Finds refunds that fell short, as their own rows tell.
pub fn find(history: &History<'_>, past: &mut Past) -> Vec<Flag> {
    let Past { latest, wholes, parts } = past;
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        let row = history.row(i);
        if line.kind != Kind::Refund {
            if line.spent && !row.item.trim().is_empty() {
                let here = latest.entry(line.payee).or_default();
                here.truncate(REMEMBERED - 1);
                here.push_front(i);
            }
            continue;
        }
        let linked = row.refund_of.and_then(|id| history.place(id));
        // A part of a payment names no order where the file has no numbers: its item names the payment's.
        let named = || latest.get(&line.payee)?.iter().copied().find(|&payment| names(history, i, payment));
        let Some(payment) = linked.or_else(named).filter(|&payment| payment < i) else { continue };
        let before = if linked.is_some() { history.returns(payment, i) } else { std::slice::from_ref(&i) };
        let back = before.iter().fold(0, |sum: i64, &j| sum.saturating_add(history.lines[j].amount));
        let due = history.lines[payment].amount;
        let missing = due.saturating_sub(back);
        if i128::from(back) * 100 >= i128::from(due) * i128::from(WHOLE_PERCENT) || missing < LEAST {
            *wholes += 1.0;
            continue;
        }
        if let Some((score, missing)) = judge(history, payment, i, missing, (*wholes, *parts)) {
            // With all rows at hand a part that only might be too small is none to ask about.
            if !history.hindsight || score >= CLOSED {
                flags.push(explain(history, payment, i, missing, score));
            }
        }
        *parts += 1.0;
    }
    flags
}

/// Whether refund `i` is of the item of `payment`, as far as both say.
fn names(history: &History<'_>, i: usize, payment: usize) -> bool {
    let (refund, paid) = (history.row(i), history.row(payment));
    refund.item.contains(paid.item.trim()) && history.lines[payment].amount >= history.lines[i].amount
}

fn judge(
    history: &History<'_>,
    payment: usize,
    i: usize,
    missing: i64,
    seen: (f64, f64),
) -> Option<(f64, i64)> {
    let (paid, refund) = (history.sign(payment), history.sign(i));
    let texts = [history.row(payment), history.row(i)];
    let back = history.lines[i].amount;
    let promised = texts
        .iter()
        .flat_map(|row| [&row.memo, &row.item, &row.note, &row.status])
        .filter_map(|t| promised(t))
        .max();
    if let Some(promised) = promised {
        let short = promised.saturating_sub(back);
        let real = promised <= history.lines[payment].amount;
        return (short >= LEAST && real).then_some((PROMISED_MORE, short));
    }
    if paid.says.has(Topic::PartRefund)
        || refund.says.has(Topic::PartRefund)
        || paid.state.has(Topic::PartRefund)
    {
        return None;
    }
    if several(&history.row(payment).item) {
        return Some((SEVERAL, missing));
    }
    let whole = paid.state.any(&[Topic::Closed, Topic::WholeRefund])
        || refund.says.with(refund.state).has(Topic::WholeRefund);
    // Wallets close the order of a whole refund only.
    if whole && history.lines[i].kind == Kind::Refund {
        return Some((CLOSED, missing));
    }
    let trouble = UNSAID.0 + (seen.0 / WHOLES).min(2.0);
    Some((trouble / (trouble + UNSAID.1 + EACH_PART * seen.1), missing))
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

/// The figure a text promises to give back, in minor units of two decimals.
fn promised(text: &str) -> Option<i64> {
    const WORDS: &[&str] =
        &["应退", "承诺退", "同意退", "答应退", "应退款", "退款金额", "应返", "refund of", "promised"];
    let start = WORDS.iter().filter_map(|word| text.find(word).map(|place| place + word.len())).max()?;
    let rest = text[start..]
        .trim_start_matches(|c: char| !c.is_ascii_digit() && !matches!(c, '；' | ';' | '。' | ','));
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let amount =
        crate::money::Money::from_decimal(rest[..end].trim_end_matches('.'), crate::money::Currency::CNY)?;
    (amount.minor > 0).then_some(amount.minor)
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
    let innocent = Text::new(
        "约定只退一部分，其余已用掉，或退到了别处。",
        "Only a part was agreed, the rest was used, or it went elsewhere.",
    );
    history.flag(FlagKind::RefundMissing, score, &[i, payment], missing, explanation, innocent)
}
