//! A subscription raised, or renewed after it was cancelled.
//!
//! A subscription is the same payee and item, charged week by week, month by month or year by year at the
//! same price. It is raised where a regular charge suddenly asks more than a tenth above the last; it is
//! renewed against the user's word where a charge follows a row on which the user noted the cancelling.
//! Exchange rates move a foreign price by a few percent; a user who noted a change of plan made it; a price that an
//! earlier row named, or that comes back once an offer is over, was announced.

mod offer;
#[cfg(test)]
mod tests;

pub use offer::{ANNOUNCED, announced};

use super::history::{day, name};
use super::phrase::{AUTOMATIC, BY_ITSELF, PERIODS, Words, holds, product};
use super::texts::Map;
use super::topics::Topic;
use super::{Flag, FlagKind, History};
use crate::ledger::{Kind, Transaction};
use crate::text::Text;

/// Within this share either way a price is the same: exchange rates and their fees.
const SAME_PERCENT: i64 = 6;
/// From this share up a price was raised.
const RAISED_PERCENT: i64 = 10;
/// Where the charges before were equal to the last fen, from this share up.
const RAISED_FIXED_PERCENT: i64 = 4;
/// Five times the price is another product, or an amount for its own detector.
const TIMES_MOST: i64 = 5;
/// ¥1: smaller raises are not worth a call.
const LEAST_RAISE: i64 = 100;
/// Equal charges before a raise, where the words say subscription, and where only the calendar does (what
/// recurs by the week without such words is lunch).
const CHARGES_NAMED: u16 = 3;
const CHARGES_UNNAMED: u16 = 4;
/// What a raise keeps where the price before called itself an offer.
const OFFERED_KEEPS: f64 = 0.55;
/// A charge within these days of the note is the one the user cancelled after.
const SETTLING_DAYS: i64 = 3;
/// What recurs by contract.
pub const NAMED: &[&str] = &[
    "会员",
    "订阅",
    "包月",
    "包年",
    "连续",
    "年费",
    "月费",
    "套餐",
    "自动扣",
    "代扣",
    "云空间",
    "VIP",
    "vip",
    "Plus",
    "plus",
    "Premium",
    "premium",
    "subscription",
    "Subscription",
    "Membership",
];
/// What varies by use, or rises by contract.
pub const METERED: &[&str] = &[
    "电费",
    "水费",
    "燃气",
    "话费",
    "流量",
    "停车",
    "高速",
    "暖气",
    "供热",
    "水电",
    "topup",
    "top-up",
    "手机充值",
    "点播",
    "按量",
    "用量",
    "按次",
    "后付费",
    "加油",
    "骑行",
    "乘车",
    "地铁",
    "公交",
    "轨道交通",
    "充电宝",
    "自助收银",
];
/// Lunch has a 套餐 too, and comes by the week.
const MEALS: &[&str] = &["餐", "食", "外卖", "food", "dining", "restaurant"];
/// What is sold by the term at one price.
const TERM: &[&str] =
    &["每周", "周课", "课时费", "月租", "月卡", "月交", "月缴", "每月", "包月", "季租", "weekly", "monthly"];
/// Premiums and rents that rise as their contract says.
const BY_CONTRACT: &[&str] = &["年龄段", "保费调整", "费率调整", "续保", "保额", "按合同", "合同约定"];
/// The user wrote that it was cancelled …
const CANCELLED: &[&str] = &[
    "取消",
    "退订",
    "关闭自动续费",
    "关闭续费",
    "关了自动续费",
    "停止续费",
    "解约",
    "不再续费",
    "关闭免密",
    "cancelled",
    "canceled",
    "unsubscribed",
];
/// … or only meant to.
const NOT_CANCELLED: &[&str] = &[
    "想取消",
    "要取消",
    "记得取消",
    "准备取消",
    "没取消",
    "未取消",
    "取消不了",
    "无法取消",
    "忘了取消",
    "忘记取消",
    "打算取消",
    "取消订单",
    "订单取消",
    "not cancelled",
    "not canceled",
];
/// The user changed the plan, or came back.
const OWN_CHANGE: &[&str] = &[
    "升级",
    "换套餐",
    "改套餐",
    "换成",
    "改成",
    "改为",
    "加购",
    "扩容",
    "重新订阅",
    "恢复订阅",
    "重新开通",
    "又开通",
    "已知涨价",
    "upgrade",
    "upgraded",
    "changed plan",
    "changed the plan",
    "new plan",
    "resubscribed",
    "family plan",
];

