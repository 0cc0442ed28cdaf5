//! Letters: every playbook to every addressee in both languages, beside the files of `samples/letters`.
//! `RECOURSE_REWRITE=1 cargo test -p recourse-tests --test letters` writes the files anew.

use chrono::{DateTime, FixedOffset, NaiveDate};
use recourse::case::letter::{Exhibit, Papers};
use recourse::case::playbook::TROUBLES;
use recourse::case::rules::rulebook;
use recourse::case::{
    Addressee, Case, CaseId, Event, EventId, Finding, Happening, Promise, Trouble, addressees, amounts,
    default_wishes, letter,
};
use recourse::detect::FlagKind;
use recourse::ledger::{AttachmentId, Direction, ImportId, Kind, Source, Transaction, TransactionId};
use recourse::money::Money;
use recourse::text::Text;
use std::path::PathBuf;

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn name_of(id: &str) -> Text {
    match id {
        "alipay" => Text::new("支付宝（中国）网络技术有限公司", "Alipay (China)"),
        other => Text::new(other, other),
    }
}

fn file_of(import: ImportId) -> Option<Exhibit> {
    (import == ImportId(3)).then(|| Exhibit {
        name: "支付宝交易明细(20261101-20261121).csv".into(),
        sha256: "ab12cd34ef567890".repeat(4),
        label: String::new(),
    })
}

fn payment(id: i64, time: &str, fen: i64) -> Transaction {
    Transaction {
        id: TransactionId(id),
        key: format!("alipay:{id}"),
        provider: "alipay".into(),
        statement: Some("alipay-csv".into()),
        counterparty: "青禾便利店".into(),
        counterparty_account: "qin***@example.com".into(),
        item: "日用品".into(),
        method: "招商银行信用卡(1234)".into(),
        category: "日用百货".into(),
        status: "交易成功".into(),
        order_no: format!("20261103220014{id:014}"),
        merchant_order_no: format!("QH{id:08}"),
        source: Some(Source { import: ImportId(3), row: 24 + id as u32 }),
        ..Transaction::of(
            at(&format!("2026-11-03T{time}+08:00")),
            Direction::Out,
            Kind::Purchase,
            Money::fen(fen),
        )
    }
}

/// What the flag said that the case was opened from, where the letter rests on it.
fn findings(trouble: Trouble) -> Vec<Finding> {
    let (kind, fen) = match trouble {
        Trouble::WrongPayee => (FlagKind::WrongPayee, 12_800),
        Trouble::BalanceMismatch => (FlagKind::BalanceMismatch, 50_000),
        _ => return Vec::new(),
    };
    let found = Text::new(
        "2026年11月3日 12:01 「青禾便利店」这笔 ¥128.00：之前余额是 ¥980.00，之后是 ¥352.00；按金额算，之后应是 ¥852.00，差 ¥500.00。",
        "The ¥128.00 of “青禾便利店” on 2026-11-03 12:01: the balance was ¥980.00 before it and ¥352.00 after it; by the \
         amounts it should be ¥852.00 after it, ¥500.00 off.",
    );
    vec![Finding { kind, amount: Money::fen(fen), found }]
}

