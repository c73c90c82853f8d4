//! Reads releases from the database: the latest one, only what is new in it, and the definitions of any release.
//!
//! Columns keep the names of the first migration: `set_aside` is the superseded folder, `prints` are fingerprints,
//! `is_listed` says whether an event is published, and `private_wishes` has the preferences of delegates.

use std::sync::Arc;

use futures_util::TryStreamExt;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AnyPool, Row};
use url::Url;

use super::error::Cause;
use super::{Transaction, delegates, is_digest_of};
use crate::definition::DefinitionFile;
use crate::icalendar;
use crate::ledger::{Changes, Fingerprint, Ledger, Preferences, PreferencesTable, Record, Revision};
use crate::revision::{Release, limit_changes};
use crate::timetable::{Group, Meeting, Timetable, Uid};

/// The latest release as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRelease {
    /// The release.
    pub release: Release,
    /// Its metadata.
    pub meta: ReleaseMeta,
}

/// The metadata of a release, which no feed or page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseMeta {
    /// The version of the renderer that made its bytes.
    pub renderer: String,
    /// The digest of its definitions.
    pub digest: String,
    /// The release that a rollback restored.
    pub restores: Option<u32>,
    /// The digest of the folder that a rollback superseded.
    pub superseded: Option<String>,
    /// Whether the release was made after a ledger was lost: events that this ledger does not know may have been
    /// served.
    pub is_recovered: bool,
}

/// A published release in the history.
#[derive(Debug, Clone, PartialEq)]
pub struct ReleaseSummary {
    /// When it was published.
    pub published: Timestamp,
    /// The release that it restored, if it was a rollback.
    pub restores: Option<u32>,
    /// The number of events that got a new SEQUENCE or LAST-MODIFIED.
    pub revised: u32,
    /// The changes that it made.
    pub changes: Changes,
}

impl StoredRelease {
    /// Returns whether the release was made from these definitions, by this renderer, for this base URL.
    pub(super) fn is_made_from(&self, files: &[DefinitionFile], base_url: &Url) -> bool {
        is_digest_of(&self.meta.digest, files)
            && self.release.base_url == *base_url
            && self.meta.renderer == icalendar::renderer_version()
    }

    /// Returns whether a rollback superseded these definitions.
    pub(crate) fn supersedes(&self, files: &[DefinitionFile]) -> bool {
        self.meta.superseded.as_deref().is_some_and(|digest| is_digest_of(digest, files))
    }

    /// Returns the digest of the folder that was published last, even if a rollback superseded it since.
    pub(super) fn folder(&self) -> &str {
        self.meta.superseded.as_deref().unwrap_or(&self.meta.digest)
    }
}

