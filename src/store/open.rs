//! Opens a ledger: creates or migrates the tables, and refuses what cannot be used, with what to do.

use std::sync::LazyLock;
use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AnyConnection, Connection, Row, SqlStr};

use super::{Location, MAX_CONNECTIONS, Store, StoreError, StoreErrorKind, TIMEOUT, delegates, error};

/// How long to wait for another process that turns on the write-ahead log.
const BUSY_PAUSE: Duration = Duration::from_millis(20);

/// The migrations, each with its number and its name. A published one never changes, because databases have its
/// digest.
const STEPS: [(i64, &str, &str); 5] = [
    (1, "ledger", include_str!("migrations/1_ledger.sql")),
    (2, "recovered", include_str!("migrations/2_recovered.sql")),
    (3, "digests", include_str!("migrations/3_digests.sql")),
    (4, "private", include_str!("migrations/4_private.sql")),
    (5, "told", include_str!("migrations/5_told.sql")),
];

static MIGRATIONS: LazyLock<Migrator> = LazyLock::new(|| {
    let migration = |(version, name, sql): (i64, &'static str, &'static str)| {
        Migration::new(version, name.into(), MigrationType::Simple, SqlStr::from_static(sql), false)
    };
    Migrator::with_migrations(STEPS.map(migration).to_vec())
});

impl Store {
    /// Opens a database, and migrates one of an older version. A file on a full or read-only disk is opened for
    /// reading only, see [`Store::read_only`].
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be reached or read, or if a newer version of convene wrote it.
    pub async fn open(location: &Location) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        match Self::open_for_writing(location).await {
            Ok(store) => Ok(store),
            Err(error)
                if location.is_at_rest()
                    && !matches!(error.kind(), StoreErrorKind::NewerVersion | StoreErrorKind::Damaged) =>
            {
                Self::open_for_reading(location, error.to_string()).await.ok_or(error)
            }
            Err(error) => Err(error),
        }
    }

    async fn open_for_writing(location: &Location) -> Result<Self, StoreError> {
        location.prepare()?;
        let is_file = location.is_file();
        let url = location.url()?;
        let cannot_open = || format!("cannot open {location}");
        // A pool would retry what a single connection reports at once.
        let first = async {
            let mut connection = AnyConnection::connect(&url).await?;
            if is_file { configure(&mut connection).await } else { connection.close().await }
        };
        let first = tokio::time::timeout(TIMEOUT, first).await.unwrap_or(Err(sqlx::Error::PoolTimedOut));
        location.with_context(first, cannot_open)?;
        let options = AnyPoolOptions::new().max_connections(MAX_CONNECTIONS).acquire_timeout(TIMEOUT);
        let options = options.after_connect(move |connection, _| {
            Box::pin(async move { if is_file { configure(connection).await } else { Ok(()) } })
        });
        let pool = location.with_context(options.connect(&url).await, cannot_open)?;
        let store =
            Self { pool, location: location.clone(), file: location.identity(), read_only: None, written: None };
        let is_ready = store.prepare().await;
        if is_ready.is_err() {
            store.pool.close().await;
        }
        is_ready.map(|()| store)
    }

    /// Migrates the tables.
    async fn prepare(&self) -> Result<(), StoreError> {
        let location = &self.location;
        if !location.is_file() {
            self.refuse_shared_sessions().await?;
        }
        if self.is_up_to_date().await {
            return Ok(());
        }
        // Two processes must not migrate at the same time.
        let _lock = location.lock_for_writing().await;
        if self.is_up_to_date().await {
            return Ok(());
        }
        let cannot_migrate = || format!("cannot bring {location} up to date");
        location.with_context(MIGRATIONS.run(&self.pool).await, cannot_migrate)?;
        let mut transaction = self.begin_publishing().await?;
        // Nobody publishes meanwhile. If two processes do this, the second finds it done.
        let done = delegates::put_into_parts(&mut transaction).await;
        location.with_context(done, cannot_migrate)?;
        self.with_context(transaction.commit().await)
    }

    /// Opens a file that cannot be written, and that nobody seems to have open. After reading, the caller checks
    /// whether it has changed.
    async fn open_for_reading(location: &Location, why: String) -> Option<Self> {
        let options = AnyPoolOptions::new().max_connections(1).acquire_timeout(TIMEOUT);
        let written = location.written();
        let url = format!("{}?mode=ro&immutable=true", location.url().ok()?);
        let pool = options.connect(&url).await.ok()?;
        let store = Self { pool, location: location.clone(), file: location.identity(), read_only: Some(why), written };
        // An older version would have to be migrated first.
        store.is_up_to_date().await.then_some(store)
    }

    /// Returns `true` if no migration is necessary.
    async fn is_up_to_date(&self) -> bool {
        let query = "SELECT MAX(version), (SELECT COUNT(*) FROM private_parts WHERE path = 'delegates') \
                     FROM _sqlx_migrations";
        let row = sqlx::query(query).fetch_one(&self.pool).await;
        let state = row.and_then(|row| Ok((row.try_get::<Option<i64>, _>(0)?, row.try_get::<i64, _>(1)?)));
        state.is_ok_and(|(version, in_one_piece)| version == latest_migration() && in_one_piece == 0)
    }

    /// Refuses a PgBouncer that assigns sessions to transactions: prepared statements and listeners of a session
    /// would be lost between them.
    async fn refuse_shared_sessions(&self) -> Result<(), StoreError> {
        // Without preparing and without a transaction: two connections have the same session only if sessions are
        // shared.
        let session = "SELECT pg_backend_pid()";
        let (mut one, mut other) = (self.connection().await?, self.connection().await?);
        let of_one = self.with_context(sqlx::raw_sql(session).fetch_one(&mut *one).await)?;
        let of_other = self.with_context(sqlx::raw_sql(session).fetch_one(&mut *other).await)?;
        let number = |row: &sqlx::any::AnyRow| self.with_context(row.try_get::<i32, _>(0));
        if number(&of_one)? == number(&of_other)? {
            return Err(StoreError::shared_sessions(&self.location));
        }
        Ok(())
    }
}

/// Configures a connection to a file: readers continue during a write, commits survive a loss of power, and deleted
/// data are overwritten.
///
/// If several processes turn on the write-ahead log of a new file at once, SQLite refuses all but one without waiting:
/// `busy_timeout` does not apply to a lock that could end in a deadlock. The caller limits the time.
async fn configure(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    const SETTINGS: &str = "PRAGMA busy_timeout = 60000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                            PRAGMA secure_delete = ON";
    loop {
        match sqlx::raw_sql(SETTINGS).execute(&mut *connection).await {
            Err(error) if error::is_busy(&error) => tokio::time::sleep(BUSY_PAUSE).await,
            done => return done.map(|_| ()),
        }
    }
}

/// Returns the latest migration of this version of convene.
pub(super) fn latest_migration() -> Option<i64> {
    MIGRATIONS.iter().map(|migration| migration.version).max()
}
