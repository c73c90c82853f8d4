//! The store: the ledger and the releases in a database, SQLite or PostgreSQL, the same statements for both.
//!
//! Publishing is one transaction, and there is one publisher at a time. Knows nothing of HTTP or of folders.

mod delegates;
mod digest;
mod fault;
mod location;
mod publish;
mod read;
mod transaction;
mod write;

use std::time::Duration;

use anyhow::bail;
use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgListener;
use sqlx::{Any, AnyPool, Row};

pub use digest::{digest, is_digest_of};
pub use fault::{is_of_clock, is_of_newer};
use location::FileIdentity;
pub use location::Location;
pub use publish::{Cause, Edition, Outcome};
pub use read::{About, Past, Stored};
use transaction::Transaction;

use crate::definition::File;

static MIGRATIONS: Migrator = sqlx::migrate!("src/store/migrations");

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
}

/// Hears of releases as they are published.
#[derive(Debug)]
pub struct Listener(PgListener);

impl Listener {
    /// Waits for a release. False if the connection is gone.
    pub async fn heard(&mut self) -> bool {
        self.0.try_recv().await.is_ok_and(|told| told.is_some())
    }
}

impl Store {
    /// Opens a database, and brings one of an older version up to date. A file on a full or read-only disk is opened for
    /// reading alone, which [`Store::read_only`] tells.
    ///
    /// # Errors
    ///
    /// It cannot be reached or read, or a newer version of convene made it.
    pub async fn open(location: &Location) -> anyhow::Result<Self> {
        sqlx::any::install_default_drivers();
        match Self::open_for_writing(location).await {
            Ok(store) => Ok(store),
            Err(error) if location.is_at_rest() && !is_of_newer(&error) && !fault::is_damage(&error) => {
                Self::open_for_reading(location, format!("{error:#}")).await.ok_or(error)
            }
            Err(error) => Err(error),
        }
    }

    async fn open_for_writing(location: &Location) -> anyhow::Result<Self> {
        location.prepare()?;
        let is_file = location.is_file();
        let options = AnyPoolOptions::new().max_connections(4).acquire_timeout(PATIENCE);
        let options = options.after_connect(move |connection, _| {
            Box::pin(async move {
                if is_file {
                    // Readers go on while somebody writes, what was committed outlasts a loss of power, and what was deleted
                    // is not left on the disk.
                    let settings = "PRAGMA busy_timeout = 60000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                                    PRAGMA secure_delete = ON";
                    sqlx::raw_sql(settings).execute(connection).await?;
                }
                Ok(())
            })
        });
        let pool = location.explained(options.connect(&location.url()?).await, || format!("cannot open {location}"))?;
        let store = Self { pool, location: location.clone(), file: location.identity(), read_only: None };
        let is_ready = store.prepare().await;
        if is_ready.is_err() {
            store.pool.close().await;
        }
        is_ready.map(|()| store)
    }

    /// Brings the tables up to date.
    async fn prepare(&self) -> anyhow::Result<()> {
        let location = &self.location;
        if !location.is_file() {
            self.refuse_shared_sessions().await?;
        }
        if self.is_up_to_date().await {
            return Ok(());
        }
        // Two that make it, or bring it up to date, would be in each other's way.
        let _lock = location.lock_for_writing().await;
        if self.is_up_to_date().await {
            return Ok(());
        }
        match MIGRATIONS.run(&self.pool).await {
            Err(error @ MigrateError::VersionMissing(_)) => {
                let what = format!("{location} was written by a newer version of convene: start that version");
                return Err(anyhow::Error::new(error).context(what));
            }
            other => location.explained(other, || format!("cannot bring {location} up to date"))?,
        }
        let mut transaction = self.begin().await?;
        // Nobody publishes meanwhile, and of two that do this the second finds it done.
        let done = async {
            write::lock(&mut transaction).await?;
            delegates::put_into_parts(&mut transaction).await
        };
        let done = done.await;
        location.explained(done, || format!("cannot bring {location} up to date"))?;
        self.explained(transaction.commit().await)
    }

