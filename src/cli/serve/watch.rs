//! Watches the folder of definitions: tells when it has changed and has come to rest.
//!
//! A file that is half saved, or taken away to be written anew, is nobody's edit yet.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::task::block_in_place;
use tokio::time::Instant;

use super::super::folder::{self, FileSignature, FolderChecker, FolderFault, LoadedFolder, Signature};
use super::ears::FolderNotifier;

/// How long a file has to stay as it is before it is read.
const REST: Duration = Duration::from_millis(100);
/// How long a file has to be away before it is gone.
const REST_WITHOUT_FILE: Duration = Duration::from_secs(2);
/// How long other edits wait for a new file that keeps changing.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a file may keep changing before that is told.
const MOST_UNREST: Duration = Duration::from_secs(30);
/// How often a folder that changes while it is read first is read again.
const MOST_READINGS: usize = 5;

/// What a look at a folder came to.
pub(super) enum FolderState {
    /// It is what it was.
    Unchanged,
    /// It has changed, and has not come to rest.
    Changing,
    /// It has changed, and was read.
    Loaded(Box<LoadedFolder>),
}

/// A folder that is watched.
pub(super) struct FolderWatch {
    folder: PathBuf,
    checker: FolderChecker,
    /// What the folder was when it was read last.
    seen: Option<Signature>,
    /// The files that are not what they were then.
    changes: BTreeMap<PathBuf, FileChange>,
    /// Since when there have been such files.
    since: Option<Instant>,
    ears: FolderNotifier,
}

/// A file that is not what it was.
struct FileChange {
    /// What it is; none for one that is not there.
    now: Option<FileSignature>,
    /// Since when it has been so.
    since: Instant,
    /// Whether it was there before.
    is_known: bool,
}

impl FileChange {
    /// How long until it has come to rest, if nothing happens.
    fn rest(&self) -> Duration {
        let rest = if self.now.is_some() { REST } else { REST_WITHOUT_FILE };
        rest.saturating_sub(self.since.elapsed())
    }
}

impl FolderWatch {
    pub(super) fn new(folder: PathBuf) -> Self {
        let (ears, checker) = (FolderNotifier::on(&folder), FolderChecker::new(&folder));
        Self { ears, checker, folder, seen: None, changes: BTreeMap::new(), since: None }
    }

    /// Takes up a folder as it was read elsewhere. What it came to is given back.
    pub(super) fn take_up(&mut self, first: FirstState) -> LoadedFolder {
        (self.checker, self.seen) = (first.checker, Some(first.signature));
        (self.changes, self.since) = (BTreeMap::new(), None);
        first.loaded
    }

    /// Forgets what was read: the next look reads everything again.
    pub(super) fn forget(&mut self) {
        (self.checker, self.seen) = (FolderChecker::new(&self.folder), None);
        (self.changes, self.since) = (BTreeMap::new(), None);
    }

    /// Looks whether the folder has changed and has come to rest since, and reads it if so.
    ///
    /// # Errors
    ///
    /// The folder has changed, and cannot be read.
    pub(super) fn look(&mut self) -> anyhow::Result<FolderState> {
        let now = block_in_place(|| folder::signature(&self.folder))?;
        if self.compare(&now) {
            // There may be folders that were not there, and links that lead elsewhere.
            self.ears.listen();
        }
        let Some(since) = self.since else { return Ok(FolderState::Unchanged) };
        let at_rest = |change: &&FileChange| change.rest().is_zero();
        let restless: Vec<(&PathBuf, &FileChange)> =
            self.changes.iter().filter(|(_, change)| !at_rest(change)).collect();
        let mut without = BTreeSet::new();
        if !restless.is_empty() {
            let known = restless.iter().find(|(_, change)| change.is_known);
            if let Some((path, _)) = known.filter(|_| since.elapsed() > MOST_UNREST) {
                return Err(FolderFault::keeps_changing(path).into());
            }
            // A new file that never comes to rest keeps nothing else from being published.
            let waits = known.is_some() || self.seen.is_none() || since.elapsed() < PATIENCE;
            if waits || restless.len() == self.changes.len() {
                return Ok(FolderState::Changing);
            }
            without.extend(restless.into_iter().map(|(path, _)| path.clone()));
        }
        match block_in_place(|| read_as(&self.folder, &now, &without, &mut self.checker))? {
            Some(loaded) => {
                self.seen = Some(now.into_iter().filter(|file| !without.contains(file.path())).collect());
                self.changes.retain(|path, _| without.contains(path));
                self.since = self.since.filter(|_| !self.changes.is_empty());
                Ok(FolderState::Loaded(Box::new(loaded)))
            }
            None => Ok(FolderState::Changing),
        }
    }

