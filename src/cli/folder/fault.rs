//! Why a folder of definitions cannot be read.

use std::fmt;
use std::io;
use std::path::Path;

/// Why a folder of definitions cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct FolderFault {
    /// The path that cannot be read, as the user may open it: `meetings/sg12/group.yaml`.
    pub(in crate::cli) path: String,
    /// The reason: `Permission denied`.
    pub(in crate::cli) why: String,
    message: String,
}

impl FolderFault {
    pub(in crate::cli) fn new(folder: &Path, below: &str, error: &io::Error) -> Self {
        let root = folder.display();
        let (path, at) = match below.trim_end_matches('/') {
            "" => (root.to_string(), String::new()),
            below => (format!("{}/{below}", root.to_string().trim_end_matches('/')), format!("{below}: ")),
        };
        let message = format!("cannot read the folder of definitions `{root}`: {at}{error}");
        // Without the error number, which helps nobody.
        let why = error.to_string().split(" (os error").next().unwrap_or_default().to_owned();
        Self { path: crate::text::Line::clean(&path).into(), why, message }
    }

    pub(in crate::cli) fn keeps_changing(path: &Path) -> Self {
        let path = crate::text::Line::clean(&path.display().to_string());
        let message = format!("`{path}` keeps changing: it is published once it has settled");
        Self { path: path.into(), why: "it keeps changing".to_owned(), message }
    }

    pub(super) fn without_groups(folder: &Path) -> Self {
        let path = folder.display().to_string();
        let message =
            format!("no study group in `{path}`: expected a folder such as sg12/ with a file group.yaml in it");
        Self { path, why: "no study group in it".to_owned(), message }
    }
}

impl fmt::Display for FolderFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for FolderFault {}
