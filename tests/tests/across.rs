//! One payment seen in two files, from the files to the flags: a wallet's bill and the history of the card behind it.

use recourse::app::{App, FileRead};
use recourse::detect::FlagKind;
use recourse::ledger::search::Query;
use recourse::ledger::{Moment, TransactionId};
use recourse::statements::Options;
use recourse::vault::Cost;
use recourse::worker;
use std::fmt::Write as _;
use std::path::Path;

/// The name of a file and what stands in it.
type File = (&'static str, String);

fn now() -> Moment {
    Moment::parse_from_rfc3339("2026-09-01T10:00:00+08:00").unwrap()
}

/// A flag as far as these tests look: its kind, its evidence as `provider day`, its words.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    kind: &'static str,
    rows: Vec<String>,
    zh: String,
}

/// What is flagged once these files were imported, one after another.
fn flags(files: &[File]) -> Vec<Told> {
    let folder = tempfile::tempdir().unwrap();
    let mut app = App::new(&folder.path().join("vault"), Cost::LOW).unwrap();
    app.create("correct horse", now()).unwrap();
    for (name, text) in files {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        let outcome =
            worker::read(Path::new(env!("CARGO_BIN_EXE_reader")), &file, &Options::default(), &mut |_| true);
        let plan = app.import_plan(vec![FileRead { name: (*name).into(), outcome }]).unwrap();
        assert!(plan.refused.is_empty(), "{name}: {:?}", plan.refused);
        assert!(plan.files.iter().all(|file| file.counts.unreadable == 0), "{name}");
        app.import_execute(plan.id, &[], now(), &mut |_, _| true).unwrap();
    }
    let lines = app.list(&Query { limit: u32::MAX, ..Query::default() }).unwrap().lines;
    let row = |id: &TransactionId| {
        let line = lines.iter().find(|line| line.transaction.id == *id).unwrap();
        format!("{} {}", line.transaction.provider, line.transaction.at.format("%m-%d %H:%M:%S"))
    };
    let told = |view: recourse::app::FlagView| Told {
        kind: view.flag.kind.name(),
        rows: view.flag.transactions.iter().map(row).collect(),
        zh: view.flag.explanation.zh,
    };
    let mut all: Vec<Told> = app.flags(false, now()).unwrap().into_iter().map(told).collect();
    all.sort();
    all
}

/// The same in either order of the files.
fn flags_of(a: &File, b: &File) -> Vec<Told> {
    let flags = self::flags(&[a.clone(), b.clone()]);
    assert_eq!(flags, self::flags(&[b.clone(), a.clone()]), "the order of imports");
    flags
}

fn only(flags: &[Told], kind: FlagKind) -> &Told {
    assert_eq!(flags.len(), 1, "{flags:#?}");
    assert_eq!(flags[0].kind, kind.name(), "{flags:#?}");
    &flags[0]
}

/// A WeChat bill: `time|type|party|item|amount|method|status`, and an ordinary payment each week from March to August.
fn wallet(rows: &[&str]) -> File {
    wallet_until("2026-08-31", rows)
}

fn wallet_until(end: &str, rows: &[&str]) -> File {
    let mut text = String::from(
        "微信支付账单明细,,,,,,,,\n----------------------微信支付账单明细列表--------------------,,,,,,,,\n",
    );
    text.push_str(
        "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n",
    );
    let weekly = days("2026-03-02", end, 7)
        .into_iter()
        .enumerate()
        .map(|(n, day)| format!("{day} 12:05:00|商户消费|面馆|午餐|{}.40|零钱|支付成功", 20 + n % 5));
    for (n, row) in weekly.chain(rows.iter().map(|row| (*row).to_owned())).enumerate() {
        let cells: Vec<&str> = row.split('|').collect();
        let &[time, what, party, item, amount, method, status] = &cells[..] else { panic!("{row}") };
        let way = if what.contains("退款") { "收入" } else { "支出" };
        writeln!(
            text,
            "{time},{what},{party},{item},{way},¥{amount},{method},{status},42000{n:023}\t,1000{n:014}\t,/"
        )
        .unwrap();
    }
    ("wallet.csv", text)
}

