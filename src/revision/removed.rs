//! Removed entries: what the definitions no longer contain is kept as cancelled, as long as readers would expect it.
//!
//! Bodies, audiences and languages are kept for good, because addresses of feeds name them. A removed body is closed.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::former_names;
use crate::id::Id;
use crate::timetable::{
    AudienceIndex, Body, BodyIndex, Cancellation, Deadline, Group, Meeting, Occurrence, Session, Timetable, Uid, When,
};

/// The UIDs of everything that the definitions contain, without notices.
#[derive(Default)]
pub struct DefinedUids(HashSet<Uid>);

impl DefinedUids {
    /// Collects the UIDs of a timetable as the definitions mean it.
    pub fn from_timetable(timetable: &Timetable) -> Self {
        let mut living = HashSet::new();
        for meeting in timetable.groups.iter().flat_map(|group| &group.meetings) {
            add_uids(meeting, &mut living);
        }
        Self(living)
    }

    /// Returns `true` if the definitions contain something with this UID.
    pub fn contains(&self, uid: &Uid) -> bool {
        self.0.contains(uid)
    }
}

/// Adds to a timetable, as cancelled, what the previous release had and it does not, unless that is over at
/// `instant`. `defined` has the timetable's own UIDs.
pub fn keep_removed_as_cancelled(
    mut timetable: Timetable,
    living: &DefinedUids,
    before: &Timetable,
    instant: Timestamp,
) -> Timetable {
    for group in &before.groups {
        if timetable.group(group.id.as_str()).is_none() {
            timetable.groups.push(Group { meetings: Vec::new(), ..group.clone() });
        }
    }
    timetable.groups.sort_by(|a, b| a.id.cmp(&b.id));
    let known = |id: &Id| before.group(id.as_str());
    let indices: BTreeMap<Id, IndexRemap> = timetable
        .groups
        .iter_mut()
        .filter_map(|group| Some((group.id.clone(), IndexRemap::extend_group(group, known(&group.id)?, instant))))
        .collect();
    for group in &mut timetable.groups {
        if let Some(before) = known(&group.id) {
            former_names::keep_former_names(group, before);
        }
    }
    timetable.reuse_unchanged_from(before);
    let gone = RemovedEntries { defined: living, indices: &indices, instant };
    for group in &mut timetable.groups {
        if let Some(before) = known(&group.id) {
            gone.add_to_group(group, before);
        }
    }
    // With what was removed from it, a meeting may be equal to what it was.
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

/// The new indices of a study group's bodies and audiences, by their index in the previous release.
struct IndexRemap {
    bodies: Vec<BodyIndex>,
    audiences: Vec<AudienceIndex>,
}

impl IndexRemap {
    /// Computes the indices, and adds missing bodies, audiences and languages to the study group.
    fn extend_group(group: &mut Group, before: &Group, instant: Timestamp) -> Self {
        let missing = before.languages.iter().filter(|language| !group.languages.contains(language));
        let missing: Vec<_> = missing.cloned().collect();
        group.languages.extend(missing);
        let mut indices = Self { bodies: Vec::new(), audiences: Vec::new() };
        for body in &before.bodies {
            let index = indices.index_of_body(group, before, body, instant);
            indices.bodies.push(index);
        }
        for (body, index) in before.bodies.iter().zip(&indices.bodies).skip(1) {
            former_names::keep_names_of_body(group, *index, body);
        }
        for audience in &before.audiences {
            let known = group.indexed_audiences().find(|(_, known)| known.id == audience.id).map(|(index, _)| index);
            indices.audiences.push(known.unwrap_or_else(|| {
                group.audiences.push(audience.clone());
                AudienceIndex::new(group.audiences.len() - 1)
            }));
        }
        indices
    }

    fn index_of_body(&self, group: &mut Group, before: &Group, body: &Body, instant: Timestamp) -> BodyIndex {
        let is_new = |now: &Body| before.bodies.iter().all(|known| known.name != now.name);
        let now = || group.indexed_bodies();
        let by_name = now().find(|(_, now)| now.continues(body));
        // A body that was renamed twice, of which the definitions name only the first name.
        let by_former =
            || now().find(|(_, now)| is_new(now) && now.former.iter().any(|name| body.former.contains(name)));
        if let Some((index, _)) = by_name.or_else(by_former) {
            return index;
        }
        let closed = body.closed.unwrap_or_else(|| group.zone.wall_clock(instant).date());
        let parent = body.parent.map(|parent| self.bodies[parent.position()]);
        group.bodies.push(Body { closed: Some(closed), parent, ..body.clone() });
        BodyIndex::new(group.bodies.len() - 1)
    }
}

/// Adds removed entries to study groups.
struct RemovedEntries<'a> {
    defined: &'a DefinedUids,
    indices: &'a BTreeMap<Id, IndexRemap>,
    instant: Timestamp,
}

/// Where a removed entry belongs.
struct RemovedFrom<'a> {
    group: &'a Id,
    /// The meeting as it is now, if it was not removed.
    meeting: Option<&'a Meeting>,
    /// Whether the whole meeting is cancelled, as it was before.
    has_reason: bool,
}

