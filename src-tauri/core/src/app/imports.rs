//! Statements into the ledger: a plan is made once, shown, and executed as it stands.

use super::views::{
    Counts, Fate, Import, ImportPlan, ImportTotals, PlannedFile, PlannedRow, RefusedFile, RowChoice,
};
use super::{App, gone};
use crate::error::Result;
use crate::ledger::plan::{Place, Placed, Planner};
use crate::ledger::{Direction, ImportId, Moment, Transaction, TransactionId};
use crate::money::{Currency, Money};
use crate::statements::{self, Draft, Parsed};
use crate::text::Text;
use crate::vault::{Change, NewImport, NewRow, Placement, Thing};
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
        let unread = planned.parsed.unread.iter().find(|line| line.row == row).map(|line| &line.cells);
        let read = || planned.parsed.rows.iter().find(|draft| draft.row == row).map(|draft| &draft.raw);
        Ok(unread.or_else(read).cloned())
    }
}

struct Plan {
    view: ImportPlan,
    files: Vec<PlanFile>,
}

struct PlanFile {
    size: u64,
    totals: String,
    parsed: Parsed,
    placed: Vec<Placed>,
}

impl App {
    /// Decides what will become of every row of these files. Nothing is stored.
    pub fn import_plan(&mut self, reads: Vec<FileRead>) -> Result<ImportPlan> {
        let opened = self.opened_mut()?;
        let imports = opened.vault.imports()?;
        let mut planner = Planner::new(&opened.vault.transactions()?);
        let mut view = ImportPlan { id: opened.plans.last + 1, files: vec![], refused: vec![] };
        let mut files = Vec::new();
        for (place, FileRead { name, outcome }) in reads.into_iter().enumerate() {
            let read = match outcome {
                Ok(read) => read,
                Err(error) => {
                    view.refused.push(RefusedFile { file: name, error, place: place as u32 });
                    continue;
                }
            };
            for parsed in read.parsed {
                let placed = planner.place(&parsed.provider, &parsed.rows);
                let already = imports
                    .iter()
                    .find(|import| import.sha256 == read.sha256 && import.statement == parsed.statement)
                    .map(|import| import.id);
                let shown = planned_file(&name, &read.sha256, &parsed, &placed, already);
                files.push(PlanFile { size: read.size, totals: ImportTotals::of(&shown), parsed, placed });
                view.files.push(shown);
            }
        }
        opened.plans.last = view.id;
        opened.plans.open.insert(view.id, Plan { view: view.clone(), files });
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
            planned.placed.iter().enumerate().map(move |(index, placed)| (file, index, planned, placed))
        });
        let wanted = all.filter(|(.., placed)| fate.is_none_or(|fate| fate == fate_of(&placed.place)));
        wanted
            .skip(offset as usize)
            .take(limit as usize)
            .map(|(file, index, planned, placed)| {
                let earlier = match placed.place {
                    Place::Known(id) | Place::Changed(id) | Place::Unsure(id) => Some(id),
                    Place::New | Place::Again { .. } => None,
                };
                Ok(PlannedRow {
                    file: file as u32,
                    index: index as u32,
                    fate: fate_of(&placed.place),
                    transaction: transaction_of(&planned.parsed, index, placed, earlier),
                    before: earlier.map(|id| opened.transaction(id).cloned()).transpose()?,
                })
            })
            .collect()
    }

    /// Executes a plan exactly as it was shown: all of it or nothing. `progress` is told the rows stored so
    /// far and stops the work by saying `false`.
    pub fn import_execute(
        &mut self,
        id: u32,
        choices: &[RowChoice],
        now: Moment,
        progress: &mut dyn FnMut(u64) -> bool,
    ) -> Result<Vec<Import>> {
        let opened = self.opened_mut()?;
        let plan = opened.plans.open.get(&id).ok_or_else(|| gone("import plan"))?;
        let left_out: HashSet<(u32, u32)> =
            choices.iter().filter(|choice| !choice.take).map(|choice| (choice.file, choice.index)).collect();
        let fresh = plan.view.files.iter().zip(&plan.files).enumerate();
        let batches: Vec<NewImport<'_>> = fresh
            .filter(|(_, (shown, _))| shown.already.is_none())
            .map(|(file, (shown, planned))| {
                batch(shown, planned, &|row| !left_out.contains(&(file as u32, row)))
            })
            .collect();
        let ids = opened.vault.execute(&batches, now, progress)?;
        let added: u32 = plan.view.files.iter().map(|file| file.counts.new).sum();
        opened.plans.open.remove(&id);
        if !ids.is_empty() {
            let label = Text::new(format!("导入 {added} 笔"), format!("import of {added} transactions"));
            let restore =
                |id: &ImportId| Change::Trash { thing: Thing::Import(*id), before: Some(now), after: None };
            opened.journal.record(label, ids.iter().map(restore).collect());
        }
        opened.reload_ledger(now)?;
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
    let read = Read { sha256, size: DEMO.len() as u64, parsed };
    Ok(FileRead { name: "示例账单.csv".into(), outcome: Ok(read) })
}

