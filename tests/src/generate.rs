//! Invented statements of any length, in the layout that wallets really write. Deterministic: the same
//! seed and length give the same bytes. About four rows in a hundred are refunds.

mod jd;
pub mod ledgers;
pub mod pouch;
pub mod purse;
pub mod wallet;
mod wechat;

pub use jd::*;
pub use wechat::*;

use chrono::{Duration, NaiveDate, NaiveDateTime};
use std::fmt::Write as _;

/// A small generator of numbers (SplitMix64), so that a statement needs no further dependency.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Starts at `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }

    /// One of them.
    pub fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len() as u64) as usize]
    }
}

/// One row of an invented Alipay statement.
#[derive(Debug, Clone)]
pub struct AlipayRow {
    /// When.
    pub at: NaiveDateTime,
    /// 交易分类
    pub category: String,
    /// 交易对方
    pub party: String,
    /// 对方账号
    pub account: String,
    /// 商品说明
    pub item: String,
    /// 收/支
    pub direction: String,
    /// 金额, in fen
    pub fen: u64,
    /// 收/付款方式
    pub method: String,
    /// 交易状态
    pub status: String,
    /// 交易订单号
    pub order: String,
    /// 商家订单号
    pub merchant_order: String,
    /// 备注
    pub memo: String,
}

/// `1234` fen as `12.34`.
pub fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// An Alipay app statement (2023 and later) with these rows, as text; genuine layout, header on line 25.
pub fn alipay_text(rows: &[AlipayRow], name: &str, account: &str, exported: NaiveDateTime) -> String {
    let sum = |word: &str| {
        let of: Vec<u64> = rows.iter().filter(|row| row.direction == word).map(|row| row.fen).collect();
        format!("{}笔 {}元", of.len(), yuan(of.iter().sum()))
    };
    let first = rows.iter().map(|row| row.at.date()).min().unwrap_or(exported.date());
    let last = rows.iter().map(|row| row.at.date()).max().unwrap_or(exported.date());
    let mut text = format!(
        "{}\r\n导出信息：\r\n姓名：{name}\r\n支付宝账户：{account}\r\n起始时间：[{first} 00:00:00]    终止时间：[{last} 23:59:59]\r\n\
         导出交易类型：[全部]\r\n导出时间：[{exported}]\r\n共{}笔记录\r\n收入：{}\r\n支出：{}\r\n不计收支：{}\r\n\r\n特别提示：\r\n",
        "-".repeat(84),
        rows.len(),
        sum("收入"),
        sum("支出"),
        sum("不计收支"),
    );
    for note in [
        "1.本回单内容可表明支付宝受理了相应支付交易申请，仅供参考；",
        "2.本回单不作为收款方发货的凭证；",
        "3.部分账单如充值提现、账户转存或者个人设置收支等不计入为收入或者支出；",
        "4.因统计逻辑不同，明细金额直接累加后，可能会和下方统计金额不一致，请以实际交易金额为准；",
        "5.禁止将本回单用于非法用途；",
        "6.本回单可能包含个人信息，请妥善保管；",
        "7.本明细仅展示当前账单中的交易，不包括已删除的记录；",
        "8.本明细仅供个人对账使用；",
        "9.如有疑问，请在应用内查询。",
    ] {
        text.push_str(note);
        text.push_str("\r\n");
    }
    text.push_str(
        "\r\n------------------------支付宝支付科技有限公司  电子客户回单------------------------\r\n",
    );
    text.push_str(
        "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,\r\n",
    );
    for row in rows {
        let AlipayRow {
            at,
            category,
            party,
            account,
            direction,
            method,
            status,
            order,
            merchant_order,
            memo,
            ..
        } = row;
        let item = if row.item.contains([',', '"']) {
            format!("\"{}\"", row.item.replace('"', "\"\""))
        } else {
            row.item.clone()
        };
        let amount = yuan(row.fen);
        writeln!(
            text,
            "{at},{category},{party},{account},{item},{direction},{amount},{method},{status},{order}\t,{merchant_order}\t,{memo},\r"
        )
        .expect("writing to a string does not fail");
    }
    text
}

/// The text in GB18030, as the app writes it.
pub fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

