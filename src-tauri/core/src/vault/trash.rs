//! What lies in the trash, and deleting it for good.

use super::connection::failure;
use super::packed::unpack;
use super::words::{unjson, unmoment};
use super::{Attachment, AttachmentId, CaseId, EventId, ImportId, Result, Thing, TransactionId, Vault};
use crate::case::{Case, Event};
use crate::ledger::Moment;
use crate::money::Money;
use crate::{Code, Error};
use rusqlite::{Connection, Row, named_params};
use serde::Serialize;
use ts_rs::TS;

/// Why a thing in the trash cannot be deleted for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Hold {
    /// Rows read from a statement: evidence, and other imports may have seen them too.
    Evidence,
    /// A case is about it.
    Case,
}

/// A thing in the trash.
#[derive(Debug, Clone, PartialEq)]
pub struct InTrash {
    /// Which.
    pub thing: Thing,
    /// Since when it lies there.
    pub since: Moment,
    /// Why it cannot be deleted for good.
    pub held: Option<Hold>,
    /// What it was.
    pub remains: Remains,
}

/// What is known of a thing in the trash.
#[derive(Debug, Clone, PartialEq)]
pub enum Remains {
    /// A typed transaction.
    Transaction {
        /// To whom.
        counterparty: String,
        /// How much.
        amount: Money,
        /// When.
        at: Moment,
    },
    /// An import that was undone.
    Import {
        /// The file's name.
        file: String,
        /// Rows stored from it.
        rows: u32,
        /// When it was imported.
        at: Moment,
    },
    /// A case with its events.
    Case(Case),
    /// An event of a case that is not itself in the trash.
    Event {
        /// The case.
        case: CaseId,
        /// The event.
        event: Event,
    },
    /// A file.
    Attachment(Attachment),
}

impl Vault {
    /// All that lies in the trash, the last thrown away first. What belongs to a thing in the trash goes with it
    /// and is not listed apart.
    pub fn trashed(&self) -> Result<Vec<InTrash>> {
        let mut found = self.trashed_transactions()?;
        found.extend(self.trashed_imports()?);
        found.extend(self.trashed_events()?);
        found.extend(self.trashed_attachments()?);
        found.extend(self.trashed_cases()?.into_iter().map(|(case, since)| InTrash {
            thing: Thing::Case(case.id),
            since,
            held: None,
            remains: Remains::Case(case),
        }));
        found.sort_by_key(|one| std::cmp::Reverse(one.since));
        Ok(found)
    }

    fn trashed_transactions(&self) -> Result<Vec<InTrash>> {
        self.collect(
            "SELECT transaction_id AS id, packed, max(trashed_at) AS trashed_at,
                 EXISTS (SELECT 1 FROM dispute_transaction AS disputed
                         WHERE disputed.transaction_id = reading.transaction_id) AS in_case,
                 EXISTS (SELECT 1 FROM reading AS seen WHERE seen.transaction_id = reading.transaction_id
                         AND (seen.import_id IS NOT NULL
                              OR EXISTS (SELECT 1 FROM sighting WHERE sighting.reading_id = seen.id))
                        ) AS in_statement
             FROM reading WHERE typed = 1 AND trashed_at IS NOT NULL GROUP BY transaction_id",
            |row| {
                let packed: Vec<u8> = get(row, "packed")?;
                let draft = unpack(&packed, self.words()?)?.draft;
                let (at, amount) = (draft.at, draft.amount);
                let held = match (get(row, "in_case")?, get(row, "in_statement")?) {
                    (true, _) => Some(Hold::Case),
                    (false, true) => Some(Hold::Evidence),
                    (false, false) => None,
                };
                let counterparty = draft.counterparty.to_owned();
                let remains = Remains::Transaction { counterparty, amount, at };
                Ok(InTrash {
                    thing: Thing::Transaction(TransactionId(get(row, "id")?)),
                    since: since(row)?,
                    held,
                    remains,
                })
            },
        )
    }

    fn trashed_imports(&self) -> Result<Vec<InTrash>> {
        self.collect(
            "SELECT id, file, at, trashed_at, rows_read AS rows FROM import WHERE trashed_at IS NOT NULL",
            |row| {
                let at = unmoment(&get::<String>(row, "at")?)?;
                Ok(InTrash {
                    thing: Thing::Import(ImportId(get(row, "id")?)),
                    since: since(row)?,
                    held: Some(Hold::Evidence),
                    remains: Remains::Import { file: get(row, "file")?, rows: get(row, "rows")?, at },
                })
            },
        )
    }

    fn trashed_events(&self) -> Result<Vec<InTrash>> {
        self.collect(
            "SELECT event.id, event.dispute_id, event.at, event.happening, event.trashed_at
             FROM event JOIN dispute ON dispute.id = event.dispute_id
             WHERE event.trashed_at IS NOT NULL AND dispute.trashed_at IS NULL",
            |row| {
                let id = EventId(get(row, "id")?);
                let at = unmoment(&get::<String>(row, "at")?)?;
                let event = Event { id, at, happening: unjson(&get::<String>(row, "happening")?)? };
                Ok(InTrash {
                    thing: Thing::Event(id),
                    since: since(row)?,
                    held: None,
                    remains: Remains::Event { case: CaseId(get(row, "dispute_id")?), event },
                })
            },
        )
    }

