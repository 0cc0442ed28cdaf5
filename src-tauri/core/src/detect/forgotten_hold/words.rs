//! What is said of a hold that was not let go.

use super::{DUE, LEFT, PART, Part, TAKEN};
use crate::detect::history::{day, name, passed};
use crate::detect::{Flag, FlagKind, History};
use crate::text::Text;

/// Row `i` took all of a hold, though its use had been `paid` for, where it was.
pub fn explain_taken(history: &History<'_>, hold: usize, i: usize, paid: Option<i64>) -> Flag {
    let (held, taken) = (history.row(hold), history.row(i));
    let (from, at, who, sum) = (day(held.at), day(taken.at), name(held), held.amount);
    let beside = paid.map(|paid| history.money(hold, paid)).map_or_else(Text::default, |paid| {
        Text::new(format!("，而此间已另付 {paid}"), format!(", though {paid} had been paid there since"))
    });
    let explanation = Text::new(
        format!("{} {}冻结的 {sum}，{} 整笔转成了付款{}。", from.zh, who.zh, at.zh, beside.zh),
        format!("The hold of {sum} by {} of {} was taken whole on {}{}.", who.en, from.en, at.en, beside.en),
    );
    let innocent = Text::new(
        "没有按时归还、损坏或违约，按约定从押金里扣。",
        "A late return, damage or a breach, taken out of the deposit as agreed.",
    );
    history.flag(FlagKind::ForgottenHold, TAKEN, &[i, hold], taken.amount, explanation, innocent)
}

