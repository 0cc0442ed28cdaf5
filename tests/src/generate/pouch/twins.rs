//! What looks like trouble and is none: each user lives through about half of it.

use super::life::person;
use super::troubles::foreign;
use super::{DAY, DAYS, HOUR, Moves, Pen, Row};

/// Lays the twins of one user.
pub fn lay(pen: &mut Pen) {
    let twins: [fn(&mut Pen); 30] = [
        metro,
        coffee,
        vending,
        family_card,
        shared,
        wobble,
        promotion,
        plan,
        unpaid,
        closed_refunded,
        retry,
        slow_refund,
        partial_refund,
        deposit,
        cents,
        withdraw,
        own_bank,
        new_landlord,
        shop_deposit,
        book,
        red_packets,
        festival,
        trip,
        large,
        hospital,
        wedding,
        gamer,
        insurance,
        fine,
        recipient,
    ];
    for twin in twins {
        while pen.chance(45) {
            twin(pen);
        }
    }
}

fn when(pen: &mut Pen) -> i64 {
    pen.day(60, DAYS - 40)
}

fn metro(pen: &mut Pen) {
    let at = when(pen);
    let rows = (0..2).map(|n| pen.pay(at + n * 9, "上海地铁", 400, "交通出行", "地铁乘车")).collect();
    pen.fine("metro", rows);
}

fn twice(pen: &mut Pen, name: &'static str, shop: &str, item: &str, fen: i64, seconds: i64) {
    let at = when(pen);
    let first = pen.pay(at, shop, fen, "餐饮美食", item);
    let gap = pen.range(seconds / 3, seconds);
    let mut second = pen.pay(at + gap, shop, fen, "餐饮美食", item);
    second.method = first.method.clone();
    pen.fine(name, vec![first, second]);
}

fn coffee(pen: &mut Pen) {
    let fen = pen.range(9, 38) * 100;
    twice(pen, "coffee", "瑞幸咖啡", "生椰拿铁", fen, 900);
}

fn vending(pen: &mut Pen) {
    let fen = pen.range(3, 8) * 100;
    twice(pen, "vending", "友宝自动售货机", "饮料", fen, 120);
}

fn family_card(pen: &mut Pen) {
    let at = when(pen);
    let fen = pen.about(50.0, 0.5);
    let first = pen.pay(at, "全家便利店", fen, "日用百货", "全家便利店-订单");
    let gap = pen.range(30, 1_200);
    let mut second = pen.pay(at + gap, "全家便利店", fen, "亲友代付", "亲情卡消费");
    if pen.alipay {
        second.status = "亲情卡付款成功".into();
        second.item = "全家便利店-订单".into();
    } else {
        second.channel = "亲属卡交易".into();
        second.item = "全家便利店-订单".into();
    }
    second.method = pen.card.into();
    pen.fine("family-card", vec![first, second]);
}

fn shared(pen: &mut Pen) {
    let at = when(pen);
    let fen = pen.about(68.0, 0.5);
    let who: Vec<String> = (0..3).map(|_| person(pen)).collect();
    let rows =
        who.iter().enumerate().map(|(n, who)| pen.send(at + n as i64 * 40, who, fen, "AA聚餐")).collect();
    pen.fine("AA", rows);
}

fn wobble(pen: &mut Pen) {
    let at = pen.day(10, 60);
    let rows = foreign(pen, at, 14, "Netflix", "Standard plan", 1_549, Some(0.012));
    pen.fine("wobble", rows);
}

fn subscription(pen: &mut Pen, name: &'static str, payee: &str, prices: &[(i64, &str)]) {
    let at = pen.day(10, 120);
    let mut rows = Vec::new();
    for (month, (fen, item)) in prices.iter().enumerate() {
        let mut row = pen.pay(at + month as i64 * 30 * DAY, payee, *fen, "文化休闲", item);
        row.method = pen.card.into();
        rows.push(row);
    }
    pen.fine(name, rows);
}

fn promotion(pen: &mut Pen) {
    let first = (900, "QQ音乐豪华绿钻 首月优惠");
    let then = (1_800, "QQ音乐豪华绿钻 连续包月");
    subscription(pen, "promotion", "QQ音乐", &[first, then, then, then, then]);
}

fn plan(pen: &mut Pen) {
    let (small, large) = ((2_500, "B站大会员月卡"), (14_800, "B站大会员年卡"));
    subscription(pen, "plan", "哔哩哔哩", &[small, small, small, small, small, large]);
}

fn bought(pen: &mut Pen) -> Row {
    let at = when(pen);
    let (shop, item) =
        [("安踏官方旗舰店", "跑鞋"), ("苏宁易购", "电饭煲"), ("去哪儿网", "火车票"), ("淘票票", "电影票")]
            [pen.dice.below(4) as usize];
    let fen = pen.about(210.0, 0.7);
    pen.pay(at, shop, fen, "服饰装扮", item)
}

