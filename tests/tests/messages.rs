//! Pasted messages: every file of `samples/messages` and what it must read as.

use chrono::{DateTime, FixedOffset, NaiveDateTime};
use recourse::ledger::message::{MessageReading, read};
use recourse::ledger::{Direction, Kind};
use serde::Deserialize;
use std::path::PathBuf;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Samples {
    message: Vec<Sample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    text: String,
    #[serde(default)]
    provider: String,
    /// Absent where the message names no day: then it is now.
    at: Option<String>,
    amount: String,
    #[serde(default = "renminbi")]
    currency: String,
    /// Absent where the message does not say which way the money went.
    direction: Option<Direction>,
    kind: Option<Kind>,
    #[serde(default)]
    counterparty: String,
    #[serde(default)]
    method: String,
    #[serde(default)]
    order_no: String,
    #[serde(default)]
    missing: Vec<String>,
    #[serde(default)]
    left_out: Vec<String>,
}

/// What matters of a message here: which way the money went, and what it was.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Events {
    /// Text, then each payment as it is read: `500.00 out purchase`, `? 500.00` without a direction, `+ words` of
    /// what is left out.
    events: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotPayments {
    texts: Vec<String>,
}

fn renminbi() -> String {
    "CNY".into()
}

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-22T10:00:00+08:00").unwrap()
}

fn file(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples/messages").join(name);
    std::fs::read_to_string(path).unwrap()
}

fn samples() -> Vec<Sample> {
    let files = ["banks.toml", "wallets.toml", "english.toml"];
    files.iter().flat_map(|name| toml::from_str::<Samples>(&file(name)).unwrap().message).collect()
}

/// What was read, written as a sample is.
fn differences(sample: &Sample, readings: &[MessageReading]) -> Vec<String> {
    let [MessageReading { note, missing, left_out, .. }] = readings else {
        return vec![format!("{} messages were read", readings.len())];
    };
    let at = match &sample.at {
        Some(at) => NaiveDateTime::parse_from_str(at, "%Y-%m-%d %H:%M:%S").unwrap(),
        None => now().naive_local(),
    };
    let pairs = [
        ("provider", sample.provider.clone(), note.provider.clone()),
        ("at", at.to_string(), note.at.naive_local().to_string()),
        ("amount", sample.amount.clone(), note.amount.decimal()),
        ("currency", sample.currency.clone(), note.amount.currency.to_string()),
        ("direction", format!("{:?}", sample.direction), format!("{:?}", note.kind.map(|_| note.direction))),
        ("kind", format!("{:?}", sample.kind.or(note.kind)), format!("{:?}", note.kind)),
        ("left out", format!("{:?}", sample.left_out), format!("{left_out:?}")),
        ("counterparty", sample.counterparty.clone(), note.counterparty.clone()),
        ("method", sample.method.clone(), note.method.clone()),
        ("order_no", sample.order_no.clone(), note.order_no.clone()),
        ("missing", format!("{:?}", sample.missing), format!("{missing:?}")),
    ];
    let differs = pairs.into_iter().filter(|(_, expected, read)| expected != read);
    differs.map(|(field, expected, read)| format!("{field}: wanted {expected}, read {read}")).collect()
}

#[test]
fn every_sample_message_reads_as_it_says() {
    let samples = samples();
    assert!(samples.len() >= 30);
    let mut wrong = Vec::new();
    for sample in &samples {
        let differences = differences(sample, &read(&sample.text, now()));
        if !differences.is_empty() {
            wrong.push(format!("{}\n    {}", sample.text, differences.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), samples.len(), wrong.join("\n"));
}

/// A reading in the words of `events`.
fn said(reading: &MessageReading) -> Vec<String> {
    let note = &reading.note;
    let currency = Some(note.amount.currency).filter(|currency| currency.code() != "CNY");
    let amount = match currency {
        Some(currency) => format!("{currency} {}", note.amount.decimal()),
        None => note.amount.decimal(),
    };
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let way = match note.kind {
        Some(kind) => {
            let direction = word(serde_json::to_value(note.direction).unwrap());
            format!("{amount} {direction} {}", word(serde_json::to_value(kind).unwrap()))
        }
        None => format!("? {amount}"),
    };
    let missing = |field: &str| reading.missing.iter().any(|missing| missing == field);
    assert_eq!(note.amount.minor == 0, missing("amount"));
    assert_eq!(note.kind.is_none(), missing("direction"));
    [way].into_iter().chain(reading.left_out.iter().map(|words| format!("+ {words}"))).collect()
}

#[test]
fn every_message_says_what_happened_to_its_money() {
    let events: Events = toml::from_str(&file("events.toml")).unwrap();
    assert!(events.events.len() >= 100);
    let mut wrong = Vec::new();
    for event in &events.events {
        let [text, expected @ ..] = event.as_slice() else { panic!("an event without a text") };
        let said: Vec<String> = read(text, now()).iter().flat_map(said).collect();
        if said != expected {
            wrong.push(format!("{text}\n    wanted {expected:?}\n    read   {said:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), events.events.len(), wrong.join("\n"));
}

#[test]
fn codes_advertisements_and_small_talk_are_no_payments() {
    for text in toml::from_str::<NotPayments>(&file("not-payments.toml")).unwrap().texts {
        assert_eq!(read(&text, now()), [], "{text}");
    }
}

#[test]
fn several_messages_pasted_at_once_are_read_one_by_one() {
    let samples = samples();
    let all: Vec<&str> = samples.iter().map(|sample| sample.text.trim()).collect();
    let readings = read(&all.join("\n\n"), now());
    assert_eq!(readings.len(), samples.len());
    for (sample, reading) in samples.iter().zip(&readings) {
        assert_eq!(reading.note.amount.decimal(), sample.amount);
    }
    let banks: Samples = toml::from_str(&file("banks.toml")).unwrap();
    let lines: Vec<&str> = banks.message.iter().map(|sample| sample.text.as_str()).collect();
    assert_eq!(read(&lines.join("\n"), now()).len(), lines.len());
}

#[test]
fn every_field_is_either_understood_or_missing() {
    for sample in samples() {
        for reading in read(&sample.text, now()) {
            for field in ["provider", "amount", "direction", "time", "counterparty", "method"] {
                let prefix = format!("{field}: ");
                let understood = reading.understood.iter().any(|words| words.starts_with(&prefix));
                let missing = reading.missing.iter().any(|missing| missing == field);
                assert!(understood != missing, "{field} of {}", sample.text);
            }
        }
    }
}
