//! A trial that turned into a subscription.
//!
//! Something free or nearly free, called a trial, and days or weeks later the same payee charges the full price.
//! The shop may charge under its company's name: then what was tried, or the day it named, tells.
//! A first month at a reduced price, a cent for a promotion and the verification of a card lead to no such
//! charge, or were announced as what they are. Who buys the card by hand, or goods at the same shop, decided so.

use super::history::{day, later, name};
use super::phrase::{AUTOMATIC, BY_ITSELF, Words, holds, product};
use super::promise::days_named;
use super::subscription_change::announced;
use super::texts::Map;
use super::topics::{Topic, Topics, topics};
use super::{Flag, FlagKind, History};
use crate::ledger::{Direction, Kind, Transaction};
use crate::text::Text;
use std::collections::HashSet;

/// ¥10: what is called a trial may cost something.
const TRIAL_MOST: i64 = 1_000;
/// ¥1: as good as free.
const FREE: i64 = 100;
/// ¥5: less is not worth a call.
const LEAST: i64 = 500;
/// The full price is at least so many times the trial's.
const TIMES: i64 = 3;
/// Trials last from a day to a quarter of a year.
const SHORTEST: i64 = 86_400 / 2;
const LONGEST: i64 = 100 * 86_400;
/// Called a trial, and charged as a subscription or for the same item; one of the two; neither.
const CALLED: f64 = 0.88;
const HALF: f64 = 0.64;
const PRICE_ALONE: f64 = 0.30;
/// Bought by hand, or something else was: the user's own decision.
const OWN: f64 = 0.20;
/// How a row says that the user pressed the button …
const BY_HAND: &[&str] = &[
    "主动",
    "手动",
    "自行",
    "自己买",
    "自己开",
    "单次",
    "一次性",
    "不自动",
    "非自动",
    "不续费",
    "非连续",
    "买断",
    "one-time",
    "one time",
    "manual",
    "non-renewing",
];
/// … and how, where it does not renew by itself.
const BOUGHT: &[&str] =
    &["购买", "购入", "下单", "开通", "直充", "兑换", "年卡充值", "purchase", "bought", "gift card"];

/// What is bought for a time: where nothing says that it renews, it does not.
const CARDS: &[&str] = &["季卡", "年卡", "月卡", "周卡", "半年卡", "季度卡", "年度卡", "次卡", "天卡"];

#[derive(Clone)]
struct Start {
    row: usize,
    called: bool,
}

/// Trials begun, and payees paid in full.
#[derive(Clone, Default)]
pub struct Begun {
    starts: Map<u32, Start>,
    /// Those that say what was tried: the shop may charge under its company's name, or sell other things as well.
    named: Vec<Start>,
    paid: Vec<bool>,
    /// What was charged before, by payee and item.
    charged: HashSet<(u32, u32)>,
    /// When the least was paid last, by payee and item: the second of 首3个月1元 begins nothing.
    tried: Map<(u32, u32), i64>,
}

/// Trials that say what was tried are remembered so many at a time.
const REMEMBERED: usize = 16;

/// Finds first full charges after a trial.
pub fn find(history: &History<'_>, begun: &mut Begun) -> Vec<Flag> {
    let Begun { starts, named, paid, charged, tried } = begun;
    paid.resize(history.payees, false);
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        let (row, sign) = (history.row(i), history.sign(i));
        let charge = row.direction != Direction::In
            && matches!(line.kind, Kind::Purchase | Kind::Fee | Kind::Other)
            && !sign.state.any(&[Topic::Failed, Topic::Unpaid, Topic::Closed]);
        if !charge || !sign.named {
            continue;
        }
        let kept_first = || says(row, KEPT_FIRST);
        let called = sign.is(Topic::Trial) && is_trial(row) && !kept_first();
        let payee = line.payee as usize;
        if line.amount <= FREE || called && line.amount <= TRIAL_MOST {
            let last = tried.insert((line.payee, sign.series), line.at);
            let again = sign.series != 0 && last.is_some_and(|last| line.at - last <= LONGEST);
            // A promotion says so; a trial called one as well is a trial.
            if !paid[payee]
                && !again
                && !kept_first()
                && (called || !sign.is_any(&[Topic::Promotion, Topic::SmallExpected]))
            {
                starts.insert(line.payee, Start { row: i, called });
            }
            if called && named.len() < REMEMBERED {
                named.push(Start { row: i, called });
            }
            continue;
        }
        let first = sign.is(Topic::Subscription) && charged.insert((line.payee, sign.series));
        if let Some(start) = starts.remove(&line.payee)
            && line.spent
            && !paid[payee]
        {
            flags.extend(judge(history, &start, i));
        } else if first && line.spent && !named.is_empty() && (says(row, BY_ITSELF) || says(row, AUTOMATIC)) {
            named.retain(|start| line.at - history.lines[start.row].at <= LONGEST);
            if let Some(place) = named.iter().position(|start| is_its_end(history, start.row, i, paid[payee]))
            {
                flags.extend(judge(history, &named.remove(place), i));
            }
        }
        paid[payee] |= line.spent;
    }
    flags
}

