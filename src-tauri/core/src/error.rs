//! One error and one code for the whole core.
//!
//! A [`Code`] exists only where a front end does something different because of it. What is wrong
//! *in the data* is a value ([`crate::statements::Problem`]), not an error. No text carries personal
//! data: row numbers, column names and sizes are enough.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a front end branches on. Kebab-case on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Code {
    /// No vault is open: ask for the passphrase.
    Locked,
    /// The passphrase or recovery code opens no slot; the vault is unharmed.
    WrongPassphrase,
    /// The vault or a backup is damaged: offer the backups, touch nothing.
    Damaged,
    /// The vault was written by a newer version: ask to update the app.
    FromTheFuture,
    /// There is no vault at this place yet.
    NoVault,
    /// There is a vault already; it is never overwritten.
    VaultExists,
    /// Another process has the vault open.
    InUse,
    /// The archive wants the code the wallet sent.
    NeedsCode,
    /// The archive's code is wrong.
    WrongCode,
    /// The file's dates read either way, day or month first: ask which.
    AmbiguousDates,
    /// The file is no statement this version can read; nothing was stored.
    Unreadable,
    /// The file is larger, or unpacks to more, than is read.
    TooLarge,
    /// The user stopped it; nothing was stored.
    Cancelled,
    /// The thing asked for does not exist (any more).
    NotFound,
    /// What was typed cannot be used as it stands.
    Invalid,
    /// The disk, the file system or the operating system refused.
    Io,
    /// A defect of ours.
    Internal,
}

/// What went wrong, where, and what to do. A window shows its own words for the `code`, with the sentence in its
/// language as the small print; the command line shows the sentence.
#[derive(Debug, Clone, thiserror::Error, Serialize, TS)]
#[error("{detail}")]
#[ts(export)]
pub struct Error {
    /// What a front end branches on.
    pub code: Code,
    /// One English sentence: what was seen, where, what to do.
    pub detail: String,
    /// The same in Chinese; empty where the code alone says as much.
    pub zh: String,
}

/// The core's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error with this code and sentence, for what people do not meet.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), zh: String::new() }
    }

    /// An error that is told in both languages.
    pub fn said(code: Code, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, detail: en.into(), zh: zh.into() }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        // The path is not part of an io::Error; its kind says enough.
        Self::new(Code::Io, format!("the operating system refused: {error}"))
    }
}
