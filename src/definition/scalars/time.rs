//! Times of sessions: dates, days, hours and parts of the day.

use jiff::civil::{Date, Time, Weekday};

use super::Scalar;
use super::choice::DayPart;
use crate::definition::meant;
use crate::id::Id;

impl Scalar for Date {
    const NAME: &'static str = "date";
    const EXPECTED: &'static str = "a date such as 2025-01-14";
    const PATTERN: &'static str = "^([A-Za-z]{3,9} +)?[0-9]{4}-[0-9]{2}-[0-9]{2}$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let Some((word, date)) = text.split_once(' ').filter(|(word, _)| weekday(word).is_some()) else {
            return plain_date(text);
        };
        let date = plain_date(date.trim())?;
        let right = date.weekday();
        let is_right = weekday(word) == Some(right);
        if is_right { Ok(date) } else { Err(Some(format!("{date} is a {}", weekday_name(right)))) }
    }
}

/// Outside these years, calendar clients and the time zone database are not reliable.
pub(in crate::definition) const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

/// Parses a date without a weekday.
pub(super) fn plain_date(text: &str) -> Result<Date, Option<String>> {
    let looks = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !looks {
        let form = || Some("write year-month-day, with two digits for month and day".to_owned());
        return Err(meant::date(text).or_else(form));
    }
    text.parse().map_err(|_| Some("this day does not exist in the calendar".to_owned())).and_then(|date: Date| {
        if YEARS.contains(&date.year()) {
            Ok(date)
        } else {
            Err(Some("the year must be between 1990 and 2100".to_owned()))
        }
    })
}

/// A range of hours on the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HourRange {
    /// The start.
    pub start: Time,
    /// The end, after the start if it is on the same day.
    pub end: Time,
    /// Whether the end is on the next day.
    pub next_day: bool,
}

/// Marks an end on the next day.
const NEXT_DAY: &str = "(next day)";
/// The longest session, in minutes, that may end after midnight without being marked. A longer one is probably a
/// mistake.
const MAX_NIGHT_MINUTES: i32 = 12 * 60;

impl Scalar for HourRange {
    const NAME: &'static str = "hours";
    const EXPECTED: &'static str = "hours such as 09:30-12:30";
    const PATTERN: &'static str = "^[0-9]{2}:[0-9]{2} *- *[0-9]{2}:[0-9]{2}( *\\(next day\\))?$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let (hours, says_next) = match text.strip_suffix(NEXT_DAY) {
            Some(hours) => (hours.trim_end(), true),
            None => (text, false),
        };
        let (start, end) = hours.split_once('-').ok_or(None)?;
        if end.trim() == END_OF_DAY && !says_next {
            return Ok(Self { start: hour(start)?, end: Time::midnight(), next_day: true });
        }
        let parsed = |part: &str| hour(part).map_err(|help| meant::hours(hours).or(help));
        let (start, end) = (parsed(start)?, parsed(end)?);
        if start == end && !says_next {
            return Err(Some("the end must be after the start".to_owned()));
        }
        if start < end || says_next {
            return Ok(Self { start, end, next_day: says_next });
        }
        let minutes = |time: Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
        if start != end && minutes(end) + 24 * 60 - minutes(start) <= MAX_NIGHT_MINUTES {
            return Ok(Self { start, end, next_day: true });
        }
        Err(Some(format!("the end must be after the start; if it is on the next day, write {text} {NEXT_DAY}")))
    }
}

/// The end of a day.
pub(super) const END_OF_DAY: &str = "24:00";

pub(super) fn hour(text: &str) -> Result<Time, Option<String>> {
    let form = || {
        let form = || Some("write the hour as 09:30 or 14:00 on the 24-hour clock, without a zone".to_owned());
        meant::hour(text).or_else(form)
    };
    let text = text.trim();
    let (hours, minutes) = text.split_once(':').ok_or_else(form)?;
    let number = |part: &str| {
        let two_digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        two_digits.then(|| part.parse().ok()).flatten()
    };
    let (hours, minutes) = (number(hours).ok_or_else(form)?, number(minutes).ok_or_else(form)?);
    if hours == 24 {
        return Err(Some(
            "24:00 is the end of a day: write it as an end, as in 20:00-24:00, or write 00:00 of the next day"
                .to_owned(),
        ));
    }
    Time::new(hours, minutes, 0, 0).map_err(|_| form())
}

/// The time of day of a session, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeOfDay {
    /// A start and an end.
    Range(HourRange),
    /// A start without an end.
    Start(Time),
    /// An end without a start.
    Until(Time),
    /// About these hours.
    About(HourRange),
    /// About this start, without an end.
    AboutStart(Time),
    /// A start, and the latest end.
    AtLatest(HourRange),
    /// After another session of the same day.
    After(Id),
    /// A part of the day, without hours.
    Part(DayPart),
    /// An hour that is not known yet.
    Unknown,
}

/// The word for an hour that is not known yet.
const UNKNOWN: &str = "unknown";
/// The words before and after hours that are not exact.
const UNTIL: &str = "until ";
const ABOUT: &str = "about ";
const AFTER: &str = "after ";
const AT_LATEST: &str = "at the latest";

