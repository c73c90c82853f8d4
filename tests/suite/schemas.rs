//! JSON Schemas are current, and definitions name them.

use std::fs;
use std::path::Path;
use std::process::Command;

use convene::definition;

use crate::support::{files, repository, schema_of, tree};

#[test]
fn committed_schemas_are_those_of_the_types() {
    let folder = tempfile::tempdir().expect("a folder");
    let written = Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["schema".as_ref(), folder.path().as_os_str()])
        .env_clear()
        .output()
        .expect("convene");
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    let names: Vec<&str> = definition::schemas().into_iter().map(|(name, _)| name).collect();
    assert_eq!(tree(folder.path()), names);
    for name in names {
        let read = |folder: &Path| fs::read_to_string(folder.join(name)).expect("a schema");
        let (committed, now) = (read(&repository().join("meetings")), read(folder.path()));
        assert!(committed == now, "{name} is not current: run `cargo run -- schema meetings`");
    }
}

#[test]
fn definitions_name_their_schemas_in_their_first_line() {
    let meetings = repository().join("meetings");
    for file in files(&meetings) {
        let text = String::from_utf8(file.bytes().expect("bytes").into()).expect("UTF-8");
        let schema = text.lines().next().and_then(|line| line.strip_prefix("# yaml-language-server: $schema="));
        let schema = schema.unwrap_or_else(|| panic!("{} names no schema", file.path));
        let beside = meetings.join(&file.path).parent().expect("a folder").join(schema);
        let found = fs::canonicalize(&beside).unwrap_or_else(|_| panic!("{} names {schema}", file.path));
        assert_eq!(found, fs::canonicalize(meetings.join(schema_of(&file.path))).expect("a schema"), "{}", file.path);
    }
}
