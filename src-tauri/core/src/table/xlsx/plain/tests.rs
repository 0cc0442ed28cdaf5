use super::super::{check, read_by};
use super::*;
use crate::table::{Fault, Row, RowEnd, Visitor};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::io::Write as _;
use zip::write::SimpleFileOptions;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A workbook of one sheet, by the XML of the sheet and of the texts that cells share.
fn workbook(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    let relation = |id: u32, kind: &str, target: &str| {
        format!(
            "<Relationship Id=\"rId{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
        )
    };
    let relations = |list: &[String]| format!("{HEAD}<Relationships>{}</Relationships>", list.concat());
    let parts: [(&str, Vec<u8>); 6] = [
        ("_rels/.rels", relations(&[relation(1, "officeDocument", "xl/workbook.xml")]).into()),
        (
            "xl/workbook.xml",
            format!("{HEAD}<workbook><sheets><sheet name=\"流水\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>")
                .into(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[
                relation(1, "worksheet", "worksheets/sheet1.xml"),
                relation(2, "sharedStrings", "sharedStrings.xml"),
                relation(3, "styles", "styles.xml"),
            ])
            .into(),
        ),
        (
            "xl/styles.xml",
            format!(
                "{HEAD}<styleSheet><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy-mm-dd hh:mm:ss\"/><numFmt numFmtId=\"165\" formatCode=\"[h]:mm\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"2\"/></cellXfs></styleSheet>"
            )
            .into(),
        ),
        ("xl/worksheets/sheet1.xml", sheet.to_vec()),
        ("xl/sharedStrings.xml", strings.to_vec()),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Writes down all that it is told.
#[derive(Debug, Default, PartialEq)]
struct Heard {
    rows: Vec<(u32, Vec<String>)>,
    faults: Vec<(u32, Fault, String)>,
    /// So many rows are taken.
    most: usize,
}

impl Visitor for Heard {
    fn begin(&mut self, _: bool) {}
    fn is_header(&mut self, row: &Row) -> bool {
        self.row(row, RowEnd::Whole);
        true
    }
    fn row(&mut self, row: &Row, _: RowEnd) -> bool {
        self.rows.push((row.number, row.cells().map(str::to_owned).collect()));
        self.rows.len() < self.most
    }
    fn fault(&mut self, number: u32, fault: Fault, begins: &str) {
        self.faults.push((number, fault, begins.to_owned()));
    }
}

/// What is read, or why not, by the usual reader alone and by the bytes as far as they are plain.
fn both_ways(bytes: &[u8], most: usize) -> [(Heard, Result<bool, String>); 2] {
    [None, Book::open(bytes).ok()].map(|plain| {
        let mut heard = Heard { most, ..Heard::default() };
        let outcome = check(bytes).and_then(|()| read_by(bytes, plain, &mut heard));
        (heard, outcome.map(|seen| seen.found).map_err(|error| error.to_string()))
    })
}

fn is_plain(bytes: &[u8]) -> bool {
    Book::open(bytes).and_then(|mut book| book.each_cell("流水", &mut |_, _, _| true)).is_ok()
}

#[derive(Debug, Clone)]
enum Value {
    Shared(usize),
    Inline(String, bool),
    Number(String, Option<u8>),
    Formula(String),
    Nothing(bool),
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn sheet_of(rows: &[Vec<Value>]) -> String {
    let mut xml = format!(
        "{HEAD}<worksheet xmlns=\"x\"><dimension ref=\"A1:F9\"/><cols><col min=\"1\"/></cols><sheetData>"
    );
    for (row, cells) in rows.iter().enumerate().filter(|(_, cells)| !cells.is_empty()) {
        write!(xml, "<row r=\"{}\" spans=\"1:3\" ht=\"15.5\">", row + 1).unwrap();
        for (column, value) in cells.iter().enumerate() {
            let place = format!("{}{}", char::from(b'A' + column as u8), row + 1);
            match value {
                Value::Shared(index) => write!(xml, "<c r=\"{place}\" s=\"1\" t=\"s\"><v>{index}</v></c>"),
                Value::Inline(text, true) => write!(
                    xml,
                    "<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    escaped(text)
                ),
                Value::Inline(text, false) => {
                    write!(xml, "<c r=\"{place}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(text))
                }
                Value::Number(number, Some(style)) => {
                    write!(xml, "<c r=\"{place}\" s=\"{style}\" t=\"n\"><v>{number}</v></c>")
                }
                Value::Number(number, None) => write!(xml, "<c r=\"{place}\"><v>{number}</v></c>"),
                Value::Formula(text) => {
                    write!(xml, "<c r=\"{place}\" t=\"str\"><v>{}</v></c>", escaped(text))
                }
                Value::Nothing(true) => write!(xml, "<c r=\"{place}\" s=\"2\"/>"),
                Value::Nothing(false) => write!(xml, "<c r=\"{place}\"></c>"),
            }
            .unwrap();
        }
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData><pageMargins left=\"0.7\"/></worksheet>");
    xml
}

fn strings_of(texts: &[String]) -> String {
    let mut xml = format!("{HEAD}<sst count=\"9\" uniqueCount=\"{}\">", texts.len());
    for text in texts {
        write!(xml, "<si><t>{}</t></si>", escaped(text)).unwrap();
    }
    xml.push_str("</sst>");
    xml
}

fn value() -> impl Strategy<Value = Value> {
    let text = "[ \tAb1,支付\u{a0}\"&<>]{0,6}";
    let number = prop_oneof![
        "[0-9]{1,5}(\\.[0-9]{1,3})?",
        (30_000_f64..60_000.0).prop_map(|serial| serial.to_string()),
        any::<f64>().prop_map(|number| number.to_string()),
        "-[0-9]{1,3}\\.[0-9]{2}",
        "[0-9]\\.[0-9]{2}E-?[0-9]{1,2}",
    ];
    prop_oneof![
        (0_usize..4).prop_map(Value::Shared),
        (text, any::<bool>()).prop_map(|(text, kept)| Value::Inline(text, kept)),
        (number, prop::option::of(0_u8..5)).prop_map(|(number, style)| Value::Number(number, style)),
        text.prop_map(Value::Formula),
        any::<bool>().prop_map(Value::Nothing),
    ]
}

fn sheets() -> impl Strategy<Value = (String, String)> {
    let rows = prop::collection::vec(prop::collection::vec(value(), 0..5), 1..6);
    let texts = prop::collection::vec("[ Ab1支付&]{0,5}", 4);
    (rows, texts).prop_map(|(rows, texts)| (sheet_of(&rows), strings_of(&texts)))
}

/// What stands in odd workbooks, or in none.
const ODDITIES: [&str; 30] = [
    "<!-- c -->",
    "<![CDATA[x]]>",
    "<f>1+1</f>",
    "&#65;",
    "&amp;",
    "&nbsp;",
    "&",
    "\r\n",
    "\r",
    " ",
    "\n",
    "_x0041_",
    "<r><t>a</t></r>",
    "<rPh><t>b</t></rPh>",
    "<phoneticPr fontId=\"1\"/>",
    "</c>",
    "</row>",
    "<row r=\"9\"/>",
    "<c r=\"B2\"/>",
    " t=\"b\"",
    " t='s'",
    " r=\"C1\"",
    " s=\"x\"",
    "<v>7</v>",
    "</sheetData>",
    "<x:t>",
    "0",
    "\u{feff}",
    "<?pi?>",
    "\"",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plain_sheet_says_the_same_from_its_bytes_as_to_the_usual_reader((sheet, strings) in sheets(), most in 1_usize..9) {
        let bytes = workbook(sheet.as_bytes(), strings.as_bytes());
        prop_assert!(is_plain(&bytes) || sheet.contains("inf") || sheet.contains("NaN"), "{}", sheet);
        let [usual, plain] = both_ways(&bytes, most);
        prop_assert_eq!(usual, plain);
    }

    #[test]
    fn an_odd_sheet_says_the_same_both_ways(
        (sheet, strings) in sheets(),
        changes in prop::collection::vec((any::<bool>(), any::<prop::sample::Index>(), 0_usize..40, 0_usize..3), 1..4),
    ) {
        let mut parts = [sheet.into_bytes(), strings.into_bytes()];
        for (of_sheet, place, oddity, cut) in changes {
            let part = &mut parts[usize::from(!of_sheet)];
            // Behind a tag or text as often as inside one.
            let mut at = place.index(part.len());
            if oddity % 2 == 0 {
                at += part[at..].iter().position(|byte| *byte == b'>').map_or(0, |end| end + 1);
            }
            let until = part.len().min(at + cut);
            part.splice(at..until, ODDITIES.get(oddity).unwrap_or(&"").bytes());
        }
        let bytes = workbook(&parts[0], &parts[1]);
        let [usual, plain] = both_ways(&bytes, usize::MAX);
        let [sheet, strings] = parts.each_ref().map(|part| String::from_utf8_lossy(part));
        prop_assert_eq!(usual, plain, "{} {}", sheet, strings);
    }
}

#[test]
fn what_programs_write_beside_the_cells_leaves_a_workbook_plain() {
    let sheet = format!(
        "{HEAD}<worksheet xmlns=\"x\"><!-- made by hand --><dimension ref=\"A1\" /><sheetData>\n <row r=\"1\" spans=\"1:2\"><c r=\"A1\" t=\"s\" ><v>0</v></c>\n<c r=\"B1\" s=\"1\"><v>46289.48678240741</v></c></row><row r=\"2\"/><row r=\"3\"></row><row r=\"4\"><c r=\"AA4\" t=\"str\"><v>a &lt; b</v></c></row></sheetData>"
    );
    let strings = "<sst><si><t> 支付 </t><phoneticPr fontId=\"1\" type=\"noConversion\"/></si></sst>";
    let bytes = workbook(sheet.as_bytes(), strings.as_bytes());
    assert!(is_plain(&bytes));
    let [usual, plain] = both_ways(&bytes, usize::MAX);
    assert_eq!(usual, plain);
    assert_eq!(plain.0.rows[0], (1, vec!["支付".into(), "2026-09-24 11:40:58".into()]));
    assert_eq!(plain.0.rows[1].1[26], "a < b");
}

#[test]
fn a_sheet_that_turns_odd_is_read_on_where_it_did() {
    let row = |number: u32, value: &str| {
        format!("<row r=\"{number}\"><c r=\"A{number}\">{value}</c><c r=\"B{number}\"/></row>")
    };
    let mut rows: String = (1..2000).map(|number| row(number, "<v>1</v>")).collect();
    rows += &row(2000, "<f>1+1</f><v>2</v>");
    rows += &row(2001, "<v>3</v>");
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let bytes = workbook(sheet.as_bytes(), b"<sst></sst>");
    assert!(!is_plain(&bytes));
    let [usual, plain] = both_ways(&bytes, usize::MAX);
    assert_eq!(usual, plain);
    assert_eq!(plain.0.rows.len(), 2001);
}
