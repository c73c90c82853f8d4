//! What rendering costs: `cargo bench --bench render`.
//!
//! The feeds of a made-up study group are put together from fragments, rendered without them, written by the `icalendar` crate in a simple
//! loop, and copied in memory, which is the lower bound. Prints the time per event and its ratio to that of the copy; delegates with and without preferences are measured separately.

#![allow(
    unreachable_pub,
    dead_code,
    clippy::cast_precision_loss,
    reason = "a program has no users, shares its corpus with others, and prints ratios"
)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ::icalendar::{Calendar, Component, EventLike};
use convene::definition;
use convene::feed::{EntryIndex, Feed, Selection};
use convene::icalendar::{self, FragmentCache};
use convene::resolve::resolve;
use convene::revision::Release;
use convene::timetable::When;
use convene::wording;

mod corpus;

use corpus::{corpus, delegates};

const MEETINGS: usize = 12;
const DELEGATES: usize = 2_000;
const RUNS: usize = 15;

/// The median time of several runs, each over everything.
fn median(mut run: impl FnMut() -> usize) -> (Duration, usize) {
    let mut bytes = 0;
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            bytes = run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    (times[RUNS / 2], bytes)
}

/// Writes a feed with the crate in the simplest way.
fn naive(feed: &Feed<'_>) -> String {
    let mut calendar = Calendar::new();
    for entry in feed.entries() {
        let texts = wording::entry(&entry, &feed.language, None);
        let mut event = ::icalendar::Event::new();
        event.uid(entry.uid().as_str()).summary(&texts.summary).description(&texts.description);
        match entry.when() {
            When::Timed(span) => {
                event.starts(wall(span.start().wall));
                event.ends(wall(span.end().wall));
            }
            When::AllDay(days) => {
                event.all_day(chrono::NaiveDate::parse_from_str(&days.first().to_string(), "%Y-%m-%d").expect("a day"));
            }
        }
        if let Some(location) = &texts.location {
            event.location(location);
        }
        calendar.push(event.done());
    }
    calendar.to_string()
}

fn wall(wall: jiff::civil::DateTime) -> chrono::NaiveDateTime {
    let text = wall.strftime("%Y%m%dT%H%M%S").to_string();
    chrono::NaiveDateTime::parse_from_str(&text, "%Y%m%dT%H%M%S").expect("a time")
}

fn main() {
    let mut files = corpus(MEETINGS);
    files.push(delegates(DELEGATES));
    let (definitions, mut problems) = definition::read("meetings", files);
    let timetable = resolve(&definitions, &mut problems).unwrap_or_else(|| panic!("{}", problems.report(false)));
    let instant = "2008-01-07T00:00:00Z".parse().expect("an instant");
    let release = Release::draft(timetable, instant, "https://convene.example/".parse().expect("a URL"));
    let group = release.timetable.groups[0].clone();
    let delegates: Vec<_> =
        release.timetable.delegates.iter().map(|delegate| Selection::Delegate(Arc::new(delegate))).collect();
    let bodies: Vec<_> =
        group.indexed_bodies().skip(1).map(|(body, _)| Selection::Body { group: group.id.clone(), body }).collect();
    let cache = FragmentCache::new(EntryIndex::new(Arc::new(release), None), None);
    let entry_index = cache.entry_index();
    let feed = |selection: &Selection| Feed::new(entry_index, selection.clone(), None);
    for (name, selections) in [("feeds of bodies", &bodies), ("feeds of delegates", &delegates)] {
        let rendered: Vec<Vec<u8>> =
            selections.iter().map(|selection| icalendar::render(&feed(selection)).into_bytes()).collect();
        let events: usize = selections.iter().map(|selection| feed(selection).entry_refs().len()).sum();
        let (copy, bytes) = median(|| rendered.iter().map(|bytes| black_box(bytes.clone()).len()).sum());
        let (picked, _) =
            median(|| selections.iter().map(|selection| black_box(feed(selection)).entry_refs().len()).sum());
        let (printed, _) = median(|| {
            selections
                .iter()
                .map(|selection| usize::from(black_box(cache.render(feed(selection)).fingerprint()).0[0]))
                .sum()
        });
        let (assembled, _) = median(|| {
            let assembled = selections.iter().map(|selection| {
                let rendered_feed = cache.render(feed(selection));
                black_box(rendered_feed.fingerprint());
                black_box(rendered_feed.bytes()).len()
            });
            assembled.sum()
        });
        let few = &selections[..selections.len().min(100)];
        let share = selections.len() as f64 / few.len() as f64;
        let (anew, _) =
            median(|| few.iter().map(|selection| black_box(icalendar::render(&feed(selection))).len()).sum());
        let (crate_s, _) = median(|| few.iter().map(|selection| black_box(naive(&feed(selection))).len()).sum());
        println!(
            "{name}: {} of {} kB and {} events each",
            selections.len(),
            bytes / selections.len() / 1000,
            events / selections.len()
        );
        let row = |what: &str, time: f64| {
            let copies = time / copy.as_secs_f64();
            let per_feed = time * 1e6 / selections.len() as f64;
            println!(
                "  {what:<34} {per_feed:>9.1} µs a feed {:>8.0} ns an event {copies:>8.1} copies",
                time * 1e9 / events as f64
            );
        };
        row("copied", copy.as_secs_f64());
        row("picked", picked.as_secs_f64());
        row("picked, with its print (a 304)", printed.as_secs_f64());
        row("put together from fragments", assembled.as_secs_f64());
        row("rendered anew", anew.as_secs_f64() * share);
        row("by the crate's naive loop", crate_s.as_secs_f64() * share);
    }
}
