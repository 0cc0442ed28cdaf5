//! The journey of somebody who was talked into paying, over the demo statement: from the flag to the police, the
//! wallet and the bank, and never a word that denies the payment.
//! `RECOURSE_REWRITE=1 cargo test -p recourse-tests --test scam` writes `samples/scam` anew.

use recourse::app::{App, CaseView, NewCase, NewEvent};
use recourse::case::{Addressee, CaseId, Happening, Trouble};
use recourse::detect::FlagKind;
use recourse::error::Code;
use recourse::ledger::Moment;
use recourse::text::Lang;
use recourse::vault::Cost;

fn now() -> Moment {
    Moment::parse_from_rfc3339("2026-11-12T17:00:00+08:00").unwrap()
}

fn demo() -> (App, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut app = App::new(folder.path(), Cost::LOW).unwrap();
    app.enter_demo(now()).unwrap();
    (app, folder)
}

fn open(app: &mut App, kind: FlagKind, trouble: Option<Trouble>) -> CaseId {
    let flags = app.flags(true, now()).unwrap();
    let flag = flags.iter().find(|view| view.flag.kind == kind).expect("the demo has one of this kind");
    app.case_open(NewCase { flags: vec![flag.flag.id.clone()], trouble, ..NewCase::default() }, now())
        .unwrap()
}

fn called(provider: &str) -> Happening {
    Happening::Called {
        provider: provider.into(),
        line: "main".into(),
        seconds: 60,
        agent: String::new(),
        ticket: "2026-1".into(),
        said: "已登记".into(),
        promise: None,
    }
}

fn providers(view: &CaseView) -> Vec<&str> {
    view.plan.call.iter().map(|line| line.provider.as_str()).collect()
}

#[test]
fn scam_words_lead_to_the_police_first_then_to_the_wallet_and_the_bank() {
    let (mut app, _folder) = demo();
    let id = open(&mut app, FlagKind::ScamWords, None);
    let view = app.case_view(id, now()).unwrap();
    assert_eq!(view.line.case.trouble, Trouble::PaymentScam);
    assert_eq!(providers(&view), ["police-110", "anti-fraud-96110", "alipay", "boc"]);
    assert_eq!(view.plan.call[0].tel, "tel:110");
    assert!(view.plan.call[0].why.zh.contains("紧急止付") && view.plan.call[0].why.zh.contains("第二十条"));
    let stop = view.first_of_all.expect("what stops the loss is said before all else");
    assert!(stop.zh.starts_with("先停下：不要再付任何钱"), "{}", stop.zh);
    assert!(view.steps[0].urgent && view.steps[0].id == "stop-paying");
    let rungs: Vec<&str> = view.plan.next_rung.iter().map(|rung| rung.provider.as_str()).collect();
    assert_eq!(rungs, ["pboc-12363", "nfra-12378"], "whom the plan calls at once is no later rung");
    assert!(view.plan.call.iter().all(|line| line.better_time.is_none()), "nobody waits for a calmer hour");
}

#[test]
fn whoever_knows_of_it_makes_room_for_those_who_do_not() {
    let (mut app, _folder) = demo();
    let id = open(&mut app, FlagKind::ScamWords, None);
    let mut add = |happening| {
        app.case_add(NewEvent { case: id, happening }, now()).unwrap();
        let view = app.case_view(id, now()).unwrap();
        view.plan.call.iter().map(|line| line.provider.clone()).collect::<Vec<_>>()
    };
    let order = add(called("police-110"));
    assert_eq!(order, ["alipay", "boc", "police-110", "anti-fraud-96110"]);
    assert_eq!(add(called("alipay")), ["boc", "police-110", "anti-fraud-96110", "alipay"]);
    let order = add(called("boc"));
    assert_eq!(
        order,
        ["police-110", "anti-fraud-96110", "alipay", "boc"],
        "all know: the first is first again"
    );
}

#[test]
fn ticking_the_report_off_counts_as_having_told_the_police() {
    let (mut app, _folder) = demo();
    let id = open(&mut app, FlagKind::ScamWords, None);
    let happening = Happening::Stepped { step: "police".into(), done: true };
    app.case_add(NewEvent { case: id, happening }, now()).unwrap();
    let view = app.case_view(id, now()).unwrap();
    assert_eq!(providers(&view)[0], "alipay");
    assert!(view.plan.say.iter().any(|say| say.zh == "我已经拨打110报警。"));
}

