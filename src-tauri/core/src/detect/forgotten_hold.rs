//! Money held and never let go.
//!
//! A hotel, a rental car or a platform freezes an amount and should release it. A hold that is listed as held after
//! what it secured is over or the promised day is past, one left behind where the payee puts a new one, and one of which a part came back without a word why, is
//! asked about; with all rows at hand, so is a hold without its release after a month. On the day of the hold itself,
//! what became of this user's earlier holds is all that can be said, which ranks it and no more. Holds that were
//! released, or turned into the payment, stay quiet.

mod told;
mod words;

use super::foresight::{Forms, Prior};
use super::history::order_number;
use super::reach::Reach;
use super::texts::Map;
use super::topics::Topic;
use super::{Flag, History};
use crate::ledger::Transaction;
use std::collections::{HashSet, VecDeque};
pub use told::says_hold_stays;
use told::{State, Told};
use words::*;

/// Card schemes let a pre-authorisation lapse within 30 days.
const FAIR_WAIT: i64 = 30 * 86_400;
/// After so long nobody is going to release it by himself.
const LONG_WAIT: i64 = 60 * 86_400;
/// ¥10.
const LEAST: i64 = 1_000;
/// ¥5: a part of a hold that is not let go.
const LEAST_PART: i64 = 500;
/// Open holds remembered at a payee.
const REMEMBERED: usize = 16;
/// On the day: a hold, and a deposit, which mostly comes back; neither is shown for that.
const HOLD: Prior = Prior { trouble: 0.35, good: 0.9 };
const DEPOSIT: Prior = Prior { trouble: 0.15, good: 1.2 };
const ON_THE_DAY: f64 = 0.45;
/// It should have been let go; a part came back, and nothing says why; listed again while it runs, or soon.
const DUE: f64 = 0.86;
const PART: f64 = 0.80;
const LEFT: f64 = 0.70;
const AGAIN: f64 = 0.20;
/// Where the use was paid for, two weeks are enough to let go.
const AFTER_USE: i64 = 14 * 86_400;
/// A power bank, a bicycle or a room is given back within this, and its deposit with it.
const SHORT_USE: i64 = 18 * 86_400;
/// A part is let go when the bill is paid, minutes before it or a day.
const WITH_ITS_BILL: i64 = 86_400;
/// All of it was taken, though its use had been paid for.
const TAKEN: f64 = 0.76;

/// What was paid at the payee of a hold since: in all, and last.
#[derive(Clone, Copy, Default)]
struct Paid {
    sum: i64,
    last: i64,
    /// The day on which it was paid last.
    day: i64,
    /// It was the whole bill.
    settled: bool,
}

impl Paid {
    /// Whether it was paid out of the hold: what is missing of that.
    fn is(self, missing: i64) -> bool {
        [self.sum, self.last].iter().any(|paid| paid.abs_diff(missing) < LEAST_PART.unsigned_abs())
    }
}

/// A hold of which only a part was let go.
#[derive(Clone, Copy)]
struct Part {
    hold: usize,
    by: usize,
    missing: i64,
}

/// Holds so far.
#[derive(Clone, Default)]
pub struct Holds {
    /// Open ones at each payee, the latest last.
    open: Map<u32, VecDeque<usize>>,
    /// Those with an order's number.
    numbered: Map<String, usize>,
    /// The row that released each, and what was paid at its payee since.
    released: Map<usize, usize>,
    paid: Map<usize, Paid>,
    /// The day by which a hold that is on its way back should be there.
    leaving: Map<usize, i64>,
    holds: Vec<usize>,
    reach: Reach,
    /// Whether rows of holds say more than their sum here: where none does, a part without a word is no silence.
    spoken: bool,
    /// Holds that were told about already.
    told: HashSet<usize>,
    /// The latest hold of each payee of which a part was let go without a word.
    parts: Map<u32, Part>,
    /// Rows that let a part go, where another row let the rest go later.
    whole: HashSet<usize>,
    /// Rows that say they were let go where nothing was held before them.
    otherwise: u32,
    forms: Forms<bool>,
}

