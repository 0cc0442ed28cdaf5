//! Transactions: their readings in, the current facts out.

use super::connection::failure;
use super::current::{CURRENT, CURRENT_OF_ONE};
use super::words::{Spelling, json, moment_at, money, unjson, unword};
use super::{ImportId, Result, TransactionId, Vault};
use crate::ledger::{Source, Transaction};
use crate::statements::{Draft, cells};
use crate::{Code, Error};
use rusqlite::{Connection, Row, Statement, named_params, params};

/// The facts of one reading, on their way in.
pub(super) struct Facts<'a> {
    pub(super) key: &'a str,
    pub(super) statement: Option<&'a str>,
    pub(super) provider: &'a str,
    pub(super) draft: Draft<&'a str>,
    /// Its cells as [`cells::pack`] writes them.
    pub(super) cells: Option<&'a [u8]>,
    /// Where it was first seen; `None` where it was typed.
    pub(super) source: Option<Source>,
}

/// The columns of [`Draft::texts`], in order.
const TEXTS: [&str; 9] = [
    "counterparty",
    "counterparty_account",
    "item",
    "method",
    "category",
    "status",
    "order_no",
    "merchant_order_no",
    "memo",
];

impl<'a> Facts<'a> {
    /// Of a transaction typed by hand.
    fn of_typed(transaction: &'a Transaction) -> Self {
        Self {
            key: &transaction.key,
            statement: transaction.statement.as_deref(),
            provider: &transaction.provider,
            draft: Draft {
                row: 0,
                at: transaction.at,
                direction: transaction.direction,
                kind: transaction.kind,
                amount: transaction.amount,
                fee: transaction.fee,
                refunded: transaction.refunded,
                balance: None,
                counterparty: &transaction.counterparty,
                counterparty_account: &transaction.counterparty_account,
                item: &transaction.item,
                method: &transaction.method,
                methods: Vec::new(),
                category: &transaction.category,
                status: &transaction.status,
                order_no: &transaction.order_no,
                merchant_order_no: &transaction.merchant_order_no,
                memo: &transaction.memo,
                marks: transaction.marks.clone(),
                raw: "",
            },
            cells: None,
            source: None,
        }
    }

    /// The hash that two readings share exactly when they state the same facts, wherever they were read.
    pub(super) fn digest(&self, spelling: &mut Spelling) -> Result<[u8; 16]> {
        let draft = &self.draft;
        // In one piece: a hasher takes its time over every piece it is given.
        let mut bytes = Vec::with_capacity(512);
        let mut add = |part: &[u8]| {
            bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
            bytes.extend_from_slice(part);
        };
        add(self.provider.as_bytes());
        add(&draft.at.timestamp().to_le_bytes());
        for sum in [Some(draft.amount), draft.fee, Some(draft.refunded)] {
            add(&sum.map_or([0; 9], |sum| {
                let mut bytes = [1; 9];
                bytes[1..].copy_from_slice(&sum.minor.to_le_bytes());
                bytes
            }));
        }
        add(draft.amount.currency.code().as_bytes());
        add(spelling.direction.of(draft.direction)?.as_bytes());
        add(spelling.kind.of(draft.kind)?.as_bytes());
        add(marks(draft)?.as_bytes());
        draft.texts().iter().for_each(|text| add(text.as_bytes()));
        let mut digest = [0; 16];
        digest.copy_from_slice(&blake3::hash(&bytes).as_bytes()[..16]);
        Ok(digest)
    }
}

fn marks(draft: &Draft<&str>) -> Result<std::borrow::Cow<'static, str>> {
    if draft.marks.is_empty() { Ok("[]".into()) } else { Ok(json(&draft.marks)?.into()) }
}

/// Stores readings, one prepared statement for all.
pub(super) struct Inserting<'c>(Statement<'c>);

