//! What the word of a status makes of a payment: one list for all formats. A format may name its own words first; what
//! it does not name, and the tables that a user maps, are read by these.

use super::Draft;
use crate::ledger::{Direction, Kind, Mark};
use crate::table::cell;

pub(super) const FAILED: &[&str] = &[
    "Denied",
    "Failed",
    "Failure",
    "Declined",
    "Rejected",
    "Refused",
    "Unsuccessful",
    "Insufficient funds",
    "Bounced",
    "Dishonoured",
    "Dishonored",
    "Aborted",
    "Timed out",
    "Error",
    "Abgelehnt",
    "Fehlgeschlagen",
    "Geweigerd",
    "Refusé",
    "Échoué",
    "Rechazado",
    "Fallido",
    "已拒绝",
    "已拒絕",
    "失败",
    "失敗",
    "拒否",
];
pub(super) const CANCELLED: &[&str] = &[
    "Canceled",
    "Cancelled",
    "Cancel",
    "Closed",
    "Expired",
    "Void",
    "Voided",
    "Removed",
    "Deleted",
    "Reverted",
    "Released",
    "Abandoned",
    "Withdrawn",
    "Lapsed",
    "Entfernt",
    "Storniert",
    "Geannuleerd",
    "Annulé",
    "Cancelado",
    "已取消",
    "已移除",
    "已过期",
    "已過期",
    "キャンセル済み",
    "キャンセル",
    "取消済み",
];
pub(super) const WAITING: &[&str] = &[
    "Pending",
    "Held",
    "On Hold",
    "Placed",
    "Processing",
    "In Progress",
    "In Process",
    "Under Review",
    "Unclaimed",
    "Uncleared",
    "Unpaid",
    "Unposted",
    "Awaiting",
    "Waiting",
    "Authorized",
    "Authorised",
    "Preauthorized",
    "Preauthorised",
    "Scheduled",
    "Queued",
    "Initiated",
    "Created",
    "Submitted",
    "Outstanding",
    "In Transit",
    "Ausstehend",
    "Vorgemerkt",
    "In behandeling",
    "En attente",
    "Pendiente",
    "In sospeso",
    "待处理",
    "待處理",
    "处理中",
    "處理中",
    "未领取",
    "未領取",
    "已冻结",
    "已凍結",
    "保留中",
    "保留",
    "処理中",
    "未処理",
];
/// The payment's own row says that all of it came back.
pub(super) const RETURNED: &[&str] = &[
    "Refunded",
    "Fully Refunded",
    "Reversed",
    "Returned",
    "Charged Back",
    "Zurückgezahlt",
    "Erstattet",
    "Terugbetaald",
    "Remboursé",
    "Reembolsado",
    "已退款",
    "已撤销",
    "已撤銷",
    "返金済み",
];
/// It went through. A part that came back is not said.
pub(super) const SETTLED: &[&str] = &[
    "Completed",
    "Complete",
    "Cleared",
    "Paid",
    "Refunded",
    "Reversed",
    "Partially Refunded",
    "Success",
    "Successful",
    "Succeeded",
    "Settled",
    "Posted",
    "Booked",
    "Processed",
    "Approved",
    "Accepted",
    "Confirmed",
    "Executed",
    "Captured",
    "Done",
    "Sent",
    "Received",
    "Reconciled",
    "OK",
    "Abgeschlossen",
    "Gebucht",
    "Ausgeführt",
    "Zurückgezahlt",
    "Teilweise zurückgezahlt",
    "Voltooid",
    "Terugbetaald",
    "Terminé",
    "Effectué",
    "Exécuté",
    "Remboursé",
    "Completado",
    "Completato",
    "Completata",
    "已完成",
    "已退款",
    "部分退款",
    "已部分退款",
    "已撤销",
    "已撤銷",
    "已结清",
    "已結清",
    "完了",
    "完了しました",
    "返金済み",
    "一部返金済み",
];

