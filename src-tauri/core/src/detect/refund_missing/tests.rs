use crate::detect::jotted::{shown, shown_in_the_end};

const PAID: &str = "2025-07-14 18:32 buy 34.99 某服饰店; item 登山背包; mo M38838291";

fn after_payment(rows: &str) -> Vec<String> {
    shown(&format!("{PAID}\n{rows}"))
}

#[test]
fn a_refund_under_way_is_asked_about_after_the_promised_days_and_not_before() {
    let first = "2025-07-16 12:00 refund 34.99 某服饰店; item 退款-登山背包; status 退款中; mo M38838291; \
                 memo 商家已同意退款,预计3-7个工作日到账";
    let again = |day: &str, memo: &str| {
        let second = format!(
            "2025-{day} 12:00 refund 34.99 某服饰店; item 退款-登山背包; status 退款中; mo M38838291; memo {memo}"
        );
        after_payment(&format!("{first}\n{second}"))
    };
    assert!(again("07-24", "退款处理中").is_empty());
    assert_eq!(again("08-11", "退款处理中"), ["3 refund-missing"]);
    assert_eq!(again("07-24", "处理中，已超预计时间"), ["3 refund-missing"]);
    // The day it was asked for may stand in the text alone.
    let alone = |memo: &str| {
        after_payment(&format!(
            "2025-09-12 12:00 refund 34.99 某服饰店; item 退款-登山背包; status 退款中; mo M38838291; memo {memo}"
        ))
    };
    assert_eq!(alone("退款申请于08月01日提交,仍在处理中"), ["2 refund-missing"]);
    assert!(alone("退款申请于09月10日提交,仍在处理中").is_empty());
}

#[test]
fn nothing_promised_is_late_after_three_weeks() {
    let again = |day: &str| {
        after_payment(&format!(
            "2025-07-16 12:00 refund 34.99 某服饰店; status refund_pending; mo M38838291; memo 银行处理中\n\
             2025-{day} 12:00 refund 34.99 某服饰店; status refund_pending; mo M38838291; memo 银行处理中"
        ))
    };
    assert!(again("07-26").is_empty());
    assert_eq!(again("08-10"), ["3 refund-missing"]);
    // The row is a refund's: its status need not say so again.
    let bare = |day: &str| {
        after_payment(&format!(
            "2025-07-16 12:00 refund 34.99 某服饰店; status 处理中; mo M38838291\n\
             2025-{day} 12:00 refund 34.99 某服饰店; status 处理中; mo M38838291"
        ))
    };
    assert!(bare("07-26").is_empty());
    assert_eq!(bare("08-10"), ["3 refund-missing"]);
}

#[test]
fn a_refund_that_was_closed_is_asked_about_unless_the_buyer_took_it_back() {
    let closed = |memo: &str| {
        after_payment(&format!(
            "2025-07-20 12:00 refund 34.99 某服饰店; item 退款-登山背包; status 退款关闭; mo M38838291; memo {memo}"
        ))
    };
    assert_eq!(closed("商家超时未处理,退款关闭"), ["2 refund-missing"]);
    for memo in ["买家撤销退款", "您已撤销退款申请", "用户取消退款", "refund withdrawn by buyer"]
    {
        assert!(closed(memo).is_empty(), "{memo}");
    }
}

#[test]
fn less_than_was_announced_or_agreed_is_asked_about() {
    let announced = |memo: &str, back: &str| {
        after_payment(&format!(
            "2025-07-16 12:00 refund 34.99 某服饰店; item 退款-登山背包; status 退款中; mo M38838291; \
             memo 退货退款申请34.99元已通过\n\
             2025-07-18 12:00 refund {back} 某服饰店; item 退款-登山背包; status 退款成功; mo M38838291; memo {memo}"
        ))
    };
    assert_eq!(announced("退款完成", "21.00"), ["3 refund-missing"]);
    assert!(announced("退款完成", "34.99").is_empty());
    let alone = |memo: &str| {
        after_payment(&format!(
            "2025-07-18 12:00 refund 24.99 某服饰店; item 退款-登山背包; status 退款成功; mo M38838291; memo {memo}"
        ))
    };
    assert_eq!(alone("申请退款34.99元,实退24.99元"), ["2 refund-missing"]);
    assert_eq!(alone("订单取消,退还全部货款"), ["2 refund-missing"]);
    for memo in [
        "退货运费由买家承担，扣运费10.00元",
        "协商退款金额24.99元",
        "退票,扣除退票费10.00元",
        "仅退1件",
        "退1件",
    ] {
        assert!(alone(memo).is_empty(), "{memo}");
    }
}