fn unpaid(pen: &mut Pen) {
    let mut row = bought(pen);
    (row.flow, row.status, row.method) = ("neutral", "交易关闭".into(), String::new());
    row.moves = Moves::Not;
    if pen.chance(30) {
        row.status = "等待付款".into();
    }
    pen.fine("unpaid", vec![row]);
}

fn closed_refunded(pen: &mut Pen) {
    let mut row = bought(pen);
    let later = row.at + pen.range(600, 3 * DAY);
    let back = pen.refund(&row, later, row.fen);
    if row.method == pen.pocket() {
        row.moves = Moves::Down;
    }
    row.status = pen.returned(row.fen, row.fen);
    pen.fine("closed-refunded", vec![row, back]);
}

fn retry(pen: &mut Pen) {
    let good = bought(pen);
    let mut bad = good.clone();
    bad.at -= pen.range(10, 240);
    bad.order = pen.number(bad.at);
    (bad.status, bad.moves) = ("支付失败".into(), Moves::Not);
    if pen.chance(50) {
        bad.flow = "neutral";
    }
    pen.fine("retry", vec![bad, good]);
}

fn slow_refund(pen: &mut Pen) {
    let row = bought(pen);
    let asked = row.at + pen.range(1, 3) * DAY;
    let mut under_way = pen.refund(&row, asked, row.fen);
    (under_way.status, under_way.moves) = ("退款处理中".into(), Moves::Not);
    let came = asked + pen.range(5, 18) * DAY;
    let back = pen.refund(&row, came, row.fen);
    let rows = if pen.chance(50) { vec![row, under_way, back] } else { vec![row, back] };
    pen.fine("slow-refund", rows);
}

fn partial_refund(pen: &mut Pen) {
    let mut row = bought(pen);
    let later = row.at + pen.range(1, 9) * DAY;
    let part = row.fen * pen.range(10, 60) / 100;
    let mut back = pen.refund(&row, later, part);
    row.status = pen.returned(part, row.fen);
    if pen.chance(40) {
        back.memo = ["部分退款", "退差价", "缺货退款"][pen.dice.below(3) as usize].into();
    }
    pen.fine("partial-refund", vec![row, back]);
}

fn deposit(pen: &mut Pen) {
    let at = when(pen);
    let (payee, item, fen) = [
        ("街电科技", "充电宝押金", 9_900),
        ("汉庭酒店", "酒店押金", 20_000),
        ("神州租车", "租车预授权", 300_000),
    ][pen.dice.below(3) as usize];
    let mut held = pen.pay(at, payee, fen, "生活服务", item);
    (held.flow, held.moves) = ("neutral", Moves::Down);
    held.method = pen.pocket().into();
    held.status = "冻结".into();
    let mut freed = held.clone();
    freed.at += pen.range(HOUR, 7 * DAY);
    (freed.status, freed.moves) = ("解冻".into(), Moves::Up);
    pen.fine("deposit", vec![held, freed]);
}

fn cents(pen: &mut Pen) {
    let at = when(pen);
    let (payee, item) =
        [("招商银行", "绑卡验证"), ("拼多多平台商户", "1分购新人专享"), ("支付宝会员", "1分钱抽奖")]
            [pen.dice.below(3) as usize];
    let row = pen.pay(at, payee, 1, "其他", item);
    pen.fine("cents", vec![row]);
    if payee == "拼多多平台商户" {
        let fen = pen.about(300.0, 0.5);
        let row = pen.pay(at + 2 * HOUR, "拼多多平台商户", fen, "日用百货", "厨房用纸");
        pen.fine("cents", vec![row]);
    }
}

fn withdraw(pen: &mut Pen) {
    let at = when(pen);
    let mut row = pen.pay(at, pen.card, 0, "充值提现", "提现-实时提现");
    (row.flow, row.moves) = ("neutral", Moves::Drain(100));
    row.method = pen.pocket().into();
    if pen.alipay {
        row.status = "提取成功".into();
    } else {
        (row.channel, row.status, row.item) = ("零钱提现".into(), "提现已到账".into(), "/".into());
        row.memo = format!("服务费¥{}.{:02}", pen.range(0, 4), pen.range(10, 99));
    }
    pen.fine("withdraw", vec![row]);
}

fn own_bank(pen: &mut Pen) {
    let (at, fen) = (when(pen), pen.range(20, 300) * 10_000);
    let mut row = pen.send(at, "本人-建设银行(0814)", fen, "转账到银行卡");
    row.method = pen.card.into();
    pen.fine("own-bank", vec![row]);
}

fn new_landlord(pen: &mut Pen) {
    let (at, who, rent) = (when(pen), person(pen), pen.range(20, 60) * 10_000);
    let mut deposit = pen.send(at, &who, rent, "押金");
    let gap = pen.range(60, 900);
    let mut first = pen.send(at + gap, &who, rent * 3, "房租押一付三");
    for row in [&mut deposit, &mut first] {
        row.method = pen.card.into();
    }
    pen.fine("new-landlord", vec![deposit, first]);
}

fn shop_deposit(pen: &mut Pen) {
    let at = when(pen);
    let row = pen.pay(at, "淘宝", 100_000, "其他", "店铺保证金缴纳");
    pen.fine("shop-deposit", vec![row]);
}

