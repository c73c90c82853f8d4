//! What 1,000 meetings and 100,000 delegates cost, and what one edit: `cargo bench --bench growth`.
//!
//! A made-up study group of 1,000 meetings with 50 sessions and 4 deadlines each, and delegates who each follow something else,
//! are read, resolved, reviewed, published and prepared for serving; then one session gets another room, and all of it is
//! done again as the service does it. Prints the time of each part, and the ratio of a whole start to an edit. The
//! environment variables `MEETINGS`, `DELEGATES` and `EDITS` set other numbers.

#![allow(
    unreachable_pub,
    dead_code,
    clippy::cast_precision_loss,
    reason = "a program has no users, shares its corpus with others, and prints ratios"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use convene::definition::{DefinitionFile, FolderReader};
use convene::feed::EntryIndex;
use convene::icalendar::FragmentCache;
use convene::private::Secret;
use convene::resolve::Resolver;
use convene::review::review;
use convene::revision::Release;
use convene::server::ServerState;
use convene::store::{Location, NewRelease, PublishCause, PublishOutcome, Store, StoredRelease};
use jiff::Timestamp;

mod corpus;

use corpus::{corpus, delegates};

const PARTS: [&str; 5] = ["read", "resolved", "reviewed", "published", "taken up"];

fn setting(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

/// Returns the files with another room for one session.
fn edited(files: &[DefinitionFile], run: usize) -> Vec<DefinitionFile> {
    let mut files = files.to_vec();
    let meeting = files.iter().rposition(|file| file.path.contains("/m")).expect("a meeting");
    let text = String::from_utf8(files[meeting].bytes().expect("bytes").to_vec()).expect("UTF-8");
    let text = text.replacen("room: Room 1,", &format!("room: Other {run},"), 1);
    files[meeting] = DefinitionFile::new(files[meeting].path.clone(), text);
    files
}

struct Service {
    reader: FolderReader,
    resolver: Resolver,
    looked_over: Option<EntryIndex>,
    runtime: tokio::runtime::Runtime,
    store: Store,
    known: Option<StoredRelease>,
    live: ServerState,
    secret: Secret,
    second: i64,
}

impl Service {
    /// Does what the service does with the files, and returns the time of each part.
    fn take(&mut self, files: Vec<DefinitionFile>) -> [Duration; 5] {
        let mut times = Vec::new();
        let mut begun = Instant::now();
        let mut lap = |times: &mut Vec<Duration>| {
            times.push(begun.elapsed());
            begun = Instant::now();
        };
        let (definitions, mut problems) = self.reader.read(files.clone());
        lap(&mut times);
        let timetable = self.resolver.resolve(&definitions, &mut problems);
        let timetable = timetable.unwrap_or_else(|| panic!("{}", problems.report(false)));
        drop(definitions);
        lap(&mut times);
        let instant = Timestamp::from_second(1_500_000_000).expect("an instant");
        let base_url: url::Url = "https://convene.example/".parse().expect("a URL");
        let draft = Release::draft(timetable.clone(), instant, base_url.clone());
        let entry_index = EntryIndex::new(Arc::new(draft), self.looked_over.as_ref());
        let cache = FragmentCache::new(entry_index, None);
        review(&cache, &mut problems);
        self.looked_over = Some(cache.into_entry_index());
        lap(&mut times);
        let edition = NewRelease { files, timetable, base_url: Some(base_url), cause: PublishCause::Folder };
        self.second += 1;
        let second = 1_500_000_000 + self.second;
        let clock = move || Timestamp::from_second(second).expect("an instant");
        let outcome = self.runtime.block_on(self.store.publish(&mut self.known, edition, clock)).expect("it publishes");
        assert!(matches!(outcome, PublishOutcome::Published(_)));
        lap(&mut times);
        let release = self.known.as_ref().expect("a release").release.clone();
        self.live.activate_release(release, &self.secret);
        lap(&mut times);
        times.try_into().expect("five parts")
    }
}

fn main() {
    let (meetings, number) = (setting("MEETINGS", 1_000), setting("DELEGATES", 100_000));
    let place = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let store = runtime.block_on(Store::open(&Location::in_folder(place.path()))).expect("a store");
    let secret = Secret::from_bytes(b"a secret that everybody may know").expect("enough bytes");
    let mut service = Service {
        reader: FolderReader::new("meetings"),
        resolver: Resolver::default(),
        looked_over: None,
        runtime,
        store,
        known: None,
        live: ServerState::default(),
        secret,
        second: 0,
    };
    let mut files = corpus(meetings);
    files.push(delegates(number));
    let all = service.take(files.clone());
    // The first edit is compared with the first start; all later edits are alike.
    service.take(edited(&files, 0));
    let mut runs: Vec<[Duration; 5]> = (1..=setting("EDITS", 5)).map(|run| service.take(edited(&files, run))).collect();
    println!("{meetings} meetings, {} events, {number} delegates", meetings * 54);
    println!("{:<12} {:>12} {:>12} {:>8}", "", "everything", "one edit", "ratio");
    let mut edit = Duration::ZERO;
    for (index, part) in PARTS.iter().enumerate() {
        runs.sort_by_key(|run| run[index]);
        let (whole, one) = (all[index], runs[runs.len() / 2][index]);
        edit += one;
        println!("{part:<12} {whole:>12.1?} {one:>12.1?} {:>8.1}", whole.as_secs_f64() / one.as_secs_f64());
    }
    let whole: Duration = all.iter().sum();
    println!("{:<12} {whole:>12.1?} {edit:>12.1?} {:>8.1}", "all", whole.as_secs_f64() / edit.as_secs_f64());
}