#[test]
fn an_order_closed_after_it_was_paid_is_asked_about_unless_it_was_given_back() {
    let notice = "2025-07-20 12:00 close 34.99 某服饰店; item 登山背包; status 交易关闭; mo M38838291; memo ";
    assert_eq!(after_payment(&format!("{notice}缺货取消")), ["2 refund-missing"]);
    assert!(after_payment(&format!("{notice}已退款")).is_empty());
    assert!(after_payment(&format!("{notice}超时未支付")).is_empty());
    let back = "2025-07-19 12:00 refund 34.99 某服饰店; item 退款-登山背包; status 退款成功; mo M38838291";
    assert!(after_payment(&format!("{back}\n{notice}缺货取消")).is_empty());
    // A second try at paying within minutes.
    let soon = notice.replace("07-20 12:00", "07-14 18:50");
    assert!(after_payment(&soon).is_empty());
}

#[test]
fn a_closed_payment_says_whether_the_money_came_back() {
    let closed = |memo: &str| {
        shown(&format!(
            "2025-07-14 18:32 buy 47.00 某店; item 防晒霜; status 交易关闭; method 某银行储蓄卡(1234); memo {memo}"
        ))
    };
    for memo in ["订单超时关闭,已扣款", "支付成功,订单已关闭", "商家取消订单,款项未退"]
    {
        assert_eq!(closed(memo), ["1 refund-missing"], "{memo}");
    }
    for memo in ["已退款", "退款成功，交易关闭", "已全额退款", "订单超时关闭"] {
        assert!(closed(memo).is_empty(), "{memo}");
    }
}

#[test]
fn what_a_card_paid_is_not_told_by_the_balance_of_the_wallet() {
    let usual: String = (1..=12)
        .map(|day| {
            format!(
                "2025-06-{day:02} 12:00 buy 10.00 面馆; method 某银行储蓄卡(1234); balance 100.00 100.00\n"
            )
        })
        .collect();
    let closed = |memo: &str| {
        shown(&format!(
            "{usual}2025-07-14 18:32 buy 47.00 某店; item 防晒霜; status 交易关闭; method 某银行储蓄卡(1234); \
             balance 100.00 100.00; memo {memo}"
        ))
    };
    assert_eq!(closed("订单超时关闭,已扣款"), ["13 refund-missing"]);
    assert!(closed("订单超时关闭").is_empty());
}

#[test]
fn a_refund_refused_after_the_money_came_is_no_loss() {
    let came = "2025-07-20 12:00 refund 34.99 某服饰店; item 退款-登山背包; status 退款成功; mo M38838291";
    let refused = |before: &str, memo: &str| {
        after_payment(&format!(
            "{before}\n2025-07-22 12:00 refund 34.99 某服饰店; item 退款-登山背包; status 退款失败; mo M38838291; memo {memo}"
        ))
    };
    assert!(refused(came, "").is_empty());
    assert!(refused("", "该订单已退款").is_empty());
    assert_eq!(refused("", ""), ["2 refund-missing"]);
}

#[test]
fn what_is_missing_and_named_is_explained() {
    let back = |amount: &str, memo: &str| {
        after_payment(&format!(
            "2025-07-20 12:00 refund {amount} 某服饰店; item 退款-登山背包; status 退款成功; mo M38838291; memo {memo}"
        ))
    };
    assert!(back("29.99", "申请退款34.99，退货运费5.00由买家承担").is_empty());
    assert!(back("32.99", "整单退款34.99 其中红包2.00已退回券包").is_empty());
    assert_eq!(back("24.99", "申请退款34.99"), ["2 refund-missing"]);
    // Half of it came: the sum that is named is the one that was agreed.
    assert_eq!(back("17.00", "应退34.00 实退17.00"), ["2 refund-missing"]);
}

