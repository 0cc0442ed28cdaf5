//! What can be asked of the directory: a number, a provider, its edition and its packs.

use super::say;
use crate::{Session, show, wire};
use anyhow::bail;
use recourse::app::PackReading;
use recourse::call::{self, Asked};
use recourse::directory::Edition;
use recourse::{Code, Error};
use serde_json::json;
use std::path::Path;

/// What can honestly be said of a number, and of what the caller wanted.
pub fn check_number(session: &Session, number: &str, asked: &[String]) -> anyhow::Result<()> {
    let check = session.app.check_number(number);
    let asked = read_asked(asked)?;
    if session.json {
        println!("{}", wire::number_check(&check, &asked, session.lang));
    } else {
        show::number_check(session.lang, &check);
        asked.iter().for_each(|asked| show::wanted(session.lang, call::answer(*asked)));
    }
    Ok(())
}

/// The words of `--asked`.
pub fn read_asked(words: &[String]) -> anyhow::Result<Vec<Asked>> {
    let known = || call::wanted().iter().filter_map(|wanted| serde_json::to_value(wanted.id).ok());
    words
        .iter()
        .map(|word| {
            call::asked(word).ok_or_else(|| {
                let known: Vec<String> = known().filter_map(|id| id.as_str().map(str::to_owned)).collect();
                show::failure::told(
                    format!("--asked 可用的词有：{}；没有“{word}”", known.join("、")),
                    format!("--asked takes {}, not {word}", known.join(", ")),
                )
            })
        })
        .collect()
}

/// The directory with its sources.
pub fn providers(session: &Session, wanted: Option<&str>) -> anyhow::Result<()> {
    let directory = session.app.directory();
    let found: Vec<_> = match wanted {
        Some(name) => {
            let found = directory.get(name);
            let unknown = || {
                Error::said(
                    Code::NotFound,
                    format!("目录里没有“{name}”；用 recourse providers 看有哪些"),
                    "no such provider in the directory",
                )
            };
            vec![found.ok_or_else(unknown)?]
        }
        None => directory.all().iter().collect(),
    };
    for provider in found {
        if session.json {
            println!("{}", serde_json::to_string(provider)?);
        } else if wanted.is_some() {
            show::provider(session.lang, provider);
        } else {
            println!("{}", show::provider_line(session.lang, provider));
        }
    }
    Ok(())
}

/// Which edition is in use; with a file, the pack is looked at and taken into use; or the shipped one again.
pub fn directory(session: &mut Session, install: Option<&Path>, remove: bool) -> anyhow::Result<()> {
    if remove {
        let edition = session.app.pack_remove()?;
        return told(session, edition, None);
    }
    let Some(file) = install else { return told(session, session.app.edition(), None) };
    let bytes = std::fs::read(file).map_err(|error| {
        Error::said(
            Code::Unreadable,
            format!("读文件失败：{error}；没有存入任何内容"),
            format!("the file cannot be read: {error}; nothing was stored"),
        )
    })?;
    let reading = session.app.pack_install(&bytes)?;
    if let Some(reason) = &reading.reason {
        bail!(Error::said(Code::Unreadable, reason.zh.clone(), reason.en.clone()));
    }
    told(session, session.app.edition(), Some(&reading))
}

fn told(session: &Session, edition: Edition, reading: Option<&PackReading>) -> anyhow::Result<()> {
    let changed = reading.map_or(0, |reading| reading.differences.len());
    let whence = if edition.built_in {
        ("随应用提供", "ships with the app")
    } else {
        ("更新包", "from a pack")
    };
    say(
        session,
        json!({ "edition": edition, "differences": reading.map(|reading| &reading.differences) }),
        &format!(
            "目录 {}（{}，{}），{} 家{}",
            edition.version,
            edition.issued,
            whence.0,
            edition.providers,
            if changed > 0 { format!("；{changed} 家的号码有变化") } else { String::new() }
        ),
        &format!(
            "Directory {} ({}, {}), {} providers{}",
            edition.version,
            edition.issued,
            whence.1,
            edition.providers,
            if changed > 0 { format!("; the numbers of {changed} changed") } else { String::new() }
        ),
    )
}
