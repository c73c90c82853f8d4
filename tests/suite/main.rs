//! Tests at the boundary: files in, bytes out. The data are in the folders beside this one; a new case is a folder.
//!
//! They need nothing but Rust: `cargo test`. What needs parsers, databases or a browser is in `tests/outside`.

#![allow(unreachable_pub, reason = "a test binary has no users")]

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "each target of tests uses a part of it")]
mod support;

mod addresses;
mod architecture;
mod assemblies;
mod changes;
mod commands;
mod contents;
mod crates;
mod edits;
mod facts;
mod formats;
mod golden;
mod guide;
mod histories;
mod hostile;
mod hours;
mod http;
mod icalendar_crate;
mod messages;
mod new;
mod operator;
mod outages;
mod pages;
mod problems;
mod publishing;
mod rechecks;
mod schemas;
mod sentences;
mod series;
mod stores;
mod stories;
mod text;
mod told;
mod weather;
mod whose;
mod wording;
mod zones;

/// Creates a ledger in SQLite, and returns the folder that contains it.
fn new_ledger() -> (convene::store::Location, Option<tempfile::TempDir>) {
    let folder = tempfile::tempdir().expect("a folder");
    (convene::store::Location::in_folder(folder.path()), Some(folder))
}
