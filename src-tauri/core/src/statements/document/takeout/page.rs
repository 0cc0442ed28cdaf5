//! The activity page: one block of nested `div` an entry, read as lines of text.

use super::super::xml::unescaped;
use super::activity::Entry;
use super::when;

/// Bytes of one entry at most; real ones have a thousand.
const BLOCK: usize = 256 << 10;

/// The entries, in the order of the page.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    text.split("class=\"outer-cell").skip(1).map(entry).collect()
}

fn entry(block: &str) -> Entry {
    let end = (0..=BLOCK.min(block.len())).rev().find(|at| block.is_char_boundary(*at)).unwrap_or(0);
    // Behind the class of the block itself.
    let inside = block[..end].split_once('>').map_or("", |(_, inside)| inside);
    let lines = lines(inside);
    let time = lines.iter().position(|line| when::moment(line, 0).is_some());
    // The sentence stands before the time; the first line is the product's name.
    let title = match time {
        Some(place) if place > 0 => lines[place - 1].clone(),
        _ => lines.get(1).cloned().unwrap_or_default(),
    };
    let status = lines.iter().position(|line| line.starts_with("Details:")).and_then(|place| {
        let same = lines[place]["Details:".len()..].trim();
        if same.is_empty() { lines.get(place + 1).cloned() } else { Some(same.to_owned()) }
    });
    Entry {
        title,
        time: time.map(|place| lines[place].clone()).or_else(|| lines.get(2).cloned()).unwrap_or_default(),
        status: status.unwrap_or_default(),
        raw: lines,
    }
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
