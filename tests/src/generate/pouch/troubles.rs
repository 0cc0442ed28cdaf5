//! What goes wrong, as a person would tell it.

use super::life::{FAMILY, GIVEN, person};
use super::{DAY, DAYS, HOUR, Moves, Pen, Row, yuan};

/// Lays five or so troubles, each kind with the same chance, and says what the user noted: when, whom, what.
pub fn lay(pen: &mut Pen) -> Vec<(i64, &'static str, &'static str)> {
    let mut notes = Vec::new();
    let kinds: [fn(&mut Pen); 17] = [
        duplicate,
        raised,
        trial,
        refund_missing,
        refund_short,
        closed,
        failed,
        fee,
        rate,
        test_charge,
        emptied,
        new_payee,
        scam,
        typo,
        slip,
        hold,
        |_| {},
    ];
    for (place, kind) in kinds.into_iter().enumerate() {
        if !pen.chance(32) {
            continue;
        }
        if place == 16 {
            notes.push(renewed(pen));
        } else {
            kind(pen);
        }
    }
    notes
}

/// A day after habits have formed.
fn when(pen: &mut Pen) -> i64 {
    pen.day(120, DAYS - 45)
}

fn duplicate(pen: &mut Pen) {
    let at = when(pen);
    let (shop, item) = [
        ("盒马鲜生", "盒马鲜生-订单"),
        ("携程旅行网", "酒店预订"),
        ("京东商城平台商户", "不锈钢保温杯"),
        ("永辉超市", "永辉超市-订单"),
        ("美团外卖", "外卖订单"),
        ("中国石化加油站", "92号汽油"),
    ][pen.dice.below(6) as usize];
    let fen = pen.about(160.0, 0.7);
    let first = pen.pay(at, shop, fen, "生活服务", item);
    let mut again = first.clone();
    again.at += if pen.chance(60) { pen.range(3, 90) } else { pen.range(90, 1_500) };
    again.order = pen.number(again.at);
    if pen.chance(60) {
        let number = pen.number(again.at);
        again.shop_order = number;
    }
    pen.put(first);
    pen.wrong("duplicate", vec![again]);
}

/// A subscription of `months` charges from `at` on.
fn charges(pen: &mut Pen, at: i64, months: i64, payee: &str, item: &str, fen: i64) -> Vec<Row> {
    let mut rows = Vec::new();
    for month in 0..months {
        let at = at + month * 30 * DAY + pen.range(0, DAY);
        let mut row = pen.pay(at, payee, fen, "文化休闲", item);
        row.method = pen.card.into();
        rows.push(row);
    }
    rows
}

fn raised(pen: &mut Pen) {
    let (payee, item) = [
        ("优酷", "优酷VIP会员自动续费"),
        ("网易云音乐", "黑胶VIP连续包月"),
        ("百度网盘", "超级会员自动续费"),
        ("Keep", "会员订阅"),
        ("得到", "月度会员"),
    ][pen.dice.below(5) as usize];
    let fen = [1_200, 1_500, 1_900, 2_500, 3_000][pen.dice.below(5) as usize];
    let at = pen.day(10, 60);
    let mut rows = charges(pen, at, 14, payee, item, fen);
    let turn = pen.range(5, 11) as usize;
    let dear = fen * pen.range(115, 180) / 100 / 10 * 10;
    rows[turn..].iter_mut().for_each(|row| row.fen = dear);
    let raised = rows.remove(turn);
    rows.into_iter().for_each(|row| pen.put(row));
    pen.wrong("raised", vec![raised]);
}

fn renewed(pen: &mut Pen) -> (i64, &'static str, &'static str) {
    let (payee, item) =
        [("喜马拉雅", "喜马拉雅VIP连续包月"), ("WPS", "WPS超级会员自动续费"), ("芒果TV", "会员连续包月")]
            [pen.dice.below(3) as usize];
    let at = pen.day(10, 200);
    let months = pen.range(3, 7);
    let mut rows = charges(pen, at, months + 1, payee, item, 1_800);
    let after = rows.pop().expect("more than one");
    let noted = rows.last().expect("three at least").at + pen.range(1, 20) * DAY;
    rows.into_iter().for_each(|row| pen.put(row));
    pen.wrong("renewed", vec![after]);
    (noted, payee, item)
}

fn trial(pen: &mut Pen) {
    let at = when(pen);
    let (payee, first, then) = [
        ("某某健身", "7天体验会员", "年度会员自动续费"),
        ("小灯塔阅读", "会员免费试用7天", "连续包年会员"),
        ("扫描全能王", "高级账户试用", "高级账户自动续费"),
        ("腾讯视频", "首周体验1元", "VIP会员自动续费"),
    ][pen.dice.below(4) as usize];
    let small = [1, 100, 100, 990][pen.dice.below(4) as usize];
    let begin = pen.pay(at, payee, small, "文化休闲", first);
    pen.put(begin);
    let fen = pen.range(38, 298) * 100;
    let later = at + pen.range(3, 31) * DAY;
    let mut row = pen.pay(later, payee, fen, "文化休闲", then);
    row.method = pen.card.into();
    pen.wrong("trial", vec![row]);
}

