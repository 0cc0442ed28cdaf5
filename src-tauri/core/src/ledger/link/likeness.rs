//! How alike two texts about one payment are: pieces of names, card tails, what a person types of a shop.

use super::marks::Marks;
use crate::ledger::search::pinyin_of;

/// Pieces of a name that say who it is: pairs of Chinese characters, and Latin words of two letters and more,
/// each as a number.
#[derive(Debug, Clone, Default)]
pub(super) struct Pieces(Vec<u64>);

impl Pieces {
    /// The pieces of several texts, providers' own names and words that say nothing left out.
    pub fn of(texts: &[&str], marks: &Marks) -> Self {
        let mut pieces = Vec::new();
        for text in texts.iter().filter(|text| !matches!(text.trim(), "" | "/")) {
            marks.between_names(text, |part| each_piece(part, |piece| pieces.push(piece)));
        }
        pieces.sort_unstable();
        pieces.dedup();
        Self(pieces)
    }

    /// How many pieces both have.
    pub fn shared(&self, other: &Self) -> usize {
        self.0.iter().filter(|piece| other.0.binary_search(piece).is_ok()).count()
    }

    /// All of them as one number.
    pub fn digest(&self) -> u64 {
        let start = 0xcbf2_9ce4_8422_2325_u64;
        self.0.iter().fold(start, |sum, piece| (sum.rotate_left(5) ^ piece).wrapping_mul(0x0100_0000_01b3))
    }

    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Hands over the pieces of a text.
fn each_piece(text: &str, mut found: impl FnMut(u64)) {
    let mut word = Word::default();
    let mut before: Option<char> = None;
    for c in text.chars() {
        if c.is_ascii_alphabetic() {
            word.add(c);
        } else if let Some(piece) = word.take() {
            found(piece);
        }
        let wide = is_wide(c);
        if let (Some(before), true) = (before, wide) {
            found(1 << 63 | u64::from(u32::from(before)) << 32 | u64::from(u32::from(c)));
        }
        before = wide.then_some(c);
    }
    if let Some(piece) = word.take() {
        found(piece);
    }
}

/// A Latin word being read: FNV-1a over its lower-case letters.
#[derive(Default)]
struct Word {
    hash: u64,
    letters: u32,
}

impl Word {
    fn add(&mut self, letter: char) {
        let start = if self.letters == 0 { 0xcbf2_9ce4_8422_2325 } else { self.hash };
        let byte = u64::from(u32::from(letter.to_ascii_lowercase()));
        self.hash = (start ^ byte).wrapping_mul(0x0100_0000_01b3);
        self.letters += 1;
    }

    fn take(&mut self) -> Option<u64> {
        let Self { hash, letters } = std::mem::take(self);
        (letters >= 2).then_some(hash & !(1 << 63))
    }
}

fn is_wide(c: char) -> bool {
    c.is_alphabetic() && !c.is_ascii()
}

/// The last four digits of the one card that a payment method shows; `None` where it shows none, or two.
pub fn card_tail(method: &str) -> Option<[u8; 4]> {
    let mut tail = None;
    for run in method.as_bytes().chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit()) {
        if let Ok(found) = <[u8; 4]>::try_from(run)
            && found[0].is_ascii_digit()
        {
            match tail {
                // 6225****1234: the first four are the issuer's.
                Some(other) if other != found && !method.contains('*') => return None,
                _ => tail = Some(found),
            }
        }
    }
    tail
}

/// Words of any bank or card: a method that has one may be the card of any statement.
const CARD_WORDS: &[&str] =
    &["银行", "卡", "网银", "快捷", "bank", "card", "visa", "mastercard", "checking", "credit", "debit"];

/// Whether a payment method may be a card without saying whose: empty, or words for cards alone.
pub(super) fn is_vague(method: &str) -> bool {
    let plain = method.trim().to_lowercase();
    matches!(plain.as_str(), "" | "/" | "-")
        || CARD_WORDS.iter().any(|word| plain.contains(word))
        || is_masked(&plain)
}

/// A number without a name, all of it but its end hidden: `xxxxxx1234`, `****1234`.
fn is_masked(plain: &str) -> bool {
    let hidden = |c: char| matches!(c, 'x' | '*' | '•' | '·' | '.');
    let shown = plain.trim_start_matches(|c| hidden(c) || matches!(c, ' ' | '-'));
    let digits = (3..=6).contains(&shown.len()) && shown.bytes().all(|byte| byte.is_ascii_digit());
    digits && plain.chars().take_while(|c| hidden(*c)).count() >= 2
}

