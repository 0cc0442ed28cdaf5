//! Recourse's window: it asks the core and hands a number to the system. Nothing of its own to say.
//!
//! ```text
//! commands  what the web view may ask, one function each      window     the one window and its fences
//! desk      the app behind its lock, off the UI thread        handed     files the user handed over
//! ask_user  the system's own file dialogs                     reading    files behind tokens, as rows or bytes
//! jobs      progress and cancel of long work                  clipboard  copied texts, taken back
//! keychain  the system's safe, a convenience copy             reminders  promises that are due
//! rest      locks when nobody is there                        surroundings  folders, language, environment
//! ```
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod ask_user;
mod clipboard;
mod commands;
mod desk;
mod handed;
mod jobs;
mod keychain;
mod reading;
mod reminders;
mod rest;
mod surroundings;
mod window;

use anyhow::Context;
use tauri::{Manager, RunEvent};

fn main() -> anyhow::Result<()> {
    // A statement is read by this same binary, started again without a window.
    if recourse::worker::serve_if_asked() {
        return Ok(());
    }
    surroundings::prepare();
    let mut builder = tauri::Builder::default();
    if !surroundings::many_may_run() {
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, _, _| window::show(app)));
    }
    let app = builder
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .invoke_handler(commands::all())
        .setup(|app| {
            app.manage(desk::Desk::new(surroundings::vault_folder(app.handle())?)?);
            window::open(app.handle())?;
            rest::watch(app.handle().clone());
            reminders::watch(app.handle().clone());
            Ok(())
        })
        .build(tauri::generate_context!())
        .context("the window could not be opened")?;
    app.run(|app, event| {
        if let RunEvent::Exit = event {
            app.state::<desk::Desk>().leave(app);
        }
    });
    Ok(())
}
