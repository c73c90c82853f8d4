//! When something is due, and how long before it somebody is reminded.

use jiff::civil::{Date, Time};

use super::Scalar;
use super::time::hour;
use crate::body::Id;

/// A date, with an hour where one was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueDate {
    /// The date.
    pub date: Date,
    /// The hour on the clock of the deadline's zone.
    pub hour: Option<Time>,
}

impl Scalar for DueDate {
    const EXPECTED: &'static str = "a date (2025-01-02), or a date with an hour (2025-01-02 16:00)";
    const PATTERN: &'static str = "^([A-Za-z]{3,9} +)?[0-9]{4}-[0-9]{2}-[0-9]{2}( +[0-9]{2}:[0-9]{2})?$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        // A weekday before the date belongs to it.
        let digits = typed.find(|letter: char| letter.is_ascii_digit()).unwrap_or(0);
        let behind = typed[digits..].find(' ').map_or(typed.len(), |blank| digits + blank);
        let (date, time) = typed.split_at(behind);
        let time = Some(time.trim()).filter(|time| !time.is_empty());
        let hour = time.map(|time| hour(time).map_err(|help| zone_elsewhere(time).or(help))).transpose()?;
        Ok(Self { date: Date::from_typed(date)?, hour })
    }
}

/// What to do about an hour with a zone behind it.
fn zone_elsewhere(typed: &str) -> Option<String> {
    let zone = typed.trim().split_once([' ', '+', 'Z'])?;
    hour(zone.0).is_ok().then(|| "the zone stands in a line of its own, such as `zone: UTC`".to_owned())
}

/// When a deadline is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// So long before or after something.
    Counted {
        /// How long; negative before it.
        count: Count,
        /// What it is counted from.
        from: From,
        /// The hour on that day.
        hour: Option<Time>,
    },
    /// On a date.
    On(DueDate),
    /// Not at all: drops a deadline that the meeting would inherit.
    Dropped,
}

/// So many units, counted on the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// How many; negative before something, positive after it.
    pub number: i32,
    /// Of what.
    pub unit: Unit,
}

/// What a deadline is counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// The first day of the meeting.
    Start,
    /// The last day of the meeting.
    End,
    /// The first day of a session.
    Session(Id),
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
    const EXPECTED: &'static str = "a date (2025-01-02, 2025-01-02 16:00), a time before or after something (12 days before, 6 weeks before, \
         2 months before, 3 days after end, 10 days before opening-plenary) or none";
    const PATTERN: &'static str = "^(none|([A-Za-z]{3,9} +)?[0-9]{4}-[0-9]{2}-[0-9]{2}( +[0-9]{2}:[0-9]{2})?|[0-9]+ +(day|week|month)s? +(before|after)( +[a-z0-9]+(-[a-z0-9]+)*)?( +at +[0-9]{2}:[0-9]{2})?)$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        if typed == "none" {
            return Ok(Self::Dropped);
        }
        let words: Vec<&str> = typed.split_whitespace().collect();
        if !words.iter().any(|word| ["before", "after"].contains(word)) {
            let looks_like_a_date = typed.contains("20");
            let forms = || Some("write 12 days before, 6 weeks before, 2 months before, or the date".to_owned());
            let on = DueDate::from_typed(typed).map(Self::On);
            return on.map_err(|help| if looks_like_a_date { help } else { forms() });
        }
        let (words, hour) = match words[..] {
            [ref words @ .., "at", time] => (words, Some(hour(time)?)),
            ref words => (words, None),
        };
        let form = || Some("write how many, of what, and from where: 12 days before, 3 days after end".to_owned());
        let (number, unit, direction, from) = match words {
            [number, unit, direction] => (number, unit, *direction, From::Start),
            [number, unit, direction, from] => (number, unit, *direction, from_where(from)?),
            _ => return Err(form()),
        };
        let is_after = match direction {
            "before" => false,
            "after" if from == From::Start && words.len() == 3 => {
                return Err(Some("say after what: `after start`, `after end` or `after` a session's id".to_owned()));
            }
            "after" => true,
            _ => return Err(form()),
        };
        let unit = match *unit {
            "day" | "days" => Unit::Days,
            "week" | "weeks" => Unit::Weeks,
            "month" | "months" => Unit::Months,
            "working" | "business" => return Err(Some("working days differ by country: write the date".to_owned())),
            _ => return Err(Some("deadlines are counted in days, weeks or months".to_owned())),
        };
        let number = number.parse().ok().filter(|number: &i32| (1..=1000).contains(number));
        let number = number.ok_or_else(|| Some("write the number in digits, from 1 to 1000".to_owned()))?;
        let count = Count { number: if is_after { number } else { -number }, unit };
        Ok(Self::Counted { count, from, hour })
    }
}

fn from_where(word: &str) -> Result<From, Option<String>> {
    match word {
        "start" => Ok(From::Start),
        "end" => Ok(From::End),
        id => Id::from_typed(id).map(From::Session),
    }
}

/// How long before an entry a delegate is reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lead {
    /// Minutes, up to four weeks of them.
    pub minutes: i32,
}

impl Scalar for Lead {
    const EXPECTED: &'static str = "a time before: 15 minutes, 2 hours, 1 day, 1 week";
    const PATTERN: &'static str = "^[0-9]+ +(minute|hour|day|week)s?$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let form = || Some("write how many of what: 15 minutes, 1 day".to_owned());
        let words: Vec<&str> = typed.split_whitespace().collect();
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
            .ok_or_else(|| Some("at most four weeks".to_owned()))
    }
}
