//! Two tables of what payments say: what people buy every day in words that scams use too, and what the bills of people
//! show who were deceived.

use super::{ledger, notation, open_flags};
use recourse::detect::{Flag, FlagKind, Sure};

const ORDINARY: &str = include_str!("../../samples/wording/ordinary.txt");
const SCAMS: &str = include_str!("../../samples/wording/scams.txt");

/// `HOW | PAYEE | WORDS`, without remarks.
fn table(text: &str) -> Vec<[&str; 3]> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let cells: Vec<&str> = line.split(" | ").collect();
            cells.try_into().unwrap_or_else(|_| panic!("three cells: {line}"))
        })
        .collect()
}

/// The flag of scam words on one such payment, alone in its ledger.
fn told([how, payee, words]: [&str; 3]) -> Option<Flag> {
    let row = match how {
        "buy" => format!("buy 900.00 {payee}; item {words}; mo 2026030122001; category 日用百货"),
        "code" => {
            format!("buy 900.00 {payee}; item 收款方备注:二维码收款付款方留言:{words}; mo 2026030122001")
        }
        "stall" => format!("buy 900.00 {payee}; item {words}"),
        "send" => format!("send 900.00 {payee}; memo {words}"),
        other => panic!("how: {other}"),
    };
    let case = notation::read(&format!("=== quiet: one\n2026-03-01 15:10 {row}")).remove(0);
    let rows = ledger(&case);
    open_flags(&case, &rows, &[]).into_iter().find(|flag| flag.kind == FlagKind::ScamWords)
}

#[test]
fn nothing_that_people_pay_for_every_day_is_told_as_a_scam() {
    let ordinary = table(ORDINARY);
    assert!(ordinary.len() >= 200, "{}", ordinary.len());
    let told: Vec<String> =
        ordinary.into_iter().filter_map(|row| told(row).map(|flag| flag.explanation.zh)).collect();
    assert!(told.is_empty(), "{}:\n{}", told.len(), told.join("\n"));
}

#[test]
fn what_the_deceived_were_told_to_write_is_told() {
    let scams = table(SCAMS);
    assert!(scams.len() >= 110, "{}", scams.len());
    let missed: Vec<[&str; 3]> = scams.into_iter().filter(|&row| told(row).is_none()).collect();
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn the_surest_word_is_kept_for_money_sent_to_somebody() {
    for row @ [how, ..] in table(SCAMS) {
        let sure = told(row).map(|flag| flag.sure);
        assert!(matches!(how, "send" | "code") || sure != Some(Sure::Clear), "{row:?}");
    }
    let sent = told(["send", "*杰", "转入安全账户"]).map(|flag| flag.sure);
    assert_eq!(sent, Some(Sure::Clear));
}
