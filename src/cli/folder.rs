//! The folder of definitions on the disk.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::{Context, bail};
use jiff::Timestamp;
use url::Url;

use crate::definition::{File, MOST_OCTETS, Reader};
use crate::feed::Catalogue;
use crate::problem::{Problem, Problems};
use crate::publication::Conflict;
use crate::resolve::{Places, Resolver};
use crate::review::review;
use crate::revision::Release;
use crate::timetable::Timetable;

/// What a folder of definitions came to.
pub(super) struct Loaded {
    /// Everything wrong in it.
    pub(super) problems: Problems,
    /// What it means, if nothing in it is an error.
    pub(super) timetable: Option<Timetable>,
    /// The files.
    pub(super) files: Vec<File>,
    places: Places,
}

impl Loaded {
    /// The problems, and that identities would come to mean something else.
    pub(super) fn with_conflicts(mut self, conflicts: &[Conflict]) -> Problems {
        for Conflict { uid, known, claimed } in conflicts {
            let Some(place) = self.places.get(uid) else { continue };
            self.problems.push(
                Problem::error(place, "this identity (UID) belongs to another entry")
                    .label(format!("expected one that nothing else has had; readers know `{known}` by it"))
                    .help(format!("give {claimed} another id, or `was:` to the entry that it was"))
                    .help("a UID that comes to mean something else makes calendars show the wrong event, or none"),
            );
        }
        self.problems.settle();
        self.problems
    }
}

/// Deepest folder that is looked into, against links that lead in circles. What lies deeper than a study group's files
/// is reported down to here.
const MOST_LEVELS: usize = 4;

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
    fn of(path: &Path, about: &fs::Metadata) -> anyhow::Result<Self> {
        Ok(Self {
            path: path.to_owned(),
            written: about.modified()?,
            changed: (about.ctime(), about.ctime_nsec()),
            size: about.len(),
            file: (about.dev(), about.ino()),
        })
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
pub(super) fn signature(folder: &Path) -> anyhow::Result<Signature> {
    let mut signature = Vec::new();
    walk(folder, "", 0, &mut |path, _, about| {
        signature.push(FileSignature::of(path, about)?);
        Ok(())
    })
    .with_context(|| cannot_read(folder))?;
    signature.sort();
    Ok(signature)
}

/// Reads the files of a folder.
///
/// # Errors
///
/// It cannot be read.
pub(super) fn files(folder: &Path) -> anyhow::Result<Vec<File>> {
    Checker::of(folder).read()
}

/// Reads and checks a folder.
///
/// # Errors
///
/// It cannot be read, or holds no study group at all.
pub(super) fn load(folder: &Path) -> anyhow::Result<Loaded> {
    let mut checker = Checker::of(folder);
    let files = checker.read()?;
    checker.check(files)
}

/// Reads and checks a folder, time after time: what has not changed since is not looked at again.
pub(super) struct Checker {
    folder: PathBuf,
    /// The files as they were read last.
    known: BTreeMap<FileSignature, (File, SystemTime)>,
    /// The files of study groups, whose names all others may use.
    names: Vec<(String, [u8; 32])>,
    reader: Reader,
    resolver: Resolver,
    /// What was looked over last.
    catalogue: Option<Catalogue>,
}

impl Checker {
    pub(super) fn of(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            known: BTreeMap::new(),
            names: Vec::new(),
            reader: Reader::of(&folder.display().to_string()),
            resolver: Resolver::default(),
            catalogue: None,
        }
    }

    /// The files of the folder.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub(super) fn read(&mut self) -> anyhow::Result<Vec<File>> {
        let (mut known, mut files) = (BTreeMap::new(), Vec::new());
        walk(&self.folder, "", 0, &mut |path, below, about| {
            let signature = FileSignature::of(path, about)?;
            let before = self.known.remove(&signature).filter(|(_, read)| signature.was_settled(*read));
            let (file, read) = if let Some(before) = before {
                before
            } else {
                let now = SystemTime::now();
                // One octet more than is looked at: a file that is too large is reported as such, and not read whole.
                let mut octets = Vec::with_capacity(usize::try_from(about.len())?.min(MOST_OCTETS) + 1);
                fs::File::open(path)?.take(MOST_OCTETS as u64 + 1).read_to_end(&mut octets)?;
                (File::of(below, octets), now)
            };
            files.push(file.clone());
            known.insert(signature, (file, read));
            Ok(())
        })
        .with_context(|| cannot_read(&self.folder))?;
        self.known = known;
        if names(&files) != self.names {
            // Everything is looked at again, what was left on the disk too.
            for file in files.iter_mut().filter(|file| file.at_hand().is_none()) {
                *file = File::of(file.path.clone(), file.octets()?);
            }
        }
        Ok(files)
    }

    /// Checks files of the folder.
    ///
    /// # Errors
    ///
    /// They hold no study group at all.
    pub(super) fn check(&mut self, files: Vec<File>) -> anyhow::Result<Loaded> {
        if files.iter().all(File::is_private) {
            let folder = self.folder.display();
            bail!("no study group in `{folder}`: expected a folder such as sg12/ with a file group.yaml in it");
        }
        let now = Timestamp::try_from(SystemTime::now()).context("the system's clock is off")?;
        let (definitions, mut problems) = self.reader.read(files.clone());
        let timetable = self.resolver.resolve(&definitions, &mut problems);
        self.names = names(&files);
        if let Some(timetable) = &timetable {
            let draft = Release::draft(timetable.clone(), now, nowhere());
            let catalogue = Catalogue::of(Arc::new(draft), self.catalogue.as_ref());
            review(&catalogue, &mut problems);
            self.catalogue = Some(catalogue);
            // There may be very many delegates, and nobody asks again what is written of them.
            for (signature, (file, _)) in self.known.iter_mut().filter(|(_, (file, _))| file.is_private()) {
                let place = signature.path.clone();
                *file = file.clone().left_elsewhere(move || fs::read(&place));
            }
        }
        problems.settle();
        Ok(Loaded { problems, timetable, files, places: self.resolver.places() })
    }
}

