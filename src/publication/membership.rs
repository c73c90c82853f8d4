//! The feeds that contain an event, among those with an address of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::ReleaseEvents;
use crate::feed::{self, EntryIndex, Event, Selection};
use crate::revision::Release;
use crate::timetable::{Follows, Group, Meeting, Uid};

/// The feeds of some events, in the previous release and in the new one.
pub(super) struct FeedMembership {
    before: FeedIndex,
    after: FeedIndex,
}

/// The feeds of some events in one release.
#[derive(Default)]
struct FeedIndex {
    by_uid: BTreeMap<Uid, BTreeSet<String>>,
    /// Every feed that was examined, except those of closed bodies.
    open: BTreeSet<String>,
}

impl FeedIndex {
    /// Returns the feeds of an event that exist in another release too.
    fn shared<'h>(&'h self, uid: &Uid, other: &'h Self) -> BTreeSet<&'h String> {
        let own = self.by_uid.get(uid).into_iter().flatten();
        own.filter(|path| self.open.contains(*path) && other.open.contains(*path)).collect()
    }
}

impl FeedMembership {
    /// Finds the feeds of the events that are listed as changes.
    pub(super) fn between(then: &ReleaseEvents<'_>, now: &ReleaseEvents<'_>, listed: &[(&Uid, &Event<'_>)]) -> Self {
        let listed: BTreeSet<&Uid> = listed.iter().map(|(uid, _)| *uid).collect();
        Self { before: index_feeds(then, &listed), after: index_feeds(now, &listed) }
    }

    /// Returns `true` if an event is in other feeds than before, among those that exist in both releases.
    pub(super) fn differs(&self, uid: &Uid) -> bool {
        self.before.shared(uid, &self.after) != self.after.shared(uid, &self.before)
    }

    /// Returns the feeds that contain or contained an event, sorted.
    pub(super) fn feeds(&self, uid: &Uid) -> Vec<String> {
        let both = self.before.by_uid.get(uid).into_iter().chain(self.after.by_uid.get(uid)).flatten();
        both.cloned().collect::<BTreeSet<String>>().into_iter().collect()
    }
}

/// Finds the feeds that contain some events of a release.
fn index_feeds(events: &ReleaseEvents<'_>, listed: &BTreeSet<&Uid>) -> FeedIndex {
    let release = events.release;
    let mut feeds = FeedIndex::default();
    let mut groups: BTreeSet<&str> = BTreeSet::new();
    let mut meetings = BTreeSet::new();
    for (_, event) in events.by_uid.iter().filter(|(uid, _)| listed.contains(uid)) {
        let entry = event.first();
        groups.insert(entry.group.id.as_str());
        groups.extend(entry.guests().iter().map(|guest| guest.group.as_str()));
        meetings.extend(entry.meeting.map(|meeting| &meeting.id));
    }
    let index = EntryIndex::with_meetings(Arc::new(release.clone()), None, |meeting| meetings.contains(&meeting.id));
    for group in groups.into_iter().filter_map(|id| release.timetable.group(id)) {
        for (path, selection) in addresses(release, group, |meeting| meetings.contains(&meeting.id)) {
            let is_closed = match &selection {
                Selection::Body { body, .. } | Selection::Former { body, .. } => group.bodies[*body].closed.is_some(),
                _ => false,
            };
            if !is_closed {
                feeds.open.insert(path.clone());
            }
            for uid in feed::uids_of(&index, &selection) {
                if listed.contains(&uid) {
                    feeds.by_uid.entry(uid).or_default().insert(path.clone());
                }
            }
        }
    }
    feeds
}

/// Returns the feeds of a study group, limited to some meetings, and the feed of each of its audiences.
fn addresses(release: &Release, group: &Group, is_wanted: impl Fn(&Meeting) -> bool) -> Vec<(String, Selection)> {
    let audiences = group.indexed_audiences().map(|(index, audience)| {
        let follows = Follows { group: group.id.clone(), bodies: Vec::new(), audiences: vec![index] };
        (format!("{}/follow/{}", group.id, audience.id), Selection::Follow(follows))
    });
    feed::addresses_of_some(&release.timetable, group, is_wanted).into_iter().chain(audiences).collect()
}
