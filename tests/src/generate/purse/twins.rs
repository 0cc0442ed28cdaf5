//! What looks like trouble and is none.

use super::dialect::{Flow, Sort, State, Way};
use super::life::{place, someone};
use super::{DAY, HOUR, Purse, Row};

/// Adds the rows of one group.
type Lay = fn(&mut Purse);

pub(super) fn add(purse: &mut Purse) {
    let twins: [(&str, Lay); 9] = [
        ("twice", twice),
        ("subscriptions", subscriptions),
        ("orders", orders),
        ("holds", holds),
        ("tiny sums", little),
        ("new people", people),
        ("large sums", much),
        ("own money", own),
        ("foreign prices", foreign),
    ];
    for (name, lay) in twins {
        purse.twin = name;
        lay(purse);
    }
    purse.twin = "";
}

fn twice(purse: &mut Purse) {
    for _ in 0..purse.between(3, 9) {
        let day = purse.day(3, 1);
        let (at, gap) = (purse.moment(day, 7, 22), purse.between(4, 1_500));
        match purse.dice.below(6) {
            0 => {
                let metro = "地铁";
                purse.add(Row::new(at, metro, 400, Sort::Transit).item("乘车"));
                purse.add(Row::new(at + gap, metro, 400, Sort::Transit).item("乘车"));
            }
            1 => {
                let (shop, price) = (purse.shop(Sort::Food), purse.between(9, 30) * 100);
                let memo = purse.one(&["", "帮同事带", "再来一杯"]);
                purse.add(Row::new(at, &shop, price, Sort::Food));
                purse.add(Row::new(at + gap, &shop, price, Sort::Food).memo(memo));
            }
            2 => {
                let price = purse.one(&[200, 300, 350, 500]);
                for again in 0..purse.between(2, 3) {
                    purse.add(Row::new(at + again * gap / 8, "无人售货柜", price, Sort::Grocery));
                }
            }
            3 => {
                let (shop, sum) = (purse.shop(Sort::Shopping), purse.between(60, 400) * 100);
                let row = Row::new(at, &shop, sum, Sort::Shopping).item("亲属卡消费").memo("孩子");
                purse.add(row.clone().card());
                purse.add(Row { at: at + gap, ..row.card() });
            }
            4 => {
                let sum = purse.between(20, 160) * 100;
                for turn in 0..purse.between(2, 5) {
                    let friend = purse.friend();
                    let row = Row::new(at + turn * 60, &friend, sum, Sort::Transfer).memo("AA聚餐");
                    purse.add(row.way(Way::App));
                }
            }
            _ => {
                let sum = purse.one(&[600, 3_000, 6_800, 12_800, 32_800]);
                for turn in 0..purse.between(2, 6) {
                    let row = Row::new(at + turn * 50, "幻域手游", sum, Sort::Fun).item("钻石充值");
                    purse.add(row.way(Way::App));
                }
            }
        }
    }
}

/// One charge a month, at about the same hour.
pub(super) fn monthly(
    purse: &mut Purse,
    from: i64,
    turns: i64,
    payee: &str,
    sort: Sort,
    price: impl Fn(i64) -> i64,
) -> Vec<Row> {
    let hour = purse.between(0, 22) * HOUR;
    (0..turns)
        .map(|turn| {
            let at = (from + turn * 30) * DAY + turn % 3 * DAY / 2 + hour + purse.between(0, 3_000);
            Row::new(at, payee, price(turn), sort).way(Way::Auto)
        })
        .collect()
}

