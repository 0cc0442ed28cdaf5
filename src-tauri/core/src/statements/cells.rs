//! The cells of a row as they stood, in a few bytes: most of them repeat a text that was read from the row.
//!
//! The bytes stand in vaults. Codes may be added, none may change: a cell is written as a reference to one of
//! the row's texts, as such a text with the tab that spreadsheets are kept off with, or in full.

use crate::table::Row;

/// The row is a list of cells, each by its code.
const LISTED: u8 = 1;
/// The row is no list of this shape and stands as it is.
const PLAIN: u8 = 0;

/// Codes below this one: the text of that place.
const TEXTS: u8 = 16;
/// From here on: the text of the place so far beyond, and a tab.
const TABBED: u8 = 16;
const EMPTY: u8 = 32;
/// From here on: as many bytes follow as the code is beyond it.
const SHORT: u8 = 64;
/// A length of four bytes follows, and as many bytes.
const LONG: u8 = 255;
/// How JSON writes a tab.
const TAB: &str = "\\t";
/// What stands between two cells.
const BETWEEN: &str = "\",\"";

/// Packs a row's cells, a JSON array of strings, beside the texts read from it.
pub fn pack(raw: &str, texts: &[&str]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(64);
    pack_into(&mut packed, raw, texts);
    packed
}

/// Like [`pack`], behind what is there.
pub fn pack_into(packed: &mut Vec<u8>, raw: &str, texts: &[&str]) {
    let Some(list) = raw.strip_prefix("[\"").and_then(|raw| raw.strip_suffix("\"]")) else {
        packed.push(PLAIN);
        packed.extend_from_slice(raw.as_bytes());
        return;
    };
    packed.push(LISTED);
    // Wherever this cuts, joining gives the same again: that is all that matters.
    let texts = &texts[..texts.len().min(TEXTS as usize)];
    let mut start = 0;
    for quote in memchr::memchr_iter(b'"', list.as_bytes()) {
        if quote >= start && list.as_bytes()[quote..].starts_with(BETWEEN.as_bytes()) {
            push(packed, &list[start..quote], texts);
            start = quote + BETWEEN.len();
        }
    }
    push(packed, &list[start..], texts);
}

/// Like [`pack_into`], of the cells of a table's row as JSON would write them.
pub fn pack_row(packed: &mut Vec<u8>, row: &Row, texts: &[&str]) {
    if row.is_empty() {
        return pack_into(packed, "[]", texts);
    }
    packed.push(LISTED);
    let text = row.text().as_bytes();
    // Order numbers end in a tab, so that spreadsheets leave them alone; other cells hardly ever need care.
    let odd = |byte: u8| ((byte < b' ') & (byte != b'\t')) | (byte == b'"') | (byte == b'\\');
    let careful = text.iter().fold(false, |found, byte| found | odd(*byte));
    let tabs = memchr::memchr_iter(b'\t', text).count();
    let ending = row.cells().filter(|cell| cell.ends_with('\t')).count();
    if careful || tabs != ending {
        for cell in row.cells() {
            let quoted = serde_json::to_string(cell).expect("a text is always JSON");
            push(packed, &quoted[1..quoted.len() - 1], texts);
        }
        return;
    }
    for cell in row.cells() {
        match cell.strip_suffix('\t') {
            None => push(packed, cell, texts),
            Some(text) => match place(text, texts) {
                Some(place) => packed.push(TABBED + place),
                None => put_whole(packed, [text, TAB]),
            },
        }
    }
}

/// Which of the texts a cell repeats; none where it is empty.
fn place(cell: &str, texts: &[&str]) -> Option<u8> {
    let last = cell.as_bytes().last()?;
    // Most texts of the same length end in different bytes, and need not be compared.
    let same =
        |known: &&str| known.len() == cell.len() && known.as_bytes().last() == Some(last) && *known == cell;
    texts.iter().position(same).and_then(|place| u8::try_from(place).ok())
}