/// Goods that are paid for once they are kept begin no trial.
const KEPT_FIRST: &[&str] = &["先用后付", "先享后付", "确认收货后付", "收货后付", "试穿后付", "到货付款"];

/// Whether the row itself calls it a trial: a price of a cent with a coupon, a draw or a ride is a promotion.
fn is_trial(row: &Transaction) -> bool {
    const PROMOTED: &[&str] =
        &["领券", "优惠券", "代金券", "红包", "抽奖", "乘车", "秒杀", "coupon", "lottery"];
    !says(row, PROMOTED) || holds(&row.item, &["试用", "体验", "trial"])
}

/// Whether charge `i` is what trial `row` led to: of the same thing by name, of the same payee, or of one never paid
/// before on the very day on which the trial says that it ends.
fn is_its_end(history: &History<'_>, row: usize, i: usize, met: bool) -> bool {
    let (tried, charged) = (history.row(row), history.row(i));
    let days = i64::from(history.sign(i).day - history.sign(row).day);
    let other = || product(&tried.item).is_some() && product(&charged.item).is_some();
    let due = || days_named(&tried.item).is_some_and(|named| (named..=named + 1).contains(&days)) && !other();
    same_thing(tried, charged) || history.lines[row].payee == history.lines[i].payee || !met && due()
}

/// Whether what was tried is what is charged, by name.
fn same_thing(tried: &Transaction, charged: &Transaction) -> bool {
    let [tried, charged] = [tried, charged].map(|row| product(&row.item));
    let both = tried.zip(charged);
    both.is_some_and(|(tried, charged)| charged.contains(&tried) || tried.contains(&charged))
}

/// What item and memo are about.
fn own_words(row: &Transaction) -> Topics {
    topics(&row.item).with(topics(&row.memo))
}

/// Whether it was bought as goods are.
fn bought(row: &Transaction) -> bool {
    says(row, BOUGHT) && !in_app(row)
}

/// What a store of apps sells is called a purchase, however it renews.
fn in_app(row: &Transaction) -> bool {
    says(row, &["内购", "内购买", "in-app", "app store"])
}

fn says(row: &Transaction, words: &[&str]) -> bool {
    [&row.item, &row.memo].into_iter().any(|text| holds(&text.to_lowercase(), words))
}

fn judge(history: &History<'_>, start: &Start, i: usize) -> Option<Flag> {
    let (before, line, sign) = (&history.lines[start.row], &history.lines[i], history.sign(i));
    let gap = line.at - before.at;
    let full = line.amount >= LEAST && line.amount >= before.amount.saturating_mul(TIMES);
    if !full || !(SHORTEST..=LONGEST).contains(&gap) || sign.is(Topic::OwnChange) {
        return None;
    }
    let (row, first) = (history.row(i), history.row(start.row));
    let item = history.sign(start.row).item;
    let own = own_words(row);
    let channel = history.is_automatic(i);
    let automatic = channel || says(row, AUTOMATIC) || says(row, BY_ITSELF);
    // A payee called membership sells other things, too: where the row says what it is for, that counts.
    let words = if row.item.trim().is_empty() { sign.says } else { own };
    let named = words.with(sign.filed).has(Topic::Subscription);
    // Of the same name is what a shop sells at every price, unless something calls it a trial.
    let same = item != 0 && item == sign.item && start.called;
    let contract = automatic || named || same;
    let another = item != 0 && sign.item != 0 && !contract && !own.has(Topic::Trial);
    let score = match (start.called, contract) {
        _ if !channel && says(row, BY_HAND) || !automatic && bought(row) => OWN,
        _ if announced(history, start.row, i) => OWN,
        // A card for a quarter, a ride: who buys it presses the button.
        _ if !automatic
            && !in_app(row)
            && (holds(&row.item, CARDS) || history.sign(i).mentions(Words::ByUse)) =>
        {
            OWN
        }
        (true, true) => CALLED,
        (true, false) if another => OWN,
        (true, false) | (false, true) => HALF,
        (false, false) => PRICE_ALONE,
    };
    let (who, began, at, after) = (name(row), day(first.at), day(row.at), later(first.at, row.at));
    let (price, paid) = (first.amount, row.amount);
    let by_itself = if automatic { "自动" } else { "" };
    let explanation = Text::new(
        format!(
            "{} 在{}试用（{price}），{}的 {} {by_itself}扣了 {paid}。",
            began.zh, who.zh, after.zh, at.zh
        ),
        format!(
            "A trial at {} for {price} began on {}; {}, on {}, {paid} was charged.",
            who.en, began.en, after.en, at.en
        ),
    );
    let innocent = Text::new(
        "您试用后决定继续用，或试用前已清楚会自动续费。",
        "You decided to stay after the trial, or knew that it would renew by itself.",
    );
    Some(history.flag(FlagKind::TrialTurnedPaid, score, &[i, start.row], paid, explanation, innocent))
}

