//! Payments close together that do not fit: by what they cost, when and what for, or by how fast they come.
//!
//! What does not fit the user's own habits is followed as a run ([`super::own_habit::run`]). The rest is pace.
//! Who holds a stolen phone or card spends quickly before it is blocked. How many are many is this user's
//! own pace: the largest number within as short a time on earlier days, and then some. One shopping cart
//! that splits into orders of the same second is one act; red packets and small change do not count; on
//! the nights of the shopping festivals three times as many are needed. Gift cards one after
//! another, by somebody who buys none, are few and dear (`gift.rs`).

mod gift;

pub use gift::GIFT_CARDS;

use super::habit::Recent;
use super::history::{stretch, when};
use super::own_habit::{Fit, run::Run};
use super::phrase::Words;
use super::topics::Topic;
use super::{Flag, FlagKind, History};
use crate::ledger::Kind;
use crate::text::Text;
use std::collections::{HashSet, VecDeque};

/// How long a stretch, and how many payments in it are many for anyone.
struct Pace {
    seconds: i64,
    many: i64,
}

/// Ten minutes catch a thief at a till or in a game shop; an hour, one who goes from shop to shop.
const PACES: [Pace; 2] = [Pace { seconds: 600, many: 5 }, Pace { seconds: 3600, many: 8 }];
/// So many more than ever before: one more than one's own record is Tuesday.
const BEYOND_RECORD: i64 = 2;
/// ¥10: rides, vending machines and small change make no burst.
const LEAST: i64 = 1_000;
/// ¥300: a burst that took less is not worth a person's time.
const TOTAL: i64 = 30_000;
/// Days of paying remembered, about half a year of an active user.
const DAYS: usize = 120;
/// Fewer days of paying are no pace yet: twice as many payments are needed.
const KNOWN_DAYS: usize = 14;
/// Orders of one cart are written within two seconds.
const ONE_CART: i64 = 2;
/// Many payments at once; by day for a game, which takes one after another.
const MANY: f64 = 0.60;
const PLAY: f64 = 0.34;
/// ¥3000, and so many times what games ever took on a day: somebody else is playing, a child mostly. Below, a first
/// evening at a new game looks the same.
const PLAY_TOTAL: i64 = 300_000;
const TIMES_PLAYED: i64 = 20;
/// On the nights of the shopping festivals carts are emptied shop by shop: so many times as many are needed.
const FESTIVAL: i64 = 3;
/// The burst must exceed this many median days of spending.
const TIMES_DAY: i64 = 2;

/// What was seen so far, at each pace.
#[derive(Clone, Default)]
pub struct Past {
    run: Run,
    walks: [Walk; PACES.len()],
    /// The pace of the burst told last, and its latest row: a row belongs to one burst only.
    told: Option<(usize, usize)>,
    gifts: gift::Gifts,
    play: Play,
}

/// What games took, by day.
#[derive(Clone, Default)]
struct Play {
    day: i32,
    today: i64,
    /// The most on one earlier day.
    most: i64,
}

impl Play {
    fn meet(&mut self, history: &History<'_>, i: usize) {
        let sign = history.sign(i);
        if !sign.is(Topic::Play) {
            return;
        }
        if sign.day != self.day {
            (self.most, self.today, self.day) = (self.most.max(self.today), 0, sign.day);
        }
        self.today = self.today.saturating_add(history.lines[i].kept);
    }

    /// Whether `total` on one day is beyond anything this user ever paid for games.
    fn is_unheard_of(&self, total: i64) -> bool {
        total >= PLAY_TOTAL && total >= self.most.saturating_mul(TIMES_PLAYED)
    }
}

