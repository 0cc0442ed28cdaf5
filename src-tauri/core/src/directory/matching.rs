//! Whose card paid: the issuer read out of 收/付款方式. No guess is better than a wrong line, so a part
//! of the text is understood as a whole or not at all (招商银行信用卡立减 is a discount, not a card).

use super::index::name_key;
use super::load::Directory;
use super::{Hotline, Provider, ProviderKind, Purpose, Trust};

/// What kind of card a payment method names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Card {
    /// 信用卡, 贷记卡
    Credit,
    /// 储蓄卡, 借记卡
    Debit,
    /// The text does not say.
    Unsaid,
}

/// The bank card behind a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Funding<'a> {
    /// Who issued it.
    pub issuer: &'a Provider,
    /// Credit or debit.
    pub card: Card,
}

/// Names of banks, the longest first, so that 中国银行(香港) is not read as 中国银行.
#[derive(Debug, Clone, Default)]
pub(super) struct IssuerNames {
    banks: Vec<(String, usize)>,
    /// Names of wallets: `云闪付-中信银行` is a card behind a wallet.
    wallets: Vec<String>,
}

impl IssuerNames {
    pub(super) fn over(providers: &[Provider]) -> Self {
        let mut names = Self::default();
        for (place, provider) in providers.iter().enumerate() {
            let spoken = [&provider.id, &provider.name.zh, &provider.name.en]
                .into_iter()
                .chain(&provider.aliases)
                .chain(&provider.former)
                .chain(&provider.legal)
                .map(|name| name_key(name));
            match provider.kind {
                ProviderKind::Bank => names.banks.extend(spoken.map(|name| (name, place))),
                ProviderKind::Wallet | ProviderKind::CardWallet => names.wallets.extend(spoken),
                ProviderKind::PublicLine => {}
            }
        }
        names.banks.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        names.banks.dedup();
        names.wallets.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        names
    }
}

/// Words for cards and what they say. Longer words stand before the words they contain.
const CARD_WORDS: [(&str, Card); 29] = [
    ("信用卡", Card::Credit),
    ("贷记卡", Card::Credit),
    ("公务卡", Card::Credit),
    ("creditcard", Card::Credit),
    ("credit", Card::Credit),
    ("储蓄卡", Card::Debit),
    ("借记卡", Card::Debit),
    ("debitcard", Card::Debit),
    ("debit", Card::Debit),
    ("savingscard", Card::Debit),
    ("savings", Card::Debit),
    ("银行卡", Card::Unsaid),
    ("一类卡", Card::Unsaid),
    ("二类卡", Card::Unsaid),
    ("电子账户", Card::Debit),
    ("快捷支付", Card::Unsaid),
    ("快捷", Card::Unsaid),
    ("银联", Card::Unsaid),
    ("白金", Card::Unsaid),
    ("金卡", Card::Unsaid),
    ("卡", Card::Unsaid),
    ("bankcard", Card::Unsaid),
    ("card", Card::Unsaid),
    ("visa", Card::Unsaid),
    ("mastercard", Card::Unsaid),
    ("unionpay", Card::Unsaid),
    ("尾号为", Card::Unsaid),
    ("尾号", Card::Unsaid),
    ("endingin", Card::Unsaid),
];

/// Words in front of a bank's name that say nothing.
const LEADING_WORDS: [&str; 8] =
    ["付款方式", "支付方式", "收款方式", "退款至", "退回", "银行卡支付", "网银支付", "一网通"];

impl Directory {
    /// The bank behind a payment method; `None` for balances, for methods that name no bank or two, and
    /// wherever the text is not understood as a whole.
    pub fn issuer(&self, method: &str) -> Option<&Provider> {
        self.funding(method).map(|funding| funding.issuer)
    }