/// Two payments, three days of calls, one promise past due.
fn a_case(trouble: Trouble) -> (Case, Vec<Transaction>) {
    let mut lines = vec![payment(1, "12:01:07", 12_800), payment(2, "12:01:49", 12_800)];
    if trouble == Trouble::RefundMissing {
        lines.truncate(1);
        lines[0].refunded = Money::fen(2_800);
        lines[0].status = "退款成功".into();
    }
    if trouble == Trouble::WrongPayee {
        // Whom it was meant for.
        lines[0].counterparty = "青禾便利点".into();
        lines[0].at = at("2026-10-03T12:01:49+08:00");
    }
    if trouble == Trouble::BalanceMismatch {
        lines.remove(0);
        lines[0].balance = Some(Money::fen(35_200));
    }
    if trouble == Trouble::HoldNotReleased {
        lines.truncate(1);
        (lines[0].direction, lines[0].kind) = (Direction::Neutral, Kind::Other);
        (lines[0].item, lines[0].status) = ("押金-冻结".into(), "冻结成功".into());
    }
    if trouble.is_merchants() {
        // A month at the old price, or the trial before.
        lines[0].amount = Money::fen(if trouble == Trouble::TrialTurnedPaid { 100 } else { 9_800 });
        lines[0].at = at("2026-10-03T12:01:49+08:00");
        lines
            .iter_mut()
            .for_each(|line| (line.counterparty, line.item) = ("云听音乐".into(), "会员自动续费".into()));
    }
    let called = Happening::Called {
        provider: "alipay".into(),
        line: "main".into(),
        seconds: 410,
        agent: "1024".into(),
        ticket: "T20261104007".into(),
        said: "已登记。".into(),
        promise: Some(Promise { what: "书面答复".into(), due: "2026-11-09".parse().unwrap() }),
    };
    let happenings = [
        ("2026-11-03T12:20:00+08:00", Happening::Stepped { step: "police".into(), done: true }),
        ("2026-11-03T12:30:00+08:00", Happening::Stepped { step: "freeze".into(), done: true }),
        ("2026-11-03T12:45:00+08:00", Happening::Stepped { step: "contact-merchant".into(), done: true }),
        ("2026-11-04T09:12:00+08:00", called),
        ("2026-11-05T10:00:00+08:00", Happening::Noted { text: "仅供自己看的备注".into() }),
        (
            "2026-11-06T16:20:00+08:00",
            Happening::Answered { from: "alipay".into(), text: "仍在核实".into(), promise: None },
        ),
        (
            "2026-11-07T08:00:00+08:00",
            Happening::Attached { attachment: AttachmentId(1), label: "订单页".into() },
        ),
    ];
    let events = happenings.into_iter().enumerate();
    let case = Case {
        id: CaseId(1),
        opened_at: at("2026-11-03T13:00:00+08:00"),
        trouble,
        provider: "alipay".into(),
        story: "当日在店内购物一次，卡号4111111111111111，第一次页面提示超时。".into(),
        wishes: default_wishes(trouble),
        transactions: lines.iter().map(|line| line.id).collect(),
        flags: vec![],
        findings: findings(trouble),
        events: events
            .map(|(id, (time, happening))| Event { id: EventId(id as i64 + 1), at: at(time), happening })
            .collect(),
    };
    (case, lines)
}

fn write(case: &Case, lines: &[Transaction], to: Addressee, name: &str, today: &str) -> Text {
    let attachments = [Exhibit {
        name: "订单页.png".into(),
        sha256: "00ff11ee22dd33cc".repeat(4),
        label: "商户订单页".into(),
    }];
    letter(&Papers {
        case,
        transactions: lines,
        attachments: &attachments,
        file_of: &file_of,
        name_of: &name_of,
        to,
        recipient: None,
        name,
        phone: "138 0013 8000",
        today: today.parse::<NaiveDate>().unwrap(),
    })
}

fn kebab(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_string()
}

/// Every letter there is, with the name of its file.
fn all() -> Vec<(String, Trouble, Addressee, String)> {
    let mut all = Vec::new();
    for trouble in TROUBLES {
        let (case, lines) = a_case(*trouble);
        for to in addressees(*trouble).iter().copied() {
            let text = write(&case, &lines, to, "林某", "2026-11-21");
            let stem = format!("{}.{}", kebab(trouble), kebab(to));
            all.push((format!("{stem}.zh.txt"), *trouble, to, text.zh));
            all.push((format!("{stem}.en.txt"), *trouble, to, text.en));
        }
    }
    all
}

#[test]
fn every_letter_reads_as_its_sample() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples/letters");
    let rewrite = std::env::var_os("RECOURSE_REWRITE").is_some();
    let mut files: Vec<String> = Vec::new();
    for (name, _, _, text) in all() {
        let path = folder.join(&name);
        if rewrite {
            std::fs::write(&path, &text).unwrap();
        }
        let sample = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(sample == text, "{name} differs from its sample; it reads now:\n{text}");
        files.push(name);
    }
    for entry in std::fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(files.contains(&name), "{name} is the sample of no letter");
    }
}

#[test]
fn no_letter_cites_a_superseded_rule_or_one_that_does_not_speak_to_the_trouble() {
    for (name, trouble, to, text) in all() {
        for rule in &rulebook().rules {
            let (zh, en) = (format!("条：{}", rule.gist.zh), &rule.gist.en);
            let is_cited = text.contains(&zh) || text.contains(en.as_str());
            let may_be =
                rule.superseded_by.is_none() && rule.troubles.contains(&trouble) && rule.to.contains(&to);
            assert_eq!(is_cited, may_be, "{name}: {}", rule.id);
        }
    }
}

