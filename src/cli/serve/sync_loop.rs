//! Keeps the served release up to date: publishes the folder when it changes, and follows what others publish.
//!
//! Whatever fails, the current release stays served, and every pass tries again.

mod ledger;
mod status;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::time::Instant;
use tracing::warn;
use url::Url;

use super::super::folder::LoadedFolder;
use super::super::log::LogFormat;
use super::watch::{FirstState, FolderState, FolderWatch};
use crate::private::Secret;
use crate::server::{Outage, RejectedDefinitions, ServerState};
use crate::store::{Listener, Location, Store, StoreErrorKind, StoredRelease};

/// How long reading the ledger may take.
const LEDGER_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the first read of the folder may take before the known release is served without it.
const FIRST_READ_TIME: Duration = Duration::from_secs(2);
/// How long to debounce notifications.
const DEBOUNCE: Duration = Duration::from_millis(20);
/// How long a pass may take, besides the wait before it, until the served release counts as stale: longer than
/// publishing takes.
const MAX_PASS_TIME: Duration = Duration::from_secs(180);
/// How long to wait before retrying, if the poll interval is longer.
const RETRY: Duration = Duration::from_secs(1);
/// How long to do without the database's notifications before asking for them again.
const NOTIFY_RETRY: Duration = Duration::from_secs(30);

/// The outcome of the start.
pub(super) enum StartOutcome {
    /// Serving a release with this many feeds.
    Serves(usize),
    /// Serving without a release: there is none yet.
    Waits,
    /// Not serving: the definitions have errors, and there is no release.
    Problems,
}

/// The configuration of the loop.
#[derive(Clone)]
pub(super) struct SyncConfig {
    /// The location of the ledger.
    pub(super) location: Location,
    /// The folder to publish and the base URL of its feeds; `None` if this process only follows.
    pub(super) folder: Option<(PathBuf, Url)>,
    /// The secret behind private addresses.
    pub(super) secret: Secret,
    /// The state of the server.
    pub(super) state: Arc<ServerState>,
    /// The poll interval.
    pub(super) poll: Duration,
    /// The format of the log.
    pub(super) log: LogFormat,
    /// Notified to read everything again.
    pub(super) reload: Arc<Notify>,
}

/// Keeps the served release up to date.
pub(super) struct SyncLoop {
    config: SyncConfig,
    watch: Option<FolderWatch>,
    store: Option<Store>,
    listener: Option<Listener>,
    /// When the database last refused to notify of releases.
    unnotified_since: Option<Instant>,
    known: Option<StoredRelease>,
    /// A folder that is still to be published.
    pending: Option<LoadedFolder>,
    /// The errors that keep the definitions from being published.
    problems: Option<RejectedDefinitions>,
    /// The current fault of the ledger: the message for the log, and its public form.
    ledger_fault: Option<(String, Outage)>,
    /// The current fault of the folder: the message for the log, and its public form.
    folder_fault: Option<(String, String)>,
    /// Whether it was logged that a newer version of convene publishes and this one does not.
    is_outdated_logged: bool,
    /// The faults of the ledger that were logged since it last worked.
    logged_faults: BTreeSet<String>,
    /// Whether the publisher has another secret.
    has_other_secret: bool,
    /// The number of events with new stamps in the last release published here, until it is logged.
    revised: Option<usize>,
}

impl SyncLoop {
    pub(super) fn new(config: SyncConfig) -> Self {
        Self {
            watch: config.folder.as_ref().map(|(folder, _)| FolderWatch::new(folder.clone())),
            config,
            store: None,
            listener: None,
            unnotified_since: None,
            known: None,
            pending: None,
            problems: None,
            ledger_fault: None,
            folder_fault: None,
            is_outdated_logged: false,
            logged_faults: BTreeSet::new(),
            has_other_secret: false,
            revised: None,
        }
    }

    /// Reads the folder for the first time, and reports its problems. If that takes long, for instance on a network
    /// disk that does not respond, the known release is served meanwhile.
    async fn first_look(&mut self) -> Option<FirstState> {
        let (folder, log) = (self.config.folder.as_ref()?.0.clone(), self.config.log);
        let mut reading = tokio::task::spawn_blocking(move || super::first_look(&folder, log));
        let look = if let Ok(look) = tokio::time::timeout(FIRST_READ_TIME, &mut reading).await {
            look
        } else {
            self.activate();
            // Nobody knows how long the read will take.
            self.config.state.set_starting(false);
            reading.await
        };
        match look {
            Ok(Ok(look)) => Some(look),
            Ok(Err(error)) => {
                self.report_folder(Some(&error));
                None
            }
            Err(_) => None,
        }
    }

