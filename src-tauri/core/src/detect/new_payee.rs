//! A large transfer to someone never paid before.
//!
//! Most of what people lose to fraud they send themselves, to an account they never sent to: at once or
//! in pieces within a day, often at night. Large is measured by what this user sends, and first of all by
//! what they send to new people. Rent, deposits, weddings and school fees name themselves and stay quiet;
//! so does anyone who sent the user money before. Who writes down another purpose knows what was bought or returned: that
//! ranks and is not shown.

use super::habit::Recent;
use super::history::{day, name, when};
use super::phrase::{Words, holds};
use super::texts::Map;
use super::topics::{Topic, topics};
use super::{Flag, FlagKind, History};
use crate::ledger::{Direction, Transaction};
use crate::text::Text;

/// What a stated purpose keeps by day, and at night, when a very large sum in pieces is asked about all the same.
const PURPOSE_KEEPS: f64 = 0.60;
const PURPOSE_AT_NIGHT_KEEPS: f64 = 0.65;
/// Endings of a price with a name before them, and what ends alike and names nothing.
const PRICES: &[&str] = &["费", "钱", "款", "金", "货"];
const NO_PRICES: &[&str] = &[
    "退货",
    "换货",
    "付款",
    "收款",
    "转款",
    "汇款",
    "打款",
    "借款",
    "往来款",
    "周转款",
    "应急款",
    "贷款",
    "急款",
    "垫款",
    "私款",
    "手续费",
    "服务费",
    "保证金",
    "验证金",
    "认证金",
    "押金",
    "转钱",
    "借钱",
    "给钱",
    "打钱",
    "急用钱",
    "资金",
    "现金",
    "本金",
    "佣金",
    "基金",
    "投资款",
    "投资金",
];
/// Urgent, or a stranger's business: no purpose however it goes on.
const URGENT: &[&str] =
    &["急", "周转", "垫付", "代转", "投资", "入金", "充值", "验证", "urgent", "emergency"];
/// Who belongs to the family is told by how a wallet files it.
const FAMILY: &[&str] = &["family", "家人", "家庭", "亲友", "亲属"];

/// ¥3000 by day, ¥2000 by night or in haste: what is sent to a new friend without a word is mostly less.
const DAY_FLOOR: i64 = 300_000;
const NIGHT_FLOOR: i64 = 200_000;
/// ¥20000: with little history, where everyone is new, only this much.
const UNKNOWN_USER_FLOOR: i64 = 2_000_000;
/// A user's circle is known after so many payments over so many days.
const KNOWN_ROWS: usize = 20;
const KNOWN_DAYS: i64 = 21;
/// Times what this user usually sends to someone new.
const TIMES_FIRST: i64 = 3;
/// Pieces to the same new payee within this time are one transfer.
const PIECES: i64 = 86_400;
/// Someone who sends to new people this often has a habit to measure by.
const FIRST_TRANSFERS: usize = 3;

/// What was sent to a new payee on the first day, and how much would be large.
#[derive(Clone)]
struct First {
    rows: Vec<usize>,
    sum: i64,
    /// A usual first transfer of this user, 0 where unknown.
    usual: i64,
    /// Payments before it.
    before: usize,
    known: bool,
    /// The piece with which it was large.
    told: Option<usize>,
}

/// Whom the user dealt with so far.
#[derive(Clone, Default)]
pub struct Circle {
    met: Vec<bool>,
    firsts: Map<u32, First>,
    usual: Recent<16>,
    before: usize,
}

