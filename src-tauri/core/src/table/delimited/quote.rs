//! A quote that nobody closes takes in the rows behind it, up to the next quote there. What it took in tells.

use crate::table::{Row, Visitor};
use memchr::memchr;

/// How many lines behind the first are looked at: a row follows a row.
const LINES: usize = 4;

/// Where the first line of this record ends, if its quote was left open: without that quote the line is a row of the
/// table, and so is one of the lines behind it. A text of several lines in quotes is none.
pub(super) fn left_open(record: &str, delimiter: u8, row: &mut Row, visitor: &dyn Visitor) -> Option<usize> {
    let first = memchr(b'\n', record.as_bytes())? + 1;
    if first == record.len() {
        return None;
    }
    let (line, behind) = record.split_at(first);
    let open = open_quote(line.as_bytes(), delimiter)?;
    super::split_line(&[&line[..open], &line[open + 1..]].concat(), delimiter, row);
    if !visitor.is_row(row) {
        return None;
    }
    let swallowed = behind.split_inclusive('\n').take(LINES).any(|line| {
        super::split_line(line, delimiter, row);
        visitor.is_row(row)
    });
    swallowed.then_some(first)
}

/// The quote that opens a cell of this line and is not closed in it.
fn open_quote(line: &[u8], delimiter: u8) -> Option<usize> {
    let mut at = 0;
    loop {
        if line.get(at) == Some(&b'"') {
            let open = at;
            at += 1;
            loop {
                let Some(quote) = memchr(b'"', &line[at..]) else { return Some(open) };
                at += quote + 1;
                if line.get(at) != Some(&b'"') {
                    break;
                }
                at += 1;
            }
        }
        at += memchr(delimiter, &line[at..])? + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_without_an_end_is_found() {
        for (line, open) in [
            ("a,\"b,c\n", Some(2)),
            ("a,\"b\",\"c\n", Some(6)),
            ("\"a,b\n", Some(0)),
            ("a,\"b\"\"c,d\n", Some(2)),
            ("a,b\"c,d\n", None),
            ("a,\"b\",c\n", None),
            ("a,\"\"b,\n", None),
        ] {
            assert_eq!(open_quote(line.as_bytes(), b','), open, "{line}");
        }
    }
}
