//! Transactions: their readings in, the current facts out.

use super::connection::failure;
use super::current::{CURRENT, CURRENT_OF_ONE, SEVERAL, SEVERAL_OF_ONE};
use super::inserting::insert_typed;
use super::packed::{Reading, Words, unpack};
use super::words::{Spelling, json};
use super::{ImportId, Result, TransactionId, Vault};
use crate::ledger::{Source, Transaction};
use crate::statements::{Draft, cells};
use crate::{Code, Error};
use rusqlite::{Connection, Params, Row, named_params};
use rustc_hash::FxHashMap;

impl<'a> Reading<'a> {
    /// Of a transaction typed by hand.
    fn of_typed(transaction: &'a Transaction) -> Self {
        Self {
            key: transaction.key.as_str().into(),
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
                balance: transaction.balance,
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
            cells: &[],
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
        if let Some(balance) = draft.balance {
            add(&balance.minor.to_le_bytes());
        }
        let mut digest = [0; 16];
        digest.copy_from_slice(&blake3::hash(&bytes).as_bytes()[..16]);
        Ok(digest)
    }
}

fn marks(draft: &Draft<&str>) -> Result<std::borrow::Cow<'static, str>> {
    if draft.marks.is_empty() { Ok("[]".into()) } else { Ok(json(&draft.marks)?.into()) }
}

/// The next free id of `reading`. Readings are never deleted, so none is used twice.
pub(super) fn next_id(connection: &Connection) -> Result<i64> {
    connection
        .query_row("SELECT coalesce(max(id), 0) + 1 AS id FROM reading", [], |row| row.get("id"))
        .map_err(failure)
}

/// Columns by place, found by name once a query: by name for every cell costs half the reading time.
struct Columns {
    packed: usize,
    transaction: usize,
    note: usize,
    import: usize,
    row: usize,
}

impl Columns {
    fn of(statement: &rusqlite::Statement<'_>) -> Result<Self> {
        let find = |name: &str| statement.column_index(name).map_err(failure);
        Ok(Self {
            packed: find("packed")?,
            transaction: find("transaction_id")?,
            note: find("note")?,
            import: find("seen_import")?,
            row: find("seen_row")?,
        })
    }

    fn read(&self, row: &Row<'_>, words: &Words) -> Result<Transaction> {
        let packed = row.get_ref(self.packed).map_err(failure)?;
        let reading = unpack(packed.as_blob().map_err(|_| unreadable())?, words)?;
        let import: Option<i64> = row.get(self.import).map_err(failure)?;
        let file_row: Option<u32> = row.get(self.row).map_err(failure)?;
        let note: Option<String> = row.get(self.note).map_err(failure)?;
        let id = TransactionId(row.get(self.transaction).map_err(failure)?);
        let (key, statement) = (reading.key.to_string(), reading.statement.map(str::to_owned));
        Ok(Transaction {
            note: note.unwrap_or_default(),
            source: import.zip(file_row).map(|(import, row)| Source { import: ImportId(import), row }),
            ..reading.draft.into_transaction(id, key, reading.provider.to_owned(), statement)
        })
    }
}

fn unreadable() -> Error {
    Error::new(Code::Damaged, "a stored value is none this version can have written")
}

/// Fills what the newest of these readings, which this transaction is, leaves empty.
fn fill(transaction: &mut Transaction, readings: Option<&Vec<Transaction>>) {
    for earlier in readings.into_iter().flatten().skip(1) {
        transaction.fill_from(earlier);
    }
}

/// The cells of a reading as they stood where it was first seen.
pub(super) fn raw_of(row: &Row<'_>, words: &Words) -> Result<String> {
    let seen: Option<Vec<u8>> = row.get("seen_cells").map_err(failure)?;
    let packed: Vec<u8> = row.get("packed").map_err(failure)?;
    let reading = unpack(&packed, words)?;
    let cells = seen.as_deref().unwrap_or(reading.cells);
    cells::unpack(cells, &reading.draft.texts()).ok_or_else(unreadable)
}

