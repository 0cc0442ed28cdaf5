//! A payment of several parts: its total in the wallet, one part of it in the account behind. `花呗&红包` names the
//! parts and seldom says how much of each; the account's line has the part alone.

use super::super::likeness::{Pieces, is_vague};
use super::super::marks::Marks;
use super::super::{Clue, Found, Rule, Sureness};
use super::pair::{shared, weigh};
use super::sight::{Method, Sight};
use super::{Coin, FROM, POSTED_WITHIN, Pairing};
use crate::ledger::Transaction;
use crate::money::Money;
use std::collections::HashMap;

/// What parts the parts of a payment.
const JOINTS: [char; 4] = ['&', '＆', '+', '＋'];
/// Words of a part that is nobody's account.
const COUPONS: [&str; 11] =
    ["红包", "立减", "优惠", "券", "补贴", "满减", "积分", "礼金", "抵扣", "折扣", "特惠"];
/// Of rows near a payment whose parts have no sums, so many are looked at.
const LOOKED_AT: usize = 256;

/// How one payment was funded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    /// The one part that is an account.
    pub account: &'a str,
    /// How much of it that account paid, where the row says so.
    pub paid: Option<i64>,
}

impl<'a> Parts<'a> {
    /// The parts of a payment of which one is an account, and of the rest all sums are known or all of it is coupons.
    pub fn of(row: &'a Transaction, marks: &Marks) -> Option<Self> {
        let total = row.amount;
        let is_account = |part: &&str| -> bool {
            let named = marks.holders(marks.named(part).all) & !marks.wallets(marks.named(part).all);
            !is_coupon(part) && (named != 0 || (is_vague(part) && !part.is_empty()))
        };
        let parts: Vec<&str> =
            row.method.split(JOINTS).map(str::trim).filter(|part| !part.is_empty()).collect();
        let mut accounts = parts.iter().copied().filter(&is_account);
        let (account, None) = (accounts.next()?, accounts.next()) else { return None };
        let within = |minor: i64| (0 < minor && minor < total.minor).then_some(minor);
        if let [_] = parts.as_slice() {
            // The discount stands in the note: `已优惠¥1.00`.
            let memo =
                COUPONS.iter().find_map(|word| Some(&row.memo[row.memo.find(word)? + word.len()..]))?;
            return Some(Self { account, paid: Some(within(total.minor - stated(memo, total)?)?) });
        }
        if let Some(paid) = stated(account, total) {
            return Some(Self { account, paid: Some(within(paid)?) });
        }
        let others = || parts.iter().filter(|part| **part != account);
        let sum = others().try_fold(0_i64, |sum, part| sum.checked_add(stated(part, total)?));
        match sum {
            Some(sum) => Some(Self { account, paid: Some(within(total.minor - sum)?) }),
            None => others().all(|part| is_coupon(part)).then_some(Self { account, paid: None }),
        }
    }
}

fn is_coupon(part: &str) -> bool {
    COUPONS.iter().any(|word| part.contains(word))
}

/// The sum that a part names: `红包¥5.00`, `零钱(20.00元)`. A bare number may be a card's.
fn stated(part: &str, total: Money) -> Option<i64> {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let number = match part.find(['¥', '￥']) {
        Some(sign) => {
            let rest = part[sign..].trim_start_matches(['¥', '￥', ' ']);
            &rest[..digits(rest)]
        }
        None => {
            let before = &part[..part.find('元')?];
            &before[before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len()..]
        }
    };
    Money::from_decimal(number.trim_end_matches('.'), total.currency).map(|money| money.minor)
}

/// A payment and the part of it that an account may have paid.
struct Candidate {
    upper: usize,
    lower: usize,
    score: i32,
    known: bool,
    clues: Clue,
}

