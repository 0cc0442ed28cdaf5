//! Several payments close together that do not fit the user's own habits.
//!
//! Who spends with someone else's account pays other sums, at other hours, for other things, and does so
//! several times before it is noticed. One such payment is life; a run of them is a flag, one for the whole run,
//! known with the row that makes the run sure and growing with the rows that follow.

use super::super::burst::{MOST, OWN_GAME};
use super::super::history::{name, stretch, times, when};
use super::super::phrase::{AUTOMATIC, Words, holds};
use super::super::topics::Topic;
use super::super::usual::usual;
use super::super::{Flag, FlagKind, History, history::Line};
use super::Fit;
use super::home::{is_for_home, settles_in};
use crate::ledger::Kind;
use crate::text::Text;
use std::cmp::Reverse;

/// Payments at most this far apart belong to one run.
const APART: i64 = 36 * 3600;
/// Two strange payments happen on a day out; three, that someone else is paying is all but certain.
const MANY: usize = 3;
const TAKEN: f64 = 0.9;
/// Log-odds from which a row counts among the three, and from which it belongs to a run once there is one.
const STRANGE: f64 = 1.0;
const BELONGS: f64 = -1.0;
/// ¥100 each, ¥1000 together: less is not worth a person's time.
const LEAST: i64 = 10_000;
const TOTAL: i64 = 100_000;
/// Orders of one cart are written within two seconds: one act.
const ONE_CART: i64 = 2;
/// Who travels pays strangers for strange things: from a ticket or a hotel on, for these days.
pub const TRAVEL: &[&str] = &[
    "酒店",
    "宾馆",
    "民宿",
    "旅游",
    "旅行",
    "景区",
    "航空",
    "机票",
    "火车票",
    "铁路",
    "高铁",
    "Hotel",
    "Airlines",
];
const TRAVEL_DAYS: i64 = 4;
const FILED_AS_TRAVEL: &[&str] = &["travel", "trip", "lodging", "旅", "出行住宿"];
/// From this log-odds on a thing is one that this user hardly buys.
const UNLIKE: f64 = 0.5;
/// Times the usual that are worth a word.
const FAR: i64 = 2;
/// From one hour to five people sleep.
const SMALL_HOURS: std::ops::Range<u8> = 1..5;

/// A run so far.
#[derive(Clone, Default)]
pub struct Run {
    rows: Vec<(usize, Fit)>,
    /// Those that are strange by their hour.
    sleepless: usize,
    /// Those that went on things the user hardly buys, by kind of thing.
    unlike: Vec<(u32, usize)>,
    total: i64,
    known: Option<usize>,
    last: i64,
}

impl Run {
    /// Takes in a row; the run, where there is one and the row belongs to it.
    pub fn step(&mut self, history: &History<'_>, i: usize) -> Option<Flag> {
        let fit = history.fit(i).filter(|fit| fit.odds >= BELONGS && may_belong(history, i, fit))?;
        let line = &history.lines[i];
        if line.at - self.last > APART {
            *self = Self::default();
        }
        if self.rows.len() >= MOST {
            self.last = line.at;
            return None;
        }
        let another = self.rows.is_empty() || line.at - self.last > ONE_CART;
        self.last = line.at;
        self.rows.push((i, *fit));
        self.total = self.total.saturating_add(line.kept);
        if another && fit.odds >= STRANGE && line.kept >= LEAST {
            self.count(line, fit);
        }
        let sure = self.strange() >= MANY && fit.taken >= TAKEN && self.total >= TOTAL;
        if self.known.is_none()
            && sure
            && !self.is_journey(history)
            && !travels(history, i)
            && !settles_in(history, i)
        {
            self.known = Some(i);
        }
        explain(history, self)
    }

    /// Whether most of it is filed as travelling, and not while people sleep: tickets are what thieves buy then.
    fn is_journey(&self, history: &History<'_>) -> bool {
        let away = |i: usize| {
            holds(&history.row(i).category.to_lowercase(), FILED_AS_TRAVEL)
                && !SMALL_HOURS.contains(&history.lines[i].hour)
        };
        self.rows.iter().filter(|&&(i, _)| away(i)).count() * 2 > self.rows.len()
    }

    fn count(&mut self, line: &Line, fit: &Fit) {
        if line.at_night() && fit.hour > 0.0 {
            self.sleepless += 1;
        } else if fit.choice > UNLIKE {
            match self.unlike.iter_mut().find(|(category, _)| *category == line.category) {
                Some((_, count)) => *count += 1,
                None => self.unlike.push((line.category, 1)),
            }
        }
    }

    /// How many are more than a trip. New payees and dearer meals are what a few days elsewhere look like, and so are
    /// many payments for the one thing one hardly buys at home, which count once; sleepless hours, and several such
    /// things, are not.
    fn strange(&self) -> usize {
        let (most, all) = self.unlike.iter().fold((0, 0), |(most, all), (_, n)| (*n.max(&most), all + n));
        self.sleepless + all - most + most.min(1)
    }
}

