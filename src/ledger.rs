//! The ledger: what is stored of every event that was ever published, and of every delegate's preferences.
//!
//! No UID is ever removed. Knows nothing of how revisions are counted, of feeds, bytes or databases.

mod difference;
mod preferences;
mod title;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use difference::Difference;
pub use preferences::PreferencesTable;
pub use title::{EventTitle, TitleBase, TitleSuffix};

use crate::id::Id;
use crate::text::{Language, Text};
use crate::timetable::{Uid, When};

/// The stamps of one event. Source: RFC 5545 3.8.7
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revision {
    /// How often the event has changed since it was first published, added to the number it began with.
    pub sequence: u32,
    /// When it was first published.
    pub created: Timestamp,
    /// When it last changed.
    pub modified: Timestamp,
}

/// What the ledger has of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What the UID means: `session sg12/2025-01-geneva/opening-plenary`.
    pub meaning: String,
    /// Its stamps.
    pub revision: Revision,
    /// Since when it has been in every release.
    pub since: Timestamp,
    /// Whether it is in the latest release.
    pub is_published: bool,
    /// The fingerprints of its last published content.
    pub fingerprints: Fingerprints,
    /// What its last change was, as readers are told. Empty if it never changed.
    pub change: Vec<Difference>,
    /// When that was published. Later revisions changed nothing that is told of this event.
    pub told: Timestamp,
}

/// A fingerprint of what readers of each language see of an event. Languages that a release leaves out keep theirs.
/// Readers without a language (`und`) see the first language of the study group.
pub type Fingerprints = BTreeMap<Language, Fingerprint>;

/// A fingerprint: 16 bytes of a SHA-256, written in lower case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fingerprint(pub [u8; 16]);

impl Fingerprint {
    /// Computes the fingerprint of some bytes: the first half of their SHA-256.
    ///
    /// ```
    /// let fingerprint = convene::ledger::Fingerprint::from_bytes(b"BEGIN:VEVENT");
    /// assert_eq!(fingerprint.to_string().len(), 32);
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let mut digest = [0; 16];
        digest.copy_from_slice(&Sha256::digest(bytes)[..16]);
        Self(digest)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Print({self})")
    }
}

impl From<Fingerprint> for String {
    fn from(digest: Fingerprint) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = String;

    fn try_from(written: String) -> Result<Self, Self::Error> {
        let byte = |at: usize| u8::from_str_radix(written.get(2 * at..2 * at + 2)?, 16).ok();
        let bytes: Option<Vec<u8>> = (0..16).map(byte).collect();
        let bytes = bytes.and_then(|bytes| bytes.try_into().ok()).filter(|_| written.len() == 32);
        bytes.map(Self).ok_or_else(|| format!("`{written}` is no digest"))
    }
}

/// What the ledger has of a delegate's preferences, as far as they affect events: reminders, audiences, language. A
/// change of preferences counts as a revision of every event in that delegate's feed, and in no other feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preferences {
    /// The fingerprint of the preferences.
    pub fingerprint: Fingerprint,
    /// How often they have changed.
    pub sequence: u32,
    /// When they last changed.
    pub modified: Timestamp,
}

/// The record of every revision ever published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The record of each event.
    pub records: BTreeMap<Uid, Arc<Record>>,
    /// The preferences of each delegate. Private.
    pub preferences: Arc<PreferencesTable>,
}

impl Ledger {
    /// Returns the events whose records differ between two ledgers.
    pub fn differences<'l>(&'l self, other: &'l Self) -> BTreeSet<&'l Uid> {
        let mut found = BTreeSet::new();
        let (mut ours, mut theirs) = (self.records.iter().peekable(), other.records.iter().peekable());
        loop {
            match (ours.peek().copied(), theirs.peek().copied()) {
                (None, None) => return found,
                (Some((uid, _)), None) => {
                    found.insert(uid);
                    ours.next();
                }
                (None, Some((uid, _))) => {
                    found.insert(uid);
                    theirs.next();
                }
                (Some((uid, record)), Some((other, theirs_is))) => {
                    if uid == other && record != theirs_is {
                        found.insert(uid);
                    } else if uid != other {
                        found.insert(uid.min(other));
                    }
                    if uid <= other {
                        ours.next();
                    }
                    if other <= uid {
                        theirs.next();
                    }
                }
            }
        }
    }
}

/// What a release changed in one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventChange {
    /// The event.
    pub uid: Uid,
    /// The new SEQUENCE.
    pub sequence: u32,
    /// The study group that it belongs to.
    pub group: Id,
    /// The id of its meeting, if it has one.
    pub meeting: Option<Id>,
    /// Whether it is, or was, only in the feeds of delegates.
    pub is_private: bool,
    /// The title in the languages of its study group, with prefix and suffixes.
    pub title: Text,
    /// The parts of the title, for every other language. Older releases do not have them.
    #[serde(rename = "name", default, skip_serializing_if = "Option::is_none")]
    pub title_parts: Option<EventTitle<'static>>,
    /// When it is now.
    pub when: When,
    /// Its room now.
    pub room: Option<Text>,
    /// What changed; at least one.
    pub differences: Vec<Difference>,
    /// The feeds that show it or showed it, by their path without `.ics`. Feeds that readers combine are covered by
    /// those of their bodies and audiences.
    pub feeds: Vec<String>,
}

impl EventChange {
    /// Returns `true` if it is a deadline, of which readers are shown the end alone. Older releases do not say so.
    pub fn is_deadline(&self) -> bool {
        self.title_parts.as_ref().is_some_and(|title| matches!(title.base, TitleBase::Deadline { .. }))
    }
}

/// The number of new entries by study group and meeting.
pub type NewEntries = BTreeMap<(Id, Option<Id>), usize>;

/// The largest number of new entries of a meeting that are listed one by one.
const MAX_NEW_LISTED: usize = 12;

/// Summarizes changes for display: the new entries of a meeting that has many are only counted, all other changes are
/// listed.
pub fn summarize<'c>(changes: &[&'c EventChange]) -> (NewEntries, Vec<&'c EventChange>) {
    let is_new = |change: &EventChange| change.differences == [Difference::New];
    let home = |change: &EventChange| (change.group.clone(), change.meeting.clone());
    let mut new = NewEntries::new();
    for change in changes.iter().filter(|change| is_new(change)) {
        *new.entry(home(change)).or_default() += 1;
    }
    new.retain(|_, number| *number > MAX_NEW_LISTED);
    let is_counted = |change: &EventChange| is_new(change) && new.contains_key(&home(change));
    let listed = changes.iter().copied().filter(|change| !is_counted(change)).collect();
    (new, listed)
}

/// The changes of one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The number of the release.
    pub release: u32,
    /// Its instant.
    pub instant: Timestamp,
    /// By time, then by UID.
    pub list: Vec<EventChange>,
}
