//! Whose a file is: the provider behind the name or the bank code that a document gives, and the bank that a line above a
//! table names.
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
    ("工商银行", "icbc"),
    ("建设银行", "ccb"),
    ("农业银行", "abc"),
    ("中国银行(香港)", "bochk"),
    ("中国银行（香港）", "bochk"),
    ("中银香港", "bochk"),
    ("中国银行", "boc"),
    ("交通银行", "bocom"),
    ("招商银行", "cmb"),
    ("民生银行", "cmbc"),
    ("兴业银行", "cib"),
    ("浦发银行", "spdb"),
    ("浦东发展银行", "spdb"),
    ("中信银行(国际)", "cncbi"),
    ("中信银行（国际）", "cncbi"),
    ("中信银行", "citic"),
    ("光大银行", "ceb"),
    ("华夏银行", "hxb"),
    ("广发银行", "cgb"),
    ("广东发展银行", "cgb"),
    ("平安银行", "pingan-bank"),
    ("邮政储蓄银行", "psbc"),
    ("邮储银行", "psbc"),
    ("INDUSTRIAL AND COMMERCIAL BANK OF CHINA", "icbc"),
    ("CHINA CONSTRUCTION BANK", "ccb"),
    ("AGRICULTURAL BANK OF CHINA", "abc"),
    ("BANK OF CHINA (HONG KONG)", "bochk"),
    ("BANK OF CHINA", "boc"),
    ("BANK OF COMMUNICATIONS", "bocom"),
    ("CHINA MERCHANTS BANK", "cmb"),
    ("HSBC", "hsbc-hk"),
    ("汇丰", "hsbc-hk"),
    ("滙豐", "hsbc-hk"),
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

/// Whose a table is by the lines above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Owner {
    /// They name the provider.
    This,
    /// They name another bank: this one.
    Another(String),
    /// They name none.
    Unsaid,
}

/// Whose a table is, held against a provider. A title counts whoever reads it; the bank where an account is kept
/// (`开户行：`) only where the table is `of_account`, because a wallet tells of the user's cards.
pub(super) fn owner(lines: &[String], provider: &str, of_account: bool) -> Owner {
    let own = |line: &String| is_short(line) && by_name(line) == provider;
    if !provider.is_empty() && near(lines).filter(may_name).any(own) {
        return Owner::This;
    }
    let named = near(lines).filter(may_name).find_map(|line| bank_of(line, of_account));
    named.map_or(Owner::Unsaid, Owner::Another)
}

/// The bank that the lines above a table name as its own.
pub(super) fn bank_above(lines: &[String]) -> Option<String> {
    near(lines).filter(may_name).find_map(|line| bank_of(line, true))
}

/// The lines at the beginning and right above the table: a file of headers and prose alone costs no more than its length.
pub(super) fn near(lines: &[String]) -> impl Iterator<Item = &String> {
    const MOST: usize = 48;
    let first = lines.len().min(MOST);
    lines[..first].iter().chain(lines[first..].iter().rev().take(MOST))
}

/// Whether a line has a letter that stands in the name of every bank.
fn may_name(line: &&String) -> bool {
    line.contains(['行', '信', '港', '汇', '滙']) || line.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// A line that names and does not explain.
fn is_short(line: &str) -> bool {
    line.chars().count() <= 60 && !line.contains(['。', '，', '；'])
}

/// Whether a line above a table says what the table is, and neither a fact nor what it leaves out.
pub(super) fn is_title(line: &str) -> bool {
    is_short(line) && !line.contains(['：', ':']) && !line.contains("不含") && !line.contains("不包")
}

/// The bank named by a title, which is a line without a colon, or by what names the bank of an account.
fn bank_of(line: &str, of_account: bool) -> Option<String> {
    const LABELS: [&str; 8] =
        ["开户机构", "开户行", "开户银行", "发卡行", "发卡银行", "银行", "银行名称", "所属银行"];
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '-' | '=' | '*' | ','));
    if !is_short(line) {
        return None;
    }
    let text = match line.split_once(['：', ':']) {
        Some((label, value)) if of_account && LABELS.contains(&label.trim()) => value,
        Some(_) => return None,
        None => line,
    };
    bank_in(text)
}

/// The name of a bank in a text: one that is known, or any `…银行` and what else says bank.
fn bank_in(text: &str) -> Option<String> {
    const ANY: [&str; 7] = ["手机", "网上", "网络", "电子", "个人", "企业", "在线"];
    const NEVER: [&str; 12] =
        ["直销", "私人", "我的", "各家", "其他", "其它", "所有", "全部", "多家", "开户", "发卡", "商业"];
    const OTHERS: [&str; 5] = ["农村信用", "信用合作", "信用联社", "农商行", "信用社"];
    let upper = text.to_uppercase();
    if let Some((word, _)) = WORDS.iter().find(|(word, _)| upper.contains(word)) {
        return Some((*word).to_owned());
    }
    if let Some(word) = OTHERS.iter().find(|word| text.contains(*word)) {
        return Some((*word).to_owned());
    }
    text.match_indices("银行").find_map(|(at, word)| {
        let chinese = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
        let mut name: Vec<char> = text[..at].chars().rev().take_while(chinese).take(8).collect();
        name.reverse();
        let mut name: String = name.into_iter().collect();
        // `上海银行手机银行`: what stands before is another match; `手机银行` alone names nobody.
        while let Some(before) = ANY.iter().find_map(|any| name.strip_suffix(any)) {
            name = before.to_owned();
        }
        let says = name.chars().count() >= 2 && !NEVER.iter().any(|never| name.ends_with(never));
        (says && !name.contains("银行")).then(|| format!("{name}{word}"))
    })
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

    #[test]
    fn a_title_names_a_bank_and_a_sentence_or_a_kind_of_bank_does_not() {
        for (line, bank) in [
            ("中国民生银行信用卡对账单", Some("民生银行")),
            ("光大银行信用卡账单,,,", Some("光大银行")),
            ("上海银行账户明细", Some("上海银行")),
            ("# 渤海银行交易明细", Some("渤海银行")),
            ("某某省农村信用社联合社明细", Some("农村信用")),
            ("Bank of China account history", Some("BANK OF CHINA")),
            ("开户机构：示例村镇银行", Some("示例村镇银行")),
            ("手机银行交易明细", None),
            ("个人网上银行账户明细", None),
            ("某银行交易明细", None),
            ("银行流水", None),
            ("银行卡号：6222****0001", None),
            ("对方户名：招商银行", None),
            ("本明细由招商银行提供，仅供参考。", None),
            ("微信支付账单明细", None),
        ] {
            assert_eq!(bank_of(line, true).as_deref(), bank, "{line}");
        }
        assert_eq!(bank_of("开户行：招商银行", false), None);
    }

    #[test]
    fn a_table_is_its_banks_own_wherever_that_is_named_above_it() {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let card = lines(&["交易明细", "# 账    号: [一卡通:6214****0001   招商银行]"]);
        assert_eq!(owner(&card, "cmb", true), Owner::This);
        assert_eq!(
            owner(&lines(&["招商银行交易流水", "开户行：招商银行上海分行"]), "cmb", true),
            Owner::This
        );
        assert_eq!(owner(&lines(&["平安银行账单"]), "cmb", true), Owner::Another("平安银行".into()));
        assert_eq!(owner(&lines(&["交易明细"]), "cmb", true), Owner::Unsaid);
        // A wallet that tells of a card.
        assert_eq!(owner(&lines(&["发卡行：招商银行"]), "", false), Owner::Unsaid);
    }
}
