//! How enums, moments and lists stand in the database: the words they have on the wire.

use crate::detect::FlagKind;
use crate::ledger::{Direction, Kind, Moment};
use crate::money::{Currency, Money};
use crate::{Code, Error, Result};
use chrono::{DateTime, FixedOffset};
use serde::de::value::{Error as ValueError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Serialize};

/// The kebab-case word of a unit variant.
pub(super) fn word<T: Serialize>(value: &T) -> Result<String> {
    let quoted = json(value)?;
    Ok(quoted.trim_matches('"').to_owned())
}

/// The words of the values met so far: one is spelled once, not once a row.
pub(super) struct Spelled<T>(Vec<(T, String)>);

impl<T> Default for Spelled<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy + PartialEq + Serialize> Spelled<T> {
    /// The word of a value.
    pub(super) fn of(&mut self, value: T) -> Result<&str> {
        let place = match self.0.iter().position(|(known, _)| *known == value) {
            Some(place) => place,
            None => {
                self.0.push((value, word(&value)?));
                self.0.len() - 1
            }
        };
        Ok(&self.0[place].1)
    }
}

/// What the columns of a reading spell out.
#[derive(Default)]
pub(super) struct Spelling {
    pub(super) direction: Spelled<Direction>,
    pub(super) kind: Spelled<Kind>,
}

/// The unit variant of a word.
pub(super) fn unword<'de, T: Deserialize<'de>>(word: &'de str) -> Result<T> {
    let deserializer: StrDeserializer<'de, ValueError> = word.into_deserializer();
    T::deserialize(deserializer).map_err(|_| unknown())
}

/// A list or event as JSON.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|_| Error::new(Code::Internal, "a value could not be written down"))
}

/// What [`json`] wrote.
pub(super) fn unjson<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| unknown())
}

/// A moment with its offset, RFC 3339.
pub(super) fn moment(moment: Moment) -> String {
    moment.to_rfc3339()
}

/// What [`moment`] wrote.
pub(super) fn unmoment(text: &str) -> Result<Moment> {
    DateTime::parse_from_rfc3339(text).map_err(|_| unknown())
}

/// A moment from seconds since 1970 and the offset of its wall clock.
pub(super) fn moment_at(seconds: i64, offset_minutes: i32) -> Result<Moment> {
    let offset = offset_minutes.checked_mul(60).and_then(FixedOffset::east_opt).ok_or_else(unknown)?;
    Ok(DateTime::from_timestamp(seconds, 0).ok_or_else(unknown)?.with_timezone(&offset))
}

/// Money of two columns.
pub(super) fn money(minor: i64, currency: &str) -> Result<Money> {
    Ok(Money::new(minor, Currency::parse(currency).ok_or_else(unknown)?))
}

/// The kind of a flag this version may not know any more: `None` then, and the ruling rests.
pub(super) fn flag_kind(word: &str) -> Option<FlagKind> {
    unword(word).ok()
}

fn unknown() -> Error {
    Error::new(Code::Damaged, "a stored value is none this version can have written")
}
