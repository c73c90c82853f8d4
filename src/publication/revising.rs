//! The ledger while a release is made: what each event was, and what it is from now on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::{differences, is_gone, is_notice, is_private};
use crate::feed::Event;
use crate::icalendar;
use crate::id::Id;
use crate::ledger::{Difference, Fingerprint, Fingerprints, Ledger, Preferences, PreferencesTable};
use crate::revision::{Living, Revised, Sight, later_than, next_sequence, revised};
use crate::text::Language;
use crate::timetable::{Delegate, Group, Timetable, Uid};

/// The ledger while a release is made.
pub(super) struct Revising<'a> {
    pub(super) ledger: Ledger,
    pub(super) instant: Timestamp,
    pub(super) first_sequence: u32,
    pub(super) is_recovery: bool,
    /// What is published.
    pub(super) timetable: &'a Timetable,
    /// Every language in which somebody may read an event.
    pub(super) languages: BTreeSet<Language>,
    /// The UIDs of everything that the definitions have.
    pub(super) living: &'a Living,
    /// The records that are new or changed; what changed, where there is something to tell.
    pub(super) touched: BTreeMap<Uid, Option<Vec<Difference>>>,
    /// What delegates wish that is new or changed.
    pub(super) wished: PreferencesTable,
    /// How many stamps have moved.
    pub(super) revised: usize,
}

impl Revising<'_> {
    /// What is known may be less than what was served: every event goes on from where nothing was served yet.
    pub(super) fn raise(&mut self) {
        for (uid, record) in &mut self.ledger.records {
            let record = Arc::make_mut(record);
            record.revision.sequence = next_sequence(record.revision.sequence).max(self.first_sequence);
            self.touched.insert(uid.clone(), None);
        }
    }

    /// An event is in the release.
    pub(super) fn see(&mut self, uid: &Uid, event: &Event<'_>, then: Option<&Event<'_>>) {
        let known = self.ledger.records.get(uid);
        // What is gone goes on meaning what it meant.
        let is_gone = is_gone(uid, event, self.living);
        let meaning = known.filter(|_| is_gone).map_or_else(|| event.meaning(), |known| known.meaning.clone());
        let is_opened = then.is_some_and(is_private) && !is_private(event);
        let sight = Sight { meaning, prints: prints(event, self.timetable, &self.languages), is_opened };
        let Revised { mut record, is_new_revision } =
            revised(known.map(|known| &**known), sight, self.instant, self.first_sequence);
        if self.is_recovery && !is_new_revision {
            record.revision.modified = later_than(record.revision.modified, self.instant);
        }
        if known.is_some_and(|known| **known == record) {
            return;
        }
        self.revised += usize::from(is_new_revision || self.is_recovery);
        let differences = is_new_revision.then(|| match (known, then) {
            (None, _) => vec![Difference::New],
            // How it was while it was private is nobody's business.
            _ if is_opened => vec![Difference::New],
            (Some(known), _) if !known.is_published => vec![Difference::Back],
            (Some(_), None) => vec![Difference::Details],
            (Some(_), Some(then)) => differences::between(then, event),
        });
        let is_told = |difference: &Difference| *difference != Difference::New && !is_notice(event);
        record.change.extend(differences.iter().flatten().filter(|difference| is_told(difference)).cloned());
        self.ledger.records.insert(uid.clone(), Arc::new(record));
        self.touched.insert(uid.clone(), differences);
    }

    /// An event is no longer in the release: it is over, or was a notice.
    pub(super) fn miss(&mut self, uid: &Uid) {
        if let Some(record) = self.ledger.records.get_mut(uid) {
            Arc::make_mut(record).is_published = false;
            self.touched.insert(uid.clone(), None);
        }
    }

    /// A delegate's wishes, as far as events show them.
    pub(super) fn wish(&mut self, delegate: &Delegate) {
        let audiences: Vec<(&Id, &Id)> =
            delegate.audiences(self.timetable).map(|(group, audience)| (group, &audience.id)).collect();
        let language = delegate.feed_language(self.timetable);
        let Delegate { session_reminders, deadline_reminders, hides_cancelled, .. } = delegate;
        let seen = format!("{audiences:?} {language:?} {session_reminders:?} {deadline_reminders:?} {hides_cancelled}");
        let print = Fingerprint::from_bytes(seen.as_bytes());
        let (sequence, modified) = match self.ledger.preferences.get(delegate.id.as_str()) {
            None => (0, self.instant),
            Some(wishes) if wishes.fingerprint == print => return,
            Some(wishes) => (wishes.sequence.saturating_add(1), later_than(wishes.modified, self.instant)),
        };
        let wishes = Preferences { fingerprint: print, sequence, modified };
        self.wished.push(delegate.id.as_str(), wishes);
    }
}

/// What readers of each language see of an event: with and without the links that are kept to an audience.
fn prints(event: &Event<'_>, timetable: &Timetable, languages: &BTreeSet<Language>) -> Fingerprints {
    let with_links = event.entries_with_links();
    let has_links = with_links.iter().zip(event.entries()).any(|(one, other)| one.join() != other.join());
    let bytes = |language: &Language| {
        let mut bytes = icalendar::unstamped(event.entries(), language);
        if has_links {
            bytes.push_str(&icalendar::unstamped(&with_links, language));
        }
        bytes
    };
    let group = event.first().group;
    let guests = event.first().session().into_iter().flat_map(|session| &session.guests);
    let homes: BTreeSet<&Language> = guests
        .filter_map(|guest| timetable.group(guest.group.as_str()))
        .chain([group])
        .map(Group::first_language)
        .collect();
    // The reader who names no language sees the first one of the feed's study group, and the day of the last change on the
    // clock of the event's.
    let mut unnamed = format!("{} {homes:?}", group.zone.name());
    let mut prints = Fingerprints::new();
    for language in languages {
        let bytes = bytes(language);
        prints.insert(Language::clone(language), Fingerprint::from_bytes(bytes.as_bytes()));
        if homes.contains(language) {
            unnamed.push_str(&bytes);
        }
    }
    prints.insert(Language::undetermined(), Fingerprint::from_bytes(unnamed.as_bytes()));
    prints
}
