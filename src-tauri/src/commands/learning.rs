//! What changes did to the flags, what verdicts taught, and the picture of a flag.

use super::Shared;
use recourse::Result;
use recourse::app::{FlagChoices, Lesson, Turned};
use recourse::detect::Chart;
use tauri::{AppHandle, command};

#[command]
pub async fn flags_turned(handle: AppHandle, desk: Shared<'_>) -> Result<Turned> {
    desk.ask_knowing(&handle, |app, _| app.flags_turned()).await
}

#[command]
pub async fn lessons(handle: AppHandle, desk: Shared<'_>) -> Result<Vec<Lesson>> {
    desk.ask_knowing(&handle, |app, now| app.lessons(now)).await
}

#[command]
pub async fn flag_choices(desk: Shared<'_>) -> Result<FlagChoices> {
    desk.ask(|app, _| Ok(app.flag_choices())).await
}

#[command]
pub async fn flag_chart(handle: AppHandle, desk: Shared<'_>, flag: String) -> Result<Option<Chart>> {
    desk.ask_knowing(&handle, move |app, _| app.flag_chart(&flag)).await
}
