//! A timetable with the stamps of its publication: turns what was meant into what is published.
//!
//! Pure arithmetic: instants are parameters. Knows nothing of feeds or of bytes.

mod delegates;
mod gone;
mod names;
mod record;

use std::sync::Arc;

use jiff::{Timestamp, ToSpan};
use url::Url;

pub use delegates::carried;
pub use gone::{Living, with_gone};
pub use record::{Revised, Sight, later_than, next_sequence, revised};

use crate::ledger::{Changes, Difference, Ledger, Record, Revision, Wishes};
use crate::timetable::{Delegate, Timetable, Uid};

/// One published state of all definitions.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// Its number: 1 for the first, 0 for one that is not published.
    pub number: u32,
    /// What is published: what the definitions mean, and what they no longer have while readers have to be told.
    pub timetable: Timetable,
    /// When it was published, in whole seconds.
    pub published: Timestamp,
    /// When something that readers see last changed, in whole seconds; the instant of this release or of an earlier one.
    pub instant: Timestamp,
    /// Where the feeds are served, with a slash at its end; part of what they say of themselves.
    pub base_url: Url,
    /// The record of every revision up to this one.
    pub ledger: Arc<Ledger>,
    /// What the latest releases changed, this one first.
    pub changes: Vec<Changes>,
}

impl Release {
    /// A release of a timetable that is not published and has no ledger: every event is new, at an instant that is cut to
    /// the second.
    pub fn draft(timetable: Timetable, instant: Timestamp, base_url: Url) -> Self {
        let instant = whole_second(instant);
        let published = instant;
        Self { number: 0, published, timetable, instant, base_url, ledger: Arc::default(), changes: Vec::new() }
    }

    /// The stamps of an event. One that no ledger knows is new, and has the release's instant.
    pub fn revision(&self, uid: &Uid) -> Revision {
        let new = Revision { sequence: 0, created: self.instant, modified: self.instant };
        self.record(uid).map_or(new, |record| record.revision)
    }

    /// What the last revision of an event changed.
    pub fn last_change(&self, uid: &Uid) -> &[Difference] {
        self.record(uid).map(|record| &record.change[..]).unwrap_or_default()
    }

    /// Since when an event has been in every release.
    pub fn since(&self, uid: &Uid) -> Timestamp {
        self.record(uid).filter(|record| record.is_listed).map_or(self.instant, |record| record.since)
    }

    /// What is remembered of a delegate's wishes.
    pub fn wishes(&self, delegate: &Delegate) -> Option<&Wishes> {
        self.ledger.wishes.get(delegate.id.as_str())
    }

    /// This release with what it changed. The list goes back for as long as feeds do, and is cut where it is long.
    #[must_use]
    pub fn with_changes(mut self, changes: Changes) -> Self {
        if !changes.list.is_empty() {
            self.changes.insert(0, changes);
        }
        self.changes = kept(self.changes, self.instant);
        self
    }

    fn record(&self, uid: &Uid) -> Option<&Record> {
        self.ledger.records.get(uid).map(|record| &**record)
    }
}

/// What a delegate's wishes do to the stamps of all events in the delegate's feed: they count there as revisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Raise {
    sequence: u32,
    /// The second since 1970 before which nothing there was changed last.
    second: i64,
}

impl Raise {
    /// That of wishes; nothing for none.
    pub fn of(wishes: Option<&Wishes>) -> Self {
        wishes.map_or(Self { sequence: 0, second: i64::MIN }, |wishes| Self {
            sequence: wishes.sequence,
            second: wishes.modified.as_second(),
        })
    }

    /// The stamps of an event with it.
    #[must_use]
    pub fn over(self, revision: Revision) -> Revision {
        let modified = Timestamp::from_second(self.second).map_or(revision.modified, |at| at.max(revision.modified));
        let sequence = revision.sequence.saturating_add(self.sequence).min(i32::MAX.unsigned_abs());
        Revision { sequence, modified, ..revision }
    }
}

/// Most changes that a release tells of, beyond the last release that has some.
const MOST_CHANGES: usize = 2_000;

/// The changes that a release tells of, of those of all releases, the latest first.
pub fn kept(all: impl IntoIterator<Item = Changes>, instant: Timestamp) -> Vec<Changes> {
    let opens = instant.checked_sub((400 * 24).hours()).unwrap_or(Timestamp::MIN);
    let mut told = 0;
    let is_kept = |changes: &Changes| {
        let is_kept = told < MOST_CHANGES && changes.instant > opens;
        told += changes.list.len();
        is_kept
    };
    all.into_iter().take_while(is_kept).collect()
}

/// An instant cut to the second: calendars know no smaller one.
pub fn whole_second(instant: Timestamp) -> Timestamp {
    Timestamp::from_second(instant.as_second()).unwrap_or(instant)
}
