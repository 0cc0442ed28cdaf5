//! Files that were made, or happened, to do harm. Each goes through the worker, as in the app: it must end
//! in a sentence or in named problems, in seconds, with this process alive.

use proptest::prelude::*;
use recourse::statements::{Options, Parsed, Reason, read};
use recourse::{Code, Result, worker};
use recourse_tests::generate::{alipay_csv, gb18030, wechat_csv, wechat_rows, wechat_workbook, wechat_xlsx};
use recourse_tests::workbook::{Cell, Lock, Workbook, archive};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn reader() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_reader"))
}

/// Through the worker, and within the time that a person waits.
fn through_worker(bytes: &[u8], code: Option<&str>) -> Result<Vec<Parsed>> {
    let options = Options { code: code.map(String::from), ..Options::default() };
    let started = Instant::now();
    let outcome = worker::read_bytes(reader(), bytes, &options, &mut |_| true);
    assert!(started.elapsed() < Duration::from_secs(60), "took {:?}", started.elapsed());
    if let Err(error) = &outcome {
        assert!(
            error.detail.len() > 20 && !error.detail.contains(env!("CARGO_MANIFEST_DIR")),
            "{}",
            error.detail
        );
    }
    outcome
}

fn refused(what: &str, bytes: &[u8], code: Code) {
    match through_worker(bytes, Some("123456")) {
        Err(error) => assert_eq!(error.code, code, "{what}: {}", error.detail),
        Ok(all) => panic!("{what}: {} statements were read", all.len()),
    }
}

fn only(bytes: &[u8]) -> Parsed {
    through_worker(bytes, None).unwrap().remove(0)
}

fn bill(rows: usize) -> Workbook {
    wechat_workbook(&wechat_rows(rows, 5), 2026)
}

/// A sheet with this XML instead of its own.
fn with_sheet(xml: &str) -> Vec<u8> {
    bill(3).with_part("xl/worksheets/sheet1.xml", xml).bytes()
}

const SHEET: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

#[test]
fn what_is_no_statement_is_refused_with_a_sentence() {
    let header_words = "日期,摘要,金额,余额\n2026-01-01,消费,1.00,2.00\n";
    let mut noise = Vec::new();
    let mut dice = recourse_tests::generate::Dice::new(4);
    (0..100_000).for_each(|_| noise.push(dice.roll().to_le_bytes()[0]));
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", vec![]),
        ("one byte", b"x".to_vec()),
        ("blank lines", b"\n\n\n\r\n   \n".to_vec()),
        ("a byte order mark alone", b"\xef\xbb\xbf".to_vec()),
        ("half a UTF-16 unit", b"\xff\xfe\x2d".to_vec()),
        ("UTF-16 of odd length", [b"\xff\xfe".as_slice(), &[0x2d, 0x4e, 0x2d]].concat()),
        ("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3".to_vec()),
        ("old Excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".repeat(100)),
        ("PNG", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        ("gzip", b"\x1f\x8b\x08\0\0\0\0\0".to_vec()),
        ("a web page named .xls", b"<html><table><tr><td>1</td></tr></table></html>".to_vec()),
        ("noise", noise),
        ("zeros", vec![0; 100_000]),
        ("0xff", vec![0xff; 100_000]),
        ("another table", header_words.into()),
        ("another table in GBK", gb18030(header_words)),
        ("prose", "今天天气很好。\n".repeat(500).into_bytes()),
        ("quotes", vec![b'"'; 300_000]),
        ("commas", vec![b','; 5_000_000]),
        ("a million columns in the header", format!("{}\n1\n", "列,".repeat(1_000_000)).into_bytes()),
        ("mojibake", String::from_utf8_lossy(&alipay_csv(50, 1)).into_owned().into_bytes()),
    ];
    for (what, bytes) in cases {
        refused(what, &bytes, Code::Unreadable);
    }
}

