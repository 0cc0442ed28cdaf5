//! Creating, opening, locking and carrying away the vault; the demo beside it.

use super::Shared;
use crate::desk::now;
use crate::reading::name_of;
use crate::{ask_user, keychain as safe};
use recourse::Result;
use recourse::app::Status;
use recourse::text::Lang;
use recourse::vault::Secret;
use tauri::{AppHandle, command};
use zeroize::Zeroizing;

#[command]
pub async fn status(desk: Shared<'_>) -> Result<Status> {
    desk.ask(|app, _| app.status()).await
}

#[command]
pub async fn create(desk: Shared<'_>, passphrase: String) -> Result<String> {
    let passphrase = Zeroizing::new(passphrase);
    desk.ask(move |app, now| Ok(app.create(&passphrase, now)?.as_str().to_owned())).await
}

#[command]
pub async fn unlock(desk: Shared<'_>, passphrase: String) -> Result<Status> {
    let passphrase = Zeroizing::new(passphrase);
    desk.ask(move |app, now| app.unlock(Secret::Passphrase(&passphrase), now)).await
}

#[command]
pub async fn unlock_with_recovery(desk: Shared<'_>, code: String) -> Result<Status> {
    let code = Zeroizing::new(code);
    desk.ask(move |app, now| app.unlock(Secret::Recovery(&code), now)).await
}

#[command]
pub async fn unlock_with_keychain(desk: Shared<'_>) -> Result<Status> {
    let vault = desk.vault_name();
    desk.ask(move |app, now| app.unlock(Secret::Keychain(&*safe::fetch(&vault)?), now)).await
}

#[command]
pub async fn keychain(desk: Shared<'_>, on: bool) -> Result<Status> {
    let vault = desk.vault_name();
    desk.ask(move |app, _| if on { safe::turn_on(app, &vault) } else { safe::turn_off(app, &vault) }).await?;
    desk.ask(|app, _| app.status()).await
}

#[command]
pub async fn lock(handle: AppHandle, desk: Shared<'_>) -> Result<()> {
    desk.lock(&handle).await
}

#[command]
pub async fn touch(desk: Shared<'_>) -> Result<()> {
    desk.rest.touch();
    Ok(())
}

#[command]
pub async fn change_passphrase(desk: Shared<'_>, old: String, fresh: String) -> Result<()> {
    let (old, fresh) = (Zeroizing::new(old), Zeroizing::new(fresh));
    desk.ask(move |app, _| app.change_passphrase(&old, &fresh)).await
}

#[command]
pub async fn new_recovery_code(desk: Shared<'_>, passphrase: String) -> Result<String> {
    let passphrase = Zeroizing::new(passphrase);
    desk.ask(move |app, _| Ok(app.new_recovery_code(&passphrase)?.as_str().to_owned())).await
}

#[command]
pub async fn save_recovery_code(
    handle: AppHandle,
    desk: Shared<'_>,
    code: String,
    lang: Lang,
) -> Result<Option<String>> {
    let code = Zeroizing::new(code);
    let name = match lang {
        Lang::Zh => "申诉台-恢复码.txt",
        Lang::En => "recourse-recovery-code.txt",
    };
    let Some(place) = ask_user::for_place(&handle, name.to_owned()).await? else { return Ok(None) };
    desk.ask(move |app, now| app.save_recovery_code(&code, lang, &place, now).map(|()| Some(name_of(&place))))
        .await
}

#[command]
pub async fn backup(handle: AppHandle, desk: Shared<'_>) -> Result<Option<String>> {
    let name = format!("recourse-{}.backup", now().format("%Y-%m-%d"));
    let Some(place) = ask_user::for_place(&handle, name).await? else { return Ok(None) };
    desk.ask(move |app, now| app.backup(&place, now).map(|()| Some(name_of(&place)))).await
}

#[command]
pub async fn restore(handle: AppHandle, desk: Shared<'_>, passphrase: String) -> Result<Option<Status>> {
    let passphrase = Zeroizing::new(passphrase);
    let Some(file) = ask_user::for_file(&handle).await? else { return Ok(None) };
    desk.ask(move |app, now| app.restore(&file, Secret::Passphrase(&passphrase), now).map(Some)).await
}

#[command]
pub async fn check(desk: Shared<'_>) -> Result<Vec<String>> {
    desk.ask(|app, _| app.check()).await
}

#[command]
pub async fn enter_demo(desk: Shared<'_>) -> Result<Status> {
    desk.ask(|app, now| app.enter_demo(now)).await
}

#[command]
pub async fn leave_demo(desk: Shared<'_>) -> Result<Status> {
    desk.ask(|app, _| app.leave_demo()).await
}