/// Finds bursts; one is told anew with each payment that joins it.
pub fn find(history: &History<'_>, past: &mut Past) -> Vec<Flag> {
    let mut flags = Vec::new();
    for (i, line) in history.spending() {
        let counts = matches!(line.kind, Kind::Purchase | Kind::TransferOut | Kind::Other)
            && line.kept >= LEAST
            && !history.sign(i).says.any(&[Topic::FamilyCard, Topic::Gift])
            && !history.sign(i).mentions(Words::Sale);
        // Payments that do not fit tell more than how quickly they came.
        let run = past.run.step(history, i);
        let in_run = run.is_some();
        flags.extend(run);
        let gift = history.sign(i).says.holds(Words::GiftCard) && line.kind == Kind::Purchase;
        let cards = gift.then(|| past.gifts.judge(history, i)).flatten().filter(|_| !in_run);
        flags.extend(cards);
        past.gifts.meet(history, i);
        past.play.meet(history, i);
        if !counts {
            continue;
        }
        for (number, pace) in PACES.iter().enumerate() {
            let Some(burst) = past.walks[number].step(history, pace, i) else { continue };
            // A spree of what one always buys is one's own.
            let unlike = burst.unlike * 2 > burst.rows.len();
            let free = past.told.is_none_or(|(of, last)| of == number || burst.rows[0] > last);
            if free && unlike && !in_run && total(history, burst.rows.iter().copied()) >= TOTAL {
                burst.known.get_or_insert(i);
                flags.push(explain(history, pace, burst, &past.play));
                past.told = Some((number, i));
            }
        }
    }
    flags
}

#[derive(Clone)]
struct Burst {
    rows: Vec<usize>,
    /// Those of them that do not fit the habit.
    unlike: usize,
    acts: i64,
    record: i64,
    /// The row with which they were many and worth telling.
    known: Option<usize>,
}

/// The walk through time at one pace.
#[derive(Clone, Default)]
struct Walk {
    /// Acts within the window: the row of each, its time, and whether it does not fit the habit.
    window: VecDeque<(usize, i64, bool)>,
    /// Most acts within a window, by day, and the spending of each day.
    records: Recent<DAYS>,
    spending: Recent<DAYS>,
    today: Option<i64>,
    most_today: i64,
    spent_today: i64,
    open: Option<Burst>,
}

impl Burst {
    fn push(&mut self, history: &History<'_>, i: usize) {
        self.rows.push(i);
        self.unlike += usize::from(does_not_fit(history, i));
    }
}

/// More payments without a pause add nothing to what the first ones say.
pub const MOST: usize = 200;
/// From these log-odds on, and from so many times the usual amount, a payment does not fit the habit.
const UNLIKE: f64 = -4.0;
const TIMES: f64 = 3.0;
/// Rows by which it is known what is usual.
const KNOWN: f64 = 20.0;

/// From so many rows on a game is one's own, and its dearest pack is no surprise.
pub const OWN_GAME: f64 = 3.0;

fn does_not_fit(history: &History<'_>, i: usize) -> bool {
    let own_game = |fit: &Fit| fit.here >= OWN_GAME && history.sign(i).is(Topic::Repeated);
    if history.fit(i).is_some_and(own_game) {
        return false;
    }
    let unlike = |fit: &Fit| fit.known < KNOWN || fit.odds >= UNLIKE && fit.times >= TIMES;
    history.fit(i).is_some_and(unlike)
}

impl Walk {
    /// The burst that row `i` belongs to.
    fn step(&mut self, history: &History<'_>, pace: &Pace, i: usize) -> Option<&mut Burst> {
        let line = &history.lines[i];
        let today = i64::from(history.sign(i).day);
        if self.today != Some(today) && self.open.is_none() {
            if self.today.is_some() {
                self.records.push(self.most_today);
                self.spending.push(self.spent_today);
            }
            (self.today, self.most_today, self.spent_today) = (Some(today), 0, 0);
        }
        let one_cart = self.window.back().is_some_and(|&(before, at, _)| {
            line.at - at <= ONE_CART && history.row(before).provider == history.row(i).provider
        });
        while self.window.front().is_some_and(|&(_, at, _)| line.at - at > pace.seconds) {
            self.window.pop_front();
        }
        if self.window.is_empty() {
            self.close();
        }
        if let Some(burst) = self.open.as_mut().filter(|burst| burst.rows.len() >= MOST) {
            burst.acts += i64::from(!one_cart);
            if !one_cart {
                self.window.push_back((i, line.at, false));
            }
            return None;
        }
        if one_cart {
            // The cart's orders move its end on, but are no further act.
            if let Some(burst) = &mut self.open {
                burst.push(history, i);
            }
            return self.open.as_mut();
        }
        self.window.push_back((i, line.at, does_not_fit(history, i)));
        let acts = i64::try_from(self.window.len()).unwrap_or(i64::MAX);
        if let Some(burst) = &mut self.open {
            burst.push(history, i);
            burst.acts += 1;
        } else if self.is_many(history, pace, acts) {
            let rows = self.window.iter().map(|&(row, ..)| row).collect();
            let unlike = self.window.iter().filter(|&&(.., unlike)| unlike).count();
            self.open = Some(Burst { rows, unlike, acts, record: self.records.max(), known: None });
        } else {
            self.most_today = self.most_today.max(acts);
            self.spent_today = self.spent_today.saturating_add(line.kept);
        }
        self.open.as_mut()
    }

