//! A dispute being pursued: its events are appended, its status is computed. Pure.

pub mod brief;
pub mod capital;
pub mod clock;
pub mod dispute;
pub mod letter;
pub(crate) mod phrase;
pub mod playbook;
pub mod rules;
pub mod script;
mod trouble;

pub use brief::brief;
pub use clock::{deadlines, is_closed, status};
pub use dispute::{amount, amounts, title};
pub use letter::{addressees, letter};
pub use playbook::{default_wishes, playbook, steps, trouble_of};
pub use script::{script, script_for_police};
pub use trouble::Trouble;

use crate::detect::FlagKind;
use crate::ledger::{AttachmentId, Moment, TransactionId, row_id};
use crate::money::Money;
use crate::text::Text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

row_id!(
    /// A case in the vault.
    CaseId
);
row_id!(
    /// One event of a case.
    EventId
);

/// What the user wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Wish {
    /// The money back.
    Refund,
    /// An explanation in writing.
    Explanation,
    /// The account or card stopped.
    Freeze,
    /// The account opened again.
    Unfreeze,
    /// No further automatic charges.
    Cancel,
}

/// What was promised and by when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Promise {
    /// In the clerk's words.
    pub what: String,
    /// A civil date.
    #[ts(type = "string")]
    pub due: NaiveDate,
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Outcome {
    /// All of it came back, or the wish was met.
    Settled,
    /// Part of it.
    Partly,
    /// None of it.
    Refused,
    /// It turned out to be the user's own.
    Mine,
    /// Given up.
    Dropped,
}

/// What happened in a case. Appended, never edited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "kebab-case")]
#[ts(export)]
pub enum Happening {
    /// A call was made.
    Called {
        /// The provider's id.
        provider: String,
        /// The hotline's id.
        line: String,
        /// How long, in seconds.
        seconds: u32,
        /// Who answered (工号).
        agent: String,
        /// Ticket number.
        ticket: String,
        /// What was said.
        said: String,
        /// What was promised.
        promise: Option<Promise>,
    },
    /// A remark of the user.
    Noted {
        /// The remark.
        text: String,
    },
    /// A step of the playbook was done (or not, again).
    Stepped {
        /// The step's id.
        step: String,
        /// Done.
        done: bool,
    },
    /// A file was added.
    Attached {
        /// The attachment.
        attachment: AttachmentId,
        /// What it shows.
        label: String,
    },
    /// A letter or complaint went out.
    Sent {
        /// To whom: a provider's id.
        to: String,
        /// Through what.
        how: String,
    },
    /// An answer came.
    Answered {
        /// From whom: a provider's id.
        from: String,
        /// What it says.
        text: String,
        /// What it promises.
        promise: Option<Promise>,
    },
    /// A promise was kept, or not.
    PromiseResolved {
        /// The event that holds the promise.
        event: EventId,
        /// Kept.
        kept: bool,
    },
    /// Closed.
    Closed {
        /// How.
        outcome: Outcome,
        /// What came back.
        recovered: Option<Money>,
    },
    /// Opened again.
    Reopened,
    /// The user says that another thing went wrong than the case was opened for.
    Retold {
        /// What went wrong.
        trouble: Trouble,
    },
}

/// One event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Event {
    /// In the vault.
    pub id: EventId,
    /// When it was written down.
    #[ts(type = "string")]
    pub at: Moment,
    /// What happened.
    pub happening: Happening,
}

/// What a flag said on the day a case was opened from it: flags are looked for anew, and what a case is about stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Finding {
    /// What kind of trouble it pointed at.
    pub kind: FlagKind,
    /// What was at stake.
    pub amount: Money,
    /// What was found, with the figures.
    pub found: Text,
}

/// A dispute being pursued.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Case {
    /// In the vault.
    pub id: CaseId,
    /// When it was opened.
    #[ts(type = "string")]
    pub opened_at: Moment,
    /// The kind of trouble, as last told.
    pub trouble: Trouble,
    /// Whose statement the lines come from: a provider id.
    pub provider: String,
    /// What happened, in the user's own words; may be empty.
    pub story: String,
    /// What the user wants.
    pub wishes: Vec<Wish>,
    /// The lines in dispute.
    pub transactions: Vec<TransactionId>,
    /// Fingerprints of the flags it was opened from.
    pub flags: Vec<String>,
    /// What these flags said then; empty where other lines were added to theirs.
    pub findings: Vec<Finding>,
    /// What happened since, in time order.
    pub events: Vec<Event>,
}