/// Finds large first transfers; what was sent in pieces is told anew with each piece.
pub fn find(history: &History<'_>, circle: &mut Circle) -> Vec<Flag> {
    let Circle { met, firsts, usual, before } = circle;
    met.resize(history.payees, false);
    let begin = history.lines.first().map_or(0, |line| line.at);
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        let payee = line.payee as usize;
        let named = history.sign(i).named;
        if line.spent && history.is_transfer(i) && named && !history.is_own(i) {
            if let Some(first) = firsts.get_mut(&line.payee) {
                if line.at - history.lines[first.rows[0]].at <= PIECES {
                    first.rows.push(i);
                    first.sum = first.sum.saturating_add(line.kept);
                    flags.extend(judge(history, first));
                }
            } else if !met[payee] {
                let known = *before >= KNOWN_ROWS && line.at - begin >= KNOWN_DAYS * 86_400;
                let typical = if usual.len() >= FIRST_TRANSFERS { usual.median() } else { 0 };
                let first = First {
                    rows: vec![i],
                    sum: line.kept,
                    usual: typical,
                    before: *before,
                    known,
                    told: None,
                };
                flags.extend(judge(history, firsts.entry(line.payee).or_insert(first)));
                usual.push(line.kept);
            }
        }
        if line.spent || history.row(i).direction == Direction::In {
            met[payee] = true;
        }
        *before += usize::from(line.spent);
    }
    flags
}

fn judge(history: &History<'_>, first: &mut First) -> Option<Flag> {
    let at = first.rows[0];
    let night = first.rows.iter().any(|&i| history.lines[i].at_night());
    let urgent = first.rows.iter().any(|&i| is_urgent(history.row(i)));
    let floor = match (first.known, night || urgent) {
        (false, _) => UNKNOWN_USER_FLOOR,
        (true, true) => NIGHT_FLOOR,
        (true, false) => DAY_FLOOR,
    };
    let enough = floor.max(first.usual.saturating_mul(TIMES_FIRST));
    let expected = first.rows.iter().any(|&i| {
        let sign = history.sign(i);
        // Wallets file every transfer to a person under a category that names occasions.
        sign.says.holds(Words::Home)
            || sign.says.holds(Words::Occasion)
            || sign.mentions(Words::Unchosen)
            || sign.says.any(&[Topic::Home, Topic::Gift, Topic::Wages])
            || sign.is(Topic::Unchosen)
    });
    let family = first.rows.iter().any(|&i| holds(&history.row(i).category.to_lowercase(), FAMILY));
    if first.sum < enough || expected || family {
        return None;
    }
    let purpose = first
        .rows
        .iter()
        .any(|&i| !history.sign(i).says.holds(Words::Scam) && states_purpose(history.row(i)));
    let row = history.row(at);
    let (sum, who, pieces) = (history.money(at, first.sum), name(row), first.rows.len());
    let (moment, date, before) = (when(row.at), day(row.at), first.before);
    let night_words = if night { Text::new("在深夜", ", at night") } else { Text::default() };
    let how = if pieces == 1 {
        Text::new(
            format!("{} 您{}第一次向{}转账，就转了 {sum}", moment.zh, night_words.zh, who.zh),
            format!("Your first transfer to {} was {sum}, on {}{}", who.en, moment.en, night_words.en),
        )
    } else {
        Text::new(
            format!("{} 您{}第一次向{}转账，一天内分 {pieces} 笔转了 {sum}", date.zh, night_words.zh, who.zh),
            format!(
                "You sent {sum} in {pieces} transfers within a day to {}, first paid on {}{}",
                who.en, date.en, night_words.en
            ),
        )
    };
    let usual = history.money(at, first.usual);
    let measure = if first.usual > 0 {
        Text::new(
            format!("；您第一次给别人转账通常是 {usual} 左右。"),
            format!("; your first transfers to people are usually about {usual}."),
        )
    } else {
        Text::new(
            format!("；此前 {before} 笔支出里没有付过这个人。"),
            format!("; none of the {before} payments before went to them."),
        )
    };
    let explanation = Text::new(how.zh + &measure.zh, how.en + &measure.en);
    let innocent = Text::new(
        "您认识对方，并且当面或打电话核对过账号和用途。",
        "You know them, and checked the account and the purpose in person or by calling them yourself.",
    );
    let steps = [night, first.sum >= enough.saturating_mul(3), pieces > 1];
    let score = 0.58 + 0.08 * steps.iter().filter(|&&step| step).count() as f64;
    let score = match (purpose, night) {
        (false, _) => score,
        (true, false) => score * PURPOSE_KEEPS,
        (true, true) => score * PURPOSE_AT_NIGHT_KEEPS,
    };
    let told = *first.told.get_or_insert(first.rows.len() - 1);
    let flag = history.flag(FlagKind::NewPayee, score, &first.rows, sum, explanation, innocent);
    Some(Flag { known: history.row(first.rows[told]).id, ..flag })
}

