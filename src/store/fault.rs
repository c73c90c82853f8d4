//! Errors of a database, explained with what to do.

use std::fmt;

use anyhow::Error;
use jiff::Timestamp;
use sqlx::migrate::MigrateError;

/// What to do about a PgBouncer that shares sessions.
pub(super) const POOLED: &str = "a PgBouncer in transaction or statement mode hands one session of the database to many. Give \
                                 the address of the PostgreSQL itself, or of a PgBouncer with `pool_mode = session` and \
                                 `ignore_startup_parameters = extra_float_digits`";

/// What to do about a damaged file. SQLite also takes a disk that cannot be read for damage.
pub(super) const DAMAGED: &str = "it is damaged, or its disk cannot be read. Where that stays so, put back a copy of it; \
                                  without one, move it away and run `convene publish --recover`";

/// The error that the clock of this machine is behind the latest release.
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

/// Returns `true` if the clock is behind the latest release.
pub fn is_of_clock(error: &Error) -> bool {
    error.is::<ClockBehind>()
}

/// What to do about content of the ledger that cannot be decoded.
pub(super) const UNREADABLE: &str = "what is in it cannot be read by this version of convene: a newer one wrote it, or it is \
                                     damaged";

/// Returns `true` if a newer version of convene wrote the ledger, which retrying does not change.
pub fn is_of_newer(error: &Error) -> bool {
    matches!(error.downcast_ref::<MigrateError>(), Some(MigrateError::VersionMissing(_)))
}

/// Returns the code of a database error: a number of SQLite, or a SQLSTATE.
fn code_of(error: &sqlx::Error) -> Option<String> {
    error.as_database_error()?.code().map(std::borrow::Cow::into_owned)
}

/// Returns the code of the database error that caused another error.
fn code(error: &Error) -> Option<String> {
    error.chain().find_map(|cause| match cause.downcast_ref::<MigrateError>() {
        Some(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) => code_of(error),
        _ => cause.downcast_ref::<sqlx::Error>().and_then(code_of),
    })
}

/// Returns the primary code of an SQLite code; `None` for a SQLSTATE. Source: <https://sqlite.org/rescode.html>
fn primary(code: &str) -> Option<u32> {
    let code: u32 = code.parse().ok().filter(|code| *code < 10_000)?;
    Some(code & 0xff)
}

/// Returns `true` if a connection can only read: `SQLITE_READONLY`
pub(super) fn is_for_reading(error: &sqlx::Error) -> bool {
    code_of(error).is_some_and(|code| primary(&code) == Some(8))
}

/// Returns `true` if another connection holds a lock: `SQLITE_BUSY`
pub(super) fn is_busy(error: &sqlx::Error) -> bool {
    code_of(error).is_some_and(|code| primary(&code) == Some(5))
}

/// Returns `true` if the stored data are damaged: `SQLITE_CORRUPT` and `SQLITE_NOTADB`
pub(super) fn is_damage(error: &Error) -> bool {
    code(error).is_some_and(|code| matches!(primary(&code), Some(11 | 26)))
}

/// Returns `true` if stored data cannot be decoded.
pub(super) fn is_unreadable(error: &Error) -> bool {
    error.chain().any(<dyn std::error::Error>::is::<serde_json::Error>)
}

/// Returns `true` if another connection has used the session meanwhile.
pub(super) fn is_of_pooler(error: &Error) -> bool {
    let has_code = |codes: &[&str]| code(error).is_some_and(|code| codes.contains(&code.as_str()));
    // A prepared statement is missing, or exists already. PgBouncer refuses parameters that it does not know.
    has_code(&["26000", "42P05"]) || format!("{error:#}").contains("unsupported startup parameter")
}
