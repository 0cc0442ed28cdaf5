//! Transactions, where they were read, and finding them again.

pub mod bytes;
mod fill;
pub mod identity;
pub mod link;
pub mod message;
pub mod plan;
pub mod search;

use crate::money::Money;
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Defines a newtype id over a row id.
macro_rules! row_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(export, type = "number")]
        pub struct $name(pub i64);
    };
}
pub(crate) use row_id;

row_id!(
    /// A transaction in the vault.
    TransactionId
);
row_id!(
    /// A batch of rows read from one file.
    ImportId
);
row_id!(
    /// A stored attachment (screenshot, PDF).
    AttachmentId
);

/// A moment on the file's own wall clock, with its offset (statements of Chinese wallets: +08:00).
pub type Moment = DateTime<FixedOffset>;

/// What the money did, in the file's own terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Direction {
    /// 支出
    Out,
    /// 收入
    In,
    /// 不计收支, 中性交易, 其他, `/`
    Neutral,
}

/// What a transaction is, one vocabulary for all sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Kind {
    /// Paid to a merchant.
    Purchase,
    /// Sent to a person.
    TransferOut,
    /// Received from a person.
    TransferIn,
    /// Between the user's own accounts (零钱通, 余额宝, 理财通).
    OwnTransfer,
    /// Wages, interest, sales.
    Income,
    /// Money back for an earlier payment.
    Refund,
    /// Repayment of a credit card or a consumer loan.
    Repayment,
    /// From the wallet to a bank account.
    Withdrawal,
    /// From a bank account to the wallet.
    TopUp,
    /// A fee, interest or penalty.
    Fee,
    /// 红包
    CashGift,
    /// Closed before any money moved.
    Closed,
    /// Not settled yet.
    Pending,
    /// Tried and failed.
    Failed,
    /// Anything the file does not say clearly.
    Other,
}

/// Something the reader noticed about one row and wants said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Mark {
    /// The status is one this version does not know; kept as it stands.
    UnknownStatus,
    /// The type or category is one this version does not know; kept as it stands.
    UnknownType,
    /// The order number was destroyed by a spreadsheet (2.02603E+27).
    MangledId,
    /// The file gives the day only; the time stands at midnight.
    DateOnly,
}

/// Where a transaction was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Source {
    /// The batch; its file name and SHA-256 are the batch's.
    pub import: ImportId,
    /// The row in the file, counted from 1, header and preamble included.
    pub row: u32,
}

/// One line of a statement, or one note typed by the user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Transaction {
    /// In the vault.
    pub id: TransactionId,
    /// Stable identity across files and re-imports (provider and order number, else a hash of the
    /// facts). Flags are fingerprinted by it.
    pub key: String,
    /// Whose statement it was read from: a provider id of the directory.
    pub provider: String,
    /// The statement format, or `None` where it was typed.
    pub statement: Option<String>,
    /// When, on the file's own wall clock.
    #[ts(type = "string")]
    pub at: Moment,
    /// What the money did.
    pub direction: Direction,
    /// What it is.
    pub kind: Kind,
    /// How much, never negative, fees included.
    pub amount: Money,
    /// How much of `amount` was a fee, where the file says so.
    pub fee: Option<Money>,
    /// How much of this payment came back, from whichever row or column says so.
    pub refunded: Money,
    /// What the account held after it, where the file says so; each file's account by itself.
    pub balance: Option<Money>,
    /// 交易对方
    pub counterparty: String,
    /// 对方账号, as masked by the file.
    pub counterparty_account: String,
    /// 商品说明
    pub item: String,
    /// 收/付款方式
    pub method: String,
    /// 交易分类 or 交易类型
    pub category: String,
    /// 交易状态
    pub status: String,
    /// 交易单号; empty where there is none.
    pub order_no: String,
    /// 商家订单号; empty where there is none.
    pub merchant_order_no: String,
    /// 备注, the file's.
    pub memo: String,
    /// What the reader wants said about it.
    pub marks: Vec<Mark>,
    /// The payment this row gives money back for.
    pub refund_of: Option<TransactionId>,
    /// The same payment seen in another source.
    pub linked: Vec<TransactionId>,
    /// The user's own note.
    pub note: String,
    /// Where it was read; `None` where it was typed.
    pub source: Option<Source>,
}

impl Transaction {
    /// The other side's account, where it tells people of one name apart: between persons. A shop has one name and may
    /// have many accounts. Empty where the row names none.
    pub fn person_account(&self) -> &str {
        match (self.kind, self.counterparty_account.trim()) {
            (_, "/") => "",
            (Kind::TransferOut | Kind::TransferIn, account) => account,
            _ => "",
        }
    }

    /// Of this moment, way, kind and amount. All else is empty: no text, not linked, in no file.
    pub fn of(at: Moment, direction: Direction, kind: Kind, amount: Money) -> Self {
        Self {
            id: TransactionId(0),
            key: String::new(),
            provider: String::new(),
            statement: None,
            at,
            direction,
            kind,
            amount,
            fee: None,
            refunded: Money::new(0, amount.currency),
            balance: None,
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
            refund_of: None,
            linked: Vec::new(),
            note: String::new(),
            source: None,
        }
    }
}

/// Puts transactions in time order, those of one second in the order of their ids. A row is moved once at most:
/// rows are large, and mostly in order already.
pub fn sort(transactions: &mut [Transaction]) {
    let place = |row: &Transaction| (row.at, row.id);
    if !transactions.is_sorted_by_key(place) {
        transactions.sort_by_cached_key(place);
    }
}
