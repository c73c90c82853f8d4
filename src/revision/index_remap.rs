//! The new indices of a study group's bodies and audiences, of which definitions may have fewer, more or others.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::former_names;
use crate::id::Id;
use crate::timetable::{
    AudienceIndex, Body, BodyIndex, ConcernedBodies, Deadline, Group, GuestBodies, Session, Timetable, find_later_body,
};

/// The new indices of all study groups that were in the previous release.
pub(super) struct Remaps(BTreeMap<Id, IndexRemap>);

impl Remaps {
    /// Computes the indices, and adds missing bodies, audiences and languages to the study groups.
    pub(super) fn extend_groups(groups: &mut [Group], before: &Timetable, instant: Timestamp) -> Self {
        let remap = |group: &mut Group| {
            let before = before.group(group.id.as_str())?;
            Some((group.id.clone(), IndexRemap::extend_group(group, before, instant)))
        };
        Self(groups.iter_mut().filter_map(remap).collect())
    }

    /// Returns a session with the indices of today.
    pub(super) fn session(&self, session: &Session, group: &Id) -> Session {
        let mut session = Session {
            bodies: self.bodies(group, &session.bodies),
            guests: self.guests(&session.guests),
            audience: self.audiences(group, &session.audience),
            ..session.clone()
        };
        let changes = session.occurrences.iter_mut().filter_map(|occurrence| occurrence.overridden_by.as_mut());
        let details = changes.map(|change| &mut change.details).chain([&mut session.details]);
        for join in details.filter_map(|details| details.join.as_mut()) {
            join.audience = self.audiences(group, &join.audience);
        }
        session
    }

    /// Returns a deadline with the indices of today.
    pub(super) fn deadline(&self, deadline: &Deadline, group: &Id) -> Deadline {
        let concerns = self.concerns(&deadline.concerns, group);
        Deadline { concerns, audience: self.audiences(group, &deadline.audience), ..deadline.clone() }
    }

    /// Returns the bodies concerned with the indices of today.
    pub(super) fn concerns(&self, concerns: &ConcernedBodies, group: &Id) -> ConcernedBodies {
        ConcernedBodies { bodies: self.bodies(group, &concerns.bodies), guests: self.guests(&concerns.guests) }
    }

    fn guests(&self, guests: &[GuestBodies]) -> Vec<GuestBodies> {
        let guest =
            |guest: &GuestBodies| GuestBodies { bodies: self.bodies(&guest.group, &guest.bodies), ..guest.clone() };
        guests.iter().map(guest).collect()
    }

    fn bodies(&self, group: &Id, bodies: &[BodyIndex]) -> Vec<BodyIndex> {
        // A study group that is new has no guests in old sessions.
        self.0.get(group).map_or_else(|| bodies.to_vec(), |indices| indices.bodies(bodies))
    }

    fn audiences(&self, group: &Id, audiences: &[AudienceIndex]) -> Vec<AudienceIndex> {
        self.0.get(group).map_or_else(|| audiences.to_vec(), |indices| indices.audiences(audiences))
    }
}

/// The new indices of a study group's bodies and audiences, by their index in the previous release.
pub(super) struct IndexRemap {
    bodies: Vec<BodyIndex>,
    audiences: Vec<AudienceIndex>,
}

impl IndexRemap {
    /// Computes the indices, and adds missing bodies, audiences and languages to the study group.
    pub(super) fn extend_group(group: &mut Group, before: &Group, instant: Timestamp) -> Self {
        let missing = before.languages.iter().filter(|language| !group.languages.contains(language));
        let missing: Vec<_> = missing.cloned().collect();
        group.languages.extend(missing);
        let mut indices = Self { bodies: Vec::new(), audiences: Vec::new() };
        for (earlier, _) in before.indexed_bodies() {
            let index = indices.index_of_body(group, before, earlier, instant);
            indices.bodies.push(index);
        }
        for (body, index) in before.bodies.iter().zip(&indices.bodies).skip(1) {
            former_names::keep_names_of_body(group, *index, body);
            former_names::keep_addresses_of_body(group, *index, body);
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

    fn index_of_body(&self, group: &mut Group, before: &Group, earlier: BodyIndex, instant: Timestamp) -> BodyIndex {
        if let Some(index) = find_later_body(&before.bodies, earlier, &group.bodies) {
            return index;
        }
        let body = &before.bodies[earlier];
        let closed = body.closed.unwrap_or_else(|| group.zone.wall_clock(instant).date());
        let parent = body.parent.map(|parent| self.bodies[parent.position()]);
        group.bodies.push(Body { closed: Some(closed), parent, ..body.clone() });
        BodyIndex::new(group.bodies.len() - 1)
    }

    /// Returns the new indices of some bodies, in order, each once.
    pub(super) fn bodies(&self, bodies: &[BodyIndex]) -> Vec<BodyIndex> {
        let mut bodies: Vec<BodyIndex> = bodies.iter().map(|body| self.bodies[body.position()]).collect();
        bodies.sort_unstable();
        bodies.dedup();
        bodies
    }

    /// Returns the new indices of some audiences, in order.
    pub(super) fn audiences(&self, audiences: &[AudienceIndex]) -> Vec<AudienceIndex> {
        let mut audiences: Vec<AudienceIndex> =
            audiences.iter().map(|audience| self.audiences[audience.position()]).collect();
        audiences.sort_unstable();
        audiences
    }
}
