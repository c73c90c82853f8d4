//! The folder of definitions on the disk.

mod fault;
mod found;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::Context;
use jiff::Timestamp;
use url::Url;

pub(super) use fault::FolderFault;
use found::{FoundFile, look_through};

use crate::definition::{DefinitionFile, FolderReader};
use crate::feed::EntryIndex;
use crate::problem::{Problem, Problems, Severity, Source, Span};
use crate::publication::UidConflict;
use crate::resolve::{Resolver, UidSpans};
use crate::review::review;
use crate::revision::Release;
use crate::timetable::Timetable;

/// What a folder of definitions came to.
pub(super) struct LoadedFolder {
    /// Everything wrong in it.
    pub(super) problems: Problems,
    /// What it means, if nothing in it is an error.
    pub(super) timetable: Option<Timetable>,
    /// The files.
    pub(super) files: Vec<DefinitionFile>,
    uid_spans: UidSpans,
}

impl LoadedFolder {
    /// The problems, and that identities would come to mean something else.
    pub(super) fn with_conflicts(mut self, conflicts: &[UidConflict]) -> Problems {
        for UidConflict { uid, known, claimed } in conflicts {
            let Some(place) = self.uid_spans.get(uid) else { continue };
            self.problems.push(
                Problem::error(place, "this identity (UID) belongs to another entry")
                    .label(format!("expected one that nothing else has had; readers know `{known}` by it"))
                    .help(format!("give {claimed} another id, or `was:` to the entry that it was"))
                    .help("a UID that comes to mean something else makes calendars show the wrong event, or none"),
            );
        }
        self.problems.apply_waivers();
        self.problems
    }
}

/// What tells whether a folder was changed: what each file is, by path.
pub(super) type Signature = Vec<FileSignature>;

/// What tells whether a file was changed: when it was written and when anything of it was changed last, its size, and
/// which file it is. A copy may have the times of what it was copied from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FileSignature {
    path: PathBuf,
    written: SystemTime,
    changed: (i64, i64),
    size: u64,
    file: (u64, u64),
}

impl FileSignature {
    fn new(FoundFile { path, about, .. }: &FoundFile) -> Self {
        Self {
            path: path.clone(),
            written: about.modified().unwrap_or(SystemTime::UNIX_EPOCH),
            changed: (about.ctime(), about.ctime_nsec()),
            size: about.len(),
            file: (about.dev(), about.ino()),
        }
    }

    /// Whether it had not been written for a while when it was read: what is written within a tick of the clock of a file
    /// system may look as before.
    fn was_settled(&self, read: SystemTime) -> bool {
        const TICK: Duration = Duration::from_secs(2);
        self.written.checked_add(TICK).is_some_and(|settled| settled <= read)
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// What tells whether one of a folder's files was changed, without reading them.
///
/// # Errors
///
/// The folder cannot be read.
pub(super) fn signature(folder: &Path) -> Result<Signature, FolderFault> {
    let mut signature: Signature = look_through(folder)?.files.iter().map(FileSignature::new).collect();
    signature.sort();
    Ok(signature)
}

/// Reads the files of a folder.
///
/// # Errors
///
/// It cannot be read.
pub(super) fn files(folder: &Path) -> anyhow::Result<Vec<DefinitionFile>> {
    Ok(FolderChecker::new(folder).read(&BTreeSet::new())?)
}

/// Reads and checks a folder.
///
/// # Errors
///
/// It cannot be read, or holds no study group at all.
pub(super) fn load(folder: &Path) -> anyhow::Result<LoadedFolder> {
    let mut checker = FolderChecker::new(folder);
    let files = checker.read(&BTreeSet::new())?;
    checker.check(files)
}

/// Reads and checks a folder, time after time: what has not changed since is not looked at again.
pub(super) struct FolderChecker {
    folder: PathBuf,
    /// The files as they were read last.
    known: BTreeMap<FileSignature, (DefinitionFile, SystemTime)>,
    /// The files of study groups, whose names all others may use.
    names: Vec<(String, [u8; 32])>,
    /// Links that lead nowhere, by their paths below the folder.
    dangling: Vec<String>,
    reader: FolderReader,
    resolver: Resolver,
    /// What was looked over last.
    catalogue: Option<EntryIndex>,
}

impl FolderChecker {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            known: BTreeMap::new(),
            names: Vec::new(),
            dangling: Vec::new(),
            reader: FolderReader::new(&folder.display().to_string()),
            resolver: Resolver::default(),
            catalogue: None,
        }
    }

