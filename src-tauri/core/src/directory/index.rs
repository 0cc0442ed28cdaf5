//! From digits to what the directory says of them.

use super::Provider;
use super::dial::dialable;
use crate::error::Result;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// Written in the data for "this number behind any area code".
const ANY_AREA: &str = "地区号+";

/// In what role a number stands in the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// A number to call.
    Hotline,
    /// A number the provider is known to call from.
    CallsFrom,
    /// Claimed by pages, backed by nothing.
    Claim,
}

/// One place where a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) role: Role,
    /// Place of the provider in the directory.
    pub(super) provider: usize,
    /// Place within the provider's list of that role.
    pub(super) item: usize,
}

/// Every number of the directory by its digits.
#[derive(Debug, Clone, Default)]
pub(super) struct NumberIndex {
    exact: FxHashMap<String, Vec<Entry>>,
    /// Numbers that the data names behind any area code.
    any_area: FxHashMap<String, Vec<Entry>>,
    /// 400 and 800 hotlines with one digit left open (`400?205555`) or two neighbours swapped.
    near: FxHashMap<String, Entry>,
    /// Digits that are one slip away from a listed 95 code, with the likeliest of those it resembles.
    near_codes: FxHashMap<String, (usize, Entry)>,
}

impl NumberIndex {
    pub(super) fn over(providers: &[Provider]) -> Result<Self> {
        let mut index = Self::default();
        for (provider, entry) in providers.iter().enumerate() {
            for (item, hotline) in entry.hotlines.iter().enumerate() {
                let place = Entry { role: Role::Hotline, provider, item };
                index.put(international(&dialable(&hotline.number)?, &hotline.region), place);
                index.put(spelled(&hotline.number)?, place);
            }
            let lists = [(Role::CallsFrom, &entry.calls_from), (Role::Claim, &entry.claims)];
            for (role, claims) in lists {
                for (item, claim) in claims.iter().enumerate() {
                    let place = Entry { role, provider, item };
                    match claim.number.strip_prefix(ANY_AREA) {
                        Some(short) => index.any_area.entry(dialable(short)?).or_default().push(place),
                        None => {
                            index.put(international(&dialable(&claim.number)?, &entry.region), place);
                            index.put(spelled(&claim.number)?, place);
                        }
                    }
                }
            }
        }
        for entries in index.exact.values_mut() {
            entries.sort_by_key(|entry| entry.role);
        }
        index.near = index
            .exact
            .iter()
            .filter(|(digits, entries)| is_shared_cost(digits) && entries[0].role == Role::Hotline)
            .flat_map(|(digits, entries)| slips(digits).map(|slip| (slip, entries[0])))
            .collect();
        let mut codes: Vec<(&String, Entry)> = index
            .exact
            .iter()
            .filter(|(digits, entries)| is_short_95(digits) && entries[0].role == Role::Hotline)
            .map(|(digits, entries)| (digits, entries[0]))
            .collect();
        codes.sort();
        for (code, entry) in codes {
            for (rank, slip) in slips_of_code(code) {
                let known = index.near_codes.entry(slip).or_insert((rank, entry));
                if rank < known.0 {
                    *known = (rank, entry);
                }
            }
        }
        Ok(index)
    }

    fn put(&mut self, digits: String, place: Entry) {
        let entries = self.exact.entry(canonical(&digits)).or_default();
        if !entries.contains(&place) {
            entries.push(place);
        }
    }

    /// What stands under these canonical digits, hotlines first.
    pub(super) fn get(&self, digits: &str) -> &[Entry] {
        self.exact.get(digits).map_or(&[], Vec::as_slice)
    }

    /// The hotline under these canonical digits.
    pub(super) fn hotline(&self, digits: &str) -> Option<Entry> {
        self.get(digits).first().copied().filter(|entry| entry.role == Role::Hotline)
    }

    /// The 400 or 800 hotline that is one changed digit or one swap of neighbours away.
    pub(super) fn near(&self, digits: &str) -> Option<Entry> {
        let swapped = self.near.get(digits).copied();
        swapped.or_else(|| {
            let mut open = digits.to_owned();
            (PREFIX..digits.len()).find_map(|at| {
                open.replace_range(at..=at, OPEN);
                let found = self.near.get(&open).copied();
                open.replace_range(at..=at, &digits[at..=at]);
                found
            })
        })
    }