/// Whether item, memo or note say what the money is for.
fn states_purpose(row: &Transaction) -> bool {
    // 手机银行转账 names the way and no telephone.
    let texts =
        [&row.item, &row.memo, &row.note].map(|text| text.replace("手机银行", "").replace("电脑银行", ""));
    !is_urgent(row) && texts.iter().any(|text| topics(text).has(Topic::Purpose) || names_price(text))
}

/// Whether the row speaks of haste or of a stranger's business.
fn is_urgent(row: &Transaction) -> bool {
    [&row.item, &row.memo, &row.note].into_iter().any(|text| holds(&text.to_lowercase(), URGENT))
}

/// Whether a text ends like the price of something: 牙齿矫正费, 钢琴尾款, 团费(6人).
fn names_price(text: &str) -> bool {
    let said = text.rsplit([':', '：']).next().unwrap_or(text);
    let words =
        said.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= 2 || *word == "货");
    words.into_iter().any(|word| {
        PRICES.iter().any(|price| word.ends_with(price))
            && !NO_PRICES.iter().any(|vague| word.ends_with(vague))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Kind;
    use crate::money::Money;

    #[test]
    fn a_purpose_names_what_was_bought_or_returned_and_urgency_is_none() {
        let at = chrono::DateTime::parse_from_rfc3339("2026-03-01T14:00:00+08:00").unwrap();
        let row = |memo: &str| Transaction {
            memo: memo.to_owned(),
            ..Transaction::of(at, Direction::Out, Kind::TransferOut, Money::fen(800_000))
        };
        for memo in [
            "货",
            "借给你,保重",
            "牙齿矫正费",
            "转账备注:定制家具尾款",
            "批发货款",
            "还你钱",
            "旅游团费(2人)",
            "used car",
        ] {
            assert!(states_purpose(&row(memo)), "{memo}");
        }
        for memo in [
            "",
            "转账",
            "谢谢",
            "急用",
            "借款",
            "转账备注:微信转账",
            "投资款",
            "手续费",
            "周转一下 还款",
            "付款",
        ] {
            assert!(!states_purpose(&row(memo)), "{memo}");
        }
    }

    #[test]
    fn who_draws_money_from_a_wallet_is_the_user() {
        let rows = |name: &str| {
            let days: String =
                (1..=28).map(|day| format!("2025-02-{day:02} 12:00 buy 21.00 面馆; item 午餐\n")).collect();
            crate::detect::jotted::shown(&format!(
                "{days}2025-03-01 11:00 withdraw 500.00 郭志; item 提现-快速提现\n                 2025-03-03 23:40 send 42500.00 {name}; item 转账; wallet bank"
            ))
        };
        assert!(rows("郭志").is_empty());
        assert_eq!(rows("郑志"), ["30 new-payee"]);
    }

    #[test]
    fn a_transfer_to_a_bank_card_goes_to_whom_it_names() {
        let sent = |name: &str| {
            let days: String =
                (1..=28).map(|day| format!("2025-02-{day:02} 12:00 buy 21.00 面馆; item 午餐\n")).collect();
            crate::detect::jotted::shown(&format!(
                "{days}2025-03-03 04:28 send 20000.00 {name}; item 转账到银行卡; category 转账"
            ))
        };
        assert_eq!(sent("邱浩然"), ["29 new-payee"]);
        assert!(sent("招商银行").is_empty());
    }
}
