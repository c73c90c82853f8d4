//! Keeps what is served up to date: publishes the folder as it changes, and takes up what others publish.
//!
//! Whatever goes wrong, what was served goes on being served; it is tried again at every turn.

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
use crate::store::{self, Listener, Location, Store, StoredRelease};

/// How long reading the ledger may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long reading the folder first may take before something else is done.
const SOON: Duration = Duration::from_secs(2);
/// How long to wait for more to be heard.
const HEARING: Duration = Duration::from_millis(20);
/// How long a turn may take beside the wait for it, before what is served counts as not kept up to date: longer than publishing.
const MOST_PER_TURN: Duration = Duration::from_secs(180);
/// How soon to try again what did not work, where looks are farther between.
const RETRY: Duration = Duration::from_secs(1);
/// How long to go on without being told of releases before asking for it again.
const UNTOLD: Duration = Duration::from_secs(30);

/// How the service begins.
pub(super) enum StartOutcome {
    /// With a release, of so many feeds.
    Serves(usize),
    /// Without one: there is none yet.
    Waits,
    /// Not at all: the definitions have errors, and there is no release.
    Problems,
}

/// What a keeper needs to begin.
#[derive(Clone)]
pub(super) struct SyncConfig {
    /// Where the ledger is.
    pub(super) location: Location,
    /// The folder that is published, and where its feeds are served; none for who only follows.
    pub(super) folder: Option<(PathBuf, Url)>,
    /// The secret behind private addresses.
    pub(super) secret: Secret,
    /// What is served.
    pub(super) live: Arc<ServerState>,
    /// How often to look.
    pub(super) poll: Duration,
    /// For whom the log is.
    pub(super) log: LogFormat,
    /// Has everything read again.
    pub(super) reload: Arc<Notify>,
}

/// Keeps what is served up to date.
pub(super) struct SyncLoop {
    keeping: SyncConfig,
    watch: Option<FolderWatch>,
    store: Option<Store>,
    listener: Option<Listener>,
    /// When the database would not tell of releases.
    untold: Option<Instant>,
    known: Option<StoredRelease>,
    /// What is to be published, and has not been yet.
    pending: Option<LoadedFolder>,
    /// What keeps the definitions from being published.
    problems: Option<RejectedDefinitions>,
    /// What was said of the ledger last, and what everybody may know of it.
    trouble: Option<(String, Outage)>,
    /// What was said of the folder last, and what everybody may know of it.
    fault: Option<(String, String)>,
    /// Whether it was said that a newer version of convene publishes, and this one does not.
    has_told_outdated: bool,
    /// What was said of the ledger since it was right last.
    told: BTreeSet<String>,
    /// Whether the publisher has another secret.
    has_other_secret: bool,
    /// How many events have new stamps in the release that was published here last, until that is told.
    revised: Option<usize>,
}

impl SyncLoop {
    pub(super) fn new(keeping: SyncConfig) -> Self {
        Self {
            watch: keeping.folder.as_ref().map(|(folder, _)| FolderWatch::new(folder.clone())),
            keeping,
            store: None,
            listener: None,
            untold: None,
            known: None,
            pending: None,
            problems: None,
            trouble: None,
            fault: None,
            has_told_outdated: false,
            told: BTreeSet::new(),
            has_other_secret: false,
            revised: None,
        }
    }

    /// Reads the folder for the first time, and says what is wrong with it. Where that takes long, as on a disk of another
    /// machine that does not answer, what is known is served meanwhile.
    async fn first_look(&mut self) -> Option<FirstState> {
        let (folder, log) = (self.keeping.folder.as_ref()?.0.clone(), self.keeping.log);
        let mut reading = tokio::task::spawn_blocking(move || super::first_look(&folder, log));
        let look = if let Ok(look) = tokio::time::timeout(SOON, &mut reading).await {
            look
        } else {
            self.show();
            // Nobody knows how long it takes.
            self.keeping.live.set_starting(false);
            reading.await
        };
        match look {
            Ok(Ok(look)) => Some(look),
            Ok(Err(error)) => {
                self.say_of_folder(Some(&error));
                None
            }
            Err(_) => None,
        }
    }

