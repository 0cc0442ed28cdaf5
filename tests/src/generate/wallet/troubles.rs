//! Trouble of every kind, a few a ledger, labelled.

use super::life::someone;
use super::{DAY, Effect, Making, Row, Told};

type Trouble = fn(&mut Making, &'static str, u32);

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
    ("hold", hold),
];

/// Adds about five troubles of different kinds.
pub(super) fn add(making: &mut Making) {
    for &(kind, trouble) in TROUBLES {
        // A file without balances shows no slip of one.
        let shows = kind != "balance" || making.person.balances;
        if making.chance(30) && shows {
            let incident = making.incident();
            trouble(making, kind, incident);
        }
    }
}

fn duplicate(making: &mut Making, kind: &'static str, incident: u32) {
    let (day, sum) = (making.later_day(30, 3), making.between(2_500, 60_000));
    let at = making.moment(day, 9, 22);
    let gap = making.between(4, 170);
    let shop = ["永安超市", "川味小馆", "数码专营店", "加油站", "药房连锁"][making.dice.below(5) as usize];
    let mut row = Row::new(at, shop, sum, "日用百货").item("消费");
    if making.chance(50) {
        row.merchant_order_no = format!("M{:012}", making.dice.below(999_999_999_999));
    }
    let mut again = row.clone().wrong(kind, incident);
    again.at += gap;
    making.done(row);
    making.done(again);
}

fn series(
    making: &mut Making,
    from: i64,
    turns: i64,
    payee: &str,
    item: &str,
    price: impl Fn(i64) -> i64,
) -> Vec<Row> {
    let hour = making.between(1, 20) * 3600;
    (0..turns)
        .map(|turn| {
            Row::new(
                (from + turn * 30) * DAY + hour + making.between(0, 7_000),
                payee,
                price(turn),
                "文化休闲",
            )
            .item(item)
        })
        .collect()
}

fn raised(making: &mut Making, kind: &'static str, incident: u32) {
    let (turns, from) = (making.between(4, 7), making.between(10, 60));
    let old = making.between(9, 60) * 100;
    let new = old + old * making.between(15, 80) / 100;
    let rows = series(making, from, turns + 2, "极光视频", "黄金会员自动续费", |turn| {
        if turn < turns { old } else { new }
    });
    for (turn, row) in rows.into_iter().enumerate() {
        let first = i64::try_from(turn).is_ok_and(|turn| turn == turns);
        making.done(if first { row.wrong(kind, incident) } else { row });
    }
}

fn renewed(making: &mut Making, kind: &'static str, incident: u32) {
    let (turns, from) = (making.between(3, 6), making.between(10, 90));
    let rows = series(making, from, turns + 1, "每日英语", "年轻人计划 自动续费", |_| 3_800);
    let last = rows[rows.len() - 2].at;
    for (turn, row) in rows.into_iter().enumerate() {
        let after = i64::try_from(turn).is_ok_and(|turn| turn == turns);
        making.done(if after { row.wrong(kind, incident) } else { row });
    }
    let at = last + making.between(1, 28) * DAY;
    making.ledger.told.push(Told {
        at,
        payee: "每日英语".to_owned(),
        item: "年轻人计划 自动续费".to_owned(),
    });
}

fn trial(making: &mut Making, kind: &'static str, incident: u32) {
    let day = making.later_day(20, 40);
    let at = making.moment(day, 9, 23);
    let (cost, wait) =
        ([0, 1, 100, 990][making.dice.below(4) as usize], [7, 14, 30][making.dice.below(3) as usize]);
    let price = making.between(25, 300) * 100;
    let item = ["7天免费试用", "会员试用", "Pro free trial"][making.dice.below(3) as usize];
    making.done(Row::new(at, "修图大师", cost, "生活服务").item(item));
    making.done(
        Row::new(at + wait * DAY, "修图大师", price, "生活服务").item("会员自动续费").wrong(kind, incident),
    );
}

fn refund_missing(making: &mut Making, kind: &'static str, incident: u32) {
    let (day, sum) = (making.later_day(35, 5), making.between(60, 1_500) * 100);
    let at = making.moment(day, 9, 22);
    match making.dice.below(3) {
        0 => {
            let row = Row::new(at, "鞋靴专营店", sum, "网购").item("运动鞋").status("退款处理中");
            making.add(row.effect(Effect::Takes).wrong(kind, incident));
        }
        1 => {
            making.done(Row::new(at, "鞋靴专营店", sum, "网购").item("运动鞋"));
            let row = Row::new(at + 3 * DAY, "鞋靴专营店", sum, "退款")
                .item("退款-运动鞋")
                .status("退款申请已通过");
            making.add(row.direction("neutral").effect(Effect::Nothing).wrong(kind, incident));
        }
        _ => {
            making.done(
                Row::new(at, "鞋靴专营店", sum, "网购")
                    .item("运动鞋")
                    .memo("商家承诺退款，未到账")
                    .wrong(kind, incident),
            );
        }
    }
}

