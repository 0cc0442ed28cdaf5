//! Statements that are no tables: what holds for all of them, however a file is cut, damaged or made up.

use proptest::prelude::*;
use recourse::Code;
use recourse::ledger::{Direction, Moment};
use recourse::statements::{DOCUMENTS, Options, Parsed, Reason, read};
use std::path::Path;

/// The samples of the formats that are written as text, by format.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let mut all = Vec::new();
    for document in DOCUMENTS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(document.id);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending != "expected") {
                all.push((document.id, std::fs::read(path).unwrap()));
            }
        }
    }
    all
}

fn read_one(text: &str) -> Parsed {
    let mut all = read(text.as_bytes(), &Options::default()).unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

type Facts = (u32, Moment, Direction, i64, String, String);

/// Every row's place, time, direction, amount and names.
fn facts(all: &[Parsed]) -> Vec<Facts> {
    let rows = all.iter().flat_map(|parsed| &parsed.rows);
    rows.map(|row| {
        let names = (row.counterparty.clone(), row.order_no.clone());
        (row.row, row.at, row.direction, row.amount.minor, names.0, names.1)
    })
    .collect()
}

#[test]
fn a_document_cut_anywhere_never_gives_another_amount_and_never_says_nothing() {
    for name in [
        "ofx/every-type-of-transaction.ofx",
        "ofx/xml-with-decimal-commas.ofx",
        "camt/statement-v2.xml",
        "mt940/in-its-envelope.sta",
        "qif/day-first-with-dots-and-blanks.qif",
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
        let whole = std::fs::read(path).unwrap();
        let all = read(&whole, &Options::default()).unwrap();
        let expected = facts(&all);
        let last = whole.iter().rposition(|byte| !byte.is_ascii_whitespace()).unwrap();
        for end in (1..=last).rev().step_by(5) {
            let Ok(parsed) = read(&whole[..end], &Options::default()) else { continue };
            let rows = facts(&parsed);
            for row in &rows {
                let right =
                    expected.iter().any(|one| (one.0, one.1, one.2, one.3) == (row.0, row.1, row.2, row.3));
                assert!(right, "{name} cut at {end}: {row:?}");
            }
            let told = parsed.iter().any(|parsed| !parsed.problems.is_empty());
            // A file of records has no end of its own: cut between two, nothing is missing.
            let line = whole[..end].split(|byte| *byte == b'\n').rfind(|line| !line.trim_ascii().is_empty());
            let between = line.is_some_and(|line| line.starts_with(b"!") || line.starts_with(b"^"));
            let ends_with_a_record = name.ends_with(".qif") && between;
            assert!(
                rows.len() == expected.len() || told || ends_with_a_record,
                "{name} cut at {end}: nothing is said"
            );
        }
    }
}

#[test]
fn what_was_written_is_read_back_to_the_last_unit_in_every_format() {
    for minor in [1_i64, 5, 10, 99, 100, 12_345, 13_107_207, 123_456_789, 9_999_999_999] {
        let amount = format!("{}.{:02}", minor / 100, minor % 100);
        let comma = amount.replace('.', ",");
        let ofx = format!(
            "OFXHEADER:100\n<OFX><STMTRS><CURDEF>CNY<BANKACCTFROM><ACCTID>1</BANKACCTFROM><STMTTRN><DTPOSTED>20260301<TRNAMT>-{amount}<FITID>1</STMTTRN></STMTRS></OFX>"
        );
        let camt = format!(
            "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'><BkToCstmrStmt><Stmt><Ntry><Amt Ccy='CNY'>{amount}000</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2026-03-01</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>"
        );
        let mt940 = format!(
            ":20:A\n:25:B\n:28C:1\n:60F:C260301CNY0,\n:61:260301D{comma}NTRFNONREF\n:62F:D260301CNY{comma}\n-\n"
        );
        let qif = format!("!Type:Bank\nD2026-03-01\nT-{amount}\n^\n");
        for text in [ofx, camt, mt940, qif] {
            let parsed = read_one(&text);
            assert_eq!(parsed.problems, [], "{text}");
            assert_eq!(
                (parsed.rows[0].amount.minor, parsed.rows[0].direction),
                (minor, Direction::Out),
                "{text}"
            );
            assert_eq!(parsed.rows[0].at.to_rfc3339(), "2026-03-01T00:00:00+08:00", "{text}");
        }
    }
}

#[test]
fn currencies_without_and_with_three_decimals_are_exact() {
    for (currency, amount, minor) in
        [("JPY", "1200", 1200), ("JPY", "1200,", 1200), ("KWD", "1,234", 1234), ("KWD", "0,001", 1)]
    {
        let text = format!(":20:A\n:25:B\n:28C:1\n:60F:C260301{currency}0,\n:61:260301C{amount}NTRFNONREF\n");
        assert_eq!(read_one(&text).rows[0].amount.minor, minor, "{currency} {amount}");
    }
    let text = ":20:A\n:25:B\n:28C:1\n:60F:C260301JPY0,\n:61:260301C1200,5NTRFNONREF\n:62F:C260301JPY0,\n";
    assert_eq!(read_one(text).problems[0].reason, Reason::BadAmount);
}

#[test]
fn a_hundred_thousand_entries_are_read_and_kept_apart() {
    let mut text =
        String::from("OFXHEADER:100\n<OFX><STMTRS><CURDEF>CNY<BANKACCTFROM><ACCTID>1</BANKACCTFROM>");
    for n in 0..100_000 {
        let entry = format!(
            "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260301<TRNAMT>-{n}.01<FITID>F{n}<NAME>N{n}</STMTTRN>"
        );
        text.push_str(&entry);
    }
    text.push_str("</STMTRS></OFX>");
    let parsed = read_one(&text);
    assert_eq!((parsed.rows.len(), parsed.problems.len()), (100_000, 0));
    assert_eq!(parsed.rows[99_999].amount.minor, 9_999_901);
}

/// An entry that is whole, or broken in one place, as MT940 and as OFX.
fn entry(n: usize, how: u8) -> (String, String) {
    let (day, amount) = match how {
        0 => ("260231", "1,00"),
        1 => ("260301", "1,x"),
        2 => ("", "1,00"),
        3 => ("260301", ""),
        _ => ("260301", "1,00"),
    };
    (
        format!(":61:{day}D{amount}NTRFNONREF//{n}\n:86:x{n}\n"),
        format!("<STMTTRN><DTPOSTED>20{day}<TRNAMT>-{amount}<FITID>{n}<NAME>x{n}</STMTTRN>"),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_entry_is_a_row_or_a_problem(kinds in proptest::collection::vec(0..8_u8, 0..40)) {
        let entries: Vec<_> = kinds.iter().enumerate().map(|(n, how)| entry(n, *how)).collect();
        let mt940: String = entries.iter().map(|(line, _)| line.as_str()).collect();
        let mt940 = format!(":20:A\n:25:B\n:28C:1\n:60F:C260301CNY0,\n{mt940}-\n");
        let ofx: String = entries.iter().map(|(_, entry)| entry.as_str()).collect();
        let ofx = format!("OFXHEADER:100\n<OFX><STMTRS><BANKACCTFROM><ACCTID>1</BANKACCTFROM>{ofx}</STMTRS></OFX>");
        for text in [mt940, ofx] {
            let parsed = read_one(&text);
            let broken = parsed.problems.iter().filter(|problem| problem.reason.is_unreadable() && problem.row > 0);
            prop_assert_eq!(parsed.rows.len() + broken.count(), kinds.len());
            prop_assert_eq!(parsed.rows.len(), kinds.iter().filter(|how| **how >= 4).count());
        }
    }

    #[test]
    fn no_damage_makes_a_document_reader_panic(
        sample in any::<prop::sample::Index>(),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..16),
    ) {
        let samples = samples();
        let mut bytes = samples[sample.index(samples.len())].1.clone();
        for (at, byte, how) in damage {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => { bytes.remove(at); }
                _ => {
                    let end = (at + usize::from(byte)).min(bytes.len());
                    let piece = bytes[at..end].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
            if bytes.is_empty() {
                bytes.push(b'x');
            }
        }
        let _ = read(&bytes, &Options::default());
    }

    #[test]
    fn no_bytes_behind_a_known_beginning_make_a_reader_panic(
        head in 0..8_usize,
        bytes in proptest::collection::vec(any::<u8>(), 0..1500),
        text in "[\\PC\n<>:/&;,.'0-9-]{0,300}",
    ) {
        let heads = [
            "OFXHEADER:100\n<OFX><STMTRS><STMTTRN>",
            "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'><BkToCstmrStmt><Stmt><Ntry>",
            ":20:A\n:25:B\n:28C:1\n:60F:C240101EUR0,00\n:61:",
            "!Type:Bank\nD",
            "<div class=\"outer-cell\">Google Pay ",
            "[{\"header\":\"Google Pay\",\"title\":\"",
            "Time,Transaction ID,Description,Product,Payment method,Status,Amount\n",
            "From: a@b\r\nTo: b@c\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
        ];
        let _ = read(&[heads[head].as_bytes(), &bytes].concat(), &Options::default());
        let _ = read(&[heads[head].as_bytes(), text.as_bytes()].concat(), &Options::default());
    }
}

#[test]
fn a_document_in_a_wrong_encoding_is_said_to_be_none() {
    let worn = "\u{fffd}".repeat(500);
    assert_eq!(read(worn.as_bytes(), &Options::default()).unwrap_err().code, Code::Unreadable);
}
