//! A row as a file states it, before the ledger knows it.

use super::Field;
use crate::ledger::{Direction, Kind, Mark, Moment, Transaction, TransactionId};
use crate::money::Money;
use serde::{Deserialize, Serialize};

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
    /// What the account held afterwards, where the file says so.
    pub balance: Option<Money>,
    /// 交易对方
    pub counterparty: S,
    /// 对方账号
    pub counterparty_account: S,
    /// 商品说明
    pub item: S,
    /// 收/付款方式
    pub method: S,
    /// The parts of the method where the file names several (`花呗&红包`); how much of each it does not say.
    pub methods: Vec<String>,
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
            balance: self.balance,
            counterparty: self.counterparty.as_ref(),
            counterparty_account: self.counterparty_account.as_ref(),
            item: self.item.as_ref(),
            method: self.method.as_ref(),
            methods: self.methods.clone(),
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

impl Draft<&str> {
    /// The row as a transaction of the ledger, not linked and without a note or a source.
    pub fn into_transaction(
        self,
        id: TransactionId,
        key: String,
        provider: String,
        statement: Option<String>,
    ) -> Transaction {
        Transaction {
            id,
            key,
            provider,
            statement,
            fee: self.fee,
            refunded: self.refunded,
            balance: self.balance,
            counterparty: self.counterparty.to_owned(),
            counterparty_account: self.counterparty_account.to_owned(),
            item: self.item.to_owned(),
            method: self.method.to_owned(),
            category: self.category.to_owned(),
            status: self.status.to_owned(),
            order_no: self.order_no.to_owned(),
            merchant_order_no: self.merchant_order_no.to_owned(),
            memo: self.memo.to_owned(),
            marks: self.marks,
            ..Transaction::of(self.at, self.direction, self.kind, self.amount)
        }
    }
}

impl Default for Draft {
    /// A row of nothing, to be [begun](Draft::begin).
    fn default() -> Self {
        Self {
            row: 0,
            at: Moment::default(),
            direction: Direction::Neutral,
            kind: Kind::Other,
            amount: Money::fen(0),
            fee: None,
            refunded: Money::fen(0),
            balance: None,
            counterparty: String::new(),
            counterparty_account: String::new(),
            item: String::new(),
            method: String::new(),
            methods: Vec::new(),
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

impl Draft {
    /// [`Draft::texts`], borrowed.
    pub(crate) fn borrowed_texts(&self) -> [&str; 9] {
        [
            &self.counterparty,
            &self.counterparty_account,
            &self.item,
            &self.method,
            &self.category,
            &self.status,
            &self.order_no,
            &self.merchant_order_no,
            &self.memo,
        ]
    }

    /// A row with these facts and nothing else, for readers to fill.
    pub fn new(row: u32, at: Moment, direction: Direction, amount: Money) -> Self {
        let mut draft = Self::default();
        draft.begin(row, at, direction, amount);
        draft
    }

    /// Makes it a row with these facts and nothing else. The memory of its texts is kept for the next ones.
    pub(crate) fn begin(&mut self, row: u32, at: Moment, direction: Direction, amount: Money) {
        for text in [
            &mut self.counterparty,
            &mut self.counterparty_account,
            &mut self.item,
            &mut self.method,
            &mut self.category,
            &mut self.status,
            &mut self.order_no,
            &mut self.merchant_order_no,
            &mut self.memo,
            &mut self.raw,
        ] {
            text.clear();
        }
        self.methods.clear();
        self.marks.clear();
        (self.row, self.at, self.direction, self.kind) = (row, at, direction, Kind::Other);
        (self.amount, self.refunded) = (amount, Money::new(0, amount.currency));
        (self.fee, self.balance) = (None, None);
    }

    /// The text that a column of this field was read to; empty for fields that are no text.
    pub(crate) fn text(&self, field: Field) -> &str {
        match field {
            Field::Counterparty => &self.counterparty,
            Field::CounterpartyAccount => &self.counterparty_account,
            Field::Item => &self.item,
            Field::Method => &self.method,
            Field::Category => &self.category,
            Field::Status => &self.status,
            Field::OrderNo => &self.order_no,
            Field::MerchantOrderNo => &self.merchant_order_no,
            Field::Memo => &self.memo,
            _ => "",
        }
    }
}
