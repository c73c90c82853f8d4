//! Errors of the store: their kind, what was being done, and what to do.

use std::error::Error;
use std::fmt;
use std::io;

use sqlx::migrate::MigrateError;

use super::Location;

/// What to do about a PgBouncer that shares sessions.
const SHARED: &str = "a PgBouncer in transaction or statement mode hands one session of the database to many. Give the \
                      address of the PostgreSQL itself, or of a PgBouncer with `pool_mode = session` and \
                      `ignore_startup_parameters = extra_float_digits`";

/// What to do about a damaged file. SQLite also takes a disk that cannot be read for damage.
const DAMAGED: &str = "it is damaged, or its disk cannot be read. Where that stays so, put back a copy of it; without one, \
                       move it away and run `convene publish --recover`";

/// What to do about content of the ledger that cannot be decoded.
const UNREADABLE: &str =
    "what is in it cannot be read by this version of convene: a newer one wrote it, or it is damaged";

/// An error of the store. Its text says what was being done, what to do if that is known, and the cause; it never
/// contains the password of a database, nor anything about delegates.
#[derive(Debug)]
pub struct StoreError {
    kind: StoreErrorKind,
    message: String,
}

/// What kind of error the store met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreErrorKind {
    /// The clock of this machine is behind the latest release.
    ClockBehind,
    /// A newer version of convene writes the ledger: retrying does not help.
    NewerVersion,
    /// The stored data are damaged, or the disk cannot be read.
    Damaged,
    /// Stored values cannot be decoded.
    Unreadable,
    /// A connection pooler shares sessions of the database.
    SharedSessions,
    /// Anything else: the database cannot be reached, read or written, or does not contain what was asked for.
    Other,
}

impl StoreError {
    /// Returns an error with a message of its own.
    pub(super) fn new(kind: StoreErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// Returns an error of no special kind.
    pub(super) fn other(message: impl Into<String>) -> Self {
        Self::new(StoreErrorKind::Other, message)
    }

    /// Returns an error that says what was being done with a ledger, such as `cannot open the ledger`.
    pub(super) fn from_cause(cause: &Cause, doing: &str, location: &Location) -> Self {
        let kind = cause.kind();
        let details = location.without_secrets(&cause.to_string());
        let message = match kind {
            StoreErrorKind::NewerVersion => {
                format!("{location} was written by a newer version of convene: start that version: {details}")
            }
            StoreErrorKind::Damaged => format!("{doing}: {DAMAGED}: {details}"),
            StoreErrorKind::Unreadable => format!("{doing}: {UNREADABLE}: {details}"),
            StoreErrorKind::SharedSessions => format!("{doing}: {SHARED}: {details}"),
            StoreErrorKind::ClockBehind | StoreErrorKind::Other => format!("{doing}: {details}"),
        };
        Self { kind, message }
    }

    /// Returns the error that a connection pooler shares sessions.
    pub(super) fn shared_sessions(location: &Location) -> Self {
        Self::new(StoreErrorKind::SharedSessions, format!("cannot use {location}: {SHARED}"))
    }

    /// Returns what kind of error it is.
    ///
    /// ```
    /// use convene::store::{Location, Store, StoreErrorKind};
    ///
    /// let folder = tempfile::tempdir()?;
    /// let location = Location::in_folder(folder.path());
    /// std::fs::write(folder.path().join("ledger.sqlite"), "no database ".repeat(1_000))?;
    /// let runtime = tokio::runtime::Runtime::new()?;
    /// let error = runtime.block_on(Store::open(&location)).expect_err("a file that is no database");
    /// assert_eq!(error.kind(), StoreErrorKind::Damaged);
    /// # Ok::<(), anyhow::Error>(())
    /// ```
    pub fn kind(&self) -> StoreErrorKind {
        self.kind
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl Error for StoreError {}

/// The cause of an error, without what was being done.
#[derive(Debug)]
pub(super) enum Cause {
    /// The database.
    Database(sqlx::Error),
    /// A migration of the tables.
    Migration(MigrateError),
    /// A stored value that cannot be decoded. The text names it by its table, without its content.
    Content(String),
    /// A file: the ledger's own, or a definition.
    File(io::Error),
    /// There is no such release.
    NoRelease(u32),
}

impl Cause {
    /// Returns a function that turns the error of a decoder into one of a stored value.
    pub(super) fn content<E>(what: impl Into<String>) -> impl FnOnce(E) -> Self {
        |_| Self::Content(what.into())
    }

    fn kind(&self) -> StoreErrorKind {
        match self {
            Self::Migration(MigrateError::VersionMissing(_)) => StoreErrorKind::NewerVersion,
            Self::Content(_) | Self::Database(sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)) => {
                StoreErrorKind::Unreadable
            }
            _ if self.is_damage() => StoreErrorKind::Damaged,
            _ if self.is_of_pooler() => StoreErrorKind::SharedSessions,
            Self::Database(_) | Self::Migration(_) | Self::File(_) | Self::NoRelease(_) => StoreErrorKind::Other,
        }
    }

    /// Returns the code of a database error: a number of SQLite, or a SQLSTATE.
    fn code(&self) -> Option<String> {
        match self {
            Self::Database(error)
            | Self::Migration(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) => {
                code_of(error)
            }
            Self::Migration(_) | Self::Content(_) | Self::File(_) | Self::NoRelease(_) => None,
        }
    }

    /// Returns `true` if the stored data are damaged: `SQLITE_CORRUPT` and `SQLITE_NOTADB`
    fn is_damage(&self) -> bool {
        self.code().is_some_and(|code| matches!(primary(&code), Some(11 | 26)))
    }

    /// Returns `true` if another connection has used the session meanwhile: a prepared statement is missing, or exists
    /// already. PgBouncer also refuses parameters that it does not know.
    fn is_of_pooler(&self) -> bool {
        self.code().is_some_and(|code| ["26000", "42P05"].contains(&code.as_str()))
            || self.to_string().contains("unsupported startup parameter")
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => write_chain(formatter, error),
            Self::Migration(error) => write_chain(formatter, error),
            Self::Content(what) => formatter.write_str(what),
            Self::File(error) => write!(formatter, "{error}"),
            Self::NoRelease(number) => write!(formatter, "there is no release {number}: `convene history` lists them"),
        }
    }
}

/// Writes an error and its sources, separated by colons.
fn write_chain(formatter: &mut fmt::Formatter<'_>, error: &(dyn Error + 'static)) -> fmt::Result {
    write!(formatter, "{error}")?;
    let mut source = error.source();
    while let Some(error) = source {
        write!(formatter, ": {error}")?;
        source = error.source();
    }
    Ok(())
}

impl From<sqlx::Error> for Cause {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl From<MigrateError> for Cause {
    fn from(error: MigrateError) -> Self {
        Self::Migration(error)
    }
}

impl From<io::Error> for Cause {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}

/// Returns the code of a database error: a number of SQLite, or a SQLSTATE.
fn code_of(error: &sqlx::Error) -> Option<String> {
    error.as_database_error()?.code().map(std::borrow::Cow::into_owned)
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
