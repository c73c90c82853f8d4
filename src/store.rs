//! The store: the ledger and the releases in a database, SQLite or PostgreSQL, the same statements for both.
//!
//! Publishing is one transaction, and there is one publisher at a time. Knows nothing of HTTP or of folders.

mod delegates;
mod digest;
mod fault;
mod listener;
mod location;
mod open;
mod publish;
mod read;
mod transaction;
mod write;

use std::time::Duration;

use anyhow::bail;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyPool};

pub use digest::{digest, is_digest_of};
pub use fault::{is_of_clock, is_of_newer};
pub use listener::Listener;
use location::FileIdentity;
pub use location::Location;
pub use publish::{NewRelease, PublishCause, PublishOutcome};
pub use read::{ReleaseMeta, ReleaseSummary, StoredRelease};
use transaction::Transaction;

use crate::definition::DefinitionFile;

/// Connections that are open at once.
const MOST_CONNECTIONS: u32 = 4;
/// How long a connection may take to come.
const PATIENCE: Duration = Duration::from_secs(10);

/// A database with the ledger in it.
#[derive(Debug, Clone)]
pub struct Store {
    pool: AnyPool,
    location: Location,
    /// What the file was when it was opened.
    file: Option<FileIdentity>,
    /// Why it can be read and not be written, where that is so.
    read_only: Option<String>,
    /// What told that the file was not written, when it was opened.
    written: Option<(u64, i64, i64)>,
}

impl Store {
    /// Why the ledger can be read and not be written, where that is so. What is read then does not change: it has to be opened
    /// anew.
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// Whether the file that was opened is still the one that is found at its place. True for a PostgreSQL.
    pub fn is_there(&self) -> bool {
        self.location.identity() == self.file
    }

    /// The latest release, or none before the first. What is `known` of an earlier one is not read again.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn latest(&self, known: Option<&StoredRelease>) -> anyhow::Result<Option<StoredRelease>> {
        let snapshot =
            if self.location.is_file() { "BEGIN" } else { "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" };
        let mut transaction = self.explained(Transaction::begin(&self.pool, snapshot).await)?;
        // What is known of another ledger says nothing of this one.
        let is_held = match known {
            Some(known) => self.explained(read::number(&mut transaction, known).await)?.is_some(),
            None => false,
        };
        let known = known.filter(|_| is_held);
        let latest = self.explained(read::latest(&mut transaction, known).await)?;
        self.explained(transaction.rollback().await)?;
        if self.read_only.is_some() && !(self.location.is_at_rest() && self.location.written() == self.written) {
            bail!("{} was written while it was read", self.location);
        }
        Ok(latest)
    }

    /// The number of the latest release, or none where a release that is `known` is not in this ledger.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn number(&self, known: &StoredRelease) -> anyhow::Result<Option<u32>> {
        let mut connection = self.connection().await?;
        self.explained(read::number(&mut connection, known).await)
    }

    /// All releases, the latest first.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn past(&self) -> anyhow::Result<Vec<ReleaseSummary>> {
        self.explained(read::past(&self.pool).await)
    }

    /// The public definitions of a release as they were, or none where there is no such release.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn definitions(&self, release: u32) -> anyhow::Result<Vec<DefinitionFile>> {
        self.explained(read::definitions(&self.pool, release).await)
    }

    /// The fingerprint of the secret that the publisher has; empty where it is not known.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn secret(&self) -> anyhow::Result<String> {
        self.explained(read::secret(&self.pool).await)
    }

    /// Says which secret the publisher has, by its fingerprint. Which one it had before, where that was another.
    ///
    /// # Errors
    ///
    /// The database cannot be written.
    pub async fn record_secret(&self, fingerprint: &str) -> anyhow::Result<Option<String>> {
        let before = self.secret().await?;
        if before == fingerprint {
            return Ok(None);
        }
        let mut transaction = self.begin().await?;
        self.explained(write::secret(&mut transaction, fingerprint).await)?;
        self.explained(transaction.commit().await)?;
        Ok(Some(before))
    }

    /// A listener that hears of releases as they are published, where the database tells.
    ///
    /// # Errors
    ///
    /// The database cannot be reached.
    pub async fn listen(&self) -> anyhow::Result<Option<Listener>> {
        if self.location.is_file() {
            return Ok(None);
        }
        self.explained(Listener::connect(&self.location.url()?, write::CHANNEL).await).map(Some)
    }

    /// Lets go of the database.
    pub async fn close(self) {
        self.pool.close().await;
    }

    async fn connection(&self) -> anyhow::Result<PoolConnection<Any>> {
        self.explained(self.pool.acquire().await)
    }

    /// A transaction that may write, and in which nobody else publishes.
    async fn begin(&self) -> anyhow::Result<Transaction> {
        if let Some(why) = &self.read_only {
            bail!("{why}");
        }
        // SQLite opens a file for reading alone where it cannot be opened for writing, and says so when something is to be
        // written. Connections that were opened so while the disk was at fault are in nobody's way once it is not.
        // Whoever vanishes in the middle of it, or waits for one who did, does not stand in the way of others for ever.
        let statement = if self.location.is_file() {
            "BEGIN"
        } else {
            "BEGIN; SET LOCAL lock_timeout = '110s'; SET LOCAL idle_in_transaction_session_timeout = '300s'"
        };
        let attempt = async || {
            let mut transaction = Transaction::begin(&self.pool, statement).await?;
            write::lock(&mut transaction).await?;
            Ok(transaction)
        };
        let mut begun = attempt().await;
        for _ in 0..MOST_CONNECTIONS {
            if !begun.as_ref().is_err_and(fault::is_for_reading) {
                break;
            }
            begun = attempt().await;
        }
        self.explained(begun)
    }

    /// A result whose error says what was being used, and what to do about it where that is known.
    fn explained<T, E: Into<anyhow::Error>>(&self, result: Result<T, E>) -> anyhow::Result<T> {
        self.location.explained(result, || format!("cannot use {}", self.location))
    }
}