fn refund_short(making: &mut Making, kind: &'static str, incident: u32) {
    let (day, sum) = (making.later_day(35, 20), making.between(80, 900) * 100);
    let at = making.moment(day, 9, 22);
    let part = sum * making.between(30, 85) / 100;
    let before = making.ledger.rows.len();
    let item = ["羽绒服 退货退款", "整单退货 羽绒服", "羽绒服"][making.dice.below(3) as usize];
    making.refunded(Row::new(at, "家居生活馆", sum, "网购").item(item), 4, Some(part));
    let refund = &mut making.ledger.rows[before + 1];
    refund.trouble = Some((kind, incident));
    if item == "羽绒服" {
        refund.memo = format!("应退{}.00元", sum / 100);
    }
}

fn closed(making: &mut Making, kind: &'static str, incident: u32) {
    let (day, sum) = (making.later_day(35, 5), making.between(60, 1_500) * 100);
    let at = making.moment(day, 9, 22);
    // Where no balance shows that it was paid, or orders that were given back read the same, the row says so.
    let shown = making.person.balances && making.person.refunded != "交易关闭";
    let memo = if shown { "" } else { "付款成功后订单关闭" };
    let row = Row::new(at, "美妆严选", sum, "网购").item("礼盒").status("交易关闭").memo(memo);
    making.add(row.effect(Effect::Takes).wrong(kind, incident));
}

fn failed(making: &mut Making, kind: &'static str, incident: u32) {
    let (day, sum) = (making.later_day(30, 5), making.between(30, 1_500) * 100);
    let at = making.moment(day, 9, 22);
    let row = Row::new(at, "加油站", sum, "交通出行").item("92号汽油").status("支付失败");
    making.add(row.effect(Effect::Takes).wrong(kind, incident));
}

fn fee(making: &mut Making, kind: &'static str, incident: u32) {
    let day = making.later_day(30, 5);
    let at = making.moment(day, 0, 24);
    let (who, item) = [
        ("消费信贷", "逾期罚息"),
        ("消费信贷", "分期提前还款违约金"),
        ("支付账户", "账户管理费"),
        ("信用卡中心", "循环利息"),
        ("支付账户", "短信通知服务费"),
        ("小额贷款", "Late fee"),
    ][making.dice.below(6) as usize];
    let sum = making.between(200, 20_000);
    making.done(Row::new(at, who, sum, "信用借还").item(item).wrong(kind, incident));
}

fn rate(making: &mut Making, kind: &'static str, incident: u32) {
    let turns = making.between(5, 9);
    let wrong = making.between(4, turns - 1);
    let from = making.between(10, 60);
    let card = making.person.card.clone();
    for turn in 0..turns {
        let dollars = making.between(8, 60) * 100 + 99;
        let usual = 7_200 + making.between(-80, 80);
        let rate = if turn == wrong { usual * making.between(106, 118) / 100 } else { usual };
        let at = making.moment(from + turn * 25, 9, 23);
        let item = format!("Order USD {}.{:02}", dollars / 100, dollars % 100);
        let row = Row::new(at, "Overseas Store", dollars * rate / 1_000, "网购").item(&item).by(&card);
        making.done(if turn == wrong { row.wrong(kind, incident) } else { row });
    }
}

fn test_charge(making: &mut Making, kind: &'static str, incident: u32) {
    let day = making.later_day(30, 5);
    let at = making.moment(day, 0, 24);
    let shop = format!("GLB*PAY{}", making.dice.below(9_999));
    let card = making.person.card.clone();
    let (cents, sum) = (making.between(1, 100), making.between(300, 6_000) * 100);
    let gap = making.between(60, 20_000);
    making.done(Row::new(at, &shop, cents, "网购").by(&card).wrong(kind, incident));
    making.done(Row::new(at + gap, &shop, sum, "网购").by(&card).wrong(kind, incident));
}

