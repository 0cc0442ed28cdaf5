//! Whom to call, and the one outward act.

use super::Shared;
use crate::desk::blocking;
use recourse::app::Dialled;
use recourse::call::CallPlan;
use recourse::{Result, dial as telephone};
use tauri::command;

#[command]
pub async fn call_plan(desk: Shared<'_>, provider: String) -> Result<CallPlan> {
    desk.ask(move |app, now| app.call_plan(&provider, now)).await
}

#[command]
pub async fn dial(desk: Shared<'_>, provider: String, line: String) -> Result<Dialled> {
    let (tel, trust) = desk.number(provider, line).await?;
    blocking(move || {
        let handed_over = telephone::has_dialler() && telephone::hand_over(&tel).map(|()| true)?;
        Ok(Dialled { handed_over, tel, trust })
    })
    .await
}

#[command]
pub async fn can_dial() -> Result<bool> {
    blocking(|| Ok(telephone::has_dialler())).await
}

#[command]
pub async fn qr(desk: Shared<'_>, provider: String, line: String) -> Result<String> {
    desk.ask(move |app, _| Ok(app.directory().qr(&provider, &line)?.wire())).await
}