    /// The listed 95 code that is one slip away: one digit changed, doubled or dropped, or two swapped.
    pub(super) fn near_code(&self, digits: &str) -> Option<Entry> {
        self.near_codes.get(digits).map(|(_, entry)| *entry)
    }

    /// What the data says of this short code behind an area code.
    pub(super) fn behind_area_code(&self, short: &str) -> Option<Entry> {
        self.any_area.get(short)?.first().copied()
    }
}

/// Stands for any one digit.
const OPEN: &str = "?";
/// How many digits at the front are never open: they make it a 400 or 800 number.
const PREFIX: usize = 3;

/// The digits with each place behind the prefix left open in turn, then with each pair of neighbours swapped.
fn slips(digits: &str) -> impl Iterator<Item = String> {
    let chars: Vec<char> = digits.chars().collect();
    let swaps = chars.clone();
    let opened = (PREFIX..chars.len()).map(move |at| {
        let part = |part: &[char]| part.iter().collect::<String>();
        [&part(&chars[..at]), OPEN, &part(&chars[at + 1..])].concat()
    });
    opened.chain((PREFIX..swaps.len().max(PREFIX + 1) - 1).map(move |at| {
        let mut other = swaps.clone();
        other.swap(at, at + 1);
        other.into_iter().collect()
    }))
}

/// All slips of a short code, the likeliest to be read as it ranked first: a digit doubled or two swapped (the
/// earlier the better, since the eye reads the beginning), then another last digit, then another elsewhere.
fn slips_of_code(code: &str) -> Vec<(usize, String)> {
    let digits: Vec<char> = code.chars().collect();
    let mut slips = Vec::new();
    for at in 0..digits.len() {
        let mut doubled = digits.clone();
        doubled.insert(at, digits[at]);
        slips.push((at, doubled.iter().collect()));
        if at + 1 < digits.len() && digits[at] != digits[at + 1] {
            let mut swapped = digits.clone();
            swapped.swap(at, at + 1);
            slips.push((at, swapped.iter().collect()));
        }
        for other in ('0'..='9').filter(|other| *other != digits[at]) {
            let mut changed = digits.clone();
            changed[at] = other;
            slips.push((if at + 1 == digits.len() { 10 } else { 20 }, changed.iter().collect()));
        }
    }
    slips
}

/// A code of five or six digits that begins with 95.
pub(super) fn is_short_95(digits: &str) -> bool {
    matches!(digits.len(), 5 | 6) && digits.starts_with("95")
}

/// One spelling for one line: `+86` and an area code become the domestic `0…`, everything else stays.
/// A short code or a 400 number behind `+86` stays apart: that is not how such a number is written.
pub(super) fn canonical(digits: &str) -> String {
    let Some(rest) = digits.strip_prefix("+86") else { return digits.to_owned() };
    if is_mobile(rest) {
        return rest.to_owned();
    }
    let domestic = format!("0{rest}");
    match split_area(&domestic) {
        // Beijing's 10 and the like also begin service numbers: +86 10086 is no line of area 010.
        Some((_, local)) if local.len() >= 5 && !is_service_number(rest) => domestic,
        _ => digits.to_owned(),
    }
}

/// A mainland mobile number.
pub(super) fn is_mobile(digits: &str) -> bool {
    digits.len() == 11
        && digits.starts_with('1')
        && !digits.starts_with("10")
        && !digits.starts_with("11")
        && !digits.starts_with("12")
}

/// A domestic code or number that has no form with a country code: 95xxx, 96xxx, 100xx, 123xx, 400, 800.
pub(super) fn is_service_number(digits: &str) -> bool {
    let short = matches!(digits.len(), 5 | 6)
        && ["95", "96", "100", "101", "102", "123", "111", "116", "118"]
            .iter()
            .any(|p| digits.starts_with(p));
    let long_short = digits.len() == 8 && digits.starts_with("1010")
        || digits.len() == 7 && (digits.starts_with("951") || digits.starts_with("952"));
    short || long_short || is_shared_cost(digits) || matches!(digits, "110" | "119" | "120" | "122")
}

