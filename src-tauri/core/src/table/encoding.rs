//! Bytes → text: byte order mark, then strict UTF-8, then GB18030 (which holds GBK and GB2312).

use super::limits;
use crate::{Code, Error, Result};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// Text and how it was read.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text, without byte order mark.
    pub text: Cow<'a, str>,
    /// The encoding's name.
    pub encoding: &'static str,
    /// The bytes end inside a character.
    pub cut_short: bool,
    /// Some bytes were no text and stand as U+FFFD.
    pub lossy: bool,
}

/// Which UTF-16 the bytes are: told by the mark, or by zeros on one side of most pairs.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    // Without a mark: a table's delimiters, digits and line ends have a zero beside them. A run of
    // zeros on both sides is no text.
    let pairs = &bytes[..bytes.len().min(2048) & !1];
    let ascii = |byte: u8| byte != 0 && byte.is_ascii();
    let little = pairs.chunks_exact(2).filter(|pair| ascii(pair[0]) && pair[1] == 0).count();
    let big = pairs.chunks_exact(2).filter(|pair| ascii(pair[1]) && pair[0] == 0).count();
    let enough = pairs.len() / 10 + 1;
    if little > enough && big == 0 {
        Some(UTF_16LE)
    } else if big > enough && little == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Decodes the bytes of a text file.
///
/// # Errors
/// `TooLarge` where the file is larger than is read.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>> {
    if bytes.len() as u64 > limits::FILE_BYTES {
        return Err(Error::said(
            Code::TooLarge,
            format!("文本有 {} 字节，太大；请按较短的时间段分几次导出", bytes.len()),
            format!("the text has {} bytes; export it in several shorter pieces", bytes.len()),
        ));
    }
    if let Some(encoding) = utf16(bytes) {
        let (text, lossy) = encoding.decode_with_bom_removal(bytes);
        let cut_short = bytes.len() % 2 == 1;
        // The odd byte at the end is an error of its own; others are counted by what they left.
        let lossy = lossy && (!cut_short || text.trim_end_matches('\u{fffd}').contains('\u{fffd}'));
        let text = if cut_short { drop_last_replacement(text) } else { text };
        return Ok(Decoded { text, encoding: encoding.name(), cut_short, lossy });
    }
    let (bytes, marked) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            Ok(Decoded { text: Cow::Borrowed(text), encoding: "UTF-8", cut_short: false, lossy: false })
        }
        // Cut inside the last character: all before it is good UTF-8.
        Err(error) if error.error_len().is_none() && looks_utf8(bytes, error.valid_up_to(), marked) => {
            let text = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            Ok(Decoded { text, encoding: "UTF-8", cut_short: true, lossy: false })
        }
        Err(error) if looks_utf8(bytes, error.valid_up_to(), marked) => {
            let (text, lossy) = UTF_8.decode_without_bom_handling(bytes);
            Ok(Decoded { text, encoding: "UTF-8", cut_short: false, lossy })
        }
        Err(_) => Ok(decode_gb18030(bytes)),
    }
}

/// Decodes the text of a document that may name its encoding. What the bytes say comes before what the file
/// says of itself: a mark, UTF-16 and good UTF-8 are believed, then a named encoding that is neither the
/// Western one nor GBK, which exports confuse; between those two the shape of the bytes decides.
///
/// # Errors
/// `TooLarge` where the file is larger than is read.
pub fn decode_document<'a>(bytes: &'a [u8], named: Option<&str>) -> Result<Decoded<'a>> {
    let decoded = decode(bytes)?;
    if decoded.encoding != "GB18030" {
        return Ok(decoded);
    }
    let named = named.and_then(|label| Encoding::for_label(label.as_bytes()));
    let western = [UTF_8, WINDOWS_1252, GB18030, encoding_rs::GBK, UTF_16LE, UTF_16BE];
    let encoding = match named {
        Some(encoding) if !western.contains(&encoding) => encoding,
        _ if looks_gbk(bytes) => return Ok(decoded),
        _ => WINDOWS_1252,
    };
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    Ok(Decoded { text, encoding: encoding.name(), cut_short: false, lossy })
}

/// Chinese text in GBK has its high bytes in pairs; Western text has an accent here and there.
fn looks_gbk(bytes: &[u8]) -> bool {
    let runs = bytes.split(|byte| byte.is_ascii()).filter(|run| !run.is_empty()).take(10_000);
    let (even, odd) = runs.fold((0_usize, 0_usize), |(even, odd), run| {
        if run.len() % 2 == 0 { (even + run.len(), odd) } else { (even, odd + run.len()) }
    });
    even > odd * 2
}

/// Several whole multi-byte characters before the first bad byte do not happen by chance in GBK.
fn looks_utf8(bytes: &[u8], valid_up_to: usize, marked: bool) -> bool {
    let good = &bytes[..valid_up_to];
    marked || good.iter().filter(|byte| **byte >= 0xc0).take(4).count() == 4
}

