//! Finds out what each file of a folder is, and reads those of study groups.
//!
//! Keeps what it found from one reading of a folder to the next: a file that has not changed is not looked at again, and every
//! file keeps the number by which places name it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::decode::Decode;
use super::{Definitions, DelegatesFile, File, Group, GroupFolder, MOST_OCTETS, MeetingFile};
use crate::body::{ID_FORM, Id, RESERVED, RESERVED_GROUPS};
use crate::problem::{Place, Problem, Problems, Source};

/// The path of the delegates' file.
const DELEGATES: &str = "delegates.yaml";

/// Reads a folder, time after time.
pub struct Reader {
    root: String,
    /// By path.
    known: BTreeMap<String, Known>,
    /// The files that there are or were.
    sources: Vec<Source>,
}

/// What is known of a file.
struct Known {
    /// A digest of its octets; none where it is gone.
    digest: Option<[u8; 32]>,
    /// Its number among the sources.
    number: usize,
    /// What a study group's own file came to.
    own: Option<OwnFile>,
}

/// What a study group's own file says, and what is wrong in it.
struct OwnFile {
    group: Option<Arc<Group>>,
    problems: Problems,
}

impl Reader {
    /// For a folder that the user calls so.
    pub fn of(root: &str) -> Self {
        let root = root.trim_end_matches('/').to_owned();
        Self { root, known: BTreeMap::new(), sources: Vec::new() }
    }

    /// Reads the files of the folder, whatever their order. Those of meetings and of delegates are looked into when they are
    /// asked what they say.
    pub fn read(&mut self, mut files: Vec<File>) -> (Definitions, Problems) {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        self.number(&files);
        let mut found = Found::default();
        let mut problems = Problems::of(self.sources.clone());
        for file in &files {
            self.file(file, &mut found, &mut problems);
        }
        (found.definitions(&mut problems), problems)
    }

    /// Numbers the files that are new, and forgets those that are gone.
    fn number(&mut self, files: &[File]) {
        let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        for (_, known) in self.known.iter_mut().filter(|(path, _)| !paths.contains(path.as_str())) {
            // It keeps its number, should it come back.
            self.sources[known.number].text = Arc::default();
            *known = Known { digest: None, number: known.number, own: None };
        }
        for file in files {
            let number = match self.known.get(&file.path) {
                Some(known) if known.digest == Some(file.digest()) => continue,
                Some(known) => known.number,
                None => {
                    let path = crate::text::single_line(&format!("{}/{}", self.root, file.path));
                    self.sources.push(Source { path, text: Arc::default() });
                    self.sources.len() - 1
                }
            };
            // There may be very many delegates, and hardly ever does anybody ask what was written of them.
            let octets = file.at_hand().filter(|octets| octets.len() <= MOST_OCTETS && file.path != DELEGATES);
            self.sources[number].text = octets.map(|octets| String::from_utf8_lossy(octets).into()).unwrap_or_default();
            self.known.insert(file.path.clone(), Known { digest: Some(file.digest()), number, own: None });
        }
    }

    fn file(&mut self, file: &File, found: &mut Found, problems: &mut Problems) {
        let Some(known) = self.known.get_mut(&file.path) else { return };
        let begin = Place { file: known.number, start: 0, end: 0 };
        let path = file.path.as_str();
        // What was left elsewhere was found to be good.
        let octets = file.at_hand().map_or(&[][..], |octets| octets);
        if octets.len() > MOST_OCTETS {
            problems.push(
                Problem::error(&begin, "this file is too large")
                    .label(format!("expected at most {MOST_OCTETS} octets, found more"))
                    .help("split it, or move what is no definition out of this folder"),
            );
            return found.broken(path, &begin);
        }
        if !path.ends_with(".yaml") {
            if path.contains("/group.") {
                let folder = path.split('/').next().unwrap_or_default();
                found.broken(&format!("{folder}/group.yaml"), &begin);
            }
            let stem = path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
            problems.push(
                Problem::error(&begin, "this file is not looked at under its name")
                    .label("expected a name that ends in .yaml")
                    .help(format!("rename it to {}.yaml", stem.to_lowercase())),
            );
            return;
        }
        if let Err(fault) = std::str::from_utf8(octets) {
            problems.sources[known.number].text = String::from_utf8_lossy(octets).into();
            let at = fault.valid_up_to();
            problems.push(
                Problem::error(&Place { start: at, end: at, ..begin.clone() }, "this file is not UTF-8 text")
                    .label("expected UTF-8, found an octet that is none")
                    .help("save the file in the encoding UTF-8"),
            );
            return found.broken(path, &begin);
        }
        found.readable((file, &self.sources[known.number].text), &begin, &mut known.own, problems);
    }
}

