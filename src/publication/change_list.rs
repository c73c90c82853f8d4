//! Lists what changed in a release, for readers: what was revised, and what is in other feeds than before.

use jiff::Timestamp;

use super::ledger_update::LedgerUpdate;
use super::meeting_changes::MeetingChanges;
use super::membership::FeedMembership;
use super::{ReleaseEvents, is_notice};
use crate::feed::{Entry, EntryKind, Event};
use crate::ledger::{Difference, EventChange, EventTitle};
use crate::text::{Language, Text};
use crate::timetable::{Uid, When};
use crate::wording;

/// Returns the list of changes: what was revised, and what is in other feeds than before. A study group that is new
/// is left out, because everything in it would be listed as new.
pub(super) fn changes(
    then: &ReleaseEvents<'_>,
    now: &ReleaseEvents<'_>,
    update: &LedgerUpdate<'_>,
) -> Vec<EventChange> {
    let is_told = |event: &Event<'_>| {
        !is_notice(event) && then.release.timetable.group(event.first().group.id.as_str()).is_some()
    };
    let announced: Vec<(&Uid, &Event<'_>)> = now.by_uid.iter().filter(|(_, event)| is_told(event)).collect();
    let membership = FeedMembership::between(then, now, &announced);
    let mut list: Vec<EventChange> = Vec::new();
    let mut meetings = MeetingChanges::new(&update.told_of_meeting, &membership, now);
    for (uid, event) in announced {
        let differences = match update.touched.get(uid) {
            Some(Some(differences)) => differences.clone(),
            // What is over leaves feeds by itself. What was not there before and is not told is told with its series.
            _ if membership.differs(uid)
                && then.by_uid.contains_key(uid)
                && event.first().when().end() > update.instant =>
            {
                vec![Difference::Feeds]
            }
            _ => continue,
        };
        let feeds = meetings.add_feeds(uid, membership.feeds(uid));
        list.push(change(event.first(), differences, feeds, update));
    }
    list.extend(meetings.into_changes(now.release, |entry, what, feeds| change(entry, what, feeds, update)));
    list.sort_by(|a: &EventChange, b| (a.when.sort_key(), &a.uid).cmp(&(b.when.sort_key(), &b.uid)));
    list
}

/// Returns the time by which readers know an entry. For a series, that of the first instance ahead, of one that takes
/// place if there is one.
fn when_told<'r>(entry: &'r Entry<'r>, instant: Timestamp) -> &'r When {
    let EntryKind::Series(session, ..) = &entry.kind else { return entry.when() };
    let ahead = || session.occurrences.iter().filter(|occurrence| occurrence.when.end() > instant);
    let live = ahead().find(|occurrence| session.cancelled(occurrence).is_none());
    live.or_else(|| ahead().next()).map_or_else(|| entry.when(), |occurrence| &occurrence.when)
}

fn change(
    entry: &Entry<'_>,
    differences: Vec<Difference>,
    feeds: Vec<String>,
    update: &LedgerUpdate<'_>,
) -> EventChange {
    let uid = entry.ledger_uid();
    let summary = |language: &Language| wording::title(entry, language);
    let (first, others) = entry.group.languages.split_first().unwrap_or_else(|| unreachable!("a group has a language"));
    let others = others.iter().map(|language| (language.clone(), summary(language))).collect();
    EventChange {
        uid: uid.clone(),
        sequence: update.ledger.records.get(uid).map_or(0, |record| record.revision.sequence),
        group: entry.group.id.clone(),
        meeting: entry.meeting.map(|meeting| meeting.id.clone()),
        is_private: entry.session().is_some_and(|session| session.is_private),
        title: Text::with_translations(summary(first), others),
        title_parts: wording::event_title(entry).map(EventTitle::into_owned),
        when: when_told(entry, update.instant).clone(),
        room: entry.details().and_then(|details| details.room.clone()),
        differences,
        feeds,
    }
}
