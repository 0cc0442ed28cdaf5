//! The parties of a request, and whom of them to call in which order.

use super::{CallLine, Request, Rung, advice, call_line, rules};
use crate::case::{Case, Happening, Trouble, steps};
use crate::directory::{
    Card, Directory, Funding, Hotline, Provider, ProviderKind, Purpose, Trust, card_tail,
};
use crate::error::{Code, Error, Result};
use crate::ledger::{Kind, Moment, Transaction};
use crate::text::Text;

/// The parties of a request.
pub(super) struct Subject<'a> {
    pub(super) case: Option<&'a Case>,
    pub(super) transactions: &'a [Transaction],
    pub(super) provider: Option<&'a Provider>,
    /// The cards behind the payments, one an issuer.
    pub(super) fundings: Vec<Funding<'a>>,
    /// Wallets and payment companies that a bank's own lines name.
    pub(super) named: Vec<&'a Provider>,
    pub(super) tail: Option<String>,
}

impl<'a> Subject<'a> {
    pub(super) fn of(request: &Request<'a>, directory: &'a Directory) -> Result<Self> {
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

    pub(super) fn trouble(&self) -> Option<Trouble> {
        self.case.map(|case| case.trouble)
    }

    /// What comes before the wallet and the bank, because it can act at once.
    pub(super) fn first(&self, directory: &Directory, say: &[Text], now: Moment) -> Vec<CallLine> {
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
    pub(super) fn was_told(&self, provider: &str) -> bool {
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
    pub(super) fn is_pressing(&self) -> bool {
        self.trouble().is_some_and(|trouble| rules::first(trouble).next().is_some())
    }

    /// A provider of the mainland, or a card of one of its banks.
    pub(super) fn is_at_home(&self) -> bool {
        let domestic = self.provider.is_none_or(|provider| provider.region == "CN");
        // Lines of the mainland are of no use for a wallet and a card from elsewhere.
        domestic || self.has_bank_at_home() || self.kind() == Some(ProviderKind::CardWallet)
    }

    pub(super) fn has_bank_at_home(&self) -> bool {
        let domestic = self.provider.is_none_or(|provider| provider.region == "CN");
        self.kind() == Some(ProviderKind::Bank) && domestic
            || self.issuers().any(|funding| funding.issuer.region == "CN")
    }

    pub(super) fn kind(&self) -> Option<ProviderKind> {
        self.provider.map(|provider| provider.kind)
    }

    /// Cards of other banks than the provider itself.
    pub(super) fn issuers(&self) -> impl Iterator<Item = &Funding<'a>> {
        self.fundings.iter().filter(|funding| self.provider.is_none_or(|p| p.id != funding.issuer.id))
    }

    pub(super) fn lines(&self, directory: &Directory, now: Moment) -> Vec<CallLine> {
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
        if self.trouble() == Some(Trouble::CurrencyOvercharge) {
            // The rate is the card's, not the wallet's.
            lines.sort_by_key(|line| !self.issuers().any(|funding| funding.issuer.id == line.provider));
        }
        lines
    }

    pub(super) fn why_issuer(&self, issuer: &Provider) -> Text {
        let wallet = self.provider.filter(|provider| provider.kind == ProviderKind::CardWallet);
        let tail = self.tail.as_deref().filter(|_| self.fundings.len() == 1);
        match self.is_pressing() {
            true => advice::why_told(issuer, tail),
            false => advice::why_issuer(issuer, wallet, tail),
        }
    }

    pub(super) fn notice(&self, call: &[CallLine]) -> Option<Text> {
        let Some(provider) = self.provider else { return Some(advice::unknown_provider(call.is_empty())) };
        if provider.kind == ProviderKind::CardWallet {
            return Some(advice::card_wallet(provider, self.issuers().next().map(|funding| funding.issuer)));
        }
        if !call.iter().any(|line| line.provider == provider.id) {
            return Some(advice::no_line(provider));
        }
        call.iter().all(|line| line.trust == Trust::Unverified).then(advice::only_unverified)
    }

    pub(super) fn rungs(&self, directory: &Directory, call: &[CallLine]) -> Vec<Rung> {
        if self.kind() == Some(ProviderKind::PublicLine) {
            return Vec::new();
        }
        let trouble = self.trouble();
        let domestic = self.provider.is_none_or(|provider| provider.region == "CN");
        let (at_home, bank_at_home) = (self.is_at_home(), self.has_bank_at_home());
        let bought = self.transactions.iter().any(|t| matches!(t.kind, Kind::Purchase | Kind::Refund));
        let merchants = trouble.is_some_and(Trouble::is_merchants);
        let merchant = merchants
            || matches!(trouble, Some(Trouble::DuplicateCharge | Trouble::RefundMissing))
            || bought
                && !matches!(
                    trouble,
                    Some(
                        Trouble::UnknownTransaction
                            | Trouble::PaymentScam
                            | Trouble::AccountFrozen
                            | Trouble::WrongPayee
                            | Trouble::BalanceMismatch
                            | Trouble::UnclearPayment
                    )
                );
        let applies = |on: rules::On| match on {
            rules::On::Fraud => {
                at_home
                    && matches!(trouble, None | Some(Trouble::UnknownTransaction | Trouble::UnclearPayment))
            }
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
        if merchants {
            // Whom the merchant answers to comes before whom the wallet and the bank do.
            let of_goods = |id: &str| {
                rules::rungs().iter().any(|rule| rule.on == rules::On::Goods && rule.provider == id)
            };
            rungs.sort_by_key(|rung| !of_goods(&rung.provider));
        }
        rungs
    }
}
