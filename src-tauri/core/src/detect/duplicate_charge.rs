//! The same payment taken twice.
//!
//! A terminal is tapped again, an app retries a payment that had gone through, a shop books one order
//! twice: same payee, same amount, shortly one after the other, and nothing came back. The same merchant
//! order number on both leaves hardly a doubt; without it the amount must be more than a coffee and the
//! payee must not be one where this user pays twice in a row anyway. What a contract takes by itself is due once in its
//! period: days later it is still the same debt. Two telephones, two seats and two bills have other numbers.

mod bill;
mod on_card;

use self::bill::is_bill;
use super::habit::Recent;
use super::history::{Line, day_alone, name, stretch, when};
use super::phrase::{AUTOMATIC, BY_ITSELF, holds};
use super::texts::Map;
use super::topics::Topic;
use super::{Flag, FlagKind, History, SHOWN};
use crate::ledger::{Kind, Transaction};
use crate::text::Text;

/// Retries and double taps come within minutes, late ones within half an hour; later, the user more likely came
/// back for more.
const WINDOW: i64 = 30 * 60;
/// One order is one debt: charged again within days it is the same debt. A week apart it is a contract's number.
const ORDER_WINDOW: i64 = 6 * 86_400;
/// What renews by itself is due once in its period: within these days it is the same period.
const CONTRACT_WINDOW: i64 = 4 * 86_400;
/// A period is this long at least, and so many of them show that there is one contract and not two.
const PERIOD: i64 = 20 * 86_400;
const PERIODS: u16 = 3;
/// Digits that make an item name one order.
const ORDER_DIGITS: usize = 8;
/// Within this a person hardly pays a second basket: a double tap.
const DOUBLE_TAP: i64 = 60;
/// Up to this a retry is likelier than a second purchase; after the second, less and less so.
const RETRY: i64 = 2 * 60;
const SOON: i64 = 10 * 60;
/// A basket of the same weight to the fen is hardly filled again within this; a delivery is ordered twice, for two.
const BASKET: i64 = 5 * 60;
const DELIVERED: &[&str] = &["外卖", "配送", "跑腿", "delivery"];
/// ¥40: coffees, breakfasts and rides are bought in twos.
const SMALL: i64 = 4_000;
/// ¥200.
const LARGE: i64 = 20_000;
/// ¥5: nothing below is worth a call.
const LEAST: i64 = 500;
/// Fainter than this is a coffee for a friend: not even ranked.
const FAINT: f64 = 0.12;
/// ¥200: smaller sums go to friends in pieces.
const TRANSFER: i64 = 20_000;
/// Amounts of a payee remembered: whether this one is the fixed price of something.
const PRICES: usize = 24;
/// A payee's amounts are known after so many rows; an amount seen in this share of them is a fixed price.
const KNOWN: usize = 4;
const FIXED_PERCENT: usize = 25;
/// By itself: amounts vary here and this one was never paid before; a payee hardly known; a fixed price.
const ODD: f64 = 0.78;
const UNKNOWN: f64 = 0.62;
const FIXED: f64 = 0.34;
/// What renews by itself and was paid before, at any price.
const CONTRACT: f64 = 0.74;
/// A double tap is surer; minutes later, less sure; different order numbers speak for two purchases.
const TAPPED: f64 = 0.10;
const LATER: f64 = 0.08;
const MUCH_LATER: f64 = 0.16;
const TWO_ORDERS: f64 = 0.12;
const TWO_BASKETS: f64 = 0.30;
/// An amount with odd cents is seldom charged twice by chance.
const ODD_CENTS: f64 = 0.06;
/// A small amount, a thing that is bought in twos, and each time the user paid twice here before keep so much.
const SMALL_KEEPS: f64 = 0.62;
/// What is sold by weight comes to the same fen twice by chance hardly ever; a discount makes a coffee's price as odd.
const TINY: i64 = 2_000;
const SMALL_WEIGHED_KEEPS: f64 = 0.85;
const IN_TWOS_KEEP: f64 = 0.60;
const HABIT_KEEPS: f64 = 0.35;
/// So many that were told and never came back are a habit as well.
const TOLD_ENOUGH: u32 = 3;
/// Two payments that say two things, or for whom in the family, were made by somebody who meant both.
const TWO_MEMOS_KEEP: f64 = 0.55;
const FOR_FAMILY: &[&str] =
    &["孩子", "儿子", "女儿", "老婆", "老公", "爱人", "妈", "爸", "爷爷", "奶奶", "外公", "外婆", "家人"];

