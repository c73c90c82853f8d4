//! A timetable with its revisions: turns what was meant into what is published.
//!
//! Pure arithmetic: instants are parameters. Knows nothing of feeds or bytes.

mod archive;
mod former_names;
mod identity;
mod index_remap;
mod likeness;
mod record;
mod remap;
mod removed;
mod shown_times;
mod taken_out;

use std::sync::Arc;

use jiff::{Timestamp, ToSpan};
use url::Url;

pub use identity::keep_identities;
pub use record::{Observation, Revised, next_modified, next_sequence, revise};
pub use remap::remap_delegates;
pub use removed::{DefinedUids, keep_removed_as_cancelled};

use crate::ledger::{Changes, Difference, Ledger, Preferences, Record, Revision};
use crate::timetable::{Delegate, Timetable, Uid};

/// One published state of all definitions.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// The number: 1 for the first, 0 for one that is not published.
    pub number: u32,
    /// What is published: the content of the definitions, and what they removed as long as readers have to be told.
    pub timetable: Timetable,
    /// When it was published, in whole seconds.
    pub published: Timestamp,
    /// When something that readers see last changed, in whole seconds: the instant of this release or of an earlier
    /// one.
    pub instant: Timestamp,
    /// Where the feeds are served, with a slash at the end. Feeds contain it.
    pub base_url: Url,
    /// The ledger with every revision up to this release.
    pub ledger: Arc<Ledger>,
    /// What the latest releases changed, this one first.
    pub changes: Vec<Changes>,
}

impl Release {
    /// Creates a release of a timetable that is not published and has no ledger. Every event is new, at the instant,
    /// which is truncated to seconds.
    ///
    /// ```
    /// # use convene::definition::{DefinitionFile, read};
    /// # use convene::resolve::resolve;
    /// # let file = |path: &str| DefinitionFile::new(path, std::fs::read(format!("meetings/{path}")).expect("a file"));
    /// # let files = vec![file("sg12/group.yaml"), file("sg12/2025-01-geneva.yaml")];
    /// # let (definitions, mut problems) = read("meetings", files);
    /// # let timetable = resolve(&definitions, &mut problems).expect("no errors");
    /// use convene::revision::Release;
    ///
    /// let instant = "2024-12-20T08:00:00Z".parse().expect("an instant");
    /// let base_url = "https://calendars.example.org/".parse().expect("a URL");
    /// let release = Release::draft(timetable, instant, base_url);
    /// let session = &release.timetable.groups[0].meetings[0].sessions[0];
    /// assert_eq!(release.revision(&session.occurrences[0].uid).sequence, 0);
    /// ```
    pub fn draft(timetable: Timetable, instant: Timestamp, base_url: Url) -> Self {
        let instant = truncate_to_second(instant);
        let published = instant;
        Self { number: 0, published, timetable, instant, base_url, ledger: Arc::default(), changes: Vec::new() }
    }

    /// Returns the stamps of an event. A new event has the release's instant.
    pub fn revision(&self, uid: &Uid) -> Revision {
        let new = Revision { sequence: 0, created: self.instant, modified: self.instant };
        self.record(uid).map_or(new, |record| record.revision)
    }

    /// Returns the last change of an event that readers are told.
    pub fn last_change(&self, uid: &Uid) -> &[Difference] {
        self.record(uid).map(|record| &record.change[..]).unwrap_or_default()
    }

    /// Returns when the last change of an event that readers are told was published.
    pub fn told(&self, uid: &Uid) -> Timestamp {
        self.record(uid).map_or(self.instant, |record| record.told)
    }

    /// Returns since when an event has been in every release.
    pub fn since(&self, uid: &Uid) -> Timestamp {
        self.record(uid).filter(|record| record.is_published).map_or(self.instant, |record| record.since)
    }

    /// Returns the stored preferences of a delegate.
    pub fn preferences(&self, delegate: &Delegate) -> Option<&Preferences> {
        self.ledger.preferences.get(delegate.id.as_str())
    }

    /// Adds the changes of this release. The list is as long as feeds need it, and limited.
    #[must_use]
    pub fn with_changes(mut self, changes: Changes) -> Self {
        if !changes.list.is_empty() {
            self.changes.insert(0, changes);
        }
        self.changes = limit_changes(self.changes, self.instant);
        self
    }

    fn record(&self, uid: &Uid) -> Option<&Record> {
        self.ledger.records.get(uid).map(|record| &**record)
    }
}

/// The offset that is added to SEQUENCE and LAST-MODIFIED of every event in a delegate's feed, because a change of
/// preferences counts as a revision there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StampOffset {
    sequence: u32,
    /// In Unix seconds. Nothing in the feed was last modified before it.
    second: i64,
}

impl StampOffset {
    /// Creates the offset for a delegate's preferences; no offset for `None`.
    pub fn from_preferences(preferences: Option<&Preferences>) -> Self {
        preferences.map_or(Self { sequence: 0, second: i64::MIN }, |preferences| Self {
            sequence: preferences.sequence,
            second: preferences.modified.as_second(),
        })
    }

    /// Adds the offset to the stamps of an event.
    ///
    /// ```
    /// use convene::ledger::{Fingerprint, Preferences, Revision};
    /// use convene::revision::StampOffset;
    ///
    /// let instant = |text: &str| text.parse().expect("an instant");
    /// let created = instant("2025-01-10T09:00:00Z");
    /// let revision = Revision { sequence: 2, created, modified: created };
    /// let changed = instant("2025-01-12T09:00:00Z");
    /// let preferences = Preferences { fingerprint: Fingerprint::from_bytes(b"fr"), sequence: 1, modified: changed };
    /// let own = StampOffset::from_preferences(Some(&preferences)).apply(revision);
    /// assert_eq!((own.sequence, own.modified), (3, changed));
    /// ```
    #[must_use]
    pub fn apply(self, revision: Revision) -> Revision {
        let modified = Timestamp::from_second(self.second).map_or(revision.modified, |at| at.max(revision.modified));
        let sequence = revision.sequence.saturating_add(self.sequence).min(i32::MAX.unsigned_abs());
        Revision { sequence, modified, ..revision }
    }
}

/// The largest number of changes that a release tells, not counting those of the last release among them.
const MAX_CHANGES: usize = 2_000;

/// Returns the changes that a release tells, from those of all releases, which are in descending order.
pub fn limit_changes(all: impl IntoIterator<Item = Changes>, instant: Timestamp) -> Vec<Changes> {
    let opens = instant.checked_sub((400 * 24).hours()).unwrap_or(Timestamp::MIN);
    let mut count = 0;
    let is_kept = |changes: &Changes| {
        let is_kept = count < MAX_CHANGES && changes.instant > opens;
        count += changes.list.len();
        is_kept
    };
    all.into_iter().take_while(is_kept).collect()
}

/// Truncates an instant to seconds, the precision of calendars.
///
/// ```
/// let instant = "2025-01-10T09:00:00.7Z".parse().expect("an instant");
/// assert_eq!(convene::revision::truncate_to_second(instant).to_string(), "2025-01-10T09:00:00Z");
/// ```
pub fn truncate_to_second(instant: Timestamp) -> Timestamp {
    Timestamp::from_second(instant.as_second()).unwrap_or(instant)
}
