//! What a row says of money held: that it is held, that it was let go, that it should have been.

mod lists;

use crate::detect::History;
use crate::detect::phrase::holds;
use crate::detect::promise::{days_allowed, ends, since, term, until};
use crate::detect::topics::{Topic, topics};
use crate::ledger::{Direction, Kind};
use lists::{CAPTURE, ENDED, KEPT, LATE, LATER, ON_ITS_WAY, RUNNING, STUCK};

/// Card schemes let a pre-authorisation lapse within 30 days.
const LAPSE_DAYS: i64 = 30;
/// Without a number what is listed again is listed within so many days.
const RECENT_DAYS: i64 = 75;
/// Banks let go within so many days of the word.
pub const LEAVING_DAYS: i64 = 14;

/// What a row says of money held.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Nothing,
    Held,
    /// It came back, or the hold ended.
    LetGo,
    /// It is on its way back.
    Leaving,
}

/// How a hold that is listed stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// In use, or before the promised day.
    Running,
    /// It should have been let go.
    Due,
    Unsaid,
}

/// Whether row `i` turned a hold into a payment.
pub fn is_capture(history: &History<'_>, i: usize) -> bool {
    let row = history.row(i);
    row.direction == Direction::Out
        && [&row.item, &row.memo].iter().any(|text| holds(&text.to_lowercase(), CAPTURE))
}

/// Whether row `i` says what the held money was owed for.
pub fn is_owed(history: &History<'_>, i: usize) -> bool {
    const OWED: &[&str] =
        &["赔", "损", "罚", "超时", "违约", "违章", "逾期", "damage", "penalty", "overtime", "fine"];
    let row = history.row(i);
    [&row.item, &row.memo].iter().any(|text| holds(&text.to_lowercase(), OWED))
}

/// Whether row `i` paid for what was hired, and says that the money held for it stays.
pub fn says_hold_stays(history: &History<'_>, i: usize) -> bool {
    const STAYS: &[&str] =
        &["押金未退", "押金没退", "押金还没退", "押金未还", "押金冻结中", "deposit not returned"];
    let (row, sign) = (history.row(i), history.sign(i));
    if !history.lines[i].spent || !sign.says.any(&[Topic::Hold, Topic::Deposit]) {
        return false;
    }
    let names = topics(&row.memo).any(&[Topic::Hold, Topic::Deposit]);
    let stays = holds(&row.memo, STAYS) || holds(&row.memo, STUCK) && names;
    let listed =
        sign.state.has(Topic::Hold) || topics(&row.item).any(&[Topic::Hold, Topic::Deposit, Topic::Release]);
    stays && !listed
}

/// Reads row `i`.
pub fn of(history: &History<'_>, i: usize) -> Told {
    let (row, sign) = (history.row(i), history.sign(i));
    let about = |topic| sign.is(topic) || sign.state.has(topic);
    let back = row.direction == Direction::In
        || history.lines[i].kind == Kind::Refund
        || sign.state.has(Topic::Refunded);
    let on_its_way = || holds(&row.status.to_lowercase(), ON_ITS_WAY);
    if history.lines[i].kind == Kind::Refund && sign.is_any(&[Topic::Deposit, Topic::Release]) && on_its_way()
    {
        return Told::Leaving;
    }
    if !about(Topic::Hold) && !about(Topic::Release) {
        return if back { Told::LetGo } else { Told::Nothing };
    }
    let (item, memo) = (topics(&row.item), topics(&row.memo));
    if sign.state.any(&[Topic::Failed, Topic::Unpaid]) {
        let release = sign.state.has(Topic::Release) || item.has(Topic::Release);
        return if release { Told::Held } else { Told::Nothing };
    }
    let release = item.has(Topic::Release) || sign.filed.has(Topic::Release);
    if (release || sign.state.has(Topic::Release)) && on_its_way() {
        return Told::Leaving;
    }
    // 冻结中(逾期未解冻) names what did not happen.
    if holds(&row.status, STUCK) {
        return Told::Held;
    }
    let later = holds(&row.memo, LATER);
    if sign.state.has(Topic::Release) || back {
        return Told::LetGo;
    }
    if sign.state.has(Topic::Hold) {
        return Told::Held;
    }
    if release || memo.has(Topic::Release) && !later {
        return Told::LetGo;
    }
    if about(Topic::Hold) { Told::Held } else { Told::Nothing }
}