/// A 400 or 800 number.
pub(super) fn is_shared_cost(digits: &str) -> bool {
    digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"))
}

/// Area code (with its zero) and local number of a domestic landline.
pub(super) fn split_area(digits: &str) -> Option<(&str, &str)> {
    let rest = digits.strip_prefix('0')?;
    let length = match rest.as_bytes().first()? {
        // 010, 02x have three digits with the zero, all others four (numbering plan; general knowledge).
        b'1' | b'2' => 3,
        b'3'..=b'9' => 4,
        _ => return None,
    };
    (digits.len() > length && !digits.starts_with("00")).then(|| digits.split_at(length))
}

/// The digits of a printed number as they are read when typed so; 1-800-… with a +, or it would read as a
/// mobile number.
fn spelled(printed: &str) -> Result<String> {
    let digits = dialable(printed)?;
    Ok(north_american(printed).unwrap_or(digits))
}

/// `+1…` for a number grouped as in North America: 1-800-275-2273, 1 (800) 275-2273.
pub(super) fn north_american(printed: &str) -> Option<String> {
    if !printed.trim_start_matches(|c: char| !c.is_ascii_digit()).starts_with('1') || printed.len() < 14 {
        return None;
    }
    let groups: Vec<&str> = printed.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
    let plain = printed.bytes().all(|b| b.is_ascii_digit() || b" -.()".contains(&b));
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    (plain && groups.first() == Some(&"1") && lengths == [1, 3, 3, 4])
        .then(|| format!("+{}", groups.concat()))
}

/// A foreign line's digits with its country code, where the region is one whose code is sure.
pub(super) fn international(digits: &str, region: &str) -> String {
    const COUNTRY_CODES: [(&str, &str); 17] = [
        ("US", "1"),
        ("CA", "1"),
        ("HK", "852"),
        ("IN", "91"),
        ("GB", "44"),
        ("JP", "81"),
        ("KR", "82"),
        ("SG", "65"),
        ("TH", "66"),
        ("VN", "84"),
        ("ID", "62"),
        ("PH", "63"),
        ("BR", "55"),
        ("KE", "254"),
        ("CH", "41"),
        ("AR", "54"),
        ("TW", "886"),
    ];
    let code = COUNTRY_CODES.iter().find(|(known, _)| *known == region).map(|(_, code)| *code);
    match code {
        Some(code) if !digits.starts_with('+') && digits.len() >= 7 => {
            let national = digits.strip_prefix('0').unwrap_or(digits);
            let twice = national.strip_prefix(code).filter(|rest| rest.len() >= 8 && code != "44");
            format!("+{code}{}", twice.unwrap_or(national))
        }
        _ => digits.to_owned(),
    }
}

/// A name as it is looked up: width, case, spaces and hyphens do not matter.
pub(super) fn name_key(name: &str) -> String {
    let kept = name.nfkc().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '·'));
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_one_spelling() {
        assert_eq!(canonical("+862161295599"), "02161295599");
        assert_eq!(canonical("+8613800138000"), "13800138000");
        assert_eq!(canonical("+862895533"), "02895533");
        assert_eq!(canonical("+8695588"), "+8695588");
        assert_eq!(canonical("+864006700700"), "+864006700700");
        assert_eq!(canonical("+8610086"), "+8610086");
        assert_eq!(canonical("+85239882388"), "+85239882388");
    }

    #[test]
    fn a_landline_is_split_behind_its_area_code() {
        assert_eq!(split_area("057188158198"), Some(("0571", "88158198")));
        assert_eq!(split_area("01095588"), Some(("010", "95588")));
        assert_eq!(split_area("0095588"), None);
        assert_eq!(split_area("4008205555"), None);
    }

    #[test]
    fn names_are_found_whatever_their_width_case_and_spaces() {
        assert_eq!(name_key("ＡＰＰＬＥ　Pay"), name_key("apple-pay"));
    }
}
