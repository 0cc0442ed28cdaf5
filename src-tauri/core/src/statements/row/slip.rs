//! Rows whose cells do not stand under their names: what they say is not to be believed.

use super::Dialect;
use crate::statements::mapping::Mapped;
use crate::statements::{Field, Reason};
use crate::table::{Row, cell};

/// How the amounts of a table were written so far.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::statements) struct Habit {
    /// With two decimals.
    cents: bool,
    /// As whole numbers.
    whole: bool,
}

/// Refuses a row in which a cell slipped, as far as its width or its cells tell.
pub(super) fn refuse_slipped(
    mapped: &Mapped,
    dialect: Dialect,
    row: &Row,
    habit: &mut Habit,
) -> Result<(), (String, Reason)> {
    if row.len() != mapped.width {
        hold_against_header(mapped, row)?;
    }
    for field in [Field::Amount, Field::AmountOut, Field::AmountIn] {
        if let Some(place) = mapped.place(field)
            && is_split(mapped, row, place, habit)
        {
            return Err((mapped.name_of(field), Reason::BadAmount));
        }
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
    let words = |text: &str| text.contains(|c: char| !c.is_ascii() && c.is_alphabetic()) && text != "无";
    if (number(balance) || words(balance)) && !is_amount(balance) {
        return Some(Field::Balance);
    }
    let cents = party.len() >= 4 && party.as_bytes()[party.len() - 3] == b'.';
    (!balance.is_empty() && cents && number(party) && is_amount(party)).then_some(Field::Amount)
}

/// Whether the amount is the first group of one that was written as `1,234.56` without quotes, so that the rest of it
/// stands in the next cell. A number with cents in a column of words tells, and one that begins with a zero; beside
/// another amount, that this table writes its amounts with cents.
fn is_split(mapped: &Mapped, row: &Row, place: usize, habit: &mut Habit) -> bool {
    let amount = row.cell(place).trim_start_matches(|c: char| !c.is_ascii_digit() && c != '.');
    if amount.len() > 3 || amount.is_empty() || !amount.bytes().all(|byte| byte.is_ascii_digit()) {
        let cents = amount.len() > 3 && amount.as_bytes()[amount.len() - 3] == b'.';
        habit.cents |= cents;
        habit.whole |= !cents && !amount.is_empty() && amount.bytes().all(|byte| byte.is_ascii_digit());
        return false;
    }
    let is_group = |cell: &str| cell.len() == 3 && cell.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = (place + 1..row.len()).map(|place| row.cell(place)).skip_while(|cell| is_group(cell));
    let last = groups.next().unwrap_or("");
    let next = row.cell(place + 1);
    let (whole, fraction) = last.split_once('.').unwrap_or((last, ""));
    let cents = (1..=2).contains(&fraction.len())
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && (is_group(whole) || last == next && whole.is_empty());
    // No amount of thousands begins with a zero.
    let splits = (cents || is_group(next)) && (!amount.starts_with('0') || next.starts_with('.'));
    let number = matches!(
        mapped.field_at(place + 1),
        Some(
            Field::Amount
                | Field::AmountOut
                | Field::AmountIn
                | Field::Balance
                | Field::Fee
                | Field::Refunded
        )
    );
    let sure = cents && (!number || next.starts_with(['0', '.']));
    if splits && (sure || !habit.whole && (habit.cents || cents)) {
        return true;
    }
    // A zero is written short by those that write cents, too.
    habit.whole |= amount != "0";
    false
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
