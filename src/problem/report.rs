//! Problems as the text that a person reads: each with the lines around it.

use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Place, Problem, Problems, Severity};

/// Most problems that are shown at a time.
const MOST_SHOWN: usize = 500;
/// Longest lines that are shown, in octets: three of them.
const LONGEST_SHOWN: usize = 4_000;

impl Problems {
    /// The text for a person: each problem with the lines around it, then how many there are.
    ///
    /// `colour` adds terminal escapes.
    pub fn report(&self, colour: bool) -> String {
        if self.is_empty() {
            return String::new();
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let sorted = self.sorted();
        let mut report = String::new();
        for problem in sorted.iter().take(MOST_SHOWN) {
            report.push_str(&renderer.render(&[self.group(problem)]));
            report.push_str("\n\n");
        }
        let hidden = sorted.len().saturating_sub(MOST_SHOWN) + self.more.iter().sum::<usize>();
        if hidden > 0 {
            let _ = writeln!(report, "and {hidden} more problems, which are shown when some of these are mended\n");
        }
        report.push_str(&self.summary());
        report.push('\n');
        report
    }

    fn group<'a>(&'a self, problem: &'a Problem) -> Group<'a> {
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(problem.title.as_str());
        let mut group = Group::with_title(match problem.name {
            Some(name) => title.id(name),
            None => title,
        });
        group = self.shown(group, &problem.place, &problem.label, AnnotationKind::Primary);
        for (place, what) in &problem.related {
            group = self.shown(group, place, what, AnnotationKind::Context);
        }
        for help in &problem.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        group
    }

    /// Adds the line of a place with one line before it and one after it.
    fn shown<'a>(&'a self, group: Group<'a>, place: &Place, label: &'a str, kind: AnnotationKind) -> Group<'a> {
        let source = &self.sources[place.file];
        let (window, line_start) = window(&source.text, place);
        if window.len() > LONGEST_SHOWN {
            let (line, column) = self.position(place.file, place.start);
            let origin = Origin::path(source.path.as_str()).line(line).char_column(column);
            return group.element(origin).element(Level::NOTE.message(label));
        }
        group.element(snippet(&source.text[window.clone()], source.path.as_str(), line_start).annotation({
            let annotation = kind.span(place.start - window.start..place.end.min(window.end) - window.start);
            if label.is_empty() { annotation } else { annotation.label(label) }
        }))
    }
}

fn snippet<'a>(text: &'a str, path: &'a str, line_start: usize) -> Snippet<'a, Annotation<'a>> {
    Snippet::source(text).path(path).line_start(line_start).fold(false)
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
