//! The encrypted database beside its authenticated header; the only SQL of the app.

mod attachments;
mod backup;
mod calls;
mod cases;
mod changes;
mod connection;
mod current;
mod folder;
mod header;
mod imports;
mod inserting;
mod key;
mod keys;
mod mappings;
mod packed;
mod readings;
mod recovery_sheet;
mod schema;
mod slots;
mod storing;
#[cfg(test)]
mod tests;
mod trash;
mod words;

pub use imports::{Became, Stored};
pub use key::{Cost, RecoveryCode, Secret, forbid_core_dumps};
pub use mappings::{MappingId, SavedMapping};
pub use trash::{Hold, InTrash, Remains};

use crate::case::{CaseId, EventId};
use crate::detect::Ruling;
use crate::ledger::identity::Key;
use crate::ledger::{AttachmentId, ImportId, Moment, TransactionId};
use crate::statements::packed::Packed;
use crate::statements::{Problem, RawLine};
use crate::{Code, Error, Result};
use connection::{failure, pragma};
use folder::{DATABASE, Folder, HEADER, NEW_DATABASE, NEW_HEADER};
use header::Header;
use key::{Slot, VaultKey};
use packed::Words;
use rusqlite::{Connection, named_params};
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::path::Path;
use ts_rs::TS;

/// What an attachment belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", content = "id", rename_all = "kebab-case")]
#[ts(export)]
pub enum Owner {
    /// A transaction.
    Transaction(TransactionId),
    /// A case.
    Case(CaseId),
}

/// A stored file.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Attachment {
    /// In the vault.
    pub id: AttachmentId,
    /// The user's name for it.
    pub name: String,
    /// Media type, found from the bytes.
    pub media: String,
    /// Bytes.
    pub size: u64,
    /// Lower-case hex.
    pub sha256: String,
    /// When it was stored.
    #[ts(type = "string")]
    pub at: Moment,
}

/// A file whose rows are to be stored as one import.
pub struct NewImport<'a> {
    /// Its name, without folder.
    pub file: &'a str,
    /// Lower-case hex.
    pub sha256: &'a str,
    /// Bytes.
    pub size: u64,
    /// The format's id.
    pub statement: &'a str,
    /// A provider id.
    pub provider: &'a str,
    /// As the file masks it; empty where it names none.
    pub account: &'a str,
    /// The count the file itself states.
    pub stated_count: Option<u32>,
    /// What could not be read, and other remarks.
    pub problems: &'a [Problem],
    /// The lines of what could not be read.
    pub unread: &'a [RawLine],
    /// What the plan said of it, as JSON.
    pub totals: &'a str,
    /// The rows to store, in file order: read once, and held one at a time.
    pub rows: Box<dyn Iterator<Item = NewRow<'a>> + 'a>,
}

/// One row of a [`NewImport`].
#[derive(Debug, Clone)]
pub struct NewRow<'a> {
    /// The row as read.
    pub packed: Packed<'a>,
    /// The transaction's stable identity ([`Transaction::key`](crate::ledger::Transaction::key)).
    pub key: Key,
    /// Where it goes.
    pub place: Placement,
}

/// Where a row of an import goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// Not seen before.
    New,
    /// Seen before with the same facts: only that it was seen here too is stored.
    Known(TransactionId),
    /// The same as an earlier row of this very execution: only that it was seen here too is stored.
    Again,
    /// An earlier row of this very execution with other facts: the newer reading is kept beside the older.
    AgainChanged,
    /// Seen before with other facts: the newer reading is kept beside the older.
    Changed(TransactionId),
}

/// A batch of rows read from one file.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Import {
    /// In the vault.
    pub id: ImportId,
    /// The file's name.
    pub file: String,
    /// Lower-case hex.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// The format's id.
    pub statement: String,
    /// A provider id.
    pub provider: String,
    /// As the file masks it; empty where it names none.
    pub account: String,
    /// When it was imported.
    #[ts(type = "string")]
    pub at: Moment,
    /// The count the file itself states.
    pub stated: Option<u32>,
    /// What could not be read, and other remarks.
    pub problems: Vec<Problem>,
    /// Rows stored from it.
    pub read: u32,
    /// Rows whose facts no earlier import had: new and changed ones.
    pub added: u32,
    /// Rows seen before.
    pub known: u32,
}