    /// Takes the first turn, with the folder as it was read first, or else reads it.
    ///
    /// # Errors
    ///
    /// There is nothing that time would mend: a file cannot be written, or the ledger is of a newer version.
    pub(super) async fn begin(&mut self, first: Option<FirstState>) -> anyhow::Result<StartOutcome> {
        if let Err(error) = self.open().await {
            // What can be read is served, also where nothing can be written.
            if (self.keeping.location.is_file() && self.known.is_none()) || store::is_of_newer(&error) {
                return Err(error);
            }
            self.say_of_ledger(Some(&error));
        }
        let first = match first {
            Some(first) => Some(first),
            None => self.first_look().await,
        };
        if let Some((look, watch)) = first.zip(self.watch.as_mut()) {
            let loaded = watch.take_up(look);
            self.look_at(loaded);
        }
        if self.trouble.is_none() && self.problems.is_none() {
            self.settle().await;
        }
        if self.problems.is_some() && self.known.is_none() && self.trouble.is_none() {
            return Ok(StartOutcome::Problems);
        }
        self.show();
        Ok(self.keeping.live.site().map_or(StartOutcome::Waits, |site| StartOutcome::Serves(site.feeds())))
    }

    /// Takes a turn whenever the time has come or the database tells of a release, until the service ends.
    pub(super) async fn keep(mut self, mut ended: watch::Receiver<bool>) {
        let reload = Arc::clone(&self.keeping.reload);
        loop {
            let wait = self.wait();
            let told = async {
                match &mut self.listener {
                    Some(listener) => listener.heard().await,
                    None => std::future::pending().await,
                }
            };
            let heard = self.watch.as_ref().map(FolderWatch::heard);
            let heard = async {
                match heard {
                    Some(heard) => {
                        heard.await;
                        // More is heard of one save, and much of what is none.
                        tokio::time::sleep(HEARING).await;
                    }
                    None => std::future::pending().await,
                }
            };
            let is_listening = tokio::select! {
                is_listening = told => is_listening,
                () = heard => true,
                () = reload.notified() => {
                    self.watch.iter_mut().for_each(FolderWatch::forget);
                    true
                }
                () = tokio::time::sleep(wait) => true,
                _ = ended.wait_for(|ended| *ended) => break,
            };
            if !is_listening {
                self.listener = None;
                // The connection is gone: what listens anew must not spin.
                tokio::time::sleep(self.keeping.poll.min(RETRY)).await;
            }
            // The ledger has more right to the disk than anything else has.
            let is_short = self.keeping.location.is_file() && self.trouble.is_some();
            self.keeping.live.give_up_files(is_short);
            self.look();
            self.settle().await;
            self.show();
            self.keeping.live.mark_turn(self.wait() + MOST_PER_TURN);
        }
        if let Some(store) = self.store {
            store.close().await;
        }
    }

    /// How long until the next turn, if nobody tells of anything.
    fn wait(&self) -> Duration {
        // What cannot be read is at rest, and is not asked for without a pause.
        let rest = match self.fault {
            Some(_) => Some(RETRY),
            None => self.watch.as_ref().and_then(FolderWatch::rest_is_due_in),
        };
        let trouble = self.trouble.as_ref().map(|_| RETRY);
        let untold = self.untold.map(|_| UNTOLD);
        [rest, trouble, untold].into_iter().flatten().fold(self.keeping.poll, Duration::min)
    }

    /// Looks whether the folder has changed, and takes it up if so. Says once what is wrong with it.
    fn look(&mut self) {
        let Some(watch) = &mut self.watch else { return };
        match watch.look() {
            // Whether what was wrong still is will be seen once it is read.
            Ok(FolderState::Changing) => {}
            Ok(FolderState::Unchanged) => self.say_of_folder(None),
            Ok(FolderState::Loaded(loaded)) => {
                self.say_of_folder(None);
                self.keeping.log.problems(&loaded.problems);
                self.look_at(*loaded);
            }
            Err(error) => self.say_of_folder(Some(&error)),
        }
    }

    /// Takes up a folder that was read.
    fn look_at(&mut self, loaded: LoadedFolder) {
        if loaded.timetable.is_some() {
            (self.pending, self.problems) = (Some(loaded), None);
        } else {
            (self.pending, self.problems) = (None, Some(RejectedDefinitions::from_problems(&loaded.problems)));
            if self.known.is_some() {
                warn!("what was published last is served: mend the errors above");
            }
        }
    }

    /// Publishes what is to be published, and reads what others published.
    async fn settle(&mut self) {
        let settled = self.try_to_settle().await;
        if settled.is_err()
            && let Some(store) = self.store.take()
        {
            // Its connections may hang. What is opened anew begins with new ones.
            tokio::spawn(store.close());
        }
        self.say_of_ledger(settled.err().as_ref());
    }
}
