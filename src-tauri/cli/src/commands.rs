//! One function per command.

mod cases;
mod directory;
mod flags;
mod learning;
mod notes;
mod score;
mod typed;

use crate::args::{Command, VaultCommand};
use crate::{Session, show, wire};
use anyhow::{Context as _, bail};
use cases::{case, view};
use recourse::app::{FileRead, files_of};
use recourse::call::CallPlan;
use recourse::ledger::search::Query;
use recourse::statements::{DateOrder, Mapping, Options};
use recourse::text::Lang;
use recourse::vault::Secret;
use recourse::{Code, Error, worker};
use serde_json::json;
use std::collections::HashMap;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use typed::amount;
use zeroize::Zeroizing;

/// What the environment calls the passphrase.
const PASSPHRASE: &str = "RECOURSE_PASSPHRASE";

/// Does one command.
pub fn run(session: &mut Session, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Vault(command) => vault(session, command),
        Command::CheckNumber { number, asked } => directory::check_number(session, &number, &asked),
        Command::Providers { provider } => directory::providers(session, provider.as_deref()),
        Command::Directory { install, remove } => directory::directory(session, install.as_deref(), remove),
        Command::Score { ledgers, notes, sensitivity, in_the_end } => {
            score::score(&ledgers, notes.as_deref(), sensitivity.into(), in_the_end)
        }
        // The directory needs no vault: whom to call must be known even where the passphrase is not.
        Command::Call { about, dial, qr, waited: None } if about.parse::<i64>().is_err() => {
            call(session, &about, dial, qr.as_deref(), None)
        }
        command => {
            let passphrase = passphrase()?;
            session.app.unlock(Secret::Passphrase(&passphrase), session.now)?;
            let done = with_vault(session, command);
            session.app.leave()?;
            done
        }
    }
}

fn with_vault(session: &mut Session, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Import { files, password, format, dates, map, flags } => {
            let dates = dates.map(DateOrder::from);
            let mapping = map.as_deref().map(mapping_of).transpose()?;
            let usual = session.app.reading_options(password, mapping)?;
            import(session, &files, &Options { statement: format, dates, ..usual }, flags)
        }
        Command::Note(note) => notes::note(session, note),
        Command::List { search, from, to } => list(session, search, from, to),
        Command::Flags { all } => flags::flags(session, all),
        Command::Verdict { flag, verdict } => learning::verdict(session, &flag, verdict),
        Command::Learned => learning::learned(session),
        Command::Settings { sensitivity, kind } => learning::settings(session, sensitivity, &kind),
        Command::Case(command) => case(session, command),
        Command::Call { about, dial, qr, waited } => call(session, &about, dial, qr.as_deref(), waited),
        Command::Vault(_)
        | Command::CheckNumber { .. }
        | Command::Providers { .. }
        | Command::Directory { .. }
        | Command::Score { .. } => Ok(()),
    }
}

/// The mapping in a file.
fn mapping_of(file: &Path) -> anyhow::Result<Mapping> {
    let bytes =
        std::fs::read(file).map_err(|error| Error::new(Code::Io, format!("{}: {error}", file.display())))?;
    Ok(Mapping::from_file(&bytes)?)
}

/// One line of answer: JSON, or a sentence.
fn say(session: &Session, answer: serde_json::Value, zh: &str, en: &str) -> anyhow::Result<()> {
    if session.json {
        println!("{answer}");
    } else {
        println!("{}", show::pick(session.lang, zh, en));
    }
    Ok(())
}

fn passphrase() -> anyhow::Result<Zeroizing<String>> {
    asked(PASSPHRASE, "Passphrase: ")
}

fn asked(variable: &str, prompt: &str) -> anyhow::Result<Zeroizing<String>> {
    if let Ok(value) = std::env::var(variable) {
        return Ok(Zeroizing::new(value));
    }
    if !std::io::stdin().is_terminal() {
        return Err(Error::said(
            Code::Locked,
            format!("没有密码：请设置 {variable}，或在终端里运行，由它来问"),
            format!("no passphrase: set {variable}, or run in a terminal to be asked for it"),
        )
        .into());
    }
    Ok(Zeroizing::new(rpassword::prompt_password(prompt).context("the passphrase could not be read")?))
}

