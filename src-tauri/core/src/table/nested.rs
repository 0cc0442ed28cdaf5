//! Files inside files: what lies in a ZIP, a gzip or a mail, and in one such inside it.

use super::container::{Container, sniff};
use super::{archive, limits, mail};
use crate::{Code, Error, Result};
use std::io::Read as _;

/// A file that lay in another.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    /// As an archive names it, without folders, to be shown; empty where nothing names it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl File {
    fn unnamed(bytes: Vec<u8>) -> Self {
        Self { name: String::new(), bytes }
    }
}

/// Whether a file holds others.
pub fn holds_files(bytes: &[u8]) -> bool {
    is_container(sniff(bytes))
}

fn is_container(kind: Container) -> bool {
    matches!(kind, Container::Zip | Container::Gzip | Container::Mail)
}

/// Unpacks every file, in order, down to those that hold no others.
///
/// # Errors
/// What [`archive::unpack`] says; `TooLarge` where all of it together is more than is read; `Unreadable` where
/// containers lie deeper than two in each other.
pub fn unpack(bytes: &[u8], code: Option<&str>) -> Result<Vec<File>> {
    let mut left = limits::UNPACKED_BYTES.min(most_of(bytes.len() as u64));
    let mut files = Vec::new();
    for outer in open(bytes, code, &mut left)? {
        if !is_container(sniff(&outer.bytes)) {
            files.push(outer);
            continue;
        }
        for mut inner in open(&outer.bytes, code, &mut left)? {
            let kind = sniff(&inner.bytes);
            if inner.name.is_empty() {
                inner.name.clone_from(&outer.name);
            }
            if is_container(kind) {
                return Err(Container::Zip.refusal());
            }
            files.push(inner);
        }
        if files.len() > limits::ENTRIES {
            return Err(too_large());
        }
    }
    Ok(files)
}

/// What something of this size may unpack to.
fn most_of(packed: u64) -> u64 {
    packed.saturating_mul(limits::RATIO).max(limits::RATIO_FREE_BYTES)
}

fn open(bytes: &[u8], code: Option<&str>, left: &mut u64) -> Result<Vec<File>> {
    let files = match sniff(bytes) {
        Container::Zip => archive::unpack(bytes, code, *left)?,
        Container::Gzip => vec![File::unnamed(gunzip(bytes, *left)?)],
        Container::Mail => mail::attachments(bytes)?.into_iter().map(File::unnamed).collect(),
        other => return Err(other.refusal()),
    };
    let taken: u64 = files.iter().map(|file| file.bytes.len() as u64).sum();
    *left = left.checked_sub(taken).ok_or_else(too_large)?;
    Ok(files)
}

fn gunzip(bytes: &[u8], left: u64) -> Result<Vec<u8>> {
    let most = left.min(most_of(bytes.len() as u64));
    let mut out = Vec::new();
    // One byte more than allowed tells "full" from "too much".
    let read = flate2::read::MultiGzDecoder::new(bytes).take(most.saturating_add(1)).read_to_end(&mut out);
    match read {
        _ if out.len() as u64 > most => Err(too_large()),
        Ok(_) => Ok(out),
        Err(_) => Err(Error::said(
            Code::Unreadable,
            "gzip 文件已损坏，或没有下载完整；请重新下载",
            "the gzip file is damaged or was not downloaded to its end; get it again",
        )),
    }
}

fn too_large() -> Error {
    Error::said(
        Code::TooLarge,
        "文件里的内容解开后远比钱包发的大，没有读取",
        "what lies in this file unpacks to far more than any wallet sends; it was not read",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn one_container_in_another_is_opened_and_a_third_is_not() {
        let once = gzip(b"time,amount\n");
        let twice = gzip(&once);
        let thrice = gzip(&twice);
        assert_eq!(unpack(&once, None).unwrap()[0].bytes, b"time,amount\n");
        assert_eq!(unpack(&twice, None).unwrap()[0].bytes, b"time,amount\n");
        assert_eq!(unpack(&thrice, None).unwrap_err().code, Code::Unreadable);
    }

    #[test]
    fn a_bomb_and_a_damaged_file_are_refused() {
        let bomb = gzip(&vec![0; 64 << 20]);
        assert_eq!(unpack(&bomb, None).unwrap_err().code, Code::TooLarge);
        assert_eq!(unpack(&gzip(&bomb), None).unwrap_err().code, Code::TooLarge);
        let mut whole = gzip(&[b'x'; 5000]);
        let checksum = whole.len() - 8;
        whole[checksum] ^= 1;
        assert_eq!(unpack(&whole, None).unwrap_err().code, Code::Unreadable);
        assert_eq!(unpack(&whole[..20], None).unwrap_err().code, Code::Unreadable);
    }
}
