//! Tables that no format knows, through the worker process: looked at, mapped, read.

use recourse::Code;
use recourse::statements::{Field, MAPPED, Mapping, Options, SignMeaning};
use recourse::worker;
use std::path::Path;

const READER: &str = env!("CARGO_BIN_EXE_reader");

fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    file
}

#[test]
fn a_table_is_looked_at_and_read_by_what_was_seen_in_the_worker() {
    let text = "小镇银行对账单\n账号：0001\n\n交易日,摘要说明,借贷,发生数,结余\n13/03/2026,早饭,借,5.00,95.00\n14/03/2026,工资,贷,\"1,000.50\",\
         1095.50\n15/03/2026,午饭,借,十元,\n合计,,,1005.50,\n";
    let (bytes, ..) = encoding_rs::GB18030.encode(text);
    let table = file(&bytes);
    let seen = worker::preview(Path::new(READER), table.path(), &Options::default()).unwrap();
    assert_eq!(seen.header, Some(4));
    assert!(seen.what.zh.contains("GB18030"), "{}", seen.what.zh);
    assert_eq!(seen.mapping.sign, SignMeaning::Words);
    assert_eq!(seen.columns[3].field, Some(Field::Amount));

    let mapping = Mapping { name: "小镇".into(), provider: "小镇银行".into(), ..seen.mapping };
    for options in [
        Options { mapping: Some(mapping.clone()), ..Options::default() },
        Options { mappings: vec![mapping], ..Options::default() },
    ] {
        let parsed =
            worker::read_bytes(Path::new(READER), &bytes, &options, &mut |_| true).unwrap().remove(0);
        assert_eq!((parsed.statement.as_str(), parsed.account.as_str()), (MAPPED, "0001"));
        let amounts: Vec<i64> = parsed.rows.iter().map(|row| row.amount.minor).collect();
        assert_eq!(amounts, [500, 100_050]);
        assert_eq!(parsed.problems.iter().map(|problem| problem.row).collect::<Vec<_>>(), [7]);
        assert!(parsed.unread.iter().any(|line| line.row == 7 && line.cells.contains("十元")));
    }
}

#[test]
fn what_is_no_table_is_refused_by_the_worker_in_a_sentence() {
    for bytes in [b"%PDF-1.7 nothing".as_slice(), b"", b"a letter\nin two lines\n"] {
        let error = worker::preview(Path::new(READER), file(bytes).path(), &Options::default()).unwrap_err();
        assert_eq!(error.code, Code::Unreadable, "{error}");
    }
}
