//! Importing as a user does, from file to ledger: what is in memory afterwards is what the vault holds.

use recourse::app::{App, Door, Fate, FileRead, ImportPlan, Line};
use recourse::ledger::Moment;
use recourse::ledger::search::Query;
use recourse::statements::Options;
use recourse::vault::{Cost, Secret, Thing};
use recourse::{Code, worker};
use recourse_tests::generate::{AlipayRow, alipay_rows, alipay_text, gb18030, wechat_csv, wechat_xlsx};
use recourse_tests::rows::moment;
use std::path::Path;

const PASSPHRASE: &str = "correct horse";

fn now() -> Moment {
    moment(24 * 365)
}

/// An app over a new vault.
fn app(folder: &Path) -> App {
    let mut app = App::new(folder, Cost::LOW).unwrap();
    app.create(PASSPHRASE, now()).unwrap();
    app
}

fn bill(rows: &[AlipayRow]) -> Vec<u8> {
    gb18030(&alipay_text(rows, "示例", "138******00", rows.last().unwrap().at))
}

fn plan(app: &mut App, name: &str, bytes: &[u8]) -> ImportPlan {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).unwrap();
    let reader = Path::new(env!("CARGO_BIN_EXE_reader"));
    let outcome = worker::read(reader, &file, &Options::default(), &mut |_| true);
    app.import_plan(vec![FileRead { name: name.into(), outcome }]).unwrap()
}

fn import(app: &mut App, name: &str, bytes: &[u8]) -> ImportPlan {
    let plan = plan(app, name, bytes);
    let mut told = Vec::new();
    let done = app
        .import_execute(plan.id, &[], now(), &mut |done, total| {
            told.push((done, total));
            true
        })
        .unwrap();
    let rows: u64 = done.iter().map(|import| u64::from(import.read)).sum();
    assert!(told.iter().all(|(done, total)| *total == rows && done <= total), "{rows}: {told:?}");
    assert_eq!(told.last(), Some(&(rows, rows)));
    plan
}

fn ledger(app: &App) -> Vec<Line> {
    app.list(&Query { limit: u32::MAX, ..Query::default() }).unwrap().lines
}

/// The ledger in memory, held against the one that is read when the vault is opened.
fn same_when_opened_again(app: &mut App) {
    let flags =
        |app: &mut App| app.flags(true, now()).unwrap().into_iter().map(|f| f.flag).collect::<Vec<_>>();
    let before = (ledger(app), flags(app));
    app.lock().unwrap();
    app.unlock(Secret::Passphrase(PASSPHRASE), now()).unwrap();
    let after = (ledger(app), flags(app));
    assert_eq!(before.0.len(), after.0.len());
    for (before, after) in before.0.iter().zip(&after.0) {
        assert_eq!(before.transaction, after.transaction);
        assert_eq!(before.flagged, after.flagged);
    }
    assert!(before.1 == after.1, "the flags differ");
}

#[test]
fn the_ledger_after_any_import_is_the_one_read_at_the_next_opening() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = app(folder.path());
    let rows = alipay_rows(900, 7);
    let steps: [(&str, Vec<u8>); 4] = [
        ("later.csv", bill(&rows[400..800])),
        ("overlapping-and-earlier.csv", bill(&rows[..500])),
        ("wechat.csv", wechat_csv(300, 3)),
        ("wechat.xlsx", wechat_xlsx(400, 3)),
    ];
    for (name, bytes) in &steps {
        import(&mut app, name, bytes);
        same_when_opened_again(&mut app);
    }
    // Statuses and refunds that changed since.
    let mut changed = rows[300..900].to_vec();
    for row in changed.iter_mut().step_by(7).filter(|row| row.status == "交易成功") {
        row.status = "交易关闭".into();
    }
    let plan = import(&mut app, "changed.csv", &bill(&changed));
    assert!(
        plan.files[0].counts.changed > 20 && plan.files[0].counts.new >= 100,
        "{:?}",
        plan.files[0].counts
    );
    same_when_opened_again(&mut app);
    // Undone, and again while the undone one lies in the trash.
    let ids: Vec<_> = app.imports().unwrap().into_iter().map(|import| import.id).collect();
    for id in [ids[0], ids[4]] {
        app.trash(Thing::Import(id), now()).unwrap();
        same_when_opened_again(&mut app);
    }
    import(&mut app, "changed.csv", &bill(&changed));
    same_when_opened_again(&mut app);
    import(&mut app, "all.csv", &bill(&rows));
    same_when_opened_again(&mut app);
    let alipay = ledger(&app).iter().filter(|line| line.transaction.provider == "alipay").count();
    assert_eq!(alipay, rows.len(), "nothing doubled, nothing lost");
}

