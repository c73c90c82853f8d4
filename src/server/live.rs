//! What is served at this moment, and how the service fares: swapped while requests go on.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arc_swap::{ArcSwap, ArcSwapOption, Guard};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::Site;
use super::clock::Clock;
use super::compressed::Compressed;
use super::depot::Depot;
use super::kind::Framing;
use super::meter::Meter;
use super::seen::AllSeen;
use super::site::Around;
use crate::pages::{self, Links, Setting, Trouble};
use crate::private::Secret;
use crate::problem::{Problem, Problems, Severity};
use crate::revision::Release;
use crate::text::Language;
use crate::wording::Words;

/// What is served at this moment.
#[derive(Default)]
pub struct Live {
    site: ArcSwapOption<Site>,
    status: ArcSwap<Status>,
    seen: AllSeen,
    meter: Arc<Meter>,
    clock: Arc<Clock>,
    taken_up: AtomicU64,
    /// Where large bodies are put into files.
    folder: Option<PathBuf>,
    /// Compressed bodies, by what they are of.
    compressed: Compressed,
    /// On whose pages a timetable may stand in a frame.
    framing: Framing,
    links: Arc<Links>,
}

/// How the service fares. Holds nothing that is not for everybody's eyes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// The number of the release that is served; 0 for none.
    pub release: u32,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// What keeps the definitions from being published: how many errors there are, and where the public ones are.
    pub definitions: Option<Definitions>,
    /// What is wrong with the folder of definitions.
    pub folder: Option<Concern>,
    /// What is wrong with the ledger.
    pub ledger: Option<Concern>,
}

/// What everybody may know of what is wrong: it names no path and no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concern {
    /// The folder of definitions cannot be read.
    Folder,
    /// The ledger does not answer.
    Ledger,
    /// Another version of convene made the release.
    Version,
    /// What is served is not kept up to date.
    Stale,
}

impl Concern {
    /// What is said of it, as a message of the pages.
    fn message(self) -> &'static str {
        match self {
            Self::Folder => "status-folder",
            Self::Ledger => "status-ledger",
            Self::Version => "status-version",
            Self::Stale => "status-stale",
        }
    }

    /// What machines are told of it, in English.
    fn said(self) -> String {
        Words::of(&Language::english()).say(self.message(), &[])
    }
}

/// Definitions that cannot be published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Definitions {
    /// How many errors they have.
    pub errors: usize,
    /// Where: `meetings/sg12/group.yaml:7`. Nothing of delegates.yaml.
    pub places: Vec<String>,
}

/// Most places of errors that are told in public.
const MOST_PLACES: usize = 50;

impl Definitions {
    /// What everybody may know of problems.
    pub fn of(problems: &Problems) -> Self {
        let place = |problem: &Problem| {
            let source = &problems.sources[problem.place.file];
            let (line, _) = problems.position(problem.place.file, problem.place.start);
            (!source.path.ends_with("delegates.yaml")).then(|| format!("{}:{line}", source.path))
        };
        let errors = problems.sorted().into_iter().filter(|problem| problem.severity == Severity::Error);
        Self { errors: problems.count(Severity::Error), places: errors.filter_map(place).take(MOST_PLACES).collect() }
    }
}

impl Live {
    /// One that puts large bodies into files of this folder, from which the system sends them without copying.
    pub fn in_folder(folder: &Path) -> Self {
        Self { folder: Some(folder.to_owned()), ..Self::default() }
    }

    /// The same, whose timetables stand in frames on these pages alone: sources of a content security policy, such as
    /// `https://www.itu.int`. None for what cannot stand in one.
    pub fn framed_by(self, sources: &str) -> Option<Self> {
        Some(Self { framing: Framing::by(sources)?, ..self })
    }

    /// The same, whose pages lead to calendars on the web by these links.
    #[must_use]
    pub fn linked_by(self, links: Links) -> Self {
        Self { links: Arc::new(links), ..self }
    }

    /// How the links to calendars on the web are made.
    pub(super) fn links(&self) -> &Links {
        &self.links
    }

    /// The same at one instant, whatever the time: what pages show of the day does not change then.
    #[must_use]
    pub fn standing_still(self, at: Timestamp) -> Self {
        Self { clock: Arc::new(Clock::standing(at)), ..self }
    }

