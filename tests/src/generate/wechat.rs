//! WeChat Pay bills: CSV, and XLSX of 2025 and 2026.

use super::{Dice, SHOPS, start, yuan};
use crate::workbook::{Cell, Workbook};
use chrono::{Duration, NaiveDate, NaiveDateTime};
use std::fmt::Write as _;

/// One row of an invented WeChat bill: its cells, and the amount in fen.
#[derive(Debug, Clone)]
pub struct WechatRow {
    /// When.
    pub at: NaiveDateTime,
    /// 交易类型, 交易对方, 商品, 收/支
    pub head: [String; 4],
    /// 金额, in fen
    pub fen: u64,
    /// 支付方式, 当前状态, 交易单号, 商户单号, 备注
    pub tail: [String; 5],
}

/// The rows of an invented WeChat bill, oldest first.
pub fn wechat_rows(count: usize, seed: u64) -> Vec<WechatRow> {
    let mut dice = Dice::new(seed);
    let step = (3650 * 86_400 / count.max(1) as i64).max(1);
    let mut rows: Vec<WechatRow> = Vec::with_capacity(count);
    for index in 0..count {
        let at = start() + Duration::seconds(step * index as i64 + dice.below(step as u64) as i64);
        let order = format!("42000{:023}\t", 7_100_000 + index);
        let merchant_order = format!("{:020}\t", dice.below(1 << 40));
        let earlier = (index > 0).then(|| index - 1 - dice.below(index.min(20) as u64) as usize);
        let buys = |row: &&mut WechatRow| row.head[0] == "商户消费" && row.tail[1] == "支付成功";
        let roll = dice.below(100);
        let refunded = earlier.and_then(|of| rows.get_mut(of)).filter(buys);
        let row = match (roll, refunded) {
            (0..=4, Some(of)) => {
                let fen = if dice.below(2) == 0 { of.fen } else { 1 + dice.below(of.fen) };
                let (original, own) = if fen == of.fen {
                    ("已全额退款".to_owned(), "已全额退款".to_owned())
                } else {
                    (format!("已退款(￥{})", yuan(fen)), format!("已退款￥{}", yuan(fen)))
                };
                of.tail[1] = original;
                WechatRow {
                    at,
                    head: [format!("{}-退款", of.head[1]), of.head[1].clone(), "/".into(), "收入".into()],
                    fen,
                    tail: [of.tail[0].clone(), own, format!("50300{index:023}\t"), "/".into(), "/".into()],
                }
            }
            (0..=10, _) => WechatRow {
                at,
                head: ["转账".into(), "李*".into(), "转账备注:微信转账".into(), "支出".into()],
                fen: 1 + dice.below(50_000),
                tail: ["零钱".into(), "对方已收钱".into(), order, merchant_order, "/".into()],
            },
            (11..=13, _) => WechatRow {
                at,
                head: ["零钱提现".into(), "招商银行(1234)".into(), "/".into(), "/".into()],
                fen: 10_010,
                tail: ["零钱".into(), "提现已到账".into(), order, "/".into(), "服务费¥0.10".into()],
            },
            _ => {
                let (_, party, item) = SHOPS[dice.below(SHOPS.len() as u64) as usize];
                WechatRow {
                    at,
                    head: ["商户消费".into(), party.into(), item.into(), "支出".into()],
                    fen: 100 + dice.below(60_000),
                    tail: [
                        dice.pick(&["零钱", "招商银行(1234)", "零钱通"]).into(),
                        "支付成功".into(),
                        order,
                        merchant_order,
                        "/".into(),
                    ],
                }
            }
        };
        rows.push(row);
    }
    rows
}

