//! Remaps the delegates of a release to a timetable in which bodies and audiences have other indices.

use std::collections::BTreeSet;

use crate::timetable::{
    AudienceIndex, BodyIndex, Delegate, Follows, Group, PackedDelegates, Timetable, find_later_body,
};

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
        // A rollback may bring an old name back.
        let is_earlier = |older: &BodyIndex| find_later_body(&group.bodies, *older, &known.bodies) == Some(*index);
        let older = || group.indexed_bodies().map(|(older, _)| older).find(is_earlier);
        find_later_body(&known.bodies, *index, &group.bodies).or_else(older)
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
