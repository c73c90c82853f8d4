//! When a meeting starts: a day, or a month of which the day is not known yet.

use jiff::civil::Date;

use super::Scalar;
use super::time::plain_date;

/// The start of a meeting, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeetingStart {
    /// The first day.
    Day(Date),
    /// A month, by its first day.
    Month(Date),
}

impl Scalar for MeetingStart {
    const NAME: &'static str = "date";
    const EXPECTED: &'static str = "a date such as 2025-01-14, or a month such as 2025-01";
    const PATTERN: &'static str = "^([A-Za-z]{3,9} +)?[0-9]{4}-[0-9]{2}(-[0-9]{2})?$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let is_month = text.len() == 7 && text.as_bytes().get(4) == Some(&b'-');
        match plain_date(&format!("{text}-01")) {
            Ok(first) if is_month => Ok(Self::Month(first)),
            _ => Date::from_text(text).map(Self::Day),
        }
    }
}
