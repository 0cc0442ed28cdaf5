//! Case + directory + now → call plan: whom to call, when, what to have at hand, how it will go. Pure.

mod advice;
mod better;
mod log;
mod rules;
mod wanted;

pub use better::{Better, better_time};
pub use log::{CallReminder, Caller, CallerId, NewCaller, OwnNumber, OwnNumberId, ReminderId, Wait};
pub use rules::{Rule, rules};
pub use wanted::{Asked, Wanted, answer, asked, wanted};

use crate::case::{Case, CaseId, Happening, Trouble, steps};
use crate::directory::{
    Card, Channel, Citation, Directory, Funding, Hotline, Provider, ProviderKind, Purpose, Trust, card_tail,
};
use crate::error::{Code, Error, Result};
use crate::ledger::{Kind, Moment, Transaction};
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
        call.iter_mut().for_each(|line| line.better_time = None);
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
        call,
    })
}

/// Puts what the user's own waits say of calmer times into a plan.
pub fn retime(plan: &mut CallPlan, directory: &Directory, waits: &[Wait], now: Moment) {
    for line in &mut plan.call {
        let known = directory.get(&line.provider).zip(directory.line(&line.provider, &line.line));
        let Some((provider, hotline)) = known else { continue };
        let better = better_time(provider, hotline, directory.calendar(), waits, now);
        line.better_time = better.as_ref().map(|better| better.words.clone());
        line.calmer_at = better.and_then(|better| better.at);
    }
}

/// The parties of a request.
struct Subject<'a> {
    case: Option<&'a Case>,
    transactions: &'a [Transaction],
    provider: Option<&'a Provider>,
    /// The cards behind the payments, one an issuer.
    fundings: Vec<Funding<'a>>,
    /// Wallets and payment companies that a bank's own lines name.
    named: Vec<&'a Provider>,
    tail: Option<String>,
}

impl<'a> Subject<'a> {
    fn of(request: &Request<'a>, directory: &'a Directory) -> Result<Self> {
        let (case, transactions, name) = match *request {
            Request::Case { case, transactions } => (Some(case), transactions, case.provider.as_str()),
            Request::Provider(name) => (None, &[][..], name),
        };
        // A row that names no provider may still name the wallet that took the money.
        let provider = directory.get(name).or_else(|| {
            let wallet = |t: &Transaction| {
                directory.wallet_in(&t.method).or_else(|| directory.named_on_bill(&t.counterparty))
            };
            transactions.iter().find_map(wallet).filter(|_| case.is_some())
        });
        if provider.is_none() && case.is_none() {
            return Err(Error::new(Code::NotFound, format!("the directory knows no provider '{name}'")));
        }
        let mut fundings: Vec<Funding<'a>> = Vec::new();
        for transaction in transactions {
            let Some(funding) = directory.funding(&transaction.method) else { continue };
            match fundings.iter_mut().find(|known| known.issuer.id == funding.issuer.id) {
                Some(known) if known.card == Card::Unsaid => known.card = funding.card,
                Some(_) => {}
                None => fundings.push(funding),
            }
        }
        let mut named: Vec<&'a Provider> = Vec::new();
        for transaction in
            transactions.iter().filter(|_| provider.is_some_and(|p| p.kind == ProviderKind::Bank))
        {
            let wallet = directory.named_on_bill(&transaction.counterparty);
            named.extend(wallet.filter(|wallet| !named.iter().any(|known| known.id == wallet.id)));
        }
        let tail = transactions.iter().find_map(|transaction| card_tail(&transaction.method));
        Ok(Self { case, transactions, provider, fundings, named, tail })
    }

    fn trouble(&self) -> Option<Trouble> {
        self.case.map(|case| case.trouble)
    }

    /// What comes before the wallet and the bank, because it can act at once.
    fn first(&self, directory: &Directory, say: &[Text], now: Moment) -> Vec<CallLine> {
        let Some(trouble) = self.trouble().filter(|_| self.is_at_home()) else { return Vec::new() };
        let mut lines = Vec::new();
        for first in rules::first(trouble) {
            let Some(provider) = directory.get(&first.provider) else { continue };
            let hotlines = provider.hotlines.iter().take(1);
            lines.extend(hotlines.filter_map(|hotline| {
                let line = call_line(directory, provider, hotline, first.why(), now)?;
                Some(CallLine { say: say.to_vec(), ..line })
            }));
        }
        lines
    }

    /// Whether this provider knows of the case already, in a trouble in which several have to be told. One of the
    /// first lines stands for all of them.
    fn was_told(&self, provider: &str) -> bool {
        let Some(case) = self.case.filter(|_| self.is_pressing()) else { return false };
        let called = |whom: &str| {
            case.events.iter().any(
                |event| matches!(&event.happening, Happening::Called { provider, .. } if provider == whom),
            )
        };
        let done = |id: &str| steps(case).iter().any(|step| step.id == id && step.done);
        if rules::first(case.trouble).any(|first| first.provider == provider) {
            return rules::first(case.trouble).any(|first| called(&first.provider) || done(&first.step));
        }
        called(provider)
    }

    /// Some line comes before the wallet and the bank: several have to be told, and at once.
    fn is_pressing(&self) -> bool {
        self.trouble().is_some_and(|trouble| rules::first(trouble).next().is_some())
    }

    /// A provider of the mainland, or a card of one of its banks.
    fn is_at_home(&self) -> bool {
        let domestic = self.provider.is_none_or(|provider| provider.region == "CN");
        // Lines of the mainland are of no use for a wallet and a card from elsewhere.
        domestic || self.has_bank_at_home() || self.kind() == Some(ProviderKind::CardWallet)
    }

