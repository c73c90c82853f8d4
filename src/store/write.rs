//! Writes a release to the database: only the rows that are new or changed.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use serde::Serialize;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, Row};

use super::error::Cause;
use super::{ReleaseMeta, Transaction, delegates};
use crate::definition::DefinitionFile;
use crate::ledger::Preferences;
use crate::private::to_hex;
use crate::publication::Publication;
use crate::revision::Release;
use crate::timetable::{Timetable, TimetableDiff};

/// The channel on which PostgreSQL notifies replicas.
pub(super) const CHANNEL: &str = "convene_release";
/// The number of rows per statement.
const ROWS: usize = 200;

/// Waits until nobody else publishes, and locks publishing until the transaction ends.
pub(super) async fn lock(tx: &mut Transaction) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE publisher SET turn = turn + 1 WHERE id = 1").execute(&mut **tx).await.map(|_| ())
}

/// Records the fingerprint of the publisher's secret.
pub(super) async fn secret(tx: &mut Transaction, fingerprint: &str) -> Result<(), sqlx::Error> {
    let query = "UPDATE publisher SET secret = $1 WHERE id = 1";
    sqlx::query(query).bind(fingerprint.to_owned()).execute(&mut **tx).await.map(|_| ())
}

/// Notifies replicas when the transaction commits.
pub(super) async fn notify(tx: &mut Transaction) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT pg_notify($1, '')").bind(CHANNEL).execute(&mut **tx).await.map(|_| ())
}

/// Writes a new release and the data that it was made from.
pub(super) struct ReleaseWriter<'a> {
    pub(super) before: Option<&'a Release>,
    pub(super) publication: &'a Publication,
    pub(super) meta: &'a ReleaseMeta,
    /// The definitions; `None` if they are those of the release before.
    pub(super) files: Option<&'a [DefinitionFile]>,
}