/// What sells many things under one number.
const MACHINES: &[&str] = &["设备", "货道", "货柜", "终端", "收银", "POS"];
/// What is booked for a day.
const ONE_NIGHT: &[&str] = &["入住", "大床房", "双床房", "标准间", "单人间", "check-in", "1 night"];
/// One a person, bought one after another: two are told only where one order was charged twice, a third is told.
const TICKETS: &[&str] =
    &["门票", "车票", "机票", "船票", "影票", "演出票", "入园票", "人票", "童票", "生票", "ticket"];
const TICKETS_WITHIN: i64 = 10 * 60;
const TWO_TICKETS: f64 = 0.30;
/// One order in two parts.
const PARTS: &[&[&str]] = &[
    &["定金", "订金", "首付", "首款", "预付", "第一笔", "deposit"],
    &["尾款", "余款", "第二笔", "补款", "balance due", "final payment"],
];

/// A charge.
#[derive(Clone)]
struct Latest {
    row: usize,
    /// Charges of this sum before it that each came a period after the one before.
    periods: u16,
    /// The run it belongs to.
    run: Option<Box<Run>>,
}

/// Charges so far.
#[derive(Clone, Default)]
pub struct Past {
    /// The latest charge of each amount at each payee, with the run it belongs to.
    last: Map<(u32, i64), Latest>,
    /// How often the user paid twice at a payee and meant it: what was told as one charge too many is no habit.
    twice_here: Map<u32, u32>,
    /// How often one charge too many was told there: whoever never gets one back pays twice anyway.
    told_here: Map<u32, u32>,
    prices: Vec<Recent<PRICES>>,
    on_card: on_card::OnCard,
}

/// Charges of one amount at one payee, each within the window after the one before.
#[derive(Clone)]
struct Run {
    rows: Vec<usize>,
    same_order: bool,
    score: f64,
}

/// Finds runs of equal charges; a run is told anew with each charge that joins it.
pub fn find(history: &History<'_>, past: &mut Past) -> Vec<Flag> {
    if history.hindsight {
        history.fresh().for_each(|(i, _)| past.on_card.note(history, i));
    }
    let Past { last, twice_here, told_here, prices, .. } = past;
    prices.resize(history.payees, Recent::default());
    let mut flags = Vec::new();
    for (i, line) in history.spending().filter(|(i, line)| may_repeat(history, *i, line)) {
        let latest = Latest { row: i, periods: 0, run: None };
        let Some(Latest { row: before, periods, run }) = last.insert((line.payee, line.amount), latest)
        else {
            prices[line.payee as usize].push(line.amount);
            continue;
        };
        let Some(same_order) = again(history, before, i, periods) else {
            prices[line.payee as usize].push(line.amount);
            let apart = line.at - history.lines[before].at >= PERIOD;
            let periods = if apart { periods.saturating_add(1) } else { 0 };
            last.insert((line.payee, line.amount), Latest { row: i, periods, run: None });
            continue;
        };
        let twice = twice_here.get(&line.payee).copied().unwrap_or(0);
        let prices = &prices[line.payee as usize];
        let score = score(history, before, i, &Known { same_order, prices, twice, periods });
        let innocent = score < SHOWN;
        let run = match run {
            Some(mut run) => {
                run.rows.push(i);
                run.same_order &= same_order;
                Some(run)
            }
            None => (score > FAINT).then(|| Box::new(Run { rows: vec![before, i], same_order, score })),
        };
        flags.extend(run.as_deref().and_then(|run| judge(history, run)));
        last.insert((line.payee, line.amount), Latest { row: i, periods: 0, run });
        if !same_order {
            let told = told_here.entry(line.payee).or_default();
            if innocent || *told >= TOLD_ENOUGH {
                *twice_here.entry(line.payee).or_default() += 1;
            } else {
                *told += 1;
            }
        }
    }
    flags
}

/// Charges that a card shows more often than the wallet before it.
pub fn waited(history: &History<'_>, past: &Past, flags: &mut Vec<Flag>) {
    past.on_card.tell(history, flags);
}

