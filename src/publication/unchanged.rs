//! Finds what need not be compared: unchanged meetings in unchanged study groups.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::id::Id;
use crate::revision::Release;
use crate::timetable::{Group, Meeting, Uid};

/// What is the same in two releases, so that no byte of its events can differ.
pub(super) struct Unchanged {
    /// The study groups whose notices are the same.
    notices: BTreeSet<Id>,
    /// The UIDs of the meetings.
    meetings: BTreeSet<Uid>,
}

impl Unchanged {
    /// Compares two releases.
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

    /// Returns `true` if the notices of a study group are the same.
    pub(super) fn has_notices(&self, group: &Group) -> bool {
        self.notices.contains(&group.id)
    }

    /// Returns `true` if a meeting is the same.
    pub(super) fn has_meeting(&self, meeting: &Meeting) -> bool {
        self.meetings.contains(&meeting.uid)
    }
}
