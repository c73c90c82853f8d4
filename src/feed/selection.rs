//! What each kind of feed holds: the table of the README, as code.

use jiff::civil::Date;

use super::entries::{Reader, of_session};
use super::entry::What;
use crate::body::{BodyName, Id};
use crate::text::Language;
use crate::timetable::{
    AudienceIndex, BodyIndex, Deadline, Delegate, Follows, Group, Meeting, STUDY_GROUP, Session, Timetable, When,
};

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
    /// What a delegate follows.
    Delegate(Id),
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
            Self::Follow(_) | Self::Delegate(_) => {
                let follows = self.follows(timetable).iter();
                follows.filter_map(|follows| timetable.group(follows.group.as_str())).collect()
            }
        }
    }

    /// What a reader follows in each study group, where the selection is a reader's.
    pub fn follows<'a>(&'a self, timetable: &'a Timetable) -> &'a [Follows] {
        match self {
            Self::Follow(follows) => std::slice::from_ref(follows),
            Self::Delegate(id) => delegate(timetable, id).map(|delegate| &delegate.follows[..]).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The language of a feed whose address names none.
    pub fn own_language(&self, timetable: &Timetable) -> Language {
        let asked = match self {
            Self::Delegate(id) => delegate(timetable, id).and_then(|delegate| delegate.language.clone()),
            _ => None,
        };
        let first = || self.groups(timetable).first().map(|group| group.first_language().clone());
        asked.or_else(first).unwrap_or_else(Language::english)
    }

    /// Whether a session of the study group `home` is in it, for the part of it that is drawn from `group`.
    fn has_session(&self, (home, group): (&Group, &Group), session: &Session, follows: Option<&Follows>) -> bool {
        let is_open = session.audience.is_empty();
        let named = session.bodies_of(&group.id, &home.id);
        let is_theirs = !is_open && home.id == group.id;
        match self {
            Self::Delegate(_) | Self::Follow(_) => {
                let has_private = matches!(self, Self::Delegate(_)) || !session.is_private;
                has_private
                    && follows.is_some_and(|follows| {
                        if is_open {
                            concerns(group, named, &follows.bodies)
                        } else {
                            is_theirs && overlap(&session.audience, &follows.audiences)
                        }
                    })
            }
            _ if session.is_private => false,
            Self::Body(_, body) | Self::Former(_, body, _) => is_open && concerns(group, named, &[*body]),
            Self::All(_) => home.id == group.id || (is_open && !named.is_empty()),
            Self::Meeting(..) => true,
            Self::Plenaries(_) => is_open && named.contains(&STUDY_GROUP),
            Self::Deadlines(_) | Self::Meetings(_) => false,
            Self::Event(.., id) => session.id == *id,
        }
    }

    /// Whether a deadline is in it.
    fn has_deadline(&self, deadline: &Deadline, follows: Option<&Follows>) -> bool {
        match self {
            Self::Meetings(_) => false,
            Self::Event(.., id) => deadline.id == *id,
            Self::Delegate(_) => {
                let audience = &deadline.audience;
                audience.is_empty() || follows.is_some_and(|follows| overlap(audience, &follows.audiences))
            }
            _ => true,
        }
    }

    /// Whether a body's notice is in it: in the body's own feed, and where a reader picked the body.
    fn has_notice(&self, body: BodyIndex, follows: Option<&Follows>) -> bool {
        match self {
            Self::Body(_, own) | Self::Former(_, own, _) => *own == body,
            Self::Follow(_) | Self::Delegate(_) => follows.is_some_and(|follows| follows.bodies.contains(&body)),
            _ => false,
        }
    }

    pub(super) fn has_meeting(&self, meeting: &Meeting) -> bool {
        match self {
            Self::Meeting(_, wanted) | Self::Event(_, wanted, _) => meeting.id == *wanted,
            _ => true,
        }
    }

    /// Whether it names a meeting, which is then in it however long ago it was.
    pub(super) fn is_of_one_meeting(&self) -> bool {
        matches!(self, Self::Meeting(..) | Self::Event(..))
    }

    /// What of a meeting is in it, whenever it is.
    pub(super) fn of_meeting<'r>(&self, group: &'r Group, meeting: &'r Meeting, reader: Reader<'_>) -> Vec<What<'r>> {
        let mut all: Vec<What<'r>> = Vec::new();
        for session in
            meeting.sessions.iter().filter(|session| self.has_session((group, group), session, reader.follows))
        {
            all.extend(of_session(session, reader));
        }
        let deadlines = meeting.deadlines.iter().filter(|deadline| self.has_deadline(deadline, reader.follows));
        all.extend(deadlines.map(What::Deadline));
        let Some(days) = meeting.days.or(meeting.former_days).map(When::AllDay) else { return all };
        // A meeting known by its dates alone is in all feeds of its study group.
        let has_dates_alone = meeting.sessions.iter().all(|session| session.is_private)
            && !matches!(self, Self::Deadlines(_) | Self::Event(..));
        if has_dates_alone || matches!(self, Self::Meetings(_)) {
            all.push(What::Meeting(days.clone(), &meeting.uid));
        }
        let notices = meeting.without_session.iter().filter(|(body, _)| self.has_notice(*body, reader.follows));
        all.extend(notices.map(|(body, uid)| What::NoSession(days.clone(), *body, uid)));
        all
    }

    /// The joint sessions of another study group's meeting that are in it.
    pub(super) fn of_guests<'r>(
        &self,
        (home, group): (&Group, &Group),
        meeting: &'r Meeting,
        reader: Reader<'_>,
    ) -> Vec<What<'r>> {
        let joint =
            meeting.sessions.iter().filter(|session| session.guests.iter().any(|guest| guest.group == group.id));
        let theirs = joint.filter(|session| self.has_session((home, group), session, reader.follows));
        theirs.flat_map(|session| of_session(session, reader)).collect()
    }

    /// The last day of the body whose feed it is, if the body was closed.
    pub(super) fn closed(&self, group: &Group) -> Option<(BodyIndex, Date)> {
        match self {
            Self::Body(_, body) | Self::Former(_, body, _) => Some((*body, group.bodies[*body].closed?)),
            _ => None,
        }
    }

    /// What a delegate asked for, where the selection is a delegate's.
    pub fn delegate<'t>(&self, timetable: &'t Timetable) -> Option<&'t Delegate> {
        match self {
            Self::Delegate(id) => delegate(timetable, id),
            _ => None,
        }
    }
}

fn delegate<'t>(timetable: &'t Timetable, id: &Id) -> Option<&'t Delegate> {
    let found = timetable.delegates.binary_search_by(|delegate| delegate.id.cmp(id)).ok()?;
    timetable.delegates.get(found)
}

/// Whether one of the bodies that a session names is one of those wanted, or above or below it.
fn concerns(group: &Group, named: &[BodyIndex], wanted: &[BodyIndex]) -> bool {
    named.iter().any(|named| wanted.iter().any(|body| group.in_line(*named, *body)))
}

pub(super) fn overlap(one: &[AudienceIndex], other: &[AudienceIndex]) -> bool {
    one.iter().any(|audience| other.contains(audience))
}
