//! Flags and what the user says of them.

use super::App;
use super::views::{FlagView, Status};
use crate::case;
use crate::detect::{Flag, Ruling, Verdict};
use crate::error::Result;
use crate::ledger::Moment;
use crate::text::Text;
use crate::vault::Change;

impl App {
    /// Open flags, most serious first; with `all`, answered and quietened ones too.
    pub fn flags(&mut self, all: bool, now: Moment) -> Result<Vec<FlagView>> {
        self.opened_mut()?.refresh(now)?;
        let opened = self.opened()?;
        let shown = opened.flags().iter().filter(|flag| all || opened.is_open(flag));
        Ok(shown.map(|flag| self.flag_view(flag, opened)).collect())
    }

    pub(super) fn flag_view(&self, flag: &Flag, opened: &super::opened::Opened) -> FlagView {
        FlagView {
            transactions: opened.transactions(&flag.transactions),
            trouble: case::trouble_of(flag.kind),
            case: opened.cases.iter().find(|case| case.flags.contains(&flag.id)).map(|case| case.id),
            flag: flag.clone(),
        }
    }

    /// Remembers what the user says of a flag; `None` takes it back.
    pub fn verdict(&mut self, id: &str, verdict: Option<Verdict>, now: Moment) -> Result<Status> {
        let opened = self.opened_mut()?;
        let flag = opened.flag(id)?;
        let first = flag.transactions.first().map(|id| opened.transaction(*id)).transpose()?;
        let after = verdict.map(|verdict| Ruling {
            flag: flag.id.clone(),
            kind: flag.kind,
            counterparty: first.map(|t| t.counterparty.clone()).unwrap_or_default(),
            verdict,
            amount: flag.amount,
        });
        let before = opened.rulings.iter().find(|ruling| ruling.flag == id).cloned();
        let label = match verdict {
            Some(Verdict::Mine) => Text::new("标为“是我本人”", "“it was me”"),
            Some(Verdict::Pursue) => Text::new("标为“要追究”", "“pursue”"),
            None => Text::new("撤回判断", "taking a verdict back"),
        };
        let changes = vec![Change::Ruling { flag: id.to_owned(), before, after }];
        opened.apply(&changes, now)?;
        opened.journal.record(label, changes);
        self.status()
    }
}
