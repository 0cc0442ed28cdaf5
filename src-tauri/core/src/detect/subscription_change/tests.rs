use crate::detect::jotted::shown;

fn months(count: u32, row: &str) -> String {
    (1..=count).map(|month| format!("2025-{month:02}-05 12:00 buy {row}\n")).collect()
}

#[test]
fn what_was_cancelled_and_comes_for_another_period_was_renewed() {
    let after = |cancelled: &str, charged: &str| {
        shown(&format!(
            "2025-03-05 12:00 buy 15.00 某平台; item {cancelled}; note 已取消\n             2025-03-20 12:00 buy 45.00 某平台; item {charged}"
        ))
    };
    for (cancelled, charged) in [
        ("黑胶VIP连续包月", "黑胶VIP连续包季"),
        ("大会员自动续费", "大会员自动续费 季度"),
        ("月租车位", "季租车位"),
        ("云空间 50GB 连续包月", "云空间 50GB 季度"),
    ] {
        assert_eq!(after(cancelled, charged), ["2 subscription-change"], "{cancelled} {charged}");
    }
    for (cancelled, charged) in [
        ("黑胶VIP连续包月", "数字专辑"),
        ("省钱月卡连续包月", "快车"),
        ("云空间 200GB 连续包月", "云空间 50GB 连续包月"),
    ] {
        assert!(after(cancelled, charged).is_empty(), "{cancelled} {charged}");
    }
}

#[test]
fn a_longer_ride_is_no_dearer_subscription() {
    let rides: String = ["01", "08", "15", "22"]
        .map(|day| format!("2025-01-{day} 07:22 buy 4.00 某轨道交通; item 某地铁-乘车码08818869 人民路; channel 免密支付\n"))
        .concat();
    assert!(
        shown(&format!(
            "{rides}2025-01-29 07:22 buy 6.00 某轨道交通; item 某地铁-乘车码08818869 人民路; channel 免密支付"
        ))
        .is_empty()
    );
}

#[test]
fn what_ran_beside_the_cancelled_one_goes_on() {
    let rows = |second: &str| {
        let both = (1..=3).map(|month| {
            let note = if month == 3 { "; note 已取消" } else { "" };
            format!(
                "2025-0{month}-05 12:00 buy 19.00 某运动; item 某运动会员连续包月\n\
                 2025-0{month}-17 12:00 buy 12.00 某运动; item 某运动PLUS会员连续包月{note}\n"
            )
        });
        shown(&format!("{}2025-04-05 12:00 buy 19.00 某运动; item {second}", both.collect::<String>()))
    };
    assert!(rows("某运动会员连续包月").is_empty());
    assert_eq!(rows("某运动PLUS会员连续包月"), ["7 subscription-change"]);
    assert_eq!(rows("某运动会员连续包季"), ["7 subscription-change"], "never charged before the note");
}

#[test]
fn another_thing_of_the_same_price_is_not_what_was_cancelled() {
    let after = |charged: &str| {
        shown(&format!(
            "2025-03-05 12:00 buy 50.00 某运营商; item 加餐包自动充值; note 已取消\n             2025-03-20 12:00 buy 50.00 某运营商; item {charged}"
        ))
    };
    assert!(after("宽带安装").is_empty());
    assert_eq!(after("加餐包自动充值"), ["2 subscription-change"]);
}

#[test]
fn what_is_sold_by_the_term_at_one_price_is_a_contract() {
    let raised = |item: &str, memo: &str| {
        let weeks: String = ["06", "13", "20", "27"]
            .map(|day| format!("2025-01-{day} 17:30 buy 80.00 某瑜伽馆; item {item}\n"))
            .concat();
        shown(&format!("{weeks}2025-02-03 17:31 buy 96.00 某瑜伽馆; item {item}; memo {memo}"))
    };
    assert_eq!(raised("周课时费", ""), ["5 subscription-change"]);
    assert!(raised("沙拉", "").is_empty(), "lunch");
    let premium = |memo: &str| {
        let known = months(4, "38.00 某保险; item 家庭医疗险 月交保费");
        shown(&format!("{known}2025-05-05 12:00 buy 56.90 某保险; item 家庭医疗险 月交保费; memo {memo}"))
    };
    assert_eq!(premium(""), ["5 subscription-change"]);
    assert!(premium("续保年龄段保费调整").is_empty());
}

#[test]
fn a_telephone_topped_up_by_hand_is_no_contract() {
    let known = months(4, "50.00 某运营商; item 手机充值 139****0192");
    assert!(
        shown(&format!("{known}2025-05-05 12:00 buy 100.00 某运营商; item 手机充值 139****0192")).is_empty()
    );
}

#[test]
fn plans_of_two_sizes_are_two_contracts() {
    let both: String = (1..=4)
        .map(|month| {
            format!(
                "2025-{month:02}-05 12:00 buy 21.00 某云; item 云空间 200GB 连续包月\n                 2025-{month:02}-09 12:00 buy 6.00 某云; item 云空间 50GB 连续包月\n"
            )
        })
        .collect();
    assert!(shown(&both).is_empty());
    let raised = format!("{both}2025-05-05 12:00 buy 28.00 某云; item 云空间 200GB 连续包月");
    assert_eq!(shown(&raised), ["9 subscription-change"]);
}

#[test]
fn lunch_and_fuel_are_no_subscriptions() {
    let raised = |what: &str| {
        let before: String =
            (0..4).map(|week| format!("2025-03-{:02} 12:00 buy 20.00 {what}\n", 3 + 7 * week)).collect();
        shown(&format!("{before}2025-03-31 12:00 buy 30.00 {what}"))
    };
    assert!(raised("某面馆; item 套餐B; category 餐饮; channel qr").is_empty());
    assert!(raised("某石油公司; item 加油卡充值").is_empty());
    assert_eq!(raised("某云; item 云套餐B; category 数码; channel auto"), ["5 subscription-change"]);
}
