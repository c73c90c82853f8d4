//! The venues of a study group, each with its time zone.

use std::collections::BTreeMap;

use super::day_parts::{DayParts, HoursSource};
use super::names::ResolvedVenue;
use super::texts::Texts;
use super::zones;
use crate::definition;
use crate::id::Id;
use crate::problem::{Problem, Problems};
use crate::timetable::Venue;

/// Resolves the venues. `None` for one that could not be decoded, which has been reported.
pub(super) fn venues(
    raw: &definition::Group,
    texts: &Texts<'_>,
    problems: &mut Problems,
) -> BTreeMap<Id, Option<ResolvedVenue>> {
    let mut venues = BTreeMap::new();
    for (id, venue) in raw.venues.iter().flat_map(|venues| &venues.list) {
        let venue = venue.as_ref().and_then(|venue| {
            let geo = geo(venue, problems);
            let address = texts.line(venue.address.as_ref(), problems);
            let place = texts.line(venue.place.as_ref(), problems);
            let zone = zones::zone(venue.zone.as_ref(), problems);
            let name = texts.line(venue.name.as_ref(), problems)?;
            let parts = DayParts::default().with(venue.hours.as_ref(), HoursSource::Venue);
            Some(ResolvedVenue { venue: Venue { name, address, place, geo }, zone, parts })
        });
        venues.insert(id.value.clone(), venue);
    }
    venues
}

fn geo(venue: &definition::Venue, problems: &mut Problems) -> Option<(String, String)> {
    let raw = venue.geo.as_ref()?;
    let within = |raw: &str, most: f64| raw.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= most);
    match &raw.values[..] {
        [north, east] if within(&north.value.0, 90.0) && within(&east.value.0, 180.0) => {
            Some((north.value.0.clone(), east.value.0.clone()))
        }
        _ => {
            problems.push(
                Problem::error(&raw.span, "invalid coordinates")
                    .label("expected latitude and longitude in degrees, such as [46.2217, 6.1372]"),
            );
            None
        }
    }
}
