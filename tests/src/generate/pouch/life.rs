//! What goes on every day.

use super::{DAY, DAYS, HOUR, Pen};

const LUNCH: [&str; 8] =
    ["兰州牛肉面", "沙县小吃", "张记麻辣烫", "肯德基", "瑞幸咖啡", "老乡鸡", "美团外卖", "饿了么"];
const SHOPS: [&str; 6] = ["全家便利店", "永辉超市", "盒马鲜生", "物美超市", "罗森便利", "百果园"];
const NET: [&str; 6] =
    ["淘宝-小鹿优品", "拼多多平台商户", "京东商城平台商户", "晨光文具旗舰店", "优衣库官方旗舰店", "天猫超市"];
pub const GIVEN: [&str; 10] = ["伟", "芳", "秀英", "建国", "晓燕", "志强", "雨桐", "子涵", "海波", "丽华"];
pub const FAMILY: [&str; 8] = ["王", "李", "张", "刘", "陈", "杨", "赵", "周"];

/// A name of a person; the second letter of some is masked as the wallets do.
pub fn person(pen: &mut Pen) -> String {
    let name = format!("{}{}", pen.dice.pick(&FAMILY), pen.dice.pick(&GIVEN));
    if pen.alipay && pen.chance(30) { format!("*{}", name.chars().skip(1).collect::<String>()) } else { name }
}

/// Lays a life of eighteen months.
pub fn live(pen: &mut Pen) {
    let friends: Vec<String> = (0..6).map(|_| person(pen)).collect();
    let lunches: Vec<&str> = (0..3).map(|_| pen.dice.pick(&LUNCH)).collect();
    let rate = pen.range(50, 100);
    let shift = if pen.night { 10 * HOUR } else { 0 };
    for day in 0..DAYS {
        let start = day * DAY + shift;
        if day % 7 < 5 {
            for hour in [8, 18] {
                if pen.chance(rate as u64) {
                    let at = start + hour * HOUR + pen.range(0, 2_400);
                    let fen = [200, 300, 400, 500][pen.dice.below(4) as usize];
                    let mut row = pen.pay(at, "上海地铁", fen, "交通出行", "地铁乘车");
                    row.method = pen.pocket().into();
                    pen.put(row);
                }
            }
        }
        if pen.chance(rate as u64) {
            let at = start + 12 * HOUR + pen.range(-2_000, 3_600);
            let shop = lunches[pen.dice.below(lunches.len() as u64) as usize];
            let fen = pen.about(24.0, 0.35);
            let row =
                pen.pay(at, shop, fen, "餐饮美食", if pen.alipay { "消费" } else { "收款方备注:二维码收款" });
            pen.put(row);
        }
        if pen.chance(35) {
            let at = start + 19 * HOUR + pen.range(-3_600, 7_200);
            let (shop, fen) = (pen.dice.pick(&SHOPS), pen.about(45.0, 0.7));
            let row = pen.pay(at, shop, fen, "日用百货", &format!("{shop}-订单"));
            pen.put(row);
        }
        if pen.chance(14) {
            let at = start + pen.range(10 * HOUR, 23 * HOUR);
            let (shop, fen) = (pen.dice.pick(&NET), pen.about(95.0, 0.9));
            let item = pen.dice.pick(&[
                "抽纸整箱",
                "蓝牙耳机",
                "儿童绘本",
                "运动短裤",
                "猫粮10kg",
                "手机壳",
                "不锈钢保温杯",
            ]);
            let row = pen.pay(at, shop, fen, "数码电器", item);
            pen.put(row);
        }
        if pen.chance(6) {
            let at = start + pen.range(10 * HOUR, 22 * HOUR);
            let name = format!(
                "{}{}店",
                pen.dice.pick(&["幸福里", "新天地", "大宁", "江湾", "老西门"]),
                pen.range(1, 90)
            );
            let fen = pen.about(60.0, 0.8);
            let row = pen.pay(at, &name, fen, "生活服务", "到店消费");
            pen.put(row);
        }
        if pen.chance(9) {
            let at = start + pen.range(9 * HOUR, 22 * HOUR);
            let friend = friends[pen.dice.below(6) as usize].clone();
            let fen = pen.about(90.0, 0.9);
            let note = pen.dice.pick(&["", "", "饭钱", "AA", "谢谢", "代买"]);
            let row = if pen.chance(50) {
                pen.send(at, &friend, fen, note)
            } else {
                pen.receive(at, &friend, fen, note)
            };
            pen.put(row);
        }
    }
    monthly(pen, &friends);
}

fn monthly(pen: &mut Pen, friends: &[String]) {
    let landlord = person(pen);
    let rent = pen.range(15, 60) * 10_000;
    let phone = pen.range(39, 129) * 100;
    let video = [1_500, 2_000, 2_500, 3_000][pen.dice.below(4) as usize];
    for month in 0..DAYS / 30 {
        let first = month * 30 * DAY;
        let at = first + 2 * DAY + pen.range(9 * HOUR, 20 * HOUR);
        let mut row = pen.send(at, &landlord, rent, "房租");
        row.method = pen.card.into();
        pen.put(row);
        let at = first + 8 * DAY + pen.range(9 * HOUR, 12 * HOUR);
        let row = pen.pay(at, "中国移动", phone, "充值缴费", "手机话费充值");
        pen.put(row);
        let at = first + 12 * DAY + pen.range(3 * HOUR, 5 * HOUR);
        let mut row = pen.pay(at, "爱奇艺", video, "文化休闲", "爱奇艺黄金VIP会员连续包月");
        row.method = pen.card.into();
        pen.put(row);
        let at = first + 15 * DAY + pen.range(9 * HOUR, 20 * HOUR);
        let fen = pen.about(130.0, 0.4);
        let row = pen.pay(at, "国网上海市电力公司", fen, "充值缴费", "电费");
        pen.put(row);
        let at = first + 20 * DAY + pen.range(9 * HOUR, 20 * HOUR);
        let (friend, fen) = (friends[0].clone(), pen.range(10, 60) * 10_000);
        let row = pen.receive(at, &friend, fen, "生活费");
        pen.put(row);
    }
}
