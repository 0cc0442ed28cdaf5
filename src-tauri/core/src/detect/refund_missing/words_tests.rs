//! What refunds and closed orders say in words.

use crate::detect::jotted::shown;

const PAID: &str = "2025-07-14 18:32 buy 34.99 某服饰店; item 登山背包; mo M38838291";

fn closed(memo: &str) -> Vec<String> {
    shown(&format!(
        "2025-07-14 18:32 buy 47.00 某店; item 防晒霜; status 交易关闭; method 某银行储蓄卡(1234); memo {memo}"
    ))
}

#[test]
fn a_refund_that_says_it_is_late_is_asked_about_at_once() {
    let under_way = |memo: &str| {
        shown(&format!(
            "{PAID}\n2025-07-20 12:00 refund 34.99 某服饰店; item 退款-登山背包; status 退款处理中; mo M38838291; memo {memo}"
        ))
    };
    for memo in ["已超过承诺到账时间", "平台介入处理中", "银行退回,待重新发起"] {
        assert_eq!(under_way(memo), ["2 refund-missing"], "{memo}");
    }
    assert!(under_way("预计1-7个工作日到账").is_empty());
}

#[test]
fn an_order_that_the_shop_could_not_deliver_had_been_paid() {
    for memo in ["商家缺货,订单关闭", "超时未发货，系统关闭订单"] {
        assert_eq!(closed(memo), ["1 refund-missing"], "{memo}");
    }
    for memo in ["订单超时关闭", "退货退款-全额", "买家申请退款 已退47.00"] {
        assert!(closed(memo).is_empty(), "{memo}");
    }
}

#[test]
fn an_order_closed_on_a_row_of_its_own_is_found_by_its_item_and_sum_where_nothing_is_numbered() {
    let after = |paid: &str, memo: &str| {
        shown(&format!(
            "2025-07-01 21:45 buy {paid} 某数码店; item 手机支架
            2025-07-17 20:01 close 591.06 某数码店; item 手机支架; status 交易关闭; method ; memo {memo}"
        ))
    };
    assert_eq!(after("591.06", "商家缺货,订单关闭"), ["2 refund-missing"]);
    assert!(after("591.06", "").is_empty(), "it does not say why");
    assert!(after("591.06", "超时未付款").is_empty());
    assert!(after("590.00", "商家缺货,订单关闭").is_empty(), "another sum");
}

#[test]
fn what_came_back_of_a_closed_order_is_no_part_of_another_payment() {
    let rows = "2025-01-09 03:41 buy 77.50 某数码店; item 扩展坞
        2025-02-21 08:16 buy 27.90 某数码店; item 手机支架; status 交易关闭; method ; memo 退款成功
        2025-02-27 07:17 refund 27.90 某数码店; item 退款-手机支架; status 退款成功; method ; memo 全额退款";
    assert!(shown(rows).is_empty());
}
