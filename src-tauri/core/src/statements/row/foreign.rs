//! What a shop abroad asked for, beside what the account was charged: kept in the memo, in words that people write.

use super::Dialect;
use crate::money::{Currency, Money};
use crate::statements::mapping::Mapped;
use crate::statements::{Draft, Field};
use crate::table::{Row, cell};

/// Whose bills name the country of every row: at home the amount is the same once more.
const HOME: &str = "CN";

/// Keeps what the row states in another currency than it was booked in. Nothing depends on it: what cannot be read
/// stands in the row's own cells.
pub(super) fn keep(mapped: &Mapped, dialect: Dialect, row: &Row, draft: &mut Draft) {
    if !mapped.has(Field::ForeignAmount) {
        return;
    }
    let booked = draft.amount;
    let named = match mapped.cell(row, Field::ForeignCurrency) {
        "" => None,
        name => Currency::named(name, booked.currency),
    };
    let text = mapped.cell(row, Field::ForeignAmount);
    let Some(read) = cell::amount(text, named.unwrap_or(booked.currency), dialect.decimal) else { return };
    let Some(minor) = read.money.minor.checked_abs().filter(|minor| *minor > 0) else { return };
    let asked = Money::new(minor, read.money.currency);
    let said = match read.note {
        "" if asked.currency == booked.currency => return,
        "" => format!("{} {}", asked.currency.code(), asked.decimal()),
        // The bill names the country and no currency.
        country if country != HOME && asked != booked => {
            let amount = text.trim_start_matches('-').trim_start();
            format!("交易地金额 {amount}")
        }
        _ => return,
    };
    let blank = if draft.memo.is_empty() { "" } else { " " };
    draft.memo.push_str(blank);
    draft.memo.push_str(&said);
}
