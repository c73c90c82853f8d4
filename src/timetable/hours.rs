//! Which hours of an occurrence are announced, and which are assumed.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::DayPart;
use crate::id::Id;
use crate::zone::Zone;

/// Which hours of an occurrence a document announces. The others are the group's usual hours, or unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnnouncedHours {
    /// Neither start nor end, and none is assumed: it is shown on whole days.
    Unknown,
    /// Start and end.
    Announced,
    /// Start and end, both approximate.
    About,
    /// The start, and the latest end.
    AtLatest,
    /// The start. The end is the usual end of a part of the day.
    StartAnnounced(DayPart),
    /// The start. The end is that of a usual length.
    StartAlone,
    /// An approximate start. The end is that of a usual length.
    AboutStart,
    /// The end: it is shown on whole days.
    Until(Box<ZonedHour>),
    /// That it is after another session of the day. It is shown on whole days, or from the announced end of that session for
    /// a usual length.
    After(Box<Id>),
    /// Neither: the hours are the usual ones of a part of the day in the study group.
    Usual(DayPart),
    /// Neither: the hours are the usual ones of a part of the day at the venue.
    UsualAtVenue(DayPart),
}

/// An hour on the clock of a zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZonedHour {
    /// The hour.
    pub hour: Time,
    /// The zone.
    pub zone: Zone,
}

impl AnnouncedHours {
    /// Returns `true` if a start is shown, and the end is assumed.
    pub fn is_end_assumed(&self) -> bool {
        matches!(self, Self::StartAnnounced(_) | Self::StartAlone | Self::AboutStart | Self::After(_))
    }

    /// Returns `true` if a start may be shown that nobody announced, nor is usual.
    pub fn is_start_assumed(&self) -> bool {
        matches!(self, Self::After(_))
    }

    /// Returns `true` if a start is announced, be it approximate.
    pub fn has_start(&self) -> bool {
        match self {
            Self::Announced
            | Self::About
            | Self::AtLatest
            | Self::StartAnnounced(_)
            | Self::StartAlone
            | Self::AboutStart => true,
            Self::Unknown | Self::Until(_) | Self::After(_) | Self::Usual(_) | Self::UsualAtVenue(_) => false,
        }
    }

    /// Returns the part of the day that is announced instead of hours.
    pub fn usual_part(&self) -> Option<DayPart> {
        match self {
            Self::Usual(part) | Self::UsualAtVenue(part) => Some(*part),
            _ => None,
        }
    }
}
