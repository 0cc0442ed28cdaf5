//! What is in memory while a vault is open: the ledger as computed from it, its flags and its cases.

use super::journal::Journal;
use super::views::Settings;
use super::{gone, imports::Plans};
use crate::case::{Case, CaseId};
use crate::detect::{self, Evidence, Flag, Ruling, Sure};
use crate::error::{Code, Error, Result};
use crate::ledger::search::Index;
use crate::ledger::{Moment, Transaction, TransactionId, link};
use crate::vault::{Change, Vault};
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

/// The setting that holds what the user chose.
const SETTINGS: &str = "settings";

/// An open vault and what is computed from it.
pub(super) struct Opened {
    pub vault: Vault,
    /// In memory only, filled with the demo statement.
    pub demo: bool,
    pub settings: Settings,
    /// In time order, refunds and twins linked.
    pub ledger: Vec<Transaction>,
    /// Why they are, and how sure.
    pub links: link::Links,
    places: HashMap<TransactionId, usize>,
    index: OnceCell<Index>,
    pub rulings: Vec<Ruling>,
    /// All flags, answered ones included, most serious first.
    pub flags: Vec<Flag>,
    /// Fingerprints of those that still want the user's eye.
    open_flags: HashSet<String>,
    /// How sure the strongest open flag on a transaction is.
    pub flagged: HashMap<TransactionId, Sure>,
    /// The civil day the flags were computed on: some depend on how long something takes.
    flags_day: chrono::NaiveDate,
    pub cases: Vec<Case>,
    pub plans: Plans,
    pub journal: Journal,
}

impl Opened {
    /// Reads everything from a vault just opened.
    pub fn new(vault: Vault, demo: bool, now: Moment) -> Result<Self> {
        let settings = match vault.setting(SETTINGS)? {
            Some(text) => serde_json::from_str(&text).map_err(|_| {
                Error::new(Code::Damaged, "the settings in the vault cannot be read; restore a backup")
            })?,
            None => Settings::default(),
        };
        let mut opened = Self {
            vault,
            demo,
            settings,
            ledger: Vec::new(),
            links: link::Links::default(),
            places: HashMap::new(),
            index: OnceCell::new(),
            rulings: Vec::new(),
            flags: Vec::new(),
            open_flags: HashSet::new(),
            flagged: HashMap::new(),
            flags_day: now.date_naive(),
            cases: Vec::new(),
            plans: Plans::default(),
            journal: Journal::default(),
        };
        opened.reload_cases()?;
        opened.reload_ledger(now)?;
        Ok(opened)
    }

    /// Stores what the user chose.
    pub fn set_settings(&mut self, settings: Settings) -> Result<()> {
        let text = serde_json::to_string(&settings).expect("settings are plain values");
        self.vault.set_setting(SETTINGS, &text)?;
        self.settings = settings;
        Ok(())
    }

    /// Reads the transactions again and all that hangs on them.
    pub fn reload_ledger(&mut self, now: Moment) -> Result<()> {
        self.ledger = self.vault.transactions()?;
        self.links = link::link(&mut self.ledger);
        self.places = self.ledger.iter().enumerate().map(|(place, t)| (t.id, place)).collect();
        self.index = OnceCell::new();
        self.reload_flags(now)
    }

    /// Reads what the user said and looks for flags again.
    pub fn reload_flags(&mut self, now: Moment) -> Result<()> {
        self.rulings = self.vault.rulings()?;
        let evidence = Evidence { transactions: &self.ledger, rulings: &self.rulings, now };
        self.flags = detect::run(&evidence);
        let is_open = |flag: &&Flag| {
            let disputed = flag.transactions.first().and_then(|id| self.transaction(*id).ok());
            disputed.is_some_and(|disputed| detect::is_open(flag, disputed, &self.rulings))
        };
        self.open_flags = self.flags.iter().filter(is_open).map(|flag| flag.id.clone()).collect();
        self.flagged.clear();
        for flag in self.flags.iter().filter(|flag| self.open_flags.contains(&flag.id)) {
            for transaction in &flag.transactions {
                let sure = self.flagged.entry(*transaction).or_insert(flag.sure);
                *sure = (*sure).max(flag.sure);
            }
        }
        self.flags_day = now.date_naive();
        Ok(())
    }

    /// Looks again where a day has passed: a refund that was slow yesterday may be late today.
    pub fn refresh(&mut self, now: Moment) -> Result<()> {
        if now.date_naive() == self.flags_day { Ok(()) } else { self.reload_flags(now) }
    }

    /// Reads the cases again.
    pub fn reload_cases(&mut self) -> Result<()> {
        self.cases = self.vault.cases()?;
        Ok(())
    }

    /// The searchable texts, built when first asked for.
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.ledger))
    }

    /// One transaction.
    pub fn transaction(&self, id: TransactionId) -> Result<&Transaction> {
        self.places.get(&id).map(|place| &self.ledger[*place]).ok_or_else(|| gone("transaction"))
    }

    /// Those of these that are still in the ledger.
    pub fn transactions(&self, ids: &[TransactionId]) -> Vec<Transaction> {
        ids.iter().filter_map(|id| self.transaction(*id).ok().cloned()).collect()
    }

    /// One case.
    pub fn case(&self, id: CaseId) -> Result<&Case> {
        self.cases.iter().find(|case| case.id == id).ok_or_else(|| gone("case"))
    }

    /// Whether a flag still wants the user's eye.
    pub fn is_open(&self, flag: &Flag) -> bool {
        self.open_flags.contains(&flag.id)
    }

    /// One flag.
    pub fn flag(&self, id: &str) -> Result<&Flag> {
        self.flags.iter().find(|flag| flag.id == id).ok_or_else(|| gone("flag"))
    }

    /// Applies changes and reads again only what they can have changed.
    pub fn apply(&mut self, changes: &[Change], now: Moment) -> Result<()> {
        self.vault.apply(changes)?;
        let mut ledger = false;
        let mut rulings = false;
        let mut cases = false;
        for change in changes {
            match change {
                Change::Note { transaction, after, .. } => {
                    if let Some(place) = self.places.get(transaction) {
                        self.ledger[*place].note.clone_from(after);
                        self.index = OnceCell::new();
                        // A typed note speaks on the row it is linked to.
                        ledger |= !self.ledger[*place].linked.is_empty();
                        rulings = true; // a note may say that a subscription was cancelled
                    }
                }
                Change::Ruling { .. } => rulings = true,
                Change::Trash { thing, .. } => match thing {
                    crate::vault::Thing::Transaction(_) | crate::vault::Thing::Import(_) => ledger = true,
                    crate::vault::Thing::Case(_) | crate::vault::Thing::Event(_) => cases = true,
                    crate::vault::Thing::Attachment(_) => {}
                },
            }
        }
        if cases {
            self.reload_cases()?;
        }
        if ledger {
            self.reload_ledger(now)
        } else if rulings {
            self.reload_flags(now)
        } else {
            Ok(())
        }
    }
}
