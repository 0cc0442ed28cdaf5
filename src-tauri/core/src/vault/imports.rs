//! Storing files whole, and which were stored.

use super::connection::{failure, pragma};
use super::mappings::insert_report;
use super::storing::Storing;
use super::words::{json, moment, unjson, unmoment};
use super::{Import, ImportId, NewImport, Result, TransactionId, Vault};
use crate::ledger::Moment;
use crate::{Code, Error};
use rusqlite::{Connection, OptionalExtension, named_params};
use std::cell::OnceCell;
use std::collections::HashMap;

/// What became of a [`NewImport`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The batch.
    pub import: ImportId,
    /// What became of its rows, in their order.
    pub rows: Vec<Became>,
}

/// What became of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// A transaction that was not there before, with exactly these facts.
    Added(TransactionId),
    /// A transaction that may have to be read again.
    Touched(TransactionId),
    /// One more sighting: the ledger is as it was.
    Seen,
}

/// How many rows are stored between two reports of progress.
const REPORT_EVERY: u64 = 512;

impl Vault {
    /// Stores all files in one transaction, and says in their order what became of them. `progress` hears the
    /// rows stored so far and stops it by `false`: `Cancelled`, nothing stored.
    ///
    /// A row's key is its identity: a `New` row whose key a trashed import left behind is that transaction
    /// again, and one that repeats facts already read adds a sighting only. Keys of different transactions
    /// must differ, also within one file.
    pub fn execute(
        &mut self,
        files: Vec<NewImport<'_>>,
        now: Moment,
        progress: &mut dyn FnMut(u64) -> bool,
    ) -> Result<Vec<Stored>> {
        let done = self.execute_all(files, now, progress);
        // The pages that were held for it are given back.
        pragma::<i64>(&self.connection, "shrink_memory", None)?;
        done
    }

    fn execute_all(
        &mut self,
        files: Vec<NewImport<'_>>,
        now: Moment,
        progress: &mut dyn FnMut(u64) -> bool,
    ) -> Result<Vec<Stored>> {
        // Should it fail, words that were added meanwhile are none: they are read again.
        self.words = OnceCell::new();
        let writing = self.connection.transaction().map_err(failure)?;
        let mut storing = Storing::into(&writing)?;
        let mut stored = 0;
        let mut all = Vec::with_capacity(files.len());
        for file in files {
            let import = insert_import(&writing, &file, now)?;
            insert_report(&writing, import, file.unread, file.totals)?;
            let (least, most) = file.rows.size_hint();
            let rows = most.unwrap_or(least);
            storing.reserve(rows);
            let mut became = Vec::with_capacity(rows);
            let (statement, provider) = (file.statement, file.provider);
            let mut added = 0_u32;
            for row in file.rows {
                if stored % REPORT_EVERY == 0 && !progress(stored) {
                    return Err(Error::new(Code::Cancelled, "stopped; nothing was stored"));
                }
                let (what, is_new) = storing.store(import, statement, provider, &row)?;
                added += u32::from(is_new);
                became.push(what);
                stored += 1;
            }
            writing
                .execute(
                    "UPDATE import SET rows_read = :read, rows_added = :added WHERE id = :id",
                    named_params! { ":read": u32::try_from(became.len()).unwrap_or(u32::MAX), ":added": added, ":id": import.0 },
                )
                .map_err(failure)?;
            storing.add_keys(import)?;
            all.push(Stored { import, rows: became });
        }
        if !progress(stored) {
            return Err(Error::new(Code::Cancelled, "stopped; nothing was stored"));
        }
        let words = storing.into_words();
        writing.commit().map_err(failure)?;
        self.words = OnceCell::from(words);
        Ok(all)
    }

    /// The live imports, oldest first.
    pub fn imports(&self) -> Result<Vec<Import>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT * FROM import WHERE trashed_at IS NULL ORDER BY id")
            .map_err(failure)?;
        let mut rows = statement.query([]).map_err(failure)?;
        let mut imports = Vec::new();
        while let Some(row) = rows.next().map_err(failure)? {
            let (read, added): (u32, u32) =
                (row.get("rows_read").map_err(failure)?, row.get("rows_added").map_err(failure)?);
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

    /// The accounts of transactions whose own file names none, by the live imports that read them again and name one.
    pub fn accounts_named_later(&self) -> Result<HashMap<TransactionId, String>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT reading.transaction_id, import.account
                 FROM sighting
                 JOIN import ON import.id = sighting.import_id
                 JOIN reading ON reading.id = sighting.reading_id
                 JOIN import first ON first.id = reading.import_id
                 WHERE first.account = '' AND import.account <> '' AND import.trashed_at IS NULL
                 ORDER BY sighting.id DESC",
            )
            .map_err(failure)?;
        let named = statement
            .query_map([], |row| Ok((TransactionId(row.get("transaction_id")?), row.get("account")?)))
            .map_err(failure)?;
        named.collect::<rusqlite::Result<_>>().map_err(failure)
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

fn insert_import(connection: &Connection, file: &NewImport<'_>, now: Moment) -> Result<ImportId> {
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
        .map(ImportId)
        .map_err(failure)
}
