//! Every event of a release, whoever gets it: what has a UID of its own.

use std::collections::BTreeMap;

use super::entry::{Entry, What};
use super::notices;
use super::session::of_session;
use crate::revision::Release;
use crate::timetable::{Group, Meeting, Uid, When};

/// One event: the entries that share its UID, a series before its exceptions. At least one.
#[derive(Debug, Clone, PartialEq)]
pub struct Event<'r> {
    entries: Vec<Entry<'r>>,
}

impl<'r> Event<'r> {
    /// Its entries, as a reader sees them who is given no link that is kept to an audience.
    pub fn entries(&self) -> &[Entry<'r>] {
        &self.entries
    }

    /// The first of its entries.
    pub fn first(&self) -> &Entry<'r> {
        &self.entries[0]
    }

    /// Its entries as a reader sees them who is given every link.
    pub fn entries_with_links(&self) -> Vec<Entry<'r>> {
        let may_join = |entry: &Entry<'r>| Entry { may_join: true, ..entry.clone() };
        self.entries.iter().map(may_join).collect()
    }

    /// The UID under which it is remembered.
    pub fn uid(&self) -> &Uid {
        self.first().recorded()
    }

    /// What its UID means, in words that never change while it means the same.
    pub fn meaning(&self) -> String {
        let entry = self.first();
        let of_meeting = |what: &str, id: &str| match entry.meeting {
            Some(meeting) => format!("{what} {}/{}{id}", entry.group.id, meeting.id),
            None => format!("{what} {}{id}", entry.group.id),
        };
        match &entry.what {
            What::Series(session, ..) => of_meeting("session", &format!("/{}", session.id)),
            What::Session(session, occurrence) => {
                let is_only = session.occurrences.iter().all(|other| other.uid == occurrence.uid);
                let original = occurrence.original.sort_key().0;
                let dated = if is_only { String::new() } else { format!("/{original}") };
                of_meeting("session", &format!("/{}{dated}", session.id))
            }
            What::Deadline(deadline) => of_meeting("deadline", &format!("/{}", deadline.id)),
            What::Meeting(..) => of_meeting("meeting", ""),
            What::NoSession(..) | What::Closed(..) | What::Renamed(..) | What::Nothing { .. } => {
                format!("notice {}", self.uid().as_str())
            }
        }
    }
}

/// The events of a study group that do not hang on a meeting: notices of its feeds.
pub fn events_of_group<'r>(release: &'r Release, group: &'r Group) -> Vec<Event<'r>> {
    let notices = notices::of_group(release, group).into_iter();
    notices.map(|entry| Event { entries: vec![entry] }).collect()
}

/// The events of a meeting.
pub fn events_of_meeting<'r>(group: &'r Group, meeting: &'r Meeting) -> Vec<Event<'r>> {
    let mut all: Vec<What<'r>> = Vec::new();
    for session in &meeting.sessions {
        all.extend(of_session(session));
    }
    all.extend(meeting.deadlines.iter().map(What::Deadline));
    if let Some(days) = meeting.days.or(meeting.former_days) {
        all.push(What::Meeting(When::AllDay(days), &meeting.uid));
    }
    if let Some(days) = meeting.days {
        let notices = meeting.without_session.iter();
        all.extend(notices.map(|(body, uid)| What::NoSession(When::AllDay(days), *body, uid)));
    }
    let mut events: BTreeMap<Uid, Vec<Entry<'r>>> = BTreeMap::new();
    for what in all {
        let entry = Entry { group, meeting: Some(meeting), what, may_join: false };
        let uid = entry.uid().clone();
        events.entry(uid).or_default().push(entry);
    }
    events.into_values().map(|entries| Event { entries }).collect()
}
