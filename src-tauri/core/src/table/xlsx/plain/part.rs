//! A part of a workbook element by element, and what stands in one: attributes, texts.

use super::Odd;
use crate::table::xlsx::check_dimension;
use memchr::memmem::{self, Finder};
use memchr::{memchr, memchr2};
use quick_xml::events::Event;
use std::io::Read;

/// So many bytes are read at once. What stands before the first element, and every element, fits into it.
const CHUNK: usize = 256 << 10;

/// A part whose elements follow one another.
pub(super) struct Part<R> {
    source: R,
    bytes: Vec<u8>,
    /// What was handed over ends here.
    at: usize,
    /// What was read ends here.
    end: usize,
    /// The element handed over last.
    element: String,
}

impl<R: Read> Part<R> {
    /// Opens a part behind the tag that opens its list, by the tag's name.
    pub fn open(source: R, list: &str) -> Result<Self, Odd> {
        let mut part = Self { source, bytes: vec![0; CHUNK], at: 0, end: 0, element: String::new() };
        while part.end < part.bytes.len() && part.more()? {}
        let begun = std::str::from_utf8(&part.bytes[..part.end]);
        let valid = begun.map_or_else(|error| error.valid_up_to(), str::len);
        let text = std::str::from_utf8(&part.bytes[..valid]).map_err(|_| Odd)?;
        part.at = begin_of(text, list)?;
        Ok(part)
    }

    /// Reads some more; `false` at the end.
    fn more(&mut self) -> Result<bool, Odd> {
        if self.end == self.bytes.len() {
            if self.at == 0 {
                return Err(Odd);
            }
            self.bytes.copy_within(self.at..self.end, 0);
            (self.at, self.end) = (0, self.end - self.at);
        }
        let count = self.source.read(&mut self.bytes[self.end..]).map_err(|_| Odd)?;
        self.end += count;
        Ok(count > 0)
    }

    /// What stands between the name and the closing tag `close` of the next element, if it needs one; `None` at the
    /// tag `last`.
    pub fn next(&mut self, name: &str, close: &Finder<'_>, last: &str) -> Result<Option<&str>, Odd> {
        loop {
            while self.bytes[self.at..self.end].first().is_some_and(u8::is_ascii_whitespace) {
                self.at += 1;
            }
            let rest = &self.bytes[self.at..self.end];
            if rest.starts_with(last.as_bytes()) {
                return Ok(None);
            }
            let tag = rest.strip_prefix(b"<").and_then(|rest| rest.strip_prefix(name.as_bytes()));
            let whole = match tag.and_then(|tag| memchr(b'>', tag).map(|end| (tag, end))) {
                Some((tag, end)) if tag[..end].ends_with(b"/") => Some((end + 1, &tag[..=end])),
                Some((tag, _)) => close.find(tag).map(|end| (end + close.needle().len(), &tag[..end])),
                None => None,
            };
            let Some((length, inside)) = whole else {
                if !self.more()? {
                    return Err(Odd);
                }
                continue;
            };
            self.at += 1 + name.len() + length;
            self.element.clear();
            self.element.push_str(std::str::from_utf8(inside).map_err(|_| Odd)?);
            return Ok(Some(&self.element));
        }
    }
}

/// The place behind the tag that opens a list, if the usual reader comes to it as well.
fn begin_of(text: &str, list: &str) -> Result<usize, Odd> {
    let tag = memmem::find(text.as_bytes(), format!("<{list}").as_bytes()).ok_or(Odd)?;
    let end = tag + memchr(b'>', &text.as_bytes()[tag..]).ok_or(Odd)? + 1;
    let mut xml = quick_xml::Reader::from_str(&text[..end]);
    xml.config_mut().check_end_names = false;
    loop {
        match xml.read_event().map_err(|_| Odd)? {
            Event::Start(element) if element.local_name().as_ref() == list => {
                // The usual reader reads them, and refuses the part where it cannot.
                let ([count, unique], rest) = attributes(element.attributes_raw(), ["count", "uniqueCount"])?;
                let counts = [count, unique].into_iter().flatten();
                counts.map(|count| super::digits(count, 9)).collect::<Result<Vec<_>, _>>()?;
                if !rest.is_empty() {
                    return Err(Odd);
                }
                return if xml.buffer_position() == end as u64 { Ok(end) } else { Err(Odd) };
            }
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == "dimension" => {
                check_dimension(&element).map_err(|_| Odd)?;
                let ([place], rest) = attributes(element.attributes_raw(), ["ref"])?;
                let corners = place.ok_or(Odd)?.split(':');
                if !rest.trim_matches([' ', '/']).is_empty()
                    || corners.map(super::place_of).collect::<Result<Vec<_>, _>>()?.len() > 2
                {
                    return Err(Odd);
                }
            }
            Event::Decl(said) => match said.encoding() {
                None => {}
                Some(Ok(encoding)) if encoding.eq_ignore_ascii_case("utf-8") => {}
                Some(_) => return Err(Odd),
            },
            Event::Eof | Event::DocType(_) => return Err(Odd),
            _ => {}
        }
    }
}

