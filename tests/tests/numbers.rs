//! What is said of a number: the golden table, and what must hold of every number.

use recourse::directory::{Directory, NumberVerdict};
use recourse_tests::tables;
use std::collections::{BTreeMap, BTreeSet};

struct Row {
    text: String,
    verdict: String,
    provider: String,
    /// Empty where it is not checked.
    e164: String,
}

fn golden() -> Vec<Row> {
    let row = |cells: Vec<String>| {
        let [text, verdict, provider, e164]: [String; 4] = cells.try_into().expect("four cells");
        Row { text, verdict, provider, e164 }
    };
    tables::read("directory/numbers.tsv", 4).into_iter().map(row).collect()
}

fn word(verdict: NumberVerdict) -> String {
    serde_json::to_value(verdict).unwrap().as_str().unwrap().to_owned()
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

#[test]
fn every_number_of_the_golden_table_gets_its_verdict() {
    let directory = Directory::load();
    let rows = golden();
    let mut wrong = Vec::new();
    for row in &rows {
        let check = directory.check_number(&row.text);
        let found = check.provider.as_deref().unwrap_or("-");
        let e164 = check.e164.as_deref().unwrap_or("-");
        if word(check.verdict) != row.verdict || found != row.provider {
            let said = word(check.verdict);
            wrong.push(format!("{:?}: {said} {found} instead of {} {}", row.text, row.verdict, row.provider));
        } else if !row.e164.is_empty() && e164 != row.e164 {
            wrong.push(format!("{:?}: {e164} instead of {}", row.text, row.e164));
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), rows.len(), wrong.join("\n"));
    assert!(rows.len() >= 300, "{}", rows.len());
}

#[test]
fn a_message_is_about_the_number_it_asks_to_call_and_names_the_others() {
    let directory = Directory::load();
    let check = directory.check_number("【支付宝】花呗需注销，请联系客服 13800138000，勿拨打95188");
    assert_eq!((check.number.as_str(), check.verdict), ("13800138000", NumberVerdict::Unlisted));
    assert_eq!(check.others.len(), 1);
    assert_eq!(check.others[0].provider.as_deref(), Some("alipay"));
    assert_eq!(check.others[0].verdict, NumberVerdict::Listed);
    assert!(directory.check_number("95188").others.is_empty());
}

#[test]
fn a_contradicted_number_names_the_page_and_the_line_that_is_right() {
    let directory = Directory::load();
    let check = directory.check_number("400-670-1000");
    assert!(check.explanation.zh.contains("zhongdazp.com"), "{}", check.explanation.zh);
    assert!(check.advice.en.contains("95017"), "{}", check.advice.en);
    assert_eq!(check.line.as_deref(), Some("main"));
    // Somebody's own line beats a claim about another: 95055 is Du Xiaoman's, whatever a page says of Alipay.
    let listed = directory.check_number("95055");
    assert_eq!(listed.verdict, NumberVerdict::Listed);
    assert!(listed.explanation.zh.contains("支付宝"), "{}", listed.explanation.zh);
}

#[test]
fn only_numbers_something_can_be_said_of_are_marked_in_a_memo() {
    let directory = Directory::load();
    let found = directory.telling_numbers("客服 400-670-1000，工号 95188，手机 13800138000，来电 +8695588");
    let verdicts: Vec<_> = found.iter().map(|check| (check.number.as_str(), check.verdict)).collect();
    assert_eq!(
        verdicts,
        [("4006701000", NumberVerdict::Contradicted), ("+8695588", NumberVerdict::Imitation)]
    );
    assert!(directory.telling_numbers("午饭 23.50 元").is_empty());
}

#[test]
fn a_number_check_never_accuses_and_never_vouches() {
    let directory = Directory::load();
    let banned_zh = ["骗子", "诈骗电话", "诈骗分子", "真号", "正版", "是真的", "可以放心", "肯定"];
    let banned_en = ["fraudster", "scammer", "criminal", "genuine", "authentic", "is safe", "is real"];
    let own = directory.all().iter().flat_map(|provider| {
        let lines = provider.hotlines.iter().map(|hotline| hotline.number.clone());
        lines.chain(provider.claims.iter().chain(&provider.calls_from).map(|claim| claim.number.clone()))
    });
    let golden = golden().into_iter().map(|row| row.text);
    for text in own.chain(golden) {
        let check = directory.check_number(&text);
        for said in [&check.explanation, &check.advice] {
            assert!(!said.zh.is_empty() && !said.en.is_empty(), "{text}");
            let lower = said.en.to_lowercase();
            assert!(banned_zh.iter().all(|word| !said.zh.contains(word)), "{text}: {}", said.zh);
            assert!(banned_en.iter().all(|word| !lower.contains(word)), "{text}: {}", said.en);
        }
        assert!(check.verdict == NumberVerdict::Invalid || !check.sources.is_empty(), "{text} has no source");
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
    let directory = Directory::load();
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
    let directory = Directory::load();
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
    let directory = Directory::load();
    let listed = (0..10_000_u32)
        .filter(|n| directory.check_number(&format!("4008{n:06}")).verdict == NumberVerdict::Listed)
        .count();
    assert!(listed < 100, "{listed}");
}
