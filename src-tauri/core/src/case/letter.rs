//! 情况说明 to a wallet or bank, 投诉书 to the regulator, 报案材料 for the police: facts by time, what is asked
//! for, the rules, the evidence. No adjectives, no threats, no promises.

mod facts;
mod page;
mod statement;

use super::phrase::{clean, wish};
use super::rules::rulebook;
use super::{Addressee, Case, Trouble, Wish, capital::capital, dispute};
use crate::ledger::{ImportId, Transaction};
use crate::money::Money;
use crate::text::Text;
use chrono::NaiveDate;

/// A stored file that goes along with a letter.
#[derive(Debug, Clone, PartialEq)]
pub struct Exhibit {
    /// The file's name.
    pub name: String,
    /// Lower-case hex.
    pub sha256: String,
    /// What it shows; may be empty.
    pub label: String,
}

/// All that a letter is made from.
#[derive(Clone, Copy)]
pub struct Papers<'a> {
    /// The case.
    pub case: &'a Case,
    /// Its lines; others are passed over.
    pub transactions: &'a [Transaction],
    /// Files on the case.
    pub attachments: &'a [Exhibit],
    /// The statement file of a batch, for the rows read from it.
    pub file_of: &'a dyn Fn(ImportId) -> Option<Exhibit>,
    /// A provider's name for its id.
    pub name_of: &'a dyn Fn(&str) -> Text,
    /// To whom.
    pub to: Addressee,
    /// The provider id of the addressee: the card's issuer, the public line. `None` takes the case's own
    /// provider for a wallet, the bank named by the payment method, and the rulebook's regulator.
    pub recipient: Option<&'a str>,
    /// The user's name; a blank to fill in where empty.
    pub name: &'a str,
    /// The user's phone; a blank to fill in where empty.
    pub phone: &'a str,
    /// The day on the letter.
    pub today: NaiveDate,
}

/// What stands in a letter, before it is laid out.
struct Contents {
    recipient: Text,
    respondent: Text,
    subject: Text,
    requests: Vec<Text>,
    facts: Vec<Text>,
    statement: Vec<Text>,
    rules: Vec<Text>,
    evidence: Vec<Text>,
}

/// To whom letters of this trouble make sense, in the order they are offered: the police are told of crimes only.
pub fn addressees(trouble: Trouble) -> &'static [Addressee] {
    use Addressee::{Bank, Merchant, Police, Regulator, Wallet};
    match trouble {
        Trouble::PaymentScam => &[Police, Wallet, Bank, Regulator],
        Trouble::UnknownTransaction => &[Wallet, Bank, Regulator, Police],
        Trouble::DuplicateCharge
        | Trouble::RefundMissing
        | Trouble::FailedButDebited
        | Trouble::AccountFrozen
        | Trouble::BalanceMismatch
        | Trouble::UnclearPayment => &[Wallet, Bank, Regulator],
        Trouble::SubscriptionChange | Trouble::TrialTurnedPaid => &[Merchant, Wallet, Bank, Regulator],
        Trouble::UnexpectedFee => &[Wallet, Bank, Merchant, Regulator],
        Trouble::CurrencyOvercharge => &[Bank, Wallet, Merchant, Regulator],
        // Nobody but the payee has done anything wrong, if anybody: there is nothing to complain of.
        Trouble::WrongPayee => &[Wallet, Bank],
        // Whoever put the hold need not be the wallet: whom to complain of is known once they answered.
        Trouble::HoldNotReleased => &[Merchant, Wallet, Bank],
    }
}

/// The letter as plain text, in both languages.
pub fn letter(papers: &Papers<'_>) -> Text {
    let (facts, statement, evidence) = facts::collect(papers);
    let contents = Contents {
        recipient: recipient(papers),
        respondent: match papers.case.trouble.is_merchants() {
            true => merchant(papers),
            false => (papers.name_of)(&papers.case.provider),
        },
        subject: super::playbook(papers.case.trouble).title.clone(),
        requests: requests(papers),
        facts,
        statement,
        rules: rules(papers),
        evidence,
    };
    page::lay_out(papers, &contents)
}