    fn trashed_attachments(&self) -> Result<Vec<InTrash>> {
        self.collect(
            "SELECT id, name, media, size, sha256, at, trashed_at FROM attachment
             WHERE trashed_at IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM dispute
                               WHERE dispute.id = attachment.dispute_id AND dispute.trashed_at IS NOT NULL)
               AND NOT EXISTS (SELECT 1 FROM reading WHERE reading.transaction_id = attachment.transaction_id
                               AND reading.typed = 1 AND reading.trashed_at IS NOT NULL)",
            |row| {
                let id = AttachmentId(get(row, "id")?);
                let file = Attachment {
                    id,
                    name: get(row, "name")?,
                    media: get(row, "media")?,
                    size: get::<i64>(row, "size")?.unsigned_abs(),
                    sha256: get(row, "sha256")?,
                    at: unmoment(&get::<String>(row, "at")?)?,
                };
                Ok(InTrash {
                    thing: Thing::Attachment(id),
                    since: since(row)?,
                    held: None,
                    remains: Remains::Attachment(file),
                })
            },
        )
    }

    fn collect(&self, sql: &str, read: impl Fn(&Row<'_>) -> Result<InTrash>) -> Result<Vec<InTrash>> {
        let mut statement = self.connection.prepare_cached(sql).map_err(failure)?;
        let mut rows = statement.query([]).map_err(failure)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(failure)? {
            found.push(read(row)?);
        }
        Ok(found)
    }

    /// Deletes a thing in the trash for good, with all that belongs to it, and answers what is gone. `NotFound`
    /// where it does not lie in the trash; `Invalid` where it is held ([`Hold`]).
    pub fn purge(&mut self, thing: Thing) -> Result<Vec<Thing>> {
        let in_trash = self.trashed()?.into_iter().find(|one| one.thing == thing);
        let in_trash =
            in_trash.ok_or_else(|| Error::new(Code::NotFound, "this does not lie in the trash"))?;
        if in_trash.held.is_some() {
            let detail = "rows of a statement and what a case is about can be put back, not deleted for good";
            return Err(Error::new(Code::Invalid, detail));
        }
        let writing = self.connection.transaction().map_err(failure)?;
        let gone = match thing {
            Thing::Transaction(id) => {
                let gone = owned(&writing, "SELECT id FROM attachment WHERE transaction_id = :id", id.0)?;
                delete(&writing, "DELETE FROM attachment WHERE transaction_id = :id", id.0)?;
                delete(&writing, "DELETE FROM note WHERE transaction_id = :id", id.0)?;
                delete(&writing, "DELETE FROM reading WHERE transaction_id = :id AND typed = 1", id.0)?;
                gone.into_iter().map(|id| Thing::Attachment(AttachmentId(id))).collect()
            }
            Thing::Case(id) => {
                let files = owned(&writing, "SELECT id FROM attachment WHERE dispute_id = :id", id.0)?;
                let events = owned(&writing, "SELECT id FROM event WHERE dispute_id = :id", id.0)?;
                delete(&writing, "DELETE FROM attachment WHERE dispute_id = :id", id.0)?;
                delete(&writing, "DELETE FROM event WHERE dispute_id = :id", id.0)?;
                delete(&writing, "DELETE FROM dispute_transaction WHERE dispute_id = :id", id.0)?;
                delete(&writing, "DELETE FROM dispute WHERE id = :id", id.0)?;
                let files = files.into_iter().map(|id| Thing::Attachment(AttachmentId(id)));
                files.chain(events.into_iter().map(|id| Thing::Event(EventId(id)))).collect()
            }
            Thing::Event(id) => {
                delete(&writing, "DELETE FROM event WHERE id = :id", id.0)?;
                Vec::new()
            }
            Thing::Attachment(id) => {
                delete(&writing, "DELETE FROM attachment WHERE id = :id", id.0)?;
                Vec::new()
            }
            // Always held, hence never reached; kept so that a new kind of thing is thought of here.
            Thing::Import(_) => Vec::new(),
        };
        writing.commit().map_err(failure)?;
        Ok([vec![thing], gone].concat())
    }
}

fn get<T: rusqlite::types::FromSql>(row: &Row<'_>, column: &str) -> Result<T> {
    row.get(column).map_err(failure)
}

fn since(row: &Row<'_>) -> Result<Moment> {
    unmoment(&get::<String>(row, "trashed_at")?)
}

fn owned(connection: &Connection, sql: &str, id: i64) -> Result<Vec<i64>> {
    connection
        .prepare_cached(sql)
        .and_then(|mut statement| {
            statement.query_map(named_params! { ":id": id }, |row| row.get("id"))?.collect()
        })
        .map_err(failure)
}

fn delete(connection: &Connection, sql: &str, id: i64) -> Result<()> {
    connection.execute(sql, named_params! { ":id": id }).map_err(failure).map(drop)
}
