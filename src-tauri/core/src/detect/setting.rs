//! What the user wants to be told: which kinds, and how readily.

use super::{Flag, FlagKind, Ruling, Verdict, kinds};
use crate::ledger::Transaction;
use crate::money::Money;
use crate::text::Text;
use serde::de::value::{Error as ValueError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Deserializer, Serialize};
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

    /// What it is called.
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Off => ("关闭", "Off"),
            Self::Quiet => ("少提醒", "Quiet"),
            Self::Normal => ("普通", "Normal"),
            Self::Watchful => ("多提醒", "Watchful"),
        };
        Text::new(zh, en)
    }

    /// What it means, and the rate it was chosen for; docs/detection.md holds what was measured.
    pub fn meaning(self) -> Text {
        let (zh, en) = match self {
            Self::Off => ("不提醒。", "Nothing is shown."),
            Self::Quiet => (
                "很有把握才说，四处里至少三处属实；按平均两年最多一次误报来定，会漏掉不少。",
                "Only what is very likely wrong, three in four at least. Chosen for one false alarm in two years at \
                 most; it misses a good part.",
            ),
            Self::Normal => (
                "多半属实才说；按平均五个月最多一次误报来定。",
                "What is more likely wrong than not. Chosen for one false alarm in five months at most.",
            ),
            Self::Watchful => (
                "有三成可能就说，漏得最少；按平均两个月最多一次误报来定。",
                "Hints too, from three chances in ten, so that least is missed. Chosen for one false alarm in two \
                 months at most.",
            ),
        };
        Text::new(zh, en)
    }
}

/// From this score on a flag is shown at the normal setting.
pub const SHOWN: f64 = 0.5;

/// What the user wants to be told. Kinds that are not named follow `all`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Setting {
    /// For every kind not named below.
    pub all: Sensitivity,
    /// By kind. A kind that another version knows and this one does not is passed over: it must not keep the
    /// vault from opening.
    #[serde(deserialize_with = "known_kinds")]
    pub kinds: BTreeMap<FlagKind, Sensitivity>,
}

fn known_kinds<'de, D: Deserializer<'de>>(source: D) -> Result<BTreeMap<FlagKind, Sensitivity>, D::Error> {
    let said = BTreeMap::<String, String>::deserialize(source)?;
    Ok(said.iter().filter_map(|(kind, how)| Some((known(kind)?, known(how)?))).collect())
}

fn known<T: DeserializeOwned>(word: &str) -> Option<T> {
    let source: StrDeserializer<'_, ValueError> = word.into_deserializer();
    T::deserialize(source).ok()
}

impl Setting {
    /// How readily this kind is shown.
    pub fn of(&self, kind: FlagKind) -> Sensitivity {
        self.kinds.get(&kind).copied().unwrap_or(self.all)
    }

    /// Whether this kind is looked for at all.
    pub fn is_on(&self, kind: FlagKind) -> bool {
        self.of(kind) != Sensitivity::Off
    }

