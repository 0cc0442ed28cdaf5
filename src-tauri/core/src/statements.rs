//! Statement formats: how to recognise one and what its rows mean. Pure: bytes in, rows out.
//!
//! A format is a [`Statement`]: a constant that names its columns, and one function that says what a row
//! means. A new wallet is one file beside this one and one line in [`ALL`]; the way from bytes to rows is
//! the same for all (`reading.rs`).

mod alipay;
pub mod cells;
mod mapping;
pub mod packed;
mod preamble;
mod reading;
mod wechat;

pub use reading::{Part, read, read_parts};

use crate::ledger::{Direction, Kind, Mark, Moment};
use crate::money::{Currency, Money};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One row of a statement, read to the neutral shape of the ledger. Its texts are its own, or borrowed (`S`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft<S = String> {
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
    pub counterparty: S,
    /// 对方账号
    pub counterparty_account: S,
    /// 商品说明
    pub item: S,
    /// 收/付款方式
    pub method: S,
    /// 交易分类 or 交易类型
    pub category: S,
    /// 交易状态
    pub status: S,
    /// 交易单号
    pub order_no: S,
    /// 商家订单号
    pub merchant_order_no: S,
    /// 备注
    pub memo: S,
    /// What the reader wants said about it.
    pub marks: Vec<Mark>,
    /// The cells as they stood in the file, a JSON array of strings.
    pub raw: S,
}

impl<S: AsRef<str>> Draft<S> {
    /// The same row with its texts borrowed.
    pub fn view(&self) -> Draft<&str> {
        Draft {
            row: self.row,
            at: self.at,
            direction: self.direction,
            kind: self.kind,
            amount: self.amount,
            fee: self.fee,
            refunded: self.refunded,
            counterparty: self.counterparty.as_ref(),
            counterparty_account: self.counterparty_account.as_ref(),
            item: self.item.as_ref(),
            method: self.method.as_ref(),
            category: self.category.as_ref(),
            status: self.status.as_ref(),
            order_no: self.order_no.as_ref(),
            merchant_order_no: self.merchant_order_no.as_ref(),
            memo: self.memo.as_ref(),
            marks: self.marks.clone(),
            raw: self.raw.as_ref(),
        }
    }
}

impl<S: Copy> Draft<S> {
    /// The texts that cells repeat, in the order that [`cells`] counts them in: it stands in vaults and never
    /// changes.
    pub fn texts(&self) -> [S; 9] {
        [
            self.counterparty,
            self.counterparty_account,
            self.item,
            self.method,
            self.category,
            self.status,
            self.order_no,
            self.merchant_order_no,
            self.memo,
        ]
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
}

impl Reason {
    /// The row it stands at could not be read; the other reasons are remarks.
    pub fn is_unreadable(self) -> bool {
        !matches!(self, Self::CountDiffers | Self::MangledIds)
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
    /// Read it as this format (an id of [`ALL`]) and no other.
    pub statement: Option<String>,
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
