//! Web page → rows: banks name a page with a table `.xls`, and spreadsheets open it. Only `tr`, `td` and `th` are
//! looked at; what they hold is text, never run and never loaded.

use super::encoding::Decoded;
use super::{Fault, Row, RowEnd, Seen, Visitor, limits};
use crate::text::Text;
use memchr::memchr;

/// Reads the rows of all tables of a page, in their order, as one table.
pub(super) fn read(decoded: &Decoded<'_>, visitor: &mut dyn Visitor) -> Seen {
    visitor.begin(decoded.lossy);
    let mut page = Page { row: Row::default(), cell: None, number: 0, too_long: false, found: false };
    let (text, bytes) = (decoded.text.as_ref(), decoded.text.as_bytes());
    let (mut at, mut going) = (0, true);
    while going && at < text.len() {
        let tag = memchr(b'<', &bytes[at..]).map_or(text.len(), |found| at + found);
        page.text(&text[at..tag]);
        let (end, name) = element(text, tag);
        at = end;
        going = match name.as_str() {
            "td" | "th" => {
                page.end_cell();
                page.cell = Some(String::new());
                true
            }
            "/td" | "/th" => {
                page.end_cell();
                true
            }
            "br" | "br/" => {
                page.text(" ");
                true
            }
            "tr" | "/tr" | "/table" => page.end_row(visitor),
            _ => true,
        };
    }
    if going {
        page.end_row(visitor);
    }
    let what = Text::new(format!("网页，{}", decoded.encoding), format!("web page, {}", decoded.encoding));
    Seen { what, found: page.found, cut_short: decoded.cut_short }
}

/// Where the element that starts here ends, and its name in lower case. A script's text, a style's and a comment
/// belong to the element.
fn element(text: &str, start: usize) -> (usize, String) {
    let rest = &text[start..];
    if rest.starts_with("<!--") {
        return (start + rest.find("-->").map_or(rest.len(), |end| end + 3), String::new());
    }
    let end = memchr(b'>', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
    let name: String = rest[..end]
        .chars()
        .skip(1)
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
        .take(12)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    if matches!(name.as_str(), "script" | "style") {
        let close = rest[end..].find(&format!("</{name}")).map_or(rest.len(), |at| end + at);
        return (start + close, name);
    }
    (start + end, name)
}

struct Page {
    row: Row,
    /// The cell that is open.
    cell: Option<String>,
    /// Rows so far, as a spreadsheet would count them.
    number: u32,
    too_long: bool,
    found: bool,
}

impl Page {
    fn text(&mut self, text: &str) {
        let Some(cell) = &mut self.cell else { return };
        if cell.len() + text.len() > limits::CELL_BYTES {
            self.too_long = true;
        } else {
            cell.push_str(text);
        }
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        if self.row.len() >= limits::COLUMNS || self.row.bytes() + cell.len() > limits::ROW_BYTES {
            self.too_long = true;
        } else {
            self.row.push(&unescape(&cell));
        }
    }

    /// Ends a row, if one is open; answers whether to go on.
    fn end_row(&mut self, visitor: &mut dyn Visitor) -> bool {
        self.end_cell();
        if self.row.is_empty() && !self.too_long {
            return true;
        }
        self.number = self.number.saturating_add(1);
        self.row.number = self.number;
        let going = if self.too_long {
            if self.found {
                visitor.fault(self.number, Fault::TooLong, self.row.raw(0));
            }
            true
        } else if !self.found {
            self.found = visitor.is_header(&self.row);
            self.found || self.number <= limits::PREAMBLE_ROWS
        } else {
            visitor.row(&self.row, RowEnd::Whole)
        };
        self.row.clear();
        self.too_long = false;
        going && self.number <= limits::ROWS
    }
}

/// The text with its white space as one blank and the common entities as characters.
fn unescape(text: &str) -> String {
    let joined = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    if !joined.contains('&') {
        return joined;
    }
    let mut plain = String::with_capacity(joined.len());
    let mut rest = joined.as_str();
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let known =
            rest.find(';').filter(|end| *end <= 10).and_then(|end| Some((end, entity(&rest[1..end])?)));
        match known {
            Some((end, c)) => {
                plain.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain + rest
}

fn entity(name: &str) -> Option<char> {
    match name {
        "nbsp" => Some('\u{a0}'),
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "yen" => Some('¥'),
        "euro" => Some('€'),
        "pound" => Some('£'),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::encoding::decode;

    #[derive(Default)]
    struct Told(Vec<(u32, Vec<String>)>);

    impl Visitor for Told {
        fn begin(&mut self, _: bool) {}
        fn is_header(&mut self, row: &Row) -> bool {
            row.cell(0) == "日期"
        }
        fn row(&mut self, row: &Row, _: RowEnd) -> bool {
            self.0.push((row.number, row.cells().map(String::from).collect()));
            true
        }
        fn fault(&mut self, _: u32, _: Fault, _: &str) {}
    }

    #[test]
    fn the_rows_of_a_page_are_read_as_a_spreadsheet_would_show_them() {
        let page = "<HTML><style>td{color:red}</style><script>if (a<td) b()</script><!-- <tr><td>no</td></tr> -->\
                    <table><tr><td colspan=2>账单</td></tr><tr><th>日期</th><th>金额</th></tr>\
                    <TR><TD>2026-03-01</TD><TD align=\"right\">&yen;1,2<b>34</b>.50&nbsp;</TD></TR>\
                    <tr><td>a&amp;b &#20803;<br>c<td>&unknown; &</table>";
        let mut told = Told::default();
        assert!(read(&decode(page.as_bytes()).unwrap(), &mut told).found);
        assert_eq!(
            told.0,
            [
                (3, vec!["2026-03-01".to_owned(), "¥1,234.50\u{a0}".into()]),
                (4, vec!["a&b 元 c".into(), "&unknown; &".into()]),
            ]
        );
    }
}
