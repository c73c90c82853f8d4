//! Delegates of a release, as they are in one whose bodies and audiences stand elsewhere.

use std::collections::BTreeSet;

use crate::timetable::{AudienceIndex, BodyIndex, Delegate, Follows, Group, PackedDelegates, Timetable};

/// The delegates of the release before, by the indices of another timetable. What it does not have is followed no longer.
pub fn carried(before: &Timetable, timetable: &Timetable) -> PackedDelegates {
    let carry = |delegate: Delegate| {
        let follows = delegate.follows.iter().filter_map(|follows| {
            let known = before.group(follows.group.as_str())?;
            Some(carried_follows(follows, known, timetable.group(follows.group.as_str())?))
        });
        Delegate { follows: follows.collect(), ..delegate }
    };
    before.delegates.iter().map(carry).collect()
}

fn carried_follows(follows: &Follows, known: &Group, group: &Group) -> Follows {
    let body = |index: &BodyIndex| {
        let known = &known.bodies[*index];
        // A rollback may take a new name back.
        group.bodies.iter().position(|body| body.continues(known) || known.continues(body))
    };
    let audience = |index: &AudienceIndex| {
        let known = &known.audiences[*index];
        group.audiences.iter().position(|audience| audience.id == known.id)
    };
    let bodies: BTreeSet<BodyIndex> = follows.bodies.iter().filter_map(body).collect();
    let audiences: BTreeSet<AudienceIndex> = follows.audiences.iter().filter_map(audience).collect();
    Follows {
        group: follows.group.clone(),
        bodies: bodies.into_iter().collect(),
        audiences: audiences.into_iter().collect(),
    }
}
