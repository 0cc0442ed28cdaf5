//! An account emptied to someone new.
//!
//! Who has taken an account over sends all of it away, at once or in a few pieces, to a payee never seen. Taking
//! out one's own whole balance, paying a card off or moving money between one's own accounts empties it too;
//! so does a user whose balance stands near nothing anyway.

use super::history::{name, when};
use super::phrase::{Words, holds};
use super::signs::{self, Balance};
use super::texts::Map;
use super::topics::Topic;
use super::{Flag, FlagKind, History};
use crate::ledger::{Direction, Kind};
use crate::text::Text;
use std::collections::VecDeque;

/// ¥300: what is left of a small balance is spent every week.
const LEAST: i64 = 30_000;
/// Pieces within this time are one emptying.
const PIECES: i64 = 6 * 3600;
/// At most this share is left, in percent.
const LEFT_PERCENT: i64 = 4;
/// A payee first seen within this time is new.
const NEW: i64 = 2 * 86_400;
/// Someone who empties the balance this often does so as a habit.
const HABIT: u32 = 3;
/// What is left of it by day where the row says what for.
const PURPOSE_KEEPS: f64 = 0.50;
/// Emptied by a transfer to someone new; at a shop; to someone known.
const TO_NEW: f64 = 0.88;
const AT_SHOP: f64 = 0.62;
const TO_KNOWN: f64 = 0.25;
/// In pieces, or at night, it is surer still.
const MORE: f64 = 0.05;

/// By day, one thing bought with what was left is shopping.
const SHOPPING: f64 = 0.35;
/// A family keeps one purse. Only what the row says or files, never a name.
const FAMILY: &[&str] = &[
    "家用",
    "家庭",
    "家人",
    "亲属",
    "亲情",
    "老婆",
    "老公",
    "媳妇",
    "爱人",
    "妻子",
    "丈夫",
    "配偶",
    "爸妈",
    "爸爸",
    "妈妈",
    "父母",
    "父亲",
    "母亲",
    "给爸",
    "给妈",
    "孩子",
    "儿子",
    "女儿",
    "存你",
    "帮我存",
    "family",
    "spouse",
    "wife",
    "husband",
    "household",
];

#[derive(Clone, Default)]
struct Account {
    /// Rows out within the window, with the balance before each.
    recent: VecDeque<(usize, i64)>,
    /// How often it was emptied to persons, and at shops.
    emptied: [u32; 2],
}

/// Accounts and payees so far.
#[derive(Clone, Default)]
pub struct Past {
    accounts: Map<signs::Account, Account>,
    /// When each payee was met.
    met: Vec<Option<i64>>,
}

/// Finds rows that empty an account.
pub fn find(history: &History<'_>, past: &mut Past) -> Vec<Flag> {
    let Past { accounts, met } = past;
    met.resize(history.payees, None);
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        let row = history.row(i);
        let first = *met[line.payee as usize].get_or_insert(line.at);
        let Balance { before: Some(before), after: Some(after) } = history.sign(i).balance else { continue };
        if row.direction != Direction::Out || after >= before {
            continue;
        }
        let account = accounts.entry(history.account(i)).or_default();
        while account.recent.front().is_some_and(|&(j, _)| line.at - history.lines[j].at > PIECES) {
            account.recent.pop_front();
        }
        account.recent.push_back((i, before));
        let most = account.recent.iter().map(|&(_, before)| before).max().unwrap_or(0);
        let whole = after.saturating_mul(100) <= most.saturating_mul(LEFT_PERCENT);
        if most < LEAST || !whole || line.amount.saturating_mul(5) < most {
            continue;
        }
        // The code of a gift card is as good as money sent.
        let card = line.at_night() && history.sign(i).says.holds(Words::GiftCard);
        let sent = history.is_transfer(i) || line.kind == Kind::TransferOut || card;
        let family = [&row.memo, &row.category, &row.note].iter().any(|text| holds(text, FAMILY));
        let sign = history.sign(i);
        let expected = family && sent
            || history.is_own(i)
            || line.kind == Kind::CashGift
            || sign.is_any(&[Topic::Home, Topic::Unchosen])
            // A wallet files every transfer beside red packets: only the row's own words make it a gift.
            || sign.says.has(Topic::Gift);
        let same = account.recent.iter().rev().filter(|&&(j, _)| history.lines[j].payee == line.payee);
        let (pieces, befores): (Vec<usize>, Vec<i64>) = same.copied().unzip();
        let most = befores.into_iter().max().unwrap_or(most);
        account.recent.clear();
        // Who takes all of it to the own bank each month has no habit of sending it to others.
        if expected || !sign.named {
            continue;
        }
        // Who spends all of it at shops has no habit of sending it to others.
        let emptied = &mut account.emptied[usize::from(!sent)];
        let habit = f64::from((*emptied).min(HABIT)) / f64::from(HABIT);
        *emptied = emptied.saturating_add(1);
        let one_thing = pieces.len() == 1 && !line.at_night() && !row.item.trim().is_empty();
        let base = match (line.at - first <= NEW, sent) {
            (true, true) => TO_NEW,
            (true, false) if one_thing || history.is_festival(i) => SHOPPING,
            (true, false) => AT_SHOP,
            (false, _) => TO_KNOWN,
        };
        let more = [pieces.len() > 1, line.at_night()].iter().filter(|&&yes| yes).count();
        let purpose = if sign.is(Topic::Purpose) && !line.at_night() { PURPOSE_KEEPS } else { 1.0 };
        let score = (base + MORE * more as f64) * (1.0 - 0.7 * habit) * purpose;
        flags.push(explain(history, &pieces, most, after, score));
    }
    flags
}

