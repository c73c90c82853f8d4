//! Reports faults in the log and in the public status.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::block_in_place;
use tokio::time::Instant;
use tracing::{error, info};

use super::SyncLoop;
use super::ledger::error_kind;
use crate::cli::folder::FolderFault;
use crate::icalendar;
use crate::revision::Release;
use crate::server::{Outage, StatusReport};
use crate::store::{StoreErrorKind, StoredRelease};

/// The maximum number of different faults that are logged until the ledger works again.
const MAX_LOGGED: usize = 10;

impl SyncLoop {
    /// Logs once what is wrong with the folder, and once that it can be read again.
    pub(super) fn report_folder(&mut self, error: Option<&anyhow::Error>) {
        let folder_fault = error.map(|error| {
            let folder_fault = error.downcast_ref::<FolderFault>();
            let place = folder_fault.map_or_else(String::new, |FolderFault { path, why, .. }| format!("{path}: {why}"));
            (format!("{error:#}"), place)
        });
        match (&self.folder_fault, &folder_fault) {
            (before, Some(now)) if before.as_ref() != Some(now) => {
                error!("{}; the last release stays served", now.0);
            }
            (Some(_), None) => info!("the folder of definitions can be read again"),
            _ => {}
        }
        self.folder_fault = folder_fault;
    }

    /// Returns whether a newer version of convene made the latest release.
    pub(super) fn is_outdated(&self) -> bool {
        self.known.as_ref().is_some_and(|known| icalendar::is_renderer_older_than(&known.meta.renderer))
    }

    /// Serves the known release if another one is served, and updates the status.
    pub(super) fn activate(&mut self) {
        let state = &self.config.state;
        let is_other = |known: &&StoredRelease| known.meta.renderer != icalendar::renderer_version();
        let other = self.known.as_ref().filter(is_other);
        // A release made by another version is rendered differently here. It is served only if it says something else
        // than what is served now.
        let is_new = |known: &&StoredRelease| {
            !state.serves(&known.release) && (other.is_none() || !state.has_content_of(&known.release))
        };
        if let Some(known) = self.known.as_ref().filter(is_new) {
            let begun = Instant::now();
            let site = block_in_place(|| state.activate_release(known.release.clone(), &self.config.secret));
            log_release(&known.release, self.revised.take(), begun.elapsed());
            // Compress in the background: the first request for a body does it otherwise.
            let state = Arc::clone(state);
            tokio::task::spawn_blocking(move || state.compress(&site));
        }
        let ledger_fault = self.ledger_fault.as_ref().map(|(_, outage)| *outage);
        let outdated = (self.is_outdated() && self.config.folder.is_some()).then_some(Outage::Outdated);
        let site = state.site();
        let served = site.as_ref().map(|site| site.release());
        state.set_status(StatusReport {
            release: served.map_or(0, |served| served.number),
            published: served.map(|served| served.published),
            definitions: self.problems.clone(),
            folder: self.folder_fault.as_ref().map(|(_, place)| place.clone()),
            ledger: ledger_fault.or(outdated).or_else(|| other.map(|_| Outage::Version)),
            has_other_secret: self.has_other_secret,
        });
    }

    /// Logs once what is wrong with the ledger, and once that it works again.
    pub(super) fn report_ledger(&mut self, error: Option<&anyhow::Error>) {
        let outage = |error| match error_kind(error) {
            Some(StoreErrorKind::ClockBehind) => Outage::Clock,
            _ => Outage::Ledger,
        };
        let ledger_fault = error.map(|error| (format!("{error:#}"), outage(error)));
        match (&self.ledger_fault, &ledger_fault) {
            // Log each fault once, and not too many: alternating faults would fill the log.
            (_, Some((ledger_fault, _))) => {
                if self.logged_faults.len() < MAX_LOGGED && self.logged_faults.insert(ledger_fault.clone()) {
                    error!("{ledger_fault}; the last release stays served");
                }
            }
            (Some((_, Outage::Clock)), None) => info!("releases are published again"),
            (Some(_), None) => info!("the ledger responds again"),
            (None, None) => {}
        }
        if ledger_fault.is_none() {
            self.logged_faults.clear();
        }
        if ledger_fault.is_some() {
            self.listener = None;
        }
        self.ledger_fault = ledger_fault;
    }
}

/// Logs one line per release.
fn log_release(release: &Release, revised: Option<usize>, took: Duration) {
    let number = release.number;
    let latest = release.changes.first().filter(|changes| changes.release == number);
    let changes = latest.map_or(0, |changes| changes.list.len());
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    info!(release = number, published = %release.published, changes, revised, milliseconds, "release {number} is served");
}
