//! What was learnt from verdicts, and which flags are shown.

use super::{pad, pick, strong};
use recourse::app::{Effect, FlagChoices, Lesson};
use recourse::detect::{Setting, Verdict};
use recourse::text::{Lang, Text};

/// How far a verdict reaches beyond its own flag: nothing where it reaches nothing.
pub fn reach(effect: &Effect, verdict: Verdict) -> Text {
    let Effect { flags, rows, .. } = effect;
    match (verdict, flags) {
        (_, 0) => Text::default(),
        (Verdict::Mine, _) => Text::new(
            format!("另有 {flags} 处疑点（{rows} 笔）一起安静下来。"),
            format!(" {flags} more {} ({rows} {}) quiet with it.", flag_en(*flags), rows_en(*rows)),
        ),
        (Verdict::Pursue, _) => Text::new(
            format!("另有 {flags} 处疑点（{rows} 笔）因此排得更前。"),
            format!(" {flags} more {} ({rows} {}) ranked higher.", flag_en(*flags), rows_en(*rows)),
        ),
    }
}

fn flag_en(count: u32) -> &'static str {
    if count == 1 { "flag" } else { "flags" }
}

fn rows_en(count: u32) -> &'static str {
    if count == 1 { "transaction" } else { "transactions" }
}

/// What was learnt, the newest first.
pub fn lessons(lang: Lang, lessons: &[Lesson]) {
    if lessons.is_empty() {
        println!(
            "{}",
            pick(lang, "还没有学到什么：您还没有作过判断。", "Nothing was learnt: you gave no verdict yet.")
        );
    }
    for lesson in lessons {
        let said = match lesson.verdict {
            Verdict::Mine => pick(lang, "是我本人", "mine"),
            Verdict::Pursue => pick(lang, "要追究", "pursue"),
        };
        let since = lesson.since.map(|at| at.format("%Y-%m-%d %H:%M").to_string());
        let since = since.unwrap_or_else(|| pick(lang, "日期未记", "no date").to_owned());
        println!("{}  [{said}]  {since}", strong(&lesson.flag));
        println!("  {}{}", lesson.effect.words.get(lang), reach(&lesson.effect, lesson.verdict).get(lang));
    }
    if !lessons.is_empty() {
        println!("\n{} recourse verdict FLAG none", pick(lang, "收回其中一条：", "Take one back:"));
    }
}

/// How readily flags are shown, and which kinds.
pub fn settings(lang: Lang, setting: &Setting, choices: &FlagChoices) {
    println!("{}", strong(pick(lang, "提醒多少", "How readily")));
    for choice in &choices.sensitivities {
        let mark = if choice.sensitivity == setting.all { "●" } else { "○" };
        println!("  {mark} {}{}", pad(choice.name.get(lang), 10), choice.meaning.get(lang));
    }
    println!("\n{}", strong(pick(lang, "查哪些问题", "Which kinds")));
    for choice in &choices.kinds {
        let mark = if setting.is_on(choice.kind) { "[x]" } else { "[ ]" };
        let (name, looks_for) = (pad(choice.name.get(lang), 22), choice.looks_for.get(lang));
        println!("  {mark} {}{name}{looks_for}", pad(choice.kind.name(), 22));
    }
}
