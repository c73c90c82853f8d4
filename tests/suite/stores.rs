//! The store returns what was published, whoever publishes at the same time, and whatever is killed.
//!
//! Both test targets include this module, each with its own kind of ledger ([`new_ledger`]): SQLite in `tests/suite`,
//! PostgreSQL in `tests/outside`.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use convene::definition::DefinitionFile;
use convene::publication::{Publication, publish};
use convene::revision::Release;
use convene::store::{Location, NewRelease, PublishCause, PublishOutcome, Store, StoreErrorKind, StoredRelease};
use jiff::Timestamp;
use sha2::Digest;
use sqlx::AnyPool;

use crate::new_ledger;
use crate::support::edits::{Definitions, Random};
use crate::support::promises::Promises;
use crate::support::{files, first_of_changed, publish_request, repository, rewrite, timetable, tree};

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

fn new_release(files: Vec<DefinitionFile>) -> NewRelease {
    let timetable = timetable(files.clone()).unwrap_or_else(|problems| panic!("{}", problems.report(false)));
    let base_url = Some("https://convene.example/".parse().expect("a URL"));
    NewRelease { files, timetable, base_url, cause: PublishCause::Folder }
}

fn second(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("an instant")
}

const JUNE_2025: i64 = 1_748_764_800;

/// A ledger to publish to, and the release that is known of it.
struct TestLedger {
    runtime: tokio::runtime::Runtime,
    location: Location,
    store: Store,
    known: Option<StoredRelease>,
    _folder: Option<tempfile::TempDir>,
}

impl TestLedger {
    fn new() -> Self {
        let (location, folder) = new_ledger();
        Self::open(location, folder)
    }

    fn open(location: Location, folder: Option<tempfile::TempDir>) -> Self {
        let runtime = runtime();
        let store = runtime.block_on(Store::open(&location)).expect("a store");
        Self { runtime, location, store, known: None, _folder: folder }
    }

    /// Creates one in SQLite, whatever the target uses.
    fn in_folder() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self::open(Location::in_folder(folder.path()), Some(folder))
    }

    /// Publishes at a second of June 2025.
    fn publish(&mut self, new_release: NewRelease, at: i64) -> PublishOutcome {
        let publishing = self.store.publish(&mut self.known, new_release, || second(JUNE_2025 + at));
        self.runtime.block_on(publishing).expect("it publishes")
    }

    fn publish_anew(&mut self, at: i64) -> PublishOutcome {
        let publishing = self.store.publish_anew(&mut self.known, || second(JUNE_2025 + at));
        self.runtime.block_on(publishing).expect("it publishes")
    }

    /// Returns the latest release as it is stored.
    fn latest(&self) -> Option<StoredRelease> {
        self.runtime.block_on(self.store.latest(None)).expect("it reads")
    }

    /// Returns the latest release as it is known.
    fn release(&self) -> &Release {
        &self.known.as_ref().expect("a release").release
    }

    /// Runs a statement that convene never runs.
    fn run(&self, statement: &str) {
        let pool = pool(&self.runtime, &self.location);
        let statement = sqlx::AssertSqlSafe(statement.to_owned());
        self.runtime.block_on(sqlx::raw_sql(statement).execute(&pool)).expect("a statement");
        self.runtime.block_on(pool.close());
    }

    fn close(self) {
        self.runtime.block_on(self.store.close());
    }
}

/// Returns the publication; panics if there is none.
fn published(outcome: PublishOutcome) -> Publication {
    let PublishOutcome::Published(publication) = outcome else { panic!("{outcome:?}") };
    *publication
}

