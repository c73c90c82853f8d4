//! The mark of what does not take place, or not then.

use super::layout::{Layout, MarkedText};
use crate::feed::Entry;
use crate::timetable::Cancellation;

/// The mark of something that does not take place, or not then.
pub(super) struct CancelledMark {
    /// `cancelled` or `postponed`.
    pub(super) said: String,
    /// The reason, if one was given.
    pub(super) reason: Option<MarkedText>,
}

impl CancelledMark {
    /// Returns the mark of an entry, if it does not take place.
    pub(super) fn from_entry(entry: &Entry<'_>, layout: &Layout) -> Option<Self> {
        let cancelled = entry.cancelled()?;
        let reason = match cancelled {
            Cancellation::Announced(reason) | Cancellation::Postponed(reason) => {
                reason.as_ref().map(|reason| layout.text(reason, entry.group))
            }
            Cancellation::Gone => Some(Layout::own(layout.say("difference-gone"))),
            Cancellation::Replaced => Some(Layout::own(layout.say("difference-replaced"))),
        };
        Some(Self { said: said(cancelled, layout), reason })
    }
}

/// Returns `cancelled` or `postponed`.
pub(super) fn said(cancelled: &Cancellation, layout: &Layout) -> String {
    layout.say(match cancelled {
        Cancellation::Postponed(_) => "difference-postponed",
        Cancellation::Announced(_) | Cancellation::Gone | Cancellation::Replaced => "difference-cancelled",
    })
}
