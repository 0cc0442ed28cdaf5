//! A tiny charge before a large one.
//!
//! Who holds a stolen card number tries it with a cent or two, and takes the real sum once that works:
//! from the same payee (there a few yuan will do, at once before a large sum, or days before where neither row names a
//! thing), or soon after from another one that is just as new, by the same card. Promotions and card-binding checks are
//! tiny too; they stay quiet where nothing large follows, where the shop is known, and where the first row says what it
//! was: a sample, postage, the first part of one order. A test transfer to a person is the user's own care.

use super::currency_overcharge::quote;
use super::history::{Line, later, name, when};
use super::phrase::Words;
use super::pieces::{Story, joined, stories};
use super::texts::Map;
use super::topics::Topic;
use super::{Flag, FlagKind, History};
use crate::ledger::Kind;
use crate::text::Text;

/// ¥3: card tests are cents or a coin or two, so as not to be noticed. Abroad they are up to two units of the foreign
/// currency, and ¥20 at most.
const TINY: i64 = 300;
const TINY_ABROAD: f64 = 2.0;
const TINY_CONVERTED: i64 = 2_000;
/// ¥10: at a payee never met, where the same card pays ¥1000 and more within two hours, or within two days where neither
/// row names a thing.
const SMALL: i64 = 1_000;
/// ¥200 and two hundred times the tiny one: what makes the test worth while.
const LARGE: i64 = 20_000;
const TIMES: i64 = 200;
/// The least a card abroad is tried with is more: a hundred times that.
const TIMES_ABROAD: i64 = 100;
/// ¥1000: at another payee only the time and the card connect them.
const LARGE_ELSEWHERE: i64 = 100_000;
/// A tested number is used within two days, and elsewhere within two hours.
const WINDOW: i64 = 48 * 3600;
const WINDOW_ELSEWHERE: i64 = 2 * 3600;
/// A shop paid this often at most, and not within these days, may have been picked by anyone.
const HARDLY: u8 = 2;
const FORGOTTEN: i64 = 60 * 86_400;
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
    "打印店",
    "打印费",
    "自助打印",
    "充电桩",
    "充电站",
    "充电费",
    "汽车充电",
    "电动车充电",
    "共享充电",
    "充电服务",
    "元领",
    "领券",
    "领取",
    "免费领",
    "一分钱",
    "一分购",
    "1分钱",
    "1分购",
    "单车",
    "收款测试",
    "样品",
    "小样",
    "试样",
    "样布",
    "色卡",
    "色板",
    "邮费",
    "运费",
    "邮资",
    "快递费",
    "差价",
    "差额",
    "补差",
    "补拍",
    "定金",
    "订金",
    "押金",
    "预付",
    "预约",
    "预订",
    "预定",
    "订座",
    "取号",
    "尾款",
    "公开课",
    "试听",
    "试课",
    "sample",
    "swatch",
    "postage",
    "shipping",
    "price difference",
    "deposit",
    "balance due",
];

/// What was seen so far.
#[derive(Clone, Default)]
pub struct Seen {
    /// Of each payee: how often it was paid more, and when last.
    known: Vec<(u8, i64)>,
    tiny_here: Map<u32, usize>,
    /// The only row of a payee, not tiny and yet small.
    small_here: Map<u32, usize>,
    latest_tiny: Option<usize>,
    /// Payees that took a large sum after the tiny row: what they take next is the same story.
    told: Map<u32, (usize, bool)>,
}