/// How often a subscription is charged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rhythm {
    Weekly,
    Monthly,
    TwoMonthly,
    Quarterly,
    Yearly,
}

impl Rhythm {
    /// The rhythm of two charges so many days apart. A month is 28 to 31 days, and a charge may come a few
    /// days late.
    fn of(days: i64) -> Option<Self> {
        match days {
            6..=8 => Some(Self::Weekly),
            26..=35 => Some(Self::Monthly),
            57..=64 => Some(Self::TwoMonthly),
            87..=95 => Some(Self::Quarterly),
            355..=376 => Some(Self::Yearly),
            _ => None,
        }
    }

    fn every(self) -> Text {
        match self {
            Self::Weekly => Text::new("每周", "every week"),
            Self::Monthly => Text::new("每月", "every month"),
            Self::TwoMonthly => Text::new("每两个月", "every two months"),
            Self::Quarterly => Text::new("每季度", "every quarter"),
            Self::Yearly => Text::new("每年", "every year"),
        }
    }
}

/// Charges of one payee and item.
#[derive(Clone, Copy)]
struct Series {
    first: usize,
    last: usize,
    /// Charges at the present price, in one rhythm.
    equal: u16,
    /// Whether they were equal to the last fen.
    fixed: bool,
    rhythm: Option<Rhythm>,
    /// The latest of them that made an offer or named another price.
    offer: Option<usize>,
    /// The most that was charged in any rhythm before the present price.
    most: i64,
}

/// Charges so far, and what the user noted.
#[derive(Clone, Default)]
pub struct Past {
    /// By payee, item and the size it names.
    series: Map<(u32, u32, u32), Series>,
    cancelled: Map<u32, usize>,
    /// By what was subscribed: a shop may charge under its company's name.
    cancelled_items: Map<u32, usize>,
}

/// Finds raised prices and renewals after a cancelling.
pub fn find(history: &History<'_>, past: &mut Past) -> Vec<Flag> {
    let Past { series, cancelled, cancelled_items } = past;
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        let row = history.row(i);
        let charge = line.spent && matches!(line.kind, Kind::Purchase | Kind::Fee | Kind::Other);
        let note = row.note.to_lowercase();
        if charge {
            // Without its digits and spaces the bill of March is the bill of April.
            let size = size(&row.item)
                .and_then(|size| size.trim_end_matches(char::is_alphabetic).trim().parse().ok());
            let key = (line.payee, history.sign(i).series, size.unwrap_or(0));
            let known = series.get(&key).copied();
            let item = history.sign(i).series;
            let against = cancelled.get(&line.payee).or_else(|| cancelled_items.get(&item)).copied();
            match against.filter(|&word| renews(history, word, i, known.as_ref())) {
                Some(word) if !holds(&note, OWN_CHANGE) => flags.push(renewed(history, word, i)),
                _ => flags.extend(known.and_then(|before| raised(history, &before, i, &note))),
            }
            series.insert(key, continued(history, known, i));
        }
        if holds(&note, OWN_CHANGE) {
            cancelled.remove(&line.payee);
            cancelled_items.remove(&history.sign(i).series);
        } else if holds(&note, CANCELLED) && !holds(&note, NOT_CANCELLED) {
            cancelled.insert(line.payee, i);
            if product(&row.item).is_some() {
                cancelled_items.insert(history.sign(i).series, i);
            }
        }
    }
    flags
}

fn days_between(history: &History<'_>, before: usize, i: usize) -> i64 {
    i64::from(history.sign(i).day) - i64::from(history.sign(before).day)
}

fn same_price(a: i64, b: i64) -> bool {
    a.abs_diff(b).saturating_mul(100) <= a.unsigned_abs().saturating_mul(SAME_PERCENT.unsigned_abs())
}

