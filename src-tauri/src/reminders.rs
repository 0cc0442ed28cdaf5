//! Tells of promises and calls that are due. A notice shows on a locked screen, so it holds no name and no amount.

use crate::desk::Desk;
use crate::surroundings;
use recourse::call::{CallReminder, ReminderId};
use recourse::case::{Deadline, EventId};
use recourse::text::{Lang, Text};
use std::collections::HashSet;
use std::time::Duration;
use tauri::{AppHandle, Emitter, Manager};
use tauri_plugin_notification::NotificationExt;

/// How often the calendar is looked at; what fell due while the app was closed is told at the first look.
const LOOK: Duration = Duration::from_secs(30);

/// Looks at the open promises as long as the app runs. Each is told once: a clock set back tells nothing twice.
pub fn watch(handle: AppHandle) {
    tauri::async_runtime::spawn(async move {
        let mut told = HashSet::new();
        let mut told_calls = HashSet::new();
        loop {
            tokio::time::sleep(LOOK).await;
            let desk = handle.state::<Desk>();
            let asked = desk.ask_if_idle(|app, now| {
                Ok((app.deadlines(now)?, app.due_calls(now)?, app.status()?.settings.lang))
            });
            let Some(Ok((deadlines, calls, lang))) = asked else { continue };
            let lang = lang.unwrap_or_else(surroundings::language);
            let fresh = fresh(&deadlines, &mut told);
            if fresh > 0 {
                tell(&handle, &words(fresh), lang);
            }
            if fresh_calls(&calls, &mut told_calls) > 0 {
                tell(&handle, &call_words(), lang);
            }
        }
    });
}

/// How many promises are due that were not told before.
fn fresh(deadlines: &[Deadline], told: &mut HashSet<EventId>) -> usize {
    deadlines.iter().filter(|deadline| deadline.days_left <= 0 && told.insert(deadline.event)).count()
}

fn words(count: usize) -> Text {
    let promises = if count == 1 { "promise is" } else { "promises are" };
    Text::new(
        format!("{count} 项承诺已到期，请打开应用查看。"),
        format!("{count} {promises} due: open the app to see."),
    )
}

/// How many calls are due that were not told before.
fn fresh_calls(calls: &[CallReminder], told: &mut HashSet<ReminderId>) -> usize {
    calls.iter().filter(|call| told.insert(call.id)).count()
}

fn call_words() -> Text {
    Text::new(
        "约好的通话时间到了，请打开应用查看。",
        "It is time for a call you planned: open the app to see.",
    )
}

fn tell(handle: &AppHandle, words: &Text, lang: Lang) {
    // Without a notification service the home page still says it.
    let _ = handle.notification().builder().title("Recourse 申诉台").body(words.get(lang)).show();
    // A window that is gone needs no telling.
    let _ = handle.emit("due", ());
}