/// How the hold of row `i` stands, first listed in row `first`; where that is not `sure`, it may be a new one.
pub fn state(history: &History<'_>, i: usize, first: Option<usize>, sure: bool) -> State {
    let (row, sign) = (history.row(i), history.sign(i));
    let today = i64::from(sign.day);
    let texts = [&row.memo, &row.note, &row.status];
    let says = |words: &[&str]| texts.iter().any(|text| holds(text, words));
    // 订单完成后解冻 says when.
    let then = |rest: &str| rest.trim_start_matches('之').starts_with('后');
    let past =
        |text: &str, word: &str| text.match_indices(word).any(|(at, _)| !then(&text[at + word.len()..]));
    let ended = texts.iter().any(|text| ENDED.iter().any(|word| past(text, word)));
    let begun = first.map_or(today, |first| i64::from(history.sign(first).day));
    let over = over_from(history, i, begun);
    let promised = days_allowed(&row.memo).is_some() && !says(LATE);
    // On the day on which it ended the promise only begins.
    if ended && promised && !says(STUCK) && today - begun <= LAPSE_DAYS {
        return State::Running;
    }
    if let Some(over) = over.filter(|_| !ended && !says(LATE)) {
        return match today - over {
            _ if promised || today <= over => State::Running,
            late if late > LEAVING_DAYS => State::Due,
            _ => State::Unsaid,
        };
    }
    let now = until(&row.memo, today);
    if !ended && (says(RUNNING) || now.is_some_and(|day| day >= today)) {
        return State::Running;
    }
    if ended || says(STUCK) || now.is_some() {
        return State::Due;
    }
    let Some(first) = first else {
        let since = since(&row.memo, today).unwrap_or(today);
        return if today - since > LAPSE_DAYS { State::Due } else { State::Unsaid };
    };
    let begun = i64::from(history.sign(first).day);
    let promised = until(&history.row(first).memo, today);
    let late = promised.is_some_and(|day| today > day && (sure || today - begun <= RECENT_DAYS));
    let begun = since(&row.memo, today).unwrap_or(begun).min(begun);
    if late || sure && today - begun > LAPSE_DAYS { State::Due } else { State::Unsaid }
}

/// The last day on which what row `i` says is on its way back should be there.
pub fn there_by(history: &History<'_>, i: usize) -> i64 {
    let (memo, today) = (&history.row(i).memo, i64::from(history.sign(i).day));
    until(memo, today).unwrap_or_else(|| today + days_allowed(memo).unwrap_or(LEAVING_DAYS))
}

/// How many days after its use hold `i` is to be let go, by its memo.
pub fn days_after_use(history: &History<'_>, i: usize) -> Option<i64> {
    days_allowed(&history.row(i).memo)
}

/// The last day on which, by the memo of hold `i`, it is to be let go.
pub fn promised(history: &History<'_>, i: usize) -> Option<i64> {
    until(&history.row(i).memo, i64::from(history.sign(i).day))
}

/// Whether row `i` lists the hold of row `first` again: its status says that it goes on, or both name the same dates or
/// number.
pub fn is_same(history: &History<'_>, first: usize, i: usize) -> bool {
    const GOES_ON: &[&str] = &["冻结中", "未解", "未释放", "占用中", "仍"];
    const DIGITS: usize = 4;
    let (a, b) = (history.row(first), history.row(i));
    let digits = b.item.bytes().filter(u8::is_ascii_digit).count();
    holds(&b.status, GOES_ON) || digits >= DIGITS && a.item.trim() == b.item.trim()
}

