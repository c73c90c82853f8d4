//! A timetable with the stamps of its publication: turns what was meant into what is published.
//!
//! Pure arithmetic: the instant is a parameter. Knows nothing of feeds or of bytes.

use jiff::Timestamp;
use url::Url;

use crate::timetable::{Timetable, Uid};

/// One published state of all definitions.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// What is published.
    pub timetable: Timetable,
    /// When it was published, in whole seconds.
    pub instant: Timestamp,
    /// Where the feeds are served, with a slash at its end; part of what they say of themselves.
    pub base_url: Url,
}

/// The stamps of one event. Source: RFC 5545 3.8.7
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revision {
    /// How often the event has changed since it was first published.
    pub sequence: u32,
    /// When it was first published.
    pub created: Timestamp,
    /// When it last changed.
    pub modified: Timestamp,
}

impl Release {
    /// The release of a timetable at an instant, which is cut to the second.
    pub fn of(timetable: Timetable, instant: Timestamp, base_url: Url) -> Self {
        let second = Timestamp::from_second(instant.as_second()).unwrap_or(instant);
        Self { timetable, instant: second, base_url }
    }

    /// The stamps of an event. Without a ledger every event is new in every release, and has the release's instant.
    pub fn revision(&self, _uid: &Uid) -> Revision {
        Revision { sequence: 0, created: self.instant, modified: self.instant }
    }
}