/// An Alipay bill: `time|party|item|way|amount|method|status`, and an ordinary payment each week until `end`.
fn bill_until(end: &str, rows: &[&str]) -> File {
    let mut text = String::from(
        "导出信息：\n支付宝账户：138******00\n------------------------支付宝支付科技有限公司  电子客户回单------------------------\n",
    );
    text.push_str("交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,\n");
    let weekly = days("2026-03-03", end, 7)
        .into_iter()
        .enumerate()
        .map(|(n, day)| format!("{day} 18:05:00|超市|日用|支出|{}.80|余额|交易成功", 30 + n % 5));
    for (n, row) in weekly.chain(rows.iter().map(|row| (*row).to_owned())).enumerate() {
        let cells: Vec<&str> = row.split('|').collect();
        let &[time, party, item, way, amount, method, status] = &cells[..] else { panic!("{row}") };
        writeln!(
            text,
            "{time},日用百货,{party},/,{item},{way},{amount},{method},{status},20260301{n:020}\t,M{n:012}\t,,"
        )
        .unwrap();
    }
    ("bill.csv", text)
}

/// The history of a card with the second: `time|amount|name|memo`.
fn card(rows: &[&str]) -> File {
    let mut text = String::from(
        "记账日期,记账时间,币别,金额,余额,交易名称,渠道,网点名称,附言,对方账户名,对方卡号/账号,对方开户行,借记卡号\n",
    );
    let weekly = days("2026-03-04", "2026-08-31", 7).into_iter();
    let weekly = weekly.map(|day| format!("{day} 20:10:09|-18.60|网上快捷支付|财付通-水果店"));
    let mut balance = 5_000_000_i64;
    for row in sorted(weekly.chain(rows.iter().map(|row| (*row).to_owned())).collect()) {
        let cells: Vec<&str> = row.split('|').collect();
        let &[time, amount, name, memo] = &cells[..] else { panic!("{row}") };
        let (day, clock) = time.split_once(' ').unwrap();
        balance += (amount.parse::<f64>().unwrap() * 100.0).round() as i64;
        let after = format!("{}.{:02}", balance / 100, balance % 100);
        writeln!(text, "{day},{clock},人民币,{amount},{after},{name},银企对接,-------------------,{memo},{memo},Z2004944000010N,-------------------,6217****0814").unwrap();
    }
    ("card.csv", text)
}

/// The history of a card with the day alone: `day|amount|summary|party`.
fn dated(rows: &[&str]) -> File {
    let mut text = String::from("记账日期,货币,交易金额,联机余额,交易摘要,对手信息,客户摘要\n");
    let weekly = days("2026-03-04", "2026-08-31", 7).into_iter();
    let weekly = weekly.map(|day| format!("{day}|-18.60|快捷支付|财付通-水果店"));
    let mut balance = 5_000_000_i64;
    for row in sorted(weekly.chain(rows.iter().map(|row| (*row).to_owned())).collect()) {
        let cells: Vec<&str> = row.split('|').collect();
        let &[day, amount, summary, party] = &cells[..] else { panic!("{row}") };
        balance += (amount.parse::<f64>().unwrap() * 100.0).round() as i64;
        writeln!(text, "{day},CNY,{amount},{}.{:02},{summary},{party},", balance / 100, balance % 100)
            .unwrap();
    }
    ("dated.csv", text)
}

fn sorted(mut rows: Vec<String>) -> Vec<String> {
    rows.sort();
    rows
}

fn days(from: &str, to: &str, step: usize) -> Vec<chrono::NaiveDate> {
    let (from, to): (chrono::NaiveDate, chrono::NaiveDate) = (from.parse().unwrap(), to.parse().unwrap());
    from.iter_days().take_while(|day| *day <= to).step_by(step).collect()
}

const BOC: &str = "中国银行储蓄卡(0814)";
const CMB: &str = "招商银行储蓄卡(8705)";

