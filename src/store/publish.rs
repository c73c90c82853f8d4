//! Publishing: definitions become the latest release in one transaction, with one publisher at a time.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::open::latest_migration;
use super::read::{self, ReleaseMeta, StoredRelease};
use super::{Store, StoreError, StoreErrorKind, Transaction, digest, stored_files, write};
use crate::definition::DefinitionFile;
use crate::icalendar;
use crate::publication::{Publication, PublishRequest, ReleaseContent, UidConflict, publish};
use crate::timetable::Timetable;

/// The largest number of seconds that the clock may be behind the latest release. A smaller difference is waited for.
const MAX_BEHIND: i64 = 5;

/// Definitions to publish.
#[derive(Debug, Clone)]
pub struct NewRelease {
    /// The files.
    pub files: Vec<DefinitionFile>,
    /// The timetable that they mean.
    pub timetable: Timetable,
    /// Where the feeds are served; as in the latest release if `None`.
    pub base_url: Option<Url>,
    /// Why they are published.
    pub cause: PublishCause,
}

/// Why definitions are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishCause {
    /// Somebody publishes the folder.
    Folder,
    /// The folder has changed, and nobody asked. If a newer version of convene made the latest release, nothing is
    /// published, so that of two automatic publishers the older one stops.
    Watched,
    /// Somebody publishes the folder, because the clock was fast when the latest releases were published. Their
    /// instants are not waited for.
    ClockWasAhead,
    /// Somebody publishes the folder, because an earlier ledger was lost. Every event continues with a SEQUENCE
    /// higher than any that was served. From then on, new events begin with a high SEQUENCE, too.
    Recovery,
    /// The public definitions of this release are restored. Private ones stay as they are, so that a revoked address
    /// does not come back.
    Rollback(u32),
}

/// A release before it is computed.
struct PendingRelease {
    content: ReleaseContent,
    base_url: Url,
    meta: ReleaseMeta,
    /// Whether the records of events may be outdated.
    is_recovery: bool,
    /// The definitions; `None` if they are those of the previous release.
    files: Option<Vec<DefinitionFile>>,
    clock_was_ahead: bool,
}

/// The result of publishing.
#[derive(Debug)]
pub enum PublishOutcome {
    /// The definitions are the latest release now.
    Published(Box<Publication>),
    /// The definitions were the latest release already.
    Same,
    /// A rollback to this release has superseded them, and they have not changed since.
    Superseded(Option<u32>),
    /// UIDs would change their meaning.
    Refused(Vec<UidConflict>),
    /// A newer version of convene made the latest release, so that this one publishes nothing.
    Outdated,
}

impl Store {
    /// Publishes definitions, unless nothing changed. `known` is the latest release as far as it is known, and is
    /// updated in any case.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be read or written, or if the clock is behind the latest release.
    /// Nothing is published then.
    pub async fn publish(
        &self,
        known: &mut Option<StoredRelease>,
        mut new_release: NewRelease,
        clock: impl Fn() -> Timestamp,
    ) -> Result<PublishOutcome, StoreError> {
        let mut transaction = self.lock_and_read_latest(known).await?;
        let is_outdated = known.as_ref().is_some_and(|known| icalendar::is_renderer_older_than(&known.meta.renderer));
        if new_release.cause == PublishCause::Watched && is_outdated {
            return Ok(PublishOutcome::Outdated);
        }
        let restores = match new_release.cause {
            PublishCause::Rollback(number) => Some(number),
            PublishCause::Folder | PublishCause::Watched | PublishCause::ClockWasAhead | PublishCause::Recovery => None,
        };
        if restores.is_some() {
            new_release.files.extend(self.with_context(stored_files::private_definitions(&mut transaction).await)?);
        }
        let digest = digest(&new_release.files);
        let base_url =
            new_release.base_url.clone().or_else(|| known.as_ref().map(|known| known.release.base_url.clone()));
        let Some(base_url) = base_url else {
            return Err(StoreError::other("nobody said where the feeds are served: `--base-url https://…`"));
        };
        if let Some(known) = known.as_mut().filter(|_| new_release.cause != PublishCause::Recovery) {
            if known.is_made_from(&new_release.files, &base_url) {
                // Equal meetings share their memory.
                known.release.timetable.reuse_unchanged_from(&new_release.timetable);
                return Ok(PublishOutcome::Same);
            }
            if restores.is_none() && known.supersedes(&new_release.files) {
                return Ok(PublishOutcome::Superseded(known.meta.restores));
            }
        }
        let superseded = restores.and_then(|_| known.as_ref().map(StoredRelease::folder)).map(str::to_owned);
        let is_recovered = known.as_ref().is_some_and(|known| known.meta.is_recovered);
        let is_recovery = new_release.cause == PublishCause::Recovery;
        let next = PendingRelease {
            content: match restores {
                Some(_) => ReleaseContent::Restored(new_release.timetable),
                None => ReleaseContent::Definitions(new_release.timetable),
            },
            base_url,
            meta: ReleaseMeta {
                renderer: icalendar::renderer_version(),
                digest,
                restores,
                superseded,
                is_recovered: is_recovered || is_recovery,
            },
            is_recovery,
            files: Some(new_release.files),
            clock_was_ahead: new_release.cause == PublishCause::ClockWasAhead,
        };
        self.compute_and_write(transaction, known, next, clock).await
    }

