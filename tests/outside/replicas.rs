//! One publisher and many replicas, also while the database fails: real processes and a real PostgreSQL, which is
//! killed, halted, locked and made read-only.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::support::folder::{ADDRESSES, answer, edit, publish, serve, work_dir};
use crate::support::program::{RunningServer, body, convene, run, wait_for};
use crate::tools::{database, server};

#[test]
fn replicas_serve_the_same_bytes_and_entity_tags_as_the_publisher() {
    let database = database(&server(&["start"]));
    let (work_dir, elsewhere) = (work_dir(), tempfile::tempdir().expect("a folder"));
    let secret = work_dir.path().join("secret").display().to_string();
    let ledger = ["--database", &database, "--secret-file", &secret];
    let replica = serve(elsewhere.path(), &[&ledger[..], &["--replica"]].concat());
    assert!(replica.get("/sg1/all.ics").starts_with("HTTP/1.1 503 "), "nothing has been published yet");
    let publisher = serve(work_dir.path(), &ledger);
    wait_for(&replica, "/sg1/q1.ics", "LOCATION:K\\, Geneva");
    // This replica learns of releases by notification only.
    let late = serve(elsewhere.path(), &[&ledger[..], &["--replica", "--poll", "86400"]].concat());
    for (from, to) in [("K", "K2"), ("K2", "K3")] {
        edit(work_dir.path(), from, to);
        for serving in [&publisher, &replica, &late] {
            wait_for(serving, "/sg1/q1.ics", &format!("LOCATION:{to}\\, Geneva"));
        }
        for path in ADDRESSES {
            let one = answer(&publisher, path);
            assert!(one.starts_with("HTTP/1.1 200 OK") && one.contains("etag: "), "{path}: {one}");
            assert_eq!(one, answer(&replica, path), "{path}");
            assert_eq!(one, answer(&late, path), "{path}");
        }
    }
    // A rollback is a release like any other: all follow it, and the folder waits.
    let (code, output, error) = run(convene(work_dir.path()).args(["rollback", "1", "--database", &database]));
    assert_eq!((code, error.as_str()), (0, ""), "{output}");
    for serving in [&publisher, &replica, &late] {
        let reply = wait_for(serving, "/sg1/q1.ics", "LOCATION:K\\, Geneva");
        assert!(reply.contains("SEQUENCE:3\r\n"), "{reply}");
    }
    edit(work_dir.path(), "K3", "K4");
    wait_for(&replica, "/sg1/q1.ics", "LOCATION:K4\\, Geneva");
    let (_, history, _) = run(convene(work_dir.path()).args(["history", "--database", &database]));
    assert_eq!(history.lines().count(), 5, "{history}");
    assert!(history.lines().nth(1).is_some_and(|line| line.ends_with("1 changed  (restores release 1)")), "{history}");
    for serving in [publisher, replica, late] {
        serving.signal("TERM");
        assert_eq!(serving.end().0, 0);
    }
}

