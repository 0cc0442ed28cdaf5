//! What belongs to a transaction, said in words: the payment of a refund, the same payment in another source.

use super::App;
use super::opened::Opened;
use crate::error::Result;
use crate::ledger::link::{Rule, Sureness, link_text};
use crate::ledger::{Transaction, TransactionId};
use crate::text::Text;
use serde::Serialize;
use ts_rs::TS;

/// One link of a transaction, seen from it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct LinkNote {
    /// The row at the other end.
    pub other: TransactionId,
    /// By which rule.
    pub rule: Rule,
    /// How sure.
    pub sure: Sureness,
    /// The word for how sure it is.
    pub how_sure: Text,
    /// What the other row is to this one, where it stands, and what agrees.
    pub text: Text,
}

impl App {
    /// The links of a transaction, the surest first.
    ///
    /// # Errors
    /// `NotFound` where there is no such transaction, `Locked`.
    pub fn links(&self, id: TransactionId) -> Result<Vec<LinkNote>> {
        let opened = self.opened()?;
        opened.transaction(id)?;
        let mut notes = Vec::new();
        for link in opened.links.of(id) {
            let forward = link.from == id;
            let other = if forward { link.to } else { link.from };
            let text = link_text(link, forward, &self.place_of(opened.transaction(other)?));
            let how_sure = link.sure.word();
            notes.push(LinkNote { other, rule: link.rule, sure: link.sure, how_sure, text });
        }
        notes.sort_by_key(|note| (std::cmp::Reverse(note.sure), note.other));
        Ok(notes)
    }

    /// Where a row stands, for a sentence.
    fn place_of(&self, row: &Transaction) -> Text {
        let Some(source) = row.source else { return Text::new("手工记录", "a note typed by hand") };
        let (zh, en) = match self.directory.get(&row.provider) {
            Some(provider) => (provider.name.zh.as_str(), provider.name.en.as_str()),
            None => ("", "a"),
        };
        let line = source.row;
        Text::new(format!("{zh}账单第 {line} 行"), format!("{en} statement, row {line}"))
    }
}

impl Opened {
    /// The user's own words on a transaction; those that a linked note lends it are not its own.
    pub fn own_note(&self, id: TransactionId) -> Result<&str> {
        let note = &self.transaction(id)?.note;
        let lent = self.links.note_of(id).and_then(|typed| self.transaction(typed).ok());
        Ok(if lent.is_some_and(|typed| typed.note == *note) { "" } else { note })
    }
}
