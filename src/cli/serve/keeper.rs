//! Keeps what is served up to date: publishes the folder as it changes, and takes up what others publish.
//!
//! Whatever goes wrong, what was served goes on being served; it is tried again at every turn.

mod ledger;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::block_in_place;
use tokio::time::Instant;
use tracing::{error, info, warn};
use url::Url;

use super::super::folder::Loaded;
use super::super::log::Log;
use super::watch::{Look, Watch};
use crate::icalendar;
use crate::private::Secret;
use crate::revision::Release;
use crate::server::{Concern, Definitions, Live, Status};
use crate::store::{self, Listener, Location, Store, Stored};

/// How long reading the ledger may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait for more to be heard.
const HEARING: Duration = Duration::from_millis(20);
/// How soon to try again what did not work, where looks are farther between.
const RETRY: Duration = Duration::from_secs(1);
/// How long to go on without being told of releases before asking for it again.
const UNTOLD: Duration = Duration::from_secs(30);

/// How the service begins.
pub(super) enum Beginning {
    /// With a release, of so many feeds.
    Serves(usize),
    /// Without one: there is none yet.
    Waits,
    /// Not at all: the definitions have errors, and there is no release.
    Problems,
}

/// What a keeper needs to begin.
#[derive(Clone)]
pub(super) struct Keeping {
    /// Where the ledger is.
    pub(super) location: Location,
    /// The folder that is published, and where its feeds are served; none for who only follows.
    pub(super) folder: Option<(PathBuf, Url)>,
    /// The secret behind private addresses.
    pub(super) secret: Secret,
    /// What is served.
    pub(super) live: Arc<Live>,
    /// How often to look.
    pub(super) poll: Duration,
    /// For whom the log is.
    pub(super) log: Log,
}

impl Keeping {
    /// Keeps what is served up to date until the service ends. A fault of convene's own ends a keeper, and no feed: it is
    /// told, and another one begins.
    pub(super) async fn keep(self, first: Keeper, ended: watch::Receiver<bool>) {
        let mut keeper = first;
        loop {
            let mut end = ended.clone();
            if tokio::spawn(keeper.keep(end.clone())).await.is_ok() {
                return;
            }
            error!("what is served is not kept up to date because of a fault in convene; it is tried again");
            self.live.warn_of_ledger(Concern::Stale);
            tokio::select! {
                () = tokio::time::sleep(PATIENCE) => {}
                _ = end.wait_for(|ended| *ended) => return,
            }
            keeper = Keeper::new(self.clone());
            keeper.has_compared_versions = true;
        }
    }
}

/// Keeps what is served up to date.
pub(super) struct Keeper {
    keeping: Keeping,
    watch: Option<Watch>,
    store: Option<Store>,
    listener: Option<Listener>,
    /// When the database would not tell of releases.
    untold: Option<Instant>,
    known: Option<Stored>,
    /// What is to be published, and has not been yet.
    pending: Option<Loaded>,
    /// What keeps the definitions from being published.
    problems: Option<Definitions>,
    /// What was said of the ledger last.
    trouble: Option<String>,
    /// What was said of the folder last.
    fault: Option<String>,
    /// How many events have new stamps in the release that was published here last, until that is told.
    revised: Option<usize>,
    /// Whether a release of another version has been made anew, if there was one at first.
    has_compared_versions: bool,
}

impl Keeper {
    pub(super) fn new(keeping: Keeping) -> Self {
        Self {
            watch: keeping.folder.as_ref().map(|(folder, _)| Watch::new(folder.clone())),
            keeping,
            store: None,
            listener: None,
            untold: None,
            known: None,
            pending: None,
            problems: None,
            trouble: None,
            fault: None,
            revised: None,
            has_compared_versions: false,
        }
    }

    /// Takes the first turn, with the folder as it was read first.
    ///
    /// # Errors
    ///
    /// There is nothing that time would mend: a file cannot be written, or the ledger is of a newer version.
    pub(super) async fn begin(&mut self, first: Option<Look>) -> anyhow::Result<Beginning> {
        if let Err(error) = self.open().await {
            if self.keeping.location.is_file() || store::is_of_newer(&error) {
                return Err(error);
            }
            self.say_of_ledger(Some(&error));
        }
        if let Some((look, watch)) = first.zip(self.watch.as_mut()) {
            let loaded = watch.take_up(look);
            self.look_at(loaded);
        }
        if self.trouble.is_none() && self.problems.is_none() {
            self.settle().await;
        }
        if self.problems.is_some() && self.known.is_none() && self.trouble.is_none() {
            return Ok(Beginning::Problems);
        }
        Ok(self.show().map_or(Beginning::Waits, Beginning::Serves))
    }

