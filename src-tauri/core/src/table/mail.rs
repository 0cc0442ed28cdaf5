//! A saved mail (`.eml`) → the files attached to it. Their names, often garbled, are never used.

use crate::{Code, Error, Result};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

/// Mails inside mails at most; a forwarded one has one.
const DEPTH: usize = 3;
/// Parts at most.
const PARTS: usize = 256;

/// Whether text begins as a mail does: field after field, several of those that every mail has.
pub(super) fn is_mail(bytes: &[u8]) -> bool {
    const FIELDS: [&str; 10] = [
        "from",
        "to",
        "subject",
        "date",
        "mime-version",
        "received",
        "content-type",
        "message-id",
        "return-path",
        "delivered-to",
    ];
    let head = &bytes[..bytes.len().min(16 << 10)];
    let mut known = 0;
    for (place, line) in head.split(|byte| *byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        // Long fields go on in indented lines; a mailbox begins with a line of its own.
        if line[0] == b' ' || line[0] == b'\t' || (place == 0 && line.starts_with(b"From ")) {
            continue;
        }
        let Some(colon) = line.iter().take(80).position(|byte| *byte == b':') else { return false };
        let name = &line[..colon];
        if name.is_empty() || !name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')) {
            return false;
        }
        known += usize::from(FIELDS.iter().any(|field| name.eq_ignore_ascii_case(field.as_bytes())));
    }
    known >= 3
}

/// The attached files, in the mail's order.
///
/// # Errors
/// `Unreadable` where there is none (some wallets send a link instead), or the mail is built to confuse.
pub(super) fn attachments(bytes: &[u8]) -> Result<Vec<Vec<u8>>> {
    let nested = memchr::memmem::find_iter(bytes, b"message/rfc822").take(PARTS).count();
    let boundaries = memchr::memmem::find_iter(bytes, b"boundary").take(PARTS).count();
    if nested > 16 || boundaries > 64 {
        return Err(Error::said(
            Code::Unreadable,
            "这封邮件里套的邮件太多，没有读取；请直接打开附件",
            "this mail holds more mails in each other than anyone sends",
        ));
    }
    let damaged = || {
        Error::said(
            Code::Unreadable,
            "邮件已损坏；请重新保存，或直接打开它的附件",
            "this mail is damaged; save it again, or open its attachment",
        )
    };
    let message = MessageParser::default().parse(bytes).ok_or_else(damaged)?;
    let mut files = Vec::new();
    collect(&message, DEPTH, &mut files);
    if files.is_empty() {
        return Err(Error::said(
            Code::Unreadable,
            "这封邮件没有附件；如果里面是链接，请下载账单后打开那个文件",
            "this mail has no file attached; if it holds a link, download the statement there and open that file",
        ));
    }
    Ok(files)
}

fn collect(message: &Message<'_>, depth: usize, files: &mut Vec<Vec<u8>>) {
    for part in message.parts.iter().take(PARTS) {
        match &part.body {
            PartType::Message(inner) if depth > 0 => collect(inner, depth - 1, files),
            PartType::Multipart(_) | PartType::Message(_) => {}
            PartType::Text(_) | PartType::Html(_) if !is_attached(part) => {}
            _ => files.extend(contents(message, part)),
        }
        if files.len() >= PARTS {
            return;
        }
    }
}

/// A text that is a file, not the letter.
fn is_attached(part: &MessagePart<'_>) -> bool {
    part.attachment_name().is_some() || part.content_disposition().is_some_and(|found| found.is_attachment())
}

/// The bytes as they were attached: texts in their own encoding, not as the mail names it.
fn contents(message: &Message<'_>, part: &MessagePart<'_>) -> Option<Vec<u8>> {
    let raw = message.raw_message.get(part.offset_body as usize..part.offset_end as usize)?;
    match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::Base64 => base64_decode(raw),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "Received: by x\r\nFrom: =?gbk?B?1qe4trGm?= <a@example.com>\r\nTo: b@example.com\r\n\
        Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=\"b1\"\r\n\r\n\
        --b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello, a,b,c,d\r\n\
        --b1\r\nContent-Type: text/csv; charset=us-ascii; name=\"\u{fffd}\u{fffd}.csv\"\r\n\
        Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\nvbvS18qxvOQsvfC27go=\r\n\
        --b1--\r\n";

    #[test]
    fn an_attachment_comes_out_byte_for_byte_whatever_the_mail_says_of_it() {
        assert!(is_mail(MAIL.as_bytes()));
        let files = attachments(MAIL.as_bytes()).unwrap();
        assert_eq!(files, [b"\xbd\xbb\xd2\xd7\xca\xb1\xbc\xe4,\xbd\xf0\xb6\xee\n"]);
    }

    #[test]
    fn a_mail_inside_a_mail_is_looked_into() {
        let outer = format!(
            "From: a@b\r\nTo: b@c\r\nSubject: fwd\r\nContent-Type: multipart/mixed; boundary=\"o\"\r\n\r\n\
             --o\r\nContent-Type: message/rfc822\r\n\r\n{MAIL}\r\n--o--\r\n"
        );
        assert_eq!(attachments(outer.as_bytes()).unwrap().len(), 1);
    }

    #[test]
    fn what_is_no_mail_is_told_apart() {
        for text in
            ["OFXHEADER:100\nDATA:OFXSGML\n", "time,amount\n", "", "From: a\n\nTo: b", ":20:x\n:25:y\n"]
        {
            assert!(!is_mail(text.as_bytes()), "{text}");
        }
        let link = "From: a@b\nTo: b@c\nSubject: x\n\nDownload at https://example.com/x\n";
        assert!(is_mail(link.as_bytes()));
        assert!(attachments(link.as_bytes()).unwrap_err().detail.contains("link"));
    }
}