#[test]
fn a_line_of_300_megabytes_is_one_unreadable_row() {
    let text = String::from_utf8(wechat_csv(2, 1)).unwrap();
    let size = 300 << 20;
    let mut bytes = Vec::with_capacity(size);
    bytes.extend_from_slice(text.as_bytes());
    bytes.resize(size - 200, b'x');
    let parsed = only(&bytes);
    assert_eq!(parsed.rows.len(), 2);
    assert!(parsed.problems.iter().any(|problem| problem.reason == Reason::TooLong), "{:?}", parsed.problems);
    refused("32 MB of one letter", &vec![b'x'; 32 << 20], Code::Unreadable);
    refused("32 MB of no character", &vec![0x81; 32 << 20], Code::Unreadable);
}

#[test]
fn rows_that_no_wallet_writes_are_problems_of_their_own_and_the_others_are_read() {
    let text = String::from_utf8(wechat_csv(4, 1)).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for (what, line) in [
        ("a quote that never closes", "2026-01-01 10:00:00,\"商户消费,a".to_owned()),
        ("a million columns", "x,".repeat(1_000_000)),
        ("a cell of 100 KB", format!("2026-01-01 10:00:00,{}", "商".repeat(40_000))),
        ("two cells", "2026-01-01 10:00:00,商户消费".into()),
        (
            "a giant amount",
            "2026-01-01 10:00:00,商户消费,a,b,支出,¥99999999999999999999.99,零钱,支付成功,42,/,/".into(),
        ),
        ("a date that never was", "2026-02-30 10:00:00,商户消费,a,b,支出,¥1.00,零钱,支付成功,42,/,/".into()),
        ("an amount in letters", "2026-01-01 10:00:00,商户消费,a,b,支出,=1+1,零钱,支付成功,42,/,/".into()),
    ] {
        let mut broken = lines.clone();
        broken.insert(19, &line);
        let parsed = only(broken.join("\n").as_bytes());
        assert_eq!(parsed.rows.len(), 4, "{what}: {:?}", parsed.problems);
        let rows: Vec<u32> = parsed.problems.iter().map(|problem| problem.row).collect();
        assert!(rows.contains(&20), "{what}: {rows:?}");
        assert!(parsed.problems.iter().any(|problem| problem.reason == Reason::CountDiffers), "{what}");
    }
}

#[test]
fn zeros_inside_a_statement_do_not_hide_its_rows() {
    let mut bytes = alipay_csv(30, 1);
    let at = bytes.len() - 40;
    bytes[at] = 0;
    let parsed = only(&bytes);
    assert!(parsed.rows.len() + parsed.problems.len() >= 30);
}

