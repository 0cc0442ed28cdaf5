//! Statements in, and what became of them.

use super::Shared;
use crate::desk::blocking;
use crate::jobs::Stage;
use crate::{ask_user, reading};
use recourse::Result;
use recourse::app::{Fate, Import, ImportPlan, ImportReport, PlannedRow, RowChoice};
use recourse::ledger::ImportId;
use recourse::statements::Mapping;
use tauri::{AppHandle, command};

#[command]
pub async fn choose_files(handle: AppHandle, desk: Shared<'_>) -> Result<Vec<String>> {
    Ok(desk.handed.take(ask_user::for_files(&handle).await?))
}

#[command]
pub async fn import_plan(
    handle: AppHandle,
    desk: Shared<'_>,
    tokens: Vec<String>,
    code: Option<String>,
    mapping: Option<Mapping>,
) -> Result<ImportPlan> {
    let files = desk.handed.paths(&tokens)?;
    let mut job = desk.jobs.begin(&handle, Stage::Reading);
    let options = desk.ask(move |app, _| app.reading_options(code, mapping)).await?;
    let reads = blocking(move || reading::statements(&files, &options, &mut job)).await?;
    // The app is asked before and after: others may ask it while a million rows are placed.
    let mut job = desk.jobs.begin(&handle, Stage::Planning);
    let planning = desk.ask(|app, _| app.planning()).await?;
    let place = move || planning.place(reads, &mut |done, total| job.reached(done, total));
    let planned = blocking(place).await?;
    desk.ask(move |app, _| app.import_planned(planned)).await
}

#[command]
pub async fn import_rows(
    desk: Shared<'_>,
    plan: u32,
    fate: Option<Fate>,
    offset: u32,
    limit: u32,
) -> Result<Vec<PlannedRow>> {
    desk.ask(move |app, _| app.import_rows(plan, fate, offset, limit)).await
}

#[command]
pub async fn import_execute(
    handle: AppHandle,
    desk: Shared<'_>,
    plan: u32,
    choices: Vec<RowChoice>,
) -> Result<Vec<Import>> {
    let mut job = desk.jobs.begin(&handle, Stage::Saving);
    desk.ask(move |app, now| {
        app.import_execute(plan, &choices, now, &mut |done, total| job.reached(done, total))
    })
    .await
}

#[command]
pub async fn import_discard(desk: Shared<'_>, plan: u32) -> Result<()> {
    desk.ask(move |app, _| app.import_discard(plan)).await
}

#[command]
pub async fn cancel(desk: Shared<'_>) -> Result<()> {
    desk.jobs.cancel();
    Ok(())
}

#[command]
pub async fn imports(desk: Shared<'_>) -> Result<Vec<Import>> {
    desk.ask(|app, _| app.imports()).await
}

#[command]
pub async fn import_report(desk: Shared<'_>, import: ImportId) -> Result<ImportReport> {
    desk.ask(move |app, _| app.import_report(import)).await
}

#[command]
pub async fn import_line(desk: Shared<'_>, import: ImportId, row: u32) -> Result<Option<Vec<String>>> {
    desk.ask(move |app, _| app.import_line(import, row)).await
}

#[command]
pub async fn plan_line(desk: Shared<'_>, plan: u32, file: u32, row: u32) -> Result<Option<Vec<String>>> {
    desk.ask(move |app, _| app.plan_line(plan, file, row)).await
}