const FAILED_ZH: &[&str] = &["失败", "已拒绝", "被拒", "不成功", "未成功", "余额不足"];
const CLOSED_ZH: &[&str] = &["关闭", "取消", "作废", "已撤销", "已失效", "已过期"];
const WAITING_ZH: &[&str] = &[
    "待付款",
    "待支付",
    "等待付款",
    "等待支付",
    "等待买家付款",
    "未付款",
    "未支付",
    "待扣款",
    "支付中",
    "付款中",
    "转账中",
    "支付处理中",
    "付款处理中",
    "交易处理中",
    "转账处理中",
    "扣款处理中",
    "提现处理中",
    "交易进行中",
    "支付未完成",
    "交易未完成",
    "待入账",
    "未入账",
    "预授权",
];
/// The same as the whole status: behind another word it is somebody else's work on a payment that was made
/// (`商家处理中`, `银行处理中`).
const WAITING_ALONE: &[&str] = &["处理中", "进行中", "待处理", "未完成"];
const BACK_ZH: &[&str] = &["退款", "已退还", "已退回", "已退货", "已冲正"];
const SETTLED_ZH: &[&str] = &[
    "成功",
    "完成",
    "已支付",
    "已付",
    "已收",
    "已转账",
    "已到账",
    "已入账",
    "已记账",
    "已存入",
    "已转入",
    "已扣款",
    "已结算",
    "已确认",
    "发货",
    "收货",
    "签收",
    "评价",
    "正常",
];

/// What a status says of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It went through.
    Through,
    /// It was tried and failed.
    Failed,
    /// It was closed before money moved, or what was reserved is free again.
    Closed,
    /// It is not settled yet.
    Pending,
    /// Money came back: all of it, where no figure stands beside.
    Returned,
}

/// What a status makes of a payment by its words, where they say it. A refund that failed or waits says nothing of the
/// payment that stands in the row, and all of a row of money that was to come in.
pub(super) fn outcome(status: &str, direction: Direction) -> Option<Outcome> {
    if !status.contains(is_chinese) {
        return in_letters(status, direction);
    }
    if WAITING_ALONE.contains(&status) {
        return Some(Outcome::Pending);
    }
    let said = |text: &str| {
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        [(FAILED_ZH, Outcome::Failed), (CLOSED_ZH, Outcome::Closed), (WAITING_ZH, Outcome::Pending)]
            .into_iter()
            .find_map(|(words, outcome)| has(words).then_some(outcome))
    };
    match status.split_once("退款") {
        Some((before, after)) => match (said(before), said(after)) {
            (Some(payment), _) => Some(payment),
            (None, Some(refund)) => (direction != Direction::Out).then_some(refund),
            // 退款中, 退款申请, 待退款: nothing came back yet.
            (None, None)
                if ["中", "申请", "审核", "未完成"].iter().any(|word| after.contains(word))
                    || ["申请", "待", "未"].iter().any(|word| before.ends_with(word)) =>
            {
                None
            }
            (None, None) => Some(Outcome::Returned),
        },
        None if said(status).is_some() => said(status),
        None if BACK_ZH.iter().any(|word| status.contains(word)) => Some(Outcome::Returned),
        None => SETTLED_ZH.iter().any(|word| status.contains(word)).then_some(Outcome::Through),
    }
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The same of a status in letters: `COMPLETED`, `Payment failed`, `Declined - insufficient funds`.
fn in_letters(status: &str, direction: Direction) -> Option<Outcome> {
    let words: Vec<String> = status
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let is = |known: &[&str]| known.iter().any(|one| split(one).eq(words.iter().cloned()));
    let has = |known: &[&str]| {
        known.iter().any(|one| {
            let one: Vec<String> = split(one).collect();
            words.windows(one.len()).any(|part| part == one)
        })
    };
    if is(RETURNED) {
        return Some(Outcome::Returned);
    }
    if is(SETTLED) {
        return Some(Outcome::Through);
    }
    let unsettled = [(FAILED, Outcome::Failed), (CANCELLED, Outcome::Closed), (WAITING, Outcome::Pending)]
        .into_iter()
        .find_map(|(known, outcome)| has(known).then_some(outcome));
    if has(&["Refund", "Chargeback", "Reversal", "Return"]) {
        return match unsettled {
            Some(refund) => (direction != Direction::Out).then_some(refund),
            None => Some(Outcome::Returned),
        };
    }
    // `Not completed`, `Partly refunded`: what is said against the word is not known.
    let doubtful = has(&["Not", "No", "Never", "Partially", "Partly", "Partial"]);
    unsettled.or_else(|| match doubtful {
        true => None,
        false if has(RETURNED) => Some(Outcome::Returned),
        false => has(SETTLED).then_some(Outcome::Through),
    })
}

fn split(words: &str) -> impl Iterator<Item = String> + '_ {
    words.split(' ').map(str::to_lowercase)
}

