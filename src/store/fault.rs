//! What is wrong with a database, in words that say what to do about it.

use std::fmt;

use anyhow::Error;
use jiff::Timestamp;
use sqlx::migrate::MigrateError;

/// What to do about a PgBouncer that hands sessions around.
pub(super) const POOLED: &str = "a PgBouncer in transaction or statement mode hands one session of the database to many. Give \
                                 the address of the PostgreSQL itself, or of a PgBouncer with `pool_mode = session` and \
                                 `ignore_startup_parameters = extra_float_digits`";

/// What to do about a file that is damaged. SQLite takes a disk that cannot be read for a moment for one.
pub(super) const DAMAGED: &str = "it is damaged, or its disk cannot be read. Where that stays so, put back a copy of it; \
                                  without one, move it away and run `convene publish --recover`";

/// The clock of this machine is behind the latest release.
#[derive(Debug)]
pub(super) struct ClockBehind {
    pub(super) now: Timestamp,
    pub(super) latest: Timestamp,
}

impl fmt::Display for ClockBehind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { now, latest } = self;
        write!(
            formatter,
            "the clock of this machine says {now}, and the latest release is of {latest}: set the clock. If it is right now \
             and was ahead of time then, run `convene publish --clock-was-ahead` once"
        )
    }
}

impl std::error::Error for ClockBehind {}

/// Whether an error is that the clock is behind the latest release.
pub fn is_of_clock(error: &Error) -> bool {
    error.is::<ClockBehind>()
}

/// What to do about something in the ledger that makes no sense here.
pub(super) const UNREADABLE: &str = "what is in it cannot be read by this version of convene: a newer one wrote it, or it is \
                                     damaged";

/// Whether an error is that a newer version of convene wrote the ledger: time does not mend that.
pub fn is_of_newer(error: &Error) -> bool {
    matches!(error.downcast_ref::<MigrateError>(), Some(MigrateError::VersionMissing(_)))
}

/// The code of a database's error: a number of SQLite's, or a SQLSTATE.
fn code_of(error: &sqlx::Error) -> Option<String> {
    error.as_database_error()?.code().map(std::borrow::Cow::into_owned)
}

/// The code of the database's error behind another.
fn code(error: &Error) -> Option<String> {
    error.chain().find_map(|cause| match cause.downcast_ref::<MigrateError>() {
        Some(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) => code_of(error),
        _ => cause.downcast_ref::<sqlx::Error>().and_then(code_of),
    })
}

/// What kind of error a code of SQLite's is, whatever more it says; none for a SQLSTATE. Source:
/// <https://sqlite.org/rescode.html>
fn primary(code: &str) -> Option<u32> {
    let code: u32 = code.parse().ok().filter(|code| *code < 10_000)?;
    Some(code & 0xff)
}

/// Whether an error is that a connection can read and not write: `SQLITE_READONLY`
pub(super) fn is_for_reading(error: &sqlx::Error) -> bool {
    code_of(error).is_some_and(|code| primary(&code) == Some(8))
}

/// Whether an error is that what was stored is not what is read: `SQLITE_CORRUPT` and `SQLITE_NOTADB`
pub(super) fn is_damage(error: &Error) -> bool {
    code(error).is_some_and(|code| matches!(primary(&code), Some(11 | 26)))
}

/// Whether an error is that what is stored makes no sense here.
pub(super) fn is_unreadable(error: &Error) -> bool {
    error.chain().any(<dyn std::error::Error>::is::<serde_json::Error>)
}

/// Whether an error is that of a session which another one has used meanwhile.
pub(super) fn is_of_pooler(error: &Error) -> bool {
    let has_code = |codes: &[&str]| code(error).is_some_and(|code| codes.contains(&code.as_str()));
    // A statement that was prepared is not there, or is there already; PgBouncer refuses what it does not know.
    has_code(&["26000", "42P05"]) || format!("{error:#}").contains("unsupported startup parameter")
}