/// What was found in a folder.
#[derive(Default)]
struct Found {
    groups: BTreeMap<Id, GroupFolder>,
    meetings: Vec<(Id, MeetingFile)>,
    delegates: Option<DelegatesFile>,
    told_folders: BTreeSet<String>,
}

impl Found {
    fn readable(
        &mut self,
        (file, text): (&File, &Arc<str>),
        begin: &Place,
        known: &mut Option<OwnFile>,
        problems: &mut Problems,
    ) {
        let path = file.path.as_str();
        match path.strip_suffix(".yaml").unwrap_or(path).split('/').collect::<Vec<_>>()[..] {
            ["delegates"] => self.delegates = Some(DelegatesFile::of(file.clone(), begin.file)),
            [group, "group"] => {
                let id = self.group_id(group, begin, problems);
                let own = known.get_or_insert_with(|| OwnFile::of(text, begin));
                problems.absorb(&own.problems);
                match id.zip(own.group.clone()) {
                    Some((id, group)) => self.group(id, begin.clone(), group, true),
                    None => self.broken(path, begin),
                }
            }
            [group, meeting] => {
                let group = self.group_id(group, begin, problems);
                let id = meeting_id(meeting, begin, problems);
                let of = |id| MeetingFile::of(id, Arc::clone(text), file.digest(), begin.clone());
                if let Some((group, id)) = group.zip(id) {
                    self.meetings.push((group, of(id)));
                } else if let Some(unnamed) = Id::from_written("unnamed") {
                    // What it says is looked at all the same.
                    of(unnamed).meeting(problems);
                }
            }
            _ => problems.push(
                Problem::error(begin, "this file is in no place that is looked at")
                    .label("expected delegates.yaml, or group.yaml and meetings in the folder of a study group")
                    .help("move it to the folder of its study group, such as sg12/"),
            ),
        }
    }

    fn group(&mut self, id: Id, place: Place, group: Arc<Group>, is_read: bool) {
        let folder = GroupFolder { id: id.clone(), place, group, is_read, meetings: Vec::new() };
        self.groups.insert(id, folder);
    }

    /// The id that a folder's name is. One that is none is told once, at the first of its files.
    fn group_id(&mut self, name: &str, place: &Place, problems: &mut Problems) -> Option<Id> {
        let id = Id::from_written(name).filter(|_| !RESERVED_GROUPS.contains(&name));
        if id.is_none() && self.told_folders.insert(name.to_owned()) {
            problems.push(
                Problem::error(place, format!("the folder `{name}` cannot be the id of a study group"))
                    .label(format!("expected a folder named in {ID_FORM}"))
                    .help(format!("it may not be one of: {}", RESERVED_GROUPS.join(", "))),
            );
        }
        id
    }

    /// Keeps a study group whose file could not be read: what its meetings say is checked all the same.
    fn broken(&mut self, path: &str, place: &Place) {
        if let Some(id) = path.strip_suffix("/group.yaml").and_then(Id::from_written) {
            self.group(id, place.clone(), Arc::new(Group::unread(place)), false);
        }
    }

    fn definitions(mut self, problems: &mut Problems) -> Definitions {
        for (group, meeting) in self.meetings {
            let folder = self.groups.entry(group.clone()).or_insert_with(|| {
                let place = meeting.place().clone();
                problems.push(
                    Problem::error(&place, format!("the study group `{group}` has no group.yaml"))
                        .label("expected a file group.yaml beside this one, found none")
                        .help(format!("`convene new group {group}` writes one to fill in")),
                );
                let group_file = Arc::new(Group::unread(&place));
                GroupFolder { id: group, place, group: group_file, is_read: false, meetings: Vec::new() }
            });
            folder.meetings.push(meeting);
        }
        Definitions { groups: self.groups.into_values().collect(), delegates: self.delegates }
    }
}

impl OwnFile {
    fn of(text: &str, begin: &Place) -> Self {
        let mut problems = Problems::default();
        let node = super::node(text, begin.file, &mut problems);
        let group = node.and_then(|node| Group::decode(&node, &mut problems)).map(Arc::new);
        Self { group, problems }
    }
}

/// The id that the name of a meeting's file is.
fn meeting_id(name: &str, place: &Place, problems: &mut Problems) -> Option<Id> {
    let id = Id::from_written(name).filter(|_| !RESERVED.contains(&name));
    if id.is_none() {
        problems.push(
            Problem::error(place, format!("the file name `{name}` cannot be the id of a meeting"))
                .label(format!("expected a file named in {ID_FORM}, such as 2025-01-geneva.yaml"))
                .help(format!("it may not be one of: {}", RESERVED.join(", "))),
        );
    }
    id
}
