//! Tables that no format knows, and the mappings that read them.

use super::Shared;
use crate::desk::blocking;
use crate::{ask_user, reading};
use recourse::Result;
use recourse::app::{MappingId, SavedMapping};
use recourse::statements::{Mapping, Preview};
use tauri::{AppHandle, command};

#[command]
pub async fn table_preview(desk: Shared<'_>, token: String, code: Option<String>) -> Result<Preview> {
    let files = desk.handed.paths(&[token])?;
    blocking(move || reading::preview(&files, code)).await
}

#[command]
pub async fn mappings(desk: Shared<'_>) -> Result<Vec<SavedMapping>> {
    desk.ask(|app, _| app.mappings()).await
}

#[command]
pub async fn mapping_save(desk: Shared<'_>, id: Option<MappingId>, mapping: Mapping) -> Result<SavedMapping> {
    desk.ask(move |app, now| app.mapping_save(id, mapping, now)).await
}

#[command]
pub async fn mapping_delete(desk: Shared<'_>, id: MappingId) -> Result<()> {
    desk.ask(move |app, _| app.mapping_delete(id)).await
}

#[command]
pub async fn mapping_export(handle: AppHandle, desk: Shared<'_>, id: MappingId) -> Result<bool> {
    let (name, text) = desk.ask(move |app, _| app.mapping_export(id)).await?;
    let Some(place) = ask_user::for_place(&handle, reading::file_name(&name, "json")).await? else {
        return Ok(false);
    };
    blocking(move || Ok(std::fs::write(place, text)?)).await.map(|()| true)
}

#[command]
pub async fn mapping_import(handle: AppHandle, desk: Shared<'_>) -> Result<Option<SavedMapping>> {
    let Some(file) = ask_user::for_file(&handle).await? else { return Ok(None) };
    let bytes = blocking(move || reading::evidence(&file)).await?;
    desk.ask(move |app, now| app.mapping_import(&bytes, now).map(Some)).await
}
