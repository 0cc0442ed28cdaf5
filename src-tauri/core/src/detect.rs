//! What is worth disputing, and why. Pure: transactions in, flags out.

use crate::ledger::{Transaction, TransactionId};
use crate::money::Money;
use crate::text::Text;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of trouble a flag points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum FlagKind {
    /// The same payment taken twice.
    DuplicateCharge,
    /// Far above this payee's or this user's own habit.
    UnusualAmount,
    /// Many payments in a short time.
    Burst,
    /// A large transfer to someone never paid before.
    NewPayee,
    /// A refund promised, or an order closed, and no money back.
    RefundMissing,
    /// A subscription raised, or renewed after it was cancelled.
    SubscriptionChange,
    /// A tiny charge before a large one.
    TestCharge,
    /// Words of known scams.
    ScamWords,
}

/// How sure: three words, not a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Sure {
    /// 留意
    Watch,
    /// 可疑
    Likely,
    /// 明显
    Clear,
}

/// What the user said of a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Verdict {
    /// 是我本人: quietens this pattern.
    Mine,
    /// 要追究: opens the way to a case.
    Pursue,
}

/// One explained reason to look at one or more transactions.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Flag {
    /// The fingerprint: kind and the keys of the evidence, hashed; the same on every run and after a
    /// re-import. A verdict is stored under it.
    pub id: String,
    /// What kind of trouble.
    pub kind: FlagKind,
    /// 0..1, higher is more worth a look.
    pub score: f64,
    /// How sure.
    pub sure: Sure,
    /// The evidence, the row to dispute first.
    pub transactions: Vec<TransactionId>,
    /// What is at stake.
    pub amount: Money,
    /// What was seen and why it matters, with the figures used.
    pub explanation: Text,
    /// When it is innocent.
    pub innocent: Text,
    /// What the user said of it.
    pub verdict: Option<Verdict>,
}

/// A verdict as the vault keeps it: enough to quieten the same pattern later.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruling {
    /// The flag's fingerprint.
    pub flag: String,
    /// Its kind.
    pub kind: FlagKind,
    /// The counterparty of the row to dispute.
    pub counterparty: String,
    /// What the user said.
    pub verdict: Verdict,
    /// The largest amount the user called their own, in minor units.
    pub amount: Money,
}

/// What detectors read: one user's ledger in time order, and what the user said before.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// In time order.
    pub transactions: &'a [Transaction],
    /// What the user said of earlier flags.
    pub rulings: &'a [Ruling],
    /// Now.
    pub now: crate::ledger::Moment,
}

/// A detector: the story it looks for, and one pure function.
pub struct Detector {
    /// What it finds.
    pub kind: FlagKind,
    /// Finds it.
    pub find: fn(&Evidence<'_>) -> Vec<Flag>,
}
