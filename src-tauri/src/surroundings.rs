//! What the machine around us provides, and what is asked of it before the first window.

use anyhow::Context;
use recourse::text::Lang;
use std::ffi::OsString;
use std::path::PathBuf;
use tauri::{AppHandle, Manager};

/// Another folder for the vault: a stick that is carried about, and tests.
const FOLDER: &str = "RECOURSE_DATA_DIR";
/// Set by the window tests, which open several windows at once on purpose.
const MANY: &str = "RECOURSE_TEST_INSTANCE";
/// Set by the window tests: what the file dialog would have returned, separated as in `PATH`. A test cannot
/// operate the system's own dialog. It grants nothing: whoever sets our environment can read the files anyway.
const FILES: &str = "RECOURSE_TEST_FILES";

/// Core dumps off, and the rendering path that shows a blank window on some drivers off. First thing in `main`.
pub fn prepare() {
    // A core dump would hold the key; where the system refuses, its own limit stands: no reason not to start.
    let _ = recourse::vault::forbid_core_dumps();
    #[cfg(target_os = "linux")]
    set_unless_present("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
}

#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "WebKit reads this setting from the environment and from nowhere else")]
fn set_unless_present(name: &str, value: &str) {
    if std::env::var_os(name).is_none() {
        // SAFETY: called at the head of `main`, before any other thread exists that could read the environment.
        unsafe { std::env::set_var(name, value) }
    }
}

/// Whether several windows may run beside each other.
pub fn many_may_run() -> bool {
    std::env::var_os(MANY).is_some()
}

/// Where the vault lies: the same folder as the command line's, so that both open the same vault.
///
/// # Errors
/// The system names no data folder for this user.
pub fn vault_folder(app: &AppHandle) -> anyhow::Result<PathBuf> {
    match std::env::var_os(FOLDER).filter(|folder| !folder.is_empty()) {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => Ok(app.path().local_data_dir().context("the system names no data folder")?.join("recourse")),
    }
}

/// What a test answers in place of the file dialog.
pub fn files_chosen_by_test() -> Option<Vec<PathBuf>> {
    let files: OsString = std::env::var_os(FILES)?;
    Some(std::env::split_paths(&files).collect())
}

/// The language of the system, where it says one; Chinese otherwise.
pub fn language() -> Lang {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    match named {
        Some(locale) if locale.starts_with("en") => Lang::En,
        _ => Lang::Zh,
    }
}
