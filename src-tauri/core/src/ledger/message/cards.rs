//! Full card numbers in free text, reduced to their tail.

use std::ops::Range;

/// Digits of a card number, shortest and longest (ISO/IEC 7812).
const SHORTEST: usize = 13;
const LONGEST: usize = 19;

/// A maximal group of digits.
struct Group {
    place: Range<usize>,
    digits: Vec<u32>,
}

/// The text with every full card number (13–19 digits, Luhn, also in groups set apart by single blanks
/// or hyphens) reduced to `****` and its last four digits, and whether there was one. Numbers that begin
/// with a date or a time stamp, as order numbers do, are left alone.
pub fn mask_cards(text: &str) -> (String, bool) {
    let chars: Vec<char> = text.chars().collect();
    let groups = groups(&chars);
    let mut out = String::with_capacity(text.len());
    let (mut copied, mut at, mut found) = (0, 0, false);
    while at < groups.len() {
        let Some(last) = card_from(&chars, &groups, at) else {
            at += 1;
            continue;
        };
        out.extend(&chars[copied..groups[at].place.start]);
        out.push_str("****");
        let digits: Vec<u32> =
            groups[at..=last].iter().flat_map(|group| group.digits.iter().copied()).collect();
        out.extend(digits[digits.len() - 4..].iter().filter_map(|digit| char::from_digit(*digit, 10)));
        copied = groups[last].place.end;
        (at, found) = (last + 1, true);
    }
    out.extend(&chars[copied..]);
    (out, found)
}

fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => c.to_digit(10),
    }
}

fn groups(chars: &[char]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        let Some(digit) = digit(*c) else { continue };
        match groups.last_mut() {
            Some(group) if group.place.end == at => {
                group.place.end = at + 1;
                group.digits.push(digit);
            }
            _ => groups.push(Group { place: at..at + 1, digits: vec![digit] }),
        }
    }
    groups
}

/// The last group of a card number that begins with the group `from`, the longest reading first.
fn card_from(chars: &[char], groups: &[Group], from: usize) -> Option<usize> {
    let mut digits = Vec::new();
    let mut found = None;
    for (at, group) in groups.iter().enumerate().skip(from) {
        if at > from && !is_joined(chars, &groups[at - 1], group) {
            break;
        }
        digits.extend(&group.digits);
        if digits.len() > LONGEST {
            break;
        }
        if digits.len() >= SHORTEST && is_card(&digits) {
            found = Some(at);
        }
    }
    found
}

fn is_joined(chars: &[char], before: &Group, after: &Group) -> bool {
    let between = &chars[before.place.end..after.place.start];
    let is_blank = matches!(between, [' ' | '\u{a0}' | '\u{3000}' | '-' | '\u{2011}' | '\u{2013}']);
    is_blank && before.digits.len() >= 3
}

fn is_card(digits: &[u32]) -> bool {
    let all_same = digits.iter().all(|digit| *digit == digits[0]);
    !all_same && !is_stamp(digits) && luhn(digits)
}

/// Begins with a day (20261121…) or is a time stamp in milliseconds (17…): an order number. No issuer's
/// numbers begin so: 19 and 20 are not assigned to card schemes.
fn is_stamp(digits: &[u32]) -> bool {
    let number = |range: Range<usize>| digits[range].iter().fold(0, |sum, digit| sum * 10 + digit);
    let is_day = (1990..2100).contains(&number(0..4))
        && (1..=12).contains(&number(4..6))
        && (1..=31).contains(&number(6..8));
    is_day || (digits.len() == SHORTEST && digits[0] == 1)
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => *digit,
            (_, doubled @ 0..=9) => doubled,
            (_, doubled) => doubled - 9,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_full_card_number_is_reduced_to_its_tail_however_it_is_grouped() {
        for (text, expected) in [
            ("卡号4111111111111111被扣款", "卡号****1111被扣款"),
            ("4111 1111 1111 1111", "****1111"),
            ("4111-1111-1111-1111。", "****1111。"),
            ("amex 3782 822463 10005 charged", "amex ****0005 charged"),
            ("４１１１１１１１１１１１１１１１", "****1111"),
            ("两张：4111111111111111、5555555555554444", "两张：****1111、****4444"),
        ] {
            assert_eq!(mask_cards(text), (expected.to_string(), true), "{text}");
        }
    }

    #[test]
    fn tails_phones_order_numbers_and_amounts_are_left_alone() {
        for text in [
            "尾号1234的储蓄卡",
            "138 0013 8000",
            "交易单号4200002026112100000000001234",
            "2026112122001400000001",
            "2026112110004012",
            "1763692800000",
            "2026-11-21 10:23:45 消费1,234.56元",
            "0000000000000000",
            "4111111111111112",
            "",
        ] {
            assert_eq!(mask_cards(text), (text.to_string(), false), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_survives_and_a_second_pass_changes_nothing(text in "\\PC{0,80}") {
            let (once, _) = mask_cards(&text);
            prop_assert_eq!(mask_cards(&once), (once.clone(), false));
        }

        #[test]
        fn no_luhn_number_of_a_card_issuer_comes_through(head in "6[0-9]{14,17}") {
            let check = (0..10).find(|check| {
                let digits: Vec<u32> = format!("{head}{check}").chars().filter_map(digit).collect();
                luhn(&digits)
            });
            let number = format!("{head}{}", check.unwrap());
            let (masked, found) = mask_cards(&format!("卡号{number}被盗刷"));
            prop_assert!(found && !masked.contains(&number));
        }
    }
}
