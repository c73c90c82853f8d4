//! Watches the folder of definitions: tells when it has changed and has come to rest.
//!
//! A file that is half saved, or taken away to be written anew, is nobody's edit yet.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::task::block_in_place;
use tokio::time::Instant;

use super::super::folder::{self, Loaded, Signature};

/// How long a folder has to stay as it is before it is read.
const REST: Duration = Duration::from_millis(100);
/// How long a file has to be away before it is gone.
const REST_WITHOUT_FILE: Duration = Duration::from_secs(2);
/// How often a folder that changes while it is read is read again at once.
const MOST_READINGS: usize = 5;

/// A folder that is watched.
pub(super) struct Watch {
    folder: PathBuf,
    /// What the folder was when it was read last.
    seen: Option<Signature>,
    /// What the folder is that has changed, and since when.
    unrest: Option<(Signature, Instant)>,
}

impl Watch {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, seen: None, unrest: None }
    }

    /// Takes up a folder as it was read.
    pub(super) fn has_seen(&mut self, signature: Signature) {
        (self.seen, self.unrest) = (Some(signature), None);
    }

    /// Looks whether the folder has changed and has come to rest since, and reads it if so.
    ///
    /// # Errors
    ///
    /// The folder has changed, and cannot be read. It is looked at as if for the first time then.
    pub(super) fn look(&mut self) -> anyhow::Result<Option<Loaded>> {
        let unrest = self.unrest.take();
        let now = block_in_place(|| folder::signature(&self.folder))?;
        if self.seen.as_ref() == Some(&now) {
            return Ok(None);
        }
        let since = unrest.filter(|(then, _)| *then == now).map_or_else(Instant::now, |(_, since)| since);
        self.unrest = Some((now, since));
        if self.rest_is_due_in().is_some_and(|wait| !wait.is_zero()) {
            return Ok(None);
        }
        let rested = self.unrest.take().map(|(rested, _)| rested);
        let (signature, loaded) = block_in_place(|| read(&self.folder))?;
        if rested.as_ref() != Some(&signature) {
            self.unrest = Some((signature, Instant::now()));
            return Ok(None);
        }
        self.has_seen(signature);
        Ok(Some(loaded))
    }

    /// How long until a folder that has changed has come to rest, if nothing happens; none for one that has not changed.
    pub(super) fn rest_is_due_in(&self) -> Option<Duration> {
        let (now, since) = self.unrest.as_ref()?;
        let is_there = |path: &Path| now.binary_search_by(|about| about.path().cmp(path)).is_ok();
        let misses_one = self.seen.iter().flatten().any(|about| !is_there(about.path()));
        let rest = if misses_one { REST_WITHOUT_FILE } else { REST };
        Some(rest.saturating_sub(since.elapsed()))
    }
}

/// Reads a folder that does not change meanwhile.
pub(super) fn read(folder: &Path) -> anyhow::Result<(Signature, Loaded)> {
    let mut signature = folder::signature(folder)?;
    for _ in 0..MOST_READINGS {
        let files = folder::read(folder)?;
        let after = folder::signature(folder)?;
        if after == signature {
            return Ok((signature, folder::check(folder, files)?));
        }
        std::thread::sleep(REST);
        signature = folder::signature(folder)?;
    }
    anyhow::bail!("the folder `{}` changes all the time", folder.display())
}
