//! The JD Pay bill, in the layout of 2025: UTF-8 with a byte order mark, header on line 22, the newest row first.

use super::{Dice, SHOPS, start, yuan};
use chrono::{Duration, NaiveDateTime};
use std::fmt::Write as _;

/// One row of an invented JD bill.
#[derive(Debug, Clone)]
struct JdRow {
    at: NaiveDateTime,
    /// 商户名称
    shop: &'static str,
    /// 交易说明
    item: String,
    /// 金额, in fen
    fen: u64,
    /// How much of it came back, in fen.
    returned: u64,
    /// 收/付款方式
    method: &'static str,
    /// 交易状态
    status: &'static str,
    /// 收/支
    direction: &'static str,
    /// 交易分类
    category: &'static str,
    /// 交易订单号, 商家订单号
    orders: [String; 2],
}

const METHODS: [&str; 5] = ["京东白条", "招商银行信用卡(1234)", "微信支付", "钱包余额", "余额&红包"];

/// The rows of an invented JD bill, oldest first.
fn rows(count: usize, seed: u64) -> Vec<JdRow> {
    let mut dice = Dice::new(seed);
    let step = (3650 * 86_400 / count.max(1) as i64).max(1);
    let mut rows: Vec<JdRow> = Vec::with_capacity(count);
    for index in 0..count {
        let at = start() + Duration::seconds(step * index as i64 + dice.below(step as u64) as i64);
        let orders = [format!("3{:011}", 5_100_000 + index), format!("JDX{:020}", dice.below(1 << 40))];
        let back = 1 + dice.below(20) as usize;
        let of =
            index.checked_sub(back).filter(|of| rows[*of].direction == "支出" && rows[*of].returned == 0);
        let row = match (dice.below(100), of) {
            (0..=5, Some(of)) => {
                let paid = rows[of].clone();
                let fen = if dice.below(2) == 0 { paid.fen } else { 1 + dice.below(paid.fen) };
                rows[of].returned = fen;
                if fen == paid.fen {
                    // What came back in full stands as neutral.
                    rows[of].direction = "不计收支";
                }
                JdRow {
                    at,
                    item: format!("退款-{}", paid.item),
                    fen,
                    status: "退款成功",
                    direction: "不计收支",
                    orders: [paid.orders[0].clone(), format!("{}R", paid.orders[1])],
                    ..paid
                }
            }
            (0..=8, _) => JdRow {
                at,
                shop: "京东小金库",
                item: "京东小金库-收益".into(),
                fen: 1 + dice.below(300),
                returned: 0,
                method: "京东小金库",
                status: "交易成功",
                direction: "不计收支",
                category: "小金库",
                orders: [orders[0].clone(), " ".into()],
            },
            _ => {
                let (category, _, item) = SHOPS[dice.below(SHOPS.len() as u64) as usize];
                JdRow {
                    at,
                    shop: dice.pick(&["京东平台商户", "京东平台商户", "京东外卖", "京东物流"]),
                    item: item.into(),
                    fen: 100 + dice.below(60_000),
                    returned: 0,
                    method: dice.pick(&METHODS),
                    status: "交易成功",
                    direction: "支出",
                    category,
                    orders,
                }
            }
        };
        rows.push(row);
    }
    rows
}

fn text(rows: &[JdRow]) -> String {
    let sum = |word: &str| {
        let of: Vec<u64> = rows.iter().filter(|row| row.direction == word).map(|row| row.fen).collect();
        format!("{}：{}笔，{}元\n", word, of.len(), yuan(of.iter().sum()))
    };
    let mut text = format!(
        "导出信息：\n京东账号名：shi***01\n申请时间：2026-01-05 10:04:27\n日期区间：2016-01-01 至 2025-12-31\n\
         导出交易类型：全部\n导出交易场景：全部\n共：{}笔记录\n{}{}{}\n特别提示\n",
        rows.len(),
        sum("收入"),
        sum("支出"),
        sum("不计收支"),
    );
    for note in 1..=8 {
        writeln!(text, "{note}.示例说明第{note}条；").expect("writing to a string does not fail");
    }
    text.push_str(
        "\n交易时间,商户名称,交易说明,金额,收/付款方式,交易状态,收/支,交易分类,交易订单号,商家订单号,备注\n",
    );
    for row in rows.iter().rev() {
        let JdRow { at, shop, item, fen, returned, method, status, direction, category, orders } = row;
        let item = if item.contains([',', '"']) {
            format!("\"{}\"", item.replace('"', "\"\""))
        } else {
            item.clone()
        };
        let back = match *returned {
            0 => String::new(),
            all if all == *fen => "(已全额退款)".to_owned(),
            part => format!("(已退款{})", yuan(part)),
        };
        let [order, merchant] = orders;
        writeln!(
            text,
            "{at}\t,{shop},{item},{}{back},{method},{status},{direction},{category},{order}\t,{merchant}\t, ,",
            yuan(*fen)
        )
        .expect("writing to a string does not fail");
    }
    text
}

/// An invented JD bill of `count` rows as CSV, UTF-8 with a byte order mark.
pub fn jd_csv(count: usize, seed: u64) -> Vec<u8> {
    [b"\xef\xbb\xbf", text(&rows(count, seed)).as_bytes()].concat()
}
