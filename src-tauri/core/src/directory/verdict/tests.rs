//! Whatever is pasted, a check answers; and it agrees with a library of the world's numbering plans.

use super::*;
use crate::directory::card_tail;
use proptest::prelude::*;
use std::sync::LazyLock;

static DIRECTORY: LazyLock<Directory> = LazyLock::new(Directory::load);

proptest! {
    #[test]
    fn nothing_that_is_pasted_makes_it_fail(text in "\\PC{0,40}") {
        let check = DIRECTORY.check_number(&text);
        prop_assert!(!check.explanation.zh.is_empty() && !check.advice.en.is_empty());
        DIRECTORY.funding(&text);
        card_tail(&text);
    }

    #[test]
    fn digits_with_anything_between_never_make_it_fail(text in "[0-9+*#()\\- .,;转xXoOlSB８\u{200B}\u{202E}元¥]{0,30}") {
        let check = DIRECTORY.check_number(&text);
        prop_assert!(check.number.chars().all(|c| !crate::directory::number::is_invisible(c)));
    }

    #[test]
    fn separators_change_no_verdict(digits in "[0-9]{5,12}", gaps in prop::collection::vec(any::<bool>(), 12)) {
        let spaced: String = digits
            .chars()
            .zip(gaps)
            .map(|(digit, gap)| if gap { format!("{digit} ") } else { digit.to_string() })
            .collect();
        // A gap between two groups of five and more digits divides two numbers.
        prop_assume!(spaced.split(' ').filter(|group| group.len() >= 5).count() < 2);
        let (plain, spaced) = (DIRECTORY.check_number(&digits), DIRECTORY.check_number(&spaced));
        prop_assert_eq!(plain.verdict, spaced.verdict);
        prop_assert_eq!(plain.provider, spaced.provider);
    }
}

proptest! {
    #[test]
    // The library takes 179xx for a code that chooses a carrier and drops it.
    fn ordinary_numbers_are_spelled_as_the_worlds_plans_spell_them(
        digits in prop_oneof!["1([3-689][0-9]|7[0-8])[0-9]{8}", "010[2-8][0-9]{7}", "02[1-9][2-8][0-9]{7}", "0[3-9][1-9][0-9][2-8][0-9]{6,7}"],
    ) {
        let check = DIRECTORY.check_number(&digits);
        if let (Some(e164), Ok(parsed)) = (check.e164, phonenumber::parse(Some(phonenumber::country::CN), &digits)) {
            prop_assert_eq!(e164, parsed.format().mode(phonenumber::Mode::E164).to_string());
        }
    }

    #[test]
    fn numbers_of_other_countries_keep_their_digits(digits in "(1[2-9][0-9]{9}|44[1-9][0-9]{9}|852[2-9][0-9]{7}|81[1-9][0-9]{8})") {
        let typed = format!("+{digits}");
        let check = DIRECTORY.check_number(&typed);
        prop_assert_eq!(check.e164.as_deref(), Some(typed.as_str()));
        let parsed = phonenumber::parse(None, &typed).unwrap();
        prop_assert_eq!(parsed.format().mode(phonenumber::Mode::E164).to_string(), typed);
    }
}
