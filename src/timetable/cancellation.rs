//! Why something that was announced does not take place, or not then.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// Why something does not take place, or not then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cancellation {
    /// The definitions say so, with this reason if one was given.
    Announced(Option<Text>),
    /// The definitions say that it will take place at another time that is not known yet, with this reason if one was
    /// given.
    Postponed(Option<Text>),
    /// The definitions no longer contain it.
    Gone,
    /// The definitions have it under another UID, at the same time: readers must not think that it is cancelled.
    Replaced,
}

impl Cancellation {
    /// Returns `true` if the definitions no longer contain it, or have it under another UID.
    pub fn is_removal(&self) -> bool {
        matches!(self, Self::Gone | Self::Replaced)
    }

    /// Returns `true` if the definitions say that it will take place at another time.
    pub fn is_postponed(&self) -> bool {
        matches!(self, Self::Postponed(_))
    }

    /// Returns the reason that the definitions give.
    pub fn reason(&self) -> Option<&Text> {
        match self {
            Self::Announced(reason) | Self::Postponed(reason) => reason.as_ref(),
            Self::Gone | Self::Replaced => None,
        }
    }
}
