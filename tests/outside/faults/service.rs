//! The same with the whole service: `convene serve` with a failing disk or connection.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use convene::feed::{EntryIndex, Feed, Selection};
use convene::icalendar;
use convene::id::Id;
use convene::store::{Location, Store};
use tempfile::TempDir;

use super::disk::{Disk, DiskFault};
use super::proxy::WireFault;
use super::seen::events_of;
use super::stands::{Stand, WireStand};
use super::sweep::LASTING;
use super::tries_all;
use crate::support::folder::{edit, work_dir};
use crate::support::program::{RunningServer, body, convene, wait_for};

/// The number of attempts before a test fails.
const MAX_ATTEMPTS: usize = 1_000_000;

/// A service, its definitions, and everything that it ever served.
struct Watched {
    work_dir: TempDir,
    serving: RunningServer,
    location: Location,
    /// The room that the session is in.
    room: usize,
    /// The digest of every SEQUENCE that was ever served, by UID.
    served: BTreeMap<(String, u32), String>,
}

impl Watched {
    fn new(work_dir: TempDir, serving: RunningServer, location: Location) -> Self {
        let mut new = Self { work_dir, serving, location, room: 0, served: BTreeMap::new() };
        edit(new.work_dir.path(), "K", "R0");
        new.settles("at first");
        new
    }

    /// Saves an edit.
    fn edit(&mut self) {
        let from = format!("R{}", self.room);
        self.room += 1;
        edit(self.work_dir.path(), &from, &format!("R{}", self.room));
    }

    /// Requests the feed, which must agree with everything served before.
    fn look(&mut self, what: &str) -> String {
        let reply = self.serving.get("/sg1/all.ics");
        for (uid, (sequence, digest)) in events_of(body(&reply)) {
            let before = self.served.entry((uid.clone(), sequence)).or_insert_with(|| digest.clone());
            assert_eq!(*before, digest, "{what}: SEQUENCE {sequence} of {uid} comes with two texts");
        }
        body(&reply).to_owned()
    }

    /// Requests the feed until a condition holds.
    fn look_until(&mut self, what: &str, is_so: impl Fn() -> bool) {
        for _ in 0..MAX_ATTEMPTS {
            self.look(what);
            if is_so() {
                return;
            }
        }
        panic!("{what}: nothing fails");
    }

    /// Waits until the last edit is published, the served release is the stored one, and the service reports no
    /// fault.
    fn settles(&mut self, what: &str) {
        let room = format!("LOCATION:R{}\\, Geneva", self.room);
        wait_for(&self.serving, "/sg1/q1.ics", &room);
        let (number, stored) = stored(&self.location);
        let served = self.look(what);
        let is_stored = served == stored;
        let (served, stored): (Vec<_>, Vec<_>) = (events_of(&served).collect(), events_of(&stored).collect());
        assert!(is_stored, "{what}: served is not stored, release {number}: {served:?} {stored:?}");
        // It is served before the status says so.
        let status = wait_for(&self.serving, "/status.json", &format!("\"release\": {number},"));
        if !status.contains("\"ledger\": null") {
            wait_for(&self.serving, "/status.json", "\"ledger\": null");
        }
    }

    /// After the fault, this edit and later ones are published.
    fn heals(&mut self, what: &str) {
        self.settles(what);
        self.edit();
        self.settles(what);
    }
}

/// Returns the number of the latest release as it is stored, and its feed.
fn stored(location: &Location) -> (u32, String) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let release = runtime.block_on(async {
        let store = Store::open(location).await.expect("a store");
        let latest = store.latest(None).await.expect("it reads").expect("a release");
        store.close().await;
        latest.release
    });
    let number = release.number;
    let group: Id = release.timetable.groups[0].id.clone();
    let entry_index = EntryIndex::new(Arc::new(release), None);
    (number, icalendar::render(&Feed::new(&entry_index, Selection::All(group), None)))
}

fn options(work_dir: &Path) -> std::process::Command {
    let mut command = convene(work_dir);
    command.args(["serve", "--listen", "127.0.0.1:0", "--base-url", "https://convene.example", "--poll", "0.05"]);
    command
}

