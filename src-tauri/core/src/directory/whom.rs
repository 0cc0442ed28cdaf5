//! Which provider a payment leads to: its own product in the method, or its name at the head of a bill's
//! line. As with cards, no guess is better than a wrong line.

use super::index::name_key;
use super::load::Directory;
use super::matching::is_punctuation;
use super::{Provider, ProviderKind};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// Names as they stand at the head of a line of a card's bill, the longest first.
#[derive(Debug, Clone, Default)]
pub(super) struct BillNames {
    /// Upper case, in compatibility form; whether anything may follow (a company's full name).
    heads: Vec<(String, usize, bool)>,
    /// Names of wallets and their products, as keys.
    products: HashMap<String, usize>,
}

impl BillNames {
    pub(super) fn over(providers: &[Provider]) -> Self {
        let mut names = Self::default();
        for (place, provider) in providers.iter().enumerate() {
            if !matches!(provider.kind, ProviderKind::Wallet | ProviderKind::CardWallet) {
                continue;
            }
            names.heads.extend(provider.legal.iter().map(|name| (head_key(name), place, true)));
            names.heads.extend(provider.bill.iter().map(|name| (head_key(name), place, false)));
            let spoken = [&provider.name.zh, &provider.name.en].into_iter().chain(&provider.aliases);
            for name in spoken.chain(&provider.former).chain(&provider.bill) {
                names.products.insert(name_key(name), place);
            }
        }
        names.heads.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        names
    }
}

/// What may stand behind a wallet's name or product and says nothing more.
const OWN_WORDS: [&str; 14] = [
    "账户余额",
    "钱包余额",
    "余额",
    "账户",
    "钱包",
    "支付",
    "分期",
    "免息",
    "期",
    "balance",
    "wallet",
    "付款",
    "消费",
    "月付",
];

impl Directory {
    /// To whom a question about a payment goes first, by what its row says: the provider of the statement
    /// where it holds the money, the issuer behind a wallet of cards, else the wallet whose product paid, the
    /// issuer of the card, or the wallet named at the head of the payee. `None` where none of them is sure.
    pub fn whom(&self, provider: &str, method: &str, payee: &str) -> Option<&Provider> {
        match self.get(provider) {
            Some(known) if known.kind != ProviderKind::CardWallet => Some(known),
            Some(_) => self.issuer(method),
            None => {
                self.wallet_in(method).or_else(|| self.issuer(method)).or_else(|| self.named_on_bill(payee))
            }
        }
    }

    /// The wallet whose own money or credit a payment method names (零钱, 花呗&红包); `None` where it names
    /// none, or two.
    pub fn wallet_in(&self, method: &str) -> Option<&Provider> {
        let mut found: Option<usize> = None;
        for part in method.split(['&', '+', '、', '，', '；', ';', '＆', '\n']) {
            let Some(place) = self.product(&name_key(part)) else { continue };
            if found.is_some_and(|other| other != place) {
                return None;
            }
            found = Some(place);
        }
        found.map(|place| &self.providers[place])
    }

    /// One part of a method, understood as a whole or not at all.
    fn product(&self, part: &str) -> Option<usize> {
        let products = &self.bills.products;
        let part = part.trim_matches(is_punctuation);
        if let Some(place) = products.get(part) {
            return Some(*place);
        }
        // The longest name the part begins with, and nothing behind it but the wallet's own words.
        let ends = part.char_indices().map(|(at, _)| at).skip(1).collect::<Vec<_>>();
        ends.into_iter().rev().find_map(|end| {
            let place = *products.get(&part[..end])?;
            let rest = part[end..].trim_matches(is_punctuation);
            let same = products.get(rest) == Some(&place);
            (same || only_own_words(rest)).then_some(place)
        })
    }

    /// The wallet or payment company at the head of a bill's line: 财付通-某商户, a company's full name,
    /// `TENPAY*…`; `None` where a shop merely has a similar name.
    pub fn named_on_bill(&self, payee: &str) -> Option<&Provider> {
        let line = head_key(payee);
        let found = self.bills.heads.iter().find(|(head, _, whole)| {
            let Some(rest) = line.strip_prefix(head.as_str()) else { return false };
            *whole || rest.chars().next().is_none_or(ends_a_name)
        });
        found.map(|(_, place, _)| &self.providers[*place])
    }
}

/// Four digits are the tail of a card, which the wallet's own money has not.
fn only_own_words(mut rest: &str) -> bool {
    if rest.bytes().filter(u8::is_ascii_digit).count() >= 4 {
        return false;
    }
    loop {
        rest = rest.trim_start_matches(|c: char| is_punctuation(c) || c.is_ascii_digit());
        if rest.is_empty() {
            return true;
        }
        let Some(word) = OWN_WORDS.iter().find(|word| rest.starts_with(**word)) else { return false };
        rest = &rest[word.len()..];
    }
}

/// Width and case do not matter; what stands between the words does.
fn head_key(text: &str) -> String {
    text.trim().nfkc().flat_map(char::to_uppercase).collect()
}

/// What ends a payment company's name on a bill.
fn ends_a_name(c: char) -> bool {
    is_punctuation(c) || c.is_whitespace() || matches!(c, '(' | '（' | '*' | '、' | '，' | '~' | '<' | '>')
}