#[test]
fn what_the_plan_shows_is_what_the_import_does() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = app(folder.path());
    let rows = alipay_rows(300, 5);
    import(&mut app, "first.csv", &bill(&rows[..200]));
    let before = ledger(&app).len();
    let mut second = rows[100..].to_vec();
    second[10].status = "交易关闭".into();
    let plan = plan(&mut app, "second.csv", &bill(&second));
    let counts = plan.files[0].counts.clone();
    assert_eq!((counts.new, counts.known + counts.changed), (100, 100));
    let new = app.import_rows(plan.id, Some(Fate::New), 0, u32::MAX).unwrap();
    assert_eq!(new.len(), 100);
    let page = app.import_rows(plan.id, Some(Fate::New), 40, 20).unwrap();
    let shown = |rows: &[recourse::app::PlannedRow]| rows.iter().map(|row| row.index).collect::<Vec<_>>();
    assert_eq!(shown(&page), shown(&new[40..60]), "a page is a part of the whole");
    app.import_execute(plan.id, &[], now(), &mut |_, _| true).unwrap();
    let after = ledger(&app);
    assert_eq!(after.len(), before + 100);
    for row in new {
        let stored = after.iter().find(|line| line.transaction.key == row.transaction.key).unwrap();
        let mut stored = stored.transaction.clone();
        assert!(stored.source.is_some());
        (stored.id, stored.source) = (row.transaction.id, None);
        // What links find is no part of the plan.
        (stored.refund_of, stored.linked, stored.refunded) = (None, vec![], row.transaction.refunded);
        assert_eq!(stored, row.transaction);
    }
}

#[test]
fn a_cancelled_import_leaves_nothing_and_can_be_executed_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = app(folder.path());
    let plan = plan(&mut app, "bill.csv", &bill(&alipay_rows(3000, 2)));
    let stopped = app.import_execute(plan.id, &[], now(), &mut |done, _| done < 1000).unwrap_err();
    assert_eq!(stopped.code, Code::Cancelled);
    assert_eq!((ledger(&app).len(), app.imports().unwrap().len()), (0, 0));
    app.import_execute(plan.id, &[], now(), &mut |_, _| true).unwrap();
    assert_eq!(ledger(&app).len(), 3000);
    same_when_opened_again(&mut app);
    assert_eq!(app.status().unwrap().door, Door::Open);
    assert_eq!(
        app.import_rows(plan.id, None, 0, 1).unwrap_err().code,
        Code::NotFound,
        "a plan is executed once"
    );
}

#[test]
fn a_list_is_the_same_page_by_page_and_follows_every_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = app(folder.path());
    import(&mut app, "bill.csv", &bill(&alipay_rows(500, 2)));
    let query = |search: &str, offset| Query { search: search.into(), offset, limit: 50, ..Query::default() };
    let keys = |lines: Vec<Line>| lines.into_iter().map(|line| line.transaction.key).collect::<Vec<_>>();
    let whole = keys(ledger(&app));
    let pages = (0..10).flat_map(|page| keys(app.list(&query("", page * 50)).unwrap().lines));
    assert_eq!(pages.collect::<Vec<_>>(), whole);
    let coffee = app.list(&query("晨光", 0)).unwrap();
    assert!(coffee.total > 0 && coffee.total < 500);
    assert_eq!(app.list(&query("cgkf", 0)).unwrap().total, coffee.total, "by initials");
    let other = coffee.lines.iter().map(|line| line.transaction.id).min().unwrap();
    app.annotate(other, "雨天买的伞", now()).unwrap();
    assert_eq!(app.list(&query("雨天", 0)).unwrap().total, 1);
    app.undo(now()).unwrap();
    assert_eq!(app.list(&query("雨天", 0)).unwrap().total, 0);
    app.undo(now()).unwrap();
    assert_eq!(app.list(&query("", 0)).unwrap().total, 0);
}
