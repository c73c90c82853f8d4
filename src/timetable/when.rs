//! When something is: whole days, or a span on the clock of a time zone.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

use crate::zone::Zone;

/// Whole days, without a time zone.
///
/// ```
/// use convene::timetable::Days;
/// use jiff::civil::date;
///
/// let days = Days::new(date(2025, 1, 14), date(2025, 1, 23)).expect("days in order");
/// assert_eq!(days.day_after(), date(2025, 1, 24));
/// assert!(Days::new(date(2025, 1, 23), date(2025, 1, 14)).is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "StoredDays")]
pub struct Days {
    first: Date,
    last: Date,
}

/// Days as stored, before they are checked.
#[derive(Deserialize)]
struct StoredDays {
    first: Date,
    last: Date,
}

impl TryFrom<StoredDays> for Days {
    type Error = &'static str;

    fn try_from(written: StoredDays) -> Result<Self, Self::Error> {
        Self::new(written.first, written.last).ok_or("the last day comes before the first")
    }
}

impl Days {
    /// Creates the days from `first` to `last`, or returns `None` if `last` is earlier.
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// Creates a single day.
    pub fn from_date(date: Date) -> Self {
        Self { first: date, last: date }
    }

    /// Returns the first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// Returns the last day, which is included.
    pub fn last(self) -> Date {
        self.last
    }

    /// Returns the day after the last.
    pub fn day_after(self) -> Date {
        self.last.saturating_add(jiff::Span::new().days(1))
    }
}

/// A time span on the clock of a zone. The end is after the start.
///
/// ```
/// use convene::timetable::{Moment, TimedSpan};
/// use convene::zone::Zone;
///
/// let geneva = Zone::from_name("Europe/Zurich").expect("a zone");
/// let moment = |wall: &str| {
///     let wall = wall.parse().expect("a time");
///     Moment { wall, instant: geneva.instant(wall).expect("a time that the clock shows once") }
/// };
/// let (start, end) = (moment("2025-01-14T11:00"), moment("2025-01-14T12:30"));
/// let span = TimedSpan::new(geneva.clone(), start, end).expect("a span");
/// assert_eq!(span.start().instant.to_string(), "2025-01-14T10:00:00Z");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredSpan")]
pub struct TimedSpan {
    zone: Zone,
    start: Moment,
    end: Moment,
}

/// A time span as stored, before it is checked.
#[derive(Deserialize)]
struct StoredSpan {
    zone: Zone,
    start: Moment,
    end: Moment,
}

impl TryFrom<StoredSpan> for TimedSpan {
    type Error = &'static str;

    fn try_from(written: StoredSpan) -> Result<Self, Self::Error> {
        Self::new(written.zone, written.start, written.end).ok_or("the end does not come after the start")
    }
}

/// When something is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum When {
    /// At a time, on the clock of a zone.
    Timed(TimedSpan),
    /// On whole days, because it has no hour or none that is known.
    AllDay(Days),
}

impl When {
    /// Returns the first day, on the wall clock of a timed span.
    pub fn first_day(&self) -> Date {
        match self {
            Self::Timed(span) => span.start.wall.date(),
            Self::AllDay(days) => days.first,
        }
    }

    /// Returns the last day. A span that ends at midnight ends on the day before.
    pub fn last_day(&self) -> Date {
        match self {
            Self::Timed(span) => {
                span.end.wall.checked_sub(jiff::Span::new().nanoseconds(1)).unwrap_or(span.end.wall).date()
            }
            Self::AllDay(days) => days.last,
        }
    }

    /// Returns the same hours, or as many whole days, from another day on. `None` if the clocks skip or repeat one of the
    /// hours on that day.
    pub fn on_day(&self, day: Date) -> Option<Self> {
        match self {
            Self::Timed(span) => {
                let moment = |wall: DateTime| Some(Moment { wall, instant: span.zone.instant(wall).ok()? });
                let start = day.to_datetime(span.start.wall.time());
                let end = start.checked_add(span.start.wall.until(span.end.wall).ok()?).ok()?;
                TimedSpan::new(span.zone.clone(), moment(start)?, moment(end)?).map(Self::Timed)
            }
            Self::AllDay(days) => {
                let last = day.checked_add(days.first.until(days.last).ok()?).ok()?;
                Days::new(day, last).map(Self::AllDay)
            }
        }
    }

