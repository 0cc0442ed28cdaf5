//! Statements of every kind that real files come in, and what they must read as.
//!
//! `samples/FORMAT/CASE.csv` (or `.xlsx`, `.zip`) stands beside `CASE.expected`; a new file is a new test.
//! `UPDATE_EXPECTED=1 cargo test -p recourse-tests --test statements` writes what is read now: look at it.

use recourse::Code;
use recourse::ledger::{Direction, Kind, Mark};
use recourse::statements::{ALL, DOCUMENTS, Options, Parsed, Reason, read};
use recourse_tests::generate::{
    alipay_csv, alipay_rows, alipay_text, gb18030, wechat_csv, wechat_rows, wechat_text, wechat_workbook,
};
use recourse_tests::workbook::{Cell, Lock, Workbook, archive};
use recourse_tests::{demo, render};
use std::path::{Path, PathBuf};

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn updating() -> bool {
    std::env::var_os("UPDATE_EXPECTED").is_some()
}

fn read_one(bytes: &[u8]) -> Parsed {
    let mut all = read(bytes, &Options::default()).unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn with_code(code: &str) -> Options {
    Options { code: Some(code.into()), ..Options::default() }
}

/// The row without what names its place in the file.
fn facts(parsed: &Parsed) -> Vec<recourse::statements::Draft> {
    let forget = |row: &recourse::statements::Draft| recourse::statements::Draft {
        row: 0,
        raw: String::new(),
        ..row.clone()
    };
    parsed.rows.iter().map(forget).collect()
}

#[test]
fn every_sample_reads_as_expected() {
    let mut checked = 0;
    let formats = ALL.iter().map(|statement| statement.id);
    let formats = formats.chain(DOCUMENTS.iter().map(|document| document.id)).chain(["containers"]);
    for format in formats {
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder("samples").join(format))
            .unwrap_or_else(|_| panic!("{format} has samples"))
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending != "expected"))
            .collect();
        files.sort();
        for file in files {
            let all = read(&std::fs::read(&file).unwrap(), &with_code("123456"));
            let text = match &all {
                Ok(all) => render::parsed(all),
                Err(error) => format!("{:?}: {error}\n", error.code),
            };
            let beside = file.with_extension("expected");
            if updating() {
                std::fs::write(&beside, &text).unwrap();
            }
            assert_eq!(text, std::fs::read_to_string(&beside).unwrap_or_default(), "{}", file.display());
            for parsed in all.iter().flatten() {
                every_problem_opens_its_line(parsed, &file);
            }
            checked += 1;
        }
    }
    assert!(checked >= 10, "only {checked} samples");
}

/// What is said of a row can be looked at: its line is kept, or it is a row that was read.
fn every_problem_opens_its_line(parsed: &Parsed, file: &Path) {
    for problem in parsed.problems.iter().filter(|problem| problem.row > 0) {
        let unread = parsed.unread.iter().find(|line| line.row == problem.row);
        let cells = unread.map(|line| line.cells.as_str());
        let read = parsed.rows.iter().find(|row| row.row == problem.row).map(|row| row.raw.as_str());
        let cells: Vec<String> = cells
            .or(read)
            .and_then(|cells| serde_json::from_str(cells).ok())
            .unwrap_or_else(|| panic!("{}: row {} of {problem:?} is not kept", file.display(), problem.row));
        assert!(cells.iter().any(|cell| !cell.trim().is_empty()), "{}: {problem:?}", file.display());
    }
}

#[test]
fn the_demo_statement_is_the_one_that_is_written_and_holds_what_it_states() {
    let file = folder("../assets/demo/alipay-demo.csv");
    if updating() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, demo::statement()).unwrap();
    }
    let bytes = std::fs::read(&file).unwrap();
    assert!(bytes == demo::statement(), "the file is not what the demo writes");
    let parsed = read_one(&bytes);
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.stated.count, Some(parsed.rows.len() as u32));
    assert!((100..160).contains(&parsed.rows.len()), "{}", parsed.rows.len());
    let sum = |direction| {
        parsed.rows.iter().filter(|row| row.direction == direction).map(|row| row.amount.minor).sum::<i64>()
    };
    assert_eq!(parsed.stated.expense.unwrap().minor, sum(Direction::Out));
    assert_eq!(parsed.stated.income.unwrap().minor, sum(Direction::In));
    assert_eq!(parsed.stated.neutral.unwrap().minor, sum(Direction::Neutral));
    assert!(parsed.rows.iter().all(|row| row.marks.is_empty()), "the demo has no unknown words");
}

