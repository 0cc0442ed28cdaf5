//! Learning from the user, through the app: what is chosen and what is said changes what is shown, and all of it
//! can be looked at and taken back.

use recourse::app::{App, FlagView, Lesson, NewNote, Settings};
use recourse::detect::chart::ChartScope;
use recourse::detect::{DETECTORS, FlagKind, Sensitivity, Verdict};
use recourse::ledger::{Direction, Moment};
use recourse::money::Money;
use recourse::vault::{Cost, Secret};

const PASSPHRASE: &str = "correct horse battery";

fn now() -> Moment {
    at("2026-04-01 09:00")
}

fn at(clock: &str) -> Moment {
    Moment::parse_from_str(&format!("{clock}:00 +0800"), "%Y-%m-%d %H:%M:%S %z").unwrap()
}

fn app() -> (App, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut app = App::new(&folder.path().join("vault"), Cost::LOW).unwrap();
    app.create(PASSPHRASE, now()).unwrap();
    (app, folder)
}

fn pay(app: &mut App, clock: &str, fen: i64, counterparty: &str, text: &str) {
    pay_order(app, clock, fen, counterparty, text, "");
}

fn pay_order(app: &mut App, clock: &str, fen: i64, counterparty: &str, text: &str, order: &str) {
    let note = NewNote {
        provider: String::new(),
        at: at(clock),
        amount: Money::fen(fen),
        direction: Direction::Out,
        kind: None,
        counterparty: counterparty.into(),
        method: String::new(),
        order_no: order.into(),
        text: text.into(),
    };
    app.note(note, now()).unwrap();
}

/// One order, paid twice within a minute: clear.
fn twice(app: &mut App, day: &str, fen: i64) {
    for clock in ["19:00", "19:01"] {
        pay_order(app, &format!("{day} {clock}"), fen, "湘菜馆", "", &format!("T{day}"));
    }
}

fn open(app: &mut App) -> Vec<FlagView> {
    app.flags(false, now()).unwrap()
}

fn relock(app: &mut App) {
    app.lock().unwrap();
    app.unlock(Secret::Passphrase(PASSPHRASE), now()).unwrap();
}

fn choose(app: &mut App, change: impl Fn(&mut Settings)) {
    let mut settings = app.status().unwrap().settings;
    change(&mut settings);
    app.set_settings(settings, now()).unwrap();
}

#[test]
fn a_kind_switched_off_stays_off_after_the_lock_and_comes_back_when_switched_on() {
    let (mut app, _folder) = app();
    twice(&mut app, "2026-01-05", 30_000);
    assert_eq!(open(&mut app).len(), 1);
    choose(&mut app, |settings| settings.flags.switch(FlagKind::DuplicateCharge, false));
    assert_eq!(open(&mut app), []);
    assert_eq!(app.home(now()).unwrap().flags_total, 0);
    relock(&mut app);
    assert_eq!(open(&mut app), []);
    assert!(!app.status().unwrap().settings.flags.is_on(FlagKind::DuplicateCharge));
    choose(&mut app, |settings| settings.flags.switch(FlagKind::DuplicateCharge, true));
    assert_eq!(open(&mut app).len(), 1);
}

#[test]
fn what_is_doubtful_is_shown_to_the_watchful_and_kept_from_the_quiet() {
    let (mut app, _folder) = app();
    // A payee hardly known, a minute apart, no order number: doubtful, and no more than that.
    pay(&mut app, "2026-01-05 19:00", 30_000, "湘菜馆", "");
    pay(&mut app, "2026-01-05 19:01", 30_000, "湘菜馆", "");
    let score = open(&mut app)[0].flag.score;
    assert!((Sensitivity::Normal.least()..Sensitivity::Quiet.least()).contains(&score), "{score}");
    for (all, shown) in [(Sensitivity::Quiet, 0), (Sensitivity::Normal, 1), (Sensitivity::Watchful, 1)] {
        choose(&mut app, |settings| settings.flags.all = all);
        relock(&mut app);
        assert_eq!(open(&mut app).len(), shown, "{all:?}");
    }
}

