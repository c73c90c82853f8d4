//! The ledger: what is remembered of every event that was ever published, and of every delegate's wishes.
//!
//! Forgets no UID. Knows nothing of how revisions are counted, of feeds, of bytes or of databases.

mod difference;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use difference::Difference;

use crate::body::Id;
use crate::text::{Language, Text};
use crate::timetable::{Uid, When};

/// The stamps of one event. Source: RFC 5545 3.8.7
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revision {
    /// How often the event has changed since it was first published, above the number it began with.
    pub sequence: u32,
    /// When it was first published.
    pub created: Timestamp,
    /// When it last changed.
    pub modified: Timestamp,
}

/// What is remembered of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What its UID means: `session sg12/2025-01-geneva/opening-plenary`.
    pub meaning: String,
    /// Its stamps.
    pub revision: Revision,
    /// Since when it has been in every release.
    pub since: Timestamp,
    /// Whether it is in the latest release.
    pub is_listed: bool,
    /// What of it was compared.
    pub prints: Prints,
    /// What its last revision changed; nothing for an event that is as it was first published.
    pub change: Vec<Difference>,
}

/// A digest of what readers of each language see of an event, as characters from 0 to 9 and a to f. Languages that
/// were left out of a release keep theirs. Those who name no language (`und`) see the first one of the study group.
pub type Prints = BTreeMap<Language, String>;

/// What is remembered of a delegate's wishes as far as they are seen in events: reminders, audiences, language. They
/// count as revisions of every event in the delegate's feed, and of none elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wishes {
    /// A digest of them.
    pub print: String,
    /// How often they have changed.
    pub sequence: u32,
    /// When they last changed.
    pub modified: Timestamp,
}

/// The record of every revision ever published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// What is remembered of each event.
    pub records: BTreeMap<Uid, Record>,
    /// What is remembered of each delegate. Private.
    pub wishes: BTreeMap<Id, Wishes>,
}

/// One line of the list of changes that a release keeps: what became of one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The event.
    pub uid: Uid,
    /// Its SEQUENCE since.
    pub sequence: u32,
    /// The study group that it belongs to.
    pub group: Id,
    /// Its meeting's id, where it has a meeting.
    pub meeting: Option<Id>,
    /// Whether it is, or was, in the feeds of delegates alone.
    pub is_private: bool,
    /// Its title, with what stands before and behind it.
    pub title: Text,
    /// When it is now.
    pub when: When,
    /// Its room now.
    pub room: Option<Text>,
    /// What changed; at least one.
    pub differences: Vec<Difference>,
    /// The feeds that show it or showed it, by their path without `.ics`. Those that readers put together hold what the
    /// feeds of their bodies and audiences hold.
    pub feeds: Vec<String>,
}

/// How many new entries there are, by study group and meeting.
pub type NewEntries = BTreeMap<(Id, Option<Id>), usize>;

/// Most new entries of a meeting that are told of one by one.
const MOST_NEW: usize = 12;

/// Changes as they are told: where a meeting has many new entries these are counted, and the others stand by themselves.
pub fn told<'c>(changes: &[&'c Change]) -> (NewEntries, Vec<&'c Change>) {
    let is_new = |change: &Change| change.differences == [Difference::New];
    let home = |change: &Change| (change.group.clone(), change.meeting.clone());
    let mut new = NewEntries::new();
    for change in changes.iter().filter(|change| is_new(change)) {
        *new.entry(home(change)).or_default() += 1;
    }
    new.retain(|_, number| *number > MOST_NEW);
    let is_counted = |change: &Change| is_new(change) && new.contains_key(&home(change));
    let told = changes.iter().copied().filter(|change| !is_counted(change)).collect();
    (new, told)
}

/// The changes of one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The number of the release.
    pub release: u32,
    /// Its instant.
    pub instant: Timestamp,
    /// In the order of time, then of UIDs.
    pub list: Vec<Change>,
}
