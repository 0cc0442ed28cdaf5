//! Ledgers of people who pay by wallet: an ordinary life, what looks like trouble and is none, and trouble.
//!
//! Written from what statements look like and from what happens to people, not from what the detectors look
//! for. Deterministic: a seed and a number of users give the same bytes. The columns are those of
//! `recourse score`, with `label`, `kind` and `incident` behind them.

mod life;
mod troubles;
mod twins;

use super::Dice;
use chrono::{DateTime, Duration};
use std::fmt::Write as _;

/// Seconds of a day.
pub const DAY: i64 = 86_400;
/// 2025-01-01 00:00:00, the first day of every ledger, as a wall clock.
const BEGIN: i64 = 1_735_689_600;

/// What a row does to the wallet's balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// What its direction, method and status say.
    Plain,
    /// Nothing.
    Nothing,
    /// Takes the amount, whatever the status says.
    Takes,
    /// Moves by the amount and by this much more.
    Off(i64),
}

/// One row of a ledger.
#[derive(Debug, Clone)]
pub struct Row {
    /// Seconds since the ledger's first day.
    pub at: i64,
    /// Whom it names.
    pub payee: String,
    /// In fen, or hundredths of the currency.
    pub amount: i64,
    /// Instead of `amount`, this many percent of the balance.
    pub share: Option<i64>,
    /// out, in or neutral.
    pub direction: &'static str,
    /// The wallet's category.
    pub category: String,
    /// How it was made.
    pub channel: &'static str,
    /// ISO code.
    pub currency: &'static str,
    /// What was bought.
    pub item: String,
    /// With what it was paid; the balance is called 余额.
    pub method: String,
    /// The wallet's status.
    pub status: String,
    /// The wallet's number.
    pub order_no: String,
    /// The merchant's number.
    pub merchant_order_no: String,
    /// 备注
    pub memo: String,
    /// What it does to the balance.
    pub effect: Effect,
    /// Which innocent likeness of trouble it belongs to.
    pub twin: &'static str,
    /// The trouble it belongs to: its kind and its number within the ledger.
    pub trouble: Option<(&'static str, u32)>,
    before: i64,
    after: i64,
}

impl Row {
    /// An ordinary payment that went through.
    pub fn new(at: i64, payee: &str, amount: i64, category: &str) -> Self {
        Self {
            at,
            payee: payee.to_owned(),
            amount,
            share: None,
            direction: "out",
            category: category.to_owned(),
            channel: "qr",
            currency: "CNY",
            item: String::new(),
            method: "余额".to_owned(),
            status: "交易成功".to_owned(),
            order_no: String::new(),
            merchant_order_no: String::new(),
            memo: String::new(),
            effect: Effect::Plain,
            twin: "",
            trouble: None,
            before: 0,
            after: 0,
        }
    }

    /// The same for this item.
    pub fn item(mut self, item: &str) -> Self {
        item.clone_into(&mut self.item);
        self
    }

    /// The same with this memo.
    pub fn memo(mut self, memo: &str) -> Self {
        memo.clone_into(&mut self.memo);
        self
    }

    /// The same paid this way.
    pub fn by(mut self, method: &str) -> Self {
        method.clone_into(&mut self.method);
        self
    }

    /// The same with this status.
    pub fn status(mut self, status: &str) -> Self {
        status.clone_into(&mut self.status);
        self
    }

    /// The same in another direction.
    pub fn direction(mut self, direction: &'static str) -> Self {
        self.direction = direction;
        self
    }

    /// The same with another effect on the balance.
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }

    /// The same as part of a trouble.
    pub fn wrong(mut self, kind: &'static str, incident: u32) -> Self {
        self.trouble = Some((kind, incident));
        self
    }
}

/// What a user told the app.
#[derive(Debug, Clone)]
pub struct Told {
    /// Seconds since the ledger's first day.
    pub at: i64,
    /// Whose subscription.
    pub payee: String,
    /// Which.
    pub item: String,
}

/// One user's ledger.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Who.
    pub user: String,
    /// In time order.
    pub rows: Vec<Row>,
    /// What was cancelled.
    pub told: Vec<Told>,
    /// How many troubles were laid into it.
    pub incidents: u32,
    /// Whether its file gives the balance.
    pub balances: bool,
}

/// How this user's file is written, and how they live.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// Days the ledger covers.
    pub days: i64,
    /// Whether rows carry the balance.
    pub balances: bool,
    /// Whether rows carry numbers.
    pub numbers: bool,
    /// The word for a payment that went through.
    pub done: &'static str,
    /// The word for one that was refunded.
    pub refunded: &'static str,
    /// Works at night.
    pub nights: bool,
    /// A card for larger payments.
    pub card: String,
    /// Friends and family.
    pub friends: Vec<String>,
}

/// A ledger under construction.
pub(crate) struct Making {
    pub dice: Dice,
    pub person: Person,
    pub ledger: Ledger,
    /// The likeness of trouble that is being laid.
    pub twin: &'static str,
}

impl Making {
    /// Adds a row.
    pub fn add(&mut self, row: Row) {
        self.ledger.rows.push(Row { twin: self.twin, ..row });
    }

    /// Between `low` and `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.dice.below(u64::try_from(high - low + 1).unwrap_or(1))).unwrap_or(0)
    }

    /// Whether it happens, `percent` times in a hundred.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.dice.below(100) < percent
    }

    /// A moment of this day between two hours.
    pub fn moment(&mut self, day: i64, from: i64, until: i64) -> i64 {
        day * DAY + self.between(from * 3600, until * 3600 - 1)
    }

    /// A day after `share` percent of the ledger, with some days left behind it.
    pub fn later_day(&mut self, share: i64, left: i64) -> i64 {
        let last = (self.person.days - left - 1).max(1);
        self.between((self.person.days * share / 100).min(last), last)
    }

    /// The number of the next trouble.
    pub fn incident(&mut self) -> u32 {
        self.ledger.incidents += 1;
        self.ledger.incidents
    }
}

