//! Whose time the hours of a timetable are.

use std::collections::BTreeMap;

use super::cell::EntryOccurrence;
use super::grid::ByDay;
use super::layout::Layout;
use crate::timetable::When;
use crate::wording;
use crate::zone::Zone;

/// Returns the most common time zone.
pub(super) fn common_zone<'h>(occurrences: &[&EntryOccurrence<'h>]) -> Option<&'h Zone> {
    let mut zones: BTreeMap<&str, (usize, &Zone)> = BTreeMap::new();
    for item in occurrences {
        if let When::Timed(span) = &item.occurrence.when {
            zones.entry(span.zone().name()).or_insert((0, span.zone())).0 += 1;
        }
    }
    // The first of equally common zones.
    let most = zones.values().map(|(number, _)| *number).max()?;
    zones.into_values().find(|(number, _)| *number == most).map(|(_, zone)| zone)
}

/// Returns whose time a week is in, and its UTC offset if that does not change within the week.
pub(super) fn clock_of(days: &ByDay<'_, '_>, layout: &Layout) -> Option<(String, String)> {
    let placed = || days.values().flatten();
    let zone = placed().find_map(|placed| placed.zone)?;
    let mut clocks = placed().map(|placed| layout.clock(zone, placed.item.entry.meeting, placed.item.entry.group));
    let first = clocks.next()?;
    // Meetings in several cities of one zone.
    let clock = if clocks.all(|other| other == first) {
        first
    } else {
        wording::clock_name(zone.name(), None, layout.messages)
    };
    let mut offsets = placed().filter_map(|placed| match &placed.item.occurrence.when {
        When::Timed(span) => Some(placed.zone?.offset_text(span.start().instant)),
        When::AllDay(_) => None,
    });
    let first = offsets.next()?;
    Some((clock, if offsets.all(|other| other == first) { format!("UTC{first}") } else { String::new() }))
}
