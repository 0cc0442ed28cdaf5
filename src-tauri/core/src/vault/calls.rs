//! Callers, the user's own numbers, waits and reminders of calls.

use super::connection::failure;
use super::words::{json, moment, unjson, unmoment};
use super::{CaseId, Result, Vault};
use crate::call::{Asked, CallReminder, Caller, CallerId, OwnNumber, OwnNumberId, ReminderId, Wait};
use crate::ledger::Moment;
use crate::{Code, Error};
use rusqlite::{Row, named_params};

impl Vault {
    /// Callers written down, the newest first.
    pub fn callers(&self) -> Result<Vec<Caller>> {
        self.all("SELECT * FROM caller WHERE trashed_at IS NULL ORDER BY id DESC", |row| {
            let asked: Vec<Asked> = unjson(&text(row, "asked")?)?;
            let case: Option<i64> = row.get("dispute_id").map_err(failure)?;
            Ok(Caller {
                id: CallerId(row.get("id").map_err(failure)?),
                at: unmoment(&text(row, "at")?)?,
                text: text(row, "text")?,
                claimed: text(row, "claimed")?,
                asked,
                note: text(row, "note")?,
                case: case.map(CaseId),
            })
        })
    }

    /// Stores a caller (its `id` is ignored).
    pub fn add_caller(&mut self, caller: &Caller) -> Result<CallerId> {
        let asked = json(&caller.asked)?;
        let sql = "INSERT INTO caller (at, text, claimed, asked, note, dispute_id)
                   VALUES (:at, :text, :claimed, :asked, :note, :dispute)";
        let mut statement = self.connection.prepare_cached(sql).map_err(failure)?;
        let id = statement.insert(named_params! {
            ":at": moment(caller.at), ":text": caller.text, ":claimed": caller.claimed, ":asked": asked,
            ":note": caller.note, ":dispute": caller.case.map(|case| case.0),
        });
        id.map(CallerId).map_err(failure)
    }

    /// Numbers the user knows, in the order they were added.
    pub fn own_numbers(&self) -> Result<Vec<OwnNumber>> {
        self.all("SELECT * FROM own_number WHERE trashed_at IS NULL ORDER BY id", |row| {
            Ok(OwnNumber {
                id: OwnNumberId(row.get("id").map_err(failure)?),
                provider: text(row, "provider")?,
                number: text(row, "number")?,
                label: text(row, "label")?,
                added_at: unmoment(&text(row, "added_at")?)?,
            })
        })
    }

    /// Stores a number the user knows (its `id` is ignored).
    pub fn add_own_number(&mut self, own: &OwnNumber) -> Result<OwnNumberId> {
        let sql = "INSERT INTO own_number (provider, number, label, added_at)
                   VALUES (:provider, :number, :label, :added_at)";
        let mut statement = self.connection.prepare_cached(sql).map_err(failure)?;
        let id = statement.insert(named_params! {
            ":provider": own.provider, ":number": own.number, ":label": own.label,
            ":added_at": moment(own.added_at),
        });
        id.map(OwnNumberId).map_err(failure)
    }

    /// Puts a caller away. `NotFound` where there is none.
    pub fn trash_caller(&mut self, id: CallerId, at: Moment) -> Result<()> {
        self.mark("UPDATE caller SET trashed_at = :at WHERE id = :id AND trashed_at IS NULL", id.0, at)
    }

    /// Puts an own number away. `NotFound` where there is none.
    pub fn trash_own_number(&mut self, id: OwnNumberId, at: Moment) -> Result<()> {
        self.mark("UPDATE own_number SET trashed_at = :at WHERE id = :id AND trashed_at IS NULL", id.0, at)
    }

    /// How long the user waited, on every line, the oldest first.
    pub fn waits(&self) -> Result<Vec<Wait>> {
        self.all("SELECT * FROM wait ORDER BY id", |row| {
            Ok(Wait {
                provider: text(row, "provider")?,
                line: text(row, "line")?,
                at: unmoment(&text(row, "at")?)?,
                seconds: row.get("seconds").map_err(failure)?,
            })
        })
    }

    /// Stores how long the user waited.
    pub fn add_wait(&mut self, wait: &Wait) -> Result<()> {
        let sql = "INSERT INTO wait (provider, line, at, seconds) VALUES (:provider, :line, :at, :seconds)";
        let mut statement = self.connection.prepare_cached(sql).map_err(failure)?;
        let stored = statement.execute(named_params! {
            ":provider": wait.provider, ":line": wait.line, ":at": moment(wait.at), ":seconds": wait.seconds,
        });
        stored.map(drop).map_err(failure)
    }

    /// Reminders not done, the nearest first.
    pub fn call_reminders(&self) -> Result<Vec<CallReminder>> {
        let mut reminders =
            self.all("SELECT * FROM call_reminder WHERE done_at IS NULL ORDER BY id", |row| {
                Ok(CallReminder {
                    id: ReminderId(row.get("id").map_err(failure)?),
                    provider: text(row, "provider")?,
                    line: text(row, "line")?,
                    at: unmoment(&text(row, "at")?)?,
                })
            })?;
        reminders.sort_by_key(|reminder| reminder.at);
        Ok(reminders)
    }

    /// Stores a reminder (its `id` is ignored).
    pub fn add_call_reminder(&mut self, reminder: &CallReminder) -> Result<ReminderId> {
        let sql = "INSERT INTO call_reminder (provider, line, at) VALUES (:provider, :line, :at)";
        let mut statement = self.connection.prepare_cached(sql).map_err(failure)?;
        let id = statement.insert(named_params! {
            ":provider": reminder.provider, ":line": reminder.line, ":at": moment(reminder.at),
        });
        id.map(ReminderId).map_err(failure)
    }

    /// Marks a reminder as done. `NotFound` where there is none.
    pub fn end_call_reminder(&mut self, id: ReminderId, at: Moment) -> Result<()> {
        self.mark("UPDATE call_reminder SET done_at = :at WHERE id = :id AND done_at IS NULL", id.0, at)
    }

    fn all<T>(&self, sql: &str, read: impl Fn(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        let mut statement = self.connection.prepare_cached(sql).map_err(failure)?;
        let mut rows = statement.query([]).map_err(failure)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(failure)? {
            found.push(read(row)?);
        }
        Ok(found)
    }

    fn mark(&mut self, sql: &str, id: i64, at: Moment) -> Result<()> {
        let mut statement = self.connection.prepare_cached(sql).map_err(failure)?;
        match statement.execute(named_params! { ":id": id, ":at": moment(at) }).map_err(failure)? {
            0 => Err(Error::new(Code::NotFound, "there is no such entry (any more)")),
            _ => Ok(()),
        }
    }
}

fn text(row: &Row<'_>, column: &str) -> Result<String> {
    row.get(column).map_err(failure)
}
