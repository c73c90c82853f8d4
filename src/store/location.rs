//! Where the ledger is: a file of SQLite's, or a PostgreSQL.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

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

    /// Makes the file and its folder, readable by their owner alone: definitions name delegates.
    pub(super) fn prepare(&self) -> anyhow::Result<()> {
        let Self::File(file) = self else { return Ok(()) };
        let cannot = || format!("cannot make {self}");
        if let Some(folder) = file.parent() {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).with_context(cannot)?;
        }
        OpenOptions::new().append(true).create(true).mode(0o600).open(file).with_context(cannot)?;
        Ok(())
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