impl TimeOfDay {
    /// Returns the part of the day or the starting hour, which distinguishes the occurrences of a day.
    pub fn part_or_hour(&self) -> String {
        let hour = |time: &Time| time.strftime("%H:%M");
        match self {
            Self::Part(part) => part.word().to_owned(),
            Self::Start(start)
            | Self::AboutStart(start)
            | Self::Range(HourRange { start, .. })
            | Self::About(HourRange { start, .. })
            | Self::AtLatest(HourRange { start, .. }) => hour(start).to_string(),
            Self::Until(end) => format!("{UNTIL}{}", hour(end)),
            Self::After(id) => format!("{AFTER}{id}"),
            Self::Unknown => UNKNOWN.to_owned(),
        }
    }
}

impl Scalar for TimeOfDay {
    const NAME: &'static str = "time";
    const EXPECTED: &'static str = "hours (11:00-12:30), a start (11:00), a part of the day (morning, afternoon, evening), until 16:00, about 18:00, \
         after another session, or unknown";
    const PATTERN: &'static str = "^(morning|afternoon|evening|unknown|until +[0-9]{2}:[0-9]{2}|after +[a-z0-9]+(-[a-z0-9]+)*|(about +)?[0-9]{2}:[0-9]{2}( *- *[0-9]{2}:[0-9]{2}( *\\(next day\\))?( +at the latest)?)?)$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        if text == UNKNOWN {
            return Ok(Self::Unknown);
        }
        if let Some(end) = text.strip_prefix(UNTIL) {
            return hour(end).map(Self::Until);
        }
        if let Some(about) = text.strip_prefix(ABOUT).map(str::trim_start) {
            let is_range = about.contains('-');
            return if is_range {
                HourRange::from_text(about).map(Self::About)
            } else {
                hour(about).map(Self::AboutStart)
            };
        }
        if let Some(id) = text.strip_prefix(AFTER) {
            let help = "write the id of a session of the same day: after opening-plenary";
            return Id::from_text(id.trim_start()).map(Self::After).map_err(|_| Some(help.to_owned()));
        }
        if let Some(hours) = text.strip_suffix(AT_LATEST) {
            if !hours.contains('-') {
                return Err(Some(
                    "write the start too (09:00-13:30 at the latest), or `until 13:30` without one".to_owned(),
                ));
            }
            return HourRange::from_text(hours.trim_end()).map(Self::AtLatest);
        }
        if text.starts_with(|letter: char| letter.is_alphabetic()) {
            let known: Vec<&str> = DayPart::WORDS.iter().copied().chain([UNKNOWN]).collect();
            let suggestion = || meant::time(text).or_else(|| crate::problem::did_you_mean(text, &known));
            return DayPart::from_text(text).map(Self::Part).map_err(|_| suggestion());
        }
        if let Some(help) = meant::time(text) {
            return Err(Some(help));
        }
        if text.contains('-') {
            return HourRange::from_text(text).map(Self::Range);
        }
        hour(text).map(Self::Start)
    }
}

/// A date with an optional weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenDate {
    /// The weekday, if one is written.
    pub weekday: Option<Weekday>,
    /// The date.
    pub date: Date,
}

impl Scalar for WrittenDate {
    const NAME: &'static str = "day";
    const EXPECTED: &'static str = "a day such as 2025-01-14 or Tue 2025-01-14";
    const PATTERN: &'static str = "^([A-Za-z]{3,9} +)?[0-9]{4}-[0-9]{2}-[0-9]{2}$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let form = || {
            let form = "write the day as 2025-01-14, or with Mon, Tue, Wed, Thu, Fri, Sat or Sun before it";
            meant::date(text).or_else(|| Some(form.to_owned()))
        };
        if text.contains("..") {
            return Err(Some("write several days as `days: [2025-01-15..2025-01-17]`".to_owned()));
        }
        let Some((word, date)) = text.split_once(' ') else {
            return Ok(Self { weekday: None, date: plain_date(text)? });
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

/// Returns the English abbreviation of a weekday, as definitions write it.
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

/// A day, or a range of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRange {
    /// The first day.
    pub first: WrittenDate,
    /// The last day, not before the first and at most a year after it.
    pub last: WrittenDate,
}

impl Scalar for DayRange {
    const NAME: &'static str = "day";
    const EXPECTED: &'static str = "a day (2025-01-14) or days from one to another (2025-01-15..2025-01-17)";
    const PATTERN: &'static str =
        "^([A-Za-z]{3,9} +)?[0-9]{4}-[0-9]{2}-[0-9]{2}( *\\.\\. *([A-Za-z]{3,9} +)?[0-9]{4}-[0-9]{2}-[0-9]{2})?$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let Some((first, last)) = text.split_once("..") else {
            let is_dashed = text.matches('-').count() > 2;
            if is_dashed {
                return Err(Some("write a range of days with two dots: 2025-01-15..2025-01-17".to_owned()));
            }
            let day = WrittenDate::from_text(text)?;
            return Ok(Self { first: day, last: day });
        };
        let (first, last) = (WrittenDate::from_text(first.trim())?, WrittenDate::from_text(last.trim())?);
        if last.date < first.date {
            return Err(Some("the last day is before the first: swap the two".to_owned()));
        }
        let days = first.date.until(last.date).map_or(i32::MAX, |span| span.get_days());
        if days > 366 {
            return Err(Some("a range is at most a year long".to_owned()));
        }
        Ok(Self { first, last })
    }
}