/// The values of the attributes of these names, each at most once, and what stands behind the last attribute.
pub(super) fn attributes<'t, const N: usize>(
    mut text: &'t str,
    names: [&str; N],
) -> Result<([Option<&'t str>; N], &'t str), Odd> {
    let mut values = [None; N];
    loop {
        let bytes = text.as_bytes();
        let begin = bytes.iter().take_while(|byte| **byte == b' ').count();
        if matches!(bytes.get(begin), None | Some(b'>' | b'/')) {
            return Ok((values, &text[begin..]));
        }
        let usual = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'.' | b'_' | b'-');
        let name = begin + bytes[begin..].iter().take_while(|byte| usual(byte)).count();
        if begin == 0 || name == begin || !bytes[name..].starts_with(b"=\"") {
            return Err(Odd);
        }
        let from = name + 2;
        let ends = |byte: &u8| matches!(byte, b'"' | b'<' | b'>' | b'&');
        let end = from + bytes[from..].iter().position(ends).ok_or(Odd)?;
        if bytes[end] != b'"' {
            return Err(Odd);
        }
        let (name, value, rest) = (&text[begin..name], &text[from..end], &text[end + 1..]);
        if let Some(place) = names.iter().position(|wanted| *wanted == name)
            && values[place].replace(value).is_some()
        {
            return Err(Odd);
        }
        text = rest;
    }
}

/// The text before the next tag, which must be this one, and what stands behind that.
pub(super) fn text_until<'t>(text: &'t str, tag: &str) -> Result<(&'t str, &'t str), Odd> {
    let end = memchr(b'<', text.as_bytes()).ok_or(Odd)?;
    Ok((&text[..end], text[end..].strip_prefix(tag).ok_or(Odd)?))
}

/// The text of one `<t>`, as it is shown, and what stands behind it.
pub(super) fn string<'t: 'd, 'd>(text: &'t str, decoded: &'d mut String) -> Result<(&'d str, &'t str), Odd> {
    let tag = text.strip_prefix("<t").ok_or(Odd)?;
    let ([space], rest) = attributes(tag, ["xml:space"])?;
    if let Some(rest) = rest.strip_prefix("/>") {
        return Ok(("", rest));
    }
    let (content, rest) = text_until(rest.strip_prefix('>').ok_or(Odd)?, "</t>")?;
    let shown = decode(content, decoded)?;
    let shown = if space == Some("preserve") { shown } else { shown.trim_matches([' ', '\t', '\n']) };
    Ok((shown, rest))
}

/// A text without its references to characters.
pub(super) fn decode<'t>(text: &'t str, decoded: &'t mut String) -> Result<&'t str, Odd> {
    let bytes = text.as_bytes();
    // A line end may stand for another one, and `_x000D_` for a character.
    if memchr2(b'\r', b'_', bytes).is_some() && (text.contains('\r') || text.contains("_x")) {
        return Err(Odd);
    }
    if memchr(b'&', bytes).is_none() {
        return Ok(text);
    }
    decoded.clear();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        let (name, after) = after.split_once(';').ok_or(Odd)?;
        decoded.push_str(before);
        decoded.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => return Err(Odd),
        });
        rest = after;
    }
    decoded.push_str(rest);
    Ok(decoded)
}
