//! Copied texts, taken back after half a minute, at the lock and at the end, and only while they are still ours.

use recourse::{Code, Error, Result};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tauri::{AppHandle, Manager};
use tauri_plugin_clipboard_manager::ClipboardExt;
use zeroize::Zeroizing;

const STAYS: Duration = Duration::from_secs(30);

/// What was copied last and has not been taken back.
#[derive(Default)]
pub struct Clipboard {
    ours: Mutex<Option<Zeroizing<String>>>,
}

impl Clipboard {
    /// Copies a text, marked so that clipboard histories leave it out, and takes it back after half a minute.
    ///
    /// # Errors
    /// [`Code::Io`] where the system has no clipboard to write to.
    pub fn copy(&self, handle: &AppHandle, text: String) -> Result<()> {
        let text = Zeroizing::new(text);
        handle.clipboard().write_secret(text.as_str()).map_err(|_| {
            Error::new(Code::Io, "the system's clipboard took nothing: write the text down instead")
        })?;
        *self.ours() = Some(text.clone());
        let handle = handle.clone();
        tauri::async_runtime::spawn(async move {
            tokio::time::sleep(STAYS).await;
            let desk = handle.state::<crate::desk::Desk>();
            // A later copy has its own half minute.
            let still = desk.clipboard.ours().as_ref() == Some(&text);
            if still {
                desk.clipboard.take_back(&handle);
            }
        });
        Ok(())
    }

    /// Empties the clipboard if what we copied is still in it.
    pub fn take_back(&self, handle: &AppHandle) {
        let Some(text) = self.ours().take() else { return };
        let found = handle.clipboard().read_text().map(Zeroizing::new);
        if found.is_ok_and(|found| found == text) {
            // Where it cannot be emptied there is nothing further to do.
            let _ = handle.clipboard().clear();
        }
    }

    fn ours(&self) -> MutexGuard<'_, Option<Zeroizing<String>>> {
        // One assignment at a time: whole even after a panic elsewhere.
        self.ours.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
