//! A ledger as a person would jot it down, for fixtures.
//!
//! ```text
//! === finds duplicate-charge: a title
//! usual 2025-11-01 120                  an ordinary life from that day, so many days
//! every month x4 2026-01-10 09:00 buy 25.00 某视频; item 连续包月
//! * 2026-03-01 19:02:10 buy 128.00 老王火锅; item 双人套餐; mo H1     * marks the evidence
//! now 2026-04-01
//! zh the whole explanation
//! en the whole explanation
//! === quiet: a title
//! ```
//!
//! A case holds exactly the flags its heading names, in rank order; `*` rows are the evidence of the first.

use chrono::{Datelike, Days, FixedOffset, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Weekday};
use recourse::detect::Detail;
use recourse::ledger::{Direction, ImportId, Kind, Moment, Source, Transaction, TransactionId};
use recourse::money::{Currency, Money};
use std::collections::HashMap;

/// One case of a fixture file.
#[derive(Default)]
pub struct Case {
    /// Its heading.
    pub title: String,
    /// The kinds it must hold, in rank order.
    pub finds: Vec<String>,
    /// The ledger, in the order written.
    pub rows: Vec<Transaction>,
    /// What rows say of the balance, by key.
    pub details: HashMap<String, Detail>,
    /// Keys of the rows marked as evidence.
    pub evidence: Vec<String>,
    /// The day it is read; the day after the last row where none is given.
    pub now: Option<NaiveDate>,
    /// The explanation in Chinese, where it is golden.
    pub zh: Option<String>,
    /// The explanation in English.
    pub en: Option<String>,
}

impl Case {
    /// The moment it is read.
    pub fn moment(&self) -> Moment {
        let last = self.rows.iter().map(|row| row.at).max().expect("a case has rows");
        let day = self.now.unwrap_or_else(|| last.date_naive() + Days::new(1));
        moment(day.and_time(NaiveTime::MIN))
    }
}

fn moment(at: NaiveDateTime) -> Moment {
    FixedOffset::east_opt(8 * 3600).unwrap().from_local_datetime(&at).unwrap()
}

/// Reads a fixture file.
pub fn read(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        macro_rules! told {
            ($what:literal) => {
                panic!("line {}: {}: {line}", number + 1, $what)
            };
        }
        if let Some(heading) = line.strip_prefix("=== ") {
            let (what, title) = heading.split_once(':').unwrap_or_else(|| told!("a title is missing"));
            let finds = match what.split_once(' ') {
                Some(("finds", kinds)) => kinds.split(',').map(|kind| kind.trim().to_owned()).collect(),
                None if what == "quiet" => Vec::new(),
                _ => told!("a heading says finds or quiet"),
            };
            cases.push(Case { title: title.trim().to_owned(), finds, ..Case::default() });
            continue;
        }
        let case = cases.last_mut().unwrap_or_else(|| told!("a row before the first heading"));
        let (word, rest) = line.split_once(' ').unwrap_or_else(|| told!("one word alone"));
        match word {
            "zh" => case.zh = Some(rest.to_owned()),
            "en" => case.en = Some(rest.to_owned()),
            "now" => case.now = Some(rest.parse().unwrap_or_else(|_| told!("no date"))),
            "usual" => usual(case, rest).unwrap_or_else(|| told!("usual DATE DAYS")),
            "every" => every(case, rest).unwrap_or_else(|| told!("every month|Nd xN ROW")),
            "*" => {
                row(case, rest).unwrap_or_else(|| told!("not a row"));
                let key = case.rows.last().map(|row| row.key.clone()).unwrap_or_default();
                case.evidence.push(key);
            }
            _ => row(case, line).unwrap_or_else(|| told!("not a row")),
        }
    }
    cases
}

/// `DATE TIME VERB AMOUNT PARTY; field value; …`
fn row(case: &mut Case, line: &str) -> Option<()> {
    let (date, rest) = line.split_once(' ')?;
    let (time, rest) = rest.split_once(' ')?;
    let time = NaiveTime::parse_from_str(time, "%H:%M:%S")
        .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M"))
        .ok()?;
    push(case, date.parse::<NaiveDate>().ok()?.and_time(time), rest)
}

fn every(case: &mut Case, rest: &str) -> Option<()> {
    let (step, rest) = rest.split_once(' ')?;
    let (times, rest) = rest.split_once(' ')?;
    let (date, rest) = rest.split_once(' ')?;
    let start: NaiveDate = date.parse().ok()?;
    for turn in 0..times.strip_prefix('x')?.parse::<u32>().ok()? {
        let day = match step.strip_suffix('d') {
            Some(days) => start + Days::new(u64::from(turn) * days.parse::<u64>().ok()?),
            None => start + Months::new(turn * if step == "year" { 12 } else { 1 }),
        };
        row(case, &format!("{day} {rest}"))?;
    }
    Some(())
}

