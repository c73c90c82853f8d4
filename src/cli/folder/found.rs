//! What is in a folder that may be a definition. Whatever else lies there stops nothing.

use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::FolderFault;
use crate::definition::MAX_FILE_BYTES;
use crate::id::Id;

/// Deepest folder that is looked into, against links that lead in circles. What lies deeper than a study group's files
/// is reported down to here.
const MOST_LEVELS: usize = 4;

/// What is in a folder that may be a definition.
#[derive(Default)]
pub(super) struct FolderContents {
    pub(super) files: Vec<FoundFile>,
    /// Links that lead nowhere, by their paths below the folder.
    pub(super) dangling: Vec<String>,
}

/// A file that may be a definition.
pub(super) struct FoundFile {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its path below the folder.
    pub(super) below: String,
    pub(super) about: fs::Metadata,
}

impl FoundFile {
    /// One byte more than is looked at: a file that is too large is reported as such, and not read whole.
    pub(super) fn read(&self) -> io::Result<Vec<u8>> {
        let length = usize::try_from(self.about.len()).unwrap_or(MAX_FILE_BYTES).min(MAX_FILE_BYTES);
        let mut bytes = Vec::with_capacity(length + 1);
        fs::File::open(&self.path)?.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Finds what may be a definition.
pub(super) fn look_through(folder: &Path) -> Result<FolderContents, FolderFault> {
    let mut found = FolderContents::default();
    walk(folder, "", 0, &mut found).map_err(|(below, error)| FolderFault::new(folder, &below, &error))?;
    Ok(found)
}

/// Adds what is in a folder to what was found. The error has the path below the first folder. Whatever cannot be a
/// definition is passed over, whether it can be read or not, and so is what has gone since it was listed.
fn walk(folder: &Path, prefix: &str, level: usize, found: &mut FolderContents) -> Result<(), (String, io::Error)> {
    for entry in fs::read_dir(folder).map_err(|error| (prefix.to_owned(), error))? {
        let path = entry.map_err(|error| (prefix.to_owned(), error))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Hidden files are an editor's or a mounted volume's own; what a file system found again is nobody's.
        if name.starts_with('.') || name == "lost+found" {
            continue;
        }
        let below = format!("{prefix}{name}");
        let may_be_file = is_meant_as_yaml(&name);
        let may_be_group = level == 0 && Id::parse(&name).is_some();
        let about = match fs::metadata(&path) {
            Ok(about) => about,
            Err(error) if leads_nowhere(&error) => {
                if may_be_file && path.is_symlink() {
                    found.dangling.push(below);
                }
                continue;
            }
            Err(error) if may_be_file || may_be_group => return Err((below, error)),
            Err(_) => continue,
        };
        if about.is_dir() && level < MOST_LEVELS {
            match walk(&path, &format!("{below}/"), level + 1, found) {
                Err((_, error)) if leads_nowhere(&error) => {}
                // A folder that cannot be read, and that no study group can have.
                Err((at, _)) if at == format!("{below}/") && !may_be_group => {}
                other => other?,
            }
        } else if about.is_file() && may_be_file {
            found.files.push(FoundFile { path, below, about });
        }
    }
    Ok(())
}

/// Whether there is nothing at the end of a path: nothing at all, or links in a circle.
fn leads_nowhere(error: &io::Error) -> bool {
    error.kind() == ErrorKind::NotFound || error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

/// Whether a file is a definition, or was meant as one: `x.yaml`, and `x.yml`, `x.YAML`, `x.yaml.txt`, which are
/// reported. What an editor leaves behind (`x.yaml~`, `x.yaml.bak`) is neither.
fn is_meant_as_yaml(name: &str) -> bool {
    let lower = name.to_lowercase();
    let stem = lower.strip_suffix(".txt").unwrap_or(&lower);
    stem.ends_with(".yaml") || stem.ends_with(".yml")
}
