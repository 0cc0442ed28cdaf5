//! The words by which one statement points at another, and finding them in a text in one pass.

use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What kind of statement a provider's rows come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Role {
    /// Pays from a card or a balance.
    Wallet,
    /// Holds the money.
    Bank,
    /// Holds none: a card stands behind it.
    Through,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    empty: Vec<String>,
    fronts: Vec<String>,
    provider: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    role: Role,
    #[serde(default)]
    seen: Vec<String>,
    #[serde(default)]
    said: Vec<String>,
    #[serde(default)]
    accounts: Vec<String>,
}

/// Providers as bits, in the order of the file.
pub(super) type Providers = u128;

/// What a text names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// All providers whose words stand in it.
    pub all: Providers,
    /// The first of them.
    pub first: Providers,
    /// Whether it names a company that takes payments for shops and is no provider.
    pub taker: bool,
}

impl Named {
    /// What two texts name together; the first word of `self` stays the first.
    pub fn and(self, other: Self) -> Self {
        let first = if self.first == 0 { other.first } else { self.first };
        Self { all: self.all | other.all, first, taker: self.taker || other.taker }
    }
}

/// What a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    /// Nothing of who was paid.
    Nothing,
    /// A company that takes payments for shops.
    Taker,
    /// A provider, by its place in the file.
    Provider(u32),
}

/// Every word of the file, ready to be looked for.
pub(super) struct Marks {
    roles: Vec<Role>,
    places: HashMap<String, u32>,
    /// Words by their first character, lower case, the longest first.
    words: BTreeMap<char, Vec<(String, Says)>>,
    /// How account numbers begin, and whose they are then.
    accounts: Vec<(String, u32)>,
    /// A bit for each character of the basic plane that begins a word: most do not, and are passed in no time.
    begins: Box<[u64; 1024]>,
}

static MARKS: LazyLock<Marks> = LazyLock::new(|| {
    Marks::read(include_str!("../../../../../assets/ledger/marks.toml"))
        .expect("the tests of this module read the shipped file")
});

impl Marks {
    /// Those that ship.
    pub fn shipped() -> &'static Self {
        &MARKS
    }

    fn read(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let mut marks = Self {
            roles: Vec::new(),
            places: HashMap::new(),
            words: BTreeMap::new(),
            accounts: Vec::new(),
            begins: Box::new([0; 1024]),
        };
        for word in file.empty {
            marks.learn(&word, Says::Nothing);
        }
        for word in file.fronts {
            marks.learn(&word, Says::Taker);
        }
        for (place, entry) in file.provider.into_iter().enumerate() {
            let place = place as u32;
            marks.roles.push(entry.role);
            marks.places.insert(entry.id, place);
            for word in entry.seen.iter().chain(&entry.said) {
                marks.learn(word, Says::Provider(place));
            }
            marks.accounts.extend(entry.accounts.into_iter().map(|begin| (begin, place)));
        }
        for words in marks.words.values_mut() {
            words.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        }
        Ok(marks)
    }

    fn learn(&mut self, word: &str, says: Says) {
        let word = word.to_lowercase();
        let Some(first) = word.chars().next() else { return };
        self.words.entry(first).or_default().push((word, says));
        if let Ok(point) = u16::try_from(u32::from(first)) {
            self.begins[usize::from(point >> 6)] |= 1 << (point & 63);
        }
    }

    fn may_begin(&self, c: char) -> bool {
        u16::try_from(u32::from(c)).is_ok_and(|p| self.begins[usize::from(p >> 6)] >> (p & 63) & 1 == 1)
    }

    /// The provider's bit; 0 for one the file does not know.
    pub fn bit(&self, provider: &str) -> Providers {
        self.places.get(provider).map_or(0, |place| 1 << place)
    }

    /// Whose an account is by the beginning of its number.
    pub fn of_account(&self, number: &str) -> Providers {
        let whose = self.accounts.iter().find(|(begin, _)| number.starts_with(begin.as_str()));
        whose.map_or(0, |(_, place)| 1 << place)
    }

    /// What kind of statement it writes; `None` for one the file does not know.
    pub fn role(&self, provider: &str) -> Option<Role> {
        self.places.get(provider).map(|place| self.roles[*place as usize])
    }

    /// Whether its rows are bookings of an account; a file that does not say whose it is is a bank's.
    pub fn is_booked(&self, provider: &str) -> bool {
        provider.is_empty() || self.role(provider) == Some(Role::Bank)
    }

    /// Those of `providers` that hold money or pay with it themselves.
    pub fn holders(&self, providers: Providers) -> Providers {
        self.of_role(providers, |role| role != Role::Through)
    }

    /// Those of `providers` that are wallets.
    pub fn wallets(&self, providers: Providers) -> Providers {
        self.of_role(providers, |role| role == Role::Wallet)
    }

    /// Those of `providers` that stand in front of a shop on a bank's line: all but banks.
    pub fn fronts(&self, providers: Providers) -> Providers {
        self.of_role(providers, |role| role != Role::Bank)
    }

    /// Those of `providers` that are banks.
    pub fn banks(&self, providers: Providers) -> Providers {
        self.of_role(providers, |role| role == Role::Bank)
    }

    fn of_role(&self, providers: Providers, wanted: impl Fn(Role) -> bool) -> Providers {
        let mut kept = 0;
        let mut rest = providers;
        while rest != 0 {
            let place = rest.trailing_zeros();
            rest &= rest - 1;
            if wanted(self.roles[place as usize]) {
                kept |= 1 << place;
            }
        }
        kept
    }

    /// The providers that a text names.
    pub fn named(&self, text: &str) -> Named {
        let mut named = Named::default();
        self.each(text, |_, _, says| {
            let provider = match says {
                Says::Provider(place) => 1 << place,
                Says::Taker | Says::Nothing => 0,
            };
            named.taker |= says == Says::Taker;
            named.all |= provider;
            if named.first == 0 {
                named.first = provider;
            }
        });
        named
    }

    /// Hands over the parts of a text that stand between providers' names and words that say nothing.
    pub fn between_names(&self, text: &str, mut part: impl FnMut(&str)) {
        let mut from = 0;
        self.each(text, |begin, end, _| {
            part(&text[from..begin]);
            from = end;
        });
        part(&text[from..]);
    }

    /// Calls `found(from, to, says)` for each word, from the left, without overlaps.
    fn each(&self, text: &str, mut found: impl FnMut(usize, usize, Says)) {
        let mut before = ' ';
        let mut skip = 0;
        for (at, c) in text.char_indices() {
            let preceding = std::mem::replace(&mut before, c);
            if at < skip || !self.may_begin(c.to_ascii_lowercase()) {
                continue;
            }
            let Some(words) = self.words.get(&c.to_ascii_lowercase()) else { continue };
            let rest = &text.as_bytes()[at..];
            let hit = words.iter().find(|(word, _)| {
                let bytes = word.as_bytes();
                rest.len() >= bytes.len()
                    && rest[..bytes.len()].eq_ignore_ascii_case(bytes)
                    && (!c.is_ascii() || stands_alone(preceding, rest.get(bytes.len()).copied()))
            });
            if let Some((word, says)) = hit {
                skip = at + word.len();
                found(at, skip, *says);
            }
        }
    }
}

