//! A folder of definitions with one meeting, which tests edit and serve.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::program::{RunningServer, convene, run};
use crate::support::{files, repository, write_file};

/// Returns a folder that contains the definitions of a story, and a secret that machines share.
pub fn work_dir() -> TempDir {
    let work_dir = tempfile::tempdir().expect("a folder");
    for file in files(&repository().join("tests/history/changed/1/meetings")) {
        write_file(&work_dir.path().join("meetings").join(&file.path), file.bytes().expect("bytes"));
    }
    fs::write(work_dir.path().join("secret"), "a secret that everybody may know\n").expect("to write");
    work_dir
}

/// Moves the session of Q1 to another room.
pub fn edit(work_dir: &Path, from: &str, to: &str) {
    let file = work_dir.join("meetings/sg1/2025-03-geneva.yaml");
    let text = fs::read_to_string(&file).expect("a definition");
    assert!(text.contains(&format!("room: {from}}}")), "{text}");
    // As editors save: beside it, then renamed.
    let draft = work_dir.join("meetings/sg1/.draft");
    fs::write(&draft, text.replace(&format!("room: {from}}}"), &format!("room: {to}}}"))).expect("to write");
    fs::rename(draft, file).expect("to put it in its place");
}

/// Starts `convene serve` with more options, polling often.
pub fn serve(work_dir: &Path, options: &[&str]) -> RunningServer {
    let always = ["serve", "--listen", "127.0.0.1:0", "--base-url", "https://convene.example"];
    let often: &[&str] = if options.contains(&"--poll") { &[] } else { &["--poll", "0.05"] };
    RunningServer::start(convene(work_dir).args(always).args(often).args(options))
}

/// Publishes without serving.
pub fn publish(work_dir: &Path, options: &[&str]) {
    let always = ["publish", "--base-url", "https://convene.example"];
    let (code, _, error) = run(convene(work_dir).args(always).args(options));
    assert_eq!(code, 0, "{error}");
}

pub const ADDRESSES: [&str; 7] = [
    "/sg1/all.ics",
    "/sg1/q1.zh.ics",
    "/sg1/meetings.ics",
    "/sg1/follow/q1_q3.ics",
    "/sg1/q1.atom",
    "/sg1/",
    "/sg1/changes/",
];

/// Returns a response without its date.
pub fn answer(serving: &RunningServer, path: &str) -> String {
    let reply = serving.get(path);
    reply.lines().filter(|line| !line.starts_with("date:")).collect::<Vec<_>>().join("\n")
}
