//! What need not be looked at: meetings that mean what they meant, in study groups that are what they were.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::id::Id;
use crate::revision::Release;
use crate::timetable::{Group, Meeting, Uid};

/// What is the same in two releases, so that not one byte of its events can differ.
pub(super) struct Unchanged {
    /// Study groups whose notices are the same.
    notices: BTreeSet<Id>,
    /// Meetings by their UID.
    meetings: BTreeSet<Uid>,
}

impl Unchanged {
    /// What is the same before and after.
    pub(super) fn between(before: &Release, after: &Release, is_other_renderer: bool) -> Self {
        let mut unchanged = Self { notices: BTreeSet::new(), meetings: BTreeSet::new() };
        if is_other_renderer || before.timetable.languages() != after.timetable.languages() {
            return unchanged;
        }
        let pairs = after.timetable.groups.iter().filter_map(|group| {
            let known = before.timetable.group(group.id.as_str())?;
            known.same_except_meetings(group).then_some((known, group))
        });
        let pairs: Vec<(&Group, &Group)> = pairs.collect();
        let same: BTreeSet<&Id> = pairs.iter().map(|(_, group)| &group.id).collect();
        for (known, group) in &pairs {
            let by_uid: BTreeMap<&Uid, &Arc<Meeting>> =
                known.meetings.iter().map(|known| (&known.uid, known)).collect();
            let has_same_guests = |meeting: &Meeting| {
                let mut guests = meeting.sessions.iter().flat_map(|session| &session.guests);
                guests.all(|guest| same.contains(&guest.group))
            };
            let is_same =
                |meeting: &&Arc<Meeting>| by_uid.get(&meeting.uid) == Some(meeting) && has_same_guests(meeting);
            unchanged.meetings.extend(group.meetings.iter().filter(is_same).map(|meeting| meeting.uid.clone()));
            // The notice of empty feeds has the day of the release.
            if before.instant == after.instant {
                unchanged.notices.insert(group.id.clone());
            }
        }
        unchanged
    }

    /// Whether the notices of a study group are the same.
    pub(super) fn has_notices(&self, group: &Group) -> bool {
        self.notices.contains(&group.id)
    }

    /// Whether a meeting is the same.
    pub(super) fn has(&self, _group: &Group, meeting: &Meeting) -> bool {
        self.meetings.contains(&meeting.uid)
    }
}
