//! What a flag found carries over into the case opened from it: its kind, its sum, its claim, and nothing that the rows
//! or the user did not say. One event is one card, and one answer answers it.

use recourse::app::{App, FileRead, FlagView, NewCase, NewNote};
use recourse::case::{Addressee, CaseId, Trouble, addressees};
use recourse::detect::{FlagKind, Verdict};
use recourse::ledger::{Direction, Kind, Moment};
use recourse::money::Money;
use recourse::statements::Options;
use recourse::text::Lang;
use recourse::vault::Cost;
use recourse::worker;
use std::path::Path;

fn at(clock: &str) -> Moment {
    Moment::parse_from_str(&format!("{clock} +0800"), "%Y-%m-%d %H:%M:%S %z").unwrap()
}

fn now() -> Moment {
    at("2026-09-01 10:00:00")
}

fn app() -> (App, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut app = App::new(&folder.path().join("vault"), Cost::LOW).unwrap();
    app.create("correct horse battery", now()).unwrap();
    (app, folder)
}

fn import(app: &mut App, name: &str, text: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, text).unwrap();
    let reader = Path::new(env!("CARGO_BIN_EXE_reader"));
    let outcome = worker::read(reader, &file, &Options::default(), &mut |_| true);
    let plan = app.import_plan(vec![FileRead { name: name.into(), outcome }]).unwrap();
    app.import_execute(plan.id, &[], now(), &mut |_, _| true).unwrap();
}

/// A wallet's bill of these rows, the latest first.
fn bill(rows: &[[&str; 8]]) -> String {
    let comma = ",".repeat(8);
    let mut text = format!(
        "微信支付账单明细{comma}\r\n微信昵称：[x]{comma}\r\n起始时间：[2026-01-01 00:00:00] 终止时间：[2026-08-31 23:59:59]{comma}\r\n\
         导出类型：[全部]{comma}\r\n导出时间：[2026-08-31 23:59:59]{comma}\r\n{comma}\r\n共{}笔记录{comma}\r\n\
         ----------------------微信支付账单明细列表--------------------{comma}\r\n\
         交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\r\n",
        rows.len()
    );
    for (n, [time, what, who, item, way, amount, status, memo]) in rows.iter().enumerate() {
        text += &format!(
            "{time},{what},{who},{item},{way},¥{amount},零钱,{status},4200000000000000000000{n:06}\t,1000{n:06}\t,{memo}\r\n"
        );
    }
    format!("\u{feff}{text}")
}

fn note(app: &mut App, clock: &str, fen: i64, who: &str, kind: Option<Kind>, text: &str) {
    let note = NewNote {
        provider: String::new(),
        at: at(clock),
        amount: Money::fen(fen),
        direction: Direction::Out,
        kind,
        counterparty: who.into(),
        method: String::new(),
        order_no: String::new(),
        text: text.into(),
    };
    app.note(note, now()).unwrap();
}

fn flags(app: &mut App) -> Vec<FlagView> {
    app.flags(false, now()).unwrap()
}

fn of(app: &mut App, kind: FlagKind) -> FlagView {
    let all = flags(app);
    let kinds: Vec<_> = all.iter().map(|view| view.flag.kind).collect();
    all.into_iter().find(|view| view.flag.kind == kind).unwrap_or_else(|| panic!("{kind:?} in {kinds:?}"))
}

fn open(app: &mut App, view: &FlagView) -> CaseId {
    let fresh = NewCase { flags: vec![view.flag.id.clone()], ..NewCase::default() };
    app.case_open(fresh, now()).unwrap()
}

/// All that a case says: what to say, the brief and every letter, in both languages.
fn said(app: &App, id: CaseId) -> String {
    let view = app.case_view(id, now()).unwrap();
    let mut said = format!("{:?}{:?}{:?}", view.line.title, view.brief, view.plan);
    for to in addressees(view.line.case.trouble) {
        for lang in [Lang::Zh, Lang::En] {
            said += &app.letter(id, *to, lang, now()).unwrap();
        }
    }
    said
}

/// What only the user could say.
const NOT_SAID: &[&str] = &[
    "不是本人操作",
    "没有付过",
    "未授权他人",
    "not paid by me",
    "付款未成功",
    "付款没有成功",
    "did not succeed",
    "账户被限制使用",
    "My account",
    "按他人要求",
    "somebody told me",
];

