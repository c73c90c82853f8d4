//! What each kind of feed holds: the table of the README, as code.

use jiff::civil::Time;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use super::entry::{Entry, Span, What};
use crate::body::Id;
use crate::revision::Release;
use crate::text::Language;
use crate::timetable::{
    AudienceIndex, BodyIndex, Days, Deadline, Delegate, Follows, Group, Meeting, STUDY_GROUP, Session, Timetable, Uid,
};

/// What a feed was asked to hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Selection {
    /// The sessions of a body, of those above it and of those below it, and the deadlines.
    Body(Id, BodyIndex),
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
    pub(super) fn own_language(&self, timetable: &Timetable) -> Language {
        let asked = match self {
            Self::Delegate(id) => delegate(timetable, id).and_then(|delegate| delegate.language.clone()),
            _ => None,
        };
        let first = || self.groups(timetable).first().map(|group| group.first_language().clone());
        asked.or_else(first).unwrap_or_else(Language::english)
    }

    /// Whether a session is in it.
    fn has_session(&self, group: &Group, session: &Session, follows: Option<&Follows>) -> bool {
        let is_open = session.audience.is_empty();
        match self {
            Self::Body(_, body) => is_open && concerns(group, session, &[*body]),
            Self::All(_) | Self::Meeting(..) => true,
            Self::Plenaries(_) => is_open && session.bodies.contains(&STUDY_GROUP),
            Self::Deadlines(_) | Self::Meetings(_) => false,
            Self::Event(.., id) => session.id == *id,
            Self::Follow(_) | Self::Delegate(_) => follows.is_some_and(|follows| {
                if is_open {
                    concerns(group, session, &follows.bodies)
                } else {
                    overlap(&session.audience, &follows.audiences)
                }
            }),
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
            Self::Body(_, own) => *own == body,
            Self::Follow(_) | Self::Delegate(_) => follows.is_some_and(|follows| follows.bodies.contains(&body)),
            _ => false,
        }
    }

    fn has_meeting(&self, meeting: &Meeting) -> bool {
        match self {
            Self::Meeting(_, wanted) | Self::Event(_, wanted, _) => meeting.id == *wanted,
            _ => true,
        }
    }

    /// Whether a meeting is in it however long ago it was: the group's latest one, and one asked for by its name.
    fn has_whole(&self, group: &Group, meeting: &Meeting) -> bool {
        let by_name = matches!(self, Self::Meeting(..) | Self::Event(..));
        by_name || group.latest_meeting().is_some_and(|latest| latest.id == meeting.id)
    }

    /// What of a meeting is in it, whenever it is.
    fn of_meeting<'r>(&self, group: &'r Group, meeting: &'r Meeting, follows: Option<&Follows>) -> Vec<What<'r>> {
        let sessions = meeting.sessions.iter().filter(|session| self.has_session(group, session, follows));
        let mut all: Vec<What<'r>> = sessions
            .flat_map(|session| session.occurrences.iter().map(move |occurrence| What::Session(session, occurrence)))
            .collect();
        let deadlines = meeting.deadlines.iter().filter(|deadline| self.has_deadline(deadline, follows));
        all.extend(deadlines.map(What::Deadline));
        let Some(days) = meeting.days else { return all };
        // A meeting known by its dates alone is in all feeds of its study group.
        let has_dates_alone = meeting.sessions.is_empty() && !matches!(self, Self::Deadlines(_) | Self::Event(..));
        if has_dates_alone || matches!(self, Self::Meetings(_)) {
            all.push(What::Meeting(days, &meeting.uid));
        }
        let notices = meeting.without_session.iter().filter(|(body, _)| self.has_notice(*body, follows));
        all.extend(notices.map(|(body, uid)| What::NoSession(days, *body, uid)));
        all
    }
}

fn delegate<'t>(timetable: &'t Timetable, id: &Id) -> Option<&'t Delegate> {
    timetable.delegates.iter().find(|delegate| delegate.id == *id)
}

/// Whether a session names one of the bodies, one above it or one below it.
fn concerns(group: &Group, session: &Session, bodies: &[BodyIndex]) -> bool {
    session.bodies.iter().any(|named| bodies.iter().any(|body| group.in_line(*named, *body)))
}

fn overlap(one: &[AudienceIndex], other: &[AudienceIndex]) -> bool {
    one.iter().any(|audience| other.contains(audience))
}

/// What a selection holds, in order, at least one entry.
pub(super) fn entries<'r>(release: &'r Release, selection: &Selection) -> Vec<Entry<'r>> {
    let mut entries = Vec::new();
    for group in selection.groups(&release.timetable) {
        let follows = selection.follows(&release.timetable).iter().find(|follows| follows.group == group.id);
        for meeting in group.meetings.iter().filter(|meeting| selection.has_meeting(meeting)) {
            let whole = selection.has_whole(group, meeting);
            let all = selection.of_meeting(group, meeting, follows).into_iter();
            let all = all.map(|what| Entry { group, meeting: Some(meeting), what });
            entries.extend(all.filter(|entry| whole || is_in_window(entry, release.instant)));
        }
    }
    if entries.is_empty() {
        entries.extend(nothing(release, selection));
    }
    entries.sort_by(|a, b| a.order().cmp(&b.order()));
    entries
}

/// Whether an entry is ahead of the release, or ended within 400 days before it.
fn is_in_window(entry: &Entry<'_>, release: Timestamp) -> bool {
    let end = match entry.span() {
        Span::Timed(span) => span.end().instant,
        Span::Days(days) => {
            Offset::UTC.to_timestamp(days.after().to_datetime(Time::midnight())).unwrap_or(Timestamp::MAX)
        }
    };
    let opens = release.checked_sub((400 * 24).hours()).unwrap_or(Timestamp::MIN);
    end > opens
}

/// The notice of a feed that holds nothing else, dated by its release.
fn nothing<'r>(release: &'r Release, selection: &Selection) -> Option<Entry<'r>> {
    let group = *selection.groups(&release.timetable).first()?;
    let today = Offset::UTC.to_datetime(release.instant).date();
    let name = super::address::name(&release.timetable, selection);
    // A colon stands in no id, so no session can lay claim to this path.
    let uid = Uid::of(&group.uid_domain, &format!("{}/nothing:{name}", group.id));
    Some(Entry { group, meeting: None, what: What::Nothing(Days::single(today), uid) })
}
