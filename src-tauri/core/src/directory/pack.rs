//! A directory in one signed file. The signature is checked over the exact bytes before anything is parsed;
//! a pack that is not newer, not whole or not ours is refused with the reason.
//!
//! ```text
//! recourse-directory-pack 1
//! (four lines of a minisign signature)
//! (empty line)
//! (TOML: schema, version, issued, providers by file name, calendar by file name)
//! ```

use super::calendar::Calendar;
use super::load::Directory;
use crate::text::Text;
use chrono::NaiveDate;
use minisign_verify::{PublicKey, Signature};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// The first line of a pack.
const MAGIC: &str = "recourse-directory-pack 1\n";

/// The newest layout this version reads.
const SCHEMA: u32 = 1;

/// No directory of any real size is larger.
pub const LARGEST_PACK: usize = 4 * 1024 * 1024;

/// The public key packs are signed for: the project's, or another one given when the app is built.
const KEY: &str = match option_env!("RECOURSE_DIRECTORY_KEY") {
    Some(key) => key,
    None => include_str!("../../../../assets/keys/directory.pub"),
};

/// Which edition of the directory is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Edition {
    /// Grows with every edition: the day and a count, `2026112201`.
    #[ts(type = "number")]
    pub version: u64,
    /// The day it was made.
    #[ts(type = "string")]
    pub issued: NaiveDate,
    /// It ships with the app; otherwise it came in a pack.
    pub built_in: bool,
    /// How many providers it holds.
    pub providers: u32,
}

/// Why a pack was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Refusal {
    /// Not a pack at all, or cut short.
    NoPack,
    /// Larger than any directory.
    TooLarge,
    /// Signed by somebody else's key.
    OtherKey,
    /// The signature does not fit the bytes: changed after it was signed.
    Tampered,
    /// Made for a newer version of the app.
    NewerApp,
    /// The content cannot be read, or breaks the directory's own rules.
    Malformed,
    /// Not newer than the one in use.
    NotNewer,
}

impl Refusal {
    /// The reason in words.
    pub fn words(self) -> Text {
        let (zh, en) = match self {
            Self::NoPack => {
                ("这不是目录更新包，或文件不完整。", "This is no directory pack, or it is cut short.")
            }
            Self::TooLarge => ("文件太大，不是目录更新包。", "The file is too large to be a directory pack."),
            Self::OtherKey => (
                "签名不是本应用认可的：制作它的密钥不在本应用里。",
                "It is not signed for this app: the key it was made with is not the app's.",
            ),
            Self::Tampered => (
                "签名与内容不符：文件在签名之后被改过，或已损坏。",
                "The signature does not fit the content: it was changed after signing, or is damaged.",
            ),
            Self::NewerApp => ("它需要更新版本的应用。", "It needs a newer version of the app."),
            Self::Malformed => {
                ("内容不合目录的规则，没有采用。", "Its content breaks the directory's rules.")
            }
            Self::NotNewer => ("它不比现在用的目录新。", "It is not newer than the directory in use."),
        };
        let kept = Text::new("现在的目录没有变。", " The directory in use is unchanged.");
        Text::new(format!("{zh}{}", kept.zh), format!("{en}{}", kept.en))
    }
}

/// What a pack holds, as it is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The layout.
    pub schema: u32,
    /// See [`Edition::version`].
    pub version: u64,
    /// The day it was made.
    pub issued: NaiveDate,
    /// Provider files by name.
    pub providers: BTreeMap<String, String>,
    /// Calendar years by name.
    pub calendar: BTreeMap<String, String>,
}

/// The files this version ships, as the content of a pack.
pub fn shipped(version: u64, issued: NaiveDate) -> Content {
    let owned = |files: Vec<(&str, &str)>| {
        files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
    };
    let (providers, calendar) = super::load::shipped_files();
    Content { schema: SCHEMA, version, issued, providers: owned(providers), calendar: owned(calendar) }
}

impl Content {
    /// The bytes that are signed.
    pub fn bytes(&self) -> Vec<u8> {
        toml::to_string(self).expect("texts, numbers and dates can be written as TOML").into_bytes()
    }
}