/// Whether the row is of a kind that can be charged twice by mistake.
fn may_repeat(history: &History<'_>, i: usize, line: &Line) -> bool {
    matches!(line.kind, Kind::Purchase | Kind::TransferOut | Kind::Fee | Kind::Other)
        && line.kept == line.amount
        && line.amount >= LEAST
        && history.sign(i).named
        && history.went_out(i)
        && !history.is_own(i)
        // The balance shows that nothing was taken.
        && !(history.sign(i).moves && history.sign(i).balance.change() == Some(0))
}

/// Whether `i` repeats `before`; if so, whether both name the same order.
fn again(history: &History<'_>, before: usize, i: usize, periods: u16) -> Option<bool> {
    let (a, b) = (history.row(before), history.row(i));
    let gap = history.lines[i].at - history.lines[before].at;
    if gap > ORDER_WINDOW
        || a.kind != b.kind
        // A payment noted by hand and read from a statement later is one payment.
        || a.source.is_some() != b.source.is_some()
        // The first went back: it was paid again, not twice.
        || went_back(history, before, i)
        || history.sign(before).says.has(Topic::FamilyCard)
        || history.sign(i).says.has(Topic::FamilyCard)
    {
        return None;
    }
    let same = |a: &str, b: &str| a.trim().len() > 4 && a.trim() == b.trim();
    // What is bought may be named by its number, an order's or a journey's; a machine's stands on all it sells.
    let item = || {
        let digits = a.item.bytes().filter(u8::is_ascii_digit).count();
        same(&a.item, &b.item) && digits >= ORDER_DIGITS && !holds(&a.item, MACHINES)
    };
    // Two telephones, two seats, two households.
    let numbers = |of: usize| history.row(of).item.bytes().filter(|c| c.is_ascii_digit() || *c == b'*');
    if !numbers(before).eq(numbers(i)) {
        return None;
    }
    let part =
        |row: &Transaction| PARTS.iter().position(|words| holds(&row.item, words) || holds(&row.memo, words));
    if part(a).is_some() && part(b).is_some() && part(a) != part(b) {
        return None;
    }
    if same(&a.merchant_order_no, &b.merchant_order_no) || same(&a.order_no, &b.order_no) || item() {
        return Some(true);
    }
    let contract = periods >= PERIODS && renews(history, before) && renews(history, i);
    let window = match contract {
        _ if is_bill(b) => ORDER_WINDOW,
        true => CONTRACT_WINDOW,
        false => WINDOW,
    };
    (gap <= window && history.sign(before).item == history.sign(i).item).then_some(false)
}

/// Whether all of charge `before` came back, or was announced to, ahead of row `i`.
fn went_back(history: &History<'_>, before: usize, i: usize) -> bool {
    let amounts = history.returns(before, i).iter().map(|&row| history.lines[row].amount);
    amounts.fold(0, i64::saturating_add) >= history.lines[before].amount
}

/// Whether the row is what a contract takes by itself for a period.
fn renews(history: &History<'_>, i: usize) -> bool {
    let (row, sign) = (history.row(i), history.sign(i));
    let by_itself = holds(&row.item, AUTOMATIC) || holds(&row.item, BY_ITSELF);
    sign.is(Topic::Subscription)
        && (by_itself || history.is_automatic(i))
        && !sign.is_any(&[Topic::Metered, Topic::Repeated])
}

/// What is known of two equal charges beside the rows themselves.
struct Known<'a> {
    same_order: bool,
    prices: &'a Recent<PRICES>,
    /// How often the user paid twice here before.
    twice: u32,
    /// See [`Latest`], of the first of the two.
    periods: u16,
}

