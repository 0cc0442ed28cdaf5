//! What the law gives the user in a dispute with a provider: data of `assets/rights/rights.toml`.

use super::{Citation, Provider, ProviderKind};
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use ts_rs::TS;

/// A right and the rule it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Right {
    /// Within the file.
    pub id: String,
    /// Where it holds (ISO 3166).
    pub regions: Vec<String>,
    /// Against whom.
    pub kinds: Vec<ProviderKind>,
    /// The rule, its article, its day.
    pub name: Text,
    /// What it gives, in a sentence.
    pub says: Text,
    /// What of it could not be read.
    #[serde(default)]
    pub doubt: Option<Text>,
    /// Where its text was read.
    pub source: Citation,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rights: Vec<Right>,
}

static RIGHTS: LazyLock<Vec<Right>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../assets/rights/rights.toml"))
        .expect("the tests of this module read the shipped file");
    file.rights
});

/// Every right the app knows.
pub fn rights() -> &'static [Right] {
    &RIGHTS
}

impl Provider {
    /// The rights that hold in a dispute with it; none for a wallet of cards, whose issuer owes them, and none
    /// where it does business in many countries: which law holds is not guessed.
    pub fn rights(&self) -> impl Iterator<Item = &'static Right> {
        let (kind, region) = (self.kind, self.region.clone());
        RIGHTS.iter().filter(move |right| right.kinds.contains(&kind) && right.regions.contains(&region))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Directory;

    #[test]
    fn every_right_stands_in_both_languages_once() {
        let mut ids = std::collections::HashSet::new();
        for right in rights() {
            assert!(ids.insert(&right.id), "{}", right.id);
            for text in [&right.name, &right.says, &right.source.what] {
                assert!(!text.zh.is_empty() && !text.en.is_empty(), "{}", right.id);
            }
        }
    }

    #[test]
    fn a_right_is_shown_where_it_holds() {
        let directory = Directory::load();
        let of = |id: &str| -> Vec<&str> {
            directory.get(id).unwrap().rights().map(|right| right.id.as_str()).collect()
        };
        assert!(
            of("alipay").contains(&"cn-ecommerce-57") && of("alipay").contains(&"cn-network-payments-28")
        );
        assert_eq!(of("icbc"), ["cn-ecommerce-57", "cn-cards-4"]);
        assert!(of("apple-pay").is_empty() && of("police-110").is_empty());
        assert_eq!(of("venmo"), ["us-reg-e"]);
    }
}