/// Finds large charges that follow a tiny one.
pub fn find(history: &History<'_>, seen: &mut Seen) -> Vec<Flag> {
    let Seen { known, tiny_here, small_here, latest_tiny, told } = seen;
    known.resize(history.payees, (0, 0));
    let mut flags = Vec::new();
    for (i, line) in history.spending() {
        let charge = matches!(line.kind, Kind::Purchase | Kind::Other) && history.sign(i).named;
        let (often, last) = known[line.payee as usize];
        let forgotten = (1..=HARDLY).contains(&often) && line.at - last >= FORGOTTEN;
        let stranger = often == 0 || forgotten;
        let small = line.amount <= SMALL && often == 0 && !tiny_here.contains_key(&line.payee);
        if charge && small && !is_tiny(history, i) && !history.sign(i).mentions(Words::TinyExpected) {
            small_here.insert(line.payee, i);
        }
        if charge && stranger && is_tiny(history, i) {
            if !history.sign(i).mentions(Words::TinyExpected) {
                tiny_here.insert(line.payee, i);
                *latest_tiny = Some(i);
            } else {
                known[line.payee as usize] = (u8::MAX, line.at);
            }
            continue;
        }
        let tried = small_here.get(&line.payee).is_some_and(|&t| t != i);
        if charge && (stranger || tried && often == 1) {
            let here = tiny_here.get(&line.payee).copied().filter(|&t| follows(history, t, i, false));
            let here = here.or_else(|| {
                let tried = |&t: &usize| follows(history, t, i, true) && one_card(history, t, i);
                small_here.get(&line.payee).copied().filter(|&t| t != i).filter(tried)
            });
            let here = here.or_else(|| {
                let tried = |&t: &usize| unnamed(history, t, i) && one_card(history, t, i);
                small_here.get(&line.payee).copied().filter(|&t| t != i).filter(tried)
            });
            let elsewhere = latest_tiny.filter(|&t| follows(history, t, i, true) && one_card(history, t, i));
            if let Some(tiny) = here.or(elsewhere) {
                flags.push(explain(history, tiny, i, here.is_some()));
                told.insert(line.payee, (tiny, here.is_some()));
            }
        } else if charge
            && let Some(&(tiny, here)) = told.get(&line.payee)
            && follows(history, tiny, i, !here)
            && one_card(history, tiny, i)
        {
            flags.push(explain(history, tiny, i, here));
        }
        known[line.payee as usize] = (often.saturating_add(1), line.at);
    }
    flags
}

/// Tells all that was taken after one tiny charge once.
pub fn together(history: &History<'_>, _: &Seen, flags: &mut Vec<Flag>) {
    let tiny = |flag: &Flag| flag.places.last().copied();
    let one = stories(flags, |story, flag| tiny(&story.surest) == tiny(flag));
    let tell = |Story { surest, rows }| {
        let tried: Vec<usize> = tiny(&surest).into_iter().map(|place| place as usize).collect();
        joined(history, surest, &rows, &tried, |count, sum| {
            Text::new(
                format!("这样的大额共 {count} 笔，合计 {sum}。"),
                format!("There were {count} such charges, {sum} in all."),
            )
        })
    };
    *flags = one.into_iter().map(tell).collect();
}

fn is_tiny(history: &History<'_>, i: usize) -> bool {
    let (line, row) = (&history.lines[i], history.row(i));
    let quoted = || [&row.memo, &row.item].into_iter().find_map(|text| quote::amount(text, None));
    let abroad = || {
        history.sign(i).says.has(Topic::Foreign) && quoted().is_some_and(|(_, amount)| amount <= TINY_ABROAD)
    };
    line.amount <= TINY || line.amount <= TINY_CONVERTED && abroad()
}

fn follows(history: &History<'_>, tiny: usize, i: usize, elsewhere: bool) -> bool {
    let (before, line): (&Line, &Line) = (&history.lines[tiny], &history.lines[i]);
    let (window, large) = if elsewhere { (WINDOW_ELSEWHERE, LARGE_ELSEWHERE) } else { (WINDOW, LARGE) };
    // Two payments for one order are its parts.
    let orders = [tiny, i].map(|row| history.row(row).merchant_order_no.trim());
    let times = if before.amount > TINY { TIMES_ABROAD } else { TIMES };
    line.at - before.at <= window
        && line.amount >= large
        && line.amount >= before.amount.saturating_mul(times)
        && line.kept == line.amount
        // A shop that checks a card gives the sum back.
        && history.returns(tiny, i).is_empty()
        && !(orders[0].len() > 4 && orders[0] == orders[1])
}

/// Whether a large row follows a small one within days, and neither names a thing: who shops a second time at a new
/// shop buys something.
fn unnamed(history: &History<'_>, small: usize, i: usize) -> bool {
    let bare = |row: usize| matches!(history.row(row).item.trim(), "" | "/");
    let large = history.lines[i].amount >= LARGE_ELSEWHERE;
    large && bare(small) && bare(i) && follows(history, small, i, false)
}