#[test]
fn random_histories_are_stored_and_read_unchanged() {
    let (location, _folder) = new_ledger();
    let runtime = runtime();
    let ledger = runtime.block_on(Store::open(&location)).expect("a store");
    let mut known: Option<StoredRelease> = None;
    let mut pure: Option<Release> = None;
    let mut chance = Random::from_seed(7);
    let mut definitions = Definitions::first(&mut chance);
    let mut past = Vec::new();
    for step in 0..60 {
        let instant = second(JUNE_2025 + step * 20_000);
        definitions.edit(&mut chance, &past);
        past.push(definitions.clone());
        let Ok(timetable) = timetable(definitions.files()) else { continue };
        let made = publish(pure.as_ref(), publish_request(timetable, instant));
        let before = known.clone();
        let stored = runtime.block_on(ledger.publish(&mut known, new_release(definitions.files()), || instant));
        match (made, stored.expect("it publishes")) {
            (Ok(made), PublishOutcome::Published(_)) => pure = Some(made.release),
            (Err(_), PublishOutcome::Refused(_)) | (Ok(_), PublishOutcome::Same) => {}
            (made, stored) => panic!("{step}: {made:?} {stored:?}"),
        }
        assert_eq!(known.as_ref().map(|known| &known.release), pure.as_ref(), "{step}: as made");
        assert_eq!(runtime.block_on(ledger.latest(None)).expect("it reads"), known, "{step}: as stored");
        let followed = runtime.block_on(ledger.latest(before.as_ref())).expect("it reads");
        assert!(followed == known || before == known, "{step}: as followed");
        let number = known.as_ref().map_or(0, |known| known.release.number);
        if matches!(step % 10, 9) {
            let mut kept = runtime.block_on(ledger.definitions(number)).expect("definitions");
            // Private definitions are not returned.
            let mut written: Vec<DefinitionFile> =
                definitions.files().into_iter().filter(|file| file.path.contains('/')).collect();
            kept.sort_by(|a, b| a.path.cmp(&b.path));
            written.sort_by(|a, b| a.path.cmp(&b.path));
            assert!(kept == written || before == known, "{step}: the definitions as they were");
        }
    }
    runtime.block_on(ledger.close());
}

/// Returns definitions whose room names their publisher.
fn signed(by: &str) -> Vec<DefinitionFile> {
    first_of_changed("room: K}", &format!("room: {by}}}"))
}

