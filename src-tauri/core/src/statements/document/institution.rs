//! Whose a document is: the provider behind the name or the bank code that it gives.
//!
//! Bank codes (BIC) are public knowledge and were not checked against the register; where none of these is
//! found, the provider stays empty rather than guessed.

/// The first six characters of a BIC: bank and country.
const CODES: &[(&str, &str)] = &[
    ("ICBKCN", "icbc"),
    ("PCBCCN", "ccb"),
    ("BKCHCN", "boc"),
    ("ABOCCN", "abc"),
    ("COMMCN", "bocom"),
    ("CMBCCN", "cmb"),
    ("PSBCCN", "psbc"),
    ("MSBCCN", "cmbc"),
    ("FJIBCN", "cib"),
    ("SPDBCN", "spdb"),
    ("CIBKCN", "citic"),
    ("EVERCN", "ceb"),
    ("HXBKCN", "hxb"),
    ("GDBKCN", "cgb"),
    ("SZDBCN", "pingan-bank"),
    ("HSBCHK", "hsbc-hk"),
    ("HSBCCN", "hsbc-china"),
    ("BKCHHK", "bochk"),
];

/// Words in a name that only one institution has. Longer ones before those they contain.
const WORDS: &[(&str, &str)] = &[
    // The card has no entry of its own: its wallet's says whom to call.
    ("APPLE CARD", "apple-pay"),
    ("APPLECARD", "apple-pay"),
    ("中国工商银行", "icbc"),
    ("中国建设银行", "ccb"),
    ("中国农业银行", "abc"),
    ("中国银行(香港)", "bochk"),
    ("中国银行（香港）", "bochk"),
    ("中国银行", "boc"),
    ("交通银行", "bocom"),
    ("招商银行", "cmb"),
    ("民生银行", "cmbc"),
    ("兴业银行", "cib"),
    ("浦发银行", "spdb"),
    ("浦东发展银行", "spdb"),
    ("中信银行", "citic"),
    ("光大银行", "ceb"),
    ("华夏银行", "hxb"),
    ("广发银行", "cgb"),
    ("平安银行", "pingan-bank"),
    ("邮政储蓄银行", "psbc"),
    ("PAYPAL", "paypal"),
    ("REVOLUT", "revolut"),
];

/// The provider of a name; empty where none is known.
pub(super) fn by_name(name: &str) -> &'static str {
    let name = name.to_uppercase();
    WORDS.iter().find(|(word, _)| name.contains(word)).map_or("", |(_, provider)| provider)
}

/// The provider of a BIC; empty where none is known.
pub(super) fn by_code(code: &str) -> &'static str {
    let code = code.trim().to_uppercase();
    let found = CODES.iter().find(|(start, _)| code.starts_with(start) && matches!(code.len(), 8 | 11 | 12));
    found.map_or("", |(_, provider)| provider)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_name_or_code_leads_to_its_provider_and_others_to_none() {
        assert_eq!(by_name("Apple Card"), "apple-pay");
        assert_eq!(by_name("招商银行股份有限公司"), "cmb");
        assert_eq!(by_name("Sparkasse"), "");
        assert_eq!(by_code("ICBKCNBJ"), "icbc");
        assert_eq!(by_code("ICBKCN"), "");
        assert_eq!(by_code("COBADEFF"), "");
    }
}
