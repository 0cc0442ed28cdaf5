//! Statement formats: how to recognise one and what its rows mean. Pure: bytes in, rows out.
//!
//! A format is a [`Statement`]: a constant that names its columns and says what its words mean
//! (`format.rs`). A new wallet is one file beside this one and one line in [`ALL`]; the way from bytes to
//! rows is the same for all (`reading.rs`, and `row.rs` for one row).

mod abc;
mod alipay;
mod apple_card;
mod bank;
mod boc;
mod bocom;
mod ccb;
pub mod cells;
mod cgb;
mod cib;
mod citic;
mod cmb;
mod custom;
mod document;
mod draft;
mod du_xiaoman;
mod firefly;
mod format;
mod formats;
mod hsbc;
mod icbc;
mod institution;
mod jd;
mod mapping;
mod meituan;
pub mod packed;
mod passes;
mod paypal;
mod paytm;
mod phonepe;
mod preamble;
mod preview;
mod reading;
mod row;
mod scout;
mod spdb;
mod status;
mod unionpay;
mod wechat;
mod ynab;
mod zone;

pub use crate::table::cell::{DateOrder, Decimal};
pub use custom::{DirectionWord, MAPPED, MappedColumn, Mapping, SignMeaning};
pub use document::{DOCUMENTS, Document};
pub use draft::Draft;
pub use format::{Case, Column, Dates, Decimals, Field, Signs, Statement, Test, Trust};
pub use preview::{ColumnGuess, Preview, PreviewRow, Why, preview};
pub use reading::{Part, read, read_parts};

use crate::money::Money;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a file states of itself, to check the reading against.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Stated {
    /// 共N笔记录: must equal the rows read and unreadable.
    pub count: Option<u32>,
    /// 收入: reported beside our sum, never forced.
    pub income: Option<Money>,
    /// 支出
    pub expense: Option<Money>,
    /// 不计收支, 中性交易
    pub neutral: Option<Money>,
    /// 姓名, 户名: whose it is, as the file writes or masks it; empty where it names nobody.
    #[serde(default)]
    #[ts(skip)]
    pub holder: String,
}

/// Why something in a file could not be taken as it stands. The window and the command line have the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Reason {
    /// The time could not be read.
    BadTime,
    /// The amount could not be read.
    BadAmount,
    /// The row has too few cells.
    TooFewCells,
    /// The row has more cells than the header: one of them slipped.
    TooManyCells,
    /// A quote opens a cell and is never closed.
    OpenQuote,
    /// The file ends in the middle of a row or a character.
    CutShort,
    /// Bytes that are no text in the file's encoding.
    BadEncoding,
    /// A cell or row is longer than any wallet writes.
    TooLong,
    /// The file names another number of rows than it has.
    CountDiffers,
    /// The order number was destroyed by a spreadsheet; rows are told apart by their facts.
    MangledIds,
    /// Balances or sums that the file states are not what its rows make.
    TotalsDiffer,
    /// The bank put an error into the file instead of an account's transactions.
    BankError,
    /// A spreadsheet of another country took the day for the month.
    TurnedDate,
    /// The row stands above the names of the columns.
    AboveHeader,
    /// The letters of a zone stand for two, and the file does not tell which is meant.
    OpenZone,
    /// What stands here is in a language or of a kind that is not read: no payment, or one in other words.
    NotRead,
}

impl Reason {
    /// The row it stands at could not be read; the other reasons are remarks.
    pub fn is_unreadable(self) -> bool {
        !matches!(
            self,
            Self::CountDiffers | Self::MangledIds | Self::TotalsDiffer | Self::BankError | Self::OpenZone
        )
    }
}

/// Something wrong in the data: shown to the user, never an error, never a dropped row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Problem {
    /// The row in the file, counted from 1; 0 where it is about the whole file.
    pub row: u32,
    /// The column's name, or empty.
    pub column: String,
    /// Why.
    pub reason: Reason,
}

/// What was read from one statement.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Parsed {
    /// The format's id, e.g. `alipay-app`.
    pub statement: String,
    /// Whose it is: a provider id of the directory.
    pub provider: String,
    /// The account it names, as the file masks it; empty where it names none.
    pub account: String,
    /// What it states of itself.
    pub stated: Stated,
    /// The rows that could be read, in file order.
    pub rows: Vec<Draft>,
    /// Those that could not, and what else is to be said.
    pub problems: Vec<Problem>,
    /// The lines of those that could not, as far as they are kept, behind the header of the table, where it has one.
    pub unread: Vec<RawLine>,
}

