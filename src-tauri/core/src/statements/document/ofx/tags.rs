//! SGML as banks write it: tags, each with the text behind it. End tags of values mean nothing.

/// Elements that hold others and matter here; all else is a value.
pub(super) const HOLDERS: &[&str] = &[
    "OFX",
    "SIGNONMSGSRSV1",
    "SONRS",
    "STATUS",
    "FI",
    "BANKMSGSRSV1",
    "CREDITCARDMSGSRSV1",
    "INVSTMTMSGSRSV1",
    "STMTTRNRS",
    "CCSTMTTRNRS",
    "INVSTMTTRNRS",
    "STMTRS",
    "CCSTMTRS",
    "INVSTMTRS",
    "BANKACCTFROM",
    "CCACCTFROM",
    "INVACCTFROM",
    "BANKTRANLIST",
    "BANKTRANLISTP",
    "INVTRANLIST",
    "STMTTRN",
    "STMTTRNP",
    "INVTRAN",
    "PAYEE",
    "BANKACCTTO",
    "CCACCTTO",
    "CURRENCY",
    "ORIGCURRENCY",
    "LEDGERBAL",
    "AVAILBAL",
];

/// Elements inside each other at most; real files have ten.
pub(super) const DEPTH: usize = 64;

/// One tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// `<NAME>text`
    Open {
        /// In capitals.
        name: String,
        /// Up to the next tag, without blanks around it, entities resolved.
        text: String,
    },
    /// `</NAME>`
    Close {
        /// In capitals.
        name: String,
    },
}

/// Longer names are text with a `<` in it.
const NAME: usize = 40;

/// Walks over the tags of a text.
pub(super) struct Tags<'t> {
    rest: &'t str,
}

impl<'t> Tags<'t> {
    pub(super) fn over(text: &'t str) -> Self {
        Self { rest: text }
    }

    /// Where the next tag begins, a comment or an instruction included.
    fn next_tag(text: &str) -> Option<usize> {
        text.match_indices('<').map(|(at, _)| at).find(|at| {
            let inside = &text[at + 1..];
            inside.starts_with(['?', '!']) || name_of(inside).is_some()
        })
    }
}

/// The name at the start of what follows a `<`, and how many bytes reach past its `>`.
fn name_of(inside: &str) -> Option<(&str, usize)> {
    let head = inside.as_bytes();
    let slash = usize::from(head.first() == Some(&b'/'));
    let length = head[slash..]
        .iter()
        .take(NAME + 1)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b':'))
        .count();
    if length == 0 || length > NAME || !head[slash].is_ascii_alphabetic() {
        return None;
    }
    // Blanks, attributes and a slash may stand before the end of a tag, on the same line.
    let after = &head[slash + length..];
    let end = after.iter().take(256).position(|b| matches!(b, b'>' | b'<' | b'\n'))?;
    let clean = after[end] == b'>' && (end == 0 || after[0].is_ascii_whitespace() || after[0] == b'/');
    clean.then(|| (&inside[..slash + length], slash + length + end + 1))
}

impl Iterator for Tags<'_> {
    type Item = Tag;

    fn next(&mut self) -> Option<Tag> {
        loop {
            let at = Self::next_tag(self.rest)?;
            let inside = &self.rest[at + 1..];
            if inside.starts_with(['?', '!']) {
                let end = if inside.starts_with("!--") { "-->" } else { ">" };
                let past = inside.find(end).map_or(inside.len(), |place| place + end.len());
                self.rest = &inside[past..];
                continue;
            }
            let (name, past) = name_of(inside)?;
            let body = &inside[past..];
            if let Some(name) = name.strip_prefix('/') {
                self.rest = body;
                return Some(Tag::Close { name: plain(name) });
            }
            let (text, rest) = value(body);
            self.rest = rest;
            return Some(Tag::Open { name: plain(name), text });
        }
    }
}

/// The value behind a tag, and what follows it.
fn value(body: &str) -> (String, &str) {
    if let Some(raw) = body.trim_start().strip_prefix("<![CDATA[") {
        let end = raw.find("]]>").unwrap_or(raw.len());
        return (raw[..end].trim().to_owned(), raw.get(end + 3..).unwrap_or_default());
    }
    let end = Tags::next_tag(body).unwrap_or(body.len());
    (resolved(body[..end].trim()), &body[end..])
}

/// The name in capitals, without a name space.
fn plain(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_uppercase()
}

/// Resolves entities, and once more where they were escaped twice.
fn resolved(text: &str) -> String {
    let once = super::super::xml::unescaped(text);
    if once.contains('&') { super::super::xml::unescaped(&once) } else { once }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let show = |tag| match tag {
            Tag::Open { name, text } => format!("{name}={text};"),
            Tag::Close { name } => format!("/{name};"),
        };
        Tags::over(text).map(show).collect()
    }

    #[test]
    fn values_are_read_whether_or_not_they_are_closed() {
        for (text, tags) in [
            ("<OFX><NAME>A<MEMO>B</OFX>", "OFX=;NAME=A;MEMO=B;/OFX;"),
            ("<NAME>A</NAME>\r\n<MEMO></MEMO>", "NAME=A;/NAME;MEMO=;/MEMO;"),
            ("<name>A &amp;amp; B &lt; C", "NAME=A & B < C;"),
            ("<NAME>1 < 2 <b <MEMO>x", "NAME=1 < 2 <b;MEMO=x;"),
            ("<?xml version=\"1.0\"?><!-- <NAME>no --><ofx:NAME>yes", "NAME=yes;"),
            ("<MEMO><![CDATA[ a<b>c ]]></MEMO>", "MEMO=a<b>c;/MEMO;"),
            ("<MEMO/><NAME>x", "MEMO=;NAME=x;"),
            ("<NAME", ""),
            ("<", ""),
        ] {
            assert_eq!(shown(text), tags, "{text}");
        }
    }
}
