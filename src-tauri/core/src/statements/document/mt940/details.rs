//! The field `:86:`: in numbered parts (`166?00…?20…`), in named parts (`/NAME/…/REMI/…`), or free.

use super::super::entry::joined;

/// What the field says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Details {
    /// The booking text: `GUTSCHRIFT`, `SEPA OVERBOEKING`.
    pub booking: String,
    pub name: String,
    pub account: String,
    pub purpose: String,
    /// The payer's own reference (end to end).
    pub reference: String,
}

impl Details {
    pub(super) fn read(lines: &[String]) -> Self {
        let Some(first) = lines.first() else { return Self::default() };
        if let Some(mark) = numbered(first) {
            return from_numbered(&lines.concat(), mark);
        }
        if first.starts_with('/') && first[1..].contains('/') {
            return from_named(&lines.concat());
        }
        Self { purpose: joined(lines.iter().map(String::as_str)), ..Self::default() }
    }
}

/// The mark before each part: three digits, then a sign, then two digits.
fn numbered(first: &str) -> Option<char> {
    let rest = first.get(3..).filter(|_| first.bytes().take(3).all(|b| b.is_ascii_digit()))?;
    let mark = rest.chars().next().filter(|c| !c.is_alphanumeric() && !c.is_whitespace())?;
    let digits = rest.get(mark.len_utf8()..mark.len_utf8() + 2)?;
    digits.bytes().all(|b| b.is_ascii_digit()).then_some(mark)
}

fn from_numbered(text: &str, mark: char) -> Details {
    let mut details = Details::default();
    let mut purpose: Vec<&str> = Vec::new();
    let mut name: Vec<&str> = Vec::new();
    for part in text.split(mark).skip(1) {
        let Some((number, value)) = part.split_at_checked(2) else { continue };
        match number.parse::<u32>() {
            Ok(0) => details.booking = joined([value]),
            Ok(20..=29 | 60..=63) => purpose.push(value),
            Ok(31) => details.account = joined([value]),
            Ok(32 | 33) => name.push(value),
            Ok(_) => {}
            // The sign stood in the text itself.
            Err(_) => {
                purpose.push(part);
            }
        }
    }
    details.name = joined([name.concat().as_str()]);
    // Parts are cut after 27 characters, words and all.
    let (text, reference) = marked(&purpose.concat());
    details.purpose = text;
    details.reference = reference;
    details
}

/// `EREF+…KREF+…SVWZ+…`: the purpose proper and the end-to-end reference.
fn marked(text: &str) -> (String, String) {
    const WORDS: [&str; 12] = [
        "EREF+", "KREF+", "MREF+", "CRED+", "DEBT+", "COAM+", "OAMT+", "SVWZ+", "ABWA+", "ABWE+", "IBAN+",
        "BIC+",
    ];
    let mut starts: Vec<(usize, &str)> =
        WORDS.iter().filter_map(|word| text.find(word).map(|at| (at, *word))).collect();
    starts.sort_unstable();
    let value = |wanted: &str| {
        let place = starts.iter().position(|(_, word)| *word == wanted)?;
        let end = starts.get(place + 1).map_or(text.len(), |(at, _)| *at);
        Some(joined([&text[starts[place].0 + wanted.len()..end]]))
    };
    let reference = value("EREF+").filter(|reference| reference != "NOTPROVIDED").unwrap_or_default();
    let plain = || joined([starts.first().map_or(text, |(at, _)| &text[..*at])]);
    (value("SVWZ+").unwrap_or_else(plain), reference)
}

/// Words that name a part; other words between slashes belong to the text.
const NAMES: [&str; 23] = [
    "TRTP", "IBAN", "BIC", "NAME", "REMI", "EREF", "ORDP", "BENM", "ID", "CSID", "MARF", "PREF", "RTRN",
    "ISDT", "TRCD", "UDTR", "UCRD", "PURP", "CNTP", "USTD", "STRD", "ADDR", "SVCL",
];

