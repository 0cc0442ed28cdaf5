//! Locks the vault when nobody has been there for a while.

use crate::desk::Desk;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use tauri::{AppHandle, Manager};

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(5);

/// When the user was last here, by two clocks: one stands still while the machine sleeps, the other can be set.
pub struct Rest {
    since: Mutex<(Instant, SystemTime)>,
}

impl Default for Rest {
    fn default() -> Self {
        Self { since: Mutex::new((Instant::now(), SystemTime::now())) }
    }
}

impl Rest {
    /// The user is here.
    pub fn touch(&self) {
        *self.since.lock().unwrap_or_else(PoisonError::into_inner) = (Instant::now(), SystemTime::now());
    }

    /// How long nobody was here: the longer of the two clocks' answers.
    fn lasted(&self) -> Duration {
        let (steady, wall) = *self.since.lock().unwrap_or_else(PoisonError::into_inner);
        // A wall clock set back answers nothing.
        steady.elapsed().max(wall.elapsed().unwrap_or_default())
    }
}

/// Locks after the minutes of rest the user chose. Work under way counts as presence.
pub fn watch(handle: AppHandle) {
    tauri::async_runtime::spawn(async move {
        loop {
            tokio::time::sleep(LOOK).await;
            let desk = handle.state::<Desk>();
            // Someone else is asking: the app is at work, and so is the user.
            let Some(status) = desk.ask_if_idle(|app, _| app.status()) else { continue };
            let Some(limit) = status.ok().and_then(limit) else {
                // Rest counts from the moment a vault is open.
                desk.rest.touch();
                continue;
            };
            if desk.rest.lasted() >= limit {
                // A vault that does not close neatly recovers when it is opened next.
                let _ = desk.lock(&handle).await;
            }
        }
    });
}

/// How long nobody may be there: `None` while nothing is open that should be locked.
fn limit(status: recourse::app::views::Status) -> Option<Duration> {
    let open = status.door == recourse::app::views::Door::Open;
    let minutes = u64::from(status.settings.lock_after);
    (open && minutes > 0).then(|| Duration::from_secs(60 * minutes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use recourse::app::views::{Door, Settings, Status};

    fn status(door: Door, lock_after: u32) -> Status {
        let settings = Settings { lock_after, ..Settings::default() };
        Status { door, settings, folder: String::new(), keychain: false, undo: None, redo: None }
    }

    #[test]
    fn only_an_open_vault_is_locked() {
        assert_eq!(limit(status(Door::Open, 5)), Some(Duration::from_secs(300)));
        assert_eq!(limit(status(Door::Open, 0)), None);
        assert_eq!(limit(status(Door::Locked, 5)), None);
        assert_eq!(limit(status(Door::Demo, 5)), None);
    }

    #[test]
    fn a_machine_that_slept_counts_its_sleep() {
        let rest = Rest::default();
        *rest.since.lock().unwrap() = (Instant::now(), SystemTime::now() - Duration::from_secs(900));
        assert!(rest.lasted() >= Duration::from_secs(900));
        rest.touch();
        assert!(rest.lasted() < Duration::from_secs(60));
    }
}
