//! What each kind says, word for word in both languages: what, why, the rows and figures, how sure, when it is
//! innocent, what to do next and which playbook.
//!
//! `UPDATE_EXPECTED=1 cargo test -p recourse-tests --test flags golden` writes what is said now: read it as
//! somebody would whose money is gone.

use super::{ledger, open_flags, samples};
use recourse::case::{playbook, trouble_of};
use recourse::detect::{DETECTORS, Flag, FlagKind, Sure, kinds};
use recourse::ledger::Transaction;
use recourse::text::{Lang, Text};
use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;

/// The sentence without figures and names: two flags of one shape tell one story.
fn shape(flag: &Flag) -> String {
    let mut quoted = 0;
    let letters = flag.explanation.zh.chars().filter(|&c| {
        quoted += i32::from(c == '「') - i32::from(c == '」');
        quoted == 0 && !c.is_ascii_digit()
    });
    letters.collect()
}

fn written(title: &str, flag: &Flag, rows: &[Transaction]) -> String {
    let mut text = String::new();
    let steps = trouble_of(flag.kind).map(|trouble| playbook(trouble).title.clone());
    let steps = steps.unwrap_or_else(|| Text::new("先说明是谁付的", "first say who paid"));
    writeln!(text, "## {title}").unwrap();
    for lang in [Lang::Zh, Lang::En] {
        let (name, sure) = (kinds::name(flag.kind), kinds::sure(flag.sure));
        writeln!(text, "{} · {} · {}", name.get(lang), sure.get(lang), flag.amount).unwrap();
        writeln!(text, "  {}", flag.explanation.get(lang)).unwrap();
        writeln!(text, "  = {}", flag.innocent.get(lang)).unwrap();
        writeln!(text, "  > {}", kinds::next_step(flag.kind, flag.sure).get(lang)).unwrap();
        writeln!(text, "  # {}", steps.get(lang)).unwrap();
    }
    for id in &flag.transactions {
        let row = rows.iter().find(|row| row.id == *id).unwrap();
        let at = row.at.format("%Y-%m-%d %H:%M:%S");
        writeln!(text, "  {at}  {}  {}", row.amount, row.counterparty).unwrap();
    }
    text
}

/// One entry for each story a kind tells in the sample ledgers.
fn said(kind: FlagKind) -> String {
    let mut told: HashSet<String> = HashSet::new();
    let mut entries = Vec::new();
    for (file, cases) in samples() {
        for case in cases.iter().filter(|_| file == kind.name()) {
            let rows = ledger(case);
            for flag in open_flags(case, &rows, &[]).iter().filter(|flag| flag.kind == kind) {
                if told.insert(shape(flag)) {
                    entries.push(written(&case.title, flag, &rows));
                }
            }
        }
    }
    entries.join("\n")
}

#[test]
fn every_kind_says_what_its_golden_page_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/flags");
    let mut wrong = Vec::new();
    for detector in DETECTORS {
        let (page, said) = (folder.join(format!("{}.txt", detector.kind.name())), said(detector.kind));
        assert!(!said.is_empty(), "no sample ledger tells {}", detector.kind.name());
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&page, &said).unwrap();
        }
        let known = std::fs::read_to_string(&page).unwrap_or_default();
        let lines = said.lines().zip(known.lines().chain(std::iter::repeat("")));
        if let Some((said, known)) = lines.into_iter().find(|(said, known)| said != known) {
            wrong.push(format!("{}\n  says   {said}\n  golden {known}", page.display()));
        } else if said != known {
            wrong.push(format!("{}: the golden page says more", page.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_said_is_short_ends_as_a_sentence_and_promises_nothing() {
    let sureness = [Sure::Clear, Sure::Likely, Sure::Watch];
    for (detector, sure) in DETECTORS.iter().flat_map(|detector| sureness.map(|sure| (detector, sure))) {
        let next = kinds::next_step(detector.kind, sure);
        let all = [&next, &kinds::looks_for(detector.kind), &kinds::name(detector.kind)];
        for text in all {
            assert!(!text.zh.is_empty() && !text.en.is_empty(), "{}", detector.kind.name());
            for promise in ["一定能", "保证", "肯定能", "guarantee", "certainly"] {
                assert!(!text.zh.contains(promise) && !text.en.contains(promise), "{}", text.zh);
            }
        }
        assert!(next.zh.ends_with('。') && next.en.ends_with('.'), "{}", next.zh);
        assert!(next.zh.chars().count() <= 80, "{}: {}", detector.kind.name(), next.zh.chars().count());
        // Whom to call is the directory's: a number here would grow old.
        assert!(!next.zh.contains(|c: char| c.is_ascii_digit()), "{}", next.zh);
    }
}

#[test]
fn the_window_calls_the_kinds_what_the_core_calls_them() {
    let words = |lang: &str| {
        let file = format!("{}/../ui/src/lib/words/{lang}/general.ts", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(file).unwrap()
    };
    let (zh, en) = (words("zh"), words("en"));
    for detector in DETECTORS {
        let (kind, name) = (detector.kind.name(), kinds::name(detector.kind));
        let calls = |words: &str, name: &str| {
            words.contains(&format!("\"{kind}\": \"{name}\""))
                || words.contains(&format!(" {kind}: \"{name}\""))
        };
        assert!(calls(&zh, &name.zh) && calls(&en, &name.en), "{kind}");
    }
}
