//! Why something that was announced does not take place.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// Why something does not take place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cancellation {
    /// For this reason, which the definitions give.
    Announced(Text),
    /// The definitions no longer have it.
    Gone,
    /// The definitions have it under another identity now, at the same time: readers are not to think that it is off.
    Replaced,
}

impl Cancellation {
    /// The reason that the definitions give.
    pub fn reason(&self) -> Option<&Text> {
        match self {
            Self::Announced(reason) => Some(reason),
            Self::Gone | Self::Replaced => None,
        }
    }
}
