//! The state of the server: the release that is served, replaced while requests go on, and the status of the service.

pub(super) mod answer_cache;
pub(super) mod clock;
pub(super) mod fetch_log;
pub(super) mod metrics;
pub(super) mod site;
pub(super) mod status;
pub(super) mod tasks;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption, Guard};
use jiff::Timestamp;
use tokio::sync::watch;

use crate::pages::LinkTemplates;
use crate::private::Secret;
use crate::revision::Release;
use crate::server::response::answer_kind::FrameAncestors;
use crate::server::response::body_file::BodyFolder;
use crate::server::response::compression_cache::CompressionCache;
use crate::server::state::clock::{CoarseClock, TICK};
use crate::server::state::fetch_log::FetchLog;
use crate::server::state::metrics::Metrics;
use crate::server::state::site::Site;
use crate::server::state::site::SiteContext;
use crate::server::state::status::{Outage, StatusReport};
use crate::server::state::tasks::TaskStates;

/// The state of the server, shared by all threads.
#[derive(Default)]
pub struct ServerState {
    site: ArcSwapOption<Site>,
    status: ArcSwap<StatusReport>,
    seen: FetchLog,
    metrics: Arc<Metrics>,
    clock: Arc<CoarseClock>,
    activations: AtomicU64,
    /// The folder for files of large bodies.
    body_folder: Option<Arc<BodyFolder>>,
    /// The compressed bodies.
    compressed: CompressionCache,
    /// The sites that may embed a timetable in a frame.
    frame_ancestors: FrameAncestors,
    links: Arc<LinkTemplates>,
    tasks: TaskStates,
    /// The tick at which the publisher's current pass is overdue; 0 before the first pass.
    pass_is_due: AtomicU64,
    /// The number of log lines that could not be written.
    lost_lines: Arc<AtomicU64>,
    /// Whether the first release is still being loaded; requests wait for it.
    starting: watch::Sender<bool>,
}

impl ServerState {
    /// Keeps large bodies in files in this folder, from which the kernel sends them without copying.
    pub fn in_folder(folder: &Path) -> Self {
        Self { body_folder: Some(BodyFolder::in_folder(folder.to_owned())), ..Self::default() }
    }

    /// Lets only these sites embed timetables in frames: sources of a content security policy, such as
    /// `https://www.itu.int`. Returns `None` for invalid ones.
    pub fn with_frame_ancestors(self, sources: &str) -> Option<Self> {
        Some(Self { frame_ancestors: FrameAncestors::by(sources)?, ..self })
    }

    /// Sets the links of pages to web calendars.
    #[must_use]
    pub fn with_links(self, links: LinkTemplates) -> Self {
        Self { links: Arc::new(links), ..self }
    }

    /// Returns the links to web calendars.
    pub(in crate::server) fn links(&self) -> &LinkTemplates {
        &self.links
    }

    /// Stops the clock at an instant, so that pages do not change with the day.
    #[must_use]
    pub fn with_fixed_clock(self, at: Timestamp) -> Self {
        Self { clock: Arc::new(CoarseClock::fixed(at)), ..self }
    }

    /// Serves a release from now on, with the private addresses that the secret gives. Returns its site.
    pub fn activate_release(&self, release: Release, secret: &Secret) -> Arc<Site> {
        let before = self.site.load_full();
        // One file per release: it is dropped with the release's last answer.
        let body_file = self.body_folder.as_ref().and_then(BodyFolder::file);
        let context =
            SiteContext { seen: &self.seen, body_file, frame_ancestors: &self.frame_ancestors, links: &self.links };
        let site = Arc::new(Site::new(release, secret, before.as_deref(), context));
        self.site.store(Some(Arc::clone(&site)));
        self.activations.fetch_add(1, Ordering::Relaxed);
        site
    }

    /// Empties the files of large bodies: all of them, or only if they take much of the free disk space.
    pub fn empty_body_files(&self, all: bool) {
        if let Some(body_folder) = &self.body_folder {
            if all { body_folder.empty() } else { body_folder.empty_if_disk_is_short() }
        }
    }

