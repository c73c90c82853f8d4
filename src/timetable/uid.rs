//! UIDs: the identity of an event in every calendar, for ever.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::Id;

/// The UIDs that its names give an entry. Its own UID is another one if it was renamed before, or if its name had
/// belonged to something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedUids {
    /// The UID of its present name.
    pub own: Uid,
    /// The UID of the name after `was:`; the same as `own` without one.
    pub was: Uid,
    /// The UIDs of the names that it had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<Uid>,
}

impl NamedUids {
    /// Returns the UIDs of an entry's names: those that are known, else its own UID for each.
    #[must_use]
    pub fn from_entry(uid: &Uid, named: Option<&Self>) -> Self {
        named.cloned().unwrap_or_else(|| Self { own: uid.clone(), was: uid.clone(), former: Vec::new() })
    }
}

/// The UID of an event. Source: RFC 5545 3.8.4.7
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Uid(Arc<str>);

/// What is between the UID of a meeting and its id in the UID of its archived part. No host name contains a slash.
const ARCHIVED_PART: &str = "/archived/";

impl Uid {
    /// Creates the UID for a path (`sg12/2025-01-geneva/opening-plenary`) in a domain: a version 5 UUID in the
    /// domain's namespace, an at sign, the domain. clients.md C1, C5, C6
    ///
    /// ```
    /// use convene::timetable::Uid;
    ///
    /// let uid = Uid::from_path("sg12.itu.example", "sg12/2025-01-geneva/openings");
    /// assert_eq!(uid.as_str(), "0c32bd52-3cc0-5a67-9299-b5dcef9ddeb3@sg12.itu.example");
    /// ```
    pub fn from_path(domain: &str, path: &str) -> Self {
        let namespace = Uuid::new_v5(&Uuid::NAMESPACE_DNS, domain.as_bytes());
        let uuid = Uuid::new_v5(&namespace, path.as_bytes());
        Self(format!("{}@{domain}", uuid.hyphenated()).into())
    }

    /// Returns the UID of the archived part of a meeting with an id. No event has it.
    #[must_use]
    pub fn archived_part(&self, id: &Id) -> Self {
        Self(format!("{}{ARCHIVED_PART}{id}", self.0).into())
    }

    /// Returns `true` if it is the UID of the archived part of a meeting.
    pub fn is_archived_part(&self) -> bool {
        self.0.contains(ARCHIVED_PART)
    }

    /// Returns the UID, in a domain, of an instance of a series that was planned for a day and is no longer in it.
    #[must_use]
    pub fn instance(&self, domain: &str, day: Date) -> Self {
        Self::from_path(domain, &format!("{}/{day}", self.0))
    }

    /// Creates a UID from one that the event had in another system. It is kept unchanged.
    ///
    /// ```
    /// use convene::timetable::Uid;
    ///
    /// assert_eq!(Uid::from_foreign("4711@calendar.example").as_str(), "4711@calendar.example");
    /// ```
    pub fn from_foreign(uid: &str) -> Self {
        Self(uid.into())
    }

    /// Returns the UID as feeds have it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