/// How likely two equal charges are one charge too many; 0 where they are not worth a thought.
fn score(history: &History<'_>, before: usize, i: usize, known: &Known<'_>) -> f64 {
    let &Known { same_order, prices, twice, periods } = known;
    if same_order {
        return 0.95;
    }
    let (line, sign) = (&history.lines[i], history.sign(i));
    let gap = line.at - history.lines[before].at;
    let said = history.sign(before).memo != sign.memo || holds(&history.row(i).memo, FOR_FAMILY);
    if periods >= PERIODS && renews(history, i) && twice == 0 && !said {
        return CONTRACT;
    }
    if is_bill(history.row(i)) && !said {
        return bill::score(line.amount);
    }
    // What is sold again and again has a round price; a large sum with odd cents is something else.
    if sign.is(Topic::Repeated) && (line.amount < SMALL || line.amount % 100 == 0) {
        return 0.0;
    }
    let shop = !history.row(i).merchant_order_no.trim().is_empty();
    if !shop && sign.says.has(Topic::SplitBill) {
        return 0.0;
    }
    let transfer = history.sends(i);
    if transfer && (line.amount < TRANSFER || sign.is(Topic::Gift)) {
        return 0.0;
    }
    // The first of the two stands among the prices.
    let equal = prices.values().iter().filter(|&&price| price == line.amount).count().saturating_sub(1);
    let others = prices.len().saturating_sub(1);
    let mut score = match others {
        ..KNOWN => UNKNOWN,
        _ if equal * 100 >= others * FIXED_PERCENT => FIXED,
        _ => ODD,
    };
    if gap <= DOUBLE_TAP {
        score += TAPPED;
    } else if gap > RETRY {
        score -= if gap > SOON { MUCH_LATER } else { LATER };
    }
    // What is weighed out comes to another sum each time.
    let weighed = equal == 0 && line.amount % 10 != 0;
    let orders = [before, i].map(|row| history.row(row).merchant_order_no.trim());
    if orders.iter().all(|order| order.len() > 4) {
        // A large sum with odd cents is no basket that one fills twice; and one room is booked for one night, though
        // two are at times.
        let odd = line.amount >= LARGE && line.amount % 100 != 0;
        let night = holds(&history.row(i).item, ONE_NIGHT);
        let basket =
            others >= KNOWN && weighed && line.amount >= SMALL && !holds(&history.row(i).item, DELIVERED);
        score -= match gap {
            _ if odd && gap <= SOON => 0.0,
            _ if gap <= RETRY || night && gap <= SOON || basket && gap <= BASKET => TWO_ORDERS,
            _ => TWO_BASKETS,
        };
    }
    if line.amount % 100 != 0 {
        score += ODD_CENTS;
    }
    if line.amount < SMALL {
        score *=
            if others >= KNOWN && weighed && line.amount >= TINY { SMALL_WEIGHED_KEEPS } else { SMALL_KEEPS };
        if sign.is(Topic::InTwos) {
            score *= IN_TWOS_KEEP;
        }
    }
    if transfer {
        score = score.min(0.55);
    }
    if said {
        score *= TWO_MEMOS_KEEP;
    }
    score * HABIT_KEEPS.powi(twice.min(3).cast_signed())
}

fn judge(history: &History<'_>, run: &Run) -> Option<Flag> {
    let (&first, &last) = (run.rows.first()?, run.rows.last()?);
    let (line, row) = (&history.lines[last], history.row(last));
    let times = i64::try_from(run.rows.len()).ok()?;
    let gap = line.at - history.lines[first].at;
    // A sum sent in equal pieces is cut up on purpose, mostly because of limits; the second piece cannot tell
    // that yet, and the third takes it back.
    let pieces = history.hindsight && line.kind == Kind::TransferOut && times > 2 && !run.same_order;
    let extra = history.money(last, line.amount.saturating_mul(times - 1));
    let (who, start, between) = (name(row), when(history.row(first).at), stretch(gap));
    let proof = match (run.same_order, row.item.trim()) {
        (true, _) => Text::new("，订单号相同", ", under the same order number"),
        (false, "") => Text::default(),
        (false, item) => Text::new(format!("，商品都是「{item}」"), format!(", each for “{item}”")),
    };
    let often = if times == 2 { "twice".to_owned() } else { format!("{times} times") };
    let day = day_alone(history.row(first).at) || day_alone(row.at);
    let span = match (day, gap) {
        (true, 0) => Text::new(format!("{} 同一天", start.zh), format!("on {}", start.en)),
        (true, _) => {
            let end = when(row.at);
            Text::new(format!("{} 到 {}", start.zh, end.zh), format!("from {} to {}", start.en, end.en))
        }
        (false, 0) => Text::new(format!("{} 同一秒", start.zh), format!("in one second, on {}", start.en)),
        (false, _) => Text::new(
            format!("{} 起 {}内", start.zh, between.zh),
            format!("within {} from {}", between.en, start.en),
        ),
    };
    let explanation = Text::new(
        format!(
            "{}，{}收了 {times} 次 {}{}。如果只该付一次，多付的是 {extra}。",
            span.zh, who.zh, row.amount, proof.zh
        ),
        format!(
            "{} took {} {often} {}{}. If one was due, {extra} was paid too much.",
            who.en, row.amount, span.en, proof.en
        ),
    );
    let innocent = Text::new(
        "您确实买了两份，或替别人也付了一份。",
        "You bought two, or paid for someone else as well.",
    );
    let mut rows: Vec<usize> = run.rows.clone();
    rows.reverse();
    let ticket =
        || [&row.item, &row.memo, &row.category].iter().any(|text| holds(&text.to_lowercase(), TICKETS));
    let tickets = !run.same_order && gap <= TICKETS_WITHIN && ticket();
    let score = match times {
        _ if pieces => 0.0,
        2 if tickets => run.score.min(TWO_TICKETS),
        _ => run.score,
    };
    let flag = history.flag(FlagKind::DuplicateCharge, score, &rows, extra, explanation, innocent);
    // It is known with the second charge, or the third ticket; one more only makes it larger.
    let known = if tickets && times > 2 { run.rows[2] } else { run.rows[1] };
    Some(Flag { known: history.row(known).id, ..flag })
}