    /// Finds which files are not what they were. Whether there is something new among them.
    fn compare(&mut self, now: &Signature) -> bool {
        let by_path = |signature: &Signature| -> BTreeMap<PathBuf, FileSignature> {
            signature.iter().map(|file| (file.path().to_owned(), file.clone())).collect()
        };
        let (now, before) = (by_path(now), self.seen.as_ref().map(by_path));
        let mut is_new = false;
        let mut changes = BTreeMap::new();
        let paths: BTreeSet<&PathBuf> = now.keys().chain(before.iter().flat_map(BTreeMap::keys)).collect();
        for path in paths {
            let (now, then) = (now.get(path), before.as_ref().and_then(|before| before.get(path)));
            if now == then {
                continue;
            }
            let known = self.changes.remove(path).filter(|change| change.now.as_ref() == now);
            is_new |= known.is_none();
            let change = known.unwrap_or_else(|| FileChange {
                now: now.cloned(),
                since: Instant::now(),
                is_known: then.is_some(),
            });
            changes.insert(path.clone(), change);
        }
        self.changes = changes;
        // An empty folder that was never read is read, too: that says what is wrong with it.
        let has_changed = !self.changes.is_empty() || self.seen.is_none();
        self.since = has_changed.then(|| self.since.unwrap_or_else(Instant::now));
        is_new
    }

    /// Waits until the system tells of a change.
    pub(super) fn heard(&self) -> impl Future<Output = ()> + use<> {
        self.ears.heard()
    }

    /// How long until a folder that has changed has come to rest, if nothing happens: no time at all where it has since it was
    /// looked at. None for one that has not changed.
    pub(super) fn rest_is_due_in(&self) -> Option<Duration> {
        self.changes.values().map(FileChange::rest).max()
    }
}

/// A folder as it was at the first look.
pub(super) struct FirstState {
    signature: Signature,
    checker: FolderChecker,
    /// What it came to.
    pub(super) loaded: LoadedFolder,
}

/// Reads a folder that does not change meanwhile. Files that keep changing are left out in the end, and found by the next look.
pub(super) fn read(folder: &Path) -> anyhow::Result<FirstState> {
    let mut checker = FolderChecker::new(folder);
    let mut before = folder::signature(folder)?;
    let mut restless = BTreeSet::new();
    for _ in 0..MOST_READINGS {
        if let Some(loaded) = read_as(folder, &before, &restless, &mut checker)? {
            let signature = before.into_iter().filter(|file| !restless.contains(file.path())).collect();
            return Ok(FirstState { signature, checker, loaded });
        }
        std::thread::sleep(REST);
        let after = folder::signature(folder)?;
        restless = different(&before, &after);
        before = after;
    }
    anyhow::bail!("the folder `{}` changes all the time", folder.display())
}

/// The files that are in one of two signatures alone.
fn different(before: &Signature, after: &Signature) -> BTreeSet<PathBuf> {
    let (before, after): (BTreeSet<_>, BTreeSet<_>) = (before.iter().collect(), after.iter().collect());
    before.symmetric_difference(&after).map(|file| file.path().to_owned()).collect()
}

/// Reads a folder that is what its signature says, but for some files; none where it has changed.
fn read_as(
    folder: &Path,
    signature: &Signature,
    without: &BTreeSet<PathBuf>,
    checker: &mut FolderChecker,
) -> anyhow::Result<Option<LoadedFolder>> {
    let files = checker.read(without)?;
    let after = folder::signature(folder)?;
    if !different(signature, &after).is_subset(without) {
        return Ok(None);
    }
    Ok(Some(checker.check(files)?))
}
