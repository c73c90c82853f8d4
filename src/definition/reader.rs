//! Finds out what each file of a folder is, and decodes the files of study groups.
//!
//! Keeps its results between readings of a folder: a file that has not changed is not decoded again, and every file
//! keeps the index that spans refer to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::decode::Decode;
use super::{DefinitionFile, Definitions, DelegatesFile, Group, GroupFolder, MAX_FILE_BYTES, MeetingFile};
use crate::id::{ID_FORM, Id, RESERVED, RESERVED_GROUPS};
use crate::problem::{Problem, Problems, Source, Span};
use crate::text::UiLanguage;

/// The path of the delegates' file.
const DELEGATES: &str = "delegates.yaml";

/// Reads a folder again and again.
pub struct FolderReader {
    root: String,
    /// By path.
    known: BTreeMap<String, KnownFile>,
    /// Every file that exists or has existed.
    sources: Vec<Source>,
}

/// What is known of a file.
struct KnownFile {
    /// The SHA-256 of its bytes; `None` if it was removed.
    digest: Option<[u8; 32]>,
    /// Its index among the sources.
    index: usize,
    /// Whether its bytes are known to be UTF-8.
    is_utf8: bool,
    /// The decoded `group.yaml`, if it is one.
    own: Option<GroupFile>,
}

/// A decoded `group.yaml`, with its problems.
struct GroupFile {
    group: Option<Arc<Group>>,
    problems: Problems,
}

impl FolderReader {
    /// Creates a reader. `root` is the folder's name in messages.
    pub fn new(root: &str) -> Self {
        let root = root.trim_end_matches('/').to_owned();
        Self { root, known: BTreeMap::new(), sources: Vec::new() }
    }

    /// Reads the files of the folder, in any order. Files of meetings and of delegates are decoded later, on demand.
    pub fn read(&mut self, mut files: Vec<DefinitionFile>) -> (Definitions, Problems) {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        self.assign_indices(&files);
        let mut found = FoundDefinitions::default();
        let mut problems = Problems::new(self.sources.clone());
        for file in &files {
            self.read_file(file, &mut found, &mut problems);
        }
        (found.into_definitions(&mut problems), problems)
    }

    /// Assigns an index to each new file, and unloads removed ones.
    fn assign_indices(&mut self, files: &[DefinitionFile]) {
        let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        for (_, known) in self.known.iter_mut().filter(|(path, _)| !paths.contains(path.as_str())) {
            // It keeps its index, in case it comes back.
            self.sources[known.index].text = Arc::default();
            *known = KnownFile { digest: None, index: known.index, is_utf8: false, own: None };
        }
        for file in files {
            let number = match self.known.get(&file.path) {
                Some(known) if known.digest == Some(file.digest()) => continue,
                Some(known) => known.index,
                None => {
                    let path = crate::text::Line::clean(&format!("{}/{}", self.root, file.path));
                    self.sources.push(Source { path: path.into(), text: Arc::default() });
                    self.sources.len() - 1
                }
            };
            // The text of this file is large, and rarely needed.
            let bytes = file.loaded_bytes().filter(|bytes| bytes.len() <= MAX_FILE_BYTES && file.path != DELEGATES);
            self.sources[number].text = bytes.map(|bytes| String::from_utf8_lossy(bytes).into()).unwrap_or_default();
            let known = KnownFile { digest: Some(file.digest()), index: number, is_utf8: false, own: None };
            self.known.insert(file.path.clone(), known);
        }
    }

    fn read_file(&mut self, file: &DefinitionFile, found: &mut FoundDefinitions, problems: &mut Problems) {
        let Some(known) = self.known.get_mut(&file.path) else { return };
        let begin = Span { file: known.index, start: 0, end: 0 };
        let path = file.path.as_str();
        // Only files without problems are unloaded.
        let bytes = file.loaded_bytes().map_or(&[][..], |bytes| bytes);
        if bytes.len() > MAX_FILE_BYTES {
            problems.push(
                Problem::error(&begin, "file too large")
                    .label(format!("expected at most {MAX_FILE_BYTES} bytes"))
                    .help("split it, or move it out of this folder if it is not a definition"),
            );
            return found.add_undecoded_group(path, &begin);
        }
        if !path.ends_with(".yaml") {
            if path.contains("/group.") {
                let folder = path.split('/').next().unwrap_or_default();
                found.add_undecoded_group(&format!("{folder}/group.yaml"), &begin);
            }
            let stem = path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
            problems.push(
                Problem::error(&begin, "this file is ignored because of its name")
                    .label("expected a name that ends in .yaml")
                    .help(format!("rename it to {}.yaml", stem.to_lowercase())),
            );
            return;
        }
        // The delegates' file may be very large, and seldom changes.
        let checked = if known.is_utf8 { Ok("") } else { std::str::from_utf8(bytes) };
        if let Err(fault) = checked {
            problems.sources[known.index].text = String::from_utf8_lossy(bytes).into();
            let at = fault.valid_up_to();
            problems.push(
                Problem::error(&Span { start: at, end: at, ..begin.clone() }, "invalid UTF-8")
                    .label("expected UTF-8 text, found an invalid byte")
                    .help("save the file as UTF-8"),
            );
            return found.add_undecoded_group(path, &begin);
        }
        known.is_utf8 = true;
        found.add_file(file, &self.sources[known.index].text, known, problems);
    }
}

