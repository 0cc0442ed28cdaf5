//! What people type: moments and amounts.

use crate::show::failure::told;
use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeZone as _};
use recourse::money::{Currency, Money};

/// RFC 3339, or a wall-clock time in China.
pub fn moment(text: &str) -> anyhow::Result<DateTime<FixedOffset>> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Ok(moment);
    }
    let china = FixedOffset::east_opt(8 * 3600).expect("eight hours are less than a day");
    ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .and_then(|local| china.from_local_datetime(&local).single())
        .ok_or_else(|| {
            told("时间要写成 RFC 3339，或 YYYY-MM-DD HH:MM", "the time is RFC 3339 or YYYY-MM-DD HH:MM")
        })
}

/// A plain number, with a currency after it where it is not renminbi.
pub fn amount(text: &str) -> anyhow::Result<Money> {
    let (number, currency) = match text.trim().rsplit_once(' ') {
        Some((number, currency)) => {
            let unknown = || told("币种要写三个字母，例如 CNY", "the currency is three letters");
            (number, Currency::parse(currency).ok_or_else(unknown)?)
        }
        None => (text.trim(), Currency::CNY),
    };
    Money::from_decimal(number.trim_start_matches(['¥', '￥']), currency)
        .ok_or_else(|| told("金额要写成数字，例如 128.00", "the amount is a plain number such as 128.00"))
}