#[test]
fn a_flag_the_user_answered_can_be_taken_back_though_its_kind_is_off() {
    let (mut app, _folder) = app();
    twice(&mut app, "2026-01-05", 30_000);
    let flag = open(&mut app)[0].flag.id.clone();
    app.verdict(&flag, Some(Verdict::Pursue), now()).unwrap();
    choose(&mut app, |settings| settings.flags.switch(FlagKind::DuplicateCharge, false));
    assert_eq!(open(&mut app)[0].flag.id, flag);
    app.verdict(&flag, None, now()).unwrap();
    assert_eq!((open(&mut app).len(), app.lessons(now()).unwrap().len()), (0, 0));
}

#[test]
fn mine_says_before_and_after_what_it_quietens_and_undo_brings_all_of_it_back() {
    let (mut app, _folder) = app();
    twice(&mut app, "2026-01-05", 30_000);
    twice(&mut app, "2026-02-05", 32_000);
    twice(&mut app, "2026-03-05", 90_000);
    let flags = open(&mut app);
    assert_eq!(flags.len(), 3);
    let first = flags.iter().find(|view| view.flag.amount == Money::fen(30_000)).unwrap();
    assert_eq!((first.mine.flags, first.mine.rows), (1, 2), "{:?}", first.mine);
    assert_eq!(first.mine.words.zh, "「湘菜馆」的“重复扣款”，涉及金额不高于 ¥375.00 的，不再提示。");
    app.verdict(&first.flag.id, Some(Verdict::Mine), now()).unwrap();
    let left: Vec<Money> = open(&mut app).iter().map(|view| view.flag.amount).collect();
    assert_eq!(left, [Money::fen(90_000)]);

    let lessons = app.lessons(now()).unwrap();
    let [lesson] = lessons.as_slice() else { panic!("{lessons:?}") };
    assert_eq!((lesson.up_to, lesson.since), (Some(Money::fen(37_500)), Some(now())));
    assert_eq!(lesson.effect, first.mine, "it does what it said it would");
    assert_eq!(lesson.transaction, first.flag.transactions.first().copied());
    let quiet = app.flags(true, now()).unwrap();
    let quiet = quiet.iter().find(|view| view.flag.amount == Money::fen(32_000)).unwrap();
    assert_eq!(quiet.quieted_by.as_deref(), Some(first.flag.id.as_str()));

    app.undo(now()).unwrap();
    assert_eq!((open(&mut app).len(), app.lessons(now()).unwrap().len()), (3, 0));
    app.redo(now()).unwrap();
    assert_eq!((open(&mut app).len(), app.lessons(now()).unwrap().len()), (1, 1));
}

#[test]
fn pursue_raises_its_like_and_is_told_as_such() {
    let (mut app, _folder) = app();
    twice(&mut app, "2026-01-05", 30_000);
    twice(&mut app, "2026-02-05", 32_000);
    let score = |app: &mut App, fen: i64| {
        let flags = open(app);
        flags.iter().find(|view| view.flag.amount == Money::fen(fen)).unwrap().flag.score
    };
    let before = score(&mut app, 32_000);
    let id =
        open(&mut app).iter().find(|view| view.flag.amount == Money::fen(30_000)).unwrap().flag.id.clone();
    app.verdict(&id, Some(Verdict::Pursue), now()).unwrap();
    assert!(score(&mut app, 32_000) > before);
    let lesson = app.lessons(now()).unwrap().remove(0);
    assert_eq!((lesson.verdict, lesson.up_to, lesson.effect.flags), (Verdict::Pursue, None, 1));
    assert!(lesson.effect.words.zh.contains("湘菜馆"));
}

#[test]
fn lessons_stand_newest_first_and_survive_the_lock() {
    let (mut app, _folder) = app();
    twice(&mut app, "2026-01-05", 30_000);
    twice(&mut app, "2026-02-05", 90_000);
    let ids: Vec<String> = open(&mut app).into_iter().map(|view| view.flag.id).collect();
    app.verdict(&ids[0], Some(Verdict::Mine), at("2026-03-30 08:00")).unwrap();
    app.verdict(&ids[1], Some(Verdict::Pursue), at("2026-03-31 08:00")).unwrap();
    let told = |lessons: Vec<Lesson>| lessons.into_iter().map(|lesson| lesson.flag).collect::<Vec<_>>();
    let before = app.lessons(now()).unwrap();
    assert_eq!(told(before.clone()), [ids[1].clone(), ids[0].clone()]);
    relock(&mut app);
    assert_eq!(app.lessons(now()).unwrap(), before);
}