impl Parsed {
    /// Keeps the cells of a row that could not be read, so that the problem opens them: so many lines, each cut
    /// where it is longer than anyone reads.
    fn keep_unread<'c>(&mut self, row: u32, cells: impl Iterator<Item = &'c str>) {
        const LINES: usize = 20_000;
        const LINE_BYTES: usize = 4 << 10;
        if self.unread.len() >= LINES {
            return;
        }
        let mut room = LINE_BYTES;
        let mut kept = Vec::new();
        for cell in cells {
            let end = (0..=room.min(cell.len())).rev().find(|at| cell.is_char_boundary(*at)).unwrap_or(0);
            room -= end;
            if end < cell.len() {
                kept.push(format!("{}…", &cell[..end]));
                break;
            }
            kept.push(cell.to_owned());
        }
        let cells = serde_json::to_string(&kept).expect("a list of strings is always JSON");
        self.unread.push(RawLine { row, cells });
    }
}

/// A line of a file as it stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawLine {
    /// The row in the file, counted from 1; 0 for the header of the table.
    pub row: u32,
    /// Its cells, a JSON array of strings.
    pub cells: String,
}

/// Every format that can be read. Where a table fits several, the one whose title stands above it wins, then the
/// one with the most columns found, then the first.
pub const ALL: &[Statement] = &[
    alipay::APP,
    alipay::WEB,
    alipay::CASHBOOK,
    wechat::BILL,
    jd::BILL,
    meituan::BILL,
    unionpay::BILL,
    unionpay::BALANCE,
    unionpay::CARD,
    du_xiaoman::BILL,
    paypal::ACTIVITY,
    paypal::REPORT,
    apple_card::CARD,
    paytm::PASSBOOK,
    phonepe::STATEMENT,
    firefly::EXPORT,
    ynab::REGISTER,
    ynab::TEMPLATE,
    ynab::SIGNED,
    icbc::DEBIT,
    icbc::CREDIT,
    ccb::DEBIT,
    cmb::DEBIT,
    cmb::DEBIT_WEB,
    cmb::CREDIT,
    boc::DEBIT,
    boc::DEBIT_WEB,
    boc::CREDIT,
    bocom::DEBIT,
    bocom::DEBIT_WEB,
    bocom::CREDIT,
    abc::DEBIT,
    spdb::DEBIT,
    citic::CREDIT,
    cgb::CREDIT,
    cib::DEBIT,
    hsbc::CREDIT,
    hsbc::DEBIT,
];

/// Whether a format is only guessed, so that what it reads is shown as experimental.
pub fn is_experimental(id: &str) -> bool {
    id == MAPPED
        || ALL.iter().any(|statement| statement.id == id && statement.trust == Trust::Guess)
        || DOCUMENTS.iter().any(|document| document.id == id && document.trust == Trust::Guess)
}

/// Where a format names the account that a row must share with an equal one to be the same transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnAccount {
    /// Nowhere: order numbers tell its rows apart.
    Nowhere,
    /// In the file, once.
    InFile,
    /// In the file, else by each row's method.
    InFileOrRow,
}

impl OwnAccount {
    /// Of the format with this id.
    pub fn of(id: &str) -> Self {
        if DOCUMENTS.iter().any(|document| document.id == id) {
            Self::InFile
        } else if ALL.iter().any(|statement| statement.id == id && statement.of_account) {
            Self::InFileOrRow
        } else {
            Self::Nowhere
        }
    }

    /// The account of a row: `named` by the file, `method` of the row; empty where there is none.
    pub fn name<'a>(self, named: &'a str, method: &'a str) -> &'a str {
        match self {
            Self::Nowhere => "",
            Self::InFileOrRow if named.is_empty() => method,
            Self::InFile | Self::InFileOrRow => named,
        }
    }
}

/// What the user says about a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// The code the wallet sent for a locked archive.
    pub code: Option<String>,
    /// Read it as this format (an id of [`ALL`] or [`DOCUMENTS`]) and no other.
    pub statement: Option<String>,
    /// Whether the day or the month comes first, where the file's own dates do not tell.
    pub dates: Option<DateOrder>,
    /// Read it by this mapping and no other.
    pub mapping: Option<Mapping>,
    /// Mappings to try where no format knows the table.
    pub mappings: Vec<Mapping>,
}