fn vault(session: &mut Session, command: VaultCommand) -> anyhow::Result<()> {
    let now = session.now;
    let passphrase = passphrase()?;
    match command {
        VaultCommand::Create => {
            let code = session.app.create(&passphrase, now)?;
            session.app.lock()?;
            let zh = format!("保险库已建立。恢复码（只显示这一次，请抄下保管）：\n\n    {}\n", code.as_str());
            let en = format!(
                "The vault is made. Recovery code (shown once, keep it on paper):\n\n    {}\n",
                code.as_str()
            );
            say(session, json!({ "recovery_code": code.as_str() }), &zh, &en)
        }
        VaultCommand::Restore { file } => {
            session.app.restore(&file, Secret::Passphrase(&passphrase), now)?;
            session.app.lock()?;
            say(session, json!({ "restored": true }), "已恢复。", "Restored.")
        }
        VaultCommand::Backup { file } => {
            session.app.unlock(Secret::Passphrase(&passphrase), now)?;
            session.app.backup(&file, now)?;
            session.app.lock()?;
            say(
                session,
                json!({ "backup": true }),
                "备份已写好，并已打开核对。",
                "The backup is written and was opened to check it.",
            )
        }
        VaultCommand::Check => {
            session.app.unlock(Secret::Passphrase(&passphrase), now)?;
            let problems = session.app.check()?;
            session.app.lock()?;
            if problems.is_empty() {
                return say(session, json!({ "problems": [] }), "没有发现损坏。", "No damage found.");
            }
            Err(Error::new(Code::Damaged, problems.join("; ")).into())
        }
        VaultCommand::Passphrase => {
            let fresh = asked("RECOURSE_NEW_PASSPHRASE", "New passphrase: ")?;
            session.app.unlock(Secret::Passphrase(&passphrase), now)?;
            session.app.change_passphrase(&passphrase, &fresh)?;
            session.app.lock()?;
            say(session, json!({ "changed": true }), "密码已更换。", "The passphrase is changed.")
        }
    }
}

/// Shows rows on standard error once the work has taken half a second.
fn progress(zh: &str) -> impl FnMut(u64) -> bool + use<> {
    let started = Instant::now();
    let mut shown = started;
    let what = zh.to_owned();
    let terminal = std::io::stderr().is_terminal();
    move |rows| {
        if terminal
            && started.elapsed() > Duration::from_millis(500)
            && shown.elapsed() > Duration::from_millis(100)
        {
            shown = Instant::now();
            eprint!("\r{what} {rows}");
            let _ = std::io::stderr().flush();
        }
        true
    }
}

