//! Rows whose cells do not stand under their names: what they say is not to be believed.

use super::Dialect;
use crate::statements::mapping::Mapped;
use crate::statements::{Field, Reason};
use crate::table::{Row, cell};

/// Refuses a row in which a cell slipped, as far as its width or its cells tell.
pub(super) fn refuse_slipped(mapped: &Mapped, dialect: Dialect, row: &Row) -> Result<(), (String, Reason)> {
    if row.len() != mapped.width {
        hold_against_header(mapped, row)?;
    }
    if mapped.statement.ragged
        && let Some(field) = slipped(mapped, dialect, row)
    {
        return Err((mapped.name_of(field), Reason::BadAmount));
    }
    Ok(())
}

/// Refuses a row whose cells cannot stand under their names: one is missing before its end, or one too many. Blank ones
/// at the end say nothing.
fn hold_against_header(mapped: &Mapped, row: &Row) -> Result<(), (String, Reason)> {
    if row.len() < mapped.width && !mapped.statement.ragged && !stands_in_place(mapped, row) {
        return Err((mapped.name_at(|place| place >= row.len()), Reason::TooFewCells));
    }
    if (mapped.width..row.len()).any(|place| !row.cell(place).is_empty()) {
        return Err((String::new(), Reason::TooManyCells));
    }
    Ok(())
}

/// Where rows may be shorter, their number of cells does not tell that one slipped: a balance that is none does, or a
/// party that is an amount.
fn slipped(mapped: &Mapped, dialect: Dialect, row: &Row) -> Option<Field> {
    let is_amount = |text| cell::amount(text, dialect.currency, dialect.decimal).is_some();
    let (balance, party) = (mapped.cell(row, Field::Balance), mapped.cell(row, Field::Counterparty));
    let number = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    if number(balance) && !is_amount(balance) {
        return Some(Field::Balance);
    }
    let cents = party.len() >= 4 && party.as_bytes()[party.len() - 3] == b'.';
    (!balance.is_empty() && cents && number(party) && is_amount(party)).then_some(Field::Amount)
}

/// Whether no cell of a shorter row slipped: its direction is one, its status no number, its number one. Spreadsheets
/// leave out last columns that are empty.
fn stands_in_place(mapped: &Mapped, row: &Row) -> bool {
    let digits = |field| mapped.cell(row, field).bytes().filter(u8::is_ascii_digit).count();
    let word = mapped.cell(row, Field::Direction);
    let known = word.is_empty() || mapped.statement.directions.iter().any(|(name, _)| *name == word);
    let tells = [Field::Direction, Field::Status, Field::OrderNo].iter().all(|field| mapped.has(*field));
    tells && known && digits(Field::Status) < 8 && digits(Field::OrderNo) >= 8
}