/// A pack's file: the content behind its signature (the text of a `.minisig` file).
pub fn packed(signature: &str, content: &[u8]) -> Vec<u8> {
    let mut file = format!("{MAGIC}{}\n\n", signature.trim_end()).into_bytes();
    file.extend_from_slice(content);
    file
}

/// The key packs are signed for, as base64.
pub fn public_key() -> &'static str {
    KEY.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default()
}

/// Reads a pack: signature first, then content, then the directory's own rules, then whether it is newer
/// than `current`.
///
/// # Errors
/// The reason it is refused.
pub fn read(file: &[u8], key: &str, current: u64) -> Result<Directory, Refusal> {
    if file.len() > LARGEST_PACK {
        return Err(Refusal::TooLarge);
    }
    let rest = file.strip_prefix(MAGIC.as_bytes()).ok_or(Refusal::NoPack)?;
    let end = rest.windows(2).position(|pair| pair == b"\n\n").ok_or(Refusal::NoPack)?;
    let (signature, content) = (&rest[..end], &rest[end + 2..]);
    let signature = std::str::from_utf8(signature).map_err(|_| Refusal::NoPack)?;
    let signature = Signature::decode(signature).map_err(|_| Refusal::NoPack)?;
    let key = PublicKey::from_base64(key).map_err(|_| Refusal::OtherKey)?;
    key.verify(content, &signature, false).map_err(|error| match error {
        minisign_verify::Error::UnexpectedKeyId | minisign_verify::Error::UnexpectedAlgorithm => {
            Refusal::OtherKey
        }
        _ => Refusal::Tampered,
    })?;
    let text = std::str::from_utf8(content).map_err(|_| Refusal::Malformed)?;
    // The layout is looked at first: a newer one may hold what this version does not know.
    let schema = text.parse::<toml::Table>().ok().and_then(|table| table.get("schema")?.as_integer());
    if schema.is_some_and(|schema| schema > i64::from(SCHEMA)) {
        return Err(Refusal::NewerApp);
    }
    let content: Content = toml::from_str(text).map_err(|_| Refusal::Malformed)?;
    let files = |files: &BTreeMap<String, String>| -> Vec<(String, String)> {
        files.iter().map(|(name, text)| (name.clone(), text.clone())).collect()
    };
    let (providers, calendar) = (files(&content.providers), files(&content.calendar));
    fn borrowed(files: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
        files.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }
    let calendar = Calendar::from_toml(borrowed(&calendar));
    let mut directory =
        Directory::from_toml(borrowed(&providers), calendar).map_err(|_| Refusal::Malformed)?;
    if directory.all().is_empty() || !directory.audit().is_empty() {
        return Err(Refusal::Malformed);
    }
    if content.version <= current {
        return Err(Refusal::NotNewer);
    }
    directory.set_edition(content.version, content.issued, false);
    Ok(directory)
}

/// One difference between two editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Difference {
    /// The provider's id.
    pub provider: String,
    /// Its name.
    pub name: Text,
    /// Its numbers before; empty where it is new.
    pub before: Vec<String>,
    /// Its numbers after; empty where it is gone.
    pub after: Vec<String>,
}

/// Providers whose numbers differ, the ones that are gone or new among them.
pub fn differences(before: &Directory, after: &Directory) -> Vec<Difference> {
    let numbers = |directory: &Directory, id: &str| -> Vec<String> {
        let found = directory.all().iter().find(|provider| provider.id == id);
        found.map_or_else(Vec::new, |p| p.hotlines.iter().map(|line| line.number.clone()).collect())
    };
    let mut all: BTreeMap<&str, &Text> = BTreeMap::new();
    for provider in before.all().iter().chain(after.all()) {
        all.insert(&provider.id, &provider.name);
    }
    let known = |directory: &Directory, id: &str| directory.all().iter().any(|provider| provider.id == id);
    all.into_iter()
        .map(|(id, name)| Difference {
            provider: id.to_owned(),
            name: name.clone(),
            before: numbers(before, id),
            after: numbers(after, id),
        })
        .filter(|one| one.before != one.after || known(before, &one.provider) != known(after, &one.provider))
        .collect()
}

#[cfg(test)]
mod tests;
