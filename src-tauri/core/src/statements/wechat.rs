//! 微信支付: the bill, as CSV (to 2025) and as XLSX (since 2025-07). One mapping for both.

use super::status::unsettled;
use super::{Column, Draft, Field, Statement};
use crate::ledger::{Direction, Kind, Mark};
use crate::table::cell;

/// 11 columns; header on line 17 or 18.
pub(super) const BILL: Statement = Statement {
    id: "wechat-bill",
    provider: "wechat-pay",
    zh: "微信支付账单",
    en: "WeChat Pay bill",
    versions: &["CSV, to 2025", "XLSX, 2025", "XLSX, since 2026"],
    quirks: &[
        "the header on line 17 or 18, found by its words",
        "a sheet of something else first; rows that are absent",
        "serial moments, rounded to the nearest second",
        "amounts as ¥28.16, ￥1,234.56 or bare numbers",
        "/ for nothing, and for neutral rows",
        "已退款(￥39.93), 已全额退款, 对方已退还 on the payment's row",
        "refunds as rows of their own; between persons their number is the payment's 商户单号",
        "服务费 in the note of a withdrawal",
        "unknown types and statuses are kept and marked",
        "零钱&招商银行(1234): the parts of a method",
        "totals, sentences and the header again between the rows",
        "order numbers behind an apostrophe, a tab or =\"\"",
    ],
    columns: &[
        Column::needed(Field::Time, &["交易时间"]),
        Column::needed(Field::Category, &["交易类型"]),
        Column::needed(Field::Counterparty, &["交易对方"]),
        Column::needed(Field::Item, &["商品"]),
        Column::needed(Field::Direction, &["收/支"]),
        Column::needed(Field::Amount, &["金额(元)"]),
        Column::needed(Field::Method, &["支付方式"]),
        Column::needed(Field::Status, &["当前状态"]),
        Column::needed(Field::OrderNo, &["交易单号"]),
        Column::also(Field::MerchantOrderNo, &["商户单号"]),
        Column::also(Field::Memo, &["备注"]),
    ],
    directions: &[
        ("支出", Direction::Out),
        ("收入", Direction::In),
        ("中性交易", Direction::Neutral),
        ("不计收支", Direction::Neutral),
    ],
    account: &["微信昵称"],
    joint: Some("&"),
    meaning: Some(meaning),
    ..Statement::PLAIN
};

/// Statuses that say no more than that it went through.
const SETTLED: &[&str] = &[
    "支付成功",
    "已转账",
    "对方已收钱",
    "朋友已收钱",
    "已收钱",
    "已存入零钱",
    "已转入零钱通",
    "已到账",
    "充值完成",
    "充值成功",
    "提现已到账",
];

fn meaning(draft: &mut Draft) {
    match kind(&draft.category, draft.direction) {
        Some(kind) => draft.kind = kind,
        None => {
            draft.marks.push(Mark::UnknownType);
            draft.kind = likely_kind(&draft.category, draft.direction);
        }
    }
    read_status(draft);
    draft.fee = cell::money_after(&draft.memo, "服务费", draft.amount.currency);
}

/// What a 交易类型 is; `None` where this version does not know it.
fn kind(category: &str, direction: Direction) -> Option<Kind> {
    if category == "退款" || category.ends_with("-退款") {
        return Some(Kind::Refund);
    }
    if category.contains("零钱通") || category.contains("理财通") {
        return Some(Kind::OwnTransfer);
    }
    if category.starts_with("微信红包") {
        return Some(Kind::CashGift);
    }
    let transfer = match direction {
        Direction::Out => Kind::TransferOut,
        Direction::In => Kind::TransferIn,
        Direction::Neutral => Kind::Other,
    };
    Some(match category {
        "商户消费" | "扫二维码付款" | "亲属卡交易" | "分分捐" => match direction {
            Direction::In => Kind::Income,
            _ => Kind::Purchase,
        },
        "转账" | "群收款" | "二维码收款" | "赞赏码" => transfer,
        "信用卡还款" => Kind::Repayment,
        "零钱充值" => Kind::TopUp,
        "零钱提现" => Kind::Withdrawal,
        "其他" => Kind::Other,
        _ => return None,
    })
}

/// What a type is by its words and the way of its money, where this version does not know it.
fn likely_kind(category: &str, direction: Direction) -> Kind {
    let has = |word: &str| category.contains(word);
    match direction {
        _ if has("退款") => Kind::Refund,
        _ if has("还款") => Kind::Repayment,
        _ if has("红包") => Kind::CashGift,
        Direction::Out if has("转账") => Kind::TransferOut,
        Direction::In if has("转账") || has("收款") => Kind::TransferIn,
        Direction::Out => Kind::Purchase,
        Direction::In => Kind::Income,
        Direction::Neutral if has("充值") => Kind::TopUp,
        Direction::Neutral if has("提现") => Kind::Withdrawal,
        Direction::Neutral => Kind::Other,
    }
}

/// The status says what came back of a payment. On a refund's own row the same words mean that row.
fn read_status(draft: &mut Draft) {
    let status = draft.status.as_str();
    let whole = matches!(status, "已全额退款" | "对方已退还");
    // 已退款(￥39.93), 已退款￥39.93, 已部分退款(¥1.00)
    let part = cell::money_after(status, "退款", draft.amount.currency);
    if SETTLED.contains(&status) {
    } else if whole || part.is_some() {
        if draft.kind != Kind::Refund && draft.direction != Direction::In {
            draft.refunded = match part {
                // More came back than was paid: not a reading to rely on.
                Some(part) if part.minor > draft.amount.minor => {
                    draft.marks.push(Mark::UnknownStatus);
                    draft.amount
                }
                Some(part) => part,
                None => draft.amount,
            };
        }
    } else if status.starts_with("提现失败") {
        draft.kind = Kind::Failed;
    } else if status == "交易关闭" {
        draft.kind = Kind::Closed;
    } else {
        draft.marks.push(Mark::UnknownStatus);
        draft.kind = unsettled(status, draft.direction).unwrap_or(draft.kind);
    }
}
