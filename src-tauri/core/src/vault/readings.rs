//! Transactions: their readings in, the current facts out.

use super::connection::failure;
use super::words::{json, moment_at, money, unjson, unword, word};
use super::{ImportId, Result, TransactionId, Vault};
use crate::ledger::{Direction, Kind, Mark, Moment, Source, Transaction};
use crate::money::Money;
use crate::statements::Draft;
use crate::{Code, Error};
use rusqlite::{Connection, Row, named_params};

/// The newest live reading of each transaction: typed and not trashed, or seen in a live import.
macro_rules! current {
    ($among:literal) => {
        concat!(
            "(SELECT max(reading.id) AS id FROM reading WHERE ",
            $among,
            " AND ((reading.typed = 1 AND reading.trashed_at IS NULL)
               OR EXISTS (SELECT 1 FROM sighting JOIN import ON import.id = sighting.import_id
                          WHERE sighting.reading_id = reading.id AND import.trashed_at IS NULL))
             GROUP BY reading.transaction_id)"
        )
    };
}

/// All of them.
const CURRENT: &str = current!("true");
/// That of `:transaction`.
pub(super) const CURRENT_OF_ONE: &str = current!("reading.transaction_id = :transaction");

/// The first live sighting of `reading`, as a sub-query.
const FIRST_SIGHTING: &str = "
    (SELECT sighting.id FROM sighting JOIN import ON import.id = sighting.import_id
     WHERE sighting.reading_id = reading.id AND import.trashed_at IS NULL
     ORDER BY sighting.import_id, sighting.row LIMIT 1)";

/// The facts of one reading, on their way in.
pub(super) struct Facts<'a> {
    pub(super) key: &'a str,
    pub(super) statement: Option<&'a str>,
    pub(super) provider: &'a str,
    pub(super) at: Moment,
    pub(super) direction: Direction,
    pub(super) kind: Kind,
    pub(super) amount: Money,
    pub(super) fee: Option<Money>,
    pub(super) refunded: Money,
    pub(super) texts: [&'a str; 9],
    pub(super) marks: &'a [Mark],
    pub(super) raw: &'a str,
}

/// The columns of [`Facts::texts`], in order.
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
    /// Of a row of a file.
    pub(super) fn of_draft(draft: &'a Draft, key: &'a str, statement: &'a str, provider: &'a str) -> Self {
        Self {
            key,
            statement: Some(statement),
            provider,
            at: draft.at,
            direction: draft.direction,
            kind: draft.kind,
            amount: draft.amount,
            fee: draft.fee,
            refunded: draft.refunded,
            texts: [
                &draft.counterparty,
                &draft.counterparty_account,
                &draft.item,
                &draft.method,
                &draft.category,
                &draft.status,
                &draft.order_no,
                &draft.merchant_order_no,
                &draft.memo,
            ],
            marks: &draft.marks,
            raw: &draft.raw,
        }
    }

    /// Of a transaction typed by hand.
    fn of_typed(transaction: &'a Transaction) -> Self {
        Self {
            key: &transaction.key,
            statement: transaction.statement.as_deref(),
            provider: &transaction.provider,
            at: transaction.at,
            direction: transaction.direction,
            kind: transaction.kind,
            amount: transaction.amount,
            fee: transaction.fee,
            refunded: transaction.refunded,
            texts: [
                &transaction.counterparty,
                &transaction.counterparty_account,
                &transaction.item,
                &transaction.method,
                &transaction.category,
                &transaction.status,
                &transaction.order_no,
                &transaction.merchant_order_no,
                &transaction.memo,
            ],
            marks: &transaction.marks,
            raw: "",
        }
    }

    /// The hash that two readings share exactly when they state the same facts, wherever they were read.
    pub(super) fn digest(&self) -> Result<[u8; 16]> {
        let words = [word(&self.direction)?, word(&self.kind)?, json(self.marks)?];
        let mut hasher = blake3::Hasher::new();
        let mut add = |part: &[u8]| {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        };
        add(self.provider.as_bytes());
        add(&self.at.timestamp().to_le_bytes());
        for sum in [Some(self.amount), self.fee, Some(self.refunded)] {
            add(&sum.map_or([0; 9], |sum| {
                let mut bytes = [1; 9];
                bytes[1..].copy_from_slice(&sum.minor.to_le_bytes());
                bytes
            }));
        }
        add(self.amount.currency.code().as_bytes());
        words.iter().for_each(|word| add(word.as_bytes()));
        self.texts.iter().for_each(|text| add(text.as_bytes()));
        let mut digest = [0; 16];
        digest.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Ok(digest)
    }

    /// Stores a reading under `id`.
    pub(super) fn insert(
        &self,
        connection: &Connection,
        id: i64,
        transaction: i64,
        digest: [u8; 16],
        typed: bool,
    ) -> Result<()> {
        let one_currency = [self.fee, Some(self.refunded)]
            .into_iter()
            .flatten()
            .all(|sum| sum.currency == self.amount.currency);
        if !one_currency {
            let detail = "a fee or refund in another currency than its payment cannot be stored";
            return Err(Error::new(Code::Invalid, detail));
        }
        let mut statement = connection
            .prepare_cached(
                "INSERT INTO reading (id, transaction_id, key, facts, statement, provider, at_seconds,
                    at_offset_minutes, direction, kind, amount_minor, currency, fee_minor, refunded_minor,
                    counterparty, counterparty_account, item, method, category, status, order_no,
                    merchant_order_no, memo, marks, raw, typed)
                 VALUES (:id, :transaction_id, :key, :facts, :statement, :provider, :at_seconds,
                    :at_offset_minutes, :direction, :kind, :amount_minor, :currency, :fee_minor,
                    :refunded_minor, :counterparty, :counterparty_account, :item, :method, :category, :status,
                    :order_no, :merchant_order_no, :memo, :marks, :raw, :typed)",
            )
            .map_err(failure)?;
        let [counterparty, counterparty_account, item, method, category, status, order, merchant, memo] =
            self.texts;
        statement
            .execute(named_params! {
                ":id": id,
                ":transaction_id": transaction,
                ":key": self.key,
                ":facts": digest,
                ":statement": self.statement,
                ":provider": self.provider,
                ":at_seconds": self.at.timestamp(),
                ":at_offset_minutes": self.at.offset().local_minus_utc() / 60,
                ":direction": word(&self.direction)?,
                ":kind": word(&self.kind)?,
                ":amount_minor": self.amount.minor,
                ":currency": self.amount.currency.code(),
                ":fee_minor": self.fee.map(|fee| fee.minor),
                ":refunded_minor": self.refunded.minor,
                ":counterparty": counterparty,
                ":counterparty_account": counterparty_account,
                ":item": item,
                ":method": method,
                ":category": category,
                ":status": status,
                ":order_no": order,
                ":merchant_order_no": merchant,
                ":memo": memo,
                ":marks": json(self.marks)?,
                ":raw": self.raw,
                ":typed": typed,
            })
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
            "import_id",
            "row",
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

