//! The assets read into one directory, with the tables that answer questions quickly.

use super::calendar::Calendar;
use super::index::{NumberIndex, name_key};
use super::matching::IssuerNames;
use super::pack::Edition;
use super::whom::BillNames;
use super::{Hotline, Provider, Trust};
use crate::error::{Code, Error, Result};
use chrono::NaiveDate;
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use std::collections::HashMap;

static DIRECTORY: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../assets/directory");
static EDITION: &str = include_str!("../../../../assets/directory-edition.toml");
static CALENDAR: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../assets/calendar");

/// Every provider the app knows, with its hotlines.
#[derive(Debug, Clone)]
pub struct Directory {
    pub(super) providers: Vec<Provider>,
    /// Id, name, alias or company → place in `providers`.
    names: HashMap<String, usize>,
    pub(super) numbers: NumberIndex,
    pub(super) issuers: IssuerNames,
    pub(super) bills: BillNames,
    calendar: Calendar,
    edition: Edition,
}

/// Which edition ships.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct ShippedEdition {
    version: u64,
    issued: NaiveDate,
}

/// What comes first in a list: where most users are, and what is best known.
fn standing(provider: &Provider) -> (bool, Option<Trust>, bool, &str) {
    let best = provider.hotlines.iter().map(|line| line.trust).min();
    (provider.region != "CN", best.or(Some(Trust::Unverified)), best.is_none(), &provider.id)
}

impl Directory {
    /// Reads the directory that ships in the binary.
    pub fn load() -> Self {
        let mut directory = Self::from_toml(texts(&DIRECTORY), Calendar::from_toml(texts(&CALENDAR)))
            .expect("tests/tests/directory.rs reads every shipped file");
        let edition: ShippedEdition =
            toml::from_str(EDITION).expect("tests of packs read the shipped edition");
        directory.set_edition(edition.version, edition.issued, true);
        directory
    }

    /// Which edition this is.
    pub fn edition(&self) -> Edition {
        self.edition
    }

    pub(super) fn set_edition(&mut self, version: u64, issued: NaiveDate, built_in: bool) {
        let providers = u32::try_from(self.providers.len()).unwrap_or(u32::MAX);
        self.edition = Edition { version, issued, built_in, providers };
    }

    /// Reads providers from TOML texts, one a provider, each with the name used in messages.
    ///
    /// # Errors
    /// `Unreadable` where a text does not fit the schema, an id or alias stands twice, or a number
    /// cannot be dialled.
    pub fn from_toml<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
        calendar: Result<Calendar>,
    ) -> Result<Self> {
        let mut providers = Vec::new();
        for (file, text) in files {
            let provider: Provider = toml::from_str(text)
                .map_err(|error| Error::new(Code::Unreadable, format!("directory file {file}: {error}")))?;
            providers.push(provider);
        }
        providers.sort_by(|a, b| standing(a).cmp(&standing(b)));

        let mut names = HashMap::new();
        for (place, provider) in providers.iter().enumerate() {
            for name in spoken_names(provider) {
                let taken = names.insert(name_key(name), place);
                if let Some(other) = taken.filter(|other| *other != place) {
                    let other: &Provider = &providers[other];
                    return Err(Error::new(
                        Code::Unreadable,
                        format!("directory: {name} names both {} and {}", other.id, provider.id),
                    ));
                }
            }
        }
        Ok(Self {
            numbers: NumberIndex::over(&providers)?,
            issuers: IssuerNames::over(&providers),
            bills: BillNames::over(&providers),
            providers,
            names,
            calendar: calendar?,
            edition: Edition { version: 0, issued: NaiveDate::MIN, built_in: false, providers: 0 },
        })
    }

    /// Every provider: those of the mainland first, the best sourced first, then by id.
    pub fn all(&self) -> &[Provider] {
        &self.providers
    }

    /// A provider by its id, a name, an alias or the company on a bill; case, width and spaces do not
    /// matter.
    pub fn get(&self, id_or_alias: &str) -> Option<&Provider> {
        self.names.get(&name_key(id_or_alias)).map(|place| &self.providers[*place])
    }

    /// A hotline by its provider (id or alias) and its own id.
    pub fn line(&self, provider: &str, line: &str) -> Option<&Hotline> {
        self.get(provider)?.hotlines.iter().find(|hotline| hotline.id == line)
    }

    /// Public holidays and make-up working days.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }
}

/// All that a provider may be called by.
fn spoken_names(provider: &Provider) -> impl Iterator<Item = &str> {
    [provider.id.as_str(), provider.name.zh.as_str(), provider.name.en.as_str()]
        .into_iter()
        .chain(provider.aliases.iter().map(String::as_str))
        .chain(provider.former.iter().map(String::as_str))
        .chain(provider.legal.iter().map(String::as_str))
}

/// A file in the binary: its name and its text.
type Named = (&'static str, &'static str);

/// The provider files and the calendar files in the binary.
pub(super) fn shipped_files() -> (Vec<Named>, Vec<Named>) {
    (texts(&DIRECTORY).collect(), texts(&CALENDAR).collect())
}

fn texts<'a>(dir: &'a Dir<'a>) -> impl Iterator<Item = (&'a str, &'a str)> {
    dir.files().filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Directory> {
        Directory::from_toml([("sample.toml", text)], Ok(Calendar::default()))
    }

    #[test]
    fn an_unknown_field_is_refused_with_the_name_of_the_file() {
        let text =
            "id = \"x\"\nkind = \"bank\"\nstatus = \"active\"\nname = { zh = \"甲\", en = \"A\" }\nfax = 1";
        let error = read(text).unwrap_err();
        assert_eq!(error.code, Code::Unreadable);
        assert!(error.detail.contains("sample.toml") && error.detail.contains("fax"), "{}", error.detail);
    }

    #[test]
    fn an_alias_of_two_providers_is_refused() {
        let one = "id = \"a\"\nkind = \"bank\"\nstatus = \"active\"\naliases = [\"同名\"]\nname = { zh = \"甲\", en = \"A1\" }";
        let two = "id = \"b\"\nkind = \"bank\"\nstatus = \"active\"\naliases = [\"同 名\"]\nname = { zh = \"乙\", en = \"B1\" }";
        let error = Directory::from_toml([("a", one), ("b", two)], Ok(Calendar::default())).unwrap_err();
        assert!(error.detail.contains("names both a and b"), "{}", error.detail);
    }

    #[test]
    fn a_number_that_is_no_number_is_refused() {
        for number in ["*2767*3855#", "95188,2", "95188;ext=1", "95l88", "12", "+0123456", "tel:95188"] {
            let text = format!(
                "id = \"a\"\nkind = \"bank\"\nstatus = \"active\"\nname = {{ zh = \"甲\", en = \"A1\" }}\n\
                 [[hotlines]]\nid = \"main\"\nnumber = \"{number}\"\nlabel = {{ zh = \"一\", en = \"one\" }}\n\
                 purpose = \"general\"\ntrust = \"community\"\nregion = \"CN\"\nlanguages = [\"zh\"]\nsources = []"
            );
            assert!(read(&text).is_err(), "{number}");
        }
    }
}