fn recipient(papers: &Papers<'_>) -> Text {
    if let Some(id) = papers.recipient {
        return (papers.name_of)(id);
    }
    match papers.to {
        Addressee::Wallet => (papers.name_of)(&papers.case.provider),
        Addressee::Merchant => merchant(papers),
        Addressee::Regulator if papers.case.trouble.is_merchants() => rulebook().market_regulator.clone(),
        Addressee::Regulator => rulebook().regulator.clone(),
        Addressee::Police => Text::new("________公安局（派出所）", "________ (police station)"),
        Addressee::Bank => {
            let lines = dispute::disputed(papers.case, papers.transactions);
            match lines.iter().find_map(|line| bank_in(&line.method)) {
                Some(bank) => Text::new(bank, bank),
                None => Text::new("发卡银行", "The card's issuer"),
            }
        }
    }
}

/// Whoever took the money, as the bill names it.
fn merchant(papers: &Papers<'_>) -> Text {
    let lines = dispute::disputed(papers.case, papers.transactions);
    let named = lines.iter().map(|line| clean(&line.counterparty)).find(|name| !name.is_empty());
    named.map_or_else(
        || Text::new("________（商家名称）", "________ (the merchant)"),
        |name| Text::new(name.clone(), name),
    )
}

/// The bank a payment method begins with: 招商银行 of 招商银行信用卡(1234).
fn bank_in(method: &str) -> Option<&str> {
    const BANK: &str = "银行";
    let end = method.find(BANK)? + BANK.len();
    (end > BANK.len() && method.len() > end).then(|| &method[..end])
}

/// Whether a bank card paid: the method names a card's tail.
fn by_card(papers: &Papers<'_>) -> bool {
    let lines = dispute::disputed(papers.case, papers.transactions);
    lines.iter().any(|line| line.method.chars().filter(char::is_ascii_digit).count() >= 4)
}

fn requests(papers: &Papers<'_>) -> Vec<Text> {
    if papers.to == Addressee::Police {
        return vec![
            Text::new(
                "依法受理，并出具受案回执",
                "Take up this report by law and give me the receipt of the case",
            ),
            Text::new(
                "对上述收款账户依法决定是否采取查询、紧急止付、冻结措施",
                "Decide by law on a query, an emergency stop-payment or a freeze of the payee's account above",
            ),
            Text::new("涉案款项能够追回的，依法返还", "Return by law what of the money can be recovered"),
        ];
    }
    papers.case.wishes.iter().map(|wanted| request(papers, *wanted)).collect()
}

fn request(papers: &Papers<'_>, wanted: Wish) -> Text {
    let mut request = wish(wanted, papers.case.trouble);
    if wanted == Wish::Refund && papers.case.trouble != Trouble::AccountFrozen {
        let sums = dispute::amounts(papers.case, papers.transactions);
        let sums: Vec<Text> = sums.into_iter().map(sum_in_full).collect();
        let join = |of: fn(&Text) -> &str, by: &str| sums.iter().map(of).collect::<Vec<_>>().join(by);
        if !sums.is_empty() {
            request.zh.push_str(&join(|text| &text.zh, "、"));
            request.en.push_str(&format!(": {}", join(|text| &text.en, ", ")));
        }
    }
    request
}

/// `128.00元（大写：人民币壹佰贰拾捌元整）`
fn sum_in_full(sum: Money) -> Text {
    let mut text = dispute::written(sum);
    if let Some(capital) = capital(sum) {
        text.zh.push_str(&format!("（大写：{capital}）"));
    }
    text
}

fn rules(papers: &Papers<'_>) -> Vec<Text> {
    let by_card = by_card(papers);
    rulebook()
        .rules
        .iter()
        .filter(|rule| rule.applies(papers.case.trouble, papers.to, by_card, papers.today))
        .map(|rule| {
            let day = super::phrase::day(rule.in_force_from);
            Text::new(
                format!(
                    "《{}》（{}，自{}起施行）第{}条：{}",
                    rule.name.zh,
                    rule.number.zh,
                    day.zh,
                    facts::ordinal(rule.article),
                    rule.gist.zh
                ),
                format!(
                    "{} ({}, in force from {}), Article {}: {}",
                    rule.name.en, rule.number.en, day.en, rule.article, rule.gist.en
                ),
            )
        })
        .collect()
}

/// The user's name or phone, or the blank to fill in.
fn or_blank(value: &str) -> Text {
    match clean(value) {
        value if value.is_empty() => blank(),
        value => Text::new(value.clone(), value),
    }
}

/// What is filled in by hand, and never kept.
fn blank() -> Text {
    Text::new("________（打印后填写）", "________ (to be filled in after printing)")
}