fn flight(clock: &str, method: &str, status: &str) -> String {
    format!("2026-08-20 {clock}|商户消费|春秋航空|机票订单|1280.00|{method}|{status}")
}

#[test]
fn a_failed_payment_that_the_card_shows_is_told_on_whichever_side_the_cards_row_stands() {
    let failed = flight("15:02:10", BOC, "支付失败");
    for clock in ["14:55:00", "15:02:09", "15:02:10", "15:02:11", "15:09:00"] {
        let debit = format!("2026-08-20 {clock}|-1280.00|网上快捷支付|财付通-春秋航空");
        let flags = flags_of(&wallet(&[&failed]), &card(&[&debit]));
        let told = only(&flags, FlagKind::FailedButDebited);
        assert_eq!(told.rows, ["wechat-pay 08-20 15:02:10".to_owned(), format!("boc 08-20 {clock}")]);
    }
    let failed = flight("15:02:10", CMB, "支付失败");
    for day in ["2026-08-20", "2026-08-21"] {
        let debit = format!("{day}|-1280.00|快捷支付|财付通-春秋航空");
        let flags = flags_of(&wallet(&[&failed]), &dated(&[&debit]));
        let told = only(&flags, FlagKind::FailedButDebited);
        assert_eq!(
            told.rows,
            ["wechat-pay 08-20 15:02:10".to_owned(), format!("cmb {} 00:00:00", &day[5..])]
        );
    }
}

#[test]
fn a_failed_payment_whose_money_came_back_or_paid_for_the_retry_is_quiet() {
    let debit = "2026-08-20 15:02:12|-1280.00|网上快捷支付|财付通-春秋航空";
    let failed = flight("15:02:10", BOC, "支付失败");
    for back in ["2026-08-20 15:04:00", "2026-08-22 09:00:00"] {
        let back = format!("{back}|1280.00|网上快捷退款|财付通-春秋航空");
        assert_eq!(flags_of(&wallet(&[&failed]), &card(&[debit, &back])), [], "{back}");
    }
    let paid = flight("15:02:12", BOC, "支付成功");
    assert_eq!(flags_of(&wallet(&[&failed, &paid]), &card(&[debit])), []);
    let again = "2026-08-20 15:02:13|-1280.00|网上快捷支付|财付通-春秋航空";
    let both = flags_of(&wallet(&[&failed, &paid]), &card(&[debit, again]));
    assert!(both.iter().any(|flag| flag.kind == "failed-but-debited"), "{both:#?}");
    // The card writes the day alone.
    let debit = "2026-08-20|-1280.00|快捷支付|财付通-春秋航空";
    let back = "2026-08-20|1280.00|快捷退款|财付通-春秋航空";
    let (failed, paid) = (flight("15:02:10", CMB, "支付失败"), flight("16:40:00", CMB, "支付成功"));
    assert_eq!(flags_of(&wallet(&[&failed, &paid]), &dated(&[debit])), []);
    assert_eq!(flags_of(&wallet(&[&failed]), &dated(&[debit, back])), []);
    assert_eq!(flags_of(&wallet(&[&failed]), &dated(&[])), []);
}

#[test]
fn a_line_of_the_card_that_the_wallet_does_not_know_is_a_charge_too_many() {
    let paid = format!("2026-08-10 13:05:11|商户消费|海底捞火锅|堂食消费|412.60|{BOC}|支付成功");
    let first = "2026-08-10 13:05:12|-412.60|网上快捷支付|财付通-海底捞火锅";
    for clock in ["13:05:13", "13:05:59", "13:20:00"] {
        let second = format!("2026-08-10 {clock}|-412.60|网上快捷支付|财付通-海底捞火锅");
        let flags = flags_of(&wallet(&[&paid]), &card(&[first, &second]));
        let told = only(&flags, FlagKind::DuplicateCharge);
        let rows =
            [format!("boc 08-10 {clock}"), "boc 08-10 13:05:12".into(), "wechat-pay 08-10 13:05:11".into()];
        assert_eq!(told.rows, rows);
        assert!(told.zh.contains("只有一次付款") && told.zh.contains("¥412.60"), "{}", told.zh);
    }
    let second = "2026-08-10 13:20:00|-412.60|网上快捷支付|财付通-海底捞火锅";
    let back = "2026-08-12 10:00:00|412.60|网上快捷退款|财付通-海底捞火锅";
    assert_eq!(flags_of(&wallet(&[&paid]), &card(&[first, second, back])), [], "it came back");
    let twice = paid.replace("13:05:11", "13:19:59");
    let both = flags_of(&wallet(&[&paid, &twice]), &card(&[first, second]));
    assert!(both.iter().all(|flag| !flag.zh.contains("只有一次付款")), "two payments: {both:#?}");
    // A file that ends before the second line does not know it yet.
    assert_eq!(flags_of(&wallet_until("2026-08-10", &[&paid]), &card(&[first, second])), []);
}

