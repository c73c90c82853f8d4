//! Updates the ledger for a new release: the record and the differences of each event.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::{differences, is_notice, is_private, is_removed};
use crate::feed::{EntryKind, Event};
use crate::icalendar;
use crate::id::Id;
use crate::ledger::{Difference, Fingerprint, Fingerprints, Ledger, Preferences, PreferencesTable};
use crate::revision::{DefinedUids, Observation, Revised, next_modified, next_sequence, revise};
use crate::text::Language;
use crate::timetable::{Delegate, Group, Timetable, Uid};

/// The ledger of a new release, while it is computed.
pub(super) struct LedgerUpdate<'a> {
    pub(super) ledger: Ledger,
    pub(super) instant: Timestamp,
    pub(super) first_sequence: u32,
    pub(super) is_recovery: bool,
    /// The timetable of the new release.
    pub(super) timetable: &'a Timetable,
    /// Every language in which events are read.
    pub(super) languages: BTreeSet<Language>,
    /// The UIDs of everything that the definitions contain.
    pub(super) defined: &'a DefinedUids,
    /// The records that are new or changed, with the differences that are listed as changes.
    pub(super) touched: BTreeMap<Uid, Option<Vec<Difference>>>,
    /// The preferences that are new or changed.
    pub(super) preferences: PreferencesTable,
    /// By the UID of a meeting, the events that changed only with it.
    pub(super) told_of_meeting: BTreeMap<Uid, Vec<Uid>>,
    /// The number of events with new stamps.
    pub(super) revised: usize,
}

impl LedgerUpdate<'_> {
    /// Raises every SEQUENCE, because the ledger may be older than what was served.
    pub(super) fn raise_sequences(&mut self) {
        for (uid, record) in &mut self.ledger.records {
            let record = Arc::make_mut(record);
            record.revision.sequence = next_sequence(record.revision.sequence).max(self.first_sequence);
            self.touched.insert(uid.clone(), None);
        }
    }

    /// Records an event that is in the release. `then` is the event in the previous release.
    pub(super) fn record_seen(&mut self, uid: &Uid, event: &Event<'_>, then: Option<&Event<'_>>) {
        let known = self.ledger.records.get(uid).cloned();
        let known = known.as_deref();
        // A removed event keeps its meaning.
        let is_removed = is_removed(uid, event, self.defined);
        let meaning = known.filter(|_| is_removed).map_or_else(|| event.meaning(), |known| known.meaning.clone());
        let became_public = then.is_some_and(is_private) && !is_private(event);
        let observation =
            Observation { meaning, fingerprints: fingerprints(event, self.timetable, &self.languages), became_public };
        let Revised { mut record, is_new_revision } = revise(known, observation, self.instant, self.first_sequence);
        if self.is_recovery && !is_new_revision {
            record.revision.modified = next_modified(record.revision.modified, self.instant);
        }
        if known == Some(&record) {
            return;
        }
        self.revised += usize::from(is_new_revision || self.is_recovery);
        // An instance that was taken out of its series is told there.
        let is_told_in_series = is_removed && known.is_none_or(|known| !known.is_published);
        let differences = (is_new_revision && !is_told_in_series).then(|| match (known, then) {
            (None, _) => vec![Difference::New],
            // Readers must not learn what it was before it became public.
            _ if became_public => vec![Difference::New],
            (Some(known), _) if !known.is_published => vec![Difference::Back],
            (Some(_), None) => vec![Difference::Details],
            (Some(_), Some(then)) => differences::between(then, event, is_removed, self.instant),
        });
        let differences = differences.filter(|differences| match (known, then) {
            (Some(known), Some(then)) if differences[..] == [Difference::Details] => {
                let home = DetailsHome::find(event, then);
                if home != DetailsHome::Event {
                    (record.change, record.told) = (known.change.clone(), known.told);
                }
                if let (DetailsHome::Meeting, Some(meeting)) = (home, event.first().meeting) {
                    self.told_of_meeting.entry(meeting.uid.clone()).or_default().push(uid.clone());
                }
                home == DetailsHome::Event
            }
            _ => true,
        });
        let is_told = |difference: &Difference| *difference != Difference::New && !is_notice(event);
        record.change.extend(differences.iter().flatten().filter(|difference| is_told(difference)).cloned());
        self.ledger.records.insert(uid.clone(), Arc::new(record));
        self.touched.insert(uid.clone(), differences);
    }

    /// Records that an event is no longer in the release: it is over, or was a notice.
    pub(super) fn record_missing(&mut self, uid: &Uid) {
        if let Some(record) = self.ledger.records.get_mut(uid) {
            Arc::make_mut(record).is_published = false;
            self.touched.insert(uid.clone(), None);
        }
    }

    /// Records a delegate's preferences, as far as they affect events.
    pub(super) fn record_preferences(&mut self, delegate: &Delegate) {
        let audiences: Vec<(&Id, &Id)> =
            delegate.audiences(self.timetable).map(|(group, audience)| (group, &audience.id)).collect();
        let language = delegate.feed_language(self.timetable);
        let Delegate { session_reminders, deadline_reminders, hides_cancelled, .. } = delegate;
        let seen = format!("{audiences:?} {language:?} {session_reminders:?} {deadline_reminders:?} {hides_cancelled}");
        let fingerprint = Fingerprint::from_bytes(seen.as_bytes());
        let (sequence, modified) = match self.ledger.preferences.get(delegate.id.as_str()) {
            None => (0, self.instant),
            Some(known) if known.fingerprint == fingerprint => return,
            Some(known) => (known.sequence.saturating_add(1), next_modified(known.modified, self.instant)),
        };
        let preferences = Preferences { fingerprint, sequence, modified };
        self.preferences.push(delegate.id.as_str(), preferences);
    }
}

