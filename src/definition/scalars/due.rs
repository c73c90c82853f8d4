//! Due dates of deadlines, and how long before an event a delegate is reminded.

use jiff::civil::{Date, Time};

use super::Scalar;
use super::time::{END_OF_DAY, hour};
use crate::definition::meant;
use crate::id::Id;

/// A date, with an hour if one was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueDate {
    /// The date.
    pub date: Date,
    /// The hour on the clock of the deadline's zone. Midnight is 24:00, the end of the date.
    pub hour: Option<Time>,
}

impl Scalar for DueDate {
    const NAME: &'static str = "date";
    const EXPECTED: &'static str = "a date (2025-01-02), or a date with an hour (2025-01-02 16:00)";
    const PATTERN: &'static str = "^([A-Za-z]{3,9} +)?[0-9]{4}-[0-9]{2}-[0-9]{2}( +[0-9]{2}:[0-9]{2})?$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        if let Some(help) = meant::date(text) {
            return Err(Some(help));
        }
        // A weekday before the date is part of it.
        let digits = text.find(|letter: char| letter.is_ascii_digit()).unwrap_or(0);
        let rest = text[digits..].find(' ').map_or(text.len(), |space| digits + space);
        let (date, time) = text.split_at(rest);
        let time = Some(time.trim()).filter(|time| !time.is_empty());
        let hour = time.map(|time| DueHour::parse(time).map_err(|help| zone_elsewhere(time).or(help))).transpose()?;
        let date = Date::from_text(date)?;
        let begins_day = hour.as_ref().is_some_and(|hour| hour.begins_day);
        let date = if begins_day { date.yesterday().map_err(|_| None)? } else { date };
        Ok(Self { date, hour: hour.map(|hour| hour.time) })
    }
}

/// The hour of a deadline, as written.
struct DueHour {
    /// Midnight is the end of a day.
    time: Time,
    /// Whether it is written as 00:00, so that the day which ends with it is the one before.
    begins_day: bool,
}

impl DueHour {
    fn parse(text: &str) -> Result<Self, Option<String>> {
        if text == END_OF_DAY {
            return Ok(Self { time: Time::midnight(), begins_day: false });
        }
        hour(text).map(|time| Self { time, begins_day: time == Time::midnight() })
    }
}

/// Returns what to do about an hour that is followed by a zone.
fn zone_elsewhere(text: &str) -> Option<String> {
    let zone = text.trim().split_once([' ', '+', 'Z'])?;
    hour(zone.0).is_ok().then(|| "write the zone in a line of its own, such as `zone: UTC`".to_owned())
}

/// When a deadline is due, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// A number of days, weeks or months before or after something.
    Counted {
        /// The number; negative before the anchor.
        count: CalendarOffset,
        /// What the deadline is counted from.
        from: CountedFrom,
        /// The hour on that day. Midnight is 24:00, the end of the day.
        hour: Option<Time>,
    },
    /// On a date.
    On(DueDate),
    /// Never: drops a deadline that the meeting would inherit.
    Dropped,
}

/// A number of days, weeks or months on the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarOffset {
    /// Negative before the anchor, positive after it.
    pub number: i32,
    /// What is counted.
    pub unit: CalendarUnit,
    /// Days that are counted in addition.
    pub more_days: i32,
}

/// What a deadline is counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CountedFrom {
    /// The first day of the meeting.
    Start,
    /// The last day of the meeting.
    End,
    /// The first day of a session.
    Session(Id),
    /// Each day of a session: there is one deadline for each.
    Each(Id),
}

/// The units of a calendar offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarUnit {
    /// Calendar days.
    Days,
    /// Seven calendar days.
    Weeks,
    /// Calendar months. The day is clamped to the last day of a shorter month.
    Months,
}