/// Latin words are whole words.
fn stands_alone(before: char, after: Option<u8>) -> bool {
    !before.is_ascii_alphanumeric() && !after.is_some_and(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::{Directory, ProviderKind};

    fn read() -> File {
        toml::from_str(include_str!("../../../../../assets/ledger/marks.toml")).unwrap()
    }

    #[test]
    fn every_provider_of_the_file_is_in_the_directory_in_its_role() {
        let directory = Directory::load();
        for entry in read().provider {
            let provider = directory.get(&entry.id).unwrap_or_else(|| panic!("{} is no provider", entry.id));
            assert_eq!(provider.id, entry.id, "the id itself, no other name");
            let bank = provider.kind == ProviderKind::Bank;
            assert_eq!(bank, entry.role == Role::Bank, "{}", entry.id);
        }
    }

    #[test]
    fn no_word_points_two_ways_and_a_bank_is_called_as_in_the_directory() {
        let directory = Directory::load();
        let mut taken: HashMap<String, String> = HashMap::new();
        for entry in read().provider {
            for word in entry.seen.iter().chain(&entry.said) {
                assert_eq!(word.trim(), word);
                let other = taken.insert(word.to_lowercase(), entry.id.clone());
                assert_eq!(other, None, "{word} stands twice");
                if entry.role == Role::Bank && word.ends_with('行') {
                    assert_eq!(directory.issuer(word).map(|found| found.id.as_str()), Some(&*entry.id));
                }
            }
        }
        assert!(taken.len() < 1000 && read().provider.len() <= 128);
    }

    #[test]
    fn a_line_names_the_wallet_in_front_and_the_shop_behind() {
        let marks = Marks::shipped();
        let named = marks.named("财付通-京东商城平台商户");
        assert_eq!(named.first, marks.bit("wechat-pay"));
        assert_eq!(named.all, marks.bit("wechat-pay") | marks.bit("jd-pay"));
        assert_eq!(marks.named("APPLEPAY MEITUAN 北京").first, marks.bit("apple-pay"));
        assert_eq!(marks.named("工商银行(9876)").all, marks.bit("icbc"));
        assert_eq!(marks.named("中国银行(香港)").all, marks.bit("bochk"));
        assert_eq!(marks.holders(marks.named("云闪付-中信银行(6428)").all), marks.bit("citic"));
    }

    #[test]
    fn a_latin_word_inside_another_names_nobody() {
        let marks = Marks::shipped();
        assert_eq!(marks.named("ABCDE alipayx PP123 零钱").all, 0);
        assert_eq!(marks.named("").all, 0);
        assert_eq!(marks.named("北京东方酒店 南京东路").all, 0, "no 京东");
        assert_eq!(marks.named("快捷支付宝").all, marks.bit("alipay"));
    }

    #[test]
    fn names_are_taken_out_of_a_text() {
        let mut parts = Vec::new();
        Marks::shipped()
            .between_names("支付宝-青禾公司 PayPal 店", |part| parts.push(part.to_owned()));
        assert_eq!(parts, ["", "-青禾", " ", " 店"]);
    }
}