pub fn explain(history: &History<'_>, i: usize, score: f64, wait: Option<i64>) -> Flag {
    let row = history.row(i);
    let (at, who, held) = (day(row.at), name(row), row.amount);
    let since = match wait.map(|wait| passed(row.at, wait)) {
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
    history.flag(FlagKind::ForgottenHold, score, &[i], held, explanation, innocent())
}

pub fn explain_due(history: &History<'_>, i: usize, first: Option<usize>, wait: i64) -> Flag {
    let row = history.row(i);
    let (at, who, held, status) = (day(row.at), name(row), row.amount, row.status.trim());
    let since = match first {
        Some(first) => {
            let wait = passed(history.row(first).at, wait);
            Text::new(format!("，冻结已有 {}", wait.zh), format!(", {} after it was put", wait.en))
        }
        None => Text::new("", ""),
    };
    let explanation = Text::new(
        format!(
            "{} {}冻结的 {held} 状态是「{status}」{}；用途已经结束或答应的日子已过，还没有解冻。",
            at.zh, who.zh, since.zh
        ),
        format!(
            "The hold of {held} by {} stood as “{status}” on {}{}; what it secured is over or the promised day is past, \
             and it is not released.",
            who.en, at.en, since.en
        ),
    );
    let rows: Vec<usize> = std::iter::once(i).chain(first).collect();
    history.flag(FlagKind::ForgottenHold, DUE, &rows, held, explanation, innocent())
}

/// Row `i` says of itself that what should come back does not, of money that no row before it held.
pub fn explain_unanswered(history: &History<'_>, i: usize) -> Flag {
    let row = history.row(i);
    let (at, who, sum, status) = (day(row.at), name(row), row.amount, row.status.trim());
    let said = match row.memo.trim() {
        "" => Text::default(),
        memo => Text::new(format!("，写明「{memo}」"), format!(", marked “{memo}”")),
    };
    let explanation = Text::new(
        format!("{} {}应退还的 {sum} 状态是「{status}」{}，还没有退回。", at.zh, who.zh, said.zh),
        format!(
            "The {sum} that {} should give back stood as “{status}” on {}{}: it has not come back.",
            who.en, at.en, said.en
        ),
    );
    history.flag(FlagKind::ForgottenHold, DUE, &[i], sum, explanation, innocent())
}

/// Bill `i` says that a hold stays, of `hold` where it is known.
pub fn explain_billed(history: &History<'_>, i: usize, hold: Option<usize>) -> Flag {
    let row = history.row(i);
    let (at, who, paid, said) = (day(row.at), name(row), row.amount, row.memo.trim());
    let held = hold.map(|hold| history.row(hold));
    let stays = held.map_or_else(Text::default, |held| {
        let (from, sum) = (day(held.at), held.amount);
        Text::new(
            format!("；{} 冻结的 {sum} 还没有解冻", from.zh),
            format!("; the hold of {sum} of {} is not released", from.en),
        )
    });
    let explanation = Text::new(
        format!("{} 付给{}的 {paid} 写明「{said}」{}。", at.zh, who.zh, stays.zh),
        format!("The {paid} to {} on {} says “{said}”{}.", who.en, at.en, stays.en),
    );
    let rows: Vec<usize> = std::iter::once(i).chain(hold).collect();
    let sum = held.map_or(paid, |held| held.amount);
    history.flag(FlagKind::ForgottenHold, DUE, &rows, sum, explanation, innocent())
}

/// Bill `i` says that the rest of a hold stays, of which a part was let go.
pub fn explain_rest(history: &History<'_>, i: usize, part: Part) -> Flag {
    let (row, first, back) = (history.row(i), history.row(part.hold), history.row(part.by).amount);
    let (at, from, who, paid, said) = (day(row.at), day(first.at), name(row), row.amount, row.memo.trim());
    let (held, missing) = (first.amount, history.money(part.hold, part.missing));
    let explanation = Text::new(
        format!(
            "{} 付给{}的 {paid} 写明「{said}」：{} 冻结的 {held} 只解冻了 {back}，还差 {missing}。",
            at.zh, who.zh, from.zh
        ),
        format!(
            "The {paid} to {} on {} says “{said}”: of the {held} held on {}, {back} was released and {missing} is missing.",
            who.en, at.en, from.en
        ),
    );
    history.flag(FlagKind::ForgottenHold, DUE, &[i, part.by, part.hold], missing, explanation, innocent())
}

pub fn explain_left(history: &History<'_>, i: usize, left: usize, wait: i64) -> Flag {
    let row = history.row(left);
    let (at, who, held, wait) = (day(row.at), name(row), row.amount, passed(row.at, wait));
    let explanation = Text::new(
        format!(
            "{} {}冻结的 {held} 已有 {}没有解冻，当时的费用早已付清；现在同一商家又冻结了一笔。",
            at.zh, who.zh, wait.zh
        ),
        format!(
            "The hold of {held} by {} of {} has not been released in {}, though its use was paid for; now another one was \
             put there.",
            who.en, at.en, wait.en
        ),
    );
    history.flag(FlagKind::ForgottenHold, LEFT, &[i, left], held, explanation, innocent())
}

pub fn explain_part(history: &History<'_>, hold: usize, i: usize, missing: i64) -> Flag {
    let (first, row) = (history.row(hold), history.row(i));
    let (at, who, held, back) = (day(row.at), name(first), first.amount, row.amount);
    let missing = history.money(hold, missing);
    let explanation = Text::new(
        format!("{} {}冻结的 {held} 只解冻了 {back}，还差 {missing}，没有写明扣了什么。", at.zh, who.zh),
        format!(
            "Of the {held} held by {}, {back} was released on {}: {missing} is missing, and nothing says why.",
            who.en, at.en
        ),
    );
    let innocent = Text::new(
        "差的部分是您同意付的消费、租金或赔偿。",
        "What is missing is what you agreed to pay for use, rent or damage.",
    );
    history.flag(FlagKind::ForgottenHold, PART, &[i, hold], missing, explanation, innocent)
}

pub fn innocent() -> Text {
    Text::new(
        "还在使用中，或冻结到期会自动解除。",
        "What it secures is still in use, or the hold lapses by itself.",
    )
}
