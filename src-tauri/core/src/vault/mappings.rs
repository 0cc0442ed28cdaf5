//! Mappings the user saved, and what is kept of an import for its report.

use super::connection::failure;
use super::readings::raw_of;
use super::words::{json, moment, unjson};
use super::{ImportId, Result, Vault};
use crate::ledger::Moment;
use crate::statements::{Mapping, RawLine};
use crate::{Code, Error};
use rusqlite::{Connection, OptionalExtension, named_params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A saved mapping's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export, type = "number")]
pub struct MappingId(pub i64);

/// A mapping in the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SavedMapping {
    /// In the vault.
    pub id: MappingId,
    /// What it says.
    pub mapping: Mapping,
}

impl Vault {
    /// All mappings, by name.
    pub fn mappings(&self) -> Result<Vec<SavedMapping>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, mapping FROM mapping ORDER BY name, id")
            .map_err(failure)?;
        let mut rows = statement.query([]).map_err(failure)?;
        let mut mappings = Vec::new();
        while let Some(row) = rows.next().map_err(failure)? {
            mappings.push(SavedMapping {
                id: MappingId(row.get("id").map_err(failure)?),
                mapping: unjson(&row.get::<_, String>("mapping").map_err(failure)?)?,
            });
        }
        Ok(mappings)
    }

    /// Stores a mapping, a new one or in the place of `id`. `Invalid` where another one has its name, `NotFound`
    /// where there is none of this id.
    pub fn save_mapping(
        &mut self,
        id: Option<MappingId>,
        mapping: &Mapping,
        now: Moment,
    ) -> Result<MappingId> {
        let taken = self.mappings()?.iter().any(|one| one.mapping.name == mapping.name && Some(one.id) != id);
        if taken {
            return Err(Error::new(Code::Invalid, "another mapping has this name; choose another name"));
        }
        let text = json(mapping)?;
        let Some(id) = id else {
            let stored = self.connection.execute(
                "INSERT INTO mapping (name, mapping, at) VALUES (:name, :mapping, :at)",
                named_params! { ":name": mapping.name, ":mapping": text, ":at": moment(now) },
            );
            return stored.map(|_| MappingId(self.connection.last_insert_rowid())).map_err(failure);
        };
        let changed = self
            .connection
            .execute(
                "UPDATE mapping SET name = :name, mapping = :mapping, at = :at WHERE id = :id",
                named_params! { ":name": mapping.name, ":mapping": text, ":at": moment(now), ":id": id.0 },
            )
            .map_err(failure)?;
        if changed == 0 { Err(no_mapping()) } else { Ok(id) }
    }

    /// Forgets a mapping; what was imported by it stays.
    pub fn delete_mapping(&mut self, id: MappingId) -> Result<()> {
        let gone = self
            .connection
            .execute("DELETE FROM mapping WHERE id = :id", named_params! { ":id": id.0 })
            .map_err(failure)?;
        if gone == 0 { Err(no_mapping()) } else { Ok(()) }
    }

    /// What the plan said of an import; `None` for one of an earlier version.
    pub fn totals(&self, import: ImportId) -> Result<Option<String>> {
        self.connection
            .prepare_cached("SELECT totals FROM import_totals WHERE import_id = :import")
            .and_then(|mut statement| {
                statement.query_row(named_params! { ":import": import.0 }, |row| row.get("totals")).optional()
            })
            .map_err(failure)
    }

    /// The cells of a line of an imported file, as they stood: of one that could not be read, or of one that could.
    pub fn line(&self, import: ImportId, row: u32) -> Result<Option<String>> {
        let wanted = named_params! { ":import": import.0, ":row": row };
        let unread = self
            .connection
            .prepare_cached("SELECT cells FROM unread_line WHERE import_id = :import AND row = :row")
            .and_then(|mut statement| statement.query_row(wanted, |row| row.get("cells")).optional())
            .map_err(failure)?;
        if unread.is_some() {
            return Ok(unread);
        }
        // The row of a reading that was seen here first, or a sighting of one; rarely asked, so nothing is indexed.
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT reading.packed, NULL AS seen_cells FROM reading
                 WHERE reading.import_id = :import AND reading.row = :row
                 UNION ALL
                 SELECT reading.packed, sighting.cells AS seen_cells FROM sighting
                 JOIN reading ON reading.id = sighting.reading_id
                 WHERE sighting.import_id = :import AND sighting.row = :row LIMIT 1",
            )
            .map_err(failure)?;
        let mut rows = statement.query(wanted).map_err(failure)?;
        let Some(row) = rows.next().map_err(failure)? else { return Ok(None) };
        raw_of(row, self.words()?).map(Some)
    }
}

/// Keeps what the report of an import shows.
pub(super) fn insert_report(
    connection: &Connection,
    import: ImportId,
    unread: &[RawLine],
    totals: &str,
) -> Result<()> {
    connection
        .execute(
            "INSERT INTO import_totals (import_id, totals) VALUES (:import, :totals)",
            named_params! { ":import": import.0, ":totals": totals },
        )
        .map_err(failure)?;
    let mut statement = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO unread_line (import_id, row, cells) VALUES (:import, :row, :cells)",
        )
        .map_err(failure)?;
    for line in unread {
        statement
            .execute(named_params! { ":import": import.0, ":row": line.row, ":cells": line.cells })
            .map_err(failure)?;
    }
    Ok(())
}

fn no_mapping() -> Error {
    Error::new(Code::NotFound, "there is no such mapping any more")
}