#[test]
fn an_order_closed_under_its_own_number_was_paid_and_a_second_try_was_not() {
    let closed = |order: &str| {
        shown(&format!(
            "2025-03-01 10:28 buy 247.90 某数码店; item 小台灯; mo T200P68132; order 2025030122001098\n\
             2025-03-01 11:27 close 247.90 某数码店; item 小台灯; status 交易关闭; mo T200P68132; order {order}; \
             memo 付款超时自动关闭"
        ))
    };
    assert_eq!(closed("2025030122001098"), ["2 refund-missing"]);
    assert!(closed("2025030122007777").is_empty());
}

#[test]
fn a_closed_order_that_says_its_money_went_back_is_quiet() {
    let closed = |memo: &str| {
        shown(&format!(
            "2025-02-06 22:00 buy 187.87 某数码店; item 瑜伽垫; status 交易关闭; method 花呗; mo T200P95066; memo {memo}"
        ))
    };
    assert!(closed("已退款，原路退回").is_empty());
    assert!(closed("成功退款187.87").is_empty());
    assert_eq!(closed("钱扣了显示关闭"), ["1 refund-missing"]);
}

#[test]
fn a_return_may_be_of_a_part_and_is_every_refund_on_a_cards_line() {
    let back = |item: &str| {
        shown(&format!(
            "2025-03-01 10:00 buy 50.00 星巴克; item （消费）支付宝-星巴克; mo M1\n\
             2025-03-05 10:00 refund 20.00 星巴克; item {item}; status 退款成功; mo M1"
        ))
    };
    assert!(back("（退货）支付宝-星巴克").is_empty());
    assert_eq!(back("整单退货"), ["2 refund-missing"]);
}

#[test]
fn an_order_given_up_under_its_terms_waits_for_its_money() {
    let known: String = (1..=9)
        .map(|n| {
            format!(
                "2025-03-0{n} 12:00 buy 60.00 某店; item 物; mo K{n}000000\n                 2025-03-1{n} 12:00 refund 60.00 某店; item 退款-物; mo K{n}000000\n                 2025-04-0{n} 12:00 close 50.00 别家; item 物; status 交易关闭; method /\n"
            )
        })
        .collect();
    let closed = |item: &str, memo: &str| {
        let row = format!("2025-05-09 12:00 buy 280.00 某酒店; item {item}; status 交易关闭; memo {memo}");
        shown(&format!("{known}{row}"))
    };
    assert!(closed("大床房 可免费取消", "免费取消").is_empty());
    assert_eq!(closed("大床房", "已扣款 订单关闭"), ["28 refund-missing"]);
}

#[test]
fn a_refund_behind_what_its_payment_states_or_its_terms_promise_is_short() {
    let back = |status: &str, memo: &str, refund: &str| {
        shown(&format!(
            "2025-07-14 18:32 buy 300.00 某数码店; item 外套; mo M38838291; status {status}; memo {memo}\n             2025-07-20 12:00 refund 80.00 某数码店; item 退款-外套; mo M38838291; memo {refund}"
        ))
    };
    assert_eq!(back("交易成功", "全额可退定金", ""), ["2 refund-missing"]);
    assert_eq!(back("交易成功", "", "应退全额"), ["2 refund-missing"]);
    assert!(back("交易成功", "", "").is_empty());
    // Of a payment nobody can name, the refund's own words tell.
    let alone = |memo: &str| {
        shown(&format!("2025-07-20 12:00 refund 80.00 某母婴店; item 退款; status 已退款; memo {memo}"))
    };
    assert_eq!(alone("应退101.06"), ["1 refund-missing"]);
    assert!(alone("应退80.00").is_empty());
}

