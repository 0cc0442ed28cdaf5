//! What is worth disputing, and why. Pure: transactions in, flags out.
//!
//! Each detector reads one user's ledger forward in time and judges a row by the rows before it; only a
//! missing refund looks at "now". Detectors know words and figures of the trade, never a provider.

pub mod balance_mismatch;
mod book;
pub mod burst;
pub mod chart;
pub mod currency_overcharge;
pub mod duplicate_charge;
pub mod emptied_account;
pub mod event;
pub mod failed_debited;
mod foresight;
pub mod forgotten_hold;
mod habit;
mod history;
mod holder;
#[cfg(test)]
mod jotted;
pub mod kinds;
pub mod new_payee;
pub mod own_habit;
mod person;
mod phrase;
mod pieces;
mod promise;
mod reach;
pub mod refund_missing;
pub mod scam_words;
pub mod score;
pub mod setting;
mod signs;
pub mod subscription_change;
pub mod test_charge;
mod texts;
pub mod told;
mod topics;
pub mod trial_turned_paid;
pub mod unexpected_fee;
pub mod unusual_amount;
mod usual;
mod watch;
pub mod wrong_payee;

pub use chart::{Chart, chart};
pub use history::{Detail, History};
pub use holder::Holder;
pub use phrase::product;
pub use score::{RowScore, score, score_at, score_in_the_end};
pub use setting::{SHOWN, Sensitivity, Setting};
pub use unexpected_fee::fee_within;
pub use watch::{Ledger, Watch, Watcher};

use crate::ledger::{Transaction, TransactionId};
use crate::money::Money;
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use ts_rs::TS;
use watch::{stepping, waiting};

/// What kind of trouble a flag points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum FlagKind {
    /// The same payment taken twice.
    DuplicateCharge,
    /// Far above this payee's or this user's own habit.
    UnusualAmount,
    /// Payments close together that do not fit the habit, or come faster than ever.
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
    /// A payment failed, and the money left all the same.
    FailedButDebited,
    /// A trial that turned into a paid subscription.
    TrialTurnedPaid,
    /// A fee, interest or penalty nobody expected.
    UnexpectedFee,
    /// A foreign price converted at a rate far above the usual one.
    CurrencyOvercharge,
    /// A balance sent away whole, to someone new.
    EmptiedAccount,
    /// A payment to a near-miss of a usual payee.
    WrongPayee,
    /// A balance that does not add up.
    BalanceMismatch,
    /// Money held and never let go.
    ForgottenHold,
    /// The user wrote that they did not make it.
    Disowned,
}

impl FlagKind {
    /// The name on the wire, part of every fingerprint: it never changes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DuplicateCharge => "duplicate-charge",
            Self::UnusualAmount => "unusual-amount",
            Self::Burst => "burst",
            Self::NewPayee => "new-payee",
            Self::RefundMissing => "refund-missing",
            Self::SubscriptionChange => "subscription-change",
            Self::TestCharge => "test-charge",
            Self::ScamWords => "scam-words",
            Self::FailedButDebited => "failed-but-debited",
            Self::TrialTurnedPaid => "trial-turned-paid",
            Self::UnexpectedFee => "unexpected-fee",
            Self::CurrencyOvercharge => "currency-overcharge",
            Self::EmptiedAccount => "emptied-account",
            Self::WrongPayee => "wrong-payee",
            Self::BalanceMismatch => "balance-mismatch",
            Self::ForgottenHold => "forgotten-hold",
            Self::Disowned => "disowned",
        }
    }
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
    /// Rows the evidence is held against, in time order, where there are such: what the usual payee got.
    pub compared: Vec<TransactionId>,
    /// What is at stake.
    pub amount: Money,
    /// What was seen and why it matters, with the figures used.
    pub explanation: Text,
    /// When it is innocent.
    pub innocent: Text,
    /// What the user said of it.
    pub verdict: Option<Verdict>,
    /// The row with which it became known: the latest of the evidence, or the row by which something should
    /// have happened and had not. Rows before it never carry the flag.
    #[serde(skip)]
    #[ts(skip)]
    pub known: TransactionId,
    /// Where the evidence stands in the ledger as it was laid out, in the order of `transactions`.
    #[serde(skip)]
    #[ts(skip)]
    pub places: Vec<u32>,
}