fn emptied(making: &mut Making, kind: &'static str, incident: u32) {
    let (day, who) = (making.later_day(30, 5), someone(&mut making.dice));
    let at = making.moment(day, 0, 24);
    let shares: &[i64] = if making.chance(50) { &[100] } else { &[40, 60, 100] };
    for (turn, share) in shares.iter().enumerate() {
        let mut row = Row::new(at + 240 * i64::try_from(turn).unwrap_or(0), &who, 0, "转账红包").memo("转账");
        row.share = Some(*share);
        making.done(row.wrong(kind, incident));
    }
}

fn new_payee(making: &mut Making, kind: &'static str, incident: u32) {
    let (day, who) =
        (making.later_day(30, 5), format!("*{}", someone(&mut making.dice).chars().last().unwrap_or('某')));
    let at = if making.chance(60) { making.moment(day, 0, 5) } else { making.moment(day, 9, 23) };
    let sum = making.between(30, 300) * 10_000;
    let card = making.person.card.clone();
    making.done(Row::new(at, &who, sum, "转账红包").memo("转账").by(&card).wrong(kind, incident));
}

fn scam(making: &mut Making, kind: &'static str, incident: u32) {
    let (day, who) = (making.later_day(20, 5), someone(&mut making.dice));
    let at = making.moment(day, 8, 24);
    let words = [
        "安全账户",
        "解冻费",
        "刷单垫付",
        "贷款保证金",
        "征信修复",
        "做任务返佣 充值",
        "公安资金核查",
        "中奖 手续费",
        "会员退费 验证转账",
        "杀猪盘投资平台入金",
        "游戏账号交易 解冻保证金",
    ];
    let memo = making.dice.pick(&words);
    let sum = making.between(300, 20_000) * 100;
    let card = making.person.card.clone();
    making.done(Row::new(at, &who, sum, "转账红包").memo(memo).by(&card).wrong(kind, incident));
}

fn typo(making: &mut Making, kind: &'static str, incident: u32) {
    let usual = ["欧阳志远", "司马相宜", "陈建国(6217****1234)", "周海燕(138****5678)"]
        [making.dice.below(4) as usize];
    let near = match usual {
        "欧阳志远" => "欧阳致远",
        "司马相宜" => "司马湘宜",
        "陈建国(6217****1234)" => "陈建国(6217****1243)",
        _ => "周海燕(138****5679)",
    };
    let (sum, from, turns) = (making.between(3, 30) * 10_000, making.between(5, 60), making.between(4, 7));
    let card = making.person.card.clone();
    for turn in 0..=turns {
        let at = making.moment(from + turn * 30, 9, 21);
        let row = |who: &str| Row::new(at, who, sum, "转账红包").memo("转账").by(&card);
        making.done(if turn == turns { row(near).wrong(kind, incident) } else { row(usual) });
    }
}

fn balance(making: &mut Making, kind: &'static str, incident: u32) {
    let (day, sum) = (making.later_day(30, 5), making.between(10, 200) * 100);
    let at = making.moment(day, 9, 22);
    let off = making.between(3, 200) * 100;
    let row = Row::new(at, "永安超市", sum, "日用百货").effect(Effect::Off(-off));
    making.done(row.wrong(kind, incident));
}

/// Money held that should have been let go, on the row that says so: the release failed, the bill names the hold beside it, or
/// the next hold comes while the last still stands.
fn hold(making: &mut Making, kind: &'static str, incident: u32) {
    let (day, sum) = (making.later_day(40, 60), making.between(2, 20) * 10_000);
    let (at, used) = (making.moment(day, 9, 22), making.between(2, 6) * DAY);
    let held = |at: i64| {
        Row::new(at, "租车平台", sum, "酒店旅游")
            .item("租车预授权")
            .status("冻结成功")
            .direction("neutral")
            .effect(Effect::Nothing)
    };
    making.add(held(at));
    let bill = making.between(200, 1_500) * 100;
    let bill = Row::new(at + used, "租车平台", bill, "酒店旅游").item("还车结算");
    match making.dice.below(3) {
        0 => {
            making.done(bill);
            let failed = held(at + used + 3 * DAY).item("预授权解冻").status("解冻失败");
            making.add(failed.wrong(kind, incident));
        }
        1 => making.done(bill.memo("已另付，预授权未撤销").wrong(kind, incident)),
        _ => {
            making.done(bill);
            let later = making.between(25, 50) * DAY;
            making.add(held(at + later).wrong(kind, incident));
            let back = held(at + later + 4 * DAY).item("预授权解冻").status("解冻成功");
            making.add(back);
        }
    }
}