fn decode_gb18030(bytes: &[u8]) -> Decoded<'_> {
    let (text, had_errors) = GB18030.decode_without_bom_handling(bytes);
    if !had_errors {
        return Decoded { text, encoding: "GB18030", cut_short: false, lossy: false };
    }
    // A file cut inside a character leaves one replacement at its very end and nothing else.
    let cut_short = text.ends_with('\u{fffd}');
    let text = if cut_short { drop_last_replacement(text) } else { text };
    let lossy = text.contains('\u{fffd}');
    Decoded { text, encoding: "GB18030", cut_short, lossy }
}

fn drop_last_replacement(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut text = text.into_owned();
    if text.ends_with('\u{fffd}') {
        text.pop();
    }
    Cow::Owned(text)
}

/// The shapes that `word` takes when a program reads it in the wrong encoding and saves it again:
/// UTF-8 taken for GBK (交易 → 浜ゆ槗) and GBK taken for Windows-1252 (交易 → ½»Ò×).
pub fn garbled(word: &str) -> [String; 2] {
    let (as_gbk, _) = GB18030.decode_without_bom_handling(word.as_bytes());
    let (gbk, _, _) = GB18030.encode(word);
    let (as_latin, _) = WINDOWS_1252.decode_without_bom_handling(&gbk);
    // The last character of the first may hold a byte of what follows.
    let mut as_gbk = as_gbk.into_owned();
    as_gbk.pop();
    [as_gbk, as_latin.into_owned()]
}

/// Whether a text is beyond repair because a program replaced what it could not read: GBK taken for
/// UTF-8 leaves U+FFFD by the hundred, and that saved as GBK leaves 锟斤拷.
pub fn is_worn(text: &str) -> bool {
    let head: String = text.chars().take(4096).collect();
    let lost = head.chars().filter(|c| *c == '\u{fffd}').count();
    lost * 20 > head.chars().count().max(1) || head.matches("锟斤拷").count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_reads_the_same_from_every_encoding() {
        let text = "交易时间,金额\n2026-03-01 10:00:00,12.00\n";
        let utf16 = |little: bool, mark: bool| -> Vec<u8> {
            let mark = mark.then_some(0xfeff_u16);
            mark.into_iter()
                .chain(text.encode_utf16())
                .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
                .collect()
        };
        let bom = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        let (gbk, _, _) = GB18030.encode(text);
        for bytes in [
            text.as_bytes().to_vec(),
            bom,
            gbk.into_owned(),
            utf16(true, true),
            utf16(false, true),
            utf16(true, false),
            utf16(false, false),
        ] {
            let decoded = decode(&bytes).unwrap();
            assert_eq!(decoded.text, text, "{}", decoded.encoding);
            assert!(!decoded.cut_short && !decoded.lossy);
        }
    }

    #[test]
    fn a_file_cut_inside_a_character_says_so_and_keeps_the_rest() {
        let text = "交易时间,交易分类,备注";
        let (gbk, _, _) = GB18030.encode(text);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16 = [b"\xff\xfe", utf16.as_slice()].concat();
        for bytes in [text.as_bytes(), &gbk, &utf16] {
            let decoded = decode(&bytes[..bytes.len() - 1]).unwrap();
            assert!(decoded.cut_short && !decoded.lossy, "{}", decoded.encoding);
            assert_eq!(decoded.text, "交易时间,交易分类,备");
        }
    }

    #[test]
    fn a_bad_byte_in_the_middle_of_utf8_does_not_make_it_gbk() {
        let mut bytes = "交易时间,交易分类,备注,甲\n".as_bytes().to_vec();
        let at = bytes.len() - 3;
        bytes[at] = 0xff;
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.lossy && decoded.text.starts_with("交易时间,交易分类,备注,"));
    }

    #[test]
    fn accents_and_chinese_are_told_apart_by_their_bytes_whatever_the_file_says() {
        let said = |bytes: &[u8], named| decode_document(bytes, named).unwrap().text.into_owned();
        let (western, _, _) = WINDOWS_1252.encode("Müller Straße, Café für 5 €");
        let (chinese, _, _) = GB18030.encode("支出 12.00 某某超市");
        let (polish, _, _) = encoding_rs::ISO_8859_2.encode("Łódź, żółć");
        for named in [None, Some("1252"), Some("ISO-8859-1"), Some("GBK"), Some("NONE")] {
            assert_eq!(said(&western, named), "Müller Straße, Café für 5 €");
            assert_eq!(said(&chinese, named), "支出 12.00 某某超市");
            assert_eq!(said("Müller".as_bytes(), named), "Müller");
        }
        assert_eq!(said(&polish, Some("ISO-8859-2")), "Łódź, żółć");
    }

    #[test]
    fn a_word_read_wrongly_is_recognised() {
        assert!("浜ゆ槗鏃堕棿,閲戦".contains(&garbled("交易时间")[0]));
        assert_eq!(garbled("交易")[1], "½»Ò×");
        assert!(is_worn(&"\u{fffd}".repeat(50)));
        assert!(!is_worn("交易时间,某\u{fffd}店,金额,备注,交易时间,交易分类,交易对方,对方账号,商品说明"));
    }
}
