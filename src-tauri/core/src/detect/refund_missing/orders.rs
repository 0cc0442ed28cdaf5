//! What was said of the money an order should give back, from its first announcement to its arrival.
//!
//! A refund stands in many files as a row of its own while it is under way, once or again and again. The first such
//! row is what every refund looks like; one more after the promised days is a refund that does not come.

use crate::detect::History;
use crate::detect::phrase::holds;
use crate::detect::promise::{days_allowed, since, sum_after, until};
use crate::detect::texts::Map;
use crate::detect::topics::Topic;
use crate::ledger::Kind;

/// Where nothing is promised, cards take up to fifteen working days; most take less than ten.
const SLOW_DAYS: i64 = 15;
const FAIR_DAYS: i64 = 21;
/// The promised days are over; nothing was promised, and it takes longer than any refund; than most.
const OVERDUE: f64 = 0.86;
const TOO_LONG: f64 = 0.84;
const SLOW: f64 = 0.62;
/// An announcement this old is another story.
const STORY_DAYS: i64 = 180;
/// The row itself says that the wait is over.
const LATE: &[&str] = &[
    "已超预计",
    "超过承诺",
    "超出承诺",
    "超过约定",
    "已过承诺",
    "已过约定",
    "未响应",
    "平台介入",
    "银行退回",
    "重新发起",
    "已超时",
    "超过预计",
    "超出预计",
    "已超期",
    "超期",
    "催办",
    "已催",
    "多次催",
    "催退",
    "逾期未",
    "超时未到",
    "超时未退",
    "仍未到账",
    "仍未退",
    "迟迟未",
    "一直未到",
    "overdue",
    "past due",
    "still not received",
    "longer than expected",
];
/// What the status of a refund says while it is on its way.
const ON_ITS_WAY: &[&str] = &[
    "处理中",
    "审核中",
    "受理中",
    "进行中",
    "待处理",
    "待到账",
    "待商家",
    "pending",
    "processing",
    "in progress",
    "initiated",
];
/// What a row names before the sum that was agreed.
const AGREED: &[&str] = &[
    "应退",
    "承诺退",
    "同意退",
    "答应退",
    "应退款",
    "退款金额",
    "应返",
    "申请退款",
    "退款申请",
    "同意退款",
    "协商退款",
    "可退",
    "说好退",
    "讲好退",
    "约定退",
    "承诺补偿",
    "答应补偿",
    "同意补偿",
    "整单退款",
    "全额退款",
    "refund of",
    "promised",
    "refund amount",
];

#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Payment(usize),
    Number(String),
    Alike(u32, i64),
}

#[derive(Clone, Copy)]
struct Story {
    /// The row that announced it first, and the day it was asked for.
    row: usize,
    asked: i64,
    /// The last day of what was promised.
    deadline: Option<i64>,
    done: bool,
    /// A later row of it was told about.
    told: bool,
}

/// Announced refunds by order.
#[derive(Clone, Default)]
pub struct Orders {
    stories: Vec<Story>,
    keys: Map<Key, usize>,
    /// Announced refunds that came.
    came: u32,
}

impl Orders {
    /// The rows that announced refunds nothing came of, and no later row tells of.
    pub fn open(&self) -> impl Iterator<Item = usize> {
        self.stories.iter().filter(|story| !story.done && !story.told).map(|story| story.row)
    }

    /// How many announced refunds came.
    pub fn came(&self) -> u32 {
        self.came
    }

    /// The row that announced what row `i` gives back, as long as it is open.
    pub fn announced(&self, history: &History<'_>, i: usize) -> Option<usize> {
        let today = i64::from(history.sign(i).day);
        let story = keys(history, i).iter().find_map(|key| {
            let story = self.stories.get(*self.keys.get(key)?)?;
            // Two payments of one sum are two stories.
            let payments = [i, story.row].map(|row| payment_of(history, row));
            let other = payments[0] != payments[1] && payments.iter().all(Option::is_some);
            (!matches!(key, Key::Alike(..)) || !other).then_some(story)
        })?;
        (!story.done && today - story.asked <= STORY_DAYS).then_some(story.row)
    }

    /// Whether a refund of `payment` was announced and is open.
    pub fn under_way(&self, payment: usize) -> bool {
        let story = self.keys.get(&Key::Payment(payment)).and_then(|&place| self.stories.get(place));
        story.is_some_and(|story| !story.done)
    }

