use crate::Code;
use crate::app::{App, FileRead, ImportPlan};
use crate::ledger::Moment;
use crate::statements::packed::PackedStatement;
use crate::statements::{self, Options};
use crate::vault::Cost;
use crate::worker::{Read, sha256};

const TABLE: &str = "交易时间,交易分类,交易对方,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号\n\
    2026-03-01 10:00:00,餐饮美食,早点铺,豆浆,支出,3.00,余额,交易成功,2026030122001\n\
    2026-03-02 10:00:00,餐饮美食,早点铺,豆浆,支出,3.00,余额,交易成功,2026030222001\n";

fn now() -> Moment {
    Moment::parse_from_rfc3339("2026-03-10T10:00:00+08:00").unwrap()
}

fn app() -> (tempfile::TempDir, App) {
    let folder = tempfile::tempdir().unwrap();
    let mut app = App::new(folder.path(), Cost::LOW).unwrap();
    app.enter_demo(now()).unwrap();
    (folder, app)
}

fn read() -> Vec<FileRead> {
    let bytes = TABLE.as_bytes();
    let outcome = statements::read(bytes, &Options::default()).map(|parsed| Read {
        sha256: sha256(bytes),
        size: bytes.len() as u64,
        statements: parsed.into_iter().map(PackedStatement::of).collect(),
        passed_over: vec![],
    });
    vec![FileRead { name: "a.csv".into(), outcome }]
}

#[test]
fn a_plan_whose_ledger_changed_meanwhile_is_made_anew() {
    let (_folder, mut app) = app();
    let planned = app.planning().unwrap().place(read(), &mut |_, _| true).unwrap();
    let first = app.import_plan(read()).unwrap();
    assert_eq!((first.files[0].counts.new, first.files[0].already), (2, None));
    app.import_execute(first.id, &[], now(), &mut |_, _| true).unwrap();
    let anew = app.import_planned(planned).unwrap();
    let file = &anew.files[0];
    assert_eq!((file.counts.new, file.counts.known, file.read), (0, 2, 2));
    assert_eq!(file.already, Some(app.imports().unwrap()[0].id));
    assert_eq!(file.expense, first.files[0].expense);
}

#[test]
fn a_plan_made_apart_is_the_one_made_at_once() {
    let (_folder, mut app) = app();
    let mut told = Vec::new();
    let planned = app.planning().unwrap().place(read(), &mut |done, total| {
        told.push((done, total));
        true
    });
    let apart = app.import_planned(planned.unwrap()).unwrap();
    let at_once = app.import_plan(read()).unwrap();
    assert_eq!(told, [(0, 2), (2, 2)]);
    let shown = |plan: &ImportPlan| serde_json::to_value(&plan.files).unwrap();
    assert_eq!(shown(&apart), shown(&at_once));
    assert_ne!(apart.id, at_once.id);
}

#[test]
fn planning_stops_when_told_to_and_leaves_nothing_behind() {
    let (_folder, mut app) = app();
    let before = app.import_plan(vec![]).unwrap().id;
    let stopped = app.planning().unwrap().place(read(), &mut |_, _| false);
    assert_eq!(stopped.err().map(|error| error.code), Some(Code::Cancelled));
    assert_eq!(app.import_plan(vec![]).unwrap().id, before + 1);
}
