//! The demo statement: one invented person's autumn, with seven things worth a look among a hundred that
//! are not. `assets/demo/alipay-demo.csv` is what this writes; a test holds them together.

use crate::generate::{AlipayRow, Dice, alipay_text, gb18030};
use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, Weekday};

const CARD: &str = "招商银行信用卡(1234)";
const DEBIT: &str = "中国银行储蓄卡(0814)";

/// Where the rows gather.
struct Book {
    rows: Vec<AlipayRow>,
    dice: Dice,
}

/// What is the same for every payment to one payee.
struct Payee {
    category: &'static str,
    name: &'static str,
    account: &'static str,
    item: &'static str,
}

const COFFEE: Payee =
    Payee {
        category: "餐饮美食", name: "晨光咖啡", account: "che***@example.com", item: "拿铁 中杯"
    };
const METRO: Payee =
    Payee { category: "交通出行", name: "城市轨道交通", account: "/", item: "地铁乘车码" };
const SHOP: Payee =
    Payee {
        category: "日用百货", name: "邻里便利店", account: "lin***@example.com", item: "便利店消费"
    };
const LUNCH: Payee = Payee {
    category: "餐饮美食",
    name: "老巷面馆",
    account: "lao***@example.com",
    item: "外卖订单, 牛肉面套餐",
};
const GRILL: Payee =
    Payee {
        category: "餐饮美食", name: "西街烤鱼", account: "xij***@example.com", item: "到店消费"
    };
const CLOTHES: Payee =
    Payee {
        category: "服饰装扮", name: "素锦服饰", account: "suj***@example.com", item: "羊毛针织衫"
    };
const MUSIC: Payee =
    Payee {
        category: "文化休闲", name: "声浪音乐", account: "she***@example.com", item: "声浪会员连续包月"
    };
const GADGETS: Payee = Payee {
    category: "数码电器",
    name: "星河数码专营店",
    account: "xin***@example.com",
    item: "手机壳与贴膜",
};
const PHONE: Payee =
    Payee { category: "充值缴费", name: "话费充值", account: "/", item: "话费充值50元" };
const POWER: Payee = Payee { category: "充值缴费", name: "东城供电", account: "/", item: "电费" };
const CLOUD: Payee =
    Payee {
        category: "商业服务", name: "云帆互动网络", account: "yun***@example.com", item: "虚拟商品"
    };
const SOMEONE: Payee =
    Payee { category: "转账红包", name: "*凯", account: "173******62", item: "转账" };
const SAFE: Payee =
    Payee {
        category: "转账红包", name: "**发", account: "166******05", item: "安全账户验证 解冻费"
    };
const LANDLORD: Payee =
    Payee { category: "转账红包", name: "*建国", account: "139******17", item: "房租" };

impl Book {
    fn add(
        &mut self,
        at: NaiveDateTime,
        payee: &Payee,
        direction: &str,
        fen: u64,
        method: &str,
        status: &str,
    ) {
        let order = format!("{}2200141{:08}", at.format("%Y%m%d"), self.dice.below(100_000_000));
        let merchant_order = match payee.category {
            "转账红包" | "收入" | "投资理财" | "信用借还" => String::new(),
            _ => format!("T200P{:016}", self.dice.below(10_000_000_000_000_000)),
        };
        self.rows.push(AlipayRow {
            at,
            category: payee.category.into(),
            party: payee.name.into(),
            account: payee.account.into(),
            item: payee.item.into(),
            direction: direction.into(),
            fen,
            method: method.into(),
            status: status.into(),
            order,
            merchant_order,
            memo: String::new(),
        });
    }

    fn pay(&mut self, at: NaiveDateTime, payee: &Payee, fen: u64, method: &str) {
        self.add(at, payee, "支出", fen, method, "交易成功");
    }

    /// The refund row of the row added last.
    fn refund_last(&mut self, at: NaiveDateTime, fen: u64) {
        let of = self.rows.last().expect("a row was added").clone();
        let number = self.dice.below(100_000_000);
        self.rows.push(AlipayRow {
            at,
            category: "退款".into(),
            item: format!("退款-{}", of.item),
            direction: "不计收支".into(),
            fen,
            status: "退款成功".into(),
            order: format!("{}_{number:08}", of.order),
            ..of
        });
    }
}

fn at(month: u32, day: u32, hour: u32, minute: u32, second: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, month, day)
        .and_then(|date| date.and_hms_opt(hour, minute, second))
        .expect("a moment of the calendar")
}

/// The demo statement, GB18030.
pub fn statement() -> Vec<u8> {
    let mut book = Book { rows: Vec::new(), dice: Dice::new(20_261_120) };
    everyday(&mut book);
    monthly(&mut book);
    friends_and_refunds(&mut book);
    trouble(&mut book);
    // The app writes the newest first.
    book.rows.sort_by_key(|row| std::cmp::Reverse(row.at));
    gb18030(&alipay_text(&book.rows, "林晓", "138******26", at(11, 20, 20, 15, 0)))
}

