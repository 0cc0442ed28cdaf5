//! Which ledgers raise which flags, what the flags say, and how verdicts quieten them.

#[path = "flags/golden.rs"]
mod golden;
#[path = "flags/growing.rs"]
mod growing;
#[path = "flags/notation.rs"]
mod notation;
#[path = "flags/wording.rs"]
mod wording;

use notation::Case;
use recourse::detect::{
    self, Detail, Evidence, Flag, FlagKind, Ruling, Sensitivity, Setting, Verdict, Watch,
};
use recourse::ledger::{
    Transaction,
    link::{Cards, link},
};
use recourse::money::Money;
use std::path::Path;

fn samples() -> Vec<(String, Vec<Case>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/ledgers");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: &Path| notation::read(&std::fs::read_to_string(path).unwrap());
    files.iter().map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), read(path))).collect()
}

/// The ledger as the app hands it in: in time order, refunds linked.
fn ledger(case: &Case) -> Vec<Transaction> {
    let mut rows = case.rows.clone();
    rows.sort_by_key(|row| row.at);
    link(&mut rows, &Cards::default());
    rows
}

/// What rows say of the balance, one by one; none where the case gives no balance.
fn details(case: &Case, rows: &[Transaction]) -> Vec<Detail> {
    if case.details.is_empty() {
        return Vec::new();
    }
    rows.iter().map(|row| case.details.get(&row.key).cloned().unwrap_or_default()).collect()
}

fn run(case: &Case, rows: &[Transaction], rulings: &[Ruling]) -> Vec<Flag> {
    let evidence = Evidence { transactions: rows, rulings, now: case.moment() };
    detect::run_with(&evidence, &details(case, rows), &Setting::default())
}

fn open_flags(case: &Case, rows: &[Transaction], rulings: &[Ruling]) -> Vec<Flag> {
    let mut flags = run(case, rows, rulings);
    flags.retain(|flag| detect::is_open(flag, disputed(rows, flag), rulings));
    flags
}

fn disputed<'a>(rows: &'a [Transaction], flag: &Flag) -> &'a Transaction {
    rows.iter().find(|row| row.id == flag.transactions[0]).unwrap()
}

fn wrong(case: &Case) -> Option<String> {
    let rows = ledger(case);
    let flags = open_flags(case, &rows, &[]);
    let kinds: Vec<&str> = flags.iter().map(|flag| flag.kind.name()).collect();
    if kinds != case.finds {
        let said: Vec<&str> = flags.iter().map(|flag| flag.explanation.zh.as_str()).collect();
        return Some(format!("expected {:?}, found {kinds:?}: {said:#?}", case.finds));
    }
    let flag = flags.first()?;
    let mut keys: Vec<String> =
        rows.iter().filter(|row| flag.transactions.contains(&row.id)).map(|row| row.key.clone()).collect();
    let mut marked = case.evidence.clone();
    keys.sort();
    marked.sort();
    if keys != marked {
        return Some(format!("evidence {keys:?}, marked {marked:?}"));
    }
    let said = [(&case.zh, &flag.explanation.zh), (&case.en, &flag.explanation.en)];
    said.into_iter()
        .find(|(golden, said)| golden.as_ref().is_some_and(|golden| golden != *said))
        .map(|(_, said)| format!("says: {said}"))
}

