//! What became of an import, to be looked at also later: its counts and sums, the links found, and the lines of the
//! file that its problems are about.

use super::imports::Plans;
use super::opened::Opened;
use super::views::{Counts, Import, PlannedFile};
use super::{App, gone};
use crate::detect::Holder;
use crate::error::{Code, Error, Result};
use crate::ledger::link::{Link, Rule, Sureness};
use crate::ledger::{ImportId, Moment, TransactionId};
use crate::money::Money;
use crate::statements::Stated;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// The report of an import.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct ImportReport {
    /// The import, with its problems.
    pub import: Import,
    /// What its plan said; `None` for an import of an earlier version.
    pub totals: Option<ImportTotals>,
    /// The links that end in one of its rows, the surest and most frequent first.
    pub links: Vec<LinkCount>,
}

/// What the plan of an import said of its file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ImportTotals {
    /// First and last moment of its rows.
    #[ts(type = "string | null")]
    pub from: Option<Moment>,
    /// See `from`.
    #[ts(type = "string | null")]
    pub to: Option<Moment>,
    /// Rows read.
    pub read: u32,
    /// What the file states of itself.
    pub stated: Stated,
    /// Our sums over the rows read.
    pub income: Money,
    /// See `income`.
    pub expense: Money,
    /// See `income`.
    pub neutral: Money,
    /// What became of the rows.
    pub counts: Counts,
}

/// How often a rule linked a row of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct LinkCount {
    /// The rule.
    pub rule: Rule,
    /// How sure.
    pub sure: Sureness,
    /// How many links.
    pub count: u32,
    /// A row of the import that has such a link, to look at.
    pub example: TransactionId,
}

impl ImportTotals {
    /// Of a file of a plan, as JSON.
    pub(super) fn of(file: &PlannedFile) -> String {
        let totals = Self {
            from: file.from,
            to: file.to,
            read: file.read,
            stated: file.stated.clone(),
            income: file.income,
            expense: file.expense,
            neutral: file.neutral,
            counts: file.counts.clone(),
        };
        serde_json::to_string(&totals).expect("plain values are always JSON")
    }
}

impl Opened {
    /// Whose ledger it is, as the files of these imports state. The name stands among what the plan kept of each file.
    pub(super) fn holder_of(&self, imports: &[Import]) -> Result<Holder> {
        let name = |import: &Import| -> Result<String> {
            let totals = self.vault.totals(import.id)?;
            let totals = totals.and_then(|text| serde_json::from_str::<ImportTotals>(&text).ok());
            Ok(totals.map_or_else(String::new, |totals| totals.stated.holder))
        };
        let names = imports.iter().map(name).collect::<Result<Vec<_>>>()?;
        let files = names.iter().zip(imports);
        Ok(Holder::of(files.map(|(name, import)| (name.as_str(), import.account.as_str()))))
    }
}

impl App {
    /// The report of an import.
    ///
    /// # Errors
    /// `NotFound` where there is no such import (any more), `Locked`.
    pub fn import_report(&self, id: ImportId) -> Result<ImportReport> {
        let opened = self.opened()?;
        let import = opened.vault.imports()?.into_iter().find(|import| import.id == id);
        let import = import.ok_or_else(|| gone("import"))?;
        // What an earlier or a later version wrote may lack or have more: then there are no totals to show.
        let totals = opened.vault.totals(id)?.and_then(|text| serde_json::from_str(&text).ok());
        let ours = |transaction: TransactionId| {
            let source = opened.transaction(transaction).ok().and_then(|row| row.source);
            source.is_some_and(|source| source.import == id)
        };
        let mut counted: BTreeMap<(Rule, Sureness), LinkCount> = BTreeMap::new();
        for Link { from, to, rule, sure, .. } in opened.links.all.iter().copied() {
            let Some(example) = [from, to].into_iter().find(|end| ours(*end)) else { continue };
            let count = counted.entry((rule, sure)).or_insert(LinkCount { rule, sure, count: 0, example });
            count.count += 1;
        }
        let mut links: Vec<LinkCount> = counted.into_values().collect();
        links.sort_by_key(|link| (std::cmp::Reverse((link.sure, link.count)), link.rule));
        Ok(ImportReport { import, totals, links })
    }

    /// The cells of a line of an imported file, as they stood, or with row 0 the names of its columns; `None` where
    /// the line was not kept.
    ///
    /// # Errors
    /// `Locked`, `Damaged`.
    pub fn import_line(&self, import: ImportId, row: u32) -> Result<Option<Vec<String>>> {
        self.opened()?.vault.line(import, row)?.map(|cells| split(&cells)).transpose()
    }

    /// The cells of a line of a file of a plan, as they stand, or with row 0 the names of its columns; `None` where
    /// the line is not kept.
    ///
    /// # Errors
    /// `NotFound` where there is no such plan or file, `Locked`.
    pub fn plan_line(&self, plan: u32, file: u32, row: u32) -> Result<Option<Vec<String>>> {
        let plans: &Plans = &self.opened()?.plans;
        plans.line(plan, file, row)?.map(|cells| split(&cells)).transpose()
    }
}

fn split(cells: &str) -> Result<Vec<String>> {
    serde_json::from_str(cells)
        .map_err(|_| Error::new(Code::Damaged, "the original row in the vault cannot be read"))
}

#[cfg(test)]
mod tests;
