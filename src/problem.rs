//! Problems: errors and warnings in the definitions, each with its span, cause and cure.
//!
//! A *problem* is a mistake of the editor. There may be many at a time. An *error* in the sense of Rust (disk, port)
//! is not the business of this module. Knows nothing of YAML or of meetings.

mod cursor;
mod machine;
mod repeated;
mod report;
mod suggestion;
mod waiver;
mod warning;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use cursor::LineCursor;
pub use suggestion::suggestion;
pub(crate) use suggestion::{did_you_mean, nearest};
pub use waiver::Waiver;
pub use warning::Warning;

/// A file of definitions as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path as the user may open it, for example `meetings/sg12/group.yaml`.
    pub path: String,
    /// The whole text.
    pub text: Arc<str>,
}

impl Source {
    /// Returns `true` if only the secretariat may read the file.
    pub fn is_private(&self) -> bool {
        self.path.rsplit('/').next() == Some("delegates.yaml")
    }
}

/// A range of bytes in a source file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The index in the list of [`Source`]s.
    pub file: usize,
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// Returns the range of bytes.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Whether a problem prevents a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Prevents a release.
    Error,
    /// Is reported only.
    Warning,
}

/// A problem in the definitions: what is wrong, where, what was expected and found, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The severity.
    pub severity: Severity,
    /// The kind of warning, by which it may be waived (`allow:`); `None` for an error.
    pub warning: Option<Warning>,
    /// Where the problem is.
    pub span: Span,
    /// What is wrong, in one line.
    pub title: String,
    /// What was expected and what was found. Shown at the span.
    pub label: String,
    /// What to do, one line each.
    pub help: Vec<String>,
    /// Other spans that belong to the problem, each with a label.
    pub related: Vec<(Span, String)>,
}

impl Problem {
    /// Creates an error: a problem that prevents a release.
    ///
    /// ```
    /// use convene::problem::{Problem, Severity, Span};
    /// let span = Span { file: 0, start: 7, end: 11 };
    /// let problem = Problem::error(&span, "unknown venue `hal`").label("expected a venue").help("did you mean `hall`?");
    /// assert_eq!(problem.severity, Severity::Error);
    /// ```
    pub fn error(span: &Span, title: impl Into<String>) -> Self {
        Self::new(Severity::Error, None, span, title.into())
    }

    /// Creates a warning: a problem that is only reported.
    pub fn warning(span: &Span, warning: Warning, title: impl Into<String>) -> Self {
        Self::new(Severity::Warning, Some(warning), span, title.into())
    }

    fn new(severity: Severity, warning: Option<Warning>, span: &Span, title: String) -> Self {
        let span = span.clone();
        Self { severity, warning, span, title, label: String::new(), help: Vec::new(), related: Vec::new() }
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

    /// Adds a suggestion: the closest of `known`, or all of them.
    #[must_use]
    pub fn suggest<'a>(self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        self.optional_help(suggestion(word, &known))
    }

    /// Adds a line that says what to do, if there is one.
    #[must_use]
    pub fn optional_help(self, help: Option<String>) -> Self {
        help.into_iter().fold(self, Self::help)
    }

    /// Adds another span that belongs to the problem.
    #[must_use]
    pub fn related(mut self, span: &Span, what: impl Into<String>) -> Self {
        self.related.push((span.clone(), what.into()));
        self
    }
}

/// The largest number of problems that are kept. Further ones are only counted.
const MAX_PROBLEMS: usize = 5_000;

/// The problems found in a set of files, with the files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems {
    /// The files, in the order in which they became known.
    pub sources: Vec<Source>,
    found: Vec<Problem>,
    waivers: Vec<Waiver>,
    /// The number of waived warnings.
    waived: usize,
    /// The number of errors, counting duplicates.
    errors: usize,
    /// What is reported once for each file.
    reported_once: BTreeSet<(usize, String)>,
    /// The number of errors and warnings beyond [`MAX_PROBLEMS`].
    more: [usize; 2],
}

impl Problems {
    /// Creates an empty list of problems in these files.
    pub fn new(sources: Vec<Source>) -> Self {
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

    /// Adds the problems of another list with the same sources.
    pub(crate) fn merge(&mut self, other: &Self) {
        let unsaid = self.errors + other.errors;
        self.extend(other.found.clone());
        self.errors = unsaid;
        self.waivers.extend(other.waivers.iter().cloned());
        self.reported_once.extend(other.reported_once.iter().cloned());
        self.more[0] += other.more[0];
        self.more[1] += other.more[1];
    }

    /// Counts an error that is not reported separately.
    pub(crate) fn count_error(&mut self) {
        self.errors += 1;
    }

    /// Marks something as reported for a file, because one mistake may show in a hundred places. Returns `true` the
    /// first time.
    pub(crate) fn mark_reported(&mut self, span: &Span, what: &str) -> bool {
        self.reported_once.insert((span.file, what.to_owned()))
    }

    /// Returns `true` if the list is full. Further problems are only counted.
    pub fn is_full(&self) -> bool {
        self.found.len() >= MAX_PROBLEMS
    }

    /// Adds an error, which is created only if the list is not full.
    pub fn push_error(&mut self, problem: impl FnOnce() -> Problem) {
        if self.is_full() {
            self.errors += 1;
            self.more[0] += 1;
        } else {
            self.push(problem());
        }
    }

    /// Adds a waiver.
    pub fn waive(&mut self, waiver: Waiver) {
        self.waivers.push(waiver);
    }

    /// Returns the number of errors so far. If it has not changed, what was checked in between has no error.
    pub(crate) fn error_count(&self) -> usize {
        self.errors
    }

    /// Returns the number of waived warnings.
    pub fn waived(&self) -> usize {
        self.waived
    }

    /// Returns the number of problems with this severity.
    pub fn count(&self, severity: Severity) -> usize {
        let kept = self.found.iter().filter(|problem| problem.severity == severity).count();
        kept + self.more[usize::from(severity == Severity::Warning)]
    }

    /// Returns `true` if an error prevents a release.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Returns `true` if there are no problems.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Returns the problems sorted by file, span and text, without duplicates.
    pub fn sorted(&self) -> Vec<&Problem> {
        let mut sorted: Vec<&Problem> = self.found.iter().collect();
        // Indices of files are in the order in which they became known.
        let path = |problem: &Problem| self.sources.get(problem.span.file).map(|source| source.path.as_str());
        sorted.sort_by(|a, b| {
            let of_each = |one: &Problem| (one.span.start, one.span.end);
            (path(a), of_each(a), &a.title, &a.label).cmp(&(path(b), of_each(b), &b.title, &b.label))
        });
        sorted.dedup();
        sorted
    }

    /// Splits off the problems of private files. Returns those, and all others.
    pub fn split_private(&self) -> (Self, Self) {
        let is_private = |problem: &&Problem| self.sources.get(problem.span.file).is_some_and(Source::is_private);
        let (private, public): (Vec<&Problem>, Vec<&Problem>) = self.sorted().into_iter().partition(is_private);
        let of = |problems: Vec<&Problem>| {
            let mut these = Self::new(self.sources.clone());
            these.extend(problems.into_iter().cloned().collect());
            these
        };
        (of(private), Self { more: self.more, ..of(public) })
    }

    /// Returns line and column of a byte offset in a file. Both count from 1, and columns count Unicode characters.
    pub fn position(&self, file: usize, byte: usize) -> (usize, usize) {
        LineCursor::default().line_and_column(self, file, byte)
    }
}
