//! A foreign amount or a rate written in words: `USD 12.99`, `12.99美元`, `交易地金额 12.99(US)`, `汇率 7.2150`.

use crate::money::Currency;

/// How currencies are written, longer signs first.
const SIGNS: &[(&str, &str)] = &[
    ("us$", "USD"),
    ("hk$", "HKD"),
    ("a$", "AUD"),
    ("c$", "CAD"),
    ("s$", "SGD"),
    ("nt$", "TWD"),
    ("usd", "USD"),
    ("eur", "EUR"),
    ("gbp", "GBP"),
    ("jpy", "JPY"),
    ("hkd", "HKD"),
    ("krw", "KRW"),
    ("thb", "THB"),
    ("sgd", "SGD"),
    ("aud", "AUD"),
    ("cad", "CAD"),
    ("chf", "CHF"),
    ("twd", "TWD"),
    ("myr", "MYR"),
    ("nzd", "NZD"),
    ("vnd", "VND"),
    ("idr", "IDR"),
    ("php", "PHP"),
    ("rub", "RUB"),
    ("cny", "CNY"),
    ("rmb", "CNY"),
    ("mop", "MOP"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("欧元", "EUR"),
    ("英镑", "GBP"),
    ("日元", "JPY"),
    ("日圆", "JPY"),
    ("港币", "HKD"),
    ("港元", "HKD"),
    ("韩元", "KRW"),
    ("韩币", "KRW"),
    ("泰铢", "THB"),
    ("新加坡元", "SGD"),
    ("新币", "SGD"),
    ("澳元", "AUD"),
    ("加元", "CAD"),
    ("瑞士法郎", "CHF"),
    ("台币", "TWD"),
    ("人民币", "CNY"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("฿", "THB"),
    ("₩", "KRW"),
    ("$", "USD"),
];
/// What stands before an amount in the money of a country.
const AT_THE_PLACE: &str = "交易地金额";
/// Countries and the money in which their shops count. Of those through which shops elsewhere take dollars, pounds or
/// yuan as well, it says nothing.
const COUNTRIES: &[(&str, &str)] = &[
    ("us", "USD"),
    ("jp", "JPY"),
    ("kr", "KRW"),
    ("th", "THB"),
    ("gb", "GBP"),
    ("de", "EUR"),
    ("fr", "EUR"),
    ("it", "EUR"),
    ("es", "EUR"),
    ("at", "EUR"),
    ("pt", "EUR"),
    ("gr", "EUR"),
    ("fi", "EUR"),
    ("au", "AUD"),
    ("nz", "NZD"),
    ("ca", "CAD"),
    ("ch", "CHF"),
    ("tw", "TWD"),
    ("mo", "MOP"),
    ("my", "MYR"),
    ("vn", "VND"),
    ("id", "IDR"),
    ("ph", "PHP"),
    ("ru", "RUB"),
];
/// What stands before a rate.
const RATES: &[&str] = &["汇率", "rate", "折算率", "@"];

/// The first amount with a currency in `text`; of `wanted` where given, else of any but the yuan.
pub fn amount(text: &str, wanted: Option<Currency>) -> Option<(Currency, f64)> {
    let text = text.to_lowercase();
    for (sign, code) in SIGNS {
        let Some(currency) = Currency::parse(code) else { continue };
        let fits = wanted.map_or(currency != Currency::CNY, |wanted| wanted == currency);
        for (place, _) in text.match_indices(sign).filter(|_| fits) {
            let after = number_at_start(&text[place + sign.len()..]);
            if let Some(amount) =
                after.or_else(|| number_at_end(&text[..place])).filter(|amount| *amount > 0.0)
            {
                return Some((currency, amount));
            }
        }
    }
    None
}

/// The amount that `text` gives with the country it was paid in, in that country's money.
pub fn at_the_place(text: &str) -> Option<(Currency, f64)> {
    let (_, stated) = text.split_once(AT_THE_PLACE)?;
    let (amount, country) = stated.trim_start_matches([' ', ':', '：']).split_once(['(', '（'])?;
    let country = country.split([')', '）']).next()?.to_ascii_lowercase();
    let (_, code) = COUNTRIES.iter().find(|(name, _)| *name == country)?;
    Some((Currency::parse(code)?, number(amount).filter(|amount| *amount > 0.0)?))
}

/// The rate written in `text`.
pub fn rate(text: &str) -> Option<f64> {
    let text = text.to_lowercase();
    RATES
        .iter()
        .find_map(|word| number_at_start(&text[text.find(word)? + word.len()..]))
        .filter(|rate| *rate > 0.0)
}

fn number_at_start(text: &str) -> Option<f64> {
    // 交易币种JPY 金额5746.61.
    const AMOUNT: &[&str] = &["金额", "交易金额", "消费金额", "原币金额", "外币金额", "amount"];
    const BETWEEN: [char; 11] = [' ', ':', '：', '=', '约', '(', '（', '¥', '￥', ',', '，'];
    let text = text.trim_start_matches(BETWEEN);
    let named = AMOUNT.iter().find_map(|word| text.strip_prefix(word));
    let text = named.unwrap_or(text).trim_start_matches(BETWEEN);
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
    number(&text[..end])
}

fn number_at_end(text: &str) -> Option<f64> {
    let text = text.trim_end();
    let digits = text.bytes().rev().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
    number(&text[text.len() - digits..])
}

fn number(text: &str) -> Option<f64> {
    let plain = text.replace(',', "");
    if plain.bytes().any(|b| b.is_ascii_digit()) { plain.trim_end_matches('.').parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_before_and_after_their_sign() {
        let usd = |text| amount(text, None).map(|(currency, amount)| (currency.code().to_owned(), amount));
        assert_eq!(usd("Cloud USD 12.99"), Some(("USD".to_owned(), 12.99)));
        assert_eq!(usd("原币 1,299.00美元"), Some(("USD".to_owned(), 1299.0)));
        assert_eq!(usd("¥99 (JPY 1980)"), Some(("JPY".to_owned(), 1980.0)));
        assert_eq!(usd("交易币种JPY 金额5746.61 汇率0.0547"), Some(("JPY".to_owned(), 5746.61)));
        assert_eq!(usd("人民币 72.00"), None);
        for yuan in ["USD 9.99 折合人民币 72.00", "折合人民币￥72.00", "约人民币 ¥72"] {
            assert_eq!(amount(yuan, Some(Currency::CNY)), Some((Currency::CNY, 72.0)), "{yuan}");
        }
    }

    #[test]
    fn an_amount_with_its_country_is_in_the_money_of_that_country() {
        let read = |text| at_the_place(text).map(|(currency, amount)| (currency.code().to_owned(), amount));
        assert_eq!(read("交易地金额 15.49(US)"), Some(("USD".to_owned(), 15.49)));
        assert_eq!(read("酒店 交易地金额 25,678(JP)"), Some(("JPY".to_owned(), 25_678.0)));
        for silent in ["15.49(US)", "交易地金额 15.49(IE)", "交易地金额 15.49", "交易地金额 (US)"]
        {
            assert_eq!(read(silent), None, "{silent}");
        }
    }

    #[test]
    fn a_rate_follows_its_word() {
        assert_eq!(rate("汇率：7.2150"), Some(7.215));
        assert_eq!(rate("会员 12 月"), None);
    }
}