impl Holds {
    /// The open hold that row `i` is about: of its order, or of its payee and amount.
    fn find(&self, history: &History<'_>, i: usize) -> Option<usize> {
        let of_order = orders(history.row(i)).find_map(|order| self.numbered.get(order).copied());
        of_order.filter(|hold| !self.released.contains_key(hold)).or_else(|| {
            let line = &history.lines[i];
            let alike = |&&hold: &&usize| history.lines[hold].amount == line.amount;
            self.open.get(&line.payee)?.iter().rev().find(alike).copied()
        })
    }

    fn open(&mut self, history: &History<'_>, i: usize) {
        let here = self.open.entry(history.lines[i].payee).or_default();
        if here.len() == REMEMBERED {
            here.pop_front();
        }
        here.push_back(i);
        for order in orders(history.row(i)) {
            self.numbered.insert(order.to_owned(), i);
        }
        self.holds.push(i);
    }

    /// Row `i` paid for what the latest hold of its payee secures.
    fn pay(&mut self, history: &History<'_>, i: usize) {
        let line = &history.lines[i];
        if let Some(&hold) = self.open.get(&line.payee).and_then(VecDeque::back) {
            let paid = self.paid.entry(hold).or_default();
            let settled = paid.settled || told::is_settling(history, i);
            let day = i64::from(history.sign(i).day);
            *paid = Paid { sum: paid.sum.saturating_add(line.amount), last: line.amount, day, settled };
        }
    }

    fn close(&mut self, history: &History<'_>, hold: usize, by: usize) {
        self.released.insert(hold, by);
        if let Some(open) = self.open.get_mut(&history.lines[hold].payee) {
            open.retain(|&other| other != hold);
        }
    }
}

/// What can be said of a hold on its day. With all rows at hand [`waited`] says more.
pub fn find(history: &History<'_>, past: &mut Holds) -> Vec<Flag> {
    let mut flags = Vec::new();
    for (i, line) in history.fresh() {
        past.reach.note(history, i);
        if told::says_hold_stays(history, i) {
            flags.extend(billed(history, i, past));
            continue;
        }
        match told::of(history, i) {
            Told::LetGo => flags.extend(let_go(history, i, past)),
            Told::Leaving => flags.extend(leaving(history, i, past)),
            Told::Held if line.amount >= LEAST => flags.extend(held(history, i, past)),
            _ => {
                let Some(open) = past.open.get(&line.payee) else { continue };
                if let Some(&hold) =
                    open.iter().rev().find(|&&hold| history.lines[hold].amount == line.amount)
                {
                    // The hold became the payment.
                    flags.extend(taken(history, i, hold, past));
                    past.close(history, hold, i);
                } else if line.spent {
                    past.pay(history, i);
                }
            }
        }
    }
    flags
}

/// Row `i` let something go: whether it was all.
fn let_go(history: &History<'_>, i: usize, past: &mut Holds) -> Option<Flag> {
    let (row, line, sign) = (history.row(i), &history.lines[i], history.sign(i));
    past.spoken |= !row.memo.trim().is_empty();
    let named = sign.is(Topic::Release) || sign.state.has(Topic::Release);
    let found = past.find(history, i).or_else(|| {
        // Without a number a part is known by its payee alone, and is no small one. A wallet numbers each of its rows.
        let larger = |&&hold: &&usize| {
            let held = history.lines[hold].amount;
            held >= line.amount && line.amount.saturating_mul(3) >= held
        };
        let alone = named && history.merchant_order(i).is_none();
        past.open.get(&line.payee).filter(|_| alone)?.iter().rev().find(larger).copied()
    });
    let Some(hold) = found else {
        let rest = |part: &&Part| part.missing.abs_diff(line.amount) < LEAST_PART.unsigned_abs();
        match past.parts.get(&line.payee).filter(rest) {
            Some(part) => _ = past.whole.insert(part.by),
            None => past.otherwise += u32::from(named),
        }
        return None;
    };
    let captured = taken(history, i, hold, past);
    past.close(history, hold, i);
    if captured.is_some() {
        return captured;
    }
    let missing = history.lines[hold].amount.saturating_sub(line.amount);
    let paid = past.paid.get(&hold).copied().unwrap_or_default();
    let explained = missing < LEAST_PART || paid.is(missing) || !named || told::is_explained(history, i);
    // Where the use was paid for by itself, a part that stays is something else.
    let spoken = past.spoken || paid.sum > 0;
    if explained || !spoken {
        return None;
    }
    past.parts.insert(line.payee, Part { hold, by: i, missing });
    Some(explain_part(history, hold, i, missing))
}

