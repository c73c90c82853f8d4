//! Publishing: definitions become the latest release in one transaction, and nobody else publishes meanwhile.

use std::time::Duration;

use anyhow::bail;
use jiff::Timestamp;
use url::Url;

use super::fault::ClockBehind;
use super::open::latest_migration;
use super::read::{self, ReleaseMeta, StoredRelease};
use super::{Store, Transaction, digest, write};
use crate::definition::DefinitionFile;
use crate::icalendar;
use crate::publication::{Publication, PublishRequest, ReleaseContent, UidConflict, publish};
use crate::timetable::Timetable;

/// How far the clock may be behind the latest release: so long is waited, further it is wrong.
const MOST_BEHIND: i64 = 5;

/// Definitions that may be published.
#[derive(Debug, Clone)]
pub struct NewRelease {
    /// The files.
    pub files: Vec<DefinitionFile>,
    /// What they mean.
    pub timetable: Timetable,
    /// Where the feeds are served; where they were in the latest release if left out.
    pub base_url: Option<Url>,
    /// Why they are published.
    pub cause: PublishCause,
}

/// Why definitions are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishCause {
    /// They are what the folder holds.
    Folder,
    /// They are what the folder holds, and nobody asked for it. Where a newer version of convene made the latest release they
    /// are left alone: of two that publish by themselves the older one stops.
    Watched,
    /// They are what the folder holds. The clock was ahead of time when the latest releases were published, and is right now:
    /// their instants are not waited for.
    ClockWasAhead,
    /// They are what the folder holds, and an earlier ledger was lost: every event goes on with a SEQUENCE that is higher
    /// than any that was served, and those that are not known yet begin with one. It stays so.
    Recovery,
    /// They are the public definitions of this release, which is restored. Private ones stay as they are: an address that
    /// was revoked is not given back.
    Rollback(u32),
}

/// A release that is to be made.
struct PendingRelease {
    meant: ReleaseContent,
    base_url: Url,
    about: ReleaseMeta,
    /// Whether what is known of events is not to be believed.
    is_recovery: bool,
    /// Its definitions; none where they are those of the release before.
    files: Option<Vec<DefinitionFile>>,
    clock_was_ahead: bool,
}

/// What became of definitions that were to be published.
#[derive(Debug)]
pub enum PublishOutcome {
    /// They are the latest release now.
    Published(Box<Publication>),
    /// They are the latest release already.
    Same,
    /// A rollback to this release set them aside, and they have not changed since.
    Superseded(Option<u32>),
    /// UIDs would come to mean something else.
    Refused(Vec<UidConflict>),
    /// A newer version of convene made the latest release: this one publishes nothing.
    Outdated,
}

impl Store {
    /// Publishes definitions, unless nothing changed. `known` is what is known of the latest release, and is brought up to
    /// date whatever comes of it.
    ///
    /// # Errors
    ///
    /// The database cannot be read or written, or the clock is behind the latest release. Nothing is published then.
    pub async fn publish(
        &self,
        known: &mut Option<StoredRelease>,
        mut edition: NewRelease,
        clock: impl Fn() -> Timestamp,
    ) -> anyhow::Result<PublishOutcome> {
        let mut transaction = self.turn(known).await?;
        let is_outdated = known.as_ref().is_some_and(|known| icalendar::is_renderer_older_than(&known.about.renderer));
        if edition.cause == PublishCause::Watched && is_outdated {
            return Ok(PublishOutcome::Outdated);
        }
        let restores = match edition.cause {
            PublishCause::Rollback(number) => Some(number),
            PublishCause::Folder | PublishCause::Watched | PublishCause::ClockWasAhead | PublishCause::Recovery => None,
        };
        if restores.is_some() {
            edition.files.extend(self.explained(read::private_definitions(&mut transaction).await)?);
        }
        let digest = digest(&edition.files);
        let base_url = edition.base_url.clone().or_else(|| known.as_ref().map(|known| known.release.base_url.clone()));
        let Some(base_url) = base_url else {
            bail!("nobody said where the feeds are served: `--base-url https://…`")
        };
        if let Some(known) = known.as_mut().filter(|_| edition.cause != PublishCause::Recovery) {
            if known.is_this(&edition.files, &base_url) {
                // Two readings of one thing need not be kept.
                known.release.timetable.reuse_unchanged_from(&edition.timetable);
                return Ok(PublishOutcome::Same);
            }
            if restores.is_none() && known.sets_aside(&edition.files) {
                return Ok(PublishOutcome::Superseded(known.about.restores));
            }
        }
        let set_aside = restores.and_then(|_| known.as_ref().map(StoredRelease::folder)).map(str::to_owned);
        let is_recovered = known.as_ref().is_some_and(|known| known.about.is_recovered);
        let is_recovery = edition.cause == PublishCause::Recovery;
        let next = PendingRelease {
            meant: match restores {
                Some(_) => ReleaseContent::Restored(edition.timetable),
                None => ReleaseContent::Definitions(edition.timetable),
            },
            base_url,
            about: ReleaseMeta {
                renderer: icalendar::renderer_version(),
                digest,
                restores,
                set_aside,
                is_recovered: is_recovered || is_recovery,
            },
            is_recovery,
            files: Some(edition.files),
            clock_was_ahead: edition.cause == PublishCause::ClockWasAhead,
        };
        self.make(transaction, known, next, clock).await
    }

