//! An amount as a cell has it: sign, currency, groups, decimal sign, and what stands behind it in parentheses.

use super::{tidy, wide};
use crate::ledger::Direction;
use crate::money::{Currency, Money};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The sign between whole and part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum Decimal {
    /// `1,234.56`
    Point,
    /// `1.234,56`
    Comma,
}

/// What a cell with an amount says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount<'c> {
    /// With its sign, in the currency it names or else the one handed in.
    pub money: Money,
    /// What stands behind it in parentheses, without them: `已退款89.84`, `CN`.
    pub note: &'c str,
    /// The side of the account that it names: `12.00 CR` came in, `12.00 DR` went out.
    pub side: Option<Direction>,
}

/// A cell's amount in its parts, before anything is believed.
struct Parts<'c> {
    negative: bool,
    currency: Option<Currency>,
    number: &'c str,
    note: &'c str,
}

/// Reads an amount: `¥28.16`, `￥1,234.56`, `12`, `-0.50`, `- $3`, `12.00元`, `CNY12.34`, `(12.00)`, `8,000.00(CN)`,
/// `1.234,56` with a decimal comma, `１２．００`, `12.00 CR`. A group sign counts only between groups of three digits, or of two before
/// the last three (`1,00,000`). What does not fit is refused, never zero.
pub fn amount(cell: &str, usual: Currency, decimal: Decimal) -> Option<Amount<'_>> {
    if let Some(money) = bare_amount(cell, usual, decimal) {
        return money.map(|money| Amount { money, note: "", side: None });
    }
    plain_amount(cell, usual, decimal).or_else(|| odd_amount(cell, usual, decimal))
}

/// An amount in full-width characters, or with the side of the account.
fn odd_amount(cell: &str, usual: Currency, decimal: Decimal) -> Option<Amount<'_>> {
    let narrow = wide::narrow(tidy(cell));
    let text = narrow.as_deref().unwrap_or(tidy(cell));
    let side = wide::side(text);
    if narrow.is_none() && side.is_none() {
        return None;
    }
    let read = plain_amount(side.map_or(text, |(_, rest)| rest), usual, decimal)?;
    if side.is_some() && read.money.minor < 0 {
        return None;
    }
    let note = match read.note {
        "" => "",
        _ => parts(cell, usual)?.note,
    };
    Some(Amount { money: read.money, note, side: side.map(|(side, _)| side) })
}

fn plain_amount(cell: &str, usual: Currency, decimal: Decimal) -> Option<Amount<'_>> {
    let parts = parts(cell, usual)?;
    let plain = ungroup(parts.number, decimal)?;
    let money = Money::from_decimal(&plain, parts.currency.unwrap_or(usual))?;
    let minor = if parts.negative { -money.minor } else { money.minor };
    Some(Amount { money: Money::new(minor, money.currency), note: parts.note, side: None })
}

/// Reads digits with at most a decimal point between them and at most the sign of the yuan or yen in front: most
/// amounts are this. `None` where the cell is something else.
fn bare_amount(cell: &str, usual: Currency, decimal: Decimal) -> Option<Option<Money>> {
    let sign = cell.chars().next().filter(|sign| matches!(sign, '¥' | '￥')).map_or(0, char::len_utf8);
    let (sign, digits) = cell.split_at(sign);
    let plain = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    if decimal != Decimal::Point
        || !digits.starts_with(|c: char| c.is_ascii_digit())
        || !digits.bytes().all(plain)
    {
        return None;
    }
    let currency = if sign.is_empty() { Some(usual) } else { Currency::named(sign, usual) };
    Some(currency.and_then(|currency| Money::from_decimal(digits, currency)))
}

/// The decimal sign that this cell proves: one of two kinds of signs that stands last, or one with other than three
/// digits behind it, or behind a lone zero. `1,234` proves nothing.
pub fn decimal_shown(cell: &str) -> Option<Decimal> {
    let number = parts(cell, Currency::CNY)?.number;
    let of = |sign: char| if sign == '.' { Decimal::Point } else { Decimal::Comma };
    let other = |decimal| if decimal == Decimal::Point { Decimal::Comma } else { Decimal::Point };
    let last = number.rfind(['.', ','])?;
    let sign = number[last..].chars().next()?;
    if number[..last].contains(['.', ',']) {
        // A sign that stands twice parts groups; one that comes after another kind parts the cents.
        return Some(if number[..last].contains(sign) { other(of(sign)) } else { of(sign) });
    }
    // No group begins with a lone zero.
    (number.len() - last - 1 != 3 || &number[..last] == "0").then(|| of(sign))
}