#[test]
fn an_archive_that_would_fill_the_memory_is_refused_at_once() {
    let zeros = vec![0_u8; 64 << 20];
    let bomb = archive(&[("a.csv", &zeros)], Lock::None);
    let locked = archive(&[("a.csv", &zeros)], Lock::ZipCrypto("123456"));
    assert!(bomb.len() < 1 << 20);
    refused("a bomb", &bomb, Code::TooLarge);
    refused("a locked bomb", &locked, Code::TooLarge);
    let small: Vec<u8> = vec![b'a'; 256 << 10];
    let many: Vec<(String, &[u8])> = (0..200).map(|n| (format!("{n}.csv"), small.as_slice())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    refused("50 MB of one letter in 200 files", &archive(&many, Lock::None), Code::TooLarge);
}

#[test]
fn an_archive_that_lies_about_its_sizes_is_refused() {
    let zeros = vec![b'1'; 8 << 20];
    let honest = archive(&[("a.csv", &zeros)], Lock::None);
    let declared = u32::try_from(zeros.len()).unwrap().to_le_bytes();
    let mut lying = honest;
    let places: Vec<usize> = (0..lying.len() - 4).filter(|at| lying[*at..*at + 4] == declared).collect();
    assert!(places.len() >= 2);
    for at in places {
        lying[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    let error = through_worker(&lying, None).unwrap_err();
    assert!(matches!(error.code, Code::Unreadable | Code::TooLarge), "{error}");
}

#[test]
fn archives_of_every_other_odd_kind_are_refused_with_a_sentence() {
    let csv = alipay_csv(20, 1);
    let inner = archive(&[("a.csv", &csv)], Lock::None);
    let deeper = archive(&[("a.zip", &archive(&[("a.zip", &inner)], Lock::None))], Lock::None);
    refused("an archive in an archive in an archive", &deeper, Code::Unreadable);
    refused("an empty archive", &archive(&[], Lock::None), Code::Unreadable);
    refused("only a folder", &archive(&[("a/", b"")], Lock::None), Code::Unreadable);
    refused("only a picture", &archive(&[("a.csv", b"\x89PNG\r\n\x1a\n")], Lock::None), Code::Unreadable);
    refused("an empty file", &archive(&[("a.csv", b"")], Lock::None), Code::Unreadable);
    refused("the wrong code", &archive(&[("a.csv", &csv)], Lock::Aes256("654321")), Code::WrongCode);
    refused("the wrong old code", &archive(&[("a.csv", &csv)], Lock::ZipCrypto("654321")), Code::WrongCode);
    let names: Vec<String> = (0..300).map(|n| format!("{n}.csv")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"a".as_slice())).collect();
    refused("300 entries", &archive(&many, Lock::None), Code::TooLarge);
    let whole = archive(&[("a.csv", &csv)], Lock::None);
    for end in [4, 30, whole.len() / 2, whole.len() - 5] {
        refused("a download cut short", &whole[..end], Code::Unreadable);
    }
}

#[test]
fn names_that_lead_elsewhere_lead_nowhere() {
    let csv = alipay_csv(5, 1);
    let names = [
        "../../escaped.csv".to_owned(),
        "/tmp/escaped.csv".into(),
        "..\\..\\escaped.csv".into(),
        "C:\\escaped.csv".into(),
        "CON".into(),
        "a:b".into(),
        "x".repeat(300),
        "\u{202e}vsc.exe".into(),
    ];
    for name in &names {
        let all = through_worker(&archive(&[(name.as_str(), &csv)], Lock::None), None).unwrap();
        assert_eq!(all[0].rows.len(), 5);
    }
    assert!(!Path::new("/tmp/escaped.csv").exists());
}

#[test]
fn workbooks_that_abort_the_usual_reader_are_refused_or_read_within_limits() {
    let strings = |xml: &str| bill(3).with_part("xl/sharedStrings.xml", xml).bytes();
    refused(
        "20 thousand million texts",
        &strings(&format!("<sst xmlns=\"{SHEET}\" uniqueCount=\"20000000000\"/>")),
        Code::Unreadable,
    );
    refused(
        "more texts than numbers go",
        &strings(&format!("<sst xmlns=\"{SHEET}\" uniqueCount=\"15000000000000000000\"></sst>")),
        Code::Unreadable,
    );
    refused(
        "a count behind a megabyte of blanks",
        &strings(&format!(
            "<?xml version=\"1.0\"?>{}<sst xmlns=\"{SHEET}\" uniqueCount=\"20000000000\"></sst>",
            " ".repeat(2 << 20)
        )),
        Code::TooLarge,
    );
    refused(
        "a far corner",
        &with_sheet(&format!(
            "<worksheet xmlns=\"{SHEET}\"><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData></worksheet>"
        )),
        Code::Unreadable,
    );
    refused(
        "a size backwards",
        &with_sheet(&format!(
            "<worksheet xmlns=\"{SHEET}\"><dimension ref=\"I1:C3\"/><sheetData/></worksheet>"
        )),
        Code::Unreadable,
    );
    refused(
        "a cell beyond all sheets",
        &with_sheet(&format!(
            "<worksheet xmlns=\"{SHEET}\"><sheetData><row r=\"1\"><c r=\"ZZZZZZZZ99999999999\"><v>1</v></c></row></sheetData></worksheet>"
        )),
        Code::Unreadable,
    );
    refused(
        "a text that is not there",
        &with_sheet(&format!(
            "<worksheet xmlns=\"{SHEET}\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>99999999</v></c></row></sheetData></worksheet>"
        )),
        Code::Unreadable,
    );
    refused(
        "entities from outside",
        &with_sheet(
            "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row><c t=\"str\"><v>&e;</v></c></row></sheetData></worksheet>",
        ),
        Code::Unreadable,
    );
    refused(
        "a billion laughs",
        &strings(
            "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><sst><si><t>&b;</t></si></sst>",
        ),
        Code::Unreadable,
    );
    refused("no sheet", &bill(3).with_part("xl/worksheets/sheet1.xml", "").bytes(), Code::Unreadable);
    refused(
        "a sheet cut short",
        &with_sheet(&format!("<worksheet xmlns=\"{SHEET}\"><sheetData><row r=\"1\"><c r=\"A1\"><v>1")),
        Code::Unreadable,
    );
    refused(
        "no relations",
        &bill(3).with_part("xl/_rels/workbook.xml.rels", "<x/>").bytes(),
        Code::Unreadable,
    );
    let deep = format!("<worksheet xmlns=\"{SHEET}\">{}", "<a>".repeat(200_000));
    refused("200,000 levels", &with_sheet(&deep), Code::Unreadable);
    let attributes: String = (0..50_000).map(|n| format!(" a{n}=\"1\"")).collect();
    refused(
        "50,000 attributes",
        &with_sheet(&format!(
            "<worksheet xmlns=\"{SHEET}\"{attributes}><sheetData><row{attributes}/></sheetData></worksheet>"
        )),
        Code::Unreadable,
    );
    let spaces: String = (0..50_000).map(|n| format!(" xmlns:a{n}=\"u\"")).collect();
    refused(
        "50,000 name spaces",
        &with_sheet(&format!("<worksheet xmlns=\"{SHEET}\"{spaces}><sheetData/></worksheet>")),
        Code::Unreadable,
    );
    let big = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>".to_owned() + &"x".repeat(64 << 20) + "</v></c></row>";
    refused(
        "a sheet of one letter",
        &with_sheet(&format!("<worksheet xmlns=\"{SHEET}\"><sheetData>{big}</sheetData></worksheet>")),
        Code::TooLarge,
    );
}

#[test]
fn a_bill_with_far_corners_and_wide_rows_keeps_its_own_rows() {
    let sheet = bill(3).parts.iter().find(|(name, _)| name.ends_with("sheet1.xml")).unwrap().1.clone();
    let sheet = String::from_utf8(sheet).unwrap();
    let more = "<row r=\"500\"><c r=\"XFD500\"><v>1</v></c></row><row r=\"1048576\"><c r=\"A1048576\" t=\"str\"><v>x</v></c></row></sheetData>";
    let parsed = only(&with_sheet(&sheet.replace("</sheetData>", more)));
    assert_eq!(parsed.rows.len(), 3);
    let rows: Vec<u32> = parsed.problems.iter().map(|problem| problem.row).collect();
    assert_eq!(rows, [500, 1_048_576, 0]);
    let styled: String = (30..30_030)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"1\"/><c r=\"K{row}\" s=\"1\"/></row>"))
        .collect();
    let parsed = only(&with_sheet(&sheet.replace("</sheetData>", &format!("{styled}</sheetData>"))));
    assert_eq!((parsed.rows.len(), parsed.problems.len()), (3, 0));
}