/// The files of study groups, whose names all others may use.
fn names(files: &[File]) -> Vec<(String, [u8; 32])> {
    let names = files.iter().filter(|file| file.path.ends_with("/group.yaml"));
    let mut names: Vec<(String, [u8; 32])> = names.map(|file| (file.path.clone(), file.digest())).collect();
    names.sort();
    names
}

/// Where feeds are served that are looked over only.
fn nowhere() -> Url {
    Url::parse("https://convene.invalid/").unwrap_or_else(|_| unreachable!("an address"))
}

/// Whether a file is a definition, or was meant as one: `x.yaml`, and `x.yml`, `x.YAML`, `x.yaml.txt`, which are
/// reported. What an editor leaves behind (`x.yaml~`, `x.yaml.bak`) is neither.
fn is_meant_as_yaml(name: &str) -> bool {
    let lower = name.to_lowercase();
    let stem = lower.strip_suffix(".txt").unwrap_or(&lower);
    stem.ends_with(".yaml") || stem.ends_with(".yml")
}

fn cannot_read(folder: &Path) -> String {
    format!("cannot read the folder of definitions `{}`", folder.display())
}

/// Shows every definition of a folder: where it is, its path below the folder, and what is known of it.
fn walk(
    folder: &Path,
    prefix: &str,
    level: usize,
    show: &mut impl FnMut(&Path, &str, &fs::Metadata) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Hidden files are an editor's or a mounted volume's own.
        if name.starts_with('.') {
            continue;
        }
        let below = format!("{prefix}{name}");
        let about = fs::metadata(&path).with_context(|| below.clone())?;
        if about.is_dir() && level < MOST_LEVELS {
            walk(&path, &format!("{below}/"), level + 1, show).with_context(|| below.clone())?;
        } else if about.is_file() && is_meant_as_yaml(&name) {
            show(&path, &below, &about).with_context(|| below.clone())?;
        }
    }
    Ok(())
}
