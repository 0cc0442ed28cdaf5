//! Whom to call first, the rungs, the rules they rest on, and what clerks never ask for: data of `assets/call/`.

use crate::case::Trouble;
use crate::directory::{Citation, Provider};
use crate::text::Text;
use chrono::NaiveDate;
use serde::Deserialize;
use std::sync::LazyLock;

/// A rule of law as it may be cited.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Within the file.
    pub id: String,
    /// Name, number, and what it says.
    pub name: Text,
    /// The day it came into force, where that was read.
    pub in_force_from: Option<NaiveDate>,
    /// The day an archived copy of it was read.
    pub checked: NaiveDate,
    /// What of it could not be read.
    pub doubt: Option<Text>,
    /// The rule that replaced it; such a rule is never cited.
    pub superseded_by: Option<String>,
}

/// What a rung is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum On {
    /// Money may be leaving now.
    Fraud,
    /// A payment institution is complained of.
    Wallet,
    /// A bank is complained of.
    Bank,
    /// A merchant is complained of.
    Goods,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RungRule {
    pub(super) provider: String,
    pub(super) on: On,
    rules: Vec<String>,
    when: Text,
}

/// A line to call before the wallet and the bank.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct First {
    pub(super) provider: String,
    /// In these troubles.
    pub(super) troubles: Vec<Trouble>,
    /// The playbook's step that stands for having told it.
    pub(super) step: String,
    rules: Vec<String>,
    why: Text,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct IssuerRung {
    rules: Vec<String>,
    when: Text,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rungs {
    rules: Vec<Rule>,
    first: Vec<First>,
    issuer: IssuerRung,
    rungs: Vec<RungRule>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Never {
    whose: String,
    text: Text,
    /// Repeated in the text in a few words; kept for whoever checks it.
    #[serde(rename = "sources")]
    _sources: Vec<Citation>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nevers {
    never: Vec<Never>,
}

static RUNGS: LazyLock<Rungs> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../assets/call/rungs.toml"))
        .expect("the tests of this module read the shipped file")
});

static NEVER: LazyLock<Nevers> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../assets/call/never.toml"))
        .expect("the tests of this module read the shipped file")
});

/// Every rule that may be cited.
pub fn rules() -> &'static [Rule] {
    &RUNGS.rules
}

/// The rungs in the order they are offered.
pub(super) fn rungs() -> &'static [RungRule] {
    &RUNGS.rungs
}

/// Whom to call first in this trouble, in that order.
pub(super) fn first(trouble: Trouble) -> impl Iterator<Item = &'static First> {
    RUNGS.first.iter().filter(move |first| first.troubles.contains(&trouble))
}

impl First {
    /// Why this line comes first, with the rule and what is in doubt about it.
    pub(super) fn why(&self) -> Text {
        cite(&self.why, &self.rules)
    }
}

/// When to go from the wallet to the card's issuer.
pub(super) fn issuer_rung() -> Text {
    cite(&RUNGS.issuer.when, &RUNGS.issuer.rules)
}

impl RungRule {
    /// When to go there, with the rule and what is in doubt about it.
    pub(super) fn when(&self) -> Text {
        cite(&self.when, &self.rules)
    }
}

/// What these providers never ask for, by official notices.
pub(super) fn never(providers: &[&Provider]) -> Vec<Text> {
    let concerns = |never: &&Never| never.whose == "*" || providers.iter().any(|p| p.id == never.whose);
    NEVER.never.iter().filter(concerns).map(|never| never.text.clone()).collect()
}

fn cite(when: &Text, rules: &[String]) -> Text {
    let mut text = when.clone();
    let cited = rules.iter().filter_map(|id| RUNGS.rules.iter().find(|rule| rule.id == *id));
    for (place, rule) in cited.enumerate() {
        let (zh, en) = if place == 0 { ("。依据：", ". Rule: ") } else { ("；", "; ") };
        text.zh.push_str(&format!("{zh}{}", rule.name.zh));
        text.en.push_str(&format!("{en}{}", rule.name.en));
        if let Some(doubt) = &rule.doubt {
            text.zh.push_str(&format!("（{}）", doubt.zh));
            text.en.push_str(&format!(" ({})", doubt.en));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Directory;

    #[test]
    fn every_rung_and_notice_names_a_provider_of_the_directory_and_every_cited_rule_is_in_force() {
        let directory = Directory::load();
        let firsts = RUNGS.first.iter().flat_map(|first| &first.rules);
        let cited = rungs().iter().flat_map(|rung| &rung.rules).chain(&RUNGS.issuer.rules).chain(firsts);
        for id in cited {
            let rule = rules().iter().find(|rule| rule.id == *id).expect("a cited rule stands in the file");
            assert!(rule.superseded_by.is_none(), "{id} was replaced and must not be cited");
            assert!(rule.in_force_from.is_none_or(|day| day <= rule.checked), "{id}");
        }
        for rung in rungs() {
            assert!(directory.get(&rung.provider).is_some(), "{}", rung.provider);
        }
        for first in &RUNGS.first {
            assert!(directory.get(&first.provider).is_some(), "{}", first.provider);
            for trouble in &first.troubles {
                let steps = &crate::case::playbook(*trouble).steps;
                assert!(steps.iter().any(|step| step.id == first.step), "{trouble:?} has no {}", first.step);
            }
        }
        for never in &NEVER.never {
            assert!(never.whose == "*" || directory.get(&never.whose).is_some(), "{}", never.whose);
            assert!(!never._sources.is_empty() && !never.text.zh.is_empty() && !never.text.en.is_empty());
        }
    }
}
