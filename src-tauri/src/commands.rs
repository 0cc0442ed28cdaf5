//! What the web view may ask: one function a command, named as in `ui/src/lib/backend.ts`. Nothing is decided here.

mod imports;
mod tables;

use crate::desk::{Desk, blocking, now};
use crate::reading::name_of;
use crate::{ask_user, keychain as safe, reading};
use recourse::app::{
    Attachment, Detail, Dialled, FlagView, Home, MessageReading, NewCase, NewEvent, NewNote, Owner, Page,
    Settings, Status,
};
use recourse::app::{CaseLine, CaseView};
use recourse::call::CallPlan;
use recourse::case::{Addressee, CaseId, EventId};
use recourse::detect::Verdict;
use recourse::directory::{NumberCheck, Provider};
use recourse::ledger::search::Query;
use recourse::ledger::{AttachmentId, TransactionId};
use recourse::text::Lang;
use recourse::vault::{Secret, Thing};
use recourse::{Code, Error, Result, dial as telephone};
use tauri::ipc::{Invoke, Response};
use tauri::{AppHandle, State, Wry, command};
use zeroize::Zeroizing;

type Shared<'a> = State<'a, Desk>;

/// Every command there is.
pub fn all() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        status,
        create,
        unlock,
        unlock_with_recovery,
        unlock_with_keychain,
        keychain,
        lock,
        touch,
        change_passphrase,
        new_recovery_code,
        backup,
        restore,
        check,
        enter_demo,
        leave_demo,
        set_settings,
        undo,
        redo,
        open_folder,
        imports::choose_files,
        imports::import_plan,
        imports::import_rows,
        imports::import_execute,
        imports::import_discard,
        imports::cancel,
        imports::imports,
        imports::import_report,
        imports::import_line,
        imports::plan_line,
        tables::table_preview,
        tables::mappings,
        tables::mapping_save,
        tables::mapping_delete,
        tables::mapping_export,
        tables::mapping_import,
        list,
        detail,
        note,
        read_message,
        annotate,
        attach,
        attachment_bytes,
        save_attachment,
        trash,
        flags,
        verdict,
        home,
        case_open,
        cases,
        case_view,
        case_add,
        letter,
        case_export,
        copy,
        call_plan,
        dial,
        can_dial,
        qr,
        providers,
        check_number,
    ]
}

// The vault.

#[command]
async fn status(desk: Shared<'_>) -> Result<Status> {
    desk.ask(|app, _| app.status()).await
}

#[command]
async fn create(desk: Shared<'_>, passphrase: String) -> Result<String> {
    let passphrase = Zeroizing::new(passphrase);
    desk.ask(move |app, now| Ok(app.create(&passphrase, now)?.as_str().to_owned())).await
}

#[command]
async fn unlock(desk: Shared<'_>, passphrase: String) -> Result<Status> {
    let passphrase = Zeroizing::new(passphrase);
    desk.ask(move |app, now| app.unlock(Secret::Passphrase(&passphrase), now)).await
}

#[command]
async fn unlock_with_recovery(desk: Shared<'_>, code: String) -> Result<Status> {
    let code = Zeroizing::new(code);
    desk.ask(move |app, now| app.unlock(Secret::Recovery(&code), now)).await
}

#[command]
async fn unlock_with_keychain(desk: Shared<'_>) -> Result<Status> {
    let vault = desk.vault_name();
    desk.ask(move |app, now| app.unlock(Secret::Keychain(&*safe::fetch(&vault)?), now)).await
}

#[command]
async fn keychain(desk: Shared<'_>, on: bool) -> Result<Status> {
    let vault = desk.vault_name();
    desk.ask(move |app, _| if on { safe::turn_on(app, &vault) } else { safe::turn_off(app, &vault) }).await?;
    desk.ask(|app, _| app.status()).await
}

#[command]
async fn lock(handle: AppHandle, desk: Shared<'_>) -> Result<()> {
    desk.lock(&handle).await
}