impl Vault {
    /// The live transactions in time order, `note` joined, `refunded` as read, `refund_of` and `linked`
    /// empty. Moments are whole seconds.
    pub fn transactions(&self) -> Result<Vec<Transaction>> {
        let sql = format!(
            "SELECT reading.*, note.text AS note, sighting.import_id, sighting.row
             FROM {CURRENT} AS current
             JOIN reading ON reading.id = current.id
             LEFT JOIN note ON note.transaction_id = reading.transaction_id
             LEFT JOIN sighting ON sighting.id = {FIRST_SIGHTING}
             ORDER BY reading.at_seconds, reading.transaction_id"
        );
        let mut statement = self.connection.prepare(&sql).map_err(failure)?;
        let columns = Columns::of(&statement)?;
        let mut rows = statement.query([]).map_err(failure)?;
        let mut transactions = Vec::new();
        while let Some(row) = rows.next().map_err(failure)? {
            transactions.push(columns.read(row)?);
        }
        Ok(transactions)
    }

    /// Where the current facts of a transaction were read: batch, row, and its cells as a JSON array.
    /// `None` for a typed one; `NotFound` where it is not live.
    pub fn raw_row(&self, transaction: TransactionId) -> Result<Option<(ImportId, u32, String)>> {
        let sql = format!(
            "SELECT sighting.import_id, sighting.row, coalesce(sighting.raw, reading.raw) AS raw
             FROM {CURRENT_OF_ONE} AS current
             JOIN reading ON reading.id = current.id
             LEFT JOIN sighting ON sighting.id = {FIRST_SIGHTING}"
        );
        let mut statement = self.connection.prepare_cached(&sql).map_err(failure)?;
        statement
            .query_row(named_params! { ":transaction": transaction.0 }, |row| {
                let import: Option<i64> = row.get("import_id")?;
                let file_row: Option<u32> = row.get("row")?;
                let raw: String = row.get("raw")?;
                Ok(import.zip(file_row).map(|(import, row)| (ImportId(import), row, raw)))
            })
            .map_err(failure)
    }

    /// Stores a transaction typed by hand. Its `id`, `source`, `refund_of` and `linked` are ignored; its
    /// note is kept.
    pub fn insert_typed(&mut self, transaction: &Transaction) -> Result<TransactionId> {
        let facts = Facts::of_typed(transaction);
        let digest = facts.digest()?;
        let writing = self.connection.transaction().map_err(failure)?;
        let id = next_id(&writing)?;
        facts.insert(&writing, id, id, digest, true)?;
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
