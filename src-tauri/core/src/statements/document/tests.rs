//! How files are told apart, and what holds for all document formats.

use super::*;
use crate::statements::{self, Parsed};

fn read_all(text: &str) -> Vec<Parsed> {
    statements::read(text.as_bytes(), &Options::default()).unwrap()
}

fn named(text: &str) -> Option<&'static str> {
    let head = head_text(text.as_bytes())?;
    DOCUMENTS.iter().find(|document| (document.recognise)(&head)).map(|document| document.id)
}

#[test]
fn each_format_is_told_by_its_content_and_tables_are_left_alone() {
    for (text, id) in [
        ("\n\n OFXHEADER:100 DATA:OFXSGML<OFX>", Some("ofx")),
        ("<?xml version=\"1.0\"?>\n<?OFX OFXHEADER=\"200\"?><OFX>", Some("ofx")),
        ("<OFX><SIGNONMSGSRSV1>", Some("ofx")),
        (
            "<?xml version='1.0'?><Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'>",
            Some("camt"),
        ),
        ("<n:Document><n:BkToCstmrAcctRpt>", Some("camt")),
        ("{1:F01X}{2:O940Y}{4:\r\n:20:A\r\n:25:B\r\n:60F:C", Some("mt940")),
        ("ABNANL2A\n940\n:20:A\n:25:B\n:28C:1\n", Some("mt940")),
        (":20:A\n:25:B\n", None),
        ("!Type:Bank\nD1/2/24", Some("qif")),
        ("\n!Option:AutoSwitch\n!Account\n", Some("qif")),
        ("[{\"header\":\"Google Pay\",\"title\":\"Paid\"}]", Some("google-activity-json")),
        (")]}'\n[{\"header\":\"Google Pay\",\"title\":\"Paid\"}]", Some("google-activity-json")),
        ("<html><div class=\"outer-cell\">Google Pay</div>", Some("google-activity-html")),
        (
            "Time,Transaction ID,Description,Product,Payment method,Status,Amount\n",
            Some("google-transactions"),
        ),
        ("Time,Transaction ID,Description,Memo,Type,Status,Amount\n", Some("google-money-sends")),
        ("交易时间,交易类型,交易对方,商品,收/支,金额(元)\n", None),
        ("<html><body>", None),
        ("<?xml version='1.0'?><Document/>", None),
        ("Date,Amount\n:20:x\n", None),
        ("", None),
    ] {
        assert_eq!(named(text), id, "{text}");
    }
}

#[test]
fn a_web_page_is_known_behind_its_styles() {
    let page = format!("<html><style>{}</style><div class=\"outer-cell\">Google Pay", "a{}".repeat(50_000));
    assert_eq!(named(&page), Some("google-activity-html"));
}

#[test]
fn every_entry_of_the_registry_says_what_it_is() {
    for (place, document) in DOCUMENTS.iter().enumerate() {
        assert!(DOCUMENTS[place + 1..].iter().all(|other| other.id != document.id), "{}", document.id);
        assert!(statements::ALL.iter().all(|statement| statement.id != document.id), "{}", document.id);
        let texts = [document.zh, document.en];
        assert!(texts.iter().all(|text| !text.is_empty()), "{}", document.id);
        assert!(!document.versions.is_empty() && !document.quirks.is_empty(), "{}", document.id);
    }
}

#[test]
fn a_format_asked_for_by_name_is_the_only_one_taken() {
    let options = |id: &str| Options { statement: Some(id.into()), ..Options::default() };
    let qif = b"!Type:Bank\nD2024-01-13\nT-1.00\nPShop\n^\n";
    assert_eq!(statements::read(qif, &options("qif")).unwrap()[0].rows.len(), 1);
    assert_eq!(statements::read(qif, &options("ofx")).unwrap_err().code, Code::Unreadable);
    assert_eq!(statements::read(qif, &options("alipay-app")).unwrap_err().code, Code::Unreadable);
}

#[test]
fn an_open_date_order_is_asked_and_the_answer_is_kept() {
    let text = "!Type:Bank\nD3/4/24\nT-1.00\n^\n";
    let error = statements::read(text.as_bytes(), &Options::default()).unwrap_err();
    assert_eq!(error.code, Code::AmbiguousDates);
    let said = |dates| {
        let options = Options { dates: Some(dates), ..Options::default() };
        statements::read(text.as_bytes(), &options).unwrap()[0].rows[0].at.to_rfc3339()
    };
    assert_eq!(said(statements::DateOrder::Dmy), "2024-04-03T00:00:00+08:00");
    assert_eq!(said(statements::DateOrder::Mdy), "2024-03-04T00:00:00+08:00");
}

#[test]
fn messages_of_one_account_are_one_statement() {
    let message = |day: &str, amount: &str| {
        format!(
            ":20:X\r\n:25:ACC1\r\n:60F:C240101EUR10,00\r\n:61:2401{day}D{amount}NTRFNONREF\r\n:86:x\r\n:62F:C240101EUR{}\r\n-\r\n",
            "9,00"
        )
    };
    let all = read_all(&(message("02", "1,00") + &message("03", "1,00") + &message("04", "2,00")));
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].rows.len(), 3);
    assert_eq!(all[0].problems.len(), 1, "the third does not agree with its balance");
    assert_eq!(all[0].problems[0].reason, crate::statements::Reason::TotalsDiffer);
}

#[test]
fn a_reading_stops_when_told_to() {
    let text = "!Type:Bank\nD2024-01-13\nT-1.00\n^\nD2024-01-14\nT-1.00\n^\n";
    let mut rows = 0;
    let error = statements::read_parts(text.as_bytes(), &Options::default(), &mut |_| {
        rows += 1;
        false
    })
    .unwrap_err();
    assert_eq!((error.code, rows), (Code::Cancelled, 1));
}
