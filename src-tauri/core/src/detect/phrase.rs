//! Words that tell what a row is about, as they stand.

use super::{burst, own_habit::run, refund_missing, subscription_change, test_charge, wrong_payee};

/// A list of words, looked for once in each distinct text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// [`HOME`]
    Home,
    /// [`OCCASION`]
    Occasion,
    /// [`SALE`]
    Sale,
    /// [`UNCHOSEN`]
    Unchosen,
    /// [`run::TRAVEL`]
    Travel,
    /// [`test_charge::EXPECTED`]
    TinyExpected,
    /// [`subscription_change::NAMED`]
    Contract,
    /// [`subscription_change::METERED`]
    ByUse,
    /// [`refund_missing::UNDER_WAY`]
    RefundUnderWay,
    /// [`refund_missing::CLOSED`]
    OrderClosed,
    /// Any word of [`super::scam_words`] that stands for itself, in any case.
    Scam,
    /// [`subscription_change::ANNOUNCED`]
    Announced,
    /// [`wrong_payee::NUMBERED`]
    Numbered,
    /// [`burst::GIFT_CARDS`]
    GiftCard,
}

/// The words of each list.
pub const LISTS: [(Words, &[&str]); 13] = [
    (Words::Home, HOME),
    (Words::Occasion, OCCASION),
    (Words::Sale, SALE),
    (Words::Unchosen, UNCHOSEN),
    (Words::Travel, run::TRAVEL),
    (Words::TinyExpected, test_charge::EXPECTED),
    (Words::Contract, subscription_change::NAMED),
    (Words::ByUse, subscription_change::METERED),
    (Words::RefundUnderWay, refund_missing::UNDER_WAY),
    (Words::OrderClosed, refund_missing::CLOSED),
    (Words::Announced, subscription_change::ANNOUNCED),
    (Words::Numbered, wrong_payee::NUMBERED),
    (Words::GiftCard, burst::GIFT_CARDS),
];

/// Whether `text` holds any of `words`.
pub fn holds(text: &str, words: &[&str]) -> bool {
    !text.is_empty() && words.iter().any(|word| text.contains(word))
}

/// How a source says in its channel that nobody pressed a button.
pub const AUTOMATIC: &[&str] = &["auto", "自动", "代扣", "免密", "批量", "recurring", "batch"];

/// How a source says in its channel that the user stood at a counter: nothing renews there.
pub const COUNTER: &[&str] =
    &["qr", "scan", "offline", "pos", "in-store", "线下", "扫码", "二维码", "收款码", "付款码"];

/// How a row says that it renews by itself.
pub const BY_ITSELF: &[&str] = &[
    "连续",
    "续费",
    "续订",
    "续期",
    "renew",
    "包月",
    "包年",
    "包季",
    "包周",
    "按月订阅",
    "按年订阅",
    "月度订阅",
    "年度订阅",
];

/// For how long something is paid at once.
pub const PERIODS: &[&str] = &["季度", "年度", "月度", "半年", "季租", "月租", "年租", "季卡", "年卡"];

/// What any subscription says of itself.
const ANY_SUBSCRIPTION: &[&str] = &[
    "免费试用",
    "试用",
    "免费体验",
    "体验",
    "会员",
    "连续包月",
    "连续包季",
    "连续包年",
    "包月",
    "包季",
    "包年",
    "自动续费",
    "自动扣款",
    "续费",
    "首月",
    "首周",
    "免费",
    "订阅",
    "服务",
    "套餐",
    "月卡",
    "季卡",
    "年卡",
    "月度",
    "季度",
    "年度",
    "半年",
    "月租",
    "季租",
    "年租",
    "超级",
    "黄金",
    "白金",
    "铂金",
    "钻石",
    "尊享",
    "至尊",
    "豪华",
    "高级",
    "标准",
    "基础",
    "普通",
    "家庭",
    "个人",
    "学生",
    "svip",
    "vip",
    "trial",
    "free",
    "subscription",
    "membership",
    "monthly",
    "yearly",
    "annual",
    "plan",
    "renewal",
    "auto",
    "premium",
    "plus",
    "pro",
];

/// What is left of the name of something subscribed that tells it from others: `None` for 连续包月会员.
pub fn product(item: &str) -> Option<String> {
    let mut left = item.to_lowercase();
    for word in ANY_SUBSCRIPTION {
        left = left.replace(word, "");
    }
    left.retain(|c| c.is_alphabetic() && !matches!(c, '天' | '元' | '月' | '个' | '年' | '季'));
    (left.chars().count() > 1).then_some(left)
}

/// A home: large, regular, expected.
const HOME: &[&str] =
    &["房租", "租金", "押金", "定金", "首付", "房东", "租房", "物业", "中介费", "购房", "公寓"];

/// Occasions on which people send much to someone new and mean it.
const OCCASION: &[&str] =
    &["礼金", "份子", "随礼", "结婚", "婚礼", "彩礼", "学费", "装修", "压岁", "红包", "丧", "满月", "生活费"];

/// Sales that open at a set hour: people wait for it and pay one basket after another.
const SALE: &[&str] = &["预售", "尾款", "大促", "秒杀", "双11", "双十一", "双12", "双十二", "年货节"];

/// Bills one does not choose: they are large when they come.
const UNCHOSEN: &[&str] = &[
    "医院",
    "医疗",
    "诊所",
    "卫生",
    "住院",
    "手术",
    "挂号",
    "药房",
    "药店",
    "医保",
    "学校",
    "大学",
    "学院",
    "学费",
    "教育",
    "税",
    "保险",
    "社保",
    "公积金",
    "法院",
    "殡",
];
