//! Random histories of edits.

use convene::publication::publish;
use convene::revision::Release;

use crate::support::edits::{Definitions, Random};
use crate::support::{publish_request, timetable};

/// Returns the releases of a random history, more than 20.
pub fn releases(seed: usize) -> Vec<Release> {
    let releases = releases_of(seed);
    assert!(releases.len() > 20);
    releases
}

/// Returns the releases of a random history.
pub fn releases_of(seed: usize) -> Vec<Release> {
    let mut random = Random::from_seed(seed);
    let mut definitions = Definitions::first(&mut random);
    let mut releases: Vec<Release> = Vec::new();
    for step in 0..30 {
        let mut edited = definitions.clone();
        edited.edit(&mut random, &[]);
        let Ok(timetable) = timetable(edited.files()) else { continue };
        definitions = edited;
        let instant = jiff::Timestamp::from_second(1_748_764_800 + step * 3_000).expect("an instant");
        releases.extend(publish(releases.last(), publish_request(timetable, instant)).map(|made| made.release).ok());
    }
    releases
}
