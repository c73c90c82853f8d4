//! Former names: an address that was published leads to what it named, however often that was renamed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::id::{BodyName, Id};
use crate::timetable::{Body, BodyIndex, Deadline, Group, Meeting, Session, Uid};

/// Adds to a body the name that it had in the previous release, and its former names, unless a body of today has them.
pub(super) fn keep_names_of_body(group: &mut Group, index: BodyIndex, before: &Body) {
    let body = &group.bodies[index];
    let mut names = new_names(&body.name, &body.former, &before.name, &before.former);
    names.retain(|name| group.bodies.iter().all(|body| body.name != *name));
    group.bodies[index.position()].former.extend(names);
}

/// Adds to a body the addresses that it had in the previous release, unless its names give them or a body of today has
/// them.
pub(super) fn keep_addresses_of_body(group: &mut Group, index: BodyIndex, before: &Body) {
    let body = &group.bodies[index];
    let known: Vec<String> = body.former.iter().map(BodyName::address).chain([body.address()]).collect();
    let addresses = before.former_addresses.iter().cloned().chain(Id::parse(&before.address()));
    let is_lost = |address: &Id| {
        let address = address.as_str();
        let is_taken =
            |body: &Body| body.address() == address || body.former.iter().any(|name| name.address() == address);
        !known.iter().any(|known| known == address) && !group.bodies.iter().any(is_taken)
    };
    let mut addresses: Vec<Id> = addresses.filter(is_lost).collect();
    addresses.dedup();
    addresses.retain(|address| !body.former_addresses.contains(address));
    group.bodies[index.position()].former_addresses.extend(addresses);
}

/// Adds the names that meetings, sessions and deadlines had in the previous release, and their former names.
pub(super) fn keep_former_names(group: &mut Group, before: &Group) {
    let positions = before.meeting_positions();
    for meeting in &mut group.meetings {
        let then = positions.get(&meeting.uid).map(|position| &before.meetings[*position]);
        let Some(then) = then.filter(|then| !Arc::ptr_eq(then, meeting)) else { continue };
        let (sessions, deadlines) = (sessions(meeting, then), deadlines(meeting, then));
        let own = new_names(&meeting.id, &meeting.former, &then.id, &then.former);
        if own.is_empty() && sessions.is_empty() && deadlines.is_empty() {
            continue;
        }
        let meeting = Arc::make_mut(meeting);
        meeting.former.extend(own);
        for (index, names) in sessions {
            meeting.sessions[index].former.extend(names);
        }
        for (index, names) in deadlines {
            meeting.deadlines[index].former.extend(names);
        }
    }
}

/// Returns the names that are not known yet.
fn new_names<N: Clone + PartialEq>(own: &N, former: &[N], then: &N, before: &[N]) -> Vec<N> {
    let is_new = |name: &&N| *name != own && !former.contains(name);
    before.iter().chain([then]).filter(is_new).cloned().collect()
}

type NamesByIndex = Vec<(usize, Vec<Id>)>;

fn sessions(now: &Meeting, then: &Meeting) -> NamesByIndex {
    let of_all = then.sessions.iter().flat_map(|session| uids(session).map(move |uid| (uid, session)));
    let known: BTreeMap<&Uid, &Session> = of_all.collect();
    let names = |session: &Session| {
        // Any shared occurrence identifies the session, because days come and go.
        let then = uids(session).find_map(|uid| known.get(uid))?;
        Some(new_names(&session.id, &session.former, &then.id, &then.former))
    };
    without_empty(now.sessions.iter().map(names))
}

fn uids(session: &Session) -> impl Iterator<Item = &Uid> {
    let series = session.series.iter().map(|series| &series.uid);
    series.chain(session.occurrences.iter().map(|occurrence| &occurrence.uid))
}

fn deadlines(now: &Meeting, then: &Meeting) -> NamesByIndex {
    let known: BTreeMap<&Uid, &Deadline> = then.deadlines.iter().map(|deadline| (&deadline.uid, deadline)).collect();
    let names = |deadline: &Deadline| {
        let then = known.get(&deadline.uid)?;
        Some(new_names(&deadline.id, &deadline.former, &then.id, &then.former))
    };
    without_empty(now.deadlines.iter().map(names))
}

fn without_empty(names: impl Iterator<Item = Option<Vec<Id>>>) -> NamesByIndex {
    let names = names.enumerate().filter_map(|(index, names)| Some((index, names?)));
    names.filter(|(_, names)| !names.is_empty()).collect()
}
