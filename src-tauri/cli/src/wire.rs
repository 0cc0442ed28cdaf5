//! The JSON of the command line: a promise, fields are added and never renamed.

use recourse::Error;
use recourse::app::{CaseView, FlagChoices, FlagView, Import, KindChoice, Lesson, PlannedFile, Turned};
use recourse::call::{Asked, CallLine, CallPlan};
use recourse::detect::{Flag, Setting};
use recourse::directory::{Citation, NumberCheck};
use recourse::ledger::{Direction, Transaction};
use recourse::money::{Currency, Money};
use recourse::statements::Problem;
use recourse::text::{Lang, Text};
use serde::Serialize;
use serde_json::{Value, json};

/// An error on standard output.
pub fn error(error: Option<&Error>, failure: &anyhow::Error) -> Value {
    let code = error.map_or(json!("internal"), |error| json!(error.code));
    json!({ "error": { "code": code, "detail": format!("{failure:#}") } })
}

/// One imported file.
#[derive(Serialize)]
pub struct Imported {
    /// Its name, without folder.
    pub file: String,
    /// The format's id.
    pub statement: String,
    /// Whose it is.
    pub provider: String,
    /// Rows read.
    pub read: u32,
    /// Rows new to the ledger.
    pub added: u32,
    /// Rows the ledger had.
    pub known: u32,
    /// Rows the file itself names.
    pub stated: Option<u32>,
    /// What could not be read, and other remarks.
    pub problems: Vec<Problem>,
    /// The sums that the file states, beside those of its rows.
    pub sums: Vec<Sum>,
    /// No real file of this format was seen, or the user's own mapping read it.
    pub experimental: bool,
}

/// A sum that a file states, beside that of its rows. They may differ without a fault: files count refunds and own
/// transfers each in their own way.
#[derive(Serialize)]
pub struct Sum {
    /// What it adds up: the direction of the rows.
    pub direction: Direction,
    /// As the file states it, in decimals.
    pub stated: String,
    /// Of the rows read.
    pub read: String,
    /// ISO 4217.
    pub currency: Currency,
    /// Whether they are equal.
    pub agrees: bool,
}

impl Imported {
    /// A planned file, and what became of it: nothing where it was imported before, and what it holds is known.
    pub fn of(planned: &PlannedFile, made: Option<&Import>) -> Self {
        let stated = &planned.stated;
        let all = [
            (Direction::In, stated.income, planned.income),
            (Direction::Out, stated.expense, planned.expense),
            (Direction::Neutral, stated.neutral, planned.neutral),
        ];
        let sum = |(direction, stated, read): (Direction, Option<Money>, Money)| {
            stated.map(|stated| Sum {
                direction,
                stated: stated.decimal(),
                read: read.decimal(),
                currency: stated.currency,
                agrees: stated == read,
            })
        };
        Self {
            file: planned.file.clone(),
            statement: planned.statement.clone(),
            provider: planned.provider.clone(),
            read: planned.read,
            added: made.map_or(0, |made| made.added),
            known: made.map_or(planned.read, |made| made.known),
            stated: stated.count,
            problems: made.map_or_else(|| planned.problems.clone(), |made| made.problems.clone()),
            sums: all.into_iter().filter_map(sum).collect(),
            experimental: planned.experimental,
        }
    }
}

/// One line of the ledger. `source` is the file's hash and the row.
pub fn transaction(t: &Transaction, source: Option<(&str, u32)>) -> Value {
    json!({
        "id": t.id, "provider": t.provider, "statement": t.statement, "at": t.at.to_rfc3339(),
        "direction": t.direction, "kind": t.kind, "amount": t.amount.decimal(), "currency": t.amount.currency,
        "fee": t.fee.map(|fee| fee.decimal()), "refunded": t.refunded.decimal(),
        "balance": t.balance.map(|balance| balance.decimal()),
        "counterparty": t.counterparty, "counterparty_account": t.counterparty_account, "item": t.item,
        "method": t.method, "category": t.category, "status": t.status, "order_no": t.order_no,
        "merchant_order_no": t.merchant_order_no, "memo": t.memo, "marks": t.marks,
        "refund_of": t.refund_of, "linked": t.linked, "note": t.note,
        "source": source.map(|(sha256, row)| json!({ "sha256": sha256, "row": row })),
    })
}

/// One flag.
pub fn flag(view: &FlagView, lang: Lang) -> Value {
    let Flag { id, kind, score, sure, transactions, amount, explanation, innocent, verdict, .. } = &view.flag;
    let order_nos: Vec<&str> = view.transactions.iter().map(|t| t.order_no.as_str()).collect();
    json!({
        "id": id, "kind": kind, "score": (score * 1000.0).round() / 1000.0, "sure": sure, "transactions": transactions,
        "order_nos": order_nos, "amount": amount.decimal(), "currency": amount.currency,
        "explanation": explanation.get(lang), "innocent": innocent.get(lang), "verdict": verdict,
        "compared": view.flag.compared,
        "also": view.also.iter().map(|flag| also(flag, lang)).collect::<Vec<_>>(),
        "case": view.case, "next": view.next.get(lang), "playbook": view.trouble,
    })
}

/// What else was found of the same event.
fn also(flag: &Flag, lang: Lang) -> Value {
    json!({
        "id": flag.id, "kind": flag.kind, "score": flag.score, "sure": flag.sure, "transactions": flag.transactions,
        "amount": flag.amount.decimal(), "currency": flag.amount.currency,
        "explanation": flag.explanation.get(lang), "innocent": flag.innocent.get(lang), "verdict": flag.verdict,
    })
}