#[test]
fn formulas_are_read_as_the_values_they_had_and_text_that_looks_like_one_stays_text() {
    let header = recourse_tests::generate::WECHAT_COLUMNS.map(|name| Cell::Text(name.into())).to_vec();
    let text = |cell: &str| Cell::Text(cell.into());
    let row = vec![
        text("2026-03-01 10:00:00"),
        text("商户消费"),
        Cell::Formula("HYPERLINK(\"http://x\")".into(), "某店".into()),
        text("=cmd|'/c calc'!A0"),
        text("支出"),
        Cell::Formula("1+1".into(), "2".into()),
        text("零钱"),
        text("支付成功"),
        text("42"),
    ];
    let parsed = only(&Workbook::new(vec![("S".into(), vec![header, row])]).bytes());
    let row = &parsed.rows[0];
    assert_eq!(
        (row.counterparty.as_str(), row.item.as_str(), row.amount.minor),
        ("某店", "=cmd|'/c calc'!A0", 200)
    );
}

#[test]
fn documents_that_were_made_to_do_harm_are_refused_or_read_within_limits() {
    let camt = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt>";
    let doctype = format!("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>{camt}<Id>&e;</Id>");
    let laughs = format!("<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>{camt}<Id>&b;</Id>");
    refused("entities from outside", doctype.as_bytes(), Code::Unreadable);
    refused("a billion laughs", laughs.as_bytes(), Code::Unreadable);
    refused("deep XML", format!("{camt}{}", "<a>".repeat(500_000)).as_bytes(), Code::Unreadable);
    refused("a wide entry", format!("{camt}<Ntry>{}", "<a/>".repeat(600_000)).as_bytes(), Code::Unreadable);
    let ofx = "OFXHEADER:100\n<OFX><STMTRS><BANKACCTFROM><ACCTID>1</BANKACCTFROM>";
    let good = "<STMTTRN><DTPOSTED>20260301<TRNAMT>-1.00<FITID>1<NAME>x</STMTTRN>";
    for (what, filling) in [
        ("half tags", "<".repeat(2_000_000)),
        ("half long tags", "<AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".repeat(40_000)),
        ("comments", "<!--".repeat(500_000)),
        ("open elements", "<PAYEE>".repeat(300_000)),
        ("closed elements", "</STMTTRN>".repeat(200_000)),
        ("entities", "&amp;".repeat(400_000)),
    ] {
        let bytes = format!("{ofx}{good}{filling}");
        let parsed = through_worker(bytes.as_bytes(), None)
            .unwrap_or_else(|error| panic!("{what}: {error}"))
            .remove(0);
        assert_eq!(parsed.rows.len(), 1, "{what}");
        assert!(!parsed.problems.is_empty(), "{what}");
    }
    let many = format!("{ofx}{}</STMTRS></OFX>", "<STMTTRN>".repeat(50_000));
    let parsed = only(many.as_bytes());
    assert_eq!((parsed.rows.len(), parsed.problems.len()), (0, 50_000));
    let mt940 = ":20:A\n:25:B\n:28C:1\n:60F:C260301EUR1,00\n:61:260301D1,00NTRFNONREF\n:86:";
    let long = format!("{mt940}{}\n:62F:C260301EUR0,00\n-\n", "/x".repeat(2_000_000));
    assert_eq!(only(long.as_bytes()).rows.len(), 1);
    let lines = format!("{mt940}{}:62F:C260301EUR0,00\n-\n", "y\n".repeat(1_000_000));
    assert_eq!(only(lines.as_bytes()).rows.len(), 1);
    let accounts: String = (0..20_000).map(|n| format!(":20:A\n:25:{n}\n")).collect();
    assert!(through_worker(format!("{mt940}\n{accounts}").as_bytes(), None).is_ok());
    let record = format!("!Type:Bank\nD2026-03-01\nT-1.00\n{}^\n", "Sx\n".repeat(500_000));
    assert_eq!(only(record.as_bytes()).rows.len(), 1);
    let page = format!("<div class=\"outer-cell\">Google Pay{}", "<br>".repeat(500_000));
    assert!(through_worker(page.as_bytes(), None).is_ok());
    let list = format!("[{{\"header\":\"Google Pay\",\"title\":\"x\",\"y\":{}", "[".repeat(1_000_000));
    refused("a deep list", list.as_bytes(), Code::Unreadable);
}

