//! Callers written down, waits on a line, and reminders of calls.

use super::{App, gone};
use crate::call::{self, Asked, CallPlan, CallReminder, Caller, CallerId, NewCaller, ReminderId, Wait};
use crate::case::Happening;
use crate::directory::NumberVerdict;
use crate::error::{Code, Error, Result};
use crate::ledger::Moment;
use crate::ledger::message::mask_cards;
use crate::text::{Lang, Text};
use crate::vault::Thing;

impl App {
    /// Callers written down, the newest first.
    pub fn callers(&self) -> Result<Vec<Caller>> {
        self.opened()?.vault.callers()
    }

    /// Writes a caller down; in a case it is also told among the case's events.
    ///
    /// # Errors
    /// `Invalid` where nothing was given, `NotFound` for an unknown provider or case.
    pub fn add_caller(&mut self, fresh: NewCaller, now: Moment) -> Result<CallerId> {
        let text = mask_cards(fresh.text.trim()).0;
        let note = mask_cards(fresh.note.trim()).0;
        if text.is_empty() && fresh.asked.is_empty() && note.is_empty() {
            return Err(Error::new(Code::Invalid, "a caller needs a number, a message, or what was wanted"));
        }
        let claimed = match fresh.claimed.trim() {
            "" => String::new(),
            name => self.directory.get(name).ok_or_else(|| gone("provider in the directory"))?.id.clone(),
        };
        let mut asked = fresh.asked;
        asked.sort_unstable();
        asked.dedup();
        let caller = Caller { id: CallerId(0), at: now, text, claimed, asked, note, case: fresh.case };
        let told = fresh.case.map(|_| self.told(&caller));
        let opened = self.opened_mut()?;
        if let Some(case) = caller.case {
            opened.case(case)?;
        }
        let id = opened.vault.add_caller(&caller)?;
        if let (Some(case), Some(text)) = (caller.case, told) {
            let lang = opened.settings.lang.unwrap_or_default();
            let event =
                opened.vault.append(case, now, &Happening::Noted { text: text.get(lang).to_owned() })?;
            let label = Text::new("记下来电", "a caller written down");
            opened.journal.record(label, vec![super::ledger::brought_back(Thing::Event(event), now)]);
            opened.reload_cases()?;
        }
        Ok(id)
    }

    /// Forgets a caller; what a case was told of it stays.
    pub fn remove_caller(&mut self, id: CallerId, now: Moment) -> Result<()> {
        self.opened_mut()?.vault.trash_caller(id, now)
    }

    /// The caller as a case's event tells it: the number, what the directory says of it, what was wanted.
    fn told(&self, caller: &Caller) -> Text {
        let check = self.directory.check_number(&caller.text);
        let number = if check.verdict == NumberVerdict::Invalid { &caller.text } else { &check.number };
        let wishes = |lang: Lang| -> Vec<&str> {
            caller.asked.iter().map(|asked: &Asked| call::answer(*asked).label.get(lang)).collect()
        };
        let claimed = self.directory.get(&caller.claimed);
        let mut told =
            Text::new(format!("接到来电或短信：{number}"), format!("Called or texted by {number}"));
        if let Some(provider) = claimed {
            told.zh.push_str(&format!("，自称{}", provider.name.zh));
            told.en.push_str(&format!(", claiming to be {}", provider.name.en));
        }
        if !caller.asked.is_empty() {
            told.zh.push_str(&format!("；{}", wishes(Lang::Zh).join("；")));
            told.en.push_str(&format!("; {}", wishes(Lang::En).join("; ")));
        }
        if check.verdict != NumberVerdict::Invalid {
            told.zh.push_str(&format!("。核对：{}", check.explanation.zh));
            told.en.push_str(&format!(". Checked: {}", check.explanation.en));
        }
        if !caller.note.is_empty() {
            told.zh.push_str(&caller.note);
            told.en.push_str(&format!(" {}", caller.note));
        }
        told
    }

    /// Writes down how long the user waited on a line.
    ///
    /// # Errors
    /// `NotFound` where the directory has no such line, `Invalid` for a wait of more than a day.
    pub fn log_wait(&mut self, provider: &str, line: &str, seconds: u32, now: Moment) -> Result<()> {
        self.directory.tel(provider, line)?;
        if seconds > 24 * 3600 {
            return Err(Error::new(Code::Invalid, "nobody waits longer than a day"));
        }
        let provider = self.directory.get(provider).map_or_else(String::new, |known| known.id.clone());
        let at = now - chrono::Duration::seconds(i64::from(seconds));
        self.opened_mut()?.vault.add_wait(&Wait { provider, line: line.to_owned(), at, seconds })
    }

    /// Puts what the user's own waits say into a plan; without an open vault there are none.
    pub(super) fn retime(&self, plan: &mut CallPlan, now: Moment) -> Result<()> {
        let waits = match self.opened() {
            Ok(opened) => opened.vault.waits()?,
            Err(_) => return Ok(()),
        };
        call::retime(plan, &self.directory, &waits, now);
        Ok(())
    }