    /// A file that cannot be written, which nobody else has open: nothing changes in it while it is read.
    async fn open_for_reading(location: &Location, why: String) -> Option<Self> {
        let options = AnyPoolOptions::new().max_connections(1).acquire_timeout(PATIENCE);
        let url = format!("{}?mode=ro&immutable=true", location.url().ok()?);
        let pool = options.connect(&url).await.ok()?;
        let store = Self { pool, location: location.clone(), file: location.identity(), read_only: Some(why) };
        // One of an older version would have to be written first.
        store.is_up_to_date().await.then_some(store)
    }

    /// Why the ledger can be read and not be written, where that is so. What is read then does not change: it has to be opened
    /// anew.
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// Whether this version of convene, and no newer one, has brought it up to date: nothing need be written then.
    async fn is_up_to_date(&self) -> bool {
        let query = "SELECT MAX(version), (SELECT COUNT(*) FROM private_parts WHERE path = 'delegates') \
                     FROM _sqlx_migrations";
        let row = sqlx::query(query).fetch_one(&self.pool).await;
        let state = row.and_then(|row| Ok((row.try_get::<Option<i64>, _>(0)?, row.try_get::<i64, _>(1)?)));
        state.is_ok_and(|(version, in_one_piece)| version == latest_migration() && in_one_piece == 0)
    }

    /// Refuses a PgBouncer that gives every transaction another session of the database: what a session has, statements that
    /// were prepared and what it listens to, is lost between them.
    async fn refuse_shared_sessions(&self) -> anyhow::Result<()> {
        // Neither prepared nor in a transaction: two connections have one session only if sessions are handed around.
        let session = "SELECT pg_backend_pid()";
        let (mut one, mut other) = (self.connection().await?, self.connection().await?);
        let of_one = self.explained(sqlx::raw_sql(session).fetch_one(&mut *one).await)?;
        let of_other = self.explained(sqlx::raw_sql(session).fetch_one(&mut *other).await)?;
        let number = |row: &sqlx::any::AnyRow| self.explained(row.try_get::<i32, _>(0));
        if number(&of_one)? == number(&of_other)? {
            bail!("cannot use {}: {}", self.location, fault::POOLED);
        }
        Ok(())
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
    pub async fn latest(&self, known: Option<&Stored>) -> anyhow::Result<Option<Stored>> {
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
        Ok(latest)
    }

    /// The number of the latest release, or none where a release that is `known` is not in this ledger.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn number(&self, known: &Stored) -> anyhow::Result<Option<u32>> {
        let mut connection = self.connection().await?;
        self.explained(read::number(&mut connection, known).await)
    }

    /// All releases, the latest first.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn past(&self) -> anyhow::Result<Vec<Past>> {
        self.explained(read::past(&self.pool).await)
    }

    /// The public definitions of a release as they were, or none where there is no such release.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn definitions(&self, release: u32) -> anyhow::Result<Vec<File>> {
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
        let mut listener = self.explained(PgListener::connect(&self.location.url()?).await)?;
        self.explained(listener.listen(write::CHANNEL).await)?;
        Ok(Some(Listener(listener)))
    }

    /// Lets go of the database.
    pub async fn close(self) {
        self.pool.close().await;
    }

    async fn connection(&self) -> anyhow::Result<PoolConnection<Any>> {
        self.explained(self.pool.acquire().await)
    }

    /// A transaction that may write.
    async fn begin(&self) -> anyhow::Result<Transaction> {
        if let Some(why) = &self.read_only {
            bail!("{why}");
        }
        self.explained(Transaction::begin(&self.pool, "BEGIN").await)
    }

    /// A result whose error says what was being used, and what to do about it where that is known.
    fn explained<T, E: Into<anyhow::Error>>(&self, result: Result<T, E>) -> anyhow::Result<T> {
        self.location.explained(result, || format!("cannot use {}", self.location))
    }
}

/// The form of the tables that this version of convene makes.
fn latest_migration() -> Option<i64> {
    MIGRATIONS.iter().map(|migration| migration.version).max()
}
