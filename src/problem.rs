//! Faults of the editor, each with its place: turns what a check found into the text a secretary reads.
//!
//! A *problem* is the editor's, in a definition, and there may be many at a time; an *error* is the world's
//! (disk, port) and is none of this module's business. Knows nothing of YAML or of meetings.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// One file of definitions, as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path as the user may open it, for example `meetings/sg12/group.yaml`.
    pub path: String,
    /// The whole text.
    pub text: String,
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
        Self::new(Severity::Error, place, title.into())
    }

    /// A fault that is reported and stops nothing.
    pub fn warning(place: &Place, title: impl Into<String>) -> Self {
        Self::new(Severity::Warning, place, title.into())
    }

    fn new(severity: Severity, place: &Place, title: String) -> Self {
        Self { severity, place: place.clone(), title, label: String::new(), help: Vec::new(), related: Vec::new() }
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

/// The name of `known` that `word` is most likely a misspelling of, if one is near enough. Very short names differ too
/// little for that: `Q3` is as likely to be `Q2` as `Q1`.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let lower = word.to_lowercase();
    known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), *name))
        .filter(|(distance, name)| *distance <= name.chars().count() / 4 || same_letters(&lower, &name.to_lowercase()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Whether two words differ in the order of their letters alone: `dya`, `day`.
fn same_letters(one: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}

/// Every problem found in a set of files, with the files themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems {
    /// The files, in the order of their paths.
    pub sources: Vec<Source>,
    found: Vec<Problem>,
}

impl Problems {
    /// No problems yet, in these files.
    pub fn of(sources: Vec<Source>) -> Self {
        Self { sources, found: Vec::new() }
    }

    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        self.found.push(problem);
    }

    /// How many problems of this severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|problem| problem.severity == severity).count()
    }

    /// Whether one of them stops a release.
    pub fn stop_a_release(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Whether there are none at all.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The problems sorted by file, place and text, the same one only once.
    pub fn sorted(&self) -> Vec<&Problem> {
        let mut sorted: Vec<&Problem> = self.found.iter().collect();
        sorted.sort_by(|a, b| (&a.place, &a.title, &a.label).cmp(&(&b.place, &b.title, &b.label)));
        sorted.dedup();
        sorted
    }

    /// The text for a person: each problem with the lines around it, then how many there are.
    ///
    /// `colour` adds terminal escapes.
    pub fn report(&self, colour: bool) -> String {
        if self.is_empty() {
            return String::new();
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let mut report = String::new();
        for problem in self.sorted() {
            report.push_str(&renderer.render(&[self.group(problem)]));
            report.push_str("\n\n");
        }
        report.push_str(&self.summary());
        report.push('\n');
        report
    }

    /// How many problems there are, in words.
    pub fn summary(&self) -> String {
        let sorted = self.sorted();
        let errors = sorted.iter().filter(|problem| problem.severity == Severity::Error).count();
        format!("{}, {}", counted(errors, "error"), counted(sorted.len() - errors, "warning"))
    }

    fn group<'a>(&'a self, problem: &'a Problem) -> Group<'a> {
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = level.primary_title(problem.title.as_str()).element(self.snippet(
            &problem.place,
            &problem.label,
            AnnotationKind::Primary,
        ));
        for (place, what) in &problem.related {
            group = group.element(self.snippet(place, what, AnnotationKind::Context));
        }
        for help in &problem.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        group
    }

    /// The line of a place with one line before it and one after it.
    fn snippet<'a>(
        &'a self,
        place: &Place,
        label: &'a str,
        kind: AnnotationKind,
    ) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let source = &self.sources[place.file];
        let (window, line_start) = window(&source.text, place);
        let annotation = kind.span(place.start - window.start..place.end.min(window.end) - window.start);
        Snippet::source(&source.text[window])
            .path(source.path.as_str())
            .line_start(line_start)
            .fold(false)
            .annotation(if label.is_empty() { annotation } else { annotation.label(label) })
    }
}

/// The octets of the lines around a place, and the number of the first of them.
fn window(text: &str, place: &Place) -> (Range<usize>, usize) {
    let line_before = |at: usize| text[..at].rfind('\n');
    let first = line_before(place.start).map_or(0, |end| line_before(end).map_or(0, |newline| newline + 1));
    let rest_of_line = text[place.start..].find('\n').map(|length| place.start + length);
    let last =
        rest_of_line.map_or(text.len(), |end| text[end + 1..].find('\n').map_or(text.len(), |length| end + 1 + length));
    (first..last, 1 + text[..first].matches('\n').count())
}

/// `2 errors`, `1 warning`, `no errors`.
fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

/// What to do about a word that is none of `known`: the nearest of them, or all.
///
/// ```
/// let known = ["plenary", "question"];
/// assert_eq!(convene::problem::suggestion("plennary", &known).as_deref(), Some("did you mean `plenary`?"));
/// assert_eq!(convene::problem::suggestion("dinner", &known).as_deref(), Some("known here: plenary, question"));
/// ```
pub fn suggestion(word: &str, known: &[&str]) -> Option<String> {
    let all = || (!known.is_empty()).then(|| format!("known here: {}", known.join(", ")));
    near(word, known).or_else(all)
}

/// What to do about a word that is none of `known` where these are too many to list.
pub fn near(word: &str, known: &[&str]) -> Option<String> {
    nearest(word, known).map(|near| format!("did you mean `{near}`?"))
}