/// Whether hold `i` secures what costs a few yuan by the hour.
pub fn is_by_the_hour(history: &History<'_>, i: usize) -> bool {
    const BY_THE_HOUR: &[&str] = &["充电宝", "雨伞", "单车", "储物柜", "轮椅", "power bank"];
    let row = history.row(i);
    [&row.item, &row.memo, &row.counterparty].into_iter().any(|text| holds(&text.to_lowercase(), BY_THE_HOUR))
}

/// The day on which what a hold secures ends, by its own row.
pub fn over(history: &History<'_>, i: usize) -> Option<i64> {
    over_from(history, i, i64::from(history.sign(i).day))
}

/// The same, of a hold that was put on day `begun`.
fn over_from(history: &History<'_>, i: usize, begun: i64) -> Option<i64> {
    let (row, today) = (history.row(i), i64::from(history.sign(i).day));
    let named = ends(&row.item, today).or_else(|| ends(&row.memo, today));
    named.or_else(|| Some(begun + term(&row.memo).or_else(|| term(&row.item))?))
}

/// Whether row `i` says that it should have been let go.
pub fn is_stuck(history: &History<'_>, i: usize) -> bool {
    let row = history.row(i);
    [&row.memo, &row.note, &row.status].iter().any(|text| holds(text, STUCK))
}

/// Whether row `i` holds on to what row `first` held, for longer.
pub fn is_renewed(history: &History<'_>, i: usize) -> bool {
    const RENEWED: &[&str] = &[
        "续冻",
        "延期",
        "延长有效期",
        "有效期延长",
        "继续冻结",
        "再次冻结",
        "重新冻结",
        "renewed hold",
        "hold extended",
    ];
    let row = history.row(i);
    [&row.item, &row.memo, &row.status].iter().any(|text| holds(&text.to_lowercase(), RENEWED))
}

/// Whether row `i` paid the whole bill: who leaves, settles.
pub fn is_settling(history: &History<'_>, i: usize) -> bool {
    const SETTLED: &[&str] = &[
        "结算",
        "结账",
        "退房",
        "离店",
        "还车",
        "归还",
        "checked out",
        "check-out",
        "final bill",
        "settlement",
    ];
    let row = history.row(i);
    [&row.item, &row.memo].iter().any(|text| holds(&text.to_lowercase(), SETTLED))
}

/// Whether hold `i` secures what is used for hours or days.
pub fn is_short_use(history: &History<'_>, i: usize) -> bool {
    const SHORT: &[&str] = &[
        "骑行",
        "助力车",
        "电动车",
        "酒店",
        "住宿",
        "宾馆",
        "民宿",
        "入住",
        "bike",
        "scooter",
        "umbrella",
        "hotel",
    ];
    const LEASE: &[&str] = &["长租", "租期", "月租", "年租", "租约", "lease"];
    let row = history.row(i);
    let says = |words: &[&str]| {
        [&row.item, &row.counterparty, &row.memo].iter().any(|text| holds(&text.to_lowercase(), words))
    };
    (says(SHORT) || is_by_the_hour(history, i)) && !says(LEASE) && over(history, i).is_none()
}

/// Whether row `i` says that what a hold secures goes on, so that it is no new hold.
pub fn goes_on(history: &History<'_>, i: usize) -> bool {
    let row = history.row(i);
    [&row.memo, &row.note, &row.status].iter().any(|text| holds(text, RUNNING))
}

/// Whether row `i`, which let go less than was held, says why or took the rest in payment.
pub fn is_explained(history: &History<'_>, i: usize) -> bool {
    let row = history.row(i);
    row.direction == Direction::Out
        || [&row.memo, &row.note, &row.item].iter().any(|text| holds(text, KEPT))
        || row.status.contains("完成")
}
