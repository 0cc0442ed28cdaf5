//! The encrypted database beside its authenticated header; the only SQL of the app.

use crate::detect::Ruling;
use crate::ledger::{AttachmentId, ImportId, Moment, TransactionId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
