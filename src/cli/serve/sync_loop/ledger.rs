//! Opens, follows and publishes to the ledger.

use std::time::Duration;

use anyhow::{anyhow, bail};
use tokio::time::Instant;
use tracing::{error, info, warn};

use super::{LEDGER_TIMEOUT, NOTIFY_RETRY, SyncConfig, SyncLoop};
use crate::cli::{now, publish};
use crate::icalendar;
use crate::ledger::Ledger;
use crate::server::{Outage, RejectedDefinitions};
use crate::store::{self, NewRelease, PublishCause, Store, StoreError, StoreErrorKind};

/// How long publishing may take, including the wait for other publishers.
const PUBLISH_TIMEOUT: Duration = Duration::from_secs(120);
/// How long the database may take to accept a listener: releases are not followed meanwhile.
const LISTEN_TIMEOUT: Duration = Duration::from_secs(2);

impl SyncLoop {
    /// Opens the ledger, and reads the latest release if none is known. A ledger that has disappeared is not created
    /// again while a release is served, because revisions would start from zero.
    pub(super) async fn open(&mut self) -> anyhow::Result<()> {
        let SyncConfig { location, state, .. } = &self.config;
        if (self.known.is_some() || state.site().is_some()) && !location.may_hold() {
            bail!("{location} is missing: restore it, or restart convene and run `convene publish --recover`");
        }
        let store = within(Store::open(location)).await?;
        // A read-only ledger is read again each time it is opened.
        if self.known.is_none() || store.read_only().is_some() {
            self.follow(&store).await?;
        }
        if let Some(why) = store.read_only().map(str::to_owned) {
            // Its content would never change: it is opened again in the next pass.
            store.close().await;
            bail!("{why}");
        }
        self.compare_secrets(&store).await?;
        self.store = Some(store);
        Ok(())
    }

    /// Records the secret if this process publishes; otherwise compares it with the publisher's.
    async fn compare_secrets(&mut self, store: &Store) -> anyhow::Result<()> {
        let own = self.config.secret.fingerprint();
        if self.config.folder.is_some() {
            let before = within(store.record_secret(&own)).await?;
            if before.is_some_and(|before| !before.is_empty()) {
                warn!("the secret has changed: every delegate has a new private address");
            }
            return Ok(());
        }
        let of_publisher = within(store.secret()).await?;
        let is_other = !of_publisher.is_empty() && of_publisher != own;
        if is_other && !self.has_other_secret {
            error!(
                "the secret is not the publisher's: delegates have other addresses here. Give this process the publisher's \
                 secret (`--secret-file`)"
            );
        }
        self.has_other_secret = is_other;
        Ok(())
    }

    pub(super) async fn try_synchronize(&mut self) -> anyhow::Result<()> {
        if self.store.as_ref().is_some_and(|store| !store.is_there())
            && let Some(store) = self.store.take()
        {
            store.close().await;
        }
        if self.store.is_none() {
            self.open().await?;
        }
        let Some(store) = self.store.clone() else { return Ok(()) };
        self.follow(&store).await?;
        self.publish_pending(&store).await?;
        if self.start_listening(&store).await {
            // Read what was published before the listener was ready.
            self.follow(&store).await?;
        }
        Ok(())
    }

    async fn publish_pending(&mut self, store: &Store) -> anyhow::Result<()> {
        let is_outdated = self.is_outdated();
        if is_outdated && !self.is_outdated_logged && self.config.folder.is_some() {
            warn!("a newer version of convene publishes: this one only follows");
        }
        self.is_outdated_logged = is_outdated;
        if is_outdated {
            return Ok(());
        }
        if let Some(loaded) = &self.pending
            && let Some(timetable) = loaded.timetable.clone()
        {
            let base_url = self.config.folder.as_ref().map(|(_, base_url)| base_url.clone());
            let new_release =
                NewRelease { files: loaded.files.clone(), timetable, base_url, cause: PublishCause::Watched };
            return self.publish(store, Some(new_release)).await;
        }
        // A release made by an older version is made again by the publisher. If two versions publish at the same
        // time, the older one has stopped.
        let renderer = self.known.as_ref().map(|known| &known.meta.renderer);
        let is_older =
            renderer.is_some_and(|of| *of != icalendar::renderer_version() && !icalendar::is_renderer_older_than(of));
        if is_older && self.config.folder.is_some() {
            self.publish(store, None).await?;
        }
        Ok(())
    }

    /// Asks the database to notify of releases; polling goes on if it does not. Returns whether it does now but did
    /// not before.
    async fn start_listening(&mut self, store: &Store) -> bool {
        if self.listener.is_some() || self.unnotified_since.is_some_and(|since| since.elapsed() < NOTIFY_RETRY) {
            return false;
        }
        match within_time(LISTEN_TIMEOUT, store.listen()).await {
            Ok(listener) => {
                (self.listener, self.unnotified_since) = (listener, None);
                self.listener.is_some()
            }
            Err(error) => {
                if self.unnotified_since.is_none() {
                    warn!("{error:#}; the ledger does not notify of releases and is polled");
                }
                self.unnotified_since = Some(Instant::now());
                false
            }
        }
    }

