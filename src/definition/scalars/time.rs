//! When something is: dates, hours, days, and how long before a meeting.

use jiff::civil::{Date, Time, Weekday};

use super::Scalar;
use super::choice::Part;

impl Scalar for Date {
    const EXPECTED: &'static str = "a date such as 2025-01-14";
    const PATTERN: &'static str = "^([A-Za-z]{3,9} +)?[0-9]{4}-[0-9]{2}-[0-9]{2}$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let Some((word, date)) = typed.split_once(' ').filter(|(word, _)| weekday(word).is_some()) else {
            return plain_date(typed);
        };
        let date = plain_date(date.trim())?;
        let right = date.weekday();
        let is_right = weekday(word) == Some(right);
        if is_right { Ok(date) } else { Err(Some(format!("{date} is a {}", weekday_name(right)))) }
    }
}

/// A date without a weekday before it.
pub(super) fn plain_date(typed: &str) -> Result<Date, Option<String>> {
    let looks = typed.len() == 10 && typed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !looks {
        return Err(Some("write year-month-day, with two digits each for month and day".to_owned()));
    }
    typed.parse().map_err(|_| Some("there is no such day in the calendar".to_owned())).and_then(|date: Date| {
        // Calendars and the time zone database are only sure of themselves in our own times.
        if (1990..=2100).contains(&date.year()) {
            Ok(date)
        } else {
            Err(Some("the year must lie between 1990 and 2100".to_owned()))
        }
    })
}

/// Hours on the clock, from a start to an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HourRange {
    /// First minute.
    pub start: Time,
    /// On the same day later than the start.
    pub end: Time,
    /// Whether the end is on the next day.
    pub next_day: bool,
}

/// What is written behind an end on the next day.
const NEXT_DAY: &str = "(next day)";
/// A session that ends after midnight without saying so lasts at most so many minutes: more is a slip.
const LONGEST_NIGHT: i32 = 12 * 60;

impl Scalar for HourRange {
    const EXPECTED: &'static str = "hours such as 09:30-12:30";
    const PATTERN: &'static str = "^[0-9]{2}:[0-9]{2} *- *[0-9]{2}:[0-9]{2}( *\\(next day\\))?$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let (hours, says_next) = match typed.strip_suffix(NEXT_DAY) {
            Some(hours) => (hours.trim_end(), true),
            None => (typed, false),
        };
        let (start, end) = hours.split_once('-').ok_or(None)?;
        let (start, end) = (hour(start)?, hour(end)?);
        if start == end && !says_next {
            return Err(Some("the end must come after the start".to_owned()));
        }
        if start < end || says_next {
            return Ok(Self { start, end, next_day: says_next });
        }
        let minutes = |time: Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
        if start != end && minutes(end) + 24 * 60 - minutes(start) <= LONGEST_NIGHT {
            return Ok(Self { start, end, next_day: true });
        }
        Err(Some(format!("the end must come after the start; if it is on the next day, write {typed} {NEXT_DAY}")))
    }
}

pub(super) fn hour(typed: &str) -> Result<Time, Option<String>> {
    let form = || Some("write the hour as 09:30 or 14:00 on a clock of 24 hours, without a zone".to_owned());
    let typed = typed.trim();
    let (hours, minutes) = typed.split_once(':').ok_or_else(form)?;
    let number = |part: &str| {
        let two_digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        two_digits.then(|| part.parse().ok()).flatten()
    };
    let (hours, minutes) = (number(hours).ok_or_else(form)?, number(minutes).ok_or_else(form)?);
    if hours == 24 {
        return Err(Some("the day ends at 23:59, or at 00:00 (next day)".to_owned()));
    }
    Time::new(hours, minutes, 0, 0).map_err(|_| form())
}

/// When a session sits on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Announced start and end.
    Hours(HourRange),
    /// Announced start, no end.
    From(Time),
    /// A part of the day, no hours.
    Part(Part),
    /// At an hour that nobody knows yet.
    Unknown,
}

/// The word for an hour that nobody knows yet.
const UNKNOWN: &str = "unknown";