fn book(pen: &mut Pen) {
    let at = when(pen);
    let fen = pen.range(25, 80) * 100;
    let row = pen.pay(at, "当当网", fen, "文化休闲", "图书《电信诈骗与刷单骗局揭秘》");
    pen.fine("book", vec![row]);
}

fn red_packets(pen: &mut Pen) {
    // Past midnight of the lunar new year 2025-01-29.
    let start = 242 * DAY;
    let who: Vec<String> = (0..6).map(|_| person(pen)).collect();
    let mut rows = Vec::new();
    for (n, who) in who.iter().enumerate() {
        let fen = [8_800, 16_600, 20_000, 66_600][pen.dice.below(4) as usize];
        let mut row = pen.send(start + n as i64 * 70 + 30, who, fen, "新年快乐");
        if !pen.alipay {
            row.channel = "微信红包（单发）".into();
            row.item = "/".into();
        }
        rows.push(row);
    }
    pen.fine("red-packets", rows);
}

fn festival(pen: &mut Pen) {
    // 2024-11-11.
    let start = 163 * DAY;
    let mut rows = Vec::new();
    for n in 0..pen.range(4, 9) {
        let shop = ["雅诗兰黛官方旗舰店", "戴森旗舰店", "天猫超市", "三只松鼠旗舰店", "波司登旗舰店"]
            [pen.dice.below(5) as usize];
        let fen = pen.about(380.0, 0.9);
        let gap = pen.range(5, 90);
        let row = pen.pay(start + n * 100 + gap, shop, fen, "服饰装扮", "双11预售尾款");
        rows.push(row);
    }
    pen.fine("festival", rows);
}

fn trip(pen: &mut Pen) {
    let start = pen.range(60, DAYS - 50) * DAY;
    let city = ["成都", "西安", "厦门", "三亚"][pen.dice.below(4) as usize];
    let mut rows = Vec::new();
    for day in 0..pen.range(3, 6) {
        for (what, category, yuan) in [
            ("酒店", "酒店旅游", 380.0),
            ("小吃街", "餐饮美食", 60.0),
            ("景区门票", "酒店旅游", 120.0),
            ("出租车", "交通出行", 40.0),
            ("特产店", "日用百货", 150.0),
        ] {
            let at = start + day * DAY + pen.range(9 * HOUR, 23 * HOUR);
            let (name, fen) = (format!("{city}{what}{}号", pen.range(1, 40)), pen.about(yuan, 0.5));
            let row = pen.pay(at, &name, fen, category, what);
            rows.push(row);
        }
    }
    pen.fine("trip", rows);
}

fn large(pen: &mut Pen) {
    let at = when(pen);
    let (shop, item) =
        [("Apple Store 官方旗舰店", "iPhone 16 Pro"), ("海尔专卖店", "冰箱"), ("宜家家居", "沙发床")]
            [pen.dice.below(3) as usize];
    let fen = pen.range(2_500, 9_999) * 100;
    let row = pen.pay(at, shop, fen, "数码电器", item);
    pen.fine("large", vec![row]);
}

fn hospital(pen: &mut Pen) {
    let at = when(pen);
    let mut rows = Vec::new();
    for (n, item) in ["门诊挂号", "检查费", "住院预交金"].iter().enumerate() {
        let fen = [pen.range(10, 50), pen.range(200, 900), pen.range(2_000, 8_000)][n] * 100;
        let row = pen.pay(at + n as i64 * 2 * HOUR, "上海瑞金医院", fen, "医疗健康", item);
        rows.push(row);
    }
    pen.fine("hospital", rows);
}

fn wedding(pen: &mut Pen) {
    let (at, who, fen) =
        (when(pen), person(pen), [80_000, 100_000, 166_600, 200_000][pen.dice.below(4) as usize]);
    let row = pen.send(at, &who, fen, "新婚快乐份子钱");
    pen.fine("wedding", vec![row]);
}

fn gamer(pen: &mut Pen) {
    let at = when(pen);
    let fen = [600, 3_000, 6_800, 32_800, 64_800][pen.dice.below(5) as usize];
    let rows = (0..pen.range(2, 5))
        .map(|n| pen.pay(at + n * 45, "腾讯天游", fen, "文化休闲", "王者荣耀点券充值"))
        .collect();
    pen.fine("gamer", rows);
}

fn insurance(pen: &mut Pen) {
    let item = (23_600, "百万医疗险月缴保费");
    subscription(pen, "insurance", "众安保险", &[item; 12]);
}

fn fine(pen: &mut Pen) {
    let at = when(pen);
    let row = pen.pay(at, "上海交警", 20_000, "生活服务", "交通违法罚款");
    pen.fine("fine", vec![row]);
}

fn recipient(pen: &mut Pen) {
    let (at, who, fen) = (when(pen), person(pen), pen.range(20, 45) * 10_000);
    let rows = (0..4).map(|n| pen.send(at + n * 7 * DAY, &who, fen, "保姆工资")).collect();
    pen.fine("recipient", rows);
}