fn fate_of(place: &Place) -> Fate {
    match place {
        Place::New => Fate::New,
        Place::Known(_) | Place::Again { changed: false } => Fate::Known,
        Place::Changed(_) | Place::Again { changed: true } => Fate::Changed,
        Place::Unsure(_) => Fate::Unsure,
    }
}

fn planned_file(
    name: &str,
    sha256: &str,
    parsed: &Parsed,
    placed: &[Placed],
    already: Option<ImportId>,
) -> PlannedFile {
    let mut counts = Counts::default();
    for placed in placed {
        *match fate_of(&placed.place) {
            Fate::New => &mut counts.new,
            Fate::Known => &mut counts.known,
            Fate::Changed => &mut counts.changed,
            Fate::Unsure => &mut counts.unsure,
        } += 1;
    }
    let unreadable: HashSet<u32> = parsed.problems.iter().filter_map(unreadable_row).collect();
    counts.unreadable = unreadable.len() as u32;
    PlannedFile {
        file: name.to_owned(),
        sha256: sha256.to_owned(),
        statement: parsed.statement.clone(),
        provider: parsed.provider.clone(),
        account: parsed.account.clone(),
        from: parsed.rows.iter().map(|row| row.at).min(),
        to: parsed.rows.iter().map(|row| row.at).max(),
        read: parsed.rows.len() as u32,
        stated: parsed.stated.clone(),
        income: sum(parsed, Direction::In),
        expense: sum(parsed, Direction::Out),
        neutral: sum(parsed, Direction::Neutral),
        counts,
        problems: parsed.problems.clone(),
        already,
    }
}

/// The row a problem made unreadable; remarks on rows that were read do not count.
fn unreadable_row(problem: &statements::Problem) -> Option<u32> {
    problem.reason.is_unreadable().then_some(problem.row)
}

/// The sum of one direction, in the currency of the file's first row; other currencies are not mixed in.
fn sum(parsed: &Parsed, direction: Direction) -> Money {
    let currency = parsed.rows.first().map_or(Currency::CNY, |row| row.amount.currency);
    let rows = parsed.rows.iter().filter(|row| row.direction == direction && row.amount.currency == currency);
    Money::new(rows.fold(0_i64, |sum, row| sum.saturating_add(row.amount.minor)), currency)
}

fn batch<'a>(shown: &'a PlannedFile, planned: &'a PlanFile, take: &dyn Fn(u32) -> bool) -> NewImport<'a> {
    let rows = planned.parsed.rows.iter().zip(&planned.placed).enumerate();
    NewImport {
        file: &shown.file,
        sha256: &shown.sha256,
        size: planned.size,
        statement: &shown.statement,
        provider: &shown.provider,
        account: &shown.account,
        stated_count: shown.stated.count,
        problems: &shown.problems,
        unread: &planned.parsed.unread,
        totals: &planned.totals,
        rows: rows
            .filter_map(|(index, (draft, placed))| {
                let place = placement(&placed.place, take(index as u32))?;
                Some(NewRow { draft, key: placed.key.clone(), place })
            })
            .collect(),
    }
}

/// Where a row goes; `None` where the user leaves it out. An unsure row that is not taken is the one the
/// ledger has.
fn placement(place: &Place, take: bool) -> Option<Placement> {
    match place {
        Place::New => take.then_some(Placement::New),
        Place::Known(id) => Some(Placement::Known(*id)),
        Place::Changed(id) if take => Some(Placement::Changed(*id)),
        Place::Changed(id) => Some(Placement::Known(*id)),
        // The vault finds the earlier row by its key, and keeps a newer reading beside it.
        Place::Again { changed } => Some(if *changed && take { Placement::New } else { Placement::Again }),
        Place::Unsure(_) if take => Some(Placement::New),
        Place::Unsure(id) => Some(Placement::Known(*id)),
    }
}

fn transaction_of(
    parsed: &Parsed,
    index: usize,
    placed: &Placed,
    earlier: Option<TransactionId>,
) -> Transaction {
    let draft: &Draft = &parsed.rows[index];
    Transaction {
        id: earlier.unwrap_or(TransactionId(0)),
        key: placed.key.clone(),
        provider: parsed.provider.clone(),
        statement: Some(parsed.statement.clone()),
        at: draft.at,
        direction: draft.direction,
        kind: draft.kind,
        amount: draft.amount,
        fee: draft.fee,
        refunded: draft.refunded,
        counterparty: draft.counterparty.clone(),
        counterparty_account: draft.counterparty_account.clone(),
        item: draft.item.clone(),
        method: draft.method.clone(),
        category: draft.category.clone(),
        status: draft.status.clone(),
        order_no: draft.order_no.clone(),
        merchant_order_no: draft.merchant_order_no.clone(),
        memo: draft.memo.clone(),
        marks: draft.marks.clone(),
        refund_of: None,
        linked: vec![],
        note: String::new(),
        source: None,
    }
}
