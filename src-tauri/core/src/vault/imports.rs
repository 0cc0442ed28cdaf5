//! Storing files whole, and which were stored.

use super::connection::failure;
use super::mappings::insert_report;
use super::readings::{CURRENT_OF_ONE, Facts, next_id};
use super::words::{json, moment, unjson, unmoment};
use super::{Import, ImportId, NewImport, NewRow, Placement, Result, Vault};
use crate::ledger::Moment;
use crate::{Code, Error};
use rusqlite::{Connection, OptionalExtension, named_params};

/// How many rows are stored between two reports of progress.
const REPORT_EVERY: u64 = 512;

impl Vault {
    /// Stores all files in one transaction, and answers their batches in order. `progress` hears the rows
    /// stored so far and stops it by `false`: `Cancelled`, nothing stored.
    ///
    /// A row's key is its identity: a `New` row whose key a trashed import left behind is that transaction
    /// again, and one that repeats facts already read adds a sighting only. Keys of different transactions
    /// must differ, also within one file.
    pub fn execute(
        &mut self,
        files: &[NewImport<'_>],
        now: Moment,
        progress: &mut dyn FnMut(u64) -> bool,
    ) -> Result<Vec<ImportId>> {
        let writing = self.connection.transaction().map_err(failure)?;
        let mut next = next_id(&writing)?;
        let mut stored = 0;
        let mut ids = Vec::with_capacity(files.len());
        for file in files {
            let import = insert_import(&writing, file, now)?;
            insert_report(&writing, import, file.unread, file.totals)?;
            for row in &file.rows {
                if stored % REPORT_EVERY == 0 && !progress(stored) {
                    return Err(Error::new(Code::Cancelled, "stopped; nothing was stored"));
                }
                store_row(&writing, import, file, row, &mut next)?;
                stored += 1;
            }
            ids.push(ImportId(import));
        }
        if !progress(stored) {
            return Err(Error::new(Code::Cancelled, "stopped; nothing was stored"));
        }
        writing.commit().map_err(failure)?;
        Ok(ids)
    }

    /// The live imports, oldest first.
    pub fn imports(&self) -> Result<Vec<Import>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT import.*, count(sighting.id) AS read, coalesce(sum(sighting.added), 0) AS added
                 FROM import LEFT JOIN sighting ON sighting.import_id = import.id
                 WHERE import.trashed_at IS NULL GROUP BY import.id ORDER BY import.id",
            )
            .map_err(failure)?;
        let mut rows = statement.query([]).map_err(failure)?;
        let mut imports = Vec::new();
        while let Some(row) = rows.next().map_err(failure)? {
            let (read, added): (u32, u32) =
                (row.get("read").map_err(failure)?, row.get("added").map_err(failure)?);
            imports.push(Import {
                id: ImportId(row.get("id").map_err(failure)?),
                file: row.get("file").map_err(failure)?,
                sha256: row.get("sha256").map_err(failure)?,
                size: row.get::<_, i64>("size").map_err(failure)?.unsigned_abs(),
                statement: row.get("statement").map_err(failure)?,
                provider: row.get("provider").map_err(failure)?,
                account: row.get("account").map_err(failure)?,
                at: unmoment(&row.get::<_, String>("at").map_err(failure)?)?,
                stated: row.get("stated_count").map_err(failure)?,
                problems: unjson(&row.get::<_, String>("problems").map_err(failure)?)?,
                read,
                added,
                known: read.saturating_sub(added),
            });
        }
        Ok(imports)
    }

    /// The live import of this very file.
    pub fn import_by_sha256(&self, sha256: &str) -> Result<Option<ImportId>> {
        self.connection
            .prepare_cached(
                "SELECT id FROM import WHERE sha256 = :sha256 AND trashed_at IS NULL ORDER BY id LIMIT 1",
            )
            .and_then(|mut statement| {
                statement
                    .query_row(named_params! { ":sha256": sha256 }, |row| row.get("id").map(ImportId))
                    .optional()
            })
            .map_err(failure)
    }
}

fn insert_import(connection: &Connection, file: &NewImport<'_>, now: Moment) -> Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO import (file, sha256, size, statement, provider, account, at, stated_count, problems)
             VALUES (:file, :sha256, :size, :statement, :provider, :account, :at, :stated_count, :problems)",
        )
        .and_then(|mut statement| {
            statement.insert(named_params! {
                ":file": file.file,
                ":sha256": file.sha256,
                ":size": i64::try_from(file.size).unwrap_or(i64::MAX),
                ":statement": file.statement,
                ":provider": file.provider,
                ":account": file.account,
                ":at": moment(now),
                ":stated_count": file.stated_count,
                ":problems": json(file.problems).map_err(|_| rusqlite::Error::InvalidQuery)?,
            })
        })
        .map_err(failure)
}

