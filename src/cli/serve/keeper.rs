//! Keeps what is served up to date: publishes the folder as it changes, and takes up what others publish.
//!
//! Whatever goes wrong, what was served goes on being served; it is tried again at every turn.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::block_in_place;
use url::Url;

use super::super::folder::{self, Loaded, Signature};
use super::super::{colour, now, publish};
use crate::definition;
use crate::icalendar;
use crate::private::Secret;
use crate::resolve::resolve;
use crate::server::{Definitions, Live, Site, Status};
use crate::store::{self, Edition, Listener, Location, Store, Stored};

/// How long reading the ledger may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long publishing may take, the wait for others who publish included.
const PATIENCE_TO_PUBLISH: Duration = Duration::from_secs(120);
/// What everybody may know of a ledger that does not answer.
const NO_LEDGER: &str = "The ledger cannot be read or written. What was published last is served.";

/// How the service begins.
pub(super) enum Beginning {
    /// With a release, of so many feeds.
    Serves(usize),
    /// Without one: there is none yet.
    Waits,
    /// Not at all: the definitions have errors, and there is no release.
    Problems,
}

/// Keeps what is served up to date.
pub(super) struct Keeper {
    location: Location,
    /// The folder that is published, and where its feeds are served; none for who only follows.
    folder: Option<(PathBuf, Url)>,
    secret: Secret,
    live: Arc<Live>,
    store: Option<Store>,
    listener: Option<Listener>,
    known: Option<Stored>,
    /// What the folder was when it was read last.
    seen: Option<Signature>,
    /// What is to be published, and has not been yet.
    pending: Option<Loaded>,
    /// What keeps the definitions from being published.
    problems: Option<Definitions>,
    /// What was said of the ledger last.
    trouble: Option<String>,
}

impl Keeper {
    pub(super) fn new(location: Location, folder: Option<(PathBuf, Url)>, secret: Secret, live: Arc<Live>) -> Self {
        Self {
            location,
            folder,
            secret,
            live,
            store: None,
            listener: None,
            known: None,
            seen: None,
            pending: None,
            problems: None,
            trouble: None,
        }
    }