impl<'c> Inserting<'c> {
    pub(super) fn into(connection: &'c Connection) -> Result<Self> {
        connection
            .prepare(
                "INSERT INTO reading (id, transaction_id, key, facts, statement, provider, at_seconds,
                    at_offset_minutes, direction, kind, amount_minor, currency, fee_minor, refunded_minor,
                    counterparty, counterparty_account, item, method, category, status, order_no,
                    merchant_order_no, memo, marks, raw, typed, import_id, row, cells)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
                    ?20, ?21, ?22, ?23, ?24, '', ?25, ?26, ?27, ?28)",
            )
            .map(Self)
            .map_err(failure)
    }

    /// Stores a reading under `id`.
    pub(super) fn insert(
        &mut self,
        facts: &Facts<'_>,
        spelling: &mut Spelling,
        id: i64,
        transaction: i64,
        digest: [u8; 16],
    ) -> Result<()> {
        let draft = &facts.draft;
        let one_currency = [draft.fee, Some(draft.refunded)]
            .into_iter()
            .flatten()
            .all(|sum| sum.currency == draft.amount.currency);
        if !one_currency {
            let detail = "a fee or refund in another currency than its payment cannot be stored";
            return Err(Error::new(Code::Invalid, detail));
        }
        let [counterparty, account, item, method, category, status, order, merchant, memo] = draft.texts();
        self.0
            .execute(params![
                id,
                transaction,
                facts.key,
                digest,
                facts.statement,
                facts.provider,
                draft.at.timestamp(),
                draft.at.offset().local_minus_utc() / 60,
                spelling.direction.of(draft.direction)?,
                spelling.kind.of(draft.kind)?,
                draft.amount.minor,
                draft.amount.currency.code(),
                draft.fee.map(|fee| fee.minor),
                draft.refunded.minor,
                counterparty,
                account,
                item,
                method,
                category,
                status,
                order,
                merchant,
                memo,
                marks(draft)?,
                facts.source.is_none(),
                facts.source.map(|source| source.import.0),
                facts.source.map(|source| source.row),
                facts.cells,
            ])
            .map_err(failure)?;
        Ok(())
    }
}

/// The next free id of `reading`. Readings are never deleted, so none is used twice.
pub(super) fn next_id(connection: &Connection) -> Result<i64> {
    connection
        .query_row("SELECT coalesce(max(id), 0) + 1 AS id FROM reading", [], |row| row.get("id"))
        .map_err(failure)
}

/// Columns by place, found by name once a query: by name for every cell costs half the reading time.
struct Columns {
    text: [usize; 9],
    numbers: [usize; 8],
    words: [usize; 8],
}

impl Columns {
    fn of(statement: &rusqlite::Statement<'_>) -> Result<Self> {
        let find = |name: &str| statement.column_index(name).map_err(failure);
        let mut columns = Self { text: [0; 9], numbers: [0; 8], words: [0; 8] };
        for (place, name) in columns.text.iter_mut().zip(TEXTS) {
            *place = find(name)?;
        }
        let numbers = [
            "transaction_id",
            "at_seconds",
            "at_offset_minutes",
            "amount_minor",
            "fee_minor",
            "refunded_minor",
            "seen_import",
            "seen_row",
        ];
        for (place, name) in columns.numbers.iter_mut().zip(numbers) {
            *place = find(name)?;
        }
        let words = ["key", "provider", "statement", "direction", "kind", "currency", "marks", "note"];
        for (place, name) in columns.words.iter_mut().zip(words) {
            *place = find(name)?;
        }
        Ok(columns)
    }

    fn read(&self, row: &Row<'_>) -> Result<Transaction> {
        let [id, seconds, offset, amount, fee, refunded, import, file_row] = self.numbers;
        let [key, provider, statement, direction, kind, currency, marks, note] = self.words;
        let number = |place: usize| row.get::<_, i64>(place).map_err(failure);
        let text = |place: usize| row.get::<_, String>(place).map_err(failure);
        let borrowed = |place: usize| {
            let value = row.get_ref(place).map_err(failure)?;
            value.as_str().map_err(|_| Error::new(Code::Damaged, "a stored text is none"))
        };
        let optional = |place: usize| row.get::<_, Option<String>>(place).map_err(failure);
        let currency = borrowed(currency)?;
        let fee: Option<i64> = row.get(fee).map_err(failure)?;
        let import: Option<i64> = row.get(import).map_err(failure)?;
        let file_row: Option<u32> = row.get(file_row).map_err(failure)?;
        let marks = borrowed(marks)?;
        let [counterparty, account, item, method, category, status, order_no, merchant_order_no, memo] =
            self.text;
        Ok(Transaction {
            id: TransactionId(number(id)?),
            key: text(key)?,
            provider: text(provider)?,
            statement: optional(statement)?,
            at: moment_at(number(seconds)?, row.get(offset).map_err(failure)?)?,
            direction: unword(borrowed(direction)?)?,
            kind: unword(borrowed(kind)?)?,
            amount: money(number(amount)?, currency)?,
            fee: fee.map(|minor| money(minor, currency)).transpose()?,
            refunded: money(number(refunded)?, currency)?,
            counterparty: text(counterparty)?,
            counterparty_account: text(account)?,
            item: text(item)?,
            method: text(method)?,
            category: text(category)?,
            status: text(status)?,
            order_no: text(order_no)?,
            merchant_order_no: text(merchant_order_no)?,
            memo: text(memo)?,
            marks: if marks == "[]" { Vec::new() } else { unjson(marks)? },
            refund_of: None,
            linked: Vec::new(),
            note: optional(note)?.unwrap_or_default(),
            source: import.zip(file_row).map(|(import, row)| Source { import: ImportId(import), row }),
        })
    }
}