    fn close(&mut self) {
        if let Some(burst) = self.open.take() {
            // What was done once may be done again: the next burst must beat it.
            self.most_today = self.most_today.max(burst.acts);
        }
    }

    fn is_many(&self, history: &History<'_>, pace: &Pace, acts: i64) -> bool {
        let known = self.records.len() >= KNOWN_DAYS;
        let mut enough = pace.many.max(self.records.max() + BEYOND_RECORD);
        if acts < enough {
            return false;
        }
        let festival =
            self.window.iter().filter(|&&(row, ..)| history.is_festival(row)).count() * 2 > self.window.len();
        if !known || festival {
            enough *= if festival { FESTIVAL } else { 2 };
        }
        let total = total(history, self.window.iter().map(|&(row, ..)| row));
        acts >= enough && (!known || total >= self.spending.median().saturating_mul(TIMES_DAY))
    }
}

fn total(history: &History<'_>, rows: impl Iterator<Item = usize>) -> i64 {
    rows.fold(0, |sum: i64, row| sum.saturating_add(history.lines[row].kept))
}

fn explain(history: &History<'_>, pace: &Pace, burst: &Burst, played: &Play) -> Flag {
    let lines = || burst.rows.iter().map(|&i| &history.lines[i]);
    let total = total(history, burst.rows.iter().copied());
    let payees = lines().map(|line| line.payee).collect::<HashSet<_>>().len();
    let span =
        lines().map(|line| line.at).max().unwrap_or(0) - lines().map(|line| line.at).min().unwrap_or(0);
    let first = burst.rows.iter().copied().min().unwrap_or(0);
    let night = lines().filter(|line| line.at_night()).count() * 2 > burst.rows.len();
    let sum = history.money(first, total);
    let (start, during, window) = (when(history.row(first).at), stretch(span), stretch(pace.seconds));
    let (count, record) = (burst.rows.len(), burst.record);
    let payees_en = if payees == 1 { "1 payee".to_owned() } else { format!("{payees} payees") };
    let records_en = if record == 1 { "1 payment".to_owned() } else { format!("{record} payments") };
    let explanation = Text::new(
        format!(
            "{} 起 {}内付了 {count} 笔，共 {sum}，付给 {payees} 个收款方；此前您在 {}内最多付 {record} 笔。",
            start.zh, during.zh, window.zh
        ),
        format!(
            "{count} payments within {} from {}, {sum} in all, to {payees_en}; before this you made at most \
             {records_en} within {}.",
            during.en, start.en, window.en
        ),
    );
    let innocent = Text::new(
        "您当时在集中购物、交费或旅行。",
        "You were shopping, paying bills or travelling at the time.",
    );
    let beyond = (burst.acts - pace.many.max(burst.record + BEYOND_RECORD)).min(5) as f64;
    // A game is topped up again and again; at night somebody else may be playing.
    let play =
        burst.rows.iter().filter(|&&i| history.sign(i).is(Topic::Repeated)).count() * 2 > burst.rows.len();
    let base = match play && !night {
        true if !played.is_unheard_of(total) => PLAY,
        _ => MANY,
    };
    let score = base + 0.03 * beyond + if night { 0.12 } else { 0.0 };
    let mut rows = burst.rows.clone();
    rows.sort_by_key(|&i| (std::cmp::Reverse(history.lines[i].kept), i));
    let flag = history.flag(FlagKind::Burst, score, &rows, sum, explanation, innocent);
    let known = burst.known.map_or(flag.known, |row| history.row(row).id);
    Flag { known, ..flag }
}
