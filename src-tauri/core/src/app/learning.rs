//! What verdicts taught, in words, what it does now, and taking it back.

use super::App;
use super::opened::Opened;
use crate::detect::{DETECTORS, Flag, FlagKind, Ruling, Sensitivity, Verdict, kinds, setting};
use crate::error::Result;
use crate::ledger::{Moment, TransactionId};
use crate::money::Money;
use crate::text::Text;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use ts_rs::TS;

/// What a verdict does, or would do, beyond its own flag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Effect {
    /// From now on, in words.
    pub words: Text,
    /// Other flags it quietens ("mine") or raises ("pursue").
    pub flags: u32,
    /// Their transactions.
    pub rows: u32,
}

/// What one verdict taught.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Lesson {
    /// The flag it was said of: taking the verdict on it back takes the lesson back.
    pub flag: String,
    /// Its kind.
    pub kind: FlagKind,
    /// What the user said.
    pub verdict: Verdict,
    /// Whom it paid, as the row names it; may be empty.
    pub counterparty: String,
    /// What was at stake.
    pub amount: Money,
    /// Up to which amount "mine" holds; `None` for "pursue", and where it is about one flag alone.
    pub up_to: Option<Money>,
    /// When the user said so; `None` where it was not written down then.
    #[ts(type = "string | null")]
    pub since: Option<Moment>,
    /// What it does now. Its own flag is not counted.
    pub effect: Effect,
    /// The row it was said of, where it is still in the ledger.
    pub transaction: Option<TransactionId>,
}

/// What may be chosen of the flags that are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FlagChoices {
    /// From quiet to watchful.
    pub sensitivities: Vec<SensitivityChoice>,
    /// Every kind there is.
    pub kinds: Vec<KindChoice>,
}

/// How readily one may be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SensitivityChoice {
    /// What is stored.
    pub sensitivity: Sensitivity,
    /// What it is called.
    pub name: Text,
    /// What it means, and the rate it was chosen for.
    pub meaning: Text,
}

/// A kind that may be switched off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct KindChoice {
    /// What is stored.
    pub kind: FlagKind,
    /// What it is called.
    pub name: Text,
    /// What it looks for.
    pub looks_for: Text,
}

/// Flags without a verdict of their own, by what a ruling asks of them: only these can be quietened or raised.
pub(super) struct Unanswered<'a> {
    by_pattern: HashMap<(FlagKind, &'a str), Vec<&'a Flag>>,
    opened: &'a Opened,
}

impl<'a> Unanswered<'a> {
    /// Those of the open vault.
    pub fn of(opened: &'a Opened) -> Self {
        let mut by_pattern: HashMap<(FlagKind, &str), Vec<&Flag>> = HashMap::new();
        for flag in opened.flags().iter().filter(|flag| flag.verdict.is_none()) {
            if let Some(disputed) = opened.disputed(flag) {
                by_pattern.entry((flag.kind, disputed.counterparty.trim())).or_default().push(flag);
            }
        }
        Self { by_pattern, opened }
    }

    /// What the rulings on one event do to the flags of others, in all.
    pub fn effect_of(&self, rulings: &[Ruling]) -> Effect {
        let own: HashSet<&str> = rulings.iter().map(|ruling| ruling.flag.as_str()).collect();
        let mut words = Text::default();
        let mut flags: HashSet<&str> = HashSet::new();
        let mut rows: HashSet<TransactionId> = HashSet::new();
        for ruling in rulings {
            let effect = setting::effect(ruling);
            words.zh.push_str(&effect.zh);
            words.en.push_str(if words.en.is_empty() { "" } else { " " });
            words.en.push_str(&effect.en);
            for flag in self.touched(ruling).filter(|flag| !own.contains(flag.id.as_str())) {
                rows.extend(&flag.transactions);
                flags.insert(&flag.id);
            }
        }
        Effect { words, flags: count(flags.len()), rows: count(rows.len()) }
    }

    /// What a ruling does to them. Flags that are quiet for another reason count too: they would stay so.
    pub fn effect(&self, ruling: &Ruling) -> Effect {
        self.effect_of(std::slice::from_ref(ruling))
    }

    fn touched<'s>(&'s self, ruling: &'s Ruling) -> impl Iterator<Item = &'a Flag> + 's {
        let near = self.by_pattern.get(&(ruling.kind, ruling.counterparty.trim()));
        near.into_iter().flatten().copied().filter(|flag| {
            let Some(disputed) = self.opened.disputed(flag) else { return false };
            flag.id != ruling.flag
                && match ruling.verdict {
                    Verdict::Mine => setting::quietens(ruling, flag, disputed),
                    Verdict::Pursue => setting::alike(ruling, flag, disputed),
                }
        })
    }
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

impl App {
    /// What may be chosen of the flags that are shown, in words. Needs no vault.
    pub fn flag_choices(&self) -> FlagChoices {
        let readily = |sensitivity: Sensitivity| SensitivityChoice {
            sensitivity,
            name: sensitivity.name(),
            meaning: sensitivity.meaning(),
        };
        let kind =
            |kind: FlagKind| KindChoice { kind, name: kinds::name(kind), looks_for: kinds::looks_for(kind) };
        FlagChoices {
            sensitivities: [Sensitivity::Quiet, Sensitivity::Normal, Sensitivity::Watchful]
                .map(readily)
                .into(),
            kinds: DETECTORS.iter().map(|detector| kind(detector.kind)).collect(),
        }
    }

    /// What was learnt from verdicts, the newest first; those without a date last.
    pub fn lessons(&mut self, now: Moment) -> Result<Vec<Lesson>> {
        self.opened_mut()?.refresh(now)?;
        let opened = self.opened()?;
        let unanswered = Unanswered::of(opened);
        let said: HashMap<&str, &Flag> = opened.flags().iter().map(|flag| (flag.id.as_str(), flag)).collect();
        let lesson = |ruling: &Ruling| Lesson {
            flag: ruling.flag.clone(),
            kind: ruling.kind,
            verdict: ruling.verdict,
            counterparty: ruling.counterparty.trim().to_owned(),
            amount: ruling.amount,
            up_to: setting::up_to(ruling),
            since: ruling.at,
            effect: unanswered.effect(ruling),
            transaction: said
                .get(ruling.flag.as_str())
                .and_then(|flag| opened.disputed(flag))
                .map(|row| row.id),
        };
        let mut lessons: Vec<Lesson> = opened.rulings.iter().map(lesson).collect();
        lessons.sort_by(|a, b| b.since.cmp(&a.since).then_with(|| a.flag.cmp(&b.flag)));
        Ok(lessons)
    }
}
