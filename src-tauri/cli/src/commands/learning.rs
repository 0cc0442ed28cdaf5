//! What the user says of flags, what was learnt from it, and which flags are shown.

use super::say;
use crate::args::{KindOrSwitch, SensitivityWord, VerdictWord};
use crate::{Session, show, wire};
use recourse::app::Lesson;
use recourse::detect::Verdict;
use recourse::{Code, Error};
use serde_json::json;

/// Remembers a verdict and says at once what it changes, or takes it back.
pub fn verdict(session: &mut Session, flag: &str, said: VerdictWord) -> anyhow::Result<()> {
    let verdict = match said {
        VerdictWord::Mine => Some(Verdict::Mine),
        VerdictWord::Pursue => Some(Verdict::Pursue),
        VerdictWord::None => None,
    };
    session.app.verdict(flag, verdict, session.now)?;
    let lessons = session.app.lessons(session.now)?;
    let Some(Lesson { effect, .. }) = lessons.iter().find(|lesson| lesson.flag == flag) else {
        let answer = json!({ "flag": flag, "verdict": null });
        return say(session, answer, "已收回。", "Taken back.");
    };
    let answer = json!({
        "flag": flag, "verdict": verdict, "effect": effect.words.get(session.lang),
        "flags": effect.flags, "rows": effect.rows,
    });
    let back = format!("recourse verdict {flag} none");
    let (zh, en) = (effect.words.zh.as_str(), effect.words.en.as_str());
    let also = show::reach(effect, verdict.unwrap_or(Verdict::Mine));
    let zh = format!("已记住。{zh}{}\n收回：{back}", also.zh);
    let en = format!("Remembered. {en}{}\nTake it back: {back}", also.en);
    say(session, answer, &zh, &en)
}

/// What was learnt, one verdict after another.
pub fn learned(session: &mut Session) -> anyhow::Result<()> {
    let lessons = session.app.lessons(session.now)?;
    if session.json {
        lessons.iter().for_each(|lesson| println!("{}", wire::lesson(lesson, session.lang)));
    } else {
        show::lessons(session.lang, &lessons);
    }
    Ok(())
}

/// Sets what is asked for, and shows what is set.
pub fn settings(
    session: &mut Session,
    sensitivity: Option<SensitivityWord>,
    kinds: &[KindOrSwitch],
) -> anyhow::Result<()> {
    let mut settings = session.app.status()?.settings;
    if let Some(said) = sensitivity {
        settings.flags.all = said.into();
    }
    for pair in kinds.chunks(2) {
        let [KindOrSwitch::Kind(kind), KindOrSwitch::Switch(on)] = *pair else {
            return Err(Error::new(Code::Invalid, "first the kind, then on or off").into());
        };
        settings.flags.switch(kind, on);
    }
    if sensitivity.is_some() || !kinds.is_empty() {
        settings = session.app.set_settings(settings, session.now)?.settings;
    }
    let choices = session.app.flag_choices();
    if session.json {
        println!("{}", wire::settings(&settings.flags, &choices, session.lang));
    } else {
        show::settings(session.lang, &settings.flags, &choices);
    }
    Ok(())
}
