//! From definitions as written to the timetable as meant, or all the problems.
//!
//! `None` from any function here means that an error has been reported. Past this module nothing can fail.

mod clashes;
mod clock;
mod deadlines;
mod delegates;
mod group;
mod identity;
mod meeting;
mod names;
mod occasions;
mod reading;
mod resolver;
mod rule;
mod series;
mod sessions;
mod slots;
mod texts;
mod venues;
mod zones;

use std::collections::BTreeMap;

use crate::definition::{Definitions, Entries, Located};
use crate::problem::{Place, Problem, Problems};
use crate::timetable::Timetable;
pub use resolver::{Places, Resolver};

/// What the definitions mean. Adds what is wrong to `problems`, and returns a timetable if none of them is an error.
pub fn resolve(definitions: &Definitions, problems: &mut Problems) -> Option<Timetable> {
    Resolver::default().resolve(definitions, problems)
}

/// Values that may stand once only, each with the place where it stands first.
struct Seen<T>(BTreeMap<T, Place>);

impl<T: Ord> Seen<T> {
    fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// Adds a value unless it stands there already, which it reports. Whether it was new.
    fn is_new(&mut self, value: Located<T>, what: &str, problems: &mut Problems) -> bool {
        let is_new = !self.is_repeated(&value, what, problems);
        if is_new {
            self.0.insert(value.value, value.place);
        }
        is_new
    }

    /// Whether a value stands there already; reports it if so.
    fn is_repeated(&self, value: &Located<T>, what: &str, problems: &mut Problems) -> bool {
        let first = self.0.get(&value.value);
        if let Some(first) = first {
            problems.push(twice(&value.place, what, first));
        }
        first.is_some()
    }
}

fn twice(place: &Place, what: &str, first: &Place) -> Problem {
    Problem::error(place, format!("{what} stands here twice"))
        .label("expected it once")
        .related(first, "first here")
        .help("remove one of the two")
}

/// Whether a section of group.yaml is known in full: left out, or read without a fault. Names of one that is not are
/// not blamed on those who use them: the fault has been reported.
fn is_known<K, V>(section: Option<&Entries<K, V>>, is_written: bool) -> bool {
    section.map_or(!is_written, |entries| entries.is_whole)
}
