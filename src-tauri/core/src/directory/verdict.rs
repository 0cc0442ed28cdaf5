//! What can honestly be said of a number. A match proves nothing, since caller ID is forged; a miss
//! proves nothing either, since banks also call from other numbers.

use super::index::{Entry, Role, international, is_service_number, is_shared_cost, split_area};
use super::load::Directory;
use super::number::{self, Disguise, NoNumber, Written};
use super::numbering::{self, Pattern};
use super::{NumberCheck, NumberVerdict, OtherNumber, Provider};

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
    /// What can honestly be said of a number, or of the number a pasted text is about; its other numbers
    /// are named beside it. Never that it belongs to a criminal, never that a call is what it claims to be.
    pub fn check_number(&self, text: &str) -> NumberCheck {
        let numbers = match number::read(text) {
            Err(why) => return words::invalid(shown(text), why),
            Ok(numbers) => numbers,
        };
        let mut checks: Vec<(u8, NumberCheck)> = numbers
            .iter()
            .map(|number| {
                let check = self.check(number);
                (weight(&check, number.meant), check)
            })
            .collect();
        // The first of the most telling ones.
        let most = checks.iter().map(|(weight, _)| *weight).max().unwrap_or(0);
        let place = checks.iter().position(|(weight, _)| *weight == most).unwrap_or(0);
        let (_, mut told) = checks.remove(place);
        told.others = checks
            .into_iter()
            .filter(|(_, check)| check.verdict != NumberVerdict::Invalid)
            .map(|(_, check)| OtherNumber {
                number: check.number,
                verdict: check.verdict,
                provider: check.provider,
            })
            .collect();
        told
    }

    /// The numbers of a text about which something can be said: listed, contradicted or imitation.
    pub fn telling_numbers(&self, text: &str) -> Vec<NumberCheck> {
        let numbers = number::read(text).unwrap_or_default();
        let telling = |check: &NumberCheck| {
            matches!(
                check.verdict,
                NumberVerdict::Listed | NumberVerdict::Contradicted | NumberVerdict::Imitation
            )
        };
        numbers.iter().map(|number| self.check(number)).filter(telling).collect()
    }

    /// One spelling for one line, as two numbers are compared; `None` where the text holds no number.
    pub fn spelling(text: &str) -> Option<String> {
        number::read(text).ok()?.into_iter().next().map(|number| number.canonical)
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
        if let Some((_, entry)) = behind.filter(|(_, entry)| entry.role == Role::CallsFrom) {
            return words::known(self, number, &[entry]);
        }
        // No country has lines this short.
        if number.canonical.strip_prefix('+').is_some_and(|digits| digits.len() < 7) {
            return words::invalid(number.digits.clone(), NoNumber::Length);
        }
        words::unlisted(number, self.e164(number))
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
        if let Some((_, local)) = split_area(digits).filter(|(_, local)| local.len() >= 5) {
            let warned = self.numbers.behind_area_code(local).filter(|entry| entry.role == Role::Claim);
            return warned.map(|of| (Likeness::Prefixed, Some(of)));
        }
        let longer = matches!(digits.len(), 6..=9) && !is_service_number(digits);
        if let Some(of) = self.short_code_at_the_end(digits).filter(|_| longer) {
            return Some((Likeness::Prefixed, Some(of)));
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

    /// A listed number that differs by one slip: among 400 and 800 numbers, and among the 95 codes, unless a
    /// list knows whose line it is (95589 beside 95588).
    fn one_digit_off(&self, digits: &str) -> Option<Entry> {
        if is_shared_cost(digits) {
            return self.numbers.near(digits);
        }
        self.numbers.near_code(digits).filter(|_| numbering::assigned(digits).is_none())
    }

    /// `+86…` or another country's, where the number is an ordinary line or printed so for callers abroad.
    fn e164(&self, number: &Written) -> Option<String> {
        let digits = &number.canonical;
        if let Some(entry) = self.numbers.hotline(digits) {
            let hotline = &self.provider_of(entry).hotlines[entry.item];
            let printed: String =
                hotline.number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            let abroad = international(&printed, &hotline.region);
            if abroad.starts_with('+') {
                return Some(abroad);
            }
        }
        if let Some(rest) = digits.strip_prefix('+') {
            let short = rest.strip_prefix("86").is_some_and(is_service_number);
            return (!short && (7..=15).contains(&rest.len())).then(|| digits.clone());
        }
        if super::index::is_mobile(digits) {
            return Some(format!("+86{digits}"));
        }
        let (_, local) = split_area(digits)?;
        matches!(local.len(), 7 | 8).then(|| format!("+86{}", &digits[1..]))
    }

    fn provider_of(&self, entry: Entry) -> &Provider {
        &self.providers[entry.provider]
    }
}

/// How telling a verdict is, where a text holds several numbers: a number one is asked to call that nobody
/// lists matters more than a listed one that merely stands there.
fn weight(check: &NumberCheck, meant: bool) -> u8 {
    match check.verdict {
        NumberVerdict::Imitation => 5,
        NumberVerdict::Contradicted => 4,
        NumberVerdict::Unlisted if meant => 3,
        NumberVerdict::Listed => 2,
        NumberVerdict::Unlisted => 1,
        NumberVerdict::Invalid => 0,
    }
}

impl Likeness {
    /// The pattern its sources stand under.
    fn pattern(self) -> Pattern {
        match self {
            Self::International => Pattern::International,
            Self::Prefixed => Pattern::Prefixed,
            Self::Sender => Pattern::Sender,
            Self::Hidden | Self::LookAlike => Pattern::Disguised,
            Self::OneDigitOff => Pattern::OneDigitOff,
        }
    }
}

/// What was typed, short enough to repeat and without anything invisible.
fn shown(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control() && !number::is_invisible(*c)).take(24).collect()
}

#[cfg(test)]
mod tests;