#[test]
fn a_generated_statement_reads_back_row_by_row() {
    let rows = alipay_rows(3000, 7);
    let parsed = read_one(&alipay_csv(3000, 7));
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.rows.len(), rows.len());
    for (index, (read, written)) in parsed.rows.iter().zip(&rows).enumerate() {
        assert_eq!(read.row as usize, 26 + index);
        assert_eq!(read.at.naive_local(), written.at);
        assert_eq!(read.amount.minor, written.fen as i64);
        assert_eq!(
            (&read.order_no, &read.item, &read.status),
            (&written.order, &written.item, &written.status)
        );
        assert_eq!(read.kind == Kind::Refund, written.category == "退款");
    }
    let refunds = parsed.rows.iter().filter(|row| row.kind == Kind::Refund).count();
    assert!((60..240).contains(&refunds), "{refunds} refunds");
}

#[test]
fn a_bill_reads_the_same_as_csv_and_as_either_years_workbook() {
    let rows = wechat_rows(500, 3);
    let csv = read_one(&wechat_csv(500, 3));
    assert_eq!(csv.problems, []);
    assert_eq!((csv.rows.len(), csv.rows[0].row), (500, 18));
    for (year, first) in [(2025, 18), (2026, 19)] {
        let workbook = read_one(&wechat_workbook(&rows, year).bytes());
        assert_eq!(workbook.problems, []);
        assert_eq!(workbook.rows[0].row, first, "{year}");
        assert_eq!(workbook.stated, csv.stated);
        assert_eq!(workbook.account, csv.account);
        assert!(facts(&workbook) == facts(&csv), "{year}");
    }
}

