//! A payment that a wallet shows once and the card behind it shows twice.
//!
//! The card's file has two lines for one shop and sum, minutes apart, and the wallet's file, which reaches beyond
//! them, has a payment for one of them alone. Two payments in the wallet have a line each, and stay quiet here.

use super::LEAST;
use crate::detect::History;
use crate::detect::history::{day, day_alone, name, when};
use crate::detect::reach::Reach;
use crate::detect::texts::Map;
use crate::detect::{Flag, FlagKind};
use crate::ledger::link::is_bank;
use crate::ledger::{Direction, Transaction};
use crate::text::Text;
use std::collections::{HashSet, VecDeque};

/// Lines of one story stand within this of each other, or on one day where the file tells no time.
const WINDOW: i64 = 30 * 60;
/// Charged again within this, nobody sat down to a second meal.
const SOON: i64 = 10 * 60;
/// The wallet's file reaches so much beyond the last line, or a day where the card's tells no time.
const BEYOND: i64 = 10 * 60;
const DAY: i64 = 86_400;
/// Both files tell the minute; later, or the day alone.
const AT_ONCE: f64 = 0.86;
const SAME_DAY: f64 = 0.74;

/// Lines of one card for one shop and sum.
#[derive(Clone)]
struct Lines {
    rows: Vec<usize>,
    /// The sum came back to the card.
    back: bool,
}

/// A card's file, a party and a sum.
type Key = (u16, u32, i64);

/// What cards show.
#[derive(Clone, Default)]
pub struct OnCard {
    /// Which files are a bank's, by the wallet's number.
    banks: Vec<Option<bool>>,
    /// The lines of the last day, and the latest of each party and sum among them.
    recent: VecDeque<usize>,
    latest: Map<Key, usize>,
    /// Several lines, and the last such story of each party and sum.
    doubled: Vec<Lines>,
    stories: Map<Key, usize>,
    reach: Reach,
}

impl OnCard {
    /// Takes note of row `i`.
    pub fn note(&mut self, history: &History<'_>, i: usize) {
        self.reach.note(history, i);
        let (row, line) = (history.row(i), &history.lines[i]);
        let wallet = usize::from(line.wallet);
        if wallet >= self.banks.len() {
            self.banks.resize(wallet + 1, None);
        }
        let is_card = *self.banks[wallet].get_or_insert_with(|| is_bank(&row.provider));
        if !is_card || line.amount < LEAST {
            return;
        }
        if row.direction == Direction::In {
            let story = self.stories.get(&key(history, i)).and_then(|&story| self.doubled.get_mut(story));
            story.into_iter().for_each(|story| story.back = true);
        } else if history.went_out(i) && !history.is_own(i) && history.sign(i).named {
            self.charge(history, i);
        }
    }

    /// Line `i` of a card, which is a payment.
    fn charge(&mut self, history: &History<'_>, i: usize) {
        while let Some(&old) = self.recent.front()
            && history.lines[i].at - history.lines[old].at > DAY
        {
            self.recent.pop_front();
            if self.latest.get(&key(history, old)) == Some(&old) {
                self.latest.remove(&key(history, old));
            }
        }
        self.recent.push_back(i);
        let key = key(history, i);
        let Some(before) = self.latest.insert(key, i).filter(|&before| is_near(history, before, i)) else {
            return;
        };
        let story = self.stories.get(&key).and_then(|&story| self.doubled.get_mut(story));
        match story.filter(|story| story.rows.last() == Some(&before)) {
            Some(story) => story.rows.push(i),
            None => {
                self.stories.insert(key, self.doubled.len());
                self.doubled.push(Lines { rows: vec![before, i], back: false });
            }
        }
    }

