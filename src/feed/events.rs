//! Every event of a release, whoever gets it: what has its own UID.

use std::collections::BTreeMap;

use super::entry::{Entry, EntryKind, Notice, NoticeKind};
use super::notices;
use super::session::session_entries;
use crate::revision::Release;
use crate::timetable::{Group, Meeting, Uid, When};

/// An event: the entries that share its UID, a series before its overrides. At least one.
#[derive(Debug, Clone, PartialEq)]
pub struct Event<'r> {
    entries: Vec<Entry<'r>>,
}

impl<'r> Event<'r> {
    /// Returns the entries, as seen by a reader who is not given links for an audience.
    pub fn entries(&self) -> &[Entry<'r>] {
        &self.entries
    }

    /// Returns the first entry.
    pub fn first(&self) -> &Entry<'r> {
        &self.entries[0]
    }

    /// Returns the entries as seen by a reader who is given every link.
    pub fn entries_with_links(&self) -> Vec<Entry<'r>> {
        let may_join = |entry: &Entry<'r>| Entry { has_link_access: true, ..entry.clone() };
        self.entries.iter().map(may_join).collect()
    }

    /// Returns the event as an entry of another meeting.
    pub fn in_meeting<'o>(&'o self, group: &'o Group, meeting: &'o Meeting) -> Event<'o> {
        let in_meeting = |entry: &'o Entry<'r>| Entry { group, meeting: Some(meeting), ..entry.clone() };
        Event { entries: self.entries.iter().map(in_meeting).collect() }
    }

    /// Returns the UID under which the ledger records it.
    pub fn uid(&self) -> &Uid {
        self.first().ledger_uid()
    }

    /// Returns what its UID means, in a form that never changes while the meaning is the same.
    pub fn meaning(&self) -> String {
        let entry = self.first();
        let of_meeting = |what: &str, id: &str| match entry.meeting {
            Some(meeting) => format!("{what} {}/{}{id}", entry.group.id, meeting.id),
            None => format!("{what} {}{id}", entry.group.id),
        };
        match &entry.kind {
            EntryKind::Series(session, ..) => of_meeting("session", &format!("/{}", session.id)),
            EntryKind::Session(session, occurrence) => {
                let is_only = session.occurrences.iter().all(|other| other.uid == occurrence.uid);
                let original = occurrence.original.sort_key().0;
                let dated = if is_only { String::new() } else { format!("/{original}") };
                of_meeting("session", &format!("/{}{dated}", session.id))
            }
            EntryKind::Deadline(deadline) => of_meeting("deadline", &format!("/{}", deadline.id)),
            EntryKind::Meeting(..) => of_meeting("meeting", ""),
            EntryKind::Notice(_) => format!("notice {}", self.uid().as_str()),
        }
    }
}

/// Returns the events of a study group that belong to no meeting: the notices of its feeds.
pub fn events_of_group<'r>(release: &'r Release, group: &'r Group) -> Vec<Event<'r>> {
    let notices = notices::group_notices(release, group).into_iter();
    notices.map(|entry| Event { entries: vec![entry] }).collect()
}

/// Returns the events of a meeting; none of an archived one, which is no longer in any calendar.
///
/// ```
/// # use convene::definition::{DefinitionFile, read};
/// # use convene::resolve::resolve;
/// # let file = |path: &str| DefinitionFile::new(path, std::fs::read(format!("meetings/{path}")).expect("a file"));
/// # let files = vec![file("sg12/group.yaml"), file("sg12/2025-01-geneva.yaml")];
/// # let (definitions, mut problems) = read("meetings", files);
/// # let timetable = resolve(&definitions, &mut problems).expect("no errors");
/// let group = &timetable.groups[0];
/// let events = convene::feed::events_of_meeting(group, &group.meetings[0]);
/// assert!(events.iter().any(|event| event.meaning() == "session sg12/2025-01-geneva/opening-plenary"));
/// ```
pub fn events_of_meeting<'r>(group: &'r Group, meeting: &'r Meeting) -> Vec<Event<'r>> {
    if meeting.is_archived {
        return Vec::new();
    }
    let mut all: Vec<EntryKind<'r>> = Vec::new();
    for session in &meeting.sessions {
        all.extend(session_entries(session));
    }
    all.extend(meeting.deadlines.iter().map(EntryKind::Deadline));
    if let Some(days) = meeting.days.or(meeting.former_days) {
        all.push(EntryKind::Meeting(When::AllDay(days), &meeting.uid));
    }
    if let Some(days) = meeting.days {
        let notices = meeting.without_session.iter();
        let notice = |body, uid: &Uid| Notice::new(When::AllDay(days), uid.clone(), NoticeKind::NoSession(body));
        all.extend(notices.map(|(body, uid)| EntryKind::Notice(notice(*body, uid))));
    }
    let mut events: BTreeMap<Uid, Vec<Entry<'r>>> = BTreeMap::new();
    for what in all {
        let entry = Entry { group, meeting: Some(meeting), kind: what, has_link_access: false };
        let uid = entry.uid().clone();
        events.entry(uid).or_default().push(entry);
    }
    events.into_values().map(|entries| Event { entries }).collect()
}