/// The definitions found in a folder.
#[derive(Default)]
struct FoundDefinitions {
    groups: BTreeMap<Id, GroupFolder>,
    meetings: Vec<(Id, MeetingFile)>,
    delegates: Option<DelegatesFile>,
    reported_folders: BTreeSet<String>,
}

impl FoundDefinitions {
    fn add_file(&mut self, file: &DefinitionFile, text: &Arc<str>, known: &mut KnownFile, problems: &mut Problems) {
        let begin = &Span { file: known.index, start: 0, end: 0 };
        let path = file.path.as_str();
        match path.strip_suffix(".yaml").unwrap_or(path).split('/').collect::<Vec<_>>()[..] {
            ["delegates"] => self.delegates = Some(DelegatesFile::new(file.clone(), begin.file)),
            [group, "group"] => {
                let id = self.group_id(group, begin, problems);
                let own = known.own.get_or_insert_with(|| GroupFile::decode(text, begin));
                problems.merge(&own.problems);
                match id.zip(own.group.clone()) {
                    Some((id, group)) => self.add_group(id, begin.clone(), group, true),
                    None => self.add_undecoded_group(path, begin),
                }
            }
            [group, meeting] => {
                let group = self.group_id(group, begin, problems);
                let id = meeting_id(meeting, begin, problems);
                let of = |id| MeetingFile::new(id, Arc::clone(text), file.digest(), begin.clone());
                if let Some((group, id)) = group.zip(id) {
                    self.meetings.push((group, of(id)));
                } else if let Some(unnamed) = Id::parse("unnamed") {
                    // Its content is checked all the same.
                    of(unnamed).decode(problems);
                }
            }
            _ => problems.push(
                Problem::error(begin, "this file is ignored because of its place")
                    .label("expected delegates.yaml here, or group.yaml and meetings in a study group's folder")
                    .help("move it to the folder of its study group, such as sg12/"),
            ),
        }
    }

    fn add_group(&mut self, id: Id, span: Span, group: Arc<Group>, is_read: bool) {
        let folder = GroupFolder { id: id.clone(), span, group, is_decoded: is_read, meetings: Vec::new() };
        self.groups.insert(id, folder);
    }

    /// Returns the id of a folder. An invalid one is reported once, for the first of its files.
    fn group_id(&mut self, name: &str, span: &Span, problems: &mut Problems) -> Option<Id> {
        let reserved: Vec<&str> = RESERVED_GROUPS.into_iter().chain(UiLanguage::tags()).collect();
        let id = Id::parse(name).filter(|_| !reserved.contains(&name));
        if id.is_none() && self.reported_folders.insert(name.to_owned()) {
            problems.push(
                Problem::error(span, format!("invalid study group id `{name}`"))
                    .label(format!("expected a folder name of {ID_FORM}"))
                    .help(format!("these names are reserved: {}", reserved.join(", "))),
            );
        }
        id
    }

    /// Adds a study group whose file could not be decoded, so that its meetings are checked all the same.
    fn add_undecoded_group(&mut self, path: &str, span: &Span) {
        if let Some(id) = path.strip_suffix("/group.yaml").and_then(Id::parse) {
            self.add_group(id, span.clone(), Arc::new(Group::unread(span)), false);
        }
    }

    fn into_definitions(mut self, problems: &mut Problems) -> Definitions {
        for (group, meeting) in self.meetings {
            let folder = self.groups.entry(group.clone()).or_insert_with(|| {
                let span = meeting.span().clone();
                problems.push(
                    Problem::error(&span, format!("missing group.yaml for the study group `{group}`"))
                        .label("expected a file group.yaml beside this one")
                        .help(format!("`convene new group {group}` writes a template")),
                );
                let group_file = Arc::new(Group::unread(&span));
                GroupFolder { id: group, span, group: group_file, is_decoded: false, meetings: Vec::new() }
            });
            folder.meetings.push(meeting);
        }
        Definitions { groups: self.groups.into_values().collect(), delegates: self.delegates }
    }
}

impl GroupFile {
    fn decode(text: &str, begin: &Span) -> Self {
        let mut problems = Problems::default();
        let node = super::parse_tree(text, begin.file, &mut problems);
        let group = node.and_then(|node| Group::decode(&node, &mut problems)).map(Arc::new);
        Self { group, problems }
    }
}

/// Returns the id of a meeting's file.
fn meeting_id(name: &str, span: &Span, problems: &mut Problems) -> Option<Id> {
    let id = Id::parse(name).filter(|_| !RESERVED.contains(&name));
    if id.is_none() {
        problems.push(
            Problem::error(span, format!("invalid meeting id `{name}`"))
                .label(format!("expected a file name of {ID_FORM}, such as 2025-01-geneva.yaml"))
                .help("write each meeting into a file of its own, which has the name of the meeting")
                .help(format!("these names are reserved: {}", RESERVED.join(", "))),
        );
    }
    id
}
