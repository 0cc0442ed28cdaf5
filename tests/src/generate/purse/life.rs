//! Days as they go: meals, ways to work, shopping, friends, bills, wages.

use super::dialect::{Dialect, Flow, Sort, Way};
use super::{DAY, Dice, HOUR, Purse, Row};

const FAMILY: &[&str] = &[
    "冯", "曹", "彭", "曾", "萧", "田", "董", "袁", "潘", "蔡", "蒋", "余", "于", "杜", "叶", "程", "魏",
    "苏", "吕", "丁", "沈", "任", "姚", "卢", "傅", "钟", "崔", "谭", "廖", "范", "汪", "陆", "金", "石",
    "戴", "贾",
];
const GIVEN: &[&str] = &[
    "一诺", "可欣", "俊熙", "诗涵", "天佑", "晓彤", "国栋", "桂兰", "凤英", "德福", "小龙", "宇航", "婷婷",
    "鹏", "霞", "涛", "莉", "斌", "倩", "凯", "雪", "刚", "琳", "波", "颖", "辉", "丹", "峰", "玲", "超",
    "瑶", "健",
];
const PLACE: &[&str] = &[
    "老街",
    "锦和",
    "星辰",
    "海棠",
    "小南国",
    "阿婆",
    "福满",
    "湖畔",
    "西门",
    "半山",
    "青禾",
    "大众",
    "蓝天",
    "和记",
    "金穗",
    "南山",
    "梧桐",
    "云栖",
    "百味",
    "同福",
];

/// A person's name as this user's app shows it.
pub(super) fn someone(dice: &mut Dice) -> String {
    let (family, given) = (dice.pick(FAMILY), dice.pick(GIVEN));
    match dice.below(12) {
        0 => format!("{}(**{})", dice.pick(&["晴天", "小鱼儿", "Luna", "老K", "大白"]), last(given)),
        1 => format!("{family}{given}(*{})", last(given)),
        _ => format!("{family}{given}"),
    }
}

fn last(name: &str) -> char {
    name.chars().last().unwrap_or('某')
}

/// A shop's name.
pub(super) fn place(dice: &mut Dice, sort: Sort) -> String {
    let what: &[&str] = match sort {
        Sort::Food => &["面馆", "饺子店", "茶餐厅", "烧腊", "火锅", "咖啡馆", "早餐铺", "粥铺"],
        Sort::Grocery => &["便利店", "超市", "水果店", "菜场", "生鲜"],
        Sort::Shopping => &["旗舰店", "书店", "服饰", "数码城", "家居", "百货商场"],
        Sort::Travel => &["大酒店", "客栈", "民宿", "租车"],
        Sort::Fun => &["影城", "游乐园", "KTV", "球馆"],
        _ => &["服务中心", "商行"],
    };
    format!("{}{}", dice.pick(PLACE), dice.pick(what))
}

/// Draws a person.
pub(super) fn person(mut dice: Dice, user: String) -> Purse {
    dice.roll();
    let dialect = Dialect::draw(&mut dice);
    let friends = (0..5 + dice.below(7)).map(|_| someone(&mut dice)).collect();
    let mut shops = Vec::new();
    for (sort, many) in [(Sort::Food, 8), (Sort::Grocery, 4), (Sort::Shopping, 7), (Sort::Fun, 3)] {
        for _ in 0..many {
            shops.push((place(&mut dice, sort), sort));
        }
    }
    let days = 200 + i64::try_from(dice.below(340)).unwrap_or(0);
    Purse {
        dice,
        dialect,
        user,
        days,
        friends,
        shops,
        rows: Vec::new(),
        notes: Vec::new(),
        incidents: 0,
        twin: "",
    }
}