fn import(
    session: &mut Session,
    files: &[PathBuf],
    options: &Options,
    with_flags: bool,
) -> anyhow::Result<()> {
    let executable = std::env::current_exe().context("this program cannot find itself")?;
    let mut reads = Vec::new();
    let mut passed_over = Vec::new();
    for file in files_of(files.iter().cloned()) {
        let name = file.path.file_name().unwrap_or(file.path.as_os_str()).to_string_lossy().into_owned();
        let outcome = worker::read(&executable, &file.path, options, &mut progress("…"));
        match outcome {
            // A folder holds other things too; what is locked or too large is told as for a chosen file.
            Err(error) if file.in_folder && error.code == Code::Unreadable => passed_over.push((name, error)),
            outcome => reads.push(FileRead { name, outcome }),
        }
    }
    if reads.is_empty() {
        return Err(Error::said(
            Code::Unreadable,
            "这个文件夹里没有账单，没有存入任何内容",
            "there is no statement in this folder; nothing was stored",
        )
        .into());
    }
    let plan = session.app.import_plan(reads)?;
    if let Some(refused) = plan.refused.first() {
        session.app.import_discard(plan.id)?;
        let code = if refused.error.code == Code::Io { Code::Unreadable } else { refused.error.code };
        let (file, error) = (&refused.file, &refused.error);
        let zh = show::failure::sentence(Lang::Zh, &error.clone().into());
        let option = match code {
            Code::NeedsCode | Code::WrongCode => "（--password 解压码）",
            Code::AmbiguousDates => "（--dates dmy 先日后月，mdy 先月后日，ymd 先年后月）",
            _ => "",
        };
        return Err(Error::said(
            code,
            format!("{file}：{zh}{option}。没有存入任何内容"),
            format!("{file}: {}; nothing was stored", error.detail),
        )
        .into());
    }
    passed_over.extend(plan.passed_over.iter().map(|one| (one.file.clone(), one.error.clone())));
    flags::look(session, with_flags)?;
    let mut storing = progress("…");
    let mut done = session.app.import_execute(plan.id, &[], session.now, &mut |done, _| storing(done))?;
    // In the order of the plan: an archive may hold many statements of one account.
    done.sort_by_key(|import| import.id);
    let mut lines = Vec::new();
    for file in &plan.files {
        let wanted = (&file.sha256, &file.statement, &file.account);
        let made =
            done.iter().position(|import| (&import.sha256, &import.statement, &import.account) == wanted);
        let made = made.map(|place| done.remove(place));
        lines.push(wire::Imported::of(file, made.as_ref()));
    }
    if session.json {
        let mut answer = json!({ "files": lines });
        if !passed_over.is_empty() {
            let told =
                passed_over.iter().map(|(file, error)| json!({ "file": file, "detail": error.detail }));
            answer["passed_over"] = told.collect();
        }
        flags::add(session, with_flags, &mut answer)?;
        println!("{answer}");
    } else {
        for (file, error) in &passed_over {
            println!("{file}: {}", show::failure::sentence(session.lang, &error.clone().into()));
        }
        show::imported(session.lang, &lines);
        flags::say(session, with_flags)?;
    }
    Ok(())
}

fn list(
    session: &mut Session,
    search: String,
    from: Option<chrono::NaiveDate>,
    to: Option<chrono::NaiveDate>,
) -> anyhow::Result<()> {
    let query = Query { search, from, to, limit: u32::MAX, ..Query::default() };
    if !session.json {
        // Rows with a flag are marked.
        session.app.look(session.now)?;
    }
    let page = session.app.list(&query)?;
    if !session.json {
        show::ledger(session.lang, &page);
        return Ok(());
    }
    let hashes: HashMap<_, _> =
        session.app.imports()?.into_iter().map(|import| (import.id, import.sha256)).collect();
    let mut out = std::io::stdout().lock();
    for line in &page.lines {
        let source = line.transaction.source;
        let source = source.and_then(|source| Some((hashes.get(&source.import)?.as_str(), source.row)));
        writeln!(out, "{}", wire::transaction(&line.transaction, source))?;
    }
    Ok(())
}

fn plan(session: &Session, about: &str) -> anyhow::Result<CallPlan> {
    Ok(match about.parse::<i64>() {
        Ok(id) => view(session, id)?.plan,
        Err(_) => session.app.call_plan(about, session.now)?,
    })
}

fn call(
    session: &mut Session,
    about: &str,
    dial: bool,
    qr: Option<&Path>,
    waited: Option<u32>,
) -> anyhow::Result<()> {
    let mut plan = plan(session, about)?;
    if let (Some(minutes), Some(first)) = (waited, plan.call.first()) {
        let (provider, line) = (first.provider.clone(), first.line.clone());
        session.app.log_wait(&provider, &line, minutes.saturating_mul(60), session.now)?;
        plan = self::plan(session, about)?;
    }
    if session.json {
        println!("{}", wire::call_plan(&plan, session.lang));
    } else {
        show::call_plan(session.lang, &plan);
    }
    let Some(first) = plan.call.first() else {
        if dial || qr.is_some() {
            bail!(Error::said(
                Code::NotFound,
                "没有可以拨打的电话，请看上面的其他办法",
                "there is no line to call; see the other ways above"
            ));
        }
        return Ok(());
    };
    if let Some(file) = qr {
        let svg = session.app.directory().qr(&first.provider, &first.line)?.svg();
        std::fs::write(file, svg).context("the QR code could not be written")?;
    }
    if dial {
        recourse::dial::hand_over(&session.app.directory().tel(&first.provider, &first.line)?)?;
    }
    Ok(())
}
