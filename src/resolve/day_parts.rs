//! The hours of the parts of the day: usual ones of a study group or of a venue, and those that a meeting announces.

use jiff::civil::Time;

use super::is_section_complete;
use crate::definition::{DayPart, Entries, HourRange, Spanned};

/// Hours as written, by part of the day.
type WrittenHours = Entries<DayPart, Spanned<HourRange>>;

/// The hours of the parts of the day.
#[derive(Clone, Copy, Default)]
pub(super) struct DayParts([Option<PartHours>; DayPart::WORDS.len()]);

/// The hours of one part of the day.
#[derive(Clone, Copy)]
pub(super) struct PartHours {
    pub(super) range: HourRange,
    /// Whose hours they are.
    pub(super) source: HoursSource,
}

/// Whose hours of a part of the day they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum HoursSource {
    /// The usual ones of the study group.
    Group,
    /// The usual ones of a venue.
    Venue,
    /// Those that a meeting announces.
    Meeting,
}

/// Returns `true` if all hours are known: left out, or read without an error.
pub(super) fn are_hours_complete(raw: Option<&WrittenHours>, is_written: bool) -> bool {
    is_section_complete(raw, is_written) && raw.into_iter().flat_map(|raw| &raw.list).all(|(_, hours)| hours.is_some())
}

impl DayParts {
    /// Returns the same with these hours instead.
    #[must_use]
    pub(super) fn with(mut self, raw: Option<&WrittenHours>, source: HoursSource) -> Self {
        for (part, hours) in raw.into_iter().flat_map(|raw| &raw.list) {
            if let Some(hours) = hours {
                self.0[part.value as usize] = Some(PartHours { range: hours.value, source });
            }
        }
        self
    }

    /// Returns the same with the hours of others, where they have any.
    pub(super) fn with_parts_of(mut self, others: Self) -> Self {
        for (own, other) in self.0.iter_mut().zip(others.0) {
            *own = other.or(*own);
        }
        self
    }

    /// Returns the hours of a part of the day, if they are defined.
    pub(super) fn get(&self, part: DayPart) -> Option<PartHours> {
        self.0[part as usize]
    }

    /// Iterates over the parts of the day that have hours.
    pub(super) fn known(&self) -> impl Iterator<Item = DayPart> {
        [DayPart::Morning, DayPart::Afternoon, DayPart::Evening].into_iter().filter(|part| self.get(*part).is_some())
    }

    /// Returns the first end of a part of the day after a start: today's, or that of a part that ends after midnight. The
    /// part is named if the end is its usual one in the study group.
    pub(super) fn next_end(&self, start: Time) -> Option<(Option<DayPart>, Time)> {
        let hours = || self.known().filter_map(|part| Some((part, self.get(part)?)));
        let today = hours().filter(|(_, hours)| !hours.range.next_day && hours.range.end > start);
        let tonight = || hours().find(|(_, hours)| hours.range.next_day);
        let first = today.min_by_key(|(_, hours)| hours.range.end).or_else(tonight);
        first.map(|(part, hours)| ((hours.source == HoursSource::Group).then_some(part), hours.range.end))
    }
}