#[test]
fn a_service_on_a_disk_that_fails_serves_what_is_stored_and_goes_on() {
    let work_dir = work_dir();
    let disk = Disk::new(work_dir.path(), "faults");
    let start = |work_dir: &Path| {
        let mut command = options(work_dir);
        disk.put_under(&mut command);
        RunningServer::start(&mut command)
    };
    let (serving, ledger) = (start(work_dir.path()), work_dir.path().join("state/ledger.sqlite"));
    let mut watched = Watched::new(work_dir, serving, Location::File(ledger));
    let few = [
        (DiskFault::FULL, 16, LASTING),
        (DiskFault::BROKEN_WHEN_DONE, 21, 1),
        (DiskFault::BUSY, 1, LASTING),
        (DiskFault::FULL, 9, 2),
    ];
    let more = [
        (DiskFault::FULL, 1, LASTING),
        (DiskFault::FULL_HALF_WAY, 16, LASTING),
        (DiskFault::BROKEN, 20, LASTING),
        (DiskFault::READ_ONLY, 1, LASTING),
        (DiskFault::UNREADABLE, 1, LASTING),
    ];
    for (fault, first, count) in few.into_iter().chain(more.into_iter().filter(|_| tries_all())) {
        let what = format!("{} from operation {first}", fault.name);
        disk.fail(fault, first, count);
        watched.edit();
        watched.look_until(&what, || disk.hit() > 0);
        disk.heal();
        watched.heals(&what);
    }
    for first in if tries_all() { &[5, 10, 15, 20, 25][..] } else { &[25] } {
        disk.fail(DiskFault::KILLED, *first, 1);
        watched.edit();
        let is_killed = (0..MAX_ATTEMPTS).any(|_| {
            std::thread::sleep(Duration::from_millis(1));
            disk.hit() > 0
        });
        assert!(is_killed, "nothing kills it");
        disk.heal();
        watched.serving = start(watched.work_dir.path());
        watched.heals("killed");
    }
}

#[test]
fn a_service_over_a_connection_that_fails_serves_what_is_stored_and_goes_on() {
    let stand = WireStand::new(&[WireFault::Terminated]);
    let work_dir = work_dir();
    let secret = work_dir.path().join("secret").display().to_string();
    let ledger = ["--database", stand.url(), "--secret-file", &secret];
    let serving = RunningServer::start(options(work_dir.path()).args(ledger));
    let mut watched = Watched::new(work_dir, serving, stand.location());
    let proxy = stand.proxy();
    let few = [WireFault::LostAfter, WireFault::RolledBack, WireFault::Error("53100")];
    let more = [WireFault::Error("40001"), WireFault::Terminated, WireFault::LostBefore, WireFault::Late];
    for fault in few.into_iter().chain(more.into_iter().filter(|_| tries_all())) {
        let what = format!("{fault:?} at COMMIT");
        proxy.fail_commits(fault);
        watched.edit();
        watched.look_until(&what, || proxy.hit() > 0);
        proxy.heal();
        watched.heals(&what);
    }
    for fault in [WireFault::LostBefore, WireFault::Error("25006")] {
        let what = format!("{fault:?} at everything");
        proxy.fail(fault, 1, LASTING);
        watched.edit();
        watched.look_until(&what, || proxy.hit() > 0);
        proxy.heal();
        watched.heals(&what);
    }
}

/// A start on a full disk, after a clean stop: the last release is served, and edits are published once there is
/// space.
#[test]
fn a_service_starts_on_a_disk_that_takes_nothing() {
    for fault in [DiskFault::FULL, DiskFault::READ_ONLY, DiskFault::FULL_HALF_WAY, DiskFault::BROKEN] {
        let work_dir = work_dir();
        let disk = Disk::new(work_dir.path(), "faults");
        let start = || {
            let mut command = options(work_dir.path());
            disk.put_under(&mut command);
            RunningServer::start(&mut command)
        };
        let before = start();
        let published = body(&before.get("/sg1/all.ics")).to_owned();
        before.signal("TERM");
        assert_eq!(before.end().0, 0);
        disk.fail(fault, 1, LASTING);
        let serving = start();
        assert_eq!(body(&serving.get("/sg1/all.ics")), published, "{}", fault.name);
        edit(work_dir.path(), "K", "K2");
        wait_for(&serving, "/status.json", "The ledger cannot be read or written");
        assert_eq!(body(&serving.get("/sg1/all.ics")), published, "{}", fault.name);
        assert!(disk.heal() > 0, "{}: nothing failed", fault.name);
        wait_for(&serving, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
        wait_for(&serving, "/status.json", "\"ledger\": null");
        serving.signal("TERM");
        assert_eq!(serving.end().0, 0, "{}", fault.name);
    }
}
