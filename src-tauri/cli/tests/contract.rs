//! The command line keeps its promises: JSON fields, exit statuses, and a whole dispute from file to call.

#![allow(clippy::unwrap_used)] // shared parts of a test are no #[test] themselves

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/demo/alipay-demo.csv");
const NOW: &str = "2026-11-22T16:30:00+08:00";

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        assert_eq!(desk.status(&["vault", "create"]), 0);
        desk
    }

    fn vault(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    fn run_as(&self, passphrase: &str, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_recourse"))
            .args(["--json", "--now", NOW, "--vault"])
            .arg(self.vault())
            .args(args)
            .env("RECOURSE_PASSPHRASE", passphrase)
            .env("RECOURSE_KDF", "low")
            .output()
            .unwrap()
    }

    fn run(&self, args: &[&str]) -> Output {
        self.run_as("一口唐山话 42", args)
    }

    fn status(&self, args: &[&str]) -> i32 {
        self.run(args).status.code().unwrap()
    }

    /// One JSON value a line.
    fn lines(&self, args: &[&str]) -> Vec<Value> {
        let output = self.run(args);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{args:?}: {text} {errors}");
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn one(&self, args: &[&str]) -> Value {
        let mut lines = self.lines(args);
        assert_eq!(lines.len(), 1, "{args:?}");
        lines.remove(0)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }
}

#[test]
fn a_statement_becomes_a_case_and_a_call() {
    let desk = Desk::new();
    let file = &desk.one(&["import", DEMO])["files"][0];
    assert_eq!(file["provider"], "alipay");
    assert_eq!(file["read"], file["stated"]);
    assert_eq!(file["added"], file["read"]);

    let flags = desk.lines(&["flags"]);
    let duplicate = flags.iter().find(|flag| flag["kind"] == "duplicate-charge").expect("the demo has one");
    assert_eq!(duplicate["currency"], "CNY");
    assert!(duplicate["explanation"].as_str().unwrap().chars().count() > 10);
    assert_eq!(
        duplicate["order_nos"].as_array().unwrap().len(),
        duplicate["transactions"].as_array().unwrap().len()
    );

    let case = desk.one(&["case", "open", "--flag", duplicate["id"].as_str().unwrap()])["id"].to_string();
    let plan = desk.one(&["call", &case]);
    assert_eq!(plan["call"][0]["provider"], "alipay");
    assert_eq!(plan["call"][0]["tel"], "tel:95188");
    assert_eq!(plan["call"][0]["status"], "verified");
    assert!(!plan["say"].as_array().unwrap().is_empty());

    let order_no = duplicate["order_nos"][0].as_str().unwrap();
    let brief = desk.one(&["case", "brief", &case])["brief"].as_str().unwrap().to_owned();
    assert!(brief.contains(order_no), "the clerk asks for the order number");

    desk.one(&[
        "case",
        "add",
        &case,
        "--call",
        "核实中",
        "--agent",
        "1024",
        "--promise",
        "退款",
        "--due",
        "2026-11-25",
    ]);
    let shown = desk.one(&["case", "show", &case]);
    assert_eq!(shown["status"], "waiting");
    assert_eq!(shown["deadlines"][0]["days_left"], 3);
    let letter =
        desk.one(&["case", "letter", &case, "--to", "regulator"])["letter"].as_str().unwrap().to_owned();
    assert!(letter.contains("1024") && letter.contains(order_no));

    let folder = desk.folder.path().display().to_string();
    let exported = desk.one(&["case", "export", &case, &folder])["folder"].as_str().unwrap().to_owned();
    assert!(Path::new(&exported).join("SHA256SUMS").exists());
    desk.one(&["case", "close", &case, "--recovered", "128.00"]);
    assert_eq!(desk.one(&["case", "show", &case])["status"], "closed");
}

#[test]
fn importing_twice_changes_nothing() {
    let desk = Desk::new();
    desk.one(&["import", DEMO]);
    let before = desk.lines(&["list"]);
    let again = &desk.one(&["import", DEMO])["files"][0];
    assert_eq!(again["added"], 0);
    assert_eq!(again["known"], again["read"]);
    assert_eq!(desk.lines(&["list"]), before);
}

#[test]
fn a_folder_is_imported_as_the_statements_in_it() {
    let desk = Desk::new();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/samples");
    let folder = desk.folder.path().join("statements");
    std::fs::create_dir(&folder).unwrap();
    for (name, sample) in [
        ("a.sta", "mt940/both-ends-of-a-transfer.sta"),
        ("b.xml", "camt/statement-v8-two-accounts.xml"),
        ("c.csv.gz", "containers/csv-in-gzip.csv.gz"),
    ] {
        std::fs::copy(Path::new(samples).join(sample), folder.join(name)).unwrap();
    }
    std::fs::write(folder.join("photo.jpg"), b"\xff\xd8\xff\xe0").unwrap();
    let folder = folder.display().to_string();
    let answer = desk.one(&["import", &folder]);
    let told = answer["files"].as_array().unwrap();
    let read: Vec<_> =
        told.iter().map(|file| (file["statement"].as_str().unwrap(), &file["added"])).collect();
    let expected = [("mt940", 2), ("mt940", 2), ("camt", 3), ("camt", 1), ("alipay-app", 4)];
    assert_eq!(read.len(), expected.len());
    assert!(read.iter().zip(expected).all(|(read, (id, rows))| read.0 == id && *read.1 == rows), "{read:?}");
    assert_eq!(answer["passed_over"][0]["file"], "photo.jpg");
    assert_eq!(desk.lines(&["list"]).len(), 12);
    let again = desk.one(&["import", &folder]);
    assert!(again["files"].as_array().unwrap().iter().all(|file| file["added"] == 0));
    assert_eq!(desk.lines(&["list"]).len(), 12);
    let open = Path::new(samples).join("qif/dates-of-either-order.qif").display().to_string();
    assert_eq!(desk.status(&["import", &open]), 3, "the dates read either way");
}

#[test]
fn every_line_points_at_a_row_of_a_file() {
    let desk = Desk::new();
    desk.one(&["import", DEMO]);
    let bytes = std::fs::read(DEMO).unwrap();
    let rows = bytes.split(|byte| *byte == b'\n').count() as u64;
    for line in desk.lines(&["list"]) {
        let row = line["source"]["row"].as_u64().unwrap();
        assert!(row > 1 && row <= rows);
        assert_eq!(line["source"]["sha256"].as_str().unwrap().len(), 64);
    }
}

#[test]
fn a_verdict_quietens_a_flag_and_is_remembered() {
    let desk = Desk::new();
    desk.one(&["import", DEMO]);
    let flag = desk.lines(&["flags"])[0]["id"].as_str().unwrap().to_owned();
    desk.one(&["verdict", &flag, "mine"]);
    assert!(desk.lines(&["flags"]).iter().all(|open| open["id"] != flag.as_str()));
    let answered = desk.lines(&["flags", "--all"]).into_iter().find(|known| known["id"] == flag.as_str());
    assert_eq!(answered.unwrap()["verdict"], "mine");
}

#[test]
fn what_cannot_be_read_is_status_3_and_stores_nothing() {
    let desk = Desk::new();
    desk.one(&["import", DEMO]);
    let before = desk.lines(&["list"]);
    let bad = desk.write("bill.csv", b"\x00\x01 not a statement");
    for args in [vec!["import", &bad], vec!["import", DEMO, &bad], vec!["import", "/no/such/file"]] {
        let output = desk.run(&args);
        assert_eq!(output.status.code(), Some(3), "{args:?}");
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(answer["error"]["detail"].as_str().unwrap().contains("nothing was stored"), "{answer}");
    }
    assert_eq!(desk.lines(&["list"]), before);
}

#[test]
fn a_wrong_passphrase_is_status_4_and_wrong_usage_is_2() {
    let desk = Desk::new();
    let output = desk.run_as("falsch", &["list"]);
    assert_eq!(output.status.code(), Some(4));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["error"]["code"], "wrong-passphrase");
    assert_eq!(desk.status(&["verdict"]), 2);
    assert_eq!(desk.status(&["list"]), 0);
}

