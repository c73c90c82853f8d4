//! Names: of study groups, working parties, Questions, meetings, sessions, deadlines.
//!
//! Turns a typed name into one that is known to fit in an address and in a UID. Knows nothing of what it names.

mod ids;

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use ids::Ids;

/// What identifies a study group, a meeting, a session, a deadline, a venue or an audience: lower case letters,
/// digits and single hyphens between them, at most 50 octets, so that every address fits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Id(Arc<str>);

/// What an id looks like, in words.
pub const ID_FORM: &str = "lower case letters, digits and hyphens";

impl Id {
    /// The id that is written so, or `None` where it is not one.
    pub fn from_written(written: &str) -> Option<Self> {
        let part = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        (written.len() <= 50 && written.split('-').all(part)).then(|| Self(written.into()))
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id as words, for where there is no better text.
    pub fn words(&self) -> String {
        self.0.replace('-', " ")
    }
}

impl TryFrom<String> for Id {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        Self::from_written(&written).ok_or_else(|| format!("`{written}` is no id: expected {ID_FORM}"))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The short name of a body: letters and then digits, `WP1`, `Q12`, `SG12`. In an address it is in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct BodyName(String);

/// What a body's name looks like, in words.
pub const BODY_FORM: &str = "a body's short name: capital letters, then digits (WP1, Q12)";

impl BodyName {
    /// The name that is written so, or `None` where it is not one.
    pub fn from_written(written: &str) -> Option<Self> {
        let digits = written.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
        let named = digits.len() < written.len() && written.len() <= 20;
        (named && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| Self(written.to_owned()))
    }

    /// The name as written: `WP1`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as it stands in an address: `wp1`.
    pub fn address(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl TryFrom<String> for BodyName {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        Self::from_written(&written).ok_or_else(|| format!("`{written}` is no name of a body: expected {BODY_FORM}"))
    }
}

impl fmt::Display for BodyName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// First parts of addresses in a study group that name feeds or pages of their own, and so no meeting, audience or
/// body.
pub const RESERVED: [&str; 6] = ["all", "plenaries", "deadlines", "meetings", "changes", "follow"];

/// First parts of addresses of the whole service, and so no study group.
pub const RESERVED_GROUPS: [&str; 14] = [
    "delegate", "embed", "assets", "status", "healthz", "readyz", "metrics", "changes", // the languages of pages
    "ar", "en", "es", "fr", "ru", "zh",
];
