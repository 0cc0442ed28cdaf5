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
mod looking;
mod mappings;
mod opened;
mod planning;
mod report;
mod sorted;
mod trash;
mod turned;
pub mod views;

pub use chosen::{Chosen, files_of};
pub use directory::{MarkedNumber, NewOwnNumber, PackReading};
pub use imports::FileRead;
pub use learning::{Effect, FlagChoices, KindChoice, Lesson, SensitivityChoice};
pub use looking::{Looked, Looking};
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
    Error::said(
        Code::Locked,
        "保险库已锁定；请先用密码解锁",
        "the vault is locked: unlock it with the passphrase first",
    )
}

fn gone(what: &str) -> Error {
    let zh = match what {
        "attachment" => "附件",
        "case" => "案件",
        "flag" => "疑点",
        "import" => "导入记录",
        "import plan" | "file of the plan" => "导入计划",
        "mapping" => "列的对应",
        "number of yours" => "自己的号码",
        "promise" => "承诺",
        "provider in the directory" => "服务商（目录里没有）",
        "transaction" => "流水",
        _ => "内容",
    };
    Error::said(
        Code::NotFound,
        format!("没有这个{zh}，或它已被移走；请检查编号或名称"),
        format!("there is no such {what} (any more)"),
    )
}
