//! In which feeds an event is: those that have an address of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Events;
use crate::feed::{self, Catalogue, Event, Selection};
use crate::revision::Release;
use crate::timetable::{Follows, Group, Meeting, Uid};

/// The feeds of some events, before and after.
pub(super) struct Membership {
    before: Homes,
    after: Homes,
}

/// The feeds of some events in one release.
#[derive(Default)]
struct Homes {
    by_uid: BTreeMap<Uid, BTreeSet<String>>,
    /// Every feed that was looked at, but for those of bodies that are closed.
    open: BTreeSet<String>,
}

impl Homes {
    /// The feeds of an event that are there in another release too.
    fn shared<'h>(&'h self, uid: &Uid, other: &'h Self) -> BTreeSet<&'h String> {
        let own = self.by_uid.get(uid).into_iter().flatten();
        own.filter(|path| self.open.contains(*path) && other.open.contains(*path)).collect()
    }
}

impl Membership {
    /// Those of the events that are told of.
    pub(super) fn between(
        (before, then): (&Release, &Events<'_>),
        (after, now): (&Release, &Events<'_>),
        told: &[(&Uid, &Event<'_>)],
    ) -> Self {
        let told: BTreeSet<&Uid> = told.iter().map(|(uid, _)| *uid).collect();
        Self { before: of(before, then, &told), after: of(after, now, &told) }
    }

    /// Whether an event is in other feeds than before, of those that are there before and after.
    pub(super) fn differs(&self, uid: &Uid) -> bool {
        self.before.shared(uid, &self.after) != self.after.shared(uid, &self.before)
    }

    /// The feeds in which an event is or was, sorted.
    pub(super) fn feeds(&self, uid: &Uid) -> Vec<String> {
        let both = self.before.by_uid.get(uid).into_iter().chain(self.after.by_uid.get(uid)).flatten();
        both.cloned().collect::<BTreeSet<String>>().into_iter().collect()
    }
}

fn of(release: &Release, events: &Events<'_>, told: &BTreeSet<&Uid>) -> Homes {
    let mut homes = Homes::default();
    let mut groups: BTreeSet<&str> = BTreeSet::new();
    let mut meetings = BTreeSet::new();
    for (_, event) in events.iter().filter(|(uid, _)| told.contains(uid)) {
        let entry = event.first();
        groups.insert(entry.group.id.as_str());
        groups.extend(entry.session().iter().flat_map(|session| &session.guests).map(|guest| guest.group.as_str()));
        meetings.extend(entry.meeting.map(|meeting| &meeting.id));
    }
    let catalogue = Catalogue::of_some(Arc::new(release.clone()), None, |meeting| meetings.contains(&meeting.id));
    for group in groups.into_iter().filter_map(|id| release.timetable.group(id)) {
        for (path, selection) in addresses(release, group, |meeting| meetings.contains(&meeting.id)) {
            let is_closed = match &selection {
                Selection::Body(_, body) | Selection::Former(_, body, _) => group.bodies[*body].closed.is_some(),
                _ => false,
            };
            if !is_closed {
                homes.open.insert(path.clone());
            }
            for uid in feed::uids_of(&catalogue, &selection) {
                if told.contains(&uid) {
                    homes.by_uid.entry(uid).or_default().insert(path.clone());
                }
            }
        }
    }
    homes
}

/// The feeds of a study group, but for those of meetings that are not wanted; and those of each of its audiences alone.
fn addresses(release: &Release, group: &Group, is_wanted: impl Fn(&Meeting) -> bool) -> Vec<(String, Selection)> {
    let of_audience = |index: usize| {
        let follows = Follows { group: group.id.clone(), bodies: Vec::new(), audiences: vec![index] };
        (format!("{}/follow/{}", group.id, group.audiences[index].id), Selection::Follow(follows))
    };
    let audiences = (0..group.audiences.len()).map(of_audience);
    feed::addresses_of_some(&release.timetable, group, is_wanted).into_iter().chain(audiences).collect()
}
