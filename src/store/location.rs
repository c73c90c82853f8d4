//! Where the ledger is: a file of SQLite's, or a PostgreSQL.

use std::fmt;
use std::fs::{self, OpenOptions, TryLockError};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::Url;

use super::fault;

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
            // One that was made and never written to, because something failed, holds nothing either.
            Self::File(file) => fs::metadata(file).is_ok_and(|about| about.len() > 0),
            Self::Postgres(_) => true,
        }
    }

    /// What the file is, under whatever name; none for a PostgreSQL, and for a file that is not there.
    pub(super) fn identity(&self) -> Option<FileIdentity> {
        let Self::File(file) = self else { return None };
        let about = fs::metadata(file).ok()?;
        Some(FileIdentity { device: about.dev(), number: about.ino() })
    }

    /// What tells whether the file was written, if it is one.
    pub(super) fn written(&self) -> Option<(u64, i64, i64)> {
        let Self::File(file) = self else { return None };
        let about = fs::metadata(file).ok()?;
        Some((about.len(), about.mtime(), about.mtime_nsec()))
    }

    /// Whether it is a file that was closed in good order and that nobody has open: SQLite keeps a log and an index of it beside
    /// one that is. On a full disk it leaves beginnings of them that were never used.
    pub(super) fn is_at_rest(&self) -> bool {
        /// Bytes of an index that is in use, at least. Source: <https://sqlite.org/walformat.html>, 2.1
        const INDEX: u64 = 32_768;
        let Self::File(file) = self else { return false };
        let length = |ending: &str| {
            let mut beside = file.clone().into_os_string();
            beside.push(ending);
            fs::metadata(beside).map_or(0, |about| about.len())
        };
        file.exists() && length("-wal") == 0 && length("-shm") < INDEX
    }

    /// A result whose error says what was being done, and what to do about it where that is known. It never holds the
    /// password of a database.
    pub(super) fn explained<T, E: Into<anyhow::Error>>(
        &self,
        result: Result<T, E>,
        doing: impl FnOnce() -> String,
    ) -> anyhow::Result<T> {
        result.map_err(|error| {
            let error = self.without_secrets(error.into());
            match () {
                () if fault::is_damage(&error) => error.context(format!("{}: {}", doing(), fault::DAMAGED)),
                // What it is may not be said: it may be of delegates.
                () if fault::is_unreadable(&error) => anyhow::Error::msg(format!("{}: {}", doing(), fault::UNREADABLE)),
                () if fault::is_of_pooler(&error) => error.context(format!("{}: {}", doing(), fault::POOLED)),
                () => error.context(doing()),
            }
        })
    }

    /// An error without what is secret in an address, should the database or its library have said it.
    fn without_secrets(&self, error: anyhow::Error) -> anyhow::Error {
        let said = format!("{error:#}");
        let mut hidden = said.clone();
        for secret in self.secrets() {
            hidden = hidden.replace(&secret, "…");
        }
        if hidden == said { error } else { anyhow::Error::msg(hidden) }
    }

    /// What is secret in an address, as it was written and as it is meant; what is longest first.
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

    /// Waits until nobody else brings the file up to date, and keeps others from it until the answer is dropped. A
    /// PostgreSQL sees to that itself; where files cannot be locked, nobody can be waited for.
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