    fn has_bank_at_home(&self) -> bool {
        let domestic = self.provider.is_none_or(|provider| provider.region == "CN");
        self.kind() == Some(ProviderKind::Bank) && domestic
            || self.issuers().any(|funding| funding.issuer.region == "CN")
    }

    fn kind(&self) -> Option<ProviderKind> {
        self.provider.map(|provider| provider.kind)
    }

    /// Cards of other banks than the provider itself.
    fn issuers(&self) -> impl Iterator<Item = &Funding<'a>> {
        self.fundings.iter().filter(|funding| self.provider.is_none_or(|p| p.id != funding.issuer.id))
    }

    fn lines(&self, directory: &Directory, now: Moment) -> Vec<CallLine> {
        let mut lines = Vec::new();
        let mut add = |provider: &Provider, hotline: &Hotline, why: Text| {
            lines.extend(call_line(directory, provider, hotline, why, now));
        };
        let account = self.case.is_some_and(|case| case.trouble == Trouble::AccountFrozen);
        if let Some(provider) = self.provider.filter(|p| p.kind != ProviderKind::CardWallet) {
            let own = self.fundings.iter().find(|funding| funding.issuer.id == provider.id);
            let card = own.map_or(Card::Unsaid, |funding| funding.card);
            for hotline in provider.lines_for(card) {
                let why = match self.is_pressing() {
                    true => advice::why_told(provider, None),
                    false => advice::why_provider(provider),
                };
                add(provider, hotline, why);
            }
        }
        for funding in self.issuers() {
            for hotline in funding.issuer.lines_for(funding.card) {
                add(funding.issuer, hotline, self.why_issuer(funding.issuer));
            }
        }
        for named in self.named.iter().filter(|named| named.kind == ProviderKind::Wallet) {
            for hotline in named.lines_for(Card::Unsaid) {
                add(named, hotline, advice::why_named(named));
            }
        }
        if let Some(provider) = self.provider.filter(|_| account) {
            let of_account = provider.hotlines.iter().filter(|hotline| hotline.purpose == Purpose::Account);
            for hotline in of_account.filter(|hotline| matches!(hotline.region.as_str(), "CN" | "*")).take(1)
            {
                add(provider, hotline, advice::why_account(provider));
            }
        }
        lines
    }

    fn why_issuer(&self, issuer: &Provider) -> Text {
        let wallet = self.provider.filter(|provider| provider.kind == ProviderKind::CardWallet);
        let tail = self.tail.as_deref().filter(|_| self.fundings.len() == 1);
        match self.is_pressing() {
            true => advice::why_told(issuer, tail),
            false => advice::why_issuer(issuer, wallet, tail),
        }
    }

    fn notice(&self, call: &[CallLine]) -> Option<Text> {
        let Some(provider) = self.provider else { return Some(advice::unknown_provider(call.is_empty())) };
        if provider.kind == ProviderKind::CardWallet {
            return Some(advice::card_wallet(provider, self.issuers().next().map(|funding| funding.issuer)));
        }
        if !call.iter().any(|line| line.provider == provider.id) {
            return Some(advice::no_line(provider));
        }
        call.iter().all(|line| line.trust == Trust::Unverified).then(advice::only_unverified)
    }

    fn rungs(&self, directory: &Directory, call: &[CallLine]) -> Vec<Rung> {
        if self.kind() == Some(ProviderKind::PublicLine) {
            return Vec::new();
        }
        let trouble = self.trouble();
        let domestic = self.provider.is_none_or(|provider| provider.region == "CN");
        let (at_home, bank_at_home) = (self.is_at_home(), self.has_bank_at_home());
        let bought = self.transactions.iter().any(|t| matches!(t.kind, Kind::Purchase | Kind::Refund));
        let merchant = matches!(trouble, Some(Trouble::DuplicateCharge | Trouble::RefundMissing))
            || bought
                && !matches!(
                    trouble,
                    Some(Trouble::UnknownTransaction | Trouble::PaymentScam | Trouble::AccountFrozen)
                );
        let applies = |on: rules::On| match on {
            rules::On::Fraud => at_home && matches!(trouble, None | Some(Trouble::UnknownTransaction)),
            rules::On::Wallet => domestic && self.kind() == Some(ProviderKind::Wallet),
            rules::On::Bank => bank_at_home,
            rules::On::Goods => at_home && merchant,
        };
        let rung = |provider: &Provider, when: Text, urgent: bool| Rung {
            provider: provider.id.clone(),
            name: provider.name.clone(),
            when,
            urgent,
        };
        let mut rungs = Vec::new();
        // Where everybody is told at once, the bank is no later rung.
        let climbs = self.kind() == Some(ProviderKind::Wallet) && !self.is_pressing();
        let mut issuers = self.issuers().filter(|_| climbs).peekable();
        for rule in rules::rungs().iter().filter(|rule| applies(rule.on)) {
            // After the urgent lines, and before the regulators, comes the bank behind the wallet.
            if rule.on != rules::On::Fraud && issuers.peek().is_some() {
                rungs.extend(
                    issuers.by_ref().map(|funding| rung(funding.issuer, rules::issuer_rung(), false)),
                );
            }
            let known = directory.get(&rule.provider);
            let urgent = rule.on == rules::On::Fraud;
            rungs.extend(known.map(|provider| rung(provider, rule.when(), urgent)));
        }
        rungs.retain(|rung| call.first().is_none_or(|first| first.provider != rung.provider));
        rungs
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
        sources: hotline.sources.clone(),
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
