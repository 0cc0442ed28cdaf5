//! Into the trash, out of it, and out of the vault.

use super::Shared;
use recourse::Result;
use recourse::app::{Status, Trashed};
use recourse::vault::Thing;
use tauri::command;

#[command]
pub async fn trash(desk: Shared<'_>, thing: Thing) -> Result<Status> {
    desk.ask(move |app, now| app.trash(thing, now)).await
}

#[command]
pub async fn trashed(desk: Shared<'_>) -> Result<Vec<Trashed>> {
    desk.ask(|app, _| app.trashed()).await
}

#[command]
pub async fn put_back(desk: Shared<'_>, thing: Thing) -> Result<Status> {
    desk.ask(move |app, now| app.put_back(thing, now)).await
}

#[command]
pub async fn purge(desk: Shared<'_>, thing: Thing) -> Result<Status> {
    desk.ask(move |app, _| app.purge(thing)).await
}
