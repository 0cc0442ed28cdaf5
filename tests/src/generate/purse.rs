//! A second simulation of wallet ledgers with trouble in them, independent of `wallet`: other words, drawn for each
//! user (`Dialect`), other columns left out, other shapes of each trouble and of each innocent twin.
//!
//! Deterministic: a seed and a number of users give the same bytes. The columns are those of `wallet`.

mod dialect;
mod life;
mod troubles;
mod twins;

use super::Dice;
use chrono::{DateTime, Duration};
use dialect::{Dialect, Flow, Sort, State, Way};

/// Seconds of a day.
const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;
/// 2023-03-01 00:00:00 as a wall clock; each ledger begins some days later.
const BEGIN: i64 = 1_677_628_800;

/// One row before it is written in the user's dialect.
#[derive(Debug, Clone)]
struct Row {
    at: i64,
    payee: String,
    /// In fen, or hundredths of `currency`.
    amount: i64,
    /// Instead of `amount`: all of the balance but this.
    leave: Option<i64>,
    flow: Flow,
    sort: Sort,
    way: Way,
    state: State,
    currency: &'static str,
    item: String,
    memo: String,
    card: bool,
    order: u64,
    shop: u64,
    suffix: u64,
    /// What it does to the balance, where its state does not say so.
    moves: Option<i64>,
    /// Another status than the state's.
    status: Option<String>,
    twin: &'static str,
    trouble: Option<(&'static str, u32)>,
    before: i64,
    after: i64,
}

impl Row {
    fn new(at: i64, payee: &str, amount: i64, sort: Sort) -> Self {
        Self {
            at,
            payee: payee.to_owned(),
            amount,
            leave: None,
            flow: Flow::Out,
            sort,
            way: Way::Scan,
            state: State::Done,
            currency: "CNY",
            item: String::new(),
            memo: String::new(),
            card: false,
            order: 0,
            shop: 0,
            suffix: 0,
            moves: None,
            status: None,
            twin: "",
            trouble: None,
            before: 0,
            after: 0,
        }
    }

    fn item(mut self, item: &str) -> Self {
        item.clone_into(&mut self.item);
        self
    }

    fn memo(mut self, memo: &str) -> Self {
        memo.clone_into(&mut self.memo);
        self
    }

    fn flow(mut self, flow: Flow) -> Self {
        self.flow = flow;
        self
    }

    fn way(mut self, way: Way) -> Self {
        self.way = way;
        self
    }

    fn state(mut self, state: State) -> Self {
        self.state = state;
        self
    }

    fn card(mut self) -> Self {
        self.card = true;
        self
    }

    fn moves(mut self, by: i64) -> Self {
        self.moves = Some(by);
        self
    }

    fn wrong(mut self, kind: &'static str, incident: u32) -> Self {
        self.trouble = Some((kind, incident));
        self
    }
}

/// One user's ledger under construction.
struct Purse {
    dice: Dice,
    dialect: Dialect,
    user: String,
    days: i64,
    friends: Vec<String>,
    shops: Vec<(String, Sort)>,
    rows: Vec<Row>,
    /// When the user noted the end of which subscription.
    notes: Vec<(i64, String, String)>,
    incidents: u32,
    /// The likeness of trouble that is being laid.
    twin: &'static str,
}

impl Purse {
    fn add(&mut self, row: Row) {
        self.rows.push(Row { twin: self.twin, ..row });
    }

