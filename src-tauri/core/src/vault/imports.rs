//! Storing files whole, and which were stored.

use super::connection::{failure, pragma};
use super::current::NEWEST_LIVE;
use super::mappings::insert_report;
use super::readings::{Facts, Inserting, next_id};
use super::words::{Spelling, json, moment, unjson, unmoment};
use super::{Import, ImportId, NewImport, NewRow, Placement, Result, TransactionId, Vault};
use crate::ledger::identity::ByHash;
use crate::ledger::{Moment, Source};
use crate::statements::cells;
use crate::{Code, Error};
use rusqlite::{Connection, OptionalExtension, Statement, named_params, params};
use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;

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
        let writing = self.connection.transaction().map_err(failure)?;
        let mut storing = Storing::into(&writing)?;
        let mut stored = 0;
        let mut all = Vec::with_capacity(files.len());
        for file in files {
            let import = insert_import(&writing, &file, now)?;
            insert_report(&writing, import, file.unread, file.totals)?;
            let mut became = Vec::with_capacity(file.rows.size_hint().0);
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
            all.push(Stored { import, rows: became });
        }
        if !progress(stored) {
            return Err(Error::new(Code::Cancelled, "stopped; nothing was stored"));
        }
        storing.add_keys()?;
        drop(storing);
        writing.commit().map_err(failure)?;
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

/// A reading that is there already.
struct Earlier {
    id: i64,
    transaction: i64,
    facts: [u8; 16],
    typed: bool,
    raw: String,
    cells: Option<Vec<u8>>,
}

/// Storing rows, each statement prepared once.
struct Storing<'c> {
    connection: &'c Connection,
    inserting: Inserting<'c>,
    sighting: Statement<'c>,
    spelling: Spelling,
    /// Hashes of the endings of all keys of imported readings: most rows are new, and need not be looked for.
    keys: HashSet<u64, ByHash>,
    /// The endings of keys not added yet, each with its reading.
    pending: Vec<(Box<str>, i64)>,
    hashing: RandomState,
    /// Some import lies in the trash, so that a sighting may bring a reading back.
    ghosts: bool,
    next: i64,
}

impl<'c> Storing<'c> {
    fn into(connection: &'c Connection) -> Result<Self> {
        let hashing = RandomState::new();
        let keys = connection
            .prepare("SELECT ending FROM key_ending")
            .and_then(|mut endings| {
                endings.query_map([], |row| Ok(hashing.hash_one(row.get_ref(0)?.as_str()?)))?.collect()
            })
            .map_err(failure)?;
        let ghosts = connection
            .prepare("SELECT 1 FROM import WHERE trashed_at IS NOT NULL")
            .and_then(|mut ghosts| ghosts.exists([]))
            .map_err(failure)?;
        let sighting = connection
            .prepare(
                "INSERT INTO sighting (import_id, row, reading_id, cells, added) VALUES (?1, ?2, ?3, ?4, ?5)",
            )
            .map_err(failure)?;
        let next = next_id(connection)?;
        let inserting = Inserting::into(connection)?;
        let (spelling, pending) = (Spelling::default(), Vec::new());
        Ok(Self { connection, inserting, sighting, spelling, keys, pending, hashing, ghosts, next })
    }

    /// Whether a reading under this key may be there; remembers that there will be one.
    fn may_be_there(&mut self, key: &str) -> bool {
        !self.keys.insert(self.hashing.hash_one(ending(key)))
    }

    /// Adds the keys of the readings stored so far, in the order they stand in.
    fn add_keys(&mut self) -> Result<()> {
        self.pending.sort_unstable();
        let mut adding = self
            .connection
            .prepare_cached("INSERT INTO key_ending (ending, reading_id) VALUES (?1, ?2)")
            .map_err(failure)?;
        for (ending, reading) in self.pending.drain(..) {
            adding.execute(params![ending, reading]).map_err(failure)?;
        }
        Ok(())
    }

    /// All imported readings under a key, the newest first.
    fn by_key(&mut self, key: &str) -> Result<Vec<Earlier>> {
        if !self.pending.is_empty() {
            self.add_keys()?;
        }
        by_key(self.connection, key)
    }