const SHOPS: [(&str, &str, &str); 10] = [
    ("餐饮美食", "晨光咖啡", "拿铁 大杯"),
    ("餐饮美食", "老巷面馆", "牛肉面套餐"),
    ("日用百货", "邻里便利店", "便利店消费"),
    ("交通出行", "城市轨道交通", "地铁乘车"),
    ("交通出行", "快行出行", "打车费用, 含路桥费"),
    ("数码电器", "星河数码专营店", "无线耳机 \"标准版\""),
    ("服饰装扮", "素锦服饰", "针织衫"),
    ("充值缴费", "东城供电", "电费"),
    ("文化休闲", "南山影城", "电影票2张"),
    ("生活服务", "青禾洗衣", "干洗"),
];
const METHODS: [&str; 6] =
    ["余额", "余额宝", "花呗", "招商银行信用卡(1234)", "中国银行储蓄卡(0814)", "花呗&红包"];

fn start() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2016, 1, 1)
        .and_then(|day| day.and_hms_opt(6, 0, 0))
        .expect("a date of the calendar")
}

/// The rows of an invented Alipay statement, oldest first, over ten years.
pub fn alipay_rows(count: usize, seed: u64) -> Vec<AlipayRow> {
    let mut dice = Dice::new(seed);
    let step = (3650 * 86_400 / count.max(1) as i64).max(1);
    let mut rows: Vec<AlipayRow> = Vec::with_capacity(count);
    for index in 0..count {
        let at = start() + Duration::seconds(step * index as i64 + dice.below(step as u64) as i64);
        let order = format!("{}22001{:015}", at.format("%Y%m%d"), 4_100_000 + index);
        let merchant_order = format!("T200P{:016}", dice.below(10_000_000_000));
        let earlier =
            (index > 0).then(|| dice.below(index.min(50) as u64) as usize + 1).map(|back| index - back);
        let refunded =
            earlier.map(|of| &rows[of]).filter(|row| row.direction == "支出" && row.status == "交易成功");
        let row = match (dice.below(100), refunded) {
            (0..=5, Some(of)) => AlipayRow {
                at,
                category: "退款".into(),
                item: format!("退款-{}", of.item),
                direction: "不计收支".into(),
                fen: if dice.below(2) == 0 { of.fen } else { 1 + dice.below(of.fen) },
                status: "退款成功".into(),
                order: format!("{}_{:08}", of.order, index),
                ..of.clone()
            },
            (0..=12, _) => AlipayRow {
                at,
                category: "转账红包".into(),
                party: dice.pick(&["*三", "**梅", "李*"]).into(),
                account: "138******01".into(),
                item: dice.pick(&["转账", "AA收款", "红包"]).into(),
                direction: dice.pick(&["支出", "收入"]).into(),
                fen: 1 + dice.below(80_000),
                method: "余额".into(),
                status: "交易成功".into(),
                order,
                merchant_order: String::new(),
                memo: String::new(),
            },
            (13..=16, _) => AlipayRow {
                at,
                category: "投资理财".into(),
                party: "余额宝".into(),
                account: "/".into(),
                item: format!("余额宝-{}-收益发放", at.format("%Y.%m.%d")),
                direction: "不计收支".into(),
                fen: 1 + dice.below(900),
                method: "余额宝".into(),
                status: "交易成功".into(),
                order,
                merchant_order: String::new(),
                memo: String::new(),
            },
            _ => {
                let (category, party, item) = SHOPS[dice.below(SHOPS.len() as u64) as usize];
                AlipayRow {
                    at,
                    category: category.into(),
                    party: party.into(),
                    account: "pay***@example.com".into(),
                    item: item.into(),
                    direction: "支出".into(),
                    fen: 100 + dice.below(60_000),
                    method: dice.pick(&METHODS).into(),
                    status: "交易成功".into(),
                    order,
                    merchant_order,
                    memo: String::new(),
                }
            }
        };
        rows.push(row);
    }
    rows
}

/// An invented Alipay statement of `count` rows, GB18030.
pub fn alipay_csv(count: usize, seed: u64) -> Vec<u8> {
    let rows = alipay_rows(count, seed);
    let exported = rows.last().map_or(start(), |row| row.at) + Duration::days(1);
    gb18030(&alipay_text(&rows, "示例", "138******00", exported))
}
