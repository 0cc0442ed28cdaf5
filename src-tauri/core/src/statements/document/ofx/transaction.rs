//! One `STMTTRN`: its cells as they stand, and what they mean.

use super::super::{amount, entry, when};
use crate::ledger::{Direction, Kind, Mark};
use crate::money::Currency;
use crate::statements::{Draft, Reason};

/// The cells of one transaction.
#[derive(Debug, Default)]
pub(super) struct Transaction {
    /// Its number in the file, counted from 1.
    pub row: u32,
    how: How,
    cells: Vec<(Cell, String)>,
    raw: Vec<String>,
}

/// How a transaction stands in the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum How {
    #[default]
    Booked,
    Pending,
    /// Securities were bought or sold: not read.
    Trade,
    /// The tag it begins with cannot be read.
    Damaged,
}

/// What a cell of a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    Type,
    Posted,
    UserDate,
    Available,
    Amount,
    Id,
    Check,
    Reference,
    Name,
    Payee,
    Memo,
    OtherAccount,
    Currency,
}

/// Cells of one transaction at most.
const CELLS: usize = 64;

impl Transaction {
    pub(super) fn new(row: u32, how: How) -> Self {
        Self { row, how, ..Self::default() }
    }

    /// Whether it has this one of the cells that every transaction has.
    pub(super) fn holds(&self, name: &str) -> bool {
        let cell = match name {
            "TRNTYPE" => Cell::Type,
            "DTPOSTED" => Cell::Posted,
            _ => Cell::Amount,
        };
        self.cells.iter().any(|(held, _)| *held == cell)
    }

    /// Takes a cell that stands inside the element `inside`.
    pub(super) fn set(&mut self, inside: &str, name: &str, text: String) {
        let cell = match (inside, name) {
            ("PAYEE", "NAME") => Cell::Payee,
            ("BANKACCTTO" | "CCACCTTO", "ACCTID") => Cell::OtherAccount,
            ("CURRENCY", "CURSYM") => Cell::Currency,
            (_, "PAYEE") => Cell::Payee,
            (_, "CURRENCY") => Cell::Currency,
            ("PAYEE" | "BANKACCTTO" | "CCACCTTO" | "CURRENCY" | "ORIGCURRENCY", _) => {
                return self.keep(name, &text);
            }
            (_, "TRNTYPE") => Cell::Type,
            (_, "DTPOSTED") => Cell::Posted,
            (_, "DTUSER" | "DTTRAN") => Cell::UserDate,
            (_, "DTAVAIL") => Cell::Available,
            (_, "TRNAMT") => Cell::Amount,
            (_, "FITID") => Cell::Id,
            (_, "CHECKNUM") => Cell::Check,
            (_, "REFNUM") => Cell::Reference,
            (_, "NAME") => Cell::Name,
            (_, "MEMO") => Cell::Memo,
            _ => return self.keep(name, &text),
        };
        self.keep(name, &text);
        if !text.is_empty() && self.cells.len() < CELLS {
            self.cells.push((cell, text));
        }
    }

    fn keep(&mut self, name: &str, text: &str) {
        if self.raw.len() < CELLS {
            self.raw.push(format!("{name}: {text}"));
        }
    }

    /// The first of these cells that holds anything.
    fn cell(&self, wanted: &[Cell]) -> &str {
        let find = |cell: &Cell| self.cells.iter().find(|(held, _)| held == cell);
        wanted.iter().find_map(find).map_or("", |(_, text)| text)
    }

    /// Its cells as they stand, with their names.
    pub(super) fn raw(&self) -> &[String] {
        &self.raw
    }

    /// The amount as it stands.
    pub(super) fn amount(&self) -> &str {
        self.cell(&[Cell::Amount])
    }

