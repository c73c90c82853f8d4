//! Whom something concerns: bodies of its own study group and of others.

use serde::{Deserialize, Serialize};

use super::{BodyIndex, Group, GuestBodies, WrittenName};
use crate::id::Id;

/// The bodies that a meeting or a deadline concerns; none for the whole study group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConcernedBodies {
    /// Those of its own study group, in the order of the group.
    pub bodies: Vec<BodyIndex>,
    /// Those of other study groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guests: Vec<GuestBodies>,
}

impl ConcernedBodies {
    /// Returns `true` if it concerns the whole study group.
    pub fn is_empty(&self) -> bool {
        self.bodies.is_empty() && self.guests.is_empty()
    }

    /// Iterates over the bodies, as people write them. `group` is its own study group.
    pub fn names<'s>(&'s self, group: &'s Group) -> impl Iterator<Item = &'s WrittenName> {
        names(&self.bodies, &self.guests, group)
    }

    /// Returns the bodies of a study group. `home` is its own one.
    pub fn in_group(&self, group: &Id, home: &Id) -> &[BodyIndex] {
        if group == home { &self.bodies } else { guests_in(&self.guests, group) }
    }
}

/// Iterates over bodies as people write them: those of a study group, then those of others.
pub(super) fn names<'s>(
    bodies: &'s [BodyIndex],
    guests: &'s [GuestBodies],
    group: &'s Group,
) -> impl Iterator<Item = &'s WrittenName> {
    let own = bodies.iter().map(|body| &group.bodies[*body].written);
    own.chain(guests.iter().flat_map(|guest| &guest.written))
}

/// Returns the bodies of another study group.
pub(super) fn guests_in<'g>(guests: &'g [GuestBodies], group: &Id) -> &'g [BodyIndex] {
    guests.iter().find(|guest| guest.group == *group).map(|guest| &guest.bodies[..]).unwrap_or_default()
}
