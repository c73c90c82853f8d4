//! References to one occurrence of a session, and where an occurrence was moved to.

use super::Scalar;
use super::time::{TimeOfDay, WrittenDate, weekday};

/// One occurrence of a session, by its original day and, if the day has several, by its part of the day or starting
/// hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccurrenceRef {
    /// The day.
    pub day: WrittenDate,
    /// `morning`, `14:30` or `unknown`, as in the UID; `None` if the day is enough.
    pub part_or_hour: Option<String>,
}

impl Scalar for OccurrenceRef {
    const NAME: &'static str = "occurrence";
    const EXPECTED: &'static str =
        "an occurrence by its original day and part or starting hour (2025-01-16 afternoon, 2025-02-06 14:00)";
    const PATTERN: &'static str = "^([A-Za-z]{3,9} +)?[0-9]{4}-[0-9]{2}-[0-9]{2}( +(morning|afternoon|evening|unknown|(until +)?[0-9]{2}:[0-9]{2}|after +[a-z0-9-]+))?$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let (day, rest) = day_and_rest(text)?;
        let day = day.ok_or_else(|| Some("begin with the day: 2025-01-16 afternoon".to_owned()))?;
        let is_range = rest.contains('-') && rest.starts_with(|first: char| first.is_ascii_digit());
        if is_range {
            return Err(Some("write the starting hour only: 2025-01-16 14:30".to_owned()));
        }
        let part_or_hour = if rest.is_empty() { None } else { Some(TimeOfDay::from_text(rest)?.part_or_hour()) };
        Ok(Self { day, part_or_hour })
    }
}

/// Where an occurrence was moved to: another day, another time, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedTo {
    /// The new day; `None` for the same day.
    pub day: Option<WrittenDate>,
    /// The new time; `None` for the same time.
    pub at: Option<TimeOfDay>,
}

impl Scalar for MovedTo {
    const NAME: &'static str = "new time";
    const EXPECTED: &'static str =
        "a day, a time or both (2025-01-17 14:30-16:00, 2025-01-17, 14:30-16:00, 2025-01-17 morning)";
    const PATTERN: &'static str = "^(([A-Za-z]{3,9} +)?[0-9]{4}-[0-9]{2}-[0-9]{2})?( *(morning|afternoon|evening|unknown|until +[0-9]{2}:[0-9]{2}|after +[a-z0-9-]+|(about +)?[0-9]{2}:[0-9]{2}( *- *[0-9]{2}:[0-9]{2}( *\\(next day\\))?( +at the latest)?)?))?$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let (day, rest) = day_and_rest(text)?;
        let at = if rest.is_empty() { None } else { Some(TimeOfDay::from_text(rest)?) };
        Ok(Self { day, at })
    }
}

/// Splits off a day at the beginning, with or without a weekday.
fn day_and_rest(text: &str) -> Result<(Option<WrittenDate>, &str), Option<String>> {
    let (word, behind) = text.split_once(' ').unwrap_or((text, ""));
    let behind = behind.trim_start();
    let (first, rest) = match weekday(word) {
        Some(_) => {
            let date = behind.split(' ').next().unwrap_or_default();
            (&text[..text.len() - behind.len() + date.len()], &behind[date.len()..])
        }
        None => (word, behind),
    };
    let is_day = first.chars().filter(|character| *character == '-').count() == 2;
    if is_day { Ok((Some(WrittenDate::from_text(first)?), rest.trim())) } else { Ok((None, text)) }
}