    /// Takes a turn whenever the time has come or the database tells of a release, until the service ends.
    async fn keep(mut self, mut ended: watch::Receiver<bool>) {
        loop {
            let wait = self.wait();
            let told = async {
                match &mut self.listener {
                    Some(listener) => listener.heard().await,
                    None => std::future::pending().await,
                }
            };
            let heard = self.watch.as_ref().map(Watch::heard);
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
                () = tokio::time::sleep(wait) => true,
                _ = ended.wait_for(|ended| *ended) => break,
            };
            if !is_listening {
                self.listener = None;
                // The connection is gone: what listens anew must not spin.
                tokio::time::sleep(self.keeping.poll.min(RETRY)).await;
            }
            self.look();
            self.settle().await;
            self.show();
        }
        if let Some(store) = self.store {
            store.close().await;
        }
    }

    /// How long until the next turn, if nobody tells of anything.
    fn wait(&self) -> Duration {
        let rest = self.watch.as_ref().and_then(Watch::rest_is_due_in);
        let trouble = self.trouble.as_ref().map(|_| RETRY);
        let untold = self.untold.map(|_| UNTOLD);
        [rest, trouble, untold].into_iter().flatten().fold(self.keeping.poll, Duration::min)
    }

    /// Looks whether the folder has changed, and takes it up if so. Says once what is wrong with it.
    fn look(&mut self) {
        let Some(watch) = &mut self.watch else { return };
        match watch.look() {
            Ok(loaded) => {
                self.fault = None;
                if let Some(loaded) = loaded {
                    self.keeping.log.problems(&loaded.problems);
                    self.look_at(loaded);
                }
            }
            Err(error) => {
                let fault = format!("{error:#}");
                if self.fault.as_ref() != Some(&fault) {
                    error!("{fault}; what was published last is served");
                }
                self.fault = Some(fault);
            }
        }
    }

    /// Takes up a folder that was read.
    fn look_at(&mut self, loaded: Loaded) {
        if loaded.timetable.is_some() {
            (self.pending, self.problems) = (Some(loaded), None);
        } else {
            (self.pending, self.problems) = (None, Some(Definitions::of(&loaded.problems)));
            if self.known.is_some() {
                warn!("what was published last is served: mend the errors above");
            }
        }
    }

    /// Publishes what is to be published, and reads what others published.
    async fn settle(&mut self) {
        let settled = self.try_to_settle().await;
        self.say_of_ledger(settled.err().as_ref());
    }

    /// Serves the release that is known, if another one is served. How many feeds it has.
    fn show(&mut self) -> Option<usize> {
        let live = &self.keeping.live;
        let is_other = |known: &&Stored| known.about.renderer != icalendar::renderer();
        let other = self.known.as_ref().filter(is_other);
        // What another version made has other bytes here than elsewhere. It is served where there is nothing better: it says
        // what is the case, and what is served does not.
        let is_new = |known: &&Stored| !live.serves(&known.release) && (other.is_none() || !live.means(&known.release));
        let mut feeds = None;
        if let Some(known) = self.known.as_ref().filter(is_new) {
            let begun = Instant::now();
            let site = block_in_place(|| live.take_up(known.release.clone(), &self.keeping.secret));
            feeds = Some(site.feeds());
            told(&known.release, self.revised.take(), begun.elapsed());
            // Readers need not wait for it: who comes first has it done.
            let live = Arc::clone(live);
            tokio::task::spawn_blocking(move || live.compress(&site));
        }
        let trouble = self.trouble.is_some().then_some(Concern::Ledger);
        let site = live.site();
        let served = site.as_ref().map(|site| site.release());
        live.tell(Status {
            release: served.map_or(0, |served| served.number),
            published: served.map(|served| served.published),
            definitions: self.problems.clone(),
            folder: self.fault.as_ref().map(|_| Concern::Folder),
            ledger: trouble.or_else(|| other.map(|_| Concern::Version)),
        });
        feeds
    }

    /// Says once what is wrong with the ledger, and once that it is right again.
    fn say_of_ledger(&mut self, error: Option<&anyhow::Error>) {
        let trouble = error.map(|error| format!("{error:#}"));
        match (&self.trouble, &trouble) {
            (None, Some(trouble)) => error!("{trouble}; what was published last is served"),
            (Some(_), None) => info!("the ledger answers again"),
            _ => {}
        }
        if trouble.is_some() {
            self.listener = None;
        }
        self.trouble = trouble;
    }
}

/// One line for each release.
fn told(release: &Release, revised: Option<usize>, took: Duration) {
    let number = release.number;
    let latest = release.changes.first().filter(|changes| changes.release == number);
    let changes = latest.map_or(0, |changes| changes.list.len());
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    info!(release = number, published = %release.published, changes, revised, milliseconds, "release {number} is served");
}
