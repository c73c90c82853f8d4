//! What tells whether an entry with a former name of another one is that entry again.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::text::Text;
use crate::timetable::{Deadline, Group, Meeting, NamedUids, Session, Uid, When, WrittenName};

/// How much two entries are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LikenessDegree {
    /// They begin on different days, and have different titles or bodies.
    Different,
    /// They begin on the same day, or have the same title and bodies.
    Alike,
    /// Both.
    Same,
}

/// What an entry looks like.
#[derive(Clone, Copy)]
pub(super) struct Likeness<'a> {
    group: &'a Group,
    /// `None` for meetings and deadlines.
    session: Option<&'a Session>,
    title: Option<&'a Text>,
    first_day: Option<Date>,
    /// When it is over; `None` for meetings without days.
    pub(super) ends: Option<Timestamp>,
}

impl<'a> Likeness<'a> {
    pub(super) fn new(group: &'a Group, title: Option<&'a Text>, first: Option<&When>, last: Option<&When>) -> Self {
        Self { group, session: None, title, first_day: first.map(When::first_day), ends: last.map(When::end) }
    }

    pub(super) fn from_meeting(group: &'a Group, meeting: &'a Meeting) -> Self {
        let days = meeting.days.or(meeting.former_days).map(When::AllDay);
        Self::new(group, Some(&meeting.title), days.as_ref(), days.as_ref())
    }

    /// An occurrence of a session, or its series from the first instance to the last.
    pub(super) fn from_session(group: &'a Group, session: &'a Session, first: &When, last: &When) -> Self {
        let likeness = Self::new(group, session.details.title.as_ref(), Some(first), Some(last));
        Self { session: Some(session), ..likeness }
    }

    pub(super) fn from_deadline(group: &'a Group, deadline: &'a Deadline) -> Self {
        Self::new(group, Some(&deadline.title), Some(&deadline.due), Some(&deadline.due))
    }

    /// Returns `true` if both begin on the same day.
    pub(super) fn has_same_day(&self, other: &Self) -> bool {
        self.first_day == other.first_day
    }

    /// Returns how much both are alike.
    pub(super) fn degree(&self, other: &Self) -> LikenessDegree {
        match (self.has_same_day(other), self.title == other.title && self.bodies() == other.bodies()) {
            (true, true) => LikenessDegree::Same,
            (false, false) => LikenessDegree::Different,
            _ => LikenessDegree::Alike,
        }
    }

    fn bodies(&self) -> Vec<&'a str> {
        let Some(session) = self.session else { return Vec::new() };
        session.body_names(self.group).map(WrittenName::first).collect()
    }
}

/// Visits each UID of a meeting's entries, with those of its names and what the entry looks like.
pub(super) fn for_each_uid<'m>(
    group: &'m Group,
    meeting: &'m Meeting,
    mut visit: impl FnMut(&'m Uid, Option<&'m NamedUids>, Likeness<'m>),
) {
    for session in &meeting.sessions {
        if let Some(series) = &session.series {
            let likeness = Likeness::from_session(group, session, &series.first, &series.last);
            visit(&series.uid, series.named.as_deref(), likeness);
        }
        for occurrence in &session.occurrences {
            let likeness = Likeness::from_session(group, session, &occurrence.original, &occurrence.when);
            visit(&occurrence.uid, occurrence.named.as_deref(), likeness);
        }
    }
    for deadline in &meeting.deadlines {
        visit(&deadline.uid, deadline.named.as_deref(), Likeness::from_deadline(group, deadline));
    }
}