/// Whether a stranger could have made the payment, and the user could not be expected to.
fn may_belong(history: &History<'_>, i: usize, fit: &Fit) -> bool {
    let (line, sign) = (&history.lines[i], history.sign(i));
    // What is paid there again and again, by day and in such sums, is one's own.
    let ordinary = fit.here >= OWN_GAME && line.kept <= fit.most_here && !line.at_night();
    let expected = sign.mentions_any(&[Words::Home, Words::Occasion, Words::Sale, Words::Unchosen]);
    matches!(line.kind, Kind::Purchase | Kind::TransferOut | Kind::Other)
        && sign.named
        && !expected
        && !ordinary
        && !is_for_home(history, i)
        && !sign.says.any(&[Topic::FamilyCard, Topic::Gift])
        && (line.at_night() && fit.here < OWN_GAME || !sign.is(Topic::Repeated))
        // What is taken by itself nobody pays who holds the telephone.
        && !history.detail(i).is_some_and(|detail| holds(&detail.channel.to_lowercase(), AUTOMATIC))
        && !history.is_festival(i)
}

/// Whether the user paid for a journey within the days before row `i`, or with it.
fn travels(history: &History<'_>, i: usize) -> bool {
    let since = history.lines[i].at - TRAVEL_DAYS * 86_400;
    let recent = (0..=i).rev().take_while(|&j| history.lines[j].at >= since);
    recent.into_iter().any(|j| history.sign(j).mentions(Words::Travel))
}

fn explain(history: &History<'_>, run: &Run) -> Option<Flag> {
    let known = run.known?;
    let lines = || run.rows.iter().map(|&(i, _)| &history.lines[i]);
    let currency = history.row(known).amount.currency;
    let same = |(i, _): &&(usize, Fit)| history.row(*i).amount.currency == currency;
    let of_currency: Vec<&(usize, Fit)> = run.rows.iter().filter(same).collect();
    let &&(top, fit) = of_currency.iter().max_by_key(|(i, _)| (history.lines[*i].kept, Reverse(*i)))?;
    let total = of_currency.iter().fold(0, |sum: i64, (i, _)| sum.saturating_add(history.lines[*i].kept));
    let (first, last) = (run.rows.first()?.0, run.rows.last()?.0);
    let (start, span) =
        (when(history.row(first).at), stretch(history.lines[last].at - history.lines[first].at));
    let (who, count) = (name(history.row(top)), run.rows.len());
    let (sum, paid) = (history.money(known, total), history.money(top, history.lines[top].kept));
    let also = reasons(history, run);
    let compared = compared(history, first, top, &fit, also.zh.contains(NEW.0));
    let explanation = Text::new(
        format!(
            "{} 起 {}内有 {count} 笔付款不像您平时的习惯，共 {sum}。其中最大的一笔是付给{}的 {paid}{}{}。",
            start.zh, span.zh, who.zh, compared.zh, also.zh
        ),
        format!(
            "{count} payments within {} from {}, {sum} in all, do not fit your habits. The largest, {paid}, went to \
             {}{}{}.",
            span.en, start.en, who.en, compared.en, also.en
        ),
    );
    let innocent = Text::new(
        "您当时在旅行、搬家或集中采购。",
        "You were travelling, moving house or buying several large things.",
    );
    let night = lines().filter(|line| line.at_night()).count() * 2 > count;
    let more = run.strange().saturating_sub(MANY).min(5) as f64;
    let score = 0.64 + 0.04 * more + if night { 0.10 } else { 0.0 };
    let mut rows: Vec<usize> = run.rows.iter().map(|&(i, _)| i).collect();
    rows.sort_by_key(|&i| (Reverse(history.lines[i].kept), i));
    let flag = history.flag(FlagKind::Burst, score, &rows, sum, explanation, innocent);
    Some(Flag { known: history.row(known).id, ..flag })
}

const NEW: (&str, &str) = ("付给从未付过的收款方", "went to payees you had never paid");

/// How the largest of them stands beside what it can be compared with: what the user paid there before row `first`, where
/// that says something; `told` where most of them are said to be new.
fn compared(history: &History<'_>, first: usize, top: usize, fit: &Fit, told: bool) -> Text {
    let kept = history.lines[top].kept;
    match usual(history, top, first) {
        Some(usual) if kept >= usual.saturating_mul(FAR) => {
            let (times, usual) = (times(kept, usual), history.money(top, usual));
            Text::new(
                format!("，约是您平时付给对方（{usual} 上下）的 {times} 倍"),
                format!(", {times} times what you usually pay there (about {usual})"),
            )
        }
        None if fit.most_here == 0 && !told => Text::new("，此前没有付过这家", ", never paid before"),
        _ => Text::default(),
    }
}

/// What else is strange, where it is: the hour, the payees, the kind of shops.
fn reasons(history: &History<'_>, run: &Run) -> Text {
    let count =
        |strange: &dyn Fn(usize, &Fit) -> bool| run.rows.iter().filter(|(i, fit)| strange(*i, fit)).count();
    let mut said = Text::default();
    let mut say = |many: usize, zh: &str, en: &str| {
        if many * 2 > run.rows.len() {
            said.zh.push_str(&format!("；{many} 笔{zh}"));
            said.en.push_str(&format!("; {many} {en}"));
        }
    };
    let night = count(&|i, fit| SMALL_HOURS.contains(&history.lines[i].hour) && fit.hour > 0.0);
    say(night, "在凌晨 1 点到 5 点，而您很少在这时付款", "came between 1 and 5 am, when you hardly ever pay");
    let choice = count(&|_, fit| fit.choice > UNLIKE);
    say(choice, "花在您少有的用途上", "went on things you seldom buy");
    let new = count(&|_, fit| fit.newness > 0.3);
    say(new, NEW.0, NEW.1);
    said
}
