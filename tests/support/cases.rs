//! The cases of `tests/golden`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use convene::revision::Release;

use crate::support::{addresses, files, get, release, repository, site};

/// A case of `tests/golden`.
pub struct Case {
    /// Its name.
    pub name: String,
    folder: PathBuf,
    /// Its definitions.
    pub meetings: PathBuf,
    pub instant: String,
}

/// Every case.
pub fn cases() -> Vec<Case> {
    let folder = repository().join("tests/golden");
    let mut cases: Vec<Case> = fs::read_dir(&folder)
        .expect("tests/golden")
        .map(|entry| entry.expect("a case").path())
        .filter(|folder| folder.is_dir())
        .map(|folder| {
            let own = folder.join("meetings");
            Case {
                name: folder.file_name().expect("a name").to_string_lossy().into_owned(),
                meetings: if own.exists() { own } else { repository().join("meetings") },
                instant: fs::read_to_string(folder.join("instant")).expect("a file `instant`").trim().to_owned(),
                folder,
            }
        })
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(cases.len() >= 3, "the cases are gone");
    cases
}

impl Case {
    /// Returns its release.
    pub fn release(&self) -> Release {
        release(files(&self.meetings), &self.instant)
    }

    /// Returns the addresses that it keeps of feeds of the builder.
    pub fn picked(&self) -> Vec<String> {
        let more = fs::read_to_string(self.folder.join("more")).unwrap_or_default();
        more.lines().filter(|name| name.contains("/follow/")).map(str::to_owned).collect()
    }

    /// Returns the feeds that it keeps, by file name.
    pub fn kept(&self, release: &Release) -> BTreeMap<String, Vec<u8>> {
        let listed = |file: &str| fs::read_to_string(self.folder.join(file)).unwrap_or_default();
        let (only, more) = (listed("only"), listed("more"));
        let has_language = |name: &str| name.rsplit('/').next().is_some_and(|file| file.matches('.').count() > 1);
        let service = site(release);
        let mut kept = BTreeMap::new();
        let known: BTreeMap<String, String> = addresses(release).into_iter().collect();
        for (name, path) in &known {
            if only.is_empty() && !has_language(name) {
                kept.insert(name.clone(), get(&service, path).body);
            }
        }
        for name in only.lines().chain(more.lines()) {
            let path = known.get(name).cloned().unwrap_or_else(|| format!("/{name}"));
            kept.insert(name.to_owned(), get(&service, &path).body);
        }
        kept
    }

    pub fn feeds(&self) -> PathBuf {
        self.folder.join("feeds")
    }
}