#[test]
fn the_police_are_told_something_else_than_the_clerk_and_neither_hears_a_denial() {
    let (mut app, _folder) = demo();
    let id = open(&mut app, FlagKind::ScamWords, None);
    let view = app.case_view(id, now()).unwrap();
    let (police, wallet) = (&view.plan.call[0], &view.plan.call[2]);
    assert!(view.plan.say_on(police)[0].zh.contains("我要报警") && police.say.len() > 5);
    assert!(view.plan.say_on(wallet)[0].zh.contains("请您马上登记") && wallet.say.is_empty());
    let mut words: String = view.plan.say.iter().chain(&police.say).map(|say| say.zh.as_str()).collect();
    words.push_str(&view.brief.to_plain(Lang::Zh));
    for to in &view.addressees {
        words.push_str(&app.letter(id, *to, Lang::Zh, now()).unwrap());
    }
    for denial in ["没有付过", "不是本人操作", "未经本人授权", "没有授权", "不是我付的"]
    {
        assert!(!words.contains(denial), "{denial}");
    }
    for promise in ["一定", "保证追回", "全额"] {
        assert!(!words.contains(promise), "{promise}");
    }
    assert!(words.contains("166******05"), "the payee's account is what a stop needs");
}

#[test]
fn the_first_large_transfer_is_what_the_user_says_it_is() {
    let (mut app, _folder) = demo();
    let flags = app.flags(true, now()).unwrap();
    let asked: Vec<FlagKind> =
        flags.iter().filter(|view| view.trouble.is_none()).map(|view| view.flag.kind).collect();
    assert!(asked.contains(&FlagKind::NewPayee), "{asked:?}");
    assert!(!asked.contains(&FlagKind::ScamWords) && !asked.contains(&FlagKind::DuplicateCharge));
    let told = open(&mut app, FlagKind::NewPayee, Some(Trouble::PaymentScam));
    assert_eq!(providers(&app.case_view(told, now()).unwrap())[0], "police-110");
    let denied = open(&mut app, FlagKind::NewPayee, Some(Trouble::UnknownTransaction));
    let view = app.case_view(denied, now()).unwrap();
    assert_ne!(providers(&view)[0], "police-110");
    assert!(view.first_of_all.is_none() && view.plan.say.iter().any(|say| say.zh.contains("我没有付过")));
}

#[test]
fn the_police_get_papers_of_crimes_only() {
    let (mut app, folder) = demo();
    let scam = open(&mut app, FlagKind::ScamWords, None);
    let twice = open(&mut app, FlagKind::DuplicateCharge, None);
    let report = app.letter(scam, Addressee::Police, Lang::Zh, now()).unwrap();
    for part in ["报 案 材 料", "付款经过", "2026年11月12日16:32:18", "800.00元", "对方信息", "携带的材料"]
    {
        assert!(report.contains(part), "{part}");
    }
    let refused = app.letter(twice, Addressee::Police, Lang::Zh, now()).unwrap_err();
    assert_eq!(refused.code, Code::Invalid);
    let written = app.case_export(scam, folder.path(), now()).unwrap();
    assert!(written.join("letter-police-zh.txt").exists() && written.join("letter-police-en.txt").exists());
    let written = app.case_export(twice, &written, now()).unwrap();
    assert!(!written.join("letter-police-zh.txt").exists());
}

/// What the case page and the call desk show, in one language.
fn read_out(view: &CaseView, lang: Lang) -> String {
    let mut page = String::new();
    let mut say = |title: &str, lines: Vec<&str>| {
        page.push_str(&format!("[{title}]\n"));
        lines.iter().for_each(|line| page.push_str(&format!("{line}\n")));
        page.push('\n');
    };
    say("first of all", view.first_of_all.iter().map(|text| text.get(lang)).collect());
    for step in &view.steps {
        let title =
            if step.urgent { format!("step {}, urgent", step.id) } else { format!("step {}", step.id) };
        say(&title, vec![step.title.get(lang), step.detail.get(lang)]);
    }
    for line in &view.plan.call {
        say(&format!("call {} on {}", line.provider, line.tel), vec![line.why.get(lang)]);
    }
    let texts = |texts: &'static str, of: &'_ [recourse::text::Text]| {
        (texts, of.iter().map(|text| text.get(lang).to_owned()).collect::<Vec<_>>())
    };
    for (title, lines) in [
        texts("say to the police", view.plan.say_on(&view.plan.call[0])),
        texts("say to the wallet and the bank", &view.plan.say),
        texts("have ready", &view.plan.have_ready),
        texts("they will ask", &view.questions),
        texts("keep as evidence", &view.to_capture),
    ] {
        say(title, lines.iter().map(String::as_str).collect());
    }
    say("brief", vec![&view.brief.to_plain(lang)]);
    page
}

#[test]
fn the_case_reads_as_its_sample() {
    let (mut app, _folder) = demo();
    let id = open(&mut app, FlagKind::ScamWords, None);
    let view = app.case_view(id, now()).unwrap();
    for (lang, name) in [(Lang::Zh, "payment-scam.zh.txt"), (Lang::En, "payment-scam.en.txt")] {
        let text = read_out(&view, lang);
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/scam").join(name);
        if std::env::var_os("RECOURSE_REWRITE").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let sample = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(sample == text, "{name} differs from its sample; it reads now:\n{text}");
    }
}