/// A thing that can be put into the trash, and taken out again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", content = "id", rename_all = "kebab-case")]
#[ts(export)]
pub enum Thing {
    /// A typed transaction (imported ones go with their import).
    Transaction(TransactionId),
    /// A whole import.
    Import(ImportId),
    /// A case.
    Case(crate::case::CaseId),
    /// One event of a case.
    Event(crate::case::EventId),
    /// An attachment.
    Attachment(AttachmentId),
}

/// One reversible change of a stored value. What the user does is a list of these, applied in one
/// transaction; undo applies the inverses in reverse order.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// The user's note on a transaction.
    Note {
        /// On this one.
        transaction: TransactionId,
        /// What it said.
        before: String,
        /// What it says.
        after: String,
    },
    /// What the user said of a flag.
    Ruling {
        /// The flag's fingerprint.
        flag: String,
        /// What they had said.
        before: Option<Ruling>,
        /// What they say.
        after: Option<Ruling>,
    },
    /// Into the trash (`after` is when) or out of it.
    Trash {
        /// This.
        thing: Thing,
        /// Since when it lay there.
        before: Option<Moment>,
        /// Since when it lies there.
        after: Option<Moment>,
    },
}

impl Change {
    /// The change that undoes this one.
    pub fn inverse(self) -> Self {
        match self {
            Self::Note { transaction, before, after } => {
                Self::Note { transaction, before: after, after: before }
            }
            Self::Ruling { flag, before, after } => Self::Ruling { flag, before: after, after: before },
            Self::Trash { thing, before, after } => Self::Trash { thing, before: after, after: before },
        }
    }
}

/// An open vault. Dropping it locks it: what is in the log goes into the file, the key is wiped.
pub struct Vault {
    // Closed before the folder is given up.
    connection: Connection,
    home: Option<Home>,
    older_than_last_seen: bool,
    /// What packed readings refer to; empty until it is asked for.
    words: OnceCell<Words>,
}

/// Where a vault on disk lives, and how it is opened the next time.
struct Home {
    folder: Folder,
    header: Header,
    key: VaultKey,
}

impl Vault {
    /// Makes a new vault in `folder` (made if missing, private to the user) and opens it. `VaultExists`
    /// where there is one; `Invalid` for an empty passphrase.
    pub fn create(folder: &Path, passphrase: &str, cost: Cost, now: Moment) -> Result<(Self, RecoveryCode)> {
        slots::expect_passphrase(passphrase)?;
        let exists = || {
            Error::said(
                Code::VaultExists,
                "这个文件夹里已有保险库，没有动它；请换一个位置，或直接打开它",
                "there is a vault in this folder; it is left alone",
            )
        };
        if Self::exists(folder) {
            return Err(exists());
        }
        let folder = Folder::make(folder)?;
        // Another process may have been quicker, or a creation cut short was just finished.
        if folder.file(HEADER).exists() || folder.file(DATABASE).exists() {
            return Err(exists());
        }
        folder.sweep()?;

        let key = VaultKey::random()?;
        let code = RecoveryCode::random()?;
        let mut header = Header::new(&key)?;
        header.put(Slot::seal(&key, &Secret::Passphrase(passphrase), cost, header.vault_id())?);
        header.put(Slot::seal(&key, &Secret::Recovery(code.as_str()), Cost::NONE, header.vault_id())?);

        let path = folder.file(NEW_DATABASE);
        folder::write_new(&path, &[])?;
        let mut connection = connection::open(&path, &key)?;
        schema::migrate(&mut connection, None, schema::MIGRATIONS)?;
        found(&connection, &header)?;
        connection.close().map_err(|(_, error)| failure(error))?;
        std::fs::File::open(&path)?.sync_all()?;
        folder::write_new(&folder.file(NEW_HEADER), &header.to_bytes(&key)?)?;
        folder.install(&format!("replaced-{}", now.format("%Y%m%d-%H%M%S")))?;
        Ok((Self::enter(folder, header, key)?, code))
    }

    /// A vault in memory only: nothing on disk, gone when dropped.
    pub fn in_memory() -> Result<Self> {
        let mut connection = connection::open_in_memory()?;
        schema::migrate(&mut connection, None, schema::MIGRATIONS)?;
        found(&connection, &Header::new(&VaultKey::random()?)?)?;
        Ok(Self { connection, home: None, older_than_last_seen: false, words: OnceCell::new() })
    }

    /// There is a vault (or what is left of one) in `folder`.
    pub fn exists(folder: &Path) -> bool {
        folder::holds_vault(folder)
    }