    /// Switches a kind off, or lets it follow the general word again.
    pub fn switch(&mut self, kind: FlagKind, on: bool) {
        if on {
            self.kinds.remove(&kind);
        } else {
            self.kinds.insert(kind, Sensitivity::Off);
        }
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

/// Whether a ruling is about the same pattern: same kind, same counterparty. A masked name is anybody's: where both name
/// an account, that is who it is.
pub fn alike(ruling: &Ruling, flag: &Flag, disputed: &Transaction) -> bool {
    let account = disputed.person_account();
    ruling.kind == flag.kind
        && is_somebody(&ruling.counterparty)
        && ruling.counterparty.trim() == disputed.counterparty.trim()
        && (ruling.account.is_empty() || account.is_empty() || ruling.account == account)
}

/// Whether the user called this pattern their own: at most a quarter more than then.
pub fn quietens(ruling: &Ruling, flag: &Flag, disputed: &Transaction) -> bool {
    ruling.verdict == Verdict::Mine
        && alike(ruling, flag, disputed)
        && ruling.amount.currency == flag.amount.currency
        && i128::from(flag.amount.minor) * 100 <= i128::from(ruling.amount.minor) * SAME_PATTERN_PERCENT
}

/// Up to which amount the user's "mine" holds at its payee; `None` where it is about one flag alone.
pub fn up_to(ruling: &Ruling) -> Option<Money> {
    let minor = i128::from(ruling.amount.minor) * SAME_PATTERN_PERCENT / 100;
    let held = ruling.verdict == Verdict::Mine && is_somebody(&ruling.counterparty);
    held.then(|| Money::new(i64::try_from(minor).unwrap_or(i64::MAX), ruling.amount.currency))
}

/// `/` is how statements write nobody.
fn is_somebody(counterparty: &str) -> bool {
    !matches!(counterparty.trim(), "" | "/")
}

/// The score of a flag whose like the user pursues.
pub(super) fn raised(score: f64) -> f64 {
    score + (1.0 - score) * PURSUED_GAINS
}

/// In words, what a verdict changes from now on: whose payments, which kind, up to which amount.
pub fn effect(ruling: &Ruling) -> Text {
    let (name, kind) = (ruling.counterparty.trim(), kinds::name(ruling.kind));
    let who = match ruling.account.as_str() {
        "" => name.to_owned(),
        account => format!("{name} {account}"),
    };
    match (ruling.verdict, up_to(ruling)) {
        (Verdict::Mine, Some(up_to)) => Text::new(
            format!("「{who}」的“{}”，涉及金额不高于 {up_to} 的，不再提示。", kind.zh),
            format!("“{}” at “{who}” stays quiet where no more than {up_to} is at stake.", kind.en),
        ),
        (Verdict::Mine, None) => Text::new(
            format!("只有这一处“{}”不再提示：账单没有写明对方是谁。", kind.zh),
            format!("This one “{}” alone stays quiet: the statement names no payee.", kind.en),
        ),
        (Verdict::Pursue, _) if is_somebody(name) => Text::new(
            format!("「{who}」再出现“{}”时，会排得更靠前。", kind.zh),
            format!("Another “{}” at “{who}” will rank higher.", kind.en),
        ),
        (Verdict::Pursue, _) => Text::new("只影响这一处疑点。", "It concerns this one flag alone."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_follows_its_own_word_and_else_the_general_one() {
        let setting =
            Setting { all: Sensitivity::Quiet, kinds: [(FlagKind::Burst, Sensitivity::Off)].into() };
        assert_eq!(setting.of(FlagKind::Burst), Sensitivity::Off);
        assert_eq!(setting.of(FlagKind::TestCharge), Sensitivity::Quiet);
        assert_eq!(serde_json::from_str::<Setting>("{}").unwrap(), Setting::default());
    }

    #[test]
    fn what_a_newer_version_wrote_of_kinds_unknown_here_is_passed_over() {
        let written = r#"{"all":"watchful","kinds":{"burst":"off","moon-phase":"off","test-charge":"loud"}}"#;
        let setting: Setting = serde_json::from_str(written).unwrap();
        assert_eq!(setting.all, Sensitivity::Watchful);
        assert_eq!(setting.kinds, [(FlagKind::Burst, Sensitivity::Off)].into());
    }

    #[test]
    fn a_kind_switched_on_again_follows_the_general_word() {
        let mut setting = Setting { all: Sensitivity::Quiet, ..Setting::default() };
        setting.switch(FlagKind::Burst, false);
        assert!(!setting.is_on(FlagKind::Burst) && setting.is_on(FlagKind::TestCharge));
        setting.switch(FlagKind::Burst, true);
        assert_eq!(setting, Setting { all: Sensitivity::Quiet, ..Setting::default() });
    }

    #[test]
    fn a_verdict_says_what_it_changes() {
        let mut ruling = Ruling {
            flag: "f".to_owned(),
            kind: FlagKind::Burst,
            counterparty: "老王火锅".to_owned(),
            account: String::new(),
            verdict: Verdict::Mine,
            amount: Money::fen(12_800),
            at: None,
        };
        assert_eq!(effect(&ruling).zh, "「老王火锅」的“短时多笔”，涉及金额不高于 ¥160.00 的，不再提示。");
        ruling.verdict = Verdict::Pursue;
        assert_eq!(effect(&ruling).en, "Another “Burst” at “老王火锅” will rank higher.");
        ruling.counterparty = "/".to_owned();
        assert_eq!(effect(&ruling).zh, "只影响这一处疑点。");
        ruling.verdict = Verdict::Mine;
        assert_eq!(up_to(&ruling), None);
    }
}
