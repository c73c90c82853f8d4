//! Checking a folder repeatedly, with a cache, gives the same result as checking it for the first time.

use std::fs;
use std::path::PathBuf;

use convene::definition::{DefinitionFile, FolderReader};
use convene::resolve::Resolver;
use convene::timetable::Timetable;

use crate::support::cases::cases;
use crate::support::{files, repository, rewrite};

/// Returns the report of files, and the timetable that they mean.
fn checked(
    reader: &mut FolderReader,
    resolver: &mut Resolver,
    files: Vec<DefinitionFile>,
) -> (String, Option<Timetable>) {
    let (definitions, mut problems) = reader.read(files);
    let timetable = resolver.resolve(&definitions, &mut problems);
    problems.apply_waivers();
    (problems.report(false), timetable)
}

/// A checker that checks repeatedly.
struct Known {
    reader: FolderReader,
    resolver: Resolver,
    /// The number of checks that equalled a first check.
    times: usize,
}

impl Known {
    fn check(&mut self, files: &[DefinitionFile], what: &str) {
        let anew = checked(&mut FolderReader::new("meetings"), &mut Resolver::default(), files.to_vec());
        let again = checked(&mut self.reader, &mut self.resolver, files.to_vec());
        assert_eq!(again.0, anew.0, "{what}");
        assert!(again.1 == anew.1, "{what}: it means something else");
        self.times += 1;
    }
}

/// Returns every folder of definitions in the tests, valid or not.
fn folders() -> Vec<PathBuf> {
    let listed = |folder: &str| {
        let folder = repository().join(folder);
        let mut found: Vec<PathBuf> =
            fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        found.sort();
        found
    };
    let problems = listed("tests/problems").into_iter().map(|case| case.join("meetings"));
    let steps =
        listed("tests/history").into_iter().flat_map(|story| [story.join("1/meetings"), story.join("2/meetings")]);
    let golden = cases().into_iter().map(|case| case.meetings);
    problems.chain(steps).chain(golden).filter(|folder| folder.is_dir()).collect()
}

#[test]
fn checking_a_folder_again_equals_checking_it_first() {
    let mut known = Known { reader: FolderReader::new("meetings"), resolver: Resolver::default(), times: 0 };
    for folder in folders() {
        let of = |what: &str| format!("{}: {what}", folder.display());
        let all = files(&folder);
        known.check(&all, &of("in the place of others"));
        known.check(&all, &of("once more"));
        for index in 0..all.len() {
            let path = &all[index].path;
            let mut others = all.clone();
            others.remove(index);
            known.check(&others, &of(&format!("without {path}")));
            let mut edited = all.clone();
            if String::from_utf8(edited[index].bytes().expect("bytes").into()).is_ok() {
                // Lines move, and so do the positions of problems.
                rewrite(&mut edited[index], |text| format!("# A line.\n{text}"));
                known.check(&edited, &of(&format!("with a line before {path}")));
                rewrite(&mut edited[index], |text| {
                    text.lines().take(8).fold(String::new(), |all, line| all + line + "\n")
                });
                known.check(&edited, &of(&format!("with the beginning of {path}")));
            }
            known.check(&all, &of(&format!("with {path} as it was")));
        }
    }
    assert!(known.times > 500, "{} checks", known.times);
}
