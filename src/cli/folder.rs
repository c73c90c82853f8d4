//! The folder of definitions on the disk.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, bail};
use jiff::Timestamp;

use crate::definition::{self, File};
use crate::problem::Problems;
use crate::resolve::resolve;
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
/// Largest file that is read, in octets.
const MOST_OCTETS: u64 = 10 * 1024 * 1024;

/// Reads and checks a folder.
///
/// # Errors
///
/// It cannot be read, or holds no study group at all.
pub(super) fn load(folder: &Path) -> anyhow::Result<Loaded> {
    let mut found = Found { files: Vec::new(), modified: SystemTime::UNIX_EPOCH };
    found
        .folder(folder, "", 0)
        .with_context(|| format!("cannot read the folder of definitions `{}`", folder.display()))?;
    if !found.files.iter().any(|file| file.path.contains('/')) {
        bail!("no study group in `{}`: expected a folder such as sg12/ with a file group.yaml in it", folder.display());
    }
    let modified = Timestamp::try_from(found.modified.min(SystemTime::now())).context("the system's clock is off")?;
    let (definitions, mut problems) = definition::read(&folder.display().to_string(), found.files);
    let timetable = resolve(&definitions, &mut problems);
    Ok(Loaded { problems, timetable, modified })
}

/// Whether a file is a definition, or was meant as one: `x.yaml`, and `x.yml`, `x.YAML`, `x.yaml.txt`, which are
/// reported. What an editor leaves behind (`x.yaml~`, `x.yaml.bak`) is neither.
fn is_meant_as_yaml(name: &str) -> bool {
    let lower = name.to_lowercase();
    let stem = lower.strip_suffix(".txt").unwrap_or(&lower);
    stem.ends_with(".yaml") || stem.ends_with(".yml")
}

struct Found {
    files: Vec<File>,
    modified: SystemTime,
}

impl Found {
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
                if about.len() > MOST_OCTETS {
                    bail!("{below} is larger than {MOST_OCTETS} octets");
                }
                self.modified = self.modified.max(about.modified()?);
                self.files.push(File { bytes: fs::read(&path).with_context(|| below.clone())?, path: below });
            }
        }
        Ok(())
    }
}
