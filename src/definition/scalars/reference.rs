//! References: to bodies of any study group, and to what an entry was called before.

use std::fmt;

use super::Scalar;
use super::occasion::Occasion;
use crate::body::{BodyName, Id};

/// A body of this study group (`Q5`), or of another one (`SG9/Q2`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyReference {
    /// The short name of the other study group.
    pub group: Option<BodyName>,
    /// The body's own name.
    pub name: BodyName,
}

impl Scalar for BodyReference {
    const EXPECTED: &'static str = "the short name of a body, such as WP1, Q12, or SG9/Q2 in another study group";
    const PATTERN: &'static str = "^([A-Z]+[0-9]*/)?[A-Z]+[0-9]*$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        if let Some((group, name)) = typed.split_once('/') {
            let parts = BodyName::from_written(group).zip(BodyName::from_written(name));
            if let Some((group, name)) = parts {
                return Ok(Self { group: Some(group), name });
            }
        }
        BodyName::from_typed(typed).map(|name| Self { group: None, name })
    }
}

impl fmt::Display for BodyReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.group {
            Some(group) => write!(formatter, "{group}/{}", self.name),
            None => write!(formatter, "{}", self.name),
        }
    }
}

/// The UID that an event had in another system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignUid(pub String);

impl Scalar for ForeignUid {
    const EXPECTED: &'static str =
        "a UID: at most 255 visible characters of ASCII, no blank, comma, semicolon or backslash";
    const PATTERN: &'static str = "^[!-+\\--:<-\\[\\]-~]{1,255}$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        // clients.md C5: receivers must take 255 octets. What needs an escape in a feed has broken stores.
        let fits = |octet: u8| octet.is_ascii_graphic() && !b",;\\".contains(&octet);
        let is_uid = (1..=255).contains(&typed.len()) && typed.bytes().all(fits);
        if is_uid {
            Ok(Self(typed.to_owned()))
        } else {
            Err(Some("copy it from the line `UID:` of the other system's file".to_owned()))
        }
    }
}

/// What an entry was called before: the id of a session or deadline, or one occurrence of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Was {
    /// The id.
    pub id: Id,
    /// The occurrence, where the session had several.
    pub occasion: Option<Occasion>,
}

impl Scalar for Was {
    const EXPECTED: &'static str = "an earlier id (old-id), or one occurrence of a session (ad-hoc 2025-01-15 morning)";
    const PATTERN: &'static str = "^[a-z0-9]+(-[a-z0-9]+)*( .+)?$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let (id, occasion) = typed.split_once(' ').map_or((typed, None), |(id, rest)| (id, Some(rest.trim())));
        Ok(Self { id: Id::from_typed(id)?, occasion: occasion.map(Occasion::from_typed).transpose()? })
    }
}
