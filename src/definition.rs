//! A folder of YAML files exactly as written: every value with its place, unknown keys refused, no meaning yet.
//!
//! Turns the texts of the files into typed definitions and the problems found on the way. Does not touch the disk
//! and does not know what a body, a meeting or a deadline has to do with another.

mod decode;
mod delegates;
mod file;
mod group;
mod lookalikes;
mod meeting;
mod reader;
mod record;
mod scalars;
mod schema;
mod strays;
mod tree;

use std::sync::Arc;

pub use decode::{Entries, Located, OneOrMany};
pub use delegates::{Delegate, DelegatesFile, Reminders};
pub use file::File;
pub use group::{Allow, Audience, DeadlineRule, Group, Question, TypedText, Venue, WorkingParty};
pub use meeting::{Change, Deadline, Documents, Interpretation, Letter, Link, Meeting, MeetingFile, Session};
pub use reader::Reader;
pub use record::KeyOf;
pub use scalars::{
    At, BodyReference, Cancelled, CancelledForMe, Count, Day, DayRange, Degrees, Domain, Due, DueDate, ForeignUid,
    Frequency, From, HourRange, Kind, Lead, Limit, Moved, Occasion, OnWeekday, Order, Part, Qualified, Reason, Repeat,
    Status, Unit, WarningName, Was, Words, is_no_reason, weekday_name,
};
pub use schema::schemas;

use crate::body::Id;
use crate::problem::{Place, Problems};

/// Largest file that is looked at, in octets.
pub const MOST_OCTETS: usize = 10 * 1024 * 1024;

/// All definitions of a folder.
#[derive(Debug, Default)]
pub struct Definitions {
    /// The study groups, in the order of their ids.
    pub groups: Vec<GroupFolder>,
    /// The delegates, if there is a file of them.
    pub delegates: Option<DelegatesFile>,
}

/// A study group with its meetings.
#[derive(Debug)]
pub struct GroupFolder {
    /// The folder's name.
    pub id: Id,
    /// Where the file begins, for what concerns the whole.
    pub place: Place,
    /// What `group.yaml` says.
    pub group: Arc<Group>,
    /// Whether that file could be read at all. What it would have named is then not known to be missing.
    pub is_read: bool,
    /// The meetings, in the order of their ids.
    pub meetings: Vec<MeetingFile>,
}

/// Reads the files of a folder, whatever their order. `root` is how the user calls the folder. Those of meetings and of
/// delegates are looked into when they are asked what they say.
pub fn read(root: &str, files: Vec<File>) -> (Definitions, Problems) {
    Reader::of(root).read(files)
}

/// The tree that the text of a file is, and what is wrong with its form; none where that broke.
fn node(text: &str, file: usize, problems: &mut Problems) -> Option<tree::Node> {
    match tree::tree(text, file) {
        Ok((node, warnings)) => {
            problems.extend(warnings);
            Some(node)
        }
        Err(problem) => {
            problems.push(*problem);
            None
        }
    }
}