fn bought(pen: &mut Pen) -> Row {
    let at = when(pen);
    let (shop, item) = [
        ("韩都衣舍旗舰店", "羽绒服"),
        ("小米有品", "空气炸锅"),
        ("唯品会", "运动鞋"),
        ("飞猪旅行", "机票"),
        ("大麦网", "演唱会门票"),
    ][pen.dice.below(5) as usize];
    let fen = pen.about(320.0, 0.6);
    pen.pay(at, shop, fen, "服饰装扮", item)
}

fn refund_missing(pen: &mut Pen) {
    let mut row = bought(pen);
    let shape = pen.dice.below(3);
    let later = row.at + pen.range(1, 6) * DAY;
    let mut asked = pen.refund(&row, later, row.fen);
    asked.moves = Moves::Not;
    match shape {
        0 => asked.status = "退款失败".into(),
        1 => asked.status = "退款处理中".into(),
        _ => {
            // It says it came; the balance does not.
            asked.method = pen.pocket().into();
            row.method = pen.pocket().into();
        }
    }
    pen.put(row);
    pen.wrong("refund-missing", vec![asked]);
}

fn refund_short(pen: &mut Pen) {
    let mut row = bought(pen);
    let later = row.at + pen.range(1, 9) * DAY;
    let part = row.fen * pen.range(40, 85) / 100;
    let mut back = pen.refund(&row, later, part);
    match pen.dice.below(3) {
        0 => row.status = pen.returned(row.fen, row.fen),
        1 => back.memo = format!("应退{}元", yuan(row.fen as u64)),
        _ => {
            row.status = pen.returned(row.fen, row.fen);
            back.memo = "全额退款".into();
        }
    }
    pen.put(row);
    pen.wrong("refund-short", vec![back]);
}

fn closed(pen: &mut Pen) {
    let mut row = bought(pen);
    row.status = "交易关闭".into();
    row.method = pen.pocket().into();
    row.moves = Moves::Down;
    if pen.chance(40) {
        row.memo =
            ["已付款，订单超时关闭", "卖家关闭订单", "付款后交易关闭"][pen.dice.below(3) as usize].into();
    }
    pen.wrong("closed", vec![row]);
}

fn failed(pen: &mut Pen) {
    let mut row = bought(pen);
    row.status = ["支付失败", "付款失败", "交易失败"][pen.dice.below(3) as usize].into();
    row.method = pen.pocket().into();
    row.moves = Moves::Down;
    if pen.chance(50) {
        row.memo =
            ["已扣款", "银行已扣款，订单未支付", "扣款成功订单失败"][pen.dice.below(3) as usize].into();
    }
    pen.wrong("failed", vec![row]);
}

fn fee(pen: &mut Pen) {
    let at = when(pen);
    let (payee, item, low, high) = [
        ("分期乐", "逾期违约金", 1_500, 9_000),
        ("携程旅行网", "退改手续费", 3_000, 30_000),
        ("某某小贷", "会员服务费", 9_900, 39_900),
        ("滴滴出行", "取消费", 500, 2_000),
        ("银行卡账户", "账户管理费", 1_000, 3_000),
        ("花呗", "分期服务费", 1_200, 6_000),
    ][pen.dice.below(6) as usize];
    let fen = pen.range(low, high);
    let row = pen.pay(at, payee, fen, "信用借还", item);
    pen.wrong("fee", vec![row]);
}

fn rate(pen: &mut Pen) {
    let (payee, item, cents) =
        [("OpenAI", "ChatGPT Plus", 2_000), ("Spotify", "Premium", 1_099), ("Amazon US", "Kindle", 1_499)]
            [pen.dice.below(3) as usize];
    let at = pen.day(10, 60);
    let rows = foreign(pen, at, 13, payee, item, cents, None);
    let turn = pen.range(6, 11) as usize;
    let (mut before, mut after) = (rows, Vec::new());
    after.extend(before.drain(turn + 1..));
    let mut dear = before.pop().expect("turn is within");
    let extra = pen.range(106, 118);
    dear.fen = dear.fen * extra / 100;
    dear.memo = spoken(cents, dear.fen);
    before.into_iter().chain(after).for_each(|row| pen.put(row));
    pen.wrong("rate", vec![dear]);
}

