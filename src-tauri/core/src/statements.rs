//! Statement formats: how to recognise one and what its rows mean. Pure: bytes in, rows out.
//!
//! A format is a [`Statement`]: a constant that names its columns, and one function that says what a row
//! means. A new wallet is one file beside this one and one line in [`ALL`]; the way from bytes to rows is
//! the same for all (`reading.rs`).

mod alipay;
mod document;
mod mapping;
mod preamble;
mod reading;
mod wechat;

pub use crate::table::cell::DateOrder;
pub use document::{DOCUMENTS, Document, Trust};
pub use reading::{Part, read, read_parts};

use crate::ledger::{Direction, Kind, Mark, Moment};
use crate::money::{Currency, Money};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One row of a statement, read to the neutral shape of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The row in the file, counted from 1, header and preamble included.
    pub row: u32,
    /// When, on the file's own wall clock.
    pub at: Moment,
    /// What the money did, in the file's own terms.
    pub direction: Direction,
    /// What it is.
    pub kind: Kind,
    /// How much, never negative.
    pub amount: Money,
    /// How much of it was a fee.
    pub fee: Option<Money>,
    /// How much came back, where this very row says so (status text or refund column).
    pub refunded: Money,
    /// 交易对方
    pub counterparty: String,
    /// 对方账号
    pub counterparty_account: String,
    /// 商品说明
    pub item: String,
    /// 收/付款方式
    pub method: String,
    /// 交易分类 or 交易类型
    pub category: String,
    /// 交易状态
    pub status: String,
    /// 交易单号
    pub order_no: String,
    /// 商家订单号
    pub merchant_order_no: String,
    /// 备注
    pub memo: String,
    /// What the reader wants said about it.
    pub marks: Vec<Mark>,
    /// The cells as they stood in the file, a JSON array of strings.
    pub raw: String,
}

impl Draft {
    /// A row with these facts and nothing else, for readers to fill.
    pub fn new(row: u32, at: Moment, direction: Direction, amount: Money) -> Self {
        Self {
            row,
            at,
            direction,
            kind: Kind::Other,
            amount,
            fee: None,
            refunded: Money::new(0, amount.currency),
            counterparty: String::new(),
            counterparty_account: String::new(),
            item: String::new(),
            method: String::new(),
            category: String::new(),
            status: String::new(),
            order_no: String::new(),
            merchant_order_no: String::new(),
            memo: String::new(),
            marks: Vec::new(),
            raw: String::new(),
        }
    }
}

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
}

/// Why something in a file could not be taken as it stands. The window has the words.
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
}

impl Reason {
    /// The row it stands at could not be read; the other reasons are remarks.
    pub fn is_unreadable(self) -> bool {
        !matches!(self, Self::CountDiffers | Self::MangledIds | Self::TotalsDiffer | Self::BankError)
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
}

/// Every format that can be read. Where a table fits several, the one with the most columns found wins,
/// then the first.
pub const ALL: &[Statement] = &[alipay::APP, wechat::BILL];

/// What the user says about a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// The code the wallet sent for a locked archive.
    pub code: Option<String>,
    /// Read it as this format (an id of [`ALL`] or [`DOCUMENTS`]) and no other.
    pub statement: Option<String>,
    /// Whether the day or the month comes first, where the file's own dates do not tell.
    pub dates: Option<DateOrder>,
}

/// A statement format.
#[derive(Debug)]
pub struct Statement {
    /// Stable, kebab-case.
    pub id: &'static str,
    /// Whose: a provider id of the directory.
    pub provider: &'static str,
    /// 简体中文
    pub zh: &'static str,
    /// English
    pub en: &'static str,
    /// The columns by their names. A table that has all needed ones is of this format.
    pub columns: &'static [Column],
    /// The words of the direction column; a nothing (`/`, blank) is neutral.
    pub directions: &'static [(&'static str, Direction)],
    /// The words before the account in the preamble.
    pub account: &'static [&'static str],
    /// Seconds east of Greenwich of its wall clock.
    pub offset: i32,
    /// The currency of an amount that names none.
    pub currency: Currency,
    /// Says what a row means: sets `kind` and, where the row says so, `refunded`, `fee` and `marks`. All
    /// cells are in place already.
    pub meaning: fn(&mut Draft),
}

/// A column of a statement.
#[derive(Debug)]
pub struct Column {
    /// What it holds.
    pub field: Field,
    /// Its names, the usual one first. Blanks and the width of parentheses do not matter.
    pub names: &'static [&'static str],
    /// The table is of another format without it.
    pub needed: bool,
}

impl Column {
    /// A column without which the table is of another format.
    pub const fn needed(field: Field, names: &'static [&'static str]) -> Self {
        Self { field, names, needed: true }
    }

    /// A column that may be missing.
    pub const fn also(field: Field, names: &'static [&'static str]) -> Self {
        Self { field, names, needed: false }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// 交易时间
    Time,
    /// 收/支
    Direction,
    /// 金额
    Amount,
    /// 交易对方
    Counterparty,
    /// 对方账号
    CounterpartyAccount,
    /// 商品说明
    Item,
    /// 收/付款方式
    Method,
    /// 交易分类, 交易类型
    Category,
    /// 交易状态
    Status,
    /// 交易单号
    OrderNo,
    /// 商家订单号
    MerchantOrderNo,
    /// 备注
    Memo,
}

impl Field {
    /// How many there are.
    const COUNT: usize = Self::Memo as usize + 1;
}