fn subscriptions(purse: &mut Purse) {
    let turns = (purse.days - 20) / 30;
    let start = purse.between(0, 25);
    // An offer that ends after some months, and one that comes back.
    for row in
        monthly(
            purse,
            start,
            turns,
            "海豚音乐",
            Sort::Subscription,
            |turn| {
                if turn < 2 { 900 } else { 1_500 }
            },
        )
    {
        let promised = row.amount == 900;
        purse.add(row.item(if promised { "连续包月优惠价(前2个月)" } else { "连续包月" }));
    }
    if purse.chance(50) {
        let start = purse.between(0, 40);
        for row in monthly(purse, start, turns, "云笔记", Sort::Subscription, |turn| {
            if turn % 12 == 5 { 500 } else { 1_200 }
        }) {
            let item = if row.amount == 500 { "月费(活动价)" } else { "月费" };
            purse.add(row.item(item));
        }
    }
    if purse.chance(50) {
        let (start, change) = (purse.between(0, 40), purse.between(3, 6));
        for row in monthly(purse, start, turns, "极速宽带", Sort::Bills, |turn| {
            if turn < change { 8_900 } else { 12_900 }
        }) {
            let item = if row.amount == 8_900 { "300M套餐" } else { "1000M套餐 变更" };
            purse.add(row.item(item));
        }
    }
    // Ended by the user, and it ended.
    let (start, turns) = (purse.between(0, 30), purse.between(2, 5));
    let rows = monthly(purse, start, turns, "学堂在线课", Sort::Subscription, |_| 4_900);
    let last = rows.last().map_or(0, |row| row.at);
    for row in rows {
        purse.add(row.item("月度会员"));
    }
    let at = last + purse.between(1, 25) * DAY;
    purse.notes.push((at, "学堂在线课".to_owned(), String::new()));
    let (start, price) = (purse.between(0, 25), purse.between(50, 400) * 100);
    for row in monthly(purse, start, (purse.days - 20) / 30, "长安保险", Sort::Insurance, |_| price) {
        purse.add(row.item("医疗险 月交保费"));
    }
    // A price that follows a foreign currency.
    let start = purse.between(0, 25);
    for row in monthly(purse, start, (purse.days - 20) / 30, "Pixel Cloud", Sort::Subscription, |_| 0) {
        let rate = 7_200 + purse.between(-90, 90);
        let row = super::troubles::abroad(purse, row, 499, "USD", rate, rate);
        purse.add(row);
    }
}

fn orders(purse: &mut Purse) {
    for _ in 0..purse.between(2, 8) {
        let (day, sum) = (purse.day(2, 20), purse.between(20, 1_200) * 100);
        let (at, shop) = (purse.moment(day, 8, 24), purse.shop(Sort::Shopping));
        let row = Row::new(at, &shop, sum, Sort::Shopping).item("连衣裙").way(Way::Online);
        let row = if purse.chance(40) { row.card() } else { row };
        let wait = match purse.dice.below(4) {
            0 => purse.between(60, 5 * HOUR),
            1 => purse.between(8 * DAY, 16 * DAY),
            _ => purse.between(DAY, 6 * DAY),
        };
        purse.refunded(row, wait, None);
    }
    for _ in 0..purse.between(0, 3) {
        let (day, sum) = (purse.day(2, 20), purse.between(80, 500) * 100);
        let (at, shop) = (purse.moment(day, 8, 24), purse.shop(Sort::Shopping));
        let part = sum * purse.between(5, 60) / 100;
        let wait = purse.between(HOUR, 4 * DAY);
        let last =
            purse.refunded(Row::new(at, &shop, sum, Sort::Shopping).item("日用品3件"), wait, Some(part));
        let memo = purse.one(&["缺货1件", "退差价", "运费险赔付", ""]);
        memo.clone_into(&mut purse.rows[last].memo);
    }
    let stopped = if purse.dialect.stopped_out { Flow::Out } else { Flow::Neither };
    for _ in 0..purse.between(2, 7) {
        let (day, sum) = (purse.day(1, 2), purse.between(20, 900) * 100);
        let (at, shop) = (purse.moment(day, 8, 24), purse.shop(Sort::Shopping));
        let state = purse.one(&[State::Closed, State::Closed, State::Pending]);
        let row = Row::new(at, &shop, sum, Sort::Shopping).item("台灯").way(Way::Online);
        purse.add(row.state(state).flow(stopped).moves(0));
        let (at, shop) = (purse.moment(day, 8, 22), purse.shop(Sort::Food));
        let sum = purse.between(15, 300) * 100;
        let memo = purse.one(&["", "余额不足", "密码错误", "银行系统维护"]);
        let row = Row::new(at, &shop, sum, Sort::Food).way(Way::App);
        purse.add(row.clone().state(State::Failed).flow(stopped).moves(0).memo(memo));
        if purse.chance(75) {
            let again = at + purse.between(15, 600);
            purse.add(Row { at: again, ..row });
        }
    }
}