#[test]
fn eight_publishers_at_once_lose_no_update_and_give_no_sequence_twice() {
    const PUBLISHERS: usize = 8;
    const EDITIONS: usize = 6;
    let (location, _folder) = new_ledger();
    let clock = Arc::new(AtomicI64::new(JUNE_2025));
    // Each publisher may be the one that creates the ledger.
    let threads: Vec<_> = (0..PUBLISHERS)
        .map(|publisher| {
            let (location, clock) = (location.clone(), Arc::clone(&clock));
            std::thread::spawn(move || {
                let runtime = self::runtime();
                let ledger = runtime.block_on(Store::open(&location)).expect("a store");
                let mut known = None;
                for number in 0..EDITIONS {
                    let new_release = new_release(signed(&format!("R{publisher}-{number}")));
                    // Every look at this clock returns the next second.
                    let now = || second(clock.fetch_add(1, Ordering::SeqCst));
                    let outcome = runtime.block_on(ledger.publish(&mut known, new_release, now)).expect("it publishes");
                    assert!(matches!(outcome, PublishOutcome::Published(_)), "{outcome:?}");
                }
                runtime.block_on(ledger.close());
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("a publisher");
    }
    let runtime = runtime();
    let ledger = runtime.block_on(Store::open(&location)).expect("a store");
    let past = runtime.block_on(ledger.history()).expect("it reads");
    let numbers: Vec<u32> = past.iter().rev().map(|release| release.changes.release).collect();
    let all = u32::try_from(PUBLISHERS * EDITIONS).expect("a number");
    assert_eq!(numbers, (1..=all).collect::<Vec<_>>(), "no update is lost");
    let rooms: std::collections::BTreeSet<String> = past
        .iter()
        .flat_map(|release| &release.changes.list)
        .map(|change| change.room.as_ref().expect("a room").first().to_owned())
        .collect();
    // The first release lists no changes.
    assert_eq!(rooms.len(), PUBLISHERS * EDITIONS - 1, "every edition was there");
    let mut sequences: Vec<u32> =
        past.iter().rev().flat_map(|release| &release.changes.list).map(|change| change.sequence).collect();
    let given = sequences.len();
    sequences.dedup();
    assert_eq!(sequences, (1..all).collect::<Vec<_>>(), "each is one more than the one before");
    assert_eq!(sequences.len(), given, "no SEQUENCE is given twice");
    let instants: Vec<Timestamp> = past.iter().rev().map(|release| release.published).collect();
    assert!(instants.windows(2).all(|pair| pair[0] < pair[1]), "each is later than the one before");
    runtime.block_on(ledger.close());
}

/// Kills a publisher at random moments. Afterwards the ledger must be complete, and keep every promise.
/// `CONVENE_KILLS=1000 cargo test killed` kills it more often.
#[test]
fn a_ledger_is_complete_after_its_publisher_was_killed() {
    let kills = std::env::var("CONVENE_KILLS").map_or(60, |number| number.parse().expect("a number"));
    let publisher = std::path::Path::new(env!("CARGO_BIN_EXE_convene")).with_file_name("examples").join("publisher");
    let (location, _folder) = new_ledger();
    let name = match &location {
        Location::File(file) => file.display().to_string(),
        Location::Postgres(url) => url.to_string(),
    };
    let runtime = runtime();
    let mut promises = Promises::with_gaps();
    let mut chance = Random::from_seed(kills);
    let mut releases = Vec::new();
    let mut known: Option<StoredRelease> = None;
    for kill in 0..kills {
        let mut child = Command::new(&publisher)
            .args([&kill.to_string(), &name])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the publisher, which `cargo build --examples` builds");
        // It prints each release. Then wait by counting, which takes a different time each time, and needs no clock.
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        for _ in 0..=chance.below(4) {
            let mut line = String::new();
            assert!(output.read_line(&mut line).expect("a line") > 0, "the publisher has ended");
        }
        let turns = chance.below(20_000_000);
        let counted = (0..turns).fold(0, |sum: usize, turn| std::hint::black_box(sum.wrapping_add(turn)));
        assert!(turns < 2 || counted > 0);
        child.kill().expect("to kill it");
        child.wait().expect("its end");
        // As after a restart: everything is read.
        let ledger = runtime.block_on(Store::open(&location)).expect("it opens");
        let stored = runtime.block_on(ledger.latest(None)).expect("it reads");
        if let Some(followed) = runtime.block_on(ledger.latest(known.as_ref())).expect("it reads") {
            assert_eq!(Some(&followed), stored.as_ref(), "{kill}: what is followed is what is there");
        }
        let numbers: Vec<u32> =
            runtime.block_on(ledger.history()).expect("it reads").iter().map(|past| past.changes.release).collect();
        let number = stored.as_ref().map_or(0, |stored| stored.release.number);
        assert_eq!(numbers, (1..=number).rev().collect::<Vec<_>>(), "{kill}: no release is torn");
        if let Some(stored) = &stored {
            promises.keep(&format!("{location}: kill {kill}"), &stored.release, stored.release.published);
            releases.push(stored.release.number);
        }
        known = stored;
        runtime.block_on(ledger.close());
    }
    println!("{location}: {kills} kills, {:?} releases", releases.last());
    assert!(releases.last().is_some_and(|last| *last as usize > kills), "it was killed before it did anything");
}

#[test]
fn an_older_ledger_is_migrated_and_a_newer_one_is_refused() {
    let (location, _folder) = new_ledger();
    let runtime = runtime();
    let with_delegates = |room: &str| {
        let mut files = signed(room);
        files.push(DefinitionFile::new(
            "delegates.yaml",
            "- {id: delegate-1, follows: [SG1/Q1]}\n- {id: delegate-2, follows: [SG1/Q1]}\n",
        ));
        files
    };
    let first = new_release(with_delegates("K"));
    let mut known = None;
    // A current ledger, reduced to what the first version had.
    let ledger = runtime.block_on(Store::open(&location)).expect("a store");
    let at = |second: i64| move || self::second(JUNE_2025 + second);
    runtime.block_on(ledger.publish(&mut known, first, at(0))).expect("it publishes");
    runtime.block_on(ledger.close());
    let pool = pool(&runtime, &location);
    let run = |statement: &'static str| {
        runtime.block_on(sqlx::raw_sql(statement).execute(&pool)).expect("a statement");
    };
    run("ALTER TABLE releases DROP COLUMN recovered");
    run("ALTER TABLE definitions DROP COLUMN digest");
    run("ALTER TABLE private_definitions DROP COLUMN digest");
    run("ALTER TABLE publisher DROP COLUMN secret");
    run("ALTER TABLE events DROP COLUMN told");
    run("DELETE FROM _sqlx_migrations WHERE version > 1");
    let known_delegates = &known.as_ref().expect("a release").release.timetable.delegates;
    assert!(!known_delegates.is_empty());
    let in_one_piece = serde_json::to_string(&known_delegates.iter().collect::<Vec<_>>()).expect("JSON");
    run("DELETE FROM private_parts");
    let insert = "INSERT INTO private_parts (path, release, content) VALUES ('delegates', 1, $1)";
    runtime.block_on(sqlx::query(insert).bind(in_one_piece).execute(&pool)).expect("a statement");
    // The digest of the definitions was that of their bytes.
    let mut hash = sha2::Sha256::new();
    let mut all = with_delegates("K");
    all.sort_by(|a, b| a.path.cmp(&b.path));
    for file in all {
        for part in [file.path.as_bytes(), &file.bytes().expect("bytes")] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    let digest = convene::private::to_hex(&hash.finalize()[..16]);
    let update = "UPDATE releases SET digest = $1";
    runtime.block_on(sqlx::query(update).bind(digest).execute(&pool)).expect("a statement");
    let ledger = runtime.block_on(Store::open(&location)).expect("it is brought up to date");
    let latest = runtime.block_on(ledger.latest(None)).expect("it reads");
    assert_eq!(latest.as_ref().map(|latest| &latest.release), known.as_ref().map(|known| &known.release));
    known = latest;
    let outcome = runtime.block_on(ledger.publish(&mut known, new_release(with_delegates("K")), at(1)));
    assert!(matches!(outcome, Ok(PublishOutcome::Same)), "{outcome:?}");
    let outcome =
        runtime.block_on(ledger.publish(&mut known, new_release(with_delegates("L")), at(1))).expect("it publishes");
    let PublishOutcome::Published(publication) = outcome else { panic!("{outcome:?}") };
    assert_eq!(publication.release.changes[0].list[0].sequence, 1);
    runtime.block_on(ledger.close());
    let query = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(&pool);
    let newest: i64 = runtime.block_on(query).expect("the newest form");
    assert_eq!(newest, 5, "a new form of the ledger needs a case here");
    let steps = tree(&repository().join("src/store/migrations"));
    assert_eq!(steps.len(), 5, "every file is a step that is taken: {steps:?}");
    run("UPDATE _sqlx_migrations SET version = 1000 WHERE version = 5");
    let refused = runtime.block_on(Store::open(&location)).expect_err("it is of a newer version");
    assert_eq!(refused.kind(), StoreErrorKind::NewerVersion);
    assert!(
        format!("{refused:#}").contains("was written by a newer version of convene: start that version"),
        "{refused:#}"
    );
    runtime.block_on(pool.close());
}

fn pool(runtime: &tokio::runtime::Runtime, location: &Location) -> AnyPool {
    sqlx::any::install_default_drivers();
    let url = match location {
        Location::File(file) => format!("sqlite:{}", file.display()),
        Location::Postgres(url) => url.to_string(),
    };
    runtime.block_on(AnyPool::connect(&url)).expect("a connection")
}

/// A new renderer publishes the same definitions as a release of its own, and revises only the events that it renders
/// differently.
#[test]
fn another_renderer_revises_only_what_it_renders_differently() {
    let mut book = TestLedger::new();
    book.publish(new_release(signed("K")), 0);
    let q1 = "session sg1/2025-03-geneva/q1";
    book.run("UPDATE releases SET renderer = '0/1999a'");
    book.run(&format!(
        "UPDATE events SET prints = '{{\"en\":\"00000000000000000000000000000000\"}}' WHERE meaning = '{q1}'"
    ));
    book.known = None;
    let publication = published(book.publish(new_release(signed("K")), 1));
    for record in publication.release.ledger.records.values() {
        // The notice of empty feeds has the day of the release, which is the same.
        assert_eq!(record.revision.sequence, u32::from(record.meaning == q1), "{record:?}");
    }
    let outcome = book.publish(new_release(signed("K")), 2);
    assert!(matches!(outcome, PublishOutcome::Same), "{outcome:?}");
    book.close();
}

/// A rollback survives a new renderer, which renders the served release again and not the one that was superseded.
#[test]
fn rendering_a_release_again_keeps_its_metadata() {
    let mut book = TestLedger::new();
    for (number, room) in [(0, "K"), (1, "L")] {
        book.publish(new_release(signed(room)), number);
    }
    book.publish(NewRelease { cause: PublishCause::Rollback(1), ..new_release(signed("K")) }, 2);
    book.run("UPDATE releases SET renderer = '0/1999a'");
    book.known = book.latest();
    let before = book.known.clone().expect("a release");
    let publication = published(book.publish_anew(3));
    assert_eq!((publication.revised, publication.release.number), (0, 4), "this renderer makes the same bytes");
    let after = book.known.clone().expect("a release");
    assert_eq!(after.meta, convene::store::ReleaseMeta { renderer: after.meta.renderer.clone(), ..before.meta });
    assert_eq!(after.release.timetable, before.release.timetable);
    assert_eq!(book.latest(), book.known);
    let outcome = book.publish(new_release(signed("L")), 4);
    assert!(matches!(outcome, PublishOutcome::Superseded(Some(1))), "{outcome:?}");
    let outcome = book.publish_anew(5);
    assert!(matches!(outcome, PublishOutcome::Same), "{outcome:?}");
    book.close();
}

/// A rollback does not restore revoked private addresses.
#[test]
fn a_rollback_does_not_change_delegates() {
    let mut book = TestLedger::new();
    let with = |delegates: &str, room: &str, is_later: bool| {
        let mut files = signed(room);
        for file in files.iter_mut().filter(|file| is_later && file.path.ends_with("group.yaml")) {
            // Another position in the list, and a body that the first release did not have.
            rewrite(file, |text| text.replace("  Q1: {name: First}", "  Q9: {name: Ninth}\n  Q1: {name: First}"));
        }
        files.push(DefinitionFile::new("delegates.yaml", delegates.to_owned()));
        files
    };
    let first = with("- {id: delegate-1, follows: [SG1/Q1]}\n- {id: delegate-2, follows: [SG1/Q3]}\n", "K", false);
    book.publish(new_release(first), 0);
    let then = with("- {id: delegate-1, key: 2, follows: [SG1/Q1, SG1/Q9]}\n", "L", true);
    book.publish(new_release(then), 1);
    let restored: Vec<DefinitionFile> = book.runtime.block_on(book.store.definitions(1)).expect("definitions");
    assert!(restored.iter().all(|file| file.path.contains('/')));
    published(book.publish(NewRelease { cause: PublishCause::Rollback(1), ..new_release(restored) }, 2));
    let release = book.release();
    let delegates: Vec<_> = release.timetable.delegates.iter().collect();
    let [delegate] = &delegates[..] else { panic!("{delegates:?}") };
    assert_eq!((delegate.id.as_str(), delegate.key), ("delegate-1", 2));
    let group = &release.timetable.groups[0];
    let followed: Vec<&str> = delegate.follows[0].bodies.iter().map(|body| group.bodies[*body].name.as_str()).collect();
    assert_eq!(followed, ["Q1", "Q9"]);
    assert_eq!(book.latest(), book.known);
    book.close();
}

/// An old backup, or a ledger that was created by mistake, is recognized as another ledger.
#[test]
fn a_release_of_another_ledger_is_recognized() {
    let mut book = TestLedger::new();
    let mut other = TestLedger::in_folder();
    other.publish(new_release(signed("K")), 0);
    for number in 1..4 {
        book.publish(new_release(signed(&format!("R{number}"))), number);
    }
    let number = |of: &TestLedger| {
        let known = of.known.as_ref().expect("a release");
        book.runtime.block_on(book.store.number(known)).expect("it reads")
    };
    assert_eq!(number(&other), None);
    assert_eq!(number(&book), Some(3));
    assert_eq!(book.runtime.block_on(book.store.latest(other.known.as_ref())).expect("it reads"), book.known);
    book.close();
}

/// clients.md D4: the lost ledger may have been replaced by an empty one or by an old backup.
#[test]
fn recovery_raises_known_events_too() {
    let mut book = TestLedger::new();
    book.publish(new_release(signed("K")), 0);
    let before = book.release().clone();
    let recovered = NewRelease { cause: PublishCause::Recovery, ..new_release(signed("K")) };
    let publication = published(book.publish(recovered, 1));
    assert!(publication.release.changes.first().is_none_or(|changes| changes.release == 1), "nothing to tell");
    let minutes = u32::try_from((JUNE_2025 + 1 - 1_577_836_800) / 60).expect("a number");
    for (uid, record) in &publication.release.ledger.records {
        assert_eq!(record.revision.sequence, minutes, "{uid:?}");
        assert!(record.revision.modified > before.ledger.records[uid].revision.modified, "{uid:?}");
    }
    assert_eq!(publication.revised, publication.release.ledger.records.len());
    assert_eq!(book.latest(), book.known);
    book.close();
}

/// clients.md D4: no SEQUENCE is lower than one that was served, even if an event comes back later.
#[test]
fn after_recovery_no_sequence_is_lower_than_one_that_was_served() {
    let mut book = TestLedger::new();
    let mut lost = TestLedger::in_folder();
    for number in 0..40 {
        lost.publish(new_release(signed(&format!("R{number}"))), number);
    }
    let served = lost.release().ledger.records.clone();
    // An event is missing when the ledger begins again, and comes back later.
    let mut without = signed("R39");
    for file in &mut without {
        rewrite(file, |text| {
            let kept = text.lines().filter(|line| !line.contains("id: q1"));
            kept.fold(String::new(), |all, line| all + line + "\n")
        });
    }
    let recovered = NewRelease { cause: PublishCause::Recovery, ..new_release(without) };
    book.publish(recovered, 50);
    book.publish(new_release(signed("R39")), 51);
    let now = &book.release().ledger.records;
    assert!(served.len() > 4);
    for (uid, record) in &served {
        let again = &now[uid].revision;
        assert!(again.sequence > record.revision.sequence, "{uid:?}: {again:?}");
        assert!(again.modified > record.revision.modified, "{uid:?}: {again:?}");
    }
    book.close();
}

/// The error names the table, but not its content, which may be about delegates.
#[test]
fn stored_values_that_cannot_be_decoded_are_an_error_of_their_own_kind() {
    for statement in [
        "UPDATE parts SET content = '{\"secret-delegate\": 1}'",
        "UPDATE parts SET content = NULL WHERE path = 'sg1'",
        "UPDATE private_parts SET content = 'secret-delegate'",
        "UPDATE private_parts SET path = 'secret-delegate'",
        "UPDATE private_wishes SET print = 'secret-delegate'",
        "UPDATE events SET prints = 'secret-delegate'",
        "UPDATE events SET sequence = -1",
        "UPDATE events SET modified = 9000000000000000",
        "UPDATE releases SET base_url = 'secret-delegate'",
        "UPDATE releases SET restores = -1",
        "UPDATE releases SET changes = 'secret-delegate'",
    ] {
        let mut book = TestLedger::new();
        let mut files = signed("K");
        files.push(DefinitionFile::new("delegates.yaml", "- {id: delegate-1, follows: [SG1/Q1]}\n"));
        book.publish(new_release(files), 0);
        book.run(statement);
        let error = book.runtime.block_on(book.store.latest(None)).expect_err(statement);
        assert_eq!(error.kind(), StoreErrorKind::Unreadable, "{statement}: {error}");
        let message = error.to_string();
        assert!(message.contains("what is in it cannot be read by this version of convene"), "{statement}: {message}");
        assert!(!message.contains("secret-delegate") || statement.contains("SET path"), "{statement}: {message}");
        book.close();
    }
}

/// The clocks of machines are wrong at times.
#[test]
fn a_clock_that_is_behind_publishes_nothing() {
    let mut book = TestLedger::new();
    book.publish(new_release(signed("K")), 0);
    let before = book.known.clone();
    let late = || second(JUNE_2025 - 3_600);
    let publishing = book.store.publish(&mut book.known, new_release(signed("L")), late);
    let error = book.runtime.block_on(publishing).expect_err("the clock");
    assert!(error.to_string().contains("the clock of this machine says 2025-06-01T07:00:00Z"), "{error:#}");
    assert_eq!(book.known, before);
    assert_eq!(book.latest(), before);
    book.close();
}

/// Delegates are only in tables whose names begin with `private_`.
#[test]
fn delegates_are_only_in_private_tables() {
    let mut book = TestLedger::new();
    for step in 1..=2 {
        let mut all = files(&repository().join("tests/history/other-feeds/1/meetings"));
        if step == 2 {
            let delegates = all.iter_mut().find(|file| file.path == "delegates.yaml").expect("delegates.yaml");
            rewrite(delegates, |text| text.replace("15 minutes", "30 minutes"));
        }
        book.publish(new_release(all), step - 20_000_000);
    }
    let pool = pool(&book.runtime, &book.location);
    let text = |query: &'static str| -> String {
        let rows: Vec<(String,)> = book.runtime.block_on(sqlx::query_as(query).fetch_all(&pool)).expect("rows");
        rows.into_iter().map(|(text,)| text).collect()
    };
    let names = ["delegate-1", "rapporteur-q3"];
    for query in [
        "SELECT path || content FROM definitions",
        "SELECT path || COALESCE(content, '') FROM parts",
        "SELECT uid || meaning || prints || change FROM events",
        "SELECT base_url || renderer || digest || changes FROM releases",
    ] {
        let public = text(query);
        assert!(public.len() > 100, "{query}");
        assert!(!names.iter().any(|name| public.contains(name)), "{query}: {public}");
    }
    for query in ["SELECT content FROM private_definitions", "SELECT content FROM private_parts"] {
        assert!(names.iter().all(|name| text(query).contains(name)), "{query}");
    }
    book.runtime.block_on(pool.close());
    book.close();
}
