//! Watches the folder of definitions: tells when it has changed and has come to rest.
//!
//! A file that is half saved, or taken away to be written anew, is nobody's edit yet.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::task::block_in_place;
use tokio::time::Instant;

use super::super::folder::{self, Checker, Loaded, Signature};
use super::ears::Ears;

/// How long a folder has to stay as it is before it is read.
const REST: Duration = Duration::from_millis(100);
/// How long a file has to be away before it is gone.
const REST_WITHOUT_FILE: Duration = Duration::from_secs(2);
/// How often a folder that changes while it is read first is read again.
const MOST_READINGS: usize = 5;

/// A folder that is watched.
pub(super) struct Watch {
    folder: PathBuf,
    checker: Checker,
    /// What the folder was when it was read last.
    seen: Option<Signature>,
    /// What the folder is that has changed, and since when.
    unrest: Option<(Signature, Instant)>,
    ears: Ears,
}

impl Watch {
    pub(super) fn new(folder: PathBuf) -> Self {
        let (ears, checker) = (Ears::on(&folder), Checker::of(&folder));
        Self { ears, checker, folder, seen: None, unrest: None }
    }

    /// Takes up a folder as it was read elsewhere. What it came to is given back.
    pub(super) fn take_up(&mut self, look: Look) -> Loaded {
        (self.checker, self.seen, self.unrest) = (look.checker, Some(look.signature), None);
        look.loaded
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
        if unrest.as_ref().is_none_or(|(then, _)| *then != now) {
            // There may be folders that were not there, and links that lead elsewhere.
            self.ears.listen();
        }
        let since = unrest.filter(|(then, _)| *then == now).map_or_else(Instant::now, |(_, since)| since);
        if !self.rest_after(&now, since).is_zero() {
            self.unrest = Some((now, since));
            return Ok(None);
        }
        match block_in_place(|| read_as(&self.folder, &now, &mut self.checker))? {
            Ok(loaded) => {
                (self.seen, self.unrest) = (Some(now), None);
                Ok(Some(loaded))
            }
            Err(changed) => {
                self.unrest = Some((changed, Instant::now()));
                Ok(None)
            }
        }
    }

    /// Waits until the system tells of a change.
    pub(super) fn heard(&self) -> impl Future<Output = ()> + use<> {
        self.ears.heard()
    }

    /// How long until a folder that has changed has come to rest, if nothing happens; none for one that has not changed.
    pub(super) fn rest_is_due_in(&self) -> Option<Duration> {
        self.unrest.as_ref().map(|(now, since)| self.rest_after(now, *since))
    }

    /// How long until a folder that is as it is `now` since then has come to rest.
    fn rest_after(&self, now: &Signature, since: Instant) -> Duration {
        let is_there = |path: &Path| now.binary_search_by(|about| about.path().cmp(path)).is_ok();
        let misses_one = self.seen.iter().flatten().any(|about| !is_there(about.path()));
        let rest = if misses_one { REST_WITHOUT_FILE } else { REST };
        rest.saturating_sub(since.elapsed())
    }
}

/// A folder as it was at a look.
pub(super) struct Look {
    signature: Signature,
    checker: Checker,
    /// What it came to.
    pub(super) loaded: Loaded,
}

/// Reads a folder that does not change meanwhile.
pub(super) fn read(folder: &Path) -> anyhow::Result<Look> {
    let mut checker = Checker::of(folder);
    let mut signature = folder::signature(folder)?;
    for _ in 0..MOST_READINGS {
        match read_as(folder, &signature, &mut checker)? {
            Ok(loaded) => return Ok(Look { signature, checker, loaded }),
            Err(_) => std::thread::sleep(REST),
        }
        signature = folder::signature(folder)?;
    }
    anyhow::bail!("the folder `{}` changes all the time", folder.display())
}

/// Reads a folder that is what its signature says; what it is instead, if it has changed.
fn read_as(folder: &Path, signature: &Signature, checker: &mut Checker) -> anyhow::Result<Result<Loaded, Signature>> {
    let files = checker.read()?;
    let after = folder::signature(folder)?;
    if after != *signature {
        return Ok(Err(after));
    }
    Ok(Ok(checker.check(files)?))
}
