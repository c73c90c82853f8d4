//! The location of the ledger: an SQLite file, or a PostgreSQL.

use std::fmt;
use std::fs::{self, OpenOptions, TryLockError};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::Url;

use super::StoreError;
use super::error::Cause;

/// The location of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// In this file, which is created if it does not exist.
    File(PathBuf),
    /// In a PostgreSQL, with a URL that may contain a password.
    Postgres(Url),
}

impl Location {
    /// Returns the file in a state folder.
    ///
    /// ```
    /// use convene::store::Location;
    ///
    /// let location = Location::in_folder(std::path::Path::new("state"));
    /// assert_eq!(location.to_string(), "the ledger `state/ledger.sqlite`");
    /// ```
    pub fn in_folder(state: &Path) -> Self {
        Self::File(state.join("ledger.sqlite"))
    }

    /// Returns `true` for a file.
    pub fn is_file(&self) -> bool {
        matches!(self, Self::File(_))
    }

    /// Returns `true` if there may be a ledger. A file that does not exist contains none.
    pub fn may_hold(&self) -> bool {
        match self {
            // A file that was created and never written to, because something failed, contains none either.
            Self::File(file) => fs::metadata(file).is_ok_and(|metadata| metadata.len() > 0),
            Self::Postgres(_) => true,
        }
    }

    /// Returns the identity of the file; `None` for PostgreSQL, and for a file that does not exist.
    pub(super) fn identity(&self) -> Option<FileIdentity> {
        let Self::File(file) = self else { return None };
        let metadata = fs::metadata(file).ok()?;
        Some(FileIdentity { device: metadata.dev(), number: metadata.ino() })
    }

    /// Returns the size and modification time of the file; `None` for PostgreSQL.
    pub(super) fn written(&self) -> Option<(u64, i64, i64)> {
        let Self::File(file) = self else { return None };
        let metadata = fs::metadata(file).ok()?;
        Some((metadata.len(), metadata.mtime(), metadata.mtime_nsec()))
    }

    /// Returns `true` for a file that was closed properly and that nobody has open. SQLite keeps a log and an index
    /// beside an open file. On a full disk, it may leave unused beginnings of them.
    pub(super) fn is_at_rest(&self) -> bool {
        /// The smallest index in use, in bytes. Source: <https://sqlite.org/walformat.html>, 2.1
        const INDEX: u64 = 32_768;
        let Self::File(file) = self else { return false };
        let length = |ending: &str| {
            let mut beside = file.clone().into_os_string();
            beside.push(ending);
            fs::metadata(beside).map_or(0, |metadata| metadata.len())
        };
        file.exists() && length("-wal") == 0 && length("-shm") < INDEX
    }

    /// Adds to an error what was being done, and what to do if that is known. The error never contains the password
    /// of a database.
    pub(super) fn with_context<T, E: Into<Cause>>(
        &self,
        result: Result<T, E>,
        doing: impl FnOnce() -> String,
    ) -> Result<T, StoreError> {
        result.map_err(|error| StoreError::from_cause(&error.into(), &doing(), self))
    }

    /// Removes secrets of the URL from a text, in case the database or its library included them.
    pub(super) fn without_secrets(&self, text: &str) -> String {
        self.secrets().iter().fold(text.to_owned(), |text, secret| text.replace(secret, "…"))
    }

    /// Returns the secrets in the URL, as written and decoded, the longest first.
    fn secrets(&self) -> Vec<String> {
        let Self::Postgres(url) = self else { return Vec::new() };
        let decoded = |written: &str| percent_decode_str(written).decode_utf8_lossy().into_owned();
        let query = url.query_pairs().filter(|(name, _)| name == "password").map(|(_, value)| value.into_owned());
        let mut secrets: Vec<String> = url.password().map(str::to_owned).into_iter().chain(query).collect();
        secrets.extend(secrets.clone().iter().map(|written| decoded(written)));
        secrets.extend(url.password().is_some().then(|| url.to_string()));
        secrets.retain(|secret| !secret.is_empty());
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets
    }

    /// Waits until nobody else migrates the file, and locks it until the returned value is dropped. PostgreSQL has
    /// its own locks. Returns `None` where files cannot be locked.
    pub(super) async fn lock_for_writing(&self) -> Option<fs::File> {
        let Self::File(file) = self else { return None };
        let lock = OpenOptions::new().append(true).create(true).mode(0o600).open(file.with_extension("lock")).ok()?;
        loop {
            match lock.try_lock() {
                Ok(()) => return Some(lock),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(Duration::from_millis(20)).await,
                Err(TryLockError::Error(_)) => return None,
            }
        }
    }

    /// Creates the file and its folder, readable by their owner only, because definitions name delegates.
    pub(super) fn prepare(&self) -> Result<(), StoreError> {
        let Self::File(file) = self else { return Ok(()) };
        let cannot = || format!("cannot make {self}");
        if let Some(folder) = file.parent() {
            let created = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
            self.with_context(created, cannot)?;
        }
        match OpenOptions::new().append(true).create(true).mode(0o600).open(file) {
            // A file that can be read can be followed.
            Err(_) if fs::File::open(file).is_ok() => Ok(()),
            made => self.with_context(made.map(|_| ()), cannot),
        }
    }

    /// Returns the URL for the database library.
    pub(super) fn url(&self) -> Result<String, StoreError> {
        Ok(match self {
            Self::File(file) => {
                let not_utf8 = || StoreError::other("the state folder's name is not UTF-8");
                let file = file.to_str().ok_or_else(not_utf8)?;
                let encoded = utf8_percent_encode(file, NON_ALPHANUMERIC).to_string().replace("%2F", "/");
                format!("sqlite:{encoded}")
            }
            Self::Postgres(url) => url.to_string(),
        })
    }
}

/// The identity of a file, whatever its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileIdentity {
    device: u64,
    number: u64,
}

/// Does not show secrets of the URL.
impl fmt::Display for Location {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(file) => write!(formatter, "the ledger `{}`", file.display()),
            Self::Postgres(url) => {
                let host = url.host_str().unwrap_or("localhost");
                write!(formatter, "the ledger in the PostgreSQL on `{host}`")
            }
        }
    }
}