    /// Serves a release from now on, and gives its delegates the addresses that a secret makes. What is served.
    pub fn take_up(&self, release: Release, secret: &Secret) -> Arc<Site> {
        let before = self.site.load_full();
        // One for each release: it is gone when no answer of it is served any more.
        let depot = self.folder.as_deref().and_then(Depot::in_folder).map(Arc::new);
        let around = Around { seen: &self.seen, depot, framing: &self.framing, links: &self.links };
        let site = Arc::new(Site::of(release, secret, before.as_deref(), around));
        self.site.store(Some(Arc::clone(&site)));
        self.taken_up.fetch_add(1, Ordering::Relaxed);
        site
    }

    /// Says how the service fares from now on. Whether that is something new.
    pub fn tell(&self, status: Status) -> bool {
        let is_new = **self.status.load() != status;
        if is_new {
            self.status.store(Arc::new(status));
        }
        is_new
    }

    /// Says what is wrong with the ledger from now on, whatever else is said.
    pub fn warn_of_ledger(&self, what: Concern) {
        self.tell(Status { ledger: Some(what), ..Status::clone(&self.status()) });
    }

    /// The site that is served, if there is one yet.
    pub fn site(&self) -> Option<Arc<Site>> {
        self.site.load_full()
    }

    /// The site that is served, for as long as one request takes.
    pub(super) fn served(&self) -> Guard<Option<Arc<Site>>> {
        self.site.load()
    }

    /// Who fetched which feed last.
    pub(super) fn seen(&self) -> &AllSeen {
        &self.seen
    }

    /// How many releases were taken up.
    pub(super) fn taken_up(&self) -> u64 {
        self.taken_up.load(Ordering::Relaxed)
    }

    /// What is counted.
    pub(super) fn meter(&self) -> &Arc<Meter> {
        &self.meter
    }

    /// Compresses what everybody asks for, for as long as it is served.
    pub fn compress(&self, site: &Site) {
        site.compress(&self.compressed, || self.serves(site.release()));
    }

    /// Compressed bodies, by what they are of.
    pub(super) fn compressed(&self) -> &Compressed {
        &self.compressed
    }

    /// The clock by which readers are noted.
    pub(super) fn clock(&self) -> &Arc<Clock> {
        &self.clock
    }

    /// Whether this very release is served. One that was made or read anew has a ledger of its own.
    pub fn serves(&self, release: &Release) -> bool {
        let site = self.site.load();
        site.as_ref().is_some_and(|site| Arc::ptr_eq(&site.release().ledger, &release.ledger))
    }

    /// Whether what is served means what a release means.
    pub fn means(&self, release: &Release) -> bool {
        let site = self.site.load();
        site.as_ref().is_some_and(|site| {
            site.release().timetable == release.timetable && site.release().base_url == release.base_url
        })
    }

    /// How the service fares.
    pub fn status(&self) -> Arc<Status> {
        self.status.load_full()
    }
}

impl Status {
    /// `{"release": 3, "published": "2025-01-10T09:00:00Z", "errors": 1, "places": […], "folder": null, "ledger": null}`
    pub(super) fn json(&self) -> String {
        let document: Value = json!({
            "release": self.release,
            "published": self.published.map(|instant| instant.to_string()),
            "errors": self.definitions.as_ref().map_or(0, |definitions| definitions.errors),
            "places": self.definitions.as_ref().map(|definitions| &definitions.places[..]).unwrap_or_default(),
            "folder": self.folder.map(Concern::said),
            "ledger": self.ledger.map(Concern::said),
        });
        format!("{document:#}\n")
    }

    pub(super) fn page(&self, setting: &Setting<'_>) -> String {
        let mut troubles = Vec::new();
        if let Some(Definitions { errors, places }) = &self.definitions {
            troubles.push(Trouble { what: "status-errors", number: Some(*errors), places: places.clone() });
        }
        for concern in [self.folder, self.ledger].into_iter().flatten() {
            troubles.push(Trouble { what: concern.message(), number: None, places: Vec::new() });
        }
        pages::status(self.release, self.published, &troubles, setting)
    }
}
