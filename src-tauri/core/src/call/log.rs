//! What the user wrote down of calls: who called and wanted what, how long a line took to answer, when to be
//! reminded, and numbers they know themselves. Facts, as the vault keeps them.

use super::wanted::Asked;
use crate::case::CaseId;
use crate::ledger::{Moment, row_id};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

row_id!(
    /// A caller written down.
    CallerId
);
row_id!(
    /// A number the user knows.
    OwnNumberId
);
row_id!(
    /// A reminder of a call.
    ReminderId
);

/// A number that called, texted or was found, and what was wanted.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Caller {
    /// In the vault.
    pub id: CallerId,
    /// When it was written down.
    #[ts(type = "string")]
    pub at: Moment,
    /// As pasted; card numbers masked.
    pub text: String,
    /// Whom the caller claimed to be: a provider id, or empty.
    pub claimed: String,
    /// What was asked for.
    pub asked: Vec<Asked>,
    /// In the user's own words.
    pub note: String,
    /// The case it belongs to.
    pub case: Option<CaseId>,
}

/// A caller to be written down.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct NewCaller {
    /// The number, or the whole message.
    pub text: String,
    /// A provider id or alias; empty where nobody was named.
    pub claimed: String,
    /// What was asked for.
    pub asked: Vec<Asked>,
    /// In the user's own words.
    pub note: String,
    /// The case to put it in.
    pub case: Option<CaseId>,
}

/// A number the user knows: marked as theirs everywhere, never shown as official.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct OwnNumber {
    /// In the vault.
    pub id: OwnNumberId,
    /// Whose: a provider id.
    pub provider: String,
    /// As typed.
    pub number: String,
    /// What it is for, in the user's words.
    pub label: String,
    /// When it was added.
    #[ts(type = "string")]
    pub added_at: Moment,
}

/// How long the user waited for an answer on a line.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Wait {
    /// The provider's id.
    pub provider: String,
    /// The hotline's id within the provider.
    pub line: String,
    /// When the call was made.
    #[ts(type = "string")]
    pub at: Moment,
    /// Until someone answered.
    pub seconds: u32,
}

/// A call the user wants to be reminded of.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct CallReminder {
    /// In the vault.
    pub id: ReminderId,
    /// The provider's id.
    pub provider: String,
    /// The hotline's id within the provider.
    pub line: String,
    /// When to be told.
    #[ts(type = "string")]
    pub at: Moment,
}
