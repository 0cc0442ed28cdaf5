//! What the shape of a number says, with its source: data of `assets/numbers/`. Short codes are told apart
//! by rules of our own, since libraries of the world's numbering plans hold none of them.

use super::index::{is_mobile, is_shared_cost, split_area};
use super::{Citation, Sources};
use crate::text::Text;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::LazyLock;

/// What is said of a number that is not in the directory, by its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Shape {
    /// 950, 951, 952, 954, 957.
    CallCentre,
    /// 953, 955, 956.
    Finance,
    /// An area code and a short code.
    AreaAndCode,
    /// 162, 165, 167, 170, 171.
    VirtualOperator,
    /// Another country's.
    Abroad,
    /// 106…
    MessageSender,
    /// 400, 800.
    SharedCost,
    /// 100xx, 1010xxxx, 116xxx, 118xxx, 123xx, 96xxx.
    PublicCode,
    /// 110, 119, 120, 122.
    Emergency,
    /// Anything else.
    Other,
}

/// A pattern of imitation that was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Pattern {
    /// Digits in front of a genuine code.
    Prefixed,
    /// A country code in front of a domestic number.
    International,
    /// A message sender that ends in a genuine code.
    Sender,
    /// Characters that are not what they seem.
    Disguised,
    /// One slip away from a listed number.
    OneDigitOff,
}

/// A sentence with its sources.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Remark {
    id: Shape,
    pub(super) explanation: Text,
    pub(super) sources: Sources,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Imitations {
    id: Pattern,
    sources: Sources,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    unlisted: Vec<Remark>,
    imitations: Vec<Imitations>,
}

/// A short code that is somebody's own line outside the directory.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Assigned {
    number: String,
    pub(super) owner: Text,
    file: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Assignments {
    source: Citation,
    assigned: Vec<Assigned>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../assets/numbers/rules.toml"))
        .expect("the tests of this module read the shipped file")
});

static ASSIGNED: LazyLock<(Citation, FxHashMap<String, Assigned>)> = LazyLock::new(|| {
    let read: Assignments = toml::from_str(include_str!("../../../../assets/numbers/assigned.toml"))
        .expect("the tests of this module read the shipped file");
    (read.source, read.assigned.into_iter().map(|one| (one.number.clone(), one)).collect())
});

/// What is said of a number of this shape.
pub(super) fn remark(shape: Shape) -> &'static Remark {
    let of = |wanted: Shape| RULES.unlisted.iter().find(|remark| remark.id == wanted);
    of(shape).or(of(Shape::Other)).expect("the tests of this module find a remark for every shape")
}

/// Where a pattern of imitation was seen.
pub(super) fn seen(pattern: Pattern) -> &'static Sources {
    static NONE: LazyLock<Sources> = LazyLock::new(Sources::default);
    RULES.imitations.iter().find(|one| one.id == pattern).map_or(&NONE, |one| &one.sources)
}

/// Whose line a short code outside the directory is, by a community list.
pub(super) fn assigned(digits: &str) -> Option<&'static Assigned> {
    ASSIGNED.1.get(digits)
}

impl Assigned {
    /// The list's card of it.
    pub(super) fn source(&self) -> Sources {
        let mut source = ASSIGNED.0.clone();
        source.what.zh.push_str(&format!(" data/{}", self.file));
        source.what.en.push_str(&format!(", data/{}", self.file));
        source.into()
    }
}

/// The shape of canonical digits. Sources: `assets/numbers/rules.toml`.
pub(super) fn shape(digits: &str) -> Shape {
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| digits.starts_with(prefix));
    let length = digits.len();
    if begins(&["+"]) {
        return if begins(&["+86"]) { Shape::Other } else { Shape::Abroad };
    }
    if ["110", "119", "120", "122"].contains(&digits) {
        return Shape::Emergency;
    }
    match length {
        5..=8 if begins(&["950", "951", "952", "954", "957"]) => Shape::CallCentre,
        5..=8 if begins(&["953", "955", "956"]) => Shape::Finance,
        5 | 6 if begins(&["100", "101", "111", "116", "118", "123", "96"]) => Shape::PublicCode,
        8 if begins(&["1010"]) => Shape::PublicCode,
        9.. if begins(&["106"]) => Shape::MessageSender,
        _ if is_shared_cost(digits) => Shape::SharedCost,
        _ if is_mobile(digits) && begins(&["162", "165", "167", "170", "171"]) => Shape::VirtualOperator,
        _ if split_area(digits).is_some_and(|(_, local)| matches!(local.len(), 5 | 6)) => Shape::AreaAndCode,
        _ => Shape::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Directory;
    use std::collections::HashSet;

    #[test]
    fn every_shape_has_its_sentence_and_every_sentence_its_source() {
        for shape in [
            Shape::CallCentre,
            Shape::Finance,
            Shape::AreaAndCode,
            Shape::VirtualOperator,
            Shape::Abroad,
            Shape::MessageSender,
            Shape::SharedCost,
            Shape::PublicCode,
            Shape::Emergency,
            Shape::Other,
        ] {
            let remark = remark(shape);
            assert_eq!(remark.id, shape);
            assert!(!remark.sources.is_empty() && !remark.explanation.en.is_empty());
        }
        let patterns = [Pattern::Prefixed, Pattern::International, Pattern::Sender, Pattern::Disguised];
        for pattern in patterns.into_iter().chain([Pattern::OneDigitOff]) {
            assert!(!seen(pattern).is_empty());
        }
    }

    #[test]
    fn an_assigned_code_stands_once_and_is_no_line_of_the_directory() {
        let directory = Directory::load();
        let text = include_str!("../../../../assets/numbers/assigned.toml");
        let read: Assignments = toml::from_str(text).unwrap();
        let mut seen = HashSet::new();
        for one in &read.assigned {
            assert!(seen.insert(&one.number), "{}", one.number);
            assert!(directory.numbers.hotline(&one.number).is_none(), "{} is listed", one.number);
            assert!(one.source().iter().all(|source| source.what.en.contains(&one.file)));
        }
    }

    #[test]
    fn a_shape_is_told_by_its_digits() {
        for (digits, expected) in [
            ("95189", Shape::CallCentre),
            ("95589", Shape::Finance),
            ("9510211", Shape::CallCentre),
            ("10086", Shape::PublicCode),
            ("12333", Shape::PublicCode),
            ("10101111", Shape::PublicCode),
            ("1069012312345", Shape::MessageSender),
            ("17012345678", Shape::VirtualOperator),
            ("13800138000", Shape::Other),
            ("02195533", Shape::AreaAndCode),
            ("01012345678", Shape::Other),
            ("4001234567", Shape::SharedCost),
            ("+442079460000", Shape::Abroad),
            ("120", Shape::Emergency),
        ] {
            assert_eq!(shape(digits), expected, "{digits}");
        }
    }
}
