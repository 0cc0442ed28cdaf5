//! The kinds of trouble a case may be about.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The kind of trouble: which playbook is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Trouble {
    /// 不是我付的
    UnknownTransaction,
    /// 被骗付款: the user paid, because somebody talked them into it.
    PaymentScam,
    /// 重复扣款
    DuplicateCharge,
    /// 退款未到账
    RefundMissing,
    /// 付款失败却被扣款
    FailedButDebited,
    /// 账户被冻结或限制
    AccountFrozen,
    /// 自动续费有异议: raised, or charged after it was cancelled.
    SubscriptionChange,
    /// 试用后被扣费
    TrialTurnedPaid,
    /// 费用有异议: fees, interest, penalties.
    UnexpectedFee,
    /// 外币折算有异议
    CurrencyOvercharge,
    /// 转错了人: the user paid, by a slip of their own, somebody it was not meant for.
    WrongPayee,
    /// 冻结未解: a deposit or an authorisation that was not released.
    HoldNotReleased,
    /// 余额对不上
    BalanceMismatch,
    /// 还不清楚: a payment in question, of which the user has not said who made it and why.
    UnclearPayment,
}

impl Trouble {
    /// Whether a merchant has to answer for it, and the wallet only passed the money on.
    pub fn is_merchants(self) -> bool {
        matches!(self, Self::SubscriptionChange | Self::TrialTurnedPaid)
    }

    /// Whether whoever helps asks first where the money went: the payee's account is told.
    pub(crate) fn asks_whereto(self) -> bool {
        matches!(self, Self::PaymentScam | Self::WrongPayee)
    }
}