/// Row `i` says that a hold is on its way back: whether it should be there by now.
fn leaving(history: &History<'_>, i: usize, past: &mut Holds) -> Option<Flag> {
    let Some(hold) = past.find(history, i) else {
        return told::is_stuck(history, i).then(|| explain_unanswered(history, i));
    };
    let by = told::there_by(history, i);
    let wait = history.lines[i].at - history.lines[hold].at;
    let late = *past.leaving.entry(hold).or_insert(by) < i64::from(history.sign(i).day);
    let today = i64::from(history.sign(i).day);
    let over = told::over(history, hold).is_some_and(|day| today - day > told::LEAVING_DAYS);
    let long = wait >= SHORT_USE && (over || told::is_short_use(history, hold));
    if !late && !long && !told::is_stuck(history, i) {
        return None;
    }
    past.told.extend([hold, i]);
    Some(explain_due(history, i, Some(hold), wait))
}

/// Bill `i` says that what was held for it stays, or what is left of it.
fn billed(history: &History<'_>, i: usize, past: &mut Holds) -> Option<Flag> {
    let line = &history.lines[i];
    let part =
        past.parts.get(&line.payee).filter(|part| line.at - history.lines[part.by].at <= WITH_ITS_BILL);
    if let Some(&part) = part {
        return Some(explain_rest(history, i, part));
    }
    let hold = past.open.get(&line.payee).and_then(|open| open.back().copied());
    past.pay(history, i);
    let untold = hold.is_none_or(|hold| !past.told.contains(&hold));
    past.told.extend(hold);
    untold.then(|| explain_billed(history, i, hold))
}

/// Row `i` lists a hold, for the first time or again.
fn held(history: &History<'_>, i: usize, past: &mut Holds) -> Option<Flag> {
    past.spoken |= !history.row(i).memo.trim().is_empty();
    if told::is_capture(history, i) {
        let Some(hold) = past.find(history, i) else {
            // A part was taken: what it leaves is let go in another row.
            past.pay(history, i);
            return None;
        };
        let flag = taken(history, i, hold, past);
        past.close(history, hold, i);
        return flag;
    }
    let first = past.find(history, i).filter(|&first| !is_another(history, i, first));
    // Without a number the same sum at the same payee may be held anew.
    let numbered = first.is_some_and(|first| history.merchant_order(i) == history.merchant_order(first))
        && history.merchant_order(i).is_some();
    let sure = numbered || first.is_some_and(|first| told::is_same(history, first, i));
    let state = match told::state(history, i, first, sure) {
        State::Unsaid if sure && first.is_some_and(|first| is_over(history, i, first, past)) => State::Due,
        State::Unsaid
            if sure && first.is_some_and(|first| in_time(history, i, first, past) == Some(false)) =>
        {
            State::Due
        }
        State::Due if first.is_some_and(|first| in_time(history, i, first, past) == Some(true)) => {
            State::Running
        }
        // Nobody holds on to it for longer after the bill was paid.
        State::Unsaid | State::Running
            if told::is_renewed(history, i)
                && first.is_some_and(|first| past.paid.get(&first).is_some_and(|paid| paid.settled)) =>
        {
            State::Due
        }
        state => state,
    };
    let first = first.filter(|_| sure || state == State::Due || told::goes_on(history, i));
    match (first, state) {
        (_, State::Due) => {
            if first.is_none() {
                past.open(history, i);
            }
            past.told.extend([first.unwrap_or(i), i]);
            let wait = history.lines[i].at - history.lines[first.unwrap_or(i)].at;
            Some(explain_due(history, i, first, wait))
        }
        (Some(_), _) => (!history.hindsight).then(|| explain(history, i, AGAIN, None)),
        (None, _) => {
            let left = forgotten(history, i, past);
            past.open(history, i);
            if let Some(left) = left {
                past.told.insert(left);
                let wait = history.lines[i].at - history.lines[left].at;
                return Some(explain_left(history, i, left, wait));
            }
            (!history.hindsight).then(|| foreseen(history, i, past))
        }
    }
}

