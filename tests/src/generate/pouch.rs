//! Ledgers in a third author's words: what the two common wallets export, in their own vocabularies.
//!
//! Written from the list of troubles and twins alone, before the rules were looked at, so that a figure exists that no rule was
//! made for. Deterministic: a seed and a number of users give the same bytes. The columns are those of `wallet`.

mod life;
mod troubles;
mod twins;

use super::{Dice, yuan};
use chrono::{DateTime, Duration};
use std::fmt::Write as _;

const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;
/// 2024-06-01 00:00:00, the first day of every ledger, as a wall clock.
const BEGIN: i64 = 1_717_200_000;
/// How long each ledger is.
const DAYS: i64 = 540;

/// What a row does to the balance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Moves {
    /// What direction and method say.
    #[default]
    Said,
    /// Nothing.
    Not,
    /// Down by the amount, whatever is said.
    Down,
    /// Up by the amount, whatever is said.
    Up,
    /// Down by this many percent of the balance, which becomes the amount.
    Drain(i64),
    /// As said, and down by this much more.
    Slip(i64),
}

#[derive(Debug, Clone, Default)]
struct Row {
    at: i64,
    payee: String,
    fen: i64,
    /// out, in or neutral.
    flow: &'static str,
    category: &'static str,
    channel: String,
    currency: &'static str,
    item: String,
    method: String,
    status: String,
    order: String,
    shop_order: String,
    memo: String,
    moves: Moves,
    trouble: Option<(&'static str, u32)>,
    /// Which innocent twin it belongs to.
    twin: &'static str,
    balance: (i64, i64),
}

/// The user's app and habits of export.
struct Pen {
    dice: Dice,
    rows: Vec<Row>,
    /// The app with 交易分类 and 交易成功; the other has 交易类型 and 支付成功.
    alipay: bool,
    /// Whether balances are in the file.
    balances: bool,
    chinese_flow: bool,
    orders: bool,
    card: &'static str,
    /// Percent of payments made from the balance.
    own: u64,
    night: bool,
    incidents: u32,
}

impl Pen {
    fn chance(&mut self, percent: u64) -> bool {
        self.dice.below(100) < percent
    }

    fn range(&mut self, low: i64, high: i64) -> i64 {
        low + self.dice.below((high - low + 1) as u64) as i64
    }

    /// Log-normal around a middle, in fen, with the cents people see.
    fn about(&mut self, yuan: f64, spread: f64) -> i64 {
        let yuan = yuan * self.dice.normal(0.0, spread).exp();
        let fen = (yuan * 100.0).round() as i64;
        match self.dice.below(4) {
            0 => (fen / 100 * 100).max(100),
            1 => (fen / 50 * 50).max(50),
            2 => (fen / 10 * 10).max(10),
            _ => fen.max(1),
        }
    }

    fn pocket(&self) -> &'static str {
        if self.alipay { "账户余额" } else { "零钱" }
    }

    fn number(&mut self, at: i64) -> String {
        let day = DateTime::from_timestamp(BEGIN + at, 0).expect("within years").format("%Y%m%d");
        let lead = if self.alipay { "22001" } else { "42000" };
        format!("{day}{lead}{:015}", self.dice.below(1_000_000_000_000_000))
    }

    /// A purchase that went through.
    fn pay(&mut self, at: i64, payee: &str, fen: i64, category: &'static str, item: &str) -> Row {
        let own = self.own;
        let method = if self.chance(own) { self.pocket() } else { self.card };
        let channel = if self.alipay {
            ""
        } else if item == "收款方备注:二维码收款" {
            "扫二维码付款"
        } else {
            "商户消费"
        };
        let order = self.number(at);
        let shop_order = format!(
            "{}{:012}",
            self.dice.pick(&["T", "", "M20", "1000"]),
            self.dice.below(1_000_000_000_000)
        );
        Row {
            at,
            payee: payee.into(),
            fen,
            flow: "out",
            category: if self.alipay { category } else { "" },
            channel: channel.into(),
            currency: "CNY",
            item: item.into(),
            method: method.into(),
            status: if self.alipay { "交易成功" } else { "支付成功" }.into(),
            order,
            shop_order,
            ..Row::default()
        }
    }

    /// Money to a person.
    fn send(&mut self, at: i64, who: &str, fen: i64, note: &str) -> Row {
        let mut row = self.pay(at, who, fen, "转账红包", note);
        row.shop_order = String::new();
        row.method = if self.chance(60) { self.pocket() } else { self.card }.into();
        if self.alipay {
            row.item = if note.is_empty() { "转账".into() } else { note.into() };
        } else {
            row.channel = "转账".into();
            row.item = format!("转账备注:{}", if note.is_empty() { "微信转账" } else { note });
            row.status = "对方已收钱".into();
        }
        row
    }

