//! Writes XLSX and ZIP files for tests, part by part, so that they can be as odd as real or hostile ones.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::unstable::write::FileOptionsExt;
use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, ZipWriter};

/// A cell of a workbook.
#[derive(Debug, Clone)]
pub enum Cell {
    /// Nothing: the cell is absent.
    Empty,
    /// A shared string.
    Text(String),
    /// A bare number, shown as `¥#,##0.00`.
    Yuan(String),
    /// A serial day number, shown as `yyyy-mm-dd hh:mm:ss`.
    Moment(f64),
    /// A number without a format.
    Number(String),
    /// A formula and the value it had when it was saved.
    Formula(String, String),
}

/// A workbook as its parts.
#[derive(Debug, Clone)]
pub struct Workbook {
    /// Name and content of every part.
    pub parts: Vec<(String, Vec<u8>)>,
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// `0` is A, `26` is AA.
fn letters(mut column: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.insert(0, b'A' + u8::try_from(column % 26).expect("below 26"));
        if column < 26 {
            return String::from_utf8(name).expect("letters");
        }
        column = column / 26 - 1;
    }
}

impl Workbook {
    /// A workbook of these sheets. A row without cells is left out of the XML.
    pub fn new(sheets: Vec<(String, Vec<Vec<Cell>>)>) -> Self {
        let mut strings: Vec<String> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut used = 0;
        let mut parts = Vec::new();
        let mut listed = String::new();
        let mut related = String::new();
        let mut typed = String::new();
        for (index, (name, rows)) in sheets.iter().enumerate() {
            let number = index + 1;
            let mut xml = String::from(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
            );
            for (row, cells) in rows.iter().enumerate().filter(|(_, cells)| !cells.is_empty()) {
                write!(xml, "<row r=\"{}\">", row + 1).expect("a string");
                for (column, cell) in cells.iter().enumerate() {
                    let place = format!("{}{}", letters(column), row + 1);
                    match cell {
                        Cell::Empty => Ok(()),
                        Cell::Text(text) => {
                            used += 1;
                            let next = strings.len();
                            let at = *known.entry(text.clone()).or_insert_with(|| {
                                strings.push(text.clone());
                                next
                            });
                            write!(xml, "<c r=\"{place}\" t=\"s\"><v>{at}</v></c>")
                        }
                        Cell::Yuan(number) => write!(xml, "<c r=\"{place}\" s=\"2\"><v>{number}</v></c>"),
                        Cell::Moment(serial) => write!(xml, "<c r=\"{place}\" s=\"1\"><v>{serial}</v></c>"),
                        Cell::Number(number) => write!(xml, "<c r=\"{place}\"><v>{number}</v></c>"),
                        Cell::Formula(formula, value) => {
                            write!(
                                xml,
                                "<c r=\"{place}\" t=\"str\"><f>{}</f><v>{}</v></c>",
                                escaped(formula),
                                escaped(value)
                            )
                        }
                    }
                    .expect("a string");
                }
                xml.push_str("</row>");
            }
            xml.push_str("</sheetData></worksheet>");
            parts.push((format!("xl/worksheets/sheet{number}.xml"), xml.into_bytes()));
            write!(listed, "<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>", escaped(name))
                .expect("a string");
            write!(related, "<Relationship Id=\"rId{number}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>").expect("a string");
            write!(typed, "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>").expect("a string");
        }
        let next = sheets.len();
        let mut texts = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"{used}\" uniqueCount=\"{}\">",
            strings.len()
        );
        for text in &strings {
            write!(texts, "<si><t xml:space=\"preserve\">{}</t></si>", escaped(text)).expect("a string");
        }
        texts.push_str("</sst>");
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
        let fixed = [
            (
                "[Content_Types].xml",
                format!(
                    "{head}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>{typed}</Types>"
                ),
            ),
            (
                "_rels/.rels",
                format!(
                    "{head}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    "{head}<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{listed}</sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    "{head}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{related}<Relationship Id=\"rId{}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId{}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>",
                    next + 1,
                    next + 2
                ),
            ),
            ("xl/sharedStrings.xml", texts),
            (
                "xl/styles.xml",
                format!(
                    "{head}<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\\ hh\\:mm\\:ss\"/><numFmt numFmtId=\"165\" formatCode=\"\\¥#,##0.00\"/></numFmts><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\"/></cellStyleXfs><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"164\" applyNumberFormat=\"1\"/><xf numFmtId=\"165\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
                ),
            ),
        ];
        parts.extend(fixed.map(|(name, xml)| (name.to_owned(), xml.into_bytes())));
        Self { parts }
    }

    /// The same workbook with one part replaced, or added.
    #[must_use]
    pub fn with_part(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.parts.retain(|(known, _)| known != name);
        self.parts.push((name.into(), content.into()));
        self
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let parts: Vec<(&str, &[u8])> =
            self.parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
        archive(&parts, Lock::None)
    }
}

/// How an archive is locked.
#[derive(Debug, Clone, Copy)]
pub enum Lock<'c> {
    /// Not at all.
    None,
    /// WinZip AES with 256 bits.
    Aes256(&'c str),
    /// WinZip AES with 192 bits.
    Aes192(&'c str),
    /// WinZip AES with 128 bits.
    Aes128(&'c str),
    /// The old ZipCrypto.
    ZipCrypto(&'c str),
}

/// A ZIP of these files; a name that ends with `/` is a folder.
pub fn archive(files: &[(&str, &[u8])], lock: Lock<'_>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in files {
        if name.ends_with('/') {
            zip.add_directory(*name, SimpleFileOptions::default()).expect("a folder");
            continue;
        }
        match lock {
            Lock::None => zip.start_file(*name, plain),
            Lock::Aes256(code) => zip.start_file(*name, plain.with_aes_encryption(AesMode::Aes256, code)),
            Lock::Aes192(code) => zip.start_file(*name, plain.with_aes_encryption(AesMode::Aes192, code)),
            Lock::Aes128(code) => zip.start_file(*name, plain.with_aes_encryption(AesMode::Aes128, code)),
            Lock::ZipCrypto(code) => zip.start_file(
                *name,
                FileOptionsExt::with_deprecated_encryption(plain, code.as_bytes()).expect("ZipCrypto"),
            ),
        }
        .expect("an entry");
        zip.write_all(content).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}
