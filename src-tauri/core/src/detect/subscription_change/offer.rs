//! A price that was told beforehand: an offer for some months and what it will cost then, a raise announced.

use super::super::History;
use super::super::phrase::{Words, holds};
use super::super::topics::Topic;
use crate::ledger::Transaction;

/// How a row tells a price to come.
pub const ANNOUNCED: &[&str] = &[
    "次月起",
    "下月起",
    "下期起",
    "次年起",
    "月起",
    "之后",
    "以后每",
    "原价",
    "届时",
    "将调整",
    "将上调",
    "调整为",
    "上调至",
    "涨价",
    "涨至",
    "调价",
    "价格调整",
    "thereafter",
    "afterwards",
    "regular price",
    "standard price",
];
/// How it names an offer that ends.
const OFFER: &[&str] = &[
    "首月",
    "首季",
    "首年",
    "首期",
    "前1个月",
    "前2个月",
    "前3个月",
    "前6个月",
    "前两个月",
    "前三个月",
    "前六个月",
    "前半年",
    "前一个月",
    "优惠",
    "特惠",
    "立减",
    "折",
    "新客",
    "新人",
    "新用户",
    "限时",
    "促销",
    "活动价",
    "introductory",
    "intro price",
    "first month",
    "first year",
    "promo",
    "discount",
    "offer",
];
/// How a charge says that the offer is over.
const OVER: &[&str] = &[
    "恢复原价",
    "按原价",
    "原价续",
    "优惠期结束",
    "优惠结束",
    "优惠到期",
    "优惠已到期",
    "优惠期满",
    "优惠期已满",
    "优惠期到",
    "优惠已结束",
    "活动结束",
    "活动到期",
    "活动已结束",
    "促销结束",
    "特惠结束",
    "首月优惠已",
    "折扣到期",
    "折扣结束",
    "promotion ended",
    "promo ended",
    "offer ended",
    "offer expired",
    "discount ended",
    "discount expired",
    "back to regular price",
    "promotional period",
];

/// Whether row `i` makes an offer or tells a price to come.
pub fn makes(history: &History<'_>, i: usize) -> bool {
    let sign = history.sign(i);
    // A payee's name is no offer.
    (sign.says.has(Topic::Promotion) || sign.says.holds(Words::Announced)) && texts(history.row(i)).any(tells)
}

/// Whether the row says that an offer is over.
pub fn is_over(row: &Transaction) -> bool {
    texts(row).any(|text| holds(&text.to_lowercase(), OVER))
}

/// Whether row `before` told what row `i` charges: the price itself, with an offer that ends or as a change to come.
/// A trial that names its price is no such offer: it counts on being forgotten.
pub fn announced(history: &History<'_>, before: usize, i: usize) -> bool {
    let (earlier, charge) = (history.row(before), history.row(i));
    let trial = texts(earlier).any(|text| holds(&text.to_lowercase(), &["试用", "trial"]));
    !trial && texts(earlier).any(|text| tells(text) && names(text, charge.amount.minor))
}

fn tells(text: &str) -> bool {
    let text = text.to_lowercase();
    holds(&text, OFFER) || holds(&text, ANNOUNCED)
}

fn texts(row: &Transaction) -> impl Iterator<Item = &str> {
    [row.item.as_str(), row.memo.as_str(), row.note.as_str()].into_iter()
}

/// Whether `text` names a sum of so many hundredths, as a price is written: `25元`, `¥25.00`, `25/月`.
fn names(text: &str, minor: i64) -> bool {
    let mut rest = text;
    let mut before = ' ';
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        before = rest[..start].chars().next_back().unwrap_or(before);
        let number = &rest[start..];
        let end = number.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len());
        let after = number[end..].chars().next().unwrap_or(' ');
        let priced = matches!(before, '¥' | '￥' | '$') || matches!(after, '元' | '块' | '/');
        let (whole, cents) =
            number[..end].trim_end_matches('.').split_once('.').unwrap_or((&number[..end], ""));
        let sum = format!("{}{cents:0<2}", whole.trim_end_matches('.'));
        if priced && cents.len() <= 2 && sum.parse() == Ok(minor) {
            return true;
        }
        before = ' ';
        rest = &number[end..];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_read_as_it_is_written() {
        for text in ["首月1元，次月起25元/月", "之后¥25.00", "then 25/month", "前3个月12元,之后25.0元/月"]
        {
            assert!(names(text, 2_500), "{text}");
        }
        for text in ["25个月", "第25期", "125元", "25.5元", "2500", ""] {
            assert!(!names(text, 2_500), "{text}");
        }
    }
}
