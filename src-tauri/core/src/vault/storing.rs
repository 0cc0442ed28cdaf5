//! One row after another into the vault, inside the transaction of its import.

use super::connection::failure;
use super::current::NEWEST_LIVE;
use super::imports::Became;
use super::inserting::Inserting;
use super::keys::{KEY_BYTES, Keys, kept};
use super::packed::{Packing, Reading, StoredKey, Words, unpack};
use super::readings::next_id;
use super::words::Spelling;
use super::{ImportId, NewRow, Placement, Result, TransactionId};
use crate::ledger::Source;
use crate::ledger::identity::Key;
use crate::statements::cells;
use rusqlite::{Connection, Statement, named_params, params};

/// A reading that is there already.
struct Earlier {
    id: i64,
    transaction: i64,
    /// `None` where it is no hash: no row of a file has such a one.
    key: Option<Key>,
    facts: [u8; 16],
    typed: bool,
    cells: Vec<u8>,
}

impl Earlier {
    /// The columns it is read from.
    const COLUMNS: &str = "id, transaction_id, typed, packed";

    fn read(row: &rusqlite::Row<'_>, words: &Words, spelling: &mut Spelling) -> Result<Self> {
        let packed: Vec<u8> = row.get("packed").map_err(failure)?;
        let reading = unpack(&packed, words)?;
        Ok(Self {
            id: row.get("id").map_err(failure)?,
            transaction: row.get("transaction_id").map_err(failure)?,
            typed: row.get("typed").map_err(failure)?,
            facts: reading.digest(spelling)?,
            cells: reading.cells.to_vec(),
            key: match reading.key {
                StoredKey::Hash(key) => Some(key),
                StoredKey::Text(_) => None,
            },
        })
    }
}

/// Storing rows, each statement prepared once.
pub(super) struct Storing<'c> {
    connection: &'c Connection,
    inserting: Inserting<'c>,
    packing: Packing<'c>,
    sighting: Statement<'c>,
    spelling: Spelling,
    /// Most rows are new, and need not be looked for.
    keys: Keys,
    /// Those of the readings of the import at hand, in their order.
    added: Vec<u8>,
    /// Some import lies in the trash, so that a sighting may bring a reading back.
    ghosts: bool,
    next: i64,
}

impl<'c> Storing<'c> {
    pub fn into(connection: &'c Connection) -> Result<Self> {
        let ghosts = connection
            .prepare("SELECT 1 FROM import WHERE trashed_at IS NOT NULL")
            .and_then(|mut ghosts| ghosts.exists([]))
            .map_err(failure)?;
        let sighting = connection
            .prepare(
                "INSERT INTO sighting (import_id, row, reading_id, cells, added) VALUES (?1, ?2, ?3, ?4, ?5)",
            )
            .map_err(failure)?;
        Ok(Self {
            connection,
            inserting: Inserting::into(connection)?,
            packing: Packing::into(connection)?,
            sighting,
            spelling: Spelling::default(),
            keys: Keys::read(connection)?,
            added: Vec::new(),
            ghosts,
            next: next_id(connection)?,
        })
    }

    /// Room for the keys of so many rows.
    pub fn reserve(&mut self, rows: usize) {
        self.keys.reserve(rows);
        self.added.reserve(rows * KEY_BYTES);
    }

    /// The words of the vault as they are now.
    pub fn into_words(self) -> Words {
        self.packing.into_words()
    }

    /// Keeps the keys of the readings that came with an import.
    pub fn add_keys(&mut self, import: ImportId) -> Result<()> {
        let count = self.added.len() / KEY_BYTES;
        let first = self.next - i64::try_from(count).unwrap_or(i64::MAX);
        if count > 0 {
            self.connection
                .prepare_cached(
                    "INSERT INTO import_keys (import_id, first_reading, keys) VALUES (?1, ?2, ?3)",
                )
                .and_then(|mut statement| statement.execute(params![import.0, first, self.added]))
                .map_err(failure)?;
        }
        self.added.clear();
        Ok(())
    }

    /// The imported readings under a key, the newest first, of those whose ids it may be.
    fn by_key(&mut self, key: Key, ids: Vec<i64>) -> Result<Vec<Earlier>> {
        let mut found = Vec::new();
        for id in ids {
            let all = earlier(
                self.connection,
                "WHERE id = :id AND typed = 0",
                id,
                self.packing.words(),
                &mut self.spelling,
            )?;
            found.extend(all.into_iter().filter(|reading| reading.key == Some(key)));
        }
        Ok(found)
    }

    /// All imported readings of a transaction, the newest first.
    fn of_transaction(&mut self, transaction: TransactionId) -> Result<Vec<Earlier>> {
        earlier(
            self.connection,
            "WHERE (id = :id OR (transaction_id = :id AND transaction_id <> id))
                AND transaction_id = :id AND typed = 0 ORDER BY id DESC",
            transaction.0,
            self.packing.words(),
            &mut self.spelling,
        )
    }

