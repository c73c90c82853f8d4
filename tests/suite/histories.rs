//! Random histories of edits: after each edit the files are published, and the feeds must keep every promise.
//!
//! `CONVENE_HISTORIES=2000 cargo test histories` tries more histories.

use std::collections::BTreeSet;

use convene::publication::publish;
use convene::revision::Release;
use convene::timetable::Uid;
use jiff::{Timestamp, ToSpan};

use crate::support::edits::{Definitions, Random};
use crate::support::promises::Promises;
use crate::support::{self, publish_request};

const EDITS: usize = 24;

/// What happened in the histories.
#[derive(Debug, Default)]
struct Tally {
    releases: usize,
    refused: usize,
    conflicts: usize,
    revised: usize,
    renames: usize,
}

#[test]
fn every_promise_holds_over_random_histories() {
    let histories = std::env::var("CONVENE_HISTORIES").map_or(12, |number| number.parse().expect("a number"));
    let mut tally = Tally::default();
    let first = std::env::var("CONVENE_HISTORY").map_or(0, |number| number.parse().expect("a number"));
    for seed in first..first + histories {
        history(seed, &mut tally);
    }
    println!("{histories} histories of {EDITS} edits: {tally:?}");
    // The histories are eventful.
    assert!(tally.releases > 10 * histories, "{tally:?}");
    assert!(tally.revised > 20 * histories, "{tally:?}");
    // No edit gives a UID to something else.
    assert_eq!(tally.conflicts, 0, "{tally:?}");
}

const FORGET: &str = "forget the former name";

/// Returns the UIDs of a release.
fn uids(release: &Release) -> BTreeSet<Uid> {
    let meetings = release.timetable.groups.iter().flat_map(convene::timetable::Group::listed_meetings);
    let uids = meetings.flat_map(|meeting| {
        let occurrences = meeting.sessions.iter().flat_map(|session| &session.occurrences);
        let deadlines = meeting.deadlines.iter().map(|deadline| &deadline.uid);
        occurrences.map(|occurrence| &occurrence.uid).chain(deadlines).chain([&meeting.uid])
    });
    uids.cloned().collect()
}

/// Plays the history with a number.
fn history(seed: usize, tally: &mut Tally) {
    let mut random = Random::from_seed(seed);
    let mut definitions = Definitions::first(&mut random);
    let mut instant: Timestamp = "2025-06-01T08:00:00Z".parse().expect("an instant");
    let mut promises = Promises::default();
    let mut release: Option<Release> = None;
    let mut past: Vec<Definitions> = Vec::new();
    for step in 0..EDITS {
        let what = format!("history {seed}, edit {step}");
        let mut edited = definitions.clone();
        let edit = if step == 0 { "first" } else { edited.edit(&mut random, &past) };
        instant = instant.checked_add(random.pick(&[1, 60, 3_600, 80_000, 250_000]).seconds()).expect("an instant");
        let Ok(timetable) = support::timetable(edited.files()) else {
            tally.refused += 1;
            continue;
        };
        let made = match publish(release.as_ref(), publish_request(timetable.clone(), instant)) {
            Ok(made) => made,
            Err(conflicts) => {
                assert!(!conflicts.is_empty());
                tally.conflicts += 1;
                continue;
            }
        };
        if let Some(before) = release.as_ref().filter(|_| ["rename", "rename a meeting", FORGET].contains(&edit)) {
            tally.renames += 1;
            let (then, now) = (uids(before), uids(&made.release));
            let new: Vec<&Uid> = now.difference(&then).collect();
            assert!(new.is_empty(), "{what}, {edit}: {new:?} instead of {:?}", then.difference(&now));
        }
        tally.releases += 1;
        tally.revised += made.revised;
        promises.keep(&format!("{what}, {edit}"), &made.release, instant);
        // Publishing the same files in another order changes nothing.
        let mut files = edited.files();
        files.reverse();
        let again = support::timetable(files).unwrap_or_else(|problems| panic!("{}", problems.report(false)));
        let same = publish(Some(&made.release), publish_request(again, instant)).expect("no conflict with itself");
        assert!(same.touched.is_empty(), "{what}, {edit}: the same again touches {:?}", same.touched);
        assert_eq!(Release { number: made.release.number, ..same.release }, made.release, "{what}, {edit}");
        past.push(definitions);
        definitions = edited;
        release = Some(made.release);
    }
}
