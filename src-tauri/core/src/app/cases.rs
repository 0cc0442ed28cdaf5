//! Cases: opening, adding to them, and all that is computed from them.

use super::App;
use super::ledger::brought_back;
use super::opened::Opened;
use super::views::{Attachment, CaseLine, CaseView, Home, NewCase, NewEvent, Owner};
use crate::call::{self, CallPlan};
use crate::case::letter::{Exhibit, Papers};
use crate::case::{self, Addressee, Case, CaseId, CaseStatus, Deadline, Event, EventId, Finding, Happening};
use crate::detect::Flag;
use crate::error::{Code, Error, Result};
use crate::ledger::message::mask_cards;
use crate::ledger::{ImportId, Moment, Transaction};
use crate::text::{Lang, Text};
use crate::vault::Thing;
use std::path::{Path, PathBuf};

/// How many flags the home page shows.
const FLAGS_AT_HOME: usize = 5;

impl App {
    /// Opens a case from flags, from transactions, or for a provider alone (a frozen account).
    pub fn case_open(&mut self, fresh: NewCase, now: Moment) -> Result<CaseId> {
        let named = fresh.provider.as_deref().filter(|name| !name.is_empty());
        let named = named.map(|name| self.known_provider(name)).transpose()?;
        let opened = self.opened()?;
        let mut transactions = fresh.transactions;
        let mut trouble = fresh.trouble;
        let extended = !transactions.is_empty();
        let mut findings = Vec::new();
        for id in &fresh.flags {
            let flag = opened.flag(id)?;
            findings.push(Finding { kind: flag.kind, amount: flag.amount, found: flag.explanation.clone() });
            trouble = trouble.or(case::trouble_of(flag.kind));
            // Whom it was meant for, where the evidence itself does not say so.
            let meant = flag.compared.last().filter(|_| flag.transactions.len() == 1);
            for transaction in flag.transactions.iter().chain(meant) {
                if !transactions.contains(transaction) {
                    transactions.push(*transaction);
                }
            }
        }
        let first = transactions.first().map(|id| opened.transaction(*id)).transpose()?;
        let provider = named.or_else(|| first.map(|t| t.provider.clone())).unwrap_or_default();
        if provider.is_empty() && transactions.is_empty() {
            let sentence = "a case needs a flag, a transaction or a provider";
            return Err(Error::new(Code::Invalid, sentence));
        }
        for id in &transactions {
            opened.transaction(*id)?;
        }
        if extended {
            findings.clear();
        }
        // Who paid is the user's to say: until they do, nothing is said for them.
        let trouble = trouble.unwrap_or(case::Trouble::UnclearPayment);
        let wishes = if fresh.wishes.is_empty() { case::default_wishes(trouble) } else { fresh.wishes };
        let case = Case {
            id: CaseId(0),
            opened_at: now,
            trouble,
            provider,
            story: mask_cards(fresh.story.trim()).0,
            wishes,
            transactions,
            flags: fresh.flags,
            findings,
            events: vec![],
        };
        let opened = self.opened_mut()?;
        let id = opened.vault.open_case(&case)?;
        opened
            .journal
            .record(Text::new("开案件", "opening a case"), vec![brought_back(Thing::Case(id), now)]);
        opened.reload_cases()?;
        Ok(id)
    }

    /// All cases: those that need something first, closed ones last.
    pub fn cases(&self, now: Moment) -> Result<Vec<CaseLine>> {
        let opened = self.opened()?;
        let mut lines: Vec<CaseLine> = opened.cases.iter().map(|case| case_line(case, opened, now)).collect();
        lines.sort_by_key(|line| {
            let closed = line.status == CaseStatus::Closed;
            let due = line.deadline.as_ref().map_or(i64::MAX, |deadline| deadline.days_left);
            (closed, due, std::cmp::Reverse(line.case.opened_at))
        });
        Ok(lines)
    }

    /// A case with all that is computed from it.
    pub fn case_view(&self, id: CaseId, now: Moment) -> Result<CaseView> {
        let opened = self.opened()?;
        let case = opened.case(id)?;
        let transactions = opened.transactions(&case.transactions);
        let plan = self.case_plan(case, &transactions, now)?;
        let playbook = case::playbook(case.trouble);
        let attachments = self.attachments_of(case, &transactions)?;
        Ok(CaseView {
            line: case_line(case, opened, now),
            deadlines: case::deadlines(case, now),
            first_of_all: playbook.first_of_all.clone(),
            questions: playbook.questions.clone(),
            to_capture: playbook.evidence.clone(),
            addressees: case::addressees(case.trouble).to_vec(),
            steps: case::steps(case),
            brief: case::brief(case, &transactions, &|id| self.name_of(id)),
            next_rung: plan.next_rung.clone(),
            plan,
            attachments,
            transactions,
        })
    }