impl Flag {
    /// Where the latest row of its evidence stands.
    fn latest(&self) -> usize {
        self.places.iter().max().map_or(0, |&place| place as usize)
    }
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
    /// Its account, where that tells people of one name apart; empty where the row names none.
    pub account: String,
    /// What the user said.
    pub verdict: Verdict,
    /// What was at stake when the user said so: the same pattern up to a quarter more is quiet.
    pub amount: Money,
    /// When the user said so; `None` where a version that did not write it down stored it.
    pub at: Option<crate::ledger::Moment>,
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

/// A detector: the story it looks for, and how it begins to watch a ledger.
pub struct Detector {
    /// What it finds.
    pub kind: FlagKind,
    /// Begins with nothing seen.
    pub start: fn() -> Box<dyn Watcher>,
}

/// Every detector there is.
pub const DETECTORS: &[Detector] = &[
    Detector { kind: FlagKind::Disowned, start: || stepping(told::disowned) },
    Detector { kind: FlagKind::ScamWords, start: || waiting(scam_words::find, scam_words::together) },
    Detector { kind: FlagKind::TestCharge, start: || waiting(test_charge::find, test_charge::together) },
    Detector { kind: FlagKind::DuplicateCharge, start: || waiting(told::twice, duplicate_charge::waited) },
    Detector {
        kind: FlagKind::RefundMissing,
        start: || waiting(refund_missing::find, refund_missing::waited),
    },
    Detector { kind: FlagKind::SubscriptionChange, start: || stepping(told::cancelled) },
    Detector { kind: FlagKind::FailedButDebited, start: || waiting(told::failed, failed_debited::waited) },
    Detector { kind: FlagKind::TrialTurnedPaid, start: || stepping(trial_turned_paid::find) },
    Detector { kind: FlagKind::UnexpectedFee, start: || stepping(unexpected_fee::find) },
    Detector { kind: FlagKind::CurrencyOvercharge, start: || stepping(currency_overcharge::find) },
    Detector { kind: FlagKind::BalanceMismatch, start: || stepping(balance_mismatch::find) },
    Detector { kind: FlagKind::WrongPayee, start: || stepping(told::wrong) },
    Detector { kind: FlagKind::EmptiedAccount, start: || stepping(emptied_account::find) },
    Detector {
        kind: FlagKind::ForgottenHold,
        start: || waiting(forgotten_hold::find, forgotten_hold::waited),
    },
    Detector { kind: FlagKind::NewPayee, start: || stepping(new_payee::find) },
    Detector { kind: FlagKind::Burst, start: || stepping(burst::find) },
    Detector { kind: FlagKind::UnusualAmount, start: || stepping(unusual_amount::find) },
];

/// All flags of one ledger that are worth showing at the normal setting; see [`run_with`].
pub fn run(evidence: &Evidence<'_>) -> Vec<Flag> {
    run_with(evidence, &[], &Setting::default())
}

/// All flags of one ledger that `setting` shows, the most serious first, answered ones too, each with the
/// verdict given for exactly this fingerprint. `details` belong to the transactions one by one, or are empty.
/// Open are those for which [`is_open`] holds. The order of the rows and of the imports does not matter.
pub fn run_with(evidence: &Evidence<'_>, details: &[Detail], setting: &Setting) -> Vec<Flag> {
    // What a row gives back is known from that row on; what no row gave back, a payment states itself.
    let given_back: HashSet<TransactionId> =
        evidence.transactions.iter().filter_map(|row| row.refund_of).collect();
    let stated = |row: &Transaction| match given_back.contains(&row.id) {
        true => Money::new(0, row.amount.currency),
        false => row.refunded,
    };
    let ledger = Ledger { evidence: *evidence, details, stated: &stated };
    let mut watch = Watch::with_hindsight();
    watch.follow(&ledger, 0, &mut |_, _| ());
    ranked(watch.flags(&ledger), evidence, setting)
}

/// Of all that is said of a ledger, what `setting` shows, the most serious first, each with its verdict.
pub fn ranked(mut flags: Vec<Flag>, evidence: &Evidence<'_>, setting: &Setting) -> Vec<Flag> {
    let verdicts: HashMap<&str, Verdict> =
        evidence.rulings.iter().map(|ruling| (ruling.flag.as_str(), ruling.verdict)).collect();
    tell_once(&mut flags);
    for flag in &mut flags {
        flag.verdict = verdicts.get(flag.id.as_str()).copied();
    }
    raise(&mut flags, evidence);
    flags.retain(|flag| setting.shows(flag));
    flags.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then(b.amount.minor.cmp(&a.amount.minor)).then_with(|| a.id.cmp(&b.id))
    });
    flags
}

/// Raises what is like something the user pursues.
fn raise(flags: &mut [Flag], evidence: &Evidence<'_>) {
    let pursued: Vec<&Ruling> =
        evidence.rulings.iter().filter(|ruling| ruling.verdict == Verdict::Pursue).collect();
    if pursued.is_empty() {
        return;
    }
    let rows: HashMap<TransactionId, &Transaction> =
        evidence.transactions.iter().map(|row| (row.id, row)).collect();
    for flag in flags {
        let disputed = flag.transactions.first().and_then(|id| rows.get(id));
        let like = |ruling: &&&Ruling| disputed.is_some_and(|row| setting::alike(ruling, flag, row));
        if pursued.iter().any(|ruling| like(&ruling)) {
            flag.score = setting::raised(flag.score);
            flag.sure = history::sure(flag.score);
        }
    }
}

/// Payments close together are one story: the largest burst tells it, and single amounts within it are not told
/// again.
fn tell_once(flags: &mut Vec<Flag>) {
    let mut bursts: Vec<&Flag> = flags.iter().filter(|flag| flag.kind == FlagKind::Burst).collect();
    bursts.sort_by(|a, b| {
        let rows = b.transactions.len().cmp(&a.transactions.len());
        rows.then(b.score.total_cmp(&a.score)).then_with(|| a.id.cmp(&b.id))
    });
    let mut told: HashSet<TransactionId> = HashSet::new();
    let mut kept: HashSet<String> = HashSet::new();
    for burst in bursts {
        if burst.transactions.iter().all(|row| !told.contains(row)) {
            told.extend(&burst.transactions);
            kept.insert(burst.id.clone());
        }
    }
    flags.retain(|flag| match flag.kind {
        FlagKind::Burst => kept.contains(&flag.id),
        FlagKind::UnusualAmount => !flag.transactions.iter().any(|row| told.contains(row)),
        _ => true,
    });
}

/// Whether a flag still wants the user's eye. `disputed` is the row it disputes: the first of
/// `flag.transactions`. A verdict on the flag itself decides; without one, it is closed where the user
/// called the same pattern their own: same kind, same counterparty, at most a quarter more.
pub fn is_open(flag: &Flag, disputed: &Transaction, rulings: &[Ruling]) -> bool {
    match flag.verdict {
        Some(Verdict::Mine) => false,
        Some(Verdict::Pursue) => true,
        None => !rulings.iter().any(|ruling| setting::quietens(ruling, flag, disputed)),
    }
}

#[cfg(test)]
mod tests;
