//! Recourse for the terminal: a second, thin front end over the same core.

mod args;
mod commands;
mod show;
mod wire;

use args::{Cli, Language};
use chrono::{DateTime, FixedOffset, Local};
use clap::Parser as _;
use recourse::app::App;
use recourse::text::Lang;
use recourse::vault::Cost;
use recourse::{Code, Error};
use show::failure::told;
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
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return wrong_usage(&error),
    };
    let (json, lang) = (cli.json, lang_of(cli.lang));
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let error = failure.downcast_ref::<Error>();
            if json {
                println!("{}", wire::error(error, &failure));
            } else {
                eprintln!("recourse: {}", show::failure::sentence(lang, &failure));
            }
            ExitCode::from(error.map_or(1, exit_status))
        }
    }
}

/// Says what is wrong with the words of the command line: status 2. Help and version are answers: status 0.
fn wrong_usage(error: &clap::Error) -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    let english = words.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == "en")
        || words.iter().any(|word| word == "--lang=en");
    match show::failure::usage(error).filter(|_| !english) {
        Some(say) => {
            eprintln!("recourse: {say}");
            ExitCode::from(2)
        }
        None => error.exit(),
    }
}

fn lang_of(said: Language) -> Lang {
    match said {
        Language::Zh => Lang::Zh,
        Language::En => Lang::En,
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
        Some(text) => DateTime::parse_from_rfc3339(text).map_err(|_| {
            told(
                "--now 要写成 RFC 3339 的日期和时间，例如 2026-03-01T10:00:00+08:00",
                "--now takes an RFC 3339 date and time",
            )
        })?,
        None => Local::now().fixed_offset(),
    };
    let folder = cli.vault.or_else(data_folder).ok_or_else(|| {
        told("这里找不到数据文件夹，请用 --vault 指定", "no data folder is known here: give --vault")
    })?;
    let lang = lang_of(cli.lang);
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