    /// Appends an event to a case.
    pub fn case_add(&mut self, event: NewEvent, now: Moment) -> Result<EventId> {
        let NewEvent { case, happening } = event;
        self.check_happening(case, &happening)?;
        let opened = self.opened_mut()?;
        let id = opened.vault.append(case, now, &masked(happening))?;
        let label = Text::new("案件进展", "a case's event");
        opened.journal.record(label, vec![brought_back(Thing::Event(id), now)]);
        opened.reload_cases()?;
        Ok(id)
    }

    fn check_happening(&self, id: CaseId, happening: &Happening) -> Result<()> {
        let case = self.opened()?.case(id)?;
        match happening {
            Happening::Called { provider, line, .. } if !provider.is_empty() && !line.is_empty() => {
                self.directory.tel(provider, line).map(drop)
            }
            Happening::PromiseResolved { event, .. } => {
                let holds_promise =
                    |known: &Event| known.id == *event && case::clock::promise_of(known).is_some();
                if case.events.iter().any(holds_promise) { Ok(()) } else { Err(super::gone("promise")) }
            }
            _ => Ok(()),
        }
    }

    /// A letter about a case, in one language.
    pub fn letter(&self, id: CaseId, to: Addressee, lang: Lang, now: Moment) -> Result<String> {
        let opened = self.opened()?;
        let case = opened.case(id)?;
        if !case::addressees(case.trouble).contains(&to) {
            let sentence = "a case of this kind has no letter to this addressee";
            return Err(Error::new(Code::Invalid, sentence));
        }
        let transactions = opened.transactions(&case.transactions);
        let imports = opened.vault.imports()?;
        let file_of = |id: ImportId| {
            let import = imports.iter().find(|import| import.id == id)?;
            let (name, sha256) = (import.file.clone(), import.sha256.clone());
            Some(Exhibit { name, sha256, label: String::new() })
        };
        let issuer = transactions.iter().find_map(|t| self.directory.issuer(&t.method));
        let letter = case::letter(&Papers {
            case,
            transactions: &transactions,
            attachments: &self.exhibits(case, &transactions)?,
            file_of: &file_of,
            name_of: &|id| self.name_of(id),
            to,
            recipient: issuer.filter(|_| to == Addressee::Bank).map(|bank| bank.id.as_str()),
            name: &opened.settings.name,
            phone: &opened.settings.phone,
            today: now.date_naive(),
        });
        Ok(letter.get(lang).to_owned())
    }

    /// The files of a case and of its transactions.
    fn attachments_of(&self, case: &Case, transactions: &[Transaction]) -> Result<Vec<Attachment>> {
        let vault = &self.opened()?.vault;
        let mut attachments = vault.attachments(Owner::Case(case.id))?;
        for transaction in transactions {
            attachments.extend(vault.attachments(Owner::Transaction(transaction.id))?);
        }
        Ok(attachments)
    }

    /// The same as a letter lists them, with what the user said they show.
    fn exhibits(&self, case: &Case, transactions: &[Transaction]) -> Result<Vec<Exhibit>> {
        let label_of = |id| {
            case.events.iter().find_map(|event| match &event.happening {
                Happening::Attached { attachment, label } if *attachment == id => Some(label.clone()),
                _ => None,
            })
        };
        let exhibit = |file: Attachment| Exhibit {
            label: label_of(file.id).unwrap_or_default(),
            name: file.name,
            sha256: file.sha256,
        };
        Ok(self.attachments_of(case, transactions)?.into_iter().map(exhibit).collect())
    }