impl At {
    /// The part of the day or the starting hour, which tells the occurrences of a day apart.
    pub fn part_or_hour(self) -> String {
        match self {
            Self::Part(part) => part.word().to_owned(),
            Self::From(start) | Self::Hours(HourRange { start, .. }) => start.strftime("%H:%M").to_string(),
            Self::Unknown => UNKNOWN.to_owned(),
        }
    }
}

impl Scalar for At {
    const EXPECTED: &'static str =
        "hours (11:00-12:30), a start (11:00), a part of the day (morning, afternoon, evening) or unknown";
    const PATTERN: &'static str =
        "^(morning|afternoon|evening|unknown|[0-9]{2}:[0-9]{2}( *- *[0-9]{2}:[0-9]{2}( *\\(next day\\))?)?)$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        if typed == UNKNOWN {
            return Ok(Self::Unknown);
        }
        if typed.starts_with(|letter: char| letter.is_alphabetic()) {
            let known: Vec<&str> = Part::WORDS.iter().copied().chain([UNKNOWN]).collect();
            let suggestion = || crate::problem::suggestion(typed, &known);
            return Part::from_typed(typed).map(Self::Part).map_err(|_| suggestion());
        }
        if typed.contains('-') {
            return HourRange::from_typed(typed).map(Self::Hours);
        }
        hour(typed).map(Self::From)
    }
}

/// A day of a session, with the weekday that was written beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The weekday as typed, if there was one.
    pub weekday: Option<Weekday>,
    /// The date.
    pub date: Date,
}

impl Scalar for Day {
    const EXPECTED: &'static str = "a day such as 2025-01-14 or Tue 2025-01-14";
    const PATTERN: &'static str = "^([A-Za-z]{3,9} +)?[0-9]{4}-[0-9]{2}-[0-9]{2}$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let form =
            || Some("write the day as 2025-01-14, or with Mon, Tue, Wed, Thu, Fri, Sat or Sun before it".to_owned());
        if typed.contains("..") {
            return Err(Some("write several days as `days: [2025-01-15..2025-01-17]`".to_owned()));
        }
        let Some((word, date)) = typed.split_once(' ') else {
            return Ok(Self { weekday: None, date: plain_date(typed)? });
        };
        let weekday = weekday(word).ok_or_else(form)?;
        Ok(Self { weekday: Some(weekday), date: plain_date(date.trim())? })
    }
}

pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let lower = word.to_lowercase();
    let position = names.iter().position(|name| *name == lower || name[..3] == lower)?;
    Weekday::from_monday_zero_offset(i8::try_from(position).ok()?).ok()
}

/// The English short name of a weekday, as it is written in definitions.
pub fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}

/// One day, or all days from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRange {
    /// The first day.
    pub first: Day,
    /// The last day, not before the first and at most a year later.
    pub last: Day,
}

impl Scalar for DayRange {
    const EXPECTED: &'static str = "a day (2025-01-14) or days from one to another (2025-01-15..2025-01-17)";
    const PATTERN: &'static str =
        "^([A-Za-z]{3,9} +)?[0-9]{4}-[0-9]{2}-[0-9]{2}( *\\.\\. *([A-Za-z]{3,9} +)?[0-9]{4}-[0-9]{2}-[0-9]{2})?$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let Some((first, last)) = typed.split_once("..") else {
            let is_dashed = typed.matches('-').count() > 2;
            if is_dashed {
                return Err(Some("write days from one to another with two dots: 2025-01-15..2025-01-17".to_owned()));
            }
            let day = Day::from_typed(typed)?;
            return Ok(Self { first: day, last: day });
        };
        let (first, last) = (Day::from_typed(first.trim())?, Day::from_typed(last.trim())?);
        if last.date < first.date {
            return Err(Some("the last day comes before the first: swap the two".to_owned()));
        }
        let days = first.date.until(last.date).map_or(i32::MAX, |span| span.get_days());
        if days > 366 {
            return Err(Some("a range is at most a year long".to_owned()));
        }
        Ok(Self { first, last })
    }
}