impl RemovedFrom<'_> {
    /// Returns why a removed entry does not take place. If it was cancelled before, the reason stays.
    fn reason(&self, known: Option<&Cancellation>, why: Cancellation) -> Option<Cancellation> {
        known.cloned().or_else(|| (!self.has_reason).then_some(why))
    }
}

impl RemovedEntries<'_> {
    /// Adds what a study group had.
    fn add_to_group(&self, group: &mut Group, before: &Group) {
        let positions = group.meeting_positions();
        for meeting in &before.meetings {
            let home = positions.get(&meeting.uid).copied();
            // An unchanged meeting lacks nothing.
            if home.is_some_and(|home| Arc::ptr_eq(&group.meetings[home], meeting)) {
                continue;
            }
            let now = home.map(|home| &*group.meetings[home]);
            // Entries that were cancelled with their meeting have that reason.
            let says_why = meeting.cancelled.is_some() && now.is_none_or(|now| now.cancelled == meeting.cancelled);
            let place = RemovedFrom { group: &group.id, meeting: now, has_reason: says_why };
            let sessions: Vec<Session> =
                meeting.sessions.iter().flat_map(|session| self.removed_sessions(session, &place)).collect();
            let deadlines: Vec<Deadline> =
                meeting.deadlines.iter().filter_map(|deadline| self.removed_deadline(deadline, &place)).collect();
            let days = meeting.days.or(meeting.former_days);
            let days = days.filter(|days| self.is_removed(&meeting.uid, &When::AllDay(*days)));
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

    fn is_removed(&self, uid: &Uid, when: &When) -> bool {
        !self.defined.contains(uid) && when.end() > self.instant
    }

    /// Returns the removed parts of a session: nothing, the series, or some of its occurrences. Those that the
    /// session has under another UID at the same time are in a session of their own.
    fn removed_sessions(&self, session: &Session, place: &RemovedFrom<'_>) -> Vec<Session> {
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
            let is_gone = !self.defined.contains(&series.uid) && ends.map(When::end).max() > Some(self.instant);
            let is_replaced = session.occurrences.iter().any(is_replaced);
            let why = if is_replaced { Cancellation::Replaced } else { Cancellation::Gone };
            let whole = is_gone.then(|| self.as_cancelled(session, session.occurrences.clone(), why, place));
            return whole.into_iter().collect();
        }
        let is_gone = |occurrence: &&Occurrence| self.is_removed(&occurrence.uid, &occurrence.when);
        let gone = session.occurrences.iter().filter(is_gone).cloned();
        let (replaced, gone): (Vec<_>, Vec<_>) = gone.partition(is_replaced);
        [(replaced, Cancellation::Replaced), (gone, Cancellation::Gone)]
            .into_iter()
            .filter(|(occurrences, _)| !occurrences.is_empty())
            .map(|(occurrences, why)| self.as_cancelled(session, occurrences, why, place))
            .collect()
    }

    /// Returns a session as it was, but cancelled. If it was cancelled for a reason, it keeps the reason.
    fn as_cancelled(
        &self,
        session: &Session,
        occurrences: Vec<Occurrence>,
        why: Cancellation,
        place: &RemovedFrom<'_>,
    ) -> Session {
        let mut gone = Session {
            cancelled: place.reason(session.cancelled.as_ref(), why),
            bodies: self.remap_bodies(place.group, &session.bodies),
            audience: self.remap_audiences(place.group, &session.audience),
            occurrences,
            ..session.clone()
        };
        for guest in &mut gone.guests {
            guest.bodies = self.remap_bodies(&guest.group, &guest.bodies);
        }
        let changes = gone.occurrences.iter_mut().filter_map(|occurrence| occurrence.overridden_by.as_mut());
        let details = changes.map(|change| &mut change.details).chain([&mut gone.details]);
        for join in details.filter_map(|details| details.join.as_mut()) {
            join.audience = self.remap_audiences(place.group, &join.audience);
        }
        gone
    }

    fn removed_deadline(&self, deadline: &Deadline, place: &RemovedFrom<'_>) -> Option<Deadline> {
        self.is_removed(&deadline.uid, &deadline.due).then(|| Deadline {
            cancelled: place.reason(deadline.cancelled.as_ref(), Cancellation::Gone),
            audience: self.remap_audiences(place.group, &deadline.audience),
            ..deadline.clone()
        })
    }

    fn remap_bodies(&self, group: &Id, bodies: &[BodyIndex]) -> Vec<BodyIndex> {
        // A study group that is new has no guests in old sessions.
        let Some(indices) = self.indices.get(group) else { return bodies.to_vec() };
        let mut bodies: Vec<BodyIndex> = bodies.iter().map(|body| indices.bodies[body.position()]).collect();
        bodies.sort_unstable();
        bodies.dedup();
        bodies
    }

    fn remap_audiences(&self, group: &Id, audiences: &[AudienceIndex]) -> Vec<AudienceIndex> {
        let Some(indices) = self.indices.get(group) else { return audiences.to_vec() };
        let mut audiences: Vec<AudienceIndex> =
            audiences.iter().map(|audience| indices.audiences[audience.position()]).collect();
        audiences.sort_unstable();
        audiences
    }
}