#[test]
fn a_slip_of_the_users_own_is_told_as_one_with_whom_it_was_meant_for() {
    let (mut app, _folder) = app();
    for month in 2..8 {
        note(&mut app, &format!("2026-0{month}-18 20:00:00"), 200_000, "李建华", Some(Kind::TransferOut), "");
    }
    note(&mut app, "2026-08-18 20:00:00", 200_000, "李建桦", Some(Kind::TransferOut), "");
    let flag = of(&mut app, FlagKind::WrongPayee);
    assert_eq!(flag.transactions.len(), 1);
    assert_eq!(flag.compared.len(), 6, "the six it names are shown");
    assert!(flag.compared.iter().all(|row| row.counterparty == "李建华"));
    let id = open(&mut app, &flag);
    let view = app.case_view(id, now()).unwrap();
    assert_eq!(view.line.case.trouble, Trouble::WrongPayee);
    assert_eq!(view.line.amount, Some(Money::fen(200_000)));
    assert_eq!(view.addressees, [Addressee::Wallet, Addressee::Bank]);
    let letter = app.letter(id, Addressee::Bank, Lang::Zh, now()).unwrap();
    assert!(
        letter.contains("2,000.00元由本人操作，但付错了收款方；本人以往付款的收款方是“李建华”"),
        "{letter}"
    );
    let said = said(&app, id);
    for word in NOT_SAID {
        assert!(!said.contains(word), "{word}: {said}");
    }
    for promise in ["一定", "保证退", "will get it back"] {
        assert!(!format!("{:?}", view.steps).contains(promise), "{promise}");
    }
}

#[test]
fn of_a_withdrawal_only_its_fee_is_questioned() {
    let (mut app, _folder) = app();
    let text =
        bill(&[["2026-07-21 04:00:00", "零钱提现", "/", "/", "/", "1050.00", "提现已到账", "服务费¥50.00"]]);
    import(&mut app, "wechat.csv", &text);
    let flag = of(&mut app, FlagKind::UnexpectedFee);
    let id = open(&mut app, &flag);
    assert_eq!(app.case_view(id, now()).unwrap().line.amount, Some(Money::fen(5_000)));
    let letter = app.letter(id, Addressee::Wallet, Lang::Zh, now()).unwrap();
    assert!(letter.contains("上述费用50.00元") && !letter.contains("费用1,050.00元"), "{letter}");
}

#[test]
fn a_balance_that_is_off_asks_for_the_bookings_and_names_the_figures() {
    let (mut app, _folder) = app();
    let head = "记账日期,记账时间,币别,金额,余额,交易名称,渠道,网点名称,附言,对方账户名,对方卡号/账号,对方开户行,借记卡号\n";
    let mut text = head.to_owned();
    let mut balance = 2_000_000;
    for day in 1..=26_i64 {
        balance -= 2_000 + if day == 25 { 50_000 } else { 0 };
        text += &format!(
            "2026-06-{day:02},12:00:00,人民币,-20.00,{}.00,网上快捷支付,银企对接,-,面馆,某面馆,Z{day:06},-,6217****0814\n",
            balance / 100
        );
    }
    import(&mut app, "boc.csv", &text);
    let flag = of(&mut app, FlagKind::BalanceMismatch);
    assert_eq!(flag.flag.amount, Money::fen(50_000));
    let id = open(&mut app, &flag);
    let view = app.case_view(id, now()).unwrap();
    assert_eq!(
        (view.line.case.trouble, view.line.amount),
        (Trouble::BalanceMismatch, Some(Money::fen(50_000)))
    );
    let letter = app.letter(id, Addressee::Bank, Lang::Zh, now()).unwrap();
    for figure in ["¥19520.00", "¥19000.00", "¥19500.00", "差 ¥500.00", "逐笔记账"] {
        assert!(letter.contains(figure), "{figure}: {letter}");
    }
    let said = said(&app, id);
    for word in NOT_SAID {
        assert!(!said.contains(word), "{word}: {said}");
    }
    // What a case is about stays, though the flag may go.
    app.lock().unwrap();
    app.unlock(recourse::vault::Secret::Passphrase("correct horse battery"), now()).unwrap();
    assert_eq!(app.letter(id, Addressee::Bank, Lang::Zh, now()).unwrap(), letter);
}

#[test]
fn a_hold_restricts_no_account() {
    let (mut app, _folder) = app();
    let text = bill(&[
        ["2026-08-30 12:00:00", "商户消费", "某面馆", "午餐", "支出", "20.00", "支付成功", "/"],
        ["2026-06-01 10:00:00", "商户消费", "街电", "押金-冻结", "/", "99.00", "冻结成功", "/"],
    ]);
    import(&mut app, "wechat.csv", &text);
    let flag = of(&mut app, FlagKind::ForgottenHold);
    let id = open(&mut app, &flag);
    let view = app.case_view(id, now()).unwrap();
    assert_eq!(
        (view.line.case.trouble, view.line.amount),
        (Trouble::HoldNotReleased, Some(Money::fen(9_900)))
    );
    let said = said(&app, id);
    assert!(said.contains("上述冻结涉及99.00元") && !said.contains("解除对账户的限制"), "{said}");
    for word in NOT_SAID {
        assert!(!said.contains(word), "{word}: {said}");
    }
}

