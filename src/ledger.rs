//! The ledger: what is remembered of every event that was ever published, and of every delegate's wishes.
//!
//! Forgets no UID. Knows nothing of how revisions are counted, of feeds, of bytes or of databases.

mod difference;
mod name;
mod wishes;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use difference::Difference;
pub use name::{Called, Mark, Name};
pub use wishes::AllWishes;

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

/// A digest of what readers of each language see of an event. Languages that were left out of a release keep theirs. Those
/// who name no language (`und`) see the first one of the study group.
pub type Prints = BTreeMap<Language, Print>;

/// A digest of what is compared: 16 octets, written as characters from 0 to 9 and a to f.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Print(pub [u8; 16]);

impl Print {
    /// The first half of a SHA-256.
    pub fn of(octets: &[u8]) -> Self {
        let mut print = [0; 16];
        print.copy_from_slice(&Sha256::digest(octets)[..16]);
        Self(print)
    }
}

impl fmt::Display for Print {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|octet| write!(formatter, "{octet:02x}"))
    }
}

impl fmt::Debug for Print {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Print({self})")
    }
}

impl From<Print> for String {
    fn from(print: Print) -> Self {
        print.to_string()
    }
}

impl TryFrom<String> for Print {
    type Error = String;

    fn try_from(written: String) -> Result<Self, Self::Error> {
        let octet = |at: usize| u8::from_str_radix(written.get(2 * at..2 * at + 2)?, 16).ok();
        let octets: Option<Vec<u8>> = (0..16).map(octet).collect();
        let octets = octets.and_then(|octets| octets.try_into().ok()).filter(|_| written.len() == 32);
        octets.map(Self).ok_or_else(|| format!("`{written}` is no digest"))
    }
}

/// What is remembered of a delegate's wishes as far as they are seen in events: reminders, audiences, language. They
/// count as revisions of every event in the delegate's feed, and of none elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wishes {
    /// A digest of them.
    pub print: Print,
    /// How often they have changed.
    pub sequence: u32,
    /// When they last changed.
    pub modified: Timestamp,
}

/// The record of every revision ever published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// What is remembered of each event.
    pub records: BTreeMap<Uid, Arc<Record>>,
    /// What is remembered of each delegate. Private.
    pub wishes: Arc<AllWishes>,
}

impl Ledger {
    /// The events whose records are not the same in another ledger.
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
    /// Its title in the languages of its study group, with what stands before and behind it.
    pub title: Text,
    /// The same in parts, for every other language. Releases of before have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name<'static>>,
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
