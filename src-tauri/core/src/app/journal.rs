//! Undo and redo: what the user did, as lists of reversible changes, newest last.

use super::{App, views::Status};
use crate::error::{Code, Error, Result};
use crate::ledger::Moment;
use crate::text::Text;
use crate::vault::{Change, Thing};

/// How many actions can be undone.
const DEPTH: usize = 200;

/// One thing the user did.
struct Action {
    label: Text,
    changes: Vec<Change>,
}

/// What can be undone and redone. In memory only, and gone with the lock: it holds plain text.
#[derive(Default)]
pub(super) struct Journal {
    done: Vec<Action>,
    undone: Vec<Action>,
}

impl Journal {
    /// Remembers an action just applied; what had been undone can no longer be redone.
    pub fn record(&mut self, label: Text, changes: Vec<Change>) {
        self.undone.clear();
        if self.done.len() == DEPTH {
            self.done.remove(0);
        }
        self.done.push(Action { label, changes });
    }

    /// Forgets every action that touched one of these: they are gone for good.
    pub fn forget(&mut self, gone: &[Thing]) {
        let touches = |change: &Change| match change {
            Change::Trash { thing, .. } => gone.contains(thing),
            Change::Note { transaction, .. } => gone.contains(&Thing::Transaction(*transaction)),
            Change::Ruling { .. } => false,
        };
        self.done.retain(|action| !action.changes.iter().any(touches));
        self.undone.retain(|action| !action.changes.iter().any(touches));
    }

    /// What undo would undo.
    pub fn undo_label(&self) -> Option<Text> {
        self.done.last().map(|action| action.label.clone())
    }

    /// What redo would redo.
    pub fn redo_label(&self) -> Option<Text> {
        self.undone.last().map(|action| action.label.clone())
    }
}

impl App {
    /// Takes back what the user did last.
    pub fn undo(&mut self, now: Moment) -> Result<Status> {
        let opened = self.opened_mut()?;
        let action = opened.journal.done.pop().ok_or_else(nothing)?;
        let inverse: Vec<Change> = action.changes.iter().rev().cloned().map(Change::inverse).collect();
        opened.apply(&inverse, now)?;
        opened.journal.undone.push(action);
        self.status()
    }

    /// Does again what was undone last.
    pub fn redo(&mut self, now: Moment) -> Result<Status> {
        let opened = self.opened_mut()?;
        let action = opened.journal.undone.pop().ok_or_else(nothing)?;
        opened.apply(&action.changes, now)?;
        opened.journal.done.push(action);
        self.status()
    }
}

fn nothing() -> Error {
    Error::new(Code::NotFound, "there is nothing to undo or redo")
}