fn everyday(book: &mut Book) {
    let mut day = at(8, 17, 0, 0, 0);
    while day < at(11, 20, 0, 0, 0) {
        let workday = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let clock = |hour: i64, minute: i64, second: u64| {
            day + Duration::hours(hour) + Duration::minutes(minute) + Duration::seconds(second as i64)
        };
        match day.ordinal() % 7 {
            1 if workday => {
                let late = book.dice.below(59);
                book.pay(clock(8, 24, late), &COFFEE, 1800, "花呗");
            }
            3 if workday => {
                let (out, back) = (book.dice.below(59), book.dice.below(59));
                book.pay(clock(8, 3, out), &METRO, 400, "余额");
                book.pay(clock(18, 37, back), &METRO, 400, "余额");
            }
            4 if workday => {
                let (late, fen) = (book.dice.below(59), 2200 + 100 * book.dice.below(9));
                book.pay(clock(12, 11, late), &LUNCH, fen, "花呗&红包");
            }
            6 => {
                let (late, fen) = (book.dice.below(59), 980 + 10 * book.dice.below(240));
                book.pay(clock(19, 42, late), &SHOP, fen, CARD);
            }
            0 if workday => {
                let late = book.dice.below(59);
                book.pay(clock(8, 21, late), &COFFEE, 1800, CARD);
                book.pay(clock(15, 2, late), &COFFEE, 1800, CARD);
            }
            _ => {}
        }
        day += Duration::days(1);
    }
}

fn monthly(book: &mut Book) {
    let salary =
        Payee {
            category: "收入", name: "北辰软件有限公司", account: "bei***@example.com", item: "工资"
        };
    let huabei = Payee { category: "信用借还", name: "花呗", account: "/", item: "花呗主动还款" };
    let card =
        Payee { category: "信用借还", name: "招商银行", account: "/", item: "信用卡还款" };
    for month in 8..=11 {
        let second = u32::try_from(book.dice.below(59)).expect("below 59");
        if month > 8 {
            book.add(at(month, 10, 9, 30, second), &salary, "收入", 1_260_000, "余额", "交易成功");
            book.pay(at(month, 5, 20, 4, second), &LANDLORD, 320_000, DEBIT);
            let fen = 50_000 + 100 * book.dice.below(300);
            book.add(at(month, 10, 21, 12, second), &huabei, "不计收支", fen, DEBIT, "还款成功");
            book.pay(at(month, 8, 18, 30, second), &PHONE, 5000, "余额宝");
            book.pay(at(month, 12, 19, 1, second), &POWER, 8_600 + 100 * u64::from(month), "余额宝");
        }
        if month < 11 {
            book.pay(at(month, 15 + month % 3, 10, 0, second), &MUSIC, 1500, CARD);
            let fen = 90_000 + 100 * book.dice.below(500);
            book.add(at(month, 20, 21, 40, second), &card, "不计收支", fen, DEBIT, "还款成功");
        }
        for day in [18, 28] {
            if (month, day) < (11, 28) {
                let interest = Payee { category: "投资理财", name: "余额宝", account: "/", item: "" };
                book.add(
                    at(month, day, 5, 12, second),
                    &interest,
                    "不计收支",
                    90 + book.dice.clone().below(60),
                    "余额宝",
                    "交易成功",
                );
                let row = book.rows.last_mut().expect("a row was added");
                row.item = format!("余额宝-{}-收益发放", (row.at - Duration::days(1)).format("%Y.%m.%d"));
            }
        }
    }
}

fn friends_and_refunds(book: &mut Book) {
    for (month, day) in [(9, 12), (10, 17)] {
        book.pay(at(month, day, 19, 20, 8), &GRILL, 18_600, CARD);
        for (minute, name) in [(31, "*梅"), (33, "**宇"), (36, "*静")] {
            let friend = Payee { category: "转账红包", name, account: "135******48", item: "AA收款" };
            book.add(at(month, day, 20, minute, 12), &friend, "收入", 4650, "余额", "交易成功");
        }
    }
    let gift = Payee { category: "转账红包", name: "*梅", account: "135******48", item: "红包" };
    book.pay(at(9, 25, 21, 0, 0), &gift, 8800, "余额");
    // Refunds that came: one whole, one in part.
    book.add(at(9, 22, 20, 45, 9), &CLOTHES, "支出", 21_900, "花呗", "交易关闭");
    book.refund_last(at(9, 26, 11, 3, 51), 21_900);
    book.pay(at(10, 9, 22, 8, 30), &GADGETS, 6900, CARD);
    book.refund_last(at(10, 14, 9, 44, 2), 2000);
    // An order given up before it was paid.
    book.add(at(10, 22, 23, 1, 4), &GADGETS, "不计收支", 45_900, "", "交易关闭");
}

fn trouble(book: &mut Book) {
    // Charged twice within forty seconds.
    book.pay(at(11, 18, 12, 21, 5), &GRILL, 12_800, CARD);
    book.pay(at(11, 18, 12, 21, 45), &GRILL, 12_800, CARD);
    // Far above what this payee ever took.
    book.pay(at(11, 16, 19, 47, 33), &SHOP, 128_000, CARD);
    // Closed, and no refund row in four weeks.
    book.add(at(10, 26, 21, 16, 40), &CLOTHES, "支出", 29_900, "花呗", "交易关闭");
    // 15.00 every month so far.
    book.pay(at(11, 17, 10, 0, 21), &MUSIC, 2500, CARD);
    // One fen, then a large sum, at night, to a payee never seen before.
    book.pay(at(11, 19, 1, 47, 10), &CLOUD, 1, CARD);
    book.pay(at(11, 19, 1, 52, 33), &CLOUD, 299_800, CARD);
    // The first transfer to a person, large, at night.
    book.pay(at(11, 20, 2, 13, 27), &SOMEONE, 500_000, "余额宝");
    // Words of a known scam.
    book.pay(at(11, 12, 16, 32, 18), &SAFE, 80_000, DEBIT);
}
