//! A disk that is full at times: edits go on, the service publishes what it can, and a reader requests the feed all the time.
//!
//! At the end the service must serve what is stored in the ledger, no SEQUENCE may ever have been served with two texts, and
//! edits must have been published. The seed is fixed: the disk is full at the same edits in each run.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use convene::feed::{EntryIndex, Feed, Selection};
use convene::icalendar;
use convene::revision::Release;
use convene::store::{Location, Store};

use super::check;
use super::edits::Random;
use super::process::Server;
use super::seen::events_of;

const EDITS: usize = 200;
/// How long to wait for an edit. Releases are at least a second apart: no two have the same instant.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// How long to wait for the last edit, once there is room on the disk.
const END: Duration = Duration::from_secs(60);

/// The service on a small disk, and everything that it ever served.
struct Trial {
    place: tempfile::TempDir,
    filler: PathBuf,
    server: Server,
    /// The text of every SEQUENCE that was ever served, by UID.
    served: BTreeMap<(String, u32), String>,
    twice: usize,
}

/// Runs the trial with the ledger on a small disk. Returns whether it succeeded.
pub async fn full_disk(disk: &Path) -> bool {
    let place = tempfile::tempdir().expect("a folder");
    let meetings = place.path().join("meetings");
    write(&meetings, 0);
    let server = Server::convene(&meetings, &disk.join("state"), &[], &place.path().join("log"));
    let filler = disk.join("filler");
    let mut trial = Trial { place, filler, server, served: BTreeMap::new(), twice: 0 };
    let mut random = Random::from_seed(1);
    let (mut published, mut full) = (0, 0);
    for edit in 1..=EDITS {
        match random.below(4) {
            0 | 1 => trial.fill(random.below(64) * 1024),
            2 => trial.make_room(),
            _ => {}
        }
        full += usize::from(trial.filler.exists());
        write(&meetings, edit);
        published += usize::from(trial.look_until(PATIENCE, edit));
    }
    trial.make_room();
    write(&meetings, EDITS + 1);
    let is_published = trial.look_until(END, EDITS + 1);
    println!("      {published} of {EDITS} edits were served at once; the disk was full at {full}");
    let mut all = check(full > EDITS / 4 && published > EDITS / 4, "the disk was full, and it was not");
    all &= check(is_published, "once there is room the last edit is published");
    all &= check(trial.twice == 0, &format!("{} times a SEQUENCE was served with two texts", trial.twice));
    all &= trial.compare_with_ledger(&disk.join("state")).await;
    all
}

impl Trial {
    /// Fills the disk except for so many bytes.
    fn fill(&self, but: usize) {
        let mut filler = fs::File::options().append(true).create(true).open(&self.filler).expect("a file");
        // The last pages are what one of the two takes.
        while filler.write_all(&[0; 4096]).is_ok() {}
        let length = filler.metadata().expect("its length").len();
        filler.set_len(length.saturating_sub(but as u64)).expect("to make it shorter");
    }

    fn make_room(&self) {
        let _ = fs::remove_file(&self.filler);
    }

    /// Requests the feed until it contains an edit. Returns whether that was in time.
    fn look_until(&mut self, patience: Duration, edit: usize) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < patience {
            if self.look().contains(&format!("LOCATION:R{edit}\\, Geneva")) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        false
    }

    fn look(&mut self) -> String {
        let feed = body(&get(self.server.address, "/sg1/all.ics")).to_owned();
        for (uid, (sequence, digest)) in events_of(&feed) {
            let before = self.served.entry((uid.clone(), sequence)).or_insert_with(|| digest.clone());
            if *before != digest {
                println!("      SEQUENCE {sequence} of {uid} comes with two texts");
                self.twice += 1;
                *before = digest;
            }
        }
        feed
    }

    /// Returns whether the service serves what is stored in the ledger, and no release is missing there.
    async fn compare_with_ledger(&mut self, state: &Path) -> bool {
        let served = self.look();
        let store = Store::open(&Location::in_folder(state)).await.expect("a store");
        let stored = store.latest(None).await.expect("it reads").expect("a release").release;
        let past = store.history().await.expect("it reads");
        store.close().await;
        let number = stored.number;
        let mut all = check(served == feed(stored), &format!("what is served is release {number}, as it is stored"));
        let numbers = past.iter().rev().map(|past| past.changes.release);
        all &= check(numbers.eq(1..=number), "no release is missing");
        // It is served before it is logged.
        let (begun, mut status) = (Instant::now(), String::new());
        let is_right =
            |status: &str| status.contains(&format!("\"release\": {number},")) && status.contains("\"ledger\": null");
        while !is_right(&status) && begun.elapsed() < END {
            status = get(self.server.address, "/status.json");
        }
        let log = fs::read_to_string(self.place.path().join("log")).unwrap_or_default();
        let troubles = log.lines().filter(|line| line.contains(" ERROR ")).count();
        println!("      the log tells of trouble {troubles} times");
        all &= check(troubles > 0, "the log has warnings or errors");
        all & check(is_right(&status), "the status page says that all is well")
    }
}

/// Writes the definitions, with a session in another room for each edit.
fn write(meetings: &Path, edit: usize) {
    let folder = meetings.join("sg1");
    fs::create_dir_all(&folder).expect("a folder");
    let group = include_str!("../history/changed/1/meetings/sg1/group.yaml");
    if edit == 0 {
        fs::write(folder.join("group.yaml"), group).expect("to write");
    }
    let meeting = include_str!("../history/changed/1/meetings/sg1/2025-03-geneva.yaml");
    // Large enough to fill a small disk soon.
    let comments = format!("# edit {edit:0>1015}\n").repeat(20);
    let text = format!("{}{comments}", meeting.replace("room: K}", &format!("room: R{edit}}}")));
    fs::write(folder.join(".draft"), text).expect("to write");
    fs::rename(folder.join(".draft"), folder.join("2025-03-geneva.yaml")).expect("to put it in its place");
}

/// Returns the feed of a release.
fn feed(release: Release) -> String {
    let group = release.timetable.groups[0].id.clone();
    let entry_index = EntryIndex::new(Arc::new(release), None);
    icalendar::render(&Feed::new(&entry_index, Selection::All(group), None))
}

fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("a connection");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").expect("to send");
    let mut reply = String::new();
    stream.read_to_string(&mut reply).expect("a reply");
    reply
}

fn body(reply: &str) -> &str {
    reply.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}
