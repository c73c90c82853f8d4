//! Where an entry is: at its own place, else where its meeting is.

use super::Entry;
use crate::text::Text;
use crate::timetable::{Details, SessionPlace, Venue};

impl<'r> Entry<'r> {
    /// Returns the venue; `None` if it is not known, or if it is online.
    pub fn venue(&self) -> Option<&'r Venue> {
        self.venue_with(self.details())
    }

    /// Returns the city; `None` if it is not known, or if it is online.
    pub fn city(&self) -> Option<&'r Text> {
        self.city_with(self.details())
    }

    /// Returns `true` if it is a session that is nowhere but at its link.
    pub fn is_online(&self) -> bool {
        self.details().is_some_and(|details| details.place.as_deref() == Some(&SessionPlace::Online))
    }

    /// Returns the venue with the details of an occurrence.
    pub fn venue_with(&self, details: Option<&'r Details>) -> Option<&'r Venue> {
        match details.and_then(|details| details.place.as_deref()) {
            Some(SessionPlace::Venue(venue)) => Some(venue),
            Some(SessionPlace::City(_) | SessionPlace::Online) => None,
            None => self.meeting?.venue.as_ref(),
        }
    }

    /// Returns the city with the details of an occurrence.
    pub fn city_with(&self, details: Option<&'r Details>) -> Option<&'r Text> {
        match details.and_then(|details| details.place.as_deref()) {
            Some(SessionPlace::Venue(venue)) => venue.place.as_ref(),
            Some(SessionPlace::City(city)) => Some(city),
            Some(SessionPlace::Online) => None,
            None => self.meeting?.city(),
        }
    }
}
