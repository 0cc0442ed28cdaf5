//! What the front ends are shown. Shapes only.

use crate::call::{CallPlan, Rung};
use crate::case::{Addressee, Brief, Case, CaseId, CaseStatus, Deadline, Happening, Step, Trouble, Wish};
use crate::detect::{Flag, Setting, Sure};
use crate::directory::{NumberCheck, Trust};
pub use crate::ledger::message::{MessageReading, NewNote};
use crate::ledger::{ImportId, Moment, Transaction, TransactionId};
use crate::money::Money;
use crate::statements::{Problem, Stated};
use crate::text::{Lang, Text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use super::flags::FlagView;
pub use super::links::LinkNote;
pub use super::report::{ImportReport, ImportTotals, LinkCount};
pub use super::trash::Trashed;
pub use super::turned::{Changed, Turned};
pub use crate::vault::{Attachment, Hold, Import, Owner};
pub use crate::vault::{MappingId, SavedMapping};

/// Which of the app's doors is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Door {
    /// No vault yet: first start.
    None,
    /// A vault, locked.
    Locked,
    /// The user's own vault is open.
    Open,
    /// The demo ledger is open: in memory only, gone when left.
    Demo,
}

/// Where the app stands.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Status {
    /// Which door is open.
    pub door: Door,
    /// Settings; the defaults while locked.
    pub settings: Settings,
    /// The folder of the vault.
    pub folder: String,
    /// A convenience copy of the key lies in the system's keychain.
    pub keychain: bool,
    /// What undo would undo, and redo redo.
    pub undo: Option<Text>,
    /// See `undo`.
    pub redo: Option<Text>,
}

/// What the user chose. Kept in the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, rename_all = "snake_case")]
#[ts(export)]
pub struct Settings {
    /// `None` follows the system.
    pub lang: Option<Lang>,
    /// `system`, `light`, `dark`
    pub theme: String,
    /// Minutes of rest before the vault locks itself; 0 never.
    pub lock_after: u32,
    /// Larger type.
    pub large: bool,
    /// Amounts hidden until pointed at.
    pub veil: bool,
    /// The user's name as it stands on letters; may be empty.
    pub name: String,
    /// A phone number for letters; may be empty.
    pub phone: String,
    /// Which kinds of flags are shown, and how readily.
    pub flags: Setting,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lang: None,
            theme: "system".into(),
            lock_after: 10,
            large: false,
            veil: false,
            name: String::new(),
            phone: String::new(),
            flags: Setting::default(),
        }
    }
}

/// What will become of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Fate {
    /// Not seen before: added.
    New,
    /// Seen before, the same: nothing happens.
    Known,
    /// Seen before, with another status or refund: the newer reading is kept beside the older.
    Changed,
    /// Perhaps the same as another one without an order number: the user decides.
    Unsure,
}

/// Counts and sums of a plan's rows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Counts {
    /// Rows to be added.
    pub new: u32,
    /// Rows seen before.
    pub known: u32,
    /// Rows seen before, changed since.
    pub changed: u32,
    /// Rows the user decides on.
    pub unsure: u32,
    /// Rows that could not be read.
    pub unreadable: u32,
}

/// One file of an import plan.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct PlannedFile {
    /// Its name, without folder.
    pub file: String,
    /// Lower-case hex.
    pub sha256: String,
    /// The format's id.
    pub statement: String,
    /// The format's shape is only guessed: its rows want a second look.
    pub experimental: bool,
    /// Whose.
    pub provider: String,
    /// As the file masks it.
    pub account: String,
    /// First and last moment of its rows.
    #[ts(type = "string | null")]
    pub from: Option<Moment>,
    /// See `from`.
    #[ts(type = "string | null")]
    pub to: Option<Moment>,
    /// Rows read.
    pub read: u32,
    /// What it states of itself.
    pub stated: Stated,
    /// Our sums over the rows read, to hold beside the stated ones.
    pub income: Money,
    /// See `income`.
    pub expense: Money,
    /// See `income`.
    pub neutral: Money,
    /// What will become of the rows.
    pub counts: Counts,
    /// What could not be read, and other remarks.
    pub problems: Vec<Problem>,
    /// This very file was imported before: the batch.
    pub already: Option<ImportId>,
}

/// A file that could not be planned, and why.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct RefusedFile {
    /// Its name, without folder.
    pub file: String,
    /// Why.
    pub error: crate::Error,
    /// Its place among the files handed over, counted from 0.
    pub place: u32,
}

/// The plan of an import: shown, then executed as it is.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct ImportPlan {
    /// What `import_execute` takes.
    pub id: u32,
    /// The files that will be imported.
    pub files: Vec<PlannedFile>,
    /// Those that cannot.
    pub refused: Vec<RefusedFile>,
    /// What lies beside the statements of an archive or a mail and is none.
    pub passed_over: Vec<RefusedFile>,
}