impl ReleaseWriter<'_> {
    pub(super) async fn write(&self, tx: &mut Transaction) -> Result<(), Cause> {
        self.release(tx).await?;
        self.definitions(tx).await?;
        self.parts(tx).await?;
        self.events(tx).await?;
        self.preferences(tx).await
    }

    fn number(&self) -> i64 {
        i64::from(self.publication.release.number)
    }

    async fn release(&self, tx: &mut Transaction) -> Result<(), Cause> {
        let release = &self.publication.release;
        let latest = release.changes.first().filter(|changes| changes.release == release.number);
        let changes = latest.map_or_else(|| "[]".to_owned(), |changes| to_json(&changes.list));
        let columns = "number, published, instant, base_url, renderer, digest, restores, set_aside, \
                       recovered, revised, changes";
        let rows = BulkInsert {
            insert: format!("INSERT INTO releases ({columns})"),
            columns: 11,
            conflict: "",
            are_large: false,
        };
        let (meta, base_url) = (self.meta, release.base_url.as_str());
        let published = release.published.as_second();
        let revised = i64::try_from(self.publication.revised).expect("fewer events than that");
        let bind = |query: BoundQuery, (): &()| {
            query
                .bind(self.number())
                .bind(published)
                .bind(release.instant.as_second())
                .bind(base_url.to_owned())
                .bind(meta.renderer.clone())
                .bind(meta.digest.clone())
                .bind(meta.restores.map(i64::from))
                .bind(meta.superseded.clone())
                .bind(i64::from(meta.is_recovered))
                .bind(revised)
                .bind(changes.clone())
        };
        rows.write(tx, &[()], bind).await
    }

    /// Writes new and changed files, and ends those that are gone. Only the current private files are kept, because a
    /// rollback leaves them as they are.
    async fn definitions(&self, tx: &mut Transaction) -> Result<(), Cause> {
        let Some(files) = self.files else { return Ok(()) };
        let (private, public): (Vec<&DefinitionFile>, Vec<&DefinitionFile>) =
            files.iter().partition(|file| file.is_private());
        let tables = [
            (
                public,
                "SELECT path, digest FROM definitions WHERE last IS NULL",
                "UPDATE definitions SET last = $2 WHERE path = $1 AND last IS NULL",
                "INSERT INTO definitions (path, first, digest, content) VALUES ($1, $2, $3, $4)",
            ),
            (
                private,
                "SELECT path, digest FROM private_definitions WHERE last IS NULL",
                "DELETE FROM private_definitions WHERE path = $1 AND (last IS NULL OR last <= $2)",
                "INSERT INTO private_definitions (path, first, digest, content) VALUES ($1, $2, $3, $4)",
            ),
        ];
        for (files, known, end, insert) in tables {
            let known: BTreeMap<String, String> = sqlx::query(known)
                .fetch_all(&mut **tx)
                .await?
                .iter()
                .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
                .collect::<Result<_, sqlx::Error>>()?;
            let digest = |file: &DefinitionFile| to_hex(&file.digest()[..16]);
            let is_known = |file: &&DefinitionFile| known.get(&file.path) == Some(&digest(file));
            let (kept, new): (Vec<&DefinitionFile>, Vec<&DefinitionFile>) = files.into_iter().partition(is_known);
            let kept: BTreeSet<&str> = kept.into_iter().map(|file| file.path.as_str()).collect();
            for path in known.keys().filter(|path| !kept.contains(path.as_str())) {
                sqlx::query(end).bind(path.clone()).bind(self.number() - 1).execute(&mut **tx).await?;
            }
            // One by one: a definition may be very large, and each statement holds a copy.
            for file in new {
                let content = String::from_utf8(file.bytes()?.into()).map_err(io::Error::other)?;
                let query = sqlx::query(insert).persistent(!file.is_private());
                let query = query.bind(file.path.clone()).bind(self.number()).bind(digest(file)).bind(content);
                query.execute(&mut **tx).await?;
            }
        }
        Ok(())
    }

    /// Writes the study groups, meetings and delegates that changed.
    async fn parts(&self, tx: &mut Transaction) -> Result<(), Cause> {
        let none = Timetable::default();
        let before = self.before.map_or(&none, |before| &before.timetable);
        let after = &self.publication.release.timetable;
        let mut parts: Vec<(String, Option<String>)> = Vec::new();
        let diff = TimetableDiff::between(before, after);
        for group in &after.groups {
            if !diff.is_same_except_meetings(&group.id) {
                parts.push((group.id.to_string(), Some(to_json(group))));
            }
            for meeting in &group.meetings {
                if diff.earlier_meeting(&group.id, &meeting.uid) != Some(meeting) {
                    let content = to_json(meeting);
                    parts.push((format!("{}/{}", group.id, meeting.uid.as_str()), Some(content)));
                }
            }
            let removed = diff.removed_meetings(group).into_iter();
            parts.extend(removed.map(|meeting| (format!("{}/{}", group.id, meeting.uid.as_str()), None)));
        }
        let update = "ON CONFLICT (path) DO UPDATE SET release = excluded.release, content = excluded.content";
        let bind = |query: BoundQuery, (path, content): &(String, Option<String>)| {
            query.bind(path.clone()).bind(self.number()).bind(content.clone())
        };
        let insert = "INSERT INTO parts (path, release, content)".to_owned();
        BulkInsert { insert, columns: 3, conflict: update, are_large: true }.write(tx, &parts, bind).await?;
        if before.delegates != after.delegates {
            delegates::write(tx, self.number(), &before.delegates, &after.delegates).await?;
        }
        Ok(())
    }

    async fn events(&self, tx: &mut Transaction) -> Result<(), Cause> {
        let columns = "uid, release, meaning, sequence, created, modified, since, is_listed, prints, change, told";
        let rows = BulkInsert {
            insert: format!("INSERT INTO events ({columns})"),
            columns: 11,
            conflict: "ON CONFLICT (uid) DO UPDATE SET release = excluded.release, meaning = excluded.meaning, \
                       sequence = excluded.sequence, created = excluded.created, modified = excluded.modified, \
                       since = excluded.since, is_listed = excluded.is_listed, prints = excluded.prints, \
                       change = excluded.change, told = excluded.told",
            are_large: false,
        };
        let records = &self.publication.release.ledger.records;
        let touched = self.publication.touched.iter().filter_map(|uid| Some((uid, records.get(uid)?)));
        let touched =
            touched.map(|(uid, record)| Ok((uid, record, to_json(&record.fingerprints), to_json(&record.change))));
        let touched: Vec<_> = touched.collect::<Result<_, Cause>>()?;
        rows.write(tx, &touched, |query, (uid, record, fingerprints, change)| {
            query
                .bind(uid.as_str().to_owned())
                .bind(self.number())
                .bind(record.meaning.clone())
                .bind(i64::from(record.revision.sequence))
                .bind(record.revision.created.as_second())
                .bind(record.revision.modified.as_second())
                .bind(record.since.as_second())
                .bind(i64::from(record.is_published))
                .bind(fingerprints.clone())
                .bind(change.clone())
                .bind(record.told.as_second())
        })
        .await
    }

    async fn preferences(&self, tx: &mut Transaction) -> Result<(), Cause> {
        let before = self.before.map(|before| &before.ledger.preferences);
        let preferences = &self.publication.release.ledger.preferences;
        if before == Some(preferences) {
            return Ok(());
        }
        let is_known =
            |id: &str, preferences: &Preferences| before.and_then(|before| before.get(id)) == Some(preferences);
        let changed: Vec<_> = preferences.iter().filter(|(id, preferences)| !is_known(id, preferences)).collect();
        let rows = BulkInsert {
            insert: "INSERT INTO private_wishes (delegate, release, print, sequence, modified)".to_owned(),
            columns: 5,
            conflict: "ON CONFLICT (delegate) DO UPDATE SET release = excluded.release, print = excluded.print, \
                       sequence = excluded.sequence, modified = excluded.modified",
            are_large: false,
        };
        rows.write(tx, &changed, |query, (delegate, preferences)| {
            query
                .bind((*delegate).to_owned())
                .bind(self.number())
                .bind(preferences.fingerprint.to_string())
                .bind(i64::from(preferences.sequence))
                .bind(preferences.modified.as_second())
        })
        .await
    }
}

