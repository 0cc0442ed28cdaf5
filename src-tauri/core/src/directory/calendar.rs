//! Public holidays and make-up working days of mainland China, as far as the data goes.

use crate::error::{Code, Error, Result};
use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// An ordinary Monday to Friday of a year whose holidays are known, or a make-up working day.
    Working,
    /// A weekend that is no make-up day, or a public holiday.
    Rest,
    /// Monday to Friday of a year whose holidays are not in the data: a working day unless it is one.
    PerhapsWorking,
    /// A weekend of a year whose make-up days are not in the data: rest unless it is one.
    PerhapsRest,
}

/// One year as it stands in `assets/calendar/YYYY.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: i32,
    /// Where it comes from, in words.
    #[serde(rename = "source")]
    _source: String,
    /// Weekend days worked in exchange for a holiday; absent where unknown.
    make_up: Option<BTreeSet<NaiveDate>>,
    /// Days off; absent where unknown.
    holidays: Option<BTreeSet<NaiveDate>>,
}

/// The years in the data. A year that is not in it is not guessed at.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    years: BTreeMap<i32, Year>,
}

impl Calendar {
    /// Reads the years from TOML texts.
    ///
    /// # Errors
    /// `Unreadable` where a text does not fit the schema or holds a day of another year.
    pub fn from_toml<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self> {
        let mut years = BTreeMap::new();
        for (file, text) in files {
            let refuse = |why: String| Error::new(Code::Unreadable, format!("calendar file {file}: {why}"));
            let year: Year = toml::from_str(text).map_err(|error| refuse(error.to_string()))?;
            let mut days = year.make_up.iter().chain(&year.holidays).flatten();
            if let Some(stray) = days.find(|day| day.year() != year.year) {
                return Err(refuse(format!("{stray} is not in {}", year.year)));
            }
            years.insert(year.year, year);
        }
        Ok(Self { years })
    }

    /// What is known of a day.
    pub fn day(&self, date: NaiveDate) -> Day {
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let year = self.years.get(&date.year());
        let known = if weekend {
            year.and_then(|year| year.make_up.as_ref()).map(|days| days.contains(&date))
        } else {
            year.and_then(|year| year.holidays.as_ref()).map(|days| !days.contains(&date))
        };
        match (known, weekend) {
            (Some(true), _) => Day::Working,
            (Some(false), _) => Day::Rest,
            (None, true) => Day::PerhapsRest,
            (None, false) => Day::PerhapsWorking,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_the_data_does_not_hold_is_only_perhaps() {
        let text = "year = 2026\nsource = \"sample\"\nmake_up = [\"2026-02-14\"]";
        let calendar = Calendar::from_toml([("2026.toml", text)]).unwrap();
        assert_eq!(calendar.day(date("2026-02-14")), Day::Working);
        assert_eq!(calendar.day(date("2026-02-15")), Day::Rest);
        assert_eq!(calendar.day(date("2026-02-16")), Day::PerhapsWorking);
        assert_eq!(calendar.day(date("2027-02-14")), Day::PerhapsRest);
    }

    #[test]
    fn a_holiday_is_rest_and_a_day_of_another_year_is_refused() {
        let text = "year = 2030\nsource = \"sample\"\nmake_up = []\nholidays = [\"2030-01-01\"]";
        let calendar = Calendar::from_toml([("2030.toml", text)]).unwrap();
        assert_eq!(calendar.day(date("2030-01-01")), Day::Rest);
        assert_eq!(calendar.day(date("2030-01-02")), Day::Working);
        let stray = "year = 2030\nsource = \"sample\"\nmake_up = [\"2031-01-04\"]";
        assert!(Calendar::from_toml([("2030.toml", stray)]).is_err());
    }
}
