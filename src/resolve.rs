//! Resolves definitions as written to the timetable as meant, or reports all problems.
//!
//! `None` from any function here means that an error has been reported. Later modules cannot fail.

mod addresses;
mod bodies;
mod clashes;
mod clock;
mod context;
mod day_parts;
mod deadlines;
mod delegates;
mod exceptions;
mod following;
mod group;
mod identity;
mod meeting;
mod meeting_dates;
mod names;
mod notices;
mod overrides;
mod resolver;
mod rule;
mod scopes;
mod series;
mod sessions;
mod slots;
mod texts;
mod uid_registry;
mod venues;
mod zones;

use std::collections::BTreeMap;

use crate::definition::{Definitions, Entries, Spanned};
use crate::problem::{Problem, Problems, Span};
use crate::timetable::Timetable;
pub use resolver::{DefinedSpans, Resolver};

/// Resolves definitions to a timetable. Adds the problems found to `problems`, and returns `None` if any of them is
/// an error.
///
/// ```
/// use convene::definition::{self, DefinitionFile};
/// use convene::resolve::resolve;
///
/// let group = r"
/// short: SG12
/// name: Study Group 12
/// timezone: Europe/Zurich
/// languages: [en]
/// uid-domain: sg12.itu.example
/// questions: {Q12: {name: Quality of service}}
/// ";
/// let (definitions, mut problems) = definition::read("meetings", vec![DefinitionFile::new("sg12/group.yaml", group)]);
/// let timetable = resolve(&definitions, &mut problems).expect("no errors");
/// assert_eq!(timetable.groups[0].bodies[1].name.as_str(), "Q12");
/// ```
pub fn resolve(definitions: &Definitions, problems: &mut Problems) -> Option<Timetable> {
    Resolver::default().resolve(definitions, problems)
}

/// Values that must be unique, each with the span of the first.
struct UniqueValues<T>(BTreeMap<T, Span>);

impl<T: Ord> UniqueValues<T> {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Adds a value, or reports it if it is a duplicate. Returns `true` if it was added.
    fn insert(&mut self, value: Spanned<T>, what: &str, problems: &mut Problems) -> bool {
        let is_new = !self.report_duplicate(&value, what, problems);
        if is_new {
            self.0.insert(value.value, value.span);
        }
        is_new
    }

    /// Reports a value that is a duplicate. Returns `true` if it is.
    fn report_duplicate(&self, value: &Spanned<T>, what: &str, problems: &mut Problems) -> bool {
        let first = self.0.get(&value.value);
        if let Some(first) = first {
            problems.push(duplicate(&value.span, what, first));
        }
        first.is_some()
    }
}

fn duplicate(span: &Span, what: &str, first: &Span) -> Problem {
    // Two sessions with one id are seldom one too many.
    let help = if what.starts_with("id ") { "give one of the two another id" } else { "remove one of the two" };
    Problem::error(span, format!("duplicate {what}")).label("expected it once").related(first, "first here").help(help)
}

/// Returns `true` if a section of group.yaml is fully known: left out, or read without an error. If it is not, its
/// names are not reported as unknown where they are used, because the error has been reported.
fn is_section_complete<K, V>(section: Option<&Entries<K, V>>, is_written: bool) -> bool {
    section.map_or(!is_written, |entries| entries.is_whole)
}
