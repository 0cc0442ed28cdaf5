//! Providers and hotlines, read from `assets/directory/*.toml`. Pure.
//!
//! [`Directory::load`] reads what ships in the binary. Everything else is a question to it: a name
//! ([`Directory::get`]), a line to dial ([`Directory::tel`], [`Directory::qr`]), the issuer behind a
//! payment method ([`Directory::funding`]), or a number somebody found ([`Directory::check_number`]).

mod audit;
mod calendar;
mod dial;
mod hours;
mod index;
mod load;
mod matching;
mod number;
mod numbering;
pub mod pack;
mod rights;
mod sources;
mod verdict;
mod whom;

pub use calendar::{Calendar, Day};
pub use dial::Qr;
pub use hours::Openness;
pub use load::Directory;
pub use matching::{Card, Funding, card_tail};
pub use pack::Edition;
pub use rights::{Right, rights};
pub use sources::Sources;

use crate::text::{self, Text};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of body a provider is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum ProviderKind {
    /// Holds the user's money or moves it: Alipay, WeChat Pay.
    Wallet,
    /// Holds no money, only cards: Apple Pay, Google Wallet. The card's issuer is called.
    CardWallet,
    /// Issues cards and keeps accounts.
    Bank,
    /// A regulator, the police, a public line.
    PublicLine,
}

/// Whether it still goes by this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum ProviderStatus {
    /// In business.
    Active,
    /// In business under a new name.
    Renamed,
    /// Closed.
    Closed,
}

/// How far a number may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Trust {
    /// Official, regulator or partner source.
    Verified,
    /// A curated community list and one more source.
    Community,
    /// Anything else: shown grey, never first where a better one exists.
    Unverified,
}

/// What kind of page a fact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum SourceKind {
    /// Published by the provider itself.
    Official,
    /// The provider's own text, seen in a third party's copy.
    OfficialCopy,
    /// Regulator, police, statute.
    Regulator,
    /// A business partner printing it for its own customers.
    Partner,
    /// A curated community list.
    Community,
    /// News or trade press.
    News,
    /// Archived public code.
    Code,
    /// General knowledge, not sourced.
    GeneralKnowledge,
}

/// Where a fact comes from and when it was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Citation {
    /// What kind of page.
    pub kind: SourceKind,
    /// What it is, in a few words; a plain string in the data where both languages say the same.
    #[serde(deserialize_with = "text::both")]
    pub what: Text,
    /// Its address without scheme, where it has one.
    #[serde(default)]
    pub url: String,
    /// The date of the page itself, where known (YYYY, YYYY-MM or YYYY-MM-DD).
    #[serde(default)]
    pub dated: String,
    /// The day an archived copy of it was read.
    #[ts(type = "string")]
    pub checked: NaiveDate,
}

/// Whom a hotline is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Purpose {
    /// Everyone.
    General,
    /// Holders of a credit card.
    CreditCard,
    /// Callers abroad.
    Overseas,
    /// Merchants.
    Merchant,
    /// The account or the device, not the money.
    Account,
    /// Another product of the same house.
    Other,
}

/// Opening hours: `days` is seven letters, Monday first, `x` open and `-` closed (`xxxxx--`);
/// from and to are `HH:MM`, to may be `24:00`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Span {
    /// Seven letters, Monday first.
    pub days: String,
    /// `HH:MM`
    pub from: String,
    /// `HH:MM`, `24:00` for midnight.
    pub to: String,
}

/// A number to call, with its source and the day it was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Hotline {
    /// Within its provider, e.g. `main`, `credit-card`.
    pub id: String,
    /// As printed, e.g. `95188`, `400-820-5555`.
    pub number: String,
    /// What it is for, in words.
    pub label: Text,
    /// Whom it is for.
    pub purpose: Purpose,
    /// How far it may be trusted.
    pub trust: Trust,
    /// Where it can be dialled from (ISO 3166 country), `*` for anywhere.
    pub region: String,
    /// Opening hours; empty where no source states them.
    #[serde(default)]
    pub hours: Vec<Span>,
    /// Where the hours come from; `None` where they are unknown.
    #[serde(default)]
    pub hours_source: Option<SourceKind>,
    /// IANA time zone of the hours.
    #[serde(default = "shanghai")]
    pub tz: String,
    /// BCP 47 tags.
    pub languages: Vec<String>,
    /// What a call costs, where it is not an ordinary one.
    #[serde(default)]
    pub cost_note: Option<Text>,
    /// Keys to press, only where an official source says so.
    #[serde(default)]
    pub menu: Vec<Text>,
    /// Where the number comes from.
    #[ts(as = "Vec<Citation>")]
    pub sources: Sources,
}