/// Where a difference is told that is none of time, place, title and so on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DetailsHome {
    /// It belongs to the event.
    Event,
    /// It hangs on every entry of the meeting, and is told once.
    Meeting,
    /// It is only in convene's own words, or in the language that readers see who chose none.
    Nowhere,
}

impl DetailsHome {
    /// Finds where the difference between an event and what it was `then` is told. Both are rendered by today's renderer.
    fn find(event: &Event<'_>, then: &Event<'_>) -> Self {
        let (first, before) = (event.first(), then.first());
        let (Some(_), Some(meeting)) = (first.meeting, before.meeting) else { return Self::Event };
        let is_as_then = |event: &Event<'_>| {
            let mut languages = first.group.languages.iter();
            languages.all(|language| bytes(event, language) == bytes(then, language))
        };
        if is_as_then(event) {
            return Self::Nowhere;
        }
        if matches!(first.kind, EntryKind::Meeting(..)) {
            return Self::Event;
        }
        let is_group_same = first.group.same_except_meetings(before.group);
        let earlier = (!is_group_same).then(|| before.group.with_bodies_of(first.group));
        let group = earlier.as_ref().unwrap_or(first.group);
        if is_as_then(&event.in_meeting(group, meeting)) { Self::Meeting } else { Self::Event }
    }
}

/// Returns the bytes of an event in a language, with and without links for an audience.
fn bytes(event: &Event<'_>, language: &Language) -> String {
    let with_links = event.entries_with_links();
    let has_links = with_links.iter().zip(event.entries()).any(|(one, other)| one.join() != other.join());
    let mut bytes = icalendar::render_for_fingerprint(event.entries(), language);
    if has_links {
        bytes.push_str(&icalendar::render_for_fingerprint(&with_links, language));
    }
    bytes
}

/// Returns the fingerprints of what readers of each language see of an event, with and without links for an audience.
fn fingerprints(event: &Event<'_>, timetable: &Timetable, languages: &BTreeSet<Language>) -> Fingerprints {
    let group = event.first().group;
    let guests = event.first().guests();
    let homes: BTreeSet<&Language> = guests
        .iter()
        .filter_map(|guest| timetable.group(guest.group.as_str()))
        .chain([group])
        .map(Group::first_language)
        .collect();
    // Readers without a language see the first language of the feed's study group, and the date of the last change in
    // the time zone of the event's study group.
    let mut unnamed = format!("{} {homes:?}", group.zone.name());
    let mut fingerprints = Fingerprints::new();
    for language in languages {
        let bytes = bytes(event, language);
        fingerprints.insert(Language::clone(language), Fingerprint::from_bytes(bytes.as_bytes()));
        if homes.contains(language) {
            unnamed.push_str(&bytes);
        }
    }
    fingerprints.insert(Language::undetermined(), Fingerprint::from_bytes(unnamed.as_bytes()));
    fingerprints
}