#[test]
fn a_card_that_writes_the_day_alone_tells_a_charge_too_many_as_well_and_two_meals_are_two() {
    let paid = format!("2026-08-10 13:05:11|商户消费|火锅店|堂食|412.60|{CMB}|支付成功");
    let bought = format!("2026-08-10 13:05:11|苏宁易购|吹风机|支出|399.00|{CMB}|交易成功");
    let bill = bill_until("2026-08-31", &[&bought]);
    let charged = "2026-08-10|-399.00|快捷支付|支付宝-苏宁易购";
    only(&flags_of(&bill, &dated(&[charged, charged])), FlagKind::DuplicateCharge);
    let line = "2026-08-10|-412.60|快捷支付|财付通-火锅店";
    only(&flags_of(&wallet(&[&paid]), &dated(&[line, line])), FlagKind::DuplicateCharge);
    let supper = paid.replace("13:05:11", "19:40:00");
    assert_eq!(flags_of(&wallet(&[&paid, &supper]), &dated(&[line, line])), []);
}

#[test]
fn a_refund_that_stands_on_the_card_alone_has_come() {
    let closed = format!("2026-07-01 13:05:00|服饰旗舰店|连衣裙|支出|329.00|{BOC}|交易关闭");
    let bill = bill_until("2026-08-31", &[&closed]);
    let paid = "2026-07-01 13:05:02|-329.00|网上快捷支付|支付宝-服饰旗舰店";
    only(&flags_of(&bill, &card(&[paid])), FlagKind::RefundMissing);
    for back in ["网上快捷退款|支付宝-服饰旗舰店", "退款|服饰旗舰店", "快捷退货|支付宝-服饰"]
    {
        let back = format!("2026-07-04 10:00:00|329.00|{back}");
        assert_eq!(flags_of(&bill, &card(&[paid, &back])), [], "{back}");
    }
    let other = "2026-07-04 10:00:00|329.00|网上快捷退款|支付宝-小吃店";
    only(&flags_of(&bill, &card(&[paid, other])), FlagKind::RefundMissing);
}

#[test]
fn what_should_have_come_is_waited_for_to_the_end_of_its_own_wallets_files() {
    let held = "2026-07-01 13:05:00|哈啰租车|押金-冻结|不计收支|500.00|余额|冻结成功";
    let ends = bill_until("2026-07-03", &[held]);
    assert_eq!(flags_of(&ends, &wallet(&[])), []);
    let flags = flags_of(&bill_until("2026-08-31", &[held]), &wallet(&[]));
    only(&flags, FlagKind::ForgottenHold);
}

#[test]
fn one_more_file_never_costs_a_flag() {
    let scam = format!("2026-08-20 14:31:00|转账|张经理|刷单垫付本金|3000.00|{CMB}|对方已收钱");
    let tried = format!("2026-08-21 02:10:00|商户消费|深圳某商贸|订单|1.00|{CMB}|支付成功");
    let taken = format!("2026-08-21 02:31:00|商户消费|深圳某商贸|订单|2980.00|{CMB}|支付成功");
    let wallet = wallet(&[&scam, &tried, &taken]);
    let alone = self::flags(std::slice::from_ref(&wallet));
    assert!(alone.len() >= 2, "{alone:#?}");
    let lines = [
        "2026-08-20|-3000.00|快捷支付|财付通-微信转账",
        "2026-08-21|-1.00|快捷支付|财付通-深圳某商贸",
        "2026-08-21|-2980.00|快捷支付|财付通-深圳某商贸",
    ];
    let seen = |flags: Vec<Told>| flags.into_iter().map(|flag| (flag.kind, flag.rows)).collect::<Vec<_>>();
    assert_eq!(seen(flags_of(&wallet, &dated(&lines))), seen(alone));
}