    /// The newest live reading of a transaction; `NotFound` where it is not live.
    fn current(&mut self, transaction: TransactionId) -> Result<Earlier> {
        let newest = newest_live(self.connection, transaction.0)?;
        let gone = || failure(rusqlite::Error::QueryReturnedNoRows);
        let words = self.packing.words();
        let all =
            earlier(self.connection, "WHERE id = :id", newest.ok_or_else(gone)?, words, &mut self.spelling)?;
        all.into_iter().next().ok_or_else(gone)
    }

    /// Stores one row; what became of it, and whether the ledger has one more.
    pub fn store(
        &mut self,
        import: ImportId,
        statement: &str,
        provider: &str,
        row: &NewRow<'_>,
    ) -> Result<(Became, bool)> {
        let draft = &row.packed.draft;
        let reading = Reading {
            key: StoredKey::Hash(row.key),
            statement: Some(statement),
            provider,
            draft: draft.clone(),
            cells: &row.packed.cells,
        };
        let mut digest = None;
        let mut reuse: Option<Earlier> = None;
        let mut transaction = None;
        let mut digest_of_row = |spelling: &mut Spelling| -> Result<[u8; 16]> {
            let found = reading.digest(spelling)?;
            digest = Some(found);
            Ok(found)
        };
        match row.place {
            Placement::New | Placement::AgainChanged => {
                let ids = match row.place {
                    Placement::New => self.keys.earlier(row.key).collect(),
                    _ => self.keys.all(row.key).collect(),
                };
                let earlier = self.by_key(row.key, ids)?;
                transaction = earlier.first().map(|reading| reading.transaction);
                if transaction.is_some() {
                    let digest = digest_of_row(&mut self.spelling)?;
                    reuse = earlier.into_iter().find(|reading| reading.facts == digest);
                }
            }
            Placement::Known(id) => {
                let digest = digest_of_row(&mut self.spelling)?;
                reuse = match self.of_transaction(id)?.into_iter().find(|reading| reading.facts == digest) {
                    Some(reading) => Some(reading),
                    None => Some(self.current(id)?),
                };
            }
            Placement::Again => {
                digest_of_row(&mut self.spelling)?;
                let ids = self.keys.all(row.key).collect();
                reuse = self.by_key(row.key, ids)?.into_iter().next();
            }
            Placement::Changed(id) => {
                self.current(id)?;
                transaction = Some(id.0);
            }
        }
        let Some(earlier) = reuse else {
            // What comes back from the trash is new to the ledger; another reading of what is there is not.
            let is_new = match transaction {
                None => true,
                Some(known) => self.ghosts && newest_live(self.connection, known)?.is_none(),
            };
            let id = self.next;
            let source = Source { import, row: draft.row };
            let ids = [id, transaction.unwrap_or(id)];
            self.inserting.insert(&reading, &mut self.packing, source, ids)?;
            self.next += 1;
            self.keys.add_fresh(row.key, id);
            self.added.extend_from_slice(&kept(row.key));
            let became = match transaction {
                None => Became::Added(TransactionId(id)),
                Some(transaction) => Became::Touched(TransactionId(transaction)),
            };
            return Ok((became, is_new));
        };
        let is_new = matches!(row.place, Placement::New | Placement::AgainChanged);
        let revived = is_new && self.ghosts && newest_live(self.connection, earlier.transaction)?.is_none();
        let cells = other_cells(&earlier, row, digest.is_some_and(|digest| digest == earlier.facts));
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
fn other_cells(earlier: &Earlier, row: &NewRow<'_>, same_facts: bool) -> Option<Vec<u8>> {
    if same_facts {
        return (earlier.cells[..] != row.packed.cells[..]).then(|| row.packed.cells.to_vec());
    }
    // The reading's texts are not this row's: nothing may refer to them.
    Some(cells::pack(&row.packed.raw(), &[]))
}

/// Readings that a condition on `:id` holds of.
fn earlier(
    connection: &Connection,
    condition: &str,
    id: i64,
    words: &Words,
    spelling: &mut Spelling,
) -> Result<Vec<Earlier>> {
    let mut statement = connection
        .prepare_cached(&format!("SELECT {} FROM reading {condition}", Earlier::COLUMNS))
        .map_err(failure)?;
    let mut rows = statement.query(named_params! { ":id": id }).map_err(failure)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(failure)? {
        found.push(Earlier::read(row, words, spelling)?);
    }
    Ok(found)
}

/// The newest live reading of a transaction; `None` where it is not live.
fn newest_live(connection: &Connection, transaction: i64) -> Result<Option<i64>> {
    connection
        .prepare_cached(NEWEST_LIVE)
        .and_then(|mut statement| {
            statement.query_row(named_params! { ":transaction": transaction }, |row| row.get("id"))
        })
        .map_err(failure)
}
