//! A foreign price converted at a rate this user never paid.
//!
//! The row names a foreign amount, or the rate itself; what it cost in the account's own currency gives the rate,
//! and the rates of earlier rows say what is usual. Rates wander by a percent or two and banks add their share:
//! a rate several percent above all that went before is a conversion at the till or a mistake. Where no foreign
//! amount stands, a price that wobbles with the rate month by month is the history.

pub(super) mod quote;

use super::habit::Recent;
use super::history::{day, name};
use super::texts::Map;
use super::topics::Topic;
use super::{Flag, FlagKind, History};
use crate::ledger::Direction;
use crate::money::Currency;
use crate::text::Text;

/// Rates are kept in millionths.
const SCALE: f64 = 1_000_000.0;
/// Rates remembered: a year of a monthly price.
type Rates = Recent<12>;
/// Rates that make a history.
const ENOUGH: usize = 3;
/// From this share above the usual rate, in thousandths, a conversion is dear; from the second, far too dear.
const DEAR: i64 = 40;
const FAR: i64 = 60;
/// Of one rate or two days ago: no market moves so far, in thousandths, within so many seconds.
const JUST_NOW: i64 = 14 * 86_400;
const FAR_FROM_LATEST: i64 = 80;
const AGAINST_FEW: f64 = 0.74;
/// A wobbling price has this many charges, stays within this many thousandths of its middle, and jumps by more.
const WOBBLES: usize = 4;
const WOBBLE: i64 = 35;
const JUMP: i64 = 60;
/// Where only the country of the shop tells its currency, a rate further off, in thousandths, is of another one.
const OF_ANOTHER: i64 = 150;
/// Beyond it the price itself was raised, which is another matter.
const MOST: i64 = 400;

/// Rates and prices paid so far.
#[derive(Clone, Default)]
pub struct Paid {
    rates: Map<Currency, Rates>,
    rates_here: Map<(Currency, u32), Rates>,
    prices: Map<(u32, u32), (Rates, i64)>,
    /// When each currency was paid last.
    latest: Map<Currency, i64>,
}

/// Finds conversions that cost too much.
pub fn find(history: &History<'_>, past: &mut Paid) -> Vec<Flag> {
    let Paid { rates, rates_here, prices, latest } = past;
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        if history.row(i).direction != Direction::Out || !history.went_out(i) || line.amount == 0 {
            continue;
        }
        if let Some(Asked { foreign, rate, of_country }) = rate(history, i) {
            let all = rates.entry(foreign).or_default();
            let here = rates_here.entry((foreign, line.payee)).or_default();
            let usual = if here.len() >= ENOUGH { &*here } else { &*all };
            // Where rates drift upwards, what is usual lies between all that is remembered and the latest.
            let middle = usual.median().max(i64::midpoint(usual.median(), usual.last().unwrap_or(0)));
            let over = over(rate, middle);
            if of_country && usual.len() >= ENOUGH && over.abs() > OF_ANOTHER {
                continue;
            }
            let lately = latest.insert(foreign, line.at).is_some_and(|at| line.at - at <= JUST_NOW);
            let known = usual.len() >= ENOUGH;
            let dear = match known {
                true => over >= DEAR && over > 2 * spread(usual),
                false => lately && !of_country && usual.len() > 0 && (FAR_FROM_LATEST..MOST).contains(&over),
            };
            if dear {
                flags.push(explain_rate(history, i, foreign, [rate, middle, over], known));
            } else {
                // A rate that was too dear is no measure for the next.
                all.push(rate);
                here.push(rate);
            }
        } else if history.sign(i).is(Topic::Subscription) {
            let (prices, last) = prices.entry((line.payee, history.sign(i).item)).or_default();
            let over = over(line.amount, prices.median());
            let wobbles = prices.len() >= WOBBLES && (1..=WOBBLE).contains(&spread(prices));
            let monthly = (20..=40).contains(&((line.at - *last) / 86_400));
            if wobbles && monthly && (JUMP..MOST).contains(&over) {
                flags.push(explain_price(history, i, prices.median(), over));
            }
            prices.push(line.amount);
            *last = line.at;
        }
    }
    flags
}

/// What a shop asked for in its own money.
struct Asked {
    foreign: Currency,
    /// What one unit of it cost, in millionths.
    rate: i64,
    /// The row names the country and no currency.
    of_country: bool,
}

/// The rate at which row `i` was converted.
fn rate(history: &History<'_>, i: usize) -> Option<Asked> {
    let (foreign, rate, of_country) = converted(history, i)?;
    let sane = rate.is_finite() && rate > 0.0 && rate < 1e9;
    sane.then_some(Asked { foreign, rate: (rate * SCALE) as i64, of_country })
}

