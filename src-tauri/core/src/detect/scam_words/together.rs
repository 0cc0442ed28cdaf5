//! What went to one payee within days of a payment with the words of a scam is one story.
//!
//! A victim pays in pieces: the deposit, the "unfreezing", the tax on it, and writes down why on some of them only. With
//! all rows at hand one flag tells all that was sent there, so that one case holds all of it.

use super::Payees;
use crate::detect::{Flag, FlagKind, History};
use crate::ledger::Kind;
use crate::text::Text;

/// Pieces come within so many seconds of each other: two days.
const TOGETHER: i64 = 2 * 86_400;

/// Flags of one payee, as rows in time order, and the surest of them.
struct Story {
    payee: u32,
    rows: Vec<usize>,
    surest: Flag,
}

/// Tells what was sent to one payee in pieces once, under the surest of its flags.
pub fn together(history: &History<'_>, payees: &Payees, flags: &mut Vec<Flag>) {
    let mut stories: Vec<Story> = Vec::new();
    flags.sort_by_key(Flag::latest);
    for flag in flags.drain(..) {
        let row = flag.latest();
        let line = &history.lines[row];
        let goes_on = |story: &&mut Story| {
            let last = story.rows.last().map_or(i64::MIN, |&last| history.lines[last].at);
            story.payee == line.payee && line.at - last <= TOGETHER
        };
        match stories.iter_mut().rev().find(goes_on) {
            Some(story) => {
                story.rows.push(row);
                if flag.score > story.surest.score {
                    story.surest = flag;
                }
            }
            None => stories.push(Story { payee: line.payee, rows: vec![row], surest: flag }),
        }
    }
    flags.extend(stories.into_iter().map(|story| tell(history, payees, story)));
}

fn tell(history: &History<'_>, payees: &Payees, story: Story) -> Flag {
    let Story { payee, rows, surest } = story;
    let first = surest.latest();
    let [from, to] = [rows.first(), rows.last()].map(|row| history.lines[*row.unwrap_or(&first)].at);
    // What goes to somebody long known beside such a payment may be anything.
    let stranger = payees.0.get(payee as usize).is_some_and(|met| from - met.first < TOGETHER);
    let currency = history.row(first).amount.currency;
    let is_piece = |&i: &usize| {
        let line = &history.lines[i];
        let sent = matches!(line.kind, Kind::TransferOut | Kind::CashGift | Kind::Purchase) && line.spent;
        line.payee == payee
            && history.row(i).amount.currency == currency
            && (rows.contains(&i) || stranger && sent && left(history, i) > 0)
    };
    let begin = (0..first).rev().take_while(|&i| from - history.lines[i].at <= TOGETHER).last().unwrap_or(first);
    let near = (begin..history.lines.len()).take_while(|&i| history.lines[i].at - to <= TOGETHER);
    let pieces: Vec<usize> = near.filter(is_piece).collect();
    if pieces.len() < 2 {
        return surest;
    }
    let sum = pieces.iter().fold(0, |sum: i64, &i| sum.saturating_add(left(history, i)));
    let (count, sum) = (pieces.len(), history.money(first, sum));
    let explanation = Text::new(
        format!("{}前后两天内共付给同一收款人 {count} 笔，合计 {sum}。", surest.explanation.zh),
        format!(
            "{} Within two days of each other {count} payments went to the same payee, {sum} in all.",
            surest.explanation.en
        ),
    );
    let others = pieces.into_iter().filter(|&i| i != first);
    let rows: Vec<usize> = std::iter::once(first).chain(others).collect();
    history.flag(FlagKind::ScamWords, surest.score, &rows, sum, explanation, surest.innocent)
}

/// What of row `i` has not come back.
fn left(history: &History<'_>, i: usize) -> i64 {
    let (row, line) = (history.row(i), &history.lines[i]);
    line.kept.min(row.amount.minor.saturating_sub(row.refunded.minor)).max(0)
}