fn shanghai() -> String {
    "Asia/Shanghai".into()
}

fn china() -> String {
    "CN".into()
}

/// The day the archived pages of the first directory were read.
fn first_reading() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, 1).expect("a day of the calendar")
}

/// A number that pages attribute to this provider and no official source backs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Claim {
    /// As printed; `地区号+95588` stands for the number behind any area code.
    pub number: String,
    /// Who says so (host or kind of page).
    #[serde(deserialize_with = "text::both")]
    pub said_by: Text,
    /// What the evidence says instead.
    pub truth: Text,
    /// The page itself, without scheme, where it is one.
    #[serde(default)]
    pub url: String,
    /// The day an archived copy of it was read.
    #[serde(default = "first_reading")]
    #[ts(type = "string")]
    pub checked: NaiveDate,
}

/// Another way to reach a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Channel {
    /// `app`, `web`, `chat`, `email`, `form`.
    pub kind: String,
    /// How to get there.
    pub how: Text,
    /// How far it may be trusted.
    pub trust: Trust,
}

/// A wallet, a bank, or a public line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Provider {
    /// Stable, kebab-case: `wechat-pay`.
    pub id: String,
    /// What kind of body.
    pub kind: ProviderKind,
    /// Whether it still goes by this name.
    pub status: ProviderStatus,
    /// The name people know.
    pub name: Text,
    /// Other names, pinyin and ids included (`baidu-wallet`).
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names it had before; found like the others.
    #[serde(default)]
    pub former: Vec<String>,
    /// What became of it, where it was renamed or closed.
    #[serde(default)]
    pub became: Option<Text>,
    /// Where it does business (ISO 3166), `*` for many countries. Chinese complaint lines are only
    /// offered for `CN`.
    #[serde(default = "china")]
    pub region: String,
    /// Companies behind it, as they stand on bills.
    #[serde(default)]
    pub legal: Vec<String>,
    /// Short names at the head of a line of a card's bill: `财付通` of 财付通-某商户, `TENPAY`.
    #[serde(default)]
    pub bill: Vec<String>,
    /// What one should know before calling.
    #[serde(default)]
    pub note: Option<Text>,
    /// "Publishes no phone line": a valid answer, with its reason.
    #[serde(default)]
    pub no_phone: Option<Text>,
    /// Numbers to call, the first the one to offer.
    #[serde(default)]
    pub hotlines: Vec<Hotline>,
    /// Other ways.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// What the web claims and nothing backs.
    #[serde(default)]
    pub claims: Vec<Claim>,
    /// Numbers it is known to call *from*.
    #[serde(default)]
    pub calls_from: Vec<Claim>,
    /// Sources of what is said outside a hotline.
    #[serde(default)]
    #[ts(as = "Vec<Citation>")]
    pub sources: Sources,
}

/// What can be said of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum NumberVerdict {
    /// In the directory; caller ID proves nothing: hang up and dial it yourself.
    Listed,
    /// Claimed on the web as somebody's line, and nothing official backs it.
    Contradicted,
    /// Looks like a listed number and is not.
    Imitation,
    /// Not in the directory: proves nothing either way.
    Unlisted,
    /// Not a number.
    Invalid,
}

/// What can honestly be said of a number.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct NumberCheck {
    /// As it was read from what was typed.
    pub number: String,
    /// `+86…` where it is an ordinary number; `None` for short codes.
    pub e164: Option<String>,
    /// The verdict.
    pub verdict: NumberVerdict,
    /// Whose line it is, or is claimed to be.
    pub provider: Option<String>,
    /// The genuine line to dial instead, within `provider`.
    pub line: Option<String>,
    /// Why.
    pub explanation: Text,
    /// What to do.
    pub advice: Text,
    /// Where this comes from.
    #[ts(as = "Vec<Citation>")]
    pub sources: Sources,
    /// The other numbers of the same text.
    pub others: Vec<OtherNumber>,
    /// What the user noted of this number; says nothing official.
    pub yours: Option<String>,
}

/// Another number of a text that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct OtherNumber {
    /// As it was read.
    pub number: String,
    /// Its own verdict.
    pub verdict: NumberVerdict,
    /// Whose line it is, or is claimed to be.
    pub provider: Option<String>,
}