fn one_card(history: &History<'_>, tiny: usize, i: usize) -> bool {
    let (a, b) = (history.row(tiny), history.row(i));
    a.provider == b.provider && !b.method.trim().is_empty() && a.method == b.method
}

fn explain(history: &History<'_>, tiny: usize, i: usize, here: bool) -> Flag {
    let (first, row) = (history.row(tiny), history.row(i));
    let (at, after, who, tester) = (when(first.at), later(first.at, row.at), name(row), name(first));
    let (cents, paid) = (first.amount, row.amount);
    let explanation = if here {
        Text::new(
            format!(
                "{} {}先扣了 {cents}，{}又扣了 {paid}；此前您没有在这里付过款。盗刷常常这样：先扣小额试卡，再扣大额。",
                at.zh, who.zh, after.zh
            ),
            format!(
                "{} first took {cents} on {}, and {paid} {}; you had never paid there. Stolen cards are \
                 often tried with a tiny charge before a large one.",
                who.en, at.en, after.en
            ),
        )
    } else {
        Text::new(
            format!(
                "{} {}扣了 {cents}，{}{}用同一方式扣了 {paid}；这两家您此前都没有付过款。盗刷常常这样：先扣小额试卡，再扣大额。",
                at.zh, tester.zh, after.zh, who.zh
            ),
            format!(
                "{} took {cents} on {}, and {} {} took {paid} the same way; you had never paid either. \
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

#[cfg(test)]
mod tests {
    use crate::detect::FlagKind;
    use crate::detect::jotted::{shown, told};
    use crate::money::Money;

    #[test]
    fn a_few_yuan_try_a_card_where_the_large_sum_follows_at_once() {
        let after = |item: &str, small: &str, at: &str, method: &str| {
            shown(&format!(
                "2025-05-14 13:04 buy {small} 某信息技术有限公司; item {item}; method 某银行信用卡(0965)\n\
                 2025-05-14 {at} buy 5478.25 某信息技术有限公司; item 消费; method {method}"
            ))
        };
        assert_eq!(after("消费", "6.43", "13:37", "某银行信用卡(0965)"), ["2 test-charge"]);
        for (item, small, at, method) in [
            ("消费", "64.30", "13:37", "某银行信用卡(0965)"),
            ("消费", "6.43", "18:37", "某银行信用卡(0965)"),
            ("消费", "6.43", "13:37", "余额"),
            ("运费", "6.43", "13:37", "某银行信用卡(0965)"),
        ] {
            let kinds = after(item, small, at, method);
            assert!(
                kinds.iter().all(|kind| !kind.contains("test-charge")),
                "{item} {small} {at} {method}: {kinds:?}"
            );
        }
    }

    #[test]
    fn all_that_was_taken_after_one_tiny_charge_is_told_once() {
        let rows = "2025-05-14 13:04 buy 0.10 某网络科技; item 充值; method 某卡(0965)
            2025-05-14 13:41 buy 1799.00 某网络科技; item 充值; method 某卡(0965)
            2025-05-14 14:17 buy 1499.00 某网络科技; item 充值; method 某卡(0965)";
        assert_eq!(shown(rows), ["2 test-charge", "3 test-charge"]);
        let flags = told(rows);
        let tried: Vec<_> = flags.iter().filter(|flag| flag.kind == FlagKind::TestCharge).collect();
        let [only] = &tried[..] else { panic!("{tried:?}") };
        assert_eq!(only.transactions.iter().map(|id| id.0).collect::<Vec<_>>(), [2, 3, 1]);
        assert_eq!(only.amount, Money::fen(329_800));
    }

    #[test]
    fn a_sum_given_back_before_the_large_one_checked_the_card() {
        let after = |back: &str| {
            shown(&format!(
                "2025-11-07 19:30 buy 1.00 SOME MKTPL; item Order; method 某银行信用卡(2495); mo T364217\n{back}\
                 2025-11-07 20:16 buy 3238.37 SOME MKTPL; item Order; method 某银行信用卡(2495); mo T364999"
            ))
        };
        assert_eq!(after(""), ["2 test-charge"]);
        let back = "2025-11-07 19:36 refund 1.00 SOME MKTPL; item Refund; mo T364217\n";
        assert!(after(back).is_empty());
    }
}