    /// Both ends included.
    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.dice.below(u64::try_from(high - low + 1).unwrap_or(1))).unwrap_or(0)
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.dice.below(100) < percent
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.dice.below(of.len() as u64) as usize]
    }

    fn moment(&mut self, day: i64, from: i64, until: i64) -> i64 {
        day * DAY + self.between(from * HOUR, until * HOUR - 1)
    }

    /// A day after this percent of the ledger and before its last `left` days.
    fn day(&mut self, percent: i64, left: i64) -> i64 {
        let last = (self.days - left - 1).max(1);
        self.between((self.days * percent / 100).min(last), last)
    }

    fn friend(&mut self) -> String {
        let place = self.dice.below(self.friends.len() as u64) as usize;
        self.friends[place].clone()
    }

    /// A shop the user goes to.
    fn shop(&mut self, sort: Sort) -> String {
        let of: Vec<String> =
            self.shops.iter().filter(|(_, other)| *other == sort).map(|(name, _)| name.clone()).collect();
        of[self.dice.below(of.len() as u64) as usize].clone()
    }

    fn number(&mut self) -> u64 {
        1 + self.dice.below(999_999_999_999)
    }

    /// A paid order and what comes back of it.
    fn refunded(&mut self, mut paid: Row, wait: i64, part: Option<i64>) -> usize {
        (paid.order, paid.shop) = (self.number(), self.number());
        paid.state = if part.is_none() { self.dialect.returned } else { State::Done };
        paid.moves = Some(if paid.card { 0 } else { -paid.amount });
        let back = self.back(&paid, wait, part.unwrap_or(paid.amount));
        if let (Some(part), true) = (part, self.chance(30)) {
            paid.status = Some(format!("已退款(￥{})", yuan(part)));
        }
        let announced = self.dialect.announced;
        if wait > 2 * DAY && self.chance(announced) {
            let notice = self.notice(&paid);
            self.add(notice);
        }
        self.add(paid);
        self.add(back);
        self.rows.len() - 1
    }

    fn back(&mut self, paid: &Row, wait: i64, amount: i64) -> Row {
        let item = match self.dice.below(3) {
            0 => format!("退款-{}", paid.item),
            1 => paid.item.clone(),
            _ => "退款".to_owned(),
        };
        let mut back = Row::new(paid.at + wait, &paid.payee, amount, Sort::Refund).item(&item);
        back.flow = if self.dialect.refund_in { Flow::In } else { Flow::Neither };
        back.state = State::Refunded;
        back.way = Way::Online;
        back.card = paid.card;
        back.moves = Some(if paid.card { 0 } else { amount });
        back.shop = paid.shop;
        (back.order, back.suffix) = match self.dialect.refund_same_order {
            true => (paid.order, 1 + self.dice.below(99_999)),
            false => (0, 0),
        };
        back
    }

    /// The row that says that a refund is under way.
    fn notice(&mut self, paid: &Row) -> Row {
        let mut notice = Row::new(paid.at + DAY, &paid.payee, paid.amount, Sort::Refund).item("退款");
        notice.state = State::Refunding;
        notice.flow = Flow::Neither;
        notice.way = Way::Online;
        notice.moves = Some(0);
        (notice.order, notice.shop) = (paid.order, paid.shop);
        notice.suffix = 1 + self.dice.below(99_999);
        notice
    }
}

/// The ledgers of `users` users as one CSV, and what they noted as another.
pub fn csv(seed: u64, users: u32) -> (String, String) {
    let mut rows = csv::Writer::from_writer(Vec::new());
    let mut notes = csv::Writer::from_writer(Vec::new());
    let header = "user,tx_id,time,payee,amount,direction,category,channel,currency,item,method,status,order_no,\
                  merchant_order_no,memo,balance_before,balance_after,wallet,label,kind,incident,twin";
    rows.write_record(header.split(',')).expect("memory takes every record");
    notes.write_record(["user", "time", "payee", "item", "what"]).expect("memory takes every record");
    for user in 0..users {
        let dice = Dice::new(seed.wrapping_mul(7_368_787) ^ u64::from(user).wrapping_mul(0x51_7c_c1_b7));
        let mut purse = life::person(dice, format!("p{user:03}"));
        life::live(&mut purse);
        twins::add(&mut purse);
        troubles::add(&mut purse);
        let begin = BEGIN + DAY * purse.between(0, 700);
        purse.settle();
        for (place, row) in purse.rows.iter().enumerate() {
            rows.write_record(purse.cells(place, row, begin)).expect("memory takes every record");
        }
        for (at, payee, item) in &purse.notes {
            notes
                .write_record([purse.user.as_str(), &clock(begin + at), payee, item, "cancelled"])
                .expect("memory takes every record");
        }
    }
    let text = |csv: csv::Writer<Vec<u8>>| {
        String::from_utf8(csv.into_inner().expect("memory can be flushed")).expect("only text was written")
    };
    (text(rows), text(notes))
}

