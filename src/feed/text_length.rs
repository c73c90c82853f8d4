//! How long the texts of an entry are at most: where a large feed is cut depends on it.

use std::ops::Deref;

use super::Entry;
use super::entry::EntryKind;
use crate::text::Text;
use crate::timetable::{Cancellation, Link, Meeting, SessionPlace, Venue};

/// An upper bound for the length of an entry's texts, before escaping and folding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TextLength {
    /// Bytes of the texts, each in its longest wording.
    pub bytes: u32,
    /// The number of URLs.
    pub links: u32,
}

impl TextLength {
    /// Adds two lengths.
    pub(super) fn plus(self, other: Self) -> Self {
        Self { bytes: self.bytes.saturating_add(other.bytes), links: self.links.saturating_add(other.links) }
    }

    /// Returns the length of what every entry of a meeting says of it. There may be very many entries.
    pub(super) fn from_meeting(meeting: &Meeting) -> Self {
        let mut length = Self::default();
        length.add(Some(&meeting.title));
        length.add(meeting.note.as_ref());
        length.add_links(&meeting.links);
        length.add_venue(meeting.venue.as_ref());
        length
    }

    fn add<W: Deref<Target = str>>(&mut self, text: Option<&Text<W>>) {
        let bytes = text.map_or(0, |text| u32::try_from(text.longest()).unwrap_or(u32::MAX));
        self.bytes = self.bytes.saturating_add(bytes);
    }

    fn add_links(&mut self, links: &[Link]) {
        for link in links {
            self.add(Some(&link.label));
        }
        self.links = self.links.saturating_add(u32::try_from(links.len()).unwrap_or(u32::MAX));
    }

    fn add_venue(&mut self, venue: Option<&Venue>) {
        self.add(venue.map(|venue| &venue.name));
        self.add(venue.and_then(|venue| venue.address.as_ref()));
    }
}

impl Entry<'_> {
    /// Returns an upper bound for the length of its texts.
    pub fn length(&self) -> TextLength {
        self.meeting.map(TextLength::from_meeting).unwrap_or_default().plus(self.own_length())
    }

    /// Returns an upper bound for the length of its texts without those of its meeting.
    pub(super) fn own_length(&self) -> TextLength {
        let mut length = TextLength::default();
        if let Some(details) = self.details() {
            length.add(details.title.as_ref());
            length.add(details.room.as_ref());
            length.add(details.chair.as_ref());
            length.add(details.note.as_ref());
            length.add_links(&details.links);
            if let Some(SessionPlace::Venue(venue)) = details.place.as_deref() {
                length.add_venue(Some(venue));
            }
        }
        if let EntryKind::Series(session, ..) = &self.kind {
            session.skipped.iter().for_each(|skipped| length.add(Some(&skipped.reason)));
        }
        if let EntryKind::Deadline(deadline) = &self.kind {
            length.add(deadline.how.as_ref());
            length.add(deadline.note.as_ref());
        }
        length.add(self.cancelled().and_then(Cancellation::reason));
        length
    }
}
