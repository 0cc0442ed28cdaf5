//! What one can do with a case.

use super::{amount, say};
use crate::args::{AddresseeWord, CaseCommand, EventArgs};
use crate::show::failure::told;
use crate::{Session, show, wire};
use recourse::app::{CaseView, NewCase, NewEvent};
use recourse::call::NewCaller;
use recourse::case::{Addressee, CaseId, Happening, Promise, Trouble};
use recourse::ledger::TransactionId;
use recourse::vault::Owner;
use serde::de::DeserializeOwned;
use serde_json::json;

/// Reads a kebab-case word of the core's vocabulary.
fn word<T: DeserializeOwned>(text: &str, what: &str) -> anyhow::Result<T> {
    serde_json::from_value(json!(text))
        .map_err(|_| told(format!("没有“{text}”这个词"), format!("no such {what}: {text}")))
}

/// A case with all that is computed from it.
pub fn view(session: &Session, id: i64) -> anyhow::Result<CaseView> {
    Ok(session.app.case_view(CaseId(id), session.now)?)
}

/// Does one thing with a case.
pub fn case(session: &mut Session, command: CaseCommand) -> anyhow::Result<()> {
    let now = session.now;
    match command {
        CaseCommand::Open { flag, transaction, kind, provider, text } => {
            let fresh = NewCase {
                flags: flag,
                transactions: transaction.into_iter().map(TransactionId).collect(),
                trouble: kind.map(|kind| word(&kind, "kind of trouble")).transpose()?,
                provider,
                wishes: vec![],
                story: text.unwrap_or_default(),
            };
            let said = fresh.trouble.is_some();
            let id = session.app.case_open(fresh, now)?;
            let (mut zh, mut en) = (format!("案件 {} 已开。", id.0), format!("Case {} is open.", id.0));
            let trouble = view(session, id.0)?.line.case.trouble;
            if !said && trouble == Trouble::UnclearPayment {
                zh.push_str(
                    "它只请对方提供详情，还没有说是谁付的。弄清之后请用 case add --kind 说明：unknown-transaction（不是我付的）、\
                     payment-scam（按别人的要求付的）、wrong-payee（自己付错了）。",
                );
                en.push_str(
                    " It only asks for details and does not say who paid. Say so with case add --kind once you know: \
                     unknown-transaction (not me), payment-scam (somebody told me to), wrong-payee (my own mistake).",
                );
            }
            if !said && trouble == Trouble::WrongPayee {
                zh.push_str(
                    "它按“自己付错了收款方”整理。不是您付的、或按别人的要求付的，请用 case add --kind unknown-transaction 或 \
                     payment-scam 改过来。",
                );
                en.push_str(
                    " It says that you paid the wrong payee by mistake. If you did not pay, or somebody told you to, change \
                     it with case add --kind unknown-transaction or payment-scam.",
                );
            }
            say(session, json!({ "id": id }), &zh, &en)
        }
        CaseCommand::List => {
            for line in session.app.cases(now)? {
                if session.json {
                    println!("{}", wire::case(&view(session, line.case.id.0)?, session.lang));
                } else {
                    println!("{}", show::case_line(session.lang, &line));
                }
            }
            Ok(())
        }
        CaseCommand::Show { case } => {
            let view = view(session, case)?;
            if session.json {
                println!("{}", wire::case(&view, session.lang));
            } else {
                show::case(session.lang, &view);
            }
            Ok(())
        }
        CaseCommand::Add { case, event } => add_event(session, case, *event),
        CaseCommand::Close { case, outcome, recovered } => {
            let recovered = recovered.map(|text| amount(&text)).transpose()?;
            let happening = Happening::Closed { outcome: word(&outcome, "outcome")?, recovered };
            let id = session.app.case_add(NewEvent { case: CaseId(case), happening }, now)?;
            say(session, json!({ "event": id }), "案件已关闭。", "The case is closed.")
        }
        CaseCommand::Brief { case } => {
            let brief = view(session, case)?.brief.to_plain(session.lang);
            say(session, json!({ "brief": brief }), &brief, &brief)
        }
        CaseCommand::Letter { case, to } => {
            let to = match to {
                AddresseeWord::Merchant => Addressee::Merchant,
                AddresseeWord::Wallet => Addressee::Wallet,
                AddresseeWord::Bank => Addressee::Bank,
                AddresseeWord::Regulator => Addressee::Regulator,
                AddresseeWord::Police => Addressee::Police,
            };
            let letter = session.app.letter(CaseId(case), to, session.lang, now)?;
            say(session, json!({ "letter": letter }), &letter, &letter)
        }
        CaseCommand::Export { case, dir } => {
            let folder = session.app.case_export(CaseId(case), &dir, now)?;
            let shown = folder.display().to_string();
            say(
                session,
                json!({ "folder": shown }),
                &format!("已写入 {shown}"),
                &format!("Written to {shown}"),
            )
        }
    }
}

fn add_event(session: &mut Session, case: i64, event: EventArgs) -> anyhow::Result<()> {
    let provider = match event.provider {
        Some(provider) => provider,
        None => view(session, case)?.line.case.provider,
    };
    let promise = event.promise.zip(event.due).map(|(what, due)| Promise { what, due });
    let mut added = Vec::new();
    let mut happenings = Vec::new();
    if let Some(said) = event.call {
        let line = String::new();
        let (agent, ticket, seconds) = (event.agent, event.ticket, event.seconds);
        happenings.push(Happening::Called { provider, line, seconds, agent, ticket, said, promise });
    } else if let Some(text) = event.answer {
        happenings.push(Happening::Answered { from: provider, text, promise });
    } else if let Some(how) = event.sent {
        happenings.push(Happening::Sent { to: provider, how });
    }
    if let Some(kind) = event.kind {
        happenings.push(Happening::Retold { trouble: word(&kind, "kind of trouble")? });
    }
    happenings.extend(event.note.map(|text| Happening::Noted { text }));
    happenings.extend(event.done.map(|step| Happening::Stepped { step, done: true }));
    if let Some(file) = &event.attach {
        let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        let bytes = std::fs::read(file).map_err(|error| {
            told(format!("读文件失败：{error}"), format!("the file cannot be read: {error}"))
        })?;
        let kept = session.app.attach(Owner::Case(CaseId(case)), &name, &bytes, session.now)?;
        happenings.push(Happening::Attached { attachment: kept.id, label: name });
    }
    let caller = event.caller.map(|text| -> anyhow::Result<NewCaller> {
        let asked = super::directory::read_asked(&event.asked)?;
        Ok(NewCaller { text, asked, case: Some(CaseId(case)), ..NewCaller::default() })
    });
    if happenings.is_empty() && caller.is_none() {
        return Err(told(
            "请说明发生了什么：--note、--call、--answer、--sent、--done、--kind、--caller 或 --attach",
            "say what happened: --note, --call, --answer, --sent, --done, --kind, --caller or --attach",
        ));
    }
    if let Some(caller) = caller.transpose()? {
        session.app.add_caller(caller, session.now)?;
        added.extend(view(session, case)?.line.case.events.last().map(|event| event.id));
    }
    for happening in happenings {
        added.push(session.app.case_add(NewEvent { case: CaseId(case), happening }, session.now)?);
    }
    say(session, json!({ "events": added }), "已记入案件。", "Added to the case.")
}
