//! The records of an old workbook (BIFF): whether its sheets begin inside the stream, and how large a grid they ask
//! for. The reader lays every sheet out in one, whatever stands in it.

use super::compound::{long, short};

/// Cells of a sheet that any file may have; more only where its bytes pay for them.
const CELLS: u64 = 1 << 20;

/// Whether the sheets of a workbook's stream can be laid out in memory and time of the order of its size.
pub(super) fn are_bounded(stream: &[u8]) -> bool {
    let most = CELLS.max(stream.len() as u64);
    let mut sheets = Records { stream }.filter(|record| record.kind == 0x0085);
    // Sheets that share their records would be laid out once for each, and many small ones may each ask for much.
    let (mut bytes_left, mut cells_left) = (2 * stream.len(), 2 * most);
    sheets.all(|sheet| {
        let begin = long(sheet.data, 0).and_then(|at| stream.get(at as usize..));
        let Some(asked) = begin.and_then(|stream| asked(stream, most)) else { return false };
        let left = (bytes_left.checked_sub(asked.bytes.max(1)), cells_left.checked_sub(asked.cells));
        let (Some(bytes), Some(cells)) = left else { return false };
        (bytes_left, cells_left) = (bytes, cells);
        true
    })
}

/// What a sheet asks for.
struct Asked {
    bytes: usize,
    /// Between its first cell and its last, or announced.
    cells: u64,
}

/// What a sheet has and asks for; `None` where the cells are more than `most`.
fn asked(stream: &[u8], most: u64) -> Option<Asked> {
    let mut bytes = 0;
    let mut cells = 0;
    let mut span: Option<[(u64, u64); 2]> = None;
    let mut depth = 0_u32;
    for record in (Records { stream }) {
        bytes += record.data.len() + 4;
        match record.kind {
            0x0809 => depth += 1,
            0x000a if depth <= 1 => break,
            0x000a => depth -= 1,
            0x0200 => cells = cells.max(announced(record.data).filter(|&cells| cells <= most)?),
            // A number, a text, a truth value, a formula.
            0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd | 0x00bd | 0x0006 => {
                let (row, column) = (short(record.data, 0)?, short(record.data, 2)?);
                let last =
                    u64::from(column) + if record.kind == 0x00bd { record.data.len() as u64 / 6 } else { 0 };
                let [rows, columns] = span.get_or_insert([(row.into(), row.into()), (column.into(), last)]);
                *rows = (rows.0.min(row.into()), rows.1.max(row.into()));
                *columns = (columns.0.min(column.into()), columns.1.max(last));
            }
            _ => {}
        }
    }
    let grid = span.map_or(0, |[rows, columns]| (rows.1 - rows.0 + 1) * (columns.1 - columns.0 + 1));
    (grid <= most).then_some(Asked { bytes, cells: cells.max(grid) })
}

/// The sheet's own word for its size: rows and columns from, and the ones behind the last. `None` where it is none.
fn announced(data: &[u8]) -> Option<u64> {
    let ends = match data.len() {
        10 => [0, 2, 4, 6].map(|at| short(data, at).map(u64::from)),
        14 | 16 => {
            let column = |at| short(data, at).map(u64::from);
            [long(data, 0).map(u64::from), long(data, 4).map(u64::from), column(8), column(10)]
        }
        // The reader refuses it.
        _ => return Some(0),
    };
    let [Some(first), Some(end), Some(column), Some(last)] = ends else { return None };
    let column = if column > 0xff || last < column { 0 } else { column };
    if end == 0 || last == 0 {
        return Some(0);
    }
    (first < end && column < last).then(|| (end - first) * (last - column))
}

/// One record.
struct Record<'s> {
    kind: u16,
    data: &'s [u8],
}

/// Record after record, to the end or to one that is cut.
struct Records<'s> {
    stream: &'s [u8],
}

impl<'s> Iterator for Records<'s> {
    type Item = Record<'s>;

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (short(self.stream, 0)?, usize::from(short(self.stream, 2)?));
        let (record, rest) = self.stream.split_at_checked(length + 4)?;
        self.stream = rest;
        Some(Record { kind, data: &record[4..] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
    }

    fn cell(row: u16, column: u16) -> Vec<u8> {
        record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0; 10]].concat())
    }

    fn size(rows: u32, columns: u16) -> Vec<u8> {
        let data = [&0_u32.to_le_bytes()[..], &rows.to_le_bytes(), &[0; 2], &columns.to_le_bytes(), &[0; 2]];
        record(0x0200, &data.concat())
    }

    /// A stream of one sheet.
    fn book(records: &[Vec<u8>]) -> Vec<u8> {
        let begin = record(0x0809, &[0; 16]);
        let sheet = |at: u32| record(0x0085, &[&at.to_le_bytes()[..], &[0; 6]].concat());
        let at = (begin.len() + sheet(0).len() + 4) as u32;
        let end = record(0x000a, &[]);
        [begin.clone(), sheet(at), end.clone(), begin, records.concat(), end].concat()
    }

    #[test]
    fn a_sheet_is_as_large_as_its_cells_lie_apart() {
        assert!(are_bounded(&book(&[size(60_000, 12), cell(0, 0), cell(59_999, 11)])));
        assert!(!are_bounded(&book(&[cell(0, 0), cell(65_535, 255)])));
        assert!(!are_bounded(&book(&[size(u32::MAX, 255)])));
        assert!(are_bounded(&book(&[size(0, 0)])));
        assert!(are_bounded(&book(&[])));
    }

    #[test]
    fn many_sheets_of_the_same_cells_are_refused() {
        let begin = record(0x0809, &[0; 16]);
        let sheets: Vec<Vec<u8>> = (0..40).map(|_| record(0x0085, &[0; 10])).collect();
        let cells: Vec<Vec<u8>> = (0..400).map(|row| cell(row, 0)).collect();
        let end = record(0x000a, &[]);
        assert!(!are_bounded(&[begin, sheets.concat(), cells.concat(), end].concat()));
    }

    #[test]
    fn a_sheet_that_begins_outside_is_refused() {
        let whole = book(&[cell(0, 0)]);
        assert!(are_bounded(&whole));
        let mut outside = whole;
        let at = outside.windows(2).position(|two| two == 0x0085_u16.to_le_bytes()).unwrap() + 4;
        outside[at..at + 4].copy_from_slice(&9_999_u32.to_le_bytes());
        assert!(!are_bounded(&outside));
    }
}
