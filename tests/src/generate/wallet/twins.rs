//! What looks like trouble and is none.

use super::life::someone;
use super::{DAY, Effect, Making, Row};

/// Adds the rows of one group.
type Lay = fn(&mut Making);

/// Adds every twin a few times.
pub(super) fn add(making: &mut Making) {
    let twins: [(&str, Lay); 8] = [
        ("pairs", pairs),
        ("subscriptions", subscriptions),
        ("orders", orders),
        ("tiny sums", tiny),
        ("new people", people),
        ("large sums", large),
        ("own money", own_money),
        ("nights", nights),
    ];
    for (name, lay) in twins {
        making.twin = name;
        lay(making);
    }
    making.twin = "";
}

fn pairs(making: &mut Making) {
    for _ in 0..making.between(2, 5) {
        let day = making.later_day(5, 2);
        let at = making.moment(day, 8, 10);
        for gap in [0, making.between(20, 240)] {
            making.done(Row::new(at + gap, "街角咖啡", 1_900, "餐饮美食").item("拿铁"));
        }
        let at = making.moment(day, 8, 19);
        for gap in [0, making.between(3, 40)] {
            making.done(Row::new(at + gap, "城市轨道交通", 400, "交通出行").item("乘车码扣费"));
        }
        let at = making.moment(day, 14, 17);
        for gap in [0, making.between(15, 60)] {
            making.done(Row::new(at + gap, "自助售货机", 350, "日用百货").item("饮料"));
        }
    }
    for _ in 0..making.between(1, 3) {
        let (day, sum) = (making.later_day(10, 2), making.between(80, 600) * 100);
        let at = making.moment(day, 10, 20);
        let gap = making.between(0, 30);
        making.done(Row::new(at, "童装之家", sum, "网购").by("亲情卡").item("亲情卡消费"));
        making.done(Row::new(at + gap, "童装之家", sum, "网购").by("亲情卡").item("亲情卡消费"));
        let (at, sum) = (making.moment(day, 19, 23), making.between(3_000, 15_000));
        for gap in 0..making.between(2, 4) {
            let friend = making.friend();
            making.done(Row::new(at + gap * 40, &friend, sum, "转账红包").memo("AA 晚饭"));
        }
        let at = making.moment(day, 20, 23);
        for gap in 0..making.between(2, 5) {
            making.done(Row::new(at + gap * 70, "星尘游戏", 6_800, "文化休闲").item("点券充值"));
        }
    }
}

fn subscriptions(making: &mut Making) {
    // A foreign price that follows the rate.
    let start = making.between(3, 40);
    for turn in 0..(making.person.days - start) / 30 {
        let at = making.moment(start + turn * 30, 3, 6);
        let price = 7_150 + making.between(-140, 140);
        let card = making.person.card.clone();
        making.done(
            Row::new(at, "Cloud Drive Inc", price, "生活服务").item("Cloud storage USD 9.99").by(&card),
        );
    }
    // The first month at half price, then the price.
    let start = making.between(40, 120);
    for turn in 0..6 {
        let at = making.moment(start + turn * 30, 1, 6);
        let (price, item) =
            if turn == 0 { (1_250, "音乐会员首月特惠") } else { (2_500, "音乐会员自动续费") };
        making.done(Row::new(at, "听听音乐", price, "文化休闲").item(item));
    }
    // A month on offer between months at the price.
    let start = making.between(3, 60);
    for turn in 0..8 {
        let at = making.moment(start + turn * 30, 1, 6);
        let price = if turn == 4 { 900 } else { 1_800 };
        making.done(Row::new(at, "读书App", price, "文化休闲").item("连续包月"));
    }
    // The user took the larger plan.
    let start = making.between(3, 60);
    for turn in 0..8 {
        let at = making.moment(start + turn * 30, 1, 6);
        let (price, item) =
            if turn < 4 { (1_500, "云盘会员月卡") } else { (3_000, "云盘超级会员月卡 升级") };
        making.done(Row::new(at, "随身云盘", price, "生活服务").item(item));
    }
    // Insurance by the month, and a fee that belongs to it.
    let start = making.between(0, 25);
    let price = making.between(60, 300) * 100;
    for turn in 0..(making.person.days - start) / 30 {
        let at = making.moment(start + turn * 30, 2, 6);
        making.done(Row::new(at, "安心保险", price, "保险").item("重疾险 月缴"));
    }
    // Cancelled, and no longer charged.
    let start = making.between(10, 60);
    for turn in 0..5 {
        let at = making.moment(start + turn * 30, 1, 6);
        making.done(Row::new(at, "健身打卡", 1_900, "运动户外").item("会员自动续费"));
    }
    making.ledger.told.push(super::Told {
        at: (start + 4 * 30 + 10) * DAY,
        payee: "健身打卡".to_owned(),
        item: "会员自动续费".to_owned(),
    });
}

