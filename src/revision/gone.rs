//! What the definitions no longer have: puts it back as cancelled, for as long as readers would wait for it.
//!
//! Bodies, audiences and languages stay for good, because addresses of feeds name them; a body is closed then.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::names;
use crate::id::Id;
use crate::timetable::{
    AudienceIndex, Body, BodyIndex, Cancellation, Deadline, Group, Meeting, Occurrence, Session, Timetable, Uid, When,
};

/// The UIDs of everything that the definitions have but notices.
#[derive(Default)]
pub struct Living(HashSet<Uid>);

impl Living {
    /// Those of a timetable that the definitions mean.
    pub fn of(timetable: &Timetable) -> Self {
        let mut living = HashSet::new();
        for meeting in timetable.groups.iter().flat_map(|group| &group.meetings) {
            add_uids(meeting, &mut living);
        }
        Self(living)
    }

    /// Whether the definitions have something of this UID.
    pub fn has(&self, uid: &Uid) -> bool {
        self.0.contains(uid)
    }
}

/// A timetable with what the release before it had and it has not, unless that is over at `instant`. `living` are its UIDs.
pub fn with_gone(mut timetable: Timetable, living: &Living, before: &Timetable, instant: Timestamp) -> Timetable {
    for group in &before.groups {
        if timetable.group(group.id.as_str()).is_none() {
            timetable.groups.push(Group { meetings: Vec::new(), ..group.clone() });
        }
    }
    timetable.groups.sort_by(|a, b| a.id.cmp(&b.id));
    let known = |id: &Id| before.group(id.as_str());
    let indices: BTreeMap<Id, Indices> = timetable
        .groups
        .iter_mut()
        .filter_map(|group| Some((group.id.clone(), Indices::of(group, known(&group.id)?, instant))))
        .collect();
    for group in &mut timetable.groups {
        if let Some(before) = known(&group.id) {
            names::carry(group, before);
        }
    }
    timetable.reuse_unchanged_from(before);
    let gone = Gone { living, indices: &indices, instant };
    for group in &mut timetable.groups {
        if let Some(before) = known(&group.id) {
            gone.add(group, before);
        }
    }
    // With what is gone of it, a meeting may be what it was before.
    timetable.reuse_unchanged_from(before);
    timetable
}

fn add_uids(meeting: &Meeting, uids: &mut HashSet<Uid>) {
    for session in &meeting.sessions {
        uids.extend(session.series.iter().map(|series| series.uid.clone()));
        uids.extend(session.occurrences.iter().map(|occurrence| occurrence.uid.clone()));
    }
    uids.extend(meeting.deadlines.iter().map(|deadline| deadline.uid.clone()));
    if meeting.days.is_some() {
        uids.insert(meeting.uid.clone());
    }
}

/// Where the bodies and audiences of a study group are, by where they were in the release before.
struct Indices {
    bodies: Vec<BodyIndex>,
    audiences: Vec<AudienceIndex>,
}

impl Indices {
    /// Those of a study group, to which what is missing is added.
    fn of(group: &mut Group, before: &Group, instant: Timestamp) -> Self {
        let missing = before.languages.iter().filter(|language| !group.languages.contains(language));
        let missing: Vec<_> = missing.cloned().collect();
        group.languages.extend(missing);
        let mut indices = Self { bodies: Vec::new(), audiences: Vec::new() };
        for body in &before.bodies {
            let index = indices.body(group, body, instant);
            indices.bodies.push(index);
        }
        for audience in &before.audiences {
            let known = group.audiences.iter().position(|known| known.id == audience.id);
            indices.audiences.push(known.unwrap_or_else(|| {
                group.audiences.push(audience.clone());
                group.audiences.len() - 1
            }));
        }
        indices
    }

    fn body(&self, group: &mut Group, body: &Body, instant: Timestamp) -> BodyIndex {
        group.bodies.iter().position(|now| now.continues(body)).unwrap_or_else(|| {
            let closed = body.closed.unwrap_or_else(|| group.zone.wall_clock(instant).date());
            let above = body.parent.map(|above| self.bodies[above]);
            group.bodies.push(Body { closed: Some(closed), parent: above, ..body.clone() });
            group.bodies.len() - 1
        })
    }
}

/// What is gone, and where it belongs now.
struct Gone<'a> {
    living: &'a Living,
    indices: &'a BTreeMap<Id, Indices>,
    instant: Timestamp,
}

/// Where something that is gone belongs.
struct Place<'a> {
    group: &'a Id,
    /// The meeting as it is now, if it is not gone too.
    meeting: Option<&'a Meeting>,
    /// Whether the whole meeting is cancelled, as it was before.
    says_why: bool,
}

impl Place<'_> {
    /// Why something does not take place that was cancelled, or not, before it went.
    fn why(&self, known: Option<&Cancellation>, why: Cancellation) -> Option<Cancellation> {
        known.cloned().or_else(|| (!self.says_why).then_some(why))
    }
}

