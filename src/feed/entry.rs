//! One entry of a feed: what it is, when, and under which UID.

use crate::id::BodyName;
use crate::timetable::{
    AnnouncedHours, BodyIndex, Cancellation, ConcernedBodies, Deadline, Details, Group, GuestBodies, JoinLink, Meeting,
    Occurrence, Series, Session, Status, Uid, When,
};

/// What becomes one event of a calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'r> {
    /// Its study group.
    pub group: &'r Group,
    /// The meeting; `None` for the notice of an otherwise empty feed.
    pub meeting: Option<&'r Meeting>,
    /// The kind of entry.
    pub kind: EntryKind<'r>,
    /// Whether the reader is given links for an audience.
    pub has_link_access: bool,
}

/// The kinds of entries.
#[derive(Debug, Clone, PartialEq)]
pub enum EntryKind<'r> {
    /// An occurrence of a session: an event of its own, or an override of the series before it.
    Session(&'r Session, &'r Occurrence),
    /// A recurring series, and the instances that this feed includes.
    Series(&'r Session, &'r Series, SeriesInstances<'r>),
    /// A deadline.
    Deadline(&'r Deadline),
    /// The days of a whole meeting, under its UID.
    Meeting(When, &'r Uid),
    /// A notice of convene's own.
    Notice(Notice),
}

/// A notice: what a feed says about itself or about a meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// The days on which it is shown.
    pub when: When,
    /// Its UID in the feed.
    pub uid: Uid,
    /// The UID under which the ledger records it.
    pub ledger_uid: Uid,
    /// What it says.
    pub kind: NoticeKind,
}

/// What a notice says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeKind {
    /// A body has no session at the meeting.
    NoSession(BodyIndex),
    /// A body was closed.
    Closed(BodyIndex),
    /// A body has another name than the feed, which is its former one.
    Renamed(BodyIndex, BodyName),
    /// The feed has no other entry. clients.md B5
    EmptyFeed,
}

impl Notice {
    /// Creates a notice that the ledger records under its own UID.
    pub(super) fn new(when: When, uid: Uid, kind: NoticeKind) -> Self {
        Self { when, ledger_uid: uid.clone(), uid, kind }
    }
}

impl NoticeKind {
    /// Returns the body that it is about; `None` for the study group.
    pub fn body(&self) -> Option<BodyIndex> {
        match self {
            Self::NoSession(body) | Self::Closed(body) | Self::Renamed(body, _) => Some(*body),
            Self::EmptyFeed => None,
        }
    }
}

/// The instances of a series in a feed. Those that were never planned, and those that the reader hides, are left out.
/// The series begins with the first instance that is shown, because some clients show it even if it is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesInstances<'r> {
    /// The first instance that is shown.
    pub first: &'r When,
    /// The number of instances that the rule gives from that one on.
    pub count: usize,
    /// Those from that one on that are left out, in order.
    pub left_out: Vec<&'r When>,
}

impl<'r> SeriesInstances<'r> {
    /// Creates the instances of a series, of which some are hidden. `None` if nothing is shown.
    pub(super) fn new(mut all: Vec<&'r When>, hidden: &[&'r When], series: &'r Series) -> Option<Self> {
        all.sort_by_key(|when| when.sort_key());
        let is_left_out = |when: &&When| hidden.contains(when) || series.skipped.contains(when);
        let begins = all.iter().position(|when| !is_left_out(when))?;
        let shown = &all[begins..];
        let left_out = shown.iter().copied().filter(|when| is_left_out(when)).collect();
        Some(Self { first: shown[0], count: shown.len(), left_out })
    }
}

impl<'r> Entry<'r> {
    /// Returns the UID.
    pub fn uid(&self) -> &Uid {
        match &self.kind {
            EntryKind::Session(_, occurrence) => &occurrence.uid,
            EntryKind::Series(_, series, _) => &series.uid,
            EntryKind::Deadline(deadline) => &deadline.uid,
            EntryKind::Meeting(_, uid) => uid,
            EntryKind::Notice(notice) => &notice.uid,
        }
    }

    /// Returns `true` if the definitions say with `was:` that it is renamed.
    pub fn is_declared_rename(&self) -> bool {
        let named = match &self.kind {
            EntryKind::Session(_, occurrence) => &occurrence.named,
            EntryKind::Series(_, series, _) => &series.named,
            EntryKind::Deadline(deadline) => &deadline.named,
            EntryKind::Meeting(..) => self.meeting.map_or(&None, |meeting| &meeting.named),
            EntryKind::Notice(_) => &None,
        };
        named.as_ref().is_some_and(|named| named.own != named.was)
    }

    /// Returns the UID under which the ledger records it.
    pub fn ledger_uid(&self) -> &Uid {
        match &self.kind {
            EntryKind::Notice(notice) => &notice.ledger_uid,
            _ => self.uid(),
        }
    }

