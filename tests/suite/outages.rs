//! Feeds stay up when the ledger, the folder or the disk fails: a real process, whose files are moved away, restored,
//! filled and broken. Failing databases are in `tests/outside/replicas.rs`.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::folder::{answer, edit, publish, serve, work_dir};
use crate::support::program::{RunningServer, body, convene, run, wait_for};

/// Returns the file of a ledger, and the files that `SQLite` keeps beside it.
fn ledger_files(work_dir: &Path) -> Vec<std::path::PathBuf> {
    let files = fs::read_dir(work_dir.join("state")).expect("a folder").map(|entry| entry.expect("a file").path());
    files.filter(|path| path.display().to_string().contains("ledger.sqlite")).collect()
}

#[test]
fn a_missing_ledger_is_not_created_again_and_is_used_once_it_is_back() {
    let work_dir = work_dir();
    let serving = serve(work_dir.path(), &[]);
    let before = answer(&serving, "/sg1/all.ics");
    let away = work_dir.path().join("away");
    fs::create_dir(&away).expect("to make a folder");
    for path in ledger_files(work_dir.path()) {
        fs::rename(&path, away.join(path.file_name().expect("a name"))).expect("to move it");
    }
    edit(work_dir.path(), "K", "K2");
    wait_for(&serving, "/status.json", "The ledger cannot be read or written");
    assert_eq!(answer(&serving, "/sg1/all.ics"), before);
    assert!(ledger_files(work_dir.path()).is_empty(), "nothing is begun anew");
    for path in fs::read_dir(&away).expect("a folder").map(|entry| entry.expect("a file").path()) {
        fs::rename(&path, work_dir.path().join("state").join(path.file_name().expect("a name")))
            .expect("to move it back");
    }
    wait_for(&serving, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    // It is served before the status says so.
    let status = wait_for(&serving, "/status.json", "\"release\": 2");
    assert!(status.contains("\"ledger\": null"), "{status}");
    serving.signal("TERM");
    let (_, output) = serving.end();
    assert!(output.contains("is missing: restore it"), "{output}");
}

#[test]
fn an_older_backup_is_refused_until_it_is_recovered() {
    let work_dir = work_dir();
    publish(work_dir.path(), &[]);
    // Nobody has it open, so all of it is in one file.
    assert_eq!(ledger_files(work_dir.path()), [work_dir.path().join("state/ledger.sqlite")]);
    let backup = work_dir.path().join("backup");
    fs::copy(work_dir.path().join("state/ledger.sqlite"), &backup).expect("to copy it");
    let serving = serve(work_dir.path(), &[]);
    edit(work_dir.path(), "K", "K2");
    wait_for(&serving, "/sg1/q1.ics", "SEQUENCE:1\r\n");
    for path in ledger_files(work_dir.path()) {
        fs::remove_file(path).expect("to remove it");
    }
    fs::rename(backup, work_dir.path().join("state/ledger.sqlite")).expect("to put it in its place");
    edit(work_dir.path(), "K2", "K3");
    wait_for(&serving, "/status.json", "The ledger cannot be read or written");
    assert!(serving.get("/sg1/q1.ics").contains("LOCATION:K2\\, Geneva"));
    let (code, output, error) = run(convene(work_dir.path()).args(["publish", "--recover"]));
    assert_eq!(code, 0, "{output}{error}{:?}", ledger_files(work_dir.path()));
    let reply = wait_for(&serving, "/sg1/q1.ics", "LOCATION:K3\\, Geneva");
    let sequence = reply.split("SEQUENCE:").nth(1).and_then(|rest| rest.split("\r\n").next());
    assert!(sequence.is_some_and(|sequence| sequence.len() >= 7), "{reply}");
    wait_for(&serving, "/status.json", "\"ledger\": null");
    serving.signal("TERM");
    let (_, output) = serving.end();
    assert!(output.contains("does not contain release 2, which is served"), "{output}");
}

#[test]
fn an_unreadable_folder_takes_no_feed_down_and_is_reported_once() {
    let work_dir = work_dir();
    let serving = serve(work_dir.path(), &[]);
    let before = answer(&serving, "/sg1/all.ics");
    let (folder, away) = (work_dir.path().join("meetings/sg1"), work_dir.path().join("away"));
    fs::rename(&folder, &away).expect("to move it");
    let status = wait_for(&serving, "/status.json", "The folder of definitions cannot be read");
    assert!(!status.contains("/tmp") && status.contains("\"ledger\": null"), "{status}");
    wait_for(&serving, "/status", "The folder of definitions cannot be read");
    assert_eq!(answer(&serving, "/sg1/all.ics"), before);
    // A restart finds the folder unreadable, and serves the last release.
    let again = serve(work_dir.path(), &[]);
    assert_eq!(answer(&again, "/sg1/all.ics"), before);
    drop(again);
    fs::rename(&away, &folder).expect("to move it back");
    wait_for(&serving, "/status.json", "\"folder\": null");
    edit(work_dir.path(), "K", "K2");
    wait_for(&serving, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    serving.signal("TERM");
    let (_, output) = serving.end();
    assert_eq!(output.matches("no study group in").count(), 1, "{output}");
}

/// As git and some editors save: the file is missing for a moment.
#[test]
fn a_file_that_is_missing_for_a_moment_is_not_removed() {
    let work_dir = work_dir();
    let serving = serve(work_dir.path(), &[]);
    let before = answer(&serving, "/sg1/all.ics");
    let file = work_dir.path().join("meetings/sg1/2025-03-geneva.yaml");
    let text = fs::read_to_string(&file).expect("a definition");
    fs::remove_file(&file).expect("to remove it");
    // Longer than a pass takes.
    for _ in 0..200 {
        assert_eq!(answer(&serving, "/sg1/all.ics"), before);
    }
    fs::write(&file, text.replace("room: K}", "room: K2}")).expect("to write");
    wait_for(&serving, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    // A copy with the same time and size as the file that it replaces is noticed.
    let about = fs::metadata(&file).expect("a file");
    let draft = work_dir.path().join("draft");
    fs::write(&draft, text.replace("room: K}", "room: K3}")).expect("to write");
    let times = fs::FileTimes::new().set_modified(about.modified().expect("a time"));
    fs::File::options().write(true).open(&draft).expect("a file").set_times(times).expect("to set times");
    fs::rename(draft, &file).expect("to put it in its place");
    wait_for(&serving, "/sg1/q1.ics", "LOCATION:K3\\, Geneva");
    let (_, history, _) = run(convene(work_dir.path()).arg("history"));
    assert_eq!(history.lines().count(), 3, "{history}");
    assert!(!history.contains("no longer announced"), "{history}");
    // A file that stays missing is removed.
    fs::remove_file(&file).expect("to remove it");
    wait_for(&serving, "/status.json", "\"release\": 4");
}

/// A full disk is simulated by a limit on the size of files.
#[test]
fn a_full_disk_takes_no_feed_down() {
    let work_dir = work_dir();
    publish(work_dir.path(), &[]);
    let size = fs::metadata(work_dir.path().join("state/ledger.sqlite")).expect("the ledger").len();
    // The signal of that limit is ignored, so that writing fails as on a full disk.
    let limit = format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", size.div_ceil(1024));
    let mut command = Command::new("bash");
    command.current_dir(work_dir.path()).args(["-c", &limit, "bash", env!("CARGO_BIN_EXE_convene"), "serve"]);
    let options = ["--listen", "127.0.0.1:0", "--poll", "0.05", "--base-url", "https://convene.example"];
    let serving = RunningServer::start(command.args(options));
    let before = answer(&serving, "/sg1/all.ics");
    // More than fits.
    let file = work_dir.path().join("meetings/sg1/2025-03-geneva.yaml");
    let good = fs::read_to_string(&file).expect("a definition");
    let line = |number: u32| format!("- {{id: x{number}, kind: other, day: 2025-03-06, at: 09:30-09:40}}\n");
    let more = (0..2_000).map(line).collect::<Vec<_>>().concat();
    fs::write(&file, format!("{good}{more}")).expect("to write");
    wait_for(&serving, "/status.json", "The ledger cannot be read or written");
    assert_eq!(answer(&serving, "/sg1/all.ics"), before);
    // Once it fits, publishing continues.
    fs::write(&file, good.replace("room: K}", "room: K2}")).expect("to write");
    wait_for(&serving, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    wait_for(&serving, "/status.json", "\"ledger\": null");
    let (code, history, _) = run(convene(work_dir.path()).arg("history"));
    assert_eq!((code, history.lines().count()), (0, 2), "{history}");
}

#[test]
fn broken_definitions_take_no_feed_down_and_are_reported_without_private_data() {
    let work_dir = work_dir();
    fs::write(work_dir.path().join("meetings/delegates.yaml"), "- {id: delegate-1, follows: [SG1/Q1]}\n")
        .expect("to write");
    let serving = serve(work_dir.path(), &[]);
    let before = answer(&serving, "/sg1/all.ics");
    let file = work_dir.path().join("meetings/delegates.yaml");
    fs::write(&file, "- {id: delegate-1, follows: [SG1/Q7]}\n").expect("to write");
    let status = wait_for(&serving, "/status.json", "\"errors\": 1");
    assert!(status.contains("\"places\": []") && !status.contains("delegate"), "{status}");
    assert!(wait_for(&serving, "/status", "The definitions have 1 error.").starts_with("HTTP/1.1 200 OK"));
    assert_eq!(answer(&serving, "/sg1/all.ics"), before);
    fs::write(&file, "- {id: delegate-1, follows: [SG1/Q1]}\n").expect("to write");
    edit(work_dir.path(), "K", "nowhere, day: never");
    let status = wait_for(&serving, "/status.json", "2025-03-geneva.yaml:");
    assert!(body(&status).contains("\"release\": 1"), "{status}");
    // A restart with broken definitions serves the last release.
    serving.signal("TERM");
    assert_eq!(serving.end().0, 0);
    let again = serve(work_dir.path(), &[]);
    assert_eq!(answer(&again, "/sg1/all.ics"), before);
}
