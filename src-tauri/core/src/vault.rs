//! The encrypted database beside its authenticated header; the only SQL of the app.

use crate::case::{Case, CaseId, EventId, Happening};
use crate::detect::Ruling;
use crate::ledger::{AttachmentId, ImportId, Moment, Transaction, TransactionId};
use crate::statements::{Draft, Problem};
use crate::{Code, Error, Result};
use serde::{Deserialize, Serialize};
use std::path::Path;
use ts_rs::TS;
use zeroize::Zeroizing;

/// What the passphrase costs to try: Argon2id's parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// What the app uses: 64 MiB, three passes, one lane.
    pub const USUAL: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };
    /// For tests only: as little as Argon2id takes.
    pub const LOW: Self = Self { memory_kib: 8, passes: 1, lanes: 1 };
}

/// What opens a vault.
pub enum Secret<'a> {
    /// The user's passphrase, as typed.
    Passphrase(&'a str),
    /// The recovery code, as typed.
    Recovery(&'a str),
    /// The key the system's keychain keeps.
    Keychain(&'a [u8; 32]),
}

/// A recovery code, to be shown once: six groups of five symbols. Wiped when dropped.
pub struct RecoveryCode(Zeroizing<String>);

impl RecoveryCode {
    /// The code as the user writes it down.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

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
#[derive(Debug, Clone)]
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
    /// The rows to store, in file order.
    pub rows: Vec<NewRow<'a>>,
}

/// One row of a [`NewImport`].
#[derive(Debug, Clone)]
pub struct NewRow<'a> {
    /// The row as read.
    pub draft: &'a Draft,
    /// The transaction's stable identity ([`Transaction::key`]).
    pub key: String,
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
    /// Seen before with other facts: the newer reading is kept beside the older.
    Changed(TransactionId),
}

/// An import as the vault keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportRecord {
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
    pub at: Moment,
    /// The count the file itself states.
    pub stated_count: Option<u32>,
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

/// An open vault. Dropping it locks it.
pub struct Vault {}

const NOT_YET: &str = "not written yet";

impl Vault {
    /// Makes a new vault in `folder` (made if missing, private to the user) and opens it. `VaultExists`
    /// where there is one; `Invalid` for an empty passphrase.
    pub fn create(folder: &Path, passphrase: &str, cost: Cost, now: Moment) -> Result<(Self, RecoveryCode)> {
        let _ = (folder, passphrase, cost, now);
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// A vault in memory only: nothing on disk, gone when dropped.
    pub fn in_memory() -> Result<Self> {
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// There is a vault (or what is left of one) in `folder`.
    pub fn exists(folder: &Path) -> bool {
        folder.join("vault.hdr").exists()
    }

    /// Opens the vault in `folder`. `NoVault`, `WrongPassphrase` (nothing was written), `Invalid` (a
    /// mistyped recovery code), `Damaged`, `FromTheFuture`, `InUse` or `Io`.
    pub fn unlock(folder: &Path, secret: Secret<'_>, now: Moment) -> Result<Self> {
        let _ = (folder, secret, now);
        Err(Error::new(Code::Internal, NOT_YET))
    }
    /// Replaces the passphrase; `WrongPassphrase` where `old` is not it.
    pub fn change_passphrase(&mut self, old: &str, new: &str, cost: Cost) -> Result<()> {
        let _ = (old, new, cost);
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// Sets a new passphrase without the old one: for a vault opened with its recovery code.
    pub fn set_passphrase(&mut self, new: &str, cost: Cost) -> Result<()> {
        let _ = (new, cost);
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// Replaces the recovery code; the old one opens nothing any more. `WrongPassphrase` where it is not the passphrase.
    pub fn new_recovery_code(&mut self, passphrase: &str) -> Result<RecoveryCode> {
        let _ = (passphrase,);
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// Adds (or replaces) the keychain slot; what is returned belongs into the keychain.
    pub fn add_keychain_slot(&mut self) -> Result<Zeroizing<[u8; 32]>> {
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// Removes the keychain slot; the others stay as they are.
    pub fn remove_keychain_slot(&mut self) -> Result<()> {
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// A keychain slot stands in the header of the vault in `folder`.
    pub fn has_keychain_slot(folder: &Path) -> bool {
        let _ = folder;
        false
    }

    /// Locks: all is written into the database file, the key is wiped. Dropping does the same but cannot report.
    pub fn close(self) -> Result<()> {
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// Looks at every page: what is wrong, one sentence each; empty where all is well.
    pub fn check(&self) -> Result<Vec<String>> {
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// The database was older than its header at opening: an older copy was put back.
    pub fn older_than_last_seen(&self) -> bool {
        false
    }

    /// Writes the whole vault into one encrypted file, verified before it gets its name. Opens with the same secrets.
    pub fn backup(&self, to: &Path, now: Moment) -> Result<()> {
        let _ = (to, now);
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// Opens a backup as the vault of `folder`, after verifying all of it. A vault that stands there is kept in a dated sub-folder.
    pub fn restore(from: &Path, folder: &Path, secret: Secret<'_>, now: Moment) -> Result<Self> {
        let _ = (from, folder, secret, now);
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// When the last backup was written.
    pub fn last_backup_at(&self) -> Result<Option<Moment>> {
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// The live transactions in time order, `note` joined, `refunded` as read, `refund_of` and `linked` empty.
    pub fn transactions(&self) -> Result<Vec<Transaction>> {
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// The live imports, oldest first.
    pub fn imports(&self) -> Result<Vec<ImportRecord>> {
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// The live import of this very file.
    pub fn import_by_sha256(&self, sha256: &str) -> Result<Option<ImportId>> {
        let _ = (sha256,);
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// Where the current facts of a transaction were read: batch, row, and its cells as a JSON array. `None` for a typed one.
    pub fn raw_row(&self, transaction: TransactionId) -> Result<Option<(ImportId, u32, String)>> {
        let _ = (transaction,);
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// Stores all files in one transaction. `progress` hears the rows stored so far and stops it by `false`: `Cancelled`, nothing stored.
    pub fn execute(
        &mut self,
        files: &[NewImport<'_>],
        now: Moment,
        progress: &mut dyn FnMut(u64) -> bool,
    ) -> Result<Vec<ImportId>> {
        let _ = (files, now, progress);
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// Stores a transaction typed by hand (its `id`, `source`, `refund_of` and `linked` are ignored; its note is kept).
    pub fn insert_typed(&mut self, transaction: &Transaction) -> Result<TransactionId> {
        let _ = (transaction,);
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// What the user said of flags.
    pub fn rulings(&self) -> Result<Vec<Ruling>> {
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// The live cases with their live events in the order they were appended, oldest case first.
    pub fn cases(&self) -> Result<Vec<Case>> {
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// Stores a case (its `id` and `events` are ignored).
    pub fn open_case(&mut self, case: &Case) -> Result<CaseId> {
        let _ = (case,);
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// Appends an event. `NotFound` where there is no such case.
    pub fn append(&mut self, case: CaseId, at: Moment, happening: &Happening) -> Result<EventId> {
        let _ = (case, at, happening);
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// Stores a file byte for byte. `NotFound` where the owner is not there.
    pub fn attach(
        &mut self,
        owner: Owner,
        name: &str,
        media: &str,
        bytes: &[u8],
        now: Moment,
    ) -> Result<AttachmentId> {
        let _ = (owner, name, media, bytes, now);
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// The live attachments of one owner, oldest first.
    pub fn attachments(&self, owner: Owner) -> Result<Vec<Attachment>> {
        let _ = (owner,);
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// The bytes of an attachment; `Damaged` where they do not match their hash.
    pub fn attachment_bytes(&self, id: AttachmentId) -> Result<Vec<u8>> {
        let _ = (id,);
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// Applies changes in one transaction: all or none. `NotFound` where one names what is not there.
    pub fn apply(&mut self, changes: &[Change]) -> Result<()> {
        let _ = (changes,);
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// A setting.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        let _ = (key,);
        Err(Error::new(Code::Internal, NOT_YET))
    }

    /// Sets a setting.
    pub fn set_setting(&mut self, key: &str, value: &str) -> Result<()> {
        let _ = (key, value);
        Err(Error::new(Code::Internal, NOT_YET))
    }
}

/// No core dumps of this process: an unlocked vault is readable in memory. Front ends call it first.
pub fn forbid_core_dumps() -> Result<()> {
    Err(Error::new(Code::Internal, NOT_YET))
}
