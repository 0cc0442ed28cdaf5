//! The directory and what the user keeps beside it: packs, own numbers, callers, waits and reminders of calls.

use super::Shared;
use crate::desk::blocking;
use crate::reading;
use recourse::Result;
use recourse::app::{Dialled, MarkedNumber, NewOwnNumber, PackReading};
use recourse::call::{CallReminder, Caller, CallerId, NewCaller, OwnNumber, OwnNumberId, ReminderId, Wanted};
use recourse::dial as telephone;
use recourse::directory::{Edition, NumberCheck, Provider, Right, Trust};
use recourse::ledger::Moment;
use tauri::command;

#[command]
pub async fn providers(desk: Shared<'_>) -> Result<Vec<Provider>> {
    desk.ask(|app, _| Ok(app.directory().all().to_vec())).await
}

#[command]
pub async fn check_number(desk: Shared<'_>, text: String) -> Result<NumberCheck> {
    desk.ask(move |app, _| Ok(app.check_number(&text))).await
}

#[command]
pub async fn ledger_numbers(desk: Shared<'_>) -> Result<Vec<MarkedNumber>> {
    desk.ask(|app, _| app.ledger_numbers()).await
}

#[command]
pub async fn rights() -> Result<Vec<Right>> {
    Ok(recourse::directory::rights().to_vec())
}

#[command]
pub async fn wanted() -> Result<Vec<Wanted>> {
    Ok(recourse::call::wanted().to_vec())
}

#[command]
pub async fn edition(desk: Shared<'_>) -> Result<Edition> {
    desk.ask(|app, _| Ok(app.edition())).await
}

#[command]
pub async fn pack_examine(desk: Shared<'_>, token: String) -> Result<PackReading> {
    let files = desk.handed.paths(&[token])?;
    let bytes = blocking(move || reading::pack(&files[0])).await?;
    desk.ask(move |app, _| Ok(app.pack_examine(&bytes))).await
}

#[command]
pub async fn pack_install(desk: Shared<'_>, token: String) -> Result<PackReading> {
    let files = desk.handed.paths(&[token])?;
    let bytes = blocking(move || reading::pack(&files[0])).await?;
    desk.ask(move |app, _| app.pack_install(&bytes)).await
}

#[command]
pub async fn pack_remove(desk: Shared<'_>) -> Result<Edition> {
    desk.ask(|app, _| app.pack_remove()).await
}

#[command]
pub async fn own_numbers(desk: Shared<'_>) -> Result<Vec<OwnNumber>> {
    desk.ask(|app, _| app.own_numbers()).await
}

#[command]
pub async fn add_own_number(desk: Shared<'_>, own: NewOwnNumber) -> Result<OwnNumberId> {
    desk.ask(move |app, now| app.add_own_number(own, now)).await
}

#[command]
pub async fn remove_own_number(desk: Shared<'_>, id: OwnNumberId) -> Result<()> {
    desk.ask(move |app, now| app.remove_own_number(id, now)).await
}

#[command]
pub async fn dial_own(desk: Shared<'_>, id: OwnNumberId) -> Result<Dialled> {
    let tel = desk.ask(move |app, _| app.own_tel(id)).await?;
    blocking(move || {
        let handed_over = telephone::has_dialler() && telephone::hand_over(&tel).map(|()| true)?;
        Ok(Dialled { handed_over, tel, trust: Trust::Unverified })
    })
    .await
}

#[command]
pub async fn callers(desk: Shared<'_>) -> Result<Vec<Caller>> {
    desk.ask(|app, _| app.callers()).await
}

#[command]
pub async fn add_caller(desk: Shared<'_>, caller: NewCaller) -> Result<CallerId> {
    desk.ask(move |app, now| app.add_caller(caller, now)).await
}

#[command]
pub async fn remove_caller(desk: Shared<'_>, id: CallerId) -> Result<()> {
    desk.ask(move |app, now| app.remove_caller(id, now)).await
}

#[command]
pub async fn log_wait(desk: Shared<'_>, provider: String, line: String, seconds: u32) -> Result<()> {
    desk.ask(move |app, now| app.log_wait(&provider, &line, seconds, now)).await
}

#[command]
pub async fn remind(desk: Shared<'_>, provider: String, line: String, at: Moment) -> Result<ReminderId> {
    desk.ask(move |app, now| app.remind(&provider, &line, at, now)).await
}

#[command]
pub async fn call_reminders(desk: Shared<'_>) -> Result<Vec<CallReminder>> {
    desk.ask(|app, _| app.call_reminders()).await
}

#[command]
pub async fn end_call_reminder(desk: Shared<'_>, id: ReminderId) -> Result<()> {
    desk.ask(move |app, now| app.end_call_reminder(id, now)).await
}
