//! One entry of a feed: what it is, when, and under which UID.

use jiff::civil::{DateTime, Time};

use crate::timetable::{BodyIndex, Days, Deadline, Group, Meeting, Occurrence, Session, TimedSpan, Uid};

/// What becomes one event of a calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'r> {
    /// Its study group.
    pub group: &'r Group,
    /// Its meeting; none for the notice of a feed that holds nothing else.
    pub meeting: Option<&'r Meeting>,
    /// What it is.
    pub what: What<'r>,
}

/// What an entry is.
#[derive(Debug, Clone, PartialEq)]
pub enum What<'r> {
    /// An occurrence of a session.
    Session(&'r Session, &'r Occurrence),
    /// A due date.
    Deadline(&'r Deadline),
    /// The span of a whole meeting, under its UID.
    Meeting(Days, &'r Uid),
    /// The notice that the meeting gives a body no session.
    NoSession(Days, BodyIndex, &'r Uid),
    /// The notice that a feed holds nothing else, on the day of the release. clients.md B5
    Nothing(Days, Uid),
}

/// When an entry is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Span<'a> {
    /// On the clock of a zone.
    Timed(&'a TimedSpan),
    /// All day, on the same dates for every reader.
    Days(Days),
}

impl Entry<'_> {
    /// Its identity.
    pub fn uid(&self) -> &Uid {
        match &self.what {
            What::Session(_, occurrence) => &occurrence.uid,
            What::Deadline(deadline) => &deadline.uid,
            What::Meeting(_, uid) | What::NoSession(_, _, uid) => uid,
            What::Nothing(_, uid) => uid,
        }
    }

    /// When it is.
    pub fn span(&self) -> Span<'_> {
        match &self.what {
            What::Session(_, occurrence) => Span::Timed(&occurrence.span),
            What::Deadline(deadline) => Span::Days(Days::single(deadline.due)),
            What::Meeting(days, _) | What::NoSession(days, ..) | What::Nothing(days, _) => Span::Days(*days),
        }
    }

    /// What entries are sorted by: the start on the wall clock, all-day ones first, then the UID.
    pub(super) fn order(&self) -> (DateTime, bool, &Uid) {
        match self.span() {
            Span::Timed(span) => (span.start().wall, true, self.uid()),
            Span::Days(days) => (days.first().to_datetime(Time::midnight()), false, self.uid()),
        }
    }
}
