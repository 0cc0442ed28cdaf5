//! What kind of file the bytes are. The name's extension is never asked: people rename.

use super::{archive, xlsx};
use crate::{Code, Error};

/// A kind of file, told by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// Nothing in it.
    Empty,
    /// An archive of files.
    Zip,
    /// An Excel workbook (XLSX).
    Workbook,
    /// The old Office container: `.xls`, or a workbook locked with a password.
    OldWorkbook,
    /// A workbook of another kind: ODS, Numbers, XLSB.
    OtherWorkbook,
    /// A written document: DOCX, ODT.
    Document,
    /// A PDF.
    Pdf,
    /// A picture.
    Picture,
    /// One file, packed with gzip.
    Gzip,
    /// A saved mail.
    Mail,
    /// A mail as only Outlook packs it: winmail.dat, MSG.
    OtherMail,
    /// Another archive: 7z, RAR, tar, xz.
    OtherArchive,
    /// A web page.
    WebPage,
    /// Text, in whatever encoding.
    Text,
    /// None of these.
    Binary,
}

/// Tells the kind of file.
pub fn sniff(bytes: &[u8]) -> Container {
    const PICTURES: [&[u8]; 5] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM6", b"II*\0"];
    const ARCHIVES: [&[u8]; 5] =
        [b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh9", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"];
    let starts = |magic: &&[u8]| bytes.starts_with(magic);
    if bytes.is_empty() {
        Container::Empty
    } else if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        if xlsx::is_workbook(bytes) { Container::Workbook } else { office(bytes).unwrap_or(Container::Zip) }
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        if is_outlook(bytes) { Container::OtherMail } else { Container::OldWorkbook }
    } else if bytes.starts_with(b"\x78\x9f\x3e\x22") {
        Container::OtherMail
    } else if bytes.starts_with(b"%PDF") {
        Container::Pdf
    } else if PICTURES.iter().any(starts)
        || (bytes.starts_with(b"RIFF") && bytes.len() > 12)
        || is_heic(bytes)
    {
        Container::Picture
    } else if bytes.starts_with(b"\x1f\x8b") {
        Container::Gzip
    } else if ARCHIVES.iter().any(starts) || bytes.get(257..262) == Some(b"ustar") {
        Container::OtherArchive
    } else if is_binary(bytes) {
        Container::Binary
    } else if super::mail::is_mail(bytes) {
        Container::Mail
    } else if is_web_page(bytes) {
        Container::WebPage
    } else {
        Container::Text
    }
}

/// What another program's file is that is a ZIP in itself.
fn office(bytes: &[u8]) -> Option<Container> {
    const SPREADSHEET: &str = "application/vnd.oasis.opendocument.spreadsheet";
    let (names, mimetype) = archive::kind(bytes)?;
    let has = |name: &str| names.iter().any(|known| known == name);
    if has("xl/workbook.bin") || has("Index/Document.iwa") || mimetype.starts_with(SPREADSHEET) {
        Some(Container::OtherWorkbook)
    } else if has("word/document.xml") || mimetype.starts_with("application/vnd.oasis.opendocument") {
        Some(Container::Document)
    } else {
        None
    }
}

/// Whether the old Office container holds a mail: its streams are named so, two bytes a letter.
fn is_outlook(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "__substg1.0_".bytes().flat_map(|byte| [byte, 0]).collect();
    memchr::memmem::find(bytes, &name).is_some()
}

/// Whether it is a picture as telephones take them.
fn is_heic(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8]; 5] = [b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftypavif"];
    BRANDS.iter().any(|brand| bytes.get(4..12) == Some(brand))
}

/// Text has next to no control bytes; UTF-16 has zeros, but on one side only.
fn is_binary(bytes: &[u8]) -> bool {
    if super::encoding::utf16(bytes).is_some() {
        return false;
    }
    let head = &bytes[..bytes.len().min(8 << 10)];
    let odd = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a)).count();
    odd * 100 > head.len()
}

fn is_web_page(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes
        .iter()
        .copied()
        .skip_while(|b| b.is_ascii_whitespace() || !b.is_ascii())
        .take(64)
        .map(|b| b.to_ascii_lowercase())
        .collect();
    [b"<html".as_slice(), b"<!doctype html", b"<table", b"<meta"].iter().any(|tag| head.starts_with(tag))
}

