//! The words and lines of definitions: dates, hours, names, choices, each with what it looks like.
//!
//! Turns what was typed into a value of the right kind. Knows nothing of the files that they stand in.

use jiff::civil::{Date, Time, Weekday};
use url::Url;

use super::decode::Scalar;
use crate::body::{BODY_FORM, BodyName, ID_FORM, Id};
use crate::text::{self, Language};

/// A text that has at least one visible character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(pub String);

impl Scalar for Words {
    const EXPECTED: &'static str = "a text";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let clean = text::prose(typed);
        let empty = || Some("remove the key if there is nothing to say".to_owned());
        if clean.is_empty() { Err(empty()) } else { Ok(Self(clean)) }
    }
}

impl Scalar for Id {
    const EXPECTED: &'static str = "an id: lower case letters, digits and hyphens";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        Self::from_written(typed).ok_or_else(|| Some(format!("an id is made of {ID_FORM}, at most 60 of them")))
    }
}

impl Scalar for BodyName {
    const EXPECTED: &'static str = "the short name of a body, such as WP1 or Q12";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        Self::from_written(typed).ok_or_else(|| Some(BODY_FORM.to_owned()))
    }
}

impl Scalar for Language {
    const EXPECTED: &'static str = "a language tag in lower case, such as en, zh or pt-br";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        Self::from_tag(typed).ok_or(None)
    }
}

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

impl Scalar for bool {
    const EXPECTED: &'static str = "true or false";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        typed.parse().map_err(|_| None)
    }
}

/// How often a delegate's address has been renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(pub u32);

impl Scalar for Key {
    const EXPECTED: &'static str = "a whole number from 1 up";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        typed.parse().ok().filter(|key| *key > 0).map(Self).ok_or(None)
    }
}

/// An address on the web.
impl Scalar for Url {
    const EXPECTED: &'static str = "an address that begins with https:// or http://";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let url =
            Self::parse(typed.trim()).map_err(|fault| Some(format!("as an address this has a fault: {fault}")))?;
        let on_the_web = matches!(url.scheme(), "https" | "http") && url.host_str().is_some();
        if on_the_web { Ok(url) } else { Err(None) }
    }
}

/// A name under which a study group makes its UIDs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain(pub String);

impl Scalar for Domain {
    const EXPECTED: &'static str = "a domain name in lower case, such as sg12.itu.example";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let dotted = typed.contains('.') && typed.split('.').all(|part| Id::from_written(part).is_some());
        // clients.md C5: at most 255 octets with the 36 of the UUID and an at sign.
        if dotted && typed.len() <= 200 { Ok(Self(typed.to_owned())) } else { Err(None) }
    }
}

/// A latitude or a longitude in degrees, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Degrees(pub String);

impl Scalar for Degrees {
    const EXPECTED: &'static str = "degrees such as 46.2217";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let digits = typed.strip_prefix('-').unwrap_or(typed);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let number = |part: &str, most| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if number(whole, 3) && number(fraction, 6) { Ok(Self(typed.to_owned())) } else { Err(None) }
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
    let form =
        || Some("write hours as 09:30 or 14:00, of 24, in the time zone of the meeting, nothing behind".to_owned());
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
        let Some((word, date)) = typed.split_once(' ') else {
            return Ok(Self { weekday: None, date: Date::from_typed(typed)? });
        };
        let weekday = weekday(word).ok_or_else(|| Some("weekdays are Mon Tue Wed Thu Fri Sat Sun".to_owned()))?;
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
            return Date::from_typed(typed).map(Self::On).map_err(|help| help.filter(|_| typed.contains("20")));
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

/// A name with the study group that it belongs to: `SG12/WP1`, or `SG12` alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualified {
    /// The short name of the study group.
    pub group: String,
    /// The name in it; none for the study group itself.
    pub name: Option<String>,
}

impl Scalar for Qualified {
    const EXPECTED: &'static str = "a name with its study group, such as SG12/WP1 or SG12/management";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let mut parts = typed.split('/').map(str::to_owned);
        let (group, name, more) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let empty = group.is_empty() || name.as_ref().is_some_and(String::is_empty);
        if empty || more.is_some() { Err(None) } else { Ok(Self { group, name }) }
    }
}

/// Declares a choice of a few words.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident, $expected:literal { $($(#[$word_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$word_doc])* $variant,)* }

        impl $name {
            /// The words, as they are written in definitions.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word, as it is written in definitions.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl Scalar for $name {
            const EXPECTED: &'static str = $expected;

            fn from_typed(typed: &str) -> Result<Self, Option<String>> {
                match typed {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(crate::problem::suggestion(typed, Self::WORDS)),
                }
            }
        }
    };
}

choice! {
    /// A part of the day whose hours a study group is used to.
    Part, "a part of the day: morning, afternoon or evening" {
        /// Before lunch.
        Morning = "morning",
        /// After lunch.
        Afternoon = "afternoon",
        /// After the afternoon.
        Evening = "evening",
    }
}

choice! {
    /// What sort of session it is.
    Kind, "a kind of session" {
        /// A session of a whole body.
        Plenary = "plenary",
        /// Of working parties.
        WorkingParty = "working-party",
        /// Of Questions.
        Question = "question",
        /// Set up during the meeting.
        AdHoc = "ad-hoc",
        /// Of the management team.
        Management = "management",
        /// Registration of delegates.
        Registration = "registration",
        /// An introduction for newcomers.
        Newcomers = "newcomers",
        /// A workshop.
        Workshop = "workshop",
        /// A social event.
        Social = "social",
        /// Anything else.
        Other = "other",
    }
}

choice! {
    /// How several bodies share one session, where the document says no more.
    Order, "parallel or sequential" {
        /// At the same time, in rooms or slots that are not announced.
        Parallel = "parallel",
        /// One after the other, in slots that are not announced.
        Sequential = "sequential",
    }
}

choice! {
    /// How sure it is that a session takes place.
    Status, "confirmed or tentative" {
        /// Takes place.
        Confirmed = "confirmed",
        /// May take place.
        Tentative = "tentative",
    }
}
