//! Tests with third-party software: parsers of calendars, PostgreSQL, nginx and a browser. `tests/run` installs it
//! and runs them.
//!
//! Plain `cargo test` leaves them out as a whole, and none of them skips itself.

#![allow(unreachable_pub, reason = "a test binary has no users")]

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "each target of tests uses a part of it")]
mod support;
mod tools;

mod answers;
mod atom;
mod browser;
mod faults;
mod html;
mod pooler;
mod proxy;
mod readers;
mod replicas;
mod schemas;
#[path = "../suite/stores.rs"]
mod stores;
mod stories;
mod zones;

/// Creates a ledger in PostgreSQL.
fn new_ledger() -> (convene::store::Location, Option<tempfile::TempDir>) {
    (tools::postgres(), None)
}
