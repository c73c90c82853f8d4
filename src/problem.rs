//! Faults of the editor, each with its place: turns what a check found into the text a secretary reads.
//!
//! A *problem* is the editor's, in a definition, and there may be many at a time; an *error* is the world's
//! (disk, port) and is none of this module's business. Knows nothing of YAML or of meetings.

mod machine;
mod positions;
mod report;
mod suggestion;
pub mod waiver;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use positions::Positions;
pub use suggestion::suggestion;
pub(crate) use suggestion::{near, nearest};
pub use waiver::Waiver;

/// One file of definitions, as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path as the user may open it, for example `meetings/sg12/group.yaml`.
    pub path: String,
    /// The whole text.
    pub text: Arc<str>,
}

impl Source {
    /// Whether what is written in it is nobody's business but the secretariat's.
    pub fn is_private(&self) -> bool {
        self.path.rsplit('/').next() == Some("delegates.yaml")
    }
}

/// Where something stands: a file and a range of octets in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index into the list of [`Source`]s.
    pub file: usize,
    /// First octet.
    pub start: usize,
    /// One past the last octet.
    pub end: usize,
}

impl Place {
    /// The range of octets in the file.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Whether a problem stops a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Stops a release.
    Error,
    /// Is reported, and stops nothing.
    Warning,
}

/// One fault in the definitions: what is wrong, where, what was expected and found, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Whether it stops a release.
    pub severity: Severity,
    /// The name under which a warning may be waived (`allow:`); none for an error, which may not.
    pub name: Option<&'static str>,
    /// Where the fault stands.
    pub place: Place,
    /// What is wrong, in one line.
    pub title: String,
    /// What was expected and what was found, written at the place.
    pub label: String,
    /// What to do, a line each.
    pub help: Vec<String>,
    /// Other places that belong to the fault, each with what it is.
    pub related: Vec<(Place, String)>,
}

impl Problem {
    /// A fault that stops a release.
    pub fn error(place: &Place, title: impl Into<String>) -> Self {
        Self::new(Severity::Error, None, place, title.into())
    }

    /// A fault that is reported and stops nothing, with the name under which it may be waived: one of
    /// [`waiver::NAMES`].
    pub fn warning(place: &Place, name: &'static str, title: impl Into<String>) -> Self {
        Self::new(Severity::Warning, Some(name), place, title.into())
    }

    fn new(severity: Severity, name: Option<&'static str>, place: &Place, title: String) -> Self {
        let place = place.clone();
        Self { severity, name, place, title, label: String::new(), help: Vec::new(), related: Vec::new() }
    }

    /// Adds what was expected and what was found.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds a line that says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds the nearest of `known` to `word` as a suggestion, or all of them where none is near.
    #[must_use]
    pub fn suggest<'a>(self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        self.advice(suggestion(word, &known))
    }

    /// Adds a line that says what to do, where there is one.
    #[must_use]
    pub fn advice(self, help: Option<String>) -> Self {
        help.into_iter().fold(self, Self::help)
    }

    /// Adds another place that belongs to the fault.
    #[must_use]
    pub fn related(mut self, place: &Place, what: impl Into<String>) -> Self {
        self.related.push((place.clone(), what.into()));
        self
    }
}

/// Most problems that are kept; the others are counted. Nobody reads more at a time.
const MOST_PROBLEMS: usize = 5_000;

/// Every problem found in a set of files, with the files themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems {
    /// The files, in the order of their paths.
    pub sources: Vec<Source>,
    found: Vec<Problem>,
    waivers: Vec<Waiver>,
    /// How many warnings were waived.
    waived: usize,
    /// How many errors were added, the same ones counted each time.
    errors: usize,
    /// What is told once in a file.
    told: BTreeSet<(usize, String)>,
    /// How many errors and warnings there were beside those that are kept.
    more: [usize; 2],
}