fn from_named(text: &str) -> Details {
    let mut parts: Vec<(&str, Vec<&str>)> = Vec::new();
    for piece in text.split('/').skip(1) {
        match parts.last_mut() {
            _ if NAMES.contains(&piece) => parts.push((piece, vec![])),
            Some((_, values)) => values.push(piece),
            None => parts.push(("", vec![piece])),
        }
    }
    let value = |wanted: &[&str]| {
        let found = parts
            .iter()
            .filter(|(name, values)| wanted.contains(name) && values.iter().any(|v| !v.is_empty()));
        found.map(|(_, values)| joined([values.join("/").trim_matches('/')])).next().unwrap_or_default()
    };
    let other_side =
        parts.iter().find(|(name, _)| *name == "CNTP").map(|(_, values)| values.clone()).unwrap_or_default();
    // `/CNTP/account/bank/name/town/`
    let counterparty = |place: usize| other_side.get(place).map_or_else(String::new, |text| joined([*text]));
    let or = |text: String, other: String| if text.is_empty() { other } else { text };
    let reference = value(&["EREF"]);
    Details {
        booking: value(&["TRTP"]),
        // `/ORDP//NAME/…`, or the name right behind who ordered and who got.
        name: or(or(value(&["NAME"]), counterparty(2)), value(&["ORDP", "BENM"])),
        account: or(value(&["IBAN"]), counterparty(0)),
        purpose: value(&["REMI", "USTD", "STRD", ""]).trim_start_matches("USTD//").to_owned(),
        reference: if reference == "NOTPROVIDED" { String::new() } else { reference },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Details {
        Details::read(&lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn numbered_parts_are_put_together_across_lines() {
        let details = read(&[
            "166?00GUTSCHRIFT?109310?20EREF+RE-2024-01?21SVWZ+Rechn",
            "?22ung 17?30COBADEFFXXX?31DE02120300000000202051?32Muster",
            "?33mann & Co?60 Dank",
        ]);
        assert_eq!(
            (details.booking.as_str(), details.name.as_str(), details.account.as_str()),
            ("GUTSCHRIFT", "Mustermann & Co", "DE02120300000000202051")
        );
        assert_eq!(
            (details.purpose.as_str(), details.reference.as_str()),
            ("Rechnung 17 Dank", "RE-2024-01")
        );
    }

    #[test]
    fn named_parts_are_told_from_slashes_in_the_text() {
        let details = read(&[
            "/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A",
            "/NAME/Bakkerij/Zoon/REMI/Factuur 12/2024/EREF/NOTPROVIDED",
        ]);
        assert_eq!((details.name.as_str(), details.purpose.as_str()), ("Bakkerij/Zoon", "Factuur 12/2024"));
        assert_eq!((details.booking.as_str(), details.reference.as_str()), ("SEPA OVERBOEKING", ""));
        let details = read(&["/CNTP/NL32INGB0000012345/INGBNL2A/J. Jansen/UTRECHT//REMI/USTD//huur mei/"]);
        assert_eq!((details.name.as_str(), details.purpose.as_str()), ("J. Jansen", "huur mei"));
    }

    #[test]
    fn a_code_between_the_parts_is_no_text_and_a_name_may_stand_without_its_word() {
        let details = read(&["/EREF/E1/TRCD/100/BENM//NAME/Bakkerij Zoon/REMI/Brood", "/ISDT/2026-03-02"]);
        assert_eq!((details.reference.as_str(), details.name.as_str()), ("E1", "Bakkerij Zoon"));
        assert_eq!(
            read(&["/TRCD/426/REMI/Geldautomaat 10:15 pasnr. 000"]).purpose,
            "Geldautomaat 10:15 pasnr. 000"
        );
        let details = read(&["/ORDP/EXAMPLE COMPANY LTD", "/REMI/SALARY MAR"]);
        assert_eq!((details.name.as_str(), details.purpose.as_str()), ("EXAMPLE COMPANY LTD", "SALARY MAR"));
    }

    #[test]
    fn free_text_is_the_purpose() {
        assert_eq!(read(&["Card payment", " Coffee  Bar "]).purpose, "Card payment Coffee Bar");
        assert_eq!(read(&[]), Details::default());
        assert_eq!(read(&["16"]).purpose, "16");
        assert_eq!(read(&["/"]).purpose, "/");
    }
}
