//! What was read, as text that a person can check: one line a row.

use recourse::statements::Parsed;
use std::fmt::Write as _;

/// The text of what was read from a file.
pub fn parsed(all: &[Parsed]) -> String {
    let mut text = String::new();
    for parsed in all {
        statement(&mut text, parsed).expect("writing to a string does not fail");
    }
    text
}

fn statement(text: &mut String, parsed: &Parsed) -> std::fmt::Result {
    writeln!(text, "statement {} of {}, account {:?}", parsed.statement, parsed.provider, parsed.account)?;
    let stated = &parsed.stated;
    let sum =
        |money: &Option<recourse::money::Money>| money.map_or("–".to_owned(), |money| money.to_string());
    writeln!(
        text,
        "stated {} rows, in {}, out {}, neutral {}",
        stated.count.map_or("–".to_owned(), |count| count.to_string()),
        sum(&stated.income),
        sum(&stated.expense),
        sum(&stated.neutral),
    )?;
    for row in &parsed.rows {
        write!(
            text,
            "{} | {} | {} {} {}",
            row.row,
            row.at.format("%Y-%m-%d %H:%M:%S %:z"),
            word(&row.direction),
            word(&row.kind),
            row.amount
        )?;
        if let Some(fee) = row.fee {
            write!(text, " fee {fee}")?;
        }
        if row.refunded.minor != 0 {
            write!(text, " refunded {}", row.refunded)?;
        }
        if let Some(balance) = row.balance {
            write!(text, " balance {balance}")?;
        }
        for cell in [
            &row.counterparty,
            &row.counterparty_account,
            &row.item,
            &row.method,
            &row.category,
            &row.status,
            &row.order_no,
            &row.merchant_order_no,
            &row.memo,
        ] {
            write!(text, " | {}", cell.escape_debug())?;
        }
        if !row.methods.is_empty() {
            write!(text, " | parts {}", row.methods.join(" + "))?;
        }
        for mark in &row.marks {
            write!(text, " !{}", word(mark))?;
        }
        text.push('\n');
    }
    for problem in &parsed.problems {
        writeln!(text, "problem at {} {}: {}", problem.row, problem.column, word(&problem.reason))?;
    }
    Ok(())
}

/// The word on the wire.
fn word(thing: &impl serde::Serialize) -> String {
    serde_json::to_value(thing).ok().and_then(|value| value.as_str().map(String::from)).unwrap_or_default()
}