#[test]
fn mails_and_packed_files_that_were_made_to_do_harm_are_refused() {
    let gzip = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut encoder, bytes).unwrap();
        encoder.finish().unwrap()
    };
    let csv = alipay_csv(20, 1);
    let bomb = gzip(&vec![b'1'; 64 << 20]);
    assert!(bomb.len() < 1 << 20);
    refused("a packed bomb", &bomb, Code::TooLarge);
    refused("a packed bomb, packed", &gzip(&bomb), Code::TooLarge);
    refused("a packed bomb in an archive", &archive(&[("a.gz", &bomb)], Lock::None), Code::TooLarge);
    refused("packed thrice", &gzip(&gzip(&gzip(&csv))), Code::Unreadable);
    refused("half a packed file", &gzip(&csv)[..200], Code::Unreadable);
    assert_eq!(only(&gzip(&csv)).rows.len(), 20);
    assert_eq!(
        only(&archive(&[("a.zip", &archive(&[("a.csv", &csv)], Lock::None))], Lock::None)).rows.len(),
        20
    );
    let head = "From: a@b\r\nTo: b@c\r\nSubject: x\r\nMIME-Version: 1.0\r\n";
    let nested = format!("{head}Content-Type: message/rfc822\r\n\r\n").repeat(20_000);
    refused("mails in mails", nested.as_bytes(), Code::Unreadable);
    let parts: String = (0..200_000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"))
        .collect();
    refused("parts in parts", format!("{head}{parts}").as_bytes(), Code::Unreadable);
    let empty =
        format!("{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n\r\n".repeat(100_000));
    refused("many empty parts", empty.as_bytes(), Code::Unreadable);
    refused("a mail without a file", format!("{head}\r\nHello, a,b,c,d,e\r\n").as_bytes(), Code::Unreadable);
    refused("nothing but fields", head.repeat(100_000).as_bytes(), Code::Unreadable);
}

