//! Importing as a user does, from file to ledger: what is in memory afterwards is what the vault holds.

use chrono::Timelike;
use recourse::app::{App, Door, Fate, FileRead, ImportPlan, Line};
use recourse::ledger::search::Query;
use recourse::ledger::{Direction, Moment, Transaction, TransactionId};
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
    let read = read(name, bytes);
    app.import_plan(vec![read]).unwrap()
}

fn read(name: &str, bytes: &[u8]) -> FileRead {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).unwrap();
    let reader = Path::new(env!("CARGO_BIN_EXE_reader"));
    let outcome = worker::read(reader, &file, &Options::default(), &mut |_| true);
    FileRead { name: name.into(), outcome }
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

/// The bill as a spreadsheet saves it: without seconds.
fn to_the_minute(rows: &[AlipayRow]) -> Vec<AlipayRow> {
    let cut = |row: &AlipayRow| AlipayRow { at: row.at.with_second(0).unwrap(), ..row.clone() };
    rows.iter().map(cut).collect()
}

/// All that is known of each transaction but where it was read.
fn facts(app: &App) -> Vec<Transaction> {
    let mut all: Vec<_> = ledger(app).into_iter().map(|line| line.transaction).collect();
    for row in &mut all {
        (row.id, row.key, row.source, row.refund_of, row.linked) =
            (TransactionId(0), String::new(), None, None, vec![]);
    }
    all.sort_by(|a, b| (a.at, &a.order_no, &a.item).cmp(&(b.at, &b.order_no, &b.item)));
    all
}

#[test]
fn a_bill_that_a_spreadsheet_saved_and_the_same_untouched_are_one_in_any_order() {
    let rows = alipay_rows(400, 11);
    let (real, saved) = (bill(&rows), bill(&to_the_minute(&rows)));
    let alone = {
        let folder = tempfile::tempdir().unwrap();
        let mut app = app(folder.path());
        import(&mut app, "real.csv", &real);
        facts(&app)
    };
    for order in [[&real, &saved], [&saved, &real]] {
        let folder = tempfile::tempdir().unwrap();
        let mut app = app(folder.path());
        for (nth, bytes) in order.into_iter().enumerate() {
            let plan = import(&mut app, &format!("{nth}.csv"), bytes);
            assert_eq!(plan.files[0].counts.new as usize, if nth == 0 { 400 } else { 0 });
            same_when_opened_again(&mut app);
        }
        assert_eq!(facts(&app), alone);
        // Without the untouched one the minutes are left, without the other nothing is lost.
        let imports = app.imports().unwrap();
        let untouched =
            imports.iter().find(|import| import.file == if order[0] == &real { "0.csv" } else { "1.csv" });
        app.trash(Thing::Import(untouched.unwrap().id), now()).unwrap();
        assert_eq!(ledger(&app).len(), 400);
        same_when_opened_again(&mut app);
        import(&mut app, "again.csv", &real);
        assert_eq!(ledger(&app).len(), 400);
        same_when_opened_again(&mut app);
    }
}

#[test]
fn files_of_one_plan_that_tell_each_others_rows_otherwise_add_each_once() {
    let rows = alipay_rows(600, 12);
    let folder = tempfile::tempdir().unwrap();
    let mut app = app(folder.path());
    import(&mut app, "before.csv", &bill(&rows[..500]));
    let saved = bill(&to_the_minute(&rows[480..530]));
    let reads = vec![
        read("saved.csv", &saved),
        read("real.csv", &bill(&rows[490..530])),
        read("all.csv", &bill(&rows)),
    ];
    let plan = app.import_plan(reads).unwrap();
    assert_eq!(plan.files.iter().map(|file| file.counts.new).collect::<Vec<_>>(), [30, 0, 70]);
    app.import_execute(plan.id, &[], now(), &mut |_, _| true).unwrap();
    assert_eq!(ledger(&app).len(), 600);
    same_when_opened_again(&mut app);
}