    /// Takes the first turn, with the folder as it was read first.
    ///
    /// # Errors
    ///
    /// There is nothing that time would mend: a file cannot be written, or the ledger is of a newer version.
    pub(super) async fn begin(&mut self, first: Option<(Signature, Loaded)>) -> anyhow::Result<Beginning> {
        if let Err(error) = self.open().await {
            if self.location.is_file() || store::is_of_newer(&error) {
                return Err(error);
            }
            self.say_of_ledger(Some(&error));
        }
        if let Some(first) = first {
            self.look_at(first);
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
    pub(super) async fn keep(mut self, poll: Duration, mut ended: oneshot::Receiver<()>) {
        loop {
            let told = async {
                match &mut self.listener {
                    Some(listener) => listener.heard().await,
                    None => std::future::pending().await,
                }
            };
            let is_listening = tokio::select! {
                is_listening = told => is_listening,
                () = tokio::time::sleep(poll) => true,
                _ = &mut ended => break,
            };
            if !is_listening {
                self.listener = None;
                // The connection is gone: what listens anew must not spin.
                tokio::time::sleep(poll).await;
            }
            self.look();
            self.settle().await;
            self.show();
        }
        if let Some(store) = self.store {
            store.close().await;
        }
    }

    /// Opens the ledger and reads the latest release.
    async fn open(&mut self) -> anyhow::Result<()> {
        let store = within(Store::open(&self.location)).await?;
        if let Some(latest) = within(store.latest(None)).await? {
            self.known = Some(latest);
        }
        self.store = Some(store);
        Ok(())
    }

    /// Looks whether the folder has changed, and reads it if so.
    fn look(&mut self) {
        let Some((folder, _)) = self.folder.clone() else { return };
        // A folder that cannot be read, or changes while it is, is looked at again.
        let Ok(seen) = block_in_place(|| folder::signature(&folder)) else { return };
        if self.seen.as_ref() == Some(&seen) {
            return;
        }
        if let Ok(loaded) = block_in_place(|| folder::load(&folder)) {
            eprint!("{}", loaded.problems.report(colour()));
            self.look_at((seen, loaded));
        }
    }

    /// Takes up a folder that was read.
    fn look_at(&mut self, (seen, loaded): (Signature, Loaded)) {
        self.seen = Some(seen);
        if loaded.timetable.is_some() {
            (self.pending, self.problems) = (Some(loaded), None);
        } else {
            (self.pending, self.problems) = (None, Some(Definitions::of(&loaded.problems)));
            if self.known.is_some() {
                eprintln!("convene: what was published last is served: mend the errors above");
            }
        }
    }

    /// Publishes what is to be published, and reads what others published.
    async fn settle(&mut self) {
        let settled = self.try_to_settle().await;
        self.say_of_ledger(settled.err().as_ref());
    }

    async fn try_to_settle(&mut self) -> anyhow::Result<()> {
        if self.store.is_none() {
            self.open().await?;
        }
        let Some(store) = self.store.clone() else { return Ok(()) };
        if self.listener.is_none() {
            self.listener = within(store.listen()).await?;
        }
        if let Some(loaded) = &self.pending {
            let base_url = self.folder.as_ref().map(|(_, base_url)| base_url.clone());
            let timetable = loaded.timetable.clone();
            let edition = timetable.map(|timetable| Edition {
                files: loaded.files.clone(),
                timetable,
                base_url,
                is_recovered: false,
                restores: None,
            });
            if let Some(edition) = edition {
                self.publish(&store, edition).await?;
            }
            return Ok(());
        }
        let number = self.known.as_ref().map_or(0, |known| known.release.number);
        if within(store.number()).await? != number
            && let Some(latest) = within(store.latest(self.known.as_ref())).await?
        {
            self.known = Some(latest);
        }
        // A release that another renderer made is made anew by whoever publishes.
        let is_other = self.known.as_ref().is_some_and(|known| known.about.renderer != icalendar::renderer());
        if is_other && let Some((_, base_url)) = self.folder.clone() {
            let number = self.known.as_ref().map_or(0, |known| known.release.number);
            let files = within(store.definitions(number)).await?;
            let (definitions, mut problems) = definition::read("the latest release", files.clone());
            if let Some(timetable) = resolve(&definitions, &mut problems) {
                let base_url = Some(base_url);
                let edition = Edition { files, timetable, base_url, is_recovered: false, restores: None };
                self.publish(&store, edition).await?;
            }
        }
        Ok(())
    }

    async fn publish(&mut self, store: &Store, edition: Edition) -> anyhow::Result<()> {
        let is_first = self.known.is_none();
        match within_time(PATIENCE_TO_PUBLISH, store.publish(&mut self.known, edition, now)).await? {
            store::Outcome::Published(publication) if !is_first && self.live.status().release > 0 => {
                eprintln!("convene: {}", publish::published(&publication));
            }
            store::Outcome::Published(_) | store::Outcome::Same => {}
            store::Outcome::SetAside(restored) => eprintln!("convene: {}", publish::set_aside(restored)),
            store::Outcome::Refused(conflicts) => {
                if let Some(loaded) = self.pending.take() {
                    let problems = loaded.with_conflicts(&conflicts);
                    eprint!("{}", problems.report(colour()));
                    self.problems = Some(Definitions::of(&problems));
                }
            }
        }
        self.pending = None;
        Ok(())
    }

    /// Serves the release that is known, if another one is served. How many feeds it has.
    fn show(&mut self) -> Option<usize> {
        let known = self.known.as_ref();
        let served = self.live.status().release;
        // What another renderer made would have other bytes here than elsewhere.
        let is_ours = |known: &&Stored| self.folder.is_some() || known.about.renderer == icalendar::renderer();
        let shown = known.filter(is_ours);
        let mut feeds = None;
        if let Some(known) = shown.filter(|known| known.release.number != served) {
            let site = block_in_place(|| Site::of(known.release.clone(), &self.secret));
            feeds = Some(site.feeds());
            self.live.put(site);
        }
        let shown = shown.or(known.filter(|_| served > 0));
        let status = Status {
            release: if feeds.is_some() { known.map_or(0, |known| known.release.number) } else { served },
            published: shown.map(|known| known.about.published),
            definitions: self.problems.clone(),
            ledger: self.trouble.is_some().then_some(NO_LEDGER),
        };
        self.live.tell(status);
        feeds
    }

    /// Says once what is wrong with the ledger, and once that it is right again.
    fn say_of_ledger(&mut self, error: Option<&anyhow::Error>) {
        let trouble = error.map(|error| format!("{error:#}"));
        match (&self.trouble, &trouble) {
            (None, Some(trouble)) => eprintln!("convene: {trouble}; what was published last is served"),
            (Some(_), None) => eprintln!("convene: the ledger answers again"),
            _ => {}
        }
        if trouble.is_some() {
            self.listener = None;
        }
        self.trouble = trouble;
    }
}

/// What comes of reading the ledger.
async fn within<T>(what: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    within_time(PATIENCE, what).await
}

/// What comes of something within the time that it may take.
async fn within_time<T>(patience: Duration, what: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    match tokio::time::timeout(patience, what).await {
        Ok(came) => came,
        Err(_) => anyhow::bail!("the ledger did not answer within {} seconds", patience.as_secs()),
    }
}