#[command]
async fn touch(desk: Shared<'_>) -> Result<()> {
    desk.rest.touch();
    Ok(())
}

#[command]
async fn change_passphrase(desk: Shared<'_>, old: String, fresh: String) -> Result<()> {
    let (old, fresh) = (Zeroizing::new(old), Zeroizing::new(fresh));
    desk.ask(move |app, _| app.change_passphrase(&old, &fresh)).await
}

#[command]
async fn new_recovery_code(desk: Shared<'_>, passphrase: String) -> Result<String> {
    let passphrase = Zeroizing::new(passphrase);
    desk.ask(move |app, _| Ok(app.new_recovery_code(&passphrase)?.as_str().to_owned())).await
}

#[command]
async fn backup(handle: AppHandle, desk: Shared<'_>) -> Result<Option<String>> {
    let name = format!("recourse-{}.backup", now().format("%Y-%m-%d"));
    let Some(place) = ask_user::for_place(&handle, name).await? else { return Ok(None) };
    desk.ask(move |app, now| app.backup(&place, now).map(|()| Some(name_of(&place)))).await
}

#[command]
async fn restore(handle: AppHandle, desk: Shared<'_>, passphrase: String) -> Result<Option<Status>> {
    let passphrase = Zeroizing::new(passphrase);
    let Some(file) = ask_user::for_file(&handle).await? else { return Ok(None) };
    desk.ask(move |app, now| app.restore(&file, Secret::Passphrase(&passphrase), now).map(Some)).await
}

#[command]
async fn check(desk: Shared<'_>) -> Result<Vec<String>> {
    desk.ask(|app, _| app.check()).await
}

#[command]
async fn enter_demo(desk: Shared<'_>) -> Result<Status> {
    desk.ask(|app, now| app.enter_demo(now)).await
}

#[command]
async fn leave_demo(desk: Shared<'_>) -> Result<Status> {
    desk.ask(|app, _| app.leave_demo()).await
}

#[command]
async fn set_settings(desk: Shared<'_>, settings: Settings) -> Result<Status> {
    desk.ask(move |app, _| app.set_settings(settings)).await
}

#[command]
async fn undo(desk: Shared<'_>) -> Result<Status> {
    desk.ask(|app, now| app.undo(now)).await
}

#[command]
async fn redo(desk: Shared<'_>) -> Result<Status> {
    desk.ask(|app, now| app.redo(now)).await
}

#[command]
async fn open_folder(desk: Shared<'_>) -> Result<()> {
    let folder = desk.folder().to_owned();
    let refused =
        |_| Error::new(Code::Io, "the system did not open the folder: its path stands in the settings");
    blocking(move || open::that_detached(folder).map_err(refused)).await
}

// The ledger.

#[command]
async fn list(desk: Shared<'_>, query: Query) -> Result<Page> {
    desk.ask(move |app, _| app.list(&query)).await
}

#[command]
async fn detail(desk: Shared<'_>, transaction: TransactionId) -> Result<Detail> {
    desk.ask(move |app, _| app.detail(transaction)).await
}

#[command]
async fn note(desk: Shared<'_>, note: NewNote) -> Result<TransactionId> {
    desk.ask(move |app, now| app.note(note, now)).await
}

#[command]
async fn read_message(desk: Shared<'_>, text: String) -> Result<Vec<MessageReading>> {
    desk.ask(move |app, now| app.read_message(&text, now)).await
}

#[command]
async fn annotate(desk: Shared<'_>, transaction: TransactionId, text: String) -> Result<Status> {
    desk.ask(move |app, now| app.annotate(transaction, &text, now)).await
}

#[command]
async fn attach(desk: Shared<'_>, owner: Owner, tokens: Vec<String>) -> Result<Vec<Attachment>> {
    let files = desk.handed.paths(&tokens)?;
    desk.ask(move |app, now| {
        files.iter().map(|file| app.attach(owner, &name_of(file), &reading::evidence(file)?, now)).collect()
    })
    .await
}