    /// Makes the first pass, with the folder as it was read first, or reads it now.
    ///
    /// # Errors
    ///
    /// A fault that time does not fix: a file cannot be written, or the ledger is of a newer version.
    pub(super) async fn start(&mut self, first: Option<FirstState>) -> anyhow::Result<StartOutcome> {
        if let Err(error) = self.open().await {
            // If the ledger can be read but not written, its release is served.
            if (self.config.location.is_file() && self.known.is_none())
                || ledger::error_kind(&error) == Some(StoreErrorKind::NewerVersion)
            {
                return Err(error);
            }
            self.report_ledger(Some(&error));
        }
        let first = match first {
            Some(first) => Some(first),
            None => self.first_look().await,
        };
        if let Some((look, watch)) = first.zip(self.watch.as_mut()) {
            let loaded = watch.continue_from(look);
            self.accept_folder(loaded);
        }
        if self.ledger_fault.is_none() && self.problems.is_none() {
            self.synchronize().await;
        }
        if self.problems.is_some() && self.known.is_none() && self.ledger_fault.is_none() {
            return Ok(StartOutcome::Problems);
        }
        self.activate();
        Ok(self.config.state.site().map_or(StartOutcome::Waits, |site| StartOutcome::Serves(site.feeds())))
    }

    /// Makes a pass whenever the poll interval is over, the folder changes or the database notifies of a release,
    /// until the service ends.
    pub(super) async fn keep(mut self, mut ended: watch::Receiver<bool>) {
        let reload = Arc::clone(&self.config.reload);
        loop {
            let wait = self.wait();
            let notified = async {
                match &mut self.listener {
                    Some(listener) => listener.notified().await,
                    None => std::future::pending().await,
                }
            };
            let changed = self.watch.as_ref().map(FolderWatch::changed);
            let changed = async {
                match changed {
                    Some(changed) => {
                        changed.await;
                        // Editors emit several events per save: debounce.
                        tokio::time::sleep(DEBOUNCE).await;
                    }
                    None => std::future::pending().await,
                }
            };
            let is_listening = tokio::select! {
                is_listening = notified => is_listening,
                () = changed => true,
                () = reload.notified() => {
                    self.watch.iter_mut().for_each(FolderWatch::forget);
                    true
                }
                () = tokio::time::sleep(wait) => true,
                _ = ended.wait_for(|ended| *ended) => break,
            };
            if !is_listening {
                self.listener = None;
                // The connection was closed: do not reconnect in a tight loop.
                tokio::time::sleep(self.config.poll.min(RETRY)).await;
            }
            // The ledger needs the disk space more than the cache does.
            let is_disk_short = self.config.location.is_file() && self.ledger_fault.is_some();
            self.config.state.empty_body_files(is_disk_short);
            self.look();
            self.synchronize().await;
            self.activate();
            self.config.state.mark_pass(self.wait() + MAX_PASS_TIME);
        }
        if let Some(store) = self.store {
            store.close().await;
        }
    }

    /// Returns how long to wait for the next pass without a notification.
    fn wait(&self) -> Duration {
        // A folder that cannot be read does not change: retry after a pause.
        let folder = match self.folder_fault {
            Some(_) => Some(RETRY),
            None => self.watch.as_ref().and_then(FolderWatch::time_until_settled),
        };
        let ledger = self.ledger_fault.as_ref().map(|_| RETRY);
        let listener = self.unnotified_since.map(|_| NOTIFY_RETRY);
        [folder, ledger, listener].into_iter().flatten().fold(self.config.poll, Duration::min)
    }

    /// Looks for changes of the folder. Logs a fault once.
    fn look(&mut self) {
        let Some(watch) = &mut self.watch else { return };
        match watch.look() {
            // A known fault may still be there: it shows when the folder is read.
            Ok(FolderState::Changing) => {}
            Ok(FolderState::Unchanged) => self.report_folder(None),
            Ok(FolderState::Loaded(loaded)) => {
                self.report_folder(None);
                self.config.log.problems(&loaded.problems);
                self.accept_folder(*loaded);
            }
            Err(error) => self.report_folder(Some(&error)),
        }
    }

    /// Accepts a folder that was read.
    fn accept_folder(&mut self, loaded: LoadedFolder) {
        if loaded.timetable.is_some() {
            (self.pending, self.problems) = (Some(loaded), None);
        } else {
            (self.pending, self.problems) = (None, Some(RejectedDefinitions::from_problems(&loaded.problems)));
            if self.known.is_some() {
                warn!("the last release stays served: fix the errors above");
            }
        }
    }

    /// Publishes the pending folder, and reads what others published.
    async fn synchronize(&mut self) {
        let outcome = self.try_synchronize().await;
        if outcome.is_err()
            && let Some(store) = self.store.take()
        {
            // Its connections may hang: the ledger is opened again with new ones.
            tokio::spawn(store.close());
        }
        self.report_ledger(outcome.err().as_ref());
    }
}
