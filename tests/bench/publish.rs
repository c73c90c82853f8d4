//! How long publishing takes, and how large the ledger is: `cargo bench --bench publish`.
//!
//! A made-up study group of 1,000 meetings with 50 sessions and 4 deadlines each is published as a whole, then with one
//! session changed, then unchanged; the ledger is SQLite's. Prints the ratio of a whole publication to one of a single change: less than 3
//! is a failure. Reading and resolving the files is not part of it: `--bench check` measures that.

#![allow(
    unreachable_pub,
    dead_code,
    clippy::cast_precision_loss,
    reason = "a program has no users, shares its corpus with others, and prints ratios"
)]

use std::time::{Duration, Instant};

use convene::definition::{self, DefinitionFile};
use convene::resolve::resolve;
use convene::store::{Location, NewRelease, PublishCause, PublishOutcome, Store, StoredRelease};
use jiff::Timestamp;

mod corpus;

use corpus::{SESSIONS, corpus};

const MEETINGS: usize = 1_000;
const RUNS: i64 = 5;

fn edition(files: Vec<DefinitionFile>) -> NewRelease {
    let (definitions, mut problems) = definition::read("meetings", files.clone());
    let timetable = resolve(&definitions, &mut problems).unwrap_or_else(|| panic!("{}", problems.report(false)));
    let base_url = Some("https://convene.example/".parse().expect("a URL"));
    NewRelease { files, timetable, base_url, cause: PublishCause::Folder }
}

/// Returns the corpus with another room for one session.
fn edited(run: i64) -> Vec<DefinitionFile> {
    let mut files = corpus(MEETINGS);
    let file = files.last_mut().expect("a meeting");
    let text = String::from_utf8(file.bytes().expect("bytes").into()).expect("UTF-8");
    *file = DefinitionFile::new(file.path.clone(), text.replacen("room: Room 1,", &format!("room: Other {run},"), 1));
    files
}

fn main() {
    let folder = std::env::temp_dir().join(format!("convene-bench-{}", std::process::id()));
    let location = Location::in_folder(&folder);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let store = runtime.block_on(Store::open(&location)).expect("a store");
    // In the middle of the meetings: half of them are in the future.
    let at = |second: i64| move || Timestamp::from_second(1_500_000_000 + second).expect("an instant");
    let mut known: Option<StoredRelease> = None;
    let publish = |edition: NewRelease, known: &mut Option<StoredRelease>, second: i64| -> (Duration, PublishOutcome) {
        let start = Instant::now();
        let outcome = runtime.block_on(store.publish(known, edition, at(second))).expect("it publishes");
        (start.elapsed(), outcome)
    };
    let (all, _) = publish(edition(corpus(MEETINGS)), &mut known, 0);
    let mut one: Vec<Duration> = Vec::new();
    for run in 1..=RUNS {
        let (time, outcome) = publish(edition(edited(run)), &mut known, run);
        let PublishOutcome::Published(publication) = outcome else { panic!("nothing was published") };
        assert_eq!(publication.release.changes[0].list.len(), 1);
        one.push(time);
    }
    one.sort_unstable();
    let one = one[one.len() / 2];
    let (same, outcome) = publish(edition(edited(RUNS)), &mut known, RUNS + 1);
    assert!(matches!(outcome, PublishOutcome::Same));
    let start = Instant::now();
    let read = runtime.block_on(store.latest(None)).expect("it reads");
    let reading = start.elapsed();
    assert_eq!(read, known);
    runtime.block_on(store.close());
    let bytes = std::fs::metadata(folder.join("ledger.sqlite")).expect("the ledger").len();
    let _ = std::fs::remove_dir_all(&folder);
    let events = MEETINGS * (SESSIONS + 4);
    println!("{events} events published: {all:.1?}");
    println!("one of them changed:     {one:.1?}");
    println!("nothing changed:         {same:.1?}");
    println!("read by a new process:   {reading:.1?}");
    println!("the ledger:              {} bytes per event", bytes / u64::try_from(events).expect("a number"));
    let ratio = all.as_secs_f64() / one.as_secs_f64();
    println!("one change costs {ratio:.1} times less than all of them");
    assert!(ratio > 3.0);
}