fn holds(purse: &mut Purse) {
    for _ in 0..purse.dialect.holds {
        let day = purse.day(2, 20);
        let at = purse.moment(day, 8, 23);
        let (held, wait) = hold(purse, at);
        let mut back = held.clone().state(State::Released);
        back.at += wait;
        back.flow = if held.flow == Flow::Out { Flow::In } else { Flow::Neither };
        back.moves = held.moves.map(|by| -by);
        back.item = purse.one(&["押金退还", "解冻", "预授权完成 解冻", ""]).to_owned();
        if purse.chance(50) {
            (back.order, back.suffix) = (0, 0);
        }
        let paid = Row::new(at + wait - 60, &held.payee, held.amount / 3, Sort::Travel);
        purse.add(held);
        if purse.chance(50) {
            purse.add(paid);
        }
        purse.add(back);
    }
}

/// A deposit that is held, and how long such a one usually is.
pub(super) fn hold(purse: &mut Purse, at: i64) -> (Row, i64) {
    let (payee, item, sum, wait) = match purse.dice.below(5) {
        0 => ("闪充充电宝".to_owned(), "租借押金", 9_900, purse.between(HOUR / 2, 8 * HOUR)),
        1 => ("青桔小绿车".to_owned(), "骑行押金", 19_900, purse.between(HOUR, 20 * DAY)),
        2 => (place(&mut purse.dice, Sort::Travel), "入住押金", 50_000, purse.between(DAY, 5 * DAY)),
        3 => ("神行租车".to_owned(), "车辆预授权", 300_000, purse.between(2 * DAY, 15 * DAY)),
        _ => ("相机租赁".to_owned(), "免押租赁 冻结", 120_000, purse.between(2 * DAY, 9 * DAY)),
    };
    let mut row = Row::new(at, &payee, sum, Sort::Deposit).item(item).state(State::Frozen).way(Way::App);
    row.flow = if purse.dialect.hold_out { Flow::Out } else { Flow::Neither };
    row.order = purse.number();
    (row.moves(if purse.dialect.hold_moves { -sum } else { 0 }), wait)
}

fn little(purse: &mut Purse) {
    for _ in 0..purse.between(1, 4) {
        let (day, gap) = (purse.day(2, 2), purse.between(60, 2 * DAY));
        let at = purse.moment(day, 8, 22);
        match purse.dice.below(3) {
            0 => purse.add(Row::new(at, "果茶工坊", 1, Sort::Food).item("新客专享0.01元")),
            1 => {
                purse.add(Row::new(at, "风驰出行", 1, Sort::Transit).item("验证绑卡"));
                let fare = purse.between(12, 120) * 100;
                purse.add(Row::new(at + gap, "风驰出行", fare, Sort::Transit));
            }
            _ => {
                purse.add(Row::new(at, "支付验证", 1, Sort::Transfer).memo("小额验证").flow(Flow::Out));
                purse.add(Row::new(at + 600, "支付验证", 1, Sort::Refund).flow(Flow::In));
            }
        }
    }
    let day = purse.day(5, 2);
    for (payee, item, sum, sort) in [
        ("万卷书店", "防骗手册：刷单与杀猪盘", 4_200, Sort::Shopping),
        ("云商平台", "开店保证金", 100_000, Sort::Bills),
        ("社区活动中心", "反诈讲座门票", 2_000, Sort::Fun),
        ("交通违法处理", "罚款", 15_000, Sort::Bills),
        ("星光影城", "电影票 孤注一掷", 8_800, Sort::Fun),
    ] {
        if purse.chance(60) {
            let at = purse.moment(day, 9, 20);
            purse.add(Row::new(at, payee, sum, sort).item(item).way(Way::Online));
        }
    }
}

