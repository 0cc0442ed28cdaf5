//! Case + directory + now → call plan: whom to call, when, what to have at hand, how it will go. Pure.

use crate::case::CaseId;
use crate::directory::{Channel, Citation, Trust};
use crate::ledger::Moment;
use crate::text::Text;
use serde::Serialize;
use ts_rs::TS;

/// One line to call.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct CallLine {
    /// The provider's id.
    pub provider: String,
    /// Its name.
    pub name: Text,
    /// The hotline's id within the provider: what `dial` takes.
    pub line: String,
    /// What the line is for.
    pub label: Text,
    /// As printed.
    pub number: String,
    /// `tel:` and digits.
    pub tel: String,
    /// Why this one.
    pub why: Text,
    /// How far it may be trusted.
    pub trust: Trust,
    /// Where the number comes from.
    pub sources: Vec<Citation>,
    /// Opening hours in words.
    pub hours: Text,
    /// Open now; `None` where the hours are unknown.
    pub open: Option<bool>,
    /// When it opens next, where it is closed now.
    #[ts(type = "string | null")]
    pub opens_at: Option<Moment>,
    /// When it is calmer.
    pub better_time: Option<Text>,
    /// Keys to press, where an official source says so.
    pub menu: Vec<Text>,
    /// BCP 47 tags.
    pub languages: Vec<String>,
    /// What a call costs.
    pub cost_note: Option<Text>,
}

/// The next rung when this one does not answer or refuses.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Rung {
    /// The provider's id (`pboc-12363`).
    pub provider: String,
    /// Its name.
    pub name: Text,
    /// When to go there, and with which rule.
    pub when: Text,
}

/// Whom to call now, when, what to have at hand, how it will go.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct CallPlan {
    /// The case, where there is one.
    pub case: Option<CaseId>,
    /// The first is whom to call now.
    pub call: Vec<CallLine>,
    /// Said before all lines: why the issuer and not the wallet, or that there is no line.
    pub notice: Option<Text>,
    /// Ways other than the phone.
    pub channels: Vec<Channel>,
    /// What to have at hand.
    pub have_ready: Vec<Text>,
    /// What to say.
    pub say: Vec<Text>,
    /// What they will never ask for.
    pub never: Vec<Text>,
    /// Where to go next.
    pub next_rung: Vec<Rung>,
}
