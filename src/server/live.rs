//! The state of the server: the release that is served, replaced while requests go on, and the status of the service.

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

/// The state of the server, shared by all threads.
#[derive(Default)]
pub struct ServerState {
    site: ArcSwapOption<Site>,
    status: ArcSwap<StatusReport>,
    seen: FetchLog,
    meter: Arc<Metrics>,
    clock: Arc<CoarseClock>,
    taken_up: AtomicU64,
    /// The folder for files of large bodies.
    room: Option<Arc<BodyFolder>>,
    /// The compressed bodies.
    compressed: CompressionCache,
    /// The sites that may embed a timetable in a frame.
    framing: FrameAncestors,
    links: Arc<LinkTemplates>,
    parts: TaskStates,
    /// The tick at which the publisher's current pass is overdue; 0 before the first pass.
    turn_is_due: AtomicU64,
    /// The number of log lines that could not be written.
    lost_lines: Arc<AtomicU64>,
    /// Whether the first release is still being loaded; requests wait for it.
    starting: watch::Sender<bool>,
}

impl ServerState {
    /// Keeps large bodies in files in this folder, from which the kernel sends them without copying.
    pub fn in_folder(folder: &Path) -> Self {
        Self { room: Some(BodyFolder::in_folder(folder.to_owned())), ..Self::default() }
    }

    /// Lets only these sites embed timetables in frames: sources of a content security policy, such as
    /// `https://www.itu.int`. Returns `None` for invalid ones.
    pub fn framed_by(self, sources: &str) -> Option<Self> {
        Some(Self { framing: FrameAncestors::by(sources)?, ..self })
    }

    /// Sets the links of pages to web calendars.
    #[must_use]
    pub fn linked_by(self, links: LinkTemplates) -> Self {
        Self { links: Arc::new(links), ..self }
    }

    /// Returns the links to web calendars.
    pub(super) fn links(&self) -> &LinkTemplates {
        &self.links
    }

    /// Stops the clock at an instant, so that pages do not change with the day.
    #[must_use]
    pub fn standing_still(self, at: Timestamp) -> Self {
        Self { clock: Arc::new(CoarseClock::standing(at)), ..self }
    }

    /// Serves a release from now on, with the private addresses that the secret gives. Returns its site.
    pub fn take_up(&self, release: Release, secret: &Secret) -> Arc<Site> {
        let before = self.site.load_full();
        // One file per release: it is dropped with the release's last answer.
        let body_file = self.room.as_ref().and_then(BodyFolder::file);
        let around = SiteContext { seen: &self.seen, body_file, framing: &self.framing, links: &self.links };
        let site = Arc::new(Site::new(release, secret, before.as_deref(), around));
        self.site.store(Some(Arc::clone(&site)));
        self.taken_up.fetch_add(1, Ordering::Relaxed);
        site
    }

    /// Empties the files of large bodies: all of them, or only if they take much of the free disk space.
    pub fn give_up_files(&self, all: bool) {
        if let Some(room) = &self.room {
            if all { room.give_up() } else { room.give_up_if_short() }
        }
    }

    /// Sets the status. Returns whether it differs from the last one.
    pub fn tell(&self, status: StatusReport) -> bool {
        let is_new = **self.status.load() != status;
        if is_new {
            self.status.store(Arc::new(status));
        }
        is_new
    }

    /// Sets the counter of log lines that could not be written.
    #[must_use]
    pub fn losing_lines(self, lost_lines: &Arc<AtomicU64>) -> Self {
        Self { lost_lines: Arc::clone(lost_lines), ..self }
    }

    /// Returns the number of log lines that could not be written.
    pub(super) fn lost_lines(&self) -> u64 {
        self.lost_lines.load(Ordering::Relaxed)
    }

    /// Returns the states of the service's tasks.
    pub fn parts(&self) -> &TaskStates {
        &self.parts
    }

    /// Sets whether the first release is still being loaded; requests wait for it meanwhile.
    pub fn set_starting(&self, is_starting: bool) {
        self.starting.send_replace(is_starting);
    }

    /// Records that the publisher has finished a pass, and within what time it finishes the next.
    pub fn mark_turn(&self, within: Duration) {
        let ticks = u64::try_from(within.as_millis() / TICK.as_millis()).unwrap_or(u64::MAX);
        self.turn_is_due.store(self.clock.ticks().saturating_add(ticks), Ordering::Relaxed);
    }

    /// Returns whether the publisher hangs, in a folder or a database that does not respond.
    pub(super) fn is_overdue(&self) -> bool {
        let due = self.turn_is_due.load(Ordering::Relaxed);
        due > 0 && self.clock.ticks() > due
    }

    /// Returns whether the first release is still being loaded.
    pub(super) fn is_starting(&self) -> bool {
        *self.starting.borrow()
    }

    /// Waits until the first release is served or there is none, but no longer than `patience`.
    pub(super) async fn started(&self, patience: Duration) {
        let mut starting = self.starting.subscribe();
        let _ = tokio::time::timeout(patience, starting.wait_for(|is_starting| !is_starting)).await;
    }

    /// Sets what is wrong with the ledger, and leaves the rest of the status.
    pub fn warn_of_ledger(&self, what: Outage) {
        self.tell(StatusReport { ledger: Some(what), ..StatusReport::clone(&self.status()) });
    }

    /// Returns the site that is served, if there is one.
    pub fn site(&self) -> Option<Arc<Site>> {
        self.site.load_full()
    }

    /// Returns the site that is served, for the time of one request.
    pub(super) fn served(&self) -> Guard<Option<Arc<Site>>> {
        self.site.load()
    }

    /// Returns the log of the last fetches.
    pub(super) fn seen(&self) -> &FetchLog {
        &self.seen
    }

    /// Returns how many releases were activated.
    pub(super) fn taken_up(&self) -> u64 {
        self.taken_up.load(Ordering::Relaxed)
    }

    /// Returns the metrics.
    pub(super) fn meter(&self) -> &Arc<Metrics> {
        &self.meter
    }

    /// Compresses what most clients request, for as long as the site is served.
    pub fn compress(&self, site: &Site) {
        site.compress(&self.compressed, || self.serves(site.release()));
    }

    /// Returns the compressed bodies.
    pub(super) fn compressed(&self) -> &CompressionCache {
        &self.compressed
    }

    /// Returns the clock.
    pub(super) fn clock(&self) -> &Arc<CoarseClock> {
        &self.clock
    }

    /// Returns whether this very release is served. A release that was made or read again has a ledger of its own.
    pub fn serves(&self, release: &Release) -> bool {
        let site = self.site.load();
        site.as_ref().is_some_and(|site| Arc::ptr_eq(&site.release().ledger, &release.ledger))
    }

    /// Returns whether the served release has the same content as another one.
    pub fn means(&self, release: &Release) -> bool {
        let site = self.site.load();
        site.as_ref().is_some_and(|site| {
            site.release().timetable == release.timetable && site.release().base_url == release.base_url
        })
    }

    /// Returns the status.
    pub fn status(&self) -> Arc<StatusReport> {
        self.status.load_full()
    }
}
