//! The same with the whole service: `convene serve` on a disk and over a connection that fail.

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
use crate::support::folder::{edit, place};
use crate::support::program::{Serving, body, convene, until};

/// So often a service is asked before it is taken to have failed.
const PATIENCE: usize = 1_000_000;

/// A service, its definitions, and everything that it ever served.
struct Watched {
    place: TempDir,
    serving: Serving,
    location: Location,
    /// The room that the session is in.
    room: usize,
    /// The digest of every SEQUENCE that was ever served, by UID.
    served: BTreeMap<(String, u32), String>,
}

impl Watched {
    fn new(place: TempDir, serving: Serving, location: Location) -> Self {
        let mut new = Self { place, serving, location, room: 0, served: BTreeMap::new() };
        edit(new.place.path(), "K", "R0");
        new.settles("at first");
        new
    }

    /// Saves an edit.
    fn edit(&mut self) {
        let from = format!("R{}", self.room);
        self.room += 1;
        edit(self.place.path(), &from, &format!("R{}", self.room));
    }

    /// Asks for the feed, which must agree with all that was served before.
    fn look(&mut self, what: &str) -> String {
        let reply = self.serving.get("/sg1/all.ics");
        for (uid, (sequence, digest)) in events_of(body(&reply)) {
            let before = self.served.entry((uid.clone(), sequence)).or_insert_with(|| digest.clone());
            assert_eq!(*before, digest, "{what}: SEQUENCE {sequence} of {uid} comes with two texts");
        }
        body(&reply).to_owned()
    }

    /// Looks until something is so.
    fn look_until(&mut self, what: &str, is_so: impl Fn() -> bool) {
        for _ in 0..PATIENCE {
            self.look(what);
            if is_so() {
                return;
            }
        }
        panic!("{what}: nothing fails");
    }

    /// The last edit is published, what is served is what is stored, and the service says that all is well.
    fn settles(&mut self, what: &str) {
        let room = format!("LOCATION:R{}\\, Geneva", self.room);
        until(&self.serving, "/sg1/q1.ics", &room);
        let (number, stored) = stored(&self.location);
        let served = self.look(what);
        let is_stored = served == stored;
        let (served, stored): (Vec<_>, Vec<_>) = (events_of(&served).collect(), events_of(&stored).collect());
        assert!(is_stored, "{what}: served is not stored, release {number}: {served:?} {stored:?}");
        // It is served before it is told of.
        let status = until(&self.serving, "/status.json", &format!("\"release\": {number},"));
        if !status.contains("\"ledger\": null") {
            until(&self.serving, "/status.json", "\"ledger\": null");
        }
    }

    /// All is well again: this edit is published, and later ones are.
    fn heals(&mut self, what: &str) {
        self.settles(what);
        self.edit();
        self.settles(what);
    }
}

/// The number of the latest release as it is stored, and its feed.
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

fn options(place: &Path) -> std::process::Command {
    let mut command = convene(place);
    command.args(["serve", "--listen", "127.0.0.1:0", "--base-url", "https://convene.example", "--poll", "0.05"]);
    command
}

#[test]
fn a_service_on_a_disk_that_fails_serves_what_is_stored_and_goes_on() {
    let place = place();
    let disk = Disk::new(place.path(), "faults");
    let start = |place: &Path| {
        let mut command = options(place);
        disk.put_under(&mut command);
        Serving::start(&mut command)
    };
    let (serving, ledger) = (start(place.path()), place.path().join("state/ledger.sqlite"));
    let mut watched = Watched::new(place, serving, Location::File(ledger));
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
        let is_killed = (0..PATIENCE).any(|_| {
            std::thread::sleep(Duration::from_millis(1));
            disk.hit() > 0
        });
        assert!(is_killed, "nothing kills it");
        disk.heal();
        watched.serving = start(watched.place.path());
        watched.heals("killed");
    }
}

#[test]
fn a_service_over_a_connection_that_fails_serves_what_is_stored_and_goes_on() {
    let stand = WireStand::new(&[WireFault::Terminated]);
    let place = place();
    let secret = place.path().join("secret").display().to_string();
    let ledger = ["--database", stand.url(), "--secret-file", &secret];
    let serving = Serving::start(options(place.path()).args(ledger));
    let mut watched = Watched::new(place, serving, stand.location());
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

/// A start on a disk that takes nothing, after a clean stop: what was published is served, and edits are published once it
/// takes something again.
#[test]
fn a_service_starts_on_a_disk_that_takes_nothing() {
    for fault in [DiskFault::FULL, DiskFault::READ_ONLY, DiskFault::FULL_HALF_WAY, DiskFault::BROKEN] {
        let place = place();
        let disk = Disk::new(place.path(), "faults");
        let start = || {
            let mut command = options(place.path());
            disk.put_under(&mut command);
            Serving::start(&mut command)
        };
        let before = start();
        let published = body(&before.get("/sg1/all.ics")).to_owned();
        before.signal("TERM");
        assert_eq!(before.end().0, 0);
        disk.fail(fault, 1, LASTING);
        let serving = start();
        assert_eq!(body(&serving.get("/sg1/all.ics")), published, "{}", fault.name);
        edit(place.path(), "K", "K2");
        until(&serving, "/status.json", "The ledger cannot be read or written");
        assert_eq!(body(&serving.get("/sg1/all.ics")), published, "{}", fault.name);
        assert!(disk.heal() > 0, "{}: nothing failed", fault.name);
        until(&serving, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
        until(&serving, "/status.json", "\"ledger\": null");
        serving.signal("TERM");
        assert_eq!(serving.end().0, 0, "{}", fault.name);
    }
}
