//! Flags and what the user says of them.

use super::App;
use super::learning::{Effect, Unanswered};
use super::opened::Opened;
use super::views::{Status, Turned};
use crate::case::{self, CaseId, Trouble};
use crate::detect::{self, Chart, Flag, Ruling, Verdict, kinds};
use crate::error::Result;
use crate::ledger::{Moment, Transaction, TransactionId};
use crate::text::Text;
use crate::vault::Change;
use serde::Serialize;
use ts_rs::TS;

/// A flag with its lines, as the page shows it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct FlagView {
    /// The flag.
    pub flag: Flag,
    /// What else was found of the same event: one answer answers all of it.
    pub also: Vec<Flag>,
    /// Its lines, in the flag's order, then those of what else was found.
    pub transactions: Vec<Transaction>,
    /// Rows they are held against: what the usual payee got.
    pub compared: Vec<Transaction>,
    /// The playbook it would open; `None` where only the user can say who paid and why.
    pub trouble: Option<Trouble>,
    /// The case already opened from it.
    pub case: Option<CaseId>,
    /// What to do next.
    pub next: Text,
    /// What "mine" would quieten beside this flag.
    pub mine: Effect,
    /// The flag whose "mine" keeps this one quiet; `None` where its own verdict decides or it is open.
    pub quieted_by: Option<String>,
}

impl Opened {
    /// The "mine" on another flag that keeps this one quiet.
    pub fn quieted_by(&self, flag: &Flag) -> Option<&Ruling> {
        let disputed = self.disputed(flag).filter(|_| flag.verdict.is_none())?;
        self.rulings.iter().find(|ruling| detect::setting::quietens(ruling, flag, disputed))
    }

    /// The open flags on a transaction, as far as flags were looked for.
    pub fn open_on(&self, id: TransactionId) -> Vec<Flag> {
        let Some(flags) = self.flags.get() else { return Vec::new() };
        let on_it = |flag: &&Flag| {
            flags.open.contains(&flag.id) && self.told_with(flag).any(|flag| flag.transactions.contains(&id))
        };
        flags.all.iter().filter(on_it).cloned().collect()
    }

    /// A flag and what else is told with it.
    fn told_with<'f>(&'f self, flag: &'f Flag) -> impl Iterator<Item = &'f Flag> {
        let also = self.looked_for().also.get(&flag.id).into_iter().flatten();
        std::iter::once(flag).chain(also.filter_map(|id| self.flag(id).ok()))
    }
}

impl App {
    /// Open flags, most serious first; with `all`, answered and quietened ones too.
    pub fn flags(&mut self, all: bool, now: Moment) -> Result<Vec<FlagView>> {
        self.opened_mut()?.refresh(now)?;
        let opened = self.opened()?;
        let shown = opened
            .flags()
            .iter()
            .filter(|flag| if all { !opened.is_led(&flag.id) } else { opened.is_open(flag) });
        Ok(self.flag_views(shown, opened))
    }

    pub(super) fn flag_views<'a>(
        &self,
        flags: impl Iterator<Item = &'a Flag>,
        opened: &Opened,
    ) -> Vec<FlagView> {
        let unanswered = Unanswered::of(opened);
        let view = |flag: &Flag| {
            let told: Vec<&Flag> = opened.told_with(flag).collect();
            let mut rows: Vec<TransactionId> = Vec::new();
            for row in told.iter().flat_map(|flag| &flag.transactions) {
                if !rows.contains(row) {
                    rows.push(*row);
                }
            }
            let mine: Vec<Ruling> =
                told.iter().map(|flag| ruling(flag, Verdict::Mine, opened, None)).collect();
            FlagView {
                transactions: opened.transactions(&rows),
                compared: opened.transactions(&flag.compared),
                trouble: case::trouble_of(flag.kind),
                case: opened.case_of(&flag.id).map(|case| case.id),
                next: kinds::next_step(flag.kind, flag.sure),
                mine: unanswered.effect_of(&mine),
                quieted_by: opened.quieted_by(flag).map(|ruling| ruling.flag.clone()),
                also: told.into_iter().skip(1).cloned().collect(),
                flag: flag.clone(),
            }
        };
        flags.map(view).collect()
    }

    /// Which flags came and went with what was changed since this was last asked: a note, an import, what was undone.
    ///
    /// # Errors
    /// `Locked`.
    pub fn flags_turned(&mut self) -> Result<Turned> {
        Ok(self.opened_mut()?.turned())
    }

    /// The picture of a flag; `None` where a sentence says it better.
    pub fn flag_chart(&self, id: &str) -> Result<Option<Chart>> {
        let opened = self.opened()?;
        Ok(detect::chart(opened.flag(id)?, &opened.ledger))
    }

    /// Remembers what the user says of a flag and of what else is told of the same event; `None` takes it back, also where the flag itself is gone.
    pub fn verdict(&mut self, id: &str, verdict: Option<Verdict>, now: Moment) -> Result<Status> {
        let opened = self.opened_mut()?;
        let mut changes = Vec::new();
        for told in opened.event(id) {
            let before = opened.rulings.iter().find(|ruling| ruling.flag == told).cloned();
            let after = match verdict {
                Some(verdict) => Some(ruling(opened.flag(told)?, verdict, opened, Some(now))),
                None if before.is_some() => None,
                None => continue,
            };
            changes.push(Change::Ruling { flag: told.to_owned(), before, after });
        }
        if changes.is_empty() {
            return opened.flag(id).map(drop).and_then(|()| self.status());
        }
        let label = match verdict {
            Some(Verdict::Mine) => Text::new("标为“是我本人”", "“it was me”"),
            Some(Verdict::Pursue) => Text::new("标为“要追究”", "“pursue”"),
            None => Text::new("收回判断", "taking a verdict back"),
        };
        opened.apply(&changes, now)?;
        opened.journal.record(label, changes);
        self.status()
    }
}

/// The verdict as the vault keeps it.
fn ruling(flag: &Flag, verdict: Verdict, opened: &Opened, at: Option<Moment>) -> Ruling {
    let disputed = opened.disputed(flag);
    Ruling {
        flag: flag.id.clone(),
        kind: flag.kind,
        counterparty: disputed.map(|row| row.counterparty.clone()).unwrap_or_default(),
        account: disputed.map(|row| row.person_account().to_owned()).unwrap_or_default(),
        verdict,
        amount: flag.amount,
        at,
    }
}
