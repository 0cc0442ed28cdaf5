//! An ordinary life: how people get about, eat, shop, pay bills, share dinners and are paid.

use super::{DAY, Dice, Effect, Making, Person, Row};

const FAMILY: &[&str] =
    &["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "林", "何", "罗", "欧阳"];
const GIVEN: &[&str] = &[
    "伟", "芳", "娜", "敏", "静", "磊", "洋", "艳", "勇", "杰", "志强", "秀英", "晓东", "建国", "子涵",
    "雨欣", "浩然", "梓萱", "海燕", "文博", "思远", "佳怡", "明轩", "丽华",
];
const LUNCH: &[&str] = &[
    "沙县小吃",
    "兰州拉面",
    "黄焖鸡米饭",
    "川味小馆",
    "潮汕牛肉汤",
    "东北饺子馆",
    "木桶饭",
    "桂林米粉",
    "麻辣烫",
    "食堂一楼",
    "食堂二楼",
    "盖浇饭",
    "重庆小面",
    "烤肉拌饭",
    "轻食沙拉",
];
const SHOPS: &[&str] = &[
    "优品旗舰店",
    "数码专营店",
    "家居生活馆",
    "运动户外店",
    "母婴之家",
    "图书专营店",
    "女装工厂店",
    "零食铺子",
    "家电自营",
    "美妆严选",
    "文具用品店",
    "宠物乐园",
    "五金工具店",
    "鞋靴专营店",
];
const GROCERS: &[&str] = &["永安超市", "鲜生活超市", "社区生鲜店", "大润家", "菜市场老周"];
const CAFES: &[&str] = &["街角咖啡", "云上咖啡", "茶饮小站", "奶茶研究所"];

/// Someone new.
pub(super) fn someone(dice: &mut Dice) -> String {
    format!("{}{}", dice.pick(FAMILY), dice.pick(GIVEN))
}

/// Draws a person.
pub(super) fn person(dice: &mut Dice) -> Person {
    let friends = (0..6 + dice.below(6)).map(|_| someone(dice)).collect();
    let (done, refunded) = [("交易成功", "交易关闭"), ("支付成功", "已全额退款"), ("Completed", "Refunded")]
        [(dice.below(20) as usize / 9).min(2)];
    Person {
        days: 330 + i64::try_from(dice.below(120)).unwrap_or(0),
        balances: dice.below(10) < 8,
        numbers: dice.below(10) < 8,
        done,
        refunded,
        nights: dice.below(12) == 0,
        card: dice
            .pick(&["招商银行(1234)", "建设银行储蓄卡(5678)", "工商银行信用卡(9012)", "花呗"])
            .to_owned(),
        friends,
    }
}

/// Lives through all days.
pub(super) fn live(making: &mut Making) {
    let lunches: Vec<&str> = (0..5).map(|_| making.dice.pick(LUNCH)).collect();
    let (cafe, grocer) = (making.dice.pick(CAFES), making.dice.pick(GROCERS));
    let commutes = making.chance(70);
    let coffee = making.chance(60);
    let vending = making.chance(30);
    let landlord = someone(&mut making.dice);
    let rent = making.between(12, 60) * 10_000;
    let pay = making.between(60, 250) * 10_000;
    let shift = if making.person.nights { 10 } else { 0 };
    for day in 0..making.person.days {
        let weekend = (day + 2) % 7 >= 5;
        if !weekend && commutes {
            for hour in [8, 18] {
                let at = making.moment(day, hour, hour + 1) + shift * 3600;
                let fare = [300, 400, 500][making.dice.below(3) as usize];
                making.done(Row::new(at, "城市轨道交通", fare, "交通出行").item("乘车码扣费"));
            }
        }
        if !weekend && coffee && making.chance(70) {
            let at = making.moment(day, 8, 10) + shift * 3600;
            let price = [1_500, 1_900, 2_300][making.dice.below(3) as usize];
            making.done(Row::new(at, cafe, price, "餐饮美食").item("拿铁"));
        }
        if making.chance(85) {
            let at = making.moment(day, 11, 13) + shift * 3600;
            let shop = lunches[making.dice.below(5) as usize];
            let price = making.between(12, 42) * 100 + 50 * making.between(0, 1);
            making.done(Row::new(at, shop, price, "餐饮美食"));
        }
        if making.chance(30) {
            let at = making.moment(day, 17, 21) + shift * 3600;
            let price = making.between(1_800, 22_000);
            making.done(Row::new(at, grocer, price, "日用百货"));
        }
        if vending && making.chance(25) {
            let at = making.moment(day, 14, 17);
            making.done(Row::new(at, "自助售货机", 350, "日用百货").item("饮料"));
        }
        if making.chance(22) {
            let at = making.moment(day, 9, 24);
            let shop = making.dice.pick(SHOPS);
            let price = making.between(900, 38_000);
            let order = making.dice.below(1_000_000_000);
            let row = Row::new(at, shop, price, "网购").item(&format!("订单{order}"));
            let card = making.person.card.clone();
            let row = if making.chance(50) { row.by(&card) } else { row };
            making.done(row);
        }
        if making.chance(6) {
            let friend = making.friend();
            let at = making.moment(day, 12, 23);
            let sum = making.between(2_000, 30_000);
            let out = making.chance(60);
            let row = Row::new(at, &friend, sum, "转账红包").memo(if out { "转账" } else { "" });
            making.done(row.direction(if out { "out" } else { "in" }));
        }
        month(making, day, &landlord, rent, pay);
    }
}

fn month(making: &mut Making, day: i64, landlord: &str, rent: i64, pay: i64) {
    match day % 30 {
        3 => {
            let at = making.moment(day, 9, 12);
            making.done(Row::new(at, landlord, rent, "转账红包").memo("房租"));
        }
        6 => {
            let at = making.moment(day, 9, 20);
            let sum = [5_000, 10_000][making.dice.below(2) as usize];
            making.done(Row::new(at, "通信充值", sum, "充值缴费").item("话费充值"));
        }
        9 => {
            let at = making.moment(day, 10, 18);
            making.done(Row::new(at, "某某科技有限公司", pay, "收入").item("工资").direction("in"));
        }
        14 => {
            let at = making.moment(day, 2, 6);
            let sum = making.between(50_000, 300_000);
            let card = making.person.card.clone();
            making.done(
                Row::new(at, "信用账单", sum, "信用借还").item("自动还款").direction("neutral").by(&card),
            );
        }
        20 => {
            let at = making.moment(day, 9, 20);
            let sum = making.between(6_000, 28_000);
            making.done(Row::new(at, "市供电公司", sum, "充值缴费").item("电费"));
        }
        25 => {
            let at = making.moment(day, 10, 22);
            let sum = making.between(5, 40) * 10_000;
            making.done(
                Row::new(at, "货币基金", sum, "投资理财")
                    .item("单次转入")
                    .direction("neutral")
                    .effect(Effect::Nothing),
            );
        }
        _ => {}
    }
}

impl Making {
    /// Adds a row in this person's words for a payment that went through.
    pub(super) fn done(&mut self, row: Row) {
        let done = self.person.done;
        let status = if row.direction == "in" && done == "支付成功" { "已存入零钱" } else { done };
        self.add(row.status(status));
    }

    /// One of the friends.
    pub(super) fn friend(&mut self) -> String {
        let one = self.dice.below(self.person.friends.len() as u64) as usize;
        self.person.friends[one].clone()
    }

    /// A payment and its refund some days later: the whole of it, in this person's words.
    pub(super) fn refunded(&mut self, row: Row, after_days: i64, part: Option<i64>) {
        let n = self.dice.below(1_000_000_000_000_000_000);
        let (order, shop) = (format!("2025{n:018}"), format!("M{:012}", n % 999_999_999_999));
        let mut paid = row.status(if part.is_none() { self.person.refunded } else { self.person.done });
        paid.order_no.clone_from(&order);
        paid.merchant_order_no.clone_from(&shop);
        let sum = part.unwrap_or(paid.amount);
        // The order was paid when it was paid: only its last status is another.
        paid.effect = if paid.method == "余额" { Effect::Takes } else { Effect::Nothing };
        let jitter = self.between(0, DAY - 1);
        let mut back = Row::new(paid.at + after_days * DAY + jitter, &paid.payee, sum, "退款")
            .item(&format!("退款-{}", paid.item))
            .by(&paid.method)
            .status("退款成功")
            .direction("in");
        back.order_no = format!("{order}_{}", n % 100_000);
        back.merchant_order_no = shop;
        self.add(paid);
        self.add(back);
    }
}
