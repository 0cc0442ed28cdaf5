//! Payments logged by hand, or read from a pasted message.

use super::flags;
use super::typed::{amount, moment};
use crate::args::{NoteArgs, Way};
use crate::{Session, show};
use anyhow::bail;
use recourse::app::{MessageReading, NewNote};
use recourse::ledger::{Direction, TransactionId};
use recourse::{Code, Error};
use serde_json::json;

/// Logs one payment, or every payment a pasted message tells of. Where a message does not say how much, or which
/// way, nothing is stored.
pub fn note(session: &mut Session, args: NoteArgs) -> anyhow::Result<()> {
    let with_flags = args.flags;
    if let Some(id) = args.on {
        return annotate(session, id, &args);
    }
    let (notes, missing, left_out) = match &args.paste {
        Some(text) => pasted(session, text, &args)?,
        None => (vec![filled(blank(session), &args)?], Vec::new(), Vec::new()),
    };
    flags::look(session, with_flags)?;
    let pasted = args.paste.is_some();
    let ids =
        notes.into_iter().map(|note| session.app.note(note, session.now)).collect::<Result<Vec<_>, _>>()?;
    if session.json {
        let mut answer = json!({ "id": ids.first() });
        if pasted {
            answer = json!({ "id": ids.first(), "ids": ids, "missing": missing, "left_out": left_out });
        }
        flags::add(session, with_flags, &mut answer)?;
        println!("{answer}");
        return Ok(());
    }
    let say = |zh: String, en: String| println!("{}", show::pick(session.lang, &zh, &en));
    for id in &ids {
        say(format!("已记下，编号 {}。", id.0), format!("Noted as {}.", id.0));
    }
    if missing.iter().any(|field| field == "time") {
        say(
            "消息里没有可靠的时间，请核对。".into(),
            "The message gives no sure time: please check it.".into(),
        );
    }
    if !left_out.is_empty() {
        let words = left_out.join("、");
        say(format!("没有记下：{words}。"), format!("Not noted: {words}."));
    }
    flags::say(session, with_flags)
}

/// Writes the user's own words on a row of the ledger: that it was cancelled, that it is not theirs.
fn annotate(session: &mut Session, id: i64, args: &NoteArgs) -> anyhow::Result<()> {
    flags::look(session, args.flags)?;
    session.app.annotate(TransactionId(id), args.text.as_deref().unwrap_or_default(), session.now)?;
    if session.json {
        let mut answer = json!({ "id": id });
        flags::add(session, args.flags, &mut answer)?;
        println!("{answer}");
        return Ok(());
    }
    println!("{}", show::pick(session.lang, "已写在这笔流水上。", "Written on this transaction."));
    flags::say(session, args.flags)
}

type Read = (Vec<NewNote>, Vec<String>, Vec<String>);

fn pasted(session: &Session, text: &str, args: &NoteArgs) -> anyhow::Result<Read> {
    let readings = session.app.read_message(text, session.now)?;
    if readings.is_empty() {
        bail!(Error::said(
            Code::Unreadable,
            "这条消息里没有读到付款；请用 --at、--amount、--counterparty 自己填写",
            "no payment could be read in this message; log it with --at, --amount and --counterparty"
        ));
    }
    let of_one =
        args.at.is_some() || args.amount.is_some() || args.counterparty.is_some() || args.direction.is_some();
    if readings.len() > 1 && of_one {
        bail!(Error::said(
            Code::Invalid,
            "消息里有几笔付款；要补充内容，请一笔一笔粘贴",
            "the message tells of several payments; paste them one by one to add to them"
        ));
    }
    let lacks =
        |reading: &MessageReading, field: &str| reading.missing.iter().any(|missing| missing == field);
    if args.amount.is_none() && readings.iter().any(|reading| lacks(reading, "amount")) {
        bail!(Error::said(
            Code::Unreadable,
            "没有读到可靠的金额；请加上 --amount",
            "the amount could not be read with certainty; add --amount"
        ));
    }
    if args.direction.is_none() && readings.iter().any(|reading| lacks(reading, "direction")) {
        bail!(Error::said(
            Code::Unreadable,
            "看不出这笔是支出还是收入；请加上 --direction out 或 --direction in",
            "the message does not say whether money went out or came in; add --direction out or --direction in"
        ));
    }
    let (mut notes, mut missing, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    for reading in readings {
        notes.push(filled(reading.note, args)?);
        let given = |field: &str| match field {
            "time" => args.at.is_some(),
            "amount" => args.amount.is_some(),
            "counterparty" => args.counterparty.is_some(),
            "direction" => args.direction.is_some(),
            "provider" => args.provider.is_some(),
            "method" => args.method.is_some(),
            _ => false,
        };
        missing.extend(reading.missing.into_iter().filter(|field| !given(field)));
        left_out.extend(reading.left_out);
    }
    missing.sort_unstable();
    missing.dedup();
    Ok((notes, missing, left_out))
}

fn blank(session: &Session) -> NewNote {
    NewNote {
        provider: String::new(),
        at: session.now,
        amount: recourse::money::Money::fen(0),
        direction: Direction::Out,
        kind: None,
        counterparty: String::new(),
        method: String::new(),
        order_no: String::new(),
        text: String::new(),
    }
}

/// The note, with what the user said of it in place of what was read.
fn filled(note: NewNote, args: &NoteArgs) -> anyhow::Result<NewNote> {
    let direction = args.direction.map(|way| match way {
        Way::Out => Direction::Out,
        Way::In => Direction::In,
    });
    Ok(NewNote {
        provider: args.provider.clone().unwrap_or(note.provider),
        at: args.at.as_deref().map(moment).transpose()?.unwrap_or(note.at),
        amount: args.amount.as_deref().map(amount).transpose()?.unwrap_or(note.amount),
        direction: direction.unwrap_or(note.direction),
        counterparty: args.counterparty.clone().unwrap_or(note.counterparty),
        method: args.method.clone().unwrap_or(note.method),
        text: args.text.clone().unwrap_or(note.text),
        kind: note.kind,
        order_no: note.order_no,
    })
}
