//! One entry of a document on its way to the ledger's shape.

use super::words;
use crate::ledger::{Direction, Kind, Mark, Moment};
use crate::money::Money;
use crate::statements::{Draft, Parsed, Problem, Reason, bank};

/// An entry of a day, without a time of day.
pub(super) fn on_day(row: u32, at: Moment, signed: Money, raw: &[String]) -> Draft {
    let mut draft = draft(row, at, signed, raw);
    draft.marks.push(Mark::DateOnly);
    draft
}

/// An entry that moved money, with nothing said of it yet. `signed` is negative where money went out.
pub(super) fn draft(row: u32, at: Moment, signed: Money, raw: &[String]) -> Draft {
    let direction = match signed.minor {
        ..0 => Direction::Out,
        0 => Direction::Neutral,
        _ => Direction::In,
    };
    let amount = Money::new(signed.minor.saturating_abs(), signed.currency);
    let mut draft = Draft::new(row, at, direction, amount);
    draft.kind = match direction {
        Direction::Out => Kind::Purchase,
        Direction::In => Kind::Income,
        Direction::Neutral => Kind::Other,
    };
    draft.raw = serde_json::to_string(raw).expect("a list of strings is always JSON");
    draft
}

/// What the words of an entry say where its codes do not, of a `card` or of another account.
pub(super) fn heed_words(draft: &mut Draft, card: bool) {
    heed_refund_words(draft);
    words::heed(draft, card);
}

/// Money that came in is money back where the words of the entry say so: no other sign of these formats tells.
fn heed_refund_words(draft: &mut Draft) {
    let may_be = matches!(draft.kind, Kind::Income | Kind::TransferIn) && draft.direction == Direction::In;
    let texts = [&draft.category, &draft.item, &draft.counterparty, &draft.memo];
    if may_be && texts.into_iter().any(|text| bank::tells_refund(&text.to_uppercase())) {
        draft.kind = Kind::Refund;
    }
}

/// Notes an entry that could not be read, and keeps it as it stands.
pub(super) fn unread(
    parsed: &mut Parsed,
    row: u32,
    (column, reason): (&'static str, Reason),
    raw: &[String],
) {
    problem(parsed, row, column, reason);
    parsed.keep_unread(row, raw.iter().map(String::as_str));
}

/// Notes what else is to be said: of an entry that was read, or of the whole.
pub(super) fn problem(parsed: &mut Parsed, row: u32, column: impl Into<String>, reason: Reason) {
    parsed.problems.push(Problem { row, column: column.into(), reason });
}

/// The texts that hold something, each once, with one blank between words and no control characters.
pub(super) fn joined<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut all: Vec<String> = Vec::new();
    for text in texts {
        let text = text
            .split(|c: char| c.is_whitespace() || c.is_control())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        if !text.is_empty() && !all.contains(&text) {
            all.push(text);
        }
    }
    all.join(" ")
}