    /// The files of the folder, but for some.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub(super) fn read(&mut self, without: &BTreeSet<PathBuf>) -> Result<Vec<DefinitionFile>, FolderFault> {
        let found = look_through(&self.folder)?;
        self.dangling = found.dangling;
        let (mut known, mut files) = (BTreeMap::new(), Vec::new());
        for found in found.files.iter().filter(|found| !without.contains(&found.path)) {
            let signature = FileSignature::new(found);
            let before = self.known.remove(&signature).filter(|(_, read)| signature.was_settled(*read));
            let (file, read) = if let Some(before) = before {
                before
            } else {
                let now = SystemTime::now();
                match found.read() {
                    Ok(bytes) => (DefinitionFile::new(found.below.as_str(), bytes), now),
                    // It has gone since.
                    Err(error) if error.kind() == ErrorKind::NotFound => continue,
                    Err(error) => return Err(FolderFault::new(&self.folder, &found.below, &error)),
                }
            };
            files.push(file.clone());
            known.insert(signature, (file, read));
        }
        self.known = known;
        if names(&files) != self.names {
            // Everything is looked at again, what was left on the disk too.
            for file in files.iter_mut().filter(|file| file.loaded_bytes().is_none()) {
                let bytes = file.bytes().map_err(|error| FolderFault::new(&self.folder, &file.path, &error))?;
                *file = DefinitionFile::new(file.path.clone(), bytes);
            }
        }
        Ok(files)
    }

    /// Checks files of the folder.
    ///
    /// # Errors
    ///
    /// They hold no study group at all.
    pub(super) fn check(&mut self, files: Vec<DefinitionFile>) -> anyhow::Result<LoadedFolder> {
        if files.iter().all(DefinitionFile::is_private) {
            return Err(FolderFault::without_groups(&self.folder).into());
        }
        let now = Timestamp::try_from(SystemTime::now()).context("the system's clock is off")?;
        let (definitions, mut problems) = self.reader.read(files.clone());
        self.tell_dangling_links(&mut problems);
        let timetable = self.resolver.resolve(&definitions, &mut problems);
        self.names = names(&files);
        if let Some(timetable) = &timetable {
            let draft = Release::draft(timetable.clone(), now, nowhere());
            let catalogue = EntryIndex::new(Arc::new(draft), self.catalogue.as_ref());
            review(&catalogue, &mut problems);
            self.catalogue = Some(catalogue);
            // There may be very many delegates, and nobody asks again what is written of them.
            for (signature, (file, _)) in self.known.iter_mut().filter(|(_, (file, _))| file.is_private()) {
                let place = signature.path.clone();
                *file = file.clone().unload(move || fs::read(&place));
            }
        }
        problems.apply_waivers();
        Ok(LoadedFolder { problems, timetable, files, uid_spans: self.resolver.uid_spans() })
    }

    /// A link that leads nowhere is no definition, though its name is that of one.
    fn tell_dangling_links(&self, problems: &mut Problems) {
        for below in &self.dangling {
            let path = crate::text::single_line(&format!("{}/{below}", self.folder.display()));
            problems.sources.push(Source { path, text: Arc::default() });
            let place = Span { file: problems.sources.len() - 1, start: 0, end: 0 };
            let problem = Problem::error(&place, "this link leads nowhere, and is left out")
                .label("expected a link to a file that is there")
                .help("put the file back where the link leads, or remove the link");
            // Nothing can be waived in a file that is not there: the warning has no name.
            problems.push(Problem { severity: Severity::Warning, ..problem });
        }
    }
}

/// The files of study groups, whose names all others may use.
fn names(files: &[DefinitionFile]) -> Vec<(String, [u8; 32])> {
    let names = files.iter().filter(|file| file.path.ends_with("/group.yaml"));
    let mut names: Vec<(String, [u8; 32])> = names.map(|file| (file.path.clone(), file.digest())).collect();
    names.sort();
    names
}

/// Where feeds are served that are looked over only.
fn nowhere() -> Url {
    Url::parse("https://convene.invalid/").unwrap_or_else(|_| unreachable!("an address"))
}