/// Returns the newest migration of the tables: that of the newest convene that opened this database.
pub(super) async fn migration(tx: &mut Transaction) -> Result<Option<i64>, Cause> {
    let row = sqlx::query("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(&mut **tx).await?;
    Ok(row.try_get(0)?)
}

/// Returns the number of the latest release, or `None` if `known` is not in this database.
pub(super) async fn number(connection: &mut AnyConnection, known: &StoredRelease) -> Result<Option<u32>, Cause> {
    let query = "SELECT published, digest, (SELECT MAX(number) FROM releases) FROM releases WHERE number = $1";
    let row = sqlx::query(query).bind(i64::from(known.release.number)).fetch_optional(connection).await?;
    let Some(row) = row else { return Ok(None) };
    let is_it = instant_of(&row, 0)? == known.release.published && row.try_get::<String, _>(1)? == known.meta.digest;
    Ok(if is_it { Some(number_of(&row, 2)?) } else { None })
}

/// Returns the latest release, or `None` if there is none or it is `known`. `known` must come from this ledger.
pub(super) async fn latest(
    tx: &mut Transaction,
    known: Option<&StoredRelease>,
) -> Result<Option<StoredRelease>, Cause> {
    let query = "SELECT number, published, instant, base_url, renderer, digest, restores, set_aside, \
                 recovered FROM releases \
                 ORDER BY number DESC LIMIT 1";
    let Some(row) = sqlx::query(query).fetch_optional(&mut **tx).await? else { return Ok(None) };
    let number = number_of(&row, 0)?;
    if known.is_some_and(|known| known.release.number == number) {
        return Ok(None);
    }
    let since = known.map_or(0, |known| i64::from(known.release.number));
    let instant = instant_of(&row, 2)?;
    let release = Release {
        number,
        published: instant_of(&row, 1)?,
        timetable: timetable(tx, known.map(|known| &known.release.timetable), since).await?,
        instant,
        base_url: Url::parse(row.try_get(3)?).map_err(Cause::content("a base URL in the table `releases`"))?,
        ledger: Arc::new(ledger(tx, known.map(|known| &*known.release.ledger), since).await?),
        changes: changes(tx, instant).await?,
    };
    let meta = ReleaseMeta {
        renderer: row.try_get(4)?,
        digest: row.try_get(5)?,
        restores: optional_number_of(&row, 6)?,
        superseded: row.try_get(7)?,
        is_recovered: row.try_get::<i64, _>(8)? != 0,
    };
    Ok(Some(StoredRelease { release, meta }))
}

async fn timetable(tx: &mut Transaction, known: Option<&Timetable>, since: i64) -> Result<Timetable, Cause> {
    let mut timetable = known.cloned().unwrap_or_default();
    // Study groups come before their meetings.
    let query = "SELECT path, content FROM parts WHERE release > $1 ORDER BY path";
    let mut rows = sqlx::query(query).bind(since).fetch(&mut **tx);
    while let Some(row) = rows.try_next().await? {
        let (path, content): (String, Option<String>) = (row.try_get(0)?, row.try_get(1)?);
        let broken = || Cause::Content(format!("`{path}` in the table `parts`"));
        match path.split_once('/') {
            None => {
                let content = content.ok_or_else(broken)?;
                let group: Group = serde_json::from_str(&content).map_err(|_| broken())?;
                put_group(&mut timetable, group);
            }
            Some((group, uid)) => {
                let group = timetable.groups.iter_mut().find(|known| known.id.as_str() == group).ok_or_else(broken)?;
                group.meetings.retain(|meeting| meeting.uid.as_str() != uid);
                if let Some(content) = content {
                    group.meetings.push(serde_json::from_str::<Arc<Meeting>>(&content).map_err(|_| broken())?);
                }
            }
        }
    }
    drop(rows);
    for group in &mut timetable.groups {
        group.sort_meetings();
    }
    timetable.delegates = delegates::read(tx, timetable.delegates, since).await?;
    Ok(timetable)
}

fn put_group(timetable: &mut Timetable, group: Group) {
    match timetable.groups.binary_search_by(|known| known.id.cmp(&group.id)) {
        Ok(at) => {
            let meetings = std::mem::take(&mut timetable.groups[at].meetings);
            timetable.groups[at] = Group { meetings, ..group };
        }
        Err(at) => timetable.groups.insert(at, group),
    }
}

async fn ledger(tx: &mut Transaction, known: Option<&Ledger>, since: i64) -> Result<Ledger, Cause> {
    let mut ledger = known.cloned().unwrap_or_default();
    let query = "SELECT uid, meaning, sequence, created, modified, since, is_listed, prints, change, told FROM events \
                 WHERE release > $1";
    let mut rows = sqlx::query(query).bind(since).fetch(&mut **tx);
    while let Some(row) = rows.try_next().await? {
        let modified = instant_of(&row, 4)?;
        let record = Record {
            meaning: row.try_get(1)?,
            revision: Revision { sequence: number_of(&row, 2)?, created: instant_of(&row, 3)?, modified },
            since: instant_of(&row, 5)?,
            is_published: row.try_get::<i64, _>(6)? != 0,
            fingerprints: json_of(&row, 7, "events")?,
            change: json_of(&row, 8, "events")?,
            told: optional_instant_of(&row, 9)?.unwrap_or(modified),
        };
        ledger.records.insert(Uid::from_foreign(row.try_get(0)?), Arc::new(record));
    }
    drop(rows);
    let query = "SELECT delegate, print, sequence, modified FROM private_wishes WHERE release > $1";
    let mut changed = PreferencesTable::default();
    let mut rows = sqlx::query(query).bind(since).fetch(&mut **tx);
    while let Some(row) = rows.try_next().await? {
        let fingerprint = Fingerprint::try_from(row.try_get::<String, _>(1)?)
            .map_err(Cause::content("a fingerprint in the table `private_wishes`"))?;
        let preferences = Preferences { fingerprint, sequence: number_of(&row, 2)?, modified: instant_of(&row, 3)? };
        changed.push(row.try_get(0)?, preferences);
    }
    if !changed.is_empty() {
        ledger.preferences = Arc::new(ledger.preferences.merged_with(&changed));
    }
    Ok(ledger)
}

async fn changes(tx: &mut Transaction, instant: Timestamp) -> Result<Vec<Changes>, Cause> {
    // A single query: more than a few hundred releases with changes are never shown.
    let query = "SELECT number, published, changes FROM releases WHERE changes <> '[]' ORDER BY number DESC LIMIT 2000";
    let rows = sqlx::query(query).fetch_all(&mut **tx).await?;
    let all = rows.iter().map(changes_of).collect::<Result<Vec<Changes>, Cause>>()?;
    Ok(limit_changes(all, instant))
}

fn changes_of(row: &AnyRow) -> Result<Changes, Cause> {
    Ok(Changes { release: number_of(row, 0)?, instant: instant_of(row, 1)?, list: json_of(row, 2, "releases")? })
}

/// Returns all releases, the latest first.
pub(super) async fn history(pool: &AnyPool) -> Result<Vec<ReleaseSummary>, Cause> {
    let query = "SELECT number, published, changes, restores, revised FROM releases ORDER BY number DESC";
    let rows = sqlx::query(query).fetch_all(pool).await?;
    let history = |row: &AnyRow| {
        Ok(ReleaseSummary {
            published: instant_of(row, 1)?,
            restores: optional_number_of(row, 3)?,
            revised: number_of(row, 4)?,
            changes: changes_of(row)?,
        })
    };
    rows.iter().map(history).collect()
}

/// Returns the fingerprint of the publisher's secret.
pub(super) async fn secret(pool: &AnyPool) -> Result<String, Cause> {
    let row = sqlx::query("SELECT secret FROM publisher WHERE id = 1").fetch_one(pool).await?;
    Ok(row.try_get(0)?)
}

fn number_of(row: &AnyRow, column: usize) -> Result<u32, Cause> {
    u32::try_from(row.try_get::<i64, _>(column)?).map_err(Cause::content("a number that is out of range"))
}

fn optional_number_of(row: &AnyRow, column: usize) -> Result<Option<u32>, Cause> {
    let number = row.try_get::<Option<i64>, _>(column)?.map(u32::try_from).transpose();
    number.map_err(Cause::content("a number that is out of range"))
}

fn optional_instant_of(row: &AnyRow, column: usize) -> Result<Option<Timestamp>, Cause> {
    let instant = row.try_get::<Option<i64>, _>(column)?.map(Timestamp::from_second).transpose();
    instant.map_err(Cause::content("an instant that is out of range"))
}

fn instant_of(row: &AnyRow, column: usize) -> Result<Timestamp, Cause> {
    Timestamp::from_second(row.try_get(column)?).map_err(Cause::content("an instant that is out of range"))
}

/// Decodes JSON. An error names the table only, because the content may be about delegates.
pub(super) fn json_of<T: DeserializeOwned>(row: &AnyRow, column: usize, table: &str) -> Result<T, Cause> {
    serde_json::from_str(row.try_get(column)?).map_err(|_| Cause::Content(format!("JSON in the table `{table}`")))
}