/// One row of a plan.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct PlannedRow {
    /// Which file of the plan.
    pub file: u32,
    /// Its index within the plan's file: what a choice names.
    pub index: u32,
    /// What will become of it.
    pub fate: Fate,
    /// As it will stand in the ledger (its id is the older one's, or 0).
    pub transaction: Transaction,
    /// For `changed` and `unsure`: the one seen before.
    pub before: Option<Transaction>,
}

/// A row the user decided to leave out (or, for an unsure one, to add).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RowChoice {
    /// Which file of the plan.
    pub file: u32,
    /// Which row of it.
    pub index: u32,
    /// Add it.
    pub take: bool,
}

/// A line of the ledger as the list shows it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Line {
    /// The transaction.
    pub transaction: Transaction,
    /// How sure the strongest open flag on it is.
    pub flagged: Option<Sure>,
}

/// A page of the ledger, newest first, with sums over all that was found.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Page {
    /// How many were found in all.
    pub total: u32,
    /// Sum of what went out, by currency (own transfers and closed orders not counted).
    pub spent: Vec<Money>,
    /// Sum of what came in, by currency.
    pub received: Vec<Money>,
    /// This page.
    pub lines: Vec<Line>,
}

/// Where a transaction was read, as evidence.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct SourceRow {
    /// The file's name.
    pub file: String,
    /// Lower-case hex.
    pub sha256: String,
    /// Counted from 1.
    pub row: u32,
    /// The cells as they stood.
    pub cells: Vec<String>,
    /// When it was imported.
    #[ts(type = "string")]
    pub imported_at: Moment,
}

/// One transaction with all that hangs on it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Detail {
    /// The transaction.
    pub transaction: Transaction,
    /// Where it was read.
    pub source: Option<SourceRow>,
    /// Its refunds, its payment, the same payment elsewhere.
    pub related: Vec<Transaction>,
    /// Why those belong to it, and how sure.
    pub links: Vec<LinkNote>,
    /// Open flags on it.
    pub flags: Vec<Flag>,
    /// Cases it is disputed in.
    pub cases: Vec<CaseId>,
    /// Files on it.
    pub attachments: Vec<Attachment>,
    /// Numbers in its note and memo that are listed, contradicted or imitations.
    pub numbers: Vec<NumberCheck>,
}

/// What opens a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct NewCase {
    /// Fingerprints of flags.
    pub flags: Vec<String>,
    /// And, or instead, transactions.
    pub transactions: Vec<TransactionId>,
    /// The kind of trouble; chosen from the flags where `None`.
    pub trouble: Option<Trouble>,
    /// A provider id; from the transactions where `None`.
    pub provider: Option<String>,
    /// What the user wants; from the playbook where empty.
    pub wishes: Vec<Wish>,
    /// In the user's words.
    pub story: String,
}

/// A case in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct CaseLine {
    /// The case.
    pub case: Case,
    /// Where it stands.
    pub status: CaseStatus,
    /// One line: what is wrong.
    pub title: Text,
    /// What is at stake.
    pub amount: Option<Money>,
    /// The nearest open promise.
    pub deadline: Option<Deadline>,
}

/// A case with all that is computed from it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct CaseView {
    /// The line of the list.
    pub line: CaseLine,
    /// Its transactions.
    pub transactions: Vec<Transaction>,
    /// Its open promises.
    pub deadlines: Vec<Deadline>,
    /// Said before everything else, where waiting or a wrong step costs money.
    pub first_of_all: Option<Text>,
    /// The playbook's steps, with their state.
    pub steps: Vec<Step>,
    /// What a clerk will ask.
    pub questions: Vec<Text>,
    /// What to capture as evidence.
    pub to_capture: Vec<Text>,
    /// To whom letters make sense.
    pub addressees: Vec<Addressee>,
    /// The facts on one page.
    pub brief: Brief,
    /// Whom to call.
    pub plan: CallPlan,
    /// Files of the case and of its transactions.
    pub attachments: Vec<Attachment>,
    /// What comes next.
    pub next_rung: Vec<Rung>,
}

/// What needs the user today.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Home {
    /// Promises, the nearest first.
    pub deadlines: Vec<Deadline>,
    /// Open flags, the most serious first, at most five.
    pub flags: Vec<FlagView>,
    /// How many open flags there are.
    pub flags_total: u32,
    /// Cases not closed.
    pub cases: Vec<CaseLine>,
    /// How many transactions the ledger holds.
    pub transactions: u32,
    /// When the last backup was written.
    #[ts(type = "string | null")]
    pub backup_at: Option<Moment>,
}

/// How a number may be dialled from here.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Dialled {
    /// The system took it; otherwise the QR code is the way.
    pub handed_over: bool,
    /// `tel:` and digits.
    pub tel: String,
    /// How far the number may be trusted.
    pub trust: Trust,
}

/// An addition to a case by the user.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct NewEvent {
    /// The case.
    pub case: CaseId,
    /// What happened.
    pub happening: Happening,
}