#[test]
fn following_needs_only_the_right_to_read() {
    let database = database(&server(&["start"]));
    let (work_dir, elsewhere) = (work_dir(), tempfile::tempdir().expect("a folder"));
    let secret = work_dir.path().join("secret").display().to_string();
    let publisher = serve(work_dir.path(), &["--database", &database, "--secret-file", &secret]);
    let name = database.split(['/', '?']).nth(3).expect("a name");
    let role = format!("reader_of_{name}");
    sql(&database, &format!("CREATE ROLE {role} LOGIN"));
    sql(&database, &format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"));
    let narrow = database.replace("user=convene", &format!("user={role}"));
    assert_ne!(narrow, database);
    let replica = serve(elsewhere.path(), &["--database", &narrow, "--secret-file", &secret, "--replica"]);
    wait_for(&replica, "/sg1/q1.ics", "LOCATION:K\\, Geneva");
    edit(work_dir.path(), "K", "K2");
    // The publisher stores a release before it serves it, so the replica may be first.
    for service in [&replica, &publisher] {
        wait_for(service, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    }
    assert_eq!(answer(&publisher, "/sg1/all.ics"), answer(&replica, "/sg1/all.ics"));
}

/// A publisher and a replica of one database.
struct Pair {
    database: String,
    work_dir: TempDir,
    services: [RunningServer; 2],
    _elsewhere: TempDir,
}

impl Pair {
    fn start(server: &str) -> Self {
        let database = database(server);
        let (work_dir, elsewhere) = (work_dir(), tempfile::tempdir().expect("a folder"));
        let secret = work_dir.path().join("secret").display().to_string();
        let ledger = ["--database", &database, "--secret-file", &secret];
        let publisher = serve(work_dir.path(), &ledger);
        let replica = serve(elsewhere.path(), &[&ledger[..], &["--replica"]].concat());
        Self { database, work_dir, services: [publisher, replica], _elsewhere: elsewhere }
    }

    fn edit(&self, from: &str, to: &str) {
        edit(self.work_dir.path(), from, to);
    }

    /// Checks that both serve the same as before.
    fn both_serve(&self, before: &str) {
        for serving in &self.services {
            assert_eq!(answer(serving, "/sg1/all.ics"), before);
        }
    }

    /// Waits until both serve a room and report no fault. Returns what they serve.
    fn both_heal(&self, room: &str) -> String {
        for serving in &self.services {
            wait_for(serving, "/sg1/q1.ics", &format!("LOCATION:{room}\\, Geneva"));
            wait_for(serving, "/status.json", "\"ledger\": null");
        }
        answer(&self.services[1], "/sg1/all.ics")
    }
}

fn sql(server: &str, statement: &str) {
    let done = Command::new("psql").args([server, "-qc", statement]).output().expect("psql");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_killed_database_takes_no_feed_down_and_is_followed_again() {
    let pair = Pair::start(&server(&["start", "faults"]));
    let before = pair.both_heal("K");
    // Killed, as by a loss of power.
    server(&["kill", "faults"]);
    pair.edit("K", "K2");
    for serving in &pair.services {
        let status = wait_for(serving, "/status.json", "The ledger cannot be read or written");
        assert!(!status.contains(&pair.database) && !status.contains("/tmp"), "{status}");
        wait_for(serving, "/status", "cannot be read or written");
    }
    pair.both_serve(&before);
    server(&["start", "faults"]);
    pair.both_heal("K2");
    let [publisher, _replica] = pair.services;
    publisher.signal("TERM");
    let (code, output) = publisher.end();
    assert_eq!(code, 0);
    assert!(
        output.contains("the last release stays served") && output.contains("the ledger responds again"),
        "{output}"
    );
    assert!(!output.contains("convene-postgres"), "no address in the log: {output}");
    server(&["stop", "faults"]);
}

#[test]
fn a_read_only_database_takes_no_feed_down_and_is_written_again() {
    let server = server(&["start"]);
    let pair = Pair::start(&server);
    let before = pair.both_heal("K");
    let name = pair.database.split(['/', '?']).nth(3).expect("a name");
    let closed = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    sql(&server, &format!("ALTER DATABASE {name} SET default_transaction_read_only = on"));
    sql(&server, &closed);
    pair.edit("K", "K2");
    wait_for(&pair.services[0], "/status.json", "The ledger cannot be read or written");
    pair.both_serve(&before);
    sql(&server, &format!("ALTER DATABASE {name} RESET default_transaction_read_only"));
    sql(&server, &closed);
    pair.both_heal("K2");
}

#[test]
fn a_slow_database_takes_no_feed_down() {
    let pair = Pair::start(&server(&["start"]));
    let before = pair.both_heal("K");
    // A transaction holds the lock for publishing.
    let mut holding = Command::new("psql")
        .args([&pair.database, "-qAt"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("psql");
    let mut statements = holding.stdin.take().expect("its input");
    statements.write_all(b"BEGIN; UPDATE publisher SET turn = 0; SELECT 'held';\n").expect("to send");
    let mut held = String::new();
    let mut output = BufReader::new(holding.stdout.take().expect("its output"));
    output.read_line(&mut held).expect("a line");
    assert_eq!(held, "held\n");
    pair.edit("K", "K2");
    (0..200).for_each(|_| pair.both_serve(&before));
    // It still waits, and reports that.
    wait_for(&pair.services[0], "/status.json", "The ledger cannot be read or written");
    pair.both_serve(&before);
    drop(statements);
    holding.wait().expect("its end");
    pair.both_heal("K2");
}

#[test]
fn a_halted_database_takes_no_feed_down_and_is_followed_again() {
    let pair = Pair::start(&server(&["start", "halted"]));
    let before = pair.both_heal("K");
    server(&["halt", "halted"]);
    pair.edit("K", "K2");
    for serving in &pair.services {
        wait_for(serving, "/status.json", "The ledger cannot be read or written");
    }
    pair.both_serve(&before);
    server(&["resume", "halted"]);
    pair.both_heal("K2");
    drop(pair);
    server(&["stop", "halted"]);
}

/// During an upgrade, replicas of any version serve the latest release.
#[test]
fn a_release_of_another_version_is_served_until_it_is_rendered_again() {
    let database = database(&server(&["start"]));
    let work_dir = work_dir();
    let secret = work_dir.path().join("secret").display().to_string();
    let ledger = ["--database", &database, "--secret-file", &secret];
    publish(work_dir.path(), &["--database", &database]);
    sql(&database, "UPDATE releases SET renderer = '0/1999a'");
    let replica = serve(work_dir.path(), &[&ledger[..], &["--replica"]].concat());
    assert!(replica.get("/sg1/q1.ics").contains("LOCATION:K\\, Geneva"));
    wait_for(&replica, "/status.json", "made by another version of convene");
    let publisher = serve(work_dir.path(), &ledger);
    wait_for(&replica, "/status.json", "\"ledger\": null");
    let (_, history, _) = run(convene(work_dir.path()).args(["history", "--database", &database]));
    assert!(history.starts_with("    2  ") && history.contains("nothing that readers see"), "{history}");
    edit(work_dir.path(), "K", "K2");
    wait_for(&publisher, "/sg1/q1.ics", "LOCATION:K2\\, Geneva");
    drop(publisher);
    // Of two publishers, the older version stops, and leaves edits to the newer one.
    sql(&database, "UPDATE releases SET renderer = '999/2099a'");
    edit(work_dir.path(), "K2", "K3");
    let older = serve(work_dir.path(), &ledger);
    wait_for(&older, "/status.json", "A newer version of convene publishes here");
    assert!(older.get("/sg1/q1.ics").contains("LOCATION:K2\\, Geneva"));
    edit(work_dir.path(), "K3", "K2");
    older.signal("TERM");
    let (code, output) = older.end();
    assert_eq!(
        (code, output.matches("a newer version of convene publishes: this one only follows").count()),
        (0, 1),
        "{output}"
    );
    let waiting = serve(work_dir.path(), &[&ledger[..], &["--no-publish"]].concat());
    wait_for(&waiting, "/status.json", "made by another version of convene");
    assert_eq!(body(&waiting.get("/sg1/q1.ics")), body(&replica.get("/sg1/q1.ics")));
    let (_, history, _) = run(convene(work_dir.path()).args(["history", "--database", &database]));
    assert_eq!(history.lines().count(), 3, "{history}");
}
