//! Trouble of every kind in several shapes, about one kind in three a ledger, labelled.

use super::dialect::{Foreign, Sort, State, Way};
use super::life::{place, someone};
use super::twins::{hold, monthly};
use super::{DAY, HOUR, Purse, Row, yuan};

type Trouble = fn(&mut Purse, &'static str, u32);

/// Every kind, by its name.
pub(super) const TROUBLES: &[(&str, Trouble)] = &[
    ("duplicate", duplicate),
    ("raised", raised),
    ("renewed", renewed),
    ("trial", trial),
    ("refund-missing", refund_missing),
    ("refund-short", refund_short),
    ("closed", closed),
    ("failed", failed),
    ("fee", fee),
    ("rate", rate),
    ("test-charge", test_charge),
    ("emptied", emptied),
    ("new-payee", new_payee),
    ("scam", scam),
    ("typo", typo),
    ("balance", balance),
    ("hold", forgotten),
];

pub(super) fn add(purse: &mut Purse) {
    for &(kind, trouble) in TROUBLES {
        if purse.chance(30) {
            purse.incidents += 1;
            let incident = purse.incidents;
            trouble(purse, kind, incident);
        }
    }
}

fn duplicate(purse: &mut Purse, kind: &'static str, incident: u32) {
    let sort = purse.one(&[Sort::Food, Sort::Grocery, Sort::Shopping, Sort::Fun]);
    let (day, shop) = (purse.day(20, 8), purse.shop(sort));
    let (at, sum) = (purse.moment(day, 8, 23), purse.between(1_800, 90_000));
    let mut row = Row::new(at, &shop, sum, sort);
    if sort == Sort::Shopping {
        row = row.item("行李箱").way(Way::Online);
    }
    let mut again = row.clone();
    match purse.dice.below(4) {
        0 => {
            (row.order, row.shop) = (purse.number(), purse.number());
            (again.order, again.shop) = (row.order, row.shop);
            again.at += purse.between(20, 5 * DAY);
        }
        1 => {
            row.shop = purse.number();
            again.shop = row.shop;
            again.at += purse.between(2, 1_800);
        }
        2 => again.at += purse.between(2, 120),
        _ => again.at += purse.between(60, 1_800),
    }
    purse.add(row);
    purse.add(again.wrong(kind, incident));
}

fn raised(purse: &mut Purse, kind: &'static str, incident: u32) {
    let (turns, old) = (purse.between(3, 6), purse.between(8, 260) * 100 - 100 * purse.between(0, 1) / 100);
    let new = old + old * purse.between(5, 60) / 100;
    let latest = (purse.days - 30 * (turns + 1)).max(1);
    let from = purse.between(0, latest.min(80));
    let (payee, item) = purse.one(&[
        ("星河影视", "连续包月"),
        ("跃动健身", "月卡代扣"),
        ("Stream Plus", "Premium plan"),
        ("云端硬盘", "容量续费"),
        ("知识星图", ""),
    ]);
    let rows =
        monthly(
            purse,
            from,
            turns + 2,
            payee,
            Sort::Subscription,
            |turn| if turn < turns { old } else { new },
        );
    for (turn, row) in rows.into_iter().enumerate() {
        let row = row.item(item);
        purse.add(if turn as i64 == turns { row.wrong(kind, incident) } else { row });
    }
}

fn renewed(purse: &mut Purse, kind: &'static str, incident: u32) {
    let (turns, from) = (purse.between(2, 5), purse.between(2, 30));
    let (payee, item) =
        purse.one(&[("轻断食助手", "会员月费"), ("Design Hub", "Pro monthly"), ("漫画岛", "")]);
    let rows = monthly(purse, from, turns + 1, payee, Sort::Subscription, |_| 2_990);
    let noted = rows[rows.len() - 2].at + purse.between(1, 25) * DAY;
    for (turn, row) in rows.into_iter().enumerate() {
        let row = row.item(item);
        purse.add(if turn as i64 == turns { row.wrong(kind, incident) } else { row });
    }
    let item = if purse.chance(50) { item } else { "" };
    purse.notes.push((noted, payee.to_owned(), item.to_owned()));
}

fn trial(purse: &mut Purse, kind: &'static str, incident: u32) {
    let (day, cost) = (purse.day(10, 35), purse.one(&[0, 1, 100, 190, 990]));
    let (at, wait) = (purse.moment(day, 8, 24), purse.one(&[3, 7, 14, 30]));
    let price = purse.between(19, 400) * 100;
    let payee = purse.one(&["简历大师", "AI写真馆", "VPN Master", "天天瑜伽", "星座解析"]);
    let (first, then) = purse.one(&[
        ("体验会员", "会员费"),
        ("3天体验", "自动续费"),
        ("试用", "正式版年费"),
        ("Trial", "Renewal"),
        ("首周1元", "连续包周"),
        ("免费体验卡", "季度会员"),
    ]);
    purse.add(Row::new(at, payee, cost, Sort::Subscription).item(first).way(Way::App));
    let row = Row::new(at + wait * DAY, payee, price, Sort::Subscription).item(then).way(Way::Auto);
    purse.add(row.wrong(kind, incident));
}

fn refund_missing(purse: &mut Purse, kind: &'static str, incident: u32) {
    let (day, shop) = (purse.day(20, 5), purse.shop(Sort::Shopping));
    let (at, sum) = (purse.moment(day, 8, 23), purse.between(30, 2_000) * 100);
    let mut row = Row::new(at, &shop, sum, Sort::Shopping).item("外套").way(Way::Online);
    (row.order, row.shop) = (purse.number(), purse.number());
    match purse.dice.below(3) {
        0 => purse.add(row.state(State::Refunding).moves(-sum).wrong(kind, incident)),
        1 => {
            let notice = purse.notice(&row);
            purse.add(row);
            purse.add(notice.wrong(kind, incident));
        }
        _ => {
            let memo = purse.one(&[
                "客服承诺3天内退款",
                "已同意退款，1-3个工作日到账",
                "商家说会退款",
                "待退款",
                "refund promised",
                "退货已签收，等退款",
            ]);
            purse.add(row.memo(memo).wrong(kind, incident));
        }
    }
}

fn refund_short(purse: &mut Purse, kind: &'static str, incident: u32) {
    let (day, shop) = (purse.day(20, 12), purse.shop(Sort::Shopping));
    let (at, sum) = (purse.moment(day, 8, 23), purse.between(60, 1_500) * 100);
    let (part, wait) = (sum * purse.between(30, 90) / 100, purse.between(HOUR, 7 * DAY));
    let mut paid = Row::new(at, &shop, sum, Sort::Shopping).item("显示器").way(Way::Online);
    let shape = purse.dice.below(3);
    if shape == 0 {
        paid = paid.memo("整单退货，全额退款");
    }
    let last = purse.refunded(paid, wait, Some(part));
    if shape == 1 {
        let paid = purse.rows.len() - 2;
        purse.rows[paid].state = State::Closed;
        purse.rows[paid].status = None;
    }
    let back = &mut purse.rows[last];
    back.trouble = Some((kind, incident));
    if shape == 2 {
        back.memo = format!("应退{}", yuan(sum));
    }
}

fn closed(purse: &mut Purse, kind: &'static str, incident: u32) {
    let (day, shop) = (purse.day(20, 5), purse.shop(Sort::Shopping));
    let (at, sum) = (purse.moment(day, 8, 23), purse.between(30, 2_000) * 100);
    let row = Row::new(at, &shop, sum, Sort::Shopping).item("平板").way(Way::Online).state(State::Closed);
    purse.add(row.moves(-sum).wrong(kind, incident));
}

fn failed(purse: &mut Purse, kind: &'static str, incident: u32) {
    let (day, sum) = (purse.day(15, 4), purse.between(15, 1_500) * 100);
    let (at, shop) = (purse.moment(day, 8, 22), purse.shop(Sort::Food));
    let memo = purse.one(&["", "", "", "显示失败但已扣款"]);
    let row = Row::new(at, &shop, sum, Sort::Food).way(Way::App).state(State::Failed).memo(memo);
    purse.add(row.moves(-sum).wrong(kind, incident));
    if purse.chance(40) {
        purse.add(Row::new(at + 200, &shop, sum, Sort::Food).way(Way::App));
    }
}

fn fee(purse: &mut Purse, kind: &'static str, incident: u32) {
    let day = purse.day(15, 3);
    let at = purse.moment(day, 0, 24);
    let (payee, item, sort) = purse.one(&[
        ("借款平台", "逾期利息", Sort::Credit),
        ("白条账单", "违约金", Sort::Credit),
        ("信用卡中心", "滞纳金", Sort::Fee),
        ("钱包服务", "账户休眠费", Sort::Fee),
        ("支付平台", "跨境服务费", Sort::Fee),
        ("Card Center", "overdraft fee", Sort::Fee),
        ("钱包服务", "月度服务费", Sort::Fee),
        ("分期付款", "分期手续费", Sort::Credit),
    ]);
    let sum = purse.between(150, 30_000);
    purse.add(Row::new(at, payee, sum, sort).item(item).way(Way::Auto).wrong(kind, incident));
}

/// A payment in another currency at this charged rate, in thousandths, where the rate of the day was `quoted`.
pub(super) fn abroad(
    purse: &Purse,
    mut row: Row,
    cents: i64,
    unit: &'static str,
    quoted: i64,
    charged: i64,
) -> Row {
    let yen = cents * charged / 1_000;
    let (foreign, local) = (yuan(cents), yuan(yen));
    let rate = format!("{}.{:03}", quoted / 1_000, quoted % 1_000);
    row = row.card();
    row.amount = yen;
    match purse.dialect.foreign {
        Foreign::Memo => row.memo = format!("{unit} {foreign}"),
        Foreign::Quoted => row.memo = format!("{unit} {foreign} @{rate}"),
        Foreign::Column => {
            row.currency = unit;
            row.memo = format!("{unit} {foreign}");
        }
        Foreign::Item => {
            row.item = format!("{} {unit} {foreign}", row.payee);
            row.memo = format!("汇率{rate}");
        }
        Foreign::Native => {
            row.currency = unit;
            row.amount = cents;
            row.memo = format!("折合人民币{local}");
        }
    }
    row
}

fn rate(purse: &mut Purse, kind: &'static str, incident: u32) {
    let (turns, day) = (purse.between(4, 8), purse.day(0, 150));
    let wrong = purse.between(3, turns - 1);
    let (payee, quoted_too) = (purse.one(&["Tokyo Books", "Steam Wallet", "Airline EU"]), purse.chance(50));
    for turn in 0..turns {
        let (usual, cents) = (7_200 + purse.between(-100, 100), purse.between(500, 30_000));
        let dear = if turn == wrong { usual * purse.between(105, 125) / 100 } else { usual };
        let at = purse.moment(day + turn * 17, 8, 23);
        let row = Row::new(at, payee, 0, Sort::Shopping).way(Way::Online);
        let quoted = if quoted_too { dear } else { usual };
        let row = abroad(purse, row, cents, "USD", quoted, dear);
        purse.add(if turn == wrong { row.wrong(kind, incident) } else { row });
    }
}

fn test_charge(purse: &mut Purse, kind: &'static str, incident: u32) {
    let (day, gap) = (purse.day(15, 4), purse.one(&[60, 300, 1_800, 4 * HOUR, 20 * HOUR]));
    let (at, little) = (purse.moment(day, 0, 24), purse.one(&[1, 10, 100, 100, 199]));
    let sum = purse.between(800, 9_000) * 100;
    let payee = purse.one(&["QX Trading", "环球数码代充", "Web Pay Ltd", "恒信商贸"]).to_owned();
    let second =
        if purse.chance(70) { payee.clone() } else { place(&mut purse.dice, Sort::Shopping) + "海外" };
    let row = |payee: &str, at, sum| Row::new(at, payee, sum, Sort::Shopping).way(Way::Online).card();
    let small = row(&payee, at, little);
    purse.add(small.wrong(kind, incident));
    purse.add(row(&second, at + gap, sum).wrong(kind, incident));
}

fn emptied(purse: &mut Purse, kind: &'static str, incident: u32) {
    let (day, who) = (purse.day(15, 4), someone(&mut purse.dice));
    let at = purse.moment(day, 0, 24);
    for piece in 0..purse.between(0, 3) {
        let sum = purse.between(50, 400) * 100;
        let row = Row::new(at + piece * 150, &who, sum, Sort::Transfer).way(Way::App).moves(-sum);
        purse.add(row.wrong(kind, incident));
    }
    let mut row = Row::new(at + 900, &who, 0, Sort::Transfer).way(Way::App);
    row.leave = Some(purse.one(&[0, 0, 37, 512]));
    purse.add(row.wrong(kind, incident));
}

fn new_payee(purse: &mut Purse, kind: &'static str, incident: u32) {
    let (day, who) = (purse.day(15, 4), someone(&mut purse.dice));
    let (from, until) = purse.one(&[(0, 5), (0, 5), (9, 22)]);
    let (at, sum) = (purse.moment(day, from, until), purse.between(30, 400) * 10_000);
    let row = Row::new(at, &who, sum, Sort::Transfer).way(Way::App);
    let row = if purse.chance(50) { row.card() } else { row };
    purse.add(row.wrong(kind, incident));
}

fn scam(purse: &mut Purse, kind: &'static str, incident: u32) {
    let (day, who) = (purse.day(10, 3), someone(&mut purse.dice));
    let (at, sum) = (purse.moment(day, 8, 24), purse.between(200, 30_000) * 100);
    let words = purse.one(&[
        "转入安全账户核查",
        "刷单任务本金",
        "垫付任务第3单",
        "解冻账户费用",
        "贷款激活费",
        "征信修复服务",
        "提现保证金",
        "流水不足 补流水",
        "内幕消息 投资入金",
        "客服退款 保证金",
        "冒充领导 急用",
        "虚拟币充值 带单老师",
        "快递理赔 验证金",
        "注销校园贷",
    ]);
    let row = Row::new(at, &who, sum, Sort::Transfer).way(Way::App);
    let row = if purse.chance(30) && purse.dialect.items { row.item(words) } else { row.memo(words) };
    purse.add(row.wrong(kind, incident));
}

fn typo(purse: &mut Purse, kind: &'static str, incident: u32) {
    let (usual, near) = purse.one(&[
        ("陆己成", "陆已成"),
        ("夏雨晴", "夏雨睛"),
        ("范思哲", "范思喆"),
        ("诸葛明远", "诸葛明元"),
        ("钟琳", "钟淋"),
        ("OK物业管理", "0K物业管理"),
        ("张婷婷", "张婷亭"),
        ("Michael Chen", "Micheal Chen"),
        ("傅国栋(6222****0187)", "傅国栋(6222****0178)"),
        ("袁浩然", "袁皓然"),
    ]);
    let (turns, sum) = (purse.between(3, 7), purse.between(5, 60) * 5_000);
    let from = purse.between(0, 30);
    for turn in 0..=turns {
        let at = purse.moment(from + turn * 23, 8, 22);
        let sum = if purse.chance(70) { sum } else { sum / 2 };
        let row = Row::new(at, if turn == turns { near } else { usual }, sum, Sort::Transfer).way(Way::App);
        purse.add(if turn == turns { row.wrong(kind, incident) } else { row });
    }
}

fn balance(purse: &mut Purse, kind: &'static str, incident: u32) {
    let (day, shop) = (purse.day(15, 4), purse.shop(Sort::Grocery));
    let (at, sum) = (purse.moment(day, 8, 22), purse.between(10, 300) * 100);
    let off = purse.between(1, 150) * 100;
    let off = if purse.chance(80) { off } else { -off.min(sum - 100) };
    purse.add(Row::new(at, &shop, sum, Sort::Grocery).moves(-sum - off).wrong(kind, incident));
}

fn forgotten(purse: &mut Purse, kind: &'static str, incident: u32) {
    let day = purse.day(15, 35);
    let at = purse.moment(day, 8, 23);
    let (held, _) = hold(purse, at);
    purse.add(held.wrong(kind, incident));
}
