//! When something is: whole days, or a stretch of time on the clock of a zone.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::Part;
use crate::zone::Zone;

/// Whole days, on no clock and in no zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "WrittenDays")]
pub struct Days {
    first: Date,
    last: Date,
}

/// Days as they are read back, which may be none.
#[derive(Deserialize)]
struct WrittenDays {
    first: Date,
    last: Date,
}

impl TryFrom<WrittenDays> for Days {
    type Error = &'static str;

    fn try_from(written: WrittenDays) -> Result<Self, Self::Error> {
        Self::between(written.first, written.last).ok_or("the last day comes before the first")
    }
}

impl Days {
    /// From the first to the last, or `None` if the last comes before the first.
    pub fn between(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// One day.
    pub fn single(date: Date) -> Self {
        Self { first: date, last: date }
    }

    /// The first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// The last day, which still belongs to them.
    pub fn last(self) -> Date {
        self.last
    }

    /// The day after the last one.
    pub fn after(self) -> Date {
        self.last.saturating_add(jiff::Span::new().days(1))
    }
}

/// A stretch of time on the clock of a zone, which ends after it starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WrittenSpan")]
pub struct TimedSpan {
    zone: Zone,
    start: Moment,
    end: Moment,
}

/// A stretch of time as it is read back, which may end before it starts.
#[derive(Deserialize)]
struct WrittenSpan {
    zone: Zone,
    start: Moment,
    end: Moment,
}

impl TryFrom<WrittenSpan> for TimedSpan {
    type Error = &'static str;

    fn try_from(written: WrittenSpan) -> Result<Self, Self::Error> {
        Self::between(written.zone, written.start, written.end).ok_or("the end does not come after the start")
    }
}

/// When something is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum When {
    /// On the clock of a zone.
    Timed(TimedSpan),
    /// On whole days: what has no hour, or none that is known.
    AllDay(Days),
}

impl When {
    /// The first day, on the wall clock where there is one.
    pub fn first_day(&self) -> Date {
        match self {
            Self::Timed(span) => span.start.wall.date(),
            Self::AllDay(days) => days.first,
        }
    }

    /// The last day. What ends at midnight ends on the day before.
    pub fn last_day(&self) -> Date {
        match self {
            Self::Timed(span) => {
                span.end.wall.checked_sub(jiff::Span::new().nanoseconds(1)).unwrap_or(span.end.wall).date()
            }
            Self::AllDay(days) => days.last,
        }
    }

    /// The instant at which it is over; whole days are over when they are over everywhere on earth.
    pub fn end_instant(&self) -> Timestamp {
        match self {
            Self::Timed(span) => span.end.instant,
            Self::AllDay(days) => {
                let midnight = days.after().to_datetime(jiff::civil::Time::midnight());
                jiff::tz::offset(-12).to_timestamp(midnight).unwrap_or(Timestamp::MAX)
            }
        }
    }

    /// Its start and its end as machines read them: times with their offsets, or the first and the last day. RFC 3339
    pub fn exact(&self) -> (String, String) {
        match self {
            Self::Timed(span) => (span.zone.exact(span.start.instant), span.zone.exact(span.end.instant)),
            Self::AllDay(days) => (days.first.to_string(), days.last.to_string()),
        }
    }

    /// What it is sorted by: the start on the wall clock, whole days first.
    pub fn order(&self) -> (DateTime, bool) {
        match self {
            Self::Timed(span) => (span.start.wall, true),
            Self::AllDay(days) => (days.first.to_datetime(jiff::civil::Time::midnight()), false),
        }
    }
}

/// A time on the wall clock, and the instant at which the clock shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The time on the wall clock.
    pub wall: DateTime,
    /// The instant.
    pub instant: Timestamp,
}

impl TimedSpan {
    /// From start to end, or `None` where the end does not come after the start.
    pub fn between(zone: Zone, start: Moment, end: Moment) -> Option<Self> {
        (start.instant < end.instant).then_some(Self { zone, start, end })
    }

    /// Whether the last rule of its zone gives the offsets of both ends, so that a calendar that is told the rule shows the
    /// right hours. clients.md E9
    pub fn is_told(&self) -> bool {
        self.zone.is_told_at(self.start.instant) && self.zone.is_told_at(self.end.instant)
    }

    /// The zone whose wall clock it was written on.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// When it starts.
    pub fn start(&self) -> Moment {
        self.start
    }

    /// When it ends.
    pub fn end(&self) -> Moment {
        self.end
    }
}

/// Which hours of an occurrence a document announces. The others are the group's usual ones, or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hours {
    /// Neither, and nothing is assumed: it is shown on whole days.
    Unknown,
    /// Start and end.
    Announced,
    /// The start; the end is the usual one of a part of the day.
    StartAnnounced(Part),
    /// Neither: the usual hours of a part of the day.
    Usual(Part),
}
