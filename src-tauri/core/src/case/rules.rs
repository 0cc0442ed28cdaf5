//! The rules letters may cite, read from `assets/letters/rules.toml`.

use super::{Addressee, Trouble};
use crate::text::Text;
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, de::Error as _};
use std::sync::LazyLock;

static FILE: &str = include_str!("../../../../assets/letters/rules.toml");

/// What `rules.toml` holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rulebook {
    /// Whom a complaint to the regulator goes to where the case names no one else.
    pub regulator: Text,
    /// Whom a complaint of a merchant goes to.
    pub market_regulator: Text,
    /// In the order in which letters cite them.
    pub rules: Vec<Rule>,
}

/// One article of a rule.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Within the file.
    pub id: String,
    /// The rule's full name.
    pub name: Text,
    /// Its number: 国务院令第768号.
    pub number: Text,
    /// The article cited.
    pub article: usize,
    /// What it says, in the letter's words.
    pub gist: Text,
    /// In force from this day on.
    #[serde(deserialize_with = "toml_day")]
    pub in_force_from: NaiveDate,
    /// The day its text was last looked at.
    #[serde(deserialize_with = "toml_day")]
    pub checked_on: NaiveDate,
    /// The rule that replaced it; such a rule is not cited.
    #[serde(default)]
    pub superseded_by: Option<String>,
    /// The troubles it speaks to.
    pub troubles: Vec<Trouble>,
    /// To whom it may be cited.
    pub to: Vec<Addressee>,
    /// Only where a bank card paid.
    pub card_only: bool,
    /// Where the text and the dates were read, and how sure they are.
    pub source: String,
}

fn toml_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let day = toml::value::Datetime::deserialize(deserializer)?;
    let date = day.date.ok_or_else(|| D::Error::custom("a day is written 2026-11-22"))?;
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
        .ok_or_else(|| D::Error::custom("no such day in the calendar"))
}

static RULEBOOK: LazyLock<Rulebook> =
    LazyLock::new(|| toml::from_str(FILE).expect("a test reads the embedded rulebook"));

/// The rules letters may cite.
pub fn rulebook() -> &'static Rulebook {
    &RULEBOOK
}

impl Rule {
    /// Whether it may be cited in such a letter on this day.
    pub fn applies(&self, trouble: Trouble, to: Addressee, by_card: bool, today: NaiveDate) -> bool {
        self.superseded_by.is_none()
            && self.in_force_from <= today
            && self.troubles.contains(&trouble)
            && self.to.contains(&to)
            && (by_card || !self.card_only)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_rulebook_reads_and_each_rule_was_checked_after_it_came_into_force() {
        for rule in &rulebook().rules {
            assert!(rule.in_force_from <= rule.checked_on, "{}", rule.id);
            assert!(!rule.troubles.is_empty() && !rule.to.is_empty() && !rule.source.is_empty());
        }
        let mut ids: Vec<&str> = rulebook().rules.iter().map(|rule| rule.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), rulebook().rules.len());
    }

    #[test]
    fn a_rule_superseded_or_not_yet_in_force_is_not_cited() {
        let mut rule = rulebook().rules[0].clone();
        let applies =
            |rule: &Rule, on| rule.applies(Trouble::UnknownTransaction, Addressee::Wallet, true, day(on));
        assert!(applies(&rule, "2026-11-22"));
        assert!(!applies(&rule, "2018-12-31"));
        rule.superseded_by = Some("a later law".into());
        assert!(!applies(&rule, "2026-11-22"));
    }

    #[test]
    fn the_bank_card_rule_wants_a_bank_card_and_the_bank_is_not_held_to_the_wallets_rule() {
        let cited = |to, by_card| -> Vec<&str> {
            let rules = rulebook().rules.iter();
            rules
                .filter(|rule| rule.applies(Trouble::UnknownTransaction, to, by_card, day("2026-11-22")))
                .map(|rule| rule.id.as_str())
                .collect()
        };
        assert_eq!(cited(Addressee::Wallet, false), ["e-commerce-57", "non-bank-payment-35"]);
        assert_eq!(cited(Addressee::Bank, true), ["e-commerce-57", "bank-card-4"]);
    }
}
