//! Numbers as people paste them.

use super::*;

fn digits(text: &str) -> Vec<String> {
    read(text).unwrap_or_default().into_iter().map(|number| number.canonical).collect()
}

#[test]
fn one_number_is_read_however_it_is_written() {
    for text in [
        "95188",
        " 95188 ",
        "９５１８８",
        "9-5-1-8-8",
        "95 188",
        "tel:95188",
        "TEL:95188;ext=2",
        "95188转2",
        "95188 转 2",
        "95188 ext. 3",
        "请拨打95188。",
        "九五一八八",
        "(95188)",
        "95188,2",
        "\u{202D}95188\u{202C}",
    ] {
        assert_eq!(digits(text), ["95188"], "{text}");
    }
    for text in
        ["+86 10 66085566", "0086-10-66085566", "010-66085566", "(010) 6608 5566", "tel:%2B861066085566"]
    {
        assert_eq!(digits(text), ["01066085566"], "{text}");
    }
}

#[test]
fn a_message_gives_its_numbers_and_not_its_amounts_or_card_tails() {
    let text = "【工商银行】您尾号1234的储蓄卡消费人民币500.00元，如有疑问请致电95588或4008205555。";
    assert_eq!(digits(text), ["95588", "4008205555"]);
    assert_eq!(digits("95588 95533"), ["95588", "95533"]);
}

#[test]
fn command_codes_masks_and_cards_are_no_numbers() {
    for (text, why) in [
        ("*#06#", NoNumber::Command),
        ("tel:*2767*3855#", NoNumber::Command),
        ("**21*13800138000#", NoNumber::Command),
        ("138****8000", NoNumber::Masked),
        ("尾号1234", NoNumber::Masked),
        ("6222020000000000000", NoNumber::Card),
        ("12", NoNumber::Length),
        ("", NoNumber::Nothing),
        ("hello", NoNumber::Nothing),
        ("¥95188", NoNumber::Nothing),
    ] {
        assert_eq!(read(text), Err(why), "{text}");
    }
}

#[test]
fn what_hides_between_digits_is_noticed() {
    for (text, disguise) in [
        ("95\u{200B}188", Disguise::Hidden),
        ("\u{202E}88159", Disguise::Hidden),
        ("95l88", Disguise::LookAlike),
        ("9S188", Disguise::LookAlike),
        ("٩٥١٨٨", Disguise::LookAlike),
    ] {
        assert_eq!(read(text).unwrap()[0].disguise, Some(disguise), "{text:?}");
    }
    assert_eq!(read("\u{FEFF}95188\u{200E}").unwrap()[0].disguise, None);
}

#[test]
fn codes_amounts_dates_and_order_numbers_in_a_message_are_no_numbers() {
    for text in [
        "您的验证码是 123456，请勿告诉他人",
        "验证码：884213（5分钟内有效）",
        "2026-11-22 10:23:45 支出 1,234.50 元",
        "订单号 2026112200001",
        "账户余额88321.09，积分12000",
        "加QQ 12345678 领取",
        "共3笔，合计 128.00",
    ] {
        assert!(read(text).is_err(), "{text}: {:?}", read(text));
    }
    assert_eq!(digits("2026-11-22 10:23 来电 4006701000，时长 02:13"), ["4006701000"]);
    assert_eq!(digits("【京东】订单88213345已退款128.00元，请回电400-606-5500转3"), ["4006065500"]);
}

#[test]
fn what_the_text_asks_to_call_is_meant() {
    let meant = |text: &str| -> Vec<bool> { read(text).unwrap().into_iter().map(|n| n.meant).collect() };
    assert_eq!(meant("如非本人操作请速联系客服 4001234567，官网显示 95588"), [true, false]);
    assert_eq!(meant("请致电：95588"), [true]);
    assert_eq!(meant("piano 4001234567"), [false]);
    assert_eq!(meant("call +1 202 555 0100 now"), [true]);
}

#[test]
fn two_numbers_are_told_apart_and_one_in_groups_is_one() {
    assert_eq!(digits("95588/95533"), ["95588", "95533"]);
    assert_eq!(digits("40066 95566"), ["4006695566"]);
    assert_eq!(digits("95588\n13800138000"), ["95588", "13800138000"]);
    assert_eq!(digits("138 0013 8000"), ["13800138000"]);
}