impl Pairing<'_> {
    /// Pairs payments of several parts that found no row of their whole amount. `coins` stand by amount and day.
    pub(super) fn pair_parts(&mut self, coins: &[Coin]) {
        let rows = self.rows;
        let open: Vec<(&Coin, Parts<'_>)> = coins
            .iter()
            .filter(|coin| coin.upper & FROM != 0 && self.taken[coin.place] & FROM == 0)
            .filter(|coin| {
                let row = &rows[coin.place];
                row.method.contains(JOINTS) || is_coupon(&row.memo)
            })
            .filter_map(|coin| Some((coin, Parts::of(&rows[coin.place], self.marks)?)))
            .collect();
        if open.is_empty() {
            return;
        }
        let mut by_day: Vec<&Coin> = coins.iter().filter(|coin| coin.lower & FROM != 0).collect();
        if open.iter().any(|(_, parts)| parts.paid.is_none()) {
            by_day.sort_by_key(|coin| (coin.amount.0, coin.day));
        }
        let mut candidates = Vec::new();
        for (upper, parts) in &open {
            let days = upper.day - 1..=upper.day + POSTED_WITHIN;
            let near: Vec<&Coin> = match parts.paid {
                Some(paid) => {
                    let begin = coins.partition_point(|coin| {
                        (coin.amount, coin.day) < ((upper.amount.0, paid), upper.day - 1)
                    });
                    let same = coins[begin..].iter();
                    same.take_while(|coin| coin.amount == (upper.amount.0, paid) && days.contains(&coin.day))
                        .take(LOOKED_AT)
                        .collect()
                }
                None => {
                    let from = (upper.amount.0, upper.day - 1);
                    let begin = by_day.partition_point(|coin| (coin.amount.0, coin.day) < from);
                    let same = by_day[begin..].iter().copied();
                    same.take_while(|coin| coin.amount.0 == upper.amount.0 && days.contains(&coin.day))
                        // Nobody's coupon pays for more than the card.
                        .filter(|coin| coin.amount.1 < upper.amount.1 && 2 * coin.amount.1 >= upper.amount.1)
                        .take(LOOKED_AT)
                        .collect()
                }
            };
            for lower in near {
                candidates.extend(self.candidate(upper, lower, parts));
            }
        }
        self.take_parts(candidates);
    }

    fn candidate(&self, upper: &Coin, lower: &Coin, parts: &Parts<'_>) -> Option<Candidate> {
        if lower.source == upper.source || lower.lower & FROM == 0 || self.answered[lower.place] {
            return None;
        }
        let (rows, marks) = (self.rows, self.marks);
        let card = |row| self.cards.behind(row);
        let both = [&rows[upper.place], &rows[lower.place]];
        let above = Sight::of(both[0], Method::of(parts.account, marks), card(both[0]), marks);
        let below = Sight::of(both[1], Method::of(&both[1].method, marks), card(both[1]), marks);
        let weight = weigh(both, [&above, &below], FROM, marks, || {
            let pieces = |row: &Transaction| {
                let texts = [&row.counterparty, &row.item, &row.memo, &row.category];
                Pieces::of(&texts.map(String::as_str), marks)
            };
            let upper = Pieces::of(&[&both[0].counterparty, &both[0].item], marks);
            shared(&upper, &pieces(both[1]))
        })?;
        let has = |clue| weight.clues.has(clue);
        // Without a sum, the account's line must name the wallet, the card be its own, and the shop or the clock agree.
        let close = has(Clue::NAMED) && has(Clue::ISSUER) && (has(Clue::PARTY) || has(Clue::TIME));
        (parts.paid.is_some() || close).then_some(Candidate {
            upper: upper.place,
            lower: lower.place,
            score: weight.score,
            known: parts.paid.is_some(),
            clues: weight.clues.without(Clue::AMOUNT).and(Clue::PART),
        })
    }

    /// Takes what has one candidate on either side; of several with a known sum, the best.
    fn take_parts(&mut self, mut candidates: Vec<Candidate>) {
        let rows = self.rows;
        let mut rivals: HashMap<(usize, bool), u32> = HashMap::new();
        for found in &candidates {
            *rivals.entry((found.upper, true)).or_default() += 1;
            *rivals.entry((found.lower, false)).or_default() += 1;
        }
        candidates.sort_by(|a, b| {
            let keys = |found: &Candidate| (rows[found.upper].key.as_str(), rows[found.lower].key.as_str());
            (b.known, b.score).cmp(&(a.known, a.score)).then_with(|| keys(a).cmp(&keys(b)))
        });
        for found in candidates {
            let alone = [(found.upper, true), (found.lower, false)].iter().all(|end| rivals[end] == 1);
            if self.taken[found.upper] & FROM != 0 || self.answered[found.lower] || !(alone || found.known) {
                continue;
            }
            self.taken[found.upper] |= FROM;
            self.answered[found.lower] = true;
            self.found.push(Found {
                from: found.upper,
                to: found.lower,
                rule: Rule::SamePayment,
                clues: found.clues,
                sure: if found.known && alone { Sureness::Likely } else { Sureness::Possible },
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::row;
    use super::*;

    fn paid(method: &str, memo: &str) -> Option<Option<i64>> {
        let mut row = row("1 alipay purchase out 10000 03-05T10:00:00 | 渔阳小馆 | 午餐 |");
        (row.method, row.memo) = (method.into(), memo.into());
        Parts::of(&row, Marks::shipped()).map(|parts| parts.paid)
    }

    #[test]
    fn the_parts_of_a_payment_say_what_the_card_paid() {
        for (method, memo, expected) in [
            ("招商银行信用卡(1234)&红包", "", Some(None)),
            ("中信银行信用卡(6428)&支付宝随机立减", "", Some(None)),
            ("招商银行信用卡(1234)&红包¥5.00", "", Some(Some(9500))),
            ("零钱¥20.00&招商银行(1234)", "", Some(Some(8000))),
            ("零钱&招商银行(1234)(80.00元)", "", Some(Some(8000))),
            ("招商银行(1234)", "已优惠¥1.00", Some(Some(9900))),
            ("零钱&招商银行(1234)", "", None),
            ("花呗&红包", "", None),
            ("招商银行(1234)&工商银行(9876)", "", None),
            ("招商银行信用卡(1234)&红包¥500.00", "", None),
            ("招商银行(1234)", "", None),
            ("零钱", "已优惠¥1.00", None),
        ] {
            assert_eq!(paid(method, memo), expected, "{method} {memo}");
        }
    }
}