impl Problems {
    /// No problems yet, in these files.
    pub fn of(sources: Vec<Source>) -> Self {
        Self { sources, ..Self::default() }
    }

    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        self.errors += usize::from(problem.severity == Severity::Error);
        if self.is_full() {
            self.more[usize::from(problem.severity == Severity::Warning)] += 1;
        } else {
            self.found.push(problem);
        }
    }

    /// Adds problems.
    pub fn extend(&mut self, problems: Vec<Problem>) {
        for problem in problems {
            self.push(problem);
        }
    }

    /// Adds what was found elsewhere, in the same sources.
    pub(crate) fn absorb(&mut self, other: &Self) {
        let unsaid = self.errors + other.errors;
        self.extend(other.found.clone());
        self.errors = unsaid;
        self.waivers.extend(other.waivers.iter().cloned());
        self.told.extend(other.told.iter().cloned());
        self.more[0] += other.more[0];
        self.more[1] += other.more[1];
    }

    /// Counts an error that needs no words of its own.
    pub(crate) fn push_told(&mut self) {
        self.errors += 1;
    }

    /// Whether something is told for the first time in a file: one mistake may show in a hundred places.
    pub(crate) fn is_first(&mut self, place: &Place, what: &str) -> bool {
        self.told.insert((place.file, what.to_owned()))
    }

    /// Whether no more problems are kept. What is found now is counted, and need not be put into words.
    pub fn is_full(&self) -> bool {
        self.found.len() >= MOST_PROBLEMS
    }

    /// Adds an error, whose words are only made if it is kept.
    pub fn push_error(&mut self, problem: impl FnOnce() -> Problem) {
        if self.is_full() {
            self.errors += 1;
            self.more[0] += 1;
        } else {
            self.push(problem());
        }
    }

    /// Adds a waiver: the warnings of its name inside its record are not reported.
    pub fn waive(&mut self, waiver: Waiver) {
        self.waivers.push(waiver);
    }

    /// How many errors were added so far: whether what was looked at in between has a fault.
    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    /// How many warnings were waived.
    pub fn waived(&self) -> usize {
        self.waived
    }

    /// How many problems of this severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        let kept = self.found.iter().filter(|problem| problem.severity == severity).count();
        kept + self.more[usize::from(severity == Severity::Warning)]
    }

    /// Whether one of them stops a release.
    pub fn stop_a_release(&self) -> bool {
        self.errors > 0
    }

    /// Whether there are none at all.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The problems sorted by file, place and text, the same one only once.
    pub fn sorted(&self) -> Vec<&Problem> {
        let mut sorted: Vec<&Problem> = self.found.iter().collect();
        // Files are numbered as they came to be known.
        let path = |problem: &Problem| self.sources.get(problem.place.file).map(|source| source.path.as_str());
        sorted.sort_by(|a, b| {
            let of_each = |one: &Problem| (one.place.start, one.place.end);
            (path(a), of_each(a), &a.title, &a.label).cmp(&(path(b), of_each(b), &b.title, &b.label))
        });
        sorted.dedup();
        sorted
    }

    /// The problems of files that are private, and all others.
    pub fn apart(&self) -> (Self, Self) {
        let is_private = |problem: &&Problem| self.sources.get(problem.place.file).is_some_and(Source::is_private);
        let (private, public): (Vec<&Problem>, Vec<&Problem>) = self.sorted().into_iter().partition(is_private);
        let of = |problems: Vec<&Problem>| {
            let mut these = Self::of(self.sources.clone());
            these.extend(problems.into_iter().cloned().collect());
            these
        };
        (of(private), Self { more: self.more, ..of(public) })
    }

    /// How many problems there are, in words.
    pub fn summary(&self) -> String {
        let sorted = self.sorted();
        let errors = sorted.iter().filter(|problem| problem.severity == Severity::Error).count();
        let warnings = sorted.len() - errors;
        format!("{}, {}", counted(errors + self.more[0], "error"), counted(warnings + self.more[1], "warning"))
    }

    /// Line and column of an octet of a file, both from 1 up, the column in Unicode characters.
    pub fn position(&self, file: usize, octet: usize) -> (usize, usize) {
        Positions::default().at(self, file, octet)
    }
}

/// `2 errors`, `1 warning`, `no errors`.
fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