    /// Takes note of refund `i`, which came, or is no longer to come.
    pub fn end(&mut self, history: &History<'_>, i: usize, came: bool) {
        if let Some(row) = self.announced(history, i)
            && let Some(story) = self.stories.iter_mut().rev().find(|story| story.row == row)
        {
            story.done = true;
            self.came += u32::from(came);
        }
    }

    /// Takes note of a refund under way, and answers how late it is: `None` while it may still come in time.
    pub fn wait(&mut self, history: &History<'_>, i: usize) -> Option<f64> {
        let row = history.row(i);
        let today = i64::from(history.sign(i).day);
        let before = self.announced(history, i);
        let asked = since(&row.memo, today).unwrap_or(today);
        let promised = |from: i64| until(&row.memo, from).or_else(|| Some(from + days_allowed(&row.memo)?));
        let place = before.and_then(|row| self.stories.iter().rposition(|story| story.row == row));
        let (asked, deadline) = match place.and_then(|place| self.stories.get_mut(place)) {
            Some(story) => {
                story.asked = story.asked.min(asked);
                // A promise made again counts from the day of the first.
                story.deadline = story.deadline.max(promised(story.asked));
                (story.asked, story.deadline)
            }
            None => {
                let deadline = promised(asked);
                for key in keys(history, i) {
                    self.keys.insert(key, self.stories.len());
                }
                self.stories.push(Story { row: i, asked, deadline, done: false, told: false });
                (asked, deadline)
            }
        };
        let waited = today - asked;
        let late = match deadline {
            _ if holds(&row.memo, LATE) => Some(OVERDUE),
            Some(deadline) => (today > deadline).then_some(OVERDUE),
            None if waited >= FAIR_DAYS => Some(TOO_LONG),
            None => (waited >= SLOW_DAYS).then_some(SLOW),
        };
        if late.is_some()
            && let Some(story) =
                place.or(self.stories.len().checked_sub(1)).and_then(|at| self.stories.get_mut(at))
        {
            story.told = true;
        }
        late
    }
}

/// What row `i` may be found again by, the surest first.
fn keys(history: &History<'_>, i: usize) -> Vec<Key> {
    let payment = payment_of(history, i);
    let number = history.merchant_order(i).map(|number| Key::Number(number.to_owned()));
    // One of two rows may be too little like the payment to be linked with it.
    let alike = number.is_none().then(|| Key::Alike(history.lines[i].payee, history.lines[i].amount));
    payment.map(Key::Payment).into_iter().chain(number).chain(alike).collect()
}

/// The payment before refund `i` that it is of.
pub fn payment_of(history: &History<'_>, i: usize) -> Option<usize> {
    history.row(i).refund_of.and_then(|id| history.place(id)).filter(|&payment| payment < i)
}

/// Whether refund `i` is on its way: on a row of a refund the status need not say that it is one.
pub fn is_under_way(history: &History<'_>, i: usize) -> bool {
    let stopped = [Topic::Failed, Topic::Closed, Topic::Refunded];
    let state = history.sign(i).state;
    state.has(Topic::RefundUnderWay)
        || history.lines[i].kind == Kind::Refund
            && !state.any(&stopped)
            && holds(&history.row(i).status.to_ascii_lowercase(), ON_ITS_WAY)
}

/// Whether refund `i` came: it is neither under way nor refused.
pub fn came(history: &History<'_>, i: usize) -> bool {
    let stopped = [Topic::Unpaid, Topic::Failed, Topic::Closed];
    !history.sign(i).state.any(&stopped) && !is_under_way(history, i)
}

/// What came back of `payment` with row `until` or before it, in minor units.
pub fn came_back(history: &History<'_>, payment: usize, until: usize) -> i64 {
    let came = history.returns(payment, until).iter().filter(|&&row| came(history, row));
    came.fold(0, |sum: i64, &row| sum.saturating_add(history.lines[row].amount))
}

/// Whether row `i` is about money held, which comes back under another name.
pub fn is_hold(history: &History<'_>, i: usize) -> bool {
    let sign = history.sign(i);
    sign.is_any(&[Topic::Hold, Topic::Release]) || sign.state.any(&[Topic::Hold, Topic::Release])
}

/// The largest sum that the texts of row `i` say was agreed, in minor units.
pub fn agreed(history: &History<'_>, i: usize) -> Option<i64> {
    let row = history.row(i);
    let texts = [&row.memo, &row.item, &row.note, &row.status];
    texts.into_iter().filter_map(|text| sum_after(text, AGREED)).max()
}
