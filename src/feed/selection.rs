//! What each kind of feed holds: the table of the README, as code.

use std::sync::Arc;

use jiff::civil::Date;

use super::listing::{At, Line, LineKind, Shown};
use super::reach::{Bits, overlap};
use crate::id::{BodyName, Id};
use crate::text::Language;
use crate::timetable::{BodyIndex, Delegate, Follows, Group, Meeting, Timetable};

/// What a feed was asked to hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Selection {
    /// The sessions of a body, of those above it and of those below it, and the deadlines.
    Body(Id, BodyIndex),
    /// The same, under a name that the body had before.
    Former(Id, BodyIndex, BodyName),
    /// Everything public.
    All(Id),
    /// The study group's own sessions and the deadlines.
    Plenaries(Id),
    /// The deadlines.
    Deadlines(Id),
    /// The spans of whole meetings.
    Meetings(Id),
    /// One meeting: its sessions and deadlines.
    Meeting(Id, Id),
    /// One session or deadline of a meeting, with all its occurrences.
    Event(Id, Id, Id),
    /// Bodies and audiences picked by a reader.
    Follow(Follows),
    /// What a reader picked, of one meeting alone: a part of its timetable, which is on pages and has no address as a feed.
    Part(Follows, Id),
    /// What a delegate follows.
    Delegate(Arc<Delegate>),
}

impl Selection {
    /// The study groups that it draws from, in order.
    pub fn groups<'t>(&self, timetable: &'t Timetable) -> Vec<&'t Group> {
        match self {
            Self::Body(group, _)
            | Self::Former(group, ..)
            | Self::All(group)
            | Self::Plenaries(group)
            | Self::Deadlines(group)
            | Self::Meetings(group)
            | Self::Meeting(group, _)
            | Self::Event(group, ..) => timetable.group(group.as_str()).into_iter().collect(),
            Self::Follow(_) | Self::Part(..) | Self::Delegate(_) => {
                let follows = self.follows().iter();
                follows.filter_map(|follows| timetable.group(follows.group.as_str())).collect()
            }
        }
    }

    /// What a reader follows in each study group, where the selection is a reader's.
    pub fn follows(&self) -> &[Follows] {
        match self {
            Self::Follow(follows) | Self::Part(follows, _) => std::slice::from_ref(follows),
            Self::Delegate(delegate) => &delegate.follows,
            _ => &[],
        }
    }

    /// The language of a feed whose address names none.
    pub fn own_language(&self, timetable: &Timetable) -> Language {
        if let Self::Delegate(delegate) = self {
            return delegate.feed_language(timetable);
        }
        self.groups(timetable).first().map_or_else(Language::english, |group| group.first_language().clone())
    }

    /// The meeting that it is of alone, which is then in it however long ago it was.
    pub(super) fn meeting(&self) -> Option<&Id> {
        match self {
            Self::Meeting(_, meeting) | Self::Event(_, meeting, _) | Self::Part(_, meeting) => Some(meeting),
            _ => None,
        }
    }

    /// What it takes of a study group, whose bits these are.
    pub(super) fn wanted(&self, group: &Group, bits: &Bits) -> Wanted {
        let follows = || self.follows().iter().find(|follows| follows.group == group.id);
        let followed =
            || follows().map_or_else(|| bits.none(), |follows| bits.exactly(&follows.bodies, &follows.audiences));
        let wanted = |sessions, mask| Wanted { sessions, mask, ..Wanted::of_bodies() };
        match self {
            Self::Body(_, body) | Self::Former(_, body, _) => wanted(Take::Some, bits.exactly(&[*body], &[])),
            Self::All(_) | Self::Meeting(..) => wanted(Take::All, bits.none()),
            Self::Plenaries(_) => wanted(Take::Some, bits.study_group()),
            Self::Deadlines(_) => Wanted { dates_alone: Take::None, ..wanted(Take::None, bits.none()) },
            Self::Meetings(_) => Wanted {
                deadlines: Take::None,
                deadlines_for: Take::None,
                spans: Take::All,
                ..wanted(Take::None, bits.none())
            },
            // One of these has the id.
            Self::Event(..) => Wanted { dates_alone: Take::None, ..wanted(Take::All, bits.none()) },
            Self::Follow(_) | Self::Part(..) => wanted(Take::Some, followed()),
            Self::Delegate(delegate) => Wanted {
                private_sessions: Take::Some,
                deadlines_for: Take::Some,
                hides_cancelled: delegate.hides_cancelled,
                ..wanted(Take::Some, followed())
            },
        }
    }

    /// Whether it is of one entry alone, and not of the one with this id.
    pub(super) fn is_of_another_than(&self, line: &Line, meeting: &Meeting) -> bool {
        let Self::Event(.., id) = self else { return false };
        match line.at {
            At::Session(session, _) | At::Series(session, _) => meeting.sessions[session].id != *id,
            At::Deadline(deadline) => meeting.deadlines[deadline].id != *id,
            At::Span | At::NoSession(_) => true,
        }
    }

    /// The last day of the body whose feed it is, if the body was closed.
    pub(super) fn closed(&self, group: &Group) -> Option<(BodyIndex, Date)> {
        match self {
            Self::Body(_, body) | Self::Former(_, body, _) => Some((*body, group.bodies[*body].closed?)),
            _ => None,
        }
    }

    /// What a delegate asked for, where the selection is a delegate's.
    pub fn delegate(&self) -> Option<&Delegate> {
        match self {
            Self::Delegate(delegate) => Some(delegate),
            _ => None,
        }
    }
}

/// How much of one kind of entries a feed takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Take {
    /// None of them.
    None,
    /// Those that reach somebody whom it is for.
    Some,
    /// All of them.
    All,
}

/// What a feed takes of a study group: the table of the README, as a value.
pub(super) struct Wanted {
    sessions: Take,
    private_sessions: Take,
    deadlines: Take,
    deadlines_for: Take,
    dates_alone: Take,
    spans: Take,
    notices: Take,
    /// Whom it is for.
    mask: Vec<u64>,
    /// Whether what is cancelled is left out.
    hides_cancelled: bool,
}

impl Wanted {
    /// What most feeds take beside their sessions.
    fn of_bodies() -> Self {
        Self {
            sessions: Take::Some,
            private_sessions: Take::None,
            deadlines: Take::All,
            deadlines_for: Take::All,
            dates_alone: Take::All,
            spans: Take::None,
            notices: Take::Some,
            mask: Vec::new(),
            hides_cancelled: false,
        }
    }

    /// Whether it takes a line of a kind that reaches these.
    pub(super) fn has(&self, kind: LineKind, shown: Shown, reach: &[u64]) -> bool {
        let take = match kind {
            LineKind::Session => self.sessions,
            LineKind::PrivateSession => self.private_sessions,
            LineKind::Deadline => self.deadlines,
            LineKind::DeadlineFor => self.deadlines_for,
            LineKind::DatesAlone => self.dates_alone,
            LineKind::Span => self.spans,
            LineKind::Notice => self.notices,
        };
        let is_taken = match take {
            Take::None => false,
            Take::Some => overlap(reach, &self.mask),
            Take::All => true,
        };
        is_taken && shown.to(self.hides_cancelled)
    }
}
