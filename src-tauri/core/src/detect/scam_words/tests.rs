use super::*;
use crate::detect::jotted::{shown, told};
use std::collections::HashSet;

#[test]
fn every_phrase_has_a_reason_in_both_languages_and_stands_once() {
    let list = words();
    assert!(list.phrase.len() >= 20);
    let mut seen = HashSet::new();
    for phrase in &list.phrase {
        assert!(!phrase.anywhere.is_empty() || !phrase.sent.is_empty());
        assert!(!phrase.reason.zh.is_empty() && !phrase.reason.en.is_empty());
        for word in phrase.anywhere.iter().chain(&phrase.sent) {
            assert_eq!(word, &word.to_ascii_lowercase(), "Latin letters stand in lower case");
            assert!(word.chars().count() >= 2, "one letter alone says nothing: {word}");
            assert!(seen.insert(word), "{word} stands twice");
        }
    }
    let asides = list.phrase.iter().flat_map(|phrase| &phrase.unless);
    for word in asides.chain(&list.unless).chain(&list.goods).chain(&list.lawful).chain(&list.inside) {
        assert_eq!(word, &word.to_ascii_lowercase(), "they are looked for in lower case");
    }
}

#[test]
fn a_longer_word_hides_a_phrase_at_its_ends_and_no_phrase_is_hidden_whole() {
    let list = words();
    for word in every() {
        assert!(!found(word).is_empty(), "{word} never stands for itself");
    }
    for longer in &list.inside {
        let meets = |word: &str| {
            (0..word.len()).any(|at| {
                word.is_char_boundary(at)
                    && (longer.contains(&word[at..]) || at > 0 && longer.contains(&word[..at]))
            })
        };
        assert!(every().into_iter().any(meets), "{longer} hides nothing");
        assert!(found(longer).iter().all(|found| found.at.len() == longer.len()), "{longer}");
    }
}

#[test]
fn a_phrase_inside_another_word_says_nothing() {
    for text in
        ["刷单词", "绑带单鞋", "跑鞋男线下款2026", "外贸跟单", "Bailey", "warranty", "买U盘", "干洗钱"]
    {
        assert_eq!(found(text), [], "{text}");
    }
    for text in ["刷单", "刷单,单词", "老师带单", "bail for John", "买U 500", "Safe Account", "洗钱"]
    {
        assert!(!found(text).is_empty(), "{text}");
    }
}

