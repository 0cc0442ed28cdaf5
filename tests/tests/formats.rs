//! The registry of statement formats: what it says in `docs/formats.md`, that no two formats are mistaken for each
//! other, and that no damage to a file of any of them makes the reader panic, invent or lose a row.
//!
//! `UPDATE_EXPECTED=1 cargo test -p recourse-tests --test formats` writes the page.

use proptest::prelude::*;
use recourse::ledger::Direction;
use recourse::money::{Currency, Money};
use recourse::statements::{
    ALL, DOCUMENTS, Document, Field, Options, Parsed, Reason, Statement, Trust, read,
};
use recourse_tests::workbook::{Cell, Workbook};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// One line of the page, whatever kind of format it is.
struct Entry {
    id: &'static str,
    provider: &'static str,
    zh: &'static str,
    en: &'static str,
    versions: &'static [&'static str],
    trust: Trust,
    quirks: &'static [&'static str],
}

impl From<&'static Document> for Entry {
    fn from(d: &'static Document) -> Self {
        Self {
            id: d.id,
            provider: "",
            zh: d.zh,
            en: d.en,
            versions: d.versions,
            trust: d.trust,
            quirks: d.quirks,
        }
    }
}

impl From<&'static Statement> for Entry {
    fn from(s: &'static Statement) -> Self {
        Self {
            id: s.id,
            provider: s.provider,
            zh: s.zh,
            en: s.en,
            versions: s.versions,
            trust: s.trust,
            quirks: s.quirks,
        }
    }
}

fn page(entries: &[Entry]) -> String {
    let mut page = String::from(
        "# Statement formats\n\n\
         Written by a test from the registry in `src-tauri/core/src/statements.rs`; not edited by hand:\n\n    \
         UPDATE_EXPECTED=1 cargo test -p recourse-tests --test formats\n\n\
         *real*: its shape was seen in real exports. *told*: readers were written against some. *guess*: others disagree \
         or nobody has shown one; the app says so (试读, experimental). A format without a provider holds the books of \
         many accounts.\n\n\
         | id | provider | format | versions | known | samples |\n|---|---|---|---|---|---|\n",
    );
    let or_dash = |text: String| if text.is_empty() { "–".to_owned() } else { text };
    for entry in entries {
        let known = match entry.trust {
            Trust::Real => "real",
            Trust::Told => "told",
            Trust::Guess => "guess",
        };
        writeln!(
            page,
            "| `{0}` | {1} | {2} · {3} | {4} | {known} | [{0}](../tests/samples/{0}) |",
            entry.id,
            or_dash(entry.provider.to_owned()),
            entry.zh,
            entry.en,
            or_dash(entry.versions.join("; ")),
        )
        .unwrap();
    }
    page.push_str("\n## What real files do that is read right\n");
    for entry in entries.iter().filter(|entry| !entry.quirks.is_empty()) {
        write!(page, "\n**`{}`** {}\n\n", entry.id, entry.en).unwrap();
        for quirk in entry.quirks {
            writeln!(page, "- {quirk}").unwrap();
        }
    }
    page
}

#[test]
fn the_page_of_formats_says_what_the_registry_says() {
    let entries: Vec<Entry> = ALL.iter().map(Entry::from).chain(DOCUMENTS.iter().map(Entry::from)).collect();
    let (text, file) = (page(&entries), folder("../docs/formats.md"));
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    assert!(std::fs::read_to_string(file).unwrap_or_default() == text, "write docs/formats.md anew");
}

#[test]
fn every_provider_of_a_format_stands_in_the_directory() {
    for statement in ALL.iter().filter(|statement| !statement.provider.is_empty()) {
        let file = folder("../assets/directory").join(format!("{}.toml", statement.provider));
        assert!(file.exists(), "{}: no {}", statement.id, file.display());
    }
}