#[test]
fn what_a_payment_states_is_asked_about_until_the_rows_add_up_to_it() {
    let ended = |status: &str, refunded: &str, later: &str| {
        shown_in_the_end(&format!(
            "2025-07-14 18:32 buy 300.00 某数码店; item 外套; mo M38838291; status {status}; refunded {refunded}\n\
             2025-07-20 12:00 refund 80.00 某数码店; item 退款-外套; mo M38838291\n{later}"
        ))
    };
    let rest = |sum: &str| format!("2025-07-25 12:00 refund {sum} 某数码店; item 退款-外套; mo M38838291");
    assert_eq!(ended("已全额退款", "300.00", ""), ["2 refund-missing"]);
    assert!(ended("已全额退款", "300.00", &rest("220.00")).is_empty());
    assert_eq!(ended("已退款(￥200.00)", "200.00", ""), ["2 refund-missing"]);
    assert!(ended("已退款(￥200.00)", "200.00", &rest("120.00")).is_empty());
    assert!(ended("已退款(￥80.00)", "80.00", "").is_empty());
}

#[test]
fn a_refund_without_numbers_ends_what_was_announced_whatever_it_calls_the_thing() {
    let announced = |done: &str| {
        shown_in_the_end(&format!(
            "2025-03-22 15:51 buy 617.00 某书店; item 连衣裙; status 已退款; refunded 617.00\n\
             2025-03-23 15:51 refund 617.00 某书店; item 退款; status 退款处理中\n\
             {done}\n2025-06-10 15:51 buy 20.00 某书店; item 纸"
        ))
    };
    assert_eq!(announced(""), ["2 refund-missing"]);
    assert!(announced("2025-03-25 19:46 refund 617.00 某书店; item 退款-连衣裙; status 退款完成").is_empty());
}

#[test]
fn of_several_pieces_the_share_of_those_that_went_back_is_due() {
    let back = |item: &str, sum: &str, memo: &str| {
        shown(&format!(
            "2025-07-14 18:32 buy 300.00 某店; item {item}; mo M38838291\n\
             2025-07-20 12:00 refund {sum} 某店; item 退款-{item}; mo M38838291; memo {memo}"
        ))
    };
    assert_eq!(back("抽纸 ×3", "100.00", "退2件"), ["2 refund-missing"]);
    assert_eq!(back("抽纸", "100.00", "三件退两件"), ["2 refund-missing"]);
    assert!(back("抽纸 ×3", "200.00", "退2件").is_empty());
    assert!(back("抽纸", "150.00", "两件退一件").is_empty());
    assert!(back("抽纸 ×3", "190.00", "退2件，扣除运费10.00").is_empty());
}

#[test]
fn words_that_were_given_and_ways_that_the_money_went_are_understood() {
    let refund = |memo: &str| {
        shown(&format!(
            "2025-07-20 12:00 refund 80.00 某店; item 某店-退款; status 已退款￥80.00; memo {memo}"
        ))
    };
    assert_eq!(refund("说好退129元"), ["1 refund-missing"]);
    assert_eq!(refund("客服承诺补偿160.00元"), ["1 refund-missing"]);
    assert!(refund("客服承诺补偿80.00元").is_empty());
    let closed = |memo: &str| {
        shown(&format!("2025-07-20 12:00 buy 80.00 某店; item 抽纸; status 交易关闭; memo {memo}"))
    };
    for memo in ["退款已原路退回", "拼单失败，已原路退款"] {
        assert!(closed(memo).is_empty(), "{memo}");
    }
    for memo in ["订单关闭，退款未发起", "已收款，订单异常关闭"] {
        assert_eq!(closed(memo), ["1 refund-missing"], "{memo}");
    }
    let odd = after_payment(
        "2025-07-22 12:00 refund 34.99 某服饰店; item 退款-登山背包; status 退款异常; mo M38838291; \
         memo 原支付卡状态异常，款项未退回",
    );
    assert_eq!(odd, ["2 refund-missing"]);
}

#[test]
fn where_closed_orders_say_that_they_were_given_back_one_that_does_not_is_asked_about() {
    let closed = |day: &str, number: u32, memo: &str| {
        format!(
            "2025-{day} 18:32 buy 47.00 某店; item 防晒霜; status 交易关闭; method 某银行储蓄卡(1234); mo M3883829{number}; \
             memo {memo}\n2025-{day} 20:32 refund 47.00 某店; item 退款-防晒霜; status 退款成功; mo M3883829{number}\n"
        )
    };
    let last = "2025-07-14 18:32 buy 68.00 某店; item 毛巾; status 交易关闭; method 某银行储蓄卡(1234); memo 商家取消订单";
    let told =
        [("03-02", 1), ("04-08", 2), ("05-11", 3)].map(|(day, number)| closed(day, number, "已全额退款"));
    assert_eq!(shown(&format!("{}{last}", told.concat())), ["7 refund-missing"]);
    let untold =
        [("03-02", 1), ("04-08", 2), ("05-11", 3)].map(|(day, number)| closed(day, number, "订单已关闭"));
    assert!(shown(&format!("{}{last}", untold.concat())).is_empty());
}