/// An earlier hold at the payee of row `i`, which puts a new one: what it secured was paid for weeks ago, and it is not
/// released, where this user's files list releases.
fn forgotten(history: &History<'_>, i: usize, past: &Holds) -> Option<usize> {
    let listed = past.released.keys().any(|&hold| history.lines[hold].wallet == history.lines[i].wallet);
    let open = past.open.get(&history.lines[i].payee).filter(|_| listed)?;
    // What is used for hours or days is over long before.
    let long = |hold: usize| history.lines[i].at - history.lines[hold].at >= SHORT_USE;
    let over =
        |hold: usize| is_over(history, i, hold, past) || long(hold) && told::is_short_use(history, hold);
    open.iter().copied().find(|&hold| !past.told.contains(&hold) && over(hold))
}

/// Whether row `i` lists hold `first` within the days after the bill that the hold itself promised, where it did.
fn in_time(history: &History<'_>, i: usize, first: usize, past: &Holds) -> Option<bool> {
    let billed = past.paid.get(&first).filter(|paid| paid.sum > 0);
    let days = billed.and(told::days_after_use(history, first));
    billed.zip(days).map(|(paid, days)| i64::from(history.sign(i).day) <= paid.day + days)
}

/// Whether what hold `first` secured was paid for, and it is still listed in row `i` weeks later.
fn is_over(history: &History<'_>, i: usize, first: usize, past: &Holds) -> bool {
    let paid = past.paid.get(&first).is_some_and(|paid| paid.sum > 0);
    paid && history.lines[i].at - history.lines[first].at >= AFTER_USE
}

/// Row `i` turned all of a hold into a payment: whether what it secured had been paid for already, or costs a few yuan, as a
/// power bank does for an hour.
fn taken(history: &History<'_>, i: usize, hold: usize, past: &Holds) -> Option<Flag> {
    let paid = past.paid.get(&hold).map(|paid| paid.sum).filter(|sum| *sum > 0);
    let all = history.lines[hold].amount == history.lines[i].amount;
    let strange = paid.is_some() || told::is_by_the_hour(history, hold);
    (strange && all && told::is_capture(history, i) && !told::is_owed(history, i))
        .then(|| explain_taken(history, hold, i, paid))
}

/// Whether rows `i` and `j` say that they are of two orders.
fn is_another(history: &History<'_>, i: usize, j: usize) -> bool {
    let orders = [i, j].map(|row| history.merchant_order(row));
    orders[0] != orders[1] && orders.iter().all(Option::is_some)
}

/// The numbers of the order, the merchant's first; a wallet's own without the count behind it.
fn orders(row: &Transaction) -> impl Iterator<Item = &str> {
    let own = row.order_no.trim();
    let own = own.split_once('_').map_or(own, |(order, _)| order);
    [row.merchant_order_no.as_str(), own].into_iter().filter_map(order_number)
}

/// Holds that nothing released in a fair time, as far as their own wallet's files tell.
pub fn waited(history: &History<'_>, past: &Holds, flags: &mut Vec<Flag>) {
    // What a bill said of its hold is over once the hold was let go, and what was said of a part once the rest was. The bill
    // that says the rest stays tells of the part as well.
    flags.retain(|flag| !flag.places.iter().any(|&place| past.whole.contains(&(place as usize))));
    let billed: HashSet<u32> =
        flags.iter().filter(|flag| flag.places.len() == 3).map(|flag| flag.places[1]).collect();
    flags.retain(|flag| flag.places.len() == 3 || !billed.contains(&flag.places[0]));
    flags.retain(|flag| {
        let [bill, hold] = flag.places[..] else { return true };
        !(past.released.contains_key(&(hold as usize)) && told::says_hold_stays(history, bill as usize))
    });
    let end = |i: usize| past.reach.after(history, i).timestamp();
    let over = |i: usize| told::over(history, i).is_none_or(|day| end(i) - day * 86_400 >= AFTER_USE);
    let promised = |i: usize| told::promised(history, i).is_none_or(|day| end(i) >= (day + 1) * 86_400);
    let late = |&&i: &&usize| {
        !past.released.contains_key(&i)
            && !past.told.contains(&i)
            && end(i) - history.lines[i].at >= FAIR_WAIT
            && over(i)
            && promised(i)
    };
    let flag = |&i: &usize| {
        let wait = end(i) - history.lines[i].at;
        explain(history, i, if wait >= LONG_WAIT { 0.84 } else { 0.72 }, Some(wait))
    };
    let open = |&&i: &&usize| history.returns(i, usize::MAX).is_empty();
    flags.extend(past.holds.iter().filter(late).filter(open).map(flag));
}