#[test]
fn overlapping_words_are_quoted_as_one_and_the_same_words_once() {
    let quoted = |item: &str, memo: &str| {
        let at = chrono::DateTime::parse_from_rfc3339("2026-03-01T14:00:00+08:00").unwrap();
        let amount = crate::money::Money::fen(100_000);
        let row = Transaction {
            item: item.to_owned(),
            memo: memo.to_owned(),
            ..Transaction::of(at, crate::ledger::Direction::Out, Kind::TransferOut, amount)
        };
        hits(&row, Paid::Sent).iter().map(|hit| hit.said.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(quoted("账户解冻保证金", ""), ["账户解冻保证金"]);
    assert_eq!(quoted("转账-转入安全账户", "转入安全账户"), ["转入安全账户"]);
    assert_eq!(quoted("提现保证金", ""), ["提现保证金"]);
    assert_eq!(quoted("", "Safe Account No 3"), ["Safe Account"]);
    assert_eq!(quoted("公检法资金清查", "刷单垫付").len(), 2);
}

#[test]
fn who_is_paid_weighs_as_much_as_the_word() {
    let row = |verb: &str, rest: &str| shown(&format!("2026-03-01 15:10 {verb} 900.00 {rest}"));
    assert_eq!(row("send", "*琳; memo 激活费"), ["1 scam-words"]);
    assert!(row("buy", "某通信; item 激活费; mo 2026030122001").is_empty());
    assert_eq!(row("buy", "某商贸; item 解冻保证金; mo 2026030122001"), ["1 scam-words"]);
    let code = "王静; item 收款方备注:二维码收款付款方留言:激活费; mo 2026030122001; category 餐饮美食";
    assert_eq!(row("buy", code), ["1 scam-words"], "what is written to the payee");
    assert_eq!(row("buy", "Luna(**霞); item 快递理赔 验证金"), ["1 scam-words"], "two stories");
    assert!(row("buy", "某物流; item 快递理赔 验证金; mo 2026030122001").is_empty());
    assert!(row("buy", "某医院; item 解冻费; mo 2026030122001").is_empty(), "cells are thawed for a fee");
}

#[test]
fn somebody_the_user_has_long_dealt_with_is_weighed_less() {
    let before: String =
        (1..=4).map(|month| format!("2026-{month:02}-01 12:00 send 200.00 陈小雨; memo 饭钱\n")).collect();
    let after = |memo: &str| shown(&format!("{before}2026-05-01 12:00 send 900.00 陈小雨; memo {memo}"));
    assert_eq!(after("刷单垫付"), ["5 scam-words"]);
    assert!(after("做任务").is_empty());
    assert_eq!(shown("2026-05-01 12:00 send 900.00 陈小雨; memo 做任务"), ["1 scam-words"]);
}

#[test]
fn what_calls_itself_a_withdrawal_and_goes_to_somebody_is_none() {
    use crate::detect::{FlagKind, score};
    use crate::ledger::{Direction, Transaction};
    let at = chrono::DateTime::parse_from_rfc3339("2026-03-01T14:00:00+08:00").unwrap();
    let kinds = |direction: Direction, party: &str, item: &str| {
        let row = Transaction {
            counterparty: party.to_owned(),
            item: item.to_owned(),
            ..Transaction::of(at, direction, Kind::Withdrawal, crate::money::Money::fen(20_000))
        };
        score(&[row], &[]).remove(0).kinds
    };
    assert_eq!(kinds(Direction::Out, "佳诚旗舰店", "提现解冻费"), [FlagKind::ScamWords]);
    assert_eq!(kinds(Direction::Out, "董琳", "提现保证金"), [FlagKind::ScamWords]);
    assert!(kinds(Direction::Out, "某银行", "提现-快速提现").is_empty());
    assert!(kinds(Direction::Neutral, "某银行", "零钱提现").is_empty());
}

#[test]
fn what_went_to_one_stranger_in_pieces_is_told_once_with_all_of_it() {
    let pieces = "2026-03-01 10:07 send 500.00 *商贸; memo 注销校园贷
        2026-03-01 10:39 send 900.00 *商贸; memo 征信修复
        2026-03-01 11:20 send 700.00 *商贸
        2026-03-01 12:00 buy 20.00 面馆
        2026-03-09 11:20 send 400.00 *商贸; memo 征信修复";
    let told = told(pieces);
    let scams: Vec<_> = told.iter().filter(|flag| flag.kind == FlagKind::ScamWords).collect();
    let rows = |flag: &Flag| flag.transactions.iter().map(|id| id.0).collect::<Vec<_>>();
    assert_eq!(scams.iter().map(|flag| rows(flag)).collect::<Vec<_>>(), [vec![1, 2, 3], vec![5]]);
    assert_eq!(scams[0].amount, crate::money::Money::fen(210_000));
    assert!(scams[0].explanation.zh.contains("3 笔，合计 ¥2100.00"), "{}", scams[0].explanation.zh);
    assert!(shown(pieces).contains(&"2 scam-words".to_owned()), "on its day each row tells for itself");
}

#[test]
fn what_goes_to_a_friend_beside_a_joke_is_no_piece_of_it() {
    let before: String =
        (1..=4).map(|month| format!("2026-{month:02}-01 12:00 send 200.00 陈小雨; memo 饭钱\n")).collect();
    let told = told(&format!(
        "{before}2026-05-01 12:00 send 900.00 陈小雨; memo 刷单垫付\n2026-05-01 13:00 send 60.00 陈小雨; memo 打车"
    ));
    assert_eq!(told[0].transactions.iter().map(|id| id.0).collect::<Vec<_>>(), [5]);
}
