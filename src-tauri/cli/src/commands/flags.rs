//! What is worth a look, and what a change of the ledger did to it.

use crate::{Session, show, wire};
use recourse::app::Turned;
use recourse::text::Lang;
use serde_json::Value;

/// Lists them.
pub fn flags(session: &mut Session, all: bool) -> anyhow::Result<()> {
    let flags = session.app.flags(all, session.now)?;
    if session.json {
        flags.iter().for_each(|flag| println!("{}", wire::flag(flag, session.lang)));
    } else {
        show::flags(session.lang, &flags);
    }
    Ok(())
}

/// Looks for flags before a change, where the user wants to know what the change does to them.
pub fn look(session: &mut Session, wanted: bool) -> anyhow::Result<()> {
    if wanted {
        session.app.flags_turned()?;
    }
    Ok(())
}

/// Adds to a JSON answer what the change did.
pub fn add(session: &mut Session, wanted: bool, answer: &mut Value) -> anyhow::Result<()> {
    if wanted {
        answer["flags"] = wire::turned(&session.app.flags_turned()?);
    }
    Ok(())
}

/// Says what the change did, with each flag that came.
pub fn say(session: &mut Session, wanted: bool) -> anyhow::Result<()> {
    if !wanted {
        return Ok(());
    }
    let turned = session.app.flags_turned()?;
    println!("{}", sentence(session.lang, &turned));
    let Turned { appeared, changed, .. } = turned;
    let mut views = session.app.flags(false, session.now)?;
    let is_new = |id: &String| appeared.contains(id) || changed.iter().any(|changed| changed.is == *id);
    views.retain(|view| is_new(&view.flag.id));
    if !views.is_empty() {
        show::flags(session.lang, &views);
    }
    Ok(())
}

/// Which flags came and went.
fn sentence(lang: Lang, turned: &Turned) -> String {
    let Turned { first, appeared, gone, changed } = turned;
    let one_of = |count: usize, zh: &str, en: &str| {
        (count > 0).then(|| match lang {
            Lang::Zh => zh.replace('#', &count.to_string()),
            Lang::En => format!("{count} {en}"),
        })
    };
    let came = if *first { "发现 # 条疑点" } else { "多了 # 条疑点" };
    let parts = [
        one_of(appeared.len(), came, if *first { "worth a look" } else { "more worth a look" }),
        one_of(changed.len(), "# 条有变化", "changed"),
        one_of(gone.len(), "# 条不再成立", "no longer holding"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match lang {
        _ if parts.is_empty() && *first => show::nothing(lang).into(),
        Lang::Zh if parts.is_empty() => "疑点没有变化。".into(),
        Lang::En if parts.is_empty() => "The flags are as before.".into(),
        Lang::Zh => format!("{}。", parts.join("，")),
        Lang::En => format!("{}.", parts.join(", ")),
    }
}
