//! The system's own file dialogs, opened from here: the web view names no path and sees none.

use crate::desk::blocking;
use crate::{surroundings, window};
use recourse::Result;
use std::path::PathBuf;
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

/// Which files to read; empty where the user thought better of it.
///
/// # Errors
/// The dialog could not be shown.
pub async fn for_files(handle: &AppHandle) -> Result<Vec<PathBuf>> {
    if let Some(files) = surroundings::files_chosen_by_test() {
        return Ok(files);
    }
    let dialog = dialog(handle);
    let chosen = blocking(move || Ok(dialog.blocking_pick_files())).await?;
    Ok(chosen.unwrap_or_default().into_iter().filter_map(path).collect())
}

/// Which one file to read.
///
/// # Errors
/// The dialog could not be shown.
pub async fn for_file(handle: &AppHandle) -> Result<Option<PathBuf>> {
    let dialog = dialog(handle);
    blocking(move || Ok(dialog.blocking_pick_file().and_then(path))).await
}

/// Which folder to write into.
///
/// # Errors
/// The dialog could not be shown.
pub async fn for_folder(handle: &AppHandle) -> Result<Option<PathBuf>> {
    let dialog = dialog(handle);
    blocking(move || Ok(dialog.blocking_pick_folder().and_then(path))).await
}

/// Under which name to save; the dialog itself asks before it lets a file be replaced.
///
/// # Errors
/// The dialog could not be shown.
pub async fn for_place(handle: &AppHandle, name: String) -> Result<Option<PathBuf>> {
    let dialog = dialog(handle).set_file_name(name);
    blocking(move || Ok(dialog.blocking_save_file().and_then(path))).await
}

fn dialog(handle: &AppHandle) -> FileDialogBuilder<tauri::Wry> {
    let dialog = handle.dialog().file();
    match window::main(handle) {
        Some(main) => dialog.set_parent(&main),
        None => dialog,
    }
}

/// Where the dialog answers with something that is no file of this machine, it counts as nothing chosen.
fn path(chosen: FilePath) -> Option<PathBuf> {
    chosen.into_path().ok()
}
