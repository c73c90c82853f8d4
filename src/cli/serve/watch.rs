//! Watches the folder of definitions: notices when it has changed and its files have settled.
//!
//! A file that is half saved, or deleted to be written again, is not yet an edit.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::task::block_in_place;
use tokio::time::Instant;

use super::super::folder::{self, FileSignature, FolderChecker, FolderFault, LoadedFolder, Signature};
use super::notifier::FolderNotifier;

/// How long a file must stay unchanged before it is read.
const SETTLING_TIME: Duration = Duration::from_millis(100);
/// How long a file must be absent before it counts as deleted.
const DELETION_TIME: Duration = Duration::from_secs(2);
/// How long other edits wait for a new file that keeps changing.
const SETTLING_LIMIT: Duration = Duration::from_secs(10);
/// How long a file may keep changing before that is reported.
const MAX_UNSETTLED: Duration = Duration::from_secs(30);
/// How often the first read is repeated if the folder changes meanwhile.
const MAX_READS: usize = 5;

/// The result of a look at the folder.
pub(super) enum FolderState {
    /// Nothing has changed.
    Unchanged,
    /// It has changed, and has not settled.
    Changing,
    /// It has changed, and was read.
    Loaded(Box<LoadedFolder>),
}

/// A folder that is watched.
pub(super) struct FolderWatch {
    folder: PathBuf,
    checker: FolderChecker,
    /// The state of the folder when it was last read.
    seen: Option<Signature>,
    /// The files that have changed since.
    changes: BTreeMap<PathBuf, FileChange>,
    /// When the oldest of these changes was noticed.
    since: Option<Instant>,
    notifier: FolderNotifier,
}

/// A file that has changed.
struct FileChange {
    /// Its current state; `None` if it is absent.
    now: Option<FileSignature>,
    /// Since when it has been in this state.
    since: Instant,
    /// Whether it was there before.
    is_known: bool,
}

impl FileChange {
    /// Returns how long until the file has settled.
    fn settling_time(&self) -> Duration {
        let settling_time = if self.now.is_some() { SETTLING_TIME } else { DELETION_TIME };
        settling_time.saturating_sub(self.since.elapsed())
    }
}

impl FolderWatch {
    pub(super) fn new(folder: PathBuf) -> Self {
        let (notifier, checker) = (FolderNotifier::on(&folder), FolderChecker::new(&folder));
        Self { notifier, checker, folder, seen: None, changes: BTreeMap::new(), since: None }
    }

    /// Continues from a folder that was read elsewhere. Returns it.
    pub(super) fn continue_from(&mut self, first: FirstState) -> LoadedFolder {
        (self.checker, self.seen) = (first.checker, Some(first.signature));
        (self.changes, self.since) = (BTreeMap::new(), None);
        first.loaded
    }

    /// Forgets what was read: the next look reads everything again.
    pub(super) fn forget(&mut self) {
        (self.checker, self.seen) = (FolderChecker::new(&self.folder), None);
        (self.changes, self.since) = (BTreeMap::new(), None);
    }

    /// Looks for changes, and reads the folder if it has changed and settled.
    ///
    /// # Errors
    ///
    /// The folder has changed, and cannot be read.
    pub(super) fn look(&mut self) -> anyhow::Result<FolderState> {
        let now = block_in_place(|| folder::signature(&self.folder))?;
        if self.compare(&now) {
            // Watch new folders, and links that lead elsewhere now.
            self.notifier.listen();
        }
        let Some(since) = self.since else { return Ok(FolderState::Unchanged) };
        let at_rest = |change: &&FileChange| change.settling_time().is_zero();
        let unsettled: Vec<(&PathBuf, &FileChange)> =
            self.changes.iter().filter(|(_, change)| !at_rest(change)).collect();
        let mut without = BTreeSet::new();
        if !unsettled.is_empty() {
            let known = unsettled.iter().find(|(_, change)| change.is_known);
            if let Some((path, _)) = known.filter(|_| since.elapsed() > MAX_UNSETTLED) {
                return Err(FolderFault::keeps_changing(path).into());
            }
            // A new file that never settles must not keep everything else from being published.
            let waits = known.is_some() || self.seen.is_none() || since.elapsed() < SETTLING_LIMIT;
            if waits || unsettled.len() == self.changes.len() {
                return Ok(FolderState::Changing);
            }
            without.extend(unsettled.into_iter().map(|(path, _)| path.clone()));
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

    /// Finds the files that have changed. Returns whether one of them has changed since the last look.
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
        // An empty folder that was never read counts as changed, so that its error is reported.
        let has_changed = !self.changes.is_empty() || self.seen.is_none();
        self.since = has_changed.then(|| self.since.unwrap_or_else(Instant::now));
        is_new
    }

    /// Waits for a notification.
    pub(super) fn changed(&self) -> impl Future<Output = ()> + use<> {
        self.notifier.changed()
    }

    /// Returns how long until all changed files have settled, or `None` if none has changed.
    pub(super) fn time_until_settled(&self) -> Option<Duration> {
        self.changes.values().map(FileChange::settling_time).max()
    }
}

/// A folder as it was read first.
pub(super) struct FirstState {
    signature: Signature,
    checker: FolderChecker,
    /// The checked definitions.
    pub(super) loaded: LoadedFolder,
}

/// Reads a folder that does not change meanwhile. Files that keep changing are left out in the end: the next look
/// finds them.
pub(super) fn read(folder: &Path) -> anyhow::Result<FirstState> {
    let mut checker = FolderChecker::new(folder);
    let mut before = folder::signature(folder)?;
    let mut unsettled = BTreeSet::new();
    for _ in 0..MAX_READS {
        if let Some(loaded) = read_as(folder, &before, &unsettled, &mut checker)? {
            let signature = before.into_iter().filter(|file| !unsettled.contains(file.path())).collect();
            return Ok(FirstState { signature, checker, loaded });
        }
        std::thread::sleep(SETTLING_TIME);
        let after = folder::signature(folder)?;
        unsettled = different(&before, &after);
        before = after;
    }
    anyhow::bail!("the folder `{}` keeps changing", folder.display())
}

/// Returns the files that differ between two states.
fn different(before: &Signature, after: &Signature) -> BTreeSet<PathBuf> {
    let (before, after): (BTreeSet<_>, BTreeSet<_>) = (before.iter().collect(), after.iter().collect());
    before.symmetric_difference(&after).map(|file| file.path().to_owned()).collect()
}

/// Reads a folder if it still is in this state, except for the files in `without`. Returns `None` if it has changed.
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