/// A reading that is there already.
struct Earlier {
    id: i64,
    transaction: i64,
    facts: [u8; 16],
    raw: String,
}

fn store_row(
    connection: &Connection,
    import: i64,
    file: &NewImport<'_>,
    row: &NewRow<'_>,
    next: &mut i64,
) -> Result<()> {
    let facts = Facts::of_draft(row.draft, &row.key, file.statement, file.provider);
    let digest = facts.digest()?;
    let mut reuse: Option<Earlier> = None;
    let mut transaction = None;
    match row.place {
        Placement::New => {
            let earlier = by_key(connection, &row.key)?;
            transaction = earlier.first().map(|reading| reading.transaction);
            reuse = earlier.into_iter().find(|reading| reading.facts == digest);
        }
        Placement::Known(id) => {
            let same = of_transaction(connection, id.0)?.into_iter().find(|reading| reading.facts == digest);
            reuse = Some(match same {
                Some(reading) => reading,
                None => current(connection, id.0)?,
            });
        }
        Placement::Again => reuse = by_key(connection, &row.key)?.into_iter().next(),
        Placement::Changed(id) => {
            current(connection, id.0)?;
            transaction = Some(id.0);
        }
    }
    let (reading, raw, added) = match reuse {
        Some(earlier) => {
            let raw = (earlier.raw != row.draft.raw).then_some(row.draft.raw.as_str());
            let is_new = matches!(row.place, Placement::New);
            let revived = is_new && !is_live(connection, earlier.transaction)?;
            (earlier.id, raw, revived)
        }
        None => {
            let id = *next;
            facts.insert(connection, id, transaction.unwrap_or(id), digest, false)?;
            *next += 1;
            (id, None, true)
        }
    };
    connection
        .prepare_cached(
            "INSERT INTO sighting (import_id, row, reading_id, raw, added)
             VALUES (:import_id, :row, :reading_id, :raw, :added)",
        )
        .and_then(|mut statement| {
            statement.execute(named_params! {
                ":import_id": import,
                ":row": row.draft.row,
                ":reading_id": reading,
                ":raw": raw,
                ":added": added,
            })
        })
        .map_err(failure)?;
    Ok(())
}

fn read_earlier(row: &rusqlite::Row<'_>) -> rusqlite::Result<Earlier> {
    Ok(Earlier {
        id: row.get("id")?,
        transaction: row.get("transaction_id")?,
        facts: row.get("facts")?,
        raw: row.get("raw")?,
    })
}

/// All imported readings under a key, the newest first.
fn by_key(connection: &Connection, key: &str) -> Result<Vec<Earlier>> {
    connection
        .prepare_cached(
            "SELECT id, transaction_id, facts, raw FROM reading
             WHERE key = :key AND typed = 0 ORDER BY id DESC",
        )
        .and_then(|mut statement| statement.query_map(named_params! { ":key": key }, read_earlier)?.collect())
        .map_err(failure)
}

/// All readings of a transaction, the newest first.
fn of_transaction(connection: &Connection, transaction: i64) -> Result<Vec<Earlier>> {
    connection
        .prepare_cached(
            "SELECT id, transaction_id, facts, raw FROM reading
             WHERE transaction_id = :transaction AND typed = 0 ORDER BY id DESC",
        )
        .and_then(|mut statement| {
            statement.query_map(named_params! { ":transaction": transaction }, read_earlier)?.collect()
        })
        .map_err(failure)
}

/// The newest live reading of a transaction; `NotFound` where it is not live.
fn current(connection: &Connection, transaction: i64) -> Result<Earlier> {
    let sql = format!(
        "SELECT reading.id, reading.transaction_id, reading.facts, reading.raw
         FROM {CURRENT_OF_ONE} AS current JOIN reading ON reading.id = current.id"
    );
    connection
        .prepare_cached(&sql)
        .and_then(|mut statement| {
            statement.query_row(named_params! { ":transaction": transaction }, read_earlier)
        })
        .map_err(failure)
}

fn is_live(connection: &Connection, transaction: i64) -> Result<bool> {
    match current(connection, transaction) {
        Ok(_) => Ok(true),
        Err(error) if error.code == Code::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}
