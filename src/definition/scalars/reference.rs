//! References: to bodies of any study group, and to former ids.

use super::Scalar;
use super::occurrence::OccurrenceRef;
use crate::id::{BodyName, Id};

/// A body of this study group (`Q5`), or of another one (`SG9/Q2`). Both names may have slashes, so that only the names
/// of all bodies tell which it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyReference(pub BodyName);

impl BodyReference {
    /// Returns the name as written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl Scalar for BodyReference {
    const NAME: &'static str = BodyName::NAME;
    const EXPECTED: &'static str = "the short name of a body, such as WP1, TG 6/7, or SG9/Q2 in another study group";
    const PATTERN: &'static str = BodyName::PATTERN;

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        BodyName::from_text(text).map(Self)
    }
}

/// The UID that an event had in another system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignUid(pub String);

impl Scalar for ForeignUid {
    const NAME: &'static str = "UID";
    const EXPECTED: &'static str =
        "a UID: at most 255 visible characters of ASCII, no blank, comma, semicolon or backslash";
    const PATTERN: &'static str = "^[!-+\\--:<-\\[\\]-~]{1,255}$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        // clients.md C5: receivers accept 255 bytes. Characters that need an escape have broken stores.
        let fits = |byte: u8| byte.is_ascii_graphic() && !b",;\\".contains(&byte);
        let is_uid = (1..=255).contains(&text.len()) && text.bytes().all(fits);
        if is_uid {
            Ok(Self(text.to_owned()))
        } else {
            Err(Some("copy it from the `UID:` line of the other system's file".to_owned()))
        }
    }
}

/// What an entry was called before: an id, or one occurrence of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerId {
    /// The former id.
    pub id: Id,
    /// The occurrence, if the session had several.
    pub occurrence: Option<OccurrenceRef>,
}

impl FormerId {
    /// Returns `true` if it names an occurrence by the day alone, on which there may be several.
    pub fn is_unclear(&self) -> bool {
        self.occurrence.as_ref().is_some_and(|occurrence| occurrence.part_or_hour.is_none())
    }
}

impl Scalar for FormerId {
    const NAME: &'static str = "former id";
    const EXPECTED: &'static str = "an earlier id (old-id), or one occurrence of a session (ad-hoc 2025-01-15 morning)";
    const PATTERN: &'static str = "^[a-z0-9]+(-[a-z0-9]+)*( .+)?$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let (id, occurrence) = text.split_once(' ').map_or((text, None), |(id, rest)| (id, Some(rest.trim())));
        Ok(Self { id: Id::from_text(id)?, occurrence: occurrence.map(OccurrenceRef::from_text).transpose()? })
    }
}