    /// Asks to be reminded of a call.
    ///
    /// # Errors
    /// `NotFound` where the directory has no such line, `Invalid` for a time that has passed.
    pub fn remind(&mut self, provider: &str, line: &str, at: Moment, now: Moment) -> Result<ReminderId> {
        self.directory.tel(provider, line)?;
        if at <= now {
            return Err(Error::new(Code::Invalid, "the time to be reminded at has passed"));
        }
        let provider = self.directory.get(provider).map_or_else(String::new, |known| known.id.clone());
        let reminder = CallReminder { id: ReminderId(0), provider, line: line.to_owned(), at };
        self.opened_mut()?.vault.add_call_reminder(&reminder)
    }

    /// Calls the user wants to be reminded of, the nearest first.
    pub fn call_reminders(&self) -> Result<Vec<CallReminder>> {
        self.opened()?.vault.call_reminders()
    }

    /// Those that are due.
    pub fn due_calls(&self, now: Moment) -> Result<Vec<CallReminder>> {
        let mut due = self.call_reminders()?;
        due.retain(|reminder| reminder.at <= now);
        Ok(due)
    }

    /// Ends a reminder: the call was made, or is no longer wanted.
    pub fn end_call_reminder(&mut self, id: ReminderId, now: Moment) -> Result<()> {
        self.opened_mut()?.vault.end_call_reminder(id, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::NewCase;
    use crate::vault::Cost;

    fn moment(text: &str) -> Moment {
        Moment::parse_from_rfc3339(text).unwrap()
    }

    fn open_app(folder: &std::path::Path) -> App {
        let mut app = App::new(folder, Cost::LOW).unwrap();
        app.create("一口唐山话 42", moment("2026-11-20T09:00:00+08:00")).unwrap();
        app
    }

    #[test]
    fn a_caller_is_kept_and_told_in_its_case() {
        let folder = tempfile::tempdir().unwrap();
        let mut app = open_app(folder.path());
        let now = moment("2026-11-22T10:00:00+08:00");
        let case = NewCase { provider: Some("jd-pay".into()), ..NewCase::default() };
        let case = app.case_open(case, now).unwrap();
        let fresh = NewCaller {
            text: "+86 400 606 5500".into(),
            claimed: "京东金融".into(),
            asked: vec![Asked::CancelCover, Asked::Code, Asked::Code],
            note: "说白条要注销，卡号 4111111111111111".into(),
            case: Some(case),
        };
        app.add_caller(fresh, now).unwrap();
        let kept = &app.callers().unwrap()[0];
        assert_eq!(
            (kept.claimed.as_str(), &kept.asked[..]),
            ("jd-pay", &[Asked::Code, Asked::CancelCover][..])
        );
        assert!(!kept.note.contains("411111111111"), "{}", kept.note);
        let view = app.case_view(case, now).unwrap();
        let Happening::Noted { text } = &view.line.case.events[0].happening else { panic!("no note") };
        assert!(text.contains("+864006065500") && text.contains("自称京东支付"), "{text}");
        app.remove_caller(kept.id, now).unwrap();
        assert!(app.callers().unwrap().is_empty());
        assert_eq!(app.case_view(case, now).unwrap().line.case.events.len(), 1);
    }

    #[test]
    fn an_empty_caller_is_refused_and_an_unknown_case_too() {
        let folder = tempfile::tempdir().unwrap();
        let mut app = open_app(folder.path());
        let now = moment("2026-11-22T10:00:00+08:00");
        assert_eq!(app.add_caller(NewCaller::default(), now).unwrap_err().code, Code::Invalid);
        let lost =
            NewCaller { text: "95188".into(), case: Some(crate::case::CaseId(99)), ..NewCaller::default() };
        assert_eq!(app.add_caller(lost, now).unwrap_err().code, Code::NotFound);
        assert!(app.callers().unwrap().is_empty());
    }

    #[test]
    fn waits_change_the_advice_and_reminders_fall_due_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut app = open_app(folder.path());
        app.log_wait("alipay", "main", 14 * 60, moment("2026-11-19T10:14:00+08:00")).unwrap();
        app.log_wait("支付宝", "main", 2 * 60, moment("2026-11-20T16:32:00+08:00")).unwrap();
        let now = moment("2026-11-22T10:00:00+08:00");
        let line = &app.call_plan("alipay", now).unwrap().call[0];
        assert!(line.better_time.as_ref().unwrap().zh.contains("等了 14 分钟"), "{:?}", line.better_time);
        assert_eq!(line.calmer_at, Some(moment("2026-11-22T16:30:00+08:00")));

        let at = line.calmer_at.unwrap();
        assert_eq!(app.remind("alipay", "main", now, now).unwrap_err().code, Code::Invalid);
        assert_eq!(app.remind("alipay", "no-line", at, now).unwrap_err().code, Code::NotFound);
        let id = app.remind("alipay", "main", at, now).unwrap();
        assert!(app.due_calls(now).unwrap().is_empty());
        assert_eq!(app.due_calls(at).unwrap().len(), 1);
        app.end_call_reminder(id, at).unwrap();
        assert!(app.due_calls(at).unwrap().is_empty());
        assert_eq!(app.end_call_reminder(id, at).unwrap_err().code, Code::NotFound);
    }
}
