//! The folder of definitions on the disk.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, bail};
use jiff::Timestamp;
use url::Url;

use crate::definition::{self, File, MOST_OCTETS};
use crate::problem::Problems;
use crate::resolve::resolve;
use crate::review::review;
use crate::revision::Release;
use crate::timetable::Timetable;

/// What a folder of definitions came to.
pub(super) struct Loaded {
    /// Everything wrong in it.
    pub(super) problems: Problems,
    /// What it means, if nothing in it is an error.
    pub(super) timetable: Option<Timetable>,
    /// When one of its files last changed, and never later than now.
    pub(super) modified: Timestamp,
}

/// Deepest folder that is looked into, against links that lead in circles. What lies deeper than a study group's files
/// is reported down to here.
const MOST_LEVELS: usize = 4;

/// The files of a folder.
pub(super) struct Files {
    /// Those that are definitions, or were meant as such.
    pub(super) files: Vec<File>,
    /// When one of them last changed.
    modified: SystemTime,
}

/// Reads a folder.
///
/// # Errors
///
/// It cannot be read.
pub(super) fn read(folder: &Path) -> anyhow::Result<Files> {
    let mut found = Files { files: Vec::new(), modified: SystemTime::UNIX_EPOCH };
    found
        .folder(folder, "", 0)
        .with_context(|| format!("cannot read the folder of definitions `{}`", folder.display()))?;
    Ok(found)
}

/// Checks the files of a folder.
///
/// # Errors
///
/// They hold no study group at all.
pub(super) fn check(folder: &Path, found: Files) -> anyhow::Result<Loaded> {
    if !found.files.iter().any(|file| file.path.contains('/')) {
        bail!("no study group in `{}`: expected a folder such as sg12/ with a file group.yaml in it", folder.display());
    }
    let modified = Timestamp::try_from(found.modified.min(SystemTime::now())).context("the system's clock is off")?;
    let (definitions, mut problems) = definition::read(&folder.display().to_string(), found.files);
    let release = resolve(&definitions, &mut problems).map(|timetable| Release::draft(timetable, modified, nowhere()));
    if let Some(release) = &release {
        review(release, &mut problems);
    }
    problems.settle();
    Ok(Loaded { problems, timetable: release.map(|release| release.timetable), modified })
}

/// Reads and checks a folder.
///
/// # Errors
///
/// It cannot be read, or holds no study group at all.
pub(super) fn load(folder: &Path) -> anyhow::Result<Loaded> {
    check(folder, read(folder)?)
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

impl Files {
    fn folder(&mut self, folder: &Path, prefix: &str, level: usize) -> anyhow::Result<()> {
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
                self.folder(&path, &format!("{below}/"), level + 1).with_context(|| below.clone())?;
            } else if about.is_file() && is_meant_as_yaml(&name) {
                self.modified = self.modified.max(about.modified()?);
                // One octet more than is looked at: a file that is too large is reported as such, and not read whole.
                let mut bytes = Vec::new();
                let file = fs::File::open(&path).with_context(|| below.clone())?;
                file.take(MOST_OCTETS as u64 + 1).read_to_end(&mut bytes).with_context(|| below.clone())?;
                self.files.push(File { bytes, path: below });
            }
        }
        Ok(())
    }
}
