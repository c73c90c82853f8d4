//! Atom, read by a third-party parser.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::support::histories::releases;
use crate::support::{addresses, get, repository, site};
use crate::tools::{readers, run_with_input};

#[test]
fn a_third_party_parser_reads_the_changes_of_every_feed() {
    let folder = tempfile::tempdir().expect("a folder");
    let releases = releases(3);
    let release = releases.last().expect("a release");
    let service = site(release);
    let mut paths: BTreeMap<String, String> = BTreeMap::new();
    for (name, path) in addresses(release) {
        let path = path.replace(".ics", ".atom");
        let answer = get(&service, &path);
        assert_eq!(answer.headers["content-type"], "application/atom+xml; charset=utf-8", "{name}");
        let file = folder.path().join(format!("{}.atom", paths.len()));
        fs::write(&file, answer.body).expect("to write");
        paths.insert(file.display().to_string(), name);
    }
    let input: String = paths.keys().fold(String::new(), |all, path| all + path + "\n");
    let mut python = Command::new(readers().join("venv/bin/python"));
    let output = run_with_input(python.arg(repository().join("tests/readers/atom.py")), &input);
    let mut told = 0;
    let mut ids = BTreeSet::new();
    for ((_, name), line) in paths.iter().zip(output.lines()) {
        let read: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(read["complaints"], serde_json::json!([]), "{name}");
        let entries = read["entries"].as_array().expect("entries");
        told += entries.len();
        let once: BTreeSet<&str> = entries.iter().map(|entry| entry[0].as_str().expect("an id")).collect();
        assert_eq!(once.len(), entries.len(), "{name}: every entry has an id of its own");
        let is_default = name.matches('.').count() == 1;
        let id = read["id"].as_str().expect("an id").to_owned();
        assert!(!is_default || ids.insert(id), "{name}: every feed has an id of its own");
        let own = format!("https://convene.example/{}", name.replace(".ics", ".atom"));
        let language = release.timetable.groups[0].first_language().to_string();
        let own = own.replace(&format!(".{language}.atom"), ".atom");
        assert!(name.starts_with("delegate/") || read["links"]["self"] == Value::String(own), "{name}");
    }
    assert_eq!(output.lines().count(), paths.len());
    assert!(told > 200, "only {told} changes are told");
}