#[test]
fn who_paid_is_not_said_before_the_user_says_it() {
    let (mut app, _folder) = app();
    for day in 1..=20 {
        note(&mut app, &format!("2026-07-{day:02} 12:00:00"), 2_000, "某面馆", None, "");
    }
    note(&mut app, "2026-08-18 02:10:00", 1_980_000, "王某某", Some(Kind::TransferOut), "");
    let flag = of(&mut app, FlagKind::NewPayee);
    assert_eq!(flag.trouble, None);
    let id = open(&mut app, &flag);
    assert_eq!(app.case_view(id, now()).unwrap().line.case.trouble, Trouble::UnclearPayment);
    let said = said(&app, id);
    for word in NOT_SAID.iter().chain(&["付错"]) {
        assert!(!said.contains(word), "{word}: {said}");
    }
    assert!(said.contains("正在核实"));
}

/// A large first transfer that names a scam.
fn scam(app: &mut App) -> FlagView {
    for day in 1..=20 {
        note(app, &format!("2026-07-{day:02} 12:00:00"), 2_000, "某面馆", None, "");
    }
    note(app, "2026-08-18 02:10:00", 1_980_000, "王某某", Some(Kind::TransferOut), "转到安全账户");
    let all = flags(app);
    assert_eq!(
        all.len(),
        1,
        "one event is one card: {:?}",
        all.iter().map(|v| v.flag.kind).collect::<Vec<_>>()
    );
    all.into_iter().next().unwrap()
}

#[test]
fn one_event_is_one_card_that_says_both() {
    let (mut app, _folder) = app();
    let card = scam(&mut app);
    assert_eq!(card.flag.kind, FlagKind::ScamWords);
    assert_eq!(card.also.iter().map(|flag| flag.kind).collect::<Vec<_>>(), [FlagKind::NewPayee]);
    assert!(card.mine.words.zh.contains("诈骗话术") && card.mine.words.zh.contains("陌生收款方"));
    let home = app.home(now()).unwrap();
    assert_eq!(home.flags_total, 1);
    open(&mut app, &card);
    assert_eq!(app.home(now()).unwrap().flags_total, 0, "a case is for the event");
}

#[test]
fn one_answer_answers_the_event_and_is_taken_back_whole() {
    let (mut app, _folder) = app();
    let card = scam(&mut app);
    // Whichever of the two is named.
    for id in [&card.flag.id, &card.also[0].id] {
        app.verdict(id, Some(Verdict::Mine), now()).unwrap();
        assert!(flags(&mut app).is_empty());
        let answered = app.flags(true, now()).unwrap();
        assert_eq!(answered.len(), 1);
        assert_eq!(answered[0].also.len(), 1);
        app.verdict(id, None, now()).unwrap();
        assert_eq!(flags(&mut app).len(), 1);
        assert!(app.lessons(now()).unwrap().is_empty());
    }
    app.verdict(&card.flag.id, Some(Verdict::Mine), now()).unwrap();
    app.undo(now()).unwrap();
    assert_eq!(flags(&mut app)[0].also.len(), 1, "one step back takes back one answer");
}

#[test]
fn what_the_user_wrote_leads_to_a_case_that_says_it() {
    let (mut app, _folder) = app();
    note(&mut app, "2026-08-18 20:00:00", 28_000, "某商家", None, "盗刷");
    let flag = of(&mut app, FlagKind::Disowned);
    let id = open(&mut app, &flag);
    assert_eq!(app.case_view(id, now()).unwrap().line.case.trouble, Trouble::UnknownTransaction);
    // Written on a row of a file, it says the same; taken back, it says nothing.
    note(&mut app, "2026-08-20 20:00:00", 15_000, "某健身", None, "");
    let row = app.list(&recourse::ledger::search::Query { limit: 9, ..Default::default() }).unwrap().lines[0]
        .transaction
        .id;
    app.annotate(row, "取消了还扣", now()).unwrap();
    assert_eq!(of(&mut app, FlagKind::SubscriptionChange).transactions[0].id, row);
    app.annotate(row, "", now()).unwrap();
    assert!(flags(&mut app).iter().all(|view| view.flag.kind != FlagKind::SubscriptionChange));
}
