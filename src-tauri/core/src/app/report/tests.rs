use super::*;
use crate::app::FileRead;
use crate::statements::packed::PackedStatement;
use crate::statements::{self, Field, MappedColumn, Mapping, SignMeaning};
use crate::vault::Cost;
use crate::worker::{Read, sha256};

fn now() -> Moment {
    Moment::parse_from_rfc3339("2026-03-10T10:00:00+08:00").unwrap()
}

fn mapping() -> Mapping {
    let column = |(field, name): (Field, &str)| MappedColumn { field, column: name.to_owned() };
    let columns = [(Field::Time, "日期"), (Field::Item, "事由"), (Field::Amount, "数目")];
    Mapping {
        name: "小镇银行".into(),
        provider: "小镇银行".into(),
        card: false,
        header: true,
        columns: columns.into_iter().map(column).collect(),
        dates: None,
        sign: SignMeaning::MinusOut,
        directions: vec![],
        decimal: None,
        currency: crate::money::Currency::CNY,
        offset_minutes: 480,
    }
}

const TABLE: &str = "日期,事由,数目\n2026-03-01,早饭,-5.00\n2026-03-02,午饭,五元\n2026-03-03,工资,90.00\n";

fn app() -> (tempfile::TempDir, App) {
    let folder = tempfile::tempdir().unwrap();
    let mut app = App::new(folder.path(), Cost::USUAL).unwrap();
    app.enter_demo(now()).unwrap();
    (folder, app)
}

fn plan(app: &mut App, mapping: Option<Mapping>) -> crate::app::ImportPlan {
    plan_of(app, mapping, TABLE)
}

fn plan_of(app: &mut App, mapping: Option<Mapping>, table: &str) -> crate::app::ImportPlan {
    let options = app.reading_options(None, mapping).unwrap();
    let bytes = table.as_bytes();
    let outcome = statements::read(bytes, &options).map(|parsed| Read {
        sha256: sha256(bytes),
        size: bytes.len() as u64,
        statements: parsed.into_iter().map(PackedStatement::of).collect(),
        passed_over: vec![],
    });
    app.import_plan(vec![FileRead { name: "a.csv".into(), outcome }]).unwrap()
}

#[test]
fn a_saved_mapping_reads_the_next_file_of_its_shape_by_itself() {
    let (_folder, mut app) = app();
    assert_eq!(plan(&mut app, None).refused.len(), 1);
    let saved = app.mapping_save(None, mapping(), now()).unwrap();
    let shown = plan(&mut app, None);
    assert_eq!((shown.files[0].read, shown.files[0].counts.unreadable), (2, 1));
    assert_eq!(shown.files[0].statement, statements::MAPPED);
    app.mapping_delete(saved.id).unwrap();
    assert_eq!(plan(&mut app, None).refused.len(), 1);
    assert_eq!(app.mapping_delete(saved.id).unwrap_err().code, Code::NotFound);
}

#[test]
fn a_mapping_is_renamed_and_passed_on_and_two_never_share_a_name() {
    let (_folder, mut app) = app();
    let saved = app.mapping_save(None, mapping(), now()).unwrap();
    assert_eq!(app.mapping_save(None, mapping(), now()).unwrap_err().code, Code::Invalid);
    let renamed = Mapping { name: "老家的银行".into(), ..mapping() };
    app.mapping_save(Some(saved.id), renamed, now()).unwrap();
    let (name, file) = app.mapping_export(saved.id).unwrap();
    assert_eq!(name, "老家的银行");
    let second = app.mapping_import(file.as_bytes(), now()).unwrap();
    assert_eq!(second.mapping.name, "老家的银行 (2)");
    assert_eq!(app.mappings().unwrap().len(), 2);
}

#[test]
fn the_line_of_a_problem_opens_before_the_import_and_after_it() {
    let (_folder, mut app) = app();
    let shown = plan(&mut app, Some(mapping()));
    let problem = &shown.files[0].problems[0];
    assert_eq!(problem.row, 3);
    let line = Some(vec!["2026-03-02".to_owned(), "午饭".to_owned(), "五元".to_owned()]);
    assert_eq!(app.plan_line(shown.id, 0, 3).unwrap(), line);
    assert_eq!(app.plan_line(shown.id, 0, 2).unwrap().unwrap()[1], "早饭");
    assert_eq!(app.plan_line(shown.id, 0, 0).unwrap().unwrap(), ["日期", "事由", "数目"]);
    assert_eq!(app.plan_line(shown.id, 0, 9).unwrap(), None);
    let done = app.import_execute(shown.id, &[], now(), &mut |_, _| true).unwrap();
    let report = app.import_report(done[0].id).unwrap();
    assert_eq!(report.import.problems.len(), 1);
    let totals = report.totals.unwrap();
    assert_eq!((totals.read, totals.expense.minor, totals.income.minor), (2, 500, 9000));
    assert_eq!(app.import_line(done[0].id, 3).unwrap(), line);
    assert_eq!(app.import_line(done[0].id, 4).unwrap().unwrap()[2], "90.00");
    assert_eq!(app.import_line(done[0].id, 0).unwrap().unwrap()[2], "数目");
    assert_eq!(app.import_line(done[0].id, 1).unwrap(), None);
    assert_eq!(app.import_report(ImportId(99)).unwrap_err().code, Code::NotFound);
}

#[test]
fn a_row_seen_again_in_a_later_file_opens_as_it_stands_there() {
    let (_folder, mut app) = app();
    let shown = plan(&mut app, Some(mapping()));
    app.import_execute(shown.id, &[], now(), &mut |_, _| true).unwrap();
    let later = TABLE.replace("-5.00", "-5.0") + "2026-03-04,晚饭,-6.00\n";
    let shown = plan_of(&mut app, Some(mapping()), &later);
    assert_eq!((shown.files[0].counts.known, shown.files[0].counts.new), (2, 1));
    assert!(shown.files[0].experimental);
    let done = app.import_execute(shown.id, &[], now(), &mut |_, _| true).unwrap();
    for (row, amount) in [(2, "-5.0"), (3, "五元"), (4, "90.00"), (5, "-6.00")] {
        assert_eq!(app.import_line(done[0].id, row).unwrap().unwrap()[2], amount);
    }
}

#[test]
fn links_that_end_in_an_import_are_counted_by_rule() {
    let (_folder, app) = app();
    let import = app.imports().unwrap()[0].id;
    let report = app.import_report(import).unwrap();
    let all: u32 = report.links.iter().map(|link| link.count).sum();
    assert_eq!(all as usize, app.opened().unwrap().links.all.len());
    for link in &report.links {
        assert!(app.links(link.example).unwrap().iter().any(|note| note.rule == link.rule));
    }
}