impl Vault {
    /// The words of packed readings, read when they are first asked for.
    pub(super) fn words(&self) -> Result<&Words> {
        if self.words.get().is_none() {
            let words = Words::read(&self.connection)?;
            // Nobody else can have set them: the vault is one thread's at a time.
            let _ = self.words.set(words);
        }
        self.words.get().ok_or_else(unreadable)
    }

    /// What the live readings of transactions that have several say, the newest first.
    fn several(&self, query: &str, of: impl Params) -> Result<FxHashMap<TransactionId, Vec<Transaction>>> {
        let mut statement = self.connection.prepare_cached(query).map_err(failure)?;
        let mut rows = statement.query(of).map_err(failure)?;
        let mut several: FxHashMap<_, Vec<_>> = FxHashMap::default();
        while let Some(row) = rows.next().map_err(failure)? {
            let id = TransactionId(row.get(0).map_err(failure)?);
            let packed = row.get_ref(1).map_err(failure)?;
            let reading = unpack(packed.as_blob().map_err(|_| unreadable())?, self.words()?)?;
            let (key, provider) = (String::new(), String::new());
            several.entry(id).or_default().push(reading.draft.into_transaction(id, key, provider, None));
        }
        Ok(several)
    }

    /// The live transactions in time order, `note` joined, `refunded` as read, `refund_of` and `linked`
    /// empty. Moments are whole seconds. What the newest reading of one leaves empty is taken from those before.
    pub fn transactions(&self) -> Result<Vec<Transaction>> {
        let mut statement = self.connection.prepare(CURRENT).map_err(failure)?;
        let columns = Columns::of(&statement)?;
        let mut rows = statement.query([]).map_err(failure)?;
        let mut transactions = Vec::new();
        while let Some(row) = rows.next().map_err(failure)? {
            transactions.push(columns.read(row, self.words()?)?);
        }
        let several = self.several(SEVERAL, [])?;
        if !several.is_empty() {
            transactions.iter_mut().for_each(|row| fill(row, several.get(&row.id)));
        }
        crate::ledger::sort(&mut transactions);
        Ok(transactions)
    }

    /// One of them; `None` where it is not live.
    pub fn transaction(&self, transaction: TransactionId) -> Result<Option<Transaction>> {
        let mut statement = self.connection.prepare_cached(CURRENT_OF_ONE).map_err(failure)?;
        let columns = Columns::of(&statement)?;
        let mut rows = statement.query(named_params! { ":transaction": transaction.0 }).map_err(failure)?;
        let Some(row) = rows.next().map_err(failure)? else { return Ok(None) };
        let mut found = columns.read(row, self.words()?)?;
        let several = self.several(SEVERAL_OF_ONE, named_params! { ":transaction": transaction.0 })?;
        fill(&mut found, several.get(&transaction));
        Ok(Some(found))
    }

    /// Where the current facts of a transaction were read: batch, row, and its cells as a JSON array.
    /// `None` for a typed one; `NotFound` where it is not live.
    pub fn raw_row(&self, transaction: TransactionId) -> Result<Option<(ImportId, u32, String)>> {
        let mut statement = self.connection.prepare_cached(CURRENT_OF_ONE).map_err(failure)?;
        let mut rows = statement.query(named_params! { ":transaction": transaction.0 }).map_err(failure)?;
        let row = rows.next().map_err(failure)?;
        let row = row.ok_or_else(|| failure(rusqlite::Error::QueryReturnedNoRows))?;
        let import: Option<i64> = row.get("seen_import").map_err(failure)?;
        let file_row: Option<u32> = row.get("seen_row").map_err(failure)?;
        let Some((import, file_row)) = import.zip(file_row) else { return Ok(None) };
        Ok(Some((ImportId(import), file_row, raw_of(row, self.words()?)?)))
    }

    /// Stores a transaction typed by hand. Its `id`, `source`, `refund_of` and `linked` are ignored; its
    /// note is kept.
    pub fn insert_typed(&mut self, transaction: &Transaction) -> Result<TransactionId> {
        let reading = Reading::of_typed(transaction);
        let writing = self.connection.transaction().map_err(failure)?;
        let id = next_id(&writing)?;
        insert_typed(&writing, &reading, id)?;
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