    /// The row it is, or the tag that cannot be read.
    pub(super) fn read(
        &self,
        currency: Currency,
        card: bool,
        mark: char,
    ) -> Result<Draft, (&'static str, Reason)> {
        match self.how {
            How::Booked | How::Pending => {}
            How::Trade => return Err(("INVTRAN", Reason::NotRead)),
            How::Damaged => return Err(("STMTTRN", Reason::BadEncoding)),
        }
        let currency = Currency::parse(self.cell(&[Cell::Currency])).unwrap_or(currency);
        let signed = amount::signed(self.amount(), mark, currency).ok_or(("TRNAMT", Reason::BadAmount))?;
        let posted = self.cell(&[Cell::Posted, Cell::UserDate, Cell::Available]);
        let at = when::ofx(posted, when::zone_of(currency)).ok_or(("DTPOSTED", Reason::BadTime))?;
        let digits = posted.bytes().take_while(u8::is_ascii_digit).count();
        let new = if digits == 8 { entry::on_day } else { entry::draft };
        let mut draft = new(self.row, at, signed, &self.raw);
        let text = |cells: &[Cell]| self.cell(cells).to_owned();
        draft.counterparty = entry::joined([self.cell(&[Cell::Name, Cell::Payee, Cell::Memo])]);
        draft.counterparty_account = text(&[Cell::OtherAccount]);
        draft.category = self.cell(&[Cell::Type]).to_ascii_uppercase();
        draft.order_no = text(&[Cell::Id]);
        draft.merchant_order_no = text(&[Cell::Reference, Cell::Check]);
        draft.memo = text(&[Cell::Memo]);
        if self.how == How::Pending {
            "PENDING".clone_into(&mut draft.status);
        }
        self.mean(&mut draft, card);
        entry::heed_words(&mut draft, card);
        Ok(draft)
    }

    fn mean(&self, draft: &mut Draft, card: bool) {
        use Direction::{In, Neutral, Out};
        let towards_the_user = draft.direction == In;
        draft.kind = match (draft.category.as_str(), draft.direction) {
            _ if self.how == How::Pending => Kind::Pending,
            ("HOLD", _) => Kind::Pending,
            (_, Neutral) => Kind::Other,
            ("FEE" | "SRVCHG", Out) => Kind::Fee,
            ("FEE" | "SRVCHG", In) => Kind::Refund,
            ("INT", Out) => Kind::Fee,
            ("INT" | "DIV" | "DEP" | "DIRECTDEP", In) => Kind::Income,
            ("XFER", _) => Kind::OwnTransfer,
            (_, Out) if !card && draft.counterparty.contains("还款") => Kind::Repayment,
            ("ATM" | "CASH", Out) => Kind::Withdrawal,
            ("PAYMENT", In) if card => Kind::Repayment,
            (_, In) if card && is_payment(&draft.counterparty) => Kind::Repayment,
            (_, In) if card => Kind::Refund,
            ("POS" | "RETURN", In) => Kind::Refund,
            (_, In) => Kind::Income,
            (_, Out) => Kind::Purchase,
        };
        let known = [
            "CREDIT",
            "DEBIT",
            "INT",
            "DIV",
            "FEE",
            "SRVCHG",
            "DEP",
            "ATM",
            "POS",
            "XFER",
            "CHECK",
            "PAYMENT",
            "CASH",
            "DIRECTDEP",
            "DIRECTDEBIT",
            "REPEATPMT",
            "HOLD",
            "OTHER",
            "",
        ];
        let against_its_word = match draft.category.as_str() {
            "DEBIT" => towards_the_user,
            "CREDIT" => draft.direction == Out,
            word => !known.contains(&word),
        };
        if against_its_word {
            draft.marks.push(Mark::UnknownType);
        }
    }
}

/// The words that card issuers write for the holder's own payment.
fn is_payment(name: &str) -> bool {
    let name = name.to_uppercase();
    name.contains("还款")
        || (name.contains("PAYMENT") && ["THANK", "RECEIVED", "AUTO"].iter().any(|w| name.contains(w)))
}
