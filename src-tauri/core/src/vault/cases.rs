//! Cases, their events, and what the user said of flags.

use super::connection::failure;
use super::words::{flag_kind, json, moment, money, unjson, unmoment, unword, word};
use super::{CaseId, EventId, Result, Ruling, TransactionId, Vault};
use crate::case::{Case, Event, Happening};
use crate::ledger::Moment;
use crate::{Code, Error};
use rusqlite::{Connection, named_params};
use std::collections::HashMap;

impl Vault {
    /// The live cases with their live events in the order they were appended, oldest case first.
    pub fn cases(&self) -> Result<Vec<Case>> {
        let live = self.all_cases("SELECT * FROM dispute WHERE trashed_at IS NULL ORDER BY id")?;
        Ok(live.into_iter().map(|(case, _)| case).collect())
    }

    /// The cases in the trash, and since when they lie there.
    pub(super) fn trashed_cases(&self) -> Result<Vec<(Case, Moment)>> {
        let all = self.all_cases("SELECT * FROM dispute WHERE trashed_at IS NOT NULL ORDER BY id")?;
        Ok(all.into_iter().filter_map(|(case, since)| Some((case, since?))).collect())
    }

    fn all_cases(&self, sql: &str) -> Result<Vec<(Case, Option<Moment>)>> {
        let mut events = self.events()?;
        let mut transactions = self.disputed()?;
        let mut statement = self.connection.prepare_cached(sql).map_err(failure)?;
        let mut rows = statement.query([]).map_err(failure)?;
        let mut cases = Vec::new();
        while let Some(row) = rows.next().map_err(failure)? {
            let id = CaseId(row.get("id").map_err(failure)?);
            let text = |column: &str| row.get::<_, String>(column).map_err(failure);
            let trashed_at: Option<String> = row.get("trashed_at").map_err(failure)?;
            let case = Case {
                id,
                opened_at: unmoment(&text("opened_at")?)?,
                trouble: unword(&text("trouble")?)?,
                provider: text("provider")?,
                story: text("story")?,
                wishes: unjson(&text("wishes")?)?,
                transactions: transactions.remove(&id).unwrap_or_default(),
                flags: unjson(&text("flags")?)?,
                findings: unjson(&text("findings")?)?,
                events: events.remove(&id).unwrap_or_default(),
            };
            cases.push((case.as_told(), trashed_at.map(|at| unmoment(&at)).transpose()?));
        }
        Ok(cases)
    }

