//! ZIP → files: ZipCrypto and WinZip AES, with the code the wallet sent. Names are for people alone: nothing
//! is written anywhere, and what an entry is, its bytes say.

use super::nested::File;
use super::{encoding, limits};
use crate::{Code, Error, Result};
use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Opens a ZIP whose entries together unpack to no more than `most` bytes.
///
/// # Errors
/// `TooLarge` where it would unpack to more, `Unreadable` where it is no ZIP or damaged.
pub(super) fn open(bytes: &[u8], most: u64) -> Result<ZipArchive<Cursor<&[u8]>>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.len() > limits::ENTRIES {
        let (there, most) = (archive.len(), limits::ENTRIES);
        return Err(Error::said(
            Code::TooLarge,
            format!("压缩包里有 {there} 个文件，最多读 {most} 个；请解压后选其中的账单"),
            format!("the archive has {there} entries; up to {most} are read"),
        ));
    }
    let mut declared = 0_u128;
    for index in 0..archive.len() {
        declared += u128::from(archive.by_index_raw(index).map_err(|_| damaged())?.size());
    }
    check_growth(declared, bytes.len() as u64, most)?;
    Ok(archive)
}

/// The names of a ZIP's entries, and the beginning of the one that says what kind of document they make.
pub(super) fn kind(bytes: &[u8]) -> Option<(Vec<String>, String)> {
    const MOST: u64 = 100;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let names = archive.file_names().flatten().map(std::borrow::Cow::into_owned).collect();
    let mut mimetype = String::new();
    if let Ok(file) = archive.by_name("mimetype") {
        // What is no text names no kind.
        let _ = file.take(MOST).read_to_string(&mut mimetype);
    }
    Some((names, mimetype))
}

fn check_growth(unpacked: u128, packed: u64, most: u64) -> Result<()> {
    let by_ratio = u128::from(packed.saturating_mul(limits::RATIO).max(limits::RATIO_FREE_BYTES));
    if unpacked > u128::from(most).min(by_ratio) {
        return Err(Error::said(
            Code::TooLarge,
            format!("这个 {packed} 字节的压缩包会解出 {unpacked} 字节，钱包不会发这样的文件，没有打开"),
            format!("the archive of {packed} bytes would unpack to {unpacked}; no wallet sends such a file"),
        ));
    }
    Ok(())
}

fn damaged() -> Error {
    Error::said(
        Code::Unreadable,
        "压缩包已损坏，或没有下载完整；请重新下载",
        "the archive is damaged or was not downloaded to its end; get it again",
    )
}

fn needs_code() -> Error {
    Error::said(
        Code::NeedsCode,
        "压缩包有密码；请输入钱包在它自己的 App 里发来的解压码",
        "the archive is locked; enter the code that the wallet sent in its own app for this file",
    )
}

fn wrong_code() -> Error {
    Error::said(
        Code::WrongCode,
        "解压码不对；每次导出各有各的解压码，请看钱包最新的那条消息。如果码没有错，就是文件损坏了，请重新下载",
        "the code does not open this archive; each export has a code of its own, see the wallet's latest message. \
         If the code is right, the file is damaged: get it again",
    )
}

/// Unpacks every file of a ZIP, in the archive's order, without the folders; all together no more than `most`
/// bytes.
///
/// # Errors
/// `NeedsCode` and `WrongCode` where a file is locked, `TooLarge` beyond [`limits`], `Unreadable` where
/// the archive is damaged or packed in a way that is not read.
pub fn unpack(bytes: &[u8], code: Option<&str>, most: u64) -> Result<Vec<File>> {
    let mut archive = open(bytes, most)?;
    let code = code.map(plain_digits).filter(|code| !code.is_empty());
    let mut files = Vec::new();
    let mut unpacked: u64 = 0;
    for index in 0..archive.len() {
        let (folder, locked, name) = {
            let raw = archive.by_index_raw(index).map_err(|_| damaged())?;
            (raw.is_dir() || raw.is_symlink(), raw.encrypted(), shown_name(raw.name_raw()))
        };
        if folder {
            continue;
        }
        let left = most - unpacked;
        let file = unpack_one(&mut archive, index, locked, code.as_deref(), left)?;
        unpacked += file.len() as u64;
        check_growth(u128::from(unpacked), bytes.len() as u64, most)?;
        files.push(File { name, bytes: file });
    }
    Ok(files)
}