fn continued(history: &History<'_>, known: Option<Series>, i: usize) -> Series {
    let offers = offer::makes(history, i).then_some(i);
    let most = known.map_or(0, |before| before.most.max(history.lines[before.last].amount));
    let first = known.map_or(i, |before| before.first);
    let fresh = Series { first, last: i, equal: 1, fixed: true, rhythm: None, offer: offers, most };
    let Some(before) = known else { return fresh };
    let offer = offers.or(before.offer);
    let rhythm = Rhythm::of(days_between(history, before.last, i));
    let goes_on = rhythm.is_some() && (before.rhythm.is_none() || before.rhythm == rhythm);
    let same = same_price(history.lines[before.last].amount, history.lines[i].amount);
    match (goes_on, same) {
        (true, true) => {
            let fixed = before.fixed && history.lines[before.last].amount == history.lines[i].amount;
            let equal = before.equal.saturating_add(1);
            Series { first, last: i, equal, fixed, rhythm, offer, most: before.most }
        }
        (true, false) => Series { first, last: i, equal: 1, fixed: true, rhythm, offer: offers, most },
        _ => fresh,
    }
}

fn raised(history: &History<'_>, before: &Series, i: usize, note: &str) -> Option<Flag> {
    let row = history.row(i);
    let rhythm = Rhythm::of(days_between(history, before.last, i))?;
    let (old, new) = (history.lines[before.last].amount, history.lines[i].amount);
    let more = new - old;
    let foreign = history.sign(i).says.has(Topic::Foreign);
    let least =
        if before.fixed && before.equal > 1 && !foreign { RAISED_FIXED_PERCENT } else { RAISED_PERCENT };
    let risen = more >= LEAST_RAISE
        && more.saturating_mul(100) >= old.saturating_mul(least)
        && new <= old.saturating_mul(TIMES_MOST);
    let automatic = history.is_automatic(i);
    let named =
        history.sign(i).mentions(Words::Contract) || history.sign(i).is(Topic::Subscription) || automatic;
    let enough = if named { CHARGES_NAMED } else { CHARGES_UNNAMED };
    let regular = before.equal >= enough && before.rhythm == Some(rhythm)
        // Of a yearly fee nobody has the patience to see two equal ones before they ask.
        || named && rhythm == Rhythm::Yearly;
    let term = holds(&row.item, TERM);
    let contract = named || rhythm != Rhythm::Weekly || term;
    let own = holds(note, OWN_CHANGE)
        || holds(&history.row(before.last).note, OWN_CHANGE)
        || history.sign(i).says.has(Topic::OwnChange);
    // What is paid by use, or rises by law, does not come to the same fen time and again.
    let fixed = term && before.fixed && before.equal >= CHARGES_NAMED;
    let by_nature = history.sign(i).mentions_any(&[Words::Unchosen, Words::ByUse]) && !fixed;
    let meal = holds(&row.category.to_lowercase(), MEALS) && history.is_at_counter(i);
    let expected = history.is_own(i) || history.sign(i).mentions(Words::Home) || by_nature || meal;
    let explained = [&row.memo, &row.item].iter().any(|text| holds(text, BY_CONTRACT));
    if !risen || !regular || !contract || own || expected || explained {
        return None;
    }
    // What it cost before is no new price: a shorter month, an offer that ended.
    if new <= before.most {
        return None;
    }
    let offered = before.offer;
    if offer::is_over(row) || offered.is_some_and(|offer| announced(history, offer, i)) {
        return None;
    }
    let (who, what, at) = (name(row), item(row), day(row.at));
    let (from, to, extra) = (history.money(i, old), history.money(i, new), history.money(i, more));
    let percent = (more.saturating_mul(200) / old.max(1) + 1) / 2;
    let (every, times) = (rhythm.every(), before.equal);
    let past = if times > 1 {
        Text::new(
            format!("此前连续 {times} 次都是 {from}"),
            format!("the {times} charges before were {from} each"),
        )
    } else {
        Text::new(format!("上一次是 {from}"), format!("the one before was {from}"))
    };
    let explanation = Text::new(
        format!(
            "{}{}{}扣款，{} 变成 {to}；{}，这次多 {extra}（{percent}%）。",
            who.zh, what.zh, every.zh, at.zh, past.zh
        ),
        format!(
            "What {} charges {}{} became {to} on {}; {}: {extra} more ({percent}%).",
            who.en, every.en, what.en, at.en, past.en
        ),
    );
    let innocent = Text::new(
        "优惠期已满，或您自己换了套餐，或商家事先通知过涨价。",
        "An introductory price ended, you changed the plan yourself, or the raise was announced to you.",
    );
    let score = if named { 0.74 } else { 0.60 };
    // The price before was an offer, and no word says for how long.
    let ended = offered == Some(before.last) && !offer::makes(history, i);
    let score = if ended { score * OFFERED_KEEPS } else { score };
    Some(history.flag(FlagKind::SubscriptionChange, score, &[i, before.last], extra, explanation, innocent))
}