    /// Returns the instant at which it is over. Whole days are over when they are over everywhere on earth.
    pub fn end(&self) -> Timestamp {
        match self {
            Self::Timed(span) => span.end.instant,
            Self::AllDay(days) => {
                let midnight = days.day_after().to_datetime(jiff::civil::Time::midnight());
                jiff::tz::offset(-12).to_timestamp(midnight).unwrap_or(Timestamp::MAX)
            }
        }
    }

    /// Returns start and end in RFC 3339 form: times with offsets, or the first and the last day.
    ///
    /// ```
    /// # use convene::definition::{DefinitionFile, read};
    /// # use convene::resolve::resolve;
    /// # let file = |path: &str| DefinitionFile::new(path, std::fs::read(format!("meetings/{path}")).expect("a file"));
    /// # let files = vec![file("sg12/group.yaml"), file("sg12/2025-01-geneva.yaml")];
    /// # let (definitions, mut problems) = read("meetings", files);
    /// # let timetable = resolve(&definitions, &mut problems).expect("no errors");
    /// let deadline = &timetable.groups[0].meetings[0].deadlines[0];
    /// let (start, end) = deadline.due.rfc3339();
    /// assert_eq!(start, end, "a whole day");
    /// ```
    pub fn rfc3339(&self) -> (String, String) {
        match self {
            Self::Timed(span) => (span.zone.rfc3339(span.start.instant), span.zone.rfc3339(span.end.instant)),
            Self::AllDay(days) => (days.first.to_string(), days.last.to_string()),
        }
    }

    /// Returns the sort key: the start on the wall clock, whole days first.
    pub fn sort_key(&self) -> (DateTime, bool) {
        match self {
            Self::Timed(span) => (span.start.wall, true),
            Self::AllDay(days) => (days.first.to_datetime(jiff::civil::Time::midnight()), false),
        }
    }
}

/// A time on the wall clock with its instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The wall clock time.
    pub wall: DateTime,
    /// The instant.
    pub instant: Timestamp,
}

/// A date and an hour, as readers are shown them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateAndHour {
    /// The date.
    pub date: Date,
    /// The hour: `14:30`.
    pub hour: String,
}

impl Moment {
    /// Returns the date and the hour of something that begins then.
    pub fn as_start(&self) -> DateAndHour {
        DateAndHour { date: self.wall.date(), hour: self.wall.strftime("%H:%M").to_string() }
    }

    /// Returns the date and the hour of something that is due then: midnight is 24:00 of the day that ends with it.
    pub fn as_deadline(&self) -> DateAndHour {
        match self.wall.date().yesterday() {
            Ok(date) if self.wall.time() == Time::midnight() => DateAndHour { date, hour: "24:00".to_owned() },
            _ => self.as_start(),
        }
    }
}

impl TimedSpan {
    /// Creates a span, or returns `None` if the end is not after the start.
    pub fn new(zone: Zone, start: Moment, end: Moment) -> Option<Self> {
        (start.instant < end.instant).then_some(Self { zone, start, end })
    }

    /// Returns its zone if the zone's last rule gives the offsets of both ends, so that a calendar that knows only the
    /// rule shows the right hours. clients.md E9
    pub fn vtimezone(&self) -> Option<&Zone> {
        let fits = |moment: Moment| self.zone.fits_vtimezone_at(moment.instant);
        (fits(self.start) && fits(self.end)).then_some(&self.zone)
    }

    /// Returns the zone whose clock it is on.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Returns the start.
    pub fn start(&self) -> Moment {
        self.start
    }

    /// Returns the end.
    pub fn end(&self) -> Moment {
        self.end
    }
}
