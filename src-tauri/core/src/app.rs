//! Everything a front end can ask: one method per command. The only place that sees both the vault and
//! the rest, and the only one with state.

mod callers;
mod cases;
mod chosen;
mod directory;
mod doors;
mod flags;
mod imports;
mod journal;
mod learning;
mod ledger;
mod links;
mod mappings;
mod opened;
mod planning;
mod report;
mod trash;
mod turned;
pub mod views;

pub use chosen::{Chosen, files_of};
pub use directory::{MarkedNumber, NewOwnNumber, PackReading};
pub use imports::FileRead;
pub use learning::{Effect, FlagChoices, KindChoice, Lesson, SensitivityChoice};
pub use planning::{Planned, Planning};
pub use views::*;

use crate::directory::{Directory, pack};
use crate::error::{Code, Error, Result};
use crate::vault::Cost;
use opened::Opened;
use std::path::{Path, PathBuf};

/// What the app knows and has open. Front ends hold one and ask it; "now" is always handed in.
pub struct App {
    folder: PathBuf,
    cost: Cost,
    directory: Directory,
    /// The public key a directory pack must be signed for.
    directory_key: String,
    opened: Option<Opened>,
}

impl App {
    /// An app over the vault in `folder` (which need not exist yet). `cost` is what a new passphrase costs
    /// to try.
    pub fn new(folder: &Path, cost: Cost) -> Result<Self> {
        let directory_key = pack::public_key().to_owned();
        let directory = Self::load_directory(folder, &directory_key);
        Ok(Self { folder: folder.to_owned(), cost, directory, directory_key, opened: None })
    }

    /// Providers and hotlines.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    fn opened(&self) -> Result<&Opened> {
        self.opened.as_ref().ok_or_else(locked)
    }

    fn opened_mut(&mut self) -> Result<&mut Opened> {
        self.opened.as_mut().ok_or_else(locked)
    }
}

fn locked() -> Error {
    Error::new(Code::Locked, "the vault is locked: unlock it with the passphrase first")
}

fn gone(what: &str) -> Error {
    Error::new(Code::NotFound, format!("there is no such {what} (any more)"))
}