fn foreseen(history: &History<'_>, i: usize, past: &mut Holds) -> Flag {
    let Holds { released, otherwise, forms, .. } = past;
    let deposit = history.sign(i).is(Topic::Deposit);
    let ended = |hold: usize| match released.get(&hold) {
        Some(&by) if by <= i => Some(true),
        _ if history.lines[i].at - history.lines[hold].at > FAIR_WAIT => Some(false),
        _ => None,
    };
    let chance = forms.chance(deposit, i, if deposit { DEPOSIT } else { HOLD }, *otherwise, ended);
    explain(history, i, chance.min(ON_THE_DAY), None)
}

#[cfg(test)]
mod tests {
    use crate::detect::jotted::{shown, shown_in_the_end, told};
    use crate::money::Money;

    const HELD: &str = "2025-07-03 09:52 own 2000.00 租车公司; item 租车预授权; status 冻结成功; mo R0682944; memo 还车后30日内解冻";

    fn after(rows: &str) -> Vec<String> {
        shown(&format!("{HELD}\n{rows}"))
    }

    #[test]
    fn a_hold_listed_again_is_asked_about_once_its_use_is_over() {
        let again = |day: &str, status: &str, memo: &str| {
            after(&format!(
                "2025-{day} 09:52 own 2000.00 租车公司; item 租车预授权; status {status}; mo R0682944; memo {memo}"
            ))
        };
        assert_eq!(again("08-26", "冻结中", "07月03日冻结,订单已完成,尚未解冻"), ["2 forgotten-hold"]);
        assert_eq!(again("07-20", "解冻失败", "07月03日冻结"), ["2 forgotten-hold"]);
        assert_eq!(again("09-20", "冻结中", ""), ["2 forgotten-hold"]);
        for memo in ["租期内", "订单进行中", "续租，预计2025-09-30前解冻"] {
            assert!(again("08-20", "冻结中", memo).is_empty(), "{memo}");
        }
    }

    #[test]
    fn a_hold_whose_own_row_says_that_it_is_over_is_asked_about() {
        let held = |status: &str, memo: &str| {
            shown(&format!(
                "2025-02-17 16:26 own 99.00 充电宝; item 冻结-租借押金; status {status}; memo {memo}"
            ))
        };
        for memo in ["应于2025-01-31前解冻", "已归还，押金未解冻", "订单已完成"] {
            assert_eq!(held("frozen", memo), ["1 forgotten-hold"], "{memo}");
            assert!(held("released", memo).is_empty(), "{memo}");
        }
        for status in ["冻结中(逾期未解冻)", "押金未解冻"] {
            assert_eq!(held(status, "已离店"), ["1 forgotten-hold"], "{status}");
        }
        assert!(held("frozen", "预计2025-02-21前解冻").is_empty());
        assert!(held("frozen", "归还后自动解冻").is_empty());
        assert!(held("frozen", "订单完成后解冻").is_empty());
    }

    #[test]
    fn the_days_promised_after_the_use_are_counted_and_a_day_named_without_its_year_is_read() {
        let again = |day: &str, memo: &str| {
            shown(&format!(
                "2025-06-27 10:04 own 5000.00 某租车; item 租车预授权; status 冻结成功; mo 20250927687; memo 还车后3日内解冻
                2025-07-01 09:11 buy 171.87 某租车; item 租车费; memo 已结清; mo M2025071376
                2025-{day} 14:32 own 5000.00 某租车; item 租车预授权; status 冻结中; mo 20250927687; memo {memo}"
            ))
        };
        assert_eq!(again("07-08", ""), ["3 forgotten-hold"]);
        assert!(again("07-03", "").is_empty(), "in time");
        assert_eq!(again("07-06", "应于07-04解冻"), ["3 forgotten-hold"]);
        assert!(again("07-09", "长期有效").is_empty());
    }

