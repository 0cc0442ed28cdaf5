//! What will become of the rows of files, decided apart from the app: of a million rows that takes a while, and others
//! may ask the app meanwhile.

use super::imports::{FileRead, broken, fate_of};
use super::report::ImportTotals;
use super::views::{Counts, Fate, Import, PlannedFile, RefusedFile};
use crate::error::{Code, Error, Result};
use crate::ledger::plan::{Placed, Planner};
use crate::ledger::{Direction, ImportId};
use crate::money::{Currency, Money};
use crate::statements::packed::{PackedStatement, Rows};
use crate::statements::{self, Parsed, RawLine};
use std::collections::HashSet;

/// How many rows are placed between two reports of progress.
const REPORT_EVERY: usize = 4096;

/// What a ledger knows, for placing rows against it.
pub struct Planning {
    pub(super) planner: Planner,
    /// What was imported before.
    pub(super) imports: Vec<Import>,
    /// The ledger's state that this is of.
    pub(super) state: u64,
}

/// What was planned, for [`App::import_planned`](super::App::import_planned).
pub struct Planned {
    pub(super) files: Vec<(PlannedFile, PlanFile)>,
    pub(super) refused: Vec<RefusedFile>,
    pub(super) passed_over: Vec<RefusedFile>,
    pub(super) state: u64,
}

/// A file of a plan, beside what is shown of it.
pub(super) struct PlanFile {
    /// Bytes.
    pub size: u64,
    /// Its rows.
    pub rows: Rows,
    /// The lines that could not be read.
    pub unread: Vec<RawLine>,
    /// What is shown of it, as JSON.
    pub totals: String,
    /// What becomes of each row.
    pub placed: Vec<Placed>,
}

impl Planning {
    /// Decides what will become of every row of these files. `progress` is told the rows placed so far and how many
    /// there are, and stops the work by saying `false`.
    ///
    /// # Errors
    /// `Cancelled`, and where what was read is damaged.
    pub fn place(
        mut self,
        reads: Vec<FileRead>,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Planned> {
        let rows_of = |file: &FileRead| {
            let statements = file.outcome.as_ref().map_or(&[][..], |read| &read.statements);
            statements.iter().map(|statement| statement.rows.len() as u64).sum::<u64>()
        };
        let total = reads.iter().map(rows_of).sum();
        let mut before = 0;
        let mut planned = Planned { files: vec![], refused: vec![], passed_over: vec![], state: self.state };
        for (nth, FileRead { name, outcome }) in reads.into_iter().enumerate() {
            let read = match outcome {
                Ok(read) => read,
                Err(error) => {
                    planned.refused.push(RefusedFile { file: name, error, place: nth as u32 });
                    continue;
                }
            };
            let beside = |(file, error)| RefusedFile { file, error, place: nth as u32 };
            planned.passed_over.extend(read.passed_over.into_iter().map(beside));
            for PackedStatement { mut about, rows } in read.statements {
                let already = self.imported(&read.sha256, &about.statement);
                let unread = std::mem::take(&mut about.unread);
                let mut shown = PlannedFile::new(name.clone(), &read.sha256, about, already);
                let placed =
                    place(&mut self.planner, &mut shown, &rows, &mut |done| progress(before + done, total))?;
                before += rows.len() as u64;
                let totals = ImportTotals::of(&shown);
                planned.files.push((shown, PlanFile { size: read.size, rows, unread, totals, placed }));
            }
        }
        // Whoever shows it takes this for the end.
        progress(total, total);
        Ok(planned)
    }

    /// Plans once more what was planned for another state of the ledger.
    pub(super) fn again(mut self, planned: Planned) -> Result<Planned> {
        let (refused, passed_over) = (planned.refused, planned.passed_over);
        let mut anew = Planned { files: vec![], refused, passed_over, state: self.state };
        for (mut shown, mut file) in planned.files {
            shown.already = self.imported(&shown.sha256, &shown.statement);
            shown.counts = Counts { unreadable: shown.counts.unreadable, ..Counts::default() };
            file.placed = place(&mut self.planner, &mut shown, &file.rows, &mut |_| true)?;
            file.totals = ImportTotals::of(&shown);
            anew.files.push((shown, file));
        }
        Ok(anew)
    }

    fn imported(&self, sha256: &str, statement: &str) -> Option<ImportId> {
        let same = |import: &&Import| import.sha256 == sha256 && import.statement == statement;
        self.imports.iter().find(same).map(|import| import.id)
    }
}

impl PlannedFile {
    /// Before its rows are placed.
    fn new(name: String, sha256: &str, about: Parsed, already: Option<ImportId>) -> Self {
        let unreadable: HashSet<u32> = about.problems.iter().filter_map(unreadable_row).collect();
        Self {
            file: name,
            sha256: sha256.to_owned(),
            experimental: statements::is_experimental(&about.statement),
            statement: about.statement,
            provider: about.provider,
            account: about.account,
            from: None,
            to: None,
            read: 0,
            stated: about.stated,
            income: Money::fen(0),
            expense: Money::fen(0),
            neutral: Money::fen(0),
            counts: Counts { unreadable: unreadable.len() as u32, ..Counts::default() },
            problems: about.problems,
            already,
        }
    }
}

/// Places every row of a file, and counts and sums what is shown of them: in the currency of the first row,
/// others are not mixed in.
fn place(
    planner: &mut Planner,
    shown: &mut PlannedFile,
    rows: &Rows,
    progress: &mut dyn FnMut(u64) -> bool,
) -> Result<Vec<Placed>> {
    let mut all = Vec::with_capacity(rows.len());
    let (provider, statement, account) =
        (shown.provider.clone(), shown.statement.clone(), shown.account.clone());
    let mut placing = planner.file(&provider, &statement, &account, rows.len());
    let mut currency = Currency::CNY;
    let mut sums = [0_i64; 3];
    for (index, packed) in rows.iter().enumerate() {
        if index % REPORT_EVERY == 0 && !progress(index as u64) {
            return Err(Error::new(Code::Cancelled, "stopped while planning; nothing was stored"));
        }
        let draft = packed.ok_or_else(broken)?.draft;
        if all.is_empty() {
            currency = draft.amount.currency;
        }
        let placed = placing.place(&draft);
        if draft.amount.currency == currency {
            let sum = match draft.direction {
                Direction::In => &mut sums[0],
                Direction::Out => &mut sums[1],
                Direction::Neutral => &mut sums[2],
            };
            *sum = sum.saturating_add(draft.amount.minor);
        }
        shown.from = Some(shown.from.map_or(draft.at, |from| from.min(draft.at)));
        shown.to = Some(shown.to.map_or(draft.at, |to| to.max(draft.at)));
        all.push(placed);
    }
    placing.finish(&mut all);
    for placed in &all {
        *match fate_of(placed.place) {
            Fate::New => &mut shown.counts.new,
            Fate::Known => &mut shown.counts.known,
            Fate::Changed => &mut shown.counts.changed,
            Fate::Unsure => &mut shown.counts.unsure,
        } += 1;
    }
    shown.read = rows.len() as u32;
    [shown.income, shown.expense, shown.neutral] = sums.map(|minor| Money::new(minor, currency));
    Ok(all)
}

/// The row a problem made unreadable; remarks on rows that were read do not count.
fn unreadable_row(problem: &statements::Problem) -> Option<u32> {
    problem.reason.is_unreadable().then_some(problem.row)
}

#[cfg(test)]
mod tests;