fn people(purse: &mut Purse) {
    for _ in 0..purse.between(3, 9) {
        let (day, who) = (purse.day(1, 1), someone(&mut purse.dice));
        let (at, sum) = (purse.moment(day, 9, 23), purse.between(10, 900) * 100);
        let memo = purse.one(&["", "", "二手转让", "拼车", "订金"]);
        purse.add(Row::new(at, &who, sum, Sort::Transfer).memo(memo).way(Way::App));
    }
    if purse.chance(35) {
        let (day, who) = (purse.day(15, 40), someone(&mut purse.dice));
        let (at, rent) = (purse.moment(day, 9, 21), purse.between(12, 60) * 10_000);
        let memo = purse.one(&["押二付一", "房租+押金", "租房押金", "保证金和第一个月房租"]);
        purse.add(Row::new(at, &who, rent * 3, Sort::Transfer).memo(memo).way(Way::App));
    }
    if purse.chance(60) {
        let (day, who) = (purse.day(5, 2), someone(&mut purse.dice));
        let (at, sum) = (purse.moment(day, 8, 15), purse.one(&[60_000, 88_800, 100_000, 200_000, 500_000]));
        let memo = purse.one(&["新婚快乐", "百年好合", "份子钱"]);
        purse.add(Row::new(at, &who, sum, Sort::Transfer).memo(memo).way(Way::App));
    }
    if purse.chance(40) {
        let (day, who) = (purse.day(10, 100), someone(&mut purse.dice));
        let sum = purse.between(10, 45) * 10_000;
        for turn in 0..4 {
            let at = purse.moment(day + turn * 30, 9, 21);
            let memo = purse.one(&["保姆工资", "月嫂", "护工费"]);
            purse.add(Row::new(at, &who, sum, Sort::Transfer).memo(memo).way(Way::App));
        }
    }
    // The eve of the lunar year.
    let (day, many) = (purse.day(5, 2), purse.between(3, 9));
    for turn in 0..many {
        let (friend, sum) = (purse.friend(), purse.one(&[6_600, 8_800, 18_800, 66_600]));
        let row = Row::new(day * DAY + 23 * HOUR + turn * 700, &friend, sum, Sort::Transfer);
        purse.add(row.item("红包").memo("恭喜发财").way(Way::App));
    }
}

fn much(purse: &mut Purse) {
    let (day, sum) = (purse.day(10, 2), purse.between(25, 150) * 10_000);
    let (at, shop) = (purse.moment(day, 10, 21), purse.shop(Sort::Shopping));
    purse.add(Row::new(at, &shop, sum, Sort::Shopping).item("手机").card());
    if purse.chance(50) {
        let (day, sum) = (purse.day(5, 2), purse.between(300, 9_000) * 100);
        let at = purse.moment(day, 7, 18);
        purse.add(Row::new(at, "省中医院", sum, Sort::Medical).item("住院费"));
    }
    let day = purse.day(10, 12);
    for turn in 0..purse.between(10, 28) {
        let shop = format!(
            "{}{}",
            ["三亚", "丽江", "西安", "Kyoto "][day as usize % 4],
            place(&mut purse.dice, Sort::Food)
        );
        let (at, sum) = (purse.moment(day + turn / 5, 7, 23), purse.between(15, 500) * 100);
        purse.add(Row::new(at, &shop, sum, Sort::Travel).card());
    }
    let day = purse.day(5, 2);
    for turn in 0..purse.between(2, 8) {
        let (shop, sum) = (purse.shop(Sort::Shopping), purse.between(30, 800) * 100);
        purse.add(Row::new(day * DAY + turn * 90, &shop, sum, Sort::Shopping).item("大促预售尾款").card());
    }
}

fn own(purse: &mut Purse) {
    for _ in 0..purse.between(1, 5) {
        let (day, leave) = (purse.day(4, 2), purse.one(&[0, 0, 5_000, 20_000]));
        let at = purse.moment(day, 8, 23);
        let mut row = Row::new(at, "银行卡提现", 0, Sort::Withdrawal).flow(Flow::Out).item("提现到储蓄卡");
        row.leave = Some(leave + 300);
        purse.add(row.way(Way::App));
        if purse.dialect.fee_rows {
            purse.add(Row::new(at + 1, "银行卡提现", 300, Sort::Fee).item("提现手续费").way(Way::App));
        }
    }
    if purse.chance(40) {
        let day = purse.day(4, 2);
        let mut row =
            Row::new(purse.moment(day, 9, 22), "本人(建设银行)", 0, Sort::Transfer).memo("转给自己");
        row.leave = Some(0);
        purse.add(row.way(Way::App));
    }
}

fn foreign(purse: &mut Purse) {
    for _ in 0..purse.between(4, 14) {
        let day = purse.day(1, 1);
        let row = Row::new(purse.moment(day, 8, 24), "Global Store", 0, Sort::Shopping).way(Way::Online);
        let rate = 7_200 + purse.between(-110, 110);
        let cents = purse.between(300, 20_000);
        let row = super::troubles::abroad(purse, row, cents, "USD", rate, rate);
        purse.add(row);
    }
}
