//! What is in memory while a vault is open: the ledger as computed from it, its flags and its cases.

use super::gone;
use super::imports::{Plans, Taken};
use super::journal::Journal;
use super::looking::{Doubt, look};
use super::sorted::Flags;
use super::turned::Untold;
use super::views::Settings;
use crate::case::{Case, CaseId};
use crate::detect::{Flag, Holder, Ruling, Sure, Watch};
use crate::error::{Code, Error, Result};
use crate::ledger::search::{Index, Query, Sums};
use crate::ledger::{self, Kind, Moment, Transaction, TransactionId, link};
use crate::money::Money;
use crate::vault::{Change, Vault};
use std::cell::{Cell, OnceCell, Ref, RefCell};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The setting that holds what the user chose.
const SETTINGS: &str = "settings";

/// An open vault and what is computed from it.
pub(super) struct Opened {
    pub vault: Vault,
    /// In memory only, filled with the demo statement.
    pub demo: bool,
    pub settings: Settings,
    /// In time order, refunds and twins linked.
    pub ledger: Arc<Vec<Transaction>>,
    /// Why they are, and how sure.
    pub links: link::Links,
    /// Where in the ledger each transaction stands, by its id; [`NOWHERE`] where it does not. Ids are given one
    /// after another, so this is shorter than any map.
    places: Vec<u32>,
    /// What was read of transactions that linking shows otherwise.
    pub as_read: HashMap<TransactionId, AsRead>,
    index: OnceCell<Index>,
    /// What was found last: a long list is looked at page by page.
    pub found: RefCell<Option<Found>>,
    pub rulings: Vec<Ruling>,
    /// Whose ledger it is, as the imported files state.
    pub holder: Holder,
    /// What detectors remember of the ledger.
    pub watch: RefCell<Watch>,
    /// Where it may have changed since they looked last.
    pub doubt: Cell<Doubt>,
    /// Looked for when they are first asked for: an import asks for none.
    pub flags: OnceCell<Flags>,
    /// What changed since the user was last told which flags came and went.
    pub untold: Untold,
    /// The moment they are looked for at: some depend on how long something takes.
    pub flags_at: Moment,
    /// Grows whenever they may have become others.
    pub question: u64,
    pub cases: Vec<Case>,
    pub plans: Plans,
    /// Another number for every state of every ledger of this run.
    pub state: u64,
    pub journal: Journal,
}

/// The transactions that a query finds, with their sums.
pub(super) struct Found {
    /// Without offset and limit.
    query: Query,
    /// Places in the ledger, newest first.
    pub places: Vec<u32>,
    /// What went out.
    pub spent: Vec<Money>,
    /// What came in.
    pub received: Vec<Money>,
}

/// How many states of ledgers there were.
static STATES: AtomicU64 = AtomicU64::new(1);

/// No place in the ledger.
const NOWHERE: u32 = u32::MAX;

/// More of the ledger than one in so many to be read again: all of it is read.
const FEW: usize = 8;

/// What linking may show otherwise than it was read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct AsRead {
    pub refunded: Money,
    kind: Kind,
}

