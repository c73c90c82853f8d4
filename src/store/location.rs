//! Where the ledger is: a file of SQLite's, or a PostgreSQL.

use std::fmt;
use std::fs::{self, OpenOptions, TryLockError};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

/// Where the ledger is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// In this file, which is made if it is not there.
    File(PathBuf),
    /// In a PostgreSQL, under an address that may hold a password.
    Postgres(Url),
}

impl Location {
    /// The file in a state folder.
    pub fn in_folder(state: &Path) -> Self {
        Self::File(state.join("ledger.sqlite"))
    }

    /// Whether it is a file.
    pub fn is_file(&self) -> bool {
        matches!(self, Self::File(_))
    }

    /// Whether there may be a ledger: a file that is not there holds none.
    pub fn may_hold(&self) -> bool {
        match self {
            Self::File(file) => file.exists(),
            Self::Postgres(_) => true,
        }
    }

    /// What the file is, under whatever name; none for a PostgreSQL, and for a file that is not there.
    pub(super) fn identity(&self) -> Option<FileIdentity> {
        let Self::File(file) = self else { return None };
        let about = fs::metadata(file).ok()?;
        Some(FileIdentity { device: about.dev(), number: about.ino() })
    }

    /// Waits until nobody else brings the file up to date, and keeps others from it until the answer is dropped. A
    /// PostgreSQL sees to that itself; where files cannot be locked, nobody can be waited for.
    pub(super) async fn turn_to_write(&self) -> Option<fs::File> {
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

    /// Makes the file and its folder, readable by their owner alone: definitions name delegates.
    pub(super) fn prepare(&self) -> anyhow::Result<()> {
        let Self::File(file) = self else { return Ok(()) };
        let cannot = || format!("cannot make {self}");
        if let Some(folder) = file.parent() {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).with_context(cannot)?;
        }
        match OpenOptions::new().append(true).create(true).mode(0o600).open(file) {
            // One that can be read can be followed.
            Err(_) if fs::File::open(file).is_ok() => Ok(()),
            made => made.map(|_| ()).with_context(cannot),
        }
    }

    /// The address as the database's library takes it.
    pub(super) fn url(&self) -> anyhow::Result<String> {
        Ok(match self {
            Self::File(file) => {
                let file = file.to_str().context("the state folder's name is not UTF-8")?;
                let encoded = utf8_percent_encode(file, NON_ALPHANUMERIC).to_string().replace("%2F", "/");
                format!("sqlite:{encoded}")
            }
            Self::Postgres(url) => url.to_string(),
        })
    }
}

/// What a file is, under whatever name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileIdentity {
    device: u64,
    number: u64,
}

/// Without what is secret in an address.
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
