//! UIDs: what makes an event one and the same in every calendar, for ever.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The identity of an event in every calendar of the world. Source: RFC 5545 3.8.4.7
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Uid(Arc<str>);

impl Uid {
    /// The UID of what a path (`sg12/2025-01-geneva/opening-plenary`) names in a domain: a UUID of version 5 in the
    /// namespace of the domain, an at sign, the domain. clients.md C1, C5, C6
    ///
    /// ```
    /// use convene::timetable::Uid;
    ///
    /// let uid = Uid::of("sg12.itu.example", "sg12/2025-01-geneva/openings");
    /// assert_eq!(uid.as_str(), "0c32bd52-3cc0-5a67-9299-b5dcef9ddeb3@sg12.itu.example");
    /// ```
    pub fn of(domain: &str, path: &str) -> Self {
        let namespace = Uuid::new_v5(&Uuid::NAMESPACE_DNS, domain.as_bytes());
        let uuid = Uuid::new_v5(&namespace, path.as_bytes());
        Self(format!("{}@{domain}", uuid.hyphenated()).into())
    }

    /// The UID that an event had in another system, which is kept as it is.
    pub fn foreign(uid: &str) -> Self {
        Self(uid.into())
    }

    /// The UID as it stands in a feed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
