//! A tiny charge before a large one.
//!
//! Who holds a stolen card number tries it with a cent or two, and takes the real sum once that works:
//! from the same payee, or soon after from another one that is just as new, by the same card. Promotions
//! and card-binding checks are tiny too; they stay quiet where nothing large follows, where the shop is
//! known, and where the first row says what it was. A test transfer to a person is the user's own care.

use super::history::{Line, name, stretch, when};
use super::phrase::Words;
use super::texts::Map;
use super::{Flag, FlagKind, History};
use crate::ledger::Kind;
use crate::text::Text;

/// ¥2: card tests are cents, so as not to be noticed.
const TINY: i64 = 200;
/// ¥200 and two hundred times the tiny one: what makes the test worth while.
const LARGE: i64 = 20_000;
const TIMES: i64 = 200;
/// ¥1000: at another payee only the time and the card connect them.
const LARGE_ELSEWHERE: i64 = 100_000;
/// A tested number is used within two days, and elsewhere within two hours.
const WINDOW: i64 = 48 * 3600;
const WINDOW_ELSEWHERE: i64 = 2 * 3600;
/// What a tiny row may say that it was.
pub const EXPECTED: &[&str] = &[
    "优惠",
    "活动",
    "体验",
    "新人",
    "新客",
    "试用",
    "秒杀",
    "抽奖",
    "立减",
    "福利",
    "特惠",
    "首单",
    "签约",
    "绑卡",
    "绑定",
    "验证",
    "认证",
    "公益",
    "捐",
    "步数",
    "地铁",
    "公交",
    "乘车",
    "停车",
    "打印",
    "充电",
    "单车",
    "收款测试",
];

/// What was seen so far.
#[derive(Clone, Default)]
pub struct Seen {
    /// Of each payee: nothing or tiny rows only, or more.
    known: Vec<bool>,
    tiny_here: Map<u32, usize>,
    latest_tiny: Option<usize>,
}

/// Finds large charges that follow a tiny one.
pub fn find(history: &History<'_>, seen: &mut Seen) -> Vec<Flag> {
    let Seen { known, tiny_here, latest_tiny } = seen;
    known.resize(history.payees, false);
    let mut flags = Vec::new();
    for (i, line) in history.spending() {
        let charge = matches!(line.kind, Kind::Purchase | Kind::Other) && history.sign(i).named;
        let stranger = !known[line.payee as usize];
        if charge && stranger && line.amount <= TINY {
            if !history.sign(i).mentions(Words::TinyExpected) {
                tiny_here.insert(line.payee, i);
                *latest_tiny = Some(i);
            } else {
                known[line.payee as usize] = true;
            }
            continue;
        }
        if charge && stranger {
            let here = tiny_here.get(&line.payee).copied().filter(|&t| follows(history, t, line, false));
            let elsewhere =
                latest_tiny.filter(|&t| follows(history, t, line, true) && one_card(history, t, i));
            if let Some(tiny) = here.or(elsewhere) {
                flags.push(explain(history, tiny, i, here.is_some()));
            }
        }
        known[line.payee as usize] = true;
    }
    flags
}

fn follows(history: &History<'_>, tiny: usize, line: &Line, elsewhere: bool) -> bool {
    let before = &history.lines[tiny];
    let (window, large) = if elsewhere { (WINDOW_ELSEWHERE, LARGE_ELSEWHERE) } else { (WINDOW, LARGE) };
    line.at - before.at <= window
        && line.amount >= large
        && line.amount >= before.amount.saturating_mul(TIMES)
        && line.kept == line.amount
}

fn one_card(history: &History<'_>, tiny: usize, i: usize) -> bool {
    let (a, b) = (history.row(tiny), history.row(i));
    a.provider == b.provider && !b.method.trim().is_empty() && a.method == b.method
}

fn explain(history: &History<'_>, tiny: usize, i: usize, here: bool) -> Flag {
    let (first, row) = (history.row(tiny), history.row(i));
    let gap = history.lines[i].at - history.lines[tiny].at;
    let (at, after, who, tester) = (when(first.at), stretch(gap), name(row), name(first));
    let (cents, paid) = (first.amount, row.amount);
    let explanation = if here {
        Text::new(
            format!(
                "{} {}先扣了 {cents}，{}后又扣了 {paid}；此前您没有在这里付过款。盗刷常常这样：先扣小额试卡，再扣大额。",
                at.zh, who.zh, after.zh
            ),
            format!(
                "{} first took {cents} on {}, and {paid} {} later; you had never paid there. Stolen cards are \
                 often tried with a tiny charge before a large one.",
                who.en, at.en, after.en
            ),
        )
    } else {
        Text::new(
            format!(
                "{} {}扣了 {cents}，{}后{}用同一方式扣了 {paid}；这两家您此前都没有付过款。盗刷常常这样：先扣小额试卡，再扣大额。",
                at.zh, tester.zh, after.zh, who.zh
            ),
            format!(
                "{} took {cents} on {}, and {} later {} took {paid} the same way; you had never paid either. \
                 Stolen cards are often tried with a tiny charge before a large one.",
                tester.en, at.en, after.en, who.en
            ),
        )
    };
    let innocent = Text::new(
        "您先付了验证款或订金，随后自己付了全款。",
        "You paid a verification charge or a token first, and then the full price yourself.",
    );
    let night = if history.lines[i].at_night() { 0.10 } else { 0.0 };
    let score = if here { 0.76 } else { 0.62 } + night;
    history.flag(FlagKind::TestCharge, score, &[i, tiny], paid, explanation, innocent)
}