/// The lines above a WeChat bill's table; `year` 2026 has one note more.
pub fn wechat_preamble(rows: &[WechatRow], year: u16) -> Vec<String> {
    let sum = |words: &[&str]| {
        let of: Vec<u64> =
            rows.iter().filter(|row| words.contains(&row.head[3].as_str())).map(|row| row.fen).collect();
        format!("{}笔 {}元", of.len(), yuan(of.iter().sum()))
    };
    let mut lines = vec![
        "微信支付账单明细".to_owned(),
        "微信昵称：[示例]".into(),
        "起始时间：[2016-01-01 00:00:00] 终止时间：[2026-01-01 00:00:00]".into(),
        if year >= 2026 { "导出类型：[全部账单]".into() } else { "导出类型：[全部]".into() },
        "导出时间：[2026-01-02 09:00:00]".into(),
        String::new(),
        format!("共{}笔记录", rows.len()),
        format!("收入：{}", sum(&["收入"])),
        format!("支出：{}", sum(&["支出"])),
        format!("中性交易：{}", sum(&["/"])),
        "注：".into(),
        "1. 充值/提现/理财通购买/零钱通存取/信用卡还款等交易，将计入中性交易".into(),
        "2. 本明细仅展示当前账单中的交易，不包括已删除的记录".into(),
        "3. 本明细仅供个人对账使用".into(),
    ];
    if year >= 2026 {
        lines.push("4. 本账单中所有时间均为UTC+08:00时间".into());
    }
    lines.push(String::new());
    lines.push("----------------------微信支付账单明细列表--------------------".into());
    lines
}

/// The columns of a WeChat bill.
pub const WECHAT_COLUMNS: [&str; 11] = [
    "交易时间",
    "交易类型",
    "交易对方",
    "商品",
    "收/支",
    "金额(元)",
    "支付方式",
    "当前状态",
    "交易单号",
    "商户单号",
    "备注",
];

/// A WeChat bill as CSV text, genuine layout, header on line 17.
pub fn wechat_text(rows: &[WechatRow]) -> String {
    let mut text = String::new();
    for line in wechat_preamble(rows, 2025) {
        text.push_str(&line);
        text.push_str(",,,,,,,,\n");
    }
    text.push_str(&WECHAT_COLUMNS.join(","));
    text.push('\n');
    for row in rows {
        let quote = |cell: &String| {
            if cell.contains([',', '"', '\n']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        };
        let head: Vec<String> = row.head.iter().map(quote).collect();
        let tail: Vec<String> = row.tail.iter().map(quote).collect();
        writeln!(text, "{},{},¥{},{}", row.at, head.join(","), yuan(row.fen), tail.join(","))
            .expect("writing to a string does not fail");
    }
    text
}

/// An invented WeChat bill of `count` rows as CSV, UTF-8 with a byte order mark.
pub fn wechat_csv(count: usize, seed: u64) -> Vec<u8> {
    [b"\xef\xbb\xbf", wechat_text(&wechat_rows(count, seed)).as_bytes()].concat()
}

/// The moment as a spreadsheet's serial day number.
pub fn serial(at: NaiveDateTime) -> f64 {
    let epoch =
        NaiveDate::from_ymd_opt(1899, 12, 30).and_then(|day| day.and_hms_opt(0, 0, 0)).expect("a date");
    (at - epoch).num_seconds() as f64 / 86_400.0
}

/// A WeChat bill as XLSX in the layout of `year` (2025: times and amounts as text, header on row 17; 2026:
/// serial times, bare numbers, header on row 18). Blank rows are absent from the XML.
pub fn wechat_workbook(rows: &[WechatRow], year: u16) -> Workbook {
    let mut sheet: Vec<Vec<Cell>> = wechat_preamble(rows, year)
        .into_iter()
        .map(|line| if line.is_empty() { vec![] } else { vec![Cell::Text(line)] })
        .collect();
    sheet.push(WECHAT_COLUMNS.iter().map(|name| Cell::Text((*name).into())).collect());
    for row in rows {
        let (at, amount) = if year >= 2026 {
            (Cell::Moment(serial(row.at)), Cell::Yuan(yuan(row.fen).trim_end_matches(".00").into()))
        } else {
            (Cell::Text(row.at.to_string()), Cell::Text(format!("¥{}", yuan(row.fen))))
        };
        let text = |cell: &String| Cell::Text(cell.clone());
        sheet.push(
            std::iter::once(at)
                .chain(row.head.iter().map(text))
                .chain(std::iter::once(amount))
                .chain(row.tail.iter().map(text))
                .collect(),
        );
    }
    Workbook::new(vec![("Sheet1".into(), sheet)])
}

/// An invented WeChat bill of `count` rows as XLSX in the layout of 2026.
pub fn wechat_xlsx(count: usize, seed: u64) -> Vec<u8> {
    wechat_workbook(&wechat_rows(count, seed), 2026).bytes()
}
