//! What the user wants to be told: which kinds, and how readily.

use super::{Flag, FlagKind, Ruling, Verdict};
use crate::ledger::Transaction;
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// How readily a kind is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Sensitivity {
    /// 关闭
    Off,
    /// 少提醒: only what is hardly innocent.
    Quiet,
    /// 普通
    #[default]
    Normal,
    /// 多提醒: hints too.
    Watchful,
}

impl Sensitivity {
    /// From which score on a flag is shown. Scores are chances: at the normal setting more flags are right than
    /// wrong, at the quiet one three in four.
    pub const fn least(self) -> f64 {
        match self {
            Self::Off => f64::INFINITY,
            Self::Quiet => 0.75,
            Self::Normal => SHOWN,
            Self::Watchful => 0.30,
        }
    }
}

/// From this score on a flag is shown at the normal setting.
pub const SHOWN: f64 = 0.5;

/// What the user wants to be told. Kinds that are not named follow `all`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(export)]
pub struct Setting {
    /// For every kind not named below.
    pub all: Sensitivity,
    /// By kind.
    pub kinds: BTreeMap<FlagKind, Sensitivity>,
}

impl Setting {
    /// How readily this kind is shown.
    pub fn of(&self, kind: FlagKind) -> Sensitivity {
        self.kinds.get(&kind).copied().unwrap_or(self.all)
    }

    /// Whether a flag is shown. One the user answered stays to be looked at and taken back.
    pub fn shows(&self, flag: &Flag) -> bool {
        flag.verdict.is_some() || flag.score >= self.of(flag.kind).least()
    }
}

/// A new amount up to this many percent of what the user called their own is the same pattern: the same
/// shop, a slightly larger basket.
pub const SAME_PATTERN_PERCENT: i128 = 125;
/// What a flag like one the user pursues gains of what it lacks.
const PURSUED_GAINS: f64 = 0.3;

/// Whether a ruling is about the same pattern: same kind, same counterparty.
pub(super) fn alike(ruling: &Ruling, flag: &Flag, disputed: &Transaction) -> bool {
    ruling.kind == flag.kind
        && !matches!(ruling.counterparty.trim(), "" | "/")
        && ruling.counterparty.trim() == disputed.counterparty.trim()
}

/// Whether the user called this pattern their own: at most a quarter more than then.
pub(super) fn quietens(ruling: &Ruling, flag: &Flag, disputed: &Transaction) -> bool {
    ruling.verdict == Verdict::Mine
        && alike(ruling, flag, disputed)
        && ruling.amount.currency == flag.amount.currency
        && i128::from(flag.amount.minor) * 100 <= i128::from(ruling.amount.minor) * SAME_PATTERN_PERCENT
}

/// The score of a flag whose like the user pursues.
pub(super) fn raised(score: f64) -> f64 {
    score + (1.0 - score) * PURSUED_GAINS
}

/// In words, what a verdict changes from now on.
pub fn effect(ruling: &Ruling) -> Text {
    let who = ruling.counterparty.trim();
    let named = !matches!(who, "" | "/");
    let minor = i128::from(ruling.amount.minor) * SAME_PATTERN_PERCENT / 100;
    let up_to = crate::money::Money::new(i64::try_from(minor).unwrap_or(i64::MAX), ruling.amount.currency);
    match (ruling.verdict, named) {
        (Verdict::Mine, true) => Text::new(
            format!("「{who}」不高于 {up_to} 的同类情形不再提示。"),
            format!("The same at “{who}” up to {up_to} stays quiet."),
        ),
        (Verdict::Mine, false) => Text::new("只有这一处不再提示。", "This one alone stays quiet."),
        (Verdict::Pursue, true) => Text::new(
            format!("「{who}」的同类情形会排得更前。"),
            format!("The same at “{who}” ranks higher."),
        ),
        (Verdict::Pursue, false) => Text::new("只影响这一处。", "It concerns this one alone."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Money;

    #[test]
    fn a_kind_follows_its_own_word_and_else_the_general_one() {
        let setting =
            Setting { all: Sensitivity::Quiet, kinds: [(FlagKind::Burst, Sensitivity::Off)].into() };
        assert_eq!(setting.of(FlagKind::Burst), Sensitivity::Off);
        assert_eq!(setting.of(FlagKind::TestCharge), Sensitivity::Quiet);
        assert_eq!(serde_json::from_str::<Setting>("{}").unwrap(), Setting::default());
    }

    #[test]
    fn a_verdict_says_what_it_changes() {
        let mut ruling = Ruling {
            flag: "f".to_owned(),
            kind: FlagKind::Burst,
            counterparty: "老王火锅".to_owned(),
            verdict: Verdict::Mine,
            amount: Money::fen(12_800),
        };
        assert_eq!(effect(&ruling).zh, "「老王火锅」不高于 ¥160.00 的同类情形不再提示。");
        ruling.verdict = Verdict::Pursue;
        assert_eq!(effect(&ruling).en, "The same at “老王火锅” ranks higher.");
        ruling.counterparty = "/".to_owned();
        assert_eq!(effect(&ruling).zh, "只影响这一处。");
    }
}
