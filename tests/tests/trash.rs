//! The trash: what was deleted is shown and put back, also after the lock; and what may go for good does.

use recourse::app::{App, FileRead, NewCase, NewEvent, NewNote, Owner, Trashed};
use recourse::case::{Happening, Trouble};
use recourse::error::Code;
use recourse::ledger::search::Query;
use recourse::ledger::{Direction, Moment, TransactionId};
use recourse::money::Money;
use recourse::text::Lang;
use recourse::vault::{Cost, Hold, Secret, Thing};

const PASSPHRASE: &str = "correct horse battery";

fn now() -> Moment {
    Moment::parse_from_rfc3339("2026-11-22T09:00:00+08:00").unwrap()
}

fn later() -> Moment {
    Moment::parse_from_rfc3339("2026-11-22T09:05:00+08:00").unwrap()
}

fn app() -> (App, String, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut app = App::new(&folder.path().join("vault"), Cost::LOW).unwrap();
    let code = app.create(PASSPHRASE, now()).unwrap().as_str().to_owned();
    (app, code, folder)
}

fn noted(app: &mut App, counterparty: &str) -> TransactionId {
    let note = NewNote {
        provider: "alipay".into(),
        at: now(),
        amount: Money::fen(12_800),
        direction: Direction::Out,
        kind: None,
        counterparty: counterparty.into(),
        method: String::new(),
        order_no: String::new(),
        text: String::new(),
    };
    app.note(note, now()).unwrap()
}

fn case_about(app: &mut App, transaction: TransactionId) -> recourse::case::CaseId {
    let fresh = NewCase {
        transactions: vec![transaction],
        trouble: Some(Trouble::UnknownTransaction),
        ..NewCase::default()
    };
    app.case_open(fresh, now()).unwrap()
}

fn relock(app: &mut App) {
    app.lock().unwrap();
    app.unlock(Secret::Passphrase(PASSPHRASE), later()).unwrap();
}

fn things(app: &App) -> Vec<Thing> {
    app.trashed().unwrap().into_iter().map(|one| one.thing).collect()
}

fn one(app: &App, thing: Thing) -> Trashed {
    app.trashed().unwrap().into_iter().find(|one| one.thing == thing).expect("it lies in the trash")
}

fn rows(app: &App) -> u32 {
    app.list(&Query { limit: 1, ..Query::default() }).unwrap().total
}

#[test]
fn a_deleted_note_comes_back_after_lock_and_restart() {
    let (mut app, _, folder) = app();
    let id = noted(&mut app, "青禾便利店");
    app.trash(Thing::Transaction(id), later()).unwrap();
    assert_eq!(rows(&app), 0);
    app.lock().unwrap();
    drop(app);
    let mut app = App::new(&folder.path().join("vault"), Cost::LOW).unwrap();
    app.unlock(Secret::Passphrase(PASSPHRASE), later()).unwrap();
    let lying = one(&app, Thing::Transaction(id));
    assert_eq!((lying.label.zh.as_str(), lying.since, lying.held), ("青禾便利店", later(), None));
    assert_eq!(lying.amount, Some(Money::fen(12_800)));
    app.put_back(Thing::Transaction(id), later()).unwrap();
    assert_eq!((rows(&app), things(&app)), (1, vec![]));
    app.undo(later()).unwrap();
    assert_eq!((rows(&app), things(&app)), (0, vec![Thing::Transaction(id)]), "undo throws it away again");
}

#[test]
fn an_import_undone_is_put_back_whole_and_never_deleted_for_good() {
    let (mut app, _, folder) = app();
    let file = folder.path().join("bill.csv");
    std::fs::write(&file, include_bytes!("../../assets/demo/alipay-demo.csv")).unwrap();
    let bytes = std::fs::read(&file).unwrap();
    let parsed = recourse::statements::read(&bytes, &recourse::statements::Options::default()).unwrap();
    let statements = parsed.into_iter().map(recourse::statements::packed::PackedStatement::of).collect();
    let sha256 = recourse::worker::sha256(&bytes);
    let read =
        recourse::worker::Read { sha256, size: bytes.len() as u64, statements, passed_over: Vec::new() };
    let plan = app.import_plan(vec![FileRead { name: "bill.csv".into(), outcome: Ok(read) }]).unwrap();
    let (mut reached, mut size) = (0, 0);
    let mut tell = |done, total| {
        (reached, size) = (done, total);
        true
    };
    let import = app.import_execute(plan.id, &[], now(), &mut tell).unwrap()[0].id;
    assert!(size > 100 && reached == size, "progress ends at the size it was told: {reached} of {size}");
    let before = rows(&app);
    app.undo(later()).unwrap();
    assert_eq!(rows(&app), 0);
    relock(&mut app);
    let lying = one(&app, Thing::Import(import));
    assert_eq!((lying.label.zh.as_str(), lying.held), ("bill.csv", Some(Hold::Evidence)));
    assert_eq!(lying.rows.map(u64::from), Some(size));
    assert_eq!(app.purge(Thing::Import(import)).unwrap_err().code, Code::Invalid);
    app.put_back(Thing::Import(import), later()).unwrap();
    assert_eq!((rows(&app), things(&app)), (before, vec![]));
}