    /// Renders the latest release again if another renderer made it. Its content stays.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be read or written, or if the clock is behind the latest release.
    /// Nothing is published then.
    pub async fn publish_anew(
        &self,
        known: &mut Option<StoredRelease>,
        clock: impl Fn() -> Timestamp,
    ) -> Result<PublishOutcome, StoreError> {
        let transaction = self.lock_and_read_latest(known).await?;
        let renderer = icalendar::renderer_version();
        let Some(before) = known.as_ref().filter(|known| known.meta.renderer != renderer) else {
            return Ok(PublishOutcome::Same);
        };
        let next = PendingRelease {
            content: ReleaseContent::Previous,
            base_url: before.release.base_url.clone(),
            meta: ReleaseMeta { renderer, ..before.meta.clone() },
            is_recovery: false,
            files: None,
            clock_was_ahead: false,
        };
        self.compute_and_write(transaction, known, next, clock).await
    }

    /// Takes the lock for publishing, and reads the latest release.
    async fn lock_and_read_latest(&self, known: &mut Option<StoredRelease>) -> Result<Transaction, StoreError> {
        let mut transaction = self.begin_publishing().await?;
        if self.with_context(read::migration(&mut transaction).await)? > latest_migration() {
            let message = format!("{} is kept by a newer version of convene since: start that version", self.location);
            return Err(StoreError::new(StoreErrorKind::NewerVersion, message));
        }
        if let Some(one) = known.as_ref()
            && self.with_context(read::number(&mut transaction, one).await)?.is_none()
        {
            let message =
                format!("{} does not hold release {}, which is known here", self.location, one.release.number);
            return Err(StoreError::other(message));
        }
        if let Some(latest) = self.with_context(read::latest(&mut transaction, known.as_ref()).await)? {
            *known = Some(latest);
        }
        Ok(transaction)
    }

    /// Computes a release and writes it. `known` is updated once the database confirms it.
    async fn compute_and_write(
        &self,
        mut transaction: Transaction,
        known: &mut Option<StoredRelease>,
        next: PendingRelease,
        clock: impl Fn() -> Timestamp,
    ) -> Result<PublishOutcome, StoreError> {
        let instant = next_instant(known.as_ref(), next.clock_was_ahead, clock).await?;
        let PendingRelease { content, base_url, meta, is_recovery, files, .. } = next;
        let request = PublishRequest {
            content,
            base_url,
            instant,
            first_sequence: if meta.is_recovered { minutes(instant) } else { 0 },
            is_recovery,
            is_other_renderer: known.as_ref().is_some_and(|known| known.meta.renderer != meta.renderer),
        };
        let publication = match publish(known.as_ref().map(|known| &known.release), request) {
            Ok(publication) => publication,
            Err(conflicts) => return Ok(PublishOutcome::Refused(conflicts)),
        };
        let before = known.as_ref().map(|known| &known.release);
        let made = write::ReleaseWriter { before, publication: &publication, meta: &meta, files: files.as_deref() };
        let cannot_write = || format!("cannot write to {}", self.location);
        self.location.with_context(made.write(&mut transaction).await, cannot_write)?;
        if !self.location.is_file() {
            self.with_context(write::notify(&mut transaction).await)?;
        }
        let made = StoredRelease { release: publication.release.clone(), meta };
        self.location.with_context(transaction.commit().await, cannot_write)?;
        // The answer to COMMIT is not enough: PostgreSQL answers that of a failed transaction without an error.
        if self.number(&made).await?.is_none() {
            return Err(StoreError::other(format!("{} did not keep release {}", self.location, made.release.number)));
        }
        *known = Some(made);
        Ok(PublishOutcome::Published(Box::new(publication)))
    }
}

/// Returns an instant later than the latest release, and never in the future: waits for the next second if necessary.
/// If the clock was fast before, returns the present.
async fn next_instant(
    known: Option<&StoredRelease>,
    clock_was_ahead: bool,
    clock: impl Fn() -> Timestamp,
) -> Result<Timestamp, StoreError> {
    let latest = known.map_or(i64::MIN, |known| known.release.published.as_second());
    loop {
        let now = clock();
        let behind = latest.saturating_sub(now.as_second());
        if behind < 0 || (clock_was_ahead && behind > MAX_BEHIND) {
            return Ok(crate::revision::truncate_to_second(now));
        }
        if behind > MAX_BEHIND {
            let latest = Timestamp::from_second(latest).unwrap_or(now);
            let message = format!(
                "the clock of this machine says {now}, and the latest release is of {latest}: set the clock. If it is \
                 right now and was ahead of time then, run `convene publish --clock-was-ahead` once"
            );
            return Err(StoreError::new(StoreErrorKind::ClockBehind, message));
        }
        tokio::time::sleep(Duration::from_millis(1000 - u64::from(now.subsec_millisecond().unsigned_abs() % 1000)))
            .await;
    }
}

/// Returns the minutes since 2020: more than an event can have revisions. clients.md D4
fn minutes(instant: Timestamp) -> u32 {
    const YEAR_2020: i64 = 1_577_836_800;
    u32::try_from((instant.as_second() - YEAR_2020) / 60).unwrap_or(0)
}
