//! One entry of a feed: what it is, when, and under which UID.

use jiff::civil::DateTime;

use crate::body::BodyName;
use crate::text::Text;
use crate::timetable::{
    BodyIndex, Days, Deadline, Details, Group, Hours, Join, Meeting, Occurrence, Series, Session, Status, Uid, When,
};

/// What becomes one event of a calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'r> {
    /// Its study group.
    pub group: &'r Group,
    /// Its meeting; none for the notice of a feed that holds nothing else.
    pub meeting: Option<&'r Meeting>,
    /// What it is.
    pub what: What<'r>,
    /// Whether its reader is given links that are kept to an audience.
    pub may_join: bool,
}

/// What an entry is.
#[derive(Debug, Clone, PartialEq)]
pub enum What<'r> {
    /// An occurrence of a session: an event of its own, or an exception to the series before it.
    Session(&'r Session, &'r Occurrence),
    /// A series as its rule gives it, and the instances that this feed leaves out beside those that were never planned.
    Series(&'r Session, &'r Series, Vec<&'r When>),
    /// A due date.
    Deadline(&'r Deadline),
    /// The span of a whole meeting, under its UID.
    Meeting(When, &'r Uid),
    /// The notice that the meeting gives a body no session.
    NoSession(When, BodyIndex, &'r Uid),
    /// The notice that a body was closed.
    Closed(When, BodyIndex, Uid),
    /// The notice that a body has another name than the feed.
    Renamed(When, BodyIndex, BodyName, Uid),
    /// The notice that a feed holds nothing else, on the day of the release. clients.md B5
    Nothing(When, Uid),
}

impl<'r> Entry<'r> {
    /// Its identity.
    pub fn uid(&self) -> &Uid {
        match &self.what {
            What::Session(_, occurrence) => &occurrence.uid,
            What::Series(_, series, _) => &series.uid,
            What::Deadline(deadline) => &deadline.uid,
            What::Meeting(_, uid) | What::NoSession(_, _, uid) => uid,
            What::Closed(.., uid) | What::Renamed(.., uid) | What::Nothing(_, uid) => uid,
        }
    }

    /// When it is; the first instance of a series.
    pub fn when(&self) -> &When {
        match &self.what {
            What::Session(_, occurrence) => &occurrence.when,
            What::Series(_, series, _) => &series.first,
            What::Deadline(deadline) => &deadline.due,
            What::Meeting(when, _)
            | What::NoSession(when, ..)
            | What::Closed(when, ..)
            | What::Renamed(when, ..)
            | What::Nothing(when, _) => when,
        }
    }

    /// The session that it is of.
    pub fn session(&self) -> Option<&'r Session> {
        match &self.what {
            What::Session(session, _) | What::Series(session, ..) => Some(session),
            _ => None,
        }
    }

    /// What holds for it, if it is of a session.
    pub fn details(&self) -> Option<&'r Details> {
        match &self.what {
            What::Session(session, occurrence) => Some(session.details(occurrence)),
            What::Series(session, ..) => Some(&session.details),
            _ => None,
        }
    }

    /// Which of its hours a document announces, if it is of a session.
    pub fn hours(&self) -> Option<Hours> {
        match &self.what {
            What::Session(_, occurrence) => Some(occurrence.hours),
            What::Series(_, series, _) => Some(series.hours),
            _ => None,
        }
    }

    /// Why it does not take place, if it does not.
    pub fn cancelled(&self) -> Option<&'r Text> {
        let own = match &self.what {
            What::Session(session, occurrence) => session.cancelled(occurrence),
            What::Series(session, ..) => session.cancelled.as_ref(),
            What::Meeting(..) | What::Deadline(_) => None,
            _ => return None,
        };
        own.or_else(|| self.meeting.and_then(|meeting| meeting.cancelled.as_ref()))
    }

    /// How sure it is.
    pub fn status(&self) -> Status {
        match (&self.what, self.meeting) {
            (What::Meeting(..), Some(meeting)) => meeting.status,
            _ => self.details().map_or(Status::Confirmed, |details| details.status),
        }
    }

    /// Where its reader may take part from afar.
    pub fn join(&self) -> Option<&'r Join> {
        let join = self.details().and_then(|details| details.join.as_ref());
        join.filter(|join| join.audience.is_empty() || self.may_join)
    }

    /// The instance of a series that it is an exception to, if it is one.
    pub fn exception(&self) -> Option<&'r When> {
        match &self.what {
            What::Session(session, occurrence) if session.series.is_some() => Some(&occurrence.original),
            _ => None,
        }
    }

    /// What entries are sorted by: the start on the wall clock, all-day ones first, then the UID. A series stands before
    /// its exceptions, and these by the instances that they replace. clients.md A9
    pub(super) fn order(&self) -> ((DateTime, bool), &Uid, Option<(DateTime, bool)>) {
        let series = match &self.what {
            What::Session(session, _) => session.series.as_ref(),
            _ => None,
        };
        let first = series.map_or_else(|| self.when().order(), |series| series.first.order());
        (first, self.uid(), self.exception().map(When::order))
    }

    /// When it is over: with the last instance of its series, and the last exception to it.
    pub(super) fn ends(&self) -> &'_ When {
        match self.session().filter(|session| session.series.is_some()) {
            Some(session) => {
                let last = session.series.iter().map(|series| &series.last);
                let all = session.occurrences.iter().map(|occurrence| &occurrence.when).chain(last);
                all.max_by_key(|when| when.order()).unwrap_or_else(|| self.when())
            }
            None => self.when(),
        }
    }

    /// Whole days as a time.
    pub(super) fn days(days: Days) -> When {
        When::AllDay(days)
    }
}
