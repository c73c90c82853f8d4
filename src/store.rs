//! The store: the ledger and the releases in a database, SQLite or PostgreSQL, the same statements for both.
//!
//! Publishing is one transaction, and there is one publisher at a time. Knows nothing of HTTP or of folders.

mod delegates;
mod location;
mod publish;
mod read;
mod write;

use std::time::Duration;

use anyhow::Context;
use sha2::{Digest, Sha256};
use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::PgListener;
use sqlx::{Any, AnyPool, Row, Transaction};

use location::FileIdentity;
pub use location::Location;
pub use publish::{Cause, Edition, Outcome};
pub use read::{About, Past, Stored};

use crate::definition::File;
use crate::private::hexadecimal;

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
    /// Opens a database, and brings one of an older version up to date.
    ///
    /// # Errors
    ///
    /// It cannot be reached or written, or a newer version of convene made it.
    pub async fn open(location: &Location) -> anyhow::Result<Self> {
        sqlx::any::install_default_drivers();
        location.prepare()?;
        let is_file = location.is_file();
        let options = AnyPoolOptions::new().max_connections(4).acquire_timeout(PATIENCE);
        let options = options.after_connect(move |connection, _| {
            Box::pin(async move {
                if is_file {
                    // Readers go on while somebody writes, and what was committed outlasts a loss of power.
                    let settings = "PRAGMA busy_timeout = 60000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
                    sqlx::raw_sql(settings).execute(connection).await?;
                }
                Ok(())
            })
        });
        let pool = options.connect(&location.url()?).await.with_context(|| format!("cannot open {location}"))?;
        let store = Self { pool, location: location.clone(), file: location.identity() };
        if store.is_up_to_date().await {
            return Ok(store);
        }
        // Two that make it, or bring it up to date, would be in each other's way.
        let _turn = location.turn_to_write().await;
        if store.is_up_to_date().await {
            return Ok(store);
        }
        match MIGRATIONS.run(&store.pool).await {
            Err(error @ MigrateError::VersionMissing(_)) => {
                let what = format!("{location} was written by a newer version of convene: start that version");
                return Err(anyhow::Error::new(error).context(what));
            }
            other => other.with_context(|| format!("cannot bring {location} up to date"))?,
        }
        let mut transaction = store.pool.begin().await.with_context(|| store.unreachable())?;
        // Nobody publishes meanwhile, and of two that do this the second finds it done.
        write::take_turn(&mut transaction).await.with_context(|| store.unreachable())?;
        delegates::put_into_parts(&mut transaction)
            .await
            .with_context(|| format!("cannot bring {location} up to date"))?;
        transaction.commit().await.with_context(|| store.unreachable())?;
        Ok(store)
    }

    /// Whether this version of convene, and no newer one, has brought it up to date: nothing need be written then.
    async fn is_up_to_date(&self) -> bool {
        let latest = MIGRATIONS.iter().map(|migration| migration.version).max();
        let query = "SELECT MAX(version), (SELECT COUNT(*) FROM private_parts WHERE path = 'delegates') \
                     FROM _sqlx_migrations";
        let row = sqlx::query(query).fetch_one(&self.pool).await;
        let state = row.and_then(|row| Ok((row.try_get::<Option<i64>, _>(0)?, row.try_get::<i64, _>(1)?)));
        state.is_ok_and(|(version, in_one_piece)| version == latest && in_one_piece == 0)
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
        let mut transaction = self.pool.begin_with(snapshot).await.with_context(|| self.unreachable())?;
        // What is known of another ledger says nothing of this one.
        let is_held = match known {
            Some(known) => read::number(&mut transaction, known).await.with_context(|| self.unreachable())?.is_some(),
            None => false,
        };
        let known = known.filter(|_| is_held);
        let latest = read::latest(&mut transaction, known).await.with_context(|| self.unreachable())?;
        transaction.rollback().await.with_context(|| self.unreachable())?;
        Ok(latest)
    }

    /// The number of the latest release, or none where a release that is `known` is not in this ledger.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn number(&self, known: &Stored) -> anyhow::Result<Option<u32>> {
        let mut connection = self.pool.acquire().await.with_context(|| self.unreachable())?;
        read::number(&mut connection, known).await.with_context(|| self.unreachable())
    }

    /// All releases, the latest first.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn past(&self) -> anyhow::Result<Vec<Past>> {
        read::past(&self.pool).await.with_context(|| self.unreachable())
    }

    /// The public definitions of a release as they were, or none where there is no such release.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn definitions(&self, release: u32) -> anyhow::Result<Vec<File>> {
        read::definitions(&self.pool, release).await.with_context(|| self.unreachable())
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
        let mut listener = PgListener::connect(&self.location.url()?).await.with_context(|| self.unreachable())?;
        listener.listen(write::CHANNEL).await.with_context(|| self.unreachable())?;
        Ok(Some(Listener(listener)))
    }

    /// Lets go of the database.
    pub async fn close(self) {
        self.pool.close().await;
    }

    fn unreachable(&self) -> String {
        format!("cannot use {}", self.location)
    }
}

/// Whether an error is that a newer version of convene wrote the ledger: nothing that time would mend.
pub fn is_of_newer(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref::<MigrateError>(), Some(MigrateError::VersionMissing(_)))
}

/// What a digest begins with that is made of the files' digests. Earlier ones are of their octets.
const OF_DIGESTS: &str = "2:";

/// Whether a digest is that of files.
pub fn is_digest_of(digest: &str, files: &[File]) -> bool {
    if digest.starts_with(OF_DIGESTS) {
        digest == self::digest(files)
    } else {
        digest == digest_of_octets(files).unwrap_or_default()
    }
}

/// A digest of files, whatever the order in which they were read.
pub fn digest(files: &[File]) -> String {
    let mut hash = Sha256::new();
    for file in by_path(files) {
        hash.update((file.path.len() as u64).to_be_bytes());
        hash.update(&file.path);
        hash.update(file.digest());
    }
    format!("{OF_DIGESTS}{}", hexadecimal(&hash.finalize()[..16]))
}

/// The digest of files as earlier versions of convene made it; none where their octets cannot be read.
fn digest_of_octets(files: &[File]) -> Option<String> {
    let mut hash = Sha256::new();
    for file in by_path(files) {
        for part in [file.path.as_bytes(), &file.octets().ok()?] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    Some(hexadecimal(&hash.finalize()[..16]))
}

fn by_path(files: &[File]) -> Vec<&File> {
    let mut files: Vec<&File> = files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// A transaction on whichever database it is.
type Tx = Transaction<'static, Any>;
