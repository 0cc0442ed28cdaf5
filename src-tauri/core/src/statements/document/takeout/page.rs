//! The activity page: one block of nested `div` an entry, read as lines of text.

use super::super::xml::unescaped;
use super::activity::{Entry, number_and_status, tells_of_money};
use super::when;

/// Bytes of one entry at most; real ones have a thousand.
const BLOCK: usize = 256 << 10;

/// What stands in a page.
pub(super) struct Page {
    /// In the order of the page.
    pub entries: Vec<Entry>,
    /// It ends as pages end.
    pub whole: bool,
}

/// Reads the entries of a page.
pub(super) fn read(text: &str) -> Page {
    let tail = (0..=text.len().saturating_sub(256)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let whole = text[tail..].to_ascii_lowercase().contains("</html>");
    let mut blocks = text.split("class=\"outer-cell").skip(1).peekable();
    let mut entries = Vec::new();
    while let Some(block) = blocks.next() {
        entries.push(entry(block, !whole && blocks.peek().is_none()));
    }
    Page { entries, whole }
}

/// One entry; `last`: the page ends behind it or inside it.
fn entry(block: &str, last: bool) -> Entry {
    let end = (0..=BLOCK.min(block.len())).rev().find(|at| block.is_char_boundary(*at)).unwrap_or(0);
    // Behind the class of the block itself.
    let inside = block[..end].split_once('>').map_or("", |(_, inside)| inside);
    let cut = (last || end < block.len()) && !is_closed(inside);
    let lines = lines(inside);
    let time = lines.iter().position(|line| when::moment(line, 0).is_some());
    // The sentence stands before the time. Where the time is not read, it is the first line that tells of money,
    // or the one behind the product's name.
    let title = match time {
        Some(place) if place > 0 => place - 1,
        _ => lines.iter().take(6).position(|line| tells_of_money(line)).unwrap_or(1),
    };
    let (order_no, status) = number_and_status(&details(&lines));
    let line = |place: usize| lines.get(place).cloned().unwrap_or_default();
    Entry { title: line(title), time: line(time.unwrap_or(title + 1)), order_no, status, cut, raw: lines }
}

/// The lines below `Details:`, up to the next heading; what stands beside the word too.
fn details(lines: &[String]) -> Vec<&str> {
    let Some(place) = lines.iter().position(|line| line.starts_with("Details:")) else { return Vec::new() };
    let beside = lines[place]["Details:".len()..].trim();
    let below = lines[place + 1..].iter().map(String::as_str);
    let below = below.take_while(|line| !line.ends_with([':', '?'])).take(8);
    std::iter::once(beside).filter(|beside| !beside.is_empty()).chain(below).collect()
}

/// Whether the block, whose own tag was opened before, is closed again.
fn is_closed(inside: &str) -> bool {
    let mut depth = 1_i64;
    for (at, _) in inside.match_indices('<') {
        let tag = &inside.as_bytes()[at + 1..];
        let is = |name: &[u8]| tag.len() >= name.len() && tag[..name.len()].eq_ignore_ascii_case(name);
        if is(b"/div>") {
            depth -= 1;
        } else if is(b"div>") || is(b"div ") {
            depth += 1;
        }
        if depth == 0 {
            return true;
        }
    }
    false
}

/// The text without tags, a line for each break and block, blank ones left out.
fn lines(block: &str) -> Vec<String> {
    let mut text = String::with_capacity(block.len());
    let mut rest = block;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let tag = &rest[at + 1..];
        let end = tag.find('>').unwrap_or(tag.len());
        let name: String = tag[..end].chars().filter(char::is_ascii_alphanumeric).take(3).collect();
        if matches!(name.to_ascii_lowercase().as_str(), "br" | "div" | "p" | "pcl" | "brc") {
            text.push('\n');
        }
        rest = tag.get(end + 1..).unwrap_or("");
    }
    text.push_str(rest);
    let plain = unescaped(&text);
    plain
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|l| !l.is_empty())
        .collect()
}