#[cfg(test)]
mod tests {
    use crate::detect::jotted::shown;

    #[test]
    fn goods_that_are_paid_for_once_kept_begin_no_trial() {
        let rows = "2025-09-11 19:26 own 0.00 某旗舰店; item 先用后付-拖鞋(确认收货后付款)
            2025-09-17 11:16 buy 85.09 某旗舰店; item 先用后付-拖鞋; memo 确认收货自动扣款";
        assert!(shown(rows).is_empty());
    }

    #[test]
    fn the_company_behind_a_shop_charges_for_what_was_tried_there() {
        let charged = |before: &str, item: &str| {
            shown(&format!(
                "{before}2025-07-09 10:00 buy 0.01 某视频; item 7天免费试用 某视频VIP\n\
                 2025-07-16 10:00 buy 25.00 某市某计算机系统有限公司; item {item}"
            ))
        };
        assert_eq!(charged("", "某视频VIP连续包月"), ["2 trial-turned-paid"]);
        assert!(charged("", "另一网盘会员连续包月").is_empty());
        assert_eq!(charged("", "会员连续包月"), ["2 trial-turned-paid"], "on the very day");
        // What was charged before is no trial's end.
        let month = "2025-06-16 10:00 buy 25.00 某市某计算机系统有限公司; item 某视频VIP连续包月\n";
        assert!(charged(month, "某视频VIP连续包月").is_empty());
    }

    #[test]
    fn a_trial_of_so_many_days_is_one_however_it_counts_them() {
        for days in ["7日体验", "14天体验", "7天免费试用"] {
            let rows = format!(
                "2025-02-01 13:50 buy 25.00 某外卖; item 外卖订单\n2025-02-20 13:50 buy 1.00 某外卖; item 某某卡-{days}\n\
                 2025-02-27 17:57 buy 12.00 某外卖; item 某某卡-自动续费"
            );
            assert_eq!(shown(&rows), ["3 trial-turned-paid"], "{days}");
        }
    }

    #[test]
    fn months_on_offer_that_were_announced_with_the_first_lead_to_the_price_that_it_named() {
        let month = |n: u32, amount: &str, memo: &str| {
            format!("2025-0{n}-22 12:30 buy {amount} 某音乐; item VIP连续包月; memo {memo}\n")
        };
        let months = |memo: &str| {
            shown(
                &(month(1, "1.00", memo)
                    + &month(2, "1.00", "")
                    + &month(3, "1.00", "")
                    + &month(4, "15.00", "")),
            )
        };
        assert!(months("首3个月1元 之后15元/月").is_empty());
        assert_eq!(shown(&(month(1, "1.00", "试用") + &month(2, "15.00", ""))), ["2 trial-turned-paid"]);
    }

    #[test]
    fn a_card_for_a_quarter_and_a_ride_are_bought_by_hand() {
        let after = |item: &str| {
            shown(&format!(
                "2025-06-11 10:22 buy 0.01 某网盘; item 某网盘会员7天体验卡\n2025-06-26 10:00 buy 60.00 某网盘; item {item}"
            ))
        };
        assert_eq!(after("某网盘会员连续包季"), ["2 trial-turned-paid"]);
        for item in ["某网盘会员季卡", "骑行费"] {
            assert!(after(item).is_empty(), "{item}");
        }
        assert_eq!(after("某网盘会员季卡自动续费"), ["2 trial-turned-paid"]);
    }
}
