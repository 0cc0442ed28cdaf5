//! What was deleted: shown, put back, or deleted for good.

use super::views::Status;
use super::{App, gone};
use crate::case::{self, Happening};
use crate::error::Result;
use crate::ledger::Moment;
use crate::money::Money;
use crate::text::Text;
use crate::vault::{Change, Hold, InTrash, Remains, Thing};
use serde::Serialize;
use ts_rs::TS;

/// A thing in the trash.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Trashed {
    /// Which.
    pub thing: Thing,
    /// Since when it lies there.
    #[ts(type = "string")]
    pub since: Moment,
    /// Why it cannot be deleted for good; `None` where it can.
    pub held: Option<Hold>,
    /// The counterparty, the file's name, or the case's title.
    pub label: Text,
    /// When it happened or was made.
    #[ts(type = "string")]
    pub at: Moment,
    /// Of a transaction.
    pub amount: Option<Money>,
    /// Of an import: rows stored from it.
    pub rows: Option<u32>,
    /// Of a file, in bytes.
    #[ts(type = "number | null")]
    pub size: Option<u64>,
    /// Of an event.
    pub happening: Option<Happening>,
}

impl App {
    /// All that lies in the trash, the last thrown away first; also after the lock, which undo does not survive.
    pub fn trashed(&self) -> Result<Vec<Trashed>> {
        let opened = self.opened()?;
        Ok(opened.vault.trashed()?.into_iter().map(|one| self.trashed_view(one)).collect())
    }

    fn trashed_view(&self, InTrash { thing, since, held, remains }: InTrash) -> Trashed {
        let same = |words: String| Text::new(words.clone(), words);
        let mut view = Trashed {
            thing,
            since,
            held,
            label: Text::default(),
            at: since,
            amount: None,
            rows: None,
            size: None,
            happening: None,
        };
        match remains {
            Remains::Transaction { counterparty, amount, at } => {
                (view.label, view.at, view.amount) = (same(counterparty), at, Some(amount));
            }
            Remains::Import { file, rows, at } => {
                (view.label, view.at, view.rows) = (same(file), at, Some(rows));
            }
            Remains::Case(case) => {
                let transactions = self.opened().map(|opened| opened.transactions(&case.transactions));
                let transactions = transactions.unwrap_or_default();
                (view.label, view.at) = (case::title(&case, &transactions), case.opened_at);
            }
            Remains::Event { case, event } => {
                let case = self.opened().and_then(|opened| {
                    let case = opened.case(case)?;
                    Ok(case::title(case, &opened.transactions(&case.transactions)))
                });
                (view.label, view.at) = (case.unwrap_or_default(), event.at);
                view.happening = Some(event.happening);
            }
            Remains::Attachment(file) => {
                (view.label, view.at, view.size) = (same(file.name), file.at, Some(file.size));
            }
        }
        view
    }

    /// Takes a thing out of the trash; undo puts it back there.
    pub fn put_back(&mut self, thing: Thing, now: Moment) -> Result<Status> {
        let opened = self.opened_mut()?;
        let lying = opened.vault.trashed()?.into_iter().find(|one| one.thing == thing);
        let since = lying.ok_or_else(|| gone("thing in the trash"))?.since;
        let changes = vec![Change::Trash { thing, before: Some(since), after: None }];
        opened.apply(&changes, now)?;
        opened.journal.record(Text::new("从回收站放回", "putting back from the trash"), changes);
        self.status()
    }

    /// Deletes a thing in the trash for good. Undo forgets it too.
    pub fn purge(&mut self, thing: Thing) -> Result<Status> {
        let opened = self.opened_mut()?;
        let gone = opened.vault.purge(thing)?;
        opened.journal.forget(&gone);
        self.status()
    }
}
