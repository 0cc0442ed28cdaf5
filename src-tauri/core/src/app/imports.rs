//! Statements into the ledger: a plan is made once, shown, and executed as it stands.

use super::planning::{PlanFile, Planned, Planning};
use super::views::{Fate, Import, ImportPlan, PlannedFile, PlannedRow, RowChoice};
use super::{App, gone};
use crate::error::{Code, Error, Result};
use crate::ledger::plan::{Place, Placed, Planner};
use crate::ledger::{ImportId, Moment, Source, Transaction, TransactionId};
use crate::statements::packed::{Packed, PackedStatement};
use crate::statements::{self, OwnAccount};
use crate::text::Text;
use crate::vault::{Became, Change, NewImport, NewRow, Placement, Stored, Thing};
use crate::worker::Read;
use std::collections::{HashMap, HashSet};

/// The statement that first start offers: invented people, shops and numbers.
const DEMO: &[u8] = include_bytes!("../../../../assets/demo/alipay-demo.csv");

/// A file as the worker read it, or why it could not.
pub struct FileRead {
    /// Its name, without folder.
    pub name: String,
    /// What came out.
    pub outcome: Result<Read>,
}

/// The plans that were made and not executed yet.
#[derive(Default)]
pub(super) struct Plans {
    last: u32,
    open: HashMap<u32, Plan>,
}

impl Plans {
    /// The cells of a line of a file, as JSON: of one that could not be read, or of one that could.
    pub(super) fn line(&self, id: u32, file: u32, row: u32) -> Result<Option<String>> {
        let plan = self.open.get(&id).ok_or_else(|| gone("import plan"))?;
        let planned = plan.files.get(file as usize).ok_or_else(|| gone("file of the plan"))?;
        let unread = planned.unread.iter().find(|line| line.row == row).map(|line| line.cells.clone());
        let read = || planned.rows.iter().flatten().find(|packed| packed.draft.row == row);
        Ok(unread.or_else(|| read().map(|packed| packed.raw())))
    }
}

struct Plan {
    view: ImportPlan,
    files: Vec<PlanFile>,
}

impl App {
    /// Decides what will become of every row of these files. Nothing is stored.
    ///
    /// # Errors
    /// `Locked`, and where what was read is damaged.
    pub fn import_plan(&mut self, reads: Vec<FileRead>) -> Result<ImportPlan> {
        let planned = self.planning()?.place(reads, &mut |_, _| true)?;
        self.import_planned(planned)
    }

    /// What is needed to plan an import: placing the rows of large files then needs the app no more.
    ///
    /// # Errors
    /// `Locked`.
    pub fn planning(&self) -> Result<Planning> {
        let opened = self.opened()?;
        let imports = opened.vault.imports()?;
        let accounts: HashMap<ImportId, &str> =
            imports.iter().map(|import| (import.id, import.account.as_str())).collect();
        let may_share = |bare: &Import| {
            let named = |other: &Import| other.provider == bare.provider && !other.account.is_empty();
            OwnAccount::of(&bare.statement) != OwnAccount::Nowhere && imports.iter().any(named)
        };
        let later = match imports.iter().any(|import| import.account.is_empty() && may_share(import)) {
            true => opened.vault.accounts_named_later()?,
            false => HashMap::new(),
        };
        let named = |row: &Transaction| match *accounts.get(&row.source?.import)? {
            "" => later.get(&row.id).map(String::as_str),
            account => Some(account),
        };
        let known = opened.ledger.iter();
        let planner =
            Planner::new(known.map(|row| (row, opened.stated_refund(row), named(row).unwrap_or_default())));
        Ok(Planning { planner, imports, state: opened.state })
    }

    /// Takes in what was planned, to be shown and executed. Where the ledger changed meanwhile, it is planned anew.
    ///
    /// # Errors
    /// `Locked`, and where what was read is damaged.
    pub fn import_planned(&mut self, planned: Planned) -> Result<ImportPlan> {
        let planned = match planned.state == self.opened()?.state {
            true => planned,
            false => self.planning()?.again(planned)?,
        };
        let opened = self.opened_mut()?;
        opened.plans.last += 1;
        let id = opened.plans.last;
        let (shown, files) = planned.files.into_iter().unzip();
        let view =
            ImportPlan { id, files: shown, refused: planned.refused, passed_over: planned.passed_over };
        opened.plans.open.insert(id, Plan { view: view.clone(), files });
        Ok(view)
    }

