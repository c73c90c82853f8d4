//! Renders problems for a terminal: each with the source lines around it.

use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Problem, Problems, Severity, Span, repeated};

/// The largest number of problems in one report.
const MAX_SHOWN: usize = 500;
/// The longest excerpt that is shown, in bytes. An excerpt has three lines.
const MAX_EXCERPT_BYTES: usize = 4_000;

impl Problems {
    /// Returns the report: each problem with the source lines around it, then a summary.
    ///
    /// `colour` adds terminal escape codes.
    ///
    /// ```
    /// use convene::problem::{Problem, Problems, Source, Span};
    ///
    /// let source = Source { path: "sg12/group.yaml".to_owned(), text: "nmae: SG12\n".into() };
    /// let mut problems = Problems::new(vec![source]);
    /// let key = Span { file: 0, start: 0, end: 4 };
    /// problems.push(Problem::error(&key, "unknown key `nmae`").help("did you mean `name`?"));
    /// let report = problems.report(false);
    /// assert!(report.starts_with("error: unknown key `nmae`\n --> sg12/group.yaml:1:1\n"));
    /// assert!(report.ends_with("1 error, no warnings\n"));
    /// ```
    pub fn report(&self, colour: bool) -> String {
        if self.is_empty() {
            return String::new();
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let sorted = self.sorted();
        let mut report = String::new();
        let shown = repeated::by_warning(&sorted);
        for problem in shown.iter().take(MAX_SHOWN) {
            let help = problem.help(self);
            let group = self.group(problem.first);
            let group = help.iter().fold(group, |group, help| group.element(Level::HELP.message(help.as_str())));
            report.push_str(&renderer.render(&[group]));
            report.push_str("\n\n");
        }
        let hidden = shown.len().saturating_sub(MAX_SHOWN) + self.more.iter().sum::<usize>();
        if hidden > 0 {
            let _ = writeln!(report, "and {hidden} more problems: they are shown once some of these are fixed\n");
        }
        report.push_str(&self.summary());
        report.push('\n');
        report
    }

    /// Summarizes the number of problems: `2 errors, 1 warning`.
    pub fn summary(&self) -> String {
        let sorted = self.sorted();
        let errors = sorted.iter().filter(|problem| problem.severity == Severity::Error).count();
        let warnings = sorted.len() - errors;
        format!("{}, {}", counted(errors + self.more[0], "error"), counted(warnings + self.more[1], "warning"))
    }

    fn group<'a>(&'a self, problem: &'a Problem) -> Group<'a> {
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(problem.title.as_str());
        let mut group = Group::with_title(match problem.warning {
            Some(warning) => title.id(warning.name()),
            None => title,
        });
        group = self.shown(group, &problem.span, &problem.label, AnnotationKind::Primary);
        for (span, what) in &problem.related {
            group = self.shown(group, span, what, AnnotationKind::Context);
        }
        for help in &problem.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        group
    }

    /// Adds the line of a span, with one line before it and one after it.
    fn shown<'a>(&'a self, group: Group<'a>, span: &Span, label: &'a str, kind: AnnotationKind) -> Group<'a> {
        let source = &self.sources[span.file];
        let (window, line_start) = window(&source.text, span);
        if window.len() > MAX_EXCERPT_BYTES {
            let (line, column) = self.position(span.file, span.start);
            let origin = Origin::path(source.path.as_str()).line(line).char_column(column);
            return group.element(origin).element(Level::NOTE.message(label));
        }
        group.element(snippet(&source.text[window.clone()], source.path.as_str(), line_start).annotation({
            let annotation = kind.span(span.start - window.start..span.end.min(window.end) - window.start);
            if label.is_empty() { annotation } else { annotation.label(label) }
        }))
    }
}

/// Returns `2 errors`, `1 warning` or `no errors`.
fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

fn snippet<'a>(text: &'a str, path: &'a str, line_start: usize) -> Snippet<'a, Annotation<'a>> {
    Snippet::source(text).path(path).line_start(line_start).fold(false)
}

/// Returns the byte range of the lines around a span, and the number of the first line.
fn window(text: &str, span: &Span) -> (Range<usize>, usize) {
    let line_before = |at: usize| text[..at].rfind('\n');
    let first = line_before(span.start).map_or(0, |end| line_before(end).map_or(0, |newline| newline + 1));
    let rest_of_line = text[span.start..].find('\n').map(|length| span.start + length);
    let last =
        rest_of_line.map_or(text.len(), |end| text[end + 1..].find('\n').map_or(text.len(), |length| end + 1 + length));
    (first..last, 1 + text[..first].matches('\n').count())
}