#[test]
fn a_card_in_a_phone_wallet_leads_to_its_issuer() {
    let desk = Desk::new();
    let note = ["note", "--provider", "apple-pay", "--at", "2026-11-20 10:23", "--amount", "500.00"];
    let rest = ["--counterparty", "某商店", "--method", "招商银行信用卡(1234)", "--text", "不是我付的"];
    let id = desk.one(&[&note[..], &rest[..]].concat())["id"].to_string();
    let case = desk.one(&["case", "open", "--transaction", &id])["id"].to_string();
    let plan = desk.one(&["call", &case]);
    assert_eq!(plan["call"][0]["provider"], "cmb");
    assert!(plan["notice"].is_string());
    assert!(plan["call"].as_array().unwrap().iter().all(|line| line["provider"] != "apple-pay"));
}

#[test]
fn a_pasted_message_becomes_a_note() {
    let desk = Desk::new();
    desk.one(&["note", "--paste", "【招商银行】您尾号1234的储蓄卡11月21日10:23消费人民币500.00元"]);
    let line = desk.one(&["list"]);
    assert_eq!(line["amount"], "500.00");
    assert_eq!(line["at"], "2026-11-21T10:23:00+08:00");
    assert_eq!(line["source"], Value::Null);
}

#[test]
fn a_card_number_typed_in_full_is_reduced_to_its_tail() {
    let desk = Desk::new();
    let note = ["note", "--at", "2026-11-20 10:23", "--amount", "1", "--counterparty", "某人"];
    desk.one(&[&note[..], &["--text", "卡号 4111111111111111 被扣"]].concat());
    let text = desk.one(&["list"])["note"].as_str().unwrap().to_owned();
    assert!(!text.contains("411111111111") && text.contains("1111"), "{text}");
}

#[test]
fn a_backup_comes_back_whole_and_beside_what_was_there() {
    let desk = Desk::new();
    desk.one(&["import", DEMO]);
    let before = desk.lines(&["list"]);
    let file = desk.folder.path().join("all.recourse-backup").display().to_string();
    desk.one(&["vault", "backup", &file]);
    let flag = desk.lines(&["flags"])[0]["id"].as_str().unwrap().to_owned();
    desk.one(&["verdict", &flag, "mine"]);
    desk.one(&["vault", "restore", &file]);
    assert_eq!(desk.lines(&["list"]), before);
    assert!(desk.lines(&["flags"]).iter().any(|open| open["id"] == flag.as_str()));
    desk.one(&["vault", "check"]);
}

#[test]
fn the_directory_and_the_number_check_need_no_passphrase() {
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    assert_eq!(desk.one(&["call", "baidu-wallet"])["call"][0]["number"], "95055");
    assert_eq!(desk.one(&["call", "wechat-pay"])["call"][0]["number"], "95017");
    assert_eq!(desk.one(&["check-number", "95188"])["verdict"], "listed");
    assert_eq!(desk.one(&["check-number", "400-670-1000"])["verdict"], "contradicted");
    assert!(desk.lines(&["providers"]).len() > 20);
}

#[test]
fn the_qr_code_holds_the_directory_s_number() {
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    let file = desk.folder.path().join("qr.svg");
    desk.one(&["call", "alipay", "--qr", &file.display().to_string()]);
    assert!(std::fs::read_to_string(file).unwrap().starts_with("<svg"));
}
