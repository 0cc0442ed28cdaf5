//! What people type: moments and amounts.

use crate::show::failure::told;
use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeZone as _};
use recourse::money::{Currency, Money};
use recourse::table::cell;
use recourse::{Code, Error};

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

/// A number, grouped by commas or not, with a currency before or after it where it is not renminbi.
///
/// # Errors
/// `Invalid` for anything else.
pub fn amount(text: &str) -> anyhow::Result<Money> {
    let refused = || {
        Error::said(
            Code::Invalid,
            "金额要写成数字，例如 128.00、1,280.00 或 15.87 USD",
            "the amount is a number such as 128.00, 1,280.00 or 15.87 USD",
        )
    };
    let text = text.trim();
    let (number, currency) = match text.split_once(' ') {
        None => (text, None),
        Some((first, last)) => {
            let named = |code: &str| Currency::parse(code.trim());
            let behind = named(last).map(|currency| (first, currency));
            let (number, currency) =
                behind.or_else(|| Some((last.trim(), named(first)?))).ok_or_else(refused)?;
            (number, Some(currency))
        }
    };
    let money = cell::money(number, currency.unwrap_or(Currency::CNY));
    let agrees = |money: &Money| currency.is_none_or(|currency| currency == money.currency);
    Ok(money.filter(agrees).ok_or_else(refused)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_as_people_type_it_or_refused_in_words() {
        for (text, read) in [
            ("128.00", Some("¥128.00")),
            ("¥12", Some("¥12.00")),
            ("12元", Some("¥12.00")),
            ("99,999,999.99", Some("¥99999999.99")),
            ("1500 JPY", Some("JPY 1500")),
            ("JPY 1500", Some("JPY 1500")),
            ("15.87 USD", Some("USD 15.87")),
            ("1,23", None),
            ("12.345", None),
            ("$15.87", Some("USD 15.87")),
            ("twelve", None),
            ("12 pounds", None),
            ("", None),
        ] {
            match (amount(text), read) {
                (Ok(money), Some(read)) => assert_eq!(money.to_string(), read, "{text}"),
                (Err(error), None) => {
                    assert_eq!(
                        error.downcast_ref::<Error>().map(|error| error.code),
                        Some(Code::Invalid),
                        "{text}"
                    );
                }
                (other, _) => panic!("{text}: {other:?}"),
            }
        }
    }
}
