//! What a message says without telling of it: advice, disclaimers, offers, conditions. 如非本人操作请致电…退款
//! is no refund, and a scam's 请支付 no payment.

use super::scan::{Scan, is_stop, places, words};
use std::ops::Range;

/// How far into a clause its first word may stand (blanks, quotes).
const LEAD: usize = 2;

/// The stretches of talk. A condition also covers the clauses after it in its sentence that name no amount.
pub(super) fn find(scan: &Scan, amounts: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut talk = Vec::new();
    let mut carried = false;
    for clause in clauses(scan) {
        let holds_amount = amounts.iter().any(|amount| clause.contains(&amount.start));
        let condition = opens_condition(scan, &clause);
        let begins = match condition {
            true => Some(clause.start),
            false if carried && !holds_amount => Some(clause.start),
            false => mark_in(scan, &clause),
        };
        carried = !ends_sentence(scan, clause.end) && (condition || (carried && !holds_amount));
        if let Some(begins) = begins {
            talk.push(begins..clause.end);
        }
    }
    talk
}

/// Stretches between stops and brackets; each ends at its stop.
fn clauses(scan: &Scan) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    let mut start = 0;
    for at in 0..=scan.folded.len() {
        if at == scan.folded.len() || is_clause_end(scan, at) {
            if at > start {
                clauses.push(start..at);
            }
            start = at + 1;
        }
    }
    clauses
}

fn is_clause_end(scan: &Scan, at: usize) -> bool {
    let c = scan.folded[at];
    let in_number = c == ',' && scan.at(at + 1).is_some_and(|next| next.is_ascii_digit());
    (is_stop(c) && !in_number)
        || matches!(c, '(' | ')' | '[' | ']' | '【' | '】' | '“' | '”')
        || ends_sentence(scan, at)
}

/// Whether a sentence ends at this place.
pub(super) fn ends_sentence(scan: &Scan, at: usize) -> bool {
    match scan.at(at) {
        Some('。' | ';' | '；' | '!' | '?' | '\n') | None => true,
        Some('.') => scan.at(at + 1).is_none_or(char::is_whitespace),
        _ => false,
    }
}

fn opens_condition(scan: &Scan, clause: &Range<usize>) -> bool {
    let text = &scan.folded[clause.clone()];
    let lead = text.iter().take(LEAD).take_while(|c| !c.is_alphanumeric()).count();
    let begins = |word: &String| {
        let mut rest = text[lead.min(text.len())..].iter();
        word.chars().all(|c| rest.next() == Some(&c))
    };
    words().conditions.iter().any(begins) && !words().not_conditions.iter().any(begins)
}

/// Where talk begins inside a clause: at its first mark, or at the word of a refund right before it
/// (退款请点击).
fn mark_in(scan: &Scan, clause: &Range<usize>) -> Option<usize> {
    let text = &scan.folded[clause.clone()];
    let mark =
        words().talk.iter().filter_map(|word| places(text, word).first().map(|place| place.start)).min()?;
    let before = words().refund.iter().flat_map(|word| places(text, word));
    let joined =
        before.filter(|place| place.end <= mark && mark - place.end <= 1).map(|place| place.start).min();
    Some(clause.start + joined.unwrap_or(mark))
}