    /// Makes the latest release anew where another renderer made it: what it means stays, and so does everything that is
    /// known of it.
    ///
    /// # Errors
    ///
    /// The database cannot be read or written, or the clock is behind the latest release. Nothing is published then.
    pub async fn publish_anew(
        &self,
        known: &mut Option<StoredRelease>,
        clock: impl Fn() -> Timestamp,
    ) -> anyhow::Result<PublishOutcome> {
        let transaction = self.turn(known).await?;
        let renderer = icalendar::renderer_version();
        let Some(before) = known.as_ref().filter(|known| known.about.renderer != renderer) else {
            return Ok(PublishOutcome::Same);
        };
        let next = PendingRelease {
            meant: ReleaseContent::Previous,
            base_url: before.release.base_url.clone(),
            about: ReleaseMeta { renderer, ..before.about.clone() },
            is_recovery: false,
            files: None,
            clock_was_ahead: false,
        };
        self.make(transaction, known, next, clock).await
    }

    /// A transaction in which nobody else publishes, with the latest release read in it.
    async fn turn(&self, known: &mut Option<StoredRelease>) -> anyhow::Result<Transaction> {
        let mut transaction = self.begin().await?;
        if self.explained(read::migration(&mut transaction).await)? > latest_migration() {
            bail!("{} is kept by a newer version of convene since: start that version", self.location);
        }
        if let Some(one) = known.as_ref()
            && self.explained(read::number(&mut transaction, one).await)?.is_none()
        {
            bail!("{} does not hold release {}, which is known here", self.location, one.release.number);
        }
        if let Some(latest) = self.explained(read::latest(&mut transaction, known.as_ref()).await)? {
            *known = Some(latest);
        }
        Ok(transaction)
    }

    /// Makes a release and writes it. It is known here once the database says that it has it.
    async fn make(
        &self,
        mut transaction: Transaction,
        known: &mut Option<StoredRelease>,
        next: PendingRelease,
        clock: impl Fn() -> Timestamp,
    ) -> anyhow::Result<PublishOutcome> {
        let instant = next_instant(known.as_ref(), next.clock_was_ahead, clock).await?;
        let PendingRelease { meant, base_url, about, is_recovery, files, .. } = next;
        let intent = PublishRequest {
            content: meant,
            base_url,
            instant,
            first_sequence: if about.is_recovered { minutes(instant) } else { 0 },
            is_recovery,
            is_other_renderer: known.as_ref().is_some_and(|known| known.about.renderer != about.renderer),
        };
        let publication = match publish(known.as_ref().map(|known| &known.release), intent) {
            Ok(publication) => publication,
            Err(conflicts) => return Ok(PublishOutcome::Refused(conflicts)),
        };
        let before = known.as_ref().map(|known| &known.release);
        let made = write::ReleaseWriter { before, publication: &publication, about: &about, files: files.as_deref() };
        let cannot_write = || format!("cannot write to {}", self.location);
        self.location.explained(made.write(&mut transaction).await, cannot_write)?;
        if !self.location.is_file() {
            self.explained(write::notify(&mut transaction).await)?;
        }
        let made = StoredRelease { release: publication.release.clone(), about };
        self.location.explained(transaction.commit().await, cannot_write)?;
        // What a COMMIT answers is not enough: PostgreSQL answers one of a transaction that failed without an error.
        if self.number(&made).await?.is_none() {
            bail!("{} did not keep release {}", self.location, made.release.number);
        }
        *known = Some(made);
        Ok(PublishOutcome::Published(Box::new(publication)))
    }
}

/// An instant later than the latest release, and never in the future: waits out the second if it has to. Where the clock was
/// ahead of time before, it is the present.
async fn next_instant(
    known: Option<&StoredRelease>,
    clock_was_ahead: bool,
    clock: impl Fn() -> Timestamp,
) -> anyhow::Result<Timestamp> {
    let latest = known.map_or(i64::MIN, |known| known.release.published.as_second());
    loop {
        let now = clock();
        let behind = latest.saturating_sub(now.as_second());
        if behind < 0 || (clock_was_ahead && behind > MOST_BEHIND) {
            return Ok(crate::revision::truncate_to_second(now));
        }
        if behind > MOST_BEHIND {
            let latest = Timestamp::from_second(latest).unwrap_or(now);
            return Err(ClockBehind { now, latest }.into());
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