#[test]
fn a_case_goes_and_comes_with_its_events_and_files() {
    let (mut app, _, _folder) = app();
    let id = noted(&mut app, "青禾便利店");
    let case = case_about(&mut app, id);
    let event = NewEvent { case, happening: Happening::Noted { text: "已打电话".into() } };
    let event = app.case_add(event, now()).unwrap();
    let file = app.attach(Owner::Case(case), "截图.png", b"\x89PNG", now()).unwrap();
    app.trash(Thing::Event(event), later()).unwrap();
    app.trash(Thing::Attachment(file.id), later()).unwrap();
    assert_eq!(things(&app).len(), 2);
    assert!(matches!(one(&app, Thing::Event(event)).happening, Some(Happening::Noted { .. })));
    app.trash(Thing::Case(case), later()).unwrap();
    assert_eq!(things(&app), [Thing::Case(case)], "what belongs to it goes with it");
    assert!(one(&app, Thing::Case(case)).label.zh.contains("青禾便利店"));
    app.put_back(Thing::Case(case), later()).unwrap();
    for thing in [Thing::Event(event), Thing::Attachment(file.id)] {
        app.put_back(thing, later()).unwrap();
    }
    let view = app.case_view(case, later()).unwrap();
    assert_eq!((view.line.case.events.len(), view.attachments.len()), (1, 1));
    assert_eq!(app.attachment_name(file.id).unwrap(), "截图.png");
}

#[test]
fn what_is_deleted_for_good_is_gone_and_undo_knows_it_no_more() {
    let (mut app, _, _folder) = app();
    let id = noted(&mut app, "青禾便利店");
    let case = case_about(&mut app, id);
    app.case_add(NewEvent { case, happening: Happening::Noted { text: "x".into() } }, now()).unwrap();
    let file = app.attach(Owner::Case(case), "截图.png", b"\x89PNG", now()).unwrap();
    assert_eq!(app.purge(Thing::Case(case)).unwrap_err().code, Code::NotFound, "only from the trash");
    app.trash(Thing::Case(case), later()).unwrap();
    app.trash(Thing::Transaction(id), later()).unwrap();
    assert_eq!(one(&app, Thing::Transaction(id)).held, Some(Hold::Case));
    assert_eq!(app.purge(Thing::Transaction(id)).unwrap_err().code, Code::Invalid, "a case is about it");
    app.purge(Thing::Case(case)).unwrap();
    assert_eq!(app.attachment_bytes(file.id).unwrap_err().code, Code::NotFound);
    let status = app.purge(Thing::Transaction(id)).unwrap();
    assert_eq!((status.undo, status.redo), (None, None));
    assert_eq!((rows(&app), things(&app)), (0, vec![]));
    relock(&mut app);
    assert!(app.check().unwrap().is_empty());
}

#[test]
fn deleting_one_note_for_good_touches_no_other() {
    let (mut app, _, _folder) = app();
    let (keeps, goes) = (noted(&mut app, "青禾便利店"), noted(&mut app, "禾木超市"));
    let file = app.attach(Owner::Transaction(keeps), "小票.png", b"\x89PNG", now()).unwrap();
    app.annotate(goes, "记错了", now()).unwrap();
    app.trash(Thing::Transaction(goes), later()).unwrap();
    app.purge(Thing::Transaction(goes)).unwrap();
    assert_eq!(rows(&app), 1);
    assert_eq!(app.detail(keeps).unwrap().attachments, [file]);
}

#[test]
fn the_recovery_code_is_saved_with_how_to_keep_it_and_without_the_passphrase() {
    let (mut app, code, folder) = app();
    let to = folder.path().join("code.txt");
    for (lang, words) in [
        (Lang::Zh, ["恢复码", "怎样保管", "2026-11-22"]),
        (Lang::En, ["recovery code", "How to keep it", "2026-11-22"]),
    ] {
        app.save_recovery_code(&code, lang, &to, now()).unwrap();
        let text = std::fs::read_to_string(&to).unwrap();
        assert!(text.contains(&code) && !text.contains(PASSPHRASE), "{text}");
        assert!(words.iter().all(|word| text.contains(word)), "{text}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&to).unwrap().permissions().mode() & 0o077, 0, "for the user alone");
    }
    let before = std::fs::read(&to).unwrap();
    let renewed = app.new_recovery_code(PASSPHRASE).unwrap();
    assert_eq!(app.save_recovery_code(&code, Lang::Zh, &to, now()).unwrap_err().code, Code::WrongPassphrase);
    assert_eq!(app.save_recovery_code("rm -rf", Lang::Zh, &to, now()).unwrap_err().code, Code::Invalid);
    assert_eq!(std::fs::read(&to).unwrap(), before, "what opens nothing is not written");
    app.save_recovery_code(renewed.as_str(), Lang::Zh, &to, now()).unwrap();
}