impl AsRead {
    fn of(row: &Transaction) -> Self {
        Self { refunded: row.refunded, kind: row.kind }
    }
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
            ledger: Arc::default(),
            links: link::Links::default(),
            places: Vec::new(),
            as_read: HashMap::new(),
            index: OnceCell::new(),
            found: RefCell::new(None),
            rulings: Vec::new(),
            holder: Holder::default(),
            watch: RefCell::new(Watch::with_hindsight()),
            doubt: Cell::default(),
            flags: OnceCell::new(),
            untold: Untold::Nothing,
            flags_at: now,
            question: 0,
            cases: Vec::new(),
            plans: Plans::default(),
            state: 0,
            journal: Journal::default(),
        };
        opened.reload_cases()?;
        opened.reload_ledger(now)?;
        opened.untold = Untold::Nothing;
        Ok(opened)
    }

    /// Stores what the user chose, and looks for flags again where it says which are shown.
    pub fn set_settings(&mut self, settings: Settings, now: Moment) -> Result<()> {
        let text = serde_json::to_string(&settings).expect("settings are plain values");
        self.vault.set_setting(SETTINGS, &text)?;
        let before = std::mem::replace(&mut self.settings, settings);
        if before.flags == self.settings.flags {
            return Ok(());
        }
        self.reload_flags(now)?;
        // Which are shown is another question than which hold.
        self.untold = Untold::Nothing;
        Ok(())
    }

    /// Reads the transactions again and all that hangs on them.
    pub fn reload_ledger(&mut self, now: Moment) -> Result<()> {
        self.as_read.clear();
        self.links = link::Links::default();
        // The old ones go before the new ones come: there may be a million of them.
        self.ledger = Arc::default();
        self.watch = RefCell::new(Watch::with_hindsight());
        self.ledger = Arc::new(self.vault.transactions()?);
        self.relink(&HashSet::new(), now)
    }

    /// Takes in what an import changed, without reading the rest again.
    pub fn take_in(&mut self, taken: Taken, now: Moment) -> Result<()> {
        let Taken { mut added, touched } = taken;
        if touched.len() > self.ledger.len() / FEW {
            drop(added);
            return self.reload_ledger(now);
        }
        for &id in &touched {
            let Some(fresh) = self.vault.transaction(id)? else { continue };
            self.as_read.remove(&id);
            match self.place(id) {
                Some(place) => Arc::make_mut(&mut self.ledger)[place] = fresh,
                None => added.push(fresh),
            }
        }
        if self.ledger.is_empty() {
            self.ledger = Arc::new(added);
        } else {
            let ledger = Arc::make_mut(&mut self.ledger);
            ledger.reserve_exact(added.len());
            ledger.append(&mut added);
        }
        self.relink(&touched, now)
    }

    /// Links refunds and twins anew; the flags found before are none any more. `touched` were read anew.
    fn relink(&mut self, touched: &HashSet<TransactionId>, now: Moment) -> Result<()> {
        self.state = STATES.fetch_add(1, Ordering::Relaxed);
        let lent = self.links.all.iter().filter(|link| link.rule == link::Rule::TypedNote);
        let lent: HashSet<TransactionId> = lent.map(|link| link.to).collect();
        let ledger = Arc::make_mut(&mut self.ledger);
        for row in ledger.iter_mut() {
            if let Some(read) = self.as_read.remove(&row.id) {
                row.refunded = read.refunded;
                row.kind = read.kind;
            }
            if lent.contains(&row.id) {
                row.note.clear();
            }
        }
        ledger::sort(ledger);
        let read: Vec<AsRead> = ledger.iter().map(AsRead::of).collect();
        let imports = self.vault.imports()?;
        let cards = link::Cards::of(imports.iter().map(|import| (import.id, import.account.as_str())));
        self.links = link::link(ledger, &cards);
        self.holder = self.holder_of(&imports)?;
        let shown = self.ledger.iter().zip(read).filter(|(row, read)| AsRead::of(row) != *read);
        self.as_read = shown.map(|(row, read)| (row.id, read)).collect();
        self.places.clear();
        for (place, row) in self.ledger.iter().enumerate() {
            let id = usize::try_from(row.id.0).unwrap_or(0);
            if id >= self.places.len() {
                self.places.resize(id + 1, NOWHERE);
            }
            self.places[id] = u32::try_from(place).unwrap_or(NOWHERE);
        }
        self.index = OnceCell::new();
        let first = touched.iter().filter_map(|&id| self.place(id)).min().unwrap_or(usize::MAX);
        self.doubt.set(Doubt { relinked: true, ..self.doubt.get().and_from(first) });
        self.reload_flags(now)
    }

    /// What a transaction's own reading states as refunded: linking may have found another sum.
    pub fn stated_refund(&self, transaction: &Transaction) -> Money {
        self.as_read.get(&transaction.id).map_or(transaction.refunded, |read| read.refunded)
    }

    /// Reads what the user said; flags are looked for again when they are next asked for.
    pub fn reload_flags(&mut self, now: Moment) -> Result<()> {
        self.found = RefCell::new(None);
        self.question += 1;
        self.rulings = self.vault.rulings()?;
        self.untold.add(self.flags.take().map(|flags| flags.all));
        self.flags_at = now;
        Ok(())
    }

    /// Looks again where a day has passed: a refund that was slow yesterday may be late today.
    pub fn refresh(&mut self, now: Moment) -> Result<()> {
        if now.date_naive() == self.flags_at.date_naive() { Ok(()) } else { self.reload_flags(now) }
    }

    pub fn looked_for(&self) -> &Flags {
        self.flags.get_or_init(|| {
            let with = (self.rulings.as_slice(), &self.settings.flags, &self.holder, self.flags_at);
            let doubt = self.doubt.take();
            let mut watch = self.watch.borrow_mut();
            self.sorted_out(look(&self.ledger, &self.as_read, with, &mut watch, doubt, &mut |_| ()))
        })
    }

    /// All flags, answered ones included, most serious first.
    pub fn flags(&self) -> &[Flag] {
        &self.looked_for().all
    }

    /// How sure the strongest open flag on a transaction is, as far as flags were looked for.
    pub fn flagged(&self, id: TransactionId) -> Option<Sure> {
        self.flags.get()?.on.get(&id).copied()
    }

    /// Reads the cases again.
    pub fn reload_cases(&mut self) -> Result<()> {
        self.cases = self.vault.cases()?;
        Ok(())
    }

    /// What a query finds, whatever its offset and limit.
    pub fn find(&self, query: &Query) -> Ref<'_, Found> {
        let all = Query { offset: 0, limit: 0, ..query.clone() };
        let is_there = self.found.borrow().as_ref().is_some_and(|found| found.query == all);
        if !is_there {
            let found = self.look_for(all);
            *self.found.borrow_mut() = Some(found);
        }
        Ref::map(self.found.borrow(), |found| found.as_ref().expect("it was put there just now"))
    }

    fn look_for(&self, query: Query) -> Found {
        // The searchable texts are made when words are first looked for.
        let index = || self.index.get_or_init(|| Index::new(&self.ledger));
        let words = (!query.search.trim().is_empty()).then(|| index().matcher(&query.search));
        let flags = query.flagged.then(|| self.looked_for());
        let mut places = Vec::new();
        let mut sums = Sums::default();
        for (place, transaction) in self.ledger.iter().enumerate().rev() {
            if query.admits(transaction)
                && flags.is_none_or(|flags| flags.on.contains_key(&transaction.id))
                && words.as_ref().is_none_or(|has| has(place))
            {
                sums.add(transaction);
                places.push(u32::try_from(place).unwrap_or(u32::MAX));
            }
        }
        let (spent, received) = sums.totals();
        Found { query, places, spent, received }
    }

    fn place(&self, id: TransactionId) -> Option<usize> {
        let place = *self.places.get(usize::try_from(id.0).ok()?)?;
        (place != NOWHERE).then_some(place as usize)
    }

    /// One transaction.
    pub fn transaction(&self, id: TransactionId) -> Result<&Transaction> {
        self.place(id).map(|place| &self.ledger[place]).ok_or_else(|| gone("transaction"))
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
        self.looked_for().open.contains(&flag.id)
    }

    /// The row a flag disputes.
    pub fn disputed(&self, flag: &Flag) -> Option<&Transaction> {
        flag.transactions.first().and_then(|id| self.transaction(*id).ok())
    }

    /// One flag.
    pub fn flag(&self, id: &str) -> Result<&Flag> {
        self.flags().iter().find(|flag| flag.id == id).ok_or_else(|| gone("flag"))
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
                    if let Some(place) = self.place(*transaction) {
                        Arc::make_mut(&mut self.ledger)[place].note.clone_from(after);
                        self.doubt.set(self.doubt.get().and_from(place));
                        self.index = OnceCell::new();
                        // A typed note speaks on the row it is linked to.
                        ledger |= !self.ledger[place].linked.is_empty();
                        self.found = RefCell::new(None);
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