impl Case {
    /// The case as it was last told: what the user said later of the trouble counts.
    pub fn as_told(mut self) -> Self {
        let told = self.events.iter().rev().find_map(|event| match &event.happening {
            Happening::Retold { trouble } => Some(*trouble),
            _ => None,
        });
        if let Some(trouble) = told {
            self.trouble = trouble;
            self.wishes = default_wishes(trouble);
        }
        self
    }
}

/// Where a case stands: computed from its events and now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum CaseStatus {
    /// Nothing was done yet.
    ToCall,
    /// Waiting for a promise that is not due yet.
    Waiting,
    /// A promise is due today.
    DueToday,
    /// A promise is past due: the next rung.
    Overdue,
    /// Told, with nothing promised.
    Told,
    /// Closed.
    Closed,
}

/// A promise still open.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Deadline {
    /// The case.
    pub case: CaseId,
    /// The event that holds the promise.
    pub event: EventId,
    /// What was promised.
    pub promise: Promise,
    /// Days from today; negative where it is past.
    pub days_left: i64,
}

/// A step of a playbook with its state in one case.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Step {
    /// Within the playbook.
    pub id: String,
    /// What to do.
    pub title: Text,
    /// How and why.
    pub detail: Text,
    /// First of all (freeze, change the password).
    pub urgent: bool,
    /// Done in this case.
    pub done: bool,
}

/// The facts of a case on one page, in the order a clerk asks for them.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Brief {
    /// One line: what is wrong.
    pub title: Text,
    /// Label and value, in the order a clerk asks.
    pub facts: Vec<Fact>,
    /// What the user wants.
    pub wishes: Vec<Text>,
}

/// One fact of a brief.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Fact {
    /// 交易时间
    pub label: Text,
    /// 2026-03-01 10:00:00
    pub value: Text,
    /// Worth a copy button: an order number.
    pub copy: bool,
}

/// To whom a letter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Addressee {
    /// The merchant: 情况说明
    Merchant,
    /// The wallet: 情况说明
    Wallet,
    /// The card's issuer: 情况说明
    Bank,
    /// The regulator: 投诉书
    Regulator,
    /// The police: 报案材料
    Police,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::ledger::{Direction, Kind, Transaction};

    pub(crate) fn moment(text: &str) -> Moment {
        Moment::parse_from_rfc3339(text).unwrap()
    }

    pub(crate) fn a_case(trouble: Trouble) -> Case {
        Case {
            id: CaseId(1),
            opened_at: moment("2026-11-21T12:00:00+08:00"),
            trouble,
            provider: "alipay".into(),
            story: String::new(),
            wishes: default_wishes(trouble),
            transactions: vec![],
            flags: vec![],
            findings: vec![],
            events: vec![],
        }
    }

    pub(crate) fn event(id: i64, happening: Happening) -> Event {
        Event { id: EventId(id), at: moment("2026-11-21T15:30:00+08:00"), happening }
    }

    pub(crate) fn called(due: Option<&str>) -> Happening {
        let promise = due.map(|due| Promise { what: "答复".into(), due: due.parse().unwrap() });
        Happening::Called {
            provider: "alipay".into(),
            line: "main".into(),
            seconds: 300,
            agent: "1024".into(),
            ticket: "T20261121001".into(),
            said: "已登记".into(),
            promise,
        }
    }

    pub(crate) fn payment(id: i64, time: &str, fen: i64) -> Transaction {
        Transaction {
            id: TransactionId(id),
            key: format!("alipay:{id}"),
            provider: "alipay".into(),
            counterparty: "青禾便利店".into(),
            item: "日用品".into(),
            method: "招商银行信用卡(1234)".into(),
            category: "日用百货".into(),
            status: "交易成功".into(),
            order_no: format!("20261121220014{id:014}"),
            merchant_order_no: format!("QH{id:08}"),
            ..Transaction::of(
                moment(&format!("2026-11-21T{time}+08:00")),
                Direction::Out,
                Kind::Purchase,
                Money::fen(fen),
            )
        }
    }
}