fn push(case: &mut Case, at: NaiveDateTime, rest: &str) -> Option<()> {
    let (verb, rest) = rest.split_once(' ')?;
    let (amount, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let (direction, kind) = verb_of(verb)?;
    let mut fields = rest.split(';').map(str::trim);
    let id = i64::try_from(case.rows.len() + 1).ok()?;
    let mut row = Transaction {
        id: TransactionId(id),
        key: format!("wallet:{at}:{id}"),
        provider: "wallet".to_owned(),
        statement: Some("fixture".to_owned()),
        counterparty: fields.next()?.to_owned(),
        method: "余额".to_owned(),
        status: "交易成功".to_owned(),
        source: Some(Source { import: ImportId(1), row: u32::try_from(id).ok()? }),
        ..Transaction::of(moment(at), direction, kind, Money::from_decimal(amount, Currency::CNY)?)
    };
    for field in fields.filter(|field| !field.is_empty()) {
        let (name, value) = field.split_once(' ').unwrap_or((field, ""));
        let value = value.to_owned();
        match name {
            "item" => row.item = value,
            "method" => row.method = value,
            "mo" => row.merchant_order_no = value,
            "order" => row.order_no = value,
            "account" => row.counterparty_account = value,
            "status" => row.status = value,
            "memo" => row.memo = value,
            "note" => row.note = value,
            "category" => row.category = value,
            "wallet" => row.provider = value,
            "refunded" => row.refunded = Money::from_decimal(&value, Currency::CNY)?,
            "currency" => {
                let currency = Currency::parse(&value)?;
                row.amount.currency = currency;
                row.refunded.currency = currency;
            }
            "balance" => {
                let (before, after) = value.split_once(' ')?;
                let detail = Detail { balance_before: minor(before), ..Detail::default() };
                case.details.insert(row.key.clone(), detail);
                row.balance = Money::from_decimal(after, Currency::CNY);
            }
            "after" => row.balance = Some(Money::from_decimal(&value, Currency::CNY)?),
            "typed" => (row.source, row.statement) = (None, None),
            _ => return None,
        }
    }
    case.rows.push(row);
    Some(())
}

fn minor(amount: &str) -> Option<i64> {
    Some(Money::from_decimal(amount, Currency::CNY)?.minor)
}

fn verb_of(verb: &str) -> Option<(Direction, Kind)> {
    Some(match verb {
        "buy" => (Direction::Out, Kind::Purchase),
        "send" => (Direction::Out, Kind::TransferOut),
        "get" => (Direction::In, Kind::TransferIn),
        "refund" => (Direction::In, Kind::Refund),
        "fail" => (Direction::Out, Kind::Failed),
        "failed" => (Direction::Neutral, Kind::Failed),
        "charge" => (Direction::Out, Kind::Fee),
        "close" => (Direction::Neutral, Kind::Closed),
        "gift" => (Direction::Out, Kind::CashGift),
        "own" => (Direction::Neutral, Kind::OwnTransfer),
        "repay" => (Direction::Out, Kind::Repayment),
        "withdraw" => (Direction::Neutral, Kind::Withdrawal),
        "wage" => (Direction::In, Kind::Income),
        "other" => (Direction::Out, Kind::Other),
        _ => return None,
    })
}

/// An ordinary life: commuting, coffee (twice on Fridays, one for a colleague), lunch, a vending machine,
/// groceries, rent, phone, a subscription, wages, repayments, shared dinners.
fn usual(case: &mut Case, rest: &str) -> Option<()> {
    let (date, days) = rest.split_once(' ')?;
    let start: NaiveDate = date.parse().ok()?;
    const LUNCH: [(&str, [&str; 5]); 4] = [
        ("沙县小吃", ["16.00", "18.00", "21.00", "18.00", "24.00"]),
        ("兰州拉面馆", ["19.00", "22.00", "19.00", "28.00", "22.00"]),
        ("公司食堂", ["15.00", "15.00", "17.50", "15.00", "20.00"]),
        ("老王盖饭", ["26.00", "24.00", "32.00", "26.00", "29.00"]),
    ];
    const GROCERIES: [&str; 5] = ["86.40", "132.75", "214.30", "98.20", "167.85"];
    const ONLINE: [&str; 6] = ["39.90", "129.00", "68.00", "299.00", "59.90", "188.00"];
    for turn in 0..days.trim().parse::<usize>().ok()? {
        let day = start + Days::new(u64::try_from(turn).ok()?);
        let week = turn / 7;
        let mut add = |time: &str, what: &str| row(case, &format!("{day} {time} {what}"));
        match day.weekday() {
            Weekday::Sat => {
                add("10:20", &format!("buy {} 家乐福超市; category 日用百货", GROCERIES[week % 5]))?;
            }
            Weekday::Sun => {
                let price = ONLINE[week % 6];
                add("21:14", &format!("buy {price} 某某旗舰店; item 订单{week}; mo SO{week}X"))?;
            }
            weekday => {
                add("08:02", "buy 4.00 城市地铁; item 地铁乘车")?;
                add("08:25", "buy 16.00 街角咖啡; item 拿铁")?;
                if weekday == Weekday::Fri {
                    add("08:28", "buy 16.00 街角咖啡; item 拿铁")?;
                }
                let (shop, prices) = LUNCH[turn % 4];
                add("12:10", &format!("buy {} {shop}", prices[week % 5]))?;
                if matches!(weekday, Weekday::Tue | Weekday::Thu) {
                    add("15:30:05", "buy 3.00 自动售货机")?;
                    add("15:30:40", "buy 3.00 自动售货机")?;
                }
                if weekday == Weekday::Wed && week % 2 == 0 {
                    add("20:40", "send 68.50 小林; memo AA晚饭")?;
                    add("20:41", "get 68.50 小周; memo AA晚饭")?;
                }
                add("18:10", "buy 4.00 城市地铁; item 地铁乘车")?;
            }
        }
        match day.day() {
            5 => add("09:00", "send 3200.00 李阿姨; memo 房租")?,
            8 => add("09:30", "buy 59.00 通信公司; item 话费充值")?,
            10 => add("06:00", "buy 25.00 某视频; item 连续包月会员")?,
            15 => add("11:00", "wage 12800.00 某某科技; item 工资")?,
            20 => add("10:00", "repay 1860.00 信用卡还款")?,
            21 => add("10:05", "own 2000.00 理财转入")?,
            _ => {}
        }
    }
    Some(())
}