/// Encodes a value as JSON.
pub(super) fn to_json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).expect("a timetable has only maps with keys that are texts")
}

/// A query with bound values.
type BoundQuery = Query<'static, Any, sqlx::any::AnyArguments>;

/// A statement that inserts many rows at a time.
struct BulkInsert {
    insert: String,
    columns: usize,
    conflict: &'static str,
    /// Whether the rows are too large for a prepared statement, which keeps the values that were bound last.
    are_large: bool,
}

impl BulkInsert {
    /// Writes one row per item; `bind` binds its values.
    async fn write<T>(
        &self,
        tx: &mut Transaction,
        items: &[T],
        bind: impl Fn(BoundQuery, &T) -> BoundQuery,
    ) -> Result<(), Cause> {
        // SQLite looks a numbered parameter up by its name, in a list of all of them.
        let is_numbered = tx.backend_name() == "PostgreSQL";
        for chunk in items.chunks(ROWS) {
            let place = |number: usize| if is_numbered { format!("${number}") } else { "?".to_owned() };
            let places = |row: usize| {
                let places = (1..=self.columns).map(|column| place(row * self.columns + column));
                format!("({})", places.collect::<Vec<_>>().join(", "))
            };
            let rows = (0..chunk.len()).map(places).collect::<Vec<_>>().join(", ");
            // The SQL contains only names and numbers of our own: values are bound. A cached statement keeps the
            // values that were bound last.
            let statement = AssertSqlSafe(format!("{} VALUES {rows} {}", self.insert, self.conflict));
            let mut query: BoundQuery = sqlx::query(statement).persistent(!self.are_large);
            for item in chunk {
                query = bind(query, item);
            }
            query.execute(&mut **tx).await?;
        }
        Ok(())
    }
}
