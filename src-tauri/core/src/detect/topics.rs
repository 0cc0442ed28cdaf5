//! What the words of a row are about: families of words, read once a distinct text.
//!
//! The families are data (`assets/detect/topics.toml`); lists of [`Words`]s are found on the same way. A ledger says
//! the same things over and over, so each distinct text is read once and remembered by number; a row's topics are
//! then one look-up.

use super::phrase::{LISTS, Words};
use super::scam_words;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use std::collections::BTreeMap;
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
    /// To a bank card, one's own or anybody's.
    ToCard,
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
    /// What somebody new is paid for on purpose.
    Purpose,
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
    /// A move, and what stands in a home.
    Dwelling,
    /// Games and live streams.
    Play,
}

/// A set of topics, and of lists of words in the upper bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Topics(u64);

/// The bit of the first list.
const FIRST_LIST: u8 = 48;

impl Topics {
    /// Whether a word of the list stands in the text.
    pub const fn holds(self, list: Words) -> bool {
        self.0 & (1 << (FIRST_LIST + list as u8)) != 0
    }

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

    /// `topic` alone.
    pub const fn of(topic: Topic) -> Self {
        Self(1 << topic as u64)
    }

    /// Only `topic`, where it is among them.
    pub const fn only(self, topic: Topic) -> Self {
        Self(self.0 & Self::of(topic).0)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    words: Vec<String>,
}

/// A word, and the bit of what it is about.
struct Word {
    word: String,
    bit: u8,
    stands: Stands,
}

/// How a word must stand in a text.
#[derive(Clone, Copy)]
enum Stands {
    /// In any case; a word of Latin letters alone.
    Alone,
    /// Exactly so, in whatever it stands.
    AsWritten,
    /// In any case, and no part of the longer words of its list.
    ByItself,
}

/// The words by their first letter in lower case.
struct Index {
    /// A bit for each first letter below 65,536: most letters begin no word.
    begins: Vec<u64>,
    first: FxHashMap<char, Vec<Word>>,
}

impl Index {
    fn put(&mut self, word: &str, bit: u8, stands: Stands) {
        if let Some(letter) = word.chars().next().map(|letter| letter.to_ascii_lowercase()) {
            let place = letter as usize;
            if let Some(bits) = self.begins.get_mut(place >> 6) {
                *bits |= 1 << (place & 63);
            }
            self.first.entry(letter).or_default().push(Word { word: word.to_owned(), bit, stands });
        }
    }

    /// Words that begin with this letter.
    fn of(&self, letter: char) -> &[Word] {
        let place = letter as usize;
        if self.begins.get(place >> 6).is_some_and(|bits| bits & (1 << (place & 63)) == 0) {
            return &[];
        }
        self.first.get(&letter).map_or(&[], Vec::as_slice)
    }
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let families: BTreeMap<String, Family> =
        toml::from_str(include_str!("../../../../assets/detect/topics.toml"))
            .expect("the list ships with the app and a test reads it");
    let mut index = Index { begins: vec![0; 1024], first: FxHashMap::default() };
    for (name, family) in families {
        let topic = topic_of(&name).expect("a test reads every family's name");
        family.words.iter().for_each(|word| index.put(word, topic as u8, Stands::Alone));
    }
    for (list, words) in LISTS {
        words.iter().for_each(|word| index.put(word, FIRST_LIST + list as u8, Stands::AsWritten));
    }
    for word in scam_words::every() {
        index.put(word, FIRST_LIST + Words::Scam as u8, Stands::ByItself);
    }
    index
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
        for Word { word, bit, stands } in INDEX.of(letter.to_ascii_lowercase()) {
            let here = &text[place..];
            let begins = || match stands {
                Stands::Alone => {
                    !PARTS.contains(&(before, word.as_str()))
                        && begins(here, word, before)
                        && !(DENIABLE.contains(bit) && is_denied(&text[..place], &here[word.len()..]))
                }
                Stands::AsWritten => here.starts_with(word.as_str()),
                Stands::ByItself => {
                    let at = place..place + word.len();
                    starts(here, word) && scam_words::stands(&text.to_ascii_lowercase(), &at)
                }
            };
            if found.0 & (1 << bit) == 0 && begins() {
                found.0 |= 1 << bit;
            }
        }
        before = letter;
    }
    found
}

/// What stands before a word that says something else by it: 手续费 is a fee and renews (续费) nothing, and 转账红包 is what a
/// wallet files every transfer under.
const PARTS: [(char, &str); 2] = [('手', "续费"), ('账', "红包")];
/// What goods promise not to cost.
const DENIABLE: [u8; 2] = [Topic::Fee as u8, Topic::Interest as u8];

/// Whether a cost is named in order to say that there is none: 免手续费, 0利息, interest-free.
fn is_denied(before: &str, after: &str) -> bool {
    const NONE: [&str; 9] = ["免", "免收", "不收", "无", "零", "〇", "no ", "zero ", "0% "];
    let before = before.to_lowercase();
    let nought =
        before.strip_suffix('0').is_some_and(|rest| !rest.ends_with(|c: char| c.is_numeric() || c == '.'));
    nought || NONE.iter().any(|none| before.ends_with(none)) || after.to_lowercase().starts_with("-free")
}

/// Whether `text` begins with `word`; a word of Latin letters must stand alone.
fn begins(text: &str, word: &str, before: char) -> bool {
    let bytes = text.as_bytes();
    let latin = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    let inside = latin(word.as_bytes().first()) && before.is_ascii_alphabetic()
        || latin(word.as_bytes().last()) && latin(bytes.get(word.len()));
    !inside && starts(text, word)
}

/// Whether `text` starts with `word` in any case.
fn starts(text: &str, word: &str) -> bool {
    let start = text.as_bytes().get(..word.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
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
    fn a_listed_word_is_found_wherever_the_text_holds_it() {
        let texts = [
            "",
            "房租",
            "10月房租押金",
            "双12大促预售",
            "MyVIPcard",
            "vipp",
            "Vip",
            "hotel Hotel",
            "退款处理中",
        ];
        for (list, words) in LISTS {
            let texts = texts.iter().copied().chain(words.iter().copied());
            for text in texts {
                let holds = words.iter().any(|word| text.contains(word));
                assert_eq!(topics(text).holds(list), holds, "{list:?} {text}");
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
        assert!(topics("微信红包").has(Topic::Gift) && !topics("转账红包").has(Topic::Gift));
    }

    #[test]
    fn a_cost_that_is_denied_is_none() {
        for text in [
            "冰箱 分期免息0利息",
            "12期免手续费",
            "免收服务费",
            "零利息",
            "Interest-free plan",
            "0% interest",
        ] {
            assert!(!topics(text).any(&[Topic::Fee, Topic::Interest]), "{text}");
        }
        for text in ["利息", "本金100利息5", "手续费0.5元", "透支利息", "interest", "账户管理费"]
        {
            assert!(topics(text).any(&[Topic::Fee, Topic::Interest]), "{text}");
        }
    }
}
