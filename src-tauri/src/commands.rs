//! What the web view may ask: one function a command, named as in `ui/src/lib/backend.ts`. Nothing is decided here.

mod calls;
mod directory;
mod doors;
mod imports;
mod learning;
mod tables;
mod trash;

use crate::desk::{Desk, blocking};
use crate::reading::name_of;
use crate::{ask_user, reading};
use recourse::app::{
    Attachment, Detail, FlagView, Home, MessageReading, NewCase, NewEvent, NewNote, Owner, Page, Settings,
    Status,
};
use recourse::app::{CaseLine, CaseView};
use recourse::case::{Addressee, CaseId, EventId};
use recourse::detect::Verdict;
use recourse::ledger::search::Query;
use recourse::ledger::{AttachmentId, TransactionId};
use recourse::text::Lang;
use recourse::{Code, Error, Result};
use tauri::ipc::{Invoke, Response};
use tauri::{AppHandle, State, Wry, command};

type Shared<'a> = State<'a, Desk>;

/// Every command there is.
pub fn all() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        doors::status,
        doors::create,
        doors::unlock,
        doors::unlock_with_recovery,
        doors::unlock_with_keychain,
        doors::keychain,
        doors::lock,
        doors::touch,
        doors::change_passphrase,
        doors::new_recovery_code,
        doors::save_recovery_code,
        doors::backup,
        doors::restore,
        doors::check,
        doors::enter_demo,
        doors::leave_demo,
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
        trash::trash,
        trash::trashed,
        trash::put_back,
        trash::purge,
        flags,
        verdict,
        learning::flags_turned,
        learning::lessons,
        learning::flag_chart,
        learning::flag_choices,
        home,
        case_open,
        cases,
        case_view,
        case_add,
        letter,
        case_export,
        copy,
        calls::call_plan,
        calls::dial,
        calls::can_dial,
        calls::qr,
        directory::providers,
        directory::check_number,
        directory::ledger_numbers,
        directory::rights,
        directory::wanted,
        directory::edition,
        directory::pack_examine,
        directory::pack_install,
        directory::pack_remove,
        directory::own_numbers,
        directory::add_own_number,
        directory::remove_own_number,
        directory::dial_own,
        directory::callers,
        directory::add_caller,
        directory::remove_caller,
        directory::log_wait,
        directory::remind,
        directory::call_reminders,
        directory::end_call_reminder,
    ]
}

// What the user chose and did.

#[command]
async fn set_settings(desk: Shared<'_>, settings: Settings) -> Result<Status> {
    desk.ask(move |app, now| app.set_settings(settings, now)).await
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
async fn list(handle: AppHandle, desk: Shared<'_>, query: Query) -> Result<Page> {
    match query.flagged {
        true => desk.ask_knowing(&handle, move |app, _| app.list(&query)).await,
        // Marks of flags that are not known yet come later.
        false => desk.ask(move |app, _| app.list(&query)).await,
    }
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
    let name = desk.ask(move |app, _| app.attachment_name(attachment)).await?;
    let Some(place) = ask_user::for_place(&handle, name).await? else { return Ok(false) };
    let bytes = desk.ask(move |app, _| app.attachment_bytes(attachment)).await?;
    blocking(move || Ok(std::fs::write(place, bytes)?)).await.map(|()| true)
}

// Flags.

#[command]
async fn flags(handle: AppHandle, desk: Shared<'_>, all: bool) -> Result<Vec<FlagView>> {
    desk.ask_knowing(&handle, move |app, now| app.flags(all, now)).await
}

#[command]
async fn verdict(
    handle: AppHandle,
    desk: Shared<'_>,
    flag: String,
    verdict: Option<Verdict>,
) -> Result<Status> {
    desk.ask_knowing(&handle, move |app, now| app.verdict(&flag, verdict, now)).await
}

// Cases.

#[command]
async fn home(handle: AppHandle, desk: Shared<'_>) -> Result<Home> {
    desk.ask_knowing(&handle, |app, now| app.home(now)).await
}

#[command]
async fn case_open(handle: AppHandle, desk: Shared<'_>, fresh: NewCase) -> Result<CaseId> {
    desk.ask_knowing(&handle, move |app, now| app.case_open(fresh, now)).await
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
