//! What a text says of when and how much: the days a promise allows, the day it names, the sum it states.
//!
//! Days are counted from 1970 on the row's own calendar.

use crate::money::{Currency, Money};
use chrono::{Datelike, NaiveDate};

/// The day 1970-01-01 in chrono's count.
const FIRST_DAY: i32 = 719_163;
/// A working day is seven fifths of a day, and the count may begin before a weekend.
const OVER_A_WEEKEND: i64 = 3;
/// Longer waits are no promise of one's money.
const LONGEST: i64 = 180;

/// A day a text names, and where its words stand.
struct Named {
    start: usize,
    end: usize,
    day: i64,
}

/// The days a promise allows at most, as calendar days: 预计7-15个工作日, 3天内, within 5 business days.
pub fn days_allowed(text: &str) -> Option<i64> {
    let allowed = numbers(text).filter_map(|(start, end)| {
        let count: i64 = text[start..end].parse().ok().filter(|count| (1..=LONGEST).contains(count))?;
        let rest = text[end..].trim_start_matches([' ', '个']);
        let begins = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
        if begins(&["工作日", "business day", "working day"]) {
            return Some((count * 7 + 4) / 5 + OVER_A_WEEKEND);
        }
        if begins(&["小时内", "小时之内", "hours"]) {
            return Some(count / 24 + 1);
        }
        begins(&[
            "天内",
            "日内",
            "天之内",
            "日之内",
            "天后",
            "日后",
            "天到",
            "日到",
            "天左右",
            "自然日",
            "天自动",
            "days",
            "day",
        ])
        .then_some(count + 1)
    });
    allowed.max()
}

/// How many days a text names: 试用14天, 7天免费试用, 30-day trial.
pub fn days_named(text: &str) -> Option<i64> {
    numbers(text).find_map(|(start, end)| {
        let count: i64 = text[start..end].parse().ok().filter(|count| (1..=LONGEST).contains(count))?;
        let rest = text[end..].trim_start_matches([' ', '-']);
        ["天", "日", "day"].iter().any(|word| rest.starts_with(word)).then_some(count)
    })
}

/// The last day a text promises something for: 预计2025-01-31前解冻, by 2025-01-31.
pub fn until(text: &str, today: i64) -> Option<i64> {
    named(text, today).iter().filter(|named| is_deadline(text, named)).map(|named| named.day).max()
}

/// Ten years in days: nothing is hired for longer.
const LONGEST_LEASE: i64 = 3_660;

/// For how many days, by its text, something is hired: 租期180天, 租期12个月.
pub fn term(text: &str) -> Option<i64> {
    const TERM: &[&str] = &["租期", "租用期", "借期", "期限", "使用期", "rental period", "term of"];
    let start = TERM.iter().filter_map(|word| text.find(word).map(|place| place + word.len())).min()?;
    let rest = text[start..].trim_start_matches([':', '：', ' ', '为', '共']);
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    let count: i64 = rest[..end].parse().ok().filter(|count| (1..=LONGEST_LEASE).contains(count))?;
    let unit = rest[end..].trim_start_matches([' ', '个']);
    let units = [
        ("天", 1),
        ("日", 1),
        ("day", 1),
        ("周", 7),
        ("星期", 7),
        ("week", 7),
        ("月", 31),
        ("month", 31),
        ("年", 366),
    ];
    units.iter().find(|(word, _)| unit.starts_with(word)).map(|(_, days)| count * days)
}

/// The earliest day on which, by its text, something began: 07月16日申请.
pub fn since(text: &str, today: i64) -> Option<i64> {
    let began = |named: &&Named| named.day <= today && !is_deadline(text, named);
    named(text, today).iter().filter(began).map(|named| named.day).min()
}

fn is_deadline(text: &str, named: &Named) -> bool {
    const AFTER: &[&str] = &[
        "前", "之前", "以前", "到期", "解冻", "自动", "释放", "退还", "退回", "返还", "归还", "解除", "到账",
        "截止",
    ];
    const BEFORE: &[&str] = &[
        "应于",
        "原定",
        "原定于",
        "约定",
        "约定于",
        "预计",
        "预计于",
        "最迟",
        "不晚于",
        "截至",
        "截止",
        "到期日",
        "by",
        "before",
        "until",
        "due",
    ];
    let (before, after) = (text[..named.start].trim_end(), text[named.end..].trim_start());
    AFTER.iter().any(|word| after.starts_with(word)) || BEFORE.iter().any(|word| before.ends_with(word))
}

