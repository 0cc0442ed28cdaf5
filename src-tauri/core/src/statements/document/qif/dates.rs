//! Dates without a fixed order of day, month and year: told apart over the whole file.

use super::super::when;
use crate::statements::DateOrder;
use chrono::NaiveDate;

const ORDERS: [DateOrder; 3] = [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy];

/// The three numbers of a date, each with how many digits it has.
fn numbers(text: &str) -> Option<[(u32, usize); 3]> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Some([
            (text[..4].parse().ok()?, 4),
            (text[4..6].parse().ok()?, 2),
            (text[6..].parse().ok()?, 2),
        ]);
    }
    let mut parts = text.split(['/', '-', '.', '\'', '’']);
    let mut next = || -> Option<(u32, usize)> {
        let part = parts.next()?;
        let fits = (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse().ok()).flatten().map(|number| (number, part.len()))
    };
    let all = [next()?, next()?, next()?];
    parts.next().is_none().then_some(all)
}

/// Reads a date in this order; `None` where it cannot be.
pub(super) fn day(text: &str, order: DateOrder) -> Option<NaiveDate> {
    let [first, second, third] = numbers(text)?;
    let (year, month, day) = match order {
        DateOrder::Ymd => (first, second, third),
        DateOrder::Dmy => (third, second, first),
        DateOrder::Mdy => (third, first, second),
    };
    let year_of = |(number, digits): (u32, usize)| match digits {
        4 => i32::try_from(number).ok(),
        1 | 2 => Some(when::full_year(number)),
        _ => None,
    };
    if month.1 > 2 || day.1 > 2 {
        return None;
    }
    when::day(year_of(year)?, month.0, day.0)
}

/// The order in which every date of the file can be read. Where several can, the one in which the file runs
/// forward or backward in time, as exports do, where the others jump; `None` where it stays open.
pub(super) fn order_of<'t>(
    texts: impl Iterator<Item = &'t str>,
    said: Option<DateOrder>,
) -> Option<DateOrder> {
    if said.is_some() {
        return said;
    }
    let texts: Vec<&str> = texts.filter(|text| numbers(text).is_some()).collect();
    let read = |order| -> Vec<Option<NaiveDate>> { texts.iter().map(|text| day(text, order)).collect() };
    let mut fitting: Vec<(DateOrder, Vec<Option<NaiveDate>>)> =
        ORDERS.map(|order| (order, read(order))).into();
    // A date that no order reads is a problem of its own and decides nothing.
    let most = fitting.iter().map(|(_, days)| days.iter().flatten().count()).max()?;
    fitting.retain(|(_, days)| days.iter().flatten().count() == most);
    // Two digits in front are a year only where nothing else fits.
    let with_year = texts.iter().any(|text| starts_with_year(text));
    let plain = |order: &DateOrder| *order != DateOrder::Ymd || with_year;
    if fitting.iter().any(|(order, _)| plain(order)) {
        fitting.retain(|(order, _)| plain(order));
    }
    let first = fitting.first()?;
    if fitting.iter().all(|(_, days)| *days == first.1) {
        return Some(first.0);
    }
    let runs = |days: &[Option<NaiveDate>]| {
        let days: Vec<NaiveDate> = days.iter().flatten().copied().collect();
        days.len() > 2 && (days.is_sorted() || days.iter().rev().is_sorted())
    };
    let mut running = fitting.iter().filter(|(_, days)| runs(days));
    match (running.next(), running.next()) {
        (Some((order, _)), None) => Some(*order),
        _ => None,
    }
}

fn starts_with_year(text: &str) -> bool {
    numbers(text).is_some_and(|[(_, digits), ..]| digits == 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(texts: &[&str]) -> Option<DateOrder> {
        order_of(texts.iter().copied(), None)
    }

    #[test]
    fn one_clear_date_settles_the_order_of_the_file() {
        assert_eq!(order(&["12/19/18", "1/2/19"]), Some(DateOrder::Mdy));
        assert_eq!(order(&["19.12.18", "1. 2.19"]), Some(DateOrder::Dmy));
        assert_eq!(order(&["2024-09-01", "2024-01-09"]), Some(DateOrder::Ymd));
        assert_eq!(order(&["99-09-13"]), Some(DateOrder::Ymd));
        assert_eq!(order(&["5/5/24"]), Some(DateOrder::Dmy), "either way the same day");
        assert_eq!(order(&["1/2'26", "nonsense", "1/31'26"]), Some(DateOrder::Mdy));
    }

    #[test]
    fn a_file_that_runs_in_one_order_only_tells_it() {
        assert_eq!(order(&["1/2/24", "2/1/24", "3/1/24"]), Some(DateOrder::Mdy));
        assert_eq!(order(&["1/4/24", "2/3/24", "3/3/24", "1/5/24"]), None);
        assert_eq!(order(&["3/4/24"]), None);
    }

    #[test]
    fn dates_are_read_with_blanks_and_apostrophes() {
        let said = |text, order| day(text, order).map(|day| day.to_string());
        assert_eq!(said("1/2'26", DateOrder::Mdy).as_deref(), Some("2026-01-02"));
        assert_eq!(said("1/ 2' 6", DateOrder::Mdy).as_deref(), Some("2006-01-02"));
        assert_eq!(said("9. 1.24", DateOrder::Dmy).as_deref(), Some("2024-01-09"));
        assert_eq!(said("12/31/1999", DateOrder::Mdy).as_deref(), Some("1999-12-31"));
        assert_eq!(said("20240901", DateOrder::Ymd).as_deref(), Some("2024-09-01"));
        for text in ["", "1/2", "1/2/3/4", "a/b/c", "1/2/123", "32/1/24"] {
            assert_eq!(said(text, DateOrder::Dmy), None, "{text}");
        }
    }
}
