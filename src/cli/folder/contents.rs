//! Finds the files in a folder that may be definitions. Other files do no harm.

use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::FolderFault;
use crate::definition::MAX_FILE_BYTES;
use crate::id::Id;

/// The deepest level that is searched, in case links form a cycle. Files below a study group's folder are reported
/// down to here.
const MAX_LEVELS: usize = 4;

/// The files in a folder that may be definitions.
#[derive(Default)]
pub(super) struct FolderContents {
    pub(super) files: Vec<FoundFile>,
    /// Broken links, by path within the folder.
    pub(super) broken_links: Vec<String>,
}

/// A file that may be a definition.
pub(super) struct FoundFile {
    /// Its path.
    pub(super) path: PathBuf,
    /// Its path within the folder.
    pub(super) relative_path: String,
    pub(super) metadata: fs::Metadata,
}

impl FoundFile {
    /// Reads one byte more than the limit: a file that is too large is reported, and not read whole.
    pub(super) fn read(&self) -> io::Result<Vec<u8>> {
        let length = usize::try_from(self.metadata.len()).unwrap_or(MAX_FILE_BYTES).min(MAX_FILE_BYTES);
        let mut bytes = Vec::with_capacity(length + 1);
        fs::File::open(&self.path)?.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Finds the files that may be definitions.
pub(super) fn find_files(folder: &Path) -> Result<FolderContents, FolderFault> {
    let mut found = FolderContents::default();
    walk(folder, "", 0, &mut found)
        .map_err(|(relative_path, error)| FolderFault::new(folder, &relative_path, &error))?;
    Ok(found)
}

/// Adds the files of a folder. The error contains the path within the root folder. Files that cannot be definitions
/// are ignored even if they cannot be read, and so are files that were deleted meanwhile.
fn walk(folder: &Path, prefix: &str, level: usize, found: &mut FolderContents) -> Result<(), (String, io::Error)> {
    for entry in fs::read_dir(folder).map_err(|error| (prefix.to_owned(), error))? {
        let path = entry.map_err(|error| (prefix.to_owned(), error))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Hidden files belong to editors or mounted volumes; `lost+found` belongs to the file system.
        if name.starts_with('.') || name == "lost+found" {
            continue;
        }
        let relative_path = format!("{prefix}{name}");
        let may_be_file = is_meant_as_yaml(&name);
        let may_be_group = level == 0 && Id::parse(&name).is_some();
        let metadata = match fs::metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) if leads_nowhere(&error) => {
                if may_be_file && path.is_symlink() {
                    found.broken_links.push(relative_path);
                }
                continue;
            }
            Err(error) if may_be_file || may_be_group => return Err((relative_path, error)),
            Err(_) => continue,
        };
        if metadata.is_dir() && level < MAX_LEVELS {
            match walk(&path, &format!("{relative_path}/"), level + 1, found) {
                Err((_, error)) if leads_nowhere(&error) => {}
                // A folder that cannot be read, and cannot be a study group's.
                Err((at, _)) if at == format!("{relative_path}/") && !may_be_group => {}
                other => other?,
            }
        } else if metadata.is_file() && may_be_file {
            found.files.push(FoundFile { path, relative_path, metadata });
        }
    }
    Ok(())
}

/// Returns whether a path leads nowhere: it does not exist, or its links form a cycle.
fn leads_nowhere(error: &io::Error) -> bool {
    error.kind() == ErrorKind::NotFound || error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

/// Returns whether a name is that of a definition, or was meant to be: `x.yaml`, and also `x.yml`, `x.YAML` and
/// `x.yaml.txt`, which are reported. An editor's backups (`x.yaml~`, `x.yaml.bak`) are neither.
fn is_meant_as_yaml(name: &str) -> bool {
    let lower = name.to_lowercase();
    let stem = lower.strip_suffix(".txt").unwrap_or(&lower);
    stem.ends_with(".yaml") || stem.ends_with(".yml")
}