    #[test]
    fn a_deposit_whose_refund_nobody_answers_is_asked_about() {
        let asked = |status: &str, memo: &str| {
            shown(&format!(
                "2025-04-10 21:01 buy 299.00 某电单车; item 骑行押金; mo 0733956756
                2025-06-26 13:19 refund 299.00 某电单车; item 退款-骑行押金; status {status}; mo 0733956756; memo {memo}"
            ))
        };
        assert_eq!(asked("退押金申请中", "商家未响应退押金"), ["2 forgotten-hold"]);
        assert_eq!(asked("退款处理中", "押金未退，处理中"), ["2 forgotten-hold"]);
        assert!(asked("退押金申请中", "预计0-7个工作日退回").is_empty());
    }

    #[test]
    fn a_part_let_go_and_the_bill_that_says_the_rest_stays_are_told_as_one() {
        let rows =
            "2025-09-18 14:30 own 300.00 某酒店; item 酒店预授权-冻结; status 冻结成功; memo 离店后解冻
            2025-09-20 17:25 own 123.80 某酒店; item 酒店预授权-解冻; status 解冻成功
            2025-09-20 17:26 buy 379.51 某酒店; item 房费; memo 剩余押金未解冻";
        let rest = "2025-09-28 10:00 own 176.20 某酒店; item 酒店预授权-解冻; status 解冻成功";
        let flags = told(rows);
        let [bill] = &flags[..] else { panic!("{flags:?}") };
        assert_eq!(bill.transactions.iter().map(|id| id.0).collect::<Vec<_>>(), [3, 2, 1]);
        assert_eq!(bill.amount, Money::fen(17_620));
        assert!(told(&format!("{rows}\n{rest}")).is_empty());
    }

    #[test]
    fn a_bill_paid_beside_a_hold_says_that_it_was_not_given_up() {
        let bill =
            |memo: &str| after(&format!("2025-07-20 09:52 buy 286.00 租车公司; item 还车结算; memo {memo}"));
        assert_eq!(bill("已另付，预授权2000.00未撤销"), ["2 forgotten-hold"]);
        assert!(bill("已还车").is_empty());
    }

    #[test]
    fn what_a_bill_says_of_the_deposit_and_a_release_that_takes_weeks_are_asked_about() {
        let bill = |memo: &str| {
            shown(&format!(
                "2025-10-18 07:37 own 199.00 某单车; item 冻结-骑行押金; status 冻结成功\n\
                 2025-10-21 09:34 buy 2.47 某单车; item 订单结算; memo {memo}"
            ))
        };
        for memo in ["押金未解冻", "押金冻结中"] {
            assert_eq!(bill(memo), ["2 forgotten-hold"], "{memo}");
        }
        assert!(bill("押金已解冻").is_empty());
        let leaving = |day: &str, status: &str| {
            shown(&format!(
                "2025-07-18 12:16 own 300.00 某酒店; item 酒店预授权; status 冻结成功; mo 6072312466\n\
                 2025-{day} 19:03 own 300.00 某酒店; item 预授权解除; status {status}; mo 6072312466"
            ))
        };
        assert_eq!(leaving("08-10", "解冻处理中"), ["2 forgotten-hold"]);
        assert!(leaving("07-21", "解冻处理中").is_empty() && leaving("08-10", "解冻成功").is_empty());
    }

    #[test]
    fn days_that_a_hold_promised_after_its_use_count_from_the_bill() {
        let again = |day: &str| {
            shown(&format!(
                "2025-03-30 14:53 own 450.00 某酒店; item 预授权冻结; status frozen; mo 7836755153; memo 订单完成后15天内解冻\n\
                 2025-04-01 10:34 buy 226.38 某酒店; item 订单结算\n\
                 2025-{day} 10:53 own 450.00 某酒店; item 预授权冻结; status frozen; mo 7836755153; memo 订单已完成,尚未解冻"
            ))
        };
        assert!(again("04-04").is_empty() && again("04-16").is_empty());
        assert_eq!(again("04-20"), ["3 forgotten-hold"]);
    }