#[command]
async fn attachment_bytes(desk: Shared<'_>, attachment: AttachmentId) -> Result<Response> {
    Ok(Response::new(desk.ask(move |app, _| app.attachment_bytes(attachment)).await?))
}

#[command]
async fn save_attachment(handle: AppHandle, desk: Shared<'_>, attachment: AttachmentId) -> Result<bool> {
    let bytes = desk.ask(move |app, _| app.attachment_bytes(attachment)).await?;
    let Some(place) = ask_user::for_place(&handle, String::new()).await? else { return Ok(false) };
    blocking(move || Ok(std::fs::write(place, bytes)?)).await.map(|()| true)
}

#[command]
async fn trash(desk: Shared<'_>, thing: Thing) -> Result<Status> {
    desk.ask(move |app, now| app.trash(thing, now)).await
}

// Flags.

#[command]
async fn flags(desk: Shared<'_>, all: bool) -> Result<Vec<FlagView>> {
    desk.ask(move |app, now| app.flags(all, now)).await
}

#[command]
async fn verdict(desk: Shared<'_>, flag: String, verdict: Option<Verdict>) -> Result<Status> {
    desk.ask(move |app, now| app.verdict(&flag, verdict, now)).await
}

// Cases.

#[command]
async fn home(desk: Shared<'_>) -> Result<Home> {
    desk.ask(|app, now| app.home(now)).await
}

#[command]
async fn case_open(desk: Shared<'_>, fresh: NewCase) -> Result<CaseId> {
    desk.ask(move |app, now| app.case_open(fresh, now)).await
}

#[command]
async fn cases(desk: Shared<'_>) -> Result<Vec<CaseLine>> {
    desk.ask(|app, now| app.cases(now)).await
}

#[command]
async fn case_view(desk: Shared<'_>, id: CaseId) -> Result<CaseView> {
    desk.ask(move |app, now| app.case_view(id, now)).await
}

#[command]
async fn case_add(desk: Shared<'_>, event: NewEvent) -> Result<EventId> {
    desk.ask(move |app, now| app.case_add(event, now)).await
}

#[command]
async fn letter(desk: Shared<'_>, id: CaseId, to: Addressee, lang: Lang) -> Result<String> {
    desk.ask(move |app, now| app.letter(id, to, lang, now)).await
}

#[command]
async fn case_export(handle: AppHandle, desk: Shared<'_>, id: CaseId) -> Result<Option<String>> {
    let Some(folder) = ask_user::for_folder(&handle).await? else { return Ok(None) };
    desk.ask(move |app, now| app.case_export(id, &folder, now).map(|made| Some(name_of(&made)))).await
}

#[command]
async fn copy(handle: AppHandle, desk: Shared<'_>, text: String) -> Result<()> {
    desk.clipboard.copy(&handle, text)
}

// Calls.

#[command]
async fn call_plan(desk: Shared<'_>, provider: String) -> Result<CallPlan> {
    desk.ask(move |app, now| app.call_plan(&provider, now)).await
}

#[command]
async fn dial(desk: Shared<'_>, provider: String, line: String) -> Result<Dialled> {
    let (tel, trust) = desk.number(provider, line).await?;
    blocking(move || {
        let handed_over = telephone::has_dialler() && telephone::hand_over(&tel).map(|()| true)?;
        Ok(Dialled { handed_over, tel, trust })
    })
    .await
}

#[command]
async fn can_dial() -> Result<bool> {
    blocking(|| Ok(telephone::has_dialler())).await
}

#[command]
async fn qr(desk: Shared<'_>, provider: String, line: String) -> Result<String> {
    desk.ask(move |app, _| Ok(app.directory().qr(&provider, &line)?.wire())).await
}

#[command]
async fn providers(desk: Shared<'_>) -> Result<Vec<Provider>> {
    desk.ask(|app, _| Ok(app.directory().all().to_vec())).await
}

#[command]
async fn check_number(desk: Shared<'_>, text: String) -> Result<NumberCheck> {
    desk.ask(move |app, _| Ok(app.directory().check_number(&text))).await
}