impl Purse {
    /// Puts the rows in order and reckons the balance.
    fn settle(&mut self) {
        let days = self.days;
        self.rows.retain(|row| (0..days * DAY).contains(&row.at));
        self.rows.sort_by_key(|row| row.at);
        let mut balance = self.between(20_000, 900_000);
        let mut settled = Vec::with_capacity(self.rows.len());
        for mut row in std::mem::take(&mut self.rows) {
            if let Some(leave) = row.leave {
                if balance < leave + 30_000 {
                    let top_up = Row::new(row.at - 1, "储蓄卡转入", 250_000, Sort::TopUp);
                    balance = push(&mut settled, top_up.flow(Flow::In), balance);
                }
                row.amount = balance - leave;
            }
            let takes = match (row.moves, row.flow, row.state) {
                (Some(by), ..) => -by,
                (None, Flow::Out, State::Done) if !row.card => row.amount,
                _ => 0,
            };
            if takes > balance {
                if row.moves.is_some() {
                    let top_up = Row::new(row.at - 1, "储蓄卡转入", takes + 20_000, Sort::TopUp);
                    balance = push(&mut settled, top_up.flow(Flow::In), balance);
                } else {
                    row.card = true;
                }
            }
            balance = push(&mut settled, row, balance);
        }
        // A top-up may stand before rows of the same hours: what the balance was is reckoned in the order written.
        self.rows = settled;
        for row in &mut self.rows {
            if row.order == 0 {
                row.order = 1 + self.dice.below(999_999_999_999);
            }
            if row.shop == 0 && row.flow == Flow::Out && row.sort != Sort::Transfer {
                row.shop = 1 + self.dice.below(999_999_999_999);
            }
        }
    }

    fn cells(&self, place: usize, row: &Row, begin: i64) -> Vec<String> {
        let dialect = &self.dialect;
        let given = |there: bool, text: String| if there { text } else { String::new() };
        let order = match row.suffix {
            0 => format!("T{:014}", row.order),
            more => format!("T{:014}_{more}", row.order),
        };
        let shop = if row.shop == 0 { String::new() } else { format!("{:012}", row.shop) };
        let own = row.moves.map_or(!row.card, |by| by != 0 || !row.card);
        let (label, kind, incident) = match row.trouble {
            Some((kind, incident)) => ("1", kind, incident.to_string()),
            None => ("0", "", String::new()),
        };
        vec![
            self.user.clone(),
            format!("{}-{place}", self.user),
            clock(begin + row.at),
            row.payee.clone(),
            yuan(row.amount),
            dialect.flow(row.flow).to_owned(),
            dialect.sort(row.sort).to_owned(),
            dialect.way(row.way).to_owned(),
            row.currency.to_owned(),
            given(dialect.items, row.item.clone()),
            dialect.methods[usize::from(!own)].to_owned(),
            row.status.clone().unwrap_or_else(|| dialect.state(row.state).to_owned()),
            given(dialect.orders, order),
            given(dialect.shop_orders, shop),
            given(dialect.memos, row.memo.clone()),
            given(dialect.balances, yuan(row.before)),
            given(dialect.balances, yuan(row.after)),
            "purse".to_owned(),
            label.to_owned(),
            kind.to_owned(),
            incident,
            row.twin.to_owned(),
        ]
    }
}

fn push(settled: &mut Vec<Row>, mut row: Row, balance: i64) -> i64 {
    let by = row.moves.unwrap_or(match (row.flow, row.state) {
        (Flow::Out, State::Done) if !row.card => -row.amount,
        (Flow::In, _) if !row.card => row.amount,
        _ => 0,
    });
    (row.before, row.after) = (balance, (balance + by).max(0));
    let after = row.after;
    settled.push(row);
    after
}

fn clock(at: i64) -> String {
    let time = DateTime::from_timestamp(0, 0).unwrap_or_default() + Duration::seconds(at);
    time.format("%Y-%m-%d %H:%M:%S").to_string()
}

fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_ledgers_and_another_gives_others() {
        assert_eq!(csv(3, 4), csv(3, 4));
        assert_ne!(csv(3, 4), csv(4, 4));
    }

    #[test]
    fn every_trouble_occurs() {
        let (rows, notes) = csv(1, 60);
        for (kind, _) in troubles::TROUBLES {
            assert!(rows.contains(&format!(",1,{kind},")), "{kind}");
        }
        assert!(notes.lines().count() > 20);
    }
}
