//! Feeds stay up when the ledger, the folder or the disk fails: a real process, whose files are moved away, restored,
//! filled and broken. Failing databases are in `tests/outside/replicas.rs`.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::folder::{answer, edit, place, publish, serve};
use crate::support::program::{Serving, body, convene, run, until};

/// Returns the file of a ledger, and the files that `SQLite` keeps beside it.
fn ledger_files(place: &Path) -> Vec<std::path::PathBuf> {
    let files = fs::read_dir(place.join("state")).expect("a folder").map(|entry| entry.expect("a file").path());
    files.filter(|path| path.display().to_string().contains("ledger.sqlite")).collect()
}

#[test]
fn a_missing_ledger_is_not_created_again_and_is_used_once_it_is_back() {
    let place = place();
    let serving = serve(place.path(), &[]);
    let before = answer(&serving, "/sg1/all.ics");
    let away = place.path().join("away");
    fs::create_dir(&away).expect("to make a folder");
    for path in ledger_files(place.path()) {
        fs::rename(&path, away.join(path.file_name().expect("a name"))).expect("to move it");
    }
    edit(place.path(), "K", "K2");
    until(&serving, "/status.json", "The ledger cannot be read or written");
    assert_eq!(answer(&serving, "/sg1/all.ics"), before);
    assert!(ledger_files(place.path()).is_empty(), "nothing is begun anew");
    for path in fs::read_dir(&away).expect("a folder").map(|entry| entry.expect("a file").path()) {
        fs::rename(&path, place.path().join("state").join(path.file_name().expect("a name"))).expect("to move it back");
    }
    until(&serving, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    // It is served before the status says so.
    let status = until(&serving, "/status.json", "\"release\": 2");
    assert!(status.contains("\"ledger\": null"), "{status}");
    serving.signal("TERM");
    let (_, said) = serving.end();
    assert!(said.contains("is missing: restore it"), "{said}");
}

#[test]
fn an_older_backup_is_refused_until_it_is_recovered() {
    let place = place();
    publish(place.path(), &[]);
    // Nobody has it open, so all of it is in one file.
    assert_eq!(ledger_files(place.path()), [place.path().join("state/ledger.sqlite")]);
    let backup = place.path().join("backup");
    fs::copy(place.path().join("state/ledger.sqlite"), &backup).expect("to copy it");
    let serving = serve(place.path(), &[]);
    edit(place.path(), "K", "K2");
    until(&serving, "/sg1/q1.ics", "SEQUENCE:1\r\n");
    for path in ledger_files(place.path()) {
        fs::remove_file(path).expect("to remove it");
    }
    fs::rename(backup, place.path().join("state/ledger.sqlite")).expect("to put it in its place");
    edit(place.path(), "K2", "K3");
    until(&serving, "/status.json", "The ledger cannot be read or written");
    assert!(serving.get("/sg1/q1.ics").contains("LOCATION:K2\\, Geneva"));
    let (code, said, error) = run(convene(place.path()).args(["publish", "--recover"]));
    assert_eq!(code, 0, "{said}{error}{:?}", ledger_files(place.path()));
    let reply = until(&serving, "/sg1/q1.ics", "LOCATION:K3\\, Geneva");
    let sequence = reply.split("SEQUENCE:").nth(1).and_then(|rest| rest.split("\r\n").next());
    assert!(sequence.is_some_and(|sequence| sequence.len() >= 7), "{reply}");
    until(&serving, "/status.json", "\"ledger\": null");
    serving.signal("TERM");
    let (_, said) = serving.end();
    assert!(said.contains("does not contain release 2, which is served"), "{said}");
}

#[test]
fn an_unreadable_folder_takes_no_feed_down_and_is_reported_once() {
    let place = place();
    let serving = serve(place.path(), &[]);
    let before = answer(&serving, "/sg1/all.ics");
    let (folder, away) = (place.path().join("meetings/sg1"), place.path().join("away"));
    fs::rename(&folder, &away).expect("to move it");
    let status = until(&serving, "/status.json", "The folder of definitions cannot be read");
    assert!(!status.contains("/tmp") && status.contains("\"ledger\": null"), "{status}");
    until(&serving, "/status", "The folder of definitions cannot be read");
    assert_eq!(answer(&serving, "/sg1/all.ics"), before);
    // A restart finds the folder unreadable, and serves the last release.
    let again = serve(place.path(), &[]);
    assert_eq!(answer(&again, "/sg1/all.ics"), before);
    drop(again);
    fs::rename(&away, &folder).expect("to move it back");
    until(&serving, "/status.json", "\"folder\": null");
    edit(place.path(), "K", "K2");
    until(&serving, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    serving.signal("TERM");
    let (_, said) = serving.end();
    assert_eq!(said.matches("no study group in").count(), 1, "{said}");
}

/// As git and some editors save: the file is missing for a moment.
#[test]
fn a_file_that_is_missing_for_a_moment_is_not_removed() {
    let place = place();
    let serving = serve(place.path(), &[]);
    let before = answer(&serving, "/sg1/all.ics");
    let file = place.path().join("meetings/sg1/2025-03-geneva.yaml");
    let text = fs::read_to_string(&file).expect("a definition");
    fs::remove_file(&file).expect("to remove it");
    // Longer than a pass takes.
    for _ in 0..200 {
        assert_eq!(answer(&serving, "/sg1/all.ics"), before);
    }
    fs::write(&file, text.replace("room: K}", "room: K2}")).expect("to write");
    until(&serving, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    // A copy with the same time and size as the file that it replaces is noticed.
    let about = fs::metadata(&file).expect("a file");
    let draft = place.path().join("draft");
    fs::write(&draft, text.replace("room: K}", "room: K3}")).expect("to write");
    let times = fs::FileTimes::new().set_modified(about.modified().expect("a time"));
    fs::File::options().write(true).open(&draft).expect("a file").set_times(times).expect("to set times");
    fs::rename(draft, &file).expect("to put it in its place");
    until(&serving, "/sg1/q1.ics", "LOCATION:K3\\, Geneva");
    let (_, history, _) = run(convene(place.path()).arg("history"));
    assert_eq!(history.lines().count(), 3, "{history}");
    assert!(!history.contains("no longer announced"), "{history}");
    // A file that stays missing is removed.
    fs::remove_file(&file).expect("to remove it");
    until(&serving, "/status.json", "\"release\": 4");
}

/// A full disk is simulated by a limit on the size of files.
#[test]
fn a_full_disk_takes_no_feed_down() {
    let place = place();
    publish(place.path(), &[]);
    let size = fs::metadata(place.path().join("state/ledger.sqlite")).expect("the ledger").len();
    // The signal of that limit is ignored, so that writing fails as on a full disk.
    let limit = format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", size.div_ceil(1024));
    let mut command = Command::new("bash");
    command.current_dir(place.path()).args(["-c", &limit, "bash", env!("CARGO_BIN_EXE_convene"), "serve"]);
    let options = ["--listen", "127.0.0.1:0", "--poll", "0.05", "--base-url", "https://convene.example"];
    let serving = Serving::start(command.args(options));
    let before = answer(&serving, "/sg1/all.ics");
    // More than fits.
    let file = place.path().join("meetings/sg1/2025-03-geneva.yaml");
    let good = fs::read_to_string(&file).expect("a definition");
    let line = |number: u32| format!("- {{id: x{number}, kind: other, day: 2025-03-06, at: 09:30-09:40}}\n");
    let more = (0..2_000).map(line).collect::<Vec<_>>().concat();
    fs::write(&file, format!("{good}{more}")).expect("to write");
    until(&serving, "/status.json", "The ledger cannot be read or written");
    assert_eq!(answer(&serving, "/sg1/all.ics"), before);
    // Once it fits, publishing continues.
    fs::write(&file, good.replace("room: K}", "room: K2}")).expect("to write");
    until(&serving, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    until(&serving, "/status.json", "\"ledger\": null");
    let (code, history, _) = run(convene(place.path()).arg("history"));
    assert_eq!((code, history.lines().count()), (0, 2), "{history}");
}

#[test]
fn broken_definitions_take_no_feed_down_and_are_reported_without_private_data() {
    let place = place();
    fs::write(place.path().join("meetings/delegates.yaml"), "- {id: delegate-1, follows: [SG1/Q1]}\n")
        .expect("to write");
    let serving = serve(place.path(), &[]);
    let before = answer(&serving, "/sg1/all.ics");
    let file = place.path().join("meetings/delegates.yaml");
    fs::write(&file, "- {id: delegate-1, follows: [SG1/Q7]}\n").expect("to write");
    let status = until(&serving, "/status.json", "\"errors\": 1");
    assert!(status.contains("\"places\": []") && !status.contains("delegate"), "{status}");
    assert!(until(&serving, "/status", "The definitions have 1 error.").starts_with("HTTP/1.1 200 OK"));
    assert_eq!(answer(&serving, "/sg1/all.ics"), before);
    fs::write(&file, "- {id: delegate-1, follows: [SG1/Q1]}\n").expect("to write");
    edit(place.path(), "K", "nowhere, day: never");
    let status = until(&serving, "/status.json", "2025-03-geneva.yaml:");
    assert!(body(&status).contains("\"release\": 1"), "{status}");
    // A restart with broken definitions serves the last release.
    serving.signal("TERM");
    assert_eq!(serving.end().0, 0);
    let again = serve(place.path(), &[]);
    assert_eq!(answer(&again, "/sg1/all.ics"), before);
}