/// Which flags came and went with a change.
pub fn turned(turned: &Turned) -> Value {
    json!({ "appeared": turned.appeared, "gone": turned.gone, "changed": turned.changed })
}

/// What one verdict taught.
pub fn lesson(lesson: &Lesson, lang: Lang) -> Value {
    let Lesson { flag, kind, verdict, counterparty, amount, up_to, since, effect, transaction } = lesson;
    json!({
        "flag": flag, "kind": kind, "verdict": verdict, "counterparty": counterparty,
        "amount": amount.decimal(), "currency": amount.currency,
        "up_to": up_to.map(|amount| amount.decimal()), "since": since.map(|at| at.to_rfc3339()),
        "effect": effect.words.get(lang), "flags": effect.flags, "rows": effect.rows,
        "transaction": transaction,
    })
}

/// Which flags are shown.
pub fn settings(setting: &Setting, choices: &FlagChoices, lang: Lang) -> Value {
    let kind = |choice: &KindChoice| {
        json!({
            "kind": choice.kind, "name": choice.name.get(lang), "looks_for": choice.looks_for.get(lang),
            "on": setting.is_on(choice.kind),
        })
    };
    json!({ "sensitivity": setting.all, "kinds": choices.kinds.iter().map(kind).collect::<Vec<_>>() })
}

fn texts(texts: &[Text], lang: Lang) -> Vec<&str> {
    texts.iter().map(|text| text.get(lang)).collect()
}

fn citations<'s>(sources: impl IntoIterator<Item = &'s Citation>, lang: Lang) -> Vec<Value> {
    let wire = |c: &Citation| json!({ "url": c.url, "kind": c.kind, "checked": c.checked, "what": c.what.get(lang), "dated": c.dated });
    sources.into_iter().map(wire).collect()
}

fn call_line(plan: &CallPlan, line: &CallLine, lang: Lang) -> Value {
    json!({
        "provider": line.provider, "name": line.name.get(lang), "line": line.line, "number": line.number,
        "tel": line.tel, "why": line.why.get(lang), "status": line.trust, "sources": citations(&line.sources, lang),
        "hours": line.hours.get(lang), "open": line.open,
        "opens_at": line.opens_at.map(|at| at.to_rfc3339()),
        "better_time": line.better_time.as_ref().map(|text| text.get(lang)),
        "menu": (!line.menu.is_empty()).then(|| texts(&line.menu, lang)),
        "calmer_at": line.calmer_at.map(|at| at.to_rfc3339()),
        "abroad": line.abroad.as_ref().map(|text| text.get(lang)),
        "languages": line.languages, "cost_note": line.cost_note.as_ref().map(|text| text.get(lang)),
        "say": texts(plan.say_on(line), lang),
    })
}

/// A call plan: the first of `call` is whom to call now.
pub fn call_plan(plan: &CallPlan, lang: Lang) -> Value {
    let channel = |c: &recourse::directory::Channel| json!({ "kind": c.kind, "how": c.how.get(lang), "status": c.trust });
    let rung = |r: &recourse::call::Rung| json!({ "provider": r.provider, "name": r.name.get(lang), "when": r.when.get(lang) });
    json!({
        "case": plan.case,
        "call": plan.call.iter().map(|line| call_line(plan, line, lang)).collect::<Vec<_>>(),
        "notice": plan.notice.as_ref().map(|text| text.get(lang)),
        "channels": plan.channels.iter().map(channel).collect::<Vec<_>>(),
        "have_ready": texts(&plan.have_ready, lang), "say": texts(plan.call.first().map_or(plan.say.as_slice(), |line| plan.say_on(line)), lang),
        "never": texts(&plan.never, lang),
        "next_rung": plan.next_rung.iter().map(rung).collect::<Vec<_>>(),
    })
}

/// What can be said of a number, and of what the caller wanted.
pub fn number_check(check: &NumberCheck, asked: &[Asked], lang: Lang) -> Value {
    let wanted = |asked: &Asked| {
        let wanted = recourse::call::answer(*asked);
        json!({
            "id": wanted.id, "answer": wanted.answer.get(lang), "if_done": wanted.if_done.get(lang),
            "sources": citations(&wanted.sources, lang),
        })
    };
    json!({
        "number": check.number, "e164": check.e164, "verdict": check.verdict, "provider": check.provider,
        "line": check.line, "explanation": check.explanation.get(lang), "advice": check.advice.get(lang),
        "sources": citations(&check.sources, lang), "others": check.others, "yours": check.yours,
        "asked": asked.iter().map(wanted).collect::<Vec<_>>(),
    })
}

/// One case with what is computed from it.
pub fn case(view: &CaseView, lang: Lang) -> Value {
    json!({
        "id": view.line.case.id, "status": view.line.status, "title": view.line.title.get(lang),
        "kind": view.line.case.trouble, "provider": view.line.case.provider,
        "amount": view.line.amount.map(|amount| amount.decimal()),
        "currency": view.line.amount.map(|amount| amount.currency),
        "opened_at": view.line.case.opened_at.to_rfc3339(), "story": view.line.case.story,
        "wishes": view.line.case.wishes, "flags": view.line.case.flags,
        "transactions": view.line.case.transactions, "events": view.line.case.events,
        "deadlines": view.deadlines,
        "first_of_all": view.first_of_all.as_ref().map(|text| text.get(lang)),
        "steps": view.steps.iter().map(|step| json!({
            "id": step.id, "title": step.title.get(lang), "urgent": step.urgent, "done": step.done,
        })).collect::<Vec<_>>(),
        "attachments": view.attachments,
    })
}