/// The last part of an entry's name, as it is shown: names that are no UTF-8 are GBK.
fn shown_name(raw: &[u8]) -> String {
    const CHARS: usize = 80;
    let last = raw.rsplit(|byte| matches!(byte, b'/' | b'\\')).find(|part| !part.is_empty()).unwrap_or(raw);
    let Ok(decoded) = encoding::decode(&last[..last.len().min(4 * CHARS)]) else { return String::new() };
    decoded.text.chars().filter(|c| !c.is_control()).take(CHARS).collect()
}

/// Whether the beginning of what was unpacked is a file that somebody wrote: a workbook, or text of many different
/// bytes without the control characters that noise has one of in nine bytes. Noise that the decoder takes for a
/// distance repeats a few bytes for long; of 400,000 pieces of noise decoded, 1 at most made so much sense.
fn makes_sense(unpacked: &[u8]) -> bool {
    const ENOUGH: usize = 128;
    const DIFFERENT: usize = 32;
    /// Noise is hardly ever so many bytes of good UTF-8 without a control character.
    const RUN: usize = 24;
    const RUN_DIFFERENT: usize = 12;
    let head = &unpacked[..unpacked.len().min(4 * ENOUGH)];
    let different = |bytes: &[u8]| bytes.iter().collect::<BTreeSet<_>>().len();
    let good = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default(),
    };
    let run = good.find(|c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n')).unwrap_or(good.len());
    if run >= RUN && different(&head[..run]) >= RUN_DIFFERENT {
        return true;
    }
    let is_text = |byte: &u8| *byte >= b' ' || matches!(byte, b'\t' | b'\r' | b'\n');
    unpacked.starts_with(b"PK\x03\x04")
        || (head.len() >= ENOUGH && head.iter().all(is_text) && different(head) >= DIFFERENT)
}

/// The code as typed on any keyboard: no blanks, full-width digits made plain.
fn plain_digits(code: &str) -> String {
    code.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '０'..='９' => char::from(b'0' + u8::try_from(c as u32 - '０' as u32).unwrap_or(0)),
            other => other,
        })
        .collect()
}

fn unpack_one(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    locked: bool,
    code: Option<&str>,
    left: u64,
) -> Result<Vec<u8>> {
    let aes = locked && matches!(archive.get_aes_verification_key_and_salt(index), Ok(Some(_)));
    let opened = match (locked, code) {
        (false, _) => archive.by_index(index),
        (true, None) => return Err(needs_code()),
        (true, Some(code)) => archive.by_index_decrypt(index, code.as_bytes()),
    };
    let file = opened.map_err(|error| match error {
        ZipError::InvalidPassword => wrong_code(),
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => Error::said(
            Code::Unreadable,
            "压缩包的压缩方式不支持；请解压后打开里面的文件",
            "the archive is packed in a way that is not read here; unpack it and open the file inside",
        ),
        _ => damaged(),
    })?;
    let declared = file.size();
    let mut out = Vec::with_capacity(usize::try_from(declared.min(left).min(1 << 20)).unwrap_or(0));
    // One byte more than allowed tells "full" from "too much".
    let outcome = file.take(left + 1).read_to_end(&mut out);
    match outcome {
        Ok(_) if out.len() as u64 > left => Err(Error::said(
            Code::TooLarge,
            format!("压缩包解出的内容超过 {left} 字节，没有读取"),
            format!("the archive unpacks to more than {left} bytes"),
        )),
        Ok(_) => Ok(out),
        // ZipCrypto lets one wrong code in 256 through its check byte; then the checksum, or the
        // decoder before it, is what fails, and what came out is noise. AES authenticates, so there a
        // failure is damage.
        Err(_) if locked && !aes && !makes_sense(&out) && !makes_sense(&beginning(archive, index, code)) => {
            Err(wrong_code())
        }
        Err(_) => Err(damaged()),
    }
}

/// What comes out of a locked entry before it fails, read in small steps: a step that fails gives nothing.
fn beginning(archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize, code: Option<&str>) -> Vec<u8> {
    const MOST: usize = 512;
    let mut out = Vec::new();
    let code = code.unwrap_or_default().as_bytes();
    let Ok(mut file) = archive.by_index_decrypt(index, code) else { return out };
    let mut step = [0; 8];
    while out.len() < MOST {
        match file.read(&mut step) {
            Ok(count) if count > 0 => out.extend_from_slice(&step[..count]),
            _ => break,
        }
    }
    out
}
