//! Creating, opening, locking and carrying away the vault; the demo beside it.

use super::opened::Opened;
use super::views::{Door, Settings, Status};
use super::{App, imports};
use crate::error::{Code, Error, Result};
use crate::ledger::Moment;
use crate::text::Lang;
use crate::vault::{RecoveryCode, Secret, Vault};
use std::path::Path;
use zeroize::Zeroizing;

impl App {
    /// Where the app stands.
    pub fn status(&self) -> Result<Status> {
        let exists = Vault::exists(&self.folder);
        let door = match &self.opened {
            Some(opened) if opened.demo => Door::Demo,
            Some(_) => Door::Open,
            None if exists => Door::Locked,
            None => Door::None,
        };
        let journal = self.opened.as_ref().map(|opened| &opened.journal);
        Ok(Status {
            door,
            settings: self.opened.as_ref().map(|opened| opened.settings.clone()).unwrap_or_default(),
            folder: self.folder.display().to_string(),
            keychain: exists && Vault::has_keychain_slot(&self.folder),
            undo: journal.and_then(|journal| journal.undo_label()),
            redo: journal.and_then(|journal| journal.redo_label()),
        })
    }

    /// Creates the vault and opens it. The recovery code is shown once and kept nowhere.
    pub fn create(&mut self, passphrase: &str, now: Moment) -> Result<RecoveryCode> {
        let (vault, recovery) = Vault::create(&self.folder, passphrase, self.cost, now)?;
        self.opened = Some(Opened::new(vault, false, now)?);
        Ok(recovery)
    }

    /// Opens the vault.
    pub fn unlock(&mut self, secret: Secret<'_>, now: Moment) -> Result<Status> {
        self.opened = None;
        let vault = Vault::unlock(&self.folder, secret, now)?;
        self.opened = Some(Opened::new(vault, false, now)?);
        self.status()
    }

    /// Closes the vault (or the demo) and forgets what was in memory.
    pub fn lock(&mut self) -> Result<()> {
        match self.opened.take() {
            Some(opened) => opened.vault.close(),
            None => Ok(()),
        }
    }

    /// Closes the vault where the program ends. The ledger goes with the process, which takes less time than giving it
    /// back text by text.
    pub fn leave(&mut self) -> Result<()> {
        let Some(opened) = self.opened.take() else { return Ok(()) };
        std::mem::forget((opened.ledger, opened.links));
        opened.vault.close()
    }

    /// Puts another passphrase in place of the old one.
    pub fn change_passphrase(&mut self, old: &str, fresh: &str) -> Result<()> {
        let cost = self.cost;
        self.own()?.vault.change_passphrase(old, fresh, cost)
    }

    /// Makes another recovery code; the earlier one opens nothing any more.
    pub fn new_recovery_code(&mut self, passphrase: &str) -> Result<RecoveryCode> {
        self.own()?.vault.new_recovery_code(passphrase)
    }

    /// Writes the recovery code, as long as it is still known, into a plain text file with how to keep it. The
    /// passphrase is never in it.
    pub fn save_recovery_code(&mut self, code: &str, lang: Lang, to: &Path, now: Moment) -> Result<()> {
        self.own()?.vault.save_recovery_code(code, lang, to, now)
    }

    /// Makes a key for the system's keychain to keep: a convenience copy, never the only one.
    pub fn add_keychain_slot(&mut self) -> Result<Zeroizing<[u8; 32]>> {
        self.own()?.vault.add_keychain_slot()
    }

    /// Makes the keychain's copy worthless.
    pub fn remove_keychain_slot(&mut self) -> Result<()> {
        self.own()?.vault.remove_keychain_slot()
    }

    /// Writes everything into one encrypted file, and opens it once to be sure.
    pub fn backup(&mut self, to: &Path, now: Moment) -> Result<()> {
        self.own()?.vault.backup(to, now)
    }

    /// Puts a backup in place of the vault, which is kept beside it under another name.
    pub fn restore(&mut self, from: &Path, secret: Secret<'_>, now: Moment) -> Result<Status> {
        self.lock()?;
        let vault = Vault::restore(from, &self.folder, secret, now)?;
        self.opened = Some(Opened::new(vault, false, now)?);
        self.status()
    }

    /// What is wrong with the open vault; empty is good.
    pub fn check(&self) -> Result<Vec<String>> {
        self.opened()?.vault.check()
    }

    /// Stores what the user chose. Flags follow at once where it concerns them.
    pub fn set_settings(&mut self, settings: Settings, now: Moment) -> Result<Status> {
        self.opened_mut()?.set_settings(settings, now)?;
        self.status()
    }

    /// Opens the demo ledger: in memory, apart from the user's own, which is locked meanwhile.
    pub fn enter_demo(&mut self, now: Moment) -> Result<Status> {
        self.lock()?;
        self.opened = Some(Opened::new(Vault::in_memory()?, true, now)?);
        let read = imports::read_demo()?;
        let plan = self.import_plan(vec![read])?;
        self.import_execute(plan.id, &[], now, &mut |_, _| true)?;
        let opened = self.opened_mut()?;
        (opened.journal, opened.untold) = Default::default();
        self.status()
    }

    /// Leaves the demo; nothing of it remains.
    pub fn leave_demo(&mut self) -> Result<Status> {
        if self.opened.as_ref().is_some_and(|opened| opened.demo) {
            self.lock()?;
        }
        self.status()
    }

    /// The user's own vault: the demo has no passphrase and no file.
    fn own(&mut self) -> Result<&mut Opened> {
        match self.opened_mut()? {
            opened if opened.demo => Err(Error::new(
                Code::Invalid,
                "this is the demo ledger, kept in memory only: leave it and open your own vault first",
            )),
            opened => Ok(opened),
        }
    }
}