#[cfg(test)]
mod tests {
    use crate::detect::jotted::shown;

    #[test]
    fn a_machines_number_on_all_it_sells_is_no_orders() {
        let twice = |item: &str| {
            shown(&format!(
                "2026-02-02 12:52 buy 45.00 某在线; item {item}; mo MT66668712\n2026-02-02 12:54 buy 45.00 某在线; item {item}; mo 8137693644"
            ))
        };
        assert!(twice("自动售货机-设备17419760 货道05").is_empty());
        assert_eq!(twice("快车-行程61601309"), ["2 duplicate-charge"]);
    }

    #[test]
    fn the_two_parts_of_an_order_are_no_payment_twice() {
        let twice = |first: &str, second: &str| {
            shown(&format!(
                "2025-10-18 21:34 buy 100.00 某旗舰店; item {first}; mo 899844997682239119\n\
                 2025-10-18 23:50 buy 100.00 某旗舰店; item {second}; mo 899844997682239119"
            ))
        };
        assert!(twice("纯棉T恤 定金", "纯棉T恤 尾款").is_empty());
        assert_eq!(twice("纯棉T恤", "纯棉T恤"), ["2 duplicate-charge"]);
    }

    #[test]
    fn two_tickets_are_for_two_people_unless_one_order_was_charged_twice() {
        let ticket = |minute: u32, order: &str| {
            format!("2025-10-18 10:{minute:02} buy 354.00 某票务; item 火车票 二等座; mo {order}\n")
        };
        let one = "899844997682239119";
        let two = ticket(1, "899844997682239120");
        assert!(shown(&(ticket(1, one) + &two)).is_empty());
        assert_eq!(shown(&(ticket(1, one) + &ticket(1, one))), ["2 duplicate-charge"]);
        let three = ticket(1, one) + &two + &ticket(2, "899844997682239121");
        assert_eq!(shown(&three), ["3 duplicate-charge"]);
        let other = ticket(1, one).replace("火车票 二等座", "跨境支付");
        assert_eq!(
            shown(&(other.clone() + &other.replace(one, "899844997682239120"))),
            ["2 duplicate-charge"]
        );
    }

    #[test]
    fn two_orders_minutes_apart_are_two_baskets() {
        let known: String = [31.2, 28.9, 45.6, 39.1, 33.7]
            .iter()
            .zip(1..)
            .map(|(price, day)| {
                format!(
                    "2025-07-{day:02} 12:00 buy {price:.2} 外卖平台; item 订单-砂锅; mo 26071922{day}0012\n"
                )
            })
            .collect();
        let twice = |minute: u32, second: &str| {
            shown(&format!(
                "{known}2025-07-19 11:32 buy 52.27 外卖平台; item 订单-砂锅; mo 260719220012\n\
                 2025-07-19 11:{minute} buy 52.27 外卖平台; item 订单-砂锅; mo {second}"
            ))
        };
        assert!(twice(39, "260719220099").is_empty());
        let large = |item: &str, price: &str| {
            shown(&format!(
                "2025-07-19 11:32 buy {price} 某店; item {item}; mo 260719220012\n                 2025-07-19 11:36 buy {price} 某店; item {item}; mo 260719220099"
            ))
        };
        assert_eq!(large("", "5182.48"), ["2 duplicate-charge"], "no basket one fills twice");
        assert!(large("", "52.48").is_empty());
        assert!(large("", "5182.00").is_empty());
        assert_eq!(twice(39, "260719220012"), ["7 duplicate-charge"]);
    }
}