fn day_of(year: i32, month: u32, day: u32) -> Option<i64> {
    let date = NaiveDate::from_ymd_opt(year, month, day)?;
    Some(i64::from(date.num_days_from_ce() - FIRST_DAY))
}

/// The day of this month that is nearest to `today`, of whatever year.
fn nearest(month: u32, day: u32, today: i64) -> Option<i64> {
    let now = i32::try_from(today).unwrap_or(0).saturating_add(FIRST_DAY);
    let this = NaiveDate::from_num_days_from_ce_opt(now).map_or(1970, |date| date.year());
    (this - 1..=this + 1).filter_map(|year| day_of(year, month, day)).min_by_key(|day| (day - today).abs())
}

/// Days named in full, or by month and day: then the year is the one nearest to `today`.
fn named(text: &str, today: i64) -> Vec<Named> {
    let runs: Vec<(usize, usize)> = numbers(text).collect();
    let number = |&(start, end): &(usize, usize)| text[start..end].parse::<u32>().ok();
    let mut found = Vec::new();
    let mut at = 0;
    while at < runs.len() {
        let between = |n: usize| runs.get(n + 1).map_or("", |next| &text[runs[n].1..next.0]);
        let behind = |n: usize| runs.get(n).map_or("", |run| &text[run.1..]);
        let separated = |n: usize, sign: &str| matches!(between(n), "-" | "/" | ".") || between(n) == sign;
        let whole = runs[at].1 - runs[at].0 == 4 && separated(at, "年") && separated(at + 1, "月");
        let short = between(at) == "月" && behind(at + 1).starts_with(['日', '号']);
        let (first, last) = if whole { (at + 1, at + 2) } else { (at, at + 1) };
        let year = if whole { number(&runs[at]) } else { None };
        // 应于07-03解冻: two and two digits are a day where the words beside them make them one.
        let bare = || {
            let two = |n: usize| runs.get(n).is_some_and(|run| run.1 - run.0 == 2);
            let ends = runs.get(at + 1).map_or(0, |run| run.1);
            let alone =
                matches!(between(at), "-" | "/" | ".") && !behind(at + 1).starts_with(['-', '/', '.', ':']);
            two(at)
                && two(at + 1)
                && alone
                && is_deadline(text, &Named { start: runs[at].0, end: ends, day: 0 })
        };
        if (whole || short || bare())
            && let (Some(month), Some(day)) =
                (runs.get(first).and_then(number), runs.get(last).and_then(number))
        {
            let day = match year {
                Some(year) => i32::try_from(year).ok().and_then(|year| day_of(year, month, day)),
                None => nearest(month, day, today),
            };
            if let Some(day) = day {
                let end = runs[last].1;
                let sign = text[end..].chars().next().filter(|c| matches!(c, '日' | '号'));
                let end = end + sign.map_or(0, char::len_utf8);
                found.push(Named { start: runs[at].0, end, day });
                at = last + 1;
                continue;
            }
        }
        at += 1;
    }
    found
}

/// Where runs of digits stand.
fn numbers(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = text.as_bytes();
    let digit = move |place: usize| bytes.get(place).is_some_and(u8::is_ascii_digit);
    let begins = (0..bytes.len()).filter(move |&place| digit(place) && (place == 0 || !digit(place - 1)));
    begins.map(move |start| (start, (start..).find(|&place| !digit(place)).unwrap_or(bytes.len())))
}

/// The sum a text states after the last of `words`, in minor units of two decimals; a count or a day is none.
pub fn sum_after(text: &str, words: &[&str]) -> Option<i64> {
    let start = words.iter().filter_map(|word| text.rfind(word).map(|place| place + word.len())).max()?;
    let rest = text[start..]
        .trim_start_matches(|c: char| !c.is_ascii_digit() && !matches!(c, '；' | ';' | '。' | ',' | '，'));
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let counted = |c: char| {
        matches!(
            c,
            '月' | '年' | '日' | '号' | '个' | '天' | '-' | '—' | '~' | '至' | '工' | '件' | '小' | '%'
        ) || matches!(c, ':' | '/' | '次' | '笔' | '张' | '期' | '分')
    };
    if rest[end..].trim_start().starts_with(counted) {
        return None;
    }
    let amount = Money::from_decimal(rest[..end].trim_end_matches('.'), Currency::CNY)?;
    (amount.minor > 0).then_some(amount.minor)
}

