//! 支付宝: the app's CSV since 2021 (`支付宝交易明细(…).csv`), and those of the web site and the cash book. Facts: real
//! exports up to 2026-09.

mod cashbook;
mod web;

pub(super) use cashbook::CASHBOOK;
pub(super) use web::WEB;

use super::status::unsettled;
use super::{Column, Draft, Field, Statement};
use crate::ledger::{Direction, Kind, Mark};

/// Since 2023: 12 columns and a trailing comma, header below some 24 lines of preamble. From 2021 to 2023: 11 columns in
/// another order, the header on line 2 and the preamble below the table.
pub(super) const APP: Statement = Statement {
    id: "alipay-app",
    provider: "alipay",
    zh: "支付宝交易明细（App 导出）",
    en: "Alipay statement (exported in the app)",
    versions: &["app, 2021-06 to 2023-02", "app, since 2023-02"],
    quirks: &[
        "GB18030, UTF-8 with and without a mark, UTF-16",
        "preamble above the table, or below it",
        "both line ends in one file",
        "rows of 12 to 14 cells, cells padded with blanks and tabs",
        "neutral rows: 不计收支, 其他, blank",
        "花呗&红包: the parts of a method",
        "a refund is a row of its own: number with _ and digits, the same 商家订单号",
        "交易关闭 with a method: paid; what came back is told by the refund's own row; without: never paid",
        "-买入 with 退款成功 is a purchase of a fund",
        "unknown statuses and categories are kept and marked; what they call unpaid, failed or closed is no spending",
        "moments as 2026/3/1 9:05, 上午9:05, 9时05分, serial numbers; days that a spreadsheet turned round",
        "full-width digits, signs on either side, a minus beside a word",
        "several statements in one file",
    ],
    columns: &[
        Column::needed(Field::Time, &["交易时间"]),
        Column::needed(Field::Category, &["交易分类"]),
        Column::needed(Field::Counterparty, &["交易对方"]),
        Column::also(Field::CounterpartyAccount, &["对方账号"]),
        Column::needed(Field::Item, &["商品说明"]),
        Column::needed(Field::Direction, &["收/支"]),
        Column::needed(Field::Amount, &["金额"]),
        Column::needed(Field::Method, &["收/付款方式"]),
        Column::needed(Field::Status, &["交易状态"]),
        Column::needed(Field::OrderNo, &["交易订单号"]),
        Column::also(Field::MerchantOrderNo, &["商家订单号"]),
        Column::also(Field::Memo, &["备注"]),
    ],
    directions: &[
        ("支出", Direction::Out),
        ("收入", Direction::In),
        ("不计收支", Direction::Neutral),
        ("其他", Direction::Neutral),
    ],
    account: &["支付宝账户", "账号"],
    joint: Some("&"),
    meaning: Some(meaning),
    ..Statement::PLAIN
};

/// Statuses of payments that went their way; the kind comes from elsewhere.
const SETTLED: &[&str] = &[
    "交易成功",
    "支付成功",
    // Paid, held in escrow.
    "等待确认收货",
    "等待对方发货",
    "等待对方确认收货",
    "退款成功",
    "退税成功",
    "还款成功",
    "代付成功",
    "亲情卡付款成功",
    "充值成功",
    "收款成功",
    "转出成功",
    "提取成功",
    "放款成功",
];

/// Something was reserved or released; no money moved.
const HOLDS: &[&str] = &["冻结成功", "解冻成功", "信用服务使用成功", "芝麻免押下单成功"];

/// 交易分类 as seen in real files. What is not here is kept and marked.
const CATEGORIES: &[&str] = &[
    "餐饮美食",
    "日用百货",
    "交通出行",
    "充值缴费",
    "转账红包",
    "投资理财",
    "信用借还",
    "退款",
    "亲友代付",
    "收入",
    "公共服务",
    "医疗健康",
    "爱车养车",
    "母婴亲子",
    "美容美发",
    "服饰装扮",
    "家居家装",
    "数码电器",
    "文化休闲",
    "运动户外",
    "酒店旅游",
    "住房物业",
    "生活服务",
    "商业服务",
    "保险",
    "互助保障",
    "教育培训",
    "公益捐赠",
    "其他",
    "",
];

fn meaning(draft: &mut Draft) {
    draft.kind = kind_by_facts(draft);
    match draft.status.as_str() {
        "等待付款" => draft.kind = Kind::Pending,
        "还款失败" => draft.kind = Kind::Failed,
        // Closed without a method: cancelled before payment. With one, the payment was made and a
        // refund row of its own tells what came back.
        "交易关闭" | "已关闭" if draft.method.is_empty() => draft.kind = Kind::Closed,
        "交易关闭" | "已关闭" => {}
        status if HOLDS.contains(&status) => draft.kind = Kind::Other,
        status if SETTLED.contains(&status) => {}
        status => {
            draft.marks.push(Mark::UnknownStatus);
            draft.kind = unsettled(status, draft.direction).unwrap_or(draft.kind);
        }
    }
    if !CATEGORIES.contains(&draft.category.as_str()) {
        draft.marks.push(Mark::UnknownType);
    }
}

/// What the row is by category, item and direction, its status aside.
fn kind_by_facts(draft: &Draft) -> Kind {
    let item = draft.item.as_str();
    let has = |words: &[&str]| words.iter().any(|word| item.contains(word));
    // A fund's purchase is confirmed with the words of a refund; both ways stay in the family.
    if item.ends_with("-买入") || item.ends_with("-买入退款") {
        return Kind::OwnTransfer;
    }
    if draft.category == "退款" || (draft.status == "退款成功" && draft.direction != Direction::Out) {
        return Kind::Refund;
    }
    if draft.direction == Direction::Neutral {
        if has(&["收益发放"]) {
            return Kind::Income;
        }
        if item.starts_with("余额宝-") || draft.category == "投资理财" || has(&["-卖出至"]) {
            return Kind::OwnTransfer;
        }
        if item.starts_with("提现-") || item == "提现" {
            return Kind::Withdrawal;
        }
        if item.starts_with("充值-") || draft.status == "充值成功" {
            return Kind::TopUp;
        }
    }
    match (draft.category.as_str(), draft.direction) {
        ("信用借还", _) if draft.status != "放款成功" && draft.direction != Direction::In => {
            Kind::Repayment
        }
        (_, Direction::Neutral) if has(&["还款"]) => Kind::Repayment,
        ("信用借还", _) => Kind::Other,
        ("转账红包", Direction::Out | Direction::In) if has(&["红包"]) => Kind::CashGift,
        ("转账红包", Direction::Out) => Kind::TransferOut,
        ("转账红包", Direction::In) => Kind::TransferIn,
        ("投资理财", Direction::In) => Kind::Income,
        ("投资理财", Direction::Out) => Kind::OwnTransfer,
        (_, Direction::In) if draft.status == "收款成功" || has(&["收钱码收款", "转账"]) => {
            Kind::TransferIn
        }
        (_, Direction::In) => Kind::Income,
        (_, Direction::Out) => Kind::Purchase,
        // 交易关闭 beside a method: a payment that the file no longer counts.
        (_, Direction::Neutral) if matches!(draft.status.as_str(), "交易关闭" | "已关闭") => {
            Kind::Purchase
        }
        (_, Direction::Neutral) => Kind::Other,
    }
}
