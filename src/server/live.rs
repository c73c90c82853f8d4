//! What is served at this moment, and how the service fares: swapped while requests go on.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption, Guard};
use jiff::Timestamp;
use tokio::sync::watch;

use super::Site;
use super::body_file::BodyFolder;
use super::clock::{CoarseClock, TICK};
use super::compressed::CompressionCache;
use super::kind::FrameAncestors;
use super::meter::Metrics;
use super::seen::FetchLog;
use super::site::SiteContext;
use super::status::{Outage, StatusReport};
use super::supervisor::TaskStates;
use crate::pages::LinkTemplates;
use crate::private::Secret;
use crate::revision::Release;

/// What is served at this moment.
#[derive(Default)]
pub struct ServerState {
    site: ArcSwapOption<Site>,
    status: ArcSwap<StatusReport>,
    seen: FetchLog,
    meter: Arc<Metrics>,
    clock: Arc<CoarseClock>,
    taken_up: AtomicU64,
    /// Where large bodies are put into files.
    room: Option<Arc<BodyFolder>>,
    /// Compressed bodies, by what they are of.
    compressed: CompressionCache,
    /// On whose pages a timetable may stand in a frame.
    framing: FrameAncestors,
    links: Arc<LinkTemplates>,
    parts: TaskStates,
    /// The tick by which the publisher has to have ended its next turn; 0 before its first.
    turn_is_due: AtomicU64,
    /// Lines of the log that could not be written.
    lost_lines: Arc<AtomicU64>,
    /// Whether the first release is still being read or made, for which readers wait.
    starting: watch::Sender<bool>,
}

impl ServerState {
    /// One that puts large bodies into files of this folder, from which the system sends them without copying.
    pub fn in_folder(folder: &Path) -> Self {
        Self { room: Some(BodyFolder::in_folder(folder.to_owned())), ..Self::default() }
    }

    /// The same, whose timetables stand in frames on these pages alone: sources of a content security policy, such as
    /// `https://www.itu.int`. None for what cannot stand in one.
    pub fn framed_by(self, sources: &str) -> Option<Self> {
        Some(Self { framing: FrameAncestors::by(sources)?, ..self })
    }

    /// The same, whose pages lead to calendars on the web by these links.
    #[must_use]
    pub fn linked_by(self, links: LinkTemplates) -> Self {
        Self { links: Arc::new(links), ..self }
    }

    /// How the links to calendars on the web are made.
    pub(super) fn links(&self) -> &LinkTemplates {
        &self.links
    }

    /// The same at one instant, whatever the time: what pages show of the day does not change then.
    #[must_use]
    pub fn standing_still(self, at: Timestamp) -> Self {
        Self { clock: Arc::new(CoarseClock::standing(at)), ..self }
    }

    /// Serves a release from now on, and gives its delegates the addresses that a secret makes. What is served.
    pub fn take_up(&self, release: Release, secret: &Secret) -> Arc<Site> {
        let before = self.site.load_full();
        // One for each release: it is gone when no answer of it is served any more.
        let body_file = self.room.as_ref().and_then(BodyFolder::file);
        let around = SiteContext { seen: &self.seen, body_file, framing: &self.framing, links: &self.links };
        let site = Arc::new(Site::new(release, secret, before.as_deref(), around));
        self.site.store(Some(Arc::clone(&site)));
        self.taken_up.fetch_add(1, Ordering::Relaxed);
        site
    }

    /// Gives back what files of bodies take on their disk, if that is much of what is free there; or all of it.
    pub fn give_up_files(&self, all: bool) {
        if let Some(room) = &self.room {
            if all { room.give_up() } else { room.give_up_if_short() }
        }
    }

    /// Says how the service fares from now on. Whether that is something new.
    pub fn tell(&self, status: StatusReport) -> bool {
        let is_new = **self.status.load() != status;
        if is_new {
            self.status.store(Arc::new(status));
        }
        is_new
    }

    /// The same, which counts lines of the log that could not be written here.
    #[must_use]
    pub fn losing_lines(self, lost_lines: &Arc<AtomicU64>) -> Self {
        Self { lost_lines: Arc::clone(lost_lines), ..self }
    }

    /// Lines of the log that could not be written.
    pub(super) fn lost_lines(&self) -> u64 {
        self.lost_lines.load(Ordering::Relaxed)
    }

    /// The parts of the service, and how they fare.
    pub fn parts(&self) -> &TaskStates {
        &self.parts
    }

    /// Says whether the first release is still being read or made: readers wait a moment for it then.
    pub fn set_starting(&self, is_starting: bool) {
        self.starting.send_replace(is_starting);
    }

    /// Says that the publisher has ended a turn, and within what time it ends the next.
    pub fn mark_turn(&self, within: Duration) {
        let ticks = u64::try_from(within.as_millis() / TICK.as_millis()).unwrap_or(u64::MAX);
        self.turn_is_due.store(self.clock.ticks().saturating_add(ticks), Ordering::Relaxed);
    }

    /// Whether the publisher hangs: in a folder or a database that does not answer.
    pub(super) fn is_overdue(&self) -> bool {
        let due = self.turn_is_due.load(Ordering::Relaxed);
        due > 0 && self.clock.ticks() > due
    }

    /// Whether the first release is still being read or made.
    pub(super) fn is_starting(&self) -> bool {
        *self.starting.borrow()
    }

    /// Waits until the first release is served, or there is none; no longer than this.
    pub(super) async fn started(&self, patience: Duration) {
        let mut starting = self.starting.subscribe();
        let _ = tokio::time::timeout(patience, starting.wait_for(|is_starting| !is_starting)).await;
    }

    /// Says what is wrong with the ledger from now on, whatever else is said.
    pub fn warn_of_ledger(&self, what: Outage) {
        self.tell(StatusReport { ledger: Some(what), ..StatusReport::clone(&self.status()) });
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
    pub(super) fn seen(&self) -> &FetchLog {
        &self.seen
    }

    /// How many releases were taken up.
    pub(super) fn taken_up(&self) -> u64 {
        self.taken_up.load(Ordering::Relaxed)
    }

    /// What is counted.
    pub(super) fn meter(&self) -> &Arc<Metrics> {
        &self.meter
    }

    /// Compresses what everybody asks for, for as long as it is served.
    pub fn compress(&self, site: &Site) {
        site.compress(&self.compressed, || self.serves(site.release()));
    }

    /// Compressed bodies, by what they are of.
    pub(super) fn compressed(&self) -> &CompressionCache {
        &self.compressed
    }

    /// The clock by which readers are noted.
    pub(super) fn clock(&self) -> &Arc<CoarseClock> {
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
    pub fn status(&self) -> Arc<StatusReport> {
        self.status.load_full()
    }
}
