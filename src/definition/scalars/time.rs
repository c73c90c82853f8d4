//! When something is: dates, hours, days, and how long before a meeting.

use jiff::civil::{Date, Time, Weekday};

use super::Scalar;
use super::choice::Part;

impl Scalar for Date {
    const EXPECTED: &'static str = "a date such as 2025-01-14";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let looks = typed.len() == 10 && typed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        if !looks {
            return Err(Some("write year-month-day, with two digits each for month and day".to_owned()));
        }
        typed.parse().map_err(|_| Some("there is no such day in the calendar".to_owned())).and_then(|date: Self| {
            // Calendars and the time zone database are only sure of themselves in our own times.
            if (1990..=2100).contains(&date.year()) {
                Ok(date)
            } else {
                Err(Some("the year must lie between 1990 and 2100".to_owned()))
            }
        })
    }
}

/// The hours of a part of the day, as a study group is used to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HourRange {
    /// First minute.
    pub start: Time,
    /// Later than the start, on the same day.
    pub end: Time,
}

impl Scalar for HourRange {
    const EXPECTED: &'static str = "hours such as 09:30-12:30";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let (start, end) = typed.split_once('-').ok_or(None)?;
        let (start, end) = (hour(start)?, hour(end)?);
        if start < end {
            return Ok(Self { start, end });
        }
        Err(Some("the end must come after the start, on the same day".to_owned()))
    }
}

fn hour(typed: &str) -> Result<Time, Option<String>> {
    let form = || Some("write the hour as 09:30 or 14:00 on a clock of 24 hours, without a zone".to_owned());
    let typed = typed.trim();
    let (hours, minutes) = typed.split_once(':').ok_or_else(form)?;
    let number = |part: &str| {
        let two_digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        two_digits.then(|| part.parse().ok()).flatten()
    };
    let (hours, minutes) = (number(hours).ok_or_else(form)?, number(minutes).ok_or_else(form)?);
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
}

impl Scalar for At {
    const EXPECTED: &'static str =
        "hours (11:00-12:30), a start (11:00) or a part of the day (morning, afternoon, evening)";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        if typed.starts_with(|letter: char| letter.is_alphabetic()) {
            return Part::from_typed(typed).map(Self::Part);
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

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let form =
            || Some("write the day as 2025-01-14, or with Mon, Tue, Wed, Thu, Fri, Sat or Sun before it".to_owned());
        if typed.contains("..") {
            return Err(Some("write several days as `days: [2025-01-15..2025-01-17]`".to_owned()));
        }
        let Some((word, date)) = typed.split_once(' ') else {
            return Ok(Self { weekday: None, date: Date::from_typed(typed)? });
        };
        let weekday = weekday(word).ok_or_else(form)?;
        Ok(Self { weekday: Some(weekday), date: Date::from_typed(date.trim())? })
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let position = names.iter().position(|name| *name == word)?;
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

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let Some((first, last)) = typed.split_once("..") else {
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

/// When a deadline is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// So many units before the first day of the meeting.
    Before(i32, Unit),
    /// On a date.
    On(Date),
    /// Not at all: drops a deadline that the meeting would inherit.
    Dropped,
}

/// The units that a deadline is counted in, on the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Calendar days.
    Days,
    /// Seven calendar days.
    Weeks,
    /// Calendar months, clamped to the last day of a shorter one.
    Months,
}

impl Scalar for Due {
    const EXPECTED: &'static str =
        "a date (2025-01-02), a time before the meeting (12 days before, 6 weeks before, 2 months before) or none";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        if typed == "none" {
            return Ok(Self::Dropped);
        }
        let words: Vec<&str> = typed.split_whitespace().collect();
        let [count, unit, "before"] = words[..] else {
            if typed.contains(':') {
                return Err(Some("deadlines with an hour are not there yet: write the date".to_owned()));
            }
            let looks_like_a_date = typed.contains("20");
            let forms = || Some("write 12 days before, 6 weeks before, 2 months before, or the date".to_owned());
            let on = Date::from_typed(typed).map(Self::On);
            return on.map_err(|help| if looks_like_a_date { help } else { forms() });
        };
        let unit = match unit {
            "day" | "days" => Unit::Days,
            "week" | "weeks" => Unit::Weeks,
            "month" | "months" => Unit::Months,
            _ => return Err(Some("deadlines are counted in days, weeks or months".to_owned())),
        };
        let count = count.parse().ok().filter(|count| (1..=1000).contains(count));
        count.map(|count| Self::Before(count, unit)).ok_or_else(|| Some("count from 1 to 1000".to_owned()))
    }
}
