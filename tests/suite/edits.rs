//! Edits are noticed however editors save them: the real program, notified by the system. It polls only once in an
//! hour.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use tempfile::TempDir;

use crate::support::program::{RunningServer, convene, wait_for};
use crate::support::{first_of_changed, write_file};

const MEETING: &str = "sg1/2025-03-geneva.yaml";

/// Writes the definitions of a story into a folder, with another room for the session of Q1.
fn write(folder: &Path, room: &str) {
    for file in first_of_changed("room: K}", &format!("room: {room}}}")) {
        write_file(&folder.join(&file.path), file.bytes().expect("bytes"));
    }
}

/// Starts `convene serve` on a folder, which it polls once in an hour.
fn serve(work_dir: &Path, options: &[&str]) -> RunningServer {
    RunningServer::start(convene(work_dir).args(["serve", "--listen", "127.0.0.1:0", "--poll", "3600"]).args(options))
}

fn wait_for_room(serving: &RunningServer, room: &str) {
    wait_for(serving, "/sg1/q1.ics", &format!("LOCATION:{room}\\, Geneva"));
}

#[test]
fn a_file_saved_in_place_or_by_renaming_is_served() {
    let work_dir: TempDir = tempfile::tempdir().expect("a folder");
    let meetings = work_dir.path().join("meetings");
    write(&meetings, "K");
    let serving = serve(work_dir.path(), &[]);
    wait_for_room(&serving, "K");
    let file = meetings.join(MEETING);
    let text = fs::read_to_string(&file).expect("a definition");
    // In place, byte by byte, as some editors do: a file that is half saved is not published.
    fs::write(&file, &text[..text.len() / 2]).expect("to write");
    fs::write(&file, text.replace("room: K}", "room: K2}")).expect("to write");
    wait_for_room(&serving, "K2");
    // Beside it, then renamed.
    fs::write(meetings.join("sg1/.draft"), text.replace("room: K}", "room: K3}")).expect("to write");
    fs::rename(meetings.join("sg1/.draft"), &file).expect("to put it in its place");
    wait_for_room(&serving, "K3");
    // A new study group.
    for file in ["group.yaml", "2025-03-geneva.yaml"] {
        let text = fs::read_to_string(meetings.join("sg1").join(file)).expect("a definition");
        fs::create_dir_all(meetings.join("sg2")).expect("a folder");
        let text = text.replace("SG1", "SG2").replace("sg1.", "sg2.").replace("suffix: /1", "suffix: /2");
        fs::write(meetings.join("sg2").join(file), text).expect("to write");
    }
    wait_for(&serving, "/sg2/q1.ics", "LOCATION:K3\\, Geneva");
    // An edit in the new folder, which is watched too.
    let file = meetings.join("sg2/2025-03-geneva.yaml");
    let text = fs::read_to_string(&file).expect("a definition");
    fs::write(&file, text.replace("room: K3}", "room: K4}")).expect("to write");
    wait_for(&serving, "/sg2/q1.ics", "LOCATION:K4\\, Geneva");
}

/// As Kubernetes mounts volumes: the files are links through `..data`, which is swapped.
#[test]
fn a_volume_whose_links_are_swapped_is_served() {
    let work_dir: TempDir = tempfile::tempdir().expect("a folder");
    let meetings = work_dir.path().join("meetings");
    fs::create_dir_all(&meetings).expect("a folder");
    for (version, room) in [("..1", "K"), ("..2", "K2"), ("..3", "K3")] {
        write(&meetings.join(version), room);
    }
    symlink("..1", meetings.join("..data")).expect("a link");
    symlink("..data/sg1", meetings.join("sg1")).expect("a link");
    let serving = serve(work_dir.path(), &[]);
    wait_for_room(&serving, "K");
    for (version, room) in [("..2", "K2"), ("..3", "K3")] {
        symlink(version, meetings.join("..new")).expect("a link");
        fs::rename(meetings.join("..new"), meetings.join("..data")).expect("to swap");
        wait_for_room(&serving, room);
    }
}

/// The folder itself is a link to one release of the definitions, and then to another.
#[test]
fn a_folder_that_is_a_link_may_lead_elsewhere() {
    let work_dir: TempDir = tempfile::tempdir().expect("a folder");
    for (version, room) in [("one", "K"), ("two", "K2")] {
        write(&work_dir.path().join(version), room);
    }
    let link = work_dir.path().join("current");
    symlink("one", &link).expect("a link");
    let serving = serve(work_dir.path(), &[&link.display().to_string()]);
    wait_for_room(&serving, "K");
    symlink("two", work_dir.path().join("new")).expect("a link");
    fs::rename(work_dir.path().join("new"), &link).expect("to swap");
    wait_for_room(&serving, "K2");
}

/// A burst of saves is one release, and broken files do not change what is served.
#[test]
fn a_burst_of_saves_is_one_release_and_broken_files_change_nothing() {
    let work_dir: TempDir = tempfile::tempdir().expect("a folder");
    let meetings = work_dir.path().join("meetings");
    write(&meetings, "K");
    let serving = serve(work_dir.path(), &[]);
    let before = serving.get("/sg1/q1.ics");
    let file = meetings.join(MEETING);
    let text = fs::read_to_string(&file).expect("a definition");
    fs::write(&file, text.replace("kind: question", "kynd: question")).expect("to write");
    let status = wait_for(&serving, "/status.json", "2025-03-geneva.yaml:");
    assert!(status.contains("\"release\": 1"), "{status}");
    assert_eq!(
        serving.get("/sg1/q1.ics").split("\r\n\r\n").nth(1),
        before.split("\r\n\r\n").nth(1),
        "what was published is served"
    );
    for room in 0..300 {
        fs::write(&file, text.replace("room: K}", &format!("room: K{room}}}"))).expect("to write");
    }
    wait_for_room(&serving, "K299");
    let status = wait_for(&serving, "/status.json", "\"errors\": 0");
    let release = status.split("\"release\": ").nth(1).and_then(|rest| rest.split(',').next()).expect("a number");
    let release: u32 = release.parse().expect("a number");
    // One for the burst, and one more if this machine was so busy that the folder seemed settled.
    assert!((2..=4).contains(&release), "{status}");
}

/// delegates.yaml is not kept in memory. It is read again if a name that it uses changes.
#[test]
fn delegates_are_read_again_if_a_name_that_they_use_changes() {
    let work_dir: TempDir = tempfile::tempdir().expect("a folder");
    let meetings = work_dir.path().join("meetings");
    write(&meetings, "K");
    fs::write(meetings.join("delegates.yaml"), "- {id: delegate-1, follows: [SG1/Q1]}\n").expect("to write");
    let serving = serve(work_dir.path(), &[]);
    wait_for_room(&serving, "K");
    write(&meetings, "K2");
    wait_for_room(&serving, "K2");
    let file = meetings.join("sg1/group.yaml");
    let text = fs::read_to_string(&file).expect("a definition");
    fs::write(&file, text.replace("Q1", "Q7")).expect("to write");
    // Both a session and a delegate name the removed body. Only the number of errors in delegates.yaml is public.
    let status = wait_for(&serving, "/status.json", "\"errors\": 2");
    assert!(!status.contains("delegates.yaml"), "{status}");
    fs::write(&file, text).expect("to write");
    wait_for(&serving, "/status.json", "\"errors\": 0");
}