#[test]
fn a_wrong_ending_is_no_obstacle() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("a.xlsx", alipay_csv(5, 1)),
        ("b.csv", wechat_xlsx(5, 1)),
        ("c.pdf", wechat_csv(5, 1)),
        ("无", alipay_csv(5, 2)),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, &bytes).unwrap();
        let read = worker::read(reader(), &file, &Options::default(), &mut |_| true).unwrap();
        assert_eq!((read.statements[0].rows.len(), read.size), (5, bytes.len() as u64));
        assert_eq!(read.sha256, worker::sha256(&bytes));
    }
}

#[test]
fn what_cannot_be_opened_is_said_plainly() {
    let folder = tempfile::tempdir().unwrap();
    let opened =
        |path: PathBuf| worker::read(reader(), &path, &Options::default(), &mut |_| true).unwrap_err();
    assert_eq!(opened(folder.path().into()).code, Code::Io);
    assert!(opened(folder.path().into()).detail.contains("folder"));
    assert_eq!(opened(folder.path().join("missing.csv")).code, Code::Io);
    #[cfg(unix)]
    {
        assert_eq!(opened("/dev/zero".into()).code, Code::Io);
        use std::os::unix::fs::PermissionsExt as _;
        let locked = folder.path().join("locked.csv");
        std::fs::write(&locked, alipay_csv(5, 1)).unwrap();
        std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
        match std::fs::File::open(&locked) {
            Ok(_) => println!("permissions do not bind this user (root): that case was not tried"),
            Err(_) => assert!(opened(locked).detail.contains("may not read")),
        }
    }
    let huge = folder.path().join("huge.csv");
    std::fs::File::create(&huge).unwrap().set_len(400 << 20).unwrap();
    assert_eq!(opened(huge).code, Code::TooLarge);
}

