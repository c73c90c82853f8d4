//! Addresses that were those of one body and are those of another one now: whoever subscribed to them gets its calendar.

use crate::id::{BodyName, Id};
use crate::timetable::{Body, BodyIndex, Group, Timetable, find_later_body};

/// An address that a body takes from another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenAddress {
    /// The study group.
    pub group: Id,
    /// The body that takes it.
    pub body: BodyName,
    /// The address.
    pub address: String,
    /// The body that had it, as people write it.
    pub from: String,
}

/// Returns the addresses that bodies of `after` take from others of the previous release.
pub(super) fn taken_addresses(before: &Timetable, after: &Timetable) -> Vec<TakenAddress> {
    let groups = after.groups.iter().filter_map(|group| Some((group, before.group(group.id.as_str())?)));
    groups.flat_map(|(group, before)| taken_in_group(before, group)).collect()
}

fn taken_in_group(before: &Group, group: &Group) -> Vec<TakenAddress> {
    let mut taken = Vec::new();
    let later: Vec<(&Body, Option<BodyIndex>)> = before
        .indexed_bodies()
        .skip(1)
        .map(|(earlier, known)| (known, find_later_body(&before.bodies, earlier, &group.bodies)))
        .collect();
    for (index, body) in group.indexed_bodies().skip(1) {
        let own = || later.iter().filter(|(_, later)| *later == Some(index));
        let others = || later.iter().filter(|(_, later)| *later != Some(index));
        let is_new = |address: &String| !own().any(|(known, _)| had(known, address));
        for address in body.former.iter().map(BodyName::address).chain([body.address()]).filter(is_new) {
            let Some((known, _)) = others().find(|(known, _)| had(known, &address)) else { continue };
            taken.push(TakenAddress {
                group: group.id.clone(),
                body: body.name.clone(),
                from: known.written.first().to_owned(),
                address,
            });
        }
    }
    taken
}

/// Returns `true` if an address leads to a body.
fn had(body: &Body, address: &str) -> bool {
    body.address() == address
        || body.former.iter().any(|name| name.address() == address)
        || body.former_addresses.iter().any(|known| known.as_str() == address)
}