impl Scalar for Due {
    const NAME: &'static str = "due date";
    const EXPECTED: &'static str = "a date (2025-01-02, 2025-01-02 16:00), a time before or after something (12 days before, 6 weeks before, \
         2 months before, 3 days after end, 10 days before opening-plenary, 1 week before each q5-call) or none";
    const PATTERN: &'static str = "^(none|([A-Za-z]{3,9} +)?[0-9]{4}-[0-9]{2}-[0-9]{2}( +[0-9]{2}:[0-9]{2})?|[0-9]+ +(day|week|month)s? +(before|after)( +(each +)?[a-z0-9]+(-[a-z0-9]+)*)?( +at +[0-9]{2}:[0-9]{2})?)$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        if text == "none" {
            return Ok(Self::Dropped);
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        let has = |all: &[&str]| words.iter().any(|word| all.contains(&word.to_lowercase().as_str()));
        if has(&["working", "business"]) {
            return Err(Some("working days differ between countries: write the date".to_owned()));
        }
        if has(&["calendar"]) {
            return Err(Some("leave out `calendar`: days are counted on the calendar".to_owned()));
        }
        if has(&["earth", "aoe"]) {
            let help = "anywhere on earth is the hour 24:00, with `zone: Etc/GMT+12` in a line of its own";
            return Err(Some(help.to_owned()));
        }
        if !words.iter().any(|word| ["before", "after"].contains(word)) {
            let looks_like_a_date = text.contains("20");
            let forms = || Some("write `12 days before`, `6 weeks before`, `2 months before` or the date".to_owned());
            let on = DueDate::from_text(text).map(Self::On);
            return on.map_err(|help| if looks_like_a_date { help } else { forms() });
        }
        let (words, hour) = match words[..] {
            [ref words @ .., "at", time] => (words, Some(DueHour::parse(time)?)),
            ref words => (words, None),
        };
        let form = || {
            Some(
                "write a number, a unit, `before` or `after`, and an anchor: `12 days before`, `3 days after end`"
                    .to_owned(),
            )
        };
        let (number, unit, direction, from) = match words {
            [number, unit, direction] => (number, unit, *direction, CountedFrom::Start),
            [number, unit, direction, from] => (number, unit, *direction, from_where(from)?),
            [number, unit, direction, "each", id] => (number, unit, *direction, CountedFrom::Each(Id::from_text(id)?)),
            _ => return Err(form()),
        };
        let is_after = match direction {
            "before" => false,
            "after" if from == CountedFrom::Start && words.len() == 3 => {
                return Err(Some(
                    "add what it is counted from: `after start`, `after end` or `after` and a session's id".to_owned(),
                ));
            }
            "after" => true,
            _ => return Err(form()),
        };
        let unit = match *unit {
            "day" | "days" => CalendarUnit::Days,
            "week" | "weeks" => CalendarUnit::Weeks,
            "month" | "months" => CalendarUnit::Months,
            _ => return Err(Some("deadlines are counted in days, weeks or months".to_owned())),
        };
        let number = number.parse().ok().filter(|number: &i32| (1..=1000).contains(number));
        let number = number.ok_or_else(|| Some("write the number in digits, from 1 to 1000".to_owned()))?;
        let more_days = if hour.as_ref().is_some_and(|hour| hour.begins_day) { -1 } else { 0 };
        let count = CalendarOffset { number: if is_after { number } else { -number }, unit, more_days };
        Ok(Self::Counted { count, from, hour: hour.map(|hour| hour.time) })
    }
}

fn from_where(word: &str) -> Result<CountedFrom, Option<String>> {
    match word {
        "start" => Ok(CountedFrom::Start),
        "end" => Ok(CountedFrom::End),
        id => Id::from_text(id).map(CountedFrom::Session),
    }
}

/// How long something usually takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// Minutes, at most those of a day.
    pub minutes: i32,
}

impl Scalar for Length {
    const NAME: &'static str = "length";
    const EXPECTED: &'static str = "a length: 45 minutes, 2 hours";
    const PATTERN: &'static str = "^[0-9]+ +(minute|hour)s?$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let form = || Some("write a number and a unit, at most 24 hours: 45 minutes, 2 hours".to_owned());
        let LeadTime { minutes } = LeadTime::from_text(text).map_err(|_| form())?;
        let is_length = !text.contains(['d', 'w']) && minutes <= 24 * 60;
        if is_length { Ok(Self { minutes }) } else { Err(form()) }
    }
}

/// How long before an entry a delegate is reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeadTime {
    /// Minutes, up to four weeks of them.
    pub minutes: i32,
}

impl Scalar for LeadTime {
    const NAME: &'static str = "reminder";
    const EXPECTED: &'static str = "a time before: 15 minutes, 2 hours, 1 day, 1 week";
    const PATTERN: &'static str = "^[0-9]+ +(minute|hour|day|week)s?$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let form = || Some("write a number and a unit: 15 minutes, 1 day".to_owned());
        let words: Vec<&str> = text.split_whitespace().collect();
        let [number, unit] = words[..] else { return Err(form()) };
        let minutes = match unit {
            "minute" | "minutes" => 1,
            "hour" | "hours" => 60,
            "day" | "days" => 24 * 60,
            "week" | "weeks" => 7 * 24 * 60,
            _ => return Err(form()),
        };
        let most = 28 * 24 * 60 / minutes;
        let number = number.parse().ok().filter(|number| (1..=most).contains(number));
        number
            .map(|number: i32| Self { minutes: number * minutes })
            .ok_or_else(|| Some("a reminder is at most four weeks before".to_owned()))
    }
}