#[test]
fn a_letter_of_somebody_talked_into_paying_never_denies_the_payment() {
    for (name, trouble, to, text) in all() {
        let denies = ["不是本人操作", "未授权他人", "not paid by me"].iter().any(|word| text.contains(word));
        assert_eq!(denies, trouble == Trouble::UnknownTransaction, "{name}");
        if trouble == Trouble::PaymentScam {
            assert!(
                text.contains("由本人操作") || text.contains("I made the payments above myself"),
                "{name}"
            );
            assert!(text.contains("qin***@example.com"), "{name} says where the money went");
        }
        if to == Addressee::Police {
            for word in ["2026", "128.00", "T20261104007", "________"] {
                assert!(text.contains(word), "{name}: {word}");
            }
        }
    }
}

#[test]
fn no_letter_shows_a_private_note_a_full_card_number_or_an_identity_number() {
    for (name, _, _, text) in all() {
        assert!(!text.contains("仅供自己看的备注"), "{name}");
        assert!(!text.contains("4111111111111111") && text.contains("****1111"), "{name}");
        assert!(text.contains("________"), "{name}");
        assert!(
            !text.contains("身份证号码") || text.contains("身份证号码：________（打印后填写）"),
            "{name}"
        );
    }
}

#[test]
fn every_letter_says_that_the_user_checked_it_and_uses_no_strong_words() {
    let strong = [
        "严重", "恶劣", "必须", "否则", "追究", "曝光", "强烈", "一定", "outrag", "threat", "must pay",
        "or else",
    ];
    for (name, _, _, text) in all() {
        let checked =
            ["以上内容由本人核对，工具仅协助排版", "Checked by me; the tool only helped with the layout"];
        assert!(checked.iter().any(|line| text.contains(line)), "{name}");
        for word in strong {
            assert!(!text.contains(word), "{name}: {word}");
        }
    }
}

#[test]
fn random_cases_leave_no_empty_place_and_ask_for_what_is_outstanding() {
    let mut seed: u64 = 0x5eed;
    let mut random = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for round in 0..50 {
        for trouble in TROUBLES {
            let (mut case, _) = a_case(*trouble);
            let count = random(5);
            let mut lines = Vec::new();
            for id in 1..=count {
                let fen = 1 + random(5_000_000) as i64;
                let mut line = payment(id as i64, &format!("10:00:{id:02}"), fen);
                line.refunded = Money::fen(if random(2) == 0 { 0 } else { random(fen as u64 + 1) as i64 });
                if random(3) == 0 {
                    (line.order_no, line.merchant_order_no, line.counterparty) = Default::default();
                }
                if random(3) == 0 {
                    (line.method, line.status, line.source) = (String::new(), String::new(), None);
                }
                lines.push(line);
            }
            case.transactions = lines.iter().map(|line| line.id).collect();
            case.story = if random(2) == 0 { String::new() } else { " \n ".into() };
            case.events.truncate(random(7) as usize);
            for to in addressees(*trouble).iter().copied() {
                let name = if random(2) == 0 { "" } else { "林某" };
                let text = write(&case, &lines, to, name, "2026-11-21");
                for blank in
                    ["：，", "：。", "“”", "（）", "()", "undefined", "None", "  ,", "：\n，", "、、"]
                {
                    assert!(
                        !text.zh.contains(blank) && !text.en.contains(blank),
                        "round {round}: {blank}\n{}",
                        text.zh
                    );
                }
                assert!(!text.en.contains('：') && !text.en.contains('，'), "{}", text.en);
                let wanted = amounts(&case, &lines).into_iter().find(|sum| sum.minor > 0);
                if let Some(sum) = wanted.filter(|_| *trouble != Trouble::AccountFrozen) {
                    let plain: String = text.en.chars().filter(|c| *c != ',').collect();
                    assert!(plain.contains(&format!("CNY {}", sum.decimal())), "round {round}: {}", text.en);
                }
                for line in &lines {
                    assert!(line.order_no.is_empty() || text.zh.contains(&line.order_no), "round {round}");
                }
            }
        }
    }
}