    /// What is to be said once the wallets' files reach beyond the lines. What is told of the same lines already is not
    /// told again.
    pub fn tell(&self, history: &History<'_>, flags: &mut Vec<Flag>) {
        let told: HashSet<u32> = flags.iter().flat_map(|flag| flag.places.iter().copied()).collect();
        let untold = |row: &usize| u32::try_from(*row).is_ok_and(|row| !told.contains(&row));
        let once = self.doubled.iter().filter(|lines| lines.rows.iter().all(untold));
        let found: Vec<Flag> = once.filter_map(|lines| self.judge(history, lines)).collect();
        flags.extend(found);
    }

    fn judge(&self, history: &History<'_>, lines: &Lines) -> Option<Flag> {
        let (paid, extra): (Vec<usize>, Vec<usize>) =
            lines.rows.iter().partition(|&&row| payment(history, row).is_some());
        let back = lines.back || lines.rows.iter().any(|&row| history.row(row).refunded.minor > 0);
        let (&line, &last) = (paid.first()?, extra.last()?);
        let payment = payment(history, line)?;
        let beyond = if day_alone(history.row(last).at) { DAY } else { BEYOND };
        let seen = self.reach.after(history, payment).timestamp() >= history.lines[last].at + beyond;
        (seen && !back).then(|| explain(history, &extra, line, payment))
    }
}

/// See [`Key`].
fn key(history: &History<'_>, i: usize) -> Key {
    let line = &history.lines[i];
    (line.wallet, line.payee, line.amount)
}

/// The wallet's payment of which row `line` of a card is the other side.
fn payment(history: &History<'_>, line: usize) -> Option<usize> {
    let mut linked = history.row(line).linked.iter().filter_map(|&id| history.place(id));
    let is_wallet = |row: &Transaction| row.statement.is_some() && !is_bank(&row.provider);
    linked.find(|&row| is_wallet(history.row(row)) && history.row(row).amount == history.row(line).amount)
}

/// Whether two lines are near enough to be one charge made twice.
fn is_near(history: &History<'_>, before: usize, i: usize) -> bool {
    let (a, b) = (history.row(before), history.row(i));
    let one_card = a.statement == b.statement && a.method == b.method;
    let one_item = history.sign(before).item == history.sign(i).item;
    let near = match day_alone(a.at) || day_alone(b.at) {
        true => history.sign(before).day == history.sign(i).day,
        false => history.lines[i].at - history.lines[before].at <= WINDOW,
    };
    one_card && one_item && near
}

fn explain(history: &History<'_>, extra: &[usize], line: usize, payment: usize) -> Flag {
    let first = extra[0];
    let (row, wallet) = (history.row(first), history.row(payment));
    let times = extra.len() + 1;
    let sum = history.lines[first].amount.saturating_mul(i64::try_from(extra.len()).unwrap_or(i64::MAX));
    let gap = history.lines[first].at.abs_diff(history.lines[line].at);
    let dated = day_alone(row.at);
    let score = if !dated && gap <= SOON.unsigned_abs() { AT_ONCE } else { SAME_DAY };
    let (who, each, over) = (name(wallet), row.amount, history.money(first, sum));
    let rows: Vec<usize> = extra.iter().copied().chain([line, payment]).collect();
    let on = if dated { day(row.at) } else { when(history.row(first.min(line)).at) };
    let often = if times == 2 { "twice".to_owned() } else { format!("{times} times") };
    let explanation = Text::new(
        format!(
            "{}，付款的卡为{}记了 {times} 笔 {each}，钱包的账单里却只有一次付款。如果只该付一次，多扣的是 {over}。",
            on.zh, who.zh
        ),
        format!(
            "On {} the card behind the wallet was charged {each} {often} for {}, while the wallet's statement shows one \
             payment. If one was due, {over} was taken too much.",
            on.en, who.en
        ),
    );
    let innocent = Text::new(
        "另一笔是用别的钱包账户、或直接用这张卡付的；或者其中一笔是占用额度，几天内会自动撤销。",
        "The other was paid from another wallet account or with the card itself; or one of them is a hold on the limit that \
         lapses within days.",
    );
    history.flag(FlagKind::DuplicateCharge, score, &rows, over, explanation, innocent)
}
