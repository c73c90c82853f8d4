//! Ids and short names: of study groups, working parties, Questions, meetings, sessions, deadlines.
//!
//! Turns a typed name into one that fits in an address and in a UID. Knows nothing of what it names.

mod packed;

use std::fmt;
use std::sync::Arc;

use icu_normalizer::DecomposingNormalizerBorrowed;
use serde::{Deserialize, Serialize};

pub use packed::PackedIds;

/// The id of a study group, meeting, session, deadline, venue or audience: lower case letters, digits and single
/// hyphens, at most 50 bytes, so that every address fits.
///
/// ```
/// use convene::id::Id;
///
/// assert_eq!(Id::parse("2025-01-geneva").expect("an id").words(), "2025 01 geneva");
/// assert!(Id::parse("Geneva 2025").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Id(Arc<str>);

/// What an id looks like, for messages.
pub const ID_FORM: &str = "lower case letters, digits and hyphens";

/// The longest id, in bytes.
pub const MAX_ID: usize = 50;

impl Id {
    /// Parses an id, or returns `None` if it is invalid.
    pub fn parse(written: &str) -> Option<Self> {
        let part = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        (written.len() <= MAX_ID && written.split('-').all(part)).then(|| Self(written.into()))
    }

    /// Returns the id as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the id as words, for where there is no better text.
    ///
    /// ```
    /// assert_eq!(convene::id::Id::parse("opening-plenary").map(|id| id.words()).as_deref(), Some("opening plenary"));
    /// ```
    pub fn words(&self) -> String {
        self.0.replace('-', " ")
    }
}

impl TryFrom<String> for Id {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        Self::parse(&written).ok_or_else(|| format!("`{written}` is no id: expected {ID_FORM}"))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The short name of a body as its people write it: `WP1`, `TG 6/7`, `krb-wg`, `802.16`. Addresses have it in lower case,
/// without accents, and with hyphens.
///
/// ```
/// use convene::id::BodyName;
///
/// assert_eq!(BodyName::parse("WP1").expect("a name").address(), "wp1");
/// assert_eq!(BodyName::parse("TG 6/7").expect("a name").address(), "tg-6-7");
/// assert_eq!(BodyName::parse("WG 21 (C++)").expect("a name").address(), "wg-21-c");
/// assert_eq!(BodyName::parse("Comité São Paulo").expect("a name").address(), "comite-sao-paulo");
/// assert!(BodyName::parse("WP1, WP2").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct BodyName(String);

/// What a body's name looks like, for messages.
pub const BODY_FORM: &str =
    "a body's short name: letters and digits, with single spaces, hyphens, slashes, dots, `&`, `+`, `#` or parentheses";

/// The longest name of a body, in characters.
pub const MAX_BODY_NAME: usize = 40;

impl BodyName {
    /// Parses a name, or returns `None` if it is invalid.
    pub fn parse(written: &str) -> Option<Self> {
        let is_between = |character: char| " ./-_&+'’()#".contains(character);
        let is_wide = |character: char| ('\u{FF01}'..='\u{FF5E}').contains(&character);
        let is_allowed =
            |character: char| (character.is_alphanumeric() && !is_wide(character)) || is_between(character);
        let is_whole = written.starts_with(char::is_alphanumeric)
            && written.ends_with(|last: char| last.is_alphanumeric() || ")+#".contains(last));
        let fits = written.chars().count() <= MAX_BODY_NAME && !written.contains("  ");
        (is_whole && fits && written.chars().all(is_allowed)).then(|| Self(written.to_owned()))
    }

    /// Returns the name as written: `WP1`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the name as addresses have it: `wp1`. Empty if it has no letter that ASCII has, and no digit.
    pub fn address(&self) -> String {
        if self.0.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return self.0.to_ascii_lowercase();
        }
        let mut address = String::new();
        for character in DecomposingNormalizerBorrowed::new_nfd().normalize(&self.0).chars() {
            let is_accent = matches!(character, '\u{300}'..='\u{36F}');
            if character.is_ascii_alphanumeric() {
                address.push(character.to_ascii_lowercase());
            } else if !is_accent && !address.is_empty() && !address.ends_with('-') {
                address.push('-');
            }
        }
        address.truncate(address.trim_end_matches('-').len());
        address
    }
}

impl TryFrom<String> for BodyName {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        Self::parse(&written).ok_or_else(|| format!("`{written}` is no name of a body: expected {BODY_FORM}"))
    }
}

impl fmt::Display for BodyName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The first parts of addresses in a study group that are other feeds or pages. No meeting, audience or body may have
/// them.
pub const RESERVED: [&str; 6] = ["all", "plenaries", "deadlines", "meetings", "changes", "follow"];

/// The first parts of addresses of the whole service, besides the languages of pages. No study group may have them.
pub const RESERVED_GROUPS: [&str; 8] =
    ["delegate", "embed", "assets", "status", "healthz", "readyz", "metrics", "changes"];