    /// Stores one row; what became of it, and whether it brought a reading.
    fn store(
        &mut self,
        import: ImportId,
        statement: &str,
        provider: &str,
        row: &NewRow<'_>,
    ) -> Result<(Became, bool)> {
        let facts = Facts {
            key: &row.key,
            statement: Some(statement),
            provider,
            draft: row.packed.draft.clone(),
            cells: Some(&row.packed.cells),
            source: Some(Source { import, row: row.packed.draft.row }),
        };
        let digest = facts.digest(&mut self.spelling)?;
        let there = self.may_be_there(&row.key);
        let mut reuse: Option<Earlier> = None;
        let mut transaction = None;
        match row.place {
            Placement::New if there => {
                let earlier = self.by_key(&row.key)?;
                transaction = earlier.first().map(|reading| reading.transaction);
                reuse = earlier.into_iter().find(|reading| reading.facts == digest);
            }
            Placement::New => {}
            Placement::Known(id) => {
                let all = of_transaction(self.connection, id.0)?;
                reuse = match all.into_iter().find(|reading| reading.facts == digest) {
                    Some(reading) => Some(reading),
                    None => Some(current(self.connection, id.0)?),
                };
            }
            Placement::Again => reuse = self.by_key(&row.key)?.into_iter().next(),
            Placement::Changed(id) => {
                current(self.connection, id.0)?;
                transaction = Some(id.0);
            }
        }
        let Some(earlier) = reuse else {
            let id = self.next;
            self.inserting.insert(&facts, &mut self.spelling, id, transaction.unwrap_or(id), digest)?;
            self.next += 1;
            self.pending.push((ending(&row.key).into(), id));
            let became = match transaction {
                None => Became::Added(TransactionId(id)),
                Some(transaction) => Became::Touched(TransactionId(transaction)),
            };
            return Ok((became, true));
        };
        let is_new = matches!(row.place, Placement::New);
        let revived = is_new && self.ghosts && !is_live(self.connection, earlier.transaction)?;
        let cells = other_cells(&earlier, row, digest);
        self.sighting
            .execute(params![import.0, row.packed.draft.row, earlier.id, cells, revived])
            .map_err(failure)?;
        // A typed one now has a row in a file, one from the trash may be back.
        let touched = self.ghosts || earlier.typed;
        let became = if touched { Became::Touched(TransactionId(earlier.transaction)) } else { Became::Seen };
        Ok((became, revived))
    }
}

/// The cells of a row, where they differ from those of the reading that it repeats.
fn other_cells(earlier: &Earlier, row: &NewRow<'_>, digest: [u8; 16]) -> Option<Vec<u8>> {
    if earlier.facts == digest {
        let same = match &earlier.cells {
            Some(cells) => **cells == *row.packed.cells,
            None => earlier.raw == row.packed.raw(),
        };
        return (!same).then(|| row.packed.cells.to_vec());
    }
    // The reading's texts are not this row's: nothing may refer to them.
    Some(cells::pack(&row.packed.raw(), &[]))
}

fn read_earlier(row: &rusqlite::Row<'_>) -> rusqlite::Result<Earlier> {
    Ok(Earlier {
        id: row.get("id")?,
        transaction: row.get("transaction_id")?,
        facts: row.get("facts")?,
        typed: row.get("typed")?,
        raw: row.get("raw")?,
        cells: row.get("cells")?,
    })
}

/// All imported readings under a key, the newest first.
fn by_key(connection: &Connection, key: &str) -> Result<Vec<Earlier>> {
    connection
        .prepare_cached(
            "SELECT id, transaction_id, facts, typed, raw, cells
             FROM key_ending JOIN reading ON reading.id = key_ending.reading_id
             WHERE key_ending.ending = :ending AND reading.key = :key AND typed = 0
             ORDER BY key_ending.reading_id DESC",
        )
        .and_then(|mut statement| {
            let wanted = named_params! { ":ending": ending(key), ":key": key };
            statement.query_map(wanted, read_earlier)?.collect()
        })
        .map_err(failure)
}

/// The last ten characters.
fn ending(key: &str) -> &str {
    key.char_indices().rev().nth(9).map_or(key, |(at, _)| &key[at..])
}

/// All imported readings of a transaction, the newest first.
fn of_transaction(connection: &Connection, transaction: i64) -> Result<Vec<Earlier>> {
    connection
        .prepare_cached(
            "SELECT id, transaction_id, facts, typed, raw, cells FROM reading
             WHERE (id = :transaction OR (transaction_id = :transaction AND transaction_id <> id))
                AND transaction_id = :transaction AND typed = 0 ORDER BY id DESC",
        )
        .and_then(|mut statement| {
            statement.query_map(named_params! { ":transaction": transaction }, read_earlier)?.collect()
        })
        .map_err(failure)
}

/// The newest live reading of a transaction; `NotFound` where it is not live.
fn current(connection: &Connection, transaction: i64) -> Result<Earlier> {
    connection
        .prepare_cached(&format!(
            "SELECT id, transaction_id, facts, typed, raw, cells FROM reading WHERE id = ({NEWEST_LIVE})"
        ))
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
