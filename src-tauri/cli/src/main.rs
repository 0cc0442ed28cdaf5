//! Recourse for the terminal: a second, thin front end over the same core.

mod args;
mod commands;
mod show;
mod wire;

use anyhow::Context as _;
use args::{Cli, Language};
use chrono::{DateTime, FixedOffset, Local};
use clap::Parser as _;
use recourse::app::App;
use recourse::text::Lang;
use recourse::vault::Cost;
use recourse::{Code, Error};
use std::path::PathBuf;
use std::process::ExitCode;

/// What a command needs to know besides its own words.
pub struct Session {
    app: App,
    lang: Lang,
    json: bool,
    now: DateTime<FixedOffset>,
}

fn main() -> ExitCode {
    if recourse::worker::serve_if_asked() {
        return ExitCode::SUCCESS;
    }
    // `recourse list | head` ends quietly, as other commands do.
    sigpipe::reset();
    let cli = Cli::parse();
    let json = cli.json;
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let error = failure.downcast_ref::<Error>();
            if json {
                println!("{}", wire::error(error, &failure));
            } else {
                eprintln!("recourse: {failure:#}");
            }
            ExitCode::from(error.map_or(1, exit_status))
        }
    }
}

/// 3 input could not be read · 4 locked or wrong passphrase · 1 anything else that failed.
fn exit_status(error: &Error) -> u8 {
    match error.code {
        Code::Unreadable | Code::TooLarge | Code::NeedsCode | Code::WrongCode | Code::AmbiguousDates => 3,
        Code::Locked | Code::WrongPassphrase | Code::NoVault => 4,
        _ => 1,
    }
}

fn run(cli: Cli) -> anyhow::Result<()> {
    // A crash must not leave the ledger in a core file; where the system refuses, nothing else changes.
    let _ = recourse::vault::forbid_core_dumps();
    let now = match &cli.now {
        Some(text) => DateTime::parse_from_rfc3339(text).context("--now takes an RFC 3339 date and time")?,
        None => Local::now().fixed_offset(),
    };
    let folder = cli.vault.or_else(data_folder).context("no data folder is known here: give --vault")?;
    let lang = match cli.lang {
        Language::Zh => Lang::Zh,
        Language::En => Lang::En,
    };
    let app = App::new(&folder, cost())?;
    commands::run(&mut Session { app, lang, json: cli.json, now }, cli.command)
}

fn data_folder() -> Option<PathBuf> {
    Some(directories::ProjectDirs::from("", "", "recourse")?.data_local_dir().to_owned())
}

/// What a new passphrase costs to try. Tests of many vaults may say `RECOURSE_KDF=low`; a vault made so is
/// weaker, and says nothing about others.
fn cost() -> Cost {
    if std::env::var_os("RECOURSE_KDF").is_some_and(|value| value == "low") { Cost::LOW } else { Cost::USUAL }
}