#[test]
fn a_header_of_a_formats_needed_columns_is_taken_for_that_format() {
    for statement in ALL {
        let mut names: Vec<String> = Vec::new();
        names.extend(statement.own.first().map(|name| (*name).to_owned()));
        for column in statement.columns.iter().filter(|column| column.needed) {
            let name = column.names[0].replace('*', "USD");
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let title = statement.titles.first().map_or(String::new(), |title| format!("{title} 2026年03月\n"));
        let text = format!("{title}{}\n", names.join(","));
        let parsed = read(text.as_bytes(), &Options::default())
            .unwrap_or_else(|error| panic!("{}: {error}", statement.id));
        assert_eq!(parsed[0].statement, statement.id);
    }
}

#[test]
fn every_sheet_is_read_once_though_one_of_them_must_be_gone_through_twice() {
    let sheet = |name: &str, rows: &[&[&str]]| {
        let cells = |row: &&[&str]| row.iter().map(|text| Cell::Text((*text).into())).collect();
        (name.to_owned(), rows.iter().map(cells).collect())
    };
    let template = ["Date", "Payee", "Memo", "Amount"];
    let export = [
        "journal_id",
        "type",
        "amount",
        "currency_code",
        "description",
        "date",
        "source_name",
        "destination_name",
    ];
    let journal = |id| [id, "Withdrawal", "-5", "EUR", "x", "2026-03-01T10:00:00+01:00", "Giro", "Shop"];
    let workbook = Workbook::new(vec![
        // The order of dates is told by the whole sheet: by another one than in the last.
        sheet("US", &[&template, &["02/03/2026", "a", "", "-1"], &["01/31/2026", "b", "", "-2"]]),
        sheet("Notes", &[&["not", "a", "statement", "at all"]]),
        sheet("Books", &[&export, &journal("1"), &journal("2")]),
        sheet("EU", &[&template, &["02/03/2026", "c", "", "-3,50"], &["31/03/2026", "d", "", "-4"]]),
    ]);
    let all = read(&workbook.bytes(), &Options::default()).unwrap();
    let mut found: Vec<(&str, Vec<String>)> = all
        .iter()
        .map(|parsed| {
            let line = |row: &recourse::statements::Draft| {
                format!("{} {}", row.at.format("%F"), row.amount.decimal())
            };
            (parsed.statement.as_str(), parsed.rows.iter().map(line).collect())
        })
        .collect();
    found.sort();
    let lines = |all: &[&str]| all.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        found,
        [
            ("firefly-iii", lines(&["2026-03-01 5.00", "2026-03-01 5.00"])),
            ("ynab-import-amount", lines(&["2026-02-03 1.00", "2026-01-31 2.00"])),
            ("ynab-import-amount", lines(&["2026-03-02 3.50", "2026-03-31 4.00"])),
        ]
    );
}

#[test]
fn what_is_guessed_is_called_experimental_and_nothing_else_is() {
    for statement in ALL {
        let guessed = statement.trust == Trust::Guess;
        assert_eq!(recourse::statements::is_experimental(statement.id), guessed, "{}", statement.id);
    }
    assert!(!recourse::statements::is_experimental("no-such"));
}

/// Every sample that is text, with its name.
fn samples() -> &'static [(String, Vec<u8>)] {
    static SAMPLES: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let mut found = Vec::new();
        for statement in ALL {
            for entry in std::fs::read_dir(folder("samples").join(statement.id)).unwrap() {
                let path = entry.unwrap().path();
                let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
                if ["csv", "txt"].contains(&ending) {
                    found.push((path.display().to_string(), std::fs::read(path).unwrap()));
                }
            }
        }
        found.sort();
        assert!(found.len() > 30, "the samples were not found");
        found
    })
}

/// What holds of every reading, whatever the file.
fn is_sound(parsed: &Parsed) -> bool {
    let unreadable = parsed.problems.iter().filter(|problem| problem.reason.is_unreadable());
    // The end of a cut file is no row of its own.
    let unreadable = unreadable.filter(|problem| problem.row > 0).count();
    let counted = parsed.rows.len() + unreadable;
    let said = parsed.problems.iter().any(|problem| problem.reason == Reason::CountDiffers);
    parsed.stated.count.is_none_or(|count| count as usize == counted || said)
        && parsed.rows.iter().all(|row| {
            row.amount.minor >= 0
                && row.refunded.minor >= 0
                && row.refunded.minor <= row.amount.minor
                && row.refunded.currency == row.amount.currency
        })
}

