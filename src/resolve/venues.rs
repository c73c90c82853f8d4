//! The venues of a study group, each with the zone of its clocks.

use std::collections::BTreeMap;

use super::names::Site;
use super::texts::Texts;
use super::zones;
use crate::body::Id;
use crate::definition;
use crate::problem::{Problem, Problems};
use crate::timetable::Venue;

/// The venues by id; none where one could not be read, which has been reported.
pub(super) fn venues(
    typed: &definition::Group,
    texts: &Texts<'_>,
    problems: &mut Problems,
) -> BTreeMap<Id, Option<Site>> {
    let mut venues = BTreeMap::new();
    for (id, venue) in typed.venues.iter().flat_map(|venues| &venues.list) {
        let venue = venue.as_ref().and_then(|venue| {
            let geo = geo(venue, problems);
            let address = texts.line(venue.address.as_ref(), problems);
            let place = texts.line(venue.place_name.as_ref(), problems);
            let zone = zones::zone(venue.zone.as_ref(), problems);
            let name = texts.line(venue.name.as_ref(), problems)?;
            Some(Site { venue: Venue { name, address, place, geo }, zone })
        });
        venues.insert(id.value.clone(), venue);
    }
    venues
}

fn geo(venue: &definition::Venue, problems: &mut Problems) -> Option<(String, String)> {
    let typed = venue.geo.as_ref()?;
    let within = |typed: &str, most: f64| typed.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= most);
    match &typed.values[..] {
        [north, east] if within(&north.value.0, 90.0) && within(&east.value.0, 180.0) => {
            Some((north.value.0.clone(), east.value.0.clone()))
        }
        _ => {
            problems.push(
                Problem::error(&typed.place, "this is no point on the Earth")
                    .label("expected latitude and longitude in degrees, such as [46.2217, 6.1372]"),
            );
            None
        }
    }
}