    /// Rows of a plan, in file order, of one fate or of all.
    pub fn import_rows(
        &self,
        id: u32,
        fate: Option<Fate>,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<PlannedRow>> {
        let opened = self.opened()?;
        let plan = opened.plans.open.get(&id).ok_or_else(|| gone("import plan"))?;
        let all = plan.files.iter().enumerate().flat_map(|(file, planned)| {
            planned.placed.iter().enumerate().map(move |(index, placed)| (file, index, planned, *placed))
        });
        let wanted = all.filter(|(.., placed)| fate.is_none_or(|fate| fate == fate_of(placed.place)));
        wanted
            .skip(offset as usize)
            .take(limit as usize)
            .map(|(file, index, planned, placed)| {
                let earlier = match placed.place {
                    Place::Known(id) | Place::Changed(id) | Place::Unsure(id) => Some(id),
                    Place::New | Place::Again { .. } => None,
                };
                let packed = planned.rows.get(index).ok_or_else(broken)?;
                let id = earlier.unwrap_or(TransactionId(0));
                let before = earlier.map(|id| opened.transaction(id).cloned()).transpose()?;
                let mut transaction = transaction_of(&plan.view.files[file], packed, &placed, id, None);
                if let (Place::Changed(_), Some(before)) = (placed.place, &before) {
                    transaction.fill_from(before);
                }
                let (file, fate) = (file as u32, fate_of(placed.place));
                Ok(PlannedRow { file, index: index as u32, fate, transaction, before })
            })
            .collect()
    }

    /// Executes a plan exactly as it was shown: all of it or nothing. `progress` is told the rows stored so
    /// far and how many there are, and stops the work by saying `false`.
    pub fn import_execute(
        &mut self,
        id: u32,
        choices: &[RowChoice],
        now: Moment,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Vec<Import>> {
        let opened = self.opened_mut()?;
        let plan = opened.plans.open.get(&id).ok_or_else(|| gone("import plan"))?;
        let left_out: HashSet<(u32, u32)> =
            choices.iter().filter(|choice| !choice.take).map(|choice| (choice.file, choice.index)).collect();
        let total = plan.fresh().map(|(_, _, planned)| planned.placed.len() as u64).sum();
        let batches = plan.fresh().map(|(file, shown, planned)| batch(file, shown, planned, &left_out));
        let stored = opened.vault.execute(batches.collect(), now, &mut |done| progress(done, total))?;
        let added: u32 = plan.view.files.iter().map(|file| file.counts.new).sum();
        let ids: Vec<ImportId> = stored.iter().map(|stored| stored.import).collect();
        if let Some(plan) = opened.plans.open.remove(&id) {
            opened.take_in(plan.added(stored, &left_out), now)?;
        }
        if !ids.is_empty() {
            let label = Text::new(format!("导入 {added} 笔"), format!("import of {added} transactions"));
            let restore =
                |id: &ImportId| Change::Trash { thing: Thing::Import(*id), before: Some(now), after: None };
            opened.journal.record(label, ids.iter().map(restore).collect());
        }
        Ok(self.imports()?.into_iter().filter(|import| ids.contains(&import.id)).collect())
    }

    /// Forgets a plan.
    pub fn import_discard(&mut self, id: u32) -> Result<()> {
        self.opened_mut()?.plans.open.remove(&id);
        Ok(())
    }

    /// The imports that are in the ledger, newest first.
    pub fn imports(&self) -> Result<Vec<Import>> {
        let mut imports = self.opened()?.vault.imports()?;
        imports.reverse();
        Ok(imports)
    }
}

/// The demo statement, read in this process: it is our own.
pub(super) fn read_demo() -> Result<FileRead> {
    let parsed = statements::read(DEMO, &statements::Options::default())?;
    let sha256 = crate::worker::sha256(DEMO);
    let statements = parsed.into_iter().map(PackedStatement::of).collect();
    let read = Read { sha256, size: DEMO.len() as u64, statements, passed_over: vec![] };
    Ok(FileRead { name: "示例账单.csv".into(), outcome: Ok(read) })
}

/// Rows that came through the worker's pipe whole are whole; if ever not, nothing is guessed.
pub(super) fn broken() -> Error {
    Error::new(Code::Unreadable, "what was read from this file cannot be understood; nothing was stored")
}

pub(super) fn fate_of(place: Place) -> Fate {
    match place {
        Place::New => Fate::New,
        Place::Known(_) | Place::Again { changed: false } => Fate::Known,
        Place::Changed(_) | Place::Again { changed: true } => Fate::Changed,
        Place::Unsure(_) => Fate::Unsure,
    }
}

impl Plan {
    /// The files that are not in the vault yet, each with its place in the plan.
    fn fresh(&self) -> impl Iterator<Item = (u32, &PlannedFile, &PlanFile)> {
        let files = self.view.files.iter().zip(&self.files).enumerate();
        files
            .filter(|(_, (shown, _))| shown.already.is_none())
            .map(|(file, (shown, planned))| (file as u32, shown, planned))
    }

    /// What storing it changed in the ledger: the plan is used up, its rows become transactions.
    fn added(self, stored: Vec<Stored>, left_out: &HashSet<(u32, u32)>) -> Taken {
        let mut taken = Taken::default();
        let count =
            |stored: &Stored| stored.rows.iter().filter(|became| matches!(became, Became::Added(_))).count();
        taken.added.reserve_exact(stored.iter().map(count).sum());
        let mut stored = stored.into_iter();
        let files = self.view.files.iter().zip(self.files).enumerate();
        for (file, (shown, planned)) in files.filter(|(_, (shown, _))| shown.already.is_none()) {
            let Some(stored) = stored.next() else { break };
            let mut became = stored.rows.into_iter();
            let (mut index, placed) = (0, planned.placed);
            planned.rows.consume(|packed| {
                let place: &Placed = &placed[index];
                let take = !left_out.contains(&(file as u32, index as u32));
                index += 1;
                if placement(place.place, take).is_none() {
                    return;
                }
                match became.next() {
                    Some(Became::Added(id)) => {
                        let source = Source { import: stored.import, row: packed.draft.row };
                        taken.added.push(transaction_of(shown, packed, place, id, Some(source)));
                    }
                    Some(Became::Touched(id)) => {
                        taken.touched.insert(id);
                    }
                    Some(Became::Seen) | None => {}
                }
            });
        }
        // What a later file of the plan says of a row that an earlier one added is read with it.
        if !taken.touched.is_empty() {
            taken.added.retain(|row| !taken.touched.contains(&row.id));
        }
        taken
    }
}

/// What an import changes in the ledger.
#[derive(Default)]
pub(super) struct Taken {
    /// Transactions that were not there.
    pub added: Vec<Transaction>,
    /// Others, to be read again.
    pub touched: HashSet<TransactionId>,
}

fn batch<'a>(
    file: u32,
    shown: &'a PlannedFile,
    planned: &'a PlanFile,
    left_out: &'a HashSet<(u32, u32)>,
) -> NewImport<'a> {
    let rows = planned.rows.iter().zip(&planned.placed).enumerate();
    NewImport {
        file: &shown.file,
        sha256: &shown.sha256,
        size: planned.size,
        statement: &shown.statement,
        provider: &shown.provider,
        account: &shown.account,
        stated_count: shown.stated.count,
        problems: &shown.problems,
        unread: &planned.unread,
        totals: &planned.totals,
        rows: Box::new(rows.filter_map(move |(index, (packed, placed))| {
            let take = !left_out.contains(&(file, index as u32));
            let place = placement(placed.place, take)?;
            Some(NewRow { packed: packed?, key: placed.key, place })
        })),
    }
}

/// Where a row goes; `None` where the user leaves it out. An unsure row that is not taken is the one the
/// ledger has.
fn placement(place: Place, take: bool) -> Option<Placement> {
    match place {
        Place::New => take.then_some(Placement::New),
        Place::Known(id) => Some(Placement::Known(id)),
        Place::Changed(id) if take => Some(Placement::Changed(id)),
        Place::Changed(id) => Some(Placement::Known(id)),
        Place::Again { changed } if changed && take => Some(Placement::AgainChanged),
        Place::Again { .. } => Some(Placement::Again),
        Place::Unsure(_) if take => Some(Placement::New),
        Place::Unsure(id) => Some(Placement::Known(id)),
    }
}

fn transaction_of(
    shown: &PlannedFile,
    packed: Packed<'_>,
    placed: &Placed,
    id: TransactionId,
    source: Option<Source>,
) -> Transaction {
    let (key, statement) = (placed.key.to_string(), Some(shown.statement.clone()));
    Transaction { source, ..packed.draft.into_transaction(id, key, shown.provider.clone(), statement) }
}