#[derive(Debug, Clone)]
enum Damage {
    Byte(prop::sample::Index, u8),
    Lost(prop::sample::Index, usize),
    /// A line again, somewhere else.
    Line(prop::sample::Index, prop::sample::Index),
    LostLine(prop::sample::Index),
    /// A cell of one line instead of one of another.
    Cell(prop::sample::Index, prop::sample::Index),
    Cut(prop::sample::Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let place = any::<prop::sample::Index>;
    prop_oneof![
        (place(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        (place(), 1..40_usize).prop_map(|(at, length)| Damage::Lost(at, length)),
        (place(), place()).prop_map(|(from, to)| Damage::Line(from, to)),
        place().prop_map(Damage::LostLine),
        (place(), place()).prop_map(|(from, to)| Damage::Cell(from, to)),
        place().prop_map(Damage::Cut),
    ]
}

fn parts(bytes: &[u8], sign: u8) -> Vec<Vec<u8>> {
    bytes.split(|byte| *byte == sign).map(<[u8]>::to_vec).collect()
}

fn damaged(bytes: &mut Vec<u8>, damage: &Damage) {
    if bytes.is_empty() {
        return;
    }
    match damage {
        Damage::Byte(at, byte) => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        Damage::Lost(at, length) => {
            let at = at.index(bytes.len());
            let end = bytes.len().min(at + length);
            bytes.drain(at..end);
        }
        Damage::Line(from, to) => {
            let mut lines = parts(bytes, b'\n');
            let line = lines[from.index(lines.len())].clone();
            let to = to.index(lines.len());
            lines.insert(to, line);
            *bytes = lines.join(&b'\n');
        }
        Damage::LostLine(at) => {
            let mut lines = parts(bytes, b'\n');
            lines.remove(at.index(lines.len()));
            *bytes = lines.join(&b'\n');
        }
        Damage::Cell(from, to) => {
            let mut cells = parts(bytes, b',');
            let cell = cells[from.index(cells.len())].clone();
            let to = to.index(cells.len());
            cells[to] = cell;
            *bytes = cells.join(&b',');
        }
        Damage::Cut(at) => bytes.truncate(at.index(bytes.len())),
    }
}

/// `minor` with its decimals, grouped or not.
fn written(minor: i64, decimals: u32, grouped: bool, comma: bool) -> String {
    let scale = 10_i64.pow(decimals);
    let mut whole = (minor / scale).to_string();
    let (group, point) = if comma { ('.', ',') } else { (',', '.') };
    if grouped {
        let mut at = whole.len();
        while at > 3 {
            at -= 3;
            whole.insert(at, group);
        }
    }
    match decimals {
        0 => whole,
        _ => format!("{whole}{point}{:0width$}", minor % scale, width = decimals as usize),
    }
}

/// A file of one row in every format that can say this amount of this currency, as its wallet or bank writes it.
fn files_with(code: &str, amount: &str) -> Vec<(&'static str, String)> {
    let mut files = vec![
        (
            "boc-debit",
            format!(
                "记账日期,记账时间,币别,金额,余额,交易名称\n2026-01-05,10:00:00,{code},\"-{amount}\",\"{amount}\",网上快捷支付\n"
            ),
        ),
        (
            "cmb-debit",
            format!(
                "记账日期,货币,交易金额,联机余额,交易摘要\n2026-01-05,{code},\"-{amount}\",\"{amount}\",快捷支付\n"
            ),
        ),
        (
            "bocom-credit",
            format!(
                "交易日期,记账日期,交易说明,交易币种/金额,入账币种/金额\n\
                 2026/01/05,2026/01/06,消费,CNY 1.00,\"{code} {amount}\"\n"
            ),
        ),
        (
            "hsbc-hk-credit",
            format!(
                "Transaction date,Post date,Description,Billing amount,Billing currency,Credit / Debit\r\n\
                 05/01/2026,06/01/2026,CAFE,\"-{amount}\"\t\t,{code},DEBIT\r\n"
            ),
        ),
    ];
    if code == "CNY" {
        files.push((
            "wechat-bill",
            format!(
                "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n\
                 2026-01-05 10:00:00,商户消费,a,b,支出,\"¥{amount}\",零钱,支付成功,\"1\t\",/,/\n"
            ),
        ));
        files.push((
            "alipay-app",
            format!(
                "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,\r\n\
                 2026-01-05 10:00:00,餐饮美食,a,/,b,支出,\"{amount}\",余额,交易成功,1\t,2\t,,\r\n"
            ),
        ));
        files.push((
            "jd-bill",
            format!(
                "\u{feff}交易时间,商户名称,交易说明,金额,收/付款方式,交易状态,收/支,交易分类,交易订单号,商家订单号,备注\n\
                 2026-01-05 10:00:00\t,a,b,\"{amount}(已退款{amount})\",京东白条,交易成功,支出,c,1\t,2\t, ,\n"
            ),
        ));
    }
    files
}

/// An amount of up to 99,999,999 and its decimals, in minor units, and the currency that has so many.
fn money() -> impl Strategy<Value = (i64, &'static str)> {
    let currencies = [("JPY", 0), ("KRW", 0), ("CNY", 2), ("HKD", 2), ("USD", 2), ("KWD", 3), ("BHD", 3)];
    proptest::sample::select(currencies.to_vec()).prop_flat_map(|(code, decimals)| {
        let most = 10_i64.pow(8 + decimals) - 1;
        prop_oneof![1..=most, Just(most), Just(1), 1..1000_i64].prop_map(move |minor| (minor, code))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_of_any_format_is_read_soundly_or_refused(
        which in any::<prop::sample::Index>(),
        all in proptest::collection::vec(damage(), 1..8),
    ) {
        let (name, sample) = &samples()[which.index(samples().len())];
        let mut bytes = sample.clone();
        for one in &all {
            damaged(&mut bytes, one);
        }
        if let Ok(read) = read(&bytes, &Options::default()) {
            prop_assert!(read.iter().all(is_sound), "{name}");
        }
    }

    #[test]
    fn money_is_exact_through_a_file_of_any_format((minor, code) in money(), grouped in any::<bool>()) {
        let currency = Currency::parse(code).unwrap();
        let amount = written(minor, currency.decimals(), grouped, false);
        let files = files_with(code, &amount);
        prop_assert!(files.len() >= 4);
        for (format, text) in files {
            let parsed = read(text.as_bytes(), &Options::default()).unwrap().remove(0);
            prop_assert_eq!(&*parsed.statement, format);
            prop_assert_eq!(&parsed.problems, &[], "{} {}", format, amount);
            let row = &parsed.rows[0];
            let money = Money::new(minor, currency);
            prop_assert_eq!((row.amount, row.direction), (money, Direction::Out), "{} {}", format, amount);
            prop_assert!(row.balance.is_none_or(|balance| balance == money), "{} {}", format, amount);
            let back = if format == "jd-bill" { minor } else { 0 };
            prop_assert_eq!(row.refunded, Money::new(back, currency), "{} {}", format, amount);
        }
    }

    #[test]
    fn money_is_exact_in_every_currency_and_with_either_decimal_sign(
        minor in 0..=9_999_999_999_i64,
        code in prop_oneof![Just("JPY"), Just("CNY"), Just("EUR"), Just("KWD")],
        grouped in any::<bool>(),
        comma in any::<bool>(),
        out in any::<bool>(),
    ) {
        let currency = Currency::parse(code).unwrap();
        let amount = written(minor, currency.decimals(), grouped, comma);
        let (sign, proof) = (if out { "-" } else { "" }, if comma { "1,50" } else { "1.50" });
        // The second row tells the decimal sign of the file.
        let row = |currency: &str, amount: &str| {
            format!("\"13.01.2026\",\"09:00:00\",\"CET\",\"x\",\"General Payment\",\"Completed\",\"{currency}\",\"{amount}\"\n")
        };
        let text = format!(
            "Date,Time,TimeZone,Name,Type,Status,Currency,Gross\n{}{}",
            row(code, &format!("{sign}{amount}")),
            row("EUR", proof),
        );
        let parsed = read(text.as_bytes(), &Options::default()).unwrap().remove(0);
        prop_assert_eq!(&parsed.problems, &[]);
        prop_assert_eq!(parsed.rows[0].amount, Money::new(minor, currency), "{}", amount);
    }
}

#[test]
fn every_needed_column_is_looked_for_by_a_name() {
    for statement in ALL {
        for column in statement.columns {
            assert!(!column.names.is_empty(), "{}", statement.id);
            assert!(column.names.iter().all(|name| !name.trim().is_empty()), "{}", statement.id);
        }
        assert!(statement.columns.iter().any(|column| column.field == Field::Time), "{}", statement.id);
    }
}
