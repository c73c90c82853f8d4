//! The folder of definitions on disk.

mod contents;
mod fault;

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

use contents::{FoundFile, find_files};
pub(super) use fault::FolderFault;

use crate::definition::{DefinitionFile, FolderReader};
use crate::feed::EntryIndex;
use crate::icalendar::FragmentCache;
use crate::problem::{Problem, Problems, Severity, Source, Span};
use crate::resolve::{DefinedSpans, Resolver};
use crate::review::review;
use crate::revision::Release;
use crate::timetable::Timetable;

/// A folder of definitions that was read and checked.
pub(super) struct LoadedFolder {
    /// All its problems.
    pub(super) problems: Problems,
    /// The timetable, if there is no error.
    pub(super) timetable: Option<Timetable>,
    /// The files.
    pub(super) files: Vec<DefinitionFile>,
    pub(super) defined: DefinedSpans,
}

/// The state of a folder, to detect changes without reading the files.
pub(super) type Signature = Vec<FileSignature>;

/// The state of a file, to detect changes: time of writing and of the last change of metadata, size, and identity. A
/// copy may have the times of its original.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FileSignature {
    path: PathBuf,
    written: SystemTime,
    changed: (i64, i64),
    size: u64,
    file: (u64, u64),
}

impl FileSignature {
    fn new(FoundFile { path, metadata, .. }: &FoundFile) -> Self {
        Self {
            path: path.clone(),
            written: metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
            size: metadata.len(),
            file: (metadata.dev(), metadata.ino()),
        }
    }

    /// Returns whether the file had not been written for a while when it was read: two writes within one tick of the
    /// file system's clock may look the same.
    fn was_settled(&self, read: SystemTime) -> bool {
        const TICK: Duration = Duration::from_secs(2);
        self.written.checked_add(TICK).is_some_and(|settled| settled <= read)
    }

    /// Returns the path.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// Returns the state of all files in a folder, without reading them.
///
/// # Errors
///
/// The folder cannot be read.
pub(super) fn signature(folder: &Path) -> Result<Signature, FolderFault> {
    let mut signature: Signature = find_files(folder)?.files.iter().map(FileSignature::new).collect();
    signature.sort();
    Ok(signature)
}

/// Reads the files of a folder.
///
/// # Errors
///
/// The folder cannot be read.
pub(super) fn files(folder: &Path) -> anyhow::Result<Vec<DefinitionFile>> {
    Ok(FolderChecker::new(folder).read(&BTreeSet::new())?)
}

/// Reads and checks a folder.
///
/// # Errors
///
/// The folder cannot be read, or contains no study group.
pub(super) fn load(folder: &Path) -> anyhow::Result<LoadedFolder> {
    let mut checker = FolderChecker::new(folder);
    let files = checker.read(&BTreeSet::new())?;
    checker.check(files)
}

/// Reads the files of a folder without checking them.
pub(super) fn read_files(folder: &Path) -> anyhow::Result<Vec<DefinitionFile>> {
    Ok(FolderChecker::new(folder).read(&BTreeSet::new())?)
}

/// Reads and checks a folder again and again. What has not changed is not checked again.
pub(super) struct FolderChecker {
    folder: PathBuf,
    /// The files at the last read.
    known: BTreeMap<FileSignature, (DefinitionFile, SystemTime)>,
    /// The study groups' files, whose names all other files may use.
    names: Vec<(String, [u8; 32])>,
    /// Broken links, by path within the folder.
    broken_links: Vec<String>,
    reader: FolderReader,
    resolver: Resolver,
    /// The index of the last review.
    entry_index: Option<EntryIndex>,
}

impl FolderChecker {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            known: BTreeMap::new(),
            names: Vec::new(),
            broken_links: Vec::new(),
            reader: FolderReader::new(&folder.display().to_string()),
            resolver: Resolver::default(),
            entry_index: None,
        }
    }

    /// Returns the files of the folder, except those in `without`.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub(super) fn read(&mut self, without: &BTreeSet<PathBuf>) -> Result<Vec<DefinitionFile>, FolderFault> {
        let found = find_files(&self.folder)?;
        self.broken_links = found.broken_links;
        let (mut known, mut files) = (BTreeMap::new(), Vec::new());
        for found in found.files.iter().filter(|found| !without.contains(&found.path)) {
            let signature = FileSignature::new(found);
            let before = self.known.remove(&signature).filter(|(_, read)| signature.was_settled(*read));
            let (file, read) = if let Some(before) = before {
                before
            } else {
                let now = SystemTime::now();
                match found.read() {
                    Ok(bytes) => (DefinitionFile::new(found.relative_path.as_str(), bytes), now),
                    // Deleted since.
                    Err(error) if error.kind() == ErrorKind::NotFound => continue,
                    Err(error) => return Err(FolderFault::new(&self.folder, &found.relative_path, &error)),
                }
            };
            files.push(file.clone());
            known.insert(signature, (file, read));
        }
        self.known = known;
        if names(&files) != self.names {
            // All files are checked again, also those that were unloaded.
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
    /// They contain no study group.
    pub(super) fn check(&mut self, files: Vec<DefinitionFile>) -> anyhow::Result<LoadedFolder> {
        if files.iter().all(DefinitionFile::is_private) {
            return Err(FolderFault::without_groups(&self.folder).into());
        }
        let now = Timestamp::try_from(SystemTime::now()).context("the system's clock is off")?;
        let (definitions, mut problems) = self.reader.read(files.clone());
        self.warn_of_broken_links(&mut problems);
        let timetable = self.resolver.resolve(&definitions, &mut problems);
        self.names = names(&files);
        if let Some(timetable) = &timetable {
            let draft = Release::draft(timetable.clone(), now, nowhere());
            let entry_index = EntryIndex::new(Arc::new(draft), self.entry_index.as_ref());
            let cache = FragmentCache::new(entry_index, None);
            review(&cache, &mut problems);
            self.entry_index = Some(cache.into_entry_index());
            // There may be very many delegates, and their file is rarely needed again.
            for (signature, (file, _)) in self.known.iter_mut().filter(|(_, (file, _))| file.is_private()) {
                let place = signature.path.clone();
                *file = file.clone().unload(move || fs::read(&place));
            }
        }
        problems.apply_waivers();
        Ok(LoadedFolder { problems, timetable, files, defined: self.resolver.defined_spans() })
    }

    /// Warns of broken links whose name is that of a definition.
    fn warn_of_broken_links(&self, problems: &mut Problems) {
        for below in &self.broken_links {
            let path = crate::text::Line::clean(&format!("{}/{below}", self.folder.display()));
            problems.sources.push(Source { path: path.into(), text: Arc::default() });
            let place = Span { file: problems.sources.len() - 1, start: 0, end: 0 };
            let problem = Problem::error(&place, "broken link, ignored")
                .label("expected a link to an existing file")
                .help("restore the file to which the link points, or remove the link");
            // A file that does not exist cannot waive it: the warning has no name.
            problems.push(Problem { severity: Severity::Warning, ..problem });
        }
    }
}

/// Returns the study groups' files, whose names all other files may use.
fn names(files: &[DefinitionFile]) -> Vec<(String, [u8; 32])> {
    let names = files.iter().filter(|file| file.path.ends_with("/group.yaml"));
    let mut names: Vec<(String, [u8; 32])> = names.map(|file| (file.path.clone(), file.digest())).collect();
    names.sort();
    names
}

/// Returns a base URL for feeds that are only reviewed.
fn nowhere() -> Url {
    Url::parse("https://convene.invalid/").unwrap_or_else(|_| unreachable!("an address"))
}
