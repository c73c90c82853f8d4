//! What readers see of a release: every event with its SEQUENCE and a digest of its text.

use std::collections::BTreeMap;
use std::sync::Arc;

use convene::feed::{EntryIndex, Feed, Selection};
use convene::icalendar;
use convene::private::to_hex;
use convene::revision::Release;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What readers see of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Its number.
    pub number: u32,
    /// SEQUENCE and the digest of all bytes, by UID. A delegate's feed has `delegate-1 ` before each UID.
    pub events: BTreeMap<String, (u32, String)>,
}

impl Seen {
    pub fn from_release(release: &Release) -> Self {
        let entry_index = EntryIndex::new(Arc::new(release.clone()), None);
        let mut events = BTreeMap::new();
        for group in &release.timetable.groups {
            add_events(&mut events, "", &entry_index, Selection::All(group.id.clone()));
        }
        for delegate in release.timetable.delegates.iter() {
            let prefix = format!("{} ", delegate.id);
            add_events(&mut events, &prefix, &entry_index, Selection::Delegate(Arc::new(delegate)));
        }
        Self { number: release.number, events }
    }
}

fn add_events(
    events: &mut BTreeMap<String, (u32, String)>,
    prefix: &str,
    entry_index: &EntryIndex,
    selection: Selection,
) {
    let feed = icalendar::render(&Feed::new(entry_index, selection, None));
    events.extend(events_of(&feed).map(|(uid, seen)| (format!("{prefix}{uid}"), seen)));
}

/// Returns the events of a feed: UID, SEQUENCE and the digest of all bytes.
pub fn events_of(feed: &str) -> impl Iterator<Item = (String, (u32, String))> {
    let unfolded = feed.replace("\r\n ", "");
    let events: Vec<_> = unfolded.split("BEGIN:VEVENT\r\n").skip(1).map(event).collect();
    events.into_iter()
}

fn event(text: &str) -> (String, (u32, String)) {
    let text = text.split("END:VEVENT").next().unwrap_or_default();
    let value = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
    let sequence = value("SEQUENCE:").parse().expect("a SEQUENCE");
    (value("UID:").to_owned(), (sequence, to_hex(&Sha256::digest(text)[..8])))
}
