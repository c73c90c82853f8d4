//! One occurrence of several, and where it went.

use super::Scalar;
use super::time::{At, Day, weekday};

/// One occurrence of a session, by its original day and, where there are several, its part of the day or starting
/// hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// The day.
    pub day: Day,
    /// `morning`, `14:30` or `unknown`, as it is written in a UID; none where the day is enough.
    pub part_or_hour: Option<String>,
}

impl Scalar for Occasion {
    const EXPECTED: &'static str =
        "an occurrence by its original day and part or starting hour (2025-01-16 afternoon, 2025-02-06 14:00)";
    const PATTERN: &'static str =
        "^([A-Za-z]{3,9} +)?[0-9]{4}-[0-9]{2}-[0-9]{2}( +(morning|afternoon|evening|unknown|[0-9]{2}:[0-9]{2}))?$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let (day, rest) = day_and_rest(typed)?;
        let day = day.ok_or_else(|| Some("begin with the day: 2025-01-16 afternoon".to_owned()))?;
        if rest.contains('-') {
            return Err(Some("the starting hour is enough: 2025-01-16 14:30".to_owned()));
        }
        let part_or_hour = if rest.is_empty() { None } else { Some(At::from_typed(rest)?.part_or_hour()) };
        Ok(Self { day, part_or_hour })
    }
}

/// Where an occurrence was moved: to another day, another time, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// The new day; the same if none.
    pub day: Option<Day>,
    /// The new time; the same if none.
    pub at: Option<At>,
}

impl Scalar for Moved {
    const EXPECTED: &'static str =
        "a day, a time or both (2025-01-17 14:30-16:00, 2025-01-17, 14:30-16:00, 2025-01-17 morning)";
    const PATTERN: &'static str = "^(([A-Za-z]{3,9} +)?[0-9]{4}-[0-9]{2}-[0-9]{2})?( *(morning|afternoon|evening|unknown|[0-9]{2}:[0-9]{2}( *- *[0-9]{2}:[0-9]{2}( *\\(next day\\))?)?))?$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let (day, rest) = day_and_rest(typed)?;
        let at = if rest.is_empty() { None } else { Some(At::from_typed(rest)?) };
        Ok(Self { day, at })
    }
}

/// A day at the beginning, with its weekday or without, and what follows it.
fn day_and_rest(typed: &str) -> Result<(Option<Day>, &str), Option<String>> {
    let (word, behind) = typed.split_once(' ').unwrap_or((typed, ""));
    let behind = behind.trim_start();
    let (first, rest) = match weekday(word) {
        Some(_) => {
            let date = behind.split(' ').next().unwrap_or_default();
            (&typed[..typed.len() - behind.len() + date.len()], &behind[date.len()..])
        }
        None => (word, behind),
    };
    let is_day = first.chars().filter(|character| *character == '-').count() == 2;
    if is_day { Ok((Some(Day::from_typed(first)?), rest.trim())) } else { Ok((None, typed)) }
}
