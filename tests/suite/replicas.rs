//! One publisher and many replicas, and what becomes of them when the database does not do what it should: real processes
//! and a real database, which is killed, halted, made read-only and filled.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::commands::{Serving, body, convene, run};
use crate::support::{database, files, repository, server};

/// So often a service is asked before it is taken to have failed. Each time is an answer over a connection of its own.
pub const PATIENCE: usize = 1_000_000;

/// A folder with the definitions of a story, a secret that machines share, and nothing else.
pub fn place() -> TempDir {
    let place = tempfile::tempdir().expect("a folder");
    for file in files(&repository().join("tests/history/changed/1/meetings")) {
        let path = place.path().join("meetings").join(&file.path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("to make a folder");
        fs::write(path, file.bytes().expect("octets")).expect("to write");
    }
    fs::write(place.path().join("secret"), "a secret that everybody may know\n").expect("to write");
    place
}

/// Puts the session of Q1 into another room.
pub fn edit(place: &Path, from: &str, to: &str) {
    let file = place.join("meetings/sg1/2025-03-geneva.yaml");
    let text = fs::read_to_string(&file).expect("a definition");
    assert!(text.contains(&format!("room: {from}}}")), "{text}");
    // As editors save: beside it, then in its place.
    let draft = place.join("meetings/sg1/.draft");
    fs::write(&draft, text.replace(&format!("room: {from}}}"), &format!("room: {to}}}"))).expect("to write");
    fs::rename(draft, file).expect("to put it in its place");
}

/// `convene serve` with more options, looking often for what is new.
pub fn serve(place: &Path, options: &[&str]) -> Serving {
    let always = ["serve", "--listen", "127.0.0.1:0", "--base-url", "https://convene.example"];
    let often: &[&str] = if options.contains(&"--poll") { &[] } else { &["--poll", "0.05"] };
    Serving::start(convene(place).args(always).args(often).args(options))
}

/// Publishes without serving.
pub fn publish(place: &Path, options: &[&str]) {
    let always = ["publish", "--base-url", "https://convene.example"];
    let (code, _, error) = run(convene(place).args(always).args(options));
    assert_eq!(code, 0, "{error}");
}

/// Asks for an address until the answer holds a text.
pub fn until(serving: &Serving, path: &str, text: &str) -> String {
    let mut last = String::new();
    for _ in 0..PATIENCE {
        last = serving.get(path);
        if last.contains(text) {
            return last;
        }
    }
    panic!("{path} never holds {text}: {last}; {}", serving.get("/status.json"));
}

const ADDRESSES: [&str; 7] = [
    "/sg1/all.ics",
    "/sg1/q1.zh.ics",
    "/sg1/meetings.ics",
    "/sg1/follow/q1_q3.ics",
    "/sg1/q1.atom",
    "/sg1/",
    "/sg1/changes/",
];

/// An answer but for its date.
fn answer(serving: &Serving, path: &str) -> String {
    let reply = serving.get(path);
    reply.lines().filter(|line| !line.starts_with("date:")).collect::<Vec<_>>().join("\n")
}

#[test]
fn replicas_serve_what_one_publishes_with_the_same_bytes_and_entity_tags() {
    let database = database(&server(&["start"]));
    let (place, elsewhere) = (place(), tempfile::tempdir().expect("a folder"));
    let secret = place.path().join("secret").display().to_string();
    let ledger = ["--database", &database, "--secret-file", &secret];
    let replica = serve(elsewhere.path(), &[&ledger[..], &["--replica"]].concat());
    assert!(replica.get("/sg1/all.ics").starts_with("HTTP/1.1 503 "), "nothing has been published yet");
    let publisher = serve(place.path(), &ledger);
    until(&replica, "/sg1/q1.ics", "LOCATION:K\\, Geneva");
    // This one hears of releases, or not at all.
    let late = serve(elsewhere.path(), &[&ledger[..], &["--replica", "--poll", "86400"]].concat());
    for (from, to) in [("K", "K2"), ("K2", "K3")] {
        edit(place.path(), from, to);
        for serving in [&publisher, &replica, &late] {
            until(serving, "/sg1/q1.ics", &format!("LOCATION:{to}\\, Geneva"));
        }
        for path in ADDRESSES {
            let one = answer(&publisher, path);
            assert!(one.starts_with("HTTP/1.1 200 OK") && one.contains("etag: "), "{path}: {one}");
            assert_eq!(one, answer(&replica, path), "{path}");
            assert_eq!(one, answer(&late, path), "{path}");
        }
    }
    // A rollback is a release like any other: everybody follows it, and the folder waits.
    let (code, said, error) = run(convene(place.path()).args(["rollback", "1", "--database", &database]));
    assert_eq!((code, error.as_str()), (0, ""), "{said}");
    for serving in [&publisher, &replica, &late] {
        let reply = until(serving, "/sg1/q1.ics", "LOCATION:K\\, Geneva");
        assert!(reply.contains("SEQUENCE:3\r\n"), "{reply}");
    }
    edit(place.path(), "K3", "K4");
    until(&replica, "/sg1/q1.ics", "LOCATION:K4\\, Geneva");
    let (_, history, _) = run(convene(place.path()).args(["history", "--database", &database]));
    assert_eq!(history.lines().count(), 5, "{history}");
    assert!(history.lines().nth(1).is_some_and(|line| line.ends_with("1 changed  (restores release 1)")), "{history}");
    for serving in [publisher, replica, late] {
        serving.signal("TERM");
        assert_eq!(serving.end().0, 0);
    }
}

#[test]
fn to_follow_takes_no_more_than_the_right_to_read() {
    let database = database(&server(&["start"]));
    let (place, elsewhere) = (place(), tempfile::tempdir().expect("a folder"));
    let secret = place.path().join("secret").display().to_string();
    let publisher = serve(place.path(), &["--database", &database, "--secret-file", &secret]);
    let name = database.split(['/', '?']).nth(3).expect("a name");
    let role = format!("reader_of_{name}");
    sql(&database, &format!("CREATE ROLE {role} LOGIN"));
    sql(&database, &format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"));
    let narrow = database.replace("user=convene", &format!("user={role}"));
    assert_ne!(narrow, database);
    let replica = serve(elsewhere.path(), &["--database", &narrow, "--secret-file", &secret, "--replica"]);
    until(&replica, "/sg1/q1.ics", "LOCATION:K\\, Geneva");
    edit(place.path(), "K", "K2");
    until(&replica, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    assert_eq!(answer(&publisher, "/sg1/all.ics"), answer(&replica, "/sg1/all.ics"));
}

/// A publisher and a replica of one database.
struct Pair {
    database: String,
    place: TempDir,
    services: [Serving; 2],
    _elsewhere: TempDir,
}

impl Pair {
    fn of(server: &str) -> Self {
        let database = database(server);
        let (place, elsewhere) = (place(), tempfile::tempdir().expect("a folder"));
        let secret = place.path().join("secret").display().to_string();
        let ledger = ["--database", &database, "--secret-file", &secret];
        let publisher = serve(place.path(), &ledger);
        let replica = serve(elsewhere.path(), &[&ledger[..], &["--replica"]].concat());
        Self { database, place, services: [publisher, replica], _elsewhere: elsewhere }
    }

    fn edit(&self, from: &str, to: &str) {
        edit(self.place.path(), from, to);
    }

    /// Both serve this, and the same.
    fn both_serve(&self, before: &str) {
        for serving in &self.services {
            assert_eq!(answer(serving, "/sg1/all.ics"), before);
        }
    }

    /// Both come to serve a room by themselves, and say that all is well. What they serve then.
    fn both_heal(&self, room: &str) -> String {
        for serving in &self.services {
            until(serving, "/sg1/q1.ics", &format!("LOCATION:{room}\\, Geneva"));
            until(serving, "/status.json", "\"ledger\": null");
        }
        answer(&self.services[1], "/sg1/all.ics")
    }
}

fn sql(server: &str, statement: &str) {
    let done = Command::new("psql").args([server, "-qc", statement]).output().expect("psql");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_database_that_is_gone_takes_no_feed_down_and_is_followed_again() {
    let pair = Pair::of(&server(&["start", "faults"]));
    let before = pair.both_heal("K");
    // Gone, as after a loss of power.
    server(&["kill", "faults"]);
    pair.edit("K", "K2");
    for serving in &pair.services {
        let status = until(serving, "/status.json", "The ledger cannot be read or written");
        assert!(!status.contains(&pair.database) && !status.contains("/tmp"), "{status}");
        until(serving, "/status", "cannot be read or written");
    }
    pair.both_serve(&before);
    server(&["start", "faults"]);
    pair.both_heal("K2");
    let [publisher, _replica] = pair.services;
    publisher.signal("TERM");
    let (code, said) = publisher.end();
    assert_eq!(code, 0);
    assert!(said.contains("the last release stays served") && said.contains("the ledger responds again"), "{said}");
    assert!(!said.contains("convene-postgres"), "no address in the log: {said}");
    server(&["stop", "faults"]);
}

#[test]
fn a_database_that_is_read_only_takes_no_feed_down_and_is_written_again() {
    let server = server(&["start"]);
    let pair = Pair::of(&server);
    let before = pair.both_heal("K");
    let name = pair.database.split(['/', '?']).nth(3).expect("a name");
    let closed = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    sql(&server, &format!("ALTER DATABASE {name} SET default_transaction_read_only = on"));
    sql(&server, &closed);
    pair.edit("K", "K2");
    until(&pair.services[0], "/status.json", "The ledger cannot be read or written");
    pair.both_serve(&before);
    sql(&server, &format!("ALTER DATABASE {name} RESET default_transaction_read_only"));
    sql(&server, &closed);
    pair.both_heal("K2");
}

#[test]
fn a_database_that_is_slow_takes_no_feed_down() {
    let pair = Pair::of(&server(&["start"]));
    let before = pair.both_heal("K");
    // Somebody holds everybody up who publishes.
    let mut holding = Command::new("psql")
        .args([&pair.database, "-qAt"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("psql");
    let mut statements = holding.stdin.take().expect("its input");
    statements.write_all(b"BEGIN; UPDATE publisher SET turn = 0; SELECT 'held';\n").expect("to send");
    let mut held = String::new();
    let mut said = BufReader::new(holding.stdout.take().expect("its output"));
    said.read_line(&mut held).expect("a line");
    assert_eq!(held, "held\n");
    pair.edit("K", "K2");
    (0..200).for_each(|_| pair.both_serve(&before));
    // It is still waited for, and nobody is left in the dark.
    until(&pair.services[0], "/status.json", "The ledger cannot be read or written");
    pair.both_serve(&before);
    drop(statements);
    holding.wait().expect("its end");
    pair.both_heal("K2");
}

#[test]
fn a_database_that_is_halted_takes_no_feed_down_and_is_followed_again() {
    let pair = Pair::of(&server(&["start", "halted"]));
    let before = pair.both_heal("K");
    server(&["halt", "halted"]);
    pair.edit("K", "K2");
    for serving in &pair.services {
        until(serving, "/status.json", "The ledger cannot be read or written");
    }
    pair.both_serve(&before);
    server(&["resume", "halted"]);
    pair.both_heal("K2");
    drop(pair);
    server(&["stop", "halted"]);
}

/// The file of a ledger, and what `SQLite` keeps beside it.
fn ledger_files(place: &Path) -> Vec<std::path::PathBuf> {
    let files = fs::read_dir(place.join("state")).expect("a folder").map(|entry| entry.expect("a file").path());
    files.filter(|path| path.display().to_string().contains("ledger.sqlite")).collect()
}

#[test]
fn a_ledger_that_is_gone_is_not_begun_anew_and_is_gone_on_with_once_it_is_back() {
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
    // It is served before it is told of.
    let status = until(&serving, "/status.json", "\"release\": 2");
    assert!(status.contains("\"ledger\": null"), "{status}");
    serving.signal("TERM");
    let (_, said) = serving.end();
    assert!(said.contains("is missing: restore it"), "{said}");
}

#[test]
fn a_ledger_that_was_put_back_from_before_is_not_gone_on_from_until_it_is_recovered() {
    let place = place();
    publish(place.path(), &[]);
    // Nobody has it open: all of it is in one file.
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

/// An upgrade is a start: whoever has not been upgraded, or has been first, serves what there is.
#[test]
fn a_release_of_another_version_is_served_and_said_to_be_one_until_it_is_made_anew() {
    let database = database(&server(&["start"]));
    let place = place();
    let secret = place.path().join("secret").display().to_string();
    let ledger = ["--database", &database, "--secret-file", &secret];
    publish(place.path(), &["--database", &database]);
    sql(&database, "UPDATE releases SET renderer = '0/1999a'");
    let replica = serve(place.path(), &[&ledger[..], &["--replica"]].concat());
    assert!(replica.get("/sg1/q1.ics").contains("LOCATION:K\\, Geneva"));
    until(&replica, "/status.json", "made by another version of convene");
    let publisher = serve(place.path(), &ledger);
    until(&replica, "/status.json", "\"ledger\": null");
    let (_, history, _) = run(convene(place.path()).args(["history", "--database", &database]));
    assert!(history.starts_with("    2  ") && history.contains("nothing that readers see"), "{history}");
    edit(place.path(), "K", "K2");
    until(&publisher, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    drop(publisher);
    // Of two that publish, the older one stops: edits are left to the newer one.
    sql(&database, "UPDATE releases SET renderer = '999/2099a'");
    edit(place.path(), "K2", "K3");
    let older = serve(place.path(), &ledger);
    until(&older, "/status.json", "A newer version of convene publishes here");
    assert!(older.get("/sg1/q1.ics").contains("LOCATION:K2\\, Geneva"));
    edit(place.path(), "K3", "K2");
    older.signal("TERM");
    let (code, said) = older.end();
    assert_eq!(
        (code, said.matches("a newer version of convene publishes: this one only follows").count()),
        (0, 1),
        "{said}"
    );
    let waiting = serve(place.path(), &[&ledger[..], &["--no-publish"]].concat());
    until(&waiting, "/status.json", "made by another version of convene");
    assert_eq!(body(&waiting.get("/sg1/q1.ics")), body(&replica.get("/sg1/q1.ics")));
    let (_, history, _) = run(convene(place.path()).args(["history", "--database", &database]));
    assert_eq!(history.lines().count(), 3, "{history}");
}

#[test]
fn a_folder_that_cannot_be_read_takes_no_feed_down_and_is_told_once() {
    let place = place();
    let serving = serve(place.path(), &[]);
    let before = answer(&serving, "/sg1/all.ics");
    let (folder, away) = (place.path().join("meetings/sg1"), place.path().join("away"));
    fs::rename(&folder, &away).expect("to move it");
    let status = until(&serving, "/status.json", "The folder of definitions cannot be read");
    assert!(!status.contains("/tmp") && status.contains("\"ledger\": null"), "{status}");
    until(&serving, "/status", "The folder of definitions cannot be read");
    assert_eq!(answer(&serving, "/sg1/all.ics"), before);
    // A start finds it so, and serves what was published.
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

/// As git and some editors save: the file is away for a moment.
#[test]
fn a_file_that_is_away_for_a_moment_is_not_gone() {
    let place = place();
    let serving = serve(place.path(), &[]);
    let before = answer(&serving, "/sg1/all.ics");
    let file = place.path().join("meetings/sg1/2025-03-geneva.yaml");
    let text = fs::read_to_string(&file).expect("a definition");
    fs::remove_file(&file).expect("to remove it");
    // Longer than it takes to look.
    for _ in 0..200 {
        assert_eq!(answer(&serving, "/sg1/all.ics"), before);
    }
    fs::write(&file, text.replace("room: K}", "room: K2}")).expect("to write");
    until(&serving, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    // A copy that looks as old and as large as what it replaces is another one all the same.
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
    // One that stays away is gone.
    fs::remove_file(&file).expect("to remove it");
    until(&serving, "/status.json", "\"release\": 4");
}

/// A disk that is full is one on which no file may grow.
#[test]
fn a_full_disk_takes_no_feed_down() {
    let place = place();
    publish(place.path(), &[]);
    let size = fs::metadata(place.path().join("state/ledger.sqlite")).expect("the ledger").len();
    // The signal that says so is ignored, as it is where a disk is full: writing fails.
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
    // With what fits it goes on by itself.
    fs::write(&file, good.replace("room: K}", "room: K2}")).expect("to write");
    until(&serving, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    until(&serving, "/status.json", "\"ledger\": null");
    let (code, history, _) = run(convene(place.path()).arg("history"));
    assert_eq!((code, history.lines().count()), (0, 2), "{history}");
}

#[test]
fn definitions_that_break_take_no_feed_down_and_are_told_without_what_is_private() {
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
    // A start with broken definitions serves what was published.
    serving.signal("TERM");
    assert_eq!(serving.end().0, 0);
    let again = serve(place.path(), &[]);
    assert_eq!(answer(&again, "/sg1/all.ics"), before);
}
