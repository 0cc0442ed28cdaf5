//! Several messages in one text, and several payments in one message.

use super::amount::{self, Role, Sum};
use super::scan::{Scan, places, words};
use super::talk::ends_sentence;
use super::{fields, when};
use crate::ledger::Moment;
use std::ops::Range;

/// The messages in a text.
pub(super) fn messages(text: &str, now: Moment) -> Vec<String> {
    let mut blocks: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines().map(str::trim) {
        match (line.is_empty(), blocks.last_mut()) {
            (false, Some(block)) => block.push(line),
            _ => blocks.push(Vec::new()),
        }
    }
    let mut messages = Vec::new();
    for block in blocks.into_iter().filter(|block| !block.is_empty()) {
        let whole = |line: &&&str| is_whole(line, now);
        if block.len() > 1 && block.iter().filter(whole).count() > 1 {
            messages.extend(block.into_iter().map(str::to_string));
        } else {
            messages.push(block.join("\n"));
        }
    }
    messages
}

/// Whether a line tells of a payment by itself: an amount, and a card's tail or a time.
fn is_whole(line: &str, now: Moment) -> bool {
    let scan = Scan::new(line);
    !amount::payments(&scan).is_empty() && (fields::tail(&scan).is_some() || when::find(&scan, now).is_some())
}

/// Where a second payment begins that the message tells by itself: a sentence with its own verb, or a day and
/// time of its own. Anything less may be the same payment told in other words.
pub(super) fn cuts(scan: &Scan, now: Moment) -> Vec<usize> {
    let sums: Vec<Sum> = amount::payments(scan)
        .into_iter()
        .filter(|sum| sum.role == Role::Payment && sum.money.is_some())
        .collect();
    let mut cuts = Vec::new();
    let Some(mut before) = sums.first() else { return cuts };
    for sum in &sums[1..] {
        let between = before.place.end..sum.place.start;
        let sentence =
            between.clone().rev().find(|at| scan.at(*at) != Some('\n') && ends_sentence(scan, *at));
        let stop = || between.clone().find(|at| matches!(scan.at(*at), Some('，' | ',' | '\n' | '、')));
        let Some(cut) = sentence.or_else(stop).map(|at| at + 1) else { continue };
        let lead: String = scan.original[cut..sum.place.start].iter().collect();
        let timed = when::find(&Scan::new(&lead), now).is_some_and(|when| when.has_time);
        let same = sum.money == before.money;
        let verb = has_verb(scan, cut..sum.place.start, timed);
        if verb && (timed || (sentence.is_some() && !same)) {
            cuts.push(cut);
            before = sum;
        }
    }
    cuts
}

/// A weak verb (转账, 交易) is enough beside a time.
fn has_verb(scan: &Scan, within: Range<usize>, timed: bool) -> bool {
    let text = scan.verbs.get(within).unwrap_or_default();
    let lists = [&words().outgoing, &words().incoming, &words().refund, &words().in_phrases];
    let weak = words().weak_out.iter().filter(|_| timed);
    lists.into_iter().flatten().chain(weak).any(|word| !places(text, word).is_empty())
}

/// The amount of the payment, and what else is named and left out. Of several, the first; a fee or an
/// order's total only where there is no other.
pub(super) fn chosen(scan: &Scan) -> (Option<Sum>, Vec<String>) {
    let sums = amount::payments(scan);
    let Some(role) = sums.iter().map(|sum| sum.role).min() else { return (None, Vec::new()) };
    let Some(chosen) = sums.iter().find(|sum| sum.role == role).cloned() else { return (None, Vec::new()) };
    let other = |sum: &&Sum| sum.place != chosen.place && (sum.money.is_none() || sum.money != chosen.money);
    let left_out = sums.iter().filter(other).filter(|sum| sum.role != Role::Beside).map(|sum| {
        let led = scan.words(lead_of(scan, sum)..sum.place.end);
        if sum.role == Role::Fee { led } else { sum.words.clone() }
    });
    let left_out = left_out.collect();
    (Some(chosen), left_out)
}

/// Where the words that name a fee begin.
fn lead_of(scan: &Scan, sum: &Sum) -> usize {
    let names = words().fees.iter().flat_map(|word| places(&scan.plain[..sum.place.start], word));
    names.map(|place| place.start).max().unwrap_or(sum.place.start)
}