/// What a status that is not known makes of a payment by its words: one that did not go through is no spending.
pub(super) fn unsettled(status: &str, direction: Direction) -> Option<Kind> {
    match outcome(status, direction)? {
        Outcome::Failed => Some(Kind::Failed),
        Outcome::Closed => Some(Kind::Closed),
        Outcome::Pending => Some(Kind::Pending),
        Outcome::Through | Outcome::Returned => None,
    }
}

/// Reads the status of a row in a table that nobody knows; its kind by all else is in place already.
pub(super) fn heed(draft: &mut Draft) {
    if draft.status.is_empty() {
        return;
    }
    let said = outcome(&draft.status, draft.direction);
    match said {
        Some(Outcome::Through) => {}
        Some(Outcome::Returned) if draft.direction != Direction::Out => {
            if matches!(draft.kind, Kind::Income | Kind::Other) {
                draft.kind = Kind::Refund;
            }
        }
        Some(Outcome::Returned) if draft.refunded.minor == 0 => {
            match cell::money_after(&draft.status, "退款", draft.amount.currency) {
                Some(part) if part.minor <= draft.amount.minor => draft.refunded = part,
                None if !draft.status.contains("部分") => draft.refunded = draft.amount,
                _ => draft.marks.push(Mark::UnknownStatus),
            }
        }
        Some(Outcome::Returned) => {}
        Some(_) => draft.kind = unsettled(&draft.status, draft.direction).unwrap_or(draft.kind),
        None => draft.marks.push(Mark::UnknownStatus),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_status_say_what_became_of_a_payment() {
        use Outcome::{Closed, Failed, Pending, Returned, Through};
        for (outcome_of, statuses) in [
            (
                Some(Through),
                &["交易成功", "已支付", "等待确认收货", "COMPLETED", "Posted", "Payment received"][..],
            ),
            (
                Some(Failed),
                &[
                    "交易失败",
                    "支付失败，已退款",
                    "FAILED",
                    "Declined - insufficient funds",
                    "Payment failed",
                ],
            ),
            (Some(Closed), &["已关闭", "交易取消", "REVERTED", "Cancelled by user", "void"]),
            (Some(Pending), &["待付款", "处理中", "PENDING", "Authorised", "Pending - not completed"]),
            (
                Some(Returned),
                &[
                    "已退款",
                    "已全额退款",
                    "退款成功",
                    "已退款(￥3.00)",
                    "Refunded",
                    "reversed",
                    "Refund completed",
                ],
            ),
            (
                None,
                &[
                    "退款失败",
                    "退款中",
                    "退款申请",
                    "退款已关闭",
                    "Refund pending",
                    "Not completed",
                    "Partly refunded",
                    "1",
                    "待核",
                    "商家处理中",
                    "退款处理中",
                ],
            ),
        ] {
            for status in statuses {
                assert_eq!(outcome(status, Direction::Out), outcome_of, "{status}");
            }
        }
        assert_eq!(outcome("退款失败", Direction::In), Some(Failed));
        assert_eq!(outcome("Refund pending", Direction::In), Some(Pending));
        // What came back in part is not all of it.
        assert_eq!(outcome("Partially Refunded", Direction::Out), Some(Through));
    }
}
