//! Stories: folders of edits, published to a ledger one after the other, with the bytes of every feed after each.
//!
//! `tests/history/STORY/1`, `2`, … are steps. Each contains `at`, the instant of its release; the files that it adds
//! or changes (`meetings/…`); and, in `removed`, the paths of those that it removes. The expected results are
//! `feeds/…` and, in `diff`, the output of `convene diff`, or `problems` if the step is refused. `CONVENE_BLESS=1
//! cargo test stories` writes them anew. After each step, calendars that ignore events that are not newer must show
//! the content of the feeds.

mod calendars;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use convene::cli::changes;
use convene::definition::DefinitionFile;
use convene::store::{Location, NewRelease, PublishCause, PublishOutcome, Store, StoredRelease};
use jiff::Timestamp;

use crate::support::{addresses, files, get, repository, site, timetable, tree, write_file};
use calendars::Calendars;

/// Returns the stories, by name.
pub fn stories() -> Vec<PathBuf> {
    let mut stories: Vec<PathBuf> = fs::read_dir(repository().join("tests/history"))
        .expect("tests/history")
        .map(|entry| entry.expect("a story").path())
        .collect();
    stories.sort();
    assert!(stories.len() >= 8, "the stories are gone");
    stories
}

/// Returns the steps of a story, in order.
pub fn steps(story: &Path) -> Vec<PathBuf> {
    let steps = (1..).map(|number| story.join(number.to_string()));
    steps.take_while(|step| step.exists()).collect()
}

/// Applies a step to the folder of definitions, and returns its files.
pub fn edit(folder: &mut BTreeMap<String, DefinitionFile>, step: &Path) -> Vec<DefinitionFile> {
    for file in files(&step.join("meetings")) {
        folder.insert(file.path.clone(), file);
    }
    let removed = fs::read_to_string(step.join("removed")).unwrap_or_default();
    for path in removed.lines() {
        assert!(folder.remove(path).is_some(), "{}: there is no {path} to remove", step.display());
    }
    folder.values().cloned().collect()
}

/// Publishes the steps of a story, and compares the results.
pub fn run_story(story: &Path, location: &Location, bless: bool) {
    let mut story_run = StoryRun::on(location);
    for step in steps(story) {
        story_run.step(&step, bless);
    }
    story_run.runtime.block_on(story_run.ledger.close());
}

/// A ledger to which a story is published, and the release that is known of it.
pub struct StoryRun {
    pub runtime: tokio::runtime::Runtime,
    pub ledger: Store,
    pub folder: BTreeMap<String, DefinitionFile>,
    pub known: Option<StoredRelease>,
    calendars: Calendars,
    /// Whether stamps are left out of the comparison: a ledger of another renderer has other ones.
    pub ignores_stamps: bool,
}

impl StoryRun {
    pub fn on(location: &Location) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let ledger = runtime.block_on(Store::open(location)).expect("a store");
        Self {
            runtime,
            ledger,
            folder: BTreeMap::new(),
            known: None,
            calendars: Calendars::default(),
            ignores_stamps: false,
        }
    }

    /// Publishes a step, and compares the results.
    pub fn step(&mut self, step: &Path, bless: bool) {
        let Self { runtime, ledger, folder, known, calendars, ignores_stamps } = self;
        let name = step.strip_prefix(repository()).unwrap_or(step).display().to_string();
        let instant: Timestamp = fs::read_to_string(step.join("at")).expect("an instant").trim().parse().expect("one");
        let files = edit(folder, step);
        let timetable =
            timetable(files.clone()).unwrap_or_else(|problems| panic!("{name}: {}", problems.report(false)));
        let new_release = NewRelease {
            files,
            timetable,
            base_url: Some("https://convene.example/".parse().expect("a URL")),
            cause: if step.join("recover").exists() { PublishCause::Recovery } else { PublishCause::Folder },
        };
        let before = known.clone();
        let outcome = runtime.block_on(ledger.publish(known, new_release, || instant)).expect("it publishes");
        let mut made: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        match outcome {
            PublishOutcome::Published(publication) => {
                assert_eq!(publication.release, known.as_ref().expect("a release").release, "{name}");
                let list = publication.release.changes.first();
                let list = list.filter(|changes| changes.release == publication.release.number);
                let lines = list.map(|changes| changes::lines(&changes.list, true)).unwrap_or_default();
                let notes = changes::notes(before.as_ref().map(|before| &before.release), &publication.release);
                made.insert(
                    "diff".to_owned(),
                    lines.into_iter().chain(notes).map(|line| line + "\n").collect::<String>().into_bytes(),
                );
            }
            PublishOutcome::Refused(conflicts) => {
                let line = |conflict: &convene::publication::UidConflict| {
                    let convene::publication::UidConflict { uid, known, claimed } = conflict;
                    format!("{} is known as {known}, and would be {claimed}\n", uid.as_str())
                };
                made.insert("problems".to_owned(), conflicts.iter().map(line).collect::<String>().into_bytes());
            }
            PublishOutcome::Same | PublishOutcome::Superseded(_) | PublishOutcome::Outdated => {
                panic!("{name}: nothing was published")
            }
        }
        // Reading everything from the store, or only what is new, gives the same release.
        let stored = runtime.block_on(ledger.latest(None)).expect("it reads");
        assert_eq!(stored, *known, "{name}: as stored");
        let followed = runtime.block_on(ledger.latest(before.as_ref())).expect("it reads");
        assert!(followed == *known || before == *known, "{name}: as followed");
        let release = &known.as_ref().expect("a release").release;
        let service = site(release);
        for (name, path) in addresses(release).into_iter().filter(|(name, _)| is_kept(name)) {
            made.insert(format!("feeds/{name}"), get(&service, &path).body);
        }
        calendars.fetch(&name, &made);
        let normal = if *ignores_stamps { without_stamps } else { ToOwned::to_owned };
        compare(step, &name, &made, bless, normal);
    }
}

/// Returns `true` for feeds in the first language, and for one in the second. Other tests cover the rest.
fn is_kept(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or_default();
    file.matches('.').count() == 1 || file == "all.zh.ics"
}

/// Returns a feed without the stamps of its events.
fn without_stamps(feed: &str) -> String {
    let is_stamp = |line: &&str| ["DTSTAMP", "LAST-MODIFIED", "SEQUENCE"].iter().any(|stamp| line.starts_with(stamp));
    feed.split('\n').filter(|line| !is_stamp(line)).collect::<Vec<_>>().join("\n")
}

fn compare(step: &Path, name: &str, made: &BTreeMap<String, Vec<u8>>, bless: bool, normal: impl Fn(&str) -> String) {
    let golden =
        || tree(step).into_iter().filter(|path| path.starts_with("feeds/") || path == "diff" || path == "problems");
    if bless {
        for path in golden() {
            fs::remove_file(step.join(path)).expect("to remove");
        }
        for (path, bytes) in made {
            write_file(&step.join(path), bytes);
        }
    }
    assert_eq!(golden().collect::<Vec<_>>(), made.keys().cloned().collect::<Vec<_>>(), "the files of {name}");
    for (path, bytes) in made {
        let golden = fs::read(step.join(path)).expect("a golden file");
        let (golden, now) = (normal(&String::from_utf8_lossy(&golden)), normal(&String::from_utf8_lossy(bytes)));
        let differs = golden.split('\n').zip(now.split('\n')).find(|(golden, now)| golden != now);
        assert!(golden == now, "{name}/{path} differs: {differs:?}");
    }
}
