//! The directory that ships: every file, every number, and what is said of them.

use recourse::directory::{Directory, Provider, ProviderKind, Purpose, SourceKind, Trust};
use recourse::text::Text;
use std::collections::BTreeSet;
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
    texts.extend(&provider.became);
    for claim in provider.claims.iter().chain(&provider.calls_from) {
        texts.extend([&claim.truth, &claim.said_by]);
    }
    texts.extend(provider.sources.iter().map(|source| &source.what));
    texts.extend(provider.hotlines.iter().flat_map(|hotline| &hotline.sources).map(|source| &source.what));
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
    }
}

#[test]
fn every_provider_says_where_it_knows_from_and_when_it_was_checked() {
    let plausible = |date: chrono::NaiveDate| {
        ("2026-01-01".parse::<chrono::NaiveDate>().unwrap().."2026-11-22".parse().unwrap()).contains(&date)
    };
    for provider in directory().all() {
        let of_lines = provider.hotlines.iter().flat_map(|hotline| &hotline.sources);
        let sources: Vec<_> = provider.sources.iter().chain(of_lines).collect();
        assert!(!sources.is_empty(), "{}", provider.id);
        assert!(
            !provider.hotlines.is_empty() || provider.no_phone.is_some(),
            "{}: no line and no word",
            provider.id
        );
        for source in sources {
            assert!(!source.what.zh.is_empty(), "{}", provider.id);
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

#[test]
fn what_an_english_page_shows_is_not_chinese_alone() {
    let han = |text: &str| text.chars().filter(|c| ('\u{3400}'..='\u{9fff}').contains(c)).count();
    for provider in directory().all() {
        for text in texts(provider) {
            // Quoted Chinese words and names may stand in an English sentence; a Chinese sentence may not.
            let latin = text.en.chars().filter(char::is_ascii_alphabetic).count();
            assert!(han(&text.en) == 0 || latin > han(&text.en) / 2, "{}: {}", provider.id, text.en);
            assert!(han(&text.en) == 0 || text.en != text.zh, "{}: {}", provider.id, text.en);
        }
    }
}

#[test]
fn what_was_renamed_or_closed_says_what_became_of_it_and_is_found_by_its_old_name() {
    let directory = directory();
    for provider in directory.all() {
        let changed = provider.status != recourse::directory::ProviderStatus::Active;
        assert_eq!(changed, provider.became.is_some(), "{}", provider.id);
        for name in &provider.former {
            assert_eq!(directory.get(name).map(|found| &found.id), Some(&provider.id), "{name}");
        }
    }
}

#[test]
fn a_name_on_a_bill_is_one_providers() {
    let directory = directory();
    let mut owners = std::collections::BTreeMap::new();
    for provider in directory.all() {
        for name in provider.bill.iter().chain(&provider.legal) {
            let other = owners.insert(name.to_uppercase(), &provider.id);
            assert!(other.is_none_or(|other| *other == provider.id), "{name}: {other:?} and {}", provider.id);
        }
    }
}

#[test]
fn what_ships_keeps_the_rules_a_pack_must_keep() {
    assert_eq!(directory().audit(), Vec::<String>::new());
    assert!(directory().edition().built_in);
    assert!(directory().edition().version > 2_026_000_000);
}