    /// The bank and the kind of card behind a payment method; `None` as for [`Directory::issuer`].
    pub fn funding(&self, method: &str) -> Option<Funding<'_>> {
        let mut found: Option<Funding<'_>> = None;
        for part in method.split(['&', '+', '、', '，', '；', ';', '＆', '\n']) {
            let Some((place, card)) = self.card_in(&name_key(part)) else { continue };
            let issuer = &self.providers[place];
            match found {
                Some(other) if other.issuer.id != issuer.id => return None,
                Some(other) if other.card != Card::Unsaid => {}
                _ => found = Some(Funding { issuer, card }),
            }
        }
        found
    }

    /// One part of a method: leading words and wallets, a bank's name, and nothing but card words.
    fn card_in(&self, part: &str) -> Option<(usize, Card)> {
        let mut rest = part;
        let mut led = Card::Unsaid;
        loop {
            rest = rest.trim_start_matches(is_punctuation);
            let banks = self.issuers.banks.iter().filter_map(|(name, place)| {
                let tail = rest.strip_prefix(name.as_str())?;
                let (card, said) = card_words(tail)?;
                // 中信 alone may be anything; 中信银行 alone is the bank.
                let sure = said || led != Card::Unsaid || names_a_bank(name);
                sure.then_some((*place, if card == Card::Unsaid { led } else { card }))
            });
            if let Some(found) = banks.into_iter().next() {
                return Some(found);
            }
            let before = rest.len();
            if let Some(lead) = LEADING_WORDS.iter().find(|word| rest.starts_with(**word)) {
                rest = &rest[lead.len()..];
            } else if let Some((word, card)) = CARD_WORDS.iter().find(|(word, _)| rest.starts_with(word)) {
                led = *card;
                rest = &rest[word.len()..];
            } else {
                let wallet = self.issuers.wallets.iter().find(|wallet| rest.starts_with(wallet.as_str()))?;
                rest = &rest[wallet.len()..];
            }
            if rest.is_empty() || rest.len() == before {
                return None;
            }
        }
    }
}

impl Provider {
    /// The line for a question about a card: the credit-card line for a credit card, otherwise the general
    /// one; an unverified one only where there is nothing better.
    pub fn line_for(&self, card: Card) -> Option<&Hotline> {
        self.lines_for(card).into_iter().next()
    }

    /// As [`Provider::line_for`], with the next best behind it.
    pub fn lines_for(&self, card: Card) -> Vec<&Hotline> {
        let rank = |hotline: &Hotline| match (hotline.purpose, card) {
            (Purpose::CreditCard, Card::Credit) => Some(0),
            (Purpose::General, _) => Some(1),
            _ => None,
        };
        let mut lines: Vec<(u8, &Hotline)> =
            self.hotlines.iter().filter_map(|hotline| Some((rank(hotline)?, hotline))).collect();
        lines.sort_by_key(|(rank, hotline)| (hotline.trust == Trust::Unverified, *rank));
        let mut seen = [false; 2];
        lines.retain(|(rank, _)| !std::mem::replace(&mut seen[usize::from(*rank)], true));
        lines.into_iter().map(|(_, hotline)| hotline).collect()
    }
}

/// The last four digits of the card in a payment method, where it shows exactly one such tail.
pub fn card_tail(method: &str) -> Option<String> {
    let text = name_key(method);
    let chars: Vec<char> = text.chars().collect();
    let mut tails: Vec<String> = Vec::new();
    for run in chars.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit()) {
        if run[0].is_ascii_digit() && run.len() == 4 {
            tails.push(run.iter().collect());
        }
    }
    // 6225****1234: the first four are the issuer's, the last four the tail.
    let masked = text.contains('*') && tails.len() == 2;
    let last = tails.pop()?;
    (tails.is_empty() || masked || tails.contains(&last)).then_some(last)
}

/// Is the name alone, without a word for a card, enough? 招商银行 and 招行 are; 中信 and ABC are not.
fn names_a_bank(name: &str) -> bool {
    name.ends_with('行') || name.contains("银行") || name.contains("bank")
}

/// What the words behind a bank's name say of the card, and whether they say anything; `None` where
/// something stands there that is no card word.
fn card_words(mut rest: &str) -> Option<(Card, bool)> {
    let mut card = Card::Unsaid;
    let mut said = false;
    loop {
        rest = rest.trim_start_matches(is_punctuation);
        if rest.is_empty() {
            return Some((card, said));
        }
        if let Some((word, kind)) = CARD_WORDS.iter().find(|(word, _)| rest.starts_with(word)) {
            if *kind != Card::Unsaid {
                if card != Card::Unsaid && card != *kind {
                    return None;
                }
                card = *kind;
            }
            said = true;
            rest = &rest[word.len()..];
            continue;
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 19 {
            return None;
        }
        said |= digits == 4;
        rest = &rest[digits..];
    }
}

pub(super) fn is_punctuation(c: char) -> bool {
    matches!(
        c,
        '(' | ')'
            | '['
            | ']'
            | '【'
            | '】'
            | '*'
            | '-'
            | '–'
            | '—'
            | ':'
            | '/'
            | '_'
            | '·'
            | '•'
            | '.'
            | '#'
            | '…'
            | ','
            | '|'
    )
}
