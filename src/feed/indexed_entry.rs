//! An entry of a meeting with everything that decides who gets it, and in which order.

use jiff::civil::Date;
use jiff::tz::Offset;

use super::entry::{Entry, EntryKind, Notice, NoticeKind};
use super::session::series;
use super::text_length::TextLength;
use crate::timetable::{Meeting, Uid, When};

/// An entry of a meeting, with what decides about its selection.
pub(super) struct IndexedEntry {
    /// Where it is in its meeting.
    pub(super) at: EntryPosition,
    /// The UID.
    pub(super) uid: Uid,
    /// Its order, and its end.
    pub(super) key: EntryKey,
    /// Which feeds include it.
    pub(super) class: EntryClass,
    /// The length of its texts.
    pub(super) length: TextLength,
}

/// What decides about the order of an entry, and when it is past: the index, its rows and the selected entries have it.
#[derive(Clone, Copy)]
pub(super) struct EntryKey {
    /// The sort key of its begin: see [`sort_number`].
    pub(super) begins: i64,
    /// The sort key of the instance that it overrides; the least one for none.
    pub(super) exception: i64,
    /// When it ends, in Unix seconds.
    pub(super) ends: i64,
}

/// What decides which feeds include an entry, together with its audience mask.
#[derive(Clone, Copy)]
pub(super) struct EntryClass {
    /// The category, by which feeds select.
    pub(super) category: EntryCategory,
    /// Which readers it is for, depending on whether they hide cancelled events.
    pub(super) visibility: CancelledVisibility,
    /// Whether it has a link for an audience.
    pub(super) has_audience_link: bool,
    /// Whether it is a deadline or a meeting of some bodies, which is in no feed of others.
    pub(super) is_of_bodies: bool,
}

/// Where an entry is in its meeting.
#[derive(Clone, Copy)]
pub(super) enum EntryPosition {
    /// An occurrence of a session.
    Session(usize, usize),
    /// A series, with its cancelled instances or without.
    Series(usize, CancelledVisibility),
    /// A deadline.
    Deadline(usize),
    /// The days of the meeting.
    Span,
    /// The notice that a body has no session.
    NoSession(usize),
}

/// The categories of entries that feeds distinguish.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryCategory {
    /// A public session, with an audience or without.
    Session,
    /// A session that is only in the feeds of delegates.
    PrivateSession,
    /// A deadline for everybody.
    Deadline,
    /// A deadline for an audience.
    DeadlineFor,
    /// The days of a meeting without public sessions.
    DatesAlone,
    /// The days of any other meeting.
    Span,
    /// The notice that a body has no session.
    Notice,
}

/// Which readers an entry is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CancelledVisibility {
    /// For everybody.
    Always,
    /// Readers who see cancelled events.
    WithCancelled,
    /// Readers who hide cancelled events.
    WithoutCancelled,
}

impl CancelledVisibility {
    /// Returns `true` if a reader sees it.
    #[inline]
    pub(super) fn is_visible(self, hides_cancelled: bool) -> bool {
        match self {
            Self::Always => true,
            Self::WithCancelled => !hides_cancelled,
            Self::WithoutCancelled => hides_cancelled,
        }
    }
}

impl EntryKey {
    /// Creates the key of an entry.
    pub(super) fn new(entry: &Entry<'_>) -> Self {
        Self {
            begins: sort_number(entry.begins()),
            exception: entry.overridden_instance().map_or(i64::MIN, sort_number),
            ends: entry.ends().end().as_second(),
        }
    }

    /// Returns the sort key: the start on the wall clock, all-day entries first, then the UID. A series comes before
    /// its overrides, which are in the order of the instances. clients.md A9
    pub(super) fn order<'u>(&self, uid: &'u Uid) -> (i64, &'u Uid, i64) {
        (self.begins, uid, self.exception)
    }

    /// Returns the day on which the entry begins.
    pub(super) fn first_day(&self) -> Date {
        let instant = jiff::Timestamp::from_second(self.begins.div_euclid(2)).expect("the number of an instant");
        Offset::UTC.to_datetime(instant).date()
    }
}

impl EntryClass {
    /// Creates the class of an entry.
    pub(super) fn new(entry: &Entry<'_>, category: EntryCategory, visibility: CancelledVisibility) -> Self {
        let join = entry.details().and_then(|details| details.join.as_ref());
        let has_audience_link = join.is_some_and(|join| !join.audience.is_empty());
        Self { category, visibility, has_audience_link, is_of_bodies: entry.concerns().is_some() }
    }
}

impl IndexedEntry {
    /// Returns the kind of entry.
    pub(super) fn entry_kind<'r>(&self, meeting: &'r Meeting) -> EntryKind<'r> {
        self.at.entry_kind(meeting).unwrap_or_else(|| unreachable!("an entry of this meeting"))
    }
}

impl EntryPosition {
    /// Returns the kind of entry; `None` for a series of which nothing is shown.
    pub(super) fn entry_kind(self, meeting: &Meeting) -> Option<EntryKind<'_>> {
        let days = || meeting.days.or(meeting.former_days).map(When::AllDay);
        match self {
            Self::Session(session, occurrence) => {
                let session = &meeting.sessions[session];
                Some(EntryKind::Session(session, &session.occurrences[occurrence]))
            }
            Self::Series(session, visibility) => {
                series(&meeting.sessions[session], visibility == CancelledVisibility::WithoutCancelled)
            }
            Self::Deadline(deadline) => Some(EntryKind::Deadline(&meeting.deadlines[deadline])),
            Self::Span => Some(EntryKind::Meeting(days()?, &meeting.uid)),
            Self::NoSession(notice) => {
                let (body, uid) = &meeting.without_session[notice];
                Some(EntryKind::Notice(Notice::new(days()?, uid.clone(), NoticeKind::NoSession(*body))))
            }
        }
    }
}

/// Converts a sort key to a number: seconds on the wall clock, whole days before the hours of their first day.
fn sort_number(when: &When) -> i64 {
    let (wall, is_timed) = when.sort_key();
    let seconds = Offset::UTC.to_timestamp(wall).map_or(0, jiff::Timestamp::as_second);
    2 * seconds + i64::from(is_timed)
}
