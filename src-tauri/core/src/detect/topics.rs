//! What the words of a row are about: families of words, read once a distinct text.
//!
//! The families are data (`assets/detect/topics.toml`). A ledger says the same things over and over, so each
//! distinct text is read once and remembered by number; a row's topics are then one look-up.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// A family of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// A payment went through.
    Succeeded,
    /// An order ended.
    Closed,
    /// A payment did not go through.
    Failed,
    /// Nothing was paid yet.
    Unpaid,
    /// A refund is on its way.
    RefundUnderWay,
    /// Somebody said that money will come back.
    RefundPromised,
    /// Money came back.
    Refunded,
    /// All of it was to come back.
    WholeRefund,
    /// Only a part was to come back.
    PartRefund,
    /// For being late or over a limit.
    Penalty,
    /// Interest.
    Interest,
    /// Fees.
    Fee,
    /// Who keeps accounts and lends.
    Lender,
    /// Beside these a fee is a purchase or a bill.
    FeeExpected,
    /// The row says that money was taken.
    Debited,
    /// The row says that none was.
    NotDebited,
    /// One's own fines.
    Fine,
    /// From the wallet to the bank.
    Withdrawal,
    /// Between one's own accounts.
    OwnAccount,
    /// To a person.
    Transfer,
    /// A person's receipt code.
    PersonReceipt,
    /// Weddings, red packets.
    Gift,
    /// Rent and deposits.
    Home,
    /// What a household pays people for.
    Wages,
    /// Bills one does not choose.
    Unchosen,
    /// A shared bill.
    SplitBill,
    /// What recurs by contract.
    Subscription,
    /// What varies by use.
    Metered,
    /// A trial.
    Trial,
    /// A promotion.
    Promotion,
    /// The user changed the plan.
    OwnChange,
    /// Another's card in the family.
    FamilyCard,
    /// Sold again and again at one price.
    Repeated,
    /// Bought in twos.
    InTwos,
    /// Tiny by nature.
    SmallExpected,
    /// A foreign currency.
    Foreign,
    /// Money held.
    Hold,
    /// A hold ended.
    Release,
    /// A deposit.
    Deposit,
}

/// A set of topics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Topics(u64);

impl Topics {
    /// Whether `topic` is among them.
    pub const fn has(self, topic: Topic) -> bool {
        self.0 & (1 << topic as u64) != 0
    }

    /// Whether any of `topics` is among them.
    pub fn any(self, topics: &[Topic]) -> bool {
        topics.iter().any(|&topic| self.has(topic))
    }

    /// Both together.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Only `topic`, where it is among them.
    pub const fn only(self, topic: Topic) -> Self {
        Self(self.0 & (1 << topic as u64))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    words: Vec<String>,
}

/// The words by their first letter, each with its topic.
struct Index {
    first: HashMap<char, Vec<(String, Topic)>>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let families: BTreeMap<String, Family> =
        toml::from_str(include_str!("../../../../assets/detect/topics.toml"))
            .expect("the list ships with the app and a test reads it");
    let mut first: HashMap<char, Vec<(String, Topic)>> = HashMap::new();
    for (name, family) in families {
        let topic = topic_of(&name).expect("a test reads every family's name");
        for word in family.words {
            if let Some(letter) = word.chars().next() {
                first.entry(letter).or_default().push((word, topic));
            }
        }
    }
    Index { first }
});

fn topic_of(name: &str) -> Option<Topic> {
    let name: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
    Topic::deserialize(name).ok()
}

/// What `text` is about.
pub fn topics(text: &str) -> Topics {
    let mut found = Topics::default();
    let mut before = ' ';
    for (place, letter) in text.char_indices() {
        let lower = letter.to_ascii_lowercase();
        for (word, topic) in INDEX.first.get(&lower).map_or(&[][..], Vec::as_slice) {
            // 手续费 is a fee, and renews (续费) nothing.
            let of_fee = before == '手' && word == "续费";
            if !found.has(*topic) && !of_fee && begins(&text[place..], word, before) {
                found.0 |= 1 << *topic as u64;
            }
        }
        before = letter;
    }
    found
}

/// Whether `text` begins with `word`; a word of Latin letters must stand alone.
fn begins(text: &str, word: &str, before: char) -> bool {
    let bytes = text.as_bytes();
    let same = bytes.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()));
    let latin = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    let inside = latin(word.as_bytes().first()) && before.is_ascii_alphabetic()
        || latin(word.as_bytes().last()) && latin(bytes.get(word.len()));
    same && !inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_has_a_topic_and_its_words_stand_in_lower_case() {
        let families: BTreeMap<String, Family> =
            toml::from_str(include_str!("../../../../assets/detect/topics.toml")).unwrap();
        assert!(families.len() >= 30);
        for (name, family) in families {
            assert!(topic_of(&name).is_some(), "{name}");
            assert!(!family.words.is_empty(), "{name}");
            for word in &family.words {
                assert_eq!(word, &word.to_ascii_lowercase(), "{name}");
            }
        }
    }

    #[test]
    fn a_latin_word_stands_alone_and_chinese_words_stand_anywhere() {
        assert!(topics("Late Fee").has(Topic::Fee) && topics("Late Fee").has(Topic::Penalty));
        assert!(!topics("coffee").has(Topic::Fee) && topics("coffee").has(Topic::InTwos));
        assert!(topics("某卡账户管理费").has(Topic::Fee));
        assert!(
            topics("会员自动续费").has(Topic::Subscription) && !topics("手续费").has(Topic::Subscription)
        );
        assert!(topics("PREMIUM会员").has(Topic::Subscription));
    }
}