    #[test]
    fn a_short_use_is_over_when_the_next_one_begins() {
        let again = |item: &str, day: &str| {
            shown(&format!(
                "2025-01-02 13:17 own 99.00 某借还; item {item}-冻结; status 冻结成功; mo K1000001\n\
                 2025-01-03 13:17 own 99.00 某借还; item {item}-解冻; status 解冻成功; mo K1000001\n\
                 2025-01-11 13:17 own 99.00 某借还; item {item}-冻结; status 冻结成功; mo K2000002\n\
                 2025-{day} 13:01 own 99.00 某借还; item {item}-冻结; status 冻结成功; mo K3000003"
            ))
        };
        assert_eq!(again("充电宝押金", "02-04"), ["4 forgotten-hold"]);
        assert!(again("充电宝押金", "01-20").is_empty(), "soon");
        assert!(again("租房押金", "02-04").is_empty(), "a lease");
    }

    #[test]
    fn the_hold_of_another_order_is_another_hold() {
        let held = |order: &str| {
            after(&format!(
                "2025-09-20 09:52 own 2000.00 租车公司; item 租车预授权; status 冻结成功; mo {order}; memo 还车后30日内解冻"
            ))
        };
        assert!(held("R0777777").is_empty());
        assert_eq!(held("R0682944"), ["2 forgotten-hold"]);
    }

    #[test]
    fn a_release_that_is_still_on_its_way_after_its_day_is_asked_about() {
        let leaving = |day: &str, memo: &str| {
            after(&format!(
                "2025-07-05 10:00 buy 310.00 租车公司; item 租金\n\
                 2025-07-06 10:00 own 2000.00 租车公司; item 解冻-租车预授权; status 处理中; mo R0682944; memo 预计5日内解冻\n\
                 2025-{day} 10:00 own 2000.00 租车公司; item 解冻-租车预授权; status 处理中; mo R0682944; memo {memo}"
            ))
        };
        assert!(leaving("07-09", "").is_empty());
        assert_eq!(leaving("08-20", ""), ["4 forgotten-hold"]);
        assert_eq!(leaving("07-09", "预授权未解冻"), ["4 forgotten-hold"]);
    }

    #[test]
    fn a_new_hold_where_the_last_one_was_left_reminds_of_it() {
        let again = |released: &str| {
            shown(&format!(
                "2025-05-01 10:00 own 500.00 某酒店; item 预授权; status 冻结成功; mo H11111\n\
                 2025-05-03 10:00 own 500.00 某酒店; item 解冻-预授权; status 解冻成功; mo H11111\n\
                 2025-06-01 10:00 own 800.00 某酒店; item 预授权; status 冻结成功; mo H22222\n\
                 2025-06-02 10:00 buy 299.00 某酒店; item 房费\n{released}\
                 2025-07-01 10:00 own 600.00 某酒店; item 预授权; status 冻结成功; mo H33333"
            ))
        };
        assert_eq!(again(""), ["5 forgotten-hold"]);
        let released = "2025-06-04 10:00 own 800.00 某酒店; item 解冻-预授权; status 解冻成功; mo H22222\n";
        assert!(again(released).is_empty());
    }

    #[test]
    fn what_a_hold_is_for_ends_on_the_day_its_item_names() {
        let held = |day: &str, memo: &str| {
            shown(&format!(
                "2025-{day} 21:51 own 500.00 某酒店; item 酒店押金 入住03-10 离店03-12; status 预授权未解除; memo {memo}"
            ))
        };
        assert!(held("03-11", "").is_empty() && held("03-20", "").is_empty());
        assert!(held("04-02", "预计7个工作日内解冻").is_empty());
        assert_eq!(held("04-02", ""), ["1 forgotten-hold"]);
    }