#[test]
fn a_reading_stops_when_told_to_and_a_reader_that_dies_is_only_a_message() {
    let bytes = alipay_csv(20_000, 1);
    let mut told = 0;
    let stop = &mut |rows| {
        told = rows;
        rows < 1000
    };
    let error = worker::read_bytes(reader(), &bytes, &Options::default(), stop).unwrap_err();
    assert_eq!(error.code, Code::Cancelled);
    assert!((1000..20_000).contains(&told), "{told}");
    let mut seen = Vec::new();
    worker::read_bytes(reader(), &bytes, &Options::default(), &mut |rows| {
        seen.push(rows);
        true
    })
    .unwrap();
    assert!(seen.len() > 10 && seen.is_sorted(), "progress is told while reading");
    // A program that is no worker says nothing and ends.
    let error =
        worker::read_bytes(Path::new("/bin/true"), &bytes, &Options::default(), &mut |_| true).unwrap_err();
    assert_eq!(error.code, Code::Unreadable);
    let error = worker::read_bytes(Path::new("/no/such/program"), &bytes, &Options::default(), &mut |_| true)
        .unwrap_err();
    assert_eq!(error.code, Code::Internal);
}

#[test]
#[cfg(target_os = "linux")]
fn a_reader_that_takes_too_much_is_ended_and_the_message_says_of_what() {
    use worker::Limits;
    let within = |limits: Limits, bytes: &[u8]| {
        worker::read_bytes_within(limits, reader(), bytes, &Options::default(), &mut |_| true).unwrap_err()
    };
    // A second of time is less than half a million rows take, whatever the machine.
    let bill = alipay_csv(50_000, 1);
    let header = bill.windows(9).position(|bytes| bytes == &gb18030("交易时间,")[..]).unwrap();
    let start = header + bill[header..].iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let mut long = bill.clone();
    (0..20).for_each(|_| long.extend_from_slice(&bill[start..]));
    let usual = Limits::of_size(long.len() as u64);
    let error = within(Limits { cpu: 1, ..usual }, &long);
    assert_eq!(error.code, Code::Unreadable);
    assert!(error.detail.contains("more time than is allowed"), "{}", error.detail);
    // Room for the bytes, and not for their text.
    let error = within(Limits { memory: (48 << 20) + long.len() as u64, ..usual }, &long);
    assert_eq!(error.code, Code::Unreadable);
    assert!(error.detail.contains("more memory than is allowed"), "{}", error.detail);
    // Not even for the bytes: that one the reader still says itself.
    let error = within(Limits { memory: 32 << 20, ..usual }, &long);
    assert_eq!(error.code, Code::TooLarge, "{}", error.detail);
}

#[test]
fn many_files_read_at_once_do_not_mix() {
    std::thread::scope(|scope| {
        for seed in 0..6 {
            scope.spawn(move || {
                let bytes = alipay_csv(300, seed);
                let direct = read(&bytes, &Options::default()).unwrap();
                assert!(through_worker(&bytes, None).unwrap() == direct);
            });
        }
    });
}

