//! Looking for flags apart from the app: in a million rows that takes a while, and others may ask the app meanwhile.

use super::App;
use super::opened::{AsRead, Opened};
use crate::detect::{self, Evidence, Flag, Holder, Ruling, Setting, Watch};
use crate::error::Result;
use crate::ledger::{Moment, Transaction, TransactionId};
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

/// Where a ledger may differ from what detectors saw of it.
#[derive(Clone, Copy)]
pub(super) struct Doubt {
    /// From this row on.
    pub from: usize,
    /// Rows were linked anew, which may have changed any of them.
    pub relinked: bool,
}

impl Default for Doubt {
    fn default() -> Self {
        Self { from: usize::MAX, relinked: false }
    }
}

impl Doubt {
    /// Row `place` may differ, too.
    pub fn and_from(self, place: usize) -> Self {
        Self { from: self.from.min(place), ..self }
    }
}

/// What is needed to look for flags. It shares the ledger with the app, which copies the rows only where it has to
/// change them before the look is over.
pub struct Looking {
    ledger: Arc<Vec<Transaction>>,
    as_read: HashMap<TransactionId, AsRead>,
    rulings: Vec<Ruling>,
    setting: Setting,
    holder: Holder,
    now: Moment,
    watch: Watch,
    /// Where the ledger may have changed since the watch looked last.
    doubt: Doubt,
    /// The question that this answers.
    question: u64,
}

/// What was found, for [`App::looked`].
pub struct Looked {
    flags: Vec<Flag>,
    watch: Watch,
    question: u64,
}

impl Looking {
    /// Looks for flags. `progress` is told the rows judged so far and how many there are.
    pub fn look(mut self, progress: &mut dyn FnMut(u64, u64)) -> Looked {
        let rows = self.ledger.len() as u64;
        let with = (self.rulings.as_slice(), &self.setting, &self.holder, self.now);
        let mut judged = |place: usize| progress(place as u64 + 1, rows);
        let flags = look(&self.ledger, &self.as_read, with, &mut self.watch, self.doubt, &mut judged);
        Looked { flags, watch: self.watch, question: self.question }
    }
}

/// All flags of a ledger, ranked. `judged` is told the place of each new row that was spending.
pub(super) fn look(
    ledger: &[Transaction],
    as_read: &HashMap<TransactionId, AsRead>,
    (rulings, setting, holder, now): (&[Ruling], &Setting, &Holder, Moment),
    watch: &mut Watch,
    doubt: Doubt,
    judged: &mut dyn FnMut(usize),
) -> Vec<Flag> {
    let evidence = Evidence { transactions: ledger, rulings, now };
    let stated = |row: &Transaction| as_read.get(&row.id).map_or(row.refunded, |read| read.refunded);
    let seen = detect::Ledger { evidence, details: &[], stated: &stated };
    watch.belongs_to(holder);
    // A note on one row needs no look at the others.
    let stands = if doubt.relinked { watch.unchanged(&seen) } else { watch.judged() };
    watch.follow(&seen, stands.min(doubt.from), &mut |place, _| judged(place));
    detect::ranked(watch.flags(&seen), &evidence, setting)
}

impl App {
    /// Looks for flags where they are not known: what is listed afterwards says which rows have one.
    ///
    /// # Errors
    /// `Locked`.
    pub fn look(&mut self, now: Moment) -> Result<()> {
        let Some(looking) = self.looking(now)? else { return Ok(()) };
        self.looked(looking.look(&mut |_, _| ())).map(drop)
    }

    /// What is needed to look for flags; `None` where they are known.
    ///
    /// # Errors
    /// `Locked`.
    pub fn looking(&mut self, now: Moment) -> Result<Option<Looking>> {
        let opened = self.opened_mut()?;
        opened.refresh(now)?;
        Ok((!opened.has_looked()).then(|| opened.looking()))
    }

    /// Takes in what was found; where something changed meanwhile it is of no use any more, and the answer is `false`.
    ///
    /// # Errors
    /// `Locked`.
    pub fn looked(&mut self, looked: Looked) -> Result<bool> {
        Ok(self.opened_mut()?.looked(looked))
    }
}

impl Opened {
    fn looking(&mut self) -> Looking {
        Looking {
            ledger: Arc::clone(&self.ledger),
            as_read: self.as_read.clone(),
            rulings: self.rulings.clone(),
            setting: self.settings.flags.clone(),
            holder: self.holder.clone(),
            now: self.flags_at,
            watch: self.watch.replace(Watch::with_hindsight()),
            doubt: self.doubt.take(),
            question: self.question,
        }
    }

    fn looked(&mut self, Looked { flags, watch, question }: Looked) -> bool {
        let fits = question == self.question && !self.has_looked();
        if fits {
            self.watch.replace(watch);
            self.put_flags(flags);
        }
        fits
    }

    /// Whether flags are known of the ledger as it is.
    pub fn has_looked(&self) -> bool {
        self.flags.get().is_some()
    }

    /// Takes flags that were looked for elsewhere.
    pub fn put_flags(&mut self, all: Vec<Flag>) {
        let flags = self.sorted_out(all);
        // What was found of flagged rows was found without them.
        self.found = RefCell::new(None);
        self.flags = OnceCell::from(flags);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::Cost;

    fn demo() -> (tempfile::TempDir, App, Moment) {
        let now = Moment::parse_from_rfc3339("2026-11-22T10:00:00+08:00").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut app = App::new(&folder.path().join("vault"), Cost::LOW).unwrap();
        app.enter_demo(now).unwrap();
        (folder, app, now)
    }

    fn ids(app: &mut App, now: Moment) -> Vec<String> {
        app.flags(true, now).unwrap().into_iter().map(|view| view.flag.id).collect()
    }

    #[test]
    fn what_is_found_apart_is_what_the_app_finds() {
        let (_folder, mut app, now) = demo();
        let looking = app.looking(now).unwrap().unwrap();
        let mut told = 0;
        let looked = looking.look(&mut |done, all| told = told.max(done.min(all)));
        assert!(told > 0);
        assert!(app.list(&Default::default()).unwrap().lines.iter().all(|line| line.flagged.is_none()));
        assert!(app.looked(looked).unwrap());
        assert!(app.looking(now).unwrap().is_none(), "they are known now");
        let apart = ids(&mut app, now);
        let (_folder, mut app, now) = demo();
        assert!(!apart.is_empty());
        assert_eq!(apart, ids(&mut app, now));
    }

    #[test]
    fn what_was_found_of_an_earlier_state_is_not_taken() {
        let (_folder, mut app, now) = demo();
        let looking = app.looking(now).unwrap().unwrap();
        let import = app.imports().unwrap()[0].id;
        app.trash(crate::vault::Thing::Import(import), now).unwrap();
        assert!(!app.looked(looking.look(&mut |_, _| ())).unwrap());
        assert!(ids(&mut app, now).is_empty());
    }
}