fn push(packed: &mut Vec<u8>, cell: &str, texts: &[&str]) {
    if cell.is_empty() {
        packed.push(EMPTY);
    } else if let Some(place) = place(cell, texts) {
        packed.push(place);
    } else if let Some(place) = cell.strip_suffix(TAB).and_then(|text| place(text, texts)) {
        packed.push(TABBED + place);
    } else {
        put_whole(packed, [cell, ""]);
    }
}

fn put_whole(packed: &mut Vec<u8>, [cell, tab]: [&str; 2]) {
    let length = cell.len() + tab.len();
    match u8::try_from(length) {
        Ok(length) if length < LONG - SHORT => packed.push(SHORT + length),
        _ => {
            packed.push(LONG);
            // A cell is bounded far below this by the limits of a table.
            packed.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
        }
    }
    packed.extend_from_slice(cell.as_bytes());
    packed.extend_from_slice(tab.as_bytes());
}

/// What [`pack`] packed beside the same texts; `None` where these bytes are nothing it packs.
pub fn unpack(packed: &[u8], texts: &[&str]) -> Option<String> {
    let (&shape, mut rest) = packed.split_first()?;
    if shape == PLAIN {
        return std::str::from_utf8(rest).ok().map(str::to_owned);
    }
    let mut raw = String::with_capacity(256);
    let mut before = "[\"";
    while let Some((&code, after)) = rest.split_first() {
        raw.push_str(before);
        before = BETWEEN;
        rest = after;
        match code {
            EMPTY => {}
            code if code < TEXTS => raw.push_str(texts.get(code as usize)?),
            code if code < TABBED + TEXTS => {
                raw.push_str(texts.get((code - TABBED) as usize)?);
                raw.push_str(TAB);
            }
            code if code >= SHORT => {
                let length = if code == LONG {
                    let (length, after) = rest.split_first_chunk::<4>()?;
                    rest = after;
                    u32::from_le_bytes(*length) as usize
                } else {
                    (code - SHORT) as usize
                };
                let (cell, after) = rest.split_at_checked(length)?;
                raw.push_str(std::str::from_utf8(cell).ok()?);
                rest = after;
            }
            _ => return None,
        }
    }
    raw.push_str("\"]");
    (shape == LISTED).then_some(raw)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cells_that_repeat_a_text_take_one_byte() {
        let texts = ["晨光咖啡", "", "拿铁", "20260301"];
        let raw = r#"["2026-03-01","晨光咖啡","拿铁","20260301\t","",""]"#;
        let packed = pack(raw, &texts);
        assert_eq!(packed.len(), 1 + 11 + 5);
        assert_eq!(unpack(&packed, &texts).as_deref(), Some(raw));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_row_comes_back_as_it_stood(
            cells in prop::collection::vec("[a\"\\\\,\t支]{0,5}", 0..6),
            texts in prop::collection::vec("[a\"\\\\,\t支]{0,3}", 0..9),
            anything in "\\PC{0,40}",
            long in prop::option::of(150_usize..400),
        ) {
            let mut cells = cells;
            cells.extend(texts.first().map(|text| format!("{text}\t")));
            cells.extend(texts.iter().cloned());
            cells.extend(long.map(|length| "长".repeat(length)));
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let (mut row, mut packed) = (Row::default(), Vec::new());
            cells.iter().for_each(|cell| row.push(cell));
            pack_row(&mut packed, &row, &texts);
            prop_assert_eq!(unpack(&packed, &texts), Some(serde_json::to_string(&cells).unwrap()));
            for raw in [serde_json::to_string(&cells).unwrap(), anything] {
                prop_assert_eq!(unpack(&pack(&raw, &texts), &texts), Some(raw));
            }
        }

        #[test]
        fn no_bytes_make_the_unpacking_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let _ = unpack(&bytes, &["a", "b"]);
        }
    }
}
