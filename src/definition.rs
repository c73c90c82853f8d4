//! A folder of YAML files exactly as written: every value with its place, unknown keys refused, no meaning yet.
//!
//! Turns the texts of the files into typed definitions and the problems found on the way. Does not touch the disk
//! and does not know what a body, a meeting or a deadline has to do with another.

mod decode;
mod delegates;
mod group;
mod lookalikes;
mod meeting;
mod record;
mod scalars;
mod schema;
mod strays;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

pub use decode::{Entries, Located, OneOrMany};
pub use delegates::{Delegate, Reminders};
pub use group::{Allow, Audience, DeadlineRule, Group, Question, TypedText, Venue, WorkingParty};
pub use meeting::{Change, Deadline, Documents, Interpretation, Letter, Link, Meeting, Session};
pub use record::KeyOf;
pub use scalars::{
    At, BodyReference, Cancelled, CancelledForMe, Count, Day, DayRange, Degrees, Domain, Due, DueDate, ForeignUid,
    Frequency, From, HourRange, Kind, Lead, Limit, Moved, Occasion, OnWeekday, Order, Part, Qualified, Reason, Repeat,
    Status, Unit, WarningName, Was, Words, is_no_reason, weekday_name,
};
pub use schema::schemas;

use crate::body::{ID_FORM, Id, RESERVED, RESERVED_GROUPS};
use crate::problem::{Place, Problem, Problems, Source};
use decode::Decode;

/// One file of a folder of definitions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path below the folder, with `/` between the parts: `sg12/group.yaml`.
    pub path: String,
    /// Its octets.
    pub bytes: Vec<u8>,
}

/// Largest file that is looked at, in octets.
pub const MOST_OCTETS: usize = 10 * 1024 * 1024;

/// All definitions of a folder.
#[derive(Debug, Default, PartialEq)]
pub struct Definitions {
    /// The study groups, in the order of their ids.
    pub groups: Vec<GroupFolder>,
    /// The delegates.
    pub delegates: Vec<Delegate>,
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
    /// Whether that file could be read at all. What it would have named is then not known to be missing.
    pub is_read: bool,
    /// The meetings, in the order of their ids.
    pub meetings: Vec<MeetingFile>,
}

/// The file of a meeting.
#[derive(Debug, PartialEq)]
pub struct MeetingFile {
    /// The file's name.
    pub id: Id,
    /// Where the file begins.
    pub place: Place,
    /// What it says.
    pub meeting: Meeting,
}

/// Reads the files of a folder, whatever their order. `root` is how the user calls the folder.
pub fn read(root: &str, mut files: Vec<File>) -> (Definitions, Problems) {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let root = root.trim_end_matches('/');
    let mut problems = Problems::default();
    let mut reader = Reader::default();
    for file in files {
        let is_small = file.bytes.len() <= MOST_OCTETS;
        let text = if is_small { String::from_utf8_lossy(&file.bytes).into_owned() } else { String::new() };
        let fault = std::str::from_utf8(&file.bytes).err().map(|fault| fault.valid_up_to()).filter(|_| is_small);
        let index = problems.sources.len();
        problems.sources.push(Source { path: crate::text::single_line(&format!("{root}/{}", file.path)), text });
        if is_small {
            reader.file(&file.path, index, fault, &mut problems);
        } else {
            let begin = Place { file: index, start: 0, end: 0 };
            problems.push(
                Problem::error(&begin, "this file is too large")
                    .label(format!("expected at most {MOST_OCTETS} octets, found more"))
                    .help("split it, or move what is no definition out of this folder"),
            );
            reader.broken(&file.path, &begin);
        }
    }
    (reader.definitions(&mut problems), problems)
}

#[derive(Default)]
struct Reader {
    groups: BTreeMap<Id, GroupFolder>,
    meetings: Vec<(Id, MeetingFile)>,
    delegates: Vec<Delegate>,
    told_folders: BTreeSet<String>,
}

impl Reader {
    fn file(&mut self, path: &str, index: usize, fault: Option<usize>, problems: &mut Problems) {
        let begin = Place { file: index, start: 0, end: 0 };
        if !path.ends_with(".yaml") {
            if path.contains("/group.") {
                let folder = path.split('/').next().unwrap_or_default();
                self.broken(&format!("{folder}/group.yaml"), &begin);
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
            return self.broken(path, &begin);
        }
        let node = match tree::tree(&problems.sources[index].text, index) {
            Ok((node, warnings)) => {
                for warning in warnings {
                    problems.push(warning);
                }
                node
            }
            Err(problem) => {
                problems.push(*problem);
                return self.broken(path, &begin);
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
                    Some((id, group)) => self.group(id, begin, group, true),
                    None => self.broken(path, &begin),
                }
            }
            [group, meeting] => {
                let group = self.group_id(group, &begin, problems);
                let id = meeting_id(meeting, &begin, problems);
                let meeting = Meeting::decode(&strays::put_right(node, problems), problems);
                if let Some(((group, id), meeting)) = group.zip(id).zip(meeting) {
                    self.meetings.push((group, MeetingFile { id, place: begin, meeting }));
                }
            }
            _ => problems.push(
                Problem::error(&begin, "this file is in no place that is looked at")
                    .label("expected delegates.yaml, or group.yaml and meetings in the folder of a study group")
                    .help("move it to the folder of its study group, such as sg12/"),
            ),
        }
    }

    fn group(&mut self, id: Id, place: Place, group: Group, is_read: bool) {
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
            self.group(id, place.clone(), Group::unread(place), false);
        }
    }

    fn definitions(mut self, problems: &mut Problems) -> Definitions {
        for (group, meeting) in self.meetings {
            let folder = self.groups.entry(group.clone()).or_insert_with(|| {
                problems.push(
                    Problem::error(&meeting.place, format!("the study group `{group}` has no group.yaml"))
                        .label("expected a file group.yaml beside this one, found none")
                        .help(format!("`convene new group {group}` writes one to fill in")),
                );
                let group_file = Group::unread(&meeting.place);
                GroupFolder {
                    id: group,
                    place: meeting.place.clone(),
                    group: group_file,
                    is_read: false,
                    meetings: Vec::new(),
                }
            });
            folder.meetings.push(meeting);
        }
        Definitions { groups: self.groups.into_values().collect(), delegates: self.delegates }
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
