//! Sentences that leave the machine or are quoted in a letter, in both languages.

use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

/// The two languages of the app. Chinese is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Lang {
    /// 简体中文
    #[default]
    Zh,
    /// English
    En,
}

/// The same sentence in Chinese and in English.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Text {
    /// 简体中文
    pub zh: String,
    /// English
    pub en: String,
}

impl Text {
    /// A sentence in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The sentence in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Reads a text of the data: `{ zh, en }`, or a plain string where both languages say the same (a host, a
/// number, a name).
///
/// # Errors
/// What is neither.
pub fn both<'de, D: Deserializer<'de>>(source: D) -> Result<Text, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Same(String),
        Both(Text),
    }
    Ok(match Either::deserialize(source)? {
        Either::Same(same) => Text::new(same.clone(), same),
        Either::Both(text) => text,
    })
}
