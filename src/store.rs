//! The store: the ledger and the releases in a database, SQLite or PostgreSQL, with the same statements for both.
//!
//! Publishing is one transaction, and there is one publisher at a time. Knows nothing of HTTP or of folders.

mod delegates;
mod digest;
mod error;
mod listener;
mod location;
mod open;
mod publish;
mod read;
mod stored_files;
mod transaction;
mod write;

use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyPool};

pub use digest::{digest, is_digest_of};
use error::Cause;
pub use error::{StoreError, StoreErrorKind};
pub use listener::Listener;
use location::FileIdentity;
pub use location::Location;
pub use publish::{NewRelease, PublishCause, PublishOutcome};
pub use read::{ReleaseMeta, ReleaseSummary, StoredRelease};
use transaction::Transaction;

use crate::definition::DefinitionFile;

/// The largest number of open connections.
const MAX_CONNECTIONS: u32 = 4;
/// How long to wait for a connection.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A database with the ledger.
#[derive(Debug, Clone)]
pub struct Store {
    pool: AnyPool,
    location: Location,
    /// The identity of the file when it was opened.
    file: Option<FileIdentity>,
    /// Why the database can only be read, if so.
    read_only: Option<String>,
    /// The size and modification time of the file when it was opened for reading only.
    written: Option<(u64, i64, i64)>,
}

impl Store {
    /// Returns why the ledger can only be read, if so. Its content then never changes: it must be opened again.
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// Returns `true` if the file that was opened is still at its path. Always `true` for PostgreSQL.
    pub fn is_there(&self) -> bool {
        self.location.identity() == self.file
    }

    /// Returns the latest release, or `None` before the first. What is `known` from an earlier release is not read
    /// again.
    ///
    /// ```
    /// use convene::store::{Location, Store};
    ///
    /// let folder = tempfile::tempdir()?;
    /// let runtime = tokio::runtime::Runtime::new()?;
    /// let latest = runtime.block_on(async {
    ///     let store = Store::open(&Location::in_folder(folder.path())).await?;
    ///     store.latest(None).await
    /// })?;
    /// assert!(latest.is_none(), "nothing has been published");
    /// # Ok::<(), anyhow::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be read.
    pub async fn latest(&self, known: Option<&StoredRelease>) -> Result<Option<StoredRelease>, StoreError> {
        let snapshot =
            if self.location.is_file() { "BEGIN" } else { "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" };
        let mut transaction = self.with_context(Transaction::begin(&self.pool, snapshot).await)?;
        // A release of another ledger is useless here.
        let is_held = match known {
            Some(known) => self.with_context(read::number(&mut transaction, known).await)?.is_some(),
            None => false,
        };
        let known = known.filter(|_| is_held);
        let latest = self.with_context(read::latest(&mut transaction, known).await)?;
        self.with_context(transaction.rollback().await)?;
        if self.read_only.is_some() && !(self.location.is_at_rest() && self.location.written() == self.written) {
            return Err(StoreError::other(format!("{} was written while it was read", self.location)));
        }
        Ok(latest)
    }

    /// Returns the number of the latest release, or `None` if the `known` release is not in this ledger.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be read.
    pub async fn number(&self, known: &StoredRelease) -> Result<Option<u32>, StoreError> {
        let mut connection = self.connection().await?;
        self.with_context(read::number(&mut connection, known).await)
    }

    /// Returns all releases, the latest first.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be read.
    pub async fn history(&self) -> Result<Vec<ReleaseSummary>, StoreError> {
        self.with_context(read::history(&self.pool).await)
    }

    /// Returns the paths of files that no release has as they are.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be read.
    pub async fn files_of_no_release(&self, files: &[DefinitionFile]) -> Result<Vec<String>, StoreError> {
        self.with_context(stored_files::files_of_no_release(&self.pool, files).await)
    }

    /// Returns the public definitions of a release, or none if there is no such release.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be read.
    pub async fn definitions(&self, release: u32) -> Result<Vec<DefinitionFile>, StoreError> {
        self.with_context(stored_files::definitions(&self.pool, release).await)
    }

    /// Returns the fingerprint of the publisher's secret; empty if it is not known.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be read.
    pub async fn secret(&self) -> Result<String, StoreError> {
        self.with_context(read::secret(&self.pool).await)
    }

    /// Records the fingerprint of the publisher's secret. Returns the previous one, if that was different.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be written.
    pub async fn record_secret(&self, fingerprint: &str) -> Result<Option<String>, StoreError> {
        let before = self.secret().await?;
        if before == fingerprint {
            return Ok(None);
        }
        let mut transaction = self.begin_publishing().await?;
        self.with_context(write::secret(&mut transaction, fingerprint).await)?;
        self.with_context(transaction.commit().await)?;
        Ok(Some(before))
    }

    /// Returns a listener for new releases, if the database notifies of them.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be reached.
    pub async fn listen(&self) -> Result<Option<Listener>, StoreError> {
        if self.location.is_file() {
            return Ok(None);
        }
        self.with_context(Listener::connect(&self.location.url()?, write::CHANNEL).await).map(Some)
    }

    /// Closes the connections.
    pub async fn close(self) {
        self.pool.close().await;
    }

    async fn connection(&self) -> Result<PoolConnection<Any>, StoreError> {
        self.with_context(self.pool.acquire().await)
    }

    /// Begins a transaction that may write, and takes the lock for publishing.
    async fn begin_publishing(&self) -> Result<Transaction, StoreError> {
        if let Some(why) = &self.read_only {
            return Err(StoreError::other(why));
        }
        // The timeouts end a publisher that hangs, so that it does not block others.
        let statement = if self.location.is_file() {
            "BEGIN"
        } else {
            "BEGIN; SET LOCAL lock_timeout = '110s'; SET LOCAL idle_in_transaction_session_timeout = '300s'"
        };
        let attempt = async || {
            let mut transaction = Transaction::begin(&self.pool, statement).await?;
            match write::lock(&mut transaction).await {
                Ok(()) => Ok(transaction),
                Err(error) => {
                    if error::is_for_reading(&error) {
                        transaction.close().await;
                    }
                    Err(error)
                }
            }
        };
        let mut begun = attempt().await;
        // Retry: connections of the pool can only read if they were opened during a fault of the disk. SQLite reports
        // that at the first write. All connections of a process share the index of the write-ahead log, so a new one
        // can only read as well until the others are closed.
        for _ in 0..MAX_CONNECTIONS {
            if !begun.as_ref().is_err_and(error::is_for_reading) {
                break;
            }
            begun = attempt().await;
        }
        self.with_context(begun)
    }

    /// Adds to an error what was being used, and what to do if that is known.
    fn with_context<T, E: Into<Cause>>(&self, result: Result<T, E>) -> Result<T, StoreError> {
        self.location.with_context(result, || format!("cannot use {}", self.location))
    }
}
