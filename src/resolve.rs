//! From definitions as written to the timetable as meant, or all the problems.
//!
//! `None` from any function here means that an error has been reported. Past this module nothing can fail.

mod deadlines;
mod delegates;
mod group;
mod meeting;
mod names;
mod sessions;
mod texts;

use crate::definition::{Definitions, Entries, Located};
use crate::problem::{Problem, Problems};
use crate::timetable::{Group, Timetable};

/// What the definitions mean. Adds what is wrong to `problems`, and returns a timetable if none of them is an error.
pub fn resolve(definitions: &Definitions, problems: &mut Problems) -> Option<Timetable> {
    let groups: Vec<Option<Group>> = definitions.groups.iter().map(|folder| group::resolve(folder, problems)).collect();
    group::short_names_are_unique(&definitions.groups, problems);
    let groups: Vec<Group> = groups.into_iter().flatten().collect();
    let all_known = !definitions.incomplete && groups.len() == definitions.groups.len();
    let delegates = delegates::resolve(&definitions.delegates, &groups, all_known, problems);
    (!problems.stop_a_release()).then_some(Timetable { groups, delegates })
}

/// Adds `value` to what was seen unless it stands there already, which it reports. Whether it was new.
fn is_new<T: PartialEq>(value: Located<T>, seen: &mut Vec<Located<T>>, what: &str, problems: &mut Problems) -> bool {
    let is_new = !is_repeated(&value, seen, what, problems);
    if is_new {
        seen.push(value);
    }
    is_new
}

/// Whether a section of group.yaml is known in full: left out, or read without a fault. Names of one that is not are
/// not blamed on those who use them: the fault has been reported.
fn is_known<K, V>(section: Option<&Entries<K, V>>, is_written: bool) -> bool {
    section.map_or(!is_written, |entries| entries.is_whole)
}

/// Whether `value` stands in a list already; reports it if so.
fn is_repeated<T: PartialEq>(value: &Located<T>, earlier: &[Located<T>], what: &str, problems: &mut Problems) -> bool {
    let first = earlier.iter().find(|known| known.value == value.value);
    if let Some(first) = first {
        problems.push(
            Problem::error(&value.place, format!("{what} stands here twice"))
                .label("expected it once")
                .related(&first.place, "first here")
                .help("remove one of the two"),
        );
    }
    first.is_some()
}