fn explain(history: &History<'_>, pieces: &[usize], most: i64, after: i64, score: f64) -> Flag {
    let i = pieces[0];
    let row = history.row(i);
    let sum: i64 = pieces.iter().fold(0, |sum: i64, &j| sum.saturating_add(history.lines[j].amount));
    let (at, who, sum) = (when(row.at), name(row), history.money(i, sum));
    let (most, after, count) = (history.money(i, most), history.money(i, after), pieces.len());
    let pieces_of = match count {
        1 => Text::new(format!("{sum} "), format!("the {sum}")),
        _ => Text::new(format!("的第 {count} 笔（共 {sum}）"), format!("{count} payments, {sum} in all,")),
    };
    let explanation = Text::new(
        format!("{} 付给{}{}后，余额从 {most} 只剩 {after}。", at.zh, who.zh, pieces_of.zh),
        format!(
            "With {} that went to {} by {}, the balance fell from {most} to {after}.",
            pieces_of.en, who.en, at.en
        ),
    );
    let innocent = Text::new(
        "您自己把余额转到了本人的账户，或确实要付这么多。",
        "You moved the balance to an account of your own, or did have so much to pay.",
    );
    history.flag(FlagKind::EmptiedAccount, score, pieces, sum, explanation, innocent)
}

#[cfg(test)]
mod tests {
    use crate::detect::jotted::shown;

    const FILLED: &str = "2025-08-01 12:00 buy 10.00 面馆; balance 8510.00 8500.00";

    fn emptied(rows: &str) -> bool {
        shown(&format!("{FILLED}\n{rows}")).iter().any(|shown| shown.ends_with("emptied-account"))
    }

    #[test]
    fn all_of_it_to_someone_new_is_asked_about_and_to_the_family_is_not() {
        let sent = |memo: &str, category: &str| {
            emptied(&format!(
                "2025-09-21 21:19 send 8500.00 叶杰怡; memo {memo}; category {category}; balance 8500.00 0.00"
            ))
        };
        // A wallet files every transfer beside red packets; the row's own words say whether it is a gift.
        assert!(sent("", "转账") && sent("", "转账红包"));
        assert!(!sent("新婚快乐", "转账红包"));
        assert!(!sent("存你那", "转账") && !sent("", "family") && !sent("家用", "转账"));
    }

    #[test]
    fn one_thing_bought_by_day_with_what_was_left_is_shopping() {
        let bought = |time: &str, item: &str| {
            emptied(&format!("2025-09-21 {time} buy 8500.00 某商行; item {item}; balance 8500.00 0.00"))
        };
        assert!(bought("03:10", "礼品卡") && bought("15:24", ""));
        assert!(!bought("15:24", "儿童绘本"));
    }

    #[test]
    fn what_says_by_day_what_it_is_for_is_no_takeover() {
        let sent = |time: &str, memo: &str| {
            emptied(&format!(
                "2025-09-21 {time} send 1200.00 谢芳芳; item 转账; memo {memo}; balance 1200.00 0.00"
            ))
        };
        assert!(sent("17:32", "") && sent("02:10", "补课费"));
        assert!(!sent("17:32", "补课费"));
    }

    #[test]
    fn who_spends_all_at_shops_has_no_habit_of_sending_all() {
        let mut rows = String::new();
        for month in 2..=6 {
            rows += &format!("2025-{month:02}-01 12:00 buy 500.00 店{month}; item 货; balance 500.00 0.00\n");
        }
        assert!(emptied(&format!("{rows}2025-09-21 21:19 send 8500.00 叶杰怡; balance 8500.00 0.00")));
    }
}