/// Lives through all days.
pub(super) fn live(purse: &mut Purse) {
    let shift = if purse.chance(8) { 11 * HOUR } else { 0 };
    let (rides, meals) = (purse.chance(65), purse.between(50, 180));
    let dear = purse.between(60, 220);
    let landlord = someone(&mut purse.dice);
    let (rent, wage) = (purse.between(9, 70) * 10_000, purse.between(45, 300) * 10_000);
    let weekly = [someone(&mut purse.dice), someone(&mut purse.dice)];
    let metro = purse.one(&["地铁", "公交集团", "Metro"]);
    for day in 0..purse.days {
        if rides && day % 7 < 5 {
            for hour in [7, 17] {
                let at = purse.moment(day, hour, hour + 2) + shift;
                let fare = purse.one(&[200, 300, 400, 500, 600]);
                purse.add(Row::new(at, metro, fare, Sort::Transit).item("乘车"));
            }
        }
        let mut meal = meals;
        while meal > 0 {
            if i64::try_from(purse.dice.below(100)).unwrap_or(0) < meal {
                let at = purse.moment(day, 7, 21) + shift;
                let shop = purse.shop(Sort::Food);
                let price = purse.between(6, 55) * dear + purse.one(&[0, 0, 50, 80]);
                purse.add(Row::new(at, &shop, price, Sort::Food));
            }
            meal -= 100;
        }
        if purse.chance(45) {
            let at = purse.moment(day, 8, 22) + shift;
            let shop = purse.shop(Sort::Grocery);
            let price = purse.between(300, 16_000);
            purse.add(Row::new(at, &shop, price, Sort::Grocery));
        }
        if purse.chance(18) {
            let at = purse.moment(day, 8, 24);
            let shop = purse.shop(Sort::Shopping);
            let price = purse.between(1_500, 45_000);
            let what = purse.one(&["衣服", "数据线", "杯子", "图书", "灯", "鞋", "零食大礼包", "洗衣液"]);
            let row = Row::new(at, &shop, price, Sort::Shopping).item(what).way(Way::Online);
            let row = if purse.chance(40) { row.card() } else { row };
            purse.add(row);
        }
        if purse.chance(5) {
            let at = purse.moment(day, 11, 24);
            let (shop, price) = (purse.shop(Sort::Fun), purse.between(20, 300) * 100);
            purse.add(Row::new(at, &shop, price, Sort::Fun));
        }
        if purse.chance(8) {
            let at = purse.moment(day, 9, 24);
            let (friend, sum) = (purse.friend(), purse.between(10, 500) * 100);
            let flow = if purse.chance(55) { Flow::Out } else { Flow::In };
            let memo = purse.one(&["", "", "饭钱", "谢谢", "还你", "车费"]);
            purse.add(Row::new(at, &friend, sum, Sort::Transfer).flow(flow).memo(memo).way(Way::App));
        }
        if day % 7 == 2 {
            let at = purse.moment(day, 18, 20);
            let who = weekly[usize::from(day % 14 == 2)].clone();
            purse.add(Row::new(at, &who, 15_000, Sort::Transfer).memo("家教").way(Way::App));
        }
        monthly(purse, day, &landlord, rent, wage);
    }
}

fn monthly(purse: &mut Purse, day: i64, landlord: &str, rent: i64, wage: i64) {
    let at = purse.moment(day, 9, 21);
    match day % 30 {
        1 => purse.add(Row::new(at, landlord, rent, Sort::Transfer).memo("房租").way(Way::App)),
        5 => purse.add(Row::new(at, "未来软件公司", wage, Sort::Salary).flow(Flow::In).item("工资")),
        8 => {
            let sum = purse.between(5_000, 30_000);
            purse.add(Row::new(at, "自来水公司", sum, Sort::Bills).item("水费"));
        }
        12 => {
            let sum = purse.between(40, 400) * 1_000;
            let row = Row::new(at, "信用卡还款", sum, Sort::Credit).flow(Flow::Neither).way(Way::Auto);
            purse.add(row.card());
        }
        16 => {
            let sum = purse.one(&[3_000, 5_000, 10_000]);
            purse.add(Row::new(at, "移动营业厅", sum, Sort::TopUp).item("话费"));
        }
        22 => {
            let sum = purse.between(2, 30) * 10_000;
            let row = Row::new(at, "零钱理财", sum, Sort::Savings).flow(Flow::Neither).item("转入");
            purse.add(row.moves(-sum));
        }
        27 => {
            let sum = purse.between(2, 30) * 10_000;
            let row = Row::new(at - day % 5 * DAY / 10, "零钱理财", sum, Sort::Savings);
            purse.add(row.flow(Flow::Neither).item("转出").moves(sum));
        }
        _ => {}
    }
}
