//! What stands in for plain digits: letters that look like them, digits of other scripts, numerals in words,
//! and characters that nobody sees.

/// Put in front of a digit that was written as something else.
pub(super) const LOOK_ALIKE: char = '\u{E000}';

/// 九五一八八 is a number where the text is nothing else; 一张卡 in a sentence is not.
pub(super) fn numerals_as_digits(text: &str) -> String {
    const NUMERALS: [&str; 10] = ["零〇", "一幺", "二", "三", "四", "五", "六", "七", "八", "九"];
    let value = |c: char| NUMERALS.iter().position(|numerals| numerals.contains(c));
    if !text.chars().all(|c| value(c).is_some() || matches!(c, ' ' | '-' | '转')) {
        return text.to_owned();
    }
    let digit = |c| value(c).and_then(|value| char::from_digit(u32::try_from(value).ok()?, 10));
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

/// Writes look-alikes as digits, each behind a [`LOOK_ALIKE`] mark. Letters only inside a word that is
/// nearly all digits (`95l88`, `9S188`): other words are left as they are.
pub(super) fn look_alikes_as_digits(text: &str) -> Vec<char> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::with_capacity(chars.len());
    for word in chars.chunk_by(|a, b| in_word(*a) == in_word(*b)) {
        let digits = word.iter().filter(|c| c.is_ascii_digit()).count();
        let strange: Vec<char> = word.iter().copied().filter(|c| !c.is_ascii_digit()).collect();
        let all_imitate = strange.iter().all(|c| imitated_digit(*c).is_some());
        let foreign_only = strange.iter().all(|c| foreign_digit(*c).is_some());
        let imitation = all_imitate && ((strange.len() <= 2 && digits >= 3) || foreign_only);
        for c in word {
            match imitated_digit(*c).filter(|_| imitation && !c.is_ascii_digit()) {
                Some(digit) => out.extend([LOOK_ALIKE, digit]),
                None => out.push(*c),
            }
        }
    }
    out
}

fn in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '|' || imitated_digit(c).is_some()
}

fn imitated_digit(c: char) -> Option<char> {
    match c {
        'O' | 'o' | 'Q' | 'D' | 'О' | 'о' | 'Ο' | 'ο' => Some('0'),
        'l' | 'I' | 'i' | '|' => Some('1'),
        'Z' | 'z' => Some('2'),
        'S' | 's' => Some('5'),
        'b' | 'G' => Some('6'),
        'B' => Some('8'),
        'g' | 'q' => Some('9'),
        _ => foreign_digit(c),
    }
}

/// Digits of other scripts (Arabic, Persian, N'Ko, Devanagari, Bengali, Thai, Burmese, Khmer).
fn foreign_digit(c: char) -> Option<char> {
    const ZEROS: [u32; 8] = [0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0E50, 0x1040, 0x17E0];
    let value = ZEROS.iter().map(|zero| u32::from(c).wrapping_sub(*zero)).find(|value| *value < 10)?;
    char::from_digit(value, 10)
}

/// A character that takes no room, or turns the reading direction.
pub(in crate::directory) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}')
}