fn orders(making: &mut Making) {
    for _ in 0..making.between(3, 8) {
        let (day, sum) = (making.later_day(2, 25), making.between(30, 900) * 100);
        let at = making.moment(day, 9, 23);
        let card = making.person.card.clone();
        let row = Row::new(at, "优品旗舰店", sum, "网购").item("外套");
        let (row, wait) = (if making.chance(50) { row.by(&card) } else { row }, making.between(0, 18));
        making.refunded(row, wait, None);
    }
    for _ in 0..making.between(1, 3) {
        let (day, sum) = (making.later_day(2, 25), making.between(100, 400) * 100);
        let at = making.moment(day, 9, 23);
        let (wait, part) = (making.between(1, 6), making.between(5, 30) * 100);
        making.refunded(Row::new(at, "社区生鲜店", sum, "日用百货").item("缺货退差价"), wait, Some(part));
    }
    for _ in 0..making.between(3, 8) {
        let (day, sum) = (making.later_day(1, 2), making.between(20, 900) * 100);
        let at = making.moment(day, 9, 23);
        making.add(
            Row::new(at, "数码专营店", sum, "网购")
                .item("耳机")
                .by("")
                .status("交易关闭")
                .direction("neutral"),
        );
        let (at, sum) = (making.moment(day, 9, 22), making.between(20, 500) * 100);
        let direction = if making.person.done == "支付成功" { "neutral" } else { "out" };
        let gap = making.between(20, 300);
        let failed = Row::new(at, "外卖平台", sum, "餐饮美食")
            .item("外卖订单")
            .status("支付失败")
            .direction(direction);
        making.add(failed.effect(Effect::Nothing));
        making.done(Row::new(at + gap, "外卖平台", sum, "餐饮美食").item("外卖订单"));
    }
    for _ in 0..making.between(1, 3) {
        let day = making.later_day(2, 20);
        let (at, sum) = (making.moment(day, 14, 22), making.between(3, 12) * 10_000);
        let wait = making.between(1, 7);
        let hold =
            Row::new(at, "悦来酒店", sum, "酒店旅游").item("预授权").status("冻结成功").direction("neutral");
        making.add(hold.effect(Effect::Nothing));
        let back = Row::new(at + wait * DAY, "悦来酒店", sum, "酒店旅游").item("预授权解冻");
        making.add(back.status("解冻成功").direction("neutral").effect(Effect::Nothing));
    }
}

fn tiny(making: &mut Making) {
    for _ in 0..making.between(2, 5) {
        let day = making.later_day(2, 2);
        let at = making.moment(day, 9, 22);
        making.done(Row::new(at, "奶茶研究所", 1, "餐饮美食").item("新人一分钱"));
        let (at, gap) = (making.moment(day, 9, 20), making.between(600, 7_200));
        making.done(Row::new(at, "打车出行", 1, "交通出行").item("绑卡验证"));
        let fare = making.between(1_500, 9_000);
        making.done(Row::new(at + gap, "打车出行", fare, "交通出行"));
    }
    let day = making.later_day(5, 2);
    let at = making.moment(day, 9, 22);
    making.done(Row::new(at, "图书专营店", 4_800, "网购").item("《揭穿刷单骗局》"));
    let at = making.moment(day, 9, 18);
    making.done(Row::new(at, "电商商家后台", 200_000, "商业服务").item("店铺保证金"));
    let at = making.moment(day, 9, 18);
    making.done(Row::new(at, "交警支队", 20_000, "公共服务").item("交通违法罚款"));
}

