//! An amount far above what this user pays this payee, or ever paid anyone.
//!
//! A taken-over account or a mistyped amount shows against one's own habit: the usual noodle shop does not cost
//! forty times as much. How strange it is says [`super::own_habit`]; here it is put into words. Bills nobody
//! chooses (hospital, school, taxes, rent) are large by nature and stay quiet; so does one large purchase at a new
//! shop that is not beyond everything seen before. Several such payments close together are a burst. Who takes an account
//! over sends to strangers: a large sum to somebody paid again and again was meant, unless a nought was typed too many.

use super::history::{name, times, when};
use super::own_habit::Fit;
use super::phrase::Words;
use super::topics::Topic;
use super::usual::{paid_before, usual};
use super::{Flag, FlagKind, History};
use crate::ledger::Kind;
use crate::text::Text;

/// Fewer rows at a payee are no habit yet.
const PAYEE_ROWS: f64 = 5.5;
/// A user with fewer rows has shown too little of an ordinary month.
const OWN_ROWS: f64 = 55.0;
/// ¥200: below it a surprise is not worth a person's time.
const FLOOR: i64 = 20_000;
/// ¥1000: sums between persons vary with the occasion.
const TRANSFER_FLOOR: i64 = 100_000;
/// ¥3000: against the whole ledger only what hurts.
const OWN_FLOOR: i64 = 300_000;
/// Times the usual, and the largest here. Seasons double or triple a bill; five times is more.
const TIMES: f64 = 5.0;
const TIMES_USUAL: i64 = 5;
const TIMES_HERE: i64 = 2;
/// Times the largest payment at all. One large purchase is life and mostly planned: by day it is for who asks to be told early.
const TIMES_LARGEST: i64 = 5;
const LARGEST: f64 = 0.42;
const LARGEST_AT_NIGHT: f64 = 0.70;
/// Log-odds below which the habit finds nothing strange, whatever this payee took before.
const STRANGE: f64 = -4.0;
/// Log-odds from which the habit alone is enough. Below, a dinner for friends at the noodle shop looks the same: only
/// eight times the largest sum ever paid here, and ¥500, is more than that.
const STRANGE_ALONE: f64 = 2.2;
const TIMES_MORE: i64 = 8;
const FLOOR_MORE: i64 = 50_000;
/// A dinner at the noodle shop, or a basket for the month, comes to ten or twenty times the usual. Below ¥1000 only thirty
/// times the usual, and ¥500, is shown without being asked for.
const DINNER: i64 = 100_000;
const TIMES_DINNER: i64 = 30;
/// Bills: so many tell what one comes to, if the largest is at most so many times the least. Ten times that, and ¥1000.
const BILLS: usize = 12;
const FEWEST_BILLS: usize = 4;
const STEADY: i64 = 4;
const BILL_TIMES: i64 = 10;
const BILL_FLOOR: i64 = 100_000;
/// Within this a failed payment is tried again.
const RETRY: i64 = 3_600;
/// What each unit of log-odds adds.
const EACH: f64 = 0.02;

/// Finds amounts far above the habit.
pub fn find(history: &History<'_>, (): &mut ()) -> Vec<Flag> {
    let judge = |(i, line): (usize, &super::history::Line)| {
        let fit = history.fit(i)?;
        let chosen = !matches!(line.kind, Kind::CashGift | Kind::Fee)
            && !history.sign(i).says.any(&[Topic::Gift, Topic::Wages])
            && !history.is_festival(i)
            && !history.sign(i).mentions_any(&[Words::Home, Words::Occasion, Words::Sale, Words::Unchosen]);
        let bill = matches!(line.kind, Kind::Purchase | Kind::TransferOut | Kind::Other)
            && history.sign(i).named
            && !history.sign(i).says.any(&[Topic::Gift, Topic::Wages])
            // What goes to a person varies with the occasion; rent is a bill.
            && (!history.sends(i) || history.sign(i).mentions(Words::Home));
        if let Some(usual) = bill.then(|| bill_grown(history, i, fit)).flatten() {
            return Some(above_payee(history, i, fit, usual, is_retry(history, i)));
        }
        if fit.odds < STRANGE {
            return None;
        }
        // What is sold again and again in fixed sums: the largest of them is no strange amount.
        let play = history.sign(i).is(Topic::Repeated) && line.kept < OWN_FLOOR;
        let floor = if line.kind == Kind::TransferOut { TRANSFER_FLOOR } else { FLOOR };
        if !chosen || play || line.kept < floor {
            return None;
        }
        if fit.here >= PAYEE_ROWS && history.sign(i).named {
            let far = fit.times >= TIMES && line.kept >= fit.most_here.saturating_mul(TIMES_HERE);
            let more = line.kept >= fit.most_here.saturating_mul(TIMES_MORE).max(FLOOR_MORE);
            let strange = far && (fit.odds >= STRANGE_ALONE || more);
            let meant = || match history.sends(i) {
                true => !is_one_nought_more(history, i),
                false => is_retry(history, i) || is_another_thing(history, i),
            };
            let usual = strange.then(|| usual(history, i, i))??;
            let dinner = line.kept < DINNER
                && (line.kept < FLOOR_MORE || line.kept < usual.saturating_mul(TIMES_DINNER));
            return (line.kept >= usual.saturating_mul(TIMES_USUAL))
                .then(|| above_payee(history, i, fit, usual, dinner || meant()));
        }
        // A first transfer to a person has its own detector.
        let above_all = line.kind != Kind::TransferOut
            && !history.is_own(i)
            && line.kept >= OWN_FLOOR
            && fit.known >= OWN_ROWS
            && line.kept >= fit.largest.saturating_mul(TIMES_LARGEST);
        above_all.then(|| above(history, i, fit))
    };
    history.spending().filter_map(judge).collect()
}