/// The number of a payment between Indian banks (UTR, RRN): twelve digits that both sides write.
pub(super) fn bank_reference(numbers: [&str; 2]) -> Option<&str> {
    numbers.into_iter().find(|number| number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a number stands in one of these texts with no digit beside it.
pub(super) fn tells(texts: &[&str], number: &str) -> bool {
    texts.iter().filter(|text| text.len() >= number.len()).any(|text| {
        let beside =
            |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
        let mut places = text.match_indices(number).map(|(at, _)| at);
        places.any(|at| !beside(at.checked_sub(1)) && !beside(Some(at + number.len())))
    })
}

/// Whether what a person typed may mean this name: the one within the other, pinyin or initials, or a
/// shared piece.
pub(super) fn may_mean(typed: &str, names: &[&str], marks: &Marks) -> bool {
    let typed = typed.trim().to_lowercase();
    names.iter().filter(|name| !matches!(name.trim(), "" | "/")).any(|name| {
        let name = name.to_lowercase();
        let latin = typed.len() >= 2 && typed.is_ascii();
        let sounds = || {
            let bare: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
            let (full, initials) = pinyin_of(&name);
            full.contains(&bare) || initials.contains(&bare)
        };
        name.contains(&typed)
            || typed.contains(&name)
            || (latin && sounds())
            || Pieces::of(&[&typed], marks).shared(&Pieces::of(&[&name], marks)) > 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brand_and_its_company_share_what_is_theirs_and_nothing_else() {
        let marks = Marks::shipped();
        let pieces = |text: &str| Pieces::of(&[text], marks);
        assert!(pieces("青禾数码专营店").shared(&pieces("支付宝-北京青禾数码科技有限公司")) >= 3);
        assert_eq!(pieces("北京某某科技有限公司").shared(&pieces("北京别家科技有限公司")), 0);
        assert_eq!(pieces("LUNA COFFEE").shared(&pieces("财付通-Luna Coffee 上海")), 2);
        assert!(pieces("财付通-微信支付").is_empty());
    }

    #[test]
    fn a_method_shows_one_card_or_none() {
        assert_eq!(card_tail("某银行信用卡(1234)"), Some(*b"1234"));
        assert_eq!(card_tail("6225****1234"), Some(*b"1234"));
        assert_eq!(card_tail("甲银行(1234)&乙银行(5678)"), None);
        assert_eq!(card_tail("余额"), None);
        assert_eq!(card_tail("尾号12345"), None);
    }

    #[test]
    fn a_hidden_number_may_be_any_card_and_a_name_is_not_hidden() {
        for method in ["XXXXXX1234", "****1234", "•••• 1234", "xx-123"] {
            assert!(is_vague(method), "{method}");
        }
        for method in ["花呗", "余额宝", "x1234", "12345678", "xxxx", "Paytm Wallet"] {
            assert!(!is_vague(method), "{method}");
        }
    }

    #[test]
    fn a_number_between_banks_stands_alone_in_a_text() {
        assert_eq!(bank_reference(["T2609", "610012345678"]), Some("610012345678"));
        assert_eq!(bank_reference(["6100123456789", "61001234567x"]), None);
        for (text, told) in [
            ("UPI-BIG BAZAAR-610012345678-PHONEPE", true),
            ("UPI/610012345678/X", true),
            ("610012345678", true),
            ("1610012345678", false),
            ("6100123456789 610012345678", true),
            ("61001234567", false),
            ("数610012345678号", true),
        ] {
            assert_eq!(tells(&[text], "610012345678"), told, "{text}");
        }
    }

    #[test]
    fn a_typed_name_is_understood_in_characters_and_in_pinyin() {
        let marks = Marks::shipped();
        for typed in ["青禾", "青禾数码专营店（人民路）", "qinghe", "qh", "Qing He", "青禾店"]
        {
            assert!(may_mean(typed, &["青禾数码专营店"], marks), "{typed}");
        }
        for typed in ["街角咖啡", "kf", "luna"] {
            assert!(!may_mean(typed, &["青禾数码专营店", "/"], marks), "{typed}");
        }
    }
}