    /// Sets the status. Returns whether it differs from the last one.
    pub fn set_status(&self, status: StatusReport) -> bool {
        let is_new = **self.status.load() != status;
        if is_new {
            self.status.store(Arc::new(status));
        }
        is_new
    }

    /// Sets the counter of log lines that could not be written.
    #[must_use]
    pub fn with_lost_lines(self, lost_lines: &Arc<AtomicU64>) -> Self {
        Self { lost_lines: Arc::clone(lost_lines), ..self }
    }

    /// Returns the number of log lines that could not be written.
    pub(in crate::server) fn lost_lines(&self) -> u64 {
        self.lost_lines.load(Ordering::Relaxed)
    }

    /// Returns the states of the service's tasks.
    pub fn tasks(&self) -> &TaskStates {
        &self.tasks
    }

    /// Sets whether the first release is still being loaded; requests wait for it meanwhile.
    pub fn set_starting(&self, is_starting: bool) {
        self.starting.send_replace(is_starting);
    }

    /// Records that the publisher has finished a pass, and within what time it finishes the next.
    pub fn mark_pass(&self, within: Duration) {
        let ticks = u64::try_from(within.as_millis() / TICK.as_millis()).unwrap_or(u64::MAX);
        self.pass_is_due.store(self.clock.ticks().saturating_add(ticks), Ordering::Relaxed);
    }

    /// Returns whether the publisher hangs, in a folder or a database that does not respond.
    pub(in crate::server) fn is_overdue(&self) -> bool {
        let due = self.pass_is_due.load(Ordering::Relaxed);
        due > 0 && self.clock.ticks() > due
    }

    /// Returns whether the first release is still being loaded.
    pub(in crate::server) fn is_starting(&self) -> bool {
        *self.starting.borrow()
    }

    /// Waits until the first release is served or there is none, but no longer than `patience`.
    pub(in crate::server) async fn started(&self, patience: Duration) {
        let mut starting = self.starting.subscribe();
        let _ = tokio::time::timeout(patience, starting.wait_for(|is_starting| !is_starting)).await;
    }

    /// Sets what is wrong with the ledger, and leaves the rest of the status.
    pub fn set_ledger_outage(&self, what: Outage) {
        self.set_status(StatusReport { ledger: Some(what), ..StatusReport::clone(&self.status()) });
    }

    /// Returns the site that is served, if there is one.
    pub fn site(&self) -> Option<Arc<Site>> {
        self.site.load_full()
    }

    /// Returns the site that is served, for the time of one request.
    pub(in crate::server) fn served(&self) -> Guard<Option<Arc<Site>>> {
        self.site.load()
    }

    /// Returns the log of the last fetches.
    pub(in crate::server) fn seen(&self) -> &FetchLog {
        &self.seen
    }

    /// Returns how many releases were activated.
    pub(in crate::server) fn activations(&self) -> u64 {
        self.activations.load(Ordering::Relaxed)
    }

    /// Returns the metrics.
    pub(in crate::server) fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// Compresses what most clients request, for as long as the site is served.
    pub fn compress(&self, site: &Site) {
        site.compress(&self.compressed, || self.serves(site.release()));
    }

    /// Returns the compressed bodies.
    pub(in crate::server) fn compressed(&self) -> &CompressionCache {
        &self.compressed
    }

    /// Returns the clock.
    pub(in crate::server) fn clock(&self) -> &Arc<CoarseClock> {
        &self.clock
    }

    /// Returns whether this very release is served. A release that was made or read again has a ledger of its own.
    pub fn serves(&self, release: &Release) -> bool {
        let site = self.site.load();
        site.as_ref().is_some_and(|site| Arc::ptr_eq(&site.release().ledger, &release.ledger))
    }

    /// Returns whether the served release has the same content as another one.
    pub fn has_content_of(&self, release: &Release) -> bool {
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