impl Gone<'_> {
    /// Adds what a study group had.
    fn add(&self, group: &mut Group, before: &Group) {
        let homes: HashMap<Uid, usize> =
            group.meetings.iter().enumerate().map(|(home, meeting)| (meeting.uid.clone(), home)).collect();
        for meeting in &before.meetings {
            let home = homes.get(&meeting.uid).copied();
            // What is as it was lacks nothing.
            if home.is_some_and(|home| Arc::ptr_eq(&group.meetings[home], meeting)) {
                continue;
            }
            let now = home.map(|home| &*group.meetings[home]);
            // What was cancelled with its meeting says why already.
            let says_why = meeting.cancelled.is_some() && now.is_none_or(|now| now.cancelled == meeting.cancelled);
            let place = Place { group: &group.id, meeting: now, says_why };
            let sessions: Vec<Session> =
                meeting.sessions.iter().flat_map(|session| self.sessions(session, &place)).collect();
            let deadlines: Vec<Deadline> =
                meeting.deadlines.iter().filter_map(|deadline| self.deadline(deadline, &place)).collect();
            let days = meeting.days.or(meeting.former_days);
            let days = days.filter(|days| self.is_gone(&meeting.uid, &When::AllDay(*days)));
            let is_nothing = sessions.is_empty() && deadlines.is_empty() && days.is_none();
            match home.map(|home| &mut group.meetings[home]) {
                _ if is_nothing => {}
                Some(home) => {
                    let home = Arc::make_mut(home);
                    home.sessions.extend(sessions);
                    home.deadlines.extend(deadlines);
                    home.deadlines.sort_by(|a, b| (a.due.sort_key(), &a.id).cmp(&(b.due.sort_key(), &b.id)));
                    home.former_days = days;
                }
                None => group.meetings.push(Arc::new(Meeting {
                    cancelled: meeting.cancelled.clone().or(Some(Cancellation::Gone)),
                    without_session: Vec::new(),
                    sessions,
                    deadlines,
                    ..Meeting::clone(meeting)
                })),
            }
        }
        group.sort_meetings();
    }

    fn is_gone(&self, uid: &Uid, when: &When) -> bool {
        !self.living.has(uid) && when.end() > self.instant
    }

    /// What is gone of a session: nothing, or the series, or some of its occurrences. Those that the session has under
    /// another UID at the same time are told apart.
    fn sessions(&self, session: &Session, place: &Place<'_>) -> Vec<Session> {
        let namesakes: Vec<&Session> =
            place.meeting.iter().flat_map(|meeting| &meeting.sessions).filter(|known| known.id == session.id).collect();
        let is_replaced = |occurrence: &Occurrence| {
            let takes_place = |by: &Session, other: &Occurrence| {
                other.when == occurrence.when && by.cancelled(other).is_none() && other.uid != occurrence.uid
            };
            namesakes.iter().any(|by| by.occurrences.iter().any(|other| takes_place(by, other)))
        };
        if let Some(series) = &session.series {
            let ends = session.occurrences.iter().map(|occurrence| &occurrence.when).chain([&series.last]);
            let is_gone = !self.living.has(&series.uid) && ends.map(When::end).max() > Some(self.instant);
            let is_replaced = session.occurrences.iter().any(is_replaced);
            let why = if is_replaced { Cancellation::Replaced } else { Cancellation::Gone };
            let whole = is_gone.then(|| self.cancelled(session, session.occurrences.clone(), why, place));
            return whole.into_iter().collect();
        }
        let is_gone = |occurrence: &&Occurrence| self.is_gone(&occurrence.uid, &occurrence.when);
        let gone = session.occurrences.iter().filter(is_gone).cloned();
        let (replaced, gone): (Vec<_>, Vec<_>) = gone.partition(is_replaced);
        [(replaced, Cancellation::Replaced), (gone, Cancellation::Gone)]
            .into_iter()
            .filter(|(occurrences, _)| !occurrences.is_empty())
            .map(|(occurrences, why)| self.cancelled(session, occurrences, why, place))
            .collect()
    }

    /// A session as it was, but cancelled. One that was cancelled for a reason keeps the reason.
    fn cancelled(
        &self,
        session: &Session,
        occurrences: Vec<Occurrence>,
        why: Cancellation,
        place: &Place<'_>,
    ) -> Session {
        let mut gone = Session {
            cancelled: place.why(session.cancelled.as_ref(), why),
            bodies: self.bodies(place.group, &session.bodies),
            audience: self.audiences(place.group, &session.audience),
            occurrences,
            ..session.clone()
        };
        for guest in &mut gone.guests {
            guest.bodies = self.bodies(&guest.group, &guest.bodies);
        }
        let changes = gone.occurrences.iter_mut().filter_map(|occurrence| occurrence.change.as_mut());
        let details = changes.map(|change| &mut change.details).chain([&mut gone.details]);
        for join in details.filter_map(|details| details.join.as_mut()) {
            join.audience = self.audiences(place.group, &join.audience);
        }
        gone
    }

    fn deadline(&self, deadline: &Deadline, place: &Place<'_>) -> Option<Deadline> {
        self.is_gone(&deadline.uid, &deadline.due).then(|| Deadline {
            cancelled: place.why(deadline.cancelled.as_ref(), Cancellation::Gone),
            audience: self.audiences(place.group, &deadline.audience),
            ..deadline.clone()
        })
    }

    fn bodies(&self, group: &Id, bodies: &[BodyIndex]) -> Vec<BodyIndex> {
        // A study group that the release before did not have has no guests of it.
        let Some(indices) = self.indices.get(group) else { return bodies.to_vec() };
        let mut bodies: Vec<BodyIndex> = bodies.iter().map(|body| indices.bodies[*body]).collect();
        bodies.sort_unstable();
        bodies.dedup();
        bodies
    }

    fn audiences(&self, group: &Id, audiences: &[AudienceIndex]) -> Vec<AudienceIndex> {
        let Some(indices) = self.indices.get(group) else { return audiences.to_vec() };
        let mut audiences: Vec<AudienceIndex> = audiences.iter().map(|audience| indices.audiences[*audience]).collect();
        audiences.sort_unstable();
        audiences
    }
}
