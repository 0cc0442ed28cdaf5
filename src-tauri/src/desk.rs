//! The app behind its lock, asked off the UI thread; and what the shell keeps beside it.

use crate::clipboard::Clipboard;
use crate::handed::Handed;
use crate::jobs::{Jobs, Stage};
use crate::rest::Rest;
use recourse::app::App;
use recourse::directory::Trust;
use recourse::ledger::Moment;
use recourse::vault::Cost;
use recourse::{Code, Error, Result};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use tauri::{AppHandle, Emitter};

/// What the commands share.
pub struct Desk {
    app: Arc<Mutex<App>>,
    folder: PathBuf,
    /// Files the user handed over.
    pub handed: Handed,
    /// The long work under way.
    pub jobs: Jobs,
    /// When the user was last here.
    pub rest: Rest,
    /// What was copied and must be taken back.
    pub clipboard: Clipboard,
    /// Held by whoever looks for flags.
    look: tokio::sync::Mutex<()>,
}

impl Desk {
    /// Everything for the vault in this folder; nothing is opened or created yet.
    ///
    /// # Errors
    /// What ships with the app cannot be read.
    pub fn new(folder: PathBuf) -> Result<Self> {
        Ok(Self {
            app: Arc::new(Mutex::new(App::new(&folder, Cost::USUAL)?)),
            folder,
            handed: Handed::default(),
            jobs: Jobs::default(),
            rest: Rest::default(),
            clipboard: Clipboard::default(),
            look: tokio::sync::Mutex::default(),
        })
    }

    /// The folder of the vault.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the system's keychain calls this vault.
    pub fn vault_name(&self) -> String {
        self.folder.display().to_string()
    }

    /// The `tel:` link of a line of the directory, and how far its number may be trusted.
    ///
    /// # Errors
    /// [`Code::NotFound`] where the directory has no such line.
    pub async fn number(&self, provider: String, line: String) -> Result<(String, Trust)> {
        self.ask(move |app, _| {
            let directory = app.directory();
            let tel = directory.tel(&provider, &line)?;
            let trust = directory.line(&provider, &line).map_or(Trust::Unverified, |hotline| hotline.trust);
            Ok((tel, trust))
        })
        .await
    }

    /// Asks the app, on a thread that may wait.
    ///
    /// # Errors
    /// Whatever the app answers.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut App, Moment) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let app = Arc::clone(&self.app);
        blocking(move || question(&mut *hold(&app)?, now())).await
    }

    /// Asks the app once flags are known. They are looked for apart from it: others may ask meanwhile.
    ///
    /// # Errors
    /// Whatever the app answers.
    pub async fn ask_knowing<T: Send + 'static>(
        &self,
        handle: &AppHandle,
        question: impl FnOnce(&mut App, Moment) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        // One looks; who else wants to know waits for it, but not with the app in hand.
        let one = self.look.lock().await;
        if let Some(looking) = self.ask(|app, now| app.looking(now)).await? {
            let mut job = self.jobs.begin(handle, Stage::Looking);
            // It is not stopped: whoever asked wants the answer.
            let mut tell = move |done, total| {
                job.reached(done, total);
            };
            let looked = blocking(move || Ok(looking.look(&mut tell))).await?;
            if self.ask(|app, _| app.looked(looked)).await? {
                // Lists were shown without their marks. A window that is gone needs no telling.
                let _ = handle.emit("looked", ());
            }
        }
        drop(one);
        self.ask(question).await
    }

    /// Asks the app only if nothing else is asking it: a timer must not queue behind an import.
    pub fn ask_if_idle<T>(&self, question: impl FnOnce(&mut App, Moment) -> Result<T>) -> Option<Result<T>> {
        let mut app = self.app.try_lock().ok()?;
        Some(question(&mut app, now()))
    }

    /// Locks the vault, takes back what was copied, and tells the window.
    ///
    /// # Errors
    /// The vault could not be closed properly; it is locked all the same.
    pub async fn lock(&self, handle: &AppHandle) -> Result<()> {
        self.jobs.cancel();
        self.clipboard.take_back(handle);
        self.handed.forget();
        let locked = self.ask(|app, _| app.lock()).await;
        // A window that is gone needs no telling.
        let _ = handle.emit("locked", ());
        locked
    }

    /// At the end: what was copied is taken back and the vault is closed.
    pub fn leave(&self, handle: &AppHandle) {
        self.jobs.cancel();
        self.clipboard.take_back(handle);
        if let Ok(mut app) = hold(&self.app) {
            // What is stored is stored; a vault that does not close neatly recovers when it is opened next.
            let _ = app.lock();
        }
    }
}

fn hold(app: &Mutex<App>) -> Result<MutexGuard<'_, App>> {
    app.lock().map_err(|_| defect())
}

/// Runs work that may wait for disks, processes or people on a thread made for waiting.
///
/// # Errors
/// Whatever the work answers.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tauri::async_runtime::spawn_blocking(work).await.unwrap_or_else(|_| Err(defect()))
}

fn defect() -> Error {
    Error::new(Code::Internal, "the app met a defect of its own; what was saved is safe: start it again")
}

/// The moment handed to the core: the wall clock of this machine with its offset.
pub fn now() -> Moment {
    chrono::Local::now().fixed_offset()
}