/// What one pays again and again, for the same thing and much the same sum, ten times as large all at once: a bill misread,
/// or a nought too many. Rent is paid for several months and a year at times: there, only the nought. The usual sum.
fn bill_grown(history: &History<'_>, i: usize, fit: &Fit) -> Option<i64> {
    let (line, sign) = (&history.lines[i], history.sign(i));
    let grown = line.kept >= BILL_FLOOR.max(fit.most_here.saturating_mul(BILL_TIMES));
    if !grown || fit.most_here == 0 || sign.item == 0 {
        return None;
    }
    let mut bills = paid_before(history, i, i).take(BILLS);
    let (mut count, mut least, mut most) = (0, i64::MAX, 0);
    let alike = bills.all(|(row, amount)| {
        (count, least, most) = (count + 1, amount.min(least), amount.max(most));
        history.sign(row).item == sign.item
    });
    let steady = alike && count >= FEWEST_BILLS && most <= least.saturating_mul(STEADY);
    let expected = sign.mentions_any(&[Words::Home, Words::Occasion, Words::Sale, Words::Unchosen]);
    let usual = steady.then(|| usual(history, i, i))??;
    (!expected || is_one_nought_more(history, i)).then_some(usual)
}

/// Rows looked back over for the same thing at the same payee.
const LOOK_BACK: usize = 4_096;

/// Whether the row says what was bought, and it was never bought here before: the market that sells noodles sells
/// telephones, too.
fn is_another_thing(history: &History<'_>, i: usize) -> bool {
    let (payee, item) = (history.lines[i].payee, history.sign(i).item);
    let from = i.saturating_sub(LOOK_BACK);
    let before = || (from..i).filter(|&j| history.lines[j].payee == payee);
    item != 0 && before().all(|j| history.sign(j).item != item)
}

/// Whether the same sum was tried at the same payee shortly before and failed: the user pressed the button again.
fn is_retry(history: &History<'_>, i: usize) -> bool {
    let line = &history.lines[i];
    let lately = history.lines[..i].iter().enumerate().rev().take_while(|(_, one)| line.at - one.at <= RETRY);
    lately.into_iter().any(|(j, one)| {
        (one.payee, one.amount) == (line.payee, line.amount)
            && (one.kind == Kind::Failed || history.sign(j).state.has(Topic::Failed))
    })
}

/// A sum paid so often is a usual one.
const NOUGHT_ROWS: usize = 3;

/// Whether a tenth or a hundredth of it, to the last fen, is what the payee usually gets.
fn is_one_nought_more(history: &History<'_>, i: usize) -> bool {
    let (payee, amount) = (history.lines[i].payee, history.lines[i].amount);
    let from = i.saturating_sub(LOOK_BACK);
    let tenth =
        |sum: i64| sum > 0 && (sum.checked_mul(10) == Some(amount) || sum.checked_mul(100) == Some(amount));
    let usual =
        history.lines[from..i].iter().filter(|line| line.payee == payee && line.spent && tenth(line.amount));
    usual.take(NOUGHT_ROWS).count() == NOUGHT_ROWS
}

fn above_payee(history: &History<'_>, i: usize, fit: &Fit, usual: i64, meant: bool) -> Flag {
    let row = history.row(i);
    let kept = history.lines[i].kept;
    let (who, at, paid) = (name(row), when(row.at), history.money(i, kept));
    let (times, usual) = (times(kept, usual), history.money(i, usual));
    let explanation = Text::new(
        format!("{} 付给{}{paid}，约是您平时付给对方（{usual} 上下）的 {times} 倍。", at.zh, who.zh),
        format!(
            "{paid} went to {} on {}: {times} times what you usually pay there (about {usual}).",
            who.en, at.en
        ),
    );
    let innocent = Text::new(
        "您这次确实多买了，或一次付清了几笔。",
        "You bought more this time, or settled several things at once.",
    );
    let night = if history.lines[i].at_night() { 0.05 } else { 0.0 };
    let score = (0.52 + EACH * (fit.odds - STRANGE)).clamp(0.52, 0.80) + night;
    let score = if meant { score.min(LARGEST) } else { score };
    history.flag(FlagKind::UnusualAmount, score, &[i], paid, explanation, innocent)
}

fn above(history: &History<'_>, i: usize, fit: &Fit) -> Flag {
    let (row, kept) = (history.row(i), history.lines[i].kept);
    let (who, at, paid) = (name(row), when(row.at), history.money(i, kept));
    let (most, times) = (history.money(i, fit.largest), times(kept, fit.largest));
    let explanation = Text::new(
        format!("{} 付给{}{paid}，是此前账单里最大一笔（{most}）的 {times} 倍。", at.zh, who.zh),
        format!(
            "{paid} went to {} on {}: {times} times the largest payment in this ledger before it ({most}).",
            who.en, at.en
        ),
    );
    let innocent = Text::new("这是您计划好的大额消费。", "It is a large purchase you had planned.");
    let score = if history.lines[i].at_night() { LARGEST_AT_NIGHT } else { LARGEST };
    history.flag(FlagKind::UnusualAmount, score, &[i], paid, explanation, innocent)
}