    /// Money from a person.
    fn receive(&mut self, at: i64, who: &str, fen: i64, note: &str) -> Row {
        let mut row = self.send(at, who, fen, note);
        row.flow = "in";
        row.status = if self.alipay { "交易成功" } else { "已存入零钱" }.into();
        row.method = if self.alipay { self.pocket() } else { "/" }.into();
        row.moves = Moves::Up;
        row
    }

    /// What came back of `of`, on a row of its own.
    fn refund(&mut self, of: &Row, at: i64, fen: i64) -> Row {
        let mut row = of.clone();
        (row.at, row.fen, row.trouble) = (at, fen, None);
        if self.alipay {
            row.flow = "neutral";
            row.category = "退款";
            row.item = format!("退款-{}", of.item);
            row.status = "退款成功".into();
            row.order = format!("{}_{}", of.order, self.dice.below(1_000_000_000));
        } else {
            row.flow = "in";
            row.channel = format!("{}-退款", of.payee);
            row.status = if fen == of.fen {
                "已全额退款".into()
            } else {
                format!("已退款￥{}", yuan(fen as u64))
            };
            row.order = format!("503{:020}", self.dice.below(u64::MAX));
            row.shop_order = "/".into();
        }
        row.moves = if of.method == self.pocket() { Moves::Up } else { Moves::Not };
        row
    }

    /// The status of a payment that came back, as the export shows it.
    fn returned(&self, fen: i64, whole: i64) -> String {
        match (self.alipay, fen == whole) {
            (true, true) => "交易关闭".into(),
            (true, false) => "交易成功".into(),
            (false, true) => "已全额退款".into(),
            (false, false) => format!("已退款(￥{})", yuan(fen as u64)),
        }
    }

