//! Words of known scams where money goes out.
//!
//! Victims are often told what to write, or write down what they believe they pay for: 安全账户, 解冻费,
//! 刷单垫付. The words are data (`assets/detect/scam-words.toml`), each with its story, and with the words
//! beside which it is innocent: a book about fraud, a shop's guarantee deposit, the deposit for a flat. Who is paid
//! weighs as much as the word: a flight is changed at an airline, tools are unlocked at a shop; of a purchase only what
//! nobody lawful asks for is told, and the surest word is kept for money sent to somebody new.

mod list;

pub use list::{Phrase, ScamWords, SourceKind, Weight, every, stands, words};

use super::history::{name, when};
use super::person::is_person;
use super::phrase::{Words, holds};
use super::pieces::{Story, joined, left, stories};
use super::{Flag, FlagKind, History};
use crate::ledger::{Kind, Transaction};
use crate::text::Text;
use list::{Found, found};
use std::collections::BTreeSet;
use std::ops::Range;

/// ¥1: scams do not ask for less; jokes in a memo do.
const LEAST: i64 = 100;
/// Two different stories in one row leave little doubt.
const SECOND_PHRASE: f64 = 0.06;
/// Of a purchase, the row alone is never plain.
const AT_A_SHOP: f64 = 0.74;
/// Whom the user has dealt with so often, for so long, is no stranger: 30 days.
const KNOWN_ROWS: u32 = 3;
const KNOWN_FOR: i64 = 30 * 86_400;

impl Weight {
    fn score(self) -> f64 {
        match self {
            Self::Clear => 0.92,
            Self::Likely => 0.78,
            Self::Watch => 0.56,
            Self::Hint => 0.42,
        }
    }

    /// What it says of somebody the user has long dealt with.
    fn less(self) -> Self {
        match self {
            Self::Clear => Self::Likely,
            Self::Likely => Self::Watch,
            Self::Watch | Self::Hint => Self::Hint,
        }
    }
}

/// How a user has dealt with a payee.
#[derive(Debug, Clone, Copy, Default)]
pub struct Met {
    first: i64,
    rows: u32,
}

impl Met {
    fn is_known(self, now: i64) -> bool {
        self.rows >= KNOWN_ROWS && now - self.first >= KNOWN_FOR
    }
}

/// How a wallet writes what the payer wrote to the payee: people do so who send money, also by a receipt code, which has
/// an order number like a shop's.
const WRITTEN: &[&str] = &["付款方留言", "转账备注"];

/// Who is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paid {
    /// A person or an account, by a transfer.
    Sent,
    /// Whoever sells something.
    Bought,
}

/// How the user has dealt with each payee, by its number.
#[derive(Debug, Clone, Default)]
pub struct Payees(Vec<Met>);

/// Finds payments that carry such words.
pub fn find(history: &History<'_>, Payees(met): &mut Payees) -> Vec<Flag> {
    met.resize(history.payees, Met::default());
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        let payee = &mut met[line.payee as usize];
        let known = payee.is_known(line.at);
        if payee.rows == 0 {
            payee.first = line.at;
        }
        payee.rows = payee.rows.saturating_add(1);
        // Who writes 提现解冻费 takes nothing out: it goes to whoever asked for it.
        let out = line.spent || line.kind == Kind::Withdrawal && history.went_out(i);
        if !out || line.kept < LEAST || !history.sign(i).says.holds(Words::Scam) {
            continue;
        }
        let paid = match line.kind {
            Kind::Withdrawal if is_person(&history.row(i).counterparty) => Paid::Sent,
            Kind::TransferOut | Kind::CashGift => Paid::Sent,
            _ if history.is_transfer(i) && history.merchant_order(i).is_none() => Paid::Sent,
            _ if holds(&history.row(i).item, WRITTEN) => Paid::Sent,
            _ => Paid::Bought,
        };
        // Who has long been a customer is asked for nothing of the kind.
        if known && paid == Paid::Bought {
            continue;
        }
        let hits = hits(history.row(i), paid);
        if !hits.is_empty() {
            flags.push(explain(history, i, &hits, paid, known));
        }
    }
    flags
}

/// Pieces come within so many seconds of each other: two days.
const TOGETHER: i64 = 2 * 86_400;

/// Tells what was sent to one payee in pieces once, under the surest of its flags.
pub fn together(history: &History<'_>, payees: &Payees, flags: &mut Vec<Flag>) {
    let goes_on = |story: &Story, flag: &Flag| {
        let [last, line] =
            [story.rows.last().copied().unwrap_or(0), flag.latest()].map(|i| &history.lines[i]);
        last.payee == line.payee && line.at - last.at <= TOGETHER
    };
    *flags = stories(flags, goes_on).into_iter().map(|story| tell(history, payees, story)).collect();
}

fn tell(history: &History<'_>, payees: &Payees, story: Story) -> Flag {
    let Story { surest, rows } = story;
    let first = surest.latest();
    let (payee, currency) = (history.lines[first].payee, history.row(first).amount.currency);
    let [from, to] = [rows.first(), rows.last()].map(|row| history.lines[*row.unwrap_or(&first)].at);
    // What goes to somebody long known beside such a payment may be anything.
    let stranger = payees.0.get(payee as usize).is_some_and(|met| from - met.first < TOGETHER);
    let is_piece = |&i: &usize| {
        let line = &history.lines[i];
        let sent = matches!(line.kind, Kind::TransferOut | Kind::CashGift | Kind::Purchase) && line.spent;
        line.payee == payee
            && history.row(i).amount.currency == currency
            && (rows.contains(&i) || stranger && sent && left(history, i) > 0)
    };
    let begin =
        (0..first).rev().take_while(|&i| from - history.lines[i].at <= TOGETHER).last().unwrap_or(first);
    let near = (begin..history.lines.len()).take_while(|&i| history.lines[i].at - to <= TOGETHER);
    let pieces: Vec<usize> = near.filter(is_piece).collect();
    joined(history, surest, &pieces, &[], |count, sum| {
        Text::new(
            format!("前后两天内共付给同一收款人 {count} 笔，合计 {sum}。"),
            format!("Within two days of each other {count} payments went to the same payee, {sum} in all."),
        )
    })
}