    /// Reads the latest release, from this ledger or one that continues it.
    async fn follow(&mut self, store: &Store) -> anyhow::Result<()> {
        if let Some(known) = &self.known
            && let Some(number) = within(store.number(known)).await?
        {
            if number != known.release.number
                && let Some(latest) = within(store.latest(Some(known))).await?
            {
                self.known = Some(latest);
                if self.config.folder.is_none() {
                    self.compare_secrets(store).await?;
                }
            }
            return Ok(());
        }
        let latest = within(store.latest(None)).await?;
        let site = self.config.state.site();
        let served = self.known.as_ref().map(|known| &known.release).or(site.as_ref().map(|site| &**site.release()));
        if let Some(served) = served
            && !latest.as_ref().is_some_and(|latest| continues_from(&served.ledger, &latest.release.ledger))
        {
            bail!(
                "{} does not contain release {}, which is served: restore the ledger that does, or run \
                 `convene publish --recover`",
                self.config.location,
                served.number
            );
        }
        self.known = latest;
        Ok(())
    }

    /// Publishes a release; without one, publishes the latest release again.
    async fn publish(&mut self, store: &Store, new_release: Option<NewRelease>) -> anyhow::Result<()> {
        let is_first = self.known.is_none();
        // If a release is known but not yet served, do not wait long.
        let is_served = self.config.state.site().is_some();
        let patience = if is_served || is_first { PUBLISH_TIMEOUT } else { LEDGER_TIMEOUT };
        let mut known = self.known.take();
        let publishing = async {
            match new_release {
                Some(new_release) => store.publish(&mut known, new_release, now).await,
                None => store.publish_anew(&mut known, now).await,
            }
        };
        let outcome = self.wait_for(publishing, patience).await;
        self.known = known;
        match outcome? {
            store::PublishOutcome::Published(publication) => {
                let warnings = self.pending.as_ref().map(|loaded| loaded.warnings(&publication));
                if let Some(warnings) = warnings.filter(|warnings| !warnings.is_empty()) {
                    self.config.log.problems(&warnings);
                }
                self.revised = Some(publication.revised);
            }
            store::PublishOutcome::Same => {}
            // Still pending: it is published once no newer version publishes.
            store::PublishOutcome::Outdated => return Ok(()),
            store::PublishOutcome::Superseded(restored) => info!("{}", publish::superseded_message(restored)),
            store::PublishOutcome::Refused(conflicts) => {
                if let Some(loaded) = self.pending.take() {
                    let problems = loaded.with_conflicts(&conflicts);
                    self.config.log.problems(&problems);
                    self.problems = Some(RejectedDefinitions::from_problems(&problems));
                }
            }
        }
        self.pending = None;
        Ok(())
    }

    /// Waits for a future up to a timeout. If it takes long, reports that meanwhile.
    async fn wait_for<T>(
        &mut self,
        what: impl Future<Output = Result<T, StoreError>>,
        patience: Duration,
    ) -> anyhow::Result<T> {
        let mut what = std::pin::pin!(within_time(patience, what));
        tokio::select! {
            came = &mut what => return came,
            () = tokio::time::sleep(LEDGER_TIMEOUT) => {}
        }
        self.report_ledger(Some(&no_answer(LEDGER_TIMEOUT)));
        self.config.state.set_ledger_outage(Outage::Ledger);
        what.await
    }
}

/// Returns whether a ledger continues from what was served: every event has the same stamps, or a higher SEQUENCE.
fn continues_from(served: &Ledger, latest: &Ledger) -> bool {
    served.records.iter().all(|(uid, record)| {
        let (then, now) = (record.revision, latest.records.get(uid).map(|record| record.revision));
        now.is_some_and(|now| now == then || now.sequence > then.sequence)
    })
}

/// Waits for a read of the ledger.
async fn within<T>(what: impl Future<Output = Result<T, StoreError>>) -> anyhow::Result<T> {
    within_time(LEDGER_TIMEOUT, what).await
}

/// Waits for a future up to a timeout.
async fn within_time<T>(patience: Duration, what: impl Future<Output = Result<T, StoreError>>) -> anyhow::Result<T> {
    Ok(tokio::time::timeout(patience, what).await.map_err(|_| no_answer(patience))??)
}

/// Returns the kind of an error of the store; `None` for other errors.
pub(super) fn error_kind(error: &anyhow::Error) -> Option<StoreErrorKind> {
    error.downcast_ref::<StoreError>().map(StoreError::kind)
}

fn no_answer(patience: Duration) -> anyhow::Error {
    anyhow!("the ledger did not respond within {} seconds", patience.as_secs())
}
