//! The store: the ledger and the releases in a database, SQLite or PostgreSQL, the same statements for both.
//!
//! Publishing is one transaction, and there is one publisher at a time. Knows nothing of HTTP or of folders.

mod location;
mod read;
mod write;

use std::time::Duration;

use anyhow::{Context, bail};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::PgListener;
use sqlx::{Any, AnyPool, Transaction};
use url::Url;

pub use location::Location;
pub use read::{About, Past, Stored};

use crate::definition::File;
use crate::icalendar;
use crate::private::hexadecimal;
use crate::publication::{Conflict, Intent, Publication, publish};
use crate::timetable::Timetable;

static MIGRATIONS: Migrator = sqlx::migrate!("src/store/migrations");

/// How long a connection may take to come.
const PATIENCE: Duration = Duration::from_secs(10);
/// How far the clock may be behind the latest release: so long is waited, further it is wrong.
const MOST_BEHIND: i64 = 5;

/// A database with the ledger in it.
#[derive(Debug, Clone)]
pub struct Store {
    pool: AnyPool,
    location: Location,
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

/// Definitions that may be published.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The files.
    pub files: Vec<File>,
    /// What they mean.
    pub timetable: Timetable,
    /// Where the feeds are served; where they were in the latest release if left out.
    pub base_url: Option<Url>,
    /// Whether an earlier ledger was lost: events that this one does not know begin with a SEQUENCE that is higher than any
    /// that was served. It stays so.
    pub is_recovered: bool,
    /// The release that they are the definitions of, where it is restored.
    pub restores: Option<u32>,
}

/// What became of definitions that were to be published.
#[derive(Debug)]
pub enum Outcome {
    /// They are the latest release now.
    Published(Box<Publication>),
    /// They are the latest release already.
    Same,
    /// A rollback to this release set them aside, and they have not changed since.
    SetAside(Option<u32>),
    /// UIDs would come to mean something else.
    Refused(Vec<Conflict>),
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
        let store = Self { pool, location: location.clone() };
        match MIGRATIONS.run(&store.pool).await {
            Err(error @ MigrateError::VersionMissing(_)) => {
                let what = format!("{location} was written by a newer version of convene: start that version");
                return Err(anyhow::Error::new(error).context(what));
            }
            other => other.with_context(|| format!("cannot bring {location} up to date"))?,
        }
        Ok(store)
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
        let latest = read::latest(&mut transaction, known).await.with_context(|| self.unreachable())?;
        transaction.rollback().await.with_context(|| self.unreachable())?;
        Ok(latest)
    }

    /// The number of the latest release; 0 before the first.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn number(&self) -> anyhow::Result<u32> {
        read::number(&self.pool).await.with_context(|| self.unreachable())
    }

    /// All releases, the latest first.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn past(&self) -> anyhow::Result<Vec<Past>> {
        read::past(&self.pool).await.with_context(|| self.unreachable())
    }

    /// The definitions of a release as they were, or none where there is no such release.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub async fn definitions(&self, release: u32) -> anyhow::Result<Vec<File>> {
        read::definitions(&self.pool, release).await.with_context(|| self.unreachable())
    }

    /// Publishes definitions, unless nothing changed. `known` is what is known of the latest release, and is brought up to
    /// date whatever comes of it.
    ///
    /// # Errors
    ///
    /// The database cannot be read or written, or the clock is behind the latest release. Nothing is published then.
    pub async fn publish(
        &self,
        known: &mut Option<Stored>,
        edition: Edition,
        clock: impl Fn() -> Timestamp,
    ) -> anyhow::Result<Outcome> {
        let mut transaction = self.pool.begin().await.with_context(|| self.unreachable())?;
        write::take_turn(&mut transaction).await.with_context(|| self.unreachable())?;
        if let Some(latest) =
            read::latest(&mut transaction, known.as_ref()).await.with_context(|| self.unreachable())?
        {
            *known = Some(latest);
        }
        let digest = digest(&edition.files);
        let base_url = edition.base_url.clone().or_else(|| known.as_ref().map(|known| known.release.base_url.clone()));
        let Some(base_url) = base_url else {
            bail!("nobody said where the feeds are served: `--base-url https://…`")
        };
        if let Some(known) = known.as_ref() {
            if known.is_this(&digest, &base_url) {
                return Ok(Outcome::Same);
            }
            if edition.restores.is_none() && known.about.set_aside.as_ref() == Some(&digest) {
                return Ok(Outcome::SetAside(known.about.restores));
            }
        }
        let instant = next_instant(known.as_ref(), clock).await?;
        let is_recovered = edition.is_recovered || known.as_ref().is_some_and(|known| known.about.is_recovered);
        let intent = Intent {
            timetable: edition.timetable,
            base_url,
            instant,
            first_sequence: if is_recovered { minutes(instant) } else { 0 },
            is_other_renderer: known.as_ref().is_some_and(|known| known.about.renderer != icalendar::renderer()),
        };
        let publication = match publish(known.as_ref().map(|known| &known.release), intent) {
            Ok(publication) => publication,
            Err(conflicts) => return Ok(Outcome::Refused(conflicts)),
        };
        let set_aside = edition.restores.and_then(|_| known.as_ref().map(Stored::folder)).map(str::to_owned);
        let about = About {
            published: instant,
            renderer: icalendar::renderer(),
            digest,
            restores: edition.restores,
            set_aside,
            is_recovered,
        };
        let before = known.as_ref().map(|known| &known.release);
        let made = write::Made { before, publication: &publication, about: &about, files: &edition.files };
        made.write(&mut transaction).await.with_context(|| format!("cannot write to {}", self.location))?;
        if !self.location.is_file() {
            write::notify(&mut transaction).await.with_context(|| self.unreachable())?;
        }
        transaction.commit().await.with_context(|| format!("cannot write to {}", self.location))?;
        *known = Some(Stored { release: publication.release.clone(), about });
        Ok(Outcome::Published(Box::new(publication)))
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

/// An instant later than the latest release, and never in the future: waits out the second if it has to.
async fn next_instant(known: Option<&Stored>, clock: impl Fn() -> Timestamp) -> anyhow::Result<Timestamp> {
    let latest = known.map_or(i64::MIN, |known| known.about.published.as_second());
    loop {
        let now = clock();
        let behind = latest.saturating_sub(now.as_second());
        if behind > MOST_BEHIND {
            bail!(
                "the clock of this machine says {now}, and the latest release is of {}: set the clock",
                Timestamp::from_second(latest).unwrap_or(now)
            );
        }
        if behind < 0 {
            return Ok(crate::revision::whole_second(now));
        }
        tokio::time::sleep(Duration::from_millis(1000 - u64::from(now.subsec_millisecond().unsigned_abs() % 1000)))
            .await;
    }
}

/// The minutes since 2020: more than the revisions that an event can have had. clients.md D4
fn minutes(instant: Timestamp) -> u32 {
    const YEAR_2020: i64 = 1_577_836_800;
    u32::try_from((instant.as_second() - YEAR_2020) / 60).unwrap_or(0)
}

/// A digest of files, whatever the order in which they were read.
pub fn digest(files: &[File]) -> String {
    let mut files: Vec<&File> = files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut hash = Sha256::new();
    for File { path, bytes } in files {
        for part in [path.as_bytes(), bytes] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    hexadecimal(&hash.finalize()[..16])
}

/// A transaction on whichever database it is.
type Tx = Transaction<'static, Any>;
