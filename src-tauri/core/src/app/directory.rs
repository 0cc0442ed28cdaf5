//! The directory in use and its packs, the user's own numbers beside it, and numbers found in the ledger.

use super::{App, gone};
use crate::call::{OwnNumber, OwnNumberId};
use crate::directory::pack::{self, Difference, Refusal};
use crate::directory::{Directory, Edition, NumberCheck};
use crate::error::{Code, Error, Result};
use crate::ledger::message::mask_cards;
use crate::ledger::{Moment, TransactionId};
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use ts_rs::TS;

/// Where an installed pack lies, in the vault's folder. It holds public facts only, and its signature is
/// checked again whenever it is read.
const INSTALLED: &str = "directory.pack";

/// What came of looking at a pack, or of installing it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct PackReading {
    /// The edition the pack holds, where it was accepted.
    pub edition: Option<Edition>,
    /// Why it was refused.
    pub refused: Option<Refusal>,
    /// The same in words.
    pub reason: Option<Text>,
    /// Providers whose numbers differ from the directory in use.
    pub differences: Vec<Difference>,
    /// It is now the directory in use.
    pub installed: bool,
}

/// A number the user wants to keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct NewOwnNumber {
    /// A provider id or alias.
    pub provider: String,
    /// As typed.
    pub number: String,
    /// What it is for, in the user's words.
    pub label: String,
}

/// A number in a note or memo of the ledger about which something can be said.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct MarkedNumber {
    /// The transaction.
    pub transaction: TransactionId,
    /// What is said of the number.
    pub check: NumberCheck,
}

impl App {
    /// Which edition of the directory is in use.
    pub fn edition(&self) -> Edition {
        self.directory.edition()
    }

    /// The directory to start with: an installed pack where it is sound and newer than what ships.
    pub(super) fn load_directory(folder: &Path, key: &str) -> Directory {
        let shipped = Directory::load();
        let installed = std::fs::read(folder.join(INSTALLED)).ok();
        installed.and_then(|file| pack::read(&file, key, shipped.edition().version).ok()).unwrap_or(shipped)
    }

    /// Looks at a pack and changes nothing.
    pub fn pack_examine(&self, file: &[u8]) -> PackReading {
        match pack::read(file, &self.directory_key, self.edition().version) {
            Err(refusal) => refused(refusal),
            Ok(directory) => PackReading {
                edition: Some(directory.edition()),
                refused: None,
                reason: None,
                differences: pack::differences(&self.directory, &directory),
                installed: false,
            },
        }
    }

    /// Takes a pack into use; a refused one changes nothing.
    ///
    /// # Errors
    /// `Io` where it cannot be stored; the old directory stays then too.
    pub fn pack_install(&mut self, file: &[u8]) -> Result<PackReading> {
        let directory = match pack::read(file, &self.directory_key, self.edition().version) {
            Err(refusal) => return Ok(refused(refusal)),
            Ok(directory) => directory,
        };
        let mut reading = self.pack_examine(file);
        store(&self.folder.join(INSTALLED), file)?;
        self.directory = directory;
        reading.installed = true;
        Ok(reading)
    }

    /// Goes back to the directory that ships with the app.
    ///
    /// # Errors
    /// `Io` where the installed pack cannot be removed.
    pub fn pack_remove(&mut self) -> Result<Edition> {
        match std::fs::remove_file(self.folder.join(INSTALLED)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => self.directory = Directory::load(),
        }
        Ok(self.edition())
    }

    /// What can honestly be said of a number, with what the user noted of it.
    pub fn check_number(&self, text: &str) -> NumberCheck {
        let mut check = self.directory.check_number(text);
        let own = self.opened().ok().and_then(|opened| opened.vault.own_numbers().ok()).unwrap_or_default();
        let spelling = Directory::spelling(&check.number);
        let mine = own.iter().find(|own| spelling.is_some() && Directory::spelling(&own.number) == spelling);
        check.yours =
            mine.map(|own| if own.label.is_empty() { own.number.clone() } else { own.label.clone() });
        check
    }

    /// Numbers the user knows, kept apart from the directory.
    pub fn own_numbers(&self) -> Result<Vec<OwnNumber>> {
        self.opened()?.vault.own_numbers()
    }

    /// Keeps a number the user knows.
    ///
    /// # Errors
    /// `Invalid` where it is no number that can be dialled, `NotFound` for an unknown provider.
    pub fn add_own_number(&mut self, fresh: NewOwnNumber, now: Moment) -> Result<OwnNumberId> {
        let provider =
            self.directory.get(&fresh.provider).ok_or_else(|| gone("provider in the directory"))?;
        let provider = provider.id.clone();
        let number = fresh.number.trim().to_owned();
        let refuse =
            || Error::new(Code::Invalid, "this is no number that can be dialled: digits only, please");
        Directory::dialable(&number).map_err(|_| refuse())?;
        let label = mask_cards(fresh.label.trim()).0;
        let own = OwnNumber { id: OwnNumberId(0), provider, number, label, added_at: now };
        self.opened_mut()?.vault.add_own_number(&own)
    }

    /// Forgets a number the user knew.
    pub fn remove_own_number(&mut self, id: OwnNumberId, now: Moment) -> Result<()> {
        self.opened_mut()?.vault.trash_own_number(id, now)
    }

    /// The `tel:` link of a number the user knows: never given out as the directory's.
    ///
    /// # Errors
    /// `NotFound` where there is no such number.
    pub fn own_tel(&self, id: OwnNumberId) -> Result<String> {
        let own = self.own_numbers()?;
        let own = own.iter().find(|own| own.id == id).ok_or_else(|| gone("number of yours"))?;
        Ok(format!("tel:{}", Directory::dialable(&own.number)?))
    }

    /// Numbers in notes and memos of the ledger that are listed, contradicted or imitations; newest first.
    pub fn ledger_numbers(&self) -> Result<Vec<MarkedNumber>> {
        let mut marked = Vec::new();
        for transaction in self.opened()?.ledger.iter().rev() {
            for text in [&transaction.note, &transaction.memo] {
                let found = self.numbers_in(text).into_iter();
                marked.extend(found.map(|check| MarkedNumber { transaction: transaction.id, check }));
            }
        }
        Ok(marked)
    }

    /// The numbers of one text about which something can be said.
    pub(super) fn numbers_in(&self, text: &str) -> Vec<NumberCheck> {
        // Most memos hold no number; looking for digits is cheaper than reading.
        let digits = text.chars().filter(|c| c.is_numeric()).take(3).count();
        if digits < 3 { Vec::new() } else { self.directory.telling_numbers(text) }
    }
}

fn refused(refusal: Refusal) -> PackReading {
    PackReading {
        edition: None,
        refused: Some(refusal),
        reason: Some(refusal.words()),
        differences: Vec::new(),
        installed: false,
    }
}

/// Writes a whole file beside the old one and puts it in its place.
fn store(target: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let unfinished: PathBuf = target.with_extension("pack.new");
    let mut file = std::fs::File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(std::fs::rename(&unfinished, target)?)
}

#[cfg(test)]
mod tests;