impl Container {
    /// Why a file of this kind is not read, and what to do instead.
    pub fn refusal(self) -> Error {
        let (zh, en) = match self {
            Self::Empty => ("文件是空的，请重新导出账单", "the file is empty; export the statement again"),
            Self::Zip => (
                "压缩包里还有压缩包；请解开外面一层，打开里面的",
                "an archive lies inside the archive; unpack the outer one and open the inner one",
            ),
            Self::OtherWorkbook => (
                "这是 ODS、Numbers 或 XLSB 表格；请用表格软件打开，另存为 XLSX 或 CSV",
                "this is a workbook as ODS, Numbers or XLSB; open it in a spreadsheet and save it as XLSX or CSV",
            ),
            Self::Document => (
                "这是文字文档；请向钱包或银行要 CSV 或 Excel 账单",
                "this is a written document; ask the wallet or the bank for the statement as CSV or Excel",
            ),
            Self::OtherMail => (
                "这是 Outlook 的邮件包（winmail.dat 或 .msg）；请在邮箱里把账单附件单独存下来，再打开那个文件",
                "this is a mail packed by Outlook (winmail.dat or .msg); save the attached statement by itself and open that file",
            ),
            Self::Pdf => (
                "这是 PDF，读不了；请向钱包或银行要 CSV 或 Excel（XLSX）账单",
                "this is a PDF, which is not read; ask the wallet or the bank for the statement as CSV or Excel (XLSX) instead",
            ),
            Self::Picture => (
                "这是图片；可以作为附件加到一笔流水上，账单请打开文件本身",
                "this is a picture; attach it to a transaction, or open the statement file itself",
            ),
            Self::Gzip | Self::Mail => (
                "压缩文件或邮件套在别的文件里；请直接打开里面的那个",
                "a packed file or a mail lies inside others; open the inner one itself",
            ),
            Self::OtherArchive => (
                "这个压缩包不是 ZIP；请解压后打开里面的文件",
                "this archive is not a ZIP; unpack it and open the file inside",
            ),
            Self::Binary => (
                "这既不是文本也不是工作簿；请打开钱包发来的 CSV、XLSX 或 ZIP",
                "this is neither text nor a workbook; open the CSV, XLSX or ZIP the wallet sent",
            ),
            Self::Text | Self::Workbook | Self::OldWorkbook | Self::WebPage => {
                ("文件里没有认得的账单表格", "this file holds no table of a known statement")
            }
        };
        Error::said(Code::Unreadable, zh, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_the_kind_whatever_the_name_says() {
        for (bytes, kind) in [
            (b"".as_slice(), Container::Empty),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", Container::OldWorkbook),
            (b"%PDF-1.7", Container::Pdf),
            (b"\x89PNG\r\n", Container::Picture),
            (b"\x1f\x8b\x08", Container::Gzip),
            (b"Rar!\x1a\x07", Container::OtherArchive),
            (b"From: a@b\nTo: b@c\nSubject: x\n\ntext", Container::Mail),
            (b" \r\n<HTML><body>", Container::WebPage),
            (b"time,amount\n", Container::Text),
            ("\u{feff}交易时间".as_bytes(), Container::Text),
            (b"\xff\xfea\0,\0b\0", Container::Text),
            (b"\0\0\0\0\0\0\0\0", Container::Binary),
            (b"PK\x05\x06", Container::Zip),
            (b"\x78\x9f\x3e\x22\0\0", Container::OtherMail),
            (b"\0\0\0\x18ftypheic\0\0\0\0", Container::Picture),
            (b"\xfd7zXZ\0\0", Container::OtherArchive),
            (b"\xd0\xcf\x11\xe0_\0_\0s\0u\0b\0s\0t\0g\x001\0.\x000\0_\0", Container::OtherMail),
        ] {
            assert_eq!(sniff(bytes), kind, "{bytes:?}");
        }
    }

    #[test]
    fn what_other_programs_pack_as_a_zip_is_told_by_what_lies_in_it() {
        use std::io::Write as _;
        let of = |name: &str, text: &str| {
            let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
            sniff(&zip.finish().unwrap().into_inner())
        };
        for (name, text, kind) in [
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", Container::OtherWorkbook),
            ("mimetype", "application/vnd.oasis.opendocument.text", Container::Document),
            ("Index/Document.iwa", "", Container::OtherWorkbook),
            ("xl/workbook.bin", "", Container::OtherWorkbook),
            ("word/document.xml", "", Container::Document),
            ("a.csv", "", Container::Zip),
        ] {
            assert_eq!(of(name, text), kind, "{name} {text}");
        }
    }
}