#[test]
fn what_one_export_leaves_empty_another_one_tells_as_long_as_it_is_there() {
    let full = alipay_rows(60, 13);
    let less: Vec<_> = full
        .iter()
        .map(|row| AlipayRow { method: String::new(), memo: String::new(), ..row.clone() })
        .collect();
    // Written as the method column of the app's bill leaves it.
    let methods = |app: &App| facts(app).iter().filter(|row| !row.method.is_empty()).count();
    let all = full.iter().filter(|row| !row.method.trim().is_empty()).count();
    for full_first in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let mut app = app(folder.path());
        let mut closed = less.clone();
        // Something else that is newer, so that the row with less is the newest reading.
        closed[5].status = "交易关闭".into();
        let mut files = [("full.csv", bill(&full)), ("less.csv", bill(&closed))];
        if !full_first {
            files.reverse();
        }
        for (name, bytes) in &files {
            import(&mut app, name, bytes);
            same_when_opened_again(&mut app);
        }
        // A row that came less far is older, and is not taken for what it tells besides.
        let missing = usize::from(!full_first);
        assert_eq!((ledger(&app).len(), methods(&app)), (60, all - missing));
        let imports = app.imports().unwrap();
        let full = imports.iter().find(|import| import.file == "full.csv").unwrap().id;
        app.trash(Thing::Import(full), now()).unwrap();
        // A row that was known when it came is a sighting of what was there, and keeps it.
        assert_eq!((ledger(&app).len(), methods(&app)), (60, if full_first { all - 1 } else { 0 }));
        same_when_opened_again(&mut app);
    }
}

#[test]
fn an_order_paid_later_for_less_is_one_transaction_and_keeps_its_id() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = app(folder.path());
    let mut rows = alipay_rows(40, 14);
    let paid =
        AlipayRow {
            status: "交易成功".into(), direction: "支出".into(), fen: 27_000, ..rows[20].clone()
        };
    rows[20] = AlipayRow {
        at: paid.at - chrono::TimeDelta::hours(5),
        fen: 30_000,
        status: "等待付款".into(),
        direction: "不计收支".into(),
        method: String::new(),
        ..paid.clone()
    };
    import(&mut app, "open.csv", &bill(&rows));
    let of_order = |app: &App| {
        let order = |line: &Line| line.transaction.order_no == paid.order;
        let found: Vec<_> = ledger(app).into_iter().filter(order).map(|line| line.transaction).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].clone()
    };
    let before = of_order(&app);
    assert_eq!(before.kind, recourse::ledger::Kind::Pending);
    let open = rows.clone();
    rows[20] = paid.clone();
    let plan = import(&mut app, "paid.csv", &bill(&rows));
    assert_eq!((plan.files[0].counts.new, plan.files[0].counts.changed), (0, 1));
    let after = of_order(&app);
    assert_eq!((after.id, &after.key), (before.id, &before.key));
    assert_eq!((after.amount.minor, after.direction), (27_000, Direction::Out));
    same_when_opened_again(&mut app);
    let open = bill(&[open, alipay_rows(3, 15)].concat());
    import(&mut app, "open-again.csv", &open);
    assert_eq!(of_order(&app).amount.minor, 27_000);
    same_when_opened_again(&mut app);
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

/// Forty days of lunches, then much money at night to somebody met for the first time.
fn a_large_transfer_to(party: &str, account: &str) -> Vec<AlipayRow> {
    let start = moment(0).naive_local();
    let row = |hours: i64, party: &str, fen: u64| AlipayRow {
        at: start + chrono::Duration::hours(hours),
        category: "餐饮美食".into(),
        party: party.into(),
        account: "/".into(),
        item: "午餐".into(),
        direction: "支出".into(),
        fen,
        method: "余额".into(),
        status: "交易成功".into(),
        order: format!("2026030122001{hours:015}"),
        merchant_order: format!("T200P{hours:016}"),
        memo: String::new(),
    };
    let mut rows: Vec<AlipayRow> = (0..40).map(|day| row(24 * day, "面馆", 2_100 + day as u64)).collect();
    rows.push(AlipayRow {
        category: "转账红包".into(),
        account: account.into(),
        item: "转账".into(),
        merchant_order: String::new(),
        ..row(24 * 40 + 13, party, 4_250_000)
    });
    rows.reverse();
    rows
}

#[test]
fn money_sent_to_the_name_that_a_file_states_is_the_users_own() {
    let flagged = |party: &str, account: &str| {
        let folder = tempfile::tempdir().unwrap();
        let mut app = app(folder.path());
        import(&mut app, "alipay.csv", &bill(&a_large_transfer_to(party, account)));
        let before = app.flags(false, now()).unwrap().len();
        app.lock().unwrap();
        app.unlock(Secret::Passphrase(PASSPHRASE), now()).unwrap();
        assert_eq!(
            app.flags(false, now()).unwrap().len(),
            before,
            "the name is known when the vault is opened again"
        );
        before
    };
    assert_eq!(flagged("示例", "/"), 0, "the file is 示例's");
    assert_eq!(flagged("王芳", "/"), 1);
    assert_eq!(flagged("*例", "159******77"), 1, "a masked name may be anybody's");
    assert_eq!(flagged("*例", "138******00"), 0, "the file's own account");
}