/// The foreign currency of row `i`, what one unit of it cost, and whether only its country names it.
fn converted(history: &History<'_>, i: usize) -> Option<(Currency, f64, bool)> {
    let (row, sign) = (history.row(i), history.sign(i));
    let own = row.amount;
    let units =
        |minor: i64, currency: Currency| minor as f64 / 10_f64.powi(currency.decimals().cast_signed());
    let paid = units(own.minor, own.currency);
    let stated = |(foreign, amount): (Currency, f64), of_country| (foreign, paid / amount, of_country);
    if own.currency != Currency::CNY {
        // The column names the foreign currency, the amount is in the account's own.
        let quoted =
            [&row.memo, &row.item].into_iter().find_map(|text| quote::amount(text, Some(own.currency)));
        if let Some((_, foreign)) = quoted.filter(|(_, foreign)| (foreign - paid).abs() > paid / 100.0) {
            return Some((own.currency, paid / foreign, false));
        }
        let moved = sign.balance.change().filter(|change| *change < 0 && -change != own.minor);
        let settled = moved.map(|change| -change as f64 / 100.0).or_else(|| {
            let quoted =
                [&row.item, &row.memo].into_iter().find_map(|text| quote::amount(text, Some(Currency::CNY)));
            quoted.map(|(_, amount)| amount)
        });
        let rate = match settled {
            Some(settled) => Some(settled / paid),
            None => [&row.item, &row.memo].into_iter().find_map(|text| quote::rate(text)),
        };
        // An account kept abroad, charged for what was asked in a third currency.
        let third = || quote::amount(&row.memo, None).filter(|(foreign, _)| *foreign != own.currency);
        return match rate {
            Some(rate) => Some((own.currency, rate, false)),
            None => third().map(|asked| stated(asked, false)),
        };
    }
    if !sign.says.has(Topic::Foreign) {
        return None;
    }
    let texts = [&row.item, &row.memo, &row.counterparty];
    let asked = texts.into_iter().find_map(|text| quote::amount(text, None));
    asked
        .map(|asked| stated(asked, false))
        .or_else(|| quote::at_the_place(&row.memo).map(|asked| stated(asked, true)))
}

/// By how many thousandths `value` stands above `usual`.
fn over(value: i64, usual: i64) -> i64 {
    let more = i128::from(value.saturating_sub(usual)) * 1000 / i128::from(usual.max(1));
    i64::try_from(more).unwrap_or(i64::MAX)
}

/// How far the values lie from their middle at most, in thousandths.
fn spread(values: &Rates) -> i64 {
    let middle = values.median();
    values.values().iter().map(|&value| over(value, middle).saturating_abs()).max().unwrap_or(0)
}

fn score(over: i64) -> f64 {
    if over >= FAR { 0.90 } else { 0.55 + 0.30 * (over - DEAR).max(0) as f64 / (FAR - DEAR) as f64 }
}

fn percent(thousandths: i64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

/// The rate, what it is compared with, and by how many thousandths it stands above that; whether that is `known` to be usual.
fn explain_rate(
    history: &History<'_>,
    i: usize,
    foreign: Currency,
    [rate, usual, over]: [i64; 3],
    known: bool,
) -> Flag {
    let row = history.row(i);
    let (who, at, paid, more) = (name(row), day(row.at), row.amount, percent(over));
    let four = |rate: i64| {
        let rounded = rate.saturating_add(50) / 100;
        format!("{}.{:04}", rounded / 10_000, rounded % 10_000)
    };
    let (rate, usual) = (four(rate), four(usual));
    let extra = i128::from(row.amount.minor) * i128::from(over) / i128::from(1000 + over);
    let extra = history.money(i, i64::try_from(extra).unwrap_or(i64::MAX).max(1));
    let explanation = Text::new(
        format!(
            "{} {}的 {paid} 按 1 {foreign} = {rate} 折算，{} {usual}，贵 {more}，多付约 {extra}。",
            at.zh,
            who.zh,
            if known { "您此前通常是" } else { "您几天前是" }
        ),
        format!(
            "The {paid} at {} on {} was converted at {rate} for 1 {foreign}; {} {usual}: {more} more, about \
             {extra}.",
            who.en,
            at.en,
            if known { "you usually paid" } else { "days before you paid" }
        ),
    );
    let score = if known { score(over) } else { AGAINST_FEW };
    history.flag(FlagKind::CurrencyOvercharge, score, &[i], extra, explanation, innocent())
}

fn explain_price(history: &History<'_>, i: usize, usual: i64, over: i64) -> Flag {
    let row = history.row(i);
    let (who, at, paid, more) = (name(row), day(row.at), row.amount, percent(over));
    let extra = history.money(i, row.amount.minor.saturating_sub(usual).max(1));
    let usual = history.money(i, usual);
    let explanation = Text::new(
        format!(
            "{}这项随汇率小幅变动的扣款在 {} 变成 {paid}，通常是 {usual} 左右，高出 {more}。",
            who.zh, at.zh
        ),
        format!(
            "What {} charges wobbles with the rate around {usual}; on {} it was {paid}, {more} more.",
            who.en, at.en
        ),
    );
    // A jump of a price may be the price; of a rate it may not.
    history.flag(FlagKind::CurrencyOvercharge, 0.62, &[i], extra, explanation, innocent())
}

fn innocent() -> Text {
    Text::new(
        "汇率确实大涨过，或这张卡换汇的费率本来就高。",
        "The rate did jump, or this card's conversion costs more by contract.",
    )
}