#[test]
fn a_day_alone_is_no_night() {
    let flags = flags(&[dated(&["2026-07-20|-8000.00|转账|李国强"])]);
    let told = only(&flags, FlagKind::NewPayee);
    assert!(!told.zh.contains("深夜"), "{}", told.zh);
}

/// Eight months of one price in dollars, the last of them at `last`; with them, in the rows of `row`, what was bought at
/// home.
fn abroad(head: &str, last: f64, row: impl Fn(u32, &str, &str, f64, f64) -> String) -> String {
    let mut text = String::from(head);
    for (month, rate) in (1..).zip([7.18, 7.20, 7.21, 7.19, 7.22, 7.20, 7.21, last]) {
        text.push_str(&row(month, "财付通-面馆", "CN", 20.4, 20.4));
        text.push_str(&row(month, "NETFLIX.COM", "US", 15.49, 15.49 * rate));
    }
    text
}

#[test]
fn what_was_asked_abroad_is_kept_from_a_cards_bill_and_a_dear_conversion_is_told() {
    let code = |country: &str| if country == "US" { "USD" } else { "CNY" };
    let named = |country: &str| if country == "US" { "美元" } else { "人民币" };
    let bocom = |last| {
        abroad(
            "交易日期,记账日期,交易说明,交易币种/金额,入账币种/金额\n",
            last,
            |month, who, country, asked, paid| {
                format!(
                    "2026-{month:02}-15,2026-{month:02}-16,{who},{} {asked:.2},CNY {paid:.2}\n",
                    code(country)
                )
            },
        )
    };
    let cgb = |last| {
        let head = "交易日期,入账日期,交易摘要,交易金额,交易货币,入账金额,入账货币\n";
        abroad(head, last, |month, who, country, asked, paid| {
            format!(
                "2026/{month:02}/15,2026/{month:02}/16,（消费）{who},{asked:.2},{},{paid:.2},人民币\n",
                named(country)
            )
        })
    };
    let icbc = |last| {
        let head = "卡号: 6222****1234\n交易日期,记账日期,摘要,交易场所,交易国家或地区简称,钞/汇,交易金额(收入),交易金额(支出),交易币种,记账金额(收入),记账金额(支出),记账币种,余额,对方户名\n";
        abroad(head, last, |month, who, country, asked, paid| {
            let currency = named(country);
            format!(
                "2026-{month:02}-15,2026-{month:02}-16,消费,{who},,钞,-,{asked:.2},{currency},-,{paid:.2},人民币,-100.00,\n"
            )
        })
    };
    let cmb = |last| {
        let head = "招商银行信用卡对账单（个人消费卡账户 2026年08月）\n交易日,记账日,交易摘要,人民币金额,卡号末四位,交易地金额\n";
        abroad(head, last, |month, who, country, asked, paid| {
            format!("{month:02}/15,{month:02}/16,{who},{paid:.2},1234,{asked:.2}({country})\n")
        })
    };
    for (name, dear, usual) in [
        ("bocom.csv", bocom(7.92), bocom(7.25)),
        ("cgb.csv", cgb(7.92), cgb(7.25)),
        ("icbc.csv", icbc(7.92), icbc(7.25)),
        ("cmb.csv", cmb(7.92), cmb(7.25)),
    ] {
        let flags = flags(&[(name, dear)]);
        let told = only(&flags, FlagKind::CurrencyOvercharge);
        assert!(told.zh.contains("1 USD = 7.9"), "{name}: {}", told.zh);
        assert_eq!(self::flags(&[(name, usual)]), [], "{name}");
    }
}