/// A phrase that counts in a row.
struct Hit<'a> {
    /// As the row writes it.
    said: &'a str,
    phrase: &'static Phrase,
}

/// The phrases that count in a row, the weightiest first, one for each story; words that overlap are quoted as one.
fn hits(row: &Transaction, paid: Paid) -> Vec<Hit<'_>> {
    let mut spans: Vec<(usize, Found)> = Vec::new();
    let texts = [&row.item, &row.memo, &row.note];
    for (field, text) in texts.into_iter().enumerate() {
        spans.extend(found(text).into_iter().map(|found| (field, found)));
    }
    // Where nothing shows a shop, two stories at once are none of a shop's.
    let stories: BTreeSet<usize> = spans
        .iter()
        .map(|(_, found)| found.phrase)
        .filter(|&number| words().phrase[number].weight > Weight::Hint)
        .collect();
    let no_shop = row.category.trim().is_empty() && row.merchant_order_no.trim().is_empty();
    let all = paid == Paid::Sent || no_shop && stories.len() > 1;
    let mut spans: Vec<(usize, Range<usize>, usize)> = spans
        .into_iter()
        .filter(|(_, found)| all || found.anywhere)
        .map(|(field, found)| (field, found.at, found.phrase))
        .collect();
    if spans.is_empty() || is_innocent(row, paid) {
        return Vec::new();
    }
    let phrase = |number: usize| &words().phrase[number];
    spans.retain(|&(_, _, number)| {
        let Phrase { least, unless, .. } = phrase(number);
        row.amount.minor >= *least && !says(row, unless)
    });
    spans.sort_by(|a, b| {
        let weight = phrase(b.2).weight.cmp(&phrase(a.2).weight);
        weight.then(b.1.len().cmp(&a.1.len()))
    });
    let mut kept: Vec<(usize, Range<usize>, usize)> = Vec::new();
    for (field, at, number) in spans {
        let overlaps = |other: &Range<usize>| at.start < other.end && other.start < at.end;
        if let Some((_, range, _)) =
            kept.iter_mut().find(|(other, range, _)| *other == field && overlaps(range))
        {
            *range = range.start.min(at.start)..range.end.max(at.end);
        } else if kept.iter().all(|&(_, _, other)| other != number) {
            kept.push((field, at, number));
        }
    }
    let mut hits: Vec<Hit<'_>> = Vec::new();
    for (field, at, number) in kept {
        let said = &texts[field][at];
        if hits.iter().all(|hit| hit.said != said) {
            hits.push(Hit { said, phrase: phrase(number) });
        }
    }
    hits
}

/// Whether the row says that it is about scams, or what is sold for what it is.
fn is_innocent(row: &Transaction, paid: Paid) -> bool {
    let list = words();
    if says(row, &list.unless) {
        return true;
    }
    let lawful = || {
        says_in(&row.counterparty, &list.lawful)
            || [&row.item, &row.memo].into_iter().any(|text| says_in(text, &list.goods))
    };
    paid == Paid::Bought && lawful()
}

fn says(row: &Transaction, words: &[String]) -> bool {
    [&row.counterparty, &row.item, &row.memo, &row.category, &row.note]
        .into_iter()
        .any(|text| says_in(text, words))
}

fn says_in(text: &str, words: &[String]) -> bool {
    let text = text.to_ascii_lowercase();
    !text.is_empty() && words.iter().any(|word| text.contains(word.as_str()))
}

fn explain(history: &History<'_>, i: usize, hits: &[Hit<'_>], paid: Paid, known: bool) -> Flag {
    let row = history.row(i);
    let (at, who, money) = (when(row.at), name(row), history.money(i, history.lines[i].kept));
    let Hit { said, phrase } = &hits[0];
    let quoted: Vec<String> = hits.iter().map(|hit| format!("「{}」", hit.said)).collect();
    let quoted_en: Vec<String> = hits.iter().map(|hit| format!("“{}”", hit.said)).collect();
    let explanation = Text::new(
        format!("{} 付给{}{money}，写着{}。{}", at.zh, who.zh, quoted.join("、"), phrase.reason.zh),
        format!(
            "{money} went to {} on {}, marked {}. {}",
            who.en,
            at.en,
            quoted_en.join(", "),
            phrase.reason.en
        ),
    );
    let innocent = Text::new(
        format!("您清楚「{said}」指什么，并且不是应陌生人的要求付的。"),
        format!("You know what “{said}” stands for here, and no stranger asked you to pay."),
    );
    let weight = if known { phrase.weight.less() } else { phrase.weight };
    let more = SECOND_PHRASE * (hits.len() - 1).min(2) as f64;
    let most = if paid == Paid::Bought { AT_A_SHOP } else { 0.98 };
    let score = (weight.score() + more).min(most);
    history.flag(FlagKind::ScamWords, score, &[i], money, explanation, innocent)
}

#[cfg(test)]
mod tests;