    /// Returns when it is. For a series, when the first instance is.
    pub fn when(&self) -> &When {
        match &self.kind {
            EntryKind::Session(_, occurrence) => &occurrence.when,
            EntryKind::Series(_, _, instances) => instances.first,
            EntryKind::Deadline(deadline) => &deadline.due,
            EntryKind::Meeting(when, _) => when,
            EntryKind::Notice(notice) => &notice.when,
        }
    }

    /// Returns when it is. For a series, when its rule begins: the first instance that is shown may change while the
    /// series does not.
    pub fn when_planned(&self) -> &When {
        match &self.kind {
            EntryKind::Series(_, series, _) => &series.first,
            _ => self.when(),
        }
    }

    /// Returns the bodies that it concerns, if it is a deadline or a meeting of some bodies.
    pub fn concerns(&self) -> Option<&'r ConcernedBodies> {
        let concerns = match &self.kind {
            EntryKind::Deadline(deadline) => &deadline.concerns,
            EntryKind::Meeting(..) => &self.meeting?.concerns,
            _ => return None,
        };
        Some(concerns).filter(|concerns| !concerns.is_empty())
    }

    /// Returns the bodies of other study groups that it concerns.
    pub fn guests(&self) -> &'r [GuestBodies] {
        match self.session() {
            Some(session) => &session.guests,
            None => self.concerns().map_or(&[], |concerns| &concerns.guests),
        }
    }

    /// Returns the session that it belongs to.
    pub fn session(&self) -> Option<&'r Session> {
        match &self.kind {
            EntryKind::Session(session, _) | EntryKind::Series(session, ..) => Some(session),
            _ => None,
        }
    }

    /// Returns the details, if it belongs to a session.
    pub fn details(&self) -> Option<&'r Details> {
        match &self.kind {
            EntryKind::Session(session, occurrence) => Some(session.details(occurrence)),
            EntryKind::Series(session, ..) => Some(&session.details),
            _ => None,
        }
    }

    /// Returns which of its hours are announced, if it belongs to a session.
    pub fn hours(&self) -> Option<&'r AnnouncedHours> {
        match &self.kind {
            EntryKind::Session(_, occurrence) => Some(&occurrence.hours),
            EntryKind::Series(_, series, _) => Some(&series.hours),
            _ => None,
        }
    }

    /// Returns why it does not take place, if it does not.
    pub fn cancelled(&self) -> Option<&'r Cancellation> {
        let own = match &self.kind {
            EntryKind::Session(session, occurrence) => session.cancelled(occurrence),
            EntryKind::Series(session, ..) => session.cancelled.as_ref(),
            EntryKind::Deadline(deadline) => deadline.cancelled.as_ref(),
            // The former days of a meeting that has no days any more.
            EntryKind::Meeting(..) => {
                self.meeting.filter(|meeting| meeting.days.is_none()).map(|_| &Cancellation::Gone)
            }
            EntryKind::Notice(_) => return None,
        };
        match &self.kind {
            EntryKind::Meeting(..) => own.or_else(|| self.meeting.and_then(|meeting| meeting.cancelled.as_ref())),
            _ => own.or_else(|| self.meeting.and_then(Meeting::cancelled_entries)),
        }
    }

    /// Returns how certain it is.
    pub fn status(&self) -> Status {
        match (&self.kind, self.meeting) {
            (EntryKind::Meeting(..), Some(meeting)) => meeting.status,
            _ => self.details().map_or(Status::Confirmed, |details| details.status),
        }
    }

    /// Returns the link for remote participation that the reader is given. What is cancelled has none.
    pub fn join(&self) -> Option<&'r JoinLink> {
        let join = self.details().and_then(|details| details.join.as_ref()).filter(|_| self.cancelled().is_none());
        join.filter(|join| join.audience.is_empty() || self.has_link_access)
    }

    /// Returns the instance that it overrides, if it is an override.
    pub fn overridden_instance(&self) -> Option<&'r When> {
        match &self.kind {
            EntryKind::Session(session, occurrence) if session.series.is_some() => Some(&occurrence.original),
            _ => None,
        }
    }

    /// Returns when it begins. For a series and its overrides, when the first instance begins.
    pub(super) fn begins(&self) -> &'_ When {
        let series = self.session().and_then(|session| session.series.as_ref());
        series.map_or_else(|| self.when(), |series| &series.first)
    }

    /// Returns when it ends. For a series and its overrides, when the last of all ends.
    pub(super) fn ends(&self) -> &'_ When {
        match self.session().filter(|session| session.series.is_some()) {
            Some(session) => {
                let last = session.series.iter().map(|series| &series.last);
                let all = session.occurrences.iter().map(|occurrence| &occurrence.when).chain(last);
                all.max_by_key(|when| when.sort_key()).unwrap_or_else(|| self.when())
            }
            None => self.when(),
        }
    }
}