    fn events(&self) -> Result<HashMap<CaseId, Vec<Event>>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT id, dispute_id, at, happening FROM event WHERE trashed_at IS NULL ORDER BY id",
            )
            .map_err(failure)?;
        let mut rows = statement.query([]).map_err(failure)?;
        let mut events: HashMap<_, Vec<_>> = HashMap::new();
        while let Some(row) = rows.next().map_err(failure)? {
            events.entry(CaseId(row.get("dispute_id").map_err(failure)?)).or_default().push(Event {
                id: EventId(row.get("id").map_err(failure)?),
                at: unmoment(&row.get::<_, String>("at").map_err(failure)?)?,
                happening: unjson(&row.get::<_, String>("happening").map_err(failure)?)?,
            });
        }
        Ok(events)
    }

    fn disputed(&self) -> Result<HashMap<CaseId, Vec<TransactionId>>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT dispute_id, transaction_id FROM dispute_transaction ORDER BY dispute_id, position",
            )
            .map_err(failure)?;
        let mut rows = statement.query([]).map_err(failure)?;
        let mut disputed: HashMap<_, Vec<_>> = HashMap::new();
        while let Some(row) = rows.next().map_err(failure)? {
            let case = CaseId(row.get("dispute_id").map_err(failure)?);
            let transaction = TransactionId(row.get("transaction_id").map_err(failure)?);
            disputed.entry(case).or_default().push(transaction);
        }
        Ok(disputed)
    }

    /// Stores a case (its `id` and `events` are ignored). `NotFound` where a transaction of it is not there.
    pub fn open_case(&mut self, case: &Case) -> Result<CaseId> {
        let (trouble, wishes, flags) = (word(&case.trouble)?, json(&case.wishes)?, json(&case.flags)?);
        let findings = json(&case.findings)?;
        let writing = self.connection.transaction().map_err(failure)?;
        let id = writing
            .prepare_cached(
                "INSERT INTO dispute (opened_at, trouble, provider, story, wishes, flags, findings)
                 VALUES (:opened_at, :trouble, :provider, :story, :wishes, :flags, :findings)",
            )
            .and_then(|mut statement| {
                statement.insert(named_params! {
                    ":opened_at": moment(case.opened_at),
                    ":trouble": trouble,
                    ":provider": case.provider,
                    ":story": case.story,
                    ":wishes": wishes,
                    ":flags": flags,
                    ":findings": findings,
                })
            })
            .map_err(failure)?;
        for (position, transaction) in (0_i64..).zip(&case.transactions) {
            expect_transaction(&writing, *transaction)?;
            writing
                .execute(
                    "INSERT INTO dispute_transaction (dispute_id, position, transaction_id)
                     VALUES (:dispute, :position, :transaction)",
                    named_params! {
                        ":dispute": id, ":position": position, ":transaction": transaction.0,
                    },
                )
                .map_err(failure)?;
        }
        writing.commit().map_err(failure)?;
        Ok(CaseId(id))
    }

    /// Appends an event. `NotFound` where there is no such case.
    pub fn append(&mut self, case: CaseId, at: Moment, happening: &Happening) -> Result<EventId> {
        let happening = json(happening)?;
        self.connection
            .prepare_cached(
                "INSERT INTO event (dispute_id, at, happening) VALUES (:dispute, :at, :happening)",
            )
            .and_then(|mut statement| {
                statement.insert(named_params! {
                    ":dispute": case.0, ":at": moment(at), ":happening": happening,
                })
            })
            .map(EventId)
            .map_err(failure)
    }

    /// What the user said of flags. Those of kinds this version does not know rest unread.
    pub fn rulings(&self) -> Result<Vec<Ruling>> {
        let mut statement =
            self.connection.prepare_cached("SELECT * FROM ruling ORDER BY flag").map_err(failure)?;
        let mut rows = statement.query([]).map_err(failure)?;
        let mut rulings = Vec::new();
        while let Some(row) = rows.next().map_err(failure)? {
            let text = |column: &str| row.get::<_, String>(column).map_err(failure);
            let Some(kind) = flag_kind(&text("kind")?) else { continue };
            let at: Option<String> = row.get("at").map_err(failure)?;
            rulings.push(Ruling {
                flag: text("flag")?,
                kind,
                counterparty: text("counterparty")?,
                account: text("account")?,
                verdict: unword(&text("verdict")?)?,
                amount: money(row.get("amount_minor").map_err(failure)?, &text("currency")?)?,
                at: at.as_deref().map(unmoment).transpose()?,
            });
        }
        Ok(rulings)
    }
}

/// `NotFound` where no transaction has this id: it is the id of a transaction's first reading.
pub(super) fn expect_transaction(connection: &Connection, id: TransactionId) -> Result<()> {
    let found = connection
        .prepare_cached("SELECT 1 FROM reading WHERE id = :id AND transaction_id = :id")
        .and_then(|mut statement| statement.exists(named_params! { ":id": id.0 }))
        .map_err(failure)?;
    if found { Ok(()) } else { Err(Error::new(Code::NotFound, "there is no such transaction")) }
}

/// Stores what the user said of a flag, or forgets it.
pub(super) fn set_ruling(connection: &Connection, flag: &str, ruling: Option<&Ruling>) -> Result<()> {
    let Some(ruling) = ruling else {
        connection
            .execute("DELETE FROM ruling WHERE flag = :flag", named_params! { ":flag": flag })
            .map_err(failure)?;
        return Ok(());
    };
    let (kind, verdict) = (word(&ruling.kind)?, word(&ruling.verdict)?);
    connection
        .execute(
            "INSERT OR REPLACE INTO ruling (flag, kind, counterparty, account, verdict, amount_minor, currency, at)
             VALUES (:flag, :kind, :counterparty, :account, :verdict, :amount_minor, :currency, :at)",
            named_params! {
                ":flag": flag,
                ":kind": kind,
                ":counterparty": ruling.counterparty,
                ":account": ruling.account,
                ":verdict": verdict,
                ":amount_minor": ruling.amount.minor,
                ":currency": ruling.amount.currency.code(),
                ":at": ruling.at.map(moment),
            },
        )
        .map_err(failure)?;
    Ok(())
}
