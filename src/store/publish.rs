//! Publishing: definitions become the latest release in one transaction, and nobody else publishes meanwhile.

use std::time::Duration;

use anyhow::{Context, bail};
use jiff::Timestamp;
use url::Url;

use super::read::{self, About, Stored};
use super::{Store, Tx, digest, write};
use crate::definition::File;
use crate::icalendar;
use crate::publication::{Conflict, Intent, Meant, Publication, publish};
use crate::timetable::Timetable;

/// How far the clock may be behind the latest release: so long is waited, further it is wrong.
const MOST_BEHIND: i64 = 5;

/// Definitions that may be published.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The files.
    pub files: Vec<File>,
    /// What they mean.
    pub timetable: Timetable,
    /// Where the feeds are served; where they were in the latest release if left out.
    pub base_url: Option<Url>,
    /// Why they are published.
    pub cause: Cause,
}

/// Why definitions are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// They are what the folder holds.
    Folder,
    /// They are what the folder holds, and an earlier ledger was lost: every event goes on with a SEQUENCE that is higher
    /// than any that was served, and those that are not known yet begin with one. It stays so.
    Recovery,
    /// They are the public definitions of this release, which is restored. Private ones stay as they are: an address that
    /// was revoked is not given back.
    Rollback(u32),
}

/// A release that is to be made.
struct Next {
    meant: Meant,
    base_url: Url,
    about: About,
    /// Whether what is known of events is not to be believed.
    is_recovery: bool,
    /// Its definitions; none where they are those of the release before.
    files: Option<Vec<File>>,
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
    /// Publishes definitions, unless nothing changed. `known` is what is known of the latest release, and is brought up to
    /// date whatever comes of it.
    ///
    /// # Errors
    ///
    /// The database cannot be read or written, or the clock is behind the latest release. Nothing is published then.
    pub async fn publish(
        &self,
        known: &mut Option<Stored>,
        mut edition: Edition,
        clock: impl Fn() -> Timestamp,
    ) -> anyhow::Result<Outcome> {
        let mut transaction = self.turn(known).await?;
        let restores = match edition.cause {
            Cause::Rollback(number) => Some(number),
            Cause::Folder | Cause::Recovery => None,
        };
        if restores.is_some() {
            edition
                .files
                .extend(read::private_definitions(&mut transaction).await.with_context(|| self.unreachable())?);
        }
        let digest = digest(&edition.files);
        let base_url = edition.base_url.clone().or_else(|| known.as_ref().map(|known| known.release.base_url.clone()));
        let Some(base_url) = base_url else {
            bail!("nobody said where the feeds are served: `--base-url https://…`")
        };
        if let Some(known) = known.as_mut().filter(|_| edition.cause != Cause::Recovery) {
            if known.is_this(&edition.files, &base_url) {
                // Two readings of one thing need not be kept.
                known.release.timetable.share(&edition.timetable);
                return Ok(Outcome::Same);
            }
            if restores.is_none() && known.sets_aside(&edition.files) {
                return Ok(Outcome::SetAside(known.about.restores));
            }
        }
        let set_aside = restores.and_then(|_| known.as_ref().map(Stored::folder)).map(str::to_owned);
        let is_recovered = known.as_ref().is_some_and(|known| known.about.is_recovered);
        let is_recovery = edition.cause == Cause::Recovery;
        let next = Next {
            meant: match restores {
                Some(_) => Meant::Restored(edition.timetable),
                None => Meant::Definitions(edition.timetable),
            },
            base_url,
            about: About {
                renderer: icalendar::renderer(),
                digest,
                restores,
                set_aside,
                is_recovered: is_recovered || is_recovery,
            },
            is_recovery,
            files: Some(edition.files),
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
        known: &mut Option<Stored>,
        clock: impl Fn() -> Timestamp,
    ) -> anyhow::Result<Outcome> {
        let transaction = self.turn(known).await?;
        let renderer = icalendar::renderer();
        let Some(before) = known.as_ref().filter(|known| known.about.renderer != renderer) else {
            return Ok(Outcome::Same);
        };
        let next = Next {
            meant: Meant::AsBefore,
            base_url: before.release.base_url.clone(),
            about: About { renderer, ..before.about.clone() },
            is_recovery: false,
            files: None,
        };
        self.make(transaction, known, next, clock).await
    }

    /// A transaction in which nobody else publishes, with the latest release read in it.
    async fn turn(&self, known: &mut Option<Stored>) -> anyhow::Result<Tx> {
        let mut transaction = self.pool.begin().await.with_context(|| self.unreachable())?;
        write::take_turn(&mut transaction).await.with_context(|| self.unreachable())?;
        if let Some(one) = known.as_ref()
            && read::number(&mut transaction, one).await.with_context(|| self.unreachable())?.is_none()
        {
            bail!("{} does not hold release {}, which is known here", self.location, one.release.number);
        }
        let latest = read::latest(&mut transaction, known.as_ref()).await.with_context(|| self.unreachable())?;
        if let Some(latest) = latest {
            *known = Some(latest);
        }
        Ok(transaction)
    }

    /// Makes a release and writes it.
    async fn make(
        &self,
        mut transaction: Tx,
        known: &mut Option<Stored>,
        next: Next,
        clock: impl Fn() -> Timestamp,
    ) -> anyhow::Result<Outcome> {
        let instant = next_instant(known.as_ref(), clock).await?;
        let Next { meant, base_url, about, is_recovery, files } = next;
        let intent = Intent {
            meant,
            base_url,
            instant,
            first_sequence: if about.is_recovered { minutes(instant) } else { 0 },
            is_recovery,
            is_other_renderer: known.as_ref().is_some_and(|known| known.about.renderer != about.renderer),
        };
        let publication = match publish(known.as_ref().map(|known| &known.release), intent) {
            Ok(publication) => publication,
            Err(conflicts) => return Ok(Outcome::Refused(conflicts)),
        };
        let before = known.as_ref().map(|known| &known.release);
        let made = write::Made { before, publication: &publication, about: &about, files: files.as_deref() };
        made.write(&mut transaction).await.with_context(|| format!("cannot write to {}", self.location))?;
        if !self.location.is_file() {
            write::notify(&mut transaction).await.with_context(|| self.unreachable())?;
        }
        transaction.commit().await.with_context(|| format!("cannot write to {}", self.location))?;
        *known = Some(Stored { release: publication.release.clone(), about });
        Ok(Outcome::Published(Box::new(publication)))
    }
}

/// An instant later than the latest release, and never in the future: waits out the second if it has to.
async fn next_instant(known: Option<&Stored>, clock: impl Fn() -> Timestamp) -> anyhow::Result<Timestamp> {
    let latest = known.map_or(i64::MIN, |known| known.release.published.as_second());
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