#[test]
fn one_statement_reads_the_same_in_every_encoding_and_with_every_line_end() {
    let text = alipay_text(&alipay_rows(40, 1), "示例", "138******00", alipay_rows(40, 1)[39].at);
    let expected = facts(&read_one(&gb18030(&text)));
    let utf16 = |little: bool| -> Vec<u8> {
        let units = std::iter::once(0xfeff_u16).chain(text.encode_utf16());
        units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    };
    for (what, bytes) in [
        ("UTF-8", text.clone().into_bytes()),
        ("UTF-8 with a mark", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("UTF-16 little", utf16(true)),
        ("UTF-16 big", utf16(false)),
        ("line feeds", gb18030(&text.replace("\r\n", "\n"))),
        ("carriage returns", gb18030(&text.replace("\r\n", "\r"))),
        ("both", gb18030(&text.replacen("\r\n", "\n", 30))),
        ("no last line end", gb18030(text.trim_end())),
        (
            "tabs instead of commas",
            gb18030(&text.replace(['\t', '"'], "").replace("打车费用, 含", "打车费用 含").replace(',', "\t")),
        ),
    ] {
        let parsed = read_one(&bytes);
        assert_eq!(parsed.problems, [], "{what}");
        assert_eq!(parsed.rows.len(), expected.len(), "{what}");
        if what != "tabs instead of commas" {
            assert!(facts(&parsed) == expected, "{what}");
        }
    }
}

#[test]
fn a_locked_archive_opens_with_its_code_and_only_with_it() {
    let (alipay, wechat) = (alipay_csv(30, 1), wechat_csv(20, 2));
    let files: [(&str, &[u8]); 3] =
        [("账单/", b""), ("账单/支付宝.csv", &alipay), ("账单/微信.csv", &wechat)];
    let aes = [Lock::Aes256("123456"), Lock::Aes192("123456"), Lock::Aes128("123456")];
    for lock in aes.into_iter().chain([Lock::ZipCrypto("123456"), Lock::None]) {
        let bytes = archive(&files, lock);
        let all = read(&bytes, &with_code(" １２３456 ")).unwrap();
        let found: Vec<_> = all.iter().map(|parsed| (parsed.statement.as_str(), parsed.rows.len())).collect();
        assert_eq!(found, [("alipay-app", 30), ("wechat-bill", 20)], "{lock:?}");
        if matches!(lock, Lock::None) {
            continue;
        }
        assert_eq!(read(&bytes, &Options::default()).unwrap_err().code, Code::NeedsCode, "{lock:?}");
        assert_eq!(read(&bytes, &with_code("")).unwrap_err().code, Code::NeedsCode, "{lock:?}");
        for wrong in 0..600 {
            let code = format!("{:06}", 200_000 + wrong);
            assert_eq!(read(&bytes, &with_code(&code)).unwrap_err().code, Code::WrongCode, "{lock:?} {code}");
            if !matches!(lock, Lock::ZipCrypto(_)) && wrong == 8 {
                break;
            }
        }
    }
}

#[test]
fn a_damaged_archive_is_told_apart_from_a_wrong_code() {
    let csv = alipay_csv(200, 1);
    let code = "123456";
    for lock in
        [Lock::None, Lock::Aes256(code), Lock::Aes192(code), Lock::Aes128(code), Lock::ZipCrypto(code)]
    {
        let mut bytes = archive(&[("a.csv", &csv)], lock);
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x55;
        let error = read(&bytes, &with_code("123456")).unwrap_err();
        assert_eq!(error.code, Code::Unreadable, "{lock:?}: {error}");
        assert!(error.detail.contains("damaged"), "{error}");
    }
}

#[test]
fn a_workbook_in_an_archive_and_a_note_beside_it_are_both_fine() {
    let workbook = wechat_workbook(&wechat_rows(5, 1), 2026).bytes();
    let bytes = archive(
        &[("说明.txt", "请核对。\n".as_bytes()), ("a.pdf", b"%PDF-1.4"), ("b.xlsx", &workbook)],
        Lock::None,
    );
    assert_eq!(read(&bytes, &Options::default()).unwrap()[0].rows.len(), 5);
}

#[test]
fn an_archive_of_something_else_says_what_it_is() {
    for (name, bytes, said) in [
        ("a.pdf", b"%PDF-1.4".as_slice(), "PDF"),
        ("a.png", b"\x89PNG\r\n", "picture"),
        ("winmail.dat", b"\x78\x9f\x3e\x22\0\0\0\0", "Outlook"),
    ] {
        let refused =
            read(&archive(&[("说明.exe", b"MZ\0\0\0\0\0"), (name, bytes)], Lock::None), &Options::default())
                .unwrap_err();
        assert_eq!(refused.code, Code::Unreadable);
        assert!(refused.detail.contains(said), "{name}: {}", refused.detail);
        assert!(!refused.zh.is_empty());
    }
}

#[test]
fn a_table_of_two_or_three_columns_is_offered_for_mapping() {
    for text in ["Date,Amount\n2026-03-01,-5.00\n", "日期,说明,金额\n2026-03-01,早饭,-5.00\n"] {
        let refused = read(text.as_bytes(), &Options::default()).unwrap_err();
        assert!(refused.detail.contains("--map"), "{text}: {}", refused.detail);
    }
    assert!(!read(b"a letter, of 1 March 2026\n", &Options::default()).unwrap_err().detail.contains("--map"));
}

#[test]
fn a_payment_whose_refund_failed_is_a_payment() {
    let header = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注";
    let row = "2026-03-01 09:05:17,商户消费,某店,\"外套\",支出,¥12.00,零钱,退款失败,4200001234202603011234567890,M1,/";
    let parsed = read_one(format!("微信支付账单明细\n{header}\n{row}\n").as_bytes());
    assert_eq!(parsed.rows[0].kind, Kind::Purchase);
    assert!(parsed.rows[0].marks.contains(&Mark::UnknownStatus));
}

#[test]
fn a_table_nobody_can_read_is_passed_over_by_name_where_a_statement_lies_beside_it() {
    let csv = wechat_csv(5, 1);
    let other = "日期,摘要,金额,余额,对方\n2026-01-01,消费,1.00,2.00,某店\n".as_bytes();
    let list =
        "{\"list\":[{\"created\":\"x\",\"total_amount\":\"₹5\",\"state\":\"CLOSED\",\"title\":\"t\"}]}"
            .as_bytes();
    let statement = ("账单/微信.csv", csv.as_slice());
    for files in [
        [statement, ("a/别家.csv", other), ("list.json", list)],
        [("a/别家.csv", other), ("list.json", list), statement],
    ] {
        let bytes = archive(&files, Lock::None);
        assert_eq!(read_one(&bytes).rows.len(), 5);
        let mut passed = Vec::new();
        recourse::statements::read_parts(&bytes, &Options::default(), &mut |part| {
            if let recourse::statements::Part::PassedOver(name, error) = part {
                passed.push((name.to_owned(), error.detail.clone()));
            }
            true
        })
        .unwrap();
        assert_eq!(
            passed.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
            ["别家.csv", "list.json"]
        );
        assert!(
            passed.iter().all(|(_, said)| !said.contains("destroyed") && said.contains("--map")),
            "{passed:?}"
        );
    }
    // Alone it is what the user chose, and is refused as itself.
    let error = read(&archive(&[("别家.csv", other), ("说明.txt", b"x")], Lock::None), &Options::default())
        .unwrap_err();
    assert!(error.code == Code::Unreadable && error.detail.contains("--map"), "{error}");
    // A statement in it that asks something is not passed over.
    let open = std::fs::read(folder("samples/qif/dates-of-either-order.qif")).unwrap();
    let error = read(&archive(&[statement, ("a.qif", &open)], Lock::None), &Options::default()).unwrap_err();
    assert_eq!(error.code, Code::AmbiguousDates);
}

#[test]
fn damage_near_the_beginning_of_a_locked_file_is_no_wrong_code() {
    let csv = alipay_csv(200, 1);
    let whole = archive(&[("a.csv", &csv)], Lock::ZipCrypto("123456"));
    // Behind the code's check byte and the tables of the packing, a few dozen letters come out before the damage.
    for place in [400, 600, 900] {
        let mut bytes = whole.clone();
        bytes[place] ^= 0xff;
        assert_eq!(read(&bytes, &with_code("123456")).unwrap_err().code, Code::Unreadable, "{place}");
    }
}

#[test]
fn the_sheet_with_the_header_is_read_whatever_comes_before_it() {
    let mut workbook = wechat_workbook(&wechat_rows(5, 1), 2026);
    let junk = Workbook::new(vec![
        ("Query".into(), vec![vec![Cell::Text("Column1".into()), Cell::Text("Column2".into())]; 30]),
        ("Sheet1".into(), vec![]),
    ]);
    let sheet = workbook.parts.iter().find(|(name, _)| name.ends_with("sheet1.xml")).unwrap().1.clone();
    let strings =
        workbook.parts.iter().find(|(name, _)| name.ends_with("sharedStrings.xml")).unwrap().1.clone();
    workbook = junk.with_part("xl/worksheets/sheet2.xml", sheet).with_part("xl/sharedStrings.xml", strings);
    let parsed = read_one(&workbook.bytes());
    assert_eq!((parsed.rows.len(), parsed.rows[0].row), (5, 19));
}

#[test]
fn numbers_as_text_and_text_as_numbers_read_the_same() {
    let header = recourse_tests::generate::WECHAT_COLUMNS.map(|name| Cell::Text(name.into())).to_vec();
    let text = |cell: &str| Cell::Text(cell.into());
    let row = |at: Cell, amount: Cell, order: Cell| {
        let cells = ["商户消费", "晨光咖啡", "拿铁", "支出"].map(text).to_vec();
        [vec![at], cells, vec![amount, text("零钱"), text("支付成功"), order]].concat()
    };
    let order = || text("4200000000000000000000000001\t");
    let sheet = vec![
        header,
        row(text("2026-09-18 19:04:37"), text("￥1,028.10"), order()),
        row(Cell::Moment(46_283.794_872_685_18), Cell::Yuan("1028.1".into()), order()),
        row(Cell::Number("46283.79487268518".into()), Cell::Number("1028.0999999999999".into()), order()),
        row(text("46283.79487268518"), text("1028.10元"), order()),
        row(
            text("2026/9/18 19:04:37"),
            Cell::Formula("1028+0.1".into(), "1028.1".into()),
            Cell::Number("4.2E27".into()),
        ),
    ];
    let parsed = read_one(&Workbook::new(vec![("Sheet1".into(), sheet)]).bytes());
    assert_eq!(parsed.rows.len(), 5, "{:?}", parsed.problems);
    for row in &parsed.rows {
        assert_eq!(row.at.to_rfc3339(), "2026-09-18T19:04:37+08:00", "row {}", row.row);
        assert_eq!(row.amount.minor, 102_810, "row {}", row.row);
    }
    assert_eq!(parsed.rows[0].order_no, "4200000000000000000000000001");
    assert_eq!(
        (parsed.rows[4].order_no.as_str(), parsed.rows[4].marks.as_slice()),
        ("", [Mark::MangledId].as_slice())
    );
    assert_eq!(parsed.problems.len(), 1);
    assert_eq!((parsed.problems[0].row, parsed.problems[0].reason), (0, Reason::MangledIds));
}

#[test]
fn rows_read_and_unreadable_are_held_against_the_stated_count() {
    let text = wechat_text(&wechat_rows(10, 1));
    let short: String =
        text.lines().filter(|line| !line.contains("7100004\t")).map(|line| format!("{line}\n")).collect();
    let parsed = read_one(short.as_bytes());
    assert_eq!(parsed.rows.len(), 9);
    assert_eq!((parsed.problems[0].row, parsed.problems[0].reason), (0, Reason::CountDiffers));
    // An unreadable row is a row: the count holds.
    let broken = text.replacen("支出,¥", "支出,约", 1);
    let parsed = read_one(broken.as_bytes());
    assert_eq!(parsed.rows.len(), 9);
    assert_eq!(parsed.problems.len(), 1);
    assert_eq!(
        (parsed.problems[0].column.as_str(), parsed.problems[0].reason),
        ("金额(元)", Reason::BadAmount)
    );
}

#[test]
fn a_file_cut_anywhere_never_gives_a_wrong_row() {
    let whole = gb18030(&alipay_text(&alipay_rows(12, 9), "示例", "138******00", alipay_rows(12, 9)[11].at));
    let expected = facts(&read_one(&whole));
    let header = whole.windows(4).rposition(|bytes| bytes == b"\t,,\r").unwrap();
    for end in header / 2..whole.len() {
        let Ok(mut all) = read(&whole[..end], &Options::default()) else { continue };
        let parsed = all.remove(0);
        let rows = facts(&parsed);
        for (row, right) in rows.iter().zip(&expected) {
            assert!(row == right, "cut at {end}");
        }
        if rows.len() < expected.len() {
            assert!(!parsed.problems.is_empty(), "cut at {end} and nothing said");
        }
    }
}

#[test]
fn a_statement_can_be_asked_for_by_name_and_no_other_is_taken() {
    let options = |id: &str| Options { statement: Some(id.into()), ..Options::default() };
    assert_eq!(read(&alipay_csv(3, 1), &options("alipay-app")).unwrap().len(), 1);
    let refused = read(&alipay_csv(3, 1), &options("wechat-bill")).unwrap_err();
    assert_eq!(refused.code, Code::Unreadable);
    assert!(refused.to_string().contains("alipay-app"), "{refused}");
    assert_eq!(read(&alipay_csv(3, 1), &options("no-such")).unwrap_err().code, Code::Invalid);
}

#[test]
fn every_format_has_its_own_id_and_its_needed_columns() {
    use recourse::statements::Field;
    for (index, statement) in ALL.iter().enumerate() {
        assert!(ALL[index + 1..].iter().all(|other| other.id != statement.id), "{}", statement.id);
        let has = |fields: &[Field], needed: bool| {
            let fits = |column: &&recourse::statements::Column| {
                fields.contains(&column.field) && (column.needed || !needed)
            };
            statement.columns.iter().any(|column| fits(&column))
        };
        assert!(has(&[Field::Time], true), "{}", statement.id);
        let amount = has(&[Field::Amount], true);
        let pair = has(&[Field::AmountOut], true) && has(&[Field::AmountIn], true);
        assert!(amount || pair, "{} has no amount", statement.id);
        assert!(
            statement.columns.iter().filter(|column| column.needed).count() >= 3 || statement.title_needed,
            "{}",
            statement.id
        );
    }
}
