//! What a caller wanted, and what official notices say of it: data of `assets/call/wanted.toml`.

use crate::directory::Citation;
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use ts_rs::TS;

/// What a caller asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Asked {
    /// A code, a password.
    Code,
    /// Screen sharing, remote control, a video call.
    Screen,
    /// A transfer to a "safe account".
    SafeAccount,
    /// A fee, deposit or tax before money is released.
    UnfreezeFee,
    /// To cancel a cover or a credit product, or its fee would be charged.
    CancelCover,
    /// To open a link, scan a code or install an app for a refund.
    RefundLink,
}

/// What is said of a thing asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Wanted {
    /// What was asked for.
    pub id: Asked,
    /// As a choice: "a code or a password".
    pub label: Text,
    /// What official notices say they never ask, and what follows.
    pub answer: Text,
    /// What to do if it was done already.
    pub if_done: Text,
    /// Where this comes from.
    pub sources: Vec<Citation>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    wanted: Vec<Wanted>,
}

static WANTED: LazyLock<Vec<Wanted>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../assets/call/wanted.toml"))
        .expect("the tests of this module read the shipped file");
    file.wanted
});

/// Everything a caller may want, in the order it is asked.
pub fn wanted() -> &'static [Wanted] {
    &WANTED
}

/// What is said of one of them.
pub fn answer(asked: Asked) -> &'static Wanted {
    WANTED.iter().find(|wanted| wanted.id == asked).expect("the tests of this module find every one")
}

/// The kebab-case words, as the command line takes them.
pub fn asked(word: &str) -> Option<Asked> {
    serde_json::from_value(serde_json::Value::String(word.trim().to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wish_of_a_caller_has_its_answer_and_its_source() {
        let all = [
            Asked::Code,
            Asked::Screen,
            Asked::SafeAccount,
            Asked::UnfreezeFee,
            Asked::CancelCover,
            Asked::RefundLink,
        ];
        assert_eq!(wanted().iter().map(|wanted| wanted.id).collect::<Vec<_>>(), all);
        for id in all {
            let wanted = answer(id);
            assert!(!wanted.sources.is_empty());
            for text in [&wanted.label, &wanted.answer, &wanted.if_done] {
                assert!(!text.zh.is_empty() && !text.en.is_empty());
                assert!(!text.zh.contains("骗子") && !text.en.to_lowercase().contains("fraudster"));
            }
        }
        assert_eq!(asked("safe-account"), Some(Asked::SafeAccount));
        assert_eq!(asked("safe"), None);
    }
}
