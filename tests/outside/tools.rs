//! Software that `tests/run` installs: parsers and databases.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use convene::store::Location;

use crate::support::repository;

/// Returns the folder in which `tests/run` installs the parsers.
pub fn readers() -> PathBuf {
    let readers = repository().join("target/readers");
    assert!(
        readers.join("ready").exists(),
        "the outside readers are not installed in {}: run tests/run once, which installs them",
        readers.display()
    );
    readers
}

/// Runs a program with a text as its standard input, and returns its standard output. It must succeed.
pub fn run_with_input(command: &mut Command, input: &str) -> String {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a program that starts");
    child.stdin.take().expect("its standard input").write_all(input.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{command:?} ended with {}", output.status);
    String::from_utf8(output.stdout).expect("its output in UTF-8")
}

/// Controls a `PostgreSQL` of the tests, with arguments such as `["start"]` or `["kill", "faults"]`. Returns the
/// output.
pub fn server(arguments: &[&str]) -> String {
    let done = Command::new(repository().join("tests/postgres")).args(arguments).output().expect("tests/postgres");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("UTF-8").trim().to_owned()
}

/// Creates a database in the `PostgreSQL` of the tests, which is started if necessary.
pub fn postgres() -> Location {
    Location::Postgres(database(&server(&["start"])).parse().expect("an address"))
}

/// Creates a database on a server.
pub fn database(server: &str) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let made = Command::new("psql").args([server, "-qc", &format!("CREATE DATABASE {name}")]).output().expect("psql");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    server.replace("/postgres?", &format!("/{name}?"))
}