fn people(making: &mut Making) {
    // A new flat, a wedding, someone new who is paid every month.
    let (day, landlord) = (making.later_day(30, 60), someone(&mut making.dice));
    let at = making.moment(day, 10, 20);
    let rent = making.between(15, 60) * 10_000;
    making.done(Row::new(at, &landlord, rent * 2, "转账红包").memo("押一付一 房租加押金"));
    for _ in 0..making.between(1, 3) {
        let (day, who) = (making.later_day(10, 2), someone(&mut making.dice));
        let at = making.moment(day, 9, 14);
        let sum = [60_000, 80_000, 100_000, 200_000][making.dice.below(4) as usize];
        making.done(Row::new(at, &who, sum, "转账红包").memo("新婚快乐"));
    }
    let (day, tutor) = (making.later_day(20, 100), someone(&mut making.dice));
    let fee = making.between(8, 18) * 10_000;
    for turn in 0..5 {
        let at = making.moment(day + turn * 30, 10, 21);
        making.done(Row::new(at, &tutor, fee, "转账红包").memo("钢琴课"));
    }
    for _ in 0..making.between(4, 10) {
        let (day, who) = (making.later_day(2, 2), someone(&mut making.dice));
        let at = making.moment(day, 10, 23);
        let sum = making.between(2_000, 60_000);
        making.done(Row::new(at, &who, sum, "转账红包").memo("转账"));
    }
    // New Year's red packets, from the evening past midnight.
    let night = 28 * DAY + 22 * 3600;
    for turn in 0..making.between(4, 12) {
        let (friend, sum) = (making.friend(), [6_600, 8_800, 16_800, 20_000][making.dice.below(4) as usize]);
        making.done(Row::new(night + turn * 900, &friend, sum, "转账红包").item("微信红包").memo("新年快乐"));
    }
}

fn large(making: &mut Making) {
    let day = making.later_day(10, 5);
    let at = making.moment(day, 10, 21);
    let (card, sum) = (making.person.card.clone(), making.between(30, 120) * 10_000);
    making.done(Row::new(at, "家电自营", sum, "网购").item("笔记本电脑").by(&card));
    for _ in 0..making.between(1, 4) {
        let day = making.later_day(5, 5);
        let (at, sum) = (making.moment(day, 8, 17), making.between(200, 6_000) * 100);
        making.done(Row::new(at, "市第一人民医院", sum, "医疗健康").item("门诊缴费").by(&card));
    }
    // A trip where every payee is new.
    let day = making.later_day(20, 12);
    for turn in 0..making.between(15, 30) {
        let at = making.moment(day + turn / 4, 7, 23);
        let sum = making.between(15, 600) * 100;
        making.done(Row::new(at, &format!("外地{}号店{}", turn, day % 97), sum, "餐饮美食").by(&card));
    }
    // The shopping festival at midnight.
    let festival = 314.min(making.person.days - 3) * DAY;
    for turn in 0..making.between(3, 9) {
        let sum = making.between(50, 900) * 100;
        making.done(
            Row::new(festival + turn * 100, "女装工厂店", sum, "网购")
                .item(&format!("订单{turn}889{turn}"))
                .by(&card),
        );
    }
}

fn own_money(making: &mut Making) {
    for _ in 0..making.between(1, 4) {
        let day = making.later_day(5, 2);
        let at = making.moment(day, 9, 23);
        let mut row =
            Row::new(at, "建设银行", 0, "提现").item("余额提现").direction("neutral").memo("服务费¥0.10");
        row.share = Some(making.between(60, 100));
        making.done(row);
        let at = making.moment(day + 1, 9, 23);
        let mut row = Row::new(at, "本人储蓄卡", 0, "转账红包").item("转账到银行卡").memo("本人");
        row.share = Some(making.between(60, 95));
        making.done(row);
    }
}

fn nights(making: &mut Making) {
    // Prices charged by themselves before dawn.
    for turn in 0..making.person.days / 30 {
        let at = making.moment(turn * 30 + 11, 2, 6);
        making.done(Row::new(at, "视频平台", 2_500, "文化休闲").item("连续包月会员"));
    }
}
