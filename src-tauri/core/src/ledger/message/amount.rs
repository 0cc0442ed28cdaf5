//! The amounts a message names, and which of them is a payment's.

use super::number::{self, Number};
use super::scan::{Scan, is_stop, places, words};
use crate::money::{Currency, Money};
use std::ops::Range;

/// An amount in a message.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    /// `None` where the number cannot be read, or in two ways.
    pub money: Option<Money>,
    pub currency: Currency,
    /// With its currency, as pasted.
    pub words: String,
    /// Where it stands, currency included.
    pub place: Range<usize>,
    /// A minus (`true`) or a plus sign before it.
    pub sign: Option<bool>,
    pub role: Role,
    /// How much it looks like the amount of the payment.
    rank: u8,
}

/// What an amount is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Payment,
    /// A fee named beside it, or alone.
    Fee,
    /// A total of the order: the payment's where no other amount is named.
    Beside,
}

const MARKS: [(&str, &str); 62] = [
    ("hk$", "HKD"),
    ("us$", "USD"),
    ("nt$", "TWD"),
    ("mop$", "MOP"),
    ("s$", "SGD"),
    ("a$", "AUD"),
    ("c$", "CAD"),
    ("r$", "BRL"),
    ("$", "USD"),
    ("¥", "CNY"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("฿", "THB"),
    ("₫", "VND"),
    ("₱", "PHP"),
    ("rs.", "INR"),
    ("rs", "INR"),
    ("rmb", "CNY"),
    ("cny", "CNY"),
    ("usd", "USD"),
    ("hkd", "HKD"),
    ("eur", "EUR"),
    ("gbp", "GBP"),
    ("jpy", "JPY"),
    ("inr", "INR"),
    ("人民币", "CNY"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("港币", "HKD"),
    ("港元", "HKD"),
    ("欧元", "EUR"),
    ("英镑", "GBP"),
    ("日元", "JPY"),
    ("日圆", "JPY"),
    ("新台币", "TWD"),
    ("台币", "TWD"),
    ("新加坡元", "SGD"),
    ("新加坡币", "SGD"),
    ("澳门元", "MOP"),
    ("澳元", "AUD"),
    ("加拿大元", "CAD"),
    ("加元", "CAD"),
    ("新西兰元", "NZD"),
    ("韩元", "KRW"),
    ("韩币", "KRW"),
    ("泰铢", "THB"),
    ("卢布", "RUB"),
    ("卢比", "INR"),
    ("林吉特", "MYR"),
    ("瑞士法郎", "CHF"),
    ("瑞郎", "CHF"),
    ("迪拉姆", "AED"),
    ("越南盾", "VND"),
    ("aud", "AUD"),
    ("cad", "CAD"),
    ("sgd", "SGD"),
    ("chf", "CHF"),
    ("thb", "THB"),
    ("krw", "KRW"),
    ("myr", "MYR"),
];
/// What only stands after a number.
const YUAN: (&str, &str) = ("元", "CNY");
/// Written with a decimal comma where they are spent.
const COMMA: [&str; 16] = [
    "EUR", "CHF", "DKK", "SEK", "NOK", "PLN", "CZK", "HUF", "RON", "BGN", "TRY", "RUB", "BRL", "ARS", "COP",
    "ISK",
];
/// Three capital letters that are as often a word as a currency.
const WORDS: [&str; 5] = ["ALL", "TOP", "TRY", "CUP", "MAD"];

/// The amounts of payments and what stands for one where there is none, in the order they stand: never a
/// balance, a limit or a discount, nor an amount that is only talked of. Bare decimals count only where no
/// currency is named.
pub(super) fn payments(scan: &Scan) -> Vec<Sum> {
    let sums: Vec<Sum> = all(scan).into_iter().filter(|sum| !scan.is_talk(sum.place.end - 1)).collect();
    let of_payments = sums.iter().filter(|sum| sum.role == Role::Payment);
    let best = of_payments.map(|sum| sum.rank).max().unwrap_or_default();
    sums.into_iter().filter(|sum| sum.rank >= best).collect()
}

pub(super) fn all(scan: &Scan) -> Vec<Sum> {
    let mut sums = Vec::new();
    let (mut at, mut lead_from) = (0, 0);
    while at < scan.folded.len() {
        if !scan.folded[at].is_ascii_digit() {
            if is_stop(scan.folded[at]) {
                lead_from = at + 1;
            }
            at += 1;
            continue;
        }
        let number = number::at(scan, at);
        at = number.place.end;
        if let Some(mut sum) = sum_at(scan, &number) {
            if let Some(role) = role(scan, lead_from..sum.place.start) {
                sum.role = role;
                sums.push(sum);
            }
            lead_from = number.place.end;
        }
    }
    sums
}

/// What the words that lead in an amount make of it; `None` for a balance, a limit, a discount.
fn role(scan: &Scan, lead: Range<usize>) -> Option<Role> {
    // The names of accounts that hold such a word (余额宝) are blanked out in this copy.
    let lead = scan.plain.get(lead).unwrap_or_default();
    let last = |list: &[String]| list.iter().flat_map(|word| places(lead, word)).map(|place| place.end).max();
    let verbs = [&words().outgoing, &words().incoming, &words().refund];
    let verb = verbs.into_iter().filter_map(|list| last(list)).max().unwrap_or_default();
    // A single character may be part of any name (美满超市): it counts right before the number.
    let excluded = words().not_amount.iter().any(|word| {
        let alone = word.chars().count() == 1;
        places(lead, word).iter().any(|place| !alone || place.end == lead.len())
    });
    if excluded || last(&words().not_amount_alone).is_some_and(|end| end > verb) {
        return None;
    }
    if last(&words().fees).is_some_and(|end| end >= verb) {
        return Some(Role::Fee);
    }
    let beside = words().beside.iter().any(|word| !places(lead, word).is_empty());
    Some(if beside { Role::Beside } else { Role::Payment })
}

fn sum_at(scan: &Scan, number: &Number) -> Option<Sum> {
    let digits = number.place.clone();
    let (currency_before, mut start, mut sign) = currency_before(scan, digits.start);
    let wan = scan.at(digits.end) == Some('万');
    let (currency_after, end) = currency_after(scan, digits.end + usize::from(wan));
    let end = if wan { end.max(digits.end + 1) } else { end };
    let named = currency_before.is_some() || currency_after.is_some();
    let rank = match (named, number.decimals() == 2) {
        (true, _) => 2,
        (false, true) if !number.comma => 1,
        _ => return None,
    };
    let before = |from: usize| from.checked_sub(1).and_then(|before| scan.at(before));
    if rank == 1 {
        sign = None;
        start = digits.start;
        match before(start) {
            Some('-') => sign = Some(true),
            Some('+') => sign = Some(false),
            Some(c) if c.is_ascii_alphanumeric() || matches!(c, '.' | '*' | '/') => return None,
            _ => {}
        }
        if wan || scan.at(end).is_some_and(|c| c.is_ascii_alphanumeric() || "%./:".contains(c)) {
            return None;
        }
    }
    // 美元9.99元 is dollars; $12.00 HKD is what the code says.
    let yuan = scan.folded[..end].ends_with(&['元']) && currency_after == Some(Currency::CNY);
    let currency = match currency_before.filter(|_| yuan) {
        Some(named) => named,
        None => currency_after.or(currency_before).unwrap_or(Currency::CNY),
    };
    let whole = number.plain.clone().filter(|_| !is_damaged(scan, number, start, end, rank));
    let shown = |_: &String| match number.comma {
        true => COMMA.contains(&currency.code()),
        // 1.250 is a thousand to some and one to others.
        false => number.decimals() != 3 || currency.decimals() == 3,
    };
    let plain =
        whole.filter(shown).and_then(|plain| if wan { times_ten_thousand(&plain) } else { Some(plain) });
    let money = plain.and_then(|plain| Money::from_decimal(&plain, currency));
    if money.is_some_and(|money| money.minor == 0) {
        return None;
    }
    let role = Role::Payment;
    Some(Sum { money, currency, words: scan.words(start..end), place: start..end, sign, role, rank })
}

/// Letters, stars or further marks grown into a number, a range, or groups set apart by blanks: it says
/// something else than its digits.
fn is_damaged(scan: &Scan, number: &Number, start: usize, end: usize, rank: u8) -> bool {
    let Range { start: first, end: last } = number.place;
    let before = |at: usize| at.checked_sub(1).and_then(|before| scan.at(before));
    let is_digit = |at: usize| scan.at(at).is_some_and(|c| c.is_ascii_digit());
    let grown_before =
        start == first && before(first).is_some_and(|c| c.is_ascii_alphanumeric() || "*.'".contains(c));
    let grown_after =
        end == last && scan.at(last).is_some_and(|c| c.is_ascii_alphanumeric() || "*%千百亿".contains(c));
    let range = start < first
        && scan.at(start).is_some_and(|c| matches!(c, '-' | '+'))
        && before(start).is_some_and(|c| c.is_ascii_digit());
    let is_blank = |at: Option<char>| matches!(at, Some(' ' | '\u{2009}' | '\u{202f}'));
    let groups_after = start < first
        && rank == 2
        && !number.plain.as_ref().is_some_and(|plain| plain.contains('.'))
        && last - first <= 3
        && is_blank(scan.at(last))
        && (1..=3).all(|at| is_digit(last + at))
        && !is_digit(last + 4)
        && !matches!(scan.at(last + 4), Some('年' | '-' | '/' | ':'));
    let groups_before =
        number.comma && start == first && is_blank(before(first)) && first >= 2 && is_digit(first - 2);
    grown_before || grown_after || range || groups_after || groups_before
}

/// 1.5万
fn times_ten_thousand(plain: &str) -> Option<String> {
    let (whole, decimals) = plain.split_once('.').unwrap_or((plain, ""));
    (decimals.len() <= 4).then(|| format!("{whole}{decimals:0<4}"))
}

/// The currency that leads in a number, where it begins, and the sign on either side of it.
fn currency_before(scan: &Scan, number: usize) -> (Option<Currency>, usize, Option<bool>) {
    let back = |mut from: usize| {
        while from > 0 && matches!(scan.at(from - 1), Some(' ' | ':')) {
            from -= 1;
        }
        from
    };
    let sign = |from: usize| match from.checked_sub(1).and_then(|before| scan.at(before)) {
        Some('-') => (from - 1, Some(true)),
        Some('+') => (from - 1, Some(false)),
        _ => (from, None),
    };
    let (after_sign, near) = sign(number);
    let end = back(after_sign);
    let of = |start: usize, currency| {
        let (start, far) = sign(start);
        (Some(currency), start, near.or(far))
    };
    for (mark, code) in MARKS {
        let Some(start) = end.checked_sub(mark.chars().count()) else { continue };
        let stands = scan.folded[start..end].iter().copied().eq(mark.chars());
        // US$, not a name that ends in a dollar sign: a letter before any mark of letters or `$` is a word.
        let joined = mark.is_ascii() && start > 0 && scan.folded[start - 1].is_ascii_alphabetic();
        if stands && !joined {
            return Currency::parse(code).map_or((None, after_sign, near), |currency| of(start, currency));
        }
    }
    match end.checked_sub(3).and_then(|start| Some((start, code_at(scan, start)?))) {
        Some((start, currency)) => of(start, currency),
        None => (None, after_sign, near),
    }
}

fn currency_after(scan: &Scan, number: usize) -> (Option<Currency>, usize) {
    let start = scan.skip_blanks(number);
    for (mark, code) in MARKS.into_iter().chain([YUAN]) {
        let end = start + mark.chars().count();
        let stands = scan.folded.get(start..end).is_some_and(|here| here.iter().copied().eq(mark.chars()));
        let latin = mark.chars().all(|c| c.is_ascii_alphabetic());
        let joined = latin && scan.at(end).is_some_and(|c| c.is_ascii_alphabetic());
        // `5 ¥12`: a sign belongs to the number after it.
        let ahead = scan.at(scan.skip_blanks(end)).is_some_and(|c| c.is_ascii_digit()) && mark != YUAN.0;
        if stands && !joined && !ahead {
            return (Currency::parse(code), end);
        }
    }
    match code_at(scan, start) {
        Some(currency) => (Some(currency), start + 3),
        None => (None, number),
    }
}

/// Three capital letters that are a currency's code and no part of a word.
fn code_at(scan: &Scan, start: usize) -> Option<Currency> {
    let letters = scan.original.get(start..start + 3)?;
    let beside = [start.checked_sub(1), Some(start + 3)].into_iter().flatten();
    let mut beside = beside.filter_map(|at| scan.at(at));
    if !letters.iter().all(char::is_ascii_uppercase) || beside.any(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let code: String = letters.iter().collect();
    // The words of a statement that are looked up here name no other currency than their own.
    Currency::named(&code, Currency::CNY).filter(|_| !WORDS.contains(&code.as_str()))
}
