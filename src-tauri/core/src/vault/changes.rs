//! Applying reversible changes, all or none; and settings, which are not undone.

use super::cases::{expect_transaction, set_ruling};
use super::connection::failure;
use super::words::moment;
use super::{Change, Result, Thing, TransactionId, Vault};
use crate::ledger::Moment;
use crate::{Code, Error};
use rusqlite::{Connection, OptionalExtension, named_params};

impl Vault {
    /// Applies changes in one transaction: all or none. `NotFound` where one names what is not there.
    pub fn apply(&mut self, changes: &[Change]) -> Result<()> {
        let writing = self.connection.transaction().map_err(failure)?;
        for change in changes {
            match change {
                Change::Note { transaction, after, .. } => set_note(&writing, *transaction, after)?,
                Change::Ruling { flag, after, .. } => set_ruling(&writing, flag, after.as_ref())?,
                Change::Trash { thing, after, .. } => set_trashed(&writing, *thing, *after)?,
            }
        }
        writing.commit().map_err(failure)
    }

    /// A setting.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        self.connection
            .prepare_cached("SELECT value FROM setting WHERE key = :key")
            .and_then(|mut statement| {
                statement.query_row(named_params! { ":key": key }, |row| row.get("value")).optional()
            })
            .map_err(failure)
    }

    /// Sets a setting.
    pub fn set_setting(&mut self, key: &str, value: &str) -> Result<()> {
        self.connection
            .execute(
                "INSERT OR REPLACE INTO setting (key, value) VALUES (:key, :value)",
                named_params! { ":key": key, ":value": value },
            )
            .map_err(failure)?;
        Ok(())
    }
}

fn set_note(connection: &Connection, transaction: TransactionId, text: &str) -> Result<()> {
    expect_transaction(connection, transaction)?;
    let done = if text.is_empty() {
        connection.execute(
            "DELETE FROM note WHERE transaction_id = :transaction",
            named_params! { ":transaction": transaction.0 },
        )
    } else {
        connection.execute(
            "INSERT OR REPLACE INTO note (transaction_id, text) VALUES (:transaction, :text)",
            named_params! { ":transaction": transaction.0, ":text": text },
        )
    };
    done.map_err(failure).map(|_| ())
}

fn set_trashed(connection: &Connection, thing: Thing, at: Option<Moment>) -> Result<()> {
    let (sql, id) = match thing {
        Thing::Transaction(id) => {
            ("UPDATE reading SET trashed_at = :at WHERE transaction_id = :id AND typed = 1", id.0)
        }
        Thing::Import(id) => ("UPDATE import SET trashed_at = :at WHERE id = :id", id.0),
        Thing::Case(id) => ("UPDATE dispute SET trashed_at = :at WHERE id = :id", id.0),
        Thing::Event(id) => ("UPDATE event SET trashed_at = :at WHERE id = :id", id.0),
        Thing::Attachment(id) => ("UPDATE attachment SET trashed_at = :at WHERE id = :id", id.0),
    };
    let touched =
        connection.execute(sql, named_params! { ":at": at.map(moment), ":id": id }).map_err(failure)?;
    if touched == 0 {
        return Err(Error::new(Code::NotFound, "what was to be moved to or from the trash is not there"));
    }
    Ok(())
}
