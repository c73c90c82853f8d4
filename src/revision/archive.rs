//! The archive: what is over and no longer in the definitions, so that its addresses show it as it last was.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::timetable::{Meeting, Uid};

/// The archived meetings of a study group, by their UIDs.
#[derive(Default)]
pub(super) struct Archive(BTreeMap<Uid, Meeting>);

impl Archive {
    /// Adds a meeting, or more of one. What is added later was removed later.
    pub(super) fn add(&mut self, meeting: Meeting) {
        match self.0.get_mut(&meeting.uid) {
            Some(known) => {
                known.sessions.retain(|session| meeting.sessions.iter().all(|later| later.id != session.id));
                known.deadlines.retain(|deadline| meeting.deadlines.iter().all(|later| later.id != deadline.id));
                known.sessions.extend(meeting.sessions);
                known.deadlines.extend(meeting.deadlines);
            }
            None => {
                self.0.insert(meeting.uid.clone(), meeting);
            }
        }
    }

    /// Returns the meetings, without parts that have nothing.
    pub(super) fn into_meetings(self) -> impl Iterator<Item = Arc<Meeting>> {
        let is_empty = |meeting: &Meeting| meeting.sessions.is_empty() && meeting.deadlines.is_empty();
        self.0.into_values().filter(move |meeting| !(meeting.uid.is_archived_part() && is_empty(meeting))).map(Arc::new)
    }
}
