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
fn what_is_no_statement_in_an_archive_is_passed_over_by_name() {
    let desk = Desk::new();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/samples");
    let file = format!("{samples}/containers/statements-beside-other-tables.zip");
    let answer = desk.one(&["import", &file]);
    assert_eq!(answer["files"][0]["added"], 1);
    let passed = answer["passed_over"].as_array().unwrap().iter().map(|one| one["file"].as_str().unwrap());
    assert_eq!(passed.collect::<Vec<_>>(), ["archive_browser.html", "Group expenses.json", "places.csv"]);
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
fn a_pasted_message_with_two_payments_becomes_two_notes_and_says_what_it_leaves_out() {
    let desk = Desk::new();
    let text = "【工商银行】您尾号1234卡3月1日10:05支出25.50元；3月1日11:05向林某转账30.00元，手续费2.00元。";
    let answer = desk.one(&["note", "--paste", text]);
    assert_eq!(answer["ids"].as_array().unwrap().len(), 2);
    assert_eq!(answer["left_out"], serde_json::json!(["手续费2.00元"]));
    let lines = desk.lines(&["list"]);
    let kinds: Vec<_> = lines.iter().map(|line| (line["amount"].as_str(), line["kind"].as_str())).collect();
    assert_eq!(kinds, [(Some("30.00"), Some("transfer-out")), (Some("25.50"), Some("purchase"))]);
}

#[test]
fn a_pasted_message_that_leaves_the_amount_or_the_way_open_is_asked_about() {
    let desk = Desk::new();
    let text = "【工商银行】您尾号1234卡3月1日10:05支出2x5.50元，余额974.50元。";
    assert_eq!(desk.status(&["note", "--paste", text]), 3);
    let unclear = "【工商银行】林某3月1日10:05转账500.00元。";
    assert_eq!(desk.status(&["note", "--paste", unclear]), 3);
    assert_eq!(desk.lines(&["list"]).len(), 0);
    desk.one(&["note", "--paste", text, "--amount", "25.50"]);
    desk.one(&["note", "--paste", unclear, "--direction", "in"]);
    let lines = desk.lines(&["list"]);
    let read: Vec<_> =
        lines.iter().map(|line| (line["amount"].as_str(), line["direction"].as_str())).collect();
    assert!(read.contains(&(Some("25.50"), Some("out"))) && read.contains(&(Some("500.00"), Some("in"))));
}

#[test]
fn a_pasted_message_of_a_failed_payment_is_no_spending() {
    let desk = Desk::new();
    desk.one(&["note", "--paste", "【工商银行】您尾号1234卡3月1日10:05快捷支付25.50元交易失败，余额不足。"]);
    let line = desk.one(&["list"]);
    assert_eq!((line["kind"].as_str(), line["direction"].as_str()), (Some("failed"), Some("neutral")));
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

/// Every field the command line promises is there, whatever its value.
fn has(value: &Value, fields: &[&str]) {
    for field in fields {
        assert!(value.get(field).is_some(), "{field} is missing in {value}");
    }
}

#[test]
fn a_call_plan_and_a_number_check_have_every_promised_field() {
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    let plan = desk.one(&["call", "wechat-pay"]);
    has(&plan, &["case", "call", "channels", "have_ready", "say", "never", "next_rung", "notice"]);
    let line = &plan["call"][0];
    has(
        line,
        &[
            "provider",
            "name",
            "number",
            "tel",
            "why",
            "status",
            "sources",
            "hours",
            "open",
            "opens_at",
            "better_time",
            "calmer_at",
            "menu",
            "languages",
            "cost_note",
            "abroad",
        ],
    );
    assert_eq!(line["sources"][0]["checked"], "2026-09-01");
    has(&line["sources"][0], &["url", "kind", "checked"]);
    assert!(
        line["menu"].as_array().unwrap()[0].as_str().unwrap().contains('2'),
        "the merchants' key is official"
    );
    assert_eq!(line["languages"][0], "zh");

    let check = desk.one(&["check-number", "400-606-5500", "--asked", "cancel-cover,code"]);
    has(
        &check,
        &["number", "e164", "verdict", "provider", "explanation", "advice", "sources", "others", "yours"],
    );
    assert_eq!((&check["verdict"], &check["provider"]), (&"contradicted".into(), &"jd-pay".into()));
    assert_eq!(check["e164"], Value::Null);
    assert_eq!(check["asked"][0]["id"], "cancel-cover");
    assert!(check["asked"][1]["answer"].as_str().unwrap().contains("验证码"));
    assert_eq!(desk.one(&["check-number", "+86-10-66085566"])["e164"], "+861066085566");
    assert_eq!(desk.one(&["check-number", "-12"])["verdict"], "invalid");
    assert_eq!(desk.status(&["check-number", "95188", "--asked", "nonsense"]), 1);
}

#[test]
fn a_provider_tells_its_sources_its_contradictions_and_what_became_of_it() {
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    let provider = desk.one(&["providers", "百付宝"]);
    has(
        &provider,
        &["id", "kind", "status", "name", "aliases", "former", "became", "legal", "hotlines", "claims"],
    );
    assert_eq!((&provider["id"], &provider["status"]), (&"du-xiaoman".into(), &"renamed".into()));
    assert_eq!(provider["claims"][0]["number"], "400-600-0111");
    assert_eq!(provider["hotlines"][0]["sources"][0]["checked"], "2026-09-01");
}

#[test]
fn hours_follow_the_calendar_of_holidays_and_say_where_it_ends() {
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    let open = |now: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_recourse"))
            .args(["--json", "--now", now, "--vault"])
            .arg(desk.vault())
            .args(["call", "pboc-12363"])
            .output()
            .unwrap();
        let plan: Value = serde_json::from_slice(&output.stdout).unwrap();
        (plan["call"][0]["open"].clone(), plan["call"][0]["opens_at"].clone())
    };
    assert_eq!(open("2026-10-10T09:00:00+08:00").0, true, "a Saturday worked for National Day");
    let holiday = open("2026-10-05T09:00:00+08:00");
    assert_eq!(holiday, (false.into(), "2026-10-08T08:30:00+08:00".into()));
    assert_eq!(open("2025-01-28T09:00:00+08:00").0, false, "New Year's Eve of 2025");
    assert_eq!(open("2027-01-04T09:00:00+08:00"), (Value::Null, Value::Null), "nobody knows 2027 yet");
}

#[test]
fn an_error_is_told_in_the_language_asked_for_and_its_json_stays() {
    let desk = Desk::new();
    let said = |lang: &str, args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_recourse"))
            .args(["--lang", lang, "--vault"])
            .arg(desk.vault())
            .args(args)
            .env("RECOURSE_PASSPHRASE", "一口唐山话 42")
            .env("RECOURSE_KDF", "low")
            .output()
            .unwrap();
        assert!(output.stdout.is_empty(), "{args:?}");
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let note = desk.write("日记.txt", "今天没有花钱\n".as_bytes());
    let table = desk.write("表.csv", "编号,名字,日期\n1,甲,2026-01-01\n".as_bytes());
    let empty = desk.write("空.csv", b"");
    let either = desk.write("either.qif", b"!Type:Bank\nD01/02/2026\nT-5.00\nPA\n^\n");
    let gone = desk.folder.path().join("没有.csv").display().to_string();
    for (args, status, seen) in [
        (vec!["import", note.as_str()], 3, "没有哪一行是认得的列名"),
        (vec!["import", table.as_str()], 3, "文本，UTF-8"),
        (vec!["import", empty.as_str()], 3, "文件是空的"),
        (vec!["import", either.as_str()], 3, "--dates dmy"),
        (vec!["import", gone.as_str()], 3, "没有这个文件"),
        (vec!["case", "show", "77"], 1, "没有这个案件"),
        (vec!["call", "no-such-bank"], 1, "没有"),
        (vec!["note", "--at", "昨天", "--amount", "1", "--counterparty", "甲"], 1, "时间要写成"),
        (vec!["case", "add", "1"], 1, "没有这个案件"),
        (vec!["vault", "create"], 1, "已有保险库"),
        (vec!["fly"], 2, "没有“fly”这个命令"),
        (vec!["list", "--nonsense"], 2, "没有“--nonsense”这个选项"),
        (vec!["import"], 2, "还缺少"),
        (vec!["list", "--from", "soon"], 2, "“soon”不能用"),
    ] {
        let (exit, zh) = said("zh", &args);
        assert_eq!(exit, status, "{args:?}: {zh}");
        assert!(zh.contains(seen), "{args:?}: {zh}");
        let (exit, en) = said("en", &args);
        assert_eq!(exit, status, "{args:?}: {en}");
        assert!(!en.contains(seen) && en.len() > 20, "{args:?}: {en}");
    }
    let wrong = desk.run_as("wrong", &["list"]);
    let json: Value = serde_json::from_slice(&wrong.stdout).unwrap();
    let mut fields: Vec<&String> = json["error"].as_object().unwrap().keys().collect();
    fields.sort();
    assert_eq!(fields, ["code", "detail"]);
}

#[test]
fn remarks_on_rows_are_told_in_words() {
    let names = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注";
    let row = |day: u32, amount: &str| {
        format!(
            "2026-03-{day:02} 10:00:00,商户消费,早店,茶,支出,{amount},零钱,支付成功,42000000{day},{day},/"
        )
    };
    let head = ["微信支付账单明细", "共5笔记录", "支出：4笔 99.00元"].map(String::from);
    let bill = [head.join("\n"), row(1, "¥5.00"), names.into(), row(2, "¥abc"), row(3, "¥12.00")].join("\n");
    for (lang, seen) in [
        (
            "zh",
            [
                "读到 1 笔，新增 1 笔，已有 0 笔",
                "第 4 行：这一行在列名上面",
                "第 6 行“金额(元)”：金额读不出",
                "（写明 5 笔，读到 1 笔，读不出 2 处）",
                "支出：文件写明 99.00 CNY，各笔相加 12.00",
            ],
        ),
        (
            "en",
            [
                "1 read, 1 added, 0 known",
                "row 4: this row stands above",
                "row 6, column “金额(元)”: the amount",
                "(5 stated, 1 read, 2 places unreadable)",
                "out: the file states 99.00 CNY, its rows add up to 12.00",
            ],
        ),
    ] {
        let desk = Desk::new();
        let output = Command::new(env!("CARGO_BIN_EXE_recourse"))
            .args(["--lang", lang, "--vault"])
            .arg(desk.vault())
            .args(["import", &desk.write("bill.csv", bill.as_bytes())])
            .env("RECOURSE_PASSPHRASE", "一口唐山话 42")
            .env("RECOURSE_KDF", "low")
            .output()
            .unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(seen.iter().all(|seen| told.contains(seen)), "{told}");
    }
}

#[test]
fn what_went_wrong_can_be_told_again() {
    let desk = Desk::new();
    desk.one(&["import", DEMO]);
    let id = desk.lines(&["list"])[0]["id"].to_string();
    let case = desk.one(&["case", "open", "--transaction", &id])["id"].to_string();
    let letter = ["case", "letter", case.as_str(), "--to", "merchant"];
    assert_eq!(desk.status(&letter), 1, "a payment somebody else made is no matter of the merchant's");
    desk.one(&["case", "add", &case, "--kind", "subscription-change"]);
    assert!(desk.one(&letter)["letter"].as_str().unwrap().contains("自动续费有异议"));
    let shown = desk.one(&["case", "show", &case]);
    assert_eq!(shown["kind"], "subscription-change");
    assert!(shown["events"].to_string().contains("retold"));
    assert_eq!(desk.status(&["case", "add", &case, "--kind", "nonsense"]), 1);
}

#[test]
fn ones_own_words_are_written_on_a_row_and_say_what_is_wrong() {
    let desk = Desk::new();
    let note = ["note", "--provider", "jd-pay", "--at", "2026-11-20 10:23", "--amount", "500.00"];
    let id = desk.one(&[&note[..], &["--counterparty", "某人"]].concat())["id"].to_string();
    let told = desk.one(&["note", "--on", &id, "--text", "盗刷", "--flags"]);
    let flag = told["flags"]["appeared"][0].as_str().unwrap().to_owned();
    let flags = desk.lines(&["flags"]);
    assert_eq!((flags[0]["kind"].as_str(), flags[0]["id"].as_str()), (Some("disowned"), Some(flag.as_str())));
    assert_eq!(flags[0]["playbook"], "unknown-transaction");
    assert!(flags[0]["also"].is_array() && flags[0]["compared"].is_array());
    desk.one(&["note", "--on", &id, "--text", ""]);
    assert!(desk.lines(&["flags"]).is_empty());
    assert_eq!(desk.status(&["note", "--on", &id]), 2, "it says what to write");
}

#[test]
fn a_wait_is_remembered_and_a_caller_is_told_in_the_case() {
    let desk = Desk::new();
    let before = desk.one(&["call", "alipay"])["call"][0]["better_time"].as_str().unwrap().to_owned();
    let plan = desk.one(&["call", "alipay", "--waited", "14"]);
    assert_ne!(plan["call"][0]["better_time"].as_str().unwrap(), before);
    assert!(plan["call"][0]["better_time"].as_str().unwrap().contains("14 分钟"));

    let note = ["note", "--provider", "jd-pay", "--at", "2026-11-20 10:23", "--amount", "500.00"];
    let id = desk.one(&[&note[..], &["--counterparty", "某人"]].concat())["id"].to_string();
    let case = desk.one(&["case", "open", "--transaction", &id])["id"].to_string();
    let added = desk.one(&["case", "add", &case, "--caller", "+86 400 606 5500", "--asked", "cancel-cover"]);
    assert_eq!(added["events"].as_array().unwrap().len(), 1);
    let events = desk.one(&["case", "show", &case])["events"].to_string();
    assert!(events.contains("+864006065500") && events.contains("百万保障"), "{events}");
}

#[test]
fn a_row_without_a_provider_leads_to_whom_its_words_name() {
    let desk = Desk::new();
    let first = |method: &str, payee: &str| {
        let note = ["note", "--at", "2026-11-20 10:23", "--amount", "500.00", "--counterparty", payee];
        let id = desk.one(&[&note[..], &["--method", method]].concat())["id"].to_string();
        let case = desk.one(&["case", "open", "--transaction", &id])["id"].to_string();
        desk.one(&["call", &case])["call"][0]["provider"].clone()
    };
    assert_eq!(first("招商银行信用卡(1234)", "某商店"), "cmb");
    assert_eq!(first("花呗", "某商店"), "alipay");
    assert_eq!(first("", "财付通-某商店"), "wechat-pay");
    assert_eq!(first("", "某商店"), Value::Null);
}

#[test]
fn what_is_no_pack_is_refused_and_the_old_directory_stays() {
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    let edition = desk.one(&["directory"])["edition"].clone();
    assert_eq!(edition["built_in"], true);
    let bad = desk.write("directory.pack", b"recourse-directory-pack 1\nnonsense");
    for file in [bad.as_str(), "/no/such/file"] {
        let output = desk.run(&["directory", "--install", file]);
        assert_eq!(output.status.code(), Some(3));
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(answer["error"]["code"], "unreadable");
    }
    assert_eq!(desk.one(&["directory"])["edition"], edition);
}

#[test]
fn what_was_learnt_is_listed_in_words_and_taken_back() {
    let desk = Desk::new();
    desk.one(&["import", DEMO]);
    assert_eq!(desk.lines(&["learned"]), [] as [Value; 0]);
    let flag = desk.lines(&["flags"])[0].clone();
    has(&flag, &["next", "playbook", "sure"]);
    let id = flag["id"].as_str().unwrap();
    let said = desk.one(&["verdict", id, "mine"]);
    has(&said, &["flag", "verdict", "effect", "flags", "rows"]);
    let lesson = desk.one(&["learned"]);
    has(
        &lesson,
        &[
            "flag",
            "kind",
            "verdict",
            "counterparty",
            "amount",
            "currency",
            "up_to",
            "since",
            "effect",
            "rows",
        ],
    );
    assert_eq!((&lesson["flag"], &lesson["effect"]), (&flag["id"], &said["effect"]));
    assert_eq!(lesson["since"], NOW);
    assert_eq!(desk.one(&["verdict", id, "none"])["verdict"], Value::Null);
    assert_eq!(desk.lines(&["learned"]), [] as [Value; 0]);
    assert_eq!(desk.lines(&["flags"])[0]["id"], flag["id"]);
}

#[test]
fn the_flags_follow_what_is_set_and_a_kind_that_is_none_is_wrong_usage() {
    let desk = Desk::new();
    desk.one(&["import", DEMO]);
    let kind = desk.lines(&["flags"])[0]["kind"].as_str().unwrap().to_owned();
    let settings = desk.one(&["settings"]);
    assert_eq!(settings["sensitivity"], "normal");
    assert!(settings["kinds"].as_array().unwrap().iter().all(|kind| kind["on"] == true));
    let settings = desk.one(&["settings", "--sensitivity", "watchful", "--kind", &kind, "off"]);
    assert_eq!(settings["sensitivity"], "watchful");
    let off = settings["kinds"].as_array().unwrap().iter().filter(|kind| kind["on"] == false);
    assert_eq!(off.map(|one| one["kind"].as_str().unwrap()).collect::<Vec<_>>(), [kind.as_str()]);
    assert!(desk.lines(&["flags"]).iter().all(|flag| flag["kind"] != kind.as_str()));
    desk.one(&["settings", "--kind", &kind, "on"]);
    assert!(desk.lines(&["flags"]).iter().any(|flag| flag["kind"] == kind.as_str()));
    assert_eq!(desk.status(&["settings", "--kind", "moon-phase", "off"]), 2);
    assert_eq!(desk.status(&["settings", "--kind", &kind, "perhaps"]), 2);
}

/// An app bill with these rows.
fn bill(rows: &[&str]) -> String {
    let header = "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,";
    format!("支付宝账户：138******00\n共{}笔记录\n{header}\n{}\n", rows.len(), rows.join("\n"))
}

#[test]
fn an_import_or_a_note_says_which_flags_came_and_went_where_it_is_asked() {
    let desk = Desk::new();
    let charge = |second: u8, order: u8| {
        format!(
            "2026-03-02 10:01:{second:02},数码电器,星河数码,/,耳机,支出,399.00,花呗,交易成功,20260302220014000000000000{order:02}\t,T200P01\t,,"
        )
    };
    let twice = desk.write("march.csv", bill(&[&charge(5, 1), &charge(45, 2)]).as_bytes());
    let back = "2026-03-04 09:00:00,退款,星河数码,/,退款-耳机,不计收支,399.00,花呗,退款成功,2026030222001400000000000002_1\t,T200P01\t,,";
    let back = desk.write("april.csv", bill(&[back]).as_bytes());
    let ids = |desk: &Desk| desk.lines(&["flags"]).iter().map(|flag| flag["id"].clone()).collect::<Vec<_>>();
    let none = Vec::<Value>::new();

    let answer = desk.one(&["import", "--flags", &twice]);
    let held = ids(&desk);
    assert_eq!(held.len(), 1);
    assert_eq!(answer["flags"], serde_json::json!({ "appeared": held, "gone": none, "changed": none }));
    let again = desk.one(&["import", "--flags", &twice]);
    assert_eq!(again["flags"], serde_json::json!({ "appeared": none, "gone": none, "changed": none }));

    let answer = desk.one(&["import", "--flags", &back]);
    assert_eq!(answer["flags"], serde_json::json!({ "appeared": none, "gone": held, "changed": none }));
    assert_eq!(ids(&desk), none);

    let note = ["note", "--at", "2026-03-05 20:00", "--amount", "800.00", "--counterparty", "*远"];
    let note = [&note[..], &["--text", "对方让我转入安全账户"]].concat();
    let answer = desk.one(&[&note[..], &["--flags"]].concat());
    assert_eq!(answer["flags"]["appeared"], serde_json::json!(ids(&desk)));
    assert_eq!(ids(&desk).len(), 1);
    assert!(desk.one(&note).get("flags").is_none() && desk.one(&["import", DEMO]).get("flags").is_none());
}
