//! The crates of a first build: a new one must be added to the list on purpose.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use crate::support::repository;

/// `tests/build/crates.txt` lists every crate of a first build, with the part of its version that distinguishes it
/// from others of its name. `CONVENE_BLESS=1` writes it anew.
#[test]
fn a_first_build_has_the_crates_that_are_known() {
    let mut tree = Command::new(env!("CARGO"));
    tree.current_dir(repository()).args(["tree", "--locked", "--edges", "normal,build", "--prefix", "none"]);
    tree.args(["--target", "x86_64-unknown-linux-gnu", "--format", "{p}"]);
    let done = tree.output().expect("cargo tree");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let printed = String::from_utf8(done.stdout).expect("UTF-8");
    let found: BTreeSet<String> = printed.lines().map(crate_of).collect();
    let file = repository().join("tests/build/crates.txt");
    if std::env::var_os("CONVENE_BLESS").is_some() {
        let lines: Vec<&str> = found.iter().map(String::as_str).collect();
        fs::write(&file, lines.join("\n") + "\n").expect("to write");
    }
    let known: BTreeSet<String> = fs::read_to_string(&file).expect("a list").lines().map(str::to_owned).collect();
    let (new, gone): (Vec<_>, Vec<_>) = (found.difference(&known).collect(), known.difference(&found).collect());
    assert!(
        new.is_empty() && gone.is_empty(),
        "a first build has other crates than tests/build/crates.txt. New: {new:?}. Gone: {gone:?}. Are they worth what they \
         cost (tests/build/weigh.py)? Then `CONVENE_BLESS=1 cargo test crates` writes the list anew"
    );
}

/// Returns a crate with the part of its version that breaks compatibility: `sha2 0.10`, `syn 2`.
fn crate_of(line: &str) -> String {
    let mut words = line.split(' ');
    let (name, version) = (words.next().expect("a name"), words.next().expect("a version"));
    let version = version.trim_start_matches('v');
    let kept = if version.starts_with("0.") { 2 } else { 1 };
    format!("{name} {}", version.split('.').take(kept).collect::<Vec<_>>().join("."))
}