    #[test]
    fn with_all_rows_at_hand_a_lease_runs_and_a_hold_listed_twice_is_one() {
        let listed = |item: &str, end: &str| {
            shown_in_the_end(&format!(
                "2025-01-20 18:22 own 2999.00 租赁公司; item {item}; status 冻结成功\n\
                 2025-02-20 18:22 own 2999.00 租赁公司; item {item}; status 冻结中\n{end}\
                 2025-06-01 12:00 buy 20.00 面馆"
            ))
        };
        assert!(listed("电动车年租押金 到期2026-01-20", "").is_empty());
        let released = "2025-02-22 18:22 own 2999.00 租赁公司; item 解冻-租车押金; status 解冻成功\n";
        assert!(listed("租车押金 还车02-20", released).is_empty());
        assert_eq!(listed("租车押金 还车02-20", ""), ["1 forgotten-hold"]);
    }

    #[test]
    fn a_hold_is_waited_for_to_the_end_of_its_own_wallets_files() {
        let held = |wallet: &str| {
            shown_in_the_end(&format!(
                "2025-07-01 13:05 own 500.00 租车行; item 押金-冻结; status 冻结成功\n\
                 2025-07-03 12:00 buy 20.00 面馆\n\
                 2025-08-31 12:00 buy 20.00 面馆; wallet {wallet}"
            ))
        };
        assert!(held("another").is_empty());
        assert_eq!(held("wallet"), ["1 forgotten-hold"]);
    }

    #[test]
    fn a_part_let_go_without_a_word_is_asked_about() {
        let back = |amount: &str, memo: &str| {
            after(&format!(
                "2025-07-20 09:52 own {amount} 租车公司; item 租车预授权-解冻; status 解冻成功; mo R0682944; memo {memo}"
            ))
        };
        assert_eq!(back("1400.00", ""), ["2 forgotten-hold"]);
        assert!(back("2000.00", "").is_empty());
        assert!(back("1919.59", "扣除消费80.41元").is_empty());
        // Where no row of a hold says anything, silence is no sign.
        let silent = HELD.replace("memo 还车后30日内解冻", "memo ");
        let part =
            "2025-07-20 09:52 own 1400.00 租车公司; item 租车预授权-解冻; status 解冻成功; mo R0682944";
        assert!(shown(&format!("{silent}\n{part}")).is_empty());
        let paid = "2025-07-19 09:52 buy 600.00 租车公司; item 租金";
        let rest =
            "2025-07-20 09:52 own 1400.00 租车公司; item 租车预授权-解冻; status 解冻成功; mo R0682944";
        assert!(after(&format!("{paid}\n{rest}")).is_empty());
    }

    #[test]
    fn the_days_promised_on_leaving_are_waited_for_and_a_hold_renewed_after_the_bill_is_not() {
        let listed = |rest: &str, day: &str| {
            let rows = format!(
                "2025-07-11 09:20 own 300.00 某酒店; item 预授权冻结-押金; status 冻结成功; mo H6006319\n\
                 2025-07-13 06:07 buy 346.84 某酒店; item 房费结算; memo 退房; mo H4518729\n\
                 2025-{day} 06:19 own 300.00 某酒店; mo H6006319; {rest}"
            );
            shown(&rows)
        };
        assert!(listed("item 押金冻结中; status 冻结中; memo 已退房，1-7个工作日内解冻", "07-13").is_empty());
        assert_eq!(listed("item 押金冻结中; status 冻结中; memo 已退房", "07-16"), ["3 forgotten-hold"]);
        for renewed in
            ["item 预授权-续冻; status 冻结成功", "item 预授权延期; status 冻结成功; memo 有效期延长30天"]
        {
            assert_eq!(listed(renewed, "07-18"), ["3 forgotten-hold"], "{renewed}");
        }
    }

    #[test]
    fn a_part_let_go_under_a_number_of_its_own_is_asked_about() {
        let part = |sum: &str| {
            shown(&format!(
                "2025-05-23 21:15 own 500.00 某酒店; item 预授权冻结-押金; status 冻结成功; order 6345185630001\n\
                 2025-05-28 17:05 buy 499.78 某酒店; item 房费结算\n\
                 2025-05-28 21:55 own {sum} 某酒店; item 解冻-押金; status 部分解冻; order 2351711870002; memo 剩余仍冻结"
            ))
        };
        assert_eq!(part("250.00"), ["3 forgotten-hold"]);
        assert!(part("500.00").is_empty());
    }
}
