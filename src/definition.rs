//! A folder of YAML files exactly as written: every value with its place, unknown keys refused, no meaning yet.
//!
//! Turns the texts of the files into typed definitions and the problems found on the way. Does not touch the disk
//! and does not know what a body, a meeting or a deadline has to do with another.

mod decode;
mod delegates;
mod group;
mod lookalikes;
mod meeting;
mod scalars;
mod tree;

pub use decode::{Entries, Located, OneOrMany};
pub use delegates::Delegate;
pub use group::{Audience, DeadlineRule, Group, Question, TypedText, Venue, WorkingParty};
pub use meeting::{Deadline, Documents, Interpretation, Letter, Link, Meeting, Session};
pub use scalars::{
    At, Day, DayRange, Degrees, Domain, Due, HourRange, Kind, Order, Part, Qualified, Status, Unit, Words, weekday_name,
};

use crate::body::{ID_FORM, Id, RESERVED, RESERVED_GROUPS};
use crate::problem::{Place, Problem, Problems};
use decode::Decode;

/// One file of a folder of definitions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path below the folder, with `/` between the parts: `sg12/group.yaml`.
    pub path: String,
    /// Its octets.
    pub bytes: Vec<u8>,
}

/// All definitions of a folder.
#[derive(Debug, Default, PartialEq)]
pub struct Definitions {
    /// The study groups that have a `group.yaml`, in the order of their ids.
    pub groups: Vec<GroupFolder>,
    /// The delegates.
    pub delegates: Vec<Delegate>,
    /// Whether a file of study groups could not be read at all, so that what it names is not known to be missing.
    pub incomplete: bool,
}

/// A study group with its meetings.
#[derive(Debug, PartialEq)]
pub struct GroupFolder {
    /// The folder's name.
    pub id: Id,
    /// Where the file begins, for what concerns the whole.
    pub place: Place,
    /// What `group.yaml` says.
    pub group: Group,
    /// The meetings with their ids and the places where their files begin, in the order of their ids.
    pub meetings: Vec<(Id, Place, Meeting)>,
}

/// Reads the files of a folder, whatever their order. `root` is how the user calls the folder.
pub fn read(root: &str, mut files: Vec<File>) -> (Definitions, Problems) {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let root = root.trim_end_matches('/');
    let mut problems = Problems::default();
    let mut reader = Reader::default();
    for file in files {
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        let fault = std::str::from_utf8(&file.bytes).err().map(|fault| fault.valid_up_to());
        let index = problems.sources.len();
        problems
            .sources
            .push(crate::problem::Source { path: crate::text::single_line(&format!("{root}/{}", file.path)), text });
        reader.file(&file.path, index, fault, &mut problems);
    }
    (reader.definitions(&mut problems), problems)
}

#[derive(Default)]
struct Reader {
    groups: Vec<(Id, Place, Group)>,
    meetings: Vec<(Id, Id, Place, Meeting)>,
    delegates: Vec<Delegate>,
    broken_groups: Vec<String>,
    told_folders: Vec<String>,
}

impl Reader {
    fn file(&mut self, path: &str, index: usize, fault: Option<usize>, problems: &mut Problems) {
        let begin = Place { file: index, start: 0, end: 0 };
        if !path.ends_with(".yaml") {
            if path.contains("/group.") {
                self.broken_groups.extend(path.split('/').next().map(str::to_owned));
            }
            let stem = path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
            problems.push(
                Problem::error(&begin, "this file is not looked at under its name")
                    .label("expected a name that ends in .yaml")
                    .help(format!("rename it to {}.yaml", stem.to_lowercase())),
            );
            return;
        }
        if let Some(at) = fault {
            let place = Place { file: index, start: at, end: at };
            problems.push(
                Problem::error(&place, "this file is not UTF-8 text")
                    .label("expected UTF-8, found an octet that is none")
                    .help("save the file in the encoding UTF-8"),
            );
            return self.broken(path);
        }
        let text = &problems.sources[index].text;
        let node = match tree::tree(text, index) {
            Ok(node) => node,
            Err(problem) => {
                problems.push(*problem);
                return self.broken(path);
            }
        };
        match path.strip_suffix(".yaml").unwrap_or(path).split('/').collect::<Vec<_>>()[..] {
            // The file is optional, and so is everything in it.
            ["delegates"] if node.value == tree::Value::Nothing => {}
            ["delegates"] => self.delegates = Decode::decode(&node, problems).unwrap_or_default(),
            [group, "group"] => {
                let id = self.group_id(group, &begin, problems);
                let decoded = Group::decode(&node, problems);
                match id.zip(decoded) {
                    Some((id, group)) => self.groups.push((id, begin, group)),
                    None => self.broken(path),
                }
            }
            [group, meeting] => {
                let group = self.group_id(group, &begin, problems);
                let id = meeting_id(meeting, &begin, problems);
                let meeting = Meeting::decode(&node, problems);
                if let Some(((group, id), meeting)) = group.zip(id).zip(meeting) {
                    self.meetings.push((group, id, begin, meeting));
                }
            }
            _ => problems.push(
                Problem::error(&begin, "this file is in no place that is looked at")
                    .label("expected delegates.yaml, or group.yaml and meetings in the folder of a study group")
                    .help("move it to the folder of its study group, such as sg12/"),
            ),
        }
    }

    /// The id that a folder's name is. One that is none is told once, at the first of its files.
    fn group_id(&mut self, name: &str, place: &Place, problems: &mut Problems) -> Option<Id> {
        let id = Id::from_written(name).filter(|_| !RESERVED_GROUPS.contains(&name));
        if id.is_none() && !self.told_folders.iter().any(|told| told == name) {
            self.told_folders.push(name.to_owned());
            problems.push(
                Problem::error(place, format!("the folder `{name}` cannot be the id of a study group"))
                    .label(format!("expected a folder named in {ID_FORM}"))
                    .help(format!("it may not be one of: {}", RESERVED_GROUPS.join(", "))),
            );
        }
        id
    }

    fn broken(&mut self, path: &str) {
        if let Some(group) = path.strip_suffix("/group.yaml") {
            self.broken_groups.push(group.to_owned());
        }
    }

    fn definitions(self, problems: &mut Problems) -> Definitions {
        let mut groups: Vec<GroupFolder> = self
            .groups
            .into_iter()
            .map(|(id, place, group)| GroupFolder { id, place, group, meetings: Vec::new() })
            .collect();
        for (group, id, place, meeting) in self.meetings {
            if let Some(folder) = groups.iter_mut().find(|folder| folder.id == group) {
                folder.meetings.push((id, place, meeting));
            } else if !self.broken_groups.iter().any(|broken| broken == group.as_str()) {
                problems.push(
                    Problem::error(&place, format!("the study group `{group}` has no group.yaml"))
                        .label("expected a file group.yaml beside this one, found none")
                        .help("copy the group.yaml of another study group and change it"),
                );
            }
        }
        Definitions { groups, delegates: self.delegates, incomplete: !self.broken_groups.is_empty() }
    }
}

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