    /// Opens the vault in `folder`. `NoVault`, `WrongPassphrase` (nothing was written), `Invalid` (a
    /// mistyped recovery code), `Damaged`, `FromTheFuture`, `InUse` or `Io`.
    pub fn unlock(folder: &Path, secret: Secret<'_>, now: Moment) -> Result<Self> {
        // Unlocking leaves no dated trace yet; `now` is what a future record of it will need.
        let _ = now;
        if !Self::exists(folder) {
            return Err(header::no_vault());
        }
        let folder = Folder::claim(folder)?;
        let header = Header::read(&folder.file(HEADER)).map_err(|error| match error.code {
            Code::NoVault => Error::new(Code::Damaged, "the vault's header file is gone; restore a backup"),
            _ => error,
        })?;
        let key = header.open(&secret)?;
        Self::enter(folder, header, key)
    }

    /// Opens the database of a folder under its key, and counts this unlock.
    fn enter(folder: Folder, mut header: Header, key: VaultKey) -> Result<Self> {
        let path = folder.file(DATABASE);
        if !path.exists() {
            return Err(Error::new(Code::Damaged, "the vault's database file is gone; restore a backup"));
        }
        let mut connection = connection::open(&path, &key)?;
        if schema::version(&connection, schema::MIGRATIONS)? == 0 {
            return Err(Error::new(Code::Damaged, "the vault's database file is empty; restore a backup"));
        }
        schema::migrate(&mut connection, Some(&path), schema::MIGRATIONS)?;
        let (vault_id, epoch): ([u8; 16], i64) = connection
            .query_row("SELECT vault_id, epoch FROM vault", [], |row| {
                Ok((row.get("vault_id")?, row.get("epoch")?))
            })
            .map_err(failure)?;
        if &vault_id != header.vault_id() {
            return Err(Error::new(
                Code::Damaged,
                "the database belongs to another header; restore a backup",
            ));
        }
        let epoch = u64::try_from(epoch).unwrap_or(0);
        let older_than_last_seen = epoch < header.epoch();
        let next = epoch.max(header.epoch()).saturating_add(1);
        connection
            .execute(
                "UPDATE vault SET epoch = :epoch",
                named_params! { ":epoch": i64::try_from(next).unwrap_or(i64::MAX) },
            )
            .map_err(failure)?;
        header.set_epoch(next);
        header.write(&folder.file(HEADER), &key)?;
        let home = Some(Home { folder, header, key });
        Ok(Self { connection, home, older_than_last_seen, words: OnceCell::new() })
    }

    fn home(&self) -> Result<&Home> {
        let detail = "a vault in memory has no passphrase and no backup";
        self.home.as_ref().ok_or_else(|| Error::new(Code::Invalid, detail))
    }

    /// Locks: all is written into the database file, the key is wiped. Dropping does the same but cannot
    /// report.
    pub fn close(self) -> Result<()> {
        self.checkpoint()
    }

    fn checkpoint(&self) -> Result<()> {
        if self.home.is_some()
            && pragma::<i64>(&self.connection, "wal_checkpoint(TRUNCATE)", None)? == Some(1)
        {
            return Err(Error::new(Code::InUse, "another program has the database open"));
        }
        Ok(())
    }

    /// Looks at every page: what is wrong, one sentence each; empty where all is well.
    pub fn check(&self) -> Result<Vec<String>> {
        self.checkpoint()?;
        let mut problems = connection::problems(&self.connection)?;
        if let Some(home) = &self.home {
            match Header::read(&home.folder.file(HEADER)) {
                Ok(header) if header.limping => problems.push("one copy of the header is damaged".into()),
                Ok(header) if header.epoch() != home.header.epoch() => {
                    problems.push("the header was replaced while the vault was open".into());
                }
                Ok(_) => {}
                Err(error) => problems.push(error.detail),
            }
        }
        if self.older_than_last_seen {
            problems.push("the database is older than when the vault was last opened".into());
        }
        Ok(problems)
    }

    /// The database was older than its header at opening: an older copy was put back.
    pub fn older_than_last_seen(&self) -> bool {
        self.older_than_last_seen
    }
}

impl Drop for Vault {
    fn drop(&mut self) {
        // `close` reports; here the log stays beside the file, encrypted, and is read at the next opening.
        let _ = self.checkpoint();
    }
}

/// Writes into a new database whose it is.
fn found(connection: &Connection, header: &Header) -> Result<()> {
    connection
        .execute(
            "INSERT INTO vault (id, vault_id, epoch) VALUES (1, :vault_id, 1)",
            named_params! { ":vault_id": header.vault_id() },
        )
        .map_err(failure)?;
    Ok(())
}
