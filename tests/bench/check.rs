//! How long the check takes, and that it grows with what it checks: `cargo bench --bench check`.
//!
//! A made-up study group of 1,000 meetings with 50 sessions each is read, resolved and reviewed, and so is one of 100
//! meetings. Prints the median of several runs, the time per event, and how many times longer ten times the meetings take:
//! more than 11 is a failure.

#![allow(
    unreachable_pub,
    dead_code,
    clippy::cast_precision_loss,
    reason = "a program has no users, shares its corpus with others, and prints ratios"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use convene::definition;
use convene::feed::EntryIndex;
use convene::icalendar::FragmentCache;
use convene::resolve::resolve;
use convene::review::review;
use convene::revision::Release;

mod corpus;

use corpus::{SESSIONS, corpus};

const RUNS: usize = 9;

/// The median times of reading, resolving and reviewing.
fn measure(meetings: usize) -> [Duration; 3] {
    let files = corpus(meetings);
    let mut times: [Vec<Duration>; 3] = Default::default();
    for _ in 0..RUNS {
        let files = files.clone();
        let start = Instant::now();
        let (definitions, mut problems) = definition::read("meetings", files);
        let read = Instant::now();
        let timetable = resolve(&definitions, &mut problems).unwrap_or_else(|| panic!("{}", problems.report(false)));
        let resolved = Instant::now();
        // Before all meetings, so that they are in the future in every feed.
        let instant = "2007-01-01T00:00:00Z".parse().expect("an instant");
        let release = Release::draft(timetable, instant, "https://convene.example/".parse().expect("a URL"));
        review(&FragmentCache::new(EntryIndex::new(Arc::new(release), None), None), &mut problems);
        problems.apply_waivers();
        let reviewed = Instant::now();
        // One warning: a feed with so many future entries is too large.
        assert!(problems.sorted().len() <= 1, "{}", problems.report(false));
        for (times, time) in times.iter_mut().zip([read - start, resolved - read, reviewed - resolved]) {
            times.push(time);
        }
    }
    times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    })
}

fn main() {
    let (few, many) = (100, 1_000);
    let (small, large) = (measure(few), measure(many));
    let events = |meetings: usize| f64::from(u32::try_from(meetings * (SESSIONS + 4)).expect("a number"));
    println!("{:<12} {:>14} {:>14} {:>14} {:>8}", "", "100 meetings", "1,000 meetings", "per event", "ratio");
    let row = |name: &str, small: Duration, large: Duration| {
        let per_event = large.as_secs_f64() * 1e6 / events(many);
        let ratio = large.as_secs_f64() / small.as_secs_f64();
        println!("{name:<12} {small:>14.1?} {large:>14.1?} {per_event:>11.2} µs {ratio:>8.2}");
        ratio
    };
    for (index, name) in ["reading", "resolving", "reviewing"].into_iter().enumerate() {
        row(name, small[index], large[index]);
    }
    let ratio = row("all", small.iter().sum(), large.iter().sum());
    assert!(ratio <= 11.0, "ten times the meetings take {ratio:.2} times as long");
}
