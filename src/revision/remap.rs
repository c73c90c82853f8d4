//! Remaps the delegates of a release to a timetable in which bodies and audiences have other indices.

use std::collections::BTreeSet;

use crate::timetable::{AudienceIndex, BodyIndex, Delegate, Follows, Group, PackedDelegates, Timetable};

/// Returns the delegates of the previous release with the indices of another timetable. What it does not have is no
/// longer followed.
pub fn remap_delegates(before: &Timetable, timetable: &Timetable) -> PackedDelegates {
    let carry = |delegate: Delegate| {
        let follows = delegate.follows.iter().filter_map(|follows| {
            let known = before.group(follows.group.as_str())?;
            Some(remap_follows(follows, known, timetable.group(follows.group.as_str())?))
        });
        Delegate { follows: follows.collect(), ..delegate }
    };
    before.delegates.iter().map(carry).collect()
}

fn remap_follows(follows: &Follows, known: &Group, group: &Group) -> Follows {
    let body = |index: &BodyIndex| {
        let known = &known.bodies[*index];
        // A rollback may bring an old name back.
        group.indexed_bodies().find(|(_, body)| body.continues(known) || known.continues(body)).map(|(index, _)| index)
    };
    let audience = |index: &AudienceIndex| {
        let known = &known.audiences[*index];
        group.indexed_audiences().find(|(_, audience)| audience.id == known.id).map(|(index, _)| index)
    };
    let bodies: BTreeSet<BodyIndex> = follows.bodies.iter().filter_map(body).collect();
    let audiences: BTreeSet<AudienceIndex> = follows.audiences.iter().filter_map(audience).collect();
    Follows {
        group: follows.group.clone(),
        bodies: bodies.into_iter().collect(),
        audiences: audiences.into_iter().collect(),
    }
}
