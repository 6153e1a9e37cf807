//! Calendar dates as the reports state them.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A calendar date, ISO 8601 in JSON (`2024-01-18`).
///
/// # Examples
/// ```
/// use xxgk::Date;
/// assert_eq!(Date::new(2024, 2, 29).unwrap().to_string(), "2024-02-29");
/// assert_eq!(Date::new(2023, 2, 29), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The years that a date and a report can be of.
    pub(super) const YEARS: RangeInclusive<u16> = 1900..=2999;

    /// A date of the years 1900 to 2999; `None` where the calendar has no such day.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => 0,
        };
        let known = year >= *Date::YEARS.start() && year <= *Date::YEARS.end();
        if known && day >= 1 && day <= days { Some(Date { year, month, day }) } else { None }
    }

    /// The year, 1900 to 2999.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub const fn day(self) -> u8 {
        self.day
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A text that is no [`Date`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no date: YYYY-MM-DD is expected")]
pub struct InvalidDate(String);

impl FromStr for Date {
    type Err = InvalidDate;

    fn from_str(s: &str) -> Result<Self, InvalidDate> {
        iso(s).ok_or_else(|| InvalidDate(s.to_owned()))
    }
}

/// `2024-01-18`.
fn iso(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let mut part = |digits: usize| {
        parts
            .next()
            .filter(|p| p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|p| p.parse::<u16>().ok())
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    if parts.next().is_some() { None } else { Date::new(year, month as u8, day as u8) }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_both_ways() {
        assert_eq!("2024-01-18".parse().ok(), Date::new(2024, 1, 18));
        for text in ["2024-1-18", "2024-13-01", "2024-02-30", "24-01-18", "2024-01-18x", "2024-01-18-01", ""] {
            assert_eq!(text.parse::<Date>(), Err(InvalidDate(text.to_owned())));
        }
        let error = "2024-02-30".parse::<Date>().unwrap_err().to_string();
        assert_eq!(error, r#""2024-02-30" is no date: YYYY-MM-DD is expected"#);
    }
}
