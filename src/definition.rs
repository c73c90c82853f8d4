//! Definitions: a folder of YAML files as written. Every value has its span, unknown keys are errors, nothing is
//! interpreted.
//!
//! Turns the text of the files into definitions, with the problems found. Does not read the disk, and does not know
//! how bodies, meetings and deadlines are related.

mod confusables;
mod decode;
mod delegates;
mod file;
mod group;
mod meant;
mod meeting;
mod misplaced;
mod node;
mod reader;
mod record;
mod scalars;
mod schema;
mod skip;
mod yaml;

use std::sync::Arc;

pub use decode::{Entries, OneOrMany, Spanned};
pub use delegates::{Delegate, DelegatesFile, Reminders};
pub use file::DefinitionFile;
pub use group::{
    Allow, Audience, Body, DeadlineRule, Group, Kind, Localized, LocalizedName, LocalizedText, Question, Venue,
    WorkingParty,
};
pub use meeting::{Change, Deadline, Documents, Interpretation, Letter, Link, Meeting, MeetingFile, Session};
pub use reader::FolderReader;
pub use record::KeySpec;
pub use scalars::{
    BodyReference, CalendarOffset, CalendarUnit, CancellationStyle, CancelledPreference, CountedFrom, DayPart,
    DayRange, Degrees, Domain, Due, DueDate, ForeignUid, FormerId, Frequency, HourRange, LeadTime, Length,
    MeetingStart, MovedTo, NonEmptyText, OccurrenceRef, QualifiedName, Reason, RecurrenceRule, RuleEnd, SessionKind,
    SessionOrder, Status, TimeOfDay, WeekdayNum, WrittenDate, is_placeholder_reason, weekday_name,
};
pub use schema::schemas;
pub use skip::{Skip, SkipWithReason};

use crate::id::Id;
use crate::problem::{Problems, Span};

/// The largest file, in bytes.
pub const MAX_FILE_BYTES: usize = 10 * 1024 * 1024;

/// All definitions of a folder.
#[derive(Debug, Default)]
pub struct Definitions {
    /// The study groups, sorted by id.
    pub groups: Vec<GroupFolder>,
    /// The file of the delegates, if there is one.
    pub delegates: Option<DelegatesFile>,
}

/// A study group with its meetings.
#[derive(Debug)]
pub struct GroupFolder {
    /// The folder's name.
    pub id: Id,
    /// Where the group's file begins, for problems of the group as a whole.
    pub span: Span,
    /// The content of `group.yaml`.
    pub group: Arc<Group>,
    /// Whether `group.yaml` could be decoded. If not, nothing is reported as missing from it.
    pub is_decoded: bool,
    /// The meetings, sorted by id.
    pub meetings: Vec<MeetingFile>,
}

/// Reads the files of a folder, in any order. `root` is the folder's name in messages. Files of meetings and of
/// delegates are decoded later, on demand.
///
/// ```
/// use convene::definition::{self, DefinitionFile};
///
/// let file = DefinitionFile::new("sg12/group.yaml", "short: SG12\nlanguage: en\n");
/// let (definitions, problems) = definition::read("meetings", vec![file]);
/// assert_eq!(definitions.groups[0].id.as_str(), "sg12");
/// assert!(problems.report(false).contains("did you mean `languages`?"));
/// ```
pub fn read(root: &str, files: Vec<DefinitionFile>) -> (Definitions, Problems) {
    FolderReader::new(root).read(files)
}

/// Parses the text of a file. Returns `None` if its syntax is invalid, which is reported.
fn parse_tree(text: &str, file: usize, problems: &mut Problems) -> Option<node::Node> {
    match yaml::parse(text, file) {
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
