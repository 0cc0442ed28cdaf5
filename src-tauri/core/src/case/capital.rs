//! Amounts in the formal numerals of Chinese papers: 人民币壹仟贰佰叁拾肆元伍角陆分.

use crate::money::{Currency, Money};

const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
const GROUPS: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];

/// The amount in formal numerals; `None` for any currency but the renminbi and for a negative amount.
pub fn capital(money: Money) -> Option<String> {
    if money.currency != Currency::CNY || money.minor < 0 {
        return None;
    }
    let (yuan, jiao, fen) = (money.minor / 100, money.minor / 10 % 10, money.minor % 10);
    let mut out = String::from("人民币");
    if yuan > 0 || (jiao == 0 && fen == 0) {
        out.push_str(&whole(yuan));
        out.push('元');
    }
    match (jiao, fen) {
        (0, 0) => out.push('整'),
        (0, fen) => {
            if yuan > 0 {
                out.push('零');
            }
            out.push_str(digit(fen));
            out.push('分');
        }
        (jiao, fen) => {
            // A yuan part ending in nought is set apart from the jiao: 壹拾元零伍角.
            if yuan > 0 && yuan % 10 == 0 {
                out.push('零');
            }
            out.push_str(digit(jiao));
            out.push('角');
            if fen > 0 {
                out.push_str(digit(fen));
                out.push('分');
            } else {
                out.push('整');
            }
        }
    }
    Some(out)
}

fn digit(value: i64) -> &'static str {
    usize::try_from(value).ok().and_then(|at| DIGITS.get(at)).copied().unwrap_or("")
}

/// A whole number of yuan, group by group of four digits.
fn whole(yuan: i64) -> String {
    if yuan == 0 {
        return "零".into();
    }
    let mut groups = Vec::new();
    let mut rest = yuan;
    while rest > 0 {
        groups.push(rest % 10_000);
        rest /= 10_000;
    }
    let mut out = String::new();
    let mut gap = false;
    for (at, group) in groups.iter().enumerate().rev() {
        if *group == 0 {
            gap = !out.is_empty();
            continue;
        }
        if !out.is_empty() && (gap || *group < 1000) {
            out.push('零');
        }
        gap = false;
        out.push_str(&below_ten_thousand(*group));
        out.push_str(GROUPS.get(at).copied().unwrap_or(""));
    }
    out
}

fn below_ten_thousand(group: i64) -> String {
    let mut out = String::new();
    let mut gap = false;
    for (place, scale) in [(3, 1000), (2, 100), (1, 10), (0, 1)] {
        let value = group / scale % 10;
        if value == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
        }
        gap = false;
        out.push_str(digit(value));
        out.push_str(PLACES[place]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_a_bank_clerk_writes_them() {
        for (fen, expected) in [
            (0, "零元整"),
            (1, "壹分"),
            (10, "壹角整"),
            (12, "壹角贰分"),
            (100, "壹元整"),
            (101, "壹元零壹分"),
            (1_050, "壹拾元零伍角整"),
            (12_800, "壹佰贰拾捌元整"),
            (123_456, "壹仟贰佰叁拾肆元伍角陆分"),
            (100_000, "壹仟元整"),
            (100_500, "壹仟零伍元整"),
            (1_000_000, "壹万元整"),
            (1_000_100, "壹万零壹元整"),
            (1_050_000, "壹万零伍佰元整"),
            (10_000_001, "壹拾万元零壹分"),
            (10_101_000, "壹拾万壹仟零壹拾元整"),
            (1_000_000_000, "壹仟万元整"),
            (10_000_000_100, "壹亿零壹元整"),
            (10_001_000_000, "壹亿零壹万元整"),
            (1_234_567_890_123, "壹佰贰拾叁亿肆仟伍佰陆拾柒万捌仟玖佰零壹元贰角叁分"),
        ] {
            assert_eq!(capital(Money::fen(fen)), Some(format!("人民币{expected}")), "{fen}");
        }
    }

    #[test]
    fn other_currencies_and_negative_amounts_have_no_formal_numerals() {
        let jpy = Currency::parse("JPY").unwrap();
        assert_eq!(capital(Money::new(1200, jpy)), None);
        assert_eq!(capital(Money::fen(-1)), None);
        assert!(capital(Money::fen(i64::MAX)).is_some());
    }
}