/// Whether charge `i` continues what the user noted as cancelled on row `word`.
fn renews(history: &History<'_>, word: usize, i: usize, known: Option<&Series>) -> bool {
    let same_item =
        history.sign(word).series == history.sign(i).series && !history.row(i).item.trim().is_empty();
    let price = history.lines[word].amount;
    let (noted, row) = (history.row(word), history.row(i));
    // What was charged beside it before the note is a subscription of its own.
    let beside = known.is_some_and(|known| known.first < word) && history.sign(word).series != 0;
    if beside && !same_item && !row.item.trim().is_empty() {
        return false;
    }
    let same_sum = price > 0 && same_price(price, history.lines[i].amount);
    let alike = same_item
        || same_sum && (history.is_automatic(i) || !of_another_product(noted, row))
        || price == 0 && known.is_some() && !of_another_product(noted, row)
        || of_another_period(noted, row);
    let alike = alike && size(&noted.item) == size(&row.item);
    days_between(history, word, i) > SETTLING_DAYS && alike
}

/// Whether charge `row` renews by itself, for another period, the product that `word` is about: 连续包季 after 连续包月.
fn of_another_period(word: &Transaction, row: &Transaction) -> bool {
    let by_itself = |row: &Transaction| holds(&row.item.to_lowercase(), BY_ITSELF);
    let products = [word, row].map(|row| product(&row.item));
    let again = by_itself(row) || holds(&row.item, PERIODS);
    again && products[0] == products[1] && (products[0].is_some() || by_itself(word))
}

/// Whether charge `row` names something else than `word` does, and does not renew by itself.
fn of_another_product(word: &Transaction, row: &Transaction) -> bool {
    let products = [word, row].map(|row| product(&row.item));
    let item = row.item.to_lowercase();
    products[0].is_some()
        && products[1].is_some()
        && products[0] != products[1]
        && !holds(&item, BY_ITSELF)
        && !holds(&item, AUTOMATIC)
}

/// The size a plan is sold by: 200GB and 50GB are two plans.
fn size(item: &str) -> Option<&str> {
    item.match_indices(['G', 'T', 'g', 't']).find_map(|(at, _)| {
        let number = item[..at].trim_end().trim_end_matches(|c: char| c.is_ascii_digit()).len();
        (number < item[..at].trim_end().len()).then(|| &item[number..=at])
    })
}

fn renewed(history: &History<'_>, word: usize, i: usize) -> Flag {
    let row = history.row(i);
    let (who, what, at, noted) = (name(row), item(row), day(row.at), day(history.row(word).at));
    let paid = history.money(i, history.lines[i].kept);
    let explanation = Text::new(
        format!("您在 {} 的记录上写明已取消，但{}{}在 {} 又扣了 {paid}。", noted.zh, who.zh, what.zh, at.zh),
        format!(
            "On the row of {} you noted that it was cancelled, yet {} charged {paid}{} on {}.",
            noted.en, who.en, what.en, at.en
        ),
    );
    let innocent = Text::new(
        "取消时这一期已经开始，或您后来又重新开通。",
        "The period had begun before you cancelled, or you subscribed again later.",
    );
    history.flag(FlagKind::SubscriptionChange, 0.93, &[i, word], paid, explanation, innocent)
}

fn item(row: &Transaction) -> Text {
    match row.item.trim() {
        "" => Text::default(),
        named => Text::new(format!("的「{named}」"), format!(" for “{named}”")),
    }
}