fn spoken(cents: i64, fen: i64) -> String {
    format!("USD {} 汇率{:.4}", yuan(cents as u64), fen as f64 / cents as f64)
}

/// Charges in dollars at the day's rate; `None` writes the dollars as the item does.
pub fn foreign(
    pen: &mut Pen,
    at: i64,
    months: i64,
    payee: &str,
    item: &str,
    cents: i64,
    spread: Option<f64>,
) -> Vec<Row> {
    let mut rows = charges(pen, at, months, payee, item, 0);
    for row in &mut rows {
        let rate = 7.18 * pen.dice.normal(0.0, spread.unwrap_or(0.008)).exp();
        row.fen = (cents as f64 * rate).round() as i64;
        row.memo = spoken(cents, row.fen);
    }
    rows
}

fn test_charge(pen: &mut Pen) {
    let at = when(pen);
    let name = ["鑫达电子商务", "云端数码专营店", "XYZ GAME LTD", "海淘优选"][pen.dice.below(4) as usize];
    let small = pen.range(1, 100);
    let mut first = pen.pay(at, name, small, "其他", "商品");
    let fen = pen.range(800, 4_000) * 100;
    let later = at + pen.range(120, 5 * HOUR);
    let mut big = pen.pay(later, name, fen, "其他", "商品");
    for row in [&mut first, &mut big] {
        row.method = pen.card.into();
    }
    pen.wrong("test-charge", vec![first, big]);
}

fn emptied(pen: &mut Pen) {
    let at = pen.range(120, DAYS - 45) * DAY + pen.range(0, 24) * HOUR;
    let who = person(pen);
    let mut rows = Vec::new();
    let pieces = pen.range(1, 3);
    for piece in 0..pieces {
        let gap = piece * pen.range(60, 900);
        let mut row = pen.send(at + gap, &who, 0, "");
        row.method = pen.pocket().into();
        row.moves = Moves::Drain(if piece + 1 == pieces { pen.range(97, 100) } else { 50 });
        rows.push(row);
    }
    pen.wrong("emptied", rows);
}

fn new_payee(pen: &mut Pen) {
    let at = pen.range(120, DAYS - 45) * DAY + pen.range(0, 24) * HOUR;
    let (who, fen) = (person(pen), pen.range(50, 300) * 10_000);
    let mut row = pen.send(at, &who, fen, "");
    row.method = pen.card.into();
    pen.wrong("new-payee", vec![row]);
}

fn scam(pen: &mut Pen) {
    let at = when(pen);
    let note = [
        "刷单任务垫付",
        "做单返利",
        "解冻保证金",
        "安全账户资金核查",
        "注销校园贷认证",
        "贷款工本费",
        "客服理赔认证金",
        "投资理财跟单",
    ][pen.dice.below(8) as usize];
    let (who, fen) = (person(pen), pen.range(3, 80) * 10_000);
    let row = pen.send(at, &who, fen, note);
    pen.wrong("scam", vec![row]);
}

fn typo(pen: &mut Pen) {
    let family = pen.dice.pick(&FAMILY);
    let (right, off) =
        [("建国", "建园"), ("晓燕", "小燕"), ("志强", "志刚"), ("雨桐", "雨彤"), ("子涵", "子晗")]
            [pen.dice.below(5) as usize];
    debug_assert!(GIVEN.contains(&right));
    let fen = pen.range(5, 40) * 10_000;
    let begin = pen.day(10, 60);
    let times = pen.range(5, 10);
    for month in 0..times {
        let row = pen.send(begin + month * 30 * DAY, &format!("{family}{right}"), fen, "房租");
        pen.put(row);
    }
    let row = pen.send(begin + times * 30 * DAY, &format!("{family}{off}"), fen, "房租");
    pen.wrong("typo", vec![row]);
}

fn slip(pen: &mut Pen) {
    let at = when(pen);
    let fen = pen.about(60.0, 0.6);
    let mut row = pen.pay(at, "永辉超市", fen, "日用百货", "永辉超市-订单");
    row.method = pen.pocket().into();
    row.moves = Moves::Slip(pen.range(5, 60) * 100);
    if pen.balances {
        pen.wrong("balance", vec![row]);
    }
}

fn hold(pen: &mut Pen) {
    let at = when(pen);
    let (payee, item, fen) = [
        ("街电科技", "充电宝押金", 9_900),
        ("如家酒店", "酒店押金", 30_000),
        ("一嗨租车", "租车预授权", 300_000),
        ("哈啰出行", "骑行押金", 19_900),
    ][pen.dice.below(4) as usize];
    let mut row = pen.pay(at, payee, fen, "生活服务", item);
    row.flow = "neutral";
    row.method = pen.pocket().into();
    row.status = "冻结".into();
    row.moves = Moves::Down;
    pen.wrong("hold", vec![row]);
}
