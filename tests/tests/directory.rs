//! The directory that ships: every file, every number, and what is said of them.

use recourse::directory::{
    Card, Directory, NumberVerdict, Provider, ProviderKind, Purpose, SourceKind, Trust,
};
use recourse::text::Text;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn directory() -> Directory {
    Directory::load()
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

fn texts(provider: &Provider) -> Vec<&Text> {
    let mut texts = vec![&provider.name];
    texts.extend(&provider.note);
    texts.extend(&provider.no_phone);
    for hotline in &provider.hotlines {
        texts.push(&hotline.label);
        texts.extend(&hotline.cost_note);
        texts.extend(&hotline.menu);
    }
    texts.extend(provider.channels.iter().map(|channel| &channel.how));
    texts.extend(provider.claims.iter().chain(&provider.calls_from).map(|claim| &claim.truth));
    texts
}

#[test]
fn every_file_on_disk_is_in_the_binary_under_its_own_id() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/directory");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let ids: BTreeSet<String> = directory().all().iter().map(|provider| provider.id.clone()).collect();
    assert_eq!(files, ids, "touch src-tauri/core/src/directory/load.rs after adding a file");
    assert!(ids.len() >= 110, "{}", ids.len());
    assert!(
        ids.iter().all(|id| id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'))
    );
}

#[test]
fn every_text_stands_in_both_languages() {
    for provider in directory().all() {
        for text in texts(provider) {
            assert!(!text.zh.trim().is_empty() && !text.en.trim().is_empty(), "{}: {text:?}", provider.id);
        }
        for claim in provider.claims.iter().chain(&provider.calls_from) {
            assert!(!claim.said_by.is_empty(), "{}", provider.id);
        }
    }
}

#[test]
fn every_provider_says_where_it_knows_from_and_when_it_was_checked() {
    let plausible = |date: chrono::NaiveDate| {
        ("2026-01-01".parse::<chrono::NaiveDate>().unwrap().."2026-11-22".parse().unwrap()).contains(&date)
    };
    for provider in directory().all() {
        let mut sources = provider.sources.clone();
        sources.extend(provider.hotlines.iter().flat_map(|hotline| hotline.sources.clone()));
        assert!(!sources.is_empty(), "{}", provider.id);
        assert!(
            !provider.hotlines.is_empty() || provider.no_phone.is_some(),
            "{}: no line and no word",
            provider.id
        );
        for source in sources {
            assert!(!source.what.is_empty(), "{}", provider.id);
            assert!(plausible(source.checked), "{}: {}", provider.id, source.checked);
            assert!(!source.url.contains("://"), "{}: {}", provider.id, source.url);
            let parts: Vec<&str> = source.dated.split('-').filter(|part| !part.is_empty()).collect();
            assert!(
                parts.len() <= 3 && parts.iter().all(|part| part.parse::<u32>().is_ok()),
                "{}",
                source.dated
            );
        }
    }
}

#[test]
fn no_number_is_trusted_beyond_its_sources() {
    for provider in directory().all() {
        for hotline in &provider.hotlines {
            let has =
                |kinds: &[SourceKind]| hotline.sources.iter().any(|source| kinds.contains(&source.kind));
            let at = format!("{} {}", provider.id, hotline.id);
            assert!(!hotline.sources.is_empty(), "{at}");
            match hotline.trust {
                Trust::Verified => {
                    assert!(has(&[SourceKind::Official, SourceKind::Regulator, SourceKind::Partner]), "{at}");
                }
                Trust::Community => assert!(has(&[SourceKind::Community]), "{at}"),
                Trust::Unverified => {}
            }
        }
    }
}

#[test]
fn hours_are_well_formed_and_say_what_they_rest_on() {
    let minute = |text: &str| {
        let (hour, minute) = text.split_once(':').unwrap();
        hour.parse::<u32>().unwrap() * 60 + minute.parse::<u32>().unwrap()
    };
    for provider in directory().all() {
        for hotline in &provider.hotlines {
            assert_eq!(
                hotline.hours.is_empty(),
                hotline.hours_source.is_none(),
                "{} {}",
                provider.id,
                hotline.id
            );
            assert!(!hotline.languages.is_empty(), "{} {}", provider.id, hotline.id);
            for span in &hotline.hours {
                assert!(
                    span.days.len() == 7 && span.days.bytes().all(|b| b == b'x' || b == b'-'),
                    "{span:?}"
                );
                assert!(minute(&span.from) < minute(&span.to) && minute(&span.to) <= 24 * 60, "{span:?}");
            }
        }
    }
}

#[test]
fn every_line_can_be_dialled_and_shown_as_a_code_and_holds_digits_only() {
    let directory = directory();
    for provider in directory.all() {
        let mut ids = BTreeSet::new();
        for hotline in &provider.hotlines {
            assert!(ids.insert(&hotline.id), "{} has two lines {}", provider.id, hotline.id);
            let tel = directory.tel(&provider.id, &hotline.id).unwrap();
            let number = tel.strip_prefix("tel:").unwrap();
            let plain = number.strip_prefix('+').unwrap_or(number);
            assert!((3..=15).contains(&plain.len()) && plain.bytes().all(|b| b.is_ascii_digit()), "{tel}");
            assert_eq!(plain, digits(&hotline.number));
            assert!(directory.qr(&provider.id, &hotline.id).unwrap().size >= 29);
        }
    }
    assert!(directory.tel("alipay", "no-such-line").is_err());
    assert!(directory.tel("95188", "main").is_err());
}

#[test]
fn no_number_is_both_a_line_of_a_provider_and_a_false_claim_about_it() {
    for provider in directory().all() {
        let lines: BTreeSet<String> =
            provider.hotlines.iter().map(|hotline| digits(&hotline.number)).collect();
        for claim in &provider.claims {
            if !claim.number.starts_with("地区号") {
                assert!(!lines.contains(&digits(&claim.number)), "{} {}", provider.id, claim.number);
            }
        }
    }
}

#[test]
fn numbers_that_only_content_farms_print_are_nobodys_line() {
    let farms = [
        "4006701000",
        "4006708000",
        "4001001000",
        "96633",
        "4009663300",
        "4006065500",
        "4006000111",
        "4000009518",
        "8657126888888",
        "8657188156666",
        "057126888888",
        "057188156666",
        "4006008800",
        "85230080308",
        "4008205011",
        "4006209898",
        "12345678",
        "950011",
        "8444288728",
        "18883104694",
        "1900561558",
        "8657195188",
    ];
    for provider in directory().all() {
        for hotline in &provider.hotlines {
            assert!(!farms.contains(&digits(&hotline.number).as_str()), "{} {}", provider.id, hotline.number);
        }
    }
}

#[test]
fn the_six_wallets_are_as_found_and_not_as_the_web_has_it() {
    let directory = directory();
    let first = |id: &str| directory.get(id).unwrap().hotlines[0].number.clone();
    assert_eq!(first("alipay"), "95188");
    assert_eq!(first("wechat-pay"), "95017");
    assert_eq!(first("jd-pay"), "95118");
    assert_eq!(first("du-xiaoman"), "95055");
    assert_eq!(directory.get("baidu-wallet").unwrap().id, "du-xiaoman");
    assert_eq!(directory.get("百度钱包").unwrap().id, "du-xiaoman");
    assert_eq!(directory.get("Tenpay").unwrap().id, "wechat-pay");
    assert_eq!(directory.get("财付通").unwrap().id, "wechat-pay");
    assert_eq!(directory.get("财付通支付科技有限公司").unwrap().id, "wechat-pay");
    assert_eq!(directory.tel("baidu-wallet", "main").unwrap(), "tel:95055");
    for id in ["apple-pay", "google-wallet"] {
        let provider = directory.get(id).unwrap();
        assert_eq!(provider.kind, ProviderKind::CardWallet);
        assert!(provider.hotlines.iter().all(|hotline| hotline.purpose == Purpose::Account), "{id}");
    }
    assert!(directory.get("google-wallet").unwrap().no_phone.is_some());
    assert!(directory.get("google-wallet").unwrap().hotlines.is_empty());
}

#[test]
fn the_promised_ids_exist() {
    let directory = directory();
    for id in [
        "alipay",
        "wechat-pay",
        "jd-pay",
        "apple-pay",
        "du-xiaoman",
        "google-wallet",
        "unionpay",
        "meituan-pay",
        "douyin-pay",
        "e-cny",
        "icbc",
        "ccb",
        "abc",
        "boc",
        "bocom",
        "cmb",
        "psbc",
        "cmbc",
        "cib",
        "spdb",
        "citic",
        "ceb",
        "hxb",
        "cgb",
        "pingan-bank",
        "police-110",
        "anti-fraud-96110",
        "pboc-12363",
        "nfra-12378",
        "samr-12315",
        "spam-12321",
    ] {
        assert_eq!(directory.get(id).map(|provider| provider.id.as_str()), Some(id));
    }
}

/// 收/付款方式 → issuer and card; `-` where no bank may be guessed.
const METHODS: &[(&str, &str, Card)] = &[
    ("招商银行信用卡(1234)", "cmb", Card::Credit),
    ("招商银行(9876)", "cmb", Card::Unsaid),
    ("招商银行", "cmb", Card::Unsaid),
    ("招商银行储蓄卡(8705)&支付宝随机立减", "cmb", Card::Debit),
    ("招行信用卡", "cmb", Card::Credit),
    ("招行", "cmb", Card::Unsaid),
    ("CMB credit card 1234", "cmb", Card::Credit),
    ("China Merchants Bank Credit Card (1234)", "cmb", Card::Credit),
    ("Apple Pay-招商银行信用卡(1234)", "cmb", Card::Credit),
    ("Apple Pay(招商银行信用卡(1234))", "cmb", Card::Credit),
    ("微信-招商银行信用卡", "cmb", Card::Credit),
    ("信用卡-招商银行(1234)", "cmb", Card::Credit),
    ("招商银行信用卡（1234）", "cmb", Card::Credit),
    ("招商银行 信用卡 尾号1234", "cmb", Card::Credit),
    ("招商银行股份有限公司", "cmb", Card::Unsaid),
    ("中国银行储蓄卡(0814)", "boc", Card::Debit),
    ("中国银行信用卡(1875)", "boc", Card::Credit),
    ("中国银行", "boc", Card::Unsaid),
    ("中行信用卡(1875)", "boc", Card::Credit),
    ("Bank of China debit ****0814", "boc", Card::Debit),
    ("中信银行信用卡(6428)&红包", "citic", Card::Credit),
    ("云闪付-中信银行(6428)", "citic", Card::Unsaid),
    ("云闪付-中信银行信用卡(6428)", "citic", Card::Credit),
    ("中信信用卡(6428)", "citic", Card::Credit),
    ("工商银行", "icbc", Card::Unsaid),
    ("中国工商银行储蓄卡(0001)", "icbc", Card::Debit),
    ("工行借记卡(0001)", "icbc", Card::Debit),
    ("ICBC debit card 0001", "icbc", Card::Debit),
    ("数字人民币-工商银行", "icbc", Card::Unsaid),
    ("零钱&工商银行(1234)", "icbc", Card::Unsaid),
    ("花呗&工商银行储蓄卡(1234)", "icbc", Card::Debit),
    ("建设银行储蓄卡(2222)", "ccb", Card::Debit),
    ("建行龙卡", "-", Card::Unsaid),
    ("中国建设银行贷记卡(2222)", "ccb", Card::Credit),
    ("农业银行(3333)", "abc", Card::Unsaid),
    ("农行储蓄卡(3333)", "abc", Card::Debit),
    ("ABC card 3333", "abc", Card::Unsaid),
    ("交通银行信用卡(4444)", "bocom", Card::Credit),
    ("交行", "bocom", Card::Unsaid),
    ("邮储银行储蓄卡(5555)", "psbc", Card::Debit),
    ("中国邮政储蓄银行(5555)", "psbc", Card::Unsaid),
    ("邮政储蓄银行储蓄卡(5555)", "psbc", Card::Debit),
    ("民生银行信用卡(6666)", "cmbc", Card::Credit),
    ("民生信用卡(6666)", "cmbc", Card::Credit),
    ("CMBC credit card 6666", "cmbc", Card::Credit),
    ("兴业银行储蓄卡(7777)", "cib", Card::Debit),
    ("浦发银行信用卡(8888)", "spdb", Card::Credit),
    ("上海浦东发展银行(8888)", "spdb", Card::Unsaid),
    ("光大银行信用卡(9999)", "ceb", Card::Credit),
    ("华夏银行借记卡(1010)", "hxb", Card::Debit),
    ("广发银行信用卡(1111)", "cgb", Card::Credit),
    ("平安银行信用卡(1212)", "pingan-bank", Card::Credit),
    ("平安银行", "pingan-bank", Card::Unsaid),
    ("北京银行卡(1313)", "bank-of-beijing", Card::Unsaid),
    ("上海银行储蓄卡(1414)", "bank-of-shanghai", Card::Debit),
    ("宁波银行(1515)", "bank-of-ningbo", Card::Unsaid),
    ("网商银行储蓄卡(1616)", "mybank", Card::Debit),
    ("微众银行(1717)", "webank", Card::Unsaid),
    ("中国银行(香港)(1818)", "bochk", Card::Unsaid),
    ("中信银行（国际）信用卡(1919)", "cncbi", Card::Credit),
    ("汇丰中国信用卡(2020)", "hsbc-china", Card::Credit),
    ("恒丰银行(2121)", "hengfeng-bank", Card::Unsaid),
    ("退款至招商银行信用卡(1234)", "cmb", Card::Credit),
    ("招商银行信用卡(6225****1234)", "cmb", Card::Credit),
    ("招商银行信用卡分期", "-", Card::Unsaid),
    ("招商银行信用卡立减优惠", "-", Card::Unsaid),
    ("工商银行立减金", "-", Card::Unsaid),
    ("花呗&招商银行信用卡立减", "-", Card::Unsaid),
    ("余额", "-", Card::Unsaid),
    ("账户余额", "-", Card::Unsaid),
    ("零钱", "-", Card::Unsaid),
    ("零钱通", "-", Card::Unsaid),
    ("余额宝", "-", Card::Unsaid),
    ("花呗", "-", Card::Unsaid),
    ("花呗&红包", "-", Card::Unsaid),
    ("花呗&花呗青春特惠", "-", Card::Unsaid),
    ("京东白条", "-", Card::Unsaid),
    ("小金库零用钱", "-", Card::Unsaid),
    ("钱包余额", "-", Card::Unsaid),
    ("银行卡", "-", Card::Unsaid),
    ("微信支付", "-", Card::Unsaid),
    ("先享后付", "-", Card::Unsaid),
    ("/", "-", Card::Unsaid),
    ("", "-", Card::Unsaid),
    ("中信", "-", Card::Unsaid),
    ("平安", "-", Card::Unsaid),
    ("ABC", "-", Card::Unsaid),
    ("兴业证券", "-", Card::Unsaid),
    ("平安保险", "-", Card::Unsaid),
    ("华夏基金", "-", Card::Unsaid),
    ("光大环保(1234)", "-", Card::Unsaid),
    ("某某村镇银行储蓄卡(1234)", "-", Card::Unsaid),
    ("Visa ···· 1234", "-", Card::Unsaid),
    ("Mastercard •••• 1234", "-", Card::Unsaid),
    ("亲属卡(1234)", "-", Card::Unsaid),
    ("招商银行(1234)&工商银行(5678)", "-", Card::Unsaid),
    ("招商银行信用卡储蓄卡", "-", Card::Unsaid),
];

#[test]
fn the_issuer_is_read_from_the_payment_method_or_not_guessed() {
    let directory = directory();
    let mut wrong = Vec::new();
    for (method, issuer, card) in METHODS {
        let found = directory.funding(method);
        let said =
            (found.map_or("-", |funding| funding.issuer.id.as_str()), found.map_or(Card::Unsaid, |f| f.card));
        if said != (*issuer, *card) {
            wrong.push(format!("{method}: {said:?} instead of {:?}", (issuer, card)));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(METHODS.len() >= 60);
}

#[test]
fn a_credit_card_leads_to_the_credit_card_line() {
    let directory = directory();
    let line = |method: &str| {
        let funding = directory.funding(method).unwrap();
        funding.issuer.line_for(funding.card).unwrap().number.clone()
    };
    assert_eq!(line("招商银行信用卡(1234)"), "400-820-5555");
    assert_eq!(line("招商银行储蓄卡(1234)"), "95555");
    assert_eq!(line("工商银行信用卡(1234)"), "95588");
    assert_eq!(line("广发银行信用卡(1234)"), "95508");
}

#[test]
fn the_tail_of_a_card_is_four_digits_and_never_a_guess() {
    use recourse::directory::card_tail;
    for (method, tail) in [
        ("招商银行信用卡(1234)", Some("1234")),
        ("招商银行（１２３４）", Some("1234")),
        ("尾号0814", Some("0814")),
        ("6225****1234", Some("1234")),
        ("云闪付-中信银行(6428)&红包", Some("6428")),
        ("招商银行(1234)&工商银行(5678)", None),
        ("招商银行(12345)", None),
        ("花呗", None),
        ("", None),
    ] {
        assert_eq!(card_tail(method).as_deref(), tail, "{method}");
    }
}

#[path = "directory/numbers.rs"]
mod numbers;

#[test]
fn every_number_of_the_golden_table_gets_its_verdict() {
    let directory = directory();
    let mut wrong = Vec::new();
    for (text, verdict, provider) in numbers::GOLDEN {
        let check = directory.check_number(text);
        let found = check.provider.as_deref().unwrap_or("-");
        if check.verdict != *verdict || found != *provider {
            wrong.push(format!("{text:?}: {:?} {found} instead of {verdict:?} {provider}", check.verdict));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(numbers::GOLDEN.len() >= 100, "{}", numbers::GOLDEN.len());
}

#[test]
fn a_number_check_never_accuses_and_never_vouches() {
    let directory = directory();
    let banned_zh = ["骗子", "诈骗电话", "诈骗分子", "真号", "正版", "是真的", "可以放心", "肯定"];
    let banned_en = ["fraudster", "scammer", "criminal", "genuine", "authentic", "is safe", "is real"];
    let own = directory.all().iter().flat_map(|provider| {
        let lines = provider.hotlines.iter().map(|hotline| hotline.number.clone());
        lines.chain(provider.claims.iter().chain(&provider.calls_from).map(|claim| claim.number.clone()))
    });
    let golden = numbers::GOLDEN.iter().map(|(text, _, _)| (*text).to_owned());
    for text in own.chain(golden) {
        let check = directory.check_number(&text);
        for said in [&check.explanation, &check.advice] {
            assert!(!said.zh.is_empty() && !said.en.is_empty(), "{text}");
            let lower = said.en.to_lowercase();
            assert!(banned_zh.iter().all(|word| !said.zh.contains(word)), "{text}: {}", said.zh);
            assert!(banned_en.iter().all(|word| !lower.contains(word)), "{text}: {}", said.en);
        }
        if check.verdict == NumberVerdict::Listed {
            assert!(check.explanation.zh.contains("来电显示"), "{text}: {}", check.explanation.zh);
        }
        if let (Some(provider), Some(line)) = (&check.provider, &check.line) {
            assert!(directory.tel(provider, line).is_ok(), "{text}");
        }
    }
}

#[test]
fn every_line_of_the_directory_is_listed_under_its_provider() {
    let directory = directory();
    // A number that several providers share is listed under one of them.
    let mut owners: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for provider in directory.all() {
        for hotline in &provider.hotlines {
            owners.entry(digits(&hotline.number)).or_default().insert(&provider.id);
        }
    }
    for provider in directory.all() {
        for hotline in &provider.hotlines {
            let check = directory.check_number(&hotline.number);
            assert_eq!(check.verdict, NumberVerdict::Listed, "{} {}: {check:?}", provider.id, hotline.number);
            let owner = check.provider.unwrap();
            assert!(owners[&digits(&hotline.number)].contains(owner.as_str()), "{} {owner}", hotline.number);
        }
    }
}

#[test]
fn every_claim_is_contradicted_or_is_somebody_elses_listed_line() {
    let directory = directory();
    for provider in directory.all() {
        for claim in &provider.claims {
            let number = claim.number.replace("地区号+", "0771");
            let check = directory.check_number(&number);
            let fits = match check.verdict {
                NumberVerdict::Contradicted => true,
                NumberVerdict::Listed => check.provider.as_deref() != Some(&provider.id),
                NumberVerdict::Imitation => claim.number.starts_with("地区号"),
                _ => false,
            };
            assert!(fits, "{} {}: {:?}", provider.id, claim.number, check.verdict);
            if check.verdict == NumberVerdict::Listed {
                assert!(check.explanation.zh.contains(&provider.name.zh), "{}", check.explanation.zh);
            }
        }
    }
}

#[test]
fn a_block_of_ten_thousand_numbers_holds_few_listed_ones() {
    let directory = directory();
    let listed = (0..10_000_u32)
        .filter(|n| directory.check_number(&format!("4008{n:06}")).verdict == NumberVerdict::Listed)
        .count();
    assert!(listed < 100, "{listed}");
}
