//! Bytes → rows: container, encoding, dialect, header found by its words.
//!
//! Nothing here knows a wallet's name. A [`Visitor`] is shown every row until it says that one is the
//! header; from there on it is handed the rows of that table with the line each one starts on.
//! Everything is bounded by [`limits`], because the bytes come from nobody we know.

pub mod archive;
pub mod cell;
pub mod container;
pub mod delimited;
pub mod encoding;
mod mail;
pub mod nested;
mod web_page;
mod xls;
pub mod xlsx;

use crate::Result;
use crate::text::Text;

/// How much is read at most. A wallet's own files stay far below each of these.
pub mod limits {
    /// Bytes of one file, as it lies on the disk.
    pub const FILE_BYTES: u64 = 300 << 20;
    /// Entries of an archive.
    pub const ENTRIES: usize = 256;
    /// Bytes that all entries of an archive unpack to.
    pub const UNPACKED_BYTES: u64 = 256 << 20;
    /// Bytes that all parts of a workbook unpack to; its sheets are streamed, not held.
    pub const WORKBOOK_BYTES: u64 = 2 << 30;
    /// Bytes of an old workbook, which is held in memory whole.
    pub const OLD_WORKBOOK_BYTES: usize = 32 << 20;
    /// Times that something may grow by unpacking, and the size below which nobody counts.
    pub const RATIO: u64 = 200;
    /// See [`RATIO`].
    pub const RATIO_FREE_BYTES: u64 = 1 << 20;
    /// Bytes of one cell.
    pub const CELL_BYTES: usize = 64 << 10;
    /// Bytes of one row.
    pub const ROW_BYTES: usize = 1 << 20;
    /// Cells of one row.
    pub const COLUMNS: usize = 256;
    /// Rows of one table.
    pub const ROWS: u32 = 2_000_000;
    /// Rows before the header.
    pub const PREAMBLE_ROWS: u32 = 1_000;
}

/// One row of a table. Reused from row to row, so that reading a row costs no allocation.
#[derive(Debug, Default, Clone)]
pub struct Row {
    /// The line of the file it starts on (the row of the sheet), counted from 1.
    pub number: u32,
    text: String,
    /// Where each cell begins and ends in the text, and nothing of the text that is none.
    cells: Vec<(u32, u32)>,
    /// Where the next cell begins.
    next: usize,
}

impl Row {
    /// Forgets the cells.
    pub fn clear(&mut self) {
        self.text.clear();
        self.cells.clear();
        self.next = 0;
    }

    /// Adds a cell at the right.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.end_cell();
    }

    /// Adds text to the cell that the next [`Row::push`] ends.
    fn extend(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn end_cell(&mut self) {
        // Rows are bounded far below this.
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.cells.push((place(self.next), place(self.text.len())));
        self.next = self.text.len();
    }

    /// Takes a text for the row: its cells stand between the delimiters, which are single bytes at `ends`.
    fn take_line(&mut self, line: &str, ends: impl Iterator<Item = usize>) {
        self.clear();
        self.text.push_str(line);
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut start = 0;
        for end in ends {
            self.cells.push((place(start), place(end)));
            start = end + 1;
        }
        self.cells.push((place(start), place(line.len())));
        self.next = line.len();
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The bytes of all cells.
    pub fn bytes(&self) -> usize {
        self.cells.iter().map(|(start, end)| (end - start) as usize).sum()
    }

    /// The cell as it stands in the file; empty where the row is shorter.
    pub fn raw(&self, index: usize) -> &str {
        let Some(&(start, end)) = self.cells.get(index) else { return "" };
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// The cell without the white space around it.
    pub fn cell(&self, index: usize) -> &str {
        cell::tidy(self.raw(index))
    }

    /// All cells as they stand in the file.
    pub fn cells(&self) -> impl Iterator<Item = &str> + Clone {
        (0..self.len()).map(|index| self.raw(index))
    }

    /// Text that holds all cells, and perhaps delimiters between them.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether no cell holds anything.
    pub fn is_blank(&self) -> bool {
        self.cells().all(|cell| cell::tidy(cell).is_empty())
    }
}

/// Why a row could not be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The file ends inside it.
    CutShort,
    /// A cell, or the row, is longer than [`limits`] allow.
    TooLong,
    /// A quote opens a cell, and a row of its own stands before the quote that would close it.
    OpenQuote,
}

/// How a row ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowEnd {
    /// As it should.
    Whole,
    /// As it should, and every cell says where it stands, so that none can have slipped.
    Placed,
    /// The file ends with it, without a line end: a missing cell means that the file was cut.
    NoLineEnd,
    /// The file ends inside one of its characters.
    InsideCharacter,
}

/// What is told of a file while it is read.
pub trait Visitor {
    /// A table begins: another delimiter or another sheet is tried; one whose header was found has ended. `lossy`: its
    /// text had bytes that are no text, and they stand as U+FFFD in the cells.
    fn begin(&mut self, lossy: bool);
    /// A row before the header. Answers whether this one is the header.
    fn is_header(&mut self, row: &Row) -> bool;
    /// A row below the header. Answers whether to go on.
    fn row(&mut self, row: &Row, end: RowEnd) -> bool;
    /// Whether the row, read by itself, would be one of the table.
    fn is_row(&self, _row: &Row) -> bool {
        false
    }
    /// A row below the header that cannot be handed over, and how it begins, as far as that is known.
    fn fault(&mut self, number: u32, fault: Fault, begins: &str);
}

/// What kind of file was seen, for an error to name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Container and encoding, e.g. `文本，GB18030` and `text, GB18030`.
    pub what: Text,
    /// Whether the visitor found its header.
    pub found: bool,
    /// The file ends inside a character.
    pub cut_short: bool,
}

/// Reads one table (not an archive) and tells `visitor` of it.
///
/// # Errors
/// `Unreadable` where the bytes are no table at all, `TooLarge` beyond [`limits`].
pub fn read(bytes: &[u8], visitor: &mut dyn Visitor) -> Result<Seen> {
    match container::sniff(bytes) {
        container::Container::Workbook => xlsx::read(bytes, visitor),
        container::Container::OldWorkbook => xls::read(bytes, visitor),
        container::Container::WebPage => Ok(web_page::read(&encoding::decode(bytes)?, visitor)),
        container::Container::Text => delimited::read(&encoding::decode(bytes)?, visitor),
        other => Err(other.refusal()),
    }
}
