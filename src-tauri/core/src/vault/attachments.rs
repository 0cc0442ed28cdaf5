//! Files of the user, byte for byte, with their hash.

use super::cases::expect_transaction;
use super::connection::failure;
use super::words::{moment, unmoment};
use super::{Attachment, AttachmentId, Owner, Result, Vault};
use crate::ledger::Moment;
use crate::{Code, Error};
use rusqlite::named_params;
use sha2::{Digest, Sha256};

impl Vault {
    /// Stores a file byte for byte. `NotFound` where the owner is not there.
    pub fn attach(
        &mut self,
        owner: Owner,
        name: &str,
        media: &str,
        bytes: &[u8],
        now: Moment,
    ) -> Result<AttachmentId> {
        let (transaction, dispute) = columns(owner);
        if let Owner::Transaction(id) = owner {
            expect_transaction(&self.connection, id)?;
        }
        let size = i64::try_from(bytes.len())
            .map_err(|_| Error::new(Code::TooLarge, "this is larger than the vault can keep"))?;
        self.connection
            .prepare_cached(
                "INSERT INTO attachment (transaction_id, dispute_id, name, media, size, sha256, at, bytes)
                 VALUES (:transaction, :dispute, :name, :media, :size, :sha256, :at, :bytes)",
            )
            .and_then(|mut statement| {
                statement.insert(named_params! {
                    ":transaction": transaction,
                    ":dispute": dispute,
                    ":name": name,
                    ":media": media,
                    ":size": size,
                    ":sha256": sha256(bytes),
                    ":at": moment(now),
                    ":bytes": bytes,
                })
            })
            .map(AttachmentId)
            .map_err(failure)
    }

    /// The live attachments of one owner, oldest first.
    pub fn attachments(&self, owner: Owner) -> Result<Vec<Attachment>> {
        let (transaction, dispute) = columns(owner);
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT id, name, media, size, sha256, at FROM attachment
                 WHERE trashed_at IS NULL AND transaction_id IS :transaction AND dispute_id IS :dispute
                 ORDER BY id",
            )
            .map_err(failure)?;
        let mut rows = statement
            .query(named_params! { ":transaction": transaction, ":dispute": dispute })
            .map_err(failure)?;
        let mut attachments = Vec::new();
        while let Some(row) = rows.next().map_err(failure)? {
            attachments.push(Attachment {
                id: AttachmentId(row.get("id").map_err(failure)?),
                name: row.get("name").map_err(failure)?,
                media: row.get("media").map_err(failure)?,
                size: row.get::<_, i64>("size").map_err(failure)?.unsigned_abs(),
                sha256: row.get("sha256").map_err(failure)?,
                at: unmoment(&row.get::<_, String>("at").map_err(failure)?)?,
            });
        }
        Ok(attachments)
    }

    /// The name of an attachment, trashed or not. `NotFound` where there is none.
    pub fn attachment_name(&self, id: AttachmentId) -> Result<String> {
        self.connection
            .prepare_cached("SELECT name FROM attachment WHERE id = :id")
            .and_then(|mut statement| {
                statement.query_row(named_params! { ":id": id.0 }, |row| row.get("name"))
            })
            .map_err(failure)
    }

    /// The bytes of an attachment, trashed or not. `NotFound`, or `Damaged` where they do not match their
    /// hash.
    pub fn attachment_bytes(&self, id: AttachmentId) -> Result<Vec<u8>> {
        let (bytes, stated): (Vec<u8>, String) = self
            .connection
            .prepare_cached("SELECT bytes, sha256 FROM attachment WHERE id = :id")
            .and_then(|mut statement| {
                statement.query_row(named_params! { ":id": id.0 }, |row| {
                    Ok((row.get("bytes")?, row.get("sha256")?))
                })
            })
            .map_err(failure)?;
        if sha256(&bytes) != stated {
            return Err(Error::new(Code::Damaged, "an attachment is not what was stored; restore a backup"));
        }
        Ok(bytes)
    }
}

fn columns(owner: Owner) -> (Option<i64>, Option<i64>) {
    match owner {
        Owner::Transaction(id) => (Some(id.0), None),
        Owner::Case(id) => (None, Some(id.0)),
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