#[test]
fn a_payment_that_stands_as_made_may_say_that_its_order_was_closed() {
    let paid = |memo: &str| {
        let row = format!("2025-07-14 18:32 buy 77.29 某零食店; item 礼包; status 支付成功; memo {memo}");
        let later = "2025-10-14 18:32 buy 5.00 某小店; item 水";
        assert_eq!(shown(&row).is_empty(), shown_in_the_end(&format!("{row}\n{later}")).is_empty(), "{memo}");
        shown(&row)
    };
    for memo in ["商户侧订单关闭,支付已扣款", "已付款,商家订单已取消", "商家已取消订单"]
    {
        assert_eq!(paid(memo), ["1 refund-missing"], "{memo}");
    }
    for memo in ["订单已取消，已退款", "订单已完成，已付款", "请在订单关闭前自提"]
    {
        assert!(paid(memo).is_empty(), "{memo}");
    }
}

#[test]
fn an_order_that_was_closed_and_is_paid_an_hour_later_is_asked_about_and_a_second_try_is_not() {
    let paid = |time: &str| {
        shown(&format!(
            "2025-07-14 18:32 close 77.29 某零食店; item 礼包; status 交易关闭; mo 5875555345\n\
             2025-07-14 {time} buy 77.29 某零食店; item 礼包; mo 5875555345"
        ))
    };
    assert_eq!(paid("19:35"), ["2 refund-missing"]);
    assert!(paid("18:36").is_empty());
}

#[test]
fn a_closed_order_is_strange_where_others_say_what_became_of_them_until_a_silent_one_comes_back() {
    let closed = |day: &str, memo: &str| {
        format!("2025-{day} 12:00 buy 50.00 某店; item 杯; status 交易关闭; mo M{day}; memo {memo}\n")
    };
    let back = |day: &str, of: &str| {
        format!("2025-{day} 12:00 refund 50.00 某店; item 退款-杯; status 退款成功; mo M{of}\n")
    };
    let said: String = [("01-05", "01-07"), ("02-05", "02-07"), ("03-05", "03-07"), ("04-05", "04-07")]
        .map(|(day, came)| closed(day, "已全额退款") + &back(came, day))
        .concat();
    assert_eq!(shown(&format!("{said}{}", closed("05-05", ""))), ["9 refund-missing"]);
    let silent = closed("04-20", "") + &back("04-22", "04-20");
    assert_eq!(
        shown(&format!("{said}{silent}{}", closed("05-05", ""))),
        ["9 refund-missing"],
        "and no later one"
    );
}

#[test]
fn closed_orders_of_one_wallet_say_nothing_of_another_that_files_every_refund_as_closed() {
    let order = |n: u32, wallet: &str, day: &str, memo: &str| {
        format!(
            "2025-{day} 12:00 buy 50.00 某店{n}; wallet {wallet}; item 杯; status 交易关闭; mo M{n}00000; memo {memo}\n"
        )
    };
    let back = |n: u32, wallet: &str, day: &str| {
        format!(
            "2025-{day} 12:00 refund 50.00 某店{n}; wallet {wallet}; item 退款-杯; status 退款成功; mo M{n}00000\n"
        )
    };
    let said: String = (1..=6)
        .map(|n| order(n, "one", &format!("0{n}-05"), "已全额退款") + &back(n, "one", &format!("0{n}-07")))
        .collect();
    let files = |memo: &str| order(7, "other", "07-05", memo) + &back(7, "other", "07-07");
    let last = order(8, "other", "08-05", "");
    assert_eq!(shown(&format!("{said}{last}")), ["13 refund-missing"]);
    assert!(shown(&format!("{said}{}{last}", files("退货退款"))).iter().all(|flag| !flag.starts_with("15")));
}