fn parts(cell: &str, usual: Currency) -> Option<Parts<'_>> {
    let mut text = tidy(cell);
    let (mut negative, mut note) = (false, "");
    if let Some(open) = text.rfind(['(', '（'])
        && let Some(inside) = text.strip_suffix([')', '）'])
    {
        let width = text[open..].chars().next()?.len_utf8();
        let (before, inside) = (tidy(&text[..open]), tidy(&inside[open + width..]));
        if before.is_empty() {
            (negative, text) = (true, inside);
        } else {
            (text, note) = (before, inside);
        }
    }
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let point = text[..first].ends_with('.') && !text[..first - 1].ends_with(char::is_alphabetic);
    let start = if point { first - 1 } else { first };
    let digits = text[start..].trim_end_matches(|c: char| !c.is_ascii_digit()).len();
    let (front, rest) = text.split_at(start);
    let (number, back) = rest.split_at(digits);
    let mut currency = None;
    let mut signed = negative;
    for mut around in [front, back.strip_prefix('.').unwrap_or(back)] {
        around = bare(around);
        loop {
            // One sign, on either side of the currency.
            let minus = |text: &mut &str, at_front: bool| {
                let sign = if at_front { text.chars().next() } else { text.chars().next_back() };
                let width = match sign {
                    Some(c @ ('-' | '−' | '－' | '+' | '＋')) => c.len_utf8(),
                    _ => return None,
                };
                *text = bare(if at_front { &text[width..] } else { &text[..text.len() - width] });
                sign.map(|c| matches!(c, '-' | '−' | '－'))
            };
            let Some(is_minus) = minus(&mut around, true).or_else(|| minus(&mut around, false)) else {
                break;
            };
            if signed {
                return None;
            }
            signed = true;
            negative = is_minus;
        }
        if !around.is_empty() {
            if currency.is_some() {
                return None;
            }
            currency = Some(Currency::named(around, usual)?);
        }
    }
    Some(Parts { negative, currency, number, note })
}

/// Without white space and the marks that tell the direction of writing.
fn bare(text: &str) -> &str {
    tidy(text).trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}'))
}

/// The number with a point and without groups; refuses group signs anywhere else.
fn ungroup(number: &str, decimal: Decimal) -> Option<String> {
    let sign = if decimal == Decimal::Point { '.' } else { ',' };
    let (whole, fraction) = number.split_once(sign).map_or((number, ""), |(w, f)| (w, f));
    let parts_groups = |c: char| {
        let group = if decimal == Decimal::Point { matches!(c, ',' | '，') } else { c == '.' };
        group || matches!(c, '\'' | '\u{a0}' | '\u{202f}' | ' ')
    };
    let groups: Vec<&str> = whole.split(parts_groups).collect();
    if let [first, between @ .., last] = groups.as_slice() {
        let even = |size: usize| (1..=size).contains(&first.len()) && between.iter().all(|g| g.len() == size);
        if last.len() != 3 || *first == "0" || !(even(3) || even(2)) {
            return None;
        }
    }
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !digits(fraction) || !groups.iter().all(|group| digits(group)) {
        return None;
    }
    Some(format!("{}.{fraction}", groups.concat()))
}

/// Reads an amount that has nothing behind it, with a decimal point.
pub fn money(cell: &str, usual: Currency) -> Option<Money> {
    amount(cell, usual, Decimal::Point).filter(|amount| amount.note.is_empty()).map(|amount| amount.money)
}

/// The first amount after `word`, as in `服务费¥0.10` or `已退款(￥39.93)`.
pub fn money_after(text: &str, word: &str, currency: Currency) -> Option<Money> {
    // Looking whether it is there at all costs less than looking for the place, and it hardly ever is.
    let rest = if text.contains(word) { &text[text.find(word)? + word.len()..] } else { return None };
    let rest = rest
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '（' | ':' | '：' | '¥' | '￥'));
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(rest.len());
    // A letter or a mask in the figure: what stands before it is another figure.
    let whole = rest[end..]
        .chars()
        .next()
        .is_none_or(|c| c != '\u{fffd}' && (!c.is_ascii_graphic() || ")];:/&|".contains(c)));
    if !whole {
        return None;
    }
    money(rest[..end].trim_end_matches(['.', ',']), currency)
}

#[cfg(test)]
#[path = "amount/tests.rs"]
mod tests;
