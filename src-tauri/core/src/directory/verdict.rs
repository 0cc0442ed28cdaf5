//! What can honestly be said of a number. A match proves nothing, since caller ID is forged; a miss
//! proves nothing either, since banks also call from other numbers.

use super::index::{Entry, Role, is_service_number, is_shared_cost, split_area};
use super::load::Directory;
use super::number::{self, Disguise, NoNumber, Written};
use super::{NumberCheck, NumberVerdict, Provider};

mod words;

/// How a number imitates a listed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// Invisible characters or a turned reading direction.
    Hidden,
    /// Letters or foreign digits for digits.
    LookAlike,
    /// `+86`, `00` or another country in front of a number that has no such form.
    International,
    /// Digits in front of a listed short code, with or without an area code.
    Prefixed,
    /// A message sender (106…) that ends in a listed short code.
    Sender,
    /// One digit changed, two neighbours swapped, or one digit doubled.
    OneDigitOff,
}

impl Directory {
    /// What can honestly be said of a number, or of the most telling number in a pasted message. Never
    /// that it belongs to a criminal, never that a call is what it claims to be.
    pub fn check_number(&self, text: &str) -> NumberCheck {
        match number::read(text) {
            Err(why) => words::invalid(shown(text), why),
            Ok(numbers) => {
                let checks = numbers.iter().map(|number| self.check(number));
                // The first of the most telling ones.
                checks
                    .reduce(|best, next| if weight(&next) > weight(&best) { next } else { best })
                    .expect("read() returns at least one number")
            }
        }
    }

    fn check(&self, number: &Written) -> NumberCheck {
        let likeness = self.likeness(number);
        if let Some((likeness, of)) = likeness {
            return words::imitation(self, number, likeness, of);
        }
        if number.disguise == Some(Disguise::LookAlike) {
            // Letters that stand for no listed number: most likely no phone number at all.
            return words::invalid(number.digits.clone(), NoNumber::Nothing);
        }
        match self.numbers.get(&number.canonical) {
            [] => self.unknown(number),
            entries => words::known(self, number, entries),
        }
    }

    /// A short code behind an area code that the data speaks of, or a number nobody speaks of.
    fn unknown(&self, number: &Written) -> NumberCheck {
        let behind = split_area(&number.canonical)
            .and_then(|(_, local)| Some((local, self.numbers.behind_area_code(local)?)));
        match behind {
            Some((_, entry)) if entry.role == Role::CallsFrom => words::known(self, number, &[entry]),
            _ => words::unlisted(self, number),
        }
    }

    fn likeness(&self, number: &Written) -> Option<(Likeness, Option<Entry>)> {
        let listed = self.numbers.hotline(&number.canonical);
        match number.disguise {
            Some(Disguise::Hidden) => return Some((Likeness::Hidden, listed)),
            Some(Disguise::LookAlike) => return listed.map(|entry| (Likeness::LookAlike, Some(entry))),
            None => {}
        }
        if !self.numbers.get(&number.canonical).is_empty() {
            return None;
        }
        if let Some(international) = number.canonical.strip_prefix('+') {
            return self.international_likeness(international);
        }
        let digits = number.canonical.as_str();
        if digits.starts_with("106") && digits.len() >= 8 {
            return self.short_code_at_the_end(digits).map(|of| (Likeness::Sender, Some(of)));
        }
        if let Some((_, local)) = split_area(digits) {
            let warned = self.numbers.behind_area_code(local).filter(|entry| entry.role == Role::Claim);
            return warned.map(|of| (Likeness::Prefixed, Some(of)));
        }
        if matches!(digits.len(), 6..=9) && !is_service_number(digits) {
            if let Some(of) = self.short_code_at_the_end(digits) {
                return Some((Likeness::Prefixed, Some(of)));
            }
        }
        self.one_digit_off(digits).map(|of| (Likeness::OneDigitOff, Some(of)))
    }

    /// `+86` and a number that has no international form, or `+` and digits that end in a short code.
    fn international_likeness(&self, digits: &str) -> Option<(Likeness, Option<Entry>)> {
        if let Some(domestic) = digits.strip_prefix("86").filter(|rest| is_service_number(rest)) {
            return Some((Likeness::International, self.numbers.hotline(domestic)));
        }
        let short = digits.len() <= 9;
        let of = self.short_code_at_the_end(digits).filter(|_| short)?;
        Some((Likeness::International, Some(of)))
    }

    /// The listed domestic short code that longer digits end in.
    fn short_code_at_the_end(&self, digits: &str) -> Option<Entry> {
        [6, 5].iter().find_map(|length| {
            let code = digits.get(digits.len().checked_sub(*length)?..)?;
            let worth = is_service_number(code) && code.starts_with('9');
            self.numbers.hotline(code).filter(|_| worth)
        })
    }

    /// A listed number that differs by one slip. For short codes only a doubled digit counts, and a start
    /// that no short code has: 95xxx is so densely used that a neighbour is most likely somebody's own line
    /// (95187 beside 95188).
    fn one_digit_off(&self, digits: &str) -> Option<Entry> {
        match digits.len() {
            10 if is_shared_cost(digits) => self.numbers.near(digits),
            6 => {
                let bytes = digits.as_bytes();
                let doubled = (1..bytes.len()).filter(|at| bytes[*at] == bytes[at - 1]);
                doubled
                    .map(|at| format!("{}{}", &digits[..at], &digits[at + 1..]))
                    .find_map(|code| self.numbers.hotline(&code))
            }
            5 if !is_service_number(digits) => {
                [format!("9{}", &digits[1..]), format!("{}5{}", &digits[..1], &digits[2..])]
                    .iter()
                    .find_map(|code| self.numbers.hotline(code))
            }
            _ => None,
        }
    }

    fn provider_of(&self, entry: Entry) -> &Provider {
        &self.providers[entry.provider]
    }
}

/// How telling a verdict is, where a text holds several numbers.
fn weight(check: &NumberCheck) -> u8 {
    match check.verdict {
        NumberVerdict::Imitation => 4,
        NumberVerdict::Contradicted => 3,
        NumberVerdict::Listed => 2,
        NumberVerdict::Unlisted => 1,
        NumberVerdict::Invalid => 0,
    }
}

/// What was typed, short enough to repeat and without anything invisible.
fn shown(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control() && !super::number::is_invisible(*c)).take(24).collect()
}

/// `+86…` where the number is an ordinary line.
fn e164(number: &Written) -> Option<String> {
    let digits = &number.canonical;
    if let Some(rest) = digits.strip_prefix('+') {
        return (!rest.strip_prefix("86").is_some_and(is_service_number)).then(|| digits.clone());
    }
    if super::index::is_mobile(digits) {
        return Some(format!("+86{digits}"));
    }
    let (_, local) = split_area(digits)?;
    (local.len() >= 7).then(|| format!("+86{}", &digits[1..]))
}
