//! What the texts of a row say of money paid and money back.

use crate::detect::History;
use crate::detect::phrase::holds;
use crate::detect::promise::sum_after;
use crate::detect::topics::Topic;
use crate::ledger::Transaction;

/// How a closed order says that it had been paid.
const PAID: &[&str] = &[
    "已付款",
    "已支付",
    "付款后",
    "支付后",
    "付款成功",
    "支付成功",
    "已扣",
    "扣款成功",
    "扣款已成功",
    "钱已扣",
    "钱扣了",
    "扣了钱",
    "扣了款",
    "已收款",
    "退款未发起",
    "未发起退款",
    "钱没退",
    "没退钱",
    "付了钱",
    "付过钱",
    "付了款",
    "付过款",
    "款项未退",
    "款未退",
    "钱未退",
    "未退款",
    "未退回",
    "not refunded",
    "was charged",
    "already paid",
];
/// What became of an order whose payment stands as made; and where the payment itself must say that it was paid.
const ENDED: &[&str] =
    &["订单已关闭", "订单已取消", "订单被取消", "已取消订单", "订单已失效", "order was cancelled"];
const CLOSED: &[&str] = &["订单关闭", "订单取消", "order closed", "order cancelled"];
/// A refund that the buyer took back is none to wait for.
pub const WITHDRAWN: &[&str] = &[
    "撤销退款",
    "撤销申请",
    "撤回退款",
    "撤回申请",
    "取消退款",
    "取消申请",
    "买家撤销",
    "买家撤回",
    "买家取消",
    "买家关闭",
    "您已撤",
    "您已取消",
    "您撤",
    "您取消",
    "用户撤",
    "用户取消",
    "主动撤",
    "主动取消",
    "主动关闭",
    "本人撤",
    "本人取消",
    "自己撤",
    "自己取消",
    "不退了",
    "放弃退款",
    "withdrawn",
    "withdrew",
    "by buyer",
    "by you",
    "you cancel",
];
/// A second refund of what came back already is refused, as it should be.
pub const COME_ALREADY: &[&str] = &[
    "已退款",
    "已原路",
    "成功退款",
    "退款成功",
    "已全额退",
    "已退回",
    "已退过",
    "重复退款",
    "重复申请",
    "重复提交",
    "already refunded",
    "duplicate",
];
/// The wallet paid a refund ahead of the shop, or the money is there, whatever the order still stands at.
const ARRIVED: &[&str] = &[
    "已到账",
    "已到帐",
    "到账成功",
    "垫付",
    "先行赔付",
    "极速退款",
    "闪电退款",
    "秒退",
    "funds received",
    "advanced",
];
/// An order that was closed before anything was paid, or a second try at one that was.
pub const NEVER_PAID: &[&str] =
    &["未付款", "未支付", "待支付", "重复", "超时未付", "拼单失败", "unpaid", "not paid", "duplicate"];
/// Terms under which an order is bought: closed under them, its money is on its way by itself.
const TERMS: &[&str] = &[
    "免费取消",
    "全额可退",
    "可全额退",
    "可退定金",
    "可退订金",
    "(可退)",
    "（可退）",
    "随时可退",
    "随时退",
    "过期退",
    "过期自动退",
    "未消费退",
    "refundable",
    "free cancellation",
];
/// Nobody's word is waited for.
pub const APPROVED: &[&str] = &["已通过", "已批准", "已同意", "approved", "Approved"];

/// Whether row `i` itself says that its money came back, and no word of it that it has not.
pub fn says_back(history: &History<'_>, i: usize) -> bool {
    let (says, row) = (history.sign(i).says, history.row(i));
    // 已退34.42
    let sum = || !row.memo.is_empty() && sum_after(&row.memo, &["已退"]) == Some(row.amount.minor);
    let back = says.has(Topic::Refunded) || sum() || holds(&row.memo, ARRIVED) || holds(&row.note, ARRIVED);
    // 已退款，原路退回 names the way that it went.
    let went = [&row.memo, &row.note].iter().any(|text| holds(text, COME_ALREADY));
    back && (went || !says.has(Topic::RefundPromised)) && !says_paid(row)
}

/// Whether row `i` was bought under terms by which it may be given up.
pub fn is_refundable(row: &Transaction) -> bool {
    [&row.item, &row.memo].iter().any(|text| holds(&text.to_lowercase(), TERMS))
}

/// Whether the row says in words that it was paid.
pub fn says_paid(row: &Transaction) -> bool {
    [&row.memo, &row.note].iter().any(|text| holds(text, PAID))
}

/// Whether a closed order says that the shop could not deliver: it had been paid.
pub fn closed_by_shop(row: &Transaction) -> bool {
    const BY_SHOP: &[&str] = &["未发货", "缺货", "无货", "拒绝接单", "无人接单", "商家拒单"];
    [&row.memo, &row.note].iter().any(|text| holds(text, BY_SHOP))
}

/// Whether a closed order says that it was closed by giving its money back.
pub fn sent_back(row: &Transaction) -> bool {
    [&row.memo, &row.note].iter().any(|text| holds(text, &["退货退款", "仅退款"]))
}

/// The text in which the row says that its order was closed, whatever its status is.
pub fn closing(row: &Transaction) -> Option<&str> {
    let paid = says_paid(row);
    let says = |text: &&String| holds(text, ENDED) || paid && holds(text, CLOSED);
    [&row.memo, &row.note].into_iter().find(says).map(|text| text.trim())
}
