//! To whom a payment leads: real-shaped methods and payees in `samples/directory`, each with what is expected.

use recourse::directory::{Card, Directory, card_tail};
use recourse_tests::tables;

fn card(word: &str) -> Card {
    match word {
        "credit" => Card::Credit,
        "debit" => Card::Debit,
        "unsaid" => Card::Unsaid,
        other => panic!("{other} is no kind of card"),
    }
}

#[test]
fn the_issuer_and_the_wallet_are_read_from_the_method_or_not_guessed() {
    let directory = Directory::load();
    let rows = tables::read("directory/methods.tsv", 4);
    let mut wrong = Vec::new();
    for row in &rows {
        let [method, issuer, kind, wallet] = &row[..] else { unreachable!() };
        let found = directory.funding(method);
        let said = (
            found.map_or("-", |funding| funding.issuer.id.as_str()),
            found.map_or(Card::Unsaid, |funding| funding.card),
            directory.wallet_in(method).map_or("-", |wallet| wallet.id.as_str()),
        );
        if said != (issuer.as_str(), card(kind), wallet.as_str()) {
            wrong.push(format!("{method}: {said:?} instead of {issuer} {kind} {wallet}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(rows.len() >= 150, "{}", rows.len());
}

#[test]
fn a_row_leads_to_the_right_provider_or_to_nobody() {
    let directory = Directory::load();
    let rows = tables::read("directory/payees.tsv", 4);
    let mut wrong = Vec::new();
    for row in &rows {
        let [provider, method, payee, expected] = &row[..] else { unreachable!() };
        let said = directory.whom(provider, method, payee).map_or("-", |found| found.id.as_str());
        if said != expected {
            wrong.push(format!("{provider} | {method} | {payee}: {said} instead of {expected}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(rows.len() >= 90, "{}", rows.len());
}

#[test]
fn a_credit_card_leads_to_the_credit_card_line() {
    let directory = Directory::load();
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
