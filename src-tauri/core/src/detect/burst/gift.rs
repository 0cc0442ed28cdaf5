//! Gift cards one after another, by somebody who buys none: how a taken account, or a victim told to, is cashed out.

use super::super::history::{stretch, when};
use super::super::{Flag, FlagKind, History};
use crate::text::Text;
use std::collections::VecDeque;

/// What is spent like money by whoever knows its code.
pub const GIFT_CARDS: &[&str] = &[
    "礼品卡",
    "礼品券",
    "购物卡",
    "充值卡",
    "卡密",
    "点卡",
    "京东E卡",
    "京东e卡",
    "苏宁卡",
    "礼金卡",
    "gift card",
    "giftcard",
    "voucher card",
];
/// One after another: within half an hour.
const WITHIN: i64 = 30 * 60;
/// ¥1000 together.
const TOTAL: i64 = 100_000;
/// Who bought so many before buys them for himself.
const OWN: u32 = 2;
/// So many by day, at a shop never met.
const MANY: usize = 3;
const AT_NIGHT: f64 = 0.70;
const BY_DAY: f64 = 0.56;

/// Gift cards so far.
#[derive(Clone, Default)]
pub struct Gifts {
    bought: u32,
    /// The latest ones, within [`WITHIN`].
    window: VecDeque<usize>,
    /// The row that met each shop first.
    met: Vec<Option<u32>>,
}

impl Gifts {
    /// Judges gift card `i`.
    pub fn judge(&mut self, history: &History<'_>, i: usize) -> Option<Flag> {
        let line = &history.lines[i];
        while self.window.front().is_some_and(|&old| line.at - history.lines[old].at > WITHIN) {
            self.window.pop_front();
            self.bought += 1;
        }
        self.window.push_back(i);
        let sum = self.window.iter().fold(0, |sum: i64, &row| sum.saturating_add(history.lines[row].kept));
        if self.window.len() < 2 || self.bought >= OWN || sum < TOTAL {
            return None;
        }
        let met = self.met.get(line.payee as usize).copied().flatten();
        let strange = met.is_none_or(|first| first as usize >= self.window[0]);
        let score = match line.at_night() {
            true => AT_NIGHT,
            false if strange && self.window.len() >= MANY => BY_DAY,
            false => return None,
        };
        Some(explain(history, &self.window, sum, score))
    }

    /// Takes note of where the user buys with row `i`.
    pub fn meet(&mut self, history: &History<'_>, i: usize) {
        if self.met.len() < history.payees {
            self.met.resize(history.payees, None);
        }
        let first = &mut self.met[history.lines[i].payee as usize];
        *first = first.or(u32::try_from(i).ok());
    }
}

fn explain(history: &History<'_>, rows: &VecDeque<usize>, sum: i64, score: f64) -> Flag {
    let (first, last) = (rows[0], rows[rows.len() - 1]);
    let (count, sum) = (rows.len(), history.money(first, sum));
    let (start, during) =
        (when(history.row(first).at), stretch(history.lines[last].at - history.lines[first].at));
    let explanation = Text::new(
        format!(
            "{} 起 {}内接连买了 {count} 张礼品卡，共 {sum}；此前您很少买。盗用账户的人和骗子常让人买卡再套现。",
            start.zh, during.zh
        ),
        format!(
            "{count} gift cards within {} from {}, {sum} in all; you hardly bought any before. Whoever takes an \
             account over, or deceives somebody, often has cards bought and cashes them in.",
            during.en, start.en
        ),
    );
    let innocent = Text::new(
        "您自己买来送人或自用，没有把卡号、卡密告诉陌生人。",
        "You bought them as gifts or for yourself, and told no stranger their codes.",
    );
    let rows: Vec<usize> = rows.iter().rev().copied().collect();
    history.flag(FlagKind::Burst, score, &rows, sum, explanation, innocent)
}

#[cfg(test)]
mod tests {
    use crate::detect::jotted::shown;

    #[test]
    fn gift_cards_one_after_another_at_night_are_asked_about() {
        let cards = |hour: &str, item: &str, before: &str| {
            shown(&format!(
                "{before}2025-05-06 {hour}:48 buy 1000.00 某数码店; item {item}\n\
                 2025-05-06 {hour}:51 buy 1000.00 某数码店; item {item}"
            ))
        };
        assert!(cards("03", "电子礼品卡", "").iter().any(|kind| kind.ends_with("burst")));
        assert!(cards("13", "电子礼品卡", "").iter().all(|kind| !kind.ends_with("burst")), "by day");
        assert!(cards("03", "数据线", "").iter().all(|kind| !kind.ends_with("burst")), "another thing");
        let own = ["02-01", "03-01"]
            .map(|day| format!("2025-{day} 20:00 buy 200.00 某商城; item 购物卡\n"))
            .concat();
        assert!(
            cards("03", "电子礼品卡", &own).iter().all(|kind| !kind.ends_with("burst")),
            "one's own habit"
        );
    }
}
