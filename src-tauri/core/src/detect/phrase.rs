//! Words that tell what a row is about.

use crate::ledger::Transaction;

/// Whether `text` holds any of `words`.
pub fn holds(text: &str, words: &[&str]) -> bool {
    !text.is_empty() && words.iter().any(|word| text.contains(word))
}

/// Whether what a row says of itself (party, item, category, memos, the user's note) holds any of
/// `words`.
pub fn mentions(row: &Transaction, words: &[&str]) -> bool {
    [&row.counterparty, &row.item, &row.category, &row.memo, &row.note]
        .into_iter()
        .any(|text| holds(text, words))
}

/// The same without the category: wallets file every transfer to a person under one that names occasions
/// (转账红包).
pub fn says(row: &Transaction, words: &[&str]) -> bool {
    [&row.counterparty, &row.item, &row.memo, &row.note].into_iter().any(|text| holds(text, words))
}

/// How a source says in its channel that nobody pressed a button.
pub const AUTOMATIC: &[&str] = &["auto", "自动", "代扣", "免密", "recurring"];

/// A home: large, regular, expected.
pub const HOME: &[&str] =
    &["房租", "租金", "押金", "定金", "首付", "房东", "租房", "物业", "中介费", "购房", "公寓"];

/// Occasions on which people send much to someone new and mean it.
pub const OCCASION: &[&str] =
    &["礼金", "份子", "随礼", "结婚", "婚礼", "彩礼", "学费", "装修", "压岁", "红包", "丧", "满月", "生活费"];

/// Sales that open at a set hour: people wait for it and pay one basket after another.
pub const SALE: &[&str] = &["预售", "尾款", "大促", "秒杀", "双11", "双十一", "双12", "双十二", "年货节"];

/// Bills one does not choose: they are large when they come.
pub const UNCHOSEN: &[&str] = &[
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