    /// Writes the documents of a case into a new folder inside `folder`: brief, letters in both languages, evidence byte for byte,
    /// and a list of hashes. Returns the new folder.
    pub fn case_export(&self, id: CaseId, folder: &Path, now: Moment) -> Result<PathBuf> {
        let view = self.case_view(id, now)?;
        let target = folder.join(format!("recourse-case-{}-{}", id.0, now.format("%Y%m%d-%H%M%S")));
        std::fs::create_dir(&target)?;
        let mut hashes = String::new();
        let mut write = |name: String, bytes: &[u8]| -> Result<()> {
            std::fs::write(target.join(&name), bytes)?;
            hashes.push_str(&format!("{}  {name}\n", crate::worker::sha256(bytes)));
            Ok(())
        };
        for (lang, suffix) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
            write(format!("brief-{suffix}.txt"), view.brief.to_plain(lang).as_bytes())?;
            for to in view.addressees.iter().copied() {
                let name = match to {
                    Addressee::Merchant => "merchant",
                    Addressee::Wallet => "wallet",
                    Addressee::Bank => "bank",
                    Addressee::Regulator => "regulator",
                    Addressee::Police => "police",
                };
                write(format!("letter-{name}-{suffix}.txt"), self.letter(id, to, lang, now)?.as_bytes())?;
            }
        }
        for attachment in &view.attachments {
            let name = format!("evidence-{}-{}", attachment.id.0, safe_name(&attachment.name));
            write(name, &self.attachment_bytes(attachment.id)?)?;
        }
        std::fs::write(target.join("SHA256SUMS"), hashes)?;
        Ok(target)
    }

    /// Whom to call about a provider, without a case.
    pub fn call_plan(&self, provider: &str, now: Moment) -> Result<CallPlan> {
        let provider = self.known_provider(provider)?;
        let request = call::Request::Provider(&provider);
        let mut plan = call::plan(&request, &self.directory, call::Scripts::default(), now)?;
        self.retime(&mut plan, now)?;
        Ok(plan)
    }

    fn case_plan(&self, case: &Case, transactions: &[Transaction], now: Moment) -> Result<CallPlan> {
        let say = call::Scripts {
            clerk: case::script(case, transactions, &|id| self.name_of(id), now),
            police: case::script_for_police(case, transactions).unwrap_or_default(),
        };
        let mut plan = call::plan(&call::Request::Case { case, transactions }, &self.directory, say, now)?;
        self.retime(&mut plan, now)?;
        Ok(plan)
    }

    /// Promises still open, the nearest first. Unlike [`App::home`] this never looks for flags.
    ///
    /// # Errors
    /// `Locked`.
    pub fn deadlines(&self, now: Moment) -> Result<Vec<Deadline>> {
        let cases = self.opened()?.cases.iter();
        let mut deadlines: Vec<_> = cases.flat_map(|case| case::deadlines(case, now)).collect();
        deadlines.sort_by_key(|deadline| deadline.days_left);
        Ok(deadlines)
    }

    /// What needs the user today.
    pub fn home(&mut self, now: Moment) -> Result<Home> {
        self.opened_mut()?.refresh(now)?;
        let opened = self.opened()?;
        // A flag with a case waits for the case, not for the user's eye.
        let waits = |flag: &&Flag| opened.is_open(flag) && opened.case_of(&flag.id).is_none();
        let open_flags: Vec<_> = opened.flags().iter().filter(waits).collect();
        let mut cases = self.cases(now)?;
        cases.retain(|line| line.status != CaseStatus::Closed);
        Ok(Home {
            deadlines: self.deadlines(now)?,
            flags_total: open_flags.len() as u32,
            flags: self.flag_views(open_flags.into_iter().take(FLAGS_AT_HOME), opened),
            cases,
            transactions: opened.ledger.len() as u32,
            backup_at: opened.vault.last_backup_at()?,
        })
    }

    fn known_provider(&self, name: &str) -> Result<String> {
        let provider = self.directory.get(name).ok_or_else(|| super::gone("provider in the directory"))?;
        Ok(provider.id.clone())
    }

    fn name_of(&self, id: &str) -> Text {
        self.directory.get(id).map_or_else(|| Text::new(id, id), |provider| provider.name.clone())
    }
}

fn case_line(case: &Case, opened: &Opened, now: Moment) -> CaseLine {
    let transactions = opened.transactions(&case.transactions);
    CaseLine {
        status: case::status(case, now),
        title: case::title(case, &transactions),
        amount: case::amount(case, &transactions),
        deadline: case::deadlines(case, now).into_iter().min_by_key(|deadline| deadline.days_left),
        case: case.clone(),
    }
}

/// A full card number typed into any field is reduced to its tail before it is stored.
fn masked(happening: Happening) -> Happening {
    let mask = |text: String| mask_cards(&text).0;
    match happening {
        Happening::Called { provider, line, seconds, agent, ticket, said, promise } => Happening::Called {
            provider,
            line,
            seconds,
            agent: mask(agent),
            ticket,
            said: mask(said),
            promise,
        },
        Happening::Noted { text } => Happening::Noted { text: mask(text) },
        Happening::Answered { from, text, promise } => {
            Happening::Answered { from, text: mask(text), promise }
        }
        Happening::Sent { to, how } => Happening::Sent { to, how: mask(how) },
        other => other,
    }
}

/// A file name without folders, control characters or signs that some systems refuse.
fn safe_name(name: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || "._- ".contains(c) { c } else { '_' };
    let kept: String = name.chars().map(safe).take(80).collect();
    kept.trim_start_matches(['.', ' ']).to_owned()
}