/// The cells of a reading as they stood where it was first seen.
pub(super) fn raw_of(row: &Row<'_>) -> rusqlite::Result<String> {
    if let Some(raw) = row.get("seen_raw")? {
        return Ok(raw);
    }
    let packed: Option<Vec<u8>> = match row.get("seen_cells")? {
        Some(packed) => Some(packed),
        None => row.get("cells")?,
    };
    let Some(packed) = packed else { return row.get("raw") };
    let texts: Vec<String> = TEXTS.iter().map(|name| row.get(*name)).collect::<rusqlite::Result<_>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let damaged = rusqlite::Error::InvalidColumnType(0, "cells".into(), rusqlite::types::Type::Blob);
    cells::unpack(&packed, &texts).ok_or(damaged)
}

impl Vault {
    /// The live transactions in time order, `note` joined, `refunded` as read, `refund_of` and `linked`
    /// empty. Moments are whole seconds.
    pub fn transactions(&self) -> Result<Vec<Transaction>> {
        let mut statement = self.connection.prepare(CURRENT).map_err(failure)?;
        let columns = Columns::of(&statement)?;
        let mut rows = statement.query([]).map_err(failure)?;
        let mut transactions = Vec::new();
        while let Some(row) = rows.next().map_err(failure)? {
            transactions.push(columns.read(row)?);
        }
        crate::ledger::sort(&mut transactions);
        Ok(transactions)
    }

    /// One of them; `None` where it is not live.
    pub fn transaction(&self, transaction: TransactionId) -> Result<Option<Transaction>> {
        let mut statement = self.connection.prepare_cached(CURRENT_OF_ONE).map_err(failure)?;
        let columns = Columns::of(&statement)?;
        let mut rows = statement.query(named_params! { ":transaction": transaction.0 }).map_err(failure)?;
        rows.next().map_err(failure)?.map(|row| columns.read(row)).transpose()
    }

    /// Where the current facts of a transaction were read: batch, row, and its cells as a JSON array.
    /// `None` for a typed one; `NotFound` where it is not live.
    pub fn raw_row(&self, transaction: TransactionId) -> Result<Option<(ImportId, u32, String)>> {
        let mut statement = self.connection.prepare_cached(CURRENT_OF_ONE).map_err(failure)?;
        statement
            .query_row(named_params! { ":transaction": transaction.0 }, |row| {
                let import: Option<i64> = row.get("seen_import")?;
                let file_row: Option<u32> = row.get("seen_row")?;
                let Some((import, file_row)) = import.zip(file_row) else { return Ok(None) };
                Ok(Some((ImportId(import), file_row, raw_of(row)?)))
            })
            .map_err(failure)
    }

    /// Stores a transaction typed by hand. Its `id`, `source`, `refund_of` and `linked` are ignored; its
    /// note is kept.
    pub fn insert_typed(&mut self, transaction: &Transaction) -> Result<TransactionId> {
        let facts = Facts::of_typed(transaction);
        let mut spelling = Spelling::default();
        let digest = facts.digest(&mut spelling)?;
        let writing = self.connection.transaction().map_err(failure)?;
        let id = next_id(&writing)?;
        Inserting::into(&writing)?.insert(&facts, &mut spelling, id, id, digest)?;
        if !transaction.note.is_empty() {
            writing
                .execute(
                    "INSERT INTO note (transaction_id, text) VALUES (:id, :text)",
                    named_params! { ":id": id, ":text": transaction.note },
                )
                .map_err(failure)?;
        }
        writing.commit().map_err(failure)?;
        Ok(TransactionId(id))
    }
}