/// Thirty rows are no habit: ordinary firsts stay quiet, what speaks for itself is said, and nothing claims to know
/// what is usual.
#[test]
fn a_new_user_with_thirty_rows_is_told_little_and_nothing_wrong() {
    let (mut app, _folder) = app();
    for n in 0..24 {
        let (day, shop) = (n % 12 + 5, ["街角咖啡", "小区超市", "地铁", "面馆"][n % 4]);
        let fen = [1_800, 8_650, 400, 2_600][n % 4] + i64::try_from(n).unwrap() * 7;
        pay(&mut app, &format!("2026-03-{day:02} {:02}:{:02}", 8 + n % 4 * 3, n), fen, shop, "");
    }
    // Firsts of an ordinary month: a fridge, a friend, a dear dinner late at night, rent, a trip.
    pay(&mut app, "2026-03-18 15:20", 329_900, "家电城", "");
    pay(&mut app, "2026-03-19 21:40", 150_000, "张三", "");
    pay(&mut app, "2026-03-20 23:30", 68_000, "夜市烧烤", "");
    pay(&mut app, "2026-03-21 10:00", 420_000, "李四", "房租");
    pay(&mut app, "2026-03-22 07:10", 55_300, "铁路", "");
    pay(&mut app, "2026-03-22 19:10", 41_800, "酒店", "");
    assert_eq!(app.home(now()).unwrap().transactions, 30);
    for all in [Sensitivity::Quiet, Sensitivity::Normal] {
        choose(&mut app, |settings| settings.flags.all = all);
        assert_eq!(open(&mut app), [], "{all:?}");
    }
    // What needs no history speaks at once, and says what it saw.
    pay(&mut app, "2026-03-23 11:00", 200_000, "王某", "转入安全账户");
    let flags = open(&mut app);
    let [view] = flags.as_slice() else { panic!("{flags:?}") };
    assert_eq!(view.flag.kind, FlagKind::ScamWords);
    assert!(view.flag.explanation.zh.contains("安全账户") && !view.flag.explanation.zh.contains("平时"));
    assert_eq!(app.flag_chart(&view.flag.id).unwrap(), None, "one payment is no history to draw");
}

#[test]
fn the_demo_draws_the_payees_history_of_a_flag_with_its_row_marked() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = App::new(folder.path(), Cost::LOW).unwrap();
    let now = Moment::parse_from_rfc3339("2026-11-22T09:00:00+08:00").unwrap();
    app.enter_demo(now).unwrap();
    let flags = app.flags(false, now).unwrap();
    let charts: Vec<_> = flags
        .iter()
        .filter_map(|view| app.flag_chart(&view.flag.id).unwrap().map(|chart| (view, chart)))
        .collect();
    assert!(charts.iter().any(|(_, chart)| chart.scope == ChartScope::Payee), "{charts:?}");
    for (view, chart) in charts {
        let marked: Vec<_> = chart.points.iter().filter(|point| point.marked).collect();
        assert!(!marked.is_empty() && marked.iter().all(|p| view.flag.transactions.contains(&p.transaction)));
        assert!(chart.points.iter().all(|point| point.x <= 1000 && point.y <= 1000));
    }
}

#[test]
fn every_kind_and_sensitivity_may_be_chosen_by_a_name_and_a_line_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let choices = App::new(folder.path(), Cost::LOW).unwrap().flag_choices();
    assert_eq!(choices.kinds.len(), DETECTORS.len());
    assert_eq!(choices.sensitivities.len(), 3);
    let mut names: Vec<&str> = choices.kinds.iter().map(|choice| choice.name.zh.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), DETECTORS.len());
}