/// A few statements to damage.
fn seeds() -> &'static [Vec<u8>] {
    static SEEDS: std::sync::OnceLock<Vec<Vec<u8>>> = std::sync::OnceLock::new();
    SEEDS.get_or_init(|| {
        let csv = alipay_csv(6, 1);
        let utf16: Vec<u8> =
            String::from_utf8(wechat_csv(4, 1)).unwrap().encode_utf16().flat_map(u16::to_le_bytes).collect();
        vec![
            csv.clone(),
            wechat_csv(6, 1),
            wechat_xlsx(4, 1),
            archive(&[("a.csv", &csv)], Lock::None),
            archive(&[("a.csv", &csv)], Lock::ZipCrypto("123456")),
            archive(&[("a.csv", &csv)], Lock::Aes256("123456")),
            utf16,
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read(&bytes, &Options::default());
    }

    #[test]
    fn no_damage_makes_the_reader_panic(
        seed in 0..7_usize,
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..12),
    ) {
        let mut bytes = seeds()[seed].clone();
        for (at, byte, how) in damage {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => { bytes.insert(at, byte); }
                _ => { bytes.remove(at); }
            }
        }
        let options = Options { code: Some("123456".into()), ..Options::default() };
        // Some damage to a workbook is caught by the worker alone; it must be caught there.
        if seed == 2 {
            let _ = through_worker(&bytes, None);
        } else {
            let _ = read(&bytes, &options);
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(cells in proptest::collection::vec("[\\PC\",\r\n\t]{0,12}", 11)) {
        let text = format!("{}\n{}\n", recourse_tests::generate::WECHAT_COLUMNS.join(","), cells.join(","));
        let all = read(text.as_bytes(), &Options::default()).unwrap();
        prop_assert_eq!(all.len(), 1);
    }
}

/// An old workbook of ours, and where its table of sectors stands in it.
fn old_workbook() -> (Vec<u8>, usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/ccb-debit");
    let bytes = std::fs::read(folder.join("with-time.xls")).unwrap();
    let table = u32::from_le_bytes(bytes[76..80].try_into().unwrap()) as usize;
    (bytes, (table + 1) * 512)
}

#[test]
fn an_old_workbook_whose_chains_lead_back_or_out_is_refused_at_once() {
    let (whole, table) = old_workbook();
    assert_eq!(only(&whole).rows.len(), 4);
    let at = |place: usize| u32::from_le_bytes(whole[place..place + 4].try_into().unwrap());
    let directory = at(48);
    let workbook = at(((directory as usize) + 1) * 512 + 128 + 116);
    for (what, place, to) in [
        ("the directory leads back to itself", table + 4 * directory as usize, directory),
        ("the directory leads out of the file", table + 4 * directory as usize, 0x00ff_fff0),
        ("the workbook leads back to its beginning", table + 4 * workbook as usize, workbook),
        ("the workbook leads out of the table", table + 4 * workbook as usize, 200),
        ("the directory begins outside", 48, 77),
        ("the table of sectors stands outside", 76, 0x0001_0000),
        ("the table of tables leads on for ever", 68, 0),
    ] {
        let mut bytes = whole.clone();
        bytes[place..place + 4].copy_from_slice(&to.to_le_bytes());
        refused(what, &bytes, Code::Unreadable);
    }
    for end in [100, 511, 512, 700, whole.len() / 2, whole.len() - 512] {
        refused("a cut old workbook", &whole[..end], Code::Unreadable);
    }
}

#[test]
fn a_cell_in_a_row_that_no_sheet_has_is_no_statement() {
    let cell = r#"<c r="ABCDEFGHIJ99999999999"><v>1</v></c>"#;
    let sheet =
        format!(r#"<worksheet xmlns="{SHEET}"><sheetData><row r="1">{cell}</row></sheetData></worksheet>"#);
    refused("a row beyond all numbers", &with_sheet(&sheet), Code::Unreadable);
}

#[test]
fn an_old_workbook_that_asks_for_a_giant_grid_is_refused_at_once() {
    let (mut bytes, _) = old_workbook();
    // Dimensions: from row 0 to the last there can be.
    let record = [0x00, 0x02, 14, 0];
    let at = bytes.windows(4).position(|four| four == record).unwrap() + 4;
    bytes[at..at + 8].copy_from_slice(&[0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f]);
    refused("a grid of two thousand million rows", &bytes, Code::Unreadable);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_to_an_old_workbook_takes_the_reader_down(
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let (mut bytes, _) = old_workbook();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(8 + cut.index(bytes.len() - 8));
        }
        let _ = read(&bytes, &Options::default());
    }
}
