//! Changes of what hangs on every entry of a meeting, its documents for example: told once, as a change of the meeting.

use std::collections::{BTreeMap, BTreeSet};

use super::membership::FeedMembership;
use super::{ReleaseEvents, is_private};
use crate::feed::{Entry, EntryKind};
use crate::ledger::{Difference, EventChange};
use crate::revision::Release;
use crate::timetable::{Days, Group, Meeting, Uid, When};

/// The feeds of the events that changed only with their meeting.
pub(super) struct MeetingChanges {
    /// By the UID of the meeting.
    feeds: BTreeMap<Uid, BTreeSet<String>>,
}

impl MeetingChanges {
    /// Creates the changes of meetings. `told_of_meeting` has the events by the UID of their meeting; those that are
    /// private are not told.
    pub(super) fn new(
        told_of_meeting: &BTreeMap<Uid, Vec<Uid>>,
        membership: &FeedMembership,
        now: &ReleaseEvents<'_>,
    ) -> Self {
        let is_public = |uid: &&Uid| now.by_uid.get(*uid).is_some_and(|event| !is_private(event));
        let feeds = |uids: &[Uid]| uids.iter().filter(is_public).flat_map(|uid| membership.feeds(uid)).collect();
        let feeds = told_of_meeting.iter().map(|(meeting, uids)| (meeting.clone(), feeds(uids)));
        Self { feeds: feeds.filter(|(_, feeds): &(_, BTreeSet<String>)| !feeds.is_empty()).collect() }
    }

    /// Adds the feeds of a meeting's other events to those of the event for its days, which tells the change.
    pub(super) fn add_feeds(&mut self, meeting: &Uid, feeds: Vec<String>) -> Vec<String> {
        let others = self.feeds.remove(meeting).unwrap_or_default();
        others.into_iter().chain(feeds).collect::<BTreeSet<String>>().into_iter().collect()
    }

    /// Returns the changes of meetings that have no event for their days.
    pub(super) fn into_changes(
        self,
        release: &Release,
        change: impl Fn(&Entry<'_>, Vec<Difference>, Vec<String>) -> EventChange,
    ) -> Vec<EventChange> {
        let mut changes = Vec::new();
        for (uid, feeds) in self.feeds {
            let all = release.timetable.groups.iter();
            let mut all = all.flat_map(|group| group.meetings.iter().map(move |meeting| (group, meeting)));
            let Some((group, meeting)) = all.find(|(_, meeting)| meeting.uid == uid) else { continue };
            let Some(days) = days_of_entries(meeting) else { continue };
            let meeting = Meeting { days: Some(days), ..meeting.without_entries() };
            changes.push(change(&entry(group, &meeting, days), vec![Difference::Details], feeds.into_iter().collect()));
        }
        changes
    }
}

fn entry<'r>(group: &'r Group, meeting: &'r Meeting, days: Days) -> Entry<'r> {
    let kind = EntryKind::Meeting(When::AllDay(days), &meeting.uid);
    Entry { group, meeting: Some(meeting), kind, has_link_access: false }
}

/// Returns the days from the first to the last of a meeting's public entries.
fn days_of_entries(meeting: &Meeting) -> Option<Days> {
    let sessions = meeting.sessions.iter().filter(|session| !session.is_private);
    let occurrences = sessions.flat_map(|session| &session.occurrences).map(|occurrence| &occurrence.when);
    let all = || occurrences.clone().chain(meeting.deadlines.iter().map(|deadline| &deadline.due));
    Days::new(all().map(When::first_day).min()?, all().map(When::last_day).max()?)
}