/// Ledgers of `users` users.
pub fn ledgers(seed: u64, users: u32) -> Vec<Ledger> {
    (0..users).map(|user| ledger(seed, user)).collect()
}

fn ledger(seed: u64, user: u32) -> Ledger {
    let mut dice = Dice::new(seed.wrapping_mul(1_000_003) ^ u64::from(user).wrapping_mul(0x9e37_79b9));
    dice.roll();
    let person = life::person(&mut dice);
    let mut making = Making {
        dice,
        person,
        ledger: Ledger { user: format!("w{user:03}"), ..Ledger::default() },
        twin: "",
    };
    life::live(&mut making);
    twins::add(&mut making);
    troubles::add(&mut making);
    finish(making)
}

/// Puts the rows in order, gives them numbers and balances.
fn finish(making: Making) -> Ledger {
    let Making { mut dice, person, mut ledger, .. } = making;
    ledger.rows.retain(|row| row.at >= 0 && row.at < person.days * DAY);
    ledger.rows.sort_by_key(|row| row.at);
    let mut balance: i64 = 300_000 + i64::try_from(dice.below(500_000)).unwrap_or(0);
    let mut rows = Vec::with_capacity(ledger.rows.len());
    for mut row in std::mem::take(&mut ledger.rows) {
        let number = dice.roll();
        if person.numbers {
            if row.order_no.is_empty() {
                row.order_no = format!("2025{:018}", number % 1_000_000_000_000_000_000);
            }
            let shop = row.direction == "out" && row.category != "转账红包";
            if row.merchant_order_no.is_empty() && shop {
                row.merchant_order_no = format!("M{:012}", number % 999_999_999_999);
            }
        } else {
            (row.order_no, row.merchant_order_no) = (String::new(), String::new());
        }
        if let Some(share) = row.share {
            row.amount = (balance * share / 100).max(100);
        }
        if row.method == "余额"
            && row.currency == "CNY"
            && row.direction == "out"
            && row.effect == Effect::Plain
            && balance < row.amount
        {
            person.card.clone_into(&mut row.method);
        }
        // What must come out of the balance is topped up before.
        if matches!(row.effect, Effect::Takes | Effect::Off(_)) && balance < row.amount + 30_000 {
            let mut top_up = Row::new(row.at - 1, "储蓄卡", row.amount + 30_000, "充值缴费").item("余额充值");
            top_up = top_up.direction("in").status(person.done);
            (top_up.before, top_up.after) = (balance, balance + top_up.amount);
            balance = top_up.after;
            rows.push(top_up);
        }
        let moved = moved(&row, row.method == "余额" && row.currency == "CNY");
        row.before = balance;
        balance = (balance + moved).max(0);
        row.after = balance;
        rows.push(row);
    }
    ledger.rows = rows;
    ledger.balances = person.balances;
    ledger
}

fn moved(row: &Row, own: bool) -> i64 {
    let stopped =
        ["失败", "关闭", "等待付款", "Failed", "退款中"].iter().any(|word| row.status.contains(word));
    let sign = match row.direction {
        "out" => -1,
        "in" => 1,
        _ if row.category.contains("提现") => -1,
        _ => 0,
    };
    match row.effect {
        Effect::Plain if own && !stopped => sign * row.amount,
        Effect::Plain | Effect::Nothing => 0,
        Effect::Takes => -row.amount,
        Effect::Off(more) => sign * row.amount + more,
    }
}

/// The ledgers as one CSV, and what the users told as another.
pub fn csv(ledgers: &[Ledger]) -> (String, String) {
    let mut rows = String::from(
        "user,tx_id,time,payee,amount,direction,category,channel,currency,item,method,status,order_no,\
         merchant_order_no,memo,balance_before,balance_after,wallet,label,kind,incident,twin\n",
    );
    let mut notes = String::from("user,time,payee,item,what\n");
    for ledger in ledgers {
        let balances = ledger.balances;
        for (place, row) in ledger.rows.iter().enumerate() {
            let (user, at) = (&ledger.user, clock(row.at));
            let (before, after) =
                if balances { (yuan(row.before), yuan(row.after)) } else { Default::default() };
            let (label, kind, incident) = match row.trouble {
                Some((kind, incident)) => (1, kind, incident.to_string()),
                None => (0, "", String::new()),
            };
            let cells =
                [&row.payee, row.direction, &row.category, row.channel, row.currency, &row.item, &row.method];
            let _ = writeln!(
                rows,
                "{user},{user}-{place},{at},{},{},{},{before},{after},wallet,{label},{kind},{incident},{}",
                quoted(cells[0]),
                yuan(row.amount),
                cells[1..]
                    .iter()
                    .chain(&[&*row.status, &*row.order_no, &*row.merchant_order_no, &*row.memo])
                    .map(|cell| quoted(cell))
                    .collect::<Vec<_>>()
                    .join(","),
                row.twin,
            );
        }
        for told in &ledger.told {
            let at = clock(told.at);
            let _ = writeln!(
                notes,
                "{},{at},{},{},cancelled",
                ledger.user,
                quoted(&told.payee),
                quoted(&told.item)
            );
        }
    }
    (rows, notes)
}

fn clock(at: i64) -> String {
    let begin = DateTime::from_timestamp(BEGIN, 0).unwrap_or_default();
    (begin + Duration::seconds(at)).format("%Y-%m-%dT%H:%M:%S").to_string()
}

fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