    fn put(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Puts rows of one incident.
    fn wrong(&mut self, kind: &'static str, rows: Vec<Row>) {
        self.incidents += 1;
        for mut row in rows {
            row.trouble = Some((kind, self.incidents));
            self.rows.push(row);
        }
    }

    /// Puts rows of an innocent twin.
    fn fine(&mut self, twin: &'static str, rows: Vec<Row>) {
        for mut row in rows {
            row.twin = twin;
            self.rows.push(row);
        }
    }

    /// A moment of a day when people are awake.
    fn day(&mut self, low: i64, high: i64) -> i64 {
        let day = self.range(low, high);
        day * DAY + self.range(8 * HOUR, 22 * HOUR)
    }

    /// Sorts the rows and lays balances beside them.
    fn settle(&mut self) {
        self.rows.sort_by_key(|row| row.at);
        let mut balance = self.range(50_000, 900_000);
        let mut filled = Vec::new();
        let rows = std::mem::take(&mut self.rows);
        for mut row in rows {
            if let Moves::Drain(percent) = row.moves {
                if balance < 80_000 {
                    let more = self.range(1_500, 9_000) * 100;
                    balance = self.top_up(&mut filled, row.at - 2 * DAY, balance, more);
                }
                row.fen = (balance * percent / 100).max(100);
                row.moves = Moves::Down;
            }
            let own = row.method == self.pocket();
            let done =
                !["等待付款", "交易关闭", "支付失败", "退款处理中", "已取消"].contains(&row.status.as_str());
            let closed_paid = row.status == "交易关闭" && row.flow == "out";
            let mut delta = match row.moves {
                Moves::Down => -row.fen,
                Moves::Up => row.fen,
                Moves::Not | Moves::Drain(_) => 0,
                Moves::Said | Moves::Slip(_) if own && row.flow == "out" && (done || closed_paid) => -row.fen,
                Moves::Said | Moves::Slip(_) => 0,
            };
            if let Moves::Slip(more) = row.moves {
                delta -= more;
            }
            if balance + delta < 0 {
                let more = (-delta - balance) / 100_000 * 100_000 + 200_000;
                balance = self.top_up(&mut filled, row.at - 60, balance, more);
            }
            row.balance = (balance, balance + delta);
            balance += delta;
            filled.push(row);
        }
        filled.sort_by_key(|row| row.at);
        // Where a top-up was laid in, the rows between must add up again.
        for place in 1..filled.len() {
            let moved = filled[place].balance.1 - filled[place].balance.0;
            let before = filled[place - 1].balance.1;
            filled[place].balance = (before, before + moved);
        }
        self.rows = filled;
    }

    fn top_up(&mut self, rows: &mut Vec<Row>, at: i64, balance: i64, fen: i64) -> i64 {
        let me = if self.alipay { "支付宝" } else { "/" };
        let mut row = self.pay(at, me, fen, "充值提现", if self.alipay { "充值-普通充值" } else { "/" });
        row.flow = "neutral";
        row.method = self.card.into();
        row.shop_order = String::new();
        if !self.alipay {
            row.channel = "零钱充值".into();
            row.status = "充值完成".into();
        }
        row.balance = (balance, balance + fen);
        rows.push(row);
        balance + fen
    }
}

/// The ledgers of `users` people, and what they told the app, as CSV.
pub fn csv(seed: u64, users: u32) -> (String, String) {
    let mut out = csv::Writer::from_writer(Vec::new());
    let header = "user,tx_id,time,payee,amount,direction,category,channel,currency,item,method,status,order_no,\
                  merchant_order_no,memo,balance_before,balance_after,wallet,label,kind,incident,twin";
    out.write_record(header.split(',')).expect("memory takes every record");
    let mut notes = "user,time,payee,item,what\n".to_owned();
    for user in 0..users {
        let mut dice = Dice::new(seed.wrapping_mul(7_919).wrapping_add(u64::from(user) + 1));
        let cards = [
            "招商银行储蓄卡(8705)",
            "工商银行(9876)",
            "建设银行储蓄卡(0814)",
            "花呗",
            "中信银行信用卡(6428)",
        ];
        let alipay = dice.below(2) == 0;
        let mut pen = Pen {
            alipay,
            balances: dice.below(100) < 60,
            chinese_flow: dice.below(100) < 40,
            orders: dice.below(100) < 85,
            card: cards[dice.below(if alipay { 5 } else { 3 }) as usize],
            own: 20 + dice.below(60),
            night: dice.below(10) == 0,
            incidents: 0,
            rows: Vec::new(),
            dice,
        };
        life::live(&mut pen);
        twins::lay(&mut pen);
        for (at, payee, item) in troubles::lay(&mut pen) {
            writeln!(notes, "p{user:03},{},{payee},{item},cancelled", clock(at))
                .expect("a string takes every line");
        }
        pen.settle();
        for (place, row) in pen.rows.iter().enumerate() {
            write_row(&mut out, &pen, user, place, row);
        }
    }
    (String::from_utf8(out.into_inner().expect("memory flushes")).expect("only text was written"), notes)
}

fn clock(at: i64) -> String {
    let begin = DateTime::from_timestamp(BEGIN, 0).expect("a day in 2024");
    (begin + Duration::seconds(at)).format("%Y-%m-%dT%H:%M:%S").to_string()
}

fn write_row(out: &mut csv::Writer<Vec<u8>>, pen: &Pen, user: u32, place: usize, row: &Row) {
    let flow = match (pen.chinese_flow, pen.alipay, row.flow) {
        (false, _, flow) => flow,
        (true, _, "out") => "支出",
        (true, _, "in") => "收入",
        (true, true, _) => "不计收支",
        (true, false, _) => "/",
    };
    let shown = |text: &str| if pen.orders { text.to_owned() } else { String::new() };
    let money = |fen: i64| if pen.balances { yuan(fen.max(0) as u64) } else { String::new() };
    let (kind, incident) =
        row.trouble.map_or(("", String::new()), |(kind, number)| (kind, number.to_string()));
    out.write_record([
        format!("p{user:03}").as_str(),
        &format!("p{user:03}-{place:05}"),
        &clock(row.at),
        &row.payee,
        &yuan(row.fen.max(0) as u64),
        flow,
        row.category,
        &row.channel,
        row.currency,
        &row.item,
        &row.method,
        &row.status,
        &shown(&row.order),
        &shown(&row.shop_order),
        &row.memo,
        &money(row.balance.0),
        &money(row.balance.1),
        if pen.alipay { "alipay" } else { "wechat-pay" },
        if kind.is_empty() { "0" } else { "1" },
        kind,
        &incident,
        row.twin,
    ])
    .expect("memory takes every record");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_ledgers_and_balances_add_up() {
        assert_eq!(csv(3, 4), csv(3, 4));
        assert_ne!(csv(3, 4).0, csv(4, 4).0);
        let (rows, notes) = csv(5, 30);
        assert!(rows.lines().count() > 20_000, "{}", rows.lines().count());
        assert!(notes.lines().count() > 5, "{notes}");
    }
}
