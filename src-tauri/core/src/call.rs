//! Case + directory + now → call plan: whom to call, when, what to have at hand, how it will go. Pure.

mod advice;
mod better;
mod log;
mod rules;
mod subject;
mod wanted;

pub use better::{Better, better_time};
pub use log::{CallReminder, Caller, CallerId, NewCaller, OwnNumber, OwnNumberId, ReminderId, Wait};
pub use rules::{Rule, rules};
pub use wanted::{Asked, Wanted, answer, asked, wanted};

use crate::case::{Case, CaseId};
use crate::directory::{Channel, Citation, Directory, Hotline, Provider, Trust};
use crate::error::Result;
use crate::ledger::{Moment, Transaction};
use crate::text::Text;
use serde::Serialize;
use subject::Subject;
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
    /// The next calmer time; `None` where now is one, or nothing is known.
    #[ts(type = "string | null")]
    pub calmer_at: Option<Moment>,
    /// How it is reached from abroad, for lines of the mainland.
    pub abroad: Option<Text>,
    /// Keys to press, where an official source says so.
    pub menu: Vec<Text>,
    /// BCP 47 tags.
    pub languages: Vec<String>,
    /// What a call costs.
    pub cost_note: Option<Text>,
    /// What to say on this line, where it is not what the plan says; empty otherwise.
    pub say: Vec<Text>,
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
    /// Not a rung to climb but a way out while money may be leaving.
    pub urgent: bool,
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
    /// Several have to be told, and no hour is better than now.
    #[serde(skip)]
    #[ts(skip)]
    pub at_once: bool,
}

/// What a plan is asked for.
#[derive(Debug, Clone, Copy)]
pub enum Request<'a> {
    /// A case with the lines in dispute.
    Case {
        /// The case.
        case: &'a Case,
        /// Its transactions, as many as are known.
        transactions: &'a [Transaction],
    },
    /// A provider alone, by id or alias.
    Provider(&'a str),
}

impl CallPlan {
    /// What to say on this line.
    pub fn say_on<'a>(&'a self, line: &'a CallLine) -> &'a [Text] {
        if line.say.is_empty() { &self.say } else { &line.say }
    }
}

/// What to say on the phone, by who listens.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scripts {
    /// To the clerk of a wallet or a bank.
    pub clerk: Vec<Text>,
    /// On the lines that are called first; empty where they are told the same.
    pub police: Vec<Text>,
}

impl From<Vec<Text>> for Scripts {
    fn from(clerk: Vec<Text>) -> Self {
        Self { clerk, police: Vec::new() }
    }
}

/// Whom to call now and how it will go. `say` are the scripts of the case; they are passed on.
///
/// # Errors
/// `NotFound` where a provider is asked for by a name the directory does not know. A case always has a
/// plan, if only one that says that no line is known.
pub fn plan(
    request: &Request<'_>,
    directory: &Directory,
    say: impl Into<Scripts>,
    now: Moment,
) -> Result<CallPlan> {
    let Scripts { clerk: say, police } = say.into();
    let subject = Subject::of(request, directory)?;
    let mut call = subject.first(directory, &police, now);
    call.extend(subject.lines(directory, now));
    // The order of the roles stays; a number that is not verified never stands before one that is, and where several
    // have to be told, those that know of it make room for those that do not.
    call.sort_by_key(|line| (line.trust == Trust::Unverified, subject.was_told(&line.provider)));
    if subject.is_pressing() {
        // Nobody whose money is leaving waits for a calmer hour.
        call.iter_mut().for_each(|line| (line.better_time, line.calmer_at) = (None, None));
    }
    let mut parties: Vec<&Provider> = subject.provider.into_iter().collect();
    parties.extend(subject.fundings.iter().map(|funding| funding.issuer));
    parties.extend(&subject.named);
    let mut channels: Vec<Channel> = Vec::new();
    for channel in parties.iter().flat_map(|provider| &provider.channels) {
        if !channels.contains(channel) {
            channels.push(channel.clone());
        }
    }
    Ok(CallPlan {
        case: subject.case.map(|case| case.id),
        notice: subject.notice(&call),
        channels,
        have_ready: advice::have_ready(subject.transactions, subject.trouble()),
        say,
        never: rules::never(&parties),
        next_rung: subject.rungs(directory, &call),
        at_once: subject.is_pressing(),
        call,
    })
}

/// Puts what the user's own waits say of calmer times into a plan.
pub fn retime(plan: &mut CallPlan, directory: &Directory, waits: &[Wait], now: Moment) {
    if plan.at_once {
        return;
    }
    for line in &mut plan.call {
        let known = directory.get(&line.provider).zip(directory.line(&line.provider, &line.line));
        let Some((provider, hotline)) = known else { continue };
        let better = better_time(provider, hotline, directory.calendar(), waits, now);
        line.better_time = better.as_ref().map(|better| better.words.clone());
        line.calmer_at = better.and_then(|better| better.at);
    }
}

fn call_line(
    directory: &Directory,
    provider: &Provider,
    hotline: &Hotline,
    why: Text,
    now: Moment,
) -> Option<CallLine> {
    let openness = hotline.openness(directory.calendar(), now);
    let better = better_time(provider, hotline, directory.calendar(), &[], now);
    Some(CallLine {
        provider: provider.id.clone(),
        name: provider.name.clone(),
        line: hotline.id.clone(),
        label: hotline.label.clone(),
        number: hotline.number.clone(),
        tel: directory.tel(&provider.id, &hotline.id).ok()?,
        why,
        trust: hotline.trust,
        sources: hotline.sources.iter().cloned().collect(),
        hours: hotline.hours_in_words(),
        open: openness.open,
        opens_at: openness.opens_at,
        better_time: better.as_ref().map(|better| better.words.clone()),
        calmer_at: better.and_then(|better| better.at),
        abroad: advice::from_abroad(provider, hotline),
        menu: hotline.menu.clone(),
        languages: hotline.languages.clone(),
        cost_note: hotline.cost_note.clone(),
        say: Vec::new(),
    })
}