#[test]
fn every_sample_ledger_raises_exactly_the_flags_it_names() {
    let mut failures = Vec::new();
    for (file, cases) in samples() {
        for case in &cases {
            if let Some(why) = wrong(case) {
                failures.push(format!("{file}: {}\n   {why}", case.title));
            }
        }
    }
    assert!(failures.is_empty(), "{} wrong:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_kind_has_six_finds_and_six_quiet_ledgers_and_golden_words_in_both_languages() {
    let samples = samples();
    for detector in detect::DETECTORS {
        let name = detector.kind.name();
        let (_, cases) = samples.iter().find(|(file, _)| file == name).expect(name);
        let finds = cases.iter().filter(|case| case.finds.first().is_some_and(|kind| kind == name)).count();
        let quiet = cases.iter().filter(|case| case.finds.is_empty()).count();
        assert!(finds >= 6 && quiet >= 6, "{name}: {finds} finds, {quiet} quiet");
        assert!(cases.iter().any(|case| case.zh.is_some() && case.en.is_some()), "{name}: no golden words");
    }
}

#[test]
fn the_order_of_rows_and_the_ids_of_an_import_change_no_fingerprint() {
    for (file, cases) in samples() {
        for case in cases.iter().filter(|case| !case.finds.is_empty()) {
            let rows = ledger(case);
            let ids = |flags: Vec<Flag>| flags.into_iter().map(|flag| flag.id).collect::<Vec<_>>();
            let before = ids(open_flags(case, &rows, &[]));
            let mut again = case.rows.clone();
            again.reverse();
            for (place, row) in again.iter_mut().enumerate() {
                row.id.0 = 10_000 + i64::try_from(place).unwrap();
            }
            link(&mut again, &Cards::default());
            assert_eq!(before, ids(open_flags(case, &again, &[])), "{file}: {}", case.title);
        }
    }
}

/// Absences: they are known when the time has passed.
const AWAITED: &[FlagKind] = &[FlagKind::RefundMissing, FlagKind::ForgottenHold];

#[test]
fn a_later_row_never_changes_what_was_flagged_before() {
    for (file, cases) in samples() {
        for case in cases.iter().filter(|case| !case.finds.is_empty()) {
            let rows = ledger(case);
            let whole = run(case, &rows, &[]);
            for flag in whole.iter().filter(|flag| !AWAITED.contains(&flag.kind)) {
                let last = rows.iter().rposition(|row| flag.transactions.contains(&row.id)).unwrap();
                let cut = run(case, &rows[..=last], &[]);
                assert!(cut.iter().any(|early| early.id == flag.id), "{file}: {}", case.title);
            }
        }
    }
}

#[test]
fn a_row_is_scored_from_the_rows_at_or_before_it() {
    let mut broken = Vec::new();
    for (file, cases) in samples() {
        for case in &cases {
            let mut rows = case.rows.clone();
            rows.sort_by_key(|row| row.at);
            let whole = detect::score(&rows, &[]);
            let last: Vec<usize> = (rows.len().saturating_sub(12)..rows.len()).collect();
            for cut in (0..rows.len()).step_by(61).chain(last) {
                // Rows of one second are told apart by their keys: a cut between them cuts by time.
                let cut = rows[..cut].iter().rposition(|row| row.at < rows[cut].at).map_or(0, |row| row + 1);
                let early = detect::score(&rows[..cut], &[]);
                let other = early.iter().zip(&whole).position(|(early, late)| early != late);
                if let Some(row) = other {
                    broken.push(format!("{file}: {} cut at {cut}: row {row}", case.title));
                    break;
                }
            }
        }
    }
    assert!(broken.is_empty(), "{} look ahead:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn what_never_came_is_known_in_the_end() {
    let shown = |text: &str| -> Vec<Vec<FlagKind>> {
        let mut rows = notation::read(text).remove(0).rows;
        rows.sort_by_key(|row| row.at);
        let scores = detect::score_in_the_end(&rows, &[], detect::Sensitivity::Normal);
        scores.into_iter().map(|row| row.kinds).filter(|kinds| !kinds.is_empty()).collect()
    };
    let hold = "2026-01-10 09:00 own 800.00 云上酒店; item 预授权; status 冻结成功\n";
    let release = "2026-01-14 09:00 own 800.00 云上酒店; item 预授权; status 解冻成功\n";
    let later = "2026-04-01 12:00 buy 12.00 晨光咖啡\n";
    assert_eq!(shown(&format!("=== quiet: life\n{hold}{later}")), [[FlagKind::ForgottenHold]]);
    assert!(shown(&format!("=== quiet: life\n{hold}{release}{later}")).is_empty());
}

#[test]
fn a_stranger_paying_at_night_outranks_every_ordinary_row() {
    let text = "=== quiet: life\nusual 2025-11-01 120\n\
                2026-03-01 02:10 buy 980.00 甲数码\n2026-03-01 03:30 buy 1260.00 乙数码\n\
                2026-03-01 04:05 buy 890.00 丙服饰\n";
    let mut rows = notation::read(text).remove(0).rows;
    rows.sort_by_key(|row| row.at);
    let scores = detect::score(&rows, &[]);
    let strangers = ["甲数码", "乙数码", "丙服饰"];
    let (strange, ordinary): (Vec<_>, Vec<_>) =
        rows.iter().zip(&scores).partition(|(row, _)| strangers.contains(&row.counterparty.as_str()));
    let least = strange.iter().map(|(_, score)| score.score).fold(1.0, f64::min);
    let most = ordinary.iter().map(|(_, score)| score.score).fold(0.0, f64::max);
    assert_eq!(strange.len(), 3);
    assert!(least > most, "{least} {most}");
}

fn ruling(flag: &Flag, rows: &[Transaction], verdict: Verdict) -> Ruling {
    Ruling {
        flag: flag.id.clone(),
        kind: flag.kind,
        counterparty: disputed(rows, flag).counterparty.clone(),
        account: disputed(rows, flag).person_account().to_owned(),
        verdict,
        amount: flag.amount,
        at: None,
    }
}

/// Two double charges at one shop, months apart; the second is for `second`.
fn twice(second: &str) -> Case {
    let text = format!(
        "=== finds duplicate-charge: twice\n\
         2026-01-05 19:00:00 buy 100.00 湘菜馆; mo T1000\n2026-01-05 19:00:20 buy 100.00 湘菜馆; mo T1000\n\
         2026-03-05 19:00:00 buy {second} 湘菜馆; mo T2000\n2026-03-05 19:00:20 buy {second} 湘菜馆; mo T2000\n"
    );
    notation::read(&text).remove(0)
}

#[test]
fn mine_on_a_masked_name_holds_for_its_account_alone() {
    for (account, left) in [("account 133****1122", 0), ("account 159****8877", 1), ("account /", 0)] {
        let text = format!(
            "=== finds new-payee: masked\nusual 2025-11-01 120\n\
             2026-01-05 12:31 send 60.00 阿强\n2026-01-09 12:31 send 88.00 阿明\n\
             2026-01-15 12:31 send 50.00 小雪\n2026-02-20 02:31 send 8000.00 *丽; account 133****1122\n\
             2026-03-02 02:31 send 9000.00 *丽; {account}\n"
        );
        let case = notation::read(&text).remove(0);
        let rows = ledger(&case);
        let flags = open_flags(&case, &rows, &[]);
        let first = flags.iter().find(|flag| disputed(&rows, flag).amount == Money::fen(800_000)).unwrap();
        assert!(first.explanation.en.contains("“*丽” (133****1122)"), "{}", first.explanation.en);
        let mine = [ruling(first, &rows, Verdict::Mine)];
        assert!(detect::setting::effect(&mine[0]).zh.starts_with("「*丽 133****1122」"));
        let open = open_flags(&case, &rows, &mine);
        assert_eq!(open.iter().filter(|flag| flag.kind == FlagKind::NewPayee).count(), left, "{account}");
    }
}

#[test]
fn what_the_user_pursues_is_told_again_at_that_shop() {
    let (_, cases) = samples().into_iter().find(|(file, _)| file == "duplicate-charge").unwrap();
    let case = cases.iter().find(|case| case.title.ends_with("months later again")).unwrap();
    let rows = ledger(case);
    let flags = run(case, &rows, &[]);
    let first = flags.iter().find(|flag| disputed(&rows, flag).amount == Money::fen(41_260)).unwrap();
    let later = |flags: &[Flag]| flags.iter().find(|flag| flag.id != first.id).unwrap().score;
    assert!(later(&run(case, &rows, &[ruling(first, &rows, Verdict::Pursue)])) > later(&flags));
}

#[test]
fn mine_quietens_this_flag_and_the_same_pattern_up_to_a_quarter_more() {
    for (second, left) in [("100.00", 0), ("125.00", 0), ("125.01", 1), ("90.00", 0)] {
        let case = twice(second);
        let rows = ledger(&case);
        let flags = open_flags(&case, &rows, &[]);
        let first = flags.iter().find(|flag| disputed(&rows, flag).merchant_order_no == "T1000").unwrap();
        let mine = [ruling(first, &rows, Verdict::Mine)];
        assert_eq!(open_flags(&case, &rows, &mine).len(), left, "{second}");
    }
}

#[test]
fn mine_at_another_payee_or_of_another_kind_quietens_nothing_else() {
    let case = twice("100.00");
    let rows = ledger(&case);
    let flags = open_flags(&case, &rows, &[]);
    let mut elsewhere = ruling(&flags[0], &rows, Verdict::Mine);
    elsewhere.flag = "another".to_owned();
    elsewhere.counterparty = "粤菜馆".to_owned();
    let mut other_kind = ruling(&flags[0], &rows, Verdict::Mine);
    other_kind.flag = "another".to_owned();
    other_kind.kind = FlagKind::Burst;
    assert_eq!(open_flags(&case, &rows, &[elsewhere, other_kind]).len(), flags.len());
}

#[test]
fn pursue_keeps_a_flag_open_beside_a_quietened_pattern() {
    let case = twice("100.00");
    let rows = ledger(&case);
    let flags = open_flags(&case, &rows, &[]);
    let rulings = [ruling(&flags[0], &rows, Verdict::Mine), ruling(&flags[1], &rows, Verdict::Pursue)];
    let left = open_flags(&case, &rows, &rulings);
    assert_eq!(left.len(), 1);
    assert_eq!((left[0].id.as_str(), left[0].verdict), (flags[1].id.as_str(), Some(Verdict::Pursue)));
}

#[test]
fn answered_flags_stay_available_with_their_verdict() {
    let case = twice("300.00");
    let rows = ledger(&case);
    let flags = open_flags(&case, &rows, &[]);
    let rulings = [ruling(&flags[0], &rows, Verdict::Mine)];
    let all = detect::run(&Evidence { transactions: &rows, rulings: &rulings, now: case.moment() });
    assert_eq!(all.len(), 2);
    assert_eq!(all.iter().filter(|flag| flag.verdict == Some(Verdict::Mine)).count(), 1);
}

#[test]
fn scores_lie_between_nought_and_one_and_fall_down_the_list() {
    for (_, cases) in samples() {
        for case in &cases {
            let rows = ledger(case);
            let flags = run(case, &rows, &[]);
            assert!(flags.iter().all(|flag| flag.score > 0.0 && flag.score <= 1.0));
            assert!(flags.is_sorted_by(|a, b| a.score >= b.score));
            assert!(flags.iter().all(|flag| flag.amount.minor > 0), "{}", case.title);
        }
    }
}

#[test]
fn a_kind_switched_off_is_not_shown_and_a_watchful_eye_sees_more_than_a_quiet_one() {
    let case = twice("100.00");
    let rows = ledger(&case);
    let evidence = Evidence { transactions: &rows, rulings: &[], now: case.moment() };
    let off = Setting { kinds: [(FlagKind::DuplicateCharge, Sensitivity::Off)].into(), ..Setting::default() };
    assert!(detect::run_with(&evidence, &[], &off).is_empty());
    let seen = [Sensitivity::Quiet, Sensitivity::Normal, Sensitivity::Watchful].map(|all| {
        let setting = Setting { all, ..Setting::default() };
        let count = |case: &Case| {
            detect::run_with(
                &Evidence { transactions: &ledger(case), rulings: &[], now: case.moment() },
                &[],
                &setting,
            )
            .len()
        };
        samples().iter().flat_map(|(_, cases)| cases).map(count).sum::<usize>()
    });
    assert!(seen.is_sorted() && seen[0] < seen[2], "{seen:?}");
}

#[test]
fn pursue_raises_its_like_and_nothing_else() {
    let case = twice("100.00");
    let rows = ledger(&case);
    let flags = open_flags(&case, &rows, &[]);
    let mut pursued = ruling(&flags[0], &rows, Verdict::Pursue);
    pursued.flag = "another".to_owned();
    let score = |rulings: &[Ruling]| run(&case, &rows, rulings)[0].score;
    assert!(score(&[pursued.clone()]) > score(&[]));
    pursued.counterparty = "粤菜馆".to_owned();
    assert!((score(&[pursued]) - score(&[])).abs() < f64::EPSILON);
}

/// Thirty rows of someone new: everything is new then, and only what speaks for itself is shown.
#[test]
fn a_new_user_with_thirty_rows_is_told_only_what_speaks_for_itself() {
    let life = "=== quiet: new\nusual 2026-01-05 6\n2026-01-12 20:00 send 1500.00 *甲\n\
                2026-01-13 21:00 buy 2600.00 家电城\n2026-01-14 22:00 send 3000.00 *乙; memo 转账\n";
    let case = notation::read(life).remove(0);
    let rows = ledger(&case);
    assert!((20..=40).contains(&rows.len()), "{}", rows.len());
    assert_eq!(open_flags(&case, &rows, &[]), []);
    let told = format!("{life}2026-01-15 22:00 send 800.00 *丙; memo 转入安全账户\n");
    let case = notation::read(&told).remove(0);
    let kinds: Vec<FlagKind> = open_flags(&case, &ledger(&case), &[]).iter().map(|flag| flag.kind).collect();
    assert_eq!(kinds, [FlagKind::ScamWords]);
}

#[test]
fn an_empty_ledger_and_amounts_at_the_end_of_the_range_are_no_trouble() {
    let now = twice("1.00").moment();
    assert!(detect::run(&Evidence { transactions: &[], rulings: &[], now }).is_empty());
    let mut case = twice("100.00");
    for row in &mut case.rows {
        row.amount = Money::fen(i64::MAX);
    }
    let rows = ledger(&case);
    assert!(!open_flags(&case, &rows, &[]).is_empty());
}

/// One user's ledger of `count` rows: an ordinary life of years, laid end to end.
fn long_ledger(count: usize) -> Vec<Transaction> {
    let years = notation::read("=== quiet: years\nusual 2001-01-01 7300\n").remove(0).rows;
    let mut rows: Vec<Transaction> = years.iter().cycle().take(count).cloned().collect();
    for (place, row) in rows.iter_mut().enumerate() {
        row.id.0 = i64::try_from(place).unwrap();
        row.key = format!("wallet:{place:09}");
        row.order_no = format!("2026{place:020}");
        // A lifetime again, some days later; what was one day is now several lives' worth of one.
        row.at += chrono::TimeDelta::days(7 * i64::try_from(place / years.len()).unwrap());
    }
    rows.sort_by_key(|row| row.at);
    rows
}

/// `cargo test -p recourse-tests --profile bench --test flags -- --ignored --nocapture million`
#[test]
#[ignore = "a measurement: a million rows want an optimised build"]
fn a_million_rows_are_linked_and_judged_in_seconds() {
    let mut rows = long_ledger(1_000_000);
    let now = rows.last().unwrap().at;
    let start = on_cpu();
    link(&mut rows, &Cards::default());
    println!("linked in {:?} of processor time", on_cpu() - start);
    let (stated, free) = (|row: &Transaction| row.refunded, resident());
    let mut watch = Watch::with_hindsight();
    let mut look = |rows: &[Transaction]| {
        let evidence = Evidence { transactions: rows, rulings: &[], now };
        let ledger = detect::Ledger { evidence, details: &[], stated: &stated };
        let start = on_cpu();
        let unchanged = watch.unchanged(&ledger);
        let compared = on_cpu();
        watch.follow(&ledger, unchanged, &mut |_, _| ());
        let followed = on_cpu();
        detect::ranked(watch.flags(&ledger), &evidence, &Setting::default());
        [compared - start, followed - compared, on_cpu() - followed]
    };
    let say = |what: &str, [compared, judged, told]: [std::time::Duration; 3]| {
        println!("{what}: compared in {compared:?}, judged in {judged:?}, flags told in {told:?}");
    };
    // The processor's time is counted by the millisecond: what is quick is done again and again.
    const AGAIN: usize = 50;
    let first = rows.len() - AGAIN;
    say("all", look(&rows[..first]));
    println!("{} bytes a row kept", (resident() - free) / first);
    let one = (first + 1..=rows.len()).map(|end| look(&rows[..end]));
    let sum =
        one.fold([std::time::Duration::ZERO; 3], |sum, one| [0, 1, 2].map(|part| sum[part] + one[part]));
    say("one row at the end", sum.map(|part| part / AGAIN as u32));
    let mut late = rows[first].clone();
    (late.id.0, late.key) = (2_000_000, "wallet:late".to_owned());
    rows.insert(first, late);
    say("a row fifty from the end", look(&rows));
}

/// The processor's time of this thread.
fn on_cpu() -> std::time::Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().next().and_then(|field| field.parse().ok());
    std::time::Duration::from_nanos(nanoseconds.unwrap_or(0))
}

/// Bytes of memory that this process holds.
fn resident() -> usize {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap();
    4096 * text.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap()
}