/// Whether a text names this very sum, in minor units of 元.
pub fn names_sum(text: &str, minor: i64) -> bool {
    let sum = |run: &str| Money::from_decimal(run.trim_matches('.'), Currency::CNY).map(|sum| sum.minor);
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .any(|run| !run.is_empty() && sum(run) == Some(minor))
}

/// The day on which, by its text, what was rented or booked ends: 离店03-04, 还车2025-06-04.
pub fn ends(text: &str, today: i64) -> Option<i64> {
    const END: &[&str] = &[
        "离店",
        "退房",
        "还车",
        "归还",
        "还书",
        "到期",
        "结束",
        "退租",
        "至",
        "check-out",
        "checkout",
        "return",
    ];
    let (word, start) =
        END.iter().filter_map(|word| text.rfind(word).map(|at| (word, at))).max_by_key(|(_, at)| *at)?;
    let rest = text[start + word.len()..].trim_start_matches([' ', ':', '：', '日']);
    let rest = rest.strip_prefix("日期").unwrap_or(rest).trim_start_matches([' ', ':', '：']);
    if let Some(day) = named(rest, today).iter().find(|named| named.start == 0) {
        return Some(day.day);
    }
    // 03-04 or 03/04, month first, of the year nearest.
    let mut runs = numbers(rest);
    let ((start, end), (next, last)) = (runs.next()?, runs.next()?);
    let short = start == 0 && next == end + 1 && matches!(&rest[end..next], "-" | "/" | ".");
    let number = |from: usize, to: usize| rest[from..to].parse::<u32>().ok();
    nearest(number(start, end).filter(|_| short)?, number(next, last)?, today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> i64 {
        i64::from(text.parse::<NaiveDate>().unwrap().num_days_from_ce() - FIRST_DAY)
    }

    #[test]
    fn a_lease_names_its_term_in_days_months_or_years() {
        let terms =
            ["租期180天", "租期：365天", "租期12个月", "租期 2年", "rental period 6 months"].map(term);
        assert_eq!(terms, [180, 365, 372, 732, 186].map(Some));
        assert!(["租期内", "租期至2026-01-01", "订单180天"].iter().all(|text| term(text).is_none()));
    }

    #[test]
    fn two_and_two_digits_are_a_day_beside_the_words_of_a_deadline() {
        let today = day("2025-07-09");
        assert_eq!(until("应于07-03解冻", today), Some(day("2025-07-03")));
        assert_eq!(until("原定12/20解冻", day("2025-01-08")), Some(day("2024-12-20")));
        assert_eq!(until("订单07-03", today), None);
        assert_eq!(until("应于12-34-56前", today), None);
    }

    #[test]
    fn a_promise_allows_its_last_day_and_a_weekend() {
        assert_eq!(days_allowed("预计7-15个工作日到账"), Some(24));
        assert_eq!(days_allowed("商家处理中，预计5个工作日"), Some(10));
        assert_eq!(days_allowed("within 3 business days"), Some(8));
        assert_eq!(days_allowed("退房后7日内解冻"), Some(8));
        assert_eq!(days_allowed("48小时内到账"), Some(3));
        for text in ["", "退款处理中", "07月16日申请", "3件商品"] {
            assert_eq!(days_allowed(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_named_is_a_deadline_or_a_beginning() {
        let today = day("2025-01-10");
        assert_eq!(until("预计2025-01-31前解冻", today), Some(day("2025-01-31")));
        assert_eq!(until("最迟12月28日", today), Some(day("2024-12-28")));
        assert_eq!(until("to be released by 2025/01/31", today), Some(day("2025-01-31")));
        assert_eq!(since("退款处理中,12月16日申请,预计3-7个工作日到账", today), Some(day("2024-12-16")));
        assert_eq!(since("退款申请于2024年12月3日提交", today), Some(day("2024-12-03")));
        assert_eq!((until("12月16日冻结", today), since("预计1月20日前解冻", today)), (None, None));
        assert_eq!(since("订单 2025-13-45", today), None);
    }

    #[test]
    fn a_sum_is_no_day_and_no_count() {
        let words = &["退款申请", "申请退款", "应退"];
        assert_eq!(sum_after("退货退款申请57.50元已通过", words), Some(5_750));
        assert_eq!(sum_after("申请退款98.02元,实退77.51元", words), Some(9_802));
        assert_eq!(sum_after("应退432", words), Some(43_200));
        for text in ["退款申请于06月25日提交", "退款申请已提交,预计3-7个工作日", "申请退款2件", "退款12元"]
        {
            assert_eq!(sum_after(text, words), None, "{text}");
        }
    }
}
