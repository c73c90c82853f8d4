//! Delegates of a release, as they are in one whose bodies and audiences stand elsewhere.

use crate::timetable::{Delegate, Follows, Group, Timetable};

/// The delegates of the release before, by the indices of another timetable. What it does not have is followed no longer.
pub fn carried(before: &Timetable, timetable: &Timetable) -> Vec<Delegate> {
    let carry = |delegate: &Delegate| {
        let follows = delegate.follows.iter().filter_map(|follows| {
            let known = before.group(follows.group.as_str())?;
            Some(carried_follows(follows, known, timetable.group(follows.group.as_str())?))
        });
        Delegate { follows: follows.collect(), ..delegate.clone() }
    };
    before.delegates.iter().map(carry).collect()
}

fn carried_follows(follows: &Follows, known: &Group, group: &Group) -> Follows {
    let body = |index: &usize| {
        let known = &known.bodies[*index];
        let is_it = |body: &crate::timetable::Body| {
            // The study group itself, whatever it is called.
            (body.above.is_none() && known.above.is_none())
                || body.name == known.name
                || body.former.contains(&known.name)
                || known.former.contains(&body.name)
        };
        group.bodies.iter().position(is_it)
    };
    let audience = |index: &usize| {
        let known = &known.audiences[*index];
        group.audiences.iter().position(|audience| audience.id == known.id)
    };
    let in_order = |indices: Vec<usize>| {
        let mut indices = indices;
        indices.sort_unstable();
        indices.dedup();
        indices
    };
    Follows {
        group: follows.group.clone(),
        bodies: in_order(follows.bodies.iter().filter_map(body).collect()),
        audiences: in_order(follows.audiences.iter().filter_map(audience).collect()),
    }
}
